from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.measures import (
    AimOutcome,
    Answers,
    Effort,
    ElapsedTime,
    PeriodFigures,
    compare,
    share,
    standard_cost,
)
from onestop_core.model import Firmness
from onestop_core.rules.reading.resources import data
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, nfc

INDEX = kpi.index("vn-766@portal-2026")
FULL = {metric.id: (1, 1) for metric in INDEX.metrics if metric.scored}
WAGE = kpi.measures.parameter("hourly-income-2024")


def satisfied(good: int) -> kpi.measures.Share:
    return Answers(points=(0, 0, 10_000 - good, good, 0)).share()


BEFORE = PeriodFigures(
    name="2024", handling=ElapsedTime(hours=80), compliance_cost=2_306_000_000_000, staff=40, procedures=2_149,
    on_time=share("resolved_on_time_of_resolved", 90, 100), card=INDEX.score({**FULL, "1.1": (1, 2)}),
    satisfaction=satisfied(8_008),
)  # fmt: skip
AFTER = PeriodFigures(
    name="2025", handling=ElapsedTime(hours=72), compliance_cost=654_000_000_000, staff=Decimal("36.5"),
    procedures=2_149, on_time=share("resolved_on_time_of_resolved", 45, 100), card=INDEX.score(FULL),
    satisfaction=satisfied(8_266),
)  # fmt: skip


def test_what_ships_holds_to_its_schema() -> None:
    document = data("vn/kpi/aims/vn-three-three")
    assert check_schema(document, "kpi-aims") == ()
    text = json.dumps(document, ensure_ascii=False)
    assert nfc(text) == text
    assert [item["aim"] for item in document["items"]] == ["reduce"] * 3 + ["increase"] * 3
    rows = [*document["items"], *(each for item in document["items"] for each in item["indicators"])]
    assert {row["basis"] for row in rows} | {document["in_force_from_basis"]} == set(document["bases"])
    assert check_schema({**document, "items": []}, "kpi-aims")[0].path == "$.items"


def test_the_six_are_secondary_and_every_indicator_is_ours() -> None:
    found = compare(BEFORE, AFTER)
    assert [each.aim.key for each in found.aims] == [
        "time_and_cost", "staffing", "procedures", "service_quality", "transparency", "satisfaction",
    ]  # fmt: skip
    assert {each.aim.basis.firmness for each in found.aims} == {Firmness.SECONDARY}
    indicators = [change.indicator for each in found.aims for change in each.indicators]
    assert {each.basis.firmness for each in indicators} == {Firmness.INFERRED}
    assert found.note.en.endswith("the indicators are this library's choice.")


def test_published_changes() -> None:
    found = compare(BEFORE, AFTER)
    cost = found["compliance_cost"]  # 293 procedures of Hanoi, December 2025
    assert cost.absolute == -1_652_000_000_000
    assert cost.to_dict()["relative_percent"] == "-71.64"
    happy = found["satisfaction"]  # national means of 2022 and 2023
    assert happy.to_dict() == {
        "name": "share satisfied", "how": "Answers of 4 and 5 points, of the valid answers on a scale of five.", "unit": "percent", "before": "80.08", "after": "82.66", "absolute": "2.58",
        "relative_percent": "3.22", "outcome": "improved", "reason": None,
        "text": "share satisfied: 80.08 → 82.66% (+2.58 percentage points; +3.22%): improved",
        "basis": happy.indicator.basis.cite().en,
    }  # fmt: skip


def test_each_aim_has_its_direction() -> None:
    found = compare(BEFORE, AFTER)
    outcomes = {each.aim.key: each.outcome for each in found.aims}
    assert outcomes == {
        "time_and_cost": AimOutcome.IMPROVED,
        "staffing": AimOutcome.IMPROVED,
        "procedures": AimOutcome.UNCHANGED,
        "service_quality": AimOutcome.MIXED,  # fewer on time, a better index
        "transparency": AimOutcome.IMPROVED,
        "satisfaction": AimOutcome.IMPROVED,
    }
    assert (found["handling_hours"].absolute, found["handling_hours"].relative) == (Fraction(-8), Fraction(-1, 10))
    assert found["on_time"].outcome is AimOutcome.WORSENED
    assert found["openness"].before == Fraction(15, 18)
    assert found["service_index"].after == 1
    turned = {each.aim.key: each.outcome for each in compare(AFTER, BEFORE).aims}
    assert turned["time_and_cost"] is AimOutcome.WORSENED
    assert turned["service_quality"] is AimOutcome.MIXED


def test_the_comparison_in_words_and_as_a_document() -> None:
    found = compare(BEFORE, AFTER)
    vi = found.lines(language="vi")
    assert vi[0] == "2024 → 2025"
    assert vi[2] == (
        "  - Thời gian giải quyết trung bình một hồ sơ: 80 → 72 giờ làm việc (−8 giờ làm việc; −10,00%): tốt lên"
    )
    assert found.lines()[-1] == found.note.en
    document = found.to_dict(language="vi")
    assert json.loads(json.dumps(document)) == document
    assert document["aims"]["service_quality"]["outcome"] == "mixed"
    assert {outcome.text.en for outcome in AimOutcome} == {"improved", "worsened", "unchanged", "mixed", "not computed"}


def test_what_cannot_be_computed_says_why() -> None:
    nothing = compare(PeriodFigures(name="a"), PeriodFigures(name="b"))
    assert {each.outcome for each in nothing.aims} == {AimOutcome.UNKNOWN}
    reasons = {c.reason.en for each in nothing.aims for c in each.indicators if c.reason is not None}
    assert reasons == {"a: not given; b: not given"}
    assert nothing["staff"].text.vi.endswith("chưa tính được (a: không có số liệu; b: không có số liệu)")
    assert nothing["staff"].to_dict()["absolute"] is None


def test_applicants_and_agencies_have_a_cost_of_their_own() -> None:
    # 1,000 hours of applicants less 250 is a quarter less; the agencies pay 12 million more, a fifth of 60.
    before = PeriodFigures(name="a", applicant_hours=1_000, compliance_cost=70_000_000, agency_cost=60_000_000)
    after = PeriodFigures(name="b", applicant_hours=750, compliance_cost=70_000_000, agency_cost=72_000_000)
    found = compare(before, after)
    assert (found["applicant_hours"].relative, found["agency_cost"].relative) == (Fraction(-1, 4), Fraction(1, 5))
    assert found["agency_cost"].outcome is AimOutcome.WORSENED
    assert found.aims[0].outcome is AimOutcome.MIXED
    assert found["agency_cost"].text.vi == (
        "Chi phí của cơ quan theo định mức các bước: 60.000.000 → 72.000.000 đồng (+12.000.000 đồng; +20,00%): xấu đi"
    )


def test_a_figure_that_is_not_given_may_say_why() -> None:
    why = {"staff": Text(vi="chưa thống kê", en="not counted yet"), "procedures": Text(vi="x", en="x")}
    found = compare(PeriodFigures(name="a", procedures=5, why=why), PeriodFigures(name="b", staff=3, procedures=4))
    assert found["staff"].reason == Text(vi="a: chưa thống kê", en="a: not counted yet")
    assert found["procedures"].reason is None  # it is given
    for wrong in (5, {"staff": "why"}, [1]):
        with pytest.raises(InvalidValueError):
            PeriodFigures(name="a", why=wrong)  # type: ignore[arg-type]


def reason(baseline: dict[str, Any], period: dict[str, Any], indicator: str) -> str | None:
    found = compare(PeriodFigures(name="a", **baseline), PeriodFigures(name="b", **period))[indicator]
    assert (found.absolute is None) == (found.reason is not None)
    return None if found.reason is None else found.reason.en


def test_different_measures_are_not_compared() -> None:
    effort = standard_cost(kpi.measures.Activity(kind="travel", effort=Effort(hours=2)), wage=WAGE, subjects=3)
    elapsed = kpi.measures.processing_time_cost(ElapsedTime(hours=2), wage=WAGE, dossiers=3)
    dearer = attrs.evolve(effort, wage=attrs.evolve(WAGE, id="hourly-income-2026"))
    assert reason({"compliance_cost": effort}, {"compliance_cost": effort}, "compliance_cost") is None
    said = reason({"compliance_cost": effort}, {"compliance_cost": elapsed}, "compliance_cost")
    assert said is not None
    assert said.startswith("two different measures: ComplianceCost, hourly-income-2024, ProcessingTimeCost")
    assert reason({"compliance_cost": effort}, {"compliance_cost": dearer}, "compliance_cost") is not None
    assert reason({"compliance_cost": effort}, {"compliance_cost": 5}, "compliance_cost") is not None
    of_received, of_resolved = (share(f"resolved_on_time_of_{what}", 1, 2) for what in ("received", "resolved"))
    assert reason({"on_time": of_received}, {"on_time": of_resolved}, "on_time") is not None
    assert reason({"on_time": of_received}, {"on_time": share("online", 0, 0)}, "on_time") == "b: a share of nothing"


def lacking(given: int) -> str:
    """Return what a card says of which the first *given* metrics are known."""
    return f"the card is not whole: no points for {', '.join([*FULL][given:])}"


def test_a_card_that_is_not_whole_is_not_compared() -> None:
    part, whole = INDEX.score({"1.1": (1, 1)}), INDEX.score(FULL)
    assert reason({"card": part}, {"card": whole}, "service_index") == f"a: {lacking(1)}"
    assert (
        reason({"card": part}, {"card": whole}, "openness") == "a: the card is not whole: no points for 1.2, 1.3, 1.4"
    )
    assert reason({"card": INDEX.score({})}, {"card": whole}, "service_index") == f"a: {lacking(0)}"
    enacted = kpi.index("vn-766@decision-2022").score(FULL)
    assert reason({"card": enacted}, {"card": enacted}, "openness") == "; ".join(
        f"{name}: the card is not whole: no points for 1.1, 1.2, 1.3, 1.4" for name in "ab"
    )
    group = {metric: pair for metric, pair in FULL.items() if metric.startswith("1.")}
    assert reason({"card": INDEX.score(group)}, {"card": whole}, "openness") is None
    other = attrs.evolve(whole, group_results=whole.group_results[1:])
    assert reason({"card": other}, {"card": whole}, "openness") == "a: not given"


def test_from_nothing_there_is_no_relative_change() -> None:
    found = compare(PeriodFigures(name="a", staff=0), PeriodFigures(name="b", staff=2))["staff"]
    assert (found.absolute, found.relative, found.outcome) == (Fraction(2), None, AimOutcome.WORSENED)
    assert found.text.en.endswith("0 → 2 posts (+2 posts): worsened")


@given(st.fractions(0, 10**6), st.fractions(0, 10**6))
def test_to_and_fro_cancel_and_directions_mirror(one: Fraction, two: Fraction) -> None:
    a, b = PeriodFigures(name="a", staff=one), PeriodFigures(name="b", staff=two)
    there, back = compare(a, b)["staff"], compare(b, a)["staff"]
    assert there.absolute is not None
    assert back.absolute is not None
    assert there.absolute + back.absolute == 0
    mirror = {AimOutcome.IMPROVED: AimOutcome.WORSENED, AimOutcome.WORSENED: AimOutcome.IMPROVED}
    assert back.outcome is mirror.get(there.outcome, AimOutcome.UNCHANGED)
    if there.relative is not None:
        assert one * (1 + there.relative) == two


def test_what_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a value of ElapsedTime"):
        PeriodFigures(name="a", handling=Effort(hours=3))  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="a value of Share"):
        PeriodFigures(name="a", on_time=0.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="a value of Scorecard"):
        PeriodFigures(name="a", card={})  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="an exact number"):
        PeriodFigures(name="a", compliance_cost=1.5)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="a whole number"):
        PeriodFigures(name="a", procedures=1.0)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="text that is not empty"):
        PeriodFigures(name="")
    with pytest.raises(InvalidValueError, match="a value of PeriodFigures"):
        compare(BEFORE, {})  # type: ignore[arg-type]


def test_what_is_unknown_is_not_compared_and_says_between_what_it_lies() -> None:
    whole = INDEX.score(FULL)
    open_ = INDEX.score({**FULL, "2.1": (1, 2, 2), "1.1": (1, 1, 1)})
    assert reason({"card": open_}, {"card": whole}, "service_index") == "a: not all is known: 82.00 to 95.00/100 points"
    assert reason({"card": open_}, {"card": whole}, "openness") == "a: not all is known: 15.00 to 18.00/18 points"
    share_ = share("online", 80, 90, unknown=10)
    assert reason({"on_time": share_}, {"on_time": share_}, "on_time") == "; ".join(
        f"{name}: not all is known: 80.00% to 90.00%" for name in "ab"
    )
    left = share("online", 80, 90, unknown=10, policy="leave_out")
    assert reason({"on_time": left}, {"on_time": left}, "on_time") is None
