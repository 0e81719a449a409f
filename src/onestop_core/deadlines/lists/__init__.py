"""Dossiers in lists: one flat row for each, and who is overdue, soon due or waiting.

``case_row`` (a dossier as one row, by its one clock), ``columns`` (what the row has, and a table for it), ``listing`` (the
lists themselves). Inside: ``conditions`` are the values that a list is made of; ``evaluate``, ``words`` and ``sql`` each read
them in one way, and ``onestop_core.ext.frames`` in one more.
"""

from onestop_core._public import publish
from onestop_core.deadlines.lists.case_row import CaseRow, row
from onestop_core.deadlines.lists.columns import RowColumn, RowColumnKind, columns, create_table, upsert
from onestop_core.deadlines.lists.listing import (
    Listing,
    due_before,
    due_today,
    due_within,
    finished,
    finished_late,
    in_progress,
    not_started,
    overdue,
    waiting,
    with_status,
    without_event_since,
)
from onestop_core.deadlines.lists.sql import Dialect

__all__ = [
    "CaseRow",
    "Dialect",
    "Listing",
    "RowColumn",
    "RowColumnKind",
    "columns",
    "create_table",
    "due_before",
    "due_today",
    "due_within",
    "finished",
    "finished_late",
    "in_progress",
    "not_started",
    "overdue",
    "row",
    "upsert",
    "waiting",
    "with_status",
    "without_event_since",
]

publish(globals())
