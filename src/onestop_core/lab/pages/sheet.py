"""What the pages of the lab share: tables, bars, and lists of dossiers that open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core import catalogue, dossier
from onestop_core.text import Text, number
from onestop_core.text.pages import DARK, STYLE, Part, element, page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from onestop_core.text import Language

__all__ = ["Sheet"]

_STYLE: Final = (
    STYLE
    + """details { margin: .25rem 0; } summary { cursor: pointer; } ul.ids { columns: 16rem; font-size: .85rem; padding-left: 1.2rem; }
figure { margin: 1rem 0; overflow-x: auto; } .wide { overflow-x: auto; } th .quiet { font-weight: 400; } th.n { white-space: normal; } tbody th { min-width: 9rem; }
@media screen and (max-width: 40rem) { svg { max-width: none; } .wide th, .wide td { overflow-wrap: normal; } }
@media print { h2, caption, figcaption { break-after: avoid; } figure, tr { break-inside: avoid; } }
@media print { .wide, figure { overflow: visible; } details.cases::details-content { content-visibility: visible; block-size: auto; } }
.big { font-size: 2rem; font-weight: 700; } .figures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; padding: 0; list-style: none; }
.figures li { min-width: 8rem; } .figures span { display: block; }
rect.bar { fill: #1f5a96; } rect.perhaps { fill: #fff; stroke: #1f5a96; } rect.axis { fill: var(--rule); } svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
"""
    + DARK.replace("}\n}", "} rect.bar { fill: #6aa5e0; } rect.perhaps { fill: var(--paper); stroke: #6aa5e0; }\n}")
)
_LATEST: Final = "vn@decree-118-2025-amended-309-2026"
_MOST: Final = 500
"""Most dossiers that a page lists; the JSON has all of them."""
_NAME: Final = 90
"""Most letters of a procedure's name in a table: some are a whole article."""
_WIDE, _NAMES, _ROW, _LONGEST = 760, 300, 24, 42


class Sheet:
    """A page in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        """Return *text* in the language of the page."""
        return text.in_(self.language)

    def number(self, value: int) -> str:
        """Return *value* as people write it."""
        return self.say(number(value))

    def role(self, code: str | None) -> str:
        """Return the role of that *code* as the latest lifecycle calls it; another by its code."""
        named = dossier.lifecycle.find(_LATEST).roles.get(code or "")
        return (code or "") if named is None else self.say(named)

    def procedure(self, code: str) -> str:
        """Return a procedure by its code and its name, where the shipped catalogue has it."""
        known = catalogue.shipped().get(code)
        name = "" if known is None else f" {self.say(known.name)}"
        return code + (name if len(name) <= _NAME else f"{name[: _NAME - 1]}…")

    def month(self, month: str) -> str:
        """Return a month such as 2026-03 as the language writes it."""
        return self.say(Text(vi="/".join(reversed(month.split("-"))), en=month))

    def page(self, title: Text, *body: Element) -> str:
        """Return the whole page."""
        said = self.say(title)
        return page(said, [element("main", element("h1", said), *body)], style=_STYLE, language=self.language)

    def figures(self, rows: Iterable[tuple[Text, str]]) -> Element:
        """Return the figures at a glance."""
        items = (
            element("li", element("span", said, class_="big"), element("span", self.say(name))) for name, said in rows
        )
        return element("ul", *items, class_="figures")

    def table(self, caption: Text, heads: Sequence[Text], rows: Iterable[Sequence[Part]], *, texts: int = 1) -> Element:
        """Return a table whose first *texts* columns are words and whose others are numbers."""
        kinds: list[dict[str, str]] = [{} if place < texts else {"class_": "n"} for place in range(len(heads))]
        top = (element("th", self.say(head), scope="col", **kind) for head, kind in zip(heads, kinds, strict=True))
        lines = (
            element(
                "tr",
                element("th", row[0], scope="row"),
                *(element("td", cell, **kind) for cell, kind in zip(row[1:], kinds[1:], strict=True)),
            )
            for row in rows
        )
        said = element("caption", self.say(caption))
        table = element("table", said, element("thead", element("tr", *top)), element("tbody", *lines))
        # On a phone a wide table is moved sideways, also by the keys, and the page stays where it is.
        return element("div", table, class_="wide", role="region", tabindex="0", aria_label=self.say(caption))

    def bars(self, title: Text, rows: Sequence[tuple[str, int, int]]) -> Element:
        """Return a bar for each row, full up to its count and hollow from there to the highest that it can be."""
        most = max((high for _, _, high in rows), default=0) or 1
        unit = (_WIDE - _NAMES - 70) / most
        shapes: list[Element] = []
        for place, (name, count, high) in enumerate(rows):
            y = place * _ROW
            said = self.number(count) if count == high else f"{self.number(count)}–{self.number(high)}"
            full, whole = int(count * unit), int(high * unit)
            shapes.append(
                element("text", name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", x="0", y=str(y + 16))
            )
            shapes.append(element("rect", class_="perhaps", x=str(_NAMES), y=str(y + 4), width=str(whole), height="16"))
            shapes.append(element("rect", class_="bar", x=str(_NAMES), y=str(y + 4), width=str(full), height="16"))
            shapes.append(element("text", said, x=str(_NAMES + whole + 6), y=str(y + 16)))
        height = max(len(rows), 1) * _ROW
        told = self.say(title) + ": " + "; ".join(f"{name}: {self.number(count)}" for name, count, _ in rows)
        size = {"width": str(_WIDE), "height": str(height), "viewBox": f"0 0 {_WIDE} {height}"}
        return element(
            "figure",
            element("figcaption", element("b", self.say(title))),
            element("svg", element("title", told), *shapes, role="img", aria_label=told, **size),
        )

    def opened(self, summary: str, ids: Sequence[str]) -> Element:
        """Return a list of dossiers that opens."""
        items = [element("li", each) for each in ids[:_MOST]]
        if len(ids) > _MOST:
            more = number(len(ids) - _MOST)
            items.append(element("li", self.say(Text(vi=f"và {more.vi} hồ sơ khác", en=f"and {more.en} more"))))
        return element("details", element("summary", summary), element("ul", *items, class_="ids"))
