"""Shares beside the index: on time of received and of resolved, online, paid online, digitised, reused.

Each is a numerator, a denominator and what the facts left open, with the definition that it follows. Nothing
is scored, and a share of nothing has no value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import part_of, rounded, whole
from onestop_core.kpi.counting.tallies import Count, Tally
from onestop_core.kpi.measures.definitions import ShareDefinition, measures

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from onestop_core.text import Language

__all__ = ["Share", "rates", "share"]


@attrs.frozen(kw_only=True)
class Share:
    """A part of a whole, exact; shares of disjoint sets add up."""

    definition: ShareDefinition
    numerator: int
    denominator: int
    unknown: int = 0
    """Left out of both, because the facts do not tell."""

    @property
    def ratio(self) -> Fraction | None:
        """The share of 1; None where there is nothing to share."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> Decimal | None:
        """The share in percent to two decimals, a tie upwards; None where there is none."""
        return None if self.ratio is None else rounded(100 * self.ratio)

    def __add__(self, other: Share) -> Share:
        if not isinstance(other, Share):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        if other.definition != self.definition:
            raise InvalidValueError.of(
                "share", other.definition.id, vi=f"cùng tỷ lệ {self.definition.id}", en=f"another {self.definition.id}"
            )
        return attrs.evolve(
            self,
            numerator=self.numerator + other.numerator,
            denominator=self.denominator + other.denominator,
            unknown=self.unknown + other.unknown,
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the share in JSON types: the percent as decimal text, null where there is none."""
        return {
            "id": self.definition.id,
            "name": self.definition.name.in_(language),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unknown": self.unknown,
            "percent": None if self.percent is None else str(self.percent),
            "basis": self.definition.basis.cite().in_(language),
        }


def share(share_id: str, numerator: int, denominator: int, *, unknown: int = 0, on: date | None = None) -> Share:
    """Return a share from counts, by the definition in force *on* a day.

    >>> share("resolved_on_time_of_resolved", 19_255, 19_944).percent  # a province's desks, July and August 2021
    Decimal('96.55')
    >>> share("full_online_procedures", 0, 0).percent is None
    True

    Raises:
        UnknownCodeError: there is no such share.
        NotInForceError: no definitions ship for that day.
        InvalidValueError: a count is not a whole number from 0 on, or the part larger than the whole.
    """
    definition = measures(on=on).share(share_id)
    above, below = whole(numerator, "numerator"), whole(denominator, "denominator")
    part_of(above, below, "numerator")
    return Share(definition=definition, numerator=above, denominator=below, unknown=whole(unknown, "unknown"))


_OF_TALLY: Final = (
    ("on_time_or_within_time", "2.1"),
    ("online", "3.3"),
    ("paid_online", "3.6"),
    ("electronic_result", "4.1"),
    ("digitised", "4.2"),
    ("data_reused", "4.3"),
)


def rates(tally: Tally, *, on: date | None = None) -> dict[str, Share]:
    """Return the shares that dossiers give, by id, by the definitions in force *on* a day.

    ``resolved_on_time_of_received`` divides by the dossiers received, those in progress included;
    ``resolved_on_time_of_resolved`` by the dossiers resolved: two names, because they are two figures.

    >>> from datetime import date, datetime
    >>> from onestop_core import kpi
    >>> from onestop_core.model import Interval
    >>> at = datetime.fromisoformat
    >>> done = kpi.DossierFacts(id="1", received_at=at("2026-10-12T08:00+07:00"), due_at=at("2026-10-19T08:00+07:00"),
    ...     finished_at=at("2026-10-16T10:00+07:00"))
    >>> open_ = kpi.DossierFacts(id="2", received_at=at("2026-10-30T08:00+07:00"), due_at=at("2026-11-06T08:00+07:00"))
    >>> october = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
    >>> found = rates(kpi.tally([done, open_], period=october))
    >>> found["resolved_on_time_of_received"].percent, found["resolved_on_time_of_resolved"].percent
    (Decimal('50.00'), Decimal('100.00'))
    """
    if not isinstance(tally, Tally):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("tally", tally, vi="một Tally", en="a Tally")
    finished, running = tally.finished, tally.in_progress
    # In progress is not resolved on time, whether or not its time can be judged.
    received = finished.denominator + running.denominator + running.unknown
    overdue = running.denominator - running.numerator
    counts = {
        "resolved_on_time_of_received": Count(
            numerator=finished.numerator, denominator=received, unknown=finished.unknown
        ),
        "resolved_on_time_of_resolved": finished,
        "overdue_stock": Count(numerator=overdue, denominator=running.denominator, unknown=running.unknown),
        **{name: tally[metric] for name, metric in _OF_TALLY},
    }
    defined = measures(on=on)
    return {
        name: Share(
            definition=defined.share(name),
            numerator=count.numerator,
            denominator=count.denominator,
            unknown=count.unknown,
        )
        for name, count in counts.items()
    }
