"""A sheet as CSV."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from onestop_core.model.series import instance
from onestop_core.rules.reading.csv_files import SEPARATORS, write_csv
from onestop_core.rules.sheets.values import CellKind, Sheet
from onestop_core.text import Language, day_text, number

if TYPE_CHECKING:
    from onestop_core.rules.sheets.values import Cell

__all__ = ["to_csv"]

_PLACES: Final = 2


def to_csv(sheet: Sheet, *, language: Language = "vi", separator: str = ",") -> str:
    r"""Return *sheet* as CSV, its headings first, without titles and notes: what another program takes.

    Moments and days are written as the language does; behind a semicolon numbers have a decimal comma, as the spreadsheets
    that separate by semicolons read them. No cell is a formula.

    >>> from decimal import Decimal
    >>> from onestop_core.rules.sheets import SheetColumn
    >>> columns = (SheetColumn(title="Mã"), SheetColumn(title="Điểm", kind="points"))
    >>> to_csv(Sheet(name="x", columns=columns, rows=(("=1+1", Decimal("1.5")), ("b", None))), separator=";")
    '\ufeffMã;Điểm\r\n\'=1+1;"1,50"\r\nb;\r\n'

    Raises:
        InvalidValueError: another separator, or another language.
    """
    made = instance(sheet, Sheet, "sheet")
    heads = [column.title for column in made.columns]
    rows = [
        [_written(cell, column.kind, language, separator) for cell, column in zip(row, made.columns, strict=True)]
        for row in made.rows
    ]
    return write_csv([heads, *rows], separator=separator)


def _written(cell: Cell, kind: CellKind, language: Language, separator: str) -> str:
    match cell:
        case None:
            return ""
        case str():
            return cell
        case datetime():
            day, hour = day_text(cell.date()).in_(language), f"{cell:%H:%M}"
            return f"{day} {hour}"
        case date():
            return day_text(cell).in_(language)
        case int() if kind is CellKind.WHOLE:
            return str(cell)
        case _:
            plain = number(cell, places=_PLACES).en.replace(",", "").replace("−", "-")
            return plain.replace(".", ",") if separator == SEPARATORS[1] else plain
