"""What was known when, what is only predicted, and where the ``holidays`` package differs from what was announced."""

from __future__ import annotations

import importlib.metadata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.workdays import Certainty, DayKind, calendar
from onestop_core.workdays.announced_years import year as official
from onestop_core.workdays.predicted_years import predicted_rows
from tests.workdays.slow import OFFICIAL, days_named, days_of

CIVIL = calendar("vn-civil")


def known(as_of: str, day: str) -> tuple[bool, str]:
    found = calendar("vn-civil", as_of=date.fromisoformat(as_of)).day(date.fromisoformat(day))
    return found.is_workday, found.certainty.value


@pytest.mark.parametrize(
    ("day", "before", "after", "worked_before"),
    [
        ("2026-01-02", "2025-12-24", "2025-12-25", True),
        ("2026-01-10", "2025-12-24", "2025-12-25", False),
        ("2024-04-29", "2024-04-11", "2024-04-12", True),
        ("2024-05-04", "2024-04-11", "2024-04-12", False),
        ("2014-12-27", "2014-12-14", "2014-12-15", False),
        ("2018-12-31", "2018-08-05", "2018-08-06", True),
        ("2019-01-05", "2018-08-05", "2018-08-06", False),
        ("2026-11-24", "2026-04-23", "2026-04-24", True),
        ("2027-11-24", "2026-04-23", "2026-04-24", True),
        ("2030-11-25", "2026-04-23", "2026-04-24", True),
    ],
)
def test_an_announcement_is_known_from_its_day_on(day: str, before: str, after: str, worked_before: bool) -> None:
    assert known(before, day)[0] is worked_before
    assert known(after, day)[0] is (worked_before if day == "2030-11-25" else not worked_before)


def test_a_holiday_is_predicted_until_its_notice_is_out() -> None:
    assert known("2025-10-12", "2026-02-17") == (False, "predicted")
    assert known("2025-10-13", "2026-02-17") == (False, "announced")
    assert known("2025-10-12", "2026-03-03") == (True, "predicted")
    assert known("2025-10-13", "2026-03-03") == (True, "announced")
    assert known("2025-10-12", "2026-08-31") == (True, "predicted")
    assert known("2000-01-01", "2012-01-23") == (False, "predicted")


@pytest.mark.parametrize(
    ("as_of", "until"),
    [
        ("2011-12-26", 2011),
        ("2011-12-27", 2012),
        ("2017-12-31", 2017),  # the day of the notice for 2018 is not known: 1 January stands for it
        ("2018-01-01", 2018),
        ("2018-08-06", 2019),
        ("2026-10-01", 2026),
        ("2026-10-02", 2027),
        ("2049-01-01", 2027),
    ],
)
def test_until_when_days_have_been_announced(as_of: str, until: int) -> None:
    assert calendar("vn-civil", as_of=date.fromisoformat(as_of)).announced_until == date(until, 12, 31)
    assert CIVIL.announced_until == date(2027, 12, 31)


@given(
    st.dates(date(2012, 1, 1), date(2027, 12, 31)), st.dates(date(2011, 1, 1), date(2027, 1, 1)), st.integers(0, 900)
)
def test_what_was_announced_stays_announced(day: date, as_of: date, later: int) -> None:
    before = calendar("vn-civil", as_of=as_of).day(day)
    after = calendar("vn-civil", as_of=as_of + timedelta(days=later)).day(day)
    if before.certainty is Certainty.ANNOUNCED:
        assert after.certainty is Certainty.ANNOUNCED
        # Only a swap announced later may still change it.
        assert (
            after.is_workday is before.is_workday
            or {before.kind, after.kind} & {DayKind.SWAP_OFF, DayKind.MAKEUP}
            or (day == date(2026, 11, 24))
        )


def test_an_announcement_of_unknown_day_shows_no_day() -> None:
    tet = CIVIL.day(date(2018, 2, 15))
    assert (tet.announced_on, tet.certainty) == (None, Certainty.ANNOUNCED)
    assert CIVIL.day(date(2026, 4, 27)).announced_on is None
    assert CIVIL.day(date(2026, 1, 2)).announced_on == date(2025, 12, 25)


@pytest.mark.parametrize("number", range(2012, 2028))
def test_prediction_would_have_been_right(number: int) -> None:
    """Law and habit give every weekday off that was announced, swaps apart, once the law of the day applied."""
    announced = {row.date for row in official(number).rows if row.kind not in {DayKind.SWAP_OFF, DayKind.MAKEUP}}
    predicted = {row.date for row in predicted_rows(number, as_of=None)}
    assert {day for day in predicted ^ announced if day.weekday() < 5} == set()


def test_predicted_years_are_predicted_day_by_day_and_swap_nothing() -> None:
    for number in (2028, 2035, 2050):
        rows = CIVIL.rows(number)
        assert {row.certainty for row in rows} == {Certainty.PREDICTED}
        assert not {row.kind for row in rows} & {DayKind.SWAP_OFF, DayKind.MAKEUP}
        assert CIVIL.day(date(number, 3, 3)).certainty is Certainty.PREDICTED


@pytest.mark.parametrize("day", [date(2029, 11, 24), date(2030, 11, 24)])
def test_culture_day_on_a_weekend_is_marked_as_open_in_law(day: date) -> None:
    found = CIVIL.day(day)
    assert found.note is not None
    assert "open in law" in found.note.en
    assert found.certainty is Certainty.PREDICTED
    assert CIVIL.is_workday(day + timedelta(days=7 - day.weekday()))
    assert CIVIL.day(date(2028, 11, 24)).note is None


# --- the holidays package

DIFFERENCES = {
    "2012-12-31": "swapped for 2013-01-05 (notice for 2013); the package lacks the swap",
    "2013-01-05": "made up for 2012-12-31; the package calls the Saturday a day off",
    "2013-02-23": "made up at Tết 2013; the package calls the Saturday a day off",
    "2014-01-25": "made up at Tết 2014; the package calls the Saturday a day off",
    "2014-01-28": "swapped at Tết 2014; the package calls it a working day",
    "2014-02-05": "day in lieu of Tết 2014; the package calls it a working day",
    "2014-02-08": "made up at Tết 2014; the package calls the Saturday a day off",
    "2026-01-02": "swapped for 2026-01-10 (letter of 25 December 2025); the package lacks the swap",
    "2026-01-10": "made up for 2026-01-02; the package calls the Saturday a day off",
    # Culture Day on a weekend: the package adds a day in lieu, which is open in law.
    **dict.fromkeys(
        ("2029-11-26", "2030-11-25", "2035-11-26", "2040-11-26", "2041-11-25", "2046-11-26", "2047-11-25"),
        "day in lieu of 24 November: open in law, not counted here",
    ),
}


def version() -> tuple[int, ...]:
    return tuple(int(part) for part in importlib.metadata.version("holidays").split(".")[:2])


@pytest.mark.skipif(version() < (0, 109), reason="the list of differences is that of holidays 0.109 and later")
def test_every_difference_from_the_holidays_package_is_known() -> None:
    import holidays

    found: set[str] = set()
    for number in range(2012, 2051):
        theirs = holidays.country_holidays("VN", years=number, language="vi")
        found |= {day.isoformat() for day in days_of(number) if theirs.is_working_day(day) is not CIVIL.is_workday(day)}
    hint = (
        "the holidays package changed its mind about these days: look up the notice of the year (its source stands in "
        "data/vn/calendar/YEAR.json), then either mend our data or add the day to DIFFERENCES with the reason"
    )
    assert found - set(DIFFERENCES) == set(), hint
    assert set(DIFFERENCES) - found == set(), f"no longer different: take these out. {hint}"


def test_the_table_of_days_off_reads_ranges() -> None:
    assert days_named(2026, "02-16..18 11-24") == {
        date(2026, 2, 16),
        date(2026, 2, 17),
        date(2026, 2, 18),
        date(2026, 11, 24),
    }
    assert min(OFFICIAL) == 2012
