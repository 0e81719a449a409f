"""What a new decision does to cases that are under way: who is moved by it, from when to when.

:func:`impact` reads a stream of :class:`OpenCase` and gives a stream of :class:`Impact`; :class:`Terms` are in what cases
are counted, before the decision and after it, where more than the calendar changes (all three in ``values``).
"""

from onestop_core._public import publish
from onestop_core.deadlines.changes.impact import impact
from onestop_core.deadlines.changes.values import Impact, ImpactKind, OpenCase, Terms

__all__ = ["Impact", "ImpactKind", "OpenCase", "Terms", "impact"]

publish(globals())
