"""Suites, cases and reports are values: nobody can change them, they travel, and wrong ones are refused."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance import (
    Area,
    AreaResult,
    Case,
    CaseLevel,
    CaseOutcome,
    CaseResult,
    OutcomeChange,
    Report,
    Suite,
    formats,
    read_suite,
)
from onestop_core.conformance.wire import json_text
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, UnknownCodeError
from onestop_core.text import Text
from tests.conformance.test_running import CASES, HEAD, Odd, case, topic

# Not to be told by a type checker what is wrong.
api: Any = conformance
layouts: Any = formats
read: Any = read_suite


def reachable(value: object) -> list[object]:
    found, stack = [], [value]
    while stack:
        each = stack.pop()
        found.append(each)
        if isinstance(each, Mapping):
            stack.extend([*each.keys(), *each.values()])
        elif isinstance(each, tuple | list | set):
            stack.extend(each)
        elif attrs.has(type(each)):
            stack.extend(getattr(each, field.name) for field in attrs.fields(cast("Any", type(each))))
    return found


def test_nothing_that_can_change_is_reached_from_the_suite_or_a_report() -> None:
    report = conformance.run(Odd(), cases=CASES)
    for value in (conformance.suite(), report, conformance.compare(report, report)):
        assert not [type(each) for each in reachable(value) if isinstance(each, list | dict | set)]


def test_a_case_of_the_shipped_suite_cannot_be_changed() -> None:
    first: Any = next(each for each in conformance.suite().cases if "log" in each.input)
    for change in (
        lambda: first.input.__setitem__("date", "x"),
        lambda: first.input["log"].__setitem__("events", ()),
        lambda: first.expected.__setitem__("state", "x"),
        lambda: first.input["log"]["events"].append(1),
        lambda: setattr(first, "expected", 1),
        lambda: api.suite().areas[0].rules.__setitem__("x", Text(vi="x", en="x")),
    ):
        with pytest.raises((TypeError, AttributeError)):
            change()


def test_what_was_handed_in_may_change_afterwards() -> None:
    given = {"date": ["2026-02-17"]}
    asked = case("mine", input=given, expected=given)
    given["date"].append("x")
    assert asked.input["date"] == asked.expected["date"] == ("2026-02-17",)


@pytest.mark.parametrize(
    "value",
    [
        conformance.suite(),
        conformance.suite().areas[0],
        conformance.suite().cases[0],
        conformance.run(Odd(), cases=CASES),
        conformance.run(Odd(), cases=CASES).results[1],
        conformance.run(Odd(), cases=CASES).by_area()[0],
        conformance.compare(conformance.run(object(), cases=CASES), conformance.run(Odd(), cases=CASES)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_travel_and_show_themselves_briefly(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):  # noqa: S301
        assert again == value
        assert hash(again) == hash(value)
    assert len({value, copy.deepcopy(value)}) == 1
    assert len(repr(value)) < 300
    assert type(value).__module__ == "onestop_core.conformance"


def test_a_report_equals_the_one_that_comes_back_from_its_document() -> None:
    report = conformance.run(Odd(), cases=CASES)
    again = Report.from_dict(report.to_dict())
    assert (again, hash(again)) == (report, hash(report))
    assert formats.text(again, language="vi") == formats.text(report, language="vi")


def test_codes_are_taken_as_text() -> None:
    asked = case("a", level="recommended", why="x")
    assert asked.level is CaseLevel.RECOMMENDED
    result = CaseResult(case="a", area="b", level="required", outcome="failed")
    assert result.outcome is CaseOutcome.FAILED
    assert OutcomeChange(case="a", before="passed", after=None).before is CaseOutcome.PASSED


WRONG = [None, 7, 1.5, b"x", object(), [1], {"a": 1}, float("nan"), "\ud800"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Case, attrs.asdict(CASES[0], recurse=False)),
        (Area, {"name": "a", "title": Text(vi="a", en="a"), "operations": ("a",), "rules": {}}),
        (Suite, {"version": "1", "areas": (), "cases": ()}),
        (
            CaseResult,
            {"case": "a", "area": "a", "level": "required", "outcome": "passed", "fault": None, "reason": None},
        ),
        (AreaResult, {"area": "a", "operations": ()}),
        (Report, attrs.asdict(conformance.run(Odd(), cases=CASES), recurse=False)),
        (OutcomeChange, {"case": "a", "before": None, "after": None, "reason": None}),
    ],
)
def test_wrong_types_are_refused_by_an_error_of_ours(kind: type[Any], fields: dict[str, Any]) -> None:
    kind(**fields)
    refused = 0
    for name in fields:
        for wrong in WRONG:
            try:
                hash(kind(**{**fields, name: wrong}))
            except InvalidValueError:
                refused += 1
    assert refused > len(fields) * len(WRONG) // 3


@pytest.mark.parametrize("wrong", [-1, 1.0, True, 10**6, "1"])
def test_a_count_is_a_number_of_cases(wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="passed"):
        conformance.Counts(passed=wrong)


def test_the_question_of_a_result_has_its_arguments_by_name() -> None:
    with pytest.raises(InvalidValueError, match="arguments by name"):
        CaseResult(case="a", area="b", level="required", outcome="failed", input=[1])  # type: ignore[arg-type]


def test_endless_and_enormous_things_are_refused() -> None:
    from itertools import repeat

    loop: list[Any] = []
    loop.append(loop)
    for field, wrong in (
        ("rules", repeat("x")),
        ("input", {"a": loop}),
        ("expected", loop),
        ("expected", Decimal("NaN")),
    ):
        with pytest.raises(InvalidValueError):
            case("a", **{field: wrong})

    class Broken:
        def __iter__(self) -> Any:
            raise ZeroDivisionError

    with pytest.raises(InvalidValueError):
        case("a", rules=Broken())


class Nasty:
    """An implementation that answers with what cannot be looked at, and fails with what cannot be printed."""

    @property
    def name(self) -> str:
        raise ZeroDivisionError

    def is_workday(self, date: str) -> Any:
        class Silent(Exception):  # noqa: N818
            def __str__(self) -> str:
                raise ZeroDivisionError

        class Secret(Mapping[str, Any]):
            def __getitem__(self, key: str) -> Any:
                raise ZeroDivisionError

            def __iter__(self) -> Any:
                raise ZeroDivisionError

            def __len__(self) -> int:
                return 1

        loop: list[Any] = []
        loop.append(loop)
        if date in {"fails", "exits", "skips"}:
            kinds: dict[str, type[BaseException]]
            kinds = {"fails": Silent, "exits": SystemExit, "skips": pytest.skip.Exception}
            raise kinds[date]
        return {"loop": loop, "secret": Secret(), "broken": "\ud800\0", "many": 10**5000}[date]

    def __getattr__(self, name: str) -> Any:
        raise ValueError(name)


@pytest.mark.parametrize("date", ["fails", "exits", "skips", "loop", "secret", "broken", "many"])
@pytest.mark.parametrize(
    "changes", [{"expected": {"a": 1}}, {"expected": [[1]]}, {"refused": "x"}, {"operation": "due"}]
)
def test_whatever_an_implementation_does_the_report_can_be_written(date: str, changes: dict[str, Any]) -> None:
    report = conformance.run(Nasty(), cases=[case("a", input={"date": date}, **changes)])
    assert report.implementation.name == "Nasty"
    (result,) = report.failed
    assert result.reason is not None
    for words in (
        formats.text(report),
        formats.text(report, language="vi"),
        formats.junit(report),
        str(report.to_dict()),
    ):
        words.encode()
        assert "\0" not in words


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: api.run(Odd(), "workdays"), InvalidValueError),
        (lambda: api.run(Odd(), 5), InvalidValueError),
        (lambda: api.run(Odd(), [5]), InvalidValueError),
        (lambda: api.run(Odd(), ["x" * 10_000]), UnknownCodeError),
        (lambda: api.run(Odd(), name=5), InvalidValueError),
        (lambda: api.run(Odd(), cases=5), InvalidValueError),
        (lambda: api.run(Odd(), cases=["x"]), InvalidValueError),
        (lambda: api.suite()[7], UnknownCodeError),
        (lambda: api.suite()["x" * 10_000], UnknownCodeError),
        (lambda: api.suite().of("codes"), InvalidValueError),
        (lambda: api.compare(1, 2), InvalidValueError),
        (lambda: layouts.text("x"), InvalidValueError),
        (lambda: layouts.junit(None), InvalidValueError),
        (lambda: layouts.markdown([]), InvalidValueError),
        (lambda: layouts.changes_text(5), InvalidValueError),
        (lambda: layouts.changes_text(api.Comparison(), language="fr"), InvalidValueError),
        (lambda: layouts.text(api.run(Odd(), cases=CASES), language="fr"), InvalidValueError),
        (lambda: read([], {}), InvalidDocumentError),
        (lambda: read(HEAD, 5), InvalidValueError),
        (lambda: read(HEAD, {5: topic()}), InvalidValueError),
        (lambda: read(HEAD, {"workdays/own": []}), InvalidDocumentError),
        (lambda: api.Report.from_dict(5), InvalidDocumentError),
        (lambda: api.Refusal(5), InvalidValueError),
    ],
)
def test_a_wrong_call_is_refused_by_an_error_of_ours(call: Any, error: type[OnestopError]) -> None:
    with pytest.raises(error) as caught:
        call()
    assert len(caught.value.message.vi) < 600


def test_language_is_named() -> None:
    with pytest.raises(TypeError):
        layouts.text(conformance.run(Odd(), cases=CASES), "vi")


def test_what_is_no_json_is_shown_all_the_same() -> None:
    assert json_text({1: {2}, "đ": Decimal("-0.50")}) == '{"1": "{2}", "đ": -0.50}'
    assert json_text(["đ", Decimal("Infinity")], ascii_only=True) == '["\\u0111", "Decimal(\'Infinity\')"]'
