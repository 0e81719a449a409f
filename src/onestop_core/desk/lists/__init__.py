"""Lists of a desk: its morning, and the sheets that an office keeps.

* :class:`DeskRow` (``rows``) is a dossier as one line, :func:`from_case` makes it of a row of dossiers, :func:`read_rows`
  (``reading``) of a table of another system (``headings`` and ``cells`` are how offices write them).
* :func:`onestop_core.desk.triage` (``triaging``) puts them in buckets and in order, and ranks the units.
* :func:`morning_sheet`, :func:`units_sheet`, :func:`late_sheet` (``morning_sheets``), :func:`register_sheet`,
  :func:`handover_sheets` and :func:`control_sheet` (``kept_sheets``; ``sheet_columns`` is what they share) make a
  :class:`Sheet` for people, which ``ext.office.sheets`` writes as a workbook and :func:`to_csv` as CSV.
"""

from onestop_core._public import publish
from onestop_core.desk.lists.kept_sheets import control_sheet, handover_sheets, register_sheet
from onestop_core.desk.lists.morning_sheets import late_sheet, morning_sheet, units_sheet
from onestop_core.desk.lists.reading import read_rows
from onestop_core.desk.lists.rows import COLUMNS, PERSONAL, DeskRow, Stage, due_text, from_case
from onestop_core.desk.lists.triaging import Bucket, Triage, TriageLine, UnitLoad, triage
from onestop_core.rules.sheets import CellKind, Shade, Sheet, SheetColumn, Tone, to_csv

__all__ = [
    "COLUMNS",
    "PERSONAL",
    "Bucket",
    "CellKind",
    "DeskRow",
    "Shade",
    "Sheet",
    "SheetColumn",
    "Stage",
    "Tone",
    "Triage",
    "TriageLine",
    "UnitLoad",
    "control_sheet",
    "due_text",
    "from_case",
    "handover_sheets",
    "late_sheet",
    "morning_sheet",
    "read_rows",
    "register_sheet",
    "to_csv",
    "triage",
    "units_sheet",
]

publish(globals())
