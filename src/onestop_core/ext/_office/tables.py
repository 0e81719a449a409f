"""Tables of a desk from workbooks, and sheets as workbooks (extra ``office``: openpyxl)."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, cast

from onestop_core.desk.lists.cells import SheetNumber
from onestop_core.desk.lists.headings import names_of
from onestop_core.desk.lists.reading import read_cells
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.ext._office.files import CellCount, Refusal, look_at, refused
from onestop_core.text import Text

try:
    import openpyxl
    from openpyxl.utils.datetime import WINDOWS_EPOCH
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="office", package="openpyxl") from _missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.desk.lists import DeskRow

__all__ = ["read_desk_rows", "read_sheet"]


def read_desk_rows(content: bytes, *, columns: Mapping[str, str] | None = None) -> tuple[DeskRow, ...]:
    """Return the rows of a desk from the first visible sheet of a workbook that holds anything.

    As :func:`onestop_core.desk.lists.read_rows` does, by the headings; real dates are taken as they are, in Vietnamese time.

    Args:
        content: The workbook.
        columns: Headings of the table by our names, where they are others.

    Raises:
        InvalidValueError: *content* is no bytes.
        InvalidDocumentError: it is no workbook, too large, or as :func:`onestop_core.desk.lists.read_rows`.
        UnknownCodeError: *columns* names one that is none of ours.
    """
    if not isinstance(cast("object", content), bytes | bytearray | memoryview):
        raise InvalidValueError.of("content", content, vi="nội dung tệp XLSX (bytes)", en="the bytes of an XLSX file")
    names = names_of(columns)
    return read_cells(_first_sheet(bytes(content)), names)


def read_sheet(content: bytes) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the rows of the first visible sheet of a workbook that holds anything, each with its number, cells as texts.

    Moments and days are written as 2026-02-12 09:30:00 and 2026-02-12, numbers plainly. What :func:`onestop_core.lab.reading.read_table`
    takes.

    Raises:
        InvalidValueError: *content* is no bytes.
        InvalidDocumentError: it is no workbook, or too large.
    """
    if not isinstance(cast("object", content), bytes | bytearray | memoryview):
        raise InvalidValueError.of("content", content, vi="nội dung tệp XLSX (bytes)", en="the bytes of an XLSX file")
    return tuple(
        (number, tuple("" if cell is None else str(cell) for cell in row))
        for number, row in _first_sheet(bytes(content))
    )


def _first_sheet(content: bytes) -> list[tuple[int, list[object]]]:
    try:
        look_at(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        cells = CellCount()
        since_1900 = book.epoch == WINDOWS_EPOCH  # those of old Macintoshes count from 1904
        tabs: list[Any] = list(book.worksheets)
        visible = (sheet for sheet in tabs if sheet.sheet_state == "visible")
        filled = filter(None, (_lines(sheet, cells, since_1900=since_1900) for sheet in visible))
        nothing: list[tuple[int, list[object]]] = []
        return next(filled, nothing)
    except Refusal as refusal:
        raise refused(refusal.text) from None
    except Exception as error:  # somebody else's reader, and whatever the file makes it do
        raise refused(Text(vi="không phải tệp XLSX đọc được", en="no XLSX file that can be read")) from error


def _lines(sheet: Any, cells: CellCount, *, since_1900: bool) -> list[tuple[int, list[object]]]:
    sheet.reset_dimensions()  # some programs write a wrong one, and cells would be lost
    lines: list[tuple[int, list[object]]] = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells.add(len(row))
        words = [_plain(value, since_1900=since_1900) for value in row]
        if any(each is not None for each in words):
            lines.append((number, words))
    return lines


def _plain(value: object, *, since_1900: bool) -> object:
    """Return a cell as a table holds it: moments as text, in which a day without an hour is a day."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = str(int(value)) if value == int(value) else f"{value:.10f}".rstrip("0").rstrip(".")
        return SheetNumber(digits) if since_1900 else digits
    return value
