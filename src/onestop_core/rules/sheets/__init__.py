"""Sheets of an office: what is in one, as values (``values``), and as CSV (``csv_text``); ``ext.office`` makes workbooks of them."""

from onestop_core._public import publish
from onestop_core.rules.sheets.csv_text import to_csv
from onestop_core.rules.sheets.values import Cell, CellKind, Shade, Sheet, SheetColumn, Tone

__all__ = ["Cell", "CellKind", "Shade", "Sheet", "SheetColumn", "Tone", "to_csv"]

publish(globals())
