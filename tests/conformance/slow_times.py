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


def exceeds(taken: dict[str, Fraction], allowed: dict[str, Fraction]) -> bool:
    """Whether what is taken is longer than what is allowed whatever the calendar."""
    if len(allowed) != 1 or set(allowed) & {"same_day", "immediate"}:
        return False
    ((unit, most),) = allowed.items()
    if taken.get(unit, 0) > most:
        return True
    days = {"days": most, "months": most * 31, "hours": most / 24 + 1}.get(unit)
    least = sum((taken.get(each, 0) * least for each, least in (("days", 1), ("months", 28))), Fraction(0))
    least += taken.get("hours", Fraction(0)) / 24 + fewest_days(taken.get("working_days", Fraction(0)))
    return days is not None and least > days
