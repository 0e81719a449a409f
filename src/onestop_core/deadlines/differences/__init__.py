"""Why another system came to another day.

``definitions`` (mistakes and conventions, as cited data), ``calendars`` (calendars with something missing), ``models`` (each
difference as a question asked in another way), ``explaining`` (which of them explains a date).
"""

from onestop_core._public import publish
from onestop_core.deadlines.differences.definitions import About, DifferenceKind, KnownDifference, known_differences
from onestop_core.deadlines.differences.explaining import ForeignDay, counted_otherwise, explain_difference

__all__ = [
    "About",
    "DifferenceKind",
    "ForeignDay",
    "KnownDifference",
    "counted_otherwise",
    "explain_difference",
    "known_differences",
]

publish(globals())
