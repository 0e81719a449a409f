"""Columns and words that the sheets of an office share."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from onestop_core.desk.lists.rows import COLUMNS
from onestop_core.rules.sheets import CellKind, SheetColumn
from onestop_core.text import Language, Text

if TYPE_CHECKING:
    from onestop_core.desk.lists.rows import DeskRow

__all__ = ["MOMENT", "NUMBER", "at", "column", "named", "own", "start"]

MOMENT: Final = CellKind.MOMENT
NUMBER: Final = Text(vi="STT", en="No.")


_DAYS_ONLY: Final = (time(), time(23, 59, 59))
"""Hours that a table without hours has: of a day, and of the end of one."""


def at(moment: datetime | None) -> date | datetime | None:
    """Return *moment* as a cell: the day alone where no hour was told."""
    return moment.date() if moment is not None and moment.time() in _DAYS_ONLY else moment


def start(word: str) -> str:
    """Return *word* as it begins a line."""
    return word[:1].upper() + word[1:]


def column(name: str, language: Language, width: int, kind: CellKind = CellKind.TEXT) -> SheetColumn:
    """Return the column of a row of a desk."""
    return SheetColumn(title=COLUMNS[name].in_(language), kind=kind, width=width)


def own(title: Text, language: Language, width: int, kind: CellKind = CellKind.TEXT) -> SheetColumn:
    """Return a column that the sheet adds."""
    return SheetColumn(title=title.in_(language), kind=kind, width=width)


def named(row: DeskRow) -> str | None:
    """Return the procedure by its name, or by its code where that is all that is told."""
    return row.procedure_name or row.procedure
