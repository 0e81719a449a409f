"""The cases as tests of somebody else's project."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import attrs
import pytest

from onestop_core import conformance
from onestop_core.conformance import demands
from onestop_core.text import Text

if TYPE_CHECKING:
    from pathlib import Path

MINE = """
from onestop_core.conformance import Reference, reference

class Codes:
    def parse_agency_code(self, text):
        return reference().parse_agency_code(text)
    def parse_procedure_code(self, text):
        return {"short": "1.004222", "owner": None}

class Declines(Codes):
    def parse_procedure_code(self, text):
        raise NotImplementedError

class Opinion(Reference):
    def score(self, index, counts, **options):
        return super().score(index, counts, **{**options, "zero": None})

ready = Codes()
"""


Tried = Callable[..., tuple[int, str, dict[str, int]]]


class Counting:
    """A plugin that counts how tests end."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.skipped:
            self.counts["xfailed" if hasattr(report, "wasxfail") else report.outcome] += 1


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tried:
    """Run pytest in an empty project, in this process, so that coverage sees the plugin."""
    (tmp_path / "onestop_mine.py").write_text(MINE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, dict[str, int]]:
        plugins = ["randomly", "cacheprovider", "xdist", "cov"]
        mine = [*(f"-pno:{name}" for name in plugins), "-p", "onestop_core.ext.pytest_plugin", "--capture=no"]
        counting = Counting()
        code = pytest.main([*mine, *arguments], plugins=[counting])
        shown = capsys.readouterr()
        return int(code), shown.out + shown.err, dict(counting.counts)

    return run


def test_each_case_is_a_test(tried: Tried) -> None:
    code, shown, counts = tried("--onestop-adapter=onestop_mine:Codes", "--onestop-area=codes", "-rf")
    report = conformance.run(codes(), areas=["codes"])
    assert code == pytest.ExitCode.TESTS_FAILED
    binds = [result for result in report.failed if result.level == "required"]
    expected = {"passed": report.passed, "failed": binds, "skipped": report.unsupported}
    expected["xfailed"] = [result for result in report.failed if result not in binds]
    assert counts == {name: len(results) for name, results in expected.items()}
    assert "onestop::codes/procedures.procedure-wrong-01" in shown
    assert "expected the refusal invalid-value, got the answer" in shown
    assert "Traceback" not in shown


def codes() -> object:
    names: dict[str, object] = {}
    exec(MINE, names)  # noqa: S102 - our own text
    return names["ready"]


def test_a_recommended_case_that_fails_is_expected_to(tried: Tried) -> None:
    code, _, counts = tried("--onestop-adapter=onestop_mine:Opinion", "--onestop-area=kpi")
    assert (code, counts["xfailed"] > 0) == (0, True)


def test_what_is_declined_is_no_way_out(tried: Tried) -> None:
    code, shown, counts = tried("--onestop-adapter=onestop_mine:Declines", "--onestop-area=codes", "-rf")
    asked = [case for case in conformance.suite().of(["codes"]) if case.operation == "parse_procedure_code"]
    binds = sum(case.level == "required" for case in asked)
    assert (code, counts["failed"]) == (pytest.ExitCode.TESTS_FAILED, binds)
    assert "declined" in shown


def test_a_profile_demands_what_is_not_there(tried: Tried) -> None:
    code, shown, counts = tried("--onestop-adapter=onestop_mine:Codes", "--onestop-profile=calendar@1", "-rf")
    cases = conformance.suite().of(["workdays"])
    required = [case for case in cases if case.level == "required"]
    assert code == pytest.ExitCode.TESTS_FAILED
    assert counts == {"failed": len(required), "xfailed": len(cases) - len(required)}
    assert "unsupported" in shown
    # What stands beside the profile is not demanded.
    _, _, more = tried(
        "--onestop-adapter=onestop_mine:Codes", "--onestop-profile=calendar@1", "--onestop-area=time-limits"
    )
    assert more["skipped"] == len(conformance.suite().of(["time-limits"]))


def test_a_disputed_case_is_expected_to_fail(tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    first = conformance.suite().cases[0]
    dispute = conformance.Dispute(since=date(2026, 11, 26), why=Text(vi="điều 148", en="article 148"))
    own = attrs.evolve(conformance.suite(), cases=(attrs.evolve(first, expected="another", disputed=dispute),))
    monkeypatch.setattr(demands, "suite", lambda: own)
    code, shown, counts = tried("--onestop-adapter=onestop_core.conformance:Reference", "-rx")
    assert (code, counts, "disputed: $: expected" in shown) == (0, {"xfailed": 1}, True)


def test_a_seed_adds_fresh_cases(tried: Tried) -> None:
    code, _, counts = tried(
        "--onestop-adapter=onestop_core.conformance:Reference", "--onestop-area=codes", "--onestop-seed=11"
    )
    fresh = conformance.fresh(11, ["codes"])
    assert (code, counts) == (0, {"passed": len(conformance.suite().of(["codes"])) + len(fresh)})
    code, shown, _ = tried("--onestop-adapter=onestop_mine:Codes", "--onestop-seed=-1")
    assert (code, "seed" in shown) == (pytest.ExitCode.USAGE_ERROR, True)


def test_a_wrong_profile_is_a_wrong_command_line(tried: Tried) -> None:
    code, shown, _ = tried("--onestop-adapter=onestop_mine:Codes", "--onestop-profile=desk@1#sha256:000000000000")
    assert (code, "the digest that this suite has" in shown) == (pytest.ExitCode.USAGE_ERROR, True)


def test_an_object_serves_as_well_as_a_class(tried: Tried) -> None:
    assert tried("--onestop-adapter=onestop_mine:ready", "--onestop-area=codes")[2]["passed"] > 0


def test_without_the_option_nothing_happens(tried: Tried) -> None:
    assert tried()[0] == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize("name", ["onestop_mine:Nobody", "nobody:Codes", "onestop_mine", ""])
def test_a_wrong_name_is_a_wrong_command_line(tried: Tried, name: str) -> None:
    code, shown, _ = tried(f"--onestop-adapter={name}")
    assert (code, "expected package.module:Name" in shown) == (pytest.ExitCode.USAGE_ERROR, True)


def test_a_wrong_area_is_a_wrong_command_line(tried: Tried) -> None:
    code, shown, _ = tried("--onestop-adapter=onestop_mine:Codes", "--onestop-area=code")
    assert (code, "did you mean codes" in shown) == (pytest.ExitCode.USAGE_ERROR, True)


def test_it_works_from_the_settings_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = -p onestop_core.ext.pytest_plugin --onestop-adapter=onestop_core.conformance:Reference\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "--onestop-area=codes"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603
    assert f"{len(conformance.suite().of(['codes']))} passed" in done.stdout
