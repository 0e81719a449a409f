"""The shipped tables are sound and say how firm they are; a bad local edition is refused with every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from onestop_core import dossier
from onestop_core.dossier import Machine
from onestop_core.dossier.lifecycle import EventKind, Lifecycle, RoleCode, StateCode, editions, find, problems
from onestop_core.errors import GuardError, InvalidDocumentError, UnknownCodeError, UnsupportedSchemaVersionError
from onestop_core.model import Firmness
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

from .driving import EDITIONS, opened, story

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = tuple(edition.partition("@")[2] for edition in EDITIONS)
OTHER_FILES = (
    *("vn-feedback@decree-20-2008", "vn-complaint@law-02-2011", "vn-complaint@decree-155-2026"),
    "vn-data-request@law-91-2025",
)
"""The lifecycles of what a desk handles beside its dossiers."""
ALL = (*EDITIONS, *OTHER_FILES)


def table(name: str = NAMES[0]) -> dict[str, Any]:
    document: dict[str, Any] = resources.data(f"vn/lifecycle/{name}")
    return document


def found(rows: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    return next(row for row in rows if all(row[name] == value for name, value in fields.items()))


@pytest.mark.parametrize("name", [edition.partition("@")[2] for edition in ALL])
def test_a_shipped_table_is_valid_and_sound(name: str) -> None:
    assert check_schema(table(name), "lifecycle") == ()
    edition = dossier.load_lifecycle(table(name))
    assert problems(edition) == ()
    assert find(edition.id) == edition
    assert structure(unstructure(edition), Lifecycle) == edition


def test_the_shipped_editions_are_all_here() -> None:
    assert resources.data_names("vn/lifecycle") == tuple(sorted(edition.partition("@")[2] for edition in ALL))
    assert {edition.reference for edition in editions()} == set(ALL)


def test_the_codes_that_editors_complete_are_those_of_the_tables() -> None:
    tables = [find(edition) for edition in EDITIONS]
    assert set(get_args(EventKind)) == {event.code for table in tables for event in table.events}
    assert set(get_args(StateCode)) == {state.code for table in tables for state in table.states}
    assert set(get_args(RoleCode)) == {role for table in tables for role in table.roles}


def test_a_machine_cites_its_instrument() -> None:
    assert [dossier.machine(edition).basis.cite().en for edition in EDITIONS] == [
        "Decree 61/2018/NĐ-CP",
        "Decree 118/2025/NĐ-CP",
        "Decree 118/2025/NĐ-CP",
    ]


def test_a_row_is_found_by_its_code() -> None:
    lifecycle = find(EDITIONS[0])
    assert lifecycle.state("delivered").terminal
    assert lifecycle.event("refused").needs_reason
    with pytest.raises(UnknownCodeError) as unknown:
        lifecycle.state("receiveed")
    assert "received" in unknown.value.suggestions


@pytest.mark.parametrize("edition", ALL)
def test_what_was_not_read_is_never_presented_as_law(edition: str) -> None:
    bases = find(edition).bases.values()
    assert not [basis for basis in bases if basis.firmness is Firmness.RECALLED]
    assert all(basis.note is not None for basis in bases if basis.firmness is Firmness.INFERRED)
    whole = find(edition).bases[find(edition).basis]
    assert all(basis.article for basis in bases if basis.firmness.is_law and basis is not whole)


def test_the_assumptions_of_an_edition_can_be_listed() -> None:
    old, new, amended = (dict(find(edition).assumptions()) for edition in EDITIONS)
    # Art. 11(2)(c) of 2018 was read as once; that of 2025 names no stage.
    assert "parameters.max_supplements" not in old
    assert {"parameters.max_supplements", "parameters.max_suspensions"} <= set(new)
    assert "transitions.supplement_requested.supplemented" not in {**old, **new, **amended}
    assert {"states.received_elsewhere", "guards.content_changed_online"} <= set(amended) - set(new)
    assert all(not basis.firmness.is_law for rows in (old, new, amended) for basis in rows.values())


def test_the_amendment_changes_what_it_says_and_nothing_else() -> None:
    # Decree 309/2026: the start of the time, the kiosk, the reasons of data; every other row is that of the decree.
    before, after = (table(name) for name in NAMES[1:])
    assert {part for part in after if before.get(part) != after[part]} == {
        *("id", "title", "in_force_from", "notes", "bases", "reasons", "initial"),
        *("states", "events", "transitions", "guards"),
    }
    assert set(before) - set(after) == {"in_force_to"}

    def rows(document: dict[str, Any], part: str) -> set[str]:
        return {json.dumps(row, sort_keys=True) for row in document[part]}

    new = {
        part: {row.get("code", row.get("event")) for row in map(json.loads, rows(after, part) - rows(before, part))}
        for part in ("states", "events", "guards", "transitions")
    }
    assert new == {
        "states": {"received_elsewhere", "on_its_way"},
        "events": {"arrived"},
        "guards": {"competent_to_take_over", "content_changed_online", "not_in_database"},
        "transitions": {
            *("received", "transferred", "arrived", "guided", "papers_lost"),
            *("content_changed", "withdrawal_requested"),
        },
    }
    gone = {part: rows(before, part) - rows(after, part) for part in ("states", "events")}
    assert not any(gone.values())
    places = [(row["event"], *row["states"]) for row in before["transitions"]]
    kept = [
        (row["event"], *(state for state in row["states"] if state not in {"received_elsewhere", "on_its_way"}))
        for row in after["transitions"]
        if not row.get("elsewhere")
        and row["states"] not in (["received_elsewhere"], ["received_elsewhere", "on_its_way"])
    ]
    assert places == kept


def test_a_local_edition_runs() -> None:
    document = table()
    document["id"] = "hanoi@2026"
    document["parameters"]["max_supplements"]["value"] = 3
    machine = Machine(lifecycle=dossier.load_lifecycle(document))
    case = story(machine, opened(machine), "received", "assigned", *["supplement_requested", "supplemented"] * 3)
    assert case.lifecycle == "hanoi@2026"
    assert "supplement_requested" not in machine.allowed(case)


def test_a_local_edition_of_another_schema_version_is_said_so() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        dossier.load_lifecycle(table() | {"schema_version": "2.0"})


def drop_row(event: str, state: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        row = next(r for r in document["transitions"] if r["event"] == event and state in r["states"])
        row["states"].remove(state)
        if not row["states"]:
            document["transitions"].remove(row)

    return change


def add_row(state: str, event: str, to: str, **fields: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        document["transitions"].append({"states": [state], "event": event, "to": to, "basis": "practice", **fields})

    return change


def set_in(section: str, code: str, **fields: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        found(document[section], code=code).update(fields)

    return change


def remove_initial(document: Any) -> None:
    del document["initial"]["post"]


LAST = len(table()["transitions"])
NO_STOP = next(n for n, guard in enumerate(table()["guards"]) if guard["code"] == "no_stop_after_result")
BAD = {
    "a state twice": (lambda d: d["states"].append(d["states"][0]), "repeated", "states[21].code"),
    "an unknown basis": (set_in("states", "received", basis="nothing"), "unknown-name", "states[5].basis"),
    "an unknown main basis": (lambda d: d.update(basis="nothing"), "unknown-name", "$.basis"),
    "an unknown role": (set_in("events", "received", roles=["wizard"]), "unknown-name", "events[0].roles"),
    "an unknown form": (set_in("events", "received", form="99"), "unknown-name", "events[0].form"),
    "an unknown target": (add_row("received", "delivered", "paradise"), "unknown-name", f"transitions[{LAST}].to"),
    "an unknown event": (add_row("received", "dance", "stay"), "unknown-name", f"transitions[{LAST}].event"),
    "an unknown state of a guard": (
        set_in("guards", "one_extension", states=["paradise"]),
        "unknown-name",
        "guards[2].states",
    ),
    "an unknown parameter": (
        set_in("guards", "one_extension", parameter="max_smiles"),
        "unknown-name",
        "guards[2].parameter",
    ),
    "an unknown portal code": (lambda d: d["portal"]["statuses"].pop("5"), "unknown-name", "states[2].portal"),
    "a missing parameter": (lambda d: d["parameters"].pop("decide_at_desk"), "unknown-name", "guards[7].parameter"),
    "a parameter that nothing reads": (
        lambda d: d["parameters"].update(smiles=d["parameters"]["max_extensions"]),
        "parameter",
        "parameters.smiles",
    ),
    "a parameter that no guard misses": (
        lambda d: d["parameters"].pop("supplement_clock"),
        "clock",
        ".clock_by",
    ),
    "a parameter of the wrong kind": (
        lambda d: d["parameters"]["max_extensions"].update(value=True),
        "parameter",
        "$.parameters",
    ),
    "a guard with a parameter of the wrong kind": (
        set_in("guards", "one_extension", parameter="decide_at_desk"),
        "guard",
        "guards[2].parameter",
    ),
    "a guard without its parameter": (
        lambda d: found(d["guards"], code="one_extension").pop("parameter"),
        "guard",
        "guards[2].parameter",
    ),
    "a guard with a parameter too many": (
        set_in("guards", "extension_is_later", parameter="max_extensions"),
        "guard",
        "guards[5].parameter",
    ),
    "a guard on a transition that is not there": (
        set_in("guards", "one_extension", states=["received"]),
        "guard",
        "guards[2]",
    ),
    "a refusal of a transition that is there": (
        set_in("guards", "no_stop_after_result", states=["received"]),
        "guard",
        f"guards[{NO_STOP}]",
    ),
    "a refusal that names no state": (
        lambda d: found(d["guards"], code="no_stop_after_result").pop("states"),
        "guard",
        f"guards[{NO_STOP}]",
    ),
    "two rows for one pair": (
        add_row("received", "transferred", "processing"),
        "deterministic",
        f"transitions[{LAST}]",
    ),
    "an event that no state takes": (drop_row("opinion_lapsed", "opinion_asked"), "unused", "events[10]"),
    "a state that cannot be reached": (drop_row("opinion_asked", "processing"), "reachable", "states[9]"),
    "a state without a way out": (drop_row("result_handed_over", "approved"), "co-reachable", "states[14]"),
    "an end that goes on": (add_row("delivered", "result_handed_over", "stay"), "closed", "states[17]"),
    "a clock that is paused before it started": (
        add_row("presented", "suspended", "suspended", clock="pause"),
        "clock",
        f"transitions[{LAST}].clock",
    ),
    "a detour that touches the clock": (
        add_row("approved", "withdrawal_requested", "withdrawal_requested", clock="pause"),
        "clock",
        f"transitions[{LAST}].clock",
    ),
    "an end whose clock runs": (set_in("states", "withdrawn", clock=["running"]), "clock", "states[19].clock"),
    "a beginning whose clock runs": (
        lambda d: d["initial"].update(post="received"),
        "clock",
        "initial.post",
    ),
    "a beginning that is a detour": (
        lambda d: d["initial"].update(post="withdrawal_requested"),
        "detour",
        "initial.post",
    ),
    "a move that the portal does not make": (
        add_row("awaiting_payment", "approved", "result_at_desk", clock="stop"),
        "portal",
        f"transitions[{LAST}]",
    ),
}


def axis(code: str, **fields: Any) -> Callable[[Any], None]:
    return set_in("axes", code, **fields)


def move(code: str, number: int, **fields: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        found(document["axes"], code=code)["moves"][number].update(fields)

    return change


def guard_with(code: str, **fields: Any) -> Callable[[Any], None]:
    return set_in("guards", code, **fields)


BAD |= {
    "a number beside a parameter": (guard_with("one_extension", number=2), "guard", "].number"),
    "a number that nothing counts": (guard_with("papers_complete", number=2), "guard", "].number"),
    "events at which a condition does not look": (
        guard_with("papers_complete", since=["received"]),
        "guard",
        "].since",
    ),
    "no event after which it may come": (
        lambda d: found(d["guards"], code="papers_complete").update(condition="after_event"),
        "guard",
        "].since",
    ),
    "an event to look at that there is not": (
        guard_with("one_extension", since=["smiled"]),
        "unknown-name",
        "].since",
    ),
    "days in the wrong order": (
        guard_with("one_extension", in_force_from="2026-07-02", in_force_to="2026-07-01"),
        "guard",
        "].in_force_to",
    ),
    "a reason to give that there is not": (
        set_in("events", "extended", reason_codes=["smiles"]),
        "unknown-name",
        "].reason_codes",
    ),
    "a portal that states do not follow": (
        lambda d: d.pop("portal"),
        "unknown-name",
        "].portal",
    ),
}
BAD |= {
    "an axis twice": (lambda d: d["axes"].append(d["axes"][0]), "repeated", "axes[4].code"),
    "a state of an axis twice": (
        lambda d: d["axes"][0]["states"].append(d["axes"][0]["states"][0]),
        "repeated",
        "axes[0].states[5].code",
    ),
    "an axis that begins nowhere": (axis("payment", initial="rich"), "unknown-name", "axes[0].initial"),
    "an axis that falls back to nowhere": (
        axis("sync", on_portal_change="lost"),
        "unknown-name",
        "axes[3].on_portal_change",
    ),
    "an axis without a basis": (axis("payment", basis="nothing"), "unknown-name", "axes[0].basis"),
    "an axis moved by nothing": (move("payment", 0, event="dance"), "unknown-name", "axes[0].moves[0].event"),
    "an axis that leads nowhere": (move("payment", 0, to="rich"), "unknown-name", "axes[0].moves[0].to"),
    "an axis from nowhere": (move("payment", 0, origins=["rich"]), "unknown-name", "axes[0].moves[0].origins"),
    "an axis in no state": (move("archive", 0, states=["rich"]), "unknown-name", "axes[2].moves[0].states"),
    "a move without a basis": (move("payment", 0, basis="nothing"), "unknown-name", "axes[0].moves[0].basis"),
    "two moves from one place": (
        lambda d: d["axes"][0]["moves"].append({**d["axes"][0]["moves"][2], "to": "waived"}),
        "deterministic",
        "axes[0].moves[6]",
    ),
    "an axis state that cannot be reached": (
        lambda d: d["axes"][0]["moves"].pop(),
        "reachable",
        "axes[0].states[4]",
    ),
    "an unknown holder": (set_in("states", "received", holder="wizard"), "unknown-name", "states[5].holder"),
    "a guard on no axis": (set_in("guards", "fee_before_receipt", axis="luck"), "unknown-name", ".axis"),
    "a guard that names no state of its axis": (
        lambda d: found(d["guards"], code="fee_before_receipt").pop("axis_states"),
        "unknown-name",
        ".axis_states",
    ),
    "a guard on a state that its axis lacks": (
        set_in("guards", "fee_before_receipt", axis_states=["rich"]),
        "unknown-name",
        ".axis_states",
    ),
    "a guard on no step": (set_in("guards", "fee_before_receipt", value="dance"), "unknown-name", ".value"),
    "a guard with an axis too many": (set_in("guards", "one_extension", axis="payment"), "guard", "guards[2]"),
    "a guard with a value too many": (set_in("guards", "one_extension", value="receipt"), "guard", "guards[2]"),
    "a guard with axis states too many": (
        set_in("guards", "one_extension", axis_states=["paid"]),
        "guard",
        "guards[2]",
    ),
    "a guard without units": (
        lambda d: found(d["guards"], code="receiving_unit").pop("units"),
        "guard",
        ".units",
    ),
    "a guard with units too many": (
        set_in("guards", "one_extension", units=["receiving_unit"]),
        "guard",
        "guards[2].units",
    ),
    "linked work handed over twice": (
        lambda d: d["guards"].remove(found(d["guards"], code="task_is_new")),
        "guard",
        ".task",
    ),
    "linked work that comes back from nowhere": (
        set_in("guards", "task_is_open", states=["processing"]),
        "guard",
        ".task",
    ),
}


@pytest.mark.parametrize(("change", "rule", "place"), BAD.values(), ids=BAD)
def test_a_bad_edition_is_refused(change: Callable[[Any], Any], rule: str, place: str) -> None:
    document = table()
    change(document)
    with pytest.raises(InvalidDocumentError) as error:
        dossier.load_lifecycle(document)
    reported = {(problem.rule, problem.path) for problem in error.value.problems}
    assert any(r == f"lifecycle/{rule}" and place in path for r, path in reported), reported


def change_twice(document: Any) -> None:
    """Break a row of each kind that the others leave whole."""
    add_row("suspended", "opinion_lapsed", "back")(document)
    add_row("withdrawal_requested", "assigned", "stay", clock="pause")(document)
    add_row("suspended", "opinion_given", "back", clock="pause")(document)
    remove_initial(document)
    next(row for row in document["transitions"] if "clock_by" in row)["clock_by"].pop("pause")


def reported(change: Callable[[Any], Any]) -> list[list[str]]:
    document = table()
    change(document)
    return [[p.path, p.rule, p.text.vi, p.text.en] for p in problems(structure(document, Lifecycle))]


def without(section: str, code: str, name: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        del found(document[section], code=code)[name]

    return change


def in_row(event: str, **fields: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        next(row for row in document["transitions"] if row["event"] == event).update(fields)

    return change


FACTS = {
    "nothing receives the dossier": (without("events", "received", "receives"), "facts", "$.events"),
    "an event that receives and starts nothing": (
        set_in("events", "assigned", receives=True),
        "facts",
        "transitions",
    ),
    "an end of handling that does not say how": (without("states", "stopped", "outcome"), "facts", "$.states[20]"),
    "an outcome while the time goes on": (
        set_in("states", "approved", outcome="done"),
        "facts",
        "$.states[14].outcome",
    ),
    "a wait for papers that nobody asked for": (
        without("events", "supplement_requested", "asks_papers"),
        "facts",
        "transitions",
    ),
    "papers that are asked for and never handed in": (
        lambda d: [event.pop("hands_in", None) for event in d["events"]],
        "facts",
        "$.events",
    ),
    "an extension without an appointment": (set_in("events", "extended", due="optional"), "facts", ".clock"),
    "an appointment when the time is over": (set_in("events", "delivered", due="optional"), "facts", "transitions"),
    "an appointment beside the states": (set_in("events", "result_notified", due="optional"), "facts", ".due"),
    "an extension of what has not begun": (
        add_row("presented", "extended", "stay", clock="extend"),
        "clock",
        ".clock",
    ),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_table_says_what_the_facts_need(name: str) -> None:
    change, rule, place = FACTS[name]
    assert any(said_rule == f"lifecycle/{rule}" and place in path for path, said_rule, _, _ in reported(change))


GOLDEN = Path(__file__).parent / "golden" / "bad-editions.json"
EVERY = {
    **BAD,
    **FACTS,
    "an event and a guard twice": (
        lambda d: (d["events"].append(d["events"][0]), d["guards"].append(d["guards"][0])),
        "",
        "",
    ),
    "a wrong main basis and roles basis": (lambda d: d.update(basis="x", roles_basis="y"), "", ""),
    "portal codes that no portal has": (
        lambda d: d["portal"]["statuses"].update({"0": {"vi": "x", "en": "x"}}),
        "",
        "",
    ),
    "states with codes that no portal has": (
        lambda d: (
            d["portal"]["statuses"].update({"0": {"vi": "x", "en": "x"}, "11": {"vi": "x", "en": "x"}}),
            d["states"][0].update(portal=0),
            d["states"][1].update(portal=11),
        ),
        "",
        "",
    ),
    "a state from which the portal lets nothing go": (lambda d: d["portal"]["moves"].pop("9"), "", ""),
    "several faults of rows and detours": (change_twice, "", ""),
}


def test_what_is_said_of_bad_editions_was_read_and_approved() -> None:
    said = {name: reported(change) for name, (change, _, _) in EVERY.items()}
    assert said == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_a_bad_edition_is_named() -> None:
    document = table() | {"id": "bad@1"}
    document["states"].append(document["states"][0])
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_lifecycle(document)
    assert caught.value.source == "bad@1"


@pytest.mark.parametrize(
    "change",
    [
        {"strikes": True},
        {"strikes": True, "needs_reason": True, "due": "optional"},
        {"strikes": True, "hands_in": True},
    ],
)
def test_an_event_that_strikes_others_moves_nothing_itself(change: dict[str, Any]) -> None:
    document = table()
    next(event for event in document["events"] if event["code"] == "assigned").update(change)
    with pytest.raises(InvalidDocumentError) as error:
        dossier.load_lifecycle(document)
    assert {problem.rule for problem in error.value.problems} == {"lifecycle/striking"}


def test_an_event_that_strikes_others_asks_why() -> None:
    document = table()
    del next(event for event in document["events"] if event["code"] == "struck")["needs_reason"]
    with pytest.raises(InvalidDocumentError, match="needs a reason"):
        dossier.load_lifecycle(document)


def test_a_detour_is_not_entered_from_a_detour() -> None:
    document = table()
    add_row("suspended", "opinion_lapsed", "back")(document)
    with pytest.raises(InvalidDocumentError) as error:
        dossier.load_lifecycle(document)
    assert "lifecycle/detour" in {problem.rule for problem in error.value.problems}


def test_a_channel_without_a_beginning_and_half_a_choice_are_refused_by_the_schema_and_by_the_checks() -> None:
    document = table()
    remove_initial(document)
    row = next(row for row in document["transitions"] if "clock_by" in row)
    del row["clock_by"]["pause"]
    assert {problem.path for problem in check_schema(document, "lifecycle")} == {
        "$.initial",
        "$.transitions[23].clock_by",
    }
    reported = {problem.rule for problem in problems(structure(document, Lifecycle))}
    assert {"lifecycle/total", "lifecycle/clock"} <= reported
    with pytest.raises(InvalidDocumentError):
        Machine(lifecycle=structure(document, Lifecycle))


def faults(change: Callable[[Any], None]) -> list[tuple[str, str]]:
    document = table()
    change(document)
    return [(problem.rule, problem.text.en) for problem in problems(structure(document, Lifecycle))]


def test_a_detour_that_only_leads_back_is_a_way_out() -> None:
    def only_back(document: Any) -> None:
        for row in list(document["transitions"]):
            if "withdrawal_requested" in row["states"] and row["to"] != "back":
                document["transitions"].remove(row)

    found = faults(only_back)
    assert ("lifecycle/reachable", "withdrawn cannot be reached") in found
    assert [text for rule, text in found if rule == "lifecycle/co-reachable"] == []


def test_an_event_that_stays_outside_a_detour_may_move_the_clock() -> None:
    def restarting(document: Any) -> None:
        next(row for row in document["transitions"] if row["event"] == "assigned" and row["to"] == "stay")["clock"] = (
            "restart"
        )

    assert faults(restarting) == []


def test_a_way_that_the_portal_does_not_know_is_said_once() -> None:
    def twice(document: Any) -> None:
        for event in ("delivered", "result_handed_over"):
            add_row("received", event, "delivered", clock="stop")(document)

    assert [rule for rule, _ in faults(twice)].count("lifecycle/portal") == 1


AMENDED = NAMES[2]


def row_of(document: dict[str, Any], event: str, *, elsewhere: bool = False) -> dict[str, Any]:
    return next(r for r in document["transitions"] if r["event"] == event and r.get("elsewhere", False) is elsewhere)


NEW_FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a way for those elsewhere and none for the others": (
        lambda d: d["transitions"].append(
            {**row_of(d, "approved"), "states": ["suspended"], "to": "approved", "elsewhere": True}
        ),
        "total",
    ),
    "two ways for those elsewhere": (
        lambda d: d["transitions"].append(dict(row_of(d, "received", elsewhere=True))),
        "deterministic",
    ),
    "a time that begins at once for those elsewhere": (
        lambda d: row_of(d, "received", elsewhere=True).update(to="received", clock="start"),
        "facts",
    ),
    "a time that begins later where nobody is elsewhere": (
        lambda d: d.update(transitions=[r for r in d["transitions"] if not r.get("elsewhere")]),
        "facts",
    ),
    "a choice by a parameter that the table lacks": (
        lambda d: d["parameters"].pop("content_change_clock"),
        "clock",
    ),
    "a choice without one of its values": (
        lambda d: next(r for r in d["transitions"] if r.get("clock_parameter")).update(
            clock_by={"restart": "restart", "pause": "resume"}
        ),
        "clock",
    ),
    "a guard about the channel without any": (
        lambda d: found(d["guards"], code="content_changed_online").pop("channels"),
        "guard",
    ),
    "a channel where no guard asks": (
        lambda d: found(d["guards"], code="closing_due").update(channels=["online"]),
        "guard",
    ),
    "reasons where no guard asks": (
        lambda d: found(d["guards"], code="closing_due").update(reasons=["verification"]),
        "guard",
    ),
    "a reason that the table lacks": (
        lambda d: found(d["guards"], code="not_in_database").update(reasons=["whim"]),
        "unknown-name",
    ),
    "a guard to a unit without any": (lambda d: found(d["guards"], code="through_the_desk").pop("units"), "guard"),
    "a form with a basis that the table lacks": (
        lambda d: d["forms"]["01"].update(circular_basis="nothing"),
        "unknown-name",
    ),
    "no limit where a number is asked": (
        lambda d: d["parameters"]["closing_days"].update(value=None),
        "guard",
    ),
}


@pytest.mark.parametrize("name", NEW_FAULTS)
def test_what_the_amendment_brought_is_held_to_the_rules_of_tables(name: str) -> None:
    change, rule = NEW_FAULTS[name]
    document = json.loads(json.dumps(table(AMENDED)))
    change(document)
    assert rule in {problem.rule.removeprefix("lifecycle/") for problem in problems(structure(document, Lifecycle))}


def test_an_edition_need_not_have_what_came_later() -> None:
    # Decree 61/2018 has neither the shared count nor the closing, and its policies may name them all the same.
    old = dossier.machine(EDITIONS[0])
    assert "closing_days" not in old.lifecycle.parameters
    case = opened(old, policy=dossier.Policy(closing_days=3, max_supplements_total=1))
    assert story(old, case, "received").state == "received"


def test_where_nothing_was_asked_for_no_wait_is_over() -> None:
    document = json.loads(json.dumps(table(NAMES[1]))) | {"id": "own@1"}
    guard = found(document["guards"], code="closing_due")
    document["guards"].append({**guard, "code": "waits", "event": "assigned"})
    machine = Machine(lifecycle=dossier.load_lifecycle(document))
    case = story(machine, opened(machine), "received")
    with pytest.raises(GuardError, match="waits"):
        story(machine, case, "assigned")
