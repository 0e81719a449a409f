"""The processing clock read from a dossier's log agrees with the clock that the dossier keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onestop_core import dossier, workdays
from onestop_core.deadlines import ClockState, TimeLimit, WorkingHours, clock_of
from onestop_core.dossier import Dossier, Policy, SupplementClock
from onestop_core.errors import GuardError

CIVIL = workdays.calendar("vn-civil")
MACHINE = dossier.machine("vn@decree-61-2018")
FIVE = TimeLimit.parse("5 working days")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2024-{text}+07:00")


def run(*events: tuple[str, str], policy: Policy | None = None, **dues: str) -> Dossier:
    case = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at(events[0][1]), policy=policy)
    for kind, moment in events:
        extra: dict[str, Any] = {"due": at(dues[kind])} if kind in dues else {}
        case = MACHINE.step(case, dossier.event(kind, at(moment), reason="because", **extra))
    return case


OPEN = (("received", "03-04T08:00"), ("assigned", "03-04T09:00"))


def test_a_dossier_that_was_never_received_has_a_clock_that_never_ran() -> None:
    case = MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at("03-04T08:00"))
    refused = MACHINE.step(case, dossier.event("not_received", at("03-04T08:30"), reason="another body's"))
    for each in (case, refused):
        assert clock_of(each, FIVE, calendar=CIVIL).state is ClockState.NOT_STARTED


def test_a_running_clock_is_due_as_counted() -> None:
    assert clock_of(run(*OPEN), FIVE, calendar=CIVIL).due().day == date(2024, 3, 11)


def test_a_supplement_restarts_or_pauses_as_the_procedure_says() -> None:
    asked = (*OPEN, ("supplement_requested", "03-06T10:00"))
    answered = (*asked, ("supplemented", "03-12T10:00"))
    waiting = clock_of(run(*asked), FIVE, calendar=CIVIL)
    assert waiting.state is ClockState.PAUSED
    assert waiting.spans[-1].reason is not None
    assert waiting.spans[-1].reason.en == "supplement_requested"
    assert clock_of(run(*answered), FIVE, calendar=CIVIL).due().day == CIVIL.add(date(2024, 3, 12), 5)
    paused = clock_of(run(*answered, policy=Policy(supplement_clock=SupplementClock.PAUSE)), FIVE, calendar=CIVIL)
    waited = CIVIL.count(date(2024, 3, 6), date(2024, 3, 12))
    assert paused.due().day == CIVIL.add(date(2024, 3, 4), 5 + waited)


def test_the_end_of_the_case_stops_the_clock() -> None:
    done = clock_of(
        run(*OPEN, ("approved", "03-07T09:00"), ("result_handed_over", "03-07T15:00"), ("delivered", "03-08T09:00")),
        FIVE,
        calendar=CIVIL,
    )
    assert (done.state, done.spans[-1].end) == (ClockState.STOPPED, at("03-07T15:00"))


def test_an_extension_adds_the_working_days_between_two_appointments() -> None:
    case = run(*OPEN, ("extended", "03-08T09:00"), received="03-11T17:00", extended="03-14T17:00")
    assert clock_of(case, FIVE, calendar=CIVIL).due().day == date(2024, 3, 14)


def test_an_extension_within_days_off_adds_nothing() -> None:
    case = run(*OPEN, ("extended", "03-06T09:00"), received="03-08T17:00", extended="03-10T17:00")
    assert clock_of(case, TimeLimit.parse("4 working days"), calendar=CIVIL).due().day == date(2024, 3, 8)


def test_an_extension_that_comes_too_late_for_the_limit_is_refused() -> None:
    case = run(*OPEN, ("extended", "03-12T09:00"), received="03-20T17:00", extended="03-22T17:00")
    with pytest.raises(GuardError):
        clock_of(case, FIVE, calendar=CIVIL)


def test_the_spans_are_those_of_the_dossier() -> None:
    case = run(
        *OPEN,
        ("financial_obligation_set", "03-05T09:00"),
        ("financial_obligation_met", "03-06T09:00"),
        ("supplement_requested", "03-06T10:00"),
        ("supplemented", "03-07T10:00"),
    )
    clock = clock_of(case, FIVE, calendar=CIVIL)
    ours = [(span.start, span.end, span.running) for span in clock.spans]
    assert ours == [(span.start, span.end, span.kind.value == "running") for span in case.clock.spans]
    assert clock.counted_from == case.clock.started_at
    assert all(a.end == b.start for a, b in zip(clock.spans, clock.spans[1:], strict=False))
    assert ours[0][1] == ours[0][0] + timedelta(hours=25)


def test_only_an_extension_extends() -> None:
    case = run(
        *OPEN,
        ("supplement_requested", "03-06T10:00"),
        ("supplemented", "03-07T10:00"),
        received="03-11T17:00",
        supplemented="03-20T17:00",
    )
    clock = clock_of(case, FIVE, calendar=CIVIL)
    assert clock.extension is None
    assert clock.due().day == CIVIL.add(date(2024, 3, 7), 5)


def test_an_extension_of_one_working_day_counts() -> None:
    case = run(*OPEN, ("extended", "03-08T09:00"), received="03-11T17:00", extended="03-12T17:00")
    assert clock_of(case, FIVE, calendar=CIVIL).due().day == date(2024, 3, 12)


def test_office_hours_give_the_hour() -> None:
    hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    assert clock_of(run(*OPEN), FIVE, calendar=CIVIL, hours=hours).due().at == at("03-11T17:00")
