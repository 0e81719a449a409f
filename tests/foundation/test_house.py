"""What keeps the house light: nothing heavy is imported before it is needed."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import onestop_core

HEAVY = ("pendulum", "holidays", "jsonschema", "cattrs", "numpy", "pytest", "hypothesis")


def loaded_after(code: str) -> set[str]:
    probe = f"{code}\nimport json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    answer = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)  # noqa: S603
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded_after("import onestop_core") == set()


def test_counting_announced_days_needs_neither_holidays_nor_jsonschema() -> None:
    code = (
        "from datetime import date\nfrom onestop_core import workdays\n"
        "assert workdays.calendar('vn-civil').add(date(2026, 2, 12), 5) == date(2026, 2, 26)"
    )
    assert loaded_after(code) & {"holidays", "jsonschema", "pendulum"} == set()


def test_a_working_day_deadline_needs_no_pendulum() -> None:
    code = (
        "from datetime import datetime\nfrom onestop_core import deadlines, workdays\n"
        "at = datetime.fromisoformat('2026-02-12T09:30+07:00')\n"
        "limit = deadlines.TimeLimit.parse('5 working days')\n"
        "deadlines.due(at, limit, calendar=workdays.calendar('vn-civil'))"
    )
    assert loaded_after(code) & {"holidays", "jsonschema", "pendulum"} == set()


def test_every_public_name_is_there_and_no_other() -> None:
    assert [getattr(onestop_core, name) is not None for name in onestop_core.__all__]
    assert dir(onestop_core) == list(onestop_core.__all__)
    with pytest.raises(AttributeError, match="no attribute 'calender'"):
        _ = onestop_core.calender


def test_who_is_told_to_install_an_extra_gets_the_package() -> None:
    told: list[tuple[str, str]] = []
    for module in Path(onestop_core.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "MissingExtraError":
                said = {word.arg: ast.literal_eval(word.value) for word in node.keywords}
                told.append((said["extra"], said["package"]))
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    assert len(told) > 3
    assert [
        (extra, package)
        for extra, package in told
        if not any(re.match(rf"{package}\b", need) for need in extras.get(extra, ()))
    ] == []
