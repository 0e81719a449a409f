"""Pictures come from the table: every state, every transition, both languages, whatever a local edition calls them."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Machine, render
from onestop_core.dossier.lifecycle import GuardCondition, find
from onestop_core.errors import InvalidValueError
from onestop_core.text import Language, Text, safe

from .driving import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable

# Words of Mermaid and of Graphviz, in this kind of diagram or another.
WORDS = (
    *("default", "class", "state", "note", "style", "click", "scale", "href", "end", "graph", "subgraph", "direction"),
    *("fork", "join", "choice", "history", "as", "left", "right", "of", "classdef", "call", "title", "hide", "width"),
    *("digraph", "strict", "node", "edge", "statediagram", "acctitle", "accdescr", "linkstyle", "concurrent"),
)
NASTY = (
    "Receive; log: {x} #1",
    'a"b\n|c\\',
    "::error::x --> y",
    "%% comment",
    "<b>đậm</b> & [link](x) `code` *x*",
    "]] end note\nstate x",
    '\\N \\l \\"',
    "#quot; #59; &quot;",
    "\x1b[31mđỏ\u202e",
    "- 1. x --- [*]",
)


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def pairs(machine: Machine) -> list[tuple[str, str]]:
    return [(state, row.event) for row in machine.lifecycle.transitions for state in row.states]


def renamed(codes: dict[str, str]) -> Machine:
    """Return a machine of a table whose states have other codes."""
    table = find(EDITIONS[1])
    at: Callable[[str], str] = lambda code: codes.get(code, code)  # noqa: E731
    many: Callable[[tuple[str, ...]], tuple[str, ...]] = lambda states: tuple(map(at, states))  # noqa: E731
    return Machine(
        lifecycle=attrs.evolve(
            table,
            id="local@1",
            initial={channel: at(state) for channel, state in table.initial.items()},
            states=tuple(attrs.evolve(state, code=at(state.code)) for state in table.states),
            transitions=tuple(attrs.evolve(t, states=many(t.states), to=at(t.to)) for t in table.transitions),
            guards=tuple(attrs.evolve(guard, states=many(guard.states)) for guard in table.guards),
            axes=tuple(
                attrs.evolve(a, moves=tuple(attrs.evolve(move, states=many(move.states)) for move in a.moves))
                for a in table.axes
            ),
        )
    )


def named(name: str) -> Machine:
    """Return a machine of a table in which the first state and the first event bear this *name*."""
    table = find(EDITIONS[1])
    text = Text(vi=name, en=name)
    return Machine(
        lifecycle=attrs.evolve(
            table,
            id="local@1",
            states=(attrs.evolve(table.states[0], name=text), *table.states[1:]),
            events=(attrs.evolve(table.events[0], name=text), *table.events[1:]),
        )
    )


_ID = r"(?:[a-z][a-z0-9_]*)"
_LABEL = r"((?:[\w .,\-–/…]|#[0-9]{1,7};)*)"
_LINES = (
    re.compile(rf'  state "{_LABEL}" as ({_ID})'),
    re.compile(rf"  \[\*\] --> ({_ID})"),
    re.compile(rf"  ({_ID}) --> \[\*\]"),
    re.compile(rf"  ({_ID}) --> ({_ID}): {_LABEL}"),
)


def read(text: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Return the states and arrows of a picture, read by the strict grammar of what we write."""

    def plain(label: str) -> str:
        return re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), label)

    first, *lines = text.splitlines()
    assert first == "stateDiagram-v2"
    names: dict[str, str] = {}
    arrows: list[tuple[str, str, str]] = []
    for line in lines:
        state, start, end, arrow = (pattern.fullmatch(line) for pattern in _LINES)
        if state is not None:
            names[state[2]] = plain(state[1])
        elif start is not None:
            arrows.append(("[*]", start[1], ""))
        elif end is not None:
            arrows.append((end[1], "[*]", ""))
        else:
            assert arrow is not None, line
            arrows.append((arrow[1], arrow[2], plain(arrow[3])))
    assert not {state for state in names if state in WORDS}
    assert {end for arrow in arrows for end in arrow[:2]} - {"[*]"} <= set(names)
    return names, arrows


@pytest.mark.parametrize("language", ["vi", "en"])
def test_mermaid_draws_every_state_and_arrow(machine: Machine, language: Language) -> None:
    lifecycle = machine.lifecycle
    names, arrows = read(render.mermaid(machine, language=language))
    assert names == {state.code: state.name.in_(language) for state in lifecycle.states}
    events = {event.code: event.name.in_(language) for event in lifecycle.events}
    assert {(state, events[event]) for state, event in pairs(machine)} == {
        (start, label) for start, end, label in arrows if label
    }
    ends = [state.code for state in lifecycle.states if state.terminal]
    assert [start for start, end, _ in arrows if end == "[*]"] == ends
    # A refused withdrawal is drawn to each place from which it may have been asked.
    assert ("withdrawal_requested", "awaiting_payment", events["withdrawal_refused"]) in arrows


@pytest.mark.parametrize("word", WORDS)
def test_a_state_whose_code_is_a_word_of_mermaid_is_drawn_under_another_id(word: str) -> None:
    local = renamed({"presented": word, "received": "s_0"})
    names, arrows = read(render.mermaid(local))
    assert len(names) == len(local.lifecycle.states)
    assert names["s_1"] == "Being checked at the desk"
    assert ("s_1", "s_0", "Receive") in arrows
    assert f'"{word}" -> "s_0"' in render.dot(local)


@pytest.mark.parametrize("code", ["đã nhận", 'a"b', "a;b", "Z", "a\nb", "[*]"])
def test_a_code_that_no_document_could_hold_is_drawn_too(code: str) -> None:
    local = renamed({"processing": code})
    names, _ = read(render.mermaid(local))
    assert names["s_0"] == "In process"
    assert f"  {safe.dot(code)} [label=" in render.dot(local)


@pytest.mark.parametrize("name", NASTY)
def test_names_of_a_local_edition_cannot_break_a_picture(name: str) -> None:
    local = named(name)
    names, arrows = read(render.mermaid(local))
    assert names["presented"] == safe.line(name)
    assert {label for _, _, label in arrows if label == safe.line(name)}
    usual = dossier.machine(EDITIONS[1])
    for draw in (render.mermaid, render.dot, render.table):
        text = draw(local)
        assert len(text.splitlines()) == len(draw(usual).splitlines())
        assert text.isprintable() or set(text) - {"\n"} <= {c for c in text if c.isprintable()}
    for line in render.table(local).splitlines():
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 8
    for line in render.dot(local).splitlines():
        assert len(re.findall(r'(?<!\\)(?:\\\\)*"', line)) % 2 == 0


def test_mermaid_itself_reads_every_picture() -> None:
    node = shutil.which("node")
    places = [*map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep)), *Path(__file__).parents]
    folders = [folder for place in places for folder in (place, place / "node_modules")]
    modules = next(
        (folder for folder in folders if (folder / "mermaid").is_dir() and (folder / "jsdom").is_dir()), None
    )
    if node is None or modules is None:
        pytest.skip("Node has no mermaid and jsdom (npm install mermaid jsdom, or NODE_PATH)")
    machines = [dossier.machine(edition) for edition in EDITIONS]
    machines += [renamed({"presented": word}) for word in WORDS] + [named(name) for name in NASTY]
    texts = [render.mermaid(machine, language=language) for machine in machines for language in ("vi", "en")]
    script = Path(__file__).with_name("mermaid_parse.mjs")
    done = subprocess.run(  # noqa: S603 - our own script
        [node, str(script), str(modules)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    assert [answer["error"] for answer in answers if "error" in answer] == []
    for text, answer in zip(texts, answers, strict=True):
        names, arrows = read(text)
        assert set(answer["states"]) - {"root_start", "root_end"} == set(names)
        assert len(answer["arrows"]) == len(arrows)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dot_draws_every_arrow(machine: Machine, language: Language) -> None:
    text = render.dot(machine, language=language)
    assert text.startswith(f'digraph "{machine.id}" {{\n')
    assert text.endswith("}\n")
    assert text.count("peripheries=2") == sum(state.terminal for state in machine.lifecycle.states)
    for state, _ in pairs(machine):
        assert f'  "{state}" -> "' in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_has_a_row_for_every_pair(machine: Machine, language: Language) -> None:
    lines = render.table(machine, language=language).splitlines()
    assert len(lines) == 2 + len(pairs(machine))
    assert {line.count("|") for line in lines} == {8}


def test_the_table_tells_clock_portal_and_ground() -> None:
    text = render.table(dossier.machine(EDITIONS[0]))
    assert (
        "| Papers asked for after appraisal | Add papers | In process | restart: restart, pause: resume | 4 | – | "
        "Decree 61/2018/NĐ-CP, art. 19(4) |"
    ) in text
    assert (
        "| In process | Apologise and extend | stays | extend | 4 | at most 1; an appointment is on record; 1 days before the appointment; "
        in text
    )
    assert (
        "| Stop asked by the applicant (withdrawal) | Cannot stop: there is a result | where it was | – | – | – | "
        in text
    )


def test_the_conditions_of_the_table_are_words_and_not_codes() -> None:
    text = render.table(dossier.machine(EDITIONS[0]), language="vi")
    cells = [line.split(" | ")[5] for line in text.splitlines()[2:]]
    assert not [cell for cell in cells if "_" in cell or re.search(r"[a-z]+_[a-z]+", cell)]
    assert "đủ giấy tờ bắt buộc; do Bộ phận Một cửa đã tiếp nhận hồ sơ thực hiện; " in text
    assert (
        "không quá 01 lần; đã ghi ngày hẹn trả kết quả; chậm nhất 01 ngày trước ngày hẹn trả kết quả; ngày hẹn mới sau ngày hẹn cũ"
        in text
    )


@pytest.mark.parametrize("condition", GuardCondition)
def test_every_condition_has_words(condition: GuardCondition) -> None:
    tables = [find(EDITIONS[2]), find("vn-complaint@law-02-2011")]
    guards = [(guard, table) for table in tables for guard in table.guards if guard.condition is condition]
    assert guards
    for guard, table in guards:
        words = render.condition_words(guard, table)
        assert words.vi != words.en
        assert words.vi.startswith(guard.reason.vi) is (condition is GuardCondition.NEVER)


def test_words_of_a_condition_say_its_events_its_number_and_its_days() -> None:
    table = find("vn-complaint@law-02-2011")
    assert {guard.code: render.condition_words(guard, table).en for guard in table.guards if guard.code in SAID} == SAID


SAID = {
    "dialogue_first": "after: Hold the dialogue or The complainant stayed away from the dialogue without good reason",
    "dialogue_in_time": "at least 5 days ahead (from 2026-07-01 on)",
    "final_after_the_wait": "30 days after: Decide, first round or Decide, second round",
    "suspension_since_2026": "a suspension is possible from 2026-07-01 on only (until 2026-06-30)",
}


def test_another_language_is_refused() -> None:
    wrong: Any = "fr"
    for draw in (render.mermaid, render.dot, render.svg, render.table):
        with pytest.raises(InvalidValueError, match="vi or en"):
            draw(dossier.machine(EDITIONS[0]), language=wrong)


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_picture_leads_wherever_the_table_does(machine: Machine, language: Language) -> None:
    root = ET.fromstring(render.svg(machine, language=language))
    table = machine.lifecycle
    names = {state.code: state.name.in_(language) for state in table.states}
    expected = {
        (names[state], names[row.to])
        for row in table.transitions
        for state in row.states
        if row.to in names and row.to != state
    }
    told = [title.text or "" for title in root.iter(f"{SVG}title")][1:]
    ways = [tuple(way.split(": ")[0].split(" → ")) for line in told for way in line.split("; ") if " → " in way]
    assert len(ways) == len(set(ways))
    assert set(ways) == expected
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("class") == "head"]
    assert len(arrows) == len([line for line in told if " → " in line])
    boxes = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") in {"r", "w", "o", "b", "s"}]
    assert len(boxes) == len(table.states)
    assert len([r for r in root.iter(f"{SVG}rect") if r.get("class") == "end"]) == sum(s.terminal for s in table.states)
    back = {"vi": "có thể trở lại trạng thái trước", "en": "can go back to where it was"}[language]
    assert told.count(back) == len({s for row in table.transitions if row.to == "back" for s in row.states})


def test_no_line_of_the_picture_runs_over_another(machine: Machine) -> None:
    root = ET.fromstring(render.svg(machine))
    taken: dict[int, list[tuple[int, int]]] = {}
    for path in root.iter(f"{SVG}path"):
        if path.get("class") == "line":
            ends = [int(y) for y in re.findall(r"M\d+ (\d+)", path.get("d") or "")]
            (lane,) = set(re.findall(r"H(\d+)", path.get("d") or ""))
            taken.setdefault(int(lane), []).append((min(ends), max(ends)))
    for stretches in taken.values():
        assert all(one[1] < two[0] for one, two in itertools.pairwise(sorted(stretches)))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("In process", ["In process"]),
        ("x" * 100, ["x" * 40, "x" * 39 + "…"]),
        ("word " * 9, ["word word word word word word word word", "word"]),
        ("<b>\x1b[1m&amp;", None),
    ],
)
def test_the_picture_says_any_name_in_two_lines_at_most(name: str, lines: list[str] | None) -> None:
    root = ET.fromstring(render.svg(named(name)))
    said = [text.text or "" for text in root.iter(f"{SVG}text")]
    if lines is None:
        assert any(each.startswith("<b>") for each in said)
        assert not any("\x1b" in each for each in said)
    else:
        assert said[1 : 1 + len(lines)] == lines


def test_a_small_lifecycle_without_ways_back_is_drawn() -> None:
    table = find(EDITIONS[1])
    kept = ("presented", "received", "stopped")
    rows = [next(row for row in table.transitions if row.to == code) for code in kept[1:]]
    small = attrs.evolve(
        table,
        id="local@1",
        initial=dict.fromkeys(table.initial, kept[0]),
        states=tuple(state for state in table.states if state.code in kept),
        transitions=tuple(attrs.evolve(row, states=(code,)) for code, row in zip(kept[:2], rows, strict=True)),
        events=tuple(event for event in table.events if event.code in {row.event for row in rows}),
        guards=(),
        axes=(),
    )
    root = ET.fromstring(render.svg(Machine(lifecycle=small)))
    assert not [path for path in root.iter(f"{SVG}path") if (path.get("d") or "").startswith("M5 4H")]
    assert len([path for path in root.iter(f"{SVG}path") if path.get("class") == "head"]) == 2
    assert "double border: an end" in {text.text for text in root.iter(f"{SVG}text")}
