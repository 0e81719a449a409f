"""What may stand in a field of an event: brought to one form, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.events.rows import Version
from onestop_core.dossier.lifecycle.editions import event_name
from onestop_core.errors import InvalidEventError, InvalidValueError
from onestop_core.errors.names import vietnamese_name
from onestop_core.model import Channel, FrozenMap, aware, freeze, thaw
from onestop_core.rules.reading.documents import inspect
from onestop_core.text import Text, nfc, shown

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "CREATED",
    "LONGEST_NAME",
    "amount_of",
    "channel_of",
    "flag_of",
    "invalid",
    "kind_of",
    "moment_of",
    "papers_of",
    "redacted_of",
    "references_of",
    "text_of",
    "unknown_field",
    "unknown_of",
    "version_of",
]

CREATED: Final = "created"
"""The kind of the first event of every dossier; the machine writes it, no table has it."""

LONGEST_NAME: Final = 200
_LONGEST: Final = 4_000
_LONGEST_KIND: Final = 64
_MOST_PAPERS: Final = 1_000
_MOST_STRUCK: Final = 100
_MOST_NUMBERED: Final = 100_000
_MOST_NAMED: Final = 5
_DIGITS, _PLACES = 18, 6
"""Digits of an amount before and after the point, as in the schema ``event-log``."""


def invalid(kind: object, reason: Text) -> InvalidEventError:
    """Return the error for an event of *kind* that is not sound."""
    return InvalidEventError(
        event=kind[:_LONGEST_KIND] if isinstance(kind, str) else shown(kind), reason=reason, event_name=event_name(kind)
    )


def _is_everyday(value: object, longest: int) -> bool:
    """Whether *value* is a text about which nothing has to be asked any further."""
    return type(value) is str and 0 < len(value) <= longest and value.isascii() and "\0" not in value


def kind_of(value: object) -> str:
    """Return *value* as the code of an event."""
    if _is_everyday(value, _LONGEST_KIND):
        return cast("str", value)
    if not isinstance(value, str) or not _is_text(value, _LONGEST_KIND):
        raise invalid(
            value,
            Text(
                vi=f"kind: cần mã sự kiện từ 1 đến {_LONGEST_KIND} ký tự, như received",
                en=f"kind: expected the code of an event of 1 to {_LONGEST_KIND} characters, such as received",
            ),
        )
    return nfc(str.__str__(value))


def moment_of(kind: str, value: object, name: str) -> datetime:
    """Return *value* as an aware moment."""
    try:
        return aware(value, name)
    except InvalidValueError as error:
        raise invalid(kind, error.message) from None


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


def text_of(kind: str, value: object, name: str, longest: int = _LONGEST) -> str:
    """Return *value* as text that can be stored, in NFC."""
    if _is_everyday(value, longest):
        return cast("str", value)
    if not isinstance(value, str) or not _is_text(value, longest):
        raise invalid(
            kind,
            Text(
                vi=f"{vietnamese_name(name)}: cần chuỗi Unicode từ 1 đến {longest} ký tự, không có ký tự NUL",
                en=f"{name}: expected text of 1 to {longest} characters, in Unicode and without NUL",
            ),
        )
    return nfc(str.__str__(value))


def papers_of(kind: str, value: object, name: str) -> tuple[str, ...]:
    """Return *value* as names of papers."""
    if type(value) is tuple and not value:
        return ()
    listed = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    papers = tuple(islice(cast("Iterable[object]", value), _MOST_PAPERS + 1)) if listed else None
    if papers is None or len(papers) > _MOST_PAPERS:
        raise invalid(
            kind,
            Text(
                vi=f"{vietnamese_name(name)}: cần danh sách tên giấy tờ, nhiều nhất {_MOST_PAPERS}",
                en=f"{name}: expected a sequence of names, {_MOST_PAPERS} at most",
            ),
        )
    return tuple(text_of(kind, paper, name) for paper in papers)


def references_of(kind: str, value: object) -> tuple[int | str, ...]:
    """Return *value* as numbers and keys of events, one or several."""
    plain: object = value
    given: tuple[object, ...] = (plain,)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        given = tuple(islice(cast("Iterable[object]", plain), _MOST_STRUCK + 1))
    numbers = [each for each in given if type(each) is int and 0 <= each < _MOST_NUMBERED]
    if not 0 < len(given) <= _MOST_STRUCK or len(numbers) + sum(isinstance(each, str) for each in given) < len(given):
        raise invalid(
            kind,
            Text(
                vi=f"sự kiện bị hủy (event): cần số thứ tự hoặc khóa, từ 1 đến {_MOST_STRUCK} sự kiện",
                en=f"event: expected numbers or keys of events, of 1 to {_MOST_STRUCK}",
            ),
        )
    return tuple(text_of(kind, each, "event") if isinstance(each, str) else cast("int", each) for each in given)


def flag_of(kind: str, value: object, name: str) -> bool:
    """Return *value* as a yes or no."""
    if not isinstance(value, bool):
        raise invalid(
            kind, Text(vi=f"{vietnamese_name(name)}: cần đúng hoặc sai", en=f"{name}: expected True or False")
        )
    return value


def channel_of(kind: str, value: object) -> Channel:
    """Return *value* as a channel."""
    try:
        return Channel.of(value, "channel")
    except InvalidValueError as error:
        raise invalid(kind, error.message) from None


_WRITTEN: Final = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")
_EXACT: Final = Context(prec=100, traps=[])


def amount_of(kind: str, value: object) -> Decimal:
    """Return *value* as a sum of money, without useless zeros."""
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
    return invalid(
        kind,
        Text(
            vi=f'amount: cần số tiền chính xác, không âm (int, Decimal hoặc chuỗi chữ số như "15000"), nhiều nhất '
            f"{_DIGITS} chữ số và {_PLACES} chữ số thập phân",
            en=f'amount: expected an exact sum, not negative (int, Decimal or text such as "15000"), of at most '
            f"{_DIGITS} digits and {_PLACES} decimals",
        ),
    )


def version_of(kind: str, value: object) -> str:
    """Return *value* as a version of a row."""
    version = Version.of(value)
    if version is None or version.major != 1:
        raise invalid(
            kind,
            Text(
                vi="phiên bản lược đồ: cần phiên bản như 1.1",
                en="schema_version: expected a version such as 1.1",
            ),
        )
    return str.__str__(cast("str", value))


def unknown_field(names: Iterable[str]) -> Text:
    """Return what is said of fields that the version of the row does not have."""
    listed = ", ".join(sorted(shown(name) for name in islice(names, _MOST_NAMED)))
    return Text(vi=f"thuộc tính không xác định: {listed}", en=f"unknown property: {listed}")


def unknown_of(kind: str, value: object, version: object) -> FrozenMap[str, object]:
    """Return *value* as the fields of a newer version, which are JSON and cannot change."""
    found = Version.of(version)
    items: object = thaw(value) if isinstance(value, FrozenMap) else value
    if not isinstance(items, dict) or inspect(cast("object", items)):
        raise invalid(
            kind,
            Text(
                vi="phần không xác định (unknown): cần đối tượng JSON",
                en="unknown: expected a JSON object of what a newer version says",
            ),
        )
    if items and (found is None or not found.is_newer):
        raise invalid(kind, unknown_field(cast("dict[str, Any]", items)))
    return cast("FrozenMap[str, object]", freeze(items))


def redacted_of(kind: str, value: object) -> FrozenMap[str, Redacted]:
    """Return *value* as the record of the fields that were redacted."""
    if not isinstance(value, Mapping) or not all(
        isinstance(name, str) and isinstance(each, Redacted)
        for name, each in cast("Mapping[object, object]", value).items()
    ):
        raise invalid(
            kind,
            Text(
                vi="phần đã che (redacted): cần giá trị Redacted theo tên trường",
                en="redacted: expected a Redacted by the name of each field",
            ),
        )
    return FrozenMap(cast("Mapping[str, Redacted]", value))
