"""Snapshots: read back, restored to the very dossier, refused over another log, held to their log."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event
from onestop_core.dossier.logs import dump_snapshot, load_snapshot, verify_snapshot
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidValueError,
    OnestopError,
    TransitionNotAllowedError,
    UnsupportedSchemaVersionError,
)
from onestop_core.model import Clock, FrozenMap
from onestop_core.rules.schema.schemas import check_schema

from .driving import EDITIONS, GENEROUS, HOUR, opened, reached, reached_with_linked_work, story
from .test_history import walks
from .test_striking import with_strikings

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = dossier.machine(EDITIONS[1])
CASE = story(MACHINE, opened(MACHINE, policy=GENEROUS), "received", "assigned", "supplement_requested", "supplemented")
TAKEN = dossier.logs.snapshot(MACHINE.replay(CASE.events[:4]))


def read_back(case: Dossier) -> dossier.logs.Snapshot:
    document = json.loads(json.dumps(dump_snapshot(dossier.logs.snapshot(case))))
    assert check_schema(document, "dossier-snapshot") == ()
    return load_snapshot(document)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_dossier_in_every_state_is_restored(edition: str) -> None:
    for case in (*reached(edition).values(), *reached_with_linked_work(edition).values()):
        assert read_back(case) == dossier.logs.snapshot(case)
        assert dossier.logs.restore(read_back(case), case.events) == case
        assert verify_snapshot(read_back(case), case.events) == ()


@given(walks() | with_strikings(), st.integers(1, 40))
def test_what_came_after_is_stepped_on(case: Dossier, number: int) -> None:
    early = dossier.machine(case.lifecycle).replay(case.events[:number])
    for judge in (True, False):
        assert dossier.logs.restore(read_back(early), case.events, judge=judge) == case
    assert verify_snapshot(read_back(early), case.events) == ()


def mismatch(snapshot: dossier.logs.Snapshot, events: Any, **options: Any) -> str:
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.logs.restore(snapshot, events, **options)
    (problem,) = caught.value.problems
    assert problem.rule == "snapshot/mismatch"
    return problem.path


def test_a_snapshot_of_another_log_is_refused() -> None:
    assert mismatch(TAKEN, CASE.events[:3]) == "$.last_link"
    assert mismatch(TAKEN, ()) == "$.last_link"
    changed = attrs.evolve(CASE.events[2], actor="người khác")
    assert mismatch(TAKEN, (*CASE.events[:2], changed, *CASE.events[3:])) == "$.last_link"
    other = attrs.evolve(TAKEN, id="khác")
    assert mismatch(other, CASE.events) == "$.id"
    assert mismatch(TAKEN, CASE.events, lifecycle=dossier.machine(EDITIONS[0]).lifecycle) == "$.lifecycle"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("$.states", {"states": (*TAKEN.states[:-1], "flown")}),
        ("$.states", {"states": TAKEN.states[:-1]}),
        ("$.origin", {"origin": "nowhere"}),
        ("$.portal", {"portal": 10}),
        ("$.clock", {"clock": Clock()}),
        ("$.axes", {"axes": FrozenMap({})}),
        ("$.axes", {"axes": FrozenMap({**TAKEN.axes, "sync": "lost"})}),
    ],
)
def test_what_no_machine_could_go_on_from_is_refused(path: str, change: dict[str, Any]) -> None:
    assert mismatch(attrs.evolve(TAKEN, **change), CASE.events) == path


def test_a_forged_state_is_found_by_its_log() -> None:
    forged = attrs.evolve(
        TAKEN,
        states=(*TAKEN.states[:-1], "processing"),
        portal=MACHINE.lifecycle.state("processing").portal,
        clock=MACHINE.replay(CASE.events[:3]).clock,
    )
    assert dossier.logs.restore(forged, CASE.events[:4]).state == "processing"
    found = verify_snapshot(forged, CASE.events)
    assert [problem.path for problem in found] == ["$.states", "$.clock", "$.portal"]
    assert {problem.text.en for problem in found} == {"the snapshot does not match the log"}


def test_numbers_of_struck_events_are_held_to_the_log() -> None:
    with pytest.raises(InvalidValueError):
        dossier.logs.restore(attrs.evolve(TAKEN, struck=(9,)), CASE.events)


def test_what_came_after_is_judged_unless_it_is_history() -> None:
    late = Event("delivered", CASE.events[-1].at + HOUR)
    with pytest.raises(TransitionNotAllowedError):
        dossier.logs.restore(TAKEN, (*CASE.events, late))
    with pytest.raises(OnestopError):
        verify_snapshot(TAKEN, (CASE.events[0], late, *CASE.events[2:]))


def test_an_edition_of_ones_own_restores_its_own() -> None:
    own = attrs.evolve(MACHINE.lifecycle, id="phu-tho@2026", revision=2)
    case = opened(dossier.machine(own))
    taken = dossier.logs.snapshot(case)
    document = dump_snapshot(taken)
    assert (document["lifecycle"], document["revision"]) == ("phu-tho@2026+2", 2)
    assert dossier.logs.restore(load_snapshot(document), case.events, lifecycle=own) == case
    assert verify_snapshot(taken, case.events, lifecycle=own) == ()


def test_a_snapshot_is_read_from_a_file_and_held_to_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(dump_snapshot(TAKEN)), encoding="utf-8")
    assert load_snapshot(path) == load_snapshot(str(path)) == TAKEN
    document = dump_snapshot(TAKEN)
    with pytest.raises(UnsupportedSchemaVersionError):
        load_snapshot({**document, "schema_version": "2.0"})
    with pytest.raises(InvalidDocumentError, match="revision"):
        load_snapshot({**document, "revision": 7})
    wrong: list[dict[str, Any]] = [
        {"portal": 11},
        {"states": []},
        {"clock": {"phase": "asleep"}},
        {"last_link": "x"},
        {"more": 1},
    ]
    for change in wrong:
        with pytest.raises(InvalidDocumentError):
            load_snapshot({**copy.deepcopy(document), **change})


def test_it_is_printed_in_a_line_without_people() -> None:
    assert repr(TAKEN) == "<Snapshot v4 vn@decree-118-2025>"
    assert hash(TAKEN) == hash(attrs.evolve(TAKEN))
