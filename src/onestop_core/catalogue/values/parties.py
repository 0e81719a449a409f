"""Who takes part in a procedure and how it came to be published: the smaller objects of the catalogue schema.

As in ``values``, a field here is a property there.
"""

from __future__ import annotations

from datetime import date

import attrs

from onestop_core.catalogue.values.fields import at_least_one, typed
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = [
    "Body",
    "Contact",
    "Decision",
    "Electronic",
    "Linked",
    "LinkedProcedure",
    "Mechanism",
    "Obligation",
    "Occasion",
    "ProcedureStatus",
]


class Mechanism(Code):
    """How the bodies work together."""

    ONE_STOP = "one_stop"
    """Một cửa."""
    LINKED_ONE_STOP = "linked_one_stop"
    """Một cửa liên thông: several bodies, one dossier."""


class ProcedureStatus(Code):
    """Where a procedure stands between its draft and its end."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    ABOLISHED = "abolished"


class Electronic(Code):
    """The electronic form in which a paper is accepted."""

    ORIGINAL = "original"
    """A signed data message, worth the original."""
    CERTIFIED_COPY = "certified_copy"
    SCAN = "scan"


@attrs.frozen(kw_only=True, field_transformer=typed)
class Body:
    """A body that handles a procedure or takes part in it."""

    name: Text
    code: str | None = None
    """Its agency code, such as ``H26.12``."""
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Decision:
    """The decision that publishes the procedure (quyết định công bố)."""

    number: str
    issued_on: date | None = None
    issuer: Text | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Occasion:
    """What happens in the life of a person or a business and leads to the procedure."""

    name: Text
    code: str | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class LinkedProcedure:
    """A procedure that is handled with others; without a common order they run in parallel."""

    id: str
    name: Text
    code: str | None = None
    after: tuple[str, ...] = ()
    """Ids of those that come before."""
    body: Text | None = None
    time: str | None = None
    """Its part of the time, as written."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class Linked:
    """Procedures handled on one dossier (liên thông), and the body that leads."""

    lead: Text
    procedures: tuple[LinkedProcedure, ...] = attrs.field(validator=at_least_one)
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Obligation:
    """A financial obligation besides fees, determined while the dossier is handled (nghĩa vụ tài chính)."""

    name: Text
    determined_by: Text | None = None
    before: str | None = None
    """The step that waits for the payment."""
    cases: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Contact:
    """Whom to ask."""

    name: Text
    phone: str | None = None
    email: str | None = None
    url: str | None = None
