"""The figures of a replay, each of which opens to its dossiers, and the steps newly forbidden or allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.lab.replaying.values import Compared
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.lab.courses import Breach
    from onestop_core.text import Language

__all__ = ["FIGURES", "Figure", "RuleChange", "changes_of", "figure_of", "tells"]


@attrs.frozen(kw_only=True)
class Figure:
    """How many, and which: *dossiers* had everybody acted at the same moments, from *lowest* to *highest* if not.

    ``lowest`` counts those that belong to the figure however people acted (:class:`Behaviour`), each as he liked; ``highest``
    also those that belong to it by one of the behaviours, those still being handled that may yet belong to it, and those of
    which nobody can know.
    """

    name: str
    text: Text
    dossiers: tuple[str, ...]
    lowest: int
    highest: int
    others: int = 0
    """How many more there are, of which no row was kept."""

    @property
    def count(self) -> int:
        """How many there are, had everybody acted at the same moments."""
        return len(self.dossiers) + self.others

    @property
    def said(self) -> Text:
        """The figure in words, with its bounds where it has any."""
        count = number(self.count)
        if self.lowest == self.highest:
            return count
        low, high = number(self.lowest), number(self.highest)
        return Text(vi=f"{count.vi} (từ {low.vi} đến {high.vi})", en=f"{count.en} (from {low.en} to {high.en})")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the figure in JSON types."""
        return {
            "name": self.name,
            "text": self.text.in_(language),
            "count": self.count,
            "lowest": self.lowest,
            "highest": self.highest,
            "dossiers": list(self.dossiers),
        }


@attrs.frozen(kw_only=True)
class _Rule:
    """Which dossiers belong to a figure, and which may."""

    text: Text
    belongs: Callable[[Compared], bool]
    perhaps: Callable[[Compared], bool] | None = None
    """None: it is known of each whether it belongs."""
    sure: bool = True
    """Whether those that belong to it do so however people acted."""


def _always(_: Compared) -> bool:
    return True


def _unsure(row: Compared) -> bool:
    return row.unsure


def _failed(row: Compared) -> bool:
    return row.error is not None


def _waiting_changed(row: Compared) -> bool:
    one, other = ((side.waits, side.waited, side.restarts) for side in (row.before, row.after))
    return not row.unsure and one != other


FIGURES: Final[dict[str, _Rule]] = {
    "dossiers": _Rule(text=Text(vi="Hồ sơ", en="Dossiers"), belongs=_always),
    "moved": _Rule(
        text=Text(vi="Hồ sơ có hạn thay đổi", en="Moved"), belongs=lambda row: row.moved, perhaps=_unsure
    ),
    "later": _Rule(
        text=Text(vi="trong đó: hạn muộn hơn", en="of them: to a later moment"),
        belongs=lambda row: row.by > timedelta(),
        perhaps=_unsure,
    ),
    "earlier": _Rule(
        text=Text(vi="trong đó: hạn sớm hơn", en="of them: to an earlier moment"),
        belongs=lambda row: row.by < timedelta(),
        perhaps=_unsure,
    ),
    "at_stake": _Rule(
        text=Text(vi="trong đó: đang giải quyết, chưa rõ", en="of them: not settled yet"),
        belongs=lambda row: row.at_stake,
        perhaps=_unsure,
    ),
    "newly_late": _Rule(
        text=Text(vi="Mới thành quá hạn", en="Newly late"),
        belongs=lambda row: row.newly_late,
        perhaps=lambda row: row.perhaps_newly_late,
        sure=False,
    ),
    "newly_in_time": _Rule(
        text=Text(vi="Mới thành đúng hạn", en="Newly in time"),
        belongs=lambda row: row.newly_in_time,
        perhaps=lambda row: row.perhaps_newly_in_time,
        sure=False,
    ),
    "newly_forbidden": _Rule(
        text=Text(vi="Có bước mới bị cấm", en="With steps newly forbidden"),
        belongs=lambda row: bool(row.forbidden),
        perhaps=_failed,
    ),
    "newly_allowed": _Rule(
        text=Text(vi="Có bước mới được phép", en="With steps newly allowed"),
        belongs=lambda row: bool(row.allowed),
        perhaps=_failed,
    ),
    "waiting_changed": _Rule(
        text=Text(vi="Thời gian chờ thay đổi", en="Waiting changed"), belongs=_waiting_changed, perhaps=_unsure
    ),
    "extensions_changed": _Rule(
        text=Text(vi="Số lần gia hạn thay đổi", en="Extensions changed"),
        belongs=lambda row: not row.unsure and row.before.extensions != row.after.extensions,
        perhaps=_unsure,
    ),
    "open": _Rule(text=Text(vi="Không trả lời được", en="Cannot be answered"), belongs=lambda row: bool(row.open)),
    "failed": _Rule(text=Text(vi="Không tính được", en="Could not be counted"), belongs=_failed),
}  # fmt: skip
_OF_ALL: Final = "dossiers"


def tells(row: Compared) -> bool:
    """Return whether *row* belongs, or may belong, to any figure but that of all dossiers."""
    return any(
        rule.belongs(row) or (rule.perhaps is not None and rule.perhaps(row))
        for name, rule in FIGURES.items()
        if name != _OF_ALL
    )


def figure_of(name: str, rows: Iterable[Compared], others: int = 0) -> Figure:
    """Return the figure of that *name* of *rows*, and of so many *others* of which no row was kept."""
    rule, sure, perhaps = FIGURES[name], list[str](), 0
    for row in rows:
        if rule.belongs(row):
            sure.append(row.id)
        elif rule.perhaps is not None:
            perhaps += rule.perhaps(row)
    more = others if name == _OF_ALL else 0
    return Figure(
        name=name,
        text=rule.text,
        dossiers=tuple(sure),
        lowest=(len(sure) if rule.sure else 0) + more,
        highest=len(sure) + perhaps + more,
        others=more,
    )


@attrs.frozen(kw_only=True)
class RuleChange:
    """A step that one law refuses and the other does not, with the article."""

    event: str
    name: Text
    rule: str
    reason: Text
    basis: Text
    dossiers: tuple[str, ...]

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "event": self.event,
            "name": self.name.in_(language),
            "rule": self.rule,
            "reason": self.reason.in_(language),
            "basis": self.basis.in_(language),
            "dossiers": list(self.dossiers),
        }


def changes_of(rows: Sequence[Compared], of: Callable[[Compared], tuple[Breach, ...]]) -> tuple[RuleChange, ...]:
    """Return the steps that *of* tells of *rows*, that of most dossiers first."""
    found: dict[tuple[str, str, Text], list[str]] = {}
    first: dict[tuple[str, str, Text], Breach] = {}
    for row in rows:
        for breach in of(row):
            key = (breach.event, breach.rule, breach.basis)
            first.setdefault(key, breach)
            ids = found.setdefault(key, [])
            if not ids or ids[-1] != row.id:
                ids.append(row.id)
    changes = [
        RuleChange(
            event=event, name=first[key].name, rule=rule, reason=first[key].reason, basis=basis, dossiers=tuple(ids)
        )
        for key, ids in found.items()
        for event, rule, basis in [key]
    ]
    return tuple(sorted(changes, key=lambda change: -len(change.dossiers)))
