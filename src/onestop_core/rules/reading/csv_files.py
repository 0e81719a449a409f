"""The one reader and the one writer of CSV, as spreadsheets write and open it (RFC 4180, UTF-8).

Read is what Excel saves in any locale: comma, semicolon or tab, whichever the heading shows; a byte order mark; a first
line ``sep=;``; rows of separators at the end. Written is what no spreadsheet runs: see
:func:`onestop_core.text.safe.csv_cell`, whose guard reading takes away.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.rules.reading.documents import MAX_BYTES
from onestop_core.text.safe import csv_cell, csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["MAX_CELL", "SEPARATORS", "CsvRow", "read_csv", "write_csv"]

SEPARATORS: Final = (",", ";", "\t")
"""What may stand between cells."""
MAX_CELL: Final = 32_767
"""Most characters in a cell: what a spreadsheet keeps (Excel specifications and limits)."""
_BOM: Final = "\ufeff"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=(.)\"?[,;\t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_FILLED: Final = re.compile(r"[^\s,;]")
_MOST_SNIFFED: Final = 100_000
"""Most characters of a heading that are looked at for its separator."""
_QUOTED: Final = re.compile(r'"[^"]*"')
_TO_BE_QUOTED: Final = re.compile(r'[,;\t"\r\n]')


@attrs.frozen(kw_only=True)
class CsvRow:
    """A row that is not empty, its heading among them."""

    number: int
    """As a spreadsheet counts rows, from 1."""
    line: int
    """The line of the file on which it begins, from 1."""
    cells: tuple[str, ...]
    """Without the guards before formulas; empty cells that stand in no column are left out."""


def read_csv(content: str | bytes, *, place: Callable[[int], str] | None = None) -> Iterator[CsvRow]:
    r"""Yield the rows of CSV that are not empty, the heading first.

    >>> [row.cells for row in read_csv("sep=;\r\nid;tên\r\n1;\"Nguyễn; An\"\r\n;;\r\n")]
    [('id', 'tên'), ('1', 'Nguyễn; An')]

    Args:
        content: The text, or its bytes in UTF-8.
        place: How a message calls the place of a row, by its number; left out, the path of the whole document.

    Raises:
        InvalidValueError: it is neither text nor bytes.
        InvalidDocumentError: it is too large, not UTF-8, or not CSV from some row on; what came before was yielded.
    """
    named = place or _whole
    text = _decoded(content, named(1))
    stream, lines_before, separator = io.StringIO(text, newline=""), 0, None
    if (told := _SEPARATOR_LINE.match(text)) is not None:
        separator, lines_before = told[1], 1
        if separator not in SEPARATORS:
            raise _refused(named(1), "csv/separator", vi="dấu phân cách phải là , hoặc ; hoặc tab",
                           en="the separator must be a comma, a semicolon or a tab")  # fmt: skip
        stream.seek(told.end())
    reader = csv.reader(stream, delimiter=separator or _separator(text), strict=True)
    number, width = 0, None
    while True:
        number += 1
        line = lines_before + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            vi, en = _syntax(str(error))
            raise _refused(named(number), "csv/syntax", vi=vi, en=en) from None
        if cells is None:
            return
        texts = tuple([csv_text(cell) if "'" in cell else cell for cell in cells])
        filled = _filled(texts)
        if filled:
            width = filled if width is None else width
            yield CsvRow(number=number, line=line, cells=texts[: max(width, filled)])


def _whole(_: int) -> str:
    return "$"


def _filled(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last one that is not blank."""
    number = len(cells)
    while number and not cells[number - 1].strip():
        number -= 1
    return number


def _decoded(content: str | bytes, where: str) -> str:
    given = cast("object", content)
    if isinstance(given, str):
        raw: str | bytes = str.__str__(given)
    elif isinstance(given, bytes | bytearray | memoryview):
        raw = bytes(cast("bytes", given))
    else:
        raise InvalidValueError.of("content", given, vi="chuỗi hoặc byte", en="text or bytes")
    if len(raw) > MAX_BYTES:
        raise _refused(where, "csv/too-large", vi=f"lớn hơn {MAX_BYTES} byte; hãy chia tệp",
                       en=f"larger than {MAX_BYTES} bytes; split it")  # fmt: skip
    try:
        # A text that came from elsewhere is looked at as well: half a surrogate pair is no Unicode.
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw.encode().decode()
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        wide = isinstance(raw, bytes) and raw.startswith(_UTF_16)
        raise _not_utf_8(where, "UTF-16" if wide else f"byte thứ {at}", "UTF-16" if wide else f"at byte {at}") from None
    if "\0" in text:
        raise _not_utf_8(where, "có ký tự NUL", "holds NUL")
    return text.removeprefix(_BOM)


def _not_utf_8(where: str, vi: str, en: str) -> InvalidDocumentError:
    return _refused(
        where,
        "csv/encoding",
        vi=f"không phải UTF-8 ({vi}); trong Excel hãy lưu dạng CSV UTF-8",
        en=f"not UTF-8 ({en}); in Excel, save as CSV UTF-8",
    )


def _refused(where: str, rule: str, *, vi: str, en: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem.at(where, rule, vi=vi, en=en),))


def _separator(text: str) -> str:
    found = _FILLED.search(text)
    if found is None:
        return SEPARATORS[0]
    begin = max(text.rfind("\r", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
    heading = _QUOTED.sub("", re.split(r"[\r\n]", text[begin : begin + _MOST_SNIFFED], maxsplit=1)[0])
    return max(SEPARATORS, key=heading.count)


def _syntax(said: str) -> tuple[str, str]:
    if "field limit" in said:
        return "không phải CSV: có ô quá dài", "not CSV: a cell is too long"
    if "end of data" in said:
        return "không phải CSV: thiếu dấu ngoặc kép đóng", "not CSV: a quotation mark is never closed"
    return (
        "không phải CSV: sau dấu ngoặc kép đóng phải là dấu phân cách",
        "not CSV: after a closing quotation mark comes a separator",
    )


def write_csv(rows: Iterable[Sequence[str]], *, separator: str = ",") -> str:
    r"""Return *rows*, the heading first, as CSV that spreadsheets open: with a byte order mark, formulas guarded.

    >>> write_csv([["id", "tên"], ["1", "=1+1"]])
    "\ufeffid,tên\r\n1,'=1+1\r\n"
    >>> [row.cells for row in read_csv(write_csv([["a"], ["Tên;=HYPERLINK(1)"]]))]
    [('a',), ('Tên;=HYPERLINK(1)',)]

    Raises:
        InvalidValueError: the separator is not one of :data:`SEPARATORS`.
    """
    if separator not in SEPARATORS:
        raise InvalidValueError.of("separator", separator, vi="',', ';' hoặc tab", en="',', ';' or a tab")
    lines = (separator.join([_written(cell) if cell else cell for cell in row]) for row in rows)
    return _BOM + "".join(f"{line}\r\n" for line in lines)


def _written(words: str) -> str:
    cell = csv_cell(words)
    # Whatever would separate cells anywhere is quoted, so that the first cell at least is whole in every locale.
    return '"' + cell.replace('"', '""') + '"' if _TO_BE_QUOTED.search(cell) else cell
