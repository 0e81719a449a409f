"""How a dossier is handed in, until when it is decided and what is paid: parts b), d) and h) of an annex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.annex.values import Fact, Paragraph, Table
from onestop_core.catalogue.annex.words import (
    FEE_KINDS,
    NOTHING_KNOWN,
    RECEPTIONS,
    SETTERS,
    STARTS,
    TERRITORIES,
    amount_text,
    capital,
    duration_text,
    joined,
    labelled,
    opening_text,
    same,
)
from onestop_core.catalogue.values.codes import LimitStart, WithoutTime
from onestop_core.text import Text, number, percent, period_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue.annex.naming import Naming
    from onestop_core.catalogue.annex.values import Block
    from onestop_core.catalogue.values.money import Fee, Tier
    from onestop_core.catalogue.values.offers import Limit, OfferedChannel, Start
    from onestop_core.catalogue.values.procedure import Procedure, ReceivingPlace

__all__ = ["channels", "fees", "limits"]

_CHANNEL: Final = Text(vi="Hình thức nộp", en="Way to submit")
_CASE: Final = Text(vi="Trường hợp", en="Case")
_EVERY: Final = Text(vi="Mọi trường hợp", en="Every case")
_NOTE: Final = Text(vi="Ghi chú", en="Notes")

Row = tuple[tuple[Text, ...], ...]


def channels(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the ways to submit, with the places that receive."""
    rows: list[Row] = []
    for channel in procedure.channels:
        more = [] if channel.url is None else [labelled("Địa chỉ nộp trực tuyến", "File online at", same(channel.url))]
        more += [] if channel.note is None else [channel.note]
        said = naming.cited(capital(channel.kind.label), channel.basis)
        rows.append(((said,), (naming.cases(channel.cases) or _EVERY,), tuple(more)))
    yield _table(
        Text(vi="Cách thức thực hiện", en="Ways to submit"),
        (_CHANNEL, 28),
        (Text(vi="Trường hợp áp dụng", en="Cases"), 32),
        (Text(vi="Địa chỉ, ghi chú", en="Address, notes"), 40),
        rows=rows,
    )
    if procedure.non_territorial is not None:
        yield Fact(
            label=Text(vi="Tiếp nhận không phụ thuộc địa giới hành chính", en="Received whatever the territory"),
            values=(TERRITORIES[procedure.non_territorial],),
        )
    if procedure.reception is not None:
        yield Fact(label=Text(vi="Cách tiếp nhận", en="Reception"), values=(RECEPTIONS[procedure.reception],))
    if not procedure.receiving:
        yield Fact(label=Text(vi="Nơi tiếp nhận", en="Receiving places"), values=(NOTHING_KNOWN,))
        return
    yield _table(
        Text(vi="Nơi tiếp nhận", en="Receiving places"),
        (Text(vi="Nơi tiếp nhận", en="Receiving place"), 36),
        (Text(vi="Địa chỉ", en="Address"), 30),
        (Text(vi="Giờ tiếp nhận", en="Hours"), 34),
        rows=[_place(place, naming) for place in procedure.receiving],
    )


def _place(place: ReceivingPlace, naming: Naming) -> Row:
    named = [naming.cited(place.name, place.basis)]
    if place.code is not None:
        named.append(labelled("Mã định danh", "Agency code", same(place.code)))
    if place.scope is not None:
        named.append(labelled("Phạm vi tiếp nhận", "Takes dossiers of", place.scope.label))
    hours = [] if place.hours is None else [place.hours]
    hours += [] if place.opening_hours is None else opening_text(place.opening_hours)
    address = NOTHING_KNOWN if place.address is None else place.address
    return (tuple(named), (address,), tuple(hours) or (NOTHING_KNOWN,))


def limits(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the time limits, those of several channels that are alike in one row."""
    rows = (
        (channel, ((naming.cases(_of(channel, limit)) or _EVERY,), _limit(limit, naming), _notes(limit.note)))
        for channel in procedure.channels
        for limit in channel.limits
    )
    yield _table(
        Text(vi="Thời hạn giải quyết", en="Time limits"),
        (_CHANNEL, 22),
        (_CASE, 26),
        (Text(vi="Thời hạn", en="Time limit"), 32),
        (_NOTE, 20),
        rows=_by_channel(rows, procedure),
    )


def _of(channel: OfferedChannel, limit: Limit) -> tuple[str, ...]:
    """Return the cases of a limit: its own, or those that its channel serves."""
    return channel.cases if limit.case is None else (limit.case,)


def _limit(limit: Limit, naming: Naming) -> tuple[Text, ...]:
    if limit.time is not None:
        said = capital(duration_text(limit.time))
    elif limit.without_time is WithoutTime.NOT_PRESCRIBED:
        said = Text(vi="Không quy định", en="None prescribed")
    elif limit.without_time is WithoutTime.BY_EVENT:
        said = Text(vi="Theo sự kiện", en="It ends with an event")
    else:
        said = NOTHING_KNOWN
    lines: list[Text] = []
    if limit.starts is not None:
        start = _start(limit.starts)
        said = Text(vi=f"{said.vi} {start.vi}", en=f"{said.en} {start.en}")
    if limit.published is not None and _bare(limit.published) != _bare(said.vi):
        lines.append(labelled("Nguyên văn công bố", "As published", same(f"“{limit.published}”")))
    return (naming.cited(said, limit.basis), *lines)


def _start(start: Start) -> Text:
    if start.words is None:
        return STARTS[start.event]
    return (
        start.words if start.event is not LimitStart.OTHER else Text(vi=f"({start.words.vi})", en=f"({start.words.en})")
    )


def _bare(words: str) -> str:
    return " ".join(words.casefold().strip(" .;").split())


def fees(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the fees, those of several channels that are alike in one row; then what is paid besides."""
    rows = [
        (channel, _fee_row(channel, limit, fee, naming))
        for channel in procedure.channels
        for limit in channel.limits
        for fee in limit.fees
    ]
    if rows:
        yield _table(
            Text(vi="Phí, lệ phí", en="Fees and charges"),
            (_CHANNEL, 20),
            (_CASE, 22),
            (Text(vi="Mức thu", en="Amount"), 32),
            (Text(vi="Miễn, giảm, ghi chú", en="Exemptions, reductions, notes"), 26),
            rows=_by_channel(rows, procedure),
        )
    else:
        yield Paragraph(text=NOTHING_KNOWN)
    if procedure.obligations:
        steps = {step.id: place for place, step in enumerate(procedure.steps, start=1)}
        values: list[Text] = []
        for each in procedure.obligations:
            more = [] if (cases := naming.cases(each.cases)) is None else [labelled("trường hợp", "case", cases)]
            if each.determined_by is not None:
                more.append(labelled("cơ quan xác định", "determined by", each.determined_by))
            if each.before is not None:
                step = naming.step(each.before, steps)
                more.append(Text(vi=f"nộp trước {step.vi}", en=f"paid before {step.en}"))
            values.append(naming.cited(joined([each.name, *more]), each.basis))
        yield Fact(
            label=Text(vi="Nghĩa vụ tài chính ngoài phí, lệ phí", en="Financial obligations besides"),
            values=tuple(values),
        )


def _fee_row(channel: OfferedChannel, limit: Limit, fee: Fee, naming: Naming) -> Row:
    own = _of(channel, limit)
    case = own if fee.case is None or fee.case in own else (*own, fee.case)
    if fee.case is not None and limit.case is None:  # the channel's cases say nothing more than the fee's own
        case = (fee.case,)
    return ((naming.cases(case) or _EVERY,), _amount(fee, naming), _fee_notes(fee, naming))


def _amount(fee: Fee, naming: Naming) -> tuple[Text, ...]:
    lines: list[Text] = []
    if fee.amount is not None:
        free = Text(vi="Miễn phí", en="Free of charge")
        lines.append(free if fee.amount == 0 else _for_each(amount_text(fee.amount, fee.currency), fee))
    if fee.share is not None:
        rate = percent(fee.share.percent)
        lines.append(Text(vi=f"{rate.vi} của {fee.share.of.vi}", en=f"{rate.en} of {fee.share.of.en}"))
        if fee.share.least is not None:
            lines.append(labelled("Tối thiểu", "At least", amount_text(fee.share.least, fee.currency)))
    lines += _tiers(fee.tiers, fee)
    if fee.most is not None:
        lines.append(labelled("Tối đa", "At most", amount_text(fee.most, fee.currency)))
    if fee.set_by is not None:
        lines.append(SETTERS[fee.set_by])
    if fee.published is not None:
        lines.append(labelled("Nguyên văn công bố", "As published", same(f"“{fee.published}”")))
    if fee.kind is not None:
        lines[0] = labelled(FEE_KINDS[fee.kind].vi, FEE_KINDS[fee.kind].en, lines[0])
    lines[0] = naming.cited(lines[0], fee.basis)
    return tuple(lines)


def _for_each(amount: Text, fee: Fee) -> Text:
    """Return *amount* with what it is for; a quantity without a unit is named, so that nobody takes it for all."""
    if fee.unit is None:
        if fee.quantity is None:
            return amount
        return Text(
            vi=f"{amount.vi} cho mỗi đơn vị ({fee.quantity})",
            en=f"{amount.en} for each of the quantity ({fee.quantity})",
        )
    vi = " " if fee.unit.vi.startswith(("mỗi ", "một ", "cho ")) else "/"
    en = " " if fee.unit.en.startswith(("a ", "an ", "each ", "every ", "per ", "for ")) else " per "
    return Text(vi=f"{amount.vi}{vi}{fee.unit.vi}", en=f"{amount.en}{en}{fee.unit.en}")


def _tiers(tiers: tuple[Tier, ...], fee: Fee) -> Iterator[Text]:
    below = None
    for tier in tiers:
        each = _for_each(amount_text(tier.amount, fee.currency), fee)
        upper = None if tier.up_to is None else number(tier.up_to)
        if upper is not None and below is None:
            span = Text(vi=f"Đến {upper.vi}", en=f"Up to {upper.en}")
        elif upper is not None and below is not None:
            span = Text(vi=f"Trên {below.vi} đến {upper.vi}", en=f"Above {below.en} up to {upper.en}")
        else:
            span = Text(vi="Mọi số lượng", en="Any quantity")
            span = span if below is None else Text(vi=f"Trên {below.vi}", en=f"Above {below.en}")
        yield labelled(span.vi, span.en, each)
        below = upper


def _fee_notes(fee: Fee, naming: Naming) -> tuple[Text, ...]:
    lines = [naming.cited(labelled("Miễn", "Exempt", each.text), each.basis) for each in fee.exemptions]
    for less in fee.reductions:
        off = percent(less.percent)
        said = labelled(f"Giảm {off.vi}", f"{off.en} less", less.text)
        if less.case is not None:
            case = naming.case(less.case)
            said = Text(vi=f"{said.vi} (trường hợp: {case.vi})", en=f"{said.en} (case: {case.en})")
        lines.append(naming.cited(said, less.basis))
    if fee.in_force_from is not None or fee.in_force_to is not None:
        lines.append(labelled("Áp dụng", "Applies", period_text(fee.in_force_from, fee.in_force_to)))
    return (*lines, *_notes(fee.note))


def _notes(note: Text | None) -> tuple[Text, ...]:
    return () if note is None else (note,)


def _by_channel(rows: Iterable[tuple[OfferedChannel, Row]], procedure: Procedure) -> list[Row]:
    """Return the rows with the channels to which they apply in front, those that say the same once."""
    every = {channel.kind.label for channel in procedure.channels}
    kinds: dict[Row, dict[Text, None]] = {}
    for channel, row in rows:
        kinds.setdefault(row, {})[channel.kind.label] = None
    whole = Text(vi="Mọi hình thức", en="Every way")
    return [
        ((whole if len(every) > 1 and labels.keys() == every else capital(joined(labels)),), *row)
        for row, labels in kinds.items()
    ]


def _table(caption: Text, *columns: tuple[Text, int], rows: list[Row]) -> Table:
    """Return a table whose last column, of notes, is left out where nobody has any."""
    heads, widths = (tuple(part) for part in zip(*columns, strict=True))
    if not any(row[-1] for row in rows):
        heads, widths = heads[:-1], (*widths[:-2], widths[-2] + widths[-1])
        rows = [row[:-1] for row in rows]
    return Table(caption=caption, heads=heads, widths=widths, rows=tuple(rows))
