"""Published wordings, read: ``limits`` (time limits), ``values`` (what was read, and what was not).

Inside: ``quantities`` (a number with its unit) and ``starts`` (from what event a limit runs).

People do not write for machines. What is read here is certain or it is told; nothing is guessed.
"""

from onestop_core._public import publish
from onestop_core.rules.wording.limits import read_limit
from onestop_core.rules.wording.values import FoundLimit, LimitOutcome, LimitStart, LimitWording

__all__ = ["FoundLimit", "LimitOutcome", "LimitStart", "LimitWording", "read_limit"]

publish(globals())
