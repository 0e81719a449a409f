"""A number with a unit in a published time limit: the step that it says, or what is wrong with it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from onestop_core.errors import InvalidValueError
from onestop_core.model import LimitStep, LimitUnit
from onestop_core.rules.wording.values import LimitOutcome
from onestop_core.text.numerals import NUMERAL, numeral

__all__ = ["QUANTITY", "RANGE", "UNIT", "step_of"]

_UNITS: Final = {
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày (làm việc)": LimitUnit.WORKING_DAYS,
    "ngày (ngày làm việc)": LimitUnit.WORKING_DAYS,
    "giờ làm việc": LimitUnit.WORKING_HOURS,
    "buổi làm việc": LimitUnit.WORKING_DAYS,
    "buổi": LimitUnit.WORKING_DAYS,
    "tuần": LimitUnit.WEEKS,
    "tháng": LimitUnit.MONTHS,
    "năm": LimitUnit.YEARS,
    "ngày": LimitUnit.DAYS,
    "giờ": LimitUnit.HOURS,
    "tiếng": LimitUnit.HOURS,
    "working days": LimitUnit.WORKING_DAYS,
    "working day": LimitUnit.WORKING_DAYS,
    "business days": LimitUnit.WORKING_DAYS,
    "business day": LimitUnit.WORKING_DAYS,
    "days": LimitUnit.DAYS,
    "day": LimitUnit.DAYS,
    "hours": LimitUnit.HOURS,
    "hour": LimitUnit.HOURS,
    "months": LimitUnit.MONTHS,
    "month": LimitUnit.MONTHS,
}
_HALF_DAY: Final = frozenset({"buổi", "buổi làm việc"})
_UNCOUNTED: Final = ("phút", "giây", "quý", "ngày công", "tuần trăng", "làm việc")
"""Units in which no limit is counted; ``06 làm việc`` lost its unit on the way."""

UNIT: Final = "|".join(re.escape(unit) for unit in sorted((*_UNITS, *_UNCOUNTED), key=len, reverse=True))
_DIGITS: Final = r"\d{1,4}(?:[.,]\d{1,2})?|1/[24]|½"
QUANTITY: Final = re.compile(
    rf"(?<!\w)(?<!\w[.,/])(?P<number>{_DIGITS}|nửa|{NUMERAL})(?: ?\((?P<again>\d{{1,4}}|{NUMERAL})\))? ?(?P<unit>{UNIT})(?!\w)"
)
RANGE: Final = re.compile(
    rf"(?:{_DIGITS}|{NUMERAL})(?: ?\([\w ]+\))?(?: ?(?:{UNIT}))? ?(?:-|–|—|÷|~|đến|tới|hoặc|hay|to) ?(?=(?:{_DIGITS}|{NUMERAL})(?: ?\([\w ]+\))? ?(?:{UNIT})(?!\w))"
)


def step_of(match: re.Match[str]) -> tuple[LimitStep | None, LimitOutcome | None]:
    """Return the step that a number with a unit says, or what is wrong with it."""
    amount, unit = _number(match["number"]), match["unit"]
    if match["again"] and Fraction(_number(match["again"])) != amount:
        return None, LimitOutcome.CONTRADICTION
    if unit not in _UNITS:
        return None, LimitOutcome.UNIT
    try:
        return LimitStep(unit=_UNITS[unit], amount=amount / 2 if unit in _HALF_DAY else amount), None
    except InvalidValueError:
        return None, LimitOutcome.UNIT


def _number(words: str) -> Fraction:
    if words == "nửa":
        return Fraction(1, 2)
    if words[0].isalpha():
        return Fraction(numeral(words))
    return Fraction(1, 2) if words == "½" else Fraction(words.replace(",", "."))
