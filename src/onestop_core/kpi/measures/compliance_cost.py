"""Compliance cost of a procedure (chi phí tuân thủ): the standard cost model, in whole and exact amounts of VND.

Two times are two types. :class:`Effort` is work of the applicant, worth an income; :class:`ElapsedTime` is how
long the agency takes, during which the applicant may do something else. They do not add, and only effort has
a place in the standard model. A practice that prices elapsed time all the same has a function of its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import computed, exact, rounded, shown
from onestop_core.kpi.measures.definitions import Formula, Parameter, measures, parameter
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from onestop_core.text import Language
    from onestop_core.text.numbers import Exact

__all__ = [
    "Activity",
    "ActivityKind",
    "ComplianceCost",
    "CostChange",
    "Effort",
    "ElapsedTime",
    "ProcessingTimeCost",
    "processing_time_cost",
    "standard_cost",
]


def _amount(value: Exact) -> Fraction:
    return exact(value, "amount")


def _computed(value: Exact) -> Fraction:
    return computed(value, "amount")


def _hours(value: Exact) -> Fraction:
    return exact(value, "hours")


@attrs.frozen(kw_only=True, order=True)
class ElapsedTime:
    """How long the handling took, in working hours; not work of the applicant.

    >>> ElapsedTime.of_days(10), ElapsedTime(hours=80) > ElapsedTime(hours=72)
    (ElapsedTime(hours=Fraction(80, 1)), True)

    Raises:
        InvalidValueError: the hours are not an exact number from 0 on.
    """

    hours: Fraction = attrs.field(converter=_hours)

    @classmethod
    def of_days(cls, days: Exact, *, on: date | None = None) -> ElapsedTime:
        """Return the hours of so many working days, by the parameter ``hours-per-working-day`` in force *on* a day."""
        return cls(hours=exact(days, "days") * parameter("hours-per-working-day", on=on).value)

    def __add__(self, other: ElapsedTime) -> ElapsedTime:
        if not isinstance(other, ElapsedTime):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return ElapsedTime(hours=self.hours + other.hours)


@attrs.frozen(kw_only=True, order=True)
class Effort:
    """Hours that the applicant spends.

    >>> from fractions import Fraction
    >>> Effort(hours=Fraction(1, 2)) + Effort(hours=2)
    Effort(hours=Fraction(5, 2))
    >>> Effort(hours=2) + ElapsedTime(hours=80)
    Traceback (most recent call last):
    TypeError: unsupported operand type(s) for +: 'Effort' and 'ElapsedTime'

    Raises:
        InvalidValueError: the hours are not an exact number from 0 on.
    """

    hours: Fraction = attrs.field(default=Fraction(0), converter=_hours)

    def __add__(self, other: Effort) -> Effort:
        if not isinstance(other, Effort):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Effort(hours=self.hours + other.hours)


class ActivityKind(Code):
    """What an applicant does to comply."""

    PREPARE = "prepare"
    COPY = "copy"
    SUBMIT = "submit"
    TRAVEL = "travel"
    WAIT = "wait"
    PAY = "pay"
    COLLECT = "collect"


def _kind(value: ActivityKind | str) -> ActivityKind:
    return ActivityKind.of(value, "kind")


@attrs.frozen(kw_only=True)
class Activity:
    """One activity of one application.

    Raises:
        InvalidValueError: an amount is not exact, the kind not known, or elapsed time is given for effort.
    """

    kind: ActivityKind = attrs.field(converter=_kind)
    effort: Effort = Effort()
    service: Fraction = attrs.field(default=Fraction(0), converter=_amount)
    """Paid to others for it, in VND."""
    other: Fraction = attrs.field(default=Fraction(0), converter=_amount)
    """Other costs of it, in VND."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.effort, Effort):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of(
                "effort",
                self.effort,
                vi="Effort: công sức của người nộp, không phải thời gian xử lý",
                en="Effort: the applicant's work, not elapsed time",
            )


@attrs.frozen(kw_only=True)
class ComplianceCost:
    """What a procedure costs those who must comply, in VND, exact."""

    labour: Fraction = attrs.field(converter=_computed)
    """Effort of one application at the hourly income."""
    service: Fraction = attrs.field(converter=_computed)
    other: Fraction = attrs.field(converter=_computed)
    fees: Fraction = attrs.field(converter=_computed)
    applications: Fraction = attrs.field(converter=_computed)
    """Applications a year: times a year x subjects."""
    effort: Effort
    """Of one application."""
    wage: Parameter
    formula: Formula

    @property
    def each(self) -> Fraction:
        """Cost of one application."""
        return self.labour + self.service + self.other + self.fees

    @property
    def yearly(self) -> Fraction:
        """Cost of a year."""
        return self.each * self.applications

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the cost in JSON types: amounts as decimal text, to the hundredth of a VND."""
        names = ("labour", "service", "other", "fees", "each", "applications", "yearly")
        return {
            **{name: shown(getattr(self, name)) for name in names},
            "effort_hours": shown(self.effort.hours),
            "wage": _parameter(self.wage, language),
            "formula": self.formula.text.in_(language),
            "basis": self.formula.basis.cite().in_(language),
        }


@attrs.frozen(kw_only=True)
class ProcessingTimeCost:
    """Elapsed processing time priced at an hourly income: a practice, not labour of the applicant."""

    elapsed: ElapsedTime
    dossiers: Fraction = attrs.field(converter=_computed)
    """Dossiers a year."""
    wage: Parameter
    formula: Formula

    @property
    def yearly(self) -> Fraction:
        """Amount of a year."""
        return self.elapsed.hours * self.wage.value * self.dossiers

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the amount in JSON types, with the note that its basis bears."""
        note = self.formula.basis.note
        return {
            "elapsed_hours": shown(self.elapsed.hours),
            "dossiers": shown(self.dossiers),
            "yearly": shown(self.yearly),
            "wage": _parameter(self.wage, language),
            "formula": self.formula.text.in_(language),
            "basis": self.formula.basis.cite().in_(language),
            "note": note.in_(language) if note else None,
        }


def _parameter(wage: Parameter, language: Language) -> dict[str, Any]:
    return {
        "id": wage.id,
        "value": shown(wage.value),
        "unit": wage.unit,
        "year": wage.year,
        "basis": wage.basis.cite().in_(language),
    }


_INCOME: Final = "VND/hour"


def _wage(wage: object) -> Parameter:
    if not isinstance(wage, Parameter) or wage.unit != _INCOME:
        raise InvalidValueError.of("wage", wage, vi=f"Parameter tính bằng {_INCOME}", en=f"a Parameter in {_INCOME}")
    return wage


def standard_cost(
    *activities: Activity,
    wage: Parameter,
    fees: Exact = 0,
    times_per_year: Exact = 1,
    subjects: Exact,
    on: date | None = None,
) -> ComplianceCost:
    """Return the compliance cost of a procedure by the standard cost model.

    ``[sum of (effort x wage + service + other) + fees] x times a year x subjects``. The formula is recalled,
    and the income is yours to choose: ``parameter("hourly-income-2024")`` is one with a source.

    >>> from onestop_core.kpi.measures import parameter
    >>> cost = standard_cost(
    ...     Activity(kind="prepare", effort=Effort(hours=2), other=20_000), Activity(kind="travel", effort=Effort(hours=1)),
    ...     wage=parameter("hourly-income-2024"), fees=15_000, subjects=2_000)
    >>> int(cost.each), int(cost.yearly)
    (155000, 310000000)

    Raises:
        InvalidValueError: an amount is not exact, or the wage not a parameter in VND an hour.
    """
    income = _wage(wage)
    for each in activities:
        if not isinstance(each, Activity):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError.of("activities", each, vi="các Activity", en="Activity items")
    effort = sum((activity.effort for activity in activities), Effort())
    return ComplianceCost(
        labour=effort.hours * income.value,
        service=sum((activity.service for activity in activities), Fraction(0)),
        other=sum((activity.other for activity in activities), Fraction(0)),
        fees=exact(fees, "fees"),
        applications=exact(times_per_year, "times_per_year") * exact(subjects, "subjects"),
        effort=effort,
        wage=income,
        formula=measures(on=on).formula("standard-cost"),
    )


def processing_time_cost(
    elapsed: ElapsedTime, *, wage: Parameter, dossiers: Exact, on: date | None = None
) -> ProcessingTimeCost:
    """Return elapsed processing time priced at an hourly income, as a province's decisions of 2025 do.

    >>> from onestop_core.kpi.measures import parameter
    >>> before, after = (processing_time_cost(ElapsedTime(hours=hours), wage=parameter("hourly-income-2024"), dossiers=10)
    ...     for hours in (80, 72))
    >>> int(before.yearly), int(after.yearly), CostChange.between(before, after).cut_percent
    (32000000, 28800000, Decimal('10.00'))

    Raises:
        InvalidValueError: the time is not :class:`ElapsedTime`, an amount not exact, or the wage not in VND an hour.
    """
    if not isinstance(elapsed, ElapsedTime):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("elapsed", elapsed, vi="ElapsedTime", en="ElapsedTime")
    formula = measures(on=on).formula("processing-time-cost")
    return ProcessingTimeCost(elapsed=elapsed, dossiers=exact(dossiers, "dossiers"), wage=_wage(wage), formula=formula)


@attrs.frozen(kw_only=True)
class CostChange:
    """A yearly cost before and after, in one unit: ``saving = before - after``, ``cut = saving / before``.

    >>> hanoi = CostChange(before=2_306, after=654)  # billion VND, 293 procedures, 2025
    >>> int(hanoi.saving), hanoi.cut_percent
    (1652, Decimal('71.64'))

    Raises:
        InvalidValueError: an amount is not an exact number from 0 on.
    """

    before: Fraction = attrs.field(converter=_amount)
    after: Fraction = attrs.field(converter=_amount)

    @classmethod
    def between(
        cls, before: ComplianceCost | ProcessingTimeCost, after: ComplianceCost | ProcessingTimeCost
    ) -> CostChange:
        """Return the change between two costs of one kind.

        Raises:
            InvalidValueError: one prices effort and the other elapsed time.
        """
        for each in (before, after):
            if not isinstance(each, ComplianceCost | ProcessingTimeCost):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise InvalidValueError.of("cost", each, vi="một chi phí", en="a cost")
        if type(before) is not type(after):
            kind = type(before).__name__
            raise InvalidValueError.of("after", after, vi=f"{kind}, như trước", en=f"a {kind}, like the one before")
        return cls(before=before.yearly, after=after.yearly)

    @property
    def saving(self) -> Fraction:
        """What is saved; negative where cost rose."""
        return self.before - self.after

    @property
    def cut(self) -> Fraction | None:
        """The saving as a share of what was; None where there was nothing."""
        return self.saving / self.before if self.before else None

    @property
    def cut_percent(self) -> Decimal | None:
        """The cut in percent to two decimals."""
        return None if self.cut is None else rounded(100 * self.cut)
