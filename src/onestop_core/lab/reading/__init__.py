"""Logs as they are found: ours, a portal's history, XES, OCEL and tables of a case system.

* ``mapping``: how another system names things, :class:`LogMapping`, and a dossier's log as it was read, :class:`CaseLog`.
* ``foreign``: XES, OCEL and CSV as rows of texts.
* ``files``: a file of whatever kind, :func:`read_logs`, or a table that was read elsewhere, :func:`read_table`.
"""

from onestop_core._public import publish
from onestop_core.lab.reading.files import read_logs, read_table
from onestop_core.lab.reading.mapping import CaseLog, LogMapping, load_mapping

__all__ = ["CaseLog", "LogMapping", "load_mapping", "read_logs", "read_table"]

publish(globals())
