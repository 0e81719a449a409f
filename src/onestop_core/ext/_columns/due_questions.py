"""What a row asks when its due moment is wanted: often no more than its day, so that thousands of rows ask the same.

Moments are microseconds since 1970 here, as engines and arrays hold them.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.terms.law import editions
from onestop_core.deadlines.terms.values import END_OF_DAY
from onestop_core.errors import InvalidValueError
from onestop_core.model import LimitUnit, aware, parse_moment

if TYPE_CHECKING:
    from onestop_core.deadlines import WorkingHours
    from onestop_core.model import LimitStep

__all__ = [
    "DAY",
    "HOUR",
    "ONE_ZONE_SINCE",
    "SEVEN_HOURS",
    "asks_for_the_day",
    "into_day",
    "moment",
    "number",
    "parts_of_a_day",
]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta.resolution
HOUR: Final = 3_600_000_000
DAY: Final = 24 * HOUR
SEVEN_HOURS: Final = 7 * HOUR
_MINUTE: Final = 60_000_000


def number(at: datetime) -> int:
    """Return a moment as a number."""
    return (at - _EPOCH) // _MICROSECOND


ONE_ZONE_SINCE: Final = number(parse_moment("1976-01-01T00:00+07:00"))
"""From then on every civil day of Vietnam has 24 hours and begins at 17:00 UTC."""


def moment(at: int, what: str) -> datetime:
    """Return a number as a moment, in Vietnamese civil time.

    Raises:
        InvalidValueError: it lies outside the calendar.
    """
    try:
        found = _EPOCH + timedelta(microseconds=at)
    except OverflowError:
        raise InvalidValueError.of(
            what, at, vi="thời điểm từ năm 1 đến năm 9999", en="a moment from the year 1 to 9999"
        ) from None
    return aware(found, what)


def into_day(at: time) -> int:
    """Return how far into its day a time is."""
    return at.hour * HOUR + at.minute * _MINUTE + at.second * 1_000_000


def asks_for_the_day(step: LimitStep) -> bool:
    """Return whether *step* asks of the moment at which it begins only for its day, and for the part of it."""
    return step.unit not in {LimitUnit.WORKING_HOURS, LimitUnit.HOURS} and step.amount >= 1


def parts_of_a_day(hours: WorkingHours | None) -> list[int]:
    """Return the last microsecond of each part of a day that counting tells apart, from midnight on.

    What comes in within one part has the same end: before or after 15:00, before or after the close of the office.
    """
    ends = {DAY - 1, into_day(END_OF_DAY)}
    ends |= {into_day(editions.pinned(each).parameters.late_after) for each in editions.ids()}
    weeks = () if hours is None else (hours.week, *(season.week for season in hours.seasons))
    ends |= {session.closing * _MINUTE for week in weeks for day in week for session in day}
    return sorted(end for end in ends if end < DAY)
