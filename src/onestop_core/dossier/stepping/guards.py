"""Guards: whether a condition of the table holds for a dossier and an event, and what exactly is in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.events.opening import FilingScope
from onestop_core.dossier.lifecycle.rows import GuardCondition
from onestop_core.model import day_of

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier
    from onestop_core.dossier.events.event import Event
    from onestop_core.dossier.lifecycle.policies import Policy
    from onestop_core.dossier.lifecycle.rows import Guard
    from onestop_core.dossier.stepping.moves import Moves

__all__ = ["STANDING", "holds", "in_the_way", "is_elsewhere", "number_of", "taken_times", "units", "value"]

STANDING: Final = frozenset(
    {
        *(GuardCondition.MAX_COUNT, GuardCondition.PERMITTED, GuardCondition.AXIS, GuardCondition.CHANNEL),
        *(GuardCondition.APPOINTED, GuardCondition.WORK_JOINED, GuardCondition.AFTER_EVENT),
    }
)
"""Conditions that the dossier alone decides, whatever the event says."""


def value(parameter: str | None, dossier: Dossier, defaults: Policy) -> Any:
    """Return what the procedure's policy says of *parameter* or, if it is silent, the lifecycle."""
    assert parameter is not None  # the table was checked
    own = getattr(dossier.policy, parameter)
    return getattr(defaults, parameter) if own is None else own


def number_of(guard: Guard, dossier: Dossier, defaults: Policy) -> Any:
    """Return the number of *guard*, or the value of its parameter."""
    return value(guard.parameter, dossier, defaults) if guard.number is None else guard.number


def taken_times(guard: Guard, dossier: Dossier) -> int:
    """Return how often the event of *guard*, or one of those at which it looks, was taken in the states that it watches."""
    struck, kinds = dossier.struck, guard.since or (guard.event,)
    return sum(
        past.kind in kinds and (not guard.states or state in guard.states) and number not in struck
        for number, (past, state) in enumerate(zip(dossier.events[1:], dossier.states, strict=False), 1)
    )


def units(names: tuple[str, ...], dossier: Dossier, moves: Moves) -> tuple[str, ...]:
    """Return the units on record that have one of the *names*: those of the opening, unless the filing was sent on."""
    opening = dossier.opening
    found = {name: getattr(opening, name) for name in names}
    sent = [event.to_unit for event, _ in dossier.standing if event.kind in moves.rerouting] if moves.rerouting else []
    if sent:
        # Where one unit was to receive and to decide, the one to which it is sent does both.
        same = opening.receiving_unit == opening.competent_unit
        found = {name: sent[-1] if name == "receiving_unit" or same else unit for name, unit in found.items()}
    return tuple(unit for unit in found.values() if unit is not None)


def is_elsewhere(dossier: Dossier, moves: Moves) -> bool:
    """Return whether *dossier* is non-territorial and received for an authority that is another unit, or may be."""
    if dossier.opening.non_territorial is FilingScope.NONE:
        return False
    receiving, competent = (units((name,), dossier, moves) for name in ("receiving_unit", "competent_unit"))
    return not receiving or receiving != competent


def holds(guard: Guard, dossier: Dossier, event: Event | None, moves: Moves) -> bool:
    """Return whether *guard* lets the event pass; without an event, only the standing conditions are asked."""
    if guard.is_dated and (event is None or not guard.asks_on(day_of(event.at))):
        return True
    match guard.condition:
        case GuardCondition.NEVER:
            return False
        case GuardCondition.MAX_COUNT:
            most = number_of(guard, dossier, moves.defaults)
            return most is None or taken_times(guard, dossier) < most
        case GuardCondition.AFTER_EVENT:
            return taken_times(guard, dossier) > 0
        case GuardCondition.PERMITTED:
            return bool(value(guard.parameter, dossier, moves.defaults))
        case GuardCondition.CHANNEL:
            return dossier.channel in guard.channels
        case GuardCondition.AXIS:
            asked = value(guard.parameter, dossier, moves.defaults) == guard.value
            return not asked or any(
                pair[0] == guard.axis and pair[1] in guard.axis_states for pair in dossier.axis_states
            )
        case GuardCondition.APPOINTED:
            return dossier.clock.appointment is not None
        case GuardCondition.WORK_JOINED:
            waived = bool(value(guard.parameter, dossier, moves.defaults))
            return waived or not (dossier.states[-1] in moves.open_work or any(each.is_open for each in dossier.tasks))
        case _:
            assert event is not None
            return _holds_of(guard, dossier, event, moves)


def _holds_of(guard: Guard, dossier: Dossier, event: Event, moves: Moves) -> bool:
    match guard.condition:
        case GuardCondition.BEFORE_DUE:
            promised = dossier.clock.promised_by(event.at)
            if promised is None:
                return False
            left = day_of(promised) - day_of(event.at)
            return bool(left.days >= number_of(guard, dossier, moves.defaults))
        case GuardCondition.DUE_AHEAD:
            ahead = day_of(event.due or event.at) - day_of(event.at)
            return bool(ahead.days >= number_of(guard, dossier, moves.defaults))
        case GuardCondition.LATER_DUE:
            before = dossier.appointment
            return event.due is not None and (before is None or event.due > before)
        case GuardCondition.NOT_AFTER_DUE:
            promised = dossier.clock.promised_by(event.at)
            in_time = promised is None or event.at <= promised
            return in_time or bool(value(guard.parameter, dossier, moves.defaults))
        case GuardCondition.UNIT:
            return event.unit is None or event.unit in (units(guard.units, dossier, moves) or (event.unit,))
        case GuardCondition.TO_UNIT:
            asked = bool(value(guard.parameter, dossier, moves.defaults))
            known = units(guard.units, dossier, moves) if asked and event.to_unit is not None else ()
            return not known or event.to_unit in known
        case GuardCondition.WAIT_OVER:
            kinds = guard.since or moves.asking
            request = next((each for each, _ in reversed(dossier.standing) if each.kind in kinds), None)
            if request is None:
                return False  # a table of one's own: nothing was asked for, so that no wait is over
            if request.due is not None:
                return event.at > request.due
            days = number_of(guard, dossier, moves.defaults)
            return bool((day_of(event.at) - day_of(request.at)).days > days)
        case GuardCondition.AFTER_DUE:
            promised = dossier.clock.promised_by(event.at)
            return promised is None or event.at > promised
        case GuardCondition.TASK_NEW:
            return all(task.id != event.task for task in dossier.tasks)
        case GuardCondition.TASK_OPEN:
            return any(task.id == event.task and task.is_open for task in dossier.tasks)
        case _:
            return not in_the_way(guard, dossier, event, moves)


def in_the_way(guard: Guard, dossier: Dossier, event: Event, moves: Moves) -> tuple[str, ...]:
    """Return the papers, units or pieces of work that a refusal by *guard* names to the person who is refused."""
    opening = dossier.opening
    match guard.condition:
        case GuardCondition.PAPERS_COMPLETE:
            past = (*(each for each, _ in dossier.standing), event)
            handed = {paper for each in past if each.kind in moves.handing_in for paper in each.papers}
            return tuple(paper for paper in opening.required_papers if paper not in handed)
        case GuardCondition.PAPERS_LISTED:
            listed = {*opening.required_papers, *opening.published_papers}
            return tuple(paper for paper in event.papers if listed and paper not in listed)
        case GuardCondition.PAPERS_NOT_HELD:
            lifted = event.reason_code in guard.reasons
            return () if lifted else tuple(paper for paper in event.papers if paper in opening.database_papers)
        case GuardCondition.UNIT | GuardCondition.TO_UNIT:
            return units(guard.units, dossier, moves)
        case GuardCondition.WORK_JOINED:
            return tuple(task.id for task in dossier.tasks if task.is_open)
        case _:
            return ()
