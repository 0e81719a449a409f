"""Files that commands write: beside the old ones and renamed, so that nothing is left half-written."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_file", "write_files"]


def write_file(path: str | Path, content: str | bytes) -> None:
    """Write *content* (text as UTF-8, its line ends as they are) to *path*; where that fails, the old file stays.

    Raises:
        OSError: it cannot be written.
    """
    write_files([(path, content)])


def write_files(contents: Iterable[tuple[str | Path, str | bytes]]) -> None:
    """Write several files that belong together: none takes its name before all are written.

    Raises:
        OSError: one cannot be written.
    """
    beside: list[tuple[Path, Path]] = []
    try:
        for name, content in contents:
            # Through a link, the file it leads to is written, and the link stays.
            path = Path(os.path.realpath(name))
            data = content.encode() if isinstance(content, str) else content
            if path.exists() and not path.is_file():
                path.write_bytes(data)  # a terminal, a pipe, /dev/null: nothing can take its place
                continue
            part = path.with_name(f".onestop-{secrets.token_hex(8)}.part")
            beside.append((part, path))
            _write(part, path, data)
        for part, path in beside:
            part.replace(path)
    finally:
        for part, _ in beside:
            part.unlink(missing_ok=True)


def _write(part: Path, path: Path, data: bytes) -> None:
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
    except OSError as error:
        # The user named the one file, and has never heard of the other.
        raise OSError(error.errno, error.strerror, str(path)) from None
