"""When a local change holds: which national editions it meets, and the editions that result.

A change with days of its own splits the edition that it meets: before it and after it the national procedure holds. A pilot
is a change with a last day; when units merge, the changes of the old one end the day before those of the new one begin.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue.overlay.values import LocalProcedure
    from onestop_core.catalogue.values.catalogue import Catalogue
    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["Period", "editions_met", "period_of", "split"]

_DAY = timedelta(days=1)


@attrs.frozen
class Period:
    """From a first to a last day, both within it; None: no bound."""

    first: date | None
    last: date | None

    @property
    def is_bounded(self) -> bool:
        """Whether it has a first or a last day."""
        return (self.first or self.last) is not None

    def within(self, first: date | None, last: date | None) -> Period | None:
        """Return the days of it from *first* to *last*; None where there are none."""
        begin, end = max(self.first or date.min, first or date.min), min(self.last or date.max, last or date.max)
        if end < begin:
            return None
        return Period(None if begin == date.min else begin, None if end == date.max else end)


def period_of(local: LocalProcedure, general: Period) -> Period:
    """Return the days on which *local* holds: its own, where it states them, else those of its overlay in *general*."""
    return Period(local.in_force_from or general.first, local.in_force_to or general.last)


def editions_met(national: Catalogue, local: LocalProcedure, period: Period) -> tuple[Procedure, ...]:
    """Return the national editions that *local* changes: that of its day, the last one, or those of its *period*."""
    if local.code not in national:
        return ()
    editions = national.editions(local.code)
    if local.on is not None:
        editions = tuple(each for each in editions if each.holds(local.on))
    elif not period.is_bounded:
        return editions[-1:]
    return tuple(each for each in editions if period.within(each.in_force_from, each.in_force_to))


def split(
    edition: Procedure, changes: Iterable[tuple[LocalProcedure, Period]]
) -> Iterator[tuple[Procedure, LocalProcedure | None]]:
    """Yield *edition* in pieces, one after another: those that a change covers with the change, the others without.

    The *changes* do not overlap.
    """
    covered = [(days, local) for local, period in changes if (days := period.within(*_days(edition))) is not None]
    begin, end = _days(edition)
    for days, local in sorted(covered, key=lambda each: each[0].first or date.min):
        if days.first is not None and days.first != begin:
            yield attrs.evolve(edition, in_force_from=begin, in_force_to=days.first - _DAY), None
        yield attrs.evolve(edition, in_force_from=days.first, in_force_to=days.last), local
        if days.last == end:
            return
        assert days.last is not None  # else it would be the end
        begin = days.last + _DAY
    yield attrs.evolve(edition, in_force_from=begin, in_force_to=end), None


def _days(edition: Procedure) -> tuple[date | None, date | None]:
    return edition.in_force_from, edition.in_force_to
