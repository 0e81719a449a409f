"""A slow and obvious second implementation: a calendar as sets of days, and deadlines counted minute or day by day."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.errors import CalendarCoverageError
from onestop_core.model import HO_CHI_MINH, Basis, Firmness
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.deadlines import WorkingHours

DAY = timedelta(days=1)


@attrs.frozen
class SlowDay:
    is_workday: bool
    kind: str
    name: Text
    basis: Any
    certainty: str
    replaces: date | None = None


@attrs.frozen
class SlowCalendar:
    """Monday to Friday but for days off, and make-up days; days off whose kind is not "holiday" by name."""

    off: dict[date, str] = attrs.field(factory=dict, hash=False)
    made_up: dict[date, date | None] = attrs.field(factory=dict, hash=False)
    announced_until: date = date(2027, 12, 31)
    first: date = date(2012, 1, 1)
    last: date = date(2035, 12, 31)

    def is_workday(self, day: date) -> bool:
        if not self.first <= day <= self.last:
            raise CalendarCoverageError(calendar="slow", day=day, first=self.first, last=self.last)
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def add(self, day: date, n: int) -> date:
        assert n > 0
        for _ in range(n):
            day = self.next(day)
        return day

    def next(self, day: date) -> date:
        day += DAY
        while not self.is_workday(day):
            day += DAY
        return day

    def count(self, start: date, end: date) -> int:
        if end < start:
            return -self.count(end, start)
        return sum(self.is_workday(day) for day in days(start, end))

    def day(self, day: date) -> SlowDay:
        kind = self.off.get(day, "weekend" if day.weekday() >= 5 else "workday")
        basis = Basis(instrument="Bộ luật Lao động 2019", article="112(1)", firmness=Firmness.READ)
        return SlowDay(
            is_workday=self.is_workday(day),
            kind=kind,
            name=Text(vi="Tết & nghỉ lễ", en="Tết & holidays")
            if day in self.off
            else Text(vi="Cuối tuần", en="Weekend"),
            basis=basis if day in self.off else None,
            certainty="announced" if day <= self.announced_until else "predicted",
            replaces=self.made_up.get(day),
        )


def days(after: date, last: date) -> Iterable[date]:
    while after < last:
        after += DAY
        yield after


def off(*spans: tuple[str, str, str]) -> dict[date, str]:
    return {
        day: kind
        for first, last, kind in spans
        for day in days(date.fromisoformat(first) - DAY, date.fromisoformat(last))
    }


VIETNAM_2026 = SlowCalendar(
    off=off(
        ("2026-01-01", "2026-01-01", "holiday"),
        ("2026-01-02", "2026-01-02", "swap_off"),
        ("2026-02-16", "2026-02-20", "holiday"),
        ("2026-04-27", "2026-04-27", "day_in_lieu"),
        ("2026-04-30", "2026-05-01", "holiday"),
        ("2026-08-31", "2026-08-31", "swap_off"),
        ("2026-09-01", "2026-09-02", "holiday"),
        ("2026-11-24", "2026-11-24", "holiday"),
    ),
    made_up={date(2026, 1, 10): date(2026, 1, 2), date(2026, 8, 22): date(2026, 8, 31)},
)
"""The year as announced; weekdays off and Saturdays worked only."""


def working_days_later(calendar: Any, received: date, n: int, pauses: Sequence[tuple[date, date]]) -> date:
    """Count one day at a time, holding still on days of waiting; pauses as days, in order, apart."""
    due = counted = received
    while n:
        counted = calendar.next(counted)
        n -= 1
    due = counted
    for first, last in pauses:
        if last > received and first <= due:
            for day in days(max(first, received), last):
                if calendar.is_workday(day):
                    counted = calendar.next(counted)
            due = max(due, counted)
            while due < last or not calendar.is_workday(due):
                due += DAY  # nothing was left when the wait began: its last day, or the next, is left to finish
    return due


def months_later(day: date, n: int) -> date:
    year, month = day.year, day.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def minutes_between(calendar: Any, hours: WorkingHours, start: datetime, end: datetime) -> int:
    """Walk from full minute to full minute."""
    total = 0
    while start < end:
        total += works(calendar, hours, start)
        start += timedelta(minutes=1)
    return total


def works(calendar: Any, hours: WorkingHours, moment: datetime) -> bool:
    """Whether the minute that begins at *moment* is worked; sessions written out from the week alone."""
    if not calendar.is_workday(moment.date()):
        return False
    now = moment.isoformat()[11:16]
    weekday = moment.weekday()
    if weekday >= 5:  # made up: by the hours of the day for which it is worked
        replaced = calendar.day(moment.date()).replaces
        weekday = replaced.weekday() if replaced and replaced.weekday() < 5 else 0
    # Written out, 24:00 comes after every minute of the day.
    return any(opens <= now < closes for opens, closes in written(hours)[weekday])


@cache
def written(hours: WorkingHours) -> list[list[list[str]]]:
    return [[str(session).split("-") for session in day] for day in hours.week]


def hours_later(calendar: Any, hours: WorkingHours, moment: datetime, minutes: int) -> datetime:
    while not works(calendar, hours, moment):
        moment += timedelta(minutes=1)
    while minutes:
        minutes -= works(calendar, hours, moment)
        moment += timedelta(minutes=1)
    return moment


def hours_earlier(calendar: Any, hours: WorkingHours, moment: datetime, minutes: int) -> datetime:
    """Walk back until so many minutes are worked; the last moment for which that is so."""
    while minutes:
        moment -= timedelta(minutes=1)
        minutes -= works(calendar, hours, moment)
    return moment


def at(text: str) -> datetime:
    """``2026-02-12 09:30`` in Vietnamese civil time."""
    return datetime.fromisoformat(text).replace(tzinfo=HO_CHI_MINH)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HO_CHI_MINH)
