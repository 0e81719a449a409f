"""A second, slow way to the duties of a dossier: ``vn/deadlines/duties`` read as plain JSON, row by row, as its schema describes."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.lab.second_steps import DATA, Told, cited, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.lab.second_days import Days, Limit

Row = dict[str, Any]
TABLE: Row = json.loads((DATA / "deadlines" / "duties" / "one-stop-decrees.json").read_text(encoding="utf-8"))
LIMITS: dict[str, Limit] = {
    "2 hours": (2, "hours"),
    "8 working hours": (8, "working_hours"),
    "1 working day": (1, "working_days"),
    "3 working days": (3, "working_days"),
    "15 days": (15, "days"),
    "immediately": (0, "immediately"),
}
UNSERVED = ("withdrawn", "stopped")


def within(row: Row, day: date) -> bool:
    return bool(row.get("in_force_from", "0001-01-01") <= day.isoformat() <= row.get("in_force_to", "9999-12-31"))


def counted(case: Told, count: int, days: Days, limit: Limit, now: datetime, *, before: int | None = None) -> datetime:
    """Return the moment in force of a count as it stood *now*: the promise, moved by the waiting since; else the law's.

    *before*: as if the promise of that place and what follows it had not been made.
    """
    waits = case.waited(count, now)
    made = [each for each in case.promises[:before] if each[2] == count and each[0] <= now]
    if made:
        return days.moved(made[-1][1], made[-1][0], limit[1], waits)
    return days.due(case.counts[count - 1], limit, waits)


def late_rows(case: Told, days: Days, limit: Limit, now: datetime) -> list[Row]:
    """Return the duties that were missed or done late."""
    opened = moment(case.head)
    found = []
    for rule in TABLE["duties"]:
        if not within(rule, opened.date()):
            continue
        if "channels" in rule and case.head["channel"] not in rule["channels"]:
            continue
        if "other_level" in rule and rule["other_level"] is not case.head.get("other_level", False):
            continue
        permit = rule.get("permitted_by")
        if permit in case.law["parameters"] and case.parameter(permit) is False:
            continue
        for row in _rows(rule, case, days, limit, now):
            bases = [
                cited(TABLE["bases"], name) for name in rule["basis"] if within(TABLE["bases"][name], opened.date())
            ]
            found.append({"rule": rule["code"], "role": rule["who"], "basis": "; ".join(bases), **row})
    return found


def _rows(rule: Row, case: Told, days: Days, limit: Limit, now: datetime) -> Iterator[Row]:
    if rule["starts"].get("each_count"):
        if rule["by"] == "appointment":
            yield from _appointments(case, days, limit, now)
        else:
            yield from _extensions(rule, case, days, limit, now)
        return
    events = [({"kind": "created", "at": case.head["at"]}, case.law["initial"][case.head["channel"]])]
    events += [(row, after) for row, _, after in case.taken]
    open_until: dict[str | None, int] = {}
    answered = 0
    most = case.parameter(rule["at_most"]) if "at_most" in rule else None
    known = {each["code"] for each in case.law["events"]}
    recorded = any(kind in known for kind in rule["answered_by"])
    for place, (row, state) in enumerate(events):
        starts, task = rule["starts"], row.get("task")
        if row["kind"] not in starts["events"] or state not in starts.get("states", [state]):
            continue
        if "channels" in starts and row.get("channel") not in starts["channels"]:
            continue
        if place < open_until.get(task, 0):
            continue  # open already
        end = None
        for later in range(place + 1, len(events)):
            other = events[later][0]
            over = other["kind"] in (*rule.get("lapses_with", ()), *rule.get("waived_by", ()))
            if (other["kind"] in rule["answered_by"] and other.get("task") == task) or (
                over and other.get("task") in {None, task}
            ):
                end = later
                break
        open_until[task] = len(events) if end is None else end
        ending = None if end is None else events[end][0]
        at = moment(row)
        by = _by(rule, row, case, days, limit, now)
        if by is None:
            continue
        done = ending is not None and ending["kind"] in rule["answered_by"]
        asked = most is None or answered < most
        answered += done
        if not asked or rule.get("opens"):
            continue
        if ending is not None and ending["kind"] in rule.get("waived_by", ()):
            continue
        when = None if ending is None else moment(ending)
        row_ = {"at": by, "unit": row.get("to_unit") if task is not None else None}
        if done:
            if when is not None and when > by:
                yield {**row_, "done": when, "since": at}
        elif (when or now) > by and rule.get("needed", "always") == "always" and recorded:
            yield {**row_, "done": None, "since": at}


def _by(rule: Row, row: Row, case: Told, days: Days, limit: Limit, now: datetime) -> datetime | None:
    at = moment(row)
    if rule["by"] == "transfer":
        return days.transfer(at)
    if rule["by"] == "stated":
        return moment(row, "due") if "due" in row else None
    if rule["by"] == "appointment":
        count = sum(1 for begun in case.counts if begun <= at)
        return counted(case, count, days, limit, now) if count else None
    if rule.get("opens") and "due" in row:
        return moment(row, "due")
    own = LIMITS[rule["limit"]]
    if "days_by" in rule:
        own = (case.policy.get(rule["days_by"]) or own[0], own[1])
    return days.due(at, own)


def _end_of_count(case: Told, count: int, now: datetime) -> datetime:
    """Return when the next count began, or *now*."""
    return case.counts[count] if count < len(case.counts) else now


def _is_late(case: Told, count: int, by: datetime, looked: datetime) -> bool:
    last = count == len(case.counts)
    at = case.ended if last and case.ended is not None else looked
    return at > by  # a wait that began in time has moved it to where it was looked at


def _appointments(case: Told, days: Days, limit: Limit, now: datetime) -> Iterator[Row]:
    for count in range(1, len(case.counts) + 1):
        looked = _end_of_count(case, count, now)
        by = counted(case, count, days, limit, looked)
        ended = case.ended if count == len(case.counts) else None
        served = ended is not None and outcome(case) not in UNSERVED
        if _is_late(case, count, by, looked):
            yield {"at": by, "done": ended if served else None, "unit": None, "since": case.counts[count - 1]}


def outcome(case: Told) -> str | None:
    for _, _, after in case.taken:
        found = next((each.get("outcome") for each in case.law["states"] if each["code"] == after), None)
        if found is not None:
            return str(found)
    return None


def _extensions(rule: Row, case: Told, days: Days, limit: Limit, now: datetime) -> Iterator[Row]:
    most, answered = case.parameter(rule["at_most"]), 0
    for count in range(1, len(case.counts) + 1):
        made = [place for place, each in enumerate(case.promises) if each[2] == count and each[3] == "extend"]
        done = case.promises[made[0]][0] if made else None
        looked = _end_of_count(case, count, now)
        asked = most is None or answered < most
        answered += done is not None
        promised = counted(case, count, days, limit, done or looked, before=made[0] if made else None)
        by = datetime.combine(
            promised.date() - timedelta(days=1), datetime.max.time().replace(microsecond=0), promised.tzinfo
        )
        if not asked or by < case.counts[count - 1]:
            continue
        last = count == len(case.counts)
        ended = case.ended if last else looked
        row = {"at": by, "unit": None, "since": case.counts[count - 1]}
        if done is not None:
            if done > by:
                yield {**row, "done": done}
        elif (ended or now) > by and _is_late(case, count, counted(case, count, days, limit, looked), looked):
            yield {**row, "done": None}
