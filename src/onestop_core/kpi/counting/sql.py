"""Conditions read as standard SQL, without functions of one product."""

from __future__ import annotations

from datetime import UTC
from typing import Final

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

__all__ = ["sql_of"]

_CONSTANTS: Final = {True: "(1 = 1)", False: "(1 = 0)", None: "(1 = NULL)"}
"""Comparisons that every dialect reads."""


def sql_of(condition: Condition) -> str:
    """Return *condition* for a WHERE over a table with the columns of the facts."""
    match condition:
        case Constant(value=value):
            return _CONSTANTS[value]
        case Flag(column=column):
            return column.name
        case HasValue(column=column):
            return f"{column.name} IS NOT NULL"
        case Is(column=column, code=code):
            return f"{column.name} = '{code}'"
        case AtMost(term=term, limit=limit):
            return f"{_term(term)} <= {_term(limit)}"
        case ElapsedAtMost(start=start, end=end, hours=hours):
            allowed = "".join(f" + {column.name} * INTERVAL '1' HOUR" for column in hours)
            return f"{_term(end)} <= {start.name}{allowed}"
        case OnTime(definition=definition):
            return f"({sql_of(definition)})"
        case IsKnown(part=part):
            return f"({sql_of(part)}) IS NOT NULL"
        case IsTrue(part=part):
            return f"({sql_of(part)}) IS TRUE"
        case Not(part=part):
            return f"NOT ({sql_of(part)})"
        case AllOf(parts=parts):
            return "(" + " AND ".join(map(sql_of, parts)) + ")"
        case AllOfKnown(parts=parts):
            known = " AND ".join(f"({sql_of(part)}) IS NOT NULL" for part in parts)
            return f"CASE WHEN {known} THEN {sql_of(AllOf(parts=parts))} END"
        case AnyOf(parts=parts):
            return "(" + " OR ".join(map(sql_of, parts)) + ")"
        case _:
            first, then, other = map(sql_of, (condition.condition, condition.then, condition.otherwise))
            return f"CASE WHEN {first} THEN {then} ELSE {other} END"


def _term(term: Term) -> str:
    match term:
        case Column(name=name):
            return name
        case Moment(at=at):
            return f"TIMESTAMP WITH TIME ZONE '{at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=' ')}+00:00'"
        case Number(value=value):
            return str(value)
        case _:
            return f"COALESCE({', '.join(column.name for column in term.columns)})"
