"""Tables broken on purpose: each is caught by the property that it breaks, with a log that leads there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import lab
from onestop_core.dossier import Policy
from onestop_core.dossier.lifecycle import NO_POLICY

from .tables import broken, not_in, portal_moves, set_in, with_guard, without_event, without_guard

if TYPE_CHECKING:
    from onestop_core.dossier import Machine
    from onestop_core.lab import Proof

BROKEN: dict[str, tuple[Any, str, str, tuple[str, ...]]] = {
    # what is broken: changes, the property, what it is about, the shortest log that leads there
    "approved while linked work is open": (
        (without_guard("work_joined_before_approval"),),
        "no_end_with_open_work",
        "result_at_desk",
        ("received", "assigned", "linked_handed_over", "approved", "result_handed_over"),
    ),
    "refused while linked work is open": (
        (without_guard("work_joined_before_refusal"),),
        "no_end_with_open_work",
        "refused",
        ("received", "assigned", "linked_handed_over", "refused"),
    ),
    "stopped while linked work is open": (
        (without_guard("work_joined_before_stop"),),
        "no_end_with_open_work",
        "stopped",
        ("received", "transferred", "linked_handed_over", "stopped"),
    ),
    "stopped, and nothing said of the verification": (
        (without_guard("work_joined_before_stop"),),
        "no_end_with_open_work",
        "verifying.stopped",
        ("received", "assigned", "verification_started", "stopped"),
    ),
    "withdrawn while linked work is open": (
        (without_guard("work_joined_before_withdrawal"),),
        "no_end_with_open_work",
        "withdrawn",
        ("received", "transferred", "linked_handed_over", "withdrawal_requested", "withdrawal_granted"),
    ),
    "withdrawn, and nothing said of the opinion": (
        (without_guard("work_joined_before_withdrawal"),),
        "no_end_with_open_work",
        "opinion_asked.withdrawal_granted",
        ("received", "assigned", "opinion_asked", "withdrawal_requested", "withdrawal_granted"),
    ),
    "no appointment can be put on record at the desk": (
        (not_in("rescheduled", "received"),),
        "no_clock_without_appointment",
        "received",
        ("received",),
    ),
    "an extension refused for an appointment that there is not": (
        (without_guard("appointment_on_record"),),
        "refused_for_the_true_reason",
        "extended.extension_before_due",
        ("received", "transferred"),
    ),
    "a debt that nobody may meet": (
        (
            not_in("stopped", "awaiting_payment"),
            not_in("withdrawal_requested", "awaiting_payment"),
            with_guard(event="financial_obligation_met", condition="max_count", parameter="max_suspensions"),
        ),
        "every_wait_has_an_exit",
        "awaiting_payment",
        ("received", "assigned", "financial_obligation_set"),
    ),
    "only the applicant ends the wait for papers at intake": (
        (not_in("not_received", "intake_supplement_requested"), set_in("events", "supplemented", roles=["applicant"])),
        "nobody_waits_for_the_applicant_for_ever",
        "intake_supplement_requested",
        ("supplement_requested",),
    ),
    "nobody has it while it is verified": (
        (set_in("states", "verifying", holder=None),),
        "one_holder_at_every_moment",
        "verifying",
        ("received", "assigned", "verification_started"),
    ),
    "somebody has it after its end": (
        (set_in("states", "stopped", holder="clerk"),),
        "one_holder_at_every_moment",
        "stopped",
        ("received", "stopped"),
    ),
    "a receipt that waits for the archive": (
        (
            with_guard(
                event="received",
                condition="axis",
                parameter="fee_before",
                value="none",
                axis="archive",
                axis_states=["archived"],
            ),
        ),
        "no_refusal_for_ever",
        "received.broken",
        (),
    ),
    "a delivery that waits for a result corrected before": (
        (
            with_guard(
                event="result_handed_over",
                condition="axis",
                parameter="fee_before",
                value="none",
                axis="delivery",
                axis_states=["corrected"],
            ),
        ),
        "no_refusal_for_ever",
        "result_handed_over.broken",
        ("received", "assigned", "approved"),
    ),
    "a portal that is told too early": (
        (set_in("states", "received", portal=4), portal_moves("1", 4)),
        "portal_moves_as_it_allows",
        "1-4",
        ("received",),
    ),
    "a form that nobody issues": (
        (set_in("events", "extended", form=None),),
        "every_form_has_an_event",
        "04",
        (),
    ),
    "linked work that never comes back": (
        (without_event("linked_returned"),),
        "every_duty_can_be_met",
        "linked_part",
        ("received", "transferred", "linked_handed_over"),
    ),
    "a result that waits for ever": (
        (
            with_guard(event="result_handed_over", condition="max_count", parameter="max_suspensions"),
            with_guard(event="refused", condition="max_count", parameter="max_suspensions", code="broken_too"),
        ),
        "every_duty_can_be_met",
        "hand_over",
        ("received", "assigned", "approved"),
    ),
}


@cache
def proved(name: str) -> tuple[Machine, Proof]:
    table = broken(*BROKEN[name][0])
    return table, lab.prove(table, policies=[NO_POLICY])


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_caught_by_the_property_that_it_breaks(name: str) -> None:
    _, code, subject, kinds = BROKEN[name]
    table, proof = proved(name)
    assert not proof.holds
    found = {each.subject: each for each in proof.outcome(code).violations}
    assert subject in found
    violation = found[subject]
    assert tuple(event.kind for event in violation.log[1:]) == kinds
    assert len(violation.story) == len(violation.log)
    assert violation in proof.violations
    if violation.log:
        case = table.replay(violation.log)
        assert case.events == violation.log
        assert f"({case.state})" in violation.story[-1].en
    assert violation.text.vi != violation.text.en


@pytest.mark.parametrize("name", BROKEN)
def test_the_properties_beside_it_hold(name: str) -> None:
    # What is broken breaks no more than what follows from it.
    follows = {
        "a debt that nobody may meet": {"nobody_waits_for_the_applicant_for_ever", "no_refusal_for_ever"},
        "a receipt that waits for the archive": {"nobody_waits_for_the_applicant_for_ever", "every_form_has_an_event"},
        "a delivery that waits for a result corrected before": {"every_duty_can_be_met"},
        "a result that waits for ever": set[str](),
    }
    _, proof = proved(name)
    failed = {each.code for each in proof.outcomes if not each.holds}
    assert failed - follows.get(name, set()) == {BROKEN[name][1]}


def test_what_a_policy_alone_breaks_is_told_with_it() -> None:
    guard = with_guard(
        event="financial_obligation_met",
        condition="axis",
        parameter="fee_before",
        value="receipt",
        axis="delivery",
        axis_states=["given"],
    )
    proof = lab.prove(broken(guard))
    found = {each.subject: each for each in proof.outcome("no_refusal_for_ever").violations}
    violation = found["financial_obligation_met.broken"]
    assert violation.policy == Policy(fee_before="receipt")
    assert violation.to_dict()["policy"] == {"fee_before": "receipt"}


def test_a_duty_that_begins_with_the_filing_must_be_possible() -> None:
    table = broken(without_event("desk_notified"), table="vn/lifecycle/decree-118-2025")
    (violation,) = lab.prove(table, policies=[NO_POLICY]).violations
    assert (violation.subject, violation.log[0].opening is not None) == ("online_desk_notice", True)
    assert len(violation.log) == 1
    assert violation.log[0].opening is not None
    assert violation.log[0].opening.channel == "online"


def test_a_form_that_an_event_beside_the_state_issues_has_its_event() -> None:
    moved = broken(set_in("events", "extended", form=None), set_in("events", "result_notified", form="04"))
    assert lab.prove(moved, policies=[NO_POLICY]).outcome("every_form_has_an_event").holds
