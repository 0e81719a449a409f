"""What of a limit decides how it is counted, and what cannot be counted."""

from __future__ import annotations

from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.errors import InvalidValueError
from onestop_core.model import LimitStep, LimitUnit, TimeLimit

__all__ = ["by_the_hour", "ensure_countable", "in_working_hours"]


def in_working_hours(step: LimitStep) -> bool:
    """Return whether *step* ends at a moment of office hours."""
    return step.unit is LimitUnit.WORKING_HOURS or (
        step.unit is LimitUnit.WORKING_DAYS and step.amount.denominator != 1
    )


def by_the_hour(step: LimitStep) -> bool:
    """Return whether *step* ends at a moment rather than with a day."""
    return step.unit is LimitUnit.HOURS or in_working_hours(step)


def ensure_countable(limit: object, calendar: object, hours: object) -> None:
    """Refuse what cannot be counted.

    Raises:
        InvalidValueError: no time limit, calendar or hours, or a part of a working day without hours.
    """
    if not isinstance(limit, TimeLimit):
        raise InvalidValueError.of("limit", limit, vi="một TimeLimit", en="a TimeLimit, as TimeLimit.parse returns it")
    if not _is_calendar(calendar):
        raise InvalidValueError.of(
            "calendar", calendar, vi="một lịch làm việc (workdays.calendar)", en="a calendar, from workdays.calendar"
        )
    if hours is not None:
        if not isinstance(hours, WorkingHours):
            raise InvalidValueError.of(
                "hours", hours, vi="giờ làm việc (WorkingHours)", en="WorkingHours, as WorkingHours.parse returns them"
            )
    elif limit.whole_working_days is None:
        for step in limit.steps:
            if step.unit is LimitUnit.WORKING_DAYS and step.amount.denominator != 1:
                raise InvalidValueError.of(
                    "limit",
                    step.text.vi,
                    vi="giờ làm việc của cơ quan (hours), vì thời hạn có phần lẻ của ngày",
                    en="the office hours of the agency (hours), since the limit has a part of a day",
                )


def _is_calendar(value: object) -> bool:
    try:
        return hasattr(value, "is_workday")
    except Exception:  # noqa: BLE001 - a value of others may answer anything
        return False
