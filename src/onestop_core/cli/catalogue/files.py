"""What the commands about catalogues share: the shipped one by its name, findings and changes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.cli.catalogue.findings import severity_text
from onestop_core.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.catalogue import Catalogue, Change
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.positions import Position
    from onestop_core.text import Language

__all__ = ["SHIPPED", "changes_text", "problem_text", "read_catalogue"]

SHIPPED: Final = "shipped"
"""Stands for the catalogue that ships with the library, where a file is asked for; a file of that name is ./shipped."""

_SIGNS: Final = {"better": "+", "worse": "-", "neutral": " "}


def read_catalogue(name: str) -> Catalogue:
    """Return the catalogue in the file *name*, or the shipped one.

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: it holds no catalogue.
    """
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    return catalogue.shipped() if name == SHIPPED else catalogue.load(name)


def problem_text(name: str, problem: Problem, language: Language, *, position: Position | None = None) -> str:
    """Return a finding in one line that editors and terminals turn into a link; its legal basis belongs to it."""
    hint = f" ({problem.hint.in_(language)})" if problem.hint else ""
    basis = f" – {problem.basis.in_(language)}" if problem.basis else ""
    grave = severity_text(problem.severity).in_(language)
    place = name if position is None else f"{name}:{position}"
    return safe.line(f"{place}: {problem.path}: {grave}: {problem.text.in_(language)}{hint}{basis} [{problem.rule}]")


def changes_text(changes: Iterable[Change], language: Language) -> str:
    """Return the changes, a line each that begins with + or - for the better or the worse, and their totals."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    listed = tuple(changes)
    lines = [safe.line(f"{_SIGNS[change.kind.effect]} {change.text.in_(language)}") for change in listed]
    return "\n".join([*lines, *([""] if lines else []), catalogue.totals(listed).text.in_(language)])
