"""The clerk's day walked through as the page has it: its sheet and formula in LibreOffice, then each of its commands."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import subprocess
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core.cli import main
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")

import openpyxl

from onestop_core.ext import office

PAGE: Final = (DOCS / "how-to" / "clerks-day.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS: Final = [line[2:] for _, block in BLOCKS for line in block.splitlines() if line.startswith("$ ")]
HEADINGS: Final = next(block for _, block in BLOCKS if block.startswith("Mã HS")).strip().split(" | ")
FORMULA: Final = next(block for _, block in BLOCKS if block.startswith("=")).strip()
ROWS: Final = (
    (
        "H26.12-260302-0001",
        "Đăng ký thường trú",
        "Nguyễn Văn An",
        datetime(2026, 3, 2, 8, 20),
        7,
        None,
        "Công an phường",
    ),
    ("H26.12-260302-0002", "Đăng ký khai sinh", "Trần Thị Bình", datetime(2026, 3, 2, 9, 0), 5, None, "Phòng Tư pháp"),
    (
        "H26.12-260303-0001",
        "Đăng ký kết hôn",
        "=1+1",
        datetime(2026, 3, 3, 10, 0),
        3,
        datetime(2026, 3, 6, 15, 0),
        "Phòng Tư pháp",
    ),
)


def written(folder: Path) -> None:
    """Write the clerk's workbook, with the page's headings and formula, as a spreadsheet that nobody has counted yet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(HEADINGS)
    for number, (code, procedure, who, received, days, ended, unit) in enumerate(ROWS, start=2):
        due = FORMULA.replace("F2", f"F{number}").replace("G2", f"G{number}")
        sheet.append([code, procedure, None, None, None, received, days, due, ended, None, unit, None])
        sheet.cell(row=number, column=3, value=who).data_type = "s"
    off = book.create_sheet("off")
    with (folder / "calendar" / "all" / "days-off.csv").open(encoding="utf-8-sig", newline="") as stream:
        for cell, *_ in csv.reader(stream):
            off.append([date.fromisoformat(cell) if cell[:1].isdigit() else cell])
    book.save(folder / "plain.xlsx")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the page's commands were run in their order, the sheet counted by LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("day")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(shlex.split(COMMANDS[0])[1:]) == 0
        written(folder)
        (folder / "counted").mkdir()
        subprocess.run(  # noqa: S603
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", "counted", "plain.xlsx"],
            capture_output=True, check=True, timeout=240, cwd=folder,
        )  # fmt: skip
        (folder / "counted" / "plain.xlsx").rename(folder / "list.xlsx")
        (folder / "slip.json").write_text(next(block for kind, block in BLOCKS if kind == "json"), encoding="utf-8")
        for command in COMMANDS[1:]:
            words = shlex.split(command)[1:]
            looked = (
                ["--now", "2026-03-11T17:30+07:00"] if words[:2] in (["lists", "morning"], ["lists", "late"]) else []
            )
            assert main([*words, *looked]) == 0, command
    return folder


def cells(path: Path) -> list[list[Any]]:
    return [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0].iter_rows()
    ]


def test_the_appointment_is_that_of_the_page(day: Path) -> None:
    rows = office.read_desk_rows((day / "list.xlsx").read_bytes())
    assert [row.due_at and f"{row.due_at:%d/%m/%Y %H:%M}" for row in rows] == [
        "11/03/2026 17:00", "09/03/2026 17:00", "06/03/2026 17:00",
    ]  # fmt: skip


def test_the_register_the_late_list_and_the_hand_over(day: Path) -> None:
    register = cells(day / "register.xlsx")
    assert register[0][0] == "Trung tâm Phục vụ hành chính công"
    assert [row[1] for row in register if isinstance(row[0], int)] == [code for code, *_ in ROWS]
    assert "=1+1" in [row[3] for row in register]
    handed = openpyxl.load_workbook(day / "handover.xlsx").sheetnames
    assert handed == ["Công an phường", "Phòng Tư pháp"]
    assert {row[1] for row in cells(day / "late.xlsx")} >= {"H26.12-260302-0001", "H26.12-260302-0002"}
    assert any("Quá hạn" in row for row in cells(day / "morning.xlsx"))


def test_the_slip_says_what_the_clerk_knew_and_leaves_the_rest_to_the_pen(day: Path) -> None:
    slip = (day / "slip.html").read_text(encoding="utf-8")
    assert "Trần Thị Bình" in slip
    assert "ngày 13 tháng 3 năm 2026" in slip
    assert "cần thẩm tra thêm tại thực địa" in slip
