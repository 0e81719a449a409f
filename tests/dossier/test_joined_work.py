"""Work handed over is joined: nothing is decided or ended while it is open, and what ends it says what becomes of it.

Found by walking through every configuration: a dossier could be delivered while the tax office still had its part.
"""

from __future__ import annotations

import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.errors import GuardError

from .driving import DAY, EDITIONS, HAND_OVER, lawful, opened, reached_with_linked_work, story

WAIVED = Policy(end_with_open_work=True)


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(request.param)


def with_work(machine: Machine, *kinds: str, policy: Policy | None = None) -> Dossier:
    case = story(machine, opened(machine, policy=policy), "received", "transferred", "assigned")
    for name, unit in (("thuế", "H26.14"), ("đất đai", None)):
        case = machine.step(
            case, Event(kind=HAND_OVER, at=case.events[-1].at, task=name, to_unit=unit, due=case.events[-1].at + DAY)
        )
    return story(machine, case, *kinds)


def refused(machine: Machine, case: Dossier, kind: str) -> GuardError:
    with pytest.raises(GuardError) as error:
        machine.step(case, lawful(machine, case, kind))
    return error.value


def recalled(case: Dossier) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.task, each.unit, each.state) for each in case.effects if each.kind == "recall_work"]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ((), "approved"),
        ((), "refused"),
        (("supplement_requested",), "refused"),
        ((), "stopped"),
        (("verification_started",), "stopped"),
        (("withdrawal_requested",), "withdrawal_granted"),
        (("opinion_asked", "withdrawal_requested"), "withdrawal_granted"),
    ],
)
def test_what_would_decide_or_end_it_waits_for_the_work(machine: Machine, before: tuple[str, ...], kind: str) -> None:
    case = with_work(machine, *before)
    refusal = refused(machine, case, kind)
    assert refusal.guard.startswith("work_joined")
    assert "thuế, đất đai" in refusal.message.vi
    assert kind not in machine.allowed(case)
    assert [task.is_open for task in case.tasks] == [True, True]

    # One piece comes back and the other is recalled: nobody else can hold the dossier up.
    at = case.events[-1].at
    case = machine.step(case, Event(kind="linked_returned", at=at, task="thuế"))
    assert refused(machine, case, kind).guard == refusal.guard
    case = machine.step(case, Event(kind="linked_recalled", at=at, task="đất đai", reason="không cần nữa"))
    assert (case.tasks[1].recalled_at, case.tasks[1].returned_at, case.tasks[1].is_open) == (at, None, False)
    if case.state == "verifying":
        case = story(machine, case, "verified")
    assert kind in machine.allowed(case)
    after = machine.step(case, lawful(machine, case, kind))
    assert after.tasks == case.tasks
    assert machine.replay(after.events) == after


@pytest.mark.parametrize(
    ("before", "kind", "state"),
    [
        ((), "approved", None),
        (("opinion_asked",), "stopped", "opinion_asked"),
        (("verification_started",), "stopped", "verifying"),
        (("verification_started", "withdrawal_requested"), "withdrawal_granted", "verifying"),
        (("supplement_requested",), "refused", None),
    ],
)
def test_a_policy_may_waive_it_and_what_is_open_is_recalled(
    machine: Machine, before: tuple[str, ...], kind: str, state: str | None
) -> None:
    case = with_work(machine, *before, policy=WAIVED)
    after = machine.step(case, lawful(machine, case, kind))
    pieces = [("thuế", "H26.14", None), ("đất đai", None, None)]
    assert recalled(after) == [*pieces, *([(None, None, state)] if state else [])]
    assert [task.recalled_at for task in after.tasks] == [after.events[-1].at] * 2
    assert not any(task.is_open for task in after.tasks)
    assert machine.replay(after.events) == after


@pytest.mark.parametrize(("kind", "state"), [("opinion_asked", "opinion_asked"), ("verification_started", "verifying")])
def test_an_opinion_or_a_verification_is_open_work_too(machine: Machine, kind: str, state: str) -> None:
    case = story(machine, opened(machine), "received", "assigned", kind)
    assert case.state == state
    assert refused(machine, case, "stopped").guard == "work_joined_before_stop"
    # A right of the applicant waits for nobody: the grant recalls what its own state had open.
    asked = story(machine, case, "withdrawal_requested")
    withdrawn = story(machine, asked, "withdrawal_granted")
    assert recalled(withdrawn) == [(None, None, state)]
    assert recalled(asked) == []


def test_an_opinion_can_be_recalled(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned", "opinion_asked", "opinion_recalled")
    assert case.state == "processing"
    assert [effect.party for effect in case.effects if effect.kind == "notify"] == ["consulted_unit"]
    assert story(machine, case, "stopped").state == "stopped"


@pytest.mark.parametrize("edition", EDITIONS)
def test_wherever_work_can_be_open_it_can_be_recalled(edition: str) -> None:
    machine = dossier.machine(edition)
    for case in reached_with_linked_work(edition).values():
        if any(task.is_open for task in case.tasks):
            after = machine.step(case, lawful(machine, case, "linked_recalled"))
            assert after.state == case.state
            assert sum(task.is_open for task in after.tasks) == sum(task.is_open for task in case.tasks) - 1


def test_nothing_is_recalled_where_nothing_is_open(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned", "approved")
    assert recalled(case) == []
    assert refused(machine, story(machine, opened(machine), "received", "assigned"), "linked_recalled").guard == (
        "task_to_recall"
    )
