"""Forms as Word: they say what the printed page says, whatever is known; every form fits its page."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from onestop_core import desk
from onestop_core.desk.forms import FormKind, PaperSize, Slip
from onestop_core.errors import InvalidValueError
from tests.desk.forms.samples import EVERY, EXTENDED, NEW, OLD, RECEIVED, SLIP, Page, case, empty, filled

pytest.importorskip("docx", reason="python-docx, of the extra office, is not installed")
pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")

import docx

from onestop_core.ext import office

if TYPE_CHECKING:
    from pathlib import Path

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def png() -> bytes:
    """Return a picture of one black dot."""

    def chunk(kind: bytes, said: bytes) -> bytes:
        return len(said).to_bytes(4, "big") + kind + said + zlib.crc32(kind + said).to_bytes(4, "big")

    head = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def words(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_the_document_says_what_the_page_says(edition: str, kind: FormKind) -> None:
    data = filled(kind, edition)
    made = words(office.form(data))
    page = Page(desk.form_html(data))
    for key, said in page.fields:
        if key not in {"papers", "items", "hand_overs", "rows", "returned_papers", "copies_to", "coordinating"}:
            assert said in made, key
    assert f"Mẫu số {data.form_number} – Thông tư số" in made
    assert office.form(data) == office.form(data), "one form is one file"
    for word in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert word in made
    if kind is FormKind.CONTROL:
        assert all(
            word in made
            for word in ("1. Giao: ", "Người giao", "Phạm Hùng", "10 giờ 05 phút, ngày 02 tháng 3 năm 2026")
        )
    bare = words(office.form(empty(kind, edition), language="en"))
    assert data.title.en.upper() in bare
    assert "None" not in bare


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_paper_and_margins(edition: str, kind: FormKind) -> None:
    for paper, sides in ((PaperSize.A4, (210, 297)), ("A5", (148, 210))):
        section: Any = docx.Document(io.BytesIO(office.form(filled(kind, edition), paper=paper))).sections[0]
        found = (round(section.page_width.mm), round(section.page_height.mm))
        assert found == (sides if kind is not FormKind.REGISTER else sides[::-1])
    with pytest.raises(InvalidValueError):
        office.form(filled(kind, edition), paper="A3")


def test_the_short_receipt_is_a_picture_or_text() -> None:
    data = filled(FormKind.RECEIPT, NEW)
    assert data.short_receipt is not None
    drawn = office.form(data, qr=png())
    assert data.short_receipt in words(office.form(data))
    assert data.short_receipt not in words(drawn)
    with zipfile.ZipFile(io.BytesIO(drawn)) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")] != []
        assert data.short_receipt in archive.read("word/document.xml").decode()
    with pytest.raises(InvalidValueError):
        office.form(data, qr=b"no picture")


def test_a_deputy_signs_and_the_apology_says_who_gets_it() -> None:
    slip = attrs.evolve(SLIP, signer_title="CHỦ TỊCH", acting_title="PHÓ CHỦ TỊCH")
    made = words(office.form(desk.form_data("late", case(*RECEIVED, EXTENDED), edition=NEW, slip=slip)))
    assert re.search(r"Nơi nhận:- Như trên;- Lưu: VT\..*KT\. CHỦ TỊCHPHÓ CHỦ TỊCH", made)


def test_hostile_text_stays_text_and_lines_are_kept() -> None:
    slip = Slip(reason="một\nhai</w:t>\x1b\u202e&", returned_papers=("a\nb",))
    made = office.form(desk.form_data("stop", None, edition=NEW, slip=slip))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        root = ET.fromstring(archive.read("word/document.xml"))
    assert len(list(root.iter(f"{W}br"))) == 2
    assert "mộthai</w:t>\\x1b\\u202e&" in words(made)


def test_each_form_fits_a_page(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice or pdfinfo is not installed")
    chosen = [
        (NEW, FormKind.RECEIPT, "A4"),
        (OLD, FormKind.CONTROL, "A5"),
        (NEW, FormKind.LATE, "A5"),
        (NEW, FormKind.REGISTER, "A5"),
    ]
    files = [tmp_path / f"{kind}-{paper}.docx" for _, kind, paper in chosen]
    for file, (edition, kind, paper) in zip(files, chosen, strict=True):
        file.write_bytes(office.form(attrs.evolve(filled(kind, edition), short_receipt=None), paper=PaperSize(paper)))
    subprocess.run(  # noqa: S603
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    for file in files:
        told = subprocess.run(["pdfinfo", str(file.with_suffix(".pdf"))], capture_output=True, check=True, text=True)  # noqa: S603, S607
        assert re.search(r"Pages: +1\n", told.stdout), file.name
