"""Catalogues as workbooks: codes stay text, nothing is a formula, hostile files are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, published, text

if TYPE_CHECKING:
    from collections.abc import Sequence

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")

import openpyxl

from onestop_core.ext import office
from onestop_core.ext._office import files

HEADINGS = (
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Cấp thực hiện",
    "Đối tượng",
    "Cách thức thực hiện",
    "Phí",
    "Kết quả",
    "Thành phần hồ sơ",
)
ROW = ("1.000001", "Cấp thẻ", "Thẻ", "Cấp xã", "Cá nhân", "Trực tiếp", "20.000", "Thẻ", "Đơn | | Bản chính: 1")


def book(rows: Sequence[Sequence[Any]], title: str = "Sheet") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_catalogue_goes_to_a_workbook_and_back_whole() -> None:
    for cat in (catalogue.shipped(), catalogue.load(small(procedure(), published()))):
        document, told = office.read_workbook(office.workbook(cat))
        assert (catalogue.load(document), told) == (cat, ())


def test_cells_are_text_and_no_formulas() -> None:
    cat = catalogue.load(small(procedure(name=text("=HYPERLINK(1)"), notes=[text("a\x0bb")])))
    sheets = openpyxl.load_workbook(io.BytesIO(office.workbook(cat)))
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    rows = [[cell.value for cell in row] for row in sheets.worksheets[0].iter_rows()]
    assert rows[0][:2] == ["Mã thủ tục", "Tên thủ tục"]
    assert rows[1][:2] == ["1.000001", "=HYPERLINK(1)"]
    assert rows[1][-1] == "ab"
    assert all(len(sheet.title) <= 31 for sheet in sheets)


def test_a_sheet_that_people_filled_in_is_read_by_its_headings() -> None:
    document, told = office.read_workbook(book([("Danh mục năm 2026",), HEADINGS, ROW, (None,) * 9]))
    assert told == ()
    (found,) = document["procedures"]
    assert found["channels"][0]["limits"][0]["fees"] == [{"amount": "20000", "published": "20.000"}]


def test_cells_that_are_there_and_empty_say_nothing() -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.append(HEADINGS)
    sheet.append(ROW)
    for place in ("K1", "K2", "L2", "K4"):  # somebody has formatted them
        sheet[place].number_format = "@"
    sheet["M2"] = "  "
    stream = io.BytesIO()
    made.save(stream)
    assert office.read_workbook(stream.getvalue()) == office.read_workbook(book([HEADINGS, ROW]))


def test_numbers_dates_and_truths_of_a_spreadsheet_are_text_again() -> None:
    row = (
        2.0002,
        True,
        datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None),
        "Cấp xã",
        "Cá nhân",
        "Trực tiếp",
        20000,
        date(2026, 1, 2),
        1.5,
    )
    document, _ = office.read_workbook(book([HEADINGS, row, ("2.000300", False, *ROW[2:])]))
    first, second = document["procedures"]
    assert (first["code"], first["name"]["vi"], first["field"]["name"]["vi"]) == ("2.000200", "true", "2026-01-02")
    assert (second["name"]["vi"], first["papers"][0]["name"]["vi"]) == ("false", "1.5")
    assert first["channels"][0]["limits"][0]["fees"][0]["amount"] == "20000"
    assert first["results"][0]["name"]["vi"].startswith("2026-01-02")


def test_what_is_merged_downwards_stands_in_each_of_its_rows() -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = "Xã"
    sheet.append(["DANH MỤC"])
    sheet.merge_cells("A1:I1")
    sheet.append(HEADINGS)
    for number in range(1, 4):
        sheet.append([f"1.00000{number}", *ROW[1:]])
    sheet["C3"], sheet["C4"], sheet["C5"] = "Hộ tịch", None, None
    sheet["D4"] = None
    sheet.append(["1.000004"])
    sheet["A15"].number_format = "@"  # rows that are empty, yet there
    for name in ("C3:C5", "D3:D4", "A9:A20", "Z3:Z4", "B7:B8"):
        sheet.merge_cells(name)
    stream = io.BytesIO()
    made.save(stream)
    document, told = office.read_workbook(stream.getvalue())
    assert [(each["field"]["name"]["vi"], each["level"]) for each in document["procedures"]] == [
        ("Hộ tịch", "commune")
    ] * 3
    assert {each.code for each in told} == {"1.000004"}
    assert {each.cell for each in told} == {"Xã!6:6"}


def test_hidden_sheets_are_told_and_not_read() -> None:
    made = openpyxl.Workbook()
    shown: Any = made.active
    shown.title = "Nay"
    shown.append(HEADINGS)
    shown.append(ROW)
    for title, state in (("Cũ", "hidden"), ("Cất", "veryHidden"), ("Trống", "hidden")):
        sheet: Any = made.create_sheet(title)
        if title != "Trống":
            sheet.append(HEADINGS)
            sheet.append(["1.000002", *ROW[1:]])
        sheet.sheet_state = state
    stream = io.BytesIO()
    made.save(stream)
    document, told = office.read_workbook(stream.getvalue())
    assert [each["code"] for each in document["procedures"]] == ["1.000001"]
    assert [(each.cell, each.reason.vi) for each in told] == [
        ("Cũ!A1", "trang tính ẩn nên không đọc"),
        ("Cất!A1", "trang tính ẩn nên không đọc"),
    ]


def test_a_wrong_dimension_loses_no_cell() -> None:
    content = io.BytesIO(book([HEADINGS, ROW]))
    changed = io.BytesIO()
    with zipfile.ZipFile(content) as parts, zipfile.ZipFile(changed, "w") as again:
        for name in parts.namelist():
            part = parts.read(name)
            if name.endswith("sheet1.xml"):
                assert b'<dimension ref="A1:I2"' in part
                part = part.replace(b'<dimension ref="A1:I2"', b'<dimension ref="A1"')
            again.writestr(name, part)
    document, told = office.read_workbook(changed.getvalue())
    assert (len(document["procedures"]), told) == (1, ())


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x", "no XLSX file"),
        (zipped(a=b"x"), "no XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (zipped(a=b"<!DOCTYPE x [<!ENTITY a 'b'>]>"), "DOCTYPE"),
        (zipped(a="<!DOCTYPE x>".encode("utf-16")), "DOCTYPE"),
        (zipped(a=b"\0" * (201 * 2**20)), "too large"),
    ],
    ids=("no zip", "no workbook", "old", "entities", "entities in two bytes", "bomb"),
)
def test_what_is_no_workbook_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InvalidDocumentError, match=said):
        office.read_workbook(content)


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_CELLS", 5)
    with pytest.raises(InvalidDocumentError, match="too many cells"):
        office.read_workbook(book([HEADINGS]))


@pytest.mark.parametrize("rows", [[], [("a", "b")], [("Tên thủ tục", "Mã thủ tục", "Tên")]])
def test_a_sheet_without_its_headings_is_refused(rows: list[Any]) -> None:
    with pytest.raises(InvalidValueError, match="sheet"):
        office.read_workbook(book(rows))


def test_only_bytes_and_catalogues_are_taken() -> None:
    loose: Any = office
    for call in (loose.read_workbook, loose.workbook):
        with pytest.raises(InvalidValueError):
            call("x")


def test_tables_that_make_no_catalogue_are_refused_with_their_places() -> None:
    broken = book([("Trang tính", "Bảng"), ("T", "procedures.csv"), ("x",), ("Y", "bases.csv")], title="Bảng")
    with pytest.raises(InvalidDocumentError, match="csv"):
        office.read_workbook(broken)
