"""Programs that misbehave on purpose: the run ends, nothing of theirs lives on, memory stays small, CI obeys none."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop_core import conformance
from onestop_core.conformance import demands, formats, run_command
from onestop_core.conformance.adapters import conversation, processes
from onestop_core.errors import AdapterError, InvalidValueError
from onestop_core.model import thaw
from tests.conformance.test_running import case

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and groups of processes are those of POSIX")

RUDE = Path(__file__).with_name("rude_adapter.py")
SOON = 1.5
"""Seconds: enough to start on a busy machine."""
GROUP_ENDS = 10.0


SPEAKS = (
    "it speaks without being asked",
    "it answers without reading the question",
    "more than 1000000 bytes in one line",
)
"""What is said of one that does not wait: which comes first, its words or the question, is a matter of luck."""


def rude(manner: str, folder: Path) -> list[str]:
    return [sys.executable, "-I", "-S", str(RUDE), manner, str(folder)]


def alive(folder: Path) -> set[int]:
    numbers = {int(path.name) for path in folder.iterdir() if path.name.isdigit()}
    assert numbers
    return {number for number in numbers if _runs(number)}


def _runs(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def none_lives_on(folder: Path) -> bool:
    until = time.monotonic() + GROUP_ENDS
    while alive(folder) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(folder)


@pytest.mark.parametrize(
    ("manner", "fault", "said"),
    [
        ("deaf", "nonsense", SPEAKS),
        ("flood", "nonsense", SPEAKS),
        ("chatter", "nonsense", SPEAKS),
        ("complain", "timeout", ("no answer in 1.5 s",)),
        ("hang", "timeout", ("no answer in 1.5 s",)),
        ("hidden", "timeout", ("no answer in 1.5 s",)),
        ("deafened", "crash", ("it closed its input",)),
        ("breed", "timeout", ("no answer in 1.5 s",)),
        ("runaway", "nonsense", SPEAKS),
    ],
)
def test_whatever_it_does_the_run_ends_and_nothing_lives_on(
    tmp_path: Path, manner: str, fault: str, said: tuple[str, ...]
) -> None:
    before = set(threading.enumerate())
    padded = case("long", input={"date": "2026-02-17", "padding": "x" * 300_000})
    conformance.run(object(), cases=[padded])  # what is made once, such as digests, is not the adapter's doing
    tracemalloc.start()
    report = run_command(rude(manner, tmp_path), cases=[padded], timeout=SOON if fault == "timeout" else 60)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (result,) = report.results
    assert result.reason is not None
    assert (result.fault, result.reason.en.startswith(said)) == (fault, True)
    assert none_lives_on(tmp_path)
    begun = [each for each in threading.enumerate() if each not in before and not each.name.startswith("Dummy")]
    for each in begun:
        each.join(timeout=5)  # the machine may be slow to end it, but it ends
    assert [each.name for each in begun if each.is_alive()] == []
    assert peak < 30_000_000


def test_a_program_that_hears_nothing_fails_as_soon_as_the_pipe_is_full(tmp_path: Path) -> None:
    cases = [case(str(number), input={"date": "2026-02-17", "padding": "x" * 3_000}) for number in range(60)]
    report = run_command(rude("deaf", tmp_path), cases=cases, timeout=30)
    first = report.failed[0]
    assert first.reason is not None
    assert first.reason.en.startswith(SPEAKS)
    # Started again it counts from one, which is no answer to the questions that follow.
    assert len(report.passed) < 40
    assert none_lives_on(tmp_path)


def test_whatever_it_does_it_does_not_conform(tmp_path: Path) -> None:
    for manner in ("flood", "hidden", "deafened", "runaway"):
        own = conformance.Suite(version="1", areas=conformance.suite().areas[:1], cases=(case("a"),))
        report = run_command(rude(manner, tmp_path), cases=own, timeout=SOON)
        assert report.verdict == "fails"
    assert none_lives_on(tmp_path)


RAW: list[tuple[bytes, str, str]] = [
    (b'{"id": ID, "result": "\xff\xfe"}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": false}\x00', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": "\\u0000"}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": "\\ud800"}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", "nonsense", "no JSON: "),
    (b'{"id": ID, "result": true, "result": false}', "nonsense", "no JSON: "),
    (b'{"id": ID, "id": 9, "result": false}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": ' + b"9" * 5_000 + b"}", "nonsense", "no JSON: "),
    (b'{"id": ID, "result": 1e9999999999999999999999}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": 1e999999}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": NaN}', "nonsense", "no JSON: "),
    (b'{"id": ID, "result": -Infinity}', "nonsense", "no JSON: "),
    (b"\xef\xbb\xbf" + b'{"id": ID, "result": true}', "", "$: expected false, got true"),
    (b'{"id": ID, "result": true}\r', "", "$: expected false, got true"),
    (b"", "nonsense", "no JSON: "),
    (b'{"id": ID.0, "result": true}', "", "$: expected false, got true"),
    (b'{"id": "ID", "result": false}', "nonsense", "expected id"),
    (b'{"id": ID, "result": false, "refused": "guard"}', "nonsense", "more than one of result, refused"),
    (b'{"id": ID, "result": true, "unsupported": true}', "nonsense", "more than one of"),
    (b'{"id": ID, "unsupported": "yes"}', "nonsense", "none of result, refused, unsupported, error"),
    (b'{"id": ID, "refused": 7}', "nonsense", "none of result"),
    (b'{"id": ID, "refused": 7, "result": null}', "nonsense", "none of result"),
    (
        b'{"id": ID, "error": null, "refused": null, "unsupported": false, "result": true}',
        "",
        "$: expected false, got true",
    ),
    (
        b'{"id": ID, "error": null, "refused": null, "unsupported": false, "result": null}',
        "",
        "$: expected false, got null",
    ),
    (b'{"id": ID, "error": null, "refused": "guard", "result": null}', "", "expected an answer, got the refusal guard"),
    (b'{"id": ID, "error": "boom\\n::error::x"}', "error", "boom\n::error::x"),
    (b'{"id": ID, "error": {"code": -32601, "message": "no such method"}}', "error", '{"code": -32601, "message": "no'),
    (b'{"id": ID, "result": true}\n{"id": ID, "result": false}', "", "$: expected false, got true"),
]


def test_hostile_lines_are_the_adapters_own_fault_or_its_own_answer(tmp_path: Path) -> None:
    cases = [case(str(n), input={"hex": line.hex()}) for n, (line, _, _) in enumerate(RAW)]
    sound = case("sound", input={"hex": b'{"id": ID, "result": false}'.hex()})
    # A sound answer between them: ten faults in a row would end it.
    report = run_command(rude("raw", tmp_path), cases=[each for one in cases for each in (one, sound)], timeout=60)
    told = [(result.fault or "", result.reason.en if result.reason else "") for result in report.results[::2]]
    for (line, fault, said), (found, reason) in zip(RAW, told, strict=True):
        assert (found, reason[: len(said)]) == (fault, said), (line[:60], reason)
    # Only the one who had said more than it was asked is not believed the next time either.
    assert [result.fault for result in report.results[1::2] if result.outcome != "passed"] == ["nonsense"]
    assert conformance.Report.from_dict(json.loads(json.dumps(report.to_dict(), default=str))) == report
    for words in (formats.text(report), formats.text(report, language="vi"), formats.junit(report)):
        assert not [line for line in words.splitlines() if line.lstrip().startswith("::")]


def test_an_error_of_its_own_is_told_as_such_and_it_goes_on(tmp_path: Path) -> None:
    report = run_command(rude("troubled", tmp_path), cases=[case(str(n)) for n in range(12)], timeout=60)
    assert {result.fault for result in report.results} == {"error"}
    reasons = [result.reason and result.reason.en for result in report.results]
    assert reasons[:3] == ['{"code": 7}', "NullPointerException", '{"code": 7}']
    assert len(list(tmp_path.iterdir())) == 1  # started once
    assert report.verdict == "fails"


def test_an_operation_that_hangs_again_and_again_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_PATIENCE", 2)
    cases = [case(str(n), input={"n": n}) for n in range(9)]
    soft = [case("soft", input={"n": 2}, level="recommended", why="a choice")]
    other = [case("other", operation="add_workdays", input={"n": 0})]
    told: list[conformance.Progress] = []
    report = run_command(rude("third", tmp_path), cases=[*soft, *cases, *other], timeout=SOON, progress=told.append)
    faults = [result.fault for result in report.results]
    assert faults == ["timeout", None, None, "timeout", None, None, *["timeout"] * 4, None]
    assert [result.reason.en for result in report.results[7:10] if result.reason] == [
        "not asked: 2 of its operation took too long"
    ] * 3
    assert [(each.done, each.total, each.faults) for each in told][::5] == [(1, 11, 1), (6, 11, 2), (11, 11, 6)]
    assert none_lives_on(tmp_path)


def test_who_claims_less_after_a_fault_is_not_believed(tmp_path: Path) -> None:
    report = run_command(rude("fickle", tmp_path), cases=[case(str(n)) for n in range(3)], timeout=60)
    reasons = [result.reason.en for result in report.failed if result.reason]
    assert reasons[0] == "it ended (exit code 4)"
    assert reasons[1].startswith("it greets otherwise than before: ")
    assert len(report.failed) == 3


def test_a_program_that_hears_no_more_is_told_no_more() -> None:
    process = processes.Process("x")
    process.deaf = True
    process.tell(b"x")  # it has no pipe that could be written to
    assert process.said == b""


def test_one_looks_no_longer_than_sensible_for_what_hides(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def found(mark: str) -> list[int]:
        looked.append(mark)
        return [2**30]  # no process has such a number

    monkeypatch.setattr(processes, "_marked", found)
    processes._end_marked("x")
    assert looked == ["x"] * 5
    monkeypatch.undo()
    monkeypatch.setattr(processes, "_PROCESSES", "/no/such/folder")
    assert processes._marked("x") == []


def interrupts(after: int) -> Callable[[conformance.Progress], None]:
    def progress(so_far: conformance.Progress) -> None:
        if so_far.done == after:
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    return progress


def test_what_was_answered_before_an_interrupt_is_not_lost(tmp_path: Path) -> None:
    cases = [case(str(number), input={"n": 0}) for number in range(500)]
    with pytest.raises(conformance.Interrupted) as caught:
        run_command(rude("third", tmp_path), cases=cases, timeout=60, progress=interrupts(3))
    report = caught.value.report
    assert 3 <= len(report.passed) < 500
    assert len(report.results) == len(report.passed)
    assert report.implementation.version == "##[error]1"
    assert none_lives_on(tmp_path)


def test_an_interrupt_within_a_running_loop(tmp_path: Path) -> None:
    cases = [case(str(number), input={"n": 0}) for number in range(2_000)]

    async def notebook() -> conformance.Report:
        return run_command(rude("third", tmp_path), cases=cases, timeout=60, progress=interrupts(3))

    loop = asyncio.new_event_loop()
    try:
        with pytest.raises(conformance.Interrupted) as caught:
            loop.run_until_complete(notebook())
    finally:
        loop.close()
    assert 3 <= len(caught.value.report.passed) < 2_000
    assert none_lives_on(tmp_path)


def test_an_interrupt_before_the_first_answer_leaves_nothing_to_report() -> None:
    class Stops:
        def is_workday(self, date: str) -> bool:
            if date == "2026-02-18":
                raise KeyboardInterrupt
            return False

    with pytest.raises(KeyboardInterrupt) as caught:
        conformance.run(Stops(), cases=[case("a", input={"date": "2026-02-18"})])
    assert type(caught.value) is KeyboardInterrupt
    with pytest.raises(conformance.Interrupted) as stopped:
        conformance.run(Stops(), cases=[case("a"), case("b", input={"date": "2026-02-18"})])
    assert [result.case for result in stopped.value.report.results] == ["workdays/own.a"]


def test_an_interrupt_before_the_greeting_leaves_nothing_to_report_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(conversation, "started", interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        run_command(rude("echo", tmp_path), cases=[case("a")])
    assert type(caught.value) is KeyboardInterrupt


def test_a_talk_that_has_not_begun_can_be_ended() -> None:
    plan = demands.plan(None, [case("a")])
    conversation._Talk(["true"], plan, conversation.Limits(wait=1.0, total=1.0, jobs=1), None).end()


def test_progress_is_told_to_a_function_or_not_at_all() -> None:
    with pytest.raises(InvalidValueError, match="progress"):
        run_command(["true"], ["codes"], progress=7)  # type: ignore[arg-type]


def test_who_answers_before_it_has_read_the_question_is_not_believed(tmp_path: Path) -> None:
    padded = case("long", input={"date": "2026-02-17", "padding": "x" * 300_000})
    (result,) = run_command(rude("impatient", tmp_path), cases=[padded], timeout=60).results
    assert result.reason is not None
    assert (result.fault, result.reason.en[:39]) == ("nonsense", "it answers without reading the question")


def test_the_whole_run_has_an_end(tmp_path: Path) -> None:
    cases = [case(str(number)) for number in range(5)]
    report = run_command(rude("slow", tmp_path), cases=cases, timeout=SOON, total=SOON)
    reasons = [result.reason for result in report.results]
    assert reasons[0] is None
    assert [reason.en for reason in reasons[2:] if reason] == ["not asked: 1.5 s are over"] * 3
    assert [reason.vi for reason in reasons[2:] if reason] == ["không hỏi nữa: đã hết 1,5 giây"] * 3
    assert none_lives_on(tmp_path)


def test_a_program_that_always_fails_is_left_alone(tmp_path: Path) -> None:
    report = run_command(rude("moody", tmp_path), cases=[case(str(n)) for n in range(12)], timeout=60)
    reasons = [result.reason and result.reason.en for result in report.results]
    assert reasons == ["it ended (exit code 4): in a mood"] * 10 + ["not asked: 10 faults in a row"] * 2


def test_who_does_not_greet_is_ended(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match=r"no answer in 1\.5 s"):
        run_command(rude("mute", tmp_path), cases=[case("a")], timeout=SOON, jobs=3)
    assert none_lives_on(tmp_path)


@pytest.mark.parametrize(("number", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "")])
def test_an_interrupt_ends_the_programs_side_by_side(
    tmp_path: Path, number: signal.Signals, code: int, said: str
) -> None:
    command = [sys.executable, "-m", "onestop_core", "conformance", "--area", "codes", "--jobs", "3"]
    options = ["--exec", shlex.join(rude("breed", tmp_path)), "--timeout", "60"]
    process = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    until = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 6 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(alive(tmp_path)) == 6
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, "", f"onestop conformance: {said}\n" if said else "")
    assert none_lives_on(tmp_path)


def test_every_case_goes_through_a_pipe_as_it_stands_in_its_file(tmp_path: Path) -> None:
    report = run_command(rude("echo", tmp_path), timeout=60)
    assert {result.fault for result in report.results} == {None}
    lines = (tmp_path / "questions").read_text(encoding="ascii").splitlines()
    cases = conformance.suite().cases
    assert len(lines) == len(cases)
    for line, asked in zip(lines, cases, strict=True):
        assert json.loads(line, parse_float=Decimal)["input"] == thaw(asked.input)
    assert any(isinstance(value, Decimal) for value in _leaves([asked.input for asked in cases]))


def _leaves(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return [leaf for each in value for leaf in _leaves(each)]
    if hasattr(value, "values"):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    return [value]


def test_what_a_program_says_of_itself_moves_no_terminal_and_is_no_command(tmp_path: Path) -> None:
    report = run_command(rude("echo", tmp_path), cases=[case("a", input={"date": "\u202e\x1b]0;x\x07\n::error::x"})])
    assert str(report.implementation) == "rude\x1b[31m\n::error::name ##[error]1"
    shown = [
        *(formats.text(report, language=language, rules=True) for language in ("en", "vi")),
        formats.junit(report),
        formats.markdown(report),
        formats.changes_text(conformance.compare(conformance.run(object(), cases=[case("a")]), report)),
    ]
    for words in shown:
        assert words.replace("\n", "").isprintable()
        assert not [line for line in words.splitlines() if line.lstrip().startswith("::")]
        assert "##[" not in words


def test_a_run_within_a_running_loop(tmp_path: Path) -> None:
    async def notebook() -> conformance.Report:
        return run_command(rude("echo", tmp_path), cases=[case("a", expected={"date": "2026-02-17"})])

    assert asyncio.run(notebook()).passed


@pytest.mark.parametrize(
    "command", ["", "   ", "'", 'java "-jar', [], [""], ["a", 1], ["a\0b"], "a\0b", None, 7, b"java", {"a": 1}]
)
def test_a_command_that_is_none_is_refused(command: object) -> None:
    with pytest.raises(InvalidValueError, match="command"):
        run_command(command, ["codes"])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["timeout", "total"])
@pytest.mark.parametrize(
    "seconds", [0, -1, float("nan"), float("inf"), -0.0, 1e10, 1e308, 10**400, True, "5", None, Decimal(5)]
)
def test_seconds_that_make_no_sense_are_refused(name: str, seconds: object) -> None:
    with pytest.raises(InvalidValueError, match=name):
        run_command(["true"], ["codes"], **{name: seconds})  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [0, -1, 65, 10**30, 1.0, True, "2", None])
def test_a_number_of_programs_that_makes_no_sense_is_refused(jobs: object) -> None:
    with pytest.raises(InvalidValueError, match="jobs"):
        run_command(["true"], ["codes"], jobs=jobs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["/no/such/program"], "there is no such program"),
        ([str(RUDE.parent)], "it may not be run"),
        ([str(RUDE.with_name("test_rude_adapters.py"))], "it may not be run"),
        (["true", "x" * 3_000_000], "it cannot be started"),
    ],
)
def test_a_program_that_cannot_be_started_is_named(command: list[str], said: str) -> None:
    with pytest.raises(AdapterError) as caught:
        run_command(command, ["codes"])
    assert (caught.value.reason.en, caught.value.adapter) == (said, command[0])
