"""The check rules about the steps of a procedure: who takes them, in what order, within what time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.values.codes import StepRole
from onestop_core.catalogue.values.times import counted, least_days, most_days, read_time
from onestop_core.errors import InvalidValueError
from onestop_core.model.time_limits import LimitUnit, TimeLimit
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.catalogue.checking.plain import Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["are_structured", "step_problems", "topological"]

_HOURS: Final = 8
"""Working hours of a working day: by law no more, and those of the office hours that ship."""
_AT_WORK: Final = (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS)
_IN_DAYS: Final = (*_AT_WORK, LimitUnit.DAYS, LimitUnit.HOURS, LimitUnit.MONTHS)
"""Units of which it can be said how many days they take at least."""
_AT_LEAST: Final = {
    LimitUnit.WORKING_HOURS: Fraction(1, _HOURS),
    LimitUnit.DAYS: Fraction(1),
    LimitUnit.HOURS: Fraction(1, 24),
    LimitUnit.MONTHS: Fraction(28),
}
"""The days that one takes at least."""
_POINTS: Final = (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE)
"""Limits that are not counted."""
_MOST_PATHS: Final = 100
"""For how many units and cases the longest path is looked for: each goes through every step, and a hostile procedure has
thousands of both; a real one has a dozen."""
_Parts = Mapping[LimitUnit, Fraction]


def step_problems(procedure: Raw, place: Where) -> Iterator[Problem]:
    """Yield what is wrong with the steps of *procedure*, which stands at *place*."""
    steps: list[Raw] = procedure.get("steps", [])
    structured = are_structured(steps)
    for index, step in enumerate(steps):
        if structured and "body" not in step and step.get("role") != StepRole.APPLICANT:
            yield rules.STEP_WITHOUT_BODY.problem(
                (*place, "steps", index),
                vi=f"bước {step['id']!r} không có cơ quan chịu trách nhiệm (body)",
                en=f"step {step['id']!r} has no responsible body",
            )
    if _are_in_order(steps) and not any("budget" in step for step in steps):
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


_STRUCTURE: Final = ("body", "role", "budget", "responsible", "product", "hand_over", "objective", "result")
"""What a step holds besides its prose and its place in the order."""


def are_structured(steps: list[Raw]) -> bool:
    """Return whether the steps are more than prose: pages publish lines of text, of which no more can be asked.

    >>> are_structured([{"id": "1", "what": {"vi": "Nộp"}}]), are_structured([{"id": "1", "role": "clerk"}])
    (False, True)
    """
    return any(name in step for step in steps for name in _STRUCTURE)


def _are_in_order(steps: list[Raw]) -> bool:
    """Return whether steps come after such only as stand before them, as nearly all do; then none waits for itself."""
    known: set[str] = set()
    for step in steps:
        if step["id"] in known or not known.issuperset(step.get("after", ())):
            return False
        known.add(step["id"])
    return True


def _too_long(procedure: Raw, order: list[Raw], place: Where) -> Iterator[Problem]:
    """Yield the limits that the budgets of the steps, taken in *order*, exceed under any calendar."""
    budgets = {step["id"]: _parts(step.get("budget")) for step in order}
    # Cases that no step mentions are all alike, and share their longest path.
    mentioned = {case for step in order for case in step.get("cases", ())}
    longest: dict[tuple[LimitUnit, str | None], tuple[_Parts, ...]] = {}
    for channel_index, channel in enumerate(procedure["channels"]):
        for limit_index, limit in enumerate(channel["limits"]):
            time = read_time(limit.get("time"))
            unit = None if time is None else _measured_in(time)
            if time is None or unit is None:
                continue
            case = limit.get("case") if limit.get("case") in mentioned else None
            if (unit, case) not in longest:
                if len(longest) >= _MOST_PATHS:
                    return
                # The branch that is longest in the unit of the limit need not be the one that takes most days.
                longest[unit, case] = tuple(
                    _longest_path(order, budgets, units, case)
                    for units in dict.fromkeys(((unit,), _AT_WORK, _IN_DAYS))
                    if unit in units or unit in _POINTS
                )
            too_long = (path for path in longest[unit, case] if _exceeds(path, time, unit))
            if (path := next(too_long, None)) is not None:
                vi, en = _shown(path)
                yield rules.STEPS_EXCEED_LIMIT.problem(
                    (*place, "channels", channel_index, "limits", limit_index, "time"),
                    vi=f"theo nhánh dài nhất các bước cần {vi}, quá thời hạn {limit['time']!r}",
                    en=f"along the longest path the steps take {en}, more than the limit {limit['time']!r}",
                )


def _measured_in(time: TimeLimit) -> LimitUnit | None:
    """Return the unit in which a limit is counted, or the one of "within the day" and "immediately"; None for several."""
    if len(time.steps) == 1 and time.steps[0].unit in _POINTS:
        return time.steps[0].unit
    total = counted(time)
    return None if total is None else total[0]


def _exceeds(path: _Parts, time: TimeLimit, unit: LimitUnit) -> bool:
    """Return whether the budgets of a path take longer than a limit, under any calendar."""
    work = path.get(LimitUnit.WORKING_DAYS, Fraction(0)) + path.get(LimitUnit.WORKING_HOURS, Fraction(0)) / _HOURS
    if unit in _POINTS:
        most = 1 if unit is LimitUnit.SAME_DAY else Fraction(_HOURS - 1, _HOURS)
        return work > most or _days({**path, **dict.fromkeys(_AT_WORK, Fraction(0))}) > most
    total = counted(time)
    assert total is not None
    if unit in _AT_WORK:
        return work > total[1] / (1 if unit is LimitUnit.WORKING_DAYS else _HOURS)
    days = most_days(time)
    return path.get(unit, 0) > total[1] or (days is not None and _days(path) > days)


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
def _parts(time: str | None) -> _Parts:
    """Return how much of each unit a budget takes; nothing where it cannot be read."""
    limit = read_time(time)
    found: dict[LimitUnit, Fraction] = {}
    for step in () if limit is None else limit.steps:
        unit, amount = counted(TimeLimit(steps=(step,))) or (step.unit, Fraction(0))
        found[unit] = found.get(unit, Fraction(0)) + amount
    return found


def _days(path: _Parts) -> Fraction:
    """Return how many days a path takes at least."""
    rest = sum((path.get(unit, Fraction(0)) * _AT_LEAST[unit] for unit in _IN_DAYS[2:]), Fraction(0))
    # Working hours may begin on one day and end on another: of the last day an hour is enough.
    hours = max(0, -(-path.get(LimitUnit.WORKING_HOURS, Fraction(0)) // _HOURS) - 1)
    return least_days(path.get(LimitUnit.WORKING_DAYS, Fraction(0)) + hours, rest)


def _shown(path: _Parts) -> tuple[str, str]:
    said = [_words(unit, amount) for unit, amount in path.items() if amount]
    return " + ".join(each.vi for each in said), " + ".join(each.en for each in said)


def _words(unit: LimitUnit, amount: Fraction) -> Text:
    try:
        return TimeLimit.of(amount, unit).text
    except InvalidValueError:  # more than any time limit holds
        return number(amount)


def _longest_path(
    order: list[Raw], budgets: dict[str, _Parts], units: tuple[LimitUnit, ...], case: str | None
) -> _Parts:
    """Return what the longest chain of the steps taken in *case* takes of *units*."""
    done: dict[str, _Parts] = {}
    nothing: _Parts = {}
    for step in order:
        taken = not (cases := step.get("cases")) or case in cases
        before = max((done[name] for name in step.get("after", ()) if name in done), key=_weight, default=nothing)
        here = dict(before)
        for each, amount in budgets[step["id"]].items() if taken else ():
            if each in units:
                here[each] = here.get(each, Fraction(0)) + amount
        done[step["id"]] = here
    return max(done.values(), key=_weight, default=nothing)


def _weight(path: _Parts) -> Fraction:
    """Return by what the paths that lead to a step are compared: the days that they take at least."""
    return sum((amount * _AT_LEAST.get(unit, 1) for unit, amount in path.items()), Fraction(0))
