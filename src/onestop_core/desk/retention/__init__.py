"""How long a file is kept, and what is to be done with it then; nothing is ever deleted.

* ``table``: the periods by what a file or document is and how it ended: :class:`RetentionTable`, :class:`Period`,
  :func:`retention_table`, :func:`load_retention`.
* ``files``: what is kept: :class:`KeptFile`, :class:`KeptDocument`, :func:`kept_file` of a dossier.
* ``reviewing``: :func:`review_on`: from which day on a file may be reviewed for destruction, and why.
* ``lists``: :func:`keeping_lists`: to hand over, to keep back, to review, and what has no known period.
* ``redacting``: :func:`may_redact`: whether something may be taken out of a log already.
"""

from onestop_core._public import publish
from onestop_core.desk.retention.files import KeptDocument, KeptFile, kept_file
from onestop_core.desk.retention.lists import KeepingLists, ToHandOver, keeping_lists
from onestop_core.desk.retention.redacting import Redaction, may_redact
from onestop_core.desk.retention.reviewing import Review, ReviewKind, YearReading, review_on
from onestop_core.desk.retention.table import (
    Counted,
    Keep,
    LeastYears,
    Period,
    RetentionLimit,
    RetentionTable,
    load_retention,
    retention_table,
)

__all__ = [
    "Counted",
    "Keep",
    "KeepingLists",
    "KeptDocument",
    "KeptFile",
    "LeastYears",
    "Period",
    "Redaction",
    "RetentionLimit",
    "RetentionTable",
    "Review",
    "ReviewKind",
    "ToHandOver",
    "YearReading",
    "keeping_lists",
    "kept_file",
    "load_retention",
    "may_redact",
    "retention_table",
    "review_on",
]

publish(globals())
