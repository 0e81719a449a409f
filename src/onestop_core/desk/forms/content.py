"""What stands on a form, in the order of the page, whatever it is printed with: a sheet of blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.desk.forms.editions import EDITIONS
from onestop_core.desk.forms.tables import Cell, rows_of
from onestop_core.desk.forms.values import PaperSize
from onestop_core.desk.forms.words import BLANKS, DOTS, known, lines_of, same, words_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.desk.forms.data import FormData
    from onestop_core.desk.forms.editions import FormDefinition, FormField

__all__ = ["Block", "Entry", "Grid", "Line", "Listing", "Sentence", "Sheet", "Signed", "sheet"]

_PLACE: Final = re.compile(r"\{([a-z_.]+)\}")


@attrs.frozen(kw_only=True)
class Entry:
    """A field: what is printed there, or how it is left open."""

    key: str
    label: Text | None = None
    lines: tuple[Text, ...] = ()
    blank: Text | None = None
    """None: a dotted line."""


@attrs.frozen(kw_only=True)
class Line:
    """Fields beside each other."""

    entries: tuple[Entry, ...]
    is_paragraph: bool = False
    """Whether several lines are left open."""


@attrs.frozen(kw_only=True)
class Sentence:
    """Words with fields in them."""

    parts: tuple[Text | Entry, ...]


@attrs.frozen(kw_only=True)
class Listing:
    """A numbered list."""

    key: str
    label: Text
    items: tuple[tuple[Text, ...], ...]
    blank_rows: int


@attrs.frozen(kw_only=True)
class Grid:
    """A table."""

    key: str
    label: Text
    is_titled: bool
    """Whether the label is seen; that of a table that is most of the form is only heard."""
    heads: tuple[Text, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


@attrs.frozen(kw_only=True)
class Signed:
    """A place for a signature."""

    side: str
    titles: tuple[Text, ...]
    hint: Text
    name: Entry | None


Block = Line | Sentence | Listing | Grid


@attrs.frozen(kw_only=True)
class Sheet:
    """A form, whatever it is printed with."""

    size: PaperSize
    landscape: bool
    narrow: bool
    origin: Text
    """Number and edition of the form."""
    superior: Entry
    office: Entry
    number: Entry
    place: Entry
    day: Entry
    title: Text
    blocks: tuple[Block, ...]
    signatures: tuple[Signed, ...]
    copies: Listing | None


def sheet(data: FormData, paper: PaperSize | str | None = None) -> Sheet:
    """Return what stands on the form.

    Raises:
        UnknownCodeError: no such edition of the forms ships.
        InvalidValueError: there is no such size.
    """
    edition = EDITIONS.pinned(data.edition)
    form = edition.form(data.form)
    remarks = [
        Text(vi=f"Mẫu số {form.number} – {edition.instrument.vi}", en=f"Form {form.number} – {edition.instrument.en}")
    ]
    if form.decree_name is not None:
        remarks.append(Text(vi=f"Nghị định gọi là {form.decree_name.vi}", en=f"the decree: {form.decree_name.en}"))
    if form.draft:
        remarks.append(Text(vi="bố cục dự thảo, chưa thấy mẫu công bố", en="a draft layout: no template was seen"))
    copies = tuple(lines_of(each) for each in data.copies_to)
    return Sheet(
        size=form.size if paper is None else PaperSize.of(paper, "paper"),
        landscape=form.landscape,
        narrow=form.narrow,
        origin=Text(vi="; ".join(each.vi for each in remarks), en="; ".join(each.en for each in remarks)),
        superior=_entry(data, "office.superior"),
        office=_entry(data, "office.name"),
        number=_number(data, form),
        place=_entry(data, "office.place"),
        day=_entry(data, "signed_on"),
        title=Text(vi=data.title.vi.upper(), en=data.title.en.upper()),
        blocks=tuple(_blocks(data, form)),
        signatures=tuple(
            Signed(
                side=each.side,
                titles=_titles(data, each.title) if each.signer else (each.title,),
                hint=each.hint,
                name=_entry(data, "signer") if each.signer else None,
            )
            for each in form.signatures
        ),
        copies=Listing(key="copies_to", label=Text(vi="Nơi nhận", en="Copies to"), items=copies, blank_rows=2)
        if form.copies
        else None,
    )


def _titles(data: FormData, usual: Text) -> tuple[Text, ...]:
    """Return in whose place the officer signs: a deputy signs for the head (KT.)."""
    head = (usual,) if data.signer_title is None else lines_of(data.signer_title)
    if data.acting_title is None:
        return head
    first, *rest = head
    return (Text(vi=f"KT. {first.vi}", en=f"FOR {first.en}"), *rest, *lines_of(data.acting_title))


def _number(data: FormData, form: FormDefinition) -> Entry:
    label = Text(vi="Số", en="No.")
    number = data.number
    if number is not None and "/" in number:
        return Entry(key="number", label=label, lines=lines_of(number))
    pattern = form.number_pattern or "{number}"
    written = pattern.format(number=number or DOTS, suffix=data.office.suffix or DOTS)
    blank = same(written) if form.number_pattern else None
    return Entry(key="number", label=label, lines=() if number is None else lines_of(written), blank=blank)


def _blocks(data: FormData, form: FormDefinition) -> list[Block]:
    blocks: list[Block] = []
    for row in form.fields:
        if row.key is None:
            blocks.append(_sentence(data, row))
        elif row.optional and known(data, row.key) in {None, ()}:
            continue
        else:
            made = _block(data, row, row.key, cast("Text", row.label))
            last = blocks[-1] if blocks else None
            if row.beside and isinstance(last, Line) and isinstance(made, Line):
                made = Line(entries=(*last.entries, *made.entries))
                blocks.pop()
            blocks.append(made)
    return blocks


def _block(data: FormData, row: FormField, key: str, label: Text) -> Block:
    papers = data.papers if key == "papers" else data.items if key == "items" else ()
    # A table of which only the names are known would be one of empty cells.
    only_names = bool(papers) and all(each.kind is None and each.count is None for each in papers) and key == "papers"
    if row.shape == "list" or only_names:
        said = [each.name for each in papers] or list(known(data, key))
        items = tuple(lines_of(each) for each in said)
        return Listing(key=key, label=label, items=items, blank_rows=row.blank_rows)
    if row.shape == "table":
        heads, widths = zip(*((each.label, each.width) for each in row.columns), strict=True)
        titled = key in {"papers", "items"}
        return Grid(key=key, label=label, is_titled=titled, heads=heads, widths=widths, rows=rows_of(data, row))
    entry = attrs.evolve(_entry(data, key), label=label)
    return Line(entries=(entry,), is_paragraph=row.shape == "paragraph")


def _sentence(data: FormData, row: FormField) -> Sentence:
    """Return a sentence cut at its fields, which stand in the same order in both languages."""
    before = row.text_before is not None and data.has_passed is not True
    text = cast("Text", row.text_before if before else row.text)
    parts: list[Text | Entry] = []
    for number, (vi, en) in enumerate(zip(_PLACE.split(text.vi), _PLACE.split(text.en), strict=True)):
        parts.append(_entry(data, vi) if number % 2 else Text(vi=vi, en=en))
    return Sentence(parts=tuple(parts))


def _entry(data: FormData, key: str) -> Entry:
    return Entry(key=key, lines=words_of(data, key), blank=BLANKS.get(key))
