"""No fact of the decree is missing, and whatever a fact names is there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.law.draw import PAGE, page
from tests.law.facts import ROOT, facts, has_test, name_exists, table_has

SHARED = Path(os.environ.get("ONESTOP_SHARED_DATA") or ROOT.parent / "shared" / "data").parent
COUNTS = {"L": 50, "O": 18, "H": 16, "C": 6, "E": 8, "T": 6, "P": 1}
"""How many facts the sheet has of each part, for a checkout without it."""


def test_no_fact_is_missing() -> None:
    assert sorted(fact["id"] for fact in facts()) == sorted(
        f"{letter}{number}" for letter, most in COUNTS.items() for number in range(1, most + 1)
    )


def test_the_sheet_has_these_facts() -> None:
    sheet = SHARED / "domain" / "decree-118.md"
    if not sheet.is_file():
        pytest.skip("the sheet of facts is not beside the checkout")
    found = re.findall(r"(?m)^(?:\| )?([LOHCETP][0-9]+)(?: \||\. )", sheet.read_text(encoding="utf-8"))
    assert sorted(found) == sorted(fact["id"] for fact in facts())


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: str(fact["id"]))
def test_what_a_fact_names_is_there(fact: dict[str, Any]) -> None:
    assert [row for row in fact.get("rows", ()) if not table_has(row)] == []
    assert [name for name in fact.get("code", ()) if not name_exists(name)] == []
    assert [name for name in fact.get("pages", ()) if not (ROOT / name).is_file()] == []
    assert [name for name in fact.get("tests", ()) if not has_test(name)] == []
    assert fact["article"]
    assert fact["fact"]


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: str(fact["id"]))
def test_a_fact_is_built_and_tested_or_says_why_not(fact: dict[str, Any]) -> None:
    built = bool(fact.get("rows") or fact.get("code"))
    assert built or fact.get("pages") or "not_built" in fact
    assert not built or fact["tests"]


def test_the_page_is_that_of_the_facts() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "draw it again: python -m tests.law.draw"


def test_a_row_that_is_not_there_is_noticed() -> None:
    assert table_has("lifecycle/decree-118-2025#transitions/processing.approved")
    for place in ("events/dance", "transitions/processing.dance", "initial/pigeon", "nothing/x", "nothing"):
        assert not table_has(f"lifecycle/decree-118-2025#{place}")
    assert not name_exists("onestop_core.dossier.Nothing")
    assert not name_exists("nowhere.at.all")
    assert not has_test("tests/law/test_facts.py::test_nothing")
    assert not has_test("tests/law/nowhere.py::test_nothing")
