"""Rules selected, ignored, restated and suppressed; what cannot be silenced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.checking.rules import NO_TIME, PART_MISSING, UNRESOLVED
from onestop_core.catalogue.checking.suppressing import suppressed
from onestop_core.errors import (
    MAX_PROBLEMS,
    InvalidDocumentError,
    InvalidValueError,
    Problem,
    Severity,
    UnknownCodeError,
)
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

UNTIMED = procedure(channels=[{"kind": "in_person", "limits": [{"note": text("x")}]}])
RULE, PLACE = "catalogue/no-time-limit", "$.procedures[0]"


def found(raw: Any, **options: Any) -> list[str]:
    return [problem.rule for problem in catalogue.check(raw, **options)]


def suppression(rule: str = RULE, path: str = PLACE, reason: str = "pilot") -> dict[str, str]:
    return {"rule": rule, "path": path, "reason": reason}


def two_findings() -> dict[str, Any]:
    return document(
        procedure(channels=[{"kind": "in_person", "limits": [{"note": text("x")}]}]), procedure(legal_bases=["no-such"])
    )


def test_rules_are_selected_and_ignored_by_id_and_beginning() -> None:
    everything = set(found(two_findings()))
    assert everything == {RULE, "catalogue/duplicate-code", "catalogue/unresolved-reference"}
    assert found(two_findings(), select=[RULE]) == [RULE]
    assert set(found(two_findings(), select=["catalogue/"], ignore=["catalogue/dup"])) == everything - {
        "catalogue/duplicate-code"
    }
    assert found(two_findings(), ignore=["catalogue"]) == []
    assert found({"schema_version": "1.0"}, ignore=["schema/required"]) == []


def test_what_is_not_plain_json_cannot_be_silenced() -> None:
    raw = {"title": float("nan")}
    problems = catalogue.check(raw, ignore=["json/"], severities={"json/": "note"})
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert found(raw, select=[RULE]) == [problems[0].rule]


def test_the_longest_beginning_decides_the_severity() -> None:
    problems = catalogue.check(two_findings(), severities={"catalogue": "note", RULE: Severity.ERROR})
    assert {problem.severity for problem in problems if problem.rule == RULE} == {Severity.ERROR}
    assert {problem.severity for problem in problems if problem.rule != RULE} == {Severity.NOTE}


@pytest.mark.parametrize("options", [{"select": ["catalogue/no-time-limt"]}, {"severities": {"clutter": "note"}}])
def test_an_unknown_rule_is_refused_with_a_suggestion(options: dict[str, Any]) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        catalogue.check(document(), **options)
    assert caught.value.suggestions[:1] == ((RULE,) if "select" in options else ())
    with pytest.raises(UnknownCodeError):
        catalogue.check(document(), ignore=[""])


@pytest.mark.parametrize(
    "options",
    [
        {"select": RULE},
        {"select": b"catalogue"},
        {"select": None},
        {"ignore": [7]},
        {"ignore": 7},
        {"severities": {RULE: "fatal"}},
        {"severities": {RULE: []}},
        {"severities": {7: "note"}},
        {"severities": [RULE]},
        {"validator": "fast"},
        {"most": 0},
        {"most": True},
        {"most": 1.5},
        {"on": "2026-01-01"},
    ],
    ids=str,
)
def test_what_is_no_selection_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        catalogue.check(document(), **options)


def test_a_suppression_counts_what_it_covers() -> None:
    raw = document(UNTIMED, suppressions=[suppression()])
    assert found(document(UNTIMED)) == [RULE]
    assert found(raw) == found(raw, select=["catalogue"]) == found(raw, select=["catalogue/suppresse"]) == []
    (note,) = catalogue.check(raw, select=["catalogue/suppressed", "catalogue/unused-suppression"])
    assert (note.rule, note.path, note.severity) == ("catalogue/suppressed", "$.suppressions[0]", Severity.NOTE)
    assert note.message == f"1 of {RULE} suppressed: pilot"
    loaded = catalogue.load(raw)
    assert loaded.suppressions == (catalogue.values.Suppression(rule=RULE, path=PLACE, reason="pilot"),)
    assert catalogue.dump(loaded)["suppressions"] == raw["suppressions"]


@pytest.mark.parametrize("path", ["$.procedures[1]", "$.proc", "$.procedures[0].name"])
def test_a_suppression_elsewhere_is_unused(path: str) -> None:
    raw = document(UNTIMED, suppressions=[suppression(path=path)])
    assert sorted(found(raw)) == [RULE, "catalogue/unused-suppression"]


def test_an_unknown_rule_in_a_suppression_is_unused_with_a_hint() -> None:
    (problem,) = catalogue.check(document(suppressions=[suppression(rule="catalogue/no-time-limt")]))
    assert problem.rule == "catalogue/unused-suppression"
    assert problem.hint is not None
    assert problem.hint.en == f"did you mean {RULE}?"
    (other,) = catalogue.check(document(suppressions=[suppression(rule="catalogue/zzzzzzzzzzzzzzzzzzzzzzzz")]))
    assert other.hint is None


def test_errors_are_never_suppressed() -> None:
    wrong = suppression("catalogue/unresolved-reference", "$")
    raw = document(procedure(legal_bases=["no-such"]), suppressions=[wrong])
    assert sorted(found(raw)) == ["catalogue/unresolved-reference", "catalogue/unused-suppression"]


def test_a_rule_that_was_not_applied_leaves_its_suppression_alone() -> None:

    raw = document(suppressions=[suppression("catalogue/basis-not-in-force", "$")])
    assert found(raw) == []
    assert found(raw, on=date(2026, 11, 23)) == ["catalogue/unused-suppression"]


@pytest.mark.parametrize(
    ("members", "place", "unused"),
    [
        ({"level": "comune"}, {"code": "1.000001"}, False),
        ({"level": "comune"}, {"path": "$.procedures[0].steps"}, False),
        ({"level": "comune"}, {"code": "1.000002"}, True),
        ({"level": "comune"}, {"path": "$.procedures[1]"}, True),
        ({"level": "comune"}, {"code": "1.000009"}, True),
        ({"code": "1.1"}, {"code": "1.000009"}, False),
        ({"code": None}, {"code": "1.000009"}, False),
        ({}, {"code": "1.000001"}, True),
    ],
)
def test_what_a_procedure_accepts_that_could_not_be_judged_is_not_called_unused(
    members: dict[str, Any], place: dict[str, str], unused: bool
) -> None:
    raw = document(procedure(), procedure("1.000002"), suppressions=[{"rule": RULE, "reason": "r", **place}])
    raw["procedures"][0].update(members)
    assert ("catalogue/unused-suppression" in found(raw)) is unused


def test_malformed_suppressions_suppress_nothing() -> None:
    raw = document(UNTIMED, suppressions=[suppression(), {"rule": RULE}])
    assert sorted(found(raw)) == [RULE, "schema/anyOf", "schema/required"]
    assert sorted(found(document(suppressions=None))) == ["schema/type"]


def covers(suppression: catalogue.values.Suppression, problem: Problem) -> bool:
    """Whether it covers the problem, said as the reference says it: the place itself, and what stands in it."""
    rest = problem.path.removeprefix(suppression.path or "$")
    below = problem.path.startswith(suppression.path or "$") and (not rest or rest[0] in ".[")
    return below and problem.rule == suppression.rule and problem.severity is not Severity.ERROR


PLACES = [(), ("a",), ("a", 1), ("a", 11), ("a", 1, "b"), ("ab",), ("a.b",), ("a[1]", 2), ('a"', "b"), ("x" * 70, "y")]
RULES = [NO_TIME, PART_MISSING, UNRESOLVED]


@given(
    st.lists(st.tuples(st.sampled_from(RULES), st.sampled_from(PLACES)), max_size=8),
    st.lists(st.tuples(st.sampled_from(RULES), st.sampled_from(PLACES)), max_size=8),
)
def test_suppressions_looked_up_by_place_cover_what_each_would_cover_if_asked(findings: Any, held: Any) -> None:
    problems = [rule.problem(place, vi="x", en="x") for rule, place in findings]
    suppressions = [
        catalogue.values.Suppression(rule=rule.id, path=rule.problem(place, vi="", en="").path, reason="r")
        for rule, place in held
    ]
    left = suppressed(problems, suppressions)
    told = left[len(left) - len(suppressions) :]
    assert left[: len(left) - len(suppressions)] == [
        problem for problem in problems if not any(covers(each, problem) for each in suppressions)
    ]
    counts = [sum(covers(each, problem) for problem in problems) for each in suppressions]
    assert [problem.rule == "catalogue/suppressed" for problem in told] == [count > 0 for count in counts]
    assert [problem.message.split(" of ")[0] for problem in told if problem.rule == "catalogue/suppressed"] == [
        str(count) for count in counts if count
    ]


def test_hints_for_unknown_rules_are_given_only_so_many() -> None:
    held = [suppression(rule="catalogue/no-time-limt", path=f"$.x{number}") for number in range(60)]
    problems = catalogue.check(document(suppressions=held))
    assert (len(problems), sum(problem.hint is not None for problem in problems)) == (60, 50)


def test_no_more_findings_are_returned_than_asked_for_and_the_gravest_come_first() -> None:
    raw = document(
        procedure(channels=[{"kind": "in_person", "limits": [{"note": text("x")}]}], papers=[]),
        procedure("1.000002", legal_bases=["no-such"]),
    )
    everything = catalogue.check(raw, most=None)
    by_place = [(problem.rule, problem.severity.value) for problem in everything]
    assert by_place == [
        ("catalogue/part-missing", "note"),
        (RULE, "warning"),
        ("catalogue/unresolved-reference", "error"),
    ]
    assert catalogue.check(raw, most=3) == everything
    for most, kept in ((2, everything[1:]), (1, everything[2:])):
        *first, more = catalogue.check(raw, most=most)
        assert tuple(first) == kept
        assert (more.rule, more.severity, more.path) == ("problems/more", Severity.NOTE, "$")
        assert (more.text.en, more.text.vi) == (f"and {3 - most} more", f"và {3 - most} phát hiện khác")


def test_an_error_behind_thousands_of_notes_still_keeps_a_catalogue_from_loading() -> None:
    most = MAX_PROBLEMS
    quiet = [procedure(f"1.{number:06d}", papers=[], steps=[]) for number in range(most // 2 + 1)]
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.load(document(*quiet, procedure("2.000002", legal_bases=["no-such"])))
    assert [problem.rule for problem in caught.value.problems] == ["catalogue/unresolved-reference"]
