"""Which dossiers a number counts.

* :func:`tally` and :func:`tally_by` count (``tallies``); :class:`Tally` is what comes out, a :class:`Count` for each figure
  (``counts``), with the bounds between which it lies where the facts do not tell.
* :func:`figure` opens a number to the dossiers that it counts (``figures``), as a test, in words and as SQL.
* :func:`standing` says when a dossier ended and whether in time (``on_time``); :func:`end_of_handling` which of several
  moments is the end.

Inside: ``terms`` and ``conditions`` are the values that a counting rule is made of; ``evaluate``, ``words`` and ``sql`` each
read them in one way.
"""

from onestop_core._public import publish
from onestop_core.kpi.counting.counts import Count, UnknownPolicy
from onestop_core.kpi.counting.figures import Figure, Predicate, figure
from onestop_core.kpi.counting.on_time import Standing, SupplementPolicy, end_of_handling, standing
from onestop_core.kpi.counting.tallies import By, Tally, tally, tally_by

__all__ = [
    "By",
    "Count",
    "Figure",
    "Predicate",
    "Standing",
    "SupplementPolicy",
    "Tally",
    "UnknownPolicy",
    "end_of_handling",
    "figure",
    "standing",
    "tally",
    "tally_by",
]

publish(globals())
