"""Counting dossiers in a data frame: the tallies of :mod:`onestop_core.kpi` by Polars, DuckDB, pandas, PyArrow or Spark.

Needs the extra ``frames``. The engine says of each dossier, in one number, which conditions hold, do not, or are
unknown (``_frame_expressions``), and counts the dossiers that are alike; what they count for is worked out here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.ext._frame_expressions import MICROSECONDS, ON_TIME, Compiler, nw
from onestop_core.kpi import Count, Index, SupplementPolicy, Tally
from onestop_core.kpi.counting.conditions import (
    TRUE,
    AllOf,
    AnyOf,
    Condition,
    Constant,
    Known,
    Not,
    OnTime,
    Surely,
)
from onestop_core.kpi.counting.figures import Counting, Predicate, countings, filed_in, policy_of, received_in
from onestop_core.kpi.counting.on_time import period_end
from onestop_core.kpi.counting.terms import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onestop_core.model import Interval

__all__ = ["select", "tally"]

_MOMENTS: Final = ("submitted_at", "received_at", "due_at", "finished_at", "supplement_requested_at")
_EAGER: Final = frozenset({"polars", "pandas", "pyarrow"})
_CODE, _DOSSIERS = "onestop_code", "onestop_dossiers"


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
    filed, received = filed_in(period), received_in(period)
    judged = _judged(policy) if until is None else TRUE
    ids = {metric.id for metric in index.metrics} | {"finished", "in_progress"}
    rows = [each for each in countings(until, policy) if each.metric in ids]
    meanings = _Meanings(filed, received, judged, rows)
    keys = {f"onestop_key_{place}": name for place, name in enumerate(by)}
    marks = [nw.col(name).alias(alias) for alias, name in keys.items()]
    table = table.with_columns(compiler.code(meanings.atoms).alias(_CODE), *marks).select(*keys, _CODE)
    kinds = table.group_by(*keys, _CODE).agg(nw.len().alias(_DOSSIERS))
    result = kinds.collect() if isinstance(kinds, nw.LazyFrame) else kinds
    counters: dict[tuple[Any, ...], _Counter] = {}
    unjudged = 0
    for row in result.iter_rows(named=True):
        code, dossiers = int(row[_CODE]), int(row[_DOSSIERS])
        meaning = meanings[code]
        unjudged += 0 if meaning.judged else dossiers
        counters.setdefault(tuple(_key(row[alias]) for alias in keys), _Counter()).note(meaning, dossiers)
    if unjudged:
        raise InvalidValueError.of(
            "period",
            None,
            vi=f"kỳ có ngày cuối, vì có {unjudged} hồ sơ đang giải quyết",
            en=f"a period with a last day, since dossiers are in progress: {unjudged}",
        )
    return {key: counter.tally() for key, counter in counters.items()} if counters or by else {(): Tally()}


def _judged(policy: SupplementPolicy) -> Condition:
    """Return the condition that a dossier can be judged without a last day."""
    ended, waits = Known(Column("finished_at")), Known(Column("supplement_requested_at"))
    return AnyOf((ended, waits)) if policy is SupplementPolicy.PORTAL else ended


def _atoms(condition: Condition) -> Iterator[Condition]:
    """Yield the parts of a condition that are read from the columns; the rest is and, or and not."""
    match condition:
        case Constant():
            return
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from _atoms(part)
        case Surely() | Not():
            yield from _atoms(condition.part)
        case _:
            yield condition


_DIGITS: Final[tuple[bool | None, ...]] = (False, True, None)
_Told = Sequence[bool | None]
"""What is told of each atom, in their order."""
_Reader = Callable[[_Told], bool | None]


def _told(code: int, atoms: int) -> _Told:
    """Return what a code says of each atom: its digits in base 3 are no, yes and unknown."""
    return [_DIGITS[int(code // 3**place) % 3] for place in range(atoms)]


def _reader(condition: Condition, places: Mapping[Condition, int]) -> _Reader:
    """Return the condition as a function of what is told of the atoms: the logic of Kleene."""
    match condition:
        case Constant():
            value = condition.value
            return lambda _: value
        case AllOf() | AnyOf():
            parts = [_reader(part, places) for part in condition.parts]
            decisive = isinstance(condition, AnyOf)

            def joined(told: _Told) -> bool | None:
                values = [part(told) for part in parts]
                return decisive if decisive in values else None if None in values else not decisive

            return joined
        case Surely() | Not():
            part = _reader(condition.part, places)
            if isinstance(condition, Surely):
                return lambda told: part(told) is True
            return lambda told: None if (held := part(told)) is None else not held
        case _:
            return operator.itemgetter(places[condition])


@attrs.frozen
class _Meaning:
    """What dossiers of one code count for: the cells of a tally, each as 0 or 1."""

    filed: bool
    judged: bool
    cells: tuple[tuple[str, tuple[int, int, int]], ...]


class _Meanings:
    """What each code means, worked out once."""

    def __init__(self, filed: Condition, received: Condition, judged: Condition, rows: Sequence[Counting]) -> None:
        asked = [filed, received, judged, *(part for each in rows for part in (each.belongs, each.holds))]
        self.atoms = tuple(dict.fromkeys(atom for condition in asked for atom in _atoms(condition)))
        places = {atom: place for place, atom in enumerate(self.atoms)}
        self._filed, self._received, self._judged = (_reader(each, places) for each in (filed, received, judged))
        self._rows = [
            (each.metric, each.by_filing, _reader(each.belongs, places), _reader(each.holds, places)) for each in rows
        ]
        self._known: dict[int, _Meaning] = {}

    def __getitem__(self, code: int) -> _Meaning:
        if code not in self._known:
            self._known[code] = self._meaning(_told(code, len(self.atoms)))
        return self._known[code]

    def _meaning(self, told: _Told) -> _Meaning:
        filed, received = self._filed(told) is True, self._received(told) is True
        cells: list[tuple[str, tuple[int, int, int]]] = []
        for metric, by_filing, belongs, holds in self._rows:
            member = belongs(told)
            if member is False or not (filed if by_filing else received):
                continue
            held = None if member is None else holds(told)
            cells.append((metric, (int(held is True), int(held is not None), int(held is None))))
        return _Meaning(filed, not received or self._judged(told) is True, tuple(cells))


class _Counter:
    """The one place where counts change while groups of like dossiers go by."""

    def __init__(self) -> None:
        self.dossiers = 0
        self.counted = 0
        self.cells: dict[str, list[int]] = {}

    def note(self, meaning: _Meaning, dossiers: int) -> None:
        self.dossiers += dossiers
        self.counted += dossiers * meaning.filed
        for name, parts in meaning.cells:
            cell = self.cells.setdefault(name, [0, 0, 0])
            for place, part in enumerate(parts):
                cell[place] += part * dossiers

    def count(self, name: str) -> Count:
        numerator, denominator, unknown = self.cells.get(name, (0, 0, 0))
        return Count(numerator=numerator, denominator=denominator, unknown=unknown)

    def tally(self) -> Tally:
        return Tally(
            dossiers=self.dossiers,
            counted=self.counted,
            metrics=tuple((metric, self.count(metric)) for metric, _ in Tally().metrics),
            finished=self.count("finished"),
            in_progress=self.count("in_progress"),
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
        InvalidValueError: the frame is none, or has moments without zone.
    """
    table, compiler = _opened(frame, ())
    condition = predicate.condition
    timely = _on_time_in(condition)
    if timely is not None:
        on_time = compiler.both(timely.definition)
        table = table.with_columns(on_time[0].alias(ON_TIME[0]), on_time[1].alias(ON_TIME[1]))
    kept = table.filter(compiler.both(condition)[0])
    ours = [name for name in kept.collect_schema().names() if name in ON_TIME or name.startswith(MICROSECONDS)]
    return kept.drop(*ours).to_native()


def _on_time_in(condition: Any) -> OnTime | None:
    if isinstance(condition, OnTime):
        return condition
    parts = (*getattr(condition, "parts", ()), *(p for p in [getattr(condition, "part", None)] if p is not None))
    return next((found for part in parts if (found := _on_time_in(part)) is not None), None)


def _opened(frame: Any, by: Sequence[str]) -> tuple[Any, Compiler]:
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
    if engine == "duckdb" and moments:
        # A difference of moments asks DuckDB for a calendar, row by row; microseconds are numbers.
        numbers = (f'epoch_us("{name}") AS "{MICROSECONDS}{name}"' for name in moments)
        table = nw.from_native(table.to_native().project(f"*, {', '.join(numbers)}"))
    if engine in _EAGER:
        table = (
            table.with_columns(nw.col(*moments).dt.convert_time_zone("UTC").cast(nw.Datetime("us", "UTC")))
            if moments
            else table
        )
    return table, Compiler(frozenset(schema), engine)


def _key(value: Any) -> Any:
    return None if str(value) in {"nan", "<NA>"} and not isinstance(value, str) else value
