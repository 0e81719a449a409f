"""What the commands about catalogues print moves no terminal and is no command of a CI; one fault hides no other."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.cli import main
from onestop_core.cli.catalogue.settings import check_settings
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

if TYPE_CHECKING:
    from collections.abc import Callable

EVIL = [
    "\n::error::x",
    "::warning file=a::x",
    "\x1b[31mred",
    "\u202etxt",
    "\u009b1A",
    "a\r\nb",
    "##[error]x",
    "\u2028::debug::x",
]
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]|^\\s*::|##\\[", re.MULTILINE)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        return code, *capsys.readouterr()

    return call


def written(path: Path, raw: Any) -> Path:
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_in_documents_are_made_visible(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, evil: str, language: str
) -> None:
    named = {"vi": f"Tên {evil}", "en": f"Name {evil}"}
    old = written(tmp_path / "old.json", document(procedure()))
    new = written(tmp_path / "new.json", document(procedure(), procedure("1.000002", name=named, papers=[])))
    wrong = written(
        tmp_path / "wrong.json",
        {
            **document(
                {**procedure(name=named), evil: 1},
                procedure("1.000003", legal_bases=[evil], steps=[{"id": "x", "what": named, "body": named, evil: {}}]),
            ),
            evil: evil,
        },
    )
    accepted = {"rule": "catalogue/part-missing", "path": "$.procedures[0]", "reason": f"why {evil}"}
    quiet = written(tmp_path / "quiet.json", document(procedure(papers=[]), suppressions=[accepted]))
    for arguments in (
        ("diff", old, new),
        ("diff", new, old),
        ("check", wrong),
        ("check", quiet, "--select", "catalogue/suppressed"),
        ("overlay", new, wrong),
        ("export", wrong, "--to", "csv", "--out", tmp_path / "t"),
    ):
        _, out, err = run(*arguments, "--lang", language)
        assert UNSAFE.findall(out + err) == []
        assert out + err


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
def test_formats_for_programs_hold_what_was_there(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, evil: str
) -> None:
    wrong = written(tmp_path / "wrong.json", {**document(), evil: 1})
    _, out, _ = run("check", wrong, "--format", "github")
    assert {line.split(" ")[0] for line in out.split("\n")[:-1]} <= {"::error", "::warning"}
    assert UNSAFE.findall(re.sub("^::(error|warning) ", "", out, flags=re.MULTILINE)) == []
    for name in ("json", "sarif"):
        _, out, _ = run("check", wrong, "--format", name)
        assert json.loads(out)
        assert UNSAFE.findall(out) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ["::error::x.json", "a\n::error::x.json", "\x1b[31m.json", "\u202egnp.json"], ids=ascii
)
def test_names_of_files_are_made_visible(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(Path(name), {"procedures": []})
    for arguments in (
        ("check", name),
        ("check", "."),
        ("diff", name, name),
        ("overlay", "shipped", name),
        ("check", f"x{name}"),
    ):
        _, out, err = run(*arguments)
        assert UNSAFE.findall(out + err) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_unicode_is_a_name_in_every_format(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/catalogue-\xff.json")
    written(Path(name), {"schema_version": "1.0"})
    for form in ("text", "json", "sarif", "github"):
        code, out, _ = run("check", name, "--format", form)
        assert code == 1
        assert "catalogue-" in out
    assert run("check", name, "--format", "sarif")[1].count("catalogue-%FF.json") > 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    assert run("export", written(tmp_path / "c.json", document()), "--to", "csv", "--out", tables)[0] == 0
    os.mkfifo(tables / "procedures.notes.csv.csv")
    os.mkfifo(tmp_path / "pipe.json")
    assert run("import", tables)[0] == 0
    for command in (("check",), ("diff", "shipped"), ("overlay", "shipped")):
        code, _, err = run(*command, tmp_path / "pipe.json")
        assert (code, "a pipe, not a file" in err) == (2, True)


def test_a_file_that_cannot_be_read_hides_nothing_about_the_others(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    written(tmp_path / "a.json", document(procedure(legal_bases=["no-such"])))
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "pyproject.toml").write_text("[tool", encoding="utf-8")
    written(tmp_path / "project" / "b.json", document())
    written(tmp_path / "project" / "c.json", document())
    written(tmp_path / "d.json", document(procedure(level="x")))
    code, out, err = run("check", tmp_path)
    assert code == 2
    assert ("[catalogue/unresolved-reference]" in out, "[schema/enum]" in out) == (True, True)
    # Said once, though it concerns two files.
    assert err.count("not TOML") == 1


@pytest.mark.parametrize(
    ("text", "vi"),
    [
        (b"[tool", "không phải TOML"),
        (b"a = 1\nb = }", "không phải TOML ở dòng 2, cột 5"),
        (b"\xff", "không phải TOML"),
        (b"[tool.onestop.check]\nselct = []", "khóa không xác định; có phải ý bạn là “select”?"),
        (b'[tool.onestop.check]\nselect = "x"', "cần một danh sách"),
        (b"[tool.onestop.check]\nseverities = []", "cần một bảng"),
    ],
)
def test_settings_are_refused_in_vietnamese(tmp_path: Path, text: bytes, vi: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    with pytest.raises(InvalidDocumentError) as caught:
        check_settings(tmp_path)
    assert [problem.text.vi for problem in caught.value.problems] == [vi]


def test_a_full_disk_leaves_what_was_there(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = written(tmp_path / "c.json", document())
    tables = tmp_path / "tables"
    assert run("export", good, "--to", "csv", "--out", tables)[0] == 0
    before = {path.name: path.read_bytes() for path in tables.iterdir()}
    more = written(tmp_path / "d.json", document(procedure(notes=[text("x")]), procedure("1.000002")))
    synced: list[int] = []

    def full(number: int) -> None:
        synced.append(number)
        if len(synced) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = run("export", more, "--to", "csv", "--out", tables)
    assert (code, "the disk is full" in err) == (2, True)
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == before
    assert run("import", tables, "--out", good)[0] == 2
    assert catalogue.load(good) == catalogue.load(document())


@pytest.mark.parametrize("content", ["schema_version: '1.0'\nprocedures: []\n", "---\n- a\n", "# danh mục\ntitle: x\n"])
def test_yaml_is_called_what_it_is(run: Callable[..., tuple[int, str, str]], tmp_path: Path, content: str) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(content, encoding="utf-8")
    code, out, _ = run("check", path)
    assert (code, "this is YAML; JSON is read" in out) == (2, True)
    code, _, err = run("diff", "shipped", path, "--lang", "vi")
    assert (code, "đây là YAML" in err) == (2, True)


def test_severities_are_in_the_language_of_the_rest(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    path = written(tmp_path / "c.json", document(procedure(level="x"), procedure("1.000002", papers=[])))
    _, out, _ = run("check", path, "--lang", "vi")
    assert [line.split(": ")[2] for line in out.splitlines()[:-1]] == ["lỗi", "ghi chú"]
    assert out.splitlines()[-1] == "1 lỗi, 0 cảnh báo, 1 ghi chú"
