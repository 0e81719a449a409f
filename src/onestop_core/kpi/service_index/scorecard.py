"""The explained result of scoring: what was counted, what it earned, by which policy, on what ground."""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.counting.counts import Count, UnknownPolicy
from onestop_core.kpi.service_index.definitions import Band, Group, Level, Metric
from onestop_core.kpi.service_index.rendering import json_of, lines_of
from onestop_core.model import FrozenMap
from onestop_core.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Bounds",
    "GroupScore",
    "MetricScore",
    "Scorecard",
    "Treatment",
    "is_complete",
    "unknown_metric",
]


class Treatment(enum.StrEnum):
    """How a metric came to its score, or to none."""

    FORMULA = "formula"
    BOUNDED = "bounded"
    ZERO_NULL = "zero_denominator_null"
    ZERO_FULL = "zero_denominator_full"
    ZERO_ZERO = "zero_denominator_zero"
    ZERO_UNKNOWN = "zero_denominator_unknown"
    NOT_APPLICABLE = "not_applicable_full"
    INFORMATION = "information"
    MAXIMUM_UNKNOWN = "maximum_unknown"
    OMITTED = "omitted"
    NOT_GIVEN = "not_given"

    @property
    def text(self) -> Text:
        """The treatment in words."""
        return _TREATMENTS[self]


_TREATMENTS = {
    Treatment.FORMULA: Text(vi="tính theo công thức", en="by the formula"),
    Treatment.BOUNDED: Text(
        vi="chưa biết đủ: chỉ biết mức thấp nhất và cao nhất",
        en="not all is known: only the lowest and the highest are",
    ),
    Treatment.ZERO_NULL: Text(
        vi="mẫu số 0: không có tỷ lệ, không có điểm; điểm tối đa của nhóm giữ nguyên",
        en="denominator 0: no ratio, no score; the maximum of the group stays",
    ),
    Treatment.ZERO_FULL: Text(vi="mẫu số 0: tính đủ điểm", en="denominator 0: full points"),
    Treatment.ZERO_ZERO: Text(vi="mẫu số 0: tính 0 điểm", en="denominator 0: no points"),
    Treatment.ZERO_UNKNOWN: Text(
        vi="mẫu số 0: không rõ bộ chỉ số tính thế nào; không chấm điểm",
        en="denominator 0: what the index does is not known; not scored",
    ),
    Treatment.NOT_APPLICABLE: Text(
        vi="không áp dụng ở cấp này: tính đủ điểm", en="not applicable at this level: full points"
    ),
    Treatment.INFORMATION: Text(vi="chỉ để thông tin, không chấm điểm", en="information only, not scored"),
    Treatment.MAXIMUM_UNKNOWN: Text(
        vi="chưa đọc được điểm tối đa: không chấm điểm", en="its maximum has not been read: not scored"
    ),
    Treatment.OMITTED: Text(vi="bỏ ra khi xem một thủ tục", en="left out when one procedure is looked at"),
    Treatment.NOT_GIVEN: Text(vi="không có số liệu", en="no counts given"),
}


@attrs.frozen(kw_only=True)
class Bounds:
    """Between what a figure lies where the facts do not tell: pairs of the lowest and the highest; None: known, or none."""

    percent: tuple[Decimal, Decimal] | None = None
    score: tuple[Decimal, Decimal] | None = None
    """Points, or a sum of points. No score adds nothing and stands as 0."""
    count: Count | None = None
    """The count of a metric, with its unknown dossiers."""


@attrs.frozen(kw_only=True)
class MetricScore:
    """One metric of a scorecard."""

    metric: Metric
    """Its definition, with basis and evidence note."""
    numerator: int | None
    denominator: int | None
    """The counts, of the dossiers that are known; None if not given."""
    percent: Decimal | None
    """The ratio as published: in percent, rounded; None where undefined or unknown, and for means."""
    score: Decimal | None
    """Rounded points; None where there are none, or where they are unknown. Null is never turned into 0."""
    treatment: Treatment
    notes: tuple[Text, ...] = ()
    """What a reader must know: a policy that decided, weak evidence, dossiers of which the facts do not tell."""
    bounds: Bounds | None = None
    """What was unknown, and between what the figures lie; None where nothing was unknown."""

    def __repr__(self) -> str:
        counts = f"{self.numerator}/{self.denominator}" if self.denominator is not None else "no counts"
        unknown = f", {self.unknown} unknown" if self.unknown else ""
        return f"<MetricScore {self.metric.id}: {counts}{unknown}, score {_spoken(self.score, self.score_bounds)}>"

    @property
    def unknown(self) -> int:
        """Dossiers of which the facts do not tell."""
        return 0 if self.bounds is None or self.bounds.count is None else self.bounds.count.unknown

    @property
    def percent_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest percent, rounded, where the ratio is unknown; else None."""
        return None if self.bounds is None else self.bounds.percent

    @property
    def score_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest points where they are unknown; else None."""
        return None if self.bounds is None else self.bounds.score

    @property
    def ratio(self) -> Fraction | None:
        """Exact, as a share of 1 (a mean for metrics of that kind); None where undefined or unknown."""
        if self.percent_bounds is not None:
            return None
        if self.numerator is not None and self.denominator:
            return Fraction(self.numerator, self.denominator)
        # What the portal publishes beside points of nothing.
        return None if self.percent is None else Fraction(self.percent) / 100

    @property
    def ratio_bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest ratio, exact, where it is unknown; else None."""
        if self.bounds is None or self.bounds.count is None or self.bounds.percent is None:
            return None
        return self.bounds.count.ratio_bounds

    @property
    def lowest(self) -> Decimal | None:
        """The points, or the lowest that they can be; None where there are none."""
        return self.score_bounds[0] if self.score_bounds else self.score

    @property
    def highest(self) -> Decimal | None:
        """The points, or the highest that they can be; None where there are none."""
        return self.score_bounds[1] if self.score_bounds else self.score

    @property
    def given(self) -> bool:
        """Whether there were counts, or points without them."""
        return self.treatment is not Treatment.NOT_GIVEN and self.treatment is not Treatment.OMITTED


@attrs.frozen(kw_only=True)
class GroupScore:
    """The sum of the rounded scores of a group."""

    group: Group
    score: Decimal | None
    """None if no component has a score, or the score of one is unknown."""
    maximum: Decimal
    """Points that the group can bring; a null component does not reduce it."""
    percent: Decimal | None
    """Score in percent of the maximum, rounded."""
    missing: tuple[str, ...]
    """Scored metrics without counts; they add nothing."""
    undefined: tuple[str, ...]
    """Scored metrics whose counts give no score; they add nothing."""
    unknown: tuple[str, ...] = ()
    """Scored metrics whose points are unknown."""
    bounds: Bounds | None = None
    """Between what the figures lie; None where they are known."""

    def __repr__(self) -> str:
        return f"<GroupScore {self.group.key}: {_spoken(self.score, self.score_bounds)} of {self.maximum}>"

    @property
    def percent_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest percent where it is unknown; else None."""
        return None if self.bounds is None else self.bounds.percent

    @property
    def score_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest score where it is unknown; else None."""
        return None if self.bounds is None else self.bounds.score

    @property
    def lowest(self) -> Decimal | None:
        """The score, or the lowest that it can be; None where there is none."""
        return self.score_bounds[0] if self.score_bounds else self.score

    @property
    def highest(self) -> Decimal | None:
        """The score, or the highest that it can be; None where there is none."""
        return self.score_bounds[1] if self.score_bounds else self.score


@attrs.frozen(kw_only=True)
class Scorecard:
    """Scores by metric and group. ``card["2.1"]`` is a metric, ``card.groups["TDGQ"]`` a group."""

    index: str
    """Edition scored by, such as ``vn-766@portal-2026``."""
    level: Level | None
    results: tuple[MetricScore, ...]
    """Every metric of the edition, in its order."""
    group_results: tuple[GroupScore, ...]
    total: Decimal | None
    """Sum of the groups that have a score; None if none has, or if one is unknown."""
    maximum: Decimal
    band: Band | None
    """None unless the card is :attr:`complete`, for a band of half a card would mislead, and the band is known."""
    unknown: UnknownPolicy = UnknownPolicy.BOUNDS
    """What became of dossiers of which the facts do not tell."""
    total_bounds: tuple[Decimal, Decimal] | None = None
    """The lowest and the highest total where it is unknown; else None."""
    band_bounds: tuple[Band | None, Band | None] | None = None
    """The bands of the lowest and the highest total where they differ; else None."""

    @cached_property
    def metrics(self) -> FrozenMap[str, MetricScore]:
        """The metrics by id, those without counts included."""
        return FrozenMap({result.metric.id: result for result in self.results})

    @cached_property
    def groups(self) -> FrozenMap[str, GroupScore]:
        """The groups by key."""
        return FrozenMap({result.group.key: result for result in self.group_results})

    @property
    def lowest(self) -> Decimal | None:
        """The total, or the lowest that it can be; None where there is none."""
        return self.total_bounds[0] if self.total_bounds else self.total

    @property
    def highest(self) -> Decimal | None:
        """The total, or the highest that it can be; None where there is none."""
        return self.total_bounds[1] if self.total_bounds else self.total

    def __getitem__(self, metric: str) -> MetricScore:
        try:
            return self.metrics[metric]
        except (KeyError, TypeError):
            raise unknown_metric(metric, tuple(self.metrics)) from None

    def __iter__(self) -> Iterator[MetricScore]:
        return iter(self.results)

    def __repr__(self) -> str:
        level = f" {self.level}" if self.level else ""
        given = sum(result.given for result in self.results)
        total = _spoken(self.total, self.total_bounds)
        return f"<Scorecard {self.index}{level}: {total} of {self.maximum}, {given} of {len(self.results)} metrics>"

    @property
    def missing(self) -> tuple[str, ...]:
        """Scored metrics for which no counts were given."""
        return tuple(metric for group in self.group_results for metric in group.missing)

    @property
    def undefined(self) -> tuple[str, ...]:
        """Scored metrics whose counts give no score."""
        return tuple(metric for group in self.group_results for metric in group.undefined)

    @property
    def complete(self) -> bool:
        """Whether every scored metric was given and treated by the formula, its bounds or a known policy."""
        return is_complete(self.results)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the card in JSON types: numbers as decimal text, null where undefined or unknown.

        ``metrics`` holds the metrics that were given, ratios in percent; ``bounds`` the lowest and the highest of every
        figure that is unknown; ``details`` their counts, treatment, evidence and notes, in *language*.
        """
        return json_of(self, language)

    def explain(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the card as lines to read: each metric with its counts, points, ground and notes.

        >>> from onestop_core.kpi import index
        >>> card = index("vn-766@portal-2026").score({"2.1": (528_684, 597_918)})
        >>> print(card.explain()[1])
        2.1 dossiers handled early, on time or within time: 528,684/597,918 = 88.42% → 17.68/20 points ...
        >>> print(card.explain(language="vi")[1])
        2.1 Hồ sơ giải quyết trước hạn, đúng hạn và trong hạn: 528.684/597.918 = 88,42% → 17,68/20 điểm ...
        """
        return lines_of(self, language)


def is_complete(results: Iterable[MetricScore]) -> bool:
    """Return whether every scored metric was given and treated by the formula, its bounds or a known policy."""
    unclear = (Treatment.NOT_GIVEN, Treatment.ZERO_UNKNOWN, Treatment.MAXIMUM_UNKNOWN)
    return not any(result.treatment in unclear and result.metric.scored for result in results)


def unknown_metric(metric: object, known: tuple[str, ...]) -> UnknownCodeError:
    """Return the error for a metric id that an edition does not have."""
    return UnknownCodeError.among(Text(vi="chỉ số", en="metric"), metric, known)


def _spoken(value: Decimal | None, bounds: tuple[Decimal, Decimal] | None) -> str:
    return f"{bounds[0]}..{bounds[1]}" if bounds else str(value)
