"""Reading facts from files: JSON Lines, JSON and CSV, under ``schemas/facts.schema.json``.

Bad rows are reported with row and column, all at once; by default nothing is used until they are mended.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.kpi.facts.parquet import parquet_rows
from onestop_core.model import DossierFacts, parse_moment
from onestop_core.rules.documents import MAX_BYTES, json_path, parse_json
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["FactsFile", "read_facts", "scan_facts"]

_COLUMNS: Final = tuple(field.name for field in attrs.fields(DossierFacts))
_MOMENTS: Final = frozenset(name for name in _COLUMNS if name.endswith("_at"))
_NUMBERS: Final = frozenset({"allowed_hours", "supplement_requests", "supplement_hours"})
_LABELS: Final = frozenset({"id", "procedure", "field", "level", "receiving_place", "unit", "officer"})
_CODES: Final = frozenset({"channel", "finished_kind"})
_MOST_CHARACTERS: Final = 200
_CELLS: Final = {"true": True, "1": True, "false": False, "0": False}
# The schema says date-time: a moment in full, with seconds and offset.
_RFC3339: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


@attrs.frozen(kw_only=True)
class FactsFile:
    """What a file of facts held: the good rows, and what is wrong with the others."""

    facts: tuple[DossierFacts, ...]
    problems: tuple[Problem, ...]
    """By row and column: path ``$[row].column`` counts rows from 0, the text names the line of the file."""
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
    where = Path(path)
    if where.suffix.lower() == ".parquet":
        return _collect(enumerate(parquet_rows(where), start=1), "row")
    readers: dict[str, Callable[[str, str], Iterator[tuple[int, object]]]] = {
        ".jsonl": _json_lines,
        ".json": _json_document,
        ".csv": _csv_rows,
    }
    reader = readers.get(where.suffix.lower())
    if reader is None:
        raise InvalidValueError.of(
            "path",
            str(path),
            vi="tệp .jsonl, .json, .csv hoặc .parquet",
            en="a .jsonl, .json, .csv or .parquet file",
        )
    place = "row" if reader is _json_document else "line"
    return _collect(reader(_text_of(where), str(path)), place)


def _text_of(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        text = Text(vi=f"lớn hơn {MAX_BYTES} byte; hãy chia tệp", en=f"larger than {MAX_BYTES} bytes; split it")
        raise _refusal("facts/too-large", text, str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = Text(vi=f"không phải UTF-8 (byte thứ {error.start})", en=f"not UTF-8 (at byte {error.start})")
        raise _refusal("facts/encoding", text, str(path)) from None


def _refusal(rule: str, text: Text, source: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem(path="$", rule=rule, text=text),), source=source)


def _json_lines(text: str, _: str) -> Iterator[tuple[int, object]]:
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


def _csv_rows(text: str, source: str) -> Iterator[tuple[int, object]]:
    # strict refuses a quote left open, which would otherwise swallow the rest of the file
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, cast("list[str]", []))
    except csv.Error as error:
        raise _refusal("facts/csv", Text(vi=f"không phải CSV: {error}", en=f"not CSV: {error}"), source) from None
    problems = tuple(_header_problems(header))
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield reader.line_num, _Row(None, "facts/csv", Text(vi=f"không phải CSV: {error}", en=f"not CSV: {error}"))
            return
        if cells is None:
            return
        if len(cells) != len(header):
            if cells:
                text_ = Text(vi=f"{len(cells)} ô, cần {len(header)}", en=f"{len(cells)} cells, expected {len(header)}")
                yield reader.line_num, _Row(None, "facts/cells", text_)
            continue
        yield reader.line_num, {name: _cell(name, cell) for name, cell in zip(header, cells, strict=True) if cell != ""}


def _header_problems(header: list[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(header):
        if name not in _COLUMNS:
            meant = closest(name, _COLUMNS, limit=1)
            yield Problem(
                path="$",
                rule="facts/column",
                text=Text(vi=f"cột lạ {name[:60]!r}", en=f"unknown column {name[:60]!r}"),
                hint=Text(vi=f"có phải: {meant[0]}?", en=f"did you mean {meant[0]}?") if meant else None,
            )
        elif header.count(name) > 1:
            yield Problem(
                path="$", rule="facts/column", text=Text(vi=f"cột {name} lặp lại", en=f"column {name} is repeated")
            )
    if "id" not in header:
        yield Problem(path="$", rule="facts/column", text=Text(vi="thiếu cột id", en="there is no column id"))


def _cell(name: str, cell: str) -> object:
    """Return a CSV cell as the JSON value it stands for; what it does not stand for stays text and is refused later."""
    if name in _NUMBERS:
        return int(cell) if re.fullmatch(r"[0-9]{1,7}", cell) else cell
    if name in _LABELS | _MOMENTS | _CODES:
        return cell
    return _CELLS.get(cell.lower(), cell)


def _collect(rows: Iterable[tuple[int, object]], place: str) -> FactsFile:
    facts: list[DossierFacts] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    count = 0
    for position, (line, row) in enumerate(rows):
        count += 1
        try:
            each = _facts(row, seen, place)
        except _Row as bad:
            problems.append(_problem(position, f"{place} {line}", line, bad))
            continue
        seen[each.id] = line
        facts.append(each)
    return FactsFile(facts=tuple(facts), problems=tuple(problems), rows=count)


def _problem(position: int, place: str, line: int, bad: _Row) -> Problem:
    parts: tuple[str | int, ...] = (position,) if bad.column is None else (position, bad.column)
    column_vi, column_en = (f", cột {bad.column}", f", column {bad.column}") if bad.column else ("", "")
    text = Text(vi=f"dòng {line}{column_vi}: {bad.text.vi}", en=f"{place}{column_en}: {bad.text.en}")
    return Problem(path=json_path(parts), rule=bad.rule, text=text)


def _facts(row: object, seen: Mapping[str, int], place: str) -> DossierFacts:
    if isinstance(row, _Row):
        raise row
    if not isinstance(row, Mapping):
        raise _Row(None, "facts/row", Text(vi="cần một đối tượng", en="expected an object"))
    given = cast("Mapping[str, object]", row)
    unknown = next((name for name in given if name not in _COLUMNS), None)
    if unknown is not None:
        meant = closest(unknown, _COLUMNS, limit=1)
        also = f" ({meant[0]}?)" if meant else ""
        raise _Row(unknown[:60], "facts/column", Text(vi=f"cột lạ{also}", en=f"unknown column{also}"))
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
    if name in _MOMENTS:
        if not isinstance(value, str) or not _RFC3339.fullmatch(value):
            shown = json.dumps(value, ensure_ascii=False, default=str)[:60]
            raise _Row(
                name,
                "facts/value",
                Text(
                    vi=f"không dùng được {shown}; cần thời điểm có múi giờ, ví dụ 2026-02-12T09:30:00+07:00",
                    en=f"cannot use {shown}; expected a moment with its offset, such as 2026-02-12T09:30:00+07:00",
                ),
            )
        try:
            return parse_moment(value.upper(), name)
        except InvalidValueError as error:
            raise _Row(name, "facts/value", error.message) from None
    if name in _LABELS and isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        raise _Row(
            name,
            "facts/value",
            Text(vi=f"dài hơn {_MOST_CHARACTERS} ký tự", en=f"longer than {_MOST_CHARACTERS} characters"),
        )
    return value
