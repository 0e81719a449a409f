"""Guards: whether a condition of the table holds for a dossier and an event, and what exactly is in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.lifecycle.table import Condition
from onestop_core.model import day_of

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier
    from onestop_core.dossier.events.event import Event
    from onestop_core.dossier.lifecycle.policies import Policy
    from onestop_core.dossier.lifecycle.table import Guard
    from onestop_core.dossier.stepping.moves import Moves

__all__ = ["STANDING", "holds", "in_the_way", "taken_times", "value"]

STANDING: Final = frozenset(
    {Condition.MAX_COUNT, Condition.PERMITTED, Condition.AXIS, Condition.APPOINTED, Condition.WORK_JOINED}
)
"""Conditions that the dossier alone decides, whatever the event says."""


def value(parameter: str | None, dossier: Dossier, defaults: Policy) -> Any:
    """Return what the procedure's policy says of *parameter* or, if it is silent, the lifecycle."""
    assert parameter is not None  # the table was checked
    own = getattr(dossier.policy, parameter)
    return getattr(defaults, parameter) if own is None else own


def taken_times(guard: Guard, dossier: Dossier) -> int:
    """Return how often the event of *guard* was taken in the states that it watches."""
    struck = dossier.struck
    return sum(
        past.kind == guard.event and (not guard.states or state in guard.states) and number not in struck
        for number, (past, state) in enumerate(zip(dossier.events[1:], dossier.states, strict=False), 1)
    )


def holds(guard: Guard, dossier: Dossier, event: Event | None, moves: Moves) -> bool:
    """Return whether *guard* lets the event pass; without an event, only the standing conditions are asked."""
    match guard.condition:
        case Condition.MAX_COUNT:
            return bool(taken_times(guard, dossier) < value(guard.parameter, dossier, moves.defaults))
        case Condition.PERMITTED:
            return bool(value(guard.parameter, dossier, moves.defaults))
        case Condition.AXIS:
            asked = value(guard.parameter, dossier, moves.defaults) == guard.value
            return not asked or any(
                pair[0] == guard.axis and pair[1] in guard.axis_states for pair in dossier.axis_states
            )
        case Condition.APPOINTED:
            return dossier.clock.appointment is not None
        case Condition.WORK_JOINED:
            waived = bool(value(guard.parameter, dossier, moves.defaults))
            return waived or not (dossier.states[-1] in moves.open_work or any(each.is_open for each in dossier.tasks))
        case _:
            assert event is not None
            return _holds_of(guard, dossier, event, moves)


def _holds_of(guard: Guard, dossier: Dossier, event: Event, moves: Moves) -> bool:
    match guard.condition:
        case Condition.BEFORE_DUE:
            promised = dossier.clock.promised_by(event.at)
            if promised is None:
                return False
            left = day_of(promised) - day_of(event.at)
            return bool(left.days >= value(guard.parameter, dossier, moves.defaults))
        case Condition.LATER_DUE:
            before = dossier.appointment
            return event.due is not None and (before is None or event.due > before)
        case Condition.NOT_AFTER_DUE:
            promised = dossier.clock.promised_by(event.at)
            in_time = promised is None or event.at <= promised
            return in_time or bool(value(guard.parameter, dossier, moves.defaults))
        case Condition.UNIT:
            known = [unit for name in guard.units if (unit := getattr(dossier.opening, name)) is not None]
            return event.unit is None or not known or event.unit in known
        case Condition.TASK_NEW:
            return all(task.id != event.task for task in dossier.tasks)
        case Condition.TASK_OPEN:
            return any(task.id == event.task and task.is_open for task in dossier.tasks)
        case _:
            return not in_the_way(guard, dossier, event, moves)


def in_the_way(guard: Guard, dossier: Dossier, event: Event, moves: Moves) -> tuple[str, ...]:
    """Return the papers, units or pieces of work that a refusal by *guard* names to the person who is refused."""
    opening = dossier.opening
    match guard.condition:
        case Condition.PAPERS_COMPLETE:
            past = (*(each for each, _ in dossier.standing), event)
            handed = {paper for each in past if each.kind in moves.handing_in for paper in each.papers}
            return tuple(paper for paper in opening.required_papers if paper not in handed)
        case Condition.PAPERS_LISTED:
            listed = {*opening.required_papers, *opening.published_papers}
            return tuple(paper for paper in event.papers if listed and paper not in listed)
        case Condition.UNIT:
            return tuple(unit for name in guard.units if (unit := getattr(opening, name)) is not None)
        case Condition.WORK_JOINED:
            return tuple(task.id for task in dossier.tasks if task.is_open)
        case _:
            return ()
