"""Personal responsibility: at every moment one holder, by name where the events name one."""

from __future__ import annotations

from datetime import datetime

import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.rules.reading import resources

from .driving import EDITIONS, HOUR, T0, opened, story


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def handled(machine: Machine) -> Dossier:
    case = machine.new(
        id="1",
        procedure="1.012783",
        channel="online",
        at=T0,
        policy=Policy(end_with_open_work=True),
        actor="an",
        role="receiving_officer",
        unit="H26",
    )
    steps: tuple[tuple[str, dict[str, object]], ...] = (
        ("received", {"role": "receiving_officer", "actor": "lan", "unit": "H26"}),
        ("transferred", {"role": "receiving_officer", "actor": "lan", "unit": "H26", "to_unit": "H26.12"}),
        ("assigned", {"role": "unit_leader", "actor": "head", "to_actor": "minh", "to_unit": "H26.12"}),
        ("linked_handed_over", {"task": "thuế", "to_unit": "H26.14", "to_actor": "hoa", "due": T0 + 90 * HOUR}),
        ("verification_started", {"role": "specialist", "actor": "minh", "unit": "H26.12"}),
        ("verified", {}),
        ("assigned", {"role": "unit_leader", "actor": "head", "to_actor": "hùng"}),
        ("supplement_requested", {"reason": "thiếu bản đồ"}),
        ("supplemented", {}),
        ("approved", {"role": "authority_leader", "actor": "chair"}),
        ("result_handed_over", {}),
        ("delivered", {}),
    )
    for number, (kind, fields) in enumerate(steps, 1):
        case = machine.step(case, Event(kind=kind, at=T0 + number * HOUR, **fields))  # type: ignore[arg-type]
    return case


def test_the_control_slip_names_each_hand(machine: Machine) -> None:
    rows = dossier.holdings(handled(machine))
    assert [(row.role, row.actor, row.unit, row.received_by) for row in rows] == [
        ("receiving_officer", "an", "H26", "created"),
        ("receiving_officer", "lan", "H26", "received"),
        ("unit_leader", None, "H26.12", "transferred"),
        ("specialist", "minh", "H26.12", "assigned"),
        ("specialist", "hùng", None, "assigned"),
        ("applicant", None, None, "supplement_requested"),
        ("specialist", "hùng", None, "supplemented"),
        ("clerk", None, None, "approved"),
        ("returning_officer", None, None, "result_handed_over"),
    ]
    assert rows[3].states == ("processing", "verifying", "processing")
    assert [(row.since - T0) // HOUR for row in rows] == [0, 1, 2, 3, 7, 8, 9, 10, 11]
    assert [row.until for row in rows] == [*(row.since for row in rows[1:]), T0 + 12 * HOUR]


def test_at_every_moment_there_is_one_holder(machine: Machine) -> None:
    case = handled(machine)
    assert dossier.holder(case, T0 - HOUR) is None
    names = [row.actor for hour in (0, 1, 6, 7) if (row := dossier.holder(case, T0 + hour * HOUR)) is not None]
    assert names == ["an", "lan", "minh", "hùng"]
    assert dossier.holder(case, T0 + 12 * HOUR) is None
    under_way = machine.replay(case.events[:4])
    last = dossier.holder(under_way, T0 + 999 * HOUR)
    assert last is not None
    assert (last.actor, last.until) == ("minh", None)
    with pytest.raises(InvalidValueError, match="at: cannot use"):
        dossier.holder(case, datetime(2026, 2, 12, 9, 30))


def test_a_local_edition_is_given() -> None:
    document = {**resources.data("vn/lifecycle/decree-61-2018"), "id": "hanoi@2026"}
    lifecycle = dossier.load_lifecycle(document)
    case = story(Machine(lifecycle=lifecycle), opened(Machine(lifecycle=lifecycle)), "received")
    assert [row.role for row in dossier.holdings(case, lifecycle=lifecycle)] == ["receiving_officer"]
    with pytest.raises(UnknownCodeError):
        dossier.holdings(case)


def test_the_holder_under_a_local_edition() -> None:
    document = {**resources.data("vn/lifecycle/decree-61-2018"), "id": "hanoi@2026"}
    lifecycle = dossier.load_lifecycle(document)
    case = opened(Machine(lifecycle=lifecycle))
    row = dossier.holder(case, T0, lifecycle=lifecycle)
    assert row is not None
    assert row.role == "receiving_officer"
    with pytest.raises(UnknownCodeError):
        dossier.holder(case, T0)
