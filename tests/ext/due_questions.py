"""Random questions about due moments: every kind of limit, moments on the edges of a day, offices of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import TimeLimit, WorkingHours, due

CAL: Final = workdays.calendar("vn-civil")
EVEN: Final = WorkingHours.parse("07:30-11:30, 13:30-17:00")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
_SUMMER: Final = {day: ["07:00-11:30", "14:00-17:30"] for day in _WEEKDAYS}
UNEVEN: Final = WorkingHours.from_document(
    {
        "schema_version": "1.0",
        "week": {
            **{day: ["07:00-11:30", "13:30-17:00"] for day in _WEEKDAYS},
            "monday": ["08:00-12:00", "13:00-24:00"],
            "saturday": ["08:00-11:00"],
        },
        "make_up": "own_weekday",
        "seasons": [{"first": "04-15", "last": "10-15", "week": _SUMMER}],
    }
)
"""A long Monday, Saturdays that count where they are made up, and a summer."""
OFFICES: Final = st.sampled_from([EVEN, UNEVEN])
LIMITS: Final = (
    "1 working day",
    "15 working days",
    "0 working days",
    "0.5 working days",
    "1.5 working days",
    "8 working hours",
    "0.25 working hours",
    "0 hours",
    "24 giờ",
    "02 ngày",
    "0.25 days",
    "1.5 days",
    "2 tuần",
    "1 month",
    "1 year",
    "within the day",
    "ngay",
    "5 working days + 1.5 working days",
    "2 working days + within the day",
    "4 hours + 2 days + 3 working hours",
    "0.5 working days + within the day",
    "0.5 days + 1 working hour",
)
POLICIES: Final = st.fixed_dictionaries(
    {
        "end_on_day_off": st.sampled_from(["next_working_day", "strict_civil_code", "none"]),
        "late_receipt": st.sampled_from(["same_day_limits", "every_limit", "no_limit"]),
    }
)
SECOND: Final = 1_000_000
EDGES: Final = [
    hours * 3600 * SECOND + near
    for hours in (0, 7, 7.5, 11.5, 12, 13.5, 15, 17, 17.5, 24)
    for near in (-SECOND, -SECOND + 1, -1, 0, 1)
    if 0 <= hours * 3600 * SECOND + near < 24 * 3600 * SECOND
]
MOMENTS: Final = st.builds(
    lambda day, into: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(days=day, hours=-7, microseconds=int(into)),
    st.integers(0, 420),
    st.sampled_from(EDGES) | st.integers(0, 24 * 3600 * SECOND - 1),
)


def dues(received: list[datetime | None], limit: str, **options: Any) -> list[datetime | None]:
    """Return what the library says, one by one."""
    return [None if at is None else due(at, TimeLimit.parse(limit), calendar=CAL, **options).at for at in received]
