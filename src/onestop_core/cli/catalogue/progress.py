"""One line on a terminal that says how far long work is; nothing in pipes and continuous integration."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["Progress"]


class Progress:
    """The line, rewritten in place and wiped at the end.

    >>> import io
    >>> quiet = io.StringIO()                # not a terminal
    >>> Progress(quiet, total=2).show("a.json")
    >>> quiet.getvalue()
    ''
    """

    def __init__(self, stream: TextIO, *, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._width = 0
        # Runners of continuous integration may offer a terminal that nobody watches.
        self._wanted = stream.isatty() and not os.environ.get("CI")

    def show(self, name: str) -> None:
        """Say that the next piece of work, *name*, begins."""
        self._done += 1
        # A line that wraps could not be rewritten.
        self._write(f"{self._done}/{self._total} {name}"[: shutil.get_terminal_size().columns - 1])

    def clear(self) -> None:
        """Wipe the line, so that other output begins on a clean one."""
        self._write("")

    def _write(self, line: str) -> None:
        if self._wanted and (line or self._width):
            # Blanks, not escape sequences: every console understands them.
            self._stream.write("\r" + line.ljust(self._width) + ("" if line else "\r"))
            self._stream.flush()
            self._width = len(line)
