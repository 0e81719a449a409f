"""Conditions read as sentences, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from onestop_core.kpi.counting.conditions import (
    AllOf,
    AllOfKnown,
    AnyOf,
    AtMost,
    Condition,
    Constant,
    ElapsedAtMost,
    Flag,
    HasValue,
    IfElse,
    Is,
    IsKnown,
    IsTrue,
    Not,
    OnTime,
)
from onestop_core.kpi.counting.terms import Column, Moment, Number, Term
from onestop_core.model import HO_CHI_MINH, Channel
from onestop_core.model.facts import CHANNEL_NAMES
from onestop_core.text import Text, moment_text, number

__all__ = ["words_of"]

_COLUMNS: Final = {
    "agencies": Text(vi="số cơ quan phải liên hệ", en="the number of agencies to contact"),
    "allowed_hours": Text(vi="số giờ tối đa", en="the hours allowed"),
    "channel": Text(vi="hình thức nộp hồ sơ", en="the channel"),
    "complained": Text(vi="bị phản ánh, kiến nghị", en="complained about"),
    "data_reused": Text(vi="có khai thác, sử dụng lại dữ liệu số hóa", en="digitised data reused"),
    "digitised": Text(vi="đã số hóa", en="digitised"),
    "disliked": Text(vi="bị đánh giá không hài lòng", en="disliked"),
    "due_at": Text(vi="ngày hẹn trả kết quả", en="the appointment"),
    "electronic_result": Text(vi="có kết quả điện tử", en="electronic result"),
    "fee_due": Text(vi="có nghĩa vụ tài chính", en="fee due"),
    "guided": Text(vi="số lần hướng dẫn", en="the number of times guided"),
    "visits": Text(vi="số lần đến nơi tiếp nhận", en="the number of visits to the receiving place"),
    "finished_at": Text(vi="thời điểm kết thúc xử lý", en="the end of handling"),
    "paid_online": Text(vi="đã thanh toán trực tuyến", en="paid online"),
    "personal_store": Text(
        vi="đã đồng bộ Kho quản lý dữ liệu điện tử của tổ chức, cá nhân", en="in the personal store"
    ),
    "population_data": Text(vi="có khai thác dữ liệu dân cư", en="population data used"),
    "received_at": Text(vi="thời điểm tiếp nhận", en="receipt"),
    "submitted_at": Text(vi="thời điểm nộp hồ sơ", en="filing"),
    "supplement_hours": Text(vi="số giờ chờ bổ sung", en="the hours waited for supplements"),
    "supplement_requested_at": Text(vi="yêu cầu bổ sung đang mở", en="the open request for a supplement"),
    "supplement_requests": Text(vi="số lần yêu cầu bổ sung", en="the number of requests for a supplement"),
}
_CONSTANTS: Final = {
    True: Text(vi="đúng", en="true"),
    False: Text(vi="sai", en="false"),
    None: Text(vi="chưa biết", en="unknown"),
}


def words_of(condition: Condition) -> Text:
    """Return *condition* in words."""
    match condition:
        case Constant(value=value):
            return _CONSTANTS[value]
        case Flag(column=column):
            return _COLUMNS[column.name]
        case HasValue(column=column):
            name = _COLUMNS[column.name]
            return Text(vi=f"có ghi {name.vi}", en=f"{name.en} is recorded")
        case Is(column=column, code=code):
            name, meant = _COLUMNS[column.name], CHANNEL_NAMES[Channel(code)]
            return Text(vi=f"{name.vi} là {meant.vi}", en=f"{name.en} is {meant.en}")
        case AtMost(term=term, limit=limit):
            one, other = _term(term), _term(limit)
            vi, en = (
                ("không quá", "is at most") if isinstance(limit, Number) else ("không muộn hơn", "is not later than")
            )
            return Text(vi=f"{one.vi} {vi} {other.vi}", en=f"{one.en} {en} {other.en}")
        case ElapsedAtMost(start=start, end=end, hours=hours):
            begin, stop, most = _term(start), _term(end), _joined(tuple(map(_term, hours)), "cộng", "plus")
            return Text(
                vi=f"từ {begin.vi} đến {stop.vi} không quá {most.vi}",
                en=f"from {begin.en} to {stop.en} no more elapses than {most.en}",
            )
        case OnTime():
            return Text(vi="đúng hạn hoặc còn trong hạn", en="on time or still within time")
        case IsKnown(part=part):
            inner = _bracketed(part)
            return Text(vi=f"biết được có hay không: {inner.vi}", en=f"known whether {inner.en}")
        case IsTrue(part=part):
            return words_of(part)
        case Not(part=part):
            return Text(vi=f"không {_bracketed(part).vi}", en=f"not {_bracketed(part).en}")
        case AllOf(parts=parts):
            return _joined(tuple(map(_bracketed, parts)), "và", "and")
        case AllOfKnown(parts=parts):
            whole = _joined(tuple(map(_bracketed, parts)), "và", "and")
            return Text(vi=f"{whole.vi}, khi biết đủ", en=f"{whole.en}, where all of it is known")
        case AnyOf(parts=parts):
            return _joined(tuple(map(_bracketed, parts)), "hoặc", "or")
        case _:
            first, then, other = map(_bracketed, (condition.condition, condition.then, condition.otherwise))
            return Text(
                vi=f"nếu {first.vi} thì {then.vi}, nếu không thì {other.vi}",
                en=f"if {first.en} then {then.en}, else {other.en}",
            )


def _term(term: Term) -> Text:
    match term:
        case Column(name=name):
            return _COLUMNS[name]
        case Moment(at=at):
            return moment_text(at.astimezone(HO_CHI_MINH))
        case Number(value=value):
            return number(value)
        case _:
            one, *others = map(_term, term.columns)
            rest = _joined(tuple(others), "hoặc", "or")
            return Text(vi=f"{one.vi} (không có thì {rest.vi})", en=f"{one.en} (or else {rest.en})")


def _joined(parts: tuple[Text, ...], vi: str, en: str) -> Text:
    return Text(vi=f" {vi} ".join(part.vi for part in parts), en=f" {en} ".join(part.en for part in parts))


def _bracketed(condition: Condition) -> Text:
    text = words_of(condition)
    while isinstance(condition, IsTrue):  # it says what its part says
        condition = condition.part
    whole = isinstance(condition, AllOf | AllOfKnown | AnyOf | IfElse | OnTime)
    return Text(vi=f"({text.vi})", en=f"({text.en})") if whole else text
