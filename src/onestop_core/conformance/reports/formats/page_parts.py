"""What the pages are made of: sections, tables of counts, lists of facts, verdicts with a sign, JSON to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.conformance.reports.formats.page_words import WORDS
from onestop_core.conformance.reports.results import Verdict
from onestop_core.conformance.wire import json_text
from onestop_core.text import Text, number, pages, safe
from onestop_core.text.pages import Part, element
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from onestop_core.text import Language

__all__ = ["STYLE", "Sheet"]

STYLE: Final = (
    pages.STYLE
    + """
:root { --good: #17652d; --bad: #a31b12; --part: #7a4d00; }
body { max-width: 70rem; } header { margin-bottom: 1rem; } h1 { margin: .2rem 0 .8rem; } .kind { margin: 0; color: var(--quiet); }
a { color: inherit; } a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid var(--rule); outline-offset: 2px; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0; }
.verdict { border-left: .4rem solid; padding: .6rem 1rem; background: var(--box); font-size: 1.1rem; }
.verdict strong, .verdict .also { color: var(--ink); } .sign { font-weight: 700; margin-right: .4em; }
.conforms { color: var(--good); } .fails, td.bad { color: var(--bad); } .partial { color: var(--part); }
.unsupported, .nothing-demanded { color: var(--quiet); } td.conforms, td.fails, td.partial, td.unsupported { white-space: nowrap; }
td.bad { font-weight: 700; } td.zero { color: var(--quiet); }
.notice { border: 2px solid var(--part); padding: .5rem 1rem; }
.wide { overflow-x: auto; } tr.area > * { background: var(--box); } th.inner { font-weight: 400; padding-left: 1.2rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.edge { border-left: 1px solid var(--line); padding-left: .8rem; }
.title { font-weight: 400; margin-left: .5em; } thead th { vertical-align: bottom; } th.top { text-align: center; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; overflow-wrap: anywhere; }
th code, .digest code { white-space: nowrap; } tr.area th, th.inner { min-width: 9rem; }
pre { margin: 0; white-space: pre-wrap; background: var(--box); padding: .4rem .6rem; }
dl { display: grid; grid-template-columns: minmax(9rem, 19rem) 1fr; gap: .3rem 1rem; margin: .5rem 0 1rem; }
dt { font-weight: 600; } dd { margin: 0; min-width: 0; } dd ul { margin: 0; padding-left: 1.1rem; }
details { border: 1px solid var(--line); border-left: .3rem solid currentColor; margin: .4rem 0; padding: .3rem .7rem; }
details dl { grid-template-columns: 11rem 1fr; }
details.failed { border-left-color: var(--bad); } details.declined { border-left-color: var(--part); }
summary { cursor: pointer; } .description, .reason { display: block; font-weight: 400; } .reason { color: var(--quiet); }
.signed { display: none; }
@media screen and (max-width: 40rem) { dl, details dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } body { margin: 1rem auto; } }
@page { size: A4; margin: 15mm 12mm; }
@media print {
  nav { display: none; } .wide { overflow: visible; } thead th.n { white-space: normal; } table { font-size: 9pt; } thead { display: table-header-group; }
  details, dd, dd ul { break-inside: auto; } summary, dt, thead { break-after: avoid; } dl, details dl { grid-template-columns: 11rem 1fr; }
  details::details-content { content-visibility: visible; display: block; }
  summary { list-style: none; } body { font-size: 10pt; } th, td { padding: .2rem .3rem; }
  .signed { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; min-height: 35mm; break-inside: avoid; }
}
"""
    + pages.DARK
    + """
@media screen and (prefers-color-scheme: dark) { :root { --good: #6fdd8b; --bad: #ff9c92; --part: #f0c060; } }
"""
)

_SIGNS: Final = {
    Verdict.CONFORMS: "✓",
    Verdict.FAILS: "✗",
    Verdict.PARTIAL: "◐",
    Verdict.UNSUPPORTED: "–",
    Verdict.NOTHING_DEMANDED: "–",
}
_LONGEST_JSON: Final = 20_000
_LONGEST_LINE: Final = 100


def _laid_out(value: Any, margin: str = "") -> str:
    """Return JSON with a member a line where a line would be long; plain values of a list stay beside each other."""
    words = json_text(value)
    inner = f"{margin}  "
    if len(words) <= _LONGEST_LINE:
        return words
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value).items()
        parts = [f"{json_text(key)}: {_laid_out(each, inner)}" for key, each in members]
        return f"{{\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}}}"
    if isinstance(value, tuple | list):
        items = cast("Sequence[Any]", value)
        if any(isinstance(each, Mapping | tuple | list) for each in items):
            return f"[\n{inner}" + f",\n{inner}".join(_laid_out(each, inner) for each in items) + f"\n{margin}]"
    return words


class Sheet:
    """The words of one language, and the parts that both pages share."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        """Return *text* in the language of the page."""
        return text.in_(self.language)

    def word(self, key: str) -> str:
        """Return a word of the pages."""
        return self.say(WORDS[key])

    def number(self, value: int) -> str:
        """Return a number as the language writes it."""
        return self.say(number(value))

    def sentence(self, text: Text) -> str:
        """Return *text* as a sentence."""
        said = self.say(text)
        return f"{said[:1].upper()}{said[1:]}."

    def section(self, name: str, *parts: Part, count: int | None = None) -> Element:
        """Return a part of the page that the contents can lead to."""
        title = self.word(name) if count is None else f"{self.word(name)} ({self.number(count)})"
        return element("section", element("h2", title), *parts, id=name, aria_label=title)

    def sign(self, verdict: Verdict) -> Element:
        """Return the sign of a verdict, for the eye; the words stand beside it."""
        return element("span", _SIGNS[verdict], class_="sign", aria_hidden="true")

    def code(self, words: str) -> Element:
        """Return a code, a digest or a command."""
        return element("code", line(words))

    def english(self, words: str, look: str) -> Element:
        """Return what is told in English only."""
        return element("span", line(words), class_=look, lang="en")

    def facts(self, pairs: Iterable[tuple[str, Part]]) -> Element:
        """Return names and what they are."""
        made = element("dl")
        for name, value in pairs:
            made.extend((element("dt", name), element("dd", value)))
        return made

    def listed(self, items: Iterable[str]) -> Part:
        """Return one thing as it is, several as a list."""
        found = list(items)
        return found[0] if len(found) == 1 else element("ul", *(element("li", each) for each in found))

    def json(self, value: Any) -> Element:
        """Return *value* as a reader likes it: in one line if it is short, else a member a line."""
        words = _laid_out(value)
        cut = safe.json(words[:_LONGEST_JSON])
        return element("pre", cut if len(words) <= _LONGEST_JSON else f"{cut}\n{self.word('cut')}")

    def count(self, value: int, mark: str) -> Element:
        """Return the cell of a count."""
        return element("td", self.number(value), class_=f"n{mark}" if value else f"n zero{mark.replace(' bad', '')}")

    def counted(
        self, caption: str, heads: Sequence[str], groups: Sequence[Sequence[Element]], *, not_asked: bool = False
    ) -> Element:
        """Return a table whose last columns are counts of required and of recommended cases."""
        inner = ["passed", "failed", "declined_head", "unsupported_head", *(["not_asked"] if not_asked else [])]
        first = [element("th", head, scope="col", rowspan="2") for head in heads]
        first.append(element("th", self.word("required_head"), scope="colgroup", class_="top", colspan=str(len(inner))))
        first.append(element("th", self.word("recommended_head"), scope="colgroup", class_="top edge", colspan="2"))
        second = [element("th", self.word(key), scope="col", class_="n") for key in inner]
        second.append(element("th", self.word("passed"), scope="col", class_="n edge"))
        second.append(element("th", self.word("failed"), scope="col", class_="n"))
        columns = [element("col", span=str(len(heads))), *(element("colgroup", span=str(n)) for n in (len(inner), 2))]
        return self.wide(
            caption,
            element("colgroup", columns[0]),
            *columns[1:],
            element("thead", element("tr", *first), element("tr", *second)),
            *(element("tbody", *rows) for rows in groups),
        )

    def table(self, caption: str, heads: Sequence[str], rows: Sequence[Element], *, numbers: int = 0) -> Element:
        """Return a table; the last columns, *numbers* of them, are numbers."""
        first = len(heads) - numbers
        top = (
            element("th", head, scope="col", **({"class_": "n"} if place >= first else {}))
            for place, head in enumerate(heads)
        )
        return self.wide(caption, element("thead", element("tr", *top)), element("tbody", *rows))

    def wide(self, caption: str, *parts: Element) -> Element:
        """Return a table in a frame that a narrow screen can move."""
        # On a narrow screen the table moves in its frame, which the keyboard must be able to reach.
        table = element("table", element("caption", caption), *parts)
        return element("div", table, class_="wide", role="region", tabindex="0", aria_label=caption)
