"""``onestop duties``: what units owe for a month, and in what they do not keep the rules of organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json, read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError, Severity
from onestop_core.text import Text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.organisation.duties import DutyDone, UnitDutyDue

__all__ = ["register", "run"]

_NOTHING = Text(vi="không có việc định kỳ nào", en="no periodic duty")


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "duties",
        help=say(
            vi="việc phải làm trong tháng của các đơn vị một cửa, và điều chưa đúng quy định về tổ chức",
            en="what one-stop units owe for a month, and where they do not keep the rules of organisation",
        ),
    )
    parser.add_argument(
        "units",
        type=input_file,
        metavar=say(vi="ĐƠN-VỊ.json", en="UNITS.json"),
        help=say(vi="các đơn vị, theo lược đồ “organisation”", en="the units, by the schema organisation"),
    )
    parser.add_argument(
        "--month",
        required=True,
        metavar=say(vi="THÁNG", en="MONTH"),
        help=say(vi="ví dụ 2026-08", en="such as 2026-08"),
    )
    parser.add_argument(
        "--unit",
        action="append",
        default=[],
        metavar=say(vi="MÃ", en="CODE"),
        help=say(vi="chỉ đơn vị này; có thể nêu nhiều lần", en="only this unit; can be given again"),
    )
    parser.add_argument(
        "--done",
        action="append",
        default=[],
        metavar=say(vi="VIỆC=NGÀY", en="DUTY=DATE"),
        help=say(
            vi="việc đã làm, ví dụ staff_notice=2026-08-28; với một cơ quan: staff_notice@MÃ=2026-08-28",
            en="what was done, such as staff_notice=2026-08-28; for one agency staff_notice@CODE=2026-08-28",
        ),
    )
    parser.add_argument(
        "--now",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(
            vi="ngày xem: việc chưa làm mà đã hết kỳ thì quá hạn; nếu không nêu: chỉ biết là chưa làm",
            en="the day of looking: what was not done in a period that is over is missed; without it, it is open",
        ),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the duties of each unit, then what is wrong with the units on the last day of the month."""
    from onestop_core import organisation  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.organisation.duties.periods import month_of  # noqa: PLC0415

    language = language_of(options)
    found = organisation.load_organisation(options.units)
    day = cast("date", month_of(options.month).last)
    now = read_date(options.now, "--now") if options.now else None
    done = [_done(text) for text in options.done]
    units = [found.unit(code) for code in options.unit] or list(found.units)
    rows = [(unit, organisation.duties_due(unit, options.month, done=done, now=now)) for unit in units]
    problems = organisation.check_units(found, on=day)
    if options.format == "json":
        print_json(
            {
                "month": options.month,
                "units": [
                    {
                        "code": unit.code,
                        "name": unit.name.in_(language),
                        "duties": [each.to_dict(language=language) for each in duties],
                    }
                    for unit, duties in rows
                ],
                "problems": [problem.to_dict(language=language) for problem in problems],
            }
        )
    else:
        for unit, duties in rows:
            print(line(f"{unit.code} {unit.name.in_(language)}"))
            for text in [each.text for each in duties] or [_NOTHING]:
                print(line(f"  {text.in_(language)}"))
        for problem in problems:
            print(line(f"{problem.path}: {problem.text.in_(language)} [{problem.rule}]"))
    wrong = any(problem.severity is not Severity.NOTE for problem in problems)
    return FINDINGS if wrong or any(_is_missed(each) for _, duties in rows for each in duties) else CLEAN


def _is_missed(duty: UnitDutyDue) -> bool:
    return duty.owes and duty.status == "missed"


def _done(text: str) -> DutyDone:
    from onestop_core.organisation.duties import DutyDone  # noqa: PLC0415 - only the command that runs is loaded

    duty, equals, day = text.rpartition("=")
    code, _, agency = duty.partition("@")
    if not equals or not code:
        raise InvalidValueError.of(
            "--done", text, vi="dạng staff_notice=2026-08-28", en="the form staff_notice=2026-08-28"
        )
    return DutyDone(code=code, on=read_date(day, "--done"), to=agency or None)
