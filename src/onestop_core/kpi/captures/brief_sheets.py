"""A brief as sheets: overview, metrics, and the ranking of each level with its six groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.kpi.captures.brief_words import WORDS, name_of, when
from onestop_core.kpi.captures.briefing import Brief
from onestop_core.kpi.captures.standings import ranking
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.kpi.service_index.editions import index
from onestop_core.model.series import instance
from onestop_core.rules.sheets import CellKind, Sheet, SheetColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.text import Language

__all__ = ["brief_sheets"]


def brief_sheets(brief: Brief, *, language: Language = "vi") -> tuple[Sheet, ...]:
    """Return *brief* as sheets for ``ext.office.sheets``: overview, metrics, and a ranking for each level in the snapshot.

    What is unknown is an empty cell, never 0.

    Raises:
        InvalidValueError: it is no brief.
    """
    made = instance(brief, Brief, "brief")
    return (_overview(made, language), *_metrics(made, language), *_rankings(made, language))


def _column(key: str, language: Language, width: int = 12, kind: CellKind = CellKind.TEXT) -> SheetColumn:
    return SheetColumn(title=WORDS[key].in_(language), width=width, kind=kind)


def _titles(brief: Brief, language: Language) -> tuple[str, ...]:
    return (
        name_of(brief.unit),
        WORDS["title"].in_(language),
        f"{WORDS['captured'].in_(language)}: {when(brief.snapshot, language)}",
    )


def _overview(brief: Brief, language: Language) -> Sheet:
    groups = [
        (
            number,
            each.group.name.in_(language),
            each.points,
            each.group.max,
            None if each.points is None else each.points * 100 / each.group.max,
            None if each.place is None else each.place.rank,
            each.change,
        )
        for number, each in enumerate(brief.groups, start=1)
    ]
    total = brief.unit.total
    groups.append(
        (
            len(groups) + 1,
            WORDS["total"].in_(language),
            total,
            brief.maximum,
            None if total is None else total * 100 / brief.maximum,
            None if brief.place is None else brief.place.rank,
            None if brief.change is None else brief.change.total,
        )
    )
    notes = [problem.text.in_(language) for problem in brief.told]
    attention = [
        f"{WORDS['attention'].in_(language)}: {each.name.in_(language)}: {each.text.in_(language)}"
        for each in brief.attention
    ]
    return Sheet(
        name=WORDS["groups"].in_(language),
        titles=_titles(brief, language),
        columns=(
            _column("number", language, 6, CellKind.WHOLE),
            _column("group", language, 34),
            _column("points", language, 12, CellKind.POINTS),
            _column("maximum", language, 12, CellKind.POINTS),
            _column("share", language, 12, CellKind.PERCENT),
            _column("place", language, 10, CellKind.WHOLE),
            _column("change", language, 16, CellKind.POINTS),
        ),
        rows=tuple(groups),
        notes=(*attention, *notes, WORDS["unknown_note"].in_(language)),
        is_wide=False,
    )


def _metrics(brief: Brief, language: Language) -> Iterator[Sheet]:
    scored = index(brief.snapshot.index)
    rows = [
        (
            metric.id,
            metric.name.in_(language),
            capture.numerator,
            capture.denominator,
            capture.percent,
            capture.points,
            metric.max,
        )
        for metric in scored.metrics
        if (capture := brief.unit.metrics.get(metric.id)) is not None
    ]
    if rows:
        yield Sheet(
            name=WORDS["metrics"].in_(language),
            titles=_titles(brief, language),
            columns=(
                _column("code", language, 8),
                _column("metrics", language, 60),
                _column("numerator", language, 14, CellKind.WHOLE),
                _column("denominator", language, 14, CellKind.WHOLE),
                _column("share", language, 12, CellKind.PERCENT),
                _column("points", language, 10, CellKind.POINTS),
                _column("maximum", language, 10, CellKind.POINTS),
            ),
            rows=tuple(rows),
        )


def _rankings(brief: Brief, language: Language) -> Iterator[Sheet]:
    scored = index(brief.snapshot.index)
    for level in Level:
        standings = ranking(brief.snapshot, level)
        if not standings:
            continue
        rows = [
            (
                None if each.place is None else each.place.rank,
                name_of(each.unit),
                each.unit.code,
                *(each.unit.groups.get(group.key) for group in scored.groups),
                each.points,
                None
                if each.points is None or (band := scored.bands.of(each.points * 100 / brief.maximum)) is None
                else band.name.in_(language),
            )
            for each in standings
        ]
        yield Sheet(
            name=f"{WORDS['ranking'].in_(language)} {level.text.in_(language)}",
            titles=(f"{WORDS['ranking'].in_(language)}: {level.text.in_(language)}", *_titles(brief, language)[1:]),
            columns=(
                _column("place", language, 8, CellKind.WHOLE),
                _column("unit", language, 44),
                _column("code", language, 12),
                *(
                    SheetColumn(title=f"{group.key} ({group.max})", width=11, kind=CellKind.POINTS)
                    for group in scored.groups
                ),
                _column("total", language, 11, CellKind.POINTS),
                _column("band", language, 16),
            ),
            rows=tuple(rows),
            notes=(WORDS["unknown_note"].in_(language),),
        )
