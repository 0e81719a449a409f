"""A scorecard as one HTML page: self-contained, printable, readable without colour, script or network.

The page is a tree of elements (:mod:`~onestop_core.text.pages`), so that text from outside is escaped whatever it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.facts.columns import facts_columns
from onestop_core.kpi.measures.slow_spots import SlowSpots
from onestop_core.kpi.service_index.rendering import between, earned
from onestop_core.kpi.service_index.scorecard import MetricScore, Scorecard
from onestop_core.model import Interval
from onestop_core.model.series import each_of, items_of
from onestop_core.text import Text, number, pages, percent, period_text
from onestop_core.text.pages import STYLE, Part, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction
    from xml.etree.ElementTree import Element

    from onestop_core.text import Language

__all__ = ["html_report"]

_MOST_SPOTS: Final = 10

_WORDS: Final = {
    "title": Text(vi="Bảng điểm phục vụ", en="Service scorecard"),
    "edition": Text(vi="Bộ chỉ số", en="Index"),
    "level": Text(vi="Cấp", en="Level"),
    "points": Text(vi="điểm", en="points"),
    "band": Text(vi="Xếp loại", en="Band"),
    "no_name": Text(vi="chưa xếp loại", en="no band"),
    "no_band": Text(vi="chưa xếp loại: thiếu số liệu", en="no band: counts are missing"),
    "groups": Text(vi="Điểm theo nhóm", en="Points by group"),
    "group": Text(vi="Nhóm chỉ số", en="Group"),
    "metrics": Text(vi="Điểm theo chỉ số", en="Points by metric"),
    "metric": Text(vi="Chỉ số", en="Metric"),
    "counts": Text(vi="Số liệu", en="Counts"),
    "ratio": Text(vi="Tỷ lệ", en="Ratio"),
    "score": Text(vi="Điểm", en="Points"),
    "maximum": Text(vi="Điểm tối đa", en="Maximum"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "notes": Text(vi="Ghi chú", en="Notes"),
    "overview": Text(vi="Tổng hợp", en="Overview"),
    "name": Text(vi="Tên", en="Name"),
    "unknown": Text(vi="(không rõ)", en="(unknown)"),
    "not_told": Text(vi="chưa biết", en="unknown"),
    "slow": Text(vi="Bước tốn thời gian nhất", en="Steps that take most time"),
    "place": Text(vi="Bước, đơn vị", en="Step, unit"),
    "passes": Text(vi="Số lượt", en="Passes"),
    "mean": Text(vi="Giờ làm việc mỗi lượt", en="Working hours a pass"),
    "share": Text(vi="Tỷ lệ thời gian", en="Share of the time"),
    "late": Text(vi="Quá hạn", en="Late"),
    "trend": Text(vi="Diễn biến", en="Trend"),
    "period": Text(vi="Kỳ báo cáo", en="Period"),
    "not_law": Text(
        vi="Căn cứ có ghi độ chắc chắn trong ngoặc là chứng cứ yếu hơn văn bản đã đọc, không phải luật.",
        en="A basis with a mark in brackets rests on evidence weaker than a text that was read, and is no law.",
    ),
}
_TITLES: Final = {column.name: column.title for column in facts_columns()}

_STYLE: Final = f"{STYLE}.total {{ font-size: 2rem; font-weight: 700; }}\n"


def html_report(
    cards: Mapping[str | None, Scorecard],
    *,
    by: str | None = None,
    period: Interval | None = None,
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
        cards: by unit, or whatever tells them apart; a single card under None.
        by: what the cards are told apart by, a column of the facts or words of your own.
        period: which days are scored.
        trend: earlier periods and this one, in order, each with its card; less than two draw nothing.
        slow_spots: where the time goes.
        language: ``"vi"`` or ``"en"``.

    Raises:
        InvalidValueError: the cards are none, or an argument is of the wrong type.
    """
    given = items_of(cards, "cards")
    months: tuple[tuple[str, Scorecard], ...] = tuple(cast("Any", each_of(trend, tuple, "trend")))
    _ensure(given, by, period, months, slow_spots)
    page = _Page(language)
    body = page.body(given, by, period, months, slow_spots)
    return pages.page(page.words["title"], [body], style=_STYLE, language=language)


def _ensure(
    cards: dict[object, object], by: object, period: object, trend: Sequence[tuple[Any, ...]], slow_spots: object
) -> None:
    if not all((key is None or isinstance(key, str)) and isinstance(each, Scorecard) for key, each in cards.items()):
        raise InvalidValueError.of("cards", cards, vi="bảng điểm (Scorecard) theo tên", en="a Scorecard by name")
    for pair in trend:
        named = len(pair) == 2 and isinstance(pair[0], str)
        if not named or not isinstance(pair[1], Scorecard):
            raise InvalidValueError.of("trend", pair, vi="cặp (tên kỳ, Scorecard)", en="a pair (name, Scorecard)")
    for what, value, kind in (("by", by, str), ("period", period, Interval), ("slow_spots", slow_spots, SlowSpots)):
        if value is not None and not isinstance(value, kind):
            raise InvalidValueError.of(what, value, vi=f"một {kind.__name__}", en=f"a value of {kind.__name__}")


def _height(total: Decimal, card: Scorecard) -> int:
    return 170 - int(150 * total / card.maximum)


class _Page:
    """The words of one language, and the parts of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = {key: self.say(text) for key, text in _WORDS.items()}

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def body(
        self,
        cards: Mapping[str | None, Scorecard],
        by: str | None,
        period: Interval | None,
        trend: Sequence[tuple[str, Scorecard]],
        slow_spots: SlowSpots | None,
    ) -> Element:
        words = self.words
        main = element("main", element("h1", words["title"]))
        if period is not None:
            said = self.say(period_text(period.first, period.last))
            main.append(element("p", f"{words['period']}: {said}"))
        head = self.say(_TITLES[by]) if by in _TITLES else by
        named = head is not None or any(key is not None for key in cards)
        if named and (head is not None or len(cards) > 1):
            main.extend(self.overview(cards, head or words["name"]))
        for key, card in cards.items():
            section = element("section")
            if named:
                section.append(element("h2", self.name(key) if head is None else f"{head}: {self.name(key)}"))
            section.extend(self.card(card))
            main.append(section)
        if len(trend) > 1:
            main.extend(self.trend(trend))
        if slow_spots is not None and slow_spots.rows:
            main.extend(self.slow(slow_spots))
        main.append(element("p", words["not_law"], class_="quiet"))
        return main

    def name(self, key: str | None) -> str:
        return self.words["unknown"] if key is None else key

    def overview(self, cards: Mapping[str | None, Scorecard], head: str) -> Iterable[Element]:
        rows: list[list[Part]] = [
            [
                self.name(key),
                self.earned(card.total, card.total_bounds),
                self.number(card.maximum),
                self.bar(card.lowest, card.highest, card.maximum),
            ]
            for key, card in cards.items()
        ]
        yield element("h2", self.words["overview"])
        yield self.table(self.words["overview"], [head, *self.heads("score", "maximum"), ""], rows)

    def heads(self, *keys: str) -> list[str]:
        return [self.words[key] for key in keys]

    def card(self, card: Scorecard) -> Iterable[Element]:
        words = self.words
        yield element("p", f"{words['edition']}: {card.index}")
        if card.level is not None:
            yield element("p", f"{words['level']}: {self.say(card.level.text)}")
        total = element("span", self.earned(card.total, card.total_bounds), class_="total")
        yield element("p", total, f"/{self.number(card.maximum)} {words['points']}")
        band = words["no_band"] if card.band is None else self.say(card.band.name)
        if card.band_bounds is not None:
            band = self.say(between(*(_WORDS["no_name"] if each is None else each.name for each in card.band_bounds)))
        yield element("p", f"{words['band']}: {band}")
        groups: list[list[Part]] = [
            [
                f"{each.group.key} – {self.say(each.group.name)}",
                self.earned(each.score, each.score_bounds),
                self.number(each.maximum),
                self.bar(each.lowest, each.highest, each.maximum),
            ]
            for each in card.group_results
        ]
        yield self.table(words["groups"], [*self.heads("group", "score", "maximum"), ""], groups)
        metrics: list[list[Part]] = [
            [
                f"{each.metric.id} – {self.say(each.metric.name)}",
                self.counts(each),
                self.share_of(each),
                self.earned(each.score, each.score_bounds),
                self.number(each.metric.max),
                self.say(each.metric.basis.cite()),
            ]
            for each in card.results
            if each.given
        ]
        heads = self.heads("metric", "counts", "ratio", "score", "maximum", "basis")
        yield self.table(words["metrics"], heads, metrics, last_is_text=True)
        notes = [f"{each.metric.id}: {self.say(note)}" for each in card.results if each.given for note in each.notes]
        if notes:
            yield element("h3", words["notes"])
            yield element("ul", *(element("li", note) for note in notes))

    def table(
        self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Part]], *, last_is_text: bool = False
    ) -> Element:
        """Return a table whose first column names the rows; the others are numbers, but perhaps for the last."""
        last = len(heads) - 1
        kinds: list[dict[str, str]] = [{}, *([{"class_": "n"}] * last)]
        if last_is_text or not heads[last]:
            kinds[last] = {}
        top = (
            element("th", head, scope="col", **kind) if head else element("td")
            for kind, head in zip(kinds, heads, strict=True)
        )
        lines = (
            element(
                "tr",
                element("th", row[0], scope="row"),
                *(element("td", cell, **kind) for kind, cell in zip(kinds[1:], row[1:], strict=True)),
            )
            for row in rows
        )
        return element(
            "table", element("caption", caption), element("thead", element("tr", *top)), element("tbody", *lines)
        )

    def counts(self, score: MetricScore) -> str:
        if score.numerator is None or score.denominator is None:
            return "–"
        said = f"{self.number(score.numerator)}/{self.number(score.denominator)}"
        return f"{said} {self.words['not_told']}: {self.number(score.unknown)}" if score.unknown else said

    def share_of(self, score: MetricScore) -> str:
        if score.percent_bounds is not None:
            return self.say(between(*map(percent, score.percent_bounds)))
        return "–" if score.percent is None else self.say(percent(score.percent))

    def bar(self, lowest: Decimal | None, highest: Decimal | None, maximum: Decimal) -> Element | None:
        """Return a bar that is full up to the lowest points and hollow from there to the highest."""
        if lowest is None or highest is None:
            return None
        full, most = (int(200 * points / maximum) if maximum else 0 for points in (lowest, highest))
        perhaps = element(
            "rect", x=str(1 + full), y="5", width=str(most - full), height="6", fill="#fff", stroke="#1f5a96"
        )
        return self.picture(
            f"{self.earned(lowest, None if lowest == highest else (lowest, highest))}"
            f"/{self.number(maximum)} {self.words['points']}",
            element("rect", x="1", y="1", width="200", height="14", fill="#fff", stroke="#555"),
            element("rect", x="1", y="1", width=str(full), height="14", fill="#1f5a96"),
            *([perhaps] if most > full else []),
            width=202,
            height=16,
        )

    def picture(self, label: str, *shapes: Element, width: int, height: int) -> Element:
        size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        return element("svg", element("title", label), *shapes, role="img", aria_label=label, **size)

    def trend(self, trend: Sequence[tuple[str, Scorecard]]) -> Iterable[Element]:
        words = self.words
        across = [40 + 520 * place // (len(trend) - 1) for place in range(len(trend))]
        drawn = [(x, card) for x, (_, card) in zip(across, trend, strict=True) if card.maximum]
        known = [(x, _height(card.total, card)) for x, card in drawn if card.total is not None]
        open_ = [(x, *(_height(end, card) for end in card.total_bounds)) for x, card in drawn if card.total_bounds]
        label = "; ".join(f"{name}: {self.earned(card.total, card.total_bounds)}" for name, card in trend)
        small = {"text_anchor": "end", "font_size": "12"}
        yield element("h2", words["trend"])
        yield self.picture(
            label,
            element("path", d="M40 20V170H560", fill="none", stroke="#555"),
            element("text", "0", x="34", y="174", **small),
            element("text", self.number(trend[-1][1].maximum), x="34", y="24", **small),
            element(
                "polyline",
                points=" ".join(f"{x},{y}" for x, y in known),
                fill="none",
                stroke="#1f5a96",
                stroke_width="2",
            ),
            *(element("circle", cx=str(x), cy=str(y), r="4", fill="#1f5a96") for x, y in known),
            *(element("path", d=f"M{x} {low}V{high}", stroke="#1f5a96", stroke_width="3") for x, low, high in open_),
            width=600,
            height=190,
        )
        rows: list[list[Part]] = [
            [name, self.earned(card.total, card.total_bounds), self.number(card.maximum)] for name, card in trend
        ]
        yield self.table(words["trend"], self.heads("period", "score", "maximum"), rows)

    def slow(self, spots: SlowSpots) -> Iterable[Element]:
        rows: list[list[Part]] = [
            [
                " · ".join(self.name(part) for part in row.key),
                self.number(row.count.passes),
                "–" if row.mean is None else self.say(number(row.mean, places=1)),
                self.share(row.share_of_time),
                self.share(row.late_share),
            ]
            for row in spots.rows[:_MOST_SPOTS]
        ]
        yield element("h2", self.words["slow"])
        yield self.table(self.words["slow"], self.heads("place", "passes", "mean", "share", "late"), rows)

    def earned(self, score: Decimal | None, bounds: tuple[Decimal, Decimal] | None) -> str:
        return "–" if score is None and bounds is None else self.say(earned(score, bounds))

    def number(self, value: Decimal | int | None) -> str:
        return "–" if value is None else self.say(number(value))

    def share(self, value: Fraction | None) -> str:
        return "–" if value is None else self.say(percent(100 * value, places=1))
