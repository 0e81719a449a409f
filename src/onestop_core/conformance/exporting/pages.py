"""Pages of the documentation as an export has them: no link leads to what is not there, and what is elsewhere says so."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["as_exported"]

_LINK: Final = re.compile(r"(?<!\!)\[([^\]\[]*)\]\(([^()\s]*)\)|\{(?:doc|download|ref)\}`([^`<]*?)(?: ?<([^`>]*)>)?`")
_ASIDE: Final = re.compile(r"\s\(\[[^\]\[]*\]\(([^()\s]*)\)\)")
"""A link in brackets, such as ``([how to](page.md))``: without the page nothing is left to say."""
_INCLUDED: Final = re.compile(r"^```\{literalinclude\} (\S+)\n.*?^```$", re.MULTILINE | re.DOTALL)
_PICTURE: Final = re.compile(r"^<img [^>]*>\n+", re.MULTILINE)
"""A picture that the library draws: whoever has the tables only can go without."""
_OF_TESTS: Final = re.compile(r"`(?:python -m )?tests[/.][^`]*`")
_DATA: Final = "src/onestop_core/data/"
"""What the export has as ``tables``."""


def as_exported(text: str, path: str, place_of: Callable[[str], str | None]) -> str:
    r"""Return a page of the repository with its links turned to where the export has their targets.

    What the export has not is named as lying elsewhere.

    >>> places = {"docs/b.md": "docs/b.md", "docs/adapters/run.mjs": "run.mjs"}
    >>> as_exported("[b](b.md#x), [c](c.md), {download}`the runner <adapters/run.mjs>`", "docs/a.md", places.get)
    '[b](b.md#x), c (not in this export), [the runner](../run.mjs)'
    >>> as_exported("{doc}`b` tells it ([how to](c.md)); `tests/test_b.py` holds it", "docs/a.md", places.get)
    '[b](b.md) tells it; `tests/test_b.py` in the repository of the library holds it'
    >>> as_exported('<img src="../c.svg" alt="c">\n\nWords.', "docs/a.md", places.get)
    'Words.'

    Args:
        text: The page, in MyST.
        path: Where the repository and the export have it.
        place_of: The path in the export of a file of the repository, if it is there.
    """
    home = posixpath.dirname(path)

    def place(target: str) -> str | None:
        wanted = posixpath.normpath(posixpath.join(home, target.partition("#")[0]))
        return place_of(wanted) or place_of(f"{wanted}.md")

    def stays(target: str) -> bool:
        return target.startswith("#") or ":" in target

    def aside(found: re.Match[str]) -> str:
        return found[0] if stays(found[1]) or place(found[1]) else ""

    def included(found: re.Match[str]) -> str:
        return f"`{posixpath.normpath(posixpath.join(home, found[1]))}` in the repository of the library."

    def turned(found: re.Match[str]) -> str:
        words, target = (found[1], found[2]) if found[2] is not None else (found[3], found[4] or found[3])
        if stays(target):
            return found[0]
        words = posixpath.basename(target) if words == target else words
        there = place(target)
        if there is None:
            return f"{words} (not in this export)"
        _, _, mark = target.partition("#")
        return f"[{words}]({posixpath.relpath(there, home)}{'#' * bool(mark)}{mark})"

    text = _INCLUDED.sub(included, _ASIDE.sub(aside, _PICTURE.sub("", text)))
    text = _OF_TESTS.sub(r"\g<0> in the repository of the library", _LINK.sub(turned, text))
    return text.replace(f"`{_DATA}", "`tables/")
