"""A law by options of the command line: limits, calendar, lifecycle, rules of supplements, index; and what it is called."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.cli.shell.common import language_of, read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import TimeLimit
from onestop_core.text import Text, day_text
from onestop_core.text.sorting import plain_letters

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from onestop_core.catalogue import Procedure
    from onestop_core.cli.shell.parsing import Parser
    from onestop_core.lab import Law
    from onestop_core.workdays import Calendar

__all__ = ["add_law", "add_lifecycle", "law_of", "lifecycle_of", "other_law_of"]

_OF_THEIR_DAY: Final = Text(vi="quy định của ngày mở hồ sơ", en="law of their day")
_FROM_THE_CATALOGUE: Final = "catalogue"
_SHARE: Final = re.compile(r"[0-9]{1,4}(?:/0*([0-9]{1,4})|\.[0-9]{1,4})?", re.ASCII)


def add_law(parser: Parser, *, other: bool = False) -> None:
    """Let the command take a law; *other*: and in what another differs from it."""
    say = parser.say
    parser.add_argument(
        "--limits",
        default=_FROM_THE_CATALOGUE,
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
        "--calendar",
        action="append",
        type=input_file,
        metavar=say(vi="QUYẾT-ĐỊNH.json", en="DECISION.json"),
        help=say(
            vi="lịch có thêm quyết định này của địa phương (lược đồ “calendar”); dùng nhiều lần",
            en="the calendar with this decision of one's own (schema calendar) laid over it; repeatable",
        ),
    )
    add_lifecycle(parser)
    parser.add_argument(
        "--index",
        metavar=say(vi="MÃ|BỘ-CHỈ-SỐ.json", en="ID|INDEX.json"),
        help=say(vi="bộ chỉ số chấm điểm", en="index by which it is scored"),
    )
    parser.add_argument(
        "--name",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(vi="tên gọi của quy định trên trang in", en="what the law is called on the page"),
    )
    if not other:
        return
    parser.add_argument(
        "--to-as-of",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="quy định kia: lịch như đã biết vào ngày đó", en="the other law: its calendar as known that day"),
    )
    parser.add_argument(
        "--to-calendar",
        action="append",
        type=input_file,
        metavar=say(vi="QUYẾT-ĐỊNH.json", en="DECISION.json"),
        help=say(
            vi="quy định kia: lịch có thêm quyết định này (lược đồ “calendar”); dùng nhiều lần",
            en="the other law: its calendar with this decision (schema calendar) laid over it; repeatable",
        ),
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
        "--to-cut-for",
        action="append",
        metavar=say(vi="LĨNH-VỰC|MÃ", en="FIELD|CODE"),
        help=say(
            vi="chỉ rút ngắn thủ tục có mã này, hoặc lĩnh vực có các chữ này trong tên; dùng nhiều lần",
            en="cut only the procedure of this code, or the fields whose names hold these words; repeatable",
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
        metavar=say(vi="MÃ|BỘ-CHỈ-SỐ.json", en="ID|INDEX.json"),
        help=say(vi="quy định kia: bộ chỉ số", en="the other law: its index"),
    )
    parser.add_argument(
        "--to-name",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(vi="tên gọi của quy định kia trên trang in", en="what the other law is called on the page"),
    )


def add_lifecycle(parser: Parser) -> None:
    """Let the command take the rules of the steps."""
    say = parser.say
    parser.add_argument(
        "--lifecycle",
        type=input_file,
        metavar=say(vi="MÃ|BẢNG.json", en="ID|TABLE.json"),
        help=say(
            vi="quy định về các bước; không nêu: quy định của ngày mở hồ sơ",
            en="rules of the steps; left out, the edition that each log names",
        ),
    )


def law_of(options: argparse.Namespace) -> Law:
    """Return the law that the options name, called by what makes it another than that of their day.

    Raises:
        OnestopError: there is no such law.
    """
    from onestop_core import lab  # noqa: PLC0415 - only the command that runs is loaded

    law = lab.law(
        calendar=_calendar(options.as_of, options.calendar, "--as-of"),
        lifecycle=lifecycle_of(options.lifecycle),
        limits=_limits(options.limits),
        index=_index(options.index),
    )
    said = list(_said(law, options, ""))
    if options.limits != _FROM_THE_CATALOGUE:
        said.append(_said_of_limits(options.limits))
    return law.but(name=options.name or _joined(said or [_OF_THEIR_DAY], options))


def other_law_of(options: argparse.Namespace, law: Law) -> Law:
    """Return *law* with what the options exchange, called by that.

    Raises:
        OnestopError: there is no such law, or nothing is exchanged.
    """
    from onestop_core import dossier  # noqa: PLC0415

    parts: dict[str, Any] = {}
    said: list[Text] = []
    if options.to_as_of or options.to_calendar:
        day, decisions = options.to_as_of or options.as_of, [*(options.calendar or ()), *(options.to_calendar or ())]
        parts["calendar"] = _calendar(day, decisions, "--to-as-of")
    if options.to_lifecycle:
        parts["lifecycle"] = lifecycle_of(options.to_lifecycle)
    if options.to_limits:
        parts["limits"] = _limits(options.to_limits)
        said.append(_said_of_limits(options.to_limits))
    if options.to_cut:
        share, limits = _share(options.to_cut), law.but(limits=parts.get("limits", law.limits)).limits
        asked = options.to_cut_for
        codes = None if asked is None else list(_procedures(asked, options.to_limits or options.limits))
        parts["limits"] = limits.cut(share, procedures=codes)
        words = "" if asked is None else f" ({', '.join(asked)})"
        said.append(Text(vi=f"thời hạn ngắn hơn {share}{words}", en=f"limits shorter by {share}{words}"))
    elif options.to_cut_for:
        raise InvalidValueError.of(
            "--to-cut-for",
            options.to_cut_for[0],
            vi="cùng với --to-cut, như --to-cut 1/3",
            en="it together with --to-cut, such as --to-cut 1/3",
        )
    if options.to_supplements:
        number = options.to_supplements
        if not (number.isascii() and number.isdigit() and len(number) < 4):
            raise InvalidValueError.of("--to-supplements", number, vi="số nguyên từ 0", en="a whole number from 0 on")
        parts["policy"] = dossier.Policy(max_supplements=int(number))
        vi = f"yêu cầu bổ sung nhiều nhất {int(number)} lần sau khi thẩm định"
        said.append(Text(vi=vi, en=f"papers asked for {int(number)} times at most after appraisal"))
    if options.to_index:
        parts["index"] = _index(options.to_index)
    if not parts:
        raise InvalidValueError.of(
            "--to-…",
            "",
            vi="ít nhất một điểm khác, như --to-lifecycle",
            en="one difference at least, such as --to-lifecycle",
        )
    other = law.but(**parts)
    return other.but(name=options.to_name or _joined([*_said(other, options, "to_"), *said], options))


def _said(law: Law, options: argparse.Namespace, prefix: str) -> Iterator[Text]:
    """Yield what the options of that *prefix* exchanged of calendar, lifecycle and index."""
    as_of, decisions, lifecycle, index = (
        getattr(options, prefix + name) for name in ("as_of", "calendar", "lifecycle", "index")
    )
    if as_of:
        day = day_text(read_date(as_of, "--as-of"))
        yield Text(vi=f"lịch làm việc như đã biết ngày {day.vi}", en=f"working calendar as known on {day.en}")
    laid = cast("Calendar", law.calendar).decisions if as_of or decisions else ()
    if laid:
        names = ", ".join(str(each["id"]) for each in laid)
        yield Text(vi=f"lịch làm việc có thêm quyết định {names}", en=f"working calendar with decision {names}")
    if lifecycle:
        from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

        given = law.lifecycle
        if isinstance(given, dossier.Lifecycle):
            yield given.title
        else:
            yield dossier.lifecycle.find(given).title if given and "@" in given else _OF_THEIR_DAY
    if index:
        yield law.index.name


def _joined(said: list[Text], options: argparse.Namespace) -> str:
    return "; ".join(each.in_(language_of(options)) for each in said)


def _said_of_limits(asked: str) -> Text:
    words = Text(vi=PurePath(asked).name, en=PurePath(asked).name)
    if not asked.endswith(".json"):
        words = TimeLimit.parse(asked).text
    return Text(vi=f"thời hạn: {words.vi}", en=f"limits: {words.en}")


def _calendar(as_of: str | None, decisions: list[str] | None, option: str) -> Calendar:
    from onestop_core import workdays  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.rules.reading.documents import read_json  # noqa: PLC0415

    known = workdays.calendar("vn-civil", as_of=None if not as_of else read_date(as_of, option))
    return known.with_decisions([read_json(file) for file in decisions or ()])


def lifecycle_of(asked: str | None) -> Any:
    """Return the lifecycle that the option names: a table from its file, an edition as it is called.

    Raises:
        OnestopError: the file holds none.
    """
    from onestop_core import dossier  # noqa: PLC0415

    return dossier.load_lifecycle(asked) if asked is not None and asked.endswith(".json") else asked


def _index(asked: str | None) -> Any:
    from onestop_core import kpi  # noqa: PLC0415

    if asked is None or "@" in asked:
        return asked
    if asked.endswith(".json"):
        return kpi.load_index(asked)
    known = [edition.id for edition in kpi.editions()]
    raise UnknownCodeError.among(Text(vi="bộ chỉ số", en="index"), asked, known)


def _limits(asked: str) -> Any:
    from onestop_core import catalogue  # noqa: PLC0415

    if asked == _FROM_THE_CATALOGUE:
        return catalogue.shipped()
    return catalogue.load(asked) if asked.endswith(".json") else TimeLimit.parse(asked)


def _procedures(asked: list[str], limits: str) -> Iterator[str]:
    """Yield the codes of the procedures that are asked for by code or by words of their field."""
    from onestop_core import catalogue  # noqa: PLC0415

    offered = catalogue.load(limits) if limits.endswith(".json") else catalogue.shipped()
    for words in asked:
        plain = plain_letters(words).strip()
        found = [
            each.code
            for each in offered.procedures
            if plain and (words == each.code or any(plain in plain_letters(name) for name in _names(each)))
        ]
        if not found:
            known = tuple(dict.fromkeys(each.field.name.vi for each in offered.procedures))
            raise UnknownCodeError.among(Text(vi="lĩnh vực hoặc mã thủ tục", en="field or procedure"), words, known)
        yield from found


def _names(procedure: Procedure) -> tuple[str, ...]:
    field = procedure.field
    return field.name.vi, field.name.en, field.code or ""


def _share(text: str) -> Fraction:
    parts = _SHARE.fullmatch(text)
    if parts is None or parts[1] == "0":
        raise InvalidValueError.of("--to-cut", text, vi="phân số như 1/3", en="a fraction such as 1/3")
    return Fraction(text)
