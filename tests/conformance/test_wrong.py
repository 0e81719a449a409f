"""Mutation of the law: each deliberately wrong implementation is caught, by the rules that it breaks and by name."""

from __future__ import annotations

import pytest

from onestop_core import conformance
from tests.conformance import wrong_answers

SUITE = conformance.suite()
WRONG = wrong_answers.EVERY


@pytest.mark.parametrize(("rules", "implementation"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_implementation_is_caught_and_its_mistake_named(rules: tuple[str, ...], implementation: object) -> None:
    areas = {rule.partition("/")[0] for rule in rules}
    # The cases of the rules that are broken, and some of the rest of the area.
    near = {rule.partition("/")[2] for rule in rules}
    cases = [case for n, case in enumerate(SUITE.of(areas)) if n % 20 == 0 or near.intersection(case.rules)]
    report = conformance.run(implementation, cases=cases)
    failing = {f"{row.area}/{row.rule}" for row in report.by_rule() if row.required.failed or row.recommended.failed}
    assert sorted(set(rules) - failing) == []
    assert [result.reason for result in report.failed if result.fault] == []
    assert report.passed  # wrong in one thing, not in everything


def test_every_rule_has_a_wrong_implementation_that_it_catches() -> None:
    told = {rule for _, rules, _ in WRONG for rule in rules}
    rules = {f"{area.name}/{code}" for area in SUITE.areas for code in area.rules}
    assert sorted(rules - told) == []
    assert sorted(told - rules) == []


def test_every_case_of_the_clock_catches_a_wrong_implementation() -> None:
    topics = ("deadlines/clock.", "deadlines/pauses.", "deadlines/hours.")
    left = [case for case in SUITE.of(["deadlines"]) if case.id.startswith(topics)]
    for _, rules, implementation in WRONG:
        if any(rule.startswith("deadlines/") for rule in rules):
            caught = {result.case for result in conformance.run(implementation, cases=left).failed}
            left = [case for case in left if case.id not in caught]
    assert [case.id for case in left] == []
