"""Scorecards before and after, by behaviour, and between which bounds a score lies; counted while dossiers go by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core import kpi
from onestop_core.kpi import DossierFacts, Scorecard, Tally
from onestop_core.lab.replaying.behaviours import Behaviour
from onestop_core.model import FrozenMap, Interval
from onestop_core.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from onestop_core.lab.laws import Law
    from onestop_core.lab.replaying.comparing import Pair
    from onestop_core.text import Language

__all__ = ["COLUMNS", "By", "Scorer", "Scores"]

By = Literal["unit", "procedure", "field", "month"]
COLUMNS: Final[tuple[By, ...]] = ("unit", "procedure", "field", "month")
_SIDES: Final = ("before", "after", "kept", "worked", "fast")
"""What a :class:`Pair` holds for measures: before, and after by each behaviour."""
_BATCH: Final = 10_000


@attrs.frozen(kw_only=True)
class Scores:
    """The scorecard before, and after by each behaviour; what nobody can know lies between the bounds of a card."""

    before: Scorecard
    same_moments: Scorecard
    """After, had everybody acted at the same moments (:attr:`Behaviour.SAME_MOMENTS`)."""
    as_kept: Scorecard
    """After, had everybody kept, or missed, the new moment as the old one was."""
    same_work: Scorecard
    """After, had the work taken as many working days as it did."""
    as_fast: Scorecard
    """After, had every moment that is moved been kept."""

    def after(self, behaviour: Behaviour | str) -> Scorecard:
        """Return the card after, had everybody behaved so.

        Raises:
            InvalidValueError: there is no such behaviour.
        """
        card: Scorecard = getattr(self, Behaviour.of(behaviour, "behaviour").value)
        return card

    def bounds(self, metric: str) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest score after of a *metric*; None where a card has none.

        They are those of the four cards, what nobody can know taken at its worst and at its best: had everybody behaved in the
        same one of the four ways. Had some behaved in one and some in another, :attr:`Replay.figures` says of how many.

        Raises:
            UnknownCodeError: the index has no such metric.
        """
        return _span((card[metric].lowest, card[metric].highest) for card in map(self.after, Behaviour))

    @property
    def total_bounds(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest total after, likewise."""
        return _span((card.lowest, card.highest) for card in map(self.after, Behaviour))

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the cards and the bounds in JSON types."""
        return {
            "before": self.before.to_dict(language=language),
            **{each.value: self.after(each).to_dict(language=language) for each in Behaviour},
            "bounds": self.bounds_dict(),
        }

    def bounds_dict(self) -> dict[str, Any]:
        """Return in JSON types what each scored metric was, and between what it lies after."""
        return {
            **{
                result.metric.id: _bounds_dict(result.lowest, result.highest, self.bounds(result.metric.id))
                for result in self.before
                if result.score is not None or result.score_bounds is not None
            },
            "total": _bounds_dict(self.before.lowest, self.before.highest, self.total_bounds),
        }


def _bounds_dict(
    lowest: Decimal | None, highest: Decimal | None, after: tuple[Decimal, Decimal] | None
) -> dict[str, list[str] | None]:
    before = None if lowest is None or highest is None else [str(lowest), str(highest)]
    return {"before": before, "after": None if after is None else [str(bound) for bound in after]}


def _span(bounds: Iterable[tuple[Decimal | None, Decimal | None]]) -> tuple[Decimal, Decimal] | None:
    known = [(low, high) for low, high in bounds if low is not None and high is not None]
    return (min(low for low, _ in known), max(high for _, high in known)) if len(known) == len(Behaviour) else None


class Scorer:
    """The one place where counts for scores change while dossiers go by, some thousands at a time."""

    def __init__(self, under: Law, against: Law, period: Interval) -> None:
        self._laws = (against, under, under, under, under)
        self._period = period
        self._waiting: list[Pair] = []
        self._sums: dict[By, dict[str, list[Tally]]] = {by: {} for by in COLUMNS}

    def add(self, pair: Pair) -> None:
        """Count one more."""
        self._waiting.append(pair)
        if len(self._waiting) == _BATCH:
            self._count()

    def _count(self) -> None:
        for by in COLUMNS:
            groups: defaultdict[str, list[Pair]] = defaultdict(list)
            for pair in self._waiting:
                groups[getattr(pair.row, by) or ""].append(pair)
            sums = self._sums[by]
            for key, pairs in groups.items():
                tallies, before = self._tallies(pairs), sums.get(key)
                sums[key] = tallies if before is None else _added(before, tallies)
        self._waiting = []

    def _tallies(self, pairs: list[Pair]) -> list[Tally]:
        """Return the tally of each side; what is the same on all sides, as most is, is counted once."""
        alike: list[DossierFacts] = []
        sides: list[list[DossierFacts]] = [[] for _ in _SIDES]
        for pair in pairs:
            told = pair.before, pair.after, pair.kept, pair.worked, pair.fast
            if all(each is pair.before for each in told):
                alike += [] if pair.before is None else [pair.before]
            else:
                for place, each in enumerate(told):
                    sides[place] += [] if each is None else [each]
        shared = kpi.tally(alike, period=self._period)
        return [shared + kpi.tally(side, period=self._period) if side else shared for side in sides]

    def scores(self) -> tuple[Scores, FrozenMap[str, FrozenMap[str, Scores]]]:
        """Return the scores of all, and by each column."""
        self._count()
        by_column: dict[str, FrozenMap[str, Scores]] = {}
        for by in COLUMNS:
            sums = self._sums[by]
            by_column[by] = FrozenMap({key: self._scored(sums[key]) for key in sorted(sums, key=sort_key)})
        whole = [Tally()] * len(_SIDES)
        for tallies in self._sums["month"].values():
            whole = _added(whole, tallies)
        return self._scored(whole), FrozenMap(by_column)

    def _scored(self, tallies: list[Tally]) -> Scores:
        cards: list[Scorecard] = []
        for place, tally in enumerate(tallies):
            same = next((card for card in range(1, place) if tallies[card] == tally), None)
            cards.append(self._laws[place].index.score(tally) if same is None else cards[same])
        return Scores(before=cards[0], same_moments=cards[1], as_kept=cards[2], same_work=cards[3], as_fast=cards[4])


def _added(some: list[Tally], others: list[Tally]) -> list[Tally]:
    return [one + other for one, other in zip(some, others, strict=True)]
