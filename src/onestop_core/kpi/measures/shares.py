"""Shares beside the index: on time of received and of resolved, online, paid online, digitised, reused.

Each is a count, with what the facts left open, and the definition that it follows. Nothing is scored, a share of nothing has no
value, and one with unknown dossiers has bounds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import part_of, rounded, whole
from onestop_core.kpi.counting.counts import Count, UnknownPolicy
from onestop_core.kpi.counting.tallies import Tally
from onestop_core.kpi.measures.definitions import ShareDefinition, measures

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from onestop_core.text import Language

__all__ = ["Share", "rates", "share"]


@attrs.frozen(kw_only=True)
class Share:
    """A part of a whole, exact; shares of disjoint sets add up.

    With dossiers of which the facts do not tell a share is unknown, and lies between its lowest and its highest value,
    unless the policy leaves those out.
    """

    definition: ShareDefinition
    count: Count
    policy: UnknownPolicy = UnknownPolicy.BOUNDS
    """What becomes of what is unknown."""

    @property
    def numerator(self) -> int:
        """The part that is known: under the policy to leave out, of what is known in full."""
        return self._pair[0]

    @property
    def denominator(self) -> int:
        """The whole that is known, likewise."""
        return self._pair[1]

    @property
    def unknown(self) -> int:
        """What the facts do not tell."""
        return self.count.denominator + self.count.unknown - self._pair[1]

    @property
    def _pair(self) -> tuple[int, int]:
        if self.policy is UnknownPolicy.LEAVE_OUT:
            return self.count.told
        return self.count.numerator, self.count.denominator

    @property
    def _open(self) -> bool:
        return bool(self.count.unknown) and self.policy is UnknownPolicy.BOUNDS

    @property
    def ratio(self) -> Fraction | None:
        """The share of 1; None where there is nothing to share, or where it is unknown."""
        return Fraction(*self._pair) if self.denominator and not self._open else None

    @property
    def ratio_bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest share where it is unknown; else None."""
        return self.count.ratio_bounds if self._open else None

    @property
    def percent(self) -> Decimal | None:
        """The share in percent to two decimals, a tie upwards; None where there is none."""
        return None if self.ratio is None else rounded(100 * self.ratio)

    @property
    def percent_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest percent where it is unknown; else None."""
        bounds = self.ratio_bounds
        return None if bounds is None else (rounded(100 * bounds[0]), rounded(100 * bounds[1]))

    def __add__(self, other: Share) -> Share:
        if not isinstance(other, Share):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        if other.definition != self.definition or other.policy is not self.policy:
            raise InvalidValueError.of(
                "share", other.definition.id, vi=f"cùng tỷ lệ {self.definition.id}", en=f"another {self.definition.id}"
            )
        return attrs.evolve(self, count=self.count + other.count)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the share in JSON types: the percent as decimal text, null where there is none or it is unknown."""
        bounds = self.percent_bounds
        return {
            "id": self.definition.id,
            "name": self.definition.name.in_(language),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unknown": self.unknown,
            "percent": None if self.percent is None else str(self.percent),
            "bounds": None if bounds is None else {"lowest": str(bounds[0]), "highest": str(bounds[1])},
            "policy": self.policy.value,
            "basis": self.definition.basis.cite().in_(language),
        }


def share(
    share_id: str,
    numerator: int,
    denominator: int,
    *,
    unknown: int = 0,
    policy: UnknownPolicy | str = UnknownPolicy.BOUNDS,
    on: date | None = None,
) -> Share:
    """Return a share from counts, by the definition in force *on* a day.

    >>> share("resolved_on_time_of_resolved", 19_255, 19_944).percent  # a province's desks, July and August 2021
    Decimal('96.55')
    >>> share("full_online_procedures", 0, 0).percent is None
    True
    >>> open_ = share("online", 80, 90, unknown=10)
    >>> open_.percent, open_.percent_bounds
    (None, (Decimal('80.00'), Decimal('90.00')))
    >>> share("online", 80, 90, unknown=10, policy="leave_out").percent
    Decimal('88.89')

    Raises:
        UnknownCodeError: there is no such share.
        NotInForceError: no definitions ship for that day.
        InvalidValueError: a count is not a whole number from 0 on, or the part larger than the whole; the policy is
            not known.
    """
    definition = measures(on=on).share(share_id)
    above, below = whole(numerator, "numerator"), whole(denominator, "denominator")
    part_of(above, below, "numerator")
    count = Count(numerator=above, denominator=below, unknown=whole(unknown, "unknown"))
    return Share(definition=definition, count=count, policy=UnknownPolicy.of(policy, "policy"))


_OF_TALLY: Final = (
    ("on_time_or_within_time", "2.1"),
    ("online", "3.3"),
    ("paid_online", "3.6"),
    ("electronic_result", "4.1"),
    ("digitised", "4.2"),
    ("data_reused", "4.3"),
)


def rates(
    tally: Tally, *, unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS, on: date | None = None
) -> dict[str, Share]:
    """Return the shares that dossiers give, by id, by the definitions in force *on* a day.

    ``resolved_on_time_of_received`` divides by the dossiers received, those in progress included;
    ``resolved_on_time_of_resolved`` by the dossiers resolved: two names, because they are two figures.
    *unknown* says what becomes of dossiers of which the facts do not tell.

    >>> from datetime import date, datetime
    >>> from onestop_core import kpi
    >>> from onestop_core.model import Interval
    >>> at = datetime.fromisoformat
    >>> done = kpi.DossierFacts(id="1", received_at=at("2026-10-12T08:00+07:00"), due_at=at("2026-10-19T08:00+07:00"),
    ...     finished_at=at("2026-10-16T10:00+07:00"), visits=1, guided=0, supplement_requests=0)
    >>> open_ = kpi.DossierFacts(id="2", received_at=at("2026-10-30T08:00+07:00"), due_at=at("2026-11-06T08:00+07:00"))
    >>> october = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
    >>> found = rates(kpi.tally([done, open_], period=october))
    >>> found["resolved_on_time_of_received"].percent, found["resolved_on_time_of_resolved"].percent
    (Decimal('50.00'), Decimal('100.00'))
    >>> found["one_contact"].percent, found["one_agency"].percent_bounds
    (Decimal('100.00'), (Decimal('0.00'), Decimal('100.00')))

    Raises:
        NotInForceError: no definitions ship for that day.
        InvalidValueError: it is no tally; the policy is not known.
    """
    if not isinstance(tally, Tally):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("tally", tally, vi="một Tally", en="a Tally")
    policy = UnknownPolicy.of(unknown, "unknown")
    counts = {
        "resolved_on_time_of_received": _of_received(tally),
        "resolved_on_time_of_resolved": tally.finished,
        "overdue_stock": _turned(tally.in_progress),
        "one_contact": tally.one_contact,
        "one_agency": tally.one_agency,
        **{name: tally[metric] for name, metric in _OF_TALLY},
    }
    defined = measures(on=on)
    return {name: Share(definition=defined.share(name), count=count, policy=policy) for name, count in counts.items()}


def _of_received(tally: Tally) -> Count:
    """Return the finished on time, of all received: what is in progress is not resolved on time, judged or not."""
    received, finished = tally["2.1"], tally.finished
    unknown = finished.unknown - finished.optional_below
    others = received.denominator + received.unknown - finished.denominator - finished.unknown
    return Count(
        numerator=finished.numerator,
        denominator=finished.denominator + finished.optional_below + others,
        unknown=unknown,
        partly_above=finished.partly_above,
        partly_below=finished.partly_below,
    )


def _turned(count: Count) -> Count:
    """Return the count of what stands below the line and not above it."""
    return Count(
        numerator=count.denominator - count.numerator,
        denominator=count.denominator,
        unknown=count.unknown,
        partly_above=count.partly_below,
        partly_below=count.partly_above,
        optional_above=count.optional_below,
        optional_below=count.optional_above,
        optional=count.optional,
    )
