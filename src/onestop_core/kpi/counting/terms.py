"""What conditions compare: columns of the facts, moments and numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final, TypeAlias

import attrs

from onestop_core.model import HO_CHI_MINH, DossierFacts
from onestop_core.text import Text

__all__ = ["Column", "FirstOf", "Moment", "Number", "Term", "Value"]

Value: TypeAlias = Callable[[DossierFacts], Any]
"""A compiled term: takes a dossier."""

_NAMES: Final = {
    "allowed_hours": Text(vi="số giờ tối đa", en="the hours allowed"),
    "channel": Text(vi="kênh nộp", en="the channel"),
    "complained": Text(vi="bị phản ánh, kiến nghị", en="complained about"),
    "data_reused": Text(vi="dùng lại dữ liệu số hóa", en="digitised data reused"),
    "digitised": Text(vi="đã số hóa", en="digitised"),
    "disliked": Text(vi="bị đánh giá không hài lòng", en="disliked"),
    "due_at": Text(vi="hẹn trả", en="the appointment"),
    "electronic_result": Text(vi="có kết quả điện tử", en="electronic result"),
    "fee_due": Text(vi="có nghĩa vụ tài chính", en="fee due"),
    "finished_at": Text(vi="kết thúc xử lý", en="the end of handling"),
    "paid_online": Text(vi="đã thanh toán trực tuyến", en="paid online"),
    "personal_store": Text(vi="đã đồng bộ kho cá nhân", en="in the personal store"),
    "population_data": Text(vi="dùng dữ liệu dân cư", en="population data used"),
    "received_at": Text(vi="tiếp nhận", en="receipt"),
    "submitted_at": Text(vi="nộp hồ sơ", en="filing"),
    "supplement_hours": Text(vi="số giờ chờ bổ sung", en="the hours waited for supplements"),
    "supplement_requested_at": Text(vi="yêu cầu bổ sung đang mở", en="the open request for a supplement"),
    "supplement_requests": Text(vi="số lần yêu cầu bổ sung", en="the number of requests for a supplement"),
}


@attrs.frozen
class Column:
    """A column of the facts."""

    name: str

    @property
    def text(self) -> Text:
        """The column in words."""
        return _NAMES[self.name]

    def sql(self) -> str:
        """Return the column by its name."""
        return self.name

    def compiled(self) -> Value:
        """Return a function of a dossier."""
        return attrgetter(self.name)


@attrs.frozen
class Moment:
    """A moment that is the same for every dossier."""

    at: datetime

    @property
    def text(self) -> Text:
        """The moment in Vietnamese civil time."""
        shown = self.at.astimezone(HO_CHI_MINH).isoformat(sep=" ", timespec="seconds")[:19]
        return Text(vi=shown, en=shown)

    def sql(self) -> str:
        """Return the moment as a literal in UTC."""
        shown = self.at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
        return f"TIMESTAMP WITH TIME ZONE '{shown}+00:00'"

    def compiled(self) -> Value:
        """Return a function of a dossier."""
        at = self.at
        return lambda _: at


@attrs.frozen
class Number:
    """A whole number that is the same for every dossier."""

    value: int

    @property
    def text(self) -> Text:
        """The number in figures."""
        return Text(vi=str(self.value), en=str(self.value))

    def sql(self) -> str:
        """Return the number as a literal."""
        return str(self.value)

    def compiled(self) -> Value:
        """Return a function of a dossier."""
        value = self.value
        return lambda _: value


@attrs.frozen
class FirstOf:
    """The first column that is known."""

    columns: tuple[Column, Column]

    @property
    def text(self) -> Text:
        """The choice in words."""
        one, other = (column.text for column in self.columns)
        return Text(vi=f"{one.vi} (không có thì {other.vi})", en=f"{one.en} (or else {other.en})")

    def sql(self) -> str:
        """Return a COALESCE."""
        return f"COALESCE({', '.join(column.sql() for column in self.columns)})"

    def compiled(self) -> Value:
        """Return a function of a dossier."""
        one, other = (column.compiled() for column in self.columns)
        return lambda facts: value if (value := one(facts)) is not None else other(facts)


Term: TypeAlias = Column | Moment | Number | FirstOf
