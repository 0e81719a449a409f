"""The page that tells how to add a lifecycle, followed to the letter: its tables, its commands, its code."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, dossier, workdays
from onestop_core.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "add-a-lifecycle.md").read_text(encoding="utf-8")
NAMES = ("hall-loan.json", "loan-1.json", "hall-duties.json")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    documents = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    for name, text in zip(NAMES, documents, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_the_commands_of_the_page_say_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.is_dir()
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for command in re.split(r"^\$ onestop ", block, flags=re.MULTILINE)[1:]:
            line, *said = command.splitlines()
            code, out, _ = run(capsys, *line.split())
            assert code == 0
            assert [text for text in said if text.strip() != "…" and text not in out] == []


def test_no_duty_of_the_one_stop_shops_is_owed_by_what_no_portal_follows(folder: Path) -> None:
    own = dossier.load_lifecycle(folder / "hall-loan.json")
    case = dossier.replay(folder / "loan-1.json", lifecycle=own)
    now = datetime.fromisoformat("2026-03-06T09:00+07:00")
    assert deadlines.agenda(case, None, calendar=workdays.calendar("vn-civil"), now=now, lifecycle=own) == ()


def test_without_the_inspection_the_return_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log: dict[str, Any] = json.loads((folder / "loan-1.json").read_text(encoding="utf-8"))
    del log["events"][2]
    (folder / "loan-1.json").write_text(json.dumps(log), encoding="utf-8")
    code, _, err = run(capsys, "dossier", "replay", "loan-1.json", "--lifecycle", "hall-loan.json")
    assert code == 2
    assert "$.events[2]" in err
    assert "look at the hall before you take it back" in err


def test_the_file_of_a_table_of_one_s_own_is_told_as_any_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    code, out, _ = run(capsys, "dossier", "replay", "loan-1.json", "--lifecycle", "hall-loan.json", "--format", "json")
    told = json.loads(out)
    assert (code, told["state"], told["portal_status"], told["holder"]) == (0, "returned", None, None)
    code, _, err = run(capsys, "dossier", "diagram", "--lifecycle", "vn-complaint")
    assert (code, "--on DATE" in err) == (2, True)
    code, out, _ = run(capsys, "dossier", "diagram", "--lifecycle", "vn-complaint", "--on", "2026-07-01")
    assert (code, "second_received" in out) == (0, True)


def test_a_fault_of_the_table_is_told_with_its_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table: dict[str, Any] = json.loads((folder / "hall-loan.json").read_text(encoding="utf-8"))
    table["transitions"][0]["to"] = "borrowed"
    (folder / "hall-loan.json").write_text(json.dumps(table), encoding="utf-8")
    code, _, err = run(capsys, "lab", "prove", "hall-loan.json")
    assert code == 2
    assert "there is no state 'borrowed'" in err


def test_the_agenda_of_the_page(folder: Path) -> None:
    assert folder.is_dir()
    space: dict[str, Any] = {}
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, space)  # noqa: S102 - the code of our own page
    agenda: Callable[[str, datetime], list[str]] = space["hall_agenda"]
    assert agenda("loan-1.json", datetime.fromisoformat("2026-03-06T09:00+07:00")) == [
        "Answer the borrower: by the end of 2026-03-04, done in time",
        "Give the hall back: by 2026-03-12 17:00, to be done",
    ]
