from __future__ import annotations

import decimal
import pickle
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, UndefinedMetricError, UnknownCodeError
from onestop_core.model import Firmness

INDEX = kpi.index("vn-766@portal-2026")
ENACTED = kpi.index("vn-766@decision-2022")
SHARES = [metric for metric in INDEX.metrics if metric.kind is kpi.service_index.MetricKind.SHARE]
SCORED = [metric for metric in INDEX.metrics if metric.max is not None]
FULL = {metric.id: (1, 1) for metric in SCORED}


def slow_score(metric: kpi.service_index.Metric, numerator: int, denominator: int) -> Decimal:
    """The formula as it is written, in decimals of a thousand digits."""
    assert metric.max is not None
    with decimal.localcontext() as context:
        context.prec = 1000
        rate = Decimal(numerator) / Decimal(denominator) * 100
        points = min(metric.max, metric.max * rate / metric.target)
        return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


@st.composite
def counts(draw: st.DrawFn, most: int = 10**9) -> tuple[int, int]:
    denominator = draw(st.integers(1, most))
    return draw(st.integers(0, denominator)), denominator


# A few hundred denominators make ties common; large ones make digits common.
@given(st.sampled_from(SCORED), counts(most=400) | counts())
def test_every_score_is_the_formula_and_within_its_maximum(
    metric: kpi.service_index.Metric, pair: tuple[int, int]
) -> None:
    result = INDEX.score({metric.id: pair})[metric.id]
    assert result.score == slow_score(metric, *pair)
    assert result.score is not None
    assert metric.max is not None
    assert 0 <= result.score <= metric.max


@given(st.sampled_from(SCORED), counts())
def test_a_score_never_falls_when_the_numerator_grows(metric: kpi.service_index.Metric, pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    more = INDEX.score({metric.id: (min(numerator + 1, denominator), denominator)})[metric.id].score
    less = INDEX.score({metric.id: pair})[metric.id].score
    assert less is not None
    assert more is not None
    assert less <= more


@given(st.dictionaries(st.sampled_from([metric.id for metric in INDEX.metrics]), counts()))
def test_a_group_is_the_sum_of_its_parts_and_the_total_that_of_the_groups(pairs: dict[str, tuple[int, int]]) -> None:
    card = INDEX.score(pairs)
    for key, group in card.groups.items():
        parts = [r.score for r in card if r.metric.group == key and r.score is not None]
        assert group.score == (sum(parts) if parts else None)
    groups = [group.score for group in card.group_results if group.score is not None]
    assert card.total == (sum(groups) if groups else None)
    assert card.maximum == 100
    assert set(card.to_dict()["metrics"]) == set(pairs)


@pytest.mark.parametrize(
    ("metric", "pair", "score"),
    [
        ("2.1", (1, 4000), "0.01"),  # 0.005
        ("2.1", (3, 4000), "0.02"),  # 0.015, where half-even and binary floats go astray
        ("4.4", (1, 800), "0.01"),  # 0.005
        ("5.2", (5, 1200), "0.03"),  # 0.025, half-even would give 0.02
    ],
)
def test_ties_are_rounded_up(metric: str, pair: tuple[int, int], score: str) -> None:
    assert INDEX.score({metric: pair})[metric].score == Decimal(score)


def test_ties_are_a_choice_of_the_edition() -> None:
    even = attrs.evolve(INDEX, rounding=attrs.evolve(INDEX.rounding, ties=kpi.service_index.Ties.HALF_EVEN))
    assert even.score({"5.2": (5, 1200)})["5.2"].score == Decimal("0.02")
    assert even.score({"5.2": (7, 1200)})["5.2"].score == Decimal("0.04")


def test_the_caller_s_decimal_context_changes_nothing() -> None:
    expected = INDEX.score(FULL | {"2.1": (528_684, 597_918)})
    with decimal.localcontext() as context:
        context.prec = 2
        assert INDEX.score(FULL | {"2.1": (528_684, 597_918)}) == expected


@pytest.mark.parametrize(
    ("metric", "ratio", "score", "treatment"),
    [
        ("1.1", None, None, kpi.service_index.Treatment.ZERO_NULL),
        ("4.5a", None, None, kpi.service_index.Treatment.ZERO_NULL),
        ("5.2", 0, Decimal(6), kpi.service_index.Treatment.ZERO_FULL),
        ("5.3", 0, Decimal(6), kpi.service_index.Treatment.ZERO_FULL),
        ("5.4", 0, Decimal(0), kpi.service_index.Treatment.ZERO_ZERO),
        ("3.5a", 0, Decimal(0), kpi.service_index.Treatment.ZERO_ZERO),
        ("3.6", 0, Decimal(0), kpi.service_index.Treatment.ZERO_ZERO),
        ("2.1", 0, Decimal(0), kpi.service_index.Treatment.ZERO_ZERO),
        ("3.3", 0, Decimal(0), kpi.service_index.Treatment.ZERO_ZERO),
        ("2.2", None, None, kpi.service_index.Treatment.INFORMATION),
        ("5.1", None, None, kpi.service_index.Treatment.INFORMATION),
    ],
)
def test_nothing_out_of_nothing_follows_the_metric_s_own_policy(
    metric: str, ratio: int | None, score: Decimal | None, treatment: kpi.service_index.Treatment
) -> None:
    result = INDEX.score({metric: (0, 0)})[metric]
    assert (result.ratio, result.percent) == (ratio, ratio)
    assert result.score == score
    assert result.treatment is treatment
    assert treatment.text in result.notes


def test_a_null_component_adds_nothing_and_does_not_reduce_the_maximum() -> None:
    card = INDEX.score({"1.1": (0, 0), "1.2": (0, 0), "1.3": (98, 100), "1.4": (1, 1)})
    group = card.groups["CKMB"]
    assert (group.score, group.maximum, group.percent) == (Decimal("7.96"), Decimal(18), Decimal("44.22"))
    assert group.undefined == ("1.1", "1.2")
    assert group.missing == ()


def test_a_group_of_nulls_has_no_score() -> None:
    card = INDEX.score({"4.1": (0, 0)})
    assert card.groups["MDSH"].score is None
    assert card.total is None
    assert card.to_dict()["metrics"] == {"4.1": {"ratio": None, "score": None}}
    assert "total: none/100 points" in card.explain()
    assert "Tổng điểm: chưa có/100 điểm" in card.explain(language="vi")


def test_strict_refuses_what_nobody_has_seen_and_takes_a_named_policy() -> None:
    with pytest.raises(UndefinedMetricError, match=r"2\.1 is undefined: denominator 0"):
        ENACTED.score({"2.1": (0, 0)}, strict=True)
    assert ENACTED.score({"2.1": (0, 0)})["2.1"].treatment is kpi.service_index.Treatment.ZERO_UNKNOWN
    card = ENACTED.score({"2.1": (0, 0)}, strict=True, zero={"2.1": "zero"})
    assert card["2.1"].score == 0
    assert "zero policy chosen by the caller" in [note.en for note in card["2.1"].notes]
    assert ENACTED.score({"2.1": (3, 5)}, strict=True)["2.1"].score == 12


def test_a_metric_without_counts_is_missing_not_zero() -> None:
    card = INDEX.score({"3.2": (1, 2)})
    assert card["3.1"].score is None
    assert not card["3.1"].given
    assert card.groups["CLGQ"].missing == ("3.1", "3.3")
    assert not card.complete
    assert card.metrics["3.2"].score == 2


@pytest.mark.parametrize(
    ("total_off", "band"),
    [(0, "excellent"), (10, "excellent"), (11, "good"), (20, "good"), (21, "fair"), (31, "average"), (51, "weak")],
)
def test_bands_begin_exactly_at_their_floor(total_off: int, band: str) -> None:
    off = {"2.1": min(total_off, 20), "4.1": 0, "1.1": 0, "5.2": 0}
    left = total_off - off["2.1"]
    maxima = {"4.1": 6, "1.1": 6, "5.2": 6, "1.4": 6, "3.6": 6, "5.3": 6}
    pairs = dict(FULL)
    pairs["2.1"] = (20 - off["2.1"], 20)
    for metric, most in maxima.items():
        taken = min(left, most)
        pairs[metric] = (most - taken, most)
        left -= taken
    card = INDEX.score(pairs)
    assert left == 0
    assert card.total == 100 - total_off
    assert card.band is not None
    assert card.band.key == band
    assert card.band.basis.firmness is Firmness.RECALLED


def test_half_a_card_has_no_band_and_bands_can_be_replaced() -> None:
    assert INDEX.score({"2.1": (1, 1)}).band is None
    assert INDEX.score(FULL | {"2.1": (0, 0)}, zero={"2.1": "unknown"}).band is None
    bands = kpi.service_index.Bands(levels=(attrs.evolve(INDEX.bands.levels[0], floor=Decimal("99.5")),))
    assert INDEX.with_bands(bands).score(FULL).band == bands.levels[0]
    assert INDEX.with_bands(bands).score(FULL | {"2.1": (0, 1)}).band is None
    lines = INDEX.score(FULL).explain(language="vi")
    assert lines[-1] == "Xếp loại: Xuất sắc (theo trí nhớ, chưa xác nhận)"


def test_one_procedure_leaves_out_a_metric_with_its_points() -> None:
    card = INDEX.score(FULL, single_procedure=True)
    assert card["4.5a"].treatment is kpi.service_index.Treatment.OMITTED
    assert card.groups["MDSH"].maximum == 20
    assert card.groups["MDSH"].score == 20
    assert card.maximum == card.total == 98
    assert card.band is not None
    assert "4.5a" not in card.to_dict()["metrics"]


def test_a_group_from_which_everything_is_left_out_has_no_share() -> None:
    every = tuple(metric.id for metric in INDEX.metrics)
    bare = attrs.evolve(INDEX, single_procedure=attrs.evolve(INDEX.single_procedure, omit=every))
    card = bare.score(FULL, single_procedure=True)
    assert card.maximum == 0
    assert card.total is None
    zeroed = attrs.evolve(bare, groups=tuple(attrs.evolve(group, max=Decimal(0)) for group in bare.groups))
    assert zeroed.score({"2.1": (1, 1)}).groups["TDGQ"].percent is None


def test_what_does_not_apply_to_a_commune_earns_full_points() -> None:
    card = INDEX.score({"1.1": (1, 2)}, level="commune", not_applicable=["1.2"])
    assert card["1.2"].score == 4
    assert card["1.2"].treatment is kpi.service_index.Treatment.NOT_APPLICABLE
    assert card["1.2"].percent is None
    assert card.groups["CKMB"].score == 7
    assert any("1.2 procedures updated and published on time: – → 4.00/4 points" in line for line in card.explain())
    with pytest.raises(InvalidValueError, match="commune"):
        INDEX.score({}, level="province", not_applicable=["1.2"])
    with pytest.raises(InvalidValueError, match="none in this edition"):
        ENACTED.score({}, level="commune", not_applicable=["1.2"])


def test_the_enacted_edition_scores_only_what_has_been_read() -> None:
    card = ENACTED.score({"2.1": (528_684, 597_918), "1.1": (1, 2)})
    assert card.total == card["2.1"].score == Decimal("17.68")
    assert card["1.1"].percent == 50
    assert card["1.1"].score is None
    assert card["1.1"].treatment is kpi.service_index.Treatment.MAXIMUM_UNKNOWN
    assert card["1.1"].metric.basis.firmness is Firmness.UNCONFIRMED
    with pytest.raises(UndefinedMetricError, match="maximum has not been read"):
        ENACTED.score({"1.1": (1, 2)}, strict=True)


def test_a_mean_is_not_a_percentage() -> None:
    result = INDEX.score({"2.2": (75, 10)})["2.2"]
    assert result.ratio == Fraction(15, 2)
    assert result.percent is None
    assert result.score is None


def test_unknown_names_are_met_with_suggestions() -> None:
    with pytest.raises(UnknownCodeError, match=r"no metric '3\.5'; did you mean 3\.5"):
        INDEX.score({"3.5": (1, 2)})
    with pytest.raises(UnknownCodeError, match="did you mean province"):
        INDEX.score({}, level="provinces")
    with pytest.raises(UnknownCodeError, match="no zero policy 'nil'"):
        INDEX.score({}, zero={"2.1": "nil"})
    with pytest.raises(UnknownCodeError, match=r"no metric '9\.9'"):
        INDEX.score({}, zero={"9.9": "zero"})
    with pytest.raises(KeyError):
        INDEX.score({})["9.9"]
    with pytest.raises(UnknownCodeError):
        INDEX.metric("9.9")


@pytest.mark.parametrize(
    "pair",
    [
        (5, 3),
        (-1, 3),
        (1, -3),
        (True, 3),
        (1, True),
        (1.0, 3),
        ("1", 3),
        (1, 2, 3, 4),
        (1, 2, None),
        (None, 2),
        (1,),
        7,
        (10**40, 10**40),
        {1: 2, 3: 4},
    ],
)
def test_counts_that_cannot_be_are_refused(pair: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"counts\[2\.1\]"):
        INDEX.score({"2.1": pair})


def test_a_refused_count_is_shown_as_it_came() -> None:
    with pytest.raises(InvalidValueError, match="cannot use '5 of 7'; expected a pair"):
        INDEX.score({"2.1": "5 of 7"})  # type: ignore[dict-item]


def test_other_things_than_counts_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="counts by metric id"):
        INDEX.score([("2.1", (1, 2))])  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"counts\[2\.2\]"):
        INDEX.score({"2.2": (5, 0)})


def test_cards_are_values_and_say_why() -> None:
    card = INDEX.score({"5.2": (0, 0), "4.2": (1, 2)}, level="province")
    assert pickle.loads(pickle.dumps(card)) == card  # noqa: S301 - our own bytes
    assert hash(card) == hash(INDEX.score({"4.2": (1, 2), "5.2": (0, 0)}, level="province"))
    lines = card.explain(language="vi")
    assert lines[0] == "vn-766@portal-2026 (cấp tỉnh)"
    assert any("mẫu số 0: tính đủ điểm" in line for line in lines)
    assert any(line.startswith("Không có số liệu: 1.1") for line in lines)
    details = card.to_dict(language="vi")["details"]["4.2"]
    assert details["numerator"] == 1
    assert "80%" in details["notes"][0]
    assert INDEX.score(FULL).explain()[0] == "vn-766@portal-2026"
