"""The lifecycle editions that ship, found by their reference or by the day, and editions of one's own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.lifecycle.checks import checked
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.rules.converter import structure
from onestop_core.rules.editions import Edition, Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["CREATED_NAME", "editions", "event_name", "find", "is_shipped", "load_lifecycle"]

CREATED_NAME: Final = Text(vi="Nộp hồ sơ", en="File the dossier")
"""What the first event of every dossier is called; the machine writes it, no table has it."""


def _read(document: Mapping[str, Any], source: str | None) -> Lifecycle:
    return checked(structure(document, Lifecycle, source=source))


_EDITIONS: Final = Editions(
    "vn/lifecycle", what=Text(vi="vòng đời hồ sơ", en="dossier lifecycle"), read=_read, schema="lifecycle"
)


def editions() -> tuple[Edition, ...]:
    """Return what is known of each edition that ships: its days, revision and digest.

    >>> [edition.reference for edition in editions()]
    ['vn-complaint@decree-155-2026', 'vn-complaint@law-02-2011', 'vn-data-request@law-91-2025', ...]
    """
    return _EDITIONS.editions()


def find(name: str, *, on: date | None = None) -> Lifecycle:
    """Return the edition *name* that ships: by its reference, or by its name the one in force *on* a day.

    >>> from datetime import date
    >>> find("vn", on=date(2025, 6, 30)).id, find("vn", on=date(2025, 7, 1)).id
    ('vn@decree-61-2018', 'vn@decree-118-2025')

    Raises:
        UnknownCodeError: there is no lifecycle of that name.
        NotInForceError: no edition, or not the pinned one, is in force on that day.
        InvalidValueError: a name without edition needs a day, and a day is a ``date``, not a ``datetime``.
    """
    return _EDITIONS.find(name, on=on)


@cache
def _event_names() -> Mapping[str, Text]:
    # Where tables call one code by several names, those of the one-stop shops and of the newest hold.
    tables = sorted(
        (_EDITIONS.pinned(each) for each in _EDITIONS.ids()),
        key=lambda table: (table.id.startswith("vn@"), table.in_force_from),
    )
    return {"created": CREATED_NAME} | {event.code: event.name for table in tables for event in table.events}


def event_name(kind: object) -> Text | None:
    """Return what the editions that ship call an event of *kind*, for messages where no dossier is at hand.

    >>> event_name("received"), event_name("recieved")
    (Text(vi='Tiếp nhận', en='Receive'), None)
    """
    return _event_names().get(kind) if isinstance(kind, str) else None


def is_shipped(lifecycle: Lifecycle) -> bool:
    """Return whether *lifecycle* is one that ships, so that its reference is enough to find it again.

    >>> is_shipped(find("vn@decree-61-2018"))
    True
    """
    return lifecycle.reference in _EDITIONS.ids() and _EDITIONS.pinned(lifecycle.reference) == lifecycle


def load_lifecycle(source: str | Path | Mapping[str, Any]) -> Lifecycle:
    """Return a lifecycle edition of one's own, from a JSON file or a parsed document, for :func:`onestop_core.dossier.machine`.

    >>> load_lifecycle({"schema_version": "1.0"})
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      $: missing id, title, ...

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, or the table is not total, deterministic, reachable or closed.
    """
    return _EDITIONS.load(source)
