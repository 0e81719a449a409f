"""Readers of what offices publish: pages of the national portal, one-sheet tables, wordings of fees.

* ``fees`` and ``fee_values``: :func:`read_fee`, what is paid, or why that is not certain.

People do not write for machines. What is read here is certain or it is told; nothing is guessed.
"""

from onestop_core._public import publish
from onestop_core.catalogue.published.fee_values import FeeOutcome, FeeWording, FoundFee
from onestop_core.catalogue.published.fees import read_fee
from onestop_core.catalogue.published.places import NotUnderstood
from onestop_core.catalogue.published.portal import read_portal

__all__ = ["FeeOutcome", "FeeWording", "FoundFee", "NotUnderstood", "read_fee", "read_portal"]

publish(globals())
