"""A second reader of published time limits, by words and not by patterns: to each unit its number, to each number its neighbours.

It knows less than the first and gives up sooner; where it reads, both must read the same.
"""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from onestop_core.model import LimitStep, LimitUnit, TimeLimit

ONES = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(1, 10), strict=True)) | {
    "bẩy": 7,
    "tư": 4,
    "lăm": 5,
    "mốt": 1,
}
UNITS = {
    "ngày": LimitUnit.DAYS,
    "giờ": LimitUnit.HOURS,
    "tháng": LimitUnit.MONTHS,
    "năm": LimitUnit.YEARS,
    "tuần": LimitUnit.WEEKS,
    "buổi": LimitUnit.WORKING_DAYS,
}
WORKING = {LimitUnit.DAYS: LimitUnit.WORKING_DAYS, LimitUnit.HOURS: LimitUnit.WORKING_HOURS}


def words_of(text: str) -> list[str]:
    """Return words and marks; a mark is a word of its own, but for what stands inside a number or a code."""
    found: list[str] = []
    word = ""
    plain = unicodedata.normalize("NFC", text).lower()
    for index, letter in enumerate(plain):
        inside = (
            letter in ".,/-"
            and word
            and index + 1 < len(plain)
            and plain[index + 1].isalnum()
            and not plain[index + 1].isspace()
        )
        if letter.isalnum() or (inside and (word[-1].isdigit() or letter in "/-")):
            if word and word.isdigit() and letter.isalpha():
                found.append(word)
                word = ""
            word += letter
            continue
        if word:
            found.append(word)
        word = ""
        if not letter.isspace():
            found.append(letter)
    return [*found, word] if word else found


def number_of(words: list[str]) -> tuple[Fraction | None, int]:
    """Return the number that ends the list, and how many words it takes."""
    if not words:
        return None, 0
    last = words[-1]
    if last == ")" and "(" in words:
        start = len(words) - 1 - words[::-1].index("(")
        inner, _ = number_of(words[start + 1 : -1])
        outer, taken = number_of(words[:start])
        if inner is not None and inner == outer:
            return outer, taken + len(words) - start
        return None, 0
    if last == "nửa":
        return Fraction(1, 2), 1
    if last[0].isdigit():
        try:
            return Fraction(last.replace(",", ".")), 1
        except ValueError:
            return None, 0
    spelled = words[-3:]
    for size in (3, 2, 1):
        value = spelled_number(spelled[-size:]) if len(spelled) >= size else None
        if value is not None:
            return Fraction(value), size
    return None, 0


def spelled_number(words: list[str]) -> int | None:
    match words:
        case [one] if one in ONES:
            return ONES[one]
        case ["mười"]:
            return 10
        case ["mười", one] if one in ONES:
            return 10 + ONES[one]
        case [tens, "mươi"] if tens in ONES:
            return 10 * ONES[tens]
        case [tens, "mươi", one] if tens in ONES and one in ONES:
            return 10 * ONES[tens] + ONES[one]
        case _:
            return None


def read(text: str) -> set[TimeLimit]:
    """Return every number with a unit in the text as a limit, whatever stands beside it."""
    words = words_of(text)
    found: set[TimeLimit] = set()
    for index, word in enumerate(words):
        if word not in UNITS:
            continue
        amount, taken = number_of(words[:index])
        if amount is None or not taken:
            continue
        unit = UNITS[word]
        after = [each for each in words[index + 1 : index + 4] if each != "("]
        if after[:2] == ["làm", "việc"]:
            unit = WORKING.get(unit, unit)
        if word == "buổi":
            amount /= 2
        if 0 <= amount <= 9999:
            try:
                found.add(TimeLimit(steps=(LimitStep(unit=unit, amount=amount),)))
            except ValueError:
                continue
    return found
