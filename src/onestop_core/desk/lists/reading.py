"""Tables of other systems as rows of a desk: CSV, JSON, or mappings, under the headings that offices use."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.desk.lists.cells import SheetNumber, moment_in, says, seen
from onestop_core.desk.lists.headings import (
    OURS,
    SELF,
    ColumnNames,
    ensure_once,
    ensure_there,
    key_of,
    names_of,
    refused,
)
from onestop_core.desk.lists.rows import COLUMNS, DeskRow, Stage
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.problem import capped
from onestop_core.model.series import each_of, items_of
from onestop_core.model.words import plain_text
from onestop_core.rules.reading.csv_files import read_csv
from onestop_core.rules.reading.documents import content_of, parse_json
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["read_cells", "read_rows"]

_MOMENTS: Final = frozenset({"received_at", "due_at", "waiting_since", "ended_at", "returned_at"})


def read_rows(
    source: str | Path | Iterable[Mapping[str, object]], *, columns: Mapping[str, str] | None = None
) -> tuple[DeskRow, ...]:
    """Return the rows of a desk's table; all that is wrong with them comes at once.

    A column is known by its heading, in Vietnamese or English, without regard to diacritics: those of ``COLUMNS``,
    and those that offices use beside them (``Mã HS``, ``Ngày nhận``, ``Hẹn trả``). Other columns are passed over.
    Moments without a zone are Vietnamese time; days are written day before month (``09/03/2026``) or in ISO order; a due
    day without an hour ends with the day.

    Where a dossier is follows from what is filled in: given to the applicant, ended, waiting, received. A column that
    is there and empty says that it has not happened; without a column ``returned_at`` nobody knows whether a result was
    collected, and what has ended is closed.

    >>> read_rows([{"Mã HS": "A", "Ngày nhận": "02/03/2026", "Hẹn trả": "09/03/2026 17:00"}])[0].due_at.isoformat()
    '2026-03-09T17:00:00+07:00'

    Args:
        source: The path of a ``.csv`` or ``.json`` file (a list of objects, or ``{"rows": [...]}``), or the rows.
        columns: Headings of the table by our names, such as ``{"due_at": "Hạn chót"}``, where they are others.

    Raises:
        OSError: the file cannot be read.
        UnknownCodeError: *columns* names one that is none of ours.
        InvalidValueError: the name of the file ends otherwise, or the rows are no series.
        InvalidDocumentError: no column has a heading of *columns*, or with a problem for each bad cell, by the path ``$[row].column``, rows counted from 0.
    """
    names = names_of(columns)
    if isinstance(source, str | PathLike):
        return _from_file(source, names)
    return _read_objects(list(enumerate(each_of(source, object, "rows"))), names)


def _read_objects(rows: list[tuple[int, Any]], names: ColumnNames, source: str | None = None) -> tuple[DeskRow, ...]:
    if names.asked and rows:
        headings = {
            heading for _, row in rows if isinstance(row, Mapping) for heading in cast("Mapping[object, object]", row)
        }
        ensure_there((names.by_heading.get(key_of(each)) for each in headings if isinstance(each, str)), names, source)
    return _read(rows, names.by_heading, source=source)


def _from_file(path: str | Path, names: ColumnNames) -> tuple[DeskRow, ...]:
    kind = Path(path).suffix.lower()
    if kind == ".json":
        document: Any = parse_json(content_of(path), source=str(path))
        rows: Any = cast("dict[str, Any]", document).get("rows") if isinstance(document, dict) else document
        if not isinstance(rows, list):
            raise refused(str(path), "desk/rows", vi="cần một danh sách các dòng", en="expected a list of rows")
        return _read_objects(list(enumerate(cast("list[object]", rows), start=1)), names, str(path))
    if kind != ".csv":
        raise InvalidValueError.of("source", str(path), vi="tệp .csv hoặc .json", en="a .csv or .json file")
    try:
        lines = [(row.line, row.cells) for row in read_csv(content_of(path), place=str)]
    except InvalidDocumentError as error:
        first = error.problems[0]
        vi, en = f"dòng {first.path}: {first.text.vi}", f"line {first.path}: {first.text.en}"
        raise refused(str(path), first.rule, vi=vi, en=en) from None
    return read_cells(lines, names, source=str(path))


def read_cells(
    lines: Sequence[tuple[int, Sequence[object]]], names: ColumnNames | None = None, *, source: str | None = None
) -> tuple[DeskRow, ...]:
    """Return the rows of a table as it lies in a spreadsheet: titles perhaps, a line of headings, a line for each dossier.

    Raises:
        InvalidDocumentError: no line has the heading of the code or one that *names* asks for, two headings mean one column, or as :func:`read_rows`.
    """
    columns = OURS if names is None else names
    known = columns.by_heading
    found = [
        (number, heads)
        for number, (_, cells) in enumerate(lines[:_MOST_TITLES])
        if "id" in (heads := [known.get(key_of(cell)) if isinstance(cell, str) else None for cell in cells])
    ]
    if not found:
        first = ", ".join(shown(cell, limit=30) for cell in lines[0][1][:_MOST_SHOWN]) if lines else ""
        raise refused(
            source,
            "desk/headings",
            vi=f"không thấy cột “Mã hồ sơ”; dòng đầu: {first or 'trống'}",
            en=f"there is no column Code (Mã hồ sơ); the first line: {first or 'empty'}",
        )
    start, heads = found[0]
    ensure_once(heads, lines[start][1], source)
    ensure_there(heads, columns, source)
    rows = [(line, _by_name(heads, row)) for line, row in lines[start + 1 :] if any(says(cell) for cell in row)]
    return _read(rows, SELF, source=source, first_line="line")


def _by_name(heads: Sequence[str | None], row: Sequence[object]) -> dict[str, object]:
    # Cells left out at the end of a row are there and empty.
    return {name: cell for name, cell in zip_longest(heads, row[: len(heads)]) if name is not None}


_MOST_TITLES: Final = 12
"""Lines in which the headings are looked for: a title may stand above them."""
_MOST_SHOWN: Final = 8


def _read(
    rows: list[tuple[int, Any]], names: Mapping[str, str], *, source: str | None = None, first_line: str = "row"
) -> tuple[DeskRow, ...]:
    made: list[DeskRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for position, (line, row) in enumerate(rows):
        place = Text(vi=f"dòng {line}", en=f"{first_line} {line}")
        try:
            each = _row(row, names)
        except _Bad as bad:
            problems += [_problem(position, place, column, text) for column, text in bad.faults]
            continue
        if each.id in seen:
            text = Text(
                vi=f"mã hồ sơ đã có ở dòng {seen[each.id]}", en=f"the code is already on {first_line} {seen[each.id]}"
            )
            problems.append(_problem(position, place, "id", text))
            continue
        seen[each.id] = line
        made.append(each)
    if problems:
        raise InvalidDocumentError(problems=capped(problems), source=source)
    return tuple(made)


def _problem(position: int, place: Text, column: str, text: Text) -> Problem:
    name = COLUMNS[column]
    return Problem.at(
        (position, column),
        "desk/cell",
        vi=f"{place.vi}, cột “{name.vi}”: {text.vi}",
        en=f"{place.en}, column {name.en}: {text.en}",
    )


class _Bad(Exception):  # noqa: N818 - never leaves this module
    """What is wrong with one row, by column."""

    def __init__(self, faults: list[tuple[str, Text]]) -> None:
        super().__init__(faults)
        self.faults = faults


def _row(row: object, names: Mapping[str, str]) -> DeskRow:
    if not isinstance(row, Mapping):
        raise _Bad([("id", Text(vi="mỗi dòng là một đối tượng", en="each row is an object"))])
    told: set[str] = set()
    values: dict[str, Any] = {}
    faults: list[tuple[str, Text]] = []
    for heading, given in items_of(cast("object", row), "rows").items():
        name = names.get(key_of(heading)) if isinstance(heading, str) else None
        if name is None:
            continue
        if name in told:
            faults.append(
                (name, Text(vi="nhiều cột cùng nghĩa; hãy chỉ rõ một cột", en="several columns mean it; name one"))
            )
            continue
        told.add(name)
        cell = seen(given) if isinstance(given, str) else given
        if not says(cell):
            continue
        try:
            values[name] = moment_in(cell, name) if name in _MOMENTS else plain_text(_words(cell, name), name)
        except InvalidValueError as error:
            expected = error.expected
            faults.append(
                (name, Text(vi=f"{shown(cell)}: cần {expected.vi}", en=f"{shown(cell)}: expected {expected.en}"))
            )
    if "id" not in values and not any(name == "id" for name, _ in faults):
        faults.insert(0, ("id", Text(vi="thiếu mã hồ sơ", en="the code of the dossier is missing")))
    if faults:
        raise _Bad(faults)
    return DeskRow(stage=_stage(told, values), **values)


def _words(cell: object, name: str) -> object:
    if isinstance(cell, SheetNumber):
        return cell.as_procedure() if name == "procedure" else str(cell)
    # Spreadsheets and JSON take a code of digits for a number.
    return str(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def _stage(told: set[str], values: Mapping[str, object]) -> Stage:
    if "returned_at" in values:
        return Stage.CLOSED
    if "ended_at" in values:
        return Stage.RESULT_READY if "returned_at" in told else Stage.CLOSED
    if "waiting_since" in values:
        return Stage.WAITING_FOR_APPLICANT
    if "received_at" in told and "received_at" not in values:
        return Stage.NOT_RECEIVED
    return Stage.IN_PROGRESS
