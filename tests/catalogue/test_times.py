"""Time limits compared where every calendar agrees, against calendars that are tried."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, workdays
from onestop_core.catalogue.values.times import never_longer, order
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
        ("1 month", "28 working days", 1),
        ("1 month", "27 working days", None),
        ("14 days", "13 working days", 1),
        ("14 days", "12 working days", None),
        ("7 days", "7 working days", 1),
        ("5 working days", "5 working days + 1 day", 1),
        ("2 working days + 3 days", "2 working days + 3 days + 1 working day", 1),
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


@pytest.mark.parametrize(
    ("one", "other", "never"),
    [
        ("5 days", "5 working days", True),
        ("8 days", "7 working days", True),
        ("9 days", "7 working days", False),
        ("1 month", "28 working days", True),
        ("1 month", "26 working days", False),
        ("1 month", "31 days", True),
        ("1 month", "30 days", False),
        ("24 hours", "1 day", True),
        ("25 hours", "1 day", False),
        ("48 hours", "2 working days", True),
        ("1 day", "24 hours", False),
        ("4 hours", "8 working hours", False),
        ("8 working hours", "1 working day", False),
        ("4 working days", "5 days", False),
        ("5 working days", "5 working days", True),
        ("2 days + 5 days", "2 working days + 5 working days", True),
        ("5 days + 2 working days", "5 working days + 2 days", False),
        ("2 days + 1 working day", "5 working days", False),
        ("5 working days", "2 working days + 3 days", False),
        ("33 days + 1 day", "1 day + 33 days", False),
        ("within the day", "1 working day", True),
        ("5 working days", "within the day + 7 working days", True),
        ("5 working days + 1 day", "within the day + 7 working days + 2 days", True),
        ("5 working days + 1 day", "5 working days", False),
        ("within the day", "8 working hours", False),
    ],
)
def test_what_is_never_longer_is_said(one: str, other: str, never: bool) -> None:
    assert never_longer(TimeLimit.parse(one), TimeLimit.parse(other)) is never


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


STEPS = st.lists(LIMITS, min_size=1, max_size=2).map(lambda limits: sum(limits[1:], limits[0]))


@given(STEPS, STEPS, st.datetimes(datetime(2024, 1, 1), datetime(2025, 6, 1)))
def test_what_is_called_never_longer_is_never_due_later(one: TimeLimit, two: TimeLimit, moment: datetime) -> None:
    received = moment.replace(second=0, microsecond=0, tzinfo=HO_CHI_MINH)
    first, second = (deadlines.due(received, limit, calendar=CALENDAR).at for limit in (one, two))
    if never_longer(one, two):
        assert first <= second
