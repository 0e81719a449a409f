"""``onestop conformance export``: the suite as plain files, for whoever has no Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, language_of
from onestop_core.cli.shell.files import write_file
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, number

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(parts: Any, say: Say) -> None:
    """Add the part to the command."""
    parser = parts.add_parser(
        "export",
        help=say(
            vi="ghi bộ kiểm thử, bảng pháp luật, lược đồ và chương trình chạy bằng JavaScript ra tệp, không cần Python",
            en="write cases, law tables, schemas and a runner in JavaScript as files that need no Python",
        ),
    )
    parser.add_argument(
        "folder",
        nargs="?",
        metavar=say(vi="THƯ-MỤC", en="DIR"),
        help=say(
            vi="thư mục mới, thư mục trống, hoặc bản xuất trước đó chưa bị sửa",
            en="a new folder, an empty one, or an earlier export that was not changed",
        ),
    )
    parser.add_argument(
        "--archive",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(vi="ghi cả tệp nén .tar.gz", en="write a packed file, .tar.gz, too"),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the export, and say which suite it holds."""
    from onestop_core.conformance import exporting, suite  # noqa: PLC0415 - only the command that runs is loaded

    if options.folder is None and options.archive is None:
        raise InvalidValueError.of("DIR", None, vi="THƯ-MỤC hoặc --archive", en="DIR or --archive")
    if options.folder is not None:
        exporting.export(options.folder)
    if options.archive is not None:
        write_file(options.archive, exporting.archive())
    files = number(len(exporting.exported_files()))
    words = Text(
        vi=f"bộ kiểm thử {suite().version}, {files.vi} tệp, {suite().digest}",
        en=f"suite {suite().version}, {files.en} files, {suite().digest}",
    )
    print(words.in_(language_of(options)))
    return CLEAN
