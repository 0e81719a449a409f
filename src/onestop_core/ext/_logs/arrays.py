"""A table of events as arrays: which row belongs to which dossier, and the order of its moments."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any, Final, final

from onestop_core.errors import MissingExtraError
from onestop_core.ext._logs.layout import arrow, checked, out_of_order
from onestop_core.ext._logs.shapes import NOWHERE, Opened

__all__ = ["LogArrays"]

_DAY: Final = 86_400_000_000
_ZONE: Final = 25_200_000_000
"""How far Vietnamese civil time is ahead, in microseconds, since 13 June 1975."""


@final
class LogArrays:
    """Events of whole dossiers: ``starts`` says at which row each dossier begins, and at last where the table ends."""

    def __init__(self, rows: Any, starts: Any) -> None:
        self.pa, self.np, self.pc = arrow(), _numpy(), import_module("pyarrow.compute")
        np = self.np
        self.rows = rows
        self.starts = starts - starts[0]
        self.size, self.length = len(starts) - 1, rows.num_rows
        self.group = np.repeat(np.arange(self.size), np.diff(self.starts))
        self.at = self._microseconds("at")
        self.openings = rows.take(self.pa.array(self.starts[:-1]))

    @classmethod
    def of(cls, table: Any) -> LogArrays:
        """Return the arrays of *table*.

        Raises:
            InvalidValueError: it is not a table of events, or the rows of a dossier are not one after another, from 0 on.
            MissingExtraError: pyarrow or NumPy is not installed.
        """
        np, rows = _numpy(), _batch(checked(table))
        number = rows.column("number").to_numpy().astype(np.int64)
        starts = np.flatnonzero(number == 0)
        if len(number) and (not len(starts) or starts[0] != 0):
            raise out_of_order(rows.column("dossier_id")[0].as_py())
        starts = np.append(starts, len(number)) if len(number) else np.zeros(1, np.int64)
        names = rows.column("dossier_id").dictionary_encode()
        index = names.indices.to_numpy()
        expected = np.arange(len(number)) - np.repeat(starts[:-1], np.diff(starts))
        first = np.repeat(index[starts[:-1]], np.diff(starts))
        wrong = np.flatnonzero((number != expected) | (index != first))
        if len(wrong) or len(names.dictionary) != len(starts) - 1:
            at = int(wrong[0]) if len(wrong) else int(starts[_again(np, index[starts[:-1]])])
            raise out_of_order(rows.column("dossier_id")[at].as_py())
        return cls(rows, starts)

    def part(self, first: int, last: int) -> LogArrays:
        """Return the dossiers from *first* to before *last*."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        return LogArrays(self.rows.slice(begin, end - begin), self.starts[first : last + 1])

    def rows_of(self, dossier: int) -> list[dict[str, Any]]:
        """Return the rows of one dossier."""
        begin = int(self.starts[dossier])
        found: list[dict[str, Any]] = self._told.slice(begin, int(self.starts[dossier + 1]) - begin).to_pylist()
        nothing = dict.fromkeys(self.rows.schema.names)
        return [{**nothing, **row} for row in found]

    @cached_property
    def _told(self) -> Any:
        """The columns in which anything stands at all."""
        rows = self.rows
        return rows.select([name for name in rows.schema.names if rows.column(name).null_count < rows.num_rows])

    def flags(self, column: Any) -> Any:
        """Return a column of flags as an array."""
        return column.to_numpy(zero_copy_only=False)

    def any_of(self, column: Any) -> Any:
        """Return for each dossier whether one of its rows has the flag that *column* says."""
        found = self.np.zeros(self.size, bool)
        found[self.group[column]] = True
        return found

    def backwards(self) -> Any:
        """Return which dossiers go back in time."""
        back = self.np.zeros(self.length, bool)
        back[1:] = (self.at[1:] < self.at[:-1]) & (self.group[1:] == self.group[:-1])
        return self.any_of(back)

    def repeats_a_key(self) -> Any:
        """Return which dossiers have a key twice."""
        np = self.np
        found = np.zeros(self.size, bool)
        column = self.rows.column("key")
        keyed = np.flatnonzero(self.flags(column.is_valid()))
        if len(keyed):
            keys = column.take(self.pa.array(keyed)).dictionary_encode()
            pairs = self.group[keyed] * len(keys.dictionary) + keys.indices.to_numpy()
            _, first, times = np.unique(pairs, return_index=True, return_counts=True)
            found[self.group[keyed[first[times > 1]]]] = True
        return found

    def opened(self) -> tuple[Any, list[Opened]]:
        """Return for each event 0, or 1 + how its dossier was opened where it is the first; and the ways of opening."""
        pc, np, rows = self.pc, self.np, self.openings
        receiving, competent = rows.column("receiving_unit"), rows.column("competent_unit")
        columns = [rows.column(name) for name in ("lifecycle", "opening_channel", "policy", "non_territorial")]
        columns += [
            receiving.is_valid(),
            competent.is_valid(),
            pc.fill_null(pc.equal(receiving, competent), fill_value=False),
        ]
        encoded = [column.dictionary_encode(null_encoding="encode") for column in columns]
        number = np.zeros(self.size, np.int64)
        for each in encoded:
            number = number * len(each.dictionary) + each.indices.to_numpy()
        found = self.pa.array(number).dictionary_encode()
        ways: list[Opened] = []
        numbers: list[int] = found.dictionary.to_pylist()
        for packed in numbers:
            way, rest = list[Any](), packed
            for each in reversed(encoded):
                rest, at = divmod(rest, len(each.dictionary))
                way.append(each.dictionary[at].as_py())
            ways.append(tuple(reversed(way)))
        codes = np.zeros(self.length, np.int64)
        codes[self.starts[:-1]] = found.indices.to_numpy() + 1
        return codes, ways

    def due_after(self) -> Any:
        """Return for each event how many events of its dossier are not later than its appointment."""
        np, column = self.np, self.rows.column("due")
        found = np.full(self.length, NOWHERE, np.int64)
        made = np.flatnonzero(self.flags(column.is_valid()))
        due, group = self.due[made], self.group[made]
        before, last = self.starts[group], self.starts[group + 1]
        low, high = before.copy(), last.copy()
        while (low < high).any():  # all at once, each in its own log
            middle = (low + high) // 2
            earlier = (low < high) & (self.at[np.minimum(middle, self.length - 1)] <= due)
            low, high = np.where(earlier, middle + 1, low), np.where(earlier, high, np.minimum(high, middle))
        found[made] = low - before
        return found

    def moment(self, dossiers: Any, numbers: Any, *, due: bool = False) -> Any:
        """Return for each of the *dossiers* the moment of the event of that number; null where it is nowhere."""
        np = self.np
        values = self.due if due else self.at
        missing = numbers == NOWHERE
        taken = values[self.starts[dossiers] + np.where(missing, 0, numbers)] if len(dossiers) else values[:0]
        return self.pa.array(taken, mask=missing).cast(self.pa.timestamp("us", tz="UTC"))

    @cached_property
    def due(self) -> Any:
        """The appointment that each event makes, in microseconds; 0 where it makes none."""
        return self._microseconds("due")

    def days(self, moments: Any) -> Any:
        """Return the Vietnamese civil days of *moments*, counted from 1970-01-01; not of those before 1976."""
        return (moments + _ZONE) // _DAY

    def same(self, codes: Any) -> tuple[Any, list[bytes]]:
        """Return for each dossier the number of its row of *codes*, one code an event, and what these rows are."""
        np, pa = self.np, self.pa
        bounds = pa.py_buffer((self.starts * codes.itemsize).astype(np.int64).tobytes())
        rows = pa.Array.from_buffers(pa.large_binary(), self.size, [None, bounds, pa.py_buffer(codes.tobytes())])
        found = rows.dictionary_encode()
        texts: list[bytes] = found.dictionary.to_pylist()
        return found.indices.to_numpy(), texts

    def _microseconds(self, name: str) -> Any:
        column = self.rows.column(name).cast(self.pa.int64())
        return self.pc.fill_null(column, 0).to_numpy().astype(self.np.int64, copy=False)


def _batch(table: Any) -> Any:
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else arrow().RecordBatch.from_pylist([], schema=table.schema)


def _again(np: Any, names: Any) -> int:
    """Return where a name is that was there before."""
    _, first = np.unique(names, return_index=True)
    return int(np.setdiff1d(np.arange(len(names)), first)[0])


def _numpy() -> Any:
    try:
        return import_module("numpy")
    except ModuleNotFoundError:
        raise MissingExtraError(extra="arrays", package="numpy") from None
