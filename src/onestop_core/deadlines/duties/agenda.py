"""The agenda of a dossier: the table of duties, read against its log and its clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core import dossier as dossiers
from onestop_core.deadlines.countdown import Countdown
from onestop_core.deadlines.deadline import Deadline, due
from onestop_core.deadlines.duties.table import DutyBy, DutyRule, DutyTable, Needed, duty_table
from onestop_core.deadlines.duties.values import Duty, DutyStatus
from onestop_core.deadlines.office_hours import WorkingHours, transfer_due
from onestop_core.deadlines.values import END_OF_DAY, STANDARD, Policies, StatusCode, WorkingCalendar
from onestop_core.dossier import Dossier, Event, Lifecycle
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import HO_CHI_MINH, Act, Clock, FinishedKind, FrozenMap, Phase, TimeLimit, aware
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["agenda"]

_NOT_DONE: Final = frozenset({FinishedKind.WITHDRAWN, FinishedKind.STOPPED})
_OWN_LIMIT: Final = frozenset({DutyBy.LIMIT, DutyBy.STATED})
_NO_LIMITS: Final[FrozenMap[str, TimeLimit]] = FrozenMap({})


def agenda(
    dossier: Dossier,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    now: datetime,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
    soon: Fraction | TimeLimit | None = None,
    limits: Mapping[str, TimeLimit] = _NO_LIMITS,
    duties: DutyTable | None = None,
    lifecycle: Lifecycle | None = None,
) -> tuple[Duty, ...]:
    """Return what must be done in time for *dossier* and what was, as it stands at *now*, the first due first.

    What happened after *now* is not looked at. Each duty has one row for each time that it began.

    >>> from onestop_core import dossier, workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00")))
    >>> for duty in agenda(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"),
    ...         now=at("2026-03-03T09:00")):
    ...     print(duty.text.en)
    Transfer the dossier to the competent authority: by 2026-03-02 17:00, missed
    Send the file back with the supplement request, if it is not complete: by the end of 2026-03-05, to be done
    Apologise and ask for an extension, if it will be late: by the end of 2026-03-08, to be done
    Have the result by the appointment: by 2026-03-09 17:00, to be done

    Args:
        dossier: The dossier.
        limit: How long the authority may take.
        calendar: Which days count.
        now: The moment of looking.
        hours: Office hours of the agency.
        policies: What the law leaves open.
        soon: When a duty is due soon: the share of its time that is left, such as ``Fraction(1, 5)``, or how long
            before its moment, such as ``1 working day``; left out, no duty is.
        limits: The times that the procedure's own law gives, by the code of the duty, such as
            ``{"opinion": sector.limit("opinion")}``.
        duties: A table of your own; left out, the one that ships.
        lifecycle: The dossier's edition, if it is one of your own: a duty of which it could not tell is ``unrecorded``.

    Raises:
        InvalidValueError: *now* is naive, a part of a working day without *hours*, a share that is none.
        UnknownCodeError: *limits* names no duty that has a limit.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    moment, opened = aware(now, "now"), dossier.events[0].at.date()
    table = duty_table(on=opened) if duties is None else duties
    reading = _Reading(
        dossier=dossier,
        log=tuple(
            (event, state) for event, state in zip(dossier.events, dossier.states, strict=True) if event.at <= moment
        ),
        clock=dossier.clock.as_of(moment),
        now=moment,
        limit=limit,
        calendar=calendar,
        hours=hours,
        policies=policies,
        soon=_soon(soon),
        limits=_limits(limits, table),
        table=table,
        lifecycle=_lifecycle(dossier) if lifecycle is None else lifecycle,
    )
    reading.count(reading.clock)  # a limit that cannot be counted is refused whatever the dossier has of duties
    rows = [
        row
        for rule in (table.duties if reading.log else ())
        if rule.applies(opened, dossier.channel)
        for row in reading.rows(rule)
    ]
    return tuple(sorted(rows, key=lambda row: row.by))


def _soon(soon: object) -> Fraction | TimeLimit | None:
    share = Fraction(soon) if type(soon) is int else soon
    if share is None or isinstance(share, TimeLimit) or (isinstance(share, Fraction) and 0 <= share <= 1):
        return share
    raise InvalidValueError.of(
        "soon",
        soon,
        vi="một phần của thời hạn (Fraction từ 0 đến 1) hoặc một TimeLimit",
        en="a share of the limit (a Fraction from 0 to 1) or a TimeLimit",
    )


def _limits(limits: object, table: DutyTable) -> Mapping[str, TimeLimit]:
    given = cast("Mapping[object, object]", limits)
    if not isinstance(limits, Mapping) or not all(isinstance(limit, TimeLimit) for limit in given.values()):
        raise InvalidValueError.of(
            "limits", given, vi="ánh xạ từ mã việc đến TimeLimit", en="a mapping of codes of duties to a TimeLimit"
        )
    known = [rule.code for rule in table.duties if rule.by in _OWN_LIMIT]
    for code in given:
        if code not in known:
            raise UnknownCodeError.among(
                Text(vi="việc có thời hạn riêng", en="duty with a limit of its own"), code, known
            )
    return cast("Mapping[str, TimeLimit]", given)


def _lifecycle(dossier: Dossier) -> Lifecycle | None:
    try:
        return dossiers.machine(dossier.lifecycle).lifecycle
    except UnknownCodeError:
        return None


@attrs.frozen(kw_only=True)
class _Held:
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
class _Reading:
    """A dossier as it stood at a moment, and in what it is counted."""

    dossier: Dossier
    log: tuple[tuple[Event, str], ...]
    clock: Clock
    now: datetime
    limit: TimeLimit
    calendar: WorkingCalendar
    hours: WorkingHours | None
    policies: Policies
    soon: Fraction | TimeLimit | None
    limits: Mapping[str, TimeLimit]
    table: DutyTable
    lifecycle: Lifecycle | None

    def count(self, clock: Clock) -> Countdown:
        return Countdown(
            clock=clock,
            limit=self.limit,
            calendar=self.calendar,
            hours=self.hours,
            policies=self.policies,
        )

    def rows(self, rule: DutyRule) -> Iterator[Duty]:
        most = self._most(rule)
        if rule.by is DutyBy.APPOINTMENT and rule.starts.each_count:
            yield from (self._appointment(rule, count) for count in range(1, self.clock.count + 1))
            return
        answered = 0
        for held in self._extensions(rule) if rule.starts.each_count else self._events(rule):
            if most is None or answered < most:
                yield self._row(rule, held, self._status(rule, held))
            answered += held.done_at is not None

    def _most(self, rule: DutyRule) -> int | None:
        """How often the duty may be done; None: nothing is said."""
        if rule.at_most is None:
            return None
        own = getattr(self.dossier.policy, rule.at_most)
        if own is None and self.lifecycle is not None and rule.at_most in self.lifecycle.parameters:
            own = self.lifecycle.parameters[rule.at_most].value
        return cast("int | None", own)

    # Duties of the log.

    def _events(self, rule: DutyRule) -> Iterator[_Held]:
        starts, waiting = rule.starts, dict[str | None, int]()
        for number, (event, state) in enumerate(self.log):
            if event.kind not in starts.events or (starts.states and state not in starts.states):
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
            yield _Held(
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
            if event.kind in rule.lapses_with or event.kind in rule.waived_by:
                return number
            if event.kind in rule.answered_by and event.task == begun.task:
                return number
        return None

    def _deadline(self, rule: DutyRule, event: Event) -> Deadline | None:
        limit = self.limits.get(rule.code, rule.limit)
        if rule.by is DutyBy.TRANSFER:
            return self._until(event.at, transfer_due(event.at, calendar=self.calendar, hours=self.hours))
        if rule.by is DutyBy.APPOINTMENT:
            promised = self.count(self._of_count(self._count_at(event.at))).in_force_at(self.now)
            return None if promised is None else self._until(event.at, promised)
        if rule.by is DutyBy.STATED and event.due is not None:
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

    def _until(self, since: datetime, by: datetime) -> Deadline:
        return Deadline(at=by, received_at=since, limit=self.limit, calendar=self.calendar, hours=self.hours)

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
        held = _Held(
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

    def _extensions(self, rule: DutyRule) -> Iterator[_Held]:
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
            if by < since:
                continue  # there is no such moment in a time as short as this
            yield _Held(
                since=since,
                deadline=self._until(since, by),
                done_at=done_at,
                ended_at=None if done_at is not None else replaced or clock.stopped_at,
                waits=clock.phase is Phase.PAUSED,
            )

    # How it stands.

    def _status(self, rule: DutyRule, held: _Held) -> DutyStatus:
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

    def _owed(self, rule: DutyRule, held: _Held) -> bool:
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

    def _pressing(self, held: _Held) -> DutyStatus:
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

    def _row(self, rule: DutyRule, held: _Held, status: DutyStatus) -> Duty:
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
