"""Axes beside the rest: what goes on with them, in every configuration, where no condition looks at them.

Such an axis never changes what happens to the dossier, so that it need not be multiplied with everything else: each is
walked through along the steps that are known, and what a step does to it is asked of the machine, once for each state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import TransitionNotAllowedError
from onestop_core.lab.proving.attempts import Attempt
from onestop_core.lab.proving.exploring import Exploration, Step, Walk

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier, Event, Lifecycle

__all__ = ["Beside", "beside", "owners"]

Values = tuple[tuple[str, str], ...]
Place = tuple[int, Values]


@attrs.frozen(eq=False, kw_only=True)
class Beside:
    """The configurations with the states of some axes, and the way to each."""

    exploration: Exploration
    places: tuple[Place, ...]
    walk: Walk
    ways: dict[Place, tuple[Place, Attempt]]
    """From where each was reached first, and by which event."""

    def log(self, number: int) -> tuple[Event, ...]:
        """Return a shortest log that leads to the place of that *number*."""
        place, attempts = self.places[number], list[Attempt]()
        if not place[1]:
            return self.exploration.log(number)
        while place in self.ways:
            place, attempt = self.ways[place]
            attempts.append(attempt)
        dossier = self.exploration.dossiers[place[0]]
        for attempt in reversed(attempts):
            dossier = self.exploration.machine.step(dossier, self.exploration.attempts.event(attempt, dossier))
        return dossier.events

    def dossier(self, number: int) -> Dossier:
        """Return a dossier in the configuration of that place, but for its axes."""
        return self.exploration.dossiers[self.places[number][0]]


def owners(table: Lifecycle) -> dict[str, str]:
    """Return the events that only move axes, each with the axis to which it belongs."""
    moving = {row.event for row in table.transitions}
    found: dict[str, str] = {}
    for axis in table.axes:
        for move in axis.moves:
            if move.event not in moving:
                found.setdefault(move.event, axis.code)
    return found


def beside(exploration: Exploration, axes: frozenset[str]) -> Beside:
    """Return the configurations of *exploration* together with where these *axes* stand."""
    if not axes:
        places: tuple[Place, ...] = tuple((number, ()) for number in range(len(exploration.dossiers)))
        return Beside(exploration=exploration, places=places, walk=exploration.walk, ways={})
    worker = _Worker(exploration, axes)
    roots = tuple(
        dict.fromkeys(
            worker.number((root, worker.values(exploration.dossiers[root]))) for root in exploration.walk.roots
        )
    )
    done = 0
    while done < len(worker.places):
        worker.expand(worker.places[done])
        done += 1
    return Beside(
        exploration=exploration,
        places=tuple(worker.places),
        walk=Walk(tuple(worker.steps), roots),
        ways=worker.ways,
    )


class _Worker:
    """Numbers the places it meets; made and read in :func:`beside` alone."""

    def __init__(self, exploration: Exploration, axes: frozenset[str]) -> None:
        table = exploration.machine.lifecycle
        self._from: Final = exploration
        self._axes: Final = axes
        self._owned: Final = {event for event, axis in owners(table).items() if axis in axes}
        self._asked: Final = bool(axes & exploration.configurations.watched)
        self._moves: Final[dict[tuple[object, ...], Values]] = {}
        self._own: Final[dict[tuple[object, ...], tuple[tuple[Attempt, Values], ...]]] = {}
        self.places: list[Place] = []
        self.numbers: dict[Place, int] = {}
        self.steps: list[tuple[Step, ...]] = []
        self.ways: dict[Place, tuple[Place, Attempt]] = {}

    def values(self, dossier: Dossier) -> Values:
        return tuple(pair for pair in dossier.axis_states if pair[0] in self._axes)

    def number(self, place: Place, way: tuple[Place, Attempt] | None = None) -> int:
        found = self.numbers.get(place)
        if found is None:
            found = self.numbers[place] = len(self.places)
            self.places.append(place)
            if way is not None:
                self.ways[place] = way
        return found

    def expand(self, place: Place) -> None:
        number, values = place
        found: list[Step] = []
        for step in self._from.walk.steps[number]:
            if step.target is not None and step.attempt.kind not in self._owned:
                after = (step.target, self._after(number, step.attempt, step.target, values))
                found.append(Step(step.attempt, target=self.number(after, (place, step.attempt))))
        for attempt, moved in self._beside(number, values):
            target = number
            if self._asked:
                dossier = self._with(number, values)
                after_it = self._from.machine.step(dossier, self._from.attempts.event(attempt, dossier))
                target = self._from.numbers[self._from.configurations.of(after_it)]
            found.append(Step(attempt, target=self.number((target, moved), (place, attempt))))
        self.steps.append(tuple(found))

    def _with(self, number: int, values: Values) -> Dossier:
        dossier = self._from.dossiers[number]
        stands = dict(values)
        return attrs.evolve(
            dossier, axis_states=tuple((axis, stands.get(axis, state)) for axis, state in dossier.axis_states)
        )

    def _after(self, number: int, attempt: Attempt, target: int, values: Values) -> Values:
        origin = self._from.dossiers[number]
        key = (origin.state, attempt.kind, self._from.dossiers[target].portal, values)
        if key not in self._moves:
            dossier = self._with(number, values)
            after = self._from.machine.step(dossier, self._from.attempts.event(attempt, dossier))
            self._moves[key] = self.values(after)
        return self._moves[key]

    def _beside(self, number: int, values: Values) -> tuple[tuple[Attempt, Values], ...]:
        key = (number if self._asked else self._from.dossiers[number].state, values)
        if key not in self._own:
            dossier = self._with(number, values)
            found: list[tuple[Attempt, Values]] = []
            for axis in sorted(self._axes):
                for kind in self._from.machine.allowed(dossier, axis=axis):
                    attempt = Attempt(kind)
                    try:
                        after = self._from.machine.step(dossier, self._from.attempts.event(attempt, dossier))
                    except TransitionNotAllowedError:
                        continue
                    found.append((attempt, self.values(after)))
            self._own[key] = tuple(found)
        return self._own[key]
