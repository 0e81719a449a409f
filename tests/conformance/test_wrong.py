"""Mutation of the law: each deliberately wrong implementation is caught, by the rules that it breaks and by name."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from onestop_core import conformance
from tests.conformance import wrong_answers

SUITE = conformance.suite()
WRONG = wrong_answers.EVERY
NAMES = [row[0] for row in WRONG]

# Mistakes in what no source that was read settles: recommended cases tell them, and no required one can.
OPEN_IN_LAW = {rule for area in SUITE.areas for rule in (f"{area.name}/{code}" for code in area.rules)} - {
    f"{case.area}/{rule}" for case in SUITE.cases if case.level is conformance.CaseLevel.REQUIRED for rule in case.rules
}


SETTLED_BY_NO_SOURCE = frozenset(
    {
        "counts supplements at intake and after appraisal in one pot",
        "counts who comes on Saturday before who came late on Friday",
        "does not know fee_before_approval",
        "does not know fee_before_delivery",
        "knows no 15:00",
        "looks at the clock on a day off, too",
        "loses the second before midnight between the steps",
        "reads whatever stands in brackets",
        "takes the first step only",
    }
)
"""Mistakes under a rule of which other cases are law, and not those that tell them."""


@cache
def caught(number: int) -> dict[str, list[conformance.CaseResult]]:
    """What the wrong implementation fails, by level: in the cases of its rules and in some of the rest of the area."""
    _, rules, implementation = WRONG[number]
    near = {rule.partition("/")[2] for rule in rules}
    areas = {rule.partition("/")[0] for rule in rules}
    cases = [case for n, case in enumerate(SUITE.of(areas)) if n % 20 == 0 or near.intersection(case.rules)]
    report = conformance.run(implementation, cases=cases)
    found: dict[str, list[conformance.CaseResult]] = defaultdict(list)
    for result in report.failed:
        found[result.level].append(result)
    found["passed"] = list(report.passed)
    return found


@pytest.mark.parametrize("number", range(len(WRONG)), ids=NAMES)
def test_a_wrong_implementation_is_caught_twice_and_its_mistake_named(number: int) -> None:
    found = caught(number)
    failed = [*found["required"], *found["recommended"]]
    failing = {f"{result.area}/{rule}" for result in failed for rule in result.rules}
    assert sorted(set(WRONG[number][1]) - failing) == []
    assert [result.reason for result in failed if result.fault] == []
    assert len(failed) >= 2  # no mistake hangs on a single case
    assert found["passed"]  # wrong in one thing, not in everything


@pytest.mark.parametrize("number", range(len(WRONG)), ids=NAMES)
def test_what_breaks_law_that_was_read_fails_a_required_case(number: int) -> None:
    what, rules, _ = WRONG[number]
    if what in SETTLED_BY_NO_SOURCE or set(rules) <= OPEN_IN_LAW:
        assert caught(number)["recommended"]
    else:
        assert caught(number)["required"]


def test_every_rule_has_a_wrong_implementation_that_it_catches() -> None:
    told = {rule for _, rules, _ in WRONG for rule in rules}
    rules = {f"{area.name}/{code}" for area in SUITE.areas for code in area.rules}
    assert sorted(rules - told) == []
    assert sorted(told - rules) == []


def test_no_rule_hangs_on_one_case() -> None:
    counted: dict[str, int] = defaultdict(int)
    required: dict[str, int] = defaultdict(int)
    for case in SUITE.cases:
        for rule in case.rules:
            counted[f"{case.area}/{rule}"] += 1
            required[f"{case.area}/{rule}"] += case.level is conformance.CaseLevel.REQUIRED
    assert [rule for rule, number in counted.items() if number < 2] == []
    assert [rule for rule, number in required.items() if number == 1] == []


def test_every_case_of_the_clock_catches_a_wrong_implementation() -> None:
    topics = ("deadlines/clock.", "deadlines/pauses.", "deadlines/hours.")
    left: list[Any] = [case for case in SUITE.of(["deadlines"]) if case.id.startswith(topics)]
    for _, rules, implementation in WRONG:
        if any(rule.startswith("deadlines/") for rule in rules):
            found = {result.case for result in conformance.run(implementation, cases=left).failed}
            left = [case for case in left if case.id not in found]
    assert [case.id for case in left] == []
