"""Exact amounts that measures take: whole numbers, exact numbers, shares; and how they are shown."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidValueError

if TYPE_CHECKING:
    import attrs

__all__ = [
    "EXACT",
    "MOST",
    "check_count",
    "check_flag",
    "check_label",
    "check_label_or_none",
    "computed",
    "computed_or_none",
    "exact",
    "exact_or_none",
    "label",
    "part_of",
    "rounded",
    "shown",
    "whole",
]

MOST: Final = 10**40
"""Amounts and counts stay below this, as numbers in documents do."""
_READABLE: Final = 10**400
EXACT: Final = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Moves a decimal point, or adds, whatever the caller's decimal context."""


def whole(value: object, what: str) -> int:
    """Return a whole number from 0 on, refusing everything else, ``True`` included.

    Raises:
        InvalidValueError: it is something else.
    """
    if type(value) is not int or not 0 <= value < MOST:
        raise InvalidValueError.of(what, value, vi="số nguyên từ 0 trở lên", en="a whole number from 0 on")
    return value


def exact(value: Any, what: str, *, positive: bool = False) -> Fraction:
    """Return an exact number from 0 on (above 0 if *positive*): int, Decimal or Fraction, never a float.

    Raises:
        InvalidValueError: it is something else.
    """
    plain = isinstance(value, int | Fraction) and not isinstance(value, bool)
    if plain or (isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= 40):
        number = Fraction(value)
        if 0 <= number < MOST and not (positive and number == 0):
            return number
    raise InvalidValueError.of(
        what,
        value,
        vi=f"số chính xác (int, Decimal, Fraction) {'lớn hơn 0' if positive else 'từ 0 trở lên'}",
        en=f"an exact number (int, Decimal, Fraction) {'above 0' if positive else 'from 0 on'}",
    )


def computed(value: Any, what: str) -> Fraction:
    """Return an exact number that sums and products gave: of at most 400 digits above and below the line.

    Raises:
        InvalidValueError: it is something else, or larger than anybody could read.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        number = Fraction(value)
        if abs(number.numerator) < _READABLE and number.denominator < _READABLE:
            return number
    raise InvalidValueError.of(
        what, value, vi="số chính xác không quá 400 chữ số", en="an exact number of at most 400 digits"
    )


def computed_or_none(value: Any, what: str) -> Fraction | None:
    """Return None for None, else as :func:`computed`."""
    return None if value is None else computed(value, what)


def exact_or_none(value: Any, what: str) -> Fraction | None:
    """Return None for None, else as :func:`exact`."""
    return None if value is None else exact(value, what)


def label(value: object, what: str) -> str:
    """Return text that is not empty.

    Raises:
        InvalidValueError: it is something else.
    """
    if not isinstance(value, str) or not value:
        raise InvalidValueError.of(what, value, vi="chuỗi không rỗng", en="text that is not empty")
    return value


def check_label(_: object, field: attrs.Attribute[str], value: object) -> None:
    """Validate a field that holds text."""
    label(value, field.name)


def check_label_or_none(_: object, field: attrs.Attribute[str | None], value: object) -> None:
    """Validate a field that holds text or None."""
    if value is not None:
        label(value, field.name)


def check_count(_: object, field: attrs.Attribute[int | None], value: object) -> None:
    """Validate a field that holds a whole number or None."""
    if value is not None:
        whole(value, field.name)


def check_flag(_: object, field: attrs.Attribute[bool | None], value: object) -> None:
    """Validate a field that holds True, False or None."""
    if value is not None and not isinstance(value, bool):
        raise InvalidValueError.of(field.name, value, vi="True, False hoặc None", en="True, False or None")


def part_of(part: int | None, of: int | None, what: str) -> None:
    """Refuse a part that is larger than its whole, where both are known.

    Raises:
        InvalidValueError: it is.
    """
    if part is not None and of is not None and part > of:
        raise InvalidValueError.of(what, part, vi=f"không lớn hơn {of}", en=f"at most {of}")


def rounded(value: Fraction, decimals: int = 2) -> Decimal:
    """Return *value* to so many decimals, a tie away from zero, whatever the caller's decimal context.

    >>> rounded(Fraction(1652, 2306) * 100), rounded(Fraction(-1, 8))
    (Decimal('71.64'), Decimal('-0.13'))
    """
    scaled = abs(value) * 10**decimals
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units if value >= 0 else -units).scaleb(-decimals, EXACT)


def shown(value: Fraction | Decimal | None, decimals: int = 2) -> str | None:
    """Return a number as decimal text, rounded where it does not end before; None for None.

    >>> shown(Fraction(5, 2)), shown(Fraction(2, 3)), shown(Fraction(40000)), shown(None)
    ('2.5', '0.67', '40000', None)
    """
    if value is None:
        return None
    text = format(rounded(Fraction(value), decimals), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
