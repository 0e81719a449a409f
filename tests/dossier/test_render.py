"""Pictures come from the table: every state, every transition, both languages."""

from __future__ import annotations

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Machine, render
from onestop_core.text import Language, Text

from .driving import EDITIONS


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def pairs(machine: Machine) -> list[tuple[str, str]]:
    return [(state, row.event) for row in machine.lifecycle.transitions for state in row.states]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_mermaid_draws_every_arrow(machine: Machine, language: Language) -> None:
    lines = render.mermaid(machine, language).splitlines()
    assert lines[0] == "stateDiagram-v2"
    names = {event.code: event.name.in_(language) for event in machine.lifecycle.events}
    for state, event in pairs(machine):
        assert any(line.startswith(f"  {state} --> ") and line.endswith(f": {names[event]}") for line in lines)
    ends = [state.code for state in machine.lifecycle.states if state.terminal]
    assert [line for line in lines if line.endswith("--> [*]")] == [f"  {end} --> [*]" for end in ends]
    # A refused withdrawal is drawn to each place from which it may have been asked.
    assert "  withdrawal_requested --> awaiting_payment: " in "\n".join(lines)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dot_draws_every_arrow(machine: Machine, language: Language) -> None:
    text = render.dot(machine, language)
    assert text.startswith(f'digraph "{machine.id}" {{\n')
    assert text.endswith("}\n")
    assert text.count("peripheries=2") == 5
    for state, _ in pairs(machine):
        assert f'  "{state}" -> "' in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_has_a_row_for_every_pair(machine: Machine, language: Language) -> None:
    lines = render.table(machine, language).splitlines()
    assert len(lines) == 2 + len(pairs(machine))
    assert {line.count("|") for line in lines} == {8}


def test_the_table_tells_clock_portal_and_ground() -> None:
    text = render.table(dossier.machine(EDITIONS[0]), "en")
    assert (
        "| Papers asked for after appraisal | Add papers | In process | restart: restart, pause: resume | 4 | – | "
        "Decree 61/2018/NĐ-CP, art. 19(4) |"
    ) in text
    assert "| In process | Apologise and extend | stays | – | 4 | one_extension, extension_before_due, " in text
    assert (
        "| Stop asked by the applicant (withdrawal) | Cannot stop: there is a result | where it was | – | – | – | "
        in text
    )


def test_names_of_a_local_edition_cannot_break_a_picture() -> None:
    lifecycle = dossier.machine(EDITIONS[0]).lifecycle
    nasty = Text(vi='a"b\n|c\\', en='a"b\n|c\\')
    states = (attrs.evolve(lifecycle.states[0], name=nasty), *lifecycle.states[1:])
    machine = Machine(lifecycle=attrs.evolve(lifecycle, states=states))
    assert '  state "a\'b |c/" as presented' in render.mermaid(machine)
    assert '"presented" [label="a\'b |c/"]' in render.dot(machine)
    assert "| a'b \\|c/ | Receive |" in render.table(machine)
