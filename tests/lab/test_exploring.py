"""The walk misses nothing and makes nothing up: random logs, and a walk that merges nothing, agree with it."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Policy, lifecycle
from onestop_core.dossier.lifecycle import NO_POLICY
from onestop_core.errors import GuardError, InvalidValueError
from onestop_core.lab.proving import duties, exploring
from onestop_core.lab.proving.beside import beside, owners
from onestop_core.lab.proving.exploring import Exploration, can_reach, explore
from onestop_core.lab.proving.openings import openings, policies_of

if TYPE_CHECKING:
    from onestop_core.lab.proving.attempts import Attempt

from tests.dossier.driving import T0

from .tables import broken, with_guard

EDITIONS = tuple(edition.reference for edition in lifecycle.editions())
ONE_STOP = tuple(edition for edition in EDITIONS if edition.startswith("vn@"))
"""Those that have axes."""
POLICIES = (0, 1, -1)
"""The edition's own values, all that may be permitted, and a step that waits for the fee."""


@cache
def explored(edition: str, policy: int = 0) -> Exploration:
    machine = dossier.machine(edition)
    return explore(machine, policies_of(machine.lifecycle)[policy])


def outcomes(known: Exploration, case: Dossier, number: int) -> list[tuple[Attempt, int | str | None]]:
    """Try on *case* what was tried in its configuration."""
    found: list[tuple[Attempt, int | str | None]] = []
    for step in known.walk.steps[number]:
        try:
            after = known.machine.step(case, known.attempts.event(step.attempt, case))
        except GuardError as refused:
            found.append((step.attempt, refused.guard))
        else:
            found.append((step.attempt, known.numbers[known.configurations.of(after)]))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("policy", POLICIES)
def test_dossiers_of_one_configuration_go_the_same_ways(edition: str, policy: int) -> None:
    known = explored(edition, policy)
    draw = random.Random(f"{edition} {policy}")
    for _ in range(120):
        case = draw.choice(openings(known.machine, known.policy))
        for _ in range(25):
            number = known.numbers[known.configurations.of(case)]  # no log leads to a configuration that was missed
            recorded = [(step.attempt, step.target or step.guard or 0) for step in known.walk.steps[number]]
            assert [(attempt, what or 0) for attempt, what in outcomes(known, case, number)] == recorded
            taken = [step.attempt for step in known.walk.steps[number] if step.target is not None]
            if not taken:
                break
            case = known.machine.step(case, known.attempts.event(draw.choice(taken), case))


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_configuration_has_a_shortest_log_that_leads_to_it(edition: str) -> None:
    known = explored(edition)
    for number, case in enumerate(known.dossiers):
        assert known.numbers[known.configurations.of(case)] == number
    for case in known.dossiers[:: len(known.dossiers) // 40 or 1]:
        assert known.machine.replay(case.events).states == case.states
    lengths = [case.version for case in known.dossiers]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_walk_that_merges_nothing_finds_the_same_in_as_many_steps(edition: str) -> None:
    known = explored(edition)
    layer = list(openings(known.machine, known.policy))
    found = {known.configurations.of(case): 1 for case in layer}
    for length in range(2, 6):
        fresh: list[Dossier] = []
        for case in layer:
            number = known.numbers[known.configurations.of(case)]
            fresh += [
                known.machine.step(case, known.attempts.event(step.attempt, case))
                for step in known.walk.steps[number]
                if step.target is not None
            ]
        layer = fresh
        for case in layer:
            found.setdefault(known.configurations.of(case), length)
    short = {key: known.dossiers[number].version for key, number in known.numbers.items()}
    assert found == {key: version for key, version in short.items() if version < 6}


@pytest.mark.parametrize("edition", ONE_STOP)
@pytest.mark.parametrize("axes", [{"payment"}, {"delivery", "archive"}, {"sync"}, {"payment", "sync"}])
def test_axes_that_nothing_looks_at_are_walked_beside_the_rest(edition: str, axes: set[str]) -> None:
    known = explored(edition)
    found = beside(known, frozenset(axes))
    machine = known.machine
    states = {axis.code: {state.code for state in axis.states} for axis in machine.lifecycle.axes}
    assert {axis: {dict(values)[axis] for _, values in found.places} for axis in axes} == {
        axis: states[axis] for axis in axes
    }
    own = {event for event, axis in owners(machine.lifecycle).items() if axis in axes}
    assert own <= {step.attempt.kind for _, step, _ in found.walk.targets()}
    for number in range(0, len(found.places), max(1, len(found.places) // 60)):
        case = machine.replay(found.log(number))
        core, values = found.places[number]
        assert known.numbers[known.configurations.of(case)] == core
        assert {axis: case.axes[axis] for axis in axes} == dict(values)


def test_an_axis_that_a_fee_step_looks_at_is_walked_too() -> None:
    known = explored(ONE_STOP[0], -1)
    assert known.configurations.watched == {"payment"}
    found = beside(known, frozenset({"payment"}))
    for number in range(0, len(found.places), len(found.places) // 60):
        case = known.machine.replay(found.log(number))
        core, values = found.places[number]
        assert known.numbers[known.configurations.of(case)] == core
        assert {"payment": case.axes["payment"]} == dict(values)


def test_what_can_be_reached_ends_where_only_others_may_go_on() -> None:
    walk = explored(ONE_STOP[0]).walk
    ends = {number for number, steps in enumerate(walk.steps) if not any(step.target is not None for step in steps)}
    assert can_reach(walk, ends) == set(range(len(walk.steps)))
    assert can_reach(walk, ends, by=lambda _: False) == ends


def test_a_policy_that_allows_without_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "MOST", 100)
    with pytest.raises(InvalidValueError, match="less than 100 configurations"):
        explore(dossier.machine(ONE_STOP[0]), Policy(max_supplements=100))


def test_every_permission_is_open_in_one_of_the_policies() -> None:
    table = lifecycle.find("vn@decree-61-2018")
    own, opened, *fees = policies_of(table)
    assert own == NO_POLICY
    assert (opened.decide_at_desk, opened.silence_is_consent, opened.end_with_open_work) == (True, True, True)
    assert (opened.max_supplements, opened.max_suspensions, opened.supplement_clock) == (2, 1, "pause")
    assert [each.fee_before for each in fees] == ["approval", "delivery", "receipt"]


def test_an_event_of_an_axis_that_a_condition_refuses_is_no_step_there() -> None:
    machine = broken(with_guard(event="portal_told", condition="papers_complete"))
    found = beside(explore(machine, NO_POLICY), frozenset({"sync"}))
    told = {
        found.dossier(origin).state for origin, step, _ in found.walk.targets() if step.attempt.kind == "portal_told"
    }
    assert "received" in told
    assert "presented" not in told


def test_how_often_at_most_is_a_number_of_the_table_or_of_the_procedure() -> None:
    table = dossier.machine("vn@decree-118-2025").lifecycle
    case = dossier.machine(table.id).new(
        id="1", procedure="1", channel="online", at=T0, policy=Policy(max_supplements=3)
    )
    limited = next(guard for guard in table.guards if guard.parameter == "max_supplements")
    assert duties._most(table, case, limited) == 3
    assert duties._most(table, case, attrs.evolve(limited, parameter=None, number=5)) == 5
    plain = dossier.machine(table.id).new(id="1", procedure="1", channel="online", at=T0)
    assert duties._most(table, plain, limited) == table.defaults.max_supplements
