"""An explanation tells every day from the receipt to the end, whatever stands between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from onestop_core import deadlines, workdays
from onestop_core.deadlines import WorkingHours

OFFICE = WorkingHours.parse("07:30-11:30, 13:30-17:00")


LIMITS = [
    "1 working day",
    "4 working days",
    "3 days",
    "2 weeks",
    "1 month",
    "4 working days + 0.5 working days",
    "within the day",
]


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize(
    "hours", [None, WorkingHours.parse("07:30-11:30, 13:30-17:00"), WorkingHours.parse("08:00-09:00")]
)
@pytest.mark.parametrize("received", ["2026-02-09T09:00", "2026-03-02T16:30", "2026-04-24T08:00", "2026-03-07T10:00"])
@pytest.mark.parametrize("wait", [None, (0, 30), (1, 60), (4, 59), (4, 60), (4, 300), (10, 200)])
def test_every_day_from_the_receipt_to_the_end_is_told_once(
    limit: str, hours: WorkingHours | None, received: str, wait: tuple[int, int] | None
) -> None:
    at = datetime.fromisoformat(f"{received}+07:00")
    pauses = [] if wait is None else [(at + timedelta(days=wait[0]), at + timedelta(days=wait[0], hours=wait[1]))]
    calendar = workdays.calendar("vn-civil")
    found = deadlines.due(
        at, deadlines.TimeLimit.parse(limit), calendar=calendar, hours=hours or OFFICE, pauses=pauses, explain=True
    )
    told = [step.date for step in found.steps]
    assert told == sorted(told)
    assert (told[0], told[-1], found.steps[-1].what) == (at.date(), found.day, deadlines.terms.StepKind.DUE)
    if "month" not in limit:
        assert set(told) == {at.date() + timedelta(days=n) for n in range((found.day - at.date()).days + 1)}
