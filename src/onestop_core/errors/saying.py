"""How a message repeats what came from outside: short, visible, and never so that it cannot be said."""

from __future__ import annotations

from typing import Final

from onestop_core.errors.fields import text_of
from onestop_core.text import Text
from onestop_core.text.safe import line

__all__ = ["MOST_ECHOED", "echoed", "echoed_file", "said"]

MOST_ECHOED: Final = 80
"""Most characters of a code or value that a message repeats: a line of a terminal."""


def echoed(code: object) -> str:
    """Return a *code* from outside as a message may repeat it: short, on one line, of characters that can be seen."""
    words = line(text_of(code)[: MOST_ECHOED + 1])
    return words if len(words) <= MOST_ECHOED else words[: MOST_ECHOED - 3] + "..."


def echoed_file(name: object) -> str:
    """Return the *name* of a file as a message may repeat it: of a long path the end, which is what tells it apart."""
    words = line(str(name)[-MOST_ECHOED - 1 :])
    return words if len(words) <= MOST_ECHOED else "..." + words[3 - MOST_ECHOED :]


def said(*, vi: str, en: str) -> Text:
    """Return words of a message into which something from outside was put: an error that cannot be said helps nobody."""
    return Text(vi=_whole(text_of(vi)), en=_whole(text_of(en)))


def _whole(words: str) -> str:
    return words.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
