"""The store: appends wait for one another, so a reader of the feed misses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from django.db import transaction
from django.db.models import F

from onestop_core.desk.storing.rows import effect_of, event_of, text_of_effect, text_of_event
from onestop_core.desk.storing.store import Errand, StoredEvent, conflict
from onestop_core.ext.django.models import ErrandRow, EventRow, Feed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.dossier import Event

__all__ = ["DjangoStore"]


@final
class DjangoStore:
    """Does what :class:`onestop_core.desk.EventStore` says; within ``transaction.atomic`` it takes part in it.

    Args:
        using: Which of the databases of the settings.
    """

    def __init__(self, using: str = "default") -> None:
        self._using = using

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        """Keep *events* and *errands*, or nothing.

        Raises:
            VersionConflictError: the dossier has another number of events.
        """
        asked = [
            ErrandRow(id=each.id, dossier_id=dossier_id, version=each.version, row=text_of_effect(each.effect))
            for each in errands
        ]
        rows, feed = EventRow.objects.using(self._using), Feed.objects.using(self._using)
        with transaction.atomic(using=self._using):
            # First of all, and whatever comes of it: from here on nobody else appends.
            feed.filter(id=1).update(position=F("position") + len(events))
            last = feed.get(id=1).position
            actual = rows.filter(dossier_id=dossier_id).count()
            if actual != expected_version:
                raise conflict(events, expected=expected_version, actual=actual)
            rows.bulk_create(
                EventRow(
                    position=last - len(events) + number,
                    dossier_id=dossier_id,
                    version=actual + number,
                    kind=each.kind,
                    at=each.at,
                    row=text_of_event(each),
                )
                for number, each in enumerate(events, start=1)
            )
            ErrandRow.objects.using(self._using).bulk_create(asked, ignore_conflicts=True)

    def load(self, dossier_id: str) -> tuple[Event, ...]:
        """Return the log of the dossier; an empty one where there is none."""
        rows = EventRow.objects.using(self._using).filter(dossier_id=dossier_id).order_by("version")
        return tuple(event_of(row) for row in rows.values_list("row", flat=True))

    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        """Return the next events of all dossiers after *position*."""
        rows = EventRow.objects.using(self._using).filter(position__gt=position).order_by("position")[:limit]
        return tuple(
            StoredEvent(position=row.position, dossier_id=row.dossier_id, version=row.version, event=event_of(row.row))
            for row in rows
        )

    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        """Return the oldest errands that are not done."""
        rows = ErrandRow.objects.using(self._using).filter(is_done=False).order_by("number")[:limit]
        return tuple(
            Errand(id=row.id, dossier_id=row.dossier_id, version=row.version, effect=effect_of(row.row)) for row in rows
        )

    def done(self, errand_ids: Iterable[str]) -> None:
        """Mark errands as done."""
        ErrandRow.objects.using(self._using).filter(id__in=list(errand_ids)).update(is_done=True)
