"""Which case am I, and what does it take: papers, fees and time limits for the answers of an applicant.

``deciding`` (the decision table of a procedure), ``quoting`` (what one procedure asks), ``pricing`` (what a fee comes to),
``bundling`` (what several ask for one event in life), ``values`` (what comes out).
"""

from onestop_core._public import publish
from onestop_core.catalogue.quotes.bundling import bundle
from onestop_core.catalogue.quotes.deciding import open_questions
from onestop_core.catalogue.quotes.quoting import quote
from onestop_core.catalogue.quotes.values import (
    Bundle,
    BundledPaper,
    ChosenCase,
    Quote,
    QuotedFee,
    QuotedLimit,
    QuotedPaper,
    Saved,
)

__all__ = [
    "Bundle",
    "BundledPaper",
    "ChosenCase",
    "Quote",
    "QuotedFee",
    "QuotedLimit",
    "QuotedPaper",
    "Saved",
    "bundle",
    "open_questions",
    "quote",
]

publish(globals())
