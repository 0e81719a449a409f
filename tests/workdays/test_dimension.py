"""The calendar as a table that databases join with."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.workdays import calendar
from onestop_core.workdays.dimension import table, to_csv

STRICT = calendar("vn-civil", predicted="refuse")
FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
WHOLE = table(STRICT)
NUMBER = {row.date: row.number for row in WHOLE}
DAYS = st.dates(FIRST, LAST)


def test_every_day_of_the_coverage_has_one_row() -> None:
    assert [row.date for row in WHOLE] == [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_numbers_go_up_by_one_on_working_days_only() -> None:
    number = 0
    for row in WHOLE:
        number += row.is_workday
        assert (row.is_workday, row.number) == (STRICT.is_workday(row.date), number)


@pytest.mark.parametrize(("year", "total"), [(2013, 253), (2014, 252), (2024, 251), (2025, 250), (2026, 249)])
def test_a_year_has_its_published_working_days(year: int, total: int) -> None:
    assert NUMBER[date(year, 12, 31)] - NUMBER[date(year - 1, 12, 31)] == total


def test_swapped_and_made_up_days() -> None:
    works = {row.date: row.is_workday for row in table(STRICT, date(2026, 1, 1), date(2026, 1, 11))}
    assert [day.day for day, worked in works.items() if worked] == [5, 6, 7, 8, 9, 10]


@given(DAYS, DAYS)
def test_the_difference_of_two_numbers_is_what_the_calendar_counts(one: date, other: date) -> None:
    start, end = sorted((one, other))
    assert NUMBER[end] - NUMBER[start] == STRICT.count(start, end)


@given(DAYS, st.integers(0, 60))
def test_a_part_is_a_slice_of_the_whole(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), LAST)
    at = (first - FIRST).days
    assert table(STRICT, first, last) == WHOLE[at : at + (last - first).days + 1]


def test_predicted_years_are_in_it_unless_refused() -> None:
    assert table(calendar("vn-civil"), date(2050, 12, 31))[0].date == date(2050, 12, 31)
    assert WHOLE[-1].date == LAST


def test_csv_reads_back() -> None:
    rows = table(STRICT, date(2026, 2, 12), date(2026, 2, 26))
    text = to_csv(rows)
    assert "\r" not in text
    assert list(csv.DictReader(io.StringIO(text))) == [
        {"date": str(row.date), "is_workday": "true" if row.is_workday else "false", "number": str(row.number)}
        for row in rows
    ]
    assert to_csv(()) == "date,is_workday,number\n"


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST - timedelta(days=1), None), (None, LAST + timedelta(days=1)), (date.min, date.max)],
)
def test_days_outside_the_coverage_are_an_error(first: date | None, last: date | None) -> None:
    with pytest.raises(CalendarCoverageError):
        table(STRICT, first, last)


@pytest.mark.parametrize(("first", "last"), [("2026-01-01", None), (datetime(2026, 1, 1), None), (None, 20260101)])
def test_what_is_no_plain_date_is_refused(first: Any, last: Any) -> None:
    with pytest.raises(InvalidValueError):
        table(STRICT, first, last)


def test_the_last_day_does_not_lie_before_the_first() -> None:
    with pytest.raises(InvalidValueError, match="2026-01-02"):
        table(STRICT, date(2026, 1, 2), date(2026, 1, 1))


def test_a_table_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a day not before 2026-01-02"):
        table(calendar("vn-civil"), date(2026, 1, 2), date(2026, 1, 1))
