"""Flat tables read back into a document: row by row, with the place of everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.catalogue.tables import cell_text
from onestop_core.catalogue.tables.layout import Cell, Column, Key, Table, edition_key, shared_keys, tables
from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules.reading.csv_files import CsvRow, read_csv
from onestop_core.rules.reading.documents import Where, json_path
from onestop_core.text import Text, closest, did_you_mean, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


__all__ = ["Reading", "place_name"]

_INTEGER: Final = re.compile(r"-?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_BOOLEANS: Final = {"true": True, "false": False}


def place_name(table: str, row: int, column: str) -> str:
    """Return the name of a place in a table, for messages."""
    # Names of files and headings come from outside, and a line of a log must not begin in them.
    table, column = safe.line(table), safe.line(column)
    return f"{table}:{row}:{column}" if column else f"{table}:{row}"


@attrs.frozen(kw_only=True)
class _Row:
    """A row that has been read; its object stands at *parts* of the document."""

    table: Table
    number: int
    cells: Mapping[str, str]
    parts: Where


@attrs.frozen(kw_only=True)
class _Member:
    """A row that waits for its place among its siblings."""

    order: int
    own: str
    number: int
    cells: Mapping[str, str]


def _document() -> dict[str, Any]:
    return {}


class Reading:
    """A document that grows table by table, what could not be read, and which row gave what."""

    def __init__(self, given: Mapping[str, str | bytes]) -> None:
        self.document: dict[str, Any] = _document()
        self.problems: list[Problem] = []
        self._rows: list[_Row] = []
        # The object of a row and its place, by its table and keys.
        self._found: dict[tuple[str, tuple[str, ...]], tuple[dict[str, Any], Where]] = {}
        known = {table.name: table for table in tables()}
        # The first day of each procedure that has one edition, by its code.
        self._days: dict[str, str] = {}
        for name in given:
            if name not in known:
                text = Text(vi=f"không có bảng {name!r}", en=f"there is no table {name!r}")
                self._report((name, 1, ""), "unknown", text, meant=closest(name, known))
        for table in known.values():
            self._read(table, given.get(table.name, ""))

    def _report(self, place: tuple[str, int, str], rule: str, text: Text, *, meant: tuple[str, ...] = ()) -> None:
        self.problems.append(
            Problem(path=place_name(*place), rule=f"table/{rule}", text=text, hint=did_you_mean(meant))
        )

    def _read(self, table: Table, content: str | bytes) -> None:
        """Put the objects of a table into the document, below those of the table above."""
        groups: dict[tuple[str, ...], list[_Member]] = {}
        seen: set[tuple[str, ...]] = set()
        rows = list(self._cells(table, content))
        shared = (
            shared_keys((cells for _, cells in rows), table.key_field) if table.key is Key.FIELD else frozenset[str]()
        )
        for number, cells in rows:
            keys = self._keys(table, number, cells)
            if keys is None:
                continue
            own, held = _own(table, keys, cells, shared), keys[: len(table.ancestors)]
            if table.above is not None and (table.above.name, held) not in self._found:
                said, where = " / ".join(held), table.above.name
                text = Text(vi=f"không có dòng {said} trong {where}", en=f"there is no row {said} in {where}")
                self._report((table.name, number, table.keys[len(held) - 1]), "no-such-row", text)
            elif own and (*held, own) in seen:
                text = Text(vi=f"{own!r} đã có ở trên", en=f"{own!r} stands above already")
                self._report((table.name, number, table.key_field), "duplicate-key", text)
            else:
                seen.add((*held, own))
                if table.key is Key.FIELD:
                    self._days[own] = cells.get("in_force_from", "").strip()
                order = int(own) if table.key is Key.NUMBER else number
                groups.setdefault(held, []).append(_Member(order=order, own=own, number=number, cells=cells))
        if table.above is None:
            self._begin(table, groups.get((), []))
            return
        for held, members in groups.items():
            parent, parts = self._found[table.above.name, held]
            for index, member in enumerate(sorted(members, key=lambda member: member.order)):
                last = member.own if table.key is Key.NAME else index
                made = self._made(table, member.number, member.cells)
                _put(parent, table.place, last, made)
                self._keep(table, member, (*held, member.own), made, (*parts, *table.place, last))

    def _begin(self, table: Table, members: list[_Member]) -> None:
        for extra in members[1:]:
            text = Text(vi="chỉ được có một dòng", en="there can be only one row")
            self._report((table.name, extra.number, ""), "duplicate-key", text)
        root = members[0] if members else _Member(order=0, own="", number=2, cells={})
        self.document = self._made(table, root.number, root.cells)
        self._keep(table, root, (), self.document, ())

    def _keep(self, table: Table, member: _Member, keys: tuple[str, ...], made: dict[str, Any], parts: Where) -> None:
        self._found[table.name, keys] = (made, parts)
        self._rows.append(_Row(table=table, number=member.number, cells=member.cells, parts=parts))

    def _cells(self, table: Table, content: str | bytes) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the rows that are not empty: number and cells by heading."""
        rows = self._rows_of(table, content)
        headings = [heading.strip() for heading in next(rows, CsvRow(number=1, line=1, cells=())).cells]
        for index, heading in enumerate(headings):
            if heading and heading not in table.headings:
                text = Text(vi=f"không có cột {heading!r}", en=f"there is no column {heading!r}")
                self._report((table.name, 1, heading), "unknown", text, meant=closest(heading, table.headings))
            elif heading and heading in headings[:index]:
                text = Text(vi="cột bị lặp", en="the column stands there twice")
                self._report((table.name, 1, heading), "duplicate-key", text)
        for row in rows:
            # Blank cells are empty cells; what stands in a filled one is kept as it is.
            filled = [
                (heading, cell) for heading, cell in zip_longest(headings, row.cells, fillvalue="") if cell.strip()
            ]
            if any(not heading for heading, _ in filled):
                text = Text(vi="có ô không thuộc cột nào", en="a cell stands in no column")
                self._report((table.name, row.number, ""), "no-column", text)
            yield row.number, dict(filled)

    def _rows_of(self, table: Table, content: str | bytes) -> Iterator[CsvRow]:
        try:
            yield from read_csv(content, place=lambda number: place_name(table.name, number, ""))
        except InvalidDocumentError as error:
            self.problems.extend(error.problems)

    def _keys(self, table: Table, number: int, cells: Mapping[str, str]) -> tuple[str, ...] | None:
        """Return the keys of a row, those of the rows above first; None: one is missing or no number."""
        keys: list[str] = []
        for heading, holder in zip(table.keys, (*table.ancestors, table), strict=False):
            value = cells.get(heading, "").strip()
            if holder.key is not Key.NUMBER and value:
                # A row may name the first day of a procedure that has one edition only.
                code, _, day = value.partition("@")
                alone = holder is not table and holder.key is Key.FIELD and (holder.name, (value,)) not in self._found
                keys.append(code if alone and self._days.get(code) == day else value)
            elif _NUMBER.fullmatch(value):
                keys.append(str(int(value)))
            else:
                text = Text(vi=f"cần khóa của dòng, gặp {value[:40]!r}", en=f"expected a row's key, got {value[:40]!r}")
                self._report((table.name, number, heading), "key", text)
                return None
        return tuple(keys)

    def _made(self, table: Table, number: int, cells: Mapping[str, str]) -> dict[str, Any]:
        """Return the object of a row; required lists and objects are there even when empty."""
        made = _document()
        for column in table.columns:
            if (cell := cells.get(column.name)) is not None:
                text = column.cell is Cell.TEXT
                value = cell if text else self._value((table.name, number, column.name), column.cell, cell)
                *outer, last = column.place
                _inner(made, outer)[last] = value
            elif column.required:
                *outer, last = column.place
                inner = _inner(made, outer)
                if column.cell is Cell.LIST:
                    inner[last] = []
        for below in table.lists():
            if below.required:
                *outer, last = below.place
                _inner(made, outer)[last] = {} if below.key is Key.NAME else []
        return made

    def _value(self, place: tuple[str, int, str], kind: Cell, cell: str) -> Any:
        plain = cell.strip()
        match kind:
            case Cell.LIST:
                return cell_text.split(cell)
            case Cell.PAIRS:
                pairs = [item.partition(":") for item in cell_text.split(cell)]
                named = {name.strip(): words.strip() for name, colon, words in pairs if colon}
                if len(named) == len(pairs):
                    return named
                text = Text(
                    vi="cần các cặp «tên: nội dung», cách nhau bằng ;", en="expected pairs, name: words; name: words"
                )
            case Cell.INTEGER:
                if _INTEGER.fullmatch(plain):
                    return int(plain)
                text = Text(vi=f"cần số nguyên, gặp {plain[:40]!r}", en=f"expected a whole number, got {plain[:40]!r}")
            case _:
                if plain.lower() in _BOOLEANS:
                    return _BOOLEANS[plain.lower()]
                text = Text(
                    vi=f"cần true hoặc false, gặp {plain[:40]!r}", en=f"expected true or false, got {plain[:40]!r}"
                )
        self._report(place, "cell", text)
        return None

    def places(self) -> dict[str, str]:
        """Return where in the tables each JSON path comes from."""
        places: dict[str, str] = {}
        for row in self._rows:
            spread: dict[tuple[str, ...], list[Column]] = {}
            for column in row.table.columns:
                places[json_path((*row.parts, *column.place))] = place_name(row.table.name, row.number, column.name)
                for depth in range(1, len(column.place)):
                    spread.setdefault(column.place[:depth], []).append(column)
            empty = [column.name for column in row.table.columns if column.name not in row.cells]
            lacking = next(
                (column.name for column in row.table.columns if column.required and column.name in empty), ""
            )
            places[json_path(row.parts)] = place_name(row.table.name, row.number, lacking)
            for place, columns in spread.items():
                # What is wrong with an object in several columns is, as a rule, what it lacks.
                column = next((column for column in columns if column.name in empty), columns[0])
                places[json_path((*row.parts, *place))] = place_name(row.table.name, row.number, column.name)
        return places


def _own(table: Table, keys: tuple[str, ...], cells: Mapping[str, str], shared: frozenset[str]) -> str:
    if table.key is Key.FIELD:
        return edition_key(cells, table.key_field, shared)
    return keys[-1] if keys else ""


def _inner(found: dict[str, Any], place: Sequence[str]) -> dict[str, Any]:
    for name in place:
        found = found.setdefault(name, {})
    return found


def _put(parent: dict[str, Any], place: Sequence[str], last: str | int, made: dict[str, Any]) -> None:
    *outer, name = place
    holder = _inner(parent, outer)
    if isinstance(last, str):
        holder.setdefault(name, {})[last] = made
    else:
        holder.setdefault(name, []).append(made)
