"""Every Vietnamese text that the library can say is written as officials write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.house.vietnamese import GLOSSARY, Said, everything, faults, rooms, unwanted

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_YET: frozenset[str] = frozenset()
"""Rooms whose texts are not right yet; ``python -m tests.house.vietnamese ROOM`` lists them."""


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(each, marks=pytest.mark.xfail(reason="not all right") if each in NOT_YET else ())
        for each in rooms()
    ],
)
def test_every_text_of_a_room_is_written_as_officials_write_it(
    room: str, record_property: Callable[[str, object], None]
) -> None:
    texts = [said for said in everything() if said.room == room]
    record_property("counted", f"{len(texts):,} Vietnamese texts of {room}")
    wrong = [(said.place, fault, said.text) for said in texts for fault in faults(said)]
    assert wrong == []


def test_the_glossary_is_at_hand() -> None:
    if not GLOSSARY.is_file():
        pytest.skip("the glossary is not beside the checkout (ONESTOP_SHARED_DATA)")
    assert len(unwanted()) > 50


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ngày làm việc thứ 1/5", "n of m"),
        ("Tết Nguyên đán (2/5)", "n of m"),
        ("kỳ từ 2026-03-01", "ISO date"),
        ("528,684 hồ sơ", "comma group"),
        ("đạt 88.42%", "decimal point"),
        ("đạt 88,42 %", "percent"),
        ("theo cách hiểu của chúng tôi", "we"),
        ("Điều 19(4) Nghị định", "article"),
        ("xoá hồ sơ", "old tone"),
        ("vào Thứ Hai", "weekday"),
        ("thời hạn 5 working days", "English"),
        ("không thể “Trả kết quả” (delivered)", "code in brackets"),
        ("trạng thái “…” (…)", "code in brackets"),
        ("vai trò công chức tiếp nhận (receiving_officer)", "code in brackets"),
    ],
)
def test_what_is_wrong_is_seen(text: str, fault: str) -> None:
    assert any(each.startswith(fault) for each in faults(Said("here", "here", text)))


@pytest.mark.parametrize(
    "text",
    [
        "ngày thứ 2 trong 5 ngày nghỉ",
        "528.684/597.918 = 88,42%",
        "Thứ Hai, 02/03/2026",
        "khoản 4 Điều 19 Nghị định số 61/2018/NĐ-CP",
        "cần --limit, ví dụ “5 working days”, hoặc `limit=`",
        "tệp CSV theo mã UTF-8",
        "không thể “Trả kết quả”; có thể: “Lưu trữ”",
    ],
)
def test_what_is_right_is_left(text: str) -> None:
    assert faults(Said("here", "here", text)) == []
