"""``onestop kpi``: points from counts, or from the facts of dossiers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.cli.common import CLEAN, add_format, language_of, print_json, read_date
from onestop_core.cli.files import input_file
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import DossierFacts, Interval, day_of
from onestop_core.rules.documents import read_json
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from onestop_core.cli.parsing import Say
    from onestop_core.kpi import Scorecard

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "kpi",
        help=say(
            vi="điểm của bộ chỉ số, từ số liệu hoặc từ hồ sơ", en="scores of an index, from counts or from dossiers"
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
        "--counts",
        type=input_file,
        metavar=say(vi="SỐ-LIỆU.json", en="COUNTS.json"),
        help=say(vi='số liệu theo chỉ số: {"2.1": [528684, 597918]}', en='counts by metric: {"2.1": [528684, 597918]}'),
    )
    parser.add_argument(
        "--index",
        default=None,
        metavar=say(vi="MÃ", en="ID"),
        help=say(
            vi="phiên bản, chẳng hạn vn-766@portal-2026 (nếu không nêu)",
            en="edition, such as vn-766@portal-2026 (default)",
        ),
    )
    parser.add_argument(
        "--by",
        metavar=say(vi="CỘT", en="COLUMN"),
        action="append",
        help=say(
            vi="một bảng điểm cho mỗi giá trị của cột này; dùng được nhiều lần",
            en="one score for each value of this column of the facts; repeatable",
        ),
    )
    parser.add_argument(
        "--from",
        dest="first",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày đầu của kỳ", en="first day of the period"),
    )
    parser.add_argument(
        "--to",
        dest="last",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày cuối của kỳ", en="last day of the period"),
    )
    parser.add_argument(
        "--steps",
        type=input_file,
        metavar=say(vi="BƯỚC.json", en="STEPS.json"),
        help=say(
            vi="dùng với --format html: thời gian từng bước, để tìm bước chậm nhất",
            en="with --format html: step records, for the slowest steps",
        ),
    )
    add_format(parser, "text", "json", "html")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the scorecard, or one for each value of a column."""
    if options.steps is not None and options.format != "html":
        raise InvalidValueError.of("--steps", options.steps, vi="kèm --format html", en="--format html with it")
    from onestop_core import kpi  # noqa: PLC0415 - only the command that runs is loaded

    last = read_date(options.last, "--to") if options.last else None
    index = kpi.index(options.index, on=last) if options.index else None
    cards: dict[str | None, Scorecard]
    period: Interval | None = None
    trend: list[tuple[str, Scorecard]] = []
    if options.counts is not None:
        if options.by or options.first or options.last:
            raise InvalidValueError.of(
                "--counts",
                options.counts,
                vi="không kèm --by, --from, --to: số liệu đã gộp sẵn",
                en="no --by, --from or --to with it: counts are already summed",
            )
        cards = {None: kpi.score_document(options.counts, index)}
    else:
        first = read_date(options.first, "--from") if options.first else None
        period = Interval(first=first, last=last) if options.first or options.last else None
        facts = kpi.read_facts(options.facts)
        chosen = index or kpi.index(kpi.DEFAULT_INDEX)
        if options.by:
            cards = chosen.evaluate(facts, period=period, by=_value_of(options.by))
        else:
            cards = {None: chosen.evaluate(facts, period=period)}
        if options.format == "html":
            trend = [(month, chosen.evaluate(facts, period=days)) for month, days in _months(period)]
    if options.format == "html":
        print(_page(cards, options, period, trend), end="")
    else:
        _print(cards, options, by=_label(options))
    return CLEAN


def _months(period: Interval | None) -> Iterator[tuple[str, Interval]]:
    """Yield the calendar months of a closed *period*, the first and the last cut where it is."""
    if period is None or period.first is None or period.last is None:
        return
    first = period.first
    while first <= period.last:
        last = min(date(first.year, first.month, monthrange(first.year, first.month)[1]), period.last)
        yield f"{first:%Y-%m}", Interval(first=first, last=last)
        first = last + timedelta(days=1)


def _page(
    cards: Mapping[str | None, Scorecard],
    options: argparse.Namespace,
    period: Interval | None,
    trend: list[tuple[str, Scorecard]],
) -> str:
    from onestop_core import kpi  # noqa: PLC0415 - only the command that runs is loaded

    spots = None
    if options.steps is not None:
        spots = kpi.find_slow_spots(kpi.read_steps(read_json(options.steps), source=options.steps))
    days = None if period is None else f"{period.first or '…'} – {period.last or '…'}"
    return kpi.html_report(
        dict(_ordered(cards)),
        by=_label(options),
        period=days,
        trend=trend,
        slow_spots=spots,
        language=language_of(options),
    )


def _label(options: argparse.Namespace) -> str | None:
    return " · ".join(options.by) if options.by else None


def _ordered(cards: Mapping[str | None, Scorecard]) -> list[tuple[str | None, Scorecard]]:
    return sorted(cards.items(), key=lambda item: (item[0] is None, item[0] or ""))


def _value_of(names: Sequence[str]) -> Callable[[DossierFacts], str | None]:
    """Return the function that gives the value of a column, or the values of several, as text; a moment as its day.

    Raises:
        UnknownCodeError: the facts have no such column.
    """
    columns = [field.name for field in attrs.fields(DossierFacts) if field.name != "id"]
    for name in names:
        if name not in columns:
            kind = Text(vi="cột để tách điểm", en="column to score by")
            raise UnknownCodeError(kind=kind, value=name, suggestions=closest(name, columns))

    def value(facts: DossierFacts) -> str | None:
        values = [_shown(getattr(facts, name)) for name in names]
        return values[0] if len(values) == 1 else " · ".join("?" if each is None else each for each in values)

    return value


def _shown(value: object) -> str | None:
    match value:
        case None | str():
            return value
        case datetime():
            return day_of(value).isoformat()
        case _:
            return str(value).lower()


def _print(cards: Mapping[str | None, Scorecard], options: argparse.Namespace, *, by: str | None) -> None:
    language = language_of(options)
    ordered = _ordered(cards)
    if options.format == "json":
        if by is None:
            print_json(cards[None].to_dict(language=language))
        else:
            unnamed = {"vi": "(không rõ)", "en": "(unknown)"}[language]
            print_json({unnamed if key is None else key: card.to_dict(language=language) for key, card in ordered})
        return
    for key, card in ordered:
        if by is not None:
            print(f"{by}: {'?' if key is None else key}")
        for line in card.explain(language):
            print(line)
        for group in card.group_results:
            if group.percent is not None:
                print(f"{group.group.key:<5}{_bar(group.percent)} {group.score} / {group.maximum}")


def _bar(percent: Decimal, width: int = 30) -> str:
    full = min(width, int(percent * width / 100))
    return "█" * full + "░" * (width - full)
