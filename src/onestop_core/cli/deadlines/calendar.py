"""``onestop calendar``: a year of the working calendar, to read, to process or to import."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json, read_date

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "calendar", help=say(vi="lịch làm việc của một năm", en="a year of the working calendar")
    )
    parser.add_argument(
        "year",
        type=int,
        nargs="?",
        metavar=say(vi="NĂM", en="YEAR"),
        help=say(vi="chẳng hạn 2026; không cần khi có --export", en="such as 2026; not needed with --export"),
    )
    parser.add_argument(
        "--export",
        metavar=say(vi="THƯ-MỤC", en="FOLDER"),
        help=say(
            vi="ghi mọi năm ra tệp (JSON, CSV, iCalendar, SQL) để phần mềm khác dùng",
            en="write all years as files (JSON, CSV, iCalendar, SQL) for other software",
        ),
    )
    parser.add_argument(
        "--dialect",
        choices=["postgresql", "sqlserver", "sqlite"],
        default="postgresql",
        help=say(vi="hệ quản trị cơ sở dữ liệu của dạng sql", en="whose SQL, of the format sql"),
    )
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
    add_format(parser, "text", "json", "csv", "ics", "sql", "svg")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the year, or write all of them."""
    from onestop_core import workdays  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415
    from onestop_core.workdays import publishing, render  # noqa: PLC0415

    as_of = read_date(options.as_of, "--as-of") if options.as_of else None
    calendar = workdays.calendar(options.calendar, as_of=as_of)
    language = language_of(options)
    if options.export is not None:
        return _export(publishing.published_files(calendar), Path(options.export))
    if options.year is None:
        raise InvalidValueError.of("YEAR", None, vi="một năm, hoặc --export", en="a year, or --export")
    match options.format:
        case "json":
            print_json(render.to_dict(calendar, options.year, language=language))
        case "csv":
            _write(publishing.days_csv(calendar, *_ends(options.year)))
        case "sql":
            _write(publishing.sql(calendar, options.dialect, *_ends(options.year)))
        case "svg":
            _write(render.svg(calendar, options.year, language=language))
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


def _ends(year: int) -> tuple[date, date]:
    """Return the first and the last day of *year*, which the calendar judges; one that is no year begins at none."""
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - only where it is refused

    try:
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        raise InvalidValueError.of("YEAR", year, vi="một năm như 2026", en="a year such as 2026") from None


def _export(files: Mapping[str, bytes], folder: Path) -> int:
    """Write *files* under *folder*, each beside its place and then renamed: a reader never sees half of one."""
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}")
        beside.write_bytes(content)
        beside.replace(target)
    return CLEAN
