"""What is demanded: profiles as a tender cites them, and what follows for an operation, an area and a run."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import conformance
from onestop_core.conformance import Case, Dispute, Reference, Suite, Verdict
from onestop_core.conformance.demands import profile_documents
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import thaw
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text
from tests.conformance.test_running import Odd, case

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = ("calendar", "desk", "portal-scores", "catalogue-validator", "everything")
SUITE = conformance.suite()


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=float).encode()


def test_the_profiles_are_valid_and_name_areas_and_operations_that_there_are() -> None:
    ensure_valid(profile_documents(), "conformance-profiles")
    assert tuple(profile.name for profile in conformance.profiles()) == NAMES
    known = {area.name for area in SUITE.areas}
    for profile in conformance.profiles():
        assert set(profile.areas) <= known
        assert profile.title.vi != profile.title.en
    assert set(conformance.profile("everything").areas) == known


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_of_a_profile_binds_it_and_all_its_required_cases(name: str) -> None:
    (raw,) = (each for each in profile_documents()["profiles"] if each["name"] == name)
    cases = []
    for each in sorted(SUITE.cases, key=lambda asked: asked.id):
        if each.area in raw["areas"] and each.level == "required":
            right = {"expected": each.expected} if each.refused is None else {"refused": each.refused}
            cases.append({"id": each.id, "operation": each.operation, "input": thaw(each.input), **thaw(right)})
    digest = hashlib.sha256(canonical({"profile": raw, "cases": cases})).hexdigest()
    profile = conformance.profile(name)
    assert profile.digest == f"sha256:{digest}"
    for cited in (f"{name}@1", f"{name}@1#sha256:{digest[:12]}", f"{name}#sha256:{digest}", profile.cited):
        assert conformance.profile(cited) is profile


def test_a_profile_may_demand_single_operations() -> None:
    profile = conformance.Profile(
        name="counting", version=3, title=Text(vi="Đếm", en="Counting"), purpose=Text(vi="Thử", en="A trial"),
        areas=("codes",), operations=("count_workdays",),
    )  # fmt: skip
    assert profile.demanded == ("codes", "workdays/count_workdays")
    assert {case.operation for case in profile.cases if case.area == "workdays"} == {"count_workdays"}

    class NoCodes(Reference):
        parse_agency_code = None  # type: ignore[assignment]

    assert conformance.run(conformance.reference(), profile=profile).conforms
    report = conformance.run(NoCodes(), profile=profile)
    assert (report.verdict, str(report.profile)) == ("partial", "counting@3")
    other = conformance.run(conformance.reference(), require=["count_workdays", "workdays/count_workdays"])
    assert other.demanded == ("workdays/count_workdays",)
    assert "workdays/count_workdays" in conformance.profile_text(profile)


@pytest.mark.parametrize(
    ("cited", "error", "said"),
    [
        ("desks", UnknownCodeError, "did you mean desk"),
        ("desk@2", UnknownCodeError, "did you mean desk@1"),
        ("desk@1#sha256:000000000000", InvalidValueError, "the digest that this suite has: desk@1#sha256:"),
        ("desk@1#sha256:00", InvalidValueError, "a profile such as desk, desk@1"),
        ("desk@one", InvalidValueError, "a profile such as"),
        ("", InvalidValueError, "a profile such as"),
        (7, InvalidValueError, "a profile such as"),
    ],
)
def test_a_profile_that_is_not_this_one_is_refused(cited: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        conformance.profile(cited)
    with pytest.raises(error, match=said):
        conformance.run(object(), profile=cited)


def test_what_is_required_has_to_be_there() -> None:
    with pytest.raises(UnknownCodeError, match="did you mean follow"):
        conformance.run(object(), require=["folow"])
    with pytest.raises(InvalidValueError):
        conformance.run(object(), require="codes")  # one name alone is no list of names
    report = conformance.run(object(), ["codes"], require=["workdays"])
    assert (report.verdict, report.demanded) == ("partial", ("workdays",))
    # Nothing of it was asked.
    assert {area.area: area.verdict for area in report.by_area()} == {"workdays": "partial", "codes": "unsupported"}


class Half(Reference):
    """Takes one operation of three."""

    add_workdays = None  # type: ignore[assignment]
    count_workdays = None  # type: ignore[assignment]


class Declines(Reference):
    """Declines what it is not sure of."""

    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        if as_of is not None:
            raise NotImplementedError
        return super().is_workday(date)


def verdicts(report: conformance.Report) -> dict[str, str]:
    return {each.operation: each.verdict.value for area in report.by_area() for each in area.operations}


def test_an_area_conforms_only_when_all_of_it_does() -> None:
    half = conformance.run(Half(), areas=["workdays"])
    assert verdicts(half) == {"is_workday": "conforms", "add_workdays": "unsupported", "count_workdays": "unsupported"}
    assert (half.by_area()[0].verdict, half.verdict, half.conforms) == ("partial", "partial", False)
    # Even where nobody asked for it by name: whoever takes part of an area is held to all of it.
    assert (
        conformance.run(Half(), cases=Suite(version="1", areas=SUITE.areas, cases=SUITE.of(["workdays"]))).verdict
        == "partial"
    )


def test_what_is_declined_is_no_way_out() -> None:
    report = conformance.run(Declines(), areas=["workdays"])
    assert report.failed == ()
    assert {result.outcome.value for result in report.declined} == {"declined"}
    assert verdicts(report)["is_workday"] == "partial"
    assert report.verdict == "partial"
    (area,) = report.by_area()
    assert area.required.declined == len([result for result in report.declined if result.counts])
    assert area.required.total + area.recommended.total == len(report.results)


def test_one_right_answer_is_no_conformance() -> None:
    class One:
        def parse_procedure_code(self, text: str) -> dict[str, Any]:
            if text != "1.004222":
                raise NotImplementedError
            return {"short": "1.004222", "owner": None}

    report = conformance.run(One())
    assert len(report.passed) == 1
    assert (report.demanded, report.verdict) == (("codes",), "partial")


def test_some_cases_prove_no_area() -> None:
    cases = SUITE.of(["codes"])
    assert conformance.run(conformance.reference(), cases=cases).conforms
    report = conformance.run(conformance.reference(), cases=cases[1:])
    assert (report.verdict, report.by_area()[0].not_asked) == ("partial", 1)
    whole = [case for case in cases if case.operation == "parse_agency_code"]
    assert conformance.run(conformance.reference(), cases=whole).verdict == "partial"


def of(*cases: Case) -> Suite:
    return Suite(version="1.0.0", areas=SUITE.areas[:1], cases=cases)


def test_a_disputed_case_counts_neither_for_nor_against() -> None:
    dispute = Dispute(since=__import__("datetime").date(2026, 11, 26), why=Text(vi="điều 148", en="article 148"))
    wrong = case("bad", input={"date": "2026-02-18"}, disputed=dispute)
    report = conformance.run(Odd(), cases=of(case("good"), wrong))
    assert report.conforms
    assert [result.disputed for result in report.failed] == [dispute]
    (area,) = report.by_area()
    assert (area.required.total, area.recommended.total) == (1, 0)
    assert conformance.Report.from_dict(report.to_dict()) == report
    # Nor is anything proved by one.
    assert conformance.run(Odd(), cases=of(case("good", disputed=dispute))).verdict == "partial"


def test_without_a_demand_there_is_no_verdict() -> None:
    assert conformance.run(object()).verdict is Verdict.NOTHING_DEMANDED
    assert conformance.run(object(), require=[]).verdict is Verdict.NOTHING_DEMANDED


def test_an_operation_of_recommended_cases_alone_conforms_where_it_is_claimed() -> None:
    soft = case("odd", input={"date": "2026-02-19"}, level="recommended", why="a choice")
    report = conformance.run(Odd(), cases=of(soft))
    assert [area.verdict for area in report.by_area()] == ["conforms"]
    assert report.verdict == "partial"  # nothing required was proved
    assert conformance.run(object(), cases=of(soft), require=["is_workday"]).by_area()[0].verdict == "unsupported"


def test_the_rules_of_a_suite_lead_to_its_cases() -> None:
    both = SUITE.proving(["refused"])
    assert {case.area for case in both} == {area.name for area in SUITE.areas if "refused" in area.rules}
    (only,) = {case.area for case in SUITE.proving(["time-limits/refused"])}
    assert only == "time-limits"
    with pytest.raises(UnknownCodeError, match="did you mean make-up"):
        SUITE.proving(["mak-up"])


def test_the_digest_of_a_suite_binds_every_question_and_answer() -> None:
    def changed(**fields: Any) -> Iterable[Suite]:
        yield of(case("a", **fields))
        yield of(case("a", **fields), case("b"))

    digests = [suite.digest for fields in ({}, {"expected": True}, {"refused": "any"}, {"input": {"date": "2026-02-18"}})
               for suite in changed(**fields)]  # fmt: skip
    assert len(set(digests)) == len(digests)
    assert of(case("a"), case("b")).digest == of(case("b"), case("a")).digest
    whole = [
        {"id": "workdays/own.a", "area": "workdays", "operation": "is_workday", "level": "required",
         "input": {"date": "2026-02-17"}, "expected": False}
    ]  # fmt: skip
    digest = hashlib.sha256(canonical({"version": "1.0.0", "cases": whole})).hexdigest()
    assert digests[0] == f"sha256:{digest}"
