"""One unit for its leader: points, rank, what changed, and the three things that cost most points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.errors import Problem
from onestop_core.kpi.captures.comparing import SnapshotDifference, UnitChange, compare_snapshots
from onestop_core.kpi.captures.standings import Standing, ranking
from onestop_core.kpi.captures.values import Snapshot, UnitCapture
from onestop_core.kpi.ranking import Place
from onestop_core.kpi.service_index.definitions import Band, Group, Level
from onestop_core.kpi.service_index.editions import index
from onestop_core.model.series import instance
from onestop_core.text import Text, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.kpi.service_index.definitions import Metric
    from onestop_core.kpi.service_index.scoring import Index

__all__ = ["Attention", "Brief", "GroupStanding", "leaders_brief"]

_MOST_ATTENTION: Final = 3
_AROUND: Final = 2
_ENDS: Final = 5


@attrs.frozen(kw_only=True)
class GroupStanding:
    """A group of the unit."""

    group: Group
    points: Decimal | None
    """None: unknown."""
    place: Place | None
    """Among the units of its level."""
    change: Decimal | None
    """Since the earlier snapshot; None: unknown."""


@attrs.frozen(kw_only=True)
class Attention:
    """Something that costs points."""

    name: Text
    """Of the metric or the group."""
    lost: Decimal
    """Points below the maximum."""
    text: Text
    """What is known of it: its counts, and how much is missing to the maximum."""


@attrs.frozen(kw_only=True, repr=False)
class Brief:
    """A unit on one page."""

    unit: UnitCapture
    snapshot: Snapshot
    """The captures in which it stands."""
    maximum: Decimal
    """Points that the index can bring."""
    place: Place | None
    ahead_of: Fraction | None
    """Share of the other ranked units of its level that have fewer points; None where it has no place, or is alone."""
    band: Band | None
    """Of its total; bands are not confirmed."""
    groups: tuple[GroupStanding, ...]
    """In the order of the index."""
    attention: tuple[Attention, ...]
    """At most three, the costliest first."""
    change: UnitChange | None
    """Since the earlier snapshot; None: there is none, or the unit is not in it."""
    difference: SnapshotDifference | None
    """To the earlier snapshot, if one was given."""
    around: tuple[Standing, ...]
    """The places next to it."""
    below: tuple[tuple[Level, tuple[Standing, ...], tuple[Standing, ...]], ...]
    """Of a unit with units under it: each level with its first and its last places."""
    told: tuple[Problem, ...]
    """What does not fit together, of this unit and of the whole."""

    def __repr__(self) -> str:
        return f"<Brief {self.unit.code}>"


def leaders_brief(snapshot: Snapshot, code: str, *, before: Snapshot | None = None) -> Brief:
    """Return the unit of *code* as its leader sees it.

    What costs most points are metrics where their points are known, else groups; three at most. How much is missing to the
    maximum is counted from the target of the metric, nothing is foretold.

    >>> from onestop_core.kpi.captures import read_captures
    >>> taken = read_captures({"communes": [{"departmentCode": f"H21.{n}", "childGroup": "COMMUNE", "totalScore": points}
    ...     for n, points in enumerate((70, 75, 75))]})
    >>> brief = leaders_brief(taken, "H21.0")
    >>> brief.place.text.en, brief.ahead_of
    ('rank 3 of 3', Fraction(0, 1))

    Args:
        snapshot: As it stands now.
        code: The unit.
        before: An earlier snapshot, for what changed.

    Raises:
        UnknownCodeError: the snapshot has no such unit.
        InvalidValueError: *before* is later than *snapshot*.
    """
    made = instance(snapshot, Snapshot, "snapshot")
    scored = index(made.index)
    unit = made.unit(code)
    difference = None if before is None else compare_snapshots(before, made)
    change = None if difference is None else difference.of(code)
    peers = () if unit.level is None or unit in made.above else ranking(made, unit.level)
    own = next((each for each in peers if each.unit.code == code), None)
    place = None if own is None else own.place
    maximum = sum((group.max for group in scored.groups), Decimal(0))
    band = None if unit.total is None else scored.bands.of(unit.total * 100 / maximum)
    in_groups = _places_in(made, own, scored.groups)
    return Brief(
        unit=unit,
        snapshot=made,
        maximum=maximum,
        place=place,
        ahead_of=_ahead_of(own, peers),
        band=band,
        groups=tuple(
            GroupStanding(
                group=group,
                points=unit.groups.get(group.key),
                place=in_groups.get(group.key),
                change=None if change is None else change.groups.get(group.key),
            )
            for group in scored.groups
        ),
        attention=_attention(unit, scored),
        change=change,
        difference=difference,
        around=_around(peers, code),
        below=_below(made, unit),
        told=tuple(problem for problem in made.told if problem.path in {code, "$"}),
    )


def _ahead_of(own: Standing | None, peers: tuple[Standing, ...]) -> Fraction | None:
    others = [each for each in peers if each.points is not None and each is not own]
    if own is None or own.points is None or not others:
        return None
    return Fraction(sum(1 for each in others if each.points is not None and each.points < own.points), len(others))


def _places_in(snapshot: Snapshot, own: Standing | None, groups: Iterable[Group]) -> dict[str, Place | None]:
    """Return the place of a ranked unit in each group."""
    if own is None:
        return {}
    level = cast("Level", own.unit.level)  # what is ranked has one
    return {
        group.key: next(each.place for each in ranking(snapshot, level, by=group.key) if each.unit == own.unit)
        for group in groups
    }


def _around(peers: tuple[Standing, ...], code: str) -> tuple[Standing, ...]:
    at = next((number for number, each in enumerate(peers) if each.unit.code == code), None)
    return () if at is None else peers[max(0, at - _AROUND) : at + _AROUND + 1]


def _below(
    snapshot: Snapshot, unit: UnitCapture
) -> tuple[tuple[Level, tuple[Standing, ...], tuple[Standing, ...]], ...]:
    found: list[tuple[Level, tuple[Standing, ...], tuple[Standing, ...]]] = []
    is_whole = unit in snapshot.above
    for level in (Level.PROVINCE, Level.DEPARTMENT, Level.COMMUNE):
        rows = [
            each
            for each in ranking(snapshot, level)
            if each.place is not None
            and (each.unit.code.startswith(f"{unit.code}.") or (is_whole and level is Level.PROVINCE))
        ]
        if rows:
            found.append((level, tuple(rows[:_ENDS]), tuple(rows[max(_ENDS, len(rows) - _ENDS) :])))
    return tuple(found)


def _attention(unit: UnitCapture, scored: Index) -> tuple[Attention, ...]:
    metrics = [
        _of_metric(metric, unit.metrics[metric.id].points, unit)
        for metric in scored.metrics
        if metric.scored and metric.max is not None and metric.id in unit.metrics
    ]
    found = [each for each in metrics if each is not None and each.lost > 0]
    known = {
        metric.group
        for metric in scored.metrics
        if metric.id in unit.metrics and unit.metrics[metric.id].points is not None
    }
    for group in scored.groups:
        points = unit.groups.get(group.key)
        if group.key not in known and points is not None and points < group.max:
            share = percent(points * 100 / group.max, places=2)
            text = Text(
                vi=f"{number(points).vi}/{number(group.max).vi} điểm ({share.vi}); không có số liệu từng chỉ số",
                en=f"{number(points).en} of {number(group.max).en} points ({share.en}); the metrics are not told",
            )
            found.append(Attention(name=group.name, lost=group.max - points, text=text))
    return tuple(sorted(found, key=lambda each: -each.lost)[:_MOST_ATTENTION])


def _of_metric(metric: Metric, points: Decimal | None, unit: UnitCapture) -> Attention | None:
    if points is None or metric.max is None:
        return None
    capture = unit.metrics[metric.id]
    vi, en = (f"{number(points).in_(words)}/{number(metric.max).in_(words)}" for words in ("vi", "en"))
    vi, en = f"{vi} điểm", f"{en} points"
    if capture.numerator is not None and capture.denominator:
        counts = [f"{number(capture.numerator).in_(w)}/{number(capture.denominator).in_(w)}" for w in ("vi", "en")]
        needed = -(-Fraction(metric.target) * capture.denominator // 100)
        missing = int(max(needed - capture.numerator, 0))
        vi, en = f"{vi}, {counts[0]}", f"{en}, {counts[1]}"
        if missing:
            vi = f"{vi}; còn thiếu {number(missing).vi} để đạt điểm tối đa"
            en = f"{en}; {number(missing).en} more would earn the maximum"
    return Attention(name=metric.name, lost=metric.max - points, text=Text(vi=vi, en=en))
