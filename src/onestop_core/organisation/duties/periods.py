"""Months, quarters and years of the calendar: their days, and how they are called."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval, plain_day
from onestop_core.organisation.duties.table import DutyPeriod
from onestop_core.organisation.words import months_after
from onestop_core.text import Text

__all__ = ["month_of", "named", "period_of"]

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)
_LENGTH: Final = {DutyPeriod.MONTHLY: 1, DutyPeriod.QUARTERLY: 3, DutyPeriod.YEARLY: 12}
_QUARTERS: Final = ("I", "II", "III", "IV")


def month_of(month: object) -> Interval:
    """Return the days of a month, given by any of its days or as ``2026-08``.

    Raises:
        InvalidValueError: it is neither.
    """
    if isinstance(month, str):
        found = _MONTH.fullmatch(str.__str__(month))
        if found is None or found[1] == "0000":
            raise InvalidValueError.of("month", month, vi="tháng dạng 2026-08", en="a month such as 2026-08")
        return _period(int(found[1]), int(found[2]), 1)
    day = plain_day(month, "month")
    return _period(day.year, day.month, 1)


def period_of(period: DutyPeriod, month: Interval) -> Interval | None:
    """Return the days of the month, quarter or year in which *month* lies; None for what has no such period."""
    months, first = _LENGTH.get(period), month.first
    if months is None or first is None:
        return None
    return _period(first.year, first.month - (first.month - 1) % months, months)


def _period(year: int, month: int, months: int) -> Interval:
    first = date(year, month, 1)
    after = months_after(first, months)
    # The last month of all time ends with it.
    return Interval(first=first, last=after if after == date.max else after - timedelta(days=1))


def named(period: DutyPeriod, within: Interval | None) -> Text:
    """Return what the period is called in a row: *August 2026*, *the 3rd quarter of 2026*.

    >>> whole = month_of("2026-08")
    >>> named(DutyPeriod.QUARTERLY, period_of(DutyPeriod.QUARTERLY, whole)).vi
    'quý III năm 2026'
    """
    first = None if within is None else within.first
    if first is None:
        return _NO_DAYS[period]
    match period:
        case DutyPeriod.MONTHLY:
            return Text(vi=f"tháng {first.month:02d}/{first.year:04d}", en=f"{first.year:04d}-{first.month:02d}")
        case DutyPeriod.QUARTERLY:
            number = (first.month - 1) // 3
            return Text(
                vi=f"quý {_QUARTERS[number]} năm {first.year:04d}", en=f"quarter {number + 1} of {first.year:04d}"
            )
        case _:
            return Text(vi=f"năm {first.year:04d}", en=f"{first.year:04d}")


_NO_DAYS: Final = {
    DutyPeriod.MONTHLY: Text(vi="hằng tháng", en="monthly"),
    DutyPeriod.QUARTERLY: Text(vi="03 tháng một lần", en="every three months"),
    DutyPeriod.YEARLY: Text(vi="hằng năm", en="yearly"),
    DutyPeriod.PERIODIC: Text(vi="định kỳ, quy định không nêu kỳ cụ thể", en="periodically; the law names no length"),
    DutyPeriod.REAL_TIME: Text(vi="theo thời gian thực", en="in real time"),
    DutyPeriod.ONCE: Text(vi="một lần", en="once"),
    DutyPeriod.STANDING: Text(vi="thường xuyên", en="always"),
}
