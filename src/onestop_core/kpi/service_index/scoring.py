"""The one engine of scoring: ``score = min(max, max * rate / target)``, exact until it is published."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final, TypeVar, cast, overload

import attrs

from onestop_core._public import trusted
from onestop_core.errors import InvalidValueError, UndefinedMetricError, UnknownCodeError
from onestop_core.kpi.amounts import EXACT, MOST
from onestop_core.kpi.counting.figures import Figure, figure
from onestop_core.kpi.counting.on_time import SupplementPolicy
from onestop_core.kpi.counting.tallies import By, Tally, tally, tally_by
from onestop_core.kpi.service_index.definitions import (
    Bands,
    CountingRule,
    Group,
    Level,
    Metric,
    MetricKind,
    NotApplicable,
    SingleProcedure,
    ZeroPolicy,
)
from onestop_core.kpi.service_index.rounding import Rounding
from onestop_core.kpi.service_index.scorecard import (
    GroupScore,
    MetricScore,
    Scorecard,
    Treatment,
    is_complete,
    unknown_metric,
)
from onestop_core.model import Basis, DossierFacts, FrozenMap, Interval
from onestop_core.model.series import items_of
from onestop_core.text import Text, number

__all__ = ["Index"]

C = TypeVar("C", bound=enum.StrEnum)

_ZERO: Final = {
    ZeroPolicy.NULL: Treatment.ZERO_NULL,
    ZeroPolicy.FULL: Treatment.ZERO_FULL,
    ZeroPolicy.ZERO: Treatment.ZERO_ZERO,
    ZeroPolicy.UNKNOWN: Treatment.ZERO_UNKNOWN,
}

_PAIRS: Final = (tuple, list)


_metric_score_of: Final = trusted(MetricScore)
_group_score_of: Final = trusted(GroupScore)


@attrs.frozen(kw_only=True)
class _Options:
    """The choices of one scoring, checked."""

    level: Level | None
    single_procedure: bool
    not_applicable: frozenset[str]
    zero: Mapping[str, ZeroPolicy]
    strict: bool


@attrs.frozen(kw_only=True)
class Index:
    """One edition of a service index. ``index.score(counts)`` and ``index.evaluate(facts)`` use it."""

    id: str
    """Index and edition: ``vn-766@portal-2026``."""
    index: str
    name: Text
    in_force_from: date
    in_force_to: date | None = None
    announced_on: date | None = None
    revision: int = 1
    basis: Basis
    note: Text | None = None
    rounding: Rounding
    groups: tuple[Group, ...]
    metrics: tuple[Metric, ...]
    single_procedure: SingleProcedure = attrs.field(factory=SingleProcedure)
    not_applicable: NotApplicable = attrs.field(factory=NotApplicable)
    bands: Bands = attrs.field(factory=Bands)
    counting: tuple[CountingRule, ...] = ()
    """How dossiers are counted, in words, each rule with its evidence."""

    _by_id: FrozenMap[str, Metric] = attrs.field(
        init=False,
        eq=False,
        default=attrs.Factory(lambda self: FrozenMap({each.id: each for each in self.metrics}), takes_self=True),
    )

    def __repr__(self) -> str:
        return f"<Index {self.id}>"

    def metric(self, metric_id: str) -> Metric:
        """Return the metric of that id.

        Raises:
            UnknownCodeError: the edition has none.
        """
        try:
            return self._by_id[metric_id]
        except (KeyError, TypeError):
            raise unknown_metric(metric_id, tuple(self._by_id)) from None

    def with_bands(self, bands: Bands) -> Index:
        """Return this edition with another table of bands.

        Raises:
            InvalidValueError: they are no :class:`Bands`.
        """
        if not isinstance(bands, Bands):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("bands", bands, vi="bảng xếp loại (Bands)", en="Bands")
        return attrs.evolve(self, bands=bands)

    def score(
        self,
        counts: Mapping[str, tuple[int, int]] | Tally,
        *,
        level: Level | str | None = None,
        single_procedure: bool = False,
        not_applicable: Collection[str] = (),
        zero: Mapping[str, ZeroPolicy | str] | None = None,
        strict: bool = False,
    ) -> Scorecard:
        """Score counts: numerator and denominator by metric id.

        Components are rounded, then added, as the index publishes them. A metric without counts adds
        nothing and is named in ``card.missing``.

        >>> from onestop_core import kpi
        >>> card = kpi.index("vn-766@portal-2026").score({"2.1": (528_684, 597_918)}, level="province")
        >>> card["2.1"].percent, card["2.1"].score, card.groups["TDGQ"].score, card.total
        (Decimal('88.42'), Decimal('17.68'), Decimal('17.68'), Decimal('17.68'))
        >>> card["2.1"].ratio
        Fraction(88114, 99653)

        Args:
            counts: whole numbers from 0 on, the numerator not above the denominator of a share; or a tally.
            level: level of administration whose work it is.
            single_procedure: whether one procedure alone is looked at; some metrics then leave the card.
            not_applicable: metrics that do not apply at *level*; they receive full points, where the
                edition says so for that level.
            zero: zero policies to use in place of the edition's own, by metric id.
            strict: refuse, rather than leave without score, what the edition does not define.

        Raises:
            UnknownCodeError: a metric, level or policy is not known.
            InvalidValueError: counts are not such numbers, or full points are asked for where the edition gives none.
            UndefinedMetricError: *strict*, and a metric has no defined score.
        """
        options = _Options(
            level=None if level is None else _known(level, Level, Text(vi="cấp", en="level")),
            single_procedure=single_procedure,
            not_applicable=frozenset(self._named(not_applicable, "not_applicable")),
            zero={
                metric: _known(policy, ZeroPolicy, Text(vi="cách xử lý mẫu số 0", en="zero policy"))
                for metric, policy in self._policies(zero).items()
            },
            strict=strict,
        )
        unknown: dict[str, int] = {}
        if isinstance(counts, Tally):
            unknown = {metric: count.unknown for metric, count in counts.metrics.items() if count.unknown}
            counts = {metric: pair for metric, pair in counts.pairs().items() if metric in self._by_id}
        pairs = self._checked(counts, options)
        results = tuple(
            self._metric_score(metric, pairs.get(metric.id), options, unknown.get(metric.id, 0))
            for metric in self.metrics
        )
        return self._card(results, options.level)

    @overload
    def evaluate(
        self,
        facts: Iterable[DossierFacts],
        *,
        period: Interval | None = None,
        by: None = None,
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
        level: Level | str | None = None,
    ) -> Scorecard: ...

    @overload
    def evaluate(
        self,
        facts: Iterable[DossierFacts],
        *,
        period: Interval | None = None,
        by: By | Callable[[DossierFacts], str | None],
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
        level: Level | str | None = None,
    ) -> dict[str | None, Scorecard]: ...

    def evaluate(
        self,
        facts: Iterable[DossierFacts],
        *,
        period: Interval | None = None,
        by: By | Callable[[DossierFacts], str | None] | None = None,
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
        level: Level | str | None = None,
    ) -> Scorecard | dict[str | None, Scorecard]:
        """Tally dossiers and score them: one card, or one for each value of *by*, a column or a function.

        Raises:
            InvalidValueError: as :func:`~onestop_core.kpi.tally`.
            UnknownCodeError: *level* is not known.
        """
        if by is None:
            return self.score(tally(facts, period=period, supplements=supplements), level=level)
        tallies = tally_by(facts, by=by, period=period, supplements=supplements)
        return {key: self.score(each, level=level) for key, each in tallies.items()}

    def figure(
        self,
        metric_id: str,
        *,
        period: Interval | None = None,
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
    ) -> Figure:
        """Open a metric of this edition that is counted from dossiers; see :func:`~onestop_core.kpi.figure`.

        Raises:
            UnknownCodeError: the edition has no such metric, or facts of dossiers do not give it.
            InvalidValueError: the policy is not known.
        """
        return figure(self.metric(metric_id).id, period=period, supplements=supplements)

    def _checked(self, counts: object, options: _Options) -> dict[str, tuple[int, int]]:
        if not isinstance(counts, Mapping):
            raise InvalidValueError.of("counts", counts, vi="số liệu theo mã chỉ số", en="counts by metric id")
        pairs = items_of(cast("object", counts), "counts")
        if options.not_applicable and options.level not in self.not_applicable.levels:
            levels = [level.text for level in self.not_applicable.levels]
            raise InvalidValueError.of(
                "not_applicable",
                sorted(options.not_applicable),
                vi=f"chỉ dùng cho: {', '.join(each.vi for each in levels) or 'không cấp nào'}",
                en=f"nothing but at level: {', '.join(each.en for each in levels) or 'none in this edition'}",
            )
        return {metric: _pair(self.metric(metric), pair) for metric, pair in pairs.items()}

    def _named(self, metrics: object, what: str) -> tuple[str, ...]:
        """Return ids of metrics, each of which the edition has."""
        if not isinstance(metrics, list | tuple | set | frozenset):
            raise InvalidValueError.of(what, metrics, vi="danh sách mã chỉ số", en="a list of metric ids")
        return tuple(self.metric(each).id for each in cast("Collection[str]", metrics))

    def _policies(self, zero: object) -> Mapping[str, object]:
        if zero is None:
            return {}
        return {self.metric(metric).id: policy for metric, policy in items_of(zero, "zero").items()}

    def _metric_score(
        self, metric: Metric, pair: tuple[int, int] | None, options: _Options, unknown: int
    ) -> MetricScore:
        zero = options.zero.get(metric.id, metric.zero.policy)
        treatment = self._treatment(metric, pair, options, zero)
        if options.strict and treatment in {Treatment.ZERO_UNKNOWN, Treatment.MAXIMUM_UNKNOWN}:
            raise UndefinedMetricError(metric=metric.id, reason=treatment.text)
        rounding = self.rounding
        percent: Decimal | None = None
        if pair is not None and pair[1]:
            if metric.kind is MetricKind.SHARE:
                percent = rounding.decimal(rounding.units(100 * pair[0], pair[1]))
        elif treatment is Treatment.ZERO_FULL or treatment is Treatment.ZERO_ZERO:
            percent = rounding.decimal(0)
        units = self._units(metric, pair, treatment)
        return _metric_score_of(
            metric=metric,
            numerator=pair[0] if pair else None,
            denominator=pair[1] if pair else None,
            percent=percent,
            score=None if units is None else rounding.decimal(units),
            treatment=treatment,
            notes=_notes(metric, treatment, unknown, chosen=metric.id in options.zero),
        )

    def _treatment(
        self, metric: Metric, pair: tuple[int, int] | None, options: _Options, zero: ZeroPolicy
    ) -> Treatment:
        if options.single_procedure and metric.id in self.single_procedure.omit:
            return Treatment.OMITTED
        if metric.id in options.not_applicable and metric.max is not None:
            return Treatment.NOT_APPLICABLE
        if pair is None:
            return Treatment.NOT_GIVEN
        if not metric.scored:
            return Treatment.INFORMATION
        if metric.max is None:
            return Treatment.MAXIMUM_UNKNOWN
        return Treatment.FORMULA if pair[1] else _ZERO[zero]

    def _units(self, metric: Metric, pair: tuple[int, int] | None, treatment: Treatment) -> int | None:
        if treatment is Treatment.FORMULA:
            assert pair is not None
            return metric.score_units(*pair, self.rounding)
        if treatment is Treatment.ZERO_FULL or treatment is Treatment.NOT_APPLICABLE:
            return metric.full_units(self.rounding)
        return 0 if treatment is Treatment.ZERO_ZERO else None

    def _card(self, results: tuple[MetricScore, ...], level: Level | None) -> Scorecard:
        parts: dict[str, list[MetricScore]] = {group.key: [] for group in self.groups}
        for result in results:
            if result.metric.scored:
                parts.setdefault(result.metric.group, []).append(result)
        groups = tuple(self._group_score(group, parts[group.key]) for group in self.groups)
        scores = [group.score for group in groups if group.score is not None]
        total = _sum(scores) if scores else None
        maximum = _sum([group.maximum for group in groups])
        percent = None if total is None else self._percent(total, maximum)
        return Scorecard(
            index=self.id,
            level=level,
            results=results,
            group_results=groups,
            total=total,
            maximum=maximum,
            band=self.bands.of(percent) if percent is not None and is_complete(results) else None,
        )

    def _group_score(self, group: Group, parts: list[MetricScore]) -> GroupScore:
        omitted = [part.metric.max or Decimal(0) for part in parts if part.treatment is Treatment.OMITTED]
        maximum = EXACT.subtract(group.max, _sum(omitted)) if omitted else group.max
        scores = [part.score for part in parts if part.score is not None]
        score = _sum(scores) if scores else None
        return _group_score_of(
            group=group,
            score=score,
            maximum=maximum,
            percent=None if score is None else self._percent(score, maximum),
            missing=tuple(part.metric.id for part in parts if part.treatment is Treatment.NOT_GIVEN),
            undefined=tuple(part.metric.id for part in parts if part.score is None and part.given),
        )

    def _percent(self, part: Decimal, whole: Decimal) -> Decimal | None:
        if not whole:  # every metric of the group has left the card
            return None
        above, over = part.as_integer_ratio()
        below, under = whole.as_integer_ratio()
        return self.rounding.decimal(self.rounding.units(100 * above * under, over * below))


def _sum(points: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, points, Decimal(0))


def _known(value: object, kind: type[C], what: Text) -> C:
    try:
        return kind(cast("str", value))
    except ValueError:
        raise UnknownCodeError.among(what, value, kind) from None


def _pair(metric: Metric, pair: object) -> tuple[int, int]:
    given = pair
    parts = cast("list[object]", pair) if isinstance(pair, _PAIRS) else []
    # exact types: True is an int to Python and no count
    if not (len(parts) == 2 and type(parts[0]) is int and type(parts[1]) is int):
        raise _not_counts(metric, given)
    numerator, denominator = parts[0], parts[1]
    if not (0 <= numerator < MOST and 0 <= denominator < MOST):
        raise _not_counts(metric, given)
    if numerator > denominator and (metric.kind is MetricKind.SHARE or denominator == 0):
        raise InvalidValueError.of(
            f"counts[{metric.id}]",
            (numerator, denominator),
            vi="tử số không lớn hơn mẫu số",
            en="a numerator that is not above its denominator",
        )
    return numerator, denominator


def _not_counts(metric: Metric, pair: object) -> InvalidValueError:
    return InvalidValueError.of(
        f"counts[{metric.id}]",
        pair,
        vi="cặp (tử số, mẫu số) gồm hai số nguyên từ 0 trở lên",
        en="a pair (numerator, denominator) of whole numbers from 0 on",
    )


def _notes(metric: Metric, treatment: Treatment, unknown: int, *, chosen: bool) -> tuple[Text, ...]:
    if treatment is Treatment.FORMULA and not unknown:
        return (metric.note,) if metric.note else ()
    notes: list[Text] = []
    if treatment is not Treatment.FORMULA:
        notes.append(treatment.text)
    if treatment in _ZERO.values():
        if chosen:
            notes.append(Text(vi="cách xử lý mẫu số 0 do bên sử dụng chọn", en="zero policy chosen by the caller"))
        else:
            notes.append(metric.zero.basis.note or metric.zero.basis.cite())
    if unknown:
        notes.append(
            Text(
                vi=f"không tính {number(unknown).vi} hồ sơ vì thiếu dữ kiện",
                en=f"dossiers left out because the facts do not tell: {number(unknown).en}",
            )
        )
    if metric.note and treatment is not Treatment.NOT_GIVEN:
        notes.append(metric.note)
    return tuple(notes)
