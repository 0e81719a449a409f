"""Logs written as documents: each row in the version in which it was written, with all that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.events.rows import FIRST, VERSION, Version, written
from onestop_core.dossier.logs.log import OF_EVENT, OF_OPENING, Head, Log
from onestop_core.dossier.sealing import ALGORITHM, SALTED, seal
from onestop_core.dossier.sealing import salts as derived_salts
from onestop_core.model import thaw
from onestop_core.model.series import instance
from onestop_core.rules.converter import unstructure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.dossier.events.event import Event

__all__ = ["dump_log"]


def dump_log(
    source: Dossier | Log,
    *,
    sealed: bool = False,
    key: bytes | None = None,
    salts: Iterable[Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Return the log of a dossier, or one that was loaded, as a document; ``replay(dump_log(d)) == d``.

    Every row names the version of the schema in which it was written; what was read from an older or newer version is
    written as it was. ``dump_log(load_log(document))`` says all that *document* said, its seal included.

    >>> from datetime import date, datetime
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> from onestop_core.dossier import machine, replay
    >>> d = machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at)
    >>> dump_log(d)["dossier"]["id"], replay(dump_log(d)) == d
    ('1', True)

    Args:
        source: The dossier or the log.
        sealed: Whether it carries a chain of hashes (``dossier.seal``), which is checked when the log is read.
        key: Makes that chain salted, with salts derived from this secret (``dossier.salts``), so that personal
            fields can be redacted.
        salts: The same, with salts of your own.

    Raises:
        InvalidValueError: salts that do not fit the events.
    """
    if isinstance(cast("object", source), Log):
        log = cast("Log", source)
    else:
        case = instance(source, Dossier, "source")
        log = Log(lifecycle=case.lifecycle, events=case.events, schema_version=_highest(case.events))
    given = log.salts if salts is None else tuple(salts)
    if key is not None:
        given = derived_salts(log.events, key=key)
    links = log.seal
    if instance(sealed, bool, "sealed") or key is not None or salts is not None:
        links = seal(log.events, salts=given)
    version = log.schema_version if given is None or log.schema_version != FIRST else VERSION
    created, *rest = log.events
    document: dict[str, Any] = {"schema_version": version, "lifecycle": log.lifecycle}
    if version != FIRST:
        document["revision"] = log.revision
    document |= {"dossier": _head(created, version), "events": [_row(event, version) for event in rest]}
    if links is not None:
        sealing: dict[str, Any] = {"algorithm": ALGORITHM if given is None else SALTED, "links": list(links)}
        document["seal"] = sealing
        if given is not None:
            sealing["salts"] = [_written_salts(*row) for row in zip(given, log.events, strict=True)]
    return {**document, **thaw(log.unknown)}


def _highest(events: Iterable[Event]) -> str:
    return max((event.schema_version for event in events), key=lambda text: Version.of(text) or Version(1, 0))


def _head(created: Event, version: str) -> dict[str, Any]:
    opening = created.opening
    head = Head(
        **{name: getattr(opening, name) for name in OF_OPENING},
        **{name: getattr(created, name) for name in OF_EVENT},
    )
    row: dict[str, Any] = unstructure(head)
    beside: dict[str, Any] = thaw(created.unknown)
    if "policy" in beside:
        beside["policy"] = {**row.get("policy", {}), **beside["policy"]}
    return _versioned({**_as_written(row, created), **beside}, created, version)


def _row(event: Event, version: str) -> dict[str, Any]:
    return _versioned(event.to_dict(), event, version)


def _versioned(row: dict[str, Any], event: Event, version: str) -> dict[str, Any]:
    """Return *row* with its version, which only a document of the first version leaves out."""
    row.pop("schema_version", None)
    return row if version == FIRST else {**row, "schema_version": event.schema_version}


def _as_written(row: Mapping[str, Any], event: Event) -> dict[str, Any]:
    version = Version.of(event.schema_version)
    return dict(row) if version is None else written(row, version)


def _written_salts(row: Mapping[str, str], event: Event) -> dict[str, Any]:
    return _as_written(row, event)
