"""Files of logs, of this library and of other systems, as one log a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import dossier
from onestop_core.dossier import portal
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.lab.reading.foreign import Row, csv_rows, ocel_rows, table_rows, xes_rows
from onestop_core.lab.reading.mapping import (
    REPEATED,
    CaseLog,
    LogMapping,
    case_log,
    cell,
    machine_on,
    moment_of,
    row_problem,
    told,
)
from onestop_core.rules.reading.documents import content_of, parse_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["read_logs", "read_table"]

_AS_OURS: Final = LogMapping()
_SAME: Final = Text(vi="trùng với một dòng phía trên, chỉ tính một lần", en="the same as a row above; counted once")
_UNNAMED: Final = Text(vi="không có mã hồ sơ", en="no dossier is named")
_TABLES: Final = frozenset({".csv", ".tsv"})


def read_logs(path: str | Path, *, mapping: LogMapping = _AS_OURS) -> tuple[CaseLog, ...]:
    """Return the logs in a file: one log of ours or lines of them, XES, OCEL 2.0, or a table of events or of portal statuses.

    A row that cannot be read is left out and named in ``problems``; the rest is read. A row that says the very same as one
    before it is the same step, and counts once. A table with a column of statuses is a portal's history: for each status
    the shortest lawful way is taken, and what none explains is a problem.

    Args:
        path: ``.json``, ``.jsonl``, ``.xes``, or a table, ``.csv`` or ``.tsv``.
        mapping: How another system names things.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: its name ends in something else.
        InvalidDocumentError: it is not of that form at all.
    """
    where = Path(path)
    kind, name = where.suffix.lower(), str(path)
    if kind not in {".json", ".jsonl", ".xes", *_TABLES}:
        raise InvalidValueError.of(
            "path", name, vi="tệp .json, .jsonl, .xes hoặc bảng .csv, .tsv",
            en="a .json, .jsonl or .xes file, or a table (.csv, .tsv)"
        )  # fmt: skip
    content = content_of(where)
    try:
        if kind == ".xes":
            return tuple(_grouped(name, xes_rows(content), mapping))
        if kind in _TABLES:
            return tuple(_grouped(name, csv_rows(content, mapping), mapping))
        if kind == ".jsonl":
            return tuple(_lines(name, content))
        document = parse_json(content, source=name)
        if isinstance(document, dict) and "objectTypes" in document:
            return tuple(_grouped(name, ocel_rows(cast("dict[str, Any]", document)), mapping))
        if isinstance(document, list):
            return tuple(_ours(name, f"$[{n}]", each) for n, each in enumerate(cast("Sequence[Any]", document)))
        return (_ours(name, "$", document),)
    except InvalidDocumentError as error:
        raise InvalidDocumentError(problems=error.problems, source=name) from None


def read_table(
    rows: Iterable[tuple[int, Sequence[str]]], *, mapping: LogMapping = _AS_OURS, source: str = ""
) -> tuple[CaseLog, ...]:
    """Return the logs in a table that was read elsewhere, such as a sheet of a workbook; as :func:`read_logs` of CSV.

    >>> read_table([(1, ["dossier", "event", "at", "procedure"]), (2, ["A1", "received", "12/02/2026 09:30", "1.004873"])])[0].id
    'A1'

    Args:
        rows: Each row with its number, the heading among them.
        mapping: How another system names things.
        source: Name of the file.

    Raises:
        InvalidDocumentError: a column is missing.
    """
    try:
        return tuple(_grouped(source, table_rows(rows, mapping), mapping))
    except InvalidDocumentError as error:
        raise InvalidDocumentError(problems=error.problems, source=source) from None


def _lines(source: str, content: bytes) -> Iterator[CaseLog]:
    for number, line in enumerate(content.splitlines()):
        if line.strip():
            try:
                document = parse_json(line)
            except InvalidDocumentError as error:
                yield CaseLog(source=source, id="", problems=tuple(_placed(f"$[{number}]", error)))
            else:
                yield _ours(source, f"$[{number}]", document)


def _ours(source: str, place: str, document: Any) -> CaseLog:
    try:
        log = dossier.load_log(cast("Mapping[str, Any]", document) if isinstance(document, dict) else {})
    except InvalidDocumentError as error:
        return CaseLog(source=source, id=_id_of(document), problems=tuple(_placed(place, error)))
    opening = log.events[0].opening
    assert opening is not None  # load_log begins each log with it
    return CaseLog(source=source, id=opening.id, events=log.events, whole=True)


def _id_of(document: Any) -> str:
    """Return how a log calls itself that cannot be read."""
    head = cast("dict[str, Any]", document).get("dossier") if isinstance(document, dict) else None
    name = cast("dict[str, Any]", head).get("id") if isinstance(head, dict) else None
    return name[:200] if isinstance(name, str) else ""


def _placed(place: str, error: InvalidDocumentError) -> Iterator[Problem]:
    for problem in error.problems:
        yield Problem(path=f"{place}{problem.path.removeprefix('$')}", rule=problem.rule, text=problem.text)


def _grouped(source: str, rows: Iterable[Row], mapping: LogMapping) -> Iterator[CaseLog]:
    cases: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for name, place, cells in rows:
        cases.setdefault(name, []).append((place, cells))
    for name, given in cases.items():
        if not name:
            yield CaseLog(
                source=source, id="", problems=tuple(row_problem(place, "log/dossier", _UNNAMED) for place, _ in given)
            )
            continue
        once, problems = _once(given)
        if any(cell(cells, "status", mapping) is not None for _, cells in once):
            log = _history(source, name, once, mapping)
        else:
            log = case_log(source, name, once, mapping)
        yield attrs.evolve(log, problems=(*log.problems, *problems))


def _once(rows: list[tuple[str, Mapping[str, str]]]) -> tuple[list[tuple[str, Mapping[str, str]]], list[Problem]]:
    """Return the rows without those that say the very same as one before, and where these are."""
    first: dict[tuple[tuple[str, str], ...], tuple[str, Mapping[str, str]]] = {}
    again: list[Problem] = []
    for place, cells in rows:
        if first.setdefault(tuple(sorted(cells.items())), (place, cells))[0] != place:
            again.append(row_problem(place, REPEATED, _SAME))
    return list(first.values()), again


def _history(source: str, name: str, rows: list[tuple[str, Mapping[str, str]]], mapping: LogMapping) -> CaseLog:
    statuses: list[portal.HistoryRow] = []
    places: list[str] = []
    problems: list[Problem] = []
    for place, cells in rows:
        try:
            status = cell(cells, "status", mapping) or ""
            row = portal.HistoryRow(
                status=int(status) if status.isascii() and status.isdigit() and len(status) < 4 else -1,
                at=moment_of(cell(cells, "at", mapping) or ""),
                actor=cell(cells, "actor", mapping),
                unit=cell(cells, "unit", mapping),
                note=cell(cells, "reason", mapping),
            )
        except OnestopError as error:
            problems.append(row_problem(place, "log/row", error.message))
        else:
            statuses.append(row)
            places.append(place)
    try:
        opening = {key: value for key, value in told(rows, mapping).items() if key in {"procedure", "channel"}}
        machine = machine_on(statuses[0].at) if statuses else dossier.machine("vn@decree-118-2025")
        history = portal.import_history(statuses, machine, id=name, **opening)
    except OnestopError as error:
        problems.append(row_problem(rows[0][0], "log/opening", error.message))
        return CaseLog(source=source, id=name, problems=tuple(problems))
    problems.extend(row_problem(places[each.number], "portal/unexplained", each.reason) for each in history.unexplained)
    return CaseLog(source=source, id=name, events=history.dossier.events, problems=tuple(problems))
