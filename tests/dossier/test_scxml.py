"""The statechart: every arrow of the tables, and the same sequences taken and refused by an independent engine."""

from __future__ import annotations

import importlib
import random
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from onestop_core import dossier
from onestop_core.dossier import Machine, render
from onestop_core.errors import TransitionNotAllowedError, UnknownCodeError

from .driving import EDITIONS, GENEROUS, HAND_OVER, RECALL, RETURN, lawful, opened

NS = "{http://www.w3.org/2005/07/scxml}"
UNDRAWN = {HAND_OVER, RETURN, RECALL}


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def test_every_arrow_of_the_table_is_drawn(machine: Machine) -> None:
    root = ET.fromstring(render.scxml(machine))
    table = machine.lifecycle
    assert (root.tag, root.get("version"), root.get("initial")) == (f"{NS}scxml", "1.0", "presented")
    assert {node.get("id") for node in root.iter(f"{NS}final")} == {s.code for s in table.states if s.terminal}
    drawn = {
        (str(state.get("id")), row.get("event"), row.get("target"))
        for state in root.iter(f"{NS}state")
        for row in state
    }
    ids = {node.get("id") for node in root}
    assert {target for _, _, target in drawn if target is not None} <= ids
    plain = {(state.partition("--")[0], event) for state, event, _ in drawn}
    assert plain == {(state, row.event) for row in table.transitions for state in row.states}
    assert ("withdrawal_requested--from--processing", "withdrawal_refused", "processing") in drawn
    assert ("processing", "assigned", None) in drawn


@pytest.mark.parametrize("channel", ["in_person", "online", "post"])
def test_a_chart_begins_where_its_channel_begins(machine: Machine, channel: str) -> None:
    assert ET.fromstring(render.scxml(machine, channel)).get("initial") == opened(machine, channel).state


def test_an_unknown_channel_is_refused(machine: Machine) -> None:
    with pytest.raises(UnknownCodeError, match="online"):
        render.scxml(machine, "onlin")


def chart(text: str) -> Any:
    """Return a running chart of python-statemachine, whose reader of SCXML is no code of ours."""
    pytest.importorskip("statemachine", minversion="3", reason="python-statemachine 3 is not installed")
    processor = importlib.import_module("statemachine.io.scxml.processor").SCXMLProcessor()
    processor.parse_scxml("chart", text)
    return processor.start()


@pytest.mark.parametrize("seed", range(12))
def test_an_independent_engine_takes_and_refuses_the_same_sequences(machine: Machine, seed: int) -> None:
    draw = random.Random(seed)
    engine = chart(render.scxml(machine))
    case = opened(machine, policy=GENEROUS)
    kinds = [row.code for row in machine.lifecycle.events if row.code not in UNDRAWN and not row.strikes]
    taken = 0
    for _ in range(60):
        allowed = [kind for kind in machine.allowed(case) if kind not in UNDRAWN]
        kind = draw.choice(allowed if allowed and draw.random() < 0.7 else kinds)
        try:
            case = machine.step(case, lawful(machine, case, kind))
            taken += 1
        except TransitionNotAllowedError:
            pass
        engine.send(kind)
        (state,) = engine.configuration_values
        assert str(state).partition("--")[0] == case.state
    assert taken > 2
