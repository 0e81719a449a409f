"""A second, slow way to why dossiers were slow and who will be late, over logs as plain JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.lab.second_days import DAY
from tests.lab.second_duties import counted
from tests.lab.second_steps import Told, moment, table, told
from tests.lab.second_worlds import EDITIONS

if TYPE_CHECKING:
    from datetime import date, datetime

    from tests.lab.second_days import Days, Limit
    from tests.lab.second_worlds import World

Row = dict[str, Any]


def slow(small: World, days: Days) -> tuple[int, list[Row]]:
    """Return how many dossiers ended, and those that took longer than their limit, all waiting counted."""
    ended, rows = 0, []
    for log in small.logs:
        case, _ = told(log, table(log["lifecycle"]), {})
        limit = small.limits.get(log["dossier"]["procedure"])
        if case is None or limit is None or case.ended is None or not case.counts:
            continue
        ended += 1
        start, end = case.counts[0], case.ended
        due = days.due(start, limit)
        if end <= due:
            continue
        allowed = days.between(start.date(), due.date())
        size = "small" if allowed <= 5 else "medium" if allowed <= 15 else "large"
        causes = []
        without = days.due(case.counts[-1], limit, case.waited(len(case.counts), end))
        if case.waits and end <= without:
            causes.append("waiting")
        if changed(days, start.date(), end.date()):
            causes.append("law_changed")
        if size == "large":
            causes.append("large")
        rows.append(
            {
                "id": log["dossier"]["id"],
                "edition": log["lifecycle"],
                "size": size,
                "causes": causes or ["work"],
                "days": days.between(start.date(), end.date()),
                "over": days.between(due.date(), end.date()),
            }
        )
    return ended, rows


def changed(days: Days, first: date, last: date) -> bool:
    """Return whether an edition of the one-stop rules began on the way, or a decision was announced on days of that time."""
    if any(first < begun <= last for begun, _ in EDITIONS.values()):
        return True
    day = first
    while day <= last:
        announced = days.calendar.day(day).announced_on
        if announced is not None and first < announced <= last:
            return True
        day += DAY
    return False


def forecast(small: World, days: Days, budgets: list[tuple[str, Limit]], now: datetime) -> list[Row]:
    """Return how each open dossier will end, as it stands *now*, if the steps that are left keep their budgets."""
    rows: list[Row] = []
    for log in small.logs:
        head = log["dossier"]
        if moment(head) > now:
            continue
        case, _ = told(log, table(log["lifecycle"]), {}, now)
        if case is None or case.phase == "stopped":
            continue
        row: Row = {
            "id": head["id"],
            "procedure": head["procedure"],
            "unit": head.get("competent_unit") or head.get("receiving_unit"),
            "role": None,
            "outlook": "unknown",
            "due": None,
            "at_budget": None,
            "at_best": None,
            "days_over": 0,
        }
        rows.append(row)
        limit = small.limits.get(head["procedure"])
        if limit is None or not case.counts:
            continue
        due = counted(case, len(case.counts), days, limit, now)
        row["due"] = due.isoformat()
        role, since = holder(case)
        row["role"] = role
        if due < now:
            row["outlook"] = "overdue"
            continue
        if case.phase == "paused":
            row["outlook"] = "waiting"
            continue
        place = next((place for place, (name, _) in enumerate(budgets) if name == role), None)
        if role is None or place is None:
            continue
        at_budget, at_best = max(now, days.due(since, budgets[place][1])), now
        for _, budget in budgets[place + 1 :]:
            at_budget, at_best = days.due(at_budget, budget), days.due(at_best, budget)
        row["at_budget"], row["at_best"] = at_budget.isoformat(), at_best.isoformat()
        row["days_over"] = days.between(due.date(), at_budget.date())
        row["outlook"] = "late_anyhow" if at_best > due else "late_at_budget" if at_budget > due else "in_time"
    return rows


def holder(case: Told) -> tuple[str | None, datetime]:
    """Return the role in whose hands the dossier lies, and since when it has lain in those of this role."""
    states = [case.law["initial"][case.head["channel"]], *(after for _, _, after in case.taken)]
    moments = [moment(case.head), *(moment(row) for row, _, _ in case.taken)]
    holders = [next(each.get("holder") for each in case.law["states"] if each["code"] == state) for state in states]
    place = len(holders) - 1
    while place and holders[place - 1] == holders[-1]:
        place -= 1
    return holders[-1], max(moments[place], case.counts[-1])
