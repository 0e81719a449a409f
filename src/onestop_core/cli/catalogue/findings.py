"""Findings of ``onestop check`` as lines for people, annotations for GitHub, and SARIF."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import attrs

from onestop_core.__about__ import __version__
from onestop_core.errors import Problem, Severity
from onestop_core.rules.reading.positions import Position
from onestop_core.text import Text, number, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.text import Language

__all__ = ["Finding", "annotation", "line", "sarif", "severity_text", "summary"]

SUPPRESSED: Final = "catalogue/suppressed"
"""The rule that lists what catalogues accept; named here, since the catalogue is loaded only to check one."""

_SARIF_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_IN_WORDS: Final = {
    Severity.ERROR: Text(vi="lỗi", en="error"),
    Severity.WARNING: Text(vi="cảnh báo", en="warning"),
    Severity.NOTE: Text(vi="ghi chú", en="note"),
}
_GITHUB_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@attrs.frozen(kw_only=True)
class Finding:
    """A problem in a file."""

    file: str
    problem: Problem
    position: Position | None = None
    """Where in the file; None where unknown."""

    def to_dict(self, language: Language) -> dict[str, Any]:
        """Return the finding in JSON types, its words in *language*."""
        at = self.position
        return {
            "file": self.file,
            "line": at.line if at else None,
            "column": at.column if at else None,
            **self.problem.to_dict(language=language),
        }

    def words(self, language: Language) -> str:
        """Return the message, and the hint in brackets."""
        hint = f" ({self.problem.hint.in_(language)})" if self.problem.hint else ""
        return self.problem.text.in_(language) + hint


def severity_text(severity: Severity) -> Text:
    """Return the severity in words.

    >>> severity_text(Severity.WARNING).vi
    'cảnh báo'
    """
    return _IN_WORDS[severity]


def line(finding: Finding, language: Language) -> str:
    """Return one line that editors and terminals turn into a link, as compilers write it.

    >>> problem = Problem(path="$.level", rule="schema/enum", text=Text(vi="sai cấp", en="no such level"))
    >>> line(Finding(file="a.json", problem=problem, position=Position(line=3, column=12)), "en")
    'a.json:3:12: $.level: error: no such level [schema/enum]'
    """
    problem = finding.problem
    place = f"{finding.file}:{finding.position}" if finding.position else finding.file
    grave = severity_text(problem.severity).in_(language)
    return safe.line(f"{place}: {problem.path}: {grave}: {finding.words(language)} [{problem.rule}]")


def summary(found: Sequence[Finding], language: Language, *, suppressions: int = 0) -> str:
    """Return how many findings there are of each severity, and how many *suppressions* the catalogues hold.

    >>> summary([], "vi")
    '0 lỗi, 0 cảnh báo, 0 ghi chú'
    >>> summary([], "en", suppressions=2)
    '0 errors, 0 warnings, 0 notes; 2 suppressions, see --select catalogue/suppressed'
    """
    counts = [number(sum(each.problem.severity is severity for each in found)) for severity in Severity]
    errors, warnings, notes = (count.in_(language) for count in counts)
    if language == "vi":
        rest = f"; {suppressions} chỗ bỏ qua có lý do, xem --select {SUPPRESSED}" if suppressions else ""
        return f"{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú{rest}"
    rest = f"; {suppressions} suppressions, see --select {SUPPRESSED}" if suppressions else ""
    return f"{errors} errors, {warnings} warnings, {notes} notes{rest}"


def annotation(finding: Finding, language: Language) -> str:
    """Return the workflow command that shows the finding beside the line in a pull request on GitHub."""

    def escape(text: str) -> str:
        return safe.line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))

    problem, at = finding.problem, finding.position
    # Property values must also hide what separates properties.
    file = escape(finding.file).replace(":", "%3A").replace(",", "%2C")
    place = f",line={at.line},col={at.column}" if at else ""
    message = escape(f"{problem.path}: {finding.words(language)}")
    return f"::{_GITHUB_LEVEL[problem.severity]} file={file}{place},title={escape(problem.rule)}::{message}"


def sarif(found: Sequence[Finding], language: Language) -> dict[str, Any]:
    """Return the findings in the Static Analysis Results Interchange Format, 2.1.0."""
    rules = sorted({finding.problem.rule for finding in found})
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "onestop_core",
                        "version": __version__,
                        "rules": [{"id": rule} for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": finding.problem.rule,
                        "ruleIndex": rules.index(finding.problem.rule),
                        "level": _SARIF_LEVEL[finding.problem.severity],
                        "message": {"text": finding.words(language)},
                        "locations": [
                            {
                                "physicalLocation": _physical(finding),
                                "logicalLocations": [{"fullyQualifiedName": finding.problem.path}],
                            }
                        ],
                    }
                    for finding in found
                ],
            }
        ],
    }


def _physical(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.position:
        location["region"] = {"startLine": finding.position.line, "startColumn": finding.position.column}
    return location


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
