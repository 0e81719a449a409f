"""What a command writes is whole or not there; what stood there before stays until then."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from onestop_core.cli.files import write_file, write_files


def full(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """Let the disk be full once *after* files were written."""
    written = 0
    real = os.fsync

    def sync(number: int) -> None:
        nonlocal written
        written += 1
        if written > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", sync)


@pytest.mark.parametrize("content", ["hồ sơ\n", b"\xff\x00", ""])
def test_a_file_is_written_as_it_is_and_nothing_else_is_left(tmp_path: Path, content: str | bytes) -> None:
    write_file(tmp_path / "a.json", content)
    assert (tmp_path / "a.json").read_bytes() == (content.encode() if isinstance(content, str) else content)
    write_file(str(tmp_path / "a.json"), "new")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    full(monkeypatch, after=0)
    with pytest.raises(OSError, match="No space left") as caught:
        write_file(tmp_path / "a.json", "new")
    assert caught.value.filename == os.path.realpath(tmp_path / "a.json")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "old"


def test_of_files_that_belong_together_none_is_changed_unless_all_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a.csv", "b.csv", "c.csv"]
    for name in names[:2]:
        (tmp_path / name).write_text("old", encoding="utf-8")
    full(monkeypatch, after=2)
    with pytest.raises(OSError, match="No space left"):
        write_files((tmp_path / name, "new") for name in names)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict.fromkeys(
        names[:2], "old"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither these modes nor plain links")
def test_modes_and_links_stay(tmp_path: Path) -> None:
    secret, link = tmp_path / "secret.json", tmp_path / "link.json"
    secret.write_text("old", encoding="utf-8")
    secret.chmod(0o600)
    link.symlink_to(secret)
    write_file(link, "new")
    assert (link.is_symlink(), secret.read_text(encoding="utf-8")) == (True, "new")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_what_is_no_file_is_written_to_and_not_replaced() -> None:
    device = Path(os.devnull)
    before = device.stat()
    write_file(os.devnull, "x")
    assert (device.stat().st_ino, device.stat().st_rdev) == (before.st_ino, before.st_rdev)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_file(tmp_path / "no" / "a.json", "x")
    assert str(caught.value.filename).endswith("a.json")
