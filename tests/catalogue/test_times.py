"""Time limits compared where every calendar agrees, against calendars that are tried."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, workdays
from onestop_core.catalogue.values.times import order
from onestop_core.model import HO_CHI_MINH, TimeLimit

CALENDAR = workdays.calendar("vn-civil")


@pytest.mark.parametrize(
    ("old", "new", "longer"),
    [
        ("15 days", "15 working days", 1),
        ("15 working days", "15 days", -1),
        ("15 days", "16 working days", 1),
        ("6 days", "6 working days", None),
        ("6 days", "7 working days", 1),
        ("15 days", "5 working days", None),
        ("1 month", "31 working days", 1),
        ("1 month", "30 working days", None),
        ("1 month", "32 days", 1),
        ("1 month", "30 days", None),
        ("1 month", "27 days", -1),
        ("2 weeks", "14 days", 0),
        ("2 weeks", "15 days", 1),
        ("1 year", "12 months", 0),
        ("1 year", "11 months", -1),
        ("24 hours", "3 days", 1),
        ("24 hours", "1 day", None),
        ("24 hours", "3 working days", 1),
        ("3 days", "24 hours", -1),
        ("1 day", "100 hours", None),
        ("8 working hours", "2 days", None),
        ("immediately", "2 hours", 1),
        ("5 working days", "2 working days + 2 days", None),
    ],
)
def test_what_every_calendar_says_is_said(old: str, new: str, longer: int | None) -> None:
    assert order(TimeLimit.parse(old), TimeLimit.parse(new)) == longer


LIMITS = st.builds(
    TimeLimit.of, st.integers(1, 40), st.sampled_from(["working_days", "days", "weeks", "hours", "months"])
)


@given(LIMITS, LIMITS, st.datetimes(datetime(2024, 1, 1), datetime(2025, 6, 1)))
def test_what_is_called_longer_is_never_due_earlier(one: TimeLimit, two: TimeLimit, moment: datetime) -> None:
    received = moment.replace(second=0, microsecond=0, tzinfo=HO_CHI_MINH)
    first, second = (deadlines.due(received, limit, calendar=CALENDAR).at for limit in (one, two))
    match order(one, two):
        case 1:
            assert second >= first
        case -1:
            assert first >= second
        case 0:
            assert abs(first - second) < timedelta(days=40)
        case _:
            pass
