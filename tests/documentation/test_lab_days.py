"""A planner's and an inspector's day walked through as their pages have them, from files to pages and sheets."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core import catalogue, lab
from onestop_core.cli import main
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Phạm Văn Dũng")


def blocks(name: str) -> list[tuple[str, str]]:
    page = (DOCS / "how-to" / name).read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


def commands(name: str) -> list[str]:
    return [line[2:] for _, block in blocks(name) for line in block.splitlines() if line.startswith("$ ")]


def typed(folder: Path, command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a line of the page in *folder*, what it prints going where the line says."""
    words = shlex.split(command)
    target = words[words.index(">") + 1] if ">" in words else None
    code = main(words[1 : words.index(">")] if target else words[1:])
    out, err = capsys.readouterr()
    if target:
        (folder / target).write_text(out, encoding="utf-8")
    return code, out, err


def edited(folder: Path) -> None:
    """Do to ``ours.json`` what the page says."""
    document = json.loads((folder / "ours.json").read_text(encoding="utf-8"))
    document["id"] = "vn@ours"
    document["parameters"]["max_supplements"]["value"] = 2
    (folder / "ours.json").write_text(json.dumps(document), encoding="utf-8")


def test_a_planners_day_leads_to_a_page_for_each_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    swap = next(block for kind, block in blocks("planners-day.md") if kind == "json")
    (tmp_path / "swap.json").write_text(swap, encoding="utf-8")
    for command in commands("planners-day.md"):
        if command == "onestop lab prove ours.json":
            continue  # a quarter of a minute; tests/cli/test_lab_prove.py has it
        code, _, err = typed(tmp_path, command.replace("--dossiers 400", "--dossiers 150"), capsys)
        assert code in ({0, 1} if " forecast " in command else {0}), command
        assert not err or " generate " in command, command  # that what it makes is made up
        if command.endswith("> ours.json"):
            edited(tmp_path)
    said = {
        "holiday": "lịch làm việc như đã biết ngày 24/12/2025 → lịch làm việc như đã biết ngày 25/12/2025",
        "shorter": "quy định của ngày mở hồ sơ → thời hạn ngắn hơn 1/3 (xây dựng)",
        "decree": "Cơ chế một cửa theo Nghị định số 61/2018/NĐ-CP → Cơ chế một cửa theo Nghị định số 118/2025/NĐ-CP",
        "amendment": "Cơ chế một cửa theo Nghị định số 118/2025/NĐ-CP → quy định của ngày mở hồ sơ",
        "morning": "Cảnh báo sớm hồ sơ sẽ trễ hạn",
        "costs": "Vì sao hồ sơ chậm",
        "swap": "quy định của ngày mở hồ sơ → Hoán đổi ngày 20/3",
        "supplements": "yêu cầu bổ sung nhiều nhất 2 lần sau khi thẩm định",
        "edited": "→ Cơ chế một cửa theo Nghị định số 118/2025/NĐ-CP, được sửa đổi",
        "index": "Bộ chỉ số",
    }
    pages = {name: (tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in said}
    for name, words in said.items():
        assert words in pages[name], name
        assert "<script" not in pages[name]
        assert "size: A4" in pages[name]
    assert "<p>08:00 ngày 12/03/2026</p>" in pages["morning"]
    assert "thứ Sáu, 20/03/2026; thứ Bảy, 28/03/2026" in pages["swap"]


def test_an_edited_copy_says_what_its_option_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made = [command for command in commands("planners-day.md") if "ours.json" in command]
    typed(tmp_path, made[0], capsys)
    printed = json.loads((tmp_path / "ours.json").read_text(encoding="utf-8"))
    assert printed["id"] == "vn@decree-118-2025-amended-309-2026"
    edited(tmp_path)
    assert main(["dossier", "diagram", "--lifecycle", "ours.json", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["parameters"]["max_supplements"]["value"] == 2


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    given = blocks("inspectors-day.md")
    table = next(block for kind, block in given if kind == "text" and "Số biên nhận" in block)
    (tmp_path / "steps.csv").write_text(table, encoding="utf-8")
    (tmp_path / "mapping.json").write_text(next(block for kind, block in given if kind == "json"), encoding="utf-8")
    return tmp_path


def test_an_inspectors_day_leads_from_a_strange_table_to_the_units(
    export: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    told = [typed(export, command, capsys) for command in commands("inspectors-day.md") if "lab audit" in command]
    assert {code for code, _, _ in told} == {1}
    first, opened = told[0], told[-1]
    assert first[1].startswith("2 hồ sơ, ")
    assert "điểm c khoản 2 Điều 11 Nghị định số 118/2025/NĐ-CP (suy luận): Yêu cầu bổ sung" in first[1]
    assert [line.partition(": ")[2].partition(":")[0] for line in first[2].splitlines()] == [
        "dòng 8",
        "dòng 12",
        "dòng 13",
    ]
    assert "Thiếu bước không đọc được, vi phạm có thể do đó: 1 hồ sơ" in first[1]
    assert opened[1].splitlines()[0].startswith("H99-1 · Cơ chế một cửa")
    assert "    ! " in opened[1]
    sheet = openpyxl.load_workbook(export / "h99-12.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] == "Mã hồ sơ")
    assert {row[2] for row in rows[head + 1 :]} == {"H99.12"}
    assert rows[head][-1] == "Giải trình của đơn vị"
    found: dict[str, Any] = json.loads((export / "audit.json").read_text(encoding="utf-8"))
    assert found["incomplete"] == ["H99-2"]
    assert len(rows) - head - 1 == found["by_unit"]["H99.12"]
    made = ("audit.html", "audit.json", "audit.sarif", "h99-12.xlsx")
    texts = [first[1], opened[1], *((export / name).read_text(encoding="utf-8") for name in made[:3]), str(rows)]
    assert not [name for name in NAMES for text in texts if name in text]


def test_the_export_read_by_a_program_says_the_same(export: Path) -> None:
    mapping = lab.load_mapping(export / "mapping.json")
    found = lab.audit(
        lab.read_logs(export / "steps.csv", mapping=mapping), law=lab.law(limits={"1.004873": "3 working days"})
    )
    assert found.incomplete == ("H99-2",)
    assert "1.004873" in catalogue.shipped()
