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
from onestop_core.text.words import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from onestop_core.dossier import Lifecycle, Machine

__all__ = [
    "REPEATED",
    "CaseLog",
    "LogMapping",
    "case_log",
    "cell",
    "load_mapping",
    "machine_on",
    "moment_of",
    "row_problem",
    "told",
]

_DAY: Final = r"(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"
_TIME: Final = (
    r"(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?(?: *(?P<half>SA|CH|AM|PM))?"
)
_BETWEEN: Final = r"[ T]*,?[ T]*(?:ngày +)?"
_FORMS: Final = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        f"{_DAY}{_BETWEEN}{_TIME}",
        f"{_TIME}{_BETWEEN}{_DAY}",
        f"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})[ T]+{_TIME}",
    )
)
"""As Vietnamese systems write a moment: 12/02/2026 09:30; 09:30 12/02/2026; 9:30 SA; and without an offset 2026-02-12 09:30."""
_DAYS: Final = (
    re.compile(_DAY, re.ASCII),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", re.ASCII),
)
_HALF_DAY: Final = 12
_TABLE_ROW: Final = re.compile(r"\$\[([0-9]+)\]", re.ASCII)
_TEXTS: Final = ("actor", "unit", "to_unit", "reason")
_LONGEST: Final = 64
LOST: Final = frozenset({"log/row", "portal/unexplained"})
"""The rules of rows that are missing from the log, so that what follows may look unlawful and was not."""
NOT_TOLD: Final = "–"
"""Stands for a reason or ground that the form does not tell: that it is missing there would hide what else is wrong."""
REPEATED: Final = "log/repeated"
"""The rule of a row that comes twice: nothing of its dossier is missing."""


def _words(value: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({nfc(word): nfc(ours) for word, ours in mapping_of(value, str, "words").items()})


def _channels(value: Mapping[str, Channel | str]) -> FrozenMap[str, Channel]:
    return FrozenMap({nfc(word): Channel.of(channel, "channels") for word, channel in value.items()})


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


def moment_of(text: str, name: str = "at") -> datetime:
    """Return a moment as a log states it; one without an offset is of Vietnamese civil time.

    >>> moment_of("12/02/2026 09:30").isoformat(), moment_of("2026-02-12 09:30:00").isoformat()
    ('2026-02-12T09:30:00+07:00', '2026-02-12T09:30:00+07:00')
    >>> moment_of("1:30 CH 12/02/2026").isoformat()
    '2026-02-12T13:30:00+07:00'

    Args:
        text: The moment.
        name: What a refusal calls it.

    Raises:
        InvalidValueError: it is no moment; a day alone is none, for nobody knows which law held at which hour of it.
    """
    plain = " ".join(nfc(text).split())[:_LONGEST]
    try:
        for form in _FORMS:
            if (found := form.fullmatch(plain)) is not None:
                return _local(found)
        return read_moment(plain, name)
    except (ValueError, InvalidValueError):
        raise InvalidValueError.of(
            name, plain, vi="thời điểm như 12/02/2026 09:30", en="a moment such as 12/02/2026 09:30 or 2026-02-12 09:30"
        ) from None


def _local(found: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (
        int(found[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")
    )
    if (half := (found["half"] or "").upper()) and not 0 < hour <= _HALF_DAY:
        raise ValueError(half)
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half in {"CH", "PM"} else 0)
    return datetime(year, month, day, hour, minute, second, tzinfo=HO_CHI_MINH)


def _due_of(text: str) -> datetime:
    """Return an appointment; a day alone lasts until its end, as everywhere."""
    plain = text.strip()[:_LONGEST]
    found = next((each for form in _DAYS if (each := form.fullmatch(plain)) is not None), None)
    if found is None:
        return moment_of(text, "due")
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), 23, 59, 59, tzinfo=HO_CHI_MINH)
    except ValueError:
        raise InvalidValueError.of(
            "due", plain, vi="ngày như 12/02/2026", en="a day such as 12/02/2026 or 2026-02-12"
        ) from None


def case_log(source: str, name: str, rows: Sequence[tuple[str, Mapping[str, str]]], mapping: LogMapping) -> CaseLog:
    """Return the log of the dossier *name* from its *rows*, each with its place, our fields named as *mapping* says.

    The rows are put in the order of their moments; those of one moment stay in the order in which they came. It is opened
    at the first of them, under the law in force then. A row without a readable moment or step is left out; a role or an
    appointment that cannot be read is taken for not said.
    """
    problems: list[Problem] = []
    moments: list[datetime] = []
    events: list[Event] = []
    for place, row in rows:
        try:
            at = moment_of(cell(row, "at", mapping) or "")
            event = _event(at, row, mapping)
        except OnestopError as error:
            problems.append(row_problem(place, "log/row", error.message))
            continue
        moments.append(at)
        if event is None:
            continue
        for field, reader in (("role", _role), ("due", _due)):
            try:
                event = attrs.evolve(event, **cast("Any", {field: reader(row, mapping)}))
            except OnestopError as error:
                problems.append(row_problem(place, "log/cell", error.message))
        events.append(event)
    if moments:
        try:
            opening = machine_on(min(moments)).new(id=name, at=min(moments), **told(rows, mapping))
        except OnestopError as error:
            problems.append(row_problem(rows[0][0], "log/opening", error.message))
        else:
            events.sort(key=lambda event: event.at)
            return CaseLog(source=source, id=name, events=(*opening.events, *events), problems=tuple(problems))
    return CaseLog(source=source, id=name, problems=tuple(problems))


def row_problem(place: str, rule: str, text: Text) -> Problem:
    """Return what is wrong with the row at *place*; that of a table by its number, as a spreadsheet counts."""
    if (row := _TABLE_ROW.fullmatch(place)) is not None:
        text = Text(vi=f"dòng {row[1]}: {text.vi}", en=f"row {row[1]}: {text.en}")
    return Problem(path=place, rule=rule, text=text)


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
    return nfc(row.get(mapping.columns.get(field, field), "")).strip() or None


@cache
def _kinds() -> tuple[str, ...]:
    """Return the kinds of event of all editions."""
    return tuple(sorted({event.code for table in _tables() for event in table.events}))


@cache
def _roles() -> tuple[str, ...]:
    """Return the roles of all editions."""
    return tuple(sorted({role for table in _tables() for role in table.roles}))


def _tables() -> Iterator[Lifecycle]:
    return (dossier.lifecycle.find(edition.reference) for edition in dossier.lifecycle.editions())


def _event(at: datetime, row: Mapping[str, str], mapping: LogMapping) -> Event | None:
    word = cell(row, "event", mapping) or ""
    kind = mapping.events.get(word, word)
    if kind == CREATED or (word and not kind):
        return None
    if kind not in _kinds():
        # A word that nobody mapped is no breach of law.
        raise UnknownCodeError.among(Text(vi="bước trong bảng ánh xạ", en="step in the mapping"), word, _kinds())
    texts = {field: cell(row, field, mapping) for field in _TEXTS}
    texts |= {field: NOT_TOLD for field in _needed(kind) if texts.get(field) is None}
    return Event(kind=kind, at=at, **cast("dict[str, Any]", texts))


@cache
def _needed(kind: str) -> tuple[str, ...]:
    """Return the words without which no edition that asks for them would judge a step further."""
    rules = [event for table in _tables() for event in table.events if event.code == kind]
    asked = {"reason": any(rule.needs_reason for rule in rules), "ground": any(rule.needs_ground for rule in rules)}
    return tuple(field for field, is_asked in asked.items() if is_asked)


def _role(row: Mapping[str, str], mapping: LogMapping) -> str | None:
    word = cell(row, "role", mapping)
    role = None if word is None else mapping.roles.get(word, word)
    if role is not None and role not in _roles():
        raise UnknownCodeError.among(Text(vi="vai trò trong bảng ánh xạ", en="role in the mapping"), role, _roles())
    return role


def _due(row: Mapping[str, str], mapping: LogMapping) -> datetime | None:
    due = cell(row, "due", mapping)
    return None if due is None else _due_of(due)
