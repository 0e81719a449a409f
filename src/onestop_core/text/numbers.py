"""Numbers, shares and money as people write them: ``528.684`` and ``88,42%`` in Vietnamese, ``528,684`` in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from onestop_core.text.words import Text

__all__ = ["money", "number", "padded", "percent", "signed"]

_DIGITS = 400
"""Enough for any number that is shown; the caller's decimal context is not asked."""

Exact = int | Decimal | Fraction


def _decimal(value: Exact, places: int | None) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        context.rounding = ROUND_HALF_UP
        for trap in context.traps:
            context.traps[trap] = False
        exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(value)
        return exact if places is None else exact.quantize(Decimal(1).scaleb(-places))


def number(value: Exact, *, places: int | None = None) -> Text:
    """Return *value* in words of figures, its thousands grouped; rounded half up to *places*, if given.

    >>> number(528_684).vi, number(528_684).en
    ('528.684', '528,684')
    >>> number(Decimal("17.68")).vi, number(Fraction(1, 32), places=2).vi, number(Decimal("5.00")).en
    ('17,68', '0,03', '5.00')
    >>> number(-1500).vi
    '−1.500'
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
    """
    return f"{count:02d}"
