"""Linked work: sequences add up, of parallel branches the latest counts, and the longest path is named."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.deadlines import TimeLimit, WorkingHours, due, plan
from onestop_core.deadlines.linked_work import Plan, PlanStep
from onestop_core.errors import InvalidValueError
from onestop_core.workdays import calendar

CIVIL = calendar("vn-civil")
START = datetime.fromisoformat("2026-02-09T09:30+07:00")  # the week before Tết


def days(n: int) -> TimeLimit:
    return TimeLimit.parse(f"{n} working days")


def step(id: str, n: int, *after: str) -> PlanStep:  # noqa: A002 - the word of the values
    return PlanStep(id=id, limit=days(n), after=after)


def made(*steps: PlanStep) -> Plan:
    return plan(steps, START, calendar=CIVIL)


def test_a_sequence_is_due_when_its_sum_is() -> None:
    work = made(step("sign", 2, "tax"), step("check", 1), step("tax", 5, "check"))
    assert [planned.step.id for planned in work.steps] == ["check", "tax", "sign"]
    assert work.critical == ("check", "tax", "sign")
    assert work.due.day == due(START, days(8), calendar=CIVIL).day == date(2026, 2, 26)
    assert work.of("check").start == START
    assert work.of("tax").start == work.of("check").due.at


def test_of_parallel_branches_the_latest_counts() -> None:
    work = made(step("tax", 5), step("land", 3), step("sign", 2, "land", "tax"))
    assert work.critical == ("tax", "sign")
    assert work.of("sign").start == work.of("tax").due.at
    assert work.due.day == due(START, days(7), calendar=CIVIL).day
    assert work.of("land").due.at < work.of("tax").due.at


def test_the_whole_may_be_due_on_a_branch_that_nothing_waits_for() -> None:
    work = made(step("a", 1), step("b", 1, "a"), step("slow", 9, "a"))
    assert work.critical == ("a", "slow")
    assert work.due == work.of("slow").due


def test_a_linked_chain_of_hours_runs_through_office_hours() -> None:
    # Copy from a register in Hanoi: 2 + 3 + 2 + 1 hours (Decision 663/QĐ-TTPVHCC).
    hours = [
        PlanStep(id=str(n), limit=TimeLimit.parse(f"{h} working hours"), after=(str(n - 1),) if n else ())
        for n, h in enumerate((2, 3, 2, 1))
    ]
    work = plan(hours, datetime.fromisoformat("2026-03-02T08:00+07:00"), calendar=CIVIL)
    assert (
        work.due.at
        == due(datetime.fromisoformat("2026-03-02T08:00+07:00"), TimeLimit.parse("8 working hours"), calendar=CIVIL).at
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), "steps with different ids"),
        ((step("a", 1), step("a", 2)), r"steps: cannot use \['a'\]"),
        ((step("a", 1, "b"),), r"steps: cannot use \['b'\]"),
        ((step("a", 1, "a"),), "in a circle"),
        ((step("x", 1), step("a", 1, "c"), step("b", 1, "a"), step("c", 1, "b")), r"\['a', 'b', 'c'\].*in a circle"),
    ],
)
def test_a_plan_that_cannot_be_done_is_refused(steps: tuple[PlanStep, ...], said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        made(*steps)


def test_a_step_that_is_not_planned_is_named() -> None:
    with pytest.raises(InvalidValueError, match="id: cannot use 'b'; expected one of: a"):
        made(step("a", 1)).of("b")
    with pytest.raises(InvalidValueError):
        plan([step("a", 1)], datetime(2026, 2, 9, 9, 30), calendar=CIVIL)


graphs = st.lists(st.tuples(st.integers(1, 9), st.sets(st.integers(0, 6))), min_size=1, max_size=7)


@given(graphs)
def test_the_longest_path_is_the_longest_of_all_paths(rows: list[tuple[int, set[int]]]) -> None:
    steps = [step(str(n), d, *(str(k) for k in sorted(after) if k < n)) for n, (d, after) in enumerate(rows)]
    work = made(*steps)
    by_id = {each.id: each for each in steps}

    def paths(name: str) -> list[list[str]]:
        before = by_id[name].after
        return [[*path, name] for one in before for path in paths(one)] if before else [[name]]

    def length(path: Any) -> int:
        return sum(int(by_id[name].limit.steps[0].amount) for name in path)

    longest = max(length(path) for name in by_id for path in paths(name))
    assert length(work.critical) == longest
    assert work.due.day == due(START, days(longest), calendar=CIVIL).day
    assert all(one in by_id[other].after for one, other in pairwise(work.critical))


def test_what_a_plan_that_cannot_be_done_says() -> None:
    for steps, en, vi in (
        (
            (step("a", 1, "b"),),
            "steps: cannot use ['b']; expected steps with different ids that wait only for steps of the list",
            "các bước mã khác nhau, chỉ chờ bước có trong danh sách",
        ),
        (
            (step("a", 1, "b"), step("b", 1, "a")),
            "steps: cannot use ['a', 'b']; expected steps that do not wait for one another in a circle",
            "các bước không chờ vòng lẫn nhau",
        ),
    ):
        with pytest.raises(InvalidValueError) as caught:
            made(*steps)
        assert caught.value.message.en == en
        assert caught.value.message.vi.endswith(vi)
    with pytest.raises(InvalidValueError, match=r"expected one of: a, b$"):
        made(step("a", 1), step("b", 1)).of("c")


def test_a_plan_in_hours_keeps_the_hours_of_the_agency() -> None:
    late = WorkingHours.parse("09:00-12:00, 13:00-16:00")
    limit = TimeLimit.parse("6 working hours")
    work = plan(
        [PlanStep(id="a", limit=limit)], datetime.fromisoformat("2026-03-02T08:00+07:00"), calendar=CIVIL, hours=late
    )
    assert work.due.at == datetime.fromisoformat("2026-03-02T16:00+07:00")
