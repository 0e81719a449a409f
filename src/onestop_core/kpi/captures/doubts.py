"""Where the figures of one unit do not fit together: most often because they were recorded at several moments."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from onestop_core.errors import Problem, Severity
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.kpi.captures.values import UnitCapture
    from onestop_core.kpi.service_index.scoring import Index

__all__ = ["doubts"]

_SAME_WHOLE: Final = ("2.1", "4.1", "4.2", "4.3", "4.4", "4.5b", "5.4")
"""Metrics whose denominator is one and the same: the dossiers received in the period."""
_MOMENTS: Final = Text(vi="có thể đã ghi ở nhiều thời điểm", en="perhaps recorded at several moments")


def doubts(unit: UnitCapture, index: Index) -> Iterator[Problem]:
    """Yield what does not fit together in the figures of *unit*."""
    known = [unit.groups[group.key] for group in index.groups if group.key in unit.groups]
    if unit.total is not None and len(known) == len(index.groups) and sum(known, Decimal(0)) != unit.total:
        yield _told(
            unit,
            "capture/total",
            Text(
                vi=f"tổng điểm {_figure(unit.total, 'vi')} khác tổng các nhóm {_figure(sum(known, Decimal(0)), 'vi')}",
                en=f"the total {_figure(unit.total, 'en')} is not the sum of the groups, {_figure(sum(known, Decimal(0)), 'en')}",
            ),
        )
    for group in index.groups:
        if group.key not in unit.groups:
            name = group.name
            text = Text(vi=f"chưa biết điểm nhóm {name.vi}", en=f"the points of the group {name.en} are unknown")
            yield Problem(path=unit.code, rule="capture/unknown", severity=Severity.NOTE, text=text)
            continue
        parts = [metric for metric in index.metrics if metric.group == group.key and metric.scored]
        points = [unit.metrics[metric.id].points for metric in parts if metric.id in unit.metrics]
        if len(points) == len(parts) and None not in points:
            summed = sum((each for each in points if each is not None), Decimal(0))
            if summed != unit.groups[group.key]:
                yield _told(
                    unit,
                    "capture/group",
                    Text(
                        vi=f"nhóm {group.name.vi}: {_figure(unit.groups[group.key], 'vi')} khác tổng chỉ số {_figure(summed, 'vi')}",
                        en=f"group {group.name.en}: {_figure(unit.groups[group.key], 'en')} is not the sum of its metrics, "
                        f"{_figure(summed, 'en')}",
                    ),
                )
    wholes = {
        metric: unit.metrics[metric].denominator
        for metric in _SAME_WHOLE
        if metric in unit.metrics and unit.metrics[metric].denominator is not None
    }
    if len(set(wholes.values())) > 1:
        said = {
            words: ", ".join(f"{metric}: {number(whole or 0).in_(words)}" for metric, whole in wholes.items())
            for words in ("vi", "en")
        }
        yield _told(
            unit,
            "capture/mixed-moments",
            Text(vi=f"số hồ sơ tiếp nhận khác nhau ({said['vi']})", en=f"the dossiers received differ ({said['en']})"),
        )
    for metric, capture in unit.metrics.items():
        if capture.numerator is None or capture.denominator is None or capture.points is None:
            continue
        if capture.numerator > capture.denominator:
            text = Text(
                vi=f"chỉ số {metric}: tử số lớn hơn mẫu số", en=f"metric {metric}: the part is larger than the whole"
            )
            yield _told(unit, "capture/count", text)
            continue
        ours = index.score({metric: (capture.numerator, capture.denominator)})[metric].score
        if ours is not None and ours != capture.points:
            yield _told(
                unit,
                "capture/score",
                Text(
                    vi=f"chỉ số {metric}: điểm {_figure(capture.points, 'vi')}, tính lại được {_figure(ours, 'vi')}",
                    en=f"metric {metric}: {_figure(capture.points, 'en')} points, counted again {_figure(ours, 'en')}",
                ),
            )


def _figure(value: Decimal, language: str) -> str:
    shown = number(value)
    return shown.vi if language == "vi" else shown.en


def _told(unit: UnitCapture, rule: str, text: Text) -> Problem:
    return Problem(
        path=unit.code,
        rule=rule,
        severity=Severity.WARNING,
        text=Text(vi=f"{text.vi}: {_MOMENTS.vi}", en=f"{text.en}: {_MOMENTS.en}"),
    )
