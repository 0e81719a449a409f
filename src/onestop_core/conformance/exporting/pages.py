"""Pages of the documentation as an export has them: no link leads to what is not there."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["as_exported"]

_LINK: Final = re.compile(r"(?<!\!)\[([^\]\[]*)\]\(([^()\s]*)\)|\{(?:doc|download|ref)\}`([^`<]*?)(?: ?<([^`>]*)>)?`")


def as_exported(text: str, path: str, place_of: Callable[[str], str | None]) -> str:
    """Return a page of the repository with its links turned to where the export has their targets.

    >>> places = {"docs/b.md": "docs/b.md", "docs/adapters/run.mjs": "run.mjs"}
    >>> as_exported("[b](b.md#x), [c](c.md), {download}`the runner <adapters/run.mjs>`", "docs/a.md", places.get)
    '[b](b.md#x), c, [the runner](../run.mjs)'

    Args:
        text: The page, in MyST.
        path: Where the repository and the export have it.
        place_of: The path in the export of a file of the repository, if it is there.
    """
    home = posixpath.dirname(path)

    def turned(found: re.Match[str]) -> str:
        words, target = (found[1], found[2]) if found[2] is not None else (found[3], found[4] or found[3])
        if target.startswith("#") or ":" in target:
            return found[0]
        file, _, mark = target.partition("#")
        wanted = posixpath.normpath(posixpath.join(home, file))
        place = place_of(wanted) or place_of(f"{wanted}.md")
        if place is None:
            return words
        return f"[{words}]({posixpath.relpath(place, home)}{'#' * bool(mark)}{mark})"

    return _LINK.sub(turned, text)
