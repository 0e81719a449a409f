"""What an index is made of: groups, metrics, bands and the policies that each metric names."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from onestop_core.kpi.amounts import exact, exact_or_none
from onestop_core.model import Basis
from onestop_core.model.series import each_of
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = [
    "Band",
    "Bands",
    "CountingRule",
    "Group",
    "Level",
    "Metric",
    "MetricKind",
    "NotApplicable",
    "Owner",
    "PortalFields",
    "SingleProcedure",
    "UnusedFields",
    "ZeroPolicy",
    "ZeroRule",
]


class Level(Code):
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


def _percent(value: Decimal) -> Decimal:
    exact(value, "percent")
    return value


@attrs.frozen(kw_only=True)
class ZeroRule:
    """The zero policy of a metric and its evidence."""

    policy: ZeroPolicy
    percent: Decimal = attrs.field(default=Decimal(0), converter=_percent)
    """Ratio that the index shows beside the points, in percent."""
    null_too: bool = False
    """Whether the index treats counts that it leaves empty likewise."""
    note: Text | None = None
    """What a denominator of 0 means here: no petitions."""
    basis: Basis


@attrs.frozen(kw_only=True)
class Owner:
    """Who runs an index, and from when to when."""

    name: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    basis: Basis


@attrs.frozen(kw_only=True)
class PortalFields:
    """The fields of the portal's answers that hold the counts of a metric; several on one side are added."""

    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    basis: Basis


@attrs.frozen(kw_only=True)
class UnusedFields:
    """Fields that stand beside those in the portal's answers and by which no metric counts."""

    names: tuple[str, ...] = ()
    basis: Basis | None = None


@attrs.frozen(kw_only=True)
class Group:
    """A group of metrics and the points that it can bring."""

    key: str
    name: Text
    max: Decimal
    basis: Basis
    criterion_basis: Basis | None = None
    """The criterion of the law that the group measures; the law gives no points."""


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
    """What the portal calls it; several are its classes, which are added."""
    portal_fields: PortalFields | None = None
    """Where the portal's answers have no code, the fields that hold the counts."""
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

    def __repr__(self) -> str:
        return f"<Metric {self.id}>"

    @property
    def slope(self) -> Fraction:
        """Points that a ratio of 1 would earn, were there no maximum."""
        return Fraction(self.max or 0) * 100 / Fraction(self.target)


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
