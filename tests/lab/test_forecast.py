"""Will it miss by law, even if worked at budget: counted again day by day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import dossier, lab
from onestop_core.errors import InvalidValueError
from onestop_core.lab import Outlook
from onestop_core.model import TimeLimit

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

LAW = lab.law(limits={"1.004873": "3 working days", "1.004222": "7 working days", "1.001456": "8 working days"})
BUDGETS = {"receiving_officer": 1, "unit_leader": 1, "specialist": 2, "authority_leader": 1}
STEPS = [(role, TimeLimit.of(days, "working_days")) for role, days in BUDGETS.items()]


SLOW = {"receiving_officer": 1, "unit_leader": 1, "specialist": 4, "authority_leader": 4}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def after(moment: datetime, days: int) -> datetime:
    """Return the end of the n-th working day after *moment*, walked one by one."""
    day = moment.date()
    for _ in range(days):
        day += timedelta(days=1)
        while not LAW.calendar.is_workday(day):
            day += timedelta(days=1)
    return datetime.combine(day, at("2026-01-01T23:59:59").timetz())


def until(case: Dossier, now: datetime) -> Dossier:
    """Return the dossier as it stood at *now*."""
    return dossier.machine(case.lifecycle).replay([e for e in case.events if e.at <= now], judge=False)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_row_is_confirmed_by_walking_the_days(seed: int) -> None:
    now = at("2026-03-12T09:30")
    made = lab.generate(900, year=2026, seed=seed, limits=LAW.limits)
    cases = [until(case, now) for case in made if case.events[0].at <= now]
    rows = list(
        lab.forecast(
            cases, law=LAW, steps=[(role, TimeLimit.of(days, "working_days")) for role, days in SLOW.items()], now=now
        )
    )
    open_ = [case for case in cases if case.clock.phase != "stopped"]
    assert [row.id for row in rows] == [case.id for case in open_]
    seen = set()
    for row, case in zip(rows, open_, strict=True):
        seen.add(row.outlook)
        if row.outlook is Outlook.WAITING:
            assert case.clock.phase == "paused"
            continue
        if row.outlook is Outlook.UNKNOWN:
            assert not case.clock.count or row.role not in SLOW
            continue
        assert row.due == case.appointment
        assert row.due is not None
        holding = dossier.holder(case, now)
        assert holding is not None
        assert row.role == holding.role
        if row.outlook is Outlook.OVERDUE:
            assert row.due < now
            continue
        rest = list(SLOW)[list(SLOW).index(holding.role) + 1 :]
        ends = []
        for start in (max(now, after(holding.since, SLOW[holding.role])), now):
            end = start
            for role in rest:
                end = after(end, SLOW[role])
            ends.append(end)
        assert (row.at_budget, row.at_best) == tuple(ends)
        expected = Outlook.IN_TIME
        if ends[0] > row.due:
            expected = Outlook.LATE_ANYHOW if ends[1] > row.due else Outlook.LATE_AT_BUDGET
        assert row.outlook is expected
        over = [
            d
            for d in range(1, 60)
            if LAW.calendar.is_workday((row.due + timedelta(days=d)).date())
            and (row.due + timedelta(days=d)).date() <= ends[0].date()
        ]
        assert row.days_over == len(over)
    assert {Outlook.IN_TIME, Outlook.LATE_AT_BUDGET, Outlook.LATE_ANYHOW} <= seen


def test_what_waits_is_overdue_or_is_not_known_says_so() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.004873", channel="in_person", at=at("2026-03-02T08:15"))

    def outlook(now: str = "2026-03-03T09:00", law: lab.Law = LAW, steps: Any = STEPS) -> lab.Forecast:
        [row] = lab.forecast([case], law=law, steps=steps, now=at(now))
        return row

    assert outlook().outlook is Outlook.UNKNOWN, "not received yet"
    case = machine.step(case, dossier.event("received", at("2026-03-02T08:20")))
    assert outlook(law=lab.law()).outlook is Outlook.UNKNOWN
    assert outlook(steps=STEPS[1:]).outlook is Outlook.UNKNOWN
    assert (
        outlook().text.en
        == "will be late even if the step under way were done now: due Thu 2026-03-05, 2 working days late"
    )
    assert outlook("2026-03-09T09:00").outlook is Outlook.OVERDUE
    alone = outlook(steps=STEPS[:1])
    assert (alone.outlook, alone.at_best, alone.text.vi) == (
        Outlook.IN_TIME, at("2026-03-03T09:00"), "kịp hạn nếu các bước đúng định mức",
    )  # fmt: skip
    case = machine.step(case, dossier.event("assigned", at("2026-03-02T09:00")))
    case = machine.step(case, dossier.event("supplement_requested", at("2026-03-02T10:00"), reason="x"))
    waiting = outlook()
    assert (waiting.outlook, waiting.to_dict(language="vi")["text"]) == (Outlook.WAITING, "đang chờ bên khác")
    case = machine.step(case, dossier.event("refused", at("2026-03-02T11:00"), reason="x"))
    assert list(lab.forecast([case], law=LAW, steps=STEPS, now=at("2026-03-03T09:00"))) == []


@pytest.mark.parametrize("steps", [[STEPS[0], STEPS[0]], [("a", "b")], [("a",)], [(1, STEPS[0][1])]])
def test_steps_are_pairs_each_role_once(steps: Any) -> None:
    with pytest.raises(InvalidValueError, match="steps"):
        lab.forecast([], law=LAW, steps=steps, now=at("2026-03-03T09:00"))


def test_a_forecast_needs_a_law_at_once() -> None:
    with pytest.raises(InvalidValueError, match="law"):
        lab.forecast([], law=None, steps=(), now=at("2026-03-03T09:00"))  # type: ignore[arg-type]


def test_what_is_overdue_is_said_to_be_whoever_holds_it_and_though_it_waits() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.004873", channel="in_person", at=at("2026-03-02T08:15"))
    case = machine.step(case, dossier.event("received", at("2026-03-02T08:20")))
    case = machine.step(case, dossier.event("assigned", at("2026-03-02T09:00")))
    [row] = lab.forecast([case], law=LAW, steps=STEPS[:1], now=at("2026-03-09T09:00"))
    assert (row.outlook, row.role, row.due) == (Outlook.OVERDUE, "specialist", at("2026-03-05T23:59:59"))
    case = machine.step(case, dossier.event("supplement_requested", at("2026-03-06T10:00"), reason="x"))
    [row] = lab.forecast([case], law=LAW, steps=STEPS, now=at("2026-03-09T09:00"))
    assert (row.outlook, row.role) == (Outlook.OVERDUE, "applicant")


def test_what_happened_after_the_moment_of_looking_is_not_looked_at() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.004873", channel="in_person", at=at("2026-03-02T08:15"))
    for event in (
        dossier.event("received", at("2026-03-02T08:20")),
        dossier.event("assigned", at("2026-03-02T09:00")),
        dossier.event("approved", at("2026-03-04T09:00")),
        dossier.event("result_handed_over", at("2026-03-04T10:00")),
    ):
        case = machine.step(case, event)

    def rows(now: str) -> list[lab.Forecast]:
        return list(lab.forecast([case], law=LAW, steps=STEPS, now=at(now)))

    assert rows("2026-03-02T08:00") == [], "it had not begun"
    assert [(row.role, row.outlook) for row in rows("2026-03-03T09:00")] == [("specialist", Outlook.IN_TIME)]
    assert rows("2026-03-04T10:00") == [], "it was over"


def test_a_step_that_passes_from_hand_to_hand_keeps_one_budget() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.004222", channel="in_person", at=at("2026-03-02T08:15"))
    for event in (
        dossier.event("received", at("2026-03-02T08:20")),
        dossier.event("assigned", at("2026-03-02T09:00"), to_actor="minh"),
        dossier.event("assigned", at("2026-03-04T09:00"), to_actor="lan"),
    ):
        case = machine.step(case, event)
    [row] = lab.forecast([case], law=LAW, steps=STEPS[:3], now=at("2026-03-03T09:00"))
    assert row.at_budget == at("2026-03-04T23:59:59")
    [row] = lab.forecast([case], law=LAW, steps=STEPS[:3], now=at("2026-03-04T10:00"))
    assert row.at_budget == at("2026-03-04T23:59:59"), "of two working days from the 2nd, whoever has it now"


def test_a_lifecycle_of_ones_own_says_who_holds_it() -> None:
    shipped = dossier.machine("vn@decree-118-2025").lifecycle
    own = attrs.evolve(shipped, id="vn@our-own")
    machine = dossier.machine(own)
    case = machine.new(id="1", procedure="1.004873", channel="in_person", at=at("2026-03-02T08:15"))
    case = machine.step(case, dossier.event("received", at("2026-03-02T08:20")))
    case = machine.step(case, dossier.event("assigned", at("2026-03-03T09:00")))
    law = LAW.but(lifecycle=own)
    for now, role in (("2026-03-02T09:00", "receiving_officer"), ("2026-03-03T10:00", "specialist")):
        [row] = lab.forecast([case], law=law, steps=STEPS, now=at(now))
        assert row.role == role
