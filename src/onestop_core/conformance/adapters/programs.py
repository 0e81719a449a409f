"""Programs in any language under test: questions and answers as JSON, one a line, on standard input and output.

An adapter is first told ``{"hello": "2", "suite": "2.0.0", "digest": "sha256:…"}`` and answers ``{"hello": "2", "name":
"mine", "version": "2.3", "operations": ["is_workday"]}``; what it does not list there is *unsupported*, without a list it
takes everything. Then each line is a question, ``{"id": 7, "operation": "is_workday", "input": {"date":
"2026-02-17"}}``, and the answer one line: ``{"id": 7, "result": false}``, ``{"id": 7, "refused":
"calendar-coverage"}``, ``{"id": 7, "unsupported": true}`` to decline this question, or ``{"id": 7, "error": "..."}`` for a
fault of its own. When its input ends, it ends. What it writes to standard error is for people; the last of it is shown
when it crashes.

An adapter that crashes, keeps silent, answers nonsense or speaks without being asked fails the case that it was asked, as
its own fault, and is started again for the next one; it greets each time as it did the first. Whatever it does, the run
ends: it is a group of processes that is ended as a whole, with what left the group where the system tells of it; what it
writes is held back once there is too much of it, and nobody waits for it to read.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.conformance.demands import plan
from onestop_core.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from onestop_core.conformance.adapters.progress import Progress
    from onestop_core.conformance.demands import Profile
    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.values import Case, Suite

__all__ = ["run_command"]

_MOST_JOBS: Final = 64
_LONGEST_WAIT: Final = 86_400.0
"""A day: no answer and no run takes longer, and no timer is asked for what it cannot count."""


def run_command(
    command: str | Sequence[str],
    areas: Iterable[str] | None = None,
    *,
    timeout: float = 10.0,
    total: float = 1_800.0,
    jobs: int = 1,
    cases: Sequence[Case] | Suite | None = None,
    profile: Profile | str | None = None,
    require: Iterable[str] | None = None,
    seed: int | None = None,
    made_at: datetime | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> Report:
    """Put the cases to a program, and return what came of it.

    Args:
        command: The program with its arguments, as one would type it; run without a shell.
        areas: Names of areas; None for all.
        timeout: Seconds that each answer may take, the greeting included.
        total: Seconds that the whole run may take; what is not asked by then has failed.
        jobs: How many of it run side by side.
        cases: Only these, which proves no area as a whole, or those of a suite of one's own; None for the suite.
        profile: What must conform, as a tender cites it, such as ``desk@1``; its areas are asked.
        require: What must conform: areas, or operations. Without either, the *areas* must, or else every area of
            which the program takes an operation.
        seed: Ask fresh cases made from this number, too: nobody can have looked their answers up.
        made_at: When; the report says so.
        progress: Called after each case with how far the run is.

    Raises:
        UnknownCodeError: there is no such area, operation or profile.
        InvalidValueError: an empty command or one whose quotes do not match, a number that makes no sense, or another
            digest of the profile.
        AdapterError: the program cannot be started, or does not greet as the protocol says.
        Interrupted: somebody interrupted the run; with what was answered until then.
    """
    words = _words(command)
    for what, seconds in (("timeout", timeout), ("total", total)):
        if not _is_wait(seconds):
            most = f"{_LONGEST_WAIT:.0f}"
            raise InvalidValueError.of(what, seconds, vi=f"số giây từ 0 đến {most}", en=f"seconds, 0 to {most}")
    if type(jobs) is not int or not 1 <= jobs <= _MOST_JOBS:
        raise InvalidValueError.of("jobs", jobs, vi=f"số từ 1 đến {_MOST_JOBS}", en=f"a number from 1 to {_MOST_JOBS}")
    wanted = plan(areas, cases, profile=profile, require=require, seed=seed, made_at=made_at)
    if progress is not None and not callable(progress):
        raise InvalidValueError.of("progress", progress, vi="hàm nhận Progress", en="a function that takes Progress")
    from onestop_core.conformance.adapters.conversation import Limits, talk_to  # noqa: PLC0415 - heavy, loaded on first use

    return talk_to(words, wanted, Limits(wait=float(timeout), total=float(total), jobs=jobs), progress)


def _words(command: object) -> list[str]:
    given: object = command
    words: list[Any] | None = None
    if isinstance(command, str):
        with contextlib.suppress(ValueError):
            words = shlex.split(command, posix=os.name != "nt")
    elif isinstance(command, list | tuple):
        words = list(cast("list[Any]", command))
    if not words or not words[0] or not all(isinstance(word, str) and "\0" not in word for word in words):
        raise InvalidValueError.of(
            "command",
            given,
            vi="lệnh cần chạy, dấu nháy khớp từng cặp",
            en="a command to run, its quotation marks in pairs",
        )
    return words


def _is_wait(seconds: object) -> bool:
    return type(seconds) in {int, float} and 0 < cast("float", seconds) <= _LONGEST_WAIT
