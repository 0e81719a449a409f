"""One thing that happened, and its row in a stored log."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import filler
from onestop_core.dossier.events.fields import (
    CREATED,
    LONGEST_NAME,
    amount_of,
    channel_of,
    flag_of,
    invalid,
    kind_of,
    moment_of,
    papers_of,
    redacted_of,
    references_of,
    text_of,
    unknown_field,
    unknown_of,
    version_of,
)
from onestop_core.dossier.events.opening import Opening
from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.events.rows import FIRST, VERSION, Version, ensure_readable, upcast, written
from onestop_core.errors import InvalidDocumentError, UnsupportedSchemaVersionError
from onestop_core.model import Channel, FrozenMap, thaw
from onestop_core.model.series import members
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, shown
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.dossier.lifecycle.codes import EventKind, RoleCode

__all__ = ["FIELDS", "Event", "Invitation", "event"]

NOTHING_REDACTED: Final[FrozenMap[str, Redacted]] = FrozenMap({})
NOTHING_STRUCK: Final[tuple[int | str, ...]] = ()
NOTHING_UNKNOWN: Final[FrozenMap[str, object]] = FrozenMap({})

_INVITES: Final = "verification_started"


def _place(value: str) -> str:
    return text_of(_INVITES, value, "place", LONGEST_NAME)


def _content(value: str) -> str:
    return text_of(_INVITES, value, "content")


def _people(value: Iterable[str]) -> tuple[str, ...]:
    return papers_of(_INVITES, value, "participants")


def _meeting(value: datetime) -> datetime:
    return moment_of(_INVITES, value, "at")


@attrs.frozen(kw_only=True)
class Invitation:
    """What an applicant is told who must take part in a verification (Decree 118/2025/NĐ-CP, art. 19(4)(a)).

    >>> from datetime import datetime, timezone
    >>> at = datetime(2026, 3, 9, 1, tzinfo=timezone.utc)
    >>> Invitation(at=at, place="Thửa đất số 12", participants=["Chủ sử dụng đất"], content="Đo đạc lại").place
    'Thửa đất số 12'

    Raises:
        InvalidEventError: a naive moment, or an empty or overlong text.
    """

    at: datetime = attrs.field(converter=_meeting)
    place: str = attrs.field(converter=_place)
    participants: tuple[str, ...] = attrs.field(default=(), converter=_people, repr=False)
    content: str = attrs.field(converter=_content)


@attrs.frozen(init=False, repr=False)
class Event:
    """One thing that happened; a value that is valid once it exists.

    >>> from datetime import datetime, timezone
    >>> Event("received", datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc), actor="lan", amount="15000")
    <Event received 2026-02-12T09:30:00+07:00>
    >>> Event("received", datetime(2026, 2, 12))
    Traceback (most recent call last):
    onestop_core.errors.InvalidEventError: invalid event received: at: cannot use datetime.datetime(2026, 2, 12, 0, 0); ...

    ``repr`` tells what happened when, and nothing about people.

    Raises:
        InvalidEventError: a naive moment, an empty or overlong text or one that cannot be stored, a negative or
            inexact amount, or an ``opening`` on anything but the first event.
    """

    kind: str
    """Code of the event in the lifecycle, such as ``received``."""
    at: datetime
    """When it happened; aware, kept in Vietnamese civil time."""
    actor: str | None = None
    """Who did it, as the host names people."""
    role: str | None = None
    """In which role of the lifecycle, such as ``specialist``; if given, the lifecycle checks it."""
    unit: str | None = None
    """For which unit."""
    to_actor: str | None = None
    """Who has it in hand from now on, of an event that hands it over."""
    to_unit: str | None = None
    """The unit that has it in hand from now on."""
    task: str | None = None
    """Name of the piece of linked work, of an event about one."""
    channel: Channel | None = None
    """How papers or a result went over: at the desk, online or by post."""
    reason: str | None = None
    """Why, in the words of the slip."""
    ground: str | None = None
    """The legal ground that the person gave."""
    papers: tuple[str, ...] = ()
    """Papers handed in, asked for or issued."""
    due: datetime | None = None
    """The new appointment, of an event that makes one; of linked work, when that piece is due."""
    amount: Decimal | None = None
    """Money in đồng, of an event about money; without useless zeros, so that equal amounts are written alike.

    No event must have one: the law says how a fee is paid (Decree 118/2025/NĐ-CP, art. 24), and not that a log holds the sum.
    """
    key: str | None = None
    """Idempotency key; the same event sent twice under one key counts once."""
    reason_code: str | None = None
    """Which of the reasons that the lifecycle names, such as ``data_wrong``, of a demand that needs one."""
    fault: str | None = None
    """Whose fault it is, as found, of papers or results lost and of errors."""
    apology: str | None = None
    """Where the apology is: the number of its paper, or its words."""
    identity_checked: bool | None = None
    """Whether the applicant's e-identity account was looked up, of a receipt; nothing follows from it."""
    invitation: Invitation | None = None
    """When, where and with whom, of a verification in which the applicant must take part."""
    event: tuple[int | str, ...] = ()
    """Of an event that strikes others from the log: their numbers (``created`` is number 0) or their keys."""
    opening: Opening | None = None
    """Of the ``created`` event only."""
    redacted: FrozenMap[str, Redacted] = NOTHING_REDACTED
    """Of a sealed log: the personal fields that were taken out, by name."""
    unknown: FrozenMap[str, object] = NOTHING_UNKNOWN
    """What a newer minor version of the schema says and this library does not know; written again as it came."""
    schema_version: str = attrs.field(default=VERSION, eq=False)
    """Version of the schema ``event-log`` in which the event is written; what it says is the same in each."""

    def __init__(
        self,
        kind: EventKind | str,
        at: datetime,
        *,
        actor: str | None = None,
        role: RoleCode | str | None = None,
        unit: str | None = None,
        to_actor: str | None = None,
        to_unit: str | None = None,
        task: str | None = None,
        channel: Channel | str | None = None,
        reason: str | None = None,
        ground: str | None = None,
        papers: Iterable[str] = (),
        due: datetime | None = None,
        amount: Decimal | int | str | None = None,
        key: str | None = None,
        reason_code: str | None = None,
        fault: str | None = None,
        apology: str | None = None,
        identity_checked: bool | None = None,
        invitation: Invitation | None = None,
        event: int | str | Iterable[int | str] = NOTHING_STRUCK,
        opening: Opening | None = None,
        redacted: Mapping[str, Redacted] = NOTHING_REDACTED,
        unknown: Mapping[str, object] = NOTHING_UNKNOWN,
        schema_version: str = VERSION,
    ) -> None:
        kind = kind_of(kind)
        is_opening = opening is not None and isinstance(cast("object", opening), Opening)
        if is_opening is not (kind == CREATED) or is_opening is (opening is None):
            raise invalid(
                kind,
                Text(
                    vi="opening (một Opening) có ở sự kiện created và chỉ ở đó",
                    en="an Opening belongs to the created event as its opening, and to no other",
                ),
            )
        _fill(
            self,
            kind,
            moment_of(kind, at, "at"),
            None if actor is None else text_of(kind, actor, "actor"),
            None if role is None else text_of(kind, role, "role"),
            None if unit is None else text_of(kind, unit, "unit"),
            None if to_actor is None else text_of(kind, to_actor, "to_actor"),
            None if to_unit is None else text_of(kind, to_unit, "to_unit"),
            None if task is None else text_of(kind, task, "task"),
            None if channel is None else channel_of(kind, channel),
            None if reason is None else text_of(kind, reason, "reason"),
            None if ground is None else text_of(kind, ground, "ground"),
            papers_of(kind, papers, "papers"),
            None if due is None else moment_of(kind, due, "due"),
            None if amount is None else amount_of(kind, amount),
            None if key is None else text_of(kind, key, "key"),
            None if reason_code is None else text_of(kind, reason_code, "reason_code"),
            None if fault is None else text_of(kind, fault, "fault"),
            None if apology is None else text_of(kind, apology, "apology"),
            None if identity_checked is None else flag_of(kind, identity_checked, "identity_checked"),
            None if invitation is None else _invited(kind, invitation),
            () if event is NOTHING_STRUCK else references_of(kind, event),
            opening,
            NOTHING_REDACTED if redacted is NOTHING_REDACTED else redacted_of(kind, redacted),
            NOTHING_UNKNOWN if unknown is NOTHING_UNKNOWN else unknown_of(kind, unknown, schema_version),
            VERSION if schema_version is VERSION else version_of(kind, schema_version),
        )
        if self.redacted and any(getattr(self, name, self) is not None for name in self.redacted):
            raise invalid(
                kind,
                Text(
                    vi="phần đã che (redacted): trường đã che không còn nội dung",
                    en="redacted: a field that was redacted says nothing any more",
                ),
            )

    def __repr__(self) -> str:
        return f"<Event {line(self.kind)} {self.at.isoformat()}>"

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Event:
        """Return the event that a JSON object describes: its row in a stored log.

        >>> Event.from_dict({"kind": "received", "at": "2026-02-12T09:30:00+07:00"}).kind
        'received'

        A row may name its version, ``schema_version``; without, it is the first. What a newer minor version says and this
        library does not know is kept:

        >>> row = {"kind": "received", "at": "2026-02-12T09:30:00+07:00", "place": "quầy 3", "schema_version": "1.9"}
        >>> Event.from_dict(row).to_dict() == row
        True

        Raises:
            UnsupportedSchemaVersionError: a row of another major version.
            InvalidEventError: it does not describe one.
        """
        kind: object = "?"
        try:
            given = members(document)
            kind = given.get("kind", kind)
            named = given.get("schema_version", FIRST)
            version = ensure_readable(named)
            if version is None:
                raise invalid(
                    kind,
                    Text(
                        vi=f"phiên bản lược đồ: không đọc được {shown(named)}",
                        en=f"schema_version: cannot read {shown(named)}",
                    ),
                )
            row = {**upcast(given, version), "schema_version": named}
            kind = row.get("kind", kind)
            unknown = {name: row.pop(name) for name in row.keys() - FIELDS}
            if unknown and not version.is_newer:
                raise invalid(kind, unknown_field(unknown))
            if isinstance(row.get("event"), int | str):
                row["event"] = [row["event"]]
            event = structure(row, cls)
            return event if not unknown else attrs.evolve(event, unknown=unknown)
        except UnsupportedSchemaVersionError:
            raise
        except InvalidDocumentError as error:
            first = error.problems[:3]
            vi, en = ("; ".join(f"{p.path}: {p.text.in_(language)}" for p in first) for language in _LANGUAGES)
            raise invalid(kind, Text(vi=vi, en=en)) from error.__cause__

    def to_dict(self) -> dict[str, Any]:
        """Return the event as a JSON object, the row of a stored log; ``Event.from_dict(event.to_dict()) == event``.

        It is written in the version in which it was read, with all that was read.
        """
        row: dict[str, Any] = unstructure(self)
        row.pop("unknown", None)
        row.pop("schema_version", None)
        if self.schema_version != VERSION:
            version = Version.of(self.schema_version)
            assert version is not None  # it was read when the event was made
            row = {**written(row, version), **thaw(self.unknown)}
        return row if self.schema_version == FIRST else {**row, "schema_version": self.schema_version}


def _invited(kind: str, value: object) -> Invitation:
    if not isinstance(value, Invitation):
        raise invalid(kind, Text(vi="invitation: cần một Invitation", en="invitation: expected an Invitation"))
    return value


event = Event
"""The same class, for those who like to read ``dossier.event("received", at)`` in a long story."""

FIELDS: Final = frozenset(field.name for field in attrs.fields(Event)) - {"unknown"}
"""What this library knows of a row."""
_fill: Final = filler(Event)
_LANGUAGES: Final = ("vi", "en")
