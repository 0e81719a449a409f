"""``onestop export`` and ``onestop import``: files out, files in, one clear message otherwise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from onestop_core import catalogue
from onestop_core.cli import main
from onestop_core.rules.reading import resources

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
    assert first.count(b"\r\n") == len(catalogue.shipped()) + 1
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
