"""The one clock of a dossier: when its time ran, stood still, began again and ended, and what was promised meanwhile.

The lifecycle machine writes it from the log of events; a host without the machine writes it by the same acts. It only
records: what it means on a calendar is counted by ``onestop_core.deadlines``, and nobody judges again what it says.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core._public import trusted
from onestop_core.errors import InvalidEventError, InvalidValueError, TransitionNotAllowedError
from onestop_core.model.clock.acts import ACT_NAMES, AFTER, NEW_COUNT, PHASE_NAMES, STANDS, Act, Phase, after
from onestop_core.model.clock.history import Appointment, Extension, Span
from onestop_core.model.moments import aware
from onestop_core.model.time_limits import TimeLimit
from onestop_core.model.words import plain_text
from onestop_core.text import Text, moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOT_STARTED", "Clock", "recorded"]


@attrs.frozen(kw_only=True, repr=False)
class Clock:
    """What a clock recorded so far. Every act returns a new clock; a refusal leaves this one as it was.

    The spans follow one another without gap or overlap from the first start to ``stopped_at``, or to an open end.

    >>> from datetime import datetime
    >>> from onestop_core.text import Text
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> clock = Clock().start(at("2026-03-02T08:00"), promise=at("2026-03-09T17:00"))
    >>> clock = clock.pause(at("2026-03-04T09:00"), reason=Text(vi="chờ giấy tờ", en="papers")).restart(at("2026-03-10T08:00"))
    >>> clock
    <Clock running since 2026-03-10T08:00+07:00, count 2>
    >>> clock.appointment is None, clock.waits[0].reason.en
    (True, 'papers')
    >>> clock.resume(at("2026-03-11T08:00"))
    Traceback (most recent call last):
    onestop_core.errors.TransitionNotAllowedError: state running does not take event resume; ...
    """

    phase: Phase = Phase.NOT_STARTED
    spans: tuple[Span, ...] = ()
    count: int = 0
    """How often the time began: 0 before the receipt, then 1, and one more with each restart."""
    appointments: tuple[Appointment, ...] = ()
    """Every appointment made, oldest first."""
    extensions: tuple[Extension, ...] = ()
    """Every extension, oldest first."""
    stopped_at: datetime | None = None

    @property
    def latest(self) -> datetime | None:
        """The moment of the last act; None before the first."""
        last = self.spans[-1] if self.spans else None
        moments = (
            None if last is None else last.start,
            self.appointments[-1].at if self.appointments else None,
            self.extensions[-1].at if self.extensions else None,
            self.stopped_at,
        )
        return max((moment for moment in moments if moment is not None), default=None)

    @property
    def present(self) -> tuple[Span, ...]:
        """The spans of the present count, from the start or the last restart on."""
        spans = self.spans
        first = len(spans)
        while first:
            first -= 1
            if spans[first].by in NEW_COUNT:
                return spans[first:]
        return ()

    @property
    def counted_from(self) -> datetime | None:
        """The start or the last restart; None before the receipt."""
        present = self.present
        return present[0].start if present else None

    @property
    def restarts(self) -> tuple[datetime, ...]:
        """The moments at which the count began again."""
        return tuple(span.start for span in self.spans if span.by is Act.RESTART)

    @property
    def waits(self) -> tuple[Span, ...]:
        """Every wait, those of earlier counts too."""
        return tuple(span for span in self.spans if span.phase is Phase.PAUSED)

    @property
    def pauses(self) -> tuple[tuple[datetime, datetime | None], ...]:
        """The waits of the present count, each as start and end; the end of one that lasts is None."""
        return tuple((span.start, span.end) for span in self.present if span.phase is Phase.PAUSED)

    @property
    def appointment(self) -> Appointment | None:
        """What was promised last in the present count. The promise of an earlier one went with it."""
        last = self.appointments[-1] if self.appointments else None
        return last if last is not None and last.count == self.count else None

    def promised_by(self, moment: datetime) -> datetime | None:
        """Return the appointment of the present count as it holds at *moment*, for those who have no calendar at hand.

        It is later by all the time that was waited since it was made, if the wait began before it passed; what that
        means in working days is counted by ``onestop_core.deadlines``.
        """
        last = self.appointment
        if last is None:
            return None
        promised = last.new
        for start, end in self.pauses:
            since, until = max(start, last.at), moment if end is None else min(end, moment)
            if since <= promised and until > since:
                promised += until - since
        return promised

    @property
    def prolonged(self) -> tuple[Extension, ...]:
        """The extensions of the present count."""
        return tuple(each for each in self.extensions if each.count == self.count)

    def start(self, at: datetime, *, promise: datetime | None = None) -> Clock:
        """Return the clock started at the receipt, with the appointment that was given then.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.START, at, promise=promise)

    def pause(self, at: datetime, *, reason: Text | None = None, papers: bool = False) -> Clock:
        """Return the clock standing still; *papers*: it waits for papers that were asked for.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.PAUSE, at, waiting_for=reason, papers=papers)

    def resume(self, at: datetime, *, promise: datetime | None = None) -> Clock:
        """Return the clock running on.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.RESUME, at, promise=promise)

    def restart(self, at: datetime, *, promise: datetime | None = None) -> Clock:
        """Return the clock counting again from the beginning, the full dossier being received *at*.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.RESTART, at, promise=promise)

    def extend(
        self, at: datetime, *, promise: datetime | None = None, by: TimeLimit | None = None, reason: str | None = None
    ) -> Clock:
        """Return the clock with more time, until the new appointment or *by* so much.

        Raises:
            OnestopError: as :meth:`take`; an extension needs exactly one of the two.
        """
        return self.take(Act.EXTEND, at, promise=promise, by=by, reason=reason)

    def reschedule(self, at: datetime, *, promise: datetime, reason: str) -> Clock:
        """Return the clock with its appointment moved on a ground that is nobody's delay.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.RESCHEDULE, at, promise=promise, reason=reason)

    def promise(self, at: datetime, *, promise: datetime) -> Clock:
        """Return the clock with an appointment made.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.PROMISE, at, promise=promise)

    def stop(self, at: datetime) -> Clock:
        """Return the clock stopped: the case is over.

        Raises:
            OnestopError: as :meth:`take`.
        """
        return self.take(Act.STOP, at)

    def take(
        self,
        act: Act | str,
        at: datetime,
        *,
        promise: datetime | None = None,
        by: TimeLimit | None = None,
        reason: str | None = None,
        event: str | None = None,
        waiting_for: Text | None = None,
        papers: bool = False,
    ) -> Clock:
        """Return the clock after *act*.

        Args:
            act: What happens.
            at: When.
            promise: The appointment that is made with it.
            by: How much longer, of an extension that names no moment.
            reason: Why, of an extension or of an appointment that is moved; the latter must have one.
            event: Kind of the event, where there is a log.
            waiting_for: Of a pause: what it waits for.
            papers: Of a pause: whether that is papers that were asked for.

        Raises:
            InvalidValueError: an unknown act, or a moment without a zone.
            InvalidEventError: it comes before the act before it, or lacks the appointment or reason that it needs.
            TransitionNotAllowedError: the clock cannot do that in its phase.
        """
        try:
            done = Act(act)
        except ValueError:
            raise InvalidValueError.one_of("act", act, Act) from None
        moment = aware(at, "at")
        promised = None if promise is None else aware(promise, "promise")
        if (latest := self.latest) is not None and moment < latest:
            before = moment_text(latest)
            raise InvalidEventError(
                event=done.value,
                event_name=ACT_NAMES[done],
                reason=Text(
                    vi=f"sớm hơn việc trước đó ({before.vi})", en=f"it comes before the act before it ({before.en})"
                ),
            )
        _ensure_complete(done, promised, by, reason)
        if waiting_for is not None and not isinstance(cast("object", waiting_for), Text):
            raise InvalidValueError.of("waiting_for", waiting_for, vi="một Text", en="a Text")
        if after(self.phase, done) is None:
            allowed = tuple(each for each in Act if after(self.phase, each) is not None)
            raise TransitionNotAllowedError(
                state=self.phase.value,
                event=done.value,
                allowed=tuple(each.value for each in allowed),
                state_name=PHASE_NAMES[self.phase],
                event_name=ACT_NAMES[done],
                allowed_names=tuple(ACT_NAMES[each] for each in allowed),
            )
        return recorded(
            self,
            done,
            moment,
            promise=promised,
            by=by,
            reason=None if reason is None else plain_text(reason, "reason", longest=_LONGEST),
            event=None if event is None else plain_text(event, "event", longest=_LONGEST),
            waiting_for=waiting_for,
            papers=papers is True,
        )

    def as_of(self, moment: datetime) -> Clock:
        """Return the clock as it stood at *moment*, without what happened after.

        Raises:
            InvalidValueError: a moment without a zone.
        """
        until = aware(moment, "moment")
        spans, appointments, extensions, stopped_at = self.spans, self.appointments, self.extensions, self.stopped_at
        # The last span may have an end of which no act tells, where somebody kept one count of several.
        if (
            (not spans or (spans[-1].start <= until and ((ended := spans[-1].end) is None or ended <= until)))
            and (not appointments or appointments[-1].at <= until)
            and (not extensions or extensions[-1].at <= until)
            and (stopped_at is None or stopped_at <= until)
        ):
            return self
        spans = tuple(span for span in spans if span.start <= until)
        stopped = stopped_at is not None and stopped_at <= until
        phase = Phase.STOPPED if stopped else Phase.NOT_STARTED
        if spans and not stopped:
            phase = spans[-1].phase
            spans = (*spans[:-1], attrs.evolve(spans[-1], end=None))
        return Clock(
            phase=phase,
            spans=spans,
            count=sum(span.by in NEW_COUNT for span in spans),
            appointments=tuple(each for each in appointments if each.at <= until),
            extensions=tuple(each for each in extensions if each.at <= until),
            stopped_at=stopped_at if stopped else None,
        )

    def __repr__(self) -> str:
        return f"<Clock {', '.join(self._said())}>"

    def _said(self) -> Iterator[str]:
        since = self.stopped_at or (self.spans[-1].start if self.spans else None)
        yield self.phase.value + (f" since {since.isoformat(timespec='minutes')}" if since is not None else "")
        if self.count:
            yield f"count {self.count}"


_LONGEST: Final = 4_000
"""Characters of a reason, as in an event of a log."""
_span: Final = trusted(Span)
_appointment: Final = trusted(Appointment)
_clock: Final = trusted(Clock)


def recorded(
    clock: Clock,
    act: Act,
    at: datetime,
    *,
    promise: datetime | None = None,
    by: TimeLimit | None = None,
    reason: str | None = None,
    event: str | None = None,
    waiting_for: Text | None = None,
    papers: bool = False,
) -> Clock:
    """Return *clock* after an *act* that was judged already, by :meth:`Clock.take` or by a lifecycle's machine.

    The table of acts must have a row for it; the moments are aware and in order.
    """
    phase, spans, count, stopped_at = AFTER[clock.phase, act], clock.spans, clock.count, clock.stopped_at
    extensions, appointments = clock.extensions, clock.appointments
    if act not in STANDS:
        if spans and spans[-1].end is None:
            spans = (*spans[:-1], _ended(spans[-1], at))
        if act is Act.STOP:
            stopped_at = at
        else:
            new = _span(start=at, phase=phase, by=act, event=event, reason=waiting_for, papers=papers)
            spans = (*spans, new)
            if act in NEW_COUNT:
                count += 1
    elif act is Act.EXTEND:
        extensions = (*extensions, Extension(at=at, until=promise, by=by, count=count, reason=reason))
    if promise is not None:
        old = appointments[-1].new if appointments else None
        made = _appointment(old=old, new=promise, at=at, by=act, event=event, count=count, reason=reason)
        appointments = (*appointments, made)
    return _clock(
        phase=phase,
        spans=spans,
        count=count,
        appointments=appointments,
        extensions=extensions,
        stopped_at=stopped_at,
    )


def _ended(span: Span, at: datetime) -> Span:
    return _span(
        start=span.start,
        end=at,
        phase=span.phase,
        by=span.by,
        event=span.event,
        reason=span.reason,
        papers=span.papers,
    )


def _ensure_complete(act: Act, promise: datetime | None, by: object, reason: str | None) -> None:
    """Refuse an act that lacks what it needs, or brings what it cannot use."""
    wrong: Text | None = None
    if by is not None and not isinstance(by, TimeLimit):
        raise InvalidValueError.of("by", by, vi="một TimeLimit", en="a TimeLimit")
    if act is Act.EXTEND:
        if (promise is None) is (by is None):
            wrong = Text(
                vi="gia hạn cần ngày hẹn mới hoặc khoảng thời gian, không cả hai",
                en="an extension takes a new appointment or how much longer, and not both",
            )
    elif by is not None:
        wrong = Text(vi="chỉ gia hạn mới có khoảng thời gian thêm", en="only an extension says how much longer")
    elif act in {Act.RESCHEDULE, Act.PROMISE} and promise is None:
        wrong = Text(vi="cần ngày hẹn", en="it needs the appointment")
    elif act in {Act.PAUSE, Act.STOP} and promise is not None:
        wrong = Text(vi="việc này không hẹn ngày", en="it makes no appointment")
    if wrong is None and act is Act.RESCHEDULE and not reason:
        wrong = Text(vi="cần lý do", en="it needs a reason")
    if wrong is not None:
        raise InvalidEventError(event=act.value, reason=wrong, event_name=ACT_NAMES[act])


NOT_STARTED: Final = Clock()
"""The clock of a dossier that is not received yet."""
