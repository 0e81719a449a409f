"""What a change between two catalogues is: its kind, what it means for those who apply, by how much."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from onestop_core.catalogue.values.fields import typed
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["Change", "ChangeEffect", "ChangeKind", "decimal_text"]


class ChangeEffect(Code):
    """What a change means for those who apply."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class ChangeKind(Code):
    """What kind of thing changed, and which way."""

    PROCEDURE_ADDED = "procedure_added"
    PROCEDURE_REMOVED = "procedure_removed"
    EDITION_ADDED = "edition_added"
    """A procedure has one more period."""
    EDITION_REMOVED = "edition_removed"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_REMOVED = "channel_removed"
    LIMIT_SHORTER = "limit_shorter"
    LIMIT_LONGER = "limit_longer"
    FEE_LOWER = "fee_lower"
    FEE_HIGHER = "fee_higher"
    PAPER_ADDED = "paper_added"
    PAPER_REMOVED = "paper_removed"
    PAPER_RENAMED = "paper_renamed"
    """The same paper, by its code or its form, under another name."""
    PIECES_FEWER = "pieces_fewer"
    """Fewer originals or copies of a paper."""
    PIECES_MORE = "pieces_more"
    DATA_REUSED = "data_reused"
    """A paper is replaced by data that the state holds."""
    DATA_NOT_REUSED = "data_not_reused"
    PLACE_ADDED = "place_added"
    PLACE_REMOVED = "place_removed"
    PLACE_WIDER = "place_wider"
    """A receiving place takes dossiers of more people."""
    PLACE_NARROWER = "place_narrower"
    EXEMPTION_ADDED = "exemption_added"
    EXEMPTION_REMOVED = "exemption_removed"
    OTHER = "other"

    @property
    def effect(self) -> ChangeEffect:
        """What the change means for those who apply.

        >>> ChangeKind.LIMIT_SHORTER.effect, ChangeKind.PAPER_ADDED.effect
        (<ChangeEffect.BETTER: 'better'>, <ChangeEffect.WORSE: 'worse'>)
        """
        return _EFFECTS.get(self, ChangeEffect.NEUTRAL)


_BETTER_AND_WORSE = (
    (ChangeKind.CHANNEL_ADDED, ChangeKind.CHANNEL_REMOVED),
    (ChangeKind.LIMIT_SHORTER, ChangeKind.LIMIT_LONGER),
    (ChangeKind.FEE_LOWER, ChangeKind.FEE_HIGHER),
    (ChangeKind.PAPER_REMOVED, ChangeKind.PAPER_ADDED),
    (ChangeKind.PIECES_FEWER, ChangeKind.PIECES_MORE),
    (ChangeKind.DATA_REUSED, ChangeKind.DATA_NOT_REUSED),
    (ChangeKind.PLACE_ADDED, ChangeKind.PLACE_REMOVED),
    (ChangeKind.PLACE_WIDER, ChangeKind.PLACE_NARROWER),
    (ChangeKind.EXEMPTION_ADDED, ChangeKind.EXEMPTION_REMOVED),
)
_EFFECTS = {
    **{better: ChangeEffect.BETTER for better, _ in _BETTER_AND_WORSE},
    **{worse: ChangeEffect.WORSE for _, worse in _BETTER_AND_WORSE},
}


@attrs.frozen(kw_only=True, field_transformer=typed)
class Change:
    """One difference between two catalogues."""

    kind: ChangeKind
    procedure: str
    """Code of the procedure; empty for a change outside the procedures."""
    path: str
    """JSON path of the place: in the new catalogue, or in the old one for what is gone."""
    old: str | None = None
    """The old value in words; None if there was none."""
    new: str | None = None
    text: Text
    """The change in a sentence."""
    by: Fraction | None = None
    """How much more it is than before, exactly, in *unit*; None where that is no number."""
    unit: str | None = None
    """A unit of time limits such as ``working_days``, ``VND``, or ``pieces`` of a paper."""

    def to_dict(self) -> dict[str, Any]:
        """Return the change as a JSON-ready mapping; the exact number is text."""
        return {
            "kind": self.kind.value,
            "effect": self.kind.effect.value,
            "procedure": self.procedure,
            "path": self.path,
            "old": self.old,
            "new": self.new,
            "by": None if self.by is None else decimal_text(self.by),
            "unit": self.unit,
            "text": {"vi": self.text.vi, "en": self.text.en},
        }


def decimal_text(amount: Fraction) -> str:
    """Return an exact number as decimal text; those of time limits, money and pieces have at most six decimals.

    >>> decimal_text(Fraction(-5, 2)), decimal_text(Fraction(10**40 + 1))
    ('-2.5', '10000000000000000000000000000000000000001')
    """
    # Not by division, which a Decimal would round to its context's precision.
    places = next(places for places in range(7) if 10**places % amount.denominator == 0)
    scaled = amount * 10**places
    return f"{Decimal(f'{scaled.numerator}E-{places}'):f}"
