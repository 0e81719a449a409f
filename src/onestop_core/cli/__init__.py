"""The ``onestop`` command: a thin skin over the library, one module a command.

Exit codes are the same everywhere: 0 done and clean; 1 findings or a disagreement; 2 the input cannot be
read or used, or the command line is wrong; 130 interrupted. Malformed input ends with one message on standard error.

``commands`` is the command line itself; ``shell`` what commands share: arguments in two languages, files, where output goes.

A command each: ``tour``, ``dossier``, ``duties``, ``schema``; rooms of them: ``catalogue``, ``conformance``, ``deadlines`` (due, verify,
calendar), ``desk`` (form, triage), ``kpi`` (kpi, form06), ``lab``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (default: those of the process) and return its exit code.

    >>> main(["schema", "catalog"])
    2
    """
    try:
        from onestop_core.cli.commands import run  # noqa: PLC0415 - an interrupt may come while it loads
    except KeyboardInterrupt:
        return 130
    return run(arguments)
