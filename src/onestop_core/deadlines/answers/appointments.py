"""What the clock says to others: the facts that measures count, and the appointment that an event must carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack, cast

import attrs

from onestop_core import dossier as dossiers
from onestop_core.deadlines.answers.countdown import countdown
from onestop_core.deadlines.answers.deadline import due
from onestop_core.deadlines.terms.policies import STANDARD
from onestop_core.dossier.lifecycle import DueRule, GuardCondition
from onestop_core.model import Act, LimitUnit, Phase, TimeLimit, aware

if TYPE_CHECKING:
    from datetime import datetime

    from onestop_core.deadlines.answers.countdown import Countdown
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.policies import Policies
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.dossier import Dossier, Event, Machine
    from onestop_core.dossier.kpi_facts import Told
    from onestop_core.model import Clock, DossierFacts

__all__ = ["facts", "next_due"]


def facts(
    dossier: Dossier,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
    now: datetime | None = None,
    unit: str | None = None,
    officer: str | None = None,
    **told: Unpack[Told],
) -> DossierFacts:
    """Return what the measures need to know of *dossier*, its due moment by its one clock.

    The due moment is what is in force: what was promised last, moved by the waiting since, else what the law
    counts. While the dossier waits, only *now* tells how far it has moved; without, it is unknown, unless it had
    passed before. Where papers are asked for it is told all the same, since measures look at the request.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20")))
    >>> facts(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil")).due_at.date()
    datetime.date(2026, 3, 9)

    Args:
        dossier: The dossier.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency.
        policies: What the law leaves open.
        now: The moment of looking, such as the end of the period; not before the last event.
        unit: The agency that answers for it; else the competent one with which it was opened.
        officer: The person, which the events need not name.
        told: What no event tells, see :func:`onestop_core.dossier.facts`.

    Raises:
        InvalidValueError: a value is of the wrong type, or something else is told.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    count = countdown(dossier, limit, calendar=calendar, hours=hours, policies=policies)
    due_at = count.in_force if now is None else count.in_force_at(aware(now, "now"))
    present = dossier.clock.present
    waits = bool(present) and present[-1].end is None and present[-1].phase is Phase.PAUSED
    # A wait that moves it has moved it to the last event at least; what lies before had passed, and is known.
    if now is None and waits and not present[-1].papers and due_at is not None and dossier.events[-1].at <= due_at:
        due_at = None
    return dossiers.facts(dossier, unit=unit, officer=officer, due_at=due_at, **told)


def next_due(
    dossier: Dossier,
    event: Event,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
    machine: Machine | None = None,
) -> datetime | None:
    """Return the moment that *event* must carry when it happens to *dossier*: the appointment it makes; None if none.

    At the receipt and where the time begins anew it is what the law counts; where it runs on, the same if the old
    appointment was what the law counted, else the old appointment moved by the waiting; where the appointment is moved without delay (``rescheduled``), what the law counts by
    this *calendar*. How long an extension is, the authority decides: it is what the event says already. A time that
    has run out is no appointment any more: the old one stays, and the dossier is late. A request after which the desk
    may close the dossier carries until when the applicant may answer, for only a calendar knows that a last day is off.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> next_due(case, dossier.event("received", at), TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar("vn-civil")).isoformat()
    '2026-03-09T23:59:59+07:00'

    Args:
        dossier: The dossier before the event.
        event: What is about to happen; an appointment that it has already is not looked at.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency, which give the hour.
        policies: What the law leaves open.
        machine: The machine of the dossier's lifecycle, if it is one of your own.

    Raises:
        OnestopError: as ``Machine.step``, if the dossier does not take the event.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    running = machine or dossiers.machine(dossier.lifecycle)
    rule = next((each for each in running.lifecycle.events if each.code == event.kind), None)
    if rule is not None and not rule.appoints:
        return (
            _until_closing(running, dossier, event, calendar=calendar, policies=policies) if rule.asks_papers else None
        )
    if rule is not None and rule.due is DueRule.REQUIRED:
        acts = {row.clock for row in running.lifecycle.transitions if row.event == event.kind}
        if Act.RESCHEDULE not in acts:
            return event.due
        count = countdown(dossier, limit, calendar=calendar, hours=hours, policies=policies)
        return attrs.evolve(count, known_until=event.at).counted
    after = running.step(dossier, attrs.evolve(event, due=None))
    if after is dossier:
        return None
    count = countdown(after, limit, calendar=calendar, hours=hours, policies=policies)
    # The hour of the old appointment stays; only its day follows the count, where the two would part.
    parted = count.difference is not None and _by_law(dossier.clock, count)
    held = count.counted if parted else count.in_force
    return None if held is None or held < event.at else held


def _until_closing(
    machine: Machine, dossier: Dossier, event: Event, *, calendar: WorkingCalendar, policies: Policies
) -> datetime | None:
    """Return the end of the wait that *event* begins, where the lifecycle gives it one."""
    after = machine.step(dossier, event)
    if after is dossier:
        return None
    table = machine.lifecycle
    for guard in table.guards:
        if guard.condition is GuardCondition.WAIT_OVER and any(
            row.event == guard.event and after.state in row.states for row in table.transitions
        ):
            parameter = cast("str", guard.parameter)  # the table was checked
            own = getattr(after.policy, parameter)
            days = table.parameters[parameter].value if own is None else own
            if not days:
                return None  # it may be closed at once
            wait = TimeLimit.of(cast("int", days), LimitUnit.DAYS)
            return due(event.at, wait, calendar=calendar, end_on_day_off=policies.end_on_day_off).at
    return None


def _by_law(clock: Clock, count: Countdown) -> bool:
    """Return whether the appointment of *clock* was what the law counted when it was made; *count* says by what."""
    promised = clock.appointment
    assert promised is not None  # it is carried, and lies elsewhere than the count
    then = attrs.evolve(count, clock=clock.as_of(promised.at), known_until=promised.at)
    return then.difference is None
