"""Whole explanations, whole pictures and whole messages: what the laws of counting cannot see."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from onestop_core import workdays
from onestop_core.deadlines import TimeLimit, WorkingHours, due, transfer_due
from onestop_core.deadlines.hours import Session
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidValueError,
)
from onestop_core.model import LimitStep
from tests.deadlines.scenarios import HOURS, SCENARIOS, counted

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
CIVIL = workdays.calendar("vn-civil")
MONDAY = datetime.fromisoformat("2026-03-02T09:00+07:00")
FIVE = TimeLimit.parse("5 working days")
NAIVE = datetime(2026, 3, 2, 9, 0)


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_explanation_reads_as_it_was_read_when_it_was_approved(name: str) -> None:
    approved = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    found = counted(name)
    assert {"vi": found.to_dict(language="vi"), "en": found.to_dict(language="en")} == approved
    assert found.to_dict() == approved["en"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["across-tet", "with-a-pause", "days-that-end-on-a-holiday", "linked", "a-year"])
def test_a_picture_looks_as_it_looked_when_it_was_approved(name: str, language: Literal["vi", "en"]) -> None:
    assert counted(name).to_svg(language=language) == (GOLDEN / f"{name}.{language}.svg").read_bytes().decode()


def test_a_picture_is_in_english_unless_asked_otherwise() -> None:
    assert counted("across-tet").to_svg() == counted("across-tet").to_svg(language="en")


def count(**options: Any) -> object:
    return due(MONDAY, FIVE, calendar=CIVIL, **options)


@pytest.mark.parametrize(
    ("ask", "en"),
    [
        (
            lambda: count(pauses=[(MONDAY, datetime.fromisoformat("2026-03-01T09:00+07:00"))]),
            "pause: cannot use '2026-03-02T09:00:00+07:00/2026-03-01T09:00:00+07:00'; expected an end not before its start",
        ),
        (
            lambda: count(pauses=[(1, 2, 3)]),
            "pause: cannot use (1, 2, 3); expected a pair (start, end)",
        ),
        (lambda: count(pauses=[(NAIVE, None)]), "pause: cannot use datetime.datetime(2026, 3, 2, 9, 0)"),
        (lambda: count(pauses=[(MONDAY, NAIVE)]), "pause: cannot use datetime.datetime(2026, 3, 2, 9, 0)"),
        (
            lambda: due(MONDAY, "5 days", calendar=CIVIL),  # type: ignore[arg-type]
            "limit: cannot use '5 days'; expected a TimeLimit, as TimeLimit.parse returns it",
        ),
        (
            lambda: due(MONDAY, TimeLimit.parse("0.5 working days"), calendar=CIVIL),
            "limit: cannot use '0,5 ngày làm việc'; expected the office hours of the agency (hours), since the limit has",
        ),
        (lambda: count(end_on_day_off="x"), "end_on_day_off: cannot use 'x'; expected one of"),
        (lambda: count(late_receipt="x"), "late_receipt: cannot use 'x'; expected one of"),
        (lambda: due(NAIVE, FIVE, calendar=CIVIL), "received_at: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).status(now=NAIVE), "now: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).left(at=NAIVE), "at: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).used(until=NAIVE), "until: cannot use"),
        (
            lambda: LimitStep(unit="months", amount=Fraction(1, 2)),
            "amount: cannot use '0.5'; expected a number from 1 to 1200, whole",
        ),
        (
            lambda: LimitStep(unit="working_days", amount=Fraction(1, 3)),
            "amount: cannot use Fraction(1, 3); expected a number from 0 to 9999 with at most two decimals",
        ),
        (
            lambda: LimitStep(unit="moons", amount=1),
            "unit: cannot use 'moons'; expected one of working_days, working_hours, hours, days",
        ),
        (
            lambda: TimeLimit(steps=()),
            "steps: cannot use (); expected from 1 to 20 steps",
        ),
    ],
)
def test_what_cannot_be_used_is_named_in_both_languages(ask: Callable[[], object], en: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ask()
    assert caught.value.message.en.startswith(en)
    assert f"giá trị {caught.value.value} không hợp lệ; cần " in caught.value.message.vi


@pytest.mark.parametrize("amount", [Decimal("1.5"), Fraction(3, 2)])
def test_hours_are_added_exactly_whatever_the_number(amount: Decimal | Fraction) -> None:
    assert HOURS.add(CIVIL, MONDAY, amount).isoformat() == "2026-03-02T10:30:00+07:00"


def test_the_hours_of_a_week_and_of_a_document_agree() -> None:
    assert WorkingHours.from_document(HOURS.to_document()) == HOURS
    assert [str(session) for session in HOURS.sessions(CIVIL, date(2026, 1, 10))] == ["07:30-11:30", "13:30-17:00"]


def test_an_explanation_asked_for_later_is_the_one_asked_for_at_once() -> None:
    for name in SCENARIOS:
        at_once = counted(name)
        later = due(
            at_once.received_at,
            at_once.limit,
            calendar=CIVIL,
            hours=at_once.hours,
            pauses=at_once.pauses,
            end_on_day_off=at_once.policies.end_on_day_off,
            late_receipt=at_once.policies.late_receipt,
        )
        assert later.steps == ()
        assert later.explained().steps == at_once.steps
        assert (later.at, later.certainty) == (at_once.at, at_once.certainty)


def test_a_pause_that_begins_at_the_limit_still_counts_as_waiting() -> None:
    deadline = due(MONDAY, FIVE, calendar=CIVIL)
    at_limit = due(MONDAY, FIVE, calendar=CIVIL, pauses=[(deadline.at, None)])
    assert at_limit.status(now=deadline.at.replace(day=12)).code.value == "paused"


def test_a_month_that_ends_beyond_the_calendar_of_python_is_refused() -> None:
    far = datetime.fromisoformat("9999-12-20T09:00+07:00")
    for limit in ("1 month", "30 days"):
        with pytest.raises(InvalidValueError) as caught:
            due(far, TimeLimit.parse(limit), calendar=CIVIL)
        assert str(caught.value).startswith("received_at: cannot use '9999-")
        assert str(caught.value).endswith("expected a day whose limit ends before the year 10000")
        assert caught.value.message.vi.endswith("cần ngày mà thời hạn kết thúc trước năm 10000")


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEK = {day: ["08:00-12:00", "13:00-17:00"] for day in DAYS}
SUMMER = {day: ["07:00-11:00"] for day in DAYS}


def hours_document(**members: Any) -> dict[str, Any]:
    return {"schema_version": "1.0", "week": WEEK, **members}


def opens(hours: WorkingHours, day: date) -> str:
    return str(hours.sessions(CIVIL, day)[0])


def test_a_season_holds_from_its_first_to_its_last_day_and_may_pass_new_year() -> None:
    summer = WorkingHours.from_document(hours_document(seasons=[{"first": "04-15", "last": "10-15", "week": SUMMER}]))
    days = [date(2026, 4, 14), date(2026, 4, 15), date(2026, 10, 15), date(2026, 10, 16)]
    assert [opens(summer, day)[:5] for day in days] == ["08:00", "07:00", "07:00", "08:00"]
    winter = WorkingHours.from_document(hours_document(seasons=[{"first": "12-15", "last": "01-15", "week": SUMMER}]))
    days = [date(2025, 12, 12), date(2025, 12, 15), date(2026, 1, 15), date(2026, 1, 16)]
    assert [opens(winter, day)[:5] for day in days] == ["08:00", "07:00", "07:00", "08:00"]
    one_day = WorkingHours.from_document(hours_document(seasons=[{"first": "03-03", "last": "03-03", "week": SUMMER}]))
    assert [opens(one_day, date(2026, 3, day))[:5] for day in (2, 3, 4)] == ["08:00", "07:00", "08:00"]


def test_a_make_up_saturday_has_the_hours_of_the_day_it_replaces() -> None:
    week = {**WEEK, "friday": ["09:00-10:00"], "monday": ["10:00-11:00"]}
    plain = WorkingHours.from_document({"schema_version": "1.0", "week": week})
    assert plain.make_up.value == "replaced_day"
    assert opens(plain, date(2026, 1, 10)) == "09:00-10:00"  # for Friday 2 January
    assert opens(plain, date(2026, 8, 22)) == "10:00-11:00"  # for Monday 31 August
    own = WorkingHours.from_document({"schema_version": "1.0", "week": week, "make_up": "own_weekday"})
    assert own.sessions(CIVIL, date(2026, 1, 10)) == ()


def test_a_document_of_hours_that_breaks_the_schema_names_its_source() -> None:
    for broken in ({}, hours_document(bases={"b": {"instrument": "X", "firmness": "certain"}})):
        with pytest.raises(InvalidDocumentError) as caught:
            WorkingHours.from_document(broken, source="hours.json")
        assert caught.value.source == "hours.json"


def test_the_bases_of_hours_go_out_and_back() -> None:
    document = hours_document(bases={"b": {"instrument": "Quyết định 1", "firmness": "read"}}, basis=["b"])
    hours = WorkingHours.from_document(document)
    assert list(hours.to_document()["bases"]) == ["basis-1"]
    assert WorkingHours.from_document(hours.to_document()) == hours


def test_what_hours_cannot_use_is_named() -> None:
    with pytest.raises(InvalidValueError, match="make_up: cannot use 'x'"):
        WorkingHours(week=HOURS.week, make_up="x")
    with pytest.raises(InvalidValueError, match="received_at: cannot use"):
        transfer_due(NAIVE, calendar=CIVIL)
    with pytest.raises(InvalidValueError) as caught:
        Session.parse("9" * 500)
    assert len(caught.value.value) <= 80


def test_a_limit_that_is_too_long_a_text_is_refused_at_the_limit() -> None:
    with pytest.raises(InvalidValueError):
        TimeLimit.parse("5 working days" + " " * 600)
    assert TimeLimit.parse(("5 working days" + " " * 600)[:600]) == FIVE
    with pytest.raises(InvalidValueError):
        TimeLimit.parse("within at most 5 days")
    with pytest.raises(InvalidValueError):
        LimitStep(unit="same_day", amount=2)
    assert str(TimeLimit.parse("2.50 working days")) == "2.5 working days"
    assert str(TimeLimit.parse("100 working days")) == "100 working days"


def test_a_limit_has_at_most_twenty_steps() -> None:
    day = LimitStep(unit="working_days", amount=1)
    assert TimeLimit(steps=(day,) * 20).whole_working_days == 20
    assert due(MONDAY, TimeLimit(steps=(day,) * 20), calendar=CIVIL).day == CIVIL.add(MONDAY.date(), 20)
    with pytest.raises(InvalidValueError):
        TimeLimit(steps=(day,) * 21)
