"""How published figures are rounded."""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import EXACT, part_of, whole
from onestop_core.model import Basis

__all__ = ["Rounding", "Ties", "decimal_of", "units_of"]


class Ties(enum.StrEnum):
    """What rounding does with a value exactly half-way."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


MOST_DECIMALS: Final = 6
"""As in ``schemas/kpi-index.schema.json``."""


def units_of(numerator: int, denominator: int, scale: int, ties: Ties) -> int:
    """Return a fraction, not negative, in whole units of which *scale* are 1; the denominator is above 0."""
    scaled = numerator * scale
    if ties is Ties.HALF_EVEN:
        return round(Fraction(scaled, denominator))
    return (2 * scaled + denominator) // (2 * denominator)


@lru_cache(maxsize=1 << 15)
def decimal_of(units: int, decimals: int) -> Decimal:
    """Return *units* of the last decimal as an exact number, whatever the decimal context; few are ever asked for."""
    return Decimal(units).scaleb(-decimals, EXACT)


def _decimals(value: int) -> int:
    part_of(whole(value, "decimals"), MOST_DECIMALS, "decimals")
    return value


@attrs.frozen(kw_only=True)
class Rounding:
    """How published figures are rounded: each component first; the rounded ones are added."""

    decimals: int = attrs.field(converter=_decimals)
    ties: Ties
    basis: Basis
    ties_basis: Basis

    @property
    def scale(self) -> int:
        """Units of the last decimal that are 1."""
        return int(10**self.decimals)

    def units(self, numerator: int, denominator: int) -> int:
        """Return the fraction, not negative, in whole units of the last decimal.

        Raises:
            InvalidValueError: the denominator is not above 0.
        """
        if denominator <= 0:
            raise InvalidValueError.of(
                "denominator", denominator, vi="số nguyên từ 1 trở lên", en="a whole number from 1 on"
            )
        return units_of(numerator, denominator, self.scale, self.ties)

    def decimal(self, units: int) -> Decimal:
        """Return *units* of the last decimal as an exact number, whatever the decimal context."""
        return decimal_of(units, self.decimals)
