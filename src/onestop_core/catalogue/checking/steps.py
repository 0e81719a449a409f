"""The check rules about the steps of a procedure: who takes them, in what order, within what time."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.times import read_time
from onestop_core.catalogue.values.codes import StepRole
from onestop_core.model.time_limits import LimitUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.catalogue.checking.plain import Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["step_problems", "topological"]

_NOT_COUNTED: Final = frozenset({LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE})
_MOST_PATHS: Final = 100
"""For how many units and cases the longest path is looked for: each goes through every step, and a hostile procedure has
thousands of both; a real one has a dozen."""
_Amount = tuple[LimitUnit, Fraction]


def step_problems(procedure: Raw, place: Where) -> Iterator[Problem]:
    """Yield what is wrong with the steps of *procedure*, which stands at *place*."""
    steps: list[Raw] = procedure.get("steps", [])
    for index, step in enumerate(steps):
        if "body" not in step and step.get("role") != StepRole.APPLICANT:
            yield rules.STEP_WITHOUT_BODY.problem(
                (*place, "steps", index),
                vi=f"bước {step['id']!r} không có cơ quan chịu trách nhiệm (body)",
                en=f"step {step['id']!r} has no responsible body",
            )
    if not steps:
        return
    order, waiting = topological(steps)
    if waiting:
        circle = _circle(waiting)
        index = next(index for index, step in enumerate(steps) if step["id"] == circle[0])
        shown = " → ".join([*circle[:8], "…"] if len(circle) > 8 else [*circle, circle[0]])
        yield rules.STEP_CYCLE.problem(
            (*place, "steps", index, "after"),
            vi=f"các bước chờ nhau thành vòng: {shown}",
            en=f"steps wait for each other in a circle: {shown}",
        )
    else:
        yield from _too_long(procedure, order, place)


def _too_long(procedure: Raw, order: list[Raw], place: Where) -> Iterator[Problem]:
    """Yield the limits that the budgets of the steps, taken in *order*, exceed."""
    budgets = {step["id"]: _total(step.get("budget")) for step in order}
    # Cases that no step mentions are all alike, and share their longest path.
    mentioned = {case for step in order for case in step.get("cases", ())}
    longest_paths: dict[tuple[LimitUnit, str | None], Fraction] = {}
    for channel_index, channel in enumerate(procedure["channels"]):
        for limit_index, limit in enumerate(channel["limits"]):
            total = _total(limit.get("time"))
            if total is None:
                continue
            (unit, most), case = total, limit.get("case")
            case = case if case in mentioned else None
            if (unit, case) not in longest_paths:
                if len(longest_paths) >= _MOST_PATHS:
                    return
                longest_paths[unit, case] = _longest_path(order, budgets, unit, case)
            longest = longest_paths[unit, case]
            if longest > most:
                yield rules.STEPS_EXCEED_LIMIT.problem(
                    (*place, "channels", channel_index, "limits", limit_index, "time"),
                    vi=f"theo nhánh dài nhất các bước cần {_shown(longest)}, quá thời hạn {limit['time']!r}",
                    en=f"along the longest path the steps take {_shown(longest)},"
                    f" more than the limit {limit['time']!r}",
                )


def topological(steps: list[Raw]) -> tuple[list[Raw], dict[str, list[str]]]:
    """Return *steps* in an order of time, and of those in or behind a circle what they wait for.

    Also of linked procedures, or whatever else has an ``id`` and comes ``after`` others.
    """
    by_id: dict[str, Raw] = {step["id"]: step for step in steps}
    waiting = {name: {before for before in step.get("after", ()) if before in by_id} for name, step in by_id.items()}
    followers: dict[str, list[str]] = {name: [] for name in by_id}
    for name, before in waiting.items():
        for earlier in before:
            followers[earlier].append(name)
    ready = [name for name, before in waiting.items() if not before]
    for name in ready:  # grows while it is walked
        for follower in followers[name]:
            waiting[follower].discard(name)
            if not waiting[follower]:
                ready.append(follower)
    return [by_id[name] for name in ready], {name: sorted(before) for name, before in waiting.items() if before}


def _circle(waiting: dict[str, list[str]]) -> list[str]:
    """Return the steps of one circle; walking back from any step that waits, one must come round."""
    seen: dict[str, int] = {}
    walked: list[str] = []
    name = next(iter(waiting))
    while name not in seen:
        seen[name] = len(walked)
        walked.append(name)
        name = next(earlier for earlier in waiting[name] if earlier in waiting)
    return walked[seen[name] :]


@lru_cache(maxsize=4096)
def _total(time: str | None) -> _Amount | None:
    """Return unit and amount of a limit that can be read, is counted, and in one unit."""
    limit = read_time(time)
    if limit is None:
        return None
    units = {step.unit for step in limit.steps}
    if len(units) != 1 or units & _NOT_COUNTED:
        return None
    return units.pop(), sum((step.amount for step in limit.steps), Fraction(0))


def _shown(amount: Fraction) -> str:
    return f"{Decimal(amount.numerator) / amount.denominator:f}"


def _longest_path(order: list[Raw], budgets: dict[str, _Amount | None], unit: LimitUnit, case: str | None) -> Fraction:
    """Return the longest chain of budgets in *unit* among the steps taken in *case*; other units are left out."""
    done: dict[str, Fraction] = {}
    for step in order:
        budget = budgets[step["id"]] if not (cases := step.get("cases")) or case in cases else None
        own = budget[1] if budget is not None and budget[0] is unit else Fraction(0)
        before = (done[name] for name in step.get("after", ()) if name in done)
        done[step["id"]] = own + max(before, default=Fraction(0))
    return max(done.values(), default=Fraction(0))
