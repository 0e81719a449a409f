"""Every example runs: the code of README and docs (Sybil), and the doctests of every module."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

import onestop_core

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
SYBIL = Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), DocTestDirectiveParser(FLAGS)], path=str(ROOT))
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(onestop_core.__path__, "onestop_core.")
    if "__main__" not in module.name
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = SYBIL.parse(page)
    for example in document.examples():
        example.evaluate()
    # A fence with a misspelt language would silently not run.
    assert "```py\n" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=FLAGS)
    assert result.failed == 0


def test_each_of_the_four_capabilities_has_an_example_in_the_readme() -> None:
    code = "".join(example.parsed.source for example in SYBIL.parse(ROOT / "README.md").examples())
    assert [name for name in ("workdays", "deadlines", "dossier", "catalogue", "kpi") if name not in code] == []
