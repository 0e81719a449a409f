"""The facts on which a dossier is counted by the measures of one-stop work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.dossier.clock import ClockKind
from onestop_core.errors import InvalidValueError
from onestop_core.model import DossierFacts, FinishedKind

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier

__all__ = ["facts"]

_OUTCOMES: Final = {
    "result_at_desk": FinishedKind.DONE,
    "delivered": FinishedKind.RETURNED,
    "refused": FinishedKind.REFUSED,
    "stopped": FinishedKind.STOPPED,
    "withdrawn": FinishedKind.WITHDRAWN,
}
"""States that end the handling, in the words of the lifecycles that ship."""

_TOLD: Final = frozenset(
    {"field", "level", "receiving_place", "fee_due", "paid_online", "electronic_result", "digitised", "data_reused"}
    | {"personal_store", "population_data", "disliked", "complained"}
)
"""Facts that no event carries."""


def facts(
    dossier: Dossier, *, unit: str | None = None, officer: str | None = None, **told: bool | str | None
) -> DossierFacts:
    """Return what the measures need to know of *dossier*; what its events do not tell stays unknown.

    Handling ends when the dossier first enters a state that ends it: the result at the desk counts, not the
    day on which the applicant collects it. A dossier that was never received has no receipt, and measures
    of handling pass over it.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> d = m.step(m.new(id="1", procedure="1.012783", channel="in_person", at=at), dossier.event("received", at))
    >>> facts(d).received_at == at, facts(d).finished_kind
    (True, None)

    Args:
        dossier: The dossier, of a lifecycle with the states of those that ship.
        unit: The agency that answers for it, which the events need not name.
        officer: The person, likewise.
        told: What events of a dossier never tell and the host knows: ``field``, ``level``, ``receiving_place``,
            ``fee_due``, ``paid_online``, ``electronic_result``, ``digitised``, ``data_reused``, ``personal_store``,
            ``population_data``, ``disliked``, ``complained``. What is left out stays unknown.

    Raises:
        InvalidValueError: something else is told, or a value is of the wrong type.
    """
    if wrong := sorted(told.keys() - _TOLD):
        known = ", ".join(sorted(_TOLD))
        raise InvalidValueError.of(wrong[0], told[wrong[0]], vi=f"một trong {known}", en=f"one of {known}")
    received = next((event.at for event in dossier.events if event.kind == "received"), None)
    ended = next(
        (
            (event.at, _OUTCOMES[state])
            for event, state in zip(dossier.events, dossier.states, strict=True)
            if received is not None and state in _OUTCOMES
        ),
        (None, None),
    )
    asked = [
        event.at
        for event in dossier.events
        if event.kind == "supplement_requested" and received is not None and event.at >= received
    ]
    waited = sum(
        (
            span.end - span.start
            for span in dossier.clock.spans
            if span.kind is ClockKind.PAUSED and span.reason == "supplement_requested" and span.end is not None
        ),
        timedelta(),
    )
    return DossierFacts(
        id=dossier.id,
        procedure=dossier.procedure,
        unit=unit,
        officer=officer,
        channel=dossier.channel,
        submitted_at=dossier.events[0].at,
        received_at=received,
        due_at=dossier.due,
        finished_at=ended[0],
        finished_kind=ended[1],
        supplement_requests=len(asked),
        supplement_requested_at=asked[-1] if asked and dossier.state == "supplement_requested" else None,
        supplement_hours=waited // timedelta(hours=1),
        **cast("dict[str, Any]", told),
    )
