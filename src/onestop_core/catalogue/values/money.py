"""What is paid: fees, charges and prices, fixed, by percentage or by steps, with who pays less and when it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from onestop_core.catalogue.values.cases import Statement
from onestop_core.catalogue.values.codes import FeeKind, FeeSetter
from onestop_core.catalogue.values.fields import typed
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text

__all__ = ["DONG", "Fee", "FeeShare", "Reduction", "Tier"]

DONG: Final = "VND"
"""The currency of a fee that names none."""


@attrs.frozen(kw_only=True, field_transformer=typed)
class FeeShare:
    """A percentage of something."""

    percent: Decimal
    of: Text
    quantity: str | None = None
    """Name of the value of which it is taken, for :func:`onestop_core.catalogue.quote`."""
    least: Decimal | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class Tier:
    """A step of the quantity: each piece up to *up_to* costs *amount*."""

    up_to: Decimal | None = None
    """None: all above the step before."""
    amount: Decimal


@attrs.frozen(kw_only=True, field_transformer=typed)
class Reduction:
    """Who pays less, and by how many per cent."""

    text: Text
    percent: Decimal
    case: str | None = None
    basis: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, field_transformer=typed)
class Fee:
    """What is paid (phí, lệ phí, giá dịch vụ)."""

    amount: Decimal | None = None
    """Exact, in :attr:`currency`; 0 is free; None where a share, steps or another body say it."""
    currency: str | None = None
    """ISO 4217; None: VND."""
    share: FeeShare | None = None
    tiers: tuple[Tier, ...] = ()
    most: Decimal | None = None
    set_by: FeeSetter | None = None
    kind: FeeKind | None = None
    unit: Text | None = None
    """What the amount is for, such as one page; None: the dossier."""
    quantity: str | None = None
    """Name of the quantity that is counted; None: one dossier."""
    case: str | None = None
    exemptions: tuple[Statement, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    in_force_from: date | None = None
    """First day of the rate."""
    in_force_to: date | None = None
    """Last day of the rate."""
    published: str | None = None
    """The words of the page."""
    note: Text | None = None
    basis: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.currency in (None, DONG):
            for name, amount in (("amount", self.amount), ("most", self.most), *_parts(self.share, self.tiers)):
                if amount is not None and int(amount.as_tuple().exponent) < 0:  # "20.000" meant twenty thousand
                    raise InvalidValueError.of(
                        name, amount, vi="số đồng nguyên, như 20000", en="a whole number of đồng, such as 20000"
                    )
        said = (self.amount, self.share, self.set_by, self.published)
        if not self.tiers and all(each is None for each in said):
            raise InvalidValueError.of(
                "Fee",
                None,
                vi="số tiền, tỷ lệ, bậc, cơ quan quy định hoặc nguyên văn công bố",
                en="an amount, a share, steps, who sets it, or the words of the page",
            )


def _parts(share: FeeShare | None, tiers: tuple[Tier, ...]) -> list[tuple[str, Decimal | None]]:
    """Return the other amounts of a fee, each with the field that holds it."""
    least = [] if share is None else [("share", share.least)]
    return [*least, *(("tiers", tier.amount) for tier in tiers)]
