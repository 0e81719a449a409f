"""Event logs as documents from outside: hostile until validated, and never half-applied."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from onestop_core.dossier.events.event import Event
from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.events.opening import Opening
from onestop_core.dossier.events.rows import Version, upcast
from onestop_core.dossier.lifecycle.editions import event_name, find
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.logs.log import HEAD, OF_EVENT, OF_OPENING, Head, Log, Salts, revision_of
from onestop_core.dossier.logs.reading import Known, known
from onestop_core.dossier.sealing import SALTED, ensure_sealed
from onestop_core.dossier.stepping.machine import machine
from onestop_core.errors import (
    GuardError,
    InvalidDocumentError,
    InvalidEventError,
    InvalidValueError,
    NotInForceError,
    OnestopError,
    Problem,
    TransitionNotAllowedError,
    UnknownCodeError,
)
from onestop_core.model import FrozenMap, freeze
from onestop_core.model.series import instance, members
from onestop_core.rules.converter import structure
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onestop_core.dossier.case import Dossier


__all__ = ["load_log", "replay"]


def load_log(
    source: str | Path | Mapping[str, Any],
    *,
    lifecycle: Lifecycle | None = None,
    sealed: bool = False,
    last_link: str | None = None,
) -> Log:
    """Return the log that a JSON file or a parsed document of the schema ``event-log`` holds.

    A log that names no lifecycle runs under ``vn`` as in force on the day when the dossier was opened. Fields that a
    newer minor version of the schema has and this library does not know are kept, and :func:`dump_log` writes them again.

    >>> log = load_log({"schema_version": "1.0",
    ...     "dossier": {"id": "1", "procedure": "1.004222", "channel": "in_person", "at": "2026-02-12T09:30:00+07:00"},
    ...     "events": [{"kind": "received", "at": "2026-02-12T09:31:00+07:00"}]})
    >>> log.lifecycle, log.revision, [event.kind for event in log.events]
    ('vn@decree-118-2025', 1, ['created', 'received'])

    Args:
        source: The log.
        lifecycle: The edition under which it runs, if it is one of your own; a log that names one must name that.
        sealed: Whether a seal is demanded: a log without one is refused.
        last_link: The last link of its seal, as it was kept elsewhere: the log must end with it.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document, or a row of it, is written in another major version of the schema.
        InvalidDocumentError: it breaks the schema, holds an event that is not sound, names no known lifecycle, or
            does not match its seal, the last link or the demand for a seal.
    """
    name = _name(source)
    found = known(members(read_json(name) if name is not None else source), HEAD, source=name)
    document = found.document
    problems: list[Problem] = []
    try:
        head = structure(found.head, Head)
        edition = _edition(document.get("lifecycle"), document.get("revision"), head.at.date(), lifecycle)
        opening = Opening(lifecycle=edition, **{field: getattr(head, field) for field in OF_OPENING})
        of_event = {field: getattr(head, field) for field in OF_EVENT}
        created = Event(kind=CREATED, opening=opening, unknown=found.unknown_of_head, **of_event)
    except (UnknownCodeError, NotInForceError) as error:
        raise InvalidDocumentError(problems=(_problem("$.lifecycle", error),), source=name) from None
    except InvalidEventError as error:
        raise InvalidDocumentError(problems=(_problem("$.dossier", error),), source=name) from None
    events: list[Event] = [created]
    for index, row in enumerate(cast("list[dict[str, Any]]", document["events"])):
        try:
            events.append(Event.from_dict(row))
        except InvalidEventError as error:
            problems.append(_problem(f"$.events[{index}]", error))
    if problems:
        raise InvalidDocumentError(problems=tuple(problems), source=name)
    links, salted = _checked_seal(found, events, name, demanded=instance(sealed, bool, "sealed"), last_link=last_link)
    return Log(
        lifecycle=edition,
        events=tuple(events),
        seal=links,
        salts=salted,
        schema_version=found.version,
        unknown=cast("FrozenMap[str, object]", freeze(found.unknown)),
    )


def _name(source: object) -> str | None:
    return os.fspath(source) if isinstance(source, str | Path) else None


def _edition(named: str | None, revision: int | None, opened: date, own: Lifecycle | None) -> str:
    if named is not None and revision is not None and "+" not in named and revision > 1:
        named = f"{named if '@' in named else find(named, on=opened).id}+{revision}"
    if own is not None:
        reference = instance(own, Lifecycle, "lifecycle").reference
        if named not in {None, reference}:
            raise UnknownCodeError.among(Text(vi="vòng đời hồ sơ", en="dossier lifecycle"), named, [reference])
    else:
        # What is pinned holds whatever the day; a name alone means the edition in force when the dossier was opened.
        pinned = named is not None and "@" in named
        reference = (find(cast("str", named)) if pinned else find(named or "vn", on=opened)).reference
    if revision is not None and revision != revision_of(reference):
        known_one = str(revision_of(reference))
        raise UnknownCodeError.among(
            Text(vi="lần sửa vòng đời", en="revision of the lifecycle"), str(revision), [known_one]
        )
    return reference


def _checked_seal(
    found: Known, events: list[Event], name: str | None, *, demanded: bool, last_link: str | None
) -> tuple[tuple[str, ...] | None, Salts | None]:
    written_seal: Mapping[str, Any] | None = found.document.get("seal")
    links = None if written_seal is None else tuple(written_seal["links"])
    salted: Salts | None = None
    try:
        if written_seal is None:
            _ensure_not_demanded(demanded, events)
        elif written_seal["algorithm"] == SALTED:
            salted = _read_salts(written_seal["salts"], events)
        elif "salts" in written_seal:
            raise InvalidValueError.of("salts", "…", vi="không có muối", en="no salts: the chain is not salted")
        if links is not None or last_link is not None:
            ensure_sealed(events, links, salts=salted, last_link=last_link)
    except (InvalidEventError, InvalidValueError) as error:
        if isinstance(error, InvalidValueError) and error.what == "last_link":
            raise
        raise InvalidDocumentError(problems=(_problem("$.seal", error),), source=name) from None
    return links, salted


def _ensure_not_demanded(demanded: bool, events: list[Event]) -> None:
    if demanded:
        text = Text(vi="nhật ký phải có chuỗi băm niêm phong", en="the log has no seal, and one is demanded")
        kind = events[-1].kind
        raise InvalidEventError(event=kind, reason=text, event_name=event_name(kind))


def _read_salts(rows: list[Mapping[str, str]], events: list[Event]) -> Salts:
    versions = [Version.of(event.schema_version) for event in events]
    named = [upcast(row, version) if version is not None else row for row, version in zip(rows, versions, strict=False)]
    return tuple(FrozenMap(row) for row in (*named, *rows[len(events) :]))


def replay(
    source: str | Path | Mapping[str, Any],
    *,
    lifecycle: Lifecycle | None = None,
    judge: bool = True,
    sealed: bool = False,
    last_link: str | None = None,
) -> Dossier:
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
        judge: False: the log was accepted once and is folded as history, whatever the table says today
            (:meth:`onestop_core.dossier.Machine.replay`).
        sealed: Whether a seal is demanded.
        last_link: The last link of its seal, as it was kept elsewhere.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document, or a row of it, is written in another major version of the schema.
        InvalidDocumentError: as :func:`load_log`, or the lifecycle refused an event: ``problems`` names its
            place, the rule and the legal basis, and ``__cause__`` is the refusal itself.
    """
    log = load_log(source, lifecycle=lifecycle, sealed=sealed, last_link=last_link)
    runner, name = machine(log.lifecycle if lifecycle is None else lifecycle), _name(source)
    taken = 0

    def counted() -> Iterator[Event]:
        nonlocal taken
        for taken, event in enumerate(log.events):  # noqa: B007 - read after the loop, to name the place
            yield event

    try:
        return runner.replay(counted(), judge=judge)
    except InvalidValueError:
        raise
    except OnestopError as error:
        raise InvalidDocumentError(problems=(_problem(f"$.events[{taken - 1}]", error),), source=name) from error


def _problem(path: str, error: OnestopError) -> Problem:
    rule = f"guard/{error.guard}" if isinstance(error, GuardError) else error.code
    basis = error.basis if isinstance(error, TransitionNotAllowedError) else None
    return Problem(path=path, rule=f"lifecycle/{rule}", text=error.message, basis=basis)
