"""What an annex is made of: headings, paragraphs, facts and tables, each said in Vietnamese and English."""

from __future__ import annotations

import attrs

from onestop_core.text import Text

__all__ = ["Annex", "Block", "Fact", "Heading", "Paragraph", "Table"]


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
