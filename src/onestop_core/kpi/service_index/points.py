"""From counts to a card, in one pass: ``score = min(max, max * rate / target)``, exact until it is published.

Points are whole units of the last decimal until they are shown: components are rounded, then added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import UndefinedMetricError
from onestop_core.kpi.amounts import EXACT
from onestop_core.kpi.counting.counts import Count, UnknownPolicy
from onestop_core.kpi.service_index.definitions import (
    Band,
    Bands,
    Group,
    Level,
    Metric,
    MetricKind,
    SingleProcedure,
    ZeroPolicy,
)
from onestop_core.kpi.service_index.rounding import Rounding, Ties, decimal_of, units_of
from onestop_core.kpi.service_index.scorecard import (
    Bounds,
    GroupScore,
    MetricScore,
    Scorecard,
    Treatment,
    is_complete,
)
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["Options", "Row", "Scoring"]

_ZERO: Final = {
    ZeroPolicy.NULL: Treatment.ZERO_NULL,
    ZeroPolicy.FULL: Treatment.ZERO_FULL,
    ZeroPolicy.ZERO: Treatment.ZERO_ZERO,
    ZeroPolicy.UNKNOWN: Treatment.ZERO_UNKNOWN,
}
_SHOWN: Final = frozenset({Treatment.ZERO_FULL, Treatment.ZERO_ZERO})
"""Policies by which the index shows a ratio beside the points."""
# As attrs wrote them, asked for before the classes are published: what is made here by the hundred thousand is right.
_new: Final[Any] = object.__new__
_fill_metric: Final = MetricScore.__init__
_fill_group: Final = GroupScore.__init__
Units: TypeAlias = "tuple[int, int] | None"
"""The lowest and the highest points, in units of the last decimal; None where there are none."""


@attrs.frozen(kw_only=True)
class Options:
    """The choices of one scoring, checked."""

    level: Level | None
    single_procedure: bool
    not_applicable: frozenset[str]
    zero: Mapping[str, ZeroPolicy]
    unknown: UnknownPolicy
    strict: bool


@attrs.frozen
class Row:
    """A metric made ready: its points as whole numbers, so that scoring multiplies integers."""

    metric: Metric
    id: str
    plain: bool
    """Whether counts earn points by the formula, unless an option says otherwise."""
    share: bool
    rise: int
    run: int
    most: int
    over: int
    scale: int
    ties: Ties
    notes: tuple[Text, ...]
    full: int
    """All points, in units of the last decimal."""

    @classmethod
    def of(cls, metric: Metric, rounding: Rounding) -> Row:
        """Return *metric* made ready for that rounding."""
        rise, most = metric.slope, (metric.max or Decimal(0)).as_integer_ratio()
        return cls(
            metric,
            metric.id,
            metric.scored and metric.max is not None,
            metric.kind is MetricKind.SHARE,
            rise.numerator,
            rise.denominator,
            *most,
            rounding.scale,
            rounding.ties,
            (metric.note,) if metric.note else (),
            units_of(*most, rounding.scale, rounding.ties),
        )

    def units(self, numerator: int, denominator: int) -> int:
        """Return the rounded points, in units of the last decimal."""
        above, below = self.rise * numerator, self.run * denominator
        if above * self.over >= self.most * below:
            return self.full
        return units_of(above, below, self.scale, self.ties)


@attrs.frozen
class Scoring:
    """An edition made ready to score."""

    index: str
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    single_procedure: SingleProcedure
    decimals: int
    scale: int
    ties: Ties

    @classmethod
    def of(
        cls,
        index: str,
        metrics: Iterable[Metric],
        groups: tuple[Group, ...],
        single_procedure: SingleProcedure,
        rounding: Rounding,
    ) -> Scoring:
        """Return the edition *index* made ready."""
        rows = tuple(Row.of(metric, rounding) for metric in metrics)
        return cls(index, rows, groups, single_procedure, rounding.decimals, rounding.scale, rounding.ties)

    def card(self, counts: Mapping[str, tuple[int, int] | Count], options: Options, bands: Bands) -> Scorecard:
        """Score *counts*, each by the id of its metric.

        Raises:
            UndefinedMetricError: a metric has no defined score, and the options are strict.
        """
        plain = not (options.single_procedure or options.not_applicable)
        results: list[MetricScore] = []
        parts: dict[str, list[tuple[MetricScore, Units]]] = {group.key: [] for group in self.groups}
        for row in self.rows:
            pair = counts.get(row.id)
            if plain and row.plain and type(pair) is tuple and pair[1]:
                result, units = self._by_formula(row, pair)
            else:
                result, units = self._otherwise(row, pair, options)
            results.append(result)
            if row.metric.scored:
                parts.setdefault(row.metric.group, []).append((result, units))
        return self._card(tuple(results), parts, options, bands)

    def _by_formula(self, row: Row, pair: tuple[int, int]) -> tuple[MetricScore, Units]:
        numerator, denominator = pair
        above, below = row.rise * numerator, row.run * denominator
        scale, ties = self.scale, self.ties
        units = row.full if above * row.over >= row.most * below else units_of(above, below, scale, ties)
        result: MetricScore = _new(MetricScore)
        _fill_metric(
            result,
            metric=row.metric,
            numerator=numerator,
            denominator=denominator,
            percent=decimal_of(units_of(100 * numerator, denominator, scale, ties), self.decimals),
            score=decimal_of(units, self.decimals),
            treatment=Treatment.FORMULA,
            notes=row.notes,
        )
        return result, (units, units)

    def _otherwise(
        self, row: Row, counted: tuple[int, int] | Count | None, options: Options
    ) -> tuple[MetricScore, Units]:
        metric = row.metric
        count = counted if isinstance(counted, Count) else None
        pair = _pair_of(counted, options.unknown)
        bounded = count is not None and bool(count.unknown) and options.unknown is UnknownPolicy.BOUNDS
        zero = options.zero.get(row.id, metric.zero.policy)
        treatment = self._treatment(row, pair, options, zero, bounded=bounded)
        if options.strict and treatment in {Treatment.ZERO_UNKNOWN, Treatment.MAXIMUM_UNKNOWN}:
            raise UndefinedMetricError(metric=metric.id, reason=treatment.text)
        units = self._units(row, pair, count, treatment, zero)
        percent, percent_bounds = None, None
        if bounded and count is not None:
            percent_bounds = self._percent(*count.lowest), self._percent(*count.highest)
        elif pair is not None and pair[1]:
            percent = self._percent(*pair) if row.share else None
        elif treatment in _SHOWN:
            shown = Decimal(0) if row.id in options.zero else metric.zero.percent
            percent = decimal_of(units_of(*shown.as_integer_ratio(), self.scale, self.ties), self.decimals)
        result: MetricScore = _new(MetricScore)
        _fill_metric(
            result,
            metric=metric,
            numerator=pair[0] if pair else None,
            denominator=pair[1] if pair else None,
            percent=percent,
            score=decimal_of(units[0], self.decimals) if units is not None and units[0] == units[1] else None,
            treatment=treatment,
            notes=_notes(row, treatment, count, options),
            bounds=None if count is None else Bounds(percent=percent_bounds, score=self._bounds(units), count=count),
        )
        return result, units

    def _treatment(
        self, row: Row, pair: tuple[int, int] | None, options: Options, zero: ZeroPolicy, *, bounded: bool
    ) -> Treatment:
        if options.single_procedure and row.id in self.single_procedure.omit:
            return Treatment.OMITTED
        if row.id in options.not_applicable and row.metric.max is not None:
            return Treatment.NOT_APPLICABLE
        if pair is None:
            return Treatment.NOT_GIVEN
        if not row.metric.scored:
            return Treatment.INFORMATION
        if row.metric.max is None:
            return Treatment.MAXIMUM_UNKNOWN
        if bounded:
            return Treatment.BOUNDED
        return Treatment.FORMULA if pair[1] else _ZERO[zero]

    def _units(
        self, row: Row, pair: tuple[int, int] | None, count: Count | None, treatment: Treatment, zero: ZeroPolicy
    ) -> Units:
        match treatment:
            case Treatment.FORMULA:
                assert pair is not None
                units = row.units(*pair)
            case Treatment.BOUNDED:
                assert count is not None
                low, high = row.units(*count.lowest), row.units(*count.highest)
                if not count.may_be_empty:
                    return low, high
                # Of no dossier: all points, or none, or no score, which adds nothing.
                return (low, row.full) if zero is ZeroPolicy.FULL else (0, high)
            case Treatment.ZERO_FULL | Treatment.NOT_APPLICABLE:
                units = row.full
            case Treatment.ZERO_ZERO:
                units = 0
            case _:
                return None
        return units, units

    def _card(
        self,
        results: tuple[MetricScore, ...],
        parts: Mapping[str, list[tuple[MetricScore, Units]]],
        options: Options,
        bands: Bands,
    ) -> Scorecard:
        groups: list[GroupScore] = []
        low = high = 0
        scored = False
        most, over = 0, 1
        for group in self.groups:
            result, units = self._group_score(group, parts[group.key])
            groups.append(result)
            if units is not None:
                scored, low, high = True, low + units[0], high + units[1]
            above, below = result.maximum.as_integer_ratio()
            most, over = (most + above, over) if over == below else (most * below + above * over, over * below)
        units = (low, high) if scored else None
        band_bounds: tuple[Band | None, Band | None] | None = None
        if units is not None and most and is_complete(results):
            low_percent, high_percent = (self._percent(each * over, self.scale * most) for each in units)
            worst = bands.of(low_percent)
            band_bounds = worst, worst if low == high else bands.of(high_percent)
        return Scorecard(
            index=self.index,
            level=options.level,
            results=results,
            group_results=tuple(groups),
            total=decimal_of(low, self.decimals) if scored and low == high else None,
            maximum=_sum_of(group.maximum for group in groups),
            band=band_bounds[0] if band_bounds is not None and band_bounds[0] == band_bounds[1] else None,
            unknown=options.unknown,
            total_bounds=self._bounds(units),
            band_bounds=None if band_bounds is None or band_bounds[0] == band_bounds[1] else band_bounds,
        )

    def _group_score(self, group: Group, parts: list[tuple[MetricScore, Units]]) -> tuple[GroupScore, Units]:
        low = high = 0
        scored = False
        missing: list[str] = []
        undefined: list[str] = []
        unknown: list[str] = []
        maximum = group.max
        for part, units in parts:
            if units is not None:
                scored, low, high = True, low + units[0], high + units[1]
                if units[0] != units[1]:
                    unknown.append(part.metric.id)
            elif part.treatment is Treatment.NOT_GIVEN:
                missing.append(part.metric.id)
            elif part.treatment is Treatment.OMITTED:
                maximum = EXACT.subtract(maximum, part.metric.max or Decimal(0))
            else:
                undefined.append(part.metric.id)
        above, below = maximum.as_integer_ratio()
        known = scored and low == high
        # Without a maximum every metric of the group has left the card.
        ends = () if not (scored and above) else (low,) if known else (low, high)
        percents = [self._percent(each * below, self.scale * above) for each in ends]
        bounds = None
        if scored and not known:
            bounds = Bounds(percent=(percents[0], percents[-1]) if above else None, score=self._bounds((low, high)))
        result: GroupScore = _new(GroupScore)
        _fill_group(
            result,
            group=group,
            score=decimal_of(low, self.decimals) if known else None,
            maximum=maximum,
            percent=percents[0] if known and above else None,
            missing=tuple(missing),
            undefined=tuple(undefined),
            unknown=tuple(unknown),
            bounds=bounds,
        )
        return result, (low, high) if scored else None

    def _percent(self, numerator: int, denominator: int) -> Decimal:
        return decimal_of(units_of(100 * numerator, denominator, self.scale, self.ties), self.decimals)

    def _bounds(self, units: Units) -> tuple[Decimal, Decimal] | None:
        """Return the bounds of points that are not known; None of those that are, and where there are none."""
        if units is None or units[0] == units[1]:
            return None
        return decimal_of(units[0], self.decimals), decimal_of(units[1], self.decimals)


def _pair_of(counted: tuple[int, int] | Count | None, unknown: UnknownPolicy) -> tuple[int, int] | None:
    """Return numerator and denominator to score by; None where the facts tell nothing and that is left out."""
    if not isinstance(counted, Count):
        return counted
    if unknown is UnknownPolicy.BOUNDS:
        return counted.numerator, counted.denominator
    # 0/0 would say that there were none.
    return counted.told if counted.told[1] or not (counted.unknown or counted.denominator) else None


def _sum_of(points: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, points, Decimal(0))


def _notes(row: Row, treatment: Treatment, count: Count | None, options: Options) -> tuple[Text, ...]:
    metric = row.metric
    notes: list[Text] = []
    if treatment is not Treatment.FORMULA:
        notes.append(treatment.text)
    if treatment in _ZERO.values():
        if row.id in options.zero:
            notes.append(Text(vi="cách xử lý mẫu số 0 do bên sử dụng chọn", en="zero policy chosen by the caller"))
        else:
            notes.append(metric.zero.note or metric.zero.basis.note or metric.zero.basis.cite())
    if count is not None and options.unknown is UnknownPolicy.BOUNDS and count.unknown:
        said = number(count.unknown)
        notes.append(
            Text(
                vi=f"chưa biết {said.vi} hồ sơ vì thiếu dữ kiện",
                en=f"dossiers of which the facts do not tell: {said.en}",
            )
        )
    elif count is not None and options.unknown is UnknownPolicy.LEAVE_OUT:
        said = number(count.denominator + count.unknown - count.told[1])
        notes.append(
            Text(
                vi=f"bên sử dụng chọn không tính {said.vi} hồ sơ vì thiếu dữ kiện",
                en=f"dossiers that the caller leaves out because the facts do not tell: {said.en}",
            )
        )
    if metric.note and treatment is not Treatment.NOT_GIVEN:
        notes.append(metric.note)
    return tuple(notes)
