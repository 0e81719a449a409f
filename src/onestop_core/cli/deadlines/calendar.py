"""``onestop calendar``: a year of the working calendar, to read, to process or to import."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json, read_date

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "calendar", help=say(vi="lịch làm việc của một năm", en="a year of the working calendar")
    )
    parser.add_argument("year", type=int, metavar=say(vi="NĂM", en="YEAR"))
    parser.add_argument(
        "--calendar",
        default="vn-civil",
        metavar=say(vi="LỊCH", en="NAME"),
        help=say(vi="lịch làm việc; nếu không nêu: vn-civil", en="working calendar; default vn-civil"),
    )
    parser.add_argument(
        "--as-of",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="lịch theo những gì đã công bố đến ngày đó", en="the year as it stood on that day"),
    )
    add_format(parser, "text", "json", "ics")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the year."""
    from onestop_core import workdays  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.workdays import render  # noqa: PLC0415

    as_of = read_date(options.as_of, "--as-of") if options.as_of else None
    calendar = workdays.calendar(options.calendar, as_of=as_of)
    language = language_of(options)
    match options.format:
        case "json":
            print_json(render.to_dict(calendar, options.year, language=language))
        case "ics":
            _write(render.icalendar(calendar, options.year, language=language))
        case _:
            print(render.grid(calendar, options.year, language=language))
    return CLEAN


def _write(text: str) -> None:
    """Write *text* as it is: its line ends are part of the format, on every platform."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        stream.write(text.encode())
