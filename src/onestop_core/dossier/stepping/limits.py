"""Which of the times that a law gives holds for a dossier, as its log tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.lifecycle.sectors import SectorRules
from onestop_core.model.series import instance
from onestop_core.model.words import plain_text

if TYPE_CHECKING:
    from onestop_core.dossier.lifecycle.sectors import SectorLimit

__all__ = ["law_limit"]


def law_limit(dossier: Dossier, rules: SectorRules, *, of: str = "handling") -> SectorLimit | None:
    """Return which limit of *rules* holds for *dossier*, the first row that fits its log; None: the law gives none.

    A row fits if the last event that begins a time *of* this kind is one with which it begins, gives one of its
    reasons if it asks for any, and all that must have come since has come. So a longer time holds once its ground is
    on record, and not before.

    >>> from datetime import date, datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-08-03T09:00+07:00")
    >>> m = dossier.machine("vn-complaint", on=date(2026, 8, 3))
    >>> d = m.step(m.new(id="KN-1", procedure="khiếu nại", channel="post", at=at), dossier.event("accepted", at))
    >>> rules = dossier.sector("complaint-2026")
    >>> str(law_limit(d, rules).limit)
    '30 days'
    >>> d = m.step(d, dossier.event("complexity_recorded", at, reason_code="places"))
    >>> str(law_limit(d, rules).limit)
    '45 days'

    Args:
        dossier: The dossier.
        rules: The times that a law gives, such as ``dossier.sector("complaint-2026")``.
        of: Of what: ``handling``, which the clock counts, or another word that rows have.

    Raises:
        InvalidValueError: an argument of another type.
    """
    log = instance(dossier, Dossier, "dossier").standing
    rows = [row for row in instance(rules, SectorRules, "rules").limits if row.of == plain_text(of, "of")]
    begins = {kind for row in rows for kind in row.begins}
    number = next((number for number in range(len(log) - 1, -1, -1) if log[number][0].kind in begins), len(log))
    for row in rows if number < len(log) else ():
        began, since = log[number][0], {event.kind for event, _ in log[number + 1 :]}
        given = not row.reason_codes or began.reason_code in row.reason_codes
        if began.kind in row.begins and given and since.issuperset(row.after):
            return row
    return None
