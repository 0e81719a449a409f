"""``onestop diff``: what changed between two catalogues, for those who apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.catalogue.files import SHIPPED, changes_text, read_catalogue
from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "diff",
        help=say(
            vi="hai danh mục khác nhau ở đâu: nhanh hơn, giảm phí, bớt giấy tờ, hay ngược lại",
            en="what changed between two catalogues: shorter, cheaper, fewer papers, or the contrary",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 không có gì bất lợi hơn cho người nộp hồ sơ, 1 có, 2 có tệp không hợp lệ.",
            en="Exit codes: 0 nothing became worse for those who apply, 1 something did, 2 a file cannot be used.",
        ),
    )
    parser.add_argument(
        "old",
        metavar=say(vi="CŨ", en="OLD"),
        type=input_file,
        help=say(
            vi=f"danh mục dạng JSON; {SHIPPED}: danh mục đi kèm thư viện",
            en=f"catalogue in JSON; {SHIPPED}: the one that ships with the library",
        ),
    )
    parser.add_argument("new", metavar=say(vi="MỚI", en="NEW"), type=input_file, help=say(vi="tương tự", en="likewise"))
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the changes, for the better and the worse, and what they come to."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    changes = catalogue.diff(read_catalogue(options.old), read_catalogue(options.new))
    come_to = catalogue.totals(changes)
    if options.format == "json":
        print_json({"changes": [change.to_dict() for change in changes], "totals": come_to.to_dict()})
    else:
        print(changes_text(changes, language_of(options)))
    return FINDINGS if come_to.effects(catalogue.ChangeEffect.WORSE) else CLEAN
