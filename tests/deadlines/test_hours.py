from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import MakeUpHours, Season, Session, WorkingHours, office_hours, transfer_due
from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError
from onestop_core.model import Basis, Firmness
from onestop_core.rules import resources
from onestop_core.rules.schemas import check_schema
from onestop_core.text import Text
from tests.deadlines.slow import VIETNAM_2026, at, hours_later, minutes_between

CIVIL = workdays.calendar("vn-civil")
OFFICE = office_hours()


@pytest.mark.parametrize(("name", "schema"), [("rules", "deadline-rules"), ("office-hours", "working-hours")])
def test_the_packaged_tables_hold_to_their_schemas(name: str, schema: str) -> None:
    document = resources.data(f"vn/deadlines/{name}")
    assert check_schema(document, schema) == ()
    bases = set(document["bases"])
    cited = [*document.get("basis", ()), *(b for rule in document.get("rules", {}).values() for b in rule["basis"])]
    assert set(cited) <= bases


def test_the_packaged_hours_are_eight_a_day_and_no_law() -> None:
    assert OFFICE.between(CIVIL, at("2026-03-02 00:00"), at("2026-03-03 00:00")) == timedelta(hours=8)
    assert not any(basis.firmness.is_law for basis in OFFICE.basis)
    assert OFFICE.name is not None
    assert "07:00" in OFFICE.name.en


WINTER = WorkingHours.from_document(
    {
        "schema_version": "1.0",
        "week": {
            **{key: ["07:30-11:30", "13:30-17:00"] for key in ("monday", "tuesday", "wednesday", "thursday")},
            "friday": ["07:30-11:30"],
            "saturday": ["08:00-10:00"],
        },
        "seasons": [
            {
                "first": "10-16",
                "last": "04-14",
                "week": {key: ["08:00-12:00"] for key in ("monday", "tuesday", "wednesday", "thursday", "friday")},
            },
            {
                "first": "06-01",
                "last": "06-30",
                "week": {key: ["07:00-11:00"] for key in ("monday", "tuesday", "wednesday", "thursday", "friday")},
            },
        ],
        "make_up": "own_weekday",
        "name": {"vi": "Giờ của xã", "en": "Commune hours"},
        "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        "basis": ["d"],
    }
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-04", ["07:30-11:30", "13:30-17:00"]),
        ("2026-05-08", ["07:30-11:30"]),
        ("2026-05-09", []),
        ("2026-06-30", ["07:00-11:00"]),
        ("2026-12-31", ["08:00-12:00"]),
        ("2026-04-14", ["08:00-12:00"]),
        ("2026-02-17", []),
        ("2026-08-22", ["08:00-10:00"]),  # made up on a Saturday, by its own hours
        ("2026-01-10", []),  # and in winter it has none
    ],
)
def test_hours_by_weekday_season_and_make_up_policy(day: str, expected: list[str]) -> None:
    assert [str(s) for s in WINTER.sessions(CIVIL, date.fromisoformat(day))] == expected


def test_a_make_up_day_with_the_hours_of_the_day_it_replaces() -> None:
    hours = attrs.evolve(WINTER, make_up=MakeUpHours.REPLACED_DAY, seasons=())
    assert VIETNAM_2026.day(date(2026, 1, 10)).replaces == date(2026, 1, 2)
    assert [str(s) for s in hours.sessions(CIVIL, date(2026, 1, 10))] == ["07:30-11:30"]  # a Friday's
    assert [str(s) for s in hours.sessions(CIVIL, date(2026, 8, 22))] == ["07:30-11:30", "13:30-17:00"]  # a Monday's
    unknown = attrs.evolve(VIETNAM_2026, made_up={date(2026, 1, 10): None})
    assert len(hours.sessions(unknown, date(2026, 1, 10))) == 2


def test_a_document_reads_back() -> None:
    for hours in (WINTER, OFFICE, WorkingHours.parse("07:30-11:30, 13:30-17:00")):
        document = hours.to_document()
        assert check_schema(document, "working-hours") == ()
        assert WorkingHours.from_document(document) == hours


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"week": {"monday": ["07:00-11:00"]}}, "$.week"),
        ({"make_up": "none"}, "$.make_up"),
        ({"surprise": 1}, "$"),
        ({"basis": ["x"]}, "$"),
        ({"week": {key: ["11:00-07:00"] for key in ("monday", "tuesday", "wednesday", "thursday", "friday")}}, "$"),
        (
            {
                "week": {
                    key: ["07:00-11:00", "10:00-12:00"]
                    for key in ("monday", "tuesday", "wednesday", "thursday", "friday")
                }
            },
            "$",
        ),
        ({"week": {key: [] for key in ("monday", "tuesday", "wednesday", "thursday", "friday")}}, "$.week."),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_its_place(change: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        WorkingHours.from_document({**WorkingHours.parse("07:30-11:30").to_document(), **change}, source="hours.json")
    assert caught.value.problems[0].path.startswith(path)


@pytest.mark.parametrize(
    "text", ["", "07:30", "11:30-07:30", "07:30-07:30", "25:00-26:00", "7:30-11:30", "07:30-11:30, 11:00-12:00"]
)
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        WorkingHours.parse(text)


def test_a_week_has_seven_days_and_its_seasons_too() -> None:
    day = (Session.parse("07:30-11:30"),)
    with pytest.raises(InvalidValueError, match="seven days"):
        WorkingHours(week=(day,) * 5)
    with pytest.raises(InvalidValueError, match="seven days"):
        Season(first=(1, 1), last=(2, 1), week=((), *(day,) * 6))
    with pytest.raises(InvalidValueError, match="one of replaced_day, own_weekday"):
        attrs.evolve(OFFICE, make_up="none")
    with pytest.raises(InvalidValueError, match="session"):
        Session(opens=Session.parse("07:30-11:30").closes, closes=Session.parse("07:30-11:30").opens)
    with pytest.raises(InvalidValueError, match="session"):
        attrs.evolve(Session.parse("07:30-11:30"), opens=datetime(2026, 1, 1, 7, 30, 15).time())


@pytest.mark.parametrize("amount", [-1, 1.5, Decimal("NaN"), "1", None, Fraction(1, 7 * 10**9)])
def test_amounts_are_exact_and_not_negative(amount: Any) -> None:
    with pytest.raises(InvalidValueError, match="amount"):
        OFFICE.add(CIVIL, at("2026-03-02 08:00"), amount)


def test_naive_moments_and_days_beyond_the_calendar_are_errors() -> None:
    naive = datetime(2026, 3, 2, 8)
    for call in (lambda: OFFICE.add(CIVIL, naive, 1), lambda: OFFICE.between(CIVIL, naive, at("2026-03-02 08:00"))):
        with pytest.raises(InvalidValueError):
            call()
    with pytest.raises(CalendarCoverageError):
        OFFICE.add(CIVIL, at("2050-12-31 08:00"), 100)


def test_seconds_and_parts_of_an_hour_are_exact() -> None:
    assert OFFICE.add(CIVIL, at("2026-03-02 11:29:59.500000"), Fraction(1, 3600)) == at("2026-03-02 13:30:00.500000")
    assert OFFICE.add(CIVIL, at("2026-03-02 08:00"), Decimal("0.25")) == at("2026-03-02 08:15")
    assert OFFICE.add(CIVIL, at("2026-03-02 11:30"), 0) == at("2026-03-02 13:30")
    assert OFFICE.between(CIVIL, at("2026-03-02 11:29:59.500000"), at("2026-03-02 13:30")) == timedelta(seconds=0.5)


MINUTES = st.integers(0, 60 * 24 * 45)


@given(start=MINUTES, end=MINUTES)
def test_counting_agrees_with_a_walk_from_minute_to_minute(start: int, end: int) -> None:
    first = at("2026-01-05 00:00")
    low, high = (first + timedelta(minutes=n) for n in sorted((start, end)))
    counted = OFFICE.between(VIETNAM_2026, low, high)
    assert counted == timedelta(minutes=minutes_between(VIETNAM_2026, OFFICE, low, high))
    assert OFFICE.between(VIETNAM_2026, high, low) == -counted


@given(start=MINUTES, minutes=st.integers(1, 2400))
def test_adding_agrees_with_the_walk_and_with_counting(start: int, minutes: int) -> None:
    moment = at("2026-01-05 00:00") + timedelta(minutes=start)
    end = OFFICE.add(VIETNAM_2026, moment, Fraction(minutes, 60))
    assert end == hours_later(VIETNAM_2026, OFFICE, moment, minutes)
    assert OFFICE.between(VIETNAM_2026, moment, end) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-02 09:00", "2026-03-02 17:00"),
        ("2026-03-02 15:00", "2026-03-02 17:00"),
        ("2026-03-02 15:01", "2026-03-03 07:00"),
        ("2026-02-13 15:01", "2026-02-23 07:00"),
        ("2026-02-14 09:00", "2026-02-23 17:00"),
    ],
)
def test_transfer_to_the_body_that_handles_it(received: str, expected: str) -> None:
    assert transfer_due(at(received), calendar=CIVIL) == at(expected)
    assert transfer_due(at(received), calendar=CIVIL, hours=OFFICE) == at(expected)


def test_names_and_grounds_are_kept() -> None:
    assert WINTER.name == Text(vi="Giờ của xã", en="Commune hours")
    assert WINTER.basis == (Basis(instrument="Quyết định 1/QĐ-UBND", firmness=Firmness.READ),)


@pytest.mark.parametrize("replaced", [None, date(2026, 1, 3)])
def test_without_a_weekday_to_replace_a_make_up_day_has_mondays_hours(replaced: date | None) -> None:
    monday = (Session.parse("08:00-12:00"),)
    hours = attrs.evolve(OFFICE, week=(monday, *OFFICE.week[1:]))
    calendar = attrs.evolve(VIETNAM_2026, made_up={date(2026, 1, 10): replaced})
    assert hours.sessions(calendar, date(2026, 1, 10)) == monday


def test_a_day_closes_with_its_last_session_however_many_it_has() -> None:
    for text, closes in (("08:00-15:00", "15:00"), ("08:00-11:00, 12:00-14:00, 15:00-18:00", "18:00")):
        hours = WorkingHours.parse(text)
        assert f"{hours.closing(CIVIL, date(2026, 3, 2)):%H:%M}" == closes


def test_sessions_that_overlap_are_shown_as_they_were_given() -> None:
    with pytest.raises(InvalidValueError) as caught:
        WorkingHours.parse("08:00-11:00, 10:30-12:00")
    assert caught.value.message.en.startswith("week: cannot use [['08:00-11:00', '10:30-12:00'], ")
