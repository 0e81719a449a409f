"""Deadlines again, slowly: day by day and minute by minute, on the slow calendar."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from typing import Any, Final

import attrs

from onestop_core.conformance.fresh.days import DAY, Days, WalkedDays
from onestop_core.conformance.fresh.limits import SlowLimits
from onestop_core.conformance.values import Refusal

__all__ = ["ZONE", "SlowDeadlines", "Span", "moment"]

ZONE: Final = timezone(timedelta(hours=7))
MINUTE: Final = timedelta(minutes=1)
Span = tuple[datetime, datetime | None]

USUAL: Final = ((time(7), time(11, 30)), (time(13, 30), time(17)))

# The typed table of what may follow what; the brackets hold the state after.
MOVES = {"extend": "=", "reschedule": "=", "promise": "="}
CLOCK: Final[dict[str, dict[str, str]]] = {
    "not_started": {"start": "running", "promise": "=", "stop": "stopped"},
    "running": {"pause": "paused", "restart": "running", "stop": "stopped", **MOVES},
    "paused": {"resume": "running", "restart": "running", "stop": "stopped", **MOVES},
    "stopped": {},
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZONE)


@attrs.frozen
class SlowDeadlines:
    """The operations of the area ``deadlines``; each question is asked of a copy that knows its options."""

    days: Days = attrs.field(factory=WalkedDays)
    known: date | None = None
    sessions: tuple[tuple[time, time], ...] = ()
    policy: str = "next_working_day"

    @property
    def name(self) -> str:
        return "slow"

    # The calendar.

    def works(self, day: date) -> bool:
        return self.days.works(day, self.known)

    def next(self, day: date) -> date:
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    # Hours.

    def open(self, at: datetime) -> bool:
        """Whether the minute that begins at *at* is worked."""
        return self.works(at.date()) and any(opens <= at.time() < closes for opens, closes in self.sessions)

    def close(self, day: date) -> datetime:
        if self.sessions and self.works(day):
            return datetime.combine(day, self.sessions[-1][1], ZONE)
        return datetime.combine(day, time(23, 59, 59), ZONE)

    def minutes_later(self, at: datetime, minutes: int, pauses: list[Span]) -> datetime:
        while not self.open(at):
            at = self.skip(at)
        spent = 0
        while spent < minutes:
            if not self.open(at):
                at = self.skip(at)
                continue
            if not any(first <= at and last is not None and at < last for first, last in pauses):
                spent += 1
            at += MINUTE
        for first, last in pauses:
            if last is not None and first <= at < last:  # all was used when the wait began: finish when it is over
                at = last
                just_closed = self.open(at - MINUTE) and not self.open(at)
                while not self.open(at) and not (just_closed and at == last):
                    at = self.skip(at)
        return at

    def skip(self, at: datetime) -> datetime:
        """Step over a closed minute, over a whole day off at once."""
        if self.works(at.date()):
            return at + MINUTE
        return datetime.combine(at.date() + DAY, time(), ZONE)

    # Days.

    def stays(self, day: date) -> bool:
        if self.policy == "none":
            return True
        if self.policy == "next_working_day":
            return self.works(day)
        return day.weekday() < 5 and (self.works(day) or self.days.made_up(day))

    def moved(self, day: date) -> date:
        while not self.stays(day):
            day += DAY
        return day

    def one_step(self, at: datetime, step: dict[str, str], pauses: list[Span], late: str, *, first: bool) -> datetime:
        unit, amount = step["unit"], Fraction(step["amount"])
        spans = [(max(start, at), end) for start, end in pauses if end is None or end > at]
        begin = at
        if spans and spans[0][0] <= at and spans[0][1] is not None:
            begin = spans[0][1]
        if amount == 0:
            return begin
        if unit == "hours":
            return self.hours_later(begin, amount, spans)
        if unit == "working_hours":
            minutes = amount * 60
            assert minutes.denominator == 1
            return attrs.evolve(self, sessions=self.sessions or USUAL).minutes_later(begin, int(minutes), spans)
        if amount.denominator != 1:
            return self.whole_and_part(at, unit, amount, pauses, late, first=first)
        start, is_late = begin.date(), begin.time() > time(15)
        if unit in {"same_day", "immediate"}:
            if not self.works(start) or (unit == "same_day" and is_late and late != "no_limit"):
                start = self.next(start)
        elif first and late == "every_limit" and (is_late or not self.works(start)):
            start = self.next(start)
        return self.after_waiting(begin, start, unit, int(amount), spans)

    def whole_and_part(
        self, at: datetime, unit: str, amount: Fraction, pauses: list[Span], late: str, *, first: bool
    ) -> datetime:
        """Whole days, then the part of one; never longer than the next whole number of days."""
        if unit == "working_days" and not self.sessions:
            raise Refusal("invalid-value")
        whole, part = int(amount), amount - int(amount)
        most = self.one_step(at, {"unit": unit, "amount": str(whole + 1)}, pauses, late, first=first)
        begin = self.one_step(at, {"unit": unit, "amount": str(whole)}, pauses, late, first=first) if whole else at
        if unit == "working_days":
            rest = {"unit": "working_hours", "amount": str(part * 8)}
            return min(most, self.one_step(begin, rest, pauses, late, first=False))
        if whole:
            begin = datetime.combine(begin.date() + DAY, time(), ZONE)
        return min(most, self.part_of_a_day(begin, part, pauses))

    def part_of_a_day(self, at: datetime, part: Fraction, pauses: list[Span]) -> datetime:
        """Second after second on days on which the period may end, without those that were waited."""
        left = int(part * 24 * 3600)
        while True:
            wait = next((last for first, last in pauses if last is not None and first <= at < last), None)
            if wait is not None:
                at = wait
            elif not self.stays(at.date()):
                at = datetime.combine(at.date() + DAY, time(), ZONE)
            elif left:
                stops = [datetime.combine(at.date() + DAY, time(), ZONE), at + timedelta(seconds=left)]
                stop = min(stops + [first for first, _ in pauses if first > at])
                left -= (stop - at).seconds
                at = stop if left or stop != stops[0] else stop - timedelta(seconds=1)  # 24:00
            else:
                return at

    def hours_later(self, at: datetime, hours: Fraction, pauses: list[Span]) -> datetime:
        """Hours of the clock, which skip nothing but waiting."""
        if at.time() >= time(23, 59, 59):  # 24:00 and what lies within the second that stands for it
            at = datetime.combine(at.date() + DAY, time(), at.tzinfo)
        end = at + timedelta(seconds=int(hours * 3600))
        for first, last in pauses:
            if first <= end and last is not None and last > at:
                end += last - max(first, at)
        return end

    def period(self, start: date, unit: str, amount: int) -> date:
        last = start
        if unit == "working_days":
            for _ in range(amount):
                last = self.next(last)
        elif unit in {"days", "weeks"}:
            last += amount * (7 if unit == "weeks" else 1) * DAY
        elif unit in {"months", "years"}:
            for _ in range(amount * (12 if unit == "years" else 1)):
                last = (last.replace(day=1) + 31 * DAY).replace(day=1)
            last = last.replace(day=min(start.day, months.monthrange(last.year, last.month)[1]))
        return last

    def first_close(self, at: datetime, *, calendar: bool) -> datetime:
        """The first end of a day that does not lie before a moment, on a day on which such a period may end."""
        day = at.date()
        while not (self.stays(day) if calendar else self.works(day)) or self.close(day) < at:
            day += DAY
        return self.close(day)

    def after_waiting(self, begin: datetime, start: date, unit: str, amount: int, pauses: list[Span]) -> datetime:
        calendar = unit in {"days", "weeks", "months", "years"}
        last = self.period(start, unit, amount)
        end = self.close(self.moved(last) if calendar else last)
        if end < begin:
            end = self.first_close(begin, calendar=calendar)
        for first, until in pauses:
            if first > end or until is None:
                break
            if until <= begin:
                continue
            waiting = max(first.date(), start)
            while waiting < until.date():
                waiting += DAY
                if calendar:
                    last += DAY
                elif self.works(waiting):
                    last = self.next(last)
            if unit in {"months", "years"}:  # what is left is never more than the whole from then on
                last = min(last, self.period(max(until.date(), start), unit, amount))
            end = max(end, self.close(self.moved(last) if calendar else last))
            if end < until:  # nothing was left when the wait began: the day of its end is left to finish
                end = self.first_close(until, calendar=calendar)
        return end

    # The operations.

    def due(
        self,
        received_at: str,
        limit: str,
        *,
        as_of: str | None = None,
        hours: str | None = None,
        pauses: list[list[str | None]] | None = None,
        end_on_day_off: str = "next_working_day",
        late_receipt: str = "same_day_limits",
    ) -> dict[str, Any]:
        asked = attrs.evolve(
            self,
            known=None if as_of is None else date.fromisoformat(as_of),
            sessions=read_hours(hours),
            policy=end_on_day_off,
        )
        spans: list[Span] = []
        for first, last in pauses or ():
            spans.append((moment(first or ""), None if last is None else moment(last)))
        if any(last is not None and last < first for first, last in spans):
            raise Refusal("invalid-value")
        at, first_step = moment(received_at), True
        for step in SlowLimits().parse_limit(limit)["steps"]:
            at = asked.one_step(at, step, joined(spans), late_receipt, first=first_step)
            first_step = False
        return {
            "due_at": at.isoformat(),
            "certainty": "announced" if self.days.announced(at.year, asked.known) else "predicted",
        }

    def clock_due(self, limit: str, acts: list[dict[str, str]]) -> dict[str, Any]:
        """Read the whole list again for each question: the state, the present count, what is due."""
        state, before = "not_started", ""
        for act in acts:
            if before and moment(act["at"]) < moment(before):
                raise Refusal("invalid-event")
            self.ensure_complete(act)
            if act["act"] not in CLOCK[state]:
                raise Refusal("transition-not-allowed")
            state = CLOCK[state][act["act"]].replace("=", state)
            before = act["at"]
        begins = [number for number, act in enumerate(acts) if act["act"] in {"start", "restart"}]
        if not begins:
            raise Refusal("invalid-event")
        present = acts[begins[-1] :]
        pauses: list[list[str | None]] = []
        for act in present:
            if act["act"] == "pause":
                pauses.append([act["at"], None])
            if act["act"] in {"resume", "stop"} and pauses and pauses[-1][1] is None:
                pauses[-1][1] = act["at"]
        start = present[0]["at"]
        due = moment(self.due(start, limit, pauses=pauses)["due_at"])
        held = None
        for act in present:
            by, promise = act.get("by"), act.get("promise")
            if act["act"] == "extend" and by is not None:
                due = moment(self.due(due.isoformat(), by, pauses=pauses)["due_at"])
                held = None if held is None else moment(self.due(held.isoformat(), by, pauses=pauses)["due_at"])
            if promise is not None:
                held = self.carried(moment(promise), moment(act["at"]), pauses)
                due = held if act["act"] == "extend" else due
        return {"due_at": due.isoformat(), "in_force": (held or due).isoformat(), "state": state}

    def ensure_complete(self, act: dict[str, str]) -> None:
        name, by, promise = act["act"], "by" in act, "promise" in act
        wrong = by is promise if name == "extend" else by
        wrong = wrong or (name in {"reschedule", "promise"} and not promise) or (name in {"pause", "stop"} and promise)
        if wrong or (name == "reschedule" and not act.get("reason")):
            raise Refusal("invalid-event")

    def carried(self, promised: datetime, made: datetime, pauses: list[list[str | None]]) -> datetime:
        """A promise, later by the working days of waiting since it was made; in working days, as the cases have it."""
        day, end = promised.date(), promised
        for first, last in pauses:
            if last is None or moment(last) <= made or max(moment(first or ""), made) > end:
                continue
            waiting = max(moment(first or ""), made).date()
            while waiting < moment(last).date():
                waiting += DAY
                if self.works(waiting):
                    day = self.next(day)
            end = max(end, datetime.combine(day, promised.timetz()))
            finish = moment(last).date()
            while end < moment(last):
                if self.works(finish):
                    end = max(end, datetime.combine(finish, promised.timetz()))
                finish += DAY
        return end

    def transfer_due(self, received_at: str, hours: str) -> str:
        asked = attrs.evolve(self, known=None, sessions=read_hours(hours), policy="next_working_day")
        at = moment(received_at)
        if asked.works(at.date()) and at.time() <= time(15):
            return asked.close(at.date()).isoformat()
        day = asked.next(at.date())
        opening = datetime.combine(day, asked.sessions[0][0], ZONE)
        return (opening if asked.works(at.date()) else asked.close(day)).isoformat()


def read_hours(text: str | None) -> tuple[tuple[time, time], ...]:
    sessions: list[tuple[time, time]] = []
    for part in (text or "").split(","):
        first, _, last = part.strip().partition("-")
        if first:
            sessions.append((time.fromisoformat(first), time.fromisoformat(last)))
    return tuple(sessions)


def joined(spans: list[Span]) -> list[Span]:
    """The pauses in order, those that overlap or touch as one; what is known to have passed of an open one, closed."""
    closed = [(first, last) for first, last in spans if last is not None]
    lasting = min((first for first, last in spans if last is None), default=None)
    known = max((last or first for first, last in spans), default=None)
    if lasting is not None and known is not None and known > lasting:
        closed.append((lasting, known))
    out: list[Span] = []
    for first, last in sorted(closed):
        before = out[-1][1] if out else None
        if before is not None and first <= before:
            out[-1] = (out[-1][0], max(before, last))
        else:
            out.append((first, last))
    return out if lasting is None or known is None else [*out, (known, None)]
