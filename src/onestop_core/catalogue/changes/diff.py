"""``diff``: what changed between two catalogues, in terms that matter to those who apply."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import attrs

from onestop_core.catalogue.changes.kinds import Change, ChangeKind
from onestop_core.catalogue.changes.naming import is_text, name_of, place_words, value_words
from onestop_core.catalogue.changes.pairing import begins_on, editions_of, paired, papers_paired
from onestop_core.catalogue.documents import dump
from onestop_core.catalogue.structure import is_list, is_object
from onestop_core.catalogue.values.codes import ChannelKind, Scope
from onestop_core.catalogue.values.times import difference, order
from onestop_core.model.time_limits import TimeLimit
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text, day_text, money, number, padded

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from onestop_core.catalogue.changes.pairing import Entry
    from onestop_core.catalogue.values.catalogue import Catalogue
    from onestop_core.rules.reading.documents import Where

    Json = dict[str, Any]

__all__ = ["diff"]


def diff(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return what changed from *old* to *new*: by procedure, in the order of *new*, what is gone last.

    The editions of one code are compared by their first days; a new one with that which held before. A paper of one code or form under
    another name is the same paper. Time limits are compared where it can be said which is longer, fees, papers and receiving places of the
    same name, case and channel with each other; every other difference is a change of kind ``other`` with its
    path, told in the words of the schema. What they come to together is counted by :func:`~onestop_core.catalogue.totals`.

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
    whole = _Subject(code="", label=Text(vi="", en=""), old=before, new=after)
    changes = list(_others(whole, (), _without(before, "procedures"), _without(after, "procedures")))
    gone: dict[str, list[Entry]] = editions_of(before)
    for code, editions in editions_of(after).items():
        changes.extend(_same_code(code, gone.pop(code, []), editions, whole))
    for code, editions in gone.items():
        changes.extend(_same_code(code, editions, [], whole))
    return tuple(changes)


@attrs.frozen(kw_only=True)
class _Subject:
    """What a change is about: a procedure, called by its code, of several editions by its first day too."""

    code: str
    label: Text
    old: Json = attrs.field(repr=False)
    """The whole documents, in which places are looked up."""
    new: Json = attrs.field(repr=False)

    @property
    def vi(self) -> str:
        return self.label.vi

    @property
    def en(self) -> str:
        return self.label.en


def _same_code(code: str, old: list[Entry], new: list[Entry], whole: _Subject) -> Iterator[Change]:
    """Yield what changed in the editions of one code; a new one is held against the one that held on its first day."""
    several = max(len(old), len(new)) > 1
    left = {begins_on(edition): edition for edition in old}
    alone = len(old) == len(new) == 1
    for edition in new:
        begins = begins_on(edition)
        of = attrs.evolve(whole, code=code, label=_label(code, begins, several=several))
        place: Where = ("procedures", edition[0])
        before = left.pop(begins_on(old[0]) if alone else begins, None)
        if before is None:
            kind = ChangeKind.EDITION_ADDED if old else ChangeKind.PROCEDURE_ADDED
            yield _whole(kind, of, place, edition[1])
            before = next((each for each in reversed(old) if begins_on(each) < begins), None)
            periods = ("in_force_from", "in_force_to")
            if before is not None:
                yield from _procedure(of, place, _without(before[1], *periods), _without(edition[1], *periods))
        else:
            yield from _procedure(of, place, before[1], edition[1])
    for begins, (index, raw) in left.items():
        of = attrs.evolve(whole, code=code, label=_label(code, begins, several=several))
        kind = ChangeKind.EDITION_REMOVED if new else ChangeKind.PROCEDURE_REMOVED
        yield _whole(kind, of, ("procedures", index), raw)


def _label(code: str, begins: str, *, several: bool) -> Text:
    if not several:
        return Text(vi=code, en=code)
    if not begins:
        return Text(vi=f"{code} (bản đầu)", en=f"{code} (first edition)")
    day = day_text(date.fromisoformat(begins))
    return Text(vi=f"{code} (từ {day.vi})", en=f"{code} (from {day.en})")


_WHOLE: Final = {
    ChangeKind.PROCEDURE_ADDED: Text(vi="thêm thủ tục", en="procedure added,"),
    ChangeKind.PROCEDURE_REMOVED: Text(vi="bỏ thủ tục", en="procedure removed,"),
    ChangeKind.EDITION_ADDED: Text(vi="thêm giai đoạn hiệu lực của", en="edition added,"),
    ChangeKind.EDITION_REMOVED: Text(vi="bỏ giai đoạn hiệu lực của", en="edition removed,"),
}


def _whole(kind: ChangeKind, of: _Subject, place: Where, raw: Json) -> Change:
    name, what = raw["name"], _WHOLE[kind]
    text = Text(vi=f"{of.vi}: {what.vi} {name['vi']}", en=f"{of.en}: {what.en} {name['en']}")
    added = kind in {ChangeKind.PROCEDURE_ADDED, ChangeKind.EDITION_ADDED}
    return _change(kind, of, place, text, **{"new" if added else "old": name["vi"]})


def _change(kind: ChangeKind, of: _Subject, place: Where, text: Text, **values: Any) -> Change:
    return Change(kind=kind, procedure=of.code, path=json_path(place), text=text, **values)


def _procedure(of: _Subject, place: Where, old: Json, new: Json) -> Iterator[Change]:
    apart = ("channels", "papers")
    yield from _others(of, place, _without(old, *apart), _without(new, *apart))
    for before, after in paired(old["channels"], new["channels"], lambda channel: channel["kind"]):
        if before and after:
            yield from _channel(of, (*place, "channels", after[0]), before[1], after[1])
        elif after:
            kind = after[1]["kind"]
            way = ChannelKind(kind).label
            text = Text(vi=f"{of.vi}: thêm hình thức nộp: {way.vi}", en=f"{of.en}: channel added, {way.en}")
            yield _change(ChangeKind.CHANNEL_ADDED, of, (*place, "channels", after[0]), text, new=kind)
        else:
            assert before is not None  # of a pair, one is always there
            kind = before[1]["kind"]
            way = ChannelKind(kind).label
            text = Text(vi=f"{of.vi}: bỏ hình thức nộp: {way.vi}", en=f"{of.en}: channel removed, {way.en}")
            yield _change(ChangeKind.CHANNEL_REMOVED, of, (*place, "channels", before[0]), text, old=kind)
    for before, after in papers_paired(old["papers"], new["papers"]):
        if before and after:
            yield from _paper(of, (*place, "papers", after[0]), before[1], after[1])
        elif after:
            name = after[1]["name"]
            text = Text(vi=f"{of.vi}: thêm giấy tờ {name['vi']}", en=f"{of.en}: paper added, {name['en']}")
            yield _change(ChangeKind.PAPER_ADDED, of, (*place, "papers", after[0]), text, new=name["vi"])
        else:
            assert before is not None  # of a pair, one is always there
            name = before[1]["name"]
            text = Text(vi=f"{of.vi}: bớt giấy tờ {name['vi']}", en=f"{of.en}: paper removed, {name['en']}")
            yield _change(ChangeKind.PAPER_REMOVED, of, (*place, "papers", before[0]), text, old=name["vi"])


def _channel(of: _Subject, place: Where, old: Json, new: Json) -> Iterator[Change]:
    yield from _others(of, place, _without(old, "limits"), _without(new, "limits"))
    way = ChannelKind(new["kind"]).label
    where = Text(vi=f"{of.vi}, {way.vi}", en=f"{of.en}, {way.en}")
    for before, after in paired(old["limits"], new["limits"], lambda limit: limit.get("case")):
        index = after[0] if after else before[0] if before else 0
        limit_place = (*place, "limits", index)
        if before and after:
            yield from _limit(of, where, limit_place, before[1], after[1])
        else:
            yield _other(of, limit_place, before and before[1], after and after[1])


def _limit(of: _Subject, where: Text, place: Where, old: Json, new: Json) -> Iterator[Change]:
    apart = ("time", "fees")
    before, after = old.get("time"), new.get("time")
    if before != after:
        yield _time(of, where, (*place, "time"), before, after)
    yield from _others(of, place, _without(old, *apart), _without(new, *apart))
    # Where the other side has a fee of which nobody knows what it comes to, one that is missing is not nothing.
    known = all("amount" in fee for fee in (*old.get("fees", ()), *new.get("fees", ())))
    for old_fee, new_fee in paired(old.get("fees", ()), new.get("fees", ()), _fee_key):
        index = new_fee[0] if new_fee else old_fee[0] if old_fee else 0
        fee_place = (*place, "fees", index)
        if known or (old_fee and new_fee):
            yield from _fee(of, where, fee_place, old_fee and old_fee[1], new_fee and new_fee[1])
        else:
            yield _other(of, fee_place, old_fee and old_fee[1], new_fee and new_fee[1])


def _time(of: _Subject, where: Text, place: Where, old: str | None, new: str | None) -> Change:
    if old is None or new is None:
        return _other(of, place, old, new)
    before, after = TimeLimit.parse(old), TimeLimit.parse(new)
    longer = order(before, after)
    if not longer:
        return _other(of, place, old, new)
    unit, by = difference(before, after) or (None, None)
    text = Text(
        vi=f"{where.vi}: thời hạn từ {before.text.vi} thành {after.text.vi}",
        en=f"{where.en}: time limit from {before.text.en} to {after.text.en}",
    )
    kind = ChangeKind.LIMIT_LONGER if longer > 0 else ChangeKind.LIMIT_SHORTER
    return _change(kind, of, place, text, old=old, new=new, by=by, unit=unit and unit.value)


def _paper(of: _Subject, place: Where, old: Json, new: Json) -> Iterator[Change]:
    name = new["name"]
    if old["name"]["vi"] != name["vi"]:
        text = Text(
            vi=f"{of.vi}: giấy tờ “{old['name']['vi']}” đổi tên thành “{name['vi']}”",
            en=f"{of.en}: paper “{old['name']['en']}” renamed “{name['en']}”",
        )
        values = {"old": old["name"]["vi"], "new": name["vi"]}
        yield _change(ChangeKind.PAPER_RENAMED, of, (*place, "name"), text, **values)
        old, new = _without(old, "name"), _without(new, "name")
    for field, vi, en in (("originals", "bản chính", "originals"), ("copies", "bản sao", "copies")):
        by = new[field] - old[field]
        if by:
            text = Text(
                vi=f"{of.vi}, {name['vi']}: {vi} từ {padded(old[field])} thành {padded(new[field])}",
                en=f"{of.en}, {name['en']}: {en} from {old[field]} to {new[field]}",
            )
            kind = ChangeKind.PIECES_MORE if by > 0 else ChangeKind.PIECES_FEWER
            values = {"old": str(old[field]), "new": str(new[field])}
            yield _change(kind, of, (*place, field), text, by=Fraction(by), unit="pieces", **values)
    before, after = old.get("replaced_by_data"), new.get("replaced_by_data")
    if (before is None) is not (after is None):
        data: Any = after or before
        text = Text(
            vi=f"{of.vi}, {name['vi']}: {'thay bằng' if after else 'không còn thay bằng'} {data['vi']}",
            en=f"{of.en}, {name['en']}: {'replaced' if after else 'no longer replaced'} by {data['en']}",
        )
        kind = ChangeKind.DATA_REUSED if after else ChangeKind.DATA_NOT_REUSED
        values = {"new" if after else "old": data["vi"]}
        yield _change(kind, of, (*place, "replaced_by_data"), text, **values)
        old, new = _without(old, "replaced_by_data"), _without(new, "replaced_by_data")
    pieces = ("originals", "copies")
    yield from _others(of, place, _without(old, *pieces), _without(new, *pieces))


def _fee_key(fee: Json) -> Hashable:
    return fee.get("case"), fee.get("unit", {}).get("vi"), fee.get("kind")


def _fee(of: _Subject, where: Text, place: Where, old: Json | None, new: Json | None) -> Iterator[Change]:
    if any(fee is not None and "amount" not in fee for fee in (old, new)):  # a share, a scale, or set by another
        yield from _others(of, place, old, new)
        return
    # No fee at all is a fee of nothing.
    before, after = (Decimal(fee["amount"]) if fee else Decimal(0) for fee in (old, new))
    currencies = {fee.get("currency", _DONG) for fee in (old, new) if fee}
    if len(currencies) > 1:
        assert old is not None  # of one side alone there is one currency
        assert new is not None
        was, now = _money(before, old.get("currency", _DONG)), _money(after, new.get("currency", _DONG))
        text = Text(
            vi=f"{where.vi}: mức thu từ {was.vi} thành {now.vi}", en=f"{where.en}: fee from {was.en} to {now.en}"
        )
        yield _change(ChangeKind.OTHER, of, (*place, "amount"), text, old=was.vi, new=now.vi)
        old, new = _without(old, "currency"), _without(new, "currency")
    elif before != after:
        (currency,) = currencies
        kind = ChangeKind.FEE_HIGHER if after > before else ChangeKind.FEE_LOWER
        was, now = _money(before, currency), _money(after, currency)
        text = Text(
            vi=f"{where.vi}: mức thu từ {was.vi} thành {now.vi}", en=f"{where.en}: fee from {was.en} to {now.en}"
        )
        by = Fraction(after) - Fraction(before)
        yield _change(kind, of, place, text, old=f"{before:f}", new=f"{after:f}", by=by, unit=currency)
    elif old is None or new is None:
        yield _other(of, place, old, new)
    if old is not None and new is not None:
        yield from _others(of, place, _without(old, "amount"), _without(new, "amount"))


def _money(amount: Decimal, currency: str) -> Text:
    if currency == _DONG:
        return money(amount)
    figure = number(amount)
    return Text(vi=f"{figure.vi} {currency}", en=f"{figure.en} {currency}")


_DONG: Final = "VND"
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


def _others(of: _Subject, place: Where, old: Any, new: Any) -> Iterator[Change]:
    """Yield the differences that have no kind of their own, each at the deepest place that shows it."""
    if is_object(old) and is_object(new) and not (is_text(old) and is_text(new)):
        for key in {**old, **new}:
            before: Any = old.get(key)
            after: Any = new.get(key)
            if key in _LISTS and before != after:
                yield from _listed(of, (*place, key), before or (), after or (), _LISTS[key])
            elif key == "scope" and before in _SCOPES and after in _SCOPES and before != after:
                yield _scope(of, (*place, key), before, after)
            else:
                yield from _others(of, (*place, key), before, after)
    elif _are_named(old) and _are_named(new):
        yield from _listed(of, place, old, new, None)
    elif is_list(old) and is_list(new) and len(old) == len(new) and any(map(is_object, old)):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _others(of, (*place, index), before, after)
    elif old != new:
        yield _other(of, place, old, new)


def _are_named(values: Any) -> TypeGuard[list[Json]]:
    return is_list(values) and bool(values) and all(is_object(each) and name_of(each) is not None for each in values)


def _listed(
    of: _Subject, place: Where, old: Iterable[Json], new: Iterable[Json], kinds: _Listed | None
) -> Iterator[Change]:
    """Yield the differences of two lists whose items are named: their order does not matter."""
    for before, after in paired(old, new, name_of):
        if before and after:
            yield from _others(of, (*place, after[0]), before[1], after[1])
        else:
            index, raw = after or before or (0, {})
            if kinds is None:
                yield _other(of, (*place, index), before and before[1], after and after[1])
                continue
            added, removed, what = kinds
            name = raw.get("name") or raw["text"]
            text = Text(
                vi=f"{of.vi}: {'thêm' if after else 'bỏ'} {what.vi} {name['vi']}",
                en=f"{of.en}: {what.en} {'added' if after else 'removed'}, {name['en']}",
            )
            values = {"new" if after else "old": name["vi"]}
            yield _change(added if after else removed, of, (*place, index), text, **values)


def _scope(of: _Subject, place: Where, old: str, new: str) -> Change:
    wider = _SCOPES.index(new) > _SCOPES.index(old)
    was, now = Scope(old).label, Scope(new).label
    text = Text(
        vi=f"{of.vi}: phạm vi tiếp nhận từ {was.vi} thành {now.vi}", en=f"{of.en}: receives {now.en}, before {was.en}"
    )
    return _change(ChangeKind.PLACE_WIDER if wider else ChangeKind.PLACE_NARROWER, of, place, text, old=old, new=new)


def _other(of: _Subject, place: Where, old: Any, new: Any) -> Change:
    # What holds a thing that is gone is still there, at its new place; what a value names stands in its own document.
    where = place_words(place, of.new, item=old if new is None else new)
    before, after = (
        None if value is None else value_words(place, value, {**of.new, "bases": own.get("bases", {})})
        for value, own in ((old, of.old), (new, of.new))
    )
    subject = Text(vi=f"{of.vi}, {where.vi}" if of.vi else where.vi, en=f"{of.en}, {where.en}" if of.en else where.en)
    if before and after:
        text = Text(
            vi=f"{subject.vi}: từ {before.vi} thành {after.vi}", en=f"{subject.en}: from {before.en} to {after.en}"
        )
    else:
        side = after or before
        assert side is not None  # a difference has one side at least
        verb = Text(vi="thêm", en="added") if after else Text(vi="bỏ", en="removed")
        if where.vi.endswith(f"“{side.vi}”"):  # it is called by its name already
            text = Text(vi=f"{subject.vi}: {verb.vi}", en=f"{subject.en}: {verb.en}")
        else:
            text = Text(vi=f"{subject.vi}: {verb.vi} {side.vi}", en=f"{subject.en}: {verb.en}, {side.en}")
    return _change(ChangeKind.OTHER, of, place, text, old=_plain(old), new=_plain(new))


def _plain(value: Any) -> str | None:
    """Return *value* as a program may want it: a text in Vietnamese, anything else as it stands."""
    if value is None:
        return None
    said = value["vi"] if is_text(value) else value
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return text if len(text) <= 120 else text[:119] + "…"
