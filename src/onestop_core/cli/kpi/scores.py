"""``onestop kpi``: points from counts, or from the facts of dossiers."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json, read_date
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import DossierFacts, Interval
from onestop_core.rules.reading.documents import read_json
from onestop_core.text import Text, number, safe, sort_key

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from decimal import Decimal

    from onestop_core.cli.shell.parsing import Say
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
        nargs="*",
        default=(),
        type=input_file,
        metavar=say(vi="DỮ-LIỆU", en="FACTS"),
        help=say(
            vi="dữ liệu hồ sơ, một hoặc nhiều tệp: .csv, .jsonl hoặc .parquet",
            en="dossiers, one file or more: .csv, .jsonl or .parquet",
        ),
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
        "--unknown",
        choices=("bounds", "leave_out"),
        default=None,
        help=say(
            vi="hồ sơ chưa biết: “bounds”, ghi mức thấp nhất và cao nhất (nếu không nêu), hoặc “leave_out”, không tính",
            en="dossiers of which the facts do not tell: lowest and highest (bounds, the default), or leave_out",
        ),
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
    from onestop_core.cli.kpi.counted import Asked, counted  # noqa: PLC0415 - likewise

    for name in options.by or ():
        _ensure_column(name)
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
        cards = {None: kpi.score_document(options.counts, index, unknown=options.unknown)}
    else:
        first = read_date(options.first, "--from") if options.first else None
        period = Interval(first=first, last=last) if options.first or options.last else None
        chosen = index or kpi.index(kpi.DEFAULT_INDEX)
        months = _months(period, options) if options.format == "html" else []
        whole = Asked(period, tuple(options.by or ()))
        first_of_all, *others = counted(options.facts, [whole, *(Asked(days) for _, days in months)], chosen)
        if not options.by:
            first_of_all = {None: first_of_all.get(None, kpi.Tally())}
        cards = {key: chosen.score(tally, unknown=_unknown(options)) for key, tally in first_of_all.items()}
        trend = [
            (name, chosen.score(tallies.get(None, kpi.Tally()), unknown=_unknown(options)))
            for (name, _), tallies in zip(months, others, strict=True)
        ]
    if options.format == "html":
        print(_page(cards, options, period, trend), end="")
    else:
        _print(cards, options, by=_label(options))
    return CLEAN


_MOST_MONTHS: Final = 120
"""Months of a page's trend at most: ten years fill its width."""


def _months(period: Interval | None, options: argparse.Namespace) -> list[tuple[str, Interval]]:
    """Return the calendar months of a closed *period* with their names, the first and the last cut where it is.

    Raises:
        InvalidValueError: there are too many months.
    """
    if period is None or period.first is None or period.last is None:
        return []
    first, last = period.first, period.last
    months = [divmod(number, 12) for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    if len(months) > _MOST_MONTHS:
        raise InvalidValueError.of(
            "--from",
            first.isoformat(),
            vi=f"kỳ báo cáo không quá {_MOST_MONTHS} tháng với --format html",
            en=f"a period of at most {_MOST_MONTHS} months with --format html",
        )
    found: list[tuple[str, Interval]] = []
    for year, month in months:
        days = Interval(
            first=max(first, date(year, month + 1, 1)),
            last=min(last, date(year, month + 1, monthrange(year, month + 1)[1])),
        )
        name = {"vi": f"{month + 1:02d}/{year:04d}", "en": f"{year:04d}-{month + 1:02d}"}[language_of(options)]
        found.append((name, days))
    return found


def _unknown(options: argparse.Namespace) -> str:
    return options.unknown or "bounds"


def _page(
    cards: Mapping[str | None, Scorecard],
    options: argparse.Namespace,
    period: Interval | None,
    trend: list[tuple[str, Scorecard]],
) -> str:
    from onestop_core.kpi import html_report  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.kpi.measures import find_slow_spots, read_steps  # noqa: PLC0415 - likewise

    spots = None
    if options.steps is not None:
        spots = find_slow_spots(read_steps(read_json(options.steps), source=options.steps))
    return html_report(
        dict(_ordered(cards)),
        by=_label(options),
        period=period,
        trend=trend,
        slow_spots=spots,
        language=language_of(options),
    )


def _label(options: argparse.Namespace) -> str | None:
    """Return what the cards are told apart by, in words."""
    if not options.by:
        return None
    from onestop_core.kpi import facts_columns  # noqa: PLC0415 - only the command that runs is loaded

    titles = {column.name: column.title.in_(language_of(options)) for column in facts_columns()}
    return " · ".join(titles[name] for name in options.by)


def _ordered(cards: Mapping[str | None, Scorecard]) -> list[tuple[str | None, Scorecard]]:
    return sorted(cards.items(), key=lambda item: (item[0] is None, sort_key(item[0] or "")))


def _ensure_column(name: str) -> None:
    """Refuse a column that the facts do not have.

    Raises:
        UnknownCodeError: the facts have no such column.
    """
    columns = [field.name for field in attrs.fields(DossierFacts) if field.name != "id"]
    if name not in columns:
        raise UnknownCodeError.among(Text(vi="cột để tách điểm", en="column to score by"), name, columns)


def _print(cards: Mapping[str | None, Scorecard], options: argparse.Namespace, *, by: str | None) -> None:
    from onestop_core.kpi.service_index.rendering import earned  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    ordered = _ordered(cards)
    unnamed = {"vi": "(không rõ)", "en": "(unknown)"}[language]
    if options.format == "json":
        if by is None:
            print_json(cards[None].to_dict(language=language))
        else:
            print_json({unnamed if key is None else key: card.to_dict(language=language) for key, card in ordered})
        return
    for key, card in ordered:
        if by is not None:
            print(safe.line(f"{by}: {unnamed if key is None else key}"))
        for said in card.explain(language=language):
            print(safe.line(said))
        for group in card.group_results:
            percents = (group.percent, group.percent) if group.percent is not None else group.percent_bounds
            if percents is not None:
                points = (
                    f"{earned(group.score, group.score_bounds).in_(language)}/{number(group.maximum).in_(language)}"
                )
                print(safe.line(f"{group.group.key:<5}{_bar(*percents)} {points}"))


def _bar(lowest: Decimal, highest: Decimal, width: int = 30) -> str:
    """Return a bar that is full up to the lowest share and half full from there to the highest."""
    full, most = (min(width, int(percent * width / 100)) for percent in (lowest, highest))
    return "█" * full + "▒" * (most - full) + "░" * (width - most)
