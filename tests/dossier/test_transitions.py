"""Every (state, event) pair of both editions: taken where the table says so, refused everywhere else."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Event
from onestop_core.errors import GuardError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.rules.reading import resources

from .driving import (
    EDITIONS,
    HOUR,
    RECALL,
    RETURN,
    lawful,
    opened,
    reached,
    reached_from_elsewhere,
    reached_with_linked_work,
    story,
)

TABLES = {edition: resources.data(f"vn/lifecycle/{edition.partition('@')[2]}") for edition in EDITIONS}
BESIDE = {move["event"] for table in TABLES.values() for axis in table["axes"] for move in axis["moves"]} - {
    row["event"] for table in TABLES.values() for row in table["transitions"]
}
LAWFUL = [
    (edition, state, row)
    for edition, table in TABLES.items()
    for row in table["transitions"]
    for state in row["states"]
]
ABSENT = [
    (edition, state["code"], event["code"])
    for edition, table in TABLES.items()
    for state in table["states"]
    for event in table["events"]
    if not any(state["code"] in row["states"] and event["code"] == row["event"] for row in table["transitions"])
    and event["code"] not in BESIDE
    and not event.get("strikes")
]


@pytest.mark.parametrize(
    ("edition", "state", "row"), LAWFUL, ids=[f"{edition}-{state}-{row['event']}" for edition, state, row in LAWFUL]
)
def test_a_transition_of_the_table_is_taken(edition: str, state: str, row: dict[str, Any]) -> None:
    ways = reached_with_linked_work if row["event"] in {RETURN, RECALL} else reached
    ways = reached_from_elsewhere if row.get("elsewhere") else ways
    machine, case = dossier.machine(edition), ways(edition)[state]
    after = machine.step(case, lawful(machine, case, row["event"]))
    expected = {"stay": state, "back": case.origin}.get(row["to"], row["to"])
    assert after.state == expected
    assert row["event"] in machine.allowed(case)
    assert after.version == case.version + 1
    assert machine.replay(after.events) == after


@pytest.mark.parametrize(("edition", "state", "kind"), ABSENT)
def test_a_pair_that_the_table_lacks_is_refused_and_nothing_happens(edition: str, state: str, kind: str) -> None:
    machine, case = dossier.machine(edition), reached(edition)[state]
    before = case.events, case.states, case.clock
    with pytest.raises(TransitionNotAllowedError) as refused:
        machine.step(case, lawful(machine, case, kind))
    assert (refused.value.state, refused.value.event) == (state, kind)
    assert kind not in refused.value.allowed
    assert refused.value.basis is not None
    assert (case.events, case.states, case.clock) == before


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_state_was_reached(edition: str) -> None:
    assert set(reached(edition)) == {state["code"] for state in TABLES[edition]["states"]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_portal_only_moves_as_the_portal_allows(edition: str) -> None:
    moves = TABLES[edition]["portal"]["moves"]
    machine = dossier.machine(edition)
    for case in reached(edition).values():
        for kind in machine.allowed(case):
            if kind in {RETURN, RECALL}:
                continue
            after = machine.step(case, lawful(machine, case, kind))
            told = [effect.portal for effect in after.effects if effect.kind == "tell_portal"]
            if after.portal == case.portal:
                assert told == []
            else:
                assert told == [after.portal] == [dossier.portal_status(after)]
                assert after.portal in moves[str(case.portal)]


def test_the_whole_story_at_the_desk() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = story(
        machine,
        opened(machine),
        "received",
        "transferred",
        "assigned",
        "supplement_requested",
        "supplemented",
        "financial_obligation_set",
        "financial_obligation_met",
        "approved",
        "result_handed_over",
        "delivered",
    )
    assert case.state == "delivered"
    assert case.clock.phase == "stopped"
    assert machine.allowed(case) == ()
    codes = [machine.replay(case.events[:n]).portal for n in range(1, 12)]
    assert codes == [1, 2, 4, 4, 5, 4, 6, 4, 4, 9, 10]


def test_the_forms_are_those_of_the_edition() -> None:
    forms = {}
    for edition in EDITIONS:
        machine = dossier.machine(edition)
        cases = reached(edition)
        for state, kind in (
            ("presented", "received"),
            ("processing", "supplement_requested"),
            ("presented", "not_received"),
            ("processing", "extended"),
            ("processing", "stopped"),
            ("withdrawal_requested", "withdrawal_granted"),
            ("processing", "linked_handed_over"),
        ):
            after = machine.step(cases[state], lawful(machine, cases[state], kind))
            forms[edition, kind] = [effect.form for effect in after.effects if effect.kind == "issue_form"]
    for edition in EDITIONS:
        assert forms[edition, "received"] == ["01"]
        assert forms[edition, "supplement_requested"] == ["02"]
        assert forms[edition, "not_received"] == ["03"]
        assert forms[edition, "extended"] == ["04"]
        assert forms[edition, "stopped"] == []
    # The stop notice of Circular 03/2025, art. 7, answers the applicant; Circular 01/2018 had none.
    assert [forms[edition, "withdrawal_granted"] for edition in EDITIONS] == [[], ["05"], ["05"]]
    assert [forms[edition, "linked_handed_over"] for edition in EDITIONS] == [[], ["transfer_slip"], ["transfer_slip"]]


def test_a_refused_withdrawal_goes_back_to_where_the_dossier_was() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    for state in ("registered_online", "received", "supplement_requested", "awaiting_payment", "opinion_asked"):
        case = reached(machine.id)[state]
        asked = machine.step(case, lawful(machine, case, "withdrawal_requested"))
        assert (asked.portal, asked.clock) == (7, case.clock)
        back = machine.step(asked, lawful(machine, asked, "withdrawal_refused"))
        assert (back.state, back.clock, back.portal, back.origin) == (state, case.clock, case.portal, None)


def test_an_unknown_event_is_not_a_refusal_of_law() -> None:
    machine = dossier.machine("vn@decree-61-2018")
    case = opened(machine)
    with pytest.raises(UnknownCodeError) as unknown:
        machine.step(case, Event(kind="receiveed", at=case.events[-1].at))
    assert unknown.value.suggestions[0] == "received"


def test_a_dossier_is_created_once() -> None:
    machine = dossier.machine("vn@decree-61-2018")
    case = opened(machine)
    with pytest.raises(TransitionNotAllowedError) as refused:
        machine.step(case, case.events[0])
    assert refused.value.event == "created"


def test_what_is_over_says_so() -> None:
    machine = dossier.machine("vn@decree-61-2018")
    case = reached(machine.id)["withdrawn"]
    with pytest.raises(TransitionNotAllowedError) as refused:
        machine.step(case, Event(kind="received", at=case.events[-1].at + HOUR))
    assert not isinstance(refused.value, GuardError)
    assert "final" in str(refused.value)
