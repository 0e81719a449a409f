"""Dossiers followed and counted under two laws, one after another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, TypeGuard, cast

import attrs

from onestop_core import dossier as dossiers
from onestop_core.deadlines import countdown
from onestop_core.dossier import Dossier, Event
from onestop_core.dossier.logs import Log
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.lab.courses import Course, follow, happened_by
from onestop_core.lab.laws import Law, LawPart
from onestop_core.lab.replaying.values import Compared, OpenReason, Outcome, changes_course
from onestop_core.model import DossierFacts, Phase, aware, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Pair", "compare", "events_of", "unit_of"]

_DAY: Final = timedelta(days=1)
_NO_FIELDS: Final[dict[str, str]] = {}


@attrs.frozen(kw_only=True)
class Pair:
    """A dossier compared, and what measures need to know of it under either law."""

    row: Compared
    before: DossierFacts | None
    """None where it could not be counted, and so with the others."""
    after: DossierFacts | None
    """Had everybody acted at the same moments (:attr:`Behaviour.SAME_MOMENTS`), and so with the others."""
    kept: DossierFacts | None
    """As :attr:`after`, and due when the law before says, so that the new moment is kept or missed as the old one was."""
    worked: DossierFacts | None
    """As :attr:`after`, and ended when the same work would have."""
    fast: DossierFacts | None
    """As :attr:`after`, and never past a moment that is moved."""


def events_of(given: Dossier | Log | tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the events of a dossier, of a log that was read, or just these.

    Raises:
        InvalidValueError: it is something else.
    """
    found: object = given.events if isinstance(given, Dossier | Log) else given
    if not _are_events(found):
        raise InvalidValueError.of(
            "logs",
            given,
            vi="hồ sơ, nhật ký đã đọc bằng `load_log` hoặc các sự kiện",
            en="a dossier, a log that was read, or events",
        )
    if found[0].opening is None:
        raise InvalidValueError.of(
            "logs", given, vi="nhật ký bắt đầu bằng created", en="a log that begins with the event created"
        )
    return found


def _are_events(given: object) -> TypeGuard[tuple[Event, ...]]:
    """Return whether *given* are events, one at least."""
    if not isinstance(given, tuple) or not given:
        return False
    return all(isinstance(each, Event) for each in cast("tuple[object, ...]", given))


def unit_of(events: tuple[Event, ...]) -> str | None:
    """Return the unit that answers for a dossier: the competent one, else the desk's, else the first that an event names."""
    opening = events[0].opening
    named = None if opening is None else opening.competent_unit or opening.receiving_unit
    return named or next((event.unit for event in events if event.unit is not None), None)


def compare(
    logs: Iterable[Dossier | Log | tuple[Event, ...]],
    under: Law,
    against: Law,
    *,
    now: datetime,
    fields: Mapping[str, str] = _NO_FIELDS,
) -> Iterator[Pair]:
    """Yield each of *logs* under both laws, in their order, so that a million need no more memory than one.

    Args:
        logs: Dossiers, logs that were read, or their events.
        under: The law under which they are replayed.
        against: The law against which that is held: the law of their day or any other.
        now: The moment of looking; what happened after it is not looked at, nor is a dossier that was opened after it.
        fields: Field of administration by procedure.

    Raises:
        InvalidValueError: a naive moment, or what is no log.
    """
    moment = aware(now, "now")
    laws = _Laws(
        under=under, against=against, differ=against.differs(under), calendars=under.calendar == against.calendar
    )
    known = (happened_by(events_of(each), moment) for each in logs)
    return (_pair(events, laws, moment, fields) for events in known if events)


@attrs.frozen(kw_only=True)
class _Laws:
    """Two laws, and in what they differ, asked once for all logs."""

    under: Law
    against: Law
    differ: tuple[LawPart, ...]
    calendars: bool
    """Whether their calendars are the same."""


def _pair(events: tuple[Event, ...], laws: _Laws, now: datetime, fields: Mapping[str, str]) -> Pair:
    created, opening = events[0], events[0].opening
    assert opening is not None  # events_of looked
    field, unit = fields.get(opening.procedure), unit_of(events)
    row = Compared(
        id=opening.id, procedure=opening.procedure, field=field, unit=unit, month=f"{day_of(created.at):%Y-%m}"
    )
    try:
        return _compared(row, events, laws, now)
    except OnestopError as error:
        return Pair(row=attrs.evolve(row, error=error), before=None, after=None, kept=None, worked=None, fast=None)


def _compared(row: Compared, events: tuple[Event, ...], laws: _Laws, now: datetime) -> Pair:
    under, against = laws.under, laws.against
    old = _followed(events, against)
    new = old if _same_steps(events, under, against) else _followed(events, under)
    before = _outcome(old, against, now)
    after = before if new is old and _counted_alike(laws, row.procedure) else _outcome(new, under, now)
    unknown = any(each.limits.of(row.procedure) is None for each in (under, against))
    open_ = tuple(_open(old, new, before, after, unknown=unknown))
    lost = OpenReason.COURSE in open_ or OpenReason.END in open_
    if lost:
        after = attrs.evolve(after, due=None, late=None)
        if _left_out(old, new):
            before = attrs.evolve(before, due=None, late=None)
    moved = before.due is not None and after.due is not None and before.due != after.due
    row = Compared(
        id=row.id,
        procedure=row.procedure,
        field=row.field,
        unit=row.unit,
        month=_month(old, new) or row.month,
        before=before,
        after=after,
        why=tuple(_why(events, laws, old, before, now)) if moved else (),
        days=_days(old, before, after, laws) if moved and not laws.calendars else (),
        worked=None if lost else _worked(new, after, laws),
        open=open_,
    )
    told = _facts(old, before, row)
    anew = told if new is old and after == before else _facts(new, after, row)
    if told is None or anew is None or lost:
        known = told or anew
        blank = None if known is None else attrs.evolve(known, due_at=None)
        return Pair(row=row, before=told or blank, after=blank, kept=blank, worked=blank, fast=blank)
    return _behaving(row, told, anew, now)


def _behaving(row: Compared, told: DossierFacts, anew: DossierFacts, now: datetime) -> Pair:
    """Return the pair with what measures know, had people behaved in each of the ways; what is the same is one value."""
    kept = worked = fast = anew
    if row.moved or row.before.due is None:
        kept = attrs.evolve(anew, due_at=row.before.due)
    if row.moved and row.after.late:
        # Only being late is asked: how long it was handled stays as it was.
        fast = attrs.evolve(anew, due_at=anew.finished_at or datetime.combine(day_of(now), _LAST, now.tzinfo))
    if row.worked != row.after.ended and anew.finished_at is not None:
        worked = attrs.evolve(anew, finished_at=row.worked)
    return Pair(row=row, before=told, after=anew, kept=kept, worked=worked, fast=fast)


_LAST: Final = time.max


def _counted_alike(laws: _Laws, procedure: str) -> bool:
    """Return whether both laws count what takes the same steps alike."""
    if laws.differ == (LawPart.LIMITS,):
        return laws.under.limits.of(procedure) == laws.against.limits.of(procedure)
    return not any(part in _COUNTED for part in laws.differ)


_COUNTED: Final = frozenset({LawPart.CALENDAR, LawPart.LIMITS, LawPart.POLICIES, LawPart.HOURS})


def _followed(events: tuple[Event, ...], law: Law) -> Course:
    return follow(events, law.machine(events[0]), policy=law.policy)


def _same_steps(events: tuple[Event, ...], one: Law, other: Law) -> bool:
    """Return whether both laws judge the steps of a log alike."""
    return one.policy == other.policy and one.machine(events[0]) == other.machine(events[0])


def _outcome(course: Course, law: Law, now: datetime) -> Outcome:
    case = course.dossier
    if case is None:
        return Outcome(refused=course.breaches)
    clock, limit = case.clock, law.limits.of(case.procedure)
    due = None
    if limit is not None:
        count = countdown(case, limit, calendar=law.calendar, hours=law.hours, policies=law.policies)
        due = (attrs.evolve(count, known_until=now) if clock.waits else count).counted
    ended = clock.stopped_at
    return Outcome(
        due=due,
        ended=ended,
        late=None if due is None else (ended or now) > due,
        waits=len(clock.waits),
        waited=sum(((span.end or max(now, span.start)) - span.start for span in clock.waits), timedelta()),
        restarts=max(clock.count - 1, 0),
        extensions=len(clock.extensions),
        refused=course.breaches,
    )


def _worked(course: Course, outcome: Outcome, laws: _Laws) -> datetime | None:
    """Return when it would have ended, had the work since its time last began or went on taken as many working days."""
    if course.dossier is None or outcome.ended is None or outcome.due is None or laws.calendars:
        return outcome.ended
    last, ended = course.dossier.clock.spans[-1], outcome.ended
    first, day = last.start.date(), ended.date()
    done = laws.against.calendar.count(first, day)
    if last.phase is Phase.PAUSED or not done or not _differing(first + _DAY, day, laws):
        return ended
    return datetime.combine(laws.under.calendar.add(first, done), ended.timetz())


def _open(old: Course, new: Course, before: Outcome, after: Outcome, *, unknown: bool) -> Iterator[OpenReason]:
    known = {(breach.number, breach.kind) for breach in old.breaches}
    fresh = any(changes_course(breach) and (breach.number, breach.kind) not in known for breach in new.breaches)
    if fresh or _left_out(old, new):
        yield OpenReason.COURSE
    elif (before.ended is None) is not (after.ended is None):
        yield OpenReason.END
    if unknown:
        yield OpenReason.LIMIT


def _left_out(old: Course, new: Course) -> bool:
    """Return whether the law before does not even let the log be followed where the law after does."""
    known = {(breach.number, breach.kind) for breach in new.breaches}
    return any(
        changes_course(breach) and not breach.followed and (breach.number, breach.kind) not in known
        for breach in old.breaches
    )


def _month(*courses: Course) -> str | None:
    for course in courses:
        received = None if course.dossier is None else course.dossier.milestones.received_at
        if received is not None:
            return f"{day_of(received):%Y-%m}"
    return None


def _why(events: tuple[Event, ...], laws: _Laws, old: Course, before: Outcome, now: datetime) -> Iterator[LawPart]:
    """Yield which parts move it when they alone are exchanged."""
    against = laws.against
    for part in laws.differ:
        mixed = attrs.evolve(against, **{part.value: getattr(laws.under, part.value)})
        course = old if _same_steps(events, mixed, against) else _followed(events, mixed)
        if _outcome(course, mixed, now).due != before.due:
            yield part


def _days(course: Course, before: Outcome, after: Outcome, laws: _Laws) -> tuple[date, ...]:
    """Return the days on which the laws differ, from the start of a dossier that is moved to its later due moment."""
    start = cast("Dossier", course.dossier).clock.counted_from
    first, last = (end(cast("list[datetime]", [start, before.due, after.due])).date() for end in (min, max))
    return _differing(first, last, laws)


def _differing(first: date, last: date, laws: _Laws) -> tuple[date, ...]:
    """Return the days from *first* to *last* that are worked under one law and not under the other."""
    one, other = laws.under.calendar, laws.against.calendar
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return tuple(day for day in days if one.is_workday(day) is not other.is_workday(day))


def _facts(course: Course, outcome: Outcome, row: Compared) -> DossierFacts | None:
    if course.dossier is None:
        return None
    told = dossiers.facts(course.dossier, unit=row.unit, field=row.field)
    return told if told.due_at == outcome.due else attrs.evolve(told, due_at=outcome.due)
