"""Units of one level, by their points; equals share a place."""

from __future__ import annotations

from decimal import Decimal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.captures.values import Snapshot, UnitCapture
from onestop_core.kpi.ranking import Place, places
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.kpi.service_index.editions import index
from onestop_core.model.series import instance
from onestop_core.text import sort_key

__all__ = ["Standing", "ranking"]


@attrs.frozen(kw_only=True)
class Standing:
    """A unit in a ranking."""

    unit: UnitCapture
    points: Decimal | None
    """None: unknown."""
    place: Place | None
    """None: its points are unknown, and so is its place."""


def ranking(snapshot: Snapshot, level: Level | str, *, by: str = "total") -> tuple[Standing, ...]:
    """Return the units of one *level* by their points, the most first; equals share a place, by name.

    Provinces, departments and communes are never ranked together: they do other work. A unit whose points are unknown has no
    place and stands at the end.

    >>> from onestop_core.kpi.captures import read_captures
    >>> rows = [{"departmentCode": f"H21.{n}", "childGroup": "COMMUNE", "totalScore": points}
    ...     for n, points in enumerate((70, 75, 75, None, 71))]
    >>> [(each.unit.code, each.place and each.place.rank) for each in ranking(read_captures({"communes": rows}), "commune")]
    [('H21.1', 1), ('H21.2', 1), ('H21.4', 3), ('H21.0', 4), ('H21.3', None)]

    Args:
        snapshot: The snapshot.
        level: ``province``, ``department``, ``commune`` or another.
        by: ``total``, or the key of a group.

    Raises:
        InvalidValueError: there is no such level or group.
    """
    wanted = Level.of(level, "level")
    made = instance(snapshot, Snapshot, "snapshot")
    groups = [group.key for group in index(made.index).groups]
    if by != "total" and by not in groups:
        raise InvalidValueError.one_of("by", by, ["total", *groups])
    units = [unit for unit in made.units if unit.level is wanted]
    points = {unit.code: unit.total if by == "total" else unit.groups.get(by) for unit in units}
    known = [unit for unit in units if points[unit.code] is not None]
    place_of = dict(zip((unit.code for unit in known), places([points[unit.code] for unit in known]), strict=True))
    standings = [Standing(unit=unit, points=points[unit.code], place=place_of.get(unit.code)) for unit in units]
    standings.sort(
        key=lambda each: (
            each.place is None,
            0 if each.place is None else each.place.rank,
            sort_key(each.unit.name or each.unit.code),
        )
    )
    return tuple(standings)
