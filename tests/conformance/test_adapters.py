"""Programs under test: what they answer is judged, and what they do instead is their fault."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from onestop_core import conformance
from onestop_core.conformance import run_command
from onestop_core.conformance.adapters import processes
from onestop_core.errors import AdapterError
from tests.conformance.test_running import case

ODD = Path(__file__).with_name("odd_adapter.py")


def odd(manner: str) -> list[str]:
    return [sys.executable, str(ODD), manner]


def test_a_sound_program_is_judged_like_the_library_itself() -> None:
    report = run_command(shlex.join(odd("sound")), ["workdays", "codes"])
    assert str(report.implementation) == "odd 1.0"
    assert report.verdict == "partial"
    assert {result.case for result in report.unsupported} == {
        case.id for case in conformance.suite().of(["workdays", "codes"]) if case.operation != "is_workday"
    }


def test_side_by_side_the_report_is_the_same() -> None:
    cases = [*conformance.suite().of(["workdays"])[:40], case("crash", input={"date": "2026-02-08"})]
    assert run_command(odd("sound"), cases=cases, jobs=3) == run_command(odd("sound"), cases=cases)


@pytest.mark.parametrize(
    ("day", "fault", "reason"),
    [
        ("2026-02-01", "nonsense", "no JSON: b'not json"),
        ("2026-02-02", "nonsense", 'expected id 1: {"id": 2, "result": true}'),
        ("2026-02-03", "nonsense", 'none of result, refused, unsupported, error: {"id": 1}'),
        ("2026-02-04", "nonsense", 'expected id 1: {"id": true, "result": true}'),
        ("2026-02-06", "nonsense", "more than 1000000 bytes in one line"),
        ("2026-02-07", "nonsense", 'no JSON: b\'{"id": 1, "result": NaN}'),
        ("2026-02-08", "crash", "it ended (exit code 3): division by zero"),
    ],
)
def test_a_fault_is_the_adapters_own_and_the_run_goes_on(day: str, fault: str, reason: str) -> None:
    sound = case("sound")
    report = run_command(odd("bare"), cases=[case("odd", input={"date": day}), sound], timeout=60)
    (bad,) = report.failed
    assert bad.reason is not None
    assert (bad.fault, bad.reason.en[: len(reason)]) == (fault, reason)
    assert bad.reason.vi != bad.reason.en
    assert [result.case for result in report.passed] == [sound.id]
    assert report.implementation.name == "bare"


def test_what_a_program_does_not_take_is_unsupported() -> None:
    asked = [case("no", input={"date": "2026-02-05"}), case("other", operation="add_workdays", input={})]
    report = run_command(odd("sound"), cases=asked)
    assert [result.outcome.value for result in report.results] == ["declined", "unsupported"]


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        ("one", 'it does not greet: expected {"hello": "2", "name": ...}: '),
        ("nameless", 'it does not greet: expected {"hello": "2", "name": ...}: '),
        ("listless", "it does not greet: operations is not a list of names: "),
        ("numbers", "it does not greet: operations is not a list of names: "),
        ("blank", 'it does not greet: expected {"hello": "2", "name": ...}: '),
        ("list", "it does not greet: not an object: [1]"),
        ("mute", "it does not greet: no JSON: b'\\n'"),
        ("dies", "it does not greet: it ended (exit code 1): no such file | really"),
    ],
)
def test_who_does_not_greet_is_not_asked(manner: str, said: str) -> None:
    with pytest.raises(AdapterError) as caught:
        run_command(odd(manner), cases=[case("good")], timeout=60)
    assert caught.value.reason.en.startswith(said)


def test_who_closes_its_output_and_lives_on_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FAREWELL", 0.2)
    with pytest.raises(AdapterError) as caught:
        run_command(odd("closes"), cases=[case("good")], timeout=60)
    assert caught.value.reason.en == "it does not greet: it closed its output"


def test_where_there_are_no_groups_the_program_alone_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FAREWELL", 0.2)
    monkeypatch.delattr("os.killpg", raising=False)
    assert run_command(odd("lingers"), cases=[case("good")], timeout=60).passed


def test_who_lingers_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FAREWELL", 0.2)
    assert run_command(odd("lingers"), cases=[case("good")]).passed


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(AdapterError) as caught:
        run_command("no-such-program-anywhere --fast")
    assert caught.value.adapter == "no-such-program-anywhere"
    assert "there is no such program" in str(caught.value)
