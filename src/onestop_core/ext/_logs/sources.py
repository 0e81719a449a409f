"""Files of logs as tables of whole dossiers, some hundred thousand events at a time: Parquet, and lines of JSON.

A line that holds no log is left out and told; the others are read all the same.
"""

from __future__ import annotations

import gzip
import zlib
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier import load_log
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.ext._logs.layout import arrow, log_table, whole_dossiers
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from onestop_core.dossier import Event

__all__ = ["BadLine", "name_of", "tables_of"]

_ROWS: Final = 1 << 16
_EVENTS: Final = 1 << 16
"""Events of lines that are held at a time."""
_LONGEST: Final = 1 << 24
"""Bytes of a line; a log of the most events that a dossier may have is shorter."""
_ENDINGS: Final = (".parquet", ".jsonl", ".jsonl.gz")


@attrs.frozen(kw_only=True)
class BadLine:
    """A line that holds no log, and why."""

    line: int
    """Counted from 1."""
    dossier_id: str | None
    error: OnestopError


def name_of(path: Path) -> str:
    """Return the name of a file without its ending.

    Raises:
        InvalidValueError: it is another kind of file.
    """
    ending = next((each for each in _ENDINGS if path.name.lower().endswith(each)), None)
    if ending is None:
        raise InvalidValueError.of(
            "sources", str(path), vi="tệp .parquet, .jsonl hoặc .jsonl.gz", en="files .parquet, .jsonl or .jsonl.gz"
        )
    return path.name[: -len(ending)]


def tables_of(path: Path, *, columns: frozenset[str], bad: Callable[[BadLine], None]) -> Iterator[Any]:
    """Yield the events of a file as tables of whole dossiers.

    Args:
        path: The file.
        columns: Those that are needed; of Parquet no other is read.
        bad: Is told each line that holds no log.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: its dossiers are not whole, or a column is missing or of another type.
        InvalidDocumentError: it is not Parquet, or not compressed as its name says.
        MissingExtraError: pyarrow is not installed.
    """
    if path.name.lower().endswith(".parquet"):
        yield from whole_dossiers(_batches(path, columns))
        return
    is_packed = path.name.lower().endswith(".gz")
    with cast("BinaryIO", gzip.open(path, "rb")) if is_packed else path.open("rb") as stream:
        try:
            yield from _of_lines(stream, bad)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise _unreadable("logs/gzip", "gzip", error, path) from error


def _of_lines(stream: BinaryIO, bad: Callable[[BadLine], None]) -> Iterator[Any]:
    logs: list[tuple[Event, ...]] = []
    held, names = 0, set[str]()
    for number, line in enumerate(_lines(stream), 1):
        name: str | None = None
        if not line.strip():
            continue
        try:
            document = parse_json(_not_too_long(line))
            log = load_log(cast("dict[str, Any]", document) if isinstance(document, dict) else {})
            name = cast("Any", log.events[0].opening).id
            if name in names:
                raise InvalidValueError.of(
                    "id", name, vi="mỗi hồ sơ một dòng trong tệp", en="one line a dossier in the file"
                )
        except OnestopError as error:
            bad(BadLine(line=number, dossier_id=name, error=error))
            continue
        names.add(cast("str", name))
        logs.append(log.events)
        held += len(log.events)
        if held >= _EVENTS:
            yield log_table(logs)
            logs, held = [], 0
    if logs:
        yield log_table(logs)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line; of one that is too long no more than shows that it is."""
    while line := stream.readline(_LONGEST + 1):
        rest = line
        while len(rest) > _LONGEST:
            rest = stream.readline(_LONGEST + 1)
        yield line


def _not_too_long(line: bytes) -> bytes:
    if len(line) > _LONGEST:
        raise InvalidValueError.of(
            "line",
            shown(line[:20].decode(errors="replace")),
            vi=f"nhiều nhất {_LONGEST} byte",
            en=f"{_LONGEST} bytes at most",
        )
    return line


def _batches(path: Path, columns: frozenset[str]) -> Iterator[Any]:
    pa, pq = arrow(), import_module("pyarrow.parquet")
    with path.open("rb") as stream:
        try:
            file = pq.ParquetFile(stream)
            there = [name for name in file.schema_arrow.names if name in columns]
            yield from file.iter_batches(_ROWS, columns=there)
        except pa.ArrowException as error:
            raise _unreadable("logs/parquet", "Parquet", error, path) from error


def _unreadable(rule: str, kind: str, error: Exception, path: Path) -> InvalidDocumentError:
    text = Text(vi=f"không đọc được {kind}: {error}", en=f"not {kind} that can be read: {error}")
    return InvalidDocumentError(problems=(Problem(path="$", rule=rule, text=text),), source=str(path))
