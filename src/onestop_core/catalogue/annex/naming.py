"""How the parts of one procedure are named in its annex: cases by their names, steps by their numbers, bases by theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.catalogue.annex.words import joined, same
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onestop_core.catalogue.annex.sources import Sources
    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["Naming"]


class Naming:
    """The names in one procedure. What names nothing, in a value made by hand, stands as it is."""

    def __init__(self, procedure: Procedure, sources: Sources) -> None:
        self._cases = {each.id: each.name for each in procedure.cases}
        self.cited: Callable[[Text, Iterable[str]], Text] = sources.cited

    def case(self, name: str) -> Text:
        """Return the name of a case."""
        return self._cases.get(name, same(name))

    def cases(self, names: Iterable[str]) -> Text | None:
        """Return the names of cases; None for none, which means all."""
        given = tuple(names)
        return joined(map(self.case, given)) if given else None

    def step(self, name: str, numbers: Mapping[str, int]) -> Text:
        """Return how the step *name* is called, whose number stands among *numbers*."""
        place = numbers.get(name)
        return same(name) if place is None else Text(vi=f"Bước {place}", en=f"step {place}")
