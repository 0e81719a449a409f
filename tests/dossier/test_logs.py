"""Event logs from outside: taken whole, or refused with the place of every fault."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event, Policy
from onestop_core.dossier.lifecycle import find
from onestop_core.errors import GuardError, InvalidDocumentError, OnestopError, UnsupportedSchemaVersionError
from onestop_core.rules.schema.schemas import check_schema

from .driving import EDITIONS, T0, opened, reached, story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG: dict[str, Any] = {
    "schema_version": "1.0",
    "lifecycle": "vn@decree-118-2025",
    "dossier": {
        "id": "H26.12-260212-0001",
        "procedure": "1.004222",
        "channel": "online",
        "at": "2026-02-12T09:30:00+07:00",
        "policy": {"supplement_clock": "pause"},
    },
    "events": [
        {"kind": "received", "at": "2026-02-12T10:00:00+07:00", "due": "2026-02-26T17:00:00+07:00", "key": "1"},
        {"kind": "assigned", "at": "2026-02-12T11:00:00+07:00", "actor": "Lan", "papers": ["đơn"]},
        {"kind": "supplement_requested", "at": "2026-02-13T09:00:00+07:00", "reason": "thiếu bản sao"},
    ],
}


def edited(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(LOG), **changes}


def refusal(document: Any) -> InvalidDocumentError:
    with pytest.raises(InvalidDocumentError) as error:
        dossier.replay(document)
    return error.value


def test_a_log_is_replayed() -> None:
    case = dossier.replay(LOG)
    assert (case.state, case.portal, case.version) == ("supplement_requested", 5, 4)
    assert case.policy == Policy(supplement_clock=dossier.lifecycle.SupplementClock.PAUSE)


def test_a_log_without_lifecycle_runs_under_the_law_of_its_day() -> None:
    document = edited()
    del document["lifecycle"]
    assert dossier.load_log(document).lifecycle == "vn@decree-118-2025"
    document["dossier"]["at"] = "2025-06-30T09:30:00+07:00"
    assert dossier.load_log(document).lifecycle == "vn@decree-61-2018"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_dossier_survives_its_own_log(edition: str) -> None:
    for case in reached(edition).values():
        document = json.loads(json.dumps(dossier.dump_log(case)))
        assert check_schema(document, "event-log") == ()
        assert dossier.replay(document) == case


def test_who_opened_it_survives_too() -> None:
    machine = dossier.machine(EDITIONS[1])
    case = machine.new(
        id="1",
        procedure="1.004222",
        procedure_version="2",
        channel="post",
        at=T0,
        actor="Lan",
        role="receiving_officer",
        unit="H26.12",
        key="k",
    )
    assert dossier.replay(dossier.dump_log(case)) == case


def test_the_refused_event_is_named() -> None:
    document = edited()
    document["events"].append({"kind": "delivered", "at": "2026-02-14T09:00:00+07:00"})
    error = refusal(document)
    assert [(p.path, p.rule) for p in error.problems] == [("$.events[3]", "lifecycle/transition-not-allowed")]
    assert error.problems[0].basis is not None


def test_a_guard_names_itself() -> None:
    document = edited()
    document["events"][2:] = [
        {"kind": "extended", "at": "2026-02-26T09:00:00+07:00", "reason": "chậm", "due": "2026-03-26T17:00:00+07:00"}
    ]
    error = refusal(document)
    assert [(p.path, p.rule) for p in error.problems] == [("$.events[2]", "lifecycle/guard/extension_before_due")]
    assert isinstance(error.__cause__, GuardError)


def test_a_clock_that_goes_backwards_is_named() -> None:
    document = edited()
    document["events"][1]["at"] = "2026-02-11T11:00:00+07:00"
    assert [(p.path, p.rule) for p in refusal(document).problems] == [("$.events[1]", "lifecycle/invalid-event")]


def test_an_unknown_event_is_named() -> None:
    document = edited()
    document["events"][1]["kind"] = "assxgned"
    (problem,) = refusal(document).problems
    assert (problem.path, problem.rule) == ("$.events[1]", "lifecycle/unknown-code")
    assert "assigned" in problem.message


def test_created_is_not_said_twice() -> None:
    document = edited()
    document["events"][1] = {"kind": "created", "at": "2026-02-12T11:00:00+07:00"}
    assert [p.path for p in refusal(document).problems] == ["$.events[1]"]


@pytest.mark.parametrize(
    ("lifecycle", "at"),
    [
        ("vn@decree-99-2099", "2026-02-12T09:30:00+07:00"),
        ("la", "2026-02-12T09:30:00+07:00"),
        ("vn", "2011-02-12T09:30:00+07:00"),
    ],
)
def test_a_lifecycle_that_is_not_there_is_named(lifecycle: str, at: str) -> None:
    document = edited(lifecycle=lifecycle)
    document["dossier"]["at"] = at
    assert [p.path for p in refusal(document).problems] == ["$.lifecycle"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d["events"][0].update(at="2026-02-12"), "$.events[0].at"),
        (lambda d: d["events"][0].update(at="2026-02-12T09:30:00"), "$.events[0].at"),
        (lambda d: d["events"][0].update(at=float("nan")), "$.events[0].at"),
        (lambda d: d["events"][0].update(reason="x" * 5_000), "$.events[0].reason"),
        (lambda d: d["events"][0].update(amount="1e9"), "$.events[0].amount"),
        (lambda d: d["events"][0].update(reason="\ud800"), "$.events[0].reason"),
        (lambda d: d["events"][0].update(opening={}), "$.events[0]"),
        (lambda d: d["dossier"].update(channel="pigeon"), "$.dossier.channel"),
        (lambda d: d["dossier"].update(policy={"max_supplements": 1_000}), "$.dossier.policy.max_supplements"),
        (lambda d: d.update(events={}), "$.events"),
        (lambda d: d["events"].extend([{}] * 3), "$.events[3]"),
    ],
)
def test_a_hostile_log_is_refused_with_its_place(change: Callable[[Any], Any], path: str) -> None:
    document = edited()
    change(document)
    assert path in {problem.path for problem in refusal(document).problems}


def test_another_version_of_the_schema_is_said_so() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        dossier.load_log(edited(schema_version="9.0"))


def test_what_only_the_event_itself_can_refuse_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # The schema is stricter than the event today; should they drift apart, the event still has its say.
    monkeypatch.setattr("onestop_core.dossier.logs.reading.ensure_valid", lambda *_, **__: None)
    document = edited()
    document["events"][1]["actor"] = ""
    document["events"][2]["amount"] = "-1"
    assert [p.path for p in refusal(document).problems] == ["$.events[1]", "$.events[2]"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["received", "vn"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(["", "lifecycle", "dossier", "events"]), st.integers(0, 2))
def test_whatever_comes_only_errors_of_ours_go_out(value: object, place: str, index: int) -> None:
    document = edited()
    if place == "":
        document["events"][index] = value
    else:
        document[place] = value
    try:
        case = dossier.replay(document)
    except OnestopError:
        return
    assert case.id == "H26.12-260212-0001"


@given(st.lists(st.sampled_from([e.code for e in dossier.machine(EDITIONS[1]).lifecycle.events]), max_size=8))
def test_any_sequence_of_known_events_is_taken_whole_or_not_at_all(kinds: list[str]) -> None:
    machine = dossier.machine(EDITIONS[1])
    document = edited(events=[{"kind": kind, "at": "2026-02-12T10:00:00+07:00", "reason": "x"} for kind in kinds])
    try:
        case = dossier.replay(document)
    except InvalidDocumentError as error:
        place = int(error.problems[0].path.removeprefix("$.events[").removesuffix("]"))
        document["events"] = document["events"][:place]
        assert dossier.replay(document).version == place + 1
    else:
        assert machine.replay(case.events) == case


def test_the_story_of_a_local_edition_needs_no_registry() -> None:
    machine = dossier.machine(EDITIONS[0])
    case = story(machine, opened(machine), "received")
    own = dossier.Machine(lifecycle=machine.lifecycle)
    assert own.replay(case.events) == case


def test_a_log_is_read_from_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_text(json.dumps(LOG), encoding="utf-8")
    assert dossier.load_log(path) == dossier.load_log(str(path)) == dossier.load_log(LOG)
    assert dossier.replay(path) == dossier.replay(LOG)
    path.write_text(json.dumps({**LOG, "events": [{"kind": "delivered", "at": "2026-12-12T09:31:00+07:00"}]}), "utf-8")
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.replay(path)
    assert caught.value.source == str(path)


def test_a_log_of_ones_own_lifecycle_is_replayed_under_it() -> None:
    own = attrs.evolve(find("vn@decree-118-2025"), id="phu-tho@2026")
    machine = dossier.machine(own)
    case = machine.step(
        machine.new(id="1", procedure="1", channel="post", at=datetime(2026, 2, 12, 2, 30, tzinfo=UTC)),
        Event("received", datetime(2026, 2, 12, 2, 30, tzinfo=UTC)),
    )
    document = dossier.dump_log(case)
    assert dossier.replay(document, lifecycle=own) == case
    del document["lifecycle"]
    assert dossier.replay(document, lifecycle=own) == case
    with pytest.raises(InvalidDocumentError, match=r"\$\.lifecycle"):
        dossier.replay(dossier.dump_log(case))
    with pytest.raises(InvalidDocumentError, match=r"\$\.lifecycle"):
        dossier.replay({**document, "lifecycle": "vn@decree-118-2025"}, lifecycle=own)


@pytest.mark.parametrize("name", ["id", "procedure", "actor", "receiving_unit"])
def test_an_opening_that_cannot_be_stored_is_named(name: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_log({**LOG, "dossier": {**LOG["dossier"], name: "a\0b"}})
    assert [problem.path for problem in caught.value.problems] == [f"$.dossier.{name}"]


def test_a_log_pinned_to_an_edition_keeps_it_whatever_the_day() -> None:
    head = {**LOG["dossier"], "at": "2026-02-12T09:30:00+07:00"}
    log = dossier.load_log({**LOG, "dossier": head, "events": [], "lifecycle": "vn@decree-61-2018"})
    assert log.lifecycle == "vn@decree-61-2018"
