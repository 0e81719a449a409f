"""What changed from one snapshot to a later one."""

from __future__ import annotations

from decimal import Decimal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.captures.standings import ranking
from onestop_core.kpi.captures.values import Snapshot, UnitCapture
from onestop_core.kpi.ranking import Place
from onestop_core.model import FrozenMap
from onestop_core.model.series import instance
from onestop_core.text import Text, moment_text, sort_key

__all__ = ["SnapshotDifference", "UnitChange", "compare_snapshots"]


@attrs.frozen(kw_only=True)
class UnitChange:
    """How a unit changed; None: unknown before, after, or both."""

    before: UnitCapture
    after: UnitCapture
    total: Decimal | None
    """Change of the total."""
    groups: FrozenMap[str, Decimal]
    """Changes of the groups whose points are known at both moments."""
    place_before: Place | None
    """Among the units of its level, in the earlier snapshot."""
    place_after: Place | None
    """And in the later one."""


@attrs.frozen(kw_only=True, repr=False)
class SnapshotDifference:
    """What changed between two snapshots."""

    before: Snapshot
    after: Snapshot
    changes: tuple[UnitChange, ...]
    """Of the units that are in both, by code."""
    appeared: tuple[UnitCapture, ...]
    """In the later one only."""
    gone: tuple[UnitCapture, ...]
    """In the earlier one only; nobody knows how they stand now."""

    def __repr__(self) -> str:
        return f"<SnapshotDifference: {len(self.changes)} units in both>"

    @property
    def told(self) -> tuple[Text, ...]:
        """What a reader must know of the comparison."""
        notes: list[Text] = []
        if self.before.year != self.after.year:
            notes.append(
                Text(
                    vi="hai bản ghi của hai năm: điểm tính lại từ đầu năm, không so sánh được như trong một năm",
                    en="the captures are of two years: points begin anew with each year and do not compare as within one",
                )
            )
        if self.before.index != self.after.index:
            notes.append(
                Text(vi="hai bản ghi theo hai phiên bản bộ chỉ số", en="the captures follow two editions of the index")
            )
        return tuple(notes)

    def of(self, code: str) -> UnitChange | None:
        """Return the change of the unit of *code*; None where it is in one of them only."""
        return next((each for each in self.changes if each.after.code == code), None)


def compare_snapshots(before: Snapshot, after: Snapshot) -> SnapshotDifference:
    """Return what changed from *before* to *after*; units are matched by code, and nothing is made up for one that is missing.

    >>> from onestop_core.kpi.captures import read_captures
    >>> old, new = (read_captures({"provinces": [{"departmentCode": "H21", "totalScore": total}]}) for total in (62, 66))
    >>> compare_snapshots(old, new).of("H21").total
    Decimal('4')

    Raises:
        InvalidValueError: *before* was recorded after *after*, or one of them is no snapshot.
    """
    old, new = instance(before, Snapshot, "before"), instance(after, Snapshot, "after")
    if old.last_at is not None and new.last_at is not None and old.last_at > new.last_at:
        raise InvalidValueError.of(
            "before",
            moment_text(old.last_at).en,
            vi=f"bản ghi không muộn hơn {moment_text(new.last_at).vi}",
            en=f"a snapshot not later than {moment_text(new.last_at).en}",
        )
    old_units = {unit.code: unit for unit in (*old.above, *old.units)}
    new_units = {unit.code: unit for unit in (*new.above, *new.units)}
    old_places, new_places = _places(old), _places(new)
    both = sorted(old_units.keys() & new_units.keys(), key=sort_key)
    return SnapshotDifference(
        before=old,
        after=new,
        changes=tuple(
            UnitChange(
                before=old_units[code],
                after=new_units[code],
                total=_change(old_units[code].total, new_units[code].total),
                groups=FrozenMap(
                    {
                        key: points - old_units[code].groups[key]
                        for key, points in new_units[code].groups.items()
                        if key in old_units[code].groups
                    }
                ),
                place_before=old_places.get(code),
                place_after=new_places.get(code),
            )
            for code in both
        ),
        appeared=tuple(new_units[code] for code in sorted(new_units.keys() - old_units.keys(), key=sort_key)),
        gone=tuple(old_units[code] for code in sorted(old_units.keys() - new_units.keys(), key=sort_key)),
    )


def _change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    return None if before is None or after is None else after - before


def _places(snapshot: Snapshot) -> dict[str, Place | None]:
    levels = dict.fromkeys(unit.level for unit in snapshot.units if unit.level is not None)
    return {each.unit.code: each.place for level in levels for each in ranking(snapshot, level)}
