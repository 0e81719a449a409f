"""Rule selection on the command line and in the nearest ``pyproject.toml``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from onestop_core.cli import main
from onestop_core.cli.catalogue import settings
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue, procedure, text

if TYPE_CHECKING:
    from pathlib import Path

RULE = "catalogue/no-time-limit"


@pytest.fixture
def untimed(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "deep"
    folder.mkdir(parents=True)
    path = folder / "catalogue.json"
    path.write_text(
        json.dumps(catalogue(procedure(channels=[{"kind": "in_person", "limits": [{"note": text("x")}]}]))),
        encoding="utf-8",
    )
    (tmp_path / "project" / "pyproject.toml").write_text("", encoding="utf-8")
    return path


def configure(untimed: Path, text: str) -> None:
    (untimed.parents[1] / "pyproject.toml").write_text(text, encoding="utf-8")


def test_options_select_and_ignore(untimed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(untimed)]) == 1
    assert main(["check", str(untimed), "--ignore", f"schema/, {RULE}"]) == 0
    assert main(["check", str(untimed), "--select", "catalogue/dup"]) == 0
    assert main(["check", str(untimed), "--select", "catalogue/no-time-limt"]) == 2
    assert f"did you mean {RULE}" in capsys.readouterr().err


def test_the_nearest_project_speaks_and_options_replace_it(untimed: Path) -> None:
    configure(untimed, f'[tool.onestop.check]\nignore = ["{RULE}"]')
    assert main(["check", str(untimed)]) == 0
    assert main(["check", str(untimed), "--ignore", "schema/"]) == 1
    configure(untimed, f'[tool.onestop.check.severities]\n"{RULE}" = "note"')
    assert main(["check", str(untimed)]) == 0
    (untimed.parent / "pyproject.toml").write_text("", encoding="utf-8")  # nearer, and silent
    assert main(["check", str(untimed)]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "not TOML"),
        ("tool = 1", "$.tool: expected a table"),
        ("[tool.onestop.check]\nselct = []", "did you mean select?"),
        ('[tool.onestop.check]\nselect = "catalogue"', "$.tool.onestop.check.select: expected a list"),
    ],
)
def test_a_malformed_section_is_one_clear_message(
    untimed: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    configure(untimed, text)
    assert main(["check", str(untimed)]) == 2
    assert said in capsys.readouterr().err
    with pytest.raises(InvalidDocumentError):
        settings.check_settings(untimed.parent)


def test_without_any_project_everything_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.is_file", lambda _: False)
    assert settings.check_settings(tmp_path) == {}
