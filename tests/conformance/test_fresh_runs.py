"""A table of the published answers passes the published cases, and no run with a seed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.cli import main
from onestop_core.conformance import Refusal
from onestop_core.conformance.wire import digest
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import thaw
from tests.conformance.test_running import case


class LooksUp:
    """Knows what was published, and nothing else."""

    def __init__(self, *areas: str) -> None:
        self.known = {digest([case.operation, case.input]): case for case in conformance.suite().of(areas)}
        self.operations = {case.operation for case in self.known.values()}

    def __getattr__(self, name: str) -> Any:
        if name not in self.operations:
            raise AttributeError(name)

        def answer(**given: Any) -> Any:
            case = self.known.get(digest([name, given]))
            if case is None or case.refused is not None:
                raise Refusal("calendar-coverage" if case is None else str(case.refused))
            return thaw(case.expected)

        return answer


@pytest.mark.parametrize("area", ["workdays", "codes", "time-limits"])
def test_who_looks_answers_up_does_not_pass_fresh_cases(area: str) -> None:
    looks_up = LooksUp(area)
    assert conformance.run(looks_up, [area]).conforms
    report = conformance.run(looks_up, [area], seed=11)
    assert (report.verdict, report.seed) == ("fails", 11)
    assert {result.case.partition(".")[0] for result in report.failed} == {f"{area}/fresh-11"}
    assert conformance.run(conformance.reference(), [area], seed=11).conforms


def test_a_profile_is_asked_afresh_in_all_its_areas() -> None:
    report = conformance.run(LooksUp("workdays"), profile="calendar", seed=11)
    assert report.verdict == "fails"
    assert len(report.results) > len(conformance.suite().of(["workdays"]))
    assert conformance.Report.from_dict(report.to_dict()) == report


@pytest.mark.parametrize("seed", [-1, 2**53, 1.0, "7", True])
def test_a_seed_that_is_none_is_refused(seed: Any) -> None:
    with pytest.raises(InvalidValueError, match="seed"):
        conformance.run(object(), ["codes"], seed=seed)


def test_cases_of_ones_own_are_not_varied() -> None:
    with pytest.raises(InvalidValueError, match="fresh ones vary the suite"):
        conformance.run(object(), cases=[case("a")], seed=1)


def test_a_fresh_case_is_found_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    (first, *_) = conformance.fresh(11, ["codes"])
    assert conformance.case_of(first.id) == first
    assert main(["conformance", "show", first.id, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == first.id
    assert main(["conformance", "--case", first.id]) == 0
    capsys.readouterr()
    for unknown in ("codes/fresh-11.9999", "nowhere/fresh-11.0001", "codes/fresh-x.0001"):
        with pytest.raises(UnknownCodeError):
            conformance.case_of(unknown)


def test_the_command_line_says_with_which_seed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "--area", "codes", "--seed", "11", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["seed"] == 11
    assert main(["conformance", "--seed", "-1", "--area", "codes"]) == 2
    assert main(["conformance", "--seed", "1", "--case", "codes/agencies.x"]) == 2
    assert main(["conformance", "--seed", "x"]) == 2
