"""The columns of a row, and a table for them."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import Any, Final, get_type_hints

import attrs

from onestop_core.deadlines.lists.case_row import CaseRow
from onestop_core.deadlines.lists.sql import Dialect
from onestop_core.deadlines.lists.words import NAMES
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["RowColumn", "RowColumnKind", "columns", "create_table", "upsert"]

_TABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}", re.ASCII)


class RowColumnKind(Code):
    """What a column holds."""

    TEXT = "text"
    """A name or code, at most 200 characters."""
    MOMENT = "moment"
    COUNT = "count"
    """A whole number."""


_TYPES: Final = {
    RowColumnKind.TEXT: "VARCHAR(200)",
    RowColumnKind.MOMENT: "TIMESTAMP WITH TIME ZONE",
    RowColumnKind.COUNT: "INTEGER",
}


@attrs.frozen(kw_only=True)
class RowColumn:
    """One column of a row."""

    name: str
    title: Text
    kind: RowColumnKind
    is_required: bool
    """Whether it always has a value."""

    def sql(self, dialect: Dialect | str) -> str:
        """Return the column as a table declares it.

        Raises:
            InvalidValueError: an unknown dialect.
        """
        text = Dialect.of(dialect, "dialect") is Dialect.SQLITE and self.kind is not RowColumnKind.COUNT
        return f"{self.name} {'TEXT' if text else _TYPES[self.kind]}{' NOT NULL' if self.is_required else ''}"


@cache
def columns() -> tuple[RowColumn, ...]:
    """Return the columns of a row, in order.

    >>> [column.sql("postgresql") for column in columns()][:3]
    ['id VARCHAR(200) NOT NULL', 'procedure VARCHAR(200) NOT NULL', 'channel VARCHAR(200) NOT NULL']
    """
    hints = get_type_hints(CaseRow)
    return tuple(_column(field.name, hints[field.name]) for field in attrs.fields(CaseRow))


def _column(name: str, hint: Any) -> RowColumn:
    kinds = getattr(hint, "__args__", (hint,))
    kind = RowColumnKind.MOMENT if datetime in kinds else RowColumnKind.COUNT if int in kinds else RowColumnKind.TEXT
    return RowColumn(name=name, title=NAMES[name], kind=kind, is_required=type(None) not in kinds)


def create_table(dialect: Dialect | str, name: str = "case_rows") -> str:
    """Return the statement that makes a table for rows.

    >>> print(create_table("sqlite"))
    CREATE TABLE case_rows (
      id TEXT NOT NULL,
      procedure TEXT NOT NULL,
      ...

    Args:
        dialect: Which database reads it.
        name: The name of the table: letters, digits and underscores.

    Raises:
        InvalidValueError: an unknown dialect, or another name.
    """
    lines = [*(column.sql(dialect) for column in columns()), "PRIMARY KEY (id)"]
    return f"CREATE TABLE {_table(name)} (\n  " + ",\n  ".join(lines) + "\n)"


def upsert(dialect: Dialect | str, name: str = "case_rows") -> str:
    """Return the statement that writes a row, or writes it anew; its parameters are ``CaseRow.values``.

    A row of fewer events than the one that is there changes nothing: of two workers the slower one does no harm.

    Args:
        dialect: Which database reads it. Parameters are ``?``, and ``%s`` for PostgreSQL.
        name: The name of the table.

    Raises:
        InvalidValueError: as :func:`create_table`.
    """
    mark = "%s" if Dialect.of(dialect, "dialect") is Dialect.POSTGRESQL else "?"
    names, table = [column.name for column in columns()], _table(name)
    changed = ", ".join(f"{each} = excluded.{each}" for each in names[1:])
    return (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join([mark] * len(names))})\n"  # noqa: S608 - ours
        f"ON CONFLICT (id) DO UPDATE SET {changed}\nWHERE excluded.version >= {table}.version"
    )


def _table(name: object) -> str:
    if not isinstance(name, str) or not _TABLE.fullmatch(str.__str__(name)):
        raise InvalidValueError.of(
            "name",
            name,
            vi="tên bảng gồm chữ cái không dấu, chữ số và dấu gạch dưới, tối đa 63 ký tự",
            en="a name of letters, digits and underscores, at most 63 characters",
        )
    return str.__str__(name)
