"""Tables of other systems as rows of a desk: CSV, JSON, or mappings, under the headings that offices use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.desk.lists.rows import COLUMNS, DeskRow, Stage
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, UnknownCodeError
from onestop_core.errors.problem import capped
from onestop_core.model import HO_CHI_MINH, aware, read_moment
from onestop_core.model.series import each_of, items_of
from onestop_core.model.words import plain_text
from onestop_core.rules.reading.csv_files import read_csv
from onestop_core.rules.reading.documents import content_of, parse_json
from onestop_core.text import Text, plain_letters, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ColumnNames", "SheetNumber", "names_of", "read_cells", "read_rows"]

_MOMENTS: Final = frozenset({"received_at", "due_at", "waiting_since", "ended_at", "returned_at"})
_OTHER_HEADINGS: Final = {
    "id": ("Mã HS", "Số hồ sơ"),
    "procedure_name": ("Tên thủ tục", "Thủ tục", "Thủ tục hành chính"),
    "applicant": ("Người nộp hồ sơ", "Người nộp", "Người đăng ký", "Chủ sử dụng", "Chủ hồ sơ", "Họ và tên"),
    "phone": ("Điện thoại", "SĐT"),
    "unit": ("Đơn vị", "Đơn vị giải quyết", "Cơ quan giải quyết", "Đơn vị xử lý", "Unit"),
    "officer": ("Cán bộ", "Công chức", "Nhân viên xử lý", "Người xử lý", "Cán bộ xử lý"),
    "received_at": ("Ngày nhận", "Ngày nhận hồ sơ", "Ngày tiếp nhận", "Tiếp nhận"),
    "due_at": (
        "Hẹn trả",
        "Ngày hẹn trả",
        "Ngày hẹn trả kết quả",
        "Hạn trả",
        "Hạn trả kết quả",
        "Hạn xử lý",
        "Ngày hẹn",
    ),
    "waiting_since": ("Ngày yêu cầu bổ sung", "Chờ bổ sung từ"),
    "ended_at": ("Hoàn thành", "Ngày hoàn thành", "Ngày có kết quả", "Ngày kết thúc"),
    "returned_at": ("Ngày trả", "Ngày trả kết quả"),
    "way": ("Hình thức nhận kết quả", "Nơi nhận kết quả"),
}
"""Headings met in the field beside our own."""
_DAY: Final = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
_TIME: Final = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
_DAY_FIRST: Final = re.compile(rf"{_DAY}(?:[ ,T]+{_TIME})?", re.ASCII)
_TIME_FIRST: Final = re.compile(rf"{_TIME}[ ,]+(?:ngày +)?{_DAY}", re.ASCII)
_ISO: Final = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:[ T]+{_TIME}(?:\.0{{1,6}})?)?", re.ASCII)
_LONGEST: Final = 64
_DAY_END: Final = timedelta(hours=23, minutes=59, seconds=59)
_EXPECTED: Final = Text(
    vi="ngày hoặc giờ và ngày, như 09/03/2026 hoặc 09/03/2026 17:00",
    en="a day, or a day and an hour, such as 09/03/2026 or 2026-03-09 17:00",
)


class SheetNumber(str):
    """A number in a cell of a workbook: the digits of a code, or, where a moment stands, days since the end of 1899.

    That is how spreadsheets keep a day whose cell was not formatted as one, such as the result of a formula.
    """

    __slots__ = ()

    def as_moment(self) -> str:
        """Return it as a moment to the second, or as a day; as it is where no day lies there."""
        days = Decimal(self)
        if not _FIRST_SERIAL <= days < _LAST_SERIAL:
            return str(self)
        moment = _SERIAL_ZERO + timedelta(seconds=round(days * 86_400))
        return moment.date().isoformat() if days == int(days) else moment.isoformat(" ", "seconds")


_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - of no zone, until it is read as a moment
_FIRST_SERIAL: Final = 20_000
"""1954: a smaller number is a count, and no day of a dossier."""
_LAST_SERIAL: Final = 100_000


def _key(heading: str) -> str:
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain_letters(heading)).split())


_NAME_OF: Final = {
    _key(heading): name
    for name, title in COLUMNS.items()
    for heading in (name, title.vi, title.en, *_OTHER_HEADINGS.get(name, ()))
}


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


@attrs.frozen(kw_only=True)
class ColumnNames:
    """Our name of each heading by its key, and those that the reader has named."""

    by_heading: Mapping[str, str]
    asked: frozenset[str] = frozenset()


_OURS: Final = ColumnNames(by_heading=_NAME_OF)


def names_of(columns: object) -> ColumnNames:
    """Return our name of each heading by its key.

    Raises:
        UnknownCodeError: *columns* names one that is none of ours.
        InvalidValueError: it is no mapping of texts.
    """
    if columns is None:
        return _OURS
    given = items_of(columns, "columns")
    for name in given:
        if name not in COLUMNS:
            raise UnknownCodeError.among(Text(vi="cột", en="column"), name, COLUMNS)
    own = {_key(plain_text(heading, f"columns.{name}")): str(name) for name, heading in given.items()}
    others = {key: name for key, name in _NAME_OF.items() if name not in own.values()}
    return ColumnNames(by_heading=others | own, asked=frozenset(own.values()))


def _read_objects(rows: list[tuple[int, Any]], names: ColumnNames, source: str | None = None) -> tuple[DeskRow, ...]:
    if names.asked and rows:
        headings = {
            heading for _, row in rows if isinstance(row, Mapping) for heading in cast("Mapping[object, object]", row)
        }
        _ensure_there((names.by_heading.get(_key(each)) for each in headings if isinstance(each, str)), names, source)
    return _read(rows, names.by_heading, source=source)


def _from_file(path: str | Path, names: ColumnNames) -> tuple[DeskRow, ...]:
    kind = Path(path).suffix.lower()
    if kind == ".json":
        document: Any = parse_json(content_of(path), source=str(path))
        rows: Any = cast("dict[str, Any]", document).get("rows") if isinstance(document, dict) else document
        if not isinstance(rows, list):
            raise _refused(str(path), "desk/rows", vi="cần một danh sách các dòng", en="expected a list of rows")
        return _read_objects(list(enumerate(cast("list[object]", rows), start=1)), names, str(path))
    if kind != ".csv":
        raise InvalidValueError.of("source", str(path), vi="tệp .csv hoặc .json", en="a .csv or .json file")
    try:
        lines = [(row.line, row.cells) for row in read_csv(content_of(path), place=str)]
    except InvalidDocumentError as error:
        first = error.problems[0]
        vi, en = f"dòng {first.path}: {first.text.vi}", f"line {first.path}: {first.text.en}"
        raise _refused(str(path), first.rule, vi=vi, en=en) from None
    return read_cells(lines, names, source=str(path))


def read_cells(
    lines: Sequence[tuple[int, Sequence[object]]], names: ColumnNames | None = None, *, source: str | None = None
) -> tuple[DeskRow, ...]:
    """Return the rows of a table as it lies in a spreadsheet: titles perhaps, a line of headings, a line for each dossier.

    Raises:
        InvalidDocumentError: no line has the heading of the code or one that *names* asks for, two headings mean one column, or as :func:`read_rows`.
    """
    columns = _OURS if names is None else names
    known = columns.by_heading
    found = [
        (number, heads)
        for number, (_, cells) in enumerate(lines[:_MOST_TITLES])
        if "id" in (heads := [known.get(_key(cell)) if isinstance(cell, str) else None for cell in cells])
    ]
    if not found:
        first = ", ".join(shown(cell, limit=30) for cell in lines[0][1][:_MOST_SHOWN]) if lines else ""
        raise _refused(
            source,
            "desk/headings",
            vi=f"không thấy cột “Mã hồ sơ”; dòng đầu: {first or 'trống'}",
            en=f"there is no column Code (Mã hồ sơ); the first line: {first or 'empty'}",
        )
    start, heads = found[0]
    _ensure_once(heads, lines[start][1], source)
    _ensure_there(heads, columns, source)
    rows = [(line, _by_name(heads, row)) for line, row in lines[start + 1 :] if any(_says(cell) for cell in row)]
    return _read(rows, _SELF, source=source, first_line="line")


def _by_name(heads: Sequence[str | None], row: Sequence[object]) -> dict[str, object]:
    # Cells left out at the end of a row are there and empty.
    return {name: cell for name, cell in zip_longest(heads, row[: len(heads)]) if name is not None}


def _says(cell: object) -> bool:
    return bool(_seen(cell)) if isinstance(cell, str) else cell is not None


def _seen(cell: str) -> str:
    """Return *cell* as a reader sees it, so that one unit, or one code, is not two."""
    return cell if isinstance(cell, SheetNumber) else _UNSEEN.sub("", cell).replace("\xa0", " ").strip()


_UNSEEN: Final = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Marks of no width, which copying from pages leaves in cells."""


_MOST_TITLES: Final = 12
"""Lines in which the headings are looked for: a title may stand above them."""
_MOST_SHOWN: Final = 8
_SELF: Final = {_key(name): name for name in COLUMNS}


def _ensure_once(heads: Sequence[str | None], cells: Sequence[object], source: str | None) -> None:
    for name in COLUMNS:
        same = [str(cell) for head, cell in zip(heads, cells, strict=True) if head == name]
        if len(same) > 1:
            listed = ", ".join(shown(each, limit=30) for each in same)
            raise _refused(
                source,
                "desk/headings",
                vi=f"các cột {listed} cùng nghĩa “{COLUMNS[name].vi}”; hãy chỉ rõ một cột",
                en=f"the columns {listed} all mean {COLUMNS[name].en}; name one of them",
            )


def _ensure_there(heads: Iterable[str | None], names: ColumnNames, source: str | None) -> None:
    """Refuse a table without a column that its reader has named: an empty list would say that nothing is due."""
    there = set(heads)
    for name in COLUMNS:
        if name in names.asked and name not in there:
            raise _refused(
                source,
                "desk/headings",
                vi=f"không thấy cột đã chỉ rõ cho “{COLUMNS[name].vi}”",
                en=f"there is no column of the heading that was named for {COLUMNS[name].en}",
            )


def _refused(source: str | None, rule: str, *, vi: str, en: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem.at("$", rule, vi=vi, en=en),), source=source)


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
        name = names.get(_key(heading)) if isinstance(heading, str) else None
        if name is None:
            continue
        if name in told:
            faults.append(
                (name, Text(vi="nhiều cột cùng nghĩa; hãy chỉ rõ một cột", en="several columns mean it; name one"))
            )
            continue
        told.add(name)
        cell = _seen(given) if isinstance(given, str) else given
        if not _says(cell):
            continue
        try:
            values[name] = _moment(cell, name) if name in _MOMENTS else plain_text(_words(cell), name)
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


def _words(cell: object) -> object:
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


def _moment(cell: object, name: str) -> datetime:
    if isinstance(cell, datetime):
        return aware(cell, name)
    if isinstance(cell, date):
        return _at(name, cell, (cell.year, cell.month, cell.day), None)
    if isinstance(cell, str) and len(cell) <= _LONGEST:
        written = cell.as_moment() if isinstance(cell, SheetNumber) else unicodedata.normalize("NFKC", cell)
        if (found := _ISO.fullmatch(written)) is not None:
            year, month, day, *time = found.groups()
            return _at(name, cell, (year, month, day), time)
        if (found := _DAY_FIRST.fullmatch(written)) is not None:
            day, month, year, *time = found.groups()
            return _at(name, cell, (year, month, day), time)
        if (found := _TIME_FIRST.fullmatch(written)) is not None:
            *time, day, month, year = found.groups()
            return _at(name, cell, (year, month, day), time)
        try:
            return aware(read_moment(written, name), name)
        except InvalidValueError:
            pass  # said in the words of a table
    raise InvalidValueError.of(name, cell, vi=_EXPECTED.vi, en=_EXPECTED.en)


def _at(name: str, cell: object, day: tuple[Any, Any, Any], time: list[Any] | None) -> datetime:
    year, month, number = (int(part) for part in day)
    hour, minute, second = (int(part or 0) for part in time or (0, 0, 0))
    try:
        moment = datetime(year, month, number, hour, minute, second, tzinfo=HO_CHI_MINH)
        if name == "due_at" and (time is None or time[0] is None):
            moment += _DAY_END
        return aware(moment, name)
    except (ValueError, OverflowError, InvalidValueError):
        raise InvalidValueError.of(name, cell, vi=_EXPECTED.vi, en=_EXPECTED.en) from None
