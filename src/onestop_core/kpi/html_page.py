"""A scorecard as one HTML page: self-contained, printable, readable without colour, script or network."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from onestop_core.kpi.measures.slow_spots import SlowSpots
    from onestop_core.kpi.service_index.scorecard import Scorecard
    from onestop_core.text import Language

__all__ = ["html_report"]

_MOST_SPOTS: Final = 10

_WORDS: Final = {
    "title": Text(vi="Phiếu điểm phục vụ", en="Service scorecard"),
    "edition": Text(vi="Bộ chỉ số", en="Index"),
    "total": Text(vi="Tổng điểm", en="Total"),
    "band": Text(vi="Xếp loại", en="Band"),
    "no_band": Text(vi="chưa xếp loại: thiếu số liệu", en="no band: counts are missing"),
    "groups": Text(vi="Điểm theo nhóm", en="Points by group"),
    "group": Text(vi="Nhóm", en="Group"),
    "metrics": Text(vi="Điểm theo chỉ số", en="Points by metric"),
    "metric": Text(vi="Chỉ số", en="Metric"),
    "counts": Text(vi="Số liệu", en="Counts"),
    "ratio": Text(vi="Tỷ lệ (%)", en="Ratio (%)"),
    "score": Text(vi="Điểm", en="Points"),
    "maximum": Text(vi="Tối đa", en="Maximum"),
    "of": Text(vi="trên", en="of"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "notes": Text(vi="Ghi chú", en="Notes"),
    "overview": Text(vi="Tổng hợp", en="Overview"),
    "unknown": Text(vi="(không rõ)", en="(unknown)"),
    "slow": Text(vi="Bước tốn thời gian nhất", en="Steps that take most time"),
    "place": Text(vi="Bước, đơn vị", en="Step, unit"),
    "passes": Text(vi="Lượt", en="Passes"),
    "mean": Text(vi="Giờ làm việc mỗi lượt", en="Working hours a pass"),
    "share": Text(vi="Phần thời gian (%)", en="Share of the time (%)"),
    "late": Text(vi="Trễ (%)", en="Late (%)"),
    "trend": Text(vi="Diễn biến", en="Trend"),
    "period": Text(vi="Kỳ", en="Period"),
    "not_law": Text(
        vi="Căn cứ có dấu trong ngoặc vuông là chứng cứ yếu hơn văn bản đã đọc, không phải luật.",
        en="A basis with a mark in square brackets rests on evidence weaker than a text that was read, and is no law.",
    ),
}

_COLUMNS: Final = {
    "procedure": Text(vi="Thủ tục", en="Procedure"),
    "field": Text(vi="Lĩnh vực", en="Field"),
    "level": Text(vi="Cấp", en="Level"),
    "receiving_place": Text(vi="Nơi tiếp nhận", en="Receiving place"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "officer": Text(vi="Cán bộ", en="Officer"),
    "channel": Text(vi="Kênh nộp", en="Channel"),
}

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border-bottom: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #555; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.total { font-size: 2rem; font-weight: 700; } .quiet { color: #4a4a4a; font-size: .9rem; }
svg { display: block; max-width: 100%; } section { break-inside: auto; } tr, svg { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } h2 { break-after: avoid; } }
"""


def html_report(
    cards: Mapping[str | None, Scorecard],
    *,
    by: str | None = None,
    period: str | None = None,
    trend: Sequence[tuple[str, Scorecard]] = (),
    slow_spots: SlowSpots | None = None,
    language: Language = "vi",
) -> str:
    """Return one HTML page for *cards*: scorecard, groups, trend and slow steps.

    Nothing in it is loaded from anywhere, and nothing runs; text from outside is escaped.

    >>> from onestop_core import kpi
    >>> page = html_report({None: kpi.index("vn-766@portal-2026").score({"2.1": (156, 161)})}, language="en")
    >>> page.startswith("<!DOCTYPE html>"), "19.38" in page, "<script" in page
    (True, True, False)

    Args:
        cards: by the value of the column *by*; a single card under None.
        by: what the cards are told apart by.
        period: which days are scored, as it is to be read.
        trend: earlier periods and this one, in order, each with its card; less than two draw nothing.
        slow_spots: where the time goes.
        language: ``"vi"`` or ``"en"``.
    """
    page = _Page(language)
    return "\n".join(page.lines(cards, by=by, period=period, trend=trend, slow_spots=slow_spots)) + "\n"


class _Page:
    """The words of one language, and the parts of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = {key: escape(text.in_(language)) for key, text in _WORDS.items()}

    def text(self, text: Text) -> str:
        return escape(text.in_(self.language))

    def lines(
        self,
        cards: Mapping[str | None, Scorecard],
        *,
        by: str | None,
        period: str | None,
        trend: Sequence[tuple[str, Scorecard]],
        slow_spots: SlowSpots | None,
    ) -> Iterator[str]:
        words = self.words
        if by in _COLUMNS:
            by = _COLUMNS[by].in_(self.language)
        yield "<!DOCTYPE html>"
        yield f'<html lang="{self.language}">'
        yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{words['title']}</title><style>{_STYLE}</style></head>"
        yield f"<body><main><h1>{words['title']}</h1>"
        if period is not None:
            yield f"<p>{words['period']}: {escape(period)}</p>"
        if by is not None:
            yield from self.overview(cards, by)
        for key, card in cards.items():
            yield "<section>"
            if by is not None:
                yield f"<h2>{escape(by)}: {self.name(key)}</h2>"
            yield from self.card(card)
            yield "</section>"
        if len(trend) > 1:
            yield from self.trend(trend)
        if slow_spots is not None and slow_spots.rows:
            yield from self.slow(slow_spots)
        yield f'<p class="quiet">{words["not_law"]}</p>'
        yield "</main></body></html>"

    def name(self, key: str | None) -> str:
        return self.words["unknown"] if key is None else escape(key)

    def overview(self, cards: Mapping[str | None, Scorecard], by: str) -> Iterator[str]:
        yield f"<h2>{self.words['overview']}</h2>"
        rows = [
            [self.name(key), _number(card.total), _number(card.maximum), self.bar(card.total, card.maximum)]
            for key, card in cards.items()
        ]
        yield from self.table(self.words["overview"], [escape(by), *self.heads("score", "maximum"), ""], rows)

    def heads(self, *keys: str) -> list[str]:
        return [self.words[key] for key in keys]

    def card(self, card: Scorecard) -> Iterator[str]:
        words = self.words
        yield f"<p>{words['edition']}: {escape(card.index)}</p>"
        yield f'<p><span class="total">{_number(card.total)}</span> {words["of"]} {_number(card.maximum)}</p>'
        band = words["no_band"] if card.band is None else self.text(card.band.name)
        yield f"<p>{words['band']}: {band}</p>"
        groups = [
            [
                f"{escape(each.group.key)} – {self.text(each.group.name)}",
                _number(each.score),
                _number(each.maximum),
                self.bar(each.score, each.maximum),
            ]
            for each in card.group_results
        ]
        yield from self.table(words["groups"], [*self.heads("group", "score", "maximum"), ""], groups)
        metrics = [
            [
                f"{escape(each.metric.id)} – {self.text(each.metric.name)}",
                f"{each.numerator:,} / {each.denominator:,}"
                if each.numerator is not None and each.denominator is not None
                else "–",
                _number(each.percent),
                _number(each.score),
                _number(each.metric.max),
                self.text(each.metric.basis.cite()),
            ]
            for each in card.results
            if each.given
        ]
        heads = self.heads("metric", "counts", "ratio", "score", "maximum", "basis")
        yield from self.table(words["metrics"], heads, metrics, last_is_text=True)
        notes = [(each.metric.id, note) for each in card.results if each.given for note in each.notes]
        if notes:
            yield f"<h3>{words['notes']}</h3><ul>"
            yield from (f"<li>{escape(metric)}: {self.text(note)}</li>" for metric, note in notes)
            yield "</ul>"

    def table(
        self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, last_is_text: bool = False
    ) -> Iterator[str]:
        """Yield a table whose first column names the rows; the others are numbers, but perhaps for the last."""
        last = len(heads) - 1
        kinds = ["", *['class="n" '] * (last - 1), "" if last_is_text or not heads[last] else 'class="n" ']
        yield f"<table><caption>{caption}</caption><thead><tr>"
        for kind, head in zip(kinds, heads, strict=True):
            yield f'<th {kind}scope="col">{head}</th>' if head else "<td></td>"
        yield "</tr></thead><tbody>"
        for row in rows:
            cells = "".join(
                f"<td {kind.strip()}>{cell}</td>" if kind else f"<td>{cell}</td>"
                for kind, cell in zip(kinds[1:], row[1:], strict=True)
            )
            yield f'<tr><th scope="row">{row[0]}</th>{cells}</tr>'
        yield "</tbody></table>"

    def bar(self, score: Decimal | None, maximum: Decimal) -> str:
        if score is None:
            return ""
        width = int(200 * score / maximum)
        label = f"{_number(score)} {self.words['of']} {_number(maximum)}"
        return (
            f'<svg role="img" aria-label="{label}" width="202" height="16" viewBox="0 0 202 16"><title>{label}</title>'
            '<rect x="1" y="1" width="200" height="14" fill="#fff" stroke="#555"/>'
            f'<rect x="1" y="1" width="{width}" height="14" fill="#1f5a96"/></svg>'
        )

    def trend(self, trend: Sequence[tuple[str, Scorecard]]) -> Iterator[str]:
        words = self.words
        yield f"<h2>{words['trend']}</h2>"
        known = [
            (40 + 520 * index // (len(trend) - 1), 170 - int(150 * card.total / card.maximum))
            for index, (_, card) in enumerate(trend)
            if card.total is not None
        ]
        label = "; ".join(f"{escape(name)}: {_number(card.total)}" for name, card in trend)
        yield (
            f'<svg role="img" aria-label="{label}" width="600" height="190" viewBox="0 0 600 190"><title>{label}</title>'
            '<path d="M40 20V170H560" fill="none" stroke="#555"/>'
            '<text x="34" y="174" text-anchor="end" font-size="12">0</text>'
            f'<text x="34" y="24" text-anchor="end" font-size="12">{_number(trend[-1][1].maximum)}</text>'
        )
        path = " ".join(f"{x},{y}" for x, y in known)
        yield f'<polyline points="{path}" fill="none" stroke="#1f5a96" stroke-width="2"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="#1f5a96"/>' for x, y in known)
        yield "</svg>"
        rows = [[escape(name), _number(card.total), _number(card.maximum)] for name, card in trend]
        yield from self.table(words["trend"], self.heads("period", "score", "maximum"), rows)

    def slow(self, spots: SlowSpots) -> Iterator[str]:
        yield f"<h2>{self.words['slow']}</h2>"
        rows = [
            [
                " · ".join(self.name(part) for part in row.key),
                f"{row.count.passes:,}",
                _decimals(row.mean),
                _decimals(row.share_of_time, 100),
                _decimals(row.late_share, 100),
            ]
            for row in spots.rows[:_MOST_SPOTS]
        ]
        yield from self.table(self.words["slow"], self.heads("place", "passes", "mean", "share", "late"), rows)


def _number(number: Decimal | None) -> str:
    return "–" if number is None else f"{number:,f}"


def _decimals(value: Fraction | None, times: int = 1) -> str:
    """Return the value with one decimal, halves up."""
    if value is None:
        return "–"
    tenths = (20 * times * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10:,}.{tenths % 10}"
