"""What an index is made of: groups, metrics, bands and the policies that each metric names."""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.kpi.amounts import exact, exact_or_none
from onestop_core.model import Basis
from onestop_core.model.series import each_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.kpi.service_index.rounding import Rounding

__all__ = [
    "Band",
    "Bands",
    "CountingRule",
    "Group",
    "Level",
    "Metric",
    "MetricKind",
    "NotApplicable",
    "SingleProcedure",
    "ZeroPolicy",
    "ZeroRule",
]


class Level(enum.StrEnum):
    """Level of administration whose work is scored."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DEPARTMENT = "department"
    DISTRICT = "district"
    COMMUNE = "commune"

    @property
    def text(self) -> Text:
        """The level in words."""
        return _LEVELS[self]


_LEVELS: Final = {
    Level.MINISTRY: Text(vi="cấp bộ", en="ministry"),
    Level.PROVINCE: Text(vi="cấp tỉnh", en="province"),
    Level.DEPARTMENT: Text(vi="sở, ban, ngành", en="department"),
    Level.DISTRICT: Text(vi="cấp huyện", en="district"),
    Level.COMMUNE: Text(vi="cấp xã", en="commune"),
}


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


# Converters, since a validator comes after the slope has been worked out.
def _points(value: Decimal | None) -> Decimal | None:
    exact_or_none(value, "max")
    return value


def _target(value: Decimal) -> Decimal:
    exact(value, "target", positive=True)
    return value


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
    max: Decimal | None = attrs.field(default=None, converter=_points)
    """Points; None if not scored, or if the maximum has not been read."""
    target: Decimal = attrs.field(default=Decimal(100), converter=_target)
    """Rate, in percent, that earns the maximum."""
    zero: ZeroRule
    basis: Basis
    """Ground of maximum and scoring."""
    note: Text | None = None
    _slope: tuple[int, int, int, int] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_slope_of, takes_self=True)
    )

    def __repr__(self) -> str:
        return f"<Metric {self.id}>"

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


def _bands(levels: tuple[Band, ...] | list[Band]) -> tuple[Band, ...]:
    return tuple(each_of(levels, Band, "levels"))


@attrs.frozen(kw_only=True)
class Bands:
    """A table of bands; where the edition's own is not law, give another.

    >>> from decimal import Decimal
    >>> from onestop_core.kpi import index
    >>> bands = index("vn-766@portal-2026").bands
    >>> bands.of(Decimal("80")).name.en, bands.of(Decimal("79.99")).name.en
    ('good', 'fair')
    """

    levels: tuple[Band, ...] = attrs.field(default=(), converter=_bands)

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
