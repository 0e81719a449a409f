"""A second, slow way to every number of a replay: documents read anew, and days and half hours walked one by one.

Written from the counting rules and the how-to, not from the code. All moments of a world lie on half hours.
"""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import attrs

from onestop_core import deadlines, dossier
from onestop_core.dossier import Dossier
from onestop_core.dossier.lifecycle import Lifecycle
from onestop_core.errors import GuardError, OnestopError, TransitionNotAllowedError
from onestop_core.model import HO_CHI_MINH, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.dossier import Event, Machine
    from onestop_core.lab import Law

DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)
LAST_SECOND = time(23, 59, 59)


@attrs.frozen(kw_only=True)
class Refused:
    """A step that a law refuses."""

    number: int
    kind: str
    rule: str
    basis: str
    followed: bool
    consequence: bool


@attrs.frozen(kw_only=True)
class Walked:
    """A log under a law: its clock as it was seen to stand, event by event, and what was refused."""

    case: Dossier | None
    start: datetime | None
    """Of the present count."""
    count: int
    waits: list[tuple[datetime, datetime | None, int]]
    """From, to, and in which count."""
    extended: list[tuple[datetime, datetime, int]]
    """When, until when, and in which count."""
    ended: datetime | None
    refused: list[Refused]


def machine_of(case: Dossier, law: Law) -> Machine:
    if isinstance(law.lifecycle, Lifecycle):
        return dossier.machine(law.lifecycle)
    if law.lifecycle is None:
        return dossier.machine(case.lifecycle)
    return dossier.machine(law.lifecycle, on=None if "@" in law.lifecycle else case.events[0].at.date())


def under(case: Dossier, law: Law) -> tuple[Dossier | None, list[tuple[int, bool]]]:
    """Return where the log leads under *law*, and each number that it refuses, with whether it could be folded."""
    found = walk(case, law)
    return found.case, [(each.number, each.followed) for each in found.refused]


def walk(case: Dossier, law: Law) -> Walked:
    """Return where the log leads under *law*: each event is judged after all that were kept before it are folded anew."""
    machine = machine_of(case, law)
    document = dossier.dump_log(case)
    own = {name: value for name, value in attrs.asdict(law.policy, recurse=False).items() if value is not None}
    document["lifecycle"] = machine.lifecycle.id
    document["dossier"]["policy"] = {**document["dossier"].get("policy", {}), **own}
    document["dossier"].pop("lifecycle", None)
    names = {event.code for event in machine.lifecycle.events}
    try:
        events = dossier.load_log(document, lifecycle=machine.lifecycle).events
        found = machine.replay(events[:1])
    except OnestopError as error:
        only = _refused(machine, case.events[0], 0, error, names, followed=False, consequence=False)
        return Walked(case=None, start=None, count=0, waits=[], extended=[], ended=None, refused=[only])
    kept: list[tuple[int, Event]] = [(0, events[0])]
    refused: list[Refused] = []
    lost = False
    for number, event in enumerate(events[1:], 1):
        places = {old: new for new, (old, _) in enumerate(kept)}
        named = tuple(places.get(each, each) if isinstance(each, int) else each for each in event.event)
        event = attrs.evolve(event, event=named)  # noqa: PLW2901
        try:
            found = _folded(machine, [each for _, each in kept], event, judge=True)
        except OnestopError as error:
            try:
                found = _folded(machine, [each for _, each in kept], event, judge=False)
                followed = True
            except OnestopError:
                followed = False
            only_after = lost and type(error) is TransitionNotAllowedError
            refused.append(_refused(machine, event, number, error, names, followed=followed, consequence=only_after))
            lost = lost or (not followed and event.kind in names)
            if not followed:
                continue
        kept.append((number, event))
    struck = {kept[place][0] for place in found.struck}
    standing = [event for number, event in kept if number not in struck and event.kind != "struck"]
    return _watched(machine, found, standing, [each for each in refused if each.number not in struck])


def _folded(machine: Machine, kept: Sequence[Event], event: Event, *, judge: bool) -> Dossier:
    folded = machine.replay(kept[:1])
    for each in kept[1:]:
        folded = machine.step(folded, each, judge=False)
    return machine.step(folded, event, judge=judge)


def _refused(
    machine: Machine,
    event: Event,
    number: int,
    error: OnestopError,
    names: set[str],
    *,
    followed: bool,
    consequence: bool,
) -> Refused:
    table = machine.lifecycle
    basis = table.bases[table.event(event.kind).basis if event.kind in names else table.basis].cite()
    rule = error.code
    if isinstance(error, GuardError):
        kind, rule = ("role" if error.guard == "role" else "not_allowed"), error.guard
        basis = error.basis or basis
    elif isinstance(error, TransitionNotAllowedError):
        kind, basis = "not_allowed", error.basis or basis
    else:
        kind = "unsaid" if event.kind in names else "unknown"
    return Refused(number=number, kind=kind, rule=rule, basis=basis.en, followed=followed, consequence=consequence)


def _watched(machine: Machine, found: Dossier, standing: Sequence[Event], refused: list[Refused]) -> Walked:
    """Look at the clock after each event that stands: when it begins, waits and ends, and what it is extended to."""
    seen = machine.replay(standing[:1])
    start, count, ended = None, 0, None
    waits: list[tuple[datetime, datetime | None, int]] = []
    extended: list[tuple[datetime, datetime, int]] = []
    for event in standing[1:]:
        before, seen = seen, machine.step(seen, event, judge=False)
        one, other = before.clock, seen.clock
        if one.phase is Phase.PAUSED and other.phase is not Phase.PAUSED:
            waits[-1] = (waits[-1][0], event.at, waits[-1][2])
        if other.count > one.count:
            start, count = event.at, count + 1
        if other.phase is Phase.PAUSED and one.phase is not Phase.PAUSED:
            waits.append((event.at, None, count))
        if len(other.extensions) > len(one.extensions):
            assert event.due is not None
            extended.append((event.at, event.due, count))
        if other.phase is Phase.STOPPED and one.phase is not Phase.STOPPED:
            ended = event.at
    return Walked(case=found, start=start, count=count, waits=waits, extended=extended, ended=ended, refused=refused)


def changes_course(each: Refused) -> bool:
    """Whether people would have had to act otherwise, rather than somebody else, with other words or not at all."""
    if each.kind == "unknown":
        return each.number == 0
    return each.kind == "not_allowed" or not each.followed


def only(these: list[Refused], others: list[Refused]) -> list[Refused]:
    """Those that one law refuses and the other does not."""
    return [each for each in these if all((each.number, each.kind) != (it.number, it.kind) for it in others)]


# Counting.


def due(walked: Walked, law: Law, procedure: str, now: datetime) -> datetime | None:
    """Return when the present count ends by law; a wait that lasts has lasted until *now*."""
    limit = law.limits.of(procedure)
    if limit is None or walked.start is None:
        return None
    waits: list[tuple[datetime, datetime]] = []
    for begin, stop, count in walked.waits:
        if count == walked.count:
            end = max(now, begin) if stop is None else stop
            if waits and waits[-1][1] == begin:
                waits[-1] = (waits[-1][0], end)
            else:
                waits.append((begin, end))
    end = walked.start
    for number, step in enumerate(limit.steps):
        end = _step(step.unit.value, int(step.amount), end, law, waits, first=number == 0)
    for at, until, count in walked.extended:
        if count == walked.count:
            end = _carried(until, at, limit.steps[-1].unit.value, law, waits)
    return end


def _rest(waits: list[tuple[datetime, datetime]], start: datetime) -> list[tuple[datetime, datetime]]:
    return [(max(begin, start), stop) for begin, stop in waits if stop > start or begin >= start]


def _step(
    unit: str, amount: int, start: datetime, law: Law, waits: list[tuple[datetime, datetime]], *, first: bool
) -> datetime:
    """Return where one step of a limit ends that begins at *start*."""
    waits = _rest(waits, start)
    # Who is received while it waits is counted from the end of the wait.
    since = waits[0][1] if waits and waits[0][0] <= start else start
    if unit == "hours":
        if since.time() == LAST_SECOND:
            since = datetime.combine(since.date() + DAY, time(), since.tzinfo)
        end = since + timedelta(hours=amount)
        for begin, stop in waits:
            if begin <= end:
                end += max(stop - max(begin, since), timedelta())
        return end
    if unit == "working_hours":
        end = _worked_on(since, 2 * amount, law)
        for begin, stop in waits:
            if begin <= end and stop > since:
                end = _after_wait(end, max(begin, since), stop, law)
        return end
    working = unit in {"working_days", "same_day", "immediate"}
    day_0 = _day_0(unit, since, law, first=first)
    last = _days_on(unit, amount, day_0, law)
    end = _close(last if working else _off_to(last, law), law)
    if end < since:
        end = _first_close(since, law, working=working)
    for begin, stop in waits:
        if begin > end:
            break
        if stop <= since:
            continue
        day = max(begin.date(), day_0)
        while day < stop.date():
            day += DAY
            if working and law.calendar.is_workday(day):
                last = _next_workday(last, law)
            elif not working:
                last += DAY
        if unit in {"months", "years"}:
            last = min(last, _days_on(unit, amount, max(stop.date(), day_0), law))
        end = max(end, _close(last if working else _off_to(last, law), law))
        if end < stop:
            end = _first_close(stop, law, working=working)
    return end


def _day_0(unit: str, since: datetime, law: Law, *, first: bool) -> date:
    day, policy = since.date(), law.policies.late_receipt.value
    late = since.time() > time(15)
    if unit in {"same_day", "immediate"}:
        put_off = unit == "same_day" and policy != "no_limit" and late
        return _next_workday(day, law) if put_off or not law.calendar.is_workday(day) else day
    put_off = policy == "every_limit" and first and (late or not law.calendar.is_workday(day))
    return _next_workday(day, law) if put_off else day


def _days_on(unit: str, amount: int, day: date, law: Law) -> date:
    if unit in {"same_day", "immediate"}:
        return day
    if unit == "working_days":
        for _ in range(amount):
            day = _next_workday(day, law)
        return day
    if unit in {"days", "weeks"}:
        return day + DAY * amount * (7 if unit == "weeks" else 1)
    year, month = day.year, day.month
    for _ in range(amount * (12 if unit == "years" else 1)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


def _next_workday(day: date, law: Law) -> date:
    day += DAY
    while not law.calendar.is_workday(day):
        day += DAY
    return day


def _ends_later(day: date, law: Law) -> bool:
    """Whether a period whose last day is *day* ends later, by the table of the counting rules."""
    match law.policies.end_on_day_off.value:
        case "none":
            return False
        case "next_working_day":
            return not law.calendar.is_workday(day)
        case _:
            return day.weekday() >= 5 or law.calendar.day(day).kind in {"holiday", "tet"}


def _off_to(day: date, law: Law) -> date:
    while _ends_later(day, law):
        day += DAY
    return day


def _close(day: date, law: Law) -> datetime:
    """The last half hour that is worked, or the last second of the day."""
    end = datetime.combine(day, LAST_SECOND, HO_CHI_MINH)
    if law.hours is None:
        return end
    moments = [datetime.combine(day, time(), HO_CHI_MINH) + HALF_HOUR * number for number in range(48)]
    worked = [moment + HALF_HOUR for moment in moments if _open(moment, law)]
    return worked[-1] if worked else end


def _first_close(moment: datetime, law: Law, *, working: bool) -> datetime:
    day = moment.date()
    while True:
        may = law.calendar.is_workday(day) if working else not _ends_later(day, law)
        if may and _close(day, law) >= moment:
            return _close(day, law)
        day += DAY


def _open(moment: datetime, law: Law) -> bool:
    """Whether the half hour that begins at *moment* is worked."""
    if not law.calendar.is_workday(moment.date()):
        return False
    weekday = moment.weekday()
    if weekday >= 5:
        replaced = law.calendar.day(moment.date()).replaces
        weekday = replaced.weekday() if replaced is not None and replaced.weekday() < 5 else 0
    hours = law.hours or deadlines.office_hours()
    now = f"{moment:%H:%M}"
    return any(opens <= now < closes for opens, closes in (str(each).split("-") for each in hours.week[weekday]))


def _worked_on(moment: datetime, halves: int, law: Law) -> datetime:
    """Return when so many half hours are worked after *moment*."""
    if moment.time() == LAST_SECOND:
        moment = datetime.combine(moment.date() + DAY, time(), moment.tzinfo)
    while halves:
        halves -= _open(moment, law)
        moment += HALF_HOUR
    return moment


def _after_wait(end: datetime, begin: datetime, stop: datetime, law: Law) -> datetime:
    halves, at = 0, begin
    while at < stop:
        halves += _open(at, law)
        at += HALF_HOUR
    end = _worked_on(end, halves, law)
    if end >= stop:
        return end
    # Nothing was left: at its end, or at the next opening where the office is closed then and has not just closed.
    while not _open(stop, law) and not _open(stop - HALF_HOUR, law):
        stop += HALF_HOUR
    return stop


def _carried(
    moment: datetime, since: datetime, unit: str, law: Law, waits: list[tuple[datetime, datetime]]
) -> datetime:
    """Return where a moment lies that was promised at *since*, moved by the waiting since in the unit of the limit."""
    at, last = moment.timetz(), moment.date()
    for begin, stop in _rest(waits, since):
        if begin > moment:
            break
        if unit == "hours":
            moment += stop - begin
        elif unit == "working_hours":
            moment = _after_wait(moment, begin, stop, law)
        else:
            working = unit in {"working_days", "same_day", "immediate"}
            day = begin.date()
            while day < stop.date():
                day += DAY
                if working and law.calendar.is_workday(day):
                    last = _next_workday(last, law)
                    moment = max(moment, datetime.combine(last, at))
                elif not working:
                    last += DAY
            if not working and stop.date() > begin.date():
                moment = max(moment, datetime.combine(_off_to(last, law), at))
            day = stop.date()
            while moment < stop:
                may = law.calendar.is_workday(day) if working else not _ends_later(day, law)
                moment = max(moment, datetime.combine(day, at)) if may else moment
                day += DAY
    return moment


def waited(walked: Walked, now: datetime) -> timedelta:
    """Return how long it waited in all, half hour by half hour."""
    total = timedelta()
    for begin, stop, _ in walked.waits:
        at, end = begin, max(now, begin) if stop is None else stop
        while at + HALF_HOUR <= end:
            at += HALF_HOUR
            total += HALF_HOUR
        total += end - at
    return total


def same_work(walked: Walked, law: Law, other: Law) -> datetime | None:
    """Return when it would have ended under *law*, had the work taken the working days that it took under *other*.

    The days since the time last began or went on are counted off, one by one.
    """
    if walked.ended is None or walked.start is None:
        return walked.ended
    ends = [stop for _, stop, count in walked.waits if count == walked.count and stop is not None]
    begins = [walked.start, *ends]
    if ends and walked.waits[-1][1] == walked.ended and not _went_on(walked):
        return walked.ended  # it ended while it waited
    first, day, done = max(begins).date(), walked.ended.date(), 0
    between = differing(law, other, first + DAY, day)
    at = first
    while at < day:
        at += DAY
        done += other.calendar.is_workday(at)
    if not between or not done:
        return walked.ended
    for _ in range(done):
        first = _next_workday(first, law)
    return datetime.combine(first, walked.ended.timetz())


def _went_on(walked: Walked) -> bool:
    """Whether the last wait was over before the end came, though at the same moment."""
    assert walked.case is not None
    return walked.case.clock.spans[-1].phase is not Phase.PAUSED


def differing(law: Law, other: Law, first: date, last: date) -> list[date]:
    """Return the days on which the calendars differ."""
    found = []
    while first <= last:
        if law.calendar.is_workday(first) != other.calendar.is_workday(first):
            found.append(first)
        first += DAY
    return found
