"""Three reductions, three increases between two periods, from a catalogue, logs, counts and ratings together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import kpi
from onestop_core.deadlines import countdown, office_hours
from onestop_core.dossier import Dossier
from onestop_core.dossier import facts as facts_of
from onestop_core.kpi.measures import Comparison, ElapsedTime, IndicatorChange, PeriodFigures, compare, rates
from onestop_core.lab.burdens.costs import burden
from onestop_core.lab.burdens.rates import Rates
from onestop_core.lab.burdens.seen import Seen, seen_in
from onestop_core.model import DossierFacts, FrozenMap, Interval, Phase
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.lab.burdens.periods import Period
    from onestop_core.lab.laws import Law
    from onestop_core.text import Language

__all__ = ["PeriodsCompared", "reductions_and_increases"]

_RATES: Final = Rates()
_HOUR: Final = timedelta(hours=1)
_NO_DOSSIERS: Final = Text(vi="cả hai kỳ đều không có hồ sơ", en="neither period has dossiers")
_NONE_ENDED: Final = Text(vi="chưa có hồ sơ nào kết thúc", en="no dossier has ended")
_NO_POSTS: Final = Text(
    vi="chưa nêu số vị trí việc làm; nhật ký không cho biết", en="posts were not stated; logs do not tell them"
)
_NO_ANSWERS: Final = Text(vi="không có số liệu đánh giá", en="no ratings were given")


@attrs.frozen(kw_only=True, repr=False)
class PeriodsCompared:
    """The six aims between two periods, and the dossiers from which their figures come."""

    comparison: Comparison
    """The six aims, each with its indicators."""
    prices: Rates
    """The rates behind hours and costs."""
    before: Seen
    after: Seen

    def __repr__(self) -> str:
        return f"<PeriodsCompared {self.comparison.baseline} → {self.comparison.period}>"

    def __getitem__(self, indicator: str) -> IndicatorChange:
        return self.comparison[indicator]

    def lines(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the answer as lines to read: the aims, the rates behind the costs, and what the logs show beside."""
        return (
            *self.comparison.lines(language=language),
            self.prices.text.in_(language),
            *(text.in_(language) for each in (self.before, self.after) for text in each.texts),
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the answer in JSON types, with the dossiers behind each figure."""
        return {
            **self.comparison.to_dict(language=language),
            "rates": self.prices.to_dict(language=language),
            "before": self.before.to_dict(language=language),
            "after": self.after.to_dict(language=language),
        }


def reductions_and_increases(before: Period, after: Period, *, prices: Rates = _RATES) -> PeriodsCompared:
    """Return the six aims between two periods, each figure from what the period holds.

    The costs of both are counted for the applications of the first, so that the number of people moves nothing;
    a procedure that only the second has is counted for its own. Handling time is working time without waiting.
    What cannot be computed says why.

    Raises:
        InvalidValueError: something else in place of a period.
        NotInForceError: the catalogue holds nothing on its last day.
        UnknownCodeError: counts for a metric that the index does not have.
    """
    cases = [_within(period) for period in (before, after)]
    counts = [Counter(case.procedure for case in each) for each in cases]
    applications = {**counts[1], **counts[0]}
    (one, seen), (other, seen_too) = (
        _figures(period, own, applications, prices) for period, own in zip((before, after), cases, strict=True)
    )
    return PeriodsCompared(comparison=compare(one, other), prices=prices, before=seen, after=seen_too)


def _within(period: Period) -> tuple[Dossier, ...]:
    """Return the dossiers that were received within the period, or else filed: as the index counts them."""
    if period.first is None:
        return period.dossiers
    days = Interval(first=period.first, last=period.last)
    told = ((case, facts_of(case)) for case in period.dossiers)
    filed = ((case, each.received_at or each.submitted_at) for case, each in told)
    return tuple(case for case, at in filed if at is not None and at.date() in days)


def _figures(
    period: Period, cases: tuple[Dossier, ...], applications: Mapping[str, int], prices: Rates
) -> tuple[PeriodFigures, Seen]:
    worked = tuple((case.id, hours) for case in cases for hours in [_worked(case, period.law)] if hours is not None)
    told = [_told(case, period.law) for case in cases]
    tally = kpi.tally(told, period=Interval(first=period.first, last=period.last))
    held = period.catalogue.on(period.last)
    named = {each.code: applications.get(each.code, 0) for each in held.procedures}
    cost = burden(period.catalogue, rates=prices, applications=FrozenMap(named), on=period.last)
    asked = [row for row in cost.procedures if row.cost.applications]
    unpriced = sum(row.agency_cost is None for row in asked)
    counted = bool(applications)
    why = {
        "handling_hours": _NONE_ENDED,
        "applicant_hours": _NO_DOSSIERS,
        "compliance_cost": _NO_DOSSIERS,
        "agency_cost": _unpriced(unpriced, len(asked)) if counted else _NO_DOSSIERS,
        "staff": _NO_POSTS,
        "satisfaction": _NO_ANSWERS,
    }
    figures = PeriodFigures(
        name=period.name,
        handling=ElapsedTime(hours=sum((hours for _, hours in worked), Fraction(0)) / len(worked)) if worked else None,
        applicant_hours=sum((row.cost.effort.hours * row.cost.applications for row in asked), Fraction(0))
        if counted
        else None,
        compliance_cost=cost.yearly if counted else None,
        agency_cost=cost.agency if counted and not unpriced else None,
        staff=period.staff,
        procedures=len(held.procedures),
        on_time=rates(tally)["resolved_on_time_of_resolved"],
        card=period.law.index.score(
            cast("Any", {**_metrics(tally, period.law), **period.counts}),
            level=period.level,
            not_applicable=period.not_applicable,
        ),
        satisfaction=None if period.answers is None else period.answers.share(),
        why=why,
    )
    return figures, seen_in(period, cases, told, worked, asked=asked, offered=named)


def _metrics(tally: kpi.Tally, law: Law) -> dict[str, object]:
    known = {metric.id for metric in law.index.metrics}
    return {metric: count for metric, count in tally.metrics.items() if metric in known}


def _unpriced(some: int, of_all: int) -> Text:
    lacking, all_ = number(some), number(of_all)
    return Text(
        vi=f"{lacking.vi}/{all_.vi} thủ tục có hồ sơ chưa công bố đủ định mức các bước",
        en=f"of {all_.en} procedures with dossiers {lacking.en} do not publish the budgets of all steps",
    )


def _worked(case: Dossier, law: Law) -> Fraction | None:
    """Return the working hours in which the clock of *case* ran; None until it has ended."""
    stopped = case.clock.stopped_at
    if stopped is None:
        return None
    office = law.hours or office_hours()
    spans = [(span.start, span.end) for span in case.clock.spans if span.phase is Phase.RUNNING]
    time = sum((office.between(law.calendar, start, end or stopped) for start, end in spans), timedelta())
    return Fraction(time // timedelta.resolution, _HOUR // timedelta.resolution)


def _told(case: Dossier, law: Law) -> DossierFacts:
    limit = law.limits.of(case.procedure)
    count = (
        None if limit is None else countdown(case, limit, calendar=law.calendar, hours=law.hours, policies=law.policies)
    )
    return facts_of(case, due_at=None if count is None else count.in_force)
