"""Why another system came to another day: each known way of counting, run as a model."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import Countdown, Deadline, TimeLimit, WorkingHours, countdown, due, explain_difference
from onestop_core.deadlines.differences import ForeignDay, KnownDifference, counted_otherwise, known_differences
from onestop_core.deadlines.differences.calendars import CALENDARS, Mistaken
from onestop_core.deadlines.differences.models import MODELS
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Clock
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text

CALENDAR = workdays.calendar("vn-civil")
HOURS = WorkingHours.parse("07:30-11:30, 13:30-17:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def counted(received: str, limit: str, **given: object) -> Deadline:
    return due(at(received), TimeLimit.parse(limit), calendar=CALENDAR, **given)  # type: ignore[arg-type]


def codes(found: ForeignDay) -> list[tuple[str, ...]]:
    return [tuple(each.code for each in cause) for cause in found.causes]


# Receipt, working days, the right day, the day of a system in use, and what it does wrong.
SEEN = [
    ("2026-01-05", 5, "2026-01-10", "2026-01-12", "makeup_saturday_missing"),
    ("2026-08-17", 5, "2026-08-22", "2026-08-24", "makeup_saturday_missing"),
    ("2025-12-29", 5, "2026-01-07", "2026-01-06", "swap_day_off_missing"),
    ("2026-02-06", 10, "2026-02-27", "2026-02-25", "tet_two_days_short"),
    ("2026-02-12", 5, "2026-02-26", "2026-02-19", "tet_missing"),
    ("2026-02-12", 5, "2026-02-26", "2026-02-25", "receipt_day_counted"),
    ("2026-04-23", 10, "2026-05-12", "2026-05-11", "day_in_lieu_missing"),
    ("2026-11-20", 5, "2026-11-30", "2026-11-27", "new_holiday_missing"),
    ("2026-10-01", 10, "2026-10-15", "2026-10-13", "saturday_worked"),
]


@pytest.mark.parametrize(("received", "days", "right", "wrong", "code"), SEEN)
def test_days_of_systems_in_use_are_explained(received: str, days: int, right: str, wrong: str, code: str) -> None:
    ours = counted(f"{received}T09:30", f"{days} working days")
    assert ours.day == date.fromisoformat(right)
    found = explain_difference(ours, date.fromisoformat(wrong))
    assert (code,) in codes(found)
    assert known(code).name.vi in found.text.vi
    assert known(code).name.en in found.text.en


def known(code: str) -> KnownDifference:
    return next(each for each in known_differences() if each.code == code)


def test_two_mistakes_together_are_found_where_one_alone_does_not_do() -> None:
    ours = counted("2026-08-25T09:30", "10 working days")
    assert ours.day == date(2026, 9, 11)
    found = explain_difference(ours, date(2026, 9, 5))
    assert found.causes
    assert all(len(cause) == 2 for cause in found.causes)
    assert " và " in found.text.vi


def test_the_same_day_needs_no_explanation_and_an_absurd_one_has_none() -> None:
    ours = counted("2026-03-02T09:30", "5 working days")
    same = explain_difference(ours, date(2026, 3, 9))
    assert (same.is_same, same.causes, same.text.en) == (True, (), "2026-03-09: no difference")
    absurd = explain_difference(ours, date(2031, 3, 9))
    assert absurd.causes == ()
    assert absurd.text.en == "2031-03-09 in place of 2026-03-09: no known way of counting gives this"
    assert absurd.to_dict(language="vi")["text"] == absurd.text.vi
    assert absurd.to_dict()["causes"] == []


@pytest.mark.parametrize(
    ("code", "ours", "theirs"),
    [
        ("makeup_saturday_missing", counted("2026-01-05T09:30", "5 working days"), "2026-01-12"),
        ("swap_missing", counted("2025-12-29T09:30", "3 working days"), "2026-01-02"),
        ("swap_day_off_missing", counted("2025-12-29T09:30", "3 working days"), "2026-01-02"),
        ("day_in_lieu_missing", counted("2026-04-24T09:30", "1 working day"), "2026-04-27"),
        ("tet_missing", counted("2026-02-12T09:30", "5 working days"), "2026-02-19"),
        ("tet_shorter", counted("2026-02-12T09:30", "2 working days"), "2026-02-20"),
        ("tet_two_days_short", counted("2026-02-12T09:30", "2 working days"), "2026-02-19"),
        ("hung_kings_missing", counted("2025-04-04T09:30", "1 working day"), "2025-04-07"),
        ("new_holiday_missing", counted("2026-11-20T09:30", "2 working days"), "2026-11-24"),
        ("second_national_day_missing", counted("2026-08-28T09:30", "1 working day"), "2026-09-01"),
        ("fixed_holidays_only", counted("2026-02-12T09:30", "5 working days"), "2026-02-19"),
        ("no_holidays", counted("2026-04-29T09:30", "1 working day"), "2026-04-30"),
        ("one_year_table", counted("2026-12-30T09:30", "2 working days"), "2027-01-01"),
        ("known_at_receipt", counted("2025-12-24T09:30", "6 working days"), "2026-01-02"),
        ("saturday_worked", counted("2026-10-01T09:30", "10 working days"), "2026-10-13"),
        ("weekend_not_skipped", counted("2026-03-02T09:30", "5 working days"), "2026-03-09"),
        ("working_days_for_days", counted("2026-03-02T09:30", "10 days"), "2026-03-16"),
        ("end_not_moved", counted("2026-03-02T09:30", "5 days"), "2026-03-07"),
        ("end_moved_back", counted("2026-03-02T09:30", "5 days"), "2026-03-06"),
        ("receipt_day_counted", counted("2026-10-05T09:30", "5 working days"), "2026-10-09"),
        ("utc_day", counted("2026-10-06T06:30", "5 working days"), "2026-10-12"),
        ("late_receipt_every_limit", counted("2026-10-05T15:30", "5 working days"), "2026-10-13"),
        ("receipt_day_off_moved", counted("2026-10-03T09:30", "5 working days"), "2026-10-12"),
        ("one_day_more", counted("2026-10-05T09:30", "5 working days"), "2026-10-13"),
    ],
)
def test_each_way_of_counting_gives_its_day(code: str, ours: Deadline, theirs: str) -> None:
    moment = counted_otherwise(ours, code)
    assert moment is not None
    assert moment.date().isoformat() == theirs


PAUSED = counted("2026-03-02T09:00", "5 working days", pauses=[(at("2026-03-04T09:00"), at("2026-03-11T09:00"))])


@pytest.mark.parametrize(
    ("code", "theirs"),
    [
        ("wait_ignored", "2026-03-09"),
        ("wait_in_calendar_days", "2026-03-16"),
        ("wait_less_a_day", "2026-03-15"),
        ("pause_as_restart", "2026-03-18"),
    ],
)
def test_waits_are_mistaken_in_known_ways(code: str, theirs: str) -> None:
    moment = counted_otherwise(PAUSED, code)
    assert moment is not None
    assert moment.date().isoformat() == theirs


def restarted() -> Countdown:
    clock = Clock().start(at("2026-03-02T09:00")).pause(at("2026-03-04T09:00"), reason=Text(vi="chờ", en="wait"))
    clock = clock.restart(at("2026-03-11T09:00")).extend(at("2026-03-12T09:00"), by=TimeLimit.parse("2 working days"))
    return countdown(clock, TimeLimit.parse("5 working days"), calendar=CALENDAR)


def test_a_countdown_knows_of_restarts_and_extensions() -> None:
    count = restarted()
    assert count.counted is not None
    assert count.counted.date() == date(2026, 3, 20)
    days = {
        code: moment.date().isoformat()
        for code in ("extension_ignored", "restart_as_pause", "restart_ignored")
        if (moment := counted_otherwise(count, code)) is not None
    }
    assert days == {
        "extension_ignored": "2026-03-18",
        "restart_as_pause": "2026-03-18",
        "restart_ignored": "2026-03-11",
    }
    assert ("extension_ignored",) in codes(explain_difference(count, date(2026, 3, 18)))


def test_hours_are_explained_where_a_moment_is_given() -> None:
    ours = counted("2026-10-05T09:32", "5 working days", hours=HOURS)
    assert ours.at == at("2026-10-12T17:00")
    assert codes(explain_difference(ours, at("2026-10-12T09:32"))) == [("same_clock_time",)]
    assert codes(explain_difference(ours, at("2026-10-12T11:30"))) == [("same_half_day",)]
    assert codes(explain_difference(ours, at("2026-10-12T09:45"))) == [("rounded_to_quarter",)]
    afternoon = counted("2026-10-05T14:00", "5 working days", hours=HOURS)
    assert counted_otherwise(afternoon, "same_half_day") == afternoon.at
    assert explain_difference(ours, at("2026-10-12T17:00")).is_same
    assert "17:00" in explain_difference(ours, at("2026-10-12T09:32")).text.vi
    late = WorkingHours.parse("07:30-11:30, 13:00-24:00")
    evening = counted_otherwise(counted("2026-10-05T14:00", "5 working days", hours=late), "same_half_day")
    assert evening == at("2026-10-12T23:59:59")
    mornings = WorkingHours.parse("07:30-11:30")
    assert counted_otherwise(counted("2026-10-05T14:00", "5 working days", hours=mornings), "same_half_day") == at(
        "2026-10-12T11:30"
    )


def test_a_difference_that_cannot_arise_has_no_day() -> None:
    plain = counted("2026-10-05T09:30", "5 working days")
    for code in (
        "wait_ignored",
        "wait_in_calendar_days",
        "pause_as_restart",
        "restart_as_pause",
        "extension_ignored",
        "same_half_day",
        "utc_day",
        "receipt_day_off_moved",
        "working_days_for_days",
    ):
        assert counted_otherwise(plain, code) is None, code
    assert (
        counted_otherwise(
            countdown(Clock().start(at("2026-10-05T09:30")), plain.limit, calendar=CALENDAR), "restart_ignored"
        )
        is None
    )


def test_every_row_of_the_table_is_a_model_and_every_model_a_row() -> None:
    assert [each.code for each in known_differences()] != []
    assert {each.code for each in known_differences()} == set(MODELS)
    assert check_schema(resources.data("vn/differences/vn"), "known-differences") == ()
    assert all(each.basis.firmness.value in {"observed", "inferred"} for each in known_differences())


def test_what_cannot_be_explained_is_refused() -> None:
    ours = counted("2026-10-05T09:30", "5 working days")
    with pytest.raises(InvalidValueError, match="foreign_day"):
        explain_difference(ours, "2026-10-12")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        explain_difference(ours, datetime(2026, 10, 12))
    with pytest.raises(InvalidValueError):
        explain_difference("2026-10-12", date(2026, 10, 12))  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        explain_difference(countdown(Clock(), ours.limit, calendar=CALENDAR), date(2026, 10, 12))
    with pytest.raises(UnknownCodeError, match="receipt_day_counted"):
        counted_otherwise(ours, "receipt_day_count")


def test_a_mistaken_count_that_leaves_the_calendar_explains_nothing() -> None:
    short = due(at("2050-12-20T09:30"), TimeLimit.parse("8 working days"), calendar=CALENDAR)
    found = explain_difference(short, date(2051, 1, 3))
    assert found.causes == ()


@given(
    st.sampled_from(sorted(CALENDARS)),
    st.dates(date(2025, 1, 1), date(2027, 12, 1)),
    st.integers(-20, 20).filter(bool),
)
def test_a_mistaken_calendar_adds_and_counts_as_every_calendar(code: str, day: date, n: int) -> None:
    wrong = Mistaken(CALENDAR, CALENDARS[code])
    end = wrong.add(day, n)
    assert wrong.is_workday(end)
    assert wrong.count(day, end) == n
    assert wrong.add(day, 0) == (day if wrong.is_workday(day) else wrong.next(day))
    assert wrong.previous(day) == wrong.add(day, -1)
    assert wrong.announced_until == CALENDAR.announced_until


@given(
    st.dates(date(2025, 1, 1), date(2027, 6, 1)),
    st.integers(1, 30),
    st.sampled_from(sorted(set(MODELS) - {"same_clock_time", "rounded_to_quarter", "same_half_day"})),
)
def test_what_a_mistake_gives_it_explains(day: date, n: int, code: str) -> None:
    ours = due(
        datetime.combine(day, datetime.min.time(), tzinfo=at("2026-01-01T00:00").tzinfo) + timedelta(hours=16),
        TimeLimit.parse(f"{n} working days"),
        calendar=CALENDAR,
    )
    moment = counted_otherwise(ours, code)
    found = explain_difference(ours, ours.day if moment is None else moment.date())
    assert found.is_same or (code,) in codes(found)
