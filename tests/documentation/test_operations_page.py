"""The page of operations says what schema, suite and code say: members, defaults, refusals, what a clock takes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.model.clock.acts import AFTER
from onestop_core.rules.reading.resources import schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/conformance-operations.md").read_text("utf-8")
ADAPTER_PAGE = (ROOT / "docs/how-to/conformance-adapter.md").read_text("utf-8")
DEFINITIONS = schema("conformance-case")["$defs"]
OPERATIONS = list(dict.fromkeys(operation for area in conformance.suite().areas for operation in area.operations))


def table(head: str) -> list[list[str]]:
    """The rows of the table of the page that begins with *head*."""
    lines = PAGE[PAGE.index(head) :].splitlines()
    rows = []
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def optional(operation: str) -> dict[str, Any]:
    definition = DEFINITIONS[f"{operation}_input"]
    found = {name: each for name, each in definition["properties"].items() if name not in definition["required"]}
    if operation == "clock_due":
        act = definition["properties"]["acts"]["items"]
        found |= {name: each for name, each in act["properties"].items() if name not in act["required"]}
    return found


def test_every_operation_has_a_row_with_its_members() -> None:
    rows = table("| operation | input |")
    assert sorted(named(row[0])[0] for row in rows) == sorted(OPERATIONS)
    for row in rows:
        operation = named(row[0])[0]
        definition = DEFINITIONS[f"{operation}_input"]
        cells = row[1].split(", ")
        needed = [named(cell)[0] for cell in cells if cell.endswith("`")]
        extra = [named(cell)[0] for cell in cells if cell.endswith("?")]
        assert sorted(needed) == sorted(definition["required"]), operation
        left = set(definition["properties"]) - set(needed)
        assert set(extra) <= left, operation
        assert set(extra) == left or cells[-1] == "…", operation


def test_every_absent_member_means_what_the_schema_says() -> None:
    told: dict[tuple[str, str], str] = {}
    for row in table("| operation | member |"):
        for operation in named(row[0]):
            told[operation, named(row[1])[0]] = row[2]
    wanted = {(operation, member): each for operation in OPERATIONS for member, each in optional(operation).items()}
    assert set(told) == set(wanted)
    for key, definition in wanted.items():
        codes = named(told[key])
        if "default" in definition:
            default = definition["default"]
            assert codes, key
            assert codes[0] == (default if isinstance(default, str) else json.dumps(default)), key
        else:
            assert not told[key].startswith("`"), key
            assert "bsent" in definition["description"] or "without it" in definition["description"], key


def test_every_refusal_that_is_asked_is_listed() -> None:
    rows = {named(row[0])[0]: set(named(row[2])) for row in table("| code | means |")}
    assert set(rows) == set(DEFINITIONS["case"]["properties"]["refused"]["enum"])
    assert set.union(*rows.values()) <= set(OPERATIONS)
    for case in conformance.suite().cases:
        if case.refused is not None and case.refused != "any":
            assert case.operation in rows[case.refused], case.id


def test_a_clock_takes_what_the_page_says() -> None:
    rows = {named(row[0])[0]: row[1] for row in table("| phase | takes |")}
    told = {
        (phase, act): to or phase
        for phase, cell in rows.items()
        for act, to in re.findall(r"`(\w+)`(?: \(→ `(\w+)`\))?", cell)
    }
    assert told == {(phase.value, act.value): to.value for (phase, act), to in AFTER.items()}


def test_the_smallest_adapter_of_the_page_speaks_the_protocol(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    program = tmp_path / "smallest.mjs"
    program.write_text(ADAPTER_PAGE.partition("```js\n")[2].partition("```")[0], "utf-8")
    report = conformance.run_command([node, str(program)], ["workdays"], timeout=120)
    assert report.implementation.name == "weekends only"
    assert {result.fault for result in report.results} == {None}
    assert report.passed
    assert report.failed
    assert report.unsupported


def test_the_first_answer_of_the_page_is_right() -> None:
    asked, answered = (
        json.loads(line[2:]) for line in re.findall(r"^[→←] \{\"id\".*$", ADAPTER_PAGE, re.MULTILINE)[:2]
    )
    assert conformance.reference().add_workdays(**asked["input"]) == answered["result"]
    greeting = json.loads(re.findall(r"^← (\{\"hello\".*)$", ADAPTER_PAGE, re.MULTILINE)[0])
    assert greeting["hello"] == conformance.PROTOCOL
