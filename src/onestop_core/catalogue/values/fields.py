"""What the fields of a catalogue's values take: what their annotation says, a code's text, a list for a tuple.

Values are hashable and cannot change, whoever makes them: from a document, or by hand in Python. A wrong type is
refused where it is given, not later where it is used.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap, plain_day
from onestop_core.text import nfc
from onestop_core.text.codes import Code

if typing.TYPE_CHECKING:
    import attrs

__all__ = ["at_least_one", "expect", "plain_word", "quantity", "typed"]

Take = Callable[[Any], Any]
T = TypeVar("T")

_MOST_DIGITS: Final = 40
"""Most digits before the point of an amount: more than any sum of money (as in documents)."""
_FINEST: Final = 10**6


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
    kind: type[Any] = hint
    if issubclass(kind, Code):
        return _code(kind, what)
    by_kind: dict[type, Callable[[str], Take]] = {
        str: _text,
        bool: _truth,
        int: _whole,
        Decimal: _amount,
        Fraction: _exact,
        date: _day,
    }
    return by_kind[kind](what) if kind in by_kind else _value(kind, what)


def plain_word(value: object) -> str | None:
    """Return a text as plain ``str``; None for anything else. A subclass could say one thing and compare as another."""
    return str.__str__(value) if isinstance(value, str) else None


def expect(value: object, kind: type[T], what: str) -> T:
    """Return *value*, a *kind*.

    Raises:
        InvalidValueError: it is something else.
    """
    if not isinstance(value, kind):
        raise InvalidValueError.of(what, value, vi=f"giá trị {kind.__name__}", en=f"a {kind.__name__}")
    return value


def _plain_items(values: list[Any] | tuple[Any, ...]) -> Iterable[Any]:
    # A subclass could yield something else than what it holds.
    plain: Any = list if isinstance(values, list) else tuple
    items: list[Any] = plain.__getitem__(values, slice(None))
    return items


def _optional(take: Take) -> Take:
    return lambda value: None if value is None else take(value)


def _one_of(known: tuple[Any, ...], what: str) -> Take:
    def take(value: Any) -> Any:
        plain = plain_word(value)
        if plain not in known:
            raise InvalidValueError.one_of(what, value, known)
        return plain

    return take


def _many(item: Take, what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, tuple | list):
            raise InvalidValueError.of(what, value, vi="một danh sách", en="a tuple or list")
        return tuple([item(each) for each in _plain_items(cast("list[Any]", value))])

    return take


def _named(key: Take, item: Take, what: str) -> Take:
    def take(value: Any) -> Any:
        items = _items(value)
        if items is None:
            raise InvalidValueError.of(what, value, vi="một bảng theo tên", en="a mapping")
        return FrozenMap({key(name): item(each) for name, each in items})

    return take


def _items(value: Any) -> list[tuple[Any, Any]] | None:
    """Return what stands in a mapping; None if it is none, or one that cannot be read."""
    try:
        return list(value.items()) if isinstance(value, Mapping) else None  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    except Exception:  # noqa: BLE001 - somebody else's mapping may raise anything
        return None


def _code(kind: type[Code], what: str) -> Take:
    def take(value: Any) -> Any:
        return value if type(value) is kind else kind.of(value, what)

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
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**_MOST_DIGITS:
            raise InvalidValueError.of(what, value, vi="số nguyên", en="a whole number")
        return int(value)

    return take


def _truth(what: str) -> Take:
    def take(value: Any) -> Any:
        if not isinstance(value, bool):
            raise InvalidValueError.of(what, value, vi="True hoặc False", en="True or False")
        return value

    return take


def _exact(what: str) -> Take:
    def take(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise InvalidValueError.of(what, value, vi="số chính xác (Fraction)", en="an exact number (Fraction)")
        number = Fraction(value)
        # Time limits, money and pieces have at most six decimals.
        if _FINEST % number.denominator or abs(number) >= 10**_MOST_DIGITS:
            raise InvalidValueError.of(
                what, value, vi="số có tối đa sáu chữ số thập phân", en="a number of at most six decimals"
            )
        return number

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


def _value(kind: type[Any], what: str) -> Take:
    def take(value: Any) -> Any:
        return expect(value, kind, what)

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
