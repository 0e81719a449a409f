"""Points of dossiers added up by index, and between what their average lies where the facts do not tell."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from onestop_core.kpi.nine_index.records import OF_DOSSIERS, HandledDossier
from onestop_core.model import FrozenMap

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["IndexPoints", "PointTally", "tallied"]

Possible: TypeAlias = "tuple[int | None, ...]"


_NO_WAYS: Final[FrozenMap[Possible, int]] = FrozenMap()


@attrs.frozen(kw_only=True)
class IndexPoints:
    """The points of dossiers for one index; those of disjoint sets add up."""

    points: int = 0
    """Their sum, where they are known."""
    dossiers: int = 0
    """Dossiers whose points are known."""
    unknown: int = 0
    """Dossiers of which the facts do not tell their points."""
    undefined: int = 0
    """Dossiers to which the Circular gives no points: late without complaint, for index 7."""
    partly: int = 0
    """Of the dossiers: those known to earn nothing by a part of what is asked."""
    ways: FrozenMap[Possible, int] = _NO_WAYS
    """Of the unknown: how many may earn what; None: no points given."""

    def __add__(self, other: IndexPoints) -> IndexPoints:
        if not isinstance(other, IndexPoints):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return IndexPoints(
            points=self.points + other.points,
            dossiers=self.dossiers + other.dossiers,
            unknown=self.unknown + other.unknown,
            undefined=self.undefined + other.undefined,
            partly=self.partly + other.partly,
            ways=FrozenMap(dict(sorted((Counter(self.ways) + Counter(other.ways)).items(), key=str))),
        )

    @property
    def mean(self) -> Fraction | None:
        """The average of what is known; None where nothing is."""
        return Fraction(self.points, self.dossiers) if self.dossiers else None

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest average; None where nothing is known."""
        return (self._extreme(highest=False), self._extreme(highest=True)) if self.dossiers else None

    def _extreme(self, *, highest: bool) -> Fraction:
        """Return the average that the worst, or the best, of all ways gives.

        Those that must be counted come first; of the others each is counted where that moves the average the way that
        is looked for, the furthest first: one that no longer moves it would move it back.
        """
        sign = 1 if highest else -1
        points, dossiers = self.points, self.dossiers
        optional: list[tuple[int, int]] = []
        for way, number in self.ways.items():
            best = max((each for each in way if each is not None), key=lambda each: sign * each)
            if None in way:
                optional.append((best, number))
            else:
                points, dossiers = points + best * number, dossiers + number
        for best, number in sorted(optional, key=lambda pair: -sign * pair[0]):
            if sign * best * dossiers > sign * points:
                points, dossiers = points + best * number, dossiers + number
        return Fraction(points, dossiers)


@attrs.frozen(kw_only=True)
class PointTally:
    """Points of dossiers by index; tallies of disjoint sets add up."""

    indices: tuple[IndexPoints, ...] = (IndexPoints(),) * len(OF_DOSSIERS)
    """Of index 1, 2, 3, 4 and 7."""

    def __add__(self, other: PointTally) -> PointTally:
        if not isinstance(other, PointTally):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return PointTally(indices=tuple(one + two for one, two in zip(self.indices, other.indices, strict=True)))


def tallied(dossiers: Iterable[HandledDossier]) -> PointTally:
    """Return the points of *dossiers* added up."""
    ways: list[Counter[tuple[Possible, bool]]] = [Counter() for _ in OF_DOSSIERS]
    for each in dossiers:
        for place, number in enumerate(OF_DOSSIERS):
            ways[place][each.possible(number), each.told(number)] += 1
    return PointTally(indices=tuple(map(_index_points, ways)))


def _index_points(ways: Counter[tuple[Possible, bool]]) -> IndexPoints:
    known = [(way[0], told, number) for (way, told), number in ways.items() if len(way) == 1]
    open_: Counter[Possible] = Counter()
    for (way, _), number in ways.items():
        if len(way) > 1:
            open_[way] += number
    earned = [(points, told, number) for points, told, number in known if points is not None]
    return IndexPoints(
        points=sum(points * number for points, _, number in earned),
        dossiers=sum(number for _, _, number in earned),
        unknown=open_.total(),
        undefined=sum(number for points, _, number in known if points is None),
        partly=sum(number for _, told, number in earned if not told),
        ways=FrozenMap(dict(sorted(open_.items(), key=str))),
    )
