"""``onestop conformance``: put the cases to this library or to another program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from onestop_core.cli.conformance import reports

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command and its part to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "conformance",
        help=say(
            vi="kiểm thử sự phù hợp của một phần mềm, ngôn ngữ lập trình nào cũng được",
            en="prove an implementation in any language against the cases",
        ),
    )
    parser.add_argument(
        "--exec",
        dest="exec_",
        metavar=say(vi="LỆNH", en="COMMAND"),
        help=say(
            vi="chương trình cần kiểm thử, chẳng hạn “java -jar mine.jar”; nếu không nêu: chính thư viện này",
            en='the program to test, such as "java -jar mine.jar"; default: this library',
        ),
    )
    parser.add_argument(
        "--area",
        action="append",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(
            vi="chỉ lĩnh vực này; dùng được nhiều lần; nếu không nêu: tất cả",
            en="only this area; repeatable; default all",
        ),
    )
    parser.add_argument(
        "--timeout",
        type=float,
        default=10.0,
        metavar=say(vi="GIÂY", en="SECONDS"),
        help=say(vi="thời gian cho mỗi câu trả lời; nếu không nêu: 10", en="for each answer; default 10"),
    )
    parser.add_argument(
        "--total",
        type=float,
        default=1800.0,
        metavar=say(vi="GIÂY", en="SECONDS"),
        help=say(vi="thời gian cho toàn bộ; nếu không nêu: 1800", en="for all answers; default 1800"),
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar=say(vi="SỐ", en="N"),
        help=say(vi="số chương trình chạy song song; nếu không nêu: 1", en="programs side by side; default 1"),
    )
    reports.add_printing(parser)
    parser.set_defaults(run=run)
    parts = parser.add_subparsers(metavar=say(vi="PHẦN", en="PART"), dest="part")
    reports.register(parts, say)


def run(options: argparse.Namespace) -> int:
    """Run the suite and print the report."""
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    if options.exec_ is None:
        report = conformance.run(conformance.reference(), options.area)
    else:
        # A program that was ended with its group is no news to whoever runs the command, and stderr is his.
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        report = conformance.run_command(
            options.exec_, options.area, timeout=options.timeout, total=options.total, jobs=options.jobs
        )
    return reports.print_report(report, options)
