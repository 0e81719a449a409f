"""Rows of a Parquet file, batch by batch, as the JSON values that they stand for."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidDocumentError, MissingExtraError, Problem
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["parquet_rows"]

_ROWS: Final = 65_536
"""Rows held at a time."""


def parquet_rows(path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of the file, nulls left out; moments as text, as they stand in the other forms.

    A column of timestamps must know its zone: what it stores is else taken for text that is no moment, and refused
    by row and column.

    Raises:
        OSError: the file cannot be read.
        MissingExtraError: pyarrow is not installed.
        InvalidDocumentError: it is not Parquet, or holds values that are none of Python's, such as nanoseconds.
    """
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        raise MissingExtraError(extra="parquet", package="pyarrow") from None
    with path.open("rb") as stream:
        try:
            for batch in parquet.ParquetFile(stream).iter_batches(_ROWS):
                for row in batch.to_pylist():
                    yield {name: _plain(value) for name, value in row.items() if value is not None}
        except (arrow.ArrowException, ValueError) as error:
            text = Text(vi=f"không đọc được Parquet: {error}", en=f"not Parquet that can be read: {error}")
            problem = Problem(path="$", rule="facts/parquet", text=text)
            raise InvalidDocumentError(problems=(problem,), source=str(path)) from None


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
