"""Deadlines whose whole explanation is held: one for each way of counting."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from onestop_core import workdays
from onestop_core.deadlines import Deadline, TimeLimit, WorkingHours, due

HOURS: Final = WorkingHours.parse("07:30-11:30, 13:30-17:00")

SCENARIOS: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "across-tet": ("2026-02-12T09:30", "5 working days", {}),
    "predicted-year": ("2028-01-20T09:30", "5 working days", {}),
    "received-on-a-saturday-with-hours": ("2026-03-07T10:00", "2 working days", {"hours": HOURS}),
    "with-a-pause": (
        "2026-03-02T09:00",
        "5 working days",
        {"pauses": (("2026-03-04T09:00", "2026-03-10T09:00"), ("2026-03-10T09:00", "2026-03-11T09:00"))},
    ),
    "with-an-open-pause": ("2026-03-02T09:00", "5 working days", {"pauses": (("2026-03-04T09:00", None),)}),
    "hours-over-lunch-and-weekend": ("2026-03-06T10:00", "8 working hours", {"hours": HOURS}),
    "hours-with-a-pause": (
        "2026-03-06T10:00",
        "8 working hours",
        {"hours": HOURS, "pauses": (("2026-03-06T14:00", "2026-03-09T09:00"),)},
    ),
    "hours-with-a-pause-of-whole-days": (
        "2026-03-06T10:00",
        "8 working hours",
        {
            "hours": HOURS,
            "pauses": (("2026-03-06T07:00", "2026-03-06T08:00"), ("2026-03-06T11:30", "2026-03-10T13:30")),
        },
    ),
    "days-with-hours": ("2026-03-02T10:00", "10 days", {"hours": HOURS}),
    "month-with-hours": ("2026-01-30T10:00", "1 month", {"hours": HOURS}),
    "days-with-hours-and-a-pause": (
        "2026-03-02T10:00",
        "3 days",
        {"hours": HOURS, "pauses": (("2026-03-03T10:00", "2026-03-05T10:00"),)},
    ),
    "days-with-a-pause-to-a-weekend": (
        "2026-03-02T10:00",
        "3 days",
        {
            "hours": HOURS,
            "pauses": (("2026-03-03T10:00", "2026-03-05T10:00"), ("2026-03-06T10:00", "2026-03-06T11:00")),
        },
    ),
    "working-days-with-hours-and-a-pause": (
        "2026-03-02T10:00",
        "2 working days",
        {"hours": HOURS, "pauses": (("2026-03-03T10:00", "2026-03-04T10:00"),)},
    ),
    "month-with-hours-and-a-pause": (
        "2026-02-02T10:00",
        "1 month",
        {"hours": HOURS, "pauses": (("2026-02-10T10:00", "2026-02-12T10:00"),)},
    ),
    "two-linked": ("2026-03-02T09:00", "2 working days + 3 working days", {}),
    "half-a-day": ("2026-03-06T16:00", "0.5 working days", {"hours": HOURS}),
    "within-the-day": ("2026-03-06T10:00", "within the day", {}),
    "within-the-day-after-15": ("2026-03-06T15:01", "within the day", {}),
    "immediately": ("2026-03-06T10:00", "immediately", {"hours": HOURS}),
    "days-that-end-on-a-holiday": ("2026-02-06T10:00", "11 days", {}),
    "days-that-end-on-a-holiday-and-stay": ("2026-02-06T10:00", "11 days", {"end_on_day_off": "none"}),
    "days-strictly-by-the-civil-code": ("2026-08-21T10:00", "10 days", {"end_on_day_off": "strict_civil_code"}),
    "days-received-late": ("2026-03-06T15:30", "10 days", {"late_receipt": "every_limit"}),
    "month-without-corresponding-day": ("2026-01-31T10:00", "1 month", {}),
    "a-year": ("2024-02-29T10:00", "1 year", {}),
    "linked": ("2026-03-02T09:00", "3 working days + 5 days + 8 working hours", {}),
}


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+07:00")


def counted(name: str) -> Deadline:
    received, limit, options = SCENARIOS[name]
    pauses = tuple((moment(first), moment(last)) for first, last in options.get("pauses", ()))
    at = moment(received)
    assert at is not None
    return due(
        at,
        TimeLimit.parse(limit),
        calendar=workdays.calendar("vn-civil"),
        explain=True,
        **{**options, "pauses": pauses},
    )
