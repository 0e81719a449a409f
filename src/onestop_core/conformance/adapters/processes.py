"""A running program: what it has said and nobody has read yet, its last words, and its end with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FAREWELL", "LONGEST_LINE", "Process", "TooLongError", "started", "within"]

LONGEST_LINE: Final = 1_000_000
"""Bytes of a line; what is longer is never held."""
FAREWELL: Final = 2.0
"""Seconds that a program has to end by itself."""
_LAST_WORDS: Final = 5_000
"""Bytes of standard error that are kept."""
_MARK: Final = "ONESTOP_CONFORMANCE_RUN"
"""In the environment of a program and of all that it starts, wherever they hide from it."""
_PROCESSES: Final = "/proc"
_SWEEPS: Final = 5
"""How often one looks again for processes that were started while others were being ended."""


class TooLongError(Exception):
    """A line is longer than any answer; it never leaves the room."""


async def started(words: Sequence[str]) -> Process:
    """Start the program.

    Raises:
        OSError: it cannot be started.
    """
    mark = uuid.uuid4().hex
    _, process = await asyncio.get_running_loop().subprocess_exec(
        lambda: Process(mark), *words, start_new_session=True, env={**os.environ, _MARK: mark}
    )
    return process


class Process(asyncio.SubprocessProtocol):
    """One running program."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.said: bytearray = bytearray()
        self.complaints: bytes = b""
        self.speechless: bool = False
        """Whether it closed its output."""
        self.deaf: bool = False
        """Whether it closed its input."""
        self.exit_code: int | None = None
        self.changed: asyncio.Event = asyncio.Event()
        self.exited: asyncio.Event = asyncio.Event()
        self.gone: asyncio.Event = asyncio.Event()
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where it is reached."""
        self.transport = transport

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Keep what it says, and hold it back once that is too much."""
        if fd == 1:
            self.said += data
            if len(self.said) > LONGEST_LINE:
                self.transport.get_pipe_transport(1).pause_reading()  # it waits until somebody has read
            self.changed.set()
        else:
            self.complaints = (self.complaints + data)[-_LAST_WORDS:]

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that it closed its input or output."""
        del exc
        self.deaf |= fd == 0
        self.speechless |= fd == 1
        self.changed.set()

    def process_exited(self) -> None:
        """Note how it ended."""
        self.exit_code = self.transport.get_returncode()
        self.exited.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that nothing of it is left."""
        del exc
        self.gone.set()

    async def line(self) -> bytes:
        """Return the next line that it says; what there is of one where it hears or says no more.

        Raises:
            TooLongError: there is no end of it.
        """
        while True:
            end = self.said.find(b"\n")
            length = len(self.said) if end < 0 else end
            if length > LONGEST_LINE:
                raise TooLongError
            if end >= 0 or self.speechless or self.deaf:
                break
            self.changed.clear()
            await self.changed.wait()
        found = bytes(self.said[: length + 1])
        del self.said[: length + 1]
        self.transport.get_pipe_transport(1).resume_reading()
        return found

    def tell(self, line: bytes) -> None:
        """Hand it a line, without waiting until it reads."""
        if not self.deaf:
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
            await within(FAREWELL, self.exited)
        # Its children too: a script that starts a Java machine is not the machine.
        with contextlib.suppress(OSError):
            _end_group(self.transport.get_pid())
        _end_marked(self.mark)
        # One that hid all the same keeps the other ends of the pipes: they are closed, whatever is still in them.
        if not input_.is_closing():
            input_.abort()
        self.transport.close()
        await within(FAREWELL, self.gone)


def _end_group(pid: int) -> None:
    if hasattr(os, "killpg"):  # Windows has no groups of processes; there the program alone is ended
        os.killpg(pid, signal.SIGKILL)


def _end_marked(mark: str) -> None:
    """End what left the group, on systems that tell of their processes (Linux)."""
    for _ in range(_SWEEPS):
        found = _marked(mark)
        for number in found:
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        if not found:
            return


def _marked(mark: str) -> list[int]:
    wanted = f"{_MARK}={mark}".encode()
    found: list[int] = []
    with contextlib.suppress(OSError):  # a system that does not tell of its processes
        for entry in Path(_PROCESSES).iterdir():
            with contextlib.suppress(OSError):  # it is gone, or somebody else's, or no process
                told = (entry / "environ").read_bytes()  # of one that has ended there is nothing to read
                if wanted in told.split(b"\0"):
                    found.append(int(entry.name))
    return found


async def within(seconds: float, event: asyncio.Event) -> None:
    """Wait for *event*, but no longer than that."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()
