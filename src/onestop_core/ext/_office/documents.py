"""Annexes as Word documents (extra ``office``: python-docx)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from onestop_core.catalogue.annex import Annex, Block, Fact, Heading, Paragraph, Table, content
from onestop_core.catalogue.annex.values import is_tall
from onestop_core.errors import MissingExtraError
from onestop_core.text import Text, safe

try:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parser
    from docx.oxml.ns import qn
    from docx.oxml.table import CT_Tbl
    from docx.shared import Mm, Pt, RGBColor
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="office", package="python-docx") from _missing

if TYPE_CHECKING:
    from onestop_core.catalogue import Catalogue
    from onestop_core.text import Language

__all__ = ["annex", "element", "set_font", "undated"]

_XML: Any = parser
"""Makes what python-docx has no door for; its types are not told."""

_FONT: Final = "Times New Roman"
_SIZE: Final = 13
_TABLE_SIZE: Final = 12
_PAGE: Final = (210, 297)
_MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 15}
"""In millimetres, as Decree 30/2020/NĐ-CP has them."""
_WIDTH: Final = _PAGE[0] - _MARGINS["left"] - _MARGINS["right"]
_LANGUAGES: Final = {"vi": "vi-VN", "en": "en-GB"}


def annex(
    catalogue: Catalogue, *, procedure: str | None = None, field: str | None = None, language: Language = "vi"
) -> bytes:
    """Return the annex of the publishing decision as a Word document (DOCX), A4 upright.

    It says what :func:`onestop_core.catalogue.annex.content` says.

    >>> from onestop_core import catalogue
    >>> annex(catalogue.shipped(), procedure="1.004222")[:2]
    b'PK'

    Args:
        catalogue: The catalogue.
        procedure: The code of the one procedure.
        field: Name or code of the field.
        language: ``"vi"`` or ``"en"``.

    Raises:
        InvalidValueError: both a procedure and a field are named, or the language is another one.
        UnknownCodeError: the catalogue has no such procedure or field.
    """
    said = content(catalogue, procedure=procedure, field=field)
    stream = io.BytesIO()
    _Document(said, language).document.save(stream)
    return undated(stream)


def undated(made: io.BytesIO) -> bytes:
    """Return the archive *made* without the time of its making, so that one annex is one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as undated:
        for name in parts.namelist():
            undated.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Document:
    """The words of one language, and the parts of the document."""

    def __init__(self, annex: Annex, language: Language) -> None:
        self.language: Language = language
        title = " – ".join(self.say(line) for line in annex.title)
        self.document: Any = docx.Document()
        self._lay_out()
        self.document.core_properties.title = title[:255]  # as long as python-docx takes
        self.document.core_properties.language = _LANGUAGES[language]
        self.document.core_properties.author = ""
        self.document.core_properties.comments = ""
        # Each paragraph that python-docx adds looks for the section at the end: the time would grow with the square.
        self._parent: Any = self.document._body  # noqa: SLF001 - it has no door for this
        self._body: Any = self.document.element.body
        end = self._body.sectPr
        self._body.remove(end)
        self.centred(annex.head)
        for line in annex.title:
            self.centred(line, style="Heading 1")
        self.centred(annex.issued_with, italic=True)
        for block in annex.blocks:
            self.block(block)
        self._body.append(end)

    def say(self, text: Text) -> str:
        return safe.xml(text.in_(self.language))

    def _lay_out(self) -> None:
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
        for side, width in _MARGINS.items():
            setattr(section, f"{side}_margin", Mm(width))
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        _number_pages(section.header.paragraphs[0])
        for name, bold, italic in (
            ("Normal", False, False),
            ("Header", False, False),
            ("Heading 1", True, False),
            ("Heading 2", True, False),
            ("Heading 3", True, False),
            ("Heading 4", True, False),
            ("Heading 5", True, True),
        ):
            style = self.document.styles[name]
            set_font(style, _LANGUAGES[self.language])
            style.font.bold, style.font.italic = bold, italic
            style.paragraph_format.space_before = Pt(9 if bold else 0)
            style.paragraph_format.space_after = Pt(3)
            style.paragraph_format.line_spacing = 1.1
            style.paragraph_format.keep_with_next = bold
        self.document.styles["Heading 3"].font.all_caps = True

    def paragraph(self, words: str = "", style: str | None = None) -> Any:
        made: Any = WordParagraph(_XML.OxmlElement("w:p"), self._parent)
        self._body.append(made._p)  # noqa: SLF001
        if words:
            made.add_run(words)
        if style is not None:
            made.style = style
        return made

    def centred(self, text: Text, *, style: str = "Normal", italic: bool = False) -> None:
        paragraph = self.paragraph(style=style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(0)
        run = paragraph.add_run(self.say(text))
        run.bold, run.italic = not italic, italic

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.paragraph(self.say(block.text), f"Heading {block.level}")
            case Paragraph():
                self.paragraph(self.say(block.text))
            case Fact():
                self.fact(block)
            case _:
                self.table(block)

    def fact(self, fact: Fact) -> None:
        paragraph = self.paragraph()
        paragraph.add_run(f"{self.say(fact.label)}:").bold = True
        if len(fact.values) == 1:
            paragraph.add_run(f" {self.say(fact.values[0])}")
            return
        paragraph.paragraph_format.keep_with_next = True
        for value in fact.values:
            line = self.paragraph(f"– {self.say(value)}")
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(8), Mm(-4)

    def table(self, table: Table) -> None:
        widths = [Mm(_WIDTH * width / sum(table.widths)) for width in table.widths]
        made: Any = WordTable(CT_Tbl.new_tbl(0, len(widths), Mm(_WIDTH)), self._parent)
        self._body.append(made._tbl)  # noqa: SLF001
        made.style = "Table Grid"
        made.autofit = False
        made._tbl.tblPr.append(element("w:tblCaption", self.say(table.caption)))  # noqa: SLF001 - it has no door for it
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        head = made.add_row()
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001
        for cell, text, width in zip(head.cells, table.heads, widths, strict=True):
            cell.width = width
            self.write(cell, (text,), bold=True, centred=True)
        head._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))  # noqa: SLF001
        for row in table.rows:
            line = made.add_row()
            cells = line.cells
            if not is_tall(table, row):
                line._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))  # noqa: SLF001
            if len(row) < len(cells):
                (lines,) = row
                self.write(cells[0].merge(cells[-1]), lines, bold=True)
                continue
            for cell, lines, width in zip(cells, row, widths, strict=True):
                cell.width = width
                self.write(cell, lines)
        below = self.paragraph()  # two tables without a paragraph between them would be one
        below.paragraph_format.space_after, below.paragraph_format.line_spacing = Pt(0), Pt(6)

    def write(self, cell: Any, lines: tuple[Text, ...], *, bold: bool = False, centred: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        for place, line in enumerate(lines):
            paragraph = paragraph if place == 0 else cell.add_paragraph()
            run = paragraph.add_run(self.say(line))
            run.bold, run.font.size = bold, Pt(_TABLE_SIZE)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = bold
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def element(name: str, value: str | None = None) -> Any:
    """Return an element of a Word document for which python-docx has no door."""
    made = _XML.OxmlElement(name)
    if value is not None:
        made.set(qn("w:val"), value)
    return made


def set_font(style: Any, language: str, size: float = _SIZE) -> None:
    """Give a style its font, whatever the theme of the template says, and its language."""
    style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    properties.append(element("w:lang", language))


def _number_pages(paragraph: Any) -> None:
    """Let the pages be numbered at their head, in the middle; the first one bears no number."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = _XML.OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - it has no door for fields
