"""The clock of a dossier: when its processing time ran, stood still, began again and ended.

The clock only records. How many working days were used, and what a pause does to a due date, is computed
by the floors above from :attr:`Clock.started_at`, :attr:`Clock.pauses` and :attr:`Clock.stopped_at`.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Final

import attrs

__all__ = ["NOT_STARTED", "Clock", "ClockEffect", "ClockKind", "Span", "after"]


class ClockKind(enum.StrEnum):
    """What the clock is doing."""

    NOT_STARTED = "not_started"
    """The dossier is not received and no processing time counts."""
    RUNNING = "running"
    PAUSED = "paused"
    """The authority waits for somebody, the applicant most often; the time does not count."""
    STOPPED = "stopped"
    """The case is over, or its result is at the desk."""


class ClockEffect(enum.StrEnum):
    """What an event does to the clock."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    """The time is counted again from zero."""
    STOP = "stop"


_K, _E = ClockKind, ClockEffect
_AFTER: Final = {
    **{(kind, _E.NONE): kind for kind in _K},
    (_K.NOT_STARTED, _E.START): _K.RUNNING,
    (_K.RUNNING, _E.PAUSE): _K.PAUSED,
    (_K.PAUSED, _E.RESUME): _K.RUNNING,
    (_K.RUNNING, _E.RESTART): _K.RUNNING,
    (_K.PAUSED, _E.RESTART): _K.RUNNING,
    (_K.NOT_STARTED, _E.STOP): _K.STOPPED,
    (_K.RUNNING, _E.STOP): _K.STOPPED,
    (_K.PAUSED, _E.STOP): _K.STOPPED,
}


def after(kind: ClockKind, effect: ClockEffect) -> ClockKind | None:
    """Return what a clock of *kind* does after *effect*; None if the effect makes no sense then.

    >>> after(ClockKind.PAUSED, ClockEffect.RESTART)
    <ClockKind.RUNNING: 'running'>
    >>> after(ClockKind.NOT_STARTED, ClockEffect.PAUSE) is None
    True
    """
    return _AFTER.get((kind, effect))


@attrs.frozen(kw_only=True)
class Span:
    """A stretch of time in which the clock did one thing."""

    start: datetime
    end: datetime | None = None
    """None while it lasts."""
    kind: ClockKind
    """Running or paused."""
    reason: str
    """The state that the dossier entered when the stretch began."""


@attrs.frozen(kw_only=True)
class Clock:
    """What the clock did so far.

    The spans follow one another without gap or overlap from the first start to ``stopped_at``, or to an
    open end while the dossier is under way. A clock that never ran has none.
    """

    kind: ClockKind = ClockKind.NOT_STARTED
    spans: tuple[Span, ...] = ()
    started_at: datetime | None = None
    """The moment from which the time counts, which is the start or the last restart."""
    restarts: tuple[datetime, ...] = ()
    """The moments at which the count began again from zero."""
    stopped_at: datetime | None = None

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """The pauses since the last restart, each as start and end; the end of one that lasts is None."""
        return tuple(
            (span.start, span.end)
            for span in self.spans
            if span.kind is ClockKind.PAUSED
            and (span.end is None or (self.started_at is not None and span.end > self.started_at))
        )

    def take(self, effect: ClockEffect, at: datetime, reason: str) -> Clock:
        """Return the clock after *effect*, which does something and which the table has proved possible, at *at*.

        >>> from datetime import datetime, timezone
        >>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
        >>> NOT_STARTED.take(ClockEffect.START, t, "received").started_at == t
        True
        """
        kind = _AFTER[self.kind, effect]
        spans = self.spans
        if spans:
            spans = (*spans[:-1], attrs.evolve(spans[-1], end=at))
        if kind is ClockKind.STOPPED:
            return attrs.evolve(self, kind=kind, spans=spans, stopped_at=at)
        begins = effect is ClockEffect.START or effect is ClockEffect.RESTART
        return Clock(
            kind=kind,
            spans=(*spans, Span(start=at, kind=kind, reason=reason)),
            started_at=at if begins else self.started_at,
            restarts=(*self.restarts, at) if effect is ClockEffect.RESTART else self.restarts,
        )


NOT_STARTED: Final = Clock()
"""The clock of a dossier that is not received yet."""
