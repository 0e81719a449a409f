"""Several files and directories, progress, and the hook for pre-commit."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import sys
import tomllib
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import onestop_core.ext
from onestop_core.cli import main
from onestop_core.cli.catalogue.progress import Progress
from onestop_core.cli.catalogue.sources import Source, gather
from onestop_core.rules.reading import resources
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["check", *map(str, arguments)])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good = json.dumps(resources.data("vn/catalogue/one-stop"), ensure_ascii=False)
    contents = {
        "one.json": good,
        "deep/er/TWO.JSON": good,
        "deep/package.json": '{"name": "x"}',
        "deep/list.json": "[1]",
        "notes.txt": "{",
        ".git/config.json": "{",
        "node_modules/x/y.json": "{",
    }
    for name, content in contents.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    return tmp_path


def names(sources: tuple[Source, ...], folder: Path) -> list[str]:
    return [source.path.relative_to(folder).as_posix() for source in sources]


def refuse(error: OSError) -> None:
    raise error


def test_directories_are_searched_and_files_taken_as_named(folder: Path) -> None:
    found = gather([str(folder)], unreadable=refuse)
    assert names(found, folder) == ["deep/er/TWO.JSON", "deep/list.json", "deep/package.json", "one.json"]
    assert {source.found_in for source in found} == {str(folder)}
    named = gather([str(folder / "notes.txt"), str(folder / "one.json"), str(folder)], unreadable=refuse)
    assert names(named, folder)[:2] == ["notes.txt", "one.json"]
    assert [source.found_in for source in named[:2]] == [None, None]
    assert len(named) == 5


@pytest.mark.parametrize("turn", [1, -1])
def test_a_file_named_twice_is_read_once_and_as_named(folder: Path, turn: int) -> None:
    deep = str(folder / "deep")
    given = [str(folder / "deep" / "list.json"), deep][::turn]
    found = {source.path.name: source.found_in for source in gather(given, unreadable=refuse)}
    assert found == {"list.json": None, "TWO.JSON": deep, "package.json": deep}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_would_block_or_lead_in_circles_is_not_followed(folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    (folder / "deep" / "loop").symlink_to(folder)
    assert len(gather([str(folder)], unreadable=refuse)) == 4


def test_what_is_no_catalogue_is_named_not_guessed(run: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    code, out, err = run(folder)
    assert (code, out.splitlines()[-1][:8]) == (0, "0 errors")
    assert err.splitlines() == [
        f"onestop check: {folder / 'deep' / name}: no catalogue (no procedures), left out"
        for name in ("list.json", "package.json")
    ]
    assert "bỏ qua" in run(folder, "--lang", "vi")[2]
    # By name it is what the user says that it is.
    assert run(folder / "deep" / "package.json")[0] == 1


def test_a_directory_without_a_catalogue_is_not_clean(run: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    empty = folder / "folder.json"
    code, _, err = run(empty, folder / "one.json")
    assert (code, err) == (2, f"onestop check: {empty}: holds no catalogue\n")
    shutil.rmtree(folder / "deep" / "er")
    assert run(folder / "deep")[0] == 2


def test_a_directory_that_cannot_be_listed_is_said(
    run: Callable[..., tuple[int, str, str]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path).name == "deep":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, out, err = run(folder, "--select", "catalogue/suppressed")
    assert (code, err) == (2, f"onestop check: {folder / 'deep'}: access is denied\n")
    assert "one.json" in out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_line_that_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("COLUMNS", "12")
    stream = Terminal()
    progress = Progress(stream, total=2)
    progress.clear()
    assert stream.getvalue() == ""
    progress.show("long-name.json")
    progress.show("b")
    progress.clear()
    assert stream.getvalue() == "\r1/2 long-na\r2/2 b      \r     \r"


def test_progress_is_for_terminals_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("COLUMNS", "500")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["check", str(folder / "one.json")]) == 0
    assert f"1/1 {folder / 'one.json'}" in terminal.getvalue()
    monkeypatch.setenv("CI", "true")
    silent = Terminal()
    monkeypatch.setattr(sys, "stderr", silent)
    assert main(["check", str(folder / "one.json")]) == 0
    assert silent.getvalue() == ""
    assert "1/1" not in capsys.readouterr().out


HOOKS = ROOT / ".pre-commit-hooks.yaml"


def test_the_hook_names_a_command_that_exists(run: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    lines = HOOKS.read_text(encoding="utf-8").splitlines()
    said = dict(line.strip(" -").split(": ", 1) for line in lines if line.startswith(("- ", "  ")) and ": " in line)
    program, *arguments = shlex.split(said["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert (said["id"], program in scripts, arguments) == ("onestop-check", True, ["check"])
    assert run(folder / "one.json")[0] == 0


def test_the_hook_is_what_its_reader_expects() -> None:
    yaml = pytest.importorskip("yaml", reason="no YAML reader is installed")
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert (hook["language"], hook["types"]) == ("python", ["json"])


@pytest.mark.parametrize("wrong", [False, True])
def test_the_extra_speed_is_used_where_it_is_and_changes_nothing(
    run: Callable[..., tuple[int, str, str]], folder: Path, monkeypatch: pytest.MonkeyPatch, wrong: bool
) -> None:
    document = small(procedure(steps=[]), **({"heading": 1} if wrong else {}))
    path = folder / "one.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    asked: list[Any] = []

    def is_valid(document: Any) -> bool:
        asked.append(document)
        return not wrong

    extra: Any = types.ModuleType("onestop_core.ext.speed")
    extra.validator = lambda: is_valid
    monkeypatch.setitem(sys.modules, "onestop_core.ext.speed", extra)
    monkeypatch.setattr(onestop_core.ext, "speed", extra, raising=False)
    with_it = run(path)
    assert asked == [document]
    monkeypatch.delitem(sys.modules, "onestop_core.ext.speed")
    monkeypatch.delattr(onestop_core.ext, "speed")
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    assert run(path) == with_it
    assert asked == [document]
    assert with_it[0] == int(wrong)
    assert "catalogue/part-missing" in with_it[1]
