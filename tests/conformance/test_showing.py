"""One case to read, in both languages, and how to ask it by hand; profiles likewise; and what a run says of its progress."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.cli import main
from onestop_core.cli.conformance.progress import ProgressLine
from onestop_core.conformance import Progress
from onestop_core.errors import InvalidValueError
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text
from tests.conformance.test_running import case

ODD = Path(__file__).with_name("odd_adapter.py")
RUDE = Path(__file__).with_name("rude_adapter.py")
EVE = "workdays/tet-2026.add-1-from-eve"


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["conformance", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_case_is_shown_with_its_ground_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "show", EVE)
    assert code == 0
    for words in (EVE, "first-day-not-counted: The first day is not counted", "required", '"2026-02-23"', "(read)"):
        assert words in out
    code, out, _ = told(capsys, "show", EVE, "--lang", "vi")
    for words in (
        "Ngày đầu không tính",
        "bắt buộc",
        "khoản 2 Điều 147 Bộ luật Dân sự số 91/2015/QH13 (đã đọc văn bản)",
        "Câu trả lời đúng",
    ):
        assert words in out
    code, out, _ = told(capsys, "show", EVE, "--format", "json")
    assert (code, json.loads(out)["input"]) == (0, {"date": "2026-02-13", "n": 1})


@pytest.mark.skipif(os.name == "nt", reason="the line is for a POSIX shell")
def test_the_line_to_ask_by_hand_asks(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "show", EVE)
    (line,) = (line.strip() for line in out.splitlines() if line.startswith("  printf"))
    words = shlex.split(line.partition(" | ")[0])[2:]
    command = [sys.executable, str(ODD), "sound"]
    done = subprocess.run(command, input="\n".join(words) + "\n", capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(done.stdout.splitlines()[1]) == {"id": 1, "result": "2026-02-23"}


def test_every_case_can_be_shown() -> None:
    for each in conformance.suite().cases:
        assert each.id in conformance.case_text(each)
        json.dumps(conformance.case_document(each), default=float)


def test_a_case_of_ones_own_is_shown_as_far_as_the_suite_knows_it() -> None:
    dispute = conformance.Dispute(since=date(2026, 11, 26), why=Text(vi="điều 148", en="article 148"))
    own = case(
        "a", id="own/a", area="own", rules=("x",), refused="any", level="recommended", why="mine", disputed=dispute
    )
    shown = conformance.case_text(own, language="vi")
    for words in ("Lĩnh vực", "own", "mine", "26/11/2026: điều 148", "mã nào cũng được", "a law"):
        assert words in shown
    document = conformance.case_document(own)
    assert (document["refused"], document["why"]) == ("any", "mine")
    assert document["disputed"] == {"since": "2026-11-26", "why": {"vi": "điều 148", "en": "article 148"}}
    assert "To be refused, with the code  guard" in conformance.case_text(case("b", refused="guard"))


def test_a_profile_is_shown_as_a_tender_cites_it(capsys: pytest.CaptureFixture[str]) -> None:
    profile = conformance.profile("desk")
    code, out, _ = told(capsys, "show", profile.cited)
    assert (code, profile.cited in out, "Desk software" in out) == (0, True, True)
    code, out, _ = told(capsys, "show", "desk@1", "--lang", "vi", "--format", "json")
    assert json.loads(out)["required_cases"] == len(profile.cases)


@pytest.mark.parametrize("name", ["case_text", "case_document", "profile_text", "profile_document"])
def test_what_is_no_case_and_no_profile_is_refused(name: str) -> None:
    with pytest.raises(InvalidValueError):
        getattr(conformance, name)("desk")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "desks"), "did you mean desk"),
        (("show", "workdays/tet-2026.add-1-from-ev"), f"did you mean {EVE}"),
        (("--case", "workdays/nothing"), "no conformance case"),
        (("--rule", "mak-up"), "did you mean make-up"),
        (("--profile", "dask"), "did you mean desk"),
        (("--profile", "desk@1#sha256:000000000000"), "the digest that this suite has"),
        (("--require", "folow"), "did you mean follow"),
        (("--case", EVE, "--area", "codes"), "some cases prove no area"),
        (("--rule", "make-up", "--profile", "desk"), "some cases prove no area"),
        (("--profile", "desk", "--require", "codes"), "not allowed with"),
    ],
)
def test_a_wrong_use_is_told_with_what_was_meant(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = told(capsys, *arguments)
    assert (code, out, said in err) == (2, "", True)
    code, out, err = told(capsys, *arguments, "--lang", "vi")
    assert (code, out, said in err) == (2, "", False)


def test_single_cases_are_asked_by_id_and_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(capsys, "--case", EVE, "--case", "workdays/tet-2026.add-5-from-eve", "--format", "json")
    document = json.loads(out)
    ensure_valid(document, "conformance-report")
    assert (code, document["verdict"], len(document["cases"])) == (0, "partial", 2)
    command = shlex.join([sys.executable, str(ODD), "sound"])
    code, out, _ = told(capsys, "--rule", "workdays/make-up", "--exec", command, "--timeout", "60", "--format", "json")
    cases = json.loads(out)["cases"]
    assert (code, {case["outcome"] for case in cases}) == (1, {"passed", "unsupported"})
    assert all("make-up" in case["rules"] for case in cases)


def test_a_profile_is_demanded_of_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    command = shlex.join([sys.executable, str(ODD), "sound"])
    code, out, _ = told(capsys, "--profile", "calendar", "--exec", command, "--timeout", "60", "--format", "json")
    document = json.loads(out)
    assert (code, document["verdict"], document["profile"]["name"]) == (1, "partial", "calendar")
    assert document["made_at"].endswith("+07:00")
    code, out, _ = told(capsys, "--require", "is_workday", "--area", "workdays", "--exec", command, "--timeout", "60")
    assert code == 0
    assert told(capsys, "--profile", "calendar")[0] == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steps(seconds: int, each: int = 1_000, total: int = 100) -> list[Progress]:
    count = seconds * 1_000 // each
    return [
        Progress(done=n, total=total, faults=n // 2, milliseconds=n * each, limit=60_000) for n in range(1, count + 1)
    ]


def test_before_the_first_answer_no_pace_is_known() -> None:
    start = Progress(done=0, total=10, faults=0, milliseconds=0, limit=60_000)
    assert (start.left, start.in_time, start.reached) == (0, True, 10)
    late = Progress(done=0, total=10, faults=0, milliseconds=70_000, limit=60_000)
    assert (late.in_time, late.reached) == (False, 0)
    slow = Progress(done=2, total=10, faults=0, milliseconds=5_000, limit=8_000, started=4_000)
    assert (slow.left, slow.in_time, slow.reached) == (4_000, False, 8)  # what it took to start does not come again
    for wrong in (-1, 1.5, True, 10**10, None):
        with pytest.raises(InvalidValueError, match="milliseconds"):
            Progress(done=1, total=2, faults=0, milliseconds=wrong, limit=1)  # type: ignore[arg-type]


def test_on_a_terminal_one_line_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    stream = Terminal()
    line = ProgressLine(stream, language="vi", wanted=False)
    for step in steps(3, each=62):
        line(step)
    line.clear()
    line.clear()
    lines = [each for each in stream.getvalue().split("\r") if each.strip()]
    assert lines[0].rstrip() == "1/100, còn khoảng 6 giây"
    assert lines[-1].rstrip() == "45/100, 22 sự cố, còn khoảng 3 giây"
    assert len(lines) == 12
    assert "\n" not in stream.getvalue()
    assert stream.getvalue().endswith(" \r")


def test_elsewhere_nothing_is_said_unless_it_is_wanted_or_urgent() -> None:
    quiet, asked = io.StringIO(), io.StringIO()
    for step in steps(25, total=50):
        ProgressLine(quiet, language="en", wanted=False)(step)
    line = ProgressLine(asked, language="en", wanted=True)
    for step in steps(25, total=50):
        line(step)
    assert quiet.getvalue() == ""
    assert asked.getvalue().splitlines() == [
        "1/50, about 49 s left", "11/50, 5 faults, about 39 s left", "21/50, 10 faults, about 29 s left",
    ]  # fmt: skip


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_that_the_time_will_not_do_is_said_once_and_early(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    line = ProgressLine(stream, language="en", wanted=False)
    for step in steps(30):
        line(step)
    (warning,) = (each for each in stream.getvalue().replace("\r", "\n").splitlines() if "at this pace" in each)
    assert warning == (
        "6/100, 3 faults: at this pace 60 questions are asked within 60 s; --total and --timeout change that"
    )


def test_what_was_answered_before_an_interrupt_is_printed_in_the_form_that_was_wanted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = conformance.run(conformance.reference(), cases=conformance.suite().of(["codes"])[:3])

    def interrupted(*_: object, **__: object) -> conformance.Report:
        raise conformance.Interrupted(report)

    monkeypatch.setattr(conformance, "run", interrupted)
    code, out, err = told(capsys, "--area", "codes", "--format", "json", "--lang", "vi")
    assert (code, err) == (130, "onestop conformance: đã bị ngắt\n")
    assert conformance.Report.from_dict(json.loads(out)) == report


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_after_ctrl_c_what_was_answered_is_printed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onestop_core", "conformance", "--area", "codes", "--format", "json"]
    rude = shlex.join([sys.executable, "-I", "-S", str(RUDE), "few", str(tmp_path)])
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen([*command, "--exec", rude, "--timeout", "60"], **pipes)  # noqa: S603
    until = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "onestop conformance: interrupted\n")
    report = conformance.Report.from_dict(json.loads(out))
    assert len(report.results) == 3
    required = [case.id for case in conformance.suite().of(["codes"]) if case.counts]
    answered = {result.case for result in report.results}
    assert sum(area.not_asked for area in report.by_area()) == len([each for each in required if each not in answered])
    assert not report.conforms
