"""From a dossier's log to its processing clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.deadlines.clock import ClockAct, ClockEvent, ProcessingClock
from onestop_core.dossier import ClockKind
from onestop_core.model import LimitStep, LimitUnit, TimeLimit
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.deadlines.office_hours import WorkingHours
    from onestop_core.deadlines.values import WorkingCalendar
    from onestop_core.dossier import Dossier

__all__ = ["clock_of"]


def clock_of(
    dossier: Dossier, limit: TimeLimit, *, calendar: WorkingCalendar, hours: WorkingHours | None = None
) -> ProcessingClock:
    """Return the processing clock of *dossier*: what its events did to the time that *limit* allows.

    The dossier knows when its time ran, stood still and began again; this counts it. An extension counts as
    the working days between the old and the new appointment.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-02-09T08:15"))
    >>> for event in (
    ...     dossier.event("received", at("2026-02-09T08:15")),
    ...     dossier.event("assigned", at("2026-02-09T14:00")),
    ...     dossier.event("supplement_requested", at("2026-02-11T15:30"), reason="a map is missing"),
    ...     dossier.event("supplemented", at("2026-02-12T09:30")),
    ... ):
    ...     case = m.step(case, event)
    >>> clock = clock_of(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"))
    >>> clock.due().day
    datetime.date(2026, 2, 26)

    Args:
        dossier: The dossier.
        limit: How long the authority may take, from the procedure.
        calendar: Which days count.
        hours: Office hours of the agency.

    Raises:
        GuardError: an extension in the log does not hold against the due date counted here.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    events = sorted((*_spans(dossier), *_extensions(dossier, calendar)), key=lambda event: event.at)
    return ProcessingClock(limit=limit, calendar=calendar, hours=hours, events=tuple(events))


def _spans(dossier: Dossier) -> Iterator[ClockEvent]:
    clock = dossier.clock
    for number, span in enumerate(clock.spans):
        if span.kind is ClockKind.PAUSED:
            yield ClockEvent(act=ClockAct.PAUSE, at=span.start, reason=Text(vi=span.reason, en=span.reason))
        elif number == 0:
            yield ClockEvent(act=ClockAct.START, at=span.start)
        else:
            again = span.start in clock.restarts
            yield ClockEvent(act=ClockAct.RESTART if again else ClockAct.RESUME, at=span.start)
    if clock.stopped_at is not None and clock.spans:
        yield ClockEvent(act=ClockAct.STOP, at=clock.stopped_at)


def _extensions(dossier: Dossier, calendar: WorkingCalendar) -> Iterator[ClockEvent]:
    for change in dossier.due_changes:
        if change.event == "extended" and change.old is not None:
            days = calendar.count(change.old.date(), change.new.date())
            if days > 0:
                by = TimeLimit(steps=(LimitStep(unit=LimitUnit.WORKING_DAYS, amount=days),))
                yield ClockEvent(act=ClockAct.EXTEND, at=change.at, by=by)
