"""``totals``: what the changes between two catalogues come to, in exact numbers.

The counts that "fewer procedures, less time, less cost" needs. A time limit is counted once for each
channel and case that both catalogues have; what only one of them has adds and saves no time and no money.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.catalogue.changes.kinds import Change, ChangeEffect, ChangeKind, decimal_text
from onestop_core.catalogue.values.fields import expect, typed
from onestop_core.catalogue.values.times import order
from onestop_core.errors import InvalidValueError
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text, number, signed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Sums", "Totals", "totals"]

_NOTHING = Fraction(0)


@attrs.frozen(kw_only=True, field_transformer=typed)
class Sums:
    """How much less and how much more, of one unit; both are zero or positive.

    >>> from fractions import Fraction
    >>> Sums(unit="VND", less=Fraction(10000), more=Fraction(2500)).net
    Fraction(-7500, 1)
    """

    unit: str
    """A unit of time limits such as ``working_days``, ``VND``, or ``pieces`` of papers."""
    less: Fraction = _NOTHING
    """Sum of all reductions."""
    more: Fraction = _NOTHING
    """Sum of all increases."""

    @property
    def net(self) -> Fraction:
        """What is more, less what is less: negative where there is less on the whole."""
        return self.more - self.less

    def to_dict(self) -> dict[str, str]:
        """Return the sums as a JSON-ready mapping, the exact numbers as text."""
        return {
            "unit": self.unit,
            "less": decimal_text(self.less),
            "more": decimal_text(self.more),
            "net": decimal_text(self.net),
        }


@attrs.frozen(kw_only=True, field_transformer=typed)
class Totals:
    """What many changes come to."""

    counts: Mapping[ChangeKind, int]
    """How many changes of each kind; 0 for the others."""
    sums: tuple[Sums, ...]
    """By unit, in the order of their names; units in which nothing changed are left out."""
    times_not_counted: int
    """Changed time limits that no sum holds, because they are not counted in one unit."""

    def count(self, *kinds: ChangeKind | str) -> int:
        """Return how many changes are of one of *kinds*.

        >>> totals(()).count(ChangeKind.PAPER_REMOVED, ChangeKind.DATA_REUSED)
        0
        """
        return sum(self.counts.get(ChangeKind.of(kind, "kinds"), 0) for kind in kinds)

    def effects(self, effect: ChangeEffect | str) -> int:
        """Return how many changes are of this effect for those who apply.

        >>> totals(()).effects(ChangeEffect.WORSE)
        0
        """
        wanted = ChangeEffect.of(effect, "effect")
        return self.count(*(kind for kind in ChangeKind if kind.effect is wanted))

    def sum(self, unit: str) -> Sums:
        """Return the sums of one unit; zero where nothing changed in it.

        >>> totals(()).sum("VND").net
        Fraction(0, 1)
        """
        nothing = Sums(unit=unit)
        return next((sums for sums in self.sums if sums.unit == nothing.unit), nothing)

    @property
    def text(self) -> Text:
        """The totals in words, a line each."""
        lines = [
            Text(
                vi=f"{self.effects(ChangeEffect.BETTER)} thay đổi có lợi, {self.effects(ChangeEffect.WORSE)} bất lợi, "
                f"{self.effects(ChangeEffect.NEUTRAL)} khác",
                en=f"{self.effects(ChangeEffect.BETTER)} changes for the better, {self.effects(ChangeEffect.WORSE)} for the "
                f"worse, {self.effects(ChangeEffect.NEUTRAL)} others",
            )
        ]
        for vi, en, added, removed in _COUNTED:
            more, fewer = self.count(added), self.count(removed)
            if more or fewer:
                lines.append(Text(vi=f"{vi}: thêm {more}, bớt {fewer}", en=f"{en}: {more} added, {fewer} removed"))
        for sums in self.sums:
            less, more_words, net = number(sums.less), number(sums.more), signed(sums.net)
            vi_unit, en_unit = _UNITS.get(sums.unit, (sums.unit, sums.unit))
            lines.append(
                Text(
                    vi=f"{vi_unit}: giảm {less.vi}, tăng {more_words.vi}, chênh lệch {net.vi}",
                    en=f"{en_unit}: {less.en} less, {more_words.en} more, net {net.en}",
                )
            )
        if self.times_not_counted:
            lines.append(
                Text(
                    vi=f"{self.times_not_counted} thời hạn thay đổi không cộng được",
                    en=f"{self.times_not_counted} changed time limits are in no sum",
                )
            )
        return Text(vi="\n".join(line.vi for line in lines), en="\n".join(line.en for line in lines))

    def to_dict(self) -> dict[str, Any]:
        """Return the totals as a JSON-ready mapping: every kind with its count, exact numbers as text."""
        return {
            "counts": {kind.value: self.counts.get(kind, 0) for kind in ChangeKind},
            "effects": {effect.value: self.effects(effect) for effect in ChangeEffect},
            "sums": [sums.to_dict() for sums in self.sums],
            "times_not_counted": self.times_not_counted,
        }


_COUNTED = (
    ("Thủ tục", "Procedures", ChangeKind.PROCEDURE_ADDED, ChangeKind.PROCEDURE_REMOVED),
    ("Hình thức nộp hồ sơ", "Channels", ChangeKind.CHANNEL_ADDED, ChangeKind.CHANNEL_REMOVED),
    ("Nơi tiếp nhận", "Receiving places", ChangeKind.PLACE_ADDED, ChangeKind.PLACE_REMOVED),
    ("Giấy tờ", "Papers", ChangeKind.PAPER_ADDED, ChangeKind.PAPER_REMOVED),
)
_UNITS = {
    "VND": ("Phí, lệ phí (đồng)", "Fees (VND)"),
    "pieces": ("Số bản giấy tờ", "Pieces of papers"),
    "working_days": ("Ngày làm việc", "Working days"),
    "working_hours": ("Giờ làm việc", "Working hours"),
    "days": ("Ngày", "Days"),
    "months": ("Tháng", "Months"),
}


def totals(changes: Iterable[Change]) -> Totals:
    """Return what *changes*, as of :func:`~onestop_core.catalogue.diff`, come to.

    >>> from onestop_core import catalogue
    >>> raw = catalogue.dump(catalogue.shipped())
    >>> for channel in raw["procedures"][0]["channels"]:
    ...     channel["limits"][0]["time"] = "5 working days"
    >>> come_to = totals(catalogue.diff(catalogue.shipped(), catalogue.load(raw)))
    >>> come_to.sum("working_days").less, come_to.count(ChangeKind.LIMIT_SHORTER)
    (Fraction(4, 1), 2)
    >>> print(come_to.text.en)
    2 changes for the better, 0 for the worse, 0 others
    Working days: 4 less, 0 more, net −4
    """
    counts: Counter[ChangeKind] = Counter()
    less: dict[str, Fraction] = defaultdict(Fraction)
    more: dict[str, Fraction] = defaultdict(Fraction)
    not_counted = 0
    for change in _changes(changes):
        counts[change.kind] += 1
        if change.by is not None and change.unit is not None:
            (more if change.by > 0 else less)[change.unit] += abs(change.by)
        elif change.path.endswith(".time") and change.old is not None and change.new is not None:
            # The same limit in other words is no change of time.
            not_counted += order(TimeLimit.parse(change.old), TimeLimit.parse(change.new)) != 0
    units = sorted({*less, *more})
    return Totals(
        counts=counts,
        sums=tuple(Sums(unit=unit, less=less[unit], more=more[unit]) for unit in units),
        times_not_counted=not_counted,
    )


def _changes(changes: object) -> Iterator[Change]:
    try:
        given = tuple(cast("Iterable[object]", changes))
    except Exception as error:
        raise InvalidValueError.of("changes", changes, vi="danh sách thay đổi", en="changes") from error
    for change in given:
        yield expect(change, Change, "changes")
