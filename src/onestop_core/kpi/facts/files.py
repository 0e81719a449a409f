"""Reading facts from files: JSON Lines, JSON and CSV, under ``schemas/facts.schema.json``.

Bad rows are reported with row and column, all at once; by default nothing is used until they are mended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.problem import capped
from onestop_core.kpi.facts.columns import MOST_CHARACTERS, ColumnKind, facts_columns
from onestop_core.kpi.facts.parquet import parquet_rows
from onestop_core.model import DossierFacts, parse_moment
from onestop_core.rules.reading.csv_files import read_csv
from onestop_core.rules.reading.documents import MAX_BYTES, parse_json
from onestop_core.text import Text, closest, did_you_mean, number, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["FactsFile", "read_facts", "scan_facts"]

_COLUMNS: Final = {column.name: column.kind for column in facts_columns()}
_CELLS: Final = {"true": True, "1": True, "false": False, "0": False}
# The schema says date-time: a moment in full, with seconds and offset.
_RFC3339: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
# As databases and spreadsheets write a moment: a blank for the T, no seconds, an offset in hours.
_WRITTEN: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]+)?)? ?([Zz]|[+-][0-9]{2})(:?[0-9]{2})?"
)
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@attrs.frozen(kw_only=True)
class FactsFile:
    """What a file of facts held: the good rows, and what is wrong with the others."""

    facts: tuple[DossierFacts, ...]
    problems: tuple[Problem, ...]
    """By row and column: path ``$[row].column`` counts rows from 0, the text names the line of the file.

    Many rows with one fault are one problem, which says how many; of more than
    :data:`~onestop_core.errors.MAX_PROBLEMS` the last says so.
    """
    rows: int
    """Rows seen, good and bad."""

    @property
    def bad_rows(self) -> int:
        """How many rows were left out."""
        return self.rows - len(self.facts)


class _Row(Exception):  # noqa: N818 - never leaves this module
    """A row that cannot be used: column (None for the whole row), rule and reason."""

    def __init__(self, column: str | None, rule: str, text: Text) -> None:
        self.column, self.rule, self.text = column, rule, text
        super().__init__(text.en)


def read_facts(path: str | Path) -> tuple[DossierFacts, ...]:
    """Return the facts in a file, ``.jsonl``, ``.json``, ``.csv`` or ``.parquet``; nothing unless every row is good.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: its name ends in something else.
        MissingExtraError: it is Parquet, and pyarrow of the extra ``parquet`` is not installed.
        InvalidDocumentError: with a problem for every bad cell; :func:`scan_facts` gives the good rows all the same.
    """
    found = scan_facts(path)
    if found.problems:
        raise InvalidDocumentError(problems=found.problems, source=str(path))
    return found.facts


def scan_facts(path: str | Path) -> FactsFile:
    """Return the good rows of a file and the problems of the others; never raises on the content of rows.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: its name ends in something else than ``.jsonl``, ``.json``, ``.csv`` or ``.parquet``.
        MissingExtraError: it is Parquet, and pyarrow of the extra ``parquet`` is not installed.
        InvalidDocumentError: it is not of that form at all: too large, not UTF-8, no header, no such columns.
    """
    if not isinstance(cast("object", path), str | PathLike):
        raise InvalidValueError.of("path", path, vi="tên tệp", en="the path of a file")
    where = Path(path)
    kind = where.suffix.lower()
    if kind == ".parquet":
        return _collect(enumerate(parquet_rows(where), start=1), "row")
    if kind == ".csv":
        return _collect(_csv_rows(_content(where), str(path)), "line")
    if kind == ".jsonl":
        return _collect(_json_lines(_text_of(where)), "line")
    if kind == ".json":
        return _collect(_json_document(_text_of(where), str(path)), "row")
    raise InvalidValueError.of(
        "path", str(path), vi="tệp .jsonl, .json, .csv hoặc .parquet", en="a .jsonl, .json, .csv or .parquet file"
    )


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        most = number(MAX_BYTES)
        text = Text(vi=f"lớn hơn {most.vi} byte; hãy chia tệp", en=f"larger than {most.en} bytes; split it")
        raise _refusal("facts/too-large", text, str(path))
    return content


def _text_of(path: Path) -> str:
    content = _content(path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = content.startswith(_UTF_16)
        vi, en = ("UTF-16", "UTF-16") if wide else (f"byte thứ {error.start}", f"at byte {error.start}")
        text = Text(vi=f"không phải UTF-8 ({vi})", en=f"not UTF-8 ({en})")
        raise _refusal("facts/encoding", text, str(path)) from None


def _refusal(rule: str, text: Text, source: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem(path="$", rule=rule, text=text),), source=source)


def _json_lines(text: str) -> Iterator[tuple[int, object]]:
    # Not splitlines(): U+2028 may stand inside a JSON string.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            yield line, parse_json(content)
        except InvalidDocumentError as error:
            first = error.problems[0]
            yield line, _Row(None, first.rule, first.text)


def _json_document(text: str, source: str) -> Iterator[tuple[int, object]]:
    document: Any = parse_json(text, source=source)
    rows: Any = cast("dict[str, Any]", document).get("facts") if isinstance(document, dict) else None
    if not isinstance(rows, list) or document != {"schema_version": "1.0", "facts": rows}:
        expected = Text(
            vi='cần {"schema_version": "1.0", "facts": [...]}', en='expected {"schema_version": "1.0", "facts": [...]}'
        )
        raise _refusal("facts/envelope", expected, source)
    yield from enumerate(cast("list[object]", rows), start=1)


def _csv_rows(content: bytes, source: str) -> Iterator[tuple[int, object]]:
    rows = read_csv(content, place=str)
    try:
        header = next(rows).cells
    except StopIteration:
        raise _refusal("facts/csv", Text(vi="tệp rỗng", en="the file is empty"), source) from None
    except InvalidDocumentError as error:
        raise _refusal(error.problems[0].rule, error.problems[0].text, source) from None
    problems = tuple(_header_problems(header))
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    try:
        for row in rows:
            yield row.line, _row_of(header, row.cells)
    except InvalidDocumentError as error:
        first = error.problems[0]
        yield int(first.path), _Row(None, first.rule, first.text)


def _row_of(header: Sequence[str], cells: Sequence[str]) -> object:
    if len(cells) != len(header):
        vi, en = f"{len(cells)} ô, cần {len(header)}", f"{len(cells)} cells, expected {len(header)}"
        return _Row(None, "facts/cells", Text(vi=vi, en=en))
    return {name: _cell(name, cell) for name, cell in zip(header, cells, strict=True) if cell != ""}


def _header_problems(header: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(header):
        if name not in _COLUMNS:
            yield Problem.at(
                "$",
                "facts/column",
                vi=f"cột không xác định: {shown(name, limit=60)}",
                en=f"unknown column {shown(name, limit=60)}",
                hint=did_you_mean(closest(name, _COLUMNS, limit=1)),
            )
        elif header.count(name) > 1:
            yield Problem.at("$", "facts/column", vi=f"cột {name} lặp lại", en=f"column {name} is repeated")
    if "id" not in header:
        yield Problem.at("$", "facts/column", vi="thiếu cột id", en="there is no column id")


def _cell(name: str, cell: str) -> object:
    """Return a CSV cell as the JSON value it stands for; what it does not stand for stays text and is refused later."""
    match _COLUMNS[name]:
        case ColumnKind.COUNT:
            return int(cell) if re.fullmatch(r"[0-9]{1,7}", cell) else cell
        case ColumnKind.FLAG:
            return _CELLS.get(cell.lower(), cell)
        case ColumnKind.MOMENT if (told := _WRITTEN.fullmatch(cell)) is not None:
            day, time, seconds, offset, minutes = told.groups()
            zone = offset if offset in "Zz" else f"{offset}:{(minutes or '00').removeprefix(':')}"
            return f"{day}T{time}{seconds or ':00'}{zone}"
        case _:
            return cell


def _collect(rows: Iterable[tuple[int, object]], place: str) -> FactsFile:
    facts: list[DossierFacts] = []
    faults: dict[tuple[str | None, str, str], _Fault] = {}
    seen: dict[str, int] = {}
    count = 0
    for position, (line, row) in enumerate(rows):
        count += 1
        try:
            each = _facts(row, seen, place)
        except _Row as bad:
            kind = (bad.column, bad.rule, bad.text.en)
            faults.setdefault(kind, _Fault(position, line, bad)).rows += 1
            continue
        seen[each.id] = line
        facts.append(each)
    problems = capped([fault.problem(place) for fault in faults.values()])
    return FactsFile(facts=tuple(facts), problems=problems, rows=count)


class _Fault:
    """One fault, first met in one row, and how many rows have it."""

    def __init__(self, position: int, line: int, bad: _Row) -> None:
        self.position, self.line, self.bad, self.rows = position, line, bad, 0

    def problem(self, place: str) -> Problem:
        column = self.bad.column
        parts: tuple[str | int, ...] = (self.position,) if column is None else (self.position, column)
        vi, en = f"dòng {self.line}", f"{place} {self.line}"
        if self.rows > 1:
            others = number(self.rows - 1)
            vi, en = f"{vi} và {others.vi} dòng khác", f"{en} and {others.en} more"
        if column is not None:
            vi, en = f"{vi}, cột {column}", f"{en}, column {column}"
        return Problem.at(parts, self.bad.rule, vi=f"{vi}: {self.bad.text.vi}", en=f"{en}: {self.bad.text.en}")


def _facts(row: object, seen: Mapping[str, int], place: str) -> DossierFacts:
    if isinstance(row, _Row):
        raise row
    if not isinstance(row, Mapping):
        raise _Row(None, "facts/row", Text(vi="cần một đối tượng", en="expected an object"))
    given = cast("Mapping[str, object]", row)
    unknown = next((name for name in given if name not in _COLUMNS), None)
    if unknown is not None:
        meant = did_you_mean(closest(str(unknown), _COLUMNS, limit=1))
        vi, en = ("", "") if meant is None else (f"; {meant.vi}", f"; {meant.en}")
        raise _Row(str(unknown)[:60], "facts/column", Text(vi=f"cột không xác định{vi}", en=f"unknown column{en}"))
    values: dict[str, Any] = {name: _value(name, value) for name, value in given.items() if value is not None}
    if "id" not in values:
        raise _Row("id", "facts/value", Text(vi="thiếu mã hồ sơ", en="the code of the dossier is missing"))
    try:
        facts = DossierFacts(**values)
    except InvalidValueError as error:
        raise _Row(error.what, "facts/value", error.message) from None
    if facts.id in seen:
        line = seen[facts.id]
        raise _Row(
            "id",
            "facts/repeated",
            Text(vi=f"hồ sơ đã có ở dòng {line}", en=f"the dossier is already on {place} {line}"),
        )
    return facts


def _value(name: str, value: object) -> object:
    kind = _COLUMNS[name]
    if kind is ColumnKind.MOMENT:
        if not isinstance(value, str) or not _RFC3339.fullmatch(value):
            echo = json.dumps(value, ensure_ascii=False, default=str)[:60]
            example = "2026-02-12T09:30:00+07:00"
            raise _Row(
                name,
                "facts/value",
                Text(
                    vi=f"giá trị {echo} không hợp lệ; cần thời điểm có múi giờ, ví dụ `{example}`",
                    en=f"cannot use {echo}; expected a moment with its offset, such as {example}",
                ),
            )
        try:
            return parse_moment(value.upper(), name)
        except InvalidValueError as error:
            raise _Row(name, "facts/value", error.message) from None
    if kind is ColumnKind.TEXT and isinstance(value, str) and len(value) > MOST_CHARACTERS:
        vi, en = f"dài hơn {MOST_CHARACTERS} ký tự", f"longer than {MOST_CHARACTERS} characters"
        raise _Row(name, "facts/value", Text(vi=vi, en=en))
    return value
