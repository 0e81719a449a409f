"""The page about errors has every error, with its code, its status and a remedy; so has its Vietnamese twin."""

from __future__ import annotations

import inspect
import re

import attrs
import pytest

from onestop_core import errors
from tests.documentation.names import ROOT

ERRORS = [
    value
    for value in (getattr(errors, name) for name in errors.__all__)
    if inspect.isclass(value) and issubclass(value, errors.OnestopError) and value is not errors.OnestopError
]


@pytest.mark.parametrize("name", ["errors.md", "errors.vi.md"])
def test_every_error_has_its_status_and_a_remedy(name: str) -> None:
    page = (ROOT / "docs" / "explanation" / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", page, re.MULTILINE)
    by_class = {first: cells for first, cells in rows if first[0].isupper()}
    by_code = {first: [cell.strip() for cell in cells.split(" | ")] for first, cells in rows if not first[0].isupper()}
    assert set(by_class) == {error.__name__ for error in ERRORS}
    assert {code: cells[0] for code, cells in by_code.items()} == {
        error.code: str(error.http_status) for error in ERRORS
    }
    assert all(len(cells) == 3 and all(len(cell) > 8 for cell in cells[1:]) for cells in by_code.values())
    for error in ERRORS:
        assert f"| {error.http_status} |" in by_class[error.__name__]
        bases = {base.__name__ for base in error.__mro__ if base.__module__ == "builtins"}
        assert by_class[error.__name__].split("|")[0].strip() in bases


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_what_a_remedy_names_is_a_field(error: type[errors.OnestopError]) -> None:
    page = (ROOT / "docs" / "explanation" / "errors.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{error.code}` |"))
    known = {field.name for field in attrs.fields(error)}
    assert [name for name in re.findall(r"`error\.(\w+)`", row) if name not in known] == []
