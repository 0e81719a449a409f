"""Running cases, judging answers, and what a report says; in small, with cases of our own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.conformance import (
    Case,
    CaseLevel,
    CaseOutcome,
    Refusal,
    Report,
    Suite,
    difference,
    formats,
    read_suite,
)
from onestop_core.errors import CalendarCoverageError, ConformanceSuiteError, InvalidDocumentError, UnknownCodeError
from onestop_core.model import thaw
from onestop_core.rules.schema.schemas import ensure_valid


def case(name: str, **changes: Any) -> Case:
    given = {
        "id": f"workdays/own.{name}",
        "area": "workdays",
        "operation": "is_workday",
        "description": f"the case {name}",
        "input": {"date": "2026-02-17"},
        "expected": False,
        "rules": ("tet",),
        "basis": ("a law",),
        "level": CaseLevel.REQUIRED,
    }
    return Case(**{**given, **changes})


class Odd:
    """Answers by the date that it is asked about."""

    name = "odd|one"

    def is_workday(self, date: str, as_of: str | None = None) -> Any:
        del as_of
        answers: dict[str, Any] = {"2026-02-17": False, "2026-02-18": True, "2026-02-19": 0}
        if date == "2026-02-20":
            raise ZeroDivisionError("division by zero \x00")
        if date == "2026-02-21":
            raise Refusal("calendar-coverage")
        return answers[date]


CASES = [
    case("good"),
    case("bad", input={"date": "2026-02-18"}, rules=("tet", "holiday")),
    case("odd", input={"date": "2026-02-19"}, level=CaseLevel.RECOMMENDED, why="a choice"),
    case("crash", input={"date": "2026-02-20"}),
    case("refused", input={"date": "2026-02-21"}),
    case("rightly", input={"date": "2026-02-21"}, refused="calendar-coverage"),
    case("otherwise", input={"date": "2026-02-21"}, refused="invalid-value"),
    case("answered", refused="invalid-value"),
    case("unknown", operation="add_workdays", input={"date": "2026-02-17", "n": 1}),
]


def of_our_own(*cases: Case) -> Suite:
    return Suite(version="1.0.0", areas=conformance.suite().areas[:1], cases=cases)


@pytest.fixture
def report() -> Report:
    return conformance.run(Odd(), cases=CASES)


def test_each_answer_is_judged(report: Report) -> None:
    told = {
        result.case.partition(".")[2]: (result.outcome.value, result.reason and result.reason.en)
        for result in report.results
    }
    assert told == {
        "good": ("passed", None),
        "bad": ("failed", "$: expected false, got true"),
        "odd": ("failed", "$: expected false, got 0"),
        "crash": ("failed", "ZeroDivisionError: division by zero \\x00"),
        "refused": ("failed", "expected an answer, got the refusal calendar-coverage"),
        "rightly": ("passed", None),
        "otherwise": ("failed", "expected the refusal invalid-value, got the refusal calendar-coverage"),
        "answered": ("failed", "expected the refusal invalid-value, got the answer false"),
        "unknown": ("unsupported", None),
    }
    assert [len(report.passed), len(report.failed), len(report.unsupported)] == [2, 6, 1]
    assert [result.fault for result in report.failed if result.fault] == ["crash"]
    assert report.implementation.name == "odd|one"
    assert not report.conforms


def test_an_implementation_that_lacks_an_area_is_unsupported_and_does_not_fail() -> None:
    report = conformance.run(object(), areas=["codes"], name="empty")
    assert report.implementation.name == "empty"
    assert (report.passed, report.failed) == ((), ())
    assert len(report.unsupported) == len(conformance.suite().of(["codes"]))
    assert report.verdict == "partial"
    assert [area.verdict for area in report.by_area()] == ["unsupported"]
    assert conformance.run(object(), areas=["codes"]).implementation.name == "object"
    assert conformance.run(object()).verdict == "nothing-demanded"


def test_a_failure_in_a_recommended_case_leaves_it_conforming() -> None:
    report = conformance.run(Odd(), cases=of_our_own(*CASES[0:1], *CASES[2:3]))
    assert report.conforms
    (area,) = report.by_area()
    assert (area.verdict, area.required.passed, area.recommended.failed) == ("conforms", 1, 1)


def test_without_a_limit_a_dossier_is_due_when_it_was_promised() -> None:
    head = {"id": "H26.12-1", "procedure": "1.004222", "channel": "in_person", "at": "2026-03-02T08:00:00+07:00"}
    received = {"kind": "received", "at": "2026-03-03T09:00:00+07:00"}
    log = {"schema_version": "1.0", "lifecycle": "vn@decree-118-2025", "dossier": head, "events": [received]}
    promised = {**log, "events": [{**received, "due": "2026-03-12T17:00:00+07:00"}]}
    reference = conformance.reference()
    assert reference.follow(log)["due_on"] is None
    assert reference.follow(promised)["due_on"] == "2026-03-12"
    assert reference.follow(promised, "5 working days")["due_on"] == "2026-03-12"


def test_any_exception_with_a_code_refuses() -> None:
    class Strict:
        def is_workday(self, date: str) -> bool:
            day = __import__("datetime").date.fromisoformat(date)
            raise CalendarCoverageError(calendar="x", day=day, first=day, last=day)

    assert conformance.run(Strict(), cases=of_our_own(CASES[5])).conforms


def test_an_implementation_cannot_spoil_the_cases() -> None:
    class Careless:
        def is_workday(self, **given: list[int]) -> bool:
            given["date"].clear()
            return False

    asked = case("list", input={"date": [1, 2]})
    assert conformance.run(Careless(), cases=of_our_own(asked)).conforms
    assert thaw(asked.input) == {"date": [1, 2]}


def test_an_unknown_area_is_named_with_what_was_meant() -> None:
    with pytest.raises(UnknownCodeError) as caught:
        conformance.run(object(), areas=["workday"])
    assert "workdays" in caught.value.suggestions


def test_a_case_is_found_by_its_id() -> None:
    known = conformance.suite().cases[0]
    assert conformance.suite()[known.id] is known
    with pytest.raises(UnknownCodeError):
        conformance.suite()["workdays/no-such-case"]


@pytest.mark.parametrize(
    ("expected", "actual", "said"),
    [
        (5, 5, None),
        (1, True, "$: expected 1, got true"),
        (True, 1, "$: expected true, got 1"),
        (None, None, None),
        (None, False, "$: expected null, got false"),
        ("5", 5, '$: expected "5", got 5'),
        ({"a": 1}, {"a": 1, "b": 2}, None),
        ({"a": 1}, {}, "$.a: missing"),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, "$.a.b[1]: expected 2, got 3"),
        ({"a": 1}, [], '$: expected {"a": 1}, got []'),
        ([1], 1, "$: expected [1], got 1"),
        ([1], (1,), None),
        ([1], [1, 2], "$: expected [1], got [1, 2]"),
        ("2026-02-26T23:59:59+07:00", "2026-02-26T16:59:59Z", None),
        ("2026-02-26T23:59:59+07:00", "2026-02-26T16:59:59.000Z", None),
        (
            "2026-02-26T23:59:59+07:00",
            "2026-02-26T16:59:58Z",
            '$: expected "2026-02-26T23:59:59+07:00", got "2026-02-26T16:59:58Z"',
        ),
        (
            "2026-02-26T23:59:59+07:00",
            "2026-02-31T16:59:59Z",
            '$: expected "2026-02-26T23:59:59+07:00", got "2026-02-31T16:59:59Z"',
        ),
        (
            "2026-02-26T23:59:59+07:00",
            "2026-02-26T23:59:59",
            '$: expected "2026-02-26T23:59:59+07:00", got "2026-02-26T23:59:59"',
        ),
        ("a", "x" * 400, '$: expected "a", got "' + "x" * 296 + "..."),
        ("a", {1}, '$: expected "a", got "{1}"'),
    ],
)
def test_where_an_answer_differs(expected: Any, actual: Any, said: str | None) -> None:
    found = difference(expected, actual)
    assert (found and found.en) == said


def test_a_report_is_a_document_and_comes_back_equal(report: Report) -> None:
    document = report.to_dict()
    ensure_valid(document, "conformance-report")
    assert Report.from_dict(json.loads(json.dumps(document))) == report
    with pytest.raises(InvalidDocumentError):
        Report.from_dict({"schema_version": "2.0"})


def test_two_reports_are_compared_case_by_case(report: Report) -> None:
    class Mended(Odd):
        def is_workday(self, date: str, as_of: str | None = None) -> Any:
            return date == "2026-02-17" if date != "2026-02-21" else super().is_workday(date, as_of)

    after = conformance.run(Mended(), cases=[*CASES[:3], case("new", input={"date": "2026-02-17"})])
    comparison = conformance.compare(report, after)
    changes = comparison.changes
    told = {change.case.partition(".")[2]: (change.before, change.after, change.worse) for change in changes}
    assert told == {
        "good": (CaseOutcome.PASSED, CaseOutcome.FAILED, True),
        "bad": (CaseOutcome.FAILED, CaseOutcome.PASSED, False),
        "odd": (CaseOutcome.FAILED, CaseOutcome.PASSED, False),
        "new": (None, CaseOutcome.FAILED, True),
        "crash": (CaseOutcome.FAILED, None, False),
        "refused": (CaseOutcome.FAILED, None, False),
        "rightly": (CaseOutcome.PASSED, None, False),
        "otherwise": (CaseOutcome.FAILED, None, False),
        "answered": (CaseOutcome.FAILED, None, False),
        "unknown": (CaseOutcome.UNSUPPORTED, None, False),
    }
    shown = formats.changes_text(comparison).splitlines()
    assert shown[0] == "✗ workdays/own.good  passed → failed: $: expected false, got true"
    assert "  workdays/own.rightly  passed → gone" in shown
    assert "✗ workdays/own.new  new → failed: $: expected false, got true" in shown
    assert formats.changes_text(conformance.Comparison()) == "The reports tell the same."
    assert formats.changes_text(conformance.Comparison(), language="vi") == "Hai báo cáo như nhau."


HEAD = {
    "schema_version": "2.0",
    "version": "1.0.0",
    "areas": {
        "workdays": {
            "title": {"vi": "x", "en": "x"},
            "operations": ["is_workday"],
            "rules": {"tet": {"vi": "x", "en": "x"}},
        }
    },
}


def topic(**changes: Any) -> dict[str, Any]:
    group = {
        "operation": "is_workday",
        "rules": ["tet"],
        "basis": ["law"],
        "level": "required",
        "cases": [{"id": "own.a", "description": "a case of ours", "input": {"date": "2026-02-17"}, "expected": False}],
    }
    return {
        "schema_version": "2.0",
        "area": "workdays",
        "topic": "own",
        "title": {"vi": "x", "en": "x"},
        "bases": {"law": {"instrument": "Luật 1/2020/QH14", "article": "2", "firmness": "read"}},
        "groups": [{**group, **changes}],
    }


ADDED = {
    "id": "own.a",
    "description": "a case of ours",
    "input": {"date": "2026-02-17", "n": 1},
    "expected": "2026-02-23",
}


def test_a_suite_is_read_from_documents() -> None:
    ensure_valid(topic(), "conformance-case")
    (only,) = read_suite(HEAD, {"workdays/own": topic()}).cases
    assert only.basis == ("Luật 1/2020/QH14, art. 2 [read]",)


@pytest.mark.parametrize(
    ("topics", "where", "said"),
    [
        ({"workdays/mine": topic()}, "workdays/mine", "area or topic is not its name"),
        ({"codes/own": {**topic(), "area": "codes"}}, "codes/own", "area or topic is not its name"),
        (
            {"workdays/own": topic(operation="add_workdays", cases=[ADDED])},
            "workdays/own",
            "names that mean nothing: add_workdays",
        ),
        ({"workdays/own": topic(rules=["tet", "tte"])}, "workdays/own", "names that mean nothing: tte"),
        ({"workdays/own": topic(basis=["lwa"])}, "workdays/own", "names that mean nothing: lwa"),
        ({"workdays/own": topic(cases=topic()["groups"][0]["cases"] * 2)}, "workdays/own.a", "the id is used twice"),
    ],
)
def test_a_malformed_suite_is_refused(topics: dict[str, Any], where: str, said: str) -> None:
    with pytest.raises(ConformanceSuiteError) as caught:
        read_suite(HEAD, topics)
    assert (caught.value.case, caught.value.reason.en) == (where, said)
