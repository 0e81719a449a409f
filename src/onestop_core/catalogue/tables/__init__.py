"""A catalogue as tables for spreadsheets, and back.

``writing``, ``reading``, ``layout`` (which table holds what), ``cell_text`` (how a value looks in a cell).
"""

from onestop_core._public import publish
from onestop_core.catalogue.tables.writing import exported, from_tables, not_in_tables, to_tables

__all__ = ["exported", "from_tables", "not_in_tables", "to_tables"]

publish(globals())
