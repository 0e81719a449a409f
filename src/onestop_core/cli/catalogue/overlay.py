"""``onestop overlay``: check what a local authority publishes over a national catalogue, and merge the two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.catalogue.files import SHIPPED, changes_text, problem_text, read_catalogue
from onestop_core.cli.shell.common import CLEAN, FAILED, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file, write_file
from onestop_core.errors import InvalidDocumentError, Severity
from onestop_core.rules.reading.documents import MAX_BYTES, parse_json
from onestop_core.rules.reading.positions import locate

if TYPE_CHECKING:
    import argparse

    from onestop_core.catalogue import Change
    from onestop_core.cli.shell.parsing import Say
    from onestop_core.errors import Problem

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "overlay",
        help=say(
            vi="kiểm tra nội dung công bố riêng của địa phương so với danh mục quốc gia, và hợp nhất",
            en="check a local overlay of a national catalogue, and merge the two",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 không có lỗi (không tính ghi chú), 1 có phát hiện, 2 có tệp không hợp lệ.",
            en="Exit codes: 0 clean (notes do not count), 1 findings, 2 a file cannot be used.",
        ),
    )
    parser.add_argument(
        "national",
        metavar=say(vi="QUỐC-GIA", en="NATIONAL"),
        type=input_file,
        help=say(
            vi=f"danh mục dạng JSON; {SHIPPED}: danh mục đi kèm thư viện",
            en=f"catalogue in JSON; {SHIPPED}: the one that ships with the library",
        ),
    )
    parser.add_argument(
        "local",
        metavar=say(vi="ĐỊA-PHƯƠNG", en="LOCAL"),
        type=input_file,
        help=say(vi="nội dung công bố riêng, dạng JSON", en="overlay in JSON"),
    )
    parser.add_argument(
        "--out",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="ghi danh mục đã hợp nhất vào đây, nếu không có lỗi",
            en="write the merged catalogue here, unless there are errors",
        ),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is wrong with the overlay and what it changes; write the merged catalogue if asked."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    national = read_catalogue(options.national)
    changes: tuple[Change, ...] = ()
    # Read once: what is placed is what was checked, and a pipe can be read only once.
    with Path(options.local).open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    try:
        document = parse_json(content, source=options.local)
    except InvalidDocumentError as error:
        _report(options, content, error.problems, changes)
        return FAILED
    problems = catalogue.overlay.check(national, document)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        merged = catalogue.overlay.apply(national, document)
        # Title and bases are those of the overlay; what matters to people is in the procedures.
        changes = tuple(change for change in catalogue.diff(national, merged) if change.procedure)
        if options.out:
            write_file(options.out, json.dumps(catalogue.dump(merged), ensure_ascii=False, indent=2) + "\n")
    _report(options, content, problems, changes)
    return FINDINGS if any(problem.severity is not Severity.NOTE for problem in problems) else CLEAN


def _report(
    options: argparse.Namespace, content: bytes, problems: tuple[Problem, ...], changes: tuple[Change, ...]
) -> None:
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    if options.format == "json":
        found = [{"file": options.local, **problem.to_dict(language=language)} for problem in problems]
        totals = catalogue.totals(changes).to_dict()
        print_json({"problems": found, "changes": [change.to_dict() for change in changes], "totals": totals})
        return
    places = locate(content, problems)
    for problem in problems:
        print(problem_text(options.local, problem, language, position=places.get(problem)))
    if not any(problem.severity is Severity.ERROR for problem in problems):
        print(changes_text(changes, language))
