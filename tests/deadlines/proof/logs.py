"""Random lawful logs. A number brings the same case again, and the same case with its log cut short."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core import desk, dossier
from onestop_core.deadlines import Countdown, countdown
from onestop_core.dossier import Dossier, Event, Policy
from onestop_core.dossier.lifecycle import DueRule, editions
from onestop_core.errors import OnestopError
from onestop_core.model import HO_CHI_MINH, Act, Clock, TimeLimit
from onestop_core.model.clock.acts import after
from tests.deadlines.proof.second import Course, Did, Second
from tests.deadlines.proof.settings import OFFICES, POLICIES, STANDARD, UNITS, amount_of, calendars, limit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.dossier import Machine
    from onestop_core.dossier.lifecycle.rows import EventType

EDITIONS: Final = tuple(edition.reference for edition in editions())
"""Of every lifecycle that ships."""
HOST: Final = "no lifecycle"
"""A host without the machine, which tells the clock what happened."""
MOST_EVENTS: Final = 16
MINUTE: Final = timedelta(minutes=1)
TIMES: Final = (
    "00:00",
    "07:00",
    "07:30",
    "08:15",
    "11:30",
    "12:00",
    "13:30",
    "15:00",
    "15:01",
    "17:00",
    "20:00",
    "23:59:59",
)
RULES: Final = {
    "max_intake_supplements": (None, 2),
    "max_supplements": (None, 0, 2, 3),
    "max_suspensions": (None, 1, 2),
    "max_extensions": (None, 0, 3),
    "extension_notice_days": (None, 0, 3),
    "max_supplements_total": (None, None, 3),
    "supplement_clock": (None, "pause", "restart"),
    "content_change_clock": (None, "restart"),
    "through_the_desk": (None, False),
    "end_with_open_work": (None, True),
    "decide_at_desk": (None, True),
    "silence_is_consent": (None, True),
    "refuse_late": (None, True),
    "fee_before": (None, "none"),
}
SELDOM: Final = (
    *("archived", "delivered", "fee_", "not_received", "portal_", "refused", "result_notified", "result_posted"),
    *("approved", "stopped", "withdrawal_requested", "linked_", "opinion_", "verif"),
)
"""Events that end a log early, or do nothing to its time: taken in one of five steps only."""


@attrs.frozen(kw_only=True)
class Case:
    """A log, what it is counted in, and the moment at which it is looked at."""

    number: int
    edition: str
    dossier: Dossier | None
    """None where a host tells the clock alone."""
    clock: Clock
    log: tuple[Did, ...]
    last: datetime
    """The moment of the last event."""
    unit: str
    limit: TimeLimit
    second: Second
    look: datetime
    """Some moment from the first event on."""
    steps: int
    """How many events were taken: the log can be cut to fewer."""

    def count(self, *, limit: TimeLimit | None = None, clock: Clock | None = None) -> Countdown:
        """What the library counts."""
        case = self.clock if self.dossier is None else self.dossier
        count = countdown(
            case if clock is None else clock,
            limit or self.limit,
            calendar=self.second.days.calendar,
            hours=self.second.office.hours,
            policies=self.second.policies,
        )
        return attrs.evolve(count, known_until=self.last)

    def __str__(self) -> str:
        policies, log = self.second.policies, "\n  ".join(map(_told, self.log))
        return (
            f"case {self.number}, log cut to {self.steps}: {self.edition}, {self.limit.text.en}, "
            f"{self.second.days.kind}, hours {self.second.office.kind}, "
            f"{policies.end_on_day_off}, {policies.late_receipt}\n  {log}\n  looked at {self.look.isoformat()}"
        )


def _told(did: Did) -> str:
    by = "" if did.by is None else f" by {did.by.text.en}"
    promise = "" if did.promise is None else f" promise {did.promise.isoformat()}"
    return f"{did.at.isoformat()} {did.act}{promise}{by}"


def case(number: int, *, until: datetime | None = None, longest: int = MOST_EVENTS) -> Case:
    """Return the case of that number: of its log what happened *until*, and no more than *longest* events."""
    setting, chance = Random(f"setting {number}"), Random(f"log {number}")
    unit = setting.choice(UNITS)
    offices = OFFICES[1:] if "half working" in unit or unit == "chain" else OFFICES
    policies = STANDARD if setting.random() < 0.3 else setting.choice(POLICIES)
    second = Second(setting.choice(setting.choice(calendars())), setting.choice(offices), policies)
    limit = limit_of(amount_of(unit, setting))
    edition = setting.choice((*EDITIONS, *EDITIONS, HOST))
    if until is None:
        start = _moment(date(2024, 3, 1) + timedelta(days=setting.randrange(820)), setting)
        until = start + timedelta(days=400)
    else:
        start = _moment(until.date() - timedelta(days=setting.randint(1, 75)), setting)
    look = start + setting.randrange(60 * 24 * 60) * MINUTE
    if edition == HOST:
        clock, log, steps = _by_acts(start, until, chance, longest)
        held, last = None, log[-1].at
    else:
        held, steps = _by_events(edition, start, until, chance, longest, limit, second, setting)
        clock, log, last = held.clock, tuple(acts_of(held)), held.events[-1].at
    return Case(
        number=number,
        edition=edition,
        dossier=held,
        clock=clock,
        log=log,
        last=last,
        unit=unit,
        limit=limit,
        second=second,
        look=look,
        steps=steps,
    )


def _moment(day: date, chance: Random) -> datetime:
    if chance.random() < 0.5:
        return datetime.combine(day, time.fromisoformat(chance.choice(TIMES)), HO_CHI_MINH)
    return datetime.combine(day, time(), HO_CHI_MINH) + chance.randrange(1440) * MINUTE


def _later(moment: datetime, chance: Random) -> datetime:
    """A moment from then on: the same, soon, at some hour of one of the next days, or on a Sunday."""
    kind = chance.random()
    if kind < 0.2:
        return moment
    if kind < 0.4:
        return moment + chance.choice((1, 30, 61, 240, 1440)) * MINUTE
    days = chance.choice((0, 1, 1, 2, 3, 5, 8, 13))
    if kind > 0.9:
        days = (6 - moment.weekday()) % 7
    return max(moment, _moment(moment.date() + timedelta(days=days), chance))


@cache
def _kinds(edition: str) -> tuple[Machine, dict[str, EventType]]:
    machine = dossier.machine(edition)
    return machine, {event.code: event for event in machine.lifecycle.events}


def _by_events(
    edition: str,
    start: datetime,
    until: datetime,
    chance: Random,
    longest: int,
    limit: TimeLimit,
    second: Second,
    setting: Random,
) -> tuple[Dossier, int]:
    machine, kinds = _kinds(edition)
    rules = {name: setting.choice(values) for name, values in RULES.items()} if setting.random() < 0.8 else {}
    channel = setting.choice(("in_person", "online", "post"))
    held = machine.new(id="1", procedure="1.012783", channel=channel, at=start, policy=Policy(**rules))  # type: ignore[arg-type]
    steps = 0
    for _ in range(chance.randint(2, MOST_EVENTS)):
        allowed = machine.allowed(held)
        often = [kind for kind in allowed if not kind.startswith(SELDOM)]
        if not allowed or steps >= longest:
            break
        kind = chance.choice(often if often and chance.random() < 0.85 else allowed)
        if "received" in allowed and chance.random() < 0.5:
            kind = "received"
        moment = _later(held.events[-1].at, chance)
        if moment > until:
            break
        if chance.random() < 0.04 and (strikes := [each.code for each in kinds.values() if each.strikes]):
            kind = strikes[0]
        rule, promise, counted = kinds[kind], None, chance.random() < 0.3
        required = rule.due is DueRule.REQUIRED
        if required or (rule.appoints and not counted and chance.random() < 0.4):
            promise = _promise(moment, chance)
        name = None
        if rule.task is not None:
            name = (
                f"{len(held.tasks)}" if rule.task == "hand_over" else next((t.id for t in held.tasks if t.is_open), "0")
            )
        struck = (chance.randint(1, len(held.events)),) if rule.strikes else ()
        event = Event(kind=kind, at=moment, reason="lý do", ground="lý do", due=promise, task=name, event=struck)
        try:
            held = _desk_step(machine, held, event, limit, second) if counted else machine.step(held, event)
        except OnestopError:
            continue  # what the law refuses is left out; the rest of the story goes on
        steps += 1
    return held, steps


def _desk_step(machine: Machine, held: Dossier, event: Event, limit: TimeLimit, second: Second) -> Dossier:
    return desk.step(
        machine,
        held,
        event,
        limit=limit,
        calendar=second.days.calendar,
        hours=second.office.hours,
        policies=second.policies,
    )


def _by_acts(start: datetime, until: datetime, chance: Random, longest: int) -> tuple[Clock, tuple[Did, ...], int]:
    acts = [Did(at=start, act=Act.START, promise=_promise(start, chance) if chance.random() < 0.5 else None)]
    clock, moment = Clock().start(start, promise=acts[0].promise), start
    for _ in range(chance.randint(0, 10)):
        moment = _later(moment, chance)
        if moment > until or len(acts) >= longest:
            break
        possible = [act for act in Act if after(clock.phase, act) is not None]
        if not possible:
            break
        waits = [act for act in possible if act in {Act.PAUSE, Act.RESUME}]
        usual = [act for act in possible if act is not Act.STOP]
        act = chance.choice((waits or usual) if chance.random() < 0.5 else usual if chance.random() < 0.8 else possible)
        promise = by = None
        if act is Act.EXTEND and chance.random() < 0.6:
            by = limit_of(chance.choice(("2 working days", "5 days", "4 hours", "3 working hours", "1 month")))
        elif act in {Act.EXTEND, Act.RESCHEDULE, Act.PROMISE}:
            promise = _promise(moment, chance)
        did = Did(at=moment, act=act, promise=promise, by=by)
        clock = taken(clock, did)
        acts.append(did)
    return clock, tuple(acts), len(acts)


def _promise(moment: datetime, chance: Random) -> datetime:
    return _moment(moment.date() + timedelta(days=chance.choice((0, 1, 3, 5, 8, 12, 20))), chance)


def taken(clock: Clock, did: Did) -> Clock:
    """Return *clock* after what was done."""
    reason = "bão" if did.act in {Act.EXTEND, Act.RESCHEDULE} else None
    return clock.take(did.act, did.at, promise=did.promise, by=did.by, reason=reason)


def told_by_acts(log: tuple[Did, ...]) -> Clock:
    """Return the clock of a host that tells the same log without the machine."""
    clock = Clock()
    for did in log:
        clock = taken(clock, did)
    return clock


def acts_of(held: Dossier) -> Iterator[Did]:
    """Read what each event that was not struck did to the time off the rows of the table that it took."""
    machine, kinds = _kinds(held.lifecycle)
    table = machine.lifecycle
    for (_, state), (event, _) in pairwise(held.standing):
        rows = (row for row in table.transitions if row.event == event.kind and state in row.states)
        row = next((each for each in rows if not each.elsewhere), None)
        act = None if row is None else row.clock
        if row is not None and row.clock_by is not None:
            name = row.clock_parameter
            act = row.clock_by.get(str(getattr(held.policy, name) or getattr(table.defaults, name)))
        promise = event.due if kinds[event.kind].appoints else None
        if promise is not None and act is None:
            act = Act.PROMISE
        if act is not None:
            papers = act is Act.PAUSE and kinds[event.kind].asks_papers
            yield Did(at=event.at, act=act, promise=promise, papers=papers)


def course_of(held: Dossier) -> Course:
    """Read off the columns of the table what measures ask of a log."""
    machine, kinds = _kinds(held.lifecycle)
    ends = {state.code for state in machine.lifecycle.states if state.outcome is not None}
    received = finished = None
    requests = 0
    for event, state in held.standing[1:]:
        kind = kinds[event.kind]
        if kind.receives and received is None:
            received = event.at
        if received is not None:
            requests += kind.asks_papers
            finished = event.at if finished is None and state in ends else finished
    return Course(received=received, finished=finished, requests=requests)
