"""Deliberately wrong counts of deadlines: the slow implementation with one mistake in how it walks or reads the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.days import DAY
from onestop_core.conformance.fresh.deadlines import ZONE, SlowDeadlines, Span, moment
from tests.conformance.slow_workdays import TypedDays
from tests.conformance.wrong import WRONG

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

Acts = list[dict[str, str]]


def count(what: str, *rules: str) -> Callable[[type[SlowDeadlines]], type[SlowDeadlines]]:
    def add(kind: type[SlowDeadlines]) -> type[SlowDeadlines]:
        WRONG.append((what, tuple(f"deadlines/{rule}" for rule in rules), kind(days=TypedDays())))
        return kind

    return add


def retold(what: str, tell: Callable[[Acts], Acts], *rules: str) -> None:
    """The clock is told another story than happened."""

    class Retold(SlowDeadlines):
        def clock_due(self, limit: str, acts: Acts) -> dict[str, Any]:
            right = super().clock_due(limit, acts)  # what is refused stays refused
            return {**super().clock_due(limit, tell([dict(act) for act in acts])), "state": right["state"]}

    count(what, *rules)(Retold)


# Waiting.


@count("takes waits that overlap one by one", "pause")
class OneByOne(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        due = received_at
        if not pauses or any(last is None for _, last in pauses) or "+" in limit or not limit.endswith("working days"):
            return super().due(received_at, limit, pauses=pauses, **options)
        answer = super().due(due, limit, **options)
        for pause in pauses:
            with_it = super().due(received_at, limit, pauses=[pause], **options)
            without = super().due(received_at, limit, **options)
            late = moment(with_it["due_at"]).date() - moment(without["due_at"]).date()
            answer = {**answer, "due_at": (moment(answer["due_at"]) + late).isoformat()}
        return answer


@count("loses a wait that touches the one before", "pause")
class LosesTouching(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        ends = {last for _, last in pauses or ()}
        kept = [[first, last] for first, last in pauses or () if first not in ends or first == last]
        return super().due(received_at, limit, pauses=kept, **options)


@count("is due inside a wait that is over", "after-waiting")
class DueInside(SlowDeadlines):
    def first_close(self, at: datetime, *, calendar: bool) -> datetime:
        day = at.date()
        while not (self.stays(day) if calendar else self.works(day)):
            day -= DAY
        return self.close(day)


@count("leaves the whole next day to who was answered on a day off", "after-waiting")
class NextDayToo(SlowDeadlines):
    def first_close(self, at: datetime, *, calendar: bool) -> datetime:
        found = super().first_close(at, calendar=calendar)
        return found if self.works(at.date()) else super().first_close(found + DAY, calendar=calendar)


@count("counts nothing of a wait that lasts", "open-pause")
class NothingOfOpen(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        opened = min((first for first, last in pauses or () if last is None), default="9999")
        kept = [[first, last] for first, last in pauses or () if first < opened]
        return super().due(received_at, limit, pauses=kept, **options)


@count("ends a wait that lasts with the first thing known after it only", "open-pause")
class FirstOfOpen(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        opened = min((first for first, last in pauses or () if last is None), default="9999")
        later = sorted(first for first, _ in pauses or () if first > opened)
        kept = [[first, later[0] if last is None and later else last] for first, last in pauses or ()]
        return super().due(received_at, limit, pauses=kept, **options)


@count("takes the day on which a wait begins as waited, too", "pause")
class BothEnds(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        kept = [[(moment(first) - DAY).isoformat(), last] for first, last in pauses or ()]
        return super().due(received_at, limit, pauses=kept, **options)


@count("looks at the hour of receipt of what waited from then on", "pause")
class HourOfReceipt(SlowDeadlines):
    def due(self, received_at: str, limit: str, *, pauses: Any = None, **options: Any) -> dict[str, Any]:
        soon = (moment(received_at) + timedelta(seconds=1)).isoformat()
        kept = [[soon if first == received_at else first, last] for first, last in pauses or ()]
        return super().due(received_at, limit, pauses=kept, **options)


@count("lets a month be longer than a month after a wait", "pause")
class LongMonths(SlowDeadlines):
    def after_waiting(self, begin: datetime, start: date, unit: str, amount: int, pauses: list[Span]) -> datetime:
        if unit != "months":
            return super().after_waiting(begin, start, unit, amount, pauses)
        return super().after_waiting(begin, start, "days", (self.period(start, unit, amount) - start).days, pauses)


@count("takes the wait from working hours by the clock", "pause", "working-hours")
class WaitsByTheClock(SlowDeadlines):
    def minutes_later(self, at: datetime, minutes: int, pauses: list[Span]) -> datetime:
        end = super().minutes_later(at, minutes, [])
        for first, last in pauses:
            if last is not None and first <= end:
                end += last - first
        return super().minutes_later(end, 0, [])


# The clock.


def _until_the_second_restart(acts: Acts) -> Acts:
    seen = [number for number, act in enumerate(acts) if act["act"] == "restart"]
    return [
        {**act, "act": "resume"} if number in seen[1:] and _paused(acts, number) else act
        for number, act in enumerate(acts)
    ]


def _paused(acts: Acts, number: int) -> bool:
    before = [act["act"] for act in acts[:number] if act["act"] in {"pause", "resume", "restart"}]
    return before[-1:] == ["pause"]


def _first_wait_decides(acts: Acts) -> Acts:
    """Every wait of a count ends as its first one did."""
    ends = [number for number, act in enumerate(acts) if act["act"] in {"resume", "restart"} and _paused(acts, number)]
    return [{**act, "act": acts[ends[0]]["act"]} if number in ends else act for number, act in enumerate(acts)]


def _without(name: str) -> Callable[[Acts], Acts]:
    return lambda acts: [act for act in acts if act["act"] != name]


def _monday(text: str) -> str:
    at = moment(text)
    return (at + (7 - at.weekday()) * DAY if at.weekday() >= 5 else at).isoformat()


def _off_sundays(*names: str) -> Callable[[Acts], Acts]:
    def tell(acts: Acts) -> Acts:
        return [
            {**act, "promise": _monday(act["promise"])} if act["act"] in names and "promise" in act else act
            for act in acts
        ]

    return tell


def _waits_run_to_the_end(acts: Acts) -> Acts:
    return [act for act in acts if act["act"] != "stop"] if _paused(acts, len(acts)) else acts


def _as_extensions(acts: Acts) -> Acts:
    return [
        {key: value for key, value in act.items() if key != "reason"} | {"act": "extend"}
        if act["act"] == "reschedule"
        else act
        for act in acts
    ]


def _as_promises(acts: Acts) -> Acts:
    return [{**act, "act": "promise"} if act["act"] == "extend" and "promise" in act else act for act in acts]


def _forgets_the_first_promise_only(acts: Acts) -> Acts:
    promised = [number for number, act in enumerate(acts) if "promise" in act and act["act"] in {"start", "restart"}]
    return [
        {key: value for key, value in act.items() if key != "promise"} if number in promised else act
        for number, act in enumerate(acts)
    ]


def _begins_the_day_before(acts: Acts) -> Acts:
    return [{**acts[0], "at": (moment(acts[0]["at"]) - DAY).isoformat()}, *acts[1:]]


@count("lets a clock do anything at any time", "clock-order", "promise")
class RefusesNothing(SlowDeadlines):
    def clock_due(self, limit: str, acts: Acts) -> dict[str, Any]:
        try:
            return super().clock_due(limit, acts)
        except Refusal:
            return {"due_at": "2026-03-16T23:59:59+07:00", "in_force": "2026-03-16T23:59:59+07:00", "state": "running"}


retold("begins the day before the receipt", _begins_the_day_before, "pause")
retold("counts again once only", _until_the_second_restart, "restart")
retold("ends every wait as the first one ended", _first_wait_decides, "restart")
retold("moves the day of an extension off a Sunday", _off_sundays("extend"), "promise")
retold("moves every appointment off a Sunday", _off_sundays("reschedule", "start", "promise"), "promise")
retold("knows nothing of rescheduling", _without("reschedule"), "promise")
retold("takes a rescheduling for an extension", _as_extensions, "promise")
retold("takes an extension until a day for a promise", _as_promises, "promise")
retold("goes on waiting after the end", _waits_run_to_the_end, "pause")
retold("forgets the promise of the receipt", _forgets_the_first_promise_only, "promise")


@count("moves a promise by all waiting, also by what came before it", "promise")
class AllWaiting(SlowDeadlines):
    def carried(self, promised: datetime, made: datetime, pauses: list[list[str | None]]) -> datetime:
        return super().carried(promised, made - 3650 * DAY, pauses)


@count("never moves a promise", "promise")
class NeverMoves(SlowDeadlines):
    def carried(self, promised: datetime, made: datetime, pauses: list[list[str | None]]) -> datetime:
        del made, pauses
        return promised


@count("lets a promise pass while it waits for an answer that comes on a day off", "after-waiting")
class PromiseInside(SlowDeadlines):
    def carried(self, promised: datetime, made: datetime, pauses: list[list[str | None]]) -> datetime:
        worked = []
        for first, last in pauses:
            end = last
            while end is not None and not self.works(moment(end).date()):
                end = datetime.combine(moment(end).date() - DAY, time(8), ZONE).isoformat()
            worked.append([first, end])
        return super().carried(promised, made, worked)


@count("keeps the promise of an earlier count", "promise")
class KeepsPromises(SlowDeadlines):
    def clock_due(self, limit: str, acts: Acts) -> dict[str, Any]:
        right = super().clock_due(limit, acts)
        restarts = [number for number, act in enumerate(acts) if act["act"] == "restart"]
        if not restarts or any("promise" in act for act in acts[restarts[-1] :]):
            return right
        old = [act["promise"] for act in acts[: restarts[-1]] if "promise" in act]
        return {**right, "in_force": old[-1]} if old else right


@count("counts an extension from the receipt", "extension")
class ExtendsFromReceipt(SlowDeadlines):
    def clock_due(self, limit: str, acts: Acts) -> dict[str, Any]:
        right = super().clock_due(limit, acts)
        by = [act for act in acts if "by" in act]
        if not by or any(act["act"] == "restart" for act in acts):
            return right
        return {**right, "due_at": super().due(acts[0]["at"], by[-1]["by"])["due_at"]}


@count("adds more time to the count and not to what was promised", "promise")
class PromiseStays(SlowDeadlines):
    def clock_due(self, limit: str, acts: Acts) -> dict[str, Any]:
        right = super().clock_due(limit, acts)
        promised = any("promise" in act for act in acts)
        without = [act for act in acts if "by" not in act]
        return {**right, "in_force": super().clock_due(limit, without)["in_force"]} if promised else right


# Parts of a day, hours, nothing, and the hour of receipt.


@count("takes 1.5 days for twelve working hours from the receipt", "parts")
class PartsAsHours(SlowDeadlines):
    def whole_and_part(
        self, at: datetime, unit: str, amount: Fraction, pauses: list[Span], late: str, *, first: bool
    ) -> datetime:
        if unit != "working_days" or not self.sessions:
            return super().whole_and_part(at, unit, amount, pauses, late, first=first)
        return self.one_step(at, {"unit": "working_hours", "amount": str(amount * 8)}, pauses, late, first=False)


@count("counts the half before the whole days", "parts")
class HalfFirst(SlowDeadlines):
    def whole_and_part(
        self, at: datetime, unit: str, amount: Fraction, pauses: list[Span], late: str, *, first: bool
    ) -> datetime:
        part = super().whole_and_part(at, unit, amount % 1, pauses, late, first=first)
        whole = {"unit": unit, "amount": str(int(amount))}
        return self.one_step(part, whole, pauses, late, first=False) if amount >= 1 else part


@count("may take longer for a part than for the whole", "parts")
class LongerThanWhole(SlowDeadlines):
    def whole_and_part(
        self, at: datetime, unit: str, amount: Fraction, pauses: list[Span], late: str, *, first: bool
    ) -> datetime:
        if unit != "working_days" or not self.sessions:
            return super().whole_and_part(at, unit, amount, pauses, late, first=first)
        whole = {"unit": unit, "amount": str(int(amount))}
        begin = self.one_step(at, whole, pauses, late, first=first) if amount >= 1 else at
        rest = {"unit": "working_hours", "amount": str(amount % 1 * 8)}
        return self.one_step(begin, rest, pauses, late, first=False)


@count("moves half a calendar day to the end of the next working day", "parts")
class HalfToTheEnd(SlowDeadlines):
    def part_of_a_day(self, at: datetime, part: Fraction, pauses: list[Span]) -> datetime:
        end = self.hours_later(at, part * 24, pauses)
        return end if self.stays(end.date()) else self.close(self.moved(end.date()))


@count("takes half a calendar day for twelve hours, day off or not", "parts")
class HalfOnDaysOff(SlowDeadlines):
    def part_of_a_day(self, at: datetime, part: Fraction, pauses: list[Span]) -> datetime:
        return self.hours_later(at, part * 24, pauses)


@count("lets hours of the clock stand still on days off", "hours")
class HoursOnWorkingDays(SlowDeadlines):
    def hours_later(self, at: datetime, hours: Fraction, pauses: list[Span]) -> datetime:
        at = super().hours_later(at, hours, pauses)
        while not self.works(at.date()):
            at += DAY
        return at


@count("ends hours of the clock at midnight", "hours")
class HoursUntilMidnight(SlowDeadlines):
    def hours_later(self, at: datetime, hours: Fraction, pauses: list[Span]) -> datetime:
        end = super().hours_later(at, hours, pauses)
        last = datetime.combine(at.date(), time(23, 59, 59), ZONE)
        return min(end, last) if hours < 24 and at < last else end


@count("loses the second before midnight between the steps", "hours")
class LosesASecond(SlowDeadlines):
    def hours_later(self, at: datetime, hours: Fraction, pauses: list[Span]) -> datetime:
        end = super().hours_later(at, hours, pauses)
        return end - timedelta(seconds=1) if at.time() == time(23, 59, 59) else end


@count("gives nothing until the end of the day", "parts")
class NothingUntilEvening(SlowDeadlines):
    def one_step(self, at: datetime, step: dict[str, str], pauses: list[Span], late: str, *, first: bool) -> datetime:
        end = super().one_step(at, step, pauses, late, first=first)
        return self.close(end.date()) if step["amount"] == "0" else end


@count("gives nothing until the office opens", "parts")
class NothingUntilOpening(SlowDeadlines):
    def one_step(self, at: datetime, step: dict[str, str], pauses: list[Span], late: str, *, first: bool) -> datetime:
        end = super().one_step(at, step, pauses, late, first=first)
        while step["amount"] == "0" and not self.works(end.date()):
            end += DAY
        return end


@count("looks at the clock on a day off, too", "same-day")
class LateOnDaysOff(SlowDeadlines):
    def due(self, received_at: str, limit: str, **options: Any) -> dict[str, Any]:
        answer = super().due(received_at, limit, **options)
        at = moment(received_at)
        if limit != "within the day" or self.works(at.date()) or at.time() <= time(15):
            return answer
        return {**answer, "due_at": self.close(self.next(moment(answer["due_at"]).date())).isoformat()}


@count("counts who comes on Saturday before who came late on Friday", "late-receipt")
class SaturdayFirst(SlowDeadlines):
    def one_step(self, at: datetime, step: dict[str, str], pauses: list[Span], late: str, *, first: bool) -> datetime:
        if late == "every_limit" and not self.works(at.date()):
            late = "same_day_limits"
        return super().one_step(at, step, pauses, late, first=first)
