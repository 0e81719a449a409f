"""The prefix table: how many working days lie before each day, and the working days themselves.

With both at hand adding and counting are two look-ups. A table is a value; one that reaches further is another one.
The years of a calendar know how far theirs must reach: the announced years at once, the predicted ones when asked.
"""

from __future__ import annotations

from datetime import date, timedelta
from threading import RLock
from typing import Final, Protocol

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.model import FrozenMap
from onestop_core.workdays.values import Row

__all__ = ["BUILDING", "CoveredYears", "Source", "Table"]

BUILDING: Final = RLock()
"""One for all calendars: building is rare, and one that asks another while it builds cannot wait in a circle."""


class Source(Protocol):
    """Where a calendar has its exceptions from. Hashable, equal to another source of the same days."""

    def rows(self, number: int, /) -> tuple[Row, ...]:
        """Return the days of year *number* that differ from the plain week."""
        ...

    def known_from(self, number: int, /) -> date | None:
        """Return from which day on the days off of year *number* count as announced; None while they do not."""
        ...


@attrs.frozen(kw_only=True)
class Table:
    """The days from 1 January of *first* to 31 December of *last*; none where *last* is the year before."""

    first: int
    last: int
    prefix: tuple[int, ...] = attrs.field(default=(0,), repr=False)
    """At *i* the working days before the day that lies *i* days after the first; one entry more than there are days."""
    days: tuple[date, ...] = attrs.field(default=(), repr=False)
    """The working days in order."""
    rows: FrozenMap[date, Row] = attrs.field(default=FrozenMap[date, Row](), repr=False)
    """What differs from the plain week."""

    def extended(self, source: Source, last: int) -> Table:
        """Return the table up to the end of the year *last*."""
        prefix, days, rows = list(self.prefix), list(self.days), dict(self.rows)
        for number in range(self.last + 1, last + 1):
            rows.update((row.date, row) for row in source.rows(number))
        works = {row.date.toordinal(): row.kind.works for row in rows.values()}
        start, end = date(self.last + 1, 1, 1).toordinal(), date(last, 12, 31).toordinal()
        weekday, total = (start + 6) % 7, prefix[-1]
        for ordinal in range(start, end + 1):
            if works.get(ordinal, weekday < 5):
                total += 1
                days.append(date.fromordinal(ordinal))
            prefix.append(total)
            weekday = 0 if weekday == 6 else weekday + 1
        return Table(first=self.first, last=last, prefix=tuple(prefix), days=tuple(days), rows=FrozenMap(rows))


class CoveredYears:
    """The years that a calendar covers, and the table of as many of them as anybody asked for.

    What they are made of never changes; the table is replaced by one that reaches further, in one assignment.
    """

    __slots__ = ("_announced_until", "base", "calendar", "first", "last", "source", "table")

    def __init__(self, calendar: str, source: Source, first: int, last: int) -> None:
        self.calendar: str = calendar
        self.source: Source = source
        self.first: int = first
        self.last: int = last
        self.base: int = date(first, 1, 1).toordinal()
        self.table: Table = Table(first=first, last=first - 1)
        self._announced_until: date | None = None

    @property
    def announced_until(self) -> date:
        """The last day of the last year whose days off are announced, years before it included."""
        if self._announced_until is None:
            number = self.first
            while number <= self.last and self.source.known_from(number) is not None:
                number += 1
            self._announced_until = date(number - 1, 12, 31)
        return self._announced_until

    def covered(self, year: int) -> int:
        """Return *year*, one of them.

        Raises:
            InvalidValueError: it is not a whole number.
            CalendarCoverageError: it is none of them.
        """
        if type(year) is not int:
            raise InvalidValueError.of("year", year, vi="số nguyên", en="a whole number")
        if not self.first <= year <= self.last:
            raise self.outside(date(min(max(year, 1), 9999), 1, 1))
        return year

    def outside(self, day: date) -> CalendarCoverageError:
        """Return the error that says that *day* is in none of them."""
        return CalendarCoverageError(
            calendar=self.calendar, day=day, first=date(self.first, 1, 1), last=date(self.last, 12, 31)
        )

    def reach(self, seen: Table, day: date, n: int = 0) -> None:
        """Build the table far enough for *day*, or for *n* working days after it, if it is still the one *seen*.

        Raises:
            CalendarCoverageError: the coverage ends before.
        """
        with BUILDING:
            if self.table is not seen:
                return  # another thread built meanwhile: look again
            if seen.last >= self.last:
                end = date(self.last, 12, 31)
                raise self.outside(day if day > end else end + timedelta(days=1))
            # The first build takes the announced years at once; later ones go year by year.
            begun = seen.last >= self.first
            wanted = day.year + n // 240 if begun else max(day.year, self.announced_until.year)
            self.table = seen.extended(self.source, min(max(wanted, seen.last + 1), self.last))
