from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import exact_or_none, rounded, shown
from onestop_core.kpi.measures import Activity, CostChange, Effort, ElapsedTime, processing_time_cost, standard_cost
from onestop_core.model import Firmness

WAGE = kpi.measures.parameter("hourly-income-2024")


@pytest.mark.parametrize(
    ("before", "after", "costs", "saving", "cut"),
    [
        (80, 72, (32_000_000, 28_800_000), 3_200_000, "10.00"),  # Đồng Nai, Decision 2816/QĐ-UBND
        (200, 184, (80_000_000, 73_600_000), 6_400_000, "8.00"),
    ],
)
def test_processing_time_as_a_province_prices_it(
    before: int, after: int, costs: tuple[int, int], saving: int, cut: str
) -> None:
    one, two = (processing_time_cost(ElapsedTime(hours=hours), wage=WAGE, dossiers=10) for hours in (before, after))
    assert (int(one.yearly), int(two.yearly)) == costs
    change = CostChange.between(one, two)
    assert (int(change.saving), change.cut_percent) == (saving, Decimal(cut))
    assert ElapsedTime.of_days(Fraction(before, 8)) == one.elapsed
    assert one.to_dict()["yearly"] == str(costs[0])
    assert one.to_dict()["note"].endswith("not labour time of the applicant.")
    assert one.formula.basis.firmness is Firmness.READ


def test_the_saving_that_hanoi_published() -> None:
    change = CostChange(before=2_306, after=654)  # billion VND, 293 procedures, December 2025
    assert (int(change.saving), change.cut_percent) == (1_652, Decimal("71.64"))


def test_nothing_before_has_no_cut_and_a_rise_is_negative() -> None:
    assert CostChange(before=0, after=5).cut_percent is None
    assert CostChange(before=3, after=4).cut_percent == Decimal("-33.33")


amounts = st.fractions(0, 10**6, max_denominator=60)
activities = st.builds(
    Activity,
    kind=st.sampled_from(kpi.measures.ActivityKind),
    effort=st.builds(Effort, hours=amounts),
    service=amounts,
    other=amounts,
)


@given(st.lists(activities, max_size=6), amounts, st.integers(0, 12), st.integers(0, 10**7))
def test_the_standard_model_is_its_formula(steps: list[Activity], fees: Fraction, times: int, subjects: int) -> None:
    cost = standard_cost(*steps, wage=WAGE, fees=fees, times_per_year=times, subjects=subjects)
    total = Fraction(0)
    for step in steps:
        total += step.effort.hours * 40_000 + step.service + step.other
    assert cost.each == total + fees
    assert cost.yearly == (total + fees) * times * subjects
    assert standard_cost(*reversed(steps), wage=WAGE, fees=fees, times_per_year=times, subjects=subjects) == cost
    assert cost.formula.basis.firmness is Firmness.RECALLED


def test_a_cost_as_a_document() -> None:
    cost = standard_cost(Activity(kind="travel", effort=Effort(hours=Fraction(1, 3))), wage=WAGE, subjects=3)
    made = cost.to_dict(language="vi")
    assert (made["each"], made["yearly"], made["effort_hours"]) == ("13333.33", "40000", "0.33")
    assert made["wage"] == {
        "id": "hourly-income-2024", "value": "40000", "unit": "VND/hour", "year": 2024,
        "basis": "Quyết định số 2816/QĐ-UBND tỉnh Đồng Nai",
    }  # fmt: skip
    assert made["basis"].endswith("(theo trí nhớ, chưa xác nhận)")


def test_effort_and_elapsed_time_never_meet() -> None:
    effort, elapsed = Effort(hours=1), ElapsedTime(hours=1)
    assert effort != elapsed  # type: ignore[comparison-overlap]
    assert elapsed + elapsed == ElapsedTime(hours=2)
    with pytest.raises(TypeError):
        _ = effort + elapsed  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = elapsed + effort  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = effort < elapsed  # type: ignore[operator]
    with pytest.raises(InvalidValueError, match="not elapsed time"):
        Activity(kind="wait", effort=elapsed)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="expected ElapsedTime"):
        processing_time_cost(effort, wage=WAGE, dossiers=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="a ComplianceCost, like the one before"):
        CostChange.between(standard_cost(wage=WAGE, subjects=1), processing_time_cost(elapsed, wage=WAGE, dossiers=1))


def test_what_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="an exact number"):
        Effort(hours=1.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="one of prepare"):
        Activity(kind="sleep")
    with pytest.raises(InvalidValueError, match="a Parameter in VND/hour"):
        standard_cost(wage=kpi.measures.parameter("hours-per-working-day"), subjects=1)
    for bad in (-1, True, "3", Decimal("NaN"), Decimal("Infinity"), Decimal("1E+50"), None):
        with pytest.raises(InvalidValueError, match="an exact number"):
            standard_cost(wage=WAGE, subjects=bad)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="above 0"):
        kpi.measures.Parameter(id="x", name=WAGE.name, value=0, unit="VND/hour", basis=WAGE.basis)


@given(st.fractions(-(10**6), 10**6), st.integers(0, 6))
def test_numbers_are_rounded_away_from_zero_at_ties(value: Fraction, decimals: int) -> None:
    made = Fraction(rounded(value, decimals))
    step = Fraction(1, 10**decimals)
    assert abs(made - value) * 2 <= step
    if abs(made - value) * 2 == step:
        assert abs(made) > abs(value)
    assert shown(value, decimals) is not None
    assert Fraction(shown(value, decimals) or "") == made


def test_small_helpers() -> None:
    assert shown(Decimal("40.50")) == "40.5"
    assert shown(None) is None
    assert exact_or_none(None, "x") is None
    assert exact_or_none(3, "x") == 3
