"""Random deadlines and clocks, and the receipts of them: every unit, wait, extension, promise, policy, hours and calendar."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import Countdown, Policies, TimeLimit, WorkingHours, due
from onestop_core.deadlines.receipts.content import digest_of
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.model import Clock, LimitUnit, Phase

if TYPE_CHECKING:
    from tests.deadlines.slow import SlowCalendar

ZONE = timezone(timedelta(hours=7))
DECISION: dict[str, Any] = {
    "schema_version": "1.0",
    "kind": "local",
    "id": "H26-1",
    "territory": "H26",
    "issuer": {"vi": "UBND thành phố Hà Nội", "en": "Hanoi People's Committee"},
    "announced_on": "2026-01-05",
    "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
    "days_off": [
        {
            "date": "2026-03-11",
            "kind": "local_off",
            "basis": "d",
            "name": {"vi": "Nghỉ “chuyển” trụ sở", "en": "Moved\n"},
        }
    ],
    "makeup_workdays": [
        {"date": "2026-03-14", "replaces": "2026-03-11", "basis": "d", "name": {"vi": "Làm bù", "en": "Made up"}}
    ],
}
CALENDARS: dict[str, workdays.Calendar] = {
    "civil": workdays.calendar("vn-civil"),
    "as it stood": workdays.calendar("vn-civil", as_of=date(2025, 12, 24)),
    "announced only": workdays.calendar("vn-civil", predicted="refuse"),
    "local": workdays.calendar("vn-civil").with_decisions(DECISION),
}
WEEK: dict[str, list[str]] = {
    name: ["07:30-11:30", "13:30-17:00"] for name in ("monday", "tuesday", "wednesday", "thursday")
}
ODD_WEEK: dict[str, list[str]] = {**WEEK, "friday": ["08:00-11:00"], "saturday": ["08:00-10:15"]}
SEASONS: list[dict[str, Any]] = [
    {"first": "11-15", "last": "03-10", "week": {**WEEK, "friday": ["09:00-12:00", "13:00-24:00"]}},
    {"first": "08-01", "last": "08-31", "week": {**WEEK, "friday": ["06:00-12:00"]}},
]
HOURS: dict[str, WorkingHours | None] = {
    "none": None,
    "even": WorkingHours.parse("07:30-11:30, 13:30-17:00"),
    "to midnight": WorkingHours.parse("08:00-12:00, 20:00-24:00"),
    "seasons": WorkingHours.from_document(
        {
            "schema_version": "1.0",
            "name": {"vi": "Giờ của xã", "en": "Hours of the commune"},
            "week": ODD_WEEK,
            "make_up": "own_weekday",
            "seasons": SEASONS,
        }
    ),
}
AMOUNTS = {
    LimitUnit.WORKING_DAYS: st.integers(1, 30) | st.sampled_from(["0.5", "1.25", "2.01", "0"]),
    LimitUnit.WORKING_HOURS: st.integers(1, 60) | st.sampled_from(["0.5", "0.33", "0"]),
    LimitUnit.HOURS: st.integers(1, 100) | st.sampled_from(["0.25", "0"]),
    LimitUnit.DAYS: st.integers(1, 40) | st.sampled_from(["0.5", "3.75", "0"]),
    LimitUnit.WEEKS: st.integers(1, 6),
    LimitUnit.MONTHS: st.integers(1, 14),
    LimitUnit.YEARS: st.integers(1, 3),
}
STEPS = st.one_of(
    st.sampled_from(["within the day", "immediately"]),
    *(
        st.tuples(amounts.map(str), st.just(unit.value.replace("_", " "))).map(" ".join)
        for unit, amounts in AMOUNTS.items()
    ),
)


def limits(*, parts: bool) -> st.SearchStrategy[TimeLimit]:
    """Return chains of up to three steps; *parts*: also parts of working days, which need hours."""
    chains = st.lists(STEPS, min_size=1, max_size=3).map(" + ".join).map(_limit)
    return chains if parts else chains.filter(lambda limit: not _in_parts(limit))


def _limit(text: str) -> TimeLimit:
    return TimeLimit.parse(text.replace("1 working days", "1 working day").replace("1 working hours", "1 working hour"))


def _in_parts(limit: TimeLimit) -> bool:
    return any(step.unit is LimitUnit.WORKING_DAYS and step.amount.denominator != 1 for step in limit.steps)


POLICIES = st.builds(
    Policies,
    end_on_day_off=st.sampled_from(["next_working_day", "strict_civil_code", "none"]),
    late_receipt=st.sampled_from(["same_day_limits", "every_limit", "no_limit"]),
)
RECEIVED = st.one_of(
    st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 1), timezones=st.just(ZONE)),
    st.dates(date(2026, 1, 1), date(2026, 12, 1)).flatmap(
        lambda day: st.sampled_from(["07:00", "08:30", "11:30", "15:00", "15:01", "17:00", "23:59:59"]).map(
            lambda text: datetime.fromisoformat(f"{day}T{text}+07:00")
        )
    ),
)
GAPS = st.integers(0, 12 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)) | st.sampled_from(
    [timedelta(0), timedelta(days=1), timedelta(hours=1, microseconds=1)]
)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """Return a clock that was started and then went through random acts."""
    at = draw(RECEIVED)
    promises = st.integers(0, 30 * 24 * 60).map(lambda minutes: at + timedelta(minutes=minutes))
    clock = Clock().start(at, promise=draw(st.none() | promises))
    for act in draw(st.lists(st.sampled_from("wwwwrepmx"), max_size=8)):
        at = at + draw(GAPS)
        if act == "w":
            clock = clock.resume(at) if clock.phase is Phase.PAUSED else clock.pause(at)
        elif act == "r":
            clock = clock.restart(at)
        elif act == "e":
            clock = clock.extend(at, promise=at + draw(GAPS))
        elif act == "p":
            clock = clock.extend(at, by=draw(limits(parts=True)))
        elif act == "m":
            clock = clock.reschedule(at, promise=at + draw(GAPS), reason="bão")
        else:
            clock = clock.promise(at, promise=at + draw(GAPS))
    return clock


@st.composite
def receipts(draw: st.DrawFn, *, calendars: dict[str, Any] = CALENDARS) -> dict[str, Any]:
    """Return the receipt of a random clock, or of a deadline with pauses of any kind."""
    hours = draw(st.sampled_from(list(HOURS.values())))
    limit = draw(limits(parts=hours is not None))
    policies = draw(POLICIES)
    calendar = draw(st.sampled_from(list(calendars.values())))
    explain = draw(st.booleans())
    try:
        if draw(st.booleans()):
            count = Countdown(
                clock=draw(clocks()),
                limit=limit,
                calendar=calendar,
                hours=hours,
                policies=policies,
                known_until=draw(st.none() | RECEIVED),
                lifecycle=draw(st.none() | st.just("vn@decree-118-2025")),
            )
            return count.to_receipt(explain=explain)
        received = draw(RECEIVED)
        pauses = []
        for _ in range(draw(st.integers(0, 4))):
            start = received + draw(GAPS) - timedelta(days=2)
            gap = draw(st.none() | GAPS)
            pauses.append((start, None if gap is None else start + gap))
        deadline = due(
            received,
            limit,
            calendar=calendar,
            hours=hours,
            pauses=pauses,
            end_on_day_off=policies.end_on_day_off,
            late_receipt=policies.late_receipt,
        )
        return deadline.to_receipt(explain=explain)
    except (CalendarCoverageError, InvalidValueError):
        return draw(st.nothing())


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where the leaves, the empty lists and the whole rows of lists stand in *document*."""
    if isinstance(document, dict) and document:
        return [place for key, value in document.items() for place in places(value, (*path, key))]
    if isinstance(document, list) and document:
        rows = [(*path, index) for index in range(len(document))]
        return rows + [place for index, value in enumerate(document) for place in places(value, (*path, index))]
    return [path]


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy of *document* with *value* at *path*; a row of a list taken out where *value* is ``...``."""
    copied = copy.deepcopy(document)
    inner = copied
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copied


def sealed_again(document: dict[str, Any]) -> dict[str, Any]:
    """Return *document* with its digests put right, as somebody would who changed it on purpose."""
    copied = copy.deepcopy(document)
    copied["calendar"]["digest"] = digest_of(copied["calendar"])
    copied["digest"] = digest_of(copied)
    return copied


def changed_until(calendar: SlowCalendar, day: str) -> SlowCalendar:
    """Return *calendar*, announced until *day* only."""
    return attrs.evolve(calendar, announced_until=date.fromisoformat(day))
