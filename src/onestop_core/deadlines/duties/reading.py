"""A table of duties, read against the log and the clock of a dossier as it stood at a moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, cast

import attrs

from onestop_core.deadlines.answers.countdown import Countdown
from onestop_core.deadlines.answers.deadline import Deadline, due
from onestop_core.deadlines.duties.table import DutyBy, DutyRule, DutyTable, Needed
from onestop_core.deadlines.duties.values import Duty, DutyStatus
from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.late_receipt import transfer_due
from onestop_core.deadlines.terms.policies import Policies
from onestop_core.deadlines.terms.values import END_OF_DAY, StatusCode, WorkingCalendar
from onestop_core.dossier import Dossier, Event, Lifecycle
from onestop_core.model import HO_CHI_MINH, Act, Clock, FinishedKind, LimitUnit, Phase, TimeLimit

__all__ = ["LogReading"]

_WITHIN_THE_DAY: Final = TimeLimit.parse("within the day")
_NOT_DONE: Final = frozenset({FinishedKind.WITHDRAWN, FinishedKind.STOPPED})


@attrs.frozen(kw_only=True)
class Held:
    """When a duty began, by when it is to be done, and what became of it."""

    since: datetime
    deadline: Deadline
    """Its moment, in what it is counted."""
    event: Event | None = None
    """The event that began it, of a duty of the log."""
    done_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was not owed any more."""
    waived: bool = False
    """Whether what ended it says that it never was owed."""
    waits: bool = False


@attrs.frozen(kw_only=True)
class LogReading:
    """A dossier as it stood at a moment, and in what it is counted."""

    dossier: Dossier
    log: tuple[tuple[Event, str], ...]
    clock: Clock
    now: datetime
    limit: TimeLimit | None
    """None: no law gives the dossier a time."""
    calendar: WorkingCalendar
    hours: WorkingHours | None
    policies: Policies
    soon: Fraction | TimeLimit | None
    limits: Mapping[str, TimeLimit]
    table: DutyTable
    lifecycle: Lifecycle | None

    def count(self, clock: Clock, limit: TimeLimit | None = None) -> Countdown:
        """Return *clock* counted in what the dossier is counted in, or by another *limit*."""
        return Countdown(
            clock=clock,
            limit=limit or self.limit or _WITHIN_THE_DAY,
            calendar=self.calendar,
            hours=self.hours,
            policies=self.policies,
        )

    def rows(self, rule: DutyRule) -> Iterator[Duty]:
        """Yield a row for each time that the duty of *rule* began."""
        if rule.permitted_by is not None and self._parameter(rule.permitted_by) is False:
            return
        if rule.starts.each_count and self.limit is None:
            return
        most = None if rule.at_most is None else cast("int | None", self._parameter(rule.at_most))
        if rule.by is DutyBy.APPOINTMENT and rule.starts.each_count:
            yield from (self._appointment(rule, count) for count in range(1, self.clock.count + 1))
            return
        answered = 0
        for held in self._extensions(rule) if rule.starts.each_count else self._events(rule):
            # In a time as short as a day or less there is no such moment; what was done all the same is used up.
            fits = held.deadline.at >= held.since or not rule.starts.each_count
            if fits and (most is None or answered < most):
                yield self._row(rule, held, self._status(rule, held))
            answered += held.done_at is not None

    def _parameter(self, name: str) -> object:
        """Return what the procedure says of a parameter, else the lifecycle; None: nothing is said."""
        own: object = getattr(self.dossier.policy, name)
        if own is None and self.lifecycle is not None and name in self.lifecycle.parameters:
            own = self.lifecycle.parameters[name].value
        return own

    # Duties of the log.

    def _events(self, rule: DutyRule) -> Iterator[Held]:
        starts, waiting = rule.starts, dict[str | None, int]()
        for number, (event, state) in enumerate(self.log):
            if event.kind not in starts.events or (starts.states and state not in starts.states):
                continue
            if starts.channels and event.channel not in starts.channels:
                continue
            # While it is open the duty does not begin again; pieces of linked work are apart.
            if number < waiting.get(event.task, 0):
                continue
            end = self._end(rule, number, event)
            waiting[event.task] = len(self.log) if end is None else end
            deadline = self._deadline(rule, event)
            if deadline is None:
                continue
            ending = None if end is None else self.log[end][0]
            done = ending is not None and ending.kind in rule.answered_by
            at = None if ending is None else ending.at
            yield Held(
                since=event.at,
                deadline=deadline,
                event=event,
                done_at=at if done else None,
                ended_at=None if done else at,
                waived=ending is not None and ending.kind in rule.waived_by,
                waits=rule.by is DutyBy.APPOINTMENT and self.clock.phase is Phase.PAUSED,
            )

    def _end(self, rule: DutyRule, start: int, begun: Event) -> int | None:
        for number in range(start + 1, len(self.log)):
            event = self.log[number][0]
            mine = event.task == begun.task
            if (mine or event.task is None) and (event.kind in rule.lapses_with or event.kind in rule.waived_by):
                return number
            if event.kind in rule.answered_by and mine:
                return number
        return None

    def _deadline(self, rule: DutyRule, event: Event) -> Deadline | None:
        limit = self.limits.get(rule.code) or self._days(rule) or rule.limit
        if rule.by is DutyBy.TRANSFER:
            return self._until(event.at, transfer_due(event.at, calendar=self.calendar, hours=self.hours))
        if rule.by is DutyBy.APPOINTMENT:
            clock = self._of_count(self._count_at(event.at))
            counted = limit is not None or self.limit is not None
            promised = self.count(clock, limit).in_force_at(self.now) if counted else clock.promised_by(self.now)
            return None if promised is None else self._until(event.at, promised)
        if (rule.by is DutyBy.STATED or rule.opens) and event.due is not None:
            return self._until(event.at, event.due)
        if limit is None:
            return None  # no law gives it a time, and the event names none
        return due(
            event.at,
            limit,
            calendar=self.calendar,
            hours=self.hours,
            end_on_day_off=self.policies.end_on_day_off,
            late_receipt=self.policies.late_receipt,
        )

    def _days(self, rule: DutyRule) -> TimeLimit | None:
        days = None if rule.days_by is None else cast("int | None", self._parameter(rule.days_by))
        if days is None:
            return None
        return TimeLimit.of(days, LimitUnit.DAYS) if days else _WITHIN_THE_DAY

    def _until(self, since: datetime, by: datetime) -> Deadline:
        limit = self.limit or _WITHIN_THE_DAY
        return Deadline(at=by, received_at=since, limit=limit, calendar=self.calendar, hours=self.hours)

    # Duties of the clock.

    def _count_at(self, moment: datetime) -> int:
        return sum(start <= moment for start in (*self.clock.restarts, *self._starts()[:1]))

    def _starts(self) -> tuple[datetime, ...]:
        return tuple(span.start for span in self.clock.spans if span.by in {Act.START, Act.RESTART})

    def _of_count(self, count: int) -> Clock:
        """Return the clock as it stood at the end of the count of that number: now, or when the next one began."""
        clock = self.clock
        if count == clock.count:
            return clock
        numbers = [number for number, span in enumerate(clock.spans) if span.by in {Act.START, Act.RESTART}]
        spans = clock.spans[: numbers[count]]
        return Clock(
            phase=spans[-1].phase,
            spans=spans,
            count=count,
            appointments=tuple(each for each in clock.appointments if each.count <= count),
            extensions=tuple(each for each in clock.extensions if each.count <= count),
        )

    def _appointment(self, rule: DutyRule, count: int) -> Duty:
        clock = self._of_count(count)
        replaced = self._starts()[count] if count < self.clock.count else None
        counted, looked = self.count(clock), replaced or self.now
        standing, by = counted.status(now=looked).code, cast("datetime", counted.in_force_at(looked))
        since = cast("datetime", clock.counted_from)
        stopped = clock.stopped_at
        served = stopped is not None and self.dossier.milestones.outcome not in _NOT_DONE
        held = Held(
            since=since,
            deadline=attrs.evolve(self._until(since, by), pauses=_closed(clock)),
            done_at=stopped if served else None,
        )
        late = standing in {StatusCode.OVERDUE, StatusCode.FINISHED_LATE}
        if served:
            status = DutyStatus.DONE_LATE if late else DutyStatus.DONE
        elif late:
            status = DutyStatus.MISSED
        elif stopped is not None or replaced is not None:
            status = DutyStatus.LAPSED
        else:
            status = DutyStatus.WAITING if standing is StatusCode.PAUSED else self._pressing(held)
        return self._row(rule, held, status)

    def _extensions(self, rule: DutyRule) -> Iterator[Held]:
        for count in range(1, self.clock.count + 1):
            clock = self._of_count(count)
            since = cast("datetime", clock.counted_from)
            made = next((each for each in clock.extensions if each.count == count), None)
            done_at = None if made is None else made.at
            if done_at is not None:
                clock = _before_extension(clock, count, done_at)
            replaced = self._starts()[count] if count < self.clock.count else None
            promised = cast("datetime", self.count(clock).in_force_at(done_at or replaced or self.now))
            days = cast("TimeLimit", rule.limit).steps[0].amount
            by = datetime.combine(promised.date() - timedelta(days=int(days)), END_OF_DAY, HO_CHI_MINH)
            yield Held(
                since=since,
                deadline=self._until(since, by),
                done_at=done_at,
                ended_at=None if done_at is not None else replaced or clock.stopped_at,
                waits=clock.phase is Phase.PAUSED,
            )

    # How it stands.

    def _status(self, rule: DutyRule, held: Held) -> DutyStatus:
        by, done_at, ended_at = held.deadline.at, held.done_at, held.ended_at
        if done_at is not None:
            return DutyStatus.DONE if rule.opens or done_at <= by else DutyStatus.DONE_LATE
        looked = self.now if ended_at is None else ended_at
        if held.waived or (rule.opens and ended_at is not None):
            return DutyStatus.LAPSED
        if rule.opens:
            return DutyStatus.WAITING if looked <= by else DutyStatus.OPEN
        if looked > by and self._owed(rule, held):
            return DutyStatus.MISSED if self._tells(rule) else DutyStatus.UNRECORDED
        if ended_at is not None or looked > by:
            return DutyStatus.LAPSED
        if not self._tells(rule):
            return DutyStatus.UNRECORDED
        return DutyStatus.WAITING if held.waits else self._pressing(held)

    def _owed(self, rule: DutyRule, held: Held) -> bool:
        """Whether what was not done should have been, now that its moment has passed."""
        if rule.needed is not Needed.IF_LATE:
            return rule.needed is Needed.ALWAYS
        clock = self._of_count(self._count_at(held.since))
        status = self.count(clock).status(now=held.ended_at or self.now)
        return status.code in {StatusCode.OVERDUE, StatusCode.FINISHED_LATE}

    def _tells(self, rule: DutyRule) -> bool:
        """Whether the log could tell that it was done."""
        return self.lifecycle is None or bool(self._answers(rule))

    def _answers(self, rule: DutyRule) -> tuple[str, ...]:
        if self.lifecycle is None:
            return rule.answered_by
        known = {event.code for event in self.lifecycle.events}
        return tuple(kind for kind in rule.answered_by if kind in known)

    def _pressing(self, held: Held) -> DutyStatus:
        """Return whether what is open is due soon."""
        if self.soon is None:
            return DutyStatus.OPEN
        deadline = held.deadline
        if isinstance(self.soon, TimeLimit):
            reached = due(self.now, self.soon, calendar=self.calendar, hours=self.hours).at >= deadline.at
        else:
            whole = deadline.left(at=held.since).amount
            reached = deadline.left(at=self.now).amount <= self.soon * whole
        return DutyStatus.SOON if reached else DutyStatus.OPEN

    def _row(self, rule: DutyRule, held: Held, status: DutyStatus) -> Duty:
        opened, event = self.log[0][0].at.date(), held.event
        linked = event is not None and event.task is not None
        return Duty(
            code=rule.code,
            name=rule.name,
            who=rule.who,
            role=self.table.roles[rule.who],
            unit=event.to_unit if event is not None and linked else None,
            task=event.task if event is not None else None,
            since=held.since,
            by=held.deadline.at,
            opens=rule.opens,
            answered_by=self._answers(rule),
            status=status,
            done_at=held.done_at,
            basis=tuple(each for each in rule.basis if each.in_force(opened)),
        )


def _closed(clock: Clock) -> tuple[tuple[datetime, datetime | None], ...]:
    return tuple((start, end) for start, end in clock.pauses if end is not None)


def _before_extension(clock: Clock, count: int, at: datetime) -> Clock:
    """Return *clock* as it stood before the first extension of the count, which was made *at* that moment."""
    then = clock.as_of(at)
    made = next(
        (number for number, each in enumerate(then.appointments) if each.by is Act.EXTEND and each.count == count),
        len(then.appointments),
    )
    return attrs.evolve(
        then,
        appointments=then.appointments[:made],
        extensions=tuple(each for each in then.extensions if each.count < count),
    )
