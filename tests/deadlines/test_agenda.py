"""The agenda: every duty by when, by whom, and whether it was done; against a slow second reading of the log."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier, workdays
from onestop_core.deadlines import TimeLimit, WorkingHours, agenda, countdown
from onestop_core.deadlines.duties import Duty, DutyStatus, DutyTable, duty_table, load_duties
from onestop_core.dossier import Dossier, Event, Policy, load_lifecycle
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.model import Firmness
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from tests.deadlines.slow_agenda import second_reading
from tests.deadlines.walks import walks

CIVIL = workdays.calendar("vn-civil")
FIVE = TimeLimit.parse("5 working days")
MACHINE = dossier.machine("vn@decree-118-2025")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00" if "T" in text else f"2026-{text}T09:00+07:00")


def run(
    *steps: tuple[str, str] | tuple[str, str, str], channel: str = "in_person", policy: Policy | None = None
) -> Dossier:
    case = MACHINE.new(id="1", procedure="1.012783", channel=channel, at=at("2026-03-02T08:00"), policy=policy)
    for kind, moment, *due in steps:
        case = MACHINE.step(case, Event(kind=kind, at=at(moment), reason="vì", due=at(due[0]) if due else None))
    return case


def rows(case: Dossier, now: str, limit: TimeLimit = FIVE, **options: Any) -> dict[str, Duty]:
    found = agenda(case, limit, calendar=CIVIL, now=at(now), **options)
    assert len({duty.code for duty in found}) == len(found)
    return {duty.code: duty for duty in found}


def stands(case: Dossier, now: str, **options: Any) -> dict[str, str]:
    return {code: duty.status.value for code, duty in rows(case, now, **options).items()}


RECEIVED = ("received", "2026-03-02T08:20", "2026-03-09T17:00")
ASSIGNED = ("assigned", "2026-03-02T10:00")
ASKED = ("supplement_requested", "2026-03-04T09:00")


# Each duty, once.


def test_what_is_open_when_a_dossier_was_received_at_the_desk() -> None:
    found = rows(run(RECEIVED), "2026-03-02T09:00")
    assert {code: duty.by.isoformat()[:16] for code, duty in found.items()} == {
        "transfer": "2026-03-02T17:00",
        "supplement_notice": "2026-03-05T23:59",
        "extension_request": "2026-03-08T23:59",  # a Sunday: a limit counted backwards is not moved
        "appointment": "2026-03-09T17:00",
    }
    assert {duty.status for duty in found.values()} == {DutyStatus.OPEN}
    assert {code: duty.who for code, duty in found.items()} == {
        "transfer": "receiving_officer",
        "supplement_notice": "specialist",
        "extension_request": "authority_leader",
        "appointment": "unit_leader",
    }
    assert [duty.basis[0].cite().en for duty in found.values()] == [
        "Decree 118/2025/NĐ-CP, art. 18(2)",
        "Decree 118/2025/NĐ-CP, art. 19(5)",
        "Decree 118/2025/NĐ-CP, art. 19(6)",
        "Decree 118/2025/NĐ-CP, art. 22(2)",
    ]
    assert {duty.firmness for duty in found.values()} == {Firmness.READ}
    assert found["transfer"].answered_by == ("transferred", "assigned")


def test_after_three_o_clock_the_file_goes_at_the_start_of_the_next_working_day() -> None:
    hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    late = run(("received", "2026-03-06T15:01"))
    assert rows(late, "2026-03-06T16:00", hours=hours)["transfer"].by == at("2026-03-09T07:30")
    on_time = run(("received", "2026-03-06T15:01"), ("transferred", "2026-03-09T07:30"))
    assert stands(on_time, "03-10", hours=hours)["transfer"] == "done"
    too_late = run(("received", "2026-03-06T15:01"), ("transferred", "2026-03-09T07:31"))
    assert stands(too_late, "03-10", hours=hours)["transfer"] == "done_late"


def test_what_is_decided_at_the_desk_need_not_be_transferred() -> None:
    case = run(RECEIVED, ("approved", "2026-03-04T10:00"), policy=Policy(decide_at_desk=True))
    assert stands(case, "03-05")["transfer"] == "lapsed"


def test_papers_that_are_missing_are_asked_for_within_three_working_days() -> None:
    assert stands(run(RECEIVED, ASSIGNED), "2026-03-05T23:59:59")["supplement_notice"] == "open"
    assert stands(run(RECEIVED, ASSIGNED), "2026-03-06T00:00")["supplement_notice"] == "lapsed"
    assert stands(run(RECEIVED, ASSIGNED, ASKED), "03-05")["supplement_notice"] == "done"
    late = run(RECEIVED, ASSIGNED, ("supplement_requested", "2026-03-06T09:00"))
    assert stands(late, "03-07")["supplement_notice"] == "done_late"
    assert "supplement_notice" not in rows(run(RECEIVED, policy=Policy(max_supplements=0)), "03-03")


def test_the_sectors_own_time_takes_the_place_of_the_decrees() -> None:
    two = TimeLimit.parse("2 working days")
    found = rows(run(RECEIVED, ASSIGNED, ASKED), "03-05", limits={"supplement_notice": two, "closing": two})
    assert (found["supplement_notice"].by.date(), found["closing"].by.date()) == (date(2026, 3, 4), date(2026, 3, 6))
    opinion = run(RECEIVED, ASSIGNED, ("opinion_asked", "2026-03-03T09:00", "2026-03-05T23:59:59"))
    assert rows(opinion, "03-04")["opinion"].by == at("2026-03-05T23:59:59")  # as the letter that asks for it says
    given = dossier.sector("construction-permit").limit("opinion")
    assert stands(opinion, "03-04", limits={"opinion": given})["opinion"] == "open"
    lapsed = MACHINE.step(opinion, Event("opinion_lapsed", at("03-07")))
    assert stands(lapsed, "03-08", limits={"opinion": given})["opinion"] == "missed"
    early = MACHINE.step(opinion, Event("opinion_lapsed", at("03-04")))
    assert stands(early, "03-08", limits={"opinion": given})["opinion"] == "lapsed"


def test_an_abandoned_dossier_may_be_closed_from_the_sixteenth_day_on() -> None:
    case = run(RECEIVED, ASSIGNED, ASKED)
    duty = rows(case, "03-05")["closing"]
    assert (duty.by.date(), duty.opens, duty.status, duty.who) == (
        date(2026, 3, 19),
        True,
        "waiting",
        "receiving_officer",
    )
    assert duty.answered_by == ("closed_incomplete", "stopped")
    assert duty.text.en == "Close the dossier that nobody completed: from the end of 2026-03-19, not yet"
    assert duty.text.vi == "Đóng hồ sơ không được bổ sung: từ hết ngày 19/03/2026, chưa đến lúc"
    assert stands(case, "03-20")["closing"] == "open"
    assert stands(MACHINE.step(case, Event("stopped", at("03-25"), reason="x")), "03-26")["closing"] == "done"
    answered = agenda(MACHINE.step(case, Event("supplemented", at("03-18"))), FIVE, calendar=CIVIL, now=at("03-26"))
    assert [duty.status for duty in answered if duty.code == "closing"] == ["lapsed"]


def test_at_intake_nothing_is_closed_after_a_number_of_days() -> None:
    case = run(("supplement_requested", "2026-03-02T09:00"))
    assert rows(case, "2026-06-01T09:00") == {}


def test_an_apology_is_owed_only_by_those_who_are_late() -> None:
    case = run(RECEIVED, ASSIGNED)
    assert stands(case, "2026-03-08T23:59:59")["extension_request"] == "open"
    assert stands(case, "2026-03-09T16:00")["extension_request"] == "lapsed"
    assert stands(case, "2026-03-09T17:01")["extension_request"] == "missed"
    extended = MACHINE.step(case, Event("extended", at("03-07"), reason="x", due=at("03-16")))
    found = rows(extended, "2026-03-17T09:00")
    assert (found["extension_request"].status, found["extension_request"].done_at) == ("done", at("03-07"))
    assert found["extension_request"].by.date() == date(2026, 3, 8)  # of the appointment before it
    assert (found["appointment"].status, found["appointment"].by) == ("missed", at("03-16"))
    assert "extension_request" not in rows(run(RECEIVED, policy=Policy(max_extensions=0)), "03-03")


def test_a_time_of_less_than_a_day_has_no_moment_a_day_before() -> None:
    case = run(("received", "2026-03-02T08:20"))
    assert "extension_request" not in rows(case, "2026-03-02T09:00", TimeLimit.parse("within the day"))


def test_an_extension_made_when_there_was_no_time_left_to_ask_for_it_is_used_up_all_the_same() -> None:
    case = run(("received", "2026-03-02T08:20", "2026-03-02T17:00"), ASSIGNED)
    late = Event(kind="extended", at=at("2026-03-02T11:00"), reason="vì", due=at("2026-03-06T17:00"))
    case = MACHINE.step(case, late, judge=False)
    for event in (
        Event(kind="supplement_requested", at=at("2026-03-04T09:00"), reason="vì"),
        Event(kind="supplemented", at=at("2026-03-05T09:00"), due=at("2026-03-12T17:00")),
    ):
        case = MACHINE.step(case, event)
    asked = [
        duty for duty in agenda(case, FIVE, calendar=CIVIL, now=at("2026-03-20T09:00")) if "extension" in duty.code
    ]
    assert asked == [], "the one extension that the law knows was made in the first count"


def test_a_restart_opens_the_appointment_again() -> None:
    case = run(RECEIVED, ASSIGNED, ASKED, ("supplemented", "2026-03-10T09:00", "2026-03-17T17:00"))
    found = agenda(case, FIVE, calendar=CIVIL, now=at("03-11"))
    assert [(duty.status, duty.since) for duty in found if duty.code == "appointment"] == [
        ("lapsed", at("2026-03-02T08:20")),
        ("open", at("2026-03-10T09:00")),
    ]
    late = run(
        RECEIVED, ASSIGNED, ("supplement_requested", "2026-03-10T09:00"), ("supplemented", "2026-03-11T09:00")
    )  # asked when the appointment had passed already
    first, _ = (duty for duty in agenda(late, FIVE, calendar=CIVIL, now=at("03-12")) if duty.code == "appointment")
    assert first.status == "missed"


def test_while_the_dossier_waits_nothing_presses() -> None:
    found = stands(run(RECEIVED, ASSIGNED, ASKED), "2026-03-20T09:00")
    assert (found["appointment"], found["extension_request"]) == ("waiting", "waiting")


def test_a_result_is_handed_over_by_the_appointment() -> None:
    case = run(RECEIVED, ASSIGNED, ("approved", "2026-03-06T10:00"))
    duty = rows(case, "03-07")["hand_over"]
    assert (duty.by, duty.status, duty.who) == (at("2026-03-09T17:00"), "open", "clerk")
    moved = MACHINE.step(case, Event("rescheduled", at("03-07"), reason="x", due=at("03-12")))
    assert rows(moved, "03-08")["hand_over"].by == at("03-12")
    over = MACHINE.step(moved, Event("result_handed_over", at("03-12")))
    assert (stands(over, "03-13")["hand_over"], stands(over, "03-13")["appointment"]) == ("done", "done")


def test_what_the_applicant_withdraws_is_not_owed_any_more_but_what_was_missed_is() -> None:
    asked = ("withdrawal_requested", "2026-03-05T09:00")
    case = run(RECEIVED, ASSIGNED, asked, ("withdrawal_granted", "2026-03-05T10:00"))
    assert set(stands(case, "03-20").values()) == {"done", "lapsed"}
    late = run(
        RECEIVED, ASSIGNED, ("withdrawal_requested", "2026-03-10T09:00"), ("withdrawal_granted", "2026-03-10T10:00")
    )
    assert stands(late, "03-20")["appointment"] == "missed"


def test_an_online_dossier_is_answered_within_eight_working_hours() -> None:
    case = run(channel="online")
    found = rows(case, "2026-03-02T09:00")
    assert found["online_answer"].by == at("2026-03-03T08:00")
    assert (found["online_desk_notice"].by, found["online_desk_notice"].status) == (at("2026-03-02T10:00"), "open")
    assert found["online_desk_notice"].answered_by == ("desk_notified",)
    answered = run(("received", "2026-03-02T09:00"), channel="online")
    assert stands(answered, "2026-03-02T11:00")["online_desk_notice"] == "lapsed"
    assert stands(answered, "2026-03-02T11:00")["online_answer"] == "done"
    assert rows(answered, "2026-03-02T11:00")["transfer_of_data"].by == at("2026-03-02T23:59:59")
    assert stands(run(("received", "2026-03-03T08:01"), channel="online"), "03-04")["online_answer"] == "done_late"


def test_each_piece_of_linked_work_is_a_duty_of_its_own() -> None:
    case = run(RECEIVED, ASSIGNED)
    for task, due in (("thuế", "03-04"), ("địa chính", "03-05")):
        event = Event("linked_handed_over", at("03-03"), task=task, to_unit="H26.05", due=at(due))
        case = MACHINE.step(case, event)
    case = MACHINE.step(case, Event("linked_returned", at("2026-03-04T08:00"), task="thuế"))
    found = [duty for duty in agenda(case, FIVE, calendar=CIVIL, now=at("03-06")) if duty.code == "linked_part"]
    assert [(duty.task, duty.unit, duty.status) for duty in found] == [
        ("thuế", "H26.05", "done"),
        ("địa chính", "H26.05", "missed"),
    ]


def test_linked_work_that_is_recalled_is_not_owed_any_more_and_the_other_is() -> None:
    case = run(RECEIVED, ASSIGNED)
    for task in ("thuế", "địa chính"):
        case = MACHINE.step(case, Event("linked_handed_over", at("03-03"), task=task, due=at("03-05")))
    recall = Event("linked_recalled", at("2026-03-04T08:00"), task="thuế", reason="không cần nữa")
    found = agenda(MACHINE.step(case, recall), FIVE, calendar=CIVIL, now=at("03-06"))
    assert [(duty.task, duty.status) for duty in found if duty.code == "linked_part"] == [
        ("thuế", "lapsed"),
        ("địa chính", "missed"),
    ]


def test_a_wrong_result_comes_back_corrected_within_three_working_days() -> None:
    case = run(
        RECEIVED, ASSIGNED, ("approved", "03-04"), ("result_handed_over", "03-05"), ("delivered", "03-06"),
        ("result_corrected", "03-09"),
    )  # fmt: skip
    duty = rows(case, "03-10")["result_correction"]
    assert (duty.by.date(), duty.status, duty.firmness) == (date(2026, 3, 12), "open", Firmness.INFERRED)
    given_back = MACHINE.step(case, Event("corrected_result_delivered", at("03-13")))
    assert stands(given_back, "03-14")["result_correction"] == "done_late"


# Kept apart by law.


def test_a_dossier_of_decree_61_has_the_duties_of_decree_61() -> None:
    machine, opened = dossier.machine("vn@decree-61-2018"), at("2024-05-06T08:10")
    case = machine.new(id="1", procedure="1.012783", channel="online", at=opened)
    assert agenda(case, FIVE, calendar=CIVIL, now=opened) == ()
    case = machine.step(case, Event("received", opened))
    found = {duty.code: duty for duty in agenda(case, FIVE, calendar=CIVIL, now=opened)}
    assert set(found) == {"transfer_of_data", "supplement_notice", "extension_request", "appointment"}
    assert (found["supplement_notice"].by.date(), found["supplement_notice"].basis[0].cite().en) == (
        date(2024, 5, 9),
        "Decree 61/2018/NĐ-CP, art. 19(4)",
    )
    case = machine.step(case, Event("assigned", opened))
    case = machine.step(case, Event("supplement_requested", at("2024-05-08T08:00"), reason="x"))
    assert "closing" not in {duty.code for duty in agenda(case, FIVE, calendar=CIVIL, now=at("2024-08-01T08:00"))}


# Due soon.


@pytest.mark.parametrize(
    ("soon", "now", "status"),
    [
        (None, "2026-03-09T08:00", "open"),
        (Fraction(1, 5), "2026-03-05T08:00", "open"),
        (Fraction(1, 5), "2026-03-06T08:00", "soon"),
        (Fraction(1, 1), "2026-03-02T08:20", "soon"),
        (1, "2026-03-02T08:20", "soon"),
        (0, "2026-03-06T08:20", "open"),
        (0, "2026-03-09T08:20", "soon"),
        (TimeLimit.parse("1 working day"), "2026-03-05T23:00", "open"),
        (TimeLimit.parse("1 working day"), "2026-03-06T07:00", "soon"),
        (TimeLimit.parse("3 days"), "2026-03-06T07:00", "soon"),
        (TimeLimit.parse("2 hours"), "2026-03-09T14:59", "open"),
        (TimeLimit.parse("2 hours"), "2026-03-09T15:00", "soon"),
        (TimeLimit.parse("8 working hours"), "2026-03-06T17:00", "soon"),
    ],
)
def test_due_soon_is_a_share_of_the_time_or_a_lead(soon: Any, now: str, status: str) -> None:
    assert stands(run(RECEIVED, ASSIGNED), now, soon=soon)["appointment"] == status


def test_due_soon_does_not_count_what_was_waited() -> None:
    case = run(RECEIVED, ASSIGNED, ASKED, ("supplemented", "2026-03-11T09:00"), policy=Policy(supplement_clock="pause"))
    assert rows(case, "03-12")["appointment"].by == at("2026-03-16T17:00")
    assert stands(case, "03-12", soon=Fraction(2, 5))["appointment"] == "soon"
    assert stands(case, "03-12", soon=Fraction(1, 5))["appointment"] == "open"


@pytest.mark.parametrize("soon", [Fraction(6, 5), Fraction(-1, 5), 2, 0.2, "1 day", True])
def test_a_share_is_a_share(soon: Any) -> None:
    with pytest.raises(InvalidValueError, match="soon: cannot use"):
        rows(run(RECEIVED), "03-03", soon=soon)


@pytest.mark.parametrize("limits", [5, {"opinion": "2 days"}, {"opinion": None}, ["opinion"]])
def test_limits_are_limits(limits: Any) -> None:
    with pytest.raises(InvalidValueError, match="limits: cannot use"):
        rows(run(RECEIVED), "03-03", limits=limits)


@pytest.mark.parametrize("code", ["opinions", "appointment", "transfer", 5])
def test_only_a_duty_with_a_limit_has_a_limit_of_its_own(code: Any) -> None:
    with pytest.raises(UnknownCodeError):
        rows(run(RECEIVED), "03-03", limits={code: FIVE})


def test_a_limit_that_cannot_be_counted_is_refused_whatever_the_log() -> None:
    with pytest.raises(InvalidValueError, match="hours"):
        rows(run(), "03-03", TimeLimit.parse("0.5 working days"))


# A new duty is a new row.


def table(**changes: Any) -> DutyTable:
    document: dict[str, Any] = resources.data("vn/deadlines/duties/one-stop-decrees")
    row = {
        "code": "call_back",
        "name": {"vi": "Gọi lại", "en": "Call back"},
        "who": "receiving_officer",
        "starts": {"events": ["withdrawal_requested"]},
        "by": "limit",
        "limit": "1 working day",
        "answered_by": ["withdrawal_granted", "withdrawal_refused"],
        "basis": ["decree-118-19-6"],
        **changes,
    }
    return load_duties({**document, "duties": [*document["duties"], row]})


def test_a_new_row_is_a_new_duty_and_no_code() -> None:
    case = run(RECEIVED, ASSIGNED, ("withdrawal_requested", "2026-03-05T09:00"))
    assert stands(case, "2026-03-07T00:00", duties=table())["call_back"] == "missed"
    assert "call_back" not in rows(case, "2026-03-07T00:00", duties=table(channels=["online"]))
    assert "call_back" not in rows(case, "2026-03-07T00:00", duties=table(in_force_from="2026-03-03"))
    assert stands(case, "2026-03-07T00:00", duties=table(answered_by=["told"]))["call_back"] == "unrecorded"
    by_the_day = table(by="appointment", answered_by=["told"])
    assert rows(case, "2026-03-07T00:00", duties=by_the_day)["call_back"].by == at("2026-03-09T17:00")
    before = run(("withdrawal_requested", "2026-03-02T09:00"))
    assert "call_back" not in rows(before, "03-05", duties=by_the_day)  # not received: there is no appointment


def test_while_a_duty_is_open_it_does_not_begin_again() -> None:
    case = run(RECEIVED, ASSIGNED, ("assigned", "2026-03-03T09:00"))
    duties = table(starts={"events": ["assigned"]}, answered_by=["approved"])
    assert rows(case, "03-03", duties=duties)["call_back"].since == at("2026-03-02T10:00")


def test_how_often_a_duty_is_owed_is_a_parameter_of_the_lifecycle() -> None:
    case = run(RECEIVED, ASSIGNED, ("withdrawal_requested", "2026-03-05T09:00"))
    assert "call_back" not in rows(case, "03-06", duties=table(at_most="max_suspensions"))  # of which there are none
    again = MACHINE.step(case, Event("withdrawal_refused", at("2026-03-05T10:00"), reason="x"))
    again = MACHINE.step(again, Event("withdrawal_requested", at("2026-03-05T11:00")))
    found = agenda(again, FIVE, calendar=CIVIL, now=at("03-06"), duties=table(at_most="max_supplements"))
    assert [duty.status for duty in found if duty.code == "call_back"] == ["done"]  # once, the table says


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"who": "nobody"}, "$.duties[18].who"),
        ({"code": "transfer"}, "$.duties[18].code"),
        ({"limit": "soon"}, "$.duties[18].limit"),
        ({"at_most": "fee_before"}, "$.duties[18].at_most"),
        ({"basis": ["nowhere"]}, "$.duties[18].basis"),
        ({"by": "before_appointment"}, "$.duties[18].starts"),
        ({"by": "whenever"}, "$.duties[18].by"),
        ({"starts": {"each_count": True}}, "$.duties[18].by"),
        ({"starts": {}}, "$.duties[18].starts"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        table(**changes)
    assert any(problem.path.startswith(path) for problem in caught.value.problems), caught.value


def test_the_table_that_ships_keeps_to_its_schema_and_says_who_and_why() -> None:
    document: dict[str, Any] = resources.data("vn/deadlines/duties/one-stop-decrees")
    assert check_schema(document, "duties") == ()
    shipped = duty_table(on=date(2026, 3, 2))
    assert shipped == load_duties(document)
    assert shipped.rule("nothing") is None
    cited = {basis for rule in shipped.duties for basis in rule.basis}
    assert len(cited) == len(document["bases"])  # no basis that nobody cites
    assert {rule.who for rule in shipped.duties} | {"applicant"} >= set(document["roles"]) - {"applicant"}


# Lifecycles of one's own.


def own(event: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(resources.data("vn/lifecycle/decree-118-2025")))
    document["id"] = "own@1"
    told = next(each for each in document["events"] if each["code"] == "portal_told")
    document["events"].append({**told, "code": event})
    sync = next(axis for axis in document["axes"] if axis["code"] == "sync")
    sync["moves"].append({**sync["moves"][0], "event": event})
    return document


def test_a_lifecycle_that_records_the_notice_is_held_to_it() -> None:
    lifecycle = load_lifecycle(own("desk_told"))
    machine = dossier.machine(lifecycle)
    case = machine.new(id="1", procedure="1.012783", channel="online", at=at("2026-03-02T08:00"))
    assert stands(case, "2026-03-02T09:00", lifecycle=lifecycle)["online_desk_notice"] == "open"
    assert stands(case, "2026-03-02T10:01", lifecycle=lifecycle)["online_desk_notice"] == "missed"
    told = machine.step(case, Event("desk_told", at("2026-03-02T10:00")))
    assert "desk_told" in [event.kind for event in told.events]
    told = machine.step(case, Event("desk_notified", at("2026-03-02T10:00")))
    assert stands(told, "2026-03-02T10:01", lifecycle=lifecycle)["online_desk_notice"] == "done"
    # Where nobody says which events there are, what is not on record was not done.
    assert stands(case, "2026-03-02T10:01")["online_desk_notice"] == "missed"
    assert rows(case, "2026-03-02T10:01")["online_desk_notice"].answered_by == ("desk_notified",)


def test_without_its_lifecycle_a_foreign_dossier_may_do_as_often_as_it_likes() -> None:
    machine = dossier.machine(load_lifecycle(own("desk_told")))
    case = machine.new(id="1", procedure="1.012783", channel="post", at=at("2026-03-02T08:00"))
    case = machine.step(case, Event("received", at("2026-03-02T08:20")))
    assert stands(case, "03-03")["extension_request"] == "open"


# As a value.


def test_a_row_in_json() -> None:
    (duty, *_) = agenda(run(RECEIVED), FIVE, calendar=CIVIL, now=at("03-03"))
    assert duty.to_dict(language="vi") == {
        "code": "transfer",
        "name": "Chuyển hồ sơ đến cơ quan có thẩm quyền giải quyết",
        "who": "receiving_officer",
        "role": "Công chức, viên chức tiếp nhận hồ sơ",
        "unit": None,
        "task": None,
        "since": "2026-03-02T08:20:00+07:00",
        "by": "2026-03-02T17:00:00+07:00",
        "opens": False,
        "answered_by": ["transferred", "assigned"],
        "status": "missed",
        "status_text": "quá hạn, chưa thực hiện",
        "done_at": None,
        "basis": ["khoản 2 Điều 18 Nghị định số 118/2025/NĐ-CP"],
        "firmness": "read",
    }
    assert duty.text.vi == (
        "Chuyển hồ sơ đến cơ quan có thẩm quyền giải quyết: đến 17:00 ngày 02/03/2026, quá hạn, chưa thực hiện"
    )
    assert duty.to_dict()["name"] == "Transfer the dossier to the competent authority"
    done = rows(run(RECEIVED, ASSIGNED), "03-03")["transfer"]
    assert done.to_dict()["done_at"] == "2026-03-02T10:00:00+07:00"
    assert attrs.evolve(duty, basis=()).firmness is Firmness.UNCONFIRMED


def test_before_the_dossier_was_opened_there_is_nothing_to_do() -> None:
    assert rows(run(RECEIVED), "2026-03-01T09:00") == {}


# Against the second reading.

SEEN: Counter[str] = Counter()


@given(walks(), st.integers(-2, 60), st.sampled_from(["5 working days", "3 days", "12 working hours", "1 month"]))
def test_the_agenda_is_what_a_second_reading_of_the_log_says(case: Dossier, days: int, text: str) -> None:
    limit = TimeLimit.parse(text)
    for now in (case.events[-1].at + timedelta(days=days, hours=5), case.events[len(case.events) // 2].at):
        found = agenda(case, limit, calendar=CIVIL, now=now)
        told = [(duty.code, duty.since, duty.by, duty.status.value, duty.done_at) for duty in found]
        assert sorted(told, key=lambda row: (row[2], row[0], row[1])) == second_reading(case, limit, now)
        assert [duty.by for duty in found] == sorted(duty.by for duty in found)
        for duty in found:
            SEEN[f"{duty.code} {duty.status}"] += 1
            if duty.done_at is not None and duty.done_at <= duty.by:
                assert duty.status is DutyStatus.DONE
        starts = Counter((duty.code, duty.task, duty.since) for duty in found if duty.since != now)
        again = {event.at for event in case.events if event.kind == "supplemented"}
        assert all(times == 1 or since in again for (_, _, since), times in starts.items())


@given(walks(), st.integers(0, 40))
def test_the_appointment_stands_as_the_clock_says(case: Dossier, days: int) -> None:
    now = case.events[-1].at + timedelta(days=days)
    duties = [duty for duty in agenda(case, FIVE, calendar=CIVIL, now=now) if duty.code == "appointment"]
    count = countdown(case, FIVE, calendar=CIVIL)
    if not duties:
        assert count.counted is None
        return
    # Of two counts that began in the same second the earlier one lapsed.
    held = count.in_force_at(now)
    found = [duty for duty in duties if (duty.since, duty.by) == (case.clock.counted_from, held)]
    duty = min(found, key=lambda each: each.status == "lapsed")
    status = count.status(now=now).code.value
    assert (duty.status in {"missed", "done_late"}) == (status in {"overdue", "finished_late"})
    assert (duty.status == "waiting") == (status == "paused")


@given(walks(), st.integers(0, 40), st.integers(0, 10), st.integers(0, 10))
def test_what_is_due_soon_stays_so_with_a_greater_share(case: Dossier, days: int, first: int, second: int) -> None:
    now = case.events[-1].at + timedelta(days=days)
    few, many = sorted((first, second))
    less, more = (agenda(case, FIVE, calendar=CIVIL, now=now, soon=Fraction(each, 10)) for each in (few, many))
    for a, b in zip(less, more, strict=True):
        assert attrs.evolve(a, status=b.status) == b
        assert a.status == b.status or (a.status, b.status) == ("open", "soon")
