"""What the fields of a catalogue's values take: what their annotation says, a code's text, a list for a tuple.

Values are hashable and cannot change, whoever makes them: from a document, or by hand in Python. A wrong type is
refused where it is given, not later where it is used.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeVar

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model import plain_day
from onestop_core.model.words import is_unicode
from onestop_core.text import nfc

if TYPE_CHECKING:
    import attrs

__all__ = ["at_least_one", "expect", "plain_word", "quantity", "typed"]

T = TypeVar("T")

_MOST_DIGITS: Final = 40
"""Most digits before the point of an amount: more than any sum of money (as in documents)."""
_FINEST: Final = 10**6


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


def _text(value: object, what: str) -> str:
    plain = nfc(value) if isinstance(value, str) else "\0"
    if "\0" in plain or not is_unicode(plain):
        raise InvalidValueError.of(what, value, vi="chuỗi Unicode không có ký tự NUL", en="Unicode text without NUL")
    return plain


def _whole(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**_MOST_DIGITS:
        raise InvalidValueError.of(what, value, vi="số nguyên", en="a whole number")
    return int(value)


def _exact(value: object, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise InvalidValueError.of(what, value, vi="số chính xác (Fraction)", en="an exact number (Fraction)")
    number = Fraction(value)
    # Time limits, money and pieces have at most six decimals.
    if _FINEST % number.denominator or abs(number) >= 10**_MOST_DIGITS:
        raise InvalidValueError.of(
            what, value, vi="số có tối đa sáu chữ số thập phân", en="a number of at most six decimals"
        )
    return number


def _amount(value: object, what: str) -> Decimal:
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(number, Decimal) or not number.is_finite() or number.adjusted() >= _MOST_DIGITS or number < 0:
        raise InvalidValueError.of(
            what, value, vi="số tiền chính xác, không âm (Decimal)", en="an exact amount, not negative (Decimal)"
        )
    return number.copy_abs()  # of zero, too, there is one


typed: Final = gated({str: _text, int: _whole, Fraction: _exact, Decimal: _amount, date: plain_day})
"""The ``field_transformer`` of every value of a catalogue.

>>> from onestop_core.catalogue.values import Scope, ReceivingPlace
>>> from onestop_core.text import Text
>>> ReceivingPlace(name=Text(vi="Trung tâm", en="Centre"), scope="nationwide", basis=["law"]).basis
('law',)
>>> ReceivingPlace(name="Trung tâm", scope=Scope.NATIONWIDE)
Traceback (most recent call last):
onestop_core.errors.InvalidValueError: name: cannot use 'Trung tâm'; expected a Text
"""


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
