"""Three reductions, three increases between two periods, from a catalogue, logs and ratings together."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core import kpi
from onestop_core.catalogue import Catalogue
from onestop_core.deadlines import countdown, office_hours
from onestop_core.dossier import Dossier
from onestop_core.dossier import facts as facts_of
from onestop_core.kpi.measures import Answers, Comparison, ElapsedTime, PeriodFigures, compare, rates
from onestop_core.lab.burdens.costs import Rates, burden
from onestop_core.lab.laws import Law
from onestop_core.model import DossierFacts, FrozenMap, Interval, Phase
from onestop_core.model.series import each_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Period", "reductions_and_increases"]

_RATES: Final = Rates()
_HOUR: Final = timedelta(hours=1)


def _cases(value: Iterable[Dossier]) -> tuple[Dossier, ...]:
    return tuple(each_of(value, Dossier, "dossiers"))


@attrs.frozen(kw_only=True, repr=False)
class Period:
    """What is known of a period."""

    name: str
    last: date
    """Its last day: the catalogue of that day, and dossiers as they stood at its end."""
    catalogue: Catalogue
    dossiers: tuple[Dossier, ...] = attrs.field(converter=_cases)
    law: Law
    answers: Answers | None = None
    """How people rated the service."""
    staff: Fraction | None = None
    """Posts in full-time equivalents."""

    def __repr__(self) -> str:
        return f"<Period {self.name}: {len(self.dossiers)} dossiers>"


def reductions_and_increases(before: Period, after: Period, *, prices: Rates = _RATES) -> Comparison:
    """Return the six aims between two periods, each figure from what the period holds.

    The compliance cost of both is counted for the applications of the first, so that the number of people moves nothing;
    a procedure that only the second has is counted for its own. Handling time is working time without waiting.

    Raises:
        InvalidValueError: something else in place of a period.
        NotInForceError: the catalogue holds nothing on its last day.
    """
    counts = [Counter(case.procedure for case in period.dossiers) for period in (before, after)]
    applications = {**counts[1], **counts[0]}
    one, other = (_figures(period, applications, prices) for period in (before, after))
    return compare(one, other)


def _figures(period: Period, applications: Mapping[str, int], prices: Rates) -> PeriodFigures:
    law = period.law
    office = law.hours or office_hours()
    told: list[DossierFacts] = []
    worked: list[timedelta] = []
    for case in period.dossiers:
        limit = law.limits.of(case.procedure)
        count = (
            None
            if limit is None
            else countdown(case, limit, calendar=law.calendar, hours=law.hours, policies=law.policies)
        )
        told.append(facts_of(case, due_at=None if count is None else count.in_force))
        if case.clock.stopped_at is not None:
            spans = [(span.start, span.end) for span in case.clock.spans if span.phase is Phase.RUNNING]
            worked.append(
                sum(
                    (office.between(law.calendar, start, end or case.clock.stopped_at) for start, end in spans),
                    timedelta(),
                )
            )
    tally = kpi.tally(told, period=Interval(last=period.last))
    held = period.catalogue.on(period.last)
    named = {code: applications.get(code, 0) for code in {each.code for each in held.procedures}}
    cost = burden(period.catalogue, rates=prices, applications=FrozenMap(named), on=period.last).yearly
    hours = Fraction(sum(worked, timedelta()) // timedelta.resolution, _HOUR // timedelta.resolution)
    return PeriodFigures(
        name=period.name,
        handling=ElapsedTime(hours=hours / len(worked)) if worked else None,
        compliance_cost=cost,
        staff=period.staff,
        procedures=len(held.procedures),
        on_time=rates(tally)["resolved_on_time_of_resolved"],
        card=law.index.score(tally),
        satisfaction=None if period.answers is None else period.answers.share(),
    )
