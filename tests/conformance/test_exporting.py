"""The export: complete, the same bytes each time, nothing half-done, and no folder of somebody else overwritten."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.cli import main
from onestop_core.conformance import exporting
from onestop_core.conformance.exporting import contents, folders
from onestop_core.conformance.tables import table_digests, tables_digest
from onestop_core.errors import InvalidValueError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

ROOT = Path(__file__).parents[2]
FILES = exporting.exported_files()


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which nothing may be left lying about."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def test_all_that_a_reader_needs_is_in_it() -> None:
    for name, document in conformance.case_documents():
        assert json.loads(FILES[f"cases/{name}.json"]) is not None, document
    assert sorted(path for path in FILES if path.startswith("tables/")) == [
        f"tables/{path}" for path, _ in table_digests()
    ]
    for name in resources.schema_names():
        schema = json.loads(FILES[f"schemas/{name}.schema.json"])
        references = re.findall(r'"\$ref": "([^"]*)"', json.dumps(schema))
        assert all(reference.startswith("#") for reference in references), name
    assert FILES["runner.mjs"] == (ROOT / "docs" / "adapters" / "runner.mjs").read_bytes()
    assert FILES["LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert not [path for path in FILES if path.startswith("/") or ".." in path.split("/")]


def test_the_manifest_and_the_sums_hold_for_every_file() -> None:
    lines = [line.partition("  ") for line in FILES["SHA256SUMS"].decode().splitlines()]
    sums = {path: digest for digest, _, path in lines}
    assert sums == {
        path: hashlib.sha256(content).hexdigest() for path, content in FILES.items() if path != "SHA256SUMS"
    }
    manifest = json.loads(FILES["manifest.json"])
    assert [each["path"] for each in manifest["files"]] == sorted(FILES.keys() - {"SHA256SUMS", "manifest.json"})
    for each in manifest["files"]:
        assert (each["bytes"], each["sha256"]) == (len(FILES[each["path"]]), sums[each["path"]])
    whole = conformance.suite()
    assert manifest["suite"] == {"version": whole.version, "digest": whole.digest}
    assert manifest["tables_digest"] == tables_digest()
    assert [each["digest"] for each in manifest["profiles"]] == [each.digest for each in conformance.profiles()]
    assert manifest["protocol"] == conformance.PROTOCOL


def test_the_digest_of_the_tables_is_that_of_their_sums() -> None:
    """As ``cd tables; find . -name '*.json' | sort | xargs sha256sum`` lists them."""
    lines = [
        f"{hashlib.sha256(content).hexdigest()}  {path.removeprefix('tables/')}\n"
        for path, content in FILES.items()
        if path.startswith("tables/")
    ]
    assert tables_digest() == f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"


def test_no_link_leads_nowhere() -> None:
    for path, content in FILES.items():
        if not path.endswith(".md"):
            continue
        text = content.decode()
        assert not re.search(r"\{(doc|download|ref)\}`", text), path
        for target in re.findall(r"\]\(([^()\s]+)\)", text):
            if not target.startswith("#") and ":" not in target:
                there = os.path.normpath(os.path.join(os.path.dirname(path), target.partition("#")[0]))  # noqa: PTH118, PTH120
                assert there in FILES, (path, target)


def test_what_the_export_has_not_says_so() -> None:
    for page in contents.PAGES:
        text = FILES[page].decode()
        assert not re.search(r"\(how to\)|literalinclude|src/onestop_core", text), page
        for found in re.finditer(r"`(?:python -m )?tests[/.][^`]*`(.{0,33})", text):
            assert found[1] == " in the repository of the library", page
    assert "told in decree-118 (not in this export)" in FILES["docs/explanation/lifecycle.md"].decode()


def test_the_wheel_carries_what_the_export_takes_from_the_repository() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    shipped = {path: place for path, place in included.items() if path != "schemas"}
    assert set(shipped) == {*contents.PAGES, *contents.ELSEWHERE}
    assert all(place == f"onestop_core/conformance/exporting/shipped/{path}" for path, place in shipped.items())


def test_the_pages_are_those_to_which_the_operations_lead() -> None:
    start = "docs/reference/conformance-operations.md"
    linked = re.findall(r"\]\(([^()#\s]+\.md)", (ROOT / start).read_text("utf-8"))
    pages = {os.path.normpath(f"docs/reference/{each}") for each in linked}
    assert pages <= set(contents.PAGES)


def test_what_the_wheel_carries_comes_before_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "conformance" / "exporting" / "shipped" / contents.PAGES[0]
    page.parent.mkdir(parents=True)
    page.write_text("as packed")
    assert contents._of_repository(contents.PAGES[0]) != b"as packed"
    monkeypatch.setattr(contents, "_package", lambda: tmp_path)
    assert contents._of_repository(contents.PAGES[0]) == b"as packed"


@pytest.mark.parametrize("known", [True, False])
def test_the_licence_goes_along(known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Distribution:
        def read_text(self, name: str) -> str | None:
            return "the licence" if name == "licenses/LICENSE" else None

    def distribution(name: str) -> Distribution:
        if known and name == "onestop-core":
            return Distribution()
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", distribution)
    # In a wheel there is no checkout around the package.
    monkeypatch.setattr(contents, "_of_repository", lambda path: (ROOT / path).read_bytes())
    wanted = b"the licence" if known else (ROOT / "LICENSE").read_bytes()
    assert contents._licence() == wanted


def test_it_is_written_into_a_new_an_empty_and_its_own_folder(place: Path) -> None:
    target = place / "suite"
    exporting.export(target)
    assert written(target) == dict(FILES)
    exporting.export(str(target))  # an earlier one, unchanged
    assert written(target) == dict(FILES)
    empty = place / "empty"
    empty.mkdir()
    conformance.export(empty)
    assert written(empty) == dict(FILES)
    assert sorted(each.name for each in place.iterdir()) == ["empty", "suite"]


def test_an_export_of_another_library_is_replaced(place: Path) -> None:
    """Its manifest says what is its own; nothing of it stays."""
    target = place / "suite"
    target.mkdir()
    (target / "old.txt").write_bytes(b"old")
    files = [{"path": "old.txt", "bytes": 3, "sha256": hashlib.sha256(b"old").hexdigest()}]
    (target / "manifest.json").write_text(json.dumps({"format": contents.FORMAT, "files": files}))
    (target / "SHA256SUMS").write_text("")
    exporting.export(target)
    assert written(target) == dict(FILES)


@pytest.mark.parametrize("change", ["changed", "added", "missing", "link", "manifest", "list", "other", "alone"])
def test_a_folder_of_somebody_else_is_left_alone(change: str, place: Path) -> None:
    target = place / "suite"
    exporting.export(target)
    match change:
        case "changed":
            (target / "README.md").write_text("my notes")
        case "added":
            (target / "cases" / "mine.json").write_text("{}")
        case "missing":
            (target / "README.md").unlink()
        case "link":
            shutil.move(target / "docs", place / "docs")
            (target / "docs").symlink_to(place / "docs")
        case "manifest":
            (target / "manifest.json").write_text("no JSON")
        case "list":
            (target / "manifest.json").write_text("[1]")
        case "other":
            (target / "manifest.json").write_text('{"format": "other", "files": []}')
        case _:
            shutil.rmtree(target)
            target.mkdir()
            (target / "mine.txt").write_text("mine")
    before = written(target)
    with pytest.raises(OSError, match="not empty") as caught:
        exporting.export(target)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOTEMPTY, str(target))
    assert written(target) == before


def test_a_file_and_a_protected_folder_are_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "file").write_text("mine")
    with pytest.raises(OSError, match="not a folder"):
        exporting.export(place / "file")
    assert (place / "file").read_text() == "mine"
    (place / "protected").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        exporting.export(place / "protected")
    assert list((place / "protected").iterdir()) == []


def test_a_folder_without_a_home_is_told_by_its_name(place: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        exporting.export(place / "no" / "suite")
    assert caught.value.filename == str(place / "no" / "suite")


@pytest.mark.parametrize("folder", [None, 5, b"a", "", "a\0b", "a\ud800", ".", "a/..", ["a"]])
def test_what_is_no_folder_is_refused(folder: Any, place: Path) -> None:
    with pytest.raises(InvalidValueError):
        exporting.export(folder)
    assert list(place.iterdir()) == []


def test_the_current_folder_and_those_around_it_are_refused(place: Path) -> None:
    for folder in (place.parent, place.parent.parent):
        with pytest.raises(InvalidValueError, match="another folder than the current one"):
            exporting.export(folder)
    assert list(place.iterdir()) == []


def test_nothing_is_left_of_an_export_that_fails(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = place / "suite"
    exporting.export(target)

    def full(file: Path, content: bytes) -> None:
        if file.name == "README.md":
            raise OSError(errno.ENOSPC, "No space left on device", str(file))
        file.write_bytes(content[:1])

    with monkeypatch.context() as context:
        context.setattr(folders, "_write", full)
        for folder in (target, place / "new"):
            with pytest.raises(OSError, match="No space") as caught:
                exporting.export(folder)
            assert caught.value.filename == str(folder)
    assert written(target) == dict(FILES)
    assert [each.name for each in place.iterdir()] == ["suite"]


def test_the_old_one_comes_back_where_the_new_one_cannot_take_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = place / "suite"
    exporting.export(target)
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        if path.name.endswith(".part"):
            raise OSError(errno.EACCES, "denied")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="denied"):
        exporting.export(target)
    assert written(target) == dict(FILES)
    assert [each.name for each in place.iterdir()] == ["suite"]


def test_the_archive_says_nothing_of_who_packed_it_and_when() -> None:
    packed = exporting.archive()
    assert packed == exporting.archive()
    assert packed[:10].hex() == "1f8b08000000000002ff"  # no time, no name, no system
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as inside:
        entries = inside.getmembers()
        folder = f"onestop-conformance-{conformance.suite().version}/"
        found = {}
        for each in entries:
            stream = inside.extractfile(each)
            assert stream is not None
            found[each.name.removeprefix(folder)] = stream.read()
    assert found == dict(FILES)
    assert [each.name for each in entries] == sorted(each.name for each in entries)
    assert {(each.uid, each.gid, each.uname, each.gname, each.mode, each.mtime) for each in entries} == {
        (0, 0, "", "", 0o644, 315_532_800)
    }


def test_the_cases_hold_to_the_schema_beside_them() -> None:
    for path, content in FILES.items():
        if path.startswith("cases/") and path != "cases/suite.json":
            assert check_schema(json.loads(content), "conformance-case") == (), path
    assert check_schema(json.loads(FILES["profiles.json"]), "conformance-profiles") == ()


def test_the_command_writes_folder_and_archive(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, file = place / "suite", place / "suite.tar.gz"
    assert main(["conformance", "export", str(target), "--archive", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"suite {conformance.suite().version}, ")
    assert written(target) == dict(FILES)
    assert file.read_bytes() == exporting.archive()
    assert main(["conformance", "export", str(target)]) == 0
    assert capsys.readouterr().out.startswith("suite ")
    assert main(["--lang", "vi", "conformance", "export", "--archive", str(file)]) == 0
    assert capsys.readouterr().out.startswith("bộ kiểm thử ")


def test_the_command_says_what_is_the_matter(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "export"]) == 2
    assert "DIR or --archive" in capsys.readouterr().err
    (place / "mine").mkdir()
    (place / "mine" / "notes.txt").write_text("mine")
    assert main(["conformance", "export", str(place / "mine")]) == 2
    assert "the folder holds other files" in capsys.readouterr().err
