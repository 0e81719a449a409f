"""The 15:00 rule: what comes in late counts from the next day, and is handed over on the next working day."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final, cast

from onestop_core.deadlines.hours.office_hours import WorkingHours, as_calendar, office_hours
from onestop_core.deadlines.terms.law import parameters
from onestop_core.deadlines.terms.policies import LateReceipt
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, LimitUnit, aware

if TYPE_CHECKING:
    from datetime import date

    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["IN_A_DAY", "day_0_of", "transfer_due"]

IN_A_DAY: Final = frozenset({LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE})
"""Limits that end with the day on which they begin."""


def _late(at: datetime) -> bool:
    return at.time() > parameters(at.date()).late_after


def day_0_of(unit: LimitUnit, start: datetime, calendar: WorkingCalendar, policy: LateReceipt, *, first: bool) -> date:
    """Return the day that is not counted, or for a limit within the day the day itself; *first* is the step that was received."""
    day = start.date()
    if unit in IN_A_DAY:
        if not calendar.is_workday(day):
            return calendar.next(day)
        # "At once" is a promise about the same day, whatever the hour.
        postponed = unit is LimitUnit.SAME_DAY and policy is not LateReceipt.NO_LIMIT
        return calendar.next(day) if postponed and _late(start) else day
    # A later step of a chain is handed over, not received at the desk. Who comes on a day off comes after every hour
    # of the day before: the hour means nothing there, and he is not counted earlier than who came late before it.
    if policy is LateReceipt.EVERY_LIMIT and first:
        return calendar.next(day) if not calendar.is_workday(day) or _late(start) else day
    return day


def transfer_due(received_at: datetime, *, calendar: WorkingCalendar, hours: WorkingHours | None = None) -> datetime:
    """Return by when a dossier handed in at the desk must be with the body that handles it.

    The same working day; received after 15:00, the start of the next working day (Decree 118/2025/NĐ-CP, art. 18(2)).
    Received on a day off: as received at the opening of the next working day.

    >>> from datetime import datetime
    >>> from onestop_core import workdays
    >>> moment = datetime.fromisoformat("2026-02-13T15:01+07:00")
    >>> transfer_due(moment, calendar=workdays.calendar("vn-civil")).isoformat()
    '2026-02-23T07:00:00+07:00'

    Raises:
        InvalidValueError: a naive moment, or what is no calendar or no hours.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    at = aware(received_at, "received_at")
    as_calendar(calendar)
    office = office_hours() if hours is None else hours
    if not isinstance(cast("object", office), WorkingHours):
        raise InvalidValueError.of(
            "hours", office, vi="giờ làm việc (WorkingHours)", en="WorkingHours, as parse gives them"
        )
    day = at.date()
    if not calendar.is_workday(day):
        return office.closing(calendar, calendar.next(day))
    if _late(at):
        return office.add(calendar, datetime.combine(calendar.next(day), time(), HO_CHI_MINH), 0)
    return office.closing(calendar, day)
