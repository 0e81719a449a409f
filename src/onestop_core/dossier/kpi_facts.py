"""The facts on which a dossier is counted by the measures of one-stop work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypedDict, Unpack, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import Clock, DossierFacts, Phase

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier

__all__ = ["Told", "facts"]


class Told(TypedDict, total=False):
    """Facts that no event carries, which a host may know; what is left out stays unknown."""

    field: str | None
    level: str | None
    receiving_place: str | None
    fee_due: bool | None
    paid_online: bool | None
    electronic_result: bool | None
    digitised: bool | None
    data_reused: bool | None
    personal_store: bool | None
    population_data: bool | None
    guided: int | None
    visits: int | None
    agencies: int | None
    disliked: bool | None
    complained: bool | None


_TOLD: Final = frozenset(Told.__annotations__)


def facts(
    dossier: Dossier,
    *,
    unit: str | None = None,
    officer: str | None = None,
    due_at: datetime | None = None,
    **told: Unpack[Told],
) -> DossierFacts:
    """Return what the measures need to know of *dossier*; what its events do not tell stays unknown.

    Handling ends when the dossier first enters a state that ends it, by the columns of its lifecycle: the result at
    the desk counts, not the day on which the applicant collects it. A dossier that was never received has no
    receipt, and measures of handling pass over it. An appointment of an earlier count, and one that waiting has
    moved since, is unknown here: where it lies now, only a calendar tells, and ``deadlines.facts`` asks one.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> d = m.step(m.new(id="1", procedure="1.012783", channel="in_person", at=at), dossier.event("received", at))
    >>> facts(d).received_at == at, facts(d).finished_kind
    (True, None)

    Args:
        dossier: The dossier, of whatever sound lifecycle.
        unit: The agency that answers for it; else the competent one with which it was opened.
        officer: The person, which the events need not name.
        due_at: The due moment in force, which the host has counted.
        told: What events of a dossier never tell and the host knows: ``field``, ``level``, ``receiving_place``,
            ``fee_due``, ``paid_online``, ``electronic_result``, ``digitised``, ``data_reused``, ``personal_store``,
            ``population_data``, ``visits``, ``agencies``, ``disliked``, ``complained``. What is left out stays unknown. And
            ``guided``, where the log does not hold every guidance: that none is in it does not say that there was none.

    Raises:
        InvalidValueError: something else is told, or a value is of the wrong type.
    """
    if wrong := sorted(told.keys() - _TOLD):
        known = ", ".join(sorted(_TOLD))
        raise InvalidValueError.of(
            wrong[0], cast("dict[str, object]", told)[wrong[0]], vi=f"một trong {known}", en=f"one of {known}"
        )
    course, clock = dossier.milestones, dossier.clock
    waits = tuple(span for span in clock.waits if span.papers)
    waiting = bool(waits) and waits[-1].end is None
    waited = sum((span.end - span.start for span in waits if span.end is not None), timedelta())
    guided = sum(event.kind == "guided" for event, _ in dossier.standing) or None
    return DossierFacts(
        id=dossier.id,
        procedure=dossier.procedure,
        unit=dossier.opening.competent_unit if unit is None else unit,
        officer=officer,
        channel=dossier.channel,
        submitted_at=dossier.events[0].at,
        received_at=course.received_at,
        due_at=_standing_appointment(clock) if due_at is None else due_at,
        finished_at=course.ended_at,
        finished_kind=course.outcome,
        supplement_requests=len(course.asked),
        # A history against the law may hold a request before any receipt, of which no milestone tells.
        supplement_requested_at=course.asked[-1] if waiting and course.asked else None,
        supplement_hours=waited // timedelta(hours=1),
        **cast("dict[str, Any]", {"guided": guided, **told}),
    )


def _standing_appointment(clock: Clock) -> datetime | None:
    """Return the appointment if it is known to stand: made in the present count, and no wait since has moved it.

    A request for papers that is still open moves nothing yet. Before the receipt nothing is due.
    """
    last = clock.appointment
    if last is None or not clock.count:
        return None
    waits = (span for span in clock.present if span.phase is Phase.PAUSED)
    moved = any(
        (span.end is None and not span.papers) or (span.end is not None and span.end > max(span.start, last.at))
        for span in waits
        if span.start <= last.new
    )
    return None if moved else last.new
