# ruff: noqa: S301 - the pickles are our own
from __future__ import annotations

import copy
import pickle
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, workdays
from onestop_core.deadlines import WorkingHours, office_hours, transfer_due
from onestop_core.deadlines.hours import MakeUpHours, Season, Session
from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError
from onestop_core.model import HO_CHI_MINH, Basis, Firmness, TimeLimit
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text
from tests.deadlines.slow import VIETNAM_2026, SlowCalendar, at, hours_earlier, hours_later, minutes_between, works

CIVIL = workdays.calendar("vn-civil")
OFFICE = office_hours()


@pytest.mark.parametrize(
    ("name", "schema"), [("rules/counting-rules", "deadline-rules"), ("office-hours", "working-hours")]
)
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
    "text",
    [
        "",
        "07:30",
        "11:30-07:30",
        "07:30-07:30",
        "25:00-26:00",
        "07:30-11:30, 11:00-12:00",
        "07:30-11:30, 11:30-17:00",
        "07:30-11:30,",
        "07:30-11:30 13:30-17:00",
        "07:30-11:30x",
        "x07:30-11:30",
        "7-11",
        "7:3-11:30",
        "07:60-11:30",
        "24:00-24:00",
        "00:00-00:00",
        "22:00-00:00",
        "22:00-24:01",
        "22h-24h30",
        "07:30 AM-11:30 AM",
        "٠٧:٣٠-١١:٣٠",
        "07:30-11:30\0",
        # Nothing is cut off in silence.
        "07:30-11:30" + " " * 200 + ", 13:30-17:00",
        "07:30-11:30, 13:30-17:00" + " " * 200 + "GARBAGE",
        pytest.param(" " * 10_000_000 + "07:30-11:30", id="blanks"),
        pytest.param("07:30-11:30, " * 10_000, id="sessions"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        WorkingHours.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "07:30-11:30,13:30-17:00",
        "07:30 - 11:30, 13:30 - 17:00",
        "7:30-11:30, 13:30-17:00",
        "7h30 - 11h30, 13h30 - 17h00",
        "7h30-11h30; 13h30-17h",
        "07h30 – 11h30, 13h30 — 17h00",
        "7g30 - 11g30, 13g30 - 17g",
        "Sáng: 7h30 - 11h30; chiều: 13h30 - 17h00",
        "Sáng từ 07 giờ 30 đến 11 giờ 30, chiều từ 13 giờ 30 đến 17 giờ 00",
        "Buổi sáng từ 07 giờ 30 phút đến 11 giờ 30 phút; buổi chiều từ 13 giờ 30 phút đến 17 giờ",
        "7h30' - 11h30' và 13h30' - 17h00'",
        "07:30-11:30\n13:30-17:00",
        "  07:30\u00a0-\t11:30 ,  13:30 -17:00  ",
        unicodedata.normalize("NFD", "Sáng: 7 giờ 30 đến 11 giờ 30, chiều: 13 giờ 30 đến 17 giờ"),
    ],
)
def test_hours_are_read_as_offices_write_them(text: str) -> None:
    assert WorkingHours.parse(text) == WorkingHours.parse("07:30-11:30, 13:30-17:00")
    assert [str(session) for session in WorkingHours.parse(text).week[0]] == ["07:30-11:30", "13:30-17:00"]


def test_a_day_may_end_at_24() -> None:
    for text in ("00:00-24:00", "0h-24h", "00:00 - 24:00", "0 giờ đến 24 giờ"):
        assert str(WorkingHours.parse(text).week[0][0]) == "00:00-24:00"
    around = WorkingHours.parse("00:00-24:00")
    assert around.add(CIVIL, at("2026-03-02 10:00"), 24) == at("2026-03-03 10:00")
    assert around.add(CIVIL, at("2026-03-03 10:00"), -24) == at("2026-03-02 10:00")
    assert around.add(CIVIL, at("2026-03-02 10:00"), 14) == at("2026-03-03 00:00")
    assert around.add(CIVIL, at("2026-03-06 10:00"), 15) == at("2026-03-09 01:00")
    assert around.between(CIVIL, at("2026-03-06 00:00"), at("2026-03-09 00:00")) == timedelta(hours=24)
    assert around.closing(CIVIL, date(2026, 3, 2)) == at("2026-03-02 23:59:59")
    session = around.week[0][0]
    assert (session.opens, session.closes, session.opening, session.closing) == (time(), time(), 0, 1440)
    assert Session(opens=time(22), closes=time()) == Session.parse("22:00-24:00")
    document = around.to_document()
    assert document["week"]["monday"] == ["00:00-24:00"]
    assert check_schema(document, "working-hours") == ()
    assert WorkingHours.from_document(document) == around
    assert check_schema({**document, "week": {**document["week"], "monday": ["24:00-24:00"]}}, "working-hours")


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


@pytest.mark.parametrize(
    "amount",
    [
        1.5,
        float("nan"),
        True,
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        "1",
        None,
        [1],
        1j,
        Fraction(1, 7 * 10**9),
        Decimal("1e-11"),
        Decimal("1e-400000"),
        Decimal("1e400000"),
        Decimal("1e999999"),
        Decimal("-1e999999"),
        10**30,
        -(10**30),
        pytest.param(10**5000, id="a number of 5,001 digits"),
        pytest.param(Fraction(10**5000, 3), id="a long numerator"),
        pytest.param(Fraction(1, 10**5000), id="a long denominator"),
        Decimal("0." + "0" * 50 + "1"),
    ],
)
def test_amounts_are_exact_and_of_this_world(amount: Any) -> None:
    with pytest.raises(InvalidValueError, match="amount"):
        OFFICE.add(CIVIL, at("2026-03-02 08:00"), amount)


@pytest.mark.parametrize("hours", [OFFICE, WINTER, WorkingHours.parse("00:00-24:00")])
@pytest.mark.parametrize("amount", [10**7, -(10**7), 250_000, -250_000, Decimal("1e7")])
def test_amounts_beyond_the_calendar_are_told_by_it(hours: WorkingHours, amount: Any) -> None:
    with pytest.raises(CalendarCoverageError):
        hours.add(CIVIL, at("2026-03-02 08:00"), amount)


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


@given(start=MINUTES, length=st.integers(0, 60 * 24 * 12))
def test_counting_agrees_with_a_walk_from_minute_to_minute(start: int, length: int) -> None:
    low = at("2026-01-05 00:00") + timedelta(minutes=start)
    high = low + timedelta(minutes=length)
    counted = OFFICE.between(VIETNAM_2026, low, high)
    assert counted == timedelta(minutes=minutes_between(VIETNAM_2026, OFFICE, low, high))
    assert OFFICE.between(VIETNAM_2026, high, low) == -counted


@given(start=MINUTES, minutes=st.integers(1, 1500))
def test_adding_agrees_with_the_walk_and_with_counting(start: int, minutes: int) -> None:
    moment = at("2026-01-05 00:00") + timedelta(minutes=start)
    end = OFFICE.add(VIETNAM_2026, moment, Fraction(minutes, 60))
    assert end == hours_later(VIETNAM_2026, OFFICE, moment, minutes)
    assert OFFICE.between(VIETNAM_2026, moment, end) == timedelta(minutes=minutes)


WEEKS = st.sampled_from(
    [
        OFFICE,
        WorkingHours.parse("07:30-11:30, 13:30-17:00"),
        WorkingHours.parse("00:00-24:00"),
        WorkingHours.parse("06:00-09:00, 10:00-11:00, 20:00-24:00"),
        WorkingHours(
            week=tuple(
                tuple(map(Session.parse, day.split()))
                for day in (
                    "08:00-12:00 18:00-24:00",
                    "00:00-02:00",
                    "07:00-17:00",
                    "07:00-17:00",
                    "09:00-10:00",
                    "",
                    "",
                )
            )
        ),
    ]
)


@given(hours=WEEKS, start=MINUTES, minutes=st.integers(1, 1500))
def test_each_week_agrees_with_the_walk_forwards(hours: WorkingHours, start: int, minutes: int) -> None:
    moment = at("2026-01-05 00:00") + timedelta(minutes=start)
    end = hours.add(VIETNAM_2026, moment, Fraction(minutes, 60))
    assert end == hours_later(VIETNAM_2026, hours, moment, minutes)
    assert hours.between(VIETNAM_2026, moment, end) == timedelta(minutes=minutes)
    assert hours.between(VIETNAM_2026, moment, end) == timedelta(
        minutes=minutes_between(VIETNAM_2026, hours, moment, end)
    )


@given(hours=WEEKS, start=MINUTES, minutes=st.integers(1, 1500))
def test_each_week_agrees_with_the_walk_backwards(hours: WorkingHours, start: int, minutes: int) -> None:
    moment = at("2026-02-23 00:00") + timedelta(minutes=start)
    begin = hours.add(VIETNAM_2026, moment, Fraction(-minutes, 60))
    assert begin == hours_earlier(VIETNAM_2026, hours, moment, minutes)
    assert hours.between(VIETNAM_2026, begin, moment) == timedelta(minutes=minutes)
    assert works(VIETNAM_2026, hours, begin)


@given(hours=WEEKS, start=MINUTES, amount=st.fractions(-60, 60, max_denominator=3_600))
def test_from_working_time_there_and_back_is_where_one_was(hours: WorkingHours, start: int, amount: Fraction) -> None:
    moment = at("2026-02-23 00:00") + timedelta(minutes=start)
    exact = Fraction(round(amount * 3_600), 3_600)
    there = hours.add(VIETNAM_2026, moment, exact)
    # Forwards one begins in a session, its opening included; backwards its close.
    inside = moment if exact > 0 else moment - timedelta(minutes=1)
    if exact and works(VIETNAM_2026, hours, inside):
        assert hours.add(VIETNAM_2026, there, -exact) == moment
    # In any case nothing is worked between the moment and where one comes back to.
    back = hours.add(VIETNAM_2026, there, -exact) if exact else moment
    assert hours.between(VIETNAM_2026, back, moment) == timedelta()


@given(hours=WEEKS, start=MINUTES, one=st.integers(1, 1200), two=st.integers(1, 1200))
def test_going_in_two_steps_is_going_in_one(hours: WorkingHours, start: int, one: int, two: int) -> None:
    moment = at("2026-02-23 00:00") + timedelta(minutes=start)
    for sign in (1, -1):
        first, second = Fraction(sign * one, 60), Fraction(sign * two, 60)
        halfway = hours.add(VIETNAM_2026, moment, first)
        assert hours.add(VIETNAM_2026, halfway, second) == hours.add(VIETNAM_2026, moment, first + second)


def test_a_reminder_some_hours_before() -> None:
    hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    assert hours.add(CIVIL, at("2026-03-03 09:00"), -4) == at("2026-03-02 14:30")
    assert hours.add(CIVIL, at("2026-03-03 09:00"), -5) == at("2026-03-02 13:30")
    assert hours.add(CIVIL, at("2026-02-23 07:30"), -1) == at("2026-02-13 16:00")  # over Tết
    assert hours.add(CIVIL, at("2026-03-03 12:00"), Decimal("-0.5")) == at("2026-03-03 11:00")


def test_hours_are_values() -> None:
    for hours in (OFFICE, WINTER):
        again = pickle.loads(pickle.dumps(hours))
        assert again == hours == copy.deepcopy(hours)
        assert hash(again) == hash(hours)
        assert again.add(CIVIL, at("2026-03-02 08:00"), 20) == hours.add(CIVIL, at("2026-03-02 08:00"), 20)
        assert len(repr(hours)) < 100
    assert repr(OFFICE) == "<WorkingHours 07:00-11:30, 13:30-17:00>"
    assert repr(WINTER) == "<WorkingHours 07:30-11:30, 13:30-17:00 on Monday>"
    # Derived fields are no part of what is said, nor of a pickle.
    assert b"_even" not in pickle.dumps(OFFICE)
    # Lists become tuples on entry.
    same: Any = [list(day) for day in OFFICE.week]
    bases: Any = list(OFFICE.basis)
    assert WorkingHours(week=same, name=OFFICE.name, basis=bases) == OFFICE
    lists: dict[str, Any] = {"first": [4, 15], "last": [10, 15]}
    assert Season(**lists, week=same) == Season(first=(4, 15), last=(10, 15), week=OFFICE.week)


def test_a_deadline_is_pickled_with_its_calendar_and_hours() -> None:
    from onestop_core.deadlines import TimeLimit, due

    decided = CIVIL.with_decisions(
        {
            "schema_version": "1.0",
            "kind": "local",
            "id": "H26-1",
            "territory": "H26",
            "issuer": {"vi": "UBND"},
            "announced_on": "2026-01-01",
            "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
            "days_off": [{"date": "2026-03-05", "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ"}}],
        }
    )
    for calendar in (CIVIL, workdays.calendar(as_of=date(2026, 1, 1)), decided):
        deadline = due(at("2026-03-02 09:00"), TimeLimit.parse("20 working hours"), calendar=calendar, hours=OFFICE)
        again = pickle.loads(pickle.dumps(deadline))
        assert again == deadline
        assert again.calendar == calendar
        assert again.status(now=at("2026-03-03 09:00")) == deadline.status(now=at("2026-03-03 09:00"))


WRONG = ["x", None, 5, 1.5, [], [[]] * 7, [None] * 7, b"x", object(), {"a": 1}, "1234567", [[5]] * 7]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_hours_is_refused(wrong: Any) -> None:
    asks: list[tuple[Any, str]] = [
        (lambda: WorkingHours(week=wrong), "week"),
        (lambda: Season(first=(1, 1), last=(2, 1), week=wrong), "week"),
        (lambda: Season(first=wrong, last=(2, 1), week=OFFICE.week), "first"),
        (lambda: attrs.evolve(OFFICE, make_up=wrong), "make_up"),
        (lambda: Session(opens=wrong, closes=time(17)), "session"),
        (lambda: Session(opens=time(7), closes=wrong), "session"),
        (lambda: Session.parse(wrong), "session"),
        (lambda: WorkingHours.parse(wrong), "session|hours"),
        (lambda: OFFICE.add(wrong, at("2026-03-02 08:00"), 1), "calendar"),
        (lambda: OFFICE.between(wrong, at("2026-03-02 08:00"), at("2026-03-02 09:00")), "calendar"),
        (lambda: OFFICE.sessions(wrong, date(2026, 3, 2)), "calendar"),
        (lambda: OFFICE.closing(wrong, date(2026, 3, 2)), "calendar"),
        (lambda: OFFICE.sessions(CIVIL, wrong), "day"),
        (lambda: OFFICE.closing(CIVIL, wrong), "day"),
        (lambda: OFFICE.add(CIVIL, wrong, 1), "moment"),
        (lambda: OFFICE.between(CIVIL, wrong, at("2026-03-02 09:00")), "start"),
        (lambda: OFFICE.between(CIVIL, at("2026-03-02 09:00"), wrong), "end"),
    ]
    if wrong is not None:
        asks.append((lambda: attrs.evolve(OFFICE, name=wrong), "name"))
    if wrong not in ([], None):
        asks += [
            (lambda: attrs.evolve(OFFICE, seasons=wrong), "seasons"),
            (lambda: attrs.evolve(OFFICE, basis=wrong), "basis"),
        ]
    for ask, name in asks:
        with pytest.raises(InvalidValueError, match=name):
            ask()


@pytest.mark.parametrize("day", [(2, 30), (13, 1), (0, 1), (1, 0), (1,), (1, 2, 3), ("1", "2"), "01-02"])
def test_a_season_begins_and_ends_on_days_that_there_are(day: Any) -> None:
    with pytest.raises(InvalidValueError, match="first"):
        Season(first=day, last=(3, 1), week=OFFICE.week)
    assert date(2028, 2, 29) in Season(first=(2, 29), last=(2, 29), week=OFFICE.week)


def test_a_document_of_a_season_that_there_is_not_is_refused_with_its_place() -> None:
    document = WINTER.to_document()
    document["seasons"][1]["first"] = "02-30"
    with pytest.raises(InvalidDocumentError) as caught:
        WorkingHours.from_document(document)
    assert [problem.path for problem in caught.value.problems] == ["$.seasons[1]"]


def test_names_in_vietnamese_only_are_read() -> None:
    document = {**WINTER.to_document(), "name": {"vi": "Giờ của xã"}}
    document["bases"] = {"basis-1": {"instrument": "X", "firmness": "read", "note": {"vi": "a"}}}
    hours = WorkingHours.from_document(document)
    assert hours.name == Text(vi="Giờ của xã", en="Giờ của xã")
    assert hours.basis[0].note == Text(vi="a", en="a")


class Answerless:
    """Throws whatever it is asked."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


def test_a_calendar_or_hours_of_another_kind_are_refused_for_a_transfer_too() -> None:
    wrong: list[Any] = [None, "vn-civil", 5, Answerless()]
    for each in wrong:
        with pytest.raises(InvalidValueError, match="calendar"):
            transfer_due(at("2026-03-02 09:00"), calendar=each)
        with pytest.raises(InvalidValueError, match="calendar"):
            OFFICE.add(each, at("2026-03-02 09:00"), 1)
    for each in wrong[1:]:
        with pytest.raises(InvalidValueError, match="hours"):
            transfer_due(at("2026-03-02 09:00"), calendar=CIVIL, hours=each)


class Endless:
    """A host's calendar that knows every day: Monday to Friday, from the first to the last day that there is."""

    announced_until = date.max

    def is_workday(self, day: date) -> bool:
        return day.weekday() < 5

    def add(self, day: date, n: int) -> date:
        return SlowCalendar().add(day, n)

    def count(self, after: date, through: date) -> int:
        return sum(self.is_workday(date.fromordinal(n)) for n in range(after.toordinal() + 1, through.toordinal() + 1))

    def next(self, day: date) -> date:
        day += timedelta(days=1)
        return day if self.is_workday(day) else self.next(day)

    def day(self, _: date) -> Any:
        return None


def test_at_the_ends_of_time_only_our_errors_go_out() -> None:
    around = WorkingHours.parse("00:00-24:00")
    with pytest.raises(InvalidValueError, match="a later day"):
        around.add(Endless(), at("0001-01-02 08:00"), -100)
    with pytest.raises(InvalidValueError, match="before the year 10000"):
        around.add(Endless(), at("9999-12-31 08:00"), 16)
    assert around.add(Endless(), at("9999-12-31 08:00"), 15) == at("9999-12-31 23:00")


def test_a_weekday_of_its_own_may_have_no_hours_at_all() -> None:
    """A made-up Saturday by its own hours, of which there are none: a working day on which nobody works."""
    own = attrs.evolve(OFFICE, make_up=MakeUpHours.OWN_WEEKDAY)
    assert own.add(CIVIL, at("2026-01-09 17:00"), 0) == at("2026-01-12 07:00")
    assert own.add(CIVIL, at("2026-01-09 16:00"), 2) == at("2026-01-12 08:00")
    assert own.add(CIVIL, at("2026-01-12 08:00"), -2) == at("2026-01-09 16:00")
    assert own.between(CIVIL, at("2026-01-09 16:00"), at("2026-01-12 08:00")) == timedelta(hours=2)
    assert own.closing(CIVIL, date(2026, 1, 10)) == at("2026-01-10 23:59:59")


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


FULL = {key: ["08:00-12:00"] for key in ("monday", "tuesday", "wednesday", "thursday", "friday")}


@pytest.mark.parametrize(
    ("change", "path", "vi", "en"),
    [
        (
            {"week": {**FULL, "monday": ["08:00-12:00", "12:00-17:00"]}},
            "$.week",
            "bảy ngày, thứ Hai đến thứ Sáu đều có buổi làm việc, các buổi theo thứ tự và cách nhau",
            "seven days, sessions on each from Monday to Friday, in order and apart",
        ),
        (
            {"week": {**FULL, "monday": ["12:00-12:00"]}},
            "$.week",
            "giá trị '12:00-12:00' không hợp lệ; cần buổi làm việc như 07:30-11:30 hoặc 7h30 - 11h30; hết ngày là 24:00",
            "cannot use '12:00-12:00'; expected a session such as 07:30-11:30 or 7h30 - 11h30; the end of the day is 24:00",
        ),
        ({"basis": ["nowhere"]}, "$.basis", "chưa khai căn cứ 'nowhere'", "no basis named 'nowhere'"),
    ],
)
def test_hours_that_cannot_be_used_are_a_problem_of_the_document(
    change: dict[str, Any], path: str, vi: str, en: str
) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        WorkingHours.from_document({"schema_version": "1.0", "week": FULL, **change}, source="hours.json")
    (problem,) = caught.value.problems
    assert (problem.path, caught.value.source) == (path, "hours.json")
    assert problem.text.vi.endswith(vi)
    assert problem.text.en.endswith(en)


def test_what_cannot_be_used_is_named_in_both_languages() -> None:
    asks: list[Any] = [lambda: Session.parse("7-11"), lambda: Session(opens=time(11), closes=time(7))]
    for ask in asks:
        with pytest.raises(InvalidValueError) as caught:
            ask()
        assert caught.value.message.vi.endswith(
            "cần buổi làm việc như 07:30-11:30 hoặc 7h30 - 11h30; hết ngày là 24:00"
        )
    with pytest.raises(InvalidValueError) as caught:
        OFFICE.add(CIVIL, at("2026-03-02 08:00"), 1.5)  # type: ignore[arg-type]
    assert caught.value.message.vi.endswith("cần số giờ chính xác đến micrô giây, nhiều nhất 87.840.000")
    assert str(caught.value).endswith("expected exact hours, to the microsecond, at most 87,840,000")


def test_the_last_second_of_a_day_stands_for_its_end_in_plain_hours() -> None:
    limit, cal = TimeLimit.parse("2 hours"), workdays.calendar("vn-civil")
    ends = [
        deadlines.due(datetime(2026, 3, 2, 23, 59, second, part, HO_CHI_MINH), limit, calendar=cal).at
        for second, part in ((58, 0), (58, 999_999), (59, 0), (59, 1), (59, 999_999))
    ]
    assert ends == sorted(ends)
    assert ends[-3:] == [datetime(2026, 3, 3, 2, tzinfo=HO_CHI_MINH)] * 3
