"""Evaluation cards of 2, 1 and 0 points, as data: indices, point levels, classes of a total."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.amounts import exact
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.kpi.service_index.rounding import Rounding
from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.text.numbers import Exact

__all__ = [
    "EDITIONS",
    "CardClass",
    "CardIndex",
    "CardSubject",
    "CardTable",
    "PointLevel",
    "SpotShare",
    "Subject",
    "card_names",
]


def _percent(value: Exact) -> Fraction:
    return exact(value, "percent")


class Subject(enum.StrEnum):
    """Who is evaluated."""

    OFFICIAL = "official"
    AGENCY = "agency"


@attrs.frozen(kw_only=True)
class PointLevel:
    """When an index earns so many points."""

    points: int
    when: Text


@attrs.frozen(kw_only=True)
class SpotShare:
    """Share of procedures handled on the spot that earns 2 points at a level."""

    level: Level
    percent: Fraction = attrs.field(converter=_percent)


@attrs.frozen(kw_only=True)
class CardIndex:
    """One index of a card."""

    number: int
    per: str
    """``dossier``: points for each dossier, averaged; ``agency``: points once."""
    name: Text
    points: tuple[PointLevel, ...]
    spot_shares: tuple[SpotShare, ...] = ()
    in_time_percent: Fraction = attrs.field(default=Fraction(100), converter=_percent)
    """Share of petitions in time that earns 1 point."""
    service_percent: Fraction = attrs.field(default=Fraction(100), converter=_percent)
    """Share of procedures online that 2 points ask for."""
    online_percents: tuple[Fraction, ...] = ()
    """Shares of dossiers online that 2 points and 1 ask for."""
    basis: Basis


@attrs.frozen(kw_only=True)
class CardClass:
    """A class of totals, from a number of points on."""

    key: str
    name: Text
    floor: Decimal
    """Lowest total of the class; it belongs to it."""


@attrs.frozen(kw_only=True)
class CardSubject:
    """The indices that count for a kind of subject, and the classes of their total."""

    key: Subject
    name: Text
    indices: tuple[int, ...]
    max: Decimal
    basis: Basis
    classes: tuple[CardClass, ...]

    def class_of(self, total: Decimal) -> CardClass | None:
        """Return the class of a total, the highest that it reaches.

        >>> from onestop_core import kpi
        >>> agency = kpi.nine_index.card("vn-circular-01-2018").table.subject("agency")
        >>> agency.class_of(Decimal("15.0")).key, agency.class_of(Decimal("14.9")).key
        ('excellent', 'good')
        """
        reached = [each for each in self.classes if each.floor <= total]
        return max(reached, key=lambda each: each.floor, default=None)


@attrs.frozen(kw_only=True)
class CardTable:
    """A card as it is written: what :class:`~onestop_core.kpi.nine_index.Card` scores by."""

    id: str
    name: Text
    in_force_from: date
    in_force_to: date | None = None
    in_force_to_basis: Basis | None = None
    """Evidence of the last day."""
    announced_on: date | None = None
    revision: int = 1
    basis: Basis
    note: Text | None = None
    rounding: Rounding
    incomplete_basis: Basis
    """Why a card that is not whole has no class."""
    late_basis: Basis
    """Why a late result without complaint is left out of index 7."""
    between_basis: Basis
    """What is done between the levels of index 9."""
    indices: tuple[CardIndex, ...]
    subjects: tuple[CardSubject, ...]

    def __repr__(self) -> str:
        return f"<CardTable {self.id}>"

    def index(self, number: int) -> CardIndex:
        """Return the index of that number, from 1 on.

        Raises:
            UnknownCodeError: the card has none.
        """
        for each in self.indices:
            if each.number == number:
                return each
        raise UnknownCodeError.among(Text(vi="chỉ số", en="index"), number, (each.number for each in self.indices))

    def subject(self, key: Subject | str) -> CardSubject:
        """Return the subject of that key.

        Raises:
            UnknownCodeError: the card evaluates no such subject.
        """
        for each in self.subjects:
            if each.key == key:
                return each
        known = [each.key.value for each in self.subjects]
        raise UnknownCodeError.among(Text(vi="đối tượng đánh giá", en="subject"), key, known)


EDITIONS: Final = Editions(
    "vn/kpi/cards",
    what=Text(vi="bảng chấm điểm", en="evaluation card"),
    kind=CardTable,
    rename={"from": "floor"},
    schema="kpi-card",
)
"""What ships, with days, revisions and digests."""


def card_names() -> tuple[str, ...]:
    """Return the ids of the cards that ship.

    >>> card_names()
    ('vn-circular-01-2018',)
    """
    return EDITIONS.ids()
