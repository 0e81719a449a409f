"""Words that the page and the sheets of a brief share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.text import Language, Text, moment_text, number, signed

if TYPE_CHECKING:
    from decimal import Decimal

    from onestop_core.kpi.captures.values import Snapshot, UnitCapture

__all__ = ["UNKNOWN", "WORDS", "change_text", "name_of", "points_text", "when"]

UNKNOWN: Final = Text(vi="chưa biết", en="unknown")
WORDS: Final = {
    "title": Text(vi="Bộ chỉ số phục vụ người dân, doanh nghiệp", en="Index of service to people and businesses"),
    "total": Text(vi="Tổng điểm", en="Total"),
    "rank": Text(vi="Hạng trong các đơn vị cùng cấp", en="Rank among units of its level"),
    "ahead": Text(vi="Cao hơn", en="Ahead of"),
    "of_peers": Text(vi="số đơn vị cùng cấp còn lại", en="of the other units of its level"),
    "change": Text(vi="So với kỳ trước", en="Since the capture before"),
    "band": Text(vi="Xếp loại (chưa xác nhận)", en="Band (not confirmed)"),
    "groups": Text(vi="Sáu nhóm chỉ số", en="The six groups"),
    "group": Text(vi="Nhóm chỉ số", en="Group"),
    "points": Text(vi="Điểm", en="Points"),
    "maximum": Text(vi="Tối đa", en="Maximum"),
    "share": Text(vi="Tỷ lệ", en="Share"),
    "place": Text(vi="Hạng", en="Rank"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "code": Text(vi="Mã", en="Code"),
    "level": Text(vi="Cấp", en="Level"),
    "attention": Text(vi="Ba việc cần chú ý", en="Three things that need attention"),
    "attention_note": Text(
        vi="Xếp theo số điểm còn thiếu so với điểm tối đa.", en="By the points that are missing to the maximum."
    ),
    "what": Text(vi="Việc", en="What"),
    "lost": Text(vi="Điểm còn thiếu", en="Points missing"),
    "details": Text(vi="Số liệu", en="Counts"),
    "around": Text(vi="Các hạng liền kề", en="The places next to it"),
    "first": Text(vi="Các hạng đầu", en="First places"),
    "last": Text(vi="Các hạng cuối", en="Last places"),
    "told": Text(vi="Lưu ý về số liệu", en="About the figures"),
    "metrics": Text(vi="Chỉ số", en="Metrics"),
    "numerator": Text(vi="Tử số", en="Numerator"),
    "denominator": Text(vi="Mẫu số", en="Denominator"),
    "ranking": Text(vi="Xếp hạng", en="Ranking"),
    "number": Text(vi="STT", en="No."),
    "unknown_note": Text(
        vi="“chưa biết” là số không có trong bản ghi, không phải 0. Đơn vị bằng điểm thì cùng hạng (1, 2, 2, 4).",
        en="“unknown” is a figure that the capture does not have; it is not 0. Equal points share a rank (1, 2, 2, 4).",
    ),
    "no_moment": Text(vi="bản ghi không nêu thời điểm", en="the capture tells no moment"),
    "captured": Text(vi="Số liệu Cổng Dịch vụ công quốc gia, ghi lúc", en="Figures of the national portal, recorded"),
}


def when(snapshot: Snapshot, language: Language) -> str:
    """Return when the captures were taken: one moment, or the first and the last."""
    if snapshot.first_at is None or snapshot.last_at is None:
        return WORDS["no_moment"].in_(language)
    first, last = moment_text(snapshot.first_at).in_(language), moment_text(snapshot.last_at).in_(language)
    return first if first == last else f"{first} – {last}"


def name_of(unit: UnitCapture) -> str:
    """Return what a reader calls the unit."""
    return unit.name or unit.code


def points_text(points: Decimal | None, language: Language) -> str:
    """Return points with two decimals, or that they are unknown."""
    return UNKNOWN.in_(language) if points is None else number(points, places=2).in_(language)


def change_text(change: Decimal | None, language: Language) -> str:
    """Return a change with its sign, or that it is unknown."""
    return UNKNOWN.in_(language) if change is None else signed(change, places=2).in_(language)
