"""The command line itself: which commands there are, and what becomes of an error."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

from onestop_core.__about__ import __version__
from onestop_core.cli import calendar, conformance, dossier, due, form06, kpi, schema, tour
from onestop_core.cli.catalogue import check, diff, exchange, overlay
from onestop_core.cli.common import FAILED, language_of
from onestop_core.errors import OnestopError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

__all__ = ["main", "parser"]

_COMMANDS: Final[tuple[ModuleType, ...]] = (
    tour,
    check,
    diff,
    overlay,
    due,
    calendar,
    dossier,
    kpi,
    form06,
    conformance,
    schema,
    exchange,
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="onestop",
        description="One-stop-shop logic for Vietnam: procedures, dossiers, deadlines, scores.",
        epilog="Exit codes: 0 clean, 1 findings, 2 cannot be read or used.",
    )
    top.add_argument("--version", action="version", version=f"onestop_core {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for module in _COMMANDS:
        module.register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (default: those of the process) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must come out whole on a console that would rather have another encoding.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(arguments)
    language = language_of(options)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except OnestopError as error:
        print(f"onestop {options.command}: {error.message.in_(language)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is left to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        print(f"onestop {options.command}: {name}{error.strerror or error}", file=sys.stderr)
        return FAILED
    return code
