"""The control slip: who had the dossier, for how long, against the time that the step allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from onestop_core.deadlines.answers.countdown import Countdown
from onestop_core.deadlines.answers.deadline import Deadline
from onestop_core.deadlines.terms.values import Measure, Status
from onestop_core.dossier import Holding, holdings
from onestop_core.model import Clock, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.dossier import Dossier, Lifecycle

__all__ = ["SlipRow", "control_slip"]


@attrs.frozen(kw_only=True)
class SlipRow:
    """One hand-over on the control slip (Phiếu kiểm soát quá trình giải quyết hồ sơ)."""

    holding: Holding
    """Role, person, unit, from when to when."""
    limit: TimeLimit | None
    """What the step allows; None: no budget was given for the role, and nothing is counted."""
    due: Deadline | None = None
    used: Measure | None = None
    """Working time used, up to the hand-over or to now."""
    status: Status | None = None
    """Running, due today, overdue; after the hand-over finished, or finished late."""


def control_slip(
    dossier: Dossier,
    budgets: Mapping[str, TimeLimit],
    *,
    now: datetime,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    lifecycle: Lifecycle | None = None,
) -> tuple[SlipRow, ...]:
    """Return the control slip of *dossier* as it stands at the moment *now*.

    Each row counts from the moment when its holder got the dossier; waiting for the applicant lies with the
    applicant and has a row of its own. The budgets of steps are the authority's own and change no appointment.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20")))
    >>> case = m.step(case, dossier.event("assigned", at("2026-03-02T14:00"), to_actor="minh"))
    >>> slip = control_slip(case, {"specialist": TimeLimit.parse("3 working days")}, now=at("2026-03-09T09:00"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> [(row.holding.actor, row.status.text.en) for row in slip if row.status is not None]
    [('minh', 'overdue by 2 working days')]

    Args:
        dossier: The dossier.
        budgets: The time that each role has for its step, such as ``{"specialist": 3 working days}``.
        now: The moment of looking.
        calendar: Which days count.
        hours: Office hours, for budgets in hours.
        lifecycle: The dossier's edition, if it is one of your own.

    Raises:
        InvalidValueError: *now* is naive.
        UnknownCodeError: the edition is not a packaged one and was not given.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    moment = aware(now, "now")
    rows: list[SlipRow] = []
    for holding in holdings(dossier, lifecycle=lifecycle):
        limit = budgets.get(holding.role)
        if limit is None or holding.since > moment:
            rows.append(SlipRow(holding=holding, limit=limit))
            continue
        clock = Clock().start(holding.since)
        if holding.until is not None:
            clock = clock.stop(holding.until)
        count = Countdown(clock=clock, limit=limit, calendar=calendar, hours=hours)
        rows.append(
            SlipRow(
                holding=holding,
                limit=limit,
                due=count.due(),
                used=count.used(now=moment),
                status=count.status(now=moment),
            )
        )
    return tuple(rows)
