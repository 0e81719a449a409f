"""Versions of stored rows: a newer minor one is kept as it came, a newer major one refused, renamed ones read and written back."""

from __future__ import annotations

import copy
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event
from onestop_core.dossier.events import RowTable, Upcast, row_table, rows
from onestop_core.dossier.events.rows import FIRST, VERSION, Version
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidEventError,
    InvalidValueError,
    UnsupportedSchemaVersionError,
)
from onestop_core.model import FrozenMap
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

from .driving import EDITIONS, T0, opened, story
from .test_history import LOGS, RELEASED, walks

MACHINE = dossier.machine(EDITIONS[1])
ROW: dict[str, Any] = {"kind": "received", "at": "2026-02-12T09:31:00+07:00", "actor": "Lan"}
NEWER: dict[str, Any] = {
    "schema_version": "1.9",
    "lifecycle": "vn@decree-118-2025",
    "revision": 1,
    "dossier": {
        "id": "1",
        "procedure": "1.004222",
        "channel": "in_person",
        "at": "2026-02-12T09:30:00+07:00",
        "policy": {"max_supplements": 2, "sleeps_on_sunday": True},
        "counter": 3,
        "schema_version": "1.9",
    },
    "events": [
        {**ROW, "place": {"hall": ["A", 2]}, "schema_version": "1.9"},
        {"kind": "assigned", "at": "2026-02-12T09:32:00+07:00", "schema_version": "1.1"},
    ],
    "origin": {"system": "một cửa Phú Thọ"},
}


def test_the_version_that_is_written_is_that_of_the_table_and_of_the_schema() -> None:
    assert row_table().version == VERSION
    assert resources.schema("event-log")["properties"]["schema_version"]["enum"] == [FIRST, VERSION]
    names = {field.name for field in attrs.fields(Event)} - {"unknown", "opening"}
    assert set(resources.schema("event-log")["$defs"]["event"]["properties"]) == names


def test_a_row_says_its_version_unless_it_is_the_first() -> None:
    assert Event.from_dict(ROW).to_dict() == ROW
    assert Event("received", T0).to_dict()["schema_version"] == VERSION
    for version in ("1.0", "1.1", "1.9"):
        event = Event.from_dict({**ROW, "schema_version": version})
        assert event == Event.from_dict(ROW)
        assert Event.from_dict(event.to_dict()) == event


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z]{1,8}\Z"), inner, max_size=3),
    max_leaves=6,
)
unknown = st.dictionaries(st.from_regex(r"\Anew_[a-z]{1,8}\Z"), json_values, max_size=3)


@given(unknown, unknown, unknown, st.integers(2, 9999))
def test_what_a_newer_minor_version_says_survives(
    of_row: dict[str, Any], of_head: dict[str, Any], beside: dict[str, Any], minor: int
) -> None:
    version = f"1.{minor}"
    row = {**ROW, **of_row, "schema_version": version}
    assert Event.from_dict(row).to_dict() == row
    document = {
        **NEWER,
        "dossier": {**NEWER["dossier"], **of_head, "schema_version": version},
        "events": [row],
        **beside,
    }
    document["schema_version"] = version
    log = dossier.load_log(document)
    assert dossier.dump_log(log) == document
    assert dossier.dump_log(dossier.load_log(dossier.dump_log(log, sealed=True))) == dossier.dump_log(log, sealed=True)
    case = dossier.replay(document)
    assert case.state == "received"
    stepped = story(MACHINE, case, "assigned")
    written = dossier.dump_log(stepped)
    assert written["dossier"] == document["dossier"]
    assert written["events"][0] == row
    assert written["events"][1]["schema_version"] == VERSION


def test_a_log_of_a_newer_minor_version_is_written_as_it_was() -> None:
    before = copy.deepcopy(NEWER)
    log = dossier.load_log(NEWER)
    assert before == NEWER == dossier.dump_log(log)
    assert log.unknown == FrozenMap({"origin": FrozenMap({"system": "một cửa Phú Thọ"})})
    assert log.events[0].opening is not None
    assert log.events[0].opening.policy.max_supplements == 2
    assert dossier.replay(NEWER).state == "processing"
    sealed = dossier.dump_log(log, sealed=True)
    sealed["events"][0]["place"]["hall"] = ["B"]
    with pytest.raises(InvalidDocumentError, match="event number 1 does not match"):
        dossier.load_log(sealed)


@pytest.mark.parametrize("name", LOGS)
def test_a_log_of_an_earlier_release_is_written_again_as_it_was(name: str) -> None:
    document = json.loads((RELEASED / name).read_text(encoding="utf-8"))
    assert dossier.dump_log(dossier.load_log(document)) == document
    if "seal" not in document:
        log = dossier.load_log(document)
        case = dossier.machine(log.lifecycle).replay(log.events, judge=False)
        assert dossier.dump_log(case) == document


@given(walks())
def test_every_log_that_is_written_is_read_back(case: dossier.Dossier) -> None:
    document = json.loads(json.dumps(dossier.dump_log(case)))
    assert check_schema(document, "event-log") == ()
    assert document["schema_version"] == VERSION
    assert {row["schema_version"] for row in (document["dossier"], *document["events"])} == {VERSION}
    assert dossier.dump_log(dossier.load_log(document)) == document
    assert dossier.replay(document) == case


@pytest.mark.parametrize("version", ["2.0", "9.9", "2.1"])
@pytest.mark.parametrize("place", ["document", "head", "row"])
def test_another_major_version_is_refused(version: str, place: str) -> None:
    document = copy.deepcopy(NEWER)
    {"document": document, "head": document["dossier"], "row": document["events"][0]}[place]["schema_version"] = version
    with pytest.raises(UnsupportedSchemaVersionError) as caught:
        dossier.load_log(document)
    assert (caught.value.found, caught.value.supported) == (version, ("1.0", "1.1"))
    with pytest.raises(UnsupportedSchemaVersionError):
        Event.from_dict({**ROW, "schema_version": version})


@pytest.mark.parametrize(
    "version", ["", "1", "1.x", "01.0", "1.01", "v1.0", "1.0 ", "1.99999", None, 1.0, 1, [], "1.٣"]
)
def test_what_is_no_version_is_refused_with_its_place(version: Any) -> None:
    for place in ("document", "head", "row"):
        document = copy.deepcopy(NEWER)
        node = {"document": document, "head": document["dossier"], "row": document["events"][0]}[place]
        node["schema_version"] = version
        with pytest.raises(InvalidDocumentError):
            dossier.load_log(document)
    with pytest.raises(InvalidEventError):
        Event.from_dict({**ROW, "schema_version": version})
    with pytest.raises(InvalidEventError):
        Event("received", T0, schema_version=version)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_what_our_own_versions_do_not_know_is_refused(version: str) -> None:
    with pytest.raises(InvalidEventError, match="unknown property: 'place'"):
        Event.from_dict({**ROW, "place": "A", "schema_version": version})
    with pytest.raises(InvalidEventError, match="unknown property: 'unknown'"):
        Event.from_dict({**ROW, "unknown": {}, "schema_version": version})
    document = {**copy.deepcopy(NEWER), "schema_version": version}
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_log(document)
    assert "$" in {problem.path for problem in caught.value.problems}


def test_a_hostile_field_of_a_newer_version_is_refused() -> None:
    deep: Any = "x"
    for _ in range(1_000):
        deep = [deep]
    for value in (deep, float("nan"), "\ud800", b"x", object()):
        with pytest.raises(InvalidEventError):
            Event.from_dict({**ROW, "place": value, "schema_version": "1.9"})
        document = copy.deepcopy(NEWER)
        document["origin"] = value
        with pytest.raises(InvalidDocumentError):
            dossier.load_log(document)


@pytest.mark.parametrize("value", [None, [], {1: 2}, {"a": object()}, {"place": "A"}])
def test_only_a_newer_version_says_what_is_unknown(value: Any) -> None:
    with pytest.raises(InvalidEventError):
        Event("received", T0, unknown=value)


def test_one_event_is_named_by_its_number_alone_or_in_a_list() -> None:
    for name in (3, "k"):
        row = {"kind": "struck", "at": "2026-02-12T09:31:00+07:00", "event": name}
        assert Event.from_dict(row) == Event.from_dict({**row, "event": [name]})
        document = {**NEWER, "events": [{**row, "event": name, "reason": "x"}]}
        assert dossier.load_log(document).events[1].event == (name,)


RENAMED = RowTable(
    id="renamed",
    title=row_table().title,
    version="1.3",
    upcasts=(
        Upcast(
            earlier="1.0", later="1.1", kinds=FrozenMap({"taken_in": "received_a"}), fields=FrozenMap({"who": "by"})
        ),
        Upcast(
            earlier="1.1", later="1.3", kinds=FrozenMap({"received_a": "received"}), fields=FrozenMap({"by": "actor"})
        ),
    ),
    personal=row_table().personal,
)


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "row_table", lambda: RENAMED)
    monkeypatch.setattr("onestop_core.dossier.events.event.VERSION", RENAMED.version)


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize(
    ("version", "kind", "field"),
    [
        ("1.0", "taken_in", "who"),
        ("1.1", "received_a", "by"),
        ("1.2", "received_a", "by"),
        ("1.3", "received", "actor"),
    ],
)
def test_renamed_kinds_and_fields_are_read_in_order_and_written_back(version: str, kind: str, field: str) -> None:
    at = "2026-02-12T09:31:00+07:00"
    row = {"kind": kind, "at": at, field: "Lan"} | ({} if version == FIRST else {"schema_version": version})
    event = Event.from_dict(row)
    assert (event.kind, event.actor) == ("received", "Lan")
    assert event.to_dict() == row
    document = {**NEWER, "events": [row | {"schema_version": version}]}
    log = dossier.load_log(document)
    assert dossier.replay(document).state == "received"
    sealed = dossier.dump_log(log, key=b"a secret of sixteen bytes or more")
    assert sealed["events"] == document["events"]
    assert list(sealed["seal"]["salts"][1]) == [field]
    assert dossier.load_log(sealed).events == log.events
    less = dossier.logs.redact(dossier.load_log(sealed), 1, "actor", at=T0, ground="x")
    written = dossier.dump_log(less)
    assert list(written["events"][0]["redacted"]) == [field]
    assert dossier.load_log(written, last_link=sealed["seal"]["links"][-1]) == less


def upcasts(*steps: tuple[str, str, dict[str, str], dict[str, str]]) -> list[dict[str, Any]]:
    return [{"from": old, "to": new, "kinds": kinds, "fields": fields} for old, new, kinds, fields in steps]


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([], "$.upcasts"),
        (upcasts(("1.1", "1.1", {}, {})), "$.upcasts[0].from"),
        (upcasts(("1.0", "1.2", {}, {})), "$.upcasts"),
        (upcasts(("1.0", "1.1", {"a": "c", "b": "c"}, {})), "$.upcasts[0].kinds"),
        (upcasts(("1.0", "1.1", {}, {"a": "b", "b": "a"})), "$.upcasts[0].fields"),
    ],
)
def test_a_table_that_cannot_be_followed_in_order_and_back_is_refused(steps: list[dict[str, Any]], path: str) -> None:
    document = resources.data("vn/event-rows/event-rows") | {"upcasts": steps}
    with pytest.raises(InvalidDocumentError) as caught:
        rows._TABLES.load(document)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_versions_are_ordered_as_numbers() -> None:
    assert Version(1, 10) > Version(1, 9) > Version(1, 1)
    assert Version.of("1.10") == Version(1, 10)


@pytest.mark.parametrize(
    ("lifecycle", "revision", "said"),
    [
        ("vn@decree-118-2025", 2, "vn@decree-118-2025+2"),
        ("vn", 2, "vn@decree-118-2025+2"),
        ("vn@decree-118-2025+1", 2, "+1"),
    ],
)
def test_a_revision_that_is_not_there_is_named(lifecycle: str, revision: int, said: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_log({**NEWER, "lifecycle": lifecycle, "revision": revision})
    assert [problem.path for problem in caught.value.problems] == ["$.lifecycle"]
    assert said in caught.value.problems[0].text.en


def test_a_log_names_edition_and_revision() -> None:
    document = dossier.dump_log(opened(MACHINE))
    assert (document["lifecycle"], document["revision"]) == ("vn@decree-118-2025", 1)
    assert dossier.load_log({**document, "lifecycle": "vn"}).lifecycle == "vn@decree-118-2025"
    own = attrs.evolve(MACHINE.lifecycle, revision=3)
    case = opened(dossier.machine(own))
    document = dossier.dump_log(case)
    assert (document["lifecycle"], document["revision"]) == ("vn@decree-118-2025+3", 3)
    log = dossier.load_log(document, lifecycle=own)
    assert (log.lifecycle, log.revision) == ("vn@decree-118-2025+3", 3)
    assert dossier.load_log({**document, "lifecycle": "vn@decree-118-2025"}, lifecycle=own) == log
    with pytest.raises(InvalidDocumentError, match="revision"):
        dossier.load_log({**document, "revision": 1}, lifecycle=own)


def test_a_created_event_is_a_row_too() -> None:
    event = opened(MACHINE).events[0]
    assert Event.from_dict(event.to_dict()) == event


def test_a_log_without_an_opening_is_refused_with_its_place() -> None:
    document = {name: value for name, value in NEWER.items() if name != "dossier"}
    for version in ("1.1", "1.9"):
        with pytest.raises(InvalidDocumentError) as caught:
            dossier.load_log({**document, "schema_version": version})
        assert "missing dossier" in {problem.text.en for problem in caught.value.problems}


def test_an_opening_that_says_what_was_redacted_is_refused_with_its_place() -> None:
    record = {"commitment": "0" * 64, "at": "2026-02-12T09:30:00+07:00", "ground": "x"}
    document = copy.deepcopy(NEWER)
    document["dossier"] |= {"actor": "Lan", "redacted": {"actor": record}}
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_log(document)
    assert [problem.path for problem in caught.value.problems] == ["$.dossier"]


def test_whether_to_judge_is_yes_or_no() -> None:
    for wrong in (None, 1, "no"):
        with pytest.raises(InvalidValueError):
            dossier.replay(NEWER, judge=wrong)  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError):
            MACHINE.step(opened(MACHINE), Event("received", T0), judge=wrong)  # type: ignore[arg-type]
