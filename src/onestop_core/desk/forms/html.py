"""A form as one page of HTML that prints on A4 or A5; it loads nothing, runs nothing and escapes what it says."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.deadlines import Deadline
from onestop_core.desk.forms.content import Entry, Grid, Line, Listing, Sentence, sheet
from onestop_core.desk.forms.data import FormData
from onestop_core.desk.forms.values import PaperSize
from onestop_core.errors import InvalidValueError
from onestop_core.model.series import each_of, instance
from onestop_core.text import Language, Text
from onestop_core.text.pages import element, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop_core.desk.forms.content import Block, Sheet, Signed
    from onestop_core.desk.forms.tables import Cell

__all__ = ["MOTTO", "STATE", "form_html"]

STATE: Final = Text(vi="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", en="SOCIALIST REPUBLIC OF VIET NAM")
MOTTO: Final = Text(vi="Độc lập - Tự do - Hạnh phúc", en="Independence - Freedom - Happiness")
_OPEN: Final = Text(vi="để trống", en="left open")
_TIMELINE: Final = Text(vi="Ngày hẹn trả được tính như sau", en="How the due day was counted")
_CODE: Final = Text(vi="Mã QR để kiểm tra ngày hẹn trả", en="QR code to check the due day")
_QUIET: Final = 4
"""Light modules around a QR code."""
_TYPE: Final = {
    (False, False): (13, 1.35, 11.5),
    (False, True): (11.5, 1.3, 9.5),
    (True, False): (10, 1.25, 9),
    (True, True): (8, 1.25, 6.5),
}
"""Points of letters, height of a line, points in tables: of A4 and A5 (small), upright and wide."""
_WIDTHS: Final = {(False, False): 173, (False, True): 273, (True, False): 128, (True, True): 190}
_LOOK: Final = """
@page { size: %(page)s; margin: %(margin)s; }
* { box-sizing: border-box; }
body { font: %(font)s "Times New Roman", "Liberation Serif", Tinos, serif; color: #000; background: #fff; margin: 0 auto; max-width: %(width)s;
  overflow-wrap: anywhere; }
@media screen { body { padding: 12mm 8mm; } }
p, ol, dl, dd, figure { margin: 0; }
.origin { text-align: right; font-size: .75em; font-style: italic; margin-bottom: .4em; }
.head { display: flex; gap: 1em; text-align: center; align-items: flex-start; }
.head > div { flex: 5; } .head > div + div { flex: 6; }
.caps { text-transform: uppercase; } .state { font-size: .92em; }
.rule { border-top: 1px solid #000; width: 30%%; margin: .2em auto .3em; } .motto + .rule { width: 58%%; }
b, .motto, h1, .titles { font-weight: bold; }
.dated, .hint { font-style: italic; }
h1 { font-size: 1.15em; text-align: center; margin: .9em 0 .7em; text-wrap: balance; }
.row { display: flex; flex-wrap: wrap; column-gap: 1.2em; }
.row > div { display: flex; flex: 1 1 auto; gap: .35em; margin: .12em 0; } .row > div > dt { flex: 0 1 auto; }
.row > div > dd { flex: 1 1 6em; min-width: 6em; }
.dots { display: inline-block; width: 100%%; min-width: 5em; border-bottom: 1px dotted #000; height: 1em; }
.block .dots { display: block; height: 1.5em; } .said { margin: .35em 0; text-align: justify; } .said .dots { width: 9em; } .dated .dots, .number .dots { width: 6em; }
.caption { margin: .25em 0 .1em; text-align: left; caption-side: top; } caption.caption { font-size: %(caption)s; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%); white-space: nowrap; }
ol { padding-left: 1.9em; } ol li { margin: .1em 0; } .copies ol { list-style: "- "; padding-left: .7em; }
table { border-collapse: collapse; width: calc(100%% - 1px); table-layout: fixed; margin: .15em 0 .4em; font-size: %(table)s; }
th, td { border: 1px solid #000; padding: .2em .3em; text-align: left; vertical-align: top; }
th { text-align: center; vertical-align: middle; font-weight: bold; } thead { display: table-header-group; }
tr, .signs, .code, .time { break-inside: avoid; } td.empty { height: 1.9em; }
.halves { display: flex; margin: .25em -.3em -.2em; border-top: 1px solid #000; text-align: center; }
.halves > div { flex: 1; min-height: 3.6em; } .halves > div + div { border-left: 1px solid #000; }
.signs { display: flex; gap: 1em; text-align: center; margin-top: .8em; break-before: avoid; }
.signs > div { flex: 1; } .signs .copies { text-align: left; font-size: .85em; } .copies b { font-style: italic; }
.name { margin-top: 3.6em; font-weight: bold; min-height: 1.2em; } .name .dots { width: 70%%; }
.code { float: right; margin: 0 0 .3em .8em; } .code svg { width: %(code)s; height: %(code)s; display: block; }
.check { font: .7em monospace; word-break: break-all; margin-top: .6em; }
.time { margin-top: 1em; } .time svg { display: block; max-width: 100%%; height: auto; } .time figcaption { font-style: italic; }
"""


def form_html(
    data: FormData,
    *,
    paper: PaperSize | str | None = None,
    language: Language = "vi",
    qr: Callable[[str], Sequence[Sequence[int]]] | None = None,
    deadline: Deadline | None = None,
) -> str:
    """Return the form as a page to print, as offices know it.

    Each field is an element with ``data-field``; what is not known is a dotted line.

    >>> from onestop_core import desk
    >>> empty = desk.form_data("refusal", None, edition="vn-forms@circular-03-2025")
    >>> "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in form_html(empty, paper="A5")
    True

    Args:
        data: What it says.
        paper: On what it is printed, ``"A4"`` or ``"A5"``; None: as the edition has it.
        language: Of the labels. The form itself is Vietnamese; English helps those who do not read it.
        qr: Draws the short receipt, such as ``onestop_core.ext.qr.modules``; without it the receipt is printed as text.
        deadline: The due moment, for a picture of how it was counted, under a receipt.

    Raises:
        UnknownCodeError: no such edition of the forms ships.
        InvalidValueError: there is no such size, or *qr* draws no square.
    """
    made = sheet(instance(data, FormData, "data"), paper)
    words = _Words(language)
    style = _style(made)
    body = [
        words.said("p", made.origin, class_="origin"),
        words.head(made),
        *words.receipt(data.short_receipt, qr),
        words.said("h1", made.title, data_field="title"),
        *(words.block(each) for each in made.blocks),
        *words.signs(made),
    ]
    if deadline is not None:
        figure, more = words.timeline(instance(deadline, Deadline, "deadline"))
        body.append(figure)
        style += more
    return page(made.title.in_(language), [element("main", *body)], style=style, language=language)


def _style(made: Sheet) -> str:
    small, wide = made.size is PaperSize.A5, made.landscape
    font, line, table = _TYPE[small, wide]
    return _LOOK % {
        "page": f"{made.size.value}{' landscape' if wide else ''}",
        "margin": "9mm 9mm 9mm 11mm" if small else "12mm" if wide else "10mm" if made.narrow else "18mm 15mm 16mm 22mm",
        "font": f"{12 if made.narrow and not small else font}pt/{line}",
        "caption": f"{font}pt",
        "table": f"{table}pt",
        "width": f"{_WIDTHS[small, wide]}mm",
        "code": "26mm" if small else "32mm",
    }


def _modules(drawn: object) -> list[list[object]]:
    """Return what a library drew as rows of a square, dark and light."""
    rows = [list(each_of(row, object, "qr")) for row in islice(each_of(drawn, object, "qr"), _MOST_MODULES + 1)]
    if not 0 < len(rows) <= _MOST_MODULES or any(len(row) != len(rows) for row in rows):
        raise InvalidValueError.of(
            "qr", len(rows), vi="các dòng ô của một mã QR vuông", en="the rows of modules of a square QR code"
        )
    return rows


_MOST_MODULES: Final = 177
"""Modules to a side of the largest QR code (ISO/IEC 18004, version 40)."""


class _Words:
    """Writes the parts of a form in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def said(self, tag: str, text: Text, **attributes: str) -> ET.Element:
        return element(tag, text.in_(self._language), **attributes)

    def entry(self, entry: Entry, tag: str = "span") -> ET.Element:
        """Return a field: its lines, or how it is left open."""
        if not entry.lines:
            return element(tag, self.blank(entry.blank), data_field=entry.key, data_open="")
        made = element(tag, data_field=entry.key)
        self._lines(made, entry.lines)
        return made

    def _lines(self, parent: ET.Element, lines: Sequence[Text]) -> None:
        for number, each in enumerate(lines):
            if number:
                parent.append(ET.Element("br"))
            part = element("span", each.in_(self._language))
            parent.append(part)

    def blank(self, blank: Text | None = None) -> ET.Element:
        if blank is not None:
            return self.said("span", blank, aria_label=_OPEN.in_(self._language), role="img")
        return element("span", class_="dots", role="img", aria_label=_OPEN.in_(self._language))

    def head(self, made: Sheet) -> ET.Element:
        place, day = self.entry(made.place), self.entry(made.day)
        number = self.entry(made.number)
        label = "" if made.number.label is None else made.number.label.in_(self._language)
        return element(
            "header",
            element(
                "div",
                element("p", self.entry(made.superior), class_="caps"),
                element("p", element("b", self.entry(made.office)), class_="caps"),
                element("div", class_="rule"),
                element("p", f"{label}: ", number, class_="number"),
            ),
            element(
                "div",
                self.said("p", STATE, class_="state titles"),
                self.said("p", MOTTO, class_="motto"),
                element("div", class_="rule"),
                element("p", place, ", ", day, class_="dated"),
            ),
            class_="head",
        )

    def block(self, block: Block) -> ET.Element:
        match block:
            case Line():
                return self.line(block)
            case Sentence():
                return element(
                    "p",
                    *(
                        self.entry(each) if isinstance(each, Entry) else each.in_(self._language)
                        for each in block.parts
                    ),
                    class_="said",
                )
            case Listing():
                return element(
                    "div", element("p", f"{block.label.in_(self._language)}:", class_="caption"), self.listing(block)
                )
            case _:
                return self.grid(block)

    def line(self, line: Line) -> ET.Element:
        pairs: list[ET.Element] = []
        for entry in line.entries:
            label = "" if entry.label is None else f"{entry.label.in_(self._language)}:"
            value = self.entry(entry, "dd")
            if line.is_paragraph and not entry.lines:
                value.set("class", "block")
                value.append(self.blank())
            pairs.append(element("div", element("dt", label), value))
        return element("dl", *pairs, class_="row")

    def listing(self, listing: Listing) -> ET.Element:
        made = element("ol", data_field=listing.key)
        for lines in listing.items:
            item = ET.SubElement(made, "li")
            self._lines(item, lines)
        if not listing.items:
            made.set("data-open", "")
            made.extend(element("li", self.blank()) for _ in range(listing.blank_rows))
        return made

    def grid(self, grid: Grid) -> ET.Element:
        head = element("tr", *(self.said("th", each, scope="col") for each in grid.heads))
        columns = [element("col", width=f"{width}%") for width in grid.widths]
        body = element("tbody", *(element("tr", *map(self.cell, row)) for row in grid.rows))
        label = grid.label.in_(self._language)
        caption = element("caption", f"{label}:", class_="caption")
        if not grid.is_titled:
            caption = element("caption", element("span", label, class_="heard"))
        return element(
            "table", caption, element("colgroup", *columns), element("thead", head), body, data_field=grid.key
        )

    def cell(self, cell: Cell) -> ET.Element:
        made = element("td") if cell.lines else element("td", class_="empty")
        self._lines(made, cell.lines)
        if cell.halves:
            halves = element("div", class_="halves")
            for lines in cell.halves:
                half = ET.SubElement(halves, "div")
                self._lines(half, lines)
            made.append(halves)
        return made

    def signs(self, made: Sheet) -> list[ET.Element]:
        if not made.signatures:
            return []
        left, right = ([each for each in made.signatures if each.side == side] for side in ("left", "right"))
        first = [self.sign(each) for each in left]
        if made.copies is not None:
            copies = element("div", self.said("b", made.copies.label), element("b", ":"), self.listing(made.copies))
            copies.set("class", "copies")
            first.append(copies)
        return [element("div", *(first or [element("div")]), *(self.sign(each) for each in right), class_="signs")]

    def sign(self, signed: Signed) -> ET.Element:
        titles = [self.said("p", each, class_="titles") for each in signed.titles]
        name = (
            element("p", class_="name") if signed.name is None else element("p", self.entry(signed.name), class_="name")
        )
        return element("div", *titles, self.said("p", signed.hint, class_="hint"), name)

    def receipt(self, short: str | None, qr: Callable[[str], Sequence[Sequence[int]]] | None) -> list[ET.Element]:
        """Return the short receipt as a QR code, or as text where nothing draws it."""
        if short is None:
            return []
        if qr is None:
            return [
                element(
                    "p",
                    f"{_CODE.in_(self._language)}: ",
                    element("span", short, data_field="short_receipt"),
                    class_="check",
                )
            ]
        rows = _modules(qr(short))
        size = len(rows) + 2 * _QUIET
        dark = "".join(
            f"M{x + _QUIET} {y + _QUIET}h1v1h-1z"
            for y, row in enumerate(rows)
            for x, module in enumerate(row)
            if module
        )
        drawn = element(
            "svg",
            element("title", short),
            element("path", d=dark),
            viewBox=f"0 0 {size} {size}",
            role="img",
            aria_label=_CODE.in_(self._language),
            data_field="short_receipt",
        )
        return [element("div", drawn, class_="code")]

    def timeline(self, deadline: Deadline) -> tuple[ET.Element, str]:
        """Return the picture of how the due day was counted, and its style, which stands with that of the page."""
        svg = ET.fromstring(deadline.to_svg(language=self._language))  # noqa: S314 - drawn by the library itself
        look = ""
        for each in svg.iter():
            each.tag = each.tag.rpartition("}")[2]
            # The page takes no style that stands at an element.
            if (shade := each.attrib.pop("style", "")).startswith("fill:"):
                each.set("fill", shade.removeprefix("fill:"))
        for style in svg.findall("style"):
            look += style.text or ""
            svg.remove(style)
        return element("figure", self.said("figcaption", _TIMELINE), svg, class_="time"), look
