"""A clock, counted: when the result is due, what was promised, which of the two holds, and how the case stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import trusted
from onestop_core.deadlines.answers.deadline import Deadline, made
from onestop_core.deadlines.answers.promise_gap import PromiseGap
from onestop_core.deadlines.counting.countable import by_the_hour, ensure_countable
from onestop_core.deadlines.counting.days import setting_of
from onestop_core.deadlines.counting.limit_steps import end_in_working_days
from onestop_core.deadlines.counting.promises import count_all, promised_end
from onestop_core.deadlines.counting.time_left import left_at, standing, time_between
from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.terms.policies import STANDARD, Policies
from onestop_core.deadlines.terms.values import Measure, Status, StatusCode, WorkingCalendar, status_of
from onestop_core.dossier import Dossier
from onestop_core.errors import InvalidValueError
from onestop_core.model import Clock, Phase, Span, TimeLimit, aware
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.deadlines.counting.waits import Pause

__all__ = ["Countdown", "countdown"]


_WANTED: Final = {
    "known_until": Text(vi="thời điểm có múi giờ", en="an aware datetime"),
    "lifecycle": Text(vi="mã phiên bản vòng đời", en="the id of a lifecycle edition"),
}


@attrs.frozen(kw_only=True)
class Countdown:
    """A clock and what it is counted in. It judges nothing: what the clock recorded is history.

    >>> from datetime import datetime
    >>> from onestop_core import workdays
    >>> from onestop_core.model import Clock, TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> clock = Clock().start(at("2026-03-02T09:00")).pause(at("2026-03-04T09:00")).resume(at("2026-03-10T09:00"))
    >>> count = countdown(clock, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"))
    >>> count.counted.date().isoformat(), count.promised, count.status(now=at("2026-03-11T09:00")).text.en
    ('2026-03-13', None, '2 working days left')

    Raises:
        InvalidValueError: something else in place of a clock, limit, calendar or hours, or a part of a working day
            without hours.
    """

    clock: Clock
    limit: TimeLimit
    calendar: WorkingCalendar = attrs.field(repr=False)
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    policies: Policies = STANDARD
    known_until: datetime | None = None
    """The last moment that is known to have passed: a wait that lasts has lasted until then."""
    lifecycle: str | None = None
    """Id of the lifecycle edition pinned on the dossier, where there is one."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(cast("object", self.clock), Clock):
            raise InvalidValueError.of("clock", self.clock, vi="một đồng hồ (Clock)", en="a Clock")
        if not isinstance(cast("object", self.policies), Policies):
            raise InvalidValueError.of("policies", self.policies, vi="chính sách (Policies)", en="Policies")
        for name, value, wanted in (("known_until", self.known_until, datetime), ("lifecycle", self.lifecycle, str)):
            if value is not None and type(cast("object", value)) is not wanted:
                raise InvalidValueError.of(name, value, vi=_WANTED[name].vi, en=_WANTED[name].en)
        ensure_countable(self.limit, self.calendar, self.hours)

    def due(self, *, explain: bool = False) -> Deadline | None:
        """Return when the result is due as the law counts it, by what happened so far; None before the receipt.

        Provisional while the clock is paused: the earliest it can be. An extension to a moment *is* that moment.

        Raises:
            CalendarCoverageError: the calendar does not reach far enough.
        """
        held = self._held(self.clock, self.known_until, by_law=True)
        if held is None:
            return None
        end, received, pauses = held
        due = made(
            at=end,
            received_at=received,
            limit=self.limit,
            calendar=self.calendar,
            hours=self.hours,
            pauses=pauses,
            policies=self.policies,
            clock=self.clock,
        )
        return due.explained() if explain is True else due

    @property
    def counted(self) -> datetime | None:
        """The due moment as the law counts it, see :meth:`due`."""
        held = self._held(self.clock, self.known_until, by_law=True)
        return None if held is None else held[0]

    @property
    def promised(self) -> datetime | None:
        """What was promised last in the present count, as it was written down."""
        last = self.clock.appointment
        return None if last is None else last.new

    @property
    def in_force(self) -> datetime | None:
        """The moment that holds: what was promised last, moved by the waiting since; else what the law counts."""
        held = self._held(self.clock, self.known_until)
        return None if held is None else held[0]

    def in_force_at(self, now: datetime) -> datetime | None:
        """Return what holds if nothing happens until *now*: a wait that lasts has moved it so far.

        Raises:
            InvalidValueError: *now* is naive.
        """
        held = self._held(self.clock, self._known(aware(now, "now")))
        return None if held is None else held[0]

    @property
    def difference(self) -> PromiseGap | None:
        """The finding that promise and count do not fall together; None where they do, or where one is missing.

        Days are compared, and moments where the limit is in hours.
        """
        promised, counted = self.in_force, self.counted
        if self.clock.appointment is None or promised is None or counted is None:
            return None
        if promised == counted or (promised.date() == counted.date() and not by_the_hour(self.limit.steps[-1])):
            return None
        if promised >= counted:
            days = self.calendar.count(counted.date(), promised.date())
        else:
            days = -self.calendar.count(promised.date(), counted.date())
        return PromiseGap(promised=promised, counted=counted, working_days=days)

    def status(self, *, now: datetime) -> Status:
        """Return how the case stands at *now* against what is in force; after the end, how it ended.

        A case that ended while it waited is not late by the waiting.

        Raises:
            InvalidValueError: *now* is naive.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        moment = aware(now, "now")
        clock = self.clock.as_of(moment)
        held = self._held(clock, moment)
        if held is not None:
            due, received, pauses = held
            return standing(moment, due=due, received=received, pauses=pauses, ended=clock.stopped_at, within=self)
        return status_of(
            code=StatusCode.FINISHED if clock.phase is Phase.STOPPED else StatusCode.NOT_STARTED, measure=None
        )

    def used(self, *, now: datetime) -> Measure | None:
        """Return the time used up to *now*, or to the end, without waiting; None before the receipt.

        Raises:
            InvalidValueError: *now* is naive.
        """
        moment = aware(now, "now")
        held = self._held(self.clock, self._known(moment))
        if held is None:
            return None
        _, received, pauses = held
        return time_between(received, self._until(moment), pauses, self)

    def left(self, *, now: datetime) -> Measure | None:
        """Return the time left at *now*, or at the end; nothing once the moment in force has passed.

        Raises:
            InvalidValueError: *now* is naive.
        """
        moment = aware(now, "now")
        held = self._held(self.clock, self._known(moment))
        if held is None:
            return None
        due, received, pauses = held
        return left_at(self._until(moment), due, received, pauses, self)

    def to_receipt(self, *, explain: bool = False) -> dict[str, Any]:
        """Return the due moment as the law counts it, what was promised, and all from which anybody can count again.

        A document under ``schemas/deadline-receipt.schema.json``; :func:`verify` looks whether it holds.

        Args:
            explain: Whether to give reasons, in both languages.

        Raises:
            InvalidValueError: there is nothing to count: the case is not received yet.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        from onestop_core.deadlines.receipts.writing import receipt_of  # noqa: PLC0415 - it counts with this module

        due = self.due(explain=explain)
        if due is None:
            raise InvalidValueError.of("clock", self.clock, vi="hồ sơ đã tiếp nhận", en="a case that was received")
        return receipt_of(due, promise=self.clock.appointment, restarts=self.clock.restarts, lifecycle=self.lifecycle)

    def _until(self, moment: datetime) -> datetime:
        ended = self.clock.stopped_at
        return moment if ended is None else min(moment, ended)

    def _known(self, moment: datetime) -> datetime:
        return moment if self.known_until is None or self.known_until < moment else self.known_until

    def _held(
        self, clock: Clock, known: datetime | None, *, by_law: bool = False
    ) -> tuple[datetime, datetime, tuple[Pause, ...]] | None:
        """Return when it ends that holds, or what the law counts; the beginning and the waits of the count."""
        present = clock.present
        if not present:
            return None
        start, limit = present[0].start, self.limit
        pauses = _pauses(present, known) if len(present) > 1 else ()
        extensions = clock.prolonged if clock.extensions else ()
        promise = None if by_law else clock.appointment
        if promise is not None and not pauses and not extensions:
            return promise.new, start, pauses
        days = limit.whole_working_days
        if promise is None and days and not extensions and self.hours is None and self.policies is STANDARD:
            return end_in_working_days(start, days, self.calendar, pauses), start, pauses
        setting = setting_of(calendar=self.calendar, hours=self.hours, policies=self.policies)
        if promise is None:
            end = count_all(start, limit, setting, pauses, extensions)[1]
        else:
            end = promised_end(promise.new, promise.at, limit, setting, pauses=pauses, extensions=extensions)
        return end, start, pauses


def _pauses(present: tuple[Span, ...], known: datetime | None) -> tuple[Pause, ...]:
    """Return the waits of a count, which are in order; those that touch as one.

    Of one that lasts, what has passed for certain stands apart.
    """
    spans = [(span.start, span.end) for span in present if span.phase is Phase.PAUSED]
    if not spans:
        return ()
    first, last = spans[-1]
    if last is None and known is not None and known > first:
        spans[-1:] = [(first, known), (known, None)]
    if len(spans) == 1 or (len(spans) == 2 and spans[1][1] is None):
        return tuple(spans)
    out: list[Pause] = []
    for first, last in spans:
        before = out[-1] if out else None
        if before is not None and last is not None and first == before[1]:
            out[-1] = (before[0], last)
        else:
            out.append((first, last))
    return tuple(out)


_made: Final = trusted(Countdown)


def countdown(
    case: Dossier | Clock,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
) -> Countdown:
    """Return the clock of *case*, counted: what its events did to the time that *limit* allows.

    Whatever a lifecycle accepted can be counted, under every policy and calendar.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-02-09T08:15"))
    >>> for event in (
    ...     dossier.event("received", at("2026-02-09T08:15"), due=at("2026-02-23T17:00")),
    ...     dossier.event("assigned", at("2026-02-09T14:00")),
    ...     dossier.event("supplement_requested", at("2026-02-11T15:30"), reason="a map is missing"),
    ...     dossier.event("supplemented", at("2026-02-12T09:30")),
    ... ):
    ...     case = m.step(case, event)
    >>> count = countdown(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"))
    >>> count.due().day, count.promised
    (datetime.date(2026, 2, 26), None)

    Args:
        case: The dossier, or the clock of a host that keeps no log here.
        limit: How long the authority may take, from the procedure.
        calendar: Which days count.
        hours: Office hours of the agency.
        policies: What the law leaves open.

    Raises:
        InvalidValueError: something else in place of one of these, or a part of a working day without *hours*.
    """
    known: datetime | None = None
    lifecycle: str | None = None
    clock: object = case
    if isinstance(case, Dossier):
        clock, known, lifecycle = case.clock, case.events[-1].at, case.lifecycle
    return _made(
        clock=cast("Clock", clock),
        limit=limit,
        calendar=calendar,
        hours=hours,
        policies=policies,
        known_until=known,
        lifecycle=lifecycle,
    )
