"""Rules selected, ignored, restated and suppressed; what cannot be silenced."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidValueError, Severity, UnknownCodeError
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
    assert caught.value.suggestions == ((RULE,) if "select" in options else ())
    with pytest.raises(UnknownCodeError):
        catalogue.check(document(), ignore=[""])


@pytest.mark.parametrize("options", [{"select": RULE}, {"ignore": [7]}, {"severities": {RULE: "fatal"}}])
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


def test_malformed_suppressions_suppress_nothing() -> None:
    raw = document(UNTIMED, suppressions=[suppression(), {"rule": RULE}])
    assert sorted(found(raw)) == [RULE, "schema/required"]
    assert sorted(found(document(suppressions=None))) == ["schema/type"]
