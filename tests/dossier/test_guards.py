"""The conditions of law, each met and each broken, with its ground."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.dossier.case import stepped
from onestop_core.dossier.lifecycle import SupplementClock
from onestop_core.dossier.stepping.refusals import MAX_EVENTS
from onestop_core.errors import GuardError, InvalidEventError, InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.rules.reading import resources

from .driving import DAY, EDITIONS, HOUR, T0, lawful, opened, reached, story

OLD, NEW, AMENDED = EDITIONS
SOUND: dict[str, Any] = {"id": "1", "procedure": "1.004222", "channel": "online", "at": T0}


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def refused(machine: Machine, case: Dossier, event: Event) -> GuardError:
    with pytest.raises(GuardError) as error:
        machine.step(case, event)
    return error.value


def test_papers_are_asked_for_once_at_intake_and_once_after_appraisal(machine: Machine) -> None:
    case = story(machine, opened(machine), "supplement_requested", "supplemented")
    assert "supplement_requested" not in machine.allowed(case)
    error = refused(machine, case, lawful(machine, case, "supplement_requested"))
    assert error.guard == "one_intake_supplement"
    case = story(machine, case, "received", "transferred", "assigned", "supplement_requested", "supplemented")
    error = refused(machine, case, lawful(machine, case, "supplement_requested"))
    assert error.guard == "one_supplement_after_appraisal"
    assert error.basis is not None
    if machine.id == OLD:
        assert error.basis.en == "Decree 61/2018/NĐ-CP, art. 11(2)(c)"
    else:  # art. 19(5) has no "once": that it is once in each stage is inferred
        assert error.basis.en == "Decree 118/2025/NĐ-CP, art. 11(2)(c) [inferred]"


def test_a_sector_may_allow_more_supplements(machine: Machine) -> None:
    policy = Policy(max_supplements=2)
    case = story(machine, opened(machine, policy=policy), "received", "assigned")
    case = story(machine, case, "supplement_requested", "supplemented", "supplement_requested", "supplemented")
    assert (
        refused(machine, case, lawful(machine, case, "supplement_requested")).guard == "one_supplement_after_appraisal"
    )


@pytest.mark.parametrize(("days", "lawful_day"), [(2, True), (1, True), (0, False)])
def test_an_extension_is_filed_a_day_before_the_appointment(machine: Machine, days: int, lawful_day: bool) -> None:
    due = T0 + 10 * DAY
    case = machine.step(opened(machine), Event(kind="received", at=T0, due=due))
    case = story(machine, case, "assigned")
    event = Event(kind="extended", at=due - days * DAY, reason="hồ sơ phức tạp", due=due + 5 * DAY)
    if not lawful_day:
        assert refused(machine, case, event).guard == "extension_before_due"
        return
    after = machine.step(case, event)
    assert after.state == "processing"
    assert (after.clock.phase, after.clock.spans) == (case.clock.phase, case.clock.spans)
    assert [each.until for each in after.clock.prolonged] == [due + 5 * DAY]
    assert after.appointment == due + 5 * DAY
    change = after.appointments[-1]
    assert (change.old, change.new, change.event, change.reason) == (due, due + 5 * DAY, "extended", "hồ sơ phức tạp")
    assert [e.due for e in after.effects if e.kind == "change_appointment"] == [due + 5 * DAY]
    assert "extended" not in machine.allowed(after)
    again = Event(kind="extended", at=event.at, reason="nữa", due=due + 9 * DAY)
    assert refused(machine, after, again).guard == "one_extension"


def test_nothing_is_extended_without_an_appointment(machine: Machine) -> None:
    case = machine.step(opened(machine), Event(kind="received", at=T0))
    case = story(machine, case, "assigned")
    event = Event(kind="extended", at=T0 + DAY, reason="chậm", due=T0 + 9 * DAY)
    refusal = refused(machine, case, event)
    assert refusal.guard == "appointment_on_record"
    assert "chưa ghi ngày hẹn" in refusal.message.vi
    assert "no appointment is on record" in refusal.message.en
    assert "extended" not in machine.allowed(case)
    # What keeps it from being extended can be put right.
    case = machine.step(case, Event(kind="rescheduled", at=T0 + HOUR, reason="ghi ngày hẹn", due=T0 + 5 * DAY))
    assert machine.step(case, event).appointment == T0 + 9 * DAY


def test_an_appointment_of_an_earlier_count_is_not_extended(machine: Machine) -> None:
    case = story(machine, machine.step(opened(machine), Event(kind="received", at=T0, due=T0 + 9 * DAY)), "assigned")
    case = story(machine, case, "supplement_requested", "supplemented")
    event = Event(kind="extended", at=case.events[-1].at, reason="chậm", due=T0 + 19 * DAY)
    assert refused(machine, case, event).guard == "appointment_on_record"


def test_an_extension_is_later_than_the_appointment_it_replaces(machine: Machine) -> None:
    due = T0 + 10 * DAY
    case = machine.step(opened(machine), Event(kind="received", at=T0, due=due))
    case = story(machine, case, "assigned")
    event = Event(kind="extended", at=T0 + 2 * DAY, reason="chậm", due=due)
    assert refused(machine, case, event).guard == "extension_is_later"


@pytest.mark.parametrize("state", ["approved", "refused", "result_at_desk", "delivered", "refusal_delivered"])
@pytest.mark.parametrize(
    ("kind", "guard"),
    [("withdrawal_requested", "no_withdrawal_after_result"), ("stopped", "no_stop_after_result")],
)
def test_nothing_is_withdrawn_or_stopped_after_the_result(machine: Machine, state: str, kind: str, guard: str) -> None:
    case = reached(machine.id)[state]
    error = refused(machine, case, lawful(machine, case, kind))
    assert error.guard == guard
    assert error.basis is not None
    # Art. 21 of Decree 118/2025 gives the right until the result; Decree 61/2018 has nothing of it.
    read = machine.id != OLD and kind == "withdrawal_requested"
    assert ("inferred" in error.basis.en) is not read


def test_one_stop_rules_give_no_ground_to_suspend_but_a_sector_may(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned")
    assert refused(machine, case, lawful(machine, case, "suspended")).guard == "suspension_allowed"
    case = story(machine, opened(machine, policy=Policy(max_suspensions=1)), "received", "assigned", "suspended")
    assert (case.state, case.clock.phase.value) == ("suspended", "paused")
    case = story(machine, case, "resumed")
    assert "suspended" not in machine.allowed(case)


@pytest.mark.parametrize("kind", ["approved", "refused"])
def test_the_desk_decides_only_if_authorised(machine: Machine, kind: str) -> None:
    case = story(machine, opened(machine), "received")
    assert kind not in machine.allowed(case)
    assert refused(machine, case, lawful(machine, case, kind)).guard.endswith("_at_desk")
    case = story(machine, opened(machine, policy=Policy(decide_at_desk=True)), "received", kind)
    assert case.state == kind


def test_receiving_gives_no_power_to_decide(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned")
    error = refused(machine, case, Event(kind="approved", at=T0 + DAY, role="receiving_officer"))
    assert error.guard == "role"
    assert "authority_leader" in error.reason.en
    assert machine.step(case, Event(kind="approved", at=T0 + DAY, role="authority_leader")).state == "approved"


@pytest.mark.parametrize(("setting", "restarts"), [(None, 1), (SupplementClock.RESTART, 1), (SupplementClock.PAUSE, 0)])
def test_the_procedure_says_what_a_supplement_does_to_the_time(
    machine: Machine, setting: SupplementClock | None, restarts: int
) -> None:
    case = opened(machine, policy=Policy(supplement_clock=setting))
    case = story(machine, case, "received", "assigned", "supplement_requested", "supplemented")
    assert len(case.clock.restarts) == restarts
    assert len(case.clock.pauses) == 1 - restarts
    if restarts:
        assert case.clock.counted_from == case.events[-1].at
    else:
        assert case.clock.counted_from == case.events[1].at


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "not_received", "at": T0}, "reason"),
        ({"kind": "received", "at": T0 - HOUR}, "before the last event"),
        ({"kind": "received", "at": T0, "due": T0 - HOUR}, "in the past"),
        ({"kind": "withdrawal_requested", "at": T0, "due": T0 + DAY}, "no appointment"),
    ],
)
def test_an_event_that_lacks_what_it_needs_is_not_taken(machine: Machine, fields: dict[str, Any], words: str) -> None:
    case = opened(machine, "online")
    with pytest.raises(InvalidEventError, match=words):
        machine.step(case, Event(**fields))


RECEIVED = ("received",)
AT_WORK = ("received", "assigned")


@pytest.mark.parametrize(
    ("kinds", "fields", "en", "vi"),
    [
        ((), {"kind": "not_received"}, "reason is missing", "thiếu lý do"),
        (
            AT_WORK,
            {"kind": "extended", "reason": "chậm"},
            "due, the new appointment, is missing",
            "thiếu ngày hẹn mới",
        ),
        (
            RECEIVED,
            {"kind": "withdrawal_requested", "due": T0 + DAY},
            "this event makes no appointment (due)",
            "sự kiện này không hẹn ngày",
        ),
        ((), {"kind": "received", "due": T0 - HOUR}, "the appointment (due) is in the past", "ngày hẹn đã qua"),
        (
            AT_WORK,
            {"kind": "linked_handed_over", "due": T0 + 99 * DAY},
            "task, the name of the linked work, is missing",
            "thiếu tên việc liên thông",
        ),
        (
            RECEIVED,
            {"kind": "transferred", "task": "thuế"},
            "this event is about no linked work (task)",
            "sự kiện này không gắn với việc liên thông nào",
        ),
    ],
)
def test_what_is_wrong_with_an_event_is_said_in_both_languages(
    machine: Machine, kinds: tuple[str, ...], fields: dict[str, Any], en: str, vi: str
) -> None:
    case = story(machine, opened(machine), *kinds)
    with pytest.raises(InvalidEventError) as refused:
        machine.step(case, Event(**{"at": T0 + DAY if kinds else T0, **fields}))
    assert (refused.value.reason.en, refused.value.reason.vi) == (en, vi)


def test_a_role_that_may_not_act_is_told_who_may(machine: Machine) -> None:
    with pytest.raises(GuardError) as refused:
        machine.step(opened(machine), Event(kind="received", at=T0, role="applicant"))
    roles = ", ".join(machine.lifecycle.event("received").roles)
    assert refused.value.reason.en == f"role applicant may not do this; may: {roles}"


def test_an_appointment_may_be_at_once(machine: Machine) -> None:
    case = machine.step(opened(machine), Event(kind="received", at=T0, due=T0))
    assert case.appointment == T0


def test_a_log_that_does_not_begin_at_the_beginning_is_told_so(machine: Machine) -> None:
    with pytest.raises(InvalidEventError) as refused:
        machine.replay([Event(kind="received", at=T0)])
    assert refused.value.event == "received"
    assert refused.value.reason.en == "a log begins with the event created"
    assert refused.value.reason.vi == "nhật ký phải bắt đầu bằng sự kiện “Nộp hồ sơ”"
    with pytest.raises(InvalidEventError) as refused:
        machine.replay([])
    assert refused.value.event == "(none)"


def test_an_extension_names_its_new_appointment(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned")
    with pytest.raises(InvalidEventError, match="new appointment"):
        machine.step(case, Event(kind="extended", at=T0 + DAY, reason="chậm"))


def test_equal_times_are_in_order(machine: Machine) -> None:
    case = opened(machine)
    for kind in ("received", "assigned", "approved", "result_handed_over", "delivered"):
        case = machine.step(case, Event(kind=kind, at=T0))
    assert case.state == "delivered"


def test_the_same_key_counts_once_and_never_twice_for_different_things(machine: Machine) -> None:
    case = opened(machine)
    event = Event(kind="received", at=T0, key="a1")
    after = machine.step(case, event)
    assert machine.step(after, event) is after
    assert machine.step(after, event, expected_version=1) is after
    with pytest.raises(InvalidEventError, match="used for another event"):
        machine.step(after, Event(kind="assigned", at=T0, key="a1"))
    log = (*after.events, event, Event(kind="assigned", at=T0, key="a2"))
    assert machine.replay(log).states == ("presented", "received", "processing")
    with pytest.raises(InvalidEventError, match="used for another event"):
        machine.replay((*after.events, Event(kind="assigned", at=T0, key="a1")))


def test_the_key_of_the_opening_counts_too(machine: Machine) -> None:
    case = machine.new(id="1", procedure="1.004222", channel="post", at=T0, key="k", role="receiving_officer", unit="u")
    assert machine.step(case, case.events[0]) is case
    assert machine.replay((case.events[0], case.events[0])) == case


def test_a_stale_version_is_refused(machine: Machine) -> None:
    case = opened(machine)
    event = Event(kind="received", at=T0)
    with pytest.raises(InvalidEventError, match="at version 1, not 7"):
        machine.step(case, event, expected_version=7)
    assert machine.step(case, event, expected_version=1).version == 2


def test_a_dossier_stays_under_its_edition() -> None:
    old, new = dossier.machine(OLD), dossier.machine(NEW)
    case = opened(old)
    with pytest.raises(InvalidEventError, match="pinned to lifecycle vn@decree-61-2018"):
        new.step(case, Event(kind="received", at=T0))
    with pytest.raises(InvalidEventError, match="pinned to lifecycle vn@decree-61-2018"):
        new.replay(case.events)


@pytest.mark.parametrize("events", [(), (Event(kind="received", at=T0),)])
def test_a_log_begins_with_created(machine: Machine, events: tuple[Event, ...]) -> None:
    with pytest.raises(InvalidEventError, match="begins with"):
        machine.replay(events)


def test_a_log_is_bounded(machine: Machine) -> None:
    case = story(machine, opened(machine), "received", "assigned")
    stays = Event(kind="assigned", at=case.events[-1].at)
    full = machine.replay((*case.events, *[stays] * (MAX_EVENTS - 3)))
    with pytest.raises(InvalidEventError, match=str(MAX_EVENTS)):
        machine.step(full, stays)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": ""},
        {"id": "x" * 201},
        {"procedure": 7},
        {"channel": "pigeon"},
        {"procedure_version": ""},
        {"at": datetime(2026, 2, 12)},
    ],
)
def test_a_dossier_is_opened_soundly_or_not_at_all(machine: Machine, fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidEventError, match="created"):
        machine.new(**SOUND | fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"max_supplements": -1},
        {"max_extensions": True},
        {"max_suspensions": 101},
        {"extension_notice_days": "1"},
        {"supplement_clock": "sometimes"},
        {"decide_at_desk": 1},
    ],
)
def test_a_policy_is_sound_or_not_at_all(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match=next(iter(fields))):
        Policy(**fields)


def test_the_edition_is_found_by_the_day_or_by_its_id() -> None:
    assert dossier.machine("vn", on=date(2018, 6, 21)).id == OLD
    assert dossier.machine("vn", on=date(2025, 6, 30)).id == OLD
    assert dossier.machine("vn", on=date(2025, 7, 1)).id == NEW
    assert dossier.machine("vn", on=date(2026, 8, 4)).id == NEW
    assert dossier.machine("vn", on=date(2026, 8, 5)).id == AMENDED
    assert dossier.machine(NEW) is dossier.machine("vn", on=date(2026, 1, 1))
    with pytest.raises(NotInForceError):
        dossier.machine("vn", on=date(2018, 6, 20))
    with pytest.raises(UnknownCodeError) as unknown:
        dossier.machine("vn@decree-61-2019")
    assert OLD in unknown.value.suggestions
    with pytest.raises(InvalidValueError, match="on"):
        dossier.machine("vn")
    with pytest.raises(InvalidValueError, match="on"):
        dossier.machine("vn", on=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_dossier_says_what_it_was_opened_with(machine: Machine) -> None:
    policy = Policy(max_supplements=2)
    case = machine.new(id="1", procedure="1.004222", procedure_version="2026-02", channel="post", at=T0, policy=policy)
    assert (case.id, case.procedure, case.channel.value, case.lifecycle) == ("1", "1.004222", "post", machine.id)
    assert case.policy == policy
    assert case.opening.procedure_version == "2026-02"
    assert case.appointment is None
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        case.portal = 9  # type: ignore[misc] # what the test is about


def test_refusals_say_in_both_languages_what_was_wrong(machine: Machine) -> None:
    case = opened(machine)
    with pytest.raises(UnknownCodeError) as unknown:
        machine.step(case, Event(kind="receivedx", at=T0))
    assert unknown.value.message.vi.startswith("không có sự kiện 'receivedx'")
    assert unknown.value.message.en.startswith("no event 'receivedx'")
    with pytest.raises(UnknownCodeError) as unknown:
        machine.allowed(case, axis="paymnt")
    assert unknown.value.message.vi.startswith("không có chiều trạng thái 'paymnt'")
    assert unknown.value.message.en.startswith("no axis 'paymnt'")
    result = reached(machine.id)["approved"]
    never = refused(machine, result, lawful(machine, result, "withdrawal_requested"))
    assert never.reason.en == "there is a result; the dossier can no longer be withdrawn"
    with pytest.raises(InvalidEventError) as invalid:
        machine.step(case, Event(kind="not_received", at=T0))
    assert invalid.value.event == "not_received"
    plain = refused(machine, case, Event(kind="received", at=T0, role="wizard"))
    assert plain.guard == "role"
    once = story(machine, case, "supplement_requested", "supplemented")
    assert refused(machine, once, lawful(machine, once, "supplement_requested")).reason.en.endswith(
        "one full guidance is due"
    )


def test_a_step_makes_what_the_constructor_would(machine: Machine) -> None:
    for case in reached(machine.id).values():
        fields = {field.name: getattr(case, field.name) for field in attrs.fields(Dossier)}
        assert Dossier(**fields) == stepped(*fields.values()) == case
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            case.portal = 10  # type: ignore[misc]


def test_the_support_point_is_on_record(machine: Machine) -> None:
    case = machine.new(**SOUND, support_unit="H26.50")
    assert case.opening.support_unit == "H26.50"
    assert dossier.replay(dossier.dump_log(case)) == case


def test_an_edition_may_ask_for_an_appointment_without_a_reason() -> None:
    document = resources.data("vn/lifecycle/decree-61-2018")
    document["events"][0]["due"] = "required"
    machine = Machine(lifecycle=dossier.load_lifecycle({**document, "id": "own@1"}))
    with pytest.raises(InvalidEventError, match="due, the new appointment, is missing"):
        machine.step(opened(machine), Event(kind="received", at=T0))
    assert machine.step(opened(machine), Event(kind="received", at=T0, due=T0 + DAY)).state == "received"
