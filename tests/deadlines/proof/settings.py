"""What a log is counted in: calendars, office hours, limits and policies, each as the library has it and slowly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import attrs

from onestop_core import workdays
from onestop_core.deadlines import Policies, TimeLimit, WorkingHours
from onestop_core.deadlines.terms import WorkingCalendar
from tests.conformance.slow_workdays import IN_LIEU_OR_SWAPPED, TypedDays
from tests.deadlines.slow import SlowCalendar

DAY: Final = timedelta(days=1)
SLOW: Final = TypedDays()
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
AS_IT_STOOD: Final = date(2025, 12, 24)
"""The day before the swap of 2 January 2026 was announced."""


@attrs.frozen
class Days:
    """A calendar, and slowly: on which days one works, which days off are holidays to article 148 of the Civil Code."""

    kind: str
    calendar: WorkingCalendar
    works: Callable[[date], bool]
    holiday: Callable[[date], bool]
    replaces: dict[date, date]
    """Of a weekend day worked: the day off for which it is."""


def _official(known: date | None) -> Callable[[date], bool]:
    return cache(lambda day: SLOW.works(day, known))


IN_LIEU_AS_EXPECTED: Final = {"2027-02-10", "2027-05-03"}
"""Days in lieu of 2027 as the law let expect before that year was announced, in which the days of Tết were others."""
IN_LIEU_IN_2028: Final = frozenset({"2028-01-03", "2028-05-02", "2028-09-04"})
"""Of 1 January, 30 April and 2 September, which fall on weekends; nobody has announced that year."""


def _in_law(known: date | None) -> Callable[[date], bool]:
    @cache
    def holiday(day: date) -> bool:
        expected = known is not None and day.year == 2027
        other = IN_LIEU_AS_EXPECTED if expected else IN_LIEU_OR_SWAPPED
        moved = day.isoformat() in other or day.isoformat() in IN_LIEU_IN_2028
        return day.weekday() < 5 and not SLOW.works(day, known) and not moved

    return holiday


MADE_UP: Final = {
    date(2024, 5, 4): date(2024, 4, 29),
    date(2025, 4, 26): date(2025, 5, 2),
    date(2026, 1, 10): date(2026, 1, 2),
    date(2026, 8, 22): date(2026, 8, 31),
}


def _decided(number: int) -> Days:
    """A local decision of random days off and Saturdays worked for some of them, near one another."""
    chance = Random(f"decision {number}")
    start = date(2024, 2, 1) + timedelta(days=chance.randrange(900))
    near = [start + n * DAY for n in range(40)]
    weekdays = [day for day in near if SLOW.works(day) and day.weekday() < 5]
    off = sorted(chance.sample(weekdays, chance.randint(2, 6)))
    saturdays = [day for day in near if day.weekday() == 5 and not SLOW.works(day)]
    worked = dict(zip(sorted(chance.sample(saturdays, chance.randint(1, 2))), off, strict=False))
    name = {"vi": "Ngày của tỉnh", "en": "A day of the province"}
    decision = {
        "schema_version": "1.0",
        "kind": "local",
        "id": f"H{number}",
        "territory": "H26",
        "issuer": {"vi": "UBND tỉnh", "en": "The province"},
        "announced_on": (start - 30 * DAY).isoformat(),
        "bases": {"d": {"instrument": f"Quyết định {number}/QĐ-UBND", "firmness": "read"}},
        "days_off": [{"date": f"{day}", "kind": "local_off", "basis": "d", "name": name} for day in off],
        "makeup_workdays": [
            {"date": f"{day}", "replaces": f"{given}", "basis": "d", "name": name} for day, given in worked.items()
        ],
    }
    return Days(
        "local decision",
        workdays.calendar("vn-civil").with_decisions(decision),
        cache(lambda day: day in worked or (day not in off and SLOW.works(day))),
        _in_law(None),
        {**MADE_UP, **worked},
    )


def _of_a_host(number: int) -> Days:
    """A calendar that is none of the library's: any object that answers."""
    chance = Random(f"host {number}")
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days)]
    off = {
        day: chance.choice(["holiday", "tet", "swap_off", "day_in_lieu"])
        for day in chance.sample(days, len(days) // 12)
    }
    made_up: dict[date, date | None] = {
        day: chance.choice([None, day + 2 * DAY]) for day in chance.sample(days, 30) if day.weekday() >= 5
    }
    calendar = SlowCalendar(off=off, made_up=made_up)
    return Days(
        "host's own",
        calendar,
        calendar.is_workday,
        lambda day: off.get(day) in {"holiday", "tet"},
        {day: given for day, given in made_up.items() if given is not None},
    )


@cache
def calendars() -> tuple[tuple[Days, ...], ...]:
    """The calendars, those of a kind together."""
    civil = Days("civil", workdays.calendar("vn-civil"), _official(None), _in_law(None), MADE_UP)
    then = workdays.calendar("vn-civil", as_of=AS_IT_STOOD)
    return (
        (civil,),
        (Days("as it stood", then, _official(AS_IT_STOOD), _in_law(AS_IT_STOOD), MADE_UP),),
        tuple(_decided(number) for number in range(24)),
        tuple(_of_a_host(number) for number in range(6)),
    )


Written = list[list[tuple[str, str]]]
"""The sessions from Monday to Sunday, as text."""


@attrs.frozen
class Office:
    """Office hours, and slowly: the sessions of a day from what was written."""

    kind: str
    hours: WorkingHours | None
    week: Written
    season: tuple[str, str, Written] | None = None
    """From a month and day to another one, also over New Year."""
    own_weekday: bool = False
    """Whether a weekend day worked has its own hours, not those of the day for which it is."""

    def sessions(self, day: date, days: Days) -> list[tuple[time, time | None]]:
        """The sessions of a day; the closing None is 24:00."""
        if not days.works(day):
            return []
        weekday = day.weekday()
        if weekday >= 5 and not self.own_weekday:
            given = days.replaces.get(day)
            weekday = given.weekday() if given is not None and given.weekday() < 5 else 0
        week = self.week
        if self.season is not None:
            first, last, other = self.season
            now = f"{day:%m-%d}"
            inside = first <= now <= last if first <= last else now >= first or now <= last
            week = other if inside else week
        return [
            (time.fromisoformat(opens), None if closes == "24:00" else time.fromisoformat(closes))
            for opens, closes in week[weekday]
        ]


def _same(*sessions: tuple[str, str]) -> Written:
    return [list(sessions)] * 5 + [[], []]


def _document(week: Written, season: tuple[str, str, Written] | None, make_up: str) -> WorkingHours:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    def written(of: Written) -> dict[str, list[str]]:
        return {name: ["-".join(each) for each in day] for name, day in zip(names, of, strict=True) if day}

    document: dict[str, Any] = {"schema_version": "1.0", "week": written(week), "make_up": make_up}
    if season is not None:
        document["seasons"] = [{"first": season[0], "last": season[1], "week": written(season[2])}]
    return WorkingHours.from_document(document)


def _offices() -> tuple[Office, ...]:
    packaged = _same(("07:00", "11:30"), ("13:30", "17:00"))
    even = _same(("07:30", "11:30"), ("13:30", "17:00"))
    night = _same(("08:00", "12:00"), ("20:00", "24:00"))
    short = _same(("08:00", "12:00"))
    uneven: Written = [*even[:4], [("08:00", "11:00")], [("08:00", "10:15")], []]
    winter: Written = [*even[:4], [("09:00", "12:00"), ("13:00", "24:00")], [], []]
    return (
        Office("none", None, packaged),
        Office("even", WorkingHours.parse("07:30-11:30, 13:30-17:00"), even),
        Office("to midnight", WorkingHours.parse("08:00-12:00, 20:00-24:00"), night),
        Office("mornings", WorkingHours.parse("08:00-12:00"), short),
        Office("uneven", _document(uneven, None, "replaced_day"), uneven),
        Office(
            "seasons",
            _document(uneven, ("11-15", "03-10", winter), "own_weekday"),
            uneven,
            ("11-15", "03-10", winter),
            True,
        ),
    )


OFFICES: Final = _offices()
POLICIES: Final = tuple(
    Policies(end_on_day_off=end, late_receipt=late)
    for end in ("next_working_day", "strict_civil_code", "none")
    for late in ("same_day_limits", "every_limit", "no_limit")
)
STANDARD: Final = POLICIES[0]

UNITS: Final = (
    *("working days", "working days", "working hours", "hours", "days", "weeks", "months", "year"),
    *("within the day", "immediately", "half working days", "half days", "zero", "chain"),
)


def amount_of(unit: str, chance: Random) -> str:
    """A limit of that unit, as ``TimeLimit.parse`` reads it."""
    number = chance.choice
    match unit:
        case "working days":
            return _said(number((1, 2, 3, 5, 7, 10, 15, 20)), "working day")
        case "working hours":
            return _said(number((1, 4, 8, 16, 40, "0.25", "1.5")), "working hour")
        case "hours":
            return _said(number((1, 2, 24, 48, 100, "0.5")), "hour")
        case "days":
            return _said(number((1, 3, 7, 10, 15, 30)), "day")
        case "weeks":
            return _said(number((1, 2, 4)), "week")
        case "months":
            return _said(number((1, 2, 3, 6)), "month")
        case "year":
            return "1 year"
        case "half working days":
            return f"{number(('0.5', '1.5', '0.25', '2.75', '4.01'))} working days"
        case "half days":
            return f"{number(('0.5', '1.5', '0.25', '6.75'))} days"
        case "zero":
            return f"0 {number(('working days', 'working hours', 'hours', 'days'))}"
        case "chain":
            kinds = chance.choices([each for each in UNITS if each not in {"chain", "year", "months"}], k=2)
            return " + ".join(amount_of(each, chance) for each in [*kinds, *chance.choices(["days", "zero"], k=1)])
        case _:
            return unit


def _said(number: int | str, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


@cache
def limit_of(text: str) -> TimeLimit:
    return TimeLimit.parse(text)
