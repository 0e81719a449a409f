"""From a table of events to a table of facts: each shape of a log is folded once, and the columns do the rest.

NumPy finds the shape of each dossier and takes the moments from the places that ``shapes`` names for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.ext._logs.arrays import LogArrays
from onestop_core.ext._logs.layout import arrow
from onestop_core.ext._logs.shapes import NOWHERE, Mark, Places, machine_of, places_of, places_of_rows, reroutes
from onestop_core.model import FrozenMap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.dossier import Machine

__all__ = ["UNITS", "FoldedLogs", "LogFolder", "Refused", "built", "codes_of", "fold_logs"]

_HOUR: Final = 3_600_000_000
_NO_MACHINES: Final[FrozenMap[str, Machine]] = FrozenMap({})
UNITS: Final = ("competent_unit", "receiving_unit")
_CHUNK: Final = 1 << 17
"""Dossiers at a time."""


@attrs.frozen(kw_only=True)
class Refused:
    """A log that nobody can fold, and why."""

    dossier_id: str
    error: OnestopError


@attrs.frozen(kw_only=True)
class FoldedLogs:
    """What the logs of a table come to."""

    facts: Any = attrs.field(eq=False, repr=False)
    """Table of PyArrow, a row a dossier: the columns of ``facts_columns`` that a log can fill."""
    spans: Any = attrs.field(eq=False, repr=False)
    """Table of PyArrow, a row a span of a clock: ``id``, ``phase``, ``start``, ``end``, ``papers``, ``count``."""
    refused: tuple[Refused, ...]
    """The dossiers that stand in neither."""


def fold_logs(
    table: Any, *, machines: Mapping[str, Machine] = _NO_MACHINES, unit: str = "competent_unit"
) -> FoldedLogs:
    """Return the facts and the clocks of the dossiers whose events a *table* of PyArrow holds: no event is judged again.

    The same as ``dossier.facts(machine.replay(events, judge=False))`` of each dossier. The table has the columns of
    ``log_columns``, whole dossiers one after another.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> from onestop_core.ext.frames import log_table
    >>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> d = m.step(m.new(id="1", procedure="1.012783", channel="in_person", at=at), dossier.event("received", at))
    >>> folded = fold_logs(log_table([d]))
    >>> folded.facts.select(["id", "channel", "supplement_requests"]).to_pylist(), folded.spans.num_rows
    ([{'id': '1', 'channel': 'in_person', 'supplement_requests': 0}], 1)

    Args:
        table: The events.
        machines: Machines of lifecycles of one's own, by their id; those that are shipped are found by themselves.
        unit: Which unit of the opening answers for the dossier: the competent one, as ``dossier.facts`` has it, or
            ``receiving_unit``.

    Raises:
        InvalidValueError: a column is missing or of another type, or the rows of a dossier are not one after another,
            from number 0 on.
        MissingExtraError: pyarrow or NumPy is not installed.
    """
    return LogFolder(machines, unit=unit).fold(table)


@final
class LogFolder:
    """Folds one table after another, and keeps what it has learnt of shapes."""

    def __init__(self, machines: Mapping[str, Machine] = _NO_MACHINES, *, unit: str = "competent_unit") -> None:
        self._machines = FrozenMap(machines)
        if unit not in UNITS:
            raise InvalidValueError.one_of("unit", unit, UNITS)
        self._unit = unit
        self._marks: dict[Mark, int] = {}
        self._shapes: dict[bytes, int] = {}
        self._places: list[Places] = []
        self._rerouting: dict[str, frozenset[str]] = {}

    def fold(self, table: Any) -> FoldedLogs:
        """Return what the logs of *table* come to; see :func:`fold_logs`."""
        pa = arrow()
        log = LogArrays.of(table)
        parts = [
            self._part(log.part(first, min(first + _CHUNK, log.size))) for first in range(0, max(log.size, 1), _CHUNK)
        ]
        return FoldedLogs(
            facts=pa.concat_tables([part.facts for part in parts]),
            spans=pa.concat_tables([part.spans for part in parts]),
            refused=tuple(one for part in parts for one in part.refused),
        )

    def _part(self, log: LogArrays) -> FoldedLogs:
        np = log.np
        alone = np.flatnonzero(self._one_by_one(log))
        shape = self._shapes_of(log)
        # A log that has no shape is folded as it is; what is found are numbers of its events all the same.
        shape[alone] = len(self._places) + np.arange(len(alone))
        own = [places_of_rows(log.rows_of(int(at)), self._machines) for at in alone]
        return built(log, shape, [*self._places, *own], self._unit)

    def _one_by_one(self, log: LogArrays) -> Any:
        """Return which dossiers have no shape."""
        pc, rows = import_module("pyarrow.compute"), log.rows
        alone = log.any_of(log.flags(rows.column("event").is_valid())) | log.backwards() | log.repeats_a_key()
        opened = log.flags(pc.and_(rows.column("lifecycle").is_valid(), rows.column("opening_channel").is_valid()))
        alone |= ~opened[log.starts[:-1]]
        free = pc.fill_null(pc.not_equal(rows.column("non_territorial"), "none"), fill_value=False)
        afar = log.any_of(log.flags(free))
        if afar.any():
            kinds = log.pa.array(sorted(self._rerouting_of(log)), log.pa.string())
            alone |= afar & log.any_of(log.flags(pc.is_in(rows.column("kind"), kinds)))
        return alone

    def _rerouting_of(self, log: LogArrays) -> frozenset[str]:
        found: set[str] = set()
        names: list[str | None] = log.rows.column("lifecycle").unique().to_pylist()
        for name in names:
            if name is None:
                continue
            if name not in self._rerouting:
                try:
                    self._rerouting[name] = reroutes(machine_of(name, self._machines))
                except OnestopError:  # it is told where its dossiers are refused
                    self._rerouting[name] = frozenset()
            found |= self._rerouting[name]
        return frozenset(found)

    def _shapes_of(self, log: LogArrays) -> Any:
        """Return for each dossier the number of its shape, and learn those that are new."""
        np = log.np
        codes = codes_of(log, self._marks)
        found, texts = log.same(codes)
        numbers = np.empty(len(texts), np.int64)
        marks = tuple(self._marks)
        for at, text in enumerate(texts):
            number = self._shapes.get(text)
            if number is None:
                number = self._shapes[text] = len(self._places)
                said: list[int] = np.frombuffer(text, codes.dtype).tolist()
                self._places.append(places_of(tuple(marks[code] for code in said), self._machines))
            numbers[at] = number
        return numbers[found]


def codes_of(log: LogArrays, known: dict[Mark, int]) -> Any:
    """Return for each event the number of its mark among those that are *known*, to which new ones are added."""
    np, pa = log.np, log.pa
    kinds = log.rows.column("kind").dictionary_encode()
    openings, opened = log.opened()
    later = np.ones(log.length, np.int64)
    later[1:] = log.at[1:] > log.at[:-1]
    dues = log.due_after()
    most = int(dues.max(initial=NOWHERE)) + 2
    packed = ((kinds.indices.to_numpy().astype(np.int64) * (len(opened) + 1) + openings) * 2 + later) * most + dues + 1
    found = pa.array(packed).dictionary_encode()
    words: list[str] = kinds.dictionary.to_pylist()
    numbers = np.empty(len(found.dictionary), np.int32)
    packings: list[int] = found.dictionary.to_pylist()
    for at, value in enumerate(packings):
        rest, due = divmod(value, most)
        rest, is_later = divmod(rest, 2)
        kind, opening = divmod(rest, len(opened) + 1)
        mark = Mark(words[kind], bool(is_later), due - 1, opened[opening - 1] if opening else None)
        numbers[at] = known.setdefault(mark, len(known))
    return numbers[found.indices.to_numpy()]


def built(log: LogArrays, shape: Any, known: list[Places], unit: str) -> FoldedLogs:
    """Return the facts and the spans of the dossiers of *log*, whose shapes are numbers of what is *known*."""
    np, pa = log.np, log.pa
    used, shape = np.unique(shape, return_inverse=True)
    numbers: list[int] = used.tolist()
    places = [known[at] for at in numbers]
    refused = np.array([each.error is not None for each in places], bool)[shape]
    kept = np.flatnonzero(~refused & np.array([each.is_opened for each in places], bool)[shape])
    of = shape[kept]

    def moments(name: str) -> Any:
        return log.moment(kept, np.array([getattr(each, name) for each in places], np.int64)[of], due=name == "due")

    def words(values: list[Any], kind: Any) -> Any:
        return pa.array(values, kind).take(pa.array(of))

    opening = log.openings.take(pa.array(kept))
    facts = pa.table(
        {
            "id": opening.column("dossier_id"),
            "procedure": opening.column("procedure"),
            "unit": opening.column(unit),
            "channel": opening.column("opening_channel"),
            "submitted_at": log.moment(kept, np.zeros(len(kept), np.int64)),
            "received_at": moments("received"),
            "due_at": moments("due"),
            "finished_at": moments("finished"),
            "finished_kind": words([each.finished_kind for each in places], pa.string()),
            "supplement_requests": words([each.requests for each in places], pa.int64()),
            "supplement_requested_at": moments("asked"),
            "supplement_hours": pa.array(_waited(log, kept, of, places) // _HOUR),
            "guided": words([each.guided for each in places], pa.int64()),
        }
    )
    return FoldedLogs(
        facts=facts,
        spans=_spans(log, kept, of, places),
        refused=tuple(
            Refused(dossier_id=log.openings.column("dossier_id")[int(at)].as_py(), error=error)
            for at in np.flatnonzero(refused)
            if (error := places[int(shape[at])].error) is not None
        ),
    )


def _waited(log: LogArrays, kept: Any, of: Any, places: list[Places]) -> Any:
    """Return the microseconds that each dossier has waited for papers that came."""
    np = log.np
    waited = np.zeros(len(kept), np.int64)
    most = max((len(each.waits) for each in places), default=0)
    for turn in range(most):
        start, end = (
            np.array([each.waits[turn][side] if turn < len(each.waits) else 0 for each in places], np.int64)[of]
            for side in (0, 1)
        )
        first = log.starts[kept]
        waited += log.at[first + end] - log.at[first + start]
    return waited


def _spans(log: LogArrays, kept: Any, of: Any, places: list[Places]) -> Any:
    np, pa = log.np, log.pa
    sizes = np.array([len(each.spans) for each in places], np.int64)
    firsts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])[:-1]
    flat = [span for each in places for span in each.spans]
    times = sizes[of]
    row = np.repeat(np.arange(len(kept)), times)
    which = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times) + firsts[of][row]

    def words(values: list[Any], kind: Any) -> Any:
        return pa.array(values, kind).take(pa.array(which))

    return pa.table(
        {
            "id": log.openings.column("dossier_id").take(pa.array(kept[row])),
            "phase": words([span.phase for span in flat], pa.string()),
            "start": log.moment(kept[row], np.array([span.start for span in flat], np.int64)[which]),
            "end": log.moment(kept[row], np.array([span.end for span in flat], np.int64)[which]),
            "papers": words([span.papers for span in flat], pa.bool_()),
            "count": words([span.count for span in flat], pa.int32()),
        }
    )
