"""Tables of a desk in workbooks, and sheets as workbooks."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from onestop_core.errors import InvalidDocumentError, InvalidValueError

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")

import openpyxl

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
