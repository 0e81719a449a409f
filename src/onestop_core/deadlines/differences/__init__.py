"""Why another system came to another day.

``known`` (mistakes and conventions, as cited data), ``calendars`` (calendars with something missing), ``models`` (each
difference as a question asked in another way), ``explaining`` (which of them explains a date).
"""

from onestop_core._publish import publish
from onestop_core.deadlines.differences.explaining import ForeignDay, counted_otherwise, explain_difference
from onestop_core.deadlines.differences.known import About, KnownDifference, Standing, known_differences

__all__ = [
    "About",
    "ForeignDay",
    "KnownDifference",
    "Standing",
    "counted_otherwise",
    "explain_difference",
    "known_differences",
]

publish(globals())
