"""``onestop conformance``: put the cases to this library or to another program."""

from __future__ import annotations

import logging
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from onestop_core.cli.conformance import exporting, reports, showing
from onestop_core.cli.conformance.progress import ProgressLine
from onestop_core.cli.shell.common import CLEAN, FINDINGS, language_of
from onestop_core.errors import InvalidValueError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.conformance import Case, Report

__all__ = ["register", "run"]

_VIETNAM: Final = timezone(timedelta(hours=7))


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
    _add_demands(parser, say)
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
    parser.add_argument(
        "--progress",
        action="store_true",
        help=say(
            vi="báo tiến độ trên luồng lỗi, cả khi không phải màn hình",
            en="tell on standard error how far it is, even where that is no terminal",
        ),
    )
    reports.add_printing(parser)
    parser.set_defaults(run=run)
    parts = parser.add_subparsers(metavar=say(vi="PHẦN", en="PART"), dest="part")
    reports.register(parts, say)
    showing.register(parts, say)
    exporting.register(parts, say)


def _add_demands(parser: Parser, say: Say) -> None:
    demands = parser.add_mutually_exclusive_group()
    demands.add_argument(
        "--profile",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(
            vi="bộ yêu cầu phải phù hợp, như hồ sơ mời thầu dẫn chiếu: desk, desk@1 hoặc desk@1#sha256:…",
            en="what must conform, as a tender cites it: desk, desk@1 or desk@1#sha256:…",
        ),
    )
    demands.add_argument(
        "--require",
        action="append",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(
            vi="lĩnh vực hoặc phép tính phải phù hợp; dùng được nhiều lần",
            en="an area or operation that must conform; repeatable",
        ),
    )
    parser.add_argument(
        "--seed",
        type=int,
        metavar=say(vi="SỐ", en="N"),
        help=say(
            vi="hỏi thêm các ca mới sinh từ số này, không ai tra trước câu trả lời được",
            en="ask fresh cases made from this number, too, whose answers nobody can have looked up",
        ),
    )
    parser.add_argument(
        "--case",
        action="append",
        metavar=say(vi="MÃ", en="ID"),
        help=say(vi="chỉ ca kiểm thử này; dùng được nhiều lần", en="only this case; repeatable"),
    )
    parser.add_argument(
        "--rule",
        action="append",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(vi="chỉ các ca của quy tắc này; dùng được nhiều lần", en="only cases of this rule; repeatable"),
    )


def run(options: argparse.Namespace) -> int:
    """Run the suite and print the report."""
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    cases = _chosen(options)
    try:
        report = _report(options, cases)
    except conformance.Interrupted as stop:
        reports.print_report(stop.report, options)
        raise
    code = reports.print_report(report, options)
    if cases is None:
        return code
    return CLEAN if len(report.passed) == len(report.results) else FINDINGS


def _chosen(options: argparse.Namespace) -> Sequence[Case] | None:
    """Return the cases that were named one by one or by rule; None where none were."""
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    if not options.case and not options.rule:
        return None
    if options.profile is not None or options.require or options.area or options.seed is not None:
        raise InvalidValueError.of(
            "--case, --rule",
            ", ".join([*(options.case or ()), *(options.rule or ())]),
            vi="không dùng cùng với --profile, --require, --area, --seed: vài ca không chứng minh được cả lĩnh vực",
            en="none of --profile, --require, --area, --seed beside it: some cases prove no area",
        )
    suite = conformance.suite()
    named = [conformance.case_of(case) for case in options.case or ()]
    return list({case.id: case for case in (*named, *suite.proving(options.rule or ()))}.values())


def _report(options: argparse.Namespace, cases: Sequence[Case] | None) -> Report:
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    asked: dict[str, Any] = {
        "cases": cases,
        "profile": options.profile,
        "require": options.require,
        "seed": options.seed,
        "made_at": datetime.now(_VIETNAM).replace(microsecond=0),
    }
    if options.exec_ is None:
        return conformance.run(conformance.reference(), options.area, **asked)
    # A program that was ended with its group is no news to whoever runs the command, and stderr is his.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    line = ProgressLine(sys.stderr, language=language_of(options), wanted=options.progress)
    try:
        return conformance.run_command(
            options.exec_,
            options.area,
            timeout=options.timeout,
            total=options.total,
            jobs=options.jobs,
            progress=line,
            **asked,
        )
    finally:
        line.clear()
