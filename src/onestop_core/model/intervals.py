"""Intervals of days."""

from __future__ import annotations

from datetime import date

import attrs

from onestop_core.errors import InvalidValueError

__all__ = ["Interval"]


@attrs.frozen(kw_only=True)
class Interval:
    """The days from *first* to *last*, both included; None is open.

    >>> from datetime import date
    >>> period = Interval(first=date(2018, 6, 21), last=date(2025, 6, 30))
    >>> date(2025, 6, 30) in period, date(2025, 7, 1) in period
    (True, False)

    Raises:
        InvalidValueError: *last* lies before *first*.
    """

    first: date | None = None
    last: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise InvalidValueError.of(
                "last", self.last.isoformat(), vi=f"ngày từ {self.first} trở đi", en=f"a day from {self.first} on"
            )

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def overlaps(self, other: Interval) -> bool:
        """Return whether the two intervals share a day."""
        starts_before_end = self.first is None or other.last is None or self.first <= other.last
        return starts_before_end and (other.first is None or self.last is None or other.first <= self.last)
