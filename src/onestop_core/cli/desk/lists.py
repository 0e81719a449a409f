"""``onestop lists``: the morning, the late list, the register, hand-over lists and control slips as workbook or CSV."""

from __future__ import annotations

import sys
from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from onestop_core.cli.desk.triage import add_moment, columns_of, moment_of, read_table_file
from onestop_core.cli.shell.common import CLEAN, FAILED, language_of, read_date
from onestop_core.cli.shell.files import input_file, trouble, write_file
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.model import Interval, TimeLimit
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import Text, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from onestop_core.catalogue import Catalogue
    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.desk.lists import DeskRow, Sheet
    from onestop_core.dossier import Dossier
    from onestop_core.text import Language

__all__ = ["register", "run"]

_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


def register(commands: Any) -> None:
    """Add the command and its parts to the command line."""
    say: Say = commands.say
    parts = commands.add_parser(
        "lists",
        help=say(
            vi="sổ theo dõi, danh sách quá hạn, bàn giao, phiếu kiểm soát, việc buổi sáng: bảng tính hoặc CSV",
            en="register, late list, hand-over lists, control slips, the morning: workbook or CSV",
        ),
    ).add_subparsers(required=True, metavar=say(vi="DANH-SÁCH", en="LIST"), dest="part")
    morning = parts.add_parser(
        "morning", help=say(vi="việc buổi sáng và xếp hạng đơn vị", en="the morning, and units ranked")
    )
    late = parts.add_parser("late", help=say(vi="hồ sơ quá hạn", en="dossiers that are late"))
    for each in (morning, late):
        _sources(each)
        add_moment(each)
        each.add_argument("--soon", type=int, default=2, metavar=say(vi="SỐ-NGÀY", en="DAYS"),
                          help=say(vi="sắp đến hạn là trong bao nhiêu ngày làm việc; nếu không nêu: 2",
                                   en="working days that are soon; default 2"))  # fmt: skip
        each.add_argument("--personal", action="store_true",
                          help=say(vi="ghi cả tên và số điện thoại", en="with names and telephone numbers"))  # fmt: skip
    book = parts.add_parser(
        "register", help=say(vi="sổ theo dõi hồ sơ của một tháng", en="the register of a month (form 07)")
    )
    _sources(book)
    book.add_argument("--month", required=True, metavar=say(vi="THÁNG", en="MONTH"),
                      help=say(vi="ví dụ 2026-03", en="such as 2026-03"))  # fmt: skip
    book.add_argument("--field", metavar=say(vi="LĨNH-VỰC", en="FIELD"),
                      help=say(vi="chỉ lĩnh vực này", en="this field only"))  # fmt: skip
    book.add_argument("--unit", metavar=say(vi="ĐƠN-VỊ", en="UNIT"),
                      help=say(vi="tên đơn vị giữ sổ", en="name of the unit that keeps it"))  # fmt: skip
    hand = parts.add_parser("handover", help=say(vi="danh sách bàn giao trong ngày", en="hand-over lists of a day"))
    _sources(hand)
    hand.add_argument("--on", required=True, metavar=say(vi="NGÀY", en="DATE"),
                      help=say(vi="ngày tiếp nhận, ví dụ 2026-03-02", en="the day of receipt, such as 2026-03-02"))  # fmt: skip
    hand.add_argument("--unit", metavar=say(vi="ĐƠN-VỊ", en="UNIT"),
                      help=say(vi="tên bên bàn giao", en="name of the unit that hands over"))  # fmt: skip
    control = parts.add_parser(
        "control",
        help=say(
            vi="phiếu kiểm soát quá trình giải quyết hồ sơ, từ nhật ký",
            en="process control slips (form 06 of the desk), from logs",
        ),
    )
    _sources(control)
    add_moment(control)
    control.add_argument("--budgets", type=input_file, metavar=say(vi="THỜI-GIAN.json", en="BUDGETS.json"),
                         help=say(vi='thời gian của từng vai trò, ví dụ {"specialist": "03 ngày làm việc"}',
                                  en='time of each role, such as {"specialist": "3 working days"}'))  # fmt: skip
    control.add_argument("--names", type=input_file, metavar=say(vi="TÊN.json", en="NAMES.json"),
                         help=say(vi="tên người và đơn vị theo mã trong nhật ký", en="names by the codes in the log"))  # fmt: skip
    for each in (morning, late, book, hand, control):
        each.set_defaults(run=run)


def _sources(parser: Parser) -> None:
    say = parser.say
    parser.add_argument(
        "sources",
        nargs="+",
        type=input_file,
        metavar=say(vi="NGUỒN", en="SOURCE"),
        help=say(
            vi="danh sách hồ sơ (.csv, .xlsx, .json), nhật ký sự kiện (.json), hoặc thư mục nhật ký",
            en="a list of dossiers (.csv, .xlsx, .json), event logs (.json), or a folder of logs",
        ),
    )
    parser.add_argument("--out", required=True, metavar=say(vi="TỆP", en="FILE"),
                        help=say(vi="tệp .xlsx hoặc .csv để ghi", en="the .xlsx or .csv file to write"))  # fmt: skip
    parser.add_argument("--separator", choices=tuple(_SEPARATORS), default="comma",
                        help=say(vi="dấu phân cách của CSV; semicolon cho bảng tính tiếng Việt; nếu không nêu: comma",
                                 en="of CSV; semicolon for spreadsheets in Vietnamese; default comma"))  # fmt: skip
    parser.add_argument("--columns", type=input_file, metavar=say(vi="CỘT.json", en="COLUMNS.json"),
                        help=say(vi='tên cột của bảng theo tên của lệnh, ví dụ {"due_at": "Hạn chót"}',
                                 en='headings of the table by our names, such as {"due_at": "Hạn chót"}'))  # fmt: skip
    parser.add_argument("--details", type=input_file, metavar=say(vi="BẢNG", en="TABLE"),
                        help=say(vi="với nhật ký: bảng có mã hồ sơ, tên, địa chỉ, điện thoại người nộp",
                                 en="with logs: a table with code, name, address and telephone of the applicants"))  # fmt: skip
    parser.add_argument("--catalogue", type=input_file, metavar=say(vi="DANH-MỤC.json", en="CATALOGUE.json"),
                        help=say(vi="với nhật ký: danh mục thủ tục, để lấy tên và thời hạn; nếu không nêu: danh mục kèm theo",
                                 en="with logs: the catalogue that gives names and time limits; default the shipped one"))  # fmt: skip
    parser.add_argument("--limit", metavar=say(vi="THỜI-HẠN", en="TEXT"),
                        help=say(vi="với nhật ký: thời hạn của mọi hồ sơ, chẳng hạn “05 ngày làm việc”",
                                 en='with logs: the time limit of every dossier, such as "5 working days"'))  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the list, or say what is wrong with each source and write nothing."""
    kind = Path(options.out).suffix.lower()
    if kind not in {".xlsx", ".csv"}:
        raise InvalidValueError.of("--out", options.out, vi="tệp .xlsx hoặc .csv", en="an .xlsx or .csv file")
    language = language_of(options)
    rows, cases, is_whole = _read(options, language)
    if not is_whole:
        return FAILED
    sheets = _sheets(options, rows, cases, language)
    if kind == ".xlsx":
        from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

        write_file(options.out, spreadsheets.sheets(sheets, language=language))
        return CLEAN
    if len(sheets) != 1 and options.part == "handover":
        raise InvalidValueError.of(
            "--out", options.out, vi="tệp .xlsx: mỗi đơn vị một trang tính", en="an .xlsx file: a sheet to a unit"
        )
    from onestop_core.desk.lists import to_csv  # noqa: PLC0415 - only the command that runs is loaded

    write_file(options.out, to_csv(sheets[0], language=language, separator=_SEPARATORS[options.separator]))
    return CLEAN


def _sheets(
    options: argparse.Namespace, rows: list[DeskRow], cases: list[Dossier], language: Language
) -> Sequence[Sheet]:
    from onestop_core import deadlines, desk, workdays  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.desk import lists  # noqa: PLC0415

    calendar = workdays.calendar("vn-civil")
    match options.part:
        case "morning" | "late":
            found = desk.triage(rows, now=moment_of(options), soon=options.soon, calendar=calendar)
            if options.part == "late":
                return [lists.late_sheet(found, language=language, personal=options.personal)]
            return [
                lists.morning_sheet(found, language=language, personal=options.personal),
                lists.units_sheet(found, language=language),
            ]
        case "register":
            period = _month(options.month)
            return [
                lists.register_sheet(rows, period=period, field=options.field, unit=options.unit, language=language)
            ]
        case "handover":
            day = read_date(options.on, "--on")
            made = lists.handover_sheets(rows, on=day, giver=options.unit, language=language)
            if not made:
                raise InvalidValueError.of(
                    "--on", options.on, vi="ngày có tiếp nhận hồ sơ", en="a day on which dossiers were received"
                )
            return made
        case _:
            budgets = {
                role: TimeLimit.parse(cast("str", text)) for role, text in _object(options.budgets, "--budgets").items()
            }
            slips = [
                (case, deadlines.control_slip(case, budgets, now=moment_of(options), calendar=calendar))
                for case in cases
            ]
            return [lists.control_sheet(slips, names=_object(options.names, "--names"), language=language)]


def _object(path: str | None, option: str) -> dict[str, Any]:
    document: Any = {} if path is None else read_json(path)
    if not isinstance(document, dict) or not all(
        isinstance(each, str) for each in cast("dict[str, Any]", document).values()
    ):
        raise InvalidValueError.of(option, path, vi='tệp dạng {"mã": "chữ"}', en='a file such as {"code": "text"}')
    return cast("dict[str, Any]", document)


def _month(text: str) -> Interval:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise InvalidValueError.of("--month", text, vi="tháng dạng 2026-03", en="a month such as 2026-03") from None
    return Interval(first=first, last=first.replace(day=monthrange(first.year, first.month)[1]))


def _read(options: argparse.Namespace, language: Language) -> tuple[list[DeskRow], list[Dossier], bool]:
    """Return the rows, the cases of logs, and whether every source could be read; what could not is said."""
    rows: list[DeskRow] = []
    cases: list[Dossier] = []
    is_whole = True
    for source in _files(options.sources):
        try:
            document = read_json(source) if source.lower().endswith(".json") else None
            if isinstance(document, dict) and "events" in document:
                from onestop_core import dossier  # noqa: PLC0415 - only where there are logs

                cases.append(dossier.replay(cast("dict[str, Any]", document)))
            elif options.part == "control":
                raise InvalidValueError.of("SOURCE", source, vi="nhật ký sự kiện (.json)", en="an event log (.json)")
            else:
                rows += read_table_file(source, columns_of(options))
        except OnestopError as error:
            is_whole = False
            print(safe.terminal(f"onestop lists: {source}: {error.message.in_(language)}"), file=sys.stderr)
        except OSError as error:
            is_whole = False
            print(safe.terminal(f"onestop lists: {source}: {trouble(error).in_(language)}"), file=sys.stderr)
    if is_whole and cases and options.part != "control":
        rows += _of_cases(options, cases)
    return rows, cases, is_whole


def _files(sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        path = Path(source)
        if path.is_dir():
            logs = [str(each) for each in sorted(path.glob("*.json"))]
            if not logs:  # an empty list would say that nothing is there to be done
                raise InvalidValueError.of(
                    "SOURCE", source, vi="thư mục có nhật ký sự kiện (.json)", en="a folder with event logs (.json)"
                )
            yield from logs
        else:
            yield source


def _of_cases(options: argparse.Namespace, cases: Sequence[Dossier]) -> Iterator[DeskRow]:
    from onestop_core import catalogue, deadlines, workdays  # noqa: PLC0415 - only where there are logs
    from onestop_core.desk.lists import from_case  # noqa: PLC0415

    calendar = workdays.calendar("vn-civil")
    offered = catalogue.shipped() if options.catalogue is None else catalogue.load(options.catalogue)
    people = (
        {}
        if options.details is None
        else {row.id: row for row in read_table_file(options.details, columns_of(options))}
    )
    for case in cases:
        limit = _limit(options, case, offered)
        counted = deadlines.row(case, limit, calendar=calendar)
        details: dict[str, object] = {name: getattr(people[case.id], name) for name in _PERSONAL if case.id in people}
        if case.procedure in offered:
            procedure = offered[case.procedure]
            details |= {"procedure_name": procedure.name.vi, "field": procedure.field.name.vi}
        given = next((event.at for event, _ in case.standing if event.kind in _GIVEN), None)
        yield from_case(counted, details | {"returned_at": given})


_PERSONAL = ("applicant", "address", "phone", "way")
_GIVEN = frozenset({"delivered"})


def _limit(options: argparse.Namespace, case: Dossier, offered: Catalogue) -> TimeLimit:
    if options.limit is not None:
        return TimeLimit.parse(options.limit)
    found = set[TimeLimit]()
    if case.procedure in offered:
        limits = (limit for channel in offered[case.procedure].channels for limit in channel.limits)
        found = {limit.time_limit for limit in limits if limit.time_limit is not None}
    if len(found) == 1:
        return found.pop()
    said = Text(
        vi=f"với hồ sơ {case.id} (thủ tục {case.procedure}): danh mục không cho một thời hạn duy nhất",
        en=f"for the dossier {case.id} (procedure {case.procedure}): the catalogue gives no single time limit",
    )
    raise InvalidValueError.of("--limit", None, vi=said.vi, en=said.en)
