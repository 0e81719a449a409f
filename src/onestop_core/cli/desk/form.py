"""``onestop form``: the papers that a desk gives out, filled in from the log of a dossier."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, print_json, read_date
from onestop_core.cli.shell.files import input_file, write_file
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.text import safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.catalogue import Catalogue
    from onestop_core.cli.shell.parsing import Say
    from onestop_core.deadlines import Deadline
    from onestop_core.desk.forms import FormData
    from onestop_core.dossier import Dossier
    from onestop_core.model import TimeLimit

__all__ = ["register", "run"]

_FORMS = ("receipt", "supplement", "refusal", "late", "stop", "control", "register")


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "form",
        help=say(
            vi="in mẫu của Bộ phận Một cửa: giấy tiếp nhận, phiếu bổ sung, từ chối, xin lỗi, kiểm soát, sổ theo dõi",
            en="print a form of the desk: receipt, supplement, refusal, late, stop, control, register",
        ),
        epilog=say(
            vi="Phiếu kiểm soát quá trình giải quyết hồ sơ mang số 05 hoặc 06 tùy thông tư: dùng control. Biểu số "
            "II.06a/VPCP/KSTT là báo cáo thống kê: dùng lệnh form-06.",
            en="The control slip is number 05 or 06, depending on the circular: say control. Report form 06 is a "
            "statistic: the command form-06.",
        ),
    )
    parser.add_argument(
        "name",
        choices=_FORMS,
        metavar=say(vi="MẪU", en="NAME"),
        help=say(
            vi="receipt: giấy tiếp nhận; supplement: bổ sung; refusal: từ chối; late: xin lỗi, hẹn lại; stop: dừng giải "
            "quyết; control: kiểm soát; register: sổ theo dõi",
            en="what it is: receipt, supplement, refusal, late (apology), stop, control (slip), register",
        ),
    )
    parser.add_argument(
        "logs",
        nargs="*",
        type=input_file,
        metavar=say(vi="NHẬT-KÝ.json", en="LOG"),
        help=say(
            vi="tài liệu theo lược đồ “event-log”; sổ theo dõi nhận nhiều tệp; không nêu thì in mẫu trống",
            en="document of the schema event-log; several for a register; none: an empty form",
        ),
    )
    parser.add_argument(
        "--details",
        type=input_file,
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="cơ quan, người nộp, người ký: tài liệu theo lược đồ “form-details”",
            en="office, applicant, signer: a document of the schema form-details",
        ),
    )
    parser.add_argument(
        "--catalogue",
        type=input_file,
        metavar=say(vi="TỆP", en="FILE"),
        help=say(vi="danh mục có tên thủ tục và thời hạn", en="catalogue with the procedure's name and time limit"),
    )
    parser.add_argument(
        "--limit",
        metavar=say(vi="THỜI-HẠN", en="TEXT"),
        help=say(
            vi="thời hạn giải quyết, chẳng hạn “05 ngày làm việc”; giấy tiếp nhận có thêm mã QR để kiểm tra ngày hẹn",
            en='time limit, such as "5 working days"; a receipt then bears its short form, as a QR code with the extra qr',
        ),
    )
    parser.add_argument(
        "--hours",
        metavar=say(vi="GIỜ", en="TEXT"),
        help=say(vi="giờ làm việc của cơ quan, dùng với --limit", en="office hours of the agency, with --limit"),
    )
    parser.add_argument(
        "--timeline",
        action="store_true",
        help=say(
            vi="html: thêm hình cách tính ngày hẹn, dùng với --limit",
            en="html: add a picture of how the due day was counted, with --limit",
        ),
    )
    parser.add_argument(
        "--edition",
        metavar=say(vi="MÃ", en="ID"),
        help=say(
            vi="bộ mẫu, chẳng hạn vn-forms@circular-03-2025; nếu không nêu thì theo ngày lập",
            en="edition of the forms, such as vn-forms@circular-03-2025; default: by the day of the form",
        ),
    )
    parser.add_argument(
        "--on",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày lập mẫu, để chọn bộ mẫu", en="day of the form, by which the edition is chosen"),
    )
    parser.add_argument(
        "--paper",
        choices=("A4", "A5"),
        help=say(vi="khổ giấy; nếu không nêu thì theo bộ mẫu", en="paper; default: as the edition has it"),
    )
    parser.add_argument(
        "--format",
        choices=("html", "docx", "json"),
        default="html",
        help=say(
            vi="dạng kết quả; nếu không nêu: html; docx cần phần mở rộng office",
            en="form of the output; default html; docx needs the extra office",
        ),
    )
    parser.add_argument(
        "--out",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="tệp để ghi, bắt buộc với docx; nếu không nêu thì in ra màn hình",
            en="file to write to, needed for docx; default standard output",
        ),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write the form."""
    from onestop_core import desk, dossier  # noqa: PLC0415 - only the command that runs is loaded

    if options.format == "docx" and options.out is None:
        raise InvalidValueError.of("--out", None, vi="tệp .docx để ghi", en="the .docx file to write to")
    if not options.logs and options.on is None and options.edition is None:
        raise InvalidValueError.of(
            "--on",
            None,
            vi="ngày lập mẫu (hoặc bộ mẫu, --edition), vì không có nhật ký",
            en="the day of the form (or --edition), since there is no log",
        )  # the law of which day is meant, only a log would tell
    details = desk.forms.FormDetails() if options.details is None else desk.forms.load_details(options.details)
    cases = [dossier.replay(log) for log in options.logs]
    limit = _limit(options)
    deadline = None if limit is None else _deadline(limit, options, cases)
    data = desk.form_data(
        options.name,
        cases,
        office=details.office,
        slip=details.slip,
        slips=details.slips,
        names=details.names,
        catalogue=_catalogue(options),
        limit=limit,
        deadline=deadline,
        on=None if options.on is None else read_date(options.on, "--on"),
        **({} if options.edition is None else {"edition": options.edition}),
    )
    _give(data, deadline, options)
    return CLEAN


def _catalogue(options: argparse.Namespace) -> Catalogue | None:
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    if options.catalogue is None:
        return None
    from onestop_core.cli.catalogue.check import fast_validator  # noqa: PLC0415

    return catalogue.load(options.catalogue, validator=fast_validator())


def _limit(options: argparse.Namespace) -> TimeLimit | None:
    from onestop_core.model import TimeLimit  # noqa: PLC0415 - only the command that runs is loaded

    if options.limit is not None:
        return TimeLimit.parse(options.limit)
    for name, given in (("--hours", options.hours), ("--timeline", options.timeline or None)):
        if given is not None:
            raise InvalidValueError.of(name, given, vi="kèm --limit", en="--limit with it")
    return None


def _deadline(limit: TimeLimit, options: argparse.Namespace, cases: list[Dossier]) -> Deadline | None:
    """Return the due moment of the one dossier, if it is received."""
    from onestop_core import deadlines, workdays  # noqa: PLC0415 - only the command that runs is loaded

    if len(cases) != 1:
        raise InvalidValueError.of("--limit", options.limit, vi="dùng với một nhật ký", en="one log with it")
    hours = None if options.hours is None else deadlines.WorkingHours.parse(options.hours)
    return deadlines.countdown(cases[0], limit, calendar=workdays.calendar(), hours=hours).due()


def _give(data: FormData, deadline: Deadline | None, options: argparse.Namespace) -> None:
    from onestop_core import desk  # noqa: PLC0415 - only the command that runs is loaded

    try:
        from onestop_core.ext import qr  # noqa: PLC0415 - needs the extra
    except MissingExtraError:
        draw = picture = None
    else:
        draw, picture = qr.modules, qr.png
    # The form itself is Vietnamese, whatever the command speaks.
    if options.format == "docx":
        from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

        code = None if picture is None or data.short_receipt is None else picture(data.short_receipt)
        write_file(options.out, spreadsheets.form(data, paper=options.paper, qr=code))
    elif options.format == "json":
        if options.out is None:
            print_json(data.to_dict())
        else:
            write_file(options.out, json.dumps(data.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        page = desk.form_html(data, paper=options.paper, qr=draw, deadline=deadline if options.timeline else None)
        if options.out is None:
            print(safe.markup(page), end="")
        else:
            write_file(options.out, page)
