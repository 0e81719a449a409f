"""Every example runs: the code of README and docs (Sybil), and the doctests of every module."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
from functools import cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import pytest
from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser

import onestop_core
from onestop_core.errors import MissingExtraError
from tests.documentation.twins import twins

if TYPE_CHECKING:
    from types import ModuleType

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ROOT = Path(__file__).parents[2]
# What a Vietnamese page has of code is that of the English page, held equal by test_both_languages: it runs once.
PAGES = sorted({ROOT / "README.md", *(ROOT / "docs").rglob("*.md")} - set(twins()))
SYBIL = Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), DocTestDirectiveParser(FLAGS)], path=str(ROOT))
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(onestop_core.__path__, "onestop_core.")
    # A model of Django wants the settings of a project first: tests/ext/test_django.py has one.
    if "__main__" not in module.name and not module.name.startswith("onestop_core.ext.django.")
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = SYBIL.parse(page)
    for example in document.examples():
        example.evaluate()
    # A fence with a misspelt language would silently not run.
    assert "```py\n" not in page.read_text(encoding="utf-8")


class Examples(doctest.DocTestFinder):
    """Finds what a module wrote, under whatever public name it is shown, and behind what looks at its arguments."""

    def _from_module(self, module: ModuleType, object: Any) -> bool:  # noqa: A002 - the word of doctest
        inner = inspect.unwrap(getattr(object, "fget", None) or getattr(object, "__func__", object))
        code = getattr(inner, "__code__", None)
        if isinstance(code, CodeType):
            return bool(code.co_filename == module.__file__)
        if inspect.isclass(inner):
            return any(
                isinstance(each, ast.ClassDef) and each.name == inner.__name__
                for each in _written(str(module.__file__))
            )
        return bool(super()._from_module(module, object))  # type: ignore[misc]


@cache
def _written(file: str) -> list[ast.stmt]:
    return ast.parse(Path(file).read_text(encoding="utf-8")).body


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except MissingExtraError as missing:
        pytest.skip(str(missing))
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for test in Examples().find(module, name):
        runner.run(test)
    assert runner.failures == 0


def test_examples_of_methods_are_found() -> None:
    found = {
        test.name
        for test in Examples().find(importlib.import_module("onestop_core.workdays.working_calendar"), "engine")
    }
    assert any("Calendar.add" in name for name in found), found


def test_each_of_the_four_capabilities_has_an_example_in_the_readme() -> None:
    code = "".join(example.parsed.source for example in SYBIL.parse(ROOT / "README.md").examples())
    assert [name for name in ("workdays", "deadlines", "dossier", "catalogue", "kpi") if name not in code] == []
