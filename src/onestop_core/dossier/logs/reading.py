"""A stored log brought to what this library knows: the names of today, and aside what only a newer minor version knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.events.event import FIELDS
from onestop_core.dossier.events.rows import FIRST, VERSION, Version, ensure_readable, upcast
from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.errors import InvalidDocumentError
from onestop_core.rules.reading.documents import inspect
from onestop_core.rules.schema.schemas import ensure_valid

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["Known", "known"]

_DOCUMENT: Final = frozenset({"schema_version", "lifecycle", "revision", "dossier", "events", "seal"})
_POLICY: Final = frozenset(field.name for field in attrs.fields(Policy))


@attrs.frozen(kw_only=True)
class Known:
    """A log that is valid under the schema of today."""

    version: str
    """The version in which it was written."""
    document: Mapping[str, Any]
    """What this library knows of it; the rows as they came, each with its version."""
    head: Mapping[str, Any]
    """What it knows of the opening, with its version."""
    unknown: Mapping[str, Any]
    """What only a newer minor version knows, beside the opening and the events."""
    unknown_of_head: Mapping[str, Any]


def known(document: Mapping[str, Any], head_fields: AbstractSet[str], *, source: str | None) -> Known:
    """Return what this library knows of *document*.

    Raises:
        UnsupportedSchemaVersionError: it, or a row of it, is written in another major version.
        InvalidDocumentError: it is hostile, or breaks the schema.
    """
    if problems := inspect(document):
        raise InvalidDocumentError(problems=problems, source=source)
    version = ensure_readable(document.get("schema_version"), source=source)
    plain, unknown = _split(document, _DOCUMENT, version)
    written = cast("str", document["schema_version"]) if version is not None else FIRST
    head, unknown_of_head = _row(document.get("dossier"), written, head_fields, source)
    rows: object = document.get("events")
    if isinstance(rows, list):
        plain["events"] = [_row(row, written, FIELDS, source)[0] for row in cast("list[object]", rows)]
    if "dossier" in document:
        plain["dossier"] = head
    if version is not None and version.is_newer:
        plain["schema_version"] = VERSION
    ensure_valid(plain, "event-log", source=source)
    events = [{"schema_version": written, **row} for row in cast("list[Mapping[str, Any]]", rows)]
    return Known(
        version=written,
        document={**plain, "events": events},
        head={"schema_version": written, **head},
        unknown=unknown,
        unknown_of_head=unknown_of_head,
    )


def _row(row: object, written: str, fields: AbstractSet[str], source: str | None) -> tuple[Any, dict[str, Any]]:
    """Return what is known of a *row* of a document that was *written* in a version, and what is not."""
    if not isinstance(row, Mapping):
        return row, {}
    given = cast("Mapping[str, Any]", row)
    version = ensure_readable(given.get("schema_version", written), source=source)
    if version is None:
        return given, {}
    plain, unknown = _split(upcast(given, version), fields, version)
    if isinstance(plain.get("policy"), Mapping):
        plain["policy"], beside = _split(plain["policy"], _POLICY, version)
        if beside:
            unknown["policy"] = beside
    return plain, unknown


def _split(
    given: Mapping[str, Any], fields: AbstractSet[str], version: Version | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is known of *given* and what only a newer minor version knows; of ours, all is held to the schema."""
    if version is None or not version.is_newer:
        return dict(given), {}
    unknown = {name: value for name, value in given.items() if name not in fields}
    return {name: value for name, value in given.items() if name in fields}, unknown
