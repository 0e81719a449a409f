"""Intervals of days: the days of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval


@pytest.mark.parametrize(("month", "last"), [((2026, 2), 28), ((2028, 2), 29), ((2026, 4), 30), ((2026, 12), 31)])
def test_a_month_is_its_days(month: tuple[int, int], last: int) -> None:
    assert Interval.month(*month) == Interval(first=date(*month, 1), last=date(*month, last))


@pytest.mark.parametrize("month", [(2026, 0), (2026, 13), (0, 1), (10**30, 1), ("2026", 1), (2026, None), (2026, 1.5)])
def test_what_is_no_month_is_refused(month: Any) -> None:
    with pytest.raises(InvalidValueError, match="a month, such as 2026, 10"):
        Interval.month(*month)
