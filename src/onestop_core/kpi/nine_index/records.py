"""What the nine indices look at: dossiers that were handled, and an agency as a whole; None is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import check_count, check_flag, check_label, part_of
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.text import shown
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from datetime import timedelta

    from onestop_core.kpi.nine_index.card_table import CardIndex, CardTable
    from onestop_core.text.numbers import Exact

__all__ = ["ATTITUDE", "OF_DOSSIERS", "AgencyRecord", "HandledDossier", "Pace"]


class Pace(Code):
    """A time against the time allowed."""

    SHORTER = "shorter"
    """For a result: before the due day."""
    EQUAL = "equal"
    LONGER = "longer"

    @classmethod
    def measured(cls, taken: Exact | timedelta, allowed: Exact | timedelta) -> Pace:
        """Return how *taken* compares to *allowed*: two numbers, days or durations of one kind.

        >>> from decimal import Decimal
        >>> from fractions import Fraction
        >>> Pace.measured(3, 5), Pace.measured(Fraction(1, 2), Decimal("0.5"))
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
OF_DOSSIERS: Final = (1, 2, 3, 4, 7)
"""The indices that dossiers earn."""
ATTITUDE: Final = 7


def _pace(value: Pace | str | None) -> Pace | None:
    return None if value is None else Pace.of(value, "pace")


def _level(value: Level | str | None) -> Level | None:
    return None if value is None else Level.of(value, "level")


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

    def possible(self, number: int) -> tuple[int | None, ...]:
        """Return the points that index *number* may give, whatever the unknown is; None: the Circular gives none.

        >>> late = HandledDossier(id="1", returned="longer")
        >>> late.possible(7), late.possible(1)
        ((0, None), (0, 1, 2))
        """
        points = self.points().get(number)
        if points is not None:
            return (points,)
        if number != ATTITUDE:
            return (0, 1, 2)
        early: tuple[int | None, ...] = (1, 2, None)
        if self.returned is not None:
            early = (None if self.returned is Pace.LONGER else _PACE_POINTS[self.returned],)
        return early if self.complaints == 0 else (0, *early)

    def told(self, number: int) -> bool:
        """Return whether nothing is missing that index *number* asks."""
        return number != ATTITUDE or (self.complaints is not None and self.returned is not None)


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

        >>> from onestop_core.kpi.nine_index import card
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
