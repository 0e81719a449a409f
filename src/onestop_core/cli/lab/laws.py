"""A law by options of the command line: limits, calendar, lifecycle, rules of supplements, index."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError
from onestop_core.model import TimeLimit

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Parser
    from onestop_core.lab import Law

__all__ = ["add_law", "law_of", "other_law_of"]


def add_law(parser: Parser, *, other: bool = False) -> None:
    """Let the command take a law; *other*: and in what another differs from it."""
    say = parser.say
    parser.add_argument(
        "--limits",
        default="catalogue",
        metavar=say(vi="THỜI-HẠN", en="LIMITS"),
        help=say(
            vi="thời hạn chung cho mọi thủ tục, như “5 ngày làm việc”; hoặc danh mục .json; không nêu: danh mục có sẵn",
            en='one limit for all, such as "5 working days"; or a catalogue (.json); left out, the shipped catalogue',
        ),
    )
    parser.add_argument(
        "--as-of",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="lịch làm việc như đã biết vào ngày đó", en="the calendar as it was known that day"),
    )
    parser.add_argument(
        "--lifecycle",
        type=input_file,
        metavar=say(vi="MÃ|BẢNG.json", en="ID|TABLE.json"),
        help=say(
            vi="quy định về các bước; không nêu: quy định của ngày mở hồ sơ",
            en="rules of the steps; left out, the edition that each log names",
        ),
    )
    parser.add_argument(
        "--index",
        metavar=say(vi="MÃ", en="ID"),
        help=say(vi="bộ chỉ số chấm điểm", en="index by which it is scored"),
    )
    if not other:
        return
    parser.add_argument(
        "--to-as-of",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="quy định kia: lịch như đã biết vào ngày đó", en="the other law: its calendar as known that day"),
    )
    parser.add_argument(
        "--to-lifecycle",
        type=input_file,
        metavar=say(vi="MÃ|BẢNG.json", en="ID|TABLE.json"),
        help=say(vi="quy định kia: các bước", en="the other law: its rules of the steps"),
    )
    parser.add_argument(
        "--to-limits",
        metavar=say(vi="THỜI-HẠN", en="LIMITS"),
        help=say(vi="quy định kia: thời hạn", en="the other law: its limits"),
    )
    parser.add_argument(
        "--to-cut",
        metavar=say(vi="PHẦN", en="SHARE"),
        help=say(
            vi="quy định kia: thời hạn ngắn hơn một phần, như 1/3",
            en="the other law: limits cut by a share, such as 1/3",
        ),
    )
    parser.add_argument(
        "--to-supplements",
        metavar=say(vi="SỐ", en="NUMBER"),
        help=say(
            vi="quy định kia: số lần được yêu cầu bổ sung sau khi thẩm định",
            en="the other law: how often papers may be asked for after appraisal",
        ),
    )
    parser.add_argument(
        "--to-index",
        metavar=say(vi="MÃ", en="ID"),
        help=say(vi="quy định kia: bộ chỉ số", en="the other law: its index"),
    )


def law_of(options: argparse.Namespace, name: str) -> Law:
    """Return the law that the options name.

    Raises:
        OnestopError: there is no such law.
    """
    from onestop_core import lab, workdays  # noqa: PLC0415 - only the command that runs is loaded

    as_of = read_date(options.as_of, "--as-of") if options.as_of else None
    return lab.law(
        name=name,
        calendar=workdays.calendar("vn-civil", as_of=as_of),
        lifecycle=_lifecycle(options.lifecycle),
        limits=_limits(options.limits),
        index=options.index,
    )


def other_law_of(options: argparse.Namespace, law: Law, name: str) -> Law:
    """Return *law* with what the options exchange.

    Raises:
        OnestopError: there is no such law, or nothing is exchanged.
    """
    from onestop_core import dossier, workdays  # noqa: PLC0415

    parts: dict[str, Any] = {}
    if options.to_as_of:
        parts["calendar"] = workdays.calendar("vn-civil", as_of=read_date(options.to_as_of, "--to-as-of"))
    if options.to_lifecycle:
        parts["lifecycle"] = _lifecycle(options.to_lifecycle)
    if options.to_limits:
        parts["limits"] = _limits(options.to_limits)
    if options.to_cut:
        parts["limits"] = law.limits.cut(_share(options.to_cut))
    if options.to_supplements:
        number = options.to_supplements
        if not (number.isascii() and number.isdigit() and len(number) < 4):
            raise InvalidValueError.of("--to-supplements", number, vi="số nguyên từ 0", en="a whole number from 0 on")
        parts["policy"] = dossier.Policy(max_supplements=int(number))
    if options.to_index:
        parts["index"] = options.to_index
    if not parts:
        raise InvalidValueError.of(
            "--to-…",
            "",
            vi="ít nhất một điểm khác, như --to-lifecycle",
            en="one difference at least, such as --to-lifecycle",
        )
    return law.but(name=name, **parts)


def _lifecycle(asked: str | None) -> Any:
    from onestop_core import dossier  # noqa: PLC0415

    return dossier.load_lifecycle(asked) if asked is not None and asked.endswith(".json") else asked


def _limits(asked: str) -> Any:
    from onestop_core import catalogue  # noqa: PLC0415

    if asked == "catalogue":
        return catalogue.shipped()
    return catalogue.load(asked) if asked.endswith(".json") else TimeLimit.parse(asked)


def _share(text: str) -> Fraction:
    try:
        return Fraction(text[:20])
    except (ValueError, ZeroDivisionError):
        raise InvalidValueError.of("--to-cut", text, vi="phân số như 1/3", en="a fraction such as 1/3") from None
