"""Feedback, complaints and data requests run on the same machine; the facts are those of the sheet, not of the tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Machine, law_limit, render
from onestop_core.errors import (
    GuardError,
    InvalidDocumentError,
    InvalidEventError,
    InvalidValueError,
    TransitionNotAllowedError,
    UnknownCodeError,
)

FEEDBACK = "vn-feedback@decree-20-2008"
OLD, NEW = "vn-complaint@law-02-2011", "vn-complaint@decree-155-2026"
REQUEST = "vn-data-request@law-91-2025"
ALL = (FEEDBACK, OLD, NEW, REQUEST)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def opened(reference: str, moment: str, **given: Any) -> tuple[Machine, Dossier]:
    machine = dossier.machine(reference)
    return machine, machine.new(id="1", procedure="x", channel="post", at=at(moment), **given)


def story(reference: str, moment: str, *events: tuple[Any, ...], **given: Any) -> Dossier:
    """Return the case after *events*, each its kind, its moment and, if it needs any, its fields."""
    machine, case = opened(reference, moment, **given)
    for kind, when, *fields in events:
        case = machine.step(case, dossier.event(kind, at(when), **(fields[0] if fields else {})))
    return case


@pytest.mark.parametrize(
    ("name", "day", "edition"),
    [
        ("vn-feedback", date(2008, 3, 3), FEEDBACK),
        ("vn-feedback", date(2026, 11, 26), FEEDBACK),
        ("vn-complaint", date(2012, 7, 1), OLD),
        ("vn-complaint", date(2026, 6, 30), OLD),
        ("vn-complaint", date(2026, 7, 1), NEW),
        ("vn-data-request", date(2026, 1, 1), REQUEST),
    ],
)
def test_the_day_chooses_the_edition(name: str, day: date, edition: str) -> None:
    assert dossier.machine(name, on=day).id == edition


@pytest.mark.parametrize("reference", ALL)
def test_no_portal_follows_them_and_none_is_told(reference: str) -> None:
    _, case = opened(reference, "2026-08-03T09:00")
    assert dossier.portal_status(case) is None
    assert case.effects == ()
    assert (
        dict(dossier.machine(reference).lifecycle.assumptions()).keys().isdisjoint({"portal.statuses", "portal.moves"})
    )


def test_no_message_to_the_portal_is_made_of_them() -> None:
    _, case = opened(NEW, "2026-08-03T09:00")
    with pytest.raises(InvalidValueError, match="a dossier that the national portal follows"):
        dossier.portal.progress_records(case)


@pytest.mark.parametrize("reference", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_they_are_drawn(reference: str, language: Any) -> None:
    machine = dossier.machine(reference)
    pictures = [draw(machine, language=language) for draw in (render.mermaid, render.dot, render.table)]
    for state in machine.lifecycle.states:
        assert all(state.name.in_(language) in picture for picture in pictures)
        assert f'id="{state.code}' in render.scxml(machine)


COMPLEX: dict[str, Any] = {"reason_code": "places"}


def test_a_case_is_replayed_sealed_and_kept_as_any_dossier() -> None:
    case = story(
        NEW,
        "2026-08-03T09:00",
        ("accepted", "2026-08-05T09:00", {"due": at("2026-09-04T23:59:59")}),
        ("verification_started", "2026-08-06T09:00"),
        ("complexity_recorded", "2026-08-07T09:00", COMPLEX),
        ("struck", "2026-08-07T10:00", {"event": 3, "reason": "ghi nhầm"}),
        ("suspended", "2026-08-10T09:00", {"reason": "bão", "reason_code": "disaster"}),
        about=["H26.12-260701-0001"],
    )
    machine = dossier.machine(NEW)
    chain = dossier.seal(case.events)
    assert machine.replay(case.events, seal=chain) == case
    assert dossier.replay(dossier.dump_log(case)) == case
    kept = dossier.logs.dump_snapshot(dossier.logs.snapshot(case))
    assert "portal" not in kept
    assert dossier.logs.restore(dossier.logs.load_snapshot(kept), case.events) == case
    assert (case.state, case.clock.phase.value, case.opening.about) == ("suspended", "paused", ("H26.12-260701-0001",))
    assert [each.form for each in case.effects if each.form] == ["14a"]
    assert [row.actor for row in dossier.holdings(case, lifecycle=machine.lifecycle)][-1:] == [None]


# Feedback.


def test_what_is_outside_or_unsigned_is_not_received_and_says_why() -> None:
    machine, item = opened(FEEDBACK, "2026-03-02T09:00")
    for code in ("no_identity", "unclear", "another_law"):
        refused = machine.step(
            item, dossier.event("not_received", at("2026-03-02T10:00"), reason="…", reason_code=code)
        )
        assert (refused.state, refused.clock.phase.value) == ("not_received", "stopped")
    with pytest.raises(InvalidEventError, match="reason_code is missing, one of: no_identity, unclear, another_law"):
        machine.step(item, dossier.event("not_received", at("2026-03-02T10:00"), reason="…"))
    with pytest.raises(UnknownCodeError):
        machine.step(item, dossier.event("not_received", at("2026-03-02T10:00"), reason="…", reason_code="amended"))


def test_what_is_collected_is_no_answer() -> None:
    case = story(
        FEEDBACK,
        "2026-03-02T09:00",
        ("registered", "2026-03-02T10:00", {"reason_code": "rule"}),
        ("assigned", "2026-03-02T11:00"),
        ("kept_collecting", "2026-03-03T09:00"),
    )
    machine = dossier.machine(FEEDBACK)
    answer = dossier.event("answered", at("2026-03-04T09:00"), reason_code="amended")
    with pytest.raises(GuardError, match="no answer") as refused:
        machine.step(case, answer)
    assert refused.value.basis is not None
    assert refused.value.basis.en == "Decree 20/2008/NĐ-CP, art. 14(2)"
    case = machine.step(machine.step(case, dossier.event("examined", at("2026-03-04T08:00"))), answer)
    assert (case.state, case.milestones.outcome) == ("answered", "done")


def test_another_authority_begins_its_time_anew() -> None:
    case = story(
        FEEDBACK,
        "2026-03-02T09:00",
        ("registered", "2026-03-02T10:00", {"reason_code": "conduct"}),
        ("transferred", "2026-03-04T09:00", {"to_unit": "H26.40"}),
        ("taken_over", "2026-03-06T09:00"),
    )
    assert (case.state, case.clock.count, case.clock.counted_from) == ("registered", 2, at("2026-03-06T09:00"))
    assert case.clock.waits[0].start == at("2026-03-04T09:00")


def test_the_statutory_set_has_no_time_to_answer_and_says_so() -> None:
    case = story(FEEDBACK, "2026-03-02T09:00", ("registered", "2026-03-02T10:00", {"reason_code": "rule"}))
    decree, portal = dossier.sector("feedback"), dossier.sector("feedback-portal")
    assert law_limit(case, decree) is None
    assert [(row.code, str(row.limit)) for row in decree.limits] == [("transfer", "5 working days")]
    assert "no time to answer" in decree.notes[0].en
    answer = law_limit(case, portal)
    assert answer is not None
    assert (str(answer.limit), answer.basis.firmness.value) == ("15 working days", "secondary")
    assert {row.code: str(row.limit) for row in portal.limits} == {
        "refusal": "2 working days",
        "transfer": "2 working days",
        "more_information": "5 working days",
        "answer": "15 working days",
        "publication": "2 working days",
    }
    local = law_limit(case, dossier.sector("feedback-ninh-binh"))
    assert local is not None
    assert str(local.limit) == "10 working days"


# Complaints.

ACCEPTED = ("accepted", "2026-08-05T09:00")
VERIFIED = ("verification_started", "2026-08-06T09:00")
REMOTE = ("remote_recorded", "2026-08-07T09:00", {"ground": "xã vùng cao"})
HARD = ("complexity_recorded", "2026-08-07T09:00", COMPLEX)
DECIDED = ("decided_1", "2026-08-20T09:00", {"reason_code": "rejected"})
SECOND = ("second_received", "2026-08-28T09:00")
ACCEPTED_2 = ("accepted_2", "2026-09-01T09:00")
REMOTE_2 = ("remote_recorded", "2026-09-01T10:00", {"ground": "xã vùng cao"})
HARD_2 = ("complexity_recorded", "2026-09-01T10:00", COMPLEX)


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ((), None),
        ((ACCEPTED,), 30),
        ((ACCEPTED, HARD), 45),
        ((ACCEPTED, REMOTE), 45),
        ((ACCEPTED, REMOTE, HARD), 60),
        ((ACCEPTED, HARD, REMOTE), 60),
        ((ACCEPTED, VERIFIED, REMOTE, HARD, DECIDED, SECOND), 60),
        ((ACCEPTED, VERIFIED, REMOTE, HARD, DECIDED, SECOND, ACCEPTED_2), 45),
        ((ACCEPTED, VERIFIED, DECIDED, SECOND, ACCEPTED_2, HARD_2), 60),
        ((ACCEPTED, VERIFIED, DECIDED, SECOND, ACCEPTED_2, REMOTE_2), 60),
        ((ACCEPTED, VERIFIED, DECIDED, SECOND, ACCEPTED_2, REMOTE_2, HARD_2), 70),
        ((("accepted_as_second", "2026-08-05T09:00"),), 45),
    ],
    ids=str,
)
def test_the_longer_limit_holds_once_its_ground_is_on_record(events: tuple[Any, ...], days: int | None) -> None:
    case = story(NEW, "2026-08-03T09:00", *events)
    for name, firm in (("complaint-2011", "read"), ("complaint-2026", "inferred")):
        found = law_limit(case, dossier.sector(name))
        assert (None if found is None else str(found.limit)) == (None if days is None else f"{days} days")
        assert found is None or found.basis.firmness.value == firm


def test_what_a_law_limit_is_asked_of_is_looked_at() -> None:
    _, case = opened(NEW, "2026-08-03T09:00")
    for wrong in ({"of": 3}, {"rules": 3}, {"dossier": 3}):
        given: dict[str, Any] = {"dossier": case, "rules": dossier.sector("complaint-2026"), **wrong}
        with pytest.raises(InvalidValueError):
            law_limit(given.pop("dossier"), given.pop("rules"), **given)


def test_complexity_is_recorded_with_one_of_its_grounds() -> None:
    machine = dossier.machine(NEW)
    case = story(NEW, "2026-08-03T09:00", ACCEPTED)
    grounds = ("places", "contents", "many_people", "abroad", "several_authorities", "differing_opinions")
    for code in (*grounds, "contradictory_evidence"):
        event = dossier.event("complexity_recorded", at("2026-08-06T09:00"), reason_code=code)
        assert machine.step(case, event).version == 3
    with pytest.raises(InvalidEventError, match="reason_code is missing"):
        machine.step(case, dossier.event("complexity_recorded", at("2026-08-06T09:00")))


def test_the_nine_grounds_of_not_accepting() -> None:
    machine, case = opened(NEW, "2026-08-03T09:00")
    nine = machine.lifecycle.event("not_accepted").reason_codes
    assert len(nine) == 9
    for code in nine:
        ended = machine.step(case, dossier.event("not_accepted", at("2026-08-05T09:00"), reason="…", reason_code=code))
        assert (ended.state, [each.form for each in ended.effects if each.form]) == ("not_accepted", ["04"])


def test_a_group_is_accepted_only_with_its_papers() -> None:
    machine, case = opened(NEW, "2026-08-03T09:00", required_papers=["văn bản cử người đại diện"])
    with pytest.raises(GuardError, match="văn bản cử người đại diện"):
        machine.step(case, dossier.event("accepted", at("2026-08-05T09:00")))
    papers = ["văn bản cử người đại diện"]
    assert machine.step(case, dossier.event("accepted", at("2026-08-05T09:00"), papers=papers)).state == "accepted"


SECOND_ROUND = (ACCEPTED, VERIFIED, DECIDED, SECOND, ACCEPTED_2, ("verification_started", "2026-09-03T09:00"))


def test_the_second_round_has_a_dialogue_before_its_decision() -> None:
    machine, decide = dossier.machine(NEW), dossier.event("decided_2", at("2026-09-20T09:00"), reason_code="upheld")
    held_before = (ACCEPTED, VERIFIED, ("dialogue_held", "2026-08-18T09:00"), *SECOND_ROUND[2:])
    for before in (SECOND_ROUND, held_before):
        case = story(NEW, "2026-08-03T09:00", *before)
        assert "decided_2" not in machine.allowed(case)
        with pytest.raises(GuardError, match="a dialogue comes before the decision"):
            machine.step(case, decide)
    for kind in ("dialogue_held", "dialogue_missed"):
        case = story(NEW, "2026-08-03T09:00", *SECOND_ROUND, (kind, "2026-09-10T09:00"))
        assert machine.step(case, decide).state == "decided_2"
    first = story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED, DECIDED)
    assert first.state == "decided_1"  # in the first round only where demand and findings differ


@pytest.mark.parametrize(("day", "taken"), [("2026-08-14", False), ("2026-08-15", True)])
def test_a_dialogue_is_announced_five_days_before(day: str, taken: bool) -> None:
    machine, case = dossier.machine(NEW), story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED)
    notice = dossier.event("dialogue_notified", at("2026-08-10T16:00"), due=at(f"{day}T08:00"))
    if taken:
        assert machine.step(case, notice).state == "verifying"
    else:
        with pytest.raises(GuardError, match="at least 5 days before"):
            machine.step(case, notice)


@pytest.mark.parametrize(("day", "taken"), [("2026-09-19", False), ("2026-09-20", True)])
def test_a_decision_is_final_thirty_days_after_it_was_made(day: str, taken: bool) -> None:
    machine, case = dossier.machine(NEW), story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED, DECIDED)
    final = dossier.event("became_final", at(f"{day}T09:00"))
    if taken:
        ended = machine.step(case, final)
        assert (ended.state, ended.milestones.outcome) == ("final", "done")
    else:
        with pytest.raises(GuardError, match="only 30 days after it was made"):
            machine.step(case, final)


def test_in_a_remote_area_it_is_final_later() -> None:
    machine = dossier.machine(NEW)
    case = story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED, DECIDED, policy=dossier.Policy(closing_days=45))
    with pytest.raises(GuardError, match="only 45 days"):
        machine.step(case, dossier.event("became_final", at("2026-10-04T09:00")))
    assert machine.step(case, dossier.event("became_final", at("2026-10-05T09:00"))).state == "final"


PROMISED = ("accepted", "2026-08-05T09:00", {"due": at("2026-09-04T23:59:59")})


@pytest.mark.parametrize("kind", ["second_received", "sued", "time_ran_out"])
def test_late_handling_opens_the_next_step_and_only_then(kind: str) -> None:
    machine, case = dossier.machine(NEW), story(NEW, "2026-08-03T09:00", PROMISED)
    with pytest.raises(GuardError):
        machine.step(case, dossier.event(kind, at("2026-09-04T20:00")))
    assert machine.step(case, dossier.event(kind, at("2026-09-05T08:00"))).state in {
        "second_received",
        "in_court",
        "accepted",
    }


def test_a_second_complaint_that_is_not_accepted_leaves_the_first_round_as_it_was() -> None:
    machine, case = dossier.machine(NEW), story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED, DECIDED, SECOND)
    event = dossier.event("second_not_accepted", at("2026-09-01T09:00"), reason="…", reason_code="time_over")
    back = machine.step(case, event)
    assert (back.state, back.clock) == ("decided_1", story(NEW, "2026-08-03T09:00", ACCEPTED, VERIFIED, DECIDED).clock)


def test_suspension_keeps_what_was_left() -> None:
    case = story(
        NEW,
        "2026-08-03T09:00",
        ACCEPTED,
        VERIFIED,
        ("suspended", "2026-08-10T09:00", {"reason": "bão", "reason_code": "disaster"}),
        ("suspension_sent", "2026-08-11T09:00"),
        ("continued", "2026-08-22T09:00"),
    )
    assert (case.state, case.clock.count, case.clock.phase.value) == ("verifying", 1, "running")
    assert [each.form for each in case.effects if each.form] == ["14b"]


# The transition, rule by rule: the day on which each changes.

IN_OLD = (("accepted", "2026-06-20T09:00"), ("verification_started", "2026-06-22T09:00"))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("suspended", {"reason": "bão", "reason_code": "disaster"}),
        ("handling_stopped", {"reason": "…", "reason_code": "death"}),
    ],
)
def test_a_running_complaint_follows_the_new_rules_from_their_day_on(kind: str, fields: dict[str, Any]) -> None:
    machine, case = dossier.machine(OLD), story(OLD, "2026-06-15T09:00", *IN_OLD)
    with pytest.raises(GuardError, match="from 2026-07-01 on") as refused:
        machine.step(case, dossier.event(kind, at("2026-06-30T23:59:59"), **fields))
    assert refused.value.basis is not None
    assert refused.value.basis.en == "Decree 155/2026/NĐ-CP, art. 22(1)"
    assert machine.step(case, dossier.event(kind, at("2026-07-01T00:00"), **fields)).clock.phase.value != "running"


@pytest.mark.parametrize(("day", "taken"), [("2026-06-30", True), ("2026-07-01", False)])
def test_the_notice_of_a_dialogue_has_its_length_from_its_day_on(day: str, taken: bool) -> None:
    machine, case = dossier.machine(OLD), story(OLD, "2026-06-15T09:00", *IN_OLD)
    notice = dossier.event("dialogue_notified", at(f"{day}T09:00"), due=at("2026-07-03T09:00"))
    if taken:
        assert machine.step(case, notice).state == "verifying"
    else:
        with pytest.raises(GuardError, match="at least 5 days before"):
            machine.step(case, notice)


def test_withdrawal_was_and_is_possible_at_any_time_and_one_of_a_group_may_leave() -> None:
    for reference, day in ((OLD, "2026-06-23"), (NEW, "2026-08-10")):
        events = IN_OLD if reference == OLD else (ACCEPTED, VERIFIED)
        start = "2026-06-15T09:00" if reference == OLD else "2026-08-03T09:00"
        case = story(reference, start, *events, ("member_left", f"{day}T08:00"))
        assert case.state == "verifying"
        ended = dossier.machine(reference).step(case, dossier.event("withdrawn", at(f"{day}T09:00")))
        assert (ended.state, ended.milestones.outcome) == ("withdrawn", "withdrawn")


def test_no_form_is_issued_that_had_not_been_made() -> None:
    old = dossier.machine(OLD).lifecycle
    assert set(old.forms) == {"14a", "14b"}  # of suspension, which began with the forms
    assert set(dossier.machine(NEW).lifecycle.forms) == {"01", "02", "03", "04", "14", "14a", "14b"}


# Data requests.

THIRD = ("third_party_needed", "2026-03-03T09:00")


def taken_up(kind: str, *more: tuple[Any, ...]) -> Dossier:
    return story(REQUEST, "2026-03-02T09:00", ("accepted", "2026-03-02T10:00", {"reason_code": kind}), *more)


@pytest.mark.parametrize(
    ("kinds", "own", "third", "more"),
    [
        (("withdraw_consent", "restrict", "object"), 15, 20, 15),
        (("see", "correct", "get"), 10, 15, 10),
        (("delete",), 20, 30, 20),
        (("protect",), 15, 15, 15),
    ],
)
def test_each_kind_of_request_has_its_time(kinds: tuple[str, ...], own: int, third: int, more: int) -> None:
    rules = dossier.sector("data-request")
    for kind in kinds:
        asked = [
            law_limit(taken_up(kind), rules),
            law_limit(taken_up(kind, THIRD), rules),
            law_limit(taken_up(kind), rules, of="extension"),
        ]
        assert [str(row and row.limit) for row in asked] == [f"{days} days" for days in (own, third, more)]
        assert all(row is not None and row.basis.firmness.value == "secondary" for row in asked)


def test_until_the_end_of_2025_data_were_given_and_deleted_within_72_hours() -> None:
    rules = dossier.sector("data-request-2023")
    assert [str(row.limit) for row in rules.limits] == ["72 hours"] * 3
    assert {row.basis.in_force_to for row in rules.limits} == {date(2025, 12, 31)}
    assert {row.basis.firmness.value for row in rules.limits} == {"read"}


def test_one_extension_with_its_reason() -> None:
    machine = dossier.machine(REQUEST)
    case = taken_up("see")
    longer = dossier.event("extended", at("2026-03-10T09:00"), due=at("2026-03-22T23:59:59"))
    with pytest.raises(InvalidEventError, match="reason is missing"):
        machine.step(case, longer)
    case = machine.step(case, dossier.event("extended", longer.at, due=longer.due, reason="nhiều dữ liệu"))
    with pytest.raises(GuardError, match="only 1 extension"):
        machine.step(case, dossier.event("extended", longer.at, due=at("2026-03-30T23:59:59"), reason="vẫn nhiều"))


def test_erase_my_dossier_is_refused_with_its_ground_and_nothing_is_deleted() -> None:
    machine, case = dossier.machine(REQUEST), taken_up("delete")
    with pytest.raises(InvalidEventError, match="no_consent_needed"):
        machine.step(case, dossier.event("refused", at("2026-03-20T09:00"), reason="hồ sơ giải quyết theo luật"))
    ground: dict[str, Any] = {"reason": "hồ sơ giải quyết theo luật", "reason_code": "no_consent_needed"}
    case = machine.step(case, dossier.event("refused", at("2026-03-20T09:00"), **ground))
    assert (case.state, case.milestones.outcome) == ("refused", "refused")
    assert [event.code for event in machine.lifecycle.events if "delete" in event.code] == []


def test_an_improper_request_is_put_right_or_closed() -> None:
    asked = ("correction_asked", "2026-03-02T10:00", {"reason": "chưa ký"})
    assert story(REQUEST, "2026-03-02T09:00", asked, ("corrected", "2026-03-04T09:00")).state == "received"
    closed = story(REQUEST, "2026-03-02T09:00", asked, ("closed", "2026-04-04T09:00", {"reason": "không trả lời"}))
    assert (closed.state, closed.milestones.received_at) == ("closed", None)
    with pytest.raises(TransitionNotAllowedError):
        dossier.machine(REQUEST).step(closed, dossier.event("corrected", at("2026-04-05T09:00")))


# What the engine learned, for every lifecycle.


def test_rules_outside_the_one_stop_shop_have_their_own_bound_of_supplements() -> None:
    assert dossier.sector("outside-one-stop").policy.max_supplements == 2


def test_a_limit_that_asks_of_nothing_asks_for_nothing() -> None:
    document = {
        "schema_version": "1.0",
        "id": "vn/x",
        "title": {"vi": "x", "en": "x"},
        "bases": {"b": {"instrument": "x", "firmness": "inferred"}},
        "policy": {},
        "limits": [
            {"code": "a", "name": {"vi": "a", "en": "a"}, "limit": "5 days", "after": ["received"], "basis": "b"},
        ],
    }
    with pytest.raises(InvalidDocumentError):
        dossier.lifecycle.load_sector(document)
