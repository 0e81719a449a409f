"""``onestop verify``: whether the receipt of a deadline holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file
from onestop_core.rules.reading.documents import MAX_BYTES, parse_json
from onestop_core.text import Text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]

_HOLDS = Text(
    vi="biên nhận đúng: tính lại ra cùng kết quả, các ngày khớp với lịch",
    en="the receipt holds: counted again it comes to the same, and its days are those of the calendar",
)


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "verify",
        help=say(vi="kiểm tra biên nhận thời hạn: tính lại và đối chiếu với lịch", en="look whether a receipt holds"),
    )
    parser.add_argument(
        "receipt",
        type=input_file,
        metavar=say(vi="BIÊN-NHẬN.json", en="RECEIPT.json"),
        help=say(
            vi="biên nhận do “onestop due --format receipt” in ra, hoặc tệp chứa dạng rút gọn của nó",
            en='what "onestop due --format receipt" prints, or a file with its short form',
        ),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is wrong with the receipt, or that it holds."""
    from onestop_core.deadlines import verify  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.deadlines.receipts.short_form import MARK  # noqa: PLC0415

    with Path(options.receipt).open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    is_short = content.strip().upper().startswith(MARK.encode())
    receipt = content.decode("ascii", "replace") if is_short else parse_json(content, source=options.receipt)
    problems = verify(receipt)
    language = language_of(options)
    if options.format == "json":
        print_json([problem.to_dict(language=language) for problem in problems])
    else:
        for problem in problems:
            print(line(f"{problem.path}: {problem.text.in_(language)} [{problem.rule}]"))
        if not problems:
            print(_HOLDS.in_(language))
    return FINDINGS if problems else CLEAN
