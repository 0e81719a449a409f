"""The calendar: its answers, its laws against a slow second implementation, and each way to ask wrongly."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pendulum
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onestop_core.errors import CalendarCoverageError, InvalidValueError, UnknownCodeError
from onestop_core.workdays import Certainty, DayKind, calendar
from onestop_core.workdays.civil_servants import _civil
from tests.workdays.slow import OFFICIAL, Slow, days_named, days_of

CIVIL = calendar("vn-civil")
SLOW = Slow(CIVIL)
DAYS = st.dates(date(2014, 1, 1), date(2048, 12, 31))
FIRST, LAST = date(2012, 1, 1), date(2050, 12, 31)


@pytest.mark.parametrize("year", OFFICIAL)
def test_no_day_of_an_announced_year_is_wrong(year: int) -> None:
    off, worked, total = OFFICIAL[year]
    days_off, saturdays = days_named(year, off), days_named(year, worked)
    assert all(day.weekday() < 5 for day in days_off)
    assert all(day.weekday() == 5 for day in saturdays)
    expected = {day for day in days_of(year) if (day.weekday() < 5 and day not in days_off) or day in saturdays}
    assert {day for day in days_of(year) if CIVIL.is_workday(day)} == expected
    assert len(expected) == total
    assert {day for day in days_of(year) if CIVIL.day(day).kind is DayKind.MAKEUP} == saturdays
    for day in days_of(year):
        found = CIVIL.day(day)
        assert (found.date, found.is_workday, found.certainty) == (day, day in expected, Certainty.ANNOUNCED)
        assert found.kind.works is found.is_workday
        assert (found.basis is None) is (found.kind in {DayKind.WORKING, DayKind.WEEKEND})


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        # Across each Tết, from the last working day before it; and year ends with swaps.
        ((2012, 1, 20), 1, (2012, 1, 30)),
        ((2012, 1, 30), 5, (2012, 2, 4)),
        ((2013, 2, 8), 1, (2013, 2, 18)),
        ((2014, 1, 27), 1, (2014, 2, 6)),
        ((2015, 2, 14), 1, (2015, 2, 24)),
        ((2016, 2, 5), 1, (2016, 2, 15)),
        ((2017, 1, 25), 1, (2017, 2, 2)),
        ((2018, 2, 13), 1, (2018, 2, 21)),
        ((2019, 2, 1), 1, (2019, 2, 11)),
        ((2020, 1, 22), 1, (2020, 1, 30)),
        ((2021, 2, 9), 1, (2021, 2, 17)),
        ((2022, 1, 28), 1, (2022, 2, 7)),
        ((2023, 1, 19), 1, (2023, 1, 27)),
        ((2024, 2, 7), 1, (2024, 2, 15)),
        ((2025, 1, 24), 1, (2025, 2, 3)),
        ((2026, 2, 13), 1, (2026, 2, 23)),
        ((2027, 2, 3), 1, (2027, 2, 11)),
        ((2012, 12, 28), 2, (2013, 1, 3)),
        ((2014, 12, 26), 1, (2014, 12, 27)),
        ((2018, 12, 28), 4, (2019, 1, 5)),
        ((2025, 12, 31), 1, (2026, 1, 5)),
        ((2026, 1, 9), 1, (2026, 1, 10)),
        ((2026, 1, 10), 1, (2026, 1, 12)),
        ((2026, 8, 22), -1, (2026, 8, 21)),
        ((2026, 8, 23), 0, (2026, 8, 24)),
        ((2026, 8, 22), 0, (2026, 8, 22)),
    ],
)
def test_the_nth_working_day(start: tuple[int, int, int], n: int, end: tuple[int, int, int]) -> None:
    assert CIVIL.add(date(*start), n) == date(*end)
    assert n == 0 or CIVIL.count(date(*start), date(*end)) == n


@given(DAYS, st.integers(-400, 400))
def test_adding_is_walking(day: date, n: int) -> None:
    assert CIVIL.add(day, n) == SLOW.add(day, n)


@given(DAYS, st.integers(-700, 700))
def test_counting_is_walking(day: date, days: int) -> None:
    other = day + timedelta(days=days)
    assert CIVIL.count(day, other) == SLOW.count(day, other)


@given(DAYS, st.integers(-400, 400))
def test_counting_undoes_adding(day: date, n: int) -> None:
    assume(n != 0)
    assert CIVIL.count(day, CIVIL.add(day, n)) == n
    assert CIVIL.is_workday(CIVIL.add(day, n))


@given(DAYS, st.integers(1, 200), st.integers(1, 200))
def test_adding_twice_is_adding_the_sum(day: date, one: int, two: int) -> None:
    assert CIVIL.add(CIVIL.add(day, one), two) == CIVIL.add(day, one + two)
    assert CIVIL.add(CIVIL.add(day, -one), -two) == CIVIL.add(day, -one - two)


@given(DAYS, DAYS, st.integers(-300, 300))
def test_a_later_receipt_is_never_due_earlier(one: date, two: date, n: int) -> None:
    early, late = sorted((one, two))
    assert CIVIL.add(early, n) <= CIVIL.add(late, n)


@given(DAYS)
def test_next_and_previous_are_strict_and_zero_stays_on_a_working_day(day: date) -> None:
    assert CIVIL.next(day) == CIVIL.add(day, 1) > day
    assert CIVIL.previous(day) == CIVIL.add(day, -1) < day
    assert CIVIL.add(day, 0) == (day if CIVIL.is_workday(day) else CIVIL.next(day))


@pytest.mark.parametrize("wrong", [datetime(2026, 1, 5, tzinfo=UTC), "2026-01-05", None, 5])
def test_what_is_no_plain_day_is_refused(wrong: Any) -> None:
    for ask in (
        CIVIL.is_workday,
        CIVIL.day,
        CIVIL.next,
        CIVIL.previous,
        lambda day: CIVIL.add(day, 1),
        lambda day: CIVIL.count(day, FIRST),
        lambda day: CIVIL.count(FIRST, day),
    ):
        with pytest.raises(InvalidValueError):
            ask(wrong)


@pytest.mark.parametrize("n", [True, 1.0, "1", None])
def test_a_number_of_days_is_a_whole_number(n: Any) -> None:
    with pytest.raises(InvalidValueError, match="n: cannot use"):
        CIVIL.add(date(2026, 1, 5), n)


def test_a_day_of_pendulum_is_a_day() -> None:
    day = pendulum.Date(2026, 2, 12)
    assert type(CIVIL.add(day, 5)) is date
    later = pendulum.Date(2026, 2, 26)
    assert (CIVIL.is_workday(day), CIVIL.count(day, later), CIVIL.day(day).date) == (True, 5, day)


def test_outside_the_coverage_is_an_error_from_each_side_and_for_each_question() -> None:
    assert (CIVIL.coverage.first, CIVIL.coverage.last) == (FIRST, LAST)
    before, after = FIRST - timedelta(days=1), LAST + timedelta(days=1)
    for outside in (before, after, date.min, date.max):
        for ask in (
            CIVIL.is_workday,
            CIVIL.day,
            CIVIL.next,
            CIVIL.previous,
            lambda day: CIVIL.add(day, 0),
            lambda day: CIVIL.add(day, -5),
            lambda day: CIVIL.count(day, FIRST),
            lambda day: CIVIL.count(LAST, day),
            lambda day: CIVIL.count(day, LAST),
            lambda day: CIVIL.count(FIRST, day),
        ):
            with pytest.raises(CalendarCoverageError) as caught:
                ask(outside)
            assert (caught.value.first, caught.value.last, caught.value.calendar) == (FIRST, LAST, "vn-civil")


def test_an_answer_outside_the_coverage_is_an_error() -> None:
    assert CIVIL.add(LAST, -1) == date(2050, 12, 30)  # the last day is a Saturday
    assert CIVIL.add(date(2050, 12, 30), 0) == date(2050, 12, 30)
    for day, n in (
        (LAST, 0),
        (LAST, 1),
        (date(2050, 12, 1), 60),
        (FIRST, 10**9),
        (date(2012, 1, 3), -1),
        (LAST, -(10**9)),
    ):
        with pytest.raises(CalendarCoverageError):
            CIVIL.add(day, n)


def test_years_are_built_when_a_question_reaches_them() -> None:
    fresh = calendar("vn-civil", as_of=date(2026, 11, 21))
    assert fresh.add(date(2027, 12, 20), 300) == CIVIL.add(date(2027, 12, 20), 300)
    assert fresh.count(date(2026, 1, 1), date(2049, 1, 1)) == SLOW.count(date(2026, 1, 1), date(2049, 1, 1))
    other = calendar("vn-civil", as_of=date(2026, 11, 22))
    assert other.is_workday(date(2040, 1, 2)) is CIVIL.is_workday(date(2040, 1, 2))
    assert other.add(date(2012, 1, 2), 9000) == SLOW.add(date(2012, 1, 2), 9000)


def test_threads_that_build_at_once_agree() -> None:
    shared = calendar("vn-civil", as_of=date(2026, 11, 20))
    answers: list[date] = []
    barrier = threading.Barrier(8)

    def ask(number: int) -> None:
        barrier.wait()
        answers.extend(shared.add(date(2012 + (number + k) % 38, 3, 1), 30) for k in range(38))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {CIVIL.add(date(year, 3, 1), 30) for year in range(2012, 2050)}
    assert len(answers) == 8 * 38


def test_a_calendar_is_a_value() -> None:
    with pytest.raises(AttributeError, match="as_of cannot be set"):
        CIVIL.as_of = date(2026, 1, 1)
    assert repr(CIVIL) == "<Calendar vn-civil: 2012-2050>"
    assert repr(calendar("vn-civil", as_of=date(2026, 1, 1))) == "<Calendar vn-civil, as_of=2026-01-01: 2012-2050>"
    assert calendar("vn-civil") is calendar("vn-civil")


def test_calendars_of_many_days_do_not_pile_up() -> None:
    for number in range(80):
        calendar("vn-civil", as_of=date(2020, 1, 1) + timedelta(days=number))
    assert _civil.cache_info().currsize <= 64


@pytest.mark.parametrize("year", [2011, 2051, 0, -3, 10**9])
def test_rows_of_a_year_outside_the_coverage(year: int) -> None:
    with pytest.raises(CalendarCoverageError):
        CIVIL.rows(year)


def test_names_and_options_that_are_not_known() -> None:
    with pytest.raises(UnknownCodeError, match="did you mean vn-civil"):
        calendar("vn-civl")
    with pytest.raises(InvalidValueError, match="predicted"):
        calendar("vn-civil", predicted="maybe")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="as_of"):
        calendar("vn-civil", as_of=datetime(2026, 1, 1))


def test_a_strict_calendar_refuses_what_nobody_has_announced() -> None:
    strict = calendar("vn-civil", predicted="refuse")
    assert (strict.coverage.last, strict.announced_until) == (date(2027, 12, 31), date(2027, 12, 31))
    assert strict.add(date(2027, 12, 30), 1) == date(2027, 12, 31)
    for ask in (lambda: strict.add(date(2027, 12, 31), 1), lambda: strict.is_workday(date(2028, 1, 3))):
        with pytest.raises(CalendarCoverageError):
            ask()
    earlier = calendar("vn-civil", as_of=date(2020, 1, 1), predicted="refuse")
    assert earlier.coverage.last == date(2020, 12, 31)
    with pytest.raises(CalendarCoverageError):
        calendar("vn-civil", as_of=date(2011, 12, 26), predicted="refuse")
    assert calendar("vn-civil", as_of=date(2011, 12, 27), predicted="refuse").coverage.last == date(2012, 12, 31)


def test_every_day_of_the_coverage_agrees_with_walking() -> None:
    worked = sorted(SLOW.worked)
    before = 0  # working days before the day
    day = FIRST
    while day <= LAST:
        works = day in SLOW.worked
        assert CIVIL.is_workday(day) is works
        assert CIVIL.count(FIRST, day) == before + works - (FIRST in SLOW.worked)
        if before >= 1:
            assert CIVIL.previous(day) == worked[before - 1]
        if before + works < len(worked):
            assert CIVIL.next(day) == worked[before + works]
            assert CIVIL.add(day, 0) == worked[before]
        before += works
        day += timedelta(days=1)
    assert before == len(worked)
