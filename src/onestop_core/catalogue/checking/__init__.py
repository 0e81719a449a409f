"""What is wrong with a catalogue.

``rules`` (every rule with its words), ``grounds`` (what they rest on), ``document`` (the whole check), and what judges the parts of a
procedure: ``procedure``, ``parts``, ``amounts``, ``steps``, ``decisions``, ``characters``; ``selection`` says which findings are wanted,
``suppressing`` which the catalogue accepts, ``plain`` reads numbers and days from a document that may be wrong.
"""

from onestop_core._public import publish
from onestop_core.catalogue.checking.document import accepted, check, check_file
from onestop_core.catalogue.checking.rules import RULES, Rule
from onestop_core.catalogue.checking.suppressing import Accepted

__all__ = ["RULES", "Accepted", "Rule", "accepted", "check", "check_file"]

publish(globals())
