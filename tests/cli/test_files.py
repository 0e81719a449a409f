"""What a command writes is whole or not there; what stood there before stays until then."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from onestop_core.cli.shell.files import input_file, trouble, write_file, write_files


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


def test_what_its_owner_protected_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "protected"
    place.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda *_: False)  # whoever runs the tests may be allowed everything
    with pytest.raises(PermissionError):
        write_file(place, "new")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("name", ["absent/file", ".", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=r".") as caught:
        write_file(name, "x")
    assert Path(caught.value.filename).name == (Path(name).name or tmp_path.name)
    assert list(tmp_path.iterdir()) == []


def test_a_named_pipe_is_no_file_but_the_pipe_of_a_shell_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="pipe") as caught:
        input_file(str(tmp_path / "pipe"))
    assert trouble(caught.value).en == "a pipe, not a file"
    reading, writing = os.pipe()
    assert input_file(f"/dev/fd/{reading}") == f"/dev/fd/{reading}"
    os.close(reading)
    os.close(writing)
    assert input_file("absent") == "absent"
    assert input_file(str(tmp_path)) == str(tmp_path)


def test_a_name_that_no_file_has_is_not_written() -> None:
    with pytest.raises(OSError, match="name") as caught:
        write_file("a\0b", "x")
    assert trouble(caught.value).en == "no name of a file"


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(OSError, match="name") as caught:
        input_file(name)
    assert trouble(caught.value).vi == "tên tệp không hợp lệ"


def test_every_trouble_is_said_in_both_languages() -> None:
    said = {trouble(OSError(number, os.strerror(number))) for number in errno.errorcode}
    assert len(said) > 10
    assert all(text.vi != text.en for text in said)
    assert trouble(OSError("odd")).vi == "không đọc hoặc ghi được"
