"""Conditions over facts as expressions over a data frame, for :mod:`onestop_core.ext.frames`.

Each becomes one column of true, false and null, since and, or and not of the engines are Kleene's. What a frame
does not have is settled first (:func:`settled`), so that the expressions speak of columns that are there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.ext._columns.frame_columns import MICROSECONDS, NUMBERED, OURS, any_of, nw
from onestop_core.kpi.counting.conditions import (
    FALSE,
    TRUE,
    UNKNOWN,
    AllOf,
    AllOfKnown,
    AnyOf,
    AtMost,
    Condition,
    Constant,
    ElapsedAtMost,
    Flag,
    HasValue,
    IfElse,
    Is,
    IsKnown,
    IsTrue,
    Not,
    OnTime,
)
from onestop_core.kpi.counting.terms import Column, FirstOf, Moment, Number, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from onestop_core.ext._columns.frame_columns import Frame

__all__ = ["ON_TIME", "expression_of", "settled", "told_of"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR: Final = 3_600_000_000
ON_TIME: Final = "onestop_on_time"
"""Column in which on time has been worked out."""


def settled(condition: Condition, frame: Frame) -> Condition:
    """Return *condition* without the columns that the frame does not have or that hold nothing.

    A column without values says of every dossier what an empty cell says: no end, no appointment, in person. A
    column that is missing says nothing, so whatever would be judged by the emptiness of its cells is unknown.
    """
    match condition:
        case Constant():
            return condition
        case HasValue(column=column):
            if column.name in frame.there:
                return condition
            return UNKNOWN if column.name in frame.missing else FALSE
        case Flag(column=column) | Is(column=column):
            return condition if column.name in frame.there else UNKNOWN
        case AtMost(term=term, limit=limit):
            terms = _settled_term(term, frame), _settled_term(limit, frame)
            return UNKNOWN if None in terms else AtMost(term=terms[0], limit=terms[1])  # type: ignore[arg-type]
        case ElapsedAtMost(start=start, end=end, hours=hours):
            columns = [start, *hours, *([end] if isinstance(end, Column) else [])]
            return condition if all(column.name in frame.there for column in columns) else UNKNOWN
        case OnTime(definition=definition):
            inner = settled(definition, frame)
            return inner if isinstance(inner, Constant) else OnTime(definition=inner)
        case IsKnown(part=part):
            inner = settled(part, frame)
            return Constant(value=inner.value is not None) if isinstance(inner, Constant) else IsKnown(part=inner)
        case IsTrue(part=part):
            inner = settled(part, frame)
            if isinstance(inner, Constant):
                return UNKNOWN if _mentions(part, frame.missing) else Constant(value=inner.value is True)
            return IsTrue(part=inner)
        case Not(part=part):
            inner = settled(part, frame)
            if isinstance(inner, Constant):
                return UNKNOWN if inner.value is None else Constant(value=not inner.value)
            return Not(part=inner)
        case AllOf(parts=parts):
            return _joined([settled(part, frame) for part in parts], FALSE, TRUE, lambda left: AllOf(parts=left))
        case AnyOf(parts=parts):
            return _joined([settled(part, frame) for part in parts], TRUE, FALSE, lambda left: AnyOf(parts=left))
        case AllOfKnown(parts=parts):
            inners = tuple(settled(part, frame) for part in parts)
            return UNKNOWN if UNKNOWN in inners else AllOfKnown(parts=inners)
        case _:
            first = settled(condition.condition, frame)
            if _mentions(condition.condition, frame.missing):
                return UNKNOWN
            if isinstance(first, Constant):
                return settled(condition.then if first.value else condition.otherwise, frame)
            then, otherwise = settled(condition.then, frame), settled(condition.otherwise, frame)
            return then if then == otherwise else IfElse(condition=first, then=then, otherwise=otherwise)


def _settled_term(term: Term, frame: Frame) -> Term | None:
    match term:
        case Column(name=name):
            return term if name in frame.there else None
        case FirstOf(columns=columns):
            left = tuple(column for column in columns if column.name in frame.there)
            return FirstOf(columns=left) if len(left) > 1 else left[0] if left else None
        case _:
            return term


def _joined(
    parts: Sequence[Condition],
    decisive: Constant,
    neutral: Constant,
    join: Callable[[tuple[Condition, ...]], Condition],
) -> Condition:
    if decisive in parts:
        return decisive
    left = tuple(dict.fromkeys(part for part in parts if part != neutral))
    return join(left) if len(left) > 1 else left[0] if left else neutral


def _mentions(condition: Condition, names: Collection[str]) -> bool:
    """Return whether a condition looks at one of the columns *names*."""
    return any(name in names for name in _columns(condition))


def _columns(part: object) -> Iterator[str]:
    """Yield the names of the columns in a condition, a term, or several of them."""
    if isinstance(part, Column):
        yield part.name
    elif isinstance(part, tuple):
        for each in cast("tuple[object, ...]", part):
            yield from _columns(each)
    elif attrs.has(type(part)):
        for field in attrs.fields(cast("Any", type(part))):
            yield from _columns(getattr(part, field.name))


def told_of(atom: Condition, engine: str) -> nw.Expr:
    """Return what is told of one *atom*, on time being worked out."""
    return expression_of(atom.definition if isinstance(atom, OnTime) else atom, engine)


def expression_of(condition: Condition, engine: str) -> nw.Expr:
    """Return a settled *condition* as one column of true, false and null."""
    match condition:
        case Constant(value=value):
            return nw.lit(value, nw.Boolean)
        case Flag(column=column):
            return _column(column)
        case HasValue(column=column):
            return ~_column(column).is_null()
        case Is(column=column, code=code):
            return _column(column) == nw.lit(code)
        case AtMost(term=term, limit=limit):
            return _term(term) <= _term(limit)
        case ElapsedAtMost(start=start, end=end, hours=hours):
            allowed = _microseconds_allowed(hours)
            return _microseconds(end, engine) - _microseconds(start, engine) <= allowed
        case OnTime():
            return nw.col(ON_TIME)
        case IsKnown(part=part):
            return ~expression_of(part, engine).is_null()
        case IsTrue(part=part):
            return expression_of(part, engine).fill_null(value=False)
        case Not(part=part):
            return ~expression_of(part, engine)
        case AllOf(parts=parts):
            return _all(expression_of(part, engine) for part in parts)
        case AnyOf(parts=parts):
            return any_of([expression_of(part, engine) for part in parts])
        case AllOfKnown(parts=parts):
            values = [expression_of(part, engine) for part in parts]
            return nw.when(_all(~value.is_null() for value in values)).then(_all(values))
        case _:
            first = expression_of(condition.condition, engine)
            if engine == "pyarrow":  # others take a condition that is not known for one that does not hold
                first = first.fill_null(value=False)
            then, otherwise = condition.then, condition.otherwise
            if otherwise == UNKNOWN:
                return nw.when(first).then(expression_of(then, engine))
            return nw.when(first).then(expression_of(then, engine)).otherwise(expression_of(otherwise, engine))


def _all(parts: Iterable[nw.Expr]) -> nw.Expr:
    first, *others = parts
    for other in others:
        first = first & other
    return first


def _column(column: Column) -> nw.Expr:
    return nw.col(OURS + column.name)


def _term(term: Term) -> nw.Expr:
    match term:
        case Column():
            return _column(term)
        case Moment(at=at):
            return nw.lit(at.astimezone(UTC))
        case Number(value=value):
            return nw.lit(value)
        case _:
            return nw.coalesce(*map(_column, term.columns))


def _microseconds_allowed(hours: Sequence[Column]) -> nw.Expr:
    # Not sum_horizontal, for which what is unknown counts as nothing.
    first, *others = map(_column, hours)
    for other in others:
        first = first + other
    return first * _HOUR


def _microseconds(term: Term, engine: str) -> nw.Expr:
    if isinstance(term, Moment):
        return nw.lit((term.at - _EPOCH) // timedelta(microseconds=1))
    assert isinstance(term, Column)  # a condition measures from a column, to a column or a moment
    if engine in NUMBERED:
        return nw.col(MICROSECONDS + term.name)
    return _column(term).dt.timestamp("us")
