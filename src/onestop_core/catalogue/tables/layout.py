"""Which flat tables a catalogue falls into: derived from the classes, so that a new field brings its column.

An object inside a row becomes columns (``authority.name.vi``), a list of codes one cell, a list or a mapping
of objects a table of its own, whose rows say to which row they belong.
"""

from __future__ import annotations

import enum
import types
import typing
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.rules.once import once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["OWN", "Cell", "Column", "Key", "Table", "edition_key", "layout", "shared_keys", "tables"]

OWN: Final = "#"
"""Name of the column that tells a row from its siblings; before a table's name, that of the row it belongs to."""
_NATURAL_KEYS: Final[Mapping[type, str]] = {Procedure: "code"}
_EDITION: Final = "in_force_from"
"""What tells the editions of one code apart."""
_ROOT: Final = "catalogue"


class Cell(enum.Enum):
    """What a cell holds."""

    TEXT = enum.auto()
    INTEGER = enum.auto()
    BOOLEAN = enum.auto()
    LIST = enum.auto()
    PAIRS = enum.auto()
    """Texts by name."""


class Key(enum.Enum):
    """How a row is told from its siblings."""

    ROOT = enum.auto()
    """There is only one."""
    NUMBER = enum.auto()
    """By its number, which is also its place in the order."""
    NAME = enum.auto()
    """By its name in a mapping."""
    FIELD = enum.auto()
    """By a field of its own, its code."""


@attrs.frozen(kw_only=True)
class Column:
    """A column, and where its value stands below the object of the row."""

    place: tuple[str, ...]
    cell: Cell
    needed_by: tuple[str, ...] | None = None
    """Where the object stands that could not be without the value, below the object of the row or that itself; None: it may be empty."""
    name: str = attrs.field(init=False, default=attrs.Factory(lambda self: ".".join(self.place), takes_self=True))
    """The heading."""
    required: bool = attrs.field(init=False, default=attrs.Factory(lambda self: self.needed_by == (), takes_self=True))
    """Whether a row could not be without it."""


def _name(table: Table) -> str:
    return ".".join(table.path or (_ROOT,)) + ".csv"


def _ancestors(table: Table) -> tuple[Table, ...]:
    above = table.above
    return () if above is None or above.key is Key.ROOT else (*above.ancestors, above)


def _keys(table: Table) -> tuple[str, ...]:
    own = (OWN,) if table.key in {Key.NUMBER, Key.NAME} else ()
    return (*(OWN + ".".join(each.place) for each in table.ancestors), *own)


def _headings(table: Table) -> tuple[str, ...]:
    return (*table.keys, *(column.name for column in table.columns))


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """A table: one row to one object of the document."""

    path: tuple[str, ...] = ()
    """The names of the lists that lead here from the document."""
    above: Table | None = None
    """The table with the rows to which these belong."""
    place: tuple[str, ...] = ()
    """Where the objects stand below the object of the row above."""
    key: Key = Key.ROOT
    key_field: str = OWN
    """Heading of the column that holds the key."""
    required: bool = True
    """Whether the list must be there even when it is empty."""
    columns: tuple[Column, ...] = ()

    name: str = attrs.field(init=False, default=attrs.Factory(_name, takes_self=True))
    """Name of the file."""
    ancestors: tuple[Table, ...] = attrs.field(
        init=False, repr=False, default=attrs.Factory(_ancestors, takes_self=True)
    )
    """The tables above that have keys, outermost first."""
    keys: tuple[str, ...] = attrs.field(init=False, default=attrs.Factory(_keys, takes_self=True))
    """Headings of the columns that say which row this is and to which it belongs."""
    headings: tuple[str, ...] = attrs.field(init=False, default=attrs.Factory(_headings, takes_self=True))
    """All headings, in order."""

    def lists(self) -> tuple[Table, ...]:
        """Return the tables right below this one, of a catalogue."""
        return _below(tables())[self.path]


def shared_keys(rows: Iterable[Mapping[str, Any]], field: str) -> frozenset[str]:
    """Return the keys that several of *rows* bear: codes of several editions.

    >>> shared_keys([{"code": "a"}, {"code": "b"}, {"code": "a"}], "code")
    frozenset({'a'})
    """
    counts = Counter(str(row.get(field, "")).strip() for row in rows)
    return frozenset(key for key, count in counts.items() if count > 1)


def edition_key(row: Mapping[str, Any], field: str, shared: frozenset[str]) -> str:
    """Return by what rows below name *row*: by its code, and where several editions have it, by the first day too.

    >>> edition_key({"code": "1.004222", "in_force_from": "2025-07-01"}, "code", frozenset({"1.004222"}))
    '1.004222@2025-07-01'
    """
    code, first = (str(row.get(each, "")).strip() for each in (field, _EDITION))
    return f"{code}@{first}" if code in shared and first else code


@once
def tables() -> tuple[Table, ...]:
    """Return the tables of a catalogue, each after the one above it."""
    return layout(Catalogue)


@cache
def _below(every: tuple[Table, ...]) -> dict[tuple[str, ...], tuple[Table, ...]]:
    return {each.path: tuple(table for table in every if table.above is each) for each in every}


def layout(kind: type) -> tuple[Table, ...]:
    """Return the tables of *kind*, an attrs class; what fits into none of them is left out."""
    return tuple(_tables(kind, Table(), within=()))


def _tables(kind: type, table: Table, within: tuple[type, ...]) -> Iterator[Table]:
    columns: list[Column] = []
    lists: list[tuple[tuple[str, ...], Key, type, bool]] = []
    _sort_out(kind, (), columns, lists, within=within, needed_by=())
    table = attrs.evolve(table, columns=tuple(columns))
    yield table
    for place, key, item, required in lists:
        natural = _NATURAL_KEYS.get(item) if key is Key.NUMBER else None
        below = Table(
            path=(*table.path, *place),
            above=table,
            place=place,
            key=Key.FIELD if natural else key,
            key_field=natural or OWN,
            required=required,
        )
        yield from _tables(item, below, (*within, kind))


def _sort_out(
    kind: type,
    place: tuple[str, ...],
    columns: list[Column],
    lists: list[tuple[tuple[str, ...], Key, type, bool]],
    *,
    within: tuple[type, ...],
    needed_by: tuple[str, ...],
) -> None:
    """Sort the fields of *kind* into columns and into lists of objects; a class inside itself is neither."""
    hints = typing.get_type_hints(kind)
    for field in attrs.fields(kind):
        if not field.init:
            continue
        here = (*place, field.name)
        needed = field.default is attrs.NOTHING
        inner = _without_none(hints[field.name])
        origin, arguments = typing.get_origin(inner), typing.get_args(inner)
        cell = _cell(inner)
        if cell is not None:
            columns.append(Column(place=here, cell=cell, needed_by=needed_by if needed else None))
        elif _is_object(inner) and inner not in (*within, kind):
            _sort_out(inner, here, columns, lists, within=(*within, kind), needed_by=needed_by if needed else here)
        elif origin is tuple and _is_object(arguments[0]) and arguments[0] not in (*within, kind):
            lists.append((here, Key.NUMBER, arguments[0], needed and not needed_by))
        elif origin is Mapping and _is_object(arguments[1]) and arguments[1] not in (*within, kind):
            lists.append((here, Key.NAME, arguments[1], needed and not needed_by))


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        rest = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _is_object(hint: Any) -> bool:
    return isinstance(hint, type) and attrs.has(hint)


def _cell(hint: Any) -> Cell | None:
    """Return what a cell for *hint* holds; None: it does not fit into one cell."""
    if typing.get_origin(hint) is typing.Literal:
        return Cell.TEXT
    if typing.get_origin(hint) is tuple:
        item, *rest = typing.get_args(hint)
        return Cell.LIST if rest == [...] and _cell(item) is Cell.TEXT else None
    if typing.get_origin(hint) is Mapping:
        return Cell.PAIRS if _cell(typing.get_args(hint)[1]) is Cell.TEXT else None
    if not isinstance(hint, type):
        return None
    if issubclass(hint, bool):
        return Cell.BOOLEAN
    if issubclass(hint, int):
        return Cell.INTEGER
    return Cell.TEXT if issubclass(hint, str | Decimal | date) else None
