"""Dossiers in a database, by SQLAlchemy 2: SQLite, PostgreSQL and what else it speaks to. Extra ``sqlalchemy``.

Three tables: the events, their errands (the outbox), and one row that numbers the events. Whoever appends takes that row
first, so the numbers come to light in their own order: a reader of the feed misses nothing, at the price that appends wait
for one another for the length of a transaction.

>>> import sqlalchemy
>>> from onestop_core.ext.sqlalchemy import SqlStore
>>> store = SqlStore(sqlalchemy.create_engine("sqlite://"))
>>> store.create_tables()
>>> store.load("H26.12-260212-0001")
()

Beside them may stand a fourth, of lists: :class:`SqlLists` has one flat row of each dossier, and its limit.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, final

try:
    import sqlalchemy as sa
except ImportError as _error:
    from onestop_core.errors import MissingExtraError

    raise MissingExtraError(package="sqlalchemy", extra="sqlalchemy") from _error

from onestop_core.deadlines import TimeLimit
from onestop_core.deadlines.lists import CaseRow, Dialect, Listing, columns, create_table, upsert
from onestop_core.desk.storing.rows import effect_of, event_of, text_of_effect, text_of_event
from onestop_core.desk.storing.store import Errand, StoredEvent, conflict, unknown
from onestop_core.model.series import instance

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from onestop_core.dossier import Event

__all__ = ["SqlLists", "SqlStore", "tables"]

_DOSSIER: Final = 200
"""Most characters of a dossier's name, as of an ``Opening``."""
_ERRAND: Final = _DOSSIER + 50


def tables(metadata: sa.MetaData, *, prefix: str = "onestop_") -> Mapping[str, sa.Table]:
    """Return the tables ``event``, ``errand`` and ``feed``, added to *metadata*: for migrations of a host's own.

    A row of ``event`` and ``errand`` is JSON text; the columns beside it are to search by.
    """
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    event = sa.Table(
        f"{prefix}event",
        metadata,
        sa.Column("position", number, primary_key=True, autoincrement=False),
        sa.Column("dossier_id", sa.String(_DOSSIER), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(_DOSSIER), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("row", sa.Text, nullable=False),
        sa.UniqueConstraint("dossier_id", "version"),
    )
    errand = sa.Table(
        f"{prefix}errand",
        metadata,
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(_ERRAND), nullable=False, unique=True),
        sa.Column("dossier_id", sa.String(_DOSSIER), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("row", sa.Text, nullable=False),
        sa.Column("is_done", sa.Boolean, nullable=False, default=False, index=True),
    )
    feed = sa.Table(
        f"{prefix}feed",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", number, nullable=False),
    )
    return {"event": event, "errand": errand, "feed": feed}


@final
class SqlStore:
    """Does what :class:`onestop_core.desk.EventStore` says, in a database.

    Args:
        bind: An engine, of which each method takes a connection and ends its transaction; or a connection, in whose
            transaction the methods take part: what a host writes beside an event is then kept with it, or not at all. The
            host ends it, and takes all of it back where a method raises.
        prefix: Of the names of the tables.
    """

    def __init__(self, bind: sa.Engine | sa.Connection, *, prefix: str = "onestop_") -> None:
        self._bind = bind
        self._metadata = sa.MetaData()
        named = tables(self._metadata, prefix=prefix)
        self._event, self._errand, self._feed = named["event"], named["errand"], named["feed"]

    def create_tables(self) -> None:
        """Create the tables that are not there yet."""
        with _begun(self._bind) as connection:
            self._metadata.create_all(connection)
            if connection.scalar(sa.select(self._feed.c.id)) is None:
                connection.execute(self._feed.insert().values(id=1, position=0))

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        """Keep *events* and *errands*, or nothing.

        Raises:
            VersionConflictError: the dossier has another number of events.
        """
        asked = [
            {
                "id": each.id,
                "dossier_id": dossier_id,
                "version": each.version,
                "row": text_of_effect(each.effect),
                "is_done": False,
            }
            for each in errands
        ]
        event, errand, feed = self._event, self._errand, self._feed
        with _begun(self._bind) as connection:
            # First of all, and whatever comes of it: from here on nobody else appends.
            connection.execute(feed.update().values(position=feed.c.position + len(events)))
            last = connection.scalar(sa.select(feed.c.position)) or 0
            of_it = event.c.dossier_id == dossier_id
            actual = connection.scalar(sa.select(sa.func.count()).select_from(event).where(of_it)) or 0
            if actual != expected_version:
                raise conflict(events, expected=expected_version, actual=actual)
            for number, each in enumerate(events, start=1):
                connection.execute(
                    event.insert().values(
                        position=last - len(events) + number,
                        dossier_id=dossier_id,
                        version=actual + number,
                        kind=each.kind,
                        at=each.at,
                        row=text_of_event(each),
                    )
                )
            if asked:
                there = set(
                    connection.scalars(sa.select(errand.c.id).where(errand.c.id.in_([row["id"] for row in asked])))
                )
                if new := [row for row in asked if row["id"] not in there]:
                    connection.execute(errand.insert(), new)

    def load(self, dossier_id: str) -> tuple[Event, ...]:
        """Return the log of the dossier; an empty one where there is none."""
        event = self._event
        query = sa.select(event.c.row).where(event.c.dossier_id == dossier_id).order_by(event.c.version)
        with _begun(self._bind) as connection:
            return tuple(event_of(row) for row in connection.scalars(query))

    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        """Return the next events of all dossiers after *position*."""
        event = self._event
        columns = (event.c.position, event.c.dossier_id, event.c.version, event.c.row)
        query = sa.select(*columns).where(event.c.position > position).order_by(event.c.position).limit(limit)
        with _begun(self._bind) as connection:
            return tuple(
                StoredEvent(position=place, dossier_id=name, version=version, event=event_of(row))
                for place, name, version, row in connection.execute(query)
            )

    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        """Return the oldest errands that are not done."""
        errand = self._errand
        columns = (errand.c.id, errand.c.dossier_id, errand.c.version, errand.c.row)
        query = sa.select(*columns).where(~errand.c.is_done).order_by(errand.c.number).limit(limit)
        with _begun(self._bind) as connection:
            return tuple(
                Errand(id=each, dossier_id=name, version=version, effect=effect_of(row))
                for each, name, version, row in connection.execute(query)
            )

    def done(self, errand_ids: Iterable[str]) -> None:
        """Mark errands as done."""
        errand = self._errand
        with _begun(self._bind) as connection:
            connection.execute(errand.update().where(errand.c.id.in_(tuple(errand_ids))).values(is_done=True))


@final
class SqlLists:
    """Does what :class:`onestop_core.desk.storing.CaseLists` says, in SQLite or PostgreSQL.

    >>> lists = SqlLists(sa.create_engine("sqlite://"))
    >>> lists.create_tables()
    >>> lists.rows()
    ()

    Args:
        bind: As of :class:`SqlStore`: on the connection of a store a row is kept with its event, or neither is.
        table: The name of the table: letters, digits and underscores.

    Raises:
        InvalidValueError: another database, or another name.
    """

    def __init__(self, bind: sa.Engine | sa.Connection, *, table: str = "case_rows") -> None:
        self._bind = bind
        self._dialect = Dialect.of(bind.dialect.name, "bind")
        self._upsert = upsert(self._dialect, table)
        self._table = sa.Table(table, sa.MetaData(), *(sa.Column[Any](column.name) for column in columns()))

    def create_tables(self) -> None:
        """Create the table, if it is not there yet."""
        with _begun(self._bind) as connection:
            if not sa.inspect(connection).has_table(self._table.name):
                connection.exec_driver_sql(create_table(self._dialect, self._table.name))

    def keep(self, row: CaseRow) -> None:
        """Keep *row* in place of the one that the dossier has; one of fewer events than that changes nothing.

        Raises:
            InvalidValueError: something else in place of a row.
        """
        values = instance(row, CaseRow, "row").values(self._dialect)
        with _begun(self._bind) as connection:
            connection.exec_driver_sql(self._upsert, values)

    def limit_of(self, dossier_id: str) -> TimeLimit:
        """Return the limit by which the dossier is counted.

        Raises:
            UnknownCodeError: it has no row, or one without a limit.
        """
        query = sa.select(self._table.c.time_limit).where(self._table.c.id == dossier_id)
        with _begun(self._bind) as connection:
            limit = connection.scalar(query)
        if limit is None:
            raise unknown(dossier_id)
        return TimeLimit.parse(limit)

    def rows(self, listing: Listing | None = None) -> tuple[CaseRow, ...]:
        """Return the rows of a list, or all, by the moment in force and the name; those without a moment last.

        Raises:
            InvalidValueError: something else in place of a list.
        """
        due, name = self._table.c.due_at, self._table.c.id
        query = sa.select(self._table).order_by(due.is_(None), due, name)
        if listing is not None:
            query = query.where(sa.literal_column(instance(listing, Listing, "listing").sql(self._dialect)))
        with _begun(self._bind) as connection:
            return tuple(CaseRow(**row) for row in connection.execute(query).mappings())


@contextmanager
def _begun(bind: sa.Engine | sa.Connection) -> Generator[sa.Connection]:
    """Yield a connection within a transaction: the host's, or one that ends here."""
    if isinstance(bind, sa.Connection):
        yield bind
    else:
        with bind.begin() as connection:
            yield connection
