"""Intervals of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import cast

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model.moments import plain_day
from onestop_core.text import day_text

__all__ = ["Interval"]


@attrs.frozen(kw_only=True, field_transformer=gated({date: plain_day}))
class Interval:
    """The days from *first* to *last*, both included; None is open.

    >>> from datetime import date
    >>> period = Interval(first=date(2018, 6, 21), last=date(2025, 6, 30))
    >>> date(2025, 6, 30) in period, date(2025, 7, 1) in period
    (True, False)

    Raises:
        InvalidValueError: *last* lies before *first*, or one of them is not a day.
    """

    first: date | None = None
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            first = day_text(self.first)
            raise InvalidValueError.of(
                "last", self.last.isoformat(), vi=f"ngày từ {first.vi} trở đi", en=f"a day from {first.en} on"
            )

    @classmethod
    def month(cls, year: int, month: int) -> Interval:
        """Return the days of a month, such as those of a monthly report.

        >>> str(Interval.month(2028, 2).last)
        '2028-02-29'

        Raises:
            InvalidValueError: there is no such month.
        """
        try:
            return cls(first=date(year, month, 1), last=date(year, month, monthrange(year, month)[1]))
        except (ValueError, TypeError, OverflowError) as error:
            raise InvalidValueError.of(
                "month", (year, month), vi="một tháng của lịch, chẳng hạn 2026, 10", en="a month, such as 2026, 10"
            ) from error

    def __contains__(self, day: date) -> bool:
        asked = plain_day(day, "day")
        return (self.first is None or self.first <= asked) and (self.last is None or asked <= self.last)

    def overlaps(self, other: Interval) -> bool:
        """Return whether the two intervals share a day.

        Raises:
            InvalidValueError: *other* is not an interval.
        """
        if not isinstance(cast("object", other), Interval):
            raise InvalidValueError.of("other", other, vi="một khoảng ngày (Interval)", en="an Interval")
        starts_before_end = self.first is None or other.last is None or self.first <= other.last
        return starts_before_end and (other.first is None or self.last is None or other.first <= self.last)
