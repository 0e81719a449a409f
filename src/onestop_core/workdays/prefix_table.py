"""The prefix table: how many working days lie before each day, and the working days themselves.

With both at hand adding and counting are two look-ups. A table is a value; one that reaches further is another one.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import attrs

from onestop_core.model import FrozenMap
from onestop_core.workdays.values import Row

__all__ = ["Source", "Table"]


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
