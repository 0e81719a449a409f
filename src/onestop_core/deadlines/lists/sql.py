"""Conditions read as SQL, and how moments are written there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from onestop_core.deadlines.lists.conditions import AllOf, Compared, Condition, Empty, InPhase
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Dialect", "sortable", "sql_of"]


class Dialect(Code):
    """Which database reads it."""

    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"
    SQLITE = "sqlite"


def sortable(moment: datetime) -> str:
    """Return *moment* as text that sorts as moments do: in UTC, and always of the same length."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def sql_of(condition: Condition, dialect: Dialect) -> str:
    """Return *condition* for a WHERE.

    It is made of columns, codes and moments of ours only, so that nothing in it can come from outside.
    """
    match condition:
        case InPhase(phases=(phase,)):
            return f"phase = '{phase}'"
        case InPhase(phases=phases):
            return "phase IN (" + ", ".join(f"'{phase}'" for phase in phases) + ")"
        case Empty(column=column):
            return f"{column} IS NULL"
        case Compared(column=column, sign=sign, other=other):
            return f"{column} {sign} {_moment(other, dialect) if isinstance(other, datetime) else other}"
        case AllOf(parts=parts):
            return _joined(" AND ", (sql_of(part, dialect) for part in parts))
        case _:
            return _joined(" OR ", (sql_of(part, dialect) for part in condition.parts))


def _joined(by: str, parts: Iterable[str]) -> str:
    return f"({by.join(parts)})"


def _moment(moment: datetime, dialect: Dialect) -> str:
    written = f"'{sortable(moment)}'"
    return written if dialect is Dialect.SQLITE else f"TIMESTAMP WITH TIME ZONE {written}"
