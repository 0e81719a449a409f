"""``onestop check``: every finding about catalogues, for people, programs and continuous integration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.cli.catalogue.findings import Finding, annotation, line, listed, summary
from onestop_core.cli.catalogue.progress import Progress
from onestop_core.cli.catalogue.sarif import sarif
from onestop_core.cli.catalogue.settings import check_settings
from onestop_core.cli.catalogue.sources import Source, gather
from onestop_core.cli.catalogue.statistics import counted, lines, units_of
from onestop_core.cli.shell.common import CLEAN, FAILED, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file, trouble
from onestop_core.errors import InvalidDocumentError, InvalidValueError, MissingExtraError, OnestopError, Severity
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.reading.documents import MAX_BYTES, decoded, parse_seen
from onestop_core.rules.reading.positions import locate
from onestop_core.text import safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from onestop_core.catalogue.checking.document import Judged
    from onestop_core.cli.shell.parsing import Say
    from onestop_core.errors import Problem
    from onestop_core.text import Language

__all__ = ["fast_validator", "register", "run"]


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
    as_project = say(vi="; hoặc ghi trong [tool.onestop.check]", en="; or as [tool.onestop.check] says")
    parser.add_argument(
        "--quiet",
        action="store_true",
        default=None,
        help=say(vi="không liệt kê ghi chú", en="list no notes") + as_project,
    )
    parser.add_argument(
        "--most-per-rule",
        metavar=say(vi="SỐ", en="NUMBER"),
        type=int,
        help=say(
            vi="liệt kê nhiều nhất bấy nhiêu phát hiện theo mỗi quy tắc và cho biết còn bao nhiêu",
            en="list at most so many findings of a rule, and say how many more there are",
        )
        + as_project,
    )
    parser.add_argument(
        "--statistics",
        action="store_true",
        default=None,
        help=say(
            vi="thay cho danh sách: số phát hiện theo quy tắc, theo cơ quan và lĩnh vực",
            en="instead of the list: how many findings by rule, by authority and field",
        )
        + as_project,
    )
    add_format(parser, "text", "json", "sarif", "github")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the files and print what was found."""
    language = language_of(options)
    if options.most_per_rule is not None and options.most_per_rule < 1:
        raise InvalidValueError.of(
            "--most-per-rule", options.most_per_rule, vi="số nguyên từ 1", en="a whole number from 1 on"
        )
    if options.statistics and options.format not in {"text", "json"}:
        raise InvalidValueError.of(
            "--format", options.format, vi="text hoặc json khi dùng --statistics", en="text or json with --statistics"
        )
    failed: list[str] = []
    done: list[_Checked] = []
    # Not to be wiped by what comes after, messages are printed at the end, in the order of the files.
    sources = gather(options.files, unreadable=lambda error: failed.append(_said(error, "", language)))
    left_out: list[Source] = []
    progress = Progress(sys.stderr, total=len(sources))
    validator = fast_validator()
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
                    done.append(checked)
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
    _report(done, options, language)
    found = [finding for checked in done for finding in checked.findings if finding.reason is None]
    if failed or any(finding.problem.rule.startswith("json/") for finding in found):
        return FAILED
    return FINDINGS if any(finding.problem.severity is not Severity.NOTE for finding in found) else CLEAN


def _report(done: list[_Checked], options: argparse.Namespace, language: Language) -> None:
    """Print what was found, as the command line says, else as the projects of the files say."""
    # A cap holds for all files together: of two projects that name one, the smaller.
    caps = [checked.most_per_rule for checked in done if checked.most_per_rule is not None]
    wanted = [finding for checked in done for finding in listed(checked.findings, quiet=checked.quiet)]
    form = options.format
    if any(checked.statistics for checked in done) and form in {"text", "json"}:
        if form == "json":
            print_json(counted(wanted, language))
            return
        for said in lines(wanted, language):
            print(said)
    else:
        shown = listed(wanted, most=min(caps, default=None))
        if form == "json":
            print_json([finding.to_dict(language) for finding in shown])
            return
        if form == "sarif":
            print_json(sarif(shown, language))
            return
        write = annotation if form == "github" else line
        for finding in shown:
            print(write(finding, language))
    if form == "text":
        found = [finding for checked in done for finding in checked.findings]
        print(summary(found, language, suppressions=sum(checked.suppressions for checked in done)))


def fast_validator() -> Callable[[Any], bool] | None:
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
    quiet: bool
    statistics: bool
    most_per_rule: int | None


def _checked(source: Source, options: argparse.Namespace, validator: Callable[[Any], bool] | None) -> _Checked | None:
    """Return what is wrong in a file, each with its position; None if nobody says that it is a catalogue.

    Raises:
        OSError: the file cannot be read.
    """
    wanted = _wanted(source.path.parent, options)
    statistics = bool(wanted.pop("statistics", False))
    quiet = bool(wanted.pop("quiet", False))
    most_per_rule: int | None = wanted.pop("most-per-rule", None)
    with uncollected():  # of a national catalogue nothing is garbage before the end
        text, whole = _judged(source, wanted, validator)
        if whole is None:
            return None
        suppressions = _suppressions(whole.document)
        unit = units_of(whole.document) if statistics else _no_unit
        accepted = whole.accepted if options.format == "sarif" else ()
        listed: list[tuple[Problem, str | None]] = [(each, None) for each in whole.problems]
        listed += [(each.problem, each.suppression.reason) for each in accepted]
        del whole, accepted  # a large document is too much beside what finds places in its text
        places = {} if statistics else locate(text, [problem for problem, _ in listed])
        file = str(source.path)
        findings = [
            Finding(file=file, problem=problem, position=places.get(problem), unit=unit(problem), reason=reason)
            for problem, reason in listed
        ]
    return _Checked(
        findings=findings, suppressions=suppressions, quiet=quiet, statistics=statistics, most_per_rule=most_per_rule
    )


def _judged(
    source: Source, wanted: dict[str, Any], validator: Callable[[Any], bool] | None
) -> tuple[bytes | str, Judged | None]:
    """Return what a file holds, as text if it is text, and what is wrong with it; None if nobody says that it is a catalogue.

    Raises:
        OSError: the file cannot be read.
        OnestopError: what is *wanted* makes no sense.
    """
    # Only the command that runs is loaded.
    from onestop_core.catalogue.checking import document as checking  # noqa: PLC0415
    from onestop_core.catalogue.checking.characters import is_suspect  # noqa: PLC0415
    from onestop_core.catalogue.checking.selection import Selection  # noqa: PLC0415

    # Read once: what is placed is what was checked, and a pipe can be read only once.
    held: bytes | str = _bytes(source)
    try:
        held = decoded(held)
        if held.startswith("\ufeff"):  # a second byte order mark is none, and must not be taken for the first
            held = f"\ufeff{held}"
        document, seen = parse_seen(held, mark=is_suspect)
    except InvalidDocumentError as error:
        return held, checking.Judged(document=None, problems=error.problems)
    if source.found_in is not None and not (isinstance(document, dict) and "procedures" in document):
        return held, None
    # Counted in the summary, so none is left out.
    selection = Selection.of(**wanted, most=None)
    whole = checking.judged(document, seen, validator=validator, completeness=selection.completeness)
    return held, whole.selected(selection)


def _bytes(source: Source) -> bytes:
    with Path(input_file(str(source.path))).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _no_unit(_: Problem) -> None:
    """Say of no finding whose it is."""


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
    """Return what is wanted for files in *folder*: what the command line says, else what the project says."""
    given = {
        "select": options.select,
        "ignore": options.ignore,
        "quiet": options.quiet,
        "statistics": options.statistics,
        "most-per-rule": options.most_per_rule,
    }
    return {**check_settings(folder), **{name: value for name, value in given.items() if value is not None}}
