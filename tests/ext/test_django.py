"""Dossiers in a Django project: the contract of a store, migrations that are complete, a host's own transaction."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import desk, dossier
from onestop_core.ext import store_contract
from tests.ext import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

pytest.importorskip("django", reason="Django, of the extra django, is not installed")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

settings.configure(INSTALLED_APPS=["onestop_core.ext.django"], USE_TZ=True, TIME_ZONE="Asia/Ho_Chi_Minh", DATABASES={})
django.setup()

from onestop_core.ext.django.models import ErrandRow, EventRow, Feed  # noqa: E402 - models want the settings first
from onestop_core.ext.django.store import DjangoStore  # noqa: E402

AT = datetime.fromisoformat("2026-03-02T08:15+07:00")


def case(name: str = "1") -> dossier.Dossier:
    return dossier.machine("vn@decree-118-2025").new(id=name, procedure="1.012783", channel="online", at=AT)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    name: str = request.param
    if name == "sqlite":
        folder = tmp_path_factory.mktemp("django")
        yield from _database(
            name,
            ENGINE="django.db.backends.sqlite3",
            NAME=str(folder / "db"),
            OPTIONS={"transaction_mode": "IMMEDIATE", "timeout": 30},
        )
        return
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with postgres.server() as folder_of_socket:
        yield from _database(
            name, ENGINE="django.db.backends.postgresql", NAME="postgres", USER="postgres", HOST=folder_of_socket
        )


def _database(alias: str, **options: object) -> Generator[str]:
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: options})[alias]
    call_command("migrate", database=alias, verbosity=0)
    yield alias
    connections[alias].close()


@pytest.fixture
def empty_store(database: str) -> Generator[Callable[[], DjangoStore]]:
    def make() -> DjangoStore:
        for model in (EventRow, ErrandRow):
            model.objects.using(database).all().delete()
        Feed.objects.using(database).update(position=0)
        return DjangoStore(using=database)

    yield make
    connections.close_all()


class InThreads:
    """A store whose connection is closed by each thread that used it, as a web server does after each request."""

    def __init__(self, store: DjangoStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._store, name)

        def call(*args: Any, **options: Any) -> Any:
            try:
                return method(*args, **options)
            finally:
                connections.close_all()

        return call


@pytest.mark.parametrize("check", store_contract.CHECKS)
def test_contract(check: str, empty_store: Callable[[], DjangoStore]) -> None:
    def make() -> Any:
        return InThreads(empty_store())

    assert store_contract.CHECKS[check](make) is None


def test_what_a_host_writes_beside_an_event_is_kept_with_it_or_not_at_all(
    empty_store: Callable[[], DjangoStore], database: str
) -> None:
    store = empty_store()
    with transaction.atomic(using=database):
        desk.open_dossier(store, case())
        assert store.load("1") == case().events
        transaction.set_rollback(True, using=database)
    assert store.load("1") == ()
    assert store.pending() == ()


def test_rows_say_what_they_are(empty_store: Callable[[], DjangoStore], database: str) -> None:
    store = empty_store()
    desk.open_dossier(store, case())
    assert str(EventRow.objects.using(database).get()) == "1 v1 created"
    assert [str(row) for row in ErrandRow.objects.using(database).all()] == [each.id for each in store.pending()]
    assert str(Feed.objects.using(database).get()) == "1"


def test_migrations_say_all_that_the_models_say() -> None:
    out = io.StringIO()
    call_command("makemigrations", "onestop_core", check=True, dry_run=True, skip_checks=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_migrations_go_back(tmp_path: Path) -> None:
    for _ in _database("back", ENGINE="django.db.backends.sqlite3", NAME=str(tmp_path / "db")):
        call_command("migrate", "onestop_core", "zero", database="back", verbosity=0)
        assert "onestop_event" not in connections["back"].introspection.table_names()
