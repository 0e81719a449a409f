"""The check rule about money: an amount in đồng has no fraction, so ``20.000`` is no amount that a machine may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.values.money import DONG
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue.checking.plain import Part, Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["fraction_problems"]

_THOUSANDS: Final = 3
"""Digits behind a point that stands between thousands."""


def fraction_problems(each: Iterable[Part]) -> Iterator[Problem]:
    """Yield the amounts in đồng that have a fraction, among the parts of a procedure.

    >>> fee = {"amount": "20.000"}
    >>> (problem,) = fraction_problems([("fees", ("fees", 0), fee)])
    >>> problem.path, problem.hint.en
    ('$.fees[0].amount', "'20000'?")
    """
    for group, place, fee in each:
        if group == "fees" and fee.get("currency", DONG) == DONG:
            for where, amount in _amounts(fee, place):
                whole, point, fraction = amount.partition(".")
                if point:
                    meant = whole + (fraction if len(fraction) == _THOUSANDS else "")
                    yield rules.FEE_FRACTION.problem(
                        where,
                        vi=f"số tiền bằng đồng không có phần lẻ, gặp {amount!r}",
                        en=f"an amount in đồng has no fraction, got {amount!r}",
                        hint=Text(vi=f"{meant!r}?", en=f"{meant!r}?"),
                    )


def _amounts(fee: Raw, place: Where) -> Iterator[tuple[Where, str]]:
    """Yield what in *fee* is money, with its place."""
    for name in ("amount", "most"):
        if name in fee:
            yield (*place, name), fee[name]
    for index, tier in enumerate(fee.get("tiers", ())):
        yield (*place, "tiers", index, "amount"), tier["amount"]
    if "least" in fee.get("share", ()):
        yield (*place, "share", "least"), fee["share"]["least"]
