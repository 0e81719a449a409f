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
from onestop_core.catalogue.values.times import never_longer
from onestop_core.catalogue.values.times import order as compared
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence
    from datetime import date

    from onestop_core.catalogue.values.papers import Alternative, Paper, ProcedureResult
    from onestop_core.catalogue.values.parties import Linked
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

    A paper that several ask for is handed in once; forms are filled in for each. What an earlier procedure issues is not asked
    for by the next, be it the paper or what serves instead of it; a procedure that itself takes a paper, to change or renew it,
    issues it to nobody else. Where a linked procedure of the catalogue orders them, its order holds.

    >>> from onestop_core import catalogue
    >>> cat = catalogue.shipped()
    >>> answers = {"death-notice": "yes", "last-residence": "data", "represented": "no", "deceased-was": "pensioner",
    ...     "work-accident": "no", "disabled-relative": "no", "army-area": "no"}
    >>> both = bundle(cat, ["2.000821", "1.000656"], answers)
    >>> both.order, [(each.procedure, each.issued_by) for each in both.saved]
    (('1.000656', '2.000821'), [('2.000821', '1.000656')])

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
    issued = _issued(procedures, quotes)
    links = [(each.code, each.linked) for each in catalogue.values() if each.linked is not None]
    needs = {code: _needed(each, issued) | _awaited(code, links, quotes) for code, each in quotes.items()}
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
        together=tuple(code for code, linked in links if len(_members(linked) & quotes.keys()) > 1),
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


def _issued(procedures: Sequence[Procedure], quotes: Mapping[str, Quote]) -> Issued:
    found: Issued = {}
    for each in procedures:
        # Who takes the paper itself changes or renews it: the others need the one that is there already.
        own = {key for asked in quotes[each.code].papers for key in _names(asked.paper)}
        for result in each.results:
            keys = _names(result)
            for key in () if own.intersection(keys) else keys:
                found.setdefault(key, []).append(each.code)
        found.setdefault(("procedure", each.code), []).append(each.code)
    return found


def _names(thing: Paper | Alternative | ProcedureResult) -> tuple[tuple[str, str], ...]:
    """Return by what a paper or result is known: its code, if it has one, and its name."""
    name = ("name", thing.name.vi.casefold())
    return (("code", thing.code), name) if thing.code else (name,)


def _issuer(paper: Paper, asking: str, issued: Issued) -> str | None:
    """Return another procedure of the bundle that issues *paper*, or what alone serves instead of it."""
    of = (("procedure", paper.result_of),) if paper.result_of else ()
    others = [key for each in paper.alternatives if not each.together_with for key in _names(each)]
    for key in (*of, *_names(paper), *others):
        for code in issued.get(key, ()):
            if code != asking:
                return code
    return None


def _members(linked: Linked) -> set[str]:
    return {each.code for each in linked.procedures if each.code is not None}


def _awaited(code: str, links: Iterable[tuple[str, Linked]], quotes: Container[str]) -> set[str]:
    """Return the procedures of the bundle for which that of *code* waits in a group of linked procedures."""
    found: set[str] = set()
    for _, linked in links:
        ids = {each.id: each.code for each in linked.procedures}
        for each in linked.procedures:
            if each.code == code:
                found.update(
                    before for name in each.after if (before := ids.get(name)) is not None and before in quotes
                )
    return found - {code}


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
    left = [
        (each.procedure, asked.paper)
        for each in ordered
        for asked in each.papers
        if _issuer(asked.paper, each.procedure, issued) is None
    ]
    asked_for = {_same(paper) for _, paper in left}
    found: dict[tuple[str, str], BundledPaper] = {}
    for code, paper in left:
        key = _served_by(paper, asked_for)
        first = found.get(key)
        found[key] = BundledPaper(paper=paper, procedures=(code,)) if first is None else _with(first, paper, code, key)
    return tuple(found.values())


def _served_by(paper: Paper, asked_for: Container[tuple[str, str]]) -> tuple[str, str]:
    """Return by what *paper* is known, or what alone serves instead of it and is asked for anyway."""
    for each in paper.alternatives:
        if each.code and not each.together_with and ("code", each.code) in asked_for:
            return ("code", each.code)
    return _same(paper)


def _with(first: BundledPaper, paper: Paper, code: str, key: tuple[str, str]) -> BundledPaper:
    before = first.paper
    # A form is filled in and kept for each; any other paper is handed in once, with the greatest numbers.
    together = sum if paper.form and before.form and code not in first.procedures else max
    most = attrs.evolve(
        before if _same(before) == key else paper,
        originals=together((before.originals, paper.originals)),
        copies=together((before.copies, paper.copies)),
    )
    return BundledPaper(paper=most, procedures=tuple(dict.fromkeys((*first.procedures, code))))


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
    return [one for one in found if not any(_is_outlasted(one, other) for other in found)]


def _is_outlasted(one: TimeLimit, other: TimeLimit) -> bool:
    known = compared(one, other)
    return known == 1 if known is not None else never_longer(one, other)
