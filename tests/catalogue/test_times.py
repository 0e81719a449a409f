"""Time limits are compared only where it can be said which is longer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.catalogue.times import counted, difference, order
from onestop_core.model.time_limits import LimitUnit, TimeLimit

UNITS = ["working_days", "working_hours", "days", "months", "years"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("5 working days", "05 ngày làm việc", 0),
        ("5 working days", "2 working days + 2 working days", -1),
        ("1 year", "11 months", -1),
        ("1 year", "12 months", 0),
        ("7 days", "5 working days", None),
        ("8 working hours", "1 working day", None),
        ("within the day", "1 working day", 1),
        ("within the day", "1 month", 1),
        ("within the day", "0.5 working days", None),
        ("within the day", "4 working hours", None),
        ("within the day", "immediately", -1),
        ("immediately", "1 working hour", 1),
        ("1 working day + 1 day", "immediately", -1),
        ("1 working day + 1 day", "within the day", None),
    ],
)
def test_which_is_longer(old: str, new: str, expected: int | None) -> None:
    before, after = TimeLimit.parse(old), TimeLimit.parse(new)
    assert order(before, after) == expected
    assert order(after, before) == (None if expected is None else -expected)


@given(st.sampled_from(UNITS), st.integers(1, 100), st.integers(1, 100))
def test_in_one_unit_the_difference_is_exact(unit: str, old: int, new: int) -> None:
    before, after = TimeLimit.of(old, unit), TimeLimit.of(new, unit)
    times = 12 if unit == "years" else 1
    named = LimitUnit.MONTHS if unit == "years" else LimitUnit(unit)
    assert difference(before, after) == (named, Fraction((new - old) * times))
    assert counted(before) == (named, Fraction(old * times))
    assert order(before, after) == (new > old) - (new < old)
