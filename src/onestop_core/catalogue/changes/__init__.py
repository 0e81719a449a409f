"""What two catalogues differ in: ``diff`` finds it, ``kinds`` names it, ``totals`` adds it up.

``pairing`` says what of the two is the same thing, ``naming`` what a place is called.
"""

from onestop_core._public import publish
from onestop_core.catalogue.changes.diff import diff
from onestop_core.catalogue.changes.kinds import Change, ChangeEffect, ChangeKind
from onestop_core.catalogue.changes.totals import Sums, Totals, totals

__all__ = ["Change", "ChangeEffect", "ChangeKind", "Sums", "Totals", "diff", "totals"]

publish(globals())
