"""Working days again, slowly: the typed official table, the days of the notices, and walking day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh import days
from tests.workdays.slow import OFFICIAL, days_named

DAY: Final = timedelta(days=1)
FIRST, LAST = date(2012, 1, 1), date(2050, 12, 31)

# The day of the notice that fixed the year; 1 January of the year where no source tells it.
KNOWN: Final = {
    2012: "2011-12-27",
    2013: "2012-11-23",
    2014: "2013-12-18",
    2015: "2014-12-15",
    2016: "2015-11-13",
    2017: "2016-11-24",
    2019: "2018-08-06",
    2021: "2020-11-27",
    2022: "2022-01-11",
    2023: "2022-12-08",
    2025: "2024-11-26",
    2026: "2025-10-13",
    2027: "2026-10-02",
}

# Announced apart from the notice of its year: the day of the announcement, the day off, the Saturday worked.
APART: Final = (
    ("2012-11-23", "2012-12-31", "2013-01-05"),
    ("2014-12-15", "2015-01-02", "2014-12-27"),
    ("2018-08-06", "2018-12-31", "2019-01-05"),
    ("2024-04-12", "2024-04-29", "2024-05-04"),
    ("2025-12-25", "2026-01-02", "2026-01-10"),
)
CULTURE_ADOPTED: Final = date(2026, 4, 24)

# First day of Tết and the tenth of the third lunar month, from an almanac.
LUNAR: Final = {
    2025: ("2025-01-29", "2025-04-07"),
    2026: ("2026-02-17", "2026-04-26"),
    2027: ("2027-02-06", "2027-04-16"),
    2028: ("2028-01-26", "2028-04-04"),
    2029: ("2029-02-13", "2029-04-23"),
    2030: ("2030-02-02", "2030-04-12"),
    2031: ("2031-01-23", "2031-04-01"),
}


def weekday(day: date) -> bool:
    return day.weekday() < 5


def free(off: set[date], day: date, step: timedelta) -> date:
    """The nearest weekday in one direction that is not off already."""
    while not weekday(day) or day in off:
        day += step
    return day


def predicted(year: int, as_of: date | None) -> set[date]:
    """The weekdays off that law and habit let expect in a year from 2021 on, made-up days apart."""
    first_of_tet, hung_kings = (date.fromisoformat(text) for text in LUNAR[year])
    national = date(year, 9, 2)
    # Of the two neighbours the one that makes the longer row of days off, as announced 2021 to 2027.
    beside = national + (DAY if national.strftime("%w") in {"1", "4", "0"} else -DAY)
    one_day = [date(year, 1, 1), hung_kings, date(year, 4, 30), date(year, 5, 1), national]
    off = {*one_day, beside}
    if as_of is None or as_of >= CULTURE_ADOPTED:
        off.add(date(year, 11, 24))  # no day in lieu for it
    tet = [first_of_tet + n * DAY for n in range(-1, 4)]
    off |= set(tet)
    for day in tet:
        if not weekday(day):
            off.add(free(off, day, -DAY if day.weekday() == 5 else DAY))
    for day in sorted(one_day):
        if not weekday(day):
            off.add(free(off, day, DAY))
    return {day for day in off if weekday(day)}


def known_from(year: int) -> date:
    return date.fromisoformat(KNOWN.get(year, f"{year}-01-01"))


# Days off of which art. 148 does not speak, by its wording: days in lieu and swapped days off, and no weekend.
IN_LIEU_OR_SWAPPED: Final = """
    2012-01-02 2012-01-26 2012-01-27 2012-04-02 2012-09-03 2012-12-31 2013-02-13 2013-02-14
    2013-02-15 2013-04-29 2014-01-28 2014-01-29 2014-02-04 2014-02-05 2014-05-02 2014-09-01
    2015-01-02 2015-02-16 2015-02-23 2015-04-29 2016-02-12 2016-04-18 2016-05-02 2016-05-03
    2017-01-02 2017-01-31 2017-02-01 2017-05-02 2017-09-04 2018-02-19 2018-02-20 2018-09-03
    2018-12-31 2019-04-15 2019-04-29 2020-01-28 2020-01-29 2021-02-15 2021-02-16 2021-05-03
    2022-01-03 2022-04-11 2022-05-02 2022-05-03 2023-01-02 2023-01-25 2023-01-26 2023-05-02
    2023-05-03 2023-09-04 2024-02-13 2024-02-14 2024-04-29 2025-05-02 2026-01-02 2026-04-27
    2026-08-31 2027-02-09 2027-02-10 2027-05-03
"""


class TypedDays:
    """The calendar, typed from the facts, with what law and habit let expect of years that nobody had announced."""

    def __init__(self) -> None:
        self.years: dict[tuple[int, date | None], tuple[set[date], set[date]]] = {}

    def exceptions(self, year: int, as_of: date | None) -> tuple[set[date], set[date]]:
        """Weekdays off and Saturdays worked of a year, by what was known."""
        if (year, as_of) not in self.years:
            self.years[year, as_of] = self.find(year, as_of)
        return self.years[year, as_of]

    def find(self, year: int, as_of: date | None) -> tuple[set[date], set[date]]:
        official = year in OFFICIAL and (as_of is None or as_of >= known_from(year))
        if official:
            off, worked = days_named(year, OFFICIAL[year][0]), days_named(year, OFFICIAL[year][1])
        else:
            off, worked = predicted(year, as_of), set()
        for announced, day_off, saturday in APART:
            if as_of is not None and as_of < date.fromisoformat(announced):
                off.discard(date.fromisoformat(day_off))
                worked.discard(date.fromisoformat(saturday))
                continue
            off |= {day for day in (date.fromisoformat(day_off),) if day.year == year}
            worked |= {day for day in (date.fromisoformat(saturday),) if day.year == year}
        if official and as_of is not None and as_of < CULTURE_ADOPTED:
            off.discard(date(year, 11, 24))
        return off, worked

    def works(self, day: date, known: date | None = None) -> bool:
        if not FIRST <= day <= LAST:
            raise Refusal("calendar-coverage")
        off, worked = self.exceptions(day.year, known)
        return day in worked or (weekday(day) and day not in off)

    def made_up(self, day: date) -> bool:
        return day.isoformat() in IN_LIEU_OR_SWAPPED

    def announced(self, year: int, known: date | None = None) -> bool:
        return year in OFFICIAL and (known is None or known >= known_from(year))


class SlowWorkdays(days.SlowWorkdays):
    """The area ``workdays`` over the typed calendar."""

    def __init__(self) -> None:
        super().__init__(TypedDays())
