"""The dossiers of one or more files, counted: Parquet in columns, batch by batch, anything else one dossier after another.

Both ways give the same integers. Columns cannot say which row is bad, so whatever they refuse is read again one by one,
and refused there by row and column. Memory holds one batch or one file, and a number for each dossier.
"""

from __future__ import annotations

from array import array
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.kpi.facts.columns import MOST_CHARACTERS, ColumnKind
from onestop_core.model import Interval, day_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onestop_core.kpi import Index, Tally
    from onestop_core.model import DossierFacts

__all__ = ["Asked", "counted"]

_ROWS: Final = 1 << 18
"""Rows of a batch."""
_SHARES: Final = 16

Tallies = dict[str | None, "Tally"]


@attrs.frozen
class Asked:
    """One question to the dossiers."""

    period: Interval | None
    by: tuple[str, ...] = ()


def counted(paths: Sequence[str], asked: Sequence[Asked], index: Index) -> list[Tallies]:
    """Return for each of *asked* the tallies of the dossiers in all files, by the values of its columns as text.

    Raises:
        OSError: a file cannot be read.
        InvalidValueError: a name ends in something that is no form of facts; a dossier is in progress, and the period
            has no last day.
        InvalidDocumentError: a file is no such form, or has bad rows; a dossier is in two of them.
        MissingExtraError: a file is Parquet, and pyarrow is not installed.
    """
    if all(Path(path).suffix.lower() == ".parquet" for path in paths):
        try:
            return _in_columns(paths, asked, index)
        except ImportError:
            pass
        except OnestopError as error:
            if isinstance(error, InvalidValueError) and error.what == "period":
                raise _without_end(error) from None
    return _one_by_one(paths, asked)


def _without_end(error: InvalidValueError) -> InvalidValueError:
    """Return what is said of a period without a last day, by the name of the option that gives it."""
    return InvalidValueError.of("--to", None, vi=error.expected.vi, en=error.expected.en)


def _one_by_one(paths: Sequence[str], asked: Sequence[Asked]) -> list[Tallies]:
    found: list[Tallies] = [{} for _ in asked]
    homes: dict[str, int] = {}
    for place, path in enumerate(paths):
        facts = kpi.read_facts(path)
        if len(paths) > 1:
            for each in facts:
                if homes.setdefault(each.id, place) != place:
                    raise _twice(each.id, paths[homes[each.id]], path)
        months = _by_month(facts)
        for tallies, question in zip(found, asked, strict=True):
            rows = facts if question.by else _received(question.period, months, facts)
            try:
                new = kpi.tally_by(rows, by=_value_of(question.by), period=question.period)
            except InvalidValueError as error:  # nothing else is left that a tally could refuse
                raise _without_end(error) from None
            _add(tallies, new)
    return found


def _by_month(facts: Sequence[DossierFacts]) -> dict[tuple[int, int], list[DossierFacts]]:
    months: dict[tuple[int, int], list[DossierFacts]] = {}
    for each in facts:
        at = each.received_at or each.submitted_at
        if at is not None:
            day = day_of(at)
            months.setdefault((day.year, day.month), []).append(each)
    return months


def _received(
    period: Interval | None, months: dict[tuple[int, int], list[DossierFacts]], facts: Sequence[DossierFacts]
) -> Sequence[DossierFacts]:
    """Return the dossiers among which all are that were received in the *period*."""
    if period is None or period.first is None or period.last is None:
        return facts
    first, last = ((day.year, day.month) for day in (period.first, period.last))
    return months.get(first, ()) if first == last else facts


def _value_of(names: tuple[str, ...]) -> Callable[[DossierFacts], str | None]:
    """Return the function that gives the value of a column, or the values of several, as text; a moment as its day."""

    def value(facts: DossierFacts) -> str | None:
        return _joined([getattr(facts, name) for name in names])

    return value


def _joined(values: Sequence[object]) -> str | None:
    told = [_shown(value) for value in values]
    if len(told) < 2:
        return told[0] if told else None
    return " · ".join("?" if each is None else each for each in told)


def _shown(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case datetime():
            return day_of(value).isoformat()
        case _:
            return str(value).lower()


def _add(tallies: Tallies, more: Tallies) -> None:
    for key, tally in more.items():
        tallies[key] = tallies[key] + tally if key in tallies else tally


def _twice(name: str, one: str, other: str) -> InvalidDocumentError:
    text = Text(vi=f"hồ sơ {name} đã có trong {one}", en=f"the dossier {name} is already in {one}")
    return InvalidDocumentError(problems=(Problem(path="$", rule="facts/repeated", text=text),), source=other)


def _in_columns(paths: Sequence[str], asked: Sequence[Asked], index: Index) -> list[Tallies]:
    """Return the tallies, counted by PyArrow.

    Raises:
        ImportError: PyArrow or Narwhals is not there.
        OnestopError: something that a reader of rows would refuse, or that columns cannot tell.
        OSError: a file cannot be read.
    """
    from onestop_core.ext import frames  # noqa: PLC0415 - an extra

    found: list[Tallies] = [{} for _ in asked]
    ids = array("q")
    for path in paths:
        for table in _tables(path):
            # Two ids of one number are looked at the other way, which compares the ids themselves.
            ids.extend(map(hash, table.column("id").to_pylist()))
            for tallies, question in zip(found, asked, strict=True):
                counts = frames.tally(table, index, by=question.by, period=question.period)
                for key, tally in counts.items():
                    _add(tallies, {_joined(key): tally})
    _ensure(_are_different(ids))
    return found


def _are_different(numbers: array[int]) -> bool:
    """Return whether no number is there twice, looking at a share of them at a time to spare memory."""
    arrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    whole = arrow.Array.from_buffers(arrow.int64(), len(numbers), [None, arrow.py_buffer(numbers)])
    shares = compute.bit_wise_and(whole, _SHARES - 1).cast(arrow.int8())
    parts = (whole.filter(compute.equal(shares, share)) for share in range(_SHARES))
    return all(len(part.unique()) == len(part) for part in parts)


def _tables(path: str) -> Iterator[Any]:
    """Yield the file in pieces, if it has the columns of facts and no others, and names that a reader of rows takes.

    Raises:
        OnestopError: it has not.
    """
    arrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    kinds = {column.name: column.kind for column in kpi.facts_columns()}
    with Path(path).open("rb") as stream:
        try:
            file = import_module("pyarrow.parquet").ParquetFile(stream)
            names = file.schema_arrow.names
            plain = "id" in names and len(set(names)) == len(names) and kinds.keys() >= set(names)
            _ensure(plain)
            for batch in file.iter_batches(_ROWS):
                table = arrow.Table.from_batches([batch])
                codes = table.column("id")
                _ensure(codes.null_count == 0 and codes.type in (arrow.string(), arrow.large_string()))
                for name in names:
                    if kinds[name] is ColumnKind.TEXT:
                        texts = table.column(name).cast(arrow.string())
                        longest = compute.max(compute.utf8_length(texts)).as_py()
                        _ensure((longest or 0) <= MOST_CHARACTERS)
                yield table
        except arrow.ArrowException as error:
            raise InvalidValueError.of("facts", path, vi="Parquet", en="Parquet") from error


def _ensure(holds: object) -> None:
    if not holds:
        raise InvalidValueError.of("facts", None, vi="dữ liệu hồ sơ", en="facts of dossiers")
