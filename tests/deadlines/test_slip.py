"""The control slip: each hand with the time that it had and used."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier
from onestop_core.deadlines import TimeLimit, WorkingHours, control_slip
from onestop_core.deadlines.terms import StatusCode
from onestop_core.errors import InvalidValueError
from onestop_core.rules.reading import resources
from onestop_core.workdays import calendar

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

CIVIL = calendar("vn-civil")
BUDGETS = {"receiving_officer": TimeLimit.parse("3 working hours"), "specialist": TimeLimit.parse("3 working days")}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def handled(*steps: tuple[str, str, dict[str, Any]], edition: str = "vn@decree-118-2025") -> Dossier:
    machine = dossier.machine(edition)
    case = machine.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:00"))
    for kind, when, fields in steps:
        case = machine.step(case, dossier.event(kind, at(when), **fields))
    return case


WAY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("received", "2026-03-02T08:10", {}),
    ("assigned", "2026-03-02T14:00", {"to_actor": "minh"}),
    ("supplement_requested", "2026-03-05T15:00", {"reason": "thiếu bản đồ"}),
    ("supplemented", "2026-03-10T09:00", {}),
    ("approved", "2026-03-16T16:00", {}),
)


def test_each_hand_is_counted_by_its_own_budget() -> None:
    slip = control_slip(handled(*WAY), BUDGETS, now=at("2026-03-20T09:00"), calendar=CIVIL)
    shown = [(row.holding.role, row.status.code if row.status else None) for row in slip]
    assert shown == [
        ("receiving_officer", StatusCode.FINISHED_LATE),
        ("specialist", StatusCode.FINISHED),
        ("applicant", None),
        ("specialist", StatusCode.FINISHED_LATE),
        ("clerk", None),
    ]
    first, second, waiting, again, last = slip
    assert second.due is not None
    assert (second.due.day, second.used.text.en if second.used else "") == (date(2026, 3, 5), "3 working days")
    assert again.used is not None
    assert again.used.amount == 4
    assert (waiting.limit, waiting.due, waiting.used, last.limit) == (None, None, None, None)
    assert first.used is not None
    assert first.used.unit == "working_hours"


def test_a_slip_is_read_at_any_moment() -> None:
    case = handled(*WAY[:2])
    for now, code in (
        ("2026-03-03T09:00", StatusCode.RUNNING),
        ("2026-03-05T09:00", StatusCode.DUE_TODAY),
        ("2026-03-09T09:00", StatusCode.OVERDUE),
    ):
        row = control_slip(case, BUDGETS, now=at(now), calendar=CIVIL)[-1]
        assert row.status is not None
        assert row.status.code is code
    early = control_slip(case, BUDGETS, now=at("2026-03-02T09:00"), calendar=CIVIL)
    assert [row.status is None for row in early] == [False, True]
    with pytest.raises(InvalidValueError, match="now: cannot use"):
        control_slip(case, BUDGETS, now=datetime(2026, 3, 2), calendar=CIVIL)


def test_the_slip_of_a_local_edition() -> None:
    document = {**resources.data("vn/lifecycle/decree-61-2018"), "id": "hanoi@2026"}
    lifecycle = dossier.load_lifecycle(document)
    case = dossier.Machine(lifecycle=lifecycle).new(
        id="1", procedure="1.012783", channel="online", at=at("2026-03-02T08:00")
    )
    slip = control_slip(case, BUDGETS, now=at("2026-03-02T09:00"), calendar=CIVIL, lifecycle=lifecycle)
    assert [row.holding.role for row in slip] == ["receiving_officer"]


def test_a_slip_keeps_the_hours_of_the_agency_and_each_limit() -> None:
    case = handled(*WAY[:2])
    hours = WorkingHours.parse("10:00-12:00, 13:00-17:00")
    now = at("2026-03-02T14:00")
    desk, specialist = control_slip(case, BUDGETS, now=now, calendar=CIVIL, hours=hours)
    assert desk.used is not None
    assert (int(desk.used.amount), desk.limit) == (3, BUDGETS["receiving_officer"])
    assert (specialist.limit, specialist.status is None) == (BUDGETS["specialist"], False)  # got at this very moment
    early = control_slip(case, BUDGETS, now=at("2026-03-02T13:59"), calendar=CIVIL, hours=hours)[1]
    assert (early.limit, early.status) == (BUDGETS["specialist"], None)
