"""The walk through every configuration that a lifecycle allows, the shortest log to each first."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from onestop_core.dossier import Dossier, Machine
from onestop_core.dossier.lifecycle import Policy
from onestop_core.errors import GuardError, InvalidValueError
from onestop_core.lab.proving.attempts import Attempt, Attempts
from onestop_core.lab.proving.configurations import Configurations, open_pieces
from onestop_core.lab.proving.openings import openings
from onestop_core.model import Phase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop_core.dossier import Event

__all__ = ["Exploration", "Step", "Walk", "can_reach", "explore"]

MOST: Final = 250_000
"""Configurations that are explored at most; a table that has more asks for counts that no law has."""


class Step(NamedTuple):
    """What became of an event that was tried in a configuration."""

    attempt: Attempt
    target: int | None = None
    """The configuration to which it led; None: it was refused."""
    guard: str | None = None
    """What refused it."""


@attrs.frozen(eq=False)
class Walk:
    """Configurations by number, with what leads from one to another."""

    steps: tuple[tuple[Step, ...], ...]
    roots: tuple[int, ...]
    before: tuple[tuple[tuple[int, str], ...], ...] = attrs.field(
        init=False, default=attrs.Factory(lambda self: _before(self.steps), takes_self=True)
    )
    """From where, and by which kind of event, each is entered."""

    def targets(self) -> Iterator[tuple[int, Step, int]]:
        """Yield every step that was taken: from where, the step, and to where."""
        for number, steps in enumerate(self.steps):
            for step in steps:
                if step.target is not None:
                    yield number, step, step.target


def _before(walk: tuple[tuple[Step, ...], ...]) -> tuple[tuple[tuple[int, str], ...], ...]:
    found: list[dict[tuple[int, str], None]] = [{} for _ in walk]
    for origin, steps in enumerate(walk):
        for step in steps:
            if step.target is not None:
                found[step.target][origin, step.attempt.kind] = None
    return tuple(tuple(each) for each in found)


@attrs.frozen(eq=False, kw_only=True)
class Exploration:
    """Every configuration under one policy, each with a dossier that is in it by a shortest log."""

    machine: Machine
    policy: Policy
    configurations: Configurations
    attempts: Attempts
    dossiers: tuple[Dossier, ...]
    numbers: dict[Hashable, int]
    """The number of each configuration."""
    walk: Walk
    taken: int
    """How many steps of the machine were taken or refused."""

    def log(self, number: int) -> tuple[Event, ...]:
        """Return a shortest log that leads to the configuration of that *number*."""
        return self.dossiers[number].events


def explore(machine: Machine, policy: Policy) -> Exploration:
    """Return all that *machine* allows under *policy*.

    Raises:
        InvalidValueError: the policy allows so many repetitions that there are too many configurations.
    """
    configurations = Configurations(machine.lifecycle, policy)
    attempts = Attempts(machine.lifecycle)
    worker = _Worker(machine, configurations, attempts)
    roots = tuple(worker.number(fresh) for fresh in openings(machine, policy))
    done = 0
    while done < len(worker.dossiers):
        worker.expand(worker.dossiers[done])
        done += 1
        if done > MOST:
            raise InvalidValueError.of(
                "policy",
                policy,
                vi=f"chính sách với ít hơn {MOST} trường hợp",
                en=f"a policy with less than {MOST} configurations",
            )
    return Exploration(
        machine=machine,
        policy=policy,
        configurations=configurations,
        attempts=attempts,
        dossiers=tuple(worker.dossiers),
        numbers=worker.numbers,
        walk=Walk(tuple(worker.steps), tuple(dict.fromkeys(roots))),
        taken=worker.taken,
    )


PIECES: Final = 2
"""Pieces of linked work that are open at once: two stand for many."""


class _Worker:
    """Numbers what it meets; what changes here is made and read in :func:`explore` alone."""

    def __init__(self, machine: Machine, configurations: Configurations, attempts: Attempts) -> None:
        self._machine = machine
        self._configurations = configurations
        self._attempts = attempts
        self.dossiers: list[Dossier] = []
        self.numbers: dict[Hashable, int] = {}
        self.steps: list[tuple[Step, ...]] = []
        self.taken = 0

    def number(self, dossier: Dossier) -> int:
        key = self._configurations.of(dossier)
        found = self.numbers.get(key)
        if found is None:
            found = self.numbers[key] = len(self.dossiers)
            self.dossiers.append(dossier)
        return found

    def expand(self, dossier: Dossier) -> None:
        known = self._configurations
        found: list[Step] = []
        for kind in known.kinds[dossier.states[-1]]:
            for attempt in self._tried(kind, dossier):
                step = self._step(attempt, dossier)
                found.append(step)
                if step.target is None and step.guard not in known.timely:
                    break  # neither a later moment nor an appointment changes what refused it
        for axis in known.axes_of(dossier):
            found += [self._step(Attempt(kind), dossier) for kind in self._machine.allowed(dossier, axis=axis)]
        self.steps.append(tuple(found))

    def _tried(self, kind: str, dossier: Dossier) -> Iterator[Attempt]:
        """Yield an event of *kind* as it may come here: with and without an appointment, at once and late."""
        known, state = self._configurations, dossier.states[-1]
        if self._attempts.hands_over(kind) and open_pieces(dossier) == PIECES:
            return
        clock = dossier.clock
        # While the clock stands still the appointment moves with the time, and only the wait itself can be over.
        passes = clock.phase is Phase.RUNNING and clock.appointment is not None and known.times[dossier.origin or state]
        passes = passes and not known.is_late(dossier)
        for due in self._attempts.dues(kind):
            yield Attempt(kind, due=due)
            if passes or kind in known.timed[state]:
                yield Attempt(kind, later=True, due=due)

    def _step(self, attempt: Attempt, dossier: Dossier) -> Step:
        self.taken += 1
        try:
            after = self._machine.step(dossier, self._attempts.event(attempt, dossier))
        except GuardError as refused:
            return Step(attempt, guard=refused.guard)
        return Step(attempt, target=self.number(after))


def can_reach(walk: Walk, goals: set[int], *, by: Callable[[str], bool] | None = None) -> set[int]:
    """Return the configurations from which one of the *goals* can be reached, the goals among them.

    With *by*, only events of kinds for which it says yes lead on.
    """
    found, fresh = set(goals), list(goals)
    while fresh:
        for origin, kind in walk.before[fresh.pop()]:
            if origin not in found and (by is None or by(kind)):
                found.add(origin)
                fresh.append(origin)
    return found
