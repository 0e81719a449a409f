"""Who may act, on which papers, by when: units, published lists, the time for a refusal, silence, linked work."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.errors import GuardError, InvalidEventError

from .driving import DAY, EDITIONS, HOUR, T0, lawful, opened, story


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def filed(machine: Machine, **fields: Any) -> Dossier:
    return machine.new(id="1", procedure="1.012783", channel="in_person", at=T0, **fields)


def at_hanoi(machine: Machine, policy: Policy | None = None) -> Dossier:
    return filed(machine, receiving_unit="H26.99", competent_unit="H26.12", support_unit="H26.50", policy=policy)


def by(machine: Machine, case: Dossier, kind: str, unit: str | None) -> Event:
    event = lawful(machine, case, kind)
    return Event(kind=kind, at=event.at, reason=event.reason, due=event.due, unit=unit)


def refused(machine: Machine, case: Dossier, event: Event) -> GuardError:
    with pytest.raises(GuardError) as error:
        machine.step(case, event)
    return error.value


def test_receiving_place_competent_authority_and_support_point_are_three_things(machine: Machine) -> None:
    case = at_hanoi(machine)
    error = refused(machine, case, by(machine, case, "received", "H26.50"))
    assert error.guard == "receiving_unit"
    assert error.reason.en.endswith(": H26.99")
    assert refused(machine, case, by(machine, case, "not_received", "H26.12")).guard == "receiving_unit_for_refusal"
    case = machine.step(case, by(machine, case, "received", "H26.99"))
    case = story(machine, case, "assigned")
    for kind, guard in (
        ("approved", "competent_to_approve"),
        ("refused", "competent_to_refuse"),
        ("extended", "competent_to_extend"),
        ("stopped", "competent_to_stop"),
    ):
        error = refused(machine, case, by(machine, case, kind, "H26.99"))
        assert (error.guard, error.reason.vi.endswith(": H26.12")) == (guard, True)
        assert machine.step(case, by(machine, case, kind, "H26.12")).events[-1].kind == kind
        assert machine.step(case, by(machine, case, kind, None)).events[-1].kind == kind


def test_the_authority_suspends_and_corrects(machine: Machine) -> None:
    case = story(machine, at_hanoi(machine, Policy(max_suspensions=1)), "received", "assigned")
    assert refused(machine, case, by(machine, case, "suspended", "H26.99")).guard == "competent_to_suspend"
    case = story(machine, case, "approved", "result_handed_over")
    assert refused(machine, case, by(machine, case, "result_corrected", "H26.99")).guard == "competent_to_correct"


@pytest.mark.parametrize("kind", ["approved", "refused"])
def test_on_the_spot_the_desk_or_the_authority_decides(machine: Machine, kind: str) -> None:
    case = story(machine, at_hanoi(machine, Policy(decide_at_desk=True)), "received")
    guard = {"approved": "desk_to_approve", "refused": "desk_to_refuse"}[kind]
    error = refused(machine, case, by(machine, case, kind, "H26.50"))
    assert (error.guard, error.reason.en.rpartition(": ")[2]) == (guard, "H26.99, H26.12")
    for unit in ("H26.99", "H26.12"):
        assert machine.step(case, by(machine, case, kind, unit)).state == kind


def test_without_units_on_record_any_unit_acts(machine: Machine) -> None:
    case = filed(machine)
    assert machine.step(case, by(machine, case, "received", "H26.50")).state == "received"


def test_nothing_is_received_without_its_required_papers(machine: Machine) -> None:
    case = filed(machine, required_papers=("đơn", "bản đồ", "ảnh"), papers=("đơn",))
    error = refused(machine, case, lawful(machine, case, "received"))
    assert error.guard == "papers_complete"
    assert error.reason.en == "required papers are missing: bản đồ, ảnh"
    case = story(machine, case, "supplement_requested")
    at = case.events[-1].at + HOUR
    case = machine.step(case, Event(kind="supplemented", at=at, papers=("bản đồ",)))
    assert refused(machine, case, Event(kind="received", at=at)).reason.vi.endswith(": ảnh")
    assert machine.step(case, Event(kind="received", at=at, papers=("ảnh", "thư"))).state == "received"


@pytest.mark.parametrize("early", [True, False])
def test_no_paper_outside_the_published_list_is_asked_for(machine: Machine, early: bool) -> None:
    case = filed(machine, required_papers=("đơn",), published_papers=("bản đồ",), papers=("đơn",))
    if not early:
        case = story(machine, case, "received", "assigned")
    ask: dict[str, Any] = {"kind": "supplement_requested", "at": case.events[-1].at, "reason": "thiếu"}
    error = refused(machine, case, Event(**ask, papers=("bản đồ", "giấy khen")))
    assert (error.guard, error.reason.en.rpartition(": ")[2]) == ("papers_listed", "giấy khen")
    assert machine.step(case, Event(**ask, papers=("bản đồ", "đơn"))).portal == 5


def test_without_a_list_any_paper_may_be_asked_for(machine: Machine) -> None:
    case = filed(machine)
    event = Event(kind="supplement_requested", at=T0, reason="thiếu", papers=("giấy khen",))
    assert machine.step(case, event).portal == 5


def test_a_refusal_comes_within_the_time_unless_the_procedure_allows_it_late(machine: Machine) -> None:
    due = T0 + 10 * DAY
    for policy, late in ((None, False), (Policy(refuse_late=True), True)):
        case = machine.step(filed(machine, policy=policy), Event(kind="received", at=T0, due=due))
        case = story(machine, case, "assigned")
        assert machine.step(case, Event(kind="refused", at=due, reason="không đủ điều kiện")).state == "refused"
        event = Event(kind="refused", at=due + HOUR / 3600, reason="không đủ điều kiện")
        if late:
            assert machine.step(case, event).state == "refused"
        else:
            assert refused(machine, case, event).guard == "refusal_in_time"


def test_lateness_never_blocks_a_result(machine: Machine) -> None:
    case = machine.step(filed(machine), Event(kind="received", at=T0, due=T0 + DAY))
    case = machine.step(case, Event(kind="assigned", at=T0 + 90 * DAY))
    assert story(machine, case, "approved", "result_handed_over", "delivered").state == "delivered"


def test_silence_is_consent_only_where_a_sector_says_so(machine: Machine) -> None:
    way = ("received", "assigned", "opinion_asked")
    case = story(machine, filed(machine), *way)
    assert "opinion_deemed_given" not in machine.allowed(case)
    assert refused(machine, case, lawful(machine, case, "opinion_deemed_given")).guard == "silence_is_consent"
    told = ["authority_leader"] if machine.id == EDITIONS[0] else ["authority_leader", "one_stop_head"]
    assert [e.party for e in story(machine, case, "opinion_lapsed").effects if e.party] == told
    case = story(machine, filed(machine, policy=dossier.sector("construction-permit").policy), *way)
    assert story(machine, case, "opinion_deemed_given").state == "processing"


def hand_over(case: Dossier, task: str, unit: str = "H26.14", due: Any = None) -> Event:
    at = case.events[-1].at + HOUR
    return Event(kind="linked_handed_over", at=at, task=task, to_unit=unit, to_actor="hoa", due=due or at + DAY)


def test_linked_work_runs_in_parallel_while_the_lead_keeps_the_dossier(machine: Machine) -> None:
    due = T0 + 10 * DAY
    case = story(machine, machine.step(filed(machine), Event(kind="received", at=T0, due=due)), "assigned")
    part = T0 + 3 * DAY
    case = machine.step(case, hand_over(case, "thuế", "H26.14", part))
    case = machine.step(case, hand_over(case, "đất đai", "H26.15"))
    assert (case.state, case.appointment, len(case.appointments)) == ("processing", due, 1)
    tax, land = case.tasks
    assert (tax.unit, tax.actor, tax.due, tax.is_open) == ("H26.14", "hoa", part, True)
    back = Event(kind="linked_returned", at=case.events[-1].at + DAY, task="thuế")
    case = machine.step(case, back)
    assert [(task.id, task.is_open) for task in case.tasks] == [("thuế", False), ("đất đai", True)]
    assert case.tasks[0].returned_at == back.at
    assert case.tasks[1] == land
    assert "approved" not in machine.allowed(case)
    case = machine.step(case, Event(kind="linked_returned", at=case.events[-1].at, task="đất đai"))
    assert story(machine, case, "approved").state == "approved"
    assert machine.replay(case.events) == case


def test_linked_work_is_handed_over_once_and_comes_back_once(machine: Machine) -> None:
    case = story(machine, filed(machine), "received", "transferred")
    case = machine.step(case, hand_over(case, "thuế"))
    assert refused(machine, case, hand_over(case, "thuế")).guard == "task_is_new"
    at = case.events[-1].at
    assert refused(machine, case, Event(kind="linked_returned", at=at, task="đất")).guard == "task_is_open"
    case = machine.step(case, Event(kind="linked_returned", at=at, task="thuế"))
    assert refused(machine, case, Event(kind="linked_returned", at=at, task="thuế")).guard == "task_is_open"
    # In sequence: the next one goes out when the first is back.
    assert len(machine.step(case, hand_over(case, "đất đai")).tasks) == 2


def test_linked_work_has_a_name_and_nothing_else_has(machine: Machine) -> None:
    case = story(machine, filed(machine), "received", "transferred")
    with pytest.raises(InvalidEventError, match="task, the name of the linked work, is missing"):
        machine.step(case, Event(kind="linked_handed_over", at=case.events[-1].at, due=case.events[-1].at))
    with pytest.raises(InvalidEventError, match="about no linked work"):
        machine.step(case, Event(kind="assigned", at=case.events[-1].at, task="thuế"))


def test_a_sector_issues_its_own_forms(machine: Machine) -> None:
    case = filed(machine, policy=dossier.sector("residence").policy)
    case = story(machine, case, "received")
    assert [effect.form for effect in case.effects if effect.form] == ["CT04"]
    assert {effect.kind.value for effect in case.effects} == {
        "issue_form",
        "notify",
        "change_appointment",
        "tell_portal",
    }
    case = story(machine, case, "assigned", "approved", "result_handed_over")
    plain = story(machine, opened(machine), "received")
    assert [effect.form for effect in plain.effects if effect.form] == ["01"]
    other = story(machine, filed(machine, policy=Policy(forms={"04": "X"})), "received")
    assert [effect.form for effect in other.effects if effect.form] == ["01"]
