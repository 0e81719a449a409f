"""An export written into a folder: beside it first, and renamed when all is there."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from onestop_core.conformance.exporting.contents import FORMAT, MANIFEST, SUMS, exported_files
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.rules.reading.documents import read_json

__all__ = ["export"]


def export(folder: str | Path) -> None:
    """Write the suite, its law tables, schemas, profiles, pages and the JavaScript runner into *folder*.

    It is made anew, or filled where it is empty; an earlier export, unchanged, is replaced. Nothing is half-done: the
    files are written beside it, and the whole is renamed.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as place:
    ...     export(Path(place) / "suite")
    ...     sorted(entry.name for entry in (Path(place) / "suite").iterdir())[:4]
    ['LICENSE', 'README.md', 'README.vi.md', 'SHA256SUMS']

    Raises:
        InvalidValueError: no folder can have that name, or it is the current one or one around it.
        OSError: it cannot be written, is a file, or holds something else.
    """
    target = _target(folder)
    if target.exists():
        _ensure_free(target)
    beside = target.with_name(f".onestop-{secrets.token_hex(8)}.part")
    try:
        beside.mkdir()
        for path, content in exported_files().items():
            file = beside.joinpath(*path.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, content)
        _take_place(beside, target)
    except OSError as error:
        # The user named the one folder, and has never heard of the other.
        raise OSError(error.errno, error.strerror, str(target)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _target(folder: object) -> Path:
    name = str(folder) if isinstance(folder, str | Path) else None
    if not name or "\0" in name:
        raise InvalidValueError.of("folder", folder, vi="tên thư mục", en="the name of a folder")
    target = Path(os.path.realpath(name))
    here = Path.cwd()
    if target == here or target in here.parents:
        # A rename would take the ground from under whoever stands in it.
        raise InvalidValueError.of(
            "folder", folder, vi="thư mục khác thư mục hiện hành", en="another folder than the current one"
        )
    return target


def _ensure_free(target: Path) -> None:
    if not target.is_dir():
        raise OSError(errno.ENOTDIR, "not a folder", str(target))
    if not os.access(target, os.W_OK):
        # A rename would replace what its owner protected.
        raise PermissionError(errno.EACCES, "protected", str(target))
    if any(target.iterdir()) and not _is_export(target):
        raise OSError(errno.ENOTEMPTY, "not empty", str(target))


def _is_export(folder: Path) -> bool:
    """Return whether *folder* is an earlier export, and nothing else is in it or was changed in it."""
    try:
        manifest: Any = read_json(folder / MANIFEST)
        known = {each["path"]: each["sha256"] for each in manifest["files"]} if manifest["format"] == FORMAT else {}
    except (OSError, InvalidDocumentError, LookupError, TypeError):
        return False
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    return (
        set(found) == set(known) | {MANIFEST, SUMS}
        and not any(path.is_symlink() for path in folder.rglob("*"))
        and all(hashlib.sha256(found[path].read_bytes()).hexdigest() == digest for path, digest in known.items())
    )


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _take_place(beside: Path, target: Path) -> None:
    if not target.exists():
        beside.rename(target)
        return
    aside = target.with_name(f".onestop-{secrets.token_hex(8)}.old")
    target.rename(aside)
    try:
        beside.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)
