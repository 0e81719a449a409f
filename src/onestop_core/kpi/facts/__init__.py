"""Facts of dossiers from files, and the columns in which they come.

* :func:`read_facts` reads CSV, JSON, JSON Lines and Parquet, or nothing; :func:`scan_facts` goes on without the bad rows and
  says what is wrong with them, as a :class:`FactsFile` (``files``; Parquet, an extra, in ``parquet``).
* :func:`facts_columns` are the columns, with their types (``columns``).
"""

from onestop_core._public import publish
from onestop_core.kpi.facts.columns import ColumnKind, FactsColumn, facts_columns
from onestop_core.kpi.facts.files import FactsFile, read_facts, scan_facts

__all__ = ["ColumnKind", "FactsColumn", "FactsFile", "facts_columns", "read_facts", "scan_facts"]

publish(globals())
