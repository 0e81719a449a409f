"""The page is whole, says every number of the card, loads nothing, and takes no text from outside for markup."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import kpi
from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval

if TYPE_CHECKING:
    from collections.abc import Callable

INDEX = kpi.index("vn-766@portal-2026")
CARD = INDEX.score({"2.1": (528_684, 597_918), "1.1": (0, 0), "5.2": (296, 570), "2.2": (30, 4)}, level="province")
VOID = {"meta"}
QUARTER = Interval(first=date(2026, 7, 1), last=date(2026, 9, 30))


class Page(HTMLParser):
    """Tags in order, their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.open[-1] in {"td", "th"}:
            self.rows[-1][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_says_every_number_of_the_card() -> None:
    page = Page(kpi.html_report({None: CARD}, language="en"))
    rows = {row[0].partition(" – ")[0]: row for row in page.rows if row}
    assert rows["2.1"][1:5] == ["528,684/597,918", "88.42%", "17.68", "20"]
    assert rows["1.1"][1:4] == ["0/0", "–", "–"]
    assert rows["2.2"][1] == "30/4"
    for group in CARD.group_results:
        assert rows[group.group.key][1:3] == [
            "–" if group.score is None else f"{group.score:,f}",
            f"{group.maximum:,f}",
        ]
    words = "".join(page.words)
    assert "no band: counts are missing" in words
    assert f"{CARD.total}" in words
    assert all(note.en in words for result in CARD.results if result.given for note in result.notes)
    assert "[observed in a running system]" in words
    assert "5.3" not in rows  # no counts were given


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_accessible_and_needs_nothing_else(language: Any) -> None:
    html = kpi.html_report({None: CARD}, language=language)
    page = Page(html)
    assert page.all("html") == [{"lang": language}]
    assert "http" not in html.replace("http-equiv", "")
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") or name in {"src", "href"} for _, each in page.tags for name in each)
    assert all(each["scope"] in {"col", "row"} for each in page.all("th"))
    assert all(each["role"] == "img" and each["aria-label"] for each in page.all("svg"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_bars_are_as_long_as_the_points() -> None:
    full = INDEX.score({metric.id: (1, 1) for metric in INDEX.metrics})
    page = Page(kpi.html_report({None: full}, language="en"))
    filled = [each["width"] for each in page.all("rect") if each.get("fill") == "#1f5a96"]
    assert filled == ["200"] * len(full.group_results)
    assert full.band is not None
    assert f"Band: {full.band.name.en}" in "".join(page.words)
    half = INDEX.score({"2.1": (1, 2)})
    widths = [
        each["width"] for each in Page(kpi.html_report({None: half})).all("rect") if each.get("fill") == "#1f5a96"
    ]
    assert widths == ["100"]


def test_several_cards_have_an_overview_and_hostile_names_stay_text() -> None:
    evil = "<script>alert('x')</script>\" onload=\"y"
    page = Page(kpi.html_report({evil: CARD, None: CARD}, by=evil, period=QUARTER, language="vi"))
    assert not page.all("script")
    assert not page.all("b")
    words = "".join(page.words)
    assert words.count(evil) >= 3
    assert "(không rõ)" in words
    assert "Kỳ báo cáo: 01/07/2026 – 30/09/2026" in words
    assert page.rows[0][0] == evil  # the heading of the overview
    assert [row[0] for row in page.rows[1:3]] == [evil, "(không rõ)"]


def test_a_trend_is_drawn_from_two_periods_on() -> None:
    better = INDEX.score({"2.1": (3, 4)})
    nothing = INDEX.score({})
    drawn = Page(
        kpi.html_report(
            {None: CARD}, trend=[("2026-08", nothing), ("2026-09", CARD), ("2026-10", better)], language="en"
        )
    )
    (line,) = drawn.all("polyline")
    assert line["points"] is not None
    assert len(line["points"].split()) == len(drawn.all("circle")) == 2  # a period without points has none
    assert [row for row in drawn.rows if row[0] == "2026-08"] == [["2026-08", "–", f"{nothing.maximum:f}"]]
    assert not Page(kpi.html_report({None: CARD}, trend=[("2026-10", CARD)])).all("polyline")


def test_the_slowest_steps_come_first() -> None:
    records = [
        kpi.measures.StepRecord(dossier="1", step="appraise", unit="Tây Hồ", used=30, allowed=24),
        kpi.measures.StepRecord(dossier="2", step="appraise", unit="Tây Hồ", used=20, allowed=24),
        kpi.measures.StepRecord(dossier="1", step="sign", used=10),
    ]
    page = Page(kpi.html_report({None: CARD}, slow_spots=kpi.measures.find_slow_spots(records), language="en"))
    assert page.rows[-2:] == [
        ["appraise · Tây Hồ", "2", "25.0", "83.3%", "50.0%"],
        ["sign · (unknown)", "1", "10.0", "16.7%", "–"],
    ]
    empty = kpi.html_report({None: CARD}, slow_spots=kpi.measures.find_slow_spots([]), language="en")
    assert "Steps that take most time" not in empty


def test_a_card_without_points_has_no_bars() -> None:
    assert not Page(kpi.html_report({None: INDEX.score({})}, language="en")).all("svg")


def test_the_key_of_a_card_is_shown_although_nobody_says_what_tells_them_apart() -> None:
    page = Page(kpi.html_report({"Tây Hồ": CARD, "Đống Đa": CARD}, language="vi"))
    words = "".join(page.words)
    assert words.count("Tây Hồ") == words.count("Đống Đa") == 2  # in the overview, and over the card
    assert page.rows[0][:2] == ["Tên", "Điểm"]
    one = Page(kpi.html_report({"Tây Hồ": CARD}))
    assert "Tây Hồ" in one.words
    assert "Tổng hợp" not in one.words
    assert "(không rõ)" not in "".join(Page(kpi.html_report({None: CARD})).words)
    field = Page(kpi.html_report({"Hộ tịch": CARD}, by="field", language="vi"))
    assert "Lĩnh vực: Hộ tịch" in field.words


@pytest.mark.parametrize(
    "hostile", ["a\x00b", "\x1b[31m", "\ud800", "]]>", "<!--", "&lt;", "'\"><svg onload=x>", "\u202e"]
)
def test_whatever_a_name_holds_the_page_is_well_formed(hostile: str) -> None:
    page = Page(kpi.html_report({hostile: CARD, "b": CARD}, by=hostile, trend=[(hostile, CARD), (hostile, CARD)]))
    assert not [tag for tag, attributes in page.tags if "onload" in attributes or tag == "script"]
    assert "\x00" not in "".join(page.words)


def test_numbers_and_days_are_written_as_the_language_writes_them() -> None:
    vi = "".join(Page(kpi.html_report({None: CARD}, period=QUARTER, language="vi")).words)
    assert "528.684/597.918" in vi
    assert "88,42%" in vi
    assert "17,68" in vi
    assert "01/07/2026 – 30/09/2026" in vi
    assert "Cấp: cấp tỉnh" in vi
    en = "".join(Page(kpi.html_report({None: CARD}, period=QUARTER, language="en")).words)
    assert "2026-07-01 to 2026-09-30" in en


@pytest.mark.parametrize(
    ("what", "call"),
    [
        ("cards", lambda: kpi.html_report({None: 5})),  # type: ignore[dict-item]
        ("cards", lambda: kpi.html_report({5: CARD})),  # type: ignore[dict-item]
        ("cards", lambda: kpi.html_report(CARD)),  # type: ignore[arg-type]
        ("trend", lambda: kpi.html_report({}, trend=[("a", 5)])),  # type: ignore[list-item]
        ("trend", lambda: kpi.html_report({}, trend="ab")),  # type: ignore[arg-type]
        ("period", lambda: kpi.html_report({}, period="2026")),  # type: ignore[arg-type]
        ("by", lambda: kpi.html_report({}, by=5)),  # type: ignore[arg-type]
        ("slow_spots", lambda: kpi.html_report({}, slow_spots=5)),  # type: ignore[arg-type]
        ("language", lambda: kpi.html_report({}, language="fr")),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_card_is_refused(what: str, call: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError) as refused:
        call()
    assert refused.value.what == what
