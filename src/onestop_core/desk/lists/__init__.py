"""Lists of a desk: its morning, and the sheets that an office keeps.

* :class:`DeskRow` (``rows``) is a dossier as one line, :func:`from_case` makes it of a row of dossiers, :func:`read_rows`
  (``reading``) of a table of another system.
* :func:`triage` (``triaging``) puts them in buckets and in order, and ranks the units.
"""

from onestop_core._public import publish
from onestop_core.desk.lists.reading import read_rows
from onestop_core.desk.lists.rows import COLUMNS, PERSONAL, DeskRow, Stage, due_text, from_case
from onestop_core.desk.lists.triaging import Bucket, Triage, TriageLine, UnitLoad, triage

__all__ = [
    "COLUMNS",
    "PERSONAL",
    "Bucket",
    "DeskRow",
    "Stage",
    "Triage",
    "TriageLine",
    "UnitLoad",
    "due_text",
    "from_case",
    "read_rows",
    "triage",
]

publish(globals())
