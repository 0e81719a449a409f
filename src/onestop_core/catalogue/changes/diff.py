"""``diff``: what changed between two catalogues, in terms that matter to those who apply."""

from __future__ import annotations

import json
from collections import deque
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from onestop_core.catalogue.changes.kinds import Change, ChangeKind
from onestop_core.catalogue.documents import dump
from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.catalogue.times import difference, order
from onestop_core.catalogue.values.codes import ChannelKind, Scope
from onestop_core.model.time_limits import TimeLimit
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text, money, padded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from onestop_core.catalogue.values.catalogue import Catalogue
    from onestop_core.rules.reading.documents import Where

    Json = dict[str, Any]

__all__ = ["diff"]


def diff(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return what changed from *old* to *new*: by procedure, in the order of *new*, what is gone last.

    Time limits are compared where it can be said which is longer, fees, papers and receiving places of the
    same name, case and channel with each other; every other difference is a change of kind ``other`` with its
    path. What they come to together is counted by :func:`~onestop_core.catalogue.totals`.

    >>> from onestop_core import catalogue
    >>> old = catalogue.dump(catalogue.shipped())
    >>> new = catalogue.dump(catalogue.shipped())
    >>> new["procedures"][0]["channels"][0]["limits"][0]["time"] = "5 working days"
    >>> [(c.kind.value, c.text.en) for c in diff(catalogue.load(old), catalogue.load(new))]
    [('limit_shorter', '1.004222, in person: time limit from 7 working days to 5 working days')]
    >>> [change] = diff(catalogue.load(new), catalogue.load(old))
    >>> change.kind.effect.value, change.by, change.unit
    ('worse', Fraction(2, 1), 'working_days')
    """
    before, after = dump(old), dump(new)
    old_procedures = {raw["code"]: (index, raw) for index, raw in enumerate(before.pop("procedures"))}
    new_procedures = {raw["code"]: (index, raw) for index, raw in enumerate(after.pop("procedures"))}
    changes = list(_others("", (), before, after))
    for code, (index, raw) in new_procedures.items():
        place: Where = ("procedures", index)
        if code in old_procedures:
            changes.extend(_procedure(code, place, old_procedures[code][1], raw))
        else:
            name = raw["name"]
            text = Text(vi=f"{code}: thêm thủ tục {name['vi']}", en=f"{code}: procedure added, {name['en']}")
            changes.append(_change(ChangeKind.PROCEDURE_ADDED, code, place, text, new=name["vi"]))
    for code, (index, raw) in old_procedures.items():
        if code not in new_procedures:
            name = raw["name"]
            text = Text(vi=f"{code}: bỏ thủ tục {name['vi']}", en=f"{code}: procedure removed, {name['en']}")
            changes.append(_change(ChangeKind.PROCEDURE_REMOVED, code, ("procedures", index), text, old=name["vi"]))
    return tuple(changes)


def _change(kind: ChangeKind, code: str, place: Where, text: Text, **values: Any) -> Change:
    return Change(kind=kind, procedure=code, path=json_path(place), text=text, **values)


def _paired(
    old: Iterable[Json], new: Iterable[Json], key: Callable[[Json], Hashable]
) -> Iterator[tuple[tuple[int, Json] | None, tuple[int, Json] | None]]:
    """Yield the items of both lists that have the same *key*, the n-th of a key with the n-th; None where one is alone."""
    waiting: dict[Hashable, deque[tuple[int, Json]]] = {}
    for entry in enumerate(old):
        waiting.setdefault(key(entry[1]), deque()).append(entry)
    for entry in enumerate(new):
        same = waiting.get(key(entry[1]))
        yield (same.popleft() if same else None), entry
    for entries in waiting.values():
        for entry in entries:
            yield entry, None


def _procedure(code: str, place: Where, old: Json, new: Json) -> Iterator[Change]:
    apart = ("channels", "papers")
    yield from _others(code, place, _without(old, *apart), _without(new, *apart))
    for before, after in _paired(old["channels"], new["channels"], lambda channel: channel["kind"]):
        if before and after:
            yield from _channel(code, (*place, "channels", after[0]), before[1], after[1])
        elif after:
            kind = after[1]["kind"]
            way = ChannelKind(kind).label
            text = Text(vi=f"{code}: thêm hình thức nộp: {way.vi}", en=f"{code}: channel added, {way.en}")
            yield _change(ChangeKind.CHANNEL_ADDED, code, (*place, "channels", after[0]), text, new=kind)
        else:
            assert before is not None  # of a pair, one is always there
            kind = before[1]["kind"]
            way = ChannelKind(kind).label
            text = Text(vi=f"{code}: bỏ hình thức nộp: {way.vi}", en=f"{code}: channel removed, {way.en}")
            yield _change(ChangeKind.CHANNEL_REMOVED, code, (*place, "channels", before[0]), text, old=kind)
    for before, after in _paired(old["papers"], new["papers"], lambda paper: paper["name"]["vi"]):
        if before and after:
            yield from _paper(code, (*place, "papers", after[0]), before[1], after[1])
        elif after:
            name = after[1]["name"]
            text = Text(vi=f"{code}: thêm giấy tờ {name['vi']}", en=f"{code}: paper added, {name['en']}")
            yield _change(ChangeKind.PAPER_ADDED, code, (*place, "papers", after[0]), text, new=name["vi"])
        else:
            assert before is not None  # of a pair, one is always there
            name = before[1]["name"]
            text = Text(vi=f"{code}: bớt giấy tờ {name['vi']}", en=f"{code}: paper removed, {name['en']}")
            yield _change(ChangeKind.PAPER_REMOVED, code, (*place, "papers", before[0]), text, old=name["vi"])


def _channel(code: str, place: Where, old: Json, new: Json) -> Iterator[Change]:
    yield from _others(code, place, _without(old, "limits"), _without(new, "limits"))
    way = ChannelKind(new["kind"]).label
    where = Text(vi=f"{code}, {way.vi}", en=f"{code}, {way.en}")
    for before, after in _paired(old["limits"], new["limits"], lambda limit: limit.get("case")):
        index = after[0] if after else before[0] if before else 0
        limit_place = (*place, "limits", index)
        if before and after:
            yield from _limit(code, where, limit_place, before[1], after[1])
        else:
            yield _other(code, limit_place, before and before[1], after and after[1])


def _limit(code: str, where: Text, place: Where, old: Json, new: Json) -> Iterator[Change]:
    apart = ("time", "fees")
    before, after = old.get("time"), new.get("time")
    if before != after:
        yield _time(code, where, (*place, "time"), before, after)
    yield from _others(code, place, _without(old, *apart), _without(new, *apart))
    for old_fee, new_fee in _paired(old.get("fees", ()), new.get("fees", ()), _fee_key):
        index = new_fee[0] if new_fee else old_fee[0] if old_fee else 0
        fee_place = (*place, "fees", index)
        yield from _fee(code, where, fee_place, old_fee and old_fee[1], new_fee and new_fee[1])


def _time(code: str, where: Text, place: Where, old: str | None, new: str | None) -> Change:
    if old is None or new is None:
        return _other(code, place, old, new)
    before, after = TimeLimit.parse(old), TimeLimit.parse(new)
    longer = order(before, after)
    if not longer:
        return _other(code, place, old, new)
    unit, by = difference(before, after) or (None, None)
    text = Text(
        vi=f"{where.vi}: thời hạn từ {before.text.vi} thành {after.text.vi}",
        en=f"{where.en}: time limit from {before.text.en} to {after.text.en}",
    )
    kind = ChangeKind.LIMIT_LONGER if longer > 0 else ChangeKind.LIMIT_SHORTER
    return _change(kind, code, place, text, old=old, new=new, by=by, unit=unit and unit.value)


def _paper(code: str, place: Where, old: Json, new: Json) -> Iterator[Change]:
    name = new["name"]
    for field, vi, en in (("originals", "bản chính", "originals"), ("copies", "bản sao", "copies")):
        by = new[field] - old[field]
        if by:
            text = Text(
                vi=f"{code}, {name['vi']}: {vi} từ {padded(old[field])} thành {padded(new[field])}",
                en=f"{code}, {name['en']}: {en} from {old[field]} to {new[field]}",
            )
            kind = ChangeKind.PIECES_MORE if by > 0 else ChangeKind.PIECES_FEWER
            values = {"old": str(old[field]), "new": str(new[field])}
            yield _change(kind, code, (*place, field), text, by=Fraction(by), unit="pieces", **values)
    before, after = old.get("replaced_by_data"), new.get("replaced_by_data")
    if (before is None) is not (after is None):
        data: Any = after or before
        text = Text(
            vi=f"{code}, {name['vi']}: {'thay bằng' if after else 'không còn thay bằng'} {data['vi']}",
            en=f"{code}, {name['en']}: {'replaced' if after else 'no longer replaced'} by {data['en']}",
        )
        kind = ChangeKind.DATA_REUSED if after else ChangeKind.DATA_NOT_REUSED
        values = {"new" if after else "old": data["vi"]}
        yield _change(kind, code, (*place, "replaced_by_data"), text, **values)
        old, new = _without(old, "replaced_by_data"), _without(new, "replaced_by_data")
    pieces = ("originals", "copies")
    yield from _others(code, place, _without(old, *pieces), _without(new, *pieces))


def _fee_key(fee: Json) -> Hashable:
    return fee.get("case"), fee.get("unit", {}).get("vi"), fee.get("kind")


def _fee(code: str, where: Text, place: Where, old: Json | None, new: Json | None) -> Iterator[Change]:
    # No fee at all is a fee of nothing.
    before, after = (Decimal(fee["amount"]) if fee else Decimal(0) for fee in (old, new))
    if before != after:
        kind = ChangeKind.FEE_HIGHER if after > before else ChangeKind.FEE_LOWER
        was, now = money(before), money(after)
        text = Text(
            vi=f"{where.vi}: mức thu từ {was.vi} thành {now.vi}", en=f"{where.en}: fee from {was.en} to {now.en}"
        )
        by = Fraction(after) - Fraction(before)
        yield _change(kind, code, place, text, old=f"{before:f}", new=f"{after:f}", by=by, unit="VND")
    elif old is None or new is None:
        yield _other(code, place, old, new)
    if old is not None and new is not None:
        yield from _others(code, place, _without(old, "amount"), _without(new, "amount"))


_Listed = tuple[ChangeKind, ChangeKind, Text]
_LISTS: Final[dict[str, _Listed]] = {
    "receiving": (
        ChangeKind.PLACE_ADDED,
        ChangeKind.PLACE_REMOVED,
        Text(vi="nơi tiếp nhận", en="receiving place"),
    ),
    "exemptions": (
        ChangeKind.EXEMPTION_ADDED,
        ChangeKind.EXEMPTION_REMOVED,
        Text(vi="đối tượng được miễn:", en="exemption"),
    ),
}
_SCOPES: Final = tuple(Scope)
"""From the narrowest to the widest."""


def _without(value: Json, *keys: str) -> Json:
    return {key: child for key, child in value.items() if key not in keys}


def _others(code: str, place: Where, old: Any, new: Any) -> Iterator[Change]:
    """Yield the differences that have no kind of their own, each at the deepest place that shows it."""
    if is_object(old) and is_object(new):
        for key in {**old, **new}:
            before: Any = old.get(key)
            after: Any = new.get(key)
            if key in _LISTS and before != after:
                yield from _listed(code, (*place, key), before or (), after or (), _LISTS[key])
            elif key == "scope" and before in _SCOPES and after in _SCOPES and before != after:
                yield _scope(code, (*place, key), before, after)
            else:
                yield from _others(code, (*place, key), before, after)
    elif _are_named(old) and _are_named(new):
        yield from _listed(code, place, old, new, None)
    elif is_list(old) and is_list(new) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _others(code, (*place, index), before, after)
    elif old != new:
        yield _other(code, place, old, new)


def _name(raw: Json) -> Any:
    """Return what names an object among its like; None if nothing does."""
    named = next((raw[key] for key in ("id", "code", "name", "text") if key in raw), raw)
    return named.get("vi") if is_object(named) else named


def _are_named(values: Any) -> TypeGuard[list[Json]]:
    return is_list(values) and bool(values) and all(is_object(each) and _name(each) is not None for each in values)


def _listed(
    code: str, place: Where, old: Iterable[Json], new: Iterable[Json], kinds: _Listed | None
) -> Iterator[Change]:
    """Yield the differences of two lists whose items are named: their order does not matter."""
    for before, after in _paired(old, new, _name):
        if before and after:
            yield from _others(code, (*place, after[0]), before[1], after[1])
        else:
            index, raw = after or before or (0, {})
            if kinds is None:
                yield _other(code, (*place, index), before and before[1], after and after[1])
                continue
            added, removed, what = kinds
            name = raw.get("name") or raw["text"]
            text = Text(
                vi=f"{code}: {'thêm' if after else 'bỏ'} {what.vi} {name['vi']}",
                en=f"{code}: {what.en} {'added' if after else 'removed'}, {name['en']}",
            )
            values = {"new" if after else "old": name["vi"]}
            yield _change(added if after else removed, code, (*place, index), text, **values)


def _scope(code: str, place: Where, old: str, new: str) -> Change:
    wider = _SCOPES.index(new) > _SCOPES.index(old)
    was, now = Scope(old).label, Scope(new).label
    text = Text(
        vi=f"{code}: phạm vi tiếp nhận từ {was.vi} thành {now.vi}", en=f"{code}: receives {now.en}, before {was.en}"
    )
    return _change(ChangeKind.PLACE_WIDER if wider else ChangeKind.PLACE_NARROWER, code, place, text, old=old, new=new)


def _other(code: str, place: Where, old: Any, new: Any) -> Change:
    before, after = (None if value is None else _shown(value) for value in (old, new))
    where = json_path(place)
    text = Text(
        vi=f"{where}: từ {before or '–'} thành {after or '–'}", en=f"{where}: from {before or '–'} to {after or '–'}"
    )
    return _change(ChangeKind.OTHER, code, place, text, old=before, new=after)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:119] + "…"
