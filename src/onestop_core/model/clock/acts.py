"""What happens to a clock, what it is doing meanwhile, and what may follow what."""

from __future__ import annotations

import enum
from typing import Final

__all__ = ["AFTER", "NEW_COUNT", "STANDS", "Act", "Phase", "after"]


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


def after(phase: Phase, act: Act) -> Phase | None:
    """Return the phase of a clock in *phase* after *act*; None if the act makes no sense then.

    >>> after(Phase.PAUSED, Act.RESTART)
    <Phase.RUNNING: 'running'>
    >>> after(Phase.NOT_STARTED, Act.PAUSE) is None
    True
    """
    return AFTER.get((phase, act))
