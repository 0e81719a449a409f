"""Lawful histories through every floor: the machine's clock, its count, the facts and the measures say the same.

Random logs of both editions, of every policy, with moments that repeat; the due moment is counted a second time from
the log itself, one working day after the other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier, kpi, workdays
from onestop_core.deadlines import Policies, StatusCode, TimeLimit, WorkingHours, countdown, facts
from onestop_core.dossier import Dossier, Event, FeeStep, Policy, SupplementClock
from onestop_core.errors import InvalidEventError, TransitionNotAllowedError
from onestop_core.model import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.dossier.lifecycle import Transition

CIVIL = workdays.calendar("vn-civil")
EARLIER = workdays.calendar("vn-civil", as_of=date(2025, 12, 1))
EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025")
T0 = datetime.fromisoformat("2025-12-22T08:00+07:00")
HOUR = timedelta(hours=1)
HOURS = WorkingHours.parse("07:30-11:30, 13:30-17:00")
LIMITS = st.sampled_from(
    [
        TimeLimit.parse(text)
        for text in (
            *("5 working days", "1 working day", "8 working hours", "24 hours", "10 days", "2 weeks", "1 month"),
            *("within the day", "1.5 working days", "3 working days + 2 working days", "0.5 days", "0 working days"),
        )
    ]
)
POLICIES = st.builds(
    Policies,
    end_on_day_off=st.sampled_from(["next_working_day", "strict_civil_code", "none"]),
    late_receipt=st.sampled_from(["same_day_limits", "every_limit", "no_limit"]),
)
RULES = st.builds(
    Policy,
    max_supplements=st.sampled_from([None, 3]),
    max_suspensions=st.sampled_from([None, 2]),
    max_extensions=st.sampled_from([None, 0, 3]),
    extension_notice_days=st.sampled_from([None, 0, 3]),
    supplement_clock=st.sampled_from([None, *SupplementClock]),
    decide_at_desk=st.sampled_from([None, True]),
    silence_is_consent=st.sampled_from([None, True]),
    refuse_late=st.sampled_from([None, True]),
    fee_before=st.sampled_from([None, FeeStep.NONE]),
)
DUE = {edition: {event.code: event.due for event in dossier.machine(edition).lifecycle.events} for edition in EDITIONS}
GAPS = st.sampled_from([0, 0, 0, 1, 7, 24, 24, 48, 71]) | st.integers(0, 200)


@st.composite
def histories(draw: st.DrawFn) -> Dossier:
    """A dossier after a lawful history: at each step one of the events that its table takes."""
    edition = draw(st.sampled_from(EDITIONS))
    machine = dossier.machine(edition)
    channel = draw(st.sampled_from(["in_person", "online"]))
    case = machine.new(id="1", procedure="1.012783", channel=channel, at=T0, policy=draw(RULES))
    for _ in range(draw(st.integers(0, 12))):
        allowed = [kind for kind in machine.allowed(case) if kind != "withdrawal_requested"]
        if not allowed:
            break
        kind = (
            draw(st.sampled_from(allowed))
            if "received" not in allowed
            else draw(st.sampled_from(["received", *allowed]))
        )
        at = case.events[-1].at + HOUR * draw(GAPS)
        rule = DUE[edition][kind]
        apart = kind.startswith("linked") and rule != "required"
        due = draw(dues(required=rule == "required")) if rule != "never" and not apart else None
        task = draw(st.sampled_from(["1", "2"])) if kind.startswith("linked") else None
        try:
            case = machine.step(case, Event(kind=kind, at=at, reason="vì", due=due, task=task))
        except (TransitionNotAllowedError, InvalidEventError):
            continue  # by its moment, its appointment or its piece of work; the rest of the story goes on
    return case


def dues(*, required: bool = False) -> st.SearchStrategy[datetime | None]:
    promised = st.integers(0, 60 * 24).map(lambda hours: T0 + hours * HOUR)
    return promised if required else st.none() | promised


@given(case=histories(), limit=LIMITS, policies=POLICIES, calendar=st.sampled_from([CIVIL, EARLIER]), later=GAPS)
def test_every_lawful_history_is_counted_and_said_alike(
    case: Dossier, limit: TimeLimit, policies: Policies, calendar: workdays.Calendar, later: int
) -> None:
    count = countdown(case, limit, calendar=calendar, hours=HOURS, policies=policies)
    now = case.events[-1].at + later * HOUR
    status, held = count.status(now=now), count.in_force_at(now)
    assert (held is None) == (case.clock.counted_from is None)
    assert count.difference is None or count.promised is not None
    deadline = count.due(explain=True)
    if deadline is None or held is None:
        assert status.code in {StatusCode.NOT_STARTED, StatusCode.FINISHED}
        return
    assert deadline.at == count.counted
    assert deadline.steps[-1].date == deadline.day
    assert [step.date for step in deadline.steps] == sorted(step.date for step in deadline.steps)
    assert deadline.at >= deadline.received_at
    # Nothing is due inside a wait that is over, in either number.
    for start, end in case.clock.pauses:
        if end is not None:
            assert not start <= deadline.at < end
            last = case.clock.appointment
            assert last is None or last.at >= end or not max(start, last.at) <= count.in_force_at(now) < end  # type: ignore[operator]
    finished = case.clock.phase is Phase.STOPPED
    assert finished == (status.code in {StatusCode.FINISHED, StatusCode.FINISHED_LATE})
    # The facts, judged by the measures, say what the clock says, but for the portal's own rule.
    told = facts(case, limit, calendar=calendar, hours=HOURS, policies=policies, now=now)
    assert told.due_at == held
    assert (told.received_at, told.finished_at) == (case.milestones.received_at, case.milestones.ended_at)
    standing = kpi.counting.standing(told, until=now)
    on_time = status.code not in {StatusCode.OVERDUE, StatusCode.FINISHED_LATE}
    assert standing.finished == finished
    if standing.rule == "waiting-for-supplement" and (told.supplement_requests or 0) > 1:
        assert standing.on_time is False
    else:
        assert standing.on_time == on_time


@given(case=histories(), days=st.integers(1, 15))
def test_the_count_agrees_with_the_log_read_day_by_day(case: Dossier, days: int) -> None:
    count = countdown(case, TimeLimit.of(days, "working_days"), calendar=CIVIL)
    assert (None if count.counted is None else count.counted.date()) == day_by_day(case, days)


def day_by_day(case: Dossier, days: int) -> date | None:
    """Read the log: what each row of the table did to the time; then walk from day to day."""
    rows = _acts(case)
    begins = [number for number, (_, act) in enumerate(rows) if act in {"start", "restart"}]
    if not begins:
        return None
    present = rows[begins[-1] :]
    waits: list[list[datetime | None]] = []
    for event, act in present:
        if act == "pause":
            waits.append([event.at, None])
        if act in {"resume", "stop"} and waits and waits[-1][1] is None:
            waits[-1][1] = event.at
    if waits and waits[-1][1] is None:
        waits[-1][1] = case.events[-1].at  # so much of it has passed for certain
    extended = [event for event, act in present if act == "extend"]
    if extended:
        assert extended[-1].due is not None
        return _walk(extended[-1].due.date(), 0, _joined(waits, extended[-1].at), extended[-1].due)
    start = present[0][0].at
    return _walk(start.date(), days, _joined(waits, start), None)


def _joined(waits: Sequence[Sequence[datetime | None]], since: datetime) -> list[tuple[datetime, datetime]]:
    """The waits after a moment, those that touch as one; each is given with both its ends here."""
    out: list[tuple[datetime, datetime]] = []
    for first, last in waits:
        assert first is not None
        assert last is not None
        if last > since:
            begin = max(first, since)
            if out and begin <= out[-1][1]:
                out[-1] = (out[-1][0], last)
            else:
                out.append((begin, last))
    return out


def _walk(day: date, days: int, waits: Sequence[tuple[datetime, datetime]], promised: datetime | None) -> date:
    one = timedelta(days=1)
    counted, left, start = day, days, day
    while left:
        counted += one
        left -= CIVIL.is_workday(counted)
    due = counted

    def close(of: date) -> datetime:
        at = promised.time() if promised is not None else datetime.max.time().replace(microsecond=0)
        return datetime.combine(of, at, T0.tzinfo)

    for first, last in waits:
        if first > close(due):
            break
        waiting = max(first.date(), start) if promised is None else first.date()
        while waiting < last.date():
            waiting += one
            if CIVIL.is_workday(waiting):
                counted += one
                while not CIVIL.is_workday(counted):
                    counted += one
        due = max(due, counted)
        finish = last.date()
        while close(due) < last:
            due = max(due, finish) if CIVIL.is_workday(finish) else due
            finish += one
    return due


def _chosen(row: Transition, setting: str) -> str | None:
    """No policy here changes what a change of content does to the time: nothing."""
    assert row.clock_by is not None
    return row.clock_by[setting] if row.clock_parameter == "supplement_clock" else None


def _acts(case: Dossier) -> list[tuple[Event, str | None]]:
    table = dossier.machine(case.lifecycle).lifecycle
    setting = case.policy.supplement_clock or table.defaults.supplement_clock
    rows: list[tuple[Event, str | None]] = []
    for state, event in zip(case.states, case.events[1:], strict=False):
        row = next((each for each in table.transitions if each.event == event.kind and state in each.states), None)
        act = None if row is None else (_chosen(row, str(setting)) if row.clock_by is not None else row.clock)
        rows.append((event, None if act is None else str(act)))
    return rows


@given(case=histories(), limit=LIMITS, more=st.integers(0, 200))
def test_a_later_look_never_finds_an_earlier_moment(case: Dossier, limit: TimeLimit, more: int) -> None:
    count = countdown(case, limit, calendar=CIVIL, hours=HOURS)
    now = case.events[-1].at
    first, second = count.in_force_at(now), count.in_force_at(now + more * HOUR)
    assert (first is None) == (second is None)
    assert first is None or second is None or first <= second
