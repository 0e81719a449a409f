"""``onestop index-766``: the portal's recorded figures ranked, compared, and a page for the leader of a unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file, write_file
from onestop_core.errors import InvalidValueError, Severity
from onestop_core.text import Text, number, signed
from onestop_core.text.safe import line, markup

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from decimal import Decimal

    from onestop_core.cli.shell.parsing import Parser, Say
    from onestop_core.kpi.captures import Brief, Snapshot, SnapshotDifference, Standing
    from onestop_core.text import Language

__all__ = ["register", "run"]

_UNKNOWN = Text(vi="chưa biết", en="unknown")


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser: Parser = commands.add_parser(
        "index-766",
        help=say(
            vi="bộ chỉ số 766 theo Cổng: xếp hạng, so hai kỳ, trang tóm tắt cho lãnh đạo",
            en="the index of Decision 766 as the portal shows it: ranking, two captures compared, a page for the leader",
        ),
    )
    parser.add_argument(
        "captures",
        nargs="+",
        type=input_file,
        metavar=say(vi="BẢN-GHI.json", en="CAPTURE.json"),
        help=say(
            vi="câu trả lời của Cổng đã ghi lại; nhiều tệp thì gộp",
            en="recorded answers of the portal; several are put together",
        ),
    )
    parser.add_argument(
        "--before",
        action="append",
        default=[],
        type=input_file,
        metavar=say(vi="BẢN-GHI.json", en="CAPTURE.json"),
        help=say(
            vi="bản ghi kỳ trước để so sánh; dùng được nhiều lần", en="an earlier capture to compare with; repeatable"
        ),
    )
    parser.add_argument(
        "--unit",
        metavar=say(vi="MÃ", en="CODE"),
        help=say(vi="trang tóm tắt của đơn vị này, ví dụ H21", en="the page of this unit, such as H21"),
    )
    parser.add_argument(
        "--level",
        action="append",
        choices=("province", "department", "commune", "ministry"),
        help=say(vi="chỉ xếp hạng cấp này; dùng được nhiều lần", en="rank this level only; repeatable"),
    )
    parser.add_argument(
        "--out",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(vi="với --unit: tệp .html hoặc .xlsx để ghi", en="with --unit: the .html or .xlsx file to write"),
    )
    add_format(parser, "text", "json", "html")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print rankings and what is told of the figures, or the page of a unit; figures that do not fit together are findings."""
    from onestop_core.kpi import captures  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    taken = captures.read_captures(*options.captures)
    before = captures.read_captures(*options.before) if options.before else None
    doubted = any(problem.severity is not Severity.NOTE for problem in taken.told)
    if options.unit is not None:
        _unit(options, captures.leaders_brief(taken, options.unit, before=before), language)
        return FINDINGS if doubted else CLEAN
    if options.out is not None or options.format == "html":
        raise InvalidValueError.of(
            "--unit", None, vi="--unit MÃ kèm --out và --format html", en="--unit CODE with --out and --format html"
        )
    difference = None if before is None else captures.compare_snapshots(before, taken)
    levels = options.level or ("province", "department", "commune", "ministry")
    rankings = {level: standings for level in levels if (standings := captures.ranking(taken, level))}
    if options.format == "json":
        print_json(_document(taken, rankings, difference, language))
    else:
        for said in _text(taken, rankings, difference, language):
            print(line(said))
    return FINDINGS if doubted else CLEAN


def _unit(options: argparse.Namespace, brief: Brief, language: Language) -> None:
    from onestop_core.kpi.captures import brief_page, brief_sheets  # noqa: PLC0415 - only the command that runs is loaded

    if options.out is None:
        if options.format != "html":
            raise InvalidValueError.of(
                "--format",
                options.format,
                vi="--format html hoặc --out TỆP với --unit",
                en="--format html or --out FILE with --unit",
            )
        print(markup(brief_page(brief, language=language)), end="")
        return
    match Path(options.out).suffix.lower():
        case ".html":
            write_file(options.out, brief_page(brief, language=language))
        case ".xlsx":
            from onestop_core.cli.desk import spreadsheets  # noqa: PLC0415 - needs the extra

            write_file(options.out, spreadsheets.sheets(brief_sheets(brief, language=language), language=language))
        case _:
            raise InvalidValueError.of("--out", options.out, vi="tệp .html hoặc .xlsx", en="an .html or .xlsx file")


def _text(
    taken: Snapshot,
    rankings: dict[str, tuple[Standing, ...]],
    difference: SnapshotDifference | None,
    language: Language,
) -> Iterator[str]:
    from onestop_core.kpi.captures.brief_words import name_of, when  # noqa: PLC0415 - only the command that runs is loaded
    from onestop_core.kpi.service_index import Level  # noqa: PLC0415

    yield f"{taken.index} · {when(taken, language)}"
    for level, standings in rankings.items():
        yield f"{Level(level).text.in_(language)}: {len(standings)}"
        for each in standings:
            rank = _UNKNOWN.in_(language) if each.place is None else str(each.place.rank)
            change = None if difference is None else difference.of(each.unit.code)
            said = "" if difference is None else f" ({_changed(None if change is None else change.total, language)})"
            yield f"  {rank:>4}  {_points(each.points, language)}{said}  {each.unit.code} {name_of(each.unit)}"
    for text in () if difference is None else difference.told:
        yield text.in_(language)
    for problem in taken.told:
        yield f"{problem.path}: {problem.text.in_(language)} [{problem.rule}]"


def _points(points: Decimal | None, language: Language) -> str:
    return _UNKNOWN.in_(language) if points is None else number(points, places=2).in_(language)


def _changed(change: Decimal | None, language: Language) -> str:
    return _UNKNOWN.in_(language) if change is None else signed(change, places=2).in_(language)


def _document(
    taken: Snapshot,
    rankings: dict[str, tuple[Standing, ...]],
    difference: SnapshotDifference | None,
    language: Language,
) -> dict[str, Any]:
    def row(each: Standing) -> dict[str, Any]:
        change = None if difference is None else difference.of(each.unit.code)
        total = None if change is None or change.total is None else str(change.total)
        return {
            "code": each.unit.code,
            "name": each.unit.name,
            "rank": None if each.place is None else each.place.rank,
            "shared_by": None if each.place is None else each.place.sharers,
            "total": None if each.points is None else str(each.points),
            "groups": {key: str(points) for key, points in each.unit.groups.items()},
            **({} if difference is None else {"change": total}),
        }

    return {
        "index": taken.index,
        "year": taken.year,
        "first_at": None if taken.first_at is None else taken.first_at.isoformat(),
        "last_at": None if taken.last_at is None else taken.last_at.isoformat(),
        "rankings": {level: [row(each) for each in standings] for level, standings in rankings.items()},
        "told": [problem.to_dict(language=language) for problem in taken.told],
    }
