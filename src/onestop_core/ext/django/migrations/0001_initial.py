"""The three tables, and the one row of the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import migrations, models

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.migrations.operations.base import Operation


def _begin_feed(apps: Any, schema_editor: Any) -> None:
    apps.get_model("onestop_core", "Feed").objects.using(schema_editor.connection.alias).create(id=1)


class Migration(migrations.Migration):
    """Made for version 0.2.0."""

    initial: ClassVar[bool | None] = True
    operations: ClassVar[Sequence[Operation]] = [
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("dossier_id", models.CharField(max_length=200)),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=200)),
                ("at", models.DateTimeField(db_index=True)),
                ("row", models.TextField()),
            ],
            options={
                "verbose_name": "sự kiện",
                "verbose_name_plural": "sự kiện",
                "db_table": "onestop_event",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier_id", "version"), name="onestop_event_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrandRow",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("id", models.CharField(max_length=250, unique=True)),
                ("dossier_id", models.CharField(max_length=200)),
                ("version", models.PositiveIntegerField()),
                ("row", models.TextField()),
                ("is_done", models.BooleanField(db_index=True, default=False)),
            ],
            options={
                "verbose_name": "việc phải làm",
                "verbose_name_plural": "việc phải làm",
                "db_table": "onestop_errand",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
            options={"db_table": "onestop_feed"},
        ),
        migrations.RunPython(_begin_feed, migrations.RunPython.noop),
    ]
