"""``onestop notice``: a notice to an applicant, for e-mail and SMS, from a log or from a line of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from onestop_core.cli.desk.triage import columns_of, read_table_file
from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import read_moment
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import Text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.desk.lists import DeskRow
    from onestop_core.dossier import Dossier

__all__ = ["register", "run"]

_KINDS = ("supplement", "apology", "due_soon", "result_ready", "rescheduled")


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser: Parser = commands.add_parser(
        "notice",
        help=say(
            vi="thông báo cho người nộp hồ sơ: thư điện tử và tin nhắn, có dấu và không dấu",
            en="a notice to an applicant: e-mail and SMS, with and without diacritics",
        ),
    )
    parser.add_argument("kind", choices=_KINDS, metavar=say(vi="LOẠI", en="KIND"), help=", ".join(_KINDS))
    parser.add_argument(
        "file",
        type=input_file,
        metavar=say(vi="NGUỒN", en="SOURCE"),
        help=say(
            vi="nhật ký sự kiện (.json), hoặc danh sách hồ sơ (.csv, .xlsx, .json) kèm --id",
            en="an event log (.json), or a list of dossiers (.csv, .xlsx, .json) with --id",
        ),
    )
    for name, vi, en in (
        ("id", "mã hồ sơ trong danh sách", "code of the dossier in the list"),
        ("applicant", "tên người nộp, chỉ ghi trong thư", "name of the applicant, in the e-mail only"),
        ("procedure", "tên thủ tục", "name of the procedure"),
        ("contact", "người hoặc số để hỏi", "whom to ask"),
        ("place", "nơi trả kết quả", "where to come"),
        ("reason", "lý do", "the reason"),
        ("due", "ngày hẹn mới, dạng 2026-03-09T17:00+07:00", "the new appointment, such as 2026-03-09T17:00+07:00"),
        ("old-due", "ngày hẹn trước", "the appointment before"),
    ):
        parser.add_argument(f"--{name}", metavar=say(vi="CHỮ", en="TEXT"), help=say(vi=vi, en=en))
    parser.add_argument("--office", required=True, metavar=say(vi="TÊN", en="NAME"),
                        help=say(vi="tên đơn vị gửi", en="who writes"))  # fmt: skip
    parser.add_argument("--paper", action="append", default=[], metavar=say(vi="GIẤY-TỜ", en="PAPER"),
                        help=say(vi="giấy tờ cần bổ sung; dùng được nhiều lần", en="a paper asked for; repeatable"))  # fmt: skip
    parser.add_argument("--columns", type=input_file, metavar=say(vi="CỘT.json", en="COLUMNS.json"),
                        help=say(vi='tên cột của bảng theo tên của lệnh, ví dụ {"due_at": "Hạn chót"}',
                                 en='headings of the table by our names, such as {"due_at": "Hạn chót"}'))  # fmt: skip
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the e-mail, then the short text twice."""
    from onestop_core import desk  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    due, old_due = (
        None if text is None else read_moment(text, name)
        for name, text in (("--due", options.due), ("--old-due", options.old_due))
    )
    made = desk.notice(
        options.kind,
        _source(options),
        office=options.office,
        language=language,
        applicant=options.applicant,
        procedure=options.procedure,
        contact=options.contact,
        place=options.place,
        due=due,
        old_due=old_due,
        reason=options.reason,
        papers=options.paper,
    )
    marked, bare = made.sms(), made.sms(diacritics=False)
    if options.format == "json":
        messages = [
            {"text": each.text, "alphabet": each.alphabet.value, "length": each.length, "messages": each.messages}
            for each in (marked, bare)
        ]
        print_json({"kind": made.kind.value, "subject": made.subject, "body": made.body, "sms": messages})
        return CLEAN
    for text in (made.subject, "", *made.body.split("\n")):
        print(line(text))
    for each in (marked, bare):
        said = Text(
            vi=f"SMS, {each.length} ký tự, {each.messages} tin (một tin {each.room})",
            en=f"SMS, {each.length} signs, {each.messages} message(s) ({each.room} fit in one)",
        )
        print()
        print(line(f"{said.in_(language)}:"))
        print(line(each.text))
    return CLEAN


def _source(options: argparse.Namespace) -> Dossier | DeskRow:
    document = read_json(options.file) if options.file.lower().endswith(".json") else None
    if isinstance(document, dict) and "events" in document:
        from onestop_core import dossier  # noqa: PLC0415 - only where there is a log

        return dossier.replay(cast("dict[str, Any]", document))
    if options.id is None:
        raise InvalidValueError.of("--id", None, vi="mã hồ sơ trong danh sách", en="the code of a dossier in the list")
    rows = {row.id: row for row in read_table_file(options.file, columns_of(options))}
    if options.id not in rows:
        raise UnknownCodeError.among(Text(vi="hồ sơ", en="dossier"), options.id, rows)
    return rows[options.id]
