"""Events: what happened to a dossier, when, by whom and why. The log of events is the dossier's only truth."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.lifecycle.policies import NO_POLICY, Policy
from onestop_core.errors import InvalidDocumentError, InvalidEventError, InvalidValueError
from onestop_core.model import Channel, aware
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CREATED", "UNITS", "Event", "Opening", "event"]

CREATED: Final = "created"
"""The kind of the first event of every dossier; the machine writes it, no table has it."""

UNITS: Final = ("receiving_unit", "competent_unit")
"""The units that an opening names and that a lifecycle may give power over an event."""

_LONGEST: Final = 4_000
_LONGEST_NAME: Final = 200
_MOST_PAPERS: Final = 1_000


@attrs.frozen(kw_only=True)
class Opening:
    """What a dossier is from its first moment on, and never changes: carried by the ``created`` event.

    Raises:
        InvalidEventError: an empty or overlong text, or an unknown channel.
    """

    id: str
    procedure: str
    """Code of the procedure."""
    procedure_version: str | None = None
    """The edition of the procedure that applies, as the host names it."""
    channel: Channel
    lifecycle: str
    """Id of the lifecycle edition pinned on the dossier, such as ``vn@decree-118-2025``."""
    policy: Policy = NO_POLICY
    receiving_unit: str | None = None
    """The unit whose desk takes it in. To help with a dossier, or to receive it, gives no power to decide it."""
    competent_unit: str | None = None
    """The authority that decides."""
    support_unit: str | None = None
    """The point that helped the applicant to file; on record, with no power over the dossier."""
    required_papers: tuple[str, ...] = ()
    """The papers without which it is not received; none: not judged here."""
    published_papers: tuple[str, ...] = ()
    """Every paper that may be asked for, the required ones apart; with neither list, any."""

    def __attrs_post_init__(self) -> None:
        set_ = object.__setattr__
        for name in ("id", "procedure", "lifecycle"):
            set_(self, name, _text(CREATED, getattr(self, name), name, longest=_LONGEST_NAME))
        for name in ("procedure_version", *UNITS, "support_unit"):
            value: object = getattr(self, name)
            if value is not None:
                set_(self, name, _text(CREATED, value, name, longest=_LONGEST_NAME))
        for name in ("required_papers", "published_papers"):
            set_(self, name, _papers(CREATED, getattr(self, name), name))
        set_(self, "channel", _channel(CREATED, self.channel))


_TEXTS: Final = ("actor", "role", "unit", "to_actor", "to_unit", "task", "reason", "ground", "key")


@attrs.frozen(kw_only=True)
class Event:
    """One thing that happened; a value that is valid once it exists.

    >>> from datetime import datetime, timezone
    >>> Event(kind="received", at=datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)).at.isoformat()
    '2026-02-12T09:30:00+07:00'
    >>> Event(kind="received", at=datetime(2026, 2, 12))
    Traceback (most recent call last):
    onestop_core.errors.InvalidEventError: invalid event received: at: cannot use '2026-02-12T00:00:00'; ...

    Raises:
        InvalidEventError: a naive moment, an empty or overlong text, a negative or inexact amount,
            or an ``opening`` on anything but the first event.
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
    """Money in đồng, of an event about money."""
    key: str | None = None
    """Idempotency key; the same event sent twice under one key counts once."""
    opening: Opening | None = None
    """Of the ``created`` event only."""

    def __attrs_post_init__(self) -> None:
        set_ = object.__setattr__  # a frozen value may still bring its own fields to normal form
        kind = cast("object", self.kind)
        if not isinstance(kind, str) or not 0 < len(kind) <= 64:
            raise _invalid(kind, Text(vi="kind: cần mã sự kiện", en="kind: expected the code of an event"))
        set_(self, "at", _moment(kind, self.at, "at"))
        for name in _TEXTS:
            value: object = getattr(self, name)
            if value is not None:
                set_(self, name, _text(kind, value, name))
        if self.papers:
            set_(self, "papers", _papers(kind, self.papers, "papers"))
        if self.channel is not None:
            set_(self, "channel", _channel(kind, self.channel))
        if self.due is not None:
            set_(self, "due", _moment(kind, self.due, "due"))
        if self.amount is not None:
            set_(self, "amount", _amount(kind, self.amount))
        if (self.opening is None) is (kind == CREATED):
            raise _invalid(
                kind,
                Text(
                    vi="opening có ở sự kiện created và chỉ ở đó",
                    en="opening belongs to the created event, and to no other",
                ),
            )

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Event:
        """Return the event that a JSON object describes.

        >>> Event.from_dict({"kind": "received", "at": "2026-02-12T09:30:00+07:00"}).kind
        'received'

        Raises:
            InvalidEventError: it does not describe one.
        """
        kind = document.get("kind", "?")
        try:
            return structure(document, cls)
        except InvalidDocumentError as error:
            where = "; ".join(f"{p.path}: {p.message}" for p in error.problems[:3])
            raise _invalid(kind, Text(vi=where, en=where)) from None

    def to_dict(self) -> dict[str, Any]:
        """Return the event as a JSON object; ``Event.from_dict(event.to_dict()) == event``."""
        return cast("dict[str, Any]", unstructure(self))


def event(kind: str, at: datetime, **fields: Any) -> Event:
    """Return ``Event(kind=kind, at=at, **fields)``: the same, shorter to write in a long story.

    >>> from datetime import datetime, timezone
    >>> event("received", datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc), actor="lan").actor
    'lan'

    Raises:
        InvalidEventError: as :class:`Event`.
    """
    return Event(kind=kind, at=at, **fields)


def _invalid(kind: object, reason: Text) -> InvalidEventError:
    return InvalidEventError(event=str(kind)[:64], reason=reason)


def _moment(kind: str, value: object, name: str) -> datetime:
    try:
        return aware(value, name)
    except InvalidValueError as error:
        raise _invalid(kind, error.message) from None
    except OverflowError:
        raise _invalid(
            kind, Text(vi=f"{name}: thời điểm ngoài lịch", en=f"{name}: a moment outside the calendar")
        ) from None


def _text(kind: str, value: object, name: str, *, longest: int = _LONGEST) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise _invalid(
            kind,
            Text(
                vi=f"{name}: cần chuỗi từ 1 đến {longest} ký tự",
                en=f"{name}: expected text of 1 to {longest} characters",
            ),
        )
    return nfc(value)


def _papers(kind: str, value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, tuple | list) or len(cast("tuple[object, ...]", value)) > _MOST_PAPERS:
        raise _invalid(kind, Text(vi=f"{name}: cần danh sách giấy tờ", en=f"{name}: expected a sequence of names"))
    return tuple(_text(kind, paper, name) for paper in cast("tuple[object, ...]", value))


def _channel(kind: str, value: object) -> Channel:
    known = [channel.value for channel in Channel]
    if value not in known:
        shown = ", ".join(known)
        raise _invalid(
            kind,
            Text(vi=f"channel: {value!r} không thuộc {shown}", en=f"channel: {value!r} is not one of {shown}"),
        )
    return Channel(value)


def _amount(kind: str, value: object) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise _invalid(
            kind, Text(vi="amount: cần số tiền chính xác, không âm", en="amount: expected an exact sum, not negative")
        )
    return value
