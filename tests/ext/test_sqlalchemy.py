"""Dossiers in SQLite and PostgreSQL: the contract of a store, and a host's own transaction."""

from __future__ import annotations

import importlib
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from onestop_core import desk, dossier
from onestop_core.errors import MissingExtraError
from onestop_core.ext import store_contract
from tests.ext import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

pytest.importorskip("sqlalchemy", reason="SQLAlchemy, of the extra sqlalchemy, is not installed")

import sqlalchemy as sa

from onestop_core.ext.sqlalchemy import SqlStore, tables

AT = datetime.fromisoformat("2026-03-02T08:15+07:00")


def case(name: str = "1") -> dossier.Dossier:
    return dossier.machine("vn@decree-118-2025").new(id=name, procedure="1.012783", channel="online", at=AT)


@pytest.fixture(scope="module")
def postgres_url() -> Generator[str]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with postgres.server() as folder:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Callable[[], SqlStore]]:
    number = itertools.count(1)
    if request.param == "sqlite":
        engines = (sa.create_engine(f"sqlite:///{tmp_path}/{each}.db") for each in number)
        engine = next(engines)
    else:
        engine = sa.create_engine(request.getfixturevalue("postgres_url"))

    def make() -> SqlStore:
        # Names of their own: the server is shared by the tests of this module.
        store = SqlStore(engine, prefix=f"{request.node.name[-24:]}-{next(number)}-")
        store.create_tables()
        return store

    yield make
    engine.dispose()


@pytest.mark.parametrize("check", store_contract.CHECKS)
def test_contract(check: str, empty_store: Callable[[], SqlStore]) -> None:
    assert store_contract.CHECKS[check](empty_store) is None


@pytest.mark.parametrize("within", [True, False], ids=["in a transaction of the host", "in one of its own"])
def test_desks_that_open_at_once_get_numbers_without_a_gap(empty_store: Callable[[], SqlStore], within: bool) -> None:
    store = empty_store()

    def opened(_: int) -> str:
        if not within:
            return desk.open_next(store, lambda number: case(f"{number:02d}")).id
        engine = store._bind
        assert isinstance(engine, sa.Engine)
        with engine.begin() as connection:
            inside = SqlStore(connection, prefix=store._event.name.removesuffix("event"))
            return desk.open_next(inside, lambda number: case(f"{number:02d}")).id

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(opened, range(12))) == [f"{number:02d}" for number in range(1, 13)]


def test_tables_are_made_once() -> None:
    engine = sa.create_engine("sqlite://")
    store = SqlStore(engine)
    store.create_tables()
    desk.open_dossier(store, case())
    store.create_tables()
    assert [row.position for row in store.changed_since(0)] == [1]
    assert sorted(sa.inspect(engine).get_table_names()) == ["onestop_errand", "onestop_event", "onestop_feed"]


def test_what_a_host_writes_beside_an_event_is_kept_with_it_or_not_at_all() -> None:
    engine = sa.create_engine("sqlite://")
    metadata = sa.MetaData()
    assert sorted(tables(metadata)) == ["errand", "event", "feed"]
    note = sa.Table("note", metadata, sa.Column("text", sa.Text))
    metadata.create_all(engine)
    SqlStore(engine).create_tables()
    with engine.connect() as connection:
        desk.open_dossier(SqlStore(connection), case())
        connection.execute(note.insert().values(text="quầy 3"))
        connection.rollback()
        assert SqlStore(connection).load("1") == ()
        desk.open_dossier(SqlStore(connection), case())
        connection.execute(note.insert().values(text="quầy 3"))
        connection.commit()
    with engine.connect() as connection:
        assert connection.scalars(sa.select(note.c.text)).all() == ["quầy 3"]
        assert desk.fetch(SqlStore(connection), "1") == case()


def test_rows_can_be_searched_in_sql() -> None:
    engine = sa.create_engine("sqlite://")
    store = SqlStore(engine)
    store.create_tables()
    desk.open_dossier(store, case())
    with engine.connect() as connection:
        found = connection.execute(
            sa.text("select json_extract(row, '$.opening.procedure'), kind, version from onestop_event")
        ).one()
    assert tuple(found) == ("1.012783", "created", 1)


def test_without_sqlalchemy_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.sqlalchemy")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.sqlalchemy")
    assert (raised.value.extra, raised.value.package) == ("sqlalchemy", "sqlalchemy")
