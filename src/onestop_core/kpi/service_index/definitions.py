"""What an index is made of: groups, metrics, bands and the policies that each metric names."""

from __future__ import annotations

import enum
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Final

import attrs

from onestop_core.model import Basis
from onestop_core.text import Text

__all__ = [
    "Band",
    "Bands",
    "CountingRule",
    "Group",
    "Level",
    "Metric",
    "MetricKind",
    "NotApplicable",
    "Rounding",
    "SingleProcedure",
    "Ties",
    "ZeroPolicy",
    "ZeroRule",
]


_EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Moves a decimal point whatever the caller's decimal context."""


class Level(enum.StrEnum):
    """Level of administration whose work is scored."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"


class MetricKind(enum.StrEnum):
    """What the ratio of a metric is."""

    SHARE = "share"
    """A part of a whole: numerator <= denominator."""
    MEAN = "mean"
    """A sum over a number, such as an average time; not a percentage."""


class ZeroPolicy(enum.StrEnum):
    """What a metric gives when its denominator is 0."""

    NULL = "null"
    """No ratio and no score; adds nothing, and the maximum of the group is not reduced."""
    FULL = "full"
    """Ratio 0 and full points."""
    ZERO = "zero"
    """Ratio 0 and no points."""
    UNKNOWN = "unknown"
    """Nobody has seen what the index does: no ratio and no score; refused when scoring strictly."""


class Ties(enum.StrEnum):
    """What rounding does with a value exactly half-way."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


@attrs.frozen(kw_only=True)
class Rounding:
    """How published figures are rounded: each component first; the rounded ones are added."""

    decimals: int
    ties: Ties
    basis: Basis
    ties_basis: Basis
    _scale: int = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(lambda self: int(10**self.decimals), takes_self=True)
    )

    def units(self, numerator: int, denominator: int) -> int:
        """Return the fraction, not negative, in whole units of the last decimal."""
        scaled = numerator * self._scale
        if self.ties is Ties.HALF_EVEN:
            return round(Fraction(scaled, denominator))
        return (2 * scaled + denominator) // (2 * denominator)

    def decimal(self, units: int) -> Decimal:
        """Return *units* of the last decimal as an exact number, whatever the decimal context."""
        return Decimal(units).scaleb(-self.decimals, _EXACT)


@attrs.frozen(kw_only=True)
class ZeroRule:
    """The zero policy of a metric and its evidence."""

    policy: ZeroPolicy
    basis: Basis


@attrs.frozen(kw_only=True)
class Group:
    """A group of metrics and the points that it can bring."""

    key: str
    name: Text
    max: Decimal
    basis: Basis


def _slope_of(metric: Metric) -> tuple[int, int, int, int]:
    """Return points for a ratio of 1, and the cap, as whole fractions; once, so that scoring multiplies integers."""
    cap = Fraction(metric.max or 0)
    slope = cap * 100 / Fraction(metric.target)
    return slope.numerator, slope.denominator, cap.numerator, cap.denominator


@attrs.frozen(kw_only=True)
class Metric:
    """One component of an index: ``score = min(max, max * rate / target)``."""

    id: str
    group: str
    name: Text
    numerator: Text
    """What is counted above the line."""
    denominator: Text
    """What is counted below it."""
    portal_codes: tuple[str, ...] = ()
    kind: MetricKind = MetricKind.SHARE
    scored: bool = True
    """False for information only."""
    max: Decimal | None = None
    """Points; None if not scored, or if the maximum has not been read."""
    target: Decimal = Decimal(100)
    """Rate, in percent, that earns the maximum."""
    zero: ZeroRule
    basis: Basis
    """Ground of maximum and scoring."""
    note: Text | None = None
    _slope: tuple[int, int, int, int] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_slope_of, takes_self=True)
    )

    def score_units(self, numerator: int, denominator: int, rounding: Rounding) -> int:
        """Return the rounded score in units of the last decimal; needs a maximum and a denominator."""
        rise, run, most, over = self._slope
        above, below = rise * numerator, run * denominator
        return rounding.units(most, over) if above * over >= most * below else rounding.units(above, below)

    def full_units(self, rounding: Rounding) -> int:
        """Return the maximum in units of the last decimal."""
        return rounding.units(*self._slope[2:])


@attrs.frozen(kw_only=True)
class Band:
    """A class of results, from a share of the maximum on."""

    key: str
    name: Text
    floor: Decimal
    """Lowest total of the band, in percent of the maximum of the card."""
    basis: Basis


@attrs.frozen(kw_only=True)
class Bands:
    """A table of bands; where the edition's own is not law, give another.

    >>> from onestop_core.kpi import index
    >>> bands = index("vn-766@portal-2026").bands
    >>> bands.of(Decimal("80")).name.en, bands.of(Decimal("79.99")).name.en
    ('good', 'fair')
    """

    levels: tuple[Band, ...] = ()

    def of(self, percent: Decimal) -> Band | None:
        """Return the band of a total given in percent of the maximum; None below all bands."""
        reached = [band for band in self.levels if band.floor <= percent]
        return max(reached, key=lambda band: band.floor, default=None)


@attrs.frozen(kw_only=True)
class SingleProcedure:
    """Metrics that leave the card, with their points, when one procedure is looked at."""

    omit: tuple[str, ...] = ()
    basis: Basis | None = None


@attrs.frozen(kw_only=True)
class NotApplicable:
    """Levels at which a metric that does not apply receives full points."""

    levels: tuple[Level, ...] = ()
    basis: Basis | None = None


@attrs.frozen(kw_only=True)
class CountingRule:
    """A rule of counting dossiers, in words, with its evidence."""

    id: str
    text: Text
    basis: Basis
