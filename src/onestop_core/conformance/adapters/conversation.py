"""A conversation with programs: each is started, asked, listened to and ended, whatever it does."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.conformance.matching import brief
from onestop_core.conformance.runner import Answer, judge, report_of
from onestop_core.conformance.values import Software
from onestop_core.conformance.wire import PROTOCOL, json_text
from onestop_core.errors import AdapterError, InvalidDocumentError
from onestop_core.errors.saying import said
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.conformance.demands import Plan
    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import CaseResult
    from onestop_core.conformance.values import Case

__all__ = ["talk_to"]

_LONGEST_LINE: Final = 1_000_000
_PATIENCE: Final = 10
"""Faults in a row after which an adapter is not started again."""
_FAREWELL: Final = 2.0
"""Seconds that an adapter has to end by itself."""
_LONGEST_ERROR: Final = 500
"""Characters of an error that an adapter tells of itself."""
_LAST_WORDS: Final = 5_000
"""Bytes of standard error that are kept."""


def talk_to(words: list[str], plan: Plan, *, wait: float, total: float, jobs: int) -> Report:
    """Return what the program that *words* start answered to the cases of *plan*; seconds for each and for all of it.

    Raises:
        AdapterError: it cannot be started, or does not greet as the protocol says.
    """
    run = _talk(words, plan, wait=wait, total=total, jobs=jobs)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run)
    # A notebook or a server: its loop is busy with the very call.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, run).result()


async def _talk(words: list[str], plan: Plan, *, wait: float, total: float, jobs: int) -> Report:
    until = asyncio.get_running_loop().time() + total
    adapters = [_Adapter(words, plan, wait=wait, total=total, until=until) for _ in range(jobs)]
    shares: list[asyncio.Task[list[CaseResult]]] = []
    try:
        await adapters[0].start()
        shares = [asyncio.create_task(each.run(plan.cases[n::jobs])) for n, each in enumerate(adapters)]
        results = await asyncio.gather(*shares)
    finally:
        for share in shares:
            share.cancel()
        await asyncio.gather(*shares, return_exceptions=True)
        await asyncio.gather(*(each.stop(gently=False) for each in adapters))
    return report_of(plan, adapters[0].software, [results[n % jobs][n // jobs] for n in range(len(plan.cases))])


class _Fault(Exception):  # noqa: N818 - never leaves this module
    """The adapter did not do what the protocol says."""

    def __init__(self, kind: str, reason: Text) -> None:
        super().__init__(reason.en)
        self.kind, self.reason = kind, reason


class _Process(asyncio.SubprocessProtocol):
    """One running program: what it has said and nobody has read yet, and its last words of complaint."""

    def __init__(self) -> None:
        self.said = bytearray()
        self.complaints = b""
        self.speechless = False
        """Whether it closed its output."""
        self.exit_code: int | None = None
        self.changed, self.exited, self.gone = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == 1:
            self.said += data
            if len(self.said) > _LONGEST_LINE:
                self.transport.get_pipe_transport(1).pause_reading()  # it waits until somebody has read
            self.changed.set()
        else:
            self.complaints = (self.complaints + data)[-_LAST_WORDS:]

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        del exc
        if fd == 1:
            self.speechless = True
            self.changed.set()

    def process_exited(self) -> None:
        self.exit_code = self.transport.get_returncode()
        self.exited.set()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self.gone.set()

    async def line(self) -> bytes:
        """Return the next line that it says; an empty one where it says no more."""
        while True:
            end = self.said.find(b"\n")
            length = len(self.said) if end < 0 else end
            if length > _LONGEST_LINE:
                raise _nonsense(
                    vi=f"một dòng dài hơn {_LONGEST_LINE} byte", en=f"more than {_LONGEST_LINE} bytes in one line"
                )
            if end >= 0 or self.speechless:
                break
            self.changed.clear()
            await self.changed.wait()
        found = bytes(self.said[: length + 1])
        del self.said[: length + 1]
        self.transport.get_pipe_transport(1).resume_reading()
        return found

    def tell(self, line: bytes) -> None:
        """Hand it a line, without waiting until it reads."""
        self.transport.get_pipe_transport(0).write(line)

    @property
    def reads(self) -> bool:
        """Whether it has taken all that it was told."""
        waiting: int = self.transport.get_pipe_transport(0).get_write_buffer_size()
        return waiting == 0

    async def end(self, *, gently: bool) -> None:
        """End it and every process that it has started, and let go of its pipes."""
        input_ = self.transport.get_pipe_transport(0)
        if gently and self.reads:
            input_.close()
            await _within(_FAREWELL, self.exited)
        # Its children too: a script that starts a Java machine is not the machine.
        with contextlib.suppress(OSError):
            _end_group(self.transport.get_pid())
        # One that left the group keeps the other ends of the pipes: they are closed, whatever is still in them.
        if not input_.is_closing():
            input_.abort()
        self.transport.close()
        await _within(_FAREWELL, self.gone)


def _end_group(pid: int) -> None:
    if hasattr(os, "killpg"):  # Windows has no groups of processes; there the program alone is ended
        os.killpg(pid, signal.SIGKILL)


async def _within(seconds: float, event: asyncio.Event) -> None:
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()


class _Adapter:
    """A program under test, started again after each fault."""

    def __init__(self, words: Sequence[str], plan: Plan, *, wait: float, total: float, until: float) -> None:
        self.words, self.plan, self.wait, self.total, self.until = words, plan, wait, total, until
        self.software = Software(name=words[0])
        self.operations: list[str] | None = None
        self.faults = 0
        self.asked = 0
        self.process: _Process | None = None

    async def run(self, cases: Iterable[Case]) -> list[CaseResult]:
        """Return a result for each case, whatever the program does."""
        results = [judge(case, await self.ask(case)) for case in cases]
        await self.stop(gently=True)
        return results

    async def ask(self, case: Case) -> Answer:
        """Return the answer to the question of *case*, or the fault that came instead."""
        if self.faults >= _PATIENCE:
            reason = Text(
                vi=f"không hỏi nữa: {_PATIENCE} sự cố liên tiếp", en=f"not asked: {_PATIENCE} faults in a row"
            )
            return Answer(fault="crash", reason=reason)
        if self.remaining() <= 0:
            took = _seconds(self.total)
            reason = Text(vi=f"không hỏi nữa: đã hết {took.vi}", en=f"not asked: {took.en} are over")
            return Answer(fault="timeout", reason=reason)
        try:
            process = self.process or await self.greet()
            if self.operations is not None and case.operation not in self.operations:
                return Answer(unsupported=True)
            self.asked += 1
            message = {"id": self.asked, "operation": case.operation, "input": case.input}
            begun = asyncio.get_running_loop().time()
            answer = self.read_answer(await self.exchange(process, message))
            answer = attrs.evolve(answer, milliseconds=round((asyncio.get_running_loop().time() - begun) * 1000))
        except _Fault as fault:
            self.faults += 1
            await self.stop(gently=False)
            return Answer(fault=fault.kind, reason=fault.reason)
        self.faults = 0
        return answer

    def remaining(self) -> float:
        """Return the seconds that the run still has."""
        return self.until - asyncio.get_running_loop().time()

    async def start(self) -> None:
        """Start the program and greet it.

        Raises:
            AdapterError: it cannot be started, or does not greet.
        """
        try:
            await self.greet()
        except _Fault as fault:
            reason = fault.reason
            if fault.kind != "absent":
                reason = Text(vi=f"không chào theo giao thức: {reason.vi}", en=f"it does not greet: {reason.en}")
            raise AdapterError(adapter=self.words[0], reason=reason) from None

    async def greet(self) -> _Process:
        loop = asyncio.get_running_loop()
        try:
            _, self.process = await loop.subprocess_exec(_Process, *self.words, start_new_session=True)
        except OSError as error:
            raise _Fault("absent", _not_started(error)) from None
        of = self.plan.suite
        greeting = await self.exchange(self.process, {"hello": PROTOCOL, "suite": of.version, "digest": of.digest})
        name, operations = greeting.get("name"), greeting.get("operations")
        if greeting.get("hello") != PROTOCOL or not isinstance(name, str):
            wanted = f'{{"hello": "{PROTOCOL}", "name": ...}}'
            raise _nonsense(greeting, vi=f"cần {wanted}", en=f"expected {wanted}")
        if operations is not None and not isinstance(operations, list):
            raise _nonsense(greeting, vi="operations không phải danh sách", en="operations is not a list")
        more = {
            key: given[:200] for key in ("version", "build", "tables") if isinstance(given := greeting.get(key), str)
        }
        self.software = Software(name=name[:200], command=shlex.join(self.words)[:2000], **more)
        self.operations = None if operations is None else [str(each) for each in cast("list[object]", operations)]
        return self.process

    async def exchange(self, process: _Process, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell *process* one line, and return the line that it says."""
        # Plain ASCII: no program can trip over the encoding of its input.
        process.tell(json_text(message, ascii_only=True).encode("ascii") + b"\n")
        seconds = min(self.wait, max(self.remaining(), 0.0))
        try:
            async with asyncio.timeout(seconds):
                line = await process.line()
        except TimeoutError:
            took = _seconds(seconds)
            raise _Fault("timeout", Text(vi=f"không trả lời trong {took.vi}", en=f"no answer in {took.en}")) from None
        if not line:
            raise await _ended(process)
        if not process.reads:
            raise _nonsense(line[:60], vi="trả lời mà không đọc câu hỏi", en="it answers without reading the question")
        try:
            answer = parse_json(line)
        except InvalidDocumentError as error:
            problem = error.problems[0].text
            raise _nonsense(line[:200], vi=problem.vi, en=problem.en) from None
        if not isinstance(answer, Mapping):
            raise _nonsense(answer, vi="không phải đối tượng JSON", en="not an object")
        return cast("Mapping[str, Any]", answer)

    def read_answer(self, message: Mapping[str, Any]) -> Answer:
        if type(message.get("id")) is not int or message["id"] != self.asked:
            raise _nonsense(message, vi=f"cần id {self.asked}", en=f"expected id {self.asked}")
        if message.get("unsupported") is True:
            return Answer(declined=True)
        error = message.get("error")
        if isinstance(error, str):
            words = error[:_LONGEST_ERROR]
            return Answer(fault="error", reason=said(vi=words, en=words))
        refused = message.get("refused")
        if isinstance(refused, str):
            return Answer(refused=refused)
        if "result" not in message:
            wanted = "result, refused, unsupported, error"
            raise _nonsense(message, vi=f"thiếu một trong: {wanted}", en=f"none of {wanted}")
        return Answer(value=message["result"])

    async def stop(self, *, gently: bool) -> None:
        """End the program, if it runs."""
        process, self.process = self.process, None
        if process is not None:
            await process.end(gently=gently)


async def _ended(process: _Process) -> _Fault:
    await _within(_FAREWELL, process.exited)
    lines = [line.strip() for line in process.complaints.decode("utf-8", "replace").splitlines()]
    last = " | ".join([line for line in lines if line][-5:])
    words = f": {last}" if last else ""
    code = process.exit_code
    if code is None:  # it closed its output and lives on
        return _Fault("crash", said(vi=f"nó đóng đầu ra{words}", en=f"it closed its output{words}"))
    return _Fault("crash", said(vi=f"nó kết thúc (mã {code}){words}", en=f"it ended (exit code {code}){words}"))


def _not_started(error: OSError) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text(vi="không tìm thấy chương trình", en="there is no such program")
    if isinstance(error, PermissionError):
        return Text(vi="không có quyền chạy", en="it may not be run")
    return Text(vi="không chạy được", en="it cannot be started")


def _seconds(seconds: float) -> Text:
    shown = number(Decimal(str(round(seconds, 3))))
    return Text(vi=f"{shown.vi} giây", en=f"{shown.en} s")


_NOTHING: Final = object()


def _nonsense(shown: object = _NOTHING, *, vi: str, en: str) -> _Fault:
    if shown is _NOTHING:
        return _Fault("nonsense", Text(vi=vi, en=en))
    seen = repr(shown) if isinstance(shown, bytes) else brief(shown)
    return _Fault("nonsense", said(vi=f"{vi}: {seen}", en=f"{en}: {seen}"))
