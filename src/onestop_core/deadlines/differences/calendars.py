"""Calendars as other systems have them: the right one, with something missing or too much."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["CALENDARS", "Mistaken"]

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5
_FIXED: Final = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})
"""Holidays that every list has, by month and day."""
_LONGEST_TET: Final = 10
"""Days after which no day of the same Tết can come."""


class Mistaken:
    """A calendar that answers as *works* says: made for the few days that one deadline asks for, not for speed."""

    __slots__ = ("_right", "_works")

    def __init__(self, right: WorkingCalendar, works: Callable[[WorkingCalendar, dt.date], bool]) -> None:
        self._right = right
        self._works = works

    @property
    def announced_until(self) -> dt.date:
        """Last day of which all decisions are announced."""
        return self._right.announced_until

    def is_workday(self, day: dt.date, /) -> bool:
        """Return whether the mistaken calendar works on *day*."""
        return self._works(self._right, day)

    def day(self, day: dt.date, /) -> Any:
        """Return what the right calendar knows of *day*."""
        return self._right.day(day)

    def next(self, day: dt.date, /) -> dt.date:
        """Return the working day strictly after *day*."""
        return self.add(day, 1)

    def previous(self, day: dt.date, /) -> dt.date:
        """Return the working day strictly before *day*."""
        return self.add(day, -1)

    def add(self, day: dt.date, n: int, /) -> dt.date:
        """Return the n-th working day strictly after *day*, before it for a negative n."""
        if n == 0:
            return day if self.is_workday(day) else self.next(day)
        step, left = (_DAY, n) if n > 0 else (-_DAY, -n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def count(self, after: dt.date, through: dt.date, /) -> int:
        """Return the number of working days in (after, through], negative when *through* lies before *after*."""
        if through < after:
            days = (through + _DAY * n for n in range((after - through).days))
            return -sum(self.is_workday(day) for day in days)
        days = (after + _DAY * n for n in range(1, (through - after).days + 1))
        return sum(self.is_workday(day) for day in days)


def _plain_week(day: dt.date) -> bool:
    return day.weekday() < _SATURDAY


def _without(*kinds: str) -> Callable[[WorkingCalendar, dt.date], bool]:
    """Return the calendar in which days of these *kinds* are days of the plain week."""
    missing = frozenset(kinds)
    return lambda right, day: _plain_week(day) if right.day(day).kind in missing else right.is_workday(day)


def _without_days(*days: tuple[int, int]) -> Callable[[WorkingCalendar, dt.date], bool]:
    """Return the calendar in which the holidays on these days (month, day) are days of the plain week."""
    missing = frozenset(days)

    def works(right: WorkingCalendar, day: dt.date) -> bool:
        lost = (day.month, day.day) in missing and right.day(day).kind == "holiday"
        return _plain_week(day) if lost else right.is_workday(day)

    return works


def _without_hung_kings(right: WorkingCalendar, day: dt.date) -> bool:
    found = right.day(day)
    lost = found.kind == "holiday" and (day.month, day.day) not in _FIXED and day.month in {3, 4}
    return _plain_week(day) if lost else right.is_workday(day)


def _tet_shorter(by: int) -> Callable[[WorkingCalendar, dt.date], bool]:
    """Return the calendar in which the last *by* days of Tết are worked."""

    def works(right: WorkingCalendar, day: dt.date) -> bool:
        if right.day(day).kind != "tet" or not _plain_week(day):
            return right.is_workday(day)
        later = (day + _DAY * n for n in range(1, _LONGEST_TET))
        left = sum(1 for each in later if right.day(each).kind == "tet" and _plain_week(each))
        return left < by

    return works


def _second_national_day_missing(right: WorkingCalendar, day: dt.date) -> bool:
    lost = day.month == 9 and day.day in {1, 3} and right.day(day).kind == "holiday"
    return _plain_week(day) if lost else right.is_workday(day)


def _fixed_only(_: WorkingCalendar, day: dt.date) -> bool:
    return _plain_week(day) and (day.month, day.day) not in _FIXED


def _weekends_alone(_: WorkingCalendar, day: dt.date) -> bool:
    return _plain_week(day)


def _saturdays(right: WorkingCalendar, day: dt.date) -> bool:
    return right.is_workday(day) or (day.weekday() == _SATURDAY and bool(right.day(day).kind == "weekend"))


CALENDARS: Final[Mapping[str, Callable[[WorkingCalendar, dt.date], bool]]] = {
    "makeup_saturday_missing": _without("makeup"),
    "swap_missing": _without("makeup", "swap_off"),
    "swap_day_off_missing": _without("swap_off"),
    "day_in_lieu_missing": _without("day_in_lieu"),
    "tet_missing": _without("tet"),
    "tet_shorter": _tet_shorter(1),
    "tet_two_days_short": _tet_shorter(2),
    "hung_kings_missing": _without_hung_kings,
    "new_holiday_missing": _without_days((11, 24)),
    "second_national_day_missing": _second_national_day_missing,
    "fixed_holidays_only": _fixed_only,
    "no_holidays": _weekends_alone,
    "saturday_worked": _saturdays,
}
"""By code: whether the mistaken calendar works on a day, asked of the right one."""
