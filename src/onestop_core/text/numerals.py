"""Vietnamese numerals as published texts write them, from one to ninety-nine: ``năm``, ``mười lăm``, ``ba mươi``."""

from __future__ import annotations

from typing import Final

__all__ = ["NUMERAL", "numeral"]

_ONES: Final = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_LAST: Final = {**_ONES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
"""As the last word after a ten."""

_ONE: Final = "|".join(_ONES)
_END: Final = "|".join(_LAST)
NUMERAL: Final = rf"(?:mười(?: (?:{_END}))?|(?:{_ONE}) mươi(?: (?:{_END}))?|(?:{_ONE}))"
"""A regular expression of them, in small letters, with single blanks."""


def numeral(words: str) -> int:
    """Return the number that *words*, which :data:`NUMERAL` matches, say.

    >>> numeral("mười lăm"), numeral("ba mươi"), numeral("hai mươi mốt"), numeral("năm")
    (15, 30, 21, 5)
    """
    parts = words.split()
    if parts[0] == "mười":
        return 10 + (_LAST[parts[1]] if len(parts) > 1 else 0)
    if len(parts) == 1:
        return _ONES[parts[0]]
    return 10 * _ONES[parts[0]] + (_LAST[parts[2]] if len(parts) > 2 else 0)
