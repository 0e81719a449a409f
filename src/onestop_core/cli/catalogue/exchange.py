"""``onestop export`` and ``onestop import``: catalogues in the forms that other programs have."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from onestop_core.cli.catalogue.check import fast_validator
from onestop_core.cli.shell.common import CLEAN, FINDINGS, language_of, print_json
from onestop_core.cli.shell.files import input_file, write_file, write_files
from onestop_core.errors import InvalidValueError
from onestop_core.rules.reading.csv_files import read_csv, write_csv
from onestop_core.rules.reading.documents import MAX_BYTES, parse_json
from onestop_core.text import Text, number, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue import Catalogue
    from onestop_core.catalogue.published import NotUnderstood
    from onestop_core.cli.shell.parsing import Say
    from onestop_core.text import Language

__all__ = ["register", "run_export", "run_import"]

_SHOWN: Final = 80
_MOST_OF_A_KIND: Final = 5
_ELSEWHERE: Final = frozenset({".xls", ".xlsb", ".ods", ".doc", ".docx", ".odt", ".pdf", ".numbers"})
_SEPARATORS: Final[dict[str, Literal[",", ";", "\t"]]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


def register(commands: Any) -> None:
    """Add the commands to the command line."""
    say: Say = commands.say
    out = commands.add_parser(
        "export",
        help=say(
            vi="xuất danh mục thành bảng, dữ liệu liên kết hoặc phụ lục để in",
            en="write a catalogue as tables, as linked data, or as an annex to print",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 đã ghi đủ, 1 còn thiếu các đường dẫn in ở đầu ra lỗi, 2 không đọc được.",
            en="Exit codes: 0 all of it is written, 1 the paths on standard error are left out, 2 it cannot be read.",
        ),
    )
    out.add_argument(
        "file",
        metavar=say(vi="TỆP", en="FILE"),
        type=input_file,
        help=say(vi="danh mục dạng JSON", en="catalogue in JSON"),
    )
    out.add_argument(
        "--to",
        choices=("csv", "xlsx", "cpsv-ap", "html", "docx"),
        required=True,
        help=say(
            vi="csv: các bảng; xlsx: một tệp bảng tính (phần mở rộng office); cpsv-ap: JSON-LD; html, docx (phần mở rộng "
            "office): phụ lục quyết định công bố, theo ngôn ngữ của lệnh",
            en="csv: flat tables; xlsx: a workbook (extra office); cpsv-ap: JSON-LD; html, docx (extra office): the annex "
            "of the publishing decision, in the language of the command",
        ),
    )
    out.add_argument(
        "--out",
        metavar=say(vi="ĐƯỜNG-DẪN", en="PATH"),
        help=say(
            vi="csv: thư mục để ghi các bảng, được tạo nếu chưa có; xlsx, docx: tệp; cpsv-ap, html: tệp, nếu không nêu thì in ra màn hình",
            en="csv: the folder for the tables, made if missing; xlsx, docx: the file; cpsv-ap, html: the file, default standard output",
        ),
    )
    out.add_argument(
        "--one-sheet",
        action="store_true",
        help=say(
            vi="csv, xlsx: chỉ một bảng với các cột của cổng quốc gia; không giữ được mọi nội dung",
            en="csv, xlsx: only one table, with the columns of the national portal; it does not hold everything",
        ),
    )
    out.add_argument(
        "--base-uri",
        metavar=say(vi="ĐỊA-CHỈ", en="URI"),
        help=say(
            vi="cpsv-ap: phần đầu của địa chỉ, chẳng hạn https://example.vn/tthc/",
            en="cpsv-ap: what addresses begin with, such as https://example.vn/tthc/",
        ),
    )
    out.add_argument(
        "--separator",
        choices=tuple(_SEPARATORS),
        default="comma",
        help=say(
            vi="csv: dấu giữa các ô; bảng tính dùng dấu phẩy thập phân mở được semicolon; nếu không nêu: comma",
            en="csv: between cells; spreadsheets that write decimals with a comma open semicolon; default comma",
        ),
    )
    out.add_argument(
        "--procedure",
        metavar=say(vi="MÃ", en="CODE"),
        help=say(vi="html, docx: chỉ thủ tục có mã này", en="html, docx: only the procedure of this code"),
    )
    out.add_argument(
        "--field",
        metavar=say(vi="LĨNH-VỰC", en="FIELD"),
        help=say(
            vi="html, docx: chỉ lĩnh vực có tên hoặc mã này, gõ không dấu cũng được",
            en="html, docx: only the field of this name or code; marks may be left out",
        ),
    )
    out.set_defaults(run=run_export)
    into = commands.add_parser(
        "import",
        help=say(
            vi="đọc danh mục từ các bảng CSV, trang của cổng quốc gia hoặc bảng tính",
            en="read a catalogue from CSV tables, pages of the national portal, or a spreadsheet",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 đã hiểu đủ, 1 còn những chỗ chưa hiểu, nêu ở báo cáo, 2 không đọc được.",
            en="Exit codes: 0 all of it is understood, 1 the report names what is not, 2 it cannot be read.",
        ),
    )
    into.add_argument(
        "source",
        type=input_file,
        metavar=say(vi="NGUỒN", en="SOURCE"),
        help=say(
            vi="thư mục chứa các bảng; tệp hoặc thư mục các trang (.json, .jsonl, .csv một bảng); tệp .xlsx, .xlsm",
            en="a folder of tables; a file or folder of pages (.json, .jsonl, one table as .csv); an .xlsx or .xlsm file",
        ),
    )
    into.add_argument(
        "--from",
        dest="form",
        choices=("tables", "portal", "xlsx"),
        help=say(
            vi="dạng của nguồn; nếu không nêu thì theo tên tệp, thư mục là các bảng",
            en="what the source is; default: by the name of the file, and a folder is tables",
        ),
    )
    into.add_argument(
        "--report",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="bảng CSV ghi những chỗ chưa hiểu; nếu không nêu thì in ở đầu ra lỗi",
            en="CSV table for what was not understood; default: standard error",
        ),
    )
    into.add_argument(
        "--out",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="tệp để ghi danh mục; nếu không nêu thì in ra màn hình",
            en="file to write the catalogue to; default: standard output",
        ),
    )
    into.set_defaults(run=run_import)


def run_export(options: argparse.Namespace) -> int:
    """Write the catalogue; say what the form cannot hold."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    cat = catalogue.load(options.file, validator=fast_validator())
    if options.to == "cpsv-ap":
        if options.base_uri is None:
            raise InvalidValueError.of(
                "--base-uri",
                None,
                vi="địa chỉ như https://example.vn/tthc/",
                en="an address such as https://example.vn/",
            )
        _write(catalogue.cpsv_ap(cat, base_uri=options.base_uri), options.out)
        return CLEAN
    if options.to == "html":
        page = catalogue.annex.html(cat, **_of_annex(options))
        if options.out is None:
            print(safe.markup(page), end="")
        else:
            write_file(options.out, page)
        return CLEAN
    if options.out is None:
        raise InvalidValueError.of("--out", None, vi="nơi để ghi", en="where to write it")
    if options.to == "csv":
        return _to_csv(cat, options)
    from onestop_core.ext import office  # noqa: PLC0415 - needs the extra

    if options.to == "docx":
        write_file(options.out, office.annex(cat, **_of_annex(options)))
        return CLEAN
    write_file(options.out, office.workbook(cat, one_sheet=options.one_sheet))
    return _told(() if options.one_sheet else catalogue.tables.not_in_tables(cat), options)


def _of_annex(options: argparse.Namespace) -> dict[str, Any]:
    """Return of what the annex is to be, and in which language."""
    return {"procedure": options.procedure, "field": options.field, "language": language_of(options)}


def _to_csv(cat: Catalogue, options: argparse.Namespace) -> int:
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    separator = _SEPARATORS[options.separator]
    if options.one_sheet:
        write_file(options.out, write_csv(catalogue.published.to_rows(cat), separator=separator))
        return CLEAN
    tables, lost = catalogue.tables.exported(cat, separator=separator)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    write_files((folder / name, words) for name, words in tables.items())
    return _told(lost, options)


def _told(lost: Iterable[str], options: argparse.Namespace) -> int:
    """Say which paths of the catalogue no table holds."""
    said = {"vi": "không có trong bảng", "en": "not in the tables"}[language_of(options)]
    paths = tuple(lost)
    for path in paths:
        print(safe.line(f"onestop export: {path}: {said}"), file=sys.stderr)
    return FINDINGS if paths else CLEAN


def run_import(options: argparse.Namespace) -> int:
    """Read the source, print or write the catalogue, and report what was not understood."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    source = Path(options.source)
    form = options.form or _form(source)
    told: tuple[NotUnderstood, ...] = ()
    if form == "tables":
        # Nothing that would block: a pipe may be called a table, too.
        paths = [path for path in sorted(source.iterdir()) if path.suffix == ".csv" and path.is_file()]
        if not paths:
            raise InvalidValueError.of(
                "SOURCE", str(source), vi="thư mục có các bảng (.csv)", en="a folder with tables (.csv)"
            )
        document = catalogue.dump(
            catalogue.from_tables({path.name: _bytes(path) for path in paths}, validator=fast_validator())
        )
    elif form == "xlsx":
        from onestop_core.ext import office  # noqa: PLC0415 - needs the extra

        document, told = office.read_workbook(_bytes(source), validator=fast_validator())
    elif source.suffix.lower() == ".csv" and not source.is_dir():
        document, told = catalogue.published.read_sheets({"": _rows(source)})
    else:
        document, told = catalogue.read_portal(_pages(source))
    _write(document, options.out)
    if options.report is not None:
        write_file(options.report, write_csv(_report(told)))
    else:
        for said in _open_points(told, language_of(options)):
            print(safe.line(f"onestop import: {said}"), file=sys.stderr)
    if told or options.report is not None:
        count = len(document["procedures"])
        said = {
            "vi": f"{count} thủ tục, {len(told)} chỗ chưa hiểu",
            "en": f"{count} procedures, {len(told)} places not understood",
        }[language_of(options)]
        print(safe.line(f"onestop import: {said}"), file=sys.stderr)
    return FINDINGS if told else CLEAN


def _form(source: Path) -> str:
    """Return what a source is, by its name.

    Raises:
        InvalidValueError: a file of a program that has to save it in another form first.
    """
    suffix = source.suffix.lower()
    if source.is_dir():
        return "tables"
    if suffix in _ELSEWHERE:
        raise InvalidValueError.of(
            "SOURCE",
            str(source),
            vi="tệp .xlsx; hãy mở tệp này và lưu thành .xlsx",
            en="an .xlsx file; open this one and save it as .xlsx",
        )
    return "xlsx" if suffix in {".xlsx", ".xlsm"} else "portal"


def _open_points(told: Iterable[NotUnderstood], language: Language) -> Iterator[str]:
    """Yield what was not understood as lines for people: the first ones of a kind, and how many more there are."""
    kinds: dict[tuple[str, str], list[NotUnderstood]] = {}
    for each in told:
        kinds.setdefault((_heading(each.place), each.reason.en), []).append(each)
    for (heading, _), points in kinds.items():
        for each in points[:_MOST_OF_A_KIND]:
            where = each.cell or each.code or str(each.page + 1)
            code = f" ({each.code})" if each.cell and each.code else ""
            text = " ".join(each.text.split())
            text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            words = [f"{where}{code}", heading, each.reason.in_(language), f"“{text}”" if text else ""]
            yield ": ".join(filter(None, words))
        if len(points) > _MOST_OF_A_KIND:
            rest = number(len(points) - _MOST_OF_A_KIND)
            more = Text(vi=f"và {rest.vi} chỗ nữa như trên", en=f"and {rest.en} more of this kind")
            all_of_them = Text(vi="nêu --report TỆP để ghi đủ vào một bảng", en="--report FILE writes all of them")
            yield f"  {more.in_(language)}; {all_of_them.in_(language)}"


def _heading(place: str) -> str:
    """Return a place in the words of the portal, as the heads of its columns have them.

    >>> _heading("cach_thuc_thuc_hien[1].phi_le_phi"), _heading("so_bo_ho_so"), _heading("Ghi chú")
    ('Cách thức thực hiện: Phí, lệ phí', 'Số bộ hồ sơ', 'Ghi chú')
    """
    from onestop_core.catalogue.published.pages import COLUMNS  # noqa: PLC0415 - only the command that runs is loaded

    known = {**COLUMNS, "hinh_thuc": "Hình thức nộp"}
    plain = re.sub(r"\[\d+\]", "", place)
    parts = plain.split(".")
    return ": ".join(known[part] for part in parts) if all(part in known for part in parts) else plain


def _report(told: Iterable[NotUnderstood]) -> Iterator[tuple[str, ...]]:
    yield ("page", "code", "cell", "place", "text", "reason.vi", "reason.en")
    for each in told:
        yield (
            str(each.page + 1),
            each.code or "",
            each.cell or "",
            each.place,
            each.text,
            each.reason.vi,
            each.reason.en,
        )


def _rows(source: Path) -> list[list[str]]:
    """Return the rows of a CSV table, each where a spreadsheet has it."""
    rows: list[list[str]] = []
    for row in read_csv(_bytes(source)):
        rows += [[] for _ in range(row.number - 1 - len(rows))]
        rows.append(list(row.cells))
    return rows


def _pages(source: Path) -> list[Any]:
    """Return the pages in a file or in the files of a folder."""
    from onestop_core.catalogue.structure import is_list  # noqa: PLC0415 - only the command that runs is loaded

    if source.is_dir():
        names = sorted(path for path in source.rglob("*.json") if path.is_file())
        if not names:
            raise InvalidValueError.of(
                "SOURCE", str(source), vi="thư mục có các trang (.json)", en="a folder with pages (.json)"
            )
        return [page for path in names for page in _pages(path)]
    if source.suffix.lower() == ".jsonl":
        lines = [line for line in _bytes(source).splitlines() if line.strip()]
        return [parse_json(line, source=f"{source}:{number}") for number, line in enumerate(lines, start=1)]
    found = parse_json(_bytes(source), source=str(source))
    if isinstance(found, dict) and {"schema_version", "procedures"} <= found.keys():
        raise InvalidValueError.of(
            "SOURCE",
            str(source),
            vi="các trang của cổng; tệp này đã là danh mục, dùng được ngay với check, export và các lệnh khác",
            en="pages of the portal; this file is a catalogue already, for check, export and the other commands",
        )
    return found if is_list(found) else [found]


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one more than is read tells that there is more


def _write(document: Any, name: str | None) -> None:
    """Write *document* to the file *name*, or print it."""
    if name is None:
        print_json(document)
    else:
        write_file(name, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
