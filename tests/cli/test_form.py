"""``onestop form``: a form from the log of a dossier, as a page, Word or JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue, dossier, ext
from onestop_core.cli import main
from onestop_core.rules.schema.schemas import check_schema
from tests.desk.forms.samples import ASKED, ID, NEW, OLD, RECEIVED, Page, case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)
    for name, made in (
        ("log", case(*RECEIVED, ASKED)),
        ("other", case(*RECEIVED, id="H29.12-260302-0002")),
        ("new", case()),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(dossier.dump_log(made)), encoding="utf-8")
    details = {
        "schema_version": "1.0",
        "office": {"place": "Bến Thành"},
        "slip": {"applicant": {"name": "Nguyễn Văn An"}},
        "slips": {ID: {"applicant": {"name": "Lê Thị Bình"}}},
    }
    (tmp_path / "desk.json").write_text(json.dumps(details), encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["form", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_a_receipt_is_a_page_of_three_words(run: Callable[..., Any]) -> None:
    code, out, _ = run("receipt", "log.json", "--details", "desk.json")
    page = Page(out)
    assert code == 0
    assert page.said("applicant.name") == "Nguyễn Văn An"
    assert page.said("due_at") == "17 giờ 00 phút, ngày 11 tháng 3 năm 2026"
    assert page.said("office.place") == "Bến Thành"
    assert "size: A4" in out


def test_edition_paper_and_day_are_chosen(run: Callable[..., Any]) -> None:
    assert "size: A5" in run("receipt", "log.json", "--paper", "A5")[1]
    assert "Thông tư số 01/2018" in run("control", "log.json", "--edition", OLD)[1]
    assert "Mẫu số 05" in run("control", "--on", "2020-01-01")[1]
    code, _, err = run("stop", "--edition", OLD)
    assert (code, "stop" in err) == (2, True)
    assert run("receipt", "--on", "2025-08-01")[0] == 2
    assert run("receipt")[0] == 2


def test_json_is_a_document_under_the_schema(run: Callable[..., Any], tmp_path: Path) -> None:
    code, out, _ = run("supplement", "log.json", "--format", "json")
    document = json.loads(out)
    assert (code, check_schema(document, "form-data"), document["edition"]) == (0, (), NEW)
    assert [each["name"] for each in document["items"]] == ["Văn bản xác nhận chỗ ở", "Bản sao giấy khai sinh"]
    assert run("supplement", "log.json", "--format", "json", "--out", "form.json") == (0, "", "")
    assert json.loads((tmp_path / "form.json").read_text(encoding="utf-8")) == document


def test_a_register_takes_several_logs(run: Callable[..., Any]) -> None:
    code, out, _ = run("register", "log.json", "other.json", "--details", "desk.json", "--format", "json")
    rows = json.loads(out)["rows"]
    assert (code, [row["code"] for row in rows]) == (0, [ID, "H29.12-260302-0002"])
    assert [row["applicant"]["name"] for row in rows] == ["Lê Thị Bình", None]
    assert run("receipt", "log.json", "other.json")[0] == 2


def test_the_catalogue_gives_the_name(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text(json.dumps(catalogue.dump(catalogue.shipped())), encoding="utf-8")
    out = run("receipt", "log.json", "--catalogue", "catalogue.json")[1]
    assert Page(out).said("procedure") == "Đăng ký thường trú (mã thủ tục 1.004222)"
    assert Page(out).said("limit") == "07 ngày làm việc"


def test_a_limit_makes_the_day_checkable(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("segno", reason="segno, of the extra qr, is not installed")
    limit = ("--limit", "7 working days")
    code, out, _ = run("receipt", "other.json", *limit, "--hours", "07:30-11:30, 13:30-17:00", "--timeline")
    assert (code, 'class="code"' in out, "onestop-due" in out) == (0, True, True)
    assert "onestop-due" not in run("receipt", "other.json", *limit)[1]
    assert Page(run("receipt", "new.json", *limit)[1]).said("limit") == "07 ngày làm việc"
    monkeypatch.setitem(sys.modules, "segno", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.qr")
    monkeypatch.delattr(ext, "qr")
    out = run("receipt", "other.json", *limit)[1]
    assert 'class="check"' in out, "as text, where nothing draws it"
    assert Page(out).said("short_receipt").startswith("OS1/")


@pytest.mark.parametrize("arguments", [("--hours", "07:30-11:30"), ("--timeline",)])
def test_what_goes_with_a_limit_needs_one(run: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    code, _, err = run("receipt", "log.json", *arguments)
    assert (code, "--limit" in err) == (2, True)
    assert run("register", "log.json", "other.json", "--limit", "5 days")[0] == 2


def test_an_empty_form_needs_its_day_or_its_edition(run: Callable[..., Any]) -> None:
    code, out, err = run("receipt")
    assert (code, out, "--on" in err, "--edition" in err, "on=date" in err) == (2, "", True, True, False)
    assert run("receipt", "--on", "2026-03-02")[0] == run("receipt", "--edition", NEW)[0] == 0


def test_word_needs_a_file(run: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="python-docx, of the extra office, is not installed")
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    pytest.importorskip("segno", reason="segno, of the extra qr, is not installed")
    assert run("late", "--format", "docx", "--edition", NEW)[0] == 2
    for more in ((), ("--limit", "7 working days")):
        assert run("receipt", "log.json", "--format", "docx", "--out", "form.docx", *more) == (0, "", "")
        assert (tmp_path / "form.docx").read_bytes()[:2] == b"PK"
    assert run("late", "--edition", NEW, "--out", "form.html") == (0, "", "")
    assert "XIN LỖI" in (tmp_path / "form.html").read_text(encoding="utf-8")


def test_which_form_06_is_meant_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for command, other in (("form", "form-06"), ("form-06", "onestop form control")):
        for language in ("en", "vi"):
            assert main([command, "--help", "--lang", language]) == 0
            assert other in " ".join(capsys.readouterr().out.split())
