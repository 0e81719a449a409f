"""Which files a command was given: those named, and those below the directories named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Source", "gather"]


@attrs.frozen(kw_only=True)
class Source:
    """A file to be read."""

    path: Path
    found_in: str | None = None
    """The directory below which it was found; None: the user named the file, and vouches for what it is."""


def gather(names: Iterable[str], *, unreadable: Callable[[OSError], None]) -> tuple[Source, ...]:
    """Return the files that *names* mean, each once, in a stable order.

    Below a directory: every ``.json``, but nothing in hidden directories (``.git``, ``.venv``) or
    ``node_modules``, nothing behind links to directories, and nothing that would block (pipes, devices).
    Each directory that cannot be listed is told to *unreadable*; the others are still worth reading.
    """
    found: dict[Path, Source] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            for each in _below(path, unreadable):
                found.setdefault(each, Source(path=each, found_in=name))
        else:
            found[path] = Source(path=path)  # named by the user, even if also found before
    return tuple(found.values())


def _below(folder: Path, unreadable: Callable[[OSError], None]) -> list[Path]:
    paths: list[Path] = []
    for where, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        candidates = (Path(where, name) for name in files if name.lower().endswith(".json"))
        paths.extend(path for path in candidates if path.is_file())
    return sorted(paths)
