"""What goes on beside the state: payment, delivery, keeping, telling the portal. None of it moves the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Event, Machine, Policy
from onestop_core.dossier.lifecycle import FeeStep
from onestop_core.errors import GuardError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.rules.reading import resources

from .driving import EDITIONS, GENEROUS, HOUR, lawful, opened, reached, story
from .second_reading import Reading

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

TO_RESULT = ("received", "assigned", "approved", "result_handed_over")


@pytest.fixture(params=EDITIONS)
def machine(request: pytest.FixtureRequest) -> Machine:
    return dossier.machine(str(request.param))


def after(machine: Machine, *kinds: str, policy: Policy | None = None) -> Dossier:
    return story(machine, opened(machine, policy=policy), *kinds)


def test_a_new_dossier_owes_nothing_and_is_to_be_told_to_the_portal(machine: Machine) -> None:
    assert opened(machine).axes == {
        "payment": "nothing_due",
        "delivery": "not_ready",
        "archive": "open",
        "sync": "pending",
    }


def test_paid_late_corrupts_nothing(machine: Machine) -> None:
    case = after(machine, "fee_set", *TO_RESULT, "delivered")
    assert (case.state, case.axes["payment"]) == ("delivered", "due")
    paid = machine.step(case, Event(kind="fee_paid", at=case.events[-1].at + HOUR, amount=15_000))
    assert (paid.state, paid.axes["payment"], paid.portal, paid.clock) == ("delivered", "paid", 10, case.clock)
    assert machine.replay(paid.events) == paid


@pytest.mark.parametrize(
    ("kinds", "where"),
    [
        (("fee_set", "fee_paid", "fee_refunded"), "refunded"),
        (("fee_set", "fee_waived"), "waived"),
        (("fee_paid",), "paid"),
        (("fee_waived", "fee_set"), "due"),
        (("received", "assigned", "financial_obligation_set"), "due"),
        (("received", "assigned", "financial_obligation_set", "financial_obligation_met"), "paid"),
    ],
)
def test_the_ways_of_money(machine: Machine, kinds: tuple[str, ...], where: str) -> None:
    assert after(machine, *kinds).axes["payment"] == where


def test_a_result_that_nobody_collects_is_not_a_state(machine: Machine) -> None:
    case = after(machine, *TO_RESULT)
    assert (case.state, case.axes["delivery"]) == ("result_at_desk", "ready")
    case = story(machine, case, "result_notified")
    assert (case.state, case.axes["delivery"]) == ("result_at_desk", "notified")
    assert [effect.party for effect in case.effects] == ["applicant"]
    case = story(machine, case, "result_posted")
    assert (case.state, case.axes["delivery"]) == ("result_at_desk", "sent")
    corrected = ("result_corrected",) if machine.id == EDITIONS[0] else ("error_reported", "result_corrected")
    assert machine.allowed(case, axis="delivery") == corrected
    assert story(machine, case, "delivered").axes["delivery"] == "given"


def test_a_wrong_result_is_corrected_and_given_again(machine: Machine) -> None:
    case = after(machine, *TO_RESULT, "delivered", "archived")
    assert case.axes["archive"] == "archived"
    case = story(machine, case, "result_corrected")
    assert (case.state, case.portal) == ("delivered", 10)
    assert (case.axes["delivery"], case.axes["archive"]) == ("corrected", "open")
    case = story(machine, case, "corrected_result_delivered", "archived")
    assert (case.axes["delivery"], case.axes["archive"]) == ("given", "archived")


def test_a_result_corrected_at_the_desk_goes_out_with_the_first_delivery(machine: Machine) -> None:
    case = after(machine, *TO_RESULT, "result_corrected", "delivered")
    assert (case.state, case.axes["delivery"]) == ("delivered", "given")


def test_every_change_of_the_portal_code_is_to_be_told_again(machine: Machine) -> None:
    case = story(machine, opened(machine), "portal_told")
    assert case.axes["sync"] == "told"
    case = story(machine, case, "received")
    assert case.axes["sync"] == "pending"
    case = story(
        machine, case, "portal_failed", "portal_failed", "portal_told", "transferred", "portal_told", "assigned"
    )
    assert (case.portal, case.axes["sync"]) == (4, "told")  # from 4 to 4: nothing new to tell


def test_nothing_is_archived_before_the_end(machine: Machine) -> None:
    case = after(machine, *TO_RESULT)
    with pytest.raises(TransitionNotAllowedError) as refused:
        machine.step(case, lawful(machine, case, "archived"))
    assert refused.value.allowed == machine.allowed(case)
    assert machine.allowed(case, axis="archive") == ()


def test_what_an_axis_refuses_names_what_it_takes(machine: Machine) -> None:
    case = opened(machine)
    with pytest.raises(TransitionNotAllowedError) as refused:
        machine.step(case, lawful(machine, case, "fee_refunded"))
    assert refused.value.allowed[-3:] == ("fee_set", "fee_paid", "fee_waived")


def test_an_axis_that_is_not_there_is_named(machine: Machine) -> None:
    with pytest.raises(UnknownCodeError, match="payment"):
        machine.allowed(opened(machine), axis="paymnt")


@pytest.mark.parametrize(
    ("step", "before", "kind"),
    [
        (FeeStep.RECEIPT, (), "received"),
        (FeeStep.APPROVAL, ("received", "assigned"), "approved"),
        (FeeStep.DELIVERY, TO_RESULT, "delivered"),
    ],
)
@pytest.mark.parametrize("settled", [("fee_set", "fee_paid"), ("fee_waived",)])
def test_a_step_waits_for_the_fee_if_the_procedure_says_so(
    machine: Machine, step: FeeStep, before: tuple[str, ...], kind: str, settled: tuple[str, ...]
) -> None:
    case = after(machine, *before, policy=Policy(fee_before=step))
    assert kind not in machine.allowed(case)
    with pytest.raises(GuardError) as refused:
        machine.step(case, lawful(machine, case, kind))
    assert refused.value.guard == f"fee_before_{step}"
    assert "neither paid nor waived" in refused.value.message.en
    case = story(machine, case, *settled)
    assert kind in machine.allowed(case)
    assert story(machine, case, kind).events[-1].kind == kind
    other = after(machine, *before, policy=Policy(fee_before=FeeStep.NONE))
    assert kind in machine.allowed(other)


def test_a_refusal_is_given_back_without_the_fee(machine: Machine) -> None:
    case = after(machine, "received", "assigned", "refused", policy=Policy(fee_before=FeeStep.DELIVERY))
    assert story(machine, case, "delivered").state == "refusal_delivered"


READINGS = {edition: Reading(edition.partition("@")[2]) for edition in EDITIONS}
BESIDE = [
    (edition, state["code"], event["code"])
    for edition in EDITIONS
    for table in [resources.data(f"vn/lifecycle/{edition.partition('@')[2]}")]
    for state in table["states"]
    for event in table["events"]
    if not any(event["code"] == row["event"] for row in table["transitions"]) and not event.get("strikes")
]


@pytest.mark.parametrize(("edition", "state", "kind"), BESIDE)
def test_an_event_beside_the_state_is_taken_where_the_table_says_so(edition: str, state: str, kind: str) -> None:
    machine, case = dossier.machine(edition), reached(edition)[state]
    event, before = lawful(machine, case, kind), (case.events, case.states, case.axis_states)
    if READINGS[edition].taken_beside(case.events, kind):
        taken = machine.step(case, event)
        assert (taken.state, taken.portal, taken.clock) == (state, case.portal, case.clock)
        assert taken.axes == READINGS[edition].axes(taken.events) != case.axes
    else:
        with pytest.raises(TransitionNotAllowedError):
            machine.step(case, event)
    assert (case.events, case.states, case.axis_states) == before


def test_a_table_without_axes_has_none() -> None:
    document: dict[str, Any] = resources.data("vn/lifecycle/decree-61-2018")
    del document["axes"]
    beside = {kind for _, _, kind in BESIDE}
    document["events"] = [event for event in document["events"] if event["code"] not in beside]
    document["guards"] = [g for g in document["guards"] if g["condition"] != "axis" and g["event"] not in beside]
    machine = Machine(lifecycle=dossier.load_lifecycle({**document, "id": "plain@1"}))
    case = story(machine, opened(machine, policy=GENEROUS), *TO_RESULT, "delivered")
    assert case.axes == {}
    assert machine.replay(case.events) == case
