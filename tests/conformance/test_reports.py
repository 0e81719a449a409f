"""A report as a document that vouches for itself, and two of them compared."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance import Case, Comparison, Report, Suite, formats
from onestop_core.conformance.reports.results import kept
from onestop_core.conformance.tables import table_digests, tables_digest
from onestop_core.conformance.wire import digest
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.model import FrozenMap
from tests.conformance.test_running import CASES, Odd, case

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def document(**more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(conformance.run(Odd(), cases=CASES, made_at=AT, **more).to_dict()))
    return made


def resealed(changed: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in changed.items() if key != "digest"}
    return {**rest, "digest": digest(rest)}


def test_a_report_says_who_against_what_and_when() -> None:
    told = document(profile="calendar")
    assert told["suite"] == {"version": "2.1.0", "digest": conformance.suite().digest}
    assert told["tables_digest"] == tables_digest()
    assert told["library"]["name"] == "onestop_core"
    assert told["made_at"] == "2026-11-26T16:30:00+07:00"
    assert told["profile"] == {"name": "calendar", "version": 1, "digest": conformance.profile("calendar").digest}
    assert (told["demanded"], told["verdict"], told["seed"]) == (["workdays"], "fails", None)
    by_name = {each["id"].partition(".")[2]: each for each in told["cases"]}
    assert "input" not in by_name["good"]
    assert by_name["bad"]["basis"] == ["a law"]
    assert (by_name["bad"]["input"], by_name["bad"]["expected"], by_name["bad"]["got"]) == (
        {"date": "2026-02-18"}, False, True,
    )  # fmt: skip
    assert (by_name["otherwise"]["refused"], by_name["otherwise"]["got_refused"]) == (
        "invalid-value", "calendar-coverage",
    )  # fmt: skip
    assert "got" not in by_name["crash"]
    assert by_name["bad"]["reason"]["vi"] == "$: cần false, nhận được true"


def test_a_report_that_was_changed_is_refused() -> None:
    told = document()
    told["cases"][1]["outcome"] = "passed"
    with pytest.raises(InvalidDocumentError) as caught:
        Report.from_dict(told)
    assert [problem.rule for problem in caught.value.problems] == ["report/digest"]


@pytest.mark.parametrize("path", ["$.verdict", "$.areas"])
def test_a_report_whose_sums_are_not_those_of_its_cases_is_refused(path: str) -> None:
    told = document()
    if path == "$.verdict":
        told["verdict"] = "conforms"
    else:
        told["areas"][0]["operations"][0]["required"]["failed"] = 0
    with pytest.raises(InvalidDocumentError) as caught:
        Report.from_dict(resealed(told))
    assert [(problem.path, problem.rule) for problem in caught.value.problems] == [(path, "report/sums")]


def test_what_is_added_to_a_report_is_in_its_digest() -> None:
    told = document()
    assert told["digest"] == digest({key: value for key, value in told.items() if key != "digest"})
    assert Report.from_dict(resealed({**told, "made_at": None})).made_at is None


@pytest.mark.parametrize("seed", [-1, 2**53, "7", 1.5])
def test_a_seed_is_a_whole_number(seed: Any) -> None:
    report = conformance.run(Odd(), cases=CASES)
    with pytest.raises(InvalidValueError):
        attrs.evolve(report, seed=seed)
    assert attrs.evolve(report, seed=7).to_dict()["seed"] == 7


def test_wrong_answers_are_kept_as_they_came_as_far_as_they_can_be() -> None:
    assert kept({"a": [1.50, None, True]}) == FrozenMap({"a": (Decimal("1.5"), None, True)})
    assert kept("x" * 5_000) == '"' + "x" * 296 + "..."
    assert kept({1, 2}) == '"{1, 2}"'
    assert kept(float("nan")) == "NaN"
    assert kept(10**5000) == "?"
    assert kept(10**3000) == brief_of(10**3000)
    assert kept(Decimal("0.10000000000000000001")) == Decimal("0.1")


def brief_of(number: int) -> str:
    return f"{str(number)[:297]}..."


class Floats:
    def is_workday(self, date: str) -> Any:
        return {"share": 0.1, "big": 1e22, "of": date}


def test_an_answer_with_fractions_survives_the_document() -> None:
    report = conformance.run(Floats(), cases=[case("a")])
    # However a program reads and writes numbers.
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()), parse_float=Decimal)) == report
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report
    assert report.to_dict()["cases"][0]["got"] == {"share": 0.1, "big": 10**22, "of": "2026-02-17"}


def test_every_case_that_fails_can_be_written_and_read_again() -> None:
    report = conformance.run(type("Wrong", (), {"__getattr__": lambda *_: lambda **__: "no"})())
    assert len(report.failed) == len(conformance.suite().cases)
    written = json.dumps(report.to_dict(), ensure_ascii=False)
    assert "1.5" in written  # the half of a dossier that form 06 refuses
    assert Report.from_dict(json.loads(written)) == report


def test_the_figure_of_the_tables_is_that_of_sha256sum() -> None:
    import hashlib
    from importlib.resources import files

    lines = [f"{each}  {path}\n" for path, each in table_digests()]
    assert lines == sorted(lines, key=lambda line: line.split("  ")[1])
    assert tables_digest() == "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()
    path, told = table_digests()[0]
    assert hashlib.sha256((files("onestop_core") / "data" / path).read_bytes()).hexdigest() == told


def of(*cases: Case) -> Suite:
    return Suite(version="1.0.0", areas=conformance.suite().areas[:2], cases=cases)


def compared(before: Suite, after: Suite, old: object = None, new: object = None) -> Comparison:
    return conformance.compare(conformance.run(old or Odd(), cases=before), conformance.run(new or Odd(), cases=after))


GOOD, BAD = case("good"), case("bad", input={"date": "2026-02-18"})
SOFT = {"level": "recommended", "why": "a choice"}


def told(comparison: Comparison) -> list[tuple[str, str | None, str | None, bool]]:
    rows = [(each.name, each.before, each.after, each.worse) for each in comparison.verdicts]
    return rows + [(each.case, each.before, each.after, each.worse) for each in comparison.changes]


def test_new_cases_that_nobody_supports_are_told_and_lose_no_ground() -> None:
    new = case("new", operation="add_workdays", input={"date": "2026-02-17", "n": 1}, expected="2026-02-23")
    comparison = compared(of(GOOD), of(GOOD, new))
    assert told(comparison) == [
        ("", "conforms", "partial", False),
        ("workdays", "conforms", "partial", False),
        ("workdays/own.new", None, "unsupported", False),
    ]
    assert not comparison.worse
    assert "new → unsupported" in formats.changes_text(comparison)


def test_a_new_case_that_fails_loses_ground_if_it_is_required() -> None:
    assert compared(of(GOOD), of(GOOD, BAD)).worse
    assert not compared(of(GOOD), of(GOOD, case("bad", input={"date": "2026-02-18"}, **SOFT))).worse


def test_recommended_cases_lose_no_ground() -> None:
    class Mended(Odd):
        def is_workday(self, date: str, as_of: str | None = None) -> Any:
            del as_of
            return False if date == "2026-02-17" else None

    soft = case("soft", input={"date": "2026-02-18"}, expected=True, **SOFT)
    comparison = compared(of(GOOD, soft), of(GOOD, soft), new=Mended())
    assert told(comparison) == [("workdays/own.soft", "passed", "failed", False)]


@pytest.mark.parametrize(("error", "outcome"), [(NotImplementedError, "declined"), (ValueError, "failed")])
def test_what_passed_and_does_not_is_lost(error: type[Exception], outcome: str) -> None:
    class Worse(Odd):
        def is_workday(self, date: str, as_of: str | None = None) -> Any:
            raise error(date, as_of)

    comparison = compared(of(GOOD), of(GOOD), new=Worse())
    assert comparison.worse
    assert told(comparison)[-1] == ("workdays/own.good", "passed", outcome, True)


def test_a_verdict_that_gets_worse_is_lost_ground_even_where_no_case_passed_before() -> None:
    class Declines:
        def is_workday(self, date: str) -> Any:
            raise NotImplementedError

    comparison = compared(
        of(GOOD), of(GOOD), old=Declines(), new=type("Wrong", (), {"is_workday": lambda *_, **__: 7})()
    )
    assert told(comparison) == [
        ("", "partial", "fails", True),
        ("workdays", "partial", "fails", True),
        ("workdays/own.good", "declined", "failed", False),
    ]


def test_what_is_gone_or_new_in_whole_areas_is_told() -> None:
    words = case("words", id="time-limits/own.words", area="time-limits", operation="parse_limit", input={"text": "5"})
    comparison = compared(of(GOOD), of(GOOD, words))
    assert ("time-limits", None, "unsupported", False) in told(comparison)
    back = compared(of(GOOD, words), of(GOOD))
    assert ("time-limits", "unsupported", None, False) in told(back)
    assert not back.worse


def test_a_disputed_case_loses_no_ground() -> None:
    dispute = conformance.Dispute(since=AT.date(), why=conformance.suite().areas[0].title)
    assert not compared(of(GOOD), of(GOOD, attrs.evolve(BAD, disputed=dispute))).worse
