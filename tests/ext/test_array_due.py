"""Columns of moments are dated as one moment is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.deadlines import TimeLimit, WorkingHours
from onestop_core.deadlines.terms.law import editions
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.ext import arrays
from onestop_core.ext._columns import array_due
from onestop_core.workdays import calendar
from tests.ext.due_questions import CAL, EVEN, LIMITS, MOMENTS, OFFICES, POLICIES, dues


def column(received: list[datetime | None]) -> Any:
    plain = [None if at is None else at.astimezone(UTC).replace(tzinfo=None) for at in received]
    return np.array(plain, dtype="datetime64[us]")


@given(
    received=st.lists(st.none() | MOMENTS, max_size=12),
    limit=st.sampled_from(LIMITS),
    hours=OFFICES,
    policies=POLICIES,
)
def test_a_column_is_dated_as_one_by_one(
    received: list[datetime | None], limit: str, hours: WorkingHours, policies: dict[str, Any]
) -> None:
    found = arrays.due(CAL, column(received), TimeLimit.parse(limit), hours=hours, **policies)
    expected = column(dues(received, limit, hours=hours, **policies))
    assert found.tolist() == expected.tolist()


@given(
    received=st.lists(MOMENTS, max_size=6),
    limit=st.sampled_from(["8 working hours", "5 working days", "within the day"]),
)
def test_without_hours_the_packaged_ones_count_and_days_end_at_24(received: list[datetime | None], limit: str) -> None:
    assert arrays.due(CAL, column(received), TimeLimit.parse(limit)).tolist() == column(dues(received, limit)).tolist()


def test_the_shape_stays() -> None:
    received = column([datetime(2026, 3, 2, 2, tzinfo=UTC), None] * 3).reshape(3, 2)
    found = arrays.due(CAL, received, TimeLimit.parse("24 hours"))
    assert found.shape == (3, 2)
    assert found[2, 0] == np.datetime64("2026-03-03T02:00")
    assert np.isnat(found[:, 1]).all()
    assert (
        np.isnat(arrays.due(CAL, np.datetime64("NaT", "us") + np.zeros((2, 0), int), TimeLimit.parse("1 day"))).size
        == 0
    )


def test_before_the_zone_was_one_moments_are_asked_one_by_one() -> None:
    early = [
        datetime(1970, 5, 4, 12, tzinfo=UTC),
        datetime(1975, 6, 12, 20, tzinfo=UTC),
        datetime(1980, 1, 1, tzinfo=UTC),
    ]
    for limit in ("24 hours", "0.5 days", "2 days", "1 month"):
        found = arrays.due(CAL, column([*early]), TimeLimit.parse(limit), end_on_day_off="none")
        assert found.tolist() == column(dues([*early], limit, end_on_day_off="none")).tolist()


@pytest.mark.parametrize("limit", ["1 working hour", "0.5 working days", "2 working days"])
@pytest.mark.parametrize("at", ["1990-05-07T03:00", "2011-12-30T03:00", "2050-12-31T12:00", "2051-03-01T03:00"])
def test_what_the_calendar_does_not_cover_is_refused(at: str, limit: str) -> None:
    received = np.array(["2026-03-02T02:00", at], dtype="datetime64[us]")
    with pytest.raises(CalendarCoverageError, match="it covers 2012-01-01"):
        arrays.due(CAL, received, TimeLimit.parse(limit), hours=EVEN)


def test_days_that_are_only_predicted_can_be_refused() -> None:
    received = np.array(["2027-12-31T03:00"], dtype="datetime64[us]")
    with pytest.raises(CalendarCoverageError):
        arrays.due(calendar("vn-civil", predicted="refuse"), received, TimeLimit.parse("9 working hours"))


@pytest.mark.parametrize(
    "received",
    [
        np.array(["2026-03-02"], dtype="datetime64[D]"),
        np.array(["2026-03-02T02:00"], dtype="datetime64[s]"),
        np.array([1, 2]),
        [datetime(2026, 3, 2)],
        np.datetime64("2026-03-02T02:00", "us"),
        None,
        np.ma.masked_array(np.array(["2026-03-02T02:00"], dtype="datetime64[us]"), [True]),
    ],
)
def test_what_is_no_column_of_moments_is_refused(received: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"received: .*datetime64\[us\] array in UTC"):
        arrays.due(CAL, received, TimeLimit.parse("5 days"))


def test_moments_that_no_calendar_has_are_refused() -> None:
    received = np.array([2**62], np.int64).view("datetime64[us]")
    with pytest.raises(InvalidValueError, match="a moment from the year 1 to 9999"):
        arrays.due(CAL, received, TimeLimit.parse("5 working days"))


def test_a_limit_and_a_calendar_are_asked_for() -> None:
    received = np.array(["2026-03-02T02:00"], dtype="datetime64[us]")
    with pytest.raises(InvalidValueError, match="limit"):
        arrays.due(CAL, received, "5 working days")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="calendar"):
        arrays.due("vn-civil", received, TimeLimit.parse("5 days"))  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="part of a day"):
        arrays.due(CAL, received, TimeLimit.parse("0.5 working days"))
    with pytest.raises(InvalidValueError, match="end_on_day_off"):
        arrays.due(CAL, received, TimeLimit.parse("5 days"), end_on_day_off="never")


def test_where_editions_differ_in_the_hours_of_a_day_a_part_of_it_is_asked_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(array_due, "_hours_of_a_working_day", lambda: None)
    received = [datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=5 * n) for n in range(20)]
    found = arrays.due(CAL, column([*received]), TimeLimit.parse("0.5 working days"), hours=EVEN)
    assert found.tolist() == column(dues([*received], "0.5 working days", hours=EVEN)).tolist()


def test_every_edition_has_the_same_hours_in_a_working_day_so_far() -> None:
    assert {editions.pinned(each).parameters.hours_in_a_working_day for each in editions.ids()} == {8}
