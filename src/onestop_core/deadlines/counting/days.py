"""The days on which time may end: the close of one, the next on which a period ends, and steps over the calendar.

What a limit is counted in, its setting, stands here too, since all of this asks it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import attrs

from onestop_core._public import trusted
from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.terms.policies import STANDARD, EndOnDayOff, Policies
from onestop_core.deadlines.terms.values import END_OF_DAY, WorkingCalendar
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH

__all__ = [
    "Setting",
    "close_of",
    "first_close",
    "months_later",
    "moved",
    "moves",
    "setting_of",
    "shifted",
    "shifted_moment",
]

_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Setting:
    """What a limit is counted in."""

    calendar: WorkingCalendar
    hours: WorkingHours | None = None
    policies: Policies = STANDARD


setting_of: Final = trusted(Setting)
"""Makes the setting of what was looked at already."""


def moves(day: date, calendar: WorkingCalendar, policy: EndOnDayOff) -> bool:
    """Return whether a period whose last day is *day* ends later under *policy*."""
    if policy is EndOnDayOff.STRICT_CIVIL_CODE:
        # The article names weekend days and holidays; a made-up Saturday is still a Saturday.
        return day.weekday() >= 5 or calendar.day(day).kind in _HOLIDAYS
    return policy is EndOnDayOff.NEXT_WORKING_DAY and not calendar.is_workday(day)


_HOLIDAYS: Final = frozenset({"holiday", "tet"})


def moved(last: date, setting: Setting) -> date:
    """Return the day on which a period ends whose last day is *last*."""
    # Day by day: in the strict reading the next working day is one that would not move either.
    while moves(last, setting.calendar, setting.policies.end_on_day_off):
        last = shifted(last, _DAY)
    return last


def close_of(day: date, setting: Setting) -> datetime:
    """Return when *day* ends: with its last session, or with the civil day."""
    hours = setting.hours
    return hours.closing(setting.calendar, day) if hours else datetime.combine(day, END_OF_DAY, HO_CHI_MINH)


def first_close(moment: datetime, setting: Setting, *, working: bool) -> datetime:
    """Return the first end of a day, on which such a period may end, that does not lie before *moment*."""
    day = moment.date()
    while True:
        ends = setting.calendar.is_workday(day) if working else moved(day, setting) == day
        if ends and (close := close_of(day, setting)) >= moment:
            return close
        day = shifted(day, _DAY)


@lru_cache(maxsize=8192)
def months_later(day: date, months: int) -> date:
    """Return the corresponding day so many months later, or the last one of its month.

    Raises:
        InvalidValueError: it lies after the year 9999.
    """
    import pendulum  # noqa: PLC0415 - heavy, loaded on first use

    try:
        later = pendulum.date(day.year, day.month, day.day).add(months=months)
    except (ValueError, OverflowError):
        raise _beyond(day) from None
    return date(later.year, later.month, later.day)


def shifted(day: date, by: timedelta) -> date:
    """Return the day so much later.

    Raises:
        InvalidValueError: it lies after the year 9999.
    """
    try:
        return day + by
    except OverflowError:
        raise _beyond(day) from None


def shifted_moment(moment: datetime, by: timedelta) -> datetime:
    """Return the moment so much later.

    Raises:
        InvalidValueError: it lies after the year 9999.
    """
    try:
        return moment + by
    except OverflowError:
        raise _beyond(moment.date()) from None


def _beyond(day: date) -> InvalidValueError:
    return InvalidValueError.of(
        "received_at",
        day.isoformat(),
        vi="ngày mà thời hạn kết thúc trước năm 10000",
        en="a day whose limit ends before the year 10000",
    )
