"""A report on the command line: printed in every form, compared with another, side by side with several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.conformance import Report

__all__ = ["FORMATS", "add_printing", "print_report", "register", "run_compare", "run_matrix", "run_print"]

FORMATS: Final = ("text", "json", "html", "junit", "markdown", "badge", "badge-svg")


def register(parts: Any, say: Say) -> None:
    """Add the parts of ``onestop conformance`` that take reports."""
    parser = parts.add_parser(
        "print",
        help=say(vi="in một báo cáo JSON ở dạng khác", en="print a report of --format json in another form"),
    )
    parser.add_argument(
        "report",
        type=input_file,
        metavar="A.json",
        help=say(vi="báo cáo do --format json in ra", en="a report that --format json printed"),
    )
    add_printing(parser)
    parser.set_defaults(run=run_print)
    parser = parts.add_parser(
        "compare",
        help=say(
            vi="hai báo cáo của --format json khác nhau ở đâu", en="what differs between two reports of --format json"
        ),
    )
    parser.add_argument(
        "before", type=input_file, metavar="A.json", help=say(vi="báo cáo trước", en="the report of before")
    )
    parser.add_argument(
        "after", type=input_file, metavar="B.json", help=say(vi="báo cáo sau", en="the report of after")
    )
    parser.set_defaults(run=run_compare)
    parser = parts.add_parser(
        "matrix",
        help=say(vi="đặt nhiều báo cáo JSON cạnh nhau", en="several reports of --format json side by side"),
    )
    parser.add_argument(
        "reports",
        type=input_file,
        nargs="+",
        metavar="A.json",
        help=say(vi="các báo cáo do --format json in ra", en="reports that --format json printed"),
    )
    _add_all(parser)
    add_format(parser, "text", "html")
    parser.set_defaults(run=run_matrix)


def add_printing(parser: Parser) -> None:
    """Let the command print a report, in whatever form."""
    parser.add_argument(
        "--rules",
        action="store_true",
        help=parser.say(vi="dạng text: đếm cả theo từng quy tắc", en="text: count each rule of the law, too"),
    )
    _add_all(parser)
    add_format(parser, *FORMATS)


def _add_all(parser: Parser) -> None:
    parser.add_argument(
        "--all",
        action="store_true",
        dest="every",
        help=parser.say(
            vi="dạng text: liệt kê mọi ca, không chỉ 50 ca đầu", en="text: list every case, not the first 50"
        ),
    )


def print_report(report: Report, options: argparse.Namespace) -> int:
    """Print *report* in the form that was asked for, and return the exit code that follows from its verdict."""
    from onestop_core.conformance import formats  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    match options.format:
        case "json":
            print_json(report.to_dict())
        case "html":
            print(formats.html(report, language=language), end="")
        case "junit":
            print(formats.junit(report))
        case "markdown":
            print(formats.markdown(report, language=language))
        case "badge":
            print(json.dumps(formats.badge(report, language=language), ensure_ascii=False))
        case "badge-svg":
            print(formats.badge_svg(report, language=language), end="")
        case _:
            print(formats.text(report, language=language, rules=options.rules, every_failure=options.every))
    return CLEAN if report.conforms else FINDINGS


def run_print(options: argparse.Namespace) -> int:
    """Print a report that was kept."""
    return print_report(_read(options.report), options)


def run_compare(options: argparse.Namespace) -> int:
    """Print what two reports tell differently."""
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    before, after = _read(options.before), _read(options.after)
    found, language = conformance.compare(before, after), language_of(options)
    for notice in conformance.formats.notices([before, after]):
        print(f"! {notice.in_(language)}")
    print(conformance.formats.changes_text(found, language=language))
    return FINDINGS if found.worse else CLEAN


def run_matrix(options: argparse.Namespace) -> int:
    """Print several reports side by side."""
    from onestop_core.conformance import formats  # noqa: PLC0415 - only the command that runs is loaded

    reports = [_read(path) for path in options.reports]
    language = language_of(options)
    if options.format == "html":
        print(formats.matrix_html(reports, language=language), end="")
    else:
        print(formats.matrix_text(reports, language=language, every_difference=options.every))
    return CLEAN


def _read(path: str) -> Report:
    from onestop_core.conformance import Report  # noqa: PLC0415
    from onestop_core.rules.reading.documents import read_json  # noqa: PLC0415

    return Report.from_dict(read_json(path), source=path)
