"""Decree 118/2025 and its amendment of August 2026, from the facts of the decree and not from the tables.

Each test says a fact in its own words, with its article, and tries the days on both sides of it. The moments are those
of an ordinary week: 2 March 2026 is a Monday.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.dossier import DigitisedPaper, Dossier, Event, Machine, Policy
from onestop_core.dossier.events import Invitation
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    InvalidValueError,
    TransitionNotAllowedError,
    UnknownCodeError,
)
from onestop_core.model import DossierCode, TimeLimit, issue, issue_central, result_code

CIVIL = workdays.calendar("vn-civil")
FIVE = TimeLimit.parse("5 working days")
DECREE, AMENDED = "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026"
BOTH = pytest.mark.parametrize("edition", [DECREE, AMENDED])
DESK, AUTHORITY = "H26.99", "H26.12"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def filed(edition: str = DECREE, *, channel: str = "in_person", on: str = "2026-03-02T08:00", **more: Any) -> Dossier:
    return dossier.machine(edition).new(id="1", procedure="1.012783", channel=channel, at=at(on), **more)


def machine(case: Dossier) -> Machine:
    return dossier.machine(case.lifecycle)


def then(case: Dossier, kind: str, on: str | None = None, **more: Any) -> Dossier:
    moment = case.events[-1].at if on is None else at(on)
    return machine(case).step(case, Event(kind, moment, **more))


def handled(edition: str = DECREE, **more: Any) -> Dossier:
    """A dossier received on a Monday at eight, with the appointment a week later, and assigned."""
    case = then(filed(edition, **more), "received", due=at("2026-03-09T17:00"))
    if case.state == "received_elsewhere":
        return case
    return then(case, "assigned", "2026-03-02T10:00")


def refused(case: Dossier, kind: str, on: str | None = None, **more: Any) -> TransitionNotAllowedError:
    with pytest.raises(TransitionNotAllowedError) as caught:
        then(case, kind, on, **more)
    return caught.value


def told(case: Dossier) -> set[str]:
    return {effect.party for effect in case.effects if effect.party}


def issued(case: Dossier) -> list[str]:
    return [effect.form for effect in case.effects if effect.form]


def duties(case: Dossier, now: str, **more: Any) -> dict[str, deadlines.duties.Duty]:
    return {row.code: row for row in deadlines.agenda(case, FIVE, calendar=CIVIL, now=at(now), **more)}


# The nine behaviours that were wrong before the decree was read.


@BOTH
def test_the_desk_closes_a_dossier_whose_applicant_never_answered(edition: str) -> None:
    # Art. 19(5): fifteen days after the notice, the staff of the one-stop desk.
    case = then(handled(edition), "supplement_requested", "2026-03-04T09:00", reason="thiếu bản vẽ")
    early = refused(case, "closed_incomplete", "2026-03-19T23:59", role="receiving_officer")
    assert isinstance(early, GuardError)
    assert early.guard == "closing_due"
    assert early.basis is not None
    assert early.basis.en == "Decree 118/2025/NĐ-CP, art. 19(5)"
    closed = then(case, "closed_incomplete", "2026-03-20T00:00", role="receiving_officer")
    assert (closed.state, closed.clock.phase, dossier.portal_status(closed)) == ("closed", "stopped", 8)
    assert machine(closed).allowed(closed) == ()
    assert told(closed) == {"applicant"}
    assert isinstance(refused(case, "closed_incomplete", "2026-03-20T00:00", role="specialist"), GuardError)
    # What the sector's law gives instead, the request itself names.
    longer = then(handled(edition), "supplement_requested", "2026-03-04T09:00", reason="x", due=at("2026-04-01T23:59"))
    assert isinstance(refused(longer, "closed_incomplete", "2026-04-01T09:00"), GuardError)
    assert then(longer, "closed_incomplete", "2026-04-02T09:00").state == "closed"
    assert duties(longer, "2026-03-05T09:00")["closing"].by == at("2026-04-01T23:59")
    # Papers that came in time end the waiting.
    answered = then(case, "supplemented", "2026-03-18T09:00")
    refused(answered, "closed_incomplete", "2026-04-20T09:00")


def test_a_request_at_intake_is_closed_by_no_rule() -> None:
    case = then(filed(), "supplement_requested", reason="thiếu đơn")
    refused(case, "closed_incomplete", "2026-12-01T09:00")


@pytest.mark.parametrize("mark", ["province", "nation"])
def test_the_time_of_a_non_territorial_dossier_counts_from_when_the_competent_authority_has_it(mark: str) -> None:
    # Decree 309/2026 art. 8(3), in art. 17(3): from 5 August 2026.
    units = {"receiving_unit": DESK, "competent_unit": AUTHORITY}
    assert dossier.machine("vn", on=at("2026-08-04T08:00").date()).id == DECREE
    assert dossier.machine("vn", on=at("2026-08-05T08:00").date()).id == AMENDED
    before = then(filed(DECREE, non_territorial=mark, **units), "received")
    assert before.clock.counted_from == at("2026-03-02T08:00")  # until then, as of every dossier, from the receipt
    case = then(filed(AMENDED, non_territorial=mark, **units), "received")
    assert case.clock.counted_from is None
    case = then(case, "transferred", "2026-03-02T09:00")
    assert (case.clock.counted_from, dossier.portal_status(case)) == (None, 4)
    desk = refused(case, "arrived", "2026-03-04T08:00", unit=DESK)
    assert isinstance(desk, GuardError)
    arrived = then(case, "arrived", "2026-03-04T08:00", unit=AUTHORITY, role="specialist")
    assert (arrived.clock.counted_from, arrived.milestones.received_at) == (
        at("2026-03-04T08:00"),
        at("2026-03-02T08:00"),
    )
    due = deadlines.countdown(arrived, FIVE, calendar=CIVIL).due()
    assert due is not None
    assert due.day.isoformat() == "2026-03-11"
    # Every other dossier as before.
    for ordinary in ({}, units, {"receiving_unit": DESK, "competent_unit": DESK, "non_territorial": mark}):
        case = then(filed(AMENDED, **ordinary), "received")
        assert (case.state, case.clock.counted_from) == ("received", at("2026-03-02T08:00"))
        refused(case, "arrived")


def test_an_old_dossier_keeps_what_it_pinned() -> None:
    old = then(filed(DECREE, on="2026-08-04T16:00", non_territorial="nation", receiving_unit=DESK), "received")
    assert machine(old).lifecycle.id == DECREE
    assert old.clock.counted_from == at("2026-08-04T16:00")
    with pytest.raises(InvalidEventError):
        dossier.machine(AMENDED).step(old, Event("assigned", at("2026-08-06T08:00")))


@BOTH
@pytest.mark.parametrize(
    "way",
    [
        (),
        ("transferred",),
        ("assigned",),
        ("assigned", "verification_started"),
        ("assigned", "supplement_requested"),
        ("assigned", "suspended"),
    ],
)
def test_stopping_is_a_right_until_the_result(edition: str, way: tuple[str, ...]) -> None:
    # Art. 21(1): from the receipt slip until the decision; nobody's consent is asked.
    case = then(
        filed(edition, policy=Policy(max_suspensions=1), receiving_unit=DESK, competent_unit=AUTHORITY), "received"
    )
    for kind in way:
        case = then(case, kind, reason="x")
    asked = then(case, "withdrawal_requested", role="applicant")
    assert asked.clock == case.clock
    stopped = then(asked, "withdrawal_granted", unit=DESK, role="receiving_officer")
    assert (stopped.state, stopped.milestones.outcome) == ("withdrawn", "withdrawn")


@BOTH
def test_nothing_is_stopped_or_changed_once_there_is_a_result(edition: str) -> None:
    case = then(handled(edition, channel="online"), "approved")
    for state in ("approved", "result_at_desk", "delivered"):
        assert case.state == state
        for kind, guard in (
            ("withdrawal_requested", "no_withdrawal_after_result"),
            ("content_changed", "no_change_after_result"),
        ):
            error = refused(case, kind)
            assert isinstance(error, GuardError)
            assert error.guard == guard
            assert error.basis is not None
            assert error.basis.en.startswith("Decree 118/2025/NĐ-CP, art")
            assert "[" not in error.basis.en
        if state != "delivered":
            case = then(case, {"approved": "result_handed_over", "result_at_desk": "delivered"}[state])


@BOTH
def test_the_stop_notice_belongs_to_the_stop_that_the_applicant_asked_for(edition: str) -> None:
    # Circular 03/2025 art. 7: the receiving desk issues it at once; online, the portal does.
    for role in ("receiving_officer", "system"):
        case = then(handled(edition, receiving_unit=DESK, competent_unit=AUTHORITY), "withdrawal_requested")
        assert issued(then(case, "withdrawal_granted", role=role, unit=DESK)) == ["05"]
        consent = refused(case, "withdrawal_granted", unit=AUTHORITY)
        assert isinstance(consent, GuardError)
        for other in ("unit_leader", "authority_leader"):
            assert isinstance(refused(case, "withdrawal_granted", role=other), GuardError)
    # No rule gives the authority's own stop a form.
    own = then(handled(edition), "stopped", reason="x")
    assert issued(own) == []
    assert machine(own).lifecycle.bases[machine(own).lifecycle.event("stopped").basis].firmness == "inferred"


@BOTH
def test_what_was_filed_online_may_be_changed_by_the_applicant_until_the_result(edition: str) -> None:
    # Art. 21(2); what it does to the time the clause does not say: nothing, or by a named policy a new count.
    case = handled(edition, channel="online")
    changed = then(case, "content_changed", "2026-03-03T08:00", role="applicant", papers=("đơn mới",))
    assert (changed.state, changed.clock) == (case.state, case.clock)
    anew = handled(edition, channel="online", policy=Policy(content_change_clock="restart"))
    anew = then(anew, "content_changed", "2026-03-03T08:00")
    assert anew.clock.counted_from == at("2026-03-03T08:00")
    for channel in ("in_person", "post"):
        error = refused(handled(edition, channel=channel), "content_changed")
        assert isinstance(error, GuardError)
        assert error.guard == "content_changed_online"
    assert isinstance(refused(case, "content_changed", role="specialist"), GuardError)


@BOTH
def test_an_online_filing_has_two_limits_and_a_late_answer_is_a_finding_and_no_bar(edition: str) -> None:
    # Art. 17(2): the desk is told within two plain hours; 17(2)(c): the applicant within eight working hours.
    case = filed(edition, channel="online", on="2026-03-02T16:30")
    found = duties(case, "2026-03-02T16:31")
    assert (found["online_desk_notice"].by, found["online_desk_notice"].who) == (at("2026-03-02T18:30"), "system")
    assert found["online_answer"].by == at("2026-03-03T16:30")
    notified = then(case, "desk_notified", "2026-03-02T18:30", role="system")
    assert (notified.state, told(notified)) == (case.state, {"receiving_officer"})
    assert duties(notified, "2026-03-03T08:00")["online_desk_notice"].status == "done"
    assert duties(case, "2026-03-03T08:00")["online_desk_notice"].status == "missed"
    late = then(notified, "received", "2026-03-06T09:00")
    assert late.state == "received"
    assert duties(late, "2026-03-06T10:00")["online_answer"].status == "done_late"
    assert "online_answer" not in duties(filed(edition), "2026-03-02T09:00")


@BOTH
def test_a_wrong_result_comes_back_corrected_within_three_working_days_of_its_report(edition: str) -> None:
    # Art. 23(1). 6 March 2026 is a Friday.
    case = then(then(handled(edition), "approved"), "result_handed_over")
    case = then(case, "delivered", "2026-03-05T09:00")
    case = then(case, "error_reported", "2026-03-06T09:00", reason="sai họ tên", role="applicant", fault="H26.12")
    assert (case.state, case.axes["delivery"], case.events[-1].fault) == ("delivered", "disputed", "H26.12")
    assert duties(case, "2026-03-06T10:00")["result_correction"].by.date().isoformat() == "2026-03-11"
    case = then(case, "result_corrected", "2026-03-10T09:00", reason="sai họ tên")
    assert duties(case, "2026-03-10T10:00")["result_correction"].since == at("2026-03-06T09:00")
    assert (
        duties(then(case, "corrected_result_delivered", "2026-03-11T16:00"), "2026-03-12T08:00")[
            "result_correction"
        ].status
        == "done"
    )


@BOTH
def test_paper_goes_to_another_level_within_one_working_day(edition: str) -> None:
    # Art. 20(1)(a); to the same level, art. 18(2): the same working day, after 15:00 the start of the next.
    other = then(filed(edition, other_level=True), "received", "2026-03-02T15:30")
    found = duties(other, "2026-03-02T16:00")
    assert found["linked_paper_transfer"].by.date().isoformat() == "2026-03-03"
    assert "transfer" not in found
    assert (
        duties(then(other, "transferred", "2026-03-03T16:00"), "2026-03-04T08:00")["linked_paper_transfer"].status
        == "done"
    )
    same = duties(then(filed(edition), "received", "2026-03-02T15:30"), "2026-03-02T16:00")
    assert "linked_paper_transfer" not in same
    assert same["transfer"].by == at("2026-03-03T07:00")
    assert duties(then(filed(edition), "received", "2026-03-02T15:00"), "2026-03-02T16:00")["transfer"].by.date() == (
        at("2026-03-02T00:00").date()
    )
    online = duties(then(filed(edition, channel="online", other_level=True), "received"), "2026-03-02T09:00")
    assert "linked_paper_transfer" not in online


@BOTH
def test_once_after_appraisal_is_inferred_and_a_shared_count_is_a_policy(edition: str) -> None:
    # Art. 16(3) says one full guidance at intake; art. 19(5) has no "once", 11(2)(c) names no stage.
    lifecycle = dossier.machine(edition).lifecycle
    firm = {code: lifecycle.bases[row.basis].firmness for code, row in lifecycle.parameters.items()}
    assert (firm["max_intake_supplements"], firm["max_supplements"]) == ("read", "inferred")
    assert (firm["max_supplements_total"], lifecycle.parameters["max_supplements_total"].value) == ("inferred", None)

    def asked_at_intake(policy: Policy | None) -> Dossier:
        case = then(filed(edition, policy=policy), "supplement_requested", reason="thiếu đơn")
        return then(then(then(case, "supplemented"), "received"), "assigned")

    assert then(asked_at_intake(None), "supplement_requested", reason="x").state == "supplement_requested"
    strict = refused(asked_at_intake(Policy(max_supplements_total=1)), "supplement_requested", reason="x")
    assert isinstance(strict, GuardError)
    assert (strict.guard, strict.basis is not None and "inferred" in strict.basis.en) == ("supplements_in_all", True)
    two = then(asked_at_intake(Policy(max_supplements_total=2)), "supplement_requested", reason="x")
    assert two.state == "supplement_requested"


# What else the articles say.


@BOTH
def test_nothing_of_the_law_in_force_is_recalled(edition: str) -> None:
    lifecycle = dossier.machine(edition).lifecycle
    assert {basis.firmness.value for basis in lifecycle.bases.values()} <= {"read", "secondary", "observed", "inferred"}
    assert lifecycle.bases[lifecycle.basis].firmness == "read"
    assert [note.en for note in lifecycle.notes if "367/2025" in note.en] == [
        "The amendments by Decree 367/2025/NĐ-CP were not read and are not in the table."
    ]


@BOTH
def test_whoever_files_is_an_attribute_and_no_way_of_its_own(edition: str) -> None:
    # Art. 15: in person, by post, hired service or authorised person, online.
    for filer in ("applicant", "authorised_person", "hired_service"):
        for channel in ("in_person", "post"):
            case = filed(edition, channel=channel, filed_by=filer)
            assert (case.state, case.opening.filed_by) == ("presented", filer)
    with pytest.raises(InvalidEventError, match="filed_by"):
        filed(edition, filed_by="neighbour")


@BOTH
def test_guidance_is_on_record_and_moves_nothing(edition: str) -> None:
    # Art. 16(2): the guidance given is kept at the desk.
    for case in (filed(edition), handled(edition), then(handled(edition), "supplement_requested", reason="x")):
        after = then(case, "guided", role="receiving_officer")
        assert (after.state, after.clock, after.effects) == (case.state, case.clock, ())
        assert after.events[-1].kind == "guided"


@BOTH
def test_the_identity_check_is_data_and_no_bar(edition: str) -> None:
    # Art. 17(1)(a); no consequence is stated.
    for checked in (True, False, None):
        case = then(filed(edition), "received", identity_checked=checked)
        assert (case.state, case.events[-1].identity_checked) == ("received", checked)
    with pytest.raises(InvalidEventError, match="identity_checked"):
        then(filed(edition), "received", identity_checked="yes")


@BOTH
def test_three_exits_at_the_counter(edition: str) -> None:
    # Art. 17(1)(c): a supplement request, a refusal, or the receipt slip.
    assert issued(then(filed(edition), "supplement_requested", reason="x")) == ["02"]
    assert issued(then(filed(edition), "not_received", reason="x")) == ["03"]
    assert issued(then(filed(edition), "received")) == ["01"]


@BOTH
def test_a_filing_at_the_wrong_desk_is_sent_on_and_not_refused(edition: str) -> None:
    # Art. 17(2)(a).
    case = filed(edition, channel="online", receiving_unit=DESK, competent_unit=DESK)
    sent = then(case, "rerouted", reason="không thuộc thẩm quyền", to_unit="H26.50", role="receiving_officer")
    assert (sent.state, sent.clock.phase, told(sent)) == ("registered_online", "not_started", {"applicant"})
    assert isinstance(refused(sent, "received", unit=DESK), GuardError)
    there = then(then(sent, "received", unit="H26.50"), "assigned")
    assert then(there, "approved", unit="H26.50").state == "approved"
    assert isinstance(refused(there, "approved", unit=DESK), GuardError)
    with pytest.raises(InvalidEventError, match="to_unit"):
        then(case, "rerouted", reason="x")
    refused(filed(edition), "rerouted", reason="x", to_unit="H26.50")  # at the counter the applicant is told at once


@BOTH
def test_a_verification_invites_the_applicant_with_time_place_people_and_content(edition: str) -> None:
    # Art. 19(4)(a).
    invitation = Invitation(
        at=at("2026-03-06T08:00"), place="Thửa đất số 12", participants=("Chủ sử dụng đất",), content="Đo đạc lại"
    )
    case = then(handled(edition), "verification_started", invitation=invitation)
    assert case.events[-1].invitation == invitation
    assert machine(case).replay(case.events) == case
    assert dossier.replay(dossier.dump_log(case)) == case
    with pytest.raises(InvalidEventError, match="invitation"):
        then(handled(edition), "verification_started", invitation="thứ Sáu")


@BOTH
def test_an_opinion_is_asked_for_with_its_time_and_silence_is_told_to_the_head_of_the_desk(edition: str) -> None:
    # Art. 19(4)(b)-(d): overdue, the head of the desk that forwarded is told; silence is no consent.
    with pytest.raises(InvalidEventError, match="due"):
        then(handled(edition), "opinion_asked")
    case = then(handled(edition), "opinion_asked", "2026-03-03T09:00", due=at("2026-03-05T17:00"))
    assert case.appointment == at("2026-03-09T17:00")  # the answer's time is no appointment of the dossier
    assert duties(case, "2026-03-04T08:00")["opinion"].by == at("2026-03-05T17:00")
    assert "one_stop_head" in told(then(case, "opinion_lapsed", "2026-03-06T08:00"))
    assert isinstance(refused(case, "opinion_deemed_given", "2026-03-06T08:00"), GuardError)


@BOTH
def test_a_demand_after_appraisal_goes_back_to_the_desk(edition: str) -> None:
    # Art. 19(5) and 5(1)(e): nobody asks past the one-stop desk, unless law says so.
    case = handled(edition, receiving_unit=DESK, competent_unit=AUTHORITY)
    asked = then(case, "supplement_requested", reason="x", to_unit=DESK, role="specialist")
    assert told(asked) == {"applicant", "receiving_officer"}
    past = refused(case, "supplement_requested", reason="x", to_unit="nhà ông Ba")
    assert isinstance(past, GuardError)
    assert past.guard == "through_the_desk"
    direct = handled(edition, receiving_unit=DESK, policy=Policy(through_the_desk=False))
    assert then(direct, "supplement_requested", reason="x", to_unit="nhà ông Ba").state == "supplement_requested"


@BOTH
def test_the_time_is_counted_again_once_the_file_is_full(edition: str) -> None:
    # Art. 19(5).
    case = then(handled(edition), "supplement_requested", "2026-03-04T09:00", reason="x")
    assert duties(case, "2026-03-05T09:00")["supplement_notice"].by.date().isoformat() == "2026-03-05"
    case = then(case, "supplemented", "2026-03-10T09:00")
    due = deadlines.countdown(case, FIVE, calendar=CIVIL).due()
    assert due is not None
    assert (case.clock.counted_from, due.day.isoformat()) == (at("2026-03-10T09:00"), "2026-03-17")


@BOTH
@pytest.mark.parametrize("state", ["received", "transferred", "processing", "verifying", "opinion_asked", "approved"])
def test_a_day_before_the_end_the_time_is_extended_once_from_wherever_it_runs(edition: str, state: str) -> None:
    # Art. 19(6); the text limits the states by nothing.
    case = then(filed(edition, policy=Policy(decide_at_desk=True)), "received", due=at("2026-03-09T17:00"))
    ways = {
        "transferred": ("transferred",),
        "processing": ("assigned",),
        "verifying": ("assigned", "verification_started"),
        "opinion_asked": ("assigned", "opinion_asked"),
        "approved": ("approved",),
    }
    for kind in ways.get(state, ()):
        case = then(case, kind, due=at("2026-03-20T17:00") if kind == "opinion_asked" else None)
    assert case.state == state
    asks: dict[str, Any] = {"reason": "phức tạp", "due": at("2026-03-16T17:00")}
    assert isinstance(refused(case, "extended", "2026-03-09T08:00", **asks), GuardError)
    extended = then(case, "extended", "2026-03-08T20:00", **asks)
    assert (extended.appointment, issued(extended)) == (at("2026-03-16T17:00"), ["04"])
    again = refused(extended, "extended", "2026-03-10T08:00", reason="x", due=at("2026-03-30T17:00"))
    assert isinstance(again, GuardError)
    assert again.guard == "one_extension"


@BOTH
def test_once_it_is_late_the_desk_and_the_applicant_are_told_and_no_time_is_added(edition: str) -> None:
    # Art. 12(5): a written notice of the reason to the desk, an apology with the new time to the applicant.
    case = handled(edition)
    early = refused(case, "late_notified", "2026-03-09T16:00", reason="x", due=at("2026-03-12T17:00"))
    assert isinstance(early, GuardError)
    late = then(
        case, "late_notified", "2026-03-10T08:00", reason="mất điện", due=at("2026-03-12T17:00"), apology="số 12/XL"
    )
    assert told(late) == {"applicant", "receiving_officer"}
    assert (late.appointment, late.clock, issued(late)) == (at("2026-03-09T17:00"), case.clock, ["04"])


@BOTH
def test_linked_work_goes_out_with_its_task_and_time_and_comes_back_to_the_centre(edition: str) -> None:
    # Art. 20(2).
    with pytest.raises(InvalidEventError, match="due"):
        then(handled(edition), "linked_handed_over", task="thuế")
    case = then(handled(edition), "linked_handed_over", task="thuế", due=at("2026-03-05T17:00"), to_unit="H26.14")
    assert issued(case) == ["transfer_slip"]
    number, form = machine(case).lifecycle.form("transfer_slip")
    assert (number, form.name.vi) == ("transfer_slip", "Phiếu chuyển xử lý")
    assert duties(case, "2026-03-03T08:00")["linked_part"].by == at("2026-03-05T17:00")
    assert "receiving_officer" in told(then(case, "linked_returned", "2026-03-04T08:00", task="thuế"))


@BOTH
def test_a_refusal_comes_within_the_time_on_the_slip_and_through_the_desk(edition: str) -> None:
    # Art. 19(3).
    case = handled(edition)
    no = then(case, "refused", "2026-03-09T17:00", reason="không đủ điều kiện")
    assert (issued(no), told(no)) == (["03"], {"applicant", "receiving_officer"})
    assert isinstance(refused(case, "refused", "2026-03-09T17:01", reason="x"), GuardError)


@BOTH
def test_what_was_paid_online_is_passed_on_within_eight_working_hours(edition: str) -> None:
    # Art. 24(3).
    case = then(handled(edition), "fee_paid", "2026-03-03T16:00", channel="online", amount=15_000)
    assert duties(case, "2026-03-03T16:30")["payment_settlement"].by == at("2026-03-04T16:00")
    settled = then(case, "fee_settled", "2026-03-04T09:00")
    assert (settled.axes["payment"], duties(settled, "2026-03-05T08:00")["payment_settlement"].status) == (
        "settled",
        "done",
    )
    assert "payment_settlement" not in duties(
        then(handled(edition), "fee_paid", channel="in_person"), "2026-03-03T08:00"
    )


@BOTH
def test_lost_papers_are_on_record_with_whose_fault_and_the_apology(edition: str) -> None:
    # Art. 23(2), (3); no time is named.
    case = then(
        handled(edition), "papers_lost", reason="rách bản vẽ", papers=("bản vẽ",), fault=DESK, apology="số 7/XL"
    )
    assert (case.state, case.events[-1].fault, case.events[-1].apology) == ("processing", DESK, "số 7/XL")
    assert told(case) == {"applicant"}


@BOTH
def test_what_a_database_holds_is_not_demanded(edition: str) -> None:
    # Art. 5(1)(i) and, since August 2026, 4(2a): but to verify, where data fails, after an incident or disaster.
    case = filed(edition, published_papers=("giấy khai sinh",), database_papers=("giấy khai sinh",))
    ask: dict[str, Any] = {"reason": "thiếu", "papers": ("giấy khai sinh",)}
    held = refused(case, "supplement_requested", **ask)
    assert isinstance(held, GuardError)
    assert (held.guard, held.reason.vi.endswith(": giấy khai sinh")) == ("not_in_database", True)
    assert then(case, "supplement_requested", reason_code="verification", **ask).portal == 5
    new = {"data_unavailable", "data_incomplete", "data_wrong", "incident", "disaster"}
    for code in new:
        if edition == DECREE:
            with pytest.raises(UnknownCodeError):
                then(case, "supplement_requested", reason_code=code, **ask)
        else:
            assert then(case, "supplement_requested", reason_code=code, **ask).events[-1].reason_code == code


def test_a_kiosk_is_a_way_to_file_since_august_2026() -> None:
    # Art. 3(9), 17(2a).
    assert filed(AMENDED, channel="kiosk").state == "registered_online"
    with pytest.raises(InvalidEventError, match="kiosk"):
        filed(DECREE, channel="kiosk")


@BOTH
def test_each_form_has_its_name_in_the_decree_and_in_the_circular(edition: str) -> None:
    lifecycle = dossier.machine(edition).lifecycle
    names = {
        use: lifecycle.form(use) for use in ("receipt", "supplement", "refusal", "late", "stop", "control", "register")
    }
    assert {use: number for use, (number, _) in names.items()} == {
        "receipt": "01",
        "supplement": "02",
        "refusal": "03",
        "late": "04",
        "stop": "05",
        "control": "06",
        "register": "07",
    }
    refusal = names["refusal"][1]
    assert refusal.name.vi == "Phiếu từ chối giải quyết hồ sơ thủ tục hành chính"
    assert refusal.circular_name is not None
    assert refusal.circular_name.vi == "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    late = names["late"][1]
    assert (lifecycle.bases[late.basis].firmness, lifecycle.bases[str(late.circular_basis)].firmness) == (
        "read",
        "secondary",
    )
    with pytest.raises(UnknownCodeError, match="receipt"):
        lifecycle.form("reciept")


@BOTH
def test_the_centre_is_told_when_the_result_comes_back(edition: str) -> None:
    # Art. 20(1)(b); 22(5): an early return is announced first.
    case = then(then(handled(edition), "approved"), "result_handed_over")
    assert told(case) == {"applicant", "receiving_officer", "returning_officer"}
    announced = then(case, "result_notified")
    assert (announced.axes["delivery"], told(announced)) == ("notified", {"applicant"})


@BOTH
def test_the_desk_decides_only_if_assigned(edition: str) -> None:
    # Art. 17(5).
    case = then(filed(edition), "received")
    assert isinstance(refused(case, "approved"), GuardError)
    own = then(filed(edition, policy=Policy(decide_at_desk=True)), "received")
    assert then(own, "approved", role="authorised_desk_officer").state == "approved"


def test_every_day_of_waiting_is_on_one_side_of_the_fifteenth() -> None:
    case = then(handled(), "supplement_requested", "2026-03-04T16:59", reason="x")
    for days in range(1, 40):
        moment = (at("2026-03-04T00:00") + timedelta(days=days)).replace(hour=9).isoformat()[:16]
        if days <= 15:
            refused(case, "closed_incomplete", moment)
        else:
            assert then(case, "closed_incomplete", moment).state == "closed"


# Papers and codes.


def test_a_digitised_paper_has_its_minimum_data() -> None:
    # Art. 19(2): kind, holder's number (else name, year of birth, day of issue, issuer), name, summary, time, scope.
    plain: dict[str, Any] = {"type_code": "HT.01", "name": "Giấy khai sinh", "summary": "Khai sinh"}
    paper = DigitisedPaper(**plain, holder_id="001090012345", valid_from=date(2020, 1, 1), scope="Toàn quốc")
    assert (paper.type_code, paper.holder_id, paper.scope, repr(paper)) == (
        *("HT.01", "001090012345", "Toàn quốc"),
        "<DigitisedPaper HT.01>",
    )
    instead: dict[str, Any] = {
        "holder_name": "Nguyễn Văn A",
        "birth_year": 1990,
        "issued_on": date(2015, 5, 5),
        "issuer": "UBND xã",
    }
    assert DigitisedPaper(**plain, **instead).holder_id is None
    for missing in instead:
        with pytest.raises(InvalidValueError, match="holder_id"):
            DigitisedPaper(**plain, **{**instead, missing: None})
    with pytest.raises(InvalidValueError, match="type_code"):
        DigitisedPaper(**{**plain, "type_code": ""}, holder_id="1")
    with pytest.raises(InvalidValueError, match="birth_year"):
        DigitisedPaper(**plain, holder_id="1", birth_year=19)
    with pytest.raises(InvalidValueError, match="valid_until"):
        DigitisedPaper(**plain, holder_id="1", valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 1))


def test_four_kinds_of_paper_need_no_scan() -> None:
    # Circular 03/2025 art. 5(2).
    plain: dict[str, Any] = {"type_code": "K", "name": "Giấy", "summary": "Giấy", "holder_id": "1"}
    kinds = ("filed_electronically", "shown_only", "verification_or_opinion", "secret")
    assert [DigitisedPaper(**plain, not_scanned=kind).not_scanned for kind in kinds] == list(kinds)
    assert DigitisedPaper(**plain).not_scanned is None
    with pytest.raises(InvalidValueError, match="not_scanned"):
        DigitisedPaper(**plain, not_scanned="lazy")


def test_a_dossier_code_is_the_authority_the_day_and_the_serial() -> None:
    # Art. 28(2): identifier, day, month and year of receipt, serial of the day; of a linked group, the receiving unit's.
    code = issue("H26.12", date(2026, 8, 9), 7)
    assert (str(code.agency), code.day, code.sequence) == ("H26.12", date(2026, 8, 9), 7)
    assert DossierCode.parse(code.text) == code


def test_a_code_of_a_central_system_names_its_owner() -> None:
    # Circular 03/2025 art. 13(3): MX1X2.Y1Y2Y3.Z1Z2-YYMMDD-AAXXXX.
    code = issue_central("G01.123.04", date(2026, 8, 9), "07", 12)
    assert (code.text, code.central_owner, code.day) == ("G01.123.04-260809-070012", "07", date(2026, 8, 9))
    assert issue("H26.12", date(2026, 8, 9), 7).central_owner is None
    assert DossierCode.parse("anything").central_owner is None
    assert DossierCode.parse("G01.123.04-269909-070012").central_owner is None
    for unit, owner in (("G01.123.04", "7"), ("G01.123.04", "x7"), ("H26.12", "07"), ("000.00.04.G18", "07")):
        with pytest.raises(InvalidValueError):
            issue_central(unit, date(2026, 8, 9), owner, 12)


def test_a_result_code_is_the_holder_and_the_type() -> None:
    # Art. 22(4); what stands between the two is not said.
    assert result_code("001090012345", "HT.01") == "001090012345.HT.01"
    assert result_code("001090012345", "HT.01", separator="") == "001090012345HT.01"
    for holder, kind, separator in (("", "HT.01", "."), ("1", "", "."), ("1", "2", "--")):
        with pytest.raises(InvalidValueError):
            result_code(holder, kind, separator=separator)


def test_the_appointment_of_a_non_territorial_dossier_is_made_when_it_arrives() -> None:
    # What the slip says at the receipt is not written anywhere: no appointment is counted before the time begins.
    units = {"non_territorial": "nation", "receiving_unit": DESK, "competent_unit": AUTHORITY}
    case = filed(AMENDED, **units)
    counted: dict[str, Any] = {"limit": FIVE, "calendar": CIVIL}
    case = desk.step(machine(case), case, Event("received", at("2026-03-02T08:00")), **counted)
    assert (case.appointment, deadlines.countdown(case, FIVE, calendar=CIVIL).due()) == (None, None)
    case = desk.step(machine(case), case, Event("arrived", at("2026-03-04T08:00")), **counted)
    assert case.appointment == at("2026-03-11T23:59:59")
    promised = then(filed(AMENDED, **units), "received", due=at("2026-03-09T17:00"))
    arrived = then(promised, "arrived", "2026-03-04T08:00")
    assert [(made.count, made.new) for made in arrived.appointments] == [(0, at("2026-03-09T17:00"))]
    assert arrived.appointment is None  # of this count none was made: what the law counts holds
