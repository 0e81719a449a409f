"""What is unknown lies between bounds: against an implementation that tries every way in which it may turn out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi import Count, DossierFacts, Tally, tally
from onestop_core.kpi.counting.counts import KINDS, count_of
from onestop_core.kpi.counting.figures import BESIDE
from onestop_core.kpi.service_index import Treatment
from tests.kpi.facts_strategies import PERIOD, START, completions, dossiers, slow_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

INDEX = kpi.index("vn-766@portal-2026")
ZERO, FULL, HUNDRED = Decimal(0), Decimal(6), Decimal(100)
FLAGS = ("fee_due", "paid_online", "electronic_result", "digitised", "data_reused", "disliked", "complained")


def counts_of(counted: Tally) -> dict[str, Count]:
    return {**counted.metrics, **{name: getattr(counted, name) for name in BESIDE}}


def silent(number: int, *, late: bool) -> DossierFacts:
    """Return a dossier of which nobody recorded what its applicant thought."""
    received = START.replace(month=10, day=5)
    due = received.replace(day=9)
    return DossierFacts(
        id=f"H26-{number}", received_at=received, due_at=due, finished_at=due.replace(day=12 if late else 8)
    )


def test_satisfaction_that_nobody_recorded_lies_between_none_and_all_that_were_not_late() -> None:
    facts = [silent(number, late=number < 69) for number in range(720)]
    card = INDEX.evaluate(facts, period=PERIOD)
    score = card["5.4"]
    assert (score.numerator, score.denominator, score.unknown) == (0, 69, 651)
    assert (score.ratio, score.percent, score.score) == (None, None, None)
    assert score.ratio_bounds == (Fraction(0), Fraction(651, 720))
    assert score.percent_bounds == (Decimal("0.00"), Decimal("90.42"))
    assert score.score_bounds == (score.lowest, score.highest) == (Decimal("0.00"), Decimal("6.00"))
    group = card.groups["MDHL"]
    assert (group.score, group.percent, group.unknown, group.undefined) == (None, None, ("5.4",), ())
    assert (group.score_bounds, group.percent_bounds) == ((ZERO, FULL), (ZERO, Decimal("33.33")))
    assert (card["2.1"].score, card.total) == (Decimal("18.08"), None)
    # 4.1 to 4.5b and 3.6 are as silent.
    assert card.total_bounds == (Decimal("18.08"), Decimal("18.08") + 6 + 6 + 4 + 2 + 4 + 2 + 6)
    assert (card.band, card.unknown.value) == (None, "bounds")
    # Left out by name, it is not the 69 late ones that are left: of none is all known that is asked.
    left = INDEX.evaluate(facts, period=PERIOD, unknown="leave_out")
    assert (left["5.4"].score, left["5.4"].treatment, left.total) == (None, Treatment.NOT_GIVEN, Decimal("18.08"))


@given(st.lists(dossiers(), max_size=6))
def test_the_bounds_of_a_count_are_those_of_its_completions(facts: list[DossierFacts]) -> None:
    counted = counts_of(tally(facts, period=PERIOD))
    for metric, kinds in slow_kinds(facts).items():
        count, ways = counted[metric], set(completions(kinds))
        ratios = {Fraction(*way) for way in ways if way[1]}
        assert count.ratio_bounds == ((min(ratios), max(ratios)) if ratios else None)
        if ratios:
            assert {count.lowest, count.highest} <= ways
        assert count.may_be_empty == ((0, 0) in ways)
        sure = [held for member, held, told in kinds if member and held is not None and told]
        assert count.told == (sure.count(True), len(sure))


KINDS_OF_FOUR = st.lists(st.sampled_from(KINDS), max_size=4)


@settings(max_examples=300)
@given(
    st.dictionaries(st.sampled_from(["2.1", "3.6", "4.1", "4.3", "5.2", "5.4", "1.1"]), KINDS_OF_FOUR, max_size=3),
    st.sampled_from(["null", "full", "zero", "unknown"]),
)
def test_points_groups_and_total_lie_between_bounds_that_are_reached(
    told: dict[str, list[tuple[bool | None, bool | None, bool]]], zero: str
) -> None:
    policies = dict.fromkeys(told, zero)
    counts = {metric: count_of([kinds.count(kind) for kind in KINDS]) for metric, kinds in told.items()}
    card = INDEX.score(counts, zero=policies)
    ways = [
        INDEX.score(dict(zip(told, way, strict=True)), zero=policies)
        for way in product(*(set(completions(kinds)) for kinds in told.values()))
    ]
    for metric in told:
        scores = {way[metric].score or Decimal(0) for way in ways}
        some = [way[metric].score for way in ways if way[metric].score is not None]
        lowest, highest = card[metric].lowest, card[metric].highest
        if not some:
            assert lowest in (None, 0)
            assert highest in (None, 0)
            continue
        assert (lowest, highest) == (min(scores), max(scores))
        assert (card[metric].score is None) == (min(scores) != max(scores))
        percents = [way[metric].percent for way in ways if way[metric].denominator]
        if card[metric].percent_bounds is not None:
            assert card[metric].percent_bounds == (min(percents), max(percents))  # type: ignore[type-var]
    for key, group in card.groups.items():
        sums = {way.groups[key].score or Decimal(0) for way in ways}
        assert (group.lowest or Decimal(0), group.highest or Decimal(0)) == (min(sums), max(sums))
        if group.percent_bounds is not None:
            assert group.percent_bounds == (
                min(way.groups[key].percent or Decimal(0) for way in ways),
                max(way.groups[key].percent or Decimal(0) for way in ways),
            )
    totals = {way.total or Decimal(0) for way in ways}
    assert (card.lowest or Decimal(0), card.highest or Decimal(0)) == (min(totals), max(totals))


def filled(one: DossierFacts, open_: tuple[str, ...]) -> Iterator[DossierFacts]:
    for values in product((True, False), repeat=len(open_)):
        flags: dict[str, Any] = dict(zip(open_, values, strict=True))
        yield attrs.evolve(one, **flags)


@st.composite
def known_but_for_flags(draw: st.DrawFn) -> DossierFacts:
    flags: dict[str, Any] = {name: draw(st.sampled_from([True, False])) for name in FLAGS}
    flags |= dict.fromkeys(draw(st.sets(st.sampled_from(FLAGS), max_size=2)))
    return attrs.evolve(silent(1, late=draw(st.booleans())), personal_store=False, population_data=False, **flags)


@settings(max_examples=60)
@given(st.lists(known_but_for_flags(), min_size=1, max_size=3))
def test_the_card_of_dossiers_lies_between_those_of_every_way_to_fill_their_gaps(facts: list[DossierFacts]) -> None:
    card = INDEX.evaluate(facts, period=PERIOD)
    gaps = [tuple(name for name in FLAGS if getattr(one, name) is None) for one in facts]
    ways = [
        INDEX.evaluate(way, period=PERIOD)
        for way in product(*map(lambda pair: [*filled(*pair)], zip(facts, gaps)))  # noqa: C417, B905
    ]
    totals = {way.total for way in ways}
    assert (card.lowest, card.highest) == (min(totals), max(totals))  # type: ignore[type-var]
    for result in card:
        for way in ways:
            if result.lowest is not None and result.highest is not None:
                assert result.lowest <= (way[result.metric.id].score or 0) <= result.highest


@given(st.lists(dossiers(), max_size=8), st.integers(0, 8))
def test_bounds_of_tallies_that_were_added_are_those_of_all_at_once(facts: list[DossierFacts], cut: int) -> None:
    parts = tally(facts[:cut], period=PERIOD) + tally(facts[cut:], period=PERIOD)
    assert INDEX.score(parts) == INDEX.evaluate(facts, period=PERIOD)
    assert INDEX.score(parts, unknown="leave_out") == INDEX.evaluate(facts, period=PERIOD, unknown="leave_out")


def test_points_that_are_the_same_whatever_is_unknown_are_known() -> None:
    card = INDEX.score({"4.3": (90, 90, 10)})  # 90 to 100 %, target 80
    assert card["4.3"].score == 2
    assert card["4.3"].score_bounds is None
    assert (card["4.3"].ratio, card["4.3"].percent) == (None, None)
    assert card["4.3"].percent_bounds == (Decimal(90), HUNDRED)
    assert card["4.3"].treatment is Treatment.BOUNDED
    assert card.total == card.groups["MDSH"].score == 2
    assert card.to_dict()["bounds"]["metrics"] == {
        "4.3": {"ratio": {"lowest": "90.00", "highest": "100.00"}, "score": None}
    }


def test_bands_are_those_of_both_ends() -> None:
    full = {metric.id: (1, 1) for metric in INDEX.metrics if metric.max is not None}
    sure = INDEX.score({**full, "5.4": (1, 1, 1)})
    assert sure.total_bounds == (Decimal("97.33"), HUNDRED)
    assert sure.band is not None
    assert (sure.band.key, sure.band_bounds) == ("excellent", None)
    open_ = INDEX.score({**full, "2.1": (0, 1, 1)})
    assert (open_.total_bounds, open_.band) == ((Decimal(80), Decimal(90)), None)
    assert open_.band_bounds is not None
    assert [band and band.key for band in open_.band_bounds] == ["good", "excellent"]
    assert open_.explain()[-1] == "band: good to excellent"
    assert open_.to_dict()["bounds"]["band"] == {"lowest": "good", "highest": "excellent"}
    assert kpi.html_report({None: open_}, language="vi").count("từ Tốt đến Xuất sắc") == 1


def test_what_is_shown_of_bounds_keeps_the_contract() -> None:
    card = INDEX.score({"5.4": (0, 69, 651), "2.1": (156, 161)})
    document = card.to_dict()
    assert document["metrics"] == {"2.1": {"ratio": "96.89", "score": "19.38"}, "5.4": {"ratio": None, "score": None}}
    assert (document["total"], document["unknown"]) == (None, "bounds")
    assert document["bounds"] == {
        "metrics": {
            "5.4": {
                "ratio": {"lowest": "0.00", "highest": "90.42"},
                "score": {"lowest": "0.00", "highest": "6.00"},
            }
        },
        "groups": {
            "MDHL": {
                "ratio": {"lowest": "0.00", "highest": "33.33"},
                "score": {"lowest": "0.00", "highest": "6.00"},
            }
        },
        "total": {"lowest": "19.38", "highest": "25.38"},
        "band": None,
    }
    assert document["details"]["5.4"]["unknown"] == 651
    assert repr(card["5.4"]) == "<MetricScore 5.4: 0/69, 651 unknown, score 0.00..6.00>"
    assert repr(card.groups["MDHL"]) == "<GroupScore MDHL: 0.00..6.00 of 18>"
    assert repr(card) == "<Scorecard vn-766@portal-2026: 19.38..25.38 of 100, 2 of 23 metrics>"
    vi = card.explain(language="vi")
    assert any(", chưa biết 651 = từ 0,00% đến 90,42% → từ 0,00 đến 6,00/6 điểm" in line for line in vi)
    assert "Tổng điểm: từ 19,38 đến 25,38/100 điểm" in vi


def test_information_and_metrics_without_a_maximum_have_bounds_of_their_ratio() -> None:
    enacted = kpi.index("vn-766@decision-2022").score({"4.1": (1, 2, 2)})["4.1"]
    assert (enacted.treatment, enacted.score_bounds) == (Treatment.MAXIMUM_UNKNOWN, None)
    assert enacted.ratio_bounds == (Fraction(1, 4), Fraction(3, 4))
    assert INDEX.score({"5.1": (1, 2, 2)})["5.1"].percent_bounds == (Decimal(25), Decimal(75))
    assert INDEX.score({"1.1": (1, 2, 2)}, level="commune", not_applicable=["1.1"])["1.1"].score == 6
    assert INDEX.score({"4.5a": (1, 2, 2)}, single_procedure=True)["4.5a"].treatment is Treatment.OMITTED


@pytest.mark.parametrize(
    "counts",
    [{"5.4": (0, 69, -1)}, {"5.4": (0, 69, True)}, {"5.4": (70, 69, 1)}, {"2.2": (30, 4, 1)}, {"5.4": (0, 1, 10**40)}],
)
def test_unknown_dossiers_that_cannot_be_are_refused(counts: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="counts"):
        INDEX.score(counts)


def test_counts_hold_together() -> None:
    for parts in (
        {"numerator": 2, "denominator": 1},
        {"partly_above": 1},
        {"denominator": 1, "partly_below": 2},
        {"unknown": 1, "optional": 1, "optional_above": 1},
    ):
        with pytest.raises(InvalidValueError, match="at most"):
            Count(**parts)
    with pytest.raises(InvalidValueError, match="optional_below"):
        Count(optional_below=-1)
    with pytest.raises(UnknownCodeError, match="did you mean leave_out"):
        INDEX.score({}, unknown="leave-out")
    with pytest.raises(TypeError):
        Count() + 1  # type: ignore[operator]
    assert repr(Count(unknown=2, optional=1)) == "Count(numerator=0, denominator=0, unknown=2, optional=1)"
    assert Count(unknown=2).to_list() == [0, 0, 2]
    assert INDEX.score({"2.2": Count(numerator=1, denominator=2)})["2.2"].ratio == Fraction(1, 2)
    known = INDEX.score({"2.1": (1, 2, 0)})
    assert known == INDEX.score({"2.1": (1, 2)})
    assert known["2.1"].ratio_bounds is None
    with pytest.raises(InvalidValueError, match=r"counts\[2.2\]"):
        INDEX.score({"2.2": Count(unknown=1)})
    with pytest.raises(InvalidValueError, match=r"counts\[2.1\]"):
        INDEX.score({"2.1": Count(unknown=10**40)})
    partly = Count(numerator=1, denominator=3, partly_below=1)
    assert INDEX.score({"5.4": partly})["5.4"].ratio == Fraction(1, 3)
    assert INDEX.score({"5.4": partly}, unknown="leave_out")["5.4"].ratio == Fraction(1, 2)


def test_a_page_shows_points_without_counts_and_bounds_as_hollow_bars() -> None:
    card = INDEX.score({"1.2": (1, 2, 2)}, level="commune", not_applicable=["1.1"])
    page = kpi.html_report({None: card}, language="en")
    assert "1/2 unknown: 2" in page
    assert "25.00% to 75.00%" in page
    assert "7.00 to 9.00" in page
    assert page.count('height="6"') == 1
    trend = kpi.html_report({None: card}, trend=[("a", card), ("b", INDEX.score({"1.1": (1, 1)}))], language="en")
    assert 'd="M40 ' in trend
