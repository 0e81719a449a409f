"""Counting dossiers in a data frame: the tallies of :mod:`onestop_core.kpi` by Polars, DuckDB, pandas, PyArrow or Spark.

Needs the extra ``frames``. The engine says of each dossier which conditions hold, do not, or are unknown
(``_columns.frame_expressions``), and counts the dossiers that are alike; what they count for is worked out here. What Python
would refuse of a dossier is refused of a row (``_columns.frame_columns``). :func:`listed` gives the rows that stand in a list
of :mod:`onestop_core.deadlines.lists` (``_columns.list_expressions``), :func:`due` when the result of each is due
(``_columns.frame_due``).

:func:`feedback` counts feedback and recommendations as ``desk.feedback`` does.

Logs as columns, for PyArrow: :func:`log_table` and :func:`log_events` write and read them (``_logs.layout``), :func:`fold_logs`
makes facts of them without judging any event again (``_logs.facts``), and :func:`judge_logs` says what a law refuses of
them (``_logs.judged``).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.ext._columns.frame_columns import collected, kept_rows, nw, opened
from onestop_core.ext._columns.frame_due import due
from onestop_core.ext._columns.frame_expressions import ON_TIME, expression_of, settled, told_of
from onestop_core.ext._columns.frame_feedback import feedback
from onestop_core.ext._columns.group_keys import by_names, key_of
from onestop_core.ext._columns.list_expressions import listed
from onestop_core.ext._logs.facts import FoldedLogs, Refused, fold_logs
from onestop_core.ext._logs.judged import JudgedLogs, judge_logs
from onestop_core.ext._logs.layout import LogColumn, log_columns, log_events, log_table
from onestop_core.kpi.counting.conditions import (
    TRUE,
    AllOf,
    AllOfKnown,
    AnyOf,
    Condition,
    Constant,
    HasValue,
    IsKnown,
    IsTrue,
    Not,
    OnTime,
)
from onestop_core.kpi.counting.counts import KIND_OF, KINDS, Count, count_of
from onestop_core.kpi.counting.figures import BESIDE, METRICS, Counting, Predicate, countings, filed_in, received_in
from onestop_core.kpi.counting.on_time import SupplementPolicy, period_end, policy_of
from onestop_core.kpi.counting.tallies import Tally, ensure_period
from onestop_core.kpi.counting.terms import Column
from onestop_core.kpi.facts.columns import facts_columns
from onestop_core.kpi.service_index.scoring import Index
from onestop_core.model import FrozenMap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onestop_core.ext._columns.frame_columns import Frame
    from onestop_core.model import Interval

__all__ = [
    "FoldedLogs",
    "JudgedLogs",
    "LogColumn",
    "Refused",
    "due",
    "facts_columns",
    "feedback",
    "fold_logs",
    "judge_logs",
    "listed",
    "log_columns",
    "log_events",
    "log_table",
    "select",
    "tally",
]

_BROKEN, _DOSSIERS = "onestop_broken", "onestop_dossiers"


def tally(
    frame: Any,
    index: Index,
    *,
    by: Sequence[str] = (),
    period: Interval | None = None,
    supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
) -> dict[tuple[Any, ...], Tally]:
    """Count the dossiers of a frame: the same integers as :func:`onestop_core.kpi.tally`, by groups.

    The frame has the columns of :func:`facts_columns`, moments with a time zone. A cell without a value says what it
    says to :class:`~onestop_core.model.DossierFacts`; a column that the frame does not have says nothing, and what would
    need it is unknown. Rows that Python would refuse are refused. Ids are not compared: each dossier must be there once.

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

    Returns:
        A tally for each group, in the order of the Vietnamese alphabet. Names that look alike are one group, whichever
        Unicode form they have.

    Raises:
        InvalidValueError: the frame is none, lacks ``received_at`` or a column of *by*, has a column of the wrong type or
            a row that the facts of a dossier cannot be; a dossier is in progress and *period* has no last day; an
            argument is not known.
        UnknownCodeError: it has a column whose name is a slip of one that it lacks.
        MissingExtraError: it is one of pandas, and pyarrow is not installed.
    """
    if not isinstance(index, Index):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("index", index, vi="một bộ chỉ số (Index)", en="an Index")
    ensure_period(period)
    policy, until = policy_of(supplements), period_end(period)
    ready = opened(frame, by)
    ids = {metric.id for metric in index.metrics} | {*BESIDE}
    rows = [_settled_row(each, ready) for each in countings(until, policy) if each.metric in ids]
    filed, received, judged = (
        settled(each, ready)
        for each in (filed_in(period), received_in(period), _judged(policy) if until is None else TRUE)
    )
    meanings = _Meanings(filed, received, judged, rows)
    counters: dict[_Key, _Counter] = {}
    unjudged = 0
    for key, told, dossiers in _counted(ready, by, meanings.atoms):
        meaning = meanings[told]
        unjudged += 0 if meaning.judged else dossiers
        counters.setdefault(key, _Counter()).add(meaning, dossiers)
    if unjudged:
        raise InvalidValueError.of(
            "period",
            None,
            vi=f"kỳ có ngày cuối, vì có {unjudged} hồ sơ đang giải quyết",
            en=f"a period with a last day, since dossiers are in progress: {unjudged}",
        )
    if not counters and not by:
        return {(): Tally()}
    return {key: counters[key].tally() for key in sorted(counters, key=by_names)}


def _settled_row(counting: Counting, frame: Frame) -> Counting:
    return attrs.evolve(
        counting,
        belongs=settled(counting.belongs, frame),
        holds=settled(counting.holds, frame),
        told=tuple(settled(each, frame) for each in counting.told),
    )


def _counted(frame: Frame, by: Sequence[str], atoms: Sequence[Condition]) -> Iterator[tuple[_Key, _Told, int]]:
    """Yield key, what is told of each atom, and number of the dossiers that are alike.

    Raises:
        InvalidValueError: a row is one that Python would refuse.
    """
    keys = {f"onestop_key_{place}": name for place, name in enumerate(by)}
    kinds = frame.table.collect_schema()
    marks = [
        (nw.col(name).cast(nw.String) if kinds[name] in (nw.Categorical, nw.Enum) else nw.col(name)).alias(alias)
        for alias, name in keys.items()
    ]
    told = {f"onestop_told_{place}": told_of(atom, frame.engine) for place, atom in enumerate(atoms)}
    # Grouped by as many columns of true and false: to put them into one number first costs every engine more.
    alike = [*keys, _BROKEN, *told]
    marked = frame.table.with_columns(*marks, **{_BROKEN: frame.broken()}, **told).select(*alike)
    for row in collected(marked.group_by(*alike).agg(nw.len().alias(_DOSSIERS)), frame.engine).iter_rows(named=True):
        if row[_BROKEN]:
            raise frame.refusal()
        yield tuple(key_of(row[alias]) for alias in keys), tuple(row[alias] for alias in told), int(row[_DOSSIERS])


def _judged(policy: SupplementPolicy) -> Condition:
    """Return the condition that a dossier can be judged without a last day."""
    ended, waits = (HasValue(column=Column(name=name)) for name in ("finished_at", "supplement_requested_at"))
    return AnyOf(parts=(ended, waits)) if policy is SupplementPolicy.PORTAL else ended


def _atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the parts of a condition that are read from the columns; the rest is and, or and not."""
    match condition:
        case Constant():
            return
        case AllOf() | AllOfKnown() | AnyOf():
            for part in condition.parts:
                yield from _atoms(part)
        case IsTrue() | IsKnown() | Not():
            yield from _atoms(condition.part)
        case _:
            yield condition


_Key = tuple[Any, ...]
_Told = tuple[bool | None, ...]
"""What is told of each atom, in their order."""
_Reader = Callable[[_Told], bool | None]


def _reader(condition: Condition, places: Mapping[Condition, int]) -> _Reader:
    """Return the condition as a function of what is told of the atoms: the logic of Kleene."""
    match condition:
        case Constant():
            value = condition.value
            return lambda _: value
        case AllOf() | AllOfKnown() | AnyOf():
            parts = [_reader(part, places) for part in condition.parts]
            decisive = isinstance(condition, AnyOf)
            strict = isinstance(condition, AllOfKnown)

            def joined(told: _Told) -> bool | None:
                values = [part(told) for part in parts]
                if strict and None in values:
                    return None
                return decisive if decisive in values else None if None in values else not decisive

            return joined
        case IsTrue() | IsKnown() | Not():
            part = _reader(condition.part, places)
            if isinstance(condition, IsTrue):
                return lambda told: part(told) is True
            if isinstance(condition, IsKnown):
                return lambda told: part(told) is not None
            return lambda told: None if (held := part(told)) is None else not held
        case _:
            return operator.itemgetter(places[condition])


@attrs.frozen(kw_only=True)
class _Meaning:
    """What dossiers that are alike count for: in each cell of a tally where they count, of which kind they are."""

    filed: bool
    judged: bool
    cells: tuple[tuple[str, int], ...]


class _Meanings:
    """What is told of a dossier means, worked out once."""

    def __init__(self, filed: Condition, received: Condition, judged: Condition, rows: Sequence[Counting]) -> None:
        asked = [filed, received, judged, *(part for each in rows for part in (each.belongs, each.holds, *each.told))]
        self.atoms = tuple(dict.fromkeys(atom for condition in asked for atom in _atoms(condition)))
        places = {atom: place for place, atom in enumerate(self.atoms)}
        self._filed, self._received, self._judged = (_reader(each, places) for each in (filed, received, judged))
        self._rows = [
            (
                each.metric,
                each.by_filing,
                _reader(each.belongs, places),
                _reader(each.holds, places),
                [_reader(part, places) for part in each.told],
            )
            for each in rows
        ]
        self._known: dict[_Told, _Meaning] = {}

    def __getitem__(self, told: _Told) -> _Meaning:
        if told not in self._known:
            self._known[told] = self._meaning(told)
        return self._known[told]

    def _meaning(self, told: _Told) -> _Meaning:
        filed, received = self._filed(told) is True, self._received(told) is True
        cells: list[tuple[str, int]] = []
        for metric, by_filing, belongs, holds, whole in self._rows:
            member = belongs(told)
            if member is False or not (filed if by_filing else received):
                continue
            cells.append((metric, KIND_OF[member, holds(told), all(part(told) is True for part in whole)]))
        judged = not received or self._judged(told) is True
        return _Meaning(filed=filed, judged=judged, cells=tuple(cells))


class _Counter:
    """The one place where counts change while groups of like dossiers go by."""

    def __init__(self) -> None:
        self.dossiers = 0
        self.counted = 0
        self.cells: dict[str, list[int]] = {}

    def add(self, meaning: _Meaning, dossiers: int) -> None:
        self.dossiers += dossiers
        self.counted += dossiers * meaning.filed
        for name, kind in meaning.cells:
            self.cells.setdefault(name, [0] * len(KINDS))[kind] += dossiers

    def count(self, name: str) -> Count:
        return count_of(self.cells.get(name) or [0] * len(KINDS))

    def tally(self) -> Tally:
        return Tally(
            dossiers=self.dossiers,
            counted=self.counted,
            metrics=FrozenMap({metric: self.count(metric) for metric in METRICS}),
            **{name: self.count(name) for name in BESIDE},
        )


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
        InvalidValueError: the frame is none, or has a column or a row that :func:`tally` refuses.
        UnknownCodeError: it has a column whose name is a slip of one that it lacks.
        MissingExtraError: it is one of pandas, and pyarrow is not installed.
    """
    if not isinstance(predicate, Predicate):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of(
            "predicate", predicate, vi="một Predicate của figure()", en="a Predicate of figure()"
        )
    ready = opened(frame, ())
    table, engine = ready.table, ready.engine
    if ready.rules and collected(table.select(ready.broken().any()), engine).item():
        raise ready.refusal()
    condition, timely = settled(predicate.condition, ready), settled(predicate.on_time, ready)
    if isinstance(timely, OnTime):
        table = table.with_columns(expression_of(timely.definition, engine).alias(ON_TIME))
    return kept_rows(frame, table, engine, expression_of(condition, engine))
