"""The facts of the decree as data: each with its article, where it is, what tests it, or why it is not built.

``decree-118.json`` has a row for each fact. Whoever builds a fact adds where it is and its test to the row:

* ``rows``: ``TABLE#SECTION/CODE`` of a table under ``src/onestop_core/data/vn``, such as
  ``lifecycle/decree-118-2025#events/guided``; of a transition ``STATE.EVENT``;
* ``code``: a public name, such as ``onestop_core.dossier.events.FiledBy``;
* ``pages``: a page of the documentation that says it;
* ``tests``: ``FILE::FUNCTION``;
* ``not_built``: why it, or a part of it, is not here.
"""

from __future__ import annotations

import importlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from onestop_core.rules.reading import resources

ROOT: Final = Path(__file__).parents[2]
SHEET: Final = Path(__file__).with_name("decree-118.json")
_NAMES: Final = ("code", "kind", "key", "id")


def facts() -> list[dict[str, Any]]:
    """Return every fact, in the order of the sheet."""
    rows: list[dict[str, Any]] = json.loads(SHEET.read_text(encoding="utf-8"))["facts"]
    return rows


def table_has(place: str) -> bool:
    """Return whether a table that ships has the row."""
    name, _, where = place.partition("#")
    section, _, code = where.partition("/")
    rows: Any = resources.data(f"vn/{name}").get(section, ())
    if not code:
        return bool(rows)
    if section == "transitions":
        state, _, event = code.partition(".")
        return any(row["event"] == event and state in row["states"] for row in rows)
    if isinstance(rows, dict):
        return code in rows
    return any(code in {row.get(name) for name in _NAMES} or row.get("kinds", [None])[0] == code for row in rows)


def name_exists(path: str) -> bool:
    """Return whether a dotted public name exists."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@cache
def _tests_of(file: str) -> frozenset[str]:
    path = ROOT / file
    return (
        frozenset(re.findall(r"(?m)^def (test_\w+)", path.read_text(encoding="utf-8")))
        if path.is_file()
        else frozenset()
    )


def has_test(name: str) -> bool:
    """Return whether the named test is there."""
    file, _, function = name.partition("::")
    return function in _tests_of(file)
