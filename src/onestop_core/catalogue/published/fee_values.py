"""What was read in a published wording of a fee, and what was not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.catalogue.values.money import Fee
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    import re

__all__ = [
    "FeeOutcome",
    "FeeWording",
    "FoundFee",
    "period_of",
]


class FeeOutcome(Code):
    """What came of reading a wording; every outcome but the first four gives no fee."""

    READ = "read"
    """One amount, and nothing in the text that gainsays it."""
    FREE = "free"
    """Nothing is paid."""
    SET_BY = "set_by"
    """The provincial people's council sets it."""
    PERCENTAGE = "percentage"
    """A percentage of something."""
    ELSEWHERE = "elsewhere"
    """Another text is named that sets it; the amount is not here."""
    NOT_PRESCRIBED = "not_prescribed"
    """The text says that none is prescribed."""
    NOT_STATED = "not_stated"
    """The text says that there is no information, or nothing at all."""
    SEVERAL = "several"
    """Several amounts, by case, by step or by time: see :attr:`FeeWording.found`."""
    RANGE = "range"
    """From so much to so much."""
    BOUND = "bound"
    """At most or at least so much."""
    CONTRADICTION = "contradiction"
    """It says two things: free, and an amount or a text that sets one; or two amounts for one thing."""
    TOO_SMALL = "too_small"
    """Less than a thousand đồng: as a rule three digits were lost."""
    NOT_UNDERSTOOD = "not_understood"
    """No amount was found."""


OUTCOME_TEXTS: Final = {
    FeeOutcome.READ: Text(vi="một mức thu", en="one amount"),
    FeeOutcome.FREE: Text(vi="miễn phí", en="free"),
    FeeOutcome.SET_BY: Text(vi="do Hội đồng nhân dân cấp tỉnh quy định", en="set by the provincial people's council"),
    FeeOutcome.PERCENTAGE: Text(vi="thu theo tỷ lệ phần trăm", en="a percentage"),
    FeeOutcome.ELSEWHERE: Text(vi="quy định ở văn bản khác", en="set by another text"),
    FeeOutcome.NOT_PRESCRIBED: Text(vi="không quy định mức thu", en="no fee is prescribed"),
    FeeOutcome.NOT_STATED: Text(vi="không có thông tin về mức thu", en="no information on the fee"),
    FeeOutcome.SEVERAL: Text(vi="nhiều mức thu trong một đoạn", en="several amounts in one text"),
    FeeOutcome.RANGE: Text(vi="khoảng từ … đến …", en="a range from … to …"),
    FeeOutcome.BOUND: Text(vi="mức tối đa hoặc tối thiểu", en="a greatest or a least amount"),
    FeeOutcome.CONTRADICTION: Text(vi="các mức thu mâu thuẫn nhau", en="amounts that contradict each other"),
    FeeOutcome.TOO_SMALL: Text(
        vi="dưới một nghìn đồng, có thể đã mất ba chữ số", en="less than a thousand đồng; three digits may be lost"
    ),
    FeeOutcome.NOT_UNDERSTOOD: Text(vi="không tìm thấy mức thu", en="no amount was found"),
}


@attrs.frozen(kw_only=True)
class FoundFee:
    """One fee in a text, with what its own clause says of it."""

    fee: Fee
    words: str
    """The words of the amount itself, as they stand."""
    condition: str | None = None
    """For whom or what it holds, as its words stand."""


@attrs.frozen(kw_only=True)
class FeeWording:
    """A published wording of a fee, read: never guessed.

    See :func:`onestop_core.catalogue.read_fee`.
    """

    text: str
    """The text that was read, in normal form, with single blanks."""
    outcome: FeeOutcome
    fee: Fee | None = None
    """What is paid, where it is certain; its ``published`` is the text. Else None."""
    condition: str | None = None
    dropped: tuple[str, ...] = ()
    """What else the text says, piece by piece, in its order: nothing is lost."""
    found: tuple[FoundFee, ...] = ()
    """Every amount in the text, in its order."""

    @property
    def reason(self) -> Text:
        """What came of it, in words.

        >>> from onestop_core import catalogue
        >>> catalogue.read_fee("Miễn phí (150.000 đồng/giấy)").reason.en
        'amounts that contradict each other'
        """
        return OUTCOME_TEXTS[self.outcome]


def period_of(match: re.Match[str]) -> tuple[date | None, date | None]:
    """Return the first and the last day of a period; None where it is not said or is no day."""
    days = match.groups()
    first = _day(*days[0:3]) or _day(*days[9:12])
    return first, _day(*days[3:6]) or _day(*days[6:9])


def _day(day: str | None, month: str | None, year: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
