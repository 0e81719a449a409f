"""``onestop check``: every finding about catalogues, for people, programs and continuous integration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.cli.catalogue.findings import Finding, annotation, line, sarif, summary
from onestop_core.cli.catalogue.progress import Progress
from onestop_core.cli.catalogue.settings import check_settings
from onestop_core.cli.catalogue.sources import Source, gather
from onestop_core.cli.shell.common import CLEAN, FAILED, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file, trouble
from onestop_core.errors import InvalidDocumentError, MissingExtraError, OnestopError, Severity
from onestop_core.rules.reading.documents import MAX_BYTES, parse_json
from onestop_core.rules.reading.positions import locate
from onestop_core.text import safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.text import Language

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "check",
        help=say(
            vi="kiểm tra danh mục thủ tục theo lược đồ và quy tắc",
            en="check procedure catalogues against the schema and the rules",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 không có lỗi (không tính ghi chú), 1 có phát hiện, 2 có tệp không đọc được, hoặc không có gì để kiểm tra.",
            en="Exit codes: 0 clean (notes do not count), 1 findings, 2 a file cannot be read, or nothing to check.",
        ),
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="danh mục dạng JSON, hoặc thư mục chứa danh mục",
            en="catalogue in JSON, or a directory with catalogues below it",
        ),
    )
    for option, said in (
        ("--select", say(vi="chỉ báo các quy tắc này", en="report only these rules")),
        ("--ignore", say(vi="không báo các quy tắc này", en="do not report these rules")),
    ):
        how = say(
            vi="mã hoặc phần đầu của mã, cách nhau bằng dấu phẩy; nếu không nêu: theo [tool.onestop.check] của "
            "pyproject.toml gần nhất",
            en="ids or beginnings of ids, separated by commas; default: as [tool.onestop.check] of the nearest "
            "pyproject.toml says",
        )
        parser.add_argument(option, metavar=say(vi="QUY-TẮC", en="RULES"), type=_listed, help=f"{said}: {how}")
    add_format(parser, "text", "json", "sarif", "github")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the files and print what was found."""
    language = language_of(options)
    failed: list[str] = []
    found: list[Finding] = []
    suppressions = 0
    # Not to be wiped by what comes after, messages are printed at the end, in the order of the files.
    sources = gather(options.files, unreadable=lambda error: failed.append(_said(error, "", language)))
    left_out: list[Source] = []
    progress = Progress(sys.stderr, total=len(sources))
    validator = _fast_validator()
    try:
        for source in sources:
            progress.show(safe.line(str(source.path)))
            try:
                checked = _checked(source, options, validator)
            except OSError as error:
                # The other files are still worth checking.
                failed.append(_said(error, str(source.path), language))
            except OnestopError as error:
                failed.append(error.message.in_(language))  # of the selection, or of the settings of its project
            else:
                if checked is None:
                    left_out.append(source)
                else:
                    found.extend(checked.findings)
                    suppressions += checked.suppressions
    finally:
        progress.clear()
    failed.extend(_without_catalogue(options.files, sources, left_out, language))
    for source in left_out:
        said = {
            "vi": "không phải danh mục (không có procedures), bỏ qua",
            "en": "no catalogue (no procedures), left out",
        }
        print(safe.line(f"onestop check: {source.path}: {said[language]}"), file=sys.stderr)
    for message in dict.fromkeys(failed):
        print(safe.terminal(f"onestop check: {message}"), file=sys.stderr)
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
            print(summary(found, language, suppressions=suppressions))
    if failed or any(finding.problem.rule.startswith("json/") for finding in found):
        return FAILED
    return FINDINGS if any(finding.problem.severity is not Severity.NOTE for finding in found) else CLEAN


def _fast_validator() -> Callable[[Any], bool] | None:
    """Return what spares most of the time, if it is installed; the findings are the same."""
    try:
        from onestop_core.ext import speed  # noqa: PLC0415 - optional
    except MissingExtraError:
        return None
    return speed.validator()


@attrs.frozen
class _Checked:
    """What a file came to."""

    findings: list[Finding]
    suppressions: int
    """How many there are in the file."""


def _checked(source: Source, options: argparse.Namespace, validator: Callable[[Any], bool] | None) -> _Checked | None:
    """Return what is wrong in a file, each with its position; None if nobody says that it is a catalogue.

    Raises:
        OSError: the file cannot be read.
    """
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    wanted = _wanted(source.path.parent, options)
    # Read once: what is placed is what was checked, and a pipe can be read only once.
    with Path(input_file(str(source.path))).open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    try:
        document = parse_json(content)
    except InvalidDocumentError as error:
        problems, suppressions = error.problems, 0
    else:
        if source.found_in is not None and not (isinstance(document, dict) and "procedures" in document):
            return None
        # Counted in the summary, so none is left out.
        problems = catalogue.check(document, **wanted, validator=validator, most=None)
        suppressions = _suppressions(document)
    places = locate(content, problems)
    findings = [Finding(file=str(source.path), problem=each, position=places.get(each)) for each in problems]
    return _Checked(findings, suppressions)


def _suppressions(document: Any) -> int:
    from onestop_core.catalogue.structure import is_list, is_object  # noqa: PLC0415 - only the command that runs is loaded

    held = document.get("suppressions") if is_object(document) else None
    return len(held) if is_list(held) else 0


def _said(error: OSError, name: str, language: Language) -> str:
    return safe.line(f"{name or error.filename}: {trouble(error).in_(language)}")


def _without_catalogue(
    names: Iterable[str], sources: Iterable[Source], left_out: Iterable[Source], language: Language
) -> Iterator[str]:
    """Yield a message for each directory that came to nothing: a misspelt name must not pass for clean."""
    checked = set(sources).difference(left_out)
    for name in dict.fromkeys(names):
        folder = Path(name)
        if folder.is_dir() and not any(folder in source.path.parents for source in checked):
            yield f"{name}: " + {"vi": "không có danh mục nào", "en": "holds no catalogue"}[language]


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _wanted(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Return the selection for files in *folder*: what the command line says, else what the project says."""
    given = {"select": options.select, "ignore": options.ignore}
    return {**check_settings(folder), **{name: value for name, value in given.items() if value is not None}}
