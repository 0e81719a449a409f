"""The guards of a lifecycle in words: what must be so for an event to be taken."""

from __future__ import annotations

from typing import Any, Final

from onestop_core.dossier.lifecycle.rows import Guard, GuardCondition
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.model import Channel
from onestop_core.model.series import instance
from onestop_core.text import Text, day_text, padded

__all__ = ["condition_words"]

_UNITS: Final = {
    "receiving_unit": Text(vi="Bộ phận Một cửa đã tiếp nhận hồ sơ", en="the receiving unit"),
    "competent_unit": Text(vi="cơ quan có thẩm quyền giải quyết", en="the competent authority"),
}
_CHANNELS: Final = {
    Channel.IN_PERSON: Text(vi="trực tiếp", en="in person"),
    Channel.ONLINE: Text(vi="trực tuyến", en="online"),
    Channel.POST: Text(vi="qua dịch vụ bưu chính công ích", en="by post"),
    Channel.KIOSK: Text(vi="tại ki-ốt thông minh", en="at a smart kiosk"),
}
_FIXED: Final = {
    GuardCondition.LATER_DUE: Text(vi="ngày hẹn mới sau ngày hẹn cũ", en="the new appointment is later"),
    GuardCondition.PAPERS_COMPLETE: Text(vi="đủ giấy tờ bắt buộc", en="the required papers are complete"),
    GuardCondition.PAPERS_LISTED: Text(
        vi="chỉ giấy tờ trong danh mục công bố", en="only papers of the published list are asked for"
    ),
    GuardCondition.PAPERS_NOT_HELD: Text(
        vi="không yêu cầu giấy tờ đã có trong cơ sở dữ liệu", en="no paper is asked for that a database holds"
    ),
    GuardCondition.WAIT_OVER: Text(
        vi="đã hết thời gian hoàn thiện hồ sơ", en="the time to complete the dossier is over"
    ),
    GuardCondition.AFTER_DUE: Text(vi="đã quá ngày hẹn trả kết quả", en="the appointment has passed"),
    GuardCondition.TASK_NEW: Text(
        vi="việc liên thông chưa được chuyển", en="the linked work was not handed over before"
    ),
    GuardCondition.TASK_OPEN: Text(vi="việc liên thông đang mở", en="the linked work is open"),
    GuardCondition.APPOINTED: Text(vi="đã ghi ngày hẹn trả kết quả", en="an appointment is on record"),
    GuardCondition.WORK_JOINED: Text(vi="không còn việc đã chuyển xử lý chưa xong", en="no work handed over is open"),
}


def condition_words(guard: Guard, lifecycle: Lifecycle) -> Text:
    """Return what *guard* of *lifecycle* asks for, with the lifecycle's own value of its parameter.

    >>> from onestop_core.dossier.lifecycle import find
    >>> table = find("vn@decree-61-2018")
    >>> [condition_words(guard, table).vi for guard in table.guards if guard.code == "one_extension"]
    ['không quá 01 lần']
    """
    instance(guard, Guard, "guard")
    instance(lifecycle, Lifecycle, "lifecycle")
    value: Any = guard.number if guard.parameter is None else getattr(lifecycle.defaults, guard.parameter)
    words = _words(guard, lifecycle, value)
    since, until = guard.in_force_from, guard.in_force_to
    for text, day in ((_SINCE, since), (_UNTIL, until)):
        if day is not None:
            said = day_text(day)
            words = Text(vi=text.vi.format(words.vi, said.vi), en=text.en.format(words.en, said.en))
    return words


_SINCE: Final = Text(vi="{} (từ ngày {})", en="{} (from {} on)")
_UNTIL: Final = Text(vi="{} (đến hết ngày {})", en="{} (until {})")


def _words(guard: Guard, lifecycle: Lifecycle, value: Any) -> Text:
    name = Text(vi="", en="") if guard.parameter is None else lifecycle.parameters[guard.parameter].name
    match guard.condition:
        case GuardCondition.MAX_COUNT if value is None:
            return Text(vi=f"nếu quy định của thủ tục giới hạn: {name.vi}", en=f"if the procedure limits it: {name.en}")
        case GuardCondition.MAX_COUNT:
            return Text(vi=f"không quá {padded(value)} lần", en=f"at most {value}")
        case GuardCondition.BEFORE_DUE:
            return Text(
                vi=f"chậm nhất {padded(value)} ngày trước ngày hẹn trả kết quả",
                en=f"{value} days before the appointment",
            )
        case GuardCondition.PERMITTED:
            return Text(vi=f"nếu quy định của thủ tục cho phép: {name.vi}", en=f"if the procedure permits: {name.en}")
        case GuardCondition.NOT_AFTER_DUE:
            return Text(vi="còn trong thời hạn giải quyết", en="within the time for processing")
        case GuardCondition.CHANNEL:
            channels = [_CHANNELS[channel] for channel in guard.channels]
            return Text(
                vi=f"hồ sơ nộp {' hoặc '.join(each.vi for each in channels)}",
                en=f"filed {' or '.join(each.en for each in channels)}",
            )
        case GuardCondition.TO_UNIT:
            return Text(
                vi=f"gửi qua {' hoặc '.join(_UNITS[unit].vi for unit in guard.units)}, nếu quy định không cho gửi thẳng",
                en=f"sent through {' or '.join(_UNITS[unit].en for unit in guard.units)}, unless it may go direct",
            )
        case GuardCondition.UNIT:
            units = [_UNITS[unit] for unit in guard.units]
            return Text(
                vi=f"do {' hoặc '.join(unit.vi for unit in units)} thực hiện",
                en=f"done by {' or '.join(unit.en for unit in units)}",
            )
        case GuardCondition.AFTER_EVENT | GuardCondition.WAIT_OVER if guard.since:
            events = [lifecycle.event(code).name for code in guard.since]
            vi, en = (" hoặc ".join(e.vi for e in events), " or ".join(e.en for e in events))
            if guard.condition is GuardCondition.AFTER_EVENT:
                return Text(vi=f"sau khi: {vi}", en=f"after: {en}")
            return Text(vi=f"sau {padded(value)} ngày kể từ khi: {vi}", en=f"{value} days after: {en}")
        case GuardCondition.DUE_AHEAD:
            return Text(vi=f"trước ít nhất {padded(value)} ngày", en=f"at least {value} days ahead")
        case GuardCondition.AXIS:
            axis = next(each for each in lifecycle.axes if each.code == guard.axis)
            states = [state.name for state in axis.states if state.code in guard.axis_states]
            return Text(
                vi=f"{axis.name.vi}: {' hoặc '.join(s.vi for s in states)}, nếu thủ tục yêu cầu",
                en=f"{axis.name.en}: {' or '.join(s.en for s in states)}, if the procedure asks for it",
            )
        case _:
            return _FIXED.get(guard.condition, guard.reason)
