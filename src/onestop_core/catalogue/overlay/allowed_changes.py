"""What a local procedure does that only national law may do: longer, dearer, more papers, fewer ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking.rules import TIME_UNREADABLE
from onestop_core.catalogue.overlay import rules
from onestop_core.catalogue.overlay.merging import fitting_fees, fitting_limit, position
from onestop_core.catalogue.values.codes import Scope
from onestop_core.catalogue.values.times import never_longer, order, read_time
from onestop_core.model import Basis, Firmness
from onestop_core.text import money

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from onestop_core.catalogue.overlay.values import LocalProcedure
    from onestop_core.catalogue.values.money import Fee
    from onestop_core.catalogue.values.offers import Limit, OfferedChannel
    from onestop_core.catalogue.values.papers import Paper
    from onestop_core.catalogue.values.procedure import Procedure
    from onestop_core.errors import Problem
    from onestop_core.model.time_limits import TimeLimit
    from onestop_core.rules.reading.documents import Where

__all__ = ["excesses", "firm_bases"]

_MEMORY_ONLY: Final = frozenset({Firmness.RECALLED, Firmness.UNCONFIRMED})


def firm_bases(bases: Mapping[str, Basis], decision: Collection[str]) -> frozenset[str]:
    """Return the names of the bases on which a higher fee can rest: not the *decision*, and not memory alone.

    >>> bases = {"qd": Basis(instrument="Quyết định 1/QĐ-UBND", firmness=Firmness.READ),
    ...     "nq": Basis(instrument="Nghị quyết 2/NQ-HĐND", firmness=Firmness.READ)}
    >>> firm_bases(bases, ("qd",))
    frozenset({'nq'})
    """
    return frozenset(name for name, basis in bases.items() if basis.firmness not in _MEMORY_ONLY) - {*decision}


def excesses(local: LocalProcedure, national: Procedure, place: Where, *, firm: frozenset[str]) -> Iterator[Problem]:
    """Yield what *local*, which stands at *place*, may not change in *national*.

    Args:
        local: The local changes.
        national: The procedure as the national catalogue has it.
        place: Where in the overlay the changes stand.
        firm: Names of the bases on which a higher fee can rest.
    """
    for index, kind in enumerate(local.channels_removed):
        if any(channel.kind is kind for channel in national.channels):
            yield rules.CHANNEL_REMOVED.problem(
                (*place, "channels_removed", index),
                vi=f"bỏ hình thức nộp {kind.label.vi}",
                en=f"the channel {kind.label.en} is removed",
            )
    for index, paper in enumerate(local.papers):
        yield from _paper(paper, national.papers, (*place, "papers", index))
    for index, channel in enumerate(local.channels):
        yield from _channel(channel, national.channels, (*place, "channels", index), firm)
    scopes = list(Scope)
    for index, here in enumerate(local.receiving):
        found = position(national.receiving, here)
        before = None if found is None else national.receiving[found].scope
        if here.scope and before and scopes.index(here.scope) < scopes.index(before):
            yield rules.NARROWER_SCOPE.problem(
                (*place, "receiving", index, "scope"),
                vi=f"phạm vi tiếp nhận từ {before.label.vi} thành {here.scope.label.vi}",
                en=f"receives {here.scope.label.en}, nationally {before.label.en}",
            )


def _paper(paper: Paper, papers: Sequence[Paper], place: Where) -> Iterator[Problem]:
    found = position(papers, paper)
    if found is None:
        yield rules.PAPER_ADDED.problem(
            place,
            vi=f"thêm giấy tờ {paper.name.vi[:100]!r}",
            en=f"a paper is added: {paper.name.en[:100]!r}",
        )
        return
    national = papers[found]
    for field, vi, en in (("originals", "bản chính", "originals"), ("copies", "bản sao", "copies")):
        before, after = getattr(national, field), getattr(paper, field)
        if after > before:
            yield rules.PAPER_ADDED.problem(
                (*place, field), vi=f"{vi}: {after}, quốc gia {before}", en=f"{after} {en}, nationally {before}"
            )
    # No case means every case; what the overlay leaves out stays as it is.
    if national.cases and (more := [case for case in paper.cases if case not in national.cases]):
        shown = ", ".join(more)[:100]
        yield rules.PAPER_ADDED.problem(
            (*place, "cases"), vi=f"thêm trường hợp phải nộp: {shown}", en=f"asked for in more cases: {shown}"
        )


def _channel(
    channel: OfferedChannel, channels: Sequence[OfferedChannel], place: Where, firm: frozenset[str]
) -> Iterator[Problem]:
    # A channel that is new is held to what the other channels say: it is no way round a limit.
    same = [each for each in channels if each.kind is channel.kind]
    for index, limit in enumerate(channel.limits):
        groups = [_fitting(each.limits, limit.case) for each in same or channels]
        here = (*place, "limits", index)
        yield from _time(limit, groups, (*here, "time"))
        places = [(each.fees, fitting_fees(each.fees, limit.fees)) for group in groups for each in group]
        for number, fee in enumerate(limit.fees):
            fees = [national[place] for national, found in places for place in found[number]]
            yield from _fee(fee, fees, (*here, "fees", number), firm, new_channel=not same)


def _fitting(limits: Sequence[Limit], case: str | None) -> Sequence[Limit]:
    """Return the national limit of *case*; all of them for a limit that holds for every case, where none does."""
    found = fitting_limit(limits, case)
    return [found] if found else limits if case is None else []


def _order(times: Sequence[TimeLimit], here: TimeLimit) -> int | None:
    """Return 1 if *here* is longer than one of *times*, 0 if it is not; None where that cannot be said."""
    orders = [order(time, here) for time in times]
    if 1 in orders:
        return 1
    open_ones = [time for time, known in zip(times, orders, strict=True) if known is None]
    return 0 if all(never_longer(here, time) for time in open_ones) else None


def _time(limit: Limit, groups: Sequence[Sequence[Limit]], place: Where) -> Iterator[Problem]:
    if limit.time is None:
        return
    here = read_time(limit.time)
    if here is None:
        yield TIME_UNREADABLE.problem(
            place, vi=f"không đọc được thời hạn {limit.time!r}", en=f"cannot read the time limit {limit.time!r}"
        )
        return
    # A limit that cannot be read says nothing that could be compared.
    readable = [[time for each in group if (time := read_time(each.time)) is not None] for group in groups]
    orders = [_order(times, here) for times in readable if times]
    if 0 in orders:
        return
    times = dict.fromkeys(time for group in readable for time in group)
    vi = "; ".join(time.text.vi for time in times) or "không nêu"
    en = "; ".join(time.text.en for time in times) or "none is stated"
    if not orders or None in orders:
        yield rules.TIME_NOT_COMPARABLE.problem(
            place,
            vi=f"không so sánh được {here.text.vi} với thời hạn quốc gia ({vi})",
            en=f"{here.text.en} cannot be compared with the national limit ({en})",
        )
    else:
        yield rules.LONGER_TIME.problem(
            place,
            vi=f"{here.text.vi}, dài hơn thời hạn quốc gia ({vi})",
            en=f"{here.text.en} is longer than the national limit ({en})",
        )


def _fee(
    fee: Fee, fitting: Sequence[Fee], place: Where, firm: frozenset[str], *, new_channel: bool
) -> Iterator[Problem]:
    if len(fitting) > 1 and not new_channel:
        yield rules.AMBIGUOUS_FEE.problem(
            place,
            vi=f"phù hợp với {len(fitting)} khoản của danh mục quốc gia; cần nêu trường hợp, đơn vị hoặc loại",
            en=f"fits {len(fitting)} national fees; state the case, unit or kind",
        )
        return
    most = max((each.amount for each in fitting if each.amount is not None), default=None)
    if fee.amount is None or fee.amount <= (most or 0) or firm.intersection(fee.basis):
        return
    paid, known = money(fee.amount), None if most is None else money(most)
    said = ("không có", "there is none") if known is None else (known.vi, f"it is {known.en}")
    yield rules.HIGHER_FEE.problem(
        (*place, "amount"),
        vi=f"{paid.vi} không có căn cứ riêng; quốc gia: {said[0]}",
        en=f"{paid.en} without a legal basis of its own; nationally {said[1]}",
    )
