"""The law behind the cases: a basis in words taken apart again, and the cases counted by article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from onestop_core.conformance.reports.results import Counts
from onestop_core.conformance.values import CaseLevel
from onestop_core.model import Firmness
from onestop_core.model.legal import citation
from onestop_core.text import Text, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.conformance.reports.results import CaseResult

__all__ = ["Ground", "GroundCounts", "by_ground"]

_WRITTEN: Final = re.compile(
    r"(?P<instrument>.+?)(?:, art\. (?P<article>[^\[\]]+))? \[(?P<firmness>[a-z]+)\]", re.DOTALL
)
_NUMBER: Final = re.compile(r"([0-9]+)")


class Ground(NamedTuple):
    """Instrument, article and how firm the evidence is."""

    instrument: str
    article: str | None
    firmness: Firmness | None

    @classmethod
    def of(cls, basis: str) -> Ground:
        """Return what *basis*, as a case has it, says; words of another form are the name of an instrument."""
        found = _WRITTEN.fullmatch(basis)
        if found is None or found["firmness"] not in set(Firmness):
            return cls(basis, None, None)
        return cls(found["instrument"], found["article"], Firmness(found["firmness"]))

    @property
    def text(self) -> Text:
        """How it is cited."""
        vi, en = citation(self.instrument, self.article)
        return Text(vi=vi, en=en)

    @property
    def evidence(self) -> Text:
        """How firm it is, in words."""
        return Text(vi="không rõ", en="not told") if self.firmness is None else self.firmness.label

    @property
    def order(self) -> tuple[Any, ...]:
        """The key by which grounds are listed: instruments by name, articles by number, the firmest first."""
        place = tuple(
            (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBER.split(self.article or "")
        )
        rank = len(Firmness) if self.firmness is None else list(Firmness).index(self.firmness)
        return sort_key(self.instrument), place, rank


class GroundCounts(NamedTuple):
    """The cases that rest on one ground, disputed ones left out."""

    ground: Ground
    required: Counts
    recommended: Counts


def by_ground(results: Iterable[CaseResult]) -> tuple[GroundCounts, ...]:
    """Return the counts of each ground, a case counting for every ground that it rests on."""
    found: dict[Ground, dict[CaseLevel, dict[str, int]]] = {}
    for result in results:
        if result.disputed is None:
            for ground in dict.fromkeys(map(Ground.of, result.basis)):
                cell = found.setdefault(ground, {}).setdefault(result.level, {})
                cell[result.outcome.value] = cell.get(result.outcome.value, 0) + 1
    return tuple(
        GroundCounts(
            ground,
            Counts(**levels.get(CaseLevel.REQUIRED, {})),
            Counts(**levels.get(CaseLevel.RECOMMENDED, {})),
        )
        for ground, levels in sorted(found.items(), key=lambda item: item[0].order)
    )
