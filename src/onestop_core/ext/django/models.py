"""The tables: events, errands (the outbox), and the one row that numbers the events."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ErrandRow", "EventRow", "Feed"]


class EventRow(models.Model):
    """An event of a dossier."""

    position: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    dossier_id: models.CharField[str, str] = models.CharField(max_length=200)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    kind: models.CharField[str, str] = models.CharField(max_length=200)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_index=True)
    row: models.TextField[str, str] = models.TextField()
    """JSON text of the schema ``event-rows``."""

    class Meta:
        """Names and order."""

        db_table = "onestop_event"
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dossier_id", "version"], name="onestop_event_version")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.version} {self.kind}"


class ErrandRow(models.Model):
    """What an event asks of the host."""

    number: models.BigAutoField[int, int] = models.BigAutoField(primary_key=True)
    id: models.CharField[str, str] = models.CharField(max_length=250, unique=True)
    dossier_id: models.CharField[str, str] = models.CharField(max_length=200)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    row: models.TextField[str, str] = models.TextField()
    """JSON text of an ``Effect``."""
    is_done: models.BooleanField[bool, bool] = models.BooleanField(default=False, db_index=True)

    class Meta:
        """Names and order."""

        db_table = "onestop_errand"
        verbose_name = "việc phải làm"
        verbose_name_plural = "việc phải làm"
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return self.id


class Feed(models.Model):
    """The last number that was given to an event; one row."""

    id: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(primary_key=True)
    position: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)

    class Meta:
        """Name."""

        db_table = "onestop_feed"

    def __str__(self) -> str:
        return str(self.position)
