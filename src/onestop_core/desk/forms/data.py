"""What a form says, as checked data: a value, and a document under the published schema."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs

from onestop_core.desk.forms.values import (
    NO_OFFICE,
    FormDetails,
    FormKind,
    FormPaper,
    Office,
    Outcome,
    Person,
    given,
)
from onestop_core.model import Channel
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FormData", "HandOver", "RegisterRow", "fields_of", "load", "load_details"]

SCHEMA: Final = "form-data"
DETAILS: Final = "form-details"


@attrs.frozen(kw_only=True, repr=False, field_transformer=given)
class HandOver:
    """A line of the control slip: who gave the dossier to whom, and how the giver's step ended."""

    giver: Text
    giver_person: str | None = None
    receiver: Text
    receiver_person: str | None = None
    at: datetime
    outcome: Outcome | None = None
    """None: the step has no time of its own."""
    note: str | None = None

    def __repr__(self) -> str:
        return f"<HandOver {self.at.isoformat()}>"


@attrs.frozen(kw_only=True, repr=False, field_transformer=given)
class RegisterRow:
    """A line of the register."""

    code: str | None = None
    procedure_code: str | None = None
    procedure_name: Text | None = None
    applicant: Person = attrs.field(factory=Person)
    unit: str | None = None
    """The body that leads the handling."""
    received_at: datetime | None = None
    due_at: datetime | None = None
    returned_at: datetime | None = None
    return_channel: Channel | None = None

    def __repr__(self) -> str:
        return "<RegisterRow>"


@attrs.frozen(kw_only=True, repr=False, field_transformer=given)
class FormData:
    """What one form says. None, or nothing in a tuple: not known, and left open on paper.

    Made by :func:`~onestop_core.desk.form_data`; :func:`load` reads one that was stored.
    """

    schema_version: Literal["1.0"] = "1.0"
    form: FormKind
    edition: str
    """Reference of the edition of the forms."""
    form_number: str
    """Its number in that edition."""
    title: Text
    office: Office = NO_OFFICE
    number: str | None = None
    signed_on: date | None = None
    signer: str | None = None
    signer_title: str | None = None
    acting_title: str | None = None
    copies_to: tuple[str, ...] = ()
    code: str | None = None
    """Code of the dossier."""
    receiving_unit: str | None = None
    applicant: Person = attrs.field(factory=Person)
    principal: Person = attrs.field(factory=Person)
    authorisation: str | None = None
    procedure_code: str | None = None
    procedure_name: Text | None = None
    papers: tuple[FormPaper, ...] = ()
    sets: int | None = None
    limit: Text | None = None
    """The time limit in words."""
    received_at: datetime | None = None
    due_at: datetime | None = None
    without_due: bool = False
    """Whether law sets no time, so that no day can be promised."""
    return_channel: Channel | None = None
    fee: Decimal | None = None
    book: str | None = None
    sequence: str | None = None
    secret: str | None = None
    short_receipt: str | None = None
    """The short form of the receipt of the due moment, for a QR code."""
    items: tuple[FormPaper, ...] = ()
    reason: str | None = None
    ground: str | None = None
    contact: str | None = None
    contact_phone: str | None = None
    old_due: datetime | None = None
    new_due: datetime | None = None
    extension_count: int | None = None
    has_passed: bool | None = None
    """Whether the appointed time has passed; None, which is not known, is worded as False: the law asks for the apology before."""
    asked_on: date | None = None
    stage: str | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    returned_papers: tuple[str, ...] = ()
    handling_unit: str | None = None
    coordinating: tuple[str, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    field: str | None = None
    year: int | None = None
    rows: tuple[RegisterRow, ...] = ()

    def __repr__(self) -> str:
        return f"<FormData {self.form.value} {self.edition}>"

    def to_dict(self) -> dict[str, Any]:
        """Return the document: the head, and the fields of this form, ``null`` where nothing is known.

        Under ``schemas/form-data.schema.json``.
        """
        return {name: _plain(getattr(self, name)) for name in (*_HEAD, *fields_of(self.form))}


_PARTS: Final = (Person, Office, FormPaper, HandOver, RegisterRow)


def _plain(value: Any) -> Any:
    """Return *value* in JSON types, every field in it, whether something is known of it or not."""
    if isinstance(value, tuple):
        return [_plain(each) for each in cast("list[Any]", value)]
    if isinstance(value, _PARTS):
        return {each.name: _plain(getattr(value, each.name)) for each in attrs.fields(type(value))}
    return unstructure(value)


_HEAD: Final = (
    *("schema_version", "form", "edition", "form_number", "title", "office", "number"),
    *("signed_on", "signer", "signer_title", "acting_title"),
)
_CASE: Final = ("code", "applicant", "procedure_code", "procedure_name")
_FIELDS: Final[dict[FormKind, tuple[str, ...]]] = {
    FormKind.RECEIPT: (
        *(*_CASE, "receiving_unit", "principal", "authorisation", "papers", "sets", "limit", "received_at", "due_at"),
        *("without_due", "return_channel", "fee", "book", "sequence", "secret", "short_receipt"),
    ),
    FormKind.SUPPLEMENT: (*_CASE, "items", "reason", "contact", "contact_phone"),
    FormKind.REFUSAL: (*_CASE, "reason", "ground"),
    FormKind.LATE: (
        *(*_CASE, "received_at", "old_due", "new_due", "extension_count", "has_passed", "reason", "copies_to"),
    ),
    FormKind.STOP: (*_CASE, "asked_on", "stage", "reason", "decided_by", "decided_on", "returned_papers"),
    FormKind.CONTROL: ("code", "applicant", "handling_unit", "coordinating", "received_at", "due_at", "hand_overs"),
    FormKind.REGISTER: ("field", "year", "book", "rows"),
}


def fields_of(form: FormKind | str) -> tuple[str, ...]:
    """Return the fields of :class:`FormData` that a form has, besides those of every form.

    >>> fields_of("refusal")
    ('code', 'applicant', 'procedure_code', 'procedure_name', 'reason', 'ground')

    Raises:
        InvalidValueError: there is no such form.
    """
    return _FIELDS[FormKind.of(form, "form")]


def load(source: str | Path | Mapping[str, Any]) -> FormData:
    """Return the form that was stored as a document, or in a JSON file.

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: it breaks the schema, with every problem.
    """
    document, name = opened(source)
    ensure_valid(document, SCHEMA, source=name)
    return structure(document, FormData, source=name)


def load_details(source: str | Path | Mapping[str, Any]) -> FormDetails:
    """Return what a host gives for its forms, from a document or a JSON file.

    >>> load_details({"schema_version": "1.0", "office": {"place": "Bến Thành"}}).office.place
    'Bến Thành'

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: it breaks the schema, with every problem.
    """
    document, name = opened(source)
    ensure_valid(document, DETAILS, source=name)
    return structure({key: each for key, each in document.items() if key != "schema_version"}, FormDetails, source=name)
