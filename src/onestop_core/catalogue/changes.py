"""``diff``: what changed between two catalogues, in terms that matter to those who apply."""

from __future__ import annotations

import enum
import json
from collections import deque
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.catalogue.structure import is_list, is_object, unstructured
from onestop_core.model.limits import TimeLimit
from onestop_core.rules.documents import json_path
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from onestop_core.catalogue.rules import Where
    from onestop_core.catalogue.values import Catalogue

    Json = dict[str, Any]

__all__ = ["Change", "ChangeKind", "Effect", "diff"]


class Effect(enum.StrEnum):
    """What a change means for those who apply."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class ChangeKind(enum.StrEnum):
    """What kind of thing changed, and which way."""

    PROCEDURE_ADDED = "procedure_added"
    PROCEDURE_REMOVED = "procedure_removed"
    CHANNEL_ADDED = "channel_added"
    CHANNEL_REMOVED = "channel_removed"
    LIMIT_SHORTER = "limit_shorter"
    LIMIT_LONGER = "limit_longer"
    FEE_LOWER = "fee_lower"
    FEE_HIGHER = "fee_higher"
    PAPER_ADDED = "paper_added"
    PAPER_REMOVED = "paper_removed"
    OTHER = "other"

    @property
    def effect(self) -> Effect:
        """What the change means for those who apply.

        >>> ChangeKind.LIMIT_SHORTER.effect, ChangeKind.PAPER_ADDED.effect
        (<Effect.BETTER: 'better'>, <Effect.WORSE: 'worse'>)
        """
        return _EFFECTS.get(self, Effect.NEUTRAL)


_EFFECTS = {
    **dict.fromkeys(
        (ChangeKind.CHANNEL_ADDED, ChangeKind.LIMIT_SHORTER, ChangeKind.FEE_LOWER, ChangeKind.PAPER_REMOVED),
        Effect.BETTER,
    ),
    **dict.fromkeys(
        (ChangeKind.CHANNEL_REMOVED, ChangeKind.LIMIT_LONGER, ChangeKind.FEE_HIGHER, ChangeKind.PAPER_ADDED),
        Effect.WORSE,
    ),
}


@attrs.frozen(kw_only=True)
class Change:
    """One difference between two catalogues."""

    kind: ChangeKind
    procedure: str
    """Code of the procedure; empty for a change outside the procedures."""
    path: str
    """JSON path of the place: in the new catalogue, or in the old one for what is gone."""
    old: str | None = None
    """The old value in words; None if there was none."""
    new: str | None = None
    text: Text
    """The change in a sentence."""

    def to_dict(self) -> dict[str, Any]:
        """Return the change as a JSON-ready mapping."""
        return {
            "kind": self.kind.value,
            "effect": self.kind.effect.value,
            "procedure": self.procedure,
            "path": self.path,
            "old": self.old,
            "new": self.new,
            "text": {"vi": self.text.vi, "en": self.text.en},
        }


def diff(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return what changed from *old* to *new*: by procedure, in the order of *new*, what is gone last.

    Time limits are compared where both are counted in the same unit, fees and papers of the same name,
    case and channel with each other; every other difference is a change of kind ``other`` with its path.

    >>> from onestop_core import catalogue
    >>> old = catalogue.dump(catalogue.shipped())
    >>> new = catalogue.dump(catalogue.shipped())
    >>> new["procedures"][0]["channels"][0]["limits"][0]["time"] = "5 working days"
    >>> [(c.kind.value, c.text.en) for c in diff(catalogue.load(old), catalogue.load(new))]
    [('limit_shorter', '1.004222, in_person: time limit from 7 working days to 5 working days')]
    """
    before, after = unstructured(old), unstructured(new)
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


def _change(kind: ChangeKind, code: str, place: Where, text: Text, **values: str | None) -> Change:
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
            text = Text(vi=f"{code}: thêm cách nộp {kind}", en=f"{code}: channel {kind} added")
            yield _change(ChangeKind.CHANNEL_ADDED, code, (*place, "channels", after[0]), text, new=kind)
        else:
            assert before is not None  # of a pair, one is always there
            kind = before[1]["kind"]
            text = Text(vi=f"{code}: bỏ cách nộp {kind}", en=f"{code}: channel {kind} removed")
            yield _change(ChangeKind.CHANNEL_REMOVED, code, (*place, "channels", before[0]), text, old=kind)
    for before, after in _paired(old["papers"], new["papers"], lambda paper: paper["name"]["vi"]):
        if before and after:
            yield from _others(code, (*place, "papers", after[0]), before[1], after[1])
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
    where = f"{code}, {new['kind']}"
    for before, after in _paired(old["limits"], new["limits"], lambda limit: limit.get("case")):
        index = after[0] if after else before[0] if before else 0
        limit_place = (*place, "limits", index)
        if before and after:
            yield from _limit(code, where, limit_place, before[1], after[1])
        else:
            yield _other(code, limit_place, before and before[1], after and after[1])


def _limit(code: str, where: str, place: Where, old: Json, new: Json) -> Iterator[Change]:
    apart = ("time", "fees")
    before, after = old.get("time"), new.get("time")
    if before != after:
        yield _time(code, where, (*place, "time"), before, after)
    yield from _others(code, place, _without(old, *apart), _without(new, *apart))
    for old_fee, new_fee in _paired(old.get("fees", ()), new.get("fees", ()), _fee_key):
        index = new_fee[0] if new_fee else old_fee[0] if old_fee else 0
        fee_place = (*place, "fees", index)
        yield from _fee(code, where, fee_place, old_fee and old_fee[1], new_fee and new_fee[1])


def _time(code: str, where: str, place: Where, old: str | None, new: str | None) -> Change:
    longer = None if old is None or new is None else _compare(TimeLimit.parse(old), TimeLimit.parse(new))
    if not longer:
        return _other(code, place, old, new)
    text = Text(vi=f"{where}: thời hạn từ {old} thành {new}", en=f"{where}: time limit from {old} to {new}")
    kind = ChangeKind.LIMIT_LONGER if longer > 0 else ChangeKind.LIMIT_SHORTER
    return _change(kind, code, place, text, old=old, new=new)


def _compare(old: TimeLimit, new: TimeLimit) -> Fraction | None:
    """Return how much longer *new* is; None where the two are not counted in one unit."""
    if len({step.unit for step in (*old.steps, *new.steps)}) != 1:
        return None
    return sum((step.amount for step in new.steps), Fraction(0)) - sum((step.amount for step in old.steps), Fraction(0))


def _fee_key(fee: Json) -> Hashable:
    return fee.get("case"), fee.get("unit", {}).get("vi"), fee.get("kind")


def _fee(code: str, where: str, place: Where, old: Json | None, new: Json | None) -> Iterator[Change]:
    # No fee at all is a fee of nothing.
    before, after = (Decimal(fee["amount"]) if fee else Decimal(0) for fee in (old, new))
    if before != after:
        kind = ChangeKind.FEE_HIGHER if after > before else ChangeKind.FEE_LOWER
        text = Text(
            vi=f"{where}: mức thu từ {before:f} thành {after:f} đồng",
            en=f"{where}: fee from {before:f} to {after:f} VND",
        )
        yield _change(kind, code, place, text, old=f"{before:f}", new=f"{after:f}")
    elif old is None or new is None:
        yield _other(code, place, old, new)
    if old is not None and new is not None:
        yield from _others(code, place, _without(old, "amount"), _without(new, "amount"))


def _without(value: Json, *keys: str) -> Json:
    return {key: child for key, child in value.items() if key not in keys}


def _others(code: str, place: Where, old: Any, new: Any) -> Iterator[Change]:
    """Yield the differences that have no kind of their own, each at the deepest place that shows it."""
    if is_object(old) and is_object(new):
        for key in {**old, **new}:
            yield from _others(code, (*place, key), old.get(key), new.get(key))
    elif is_list(old) and is_list(new) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _others(code, (*place, index), before, after)
    elif old != new:
        yield _other(code, place, old, new)


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
