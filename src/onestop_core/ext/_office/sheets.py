"""Sheets as workbooks: real dates, filters, headings that stay, colours with their words, and nothing that runs."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.model.series import each_of
from onestop_core.rules.sheets import CellKind, Sheet, Tone
from onestop_core.text import Language, Text
from onestop_core.text.safe import csv_cell

try:
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.formatting import rule as formatting
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="office", package="openpyxl") from _missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.rules.sheets import Cell

__all__ = ["sheets"]

_RULES: Any = formatting
"""Its types are not told."""
_LONGEST_CELL: Final = 32_767
_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMATS: Final = {
    CellKind.TEXT: "@",
    CellKind.WHOLE: "#,##0",
    CellKind.POINTS: "0.00",
    CellKind.PERCENT: '0.00"%"',
    CellKind.DAY: "dd/mm/yyyy",
    CellKind.MOMENT: "dd/mm/yyyy hh:mm",
}
_FILLS: Final = {
    Tone.BAD: "FFF4C7C3",
    Tone.WARNING: "FFFCE1C2",
    Tone.NEAR: "FFFFF3BF",
    Tone.GOOD: "FFD3EBD3",
    Tone.QUIET: "FFE6E6E6",
}
"""Light enough for dark letters (contrast above 12 to 1), and told apart in grey by the word beside."""
_LINE: Final = Side(style="thin", color="FFBFBFBF")
_LEGEND: Final = Text(vi="Chú giải", en="Legend")
_MEANING: Final = Text(
    vi="Từ trong cột “{column}” và màu của dòng", en="Word in the column {column}, and colour of its row"
)
_A4: Final = 9
_FACE: Final = "Times New Roman"
_LINE_HEIGHT: Final = 15
_MOST_LINES: Final = 20
_NOTE_WIDTH: Final = 90


def sheets(made: Iterable[Sheet], *, language: Language = "vi") -> bytes:
    """Return *made* as one XLSX workbook, a tab to a sheet, and one that says what the colours mean.

    Dates are dates and numbers are numbers, so that they sort and filter; text is text whatever it begins with. Headings stay
    in sight, have filters and are printed on each page (A4). A row is coloured by the word in one of its cells and changes its
    colour with the word.

    >>> from onestop_core.rules.sheets import Sheet, SheetColumn
    >>> sheets([Sheet(name="Sổ", columns=(SheetColumn(title="Mã hồ sơ"),), rows=(("A",),))])[:2]
    b'PK'

    Raises:
        InvalidValueError: there are no sheets, or one of them is something else.
    """
    given = tuple(each_of(made, Sheet, "made"))
    if not given:
        raise InvalidValueError.of("made", made, vi="ít nhất một trang tính", en="at least one sheet")
    book: Any = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    names: set[str] = set()
    for sheet in given:
        _fill(book.create_sheet(_name(sheet.name, names)), sheet)
    legend = [sheet for sheet in given if sheet.shades or sheet.notes]
    if legend:
        _explain(book.create_sheet(_name(_LEGEND.in_(language), names)), legend, language)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """Return a name that a tab can have and no other has: spreadsheets do not tell capitals apart."""
    plain = _NO_NAME.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", wanted)).strip(" '")[:_LONGEST_NAME] or "1"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        mark = f" {number}"
        name = plain[: _LONGEST_NAME - len(mark)] + mark
    taken.add(name.lower())
    return name


def _fill(tab: Any, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.titles, start=1):
        _write(tab.cell(row=number, column=1), line)
        tab.cell(row=number, column=1).font = _font(bold=True, size=13 if number == 1 else 11)
    top = len(sheet.titles) + (2 if sheet.titles else 1)
    border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
    for place, column in enumerate(sheet.columns, start=1):
        cell = tab.cell(row=top, column=place)
        _write(cell, column.title)
        cell.font, cell.border = _font(bold=True), border
        cell.fill = PatternFill("solid", fgColor="FFEDEDED")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        tab.column_dimensions[get_column_letter(place)].width = max(6, min(column.width, 60))
    widths = [column.width for column in sheet.columns]
    tab.row_dimensions[top].height = _height([column.title for column in sheet.columns], widths)
    font = _font()
    looks: dict[tuple[CellKind, bool], Any] = {}
    for number, row in enumerate(sheet.rows, start=top + 1):
        tab.row_dimensions[number].height = _height(row, widths)
        for place, (value, column) in enumerate(zip(row, sheet.columns, strict=True), start=1):
            cell = tab.cell(row=number, column=place)
            guarded = _write(cell, value)
            kind = CellKind.DAY if isinstance(value, date) and not isinstance(value, datetime) else column.kind
            if (kind, guarded) not in looks:
                cell.number_format, cell.border, cell.font = _FORMATS[kind], border, font
                cell.alignment = Alignment(wrap_text=kind is CellKind.TEXT, vertical="top")
                looks[kind, guarded] = cell._style  # noqa: SLF001 - to look one up for each cell is most of the time
            else:
                cell._style = looks[kind, guarded]  # noqa: SLF001
    last = top + max(1, len(sheet.rows))
    right = get_column_letter(len(sheet.columns))
    tab.freeze_panes = f"A{top + 1}"
    tab.auto_filter.ref = f"A{top}:{right}{last}"
    if sheet.shaded_by is not None:
        words = get_column_letter(sheet.shaded_by + 1)
        for shade in sheet.shades:
            said = shade.word.replace('"', '""')
            fill = PatternFill("solid", bgColor=_FILLS[shade.tone])
            rule = _RULES.FormulaRule(formula=[f'${words}{top + 1}="{said}"'], fill=fill)
            tab.conditional_formatting.add(f"A{top + 1}:{right}{last}", rule)
    _print(tab, sheet.is_wide, top)


def _font(*, bold: bool = False, size: int = 11) -> Any:
    return Font(name=_FACE, bold=bold, size=size)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return the height at which no cell is cut: programs that only print do not look for it."""
    lines = [
        sum(1 + len(line) // max(1, width - 2) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
        if isinstance(cell, str)
    ]
    return _LINE_HEIGHT * min(max(lines, default=1), _MOST_LINES)


def _print(tab: Any, is_wide: bool, top: int | None) -> None:
    tab.page_setup.orientation = "landscape" if is_wide else "portrait"
    tab.page_setup.paperSize = _A4
    tab.page_setup.fitToWidth, tab.page_setup.fitToHeight = 1, 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True
    tab.oddFooter.center.text = "&P/&N"
    tab.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if top is not None:
        tab.print_title_rows = f"{top}:{top}"


def _write(cell: Any, value: Cell) -> bool:
    """Write *value*, and return whether it is a text that could be taken for a formula."""
    if value is None:
        return False
    if isinstance(value, str):
        said = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.value = said
        cell.data_type = "s"  # whatever it begins with, it is no formula
        # Nor does it become one when somebody edits the cell and presses Enter.
        guarded: bool = csv_cell(said) != said
        if guarded:
            cell.quotePrefix = True
        return guarded
    # A spreadsheet knows no zones: moments are those of Vietnam.
    cell.value = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if not isinstance(value, date):
        cell.data_type = "n"
    return False


def _explain(tab: Any, given: Iterable[Sheet], language: Language) -> None:
    row = 0
    tab.column_dimensions["A"].width = 44
    tab.column_dimensions["B"].width = _NOTE_WIDTH
    for sheet in given:
        row += 1
        _write(tab.cell(row=row, column=1), sheet.name)
        tab.cell(row=row, column=1).font = _font(bold=True)
        if sheet.shades and sheet.shaded_by is not None:
            said = _MEANING.in_(language).format(column=sheet.columns[sheet.shaded_by].title)
            _write(tab.cell(row=row, column=2), said)
        for shade in sheet.shades:
            row += 1
            cell = tab.cell(row=row, column=1)
            _write(cell, shade.word)
            cell.fill = PatternFill("solid", fgColor=_FILLS[shade.tone])
        for note in sheet.notes:
            row += 1
            _write(tab.cell(row=row, column=2), note)
            tab.cell(row=row, column=2).alignment = Alignment(wrap_text=True, vertical="top")
            tab.row_dimensions[row].height = _height([note], [_NOTE_WIDTH])
        row += 1
    _print(tab, is_wide=True, top=None)
