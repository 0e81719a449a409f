"""What a catalogue costs applicants and agencies, procedure by procedure and step by step, by the standard cost model.

A catalogue says what is asked: papers, forms, copies, ways to file, fees, budgets of steps. How long an applicant needs for a
paper it does not say: that is a guess of whoever counts, so it is an argument, :class:`Rates`, and stands in the answer.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.catalogue import Catalogue, ChannelKind, Procedure
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.measures import Activity, ActivityKind, ComplianceCost, Effort, parameter, standard_cost
from onestop_core.lab.burdens.rates import Rates, exact_rate, hours_text, whole_money
from onestop_core.model import FrozenMap, LimitUnit, TimeLimit
from onestop_core.text import Text, number, period_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from onestop_core.text import Language

__all__ = ["ActivityBurden", "Burden", "ProcedureBurden", "StepBurden", "burden"]

_A_DAY: Final = "hours-per-working-day"
_DONG: Final = "VND"


_ACTIVITIES: Final = {
    ActivityKind.PREPARE: Text(vi="chuẩn bị giấy tờ, điền mẫu đơn", en="papers and forms"),
    ActivityKind.COPY: Text(vi="bản sao", en="copies"),
    ActivityKind.SUBMIT: Text(vi="nộp trực tuyến", en="filing online"),
    ActivityKind.TRAVEL: Text(vi="đi lại", en="trips"),
}


@attrs.frozen(kw_only=True)
class ActivityBurden:
    """A step of those who apply, for one application."""

    kind: ActivityKind
    hours: Fraction
    cost: Fraction
    """In VND: the hours at the hourly income, and what is paid; fees stand apart."""


@attrs.frozen(kw_only=True)
class StepBurden:
    """A step of the agency."""

    id: str
    name: Text
    hours: Fraction | None = None
    """Its budget in working hours; None where none is published, or not in working time."""
    cost: Fraction | None = None
    """In VND."""


@attrs.frozen(kw_only=True)
class ProcedureBurden:
    """What one edition of a procedure costs."""

    code: str
    name: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    papers: int
    """Papers asked for in every case."""
    forms: int
    copies: int
    trips: int
    """To the desk: none where all can be done online, one where a part can, two to file and to collect otherwise."""
    cost: ComplianceCost
    """For those who apply, with the lowest fee."""
    highest_fees: Fraction = attrs.field(converter=exact_rate)
    """The fee of the dearest case; that of the cheapest is in *cost*."""
    fees_known: bool = True
    """Whether every fee is a plain amount of VND; what is not is left out."""
    activities: tuple[ActivityBurden, ...] = ()
    """Of those who apply; with the lowest fee they make the cost of one application."""
    steps: tuple[StepBurden, ...] = ()

    @property
    def agency_hours(self) -> Fraction | None:
        """Working hours of the agency for one dossier; None where a step has no budget, or none is published."""
        hours = [step.hours for step in self.steps]
        return None if not hours or None in hours else sum(cast("list[Fraction]", hours), Fraction(0))

    @property
    def agency_cost(self) -> Fraction | None:
        """Of a year, in VND; None as the hours."""
        costs = [step.cost for step in self.steps]
        if not costs or None in costs:
            return None
        return sum(cast("list[Fraction]", costs), Fraction(0)) * self.cost.applications

    @property
    def texts(self) -> tuple[Text, ...]:
        """What one dossier costs step by step: first those who apply, then the agency."""
        found: list[Text] = []
        for each in self.activities:
            what, hours, cost = _ACTIVITIES[each.kind], hours_text(each.hours), whole_money(each.cost)
            if each.hours or each.cost:
                found.append(
                    Text(
                        vi=f"người nộp, {what.vi}: {hours.vi}, {cost.vi}",
                        en=f"applicant, {what.en}: {hours.en}, {cost.en}",
                    )
                )
        fees = whole_money(self.cost.fees) if self.fees_known else Text(vi="không rõ số tiền", en="amount not known")
        found.append(Text(vi=f"người nộp, phí, lệ phí: {fees.vi}", en=f"applicant, fees: {fees.en}"))
        for step in self.steps:
            spent = Text(vi="chưa có định mức", en="no budget")
            if step.hours is not None and step.cost is not None:
                hours, cost = hours_text(step.hours), whole_money(step.cost)
                spent = Text(vi=f"{hours.vi}, {cost.vi}", en=f"{hours.en}, {cost.en}")
            found.append(Text(vi=f"cơ quan, {step.name.vi}: {spent.vi}", en=f"agency, {step.name.en}: {spent.en}"))
        return tuple(found)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types; amounts exact."""
        return {
            "code": self.code,
            "name": self.name.in_(language),
            "in_force_from": None if self.in_force_from is None else self.in_force_from.isoformat(),
            "in_force_to": None if self.in_force_to is None else self.in_force_to.isoformat(),
            **{name: getattr(self, name) for name in ("papers", "forms", "copies", "trips", "fees_known")},
            "activities": [
                {"kind": each.kind.value, "hours": str(each.hours), "cost": str(each.cost)} for each in self.activities
            ],
            "fees": str(self.cost.fees),
            "each": str(self.cost.each),
            "applications": str(self.cost.applications),
            "yearly": str(self.cost.yearly),
            "highest_fees": str(self.highest_fees),
            "agency_hours": None if self.agency_hours is None else str(self.agency_hours),
            "agency_cost": None if self.agency_cost is None else str(self.agency_cost),
            "steps": [
                {
                    "id": step.id,
                    "name": step.name.in_(language),
                    "hours": None if step.hours is None else str(step.hours),
                    "cost": None if step.cost is None else str(step.cost),
                }
                for step in self.steps
            ],
        }


def _begin(row: ProcedureBurden) -> date:
    return row.in_force_from or date.min


@attrs.frozen(kw_only=True, repr=False)
class Burden:
    """What a catalogue costs in a year."""

    title: Text
    on: date | None = None
    """The day whose editions are counted; None: every edition is a row of its own."""
    rates: Rates
    procedures: tuple[ProcedureBurden, ...]

    def __repr__(self) -> str:
        return f"<Burden of {len(self.procedures)} procedures>"

    @property
    def current(self) -> tuple[ProcedureBurden, ...]:
        """Of each procedure the last of the editions that are counted, so that none stands twice in a sum."""
        last: dict[str, ProcedureBurden] = {}
        for each in self.procedures:
            if each.code not in last or _begin(last[each.code]) <= _begin(each):
                last[each.code] = each
        return tuple(last.values())

    @property
    def revised(self) -> tuple[tuple[ProcedureBurden, ...], ...]:
        """The procedures with several editions, each with its editions by their first day."""
        found: dict[str, list[ProcedureBurden]] = {}
        for each in self.procedures:
            found.setdefault(each.code, []).append(each)
        return tuple(tuple(sorted(rows, key=_begin)) for rows in found.values() if len(rows) > 1)

    @property
    def yearly(self) -> Fraction:
        """What it costs those who apply, in VND; of a procedure with several editions the last."""
        return sum((each.cost.yearly for each in self.current), Fraction(0))

    @property
    def agency(self) -> Fraction:
        """What it costs the agencies, as far as steps have budgets, in VND; likewise."""
        return sum((each.agency_cost for each in self.current if each.agency_cost is not None), Fraction(0))

    @property
    def without_budgets(self) -> tuple[str, ...]:
        """The procedures whose cost for the agency is not known."""
        return tuple(each.code for each in self.current if each.agency_cost is None)

    @property
    def agency_text(self) -> Text:
        """What it costs the agencies, in words: at least so much where some procedures with dossiers have no budgets."""
        if self._agency_unknown:
            return Text(vi="chưa biết", en="not known")
        known = whole_money(self.agency)
        return Text(vi=f"ít nhất {known.vi}", en=f"at least {known.en}") if self._lacking else known

    @property
    def _lacking(self) -> bool:
        return any(each.agency_cost is None for each in self.current if each.cost.applications)

    @property
    def _agency_unknown(self) -> bool:
        return self._lacking and self.agency == 0

    def lines(self, *, language: Language = "en", most: int = 10) -> tuple[str, ...]:
        """Return the answer as lines to read, the dearest procedures first."""
        yearly, agency, lacking = whole_money(self.yearly), self.agency_text, number(len(self.without_budgets))
        head = Text(
            vi=f"Chi phí một năm: người nộp {yearly.vi}, cơ quan {agency.vi} (chưa biết của {lacking.vi} thủ tục)",
            en=f"Cost of a year: applicants {yearly.en}, agencies {agency.en} (not known of {lacking.en} procedures)",
        )
        dearest = sorted(self.current, key=lambda each: -each.cost.yearly)[:most]
        return (
            head.in_(language),
            *(
                f"{each.code} {each.name.in_(language)}: {whole_money(each.cost.yearly).in_(language)}"
                for each in dearest
            ),
            *(_editions(rows).in_(language) for rows in self.revised),
            self.rates.text.in_(language),
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the answer in JSON types; amounts exact. The sum for agencies is null where nothing of it is known."""
        return {
            "title": self.title.in_(language),
            "on": None if self.on is None else self.on.isoformat(),
            "yearly": str(self.yearly),
            "agency": None if self._agency_unknown else str(self.agency),
            "rates": self.rates.to_dict(language=language),
            "without_budgets": list(self.without_budgets),
            "procedures": [each.to_dict(language=language) for each in self.procedures],
        }


def _editions(rows: tuple[ProcedureBurden, ...]) -> Text:
    """Return what one application cost by each edition of a procedure."""
    parts = [(period_text(row.in_force_from, row.in_force_to), whole_money(row.cost.each)) for row in rows]
    said = "; ".join(f"{period.vi}: {cost.vi}" for period, cost in parts)
    told = "; ".join(f"{period.en}: {cost.en}" for period, cost in parts)
    return Text(
        vi=f"{rows[0].code}, một hồ sơ theo từng phiên bản: {said}",
        en=f"{rows[0].code}, one dossier by edition: {told}",
    )


_ONE_EACH: Final[Mapping[str, int]] = FrozenMap({})
_RATES: Final = Rates()


def burden(
    catalogue: Catalogue,
    *,
    rates: Rates = _RATES,
    applications: Mapping[str, int] = _ONE_EACH,
    on: date | None = None,
) -> Burden:
    """Return what *catalogue* costs those who apply and the agencies.

    >>> from datetime import date
    >>> from onestop_core import catalogue
    >>> found = burden(catalogue.shipped(), applications={"1.004873": 1000}, on=date(2026, 9, 1))
    >>> [row] = [row for row in found.procedures if row.code == "1.004873"]
    >>> row.papers, row.trips, int(row.cost.each), int(row.cost.yearly) == 1000 * int(row.cost.each)
    (2, 2, 280000, True)

    Args:
        catalogue: What is offered.
        rates: What each thing costs that it asks for.
        applications: Dossiers a year by procedure; a procedure that is not named has one.
        on: A day: only the editions in force then; left out, every edition is a row of its own.

    Raises:
        InvalidValueError: a number that is none.
        NotInForceError: nothing is in force on that day.
    """
    for code, count in applications.items():
        if type(count) is not int or count < 0:
            raise InvalidValueError.of(f"applications {code}", count, vi="số hồ sơ", en="a whole number from 0 on")
    held = catalogue if on is None else catalogue.on(on)
    rows = tuple(_of(each, rates, applications.get(each.code, 1)) for each in held.procedures)
    return Burden(title=held.title, on=on, rates=rates, procedures=rows)


def _of(procedure: Procedure, rates: Rates, applications: int) -> ProcedureBurden:
    papers = procedure.papers_for(None)
    forms = sum(paper.form is not None for paper in papers)
    copies = sum(paper.copies for paper in papers)
    kinds = {channel.kind for channel in procedure.channels}
    trips = 0 if ChannelKind.ONLINE_FULL in kinds else 1 if ChannelKind.ONLINE_PARTIAL in kinds else 2
    fees, known = _fees(procedure)
    activities: tuple[Activity, ...] = (
        Activity(
            kind="prepare", effort=Effort(hours=rates.paper_hours * (len(papers) - forms) + rates.form_hours * forms)
        ),
        Activity(kind="copy", other=rates.copy_cost * copies),
        Activity(kind="submit", effort=Effort(hours=rates.online_hours if trips < 2 else 0)),
        Activity(kind="travel", effort=Effort(hours=rates.trip_hours * trips), other=rates.trip_cost * trips),
    )
    return ProcedureBurden(
        code=procedure.code,
        name=procedure.name,
        in_force_from=procedure.in_force_from,
        in_force_to=procedure.in_force_to,
        papers=len(papers),
        forms=forms,
        copies=copies,
        trips=trips,
        cost=standard_cost(*activities, wage=rates.income, fees=min(fees), subjects=applications),
        highest_fees=max(fees),
        fees_known=known,
        activities=tuple(
            ActivityBurden(
                kind=each.kind, hours=each.effort.hours, cost=each.effort.hours * rates.income.value + each.other
            )
            for each in activities
        ),
        steps=tuple(_steps(procedure, rates)),
    )


def _fees(procedure: Procedure) -> tuple[list[Fraction], bool]:
    """Return what each way to file costs in fees, and whether all of them are plain amounts."""
    sums: list[Fraction] = []
    known = True
    for channel in procedure.channels:
        for limit in channel.limits:
            plain = [fee for fee in limit.fees if fee.amount is not None and fee.currency in {None, _DONG}]
            known = known and len(plain) == len(limit.fees)
            sums.append(sum((Fraction(cast("Decimal", fee.amount)) for fee in plain), Fraction(0)))
    return sums, known


def _steps(procedure: Procedure, rates: Rates) -> Iterator[StepBurden]:
    for step in procedure.steps:
        hours = None if step.budget is None else _hours(TimeLimit.parse(step.budget))
        cost = None if hours is None else hours * rates.staff_cost
        yield StepBurden(id=step.id, name=step.what, hours=hours, cost=cost)


def _hours(limit: TimeLimit) -> Fraction | None:
    """Return *limit* in working hours; None of what is not in working time."""
    each = {LimitUnit.WORKING_DAYS: parameter(_A_DAY).value, LimitUnit.WORKING_HOURS: Fraction(1)}
    if any(step.unit not in each for step in limit.steps):
        return None
    return sum((step.amount * each[step.unit] for step in limit.steps), Fraction(0))
