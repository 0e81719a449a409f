"""The nine indices of Circular 01/2018/TT-VPCP: the card of an official or agency, and its class.

Each index earns 2, 1 or 0. Those of dossiers are averaged and rounded to one decimal; the rounded ones are
added. An index of which nothing is known is left out, as the Circular says; one of which something is unknown lies between
bounds, and so does the total. The card is historical.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction  # noqa: TC003 - public values are held to their hints
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi.counting.counts import UnknownPolicy
from onestop_core.kpi.nine_index.card_table import EDITIONS, CardClass, CardIndex, CardSubject, CardTable, Subject
from onestop_core.kpi.nine_index.point_tallies import IndexPoints, PointTally, tallied
from onestop_core.kpi.nine_index.records import OF_DOSSIERS, AgencyRecord, HandledDossier
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of
from onestop_core.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Card", "CardScore", "IndexScore", "card"]

_NOTHING: Final = IndexPoints()


@attrs.frozen(kw_only=True)
class IndexScore:
    """One index of a card."""

    index: CardIndex
    value: Decimal | None
    """Rounded average, or the points of the agency; None if left out, or unknown."""
    counted: IndexPoints | None = None
    """The points of dossiers; None for an index of agencies."""
    bounds: tuple[Decimal, Decimal] | None = None
    """The lowest and the highest value where it is unknown; else None."""

    @property
    def points(self) -> int | None:
        """Sum over the dossiers that are known; None for an index of agencies."""
        return None if self.counted is None else self.counted.points

    @property
    def dossiers(self) -> int | None:
        """Dossiers whose points are known; None for an index of agencies."""
        return None if self.counted is None else self.counted.dossiers

    @property
    def unknown(self) -> int:
        """Dossiers of which the facts do not tell."""
        return 0 if self.counted is None else self.counted.unknown

    @property
    def undefined(self) -> int:
        """Dossiers left out because the Circular gives them no points."""
        return 0 if self.counted is None else self.counted.undefined

    @property
    def ratio(self) -> Fraction | None:
        """The average before rounding; None where there is none, or it is unknown."""
        return None if self.counted is None or self.bounds is not None else self.counted.mean


def _two(bounds: tuple[Decimal, Decimal] | None) -> dict[str, str] | None:
    return None if bounds is None else {"lowest": str(bounds[0]), "highest": str(bounds[1])}


def _by_number(score: CardScore) -> FrozenMap[int, IndexScore]:
    return FrozenMap({result.index.number: result for result in score.results})


@attrs.frozen(kw_only=True)
class CardScore:
    """The card of an official or agency."""

    card: CardTable
    subject: CardSubject
    results: tuple[IndexScore, ...]
    total: Decimal | None
    """Sum of the rounded indices; None if there is none, or one is unknown."""
    grade: CardClass | None
    """None unless every index has a value: what a class of part of a card would be is not known. And unless both ends
    of an unknown total are in it."""
    unknown: UnknownPolicy = UnknownPolicy.BOUNDS
    """What became of dossiers of which the facts do not tell."""
    bounds: tuple[Decimal, Decimal] | None = None
    """The lowest and the highest total where it is unknown; else None."""
    indices: FrozenMap[int, IndexScore] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_by_number, takes_self=True)
    )
    """The results by the number of their index."""

    def __getitem__(self, number: int) -> IndexScore:
        try:
            return self.indices[number]
        except (KeyError, TypeError):
            raise UnknownCodeError.among(Text(vi="chỉ số", en="index"), number, self.indices) from None

    def __repr__(self) -> str:
        total = self.total if self.bounds is None else f"{self.bounds[0]}..{self.bounds[1]}"
        return f"<CardScore {self.card.id} {self.subject.key}: {total} of {self.subject.max}>"

    @property
    def missing(self) -> tuple[int, ...]:
        """The indices left out for want of data."""
        return tuple(each.index.number for each in self.results if each.value is None and each.bounds is None)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the card in JSON types: numbers as decimal text, null where left out."""
        return {
            "card": self.card.id,
            "subject": self.subject.key.value,
            "indices": {
                str(each.index.number): {
                    "value": None if each.value is None else str(each.value),
                    "points": each.points,
                    "dossiers": each.dossiers,
                    "unknown": each.unknown,
                    "undefined": each.undefined,
                    "bounds": _two(each.bounds),
                    "name": each.index.name.in_(language),
                    "basis": each.index.basis.cite().in_(language),
                }
                for each in self.results
            },
            "total": None if self.total is None else str(self.total),
            "bounds": _two(self.bounds),
            "unknown": self.unknown.value,
            "maximum": str(self.subject.max),
            "class": self.grade.key if self.grade else None,
            "missing": list(self.missing),
            "note": self.card.note.in_(language) if self.card.note else None,
        }


@attrs.frozen(kw_only=True)
class Card:
    """An evaluation card, ready to score."""

    table: CardTable

    def tally(self, dossiers: Iterable[HandledDossier]) -> PointTally:
        """Add up the points of dossiers, each given once.

        Raises:
            InvalidValueError: an item is not a :class:`HandledDossier`.
        """
        return tallied(each_of(dossiers, HandledDossier, "dossiers"))

    def score(
        self,
        dossiers: Iterable[HandledDossier] | PointTally,
        *,
        subject: Subject | str = Subject.OFFICIAL,
        agency: AgencyRecord | None = None,
        unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS,
    ) -> CardScore:
        """Score an official, by dossiers, or an agency, by dossiers and its own record.

        >>> good = HandledDossier(id="1", total_time="shorter", unit_time="equal", contacts=0, bodies=1,
        ...     returned="shorter", complaints=0)
        >>> bad = HandledDossier(id="2", total_time="longer", unit_time="longer", contacts=1, bodies=1,
        ...     returned="longer", complaints=1)
        >>> score = card("vn-circular-01-2018").score([good, good, bad])
        >>> [str(each.value) for each in score.results], score.total, score.grade.key
        (['1.3', '0.7', '1.7', '1.0', '1.3'], Decimal('6.0'), 'full')

        Args:
            dossiers: those handled, or their tally.
            subject: ``official`` (indices 1, 2, 3, 4, 7) or ``agency`` (all nine).
            agency: the record that indices 5, 6, 8 and 9 look at.
            unknown: what becomes of dossiers of which the facts do not tell: an index that has any lies between
                bounds, unless they are left out by name.

        Raises:
            UnknownCodeError: there is no such subject.
            InvalidValueError: an item is not a :class:`HandledDossier`; the policy is not known.
        """
        who, policy = self.table.subject(subject), UnknownPolicy.of(unknown, "unknown")
        if agency is not None and not isinstance(agency, AgencyRecord):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("agency", agency, vi="một AgencyRecord", en="an AgencyRecord")
        tally = dossiers if isinstance(dossiers, PointTally) else self.tally(dossiers)
        counted = dict(zip(OF_DOSSIERS, tally.indices, strict=True))
        of_agency = (agency or AgencyRecord()).points(self.table)
        results = tuple(
            self._of_dossiers(number, counted[number], policy)
            if number in counted
            else IndexScore(index=self.table.index(number), value=self._rounded(of_agency[number]))
            for number in who.indices
        )
        ends = [each.bounds or (each.value, each.value) for each in results if each.value is not None or each.bounds]
        low, high = (self._sum(end[place] for end in ends) if ends else None for place in (0, 1))
        grades = [who.class_of(total) for total in (low, high) if total is not None and len(ends) == len(results)]
        return CardScore(
            card=self.table,
            subject=who,
            results=results,
            total=low if low == high else None,
            grade=grades[0] if grades and grades[0] == grades[-1] else None,
            unknown=policy,
            bounds=None if low is None or high is None or low == high else (low, high),
        )

    def _of_dossiers(self, number: int, counted: IndexPoints, policy: UnknownPolicy) -> IndexScore:
        index, bounds = self.table.index(number), counted.bounds
        if policy is UnknownPolicy.LEAVE_OUT:
            told = attrs.evolve(counted, dossiers=counted.dossiers - counted.partly, partly=0, ways=_NOTHING.ways)
            return IndexScore(index=index, value=self._rounded(told.mean), counted=told)
        if bounds is None:
            return IndexScore(index=index, value=None, counted=counted)
        low, high = (self._rounded(end) for end in bounds)
        if low is None or high is None or low == high:
            return IndexScore(index=index, value=low, counted=counted)
        return IndexScore(index=index, value=None, counted=counted, bounds=(low, high))

    def _rounded(self, value: Fraction | int | None) -> Decimal | None:
        if value is None:
            return None
        rounding = self.table.rounding
        return rounding.decimal(rounding.units(*value.as_integer_ratio()))

    def _sum(self, values: Iterable[Decimal | None]) -> Decimal:
        rounding = self.table.rounding
        return rounding.decimal(sum(rounding.units(*value.as_integer_ratio()) for value in values if value is not None))


def card(name: str, *, on: date | None = None) -> Card:
    """Return an evaluation card, ``vn-circular-01-2018``; with *on*, only if it was in force that day.

    >>> from datetime import date
    >>> card("vn-circular-01-2018", on=date(2024, 5, 6)).table.name.en
    'Nine indices of Circular 01/2018/TT-VPCP for officials and agencies'

    Raises:
        UnknownCodeError: there is no such card.
        NotInForceError: it is not in force on that day: this one is historical.
        InvalidValueError: *on* is not a day.
    """
    return Card(table=EDITIONS.find(name, on=on))
