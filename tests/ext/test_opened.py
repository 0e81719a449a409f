"""What an office does with our files: LibreOffice and a browser open them, and print what they say.

Each program is started once for all files; without it, or without pdftotext, the tests skip.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.annex import Annex, Fact, Heading, Paragraph
from tests.browser import printed
from tests.catalogue.annexes import everything
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from onestop_core.catalogue import Catalogue

pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
pytest.importorskip("docx", reason="python-docx, of the extra office, is not installed")

from onestop_core.ext import office

CODE = "1.000002"


@cache
def long() -> Catalogue:
    """Return a catalogue with what breaks pages: a long name, ten papers, a table of fees, no limit, many legal bases."""
    cases = [{"id": f"c{number}", "name": text(f"Trường hợp thứ {number}")} for number in range(12)]
    cases.append({"id": "urgent", "name": text("Trường hợp khẩn cấp")})
    fees = [{"amount": str(10_000 * number), "case": f"c{number}"} for number in range(12)]
    fees.append({"amount": "0", "case": "urgent"})
    papers = [
        {
            "name": text(f"Giấy tờ thứ {number} chứng minh quyền sở hữu hoặc sử dụng hợp pháp"),
            "originals": 1,
            "copies": 2,
        }
        for number in range(10)
    ]
    document = small(
        procedure(
            CODE,
            name=text(
                "Cấp giấy phép xây dựng mới, giấy phép sửa chữa, cải tạo, giấy phép di dời công trình " * 4 + "cuối"
            ),
            cases=cases,
            channels=[{"kind": "in_person", "limits": [{"fees": fees}]}],
            papers=papers,
            steps=[{"id": "s", "what": text("Nộp hồ sơ")}],
            legal_bases=[f"b{number}" for number in range(120)],
        )
    )
    for number in range(120):
        document["bases"][f"b{number}"] = {"instrument": f"Thông tư {number}/2025/TT-BCA", "firmness": "observed"}
    return catalogue.load(document)


def catalogues() -> Mapping[str, Catalogue]:
    return {"long": long(), "everything": catalogue.load(everything())}


def words_of(pdf: Path) -> str:
    """Return the words of a PDF in their order, a blank between two."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)  # noqa: S603, S607
    return " ".join(done.stdout.decode().split())


def pages_of(pdf: Path) -> int:
    done = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True)  # noqa: S603, S607
    lines = dict(line.split(":", 1) for line in done.stdout.decode().splitlines() if ":" in line)
    assert "A4" in lines["Page size"] or lines["Page size"].split()[0].startswith("594.9")
    return int(lines["Pages"])


def headings(annex: Annex) -> list[str]:
    return [block.text.vi for block in annex.blocks if isinstance(block, Heading) and block.level in (2, 4, 5)]


def said_beside_tables(annex: Annex) -> list[str]:
    found: list[str] = []
    for block in annex.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.vi)
        elif isinstance(block, Fact):
            found += [value.vi for value in block.values]
    return found


def flat(words: str) -> str:
    """Return words without blanks: a line may break anywhere."""
    return "".join(words.split())


def judge(pdf: Path, cat: Catalogue) -> None:
    """Look whether the printed annex holds every heading in its order, and every word beside its tables."""
    annex = catalogue.annex.content(cat)
    assert pages_of(pdf) > 1
    printed = flat(words_of(pdf))
    at = 0
    for heading in headings(annex):
        at = printed.find(flat(heading), at)
        assert at >= 0, heading
    without_numbers = [
        words for words in map(flat, said_beside_tables(annex)) if len(words) < 60
    ]  # a page may end in longer
    assert [words for words in without_numbers if words not in printed] == []
    assert printed.count("Thôngtưsố119/2025/TT-BCA") == (
        2 if cat is long() else 0
    )  # also the last of a row higher than a sheet


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where LibreOffice left annexes as PDF and sheets as CSV, a file each, in one start."""
    program = shutil.which("soffice")
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip("LibreOffice or pdftotext is not installed")
    folder = tmp_path_factory.mktemp("opened")  # of this worker alone, and so is the profile in it
    for name, cat in catalogues().items():
        (folder / f"{name}.docx").write_bytes(office.annex(cat))
    (folder / "sheet.xlsx").write_bytes(office.workbook(catalogue.shipped(), one_sheet=True))
    (folder / "tables.xlsx").write_bytes(office.workbook(catalogue.load(everything())))
    for form, names in (
        ("pdf:writer_pdf_Export", [f"{name}.docx" for name in catalogues()]),
        (
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            ["sheet.xlsx", "tables.xlsx"],
        ),
    ):
        subprocess.run(  # noqa: S603
            [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form,
             "--outdir", str(folder), *(str(folder / name) for name in names)],
            capture_output=True, check=True, timeout=240,
        )  # fmt: skip
    return folder


@pytest.mark.parametrize("name", ["long", "everything"])
def test_libreoffice_opens_the_annex_and_prints_all_of_it(opened: Path, name: str) -> None:
    judge(opened / f"{name}.pdf", catalogues()[name])


def cells(content: str) -> list[list[str]]:
    """Return the rows of a CSV text without empty cells and rows at their ends."""
    rows = [list(row) for row in csv.reader(io.StringIO(content))]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def test_libreoffice_reads_the_sheet_as_we_wrote_it(opened: Path) -> None:
    (made,) = opened.glob("sheet-*.csv")
    wanted = [[*row] for row in catalogue.published.to_rows(catalogue.shipped())]
    for row in wanted:
        while not row[-1]:
            row.pop()
    assert cells(made.read_text(encoding="utf-8-sig")) == wanted


def test_libreoffice_reads_every_table_of_a_workbook_as_we_wrote_it(opened: Path) -> None:
    def read(title: str) -> str:
        return (opened / f"tables-{title}.csv").read_text(encoding="utf-8-sig")

    _, *index = cells(read("Bảng"))
    made = {name: read(title) for title, name in index}
    cat = catalogue.load(everything())
    tables = catalogue.to_tables(cat)
    assert {name: cells(content) for name, content in made.items()} == {
        name: cells(content.removeprefix("\ufeff")) for name, content in tables.items()
    }
    assert catalogue.from_tables(made) == cat


@pytest.mark.parametrize("name", ["long", "everything"])
def test_a_browser_prints_all_of_the_page(tmp_path: Path, name: str) -> None:
    cat = catalogues()[name]
    judge(printed(catalogue.annex.html(cat), tmp_path), cat)
