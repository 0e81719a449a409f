"""Numbers, shares and money as people write them: ``528.684`` and ``88,42%`` in Vietnamese, ``528,684`` in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Final, cast

from onestop_core.text.words import Text, refuse

__all__ = ["money", "number", "padded", "percent", "signed"]

_DIGITS: Final = 400
"""Enough for any number that is shown; the caller's decimal context is not asked."""
_LONGEST: Final = 100
"""Most digits before the point, and after it, of a number that is shown: nobody reads more."""
_LARGEST: Final = 10**_LONGEST

Exact = int | Decimal | Fraction


def _ensure_exact(value: object) -> None:
    exact = isinstance(value, int | Fraction) and not isinstance(value, bool)
    # The size is looked at before anything is computed: 1e999999999 is short to write and endless to print.
    if isinstance(value, Decimal):
        exact = (
            value.is_finite() and -_LONGEST <= value.adjusted() < _LONGEST and len(value.as_tuple().digits) <= _LONGEST
        )
    if not (exact and -_LARGEST < cast("Exact", value) < _LARGEST):
        refuse(
            "number",
            value,
            vi=f"số chính xác (int, Decimal, Fraction), không quá {_LONGEST} chữ số",
            en=f"an exact number (int, Decimal, Fraction) of at most {_LONGEST} digits",
        )


def _ensure_places(places: object) -> None:
    if places is not None and not (
        isinstance(places, int) and not isinstance(places, bool) and 0 <= places <= _LONGEST
    ):
        refuse("places", places, vi=f"số nguyên từ 0 đến {_LONGEST}", en=f"a whole number from 0 to {_LONGEST}")


def _decimal(value: Exact, places: int | None) -> Decimal:
    _ensure_exact(value)
    _ensure_places(places)
    with localcontext() as context:
        context.prec = _DIGITS
        context.rounding = ROUND_HALF_UP
        for trap in context.traps:
            context.traps[trap] = False
        exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(value)
        return exact if places is None else exact.quantize(Decimal(1).scaleb(-places))


def number(value: Exact, *, places: int | None = None) -> Text:
    """Return *value* in words of figures, its thousands grouped; rounded half up to *places*, if given.

    >>> from decimal import Decimal
    >>> from fractions import Fraction
    >>> number(528_684).vi, number(528_684).en
    ('528.684', '528,684')
    >>> number(Decimal("17.68")).vi, number(Fraction(1, 32), places=2).vi, number(Decimal("5.00")).en
    ('17,68', '0,03', '5.00')
    >>> number(-1500).vi
    '−1.500'

    Raises:
        InvalidValueError: it is not an exact number, or one that nobody could read.
    """
    english = format(_decimal(value, places), ",f").replace("-", "−")
    return Text(vi=english.translate(_SWAP), en=english)


_SWAP = str.maketrans({",": ".", ".": ","})


def signed(value: Exact, *, places: int | None = None) -> Text:
    """Return *value* with its sign, also where it is positive.

    >>> signed(12).vi, signed(-12).vi, signed(0).vi
    ('+12', '−12', '0')
    """
    shown = number(value, places=places)
    return Text(vi=f"+{shown.vi}", en=f"+{shown.en}") if value > 0 else shown


def percent(value: Exact, *, places: int | None = None) -> Text:
    """Return *value*, already in hundredths, as a share.

    >>> from decimal import Decimal
    >>> percent(Decimal("88.42")).vi, percent(Decimal("88.42")).en
    ('88,42%', '88.42%')
    """
    shown = number(value, places=places)
    return Text(vi=f"{shown.vi}%", en=f"{shown.en}%")


def money(amount: Exact) -> Text:
    """Return a sum of Vietnamese money.

    >>> money(200_000).vi, money(200_000).en
    ('200.000 đồng', '200,000 VND')
    """
    shown = number(amount)
    return Text(vi=f"{shown.vi} đồng", en=f"{shown.en} VND")


def padded(count: int) -> str:
    """Return a small count as Vietnamese offices write it, so that no digit can be put before it.

    >>> padded(5), padded(15)
    ('05', '15')

    Raises:
        InvalidValueError: it is not a whole number from 0 on.
    """
    given = cast("object", count)
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < _LARGEST:
        refuse("count", count, vi="số nguyên từ 0 trở lên", en="a whole number from 0 on")
    return f"{count:02d}"
