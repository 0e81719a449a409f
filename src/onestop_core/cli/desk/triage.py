"""``onestop triage``: a desk's morning from the table of any system."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json, read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, read_moment
from onestop_core.rules.reading.documents import content_of, read_json
from onestop_core.text import Text, moment_text, number
from onestop_core.text.safe import line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.desk import Triage
    from onestop_core.desk.lists import DeskRow, TriageLine, UnitLoad
    from onestop_core.text import Language

__all__ = ["add_moment", "columns_of", "moment_of", "read_table_file", "register", "run"]

_NOTHING = Text(vi="không có hồ sơ nào", en="no dossiers")
_NO_UNIT = Text(vi="(không ghi đơn vị)", en="(no unit told)")
_NO_PLACE = Text(vi="không xếp hạng", en="not ranked")


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser: Parser = commands.add_parser(
        "triage",
        help=say(
            vi="việc buổi sáng của quầy: hồ sơ quá hạn, đến hạn, có kết quả chưa trả; xếp hạng đơn vị",
            en="a desk's morning: what is overdue, due, waiting or ready, and units ranked",
        ),
    )
    _add_table(parser)
    add_moment(parser)
    parser.add_argument(
        "--soon",
        type=int,
        default=2,
        metavar=say(vi="SỐ-NGÀY", en="DAYS"),
        help=say(
            vi="sắp đến hạn là trong bao nhiêu ngày làm việc; nếu không nêu: 2",
            en="working days that are soon; default 2",
        ),
    )
    parser.add_argument(
        "--as-of",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="lịch theo những gì đã công bố đến ngày đó", en="the calendar as it stood on that day"),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def _add_table(parser: Parser) -> None:
    """Let the command take a table of dossiers."""
    say = parser.say
    parser.add_argument(
        "file",
        type=input_file,
        metavar=say(vi="BẢNG", en="TABLE"),
        help=say(vi="danh sách hồ sơ: .csv, .xlsx hoặc .json", en="a list of dossiers: .csv, .xlsx or .json"),
    )
    parser.add_argument(
        "--columns",
        type=input_file,
        metavar=say(vi="CỘT.json", en="COLUMNS.json"),
        help=say(
            vi='tên cột của bảng theo tên của lệnh, ví dụ {"due_at": "Hạn chót"}',
            en='headings of the table by our names, such as {"due_at": "Hạn chót"}',
        ),
    )


def add_moment(parser: Parser) -> None:
    """Let the command be asked about another moment than this one."""
    say = parser.say
    parser.add_argument(
        "--now",
        metavar=say(vi="THỜI-ĐIỂM", en="MOMENT"),
        help=say(
            vi="thời điểm xem, dạng 2026-02-12T08:00+07:00; nếu không nêu: bây giờ",
            en="the moment of looking, such as 2026-02-12T08:00+07:00; default now",
        ),
    )


def moment_of(options: argparse.Namespace) -> datetime:
    """Return the moment of looking: the one that was given, else that of the machine."""
    if options.now is None:
        return datetime.now(HO_CHI_MINH).replace(second=0, microsecond=0)
    return read_moment(options.now, "--now")


def columns_of(options: argparse.Namespace) -> dict[str, str] | None:
    """Return the headings that were named, by our names.

    Raises:
        InvalidValueError: the file holds no object of JSON.
    """
    columns: Any = None if options.columns is None else read_json(options.columns)
    if columns is not None and not isinstance(columns, dict):
        raise InvalidValueError.of(
            "--columns",
            options.columns,
            vi='tệp dạng {"due_at": "Hạn chót"}',
            en='a file such as {"due_at": "Hạn chót"}',
        )
    return cast("dict[str, str] | None", columns)


def read_table_file(path: str, columns: dict[str, str] | None) -> tuple[DeskRow, ...]:
    """Return the rows of a table, a workbook too."""
    from onestop_core.desk.lists import read_rows  # noqa: PLC0415 - only the command that runs is loaded

    if path.lower().endswith((".xlsx", ".xlsm")):
        from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

        return spreadsheets.read_desk_rows(content_of(path), columns=columns)
    return read_rows(path, columns=columns)


def run(options: argparse.Namespace) -> int:
    """Print the morning; overdue dossiers are findings."""
    from onestop_core import desk, workdays  # noqa: PLC0415 - only the command that runs is loaded

    as_of = read_date(options.as_of, "--as-of") if options.as_of else None
    found = desk.triage(
        read_table_file(options.file, columns_of(options)),
        now=moment_of(options),
        soon=options.soon,
        calendar=workdays.calendar("vn-civil", as_of=as_of),
    )
    language = language_of(options)
    if options.format == "json":
        print_json(found.to_dict(language=language))
    else:
        for text in _text(found, language):
            print(line(text))
    return FINDINGS if found.of("overdue") else CLEAN


def _text(found: Triage, language: Language) -> Iterator[str]:
    yield moment_text(found.now).in_(language)
    if not found.lines:
        yield _NOTHING.in_(language)
        return
    for bucket, count in found.counts.items():
        if count:
            yield f"{bucket.text.in_(language)}: {number(count).in_(language)}"
            yield from (f"  {_line(each, language)}" for each in found.of(bucket))
    yield from (_unit(each, language) for each in found.units)
    yield found.order.in_(language)


def _line(each: TriageLine, language: Language) -> str:
    from onestop_core.desk.lists import due_text  # noqa: PLC0415 - only the command that runs is loaded

    row = each.row
    due = None if row.due_at is None else due_text(row.due_at).in_(language)
    stands = each.text.in_(language) if each.working_days is not None else None
    return " · ".join(
        part for part in (row.id, stands, due, row.procedure_name or row.procedure, row.unit, row.officer) if part
    )


def _unit(each: UnitLoad, language: Language) -> str:
    place = _NO_PLACE if each.place is None else each.place.text
    vi = f"quá hạn {each.overdue}, đến hạn hôm nay {each.due_today}, sắp đến hạn {each.due_soon}, đang giải quyết {each.in_progress}"
    en = f"{each.overdue} overdue, {each.due_today} due today, {each.due_soon} due soon, {each.in_progress} in progress"
    return f"{each.unit or _NO_UNIT.in_(language)}: {place.in_(language)}; {Text(vi=vi, en=en).in_(language)}"
