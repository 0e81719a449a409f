"""Dossiers in SQLite and PostgreSQL: the contract of a store, and a host's own transaction."""

from __future__ import annotations

import importlib
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.deadlines import TimeLimit
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.ext import store_contract
from tests.ext import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

pytest.importorskip("sqlalchemy", reason="SQLAlchemy, of the extra sqlalchemy, is not installed")

import sqlalchemy as sa

from onestop_core.ext.sqlalchemy import SqlLists, SqlStore, tables

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
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[sa.Engine]:
    of_postgres = request.param == "postgresql"
    made = sa.create_engine(request.getfixturevalue("postgres_url") if of_postgres else f"sqlite:///{tmp_path}/1.db")
    yield made
    made.dispose()


@pytest.fixture
def empty_store(request: pytest.FixtureRequest, engine: sa.Engine) -> Callable[[], SqlStore]:
    number = itertools.count(1)

    def make() -> SqlStore:
        # Names of their own: the server is shared by the tests of this module.
        store = SqlStore(engine, prefix=f"{request.node.name[-24:]}-{next(number)}-")
        store.create_tables()
        return store

    return make


@pytest.mark.parametrize("check", store_contract.CHECKS)
def test_contract(check: str, empty_store: Callable[[], SqlStore]) -> None:
    assert store_contract.CHECKS[check](empty_store) is None


@pytest.mark.parametrize("check", store_contract.LIST_CHECKS)
def test_contract_of_lists(check: str, engine: sa.Engine) -> None:
    def make() -> SqlLists:
        lists = SqlLists(engine, table=f"rows_{list(store_contract.LIST_CHECKS).index(check)}")
        lists.create_tables()
        lists.create_tables()  # there is one already
        return lists

    assert store_contract.LIST_CHECKS[check](make) is None


@pytest.mark.parametrize("kept", [True, False])
def test_a_row_is_kept_with_its_event_or_neither_is(kept: bool, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/1.db")
    store, lists, limit = SqlStore(engine), SqlLists(engine), TimeLimit.parse("5 working days")
    store.create_tables()
    lists.create_tables()
    with engine.connect() as connection:
        opened = desk.open_dossier(SqlStore(connection), case())
        SqlLists(connection).keep(deadlines.row(opened, limit, calendar=workdays.calendar()))
        assert SqlLists(connection).limit_of("1") == limit
        connection.commit() if kept else connection.rollback()
    assert (len(store.load("1")), [row.id for row in lists.rows()]) == ((1, ["1"]) if kept else (0, []))


def test_lists_refuse_what_they_cannot_take() -> None:
    engine = sa.create_engine("sqlite://")
    with pytest.raises(InvalidValueError):
        SqlLists(engine, table="rows; DROP TABLE onestop_event")
    with pytest.raises(InvalidValueError):
        SqlLists(sa.create_mock_engine("mysql+pymysql://", lambda *_: None))  # type: ignore[arg-type]
    lists = SqlLists(engine)
    lists.create_tables()
    wrong: Any = "a row"
    with pytest.raises(InvalidValueError):
        lists.keep(wrong)
    with pytest.raises(InvalidValueError):
        lists.rows(wrong)


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
