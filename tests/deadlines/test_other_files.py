"""The agenda and the clock of feedback, complaints and data requests: each limit that was read, on both sides of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from onestop_core import deadlines, dossier, workdays
from onestop_core.deadlines import agenda, countdown, due
from onestop_core.deadlines.duties import duty_table
from onestop_core.dossier import Dossier, law_limit
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import TimeLimit

CALENDAR = workdays.calendar("vn-civil")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def story(name: str, moment: str, *events: tuple[Any, ...], **given: Any) -> Dossier:
    machine = dossier.machine(name, on=at(moment).date())
    case = machine.new(id="1", procedure="x", channel="online", at=at(moment), **given)
    for kind, when, *fields in events:
        case = machine.step(case, dossier.event(kind, at(when), **(fields[0] if fields else {})))
    return case


def statuses(case: Dossier, now: str, limit: str | None = None, **given: Any) -> dict[str, str]:
    """Return how each duty stands; of several of one code, the last."""
    parsed = None if limit is None else TimeLimit.parse(limit)
    rows = agenda(case, parsed, calendar=CALENDAR, now=at(now), **given)
    return {row.code: row.status.value for row in rows}


def due_day(case: Dossier, code: str, now: str, limit: str | None = None, **given: Any) -> date:
    parsed = None if limit is None else TimeLimit.parse(limit)
    rows = agenda(case, parsed, calendar=CALENDAR, now=at(now), **given)
    return next(row.by for row in rows if row.code == code).date()


def due_of(case: Dossier, limit: TimeLimit) -> date:
    found = countdown(case, limit, calendar=CALENDAR).due()
    assert found is not None
    return found.at.date()


# The day on which the rules of complaints changed.


@pytest.mark.parametrize(
    ("received", "last", "edition"),
    [
        ("2026-06-30T16:00", date(2026, 7, 10), "vn-complaint@law-02-2011"),  # 10 days
        ("2026-07-01T08:00", date(2026, 7, 10), "vn-complaint@decree-155-2026"),  # 7 working days
        ("2026-06-11T08:00", date(2026, 6, 22), "vn-complaint@law-02-2011"),  # the tenth day is a Sunday
        ("2026-07-02T08:00", date(2026, 7, 13), "vn-complaint@decree-155-2026"),
    ],
)
def test_a_complaint_is_accepted_by_the_limit_of_the_day_on_which_it_came(
    received: str, last: date, edition: str
) -> None:
    case = story("vn-complaint", received)
    assert case.lifecycle == edition
    assert due_day(case, "acceptance", received) == last
    machine = dossier.machine(edition)
    for day, status in ((last, "done"), (date.fromordinal(last.toordinal() + 1), "done_late")):
        accepted = machine.step(case, dossier.event("accepted", at(f"{day}T09:00")))
        assert statuses(accepted, f"{day}T10:00", "30 days")["acceptance"] == status
    assert statuses(case, f"{date.fromordinal(last.toordinal() + 1)}T00:00")["acceptance"] == "missed"


def test_what_began_before_the_change_is_not_touched_by_it() -> None:
    case = story("vn-complaint", "2026-06-30T16:00")
    row = next(
        row for row in agenda(case, None, calendar=CALENDAR, now=at("2026-07-02T09:00")) if row.code == "acceptance"
    )
    assert [basis.cite().en for basis in row.basis] == ["Law Khiếu nại (02/2011/QH13), arts 27, 36(1)"]
    assert row.firmness.value == "read"


VERIFIED = (("accepted", "2026-08-05T09:00"), ("verification_started", "2026-08-06T09:00"))
DECIDED = (*VERIFIED, ("decided_1", "2026-08-20T09:00", {"reason_code": "upheld"}))
SECOND = (*DECIDED, ("second_received", "2026-08-28T09:00"), ("accepted_2", "2026-09-07T09:00"))
DECIDED_2 = (
    *SECOND,
    ("verification_started", "2026-09-08T09:00"),
    ("dialogue_held", "2026-09-18T09:00"),
    ("decided_2", "2026-10-01T09:00", {"reason_code": "rejected"}),
)


@pytest.mark.parametrize(
    ("events", "code", "answer", "last", "after"),
    [
        (
            DECIDED,
            "decision_1_sent",
            "decision_sent",
            "2026-08-24",
            "2026-08-25",
        ),  # 3 working days, one of them Saturday 22 August
        (DECIDED_2, "decision_2_sent", "decision_sent", "2026-10-08", "2026-10-09"),  # 7 days
        (  # 30 days from the receipt of the decision
            (*DECIDED, ("decision_received", "2026-08-24T09:00")),
            "second_complaint",
            "second_received",
            "2026-09-23",
            "2026-09-24",
        ),
        ((*DECIDED, ("second_received", "2026-08-28T09:00")), "acceptance_2", "accepted_2", "2026-09-11", "2026-09-12"),
    ],
)
def test_a_limit_of_complaints_holds_to_its_last_day(
    events: tuple[Any, ...], code: str, answer: str, last: str, after: str
) -> None:
    case = story("vn-complaint", "2026-08-03T09:00", *events)
    machine = dossier.machine(case.lifecycle)
    for day, status in ((last, "done"), (after, "done_late")):
        done = machine.step(case, dossier.event(answer, at(f"{day}T16:00")))
        assert statuses(done, f"{day}T17:00", "30 days")[code] == status


def test_a_second_complaint_may_also_count_from_the_time_that_ran_out() -> None:
    late = ("time_ran_out", "2026-09-05T09:00")
    case = story(
        "vn-complaint", "2026-08-03T09:00", ("accepted", "2026-08-05T09:00", {"due": at("2026-09-04T23:59")}), late
    )
    assert due_day(case, "second_complaint", "2026-09-06T09:00", "30 days") == date(2026, 10, 5)


def test_a_decision_may_be_final_from_a_day_on() -> None:
    case = story("vn-complaint", "2026-08-03T09:00", *DECIDED)
    assert due_day(case, "final_1", "2026-08-21T09:00", "30 days") == date(2026, 9, 21)  # the 30th day is a Saturday
    assert statuses(case, "2026-09-19T09:00", "30 days")["final_1"] == "waiting"
    assert statuses(case, "2026-09-22T09:00", "30 days")["final_1"] == "open"


@pytest.mark.parametrize(("extra", "last"), [((), date(2026, 9, 4)), (("complex",), date(2026, 9, 21))])
def test_the_time_to_decide_is_that_of_the_law_and_its_ground(extra: tuple[str, ...], last: date) -> None:
    more = [("complexity_recorded", "2026-08-10T09:00", {"reason_code": "places"})] if extra else []
    case = story("vn-complaint", "2026-08-03T09:00", *VERIFIED, *more)
    found = law_limit(case, dossier.sector("complaint-2026"))
    assert found is not None
    assert due_of(case, found.limit) == last
    assert due_day(case, "decision_1", "2026-08-10T09:30", str(found.limit)) == last
    assert due_day(case, "decision_1", "2026-08-10T09:30", limits={"decision_1": found.limit}) == last
    machine = dossier.machine(case.lifecycle)
    for day, status in ((last, "done"), (date.fromordinal(last.toordinal() + 1), "done_late")):
        done = machine.step(case, dossier.event("decided_1", at(f"{day}T16:00"), reason_code="upheld"))
        assert statuses(done, f"{day}T17:00", str(found.limit))["decision_1"] == status


def test_twelve_days_of_suspension_are_twelve_days_more_and_the_rest_goes_on() -> None:
    case = story(
        "vn-complaint",
        "2026-08-03T09:00",
        *VERIFIED,
        ("suspended", "2026-08-10T09:00", {"reason": "bão", "reason_code": "disaster"}),
        ("suspension_sent", "2026-08-13T16:00"),
        ("continued", "2026-08-22T09:00"),
    )
    assert due_of(case, TimeLimit.parse("30 days")) == date(2026, 9, 16)  # 4 September and 12 days
    found = statuses(case, "2026-08-24T09:00", "30 days")
    assert (found["suspension_sent"], found["continuation_sent"], found["decision_1"]) == ("done", "open", "open")
    assert (
        statuses(case, "2026-08-27T00:00", "30 days")["continuation_sent"] == "missed"
    )  # 3 working days: to 26 August


def test_each_round_is_counted_by_its_own_limit() -> None:
    case = story("vn-complaint", "2026-08-03T09:00", *SECOND)
    limits = {"decision_1": TimeLimit.parse("30 days"), "decision_2": TimeLimit.parse("45 days")}
    found = statuses(case, "2026-09-08T09:00", limits=limits)
    assert (found["decision_1"], found["decision_2"]) == ("done", "open")
    assert due_day(case, "decision_2", "2026-09-08T09:00", limits=limits) == date(2026, 10, 22)


def test_the_time_to_complain_leaves_out_what_kept_the_person() -> None:
    window = dossier.sector("complaint-2011").limit("complaint_window")
    assert str(window) == "90 days"
    ill = [(at("2026-04-01T00:00"), at("2026-04-11T00:00"))]
    plain = due(at("2026-03-02T09:00"), window, calendar=CALENDAR).at.date()
    longer = due(at("2026-03-02T09:00"), window, calendar=CALENDAR, pauses=ill).at.date()
    assert plain == date(2026, 6, 1)  # the 90th day is Sunday 31 May
    assert longer == date(2026, 6, 10)


# Feedback.

REGISTERED = ("registered", "2026-03-02T10:00", {"reason_code": "rule"})


@pytest.mark.parametrize(("day", "status"), [("2026-03-09", "done"), ("2026-03-10", "done_late")])
def test_what_is_another_s_is_transferred_within_five_working_days(day: str, status: str) -> None:
    case = story("vn-feedback", "2026-03-02T09:00", REGISTERED, ("transferred", f"{day}T16:00", {"to_unit": "H26.40"}))
    assert statuses(case, f"{day}T17:00")["transfer"] == status


def test_under_the_decree_no_answer_is_due_unless_it_was_promised() -> None:
    case = story("vn-feedback", "2026-03-02T09:00", REGISTERED)
    assert set(statuses(case, "2026-12-02T09:00")) == {"transfer"}
    machine = dossier.machine(case.lifecycle)
    promised = machine.step(case, dossier.event("answer_promised", at("2026-03-03T09:00"), due=at("2026-03-20T17:00")))
    assert statuses(promised, "2026-03-04T09:00")["answer"] == "open"
    assert statuses(promised, "2026-03-20T17:01")["answer"] == "missed"


PORTAL = {row.code: row.limit for row in dossier.sector("feedback-portal").limits}


@pytest.mark.parametrize(("day", "status"), [("2026-03-23", "done"), ("2026-03-24", "done_late")])
def test_by_the_portal_an_answer_is_due_in_fifteen_working_days(day: str, status: str) -> None:
    case = story(
        "vn-feedback", "2026-03-02T09:00", REGISTERED, ("assigned", "2026-03-02T11:00"),
        ("answered", f"{day}T16:00", {"reason_code": "handled"}), ("published", f"{day}T16:30"),
    )  # fmt: skip
    found = statuses(case, f"{day}T17:00", limits=PORTAL)
    assert (found["answer"], found["publication"]) == (status, "done")


@pytest.mark.parametrize(
    ("kind", "fields", "code", "last", "after"),
    [
        ("not_received", {"reason": "…", "reason_code": "unclear"}, "refusal", "2026-03-04", "2026-03-05"),
        ("info_requested", {"reason": "…"}, "more_information", "2026-03-09", "2026-03-10"),
    ],
)
def test_by_the_portal_it_is_refused_or_asked_about_in_time(
    kind: str, fields: dict[str, Any], code: str, last: str, after: str
) -> None:
    for day, status in ((last, "done"), (after, "done_late")):
        case = story("vn-feedback", "2026-03-02T09:00", (kind, f"{day}T16:00", fields))
        assert statuses(case, f"{day}T17:00", limits=PORTAL)[code] == status
    plain = story("vn-feedback", "2026-03-02T09:00", (kind, f"{last}T16:00", fields))
    assert code not in statuses(plain, "2026-03-10T17:00")  # the decree gives it no time


def test_ministries_have_their_own_times_to_pass_feedback_on() -> None:
    for name, code, last in (
        ("feedback-culture", "transfer", date(2026, 3, 9)),
        ("feedback-culture", "report", date(2026, 3, 11)),
        ("feedback-transport", "transfer", date(2026, 3, 4)),
    ):
        row = next(each for each in dossier.sector(name).limits if each.code == code)
        assert due(at("2026-03-02T09:00"), row.limit, calendar=CALENDAR).at.date() == last
        assert row.basis.firmness.value == "read"


# Data requests.


@pytest.mark.parametrize(("day", "status"), [("2026-03-04", "done"), ("2026-03-05", "done_late")])
def test_a_request_is_acknowledged_within_two_working_days(day: str, status: str) -> None:
    case = story("vn-data-request", "2026-03-02T09:00", ("acknowledged", f"{day}T16:00"))
    assert statuses(case, f"{day}T17:00")["acknowledgement"] == status


@pytest.mark.parametrize(
    ("kind", "third", "last"),
    [
        ("restrict", False, date(2026, 3, 17)),
        ("restrict", True, date(2026, 3, 23)),
        ("see", False, date(2026, 3, 12)),
        ("see", True, date(2026, 3, 17)),
        ("delete", False, date(2026, 3, 23)),
        ("delete", True, date(2026, 4, 1)),
        ("protect", False, date(2026, 3, 17)),
    ],
)
def test_a_request_is_answered_in_the_time_of_its_kind(kind: str, third: bool, last: date) -> None:
    more = [("third_party_needed", "2026-03-02T11:00")] if third else []
    case = story("vn-data-request", "2026-03-02T09:00", ("accepted", "2026-03-02T10:00", {"reason_code": kind}), *more)
    found = law_limit(case, dossier.sector("data-request"))
    assert found is not None
    assert due_day(case, "handling", "2026-03-02T12:00", str(found.limit)) == last
    machine = dossier.machine(case.lifecycle)
    for day, status in ((last, "done"), (date.fromordinal(last.toordinal() + 1), "done_late")):
        for answer in (
            dossier.event("carried_out", at(f"{day}T16:00")),
            dossier.event("refused", at(f"{day}T16:00"), reason="…", reason_code="no_consent_needed"),
        ):
            assert statuses(machine.step(case, answer), f"{day}T17:00", str(found.limit))["handling"] == status


def test_seventy_two_hours_run_at_night_and_on_days_off() -> None:
    breach = dossier.sector("data-request").limit("breach_notice")
    found = due(at("2026-03-06T22:15"), breach, calendar=CALENDAR)
    assert found.at == at("2026-03-09T22:15")
    assert found.status(now=at("2026-03-09T22:15")).code != "overdue"
    assert found.status(now=at("2026-03-09T22:16")).code == "overdue"
    old = dossier.sector("data-request-2023")
    for code in ("get", "delete", "breach_notice"):
        assert due(at("2025-12-05T22:15"), old.limit(code), calendar=CALENDAR).at == at("2025-12-08T22:15")


# Citizen reception and denunciations: limits only, with no lifecycle of their own.


@pytest.mark.parametrize(
    ("name", "code", "last"),
    [
        ("citizen-reception", "answer", date(2026, 8, 17)),
        ("citizen-reception", "refusal_notice", date(2026, 8, 6)),
        ("denunciation", "first_handling", date(2026, 8, 12)),
        ("denunciation", "passed_on", date(2026, 8, 10)),
        ("denunciation", "decision", date(2026, 9, 3)),
        ("denunciation", "extension", date(2026, 9, 3)),
    ],
)
def test_times_of_reception_and_of_denunciations(name: str, code: str, last: date) -> None:
    found = due(at("2026-08-03T09:00"), dossier.sector(name).limit(code), calendar=CALENDAR)
    assert found.at.date() == last
    assert found.status(now=at(f"{last}T23:59")).code != "overdue"
    assert found.status(now=at(f"{date.fromordinal(last.toordinal() + 1)}T00:01")).code == "overdue"


# The dossier that is complained about.


def test_a_complaint_stops_no_clock_of_the_dossier_it_is_about() -> None:
    file = story("vn", "2026-08-03T08:00", ("received", "2026-08-03T08:10"))
    complaint = story("vn-complaint", "2026-08-05T09:00", about=[file.id])
    assert complaint.opening.about == (file.id,)
    kinds = {event.code for event in dossier.machine(file.lifecycle).lifecycle.events}
    assert not {kind for kind in kinds if "complain" in kind or "feedback" in kind}
    limit = TimeLimit.parse("5 working days")
    assert due_of(file, limit) == date(2026, 8, 10)


# The table is that of the lifecycle.


def test_each_lifecycle_has_its_table_and_others_that_of_the_one_stop_shops() -> None:
    day = date(2026, 8, 3)
    names = ("vn", "vn-feedback", "vn-complaint@decree-155-2026", "vn-data-request", "hanoi@2026")
    assert [duty_table(on=day, lifecycle=name).id.partition("@")[0] for name in names] == [
        *("vn-duties", "vn-feedback-duties", "vn-complaint-duties", "vn-data-request-duties", "vn-duties"),
    ]
    wrong: Any = 3
    with pytest.raises(InvalidValueError):
        duty_table(on=day, lifecycle=wrong)


def test_without_a_limit_the_duties_of_the_clock_are_left_out() -> None:
    case = story("vn", "2026-08-03T08:00", ("received", "2026-08-03T08:10"))
    limited, free = statuses(case, "2026-08-03T09:00", "5 working days"), statuses(case, "2026-08-03T09:00")
    assert set(limited) - set(free) == {"appointment", "extension_request"}
    with pytest.raises(UnknownCodeError):
        statuses(case, "2026-08-03T09:00", limits={"appointment": TimeLimit.parse("1 day")})
    assert deadlines.agenda(case, None, calendar=CALENDAR, now=datetime(2026, 8, 2, tzinfo=UTC)) == ()
