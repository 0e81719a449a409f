"""A store that keeps dossiers in memory, and forgets them with the process."""

from __future__ import annotations

from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, final

from onestop_core.desk.storing.store import Errand, StoredEvent, conflict
from onestop_core.dossier import Event
from onestop_core.model.series import each_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["MemoryStore"]


@final
class MemoryStore:
    """Does what :class:`~onestop_core.desk.EventStore` says; several threads may use it.

    >>> from datetime import datetime
    >>> from onestop_core import desk, dossier
    >>> store = MemoryStore()
    >>> at = datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> case = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> _ = desk.open_dossier(store, case)
    >>> store.changed_since(0)
    (<StoredEvent 1 1 v1 created>,)
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._rows: list[StoredEvent] = []
        self._logs: dict[str, list[Event]] = {}
        self._errands: dict[str, Errand] = {}
        self._done: set[str] = set()

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        """Keep *events* and *errands*, or nothing.

        Raises:
            VersionConflictError: the dossier has another number of events.
        """
        more, asked = tuple(each_of(events, Event, "events")), tuple(each_of(errands, Errand, "errands"))
        with self._lock:
            log = self._logs.get(dossier_id, [])
            if len(log) != expected_version:
                raise conflict(more, expected=expected_version, actual=len(log))
            for version, event in enumerate(more, start=len(log) + 1):
                position = len(self._rows) + 1
                self._rows.append(StoredEvent(position=position, dossier_id=dossier_id, version=version, event=event))
            self._logs[dossier_id] = [*log, *more]
            for each in asked:
                self._errands.setdefault(each.id, each)

    def load(self, dossier_id: str) -> tuple[Event, ...]:
        """Return the log of the dossier; an empty one where there is none."""
        with self._lock:
            return tuple(self._logs.get(dossier_id, ()))

    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        """Return the next events of all dossiers after *position*."""
        with self._lock:
            return tuple(self._rows[max(position, 0) : max(position, 0) + max(limit, 0)])

    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        """Return the oldest errands that are not done."""
        with self._lock:
            return tuple(islice((each for each in self._errands.values() if each.id not in self._done), max(limit, 0)))

    def done(self, errand_ids: Iterable[str]) -> None:
        """Mark errands as done."""
        ids = set(each_of(errand_ids, str, "errand_ids"))
        with self._lock:
            self._done.update(self._errands.keys() & ids)
