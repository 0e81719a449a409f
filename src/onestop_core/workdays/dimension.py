"""A calendar as a table to join with: one row a day, its working days numbered.

With the number of every day at hand a database counts without this library: between two dates lie
``number(end) - number(start)`` working days, the start not counted.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import plain_day
from onestop_core.text import day_text
from onestop_core.workdays.working_calendar import Calendar, a_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NumberedDay", "table", "to_csv"]


@attrs.frozen(kw_only=True)
class NumberedDay:
    """One day of the table."""

    date: dt.date
    is_workday: bool
    number: int
    """Working days from the first day of the coverage up to and including this one."""


def table(calendar: Calendar, first: dt.date | None = None, last: dt.date | None = None) -> tuple[NumberedDay, ...]:
    """Return one row for every day from *first* to *last*, both included.

    The numbers begin with the coverage, not with *first*: tables of the same calendar go together.

    >>> import datetime as dt
    >>> from onestop_core.workdays import calendar
    >>> for row in table(calendar("vn-civil"), dt.date(2012, 1, 1), dt.date(2012, 1, 4)):
    ...     print(row.date, row.is_workday, row.number)
    2012-01-01 False 0
    2012-01-02 False 0
    2012-01-03 True 1
    2012-01-04 True 2

    Args:
        calendar: Which days count.
        first: The first day; by default that of the coverage.
        last: The last day; by default that of the coverage, predicted years included unless they are refused.

    Raises:
        InvalidValueError: *calendar* is none, *first* or *last* is not a plain date, or *last* lies before *first*.
        CalendarCoverageError: the calendar does not cover one of them.
    """
    covered = a_calendar(calendar).coverage
    assert covered.first is not None
    assert covered.last is not None
    first = covered.first if first is None else plain_day(first, "first")
    last = covered.last if last is None else plain_day(last, "last")
    if last < first:
        shown = day_text(first)
        raise InvalidValueError.of("last", last, vi=f"ngày từ {shown.vi} trở đi", en=f"a day not before {shown.en}")
    # What lies before the first row; also asks for both ends before anything is built.
    number = calendar.count(covered.first, first) + calendar.is_workday(covered.first) - calendar.is_workday(first)
    calendar.is_workday(last)
    rows: list[NumberedDay] = []
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = dt.date.fromordinal(ordinal)
        works = calendar.is_workday(day)
        number += works
        rows.append(NumberedDay(date=day, is_workday=works, number=number))
    return tuple(rows)


def to_csv(rows: Iterable[NumberedDay]) -> str:
    r"""Return *rows* as CSV with a header, for a database to load: ``true`` and ``false``, lines ending in LF.

    >>> import datetime as dt
    >>> from onestop_core.workdays import calendar
    >>> to_csv(table(calendar("vn-civil"), dt.date(2026, 1, 9), dt.date(2026, 1, 10)))
    'date,is_workday,number\n2026-01-09,true,3515\n2026-01-10,true,3516\n'

    Raises:
        InvalidValueError: *rows* are not those of a table.
    """
    try:
        listed: list[Any] = list(rows)
    except Exception:  # noqa: BLE001 - whatever it is, it is not what is wanted
        listed = [None]
    if not all(isinstance(row, NumberedDay) for row in listed):
        raise InvalidValueError.of("rows", rows, vi="các dòng của `table()`", en="the rows of table()")
    lines = [f"{row.date.isoformat()},{str(row.is_workday).lower()},{row.number}\n" for row in listed]
    return "".join(["date,is_workday,number\n", *lines])
