"""Node.js and npm, and the package in JavaScript: found, asked, packed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "src" / "javascript"
HERE: Final = Path(__file__).parent


def program(name: str) -> str:
    """Return where *name* is, or skip."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def module(name: str) -> Path:
    """Return the folder of an npm package that CI installs, or skip."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        if folder and (Path(folder) / name).is_dir():
            return Path(folder) / name
    pytest.skip(f"the npm package {name} is not in NODE_PATH")


def run(command: Sequence[str | Path], *, folder: Path | None = None, given: str = "", zone: str | None = None) -> str:
    """Return what *command* says, which must end well, on a machine in the time *zone*."""
    done = subprocess.run(  # noqa: S603 - our own programs
        list(map(str, command)),
        cwd=folder,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env=os.environ if zone is None else {**os.environ, "TZ": zone},
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def ask(questions: Iterable[dict[str, Any]], *, package: Path = PACKAGE, zone: str | None = None) -> list[Any]:
    """Return the answers of the package to *questions*, from one process."""
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    said = run([program("node"), HERE / "ask.mjs", package], given=lines, zone=zone)
    return [json.loads(line) for line in said.splitlines()]
