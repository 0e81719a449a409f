"""Evaluation cards of 2, 1 and 0 points, as data: indices, point levels, classes of a total."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, cast

import attrs

from onestop_core.errors import NotInForceError, UnknownCodeError
from onestop_core.kpi.service_index.definitions import Level, Rounding
from onestop_core.model import Basis, Interval, plain_day
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data, data_names
from onestop_core.text import Text, closest

__all__ = [
    "CardClass",
    "CardIndex",
    "CardSubject",
    "CardTable",
    "PointLevel",
    "SpotShare",
    "Subject",
    "card_names",
    "card_table",
]

_FOLDER = "vn/kpi/cards"


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
    percent: Fraction


@attrs.frozen(kw_only=True)
class CardIndex:
    """One index of a card."""

    number: int
    per: str
    """``dossier``: points for each dossier, averaged; ``agency``: points once."""
    name: Text
    points: tuple[PointLevel, ...]
    spot_shares: tuple[SpotShare, ...] = ()
    in_time_percent: Fraction = Fraction(100)
    """Share of petitions in time that earns 1 point."""
    service_percent: Fraction = Fraction(100)
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
        >>> agency = kpi.card("vn-circular-01-2018").table.subject("agency")
        >>> agency.class_of(Decimal("15.0")).key, agency.class_of(Decimal("14.9")).key
        ('excellent', 'good')
        """
        reached = [each for each in self.classes if each.floor <= total]
        return max(reached, key=lambda each: each.floor, default=None)


@attrs.frozen(kw_only=True)
class CardTable:
    """A card as it is written: what :class:`~onestop_core.kpi.Card` scores by."""

    id: str
    name: Text
    in_force_from: date
    in_force_to: date | None = None
    in_force_to_basis: Basis | None = None
    """Evidence of the last day."""
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

    def index(self, number: int) -> CardIndex:
        """Return the index of that number, from 1 on."""
        return self.indices[number - 1]

    def subject(self, key: Subject | str) -> CardSubject:
        """Return the subject of that key.

        Raises:
            UnknownCodeError: the card evaluates no such subject.
        """
        for each in self.subjects:
            if each.key == key:
                return each
        known = [each.key.value for each in self.subjects]
        kind = Text(vi="đối tượng đánh giá", en="subject")
        raise UnknownCodeError(kind=kind, value=str(key)[:80], suggestions=closest(str(key), known) or tuple(known))


def card_names() -> tuple[str, ...]:
    """Return the ids of the cards that ship.

    >>> card_names()
    ('vn-circular-01-2018',)
    """
    return data_names(_FOLDER)


@cache
def _table(name: str) -> CardTable:
    document = data(f"{_FOLDER}/{name}")
    bases = document["bases"]

    def named(key: str, value: Any) -> Any:
        if key == "basis" or key.endswith("_basis"):
            return bases[value]
        if isinstance(value, dict):
            members = cast("dict[str, Any]", value)
            return {"floor" if k == "from" else k: named(k, child) for k, child in members.items()}
        if isinstance(value, list | tuple):
            return [named("", child) for child in cast("list[Any]", value)]
        return value

    tree = {key: named(key, value) for key, value in document.items() if key not in {"bases", "schema_version"}}
    return structure(tree, CardTable)


def card_table(name: str, *, on: date | None = None) -> CardTable:
    """Return the table of a card, in force *on* a day if one is given.

    Raises:
        UnknownCodeError: there is no such card.
        NotInForceError: it is not in force on that day.
        InvalidValueError: *on* is not a day.
    """
    if name not in card_names():
        kind = Text(vi="thẻ đánh giá", en="evaluation card")
        raise UnknownCodeError(kind=kind, value=str(name)[:80], suggestions=closest(str(name), card_names()))
    table = _table(name)
    during = Interval(first=table.in_force_from, last=table.in_force_to)
    if on is not None and plain_day(on, "on") not in during:
        what = Text(vi=f"thẻ {name}", en=f"card {name}")
        raise NotInForceError(what=what, on=on, known=((table.in_force_from, table.in_force_to),))
    return table
