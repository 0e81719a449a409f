"""How far a run is, on standard error: a line that is rewritten on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from onestop_core.text import Language, Text, number

if TYPE_CHECKING:
    from typing import TextIO

    from onestop_core.conformance import Progress

__all__ = ["ProgressLine"]

_SMOOTH: Final = 200
"""Milliseconds between two lines on a terminal."""
_SELDOM: Final = 10_000
"""Milliseconds between two lines elsewhere, and at most until a pace is told."""


class ProgressLine:
    """Says how far a run is; and once, wherever it is printed, that its time will not do.

    >>> import io
    >>> from onestop_core.conformance import Progress
    >>> log = io.StringIO()                # not a terminal
    >>> say = ProgressLine(log, language="en", wanted=False)
    >>> say(Progress(done=30, total=3_000, faults=0, milliseconds=2_000, limit=1_800_000))
    >>> say(Progress(done=40, total=3_000, faults=10, milliseconds=60_000, limit=1_800_000))
    >>> print(log.getvalue(), end="")
    40/3,000, 10 faults: at this pace 1,200 questions are asked within 1,800 s; --total and --timeout change that
    """

    def __init__(self, stream: TextIO, *, language: Language, wanted: bool) -> None:
        self._stream = stream
        self._language: Language = language
        # Runners of continuous integration may offer a terminal that nobody watches.
        self._rewrites = stream.isatty() and not os.environ.get("CI")
        self._wanted = wanted or self._rewrites
        self._last = -_SELDOM
        self._warned = False
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        """Say it, if it is time to."""
        early = min(_SELDOM, progress.limit // 10)
        if not self._warned and not progress.in_time and progress.milliseconds >= early and progress.done > 2:
            self._warned = True
            self.clear()
            self._say(_too_slow(progress))
        if self._wanted and progress.milliseconds - self._last >= (_SMOOTH if self._rewrites else _SELDOM):
            self._last = progress.milliseconds
            self._say(_so_far(progress), rewrites=self._rewrites)

    def clear(self) -> None:
        """Wipe the line, so that other output begins on a clean one."""
        if self._width:
            # Blanks, not escape sequences: every console understands them.
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def _say(self, words: Text, *, rewrites: bool = False) -> None:
        line = words.in_(self._language)
        if rewrites:
            line = line[: shutil.get_terminal_size().columns - 1]  # one that wraps could not be rewritten
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()


def _so_far(progress: Progress) -> Text:
    counted, left = _counted(progress), number(round(progress.left / 1000))
    return Text(vi=f"{counted.vi}, còn khoảng {left.vi} giây", en=f"{counted.en}, about {left.en} s left")


def _too_slow(progress: Progress) -> Text:
    counted, reached = _counted(progress), number(progress.reached)
    limit = number(round(progress.limit / 1000))
    return Text(
        vi=f"{counted.vi}: với tốc độ này chỉ hỏi được {reached.vi} câu trong {limit.vi} giây; đổi bằng --total, --timeout",
        en=f"{counted.en}: at this pace {reached.en} questions are asked within {limit.en} s; --total and --timeout change that",
    )


def _counted(progress: Progress) -> Text:
    done, total, faults = (number(each) for each in (progress.done, progress.total, progress.faults))
    return Text(
        vi=f"{done.vi}/{total.vi}" + (f", {faults.vi} sự cố" if progress.faults else ""),
        en=f"{done.en}/{total.en}" + (f", {faults.en} faults" if progress.faults else ""),
    )
