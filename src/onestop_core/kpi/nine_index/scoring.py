"""The nine indices of Circular 01/2018/TT-VPCP: points of dossiers and agencies, and the class of an official or agency.

Each index earns 2, 1 or 0. Those of dossiers are averaged and rounded to one decimal; the rounded ones are
added. What the facts do not tell is left out and counted, never taken for 0. The card is historical.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi.amounts import check_count, check_flag, check_label, code_of, part_of
from onestop_core.kpi.nine_index.card_table import EDITIONS, CardClass, CardIndex, CardSubject, CardTable, Subject
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of
from onestop_core.text import Language, Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, timedelta

    from onestop_core.text.numbers import Exact


__all__ = ["AgencyRecord", "Card", "CardScore", "HandledDossier", "IndexScore", "Pace", "PointTally", "card"]


class Pace(enum.StrEnum):
    """A time against the time allowed."""

    SHORTER = "shorter"
    """For a result: before the due day."""
    EQUAL = "equal"
    LONGER = "longer"

    @classmethod
    def of(cls, taken: Exact | timedelta, allowed: Exact | timedelta) -> Pace:
        """Return how *taken* compares to *allowed*: two numbers, days or durations of one kind.

        >>> Pace.of(3, 5), Pace.of(Fraction(1, 2), Decimal("0.5"))
        (<Pace.SHORTER: 'shorter'>, <Pace.EQUAL: 'equal'>)

        Raises:
            InvalidValueError: they cannot be compared.
        """
        one, two = cast("Any", taken), cast("Any", allowed)
        try:
            return cls.SHORTER if one < two else cls.EQUAL if one == two else cls.LONGER
        except (TypeError, ArithmeticError):
            raise InvalidValueError.of(
                "taken", taken, vi=f"giá trị so sánh được với {shown(allowed)}", en=f"what compares to {shown(allowed)}"
            ) from None


_PACE_POINTS: Final = {Pace.SHORTER: 2, Pace.EQUAL: 1, Pace.LONGER: 0}
_OF_DOSSIERS: Final = (1, 2, 3, 4, 7)


def _pace(value: Pace | str | None) -> Pace | None:
    return None if value is None else code_of(Pace, value, "pace")


def _level(value: Level | str | None) -> Level | None:
    return None if value is None else code_of(Level, value, "level")


@attrs.frozen(kw_only=True)
class HandledDossier:
    """One dossier as the indices look at it; None is unknown.

    >>> HandledDossier(id="H26-1", total_time="shorter", contacts=0).total_time
    <Pace.SHORTER: 'shorter'>

    Raises:
        InvalidValueError: a number is not whole, or a pace not known.
    """

    id: str = attrs.field(validator=check_label)
    total_time: Pace | None = attrs.field(default=None, converter=_pace)
    """Index 1: the whole handling against the law."""
    unit_time: Pace | None = attrs.field(default=None, converter=_pace)
    """Index 2: the evaluated unit's part, or that of the slowest of them, against what it was given."""
    contacts: int | None = attrs.field(default=None, validator=check_count)
    """Index 3: times the applicant came to complete the dossier, those by own fault aside."""
    bodies: int | None = attrs.field(default=None, validator=check_count)
    """Index 4: bodies that the applicant had to contact, the one-stop desk included."""
    returned: Pace | None = attrs.field(default=None, converter=_pace)
    """Index 7: the day of the result against the due day."""
    complaints: int | None = attrs.field(default=None, validator=check_count)
    """Index 7: complaints about attitude, those verified false aside."""

    def points(self) -> dict[int, int | None]:
        """Return the points by index; None where the facts or the Circular do not tell.

        >>> HandledDossier(id="1", total_time="equal", contacts=2, returned="longer", complaints=0).points()
        {1: 1, 2: None, 3: 0, 4: None, 7: None}
        """
        return {
            1: None if self.total_time is None else _PACE_POINTS[self.total_time],
            2: None if self.unit_time is None else _PACE_POINTS[self.unit_time],
            3: None if self.contacts is None else max(0, 2 - self.contacts),
            4: None if self.bodies is None else max(0, 2 - self.bodies),
            7: self._attitude(),
        }

    def _attitude(self) -> int | None:
        if self.complaints:
            return 0
        # Late without complaint: no level of the index says so (card.table.late_basis).
        if self.complaints is None or self.returned is None or self.returned is Pace.LONGER:
            return None
        return _PACE_POINTS[self.returned]


@attrs.frozen(kw_only=True)
class AgencyRecord:
    """What the indices ask of an agency as a whole; None is unknown.

    Raises:
        InvalidValueError: a number is not whole, or a part larger than its whole.
    """

    level: Level | None = attrs.field(default=None, converter=_level)
    """Level of the agency, which sets the share of index 5."""
    listed: int | None = attrs.field(default=None, validator=check_count)
    """Index 5: procedures on the agency's list."""
    on_the_spot: int | None = attrs.field(default=None, validator=check_count)
    """Those handled whole at the desk."""
    eligible: int | None = attrs.field(default=None, validator=check_count)
    """Procedures eligible for reception and return at the desk."""
    at_desk: int | None = attrs.field(default=None, validator=check_count)
    """Those received and returned there."""
    posted: bool | None = attrs.field(default=None, validator=check_flag)
    """Index 6: correct, full and in time on the board."""
    electronic: bool | None = attrs.field(default=None, validator=check_flag)
    """Correct, full and in time in electronic form."""
    petitions: int | None = attrs.field(default=None, validator=check_count)
    """Index 8."""
    petitions_in_time: int | None = attrs.field(default=None, validator=check_count)
    petitions_prolonged: int | None = attrs.field(default=None, validator=check_count)
    online_eligible: int | None = attrs.field(default=None, validator=check_count)
    """Index 9: procedures eligible for level 3 or 4."""
    online_services: int | None = attrs.field(default=None, validator=check_count)
    """Those offered at level 3 or 4."""
    dossiers: int | None = attrs.field(default=None, validator=check_count)
    dossiers_online: int | None = attrs.field(default=None, validator=check_count)
    online_overdue: int | None = attrs.field(default=None, validator=check_count)
    """Online dossiers unresolved or overdue."""

    def __attrs_post_init__(self) -> None:
        part_of(self.on_the_spot, self.listed, "on_the_spot")
        part_of(self.at_desk, self.eligible, "at_desk")
        part_of(self.petitions_in_time, self.petitions, "petitions_in_time")
        part_of(self.petitions_prolonged, self.petitions, "petitions_prolonged")
        part_of(self.online_services, self.online_eligible, "online_services")
        part_of(self.dossiers_online, self.dossiers, "dossiers_online")
        part_of(self.online_overdue, self.dossiers_online, "online_overdue")

    def points(self, table: CardTable) -> dict[int, int | None]:
        """Return the points by index; None where the record does not tell.

        >>> AgencyRecord(posted=True, electronic=False, petitions=0).points(card("vn-circular-01-2018").table)
        {5: None, 6: 1, 8: 2, 9: None}
        """
        return {
            5: self._at_the_desk(table.index(5)),
            6: None if self.posted is None or self.electronic is None else int(self.posted) + int(self.electronic),
            8: self._petitions(table.index(8)),
            9: self._online(table.index(9)),
        }

    def _at_the_desk(self, index: CardIndex) -> int | None:
        if self.level is None or not self.listed or self.on_the_spot is None:
            return None
        (wanted,) = (each.percent for each in index.spot_shares if each.level == self.level)
        if 100 * self.on_the_spot >= wanted * self.listed:
            return 2
        if not self.eligible or self.at_desk is None:
            return None
        return 1 if self.at_desk == self.eligible else 0

    def _petitions(self, index: CardIndex) -> int | None:
        if self.petitions == 0:
            return 2
        if self.petitions is None or self.petitions_in_time is None or self.petitions_prolonged is None:
            return None
        if self.petitions_prolonged:
            return 0
        if self.petitions_in_time == self.petitions:
            return 2
        return 1 if 100 * self.petitions_in_time >= index.in_time_percent * self.petitions else 0

    def _online(self, index: CardIndex) -> int | None:
        services, eligible, online = self.online_services, self.online_eligible, self.dossiers_online
        if not eligible or not self.dossiers or services is None or online is None or self.online_overdue is None:
            return None
        much, some = index.online_percents
        if self.online_overdue or not services or 100 * online < some * self.dossiers:
            return 0
        enough = 100 * services >= index.service_percent * eligible
        return 2 if enough and 100 * online >= much * self.dossiers else 1


@attrs.frozen(kw_only=True)
class PointTally:
    """Points of dossiers added up by index; tallies of disjoint sets add up."""

    points: tuple[int, ...] = (0,) * len(_OF_DOSSIERS)
    """Sum by index 1, 2, 3, 4 and 7."""
    dossiers: tuple[int, ...] = (0,) * len(_OF_DOSSIERS)
    """Dossiers that have points there."""
    unknown: tuple[int, ...] = (0,) * len(_OF_DOSSIERS)
    """Dossiers left out."""

    def __add__(self, other: PointTally) -> PointTally:
        if not isinstance(other, PointTally):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented

        def both(mine: tuple[int, ...], theirs: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(one + two for one, two in zip(mine, theirs, strict=True))

        return PointTally(
            points=both(self.points, other.points),
            dossiers=both(self.dossiers, other.dossiers),
            unknown=both(self.unknown, other.unknown),
        )


@attrs.frozen(kw_only=True)
class IndexScore:
    """One index of a card."""

    index: CardIndex
    value: Decimal | None
    """Rounded average, or the points of the agency; None if left out."""
    points: int | None = None
    """Sum over the dossiers; None for an index of agencies."""
    dossiers: int | None = None
    unknown: int = 0
    """Dossiers left out because the facts or the Circular do not tell."""

    @property
    def ratio(self) -> Fraction | None:
        """The average before rounding."""
        return Fraction(self.points, self.dossiers) if self.points is not None and self.dossiers else None


def _by_number(score: CardScore) -> FrozenMap[int, IndexScore]:
    return FrozenMap({result.index.number: result for result in score.results})


@attrs.frozen(kw_only=True)
class CardScore:
    """The card of an official or agency."""

    card: CardTable
    subject: CardSubject
    results: tuple[IndexScore, ...]
    total: Decimal | None
    """Sum of the rounded indices; None if there is none."""
    grade: CardClass | None
    """None unless every index has a value: what a class of part of a card would be is not known."""
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
        return f"<CardScore {self.card.id} {self.subject.key}: {self.total} of {self.subject.max}>"

    @property
    def missing(self) -> tuple[int, ...]:
        """The indices left out for want of data."""
        return tuple(result.index.number for result in self.results if result.value is None)

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
                    "name": each.index.name.in_(language),
                    "basis": each.index.basis.cite().in_(language),
                }
                for each in self.results
            },
            "total": None if self.total is None else str(self.total),
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
        sums = {number: [0, 0, 0] for number in _OF_DOSSIERS}
        for each in each_of(dossiers, HandledDossier, "dossiers"):
            for number, points in each.points().items():
                cell = sums[number]
                if points is None:
                    cell[2] += 1
                else:
                    cell[0] += points
                    cell[1] += 1
        points_, counted, unknown = zip(*(sums[number] for number in _OF_DOSSIERS), strict=True)
        return PointTally(points=tuple(points_), dossiers=tuple(counted), unknown=tuple(unknown))

    def score(
        self,
        dossiers: Iterable[HandledDossier] | PointTally,
        *,
        subject: Subject | str = Subject.OFFICIAL,
        agency: AgencyRecord | None = None,
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

        Raises:
            UnknownCodeError: there is no such subject.
            InvalidValueError: an item is not a :class:`HandledDossier`.
        """
        who = self.table.subject(subject)
        if agency is not None and not isinstance(agency, AgencyRecord):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("agency", agency, vi="một AgencyRecord", en="an AgencyRecord")
        tally = dossiers if isinstance(dossiers, PointTally) else self.tally(dossiers)
        of_agency = (agency or AgencyRecord()).points(self.table)
        results = tuple(self._index(number, tally, of_agency) for number in who.indices)
        values = [result.value for result in results if result.value is not None]
        rounding = self.table.rounding
        tenths = sum(rounding.units(*value.as_integer_ratio()) for value in values)
        total = rounding.decimal(tenths) if values else None
        whole_card = total is not None and len(values) == len(results)
        grade = who.class_of(total) if whole_card and total is not None else None
        return CardScore(card=self.table, subject=who, results=results, total=total, grade=grade)

    def _index(self, number: int, tally: PointTally, of_agency: dict[int, int | None]) -> IndexScore:
        index, rounding = self.table.index(number), self.table.rounding
        if number not in _OF_DOSSIERS:
            points = of_agency[number]
            return IndexScore(
                index=index, value=None if points is None else rounding.decimal(rounding.units(points, 1))
            )
        place = _OF_DOSSIERS.index(number)
        points, counted = tally.points[place], tally.dossiers[place]
        value = rounding.decimal(rounding.units(points, counted)) if counted else None
        return IndexScore(index=index, value=value, points=points, dossiers=counted, unknown=tally.unknown[place])


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
