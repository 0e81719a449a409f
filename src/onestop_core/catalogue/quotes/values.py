"""What a quote consists of, each part with the reason for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from onestop_core.catalogue.values.cases import ProcedureCase
from onestop_core.catalogue.values.codes import ChannelKind
from onestop_core.catalogue.values.money import Fee
from onestop_core.catalogue.values.offers import Limit
from onestop_core.catalogue.values.papers import Paper
from onestop_core.model import FrozenMap
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Language, Text

__all__ = ["Bundle", "BundledPaper", "ChosenCase", "Quote", "QuotedFee", "QuotedLimit", "QuotedPaper", "Saved"]


@attrs.frozen(kw_only=True)
class ChosenCase:
    """A case that the answers make, one for each dimension."""

    case: ProcedureCase
    reason: Text
    basis: tuple[str, ...] = ()
    """Names of the bases of the row that decided."""


@attrs.frozen(kw_only=True)
class QuotedPaper:
    """A paper to hand in."""

    paper: Paper
    reason: Text


@attrs.frozen(kw_only=True)
class QuotedLimit:
    """A time limit of one way to submit."""

    channel: ChannelKind
    limit: Limit
    reason: Text

    @property
    def time_limit(self) -> TimeLimit | None:
        """The limit as a value to compute with; None where none is stated."""
        return self.limit.time_limit


@attrs.frozen(kw_only=True)
class QuotedFee:
    """What is paid for one way to submit."""

    channel: ChannelKind
    fee: Fee
    amount: Decimal | None
    """What it comes to, exact, in :attr:`currency`; None where that is not known."""
    currency: str
    """ISO 4217."""
    reason: Text


def _sums(fees: tuple[QuotedFee, ...]) -> FrozenMap[str, Decimal]:
    found: dict[str, Decimal] = {}
    for each in fees:
        if each.amount is not None:
            found[each.currency] = found.get(each.currency, Decimal(0)) + each.amount
    return FrozenMap(found)


@attrs.frozen(kw_only=True)
class Quote:
    """What a procedure takes in the case that the answers make."""

    procedure: str
    """Its code."""
    name: Text
    on: date | None
    """The day for which rates were looked up."""
    cases: tuple[ChosenCase, ...]
    papers: tuple[QuotedPaper, ...]
    limits: tuple[QuotedLimit, ...]
    fees: tuple[QuotedFee, ...]

    @property
    def channels(self) -> tuple[ChannelKind, ...]:
        """The ways to submit that take this case."""
        return tuple(dict.fromkeys(each.channel for each in self.limits))

    def total(self, channel: ChannelKind | str) -> FrozenMap[str, Decimal]:
        """Return what is known of the cost by *channel*, by currency.

        >>> from onestop_core import catalogue
        >>> residence = catalogue.quote(catalogue.shipped()["1.004222"], {"case": "owner"})
        >>> dict(residence.total("in_person"))
        {'VND': Decimal('20000')}
        """
        kind = ChannelKind.of(channel, "channel")
        return _sums(tuple(each for each in self.fees if each.channel is kind))

    def is_known(self, channel: ChannelKind | str) -> bool:
        """Return whether every fee by *channel* has an amount, so that :meth:`total` is all of it."""
        kind = ChannelKind.of(channel, "channel")
        return all(each.amount is not None for each in self.fees if each.channel is kind)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the quote in JSON types, amounts as decimal strings.

        >>> from onestop_core import catalogue
        >>> residence = catalogue.quote(catalogue.shipped()["1.004222"], {"case": "owner"})
        >>> residence.to_dict()["totals"]["online"]
        {'known': True, 'sums': {'VND': '10000'}}

        Raises:
            InvalidValueError: *language* is none of ours.
        """
        return {
            "procedure": self.procedure,
            "name": self.name.in_(language),
            "on": None if self.on is None else self.on.isoformat(),
            "cases": [{"case": each.case.id, "reason": each.reason.in_(language)} for each in self.cases],
            "papers": [
                {
                    "name": each.paper.name.in_(language),
                    "originals": each.paper.originals,
                    "copies": each.paper.copies,
                    "reason": each.reason.in_(language),
                }
                for each in self.papers
            ],
            "limits": [
                {
                    "channel": each.channel.value,
                    "time": each.limit.time,
                    "text": None if each.time_limit is None else each.time_limit.text.in_(language),
                    "without_time": None if each.limit.without_time is None else each.limit.without_time.value,
                    "reason": each.reason.in_(language),
                }
                for each in self.limits
            ],
            "fees": [
                {
                    "channel": each.channel.value,
                    "amount": None if each.amount is None else f"{each.amount:f}",
                    "currency": each.currency,
                    "reason": each.reason.in_(language),
                }
                for each in self.fees
            ],
            "totals": {
                channel.value: {
                    "known": self.is_known(channel),
                    "sums": {currency: f"{amount:f}" for currency, amount in self.total(channel).items()},
                }
                for channel in self.channels
            },
        }


@attrs.frozen(kw_only=True)
class BundledPaper:
    """A paper that several procedures take, asked for once."""

    paper: Paper
    """With the greatest numbers that one of them asks for; of a form to fill in, with the sum of those of each."""
    procedures: tuple[str, ...]
    """The codes of those that take it."""


@attrs.frozen(kw_only=True)
class Saved:
    """A paper that is not asked for, because an earlier procedure of the bundle issues it, or what serves instead of it."""

    paper: Paper
    procedure: str
    """The procedure that would ask for it."""
    issued_by: str


@attrs.frozen(kw_only=True)
class Bundle:
    """What several procedures take together, for one event in life."""

    quotes: tuple[Quote, ...]
    """In the order in which they are handed in: what issues a paper comes before what takes it."""
    papers: tuple[BundledPaper, ...]
    saved: tuple[Saved, ...]
    together: tuple[str, ...] = ()
    """The codes of linked procedures of the catalogue that take two of them or more in one dossier."""
    channel: ChannelKind
    longest: tuple[TimeLimit, ...]
    """The time of the whole: the chain that is longest; several where that cannot be said, none where a limit is not known."""
    cost: FrozenMap[str, Decimal]
    """By currency, as far as it is known."""
    cost_is_known: bool

    @property
    def order(self) -> tuple[str, ...]:
        """The codes in the order in which they are handed in."""
        return tuple(each.procedure for each in self.quotes)
