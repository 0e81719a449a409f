"""The one clock of a dossier, counted: promised and counted, in force, and how the case stands."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from typing import Any

import pytest

from onestop_core import dossier, kpi, workdays
from onestop_core.deadlines import Countdown, Policies, TimeLimit, WorkingHours, countdown, due, facts, next_due
from onestop_core.deadlines.terms import StatusCode
from onestop_core.dossier import Dossier, Event, Policy
from onestop_core.dossier.lifecycle import SupplementClock
from onestop_core.errors import CalendarCoverageError, GuardError, InvalidEventError, InvalidValueError
from onestop_core.model import Act, Clock, FinishedKind, Interval, Phase, Span

CIVIL = workdays.calendar("vn-civil")
MACHINE = dossier.machine("vn@decree-118-2025")
FIVE = TimeLimit.parse("5 working days")
HOURS = WorkingHours.parse("07:30-11:30, 13:30-17:00")
MARCH = Interval(first=date(2026, 3, 1), last=date(2026, 3, 31))
PAUSE = Policy(supplement_clock=SupplementClock.PAUSE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00" if "T" in text else f"2026-{text}T09:00+07:00")


def run(*steps: tuple[str, str] | tuple[str, str, str], policy: Policy | None = None, first: str = "03-02") -> Dossier:
    """A dossier to which events happen: kind, moment and, of those that promise one, the appointment."""
    case = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at(f"2026-{first}T08:00"), policy=policy)
    for kind, moment, *promise in steps:
        event = Event(kind=kind, at=at(moment), reason="vì", due=at(promise[0]) if promise else None)
        case = MACHINE.step(case, event)
    return case


OPEN = (("received", "2026-03-02T08:20", "2026-03-09T17:00"), ("assigned", "2026-03-02T10:00"))
BARE = (("received", "2026-03-02T08:20"), ("assigned", "2026-03-02T10:00"))
ASKED = ("supplement_requested", "2026-03-04T09:00")


def on_time(case: Dossier, limit: TimeLimit = FIVE, **options: Any) -> tuple[int, int]:
    told = facts(case, limit, calendar=CIVIL, now=at("2026-03-31T23:59"), **options)
    count = kpi.tally([told], period=MARCH)["2.1"]
    return count.numerator, count.denominator


# One dossier, one answer.


def test_what_nobody_promised_is_what_the_law_counts() -> None:
    count = countdown(run(*BARE), FIVE, calendar=CIVIL)
    assert (count.promised, count.difference) == (None, None)
    assert count.in_force == count.counted == at("2026-03-09T23:59:59")
    assert count.status(now=at("03-09")).code is StatusCode.DUE_TODAY


def test_a_promise_that_differs_is_a_finding_and_holds() -> None:
    late = countdown(run(("received", "2026-03-02T08:20", "2026-03-11T17:00")), FIVE, calendar=CIVIL)
    assert (late.promised, late.counted) == (at("2026-03-11T17:00"), at("2026-03-09T23:59:59"))
    assert late.in_force == late.promised
    assert late.difference is not None
    assert late.difference.working_days == 2
    assert late.difference.text.en == "promised for Wed 2026-03-11, counted Mon 2026-03-09"
    assert late.difference.text.vi == "đã hẹn thứ Tư, 11/03/2026, tính theo quy định là thứ Hai, 09/03/2026"
    assert late.difference.to_dict(language="vi")["working_days"] == 2
    assert late.status(now=at("03-11")).code is StatusCode.DUE_TODAY
    early = countdown(run(("received", "2026-03-02T08:20", "2026-03-06T17:00")), FIVE, calendar=CIVIL)
    assert early.difference is not None
    assert early.difference.working_days == -1
    same_day = countdown(run(*OPEN), FIVE, calendar=CIVIL)
    assert same_day.difference is None  # 17:00 and 24:00 of one day are no difference of a limit in days
    by_hours = countdown(
        run(("received", "2026-03-02T08:20", "2026-03-03T10:00")), TimeLimit.parse("8 working hours"), calendar=CIVIL
    )
    assert by_hours.difference is not None
    assert by_hours.difference.text.en == "promised for 2026-03-03 10:00, counted 2026-03-03 08:20"


def test_a_restart_without_a_new_appointment_leaves_no_old_one() -> None:
    case = run(*OPEN, ASKED, ("supplemented", "2026-03-10T09:00"))
    count = countdown(case, FIVE, calendar=CIVIL)
    assert (case.appointment, count.promised) == (None, None)
    assert count.in_force == count.counted == at("2026-03-17T23:59:59")
    done = run(
        *OPEN,
        ASKED,
        ("supplemented", "2026-03-10T09:00"),
        ("approved", "2026-03-16T09:00"),
        ("result_handed_over", "2026-03-16T10:00"),
    )
    assert countdown(done, FIVE, calendar=CIVIL).status(now=at("03-31")).code is StatusCode.FINISHED
    assert facts(done, FIVE, calendar=CIVIL).due_at == at("2026-03-17T23:59:59")
    assert dossier.facts(done).due_at is None
    assert on_time(done) == (1, 1)
    # After the restart the old appointment refuses nothing either.
    refused = run(*OPEN, ASKED, ("supplemented", "2026-03-10T09:00"), ("refused", "2026-03-16T09:00"))
    assert refused.state == "refused"


@pytest.mark.parametrize(
    "steps",
    [
        (ASKED, ("stopped", "2026-03-20T09:00")),
        (ASKED, ("withdrawal_requested", "2026-03-19T09:00"), ("withdrawal_granted", "2026-03-20T09:00")),
        (ASKED, ("refused", "2026-03-20T09:00")),
        (("financial_obligation_set", "2026-03-04T09:00"), ("stopped", "2026-03-20T09:00")),
        (("financial_obligation_set", "2026-03-04T09:00"),),
        (ASKED,),
        (("financial_obligation_set", "2026-03-09T16:59"), ("stopped", "2026-03-29T20:00")),
    ],
)
def test_waiting_makes_nobody_late(steps: tuple[tuple[str, str], ...]) -> None:
    for opening in (OPEN, BARE):
        case = run(*opening, *steps)
        status = countdown(case, FIVE, calendar=CIVIL).status(now=at("2026-03-31T23:59"))
        assert status.code in {StatusCode.PAUSED, StatusCode.FINISHED}
        assert on_time(case) == (1, 1)


def test_waiting_that_begins_too_late_heals_nothing_and_adds_nothing() -> None:
    case = run(*OPEN, ("financial_obligation_set", "2026-03-11T09:00"), ("stopped", "2026-03-20T09:00"))
    status = countdown(case, FIVE, calendar=CIVIL).status(now=at("03-31"))
    assert status.text.en == "finished, overdue by 2 working days"
    waiting = run(*OPEN, ("financial_obligation_set", "2026-03-11T09:00"))
    assert countdown(waiting, FIVE, calendar=CIVIL).status(now=at("03-20")).text.en == "overdue by 2 working days"
    assert on_time(case) == on_time(waiting) == (0, 1)
    assert facts(waiting, FIVE, calendar=CIVIL).due_at == at("2026-03-09T17:00")


def test_refusing_while_the_clock_waits_is_in_time_and_afterwards_by_the_wait() -> None:
    assert run(*OPEN, ASKED, ("refused", "2026-06-20T09:00")).state == "refused"
    answered = (*OPEN, ASKED, ("supplemented", "2026-03-20T09:00"))
    assert run(*answered, ("refused", "2026-03-25T09:00"), policy=PAUSE).state == "refused"
    with pytest.raises(GuardError, match="refusal_in_time"):
        run(*answered, ("refused", "2026-03-26T09:00"), policy=PAUSE)
    with pytest.raises(GuardError, match="refusal_in_time"):
        run(*OPEN, ("supplement_requested", "2026-03-11T09:00"), ("refused", "2026-03-12T09:00"))


# Extensions: what the machine took is history.


def test_two_extensions_that_the_procedure_allows() -> None:
    twice = (
        ("received", "2026-03-02T08:00", "2026-03-16T17:00"),
        ("assigned", "2026-03-02T09:00"),
        ("extended", "2026-03-04T09:00", "2026-03-20T17:00"),
        ("extended", "2026-03-10T09:00", "2026-03-24T17:00"),
    )
    count = countdown(run(*twice, policy=Policy(max_extensions=2)), TimeLimit.parse("10 working days"), calendar=CIVIL)
    assert count.counted == count.in_force == count.promised == at("2026-03-24T17:00")
    assert count.difference is None


def test_an_extension_on_the_last_day_where_no_notice_is_asked() -> None:
    case = run(*OPEN, ("extended", "2026-03-09T08:00", "2026-03-11T17:00"), policy=Policy(extension_notice_days=0))
    assert countdown(case, FIVE, calendar=CIVIL).in_force == at("2026-03-11T17:00")


def test_an_extension_and_a_wait_of_one_moment() -> None:
    case = run(*OPEN, ("extended", "2026-03-04T09:00", "2026-03-20T17:00"), ASKED)
    count = countdown(case, TimeLimit.parse("10 working days"), calendar=CIVIL)
    assert count.clock.phase == "paused"
    assert count.in_force == at("2026-03-20T17:00")
    other = run(
        *OPEN,
        ASKED,
        ("supplemented", "2026-03-04T09:00"),
        ("extended", "2026-03-04T09:00", "2026-03-20T17:00"),
        policy=PAUSE,
    )
    assert countdown(other, FIVE, calendar=CIVIL).counted == at("2026-03-20T17:00")


@pytest.mark.parametrize(
    ("limit", "until"),
    [
        ("15 working days", "2026-03-29T17:00"),  # a Sunday
        ("15 working days", "2026-03-28T03:00"),
        ("8 working hours", "2026-03-11T08:20"),
        ("1 month", "2026-04-05T17:00"),
        ("2 hours", "2026-03-11T23:00"),
    ],
)
def test_the_day_of_an_extension_is_the_day(limit: str, until: str) -> None:
    case = run(*OPEN, ("extended", "2026-03-05T09:00", until))
    for hours in (None, HOURS):
        count = countdown(case, TimeLimit.parse(limit), calendar=CIVIL, hours=hours)
        assert count.counted == count.in_force == at(until)
        deadline = count.due(explain=True)
        assert deadline is not None
        assert [step.what.value for step in deadline.steps].count("extended") == 1
        assert deadline.steps[-1].date == deadline.day
        assert [step.date for step in deadline.steps] == sorted(step.date for step in deadline.steps)


def test_an_extension_moves_with_the_waiting_after_it() -> None:
    case = run(
        *OPEN,
        ("extended", "2026-03-04T08:00", "2026-03-11T17:00"),
        ("supplement_requested", "2026-03-05T09:00"),
        ("supplemented", "2026-03-10T09:00"),
        policy=PAUSE,
    )
    count = countdown(case, FIVE, calendar=CIVIL)
    assert count.counted == count.in_force == at("2026-03-16T17:00")


def test_a_decision_that_brings_the_count_forward_breaks_no_dossier() -> None:
    decision = {
        "schema_version": "1.0",
        "kind": "local",
        "id": "H26-1",
        "territory": "H26",
        "issuer": {"vi": "UBND thành phố Hà Nội", "en": "Hanoi People's Committee"},
        "announced_on": "2026-03-05",
        "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        "days_off": [{"date": "2026-03-20", "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ", "en": "Closed"}}],
        "makeup_workdays": [
            {"date": "2026-03-07", "replaces": "2026-03-20", "basis": "d", "name": {"vi": "Làm bù", "en": "Worked"}}
        ],
    }
    case = run(*OPEN, ("extended", "2026-03-08T08:00", "2026-03-11T17:00"))
    local = CIVIL.with_decisions([decision])
    assert local.is_workday(date(2026, 3, 7))
    assert countdown(case, FIVE, calendar=local).in_force == at("2026-03-11T17:00")


def test_an_extension_by_a_limit_adds_to_what_holds() -> None:
    two = TimeLimit.parse("2 working days")
    clock = Clock().start(at("03-02")).extend(at("03-04"), by=two)
    assert countdown(clock, FIVE, calendar=CIVIL).counted == at("2026-03-11T23:59:59")
    promised = Clock().start(at("03-02"), promise=at("2026-03-09T17:00")).extend(at("03-04"), by=two)
    assert countdown(promised, FIVE, calendar=CIVIL).in_force == at("2026-03-11T23:59:59")
    both = clock.extend(at("03-05"), promise=at("2026-03-14T17:00")).extend(at("03-06"), by=two)
    count = countdown(both, FIVE, calendar=CIVIL)
    assert count.counted == count.in_force == at("2026-03-17T23:59:59")
    deadline = count.due()
    assert deadline is not None
    assert deadline.explained().steps[-1].date == date(2026, 3, 17)
    restarted = both.restart(at("03-09"))
    assert countdown(restarted, FIVE, calendar=CIVIL).counted == at("2026-03-16T23:59:59")


# Rescheduling: the library's own showcase.


def test_a_decision_moves_the_appointment_without_apology_or_use_of_the_extension() -> None:
    before = workdays.calendar("vn-civil", as_of=date(2025, 12, 1))
    three = TimeLimit.parse("3 working days")
    opened = at("2025-12-29T08:15")
    case = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=opened)
    first = Event(kind="received", at=opened)
    case = MACHINE.step(case, Event(kind="received", at=opened, due=next_due(case, first, three, calendar=before)))
    assert case.appointment == at("2026-01-02T23:59:59")
    moved = countdown(case, three, calendar=CIVIL)
    assert moved.difference is not None
    assert moved.difference.working_days == -1
    again = Event(kind="rescheduled", at=at("2025-12-31T09:00"), ground="Thông báo về hoán đổi ngày làm việc")
    case = MACHINE.step(
        case,
        Event(kind="rescheduled", at=again.at, ground=again.ground, due=next_due(case, again, three, calendar=CIVIL)),
    )
    assert case.appointment == at("2026-01-05T23:59:59")
    assert [effect.kind.value for effect in case.effects] == ["notify", "change_appointment"]
    assert case.effects[0].party == "applicant"
    count = countdown(case, three, calendar=CIVIL)
    assert (count.counted, count.difference) == (count.in_force, None)
    case = MACHINE.step(case, Event(kind="assigned", at=at("2026-01-02T08:00")))
    assert "extended" in MACHINE.allowed(case)


@pytest.mark.parametrize("missing", ["due", "ground"])
def test_a_rescheduling_needs_its_day_and_its_ground(missing: str) -> None:
    fields: dict[str, Any] = {"due": at("03-12"), "ground": "bất khả kháng"}
    del fields[missing]
    with pytest.raises(InvalidEventError, match=missing):
        MACHINE.step(run(*OPEN), Event(kind="rescheduled", at=at("03-03"), **fields))
    case = MACHINE.step(run(*OPEN), Event(kind="rescheduled", at=at("03-03"), due=at("03-12"), reason="lũ lụt"))
    assert case.appointment == at("03-12")
    assert case.clock.prolonged == ()


# Waiting, in the unit in which the limit runs.


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [
        ("2026-02-13T08:00", "2026-02-22T20:00", "2026-02-23"),
        ("2026-02-13T08:00", "2026-02-23T08:00", "2026-02-23"),
        ("2026-02-13T08:00", "2026-02-13T23:59", "2026-02-13"),
    ],
)
def test_an_answer_on_a_day_off_leaves_the_next_working_day(asked: str, answered: str, expected: str) -> None:
    case = run(
        ("received", "2026-02-09T09:00"),
        ("assigned", "2026-02-09T10:00"),
        ("supplement_requested", asked),
        ("supplemented", answered),
        policy=PAUSE,
        first="02-09",
    )
    count = countdown(case, TimeLimit.parse("4 working days"), calendar=CIVIL)
    assert count.counted is not None
    assert count.counted.date().isoformat() == expected
    assert count.status(now=at(answered)).code is not StatusCode.OVERDUE


def test_waits_that_touch_lose_nothing() -> None:
    clock = Clock().start(at("03-02")).pause(at("03-03")).resume(at("03-05"))
    first = countdown(clock, FIVE, calendar=CIVIL).counted
    for moment in ("2026-03-05T09:00", "2026-03-05T09:01"):
        assert countdown(clock.pause(at(moment)), FIVE, calendar=CIVIL).counted == first
    closed = clock.pause(at("03-05")).resume(at("03-06"))
    assert countdown(closed, FIVE, calendar=CIVIL).counted == at("2026-03-12T23:59:59")


def test_a_wait_that_lasts_counts_what_has_passed_for_certain() -> None:
    waiting = run(*BARE, ASKED)
    assert countdown(waiting, FIVE, calendar=CIVIL).counted == at("2026-03-09T23:59:59")
    # Another event of the log proves that the wait lasted until then.
    later = run(*OPEN, ASKED, ("rescheduled", "2026-03-11T09:00", "2026-03-18T17:00"))
    count = countdown(later, FIVE, calendar=CIVIL)
    assert count.counted == at("2026-03-16T23:59:59")
    assert count.in_force == at("2026-03-18T17:00")
    assert count.in_force_at(at("03-13")) == at("2026-03-20T17:00")
    assert count.status(now=at("2026-04-13T09:00")).code is StatusCode.PAUSED


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("5 working days", "2026-03-13T08:20"),
        ("within the day", "2026-03-13T08:20"),
        ("8 working hours", "2026-03-13T08:20"),  # 4 x 7.5 hours
        ("2 hours", "2026-03-15T08:20"),
        ("10 days", "2026-03-16T08:20"),  # six days later is Sunday the 15th, a day off
        ("2 weeks", "2026-03-16T08:20"),
    ],
)
def test_a_promise_moves_by_the_waiting_in_the_unit_of_the_limit(limit: str, expected: str) -> None:
    case = run(
        ("received", "2026-03-02T08:20", "2026-03-09T08:20"),
        ("assigned", "2026-03-02T10:00"),
        ("financial_obligation_set", "2026-03-05T10:00"),
        ("financial_obligation_met", "2026-03-11T10:00"),
    )
    count = countdown(case, TimeLimit.parse(limit), calendar=CIVIL, hours=HOURS)
    assert count.in_force == at(expected)


# Before the receipt, after the end, and what is refused.


def test_a_dossier_that_was_never_received_counts_nothing_and_raises_nothing() -> None:
    case = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at("03-02"))
    turned_away = MACHINE.step(case, Event(kind="not_received", at=at("03-03"), reason="việc của cơ quan khác"))
    for each, code in ((case, StatusCode.NOT_STARTED), (turned_away, StatusCode.FINISHED)):
        count = countdown(each, FIVE, calendar=CIVIL)
        assert (count.due(), count.counted, count.in_force, count.promised, count.difference) == (None,) * 5
        assert (count.used(now=at("03-04")), count.left(now=at("03-04")), count.in_force_at(at("03-04"))) == (None,) * 3
        status = count.status(now=at("03-04"))
        assert (status.code, status.measure) == (code, None)
        assert status.to_dict(language="vi")["amount"] is None
        assert status.text.vi != status.text.en


def test_the_status_is_that_of_the_moment_asked_about() -> None:
    done = run(*OPEN, ("approved", "2026-03-06T09:00"), ("result_handed_over", "2026-03-06T15:00"))
    count = countdown(done, FIVE, calendar=CIVIL)
    assert count.status(now=at("03-31")).text.vi == "đã giải quyết, trước hạn 01 ngày làm việc"
    assert count.status(now=at("03-04")).text.en == "3 working days left"
    assert count.status(now=at("2026-03-01T09:00")).code is StatusCode.NOT_STARTED
    deadline = count.due()
    assert deadline is not None
    assert deadline.status(now=at("03-31")).code is StatusCode.FINISHED  # the deadline of a case knows its end, too
    assert count.used(now=at("03-31")) == count.used(now=at("2026-03-06T15:00"))
    left = count.left(now=at("03-31"))
    assert left is not None
    assert left.amount == 1
    on_the_day = run(*OPEN, ("approved", "2026-03-09T09:00"), ("result_handed_over", "2026-03-09T15:00"))
    assert countdown(on_the_day, FIVE, calendar=CIVIL).status(now=at("03-31")).text.vi == "đã giải quyết, đúng hạn"
    restarted = run(*OPEN, ASKED, ("supplemented", "2026-03-10T09:00"))
    assert countdown(restarted, FIVE, calendar=CIVIL).status(now=at("03-03")).text.en == "4 working days left"


def test_policies_and_hours_are_those_of_the_countdown() -> None:
    clock = Clock().start(at("2026-03-06T15:30"))
    late = Policies(late_receipt="every_limit", end_on_day_off="none")
    count = countdown(clock, FIVE, calendar=CIVIL, hours=HOURS, policies=late)
    direct = due(
        at("2026-03-06T15:30"), FIVE, calendar=CIVIL, hours=HOURS, late_receipt="every_limit", end_on_day_off="none"
    )
    assert count.due() == direct


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"case": "1"}, "clock"),
        ({"case": None}, "clock"),
        ({"limit": "5 working days"}, "limit"),
        ({"calendar": "vn-civil"}, "calendar"),
        ({"hours": "07:30-11:30"}, "hours"),
        ({"policies": "strict"}, "policies"),
        ({"limit": TimeLimit.parse("1.5 working days")}, "limit"),
    ],
)
def test_what_cannot_be_counted_is_refused(options: dict[str, Any], what: str) -> None:
    given: dict[str, Any] = {"case": run(*OPEN), "limit": FIVE, "calendar": CIVIL, **options}
    with pytest.raises(InvalidValueError) as caught:
        countdown(given.pop("case"), given.pop("limit"), **given)
    assert caught.value.what == what


def test_beyond_the_calendar_is_the_one_error_left() -> None:
    count = countdown(Clock().start(at("2050-12-31T09:00")), FIVE, calendar=CIVIL)
    with pytest.raises(CalendarCoverageError):
        count.due()


def test_countdowns_and_deadlines_travel() -> None:
    count = countdown(run(*OPEN, ASKED), FIVE, calendar=CIVIL, hours=HOURS)
    deadline = count.due(explain=True)
    for value in (count, deadline):
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own
        assert hash(copy.deepcopy(value)) == hash(value)


# Facts.


def test_facts_tell_what_the_clock_tells() -> None:
    done = run(*OPEN, ("approved", "2026-03-06T09:00"), ("result_handed_over", "2026-03-06T15:00"))
    told = facts(done, FIVE, calendar=CIVIL, unit="A", officer="Lan", field="Đất đai")
    assert (told.due_at, told.finished_kind, told.unit, told.officer, told.field) == (
        at("2026-03-09T17:00"),
        FinishedKind.DONE,
        "A",
        "Lan",
        "Đất đai",
    )


def test_how_far_an_open_wait_has_moved_the_day_is_unknown_until_somebody_looks() -> None:
    paying = run(*OPEN, ("financial_obligation_set", "2026-03-04T09:00"))
    assert facts(paying, FIVE, calendar=CIVIL).due_at is None
    assert facts(paying, FIVE, calendar=CIVIL, now=at("03-31")).due_at == at("2026-04-03T17:00")
    asked = run(*OPEN, ASKED)
    assert facts(asked, FIVE, calendar=CIVIL).due_at == at("2026-03-09T17:00")


def test_a_host_that_has_no_calendar_says_what_it_does_not_know() -> None:
    assert dossier.facts(run(*OPEN)).due_at == at("2026-03-09T17:00")
    assert dossier.facts(run(*OPEN, ASKED)).due_at == at("2026-03-09T17:00")
    assert dossier.facts(run(*OPEN, ASKED, ("stopped", "2026-03-20T09:00"))).due_at is None
    assert dossier.facts(run(*OPEN, ("financial_obligation_set", "2026-03-04T09:00"))).due_at is None
    paid = run(
        *OPEN, ("financial_obligation_set", "2026-03-04T09:00"), ("financial_obligation_met", "2026-03-06T09:00")
    )
    assert dossier.facts(paid).due_at is None
    assert dossier.facts(paid, due_at=at("03-11")).due_at == at("03-11")
    late = run(
        *OPEN, ("financial_obligation_set", "2026-03-10T09:00"), ("financial_obligation_met", "2026-03-11T09:00")
    )
    assert dossier.facts(late).due_at == at("2026-03-09T17:00")
    assert dossier.facts(run(*BARE)).due_at is None


# The appointment that an event must carry.


def test_each_event_carries_the_appointment_that_the_clock_counts() -> None:
    case = run(*OPEN, ASKED)
    for policy, expected in ((None, "2026-03-17T23:59:59"), (PAUSE, "2026-03-13T17:00")):
        asked = run(*OPEN, ASKED, policy=policy)
        event = Event(kind="supplemented", at=at("2026-03-10T09:00"))
        assert next_due(asked, event, FIVE, calendar=CIVIL) == at(expected)
    assert next_due(case, Event(kind="linked_returned", at=at("03-10"), task="thuế"), FIVE, calendar=CIVIL) is None
    assert next_due(case, Event(kind="stopped", at=at("03-10"), reason="x"), FIVE, calendar=CIVIL) is None
    extension = Event(kind="extended", at=at("03-05"), reason="x", due=at("03-12"))
    assert next_due(run(*OPEN), extension, FIVE, calendar=CIVIL) == at("03-12")
    assert next_due(run(*OPEN), Event(kind="extended", at=at("03-05"), reason="x"), FIVE, calendar=CIVIL) is None
    repeated = Event(kind="received", at=at("2026-03-02T08:20"), key="k")
    opened = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:00"))
    once = MACHINE.step(opened, repeated)
    assert next_due(once, repeated, FIVE, calendar=CIVIL) is None
    intake = run(("supplement_requested", "2026-03-02T08:20"))
    assert next_due(intake, Event(kind="supplemented", at=at("03-03")), FIVE, calendar=CIVIL) is None


@pytest.mark.parametrize(("name", "value"), [("known_until", "2026-03-02"), ("known_until", 5), ("lifecycle", b"vn")])
def test_a_countdown_holds_what_it_says(name: str, value: object) -> None:
    given: Any = {name: value}
    with pytest.raises(InvalidValueError, match=name):
        Countdown(clock=Clock(), limit=TimeLimit.parse("5 days"), calendar=workdays.calendar("vn-civil"), **given)


def test_a_clock_that_a_host_wrote_down_as_two_stretches_without_a_wait_is_counted() -> None:
    first, second = at("2026-03-02T09:00"), at("2026-03-04T09:00")
    clock = Clock(
        phase=Phase.RUNNING,
        count=1,
        spans=(
            Span(start=first, end=second, phase=Phase.RUNNING, by=Act.START),
            Span(start=second, phase=Phase.RUNNING, by=Act.RESUME),
        ),
    )
    count = countdown(clock, TimeLimit.parse("5 working days"), calendar=CIVIL)
    assert count.counted == at("2026-03-09T23:59:59")
    assert count.status(now=at("2026-03-05T09:00")).code is StatusCode.RUNNING


@pytest.mark.parametrize("limit", ["2 hours", "4 working hours", "5 working days", "5 days"])
@pytest.mark.parametrize(("begin", "moves"), [("11:00", True), ("11:00:00.000001", False), ("10:59", True)])
def test_a_wait_from_the_moment_of_the_promise_on_moves_it_and_a_later_one_does_not(
    limit: str, begin: str, moves: bool
) -> None:
    clock = Clock().start(at("2026-03-09T09:00"), promise=at("2026-03-10T11:00")).pause(at(f"2026-03-10T{begin}"))
    held = countdown(clock.resume(at("2026-03-11T10:00")), TimeLimit.parse(limit), calendar=CIVIL).in_force
    assert held is not None
    assert (held > at("2026-03-10T11:00")) is moves
    assert not moves or held >= at("2026-03-11T10:00")
