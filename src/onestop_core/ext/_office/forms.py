"""The forms of a one-stop desk as Word documents (extra ``office``: python-docx)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from onestop_core.desk.forms.content import Entry, Grid, Line, Listing, Sentence, Sheet, sheet
from onestop_core.desk.forms.html import MOTTO, STATE
from onestop_core.desk.forms.values import PaperSize
from onestop_core.errors import InvalidValueError
from onestop_core.ext._office.documents import element, set_font, undated
from onestop_core.text import Text, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.desk.forms.content import Block, Signed
    from onestop_core.desk.forms.data import FormData
    from onestop_core.desk.forms.tables import Cell
    from onestop_core.text import Language

__all__ = ["form"]

_LANGUAGES: Final = {"vi": "vi-VN", "en": "en-GB"}
_PAGES: Final = {PaperSize.A4: (210, 297), PaperSize.A5: (148, 210)}
_LETTERS: Final = {
    (False, False): (13.0, 11.5),
    (False, True): (11.5, 9.5),
    (True, False): (10.0, 9.0),
    (True, True): (8.0, 6.5),
}
"""Points of letters, and in tables: of A4 and A5 (small), upright and wide."""
_BESIDE: Final = 3
"""Millimetres between fields that stand beside each other."""
_LEAST: Final = 12
"""Letters for which a field has room that is left open."""
_CODE: Final = {PaperSize.A4: 28, PaperSize.A5: 21}
"""Millimetres of a QR code."""
_ROOM: Final = {PaperSize.A4: 3, PaperSize.A5: 2}
"""Empty lines for a signature."""
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER


def form(
    data: FormData, *, paper: PaperSize | str | None = None, language: Language = "vi", qr: bytes | None = None
) -> bytes:
    """Return the form as a Word document (DOCX); it says what :func:`onestop_core.desk.form_html` prints.

    >>> from onestop_core import desk
    >>> form(desk.form_data("refusal", None, edition="vn-forms@circular-03-2025"))[:2]
    b'PK'

    Args:
        data: What it says.
        paper: ``"A4"`` or ``"A5"``; None: as the edition has it.
        language: Of the labels.
        qr: The QR code of the short receipt as a PNG picture, such as ``onestop_core.ext.qr.png`` draws; without it the
            receipt is written as text.

    Raises:
        UnknownCodeError: no such edition of the forms ships.
        InvalidValueError: there is no such size or language, or *qr* is no picture.
    """
    stream = io.BytesIO()
    _Form(sheet(data, paper), language, data.short_receipt, qr).document.save(stream)
    return undated(stream)


class _Form:
    """The words of one language, and the parts of the document."""

    def __init__(self, made: Sheet, language: Language, receipt: str | None, qr: bytes | None) -> None:
        self.language: Language = language
        title = self.say(made.title)
        self.document: Any = docx.Document()
        self._lay_out(made)
        properties = self.document.core_properties
        properties.title, properties.language = title[:255], _LANGUAGES[language]
        properties.author = properties.comments = ""
        origin = self.document.add_paragraph()
        origin.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.run(origin, made.origin, italic=True, size=self._small)
        self.head(made)
        self.title(made, receipt, qr)
        for block in made.blocks:
            self.block(block)
        self.signs(made)

    def say(self, text: Text) -> str:
        return safe.xml(text.in_(self.language))

    def _lay_out(self, made: Sheet) -> None:
        small, wide = made.size is PaperSize.A5, made.landscape
        size, self._small = _LETTERS[small, wide]
        self._room = _ROOM[made.size]
        size = 12.0 if made.narrow and not small else size
        section = self.document.sections[0]
        across, down = _PAGES[made.size]
        if wide:
            across, down = down, across
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(across), Mm(down)
        margins = (9, 9, 9, 11) if small else (12,) * 4 if wide else (10,) * 4 if made.narrow else (18, 15, 16, 22)
        for side, width in zip(("top", "right", "bottom", "left"), margins, strict=True):
            setattr(section, f"{side}_margin", Mm(width))
        self._width = across - margins[1] - margins[3]
        style = self.document.styles["Normal"]
        set_font(style, _LANGUAGES[self.language], size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(2)
        style.paragraph_format.line_spacing = 1.1

    def run(
        self, paragraph: Any, text: Text | str, *, bold: bool = False, italic: bool = False, size: float | None = None
    ) -> Any:
        made = paragraph.add_run(text if isinstance(text, str) else self.say(text))
        made.bold, made.italic = bold, italic
        made.font.size = None if size is None else Pt(size)
        return made

    def table(self, columns: Sequence[float], *, style: str | None = None) -> Any:
        """Return an empty table whose columns have these widths in millimetres."""
        made = self.document.add_table(rows=0, cols=len(columns))
        made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        if style is not None:
            made.style = style
        for column, width in zip(made.columns, columns, strict=True):
            column.width = Mm(width)
        return made

    def row(self, table: Any, columns: Sequence[float]) -> Any:
        made = table.add_row()
        made._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))  # noqa: SLF001 - it has no door for it
        for cell, width in zip(made.cells, columns, strict=True):
            cell.width = Mm(width)
        return made.cells

    def head(self, made: Sheet) -> None:
        columns = (self._width * 5 / 11, self._width * 6 / 11)
        left, right = self.row(self.table(columns), columns)
        dots = "." * 30
        superior = self.centred(left.paragraphs[0], self.open(made.superior, dots))
        office = self.centred(left.add_paragraph(), self.open(made.office, dots), bold=True)
        for run in (superior, office):
            run.font.all_caps = True
        self.centred(left.add_paragraph(), f"{self.label(made.number)} {self.open(made.number, dots[:12])}")
        self.centred(right.paragraphs[0], self.say(STATE), bold=True, size=self._small - 0.5)
        motto = self.centred(right.add_paragraph(), self.say(MOTTO), bold=True)
        motto.underline = True
        self.centred(
            right.add_paragraph(), f"{self.open(made.place, dots[:12])}, {self.open(made.day, dots)}", italic=True
        )

    def centred(self, paragraph: Any, words: str, **look: Any) -> Any:
        paragraph.alignment = _CENTRE
        return self.run(paragraph, words, **look)

    def open(self, entry: Entry, dots: str) -> str:
        """Return what a field says in one line, or how it is left open."""
        if entry.lines:
            return " ".join(self.say(each) for each in entry.lines)
        return dots if entry.blank is None else self.say(entry.blank)

    def label(self, entry: Entry) -> str:
        return "" if entry.label is None else f"{self.say(entry.label)}:"

    def title(self, made: Sheet, receipt: str | None, qr: bytes | None) -> None:
        if receipt is None or qr is None:
            paragraph = self.document.add_paragraph()
            if receipt is not None:
                self.run(self.document.add_paragraph(), receipt, size=self._small - 3)
        else:
            code = _CODE[made.size]
            columns = (self._width - code - 2, code + 2)
            left, right = self.row(self.table(columns), columns)
            paragraph = left.paragraphs[0]
            picture = self.picture(right.paragraphs[0].add_run(), qr, code)
            picture._inline.docPr.set("descr", receipt)  # noqa: SLF001 - it has no door for what a picture says
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(8)
        self.centred(paragraph, self.say(made.title), bold=True)

    def picture(self, run: Any, content: bytes, width: float) -> Any:
        try:
            return run.add_picture(io.BytesIO(content), width=Mm(width))
        except Exception:  # noqa: BLE001 - what is no picture raises in many kinds
            raise InvalidValueError.of("qr", content, vi="hình PNG", en="a PNG picture") from None

    def block(self, block: Block) -> None:
        match block:
            case Line():
                self.line(block)
            case Sentence():
                said = (
                    self.open(each, "." * 40) if isinstance(each, Entry) else self.say(each) for each in block.parts
                )
                paragraph = self.document.add_paragraph("".join(said))
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            case Listing():
                self.document.add_paragraph(f"{self.say(block.label)}:").paragraph_format.keep_with_next = True
                self.listing(block)
            case _:
                self.grid(block)

    def line(self, line: Line) -> None:
        paragraph = self.document.add_paragraph()
        shares = [len(self.label(each)) + max(_LEAST, len(self.open(each, ""))) for each in line.entries]
        ends = [self._width * sum(shares[:number]) / sum(shares) for number in range(1, len(shares) + 1)]
        for number, (entry, end) in enumerate(zip(line.entries, ends, strict=True), start=1):
            words = [self.say(each) for each in entry.lines]
            self.run(paragraph, f"{self.label(entry)} {' '.join(words[:1])}")
            for more in words[1:]:
                paragraph.add_run().add_break()
                self.run(paragraph, more)
            if not words and entry.blank is not None:
                self.run(paragraph, entry.blank)
            if not words and entry.blank is None:
                self.dots(paragraph, end if number == len(ends) else end - _BESIDE)
            elif number < len(line.entries):
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(end))
                paragraph.add_run().add_tab()
            if number < len(line.entries):
                self.run(paragraph, " ")
        if line.is_paragraph and not line.entries[0].lines:
            self.dots(self.document.add_paragraph(), self._width)

    def dots(self, paragraph: Any, end: float) -> None:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(end), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run().add_tab()

    def listing(self, listing: Listing) -> None:
        for number, lines in enumerate(listing.items, start=1):
            paragraph = self.document.add_paragraph(f"{number}. ")
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(8), Mm(-5)
            self.lines(paragraph, lines)
        for number in range(1, 1 + (0 if listing.items else listing.blank_rows)):
            self.dots(self.document.add_paragraph(f"{number}. "), self._width)

    def lines(self, paragraph: Any, lines: Sequence[Text], **look: Any) -> None:
        for place, each in enumerate(lines):
            if place:
                paragraph.add_run().add_break()
            self.run(paragraph, each, **look)

    def grid(self, grid: Grid) -> None:
        if grid.is_titled:
            self.document.add_paragraph(f"{self.say(grid.label)}:").paragraph_format.keep_with_next = True
        columns = [self._width * width / sum(grid.widths) for width in grid.widths]
        made = self.table(columns, style="Table Grid")
        made._tbl.tblPr.append(element("w:tblCaption", self.say(grid.label)))  # noqa: SLF001 - it has no door for it
        cells = self.row(made, columns)
        made.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
        for cell, text in zip(cells, grid.heads, strict=True):
            self.centred(cell.paragraphs[0], self.say(text), bold=True, size=self._small)
        for row in grid.rows:
            for cell, said, width in zip(self.row(made, columns), row, columns, strict=True):
                self.cell(cell, said, width)
        thin(self.document.add_paragraph())

    def cell(self, cell: Any, said: Cell, width: float) -> None:
        self.lines(cell.paragraphs[0], said.lines, size=self._small)
        if said.halves:
            inner = cell.add_table(rows=1, cols=len(said.halves))
            inner.style, inner.autofit = "Table Grid", False
            for half, lines in zip(inner.rows[0].cells, said.halves, strict=True):
                half.width = Mm((width - 4) / len(said.halves))
                half.paragraphs[0].alignment = _CENTRE
                self.lines(half.paragraphs[0], lines, size=self._small)
                for _ in range(self._room - 2):
                    half.add_paragraph()
            thin(cell.paragraphs[-1])

    def signs(self, made: Sheet) -> None:
        if not made.signatures:
            return
        columns = (self._width / 2,) * 2
        left, right = self.row(self.table(columns), columns)
        for each in made.signatures:
            self.sign(left if each.side == "left" else right, each)
        if made.copies is not None:
            first = left.paragraphs[0]
            self.run(first, f"{self.say(made.copies.label)}:", bold=True, italic=True, size=self._small)
            said = [" ".join(self.say(part) for part in lines) for lines in made.copies.items]
            for words in said or ["." * 30] * made.copies.blank_rows:
                self.run(left.add_paragraph(), f"- {words}", size=self._small)

    def sign(self, cell: Any, signed: Signed) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(6)
        for place, each in enumerate(signed.titles):
            self.centred(paragraph if place == 0 else cell.add_paragraph(), self.say(each), bold=True)
        self.centred(cell.add_paragraph(), self.say(signed.hint), italic=True)
        for _ in range(self._room):
            cell.add_paragraph()
        if signed.name is not None:
            self.centred(cell.add_paragraph(), self.open(signed.name, "." * 30), bold=True)


def thin(paragraph: Any) -> None:
    """Let a paragraph that must stand behind a table take next to no room."""
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_after = Pt(0)
