"""``onestop check``: every finding about catalogues, for people, programs and continuous integration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.common import CLEAN, FAILED, FINDINGS, add_format, add_language, language_of, print_json
from onestop_core.cli.settings import check_settings
from onestop_core.errors import Problem, Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from onestop_core.text import Language

__all__ = ["register", "run"]

_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def register(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser(
        "check",
        help="check procedure catalogues against the schema and the rules",
        epilog="Exit codes: 0 clean (notes do not count), 1 findings, 2 a file cannot be read.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="catalogue in JSON; a directory: every .json below it")
    for option, said in (("--select", "report only these rules"), ("--ignore", "do not report these rules")):
        parser.add_argument(
            option,
            metavar="RULES",
            type=_listed,
            help=f"{said}: ids or beginnings of ids, separated by commas; "
            f"default: {option[2:]} of [tool.onestop.check] in the nearest pyproject.toml",
        )
    add_format(parser, "text", "json", "sarif", "github")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the files and print what was found."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    found: list[tuple[str, Problem]] = []
    unreadable = False
    for path in _files(options.files):
        try:
            wanted = _wanted(path.parent, options)
            found.extend((str(path), problem) for problem in catalogue.check_file(path, **wanted))
        except OSError as error:
            # The other files are still worth checking.
            print(f"onestop check: {path}: {error.strerror or error}", file=sys.stderr)
            unreadable = True
    match options.format:
        case "json":
            print_json([{"file": name, **problem.to_dict(language=language)} for name, problem in found])
        case "sarif":
            print_json(_sarif(found, language))
        case "github":
            for name, problem in found:
                print(_github(name, problem, language))
        case _:
            for name, problem in found:
                hint = f" ({problem.hint.in_(language)})" if problem.hint else ""
                print(
                    f"{name}: {problem.path}: {problem.severity}: {problem.text.in_(language)}{hint} [{problem.rule}]"
                )
            _summary(found, language)
    if unreadable or any(problem.rule.startswith("json/") for _, problem in found):
        return FAILED
    return FINDINGS if any(problem.severity is not Severity.NOTE for _, problem in found) else CLEAN


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _wanted(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the selection for files in *folder*: what the command line says, else what the project says."""
    given = {"select": options.select, "ignore": options.ignore}
    return {**check_settings(folder), **{name: value for name, value in given.items() if value is not None}}


def _files(names: Iterable[str]) -> list[Path]:
    paths: list[Path] = []
    for name in names:
        path = Path(name)
        paths.extend(sorted(path.rglob("*.json")) if path.is_dir() else [path])
    return paths


def _summary(found: list[tuple[str, Problem]], language: Language) -> None:
    counts = {severity: sum(p.severity is severity for _, p in found) for severity in Severity}
    if language == "vi":
        print(f"{counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo, {counts[Severity.NOTE]} ghi chú")
    else:
        print(f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings, {counts[Severity.NOTE]} notes")


def _github(name: str, problem: Problem, language: Language) -> str:
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    # Property values must also hide what separates properties.
    file = escape(name).replace(":", "%3A").replace(",", "%2C")
    level = _GITHUB_LEVEL[problem.severity]
    message = escape(f"{problem.path}: {problem.text.in_(language)}")
    return f"::{level} file={file},title={escape(problem.rule)}::{message}"


def _sarif(found: list[tuple[str, Problem]], language: Language) -> dict[str, Any]:
    """Return the findings in the Static Analysis Results Interchange Format, 2.1.0."""
    from onestop_core.__about__ import __version__  # noqa: PLC0415

    rules = sorted({problem.rule for _, problem in found})
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
                "results": [
                    {
                        "ruleId": problem.rule,
                        "ruleIndex": rules.index(problem.rule),
                        "level": _SARIF_LEVEL[problem.severity],
                        "message": {"text": problem.text.in_(language)},
                        "locations": [
                            {
                                "physicalLocation": {"artifactLocation": {"uri": _uri(name)}},
                                "logicalLocations": [{"fullyQualifiedName": problem.path}],
                            }
                        ],
                    }
                    for name, problem in found
                ],
            }
        ],
    }


def _uri(name: str) -> str:
    path = Path(name)
    if path.is_absolute():
        return path.as_uri()
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path.as_posix())
