"""Findings of ``onestop check`` in the Static Analysis Results Interchange Format, 2.1.0."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from onestop_core.__about__ import __version__
from onestop_core.cli.catalogue.findings import title_of
from onestop_core.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onestop_core.cli.catalogue.findings import Finding
    from onestop_core.text import Language, Text

__all__ = ["sarif"]

_NO_OTHERS: Final[Mapping[str, tuple[Text, Text]]] = MappingProxyType({})

_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PAGES: Final = {
    "catalogue": "docs/reference/catalogue-rules.md#{}",
    "schema": "docs/explanation/schemas.md",
}
"""Where a rule is explained, by its family: a page of the project's sources. ``helpUri`` wants the address of a host, which a
library has not, so the page is named in the help."""


def sarif(
    found: Sequence[Finding], language: Language, *, others: Mapping[str, tuple[Text, Text]] = _NO_OTHERS
) -> dict[str, Any]:
    """Return *found* as a log of one run; what the catalogue accepts is marked as suppressed, with the reason.

    *others* are rules of elsewhere, each with its title and its basis.
    """
    results = [finding for finding in found if finding.file]
    rules = sorted({finding.problem.rule for finding in results})
    index = {rule: place for place, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "onestop_core",
                "version": __version__,
                "language": language,
                "rules": [_rule(rule, language, others.get(rule)) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.problem.rule], language) for finding in results],
    }
    if more := [finding.words(language) for finding in found if not finding.file]:
        notes = [{"level": "note", "message": {"text": words}} for words in more]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": notes}]
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rule(code: str, language: Language, other: tuple[Text, Text] | None) -> dict[str, Any]:
    """Return what is said of a rule: its title, how grave it is, what it rests on and where it is explained."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    known = next((rule for rule in catalogue.RULES if rule.id == code), None)
    title = (title_of(code) if other is None else other[0]).in_(language)
    family, _, name = code.partition("/")
    said: dict[str, Any] = {"id": code, "shortDescription": {"text": title[:1].upper() + title[1:]}}
    said["defaultConfiguration"] = {"level": _LEVEL[known.severity if known else Severity.ERROR]}
    basis = known.basis.cite().in_(language) if known and known.basis else None
    if other is not None:
        basis = other[1].in_(language)
    page = _PAGES.get(family, "").format(name)
    lines = [f"{said['shortDescription']['text']}."]
    if basis:
        lines.append({"vi": f"Căn cứ: {basis}.", "en": f"Basis: {basis}."}[language])
        said["properties"] = {"basis": basis}
    if page:
        lines.append({"vi": f"Xem {page}.", "en": f"See {page}."}[language])
        said["help"] = {"text": " ".join(lines), "markdown": " ".join([*lines[:-1], f"[{page}]({page})"])}
    else:
        said["help"] = {"text": " ".join(lines)}
    return said


def _result(finding: Finding, index: int, language: Language) -> dict[str, Any]:
    problem = finding.problem
    place = {"physicalLocation": _physical(finding), "logicalLocations": [{"fullyQualifiedName": problem.path}]}
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVEL[problem.severity],
        "message": {"text": finding.words(language)},
        "locations": [place],
    }
    if finding.reason is not None:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": finding.reason}]
    return result


def _physical(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.position:
        location["region"] = {"startLine": finding.position.line, "startColumn": finding.position.column}
    return location


def _uri(name: str) -> str:
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
