"""The desk's step: nobody forgets the appointment, nobody's own appointment is replaced, and a refusal changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.deadlines import Policies, TimeLimit, WorkingHours
from onestop_core.dossier import Dossier, Event
from onestop_core.errors import (
    CalendarCoverageError,
    GuardError,
    InvalidEventError,
    InvalidValueError,
    KeyReusedError,
    OnestopError,
    TransitionNotAllowedError,
    VersionConflictError,
)
from tests.deadlines.histories import CIVIL, DUE, EDITIONS, GAPS, HOUR, HOURS, LIMITS, POLICIES, RULES, T0

MACHINE = dossier.machine(EDITIONS[1])
LIMIT = TimeLimit.parse("5 working days")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}+07:00")


def opened() -> Dossier:
    return MACHINE.new(id="1", procedure="1.012783", channel="in_person", at=at("02T08:00"))


def stepped(case: Dossier, *events: Event) -> Dossier:
    for event in events:
        case = desk.step(MACHINE, case, event, limit=LIMIT, calendar=CIVIL)
    return case


@given(
    data=st.data(),
    edition=st.sampled_from(EDITIONS),
    channel=st.sampled_from(["in_person", "online"]),
    rules=RULES,
    limit=LIMITS,
    policies=POLICIES,
    hours=st.sampled_from([None, HOURS]),
)
def test_promise_and_count_agree_after_every_event_that_makes_an_appointment(
    data: st.DataObject,
    edition: str,
    channel: str,
    rules: dossier.Policy,
    limit: TimeLimit,
    policies: Policies,
    hours: WorkingHours | None,
) -> None:
    machine = dossier.machine(edition)
    hours = HOURS if "." in limit.text.en else hours  # a part of a working day needs them
    case = machine.new(id="1", procedure="1.012783", channel=channel, at=T0, policy=rules)
    for _ in range(data.draw(st.integers(0, 12))):
        allowed = machine.allowed(case)
        if not allowed:
            break
        kind = data.draw(st.sampled_from(["received", *allowed] if "received" in allowed else allowed))
        moment = case.events[-1].at + HOUR * data.draw(GAPS)
        task = data.draw(st.sampled_from(["1", "2"])) if kind.startswith("linked") else None
        due = moment + data.draw(st.integers(1, 900)) * HOUR if kind == "extended" else None  # the authority decides it
        event = Event(kind=kind, at=moment, reason="vì", due=due, task=task)
        before = case, hash(case)
        try:
            case = desk.step(machine, case, event, limit=limit, calendar=CIVIL, hours=hours, policies=policies)
        except OnestopError:
            assert before == (case, hash(case))
            if kind != "rescheduled":  # which names no appointment of its own here
                with pytest.raises(OnestopError):
                    machine.step(case, event)
            continue
        count = deadlines.countdown(case, limit, calendar=CIVIL, hours=hours, policies=policies)
        made = case.events[-1].due
        if kind == "supplement_requested" and made is not None:  # no appointment: until when the applicant may answer
            assert made >= moment + HOUR * 24
            assert case.appointment == before[0].appointment
        elif kind.startswith("linked") or DUE[edition][kind] == "never" or case.clock.counted_from is None:
            assert made is None
        else:
            assert made is None or (made == count.promised == count.in_force and count.difference is None)
            assert made is not None or (count.counted is not None and count.counted < moment)


def test_the_appointment_is_filled_in_at_the_receipt_and_moved_by_the_waiting() -> None:
    case = stepped(opened(), dossier.event("received", at("02T08:20")))
    assert case.appointment == at("09T23:59:59")
    case = stepped(
        case,
        dossier.event("assigned", at("02T10:00")),
        dossier.event("financial_obligation_set", at("04T09:00")),
        dossier.event("financial_obligation_met", at("10T09:00")),
    )
    assert case.appointment == at("13T23:59:59")
    assert [event.due is None for event in case.events] == [True, False, True, True, False]


def test_the_hour_is_that_of_the_office() -> None:
    event = dossier.event("received", at("02T08:20"))
    case = desk.step(MACHINE, opened(), event, limit=LIMIT, calendar=CIVIL, hours=HOURS)
    assert case.appointment == at("09T17:00")


def test_an_appointment_that_the_caller_gives_is_kept() -> None:
    case = stepped(opened(), dossier.event("received", at("02T08:20"), due=at("06T11:30")))
    assert case.appointment == at("06T11:30")
    case = stepped(
        case,
        dossier.event("assigned", at("02T10:00")),
        dossier.event("financial_obligation_set", at("04T09:00")),
        dossier.event("financial_obligation_met", at("10T09:00")),
    )
    assert case.appointment == at("12T11:30")  # the promise, which was quicker than the law, moved by the waiting


def test_an_extension_is_decided_and_not_counted() -> None:
    case = stepped(opened(), dossier.event("received", at("02T08:20")), dossier.event("transferred", at("02T09:00")))
    extension = dossier.event("extended", at("03T09:00"), reason="hồ sơ phức tạp")
    with pytest.raises(InvalidEventError, match="due, the new appointment, is missing"):
        stepped(case, extension)
    assert stepped(case, attrs.evolve(extension, due=at("20T17:00"))).appointment == at("20T17:00")


def test_an_appointment_moved_while_the_dossier_waits_counts_the_waiting_so_far() -> None:
    case = stepped(
        opened(),
        dossier.event("received", at("02T08:20")),
        dossier.event("assigned", at("02T10:00")),
        dossier.event("financial_obligation_set", at("03T09:00")),
        dossier.event("rescheduled", at("05T09:00"), ground="hoán đổi ngày làm việc"),
    )
    assert case.appointment == at("11T23:59:59")
    assert deadlines.countdown(case, LIMIT, calendar=CIVIL).difference is None


def test_a_time_that_has_run_out_is_no_appointment() -> None:
    case = stepped(
        opened(),
        dossier.event("received", at("02T08:20")),
        dossier.event("assigned", at("02T10:00")),
        dossier.event("financial_obligation_set", at("16T09:00")),
        dossier.event("financial_obligation_met", at("17T09:00")),
    )
    assert case.appointment == at("09T23:59:59")
    assert case.events[-1].due is None
    assert deadlines.countdown(case, LIMIT, calendar=CIVIL).status(now=at("17T10:00")).code == "overdue"


def test_where_the_time_begins_anew_the_appointment_is_counted_anew() -> None:
    case = stepped(
        opened(),
        dossier.event("received", at("02T08:20")),
        dossier.event("assigned", at("02T10:00")),
        dossier.event("supplement_requested", at("04T09:00"), reason="thiếu bản đồ"),
        dossier.event("supplemented", at("10T09:00")),
    )
    assert case.appointment == at("17T23:59:59")


def test_an_event_sent_again_is_the_same_event_whatever_is_counted_by_now() -> None:
    event = dossier.event("received", at("02T08:20"), key="k1")
    case = stepped(opened(), event)
    later = attrs.evolve(event, at=at("04T08:20"))
    longer = TimeLimit.parse("20 working days")
    assert desk.step(MACHINE, case, later, limit=longer, calendar=CIVIL, expected_version=7) is case
    assert stepped(case, attrs.evolve(event, due=case.appointment)) is case
    with pytest.raises(KeyReusedError):
        stepped(case, attrs.evolve(event, due=at("20T17:00")))
    with pytest.raises(KeyReusedError):
        stepped(case, dossier.event("assigned", at("02T10:00"), key="k1"))
    fresh = stepped(case, dossier.event("transferred", at("02T10:00"), key="k2"))
    assert (fresh.version, fresh.events[-1].due) == (3, None)


def test_what_a_machine_refuses_is_refused_with_its_words() -> None:
    case = stepped(opened(), dossier.event("received", at("02T08:20")))
    before = repr(case), hash(case), case.events
    again = dossier.event("received", at("02T09:00"))
    for refused, event, version in (
        (TransitionNotAllowedError, again, None),
        (VersionConflictError, again, 1),
        (InvalidEventError, dossier.event("transferred", at("02T08:00")), None),
        (GuardError, dossier.event("transferred", at("02T09:00"), role="applicant"), 2),
        (InvalidValueError, dossier.event("transferred", at("02T09:00")), True),
    ):
        with pytest.raises(refused):
            desk.step(MACHINE, case, event, limit=LIMIT, calendar=CIVIL, expected_version=version)
    assert before == (repr(case), hash(case), case.events)
    old = dossier.machine(EDITIONS[0])
    with pytest.raises(InvalidEventError):
        desk.step(old, case, dossier.event("transferred", at("02T09:00")), limit=LIMIT, calendar=CIVIL)


def test_a_calendar_that_does_not_reach_so_far_leaves_the_dossier_as_it_was() -> None:
    case = MACHINE.new(id="1", procedure="1", channel="in_person", at=datetime.fromisoformat("2099-12-30T08:00+07:00"))
    event = dossier.event("received", case.events[0].at + timedelta(hours=1))
    with pytest.raises(CalendarCoverageError):
        desk.step(MACHINE, case, event, limit=TimeLimit.parse("100 years"), calendar=CIVIL)
    assert case.version == 1


@pytest.mark.parametrize("name", ["machine", "dossier", "event", "limit", "calendar", "hours", "policies"])
def test_something_else_in_place_of_an_argument_is_refused(name: str) -> None:
    given: dict[str, object] = {
        "machine": MACHINE,
        "dossier": opened(),
        "event": dossier.event("received", at("02T08:20")),
        "limit": LIMIT,
        "calendar": workdays.calendar("vn-civil"),
    }
    for wrong in ("x", 5, object()):
        with pytest.raises(InvalidValueError):
            desk.step(**{**given, name: wrong})  # type: ignore[arg-type]
