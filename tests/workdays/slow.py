"""The calendar again, slowly and obviously: the official table typed from the facts, and loops over days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.workdays import Calendar

# Year: weekdays off; Saturdays worked; working days of the year.
OFFICIAL: Final[dict[int, tuple[str, str, int]]] = {
    2012: ("01-02 01-23..27 04-02 04-30 05-01 09-03 12-31", "02-04", 251),
    2013: ("01-01 02-11..15 04-19 04-29 04-30 05-01 09-02", "01-05 02-23 05-04", 253),
    2014: (
        "01-01 01-28..31 02-03..05 04-09 04-30 05-01 05-02 09-01 09-02",
        "01-25 02-08 04-26 09-06 12-27",
        252,
    ),
    2015: ("01-01 01-02 02-16..20 02-23 04-28..30 05-01 09-02", "02-14 04-25", 250),
    2016: ("01-01 02-08..12 04-18 05-02 05-03 09-02", "", 251),
    2017: ("01-02 01-26 01-27 01-30 01-31 02-01 04-06 05-01 05-02 09-04", "", 250),
    2018: ("01-01 02-14..16 02-19 02-20 04-25 04-30 05-01 09-03 12-31", "", 250),
    2019: ("01-01 02-04..08 04-15 04-29 04-30 05-01 09-02", "01-05 05-04", 252),
    2020: ("01-01 01-23 01-24 01-27..29 04-02 04-30 05-01 09-02", "", 252),
    2021: ("01-01 02-10..12 02-15 02-16 04-21 04-30 05-03 09-02 09-03", "", 250),
    2022: ("01-03 01-31 02-01..04 04-11 05-02 05-03 09-01 09-02", "", 249),
    2023: ("01-02 01-20 01-23..26 05-01..03 09-01 09-04", "", 249),
    2024: ("01-01 02-08 02-09 02-12..14 04-18 04-29 04-30 05-01 09-02 09-03", "05-04", 251),
    2025: ("01-01 01-27..31 04-07 04-30 05-01 05-02 09-01 09-02", "04-26", 250),
    2026: ("01-01 01-02 02-16..20 04-27 04-30 05-01 08-31 09-01 09-02 11-24", "01-10 08-22", 249),
    2027: ("01-01 02-04 02-05 02-08..10 04-16 04-30 05-03 09-02 09-03 11-24", "", 249),
}


def days_named(year: int, text: str) -> set[date]:
    """Read ``02-16..20`` as the days from 16 to 20 February."""
    found: set[date] = set()
    for part in text.split():
        first, _, last = part.partition("..")
        month, day = map(int, first.split("-"))
        found |= {date(year, month, number) for number in range(day, int(last or day) + 1)}
    return found


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


class Slow:
    """A calendar that knows its working days as a set and counts by walking."""

    def __init__(self, fast: Calendar) -> None:
        first, last = fast.coverage.first, fast.coverage.last
        assert first is not None
        assert last is not None
        self.worked: set[date] = set()
        for year in range(first.year, last.year + 1):
            special = {row.date: row.kind.value in {"makeup", "local_working"} for row in fast.rows(year)}
            self.worked |= {day for day in days_of(year) if special.get(day, day.weekday() < 5)}

    def add(self, day: date, n: int) -> date:
        if n == 0:
            while day not in self.worked:
                day += timedelta(days=1)
        step = timedelta(days=1 if n > 0 else -1)
        for _ in range(abs(n)):
            day += step
            while day not in self.worked:
                day += step
        return day

    def count(self, start: date, end: date) -> int:
        days = 0
        if start <= end:
            while start < end:
                start += timedelta(days=1)
                days += start in self.worked
            return days
        while start > end:
            start -= timedelta(days=1)
            days -= start in self.worked
        return days
