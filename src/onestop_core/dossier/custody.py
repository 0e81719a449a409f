"""Personal responsibility: who had the dossier in hand, from when to when, at every moment of its life.

The role in whose hands a dossier lies follows from its state (the table says it). The person and the unit follow
from the events: the one to whom it was handed (``to_actor``, ``to_unit``), else the last one who acted in that role.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.lifecycle.editions import find
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.model import aware
from onestop_core.model.series import instance

__all__ = ["Holding", "holder", "holdings"]


@attrs.frozen(kw_only=True)
class Holding:
    """One row of the control slip: a stretch of time in which one person, or role, had the dossier."""

    role: str
    actor: str | None = attrs.field(default=None, repr=False)
    """The person, if the events name one."""
    unit: str | None = None
    states: tuple[str, ...]
    """The states through which it went meanwhile."""
    since: datetime
    until: datetime | None = None
    """None while it lasts."""
    received_by: str
    """Kind of the event that brought it here."""


def holdings(dossier: Dossier, *, lifecycle: Lifecycle | None = None) -> tuple[Holding, ...]:
    """Return who had *dossier* in hand, one row after another without gap from its opening to its end.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> d = m.new(id="1", procedure="1.004222", channel="in_person", at=at("2026-02-12T09:30"))
    >>> d = m.step(d, dossier.event("received", at("2026-02-12T09:40"), role="receiving_officer", actor="lan"))
    >>> d = m.step(d, dossier.event("assigned", at("2026-02-12T14:00"), actor="head", to_actor="minh"))
    >>> [(row.role, row.actor, f"{row.since:%H:%M}") for row in holdings(d)]
    [('receiving_officer', None, '09:30'), ('receiving_officer', 'lan', '09:40'), ('specialist', 'minh', '14:00')]

    Args:
        dossier: The dossier.
        lifecycle: Its edition, if it is one of your own; the packaged ones are found by the id pinned on it.

    Raises:
        UnknownCodeError: the edition is not a packaged one and was not given.
    """
    opened = instance(dossier, Dossier, "dossier").lifecycle
    table = find(opened) if lifecycle is None else instance(lifecycle, Lifecycle, "lifecycle")
    role_of = {state.code: state.holder for state in table.states}
    last: dict[str, tuple[str | None, str | None]] = {}
    rows: list[Holding] = []
    for event, state in dossier.standing:
        if event.role is not None:
            last[event.role] = (event.actor, event.unit)
        role = role_of[state]
        if role is not None and event.task is None and (event.to_actor is not None or event.to_unit is not None):
            last[role] = (event.to_actor, event.to_unit)
        actor, unit = last.get(role, (None, None)) if role is not None else (None, None)
        if rows and rows[-1].until is None:
            now = rows[-1]
            if role is not None and (now.role, now.actor, now.unit) == (role, actor, unit):
                if now.states[-1] != state:
                    rows[-1] = attrs.evolve(now, states=(*now.states, state))
                continue
            rows[-1] = attrs.evolve(now, until=event.at)
        if role is not None:
            rows.append(
                Holding(role=role, actor=actor, unit=unit, states=(state,), since=event.at, received_by=event.kind)
            )
    return tuple(rows)


def holder(dossier: Dossier, at: datetime, *, lifecycle: Lifecycle | None = None) -> Holding | None:
    """Return who had *dossier* in hand at the moment *at*; None before it was opened and after its end.

    At the moment of a hand-over it is the new holder.

    Raises:
        InvalidValueError: a naive moment.
        UnknownCodeError: as :func:`holdings`.
    """
    moment = aware(at, "at")
    for row in reversed(holdings(dossier, lifecycle=lifecycle)):
        if row.since <= moment:
            return row if row.until is None or moment < row.until else None
    return None
