"""Rows as CSV text that spreadsheets open (RFC 4180, UTF-8 with BOM), and back.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, which reading takes away.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from onestop_core.rules.documents import MAX_BYTES
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LONGEST", "NotATableError", "guarded", "joined", "read_rows", "split", "unguarded", "write_rows"]

LONGEST: Final = 32_767
"""Most characters in a cell: what a spreadsheet keeps (Excel specifications and limits)."""
_BOM: Final = "\ufeff"
_SEPARATORS: Final = ",;\t"
# Also the full-width forms, which some editions of spreadsheets read as formulas.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_ITEM: Final = re.compile(r"(?:[^\\;]|\\.|\\\Z)+", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class NotATableError(Exception):
    """Text that is not CSV; stays inside the package."""

    def __init__(self, rule: str, text: Text, row: int) -> None:
        super().__init__(rule)
        self.rule: str = rule
        self.text: Text = text
        self.row: int = row


def guarded(text: str) -> str:
    """Return *text* as a cell that no spreadsheet runs.

    >>> guarded("=1+1"), guarded("Lệ phí"), guarded("'quoted'")
    ("'=1+1", 'Lệ phí', "'quoted'")
    """
    return "'" + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of which *cell* was made.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(items: Iterable[str]) -> str:
    r"""Return *items* in one cell.

    >>> joined(["law", "a;b"])
    'law; a\\;b'
    """
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split(cell: str) -> list[str]:
    r"""Return the items in *cell*, without the blanks around them.

    >>> split("law;decree ; a\\;b")
    ['law', 'decree', 'a;b']
    """
    items = (_ESCAPED.sub(r"\1", item.strip()) for item in _ITEM.findall(cell))
    return [item for item in items if item]


def write_rows(rows: Iterable[Sequence[str]], separator: str) -> str:
    """Return *rows*, the headings first, as CSV."""
    stream = io.StringIO(newline="")
    stream.write(_BOM)
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def read_rows(content: str | bytes) -> list[list[str]]:
    """Return the rows of CSV whose cells are separated by comma, semicolon or tab, as the first row shows.

    Raises:
        NotATableError: it is too large, not UTF-8, or not CSV.
    """
    if len(content) > MAX_BYTES:
        raise NotATableError("too-large", Text(vi=f"lớn hơn {MAX_BYTES} byte", en=f"larger than {MAX_BYTES} bytes"), 1)
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        said = Text(
            vi=f"không phải UTF-8 (byte thứ {error.start}); trong Excel hãy lưu dạng CSV UTF-8",
            en=f"not UTF-8 (at byte {error.start}); in Excel, save as CSV UTF-8",
        )
        raise NotATableError("encoding", said, 1) from None
    text = text.removeprefix(_BOM)
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = max(_SEPARATORS, key=first.count)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        said = Text(vi=f"không phải CSV: {error}", en=f"not CSV: {error}")
        raise NotATableError("syntax", said, len(rows) + 1) from None
    return rows
