"""Conditions read in Python."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final

from onestop_core.deadlines.lists.conditions import AllOf, Compared, Condition, Empty, InPhase, Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onestop_core.deadlines.lists.case_row import CaseRow

__all__ = ["SIGNS", "holds"]

SIGNS: Final[Mapping[Sign, Callable[[Any, Any], Any]]] = {
    Sign.BEFORE: operator.lt,
    Sign.NOT_AFTER: operator.le,
    Sign.AFTER: operator.gt,
    Sign.NOT_BEFORE: operator.ge,
}


def holds(condition: Condition, row: CaseRow) -> bool | None:
    """Return whether *condition* holds of *row*; None if the row does not tell."""
    match condition:
        case InPhase(phases=phases):
            return row.phase in phases
        case Empty(column=column):
            return getattr(row, column) is None
        case Compared(column=column, sign=sign, other=other):
            one = getattr(row, column)
            two = getattr(row, other) if isinstance(other, str) else other
            return None if one is None or two is None else bool(SIGNS[sign](one, two))
        case AllOf(parts=parts):
            return _decided([holds(part, row) for part in parts], by=False)
        case _:
            return _decided([holds(part, row) for part in condition.parts], by=True)


def _decided(told: Iterable[bool | None], *, by: bool) -> bool | None:
    """Return *by* if one says so; else unknown if one is; else the opposite."""
    said = set(told)
    return by if by in said else None if None in said else not by
