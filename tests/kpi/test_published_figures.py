"""Figures that public bodies published, recomputed to the hundredth (E1 to E6 of the project's facts)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from onestop_core import kpi

INDEX = kpi.index("vn-766@portal-2026")


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "percent", "score"),
    [
        pytest.param("2.1", 528_684, 597_918, "88.42", "17.68", id="E1: progress of a province"),
        pytest.param("2.1", 156, 161, "96.89", "19.38", id="E2: progress of a unit"),
        pytest.param("2.1", 3, 5, "60.00", "12.00", id="E2: progress of a small unit"),
        pytest.param("5.4", 528_464, 597_918, "88.38", "5.89", id="E3: satisfaction below its target"),
        pytest.param("5.4", 7_179, 7_947, "90.34", "6.00", id="E3: satisfaction capped"),
        pytest.param("5.2", 296, 570, "51.93", "3.12", id="E4: petitions on time"),
        pytest.param("5.3", 230, 570, "40.35", "2.42", id="E4: petitions, satisfaction"),
        pytest.param("5.2", 0, 4, "0.00", "0.00", id="E4: none on time"),
        pytest.param("2.1", 19_255, 19_944, "96.55", "19.31", id="E6: on time"),
        pytest.param("2.1", 689, 19_944, "3.45", "0.69", id="E6: late"),
    ],
)
def test_a_published_figure(metric: str, numerator: int, denominator: int, percent: str, score: str) -> None:
    result = INDEX.score({metric: (numerator, denominator)}, level="province")[metric]
    assert (result.percent, result.score) == (Decimal(percent), Decimal(score))
    assert result.ratio == Fraction(numerator, denominator)
    assert result.treatment is kpi.service_index.Treatment.FORMULA


def test_e1_through_card_and_json() -> None:
    card = INDEX.score({"2.1": (528_684, 597_918)}, level="province")
    assert card.groups["TDGQ"].score == card.total == Decimal("17.68")
    document = card.to_dict()
    assert document["metrics"] == {"2.1": {"ratio": "88.42", "score": "17.68"}}
    assert document["groups"]["TDGQ"] == {"ratio": "88.40", "score": "17.68", "maximum": "20"}
    assert document["groups"]["CKMB"]["score"] is None
    assert document["total"] == "17.68"


def test_e4_the_group_of_satisfaction() -> None:
    card = INDEX.score({"5.2": (296, 570), "5.3": (230, 570), "5.4": (528_464, 597_918)})
    group = card.groups["MDHL"]
    assert (group.score, group.maximum, group.percent) == (Decimal("11.43"), Decimal(18), Decimal("63.50"))


def test_e4_no_petitions_earn_full_points_by_a_named_policy() -> None:
    card = INDEX.score({"5.2": (0, 0), "5.3": (0, 0)})
    for metric in ("5.2", "5.3"):
        assert card[metric].score == Decimal("6.00")
        assert card[metric].percent == 0
        assert card[metric].treatment is kpi.service_index.Treatment.ZERO_FULL


def test_e5_components_are_rounded_before_they_are_added() -> None:
    card = INDEX.score(
        {
            "4.1": (6_722, 8_253),
            "4.2": (1_662, 8_253),
            "4.3": (984, 8_253),
            "4.4": (0, 8_253),
            "4.5b": (4_032, 8_253),
            "4.5a": (63, 385),
            "4.6": (1, 1),
        }
    )
    parts = [card[metric].score for metric in ("4.1", "4.2", "4.3", "4.4", "4.5b", "4.5a", "4.6")]
    assert parts == [Decimal(part) for part in ("4.89", "0.81", "0.30", "0.00", "0.98", "0.33", "2.00")]
    assert card.groups["MDSH"].score == Decimal("9.31")  # adding first would give 9.29
    assert card.total == Decimal("9.31")


@pytest.mark.parametrize(("points", "maximum", "percent"), [("7.96", 18, "44.22"), ("6.74", 10, "67.40")])
def test_the_ratio_of_a_group_is_that_of_its_rounded_total(points: str, maximum: int, percent: str) -> None:
    share = Fraction(Decimal(points)) * 100 / maximum
    rounding = INDEX.rounding
    assert rounding.decimal(rounding.units(share.numerator, share.denominator)) == Decimal(percent)
