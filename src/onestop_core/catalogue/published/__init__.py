"""Readers of what offices publish: pages of the national portal, one-sheet tables, wordings of fees.

* ``portal``: :func:`onestop_core.catalogue.read_portal`, published pages as a catalogue document and what was not understood. ``pages`` brings
  the three forms of a page to one, ``flat`` cuts tables that were run together,
  ``offers``, ``papers`` and ``facts`` read the parts, ``alternatives`` the papers of which one is enough, ``places`` says
  what was not understood;
* ``fees`` and ``fee_values``: :func:`onestop_core.catalogue.read_fee`, what is paid, or why that is not certain;
* ``sheet``: one sheet with the portal's own columns, written; ``sheet_reading``: :func:`read_sheets`, sheets as offices fill them in.

People do not write for machines. What is read here is certain or it is told; nothing is guessed.
"""

from onestop_core._public import publish
from onestop_core.catalogue.published.fee_values import FeeOutcome, FeeWording, FoundFee
from onestop_core.catalogue.published.fees import read_fee
from onestop_core.catalogue.published.places import NotUnderstood
from onestop_core.catalogue.published.portal import read_portal
from onestop_core.catalogue.published.sheet import to_rows
from onestop_core.catalogue.published.sheet_reading import read_sheets

__all__ = ["FeeOutcome", "FeeWording", "FoundFee", "NotUnderstood", "read_fee", "read_portal", "read_sheets", "to_rows"]

publish(globals())
