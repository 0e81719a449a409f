"""What a fee comes to for a quantity, exact: no rule of rounding is known, so nothing is rounded."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from onestop_core.text import Text, money, number, percent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from onestop_core.catalogue.values.money import Fee, FeeShare

__all__ = ["VND", "price"]

VND: Final = "VND"
_DIGITS: Final = 80
"""Enough for any product of an amount, a quantity and a percentage; the caller's decimal context is not asked."""


def price(fee: Fee, quantities: Mapping[str, Fraction], cases: Collection[str]) -> tuple[Decimal | None, Text]:
    """Return what *fee* comes to, None where that is not known, and how.

    Args:
        fee: The fee.
        quantities: How many there are, by the names that fees use.
        cases: The cases that the answers made, for reductions.
    """
    amount, how = _plain(fee, quantities)
    if amount is None:
        return None, how
    if fee.most is not None and amount > Fraction(fee.most):
        amount = Fraction(fee.most)
        how = Text(vi=f"{how.vi}, tối đa {_money(fee, amount).vi}", en=f"{how.en}, at most {_money(fee, amount).en}")
    for each in fee.reductions:
        if each.case is not None and each.case in cases:
            off = percent(each.percent)
            amount *= 1 - Fraction(each.percent) / 100
            how = Text(vi=f"{how.vi}, giảm {off.vi} ({each.text.vi})", en=f"{how.en}, {off.en} less ({each.text.en})")
    return _decimal(max(amount, Fraction(0))), how


def _plain(fee: Fee, quantities: Mapping[str, Fraction]) -> tuple[Fraction | None, Text]:
    if fee.set_by is not None and fee.amount is None and not fee.tiers and fee.share is None:
        return None, Text(
            vi="do cơ quan khác quy định, mức thu chưa có ở đây", en="set by another body and not stated here"
        )
    if fee.share is not None:
        return _shared(fee, fee.share, quantities)
    count = Fraction(1) if fee.quantity is None else quantities.get(fee.quantity)
    if count is None:
        return None, _wanted(fee.quantity)
    times = number(count)
    if fee.tiers:
        return _tiered(fee, count), Text(vi=f"theo bậc, số lượng {times.vi}", en=f"by steps, quantity {times.en}")
    if fee.amount is None:
        return None, Text(vi="chỉ có nguyên văn công bố", en="only the words of the page are known")
    each = _money(fee, fee.amount)
    if fee.quantity is None:
        return Fraction(fee.amount), each
    return Fraction(fee.amount) * count, Text(vi=f"{times.vi} × {each.vi}", en=f"{times.en} × {each.en}")


def _shared(fee: Fee, share: FeeShare, quantities: Mapping[str, Fraction]) -> tuple[Fraction | None, Text]:
    base = None if share.quantity is None else quantities.get(share.quantity)
    rate = percent(share.percent)
    if base is None:
        said = _wanted(share.quantity)
        return None, Text(vi=f"{rate.vi} của {share.of.vi}; {said.vi}", en=f"{rate.en} of {share.of.en}; {said.en}")
    amount, whole = base * Fraction(share.percent) / 100, _money(fee, base)
    how = Text(vi=f"{rate.vi} của {whole.vi}", en=f"{rate.en} of {whole.en}")
    if share.least is not None and amount < Fraction(share.least):
        least = _money(fee, share.least)
        return Fraction(share.least), Text(vi=f"{how.vi}, tối thiểu {least.vi}", en=f"{how.en}, at least {least.en}")
    return amount, how


def _tiered(fee: Fee, count: Fraction) -> Fraction | None:
    """Return the sum over the steps; None where the last of them ends below *count*."""
    total = below = Fraction(0)
    for tier in fee.tiers:
        end = count if tier.up_to is None else min(count, Fraction(tier.up_to))
        if end > below:
            total += (end - below) * Fraction(tier.amount)
            below = end
    return total if below >= count else None


def _wanted(quantity: str | None) -> Text:
    if quantity is None:
        return Text(vi="chưa có số liệu để tính", en="what it is taken of has no name here")
    return Text(vi=f"cần số lượng {quantity!r}", en=f"the quantity {quantity!r} is needed")


def _money(fee: Fee, amount: Decimal | Fraction) -> Text:
    if fee.currency in {None, VND}:
        return money(amount)
    figure = number(amount)
    return Text(vi=f"{figure.vi} {fee.currency}", en=f"{figure.en} {fee.currency}")


def _decimal(amount: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(amount.numerator) / amount.denominator
