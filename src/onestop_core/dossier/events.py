"""Events: what happened to a dossier, when, by whom and why. The log of events is the dossier's only truth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Context, Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import filler
from onestop_core.dossier.gates import members
from onestop_core.dossier.lifecycle.policies import NO_POLICY, Policy
from onestop_core.errors import InvalidDocumentError, InvalidEventError, InvalidValueError
from onestop_core.model import Channel, DossierCode, aware
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, nfc, shown
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from onestop_core.dossier.lifecycle.codes import EventKind, RoleCode

__all__ = ["CREATED", "Event", "Opening", "event"]

CREATED: Final = "created"
"""The kind of the first event of every dossier; the machine writes it, no table has it."""

_LONGEST: Final = 4_000
_LONGEST_NAME: Final = 200
_LONGEST_KIND: Final = 64
_MOST_PAPERS: Final = 1_000
_MOST_STRUCK: Final = 100
_MOST_NUMBERED: Final = 100_000
_DIGITS, _PLACES = 18, 6
"""Digits of an amount before and after the point, as in the schema ``event-log``."""


def _code(value: DossierCode | str) -> str:
    return _name("id", value.text if isinstance(value, DossierCode) else value)


def _name(what: str, value: object) -> str:
    return _text(CREATED, value, what, _LONGEST_NAME)


def _procedure(value: str) -> str:
    return _name("procedure", value)


def _lifecycle(value: str) -> str:
    return _name("lifecycle", value)


def _version(value: str | None) -> str | None:
    return None if value is None else _name("procedure_version", value)


def _receiving(value: str | None) -> str | None:
    return None if value is None else _name("receiving_unit", value)


def _competent(value: str | None) -> str | None:
    return None if value is None else _name("competent_unit", value)


def _support(value: str | None) -> str | None:
    return None if value is None else _name("support_unit", value)


def _required(value: Iterable[str]) -> tuple[str, ...]:
    return _papers(CREATED, value, "required_papers")


def _published(value: Iterable[str]) -> tuple[str, ...]:
    return _papers(CREATED, value, "published_papers")


def _filed_by(value: Channel | str) -> Channel:
    return _channel(CREATED, value)


def _policy(value: Policy | None) -> Policy:
    if value is None:
        return NO_POLICY
    if not isinstance(cast("object", value), Policy):
        raise _invalid(
            CREATED, Text(vi=f"policy: {shown(value)} không phải Policy", en=f"policy: {shown(value)} is no Policy")
        )
    return value


@attrs.frozen(kw_only=True, repr=False)
class Opening:
    """What a dossier is from its first moment on, and never changes: carried by the ``created`` event.

    >>> Opening(id="H26.12-260212-0001", procedure="1.004222", channel="online", lifecycle="vn@decree-118-2025")
    <Opening H26.12-260212-0001 1.004222>

    Raises:
        InvalidEventError: an empty or overlong text, or an unknown channel.
    """

    id: str = attrs.field(converter=_code)
    """The host's name for the dossier: its code or any other text."""
    procedure: str = attrs.field(converter=_procedure)
    """Code of the procedure."""
    procedure_version: str | None = attrs.field(default=None, converter=_version)
    """The edition of the procedure that applies, as the host names it."""
    channel: Channel = attrs.field(converter=_filed_by)
    """How it came in."""
    lifecycle: str = attrs.field(converter=_lifecycle)
    """Reference of the lifecycle edition pinned on the dossier, such as ``vn@decree-118-2025``."""
    policy: Policy = attrs.field(default=NO_POLICY, converter=_policy)
    """Where the procedure's own rules differ from the lifecycle's."""
    receiving_unit: str | None = attrs.field(default=None, converter=_receiving)
    """The unit whose desk takes it in. To help with a dossier, or to receive it, gives no power to decide it."""
    competent_unit: str | None = attrs.field(default=None, converter=_competent)
    """The authority that decides."""
    support_unit: str | None = attrs.field(default=None, converter=_support)
    """The point that helped the applicant to file; on record, with no power over the dossier."""
    required_papers: tuple[str, ...] = attrs.field(default=(), converter=_required)
    """The papers without which it is not received; none: not judged here."""
    published_papers: tuple[str, ...] = attrs.field(default=(), converter=_published)
    """Every paper that may be asked for, the required ones apart; with neither list, any."""

    def __repr__(self) -> str:
        return f"<Opening {line(self.id)} {line(self.procedure)}>"


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
    """Money in đồng, of an event about money; without useless zeros, so that equal amounts are written alike."""
    key: str | None = None
    """Idempotency key; the same event sent twice under one key counts once."""
    event: tuple[int | str, ...] = ()
    """Of an event that strikes others from the log: their numbers (``created`` is number 0) or their keys."""
    opening: Opening | None = None
    """Of the ``created`` event only."""

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
        event: int | str | Iterable[int | str] = (),
        opening: Opening | None = None,
    ) -> None:
        kind = _kind(kind)
        is_opening = opening is not None and isinstance(cast("object", opening), Opening)
        if is_opening is not (kind == CREATED) or is_opening is (opening is None):
            raise _invalid(
                kind,
                Text(
                    vi="opening (một Opening) có ở sự kiện created và chỉ ở đó",
                    en="an Opening belongs to the created event as its opening, and to no other",
                ),
            )
        _fill(
            self,
            kind,
            _moment(kind, at, "at"),
            None if actor is None else _text(kind, actor, "actor"),
            None if role is None else _text(kind, role, "role"),
            None if unit is None else _text(kind, unit, "unit"),
            None if to_actor is None else _text(kind, to_actor, "to_actor"),
            None if to_unit is None else _text(kind, to_unit, "to_unit"),
            None if task is None else _text(kind, task, "task"),
            None if channel is None else _channel(kind, channel),
            None if reason is None else _text(kind, reason, "reason"),
            None if ground is None else _text(kind, ground, "ground"),
            _papers(kind, papers, "papers"),
            None if due is None else _moment(kind, due, "due"),
            None if amount is None else _amount(kind, amount),
            None if key is None else _text(kind, key, "key"),
            () if type(event) is tuple and not event else _references(kind, event),
            opening,
        )

    def __repr__(self) -> str:
        return f"<Event {line(self.kind)} {self.at.isoformat()}>"

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Event:
        """Return the event that a JSON object describes.

        >>> Event.from_dict({"kind": "received", "at": "2026-02-12T09:30:00+07:00"}).kind
        'received'

        Raises:
            InvalidEventError: it does not describe one.
        """
        kind: object = "?"
        try:
            given = members(document)
            kind = given.get("kind", kind)
            return structure(given, cls)
        except InvalidDocumentError as error:
            first = error.problems[:3]
            vi, en = ("; ".join(f"{p.path}: {p.text.in_(language)}" for p in first) for language in _LANGUAGES)
            raise _invalid(kind, Text(vi=vi, en=en)) from error.__cause__

    def to_dict(self) -> dict[str, Any]:
        """Return the event as a JSON object; ``Event.from_dict(event.to_dict()) == event``."""
        return cast("dict[str, Any]", unstructure(self))


event = Event
"""The same class, for those who like to read ``dossier.event("received", at)`` in a long story."""

_fill: Final = filler(Event)
_LANGUAGES: Final = ("vi", "en")


def _invalid(kind: object, reason: Text) -> InvalidEventError:
    return InvalidEventError(event=kind[:_LONGEST_KIND] if isinstance(kind, str) else shown(kind), reason=reason)


def _is_everyday(value: object, longest: int) -> bool:
    """Whether *value* is a text about which nothing has to be asked any further."""
    return type(value) is str and 0 < len(value) <= longest and value.isascii() and "\0" not in value


def _kind(value: object) -> str:
    if _is_everyday(value, _LONGEST_KIND):
        return cast("str", value)
    if not isinstance(value, str) or not _is_text(value, _LONGEST_KIND):
        raise _invalid(
            value,
            Text(
                vi=f"kind: cần mã sự kiện từ 1 đến {_LONGEST_KIND} ký tự, như received",
                en=f"kind: expected the code of an event of 1 to {_LONGEST_KIND} characters, such as received",
            ),
        )
    return nfc(str.__str__(value))


def _moment(kind: str, value: object, name: str) -> datetime:
    try:
        return aware(value, name)
    except InvalidValueError as error:
        raise _invalid(kind, error.message) from None


def _is_text(value: str, longest: int) -> bool:
    if not 0 < len(value) <= longest or "\0" in value:
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return len(nfc(value)) <= longest


def _text(kind: str, value: object, name: str, longest: int = _LONGEST) -> str:
    if _is_everyday(value, longest):
        return cast("str", value)
    if not isinstance(value, str) or not _is_text(value, longest):
        raise _invalid(
            kind,
            Text(
                vi=f"{name}: cần chuỗi Unicode từ 1 đến {longest} ký tự, không có ký tự NUL",
                en=f"{name}: expected text of 1 to {longest} characters, in Unicode and without NUL",
            ),
        )
    return nfc(str.__str__(value))


def _papers(kind: str, value: object, name: str) -> tuple[str, ...]:
    if type(value) is tuple and not value:
        return ()
    listed = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    papers = tuple(islice(cast("Iterable[object]", value), _MOST_PAPERS + 1)) if listed else None
    if papers is None or len(papers) > _MOST_PAPERS:
        raise _invalid(
            kind,
            Text(
                vi=f"{name}: cần danh sách tên giấy tờ, nhiều nhất {_MOST_PAPERS}",
                en=f"{name}: expected a sequence of names, {_MOST_PAPERS} at most",
            ),
        )
    return tuple(_text(kind, paper, name) for paper in papers)


def _references(kind: str, value: object) -> tuple[int | str, ...]:
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    given = tuple(islice(cast("Iterable[object]", value), _MOST_STRUCK + 1)) if several else (value,)
    numbers = [each for each in given if type(each) is int and 0 <= each < _MOST_NUMBERED]
    if not 0 < len(given) <= _MOST_STRUCK or len(numbers) + sum(isinstance(each, str) for each in given) < len(given):
        raise _invalid(
            kind,
            Text(
                vi=f"sự kiện bị hủy (event): cần số thứ tự hoặc khóa, từ 1 đến {_MOST_STRUCK} sự kiện",
                en=f"event: expected numbers or keys of events, of 1 to {_MOST_STRUCK}",
            ),
        )
    return tuple(_text(kind, each, "event") if isinstance(each, str) else cast("int", each) for each in given)


def _channel(kind: str, value: object) -> Channel:
    try:
        return Channel.of(value, "channel")
    except InvalidValueError as error:
        raise _invalid(kind, error.message) from None


_WRITTEN: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")
_EXACT: Final = Context(prec=100, traps=[])


def _amount(kind: str, value: object) -> Decimal:
    given: Decimal | None = None
    if isinstance(value, Decimal):
        given = value
    elif (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**_DIGITS) or (
        isinstance(value, str) and _WRITTEN.fullmatch(value)
    ):
        given = Decimal(value)
    if given is None or not given.is_finite() or (given and not -_PLACES - _DIGITS <= given.adjusted() < _DIGITS):
        raise _not_an_amount(kind)
    if not given:
        return Decimal(0)
    plain = _EXACT.normalize(given)
    exponent = cast("int", plain.as_tuple().exponent)
    if plain < 0 or exponent < -_PLACES:
        raise _not_an_amount(kind)
    return _EXACT.quantize(plain, Decimal(1)) if exponent > 0 else plain


def _not_an_amount(kind: str) -> InvalidEventError:
    return _invalid(
        kind,
        Text(
            vi=f'amount: cần số tiền chính xác, không âm (int, Decimal hoặc chuỗi chữ số như "15000"), nhiều nhất '
            f"{_DIGITS} chữ số và {_PLACES} chữ số thập phân",
            en=f'amount: expected an exact sum, not negative (int, Decimal or text such as "15000"), of at most '
            f"{_DIGITS} digits and {_PLACES} decimals",
        ),
    )
