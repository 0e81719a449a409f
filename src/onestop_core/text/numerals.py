"""Vietnamese numerals as published texts write them: ``năm``, ``mười lăm``, ``ba mươi``; sums of money to the milliards."""

from __future__ import annotations

from typing import Final

__all__ = ["NUMERAL", "numeral", "spelled_sum"]

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


_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_BESIDE: Final = frozenset({"đồng", "chẵn", "việt", "nam", "bằng", "chữ", "linh", "lẻ", "không"})


def spelled_sum(words: str) -> int | None:
    """Return the sum of money that *words* spell out; None where they say anything else.

    >>> spelled_sum("hai mươi nghìn đồng"), spelled_sum("một triệu năm trăm nghìn đồng chẵn"), spelled_sum("hộ nghèo")
    (20000, 1500000, None)
    """
    total = group = 0
    scaled = False
    for word in words.lower().replace(":", " ").replace("./.", " ").split():
        if word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group, scaled = 0, True
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group = group - group % 10 + group % 10 * 10
        elif word == "mười":
            group += 10
        elif word in _LAST:
            group += _LAST[word]
        elif word not in _BESIDE:
            return None
    return total + group if scaled else None
