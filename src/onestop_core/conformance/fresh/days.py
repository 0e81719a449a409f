"""Working days again, slowly: the calendar documents, and walking day by day. No engine, and no prediction."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from onestop_core.conformance.values import Refusal
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DAY", "Days", "SlowWorkdays", "WalkedDays", "is_weekday"]

DAY: Final = timedelta(days=1)
FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
_NUMBER: Final = re.compile(r"[0-9]/")


class Days(Protocol):
    """What the slow count of deadlines asks of a calendar."""

    def works(self, day: date, known: date | None = None) -> bool:
        """Whether a day is worked, by what was known on another."""
        ...  # pragma: no cover

    def made_up(self, day: date) -> bool:
        """Whether it is a weekday off in lieu of another or swapped for a Saturday."""
        ...  # pragma: no cover

    def announced(self, year: int, known: date | None = None) -> bool:
        """Whether the notice of a year was out."""
        ...  # pragma: no cover


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


@cache
def _document(year: int) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", resources.data(f"vn/calendar/{year}"))


@cache
def _rows(year: int) -> Mapping[date, tuple[str, str, bool]]:
    """Weekdays off and Saturdays worked of a year: the kind, since when it is known, whether its basis was read."""
    document = _document(year)
    found: dict[date, tuple[str, str, bool]] = {}
    for row in (*document["days_off"], *document["makeup_workdays"]):
        basis = document["bases"][row["basis"]]
        exact = "article" in basis or "announced_on" in basis or _NUMBER.search(basis["instrument"])
        read = basis["firmness"] in {"read", "computed"} and bool(exact)
        found[date.fromisoformat(row["date"])] = (row.get("kind", "makeup"), row["known_from"], read)
    return found


class WalkedDays:
    """The calendars of 2012 to 2027, read as they are written."""

    __slots__ = ()

    def works(self, day: date, known: date | None = None) -> bool:
        """Whether a day is worked.

        Raises:
            Refusal: no calendar names the day, or its year had not been announced: nothing is predicted here.
        """
        if not FIRST <= day <= LAST or not self.announced(day.year, known):
            raise Refusal("calendar-coverage")
        kind, since, _ = _rows(day.year).get(day, ("", "always", True))
        if not kind or (since != "always" and known is not None and known < date.fromisoformat(since)):
            return is_weekday(day)
        return kind == "makeup"

    def made_up(self, day: date) -> bool:
        """Whether it is a weekday off in lieu of another or swapped for a Saturday."""
        kind, _, _ = _rows(day.year).get(day, ("", "", True))
        return is_weekday(day) and kind in {"day_in_lieu", "swap_off"}

    def announced(self, year: int, known: date | None = None) -> bool:
        """Whether the notice of a year was out."""
        if not FIRST.year <= year <= LAST.year:
            return False
        return known is None or known >= date.fromisoformat(_document(year)["notice"]["known_from"])

    def read(self, first: date, last: date) -> bool:
        """Whether every special day from the first to the last rests on law or a notice that was read."""
        day, end = min(first, last), max(first, last)
        while day <= end:
            if day in _rows(day.year) and not _rows(day.year)[day][2]:
                return False
            day += DAY
        return True


class SlowWorkdays:
    """The operations of the area ``workdays``, by walking."""

    name = "slow"

    def __init__(self, days: Days | None = None) -> None:
        self.days: Days = WalkedDays() if days is None else days

    def is_workday(self, date: str, as_of: str | None = None) -> bool:
        return self.days.works(_day(date), None if as_of is None else _day(as_of))

    def add_workdays(self, date: str, n: int, as_of: str | None = None) -> str:
        day, known = _day(date), None if as_of is None else _day(as_of)
        if n == 0:
            while not self.days.works(day, known):
                day += DAY
        self.days.works(day, known)
        for _ in range(abs(n)):
            day += DAY if n > 0 else -DAY
            while not self.days.works(day, known):
                day += DAY if n > 0 else -DAY
        return day.isoformat()

    def count_workdays(self, start: str, end: str, as_of: str | None = None) -> int:
        first, last, known = _day(start), _day(end), None if as_of is None else _day(as_of)
        self.days.works(first, known)
        self.days.works(last, known)
        count = 0
        while first < last:
            first += DAY
            count += self.days.works(first, known)
        while first > last:
            first -= DAY
            count -= self.days.works(first, known)
        return count


def _day(text: str) -> date:
    return date.fromisoformat(text)
