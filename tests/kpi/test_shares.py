from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi import DossierFacts
from onestop_core.kpi.measures import Answers
from onestop_core.model import Firmness, Interval
from onestop_core.rules.reading.resources import data
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import nfc

from .facts_strategies import PERIOD, completions, dossiers, slow_kinds

OCTOBER = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))


def test_what_ships_holds_to_its_schema_and_every_basis_is_used() -> None:
    document = data("vn/kpi/measures/vn-measures")
    assert check_schema(document, "kpi-measures") == ()
    text = json.dumps(document, ensure_ascii=False)
    assert nfc(text) == text
    rows = [
        *document["shares"],
        *document["parameters"],
        *document["formulas"],
        document["factors"],
        document["questions"],
        document,
    ]
    assert {row["basis"] for row in rows} == set(document["bases"])
    for name in ("shares", "parameters", "formulas"):
        ids = [row["id"] for row in document[name]]
        assert len(ids) == len(set(ids))
    wrong = {**document, "parameters": [{**document["parameters"][0], "value": 8}]}
    assert check_schema(wrong, "kpi-measures")[0].path == "$.parameters[0].value"


def test_only_what_was_read_is_law() -> None:
    made = kpi.measures.measures()
    rows = [(each.id, each.basis) for each in made.shares]
    rows += [(each.id, each.basis) for each in made.formulas] + [(each.id, each.basis) for each in made.parameters]
    law = {key for key, basis in rows if basis.firmness is Firmness.READ}
    assert law == {
        "resolved_on_time_of_received",
        "processing-time-cost",
        "hours-per-working-day",
        "hourly-income-2024",
    }
    assert made.share("satisfied").basis.firmness is Firmness.RECALLED
    assert made.formula("standard-cost").basis.firmness is Firmness.RECALLED
    assert made.formula("satisfaction-parts").basis.firmness is Firmness.RECALLED
    assert made.factors.basis.firmness is Firmness.SECONDARY


def test_published_rates() -> None:
    # Vĩnh Phúc, desks of districts and communes, 21 July to 20 August 2021
    on_time = kpi.measures.share("resolved_on_time_of_resolved", 19_255, 19_944)
    assert on_time.percent == Decimal("96.55")
    assert kpi.measures.share("overdue_stock", 689, 19_944).percent == Decimal("3.45")
    # Phú Thọ 2026, to 26 September
    assert kpi.measures.share("on_time_or_within_time", 528_684, 597_918).percent == Decimal("88.42")
    assert on_time.to_dict(language="vi")["percent"] == "96.55"
    assert kpi.measures.share("online", 0, 0).to_dict()["percent"] is None


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "T08:00+07:00")


FACTS = [
    DossierFacts(id="early", received_at=at("2026-10-01"), due_at=at("2026-10-09"), finished_at=at("2026-10-08")),
    DossierFacts(id="late", received_at=at("2026-10-01"), due_at=at("2026-10-09"), finished_at=at("2026-10-12")),
    DossierFacts(id="no due", received_at=at("2026-10-01"), finished_at=at("2026-10-12")),
    DossierFacts(id="within", supplement_requests=0, received_at=at("2026-10-30"), due_at=at("2026-11-09")),
    DossierFacts(id="overdue", supplement_requests=0, received_at=at("2026-10-01"), due_at=at("2026-10-09")),
    DossierFacts(id="open, no due", supplement_requests=0, received_at=at("2026-10-01")),
]


def test_on_time_of_received_and_of_resolved_are_two_figures() -> None:
    found = kpi.measures.rates(kpi.tally(FACTS, period=OCTOBER))
    parts = {name: (each.numerator, each.denominator, each.unknown) for name, each in found.items()}
    assert parts["resolved_on_time_of_received"] == (1, 5, 1)
    assert parts["resolved_on_time_of_resolved"] == (1, 2, 1)
    assert parts["on_time_or_within_time"] == (2, 4, 2)
    assert parts["overdue_stock"] == (1, 2, 1)
    assert parts["digitised"] == (0, 0, 6)
    assert found["digitised"].ratio is None
    assert set(parts) == {each.id for each in kpi.measures.measures().shares} - {
        "full_online_procedures",
        "partial_online_procedures",
        "satisfied",
    }


@given(st.lists(dossiers(), max_size=12), st.integers(0, 12))
def test_rates_of_parts_add_up_to_those_of_the_whole(facts: list[DossierFacts], cut: int) -> None:
    whole = kpi.measures.rates(kpi.tally(facts, period=OCTOBER))
    one = kpi.measures.rates(kpi.tally(facts[:cut], period=OCTOBER))
    two = kpi.measures.rates(kpi.tally(facts[cut:], period=OCTOBER))
    assert {name: one[name] + two[name] for name in whole} == whole
    assert all(0 <= each.numerator <= each.denominator for each in whole.values())


@given(st.lists(dossiers(), max_size=12))
def test_a_function_groups_as_the_column_does(facts: list[DossierFacts]) -> None:
    by_column = kpi.tally_by(facts, by="unit", period=OCTOBER)
    assert kpi.tally_by(facts, by=lambda each: each.unit, period=OCTOBER) == by_column
    place = {"Hoàn Kiếm": "centre 1", "Tây Hồ": "centre 1"}
    by_place = kpi.tally_by(facts, by=lambda each: place.get(each.unit or ""), period=OCTOBER)
    assert sum(by_place.values(), kpi.Tally()) == kpi.tally(facts, period=OCTOBER)
    assert set(by_place) <= {"centre 1", None}


def test_what_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="no share 'onlin'; did you mean online"):
        kpi.measures.share("onlin", 1, 2)
    with pytest.raises(UnknownCodeError, match="no formula"):
        kpi.measures.measures().formula("nothing")
    with pytest.raises(UnknownCodeError, match="no parameter"):
        kpi.measures.parameter(["x"])  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="expected at most 2"):
        kpi.measures.share("online", 3, 2)
    with pytest.raises(InvalidValueError, match="another online"):
        _ = kpi.measures.share("online", 1, 2) + kpi.measures.share("digitised", 1, 2)
    with pytest.raises(InvalidValueError, match="a whole number from 0 on"):
        kpi.measures.share("online", True, 2)


# Satisfaction


@given(st.lists(st.none() | st.integers(1, 5), max_size=40), st.integers(0, 40))
def test_satisfaction_is_the_share_of_fours_and_fives(answers: list[int | None], cut: int) -> None:
    made = Answers.of(answers)
    counted = Counter(answers)
    valid = [answer for answer in answers if answer is not None]
    share = made.share()
    assert share.ratio == (Fraction(counted[4] + counted[5], len(valid)) if valid else None)
    assert share.unknown == counted[None]
    assert Answers.of(answers[:cut]) + Answers.of(answers[cut:]) == made


def test_published_satisfaction() -> None:
    # National means of 2023 and 2022 and their change, as published.
    now, then = (Answers(points=(0, 0, 10_000 - good, good, 0)).share() for good in (8266, 8008))
    assert now.percent == Decimal("82.66")
    assert then.percent == Decimal("80.08")
    assert now.ratio is not None
    assert then.ratio is not None
    assert 100 * (now.ratio - then.ratio) == Fraction("2.58")


def test_satisfaction_by_factor() -> None:
    shares, overall = kpi.measures.satisfaction_by_factor({"result": Answers.of([5]), "access": Answers.of([1, 1, 4])})
    assert list(shares) == ["access", "result"]
    assert overall.ratio == Fraction(2, 4)
    assert kpi.measures.satisfaction_by_factor({})[1].ratio is None
    with pytest.raises(UnknownCodeError, match="did you mean result"):
        kpi.measures.satisfaction_by_factor({"results": Answers()})
    with pytest.raises(InvalidValueError, match="1 to 5, or None"):
        Answers.of([6])
    with pytest.raises(InvalidValueError, match="five counts"):
        Answers(points=(1, 2))
    with pytest.raises(InvalidValueError, match="a whole number"):
        Answers(points=(1, 2, 3, 4, -5))


def test_a_share_with_unknown_dossiers_has_bounds_and_leaving_out_is_named() -> None:
    found = kpi.measures.rates(kpi.tally(FACTS, period=OCTOBER))["resolved_on_time_of_resolved"]
    assert (found.ratio, found.percent) == (None, None)
    assert found.ratio_bounds == (Fraction(1, 3), Fraction(2, 3))
    assert found.percent_bounds == (Decimal("33.33"), Decimal("66.67"))
    assert found.to_dict()["bounds"] == {"lowest": "33.33", "highest": "66.67"}
    left = kpi.measures.rates(kpi.tally(FACTS, period=OCTOBER), unknown="leave_out")["resolved_on_time_of_resolved"]
    assert (left.ratio, left.ratio_bounds, left.percent_bounds, left.unknown) == (Fraction(1, 2), None, None, 1)
    assert left.to_dict()["policy"] == "leave_out"
    with pytest.raises(InvalidValueError, match="another"):
        _ = found + left
    with pytest.raises(InvalidValueError, match="one of bounds, leave_out"):
        kpi.measures.rates(kpi.Tally(), unknown="guess")
    with pytest.raises(InvalidValueError, match="one of bounds, leave_out"):
        kpi.measures.share("online", 1, 2, policy="guess")


@given(st.lists(dossiers(), max_size=6))
def test_shares_of_all_received_lie_between_those_of_every_completion(facts: list[DossierFacts]) -> None:
    kinds = slow_kinds(facts)
    rates = kpi.measures.rates(kpi.tally(facts, period=PERIOD))
    received = len(kinds["2.1"])
    ways = {above for above, _ in completions(kinds["finished"])}
    found = rates["resolved_on_time_of_received"]
    bounds = found.ratio_bounds or (found.ratio, found.ratio)
    if received:
        assert bounds == (Fraction(min(ways), received), Fraction(max(ways), received))
    late = {Fraction(below - above, below) for above, below in completions(kinds["in_progress"]) if below}
    stock = rates["overdue_stock"]
    assert (stock.ratio_bounds or (stock.ratio, stock.ratio)) == ((min(late), max(late)) if late else (None, None))


@pytest.mark.parametrize(
    ("facts", "one_contact", "one_agency"),
    [
        ({"visits": 1, "guided": 0, "supplement_requests": 0, "agencies": 1}, 1, 1),
        ({"visits": 0, "guided": 0, "supplement_requests": 0, "agencies": 0}, 1, 1),  # all of it online
        ({"visits": 2, "guided": 0, "supplement_requests": 0, "agencies": 2}, 0, 0),
        ({"visits": 1, "guided": 1, "supplement_requests": 0}, 1, None),  # guided when it was filed
        ({"guided": 1, "supplement_requests": 0}, None, None),  # with the filing, or apart from it?
        ({"guided": 0, "supplement_requests": 0}, 1, None),
        ({"supplement_requests": 1}, 0, None),  # one request suffices against it
        ({"visits": 1, "supplement_requests": 0}, 1, None),
        ({"visits": 1}, None, None),
        ({}, None, None),
    ],
)
def test_contacts_and_agencies_of_an_applicant(
    facts: dict[str, Any], one_contact: int | None, one_agency: int | None
) -> None:
    done = DossierFacts(
        id="1", received_at=at("2026-10-01"), due_at=at("2026-10-09"), finished_at=at("2026-10-08"), **facts
    )
    open_ = DossierFacts(id="2", received_at=at("2026-10-01"), due_at=at("2026-11-09"), visits=3, agencies=3)
    rates = kpi.measures.rates(kpi.tally([done, open_], period=OCTOBER))
    assert (rates["one_contact"].ratio, rates["one_agency"].ratio) == (one_contact, one_agency)
    assert rates["one_contact"].denominator + rates["one_contact"].unknown == 1  # what is in progress may yet need more
    assert rates["one_contact"].definition.basis.firmness is Firmness.INFERRED


def test_applicants_rate_nine_matters_by_decree() -> None:
    # Decree 118/2025, art. 33(1)(a) to (i)
    asked = kpi.measures.satisfaction_factors("applicants")
    assert [factor.key for factor in asked] == [
        "promised_time", "agencies", "contacts", "information", "attitude", "lawful_cost", "answers", "online", "other"
    ]  # fmt: skip
    assert kpi.measures.measures().questions.basis.cite().en == "Decree 118/2025/NĐ-CP, art. 33(1)"
    shares, overall = kpi.measures.satisfaction_by_factor({"contacts": Answers.of([5, 2])}, survey="applicants")
    assert [shares["contacts"].percent, overall.percent] == [50, 50]
    with pytest.raises(UnknownCodeError, match="no factor of satisfaction 'contacts'"):
        kpi.measures.satisfaction_by_factor({"contacts": Answers()})
    with pytest.raises(InvalidValueError, match="one of sipas, applicants"):
        kpi.measures.satisfaction_factors("others")
