"""The gates for numbers from outside: whole numbers, and exact sums in their one normal form."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final

from onestop_core.errors import InvalidValueError

__all__ = ["MOST_DIGITS", "exact_sum", "whole_number"]

MOST_DIGITS: Final = 40
"""Most digits before the point of a number, and after it: as in documents."""
_LARGEST: Final = 10**MOST_DIGITS
_WRITTEN: Final = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DIGITS}}})?", re.ASCII)
_EXACT: Final = Context(prec=2 * MOST_DIGITS)
"""Holds every number within the bounds; the caller's own context is not asked."""


def whole_number(value: object, what: str, *, least: int = 0, most: int = _LARGEST - 1) -> int:
    """Return a whole number from *least* to *most*, refusing everything else, ``True`` and ``1.0`` included.

    >>> whole_number(7, "sequence", least=1)
    7

    Raises:
        InvalidValueError: it is something else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        number = int.__index__(value)
        if least <= number <= most:
            return number
    upper = most < _LARGEST - 1
    raise InvalidValueError.of(
        what,
        value,
        vi=f"số nguyên từ {least}" + (f" đến {most}" if upper else " trở lên"),
        en=f"a whole number from {least}" + (f" to {most}" if upper else " on"),
    )


def exact_sum(value: object, what: str, *, least: int | None = 0) -> Decimal:
    """Return an exact number in its one normal form, so that equal sums are written, and sealed, alike.

    Taken are ``int``, ``Decimal`` and the text of either; never a ``float``, which is not what it says.

    >>> exact_sum(50_000, "amount"), exact_sum(Decimal("50000.00"), "amount"), exact_sum("15000.50", "amount")
    (Decimal('50000'), Decimal('50000'), Decimal('15000.5'))
    >>> exact_sum("1e30000000", "amount")
    Traceback (most recent call last):
    onestop_core.errors.InvalidValueError: amount: cannot use '1e30000000'; expected an exact number (int, Decimal...

    Args:
        value: Anything.
        what: Name of the argument or field, for the message.
        least: Smallest number taken; None for none.

    Raises:
        InvalidValueError: it is something else, below *least*, or of more than 40 digits before or after the point.
    """
    number: Decimal | None = None
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, int) and not isinstance(value, bool):
        whole = int.__index__(value)
        number = Decimal(whole) if -_LARGEST < whole < _LARGEST else None
    elif isinstance(value, str) and _WRITTEN.fullmatch(written := str.__str__(value)):
        number = Decimal(written)
    if number is not None and _is_bounded(number):
        normal = _normal(number)
        if least is None or normal >= least:
            return normal
    raise InvalidValueError.of(
        what,
        value,
        vi="số chính xác (int, Decimal hoặc chuỗi của nó)" + ("" if least is None else f", từ {least} trở lên"),
        en="an exact number (int, Decimal or its text)" + ("" if least is None else f", from {least} on"),
    )


def _is_bounded(number: Decimal) -> bool:
    # Looked at before anything is computed: 1e999999999 is short to write and endless to print.
    if not number.is_finite() or not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        return False
    return len(number.as_tuple().digits) <= 2 * MOST_DIGITS


def _normal(number: Decimal) -> Decimal:
    short = _EXACT.normalize(number)
    # "f" has no exponent; minus nothing is nothing.
    return Decimal(format(short, "f")) if short else Decimal(0)
