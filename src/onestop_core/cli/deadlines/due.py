"""``onestop due``: when a dossier falls due, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json, read_date
from onestop_core.errors import InvalidValueError
from onestop_core.model import parse_moment

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.deadlines import Deadline
    from onestop_core.text import Language

__all__ = ["lines", "register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "due", help=say(vi="hạn trả kết quả của một hồ sơ, kèm giải thích", en="the due moment of a dossier, explained")
    )
    parser.add_argument(
        "--received",
        required=True,
        metavar=say(vi="THỜI-ĐIỂM", en="MOMENT"),
        help=say(vi="dạng năm-tháng-ngàyTgiờ:phút+07:00", en="such as 2026-02-12T09:30+07:00"),
    )
    parser.add_argument(
        "--limit",
        required=True,
        metavar=say(vi="THỜI-HẠN", en="TEXT"),
        help=say(vi="chẳng hạn “05 ngày làm việc”", en='such as "5 working days" or "05 ngày làm việc"'),
    )
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar=say(vi="TỪ/ĐẾN", en="FROM/TO"),
        help=say(
            vi="khoảng thời gian tạm ngừng tính; dùng được nhiều lần",
            en="a span in which the clock stood still; repeatable",
        ),
    )
    parser.add_argument(
        "--hours",
        metavar=say(vi="GIỜ", en="TEXT"),
        help=say(
            vi="giờ làm việc của cơ quan, chẳng hạn “07:30-11:30, 13:30-17:00”",
            en='office hours of the agency, such as "07:30-11:30, 13:30-17:00"',
        ),
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
        help=say(vi="tính theo những gì đã công bố đến ngày đó", en="count with what had been announced by that day"),
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help=say(vi="liệt kê từng ngày được tính và không được tính", en="list every day counted and skipped"),
    )
    add_format(parser, "text", "json", "svg", "receipt")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the due moment."""
    from onestop_core import deadlines, workdays  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    due = deadlines.due(
        parse_moment(options.received, "--received"),
        deadlines.TimeLimit.parse(options.limit),
        calendar=workdays.calendar(
            options.calendar, as_of=read_date(options.as_of, "--as-of") if options.as_of else None
        ),
        hours=None if options.hours is None else deadlines.WorkingHours.parse(options.hours),
        pauses=tuple(_pause(text) for text in options.pause),
        explain=options.explain or options.format == "svg",
    )
    match options.format:
        case "json":
            print_json(due.to_dict(language=language))
        case "receipt":
            print_json(due.to_receipt(explain=options.explain))
        case "svg":
            print(due.to_svg(language=language))
        case _:
            for line in lines(due, language):
                print(line)
    return CLEAN


def lines(due: Deadline, language: Language) -> list[str]:
    """Return a deadline to read: its explanation, a day a line, and what it comes to."""
    from onestop_core.text import Text, long_date  # noqa: PLC0415

    shown: list[str] = []
    for step in due.steps:
        basis = f"  [{step.basis.in_(language)}]" if step.basis else ""
        shown.append(f"{long_date(step.date, starts_line=True).in_(language)}  {step.reason.in_(language)}{basis}")
    certainty = {
        "announced": Text(vi="các ngày nghỉ liên quan đều đã được công bố", en="all days off on the way are announced"),
        "predicted": Text(
            vi="có ngày nghỉ mới là dự kiến, chưa có thông báo", en="some days off on the way are only predicted"
        ),
    }[due.certainty]
    day = long_date(due.day)
    total = Text(
        vi=f"Hạn trả kết quả: {_hour(due.at)} {day.vi} ({due.limit.text.vi}; {certainty.vi})",
        en=f"Due: {day.en} {due.at:%H:%M:%S} ({due.limit.text.en}; {certainty.en})",
    )
    return [*shown, total.in_(language)]


def _hour(at: datetime) -> str:
    """Return the time of day, the last second of which ends it: 24 o'clock, as the Civil Code has it."""
    return "24 giờ" if (at.hour, at.minute, at.second) == (23, 59, 59) else f"{at:%H:%M}"


def _pause(text: str) -> tuple[datetime, datetime]:
    first, slash, last = text.partition("/")
    if not slash:
        raise InvalidValueError.of(
            "--pause", text, vi="hai thời điểm cách nhau bằng dấu /", en="two moments with a / between them"
        )
    return parse_moment(first, "--pause"), parse_moment(last, "--pause")
