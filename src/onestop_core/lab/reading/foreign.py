"""Logs as tools of process mining and spreadsheets hold them: XES, OCEL 2.0 and CSV, as rows of texts by dossier."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules.reading.csv_files import read_csv
from onestop_core.rules.reading.documents import MAX_BYTES
from onestop_core.text.words import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from onestop_core.lab.reading.mapping import LogMapping

__all__ = ["Row", "csv_rows", "ocel_rows", "table_rows", "xes_rows"]

Row = tuple[str, str, "dict[str, str]"]
"""The dossier, the place of the row, and its cells."""

_TITLES: Final = 20
"""Most rows down to the heading of a table: what stands above is a title."""
_XES: Final = {
    "concept:name": "event",
    "time:timestamp": "at",
    "org:resource": "actor",
    "org:role": "role",
    "org:group": "unit",
}
"""Standard attributes of an event, by our fields."""


class _NoDeclarations(ET.TreeBuilder):
    """Builds no document that declares a type: entities could make it endless."""

    def doctype(self, name: str, *_: str | None) -> None:
        raise _refused(
            "log/xml", vi=f"không nhận khai báo DOCTYPE ({name[:40]})", en=f"no DOCTYPE is taken ({name[:40]})"
        )


def _refused(rule: str, *, vi: str, en: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem.at("$", rule, vi=vi, en=en),))


def xes_rows(content: bytes) -> Iterator[Row]:
    """Yield the events of an XES log (IEEE 1849), each with the attributes of its trace under ``case:``, as tools name them.

    Raises:
        InvalidDocumentError: it is no XML, or one that declares a type.
    """
    if len(content) > MAX_BYTES:
        raise _refused("log/too-large", vi=f"lớn hơn {MAX_BYTES} byte", en=f"larger than {MAX_BYTES} bytes")
    parser = ET.XMLParser(target=_NoDeclarations())  # noqa: S314 - a document that declares anything is refused
    try:
        parser.feed(content)
        root = parser.close()
    except ET.ParseError as error:
        raise _refused("log/xml", vi=f"không phải XML ({error.code})", en=f"not XML ({error.code})") from None
    for number, trace in enumerate(each for each in root if _tag(each) == "trace"):
        head = dict(_attributes(trace))
        name = head.get("concept:name", "")
        ours = {f"case:{key}": value for key, value in head.items()} | {
            key: value for key, value in head.items() if ":" not in key
        }
        for place, node in enumerate(each for each in trace if _tag(each) == "event"):
            cells = dict(_attributes(node))
            named = {field: cells[key] for key, field in _XES.items() if key in cells}
            yield name, f"$.trace[{number}].event[{place}]", {**ours, **cells, **named}


def _tag(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _attributes(node: ET.Element) -> Iterator[tuple[str, str]]:
    for each in node:
        key, value = each.get("key"), each.get("value")
        if key is not None and value is not None:
            yield key, value


_RELATED: Final = {("person", "done by"): "actor", ("unit", "done for"): "unit", ("unit", "handed to"): "to_unit"}


def ocel_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the events of an OCEL 2.0 log, for each dossier that they concern.

    Raises:
        InvalidDocumentError: it is no such log.
    """
    try:
        things = {str(each["id"]): each for each in document["objects"]}
        for number, event in enumerate(document["events"]):
            cells = {str(each["name"]): str(each["value"]) for each in event.get("attributes", ())}
            cells |= {"event": str(event["type"]), "at": str(event["time"])}
            cases: list[str] = []
            for each in event.get("relationships", ()):
                thing = things[str(each["objectId"])]
                name = str(thing["id"]).removeprefix(f"{thing['type']}:")
                if thing["type"] == "dossier":
                    cases.append(name)
                    cells |= {str(one["name"]): str(one["value"]) for one in thing.get("attributes", ())}
                elif (field := _RELATED.get((thing["type"], each.get("qualifier")))) is not None:
                    cells[field] = name
            for case in cases:
                yield case, f"$.events[{number}]", cells
    except (KeyError, TypeError, AttributeError, ValueError):
        raise _refused("log/ocel", vi="không phải nhật ký OCEL 2.0", en="not an OCEL 2.0 log") from None


def csv_rows(content: bytes, mapping: LogMapping) -> Iterator[Row]:
    """Yield the rows of a table of events, one event a row.

    Raises:
        InvalidDocumentError: it is no CSV, or lacks a column.
    """
    return table_rows(((row.number, row.cells) for row in read_csv(content)), mapping)


def table_rows(rows: Iterable[tuple[int, Sequence[str]]], mapping: LogMapping) -> Iterator[Row]:
    """Yield the rows of a table, each with its number, below its heading: the first row that names the dossier's column.

    Raises:
        InvalidDocumentError: a column is missing.
    """
    given = iter(rows)
    column = mapping.columns.get("dossier", "dossier")
    above: list[tuple[str, ...]] = []
    for _, cells in islice(given, _TITLES):
        above.append(tuple(" ".join(nfc(each).split()) for each in cells))
        if column in above[-1]:
            break
    heads = next((each for each in reversed(above) if column in each), max(above, key=len, default=()))
    at, event = (mapping.columns.get(field, field) for field in ("at", "event"))
    needed = [column, *mapping.columns.values(), at]
    if mapping.columns.get("status", "status") not in heads:
        needed.append(event)
    if missing := [each for each in dict.fromkeys(needed) if each not in heads]:
        there = ", ".join(f"“{head[:40]}”" for head in heads[:20] if head) or "–"
        lacks = ", ".join(f"“{each[:40]}”" for each in missing[:20])
        raise _refused(
            "log/column",
            vi=f"thiếu cột {lacks}; có: {there}; bảng ánh xạ (log-mapping) cho biết cột nào là gì",
            en=f"missing columns: {lacks}; there are: {there}; a mapping (log-mapping) says which is what",
        )
    for number, texts in given:
        named = dict(zip(heads, texts, strict=False))
        yield named.get(column, "").strip(), f"$[{number}]", named
