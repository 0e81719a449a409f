"""``onestop lab fold``: large files of logs in, files of facts, spans and breaches out."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onestop_core.cli.lab.laws import add_lifecycle, lifecycle_of
from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, number, safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.ext.log_files import FoldedFile

__all__ = ["register", "run_fold"]

_MOST_JOBS: Final = 1_000
_MOST_TOLD: Final = 5
"""Bad lines of a file that are told; its file in ``refused`` has them all."""


def register(parts: Any) -> None:
    """Add the part to ``onestop lab``."""
    say: Say = parts.say
    fold = parts.add_parser(
        "fold",
        help=say(
            vi="tệp nhật ký lớn thành số liệu cho bộ chỉ số, trên mọi lõi; đối chiếu từng bước nếu muốn",
            en="large files of logs into facts for the index, on all cores; each step judged if wanted",
        ),
    )
    fold.add_argument(
        "logs",
        nargs="+",
        type=input_file,
        metavar=say(vi="NHẬT-KÝ", en="LOGS"),
        help=say(
            vi="nhật ký .jsonl, .jsonl.gz hoặc .parquet, mỗi tệp gồm những hồ sơ trọn vẹn; mỗi ngày hay đơn vị một tệp thì lõi nào cũng có việc",
            en="logs: .jsonl, .jsonl.gz or .parquet, whole dossiers in each; one a day or unit gives every core work",
        ),
    )
    fold.add_argument(
        "--to",
        required=True,
        type=input_file,
        metavar=say(vi="THƯ-MỤC", en="FOLDER"),
        help=say(
            vi="nơi ghi facts/, spans/, refused/ và breaches/; chạy lại thì tiếp tục từ chỗ dừng",
            en="where facts/, spans/, refused/ and breaches/ go; run again, it goes on where it was",
        ),
    )
    fold.add_argument(
        "--jobs",
        metavar=say(vi="SỐ", en="N"),
        help=say(vi="số tệp xử lý cùng lúc; nếu không nêu: mỗi lõi một tệp", en="files at a time; default one a core"),
    )
    fold.add_argument(
        "--judge",
        action="store_true",
        help=say(
            vi="đối chiếu từng bước với quy định, ghi vi phạm vào breaches/",
            en="hold each step to the law, and write what it refuses into breaches/",
        ),
    )
    add_lifecycle(fold)
    add_format(fold, "parquet", "jsonl")
    fold.set_defaults(run=run_fold)


def run_fold(options: argparse.Namespace) -> int:
    """Fold the files, tell on standard error how far it is, and print what it comes to."""
    from onestop_core import lab  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.ext.log_files import fold_files  # noqa: PLC0415

    language = language_of(options)
    law = lab.law(lifecycle=lifecycle_of(options.lifecycle)) if options.judge or options.lifecycle else None
    done: list[FoldedFile] = []
    for each in fold_files(
        [Path(log) for log in options.logs],
        Path(options.to),
        processes=_jobs(options.jobs),
        law=law,
        language=language,
        form=options.format,
    ):
        done.append(each)
        said = _said([each], judged=law is not None)
        again = Text(vi="", en="") if each.is_new else Text(vi=" (đã có)", en=" (done before)")
        _tell(f"[{len(done)}/{len(options.logs)}] {each.source.name}: {said.in_(language)}{again.in_(language)}")
        for line in _bad_lines(each, Path(options.to)) if each.bad_lines else ():
            place = Text(vi=f"dòng {line['line']}", en=f"line {line['line']}")
            _tell(f"{each.source}: {place.in_(language)}: {' '.join(line['message'].split())}")
    print(safe.line(_said(done, judged=law is not None).in_(language)))
    return FINDINGS if any(each.refused or each.bad_lines or each.breaches for each in done) else CLEAN


def _tell(text: str) -> None:
    print(safe.terminal(text), file=sys.stderr, flush=True)


def _said(done: list[FoldedFile], *, judged: bool) -> Text:
    dossiers, refused, bad, breaches = (
        number(sum(getattr(each, name) for each in done)) for name in ("dossiers", "refused", "bad_lines", "breaches")
    )
    told = Text(vi=f", {breaches.vi} vi phạm", en=f", {breaches.en} breaches") if judged else Text(vi="", en="")
    return Text(
        vi=f"{dossiers.vi} hồ sơ, không đọc được {refused.vi} hồ sơ và {bad.vi} dòng{told.vi}",
        en=f"{dossiers.en} dossiers, {refused.en} refused, {bad.en} lines not read{told.en}",
    )


def _bad_lines(done: FoldedFile, folder: Path) -> list[dict[str, Any]]:
    name = done.source.name.rsplit(".jsonl", 1)[0]
    with (folder / "refused" / f"{name}.jsonl").open(encoding="utf-8") as stream:
        rows = (json.loads(line) for line in stream)
        return list(islice((row for row in rows if "line" in row), _MOST_TOLD))


def _jobs(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= _MOST_JOBS):
        raise InvalidValueError.of(
            "--jobs", text, vi=f"số từ 1 đến {_MOST_JOBS}", en=f"a number from 1 to {_MOST_JOBS}"
        )
    return int(text)
