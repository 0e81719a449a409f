"""The law tables that ship, as one figure: two who have it work with the same tables."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["table_digests", "tables_digest"]


@cache
def table_digests() -> tuple[tuple[str, str], ...]:
    """Return each document of law that ships with its SHA-256, by path: ``vn/calendar/2026.json``.

    >>> [path for path, digest in table_digests() if path.startswith("vn/calendar/2026")]
    ['vn/calendar/2026.json']
    """
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on first use

    found = (
        (path, hashlib.sha256(entry.read_bytes()).hexdigest())
        for path, entry in _walk(files("onestop_core") / "data", "")
    )
    return tuple(sorted(found))


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}{entry.name}/")
        else:
            yield f"{path}{entry.name}", entry


@cache
def tables_digest() -> str:
    """Return the SHA-256 of all of them: of the lines ``DIGEST  PATH`` in the order of the paths, as sha256sum writes.

    >>> tables_digest()[:7]
    'sha256:'
    """
    lines = "".join(f"{digest}  {path}\n" for path, digest in table_digests())
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"
