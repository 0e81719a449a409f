"""The days of a receipt: those of a calendar that a count looks at, and a calendar made of those that were written down."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["MAX_DAYS", "Looking", "Told", "ToldDay", "special_days"]

MAX_DAYS: Final = 40_000
"""Most days from the first to the last of a receipt: more than the longest limit and all that is predicted."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_HOLIDAYS: Final = frozenset({"holiday", "tet"})


class Looking:
    """A calendar that remembers from which day to which it was asked."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self.announced_until: date = calendar.announced_until
        self.first: date | None = None
        self.last: date | None = None

    def is_workday(self, day: date, /) -> bool:
        """Answer as the calendar does."""
        return self._calendar.is_workday(self._saw(day))

    def add(self, day: date, n: int, /) -> date:
        """Answer as the calendar does."""
        return self._saw(self._calendar.add(self._saw(day), n))

    def count(self, start: date, end: date, /) -> int:
        """Answer as the calendar does."""
        return self._calendar.count(self._saw(start), self._saw(end))

    def next(self, day: date, /) -> date:
        """Answer as the calendar does."""
        return self._saw(self._calendar.next(self._saw(day)))

    def day(self, day: date, /) -> Any:
        """Answer as the calendar does."""
        return self._calendar.day(self._saw(day))

    def look(self, first: date, last: date) -> None:
        """Look at the days from *first* to *last* as well, if the calendar covers them and they are not too many."""
        if (last - first).days >= MAX_DAYS:
            return
        try:
            self._calendar.is_workday(first)
            self._calendar.is_workday(last)
        except CalendarCoverageError:
            return
        self._saw(first)
        self._saw(last)

    def _saw(self, day: date) -> date:
        self.first = day if self.first is None or day < self.first else self.first
        self.last = day if self.last is None or day > self.last else self.last
        return day


def special_days(calendar: WorkingCalendar, first: date, last: date) -> Iterator[dict[str, Any]]:
    """Yield the days from *first* to *last* that differ from the plain week of five days, as a receipt writes them.

    Raises:
        InvalidValueError: they are more than a receipt holds.
        CalendarCoverageError: the calendar does not reach so far.
    """
    if (last - first).days >= MAX_DAYS:
        raise InvalidValueError.of(
            "limit", f"{first}/{last}", vi=f"nhiều nhất {MAX_DAYS} ngày", en=f"at most {MAX_DAYS} days"
        )
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        works, plain = calendar.is_workday(day), day.weekday() < _SATURDAY
        if works is plain and not plain:
            continue
        known = calendar.day(day)
        if works is plain and known.kind not in _HOLIDAYS:
            continue
        row = {"date": day.isoformat(), "works": works, "kind": str(known.kind)}
        replaces = getattr(known, "replaces", None)
        if works and isinstance(replaces, date):
            row["replaces"] = replaces.isoformat()
        yield row


@attrs.frozen(kw_only=True)
class ToldDay:
    """One day as a receipt tells it."""

    kind: str
    replaces: date | None


class Told:
    """The calendar that a receipt tells: the days from its first to its last, and nothing of any other day."""

    def __init__(
        self, *, name: str, first: date | None, last: date | None, rows: Sequence[dict[str, Any]], announced_until: date
    ) -> None:
        self.announced_until = announced_until
        self._name = name
        self._first = first
        self._last = last
        special = {date.fromisoformat(row["date"]): row for row in rows}
        self._rows = special
        every = () if first is None or last is None else (first + n * _DAY for n in range((last - first).days + 1))
        self._works = [day for day in every if (special[day]["works"] if day in special else day.weekday() < _SATURDAY)]

    def is_workday(self, day: date, /) -> bool:
        """Return whether *day* is worked."""
        place = bisect_right(self._works, self._told(day))
        return place > 0 and self._works[place - 1] == day

    def add(self, day: date, n: int, /) -> date:
        """Return the *n*-th working day after *day*."""
        place = bisect_right(self._works, self._told(day)) + n - 1
        if place >= len(self._works):
            raise self._outside(date.max)
        return self._works[place]

    def count(self, start: date, end: date, /) -> int:
        """Return how many working days lie after *start*, up to *end*."""
        return bisect_right(self._works, self._told(end)) - bisect_right(self._works, self._told(start))

    def next(self, day: date, /) -> date:
        """Return the working day after *day*."""
        return self.add(day, 1)

    def day(self, day: date, /) -> ToldDay:
        """Return what the receipt tells of *day*."""
        row = self._rows.get(self._told(day), {})
        replaces = row.get("replaces")
        return ToldDay(kind=row.get("kind", ""), replaces=None if replaces is None else date.fromisoformat(replaces))

    def _told(self, day: date) -> date:
        if self._first is None or self._last is None or not self._first <= day <= self._last:
            raise self._outside(day)
        return day

    def _outside(self, day: date) -> CalendarCoverageError:
        first, last = self._first or day, self._last or day
        return CalendarCoverageError(calendar=self._name, day=day, first=first, last=last)
