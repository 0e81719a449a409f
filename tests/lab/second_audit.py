"""A second, slow way to every number of an audit, over logs as plain JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.lab.second_duties import late_rows
from tests.lab.second_steps import Told, moment, table, told

if TYPE_CHECKING:
    from tests.lab.second_days import Days
    from tests.lab.second_worlds import World

Row = dict[str, Any]


def audited(
    world: World, days: Days, now: datetime | None, *, policy: Row | None = None, edition: str | None = None
) -> Row:
    """Return what an audit of the world should say: entries, dossiers, not counted, sums."""
    if now is None:
        now = max(moment(row) for log in world.logs for row in (log["dossier"], *log["events"]))
    entries: list[Row] = []
    dossiers, not_counted = [], []
    for log in world.logs:
        head = log["dossier"]
        if moment(head) > now:
            continue
        law = table(edition or log["lifecycle"])
        refused = [row for row in told(log, law, policy or {})[1] if datetime.fromisoformat(row["at"]) <= now]
        case, _ = told(log, law, policy or {}, now)
        dossiers.append(head["id"])
        named = [row["unit"] for row in log["events"] if "unit" in row]
        answers = head.get("competent_unit") or head.get("receiving_unit") or next(iter(named), None)
        entries += [_step(head["id"], row, case, days, now, answers) for row in refused if not row["consequence"]]
        limit = world.limits.get(head["procedure"])
        if case is None or limit is None:
            not_counted.append(head["id"])
            continue
        entries += [_duty(head["id"], row, case, days, now, answers) for row in late_rows(case, days, limit, now)]
    return {
        "now": now,
        "dossiers": dossiers,
        "not_counted": not_counted,
        "entries": entries,
        "count": len(entries),
        "delay": sum(row["delay"] for row in entries),
        "broken": [name for name in dossiers if any(row["dossier"] == name for row in entries)],
        "by_unit": _counts(row["unit"] for row in entries),
        "by_role": _counts(row["role"] for row in entries),
    }


def _step(name: str, row: Row, case: Told | None, days: Days, now: datetime, answers: str | None) -> Row:
    delay = 0
    told_as = row["row"]
    if case is not None and row["followed"]:
        for start, end, _, _ in case.waits:
            if start == datetime.fromisoformat(row["at"]):
                delay = days.between(start.date(), (end or now).date())
                break
    return {
        "dossier": name,
        "number": row["number"],
        "kind": "step",
        "rule": row["rule"],
        "basis": row["basis"],
        "at": row["at"],
        "unit": told_as.get("unit") or answers,
        "role": told_as.get("role"),
        "delay": delay,
    }


def _duty(name: str, row: Row, case: Told, days: Days, now: datetime, answers: str | None) -> Row:
    until = row["done"] or now
    if row["done"] is None and case.ended is not None and case.ended >= row["since"]:
        until = case.ended
    return {
        "dossier": name,
        "number": None,
        "kind": "duty",
        "rule": row["rule"],
        "basis": row["basis"],
        "at": row["at"].isoformat(),
        "unit": row["unit"] or answers,
        "role": row["role"],
        "delay": days.between(row["at"].date(), until.date()),
    }


def _counts(names: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name or ""] = found.get(name or "", 0) + 1
    return found
