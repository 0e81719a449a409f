"""Variants of questions about working days and deadlines."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.fresh.days import SlowWorkdays, WalkedDays
from onestop_core.conformance.fresh.deadlines import SlowDeadlines, moment
from onestop_core.conformance.fresh.drawing import era_of, moved
from onestop_core.conformance.fresh.limits import SlowLimits
from onestop_core.conformance.values import CaseLevel, Refusal

if TYPE_CHECKING:
    from onestop_core.conformance.fresh.drawing import Chance
    from onestop_core.conformance.values import Case

__all__ = ["another_limit", "varied_clock", "varied_due", "varied_transfer", "varied_workdays"]

FIRST, LAST = date(2013, 5, 1), date(2026, 11, 20)
_PLAIN: Final = re.compile(r"([0-9]+) (working day|working hour|day|week|month|hour)s?")
_AT_THE_HOUR: Final = frozenset({"working-hours", "hours", "transfer"})
"""Rules of questions that may come at any hour."""


def _binds(case: Case) -> bool:
    return case.level is CaseLevel.REQUIRED


def varied_workdays(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Other days near those of the case, and another number of them."""
    days = chance.between(-20, 20, "days")
    known = given.pop("as_of", None)
    asked = moved(given, days)
    if asked.get("n"):
        asked["n"] += (1 if asked["n"] > 0 else -1) * chance.below(6, "n")
    if "end" in asked:
        asked["end"] = moved(asked["end"], chance.between(-3, 9, "end"))
    if known is not None:
        asked["as_of"] = known
    try:
        answer = getattr(SlowWorkdays(), case.operation)(**asked)
    except Refusal:
        return None
    ends = [date.fromisoformat(asked.get(name, "2020-01-01")) for name in ("date", "start", "end") if name in asked]
    if isinstance(answer, str):
        ends.append(date.fromisoformat(answer))
    if not FIRST <= min(ends) <= max(ends) <= LAST or (_binds(case) and not WalkedDays().read(min(ends), max(ends))):
        return None
    return asked, answer


def another_limit(limit: str, chance: Chance) -> str:
    """The limit with another number, if it is a plain one."""
    match = _PLAIN.fullmatch(limit)
    if match is None:
        return limit
    amount = max(1, int(match[1]) + chance.between(-2, 6, "amount"))
    return f"{amount} {match[2]}{'s' if amount > 1 else ''}"


def _elsewhen(first: date, chance: Chance) -> int | None:
    """By how many days to move what begins on *first*, to a day under the same law."""
    era = era_of(first)
    return None if era is None else (chance.day(*era, "day") - first).days


def varied_due(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """The same receipt and waits on other days, and another number of the unit."""
    days = _elsewhen(moment(given["received_at"]).date(), chance)
    if days is None or "as_of" in given:
        return None
    asked = moved(given, days)
    if not case.id.startswith("deadlines/decree-"):
        asked["limit"] = another_limit(asked["limit"], chance)
    if _AT_THE_HOUR & set(case.rules) and "pauses" not in asked:
        asked["received_at"] = _another_hour(asked["received_at"], chance)
    slow = SlowDeadlines()
    try:
        answer = slow.due(**asked)
    except Refusal:
        return None
    first, last = moment(asked["received_at"]).date(), moment(answer["due_at"]).date()
    if last > LAST or (_binds(case) and not _settled(case, asked, answer, first, last)):
        return None
    return asked, answer


def _settled(case: Case, asked: dict[str, Any], answer: dict[str, Any], first: date, last: date) -> bool:
    """Whether law that was read settles the variant as it settles the case."""
    slow, unit = SlowDeadlines(), SlowLimits().parse_limit(asked["limit"])["steps"][-1]["unit"]
    if not WalkedDays().read(first, last):
        return False
    if unit == "same_day":
        return first == last
    if unit not in {"days", "weeks", "months", "years"}:
        return True
    if unit == "years" and (first.month, first.day) == (2, 29):
        return False
    policies = ["strict_civil_code"] if "end-on-day-off" in case.rules else ["strict_civil_code", "none"]
    return all(slow.due(**asked, end_on_day_off=policy)["due_at"] == answer["due_at"] for policy in policies)


def _another_hour(at: str, chance: Chance) -> str:
    hour, minute = chance.between(7, 16, "hour"), chance.pick((0, 10, 30, 45), "minute")
    return f"{at[:11]}{hour:02d}:{minute:02d}:00+07:00"


def varied_clock(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """The same acts on other days."""
    first = moment(given["acts"][0]["at"]).date()
    days = _elsewhen(first, chance)
    if days is None:
        return None
    asked = moved(given, days)
    asked["limit"] = another_limit(asked["limit"], chance)
    try:
        answer = SlowDeadlines().clock_due(**asked)
    except Refusal:
        return None
    last = max(moment(answer["due_at"]), moment(answer["in_force"])).date()
    if last > LAST or (_binds(case) and not WalkedDays().read(moment(asked["acts"][0]["at"]).date(), last)):
        return None
    return asked, answer


def varied_transfer(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Received on another day, at another hour."""
    days = _elsewhen(moment(given["received_at"]).date(), chance)
    if days is None:
        return None
    asked = moved(given, days)
    asked["received_at"] = _another_hour(asked["received_at"], chance)
    day = moment(asked["received_at"]).date()
    slow = SlowDeadlines()
    if _binds(case) and not (slow.works(day) and WalkedDays().read(day, slow.next(day))):
        return None
    return asked, slow.transfer_due(**asked)
