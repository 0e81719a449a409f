"""Catalogues as workbooks, and back, annexes and forms as Word, and sheets of an office (extra ``office``: openpyxl, python-docx).

What is written of a catalogue is text: no spreadsheet runs it as a formula, ``1.004222`` stays a code and ``0012`` keeps its zeros.
The core never imports this.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.catalogue import dump, from_tables, to_tables
from onestop_core.catalogue.published import NotUnderstood, read_sheets, to_rows
from onestop_core.catalogue.published.pages import key_of
from onestop_core.catalogue.published.sheet_reading import cell_name
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.ext._office.documents import annex
from onestop_core.ext._office.files import CellCount, Refusal, look_at, refused
from onestop_core.ext._office.forms import form
from onestop_core.ext._office.sheets import sheets
from onestop_core.ext._office.tables import read_desk_rows, read_sheet
from onestop_core.rules.reading.csv_files import read_csv, write_csv
from onestop_core.text import Text

try:
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import column_index_from_string, get_column_letter
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="office", package="openpyxl") from _missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from onestop_core.catalogue import Catalogue

__all__ = ["annex", "form", "read_desk_rows", "read_sheet", "read_workbook", "sheets", "workbook"]

_INDEX: Final = "Bảng"
_OVERVIEW: Final = "Tổng quan (chỉ xem)"
_ONE_SHEET: Final = "Thủ tục"
_INDEX_HEADINGS: Final = ("Trang tính", "Bảng")
_LONGEST_TITLE: Final = 31
"""As long a title as a spreadsheet takes."""
_LONGEST_CELL: Final = 32_767
_WIDTHS: Final = (12, 60)
_MERGED: Final = re.compile(rb'mergeCell [^>]{0,80}?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')


def workbook(catalogue: Catalogue, *, one_sheet: bool = False) -> bytes:
    """Return *catalogue* as an XLSX workbook: an overview with the portal's columns, and its tables, a sheet each.

    With *one_sheet* only the sheet with the portal's columns, for people to fill in; it does not hold all.

    >>> from onestop_core import catalogue
    >>> document, told = read_workbook(workbook(catalogue.shipped()))
    >>> told, catalogue.load(document) == catalogue.shipped()
    ((), True)

    Raises:
        InvalidDocumentError: two procedures have the same code, so that rows could not name theirs.
        InvalidValueError: this is no catalogue.
    """
    rows = to_rows(catalogue)
    if one_sheet:
        return _written([(_ONE_SHEET, rows)])
    tables = to_tables(catalogue)
    titles = {name: _title(number, name) for number, name in enumerate(sorted(tables), start=1)}
    index = [_INDEX_HEADINGS, *((title, name) for name, title in titles.items())]
    sheets: list[tuple[str, Iterable[Sequence[str]]]] = [(_OVERVIEW, rows), (_INDEX, index)]
    sheets += [(titles[name], [row.cells for row in read_csv(tables[name], place=str)]) for name in titles]
    return _written(sheets)


def read_workbook(
    content: bytes, *, validator: Callable[[Any], bool] | None = None
) -> tuple[dict[str, Any], tuple[NotUnderstood, ...]]:
    """Return the catalogue document in an XLSX workbook, and what was not understood.

    A workbook that :func:`workbook` wrote is read by its tables, and nothing is left open; any other by each sheet whose
    headings are the portal's (see :func:`onestop_core.catalogue.published.read_sheets`). Hidden sheets are told, not read.

    Args:
        content: The workbook.
        validator: As of :func:`onestop_core.catalogue.check`: says faster whether a document is valid under the schema.

    Raises:
        InvalidValueError: no sheet has headings that are known, or *content* is no bytes.
        InvalidDocumentError: it is no workbook, too large, or its tables make no catalogue.
    """
    if not isinstance(cast("object", content), bytes | bytearray | memoryview):
        raise InvalidValueError.of("content", content, vi="nội dung tệp XLSX (bytes)", en="the bytes of an XLSX file")
    sheets, hidden = _sheets(bytes(content))
    index = sheets.get(_INDEX)
    if index and tuple(index[0][:2]) == _INDEX_HEADINGS:
        listed = {row[1]: sheets.get(row[0], []) for row in index[1:] if len(row) > 1}
        return dump(from_tables(_tables(listed), validator=validator)), ()
    document, told = read_sheets(sheets)
    reason = Text(vi="trang tính ẩn nên không đọc", en="a hidden sheet is not read")
    unread = (
        NotUnderstood(page=0, code=None, place=title, text="", reason=reason, cell=cell_name(title, 1, 1))
        for title in hidden
    )
    return document, (*unread, *told)


def _tables(sheets: Mapping[str, list[list[str]]]) -> dict[str, str]:
    return {name: write_csv([_unpadded(row) for row in rows]) for name, rows in sheets.items() if rows}


def _unpadded(row: list[str]) -> list[str]:
    return row or [""]


def _title(number: int, name: str) -> str:
    title = name.removesuffix(".csv")
    if len(title) <= _LONGEST_TITLE:
        return title
    mark = f"{number:02d}…"
    return mark + title[len(mark) - _LONGEST_TITLE :]


def _written(sheets: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> bytes:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    body, heading = _style(first, "A1", bold=False), _style(first, "A2", bold=True)
    book.remove(first)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        widths: dict[int, int] = {}
        for number, row in enumerate(rows, start=1):
            for place, words in enumerate(row, start=1):
                if not words:
                    continue
                cell: Any = sheet.cell(row=number, column=place)
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)[:_LONGEST_CELL]
                cell.data_type = "s"  # whatever it begins with, it is no formula
                cell._style = heading if number == 1 else body  # noqa: SLF001 - to look one up for each cell is most of the time
                widths[place] = max(widths.get(place, 0), max(map(len, words.split("\n"))) + 2)
        sheet.freeze_panes = "A2"
        for place, width in widths.items():
            sheet.column_dimensions[get_column_letter(place)].width = min(max(width, _WIDTHS[0]), _WIDTHS[1])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _style(sheet: Any, place: str, *, bold: bool) -> Any:
    """Return the style of text as the book of *sheet* holds it."""
    cell = sheet[place]
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell._style  # noqa: SLF001 - as openpyxl itself copies styles


def _sheets(content: bytes) -> tuple[dict[str, list[list[str]]], list[str]]:
    """Return the sheets of a workbook by title, their cells as text, and the titles of the hidden ones that hold anything."""
    try:
        look_at(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        cells = CellCount()
        read = {str(sheet.title): _rows(sheet, content, cells) for sheet in book.worksheets}
        hidden = [str(sheet.title) for sheet in book.worksheets if sheet.sheet_state != "visible"]
        return {title: rows for title, rows in read.items() if title not in hidden}, [
            title for title in hidden if read[title]
        ]
    except Refusal as refusal:
        raise refused(refusal.text) from None
    except Exception as error:  # somebody else's reader, and whatever the file makes it do
        raise refused(Text(vi="không phải tệp XLSX đọc được", en="no XLSX file that can be read")) from error


def _rows(sheet: Any, content: bytes, cells: CellCount) -> list[list[str]]:
    """Return the rows of a sheet without empty cells and rows at their ends; what is merged downwards stands in each row."""
    rows: list[list[str]] = []
    sheet.reset_dimensions()  # some programs write a wrong one, and cells would be lost
    codes: frozenset[int] = frozenset()
    for row in sheet.iter_rows(values_only=True):
        cells.add(len(row))
        words = [_words(value, is_code=place in codes) for place, value in enumerate(row)]
        codes = codes or frozenset(place for place, each in enumerate(words) if key_of(each) == "ma_thu_tuc")
        while words and not words[-1]:
            words.pop()
        rows.append(words)
    while rows and not rows[-1]:
        rows.pop()
    for column, first, last in _merged_downwards(sheet, content):
        said = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        for below in rows[first + 1 : last + 1] if said else ():
            cells.add(1)
            below.extend([""] * (column + 1 - len(below)))
            below[column] = said
    return rows


def _merged_downwards(sheet: Any, content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the column and the first and last row, from 0, of each range of cells that are merged into one."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read(sheet._worksheet_path)  # noqa: SLF001 - a sheet that is read row by row does not tell
    for column, first, last in _MERGED.findall(text):
        yield column_index_from_string(column.decode()) - 1, int(first) - 1, int(last) - 1


def _words(value: object, *, is_code: bool) -> str:
    """Return a cell as text; a code that a spreadsheet took for a number gets its zeros back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}" if is_code else f"{value:.10f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)
