"""Outages: a planned stop is told seven working days before; no due moment moves by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from onestop_core import workdays
from onestop_core.deadlines import TimeLimit, countdown
from onestop_core.desk.outages import LastDay, Outage, met_outages, notice_of
from onestop_core.dossier import event, machine
from onestop_core.errors import InvalidValueError

CALENDAR = workdays.calendar("vn-civil")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def stop(start: str = "2026-08-14T22:00", **given: Any) -> Outage:
    return Outage(**{"id": "1", "start": at(start), "planned": True, "expected_end": at("2026-08-15T06:00"), **given})


@pytest.mark.parametrize(
    ("told", "status"),
    [(date(2026, 8, 5), "in_time"), (date(2026, 8, 6), "late"), (date(2026, 8, 4), "in_time"), (None, "missing")],
)
def test_a_planned_stop_is_told_seven_working_days_before(told: date | None, status: str) -> None:
    found = notice_of(stop(notice_on=told), calendar=CALENDAR)
    assert (found.by, found.status) == (date(2026, 8, 5), status)
    assert [basis.article for basis in found.basis] == ["13(1)(a)"]


def test_the_notice_says_when_the_service_is_expected_back() -> None:
    assert notice_of(stop(notice_on=date(2026, 8, 5), expected_end=None), calendar=CALENDAR).status == "without_end"


@pytest.mark.parametrize(
    "outage",
    [stop(planned=False), stop(force_majeure=True), stop("2026-06-30T22:00")],
    ids=["a failure", "force majeure", "before the decree"],
)
def test_what_nobody_could_tell_or_had_to_needs_no_notice(outage: Outage) -> None:
    found = notice_of(outage, calendar=CALENDAR)
    assert (found.status, found.by, found.basis) == ("not_needed", None, ())


def test_the_decree_asks_from_its_first_day_on() -> None:
    assert notice_of(stop("2026-07-01T00:00"), calendar=CALENDAR).by == date(2026, 6, 22)


def test_a_local_rule_may_ask_for_more_and_not_for_less() -> None:
    assert notice_of(stop(), calendar=CALENDAR, days=10).by == date(2026, 7, 31)
    for wrong in (5, 0, True, 400, "7"):
        days: Any = wrong
        with pytest.raises(InvalidValueError):
            notice_of(stop(), calendar=CALENDAR, days=days)


DOWN = Outage(id="down", start=at("2026-08-14T08:00"), end=at("2026-08-14T11:00"), planned=False)
LASTS = Outage(id="lasts", start=at("2026-08-14T09:00"), planned=False)


@pytest.mark.parametrize(
    ("due", "names"),
    [
        ("2026-08-13T17:00", ()),
        ("2026-08-14T07:59", ()),  # it had passed before anything was down
        ("2026-08-14T08:00", ("down",)),
        ("2026-08-14T17:00", ("down", "lasts")),
        ("2026-08-14T23:59:59", ("down", "lasts")),
        ("2026-08-15T17:00", ("lasts",)),
    ],
)
def test_a_last_day_meets_an_outage_that_touched_it(due: str, names: tuple[str, ...]) -> None:
    rows = met_outages([LastDay(id="H26-1", due=at(due), what="supplement")], [LASTS, DOWN])
    assert tuple(stop.id for row in rows for stop in row.outages) == names
    assert all(row.due == at(due) for row in rows)


def test_no_due_day_moves_by_itself() -> None:
    m = machine("vn", on=date(2026, 8, 10))
    case = m.new(id="H26-1", procedure="1.004222", channel="online", at=at("2026-08-07T09:00"))
    case = m.step(case, event("received", at("2026-08-07T10:00")))
    due = countdown(case, TimeLimit.parse("5 working days"), calendar=CALENDAR).due()
    assert due is not None
    [row] = met_outages([LastDay(id=case.id, due=due.at)], [DOWN])
    assert row.due == due.at == at("2026-08-14T00:00") + timedelta(days=1) - timedelta(seconds=1)
    told = row.to_dict(language="vi")
    assert (told["id"], told["outages"], told["what"]) == ("H26-1", ["down"], "appointment")
    assert "hạn không tự dời" in told["text"]
    assert told["basis"] == [row.basis[0].cite().vi]


def test_an_outage_does_not_end_before_it_begins() -> None:
    with pytest.raises(InvalidValueError, match="end"):
        Outage(id="1", start=at("2026-08-14T08:00"), end=at("2026-08-14T07:59"), planned=False)
    with pytest.raises(InvalidValueError):
        Outage(id="1", start=datetime(2026, 8, 14, 8), planned=False)


def test_what_was_over_at_midnight_did_not_touch_the_day_that_began_then() -> None:
    night = stop("2026-08-13T22:00", end=at("2026-08-14T00:00"))
    assert (night.touches(date(2026, 8, 13)), night.touches(date(2026, 8, 14))) == (True, False)
    assert stop("2026-08-13T22:00", end=at("2026-08-14T00:01")).touches(date(2026, 8, 14))
    blink = stop("2026-08-14T00:00", end=at("2026-08-14T00:00"))
    assert (blink.touches(date(2026, 8, 13)), blink.touches(date(2026, 8, 14))) == (False, True)


def test_the_service_is_not_expected_back_before_it_stops() -> None:
    with pytest.raises(InvalidValueError, match="expected_end"):
        stop(expected_end=at("2026-08-14T21:59"))


def test_a_number_of_days_that_is_too_large_is_told_with_both_bounds() -> None:
    with pytest.raises(InvalidValueError, match="7 to 365"):
        notice_of(stop(), calendar=CALENDAR, days=366)
