"""An edition of a service index, which scores counts and dossiers (``points``)."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Mapping  # noqa: TC003 - public methods are held to their hints
from datetime import date
from typing import Final, TypeVar, cast, overload

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi.counting.counts import UnknownPolicy
from onestop_core.kpi.counting.figures import Figure, figure
from onestop_core.kpi.counting.on_time import SupplementPolicy
from onestop_core.kpi.counting.tallies import By, Tally, tally, tally_by
from onestop_core.kpi.service_index.definitions import (
    Bands,
    CountingRule,
    Group,
    Level,
    Metric,
    NotApplicable,
    Owner,
    SingleProcedure,
    UnusedFields,
    ZeroPolicy,
)
from onestop_core.kpi.service_index.given import Given, Names, names_of, read_counts
from onestop_core.kpi.service_index.points import Options, Scoring
from onestop_core.kpi.service_index.rounding import Rounding
from onestop_core.kpi.service_index.scorecard import Scorecard, unknown_metric
from onestop_core.model import Basis, DossierFacts, FrozenMap, Interval, plain_day
from onestop_core.model.series import items_of
from onestop_core.text import Text, day_text

__all__ = ["Index"]

C = TypeVar("C", bound=enum.StrEnum)


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
    owners: tuple[Owner, ...] = ()
    """Who runs the index, by date."""
    rounding: Rounding
    groups: tuple[Group, ...]
    metrics: tuple[Metric, ...]
    portal_fields_unused: UnusedFields = attrs.field(factory=UnusedFields)
    """Fields of the portal's answers that are passed over."""
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

    _names: Names = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(lambda self: names_of(self.metrics, self.portal_fields_unused), takes_self=True),
    )
    _scoring: Scoring = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(
            lambda self: Scoring.of(self.id, self.metrics, self.groups, self.single_procedure, self.rounding),
            takes_self=True,
        ),
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

    def is_portal_field(self, name: str) -> bool:
        """Return whether the portal calls a field so that a metric of this edition counts by.

        >>> from onestop_core.kpi import index
        >>> index("vn-766@portal-2026").is_portal_field("totalReceived")
        True
        """
        return name in self._names.fields

    def owner(self, *, on: date) -> Owner:
        """Return who runs the index *on* a day.

        >>> from datetime import date
        >>> from onestop_core.kpi import index
        >>> [index("vn-766@portal-2026").owner(on=date(2026, 8, day)).name.en for day in (4, 5)]
        ['Government Office', 'Ministry of Justice']

        Raises:
            InvalidValueError: *on* is not a day, or one for which the edition names nobody.
        """
        day = plain_day(on, "on")
        for each in self.owners:
            if day in Interval(first=each.in_force_from, last=each.in_force_to):
                return each
        said = day_text(day)
        raise InvalidValueError.of(
            "on",
            day,
            vi=f"ngày có cơ quan chủ quản, {said.vi} không có",
            en=f"a day with an owner, which {said.en} is not",
        )

    def with_bands(self, bands: Bands) -> Index:
        """Return this edition with another table of bands.

        Raises:
            InvalidValueError: they are no :class:`onestop_core.kpi.service_index.Bands`.
        """
        if not isinstance(bands, Bands):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("bands", bands, vi="bảng xếp loại (Bands)", en="Bands")
        return attrs.evolve(self, bands=bands)

    def score(
        self,
        counts: Mapping[str, Given] | Tally,
        *,
        level: Level | str | None = None,
        single_procedure: bool = False,
        not_applicable: Collection[str] = (),
        zero: Mapping[str, ZeroPolicy | str] | None = None,
        unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS,
        strict: bool = False,
    ) -> Scorecard:
        """Score counts: numerator and denominator by metric id.

        Components are rounded, then added, as the index publishes them. A metric without counts adds
        nothing and is named in ``card.missing``.

        >>> from onestop_core import kpi
        >>> index = kpi.index("vn-766@portal-2026")
        >>> card = index.score({"2.1": (528_684, 597_918)}, level="province")
        >>> card["2.1"].percent, card["2.1"].score, card.groups["TDGQ"].score, card.total
        (Decimal('88.42'), Decimal('17.68'), Decimal('17.68'), Decimal('17.68'))
        >>> card["2.1"].ratio
        Fraction(88114, 99653)

        With dossiers of which the facts do not tell, a figure is unknown, and lies between two that are known:

        >>> card = index.score({"5.4": (0, 69, 651), "2.1": (651, 720)})
        >>> card["5.4"].score, card["5.4"].score_bounds, card.total, card.total_bounds
        (None, (Decimal('0.00'), Decimal('6.00')), None, (Decimal('18.08'), Decimal('24.08')))

        Args:
            counts: whole numbers from 0 on, the numerator not above the denominator of a share, after them perhaps the
                dossiers of which the facts do not tell; by metric, or as the portal names them, by its codes or with
                one number for each of its fields. Or a tally.
            level: level of administration whose work it is.
            single_procedure: whether one procedure alone is looked at; some metrics then leave the card.
            not_applicable: metrics that do not apply at *level*; they receive full points, where the
                edition says so for that level.
            zero: zero policies to use in place of the edition's own, by metric id.
            unknown: what becomes of dossiers of which the facts do not tell: by themselves they leave a figure
                between bounds; to leave them out must be asked for.
            strict: refuse, rather than leave without score, what the edition does not define.

        Raises:
            UnknownCodeError: a metric, level or policy is not known.
            InvalidValueError: counts are not such numbers, or full points are asked for where the edition gives none.
            UndefinedMetricError: *strict*, and a metric has no defined score.
        """
        options = Options(
            level=None if level is None else _known(level, Level, Text(vi="cấp", en="level")),
            single_procedure=single_procedure,
            not_applicable=frozenset(self._named(not_applicable, "not_applicable")) if not_applicable != () else _NONE,
            zero=self._policies(zero),
            unknown=_known(unknown, UnknownPolicy, Text(vi="cách xử lý điều chưa biết", en="policy for the unknown")),
            strict=strict,
        )
        self._ensure_applies(options)
        given: object = counts
        if isinstance(counts, Tally):
            given = {metric: count for metric, count in counts.metrics.items() if metric in self._by_id}
        return self._scoring.card(read_counts(self._names, given), options, self.bands)

    @overload
    def evaluate(
        self,
        facts: Iterable[DossierFacts],
        *,
        period: Interval | None = None,
        by: None = None,
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
        level: Level | str | None = None,
        unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS,
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
        unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS,
    ) -> dict[str | None, Scorecard]: ...

    def evaluate(
        self,
        facts: Iterable[DossierFacts],
        *,
        period: Interval | None = None,
        by: By | Callable[[DossierFacts], str | None] | None = None,
        supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
        level: Level | str | None = None,
        unknown: UnknownPolicy | str = UnknownPolicy.BOUNDS,
    ) -> Scorecard | dict[str | None, Scorecard]:
        """Tally dossiers and score them: one card, or one for each value of *by*, a column or a function.

        Figures with dossiers of which the facts do not tell lie between bounds, unless *unknown* leaves those out.

        Raises:
            InvalidValueError: as :func:`~onestop_core.kpi.tally`.
            UnknownCodeError: *level* is not known.
        """
        if by is None:
            return self.score(tally(facts, period=period, supplements=supplements), level=level, unknown=unknown)
        tallies = tally_by(facts, by=by, period=period, supplements=supplements)
        return {key: self.score(each, level=level, unknown=unknown) for key, each in tallies.items()}

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

    def _ensure_applies(self, options: Options) -> None:
        if options.not_applicable and options.level not in self.not_applicable.levels:
            levels = [level.text for level in self.not_applicable.levels]
            raise InvalidValueError.of(
                "not_applicable",
                sorted(options.not_applicable),
                vi=f"chỉ dùng cho: {', '.join(each.vi for each in levels) or 'không cấp nào'}",
                en=f"nothing but at level: {', '.join(each.en for each in levels) or 'none in this edition'}",
            )

    def _named(self, metrics: object, what: str) -> tuple[str, ...]:
        """Return ids of metrics, each of which the edition has."""
        if not isinstance(metrics, list | tuple | set | frozenset):
            raise InvalidValueError.of(what, metrics, vi="danh sách mã chỉ số", en="a list of metric ids")
        return tuple(self.metric(each).id for each in cast("Collection[str]", metrics))

    def _policies(self, zero: object) -> Mapping[str, ZeroPolicy]:
        if zero is None:
            return _NO_POLICIES
        what = Text(vi="cách xử lý mẫu số 0", en="zero policy")
        return {
            self.metric(metric).id: _known(each, ZeroPolicy, what) for metric, each in items_of(zero, "zero").items()
        }


_NONE: Final[frozenset[str]] = frozenset()
_NO_POLICIES: Final[Mapping[str, ZeroPolicy]] = FrozenMap()


def _known(value: object, kind: type[C], what: Text) -> C:
    try:
        return kind(cast("str", value))
    except ValueError:
        raise UnknownCodeError.among(what, value, kind) from None
