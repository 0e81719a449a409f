"""Deliberately wrong calendars and figures, with the mistakes that offices and their vendors really make."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from onestop_core.conformance import Reference, Refusal
from onestop_core.conformance.fresh.scores import TABLE
from onestop_core.workdays import DayKind, calendar
from tests.conformance.wrong import REFERENCE, WRONG, Days

if TYPE_CHECKING:
    from collections.abc import Callable

MISTAKES = ("workdays/office-mistakes",)
DAY = timedelta(days=1)


def office(what: str, works: Callable[[date], bool], *rules: str) -> None:
    """A calendar of one's own, counted right."""

    class Office(Days):
        def works(self, day: date) -> bool:
            return works(day)

        def count_workdays(self, start: str, end: str, as_of: str | None = None) -> int:
            REFERENCE.count_workdays(start, end, as_of)
            first, last = date.fromisoformat(start), date.fromisoformat(end)
            days = [first + n * DAY for n in range(1, (last - first).days + 1)]
            return sum(works(day) for day in days) if last >= first else super().count_workdays(start, end, as_of)

    WRONG.append((what, rules or MISTAKES, Office()))


def right(day: date) -> bool:
    return calendar().is_workday(day)


def kind(day: date) -> DayKind:
    return calendar().day(day).kind


office("cannot open a make-up Saturday, as WORKDAY cannot", lambda day: right(day) and day.weekday() < 5)
office("types a make-up day in as a holiday", lambda day: right(day) and kind(day) is not DayKind.MAKEUP)
office("knows no swapped days off", lambda day: right(day) or kind(day) is DayKind.SWAP_OFF)
office("gives no days in lieu", lambda day: right(day) or (kind(day) is DayKind.DAY_IN_LIEU and day.weekday() < 5))
office("knows no Tết at all", lambda day: right(day) or (kind(day) is DayKind.TET and day.weekday() < 5))
office(
    "gives three days for Tết",
    lambda day: right(day) or (kind(day) is DayKind.TET and day.weekday() < 5 and kind(day - 3 * DAY) is DayKind.TET),
)
office("works on Saturdays", lambda day: right(day) or (day.weekday() == 5 and kind(day) is DayKind.WEEKEND))
office("has a table that ends with 2026", lambda day: right(day) if day.year <= 2026 else day.weekday() < 5)
office("has a table of 2026 only", lambda day: right(day) if day.year == 2026 else day.weekday() < 5)
office(
    "knows no 24 November",
    lambda day: right(day) or (day >= date(2026, 11, 24) and (day.month, day.day) == (11, 24)),
    "workdays/culture-day",
)
office(
    "gives one day for National Day",
    lambda day: right(day) or ((day.month, day.day) in {(9, 1), (9, 3)} and kind(day) is DayKind.HOLIDAY),
)
office(
    "takes each year for the one before",
    lambda day: right(day.replace(year=day.year - 1)) if day.day < 29 and day.year > 2012 else day.weekday() < 5,
)


class CountsReceipt(Reference):
    """The day of receipt is day 1."""

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        return REFERENCE.add_workdays(date, n - 1 if n > 1 else n, as_of)


class DayOffCounts(Reference):
    """Who comes on a day off is counted from the next working day, as if he had come then."""

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        start = date if n <= 0 or REFERENCE.is_workday(date, as_of) else REFERENCE.add_workdays(date, 1, as_of)
        return REFERENCE.add_workdays(start, n, as_of)


WRONG.append(("counts the receipt as day 1", MISTAKES, CountsReceipt()))
WRONG.append(("counts a day more from a day off", MISTAKES, DayOffCounts()))


# Figures.


class Rounded(Reference):
    """Points from figures that were rounded before."""

    def exact(self, most: int, target: int, above: int, below: int) -> Decimal:
        raise NotImplementedError

    def score(self, index: str, counts: dict[str, list[int]], **given: Any) -> dict[str, Any]:
        card = REFERENCE.score(index, counts, **given)
        for name, result in card["metrics"].items():
            above, below = counts[name]
            if name in TABLE and below and result["score"] is not None:
                _, most, target, _ = TABLE[name]
                result["score"] = str(min(self.exact(most, target, above, below), Decimal(most)))
        return card


class Twice(Rounded):
    def exact(self, most: int, target: int, above: int, below: int) -> Decimal:
        rate = (Decimal(100 * above) / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return (most * rate / target).quantize(Decimal("0.01"), ROUND_HALF_UP)


class BankersOfFour(Rounded):
    def exact(self, most: int, target: int, above: int, below: int) -> Decimal:
        four = (Decimal(most * 100 * above) / (below * target)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return four.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


class UpOfFour(Rounded):
    def exact(self, most: int, target: int, above: int, below: int) -> Decimal:
        four = (Decimal(most * 100 * above) / (below * target)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return four.quantize(Decimal("0.01"), ROUND_HALF_UP)


class OneEdition(Reference):
    def score(self, index: str, counts: dict[str, list[int]], **given: Any) -> dict[str, Any]:
        del index
        return REFERENCE.score("vn-766@portal-2026", counts, **given)


WRONG.append(("takes points from the rounded rate", ("kpi/rounding",), Twice()))
WRONG.append(("rounds to four places, then half to even", ("kpi/rounding",), BankersOfFour()))
WRONG.append(("rounds to four places first", ("kpi/rounding",), UpOfFour()))
WRONG.append(("knows one edition of the index", ("kpi/other-edition",), OneEdition()))


class NoHalfMonths(Reference):
    def parse_limit(self, text: str) -> dict[str, Any]:
        if "nửa" in text or "half" in text:
            raise Refusal("invalid-value")
        return REFERENCE.parse_limit(text)


WRONG.append(("reads no half months", ("time-limits/half-periods",), NoHalfMonths()))
