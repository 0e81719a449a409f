"""Time limits again, slowly: read character by character, without a regular expression."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any, Final

from onestop_core.conformance.values import Refusal

__all__ = ["DIGITS", "SlowLimits", "refuse"]

DIGITS = "0123456789"
UNITS = {
    "working day": "working_days",
    "ngày làm việc": "working_days",
    "working hour": "working_hours",
    "giờ làm việc": "working_hours",
    "hour": "hours",
    "giờ": "hours",
    "day": "days",
    "ngày": "days",
    "week": "weeks",
    "tuần": "weeks",
    "month": "months",
    "tháng": "months",
    "year": "years",
    "năm": "years",
}
MOST = {
    "working_days": 9999,
    "working_hours": 9999,
    "hours": 9999,
    "days": 9999,
    "weeks": 1400,
    "months": 1200,
    "years": 100,
}
IN_PARTS = {"working_days", "working_hours", "hours", "days"}
HALVES = ("nửa ", "half a ", "half an ")
WHOLE_HALVES = {"months": {"amount": "15", "unit": "days"}, "years": {"amount": "6", "unit": "months"}}
OPENINGS: Final = ("trong thời hạn", "trong vòng", "trong", "không quá", "tối đa", "chậm nhất là", "chậm nhất")
OPENINGS_ENGLISH = ("within", "at most", "no more than", "not more than", "up to")
SAME_DAY: Final = (
    "within the day",
    "within the same day",
    "within the working day",
    "same day",
    "the same day",
    "trong ngày",
    "ngay trong ngày",
    "trong ngày làm việc",
    "ngay trong ngày làm việc",
    "same working day",
    "the same working day",
)
AT_ONCE: Final = ("immediately", "at once", "ngay", "ngay lập tức", "giải quyết ngay")
SESSIONS = ("buổi", "buổi làm việc")
ISO = {"y": "years", "m": "months", "w": "weeks", "d": "days"}
ONES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
AFTER_TEN = {**ONES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
ENGLISH = ("working day", "working hour", "hour", "day", "week", "month", "year")


def refuse() -> Refusal:
    return Refusal("invalid-value")


def number(text: str) -> Fraction | None:
    """``0,5``, ``0.25``, ``1/4`` or ``05``; at most six digits, two decimals, three digits below the line."""
    for sign in ".,/":
        whole, found, part = text.partition(sign)
        if found:
            most = 3 if sign == "/" else 2
            if not (whole and part and len(whole) <= 6 and len(part) <= most):
                return None
            if any(letter not in DIGITS for letter in whole + part) or (sign == "/" and int(part) == 0):
                return None
            return Fraction(int(whole), int(part)) if sign == "/" else int(whole) + Fraction(int(part), 10 ** len(part))
    if not text or len(text) > 6 or any(letter not in DIGITS for letter in text):
        return None
    return Fraction(int(text))


def in_words(text: str) -> int | None:
    """``mười lăm``, ``hai mươi mốt``, ``năm``."""
    words = text.split(" ")
    tens = 0
    if words[0] == "mười":
        tens, words = 10, words[1:]
    elif len(words) > 1 and words[0] in ONES and words[1] == "mươi":
        tens, words = 10 * ONES[words[0]], words[2:]
    if tens and not words:
        return tens
    known = AFTER_TEN if tens else ONES
    return tens + known[words[0]] if len(words) == 1 and words[0] in known else None


def said_again(again: str, digits: str) -> bool:
    """Whether what stands in brackets is the number before them."""
    if not digits or any(letter not in DIGITS for letter in digits) or not 1 <= len(again) <= 20 or "(" in again:
        return False
    if all(letter in DIGITS for letter in again):
        return int(again) == int(digits)
    return in_words(again) == int(digits)


def iso(words: str) -> dict[str, str] | None:
    """``P30D``, ``PT8H``: one unit, a whole number."""
    if words[:1] != "p":
        return None
    units = {"h": "hours"} if words[1:2] == "t" else ISO
    digits = words[2:-1] if words[1:2] == "t" else words[1:-1]
    whole = number(digits) if digits and all(letter in DIGITS for letter in digits) else None
    return checked(whole, units[words[-1]]) if whole is not None and words[-1] in units else None


def checked(amount: Fraction | None, unit: str) -> dict[str, str]:
    finest, least = (100, 0) if unit in IN_PARTS else (1, 1)
    if amount is None or not least <= amount <= MOST[unit] or (amount * finest).denominator != 1:
        raise refuse()
    return {"amount": str(amount), "unit": unit}


def opened(words: str) -> str:
    """The words behind those that say nothing new: in how long, then at most, in Vietnamese; one of them in English."""
    begins = tuple(DIGITS)
    for opening in OPENINGS_ENGLISH:
        if words.startswith(opening + " ") and words.removeprefix(opening + " ").startswith((*begins, "half")):
            return words.removeprefix(opening + " ")
    for first in (*OPENINGS[:3], ""):
        for second in (*OPENINGS[3:], ""):
            before = "".join(each + " " for each in (first, second) if each)
            if words.startswith(before) and words.removeprefix(before).startswith((*begins, "nửa")):
                return words.removeprefix(before)
    return words


def step(words: str) -> dict[str, str]:
    if words in SAME_DAY:
        return {"amount": "1", "unit": "same_day"}
    if words in AT_ONCE:
        return {"amount": "1", "unit": "immediate"}
    if (found := iso(words)) is not None:
        return found
    words = opened(words)
    for half in HALVES:
        unit = UNITS.get(words.removeprefix(half))
        if words.startswith(half) and unit in WHOLE_HALVES:
            return WHOLE_HALVES[unit]
        if words.startswith(half) and unit in IN_PARTS:
            return {"amount": "1/2", "unit": unit}
    size = 0
    while size < len(words) and words[size] in DIGITS + ".,/":
        size += 1
    amount, unit_words = number(words[:size]), words[size:].strip()
    if unit_words.startswith("("):
        again, _, unit_words = unit_words[1:].partition(")")
        unit_words = unit_words.strip()
        if not said_again(again, words[:size]):
            raise refuse()
    if unit_words in SESSIONS and amount is not None:  # half a working day
        return checked(amount / 2, "working_days")
    if unit_words.endswith("s") and unit_words[:-1] in ENGLISH:
        unit_words = unit_words[:-1]
    if unit_words not in UNITS:
        raise refuse()
    return checked(amount, UNITS[unit_words])


class SlowLimits:
    """The operation of the area ``time-limits``."""

    name = "slow"

    def parse_limit(self, text: str) -> dict[str, Any]:
        if len(text) > 600:
            raise refuse()
        words = unicodedata.normalize("NFC", text).lower().strip().removesuffix(".").split("+")
        steps = [step(" ".join(part.split())) for part in words]
        if len(steps) > 20:
            raise refuse()
        return {"steps": steps}
