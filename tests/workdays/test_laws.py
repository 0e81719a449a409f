"""Promises that hold for every calendar: as of a day, strict, whoever asks and whatever they do with the answer."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.workdays import Calendar, calendar
from tests.workdays.slow import Slow

CIVIL = calendar("vn-civil")
# One calendar before an announcement, one long before most of them, one that predicts nothing.
CALENDARS = (
    calendar("vn-civil", as_of=date(2025, 12, 24)),
    calendar("vn-civil", as_of=date(2013, 6, 1)),
    calendar("vn-civil", predicted="refuse"),
)
SLOW = {made: Slow(made) for made in CALENDARS}
DAYS = st.dates(date(2014, 1, 1), date(2025, 12, 31))


@given(st.sampled_from(CALENDARS), DAYS, st.integers(-400, 400))
def test_counting_as_of_a_day_is_walking_as_of_it(made: Calendar, day: date, n: int) -> None:
    slow, other = SLOW[made], day + timedelta(days=n)
    assert made.is_workday(day) is (day in slow.worked)
    assert made.add(day, n) == slow.add(day, n)
    assert made.count(day, other) == slow.count(day, other)


@given(DAYS, DAYS)
def test_counting_back_leaves_out_the_start_instead_of_the_end(one: date, two: date) -> None:
    assert CIVIL.count(one, two) + CIVIL.count(two, one) == CIVIL.is_workday(max(one, two)) - CIVIL.is_workday(
        min(one, two)
    )


@given(DAYS, DAYS, DAYS)
def test_a_stretch_is_the_sum_of_its_parts(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert CIVIL.count(first, middle) + CIVIL.count(middle, last) == CIVIL.count(first, last)
    assert CIVIL.count(last, middle) + CIVIL.count(middle, first) == CIVIL.count(last, first)


@pytest.mark.parametrize("day", [(2026, 3, 3), (2026, 3, 7), (2026, 2, 17), (2026, 1, 10), (2030, 11, 24)])
def test_whatever_kind_of_date_asks_a_plain_one_answers(day: tuple[int, int, int]) -> None:
    asked, plain = pendulum.Date(*day), date(*day)
    assert CIVIL.day(asked) == CIVIL.day(plain)
    assert type(CIVIL.day(asked).date) is date
    for n in (-3, 0, 3):
        assert type(CIVIL.add(asked, n)) is date


def test_who_asked_first_does_not_show_in_a_shared_calendar() -> None:
    day = (2019, 7, 23)
    first = calendar("vn-civil", as_of=pendulum.Date(*day))
    assert type(first.as_of) is date
    assert calendar("vn-civil", as_of=date(*day)) is first


@pytest.mark.parametrize("name", ["as_of", "name", "_source", "_prefix"])
def test_nothing_can_be_taken_from_a_calendar(name: str) -> None:
    made = calendar("vn-civil", as_of=date(2019, 7, 24))
    with pytest.raises(AttributeError, match=f"{name} cannot be deleted"):
        delattr(made, name)
    assert made.is_workday(date(2019, 7, 24))


def test_a_calendar_is_shared_not_copied() -> None:
    assert copy.copy(CIVIL) is CIVIL
    assert copy.deepcopy({"calendar": CIVIL})["calendar"] is CIVIL


@pytest.mark.parametrize("wrong", [[], {}, None, True, "Allow"])
def test_predicted_is_one_of_two_words(wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="predicted: cannot use"):
        calendar("vn-civil", predicted=wrong)


@pytest.mark.parametrize("wrong", [True, False, float("nan"), b"2026-01-05"])
def test_what_only_looks_like_a_day_is_refused(wrong: Any) -> None:
    for ask in (CIVIL.is_workday, CIVIL.day, lambda day: CIVIL.add(day, 0), lambda day: calendar(as_of=day)):
        with pytest.raises(InvalidValueError):
            ask(wrong)


@pytest.mark.parametrize("n", [10**30, -(10**30)])
def test_a_number_beyond_all_machine_words_is_outside_like_any_other(n: int) -> None:
    from onestop_core.errors import CalendarCoverageError

    with pytest.raises(CalendarCoverageError):
        CIVIL.add(date(2026, 1, 5), n)
