"""A conversation with programs: each is started, asked, listened to and ended, whatever it does."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.conformance.adapters import processes
from onestop_core.conformance.adapters.processes import LONGEST_LINE, Process, TooLongError, started, within
from onestop_core.conformance.adapters.progress import Progress
from onestop_core.conformance.matching import brief
from onestop_core.conformance.runner import Answer, Interrupted, judge, report_of
from onestop_core.conformance.values import Software
from onestop_core.conformance.wire import PROTOCOL, json_text
from onestop_core.errors import AdapterError, InvalidDocumentError
from onestop_core.errors.saying import said
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onestop_core.conformance.demands import Plan
    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import CaseResult
    from onestop_core.conformance.values import Case

__all__ = ["Limits", "talk_to"]

_PATIENCE: Final = 10
"""Faults in a row after which an adapter is not started again, and required questions of an operation that may hang."""
_LONGEST_ERROR: Final = 500
"""Characters of an error that an adapter tells of itself."""


@attrs.frozen(kw_only=True)
class Limits:
    """What a run may take."""

    wait: float
    """Seconds for each answer."""
    total: float
    """Seconds for all of them."""
    jobs: int
    """Programs side by side."""


def talk_to(
    words: list[str], plan: Plan, limits: Limits, progress: Callable[[Progress], object] | None = None
) -> Report:
    """Return what the program that *words* start answered to the cases of *plan*.

    Raises:
        AdapterError: it cannot be started, or does not greet as the protocol says.
        Interrupted: somebody interrupted it; with what was answered until then.
    """
    talk = _Talk(words, plan, limits, progress)
    try:
        _hold(talk)
    except KeyboardInterrupt:
        if not talk.results:
            raise
        raise Interrupted(talk.report()) from None
    return talk.report()


def _hold(talk: _Talk) -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(talk.hold())
        return
    # A notebook or a server: its loop is busy with the very call.
    with ThreadPoolExecutor(1) as aside:
        done = aside.submit(asyncio.run, talk.hold())
        try:
            done.result()
        except KeyboardInterrupt:
            talk.end()
            raise


class _Talk:
    """One run: several adapters take the questions in turn; what came of them is kept as it comes."""

    def __init__(
        self, words: list[str], plan: Plan, limits: Limits, progress: Callable[[Progress], object] | None
    ) -> None:
        self.words, self.plan, self.limits, self.progress = words, plan, limits, progress
        self.results: dict[int, CaseResult] = {}
        self.greeting: _Greeting | None = None
        """What the first of them said of itself: the others say the same, however often they are started."""
        self.faults = 0
        self.begun = 0.0
        self.started = 0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.task: asyncio.Task[None] | None = None
        self.hanging: dict[str, int] = {}
        """Required questions of each operation on which no answer came in time."""

    async def hold(self) -> None:
        """Ask everything.

        Raises:
            AdapterError: the program cannot be started, or does not greet.
        """
        self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
        self.begun = self.loop.time()
        adapters = [_Adapter(self) for _ in range(self.limits.jobs)]
        shares: list[asyncio.Task[None]] = []
        try:
            await adapters[0].start()
            self.started = self.milliseconds()
            waiting = iter(enumerate(self.plan.cases))
            shares = [asyncio.create_task(each.run(waiting)) for each in adapters]
            await asyncio.gather(*shares)
        finally:
            for share in shares:
                share.cancel()
            await asyncio.gather(*shares, return_exceptions=True)
            await asyncio.gather(*(each.stop(gently=False) for each in adapters))

    def end(self) -> None:
        """End it, from another thread."""
        if self.loop is not None and self.task is not None:
            with contextlib.suppress(RuntimeError):  # it has just ended
                self.loop.call_soon_threadsafe(self.task.cancel)

    def milliseconds(self) -> int:
        """Return how long it has taken so far."""
        return round((asyncio.get_running_loop().time() - self.begun) * 1000)

    def remaining(self) -> float:
        """Return the seconds that the run still has."""
        return self.begun + self.limits.total - asyncio.get_running_loop().time()

    def keep(self, place: int, result: CaseResult) -> None:
        """Keep a result, and tell how far the run is."""
        self.results[place] = result
        self.faults += result.fault is not None
        if result.fault == "timeout" and result.counts:
            self.hanging[result.operation] = self.hanging.get(result.operation, 0) + 1
        if self.progress is not None:
            self.progress(
                Progress(
                    done=len(self.results),
                    total=len(self.plan.cases),
                    faults=self.faults,
                    milliseconds=self.milliseconds(),
                    limit=round(self.limits.total * 1000),
                    started=self.started,
                )
            )

    def report(self) -> Report:
        """Return the report of what came so far."""
        software = Software(name=self.words[0]) if self.greeting is None else self.greeting.software
        return report_of(self.plan, software, [self.results[place] for place in sorted(self.results)])


@attrs.frozen(kw_only=True)
class _Greeting:
    software: Software
    operations: frozenset[str] | None


class _Fault(Exception):  # noqa: N818 - never leaves this module
    """The adapter did not do what the protocol says."""

    def __init__(self, kind: str, reason: Text) -> None:
        super().__init__(reason.en)
        self.kind, self.reason = kind, reason


class _Adapter:
    """A program under test, started again after each fault."""

    def __init__(self, talk: _Talk) -> None:
        self.talk = talk
        self.faults = 0
        self.asked = 0
        self.process: Process | None = None

    async def run(self, waiting: Iterator[tuple[int, Case]]) -> None:
        """Ask what nobody has asked yet, whatever the program does."""
        for place, case in waiting:
            self.talk.keep(place, judge(case, await self.ask(case)))
        await self.stop(gently=True)

    async def ask(self, case: Case) -> Answer:
        """Return the answer to the question of *case*, or the fault that came instead."""
        if (left := self.left_alone(case)) is not None:
            return left
        try:
            process = self.process or await self.greet()
            greeting = self.talk.greeting
            if greeting is not None and greeting.operations is not None and case.operation not in greeting.operations:
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

    def left_alone(self, case: Case) -> Answer | None:
        """Return the fault that stands for an answer where the question is not put."""
        if self.faults >= _PATIENCE:
            vi, en = f"{_PATIENCE} sự cố liên tiếp", f"{_PATIENCE} faults in a row"
            return Answer(fault="crash", reason=Text(vi=f"không hỏi nữa: {vi}", en=f"not asked: {en}"))
        if self.talk.hanging.get(case.operation, 0) >= _PATIENCE:
            vi, en = f"{_PATIENCE} câu của phép tính này quá thời gian", f"{_PATIENCE} of its operation took too long"
            return Answer(fault="timeout", reason=Text(vi=f"không hỏi nữa: {vi}", en=f"not asked: {en}"))
        if self.talk.remaining() <= 0:
            took = _seconds(self.talk.limits.total)
            reason = Text(vi=f"không hỏi nữa: đã hết {took.vi}", en=f"not asked: {took.en} are over")
            return Answer(fault="timeout", reason=reason)
        return None

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
            raise AdapterError(adapter=self.talk.words[0], reason=reason) from None

    async def greet(self) -> Process:
        try:
            self.process = await started(self.talk.words)
        except OSError as error:
            raise _Fault("absent", _not_started(error)) from None
        of = self.talk.plan.suite
        said = await self.exchange(self.process, {"hello": PROTOCOL, "suite": of.version, "digest": of.digest})
        greeting = _greeting(said, self.talk.words)
        if self.talk.greeting is None:
            self.talk.greeting = greeting
        elif greeting != self.talk.greeting:
            raise _nonsense(said, vi="chào khác lần trước", en="it greets otherwise than before")
        return self.process

    async def exchange(self, process: Process, message: Mapping[str, Any]) -> Mapping[str, Any]:
        """Tell *process* one line, and return the line that it says."""
        if process.said:
            raise _nonsense(bytes(process.said[:60]), vi="nói khi chưa được hỏi", en="it speaks without being asked")
        # Plain ASCII: no program can trip over the encoding of its input.
        process.tell(json_text(message, ascii_only=True).encode("ascii") + b"\n")
        seconds = min(self.talk.limits.wait, max(self.talk.remaining(), 0.0))
        try:
            async with asyncio.timeout(seconds):
                line = await process.line()
        except TimeoutError:
            took = _seconds(seconds)
            raise _Fault("timeout", Text(vi=f"không trả lời trong {took.vi}", en=f"no answer in {took.en}")) from None
        except TooLongError:
            most = LONGEST_LINE
            raise _nonsense(vi=f"một dòng dài hơn {most} byte", en=f"more than {most} bytes in one line") from None
        if not line:
            raise await _ended(process)
        if not process.reads:
            raise _nonsense(line[:60], vi="trả lời mà không đọc câu hỏi", en="it answers without reading the question")
        try:
            answer = parse_json(line)
        except InvalidDocumentError:
            # Which rule of JSON it breaks every runner would say in other words; the line itself says it best.
            raise _nonsense(line[:200], vi="không phải JSON", en="no JSON") from None
        if not isinstance(answer, Mapping):
            raise _nonsense(answer, vi="không phải đối tượng JSON", en="not an object")
        return cast("Mapping[str, Any]", answer)

    def read_answer(self, message: Mapping[str, Any]) -> Answer:
        if type(message.get("id")) is not int or message["id"] != self.asked:
            raise _nonsense(message, vi=f"cần id {self.asked}", en=f"expected id {self.asked}")
        # Many writers of JSON put null, or false, where there is nothing.
        given = {key: value for key in _ANSWERS if (value := message.get(key)) is not None and value is not False}
        if message.get("result") is False:
            given["result"] = False
        wanted = ", ".join(_ANSWERS)
        if len(given) > 1:
            raise _nonsense(message, vi=f"nhiều hơn một trong: {wanted}", en=f"more than one of {wanted}")
        match given:
            case {"unsupported": True}:
                return Answer(declined=True)
            case {"error": error}:
                words = (error if isinstance(error, str) else brief(error))[:_LONGEST_ERROR]
                return Answer(fault="error", reason=said(vi=words, en=words))
            case {"refused": str(refused)}:
                return Answer(refused=refused)
            case _ if "result" in message and set(given) <= {"result"}:
                return Answer(value=message["result"])
            case _:
                raise _nonsense(message, vi=f"thiếu một trong: {wanted}", en=f"none of {wanted}")

    async def stop(self, *, gently: bool) -> None:
        """End the program, if it runs."""
        process, self.process = self.process, None
        if process is not None:
            await process.end(gently=gently)


_ANSWERS: Final = ("result", "refused", "unsupported", "error")


def _greeting(said: Mapping[str, Any], words: Sequence[str]) -> _Greeting:
    name, operations = said.get("name"), said.get("operations")
    if said.get("hello") != PROTOCOL or not isinstance(name, str) or not name.strip():
        wanted = f'{{"hello": "{PROTOCOL}", "name": ...}}'
        raise _nonsense(said, vi=f"cần {wanted}", en=f"expected {wanted}")
    listed = cast("list[object]", operations) if isinstance(operations, list) else []
    if operations is not None and not (isinstance(operations, list) and all(isinstance(each, str) for each in listed)):
        raise _nonsense(said, vi="operations không phải danh sách tên", en="operations is not a list of names")
    more = {
        key: given[:200] for key in ("version", "build", "tables") if isinstance(given := said.get(key), str) and given
    }
    return _Greeting(
        software=Software(name=name[:200], command=shlex.join(words)[:2000], **more),
        operations=None if operations is None else frozenset(str(each) for each in listed),
    )


async def _ended(process: Process) -> _Fault:
    await within(processes.FAREWELL, process.exited)
    lines = [line.strip() for line in process.complaints.decode("utf-8", "replace").splitlines()]
    last = " | ".join([line for line in lines if line][-5:])
    words = f": {last}" if last else ""
    code = process.exit_code
    if code is None and process.deaf and not process.speechless:
        return _Fault("crash", said(vi=f"nó đóng đầu vào{words}", en=f"it closed its input{words}"))
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
