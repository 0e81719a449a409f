"""The headings of tables that offices keep, by our names of the columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.desk.lists.rows import COLUMNS
from onestop_core.errors import InvalidDocumentError, Problem, UnknownCodeError
from onestop_core.model.series import items_of
from onestop_core.model.words import plain_text
from onestop_core.text import Text, plain_letters, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["OURS", "SELF", "ColumnNames", "ensure_once", "ensure_there", "key_of", "names_of", "refused"]

_OTHER_HEADINGS: Final = {
    "id": ("Mã HS", "Số hồ sơ"),
    "procedure_name": ("Tên thủ tục", "Thủ tục", "Thủ tục hành chính"),
    "applicant": ("Người nộp hồ sơ", "Người nộp", "Người đăng ký", "Chủ sử dụng", "Chủ hồ sơ", "Họ và tên"),
    "phone": ("Điện thoại", "SĐT"),
    "unit": ("Đơn vị", "Đơn vị giải quyết", "Cơ quan giải quyết", "Đơn vị xử lý", "Unit"),
    "officer": ("Cán bộ", "Công chức", "Nhân viên xử lý", "Người xử lý", "Cán bộ xử lý"),
    "received_at": ("Ngày nhận", "Ngày nhận hồ sơ", "Ngày tiếp nhận", "Tiếp nhận"),
    "due_at": (
        "Hẹn trả",
        "Ngày hẹn trả",
        "Ngày hẹn trả kết quả",
        "Hạn trả",
        "Hạn trả kết quả",
        "Hạn xử lý",
        "Ngày hẹn",
    ),
    "waiting_since": ("Ngày yêu cầu bổ sung", "Chờ bổ sung từ"),
    "ended_at": ("Hoàn thành", "Ngày hoàn thành", "Ngày có kết quả", "Ngày kết thúc"),
    "returned_at": ("Ngày trả", "Ngày trả kết quả"),
    "way": ("Hình thức nhận kết quả", "Nơi nhận kết quả"),
}
"""Headings met in the field beside our own."""


def key_of(heading: str) -> str:
    """Return by what a heading is known: its letters without diacritics, and its digits."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain_letters(heading)).split())


_NAME_OF: Final = {
    key_of(heading): name
    for name, title in COLUMNS.items()
    for heading in (name, title.vi, title.en, *_OTHER_HEADINGS.get(name, ()))
}


@attrs.frozen(kw_only=True)
class ColumnNames:
    """Our name of each heading by its key, and those that the reader has named."""

    by_heading: Mapping[str, str]
    asked: frozenset[str] = frozenset()


OURS: Final = ColumnNames(by_heading=_NAME_OF)


def names_of(columns: object) -> ColumnNames:
    """Return our name of each heading by its key.

    Raises:
        UnknownCodeError: *columns* names one that is none of ours.
        InvalidValueError: it is no mapping of texts.
    """
    if columns is None:
        return OURS
    given = items_of(columns, "columns")
    for name in given:
        if name not in COLUMNS:
            raise UnknownCodeError.among(Text(vi="cột", en="column"), name, COLUMNS)
    own = {key_of(plain_text(heading, f"columns.{name}")): str(name) for name, heading in given.items()}
    others = {key: name for key, name in _NAME_OF.items() if name not in own.values()}
    return ColumnNames(by_heading=others | own, asked=frozenset(own.values()))


SELF: Final = {key_of(name): name for name in COLUMNS}


def ensure_once(heads: Sequence[str | None], cells: Sequence[object], source: str | None) -> None:
    """Refuse a table of which two headings mean one column."""
    for name in COLUMNS:
        same = [str(cell) for head, cell in zip(heads, cells, strict=True) if head == name]
        if len(same) > 1:
            listed = ", ".join(shown(each, limit=30) for each in same)
            raise refused(
                source,
                "desk/headings",
                vi=f"các cột {listed} cùng nghĩa “{COLUMNS[name].vi}”; hãy chỉ rõ một cột",
                en=f"the columns {listed} all mean {COLUMNS[name].en}; name one of them",
            )


def ensure_there(heads: Iterable[str | None], names: ColumnNames, source: str | None) -> None:
    """Refuse a table without a column that its reader has named: an empty list would say that nothing is due."""
    there = set(heads)
    for name in COLUMNS:
        if name in names.asked and name not in there:
            raise refused(
                source,
                "desk/headings",
                vi=f"không thấy cột đã chỉ rõ cho “{COLUMNS[name].vi}”",
                en=f"there is no column of the heading that was named for {COLUMNS[name].en}",
            )


def refused(source: str | None, rule: str, *, vi: str, en: str) -> InvalidDocumentError:
    """Return the error that refuses a whole table."""
    return InvalidDocumentError(problems=(Problem.at("$", rule, vi=vi, en=en),), source=source)
