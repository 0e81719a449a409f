"""Sheets as offices fill them in: what is certain is read, everything else is told with its cell."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.published import NotUnderstood, read_sheets
from onestop_core.errors import InvalidValueError

HEADINGS = [
    "STT", "MA TTHC", "Tên thủ tục hành chính", "LĨNH VỰC", "Cấp thực hiện", "Đối tượng", "Cách thức thực hiện",
    "Thời hạn giải quyết", "Phí, lệ phí (nếu có)", "Thành phần hồ sơ", "Kết quả",
]  # fmt: skip
ROW = ["1", "1.000001", "Cấp thẻ", "Thẻ", "Xã", "Cá nhân", "Trực tiếp", "5 ngày", "20.000", "Đơn: 01 bản chính", "Thẻ"]


def read(*rows: list[str]) -> tuple[list[dict[str, Any]], list[NotUnderstood]]:
    document, told = read_sheets({"Xã": rows})
    catalogue.load(document)
    return document["procedures"], list(told)


def changed(**cells: str) -> list[str]:
    """Return the row with other cells, by the letters of their columns."""
    return [cells.get("ABCDEFGHIJK"[place], words) for place, words in enumerate(ROW)]


def without(*letters: str) -> tuple[list[str], list[str]]:
    """Return headings and row without some columns."""
    kept = [place for place in range(len(ROW)) if "ABCDEFGHIJK"[place] not in letters]
    return [HEADINGS[place] for place in kept], [ROW[place] for place in kept]


def offers(procedure: dict[str, Any]) -> list[tuple[str, str | None, list[str]]]:
    return [
        (channel["kind"], limit.get("time"), [fee.get("amount") for fee in limit.get("fees", ())])
        for channel in procedure["channels"]
        for limit in channel["limits"]
    ]


def test_titles_empty_rows_numbered_columns_and_repeated_headings_are_passed_over() -> None:
    numbered = [f"({number})" for number in range(1, 12)]
    found, told = read(
        ["DANH MỤC THỦ TỤC HÀNH CHÍNH"] * 11, ["(Kèm theo Quyết định số 1/QĐ-UBND)"], [], HEADINGS, numbered, ROW, [],
        HEADINGS, changed(A="2", B="1.000002"), ["", "", "Tổng cộng: 2 thủ tục"],
    )  # fmt: skip
    assert ([each["code"] for each in found], told) == (["1.000001", "1.000002"], [])
    assert offers(found[0]) == [("in_person", "5 days", ["20000"])]


def test_what_is_not_understood_is_told_with_its_cell() -> None:
    headings = [*HEADINGS, "Ghi chú", ""]
    _, told = read(
        headings,
        [*changed(E="Cấp huyện", H="sớm"), "x", "y", "z"],
        ["", "", "Người lập biểu"],
        changed(B="1.000002", C="", D="#N/A"),
        changed(B="1.000003", I="2 hoặc 3 đồng", J=""),
        ["", "", "", "#REF!", "", "", "", "", "", "", "", "", "", "#VALUE!"],
    )
    cells = {each.cell: each for each in told}
    assert {"Xã!L2", "Xã!M2", "Xã!N2", "Xã!H2"} <= set(cells)
    assert cells["Xã!M2"].code == "1.000001"
    assert cells["Xã!E2"].text == "Cấp huyện"
    assert cells["Xã!3:3"].reason.en == "this row is no procedure"
    assert ("Xã!D4", "ô công thức bị lỗi") in [(each.cell, each.reason.vi) for each in told]
    assert cells["Xã!C4"].place == "ten_thu_tuc"
    assert cells["Xã!I5"].place == "cach_thuc_thuc_hien[0].phi_le_phi"
    assert cells["Xã!J5"].place == "thanh_phan_ho_so"
    assert {"Xã!D6", "Xã!N6"} <= set(cells)
    assert [each.page for each in told] == sorted(each.page for each in told)


def test_a_place_without_a_column_is_told_with_its_row() -> None:
    _, told = read(*without("J", "K"))
    assert [(each.cell, each.place) for each in told] == [("Xã!2:2", "thanh_phan_ho_so"), ("Xã!2:2", "ket_qua_xu_ly")]


def test_every_sheet_with_headings_is_read_and_the_others_are_told() -> None:
    sheets: dict[str, list[list[str]]] = {
        "Hướng dẫn": [["Mỗi dòng một thủ tục"]],
        "Trống": [[]],
        "Cấp xã": [HEADINGS, ROW],
        "Cấp tỉnh": [HEADINGS, changed(B="1.000002", E="Tỉnh"), ROW],
    }
    document, told = read_sheets(sheets)
    assert [(each["code"], each["level"]) for each in document["procedures"]] == [
        ("1.000001", "commune"), ("1.000002", "provincial"),
    ]  # fmt: skip
    assert [(each.cell, each.reason.en) for each in told] == [
        ("'Hướng dẫn'!A1", "a sheet without headings is not read"),
        ("'Cấp tỉnh'!B3", "an earlier page has this code"),
    ]


def test_sections_give_the_rows_below_them_their_field_and_level() -> None:
    headings, row = without("D", "E")
    again = [row[0], "1.000002", *row[2:]]
    last = [row[0], "1.000003", *row[2:]]
    found, told = read(
        headings,
        ["A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH"],
        ["I", "LĨNH VỰC HỘ TỊCH (2 TTHC)"],
        row,
        ["B", "THỦ TỤC HÀNH CHÍNH CẤP XÃ THUỘC LĨNH VỰC CƯ TRÚ"],
        again,
        ["II", "Đất đai"],
        last,
    )
    assert told == []
    assert [(each["field"]["name"]["vi"], each["level"]) for each in found] == [
        ("Hộ tịch", "provincial"), ("Cư trú", "commune"), ("Đất đai", "commune"),
    ]  # fmt: skip
    # What the row itself says goes before, and a heading of a form that nobody knows is told.
    found, told = read(HEADINGS, ["", "", "Lĩnh vực: Khác"], ROW, ["III", "", "Đất đai"], ["", "", "x" * 260])
    assert found[0]["field"]["name"]["vi"] == "Thẻ"
    assert [each.cell for each in told] == ["Xã!4:4", "Xã!5:5"]


def test_a_procedure_may_fill_several_rows() -> None:
    found, told = read(
        HEADINGS,
        ROW,
        ["", "", "", "", "", "", "Trực tuyến", "3 ngày", "10.000", "Ảnh: 02 bản chính"],
        changed(G="Bưu chính", H="4 ngày", I="theo\nlượt", J="Đơn: 01 bản chính"),
    )
    assert [(each.cell, each.text) for each in told] == [("Xã!I4", "theo; lượt")]
    assert offers(found[0]) == [
        ("in_person", "5 days", ["20000"]),
        ("online", "3 days", ["10000"]),
        ("post", "4 days", [None]),
    ]
    assert [each["name"]["vi"] for each in found[0]["papers"]] == ["Đơn", "Ảnh"]


def test_rows_of_one_code_that_say_other_things_are_two_procedures() -> None:
    headings = [*HEADINGS, "Ngày có hiệu lực", "Ngày hết hiệu lực"]
    found, told = read(headings, [*ROW, "2026-01-01", "30/6/2026"], [*ROW, "1/7/2026", ""])
    assert ([each["in_force_from"] for each in found], told) == (["2026-01-01", "2026-07-01"], [])
    found, told = read(headings, [*ROW, "2026-01-01", ""], [*ROW, "1/7/2026", ""])
    assert ([each["in_force_from"] for each in found], [each.cell for each in told]) == (["2026-01-01"], ["Xã!B3"])
    _, told = read(HEADINGS, ROW, changed(C="Tên khác"))
    assert [each.cell for each in told] == ["Xã!B3"]


def test_dates_of_an_office() -> None:
    headings = [*HEADINGS, "Số quyết định", "Ngày quyết định", "Hiệu lực từ ngày", "Ngày hết hiệu lực"]
    (found,), told = read(headings, [*ROW, "12/QĐ-UBND", "ngày 05 tháng 01 năm 2026", "01/07/2026", "2027-12-31"])
    assert (found["decision"], told) == ({"number": "12/QĐ-UBND", "issued_on": "2026-01-05"}, [])
    assert (found["in_force_from"], found["in_force_to"]) == ("2026-07-01", "2027-12-31")
    (found,), told = read(headings, [*ROW, "", "2026-01-05", "quý III", ""])
    assert ("decision" in found, "in_force_from" in found) == (False, False)
    assert [(each.cell, each.text) for each in told] == [("Xã!N2", "quý III")]


def test_units_stand_in_the_headings() -> None:
    headings = [*HEADINGS[:7], "2. Thời hạn giải quyết (ngày làm việc)", "Mức thu (nghìn đồng)", *HEADINGS[9:]]
    (found,), told = read(headings, changed(H="7", I="20"))
    assert (offers(found), told) == ([("in_person", "7 working days", ["20000"])], [])
    (found,), told = read(headings, changed(H="Trong ngày", I="Miễn phí"))
    assert (offers(found), told) == ([("in_person", "within the day", ["0"])], [])


def test_fee_and_charge_may_have_a_column_each() -> None:
    headings = [*HEADINGS[:8], "Phí (đồng)", "Lệ phí", *HEADINGS[9:]]
    for fee, charge, wanted in (
        ("20.000", "", [("20000", None)]),
        ("", "50000", [("50000", None)]),
        ("20.000", "50000", [("20000", "fee"), ("50000", "charge")]),
    ):
        (found,), told = read(headings, [*ROW[:8], fee, charge, *ROW[9:]])
        fees = found["channels"][0]["limits"][0]["fees"]
        assert ([(each["amount"], each.get("kind")) for each in fees], told) == (wanted, [])
    (found,), told = read(headings, [*ROW[:8], "20.000", "theo quy định", *ROW[9:]])
    assert [each.cell for each in told] == ["Xã!I2"]
    headings = [*HEADINGS, "Lệ phí"]
    _, told = read(headings, [*ROW, "50.000"])
    assert [each.reason.en for each in told] != []


def test_ways_may_be_marked_in_columns_of_their_own() -> None:
    top = [*HEADINGS[:6], "Cách thức nộp", "", "", *HEADINGS[7:]]
    below = [*HEADINGS[:6], "Trực tiếp", "Toàn trình", "BCCI", *HEADINGS[7:]]
    (found,), told = read(top, below, [*ROW[:6], "x", "X", "", *ROW[7:]])
    assert (offers(found), told) == ([("in_person", "5 days", ["20000"]), ("online_full", "5 days", ["20000"])], [])
    _, told = read(below, [*ROW[:6], "x", "từ năm 2027", "không", *ROW[7:]])
    assert [(each.cell, each.text) for each in told] == [("Xã!H2", "từ năm 2027")]


def test_a_paper_in_a_numbered_list_is_called_what_it_is() -> None:
    (found,), _ = read(HEADINGS, changed(J="1. Đơn: 01 bản chính\n2) Ảnh: 02 bản sao\na) Giấy khai sinh: 01 bản sao"))
    assert [each["name"]["vi"] for each in found["papers"]] == ["Đơn", "Ảnh", "Giấy khai sinh"]


def test_headings_are_needed_and_stand_there_once() -> None:
    with pytest.raises(InvalidValueError, match="sheet"):
        read_sheets({"A": [["x", "y"]], "": []})
    with pytest.raises(InvalidValueError, match="Lĩnh vực thực hiện"):
        read([*HEADINGS, "Lĩnh vực thực hiện"], ROW)
    with pytest.raises(InvalidValueError, match="sheet"):
        read([*HEADINGS, *map(str, range(300))], ROW)
    (_,), told = read([*HEADINGS, "Ghi chú", "Ghi chú"], [*ROW, "a", "b"])
    assert [(each.cell, each.place) for each in told] == [("Xã!L2", "Ghi chú"), ("Xã!M2", "Ghi chú 13")]


@pytest.mark.parametrize(
    "sheets", [5, [["x"]], {"a": 5}, {"a": "xy"}, {"a": [5]}, {"a": ["xy"]}, {"a": [[5]]}, {"a": [None]}]
)
def test_only_sheets_of_texts_are_taken(sheets: Any) -> None:
    with pytest.raises(InvalidValueError):
        read_sheets(sheets)


def test_one_sheet_that_went_out_says_the_same_when_it_comes_back() -> None:
    headings = [*HEADINGS[:8], "Phí (đồng)", "Lệ phí", *HEADINGS[9:]]
    rows = [[*ROW[:8], "20.000", "50000", *ROW[9:]]]
    times = ("Ngay", "05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "Không quy định", "")
    for number, time in enumerate(times, start=2):
        rows.append([str(number), f"1.00000{number}", *ROW[2:7], time, "", "Miễn phí", *ROW[9:]])
    first, told = read_sheets({"Xã": [headings, *rows]})
    cat = catalogue.load(first)
    again, told_again = read_sheets({"Xã": catalogue.published.to_rows(cat)})
    assert [(each.reason, each.text) for each in told_again] == [(each.reason, each.text) for each in told]
    assert catalogue.diff(cat, catalogue.load(again)) == ()


def test_a_code_that_is_none_and_the_post_by_its_short_name() -> None:
    found, told = read(HEADINGS, changed(G="Trực tiếp, BCCI"), changed(B="1004227"), changed(B=""))
    assert [each["kind"] for each in found[0]["channels"]] == ["in_person", "post"]
    assert [(each.cell, each.reason.en) for each in told] == [
        ("Xã!B3", "no code such as 1.004222, so it was not taken in"),
        ("Xã!B4", "the page lacks this, so it was not taken in"),
    ]
