"""A sheet of an office as a value: titles, columns that know what they hold, rows, and words that colour a row.

Whoever makes a sheet says what is in it; how it becomes a workbook is for ``ext.office``, and CSV is written here. Nothing in it
is ever a formula.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import aware, plain_day
from onestop_core.model.amounts import exact_sum, whole_number
from onestop_core.model.series import instance
from onestop_core.text import shown
from onestop_core.text.codes import Code

__all__ = ["Cell", "CellKind", "Shade", "Sheet", "SheetColumn", "Tone"]

Cell: TypeAlias = str | int | Decimal | date | datetime | None
"""What a cell holds; None: nothing, which is never 0."""


class CellKind(Code):
    """What a column holds, and so how its cells are written."""

    TEXT = "text"
    WHOLE = "whole"
    """A whole number."""
    POINTS = "points"
    """An exact number with two decimals."""
    PERCENT = "percent"
    """Hundredths, with two decimals."""
    DAY = "day"
    MOMENT = "moment"
    """A moment, or the day alone where no hour is told."""


class Tone(Code):
    """What a colour says; the word that it goes with says it too."""

    BAD = "bad"
    WARNING = "warning"
    NEAR = "near"
    GOOD = "good"
    QUIET = "quiet"


@attrs.frozen(kw_only=True)
class SheetColumn:
    """A column with its heading."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 14
    """In characters, as spreadsheets measure it."""


@attrs.frozen(kw_only=True)
class Shade:
    """A word, and the tone of each row that has it in the sheet's column of words."""

    word: str
    tone: Tone


def _rows(value: object) -> tuple[tuple[Cell, ...], ...]:
    plain: object = tuple(cast("list[object]", value)) if isinstance(value, list) else value
    given = cast("tuple[object, ...]", instance(plain, tuple, "rows"))
    return tuple(tuple(cast("tuple[Cell, ...]", row)) for row in given if _is_row(row))


def _is_row(row: object) -> bool:
    if isinstance(row, tuple | list):
        return True
    raise InvalidValueError.of("rows", row, vi="một dãy ô", en="a series of cells")


@attrs.frozen(kw_only=True, repr=False)
class Sheet:
    """A table for people: what stands above it, its columns, its rows, and notes below.

    Raises:
        InvalidValueError: a row has another number of cells than there are columns, or a cell is not of its column's kind.
    """

    name: str
    """On the tab."""
    titles: tuple[str, ...] = ()
    """Lines above the headings."""
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(default=(), converter=_rows)
    shaded_by: int | None = None
    """The column whose words colour the rows, from 0."""
    shades: tuple[Shade, ...] = ()
    notes: tuple[str, ...] = ()
    is_wide: bool = True
    """Whether it is printed across."""

    def __attrs_post_init__(self) -> None:
        if self.shaded_by is not None:
            whole_number(self.shaded_by, "shaded_by", most=len(self.columns) - 1)
        width = len(self.columns)
        checked: list[tuple[Cell, ...]] = []
        for row in self.rows:
            if len(row) != width:
                raise InvalidValueError.of("rows", row, vi=f"dòng có {width} ô", en=f"a row of {width} cells")
            checked.append(tuple(_cell(cell, column) for cell, column in zip(row, self.columns, strict=True)))
        object.__setattr__(self, "rows", tuple(checked))

    def __repr__(self) -> str:
        return f"<Sheet {shown(self.name)}: {len(self.rows)} rows>"


def _cell(cell: object, column: SheetColumn) -> Cell:
    if cell is None:
        return None
    match column.kind:
        case CellKind.TEXT:
            if isinstance(cell, str):
                return str.__str__(cell)
            raise InvalidValueError.of(column.title, cell, vi="chuỗi", en="text")
        case CellKind.WHOLE:
            return whole_number(cell, column.title)
        case CellKind.DAY:
            return plain_day(cell, column.title)
        case CellKind.MOMENT:
            return aware(cell, column.title) if isinstance(cell, datetime) else plain_day(cell, column.title)
        case _:
            return exact_sum(cell, column.title, least=None)
