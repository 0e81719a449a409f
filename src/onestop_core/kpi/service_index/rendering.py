"""A scorecard in JSON types and in lines to read, with what is unknown between its bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.text import Language, Text, number, percent

if TYPE_CHECKING:
    from decimal import Decimal

    from onestop_core.kpi.service_index.scorecard import MetricScore, Scorecard

__all__ = ["between", "earned", "json_of", "lines_of"]


def json_of(card: Scorecard, language: Language) -> dict[str, Any]:
    """Return what :meth:`Scorecard.to_dict` returns."""
    given = [result for result in card.results if result.given]
    return {
        "index": card.index,
        "level": card.level.value if card.level else None,
        "metrics": {r.metric.id: {"ratio": _plain(r.percent), "score": _plain(r.score)} for r in given},
        "groups": {
            g.group.key: {"ratio": _plain(g.percent), "score": _plain(g.score), "maximum": _plain(g.maximum)}
            for g in card.group_results
        },
        "total": _plain(card.total),
        "maximum": _plain(card.maximum),
        "band": card.band.key if card.band else None,
        "missing": list(card.missing),
        "undefined": list(card.undefined),
        "unknown": card.unknown.value,
        "bounds": _bounds(card),
        "details": {r.metric.id: _details(r, language) for r in given},
    }


def lines_of(card: Scorecard, language: Language) -> tuple[str, ...]:
    """Return what :meth:`Scorecard.explain` returns."""
    words = {name: text.in_(language) for name, text in _WORDS.items()}
    level = f" ({card.level.text.in_(language)})" if card.level else ""
    lines = [f"{card.index}{level}"]
    for result in card.results:
        if not result.given:
            continue
        lines.append(_line(result, language))
        lines.extend(f"  - {note.in_(language)}" for note in result.notes)
    lines.extend(
        f"{each.group.key} {each.group.name.in_(language)}: "
        f"{_points(each.score, each.score_bounds, each.maximum, language)}"
        for each in card.group_results
        if each.lowest is not None
    )
    lines.append(f"{words['total']}: {_points(card.total, card.total_bounds, card.maximum, language)}")
    if card.missing:
        lines.append(f"{words['missing']}: {', '.join(card.missing)}")
    if card.band:
        ground = card.band.basis.firmness.label.in_(language)
        lines.append(f"{words['band']}: {card.band.name.in_(language)} ({ground})")
    if card.band_bounds:
        names = [_NO_SCORE if band is None else band.name for band in card.band_bounds]
        lines.append(f"{words['band']}: {between(*names).in_(language)}")
    return tuple(lines)


_WORDS: Final = {
    "total": Text(vi="Tổng điểm", en="total"),
    "missing": Text(vi="Không có số liệu", en="no counts for"),
    "band": Text(vi="Xếp loại", en="band"),
}
_POINTS: Final = Text(vi="điểm", en="points")
_NO_SCORE: Final = Text(vi="chưa có", en="none")


def between(lowest: Text, highest: Text) -> Text:
    """Return the words for what lies between two figures."""
    return Text(vi=f"từ {lowest.vi} đến {highest.vi}", en=f"{lowest.en} to {highest.en}")


def earned(score: Decimal | None, bounds: tuple[Decimal, Decimal] | None) -> Text:
    """Return points in words: the figure, its bounds, or that there is none."""
    if bounds is not None:
        return between(*map(number, bounds))
    return _NO_SCORE if score is None else number(score)


def _points(score: Decimal | None, bounds: tuple[Decimal, Decimal] | None, maximum: Decimal, language: Language) -> str:
    return f"{earned(score, bounds).in_(language)}/{number(maximum).in_(language)} {_POINTS.in_(language)}"


def _bounds(card: Scorecard) -> dict[str, Any]:
    """Return the bounds of every figure of a card that is unknown."""
    metrics = {
        result.metric.id: {"ratio": _two(result.percent_bounds), "score": _two(result.score_bounds)}
        for result in card.results
        if result.percent_bounds or result.score_bounds
    }
    groups = {
        group.group.key: {"ratio": _two(group.percent_bounds), "score": _two(group.score_bounds)}
        for group in card.group_results
        if group.score_bounds
    }
    bands = card.band_bounds
    return {
        "metrics": metrics,
        "groups": groups,
        "total": _two(card.total_bounds),
        "band": bands and dict(zip(_ENDS, (band and band.key for band in bands), strict=True)),
    }


_ENDS: Final = ("lowest", "highest")


def _two(bounds: tuple[Decimal, Decimal] | None) -> dict[str, str | None] | None:
    return bounds and dict(zip(_ENDS, map(_plain, bounds), strict=True))


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _details(result: MetricScore, language: Language) -> dict[str, Any]:
    return {
        "numerator": result.numerator,
        "denominator": result.denominator,
        "unknown": result.unknown,
        "maximum": _plain(result.metric.max),
        "treatment": result.treatment.value,
        "basis": result.metric.basis.cite().in_(language),
        "notes": [note.in_(language) for note in result.notes],
    }


def _line(result: MetricScore, language: Language) -> str:
    said = "–"
    if result.numerator is not None and result.denominator is not None:
        said = f"{number(result.numerator).in_(language)}/{number(result.denominator).in_(language)}"
    if result.unknown:
        unknown = number(result.unknown)
        said += Text(vi=f", chưa biết {unknown.vi}", en=f", {unknown.en} unknown").in_(language)
    if result.percent is not None:
        said += f" = {percent(result.percent).in_(language)}"
    elif result.percent_bounds is not None:
        said += f" = {between(*map(percent, result.percent_bounds)).in_(language)}"
    if result.lowest is not None and result.metric.max is not None:
        said += f" → {_points(result.score, result.score_bounds, result.metric.max, language)}"
    ground = result.metric.basis.cite().in_(language)
    return f"{result.metric.id} {result.metric.name.in_(language)}: {said} – {ground}"
