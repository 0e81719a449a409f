"""Two cells that were glued within a word: Vietnamese is written syllable by syllable, so two in one word were glued."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from onestop_core.catalogue.published.places import SMALL

__all__ = ["second_syllable"]

_PLAIN: Final = "aăâeêioôơuưy"
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONED: Final = "".join(letter for letter in SMALL if _TONES & set(unicodedata.normalize("NFD", letter)))
_NUCLEUS: Final = rf"(?=[{_PLAIN}]*[{_TONED}]?[{_PLAIN}]*(?:[^{_PLAIN}{_TONED}]|$))[{_PLAIN}{_TONED}]{{1,3}}"
"""Vowels, of which one at most bears a tone."""
_SYLLABLE: Final = re.compile(
    rf"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdđghklmnprstvx])?{_NUCLEUS}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_MARKED: Final = re.compile(rf"[{''.join(letter for letter in SMALL if not letter.isascii())}]")
_VOWEL: Final = re.compile(rf"[{_PLAIN}{_TONED}]", re.IGNORECASE)


def second_syllable(word: str) -> int | None:
    """Return where a second syllable begins in what is none; None where it is one, or nobody knows.

    >>> second_syllable("địnhvăn"), second_syllable("theomẫu"), second_syllable("trắng.mau"), second_syllable("nghiệp")
    (4, 4, 6, None)
    """
    if not _MARKED.search(word) or _SYLLABLE.fullmatch(word):
        return None
    starts = [
        at + point
        for at in range(1, len(word))
        for point in (word.startswith(".", at),)
        if _SYLLABLE.fullmatch(word, 0, at) and _SYLLABLE.fullmatch(word, at + point)
    ]
    # "theomẫu": what can end one syllable and begin the next begins it, as few begin with a vowel.
    firm = [at for at in starts if not _VOWEL.match(word, at)] or starts
    return firm[0] if len(firm) == 1 else None
