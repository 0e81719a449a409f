"""Which appointments a decision moves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.workdays import Appointment, calendar, impact

BEFORE = calendar("vn-civil", as_of=date(2025, 12, 24))
AFTER = calendar("vn-civil", as_of=date(2025, 12, 25))


def test_the_swap_announced_on_25_december_2025_moves_what_fell_between() -> None:
    moved = impact(
        BEFORE,
        AFTER,
        [
            ("due on the day swapped off", date(2025, 12, 29), 3),
            ("counted across it, due before the Saturday", date(2025, 12, 29), 5),
            ("across both: unmoved", date(2025, 12, 29), 12),
            Appointment(id="after both", start=date(2026, 1, 12), working_days=2),
            Appointment(id="backwards", start=date(2026, 1, 12), working_days=-1),
        ],
    )
    assert [(each.id, each.before, each.after) for each in moved] == [
        ("due on the day swapped off", date(2026, 1, 2), date(2026, 1, 5)),
        ("counted across it, due before the Saturday", date(2026, 1, 6), date(2026, 1, 7)),
        ("backwards", date(2026, 1, 9), date(2026, 1, 10)),
    ]
    assert [[day.date for day in each.because] for each in moved] == [
        [date(2026, 1, 2)],
        [date(2026, 1, 2)],
        [date(2026, 1, 10)],
    ]
    assert moved[0].because[0].name.vi == "Nghỉ hoán đổi (làm bù 10/01/2026)"


def test_the_same_calendar_moves_nothing_and_nothing_is_counted_wrongly() -> None:
    assert impact(AFTER, AFTER, [("1", date(2026, 1, 1), 9)]) == ()
    with pytest.raises(InvalidValueError):
        impact(BEFORE, AFTER, [("1", "2026-01-01", 9)])  # type: ignore[list-item]
    for short in (("1", date(2026, 1, 1)), None, "abcd"):
        with pytest.raises(InvalidValueError, match="appointments: cannot use"):
            impact(BEFORE, AFTER, [short])  # type: ignore[list-item]
    for year in ("2026", None, 2026.0, True):
        with pytest.raises(InvalidValueError, match="year: cannot use"):
            AFTER.rows(year)  # type: ignore[arg-type]


@given(st.dates(date(2025, 12, 1), date(2026, 2, 1)), st.integers(-30, 30))
def test_an_appointment_is_listed_exactly_when_its_day_changes(start: date, n: int) -> None:
    moved = impact(BEFORE, AFTER, [("x", start, n)])
    assert bool(moved) is (BEFORE.add(start, n) != AFTER.add(start, n))
    for each in moved:
        assert each.because
        assert all(BEFORE.is_workday(day.date) is not day.is_workday for day in each.because)
        low, high = min(start, each.before, each.after), max(start, each.before, each.after)
        span = {low + timedelta(days=k) for k in range((high - low).days + 1)}
        assert {day.date for day in each.because} <= span
