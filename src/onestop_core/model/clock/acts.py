"""What happens to a clock, what it is doing meanwhile, and what may follow what."""

from __future__ import annotations

import enum
from typing import Final

from onestop_core.text import Text

__all__ = ["ACT_NAMES", "AFTER", "NEW_COUNT", "PHASE_NAMES", "STANDS", "Act", "Phase", "after"]


class Act(enum.StrEnum):
    """What happens to a clock. Tables, events and guards of lifecycles use the same words."""

    START = "start"
    """The dossier is received."""
    PAUSE = "pause"
    """The authority waits for somebody: papers after appraisal, money, the opinion of another body, a suspension."""
    RESUME = "resume"
    RESTART = "restart"
    """The time is counted again from the beginning (Decree 118/2025/NĐ-CP, art. 19(5))."""
    EXTEND = "extend"
    """More time, with its apology (art. 19(6))."""
    RESCHEDULE = "reschedule"
    """The appointment is moved by what nobody here decided: a change of the calendar, force majeure."""
    PROMISE = "promise"
    """An appointment is made, and the time goes on as it did."""
    STOP = "stop"


class Phase(enum.StrEnum):
    """What a clock is doing."""

    NOT_STARTED = "not_started"
    """The dossier is not received and no time counts."""
    RUNNING = "running"
    PAUSED = "paused"
    """The authority waits for somebody, and the time does not count."""
    STOPPED = "stopped"
    """The case is over, or its result is at the desk."""


_P, _A = Phase, Act
AFTER: Final = {
    (_P.NOT_STARTED, _A.START): _P.RUNNING,
    (_P.NOT_STARTED, _A.PROMISE): _P.NOT_STARTED,
    (_P.NOT_STARTED, _A.STOP): _P.STOPPED,
    (_P.RUNNING, _A.PAUSE): _P.PAUSED,
    (_P.RUNNING, _A.RESTART): _P.RUNNING,
    (_P.RUNNING, _A.EXTEND): _P.RUNNING,
    (_P.RUNNING, _A.RESCHEDULE): _P.RUNNING,
    (_P.RUNNING, _A.PROMISE): _P.RUNNING,
    (_P.RUNNING, _A.STOP): _P.STOPPED,
    (_P.PAUSED, _A.RESUME): _P.RUNNING,
    (_P.PAUSED, _A.RESTART): _P.RUNNING,
    (_P.PAUSED, _A.EXTEND): _P.PAUSED,
    (_P.PAUSED, _A.RESCHEDULE): _P.PAUSED,
    (_P.PAUSED, _A.PROMISE): _P.PAUSED,
    (_P.PAUSED, _A.STOP): _P.STOPPED,
}
"""The whole table of what may follow what. Whether the law allows it is the lifecycle's matter."""

NEW_COUNT: Final = frozenset({Act.START, Act.RESTART})
STANDS: Final = frozenset({Act.EXTEND, Act.RESCHEDULE, Act.PROMISE})
"""Acts that leave the phase as it is."""


ACT_NAMES: Final = {
    Act.START: Text(vi="bắt đầu tính thời hạn", en="start the time"),
    Act.PAUSE: Text(vi="tạm ngừng tính thời hạn", en="pause the time"),
    Act.RESUME: Text(vi="tính tiếp thời hạn", en="resume the time"),
    Act.RESTART: Text(vi="tính lại thời hạn từ đầu", en="count the time again"),
    Act.EXTEND: Text(vi="gia hạn", en="extend the time"),
    Act.RESCHEDULE: Text(vi="điều chỉnh ngày hẹn trả kết quả", en="move the appointment"),
    Act.PROMISE: Text(vi="hẹn ngày trả kết quả", en="make an appointment"),
    Act.STOP: Text(vi="kết thúc tính thời hạn", en="stop the time"),
}
PHASE_NAMES: Final = {
    Phase.NOT_STARTED: Text(vi="chưa tính thời hạn", en="not started"),
    Phase.RUNNING: Text(vi="đang tính thời hạn", en="running"),
    Phase.PAUSED: Text(vi="đang tạm ngừng tính thời hạn", en="paused"),
    Phase.STOPPED: Text(vi="đã kết thúc tính thời hạn", en="stopped"),
}


def after(phase: Phase, act: Act) -> Phase | None:
    """Return the phase of a clock in *phase* after *act*; None if the act makes no sense then.

    >>> after(Phase.PAUSED, Act.RESTART)
    <Phase.RUNNING: 'running'>
    >>> after(Phase.NOT_STARTED, Act.PAUSE) is None
    True
    """
    return AFTER.get((phase, act))
