"""``onestop check``: counts by rule and unit, no notes, a cap a rule; what SARIF says of rules and of what is accepted."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from onestop_core import catalogue
from onestop_core.cli import main
from onestop_core.cli.catalogue.statistics import units_of
from onestop_core.errors import Problem, Severity
from tests.catalogue.documents import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")


@pytest.fixture
def noisy(tmp_path: Path) -> Path:
    """The shipped catalogue without its suppressions, and with a code that is none."""
    document = shipped()
    del document["suppressions"]
    document["procedures"][0]["level"] = "Cấp xã"
    path = tmp_path / "noisy.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def check(*arguments: object) -> tuple[int, str, str]:
        code = main(["check", *map(str, arguments)])
        return code, *capsys.readouterr()

    return check


def found_in(path: Path) -> tuple[Problem, ...]:
    return catalogue.check(json.loads(path.read_text(encoding="utf-8")), most=None)


def test_statistics_count_by_rule_and_by_unit(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    problems = found_in(noisy)
    code, out, _ = run(noisy, "--statistics", "--format", "json")
    counts = json.loads(out)
    assert code == 1
    assert {each["rule"]: each["count"] for each in counts["rules"]} == Counter(problem.rule for problem in problems)
    assert [each["count"] for each in counts["rules"]] == sorted((e["count"] for e in counts["rules"]), reverse=True)
    severities = Counter(problem.severity for problem in problems)
    assert counts["total"] == {f"{severity.value}s": severities[severity] for severity in Severity}
    document = json.loads(noisy.read_text(encoding="utf-8"))
    first = document["procedures"][0]
    (unit,) = (each for each in counts["units"] if each["errors"])
    assert (unit["authority"], unit["field"]) == (first["authority"]["name"]["en"], first["field"]["name"]["en"])
    within = sum(problem.path.startswith("$.procedures[") for problem in problems)
    assert sum(each["errors"] + each["warnings"] + each["notes"] for each in counts["units"]) == within


def test_statistics_are_said_in_lines(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    _, out, _ = run(noisy, "--statistics", "--lang", "vi")
    lines = out.splitlines()
    assert "      1  lỗi       schema/enum  tài liệu theo đúng lược đồ đã công bố" in lines
    assert "   lỗi  cảnh báo  ghi chú  cơ quan có thẩm quyền; lĩnh vực" in lines
    assert lines[-1].startswith("1 lỗi, ")
    noisy.write_text("[]", encoding="utf-8")
    _, out, _ = run(noisy, "--statistics")
    assert "competent authority" not in out
    assert out.splitlines()[0] == "      1  error     schema/type  the document holds to the published schema"


def test_statistics_are_for_people_and_programs_only(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    for form in ("sarif", "github"):
        code, out, err = run(noisy, "--statistics", "--format", form)
        assert (code, out) == (2, "")
        assert "text or json with --statistics" in err


def test_quiet_lists_no_notes_and_still_counts_them(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    notes = sum(problem.severity is Severity.NOTE for problem in found_in(noisy))
    assert notes
    _, out, _ = run(noisy, "--quiet")
    assert ": note: " not in out
    assert out.splitlines()[-1].endswith(f" {notes} notes")
    severities = {each["severity"] for each in json.loads(run(noisy, "--quiet", "--format", "json")[1])}
    assert severities == {"error", "warning"}


def test_a_cap_says_what_it_leaves_out(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    counts = Counter(problem.rule for problem in found_in(noisy))
    rule, count = counts.most_common(1)[0]
    more = f"and {count - 2} more of {rule}"
    code, out, _ = run(noisy, "--most-per-rule", 2)
    assert code == 1
    assert sum(f"[{rule}]" in line for line in out.splitlines()) == 2
    assert more in out.splitlines()
    assert f"::notice::{more}" in run(noisy, "--most-per-rule", 2, "--format", "github")[1].splitlines()
    listed = json.loads(run(noisy, "--most-per-rule", 2, "--format", "json")[1])
    assert sum(each["rule"] == rule for each in listed) == 2
    assert more in [each["message"] for each in listed if each["rule"] == "problems/more"]
    (log,) = json.loads(run(noisy, "--most-per-rule", 2, "--format", "sarif")[1])["runs"]
    assert more in [note["message"]["text"] for note in log["invocations"][0]["toolExecutionNotifications"]]
    assert "problems/more" not in [each["ruleId"] for each in log["results"]]
    code, _, err = run(noisy, "--most-per-rule", 0)
    assert (code, "a whole number from 1 on" in err) == (2, True)


def test_a_project_says_how_findings_are_reported(run: Callable[..., tuple[int, str, str]], noisy: Path) -> None:
    project = noisy.parent / "pyproject.toml"
    project.write_text("[tool.onestop.check]\nquiet = true\nmost-per-rule = 1", encoding="utf-8")
    out = run(noisy)[1]
    assert ": note: " not in out
    assert " more of " in out
    project.write_text("[tool.onestop.check]\nstatistics = true", encoding="utf-8")
    assert "competent authority; field" in run(noisy)[1]
    assert json.loads(run(noisy, "--format", "sarif")[1])["runs"][0]["results"]
    for line, said in (
        ("quiet = 1", "$.tool.onestop.check.quiet: expected true or false"),
        ("most-per-rule = true", 'most-per-rule"]: expected a whole number from 1 on'),
        ("most-per-rule = 0", 'most-per-rule"]: expected a whole number from 1 on'),
    ):
        project.write_text(f"[tool.onestop.check]\n{line}", encoding="utf-8")
        code, _, err = run(noisy)
        assert (code, said in err) == (2, True), err


def valid(log: Any) -> None:
    path = SHARED / "sarif-2.1.0" / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip("the schema of SARIF is not beside the checkout (ONESTOP_SHARED_DATA)")
    assert list(Draft7Validator(json.loads(path.read_text(encoding="utf-8"))).iter_errors(log)) == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_sarif_says_what_rules_ask_and_what_they_rest_on(
    run: Callable[..., tuple[int, str, str]], noisy: Path, language: str
) -> None:
    noisy.write_text(noisy.read_text(encoding="utf-8").replace("Đăng ký", "Đăng\u200bký", 1), encoding="utf-8")
    log = json.loads(run(noisy, "--format", "sarif", "--most-per-rule", 3, "--lang", language)[1])
    known = {rule.id: rule for rule in catalogue.RULES}
    described = {each["id"]: each for each in log["runs"][0]["tool"]["driver"]["rules"]}
    for code, each in described.items():
        assert each["shortDescription"]["text"]
        if code in known:
            rule = known[code]
            assert each["shortDescription"]["text"].casefold() == getattr(rule.title, language).casefold()
            page = f"docs/reference/catalogue-rules.md#{code.removeprefix('catalogue/')}"
            assert f"[{page}]({page})" in each["help"]["markdown"]
            assert ("properties" in each) == (rule.basis is not None)
            if rule.basis:
                assert each["properties"]["basis"] == getattr(rule.basis.cite(), language) in each["help"]["text"]
    assert any("properties" in each for each in described.values())
    assert "docs/explanation/schemas.md" in described["schema/enum"]["help"]["text"]
    valid(log)


def test_the_pages_that_help_names_are_there() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "catalogue-rules.md"
    content = page.read_text(encoding="utf-8")
    missing = [rule.id for rule in catalogue.RULES if f"\n## {rule.id.removeprefix('catalogue/')}\n" not in content]
    assert missing == []


def test_sarif_marks_what_the_catalogue_accepts(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    document = shipped()
    path = tmp_path / "shipped.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    code, out, _ = run(path, "--format", "sarif")
    assert code == 0
    log = json.loads(out)
    accepted = catalogue.checking.accepted(document)
    results = log["runs"][0]["results"]
    told = [(each["ruleId"], each["suppressions"][0]["justification"]) for each in results]
    assert told == [(each.problem.rule, each.suppression.reason) for each in accepted]
    assert told
    assert {each["suppressions"][0]["kind"] for each in results} == {"inSource"}
    assert all("region" in each["locations"][0]["physicalLocation"] for each in results)
    valid(log)
    # The other forms report what is open.
    assert json.loads(run(path, "--format", "json")[1]) == []


def test_accepted_findings_are_selected_like_others() -> None:
    document = shipped()
    everything = catalogue.checking.accepted(document)
    rule = everything[0].problem.rule
    chosen = catalogue.checking.accepted(document, select=[rule], severities={rule: "warning"})
    assert {(each.problem.rule, each.problem.severity) for each in chosen} == {(rule, Severity.WARNING)}
    assert len(chosen) == sum(each.problem.rule == rule for each in everything)
    assert catalogue.checking.accepted([]) == ()


def test_a_file_that_is_no_json_has_a_rule_without_a_page(
    run: Callable[..., tuple[int, str, str]], noisy: Path
) -> None:
    noisy.write_text("{", encoding="utf-8")
    log = json.loads(run(noisy, "--format", "sarif")[1])
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["help"]) == ("json/syntax", {"text": "The file is plain JSON."})
    valid(log)


@pytest.mark.parametrize(
    ("procedures", "unit"),
    [
        (None, None),
        ({}, None),
        ([], None),
        ([1], ("–", "–")),
        ([{"authority": {"name": {"vi": "Bộ"}}, "field": {"name": 1}}], ("Bộ", "–")),
        ([{"implementing": [{"name": {"vi": "Sở", "en": "Office"}}], "field": {"name": {"vi": "A"}}}], ("Office", "A")),
        ([{"implementing": []}], ("–", "–")),
    ],
)
def test_a_unit_is_told_of_any_document(procedures: Any, unit: tuple[str, str] | None) -> None:
    told = units_of({} if procedures is None else {"procedures": procedures})
    problem = Problem.at(("procedures", 0, "code"), "a/b", vi="sai", en="wrong")
    found = told(problem)
    assert (found and (found[0].en, found[1].en)) == unit
    assert told(problem) == found
    assert told(Problem.at("$", "a/b", vi="sai", en="wrong")) is None
    assert units_of([])(problem) is None
