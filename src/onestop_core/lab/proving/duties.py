"""Whether each duty of the table of duties can be done under a lifecycle, wherever it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from onestop_core.dossier.events import CREATED
from onestop_core.dossier.lifecycle import GuardCondition
from onestop_core.dossier.stepping.guards import taken_times
from onestop_core.lab.proving.beside import beside, owners
from onestop_core.lab.proving.exploring import can_reach
from onestop_core.model import Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.deadlines.duties import DutyRule, DutyTable
    from onestop_core.dossier import Dossier, Event, Lifecycle
    from onestop_core.dossier.lifecycle import Guard
    from onestop_core.lab.proving.beside import Beside
    from onestop_core.lab.proving.exploring import Exploration, Step

__all__ = ["duties_of", "unmet_duties"]


def duties_of(table: Lifecycle, duties: DutyTable) -> tuple[DutyRule, ...]:
    """Return the duties that a dossier has which was opened on some day of *table*."""
    first, last = table.in_force_from, table.in_force_to
    return tuple(
        rule
        for rule in duties.duties
        if (last is None or rule.in_force_from is None or rule.in_force_from <= last)
        and (rule.in_force_to is None or first <= rule.in_force_to)
    )


def unmet_duties(
    table: Lifecycle, explored: Exploration, duties: Iterable[DutyRule]
) -> Iterator[tuple[DutyRule, tuple[Event, ...]]]:
    """Yield each duty with a log that begins it and after which nothing can tell that it is done."""
    owned = owners(table)
    walks: dict[frozenset[str], Beside] = {}
    for rule in duties:
        axes = frozenset(owned[kind] for kind in (*rule.starts.events, *rule.answered_by) if kind in owned)
        if axes not in walks:
            walks[axes] = beside(explored, axes)
        yield from ((rule, log) for log in _unmet(table, walks[axes], rule))


def _unmet(table: Lifecycle, places: Beside, rule: DutyRule) -> Iterator[tuple[Event, ...]]:
    walk = places.walk
    answering = {origin for origin, step, _ in walk.targets() if step.attempt.kind in rule.answered_by}
    answered = can_reach(walk, answering)
    if CREATED in rule.starts.events:
        for root in walk.roots:
            dossier = places.dossier(root)
            # Ways in that lead to one state are one configuration; the desk's own are told by it.
            if (not rule.channels or _came_in_by(table, dossier, rule)) and root not in answered:
                yield dossier.events
    for origin, step, target in walk.targets():
        if target in answered or not _starts(places, rule, origin, step, target):
            continue
        if not _used_up(table, places.exploration, places.dossier(target), rule):
            yield _begun(places, origin, step)


def _begun(places: Beside, origin: int, step: Step) -> tuple[Event, ...]:
    machine, attempts = places.exploration.machine, places.exploration.attempts
    dossier = machine.replay(places.log(origin))
    return machine.step(dossier, attempts.event(step.attempt, dossier)).events


def _came_in_by(table: Lifecycle, dossier: Dossier, rule: DutyRule) -> bool:
    return any(table.initial.get(channel) == dossier.state for channel in rule.channels)


def _starts(places: Beside, rule: DutyRule, origin: int, step: Step, target: int) -> bool:
    starts = rule.starts
    if starts.each_count:
        before = places.dossier(origin)
        if before.clock.phase is Phase.RUNNING or places.dossier(target).clock.phase is not Phase.RUNNING:
            return False
        machine, attempts = places.exploration.machine, places.exploration.attempts
        return machine.step(before, attempts.event(step.attempt, before)).clock.count > before.clock.count
    if step.attempt.kind not in starts.events:
        return False
    return not starts.states or places.dossier(target).state in starts.states


def _used_up(table: Lifecycle, explored: Exploration, dossier: Dossier, rule: DutyRule) -> bool:
    """Return whether what would do it was done as often as the procedure lets it be done, by whichever limit."""
    if rule.at_most is None:
        return False
    ahead = {dossier.state, *explored.configurations.ahead[dossier.state]}
    counting = [
        guard
        for guard in table.guards
        if guard.condition is GuardCondition.MAX_COUNT
        and guard.event in rule.answered_by
        and (not guard.states or ahead & set(guard.states))
    ]
    return any(
        taken_times(guard, dossier) >= most for guard in counting if (most := _most(table, dossier, guard)) is not None
    )


def _most(table: Lifecycle, dossier: Dossier, guard: Guard) -> int | None:
    if guard.number is not None:
        return guard.number
    own: int | None = getattr(dossier.policy, str(guard.parameter))
    return cast("int | None", getattr(table.defaults, str(guard.parameter))) if own is None else own
