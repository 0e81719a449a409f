"""What one procedure takes in the case that an applicant's answers make: papers, time limits and fees, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from onestop_core.catalogue.quotes.deciding import Answers, Exact, chosen, exact, given, members
from onestop_core.catalogue.quotes.pricing import VND, price
from onestop_core.catalogue.quotes.values import ChosenCase, Quote, QuotedFee, QuotedLimit, QuotedPaper
from onestop_core.catalogue.values.fields import expect, plain_word
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.errors import InvalidValueError
from onestop_core.model import plain_day
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from onestop_core.catalogue.values.money import Fee
    from onestop_core.catalogue.values.offers import Limit, OfferedChannel

__all__ = ["quote"]

T = TypeVar("T", "Limit", "Fee")
_ALWAYS = Text(vi="mọi trường hợp", en="every case")


def quote(
    procedure: Procedure,
    answers: Answers,
    quantities: Mapping[str, Exact] | None = None,
    *,
    on: date | None = None,
) -> Quote:
    """Return what *procedure* takes for *answers*: which case it is, papers, time limits and fees, each with its reason.

    >>> from onestop_core import catalogue
    >>> residence = catalogue.shipped()["1.004222"]
    >>> owner = catalogue.quote(residence, {"dwelling": "owner"})
    >>> [str(each.time_limit) for each in owner.limits][:1], owner.papers[1].reason.en
    (['7 working days'], 'Owner of the dwelling: Which dwelling is it? Owner of the dwelling')

    Args:
        procedure: The procedure.
        answers: By the id of a question: the id of an answer or an exact number. A case can also be named outright,
            under its dimension, or under ``case`` where cases have none; None says that none of them applies.
        quantities: By the names that fees use, such as ``pages``: exact numbers.
        on: The day for which rates hold; needed where a fee has a period of its own.

    Raises:
        InvalidValueError: an argument of a wrong type, an answer that is missing, or answers for which the decision
            table has no row, or two.
        UnknownCodeError: there is no such question, answer or case.
    """
    expect(procedure, Procedure, "procedure")
    plain = given(procedure, answers)
    counts = _counts(quantities)
    day = None if on is None else plain_day(on, "on")
    cases = chosen(procedure, plain)
    ids = {each.case.id: each for each in cases}
    channels = [each for each in procedure.channels if _serves(each, ids, procedure)]
    limits = [(channel, limit, why) for channel in channels for limit, why in _fitting(channel.limits, ids)]
    return Quote(
        procedure=procedure.code,
        name=procedure.name,
        on=day,
        cases=cases,
        papers=tuple(
            QuotedPaper(paper=paper, reason=_reason(paper.cases, ids))
            for paper in procedure.papers
            if _asked(paper.cases, ids, procedure)
        ),
        limits=tuple(QuotedLimit(channel=channel.kind, limit=limit, reason=why) for channel, limit, why in limits),
        fees=tuple(
            _quoted(channel, fee, why, counts, ids)
            for channel, limit, _ in limits
            for fee, why in _fitting(tuple(_in_force(limit.fees, day)), ids, every=True)
        ),
    )


def _counts(quantities: object) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for key, value in () if quantities is None else members(quantities, "quantities"):
        name = plain_word(key)
        if name is None:
            raise InvalidValueError.of("quantities", key, vi="tên số lượng", en="the name of a quantity")
        found[name] = exact(value, name)
    return found


def _asked(named: tuple[str, ...], ids: Mapping[str, ChosenCase], procedure: Procedure) -> bool:
    """Return whether what names cases applies: in each dimension that it names, to the case that was chosen."""
    dimension = {each.id: each.dimension for each in procedure.cases}
    wanted: dict[str | None, list[str]] = {}
    for case in named:
        wanted.setdefault(dimension.get(case), []).append(case)
    return all(any(case in ids for case in group) for group in wanted.values())


def _serves(channel: OfferedChannel, ids: Mapping[str, ChosenCase], procedure: Procedure) -> bool:
    return _asked(channel.cases, ids, procedure)


def _reason(named: Iterable[str], ids: Mapping[str, ChosenCase]) -> Text:
    fitting = [ids[case] for case in named if case in ids]
    if not fitting:
        return _ALWAYS
    vi = "; ".join(f"{each.case.name.vi}: {each.reason.vi}" for each in fitting)
    en = "; ".join(f"{each.case.name.en}: {each.reason.en}" for each in fitting)
    return Text(vi=vi, en=en)


def _fitting(parts: tuple[T, ...], ids: Mapping[str, ChosenCase], *, every: bool = False) -> Iterator[tuple[T, Text]]:
    """Yield those of the chosen cases with the reason; those of no case where a case has none of its own, or *every* time."""
    own = [part for part in parts if part.case is not None and part.case in ids]
    for part in parts:
        if part in own:
            yield part, _reason((cast("str", part.case),), ids)
        elif part.case is None and (every or not own):
            yield part, _ALWAYS


def _in_force(fees: tuple[Fee, ...], day: date | None) -> Iterator[Fee]:
    for fee in fees:
        first, last = fee.in_force_from, fee.in_force_to
        if (first or last) and day is None:
            raise InvalidValueError.of(
                "on", None, vi="ngày áp dụng, vì mức thu có thời hạn", en="a day, since a rate holds only for a period"
            )
        if day is None or ((first is None or first <= day) and (last is None or day <= last)):
            yield fee


def _quoted(
    channel: OfferedChannel, fee: Fee, why: Text, counts: Mapping[str, Fraction], ids: Mapping[str, ChosenCase]
) -> QuotedFee:
    amount, how = price(fee, counts, ids)
    reason = how if why is _ALWAYS else Text(vi=f"{how.vi} ({why.vi})", en=f"{how.en} ({why.en})")
    return QuotedFee(channel=channel.kind, fee=fee, amount=amount, currency=fee.currency or VND, reason=reason)
