"""Budgets of steps against the limit of a procedure, slowly: weeks are counted day by day."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.limits import SlowLimits

TWELVE: Final = {"years": ("months", 12), "weeks": ("days", 7)}


def amounts(text: str | None) -> dict[str, Fraction]:
    """How much of each unit a time takes, a year as months and a week as days; nothing where it cannot be read."""
    found: dict[str, Fraction] = {}
    try:
        steps = [] if text is None else SlowLimits().parse_limit(text)["steps"]
    except Refusal:
        steps = []
    for step in steps:
        unit, times = TWELVE.get(step["unit"], (step["unit"], 1))
        found[unit] = found.get(unit, Fraction(0)) + Fraction(step["amount"]) * times
    return found


def added(one: dict[str, Fraction], other: dict[str, Fraction]) -> dict[str, Fraction]:
    return {unit: one.get(unit, Fraction(0)) + other.get(unit, Fraction(0)) for unit in {*one, *other}}


def fewest_days(working: Fraction) -> Fraction:
    """How many days so many working days take where only Sundays are off, from the best day of the week."""
    whole = int(working)
    spans = []
    for start in range(7):
        day = counted = 0
        while counted < whole:
            day += 1
            counted += (start + day) % 7 != 6
        spans.append(day)
    return min(spans) + working - whole


def spent(taken: dict[str, Fraction]) -> Fraction:
    """How many days it takes at least; of the last day of working hours one hour is enough."""
    plain = sum((taken.get(each, 0) * least for each, least in (("days", 1), ("months", 28))), Fraction(0))
    shifts = -(-taken.get("working_hours", Fraction(0)) // 8)
    working = taken.get("working_days", Fraction(0)) + max(0, shifts - 1)
    return plain + taken.get("hours", Fraction(0)) / 24 + fewest_days(working)


def exceeds(taken: dict[str, Fraction], allowed: dict[str, Fraction]) -> bool:
    """Whether what is taken is longer than what is allowed whatever the calendar, a working day being eight hours."""
    if len(allowed) != 1:
        return False
    ((unit, most),) = allowed.items()
    work = taken.get("working_days", Fraction(0)) + taken.get("working_hours", Fraction(0)) / 8
    if unit in {"same_day", "immediate"}:
        most = Fraction(1) if unit == "same_day" else Fraction(7, 8)
        others = {each: amount for each, amount in taken.items() if not each.startswith("working")}
        return work > most or spent(others) > most
    if unit in {"working_days", "working_hours"}:
        return work > most / (1 if unit == "working_days" else 8)
    days = {"days": most, "months": most * 31, "hours": most / 24 + 1}.get(unit)
    return taken.get(unit, 0) > most or (days is not None and spent(taken) > days)
