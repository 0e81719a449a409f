"""``onestop form-06``: fill report form 06 from the facts of dossiers, or check one that was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.cli.catalogue.findings import severity_text
from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json, read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError, Severity
from onestop_core.model import Interval
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import number, percent, period_text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.errors import Problem
    from onestop_core.kpi.form06 import Form06
    from onestop_core.text import Language

__all__ = ["register", "run"]

_SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "form-06",
        help=say(
            vi="Biểu số II.06a/VPCP/KSTT: lập từ hồ sơ, hoặc kiểm tra biểu đã lập",
            en="report form 06 (a statistic): fill it from dossiers, or check a filled one",
        ),
        epilog=say(
            vi="Đây là báo cáo thống kê. Phiếu kiểm soát quá trình giải quyết hồ sơ của Bộ phận Một cửa: onestop form control.",
            en="A statistic. The control slip of a desk, also called form 06, is onestop form control.",
        ),
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "facts",
        nargs="?",
        type=input_file,
        metavar=say(vi="DỮ-LIỆU", en="FACTS"),
        help=say(vi="dữ liệu hồ sơ: .csv, .jsonl hoặc .parquet", en="dossiers: .csv, .jsonl or .parquet"),
    )
    what.add_argument(
        "--check",
        type=input_file,
        metavar=say(vi="BIỂU.json", en="FORM.json"),
        help=say(vi="biểu đã lập; chỉ ra chỗ không khớp", en="a filled form; says what does not add up"),
    )
    parser.add_argument(
        "--previous",
        type=input_file,
        metavar=say(vi="BIỂU.json", en="FORM.json"),
        help=say(vi="dùng với --check: biểu của kỳ trước", en="with --check: the form of the period before"),
    )
    parser.add_argument(
        "--from",
        dest="first",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày đầu của kỳ báo cáo", en="first day reported"),
    )
    parser.add_argument(
        "--to",
        dest="last",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày cuối của kỳ báo cáo", en="last day reported"),
    )
    parser.add_argument(
        "--by",
        default="field",
        metavar=say(vi="CỘT", en="COLUMN"),
        help=say(vi="mỗi dòng là gì (nếu không nêu: “field”, lĩnh vực)", en="what a row stands for (default: field)"),
    )
    parser.add_argument("--unit", metavar=say(vi="ĐƠN-VỊ", en="NAME"), help=say(vi="đơn vị báo cáo", en="who reports"))
    parser.add_argument(
        "--missing",
        choices=("refuse", "leave_out"),
        default="refuse",
        help=say(
            vi="hồ sơ không đủ dữ liệu để xếp cột (nếu không nêu: “refuse”, từ chối)",
            en="dossiers whose facts do not tell their column (default: refuse)",
        ),
    )
    parser.add_argument(
        "--separator",
        choices=tuple(_SEPARATORS),
        default="comma",
        help=say(
            vi="csv: dấu phân cách; bảng tính dùng dấu phẩy thập phân thì chọn semicolon (nếu không nêu: comma)",
            en="csv: between cells; spreadsheets that write decimals with a comma open semicolon; default comma",
        ),
    )
    add_format(parser, "text", "json", "csv")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the form, or the findings."""
    return _check(options) if options.check is not None else _fill(options)


def _check(options: argparse.Namespace) -> int:
    from onestop_core.kpi import form06  # noqa: PLC0415 - only the command that runs is loaded

    if options.format == "csv":
        raise InvalidValueError.of("--format", "csv", vi="text hoặc json với --check", en="text or json with --check")
    previous = None if options.previous is None else read_json(options.previous)
    problems = form06.check(read_json(options.check), previous)
    language = language_of(options)
    if options.format == "json":
        print_json([problem.to_dict(language=language) for problem in problems])
    else:
        for problem in problems:
            print(_line(problem, language))
    return FINDINGS if any(problem.severity is not Severity.NOTE for problem in problems) else CLEAN


def _line(problem: Problem, language: Language) -> str:
    basis = f" ({problem.basis.in_(language)})" if problem.basis else ""
    severity = severity_text(problem.severity).in_(language)
    return line(f"{problem.path}: {severity}: {problem.text.in_(language)} [{problem.rule}]{basis}")


def _fill(options: argparse.Namespace) -> int:
    from onestop_core import kpi  # noqa: PLC0415 - only the command that runs is loaded

    if options.first is None or options.last is None or options.previous is not None:
        raise InvalidValueError.of(
            "FACTS",
            options.facts,
            vi="kèm --from và --to, không kèm --previous",
            en="--from and --to with it, and no --previous",
        )
    period = Interval(first=read_date(options.first, "--from"), last=read_date(options.last, "--to"))
    form = kpi.form06.fill(
        kpi.read_facts(options.facts), period=period, by=options.by, unit=options.unit, missing=options.missing
    )
    language = language_of(options)
    if options.format == "json":
        print_json(form.to_dict())
    elif options.format == "csv":
        print(form.to_csv(language=language, separator=_SEPARATORS[options.separator]), end="")
    else:
        for shown in _text(form, language):
            print(line(shown))
    return CLEAN


def _text(form: Form06, language: Language) -> list[str]:
    from onestop_core.kpi.form06 import check, definition  # noqa: PLC0415 - only the command that runs is loaded

    head = definition()
    total, unknown = {"vi": ("Tổng số", "(không rõ)"), "en": ("Total", "(unknown)")}[language]
    number_of = {"vi": "Biểu số ", "en": ""}[language]
    lines = [
        f"{number_of}{form.template}  {head.name.in_(language)}",
        " ".join(filter(None, [form.unit, period_text(form.period.first, form.period.last).in_(language)])),
        "",
        *(f"({column.number}) {column.name.in_(language)}" for column in head.columns),
        "",
        " " * 24 + "".join(f"{f'({column.number})':>9}" for column in head.columns),
    ]
    for label, row in [*((row.label or unknown, row) for row in form.rows), (total, form.total)]:
        cells = (getattr(row, column.key) for column in head.columns)
        numbers = "".join(f"{'' if cell is None else number(cell).in_(language):>9}" for cell in cells)
        lines.append(f"{label[:23]:<24}{numbers}")
    lines.append("")
    for rate in head.rates:
        value = form.total.rate(rate.id)
        shown = "–" if value is None else percent(100 * value, places=2).in_(language)
        counts = "" if value is None else f" ({_parts(form, rate.of, language)}/{_parts(form, rate.among, language)})"
        lines.append(f"{rate.name.in_(language)}: {shown}{counts} – {rate.basis.cite().in_(language)}")
    return [*lines, *(problem.text.in_(language) for problem in check(form))]


def _parts(form: Form06, columns: tuple[str, ...], language: Language) -> str:
    return number(sum(getattr(form.total, column) for column in columns)).in_(language)
