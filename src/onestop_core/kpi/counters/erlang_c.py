"""Erlang's formulas for a queue with several counters, exact: Poisson arrivals, exponential handling, nobody leaves.

The probabilities are rational in the load and computed in whole numbers. The exponential in the share served in
time is not rational; it is enclosed between two rational numbers as close as a decision needs, so that no answer
depends on rounding. Source: A. K. Erlang, 1917; textbook mathematics, not law.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import exact, part_of, rounded, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.text.numbers import Exact

__all__ = ["MOST_COUNTERS", "ServedWithin", "erlang_b", "erlang_c", "least_counters"]

MOST_COUNTERS: Final = 2_000
"""Largest number of counters; beyond it nothing is computed."""
_LONGEST: Final = 10**30
"""Numerators and denominators stay below this, so that exact sums stay small."""
_FAR: Final = 10_000
_BEYOND: Final = Fraction(1, 10**4_342)
"""More than exp(-10000)."""


def _plain(value: Exact, what: str, *, positive: bool = False) -> Fraction:
    number = exact(value, what, positive=positive)
    if max(number.numerator, number.denominator) >= _LONGEST:
        raise InvalidValueError.of(
            what, value, vi="tử số và mẫu số dưới 10^30", en="numerator and denominator below 10^30"
        )
    return number


Ratio = tuple[int, int]
"""A fraction that nobody has reduced: reducing numbers of 50,000 digits at each step would cost a hundred times the sum."""


def _blocking(load: Fraction) -> Iterator[Ratio]:
    """Yield Erlang B for 0, 1, 2, ... counters: 1/B(c) = 1 + c/A x 1/B(c-1), in whole numbers over A's numerator."""
    above, below = load.numerator, load.denominator
    power, inverse = 1, 1
    yield power, inverse
    counters = 0
    while True:
        counters += 1
        power *= above
        inverse = power + counters * below * inverse
        yield power, inverse


def _waiting(load: Fraction, counters: int, blocking: Ratio) -> Ratio:
    """Return Erlang C from Erlang B: ``c B / (c - A (1 - B))``; 1 where the counters cannot keep up."""
    if load >= counters:
        return 1, 1
    busy, of = blocking
    part = counters * load.denominator * busy
    return part, counters * load.denominator * of - load.numerator * (of - busy)


def _counters(value: object) -> int:
    number = whole(value, "counters")
    if not 1 <= number <= MOST_COUNTERS:
        raise InvalidValueError.of("counters", value, vi=f"từ 1 đến {MOST_COUNTERS}", en=f"from 1 to {MOST_COUNTERS}")
    return number


def erlang_b(load: Exact, counters: int) -> Fraction:
    """Return the probability that all *counters* are busy, where nobody waits; *load* in erlangs.

    >>> erlang_b(2, 3)
    Fraction(4, 19)

    Raises:
        InvalidValueError: the load is not an exact number from 0 on, or the counters not from 1 to 2,000.
    """
    number, traffic = _counters(counters), _plain(load, "load")
    return Fraction(*next(islice(_blocking(traffic), number, None)))


def erlang_c(load: Exact, counters: int) -> Fraction:
    """Return the probability that one has to wait; 1 where the counters cannot keep up with the load.

    >>> erlang_c(2, 3), erlang_c(3, 3)
    (Fraction(4, 9), Fraction(1, 1))

    Raises:
        InvalidValueError: as :func:`erlang_b`.
    """
    number, traffic = _counters(counters), _plain(load, "load")
    return Fraction(*_waiting(traffic, number, next(islice(_blocking(traffic), number, None))))


def _exponential(power: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Return numbers below and above exp(-power), *power* from 0 on, so many digits close."""
    if not power:
        return Fraction(1), Fraction(1)
    if power > _FAR:
        return Fraction(0), _BEYOND
    wide = Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_EVEN, traps=[])
    down, up = wide.copy(), wide.copy()
    down.rounding, up.rounding = ROUND_FLOOR, ROUND_CEILING
    above, below = Decimal(power.numerator), Decimal(power.denominator)
    # Decimal.exp is correctly rounded, so the true value lies between the neighbours of what it gives.
    # A minus sign would round to the caller's context; copy_negate does not round.
    least = wide.next_minus(wide.exp(up.divide(above, below).copy_negate()))
    most = wide.next_plus(wide.exp(down.divide(above, below).copy_negate()))
    return Fraction(least), Fraction(most)


def _is_served(waiting: Ratio, power: Fraction, share: Fraction) -> bool:
    """Return whether ``waiting x exp(-power)`` leaves the *share* served, by comparing whole numbers."""
    part, of = waiting
    if share >= 1:
        return share == 1 and not part
    left = 1 - share
    digits = 40
    while True:
        least, most = _exponential(power, digits)
        if part * most.numerator * left.denominator <= of * most.denominator * left.numerator:
            return True
        if part * least.numerator * left.denominator > of * least.denominator * left.numerator:
            return False
        digits *= 2


def _probability(value: Exact) -> Fraction:
    number = exact(value, "waiting")
    if number > 1:
        raise InvalidValueError.of("waiting", value, vi="không lớn hơn 1", en="at most 1")
    return number


def _power(value: Exact) -> Fraction:
    return exact(value, "power")


@attrs.frozen(kw_only=True)
class ServedWithin:
    """The share served within a time: ``1 - waiting x exp(-power)``, answered exactly.

    Unless the power or the waiting is 0, the share is irrational: it equals no decimal number and no
    promise, so enclosing it ever more closely always comes to an answer.

    >>> from fractions import Fraction
    >>> served = ServedWithin(waiting=Fraction(4, 9), power=Fraction(1, 2))
    >>> served.rounded(6), served.at_least(Fraction(73, 100)), served.at_least(Fraction(74, 100))
    (Decimal('0.730431'), True, False)

    Raises:
        InvalidValueError: the waiting is not an exact number from 0 to 1, or the power not one from 0 on.
    """

    waiting: Fraction = attrs.field(converter=_probability)
    """Probability that one has to wait."""
    power: Fraction = attrs.field(converter=_power)
    """Spare counters x time promised / mean handling time."""

    def bounds(self, digits: int = 40) -> tuple[Fraction, Fraction]:
        """Return numbers below and above the share, about so many digits close."""
        least, most = _exponential(self.power, digits)
        return 1 - self.waiting * most, 1 - self.waiting * least

    def at_least(self, share: Exact) -> bool:
        """Return whether the share is *share* or more.

        Raises:
            InvalidValueError: *share* is not an exact number from 0 on, or of 30 digits and more.
        """
        wanted = _plain(share, "share")
        return _is_served((self.waiting.numerator, self.waiting.denominator), self.power, wanted)

    def rounded(self, decimals: int = 4) -> Decimal:
        """Return the share to so many decimals: the true value rounded, not a rounding of a rounding.

        Raises:
            InvalidValueError: more than 1,000 decimals are asked for.
        """
        part_of(whole(decimals, "decimals"), 1_000, "decimals")
        digits = decimals + 40
        while True:
            least, most = (rounded(bound, decimals) for bound in self.bounds(digits))
            if least == most:
                return least
            digits *= 2


def least_counters(load: Exact, share: Exact, *, patience: Exact) -> int:
    """Return the fewest counters with which the *share* is served within *patience*.

    Args:
        load: arrivals x mean handling time, in erlangs.
        share: of 1, above 0 and below 1.
        patience: the time promised, in mean handling times.

    >>> from fractions import Fraction
    >>> least_counters(10, Fraction(80, 100), patience=Fraction(20, 180))  # a published example
    14

    Raises:
        InvalidValueError: a number is not exact, the share not between 0 and 1, or more than 2,000 counters are needed.
    """
    traffic, wanted = _plain(load, "load"), _plain(share, "share", positive=True)
    time = _plain(patience, "patience")
    if wanted >= 1:
        raise InvalidValueError.of(
            "share", share, vi="dưới 1: không lời hứa nào chắc chắn", en="below 1: no wait is sure"
        )
    if traffic < MOST_COUNTERS:
        for counters, blocking in enumerate(islice(_blocking(traffic), MOST_COUNTERS + 1)):
            if counters <= traffic:
                continue
            if _is_served(_waiting(traffic, counters, blocking), (counters - traffic) * time, wanted):
                return counters
    raise InvalidValueError.of(
        "load", load, vi=f"tải cần không quá {MOST_COUNTERS} quầy", en=f"a load for at most {MOST_COUNTERS} counters"
    )
