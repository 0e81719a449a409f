"""Folding: what an event makes of a dossier once nobody asks any more whether it may happen.

``moved`` follows a row of the table; the machine calls it when it has judged the event. ``history_move`` finds the row
of an event that an accepted log tells, where nobody judges: the row of the state or, should the table of today have
none there, the one way in which it takes such an event anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.dossier.case import Dossier, Effect, EffectKind, stepped
from onestop_core.dossier.lifecycle.rows import BACK, STAY, DueIs
from onestop_core.dossier.stepping.guards import is_elsewhere, value
from onestop_core.dossier.stepping.moves import (
    TELL_PORTAL,
    milestones_after,
    own_forms,
    recalled,
    tasks_after,
    tasks_joined,
)
from onestop_core.model import Act
from onestop_core.model.clock.acts import after
from onestop_core.model.clock.clock import recorded

if TYPE_CHECKING:
    from datetime import datetime

    from onestop_core.dossier.events.event import Event
    from onestop_core.dossier.stepping.moves import Move, Moves

__all__ = ["history_move", "moved"]

_NEEDS_PROMISE = frozenset({Act.EXTEND, Act.RESCHEDULE})
_TAKES_NO_PROMISE = frozenset({Act.PAUSE, Act.STOP})


def moved(moves: Moves, dossier: Dossier, event: Event, move: Move) -> Dossier:
    """Return *dossier* after *event*, which is taken by *move*."""
    state = dossier.states[-1]
    if move.to == STAY:
        target, origin = state, dossier.origin
    elif move.to == BACK:
        assert dossier.origin is not None  # the table was checked: a detour is entered from somewhere
        target, origin = dossier.origin, None
    else:
        target, origin = move.to, state if move.to in moves.detours else None
    clock, act = dossier.clock, move.clock
    if move.clock_by is not None:
        act = move.clock_by.get(value(move.clock_parameter, dossier, moves.defaults))
    promise: datetime | None = None
    effects, tasks = move.effects, dossier.tasks
    if effects and dossier.policy.forms:
        effects = own_forms(effects, dossier.policy.forms)
    if move.event.task is not None:
        tasks = tasks_after(tasks, event, move.event.task)
    elif event.due is not None and move.event.due_is is DueIs.APPOINTMENT:
        promise, act = event.due, act or Act.PROMISE
        effects = (*effects, Effect(kind=EffectKind.CHANGE_APPOINTMENT, due=event.due))
    if move.joins and (open_work := recalled(dossier, moves)):
        effects, tasks = (*effects, *open_work), tasks_joined(tasks, event)
    if act is not None and (promise is not None or act not in _NEEDS_PROMISE):
        waiting_for, papers = (moves.names[target], move.event.asks_papers) if act is Act.PAUSE else (None, False)
        clock = recorded(
            clock,
            act,
            event.at,
            promise=promise,
            reason=event.reason or event.ground,
            event=event.kind,
            waiting_for=waiting_for,
            papers=papers,
        )
    milestones, outcome = dossier.milestones, moves.outcomes.get(target)
    if outcome is not None or move.marks:
        milestones = milestones_after(milestones, event, move.event, outcome)
    portal, axis_states = moves.portal[target], dossier.axis_states
    if portal != dossier.portal:
        effects += TELL_PORTAL[portal]
    if portal != dossier.portal or event.kind in moves.on_axes:
        axis_states = moves.axes_after(dossier, event.kind, portal)
    past, states = dossier.events + (event,), dossier.states + (target,)  # noqa: RUF005 - copied at once
    return stepped(past, states, origin, clock, milestones, axis_states, tasks, portal, effects, dossier.struck)


def history_move(moves: Moves, dossier: Dossier, event: Event) -> Move | None:
    """Return by which move an accepted log tells *event* of *dossier*; None if none leads to a sound dossier.

    Conditions, roles and what an event must say are not asked. What is asked is that the state which it leads to
    exists, and that the clock can do there what it is said to have done.
    """
    move = moves.by_state[dossier.states[-1]].get(event.kind)
    if move is not None and move.afar is not None and is_elsewhere(dossier, moves):
        move = move.afar
    move = move or moves.beside.get(event.kind) or moves.elsewhere.get(event.kind)
    return move if move is not None and _is_sound(moves, dossier, event, move) else None


def _is_sound(moves: Moves, dossier: Dossier, event: Event, move: Move) -> bool:
    target, act = move.to, move.clock
    if target == STAY:
        target = dossier.states[-1]
    elif target == BACK:
        if dossier.origin is None:
            return False
        target = dossier.origin
    elif target in moves.detours and dossier.states[-1] in moves.detours:
        return False  # the way back is one step deep
    if move.clock_by is not None:
        act = move.clock_by.get(value(move.clock_parameter, dossier, moves.defaults))
    promises = event.due is not None and move.event.task is None and move.event.due_is is DueIs.APPOINTMENT
    if promises:
        if act in _TAKES_NO_PROMISE:
            return False
        act = act or Act.PROMISE
    elif act in _NEEDS_PROMISE:
        act = None
    phase = dossier.clock.phase if act is None else after(dossier.clock.phase, act)
    return phase in moves.phases[target]
