"""Logs on a cluster: Spark brings the events of each dossier together, and its workers fold or judge them as ``frames`` does.

Needs PySpark, with pyarrow and NumPy on every worker. What needs no replay, such as counting facts, ``frames.tally`` does on
Spark by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.ext._logs.facts import LogFolder
from onestop_core.ext._logs.judged import LogJudge
from onestop_core.ext._logs.layout import arrow, log_columns, whole_dossiers
from onestop_core.lab.laws import Law
from onestop_core.model.series import instance
from onestop_core.text import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


__all__ = ["breaches", "fold_logs", "refused_logs", "spans"]

_FACTS: Final = (
    "id string, procedure string, unit string, channel string, submitted_at timestamp, received_at timestamp, "
    "due_at timestamp, finished_at timestamp, finished_kind string, supplement_requests bigint, "
    "supplement_requested_at timestamp, supplement_hours bigint, guided bigint"
)
_SPANS: Final = "id string, phase string, start timestamp, end timestamp, papers boolean, count int"
_REFUSED: Final = "id string, error string"
_BREACHES: Final = (
    "id string, number int, event string, name string, at timestamp, role string, unit string, state string, kind string, "
    "rule string, basis string, followed boolean, consequence boolean"
)


@attrs.frozen
class _Fold:
    """What a worker does with its batches; sent to it."""

    part: str
    unit: str = "competent_unit"
    law: Law | None = None
    language: Language = "en"

    def work(self) -> Callable[[Any], Any]:
        """Return what is done with each table."""
        if self.law is None:
            return LogFolder(unit=self.unit).fold
        return LogJudge(self.law, unit=self.unit, language=self.language).judge

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        pa, work = arrow(), self.work()
        for table in whole_dossiers(batches):
            folded = work(table)
            if self.part == "refused":
                rows = [{"id": one.dossier_id, "error": str(one.error)} for one in folded.refused]
                found = pa.Table.from_pylist(rows, schema=pa.schema({"id": pa.string(), "error": pa.string()}))
            else:
                found = getattr(folded, self.part)
            yield from found.to_batches()


def fold_logs(events: Any, *, unit: str = "competent_unit") -> Any:
    """Return the facts of the dossiers whose *events* a frame of Spark holds: a row a dossier, no event judged again.

    The same as ``frames.fold_logs`` gives of each dossier, on as many workers as there are. Logs that nobody can fold are
    left out: :func:`refused_logs` says which.

    Args:
        events: A frame with the columns of ``frames.log_columns``, in any order of rows.
        unit: As for ``frames.fold_logs``.

    Raises:
        InvalidValueError: a column is missing, or another unit.
    """
    return _mapped(events, _Fold("facts", unit), _FACTS)


def spans(events: Any) -> Any:
    """Return the spans of the clocks: when the time of each dossier ran and stood still.

    Raises:
        InvalidValueError: a column is missing.
    """
    return _mapped(events, _Fold("spans"), _SPANS)


def refused_logs(events: Any) -> Any:
    """Return the dossiers whose logs nobody can fold, with the reason: columns ``id`` and ``error``.

    Raises:
        InvalidValueError: a column is missing.
    """
    return _mapped(events, _Fold("refused"), _REFUSED)


def breaches(events: Any, *, law: Law, language: Language = "en") -> Any:
    """Return what a *law* refuses of the *events*: a row a breach, with the columns of ``frames.judge_logs``.

    Args:
        events: As for :func:`fold_logs`.
        law: What the events are judged by, as for ``frames.judge_logs``.
        language: Of the names and the articles.

    Raises:
        InvalidValueError: a column is missing, or what is no law or language.
    """
    return _mapped(events, _Fold("breaches", law=instance(law, Law, "law"), language=language), _BREACHES)


def _mapped(events: Any, fold: _Fold, schema: str) -> Any:
    fold.work()  # refuses here what a worker would refuse
    if not hasattr(events, "mapInArrow"):
        raise InvalidValueError.of("events", events, vi="một DataFrame của Spark", en="a frame of Spark")
    there: list[str] = events.columns
    if missing := [name for name in ("dossier_id", "number", "kind", "at") if name not in there]:
        raise InvalidValueError.of("events", there, vi=f"có cột {missing[0]}", en=f"a column {missing[0]}")
    known = [each.name for each in log_columns() if each.name in there]
    whole = events.select(*known).repartition("dossier_id").sortWithinPartitions("dossier_id", "number")
    return whole.mapInArrow(fold, schema)
