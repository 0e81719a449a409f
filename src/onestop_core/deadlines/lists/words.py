"""Conditions read as sentences, in Vietnamese and English; the names of the columns."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from onestop_core.deadlines.lists.conditions import AllOf, AnyOf, Compared, Condition, Empty, InPhase, Sign
from onestop_core.model import Phase
from onestop_core.text import Text, moment_text

__all__ = ["NAMES", "words_of"]

NAMES: Final = {
    "id": Text(vi="mã hồ sơ", en="code"),
    "procedure": Text(vi="thủ tục", en="procedure"),
    "channel": Text(vi="hình thức nộp hồ sơ", en="channel"),
    "unit": Text(vi="đơn vị", en="unit"),
    "officer": Text(vi="công chức, viên chức", en="officer"),
    "lifecycle": Text(vi="quy trình áp dụng", en="lifecycle edition"),
    "time_limit": Text(vi="thời hạn giải quyết", en="time limit"),
    "state": Text(vi="trạng thái", en="state"),
    "portal": Text(vi="trạng thái trên Cổng", en="portal status"),
    "phase": Text(vi="đồng hồ", en="clock"),
    "received_at": Text(vi="thời điểm tiếp nhận", en="receipt"),
    "counted_at": Text(vi="hạn tính theo quy định", en="due moment by law"),
    "promised_at": Text(vi="ngày hẹn trả kết quả", en="appointment"),
    "due_at": Text(vi="hạn đang áp dụng", en="moment in force"),
    "waiting_since": Text(vi="bắt đầu tạm ngừng", en="waiting since"),
    "waiting_for": Text(vi="việc phải chờ", en="what it waits for"),
    "stopped_at": Text(vi="thời điểm kết thúc", en="end"),
    "outcome": Text(vi="cách kết thúc", en="kind of end"),
    "supplement_requests": Text(vi="số lần yêu cầu bổ sung", en="requests for a supplement"),
    "extensions": Text(vi="số lần gia hạn", en="extensions"),
    "version": Text(vi="số sự kiện", en="number of events"),
    "changed_at": Text(vi="sự kiện gần nhất", en="last event"),
}
"""What each column holds, as it stands in a sentence."""
_PHASES: Final = {
    Phase.NOT_STARTED: Text(vi="chưa bắt đầu tính thời hạn", en="the time has not begun"),
    Phase.RUNNING: Text(vi="đang tính thời hạn", en="the time runs"),
    Phase.PAUSED: Text(vi="đang tạm ngừng tính thời hạn", en="the time stands still"),
    Phase.STOPPED: Text(vi="đã kết thúc", en="it is over"),
}
_SIGNS: Final = {
    Sign.BEFORE: Text(vi="trước", en="is before"),
    Sign.NOT_AFTER: Text(vi="không muộn hơn", en="is not later than"),
    Sign.AFTER: Text(vi="sau", en="is after"),
    Sign.NOT_BEFORE: Text(vi="không sớm hơn", en="is not earlier than"),
}


def words_of(condition: Condition) -> Text:
    """Return *condition* in words."""
    match condition:
        case InPhase(phases=phases):
            return _joined(tuple(_PHASES[phase] for phase in phases), "hoặc", "or")
        case Empty(column=column):
            return Text(vi=f"chưa có {NAMES[column].vi}", en=f"there is no {NAMES[column].en}")
        case Compared(column=column, sign=sign, other=other):
            one, so = NAMES[column], _SIGNS[sign]
            two = moment_text(other) if isinstance(other, datetime) else NAMES[other]
            the = "" if isinstance(other, datetime) else "the "
            return Text(vi=f"{one.vi} {so.vi} {two.vi}", en=f"the {one.en} {so.en} {the}{two.en}")
        case AllOf(parts=parts):
            return _joined(tuple(map(_bracketed, parts)), "và", "and")
        case _:
            return _joined(tuple(map(_bracketed, condition.parts)), "hoặc", "or")


def _joined(parts: tuple[Text, ...], vi: str, en: str) -> Text:
    return Text(vi=f" {vi} ".join(part.vi for part in parts), en=f" {en} ".join(part.en for part in parts))


def _bracketed(condition: Condition) -> Text:
    text = words_of(condition)
    whole = isinstance(condition, AnyOf) or (isinstance(condition, InPhase) and len(condition.phases) > 1)
    return Text(vi=f"({text.vi})", en=f"({text.en})") if whole else text
