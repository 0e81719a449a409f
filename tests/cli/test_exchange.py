"""``onestop export`` and ``onestop import``: files out, files in, one clear message otherwise."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from onestop_core import catalogue, ext
from onestop_core.cli import main
from onestop_core.rules.reading import resources
from onestop_core.rules.reading.csv_files import read_csv, write_csv

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps(resources.data("vn/catalogue/one-stop"), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("separator", ["comma", "semicolon", "tab"])
def test_a_catalogue_goes_to_tables_and_back(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], separator: str
) -> None:
    folder, back = tmp_path / "new" / "tables", tmp_path / "back.json"
    assert main(["export", str(shipped), "--to", "csv", "--out", str(folder), "--separator", separator]) == 0
    first = (folder / "procedures.csv").read_bytes()
    assert first.startswith(b"\xef\xbb\xbfcode")
    assert first.count(b"\r\n") == len(catalogue.shipped().procedures) + 1
    (folder / "notes.txt").write_text("no table", encoding="utf-8")
    assert main(["import", str(folder), "--out", str(back)]) == 0
    assert catalogue.load(back) == catalogue.shipped()
    assert main(["import", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(back.read_text(encoding="utf-8"))


def test_what_no_table_holds_is_said(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(shipped.read_text(encoding="utf-8"))
    document["procedures"][0]["name"]["en"] = "x" * 40_000
    shipped.write_text(json.dumps(document), encoding="utf-8")
    assert main(["export", str(shipped), "--to", "csv", "--out", str(tmp_path / "t"), "--lang", "vi"]) == 1
    assert capsys.readouterr().err == "onestop export: $.procedures[0].name.en: không có trong bảng\n"


def test_what_cannot_be_used_is_one_message_and_exit_code_2(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "procedures.csv").write_bytes("code\nTiêu".encode("utf-16"))
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    for arguments, said in (
        (["import", str(folder)], "procedures.csv:1: not UTF-8"),
        (["import", str(tmp_path / "none")], "none: no such file"),
        (["export", str(tmp_path / "none.json"), "--to", "csv", "--out", str(folder)], "none.json: no such file"),
        (["export", str(shipped), "--to", "csv", "--out", str(taken)], "taken: "),
        (["export", str(shipped), "--to", "csv"], "--out"),
        (["export", str(shipped), "--to", "cpsv-ap"], "--base-uri"),
        (["export", str(shipped), "--to", "cpsv-ap", "--base-uri", "example.vn"], "base_uri"),
    ):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert (out, said in err, err.startswith(f"onestop {arguments[0]}: ")) == ("", True, True)


def test_linked_data_is_printed_or_written(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", str(shipped), "--to", "cpsv-ap", "--base-uri", "https://example.vn/tthc/"]
    assert main(arguments) == 0
    expected = catalogue.cpsv_ap(catalogue.shipped(), base_uri="https://example.vn/tthc/")
    assert json.loads(capsys.readouterr().out) == expected
    assert main([*arguments, "--out", str(tmp_path / "out.jsonld")]) == 0
    assert json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8")) == expected


PAGE = {
    "Mã thủ tục": "1.000001",
    "Tên thủ tục": "Cấp thẻ",
    "Lĩnh vực": "Thẻ",
    "Cấp thực hiện": "Cấp xã",
    "Đối tượng thực hiện": "Cá nhân",
    "Cách thức thực hiện": "Trực tiếp | 3 ngày làm việc | 20.000 đồng",
    "Thành phần hồ sơ": "Đơn | | Bản chính: 1",
    "Kết quả": "Thẻ",
}


def test_pages_become_a_catalogue_and_what_is_not_understood_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = {**PAGE, "Mã thủ tục": "1.000002", "Loại thủ tục": "=Lạ"}
    whole, good, lines = tmp_path / "pages.json", tmp_path / "one" / "good.json", tmp_path / "pages.jsonl"
    good.parent.mkdir()
    whole.write_text(json.dumps([PAGE, odd]), encoding="utf-8")
    good.write_text(json.dumps(PAGE), encoding="utf-8")
    lines.write_text(f"{json.dumps(PAGE)}\n\n{json.dumps(odd)}\n", encoding="utf-8")
    table = tmp_path / "sheet.csv"
    table.write_text(write_csv([list(PAGE), list(PAGE.values())]), encoding="utf-8")
    out, report = tmp_path / "out.json", tmp_path / "report.csv"
    for source in (good, good.parent, table):
        assert main(["import", str(source), "--from", "portal", "--out", str(out)]) == 0
        fees = catalogue.load(out)["1.000001"].channels[0].limits[0].fees
        assert [fee.amount for fee in fees] == [20000]
        assert capsys.readouterr().err == ""
    for source in (whole, lines):
        assert main(["import", str(source), "--out", str(out)]) == 1
        assert len(catalogue.load(out)) == 2
        assert capsys.readouterr().err == (
            "onestop import: 1.000002: Loại thủ tục: no kind of procedure that is known: “=Lạ”\n"
            "onestop import: 2 procedures, 1 places not understood\n"
        )
    assert main(["import", str(whole), "--out", str(out), "--report", str(report), "--lang", "vi"]) == 1
    assert capsys.readouterr().err == "onestop import: 2 thủ tục, 1 chỗ chưa hiểu\n"
    assert [row.cells for row in read_csv(report.read_bytes())] == [
        ("page", "code", "cell", "place", "text", "reason.vi", "reason.en"),
        (
            "2",
            "1.000002",
            "",
            "loai_thu_tuc",
            "=Lạ",
            "không nhận ra loại thủ tục",
            "no kind of procedure that is known",
        ),
    ]
    assert "'=Lạ" in report.read_text(encoding="utf-8")
    assert main(["import", str(whole), "--out", str(out), "--lang", "vi"]) == 1
    assert "không nhận ra loại thủ tục" in capsys.readouterr().err


def test_many_points_of_a_kind_are_shortened_and_name_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "sheet.csv"
    rows = [list(PAGE.values())[:0], [*PAGE, "Ghi chú"]]
    rows += [["Danh mục"]]
    rows += [[f"1.00000{number}", *list(PAGE.values())[1:], "x" * 100] for number in range(1, 8)]
    table.write_text("\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    assert main(["--lang", "vi", "import", str(table), "--out", str(tmp_path / "out.json")]) == 1
    *lines, more, count = capsys.readouterr().err.splitlines()
    assert lines[:2] == [
        "onestop import: 3:3: dòng này không phải là một thủ tục: “Danh mục”",
        f"onestop import: I4 (1.000001): Ghi chú: không có chỗ cho thuộc tính này: “{'x' * 79}…”",
    ]
    assert len(lines) == 6
    assert more == "onestop import:   và 2 chỗ nữa như trên; nêu --report TỆP để ghi đủ vào một bảng"
    assert count == "onestop import: 7 thủ tục, 8 chỗ chưa hiểu"


def test_a_file_that_must_be_saved_in_another_form_first_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.xls", "b.ODS", "c.docx", "d.pdf"):
        (tmp_path / name).write_bytes(b"x")
        assert main(["--lang", "vi", "import", str(tmp_path / name)]) == 2
        assert "hãy mở tệp này và lưu thành .xlsx" in capsys.readouterr().err


def test_one_sheet_with_the_columns_of_the_portal_goes_out_and_comes_back(shipped: Path, tmp_path: Path) -> None:
    table, back = tmp_path / "sheet.csv", tmp_path / "back.json"
    assert main(["export", str(shipped), "--to", "csv", "--one-sheet", "--out", str(table)]) == 0
    assert main(["import", str(table), "--report", str(tmp_path / "r.csv"), "--out", str(back)]) == 1
    assert [each.code for each in catalogue.load(back).values()] == [each.code for each in catalogue.shipped().values()]


def test_a_workbook_goes_out_and_comes_back(shipped: Path, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    book, back = tmp_path / "book.xlsx", tmp_path / "back.json"
    assert main(["export", str(shipped), "--to", "xlsx", "--out", str(book)]) == 0
    assert main(["import", str(book), "--out", str(back)]) == 0
    assert catalogue.load(back) == catalogue.shipped()
    assert main(["export", str(shipped), "--to", "xlsx", "--one-sheet", "--out", str(book)]) == 0
    assert main(["import", str(book), "--from", "xlsx", "--out", str(back)]) == 1


def test_without_the_extra_a_workbook_says_what_to_install(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.office", raising=False)
    monkeypatch.delattr(ext, "office", raising=False)
    assert main(["export", str(shipped), "--to", "xlsx", "--out", str(tmp_path / "x.xlsx")]) == 2
    assert "openpyxl" in capsys.readouterr().err


def test_a_workbook_needs_a_place(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("csv", "xlsx"):
        assert main(["export", str(shipped), "--to", form]) == 2
        assert "--out" in capsys.readouterr().err


def test_an_annex_is_printed_or_written(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "annex.html"
    asked = ["export", str(shipped), "--to", "html", "--field", "ho tich", "--lang", "vi"]
    assert main([*asked, "--out", str(written)]) == 0
    page = written.read_text(encoding="utf-8")
    assert page == catalogue.annex.html(catalogue.shipped(), field="Hộ tịch", language="vi")
    assert main(asked) == 0
    assert capsys.readouterr().out == page
    assert main(["export", str(shipped), "--to", "html", "--procedure", "1.000000"]) == 2
    assert capsys.readouterr().err.startswith("onestop export: no procedure '1.000000'")


def test_an_annex_is_written_as_word(shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    pytest.importorskip("docx", reason="python-docx, of the extra office, is not installed")
    written = tmp_path / "annex.docx"
    asked = ["export", str(shipped), "--to", "docx", "--procedure", "1.004222"]
    assert main([*asked, "--out", str(written)]) == 0
    assert written.read_bytes().startswith(b"PK")
    assert main(asked) == 2
    assert capsys.readouterr().err.startswith("onestop export: --out:")


def test_a_catalogue_is_no_page_and_a_workbook_no_catalogue(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "vi", "import", str(shipped)]) == 2
    assert "tệp này đã là danh mục" in capsys.readouterr().err
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe")
    assert main(["--lang", "vi", "check", str(book)]) == 2
    assert "bảng tính được đọc bằng onestop import" in capsys.readouterr().out
    assert main(["diff", str(book), str(book)]) == 2
    assert "a workbook is read by onestop import" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("import",), "a folder with tables"),
        (("import", "--from", "portal"), "a folder with pages"),
        (("lists", "late", "--out", "late.csv"), "a folder with event logs"),
    ],
)
def test_a_folder_with_nothing_in_it_is_no_empty_answer(
    words: tuple[str, ...],
    wanted: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "readme.txt").write_text("x", encoding="utf-8")
    assert main([*words, "none"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert wanted in captured.err
    assert not (tmp_path / "late.csv").exists()
