"""What a clock remembers: the spans of its time, and the appointments and extensions that were made."""

from __future__ import annotations

from datetime import datetime

import attrs

from onestop_core.model.clock.acts import Act, Phase
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text

__all__ = ["Appointment", "Extension", "Span"]


@attrs.frozen(kw_only=True)
class Span:
    """A stretch of time in which the clock ran or stood still."""

    start: datetime
    end: datetime | None = None
    """None while it lasts."""
    phase: Phase
    """Running or paused."""
    by: Act
    """With which act it began."""
    event: str | None = None
    """Kind of the event that began it, where there is a log."""
    reason: Text | None = None
    """What it waits for, or why it began."""
    papers: bool = False
    """Whether it waits for papers that were asked for."""


@attrs.frozen(kw_only=True)
class Appointment:
    """What was promised: one line in the history of the appointment."""

    new: datetime
    """The moment that was promised."""
    old: datetime | None = None
    """The moment that had been promised before it, in whichever count."""
    at: datetime
    """When it was promised."""
    by: Act
    """With which act."""
    event: str | None = None
    """Kind of the event with which it was promised, where there is a log."""
    count: int
    """In which count of the time: 1 from the receipt, one more with each restart, 0 before the receipt."""
    reason: str | None = attrs.field(default=None, repr=False)
    """Why, of an appointment that moves another one."""


@attrs.frozen(kw_only=True)
class Extension:
    """More time: *until* a moment, or *by* so much."""

    at: datetime
    """When it was made."""
    until: datetime | None = None
    by: TimeLimit | None = None
    count: int
    """In which count of the time; the next one begins without it."""
    reason: str | None = attrs.field(default=None, repr=False)
