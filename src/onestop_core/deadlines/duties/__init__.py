"""What must be done in time for a dossier: the duties of a table of law, each by when, by whom, and whether it was done.

* :func:`agenda` (``agenda``) lists them; a :class:`Duty` (``values``) is one row of it. How log and clock are read
  against the table is in ``reading``.
* :class:`DutyTable` (``table``) is the table, a :class:`DutyRule` one row of it: what starts a duty, by when it is to
  be done, which event answers it. The one that ships is ``vn/deadlines/duties``; :func:`load_duties` reads one of your own.
"""

from onestop_core._public import publish
from onestop_core.deadlines.duties.agenda import agenda
from onestop_core.deadlines.duties.table import DutyBy, DutyRule, DutyStart, DutyTable, Needed, duty_table, load_duties
from onestop_core.deadlines.duties.values import Duty, DutyStatus

__all__ = [
    "Duty",
    "DutyBy",
    "DutyRule",
    "DutyStart",
    "DutyStatus",
    "DutyTable",
    "Needed",
    "agenda",
    "duty_table",
    "load_duties",
]

publish(globals())
