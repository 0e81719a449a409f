"""Conditions read in Python: each becomes a function of a dossier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from operator import attrgetter
from typing import Any, TypeAlias

from onestop_core.kpi.counting.conditions import (
    AllOf,
    AllOfKnown,
    AnyOf,
    AtMost,
    Condition,
    Constant,
    ElapsedAtMost,
    Flag,
    HasValue,
    Is,
    IsKnown,
    IsTrue,
    Not,
    OnTime,
)
from onestop_core.kpi.counting.terms import Column, Moment, Number, Term
from onestop_core.model import DossierFacts

__all__ = ["Test", "evaluator"]

Value: TypeAlias = Callable[[DossierFacts], Any]
Test: TypeAlias = Callable[[DossierFacts, bool | None], bool | None]
"""A condition as a function: takes a dossier and whether it is on time, which is worked out once for all metrics."""


def evaluator(condition: Condition) -> Test:
    """Return *condition* as a function of a dossier and whether it is on time."""
    match condition:
        case Constant(value=always):
            return lambda _, __: always
        case Flag(column=column):
            value = _value_of(column)
            return lambda facts, _: value(facts)
        case HasValue(column=column):
            value = _value_of(column)
            return lambda facts, _: value(facts) is not None
        case Is(column=column, code=code):
            value = _value_of(column)
            return lambda facts, _: None if (found := value(facts)) is None else found == code
        case AtMost(term=term, limit=Moment(at=most) | Number(value=most)):
            value = _value_of(term)
            return lambda facts, _: None if (found := value(facts)) is None else found <= most
        case AtMost(term=term, limit=limit):
            return _at_most(_value_of(term), _value_of(limit))
        case ElapsedAtMost(start=start, end=end, hours=hours):
            return _elapsed_at_most(_value_of(start), _value_of(end), tuple(map(_value_of, hours)))
        case OnTime():
            return lambda _, on_time: on_time
        case IsKnown(part=inner):
            part = evaluator(inner)
            return lambda facts, on_time: part(facts, on_time) is not None
        case IsTrue(part=inner):
            part = evaluator(inner)
            return lambda facts, on_time: part(facts, on_time) is True
        case Not(part=inner):
            part = evaluator(inner)
            return lambda facts, on_time: None if (held := part(facts, on_time)) is None else not held
        case AllOf(parts=parts):
            return _kleene(tuple(map(evaluator, parts)), decisive=False)
        case AllOfKnown(parts=parts):
            return _all_of_known(tuple(map(evaluator, parts)))
        case AnyOf(parts=parts):
            return _kleene(tuple(map(evaluator, parts)), decisive=True)
        case _:
            first, then, other = map(evaluator, (condition.condition, condition.then, condition.otherwise))
            return lambda facts, on_time: (then if first(facts, on_time) else other)(facts, on_time)


def _value_of(term: Term) -> Value:
    match term:
        case Column(name=name):
            return attrgetter(name)
        case Moment(at=constant) | Number(value=constant):
            return lambda _: constant
        case _:
            values = tuple(map(_value_of, term.columns))
            return lambda facts: next((found for value in values if (found := value(facts)) is not None), None)


def _at_most(value: Value, limit: Value) -> Test:
    def at_most(facts: DossierFacts, _: bool | None) -> bool | None:
        one, other = value(facts), limit(facts)
        return None if one is None or other is None else one <= other

    return at_most


def _elapsed_at_most(start: Value, end: Value, hours: tuple[Value, ...]) -> Test:
    def elapsed_at_most(facts: DossierFacts, _: bool | None) -> bool | None:
        begin, stop, allowed = start(facts), end(facts), [hour(facts) for hour in hours]
        if begin is None or stop is None or None in allowed:
            return None
        # Vietnamese civil time has no daylight saving: wall-clock difference is elapsed time.
        elapsed: timedelta = stop - begin
        return elapsed <= timedelta(hours=sum(allowed))

    return elapsed_at_most


def _all_of_known(parts: tuple[Test, ...]) -> Test:
    def combined(facts: DossierFacts, on_time: bool | None) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(facts, on_time)
            if value is None:
                return None
            if value is False:
                result = False
        return result

    return combined


def _kleene(parts: tuple[Test, ...], *, decisive: bool) -> Test:
    def combined(facts: DossierFacts, on_time: bool | None) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value = part(facts, on_time)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return combined
