"""``onestop check``: every finding about catalogues, for people, programs and continuous integration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.common import CLEAN, FAILED, FINDINGS, add_format, add_language, language_of, print_json
from onestop_core.cli.findings import Finding, annotation, line, sarif, summary
from onestop_core.cli.settings import check_settings
from onestop_core.errors import InvalidDocumentError, Severity
from onestop_core.rules.documents import MAX_BYTES, parse_json
from onestop_core.rules.positions import locate

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

__all__ = ["register", "run"]


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
    language = language_of(options)
    found: list[Finding] = []
    failed = False
    files = _files(options.files)
    for path in files:
        try:
            found.extend(_findings(path, options))
        except OSError as error:
            # The other files are still worth checking.
            print(f"onestop check: {path}: {error.strerror or error}", file=sys.stderr)
            failed = True
    match options.format:
        case "json":
            print_json([finding.to_dict(language) for finding in found])
        case "sarif":
            print_json(sarif(found, language))
        case "github":
            for finding in found:
                print(annotation(finding, language))
        case _:
            for finding in found:
                print(line(finding, language))
            print(summary(found, language))
    if failed or any(finding.problem.rule.startswith("json/") for finding in found):
        return FAILED
    return FINDINGS if any(finding.problem.severity is not Severity.NOTE for finding in found) else CLEAN


def _findings(path: Path, options: argparse.Namespace) -> Iterator[Finding]:
    """Yield what is wrong in the file *path*, each with its position.

    Raises:
        OSError: the file cannot be read.
    """
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    wanted = _wanted(path.parent, options)
    # Read once: what is placed is what was checked, and a pipe can be read only once.
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    try:
        problems = catalogue.check(parse_json(content), **wanted)
    except InvalidDocumentError as error:
        problems = error.problems
    places = locate(content, problems)
    for problem in problems:
        yield Finding(file=str(path), problem=problem, position=places.get(problem))


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
