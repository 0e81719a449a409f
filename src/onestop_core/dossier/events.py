"""Events: what happened to a dossier, when, by whom and why. The log of events is the dossier's only truth."""

from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidEventError, InvalidValueError
from onestop_core.model import Channel, aware
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CREATED", "NO_POLICY", "Event", "Opening", "Policy", "SupplementClock", "event"]

CREATED: Final = "created"
"""The kind of the first event of every dossier; the machine writes it, no table has it."""

_LONGEST: Final = 4_000
_LONGEST_NAME: Final = 200
_MOST_PAPERS: Final = 1_000
_HIGHEST_COUNT: Final = 100


class SupplementClock(enum.StrEnum):
    """What papers added after appraisal do to the processing time."""

    RESTART = "restart"
    """It is counted again from zero (Decree 61/2018/NĐ-CP, art. 19(4))."""
    PAUSE = "pause"
    """The wait is not counted and the rest goes on, as some systems and sector rules have it."""


@attrs.frozen(kw_only=True)
class Policy:
    """Where the rules of one procedure differ from the lifecycle's own; None leaves the lifecycle's value.

    >>> construction_permit = Policy(max_supplements=1, max_suspensions=0, max_extensions=0)
    >>> Policy(max_supplements=-1)
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: max_supplements: cannot use -1; expected a whole number from 0 to 100

    Raises:
        InvalidValueError: a number or choice that cannot be used.
    """

    max_intake_supplements: int | None = None
    """Demands for more papers before receipt."""
    max_supplements: int | None = None
    """Demands for more papers after appraisal began."""
    supplement_clock: SupplementClock | None = None
    max_suspensions: int | None = None
    max_extensions: int | None = None
    extension_notice_days: int | None = None
    """An extension is filed at the latest this many days before the appointment."""
    decide_at_desk: bool | None = None
    """Whether the staff of the desk are authorised to decide at once (Decree 61/2018/NĐ-CP, art. 17(5))."""

    def __attrs_post_init__(self) -> None:
        for name in _COUNTS:
            value: object = getattr(self, name)
            if value is not None and (
                not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _HIGHEST_COUNT
            ):
                raise InvalidValueError.of(
                    name,
                    value,
                    vi=f"số nguyên từ 0 đến {_HIGHEST_COUNT}",
                    en=f"a whole number from 0 to {_HIGHEST_COUNT}",
                )
        clock = cast("object", self.supplement_clock)
        if clock is not None and not isinstance(clock, SupplementClock):
            raise InvalidValueError.of("supplement_clock", clock, vi="một SupplementClock", en="a SupplementClock")
        desk = cast("object", self.decide_at_desk)
        if desk is not None and not isinstance(desk, bool):
            raise InvalidValueError.of("decide_at_desk", desk, vi="đúng hoặc sai", en="True or False")


_COUNTS: Final = (
    "max_intake_supplements",
    "max_supplements",
    "max_suspensions",
    "max_extensions",
    "extension_notice_days",
)


NO_POLICY: Final = Policy()
"""Nothing of its own: the lifecycle's values hold."""


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

    def __attrs_post_init__(self) -> None:
        set_ = object.__setattr__
        for name in ("id", "procedure", "procedure_version", "lifecycle"):
            value: object = getattr(self, name)
            if value is not None or name != "procedure_version":
                set_(self, name, _text(CREATED, value, name, longest=_LONGEST_NAME))
        known = [channel.value for channel in Channel]
        if self.channel not in known:
            shown = ", ".join(known)
            raise _invalid(
                CREATED,
                Text(
                    vi=f"channel: {self.channel!r} không thuộc {shown}",
                    en=f"channel: {self.channel!r} is not one of {shown}",
                ),
            )
        set_(self, "channel", Channel(self.channel))


_TEXTS: Final = ("actor", "role", "unit", "reason", "ground", "key")


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
    reason: str | None = None
    """Why, in the words of the slip."""
    ground: str | None = None
    """The legal ground that the person gave."""
    papers: tuple[str, ...] = ()
    """Papers handed in, asked for or issued."""
    due: datetime | None = None
    """The new appointment, of an event that makes one."""
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
            set_(self, "papers", _papers(kind, self.papers))
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


def _papers(kind: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple | list) or len(cast("tuple[object, ...]", value)) > _MOST_PAPERS:
        raise _invalid(kind, Text(vi="papers: cần danh sách giấy tờ", en="papers: expected a sequence of names"))
    return tuple(_text(kind, paper, "papers") for paper in cast("tuple[object, ...]", value))


def _amount(kind: str, value: object) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise _invalid(
            kind, Text(vi="amount: cần số tiền chính xác, không âm", en="amount: expected an exact sum, not negative")
        )
    return value
