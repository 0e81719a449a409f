"""Answers joined to the rows that asked for them, in whichever engine holds the rows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from onestop_core.errors import MissingExtraError
from onestop_core.ext._columns.frame_columns import nw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Kind", "arrow", "joined"]

Kind = Literal["text", "number", "moment"]
"""What a column of answers holds; a moment is given in microseconds since 1970."""

_ZONE = "Asia/Ho_Chi_Minh"


def arrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module("pyarrow")
    except ImportError:
        raise MissingExtraError(extra="parquet", package="pyarrow") from None


def joined(
    table: Any, engine: str, on: Sequence[str], lookup: Mapping[str, list[Any]], kinds: Mapping[str, Kind]
) -> Any:
    """Return *table* with the columns of *lookup*, where the columns *on* are the same."""
    if engine == "polars":
        answers = _of_polars(lookup, kinds).lazy()
        return nw.from_native(table.to_native().join(answers, on=list(on), how="left", maintain_order="left"))
    if engine == "pyspark":
        rows = table.to_native()
        return nw.from_native(rows.join(_of_spark(rows.sparkSession, lookup, kinds), on=list(on), how="left"))
    answers = _of_arrow(lookup, kinds)
    if engine == "duckdb":
        return nw.from_native(_joined_by_sql(table.to_native(), answers, on))
    return table.join(nw.from_native(answers), on=list(on), how="left")


def _of_polars(lookup: Mapping[str, list[Any]], kinds: Mapping[str, Kind]) -> Any:
    polars = import_module("polars")
    made: list[Any] = []
    for column, values in lookup.items():
        series = polars.Series(column, values, polars.String if kinds[column] == "text" else polars.Int64)
        if kinds[column] == "moment":
            series = series.cast(polars.Datetime("us", "UTC")).dt.convert_time_zone(_ZONE)
        made.append(series)
    return polars.DataFrame(made)


def _of_arrow(lookup: Mapping[str, list[Any]], kinds: Mapping[str, Kind]) -> Any:
    pa = arrow()
    types = {"text": pa.string(), "number": pa.int64(), "moment": pa.timestamp("us", _ZONE)}
    return pa.table({column: pa.array(values, types[kinds[column]]) for column, values in lookup.items()})


def _of_spark(session: Any, lookup: Mapping[str, list[Any]], kinds: Mapping[str, Kind]) -> Any:
    schema = ", ".join(f"{column} {'string' if kinds[column] == 'text' else 'bigint'}" for column in lookup)
    rows = session.createDataFrame(list(zip(*lookup.values(), strict=True)), schema)
    moments = (f"timestamp_micros({each}) AS {each}" if kinds[each] == "moment" else each for each in lookup)
    return rows.selectExpr(*moments)


def _joined_by_sql(relation: Any, onestop_answers: Any, on: Sequence[str]) -> Any:
    # The relation's own connection runs it, and finds the answers by the name that they have here.
    new = [column for column in onestop_answers.column_names if column not in on]
    same = " AND ".join(f"onestop_rows.{column} = onestop_answers.{column}" for column in on)
    return relation.query(
        "onestop_rows",
        f"SELECT onestop_rows.*, {', '.join(f'onestop_answers.{each}' for each in new)} "  # noqa: S608 - names of ours
        f"FROM onestop_rows LEFT JOIN onestop_answers ON {same}",
    )
