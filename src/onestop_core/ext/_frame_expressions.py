"""Conditions over facts as expressions over a data frame, for :mod:`onestop_core.ext.frames`.

Each becomes two columns, *surely* and *surely not*, so that no engine's own idea of unknown decides; where an
engine's own is Kleene's, one column of true, false and null.
"""

from __future__ import annotations

import operator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import MissingExtraError
from onestop_core.kpi.counting.conditions import (
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
from onestop_core.kpi.counting.terms import Column, FirstOf, Moment, Number, Term

try:
    import narwhals as nw
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="frames", package="narwhals") from _missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["MICROSECONDS", "ON_TIME", "Compiler", "nw"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR: Final = 3_600_000_000
_KLEENE: Final = frozenset({"polars", "duckdb"})
MICROSECONDS: Final = "onestop_us_"
"""What stands before the name of a column of moments, as numbers."""
ON_TIME: Final = ("onestop_on_time", "onestop_late")
"""Columns in which on time and late have been worked out."""
Sides = tuple["nw.Expr", "nw.Expr"]
"""Where a condition surely holds, and where it surely does not."""


class Compiler:
    """Conditions as expressions over a frame that has some of the columns of the facts."""

    def __init__(self, columns: Collection[str], engine: str) -> None:
        self._columns, self._engine = columns, engine

    def code(self, atoms: Sequence[Condition]) -> nw.Expr:
        """Return one number that tells of every atom whether it holds, does not, or is unknown."""
        digits = (self._digit(atom) * 3**place for place, atom in enumerate(atoms))
        return nw.sum_horizontal(nw.lit(0), *digits).cast(nw.Int64)

    def _digit(self, atom: Condition) -> nw.Expr:
        if isinstance(atom, OnTime):
            atom = atom.definition
        if self._engine in _KLEENE:
            return self._three(atom).cast(nw.Int64).fill_null(2)
        holds, fails = self.both(atom)
        return 2 - holds.cast(nw.Int64) - 2 * fails.cast(nw.Int64)

    def both(self, condition: Condition) -> Sides:
        """Return where the condition surely holds and where it surely does not."""
        if self._engine in _KLEENE:
            value = self._three(condition)
            return value.fill_null(value=False), (~value).fill_null(value=False)
        match condition:
            case Constant():
                return nw.lit(condition.value is True), nw.lit(condition.value is False)
            case OnTime():
                return nw.col(ON_TIME[0]), nw.col(ON_TIME[1])
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
                on_time, late = (nw.col(name) for name in ON_TIME)
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
            case Within() if all(map(self._there, (condition.start, condition.end, *condition.hours))):
                elapsed = self._microseconds(condition.end) - self._microseconds(condition.start)
                return elapsed <= sum((nw.col(column.name) for column in condition.hours), nw.lit(0)) * _HOUR
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
        if self._engine == "duckdb":
            assert isinstance(term, Column)  # a condition measures from a column, to a column or a moment
            return nw.col(MICROSECONDS + term.name)
        moment = self._term(term)
        if self._engine == "polars":
            return moment.dt.timestamp("us")
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
