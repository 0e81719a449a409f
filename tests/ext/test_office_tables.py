"""Tables of a desk in workbooks, and sheets as workbooks."""

from __future__ import annotations

import csv
import importlib
import io
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from onestop_core.desk.lists import CellKind, Shade, Sheet, SheetColumn, Tone
from onestop_core.errors import InvalidDocumentError, InvalidValueError, MissingExtraError

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from onestop_core.ext import office

if TYPE_CHECKING:
    from pathlib import Path


def book(*rows: tuple[Any, ...], hidden: tuple[Any, ...] | None = None) -> bytes:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    if hidden is not None:
        other = made.create_sheet("hidden", 0)
        other.append(hidden)
        other.sheet_state = "hidden"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


HEADS = ("STT", "Mã HS", "Ngày nhận", "Hẹn trả", "Ghi chú")


def test_real_dates_of_a_workbook_are_read() -> None:
    rows = office.read_desk_rows(
        book(
            ("DANH SÁCH",),
            (),
            HEADS,
            (1, 12.0, datetime(2026, 3, 2, 8, 20), datetime(2026, 3, 9), 3.5),
            (2, "A", date(2026, 3, 2), "09/03/2026 17:00", True),
            (None, None, None, None, None),
            hidden=("Mã HS",),
        )
    )
    assert [
        (row.id, row.received_at and row.received_at.isoformat(), row.due_at and row.due_at.isoformat()) for row in rows
    ] == [
        ("12", "2026-03-02T08:20:00+07:00", "2026-03-09T23:59:59+07:00"),
        ("A", "2026-03-02T00:00:00+07:00", "2026-03-09T17:00:00+07:00"),
    ]


def test_a_day_that_is_not_formatted_as_one_is_a_number_of_days() -> None:
    content = book(HEADS, (1, 46092, 46083.3472222222, 46092.7083333333), (2, "A", None, 46092), (3, "B", None, 12))
    with pytest.raises(InvalidDocumentError) as caught:
        office.read_desk_rows(content)
    assert [problem.path for problem in caught.value.problems] == ["$[2].due_at"]
    one, two = office.read_desk_rows(book(HEADS, (1, 46092, 46083.3472222222, 46092.7083333333), (2, "A", None, 46092)))
    assert (one.id, one.received_at and one.received_at.isoformat()) == ("46092", "2026-03-02T08:20:00+07:00")
    assert [row.due_at and row.due_at.isoformat() for row in (one, two)] == [
        "2026-03-11T17:00:00+07:00",
        "2026-03-11T23:59:59+07:00",
    ]


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        (1.004222, "1.004222"),
        (2.0002, "2.000200"),
        (1.01, "1.010000"),
        ("2.0002", "2.0002"),
        (2.00020001, "2.00020001"),
        (1, "1"),
    ],
)
def test_a_code_of_a_procedure_that_became_a_number_is_a_code_again(kept: object, code: str) -> None:
    (row,) = office.read_desk_rows(book(("Mã hồ sơ", "Mã thủ tục"), (1.5, kept)))
    assert (row.id, row.procedure) == ("1.5", code)


def test_days_since_1904_are_not_guessed() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet: Any = made.active
    sheet.append(HEADS)
    sheet.append((1, 7, None, 46092))
    stream = io.BytesIO()
    made.save(stream)
    with pytest.raises(InvalidDocumentError, match="46092"):
        office.read_desk_rows(stream.getvalue())


def test_a_workbook_that_cannot_be_read() -> None:
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old"):
        with pytest.raises(InvalidDocumentError):
            office.read_desk_rows(content)
    with pytest.raises(InvalidDocumentError, match="the first line: empty"):
        office.read_desk_rows(book())
    with pytest.raises(InvalidDocumentError) as caught:
        office.read_desk_rows(book(HEADS, (1, "A", 5.5)))
    assert caught.value.problems[0].text.vi.startswith("dòng 2, cột “Nhận hồ sơ”")
    with pytest.raises(InvalidValueError):
        office.read_desk_rows("x")  # type: ignore[arg-type]


def test_the_command_reads_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.XLSX"
    path.write_bytes(book(HEADS, (1, "A", datetime(2026, 3, 2), datetime(2026, 3, 9))))
    assert main(["triage", str(path), "--now", "2026-03-10T07:45+07:00"]) == 1
    assert "A · overdue by 1 working day" in capsys.readouterr().out


COLUMNS = tuple(SheetColumn(title=title, kind=CellKind(kind)) for title, kind in (
    ("Mã", "text"), ("Nhận", "moment"), ("Ngày", "day"), ("Tỷ lệ", "percent"), ("Điểm", "points"), ("Số", "whole"), ("Việc", "text"),
))  # fmt: skip
SHEET = Sheet(
    name="Sổ: 03/2026",
    titles=("SỔ THEO DÕI", "Tháng 3"),
    columns=COLUMNS,
    rows=(
        (
            "=1+1",
            datetime(2026, 3, 2, 1, 20, tzinfo=UTC),
            date(2026, 3, 2),
            Decimal("88.42"),
            Decimal("-1.5"),
            1234,
            "Quá hạn",
        ),
        ("0012", date(2026, 3, 2), None, None, 0, None, 'nói "x"'),
        ("x" * 40_000 + "\x0b", None, None, None, None, None, "+84"),
    ),
    shaded_by=6,
    shades=(Shade(word="Quá hạn", tone=Tone.BAD), Shade(word='nói "x"', tone=Tone.NEAR)),
    notes=("=1+1 là chữ",),
)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_sheet_becomes_a_workbook() -> None:
    made = opened(office.sheets([SHEET, SHEET, Sheet(name=" ' ", columns=COLUMNS[:1])]))
    assert made.sheetnames == ["Sổ  03 2026", "Sổ  03 2026 2", "1", "Chú giải"]
    tab = made.worksheets[0]
    assert [tab.cell(row=row, column=1).value for row in (1, 2, 3, 4)] == ["SỔ THEO DÕI", "Tháng 3", None, "Mã"]
    first = [tab.cell(row=5, column=place) for place in range(1, 8)]
    assert [cell.value for cell in first] == [
        "=1+1", datetime(2026, 3, 2, 8, 20), datetime(2026, 3, 2), 88.42, -1.5, 1234, "Quá hạn",
    ]  # fmt: skip
    assert (first[0].data_type, first[0].quotePrefix, first[6].quotePrefix) == ("s", True, False)
    assert [cell.number_format for cell in first] == [
        "@", "dd/mm/yyyy hh:mm", "dd/mm/yyyy", '0.00"%"', "0.00", "#,##0", "@",
    ]  # fmt: skip
    assert (tab.cell(row=6, column=2).number_format, tab.cell(row=6, column=5).value) == ("dd/mm/yyyy", 0)
    assert (tab.cell(row=6, column=4).value, tab.cell(row=7, column=7).quotePrefix) == (None, True)
    assert len(tab.cell(row=7, column=1).value) == 32_767
    assert (tab.freeze_panes, tab.auto_filter.ref, tab.print_title_rows) == ("A5", "A4:G7", "$4:$4")
    assert (tab.page_setup.orientation, tab.page_setup.paperSize) == ("landscape", "9") or tab.page_setup.paperSize == 9
    rules = [rule.formula[0] for rules in tab.conditional_formatting for rule in rules.rules]
    assert rules == ['$G5="Quá hạn"', '$G5="nói ""x"""']
    words = [cell.value for row in made["Chú giải"].iter_rows() for cell in row if cell.value is not None]
    assert words[:4] == ["Sổ: 03/2026", "Từ trong cột “Việc” và màu của dòng", "Quá hạn", 'nói "x"']
    assert opened(office.sheets([Sheet(name="x", columns=COLUMNS[:1])])).sheetnames == ["x"]
    assert opened(office.sheets([Sheet(name="x", columns=COLUMNS, notes=("n",))], language="en")).sheetnames == [
        "x",
        "Legend",
    ]
    with pytest.raises(InvalidValueError):
        office.sheets([])


def test_libreoffice_opens_it_and_runs_nothing(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.xlsx").write_bytes(office.sheets([SHEET]))
    subprocess.run(  # noqa: S603
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true", "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")],
        capture_output=True, check=True, timeout=240,
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert rows[4] == ["=1+1", "02/03/2026 08:20", "02/03/2026", "88.42%", "-1.50", "1,234", "Quá hạn"]
    assert rows[5][:5] == ["0012", "02/03/2026", "", "", "0.00"]


def test_the_command_writes_workbooks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Mã HS,Ngày nhận,Đơn vị\nA,02/03/2026,Phòng A\nB,02/03/2026,Phòng B\n", encoding="utf-8"
    )
    out = tmp_path / "h.xlsx"
    assert main(["lists", "handover", str(tmp_path / "a.csv"), "--on", "2026-03-02", "--out", str(out)]) == 0
    assert opened(out.read_bytes()).sheetnames == ["Phòng A", "Phòng B"]
    assert office.read_desk_rows(out.read_bytes())[0].id == "A"
    assert main(["lists", "morning", str(out), "--out", str(tmp_path / "m.xlsx"), "--lang", "vi"]) == 0
    assert opened((tmp_path / "m.xlsx").read_bytes()).sheetnames == [
        "Việc buổi sáng của quầy",
        "Xếp hạng đơn vị",
        "Chú giải",
    ]


@pytest.mark.parametrize("name", ["_office.sheets", "_office.tables", "office"])
def test_without_the_extra_one_is_told_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, f"onestop_core.ext.{name}")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module(f"onestop_core.ext.{name}")
    assert (raised.value.extra, raised.value.package) == ("office", "openpyxl")


def test_a_sheet_is_read_as_texts_by_the_numbers_of_its_rows() -> None:
    book = openpyxl.Workbook()
    tab: Any = book.worksheets[0]
    for row in (["Sổ"], [], ["a", None, datetime(2026, 3, 2, 8, 15), datetime(2026, 3, 2), 7]):
        tab.append(row)
    stream = io.BytesIO()
    book.save(stream)
    rows = office.read_sheet(stream.getvalue())
    assert [number for number, _ in rows] == [1, 3]
    assert rows[0][1][0] == "Sổ"
    assert rows[1][1] == ("a", "", "2026-03-02 08:15:00", "2026-03-02", "7")
    with pytest.raises(InvalidDocumentError):
        office.read_sheet(b"no workbook")
    with pytest.raises(InvalidValueError):
        office.read_sheet("a.xlsx")  # type: ignore[arg-type]
