"""Event logs for tools of process mining: OCEL 2.0 (JSON) and XES (IEEE 1849).

Both carry what the events say and the state after each; an OCEL log also relates each event to the dossier, its
procedure, the people and the units. Times keep their offset. Nothing about the applicant is written: the events of
a dossier hold none of it unless a host puts it into a reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from onestop_core.dossier.case import Dossier
from onestop_core.errors import InvalidValueError
from onestop_core.model.series import each_of
from onestop_core.rules.converter import unstructure
from onestop_core.text.safe import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.dossier.events.event import Event

__all__ = ["to_ocel", "to_xes"]

_ATTRIBUTES: Final = {"state": "string", "role": "string", "reason": "string", "task": "string", "amount": "string"}
_PEOPLE: Final = (("actor", "person", "done by"), ("to_actor", "person", "handed to"))
_UNITS: Final = (("unit", "unit", "done for"), ("to_unit", "unit", "handed to"))
_DOSSIER: Final = ("procedure", "channel", "lifecycle")


def to_ocel(dossiers: Iterable[Dossier]) -> dict[str, Any]:
    """Return the events of *dossiers* as an OCEL 2.0 log in JSON types.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> log = to_ocel([m.new(id="H26.12-260212-0001", procedure="1.004222", channel="online", at=at, actor="lan")])
    >>> [event["type"] for event in log["events"]], [thing["type"] for thing in log["objects"]]
    (['created'], ['dossier', 'procedure', 'person'])

    A dossier that comes twice, or in an earlier state beside a later one, is written once, in its latest state.

    Raises:
        InvalidValueError: two logs of one id that disagree: their events would bear the same ids.

    Source: OCEL 2.0 specification, JSON format.
    """
    objects: dict[tuple[str, str], dict[str, Any]] = {}
    events: list[dict[str, Any]] = []

    def thing(kind: str, name: str) -> str:
        found = objects.setdefault((kind, name), {"id": f"{kind}:{name}", "type": kind, "attributes": []})
        return str(found["id"])

    for dossier in _latest(dossiers):
        case = thing("dossier", dossier.id)
        opened = dossier.events[0].at.isoformat()
        values = {name: str(getattr(dossier, name)) for name in _DOSSIER}
        objects["dossier", dossier.id] |= {
            "attributes": [{"name": name, "time": opened, "value": value} for name, value in values.items()],
            "relationships": [{"objectId": thing("procedure", dossier.procedure), "qualifier": "is a case of"}],
        }
        for number, (event, state) in enumerate(zip(dossier.events, dossier.states, strict=True)):
            if number in dossier.struck:
                continue
            related = [{"objectId": case, "qualifier": "concerns"}]
            if event.opening is not None:
                related.append({"objectId": thing("procedure", dossier.procedure), "qualifier": "asks for"})
            for field, kind, qualifier in (*_PEOPLE, *_UNITS):
                name = getattr(event, field)
                if name is not None:
                    related.append({"objectId": thing(kind, name), "qualifier": qualifier})
            events.append(
                {
                    "id": f"{case}#{number}",
                    "type": event.kind,
                    "time": event.at.isoformat(),
                    "attributes": [{"name": name, "value": value} for name, value in _values(event, state)],
                    "relationships": related,
                }
            )
    return {
        "objectTypes": [
            {
                "name": kind,
                "attributes": [{"name": n, "type": "string"} for n in (_DOSSIER if kind == "dossier" else ())],
            }
            for kind in dict.fromkeys(kind for kind, _ in objects)
        ],
        "eventTypes": [
            {"name": kind, "attributes": [{"name": name, "type": given} for name, given in _ATTRIBUTES.items()]}
            for kind in dict.fromkeys(event["type"] for event in events)
        ],
        "objects": list(objects.values()),
        "events": events,
    }


def _values(event: Event, state: str) -> Iterator[tuple[str, str]]:
    given = {**unstructure(event), "state": state}
    for name in _ATTRIBUTES:
        if name in given:
            yield name, given[name]


_XES: Final = "http://www.xes-standard.org/"
_EXTENSIONS: Final = (("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle"))


def to_xes(dossiers: Iterable[Dossier]) -> str:
    """Return the events of *dossiers* as an XES log: one trace a dossier.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> print(to_xes([m.new(id="1", procedure="1.004222", channel="online", at=at)]))
    <?xml version='1.0' encoding='UTF-8'?>
    <log xmlns="http://www.xes-standard.org/" xes.version="1849.2016" xes.features="">
    ...

    A dossier that comes twice is written once, as by :func:`to_ocel`. Characters that XML cannot carry are written
    as U+FFFD.

    Raises:
        InvalidValueError: two logs of one id that disagree.

    Source: IEEE 1849-2016, with its standard extensions concept, time, organizational and lifecycle.
    """
    log = ET.Element("log", {"xmlns": _XES, "xes.version": "1849.2016", "xes.features": ""})
    for name, prefix in _EXTENSIONS:
        ET.SubElement(log, "extension", name=name, prefix=prefix, uri=f"{_XES}{prefix}.xesext")
    for scope, keys in (("trace", ("concept:name",)), ("event", ("concept:name", "lifecycle:transition"))):
        node = ET.SubElement(log, "global", scope=scope)
        for key in keys:
            _string(node, key, "complete" if key.startswith("lifecycle") else "UNKNOWN")
        if scope == "event":
            ET.SubElement(node, "date", key="time:timestamp", value="1970-01-01T00:00:00+00:00")
    ET.SubElement(log, "classifier", name="Event", keys="concept:name")
    for dossier in _latest(dossiers):
        trace = ET.SubElement(log, "trace")
        _string(trace, "concept:name", dossier.id)
        for name in _DOSSIER:
            _string(trace, name, str(getattr(dossier, name)))
        for event, state in dossier.standing:
            node = ET.SubElement(trace, "event")
            _string(node, "concept:name", event.kind)
            _string(node, "lifecycle:transition", "complete")
            ET.SubElement(node, "date", key="time:timestamp", value=event.at.isoformat())
            for key, value in (("org:resource", event.actor), ("org:role", event.role), ("org:group", event.unit)):
                if value is not None:
                    _string(node, key, value)
            for name, value in _values(event, state):
                if name != "role":
                    _string(node, name, value)
    ET.indent(log)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ET.tostring(log, encoding='unicode')}\n"


def _string(node: ET.Element, key: str, value: str) -> None:
    ET.SubElement(node, "string", key=key, value=xml(value))


def _latest(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Return each dossier once: of several states of one, the latest.

    Raises:
        InvalidValueError: two dossiers of one id whose logs disagree, or what is no dossier.
    """
    found: dict[str, Dossier] = {}
    for given in each_of(dossiers, Dossier, "dossiers"):
        before = found.setdefault(given.id, given)
        short, long = sorted((before, given), key=lambda case: case.version)
        if long.events[: short.version] != short.events:
            raise InvalidValueError.of(
                "dossiers",
                given.id,
                vi="mỗi hồ sơ một nhật ký; hai nhật ký của mã hồ sơ này khác nhau",
                en="one log a dossier; two logs of this id disagree",
            )
        found[given.id] = long
    return tuple(found.values())
