"""An annex as one HTML page to print: A4, self-contained, readable without colour, script or network.

The page is a tree of elements (:mod:`~onestop_core.text.pages`), so that text from outside is escaped whatever it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.annex.content import content
from onestop_core.catalogue.annex.values import Fact, Heading, Paragraph, Table, is_tall
from onestop_core.text import Text, pages, safe
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from onestop_core.catalogue.annex.values import Annex, Block
    from onestop_core.catalogue.values.catalogue import Catalogue
    from onestop_core.text import Language

__all__ = ["html"]

_STYLE: Final = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt "Times New Roman", serif; } }
@page :first { @top-center { content: none; } }
body { font: 13pt/1.35 "Times New Roman", "Liberation Serif", serif; color: #000; background: #fff;
  max-width: 165mm; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
h1, .head, .issued { text-align: center; margin: 0 0 .3rem; } h1, .head, h2, h4, h5 { font-weight: 700; }
h1 { font-size: 14pt; } h1 span { display: block; } .head { font-size: 14pt; }
.issued { font-style: italic; margin-bottom: 1.2rem; }
h2 { font-size: 13pt; margin: 1.6rem 0 .6rem; } h3 { font-size: 13pt; margin: 1.2rem 0 .4rem; text-transform: uppercase; }
h4 { font-size: 13pt; margin: 1.4rem 0 .4rem; } h5 { font-size: 13pt; font-style: italic; margin: .9rem 0 .3rem; }
h2, h3, h4, h5, .label { break-after: avoid; } h2, h3, h4, h5 { padding-top: .3em; } p { margin: .2rem 0; text-align: justify; white-space: pre-line; }
ul { margin: .2rem 0; padding-left: 1.4rem; list-style: "– "; } li { white-space: pre-line; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .4rem 0 .8rem; font-size: 12pt; line-height: 1.25; }
th, td { border: 1px solid #000; padding: 3px 5px; text-align: left; vertical-align: top; }
thead th { text-align: center; vertical-align: middle; } tbody th { font-weight: 400; }
th p, td p { margin: 0 0 .15rem; text-align: left; } thead th p { text-align: center; }
.group th { font-weight: 700; font-style: italic; } .group { break-after: avoid; } tr { break-inside: avoid; } .tall { break-inside: auto; } thead { display: table-header-group; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


def html(
    catalogue: Catalogue, *, procedure: str | None = None, field: str | None = None, language: Language = "vi"
) -> str:
    """Return the annex as one HTML page of A4 sheets; see :func:`~onestop_core.catalogue.annex.content` for what it says.

    Nothing in it is loaded from anywhere, and nothing runs; text from outside is escaped.

    >>> from onestop_core import catalogue
    >>> page = html(catalogue.shipped(), procedure="1.004222")
    >>> page.startswith("<!DOCTYPE html>"), "a) Trình tự thực hiện" in page, "<script" in page
    (True, True, False)

    Args:
        catalogue: The catalogue.
        procedure: The code of the one procedure.
        field: Name or code of the field.
        language: ``"vi"`` or ``"en"``.

    Raises:
        InvalidValueError: both a procedure and a field are named, or the language is another one.
        UnknownCodeError: the catalogue has no such procedure or field.
    """
    annex = content(catalogue, procedure=procedure, field=field)
    page = _Page(language)
    title = " – ".join(page.say(line) for line in annex.title)
    # The policy of a page allows no style on an element.
    widths = sorted({width for block in annex.blocks if isinstance(block, Table) for width in block.widths})
    style = _STYLE + "".join(f".w{width} {{ width: {width}%; }}\n" for width in widths)
    return pages.page(title, [page.body(annex)], style=style, language=language)


class _Page:
    """The words of one language, and the parts of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def body(self, annex: Annex) -> Element:
        main = element(
            "main",
            element("p", self.say(annex.head), class_="head"),
            element("h1", *(element("span", self.say(line)) for line in annex.title)),
            element("p", self.say(annex.issued_with), class_="issued"),
        )
        for block in annex.blocks:
            main.extend(self.block(block))
        return main

    def block(self, block: Block) -> Iterable[Element]:
        match block:
            case Heading():
                yield element(f"h{block.level}", self.say(block.text))
            case Paragraph():
                yield element("p", self.say(block.text))
            case Fact():
                yield from self.fact(block)
            case _:
                yield self.table(block)

    def fact(self, fact: Fact) -> Iterable[Element]:
        label = element("b", f"{self.say(fact.label)}:")
        if len(fact.values) == 1:
            label.tail = safe.xml(f" {self.say(fact.values[0])}")
            yield element("p", label)
        else:
            yield element("p", label, class_="label")
            yield element("ul", *(element("li", self.say(value)) for value in fact.values))

    def table(self, table: Table) -> Element:
        columns = (element("col", class_=f"w{width}") for width in table.widths)
        heads = (element("th", self.say(head), scope="col") for head in table.heads)
        return element(
            "table",
            element("colgroup", *columns),
            element("thead", element("tr", *heads)),
            element("tbody", *(self.row(row, table) for row in table.rows)),
            aria_label=self.say(table.caption),
        )

    def row(self, row: tuple[tuple[Text, ...], ...], table: Table) -> Element:
        tall = {"class_": "tall"} if is_tall(table, row) else {}
        if len(row) < len(table.heads):
            (lines,) = row
            return element(
                "tr", self.cell("th", lines, colspan=str(len(table.heads)), scope="colgroup"), class_="group"
            )
        first, *more = row
        return element("tr", self.cell("th", first, scope="row"), *(self.cell("td", lines) for lines in more), **tall)

    def cell(self, tag: str, lines: tuple[Text, ...], **attributes: str) -> Element:
        return element(tag, *(element("p", self.say(line)) for line in lines), **attributes)
