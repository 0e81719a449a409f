"""What the fields of a catalogue's values take: what their annotation says, a code's text, a list for a tuple.

Values are hashable and cannot change, whoever makes them: from a document, or by hand in Python. A wrong type is
refused where it is given, not later where it is used.
"""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap, plain_day
from onestop_core.text import nfc

if typing.TYPE_CHECKING:
    import attrs

__all__ = ["at_least_one", "quantity", "typed"]

Take = Callable[[Any], Any]

_MOST_DIGITS: Final = 40
"""Most digits before the point of an amount: more than any sum of money (as in documents)."""


def typed(kind: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Give each field a converter that takes what its annotation says; a ``field_transformer`` of attrs.

    >>> from onestop_core.catalogue.values import Scope, ReceivingPlace
    >>> from onestop_core.text import Text
    >>> ReceivingPlace(name=Text(vi="Trung tâm", en="Centre"), scope="nationwide", basis=["law"]).basis
    ('law',)
    >>> ReceivingPlace(name="Trung tâm", scope=Scope.NATIONWIDE)
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: ReceivingPlace.name: cannot use 'Trung tâm'; expected a Text
    """
    return [field.evolve(converter=_taking(kind, field.name)) if field.init else field for field in fields]


def _taking(kind: type, name: str) -> Take:
    take: Take | None = None

    def converter(value: Any) -> Any:
        nonlocal take
        if take is None:  # annotations can be read only when the module of the class is complete
            take = _taker(typing.get_type_hints(kind)[name], f"{kind.__name__}.{name}")
        return take(value)

    return converter


def _taker(hint: Any, what: str) -> Take:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        (inner,) = (argument for argument in arguments if argument is not types.NoneType)
        return _optional(_taker(inner, what))
    if origin is typing.Literal:
        return _one_of(arguments, what)
    if origin is tuple:
        return _many(_taker(arguments[0], what), what)
    if origin is Mapping:
        return _named(_taker(arguments[0], what), _taker(arguments[1], what), what)
    kind = cast("type", hint)
    if issubclass(kind, enum.StrEnum):
        return _code(kind, what)
    by_kind: dict[type, Callable[[str], Take]] = {str: _text, int: _whole, Decimal: _amount, date: _day}
    return by_kind[kind](what) if kind in by_kind else _value(kind, what)


def _optional(take: Take) -> Take:
    return lambda value: None if value is None else take(value)


def _one_of(known: tuple[Any, ...], what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, str) or value not in known:
            raise InvalidValueError.one_of(what, value, known)
        return str(value)

    return take


def _many(item: Take, what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, tuple | list):
            raise InvalidValueError.of(what, value, vi="một danh sách", en="a tuple or list")
        return tuple([item(each) for each in cast("list[Any]", value)])

    return take


def _named(key: Take, item: Take, what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise InvalidValueError.of(what, value, vi="một bảng theo tên", en="a mapping")
        return FrozenMap({key(name): item(each) for name, each in value.items()})

    return take


def _code(kind: type[enum.StrEnum], what: str) -> Take:
    def take(value: Any) -> Any:
        if type(value) is kind:
            return value
        try:
            return kind(value)
        except ValueError:
            raise InvalidValueError.one_of(what, value, kind) from None

    return take


def _text(what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, str):
            raise InvalidValueError.of(what, value, vi="văn bản", en="text")
        plain = nfc(value)
        if "\0" in plain or not _is_unicode(plain):
            raise InvalidValueError.of(
                what, value, vi="chuỗi Unicode không có ký tự NUL", en="Unicode text without NUL"
            )
        return plain

    return take


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True


def _whole(what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidValueError.of(what, value, vi="số nguyên", en="a whole number")
        return int(value)

    return take


def _amount(what: str) -> Take:
    def take(value: Any) -> Any:
        number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(number, Decimal) or not number.is_finite() or number.adjusted() >= _MOST_DIGITS or number < 0:
            raise InvalidValueError.of(
                what, value, vi="số tiền chính xác, không âm (Decimal)", en="an exact amount, not negative (Decimal)"
            )
        return number.copy_abs()  # of zero, too, there is one

    return take


def _day(what: str) -> Take:
    return lambda value: plain_day(value, what)


def _value(kind: type, what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, kind):
            raise InvalidValueError.of(what, value, vi=f"giá trị {kind.__name__}", en=f"a {kind.__name__}")
        return value

    return take


def at_least_one(_: object, field: attrs.Attribute[Any], value: tuple[Any, ...]) -> None:
    """Refuse an empty tuple; a validator of attrs."""
    if not value:
        raise InvalidValueError.of(field.name, value, vi="ít nhất một mục", en="at least one")


_MOST_PIECES: Final = 99


def quantity(_: object, field: attrs.Attribute[Any], value: int) -> None:
    """Refuse what is no number of pieces; a validator of attrs."""
    if not 0 <= value <= _MOST_PIECES:
        raise InvalidValueError.of(
            field.name, value, vi=f"số từ 0 đến {_MOST_PIECES}", en=f"a number from 0 to {_MOST_PIECES}"
        )
