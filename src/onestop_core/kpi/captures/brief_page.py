"""A brief as one page of HTML: it loads nothing and runs nothing, and prints on one sheet of A4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.kpi.captures.brief_words import UNKNOWN, WORDS, change_text, name_of, points_text, when
from onestop_core.kpi.captures.briefing import Brief
from onestop_core.model.series import instance
from onestop_core.text import Language, pages, percent
from onestop_core.text.pages import STYLE, element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from xml.etree.ElementTree import Element

    from onestop_core.kpi.captures.standings import Standing
    from onestop_core.kpi.ranking import Place
    from onestop_core.text.pages import Part

__all__ = ["brief_page"]

_MOST_TOLD: Final = 6
_STYLE: Final = (
    STYLE
    + """
main { max-width: 52rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .6rem; margin: .5rem 0 1rem; }
dl div { border: 1px solid var(--line); padding: .4rem .6rem; } dt { color: var(--quiet); font-size: .85rem; }
dd { margin: 0; font-weight: 600; } dd.big { font-size: 1.7rem; } tr.own { font-weight: 700; }
ol { margin: .3rem 0 .8rem; padding-left: 1.4rem; } td svg { display: inline-block; margin-left: .4rem; }
caption.same { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.ends { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0 1.5rem; align-items: start; }
@page { size: A4; margin: 12mm; }
@media print { body { font-size: 9.5pt; line-height: 1.3; padding: 0; } h1 { font-size: 15pt; margin: 0 0 4pt; }
  h2 { font-size: 11pt; margin: 8pt 0 2pt; } table { margin: 2pt 0 4pt; } th, td { padding: 1.5pt 4pt; } dd.big { font-size: 16pt; }
  dl { margin: 4pt 0; } section { break-inside: avoid; } }
"""
)


def brief_page(brief: Brief, *, language: Language = "vi") -> str:
    """Return *brief* as one HTML page for A4; text from outside is escaped, and nothing is said by colour alone.

    >>> from onestop_core.kpi.captures import leaders_brief, read_captures
    >>> taken = read_captures({"provinces": [{"departmentCode": "H21", "totalScore": 66, "departmentName": "<b>"}]})
    >>> page = brief_page(leaders_brief(taken, "H21"))
    >>> page.startswith("<!DOCTYPE html>"), "<b>" in page, "<script" in page
    (True, False, False)

    Raises:
        InvalidValueError: it is no brief.
    """
    made = instance(brief, Brief, "brief")
    title = f"{WORDS['title'].in_(language)}: {name_of(made.unit)}"
    return pages.page(title, [_Page(language).main(made)], style=_STYLE, language=language)


class _Page:
    """The words of one language, and the parts of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def word(self, key: str) -> str:
        return WORDS[key].in_(self.language)

    def main(self, brief: Brief) -> Element:
        main = element(
            "main",
            element("h1", name_of(brief.unit)),
            element(
                "p",
                f"{self.word('title')} · {self.word('captured')}: {when(brief.snapshot, self.language)}",
                class_="quiet",
            ),
        )
        main.append(element("dl", *self.figures(brief)))
        main.append(self.groups(brief))
        main.append(self.attention(brief))
        if brief.around:
            main.append(
                element(
                    "section",
                    element("h2", self.word("around")),
                    self.standings(self.word("around"), brief.around, brief),
                )
            )
        for level, first, last in brief.below:
            section = element("section", element("h2", f"{self.word('ranking')}: {level.text.in_(self.language)}"))
            ends = element("div", self.standings(self.word("first"), first, brief), class_="ends")
            if last:
                ends.append(self.standings(self.word("last"), last, brief))
            section.append(ends)
            main.append(section)
        main.append(element("section", element("h2", self.word("told")), element("ul", *self.told(brief))))
        return main

    def figures(self, brief: Brief) -> Iterator[Element]:
        total = points_text(brief.unit.total, self.language)
        yield self.figure("total", f"{total}/{points_text(brief.maximum, self.language)}", big=True)
        if brief.place is not None:
            yield self.figure("rank", brief.place.text.in_(self.language))
        if brief.ahead_of is not None:
            share = percent(100 * brief.ahead_of, places=1).in_(self.language)
            yield self.figure("ahead", f"{share} {self.word('of_peers')}")
        if brief.difference is not None:
            change = None if brief.change is None else brief.change.total
            said = change_text(change, self.language)
            if brief.change is not None and brief.change.place_before is not None:
                said = f"{said}; {brief.change.place_before.text.in_(self.language)} ({when(brief.difference.before, self.language)})"
            yield self.figure("change", said)
        if brief.band is not None:
            yield self.figure("band", brief.band.name.in_(self.language))

    def figure(self, key: str, said: str, *, big: bool = False) -> Element:
        kind = {"class_": "big"} if big else {}
        return element("div", element("dt", self.word(key)), element("dd", said, **kind))

    def groups(self, brief: Brief) -> Element:
        is_ranked = any(each.place is not None for each in brief.groups)
        is_compared = brief.difference is not None
        heads = ["group", "points", "maximum", "share", *(["place"] * is_ranked), *(["change"] * is_compared)]
        rows: list[list[Part]] = [
            [
                each.group.name.in_(self.language),
                points_text(each.points, self.language),
                points_text(each.group.max, self.language),
                self.bar(each.points, each.group.max),
                *([self.place(each.place)] * is_ranked),
                *([change_text(each.change, self.language)] * is_compared),
            ]
            for each in brief.groups
        ]
        return element(
            "section", element("h2", self.word("groups")), self.table(self.word("groups"), heads, rows, is_said=True)
        )

    def bar(self, points: Decimal | None, most: Decimal) -> Part:
        if points is None:
            return UNKNOWN.in_(self.language)
        share = percent(points * 100 / most, places=1).in_(self.language)
        full = str(int(80 * points / most))
        picture = element(
            "svg",
            element("rect", x="0.5", y="0.5", width="80", height="9", fill="#fff", stroke="#555"),
            element("rect", x="0.5", y="0.5", width=full, height="9", fill="#1f5a96"),
            width="82",
            height="10",
            viewBox="0 0 82 10",
            aria_hidden="true",
        )
        return element("span", share, picture)

    def attention(self, brief: Brief) -> Element:
        items = [
            element(
                "li",
                element("b", f"{each.name.in_(self.language)[:1].upper()}{each.name.in_(self.language)[1:]}"),
                f": {self.word('lost').lower()} {points_text(each.lost, self.language)} ({each.text.in_(self.language)})",
            )
            for each in brief.attention
        ]
        body = element("ol", *items) if items else element("p", UNKNOWN.in_(self.language))
        note = element("p", self.word("attention_note"), class_="quiet")
        return element("section", element("h2", self.word("attention")), note, body)

    def standings(self, caption: str, rows: Sequence[Standing], brief: Brief) -> Element:
        table = self.table(
            caption,
            ["place", "unit", "points"],
            [
                [
                    self.place(each.place),
                    name_of(each.unit),
                    points_text(each.points, self.language),
                ]
                for each in rows
            ],
            is_said=caption == self.word("around"),
        )
        for row, each in zip(table.iter("tr"), (None, *rows), strict=True):
            if each is not None and each.unit.code == brief.unit.code:
                row.set("class", "own")
        return table

    def place(self, place: Place | None) -> str:
        if place is None:
            return UNKNOWN.in_(self.language)
        shared = {"vi": f" (đồng hạng {place.sharers})", "en": f" (shared by {place.sharers})"}[self.language]
        return f"{place.rank}{shared if place.sharers > 1 else ''}"

    def told(self, brief: Brief) -> Iterator[Element]:
        notes = [problem.text for problem in brief.told]
        notes += list(() if brief.difference is None else brief.difference.told)
        for text in notes[:_MOST_TOLD]:
            yield element("li", text.in_(self.language))
        if len(notes) > _MOST_TOLD:
            rest = len(notes) - _MOST_TOLD
            yield element("li", {"vi": f"và {rest} lưu ý khác", "en": f"and {rest} more"}[self.language])
        yield element("li", self.word("unknown_note"))

    def table(
        self, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Part]], *, is_said: bool = False
    ) -> Element:
        """Return a table; its caption is for those who hear the page where the heading above says the same."""
        text = {"group", "unit"}
        kinds: list[dict[str, str]] = [{} if head in text else {"class_": "n"} for head in heads]
        top = (element("th", self.word(head), scope="col", **kind) for head, kind in zip(heads, kinds, strict=True))
        lines = (
            element("tr", *(element("td", cell, **kind) for cell, kind in zip(row, kinds, strict=True))) for row in rows
        )
        said = element("caption", caption, **({"class_": "same"} if is_said else {}))
        return element("table", said, element("thead", element("tr", *top)), element("tbody", *lines))
