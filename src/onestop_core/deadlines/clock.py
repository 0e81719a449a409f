"""The processing clock of a case: when its time ran, stood still, began again, was extended and ended."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines.deadline import Deadline, due
from onestop_core.deadlines.law import cite, parameters, rule_text
from onestop_core.deadlines.office_hours import WorkingHours
from onestop_core.deadlines.values import (
    EndOnDayOff,
    LateReceipt,
    Measure,
    Status,
    StatusCode,
    WorkingCalendar,
    code_of,
)
from onestop_core.errors import GuardError, InvalidEventError, TransitionNotAllowedError
from onestop_core.model import TimeLimit, aware
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ClockAct", "ClockEvent", "ClockSpan", "ClockState", "ProcessingClock"]


class ClockAct(enum.StrEnum):
    """What happens to a clock."""

    START = "start"
    PAUSE = "pause"
    """The authority waits: for a supplement where the procedure's own law pauses the time, a financial
    obligation, the opinion of another body, a suspension. The event's reason says which."""
    RESUME = "resume"
    RESTART = "restart"
    """The time is counted again from the beginning (Decree 61/2018/NĐ-CP, art. 19(4))."""
    EXTEND = "extend"
    """A new appointment, with its apology (art. 19(9))."""
    STOP = "stop"


class ClockState(enum.StrEnum):
    """What a clock is doing."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


_S, _A = ClockState, ClockAct
_NEXT: Final = {
    _S.NOT_STARTED: {_A.START: _S.RUNNING},
    _S.RUNNING: {_A.PAUSE: _S.PAUSED, _A.RESTART: _S.RUNNING, _A.EXTEND: _S.RUNNING, _A.STOP: _S.STOPPED},
    _S.PAUSED: {_A.RESUME: _S.RUNNING, _A.RESTART: _S.RUNNING, _A.STOP: _S.STOPPED},
    _S.STOPPED: dict[ClockAct, ClockState](),
}


def _moment(value: object) -> datetime:
    return aware(value, "at")


def _act(value: object) -> ClockAct:
    return code_of("act", ClockAct, value)


@attrs.frozen(kw_only=True)
class ClockEvent:
    """One act on the clock.

    Raises:
        InvalidValueError: a naive moment.
    """

    act: ClockAct = attrs.field(converter=_act)
    at: datetime = attrs.field(converter=_moment)
    reason: Text | None = None
    """Why, such as an opinion asked for."""
    basis: Text | None = None
    """The legal ground, where the act has its own."""
    by: TimeLimit | None = None
    """How much longer, for an extension."""


@attrs.frozen(kw_only=True)
class ClockSpan:
    """A stretch of time in which the clock ran or stood still."""

    start: datetime
    end: datetime | None = None
    """None while it lasts."""
    running: bool
    reason: Text | None = None
    basis: Text | None = None


@attrs.frozen(kw_only=True)
class ProcessingClock:
    """The clock of one case. Every act returns a new clock; a refusal leaves this one as it was.

    The spans follow one another without gap or overlap from the start to the stop, or to an open end.

    >>> from onestop_core import workdays
    >>> from onestop_core.deadlines import TimeLimit
    >>> day = lambda text: datetime.fromisoformat(text + "T09:00+07:00")
    >>> clock = ProcessingClock(limit=TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"))
    >>> clock = clock.start(day("2026-03-02")).pause(day("2026-03-04")).resume(day("2026-03-10"))
    >>> clock.due().at.date().isoformat()
    '2026-03-13'
    >>> clock.restart(day("2026-03-11")).due().at.date().isoformat()
    '2026-03-18'
    """

    limit: TimeLimit
    calendar: WorkingCalendar = attrs.field(repr=False)
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    end_on_day_off: EndOnDayOff = EndOnDayOff.NEXT_WORKING_DAY
    late_receipt: LateReceipt = LateReceipt.SAME_DAY_LIMITS
    state: ClockState = attrs.field(default=ClockState.NOT_STARTED, init=False)
    spans: tuple[ClockSpan, ...] = attrs.field(default=(), init=False)
    events: tuple[ClockEvent, ...] = ()
    """Every act so far, in order; a clock is built from them."""
    counted_from: datetime | None = attrs.field(default=None, init=False)
    """The start, or the last restart."""
    extension: TimeLimit | None = attrs.field(default=None, init=False)
    """What an extension adds to the present count; a restart drops it, and it stays used."""

    def __attrs_post_init__(self) -> None:
        events = tuple(self.events)
        object.__setattr__(self, "events", ())
        for event in events:
            self._check(event)
            self._apply(event)

    def take(self, event: ClockEvent) -> ProcessingClock:
        """Return the clock after *event*.

        Raises:
            InvalidEventError: it comes before the event before it, or says how long without being an
                extension, or the other way round.
            TransitionNotAllowedError: the clock cannot do that in its state.
            GuardError: a second extension, or one whose apology comes too late.
        """
        return attrs.evolve(self, events=(*self.events, event))

    def start(self, at: datetime) -> ProcessingClock:
        """Return the clock started at the receipt."""
        return self.take(ClockEvent(act=ClockAct.START, at=at))

    def pause(self, at: datetime, *, reason: Text | None = None, basis: Text | None = None) -> ProcessingClock:
        """Return the clock standing still."""
        return self.take(ClockEvent(act=ClockAct.PAUSE, at=at, reason=reason, basis=basis))

    def resume(self, at: datetime) -> ProcessingClock:
        """Return the clock running on."""
        return self.take(ClockEvent(act=ClockAct.RESUME, at=at))

    def restart(self, at: datetime, *, reason: Text | None = None) -> ProcessingClock:
        """Return the clock counting again from the beginning, the full dossier being received *at*."""
        return self.take(ClockEvent(act=ClockAct.RESTART, at=at, reason=reason))

    def extend(self, at: datetime, *, by: TimeLimit, reason: Text | None = None) -> ProcessingClock:
        """Return the clock with a new appointment, *by* later, its apology made *at*."""
        return self.take(ClockEvent(act=ClockAct.EXTEND, at=at, by=by, reason=reason))

    def stop(self, at: datetime) -> ProcessingClock:
        """Return the clock stopped: the case is over."""
        return self.take(ClockEvent(act=ClockAct.STOP, at=at))

    def _check(self, event: ClockEvent) -> None:
        if self.events and event.at < self.events[-1].at:
            before = self.events[-1].at.isoformat()
            raise InvalidEventError(
                event=event.act.value,
                reason=Text(
                    vi=f"sớm hơn sự kiện trước ({before})", en=f"it comes before the event before it ({before})"
                ),
            )
        if (event.by is not None) is not (event.act is ClockAct.EXTEND):
            raise InvalidEventError(
                event=event.act.value,
                reason=Text(vi="gia hạn, và chỉ gia hạn, cần by=", en="an extension, and nothing else, takes by="),
            )
        allowed = tuple(act.value for act in _NEXT[self.state])
        if event.act not in _NEXT[self.state]:
            raise TransitionNotAllowedError(state=self.state.value, event=event.act.value, allowed=allowed)
        if event.act is ClockAct.EXTEND:
            numbers = parameters()
            used = sum(one.act is ClockAct.EXTEND for one in self.events)
            in_time = event.at.date() <= self.due().day - timedelta(days=numbers.apology_days_before)
            for guard, met in (("extension_once", used < numbers.max_extensions), ("apology_in_time", in_time)):
                if not met:
                    raise GuardError(
                        state=self.state.value,
                        event=event.act.value,
                        allowed=allowed,
                        basis=cite(guard, event.at.date()),
                        guard=guard,
                        reason=rule_text(guard),
                    )

    def _apply(self, event: ClockEvent) -> None:
        put = object.__setattr__
        put(self, "events", (*self.events, event))
        put(self, "state", _NEXT[self.state][event.act])
        if event.act is ClockAct.EXTEND:
            put(self, "extension", event.by)
            return
        spans = self.spans
        if spans:
            spans = (*spans[:-1], attrs.evolve(spans[-1], end=event.at))
        if event.act in {ClockAct.START, ClockAct.RESTART}:
            put(self, "counted_from", event.at)
            put(self, "extension", None)
        if self.state is not ClockState.STOPPED:
            basis = event.basis
            if event.act is ClockAct.RESTART and basis is None:
                basis = cite("restart", event.at.date())
            running = self.state is ClockState.RUNNING
            spans = (*spans, ClockSpan(start=event.at, running=running, reason=event.reason, basis=basis))
        put(self, "spans", spans)

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """The pauses of the present count."""
        since = self.counted_from
        return tuple((s.start, s.end) for s in self.spans if not s.running and since is not None and s.start >= since)

    @property
    def stopped_at(self) -> datetime | None:
        """When the case ended."""
        return self.events[-1].at if self.state is ClockState.STOPPED else None

    def due(self, *, explain: bool = False) -> Deadline:
        """Return when the result is due by what happened so far; provisional while the clock is paused.

        Raises:
            InvalidEventError: the clock has not been started.
        """
        if self.counted_from is None:
            raise InvalidEventError(
                event=ClockAct.START.value, reason=Text(vi="chưa có tiếp nhận", en="the clock has not been started")
            )
        return due(
            self.counted_from,
            self.limit + self.extension if self.extension else self.limit,
            calendar=self.calendar,
            hours=self.hours,
            pauses=self.pauses,
            explain=explain,
            end_on_day_off=self.end_on_day_off,
            late_receipt=self.late_receipt,
        )

    def elapsed(self, *, now: datetime) -> Measure:
        """Return the working time used up to *now*, or up to the stop: the days after the receipt, without waiting.

        Raises:
            InvalidEventError: the clock has not been started.
        """
        return self.due().used(until=self._until(now))

    def remaining(self, *, now: datetime) -> Measure:
        """Return the working time left at *now*, or at the stop; nothing once the limit has passed.

        Raises:
            InvalidEventError: the clock has not been started.
        """
        return self.due().left(at=self._until(now))

    def status(self, *, now: datetime) -> Status:
        """Return how the case stands at *now*; after the stop, how it ended.

        Raises:
            InvalidEventError: the clock has not been started.
        """
        moment, stopped = self._until(now), self.stopped_at
        status = self.due().status(now=moment)
        if stopped is None or moment < stopped:
            return status
        late = status.code is StatusCode.OVERDUE
        return attrs.evolve(status, code=StatusCode.FINISHED_LATE if late else StatusCode.FINISHED)

    def _until(self, now: datetime) -> datetime:
        moment, stopped = aware(now, "now"), self.stopped_at
        return moment if stopped is None else min(moment, stopped)

    @classmethod
    def replay(
        cls,
        events: Iterable[ClockEvent],
        *,
        limit: TimeLimit,
        calendar: WorkingCalendar,
        hours: WorkingHours | None = None,
    ) -> ProcessingClock:
        """Return the clock after all *events*, in order.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return cls(limit=limit, calendar=calendar, hours=hours, events=tuple(events))
