"""What several procedures take together for one event in life: papers once, in an order, and nothing that one of them issues."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.catalogue.quotes.deciding import CASE, Answers, Exact, members
from onestop_core.catalogue.quotes.quoting import quote
from onestop_core.catalogue.quotes.values import Bundle, BundledPaper, Quote, QuotedLimit, Saved
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.codes import ChannelKind
from onestop_core.catalogue.values.fields import expect, plain_word
from onestop_core.catalogue.values.times import order as compared
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from onestop_core.catalogue.values.papers import Paper
    from onestop_core.catalogue.values.procedure import Procedure
    from onestop_core.model.time_limits import TimeLimit

__all__ = ["bundle"]


def bundle(
    catalogue: Catalogue,
    codes: Iterable[str],
    answers: Mapping[str, str | Exact | Answers | None],
    quantities: Mapping[str, Exact] | None = None,
    *,
    channel: ChannelKind | str = ChannelKind.IN_PERSON,
    on: date | None = None,
) -> Bundle:
    """Return what the procedures of *codes* take together.

    A paper that several ask for is handed in once; one that an earlier procedure issues is not asked for by the next.

    Args:
        catalogue: Where they are looked up; for a day, ask :meth:`Catalogue.on` first.
        codes: The codes of two procedures or more, in any order.
        answers: By question, for all that ask it; or by code, the answers for that procedure alone.
        quantities: As for :func:`quote`.
        channel: The way to submit; a procedure that does not offer it is counted by the first that it offers.
        on: The day for which rates hold.

    Raises:
        InvalidValueError: an argument of a wrong type, fewer than two codes, one twice, or procedures that wait for
            each other's results.
        UnknownCodeError: a code, question, answer or case that does not exist.
    """
    expect(catalogue, Catalogue, "catalogue")
    kind = ChannelKind.of(channel, "channel")
    procedures = [catalogue[code] for code in _codes(codes)]
    by_code = _answers(procedures, answers)
    quotes = {each.code: quote(each, by_code[each.code], quantities, on=on) for each in procedures}
    issued = _issued(procedures)
    needs = {code: _needed(each, issued) for code, each in quotes.items()}
    ordered = [quotes[code] for code in _ordered(needs)]
    limits = {each.procedure: _limit(each, kind) for each in ordered}
    fees = [fee for each in ordered for fee in each.fees if fee.channel is _channel(each, kind)]
    cost: dict[str, Decimal] = {}
    for fee in fees:
        cost[fee.currency] = cost.get(fee.currency, Decimal(0)) + (fee.amount or 0)
    return Bundle(
        quotes=tuple(ordered),
        papers=_merged(ordered, issued),
        saved=tuple(
            Saved(paper=asked.paper, procedure=each.procedure, issued_by=by)
            for each in ordered
            for asked in each.papers
            if (by := _issuer(asked.paper, each.procedure, issued)) is not None
        ),
        channel=kind,
        longest=_longest([each.procedure for each in ordered], needs, limits),
        cost=FrozenMap(cost),
        cost_is_known=all(fee.amount is not None for fee in fees),
    )


def _codes(codes: object) -> list[str]:
    try:
        listed = [] if isinstance(codes, str) else list(cast("Iterable[Any]", codes))
    except Exception:  # noqa: BLE001 - what cannot be gone through is no list
        listed = []
    plain = [plain_word(code) for code in listed]
    if len(plain) < 2 or len(set(plain)) < len(plain) or None in plain:
        raise InvalidValueError.of(
            "codes", codes, vi="ít nhất hai mã thủ tục khác nhau", en="at least two codes of procedures, each once"
        )
    return [code for code in plain if code is not None]


def _answers(procedures: Sequence[Procedure], answers: object) -> dict[str, dict[str, Any]]:
    """Return the answers for each procedure: those for it alone, and those that answer a question of its own."""
    found: dict[str, dict[str, Any]] = {each.code: {} for each in procedures}
    for key, value in members(answers, "answers"):
        name = plain_word(key)
        if name is not None and name in found:
            if not isinstance(value, Mapping):
                raise InvalidValueError.of(
                    "answers", value, vi="các câu trả lời theo câu hỏi", en="answers by question"
                )
            found[name].update(cast("Mapping[str, Any]", value))
            continue
        asking = [
            each
            for each in procedures
            if name in {*(one.id for one in each.questions), *(one.dimension or CASE for one in each.cases)}
        ]
        if not asking:
            known = [*found, *(one.id for each in procedures for one in each.questions)]
            raise UnknownCodeError.among(Text(vi="câu hỏi", en="question"), key, known)
        for each in asking:
            found[each.code].setdefault(cast("str", name), value)
    return found


Issued = dict[tuple[str, str], list[str]]
"""By code of a paper, or by its name: the procedures that issue it."""


def _issued(procedures: Sequence[Procedure]) -> Issued:
    found: Issued = {}
    for each in procedures:
        for result in each.results:
            keys = [("name", result.name.vi.casefold()), *([("code", result.code)] if result.code else [])]
            for key in keys:
                found.setdefault(key, []).append(each.code)
        found.setdefault(("procedure", each.code), []).append(each.code)
    return found


def _issuer(paper: Paper, asking: str, issued: Issued) -> str | None:
    """Return another procedure of the bundle that issues *paper*."""
    keys = (("procedure", paper.result_of), ("code", paper.code), ("name", paper.name.vi.casefold()))
    for kind, key in keys:
        for code in issued.get((kind, key), ()) if key else ():
            if code != asking:
                return code
    return None


def _needed(each: Quote, issued: Issued) -> set[str]:
    return {by for asked in each.papers if (by := _issuer(asked.paper, each.procedure, issued)) is not None}


def _ordered(needs: Mapping[str, set[str]]) -> list[str]:
    """Return the codes so that what issues a paper comes before what takes it; else in the order in which they were given."""
    done: list[str] = []
    while len(done) < len(needs):
        ready = next((code for code in needs if code not in done and needs[code] <= set(done)), None)
        if ready is None:
            left = ", ".join(code for code in needs if code not in done)
            raise InvalidValueError.of(
                "codes",
                left,
                vi="các thủ tục không chờ kết quả của nhau thành vòng",
                en="procedures that do not wait for each other's results in a circle",
            )
        done.append(ready)
    return done


def _same(paper: Paper) -> tuple[str, str]:
    """Return by what two papers are the same: their code, the form to fill in, or their name."""
    if paper.code:
        return ("code", paper.code)
    return ("form", f"{paper.form}\0{paper.name.vi.casefold()}") if paper.form else ("name", paper.name.vi.casefold())


def _merged(ordered: Sequence[Quote], issued: Issued) -> tuple[BundledPaper, ...]:
    found: dict[tuple[str, str], BundledPaper] = {}
    for each in ordered:
        for asked in each.papers:
            paper = asked.paper
            if _issuer(paper, each.procedure, issued) is not None:
                continue
            first = found.get(_same(paper))
            if first is None:
                found[_same(paper)] = BundledPaper(paper=paper, procedures=(each.procedure,))
            else:
                most = attrs.evolve(
                    first.paper,
                    originals=max(first.paper.originals, paper.originals),
                    copies=max(first.paper.copies, paper.copies),
                )
                codes = tuple(dict.fromkeys((*first.procedures, each.procedure)))
                found[_same(paper)] = BundledPaper(paper=most, procedures=codes)
    return tuple(found.values())


def _channel(each: Quote, wanted: ChannelKind) -> ChannelKind | None:
    return wanted if wanted in each.channels else next(iter(each.channels), None)


def _limit(each: Quote, wanted: ChannelKind) -> TimeLimit | None:
    """Return the time of one procedure by the channel; None where it is not known, or not one."""
    own: list[QuotedLimit] = [one for one in each.limits if one.channel is _channel(each, wanted)]
    times = {one.time_limit for one in own}
    return times.pop() if len(times) == 1 else None


def _longest(
    ordered: Sequence[str], needs: Mapping[str, set[str]], limits: Mapping[str, TimeLimit | None]
) -> tuple[TimeLimit, ...]:
    """Return the longest chains of procedures that wait for each other; those of which none is known to be longer."""
    chains: dict[str, list[TimeLimit]] = {}
    for code in ordered:
        own = limits[code]
        if own is None:
            return ()
        before = [chain for each in sorted(needs[code]) for chain in chains[each]]
        chains[code] = _greatest([chain + own for chain in before] or [own])
    waited_for = {each for codes in needs.values() for each in codes}
    return tuple(_greatest([chain for code in ordered if code not in waited_for for chain in chains[code]]))


def _greatest(times: Sequence[TimeLimit]) -> list[TimeLimit]:
    """Return the times of which no other is known to be longer, each once."""
    found = dict.fromkeys(times)
    return [one for one in found if not any(compared(one, other) == 1 for other in found)]
