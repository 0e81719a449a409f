"""How a case stands at a moment against its due moment: what is left of the time, and what was used of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from onestop_core.deadlines.counting.countable import by_the_hour
from onestop_core.deadlines.hours.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.terms.values import Measure, Status, StatusCode, measure_of, status_of
from onestop_core.model import LimitUnit

if TYPE_CHECKING:
    from onestop_core.deadlines.counting.waits import Pause
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.model import TimeLimit

__all__ = ["Within", "left_at", "standing", "time_between"]

_HOUR: Final = timedelta(hours=1)


class Within(Protocol):
    """In what the time is measured; a deadline and a countdown say it."""

    @property
    def limit(self) -> TimeLimit:
        """How long the authority may take."""
        ...

    @property
    def calendar(self) -> WorkingCalendar:
        """Which days count."""
        ...

    @property
    def hours(self) -> WorkingHours | None:
        """Office hours of the agency."""
        ...


def standing(
    moment: datetime,
    *,
    due: datetime,
    received: datetime,
    pauses: tuple[Pause, ...],
    ended: datetime | None,
    within: Within,
) -> Status:
    """Return how a case stands at *moment*; one that is over by then, how it ended."""
    if ended is not None and moment >= ended:
        if ended > due:
            return status_of(code=StatusCode.FINISHED_LATE, measure=time_between(due, ended, pauses, within))
        return status_of(code=StatusCode.FINISHED, measure=left_at(ended, due, received, pauses, within))
    if moment < received:
        return status_of(code=StatusCode.NOT_STARTED, measure=left_at(received, due, received, pauses, within))
    # A pause that began after the limit had passed does not heal the delay.
    for first, last in pauses:
        if first <= moment and first <= due and (last is None or moment < last):
            return status_of(code=StatusCode.PAUSED, measure=left_at(moment, due, received, pauses, within))
    if moment > due:
        return status_of(code=StatusCode.OVERDUE, measure=time_between(due, moment, pauses, within))
    code = StatusCode.DUE_TODAY if moment.date() == due.date() else StatusCode.RUNNING
    return status_of(code=code, measure=left_at(moment, due, received, pauses, within))


def left_at(moment: datetime, due: datetime, received: datetime, pauses: tuple[Pause, ...], within: Within) -> Measure:
    """Return the time left at *moment*, waiting not counted; nothing after the limit."""
    start = max(moment, received)
    if pauses and pauses[-1][1] is None:
        # In an open pause what is left is what was left when it began.
        start = min(start, max(pauses[-1][0], received))
    # What it will cost is not known, and not in the date either.
    return time_between(start, due, pauses, within, lasting=False)


def time_between(
    start: datetime, end: datetime, pauses: tuple[Pause, ...], within: Within, *, lasting: bool = True
) -> Measure:
    """Return the time from *start* to *end* without waiting, in the unit in which the limit ends.

    A wait that lasts is left out with the others, if *lasting*.
    """
    limit, calendar = within.limit, within.calendar
    end = max(end, start)
    waits = (
        [
            (max(a, start), end if b is None or b > end else b)
            for a, b in pauses
            if a < end and (lasting if b is None else b > start)
        ]
        if pauses
        else ()
    )
    if limit.whole_working_days or not by_the_hour(limit.steps[-1]):
        days = calendar.count(start.date(), end.date())
        for a, b in waits:
            days -= calendar.count(a.date(), b.date())
        return _working_days(days)
    plain = limit.steps[-1].unit is LimitUnit.HOURS
    office = None if plain else within.hours or office_hours()
    run = _run(office, calendar, start, end)
    for a, b in waits:
        run -= _run(office, calendar, a, b)
    amount = Fraction(run // timedelta.resolution, _HOUR // timedelta.resolution)
    return measure_of(amount=amount, unit="hours" if plain else "working_hours")


@lru_cache(maxsize=1024)
def _working_days(days: int) -> Measure:
    return measure_of(amount=Fraction(days), unit="working_days")


def _run(office: WorkingHours | None, calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    return end - start if office is None else office.between(calendar, start, end)
