"""Programs in any language under test: questions and answers as JSON, one a line, on standard input and output.

An adapter is first told ``{"hello": "1", "suite": "1.0.0"}`` and answers ``{"hello": "1", "name": "mine", "version":
"2.3", "operations": ["is_workday"]}``. Then each line is a question, ``{"id": 7, "operation": "is_workday",
"input": {"date": "2026-02-17"}}``, and the answer one line: ``{"id": 7, "result": false}``, ``{"id": 7, "refused":
"calendar-coverage"}`` or ``{"id": 7, "unsupported": true}``. When its input ends, it ends. What it writes to standard
error is for people; the last of it is shown when it crashes.

An adapter that crashes, keeps silent or answers nonsense fails the case that it was asked, as its own fault, and is
started again for the next one.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import subprocess
import threading
from collections import deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any, Final, Self, cast

from onestop_core.conformance.runner import Answer, judge, report_of
from onestop_core.conformance.suite import Case, suite
from onestop_core.errors import AdapterError, InvalidDocumentError, InvalidValueError
from onestop_core.rules.documents import parse_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.conformance.report import Report, Result

__all__ = ["PROTOCOL", "run_command"]

PROTOCOL: Final = "1"
"""Version of the protocol."""
_LONGEST_LINE: Final = 1_000_000
_PATIENCE: Final = 10
"""Faults in a row after which an adapter is not started again."""
_FAREWELL: Final = 2.0
"""Seconds that an adapter has to end by itself."""


def run_command(
    command: str | Sequence[str],
    areas: Iterable[str] | None = None,
    *,
    timeout: float = 10.0,
    jobs: int = 1,
    cases: Sequence[Case] | None = None,
) -> Report:
    """Put the cases to a program, and return what came of it.

    Args:
        command: The program with its arguments, as one would type it; run without a shell.
        areas: Names of areas; None for all.
        timeout: Seconds that each answer may take, the greeting included.
        jobs: How many of it run side by side.
        cases: Only these; None for all of the areas.

    Raises:
        UnknownCodeError: there is no such area.
        InvalidValueError: an empty command, or a number that makes no sense.
        AdapterError: the program cannot be started, or does not greet as the protocol says.
    """
    words = shlex.split(command, posix=os.name != "nt") if isinstance(command, str) else list(command)
    if not words:
        raise InvalidValueError.of("command", command, vi="lệnh cần chạy", en="a command to run")
    if not (timeout > 0 and 1 <= jobs <= 64):
        raise InvalidValueError.of(
            "timeout, jobs", (timeout, jobs), vi="số giây dương, 1 đến 64 tiến trình", en="seconds, and 1 to 64 jobs"
        )
    wanted = suite().of(areas) if cases is None else cases
    with _Adapter(words, timeout) as greeter:
        greeter.start()
        label = greeter.label
        if jobs == 1:
            return report_of(label, wanted, greeter.run(wanted), suite())

    def share(number: int) -> list[Result]:
        with _Adapter(words, timeout) as adapter:
            return adapter.run(wanted[number::jobs])

    with ThreadPoolExecutor(jobs) as pool:
        shares = list(pool.map(share, range(jobs)))
    return report_of(label, wanted, [shares[n % jobs][n // jobs] for n in range(len(wanted))], suite())


class _Fault(Exception):  # noqa: N818 - never leaves this module
    """The adapter did not do what the protocol says."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


class _Adapter:
    """One running program, started again after each fault."""

    def __init__(self, words: Sequence[str], timeout: float) -> None:
        self.words, self.timeout = words, timeout
        self.label = words[0]
        self.operations: list[str] | None = None
        self.faults = 0
        self.asked = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.errors: deque[str] = deque(maxlen=5)
        self.listener = threading.Thread()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(gently=True)

    def run(self, cases: Iterable[Case]) -> list[Result]:
        """Return a result for each case, whatever the program does."""
        return [judge(case, self.ask(case)) for case in cases]

    def ask(self, case: Case) -> Answer:
        """Return the answer to the question of *case*, or the fault that came instead."""
        if self.faults >= _PATIENCE:
            return Answer(fault="crash", reason=f"not asked: {_PATIENCE} faults in a row")
        try:
            if self.process is None:
                self.greet()
            if self.operations is not None and case.operation not in self.operations:
                return Answer(unsupported=True)
            self.asked += 1
            self.tell({"id": self.asked, "operation": case.operation, "input": case.input})
            answer = self.read_answer(self.hear())
        except _Fault as fault:
            self.faults += 1
            self.stop(gently=False)
            return Answer(fault=fault.kind, reason=fault.reason)
        self.faults = 0
        return answer

    def start(self) -> None:
        """Start the program and greet it.

        Raises:
            AdapterError: it cannot be started, or does not greet.
        """
        try:
            self.greet()
        except _Fault as fault:
            self.stop(gently=False)
            reason = Text(vi=f"không chào theo giao thức: {fault.reason}", en=f"it does not greet: {fault.reason}")
            raise AdapterError(adapter=self.words[0], reason=reason) from None

    def greet(self) -> None:
        try:
            self.process = subprocess.Popen(  # noqa: S603 - the command is the user's own, and no shell reads it
                self.words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except OSError as error:
            reason = Text(vi=f"không chạy được: {error}", en=f"it cannot be started: {error}")
            raise AdapterError(adapter=self.words[0], reason=reason) from None
        self.lines, self.errors = queue.SimpleQueue(), deque(maxlen=5)
        threading.Thread(target=_read_lines, args=(self.process.stdout, self.lines), daemon=True).start()
        self.listener = threading.Thread(target=_read_errors, args=(self.process.stderr, self.errors), daemon=True)
        self.listener.start()
        self.tell({"hello": PROTOCOL, "suite": suite().version})
        greeting = self.hear()
        name, operations = greeting.get("name"), greeting.get("operations")
        if greeting.get("hello") != PROTOCOL or not isinstance(name, str):
            raise _nonsense(f'expected {{"hello": "{PROTOCOL}", "name": ...}}', greeting)
        if operations is not None and not isinstance(operations, list):
            raise _nonsense("operations is not a list", greeting)
        version = greeting.get("version")
        self.label = f"{name} {version}"[:200] if isinstance(version, str) else name[:200]
        self.operations = None if operations is None else [str(each) for each in cast("list[object]", operations)]

    def tell(self, message: Mapping[str, Any]) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        try:
            # Plain ASCII: no program can trip over the encoding of its input.
            self.process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
            self.process.stdin.flush()
        except OSError:
            raise self.ended() from None

    def hear(self) -> Mapping[str, Any]:
        try:
            line = self.lines.get(timeout=self.timeout)
        except queue.Empty:
            raise _Fault("timeout", f"no answer in {self.timeout:g} s") from None
        if not line:
            raise self.ended()
        if len(line) > _LONGEST_LINE:
            raise _nonsense(f"more than {_LONGEST_LINE} bytes in one line", line[:60])
        try:
            message = parse_json(line)
        except InvalidDocumentError as error:
            raise _nonsense(error.problems[0].message, line[:200]) from None
        if not isinstance(message, Mapping):
            raise _nonsense("not an object", message)
        return cast("Mapping[str, Any]", message)

    def read_answer(self, message: Mapping[str, Any]) -> Answer:
        if type(message.get("id")) is not int or message["id"] != self.asked:
            raise _nonsense(f"expected id {self.asked}", message)
        if message.get("unsupported") is True:
            return Answer(unsupported=True)
        refused = message.get("refused")
        if isinstance(refused, str):
            return Answer(refused=refused)
        if "result" not in message:
            raise _nonsense("neither result nor refused nor unsupported", message)
        return Answer(value=message["result"])

    def ended(self) -> _Fault:
        assert self.process is not None
        try:
            code: int | None = self.process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            code = None  # it closed its output and lives on
        self.listener.join(_FAREWELL)
        said = " | ".join(self.errors)
        return _Fault("crash", f"it ended (exit code {code})" + (f": {said}" if said else ""))

    def stop(self, *, gently: bool) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone already
            process.stdin.close()
        try:
            process.wait(_FAREWELL if gently else 0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _read_lines(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Hand on each line; an empty one says that there are no more."""
    with stream:
        while line := stream.readline(_LONGEST_LINE + 1):
            lines.put(line)
    lines.put(b"")


def _read_errors(stream: IO[bytes], errors: deque[str]) -> None:
    with stream:
        while line := stream.readline(1000):
            if shown := line.decode("utf-8", "replace").strip():
                errors.append(shown)


def _nonsense(reason: str, shown: object) -> _Fault:
    return _Fault("nonsense", f"{reason}: {shown!r}"[:500])
