"""Catalogues as flat tables for spreadsheets, and back: ``to_tables``, ``from_tables``, ``not_in_tables``.

Nothing is read or written here; a table is a file's name and its text. Which tables there are follows from
the classes (see ``layout``), how their text looks from RFC 4180 (see :mod:`onestop_core.rules.reading.csv_files`); ``reading``
builds the document again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

import attrs

from onestop_core.catalogue.documents import dump, load
from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.catalogue.tables import cell_text
from onestop_core.catalogue.tables.layout import Cell, Column, Key, Table, edition_key, shared_keys, tables
from onestop_core.catalogue.tables.reading import Reading
from onestop_core.catalogue.values.fields import plain_word
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.reading.csv_files import MAX_CELL, write_csv
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text
from onestop_core.text.safe import csv_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onestop_core.catalogue.values.catalogue import Catalogue
    from onestop_core.rules.reading.documents import Where

__all__ = ["exported", "from_tables", "not_in_tables", "to_tables"]


def to_tables(catalogue: Catalogue, *, separator: Literal[",", ";", "\t"] = ",") -> dict[str, str]:
    r"""Return *catalogue* as CSV tables: name of the file to its text, which begins with a byte order mark.

    Rows name their procedure by its code; where it has several editions, by its first day too: ``1.004222@2025-07-01``.

    Cells that a spreadsheet would run as formulas are made harmless, and made whole again by
    :func:`from_tables`. What no table can hold is left out and listed by :func:`~onestop_core.catalogue.tables.not_in_tables`.

    >>> from onestop_core import catalogue
    >>> tables = to_tables(catalogue.shipped())
    >>> tables["procedures.channels.csv"].splitlines()[:2]
    ['\ufeff#procedures,#,kind,cases,url,note.vi,note.en,basis', '1.004222,1,in_person,,,,,...']
    >>> from_tables(tables) == catalogue.shipped()
    True

    Args:
        catalogue: The catalogue.
        separator: What stands between cells; spreadsheets that write decimals with a comma expect ``;``.

    Raises:
        InvalidDocumentError: two procedures have the same code and first day, so that rows could not name theirs.
        InvalidValueError: the separator is none of the three.

    Source of the format: RFC 4180.
    """
    return _written_out(dump(catalogue), separator)


def exported(
    catalogue: Catalogue, *, separator: Literal[",", ";", "\t"] = ","
) -> tuple[dict[str, str], tuple[str, ...]]:
    r"""Return what :func:`~onestop_core.catalogue.to_tables` and :func:`~onestop_core.catalogue.tables.not_in_tables` do, written once.

    >>> from onestop_core import catalogue
    >>> tables, lost = exported(catalogue.shipped(), separator=";")
    >>> tables["catalogue.csv"].splitlines()[0], lost
    ('\ufeffschema_version;title.vi;title.en', ())

    Raises:
        InvalidDocumentError: as :func:`~onestop_core.catalogue.to_tables` does.
        InvalidValueError: likewise.
    """
    with uncollected():
        document = dump(catalogue)
        tables = _written_out(document, separator)
        return tables, tuple(_differences(document, Reading(tables).document, ()))


def _written_out(document: dict[str, Any], separator: str) -> dict[str, str]:
    mark = plain_word(separator)
    if mark is None:
        raise InvalidValueError.of("separator", separator, vi="',', ';' hoặc tab", en="',', ';' or a tab")
    _refuse_same_codes(document)
    with uncollected():
        rows: dict[str, list[Sequence[str]]] = {table.name: [table.headings] for table in tables()}
        shared = shared_keys(document["procedures"], "code")
        for table, keys, found in _objects(document, tables()[0], (), shared):
            rows[table.name].append([*keys, *_cells(found, table)])
        return {name: write_csv(lines, separator=mark) for name, lines in rows.items()}


def from_tables(tables: Mapping[str, str | bytes], *, validator: Callable[[Any], bool] | None = None) -> Catalogue:
    """Return the catalogue in CSV *tables*, named and built as :func:`to_tables` does; none need be there but two.

    Separators may be comma, semicolon or tab. Rows are ordered by their number ``#``; empty rows do not count.

    >>> from_tables({"procedure.csv": "code"})
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      procedure.csv:1: there is no table 'procedure.csv'

    Args:
        tables: Name of the file to its text, or to its bytes in UTF-8.
        validator: As of :func:`~onestop_core.catalogue.check`: says faster whether the document is valid under the schema.

    Raises:
        InvalidDocumentError: with every place, as ``table:row:column``, that cannot be read; if all can, with every
            error that ``check`` finds in the catalogue. The first row, of the headings, is row 1.
        UnsupportedSchemaVersionError: likewise, and the tables name another version of the schema.
    """
    if not isinstance(cast("object", tables), Mapping):
        raise InvalidValueError.of("tables", tables, vi="bảng tên tệp và nội dung", en="a mapping from names to texts")
    with uncollected():
        reading = Reading(tables)
        if reading.problems:
            raise InvalidDocumentError(problems=tuple(reading.problems))
        try:
            return load(reading.document, validator=validator)
        except InvalidDocumentError as error:
            places = reading.places()
            raise attrs.evolve(error, problems=tuple(_placed(problem, places) for problem in error.problems)) from None


def not_in_tables(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the JSON paths of what :func:`~onestop_core.catalogue.to_tables` cannot hold of *catalogue*, found by reading its tables back.

    These are texts longer than a spreadsheet's cell (32,767 characters), empty or blank ones, and what is not in
    normal form C. What could not be read back without its text, such as a condition, is left out with it.

    >>> from onestop_core import catalogue
    >>> not_in_tables(catalogue.shipped())
    ()

    Raises:
        InvalidDocumentError: two procedures have the same code and first day.
    """
    return exported(catalogue)[1]


def _refuse_same_codes(document: dict[str, Any]) -> None:
    shared = shared_keys(document["procedures"], "code")
    codes = [edition_key(procedure, "code", shared) for procedure in document["procedures"]]
    if len(set(codes)) < len(codes):
        first = next(index for index, code in enumerate(codes) if code in codes[:index])
        text = Text(vi=f"mã {codes[first]!r} đã có ở trên", en=f"code {codes[first]!r} stands above already")
        path = json_path(("procedures", first, "code"))
        raise InvalidDocumentError(problems=(Problem(path=path, rule="table/duplicate-key", text=text),))


def _differences(before: Any, after: Any, place: Where) -> Iterator[str]:
    if before == after:
        return
    if is_object(before) and is_object(after):
        for key in {**before, **after}:
            yield from _differences(before.get(key), after.get(key), (*place, key))
    elif is_list(before) and is_list(after) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _differences(old, new, (*place, index))
    else:
        yield json_path(place)


def _at(found: Any, place: Sequence[str]) -> Any:
    for name in place:
        found = found.get(name) if is_object(found) else None
    return found


def _objects(
    found: Any, table: Table, keys: tuple[str, ...], shared: frozenset[str]
) -> Iterator[tuple[Table, tuple[str, ...], Any]]:
    """Yield each object of the document that has a row: its table, its keys, itself."""
    yield table, keys, found
    own = (edition_key(found, table.key_field, shared),) if table.key is Key.FIELD else ()
    held = (*keys[: len(table.ancestors)], *own) if own else keys
    for below in table.lists():
        inner = _at(found, below.place)
        if is_object(inner):
            for name, item in inner.items():
                yield from _objects_of(item, below, (*held, name), shared)
        elif is_list(inner):
            for number, item in enumerate(inner, 1):
                numbered = (str(number),) if below.key is Key.NUMBER else ()
                yield from _objects_of(item, below, (*held, *numbered), shared)


def _objects_of(
    found: Any, table: Table, keys: tuple[str, ...], shared: frozenset[str]
) -> Iterator[tuple[Table, tuple[str, ...], Any]]:
    held = _readable(found, table)
    if held is not None:
        yield from _objects(held, table, keys, shared)


def _readable(found: Any, table: Table) -> Any:
    """Return *found* less what could not be read back, since no cell holds a text that it needs; None: all of it.

    A procedure itself stays, for somebody to shorten what it lacks.
    """
    for column in _needed_texts(table):
        if _fits(_at(found, column.place)):
            continue
        if not column.required:
            found = _without(found, column.needed_by or ())
        elif table.key is not Key.FIELD:
            return None
    return found


@cache
def _needed_texts(table: Table) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if column.needed_by is not None and column.cell is Cell.TEXT)


def _without(found: dict[str, Any], place: Sequence[str]) -> dict[str, Any]:
    first, *rest = place
    kept = {name: value for name, value in found.items() if name != first}
    return {**kept, first: _without(found[first], rest)} if rest else kept


def _fits(value: Any) -> bool:
    # A guard may stand before each letter, but not before more.
    return not isinstance(value, str) or 2 * len(value) < MAX_CELL or len(csv_cell(value)) <= MAX_CELL


def _cells(found: Any, table: Table) -> Iterator[str]:
    """Yield the cells of an object; what does not fit leaves its cell empty."""
    for column in table.columns:
        first, *rest = column.place
        value = found.get(first)
        if rest and value is not None:
            value = _at(value, rest)
        if value is None:
            yield ""
            continue
        text = value if column.cell is Cell.TEXT else _written(value, column.cell)
        yield text if isinstance(text, str) and _fits(text) else ""


def _written(value: Any, cell: Cell) -> str:
    """Return *value*, which is no text, as a cell."""
    match cell, value:
        case (Cell.BOOLEAN, bool()):
            return str(value).lower()
        case (Cell.INTEGER, int()):
            return str(value)
        case (Cell.LIST, _) if is_list(value):
            return cell_text.joined(map(str, value))
        case (Cell.PAIRS, _) if is_object(value):
            return cell_text.joined(f"{name}: {words}" for name, words in value.items())
        case _:
            return ""


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    path = problem.path
    while path not in places:
        path = path[: max(path.rfind("."), path.rfind("["))]
    return attrs.evolve(problem, path=places[path])
