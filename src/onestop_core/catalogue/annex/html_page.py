"""An annex as one HTML page to print: A4, self-contained, readable without colour, script or network.

The page is a tree of elements (:mod:`xml.etree`), so that text from outside is escaped whatever it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.catalogue.annex.content import content
from onestop_core.catalogue.annex.values import Fact, Heading, Paragraph, Table
from onestop_core.text import Text, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

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
.group { font-weight: 700; font-style: italic; } tr { break-inside: avoid; } thead { display: table-header-group; }
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
    page = _Page(language).page(content(catalogue, procedure=procedure, field=field))
    return f"<!DOCTYPE html>\n{ET.tostring(page, encoding='unicode', method='html')}\n"


def _element(tag: str, *children: ET.Element | str, **attributes: str) -> ET.Element:
    """Return an element that holds elements, or words; ``class_`` is written without its ``_``, ``aria_label`` with a hyphen."""
    made = ET.Element(tag, {name.rstrip("_").replace("_", "-"): safe.xml(value) for name, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + safe.xml(child)
        else:
            made.append(child)
    return made


class _Page:
    """The words of one language, and the parts of the page."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        return text.in_(self.language)

    def page(self, annex: Annex) -> ET.Element:
        main = _element(
            "main",
            _element("p", self.say(annex.head), class_="head"),
            _element("h1", *(_element("span", self.say(line)) for line in annex.title)),
            _element("p", self.say(annex.issued_with), class_="issued"),
        )
        for block in annex.blocks:
            main.extend(self.block(block))
        return _element(
            "html",
            _element(
                "head",
                _element("meta", charset="utf-8"),
                _element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                _element("title", " – ".join(self.say(line) for line in annex.title)),
                _element("style", _STYLE),
            ),
            _element("body", main),
            lang=self.language,
        )

    def block(self, block: Block) -> Iterable[ET.Element]:
        match block:
            case Heading():
                yield _element(f"h{block.level}", self.say(block.text))
            case Paragraph():
                yield _element("p", self.say(block.text))
            case Fact():
                yield from self.fact(block)
            case _:
                yield self.table(block)

    def fact(self, fact: Fact) -> Iterable[ET.Element]:
        label = _element("b", f"{self.say(fact.label)}:")
        if len(fact.values) == 1:
            label.tail = safe.xml(f" {self.say(fact.values[0])}")
            yield _element("p", label)
        else:
            yield _element("p", label, class_="label")
            yield _element("ul", *(_element("li", self.say(value)) for value in fact.values))

    def table(self, table: Table) -> ET.Element:
        columns = (_element("col", style=f"width: {width}%") for width in table.widths)
        heads = (_element("th", self.say(head), scope="col") for head in table.heads)
        return _element(
            "table",
            _element("colgroup", *columns),
            _element("thead", _element("tr", *heads)),
            _element("tbody", *(self.row(row, len(table.heads)) for row in table.rows)),
            aria_label=self.say(table.caption),
        )

    def row(self, row: tuple[tuple[Text, ...], ...], width: int) -> ET.Element:
        if len(row) < width:
            (lines,) = row
            return _element("tr", self.cell("th", lines, colspan=str(width), scope="colgroup", class_="group"))
        first, *more = row
        return _element("tr", self.cell("th", first, scope="row"), *(self.cell("td", lines) for lines in more))

    def cell(self, tag: str, lines: tuple[Text, ...], **attributes: str) -> ET.Element:
        return _element(tag, *(_element("p", self.say(line)) for line in lines), **attributes)
