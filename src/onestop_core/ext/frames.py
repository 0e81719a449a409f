"""Counting dossiers in a data frame: the tallies of :mod:`onestop_core.kpi` by Polars, DuckDB, pandas, PyArrow or Spark.

Needs the extra ``frames``. The conditions are those that count in Python, compiled for the frame; each becomes
two columns, *surely* and *surely not*, so that no engine's own idea of unknown decides.
"""

from __future__ import annotations

import operator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.kpi import Count, Index, SupplementPolicy, Tally
from onestop_core.kpi.expressions import (
    AllOf,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Flag,
    Is,
    Known,
    Not,
    NotAbove,
    OnTime,
    Surely,
    Told,
    Within,
)
from onestop_core.kpi.figures import Predicate, countings, filed_in, policy_of, received_in
from onestop_core.kpi.terms import Column, FirstOf, Moment, Number, Term
from onestop_core.kpi.timeliness import on_time_by, period_end

try:
    import narwhals as nw
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="frames", package="narwhals") from _missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from onestop_core.model import Interval

__all__ = ["select", "tally"]

_MOMENTS: Final = ("submitted_at", "received_at", "due_at", "finished_at", "supplement_requested_at")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR: Final = 3_600_000_000
_EAGER: Final = frozenset({"polars", "pandas", "pyarrow"})
_KLEENE: Final = frozenset({"polars", "duckdb"})
_ON_TIME: Final = ("onestop_on_time", "onestop_late")
Sides = tuple["nw.Expr", "nw.Expr"]
"""Where a condition surely holds, and where it surely does not."""


class _Compiler:
    """Conditions as expressions over a frame that has some of the columns of the facts."""

    def __init__(self, columns: Collection[str], engine: str) -> None:
        self._columns, self._engine = columns, engine

    def both(self, condition: Condition) -> Sides:
        """Return where the condition surely holds and where it surely does not."""
        if self._engine in _KLEENE:
            value = self._three(condition)
            return value.fill_null(value=False), (~value).fill_null(value=False)
        match condition:
            case Constant():
                return nw.lit(condition.value is True), nw.lit(condition.value is False)
            case OnTime():
                return nw.col(_ON_TIME[0]), nw.col(_ON_TIME[1])
            case Told():
                holds, fails = self.both(condition.part)
                return holds | fails, ~(holds | fails)
            case Surely():
                holds, _ = self.both(condition.part)
                return holds, ~holds
            case Not():
                holds, fails = self.both(condition.part)
                return fails, holds
            case AllOf():
                return self._all(condition.parts)
            case AnyOf():
                none, some = self._all(tuple(Not(part) for part in condition.parts))
                return some, none
            case Choose():
                return self._chosen(condition)
            case _:
                return self._leaf(condition)

    def _leaf(self, condition: Flag | Is | Known | NotAbove | Within) -> Sides:
        match condition:
            case Flag():
                return self._compared((condition.column,), partial(operator.eq, nw.lit(value=True)))
            case Is():
                return self._compared((condition.column,), partial(operator.eq, nw.lit(condition.code)))
            case Known():
                known = self._known(condition.column)
                return known, ~known
            case NotAbove():
                return self._compared((condition.term, condition.limit), operator.le)
            case _:
                return self._within(condition)

    def _chosen(self, condition: Choose) -> Sides:
        first, _ = self.both(condition.first)
        then, otherwise = self.both(condition.then), self.both(condition.otherwise)
        holds, fails = ((first & one) | (~first & other) for one, other in zip(then, otherwise, strict=True))
        return holds, fails

    def _three(self, condition: Condition) -> nw.Expr:
        """Return the condition as one column of true, false and null, for engines whose own and and or are Kleene's."""
        match condition:
            case Constant():
                return nw.lit(condition.value, nw.Boolean)
            case OnTime():
                on_time, late = (nw.col(name) for name in _ON_TIME)
                return nw.when(on_time | late).then(on_time)
            case Told():
                return ~self._three(condition.part).is_null()
            case Surely():
                return self._three(condition.part).fill_null(value=False)
            case Not():
                return ~self._three(condition.part)
            case AllOf():
                value = self._three(condition.parts[0])
                for part in condition.parts[1:]:
                    value = value & self._three(part)
                return value
            case AnyOf():
                value = self._three(condition.parts[0])
                for part in condition.parts[1:]:
                    value = value | self._three(part)
                return value
            case Choose():
                first = self._three(condition.first).fill_null(value=False)
                return nw.when(first).then(self._three(condition.then)).otherwise(self._three(condition.otherwise))
            case Flag() if self._there(condition.column):
                return nw.col(condition.column.name)
            case Known():
                return self._known(condition.column)
            case NotAbove() if self._there(condition.term) and self._there(condition.limit):
                return self._term(condition.term) <= self._term(condition.limit)
            case _:
                holds, fails = self._leaf(condition)
                return nw.when(holds | fails).then(holds)

    def _all(self, parts: tuple[Condition, ...]) -> Sides:
        holds, fails = self.both(parts[0])
        for part in parts[1:]:
            also, not_ = self.both(part)
            holds, fails = holds & also, fails | not_
        return holds, fails

    def _compared(self, terms: Sequence[Term], compare: Any) -> Sides:
        if not all(self._there(term) for term in terms):
            return nw.lit(value=False), nw.lit(value=False)
        known = self._all_known(terms)
        # Not every engine keeps unknown out of a comparison: what is not known is neither.
        holds = compare(*(self._term(term) for term in terms)).fill_null(value=False)
        return known & holds, known & ~holds

    def _within(self, condition: Within) -> Sides:
        terms = (condition.start, condition.end, *condition.hours)
        if not all(self._there(term) for term in terms):
            return nw.lit(value=False), nw.lit(value=False)
        elapsed = self._microseconds(condition.end) - self._microseconds(condition.start)
        allowed = nw.sum_horizontal(
            *(self._term(column).fill_null(0).cast(nw.Int64) * _HOUR for column in condition.hours)
        )
        holds = (elapsed <= allowed).fill_null(value=False)
        known = self._all_known(terms)
        return known & holds, known & ~holds

    def _microseconds(self, term: Term) -> nw.Expr:
        if isinstance(term, Moment):
            return nw.lit((term.at - _EPOCH) // timedelta(microseconds=1))
        moment = self._term(term)
        if self._engine == "pyspark":  # pragma: no cover - where Java is missing Spark does not run
            return moment.cast(nw.Int64) * 1_000_000 + moment.dt.microsecond()
        return (moment - nw.lit(_EPOCH)).dt.total_microseconds().fill_null(0).cast(nw.Int64)

    def _term(self, term: Term) -> nw.Expr:
        match term:
            case Column():
                return nw.col(term.name)
            case Moment():
                return nw.lit(term.at.astimezone(UTC))
            case Number():
                return nw.lit(term.value)
            case _:
                return nw.coalesce(*(nw.col(column.name) for column in term.columns if self._there(column)))

    def _there(self, term: Term) -> bool:
        match term:
            case Column():
                return term.name in self._columns
            case FirstOf():
                return any(self._there(column) for column in term.columns)
            case _:
                return True

    def _known(self, column: Column) -> nw.Expr:
        return ~nw.col(column.name).is_null() if self._there(column) else nw.lit(value=False)

    def _all_known(self, terms: Iterable[Term]) -> nw.Expr:
        known: nw.Expr | None = None
        for term in terms:
            if isinstance(term, Moment | Number):
                continue
            here = ~self._term(term).is_null()
            known = here if known is None else known & here
        assert known is not None
        return known


def tally(
    frame: Any,
    index: Index,
    *,
    by: Sequence[str] = (),
    period: Interval | None = None,
    supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
) -> dict[tuple[Any, ...], Tally]:
    """Count the dossiers of a frame: the same integers as :func:`onestop_core.kpi.tally`, by groups.

    The frame has the columns of ``schemas/facts.schema.json``, moments with a time zone; a column that it lacks is
    unknown throughout. Ids are not compared: each dossier must be there once.

    >>> import polars as pl
    >>> from datetime import datetime
    >>> from onestop_core import kpi
    >>> at = datetime.fromisoformat
    >>> frame = pl.DataFrame({"unit": ["A", "A"], "received_at": [at("2026-10-12T01:00Z")] * 2,
    ...     "due_at": [at("2026-10-19T01:00Z")] * 2,
    ...     "finished_at": [at("2026-10-16T01:00Z"), at("2026-10-20T01:00Z")]})
    >>> tally(frame, kpi.index("vn-766@portal-2026"), by=["unit"])[("A",)]["2.1"]
    Count(numerator=1, denominator=2, unknown=0)

    Args:
        frame: a frame, lazy or not, or relation of an engine that Narwhals knows; a lazy one is run once.
        index: the edition; a metric that it does not have stays empty.
        by: columns to group by; a missing value is None in the key. Without any the key is ``()``.
        period: days of receipt that count, as for the tally in Python.
        supplements: how waiting for a supplement is judged.

    Raises:
        InvalidValueError: the frame is none, lacks a column of *by*, or has moments without zone; a dossier is in
            progress and *period* has no last day; the policy is not known.
    """
    policy, until = policy_of(supplements), period_end(period)
    table, compiler = _opened(frame, by)
    on_time = compiler.both(on_time_by(until, policy).definition)
    table = table.with_columns(on_time[0].alias(_ON_TIME[0]), on_time[1].alias(_ON_TIME[1]))
    filed, received = compiler.both(filed_in(period))[0], compiler.both(received_in(period))[0]
    cells = {"dossiers": nw.lit(value=True), "counted": filed}
    ids = {metric.id for metric in index.metrics}
    for each in countings(until, policy):
        if each.metric not in ids and each.metric not in {"finished", "in_progress"}:
            continue
        inside = filed if each.by_filing else received
        (belongs, stranger), (holds, fails) = compiler.both(each.belongs), compiler.both(each.holds)
        cells[f"{each.metric}/0"] = inside & belongs & holds
        cells[f"{each.metric}/1"] = inside & belongs & (holds | fails)
        cells[f"{each.metric}/2"] = inside & ~stranger & ~(belongs & (holds | fails))
    if until is None:
        ended = compiler.both(Known(Column("finished_at")))[0]
        waits = compiler.both(Known(Column("supplement_requested_at")))[0]
        judged = ended | waits if policy is SupplementPolicy.PORTAL else ended
        cells["unjudged"] = received & ~judged
    names = {f"onestop_{place}": name for place, name in enumerate(cells)}
    flags = [cells[name].cast(nw.Int64).alias(alias) for alias, name in names.items()]
    keys = {f"onestop_key_{place}": name for place, name in enumerate(by)}
    marks = [nw.col(name).alias(alias) for alias, name in keys.items()] or [nw.lit(0).alias("onestop_key")]
    table = table.with_columns(*flags, *marks).select(*(keys or ["onestop_key"]), *names)
    sums = table.group_by(*(keys or ["onestop_key"])).agg(*(nw.col(alias).sum() for alias in names))
    result = sums.collect() if isinstance(sums, nw.LazyFrame) else sums
    found: dict[tuple[Any, ...], Tally] = {}
    for row in result.iter_rows(named=True):
        counts = {name: int(row[alias]) for alias, name in names.items()}
        if counts.get("unjudged"):
            raise InvalidValueError.of(
                "period",
                None,
                vi=f"kỳ có ngày cuối, vì có {counts['unjudged']} hồ sơ đang giải quyết",
                en=f"a period with a last day, since dossiers are in progress: {counts['unjudged']}",
            )
        found[tuple(_key(row[alias]) for alias in keys)] = _tally_of(counts)
    return found if found or by else {(): Tally()}


def select(frame: Any, predicate: Predicate) -> Any:
    """Return the rows of a frame that a predicate of :func:`onestop_core.kpi.figure` counts, as the engine's own frame.

    >>> import polars as pl
    >>> from onestop_core.kpi import figure
    >>> from datetime import UTC, datetime
    >>> frame = pl.DataFrame({"id": ["A", "B"], "electronic_result": [True, False],
    ...     "received_at": [datetime(2026, 10, 12, tzinfo=UTC)] * 2})
    >>> select(frame.lazy(), figure("4.1").missed).collect()["id"].to_list()
    ['B']

    Raises:
        InvalidValueError: the frame is none, or has moments without zone.
    """
    table, compiler = _opened(frame, ())
    condition = predicate.condition
    timely = _on_time_in(condition)
    if timely is not None:
        on_time = compiler.both(timely.definition)
        table = table.with_columns(on_time[0].alias(_ON_TIME[0]), on_time[1].alias(_ON_TIME[1]))
    kept = table.filter(compiler.both(condition)[0])
    return (kept if timely is None else kept.drop(*_ON_TIME)).to_native()


def _on_time_in(condition: Any) -> OnTime | None:
    if isinstance(condition, OnTime):
        return condition
    parts = (*getattr(condition, "parts", ()), *(p for p in [getattr(condition, "part", None)] if p is not None))
    return next((found for part in parts if (found := _on_time_in(part)) is not None), None)


def _opened(frame: Any, by: Sequence[str]) -> tuple[Any, _Compiler]:
    try:
        table: Any = nw.from_native(frame)
    except TypeError:
        expected = {"vi": "bảng dữ liệu mà Narwhals đọc được", "en": "a data frame that Narwhals reads"}
        raise InvalidValueError.of("frame", type(frame).__name__, **expected) from None
    engine = table.implementation.value
    if engine == "polars":
        table = table.lazy()
    schema = table.collect_schema()
    for name in by:
        if name not in schema:
            raise InvalidValueError.of("by", name, vi="một cột của bảng", en="a column of the frame")
    moments = [name for name in _MOMENTS if name in schema]
    for name in moments:
        kind = schema[name]
        if not isinstance(kind, nw.Datetime) or kind.time_zone is None:
            raise InvalidValueError.of(
                name, str(kind), vi="cột thời điểm có múi giờ", en="a column of moments with a time zone"
            )
    if engine in _EAGER:
        table = (
            table.with_columns(nw.col(*moments).dt.convert_time_zone("UTC").cast(nw.Datetime("us", "UTC")))
            if moments
            else table
        )
    return table, _Compiler(frozenset(schema), engine)


def _tally_of(counts: dict[str, int]) -> Tally:
    def count(name: str) -> Count:
        numerator, denominator, unknown = (counts.get(f"{name}/{part}", 0) for part in range(3))
        return Count(numerator=numerator, denominator=denominator, unknown=unknown)

    return Tally(
        dossiers=counts["dossiers"],
        counted=counts["counted"],
        metrics=tuple((metric, count(metric)) for metric, _ in Tally().metrics),
        finished=count("finished"),
        in_progress=count("in_progress"),
    )


def _key(value: Any) -> Any:
    return None if str(value) in {"nan", "<NA>"} and not isinstance(value, str) else value
