"""The columns in which the facts of dossiers come, whether from a file, a table or a data frame."""

from __future__ import annotations

import enum
from datetime import datetime
from functools import cache
from typing import Any, Final, get_type_hints

import attrs

from onestop_core.model import Channel, DossierFacts, FinishedKind
from onestop_core.text import Text

__all__ = ["MOST_CHARACTERS", "ColumnKind", "FactsColumn", "facts_columns"]

MOST_CHARACTERS: Final = 200
"""Of a name or code of the host's own."""


class ColumnKind(enum.StrEnum):
    """What a column of the facts holds."""

    TEXT = "text"
    """A name or code of the host's own, at most 200 characters."""
    CODE = "code"
    """One of a few words of ours."""
    MOMENT = "moment"
    """A moment that knows its zone."""
    COUNT = "count"
    """A whole number from 0 on: hours, or how many times."""
    FLAG = "flag"
    """True, false or unknown."""


_SQL: Final = {
    ColumnKind.TEXT: "VARCHAR(200)",
    ColumnKind.CODE: "VARCHAR(20)",
    ColumnKind.MOMENT: "TIMESTAMP WITH TIME ZONE",
    ColumnKind.COUNT: "INTEGER",
    ColumnKind.FLAG: "BOOLEAN",
}
_KINDS: Final[dict[Any, ColumnKind]] = {
    str: ColumnKind.TEXT,
    datetime: ColumnKind.MOMENT,
    int: ColumnKind.COUNT,
    bool: ColumnKind.FLAG,
}
_CODES: Final[dict[Any, tuple[str, ...]]] = {
    Channel: tuple(map(str, Channel)),
    FinishedKind: tuple(map(str, FinishedKind)),
}


_NAMES: Final = {
    "id": Text(vi="Mã hồ sơ", en="Code"),
    "procedure": Text(vi="Thủ tục", en="Procedure"),
    "field": Text(vi="Lĩnh vực", en="Field"),
    "level": Text(vi="Cấp", en="Level"),
    "receiving_place": Text(vi="Nơi tiếp nhận", en="Receiving place"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "officer": Text(vi="Công chức, viên chức", en="Officer"),
    "channel": Text(vi="Hình thức nộp hồ sơ", en="Channel"),
    "submitted_at": Text(vi="Ngày nộp hồ sơ", en="Filed"),
    "received_at": Text(vi="Ngày tiếp nhận", en="Received"),
    "due_at": Text(vi="Ngày hẹn trả kết quả", en="Due"),
    "allowed_hours": Text(vi="Số giờ tối đa", en="Hours allowed"),
    "finished_at": Text(vi="Ngày kết thúc xử lý", en="Finished"),
    "finished_kind": Text(vi="Cách kết thúc", en="Kind of end"),
    "supplement_requests": Text(vi="Số lần yêu cầu bổ sung", en="Requests for a supplement"),
    "supplement_requested_at": Text(vi="Ngày yêu cầu bổ sung", en="Supplement asked for"),
    "supplement_hours": Text(vi="Số giờ chờ bổ sung", en="Hours waited for supplements"),
    "fee_due": Text(vi="Có nghĩa vụ tài chính", en="Fee due"),
    "paid_online": Text(vi="Đã thanh toán trực tuyến", en="Paid online"),
    "electronic_result": Text(vi="Có kết quả điện tử", en="Electronic result"),
    "digitised": Text(vi="Đã số hóa", en="Digitised"),
    "data_reused": Text(vi="Có khai thác, sử dụng lại dữ liệu số hóa", en="Digitised data reused"),
    "personal_store": Text(vi="Đã đồng bộ Kho quản lý dữ liệu điện tử", en="In the personal store"),
    "population_data": Text(vi="Có khai thác dữ liệu dân cư", en="Population data used"),
    "guided": Text(vi="Số lần hướng dẫn", en="Times guided"),
    "visits": Text(vi="Số lần đến nơi tiếp nhận", en="Visits"),
    "agencies": Text(vi="Số cơ quan phải liên hệ", en="Agencies contacted"),
    "disliked": Text(vi="Bị đánh giá không hài lòng", en="Disliked"),
    "complained": Text(vi="Bị phản ánh, kiến nghị", en="Complained about"),
}


@attrs.frozen(kw_only=True)
class FactsColumn:
    """One column of the facts; a cell without a value is *unknown*, or *it has not happened*."""

    name: str
    title: Text
    """What stands over the column for a reader."""
    kind: ColumnKind
    codes: tuple[str, ...] = ()
    """The words that a column of kind ``code`` may hold."""

    @property
    def sql(self) -> str:
        """The type of the column in standard SQL."""
        return _SQL[self.kind]


@cache
def facts_columns() -> tuple[FactsColumn, ...]:
    """Return the columns of :class:`~onestop_core.model.DossierFacts`, in order.

    A table for them, from which figures, files and frames are counted alike:

    >>> columns = [f"{column.name} {column.sql}" for column in facts_columns()]
    >>> columns[0], columns[9], len(columns)
    ('id VARCHAR(200)', 'received_at TIMESTAMP WITH TIME ZONE', 29)
    """
    hints = get_type_hints(DossierFacts)
    return tuple(_column(field.name, hints[field.name]) for field in attrs.fields(DossierFacts))


def _column(name: str, hint: Any) -> FactsColumn:
    # Every field but the id is a union with None.
    kind = next(each for each in getattr(hint, "__args__", (hint,)) if each is not type(None))
    if kind in _CODES:
        return FactsColumn(name=name, title=_NAMES[name], kind=ColumnKind.CODE, codes=_CODES[kind])
    return FactsColumn(name=name, title=_NAMES[name], kind=_KINDS[kind])
