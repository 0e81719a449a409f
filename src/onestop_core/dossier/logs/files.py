"""Event logs as documents from outside: hostile until validated, and never half-applied."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.events.event import Event
from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.events.opening import FiledBy, NonTerritorial, Opening
from onestop_core.dossier.lifecycle.editions import find
from onestop_core.dossier.lifecycle.policies import NO_POLICY, Policy
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.sealing import ALGORITHM, ensure_sealed, seal
from onestop_core.dossier.stepping.machine import machine
from onestop_core.errors import (
    GuardError,
    InvalidDocumentError,
    InvalidEventError,
    NotInForceError,
    OnestopError,
    Problem,
    TransitionNotAllowedError,
    UnknownCodeError,
)
from onestop_core.model import Channel
from onestop_core.model.series import instance, members
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading.documents import read_json
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


__all__ = ["Log", "dump_log", "load_log", "replay"]


@attrs.frozen(kw_only=True)
class _Head:
    """The ``dossier`` object of a log."""

    id: str
    procedure: str
    procedure_version: str | None = None
    channel: Channel
    at: datetime
    actor: str | None = None
    role: str | None = None
    unit: str | None = None
    key: str | None = None
    policy: Policy = NO_POLICY
    receiving_unit: str | None = None
    competent_unit: str | None = None
    support_unit: str | None = None
    required_papers: tuple[str, ...] = ()
    published_papers: tuple[str, ...] = ()
    database_papers: tuple[str, ...] = ()
    filed_by: FiledBy = FiledBy.APPLICANT
    non_territorial: NonTerritorial = NonTerritorial.NONE
    other_level: bool = False
    papers: tuple[str, ...] = ()


_OF_OPENING = [field.name for field in attrs.fields(Opening) if field.name != "lifecycle"]
_OF_EVENT = [field.name for field in attrs.fields(_Head) if field.name not in _OF_OPENING]


@attrs.frozen(kw_only=True)
class Log:
    """A validated event log: every event is sound in itself; whether the lifecycle takes them, a replay tells."""

    lifecycle: str
    """Id of the edition under which the dossier runs."""
    events: tuple[Event, ...]
    """From ``created`` on."""
    seal: tuple[str, ...] | None = None
    """The chain of hashes that came with it, checked."""


def load_log(source: str | Path | Mapping[str, Any], *, lifecycle: Lifecycle | None = None) -> Log:
    """Return the log that a JSON file or a parsed document of the schema ``event-log`` holds.

    A log that names no lifecycle runs under ``vn`` as in force on the day when the dossier was opened.

    >>> log = load_log({"schema_version": "1.0",
    ...     "dossier": {"id": "1", "procedure": "1.004222", "channel": "in_person", "at": "2026-02-12T09:30:00+07:00"},
    ...     "events": [{"kind": "received", "at": "2026-02-12T09:31:00+07:00"}]})
    >>> log.lifecycle, [event.kind for event in log.events]
    ('vn@decree-118-2025', ['created', 'received'])

    Args:
        source: The log.
        lifecycle: The edition under which it runs, if it is one of your own; a log that names one must name that.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, holds an event that is not sound, names no known lifecycle, or
            does not match its seal.
    """
    name = _name(source)
    document = members(read_json(name) if name is not None else source)
    ensure_valid(document, "event-log", source=name)
    problems: list[Problem] = []
    try:
        head = structure(document["dossier"], _Head)
        edition = _edition(document.get("lifecycle"), head.at.date(), lifecycle)
        opening = Opening(lifecycle=edition, **{name: getattr(head, name) for name in _OF_OPENING})
        created = Event(kind=CREATED, opening=opening, **{name: getattr(head, name) for name in _OF_EVENT})
    except (UnknownCodeError, NotInForceError) as error:
        raise InvalidDocumentError(problems=(_problem("$.lifecycle", error),), source=name) from None
    events: list[Event] = [created]
    for index, row in enumerate(cast("list[dict[str, Any]]", document["events"])):
        try:
            events.append(Event.from_dict(row))
        except InvalidEventError as error:
            problems.append(_problem(f"$.events[{index}]", error))
    if problems:
        raise InvalidDocumentError(problems=tuple(problems), source=name)
    return Log(lifecycle=edition, events=tuple(events), seal=_checked_seal(document, events, name))


def _name(source: object) -> str | None:
    return os.fspath(source) if isinstance(source, str | Path) else None


def _edition(named: str | None, opened: date, own: Lifecycle | None) -> str:
    if own is not None:
        reference = instance(own, Lifecycle, "lifecycle").reference
        if named not in {None, reference}:
            raise UnknownCodeError.among(Text(vi="vòng đời hồ sơ", en="dossier lifecycle"), named, [reference])
        return reference
    # What is pinned holds whatever the day; a name alone means the edition in force when the dossier was opened.
    return (find(named) if named is not None and "@" in named else find(named or "vn", on=opened)).reference


def _checked_seal(document: Mapping[str, Any], events: list[Event], name: str | None) -> tuple[str, ...] | None:
    if "seal" not in document:
        return None
    links = tuple(document["seal"]["links"])
    try:
        ensure_sealed(events, links)
    except InvalidEventError as error:
        raise InvalidDocumentError(problems=(_problem("$.seal", error),), source=name) from None
    return links


def replay(source: str | Path | Mapping[str, Any], *, lifecycle: Lifecycle | None = None) -> Dossier:
    """Return the dossier to which an event log leads, a JSON file or a parsed document; all of the log, or nothing.

    >>> replay({"schema_version": "1.0",
    ...     "dossier": {"id": "1", "procedure": "1.004222", "channel": "in_person", "at": "2026-02-12T09:30:00+07:00"},
    ...     "events": [{"kind": "delivered", "at": "2026-02-12T09:31:00+07:00"}]})
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      $.events[0]: state presented does not take event delivered; allowed: received, ...

    Args:
        source: The log.
        lifecycle: The edition under which it runs, if it is one of your own.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: as :func:`load_log`, or the lifecycle refused an event: ``problems`` names its
            place, the rule and the legal basis, and ``__cause__`` is the refusal itself.
    """
    log = load_log(source, lifecycle=lifecycle)
    runner, name = machine(log.lifecycle if lifecycle is None else lifecycle), _name(source)
    taken = 0

    def counted() -> Iterator[Event]:
        nonlocal taken
        for taken, event in enumerate(log.events):  # noqa: B007 - read after the loop, to name the place
            yield event

    try:
        return runner.replay(counted())
    except OnestopError as error:
        raise InvalidDocumentError(problems=(_problem(f"$.events[{taken - 1}]", error),), source=name) from error


def dump_log(dossier: Dossier, *, sealed: bool = False) -> dict[str, Any]:
    """Return the log of *dossier* as a document; ``replay(dump_log(d)) == d``.

    A sealed log carries a chain of hashes (``dossier.seal``), which is checked when the log is read.

    >>> from datetime import date, datetime
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at)
    >>> dump_log(d)["dossier"]["id"], replay(dump_log(d)) == d
    ('1', True)
    """
    instance(sealed, bool, "sealed")
    created, *rest = instance(dossier, Dossier, "dossier").events
    opening = dossier.opening
    head = _Head(
        **{name: getattr(opening, name) for name in _OF_OPENING},
        **{name: getattr(created, name) for name in _OF_EVENT},
    )
    document = {
        "schema_version": "1.0",
        "lifecycle": opening.lifecycle,
        "dossier": unstructure(head),
        "events": [event.to_dict() for event in rest],
    }
    if sealed:
        document["seal"] = {"algorithm": ALGORITHM, "links": list(seal(dossier.events))}
    return document


def _problem(path: str, error: OnestopError) -> Problem:
    rule = f"guard/{error.guard}" if isinstance(error, GuardError) else error.code
    basis = error.basis if isinstance(error, TransitionNotAllowedError) else None
    return Problem(path=path, rule=f"lifecycle/{rule}", text=error.message, basis=basis)
