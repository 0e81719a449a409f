"""How the log of another system names things, as data, and a row of such a log made an event of ours."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import dossier
from onestop_core.dossier import Event
from onestop_core.dossier.events import CREATED
from onestop_core.errors import InvalidValueError, OnestopError, Problem, UnknownCodeError
from onestop_core.model import HO_CHI_MINH, Channel, FrozenMap, day_of, read_moment
from onestop_core.model.series import mapping_of
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from onestop_core.dossier import Machine

__all__ = ["CaseLog", "LogMapping", "case_log", "cell", "load_mapping", "machine_on", "moment_of", "told"]

_LOCAL: Final = re.compile(
    r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})[ T]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII
)
"""As Vietnamese systems write a moment: 12/02/2026 09:30."""
_ISO_LOCAL: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)?", re.ASCII
)
_TEXTS: Final = ("actor", "unit", "to_unit", "reason")
_LONGEST: Final = 64


def _words(value: Mapping[str, str]) -> FrozenMap[str, str]:
    return mapping_of(value, str, "words")


def _channels(value: Mapping[str, Channel | str]) -> FrozenMap[str, Channel]:
    return FrozenMap({word: Channel.of(channel, "channels") for word, channel in value.items()})


@attrs.frozen(kw_only=True)
class LogMapping:
    """How another system's log names things; what is not named is called as ours."""

    columns: FrozenMap[str, str] = attrs.field(default=FrozenMap({}), converter=_words)
    """In which of their columns each of our fields stands."""
    events: FrozenMap[str, str] = attrs.field(default=FrozenMap({}), converter=_words)
    """Our kind of event by their word; an empty text passes a step over."""
    channels: FrozenMap[str, Channel] = attrs.field(default=FrozenMap({}), converter=_channels)
    roles: FrozenMap[str, str] = attrs.field(default=FrozenMap({}), converter=_words)
    procedure: str | None = None
    """Of all dossiers, where no column says it."""
    channel: Channel = Channel.IN_PERSON
    """Likewise."""


def load_mapping(source: str | Path | Mapping[str, Any]) -> LogMapping:
    """Return the mapping in a JSON file or a parsed document under ``schemas/log-mapping.schema.json``.

    >>> load_mapping({"schema_version": "1.0", "columns": {"at": "Thời điểm"}}).columns["at"]
    'Thời điểm'

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with every problem.
    """
    document, name = opened(source)
    ensure_valid(document, "log-mapping", source=name)
    given = cast("dict[str, Any]", document)
    return LogMapping(**{key: value for key, value in given.items() if key != "schema_version"})


@attrs.frozen(kw_only=True)
class CaseLog:
    """The log of one dossier as it was read: its events, and what in it could not be understood."""

    source: str
    """Name of the file."""
    id: str
    events: tuple[Event, ...] = ()
    """From ``created`` on; none where nothing could be read."""
    problems: tuple[Problem, ...] = ()
    """The rows that were left out, each with its place."""
    whole: bool = False
    """Whether the form tells all that an event of ours says: what it cannot carry is not missed."""


def moment_of(text: str) -> datetime:
    """Return a moment as a log states it; one without an offset is of Vietnamese civil time.

    >>> moment_of("12/02/2026 09:30").isoformat(), moment_of("2026-02-12 09:30:00").isoformat()
    ('2026-02-12T09:30:00+07:00', '2026-02-12T09:30:00+07:00')

    Raises:
        InvalidValueError: it is no moment.
    """
    plain = text.strip()[:_LONGEST]
    try:
        if (local := _LOCAL.fullmatch(plain)) is not None:
            day, month, year, hour, minute, second = (int(part or 0) for part in local.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=HO_CHI_MINH)
        if (iso := _ISO_LOCAL.fullmatch(plain)) is not None:
            return datetime.fromisoformat(f"{iso[1]}T{iso[2]}").replace(tzinfo=HO_CHI_MINH)
    except ValueError:
        raise InvalidValueError.of(
            "at", plain, vi="thời điểm như 12/02/2026 09:30", en="a moment such as 2026-02-12 09:30"
        ) from None
    return read_moment(plain, "at")


def case_log(source: str, name: str, rows: Sequence[tuple[str, Mapping[str, str]]], mapping: LogMapping) -> CaseLog:
    """Return the log of the dossier *name* from its *rows*, each with its place, our fields named as *mapping* says.

    The rows are put in the order of their moments; those of one moment stay in the order in which they came. It is opened
    at the first of them, under the law in force then.
    """
    problems: list[Problem] = []
    moments: list[datetime] = []
    events: list[Event] = []
    for place, row in rows:
        try:
            at = moment_of(cell(row, "at", mapping) or "")
            event = _event(at, row, mapping)
        except OnestopError as error:
            problems.append(Problem(path=place, rule="log/row", text=error.message))
            continue
        moments.append(at)
        if event is not None:
            events.append(event)
    if moments:
        try:
            opening = machine_on(min(moments)).new(id=name, at=min(moments), **told(rows, mapping))
        except OnestopError as error:
            problems.append(Problem(path=rows[0][0], rule="log/opening", text=error.message))
        else:
            events.sort(key=lambda event: event.at)
            return CaseLog(source=source, id=name, events=(*opening.events, *events), problems=tuple(problems))
    return CaseLog(source=source, id=name, problems=tuple(problems))


def machine_on(moment: datetime) -> Machine:
    """Return the machine of the law in force at *moment*.

    Raises:
        NotInForceError: no edition was.
    """
    return dossier.machine("vn", on=day_of(moment))


def told(rows: Sequence[tuple[str, Mapping[str, str]]], mapping: LogMapping) -> dict[str, Any]:
    """Return what the rows say of the opening of a dossier; the first that says it counts."""
    found: dict[str, Any] = {}
    for field in ("procedure", "channel", "receiving_unit", "competent_unit"):
        given = (cell(row, field, mapping) for _, row in rows)
        found[field] = next((each for each in given if each is not None), None)
    word = found["channel"]
    found["channel"] = mapping.channel if word is None else mapping.channels.get(word, word)
    found["procedure"] = found["procedure"] or mapping.procedure or ""
    return found


def cell(row: Mapping[str, str], field: str, mapping: LogMapping) -> str | None:
    """Return what *row* says of our *field*; None where it says nothing."""
    return row.get(mapping.columns.get(field, field), "").strip() or None


@cache
def _kinds() -> tuple[str, ...]:
    """Return the kinds of event of all editions."""
    tables = (dossier.lifecycle.find(edition.reference) for edition in dossier.lifecycle.editions())
    return tuple(sorted({event.code for table in tables for event in table.events}))


def _event(at: datetime, row: Mapping[str, str], mapping: LogMapping) -> Event | None:
    word = cell(row, "event", mapping) or ""
    kind = mapping.events.get(word, word)
    if kind == CREATED or (word and not kind):
        return None
    if kind not in _kinds():
        # A word that nobody mapped is no breach of law.
        raise UnknownCodeError.among(Text(vi="bước trong bảng ánh xạ", en="step in the mapping"), word, _kinds())
    role, due = cell(row, "role", mapping), cell(row, "due", mapping)
    texts = {field: cell(row, field, mapping) for field in _TEXTS}
    return Event(
        kind=kind,
        at=at,
        role=None if role is None else mapping.roles.get(role, role),
        due=None if due is None else moment_of(due),
        **cast("dict[str, Any]", texts),
    )
