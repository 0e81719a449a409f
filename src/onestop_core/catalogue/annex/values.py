"""What an annex is made of: headings, paragraphs, facts and tables, each said in Vietnamese and English."""

from __future__ import annotations

from typing import Final

import attrs

from onestop_core.text import Text

__all__ = ["Annex", "Block", "Fact", "Heading", "Paragraph", "Table", "is_tall", "without_empty_columns"]

_LETTERS: Final = 85
"""About as many of the table's letters stand side by side on the sheet."""
_TALL: Final = 12
"""Lines; a row with more may go on upon the next sheet, else it would leave a hole or, higher than a sheet, be cut off."""


@attrs.frozen(kw_only=True)
class Heading:
    """A heading: level 2 a part of the annex, 3 a field, 4 a procedure, 5 one of its parts."""

    level: int
    text: Text


@attrs.frozen(kw_only=True)
class Paragraph:
    """A paragraph."""

    text: Text


@attrs.frozen(kw_only=True)
class Fact:
    """Something with a name: one value stands beside its name, several stand below it."""

    label: Text
    values: tuple[Text, ...]


@attrs.frozen(kw_only=True)
class Table:
    """A table. A cell is its lines; a row of one cell in a wider table spans it, as a heading of the rows below."""

    caption: Text
    heads: tuple[Text, ...]
    widths: tuple[int, ...]
    """How wide the columns are, in hundredths of the table."""
    rows: tuple[tuple[tuple[Text, ...], ...], ...]


def is_tall(table: Table, row: tuple[tuple[Text, ...], ...]) -> bool:
    """Return whether a *row* of *table* is so high that it must be allowed to break between two sheets.

    >>> table = Table(caption=Text(vi="", en=""), heads=(), widths=(100,), rows=())
    >>> [is_tall(table, ((Text(vi="a" * 85 * lines, en=""),),)) for lines in (12, 13)]
    [False, True]
    """
    spread = (sum(table.widths),) if len(row) < len(table.widths) else table.widths
    return any(
        sum(max(1, -(-len(line.vi) * 100 // (_LETTERS * width))) for line in lines) > _TALL
        for lines, width in zip(row, spread, strict=True)
    )


def without_empty_columns(table: Table) -> Table:
    """Return *table* without the columns in which no row says anything; the others are as much wider.

    >>> say = lambda words: Text(vi=words, en=words)
    >>> table = Table(caption=say("c"), heads=(say("a"), say("b")), widths=(60, 40), rows=(((say("1"),), ()),))
    >>> without_empty_columns(table).widths
    (100,)
    """
    wide = len(table.heads)
    kept = [place for place in range(wide) if any(len(row) == wide and row[place] for row in table.rows)]
    if len(kept) in (0, wide):
        return table
    room = sum(table.widths[place] for place in kept)
    *others, _ = (table.widths[place] * 100 // room for place in kept)
    return attrs.evolve(
        table,
        heads=tuple(table.heads[place] for place in kept),
        widths=(*others, 100 - sum(others)),
        rows=tuple(row if len(row) < wide else tuple(row[place] for place in kept) for row in table.rows),
    )


Block = Heading | Paragraph | Fact | Table
"""What stands below another in an annex."""


@attrs.frozen(kw_only=True)
class Annex:
    """What the annex of a publishing decision says, for whatever prints it."""

    head: Text
    """Its first line."""
    title: tuple[Text, ...]
    issued_with: Text
    """The decision to which it belongs; dotted where the procedures name none, or not the same."""
    blocks: tuple[Heading | Paragraph | Fact | Table, ...]
