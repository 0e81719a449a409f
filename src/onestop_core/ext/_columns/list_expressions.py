"""The lists of :mod:`onestop_core.deadlines.lists` read as expressions of a data frame."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from onestop_core.deadlines.lists.columns import RowColumnKind, columns
from onestop_core.deadlines.lists.conditions import AllOf, AnyOf, Compared, Condition, Empty, InPhase
from onestop_core.deadlines.lists.evaluate import SIGNS
from onestop_core.deadlines.lists.listing import Listing
from onestop_core.errors import InvalidValueError
from onestop_core.ext._columns.frame_columns import OURS, any_of, framed, kept_rows, made_ready, nw
from onestop_core.kpi.facts.columns import ColumnKind, FactsColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["listed"]

_COLUMNS: Final = tuple(
    FactsColumn(
        name=column.name,
        title=column.title,
        kind=ColumnKind.MOMENT if column.kind is RowColumnKind.MOMENT else ColumnKind.CODE,
    )
    for column in columns()
)


def listed(frame: Any, listing: Listing) -> Any:
    """Return the rows of a frame that stand in a list, in the engine's own kind of frame; for Polars a lazy one.

    The frame has the columns of :func:`onestop_core.deadlines.lists.columns` at which the list looks, moments with a
    time zone.

    >>> import polars as pl
    >>> from datetime import datetime
    >>> from onestop_core.deadlines import lists
    >>> at = datetime.fromisoformat
    >>> frame = pl.DataFrame({"id": ["A", "B"], "phase": ["running", "paused"], "due_at": [at("2026-03-09T10:00Z"), None],
    ...     "changed_at": [at("2026-03-02T01:00Z")] * 2})
    >>> listed(frame, lists.overdue(at("2026-03-10T02:00Z"))).collect()["id"].to_list()
    ['A']

    Raises:
        InvalidValueError: the frame is none, or lacks a column or has one of the wrong type.
        MissingExtraError: it is one of pandas, and pyarrow is not installed.
    """
    if not isinstance(listing, Listing):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of(
            "listing", listing, vi="một danh sách (Listing)", en="a Listing, such as overdue(now)"
        )
    table, engine, names = framed(frame)
    wanted = frozenset(_looked_at(listing.condition))
    for name in sorted(wanted):
        if name not in names:
            raise InvalidValueError.of(
                "frame", names[:20], vi=f"bảng có cột {name}", en=f"a frame with a column {name}"
            )
    table, engine, typed = made_ready(table, engine, [column for column in _COLUMNS if column.name in wanted])
    there = frozenset(column.name for column in typed)
    return kept_rows(frame, table, engine, _expression(listing.condition, there))


def _looked_at(condition: Condition) -> Iterator[str]:
    match condition:
        case InPhase():
            yield "phase"
        case Empty(column=column):
            yield column
        case Compared(column=column, other=other):
            yield column
            if isinstance(other, str):
                yield other
        case _:
            for part in condition.parts:
                yield from _looked_at(part)


def _expression(condition: Condition, there: frozenset[str]) -> nw.Expr:
    """Return *condition* as one column of true, false and null; a column that is not *there* holds nothing."""
    match condition:
        case Empty(column=column):
            return nw.col(OURS + column).is_null() if column in there else nw.lit(value=True)
        case AllOf(parts=parts):
            return ~any_of([~_expression(part, there) for part in parts])
        case AnyOf(parts=parts):
            return any_of([_expression(part, there) for part in parts])
        case _ if not there.issuperset(_looked_at(condition)):
            return nw.lit(None, nw.Boolean)
        case InPhase(phases=phases):
            return any_of([nw.col(OURS + "phase") == nw.lit(str(phase)) for phase in phases])
        case _:
            other = condition.other
            two = nw.col(OURS + other) if isinstance(other, str) else nw.lit(other.astimezone(UTC))
            compared: nw.Expr = SIGNS[condition.sign](nw.col(OURS + condition.column), two)
            return compared
