"""The forms of each circular as dated, cited tables: number, name, and what stands where."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import attrs

from onestop_core.desk.forms.values import FormKind, PaperSize
from onestop_core.errors import UnknownCodeError
from onestop_core.model import Basis, Firmness
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

__all__ = ["EDITIONS", "FormColumn", "FormDefinition", "FormEdition", "FormField", "FormSignature", "form_edition"]

NAME: Final = "vn-forms"


@attrs.frozen(kw_only=True)
class FormColumn:
    """A column of a table on a form."""

    key: str
    label: Text
    width: int
    """Its share of the width, in per cent."""


@attrs.frozen(kw_only=True)
class FormField:
    """A place on a form, in the order of the page: a labelled field, or a sentence with fields in it."""

    key: str | None = None
    """What is printed there, such as ``applicant.name``; None: a sentence."""
    label: Text | None = None
    text: Text | None = None
    """A sentence; ``{due_at}`` in it is a field."""
    text_before: Text | None = None
    """The sentence as long as the appointed time has not passed."""
    shape: Literal["line", "paragraph", "list", "table"] = "line"
    optional: bool = False
    """Whether it is left out where nothing is known, instead of being left open."""
    beside: bool = False
    """Whether it stands on the line of the field before it."""
    blank_rows: int = 0
    """How many rows to leave for writing by hand."""
    columns: tuple[FormColumn, ...] = ()
    basis: Basis


@attrs.frozen(kw_only=True)
class FormSignature:
    """Who signs where."""

    side: Literal["left", "right"]
    title: Text
    hint: Text
    signer: bool
    """Whether the officer who signs for the office signs here."""
    basis: Basis


@attrs.frozen(kw_only=True)
class FormDefinition:
    """One form of an edition."""

    form: FormKind
    number: str
    """In the circular; it differs from edition to edition."""
    name: Text
    name_basis: Basis
    decree_name: Text | None = None
    """What the decree calls it, where that is another name."""
    decree_name_basis: Basis | None = None
    number_pattern: str | None = None
    """How papers are numbered, such as ``{number}/PBS-{suffix}``."""
    number_pattern_basis: Basis | None = None
    size: PaperSize
    size_basis: Basis
    landscape: bool = False
    narrow: bool = False
    """Whether it is printed with margins of 10 mm."""
    copies: bool = False
    """Whether it says who else gets it (nơi nhận)."""
    draft: bool = False
    """Whether no template of it was seen: its layout is this library's."""
    fields: tuple[FormField, ...]
    signatures: tuple[FormSignature, ...]


@attrs.frozen(kw_only=True)
class FormEdition:
    """The forms of one circular."""

    id: str
    revision: int = 1
    name: Text
    instrument: Text
    in_force_from: date
    in_force_to: date | None = None
    in_force_to_basis: Basis | None = None
    announced_on: date | None = None
    basis: Basis
    notes: tuple[Text, ...] = ()
    forms: tuple[FormDefinition, ...] = attrs.field(repr=False)

    def form(self, kind: FormKind | str) -> FormDefinition:
        """Return one form.

        >>> form_edition("vn-forms@circular-01-2018").form("control").number
        '05'
        >>> form_edition("vn-forms@circular-03-2025").form("control").number
        '06'

        Raises:
            UnknownCodeError: the edition has no such form.
        """
        for each in self.forms:
            if each.form == kind:
                return each
        raise UnknownCodeError.among(
            Text(vi=f"mẫu của {self.id}", en=f"form of {self.id}"), kind, [each.form.value for each in self.forms]
        )

    def assumptions(self) -> tuple[tuple[str, Basis], ...]:
        """Return what was not read in law: each place of the table and its basis.

        >>> places = dict(form_edition("vn-forms@circular-03-2025").assumptions())
        >>> places["stop.fields"].firmness.value, places["receipt.size"].firmness.value
        ('inferred', 'inferred')
        """
        found: list[tuple[str, Basis | None]] = [("in_force_to", self.in_force_to_basis)]
        for form in self.forms:
            found += [
                (f"{form.form}.name", form.name_basis),
                (f"{form.form}.decree_name", form.decree_name_basis),
                (f"{form.form}.number_pattern", form.number_pattern_basis),
                (f"{form.form}.size", form.size_basis),
            ]
            for rows, what in ((form.fields, "fields"), (form.signatures, "signatures")):
                found += [(f"{form.form}.{what}", basis) for basis in dict.fromkeys(row.basis for row in rows)]
        return tuple(
            (place, basis) for place, basis in found if basis is not None and basis.firmness is not Firmness.READ
        )


EDITIONS: Final = Editions(
    "vn/forms/desk",
    what=Text(vi="bộ mẫu", en="edition of the forms"),
    kind=FormEdition,
    schema="desk-forms",
)
"""What ships, with days, revisions and digests."""


def form_edition(edition: str = NAME, *, on: date | None = None) -> FormEdition:
    """Return the forms of an *edition*, or those in force *on* a day.

    >>> from datetime import date
    >>> form_edition(on=date(2026, 3, 2)).id
    'vn-forms@circular-03-2025'

    Raises:
        UnknownCodeError: no such edition ships.
        NotInForceError: no edition is known to hold on that day, as from 1 July to 14 September 2025: name one.
        InvalidValueError: neither an edition nor a day is named.
    """
    return EDITIONS.find(edition, on=on)
