"""Fresh cases: the same for the same seed, right by both implementations, and no use to who looks answers up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance.fresh import of_days, of_dossiers, of_words
from onestop_core.conformance.fresh.days import WalkedDays
from onestop_core.conformance.fresh.deadlines import SlowDeadlines, moment
from onestop_core.conformance.fresh.drawing import Chance, era_of, moved
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import thaw
from onestop_core.rules.schema.schemas import ensure_valid
from tests.conformance import evidence

SUITE = conformance.suite()
VARIED = ("workdays", "time-limits", "deadlines", "codes", "lifecycle", "lifecycle-tables", "kpi")
SEEDS = (0, 1, 2, 3, 42, 2026, -5, 10**17)


def question(case: conformance.Case) -> str:
    return json.dumps([case.operation, thaw(case.input)], sort_keys=True, default=str)


def test_chance_is_the_same_on_every_machine() -> None:
    chance = Chance(7, "workdays/1/0")
    assert [chance.below(1000, what) for what in ("origin", "days", "n")] == [
        int.from_bytes(__import__("hashlib").sha256(f"7|workdays/1/0|{what}".encode()).digest()[:8]) % 1000
        for what in ("origin", "days", "n")
    ]
    assert chance.below(10**9, "origin") == 61573539
    assert Chance(7, "workdays/1/1").below(10**9, "origin") != 61573539
    assert {chance.between(3, 5, str(n)) for n in range(50)} == {3, 4, 5}
    assert {chance.pick("ab", str(n)) for n in range(50)} == {"a", "b"}
    assert len(chance.digits("0001", "serial")) == 4


def test_the_same_seed_gives_the_same_cases_and_another_one_others() -> None:
    assert conformance.fresh(7) == conformance.fresh(7)
    assert {question(case) for case in conformance.fresh(7, ["deadlines"])} != {
        question(case) for case in conformance.fresh(8, ["deadlines"])
    }


def test_fresh_cases_name_their_seed_and_keep_what_their_origin_proves() -> None:
    cases = conformance.fresh(7)
    assert [case.area for case in cases] == [area for area in VARIED for _ in range(100)]
    assert cases[0].id == "workdays/fresh-7.0001"
    assert cases[-1].id == "kpi/fresh-7.0100"
    for case in cases:
        origin = SUITE[case.description.removeprefix("a variant of ")]
        assert (case.operation, case.rules, case.basis, case.level, case.why, case.refused) == (
            *(origin.operation, origin.rules, origin.basis, origin.level, origin.why, origin.refused),
        )
        assert (case.expected is None) == (origin.expected is None)


@pytest.mark.parametrize("area", VARIED)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_answers_fresh_cases_as_the_slow_implementation_does(area: str, seed: int) -> None:
    report = conformance.run(conformance.reference(), cases=conformance.fresh(seed, [area]))
    assert [(result.case, result.description, result.reason) for result in report.failed] == []
    assert len(report.passed) == 100


@pytest.mark.parametrize("area", VARIED)
def test_fresh_cases_are_valid_under_the_schema_of_cases(area: str) -> None:
    for case in conformance.fresh(3, [area]):
        group = {
            "operation": case.operation,
            "rules": list(case.rules),
            "basis": ["x"],
            "level": case.level.value,
            **({"why": case.why} if case.why else {}),
            "cases": [
                {
                    "id": "x",
                    "description": case.description,
                    "input": thaw(case.input),
                    **({"refused": case.refused} if case.refused else {"expected": thaw(case.expected)}),
                }
            ],
        }
        basis = {"instrument": "x", "firmness": "read"}
        title = {"vi": "x", "en": "x"}
        head = {"schema_version": "2.0", "area": area, "topic": "x", "title": title, "bases": {"x": basis}}
        ensure_valid({**head, "groups": [group]}, "conformance-case", source=case.id)


class Cheat:
    """Knows every published answer by heart, and nothing else."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}
        for case in SUITE.cases:
            told = {"refused": case.refused} if case.refused else thaw(case.expected)
            before = self.known.get(question(case), {})
            self.known[question(case)] = {**before, **told} if isinstance(told, dict) else told

    def __getattr__(self, operation: str) -> Any:
        if operation.startswith("_") or operation == "name":
            raise AttributeError(operation)

        def answer(**given: Any) -> Any:
            told = self.known.get(json.dumps([operation, given], sort_keys=True, default=str))
            if told is None or (isinstance(told, dict) and "refused" in told):
                raise conformance.Refusal("invalid-value" if told is None else told["refused"])
            return told

        return answer


@pytest.mark.parametrize("area", VARIED)
def test_who_looks_the_published_answers_up_does_not_pass(area: str) -> None:
    cheat = Cheat()
    assert conformance.run(cheat, areas=[area]).failed == ()
    report = conformance.run(cheat, cases=conformance.fresh(7, [area]))
    required = [result for result in report.failed if result.level == "required"]
    assert len(required) >= 10
    assert len(report.failed) >= 50


def test_required_variants_rest_on_days_that_were_read() -> None:
    for seed in (1, 2):
        for case in conformance.fresh(seed, ["workdays", "deadlines"]):
            given: dict[str, Any] = thaw(case.input)
            if case.level != "required" or case.operation not in {"add_workdays", "due"}:
                continue
            start = given["date"] if "date" in given else moment(given["received_at"]).date().isoformat()
            end = case.expected if "date" in given else moment(case.expected["due_at"]).date().isoformat()
            for day in evidence.between(start, end):
                assert day not in evidence.decided_days() or evidence.firm(evidence.decided_days()[day]), case


@pytest.mark.parametrize("seed", ["7", 7.0, True, None, 10**18])
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    with pytest.raises(InvalidValueError):
        conformance.fresh(seed)


def test_areas_are_known_and_what_is_not_varied_gives_nothing() -> None:
    with pytest.raises(UnknownCodeError):
        conformance.fresh(7, ["weekdays"])
    assert conformance.fresh(7, ["catalogue", "form-06"]) == ()
    assert conformance.fresh(7, []) == ()


# Variants that cannot be: another is drawn.

CHANCE = Chance(1, "x")


def case(name: str, **changes: Any) -> conformance.Case:
    return attrs.evolve(SUITE[name], **changes)


ADD = case("workdays/tet-2026.add-1-from-eve")
DUE = case("deadlines/mistakes.2026-01-05-5")


def test_days_before_2012_and_years_not_yet_announced_are_not_varied() -> None:
    assert of_days.varied_workdays(ADD, {"date": "2011-06-01", "n": 1}, CHANCE) is None
    assert of_days.varied_workdays(ADD, {"date": "2026-06-01", "n": 1, "as_of": "2024-06-01"}, CHANCE) is None
    assert of_days.varied_workdays(ADD, {"date": "2012-07-01", "n": 1}, CHANCE) is None
    # 2018: the notice gives neither number nor day.
    assert of_days.varied_workdays(ADD, {"date": "2018-01-22", "n": 30}, CHANCE) is None
    weak = attrs.evolve(ADD, level="recommended", why="x")
    assert of_days.varied_workdays(weak, {"date": "2018-01-22", "n": 30}, CHANCE) is not None


def test_deadlines_of_other_times_or_of_what_was_known_are_not_varied() -> None:
    at = "2010-03-01T09:00:00+07:00"
    assert of_days.varied_due(DUE, {"received_at": at, "limit": "5 days"}, CHANCE) is None
    known = {"received_at": "2026-03-02T09:00:00+07:00", "limit": "5 days", "as_of": "2026-01-01"}
    assert of_days.varied_due(DUE, known, CHANCE) is None
    long = {"received_at": "2026-03-02T09:00:00+07:00", "limit": "5 years"}
    assert of_days.varied_due(DUE, long, CHANCE) is None
    later = {"received_at": "2026-03-02T09:00:00+07:00", "limit": "2 days + 1 year"}
    assert of_days.varied_due(DUE, later, Chance(3, "y")) is None
    assert (
        of_days.varied_transfer(case("deadlines/same-day.transfer-2026-03-09-0800"), {"received_at": at}, CHANCE)
        is None
    )
    assert of_days.varied_clock(DUE, {"limit": "5 days", "acts": [{"act": "start", "at": at}]}, CHANCE) is None
    acts = [{"act": "start", "at": "2026-03-02T09:00:00+07:00"}]
    assert of_days.varied_clock(DUE, {"limit": "9 years", "acts": acts}, CHANCE) is None
    assert of_days.varied_clock(DUE, {"limit": "9 months", "acts": acts}, Chance(1, "late")) is None


def test_what_only_a_policy_settles_is_no_required_variant() -> None:
    """Ends on days off of each kind, and 29 February, found by looking at many draws."""
    kinds = ("5 days", "1 week", "1 month", "1 year", "within the day")
    for limit in kinds:
        found = [
            of_days.varied_due(DUE, {"received_at": "2020-02-29T09:00:00+07:00", "limit": limit}, Chance(n, "z"))
            for n in range(60)
        ]
        assert any(each is None for each in found) or limit == "5 days"
        assert any(each is not None for each in found)
    leap = {"received_at": "2024-02-29T09:00:00+07:00", "limit": "1 year"}
    assert not of_days._settled(DUE, leap, {"due_at": "2025-02-28T23:59:59+07:00"}, *_dates("2024-02-29", "2025-02-28"))
    weak = {"received_at": "2018-01-29T09:00:00+07:00", "limit": "30 days"}
    assert not of_days._settled(DUE, weak, {"due_at": ""}, *_dates("2018-01-29", "2018-02-28"))


def _dates(first: str, last: str) -> tuple[Any, Any]:
    return date.fromisoformat(first), date.fromisoformat(last)


def test_limits_in_other_words_keep_their_numbers() -> None:
    assert of_days.another_limit("within the day", CHANCE) == "within the day"
    assert of_words.varied_limit(ADD, {"text": "trong ngày"}, CHANCE) is None
    assert of_words.varied_limit(ADD, {"text": "05 (năm) ngày"}, CHANCE) is None


def test_codes_of_other_times_are_not_varied() -> None:
    parsed = case("codes/dossiers.new-order-02")
    assert of_words.varied_code(parsed, {"text": "H26.12-20050915-0001"}, CHANCE) is None
    agency = case("codes/agencies.agency-new-03")
    assert of_words.varied_code(agency, {"text": "000.00.00.H2"[:3] + ".00.04.G18"}, CHANCE) is not None
    written = case("codes/dossiers.by-default")
    assert of_words.varied_written_code(written, {"agency": "H26", "day": "2005-01-01", "sequence": 1}, CHANCE) is None


def test_what_lies_half_way_is_not_asked() -> None:
    score = case("kpi/points.published-1")
    found = [
        of_words.varied_score(score, {"index": "vn-766@portal-2026", "counts": {"2.1": [1, 12]}}, Chance(n, "t"))
        for n in range(300)
    ]
    assert None in found


def test_logs_of_other_times_are_not_varied() -> None:
    told = case("lifecycle/decree-118-2025.stop-asked.received")
    old = {"log": {"dossier": {"at": "2009-01-01T08:00:00+07:00"}, "events": []}}
    assert of_dossiers.varied_log(told, old, CHANCE) is None
    assert of_dossiers.varied_story(told, old, CHANCE) is None


def test_a_day_that_nobody_counted_or_promised_is_not_varied() -> None:
    counted = case("lifecycle/decree-118-2025.received-late")
    uncounted = attrs.evolve(counted, expected={"due_on": "2026-03-09"})
    assert of_dossiers.varied_story(uncounted, thaw(counted.input), CHANCE) is None
    given = {**thaw(counted.input), "limit": "3 years"}
    assert of_dossiers.varied_story(counted, given, CHANCE) is None
    late = [of_dossiers.varied_story(counted, {**given, "limit": "8 months"}, Chance(n, "l")) for n in range(20)]
    assert None in late


def test_eras_and_moving() -> None:
    assert era_of(date(2012, 6, 1)) is None
    assert moved({"at": "2026-03-02T09:00:00+07:00", "days": ["2026-03-02", 5], "n": "x"}, 1) == {
        "at": "2026-03-03T09:00:00+07:00",
        "days": ["2026-03-03", 5],
        "n": "x",
    }
    days = WalkedDays()
    assert not days.announced(2011)
    assert not days.announced(2026, date(2025, 1, 1))


def test_a_wait_that_is_over_ends_on_a_day_off_or_in_the_evening() -> None:
    slow = SlowDeadlines()
    waited: list[list[str | None]] = [["2026-03-13T16:00:00+07:00", "2026-03-15T10:00:00+07:00"]]
    assert slow.due("2026-03-13T09:00:00+07:00", "within the day", pauses=waited)["due_at"][:10] == "2026-03-16"
    within: list[list[str | None]] = [["2026-03-09T10:00:00+07:00", "2026-03-09T12:00:00+07:00"]]
    assert slow.due("2026-03-09T09:00:00+07:00", "2 hours", pauses=within)["due_at"][11:16] == "13:00"
    later: list[list[str | None]] = [["2026-03-10T10:00:00+07:00", "2026-03-10T12:00:00+07:00"]]
    assert slow.due("2026-03-09T09:00:00+07:00", "2 hours", pauses=later)["due_at"][11:16] == "11:00"
    evening: list[list[str | None]] = [["2026-03-09T08:00:00+07:00", "2026-03-09T18:00:00+07:00"]]
    hours = "07:30-11:30, 13:30-17:00"
    assert (
        slow.due("2026-03-09T09:00:00+07:00", "immediately", pauses=evening, hours=hours)["due_at"][:10] == "2026-03-10"
    )
    assert slow.name == "slow"
