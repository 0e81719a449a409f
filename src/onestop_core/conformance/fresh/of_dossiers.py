"""Variants of logs of dossiers: the same story on other days under the same law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from onestop_core.conformance.fresh.days import WalkedDays
from onestop_core.conformance.fresh.deadlines import SlowDeadlines, moment
from onestop_core.conformance.fresh.drawing import era_of, moved
from onestop_core.conformance.fresh.of_days import another_limit
from onestop_core.conformance.values import Refusal
from onestop_core.model import thaw

if TYPE_CHECKING:
    from onestop_core.conformance.fresh.drawing import Chance
    from onestop_core.conformance.values import Case

__all__ = ["varied_log", "varied_story"]

LAST = date(2026, 11, 20)


def _by(log: dict[str, Any], chance: Chance) -> int | None:
    """By how many days to move a log, so that it begins under the law under which it began."""
    first = moment(log["dossier"]["at"]).date()
    era = era_of(first)
    return None if era is None else (chance.day(*era, "day") - first).days


def varied_log(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """A log moved as a whole: the states stay, the appointment moves along."""
    days = _by(given["log"], chance)
    return None if days is None else (moved(given, days), moved(thaw(case.expected), days))


def varied_story(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """A log moved as a whole: what stood still stands still, and the day that is due is counted anew."""
    days = _by(given["log"], chance)
    if days is None:
        return None
    asked, expected = moved(given, days), moved(thaw(case.expected), days)
    if not expected or expected.get("due_on") is None:
        return asked, expected
    count = thaw(case.expected).get("counted_from")
    if _promised(given["log"], thaw(case.expected)["due_on"]):
        return asked, expected
    if count is None:
        return None
    asked["limit"] = another_limit(asked["limit"], chance)
    begins = expected["counted_from"]
    try:
        expected["due_on"] = SlowDeadlines().due(begins, asked["limit"])["due_at"][:10]
    except Refusal:
        return None
    last = date.fromisoformat(expected["due_on"])
    settled = SlowDeadlines().due(begins, asked["limit"], end_on_day_off="strict_civil_code")["due_at"][:10]
    if last > LAST or settled != expected["due_on"] or not WalkedDays().read(moment(begins).date(), last):
        return None
    return asked, expected


def _promised(log: dict[str, Any], day: str) -> bool:
    """Whether the day is one that was promised, and not counted."""
    return any(event.get("due", "")[:10] == day and event["kind"] != "opinion_asked" for event in log["events"])
