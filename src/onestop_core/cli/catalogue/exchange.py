"""``onestop export`` and ``onestop import``: catalogues in the forms that other programs have."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from onestop_core.cli.shell.common import CLEAN, FINDINGS, language_of, print_json
from onestop_core.cli.shell.files import input_file, write_file, write_files
from onestop_core.errors import InvalidValueError
from onestop_core.rules.reading.documents import MAX_BYTES
from onestop_core.text import safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.catalogue import Catalogue
    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run_export", "run_import"]

_SEPARATORS: Final[dict[str, Literal[",", ";", "\t"]]] = {"comma": ",", "semicolon": ";", "tab": "\t"}


def register(commands: Any) -> None:
    """Add the commands to the command line."""
    say: Say = commands.say
    out = commands.add_parser(
        "export",
        help=say(
            vi="xuất danh mục thành bảng CSV hoặc dữ liệu liên kết",
            en="write a catalogue as CSV tables or as linked data",
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
        choices=("csv", "cpsv-ap"),
        required=True,
        help=say(vi="csv: các bảng; cpsv-ap: JSON-LD", en="csv: flat tables; cpsv-ap: JSON-LD"),
    )
    out.add_argument(
        "--out",
        metavar=say(vi="ĐƯỜNG-DẪN", en="PATH"),
        help=say(
            vi="csv: thư mục để ghi các bảng, được tạo nếu chưa có; cpsv-ap: tệp, nếu không nêu thì in ra màn hình",
            en="csv: the folder to write the tables to, made if missing; cpsv-ap: the file, default standard output",
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
    out.set_defaults(run=run_export)
    into = commands.add_parser(
        "import", help=say(vi="đọc danh mục từ các bảng CSV", en="read a catalogue from CSV tables")
    )
    into.add_argument(
        "folder",
        type=input_file,
        metavar=say(vi="THƯ-MỤC", en="DIR"),
        help=say(
            vi="thư mục chứa các bảng, tên tệp như lệnh export đặt",
            en="folder with the tables, named as export names them",
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

    cat = catalogue.load(options.file)
    if options.to == "csv":
        return _to_csv(cat, options)
    if options.base_uri is None:
        raise InvalidValueError.of(
            "--base-uri", None, vi="địa chỉ như https://example.vn/tthc/", en="an address such as https://example.vn/"
        )
    _write(catalogue.cpsv_ap(cat, base_uri=options.base_uri), options.out)
    return CLEAN


def _to_csv(cat: Catalogue, options: argparse.Namespace) -> int:
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    if options.out is None:
        raise InvalidValueError.of("--out", None, vi="một thư mục", en="a folder")
    tables = catalogue.to_tables(cat, separator=_SEPARATORS[options.separator])
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    write_files((folder / name, words) for name, words in tables.items())
    lost = catalogue.tables.not_in_tables(cat)
    said = {"vi": "không có trong bảng", "en": "not in the tables"}[language_of(options)]
    for path in lost:
        print(safe.line(f"onestop export: {path}: {said}"), file=sys.stderr)
    return FINDINGS if lost else CLEAN


def run_import(options: argparse.Namespace) -> int:
    """Read the tables and print or write the catalogue."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    # Nothing that would block: a pipe may be called a table, too.
    paths = [path for path in sorted(Path(options.folder).iterdir()) if path.suffix == ".csv" and path.is_file()]
    tables = {path.name: _bytes(path) for path in paths}
    _write(catalogue.dump(catalogue.from_tables(tables)), options.out)
    return CLEAN


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one more than is read tells that there is more


def _write(document: Any, name: str | None) -> None:
    """Write *document* to the file *name*, or print it."""
    if name is None:
        print_json(document)
    else:
        write_file(name, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
