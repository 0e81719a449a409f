"""Deliberately wrong implementations of days and deadlines: the reference with one mistake, such as somebody makes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from onestop_core import conformance
from onestop_core.conformance import Reference
from onestop_core.workdays import DayKind, calendar

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCE: Final = conformance.reference()
WRONG: Final[list[tuple[str, tuple[str, ...], object]]] = []
"""What is wrong; the rules that must notice; the implementation."""


def wrong(what: str, *rules: str) -> Callable[[type[Any]], type[Any]]:
    def add(kind: type[Any]) -> type[Any]:
        WRONG.append((what, rules, kind()))
        return kind

    return add


def change(what: str, operation: str, after: Callable[..., Any], *rules: str) -> None:
    """One operation whose answer is passed through *after*, called with the answer and the input."""

    def method(self: object, **given: Any) -> Any:
        del self
        return after(getattr(REFERENCE, operation)(**given), **given)

    WRONG.append((what, rules, type("Wrong", (Reference,), {operation: method})()))


# Working days.


class Days(Reference):
    """Working days over a calendar of one's own."""

    def works(self, day: date) -> bool:
        raise NotImplementedError

    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        REFERENCE.is_workday(date, as_of)
        return self.works(_day(date))

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        REFERENCE.add_workdays(date, n, as_of)
        day, step = _day(date), timedelta(days=1 if n >= 0 else -1)
        while n == 0 and not self.works(day):
            day += step
        for _ in range(abs(n)):
            day += step
            while not self.works(day):
                day += step
        return day.isoformat()


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _kind(day: date) -> DayKind:
    return calendar().day(day).kind


def ignoring(what: str, kinds: set[DayKind], *rules: str, occasion: date | None = None) -> None:
    def works(self: Days, day: date) -> bool:
        del self
        if _kind(day) in kinds and (occasion is None or (day.month, day.day) == (occasion.month, occasion.day)):
            return day.weekday() < 5
        return calendar().is_workday(day)

    WRONG.append((what, rules, type("Wrong", (Days,), {"works": works})()))


ignoring("knows no Tết", {DayKind.TET}, "workdays/tet")
ignoring("knows no public holidays", {DayKind.HOLIDAY}, "workdays/holiday", "workdays/year-end")
ignoring("knows no days in lieu", {DayKind.DAY_IN_LIEU}, "workdays/day-in-lieu")
ignoring("ignores swapped days off", {DayKind.SWAP_OFF}, "workdays/swap-off", "workdays/year-end")
ignoring("ignores make-up Saturdays", {DayKind.MAKEUP}, "workdays/make-up")
ignoring("knows no 24 November", {DayKind.HOLIDAY}, "workdays/culture-day", occasion=date(2026, 11, 24))


@wrong("works on Saturdays", "workdays/weekend", "workdays/plain-week")
class SixDays(Days):
    def works(self, day: date) -> bool:
        return calendar().is_workday(day) or (day.weekday() == 5 and _kind(day) is DayKind.WEEKEND)


@wrong("rests on Wednesdays", "workdays/plain-week")
class FreeWednesdays(Days):
    def works(self, day: date) -> bool:
        return calendar().is_workday(day) and day.weekday() != 2


@wrong("counts the first day", "workdays/first-day-not-counted", "workdays/tet", "deadlines/first-day-not-counted")
class CountsFirstDay(Reference):
    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        return super().add_workdays(date, n - 1 if n > 1 else n, as_of=as_of)

    def due(self, received_at: str, limit: str, **options: Any) -> dict[str, Any]:
        earlier = datetime.fromisoformat(received_at) - timedelta(days=1)
        return super().due(earlier.isoformat(), limit, **options)


@wrong("counts backwards as forwards", "workdays/backwards")
class NoBackwards(Reference):
    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        return super().add_workdays(date, abs(n), as_of=as_of)


@wrong("takes zero days as none, whatever the day", "workdays/zero")
class ZeroStays(Reference):
    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        return date if n == 0 else super().add_workdays(date, n, as_of=as_of)


@wrong("knows later what was known then", "workdays/as-of", "workdays/predicted", "deadlines/as-of")
class Hindsight(Reference):
    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        del as_of
        return super().is_workday(date)

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        del as_of
        return super().add_workdays(date, n)

    def due(self, received_at: str, limit: str, **options: Any) -> dict[str, Any]:
        return super().due(received_at, limit, **{**options, "as_of": None})


@wrong("guesses outside its calendar", "workdays/coverage")
class Guesses(Reference):
    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        try:
            return super().is_workday(date, as_of)
        except LookupError:
            return _day(date).weekday() < 5


change(
    "counts the day of the start too",
    "count_workdays",
    lambda n, start, end, as_of=None: n + REFERENCE.is_workday(start, as_of) * (start <= end),
    "workdays/plain-week",
)
change("never counts below zero", "count_workdays", lambda n, **_: abs(n), "workdays/whole-year", "workdays/tet")

# Time limits.


def reading(what: str, before: Callable[[str], str], *rules: str) -> None:
    def parse_limit(self: object, text: str) -> Any:
        del self
        return REFERENCE.parse_limit(before(text))

    WRONG.append((what, rules, type("Wrong", (Reference,), {"parse_limit": parse_limit})()))


def of_unit(what: str, unit: str, put: dict[str, str], *rules: str) -> None:
    def after(answer: Any, **_: Any) -> Any:
        return {"steps": [{**step, **put} if step["unit"] == unit else step for step in answer["steps"]]}

    change(what, "parse_limit", after, *rules)


of_unit("takes working days for days", "working_days", {"unit": "days"}, "time-limits/working-days")
of_unit("takes working hours for days", "working_hours", {"unit": "days"}, "time-limits/working-hours")
of_unit("takes days for working days", "days", {"unit": "working_days"}, "time-limits/calendar-days")
of_unit("takes months for thirty days", "months", {"unit": "days", "amount": "30"}, "time-limits/months-years")
of_unit("takes the same day for at once", "same_day", {"unit": "immediate"}, "time-limits/same-day")
reading("takes a week for five days", lambda t: re.sub("weeks?|tuần", "days", t), "time-limits/weeks")
reading(
    "does not compose Unicode",
    lambda t: t if unicodedata.is_normalized("NFC", t) else "?",
    "time-limits/vietnamese",
)
of_unit("takes hours for working hours", "hours", {"unit": "working_hours"}, "time-limits/hours")
reading(
    "has no half", lambda t: t.replace("nửa", "1").replace("half a", "1").replace("0.5", "1"), "time-limits/budgets"
)
reading("takes the first step only", lambda t: t.partition("+")[0], "time-limits/sum", "time-limits/refused")
reading(
    "trips over words before the number", lambda t: t.replace("quá", "?").replace("at most", "?"), "time-limits/prefix"
)
change(
    "rounds parts",
    "parse_limit",
    lambda a, **_: {"steps": [{**s, "amount": str(round(Fraction(s["amount"])))} for s in a["steps"]]},
    "time-limits/parts",
)


reading(
    "reads whatever stands in brackets",
    lambda t: re.sub(r"\([^)]*\)", "", t),
    "time-limits/said-again",
    "time-limits/refused",
)
reading("takes a session for a day", lambda t: t.replace("buổi", "ngày làm việc"), "time-limits/sessions")
reading("takes months of ISO 8601 for minutes", lambda t: t.replace("M", "H"), "time-limits/iso-8601")
reading(
    "trips over a final point",
    lambda t: t.replace(".", "?") if t.rstrip()[-1:] == "." else t,
    "time-limits/final-point",
)


@wrong("reads anything", "time-limits/refused")
class ReadsAnything(Reference):
    def parse_limit(self, text: str) -> dict[str, Any]:
        try:
            return super().parse_limit(text)
        except ValueError:
            return {"steps": [{"amount": "1", "unit": "working_days"}]}


# Deadlines.


def dues(what: str, *rules: str, when: Callable[[dict[str, Any]], bool] = lambda _: True, **put: Any) -> None:
    """The reference, which hears other options than were given."""

    def due(self: object, **given: Any) -> Any:
        del self
        return REFERENCE.due(**({**given, **put} if when(given) else given))

    WRONG.append((what, rules, type("Wrong", (Reference,), {"due": due})()))


def moved(what: str, by: timedelta, when: Callable[[dict[str, Any], datetime], bool], *rules: str) -> None:
    """The reference, whose due moment is moved where *when* says so."""

    def due(self: object, **given: Any) -> Any:
        del self
        answer = REFERENCE.due(**given)
        at = datetime.fromisoformat(answer["due_at"])
        return {**answer, "due_at": (at + by).isoformat()} if when(given, at) else answer

    WRONG.append((what, rules, type("Wrong", (Reference,), {"due": due})()))


def _limit(*words: str) -> Callable[[dict[str, Any], datetime], bool]:
    return lambda given, _: any(word in given["limit"] for word in words)


HOURS: Final = "07:30-11:30, 13:30-17:00"
DAY: Final = timedelta(days=1)

dues("does not know pauses", "deadlines/pause", pauses=[])
dues("lets a period end on a day off", "deadlines/end-on-day-off", "deadlines/strict-civil-code", end_on_day_off="none")
dues("reads article 148 its own way", "deadlines/strict-civil-code", end_on_day_off="next_working_day")
dues("counts every late receipt from the next day", "deadlines/late-receipt", late_receipt="every_limit")
dues("knows no 15:00", "deadlines/same-day", late_receipt="no_limit")
dues("has no office hours", "deadlines/closing-time", hours=None, when=lambda g: "hour" not in g["limit"])
dues("gives everybody office hours", "deadlines/refused", "deadlines/working-days", hours=HOURS)
moved(
    "is a day late in working days",
    DAY,
    _limit("working day", "ngày làm việc"),
    "deadlines/working-days",
    "deadlines/tet",
)
moved(
    "counts calendar days from zero",
    -DAY,
    lambda g, _: g["limit"].endswith((" days", " day")) and "work" not in g["limit"],
    "deadlines/calendar-days",
)
moved("takes a month for a day more", DAY, _limit("month", "year"), "deadlines/months-years", "deadlines/leap-day")
moved("is a day late on 29 February", DAY, lambda _, at: (at.month, at.day) == (2, 29), "deadlines/leap-day")
moved("puts at once off", DAY, _limit("immediately"), "deadlines/immediate")
moved("adds an hour at the desk", timedelta(hours=1), _limit("working hour", "0.5"), "deadlines/working-hours")
moved("adds a day a step", DAY, _limit("+"), "deadlines/linked")
moved(
    "counts an open pause as a day",
    DAY,
    lambda g, _: any(end is None for _, end in g.get("pauses") or ()),
    "deadlines/open-pause",
)
moved("rounds hours of the clock up to a day", DAY, _limit(" hours", "giờ"), "deadlines/hours")
moved("takes a week for eight days", DAY, _limit("week", "tuần"), "deadlines/weeks")
dues(
    "counts a part of a day as a whole one", "deadlines/parts", limit="2 working days", when=lambda g: "." in g["limit"]
)
dues(
    "lets a limit end while it waits",
    "deadlines/after-waiting",
    "deadlines/pause",
    pauses=[],
    when=lambda g: any(end is not None and _day_off(end) for _, end in g.get("pauses") or ()),
)
moved("does not work on Saturdays made up", 2 * DAY, lambda _, at: at.weekday() == 5, "deadlines/make-up")
moved("is a day early after New Year", -DAY, lambda g, at: g["received_at"][:4] < str(at.year), "deadlines/year-end")
moved("works on swapped days off", -DAY, lambda _, at: _swapped(at.date() - DAY), "deadlines/swap-off")
change("is sure of everything", "due", lambda a, **_: {**a, "certainty": "announced"}, "deadlines/certainty")


def _day_off(moment: str) -> bool:
    return not REFERENCE.is_workday(moment[:10])


def _swapped(day: date) -> bool:
    return _kind(day) is DayKind.SWAP_OFF or (
        day.weekday() >= 5 and _kind(day - timedelta(days=day.weekday() - 4)) is DayKind.SWAP_OFF
    )


@wrong("takes the day from the text of the moment", "deadlines/time-zone")
class NoZones(Reference):
    def due(self, received_at: str, limit: str, **options: Any) -> dict[str, Any]:
        return super().due(received_at[:19] + "+07:00", limit, **options)


def clocks(what: str, acts: Callable[[list[dict[str, str]]], list[dict[str, str]]], *rules: str) -> None:
    def clock_due(self: object, limit: str, acts_given: list[dict[str, str]] | None = None, **given: Any) -> Any:
        del self, acts_given
        return REFERENCE.clock_due(limit, acts(given["acts"]))

    WRONG.append((what, rules, type("Wrong", (Reference,), {"clock_due": clock_due})()))


MUST: Final = {"extend", "reschedule", "promise"}
"""Acts that are nothing without the moment they promise."""


def _as(old: str, new: str) -> Callable[[list[dict[str, str]]], list[dict[str, str]]]:
    return lambda acts: [{**act, "act": new if act["act"] == old else act["act"]} for act in acts]


clocks("resumes instead of counting again", _as("restart", "resume"), "deadlines/restart")
clocks("counts again instead of resuming", _as("resume", "restart"), "deadlines/pause")
clocks("drops extensions", lambda acts: [act for act in acts if act["act"] != "extend"], "deadlines/extension")
clocks(
    "forgets what was promised",
    lambda acts: [{k: v for k, v in act.items() if k != "promise" or act["act"] in MUST} for act in acts],
    "deadlines/promise",
)
clocks("puts the acts in order", lambda acts: sorted(acts, key=lambda act: act["at"]), "deadlines/clock-order")
change("hands on at once", "transfer_due", lambda _, received_at, **__: received_at, "deadlines/transfer")
