"""Receipts: a due moment with all from which anybody can count it again, and whether one holds.

``Deadline.to_receipt`` and ``Countdown.to_receipt`` make them (:mod:`~onestop_core.deadlines.receipts.writing`),
:func:`verify` looks whether they hold (:mod:`~onestop_core.deadlines.receipts.verifying`), :func:`short` makes the line of
a QR code and :func:`from_short` reads it (:mod:`~onestop_core.deadlines.receipts.short_form`). What both sides share is
in :mod:`~onestop_core.deadlines.receipts.content`, the days in :mod:`~onestop_core.deadlines.receipts.days`.
"""

from onestop_core._public import publish
from onestop_core.deadlines.receipts.short_form import from_short, short
from onestop_core.deadlines.receipts.verifying import verify

__all__ = ["from_short", "short", "verify"]

publish(globals())
