"""Logs for process mining: complete, well-formed, and opened by a tool that is not ours."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event
from onestop_core.dossier.process_mining import to_ocel, to_xes
from onestop_core.errors import InvalidValueError

from .driving import EDITIONS, HOUR, T0

if TYPE_CHECKING:
    from pathlib import Path

NS = "{http://www.xes-standard.org/}"


def handled(number: int = 1, reason: str = "thiếu bản đồ") -> Dossier:
    machine = dossier.machine(EDITIONS[1])
    case = machine.new(id=f"H26.12-260212-000{number}", procedure="1.012783", channel="post", at=T0, unit="H26")
    for hour, (kind, fields) in enumerate(
        (
            ("received", {"actor": "lan", "role": "receiving_officer", "unit": "H26"}),
            ("assigned", {"actor": "head", "to_actor": "minh", "to_unit": "H26.12"}),
            ("linked_handed_over", {"task": "thuế", "to_unit": "H26.14", "due": T0 + 90 * HOUR}),
            ("supplement_requested", {"reason": reason}),
            ("supplemented", {}),
            ("financial_obligation_set", {"amount": 15_000}),
        ),
        1,
    ):
        case = machine.step(case, Event(kind=kind, at=T0 + hour * HOUR, **fields))  # type: ignore[arg-type]
    return case


CASES = [handled(1), handled(2)]


def test_an_ocel_log_relates_each_event_to_what_it_concerns() -> None:
    log = json.loads(json.dumps(to_ocel(CASES)))
    assert set(log) == {"objectTypes", "eventTypes", "objects", "events"}
    ids = [thing["id"] for thing in log["objects"]]
    assert len(ids) == len(set(ids))
    assert [thing["id"] for thing in log["objects"] if thing["type"] == "procedure"] == ["procedure:1.012783"]
    assert {kind["name"] for kind in log["objectTypes"]} == {thing["type"] for thing in log["objects"]}
    assert {kind["name"] for kind in log["eventTypes"]} == {event["type"] for event in log["events"]}
    assert len({event["id"] for event in log["events"]}) == len(log["events"]) == 14
    for event in log["events"]:
        assert {link["objectId"] for link in event["relationships"]} <= set(ids)
    assigned = log["events"][2]
    assert assigned["relationships"] == [
        {"objectId": "dossier:H26.12-260212-0001", "qualifier": "concerns"},
        {"objectId": "person:head", "qualifier": "done by"},
        {"objectId": "person:minh", "qualifier": "handed to"},
        {"objectId": "unit:H26.12", "qualifier": "handed to"},
    ]
    assert assigned["attributes"] == [{"name": "state", "value": "processing"}]
    assert assigned["time"] == "2026-02-12T11:30:00+07:00"
    assert {"name": "amount", "value": "15000"} in log["events"][6]["attributes"]
    (first, *_) = log["objects"]
    assert [row["name"] for row in first["attributes"]] == ["procedure", "channel", "lifecycle"]
    assert first["relationships"] == [{"objectId": "procedure:1.012783", "qualifier": "is a case of"}]


def test_an_xes_log_has_a_trace_for_each_dossier() -> None:
    log = ET.fromstring(to_xes(CASES))
    assert log.get("xes.version") == "1849.2016"
    traces = log.findall(f"{NS}trace")
    names = [trace.find(f"{NS}string[@key='concept:name']") for trace in traces]
    assert [name.get("value") for name in names if name is not None] == [case.id for case in CASES]
    (_, received, *_) = traces[0].findall(f"{NS}event")
    said = {node.get("key"): node.get("value") for node in received}
    assert said == {
        "concept:name": "received",
        "lifecycle:transition": "complete",
        "time:timestamp": "2026-02-12T10:30:00+07:00",
        "org:resource": "lan",
        "org:role": "receiving_officer",
        "org:group": "H26",
        "state": "received",
    }


def test_no_log_is_a_log() -> None:
    assert to_ocel([]) == {"objectTypes": [], "eventTypes": [], "objects": [], "events": []}
    assert ET.fromstring(to_xes([])).findall(f"{NS}trace") == []


@pytest.mark.parametrize("char", ["\x01", "\x1f", "\ufffe", "\x0b"])
def test_what_xml_cannot_carry_is_replaced(char: str) -> None:
    text = to_xes([handled(reason=f'<"&{char}\t\U0001f600Đ>')])
    reasons = [node.get("value") for node in ET.fromstring(text).iter(f"{NS}string") if node.get("key") == "reason"]
    assert reasons == ['<"&\ufffd\t\U0001f600Đ>']


@pytest.mark.parametrize("order", [1, -1])
def test_a_dossier_that_comes_twice_is_written_once_in_its_latest_state(order: int) -> None:
    whole, other = handled(), handled(2)
    earlier = dossier.machine(EDITIONS[1]).replay(whole.events[:3])
    given = [whole, earlier, other, whole][::order]
    assert sorted(map(str, to_ocel(given)["events"])) == sorted(map(str, to_ocel([whole, other])["events"]))
    ids = [event["id"] for event in to_ocel(given)["events"]]
    assert len(ids) == len(set(ids)) == whole.version + other.version
    assert len(ET.fromstring(to_xes(given)).findall(f"{NS}trace")) == 2


@pytest.mark.parametrize("write", [to_ocel, to_xes])
def test_two_logs_of_one_id_that_disagree_are_refused(write: Any) -> None:
    with pytest.raises(InvalidValueError, match="two logs of this id disagree"):
        write([handled(), handled(reason="khác")])


@pytest.mark.parametrize("write", [to_ocel, to_xes])
@pytest.mark.parametrize("given", [None, 7, "hồ sơ", ["hồ sơ"], [None]], ids=str)
def test_what_is_no_dossier_is_not_written(write: Any, given: Any) -> None:
    with pytest.raises(InvalidValueError, match="dossiers"):
        write(given)


def test_process_mining_tools_open_them(tmp_path: Path) -> None:
    pm4py: Any = pytest.importorskip("pm4py", reason="pm4py is not installed")
    xes, ocel = tmp_path / "log.xes", tmp_path / "log.json"
    xes.write_text(to_xes(CASES), encoding="utf-8")
    ocel.write_text(json.dumps(to_ocel(CASES)), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for faster optional readers
        frame = pm4py.read_xes(str(xes))
    assert len(frame) == 14
    assert set(frame["case:concept:name"]) == {case.id for case in CASES}
    read = pm4py.read_ocel2_json(str(ocel))
    assert len(read.events) == 14
    assert set(read.objects["ocel:type"]) == {"dossier", "procedure", "person", "unit"}
