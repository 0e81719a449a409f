"""Annexes as Word: read back, they say what the annex says, in its order; hostile texts stay texts."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.annex import Annex, Fact, Heading, Paragraph, Table
from onestop_core.errors import InvalidValueError, MissingExtraError, UnknownCodeError
from tests.catalogue.annexes import everything
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure

if TYPE_CHECKING:
    from onestop_core.text import Language

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
pytest.importorskip("docx", reason="python-docx, of the extra office, is not installed")

import docx

from onestop_core.ext import office

CODE = "1.000002"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def wanted(annex: Annex, language: Language) -> list[str | list[list[str]]]:
    """Return the paragraphs and tables that the annex asks for."""
    found: list[Any] = [each.in_(language) for each in (annex.head, *annex.title, annex.issued_with)]
    for block in annex.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text.in_(language))
            case Fact(values=(value,)):
                found.append(f"{block.label.in_(language)}: {value.in_(language)}")
            case Fact():
                found.append(f"{block.label.in_(language)}:")
                found += [f"– {value.in_(language)}" for value in block.values]
            case Table():
                rows = [tuple((head,) for head in block.heads), *block.rows]
                wide = len(block.heads)
                found.append(
                    [
                        [
                            "\n".join(line.in_(language) for line in cell)
                            for cell in (row if len(row) == wide else row * wide)
                        ]
                        for row in rows
                    ]
                )
    return found


def written(document: Any) -> list[str | list[list[str]]]:
    """Return the paragraphs and tables of a document, without the empty ones between them."""
    found: list[Any] = []
    for each in document.iter_inner_content():
        if hasattr(each, "rows"):
            found.append([[cell.text for cell in row.cells] for row in each.rows])
        elif each.text:
            found.append(each.text)
    return found


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_document_says_all_of_the_annex_in_its_order(language: Language) -> None:
    cat = catalogue.load(everything())
    made = office.annex(cat, procedure=CODE, language=language)
    document = docx.Document(io.BytesIO(made))
    assert written(document) == wanted(catalogue.annex.content(cat, procedure=CODE), language)
    assert office.annex(cat, procedure=CODE, language=language) == made
    assert document.core_properties.language == {"vi": "vi-VN", "en": "en-GB"}[language]


def test_a_whole_field_in_the_language_of_the_offices() -> None:
    cat = catalogue.shipped()
    document = docx.Document(io.BytesIO(office.annex(cat, field="ho tich")))
    assert written(document) == wanted(catalogue.annex.content(cat, field="Hộ tịch"), "vi")


def test_the_sheet_is_a4_upright_with_repeated_heads_and_numbered_pages() -> None:
    document = docx.Document(io.BytesIO(office.annex(catalogue.shipped(), procedure="1.004222")))
    section: Any = document.sections[0]
    assert len(document.sections) == 1
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header._element.xml
    styles = {each.style.name for each in document.paragraphs if each.style is not None}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "Heading 5"} <= styles
    for table in document.tables:
        head, *rows = (row._tr.trPr for row in table.rows)
        assert head.find(f"{W}tblHeader") is not None
        assert all(row is None or row.find(f"{W}tblHeader") is None for row in rows)
        assert table._tbl.tblPr.find(f"{W}tblCaption") is not None


def test_hostile_texts_stay_texts_and_the_parts_are_well_formed() -> None:
    document = everything()
    for each in document["procedures"]:
        each["name"] = {"vi": 'A</w:t><script>&"\u0007\u202e\ufffe' + "x" * 300, "en": "=1+1"}
    made = office.annex(catalogue.load(document))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)
    assert 'A</w:t><script>&"\ufffd\u202e\ufffd' in words


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    for name in ("office", "_office.documents", "_office.forms"):
        monkeypatch.delitem(sys.modules, f"onestop_core.ext.{name}")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.office")
    assert (raised.value.extra, raised.value.package) == ("office", "python-docx")


def test_what_cannot_be_asked_for_is_refused() -> None:
    shipped = catalogue.shipped()
    with pytest.raises(UnknownCodeError):
        office.annex(shipped, procedure="9.999999")
    with pytest.raises(InvalidValueError):
        office.annex(shipped, procedure="1.004222", field="Hộ tịch")
    with pytest.raises(InvalidValueError):
        office.annex(shipped, procedure="1.004222", language="fr")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        office.annex({})  # type: ignore[arg-type]


def test_only_high_rows_may_break_between_two_sheets() -> None:
    document = small(procedure(CODE, legal_bases=[f"b{number}" for number in range(40)]))
    for number in range(40):
        document["bases"][f"b{number}"] = {"instrument": f"Thông tư {number}/2025/TT-BCA", "firmness": "read"}
    made: Any = docx.Document(io.BytesIO(office.annex(catalogue.load(document))))
    kept = [["w:cantSplit" in row._tr.xml for row in table.rows] for table in made.tables]
    assert kept[0] == [True, False]
    assert all(all(rows) for rows in kept[1:])
