"""A step of a dossier together with the appointment that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from onestop_core.deadlines import Policies, next_due
from onestop_core.dossier import Dossier, Event, Machine
from onestop_core.model.series import instance

if TYPE_CHECKING:
    from onestop_core.deadlines import WorkingHours
    from onestop_core.deadlines.terms import WorkingCalendar
    from onestop_core.model import TimeLimit

__all__ = ["step"]

_STANDARD = Policies()


def step(
    machine: Machine,
    dossier: Dossier,
    event: Event,
    *,
    limit: TimeLimit,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = _STANDARD,
    expected_version: int | None = None,
) -> Dossier:
    """Return *dossier* after *event*, which carries the appointment that it makes.

    Where the event makes an appointment and names none, it gets the one that ``deadlines.next_due`` counts; one that
    it names is kept. How long an extension is, the authority decides: an event that extends must say it. A request for
    papers after appraisal gets the end of the applicant's time, so that the desk closes nothing before a last day off
    has been made up for.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> case = step(m, case, dossier.event("received", at), limit=TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> case.appointment.isoformat()
    '2026-03-09T23:59:59+07:00'

    Args:
        machine: The machine of the dossier's lifecycle.
        dossier: The dossier.
        event: What happened to it.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency, which give the hour of the appointment.
        policies: What the law leaves open.
        expected_version: How many events the dossier must still have (optimistic locking).

    Raises:
        OnestopError: as ``Machine.step``; the dossier is as it was.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    instance(machine, Machine, "machine")
    events = instance(dossier, Dossier, "dossier").events
    if instance(event, Event, "event").due is None:
        repeated = None if event.key is None else next((past for past in events if past.key == event.key), None)
        if repeated is not None:
            # Sent again as it was: what was promised then is promised, whatever is counted by now.
            event = attrs.evolve(event, due=repeated.due)
        elif expected_version is None or expected_version == dossier.version:
            due = next_due(dossier, event, limit, calendar=calendar, hours=hours, policies=policies, machine=machine)
            event = event if due is None else attrs.evolve(event, due=due)
    return machine.step(dossier, event, expected_version=expected_version)
