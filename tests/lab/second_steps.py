"""A second, slow way to a log under a law: the tables read as plain JSON, the log as plain JSON, conditions one by one.

From ``docs/explanation/lifecycle.md``, ``docs/reference/lifecycle.md`` and ``docs/reference/conformance-operations.md``;
nothing of the machine is used, and nothing of the lab.
"""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import onestop_core
from onestop_core.model import Basis, Firmness

Row = dict[str, Any]
DATA = Path(onestop_core.__file__).parent / "data" / "vn"
MOVED = {
    ("not_started", "start"): "running",
    ("not_started", "promise"): "not_started",
    ("not_started", "stop"): "stopped",
    ("running", "pause"): "paused",
    ("running", "restart"): "running",
    ("running", "stop"): "stopped",
    ("paused", "resume"): "running",
    ("paused", "restart"): "running",
    ("paused", "stop"): "stopped",
}
for _phase in ("running", "paused"):
    for _act in ("extend", "reschedule", "promise"):
        MOVED[_phase, _act] = _phase


def moment(row: Row, name: str = "at") -> datetime:
    return datetime.fromisoformat(row[name])


def table(edition: str) -> Row:
    found: Row = json.loads((DATA / "lifecycle" / f"{edition.partition('@')[2]}.json").read_text(encoding="utf-8"))
    return found


def in_force(day: date) -> str:
    """Return the edition of the one-stop decrees in force on a day."""
    for edition in ("vn@decree-118-2025-amended-309-2026", "vn@decree-118-2025", "vn@decree-61-2018"):
        read = table(edition)
        if (
            date.fromisoformat(read["in_force_from"])
            <= day
            <= date.fromisoformat(read.get("in_force_to", "9999-12-31"))
        ):
            return edition
    raise AssertionError(day)


def cited(bases: Row, name: str) -> str:
    row = bases[name]
    basis = Basis(instrument=row["instrument"], article=row.get("article"), firmness=Firmness(row["firmness"]))
    return basis.cite().en


class Told:
    """A dossier as a log tells it, up to some event."""

    def __init__(self, law: Row, head: Row, policy: Row) -> None:
        self.law, self.head = law, head
        self.policy = {**head.get("policy", {}), **policy}
        self.state: str = law["initial"][head["channel"]]
        self.origin: str | None = None
        self.phase = "not_started"
        self.count = 0
        self.taken: list[tuple[Row, str, str]] = []  # event, state before, state after
        self.acts: list[tuple[datetime, str, str]] = []  # when, act, kind of event
        self.waits: list[list[Any]] = []  # start, end or None, count, papers
        self.counts: list[datetime] = []  # when each count of the time began
        self.promises: list[tuple[datetime, datetime, int, str]] = []  # made, promised, count, act
        self.axes = {axis["code"]: axis["initial"] for axis in law["axes"]}
        self.tasks: dict[str, bool] = {}
        self.ended: datetime | None = None
        self.last = moment(head)

    # What the table says.

    def event(self, kind: str) -> Row | None:
        return next((dict(each) for each in self.law["events"] if each["code"] == kind), None)

    def parameter(self, name: str) -> Any:
        own = self.policy.get(name)
        return self.law["parameters"][name]["value"] if own is None else own

    def portal(self, state: str) -> Any:
        return next(each["portal"] for each in self.law["states"] if each["code"] == state)

    def far(self) -> bool:
        receiving, competent = self.head.get("receiving_unit"), self.head.get("competent_unit")
        same = receiving is not None and receiving == competent
        return self.head.get("non_territorial", "none") != "none" and not same

    def way(self, kind: str) -> Row | None:
        rows = [row for row in self.law["transitions"] if row["event"] == kind and self.state in row["states"]]
        far = [row for row in rows if row.get("elsewhere")]
        near = [row for row in rows if not row.get("elsewhere")]
        if self.far() and far:
            return dict(far[0])
        return dict(near[0]) if near else None

    def beside(self, kind: str) -> bool:
        """Whether it moves axes only."""
        moving = {row["event"] for row in self.law["transitions"]}
        return kind not in moving and any(row["event"] == kind for axis in self.law["axes"] for row in axis["moves"])

    def beside_taken(self, kind: str) -> bool:
        """Whether it moves axes only, and the first axis that names it takes it now."""
        if not self.beside(kind):
            return False
        for axis in self.law["axes"]:
            rows = [row for row in axis["moves"] if row["event"] == kind]
            if rows:
                return any(self.takes(axis["code"], row) for row in rows)
        return False

    def takes(self, axis: str, row: Row) -> bool:
        return self.axes[axis] in row["origins"] and self.state in row.get("states", [self.state])

    def only_way(self, kind: str) -> Row | None:
        """Return the one way in which the table takes such an event anywhere, if there is one."""
        rows = [row for row in self.law["transitions"] if row["event"] == kind and not row.get("elsewhere")]
        if not rows:
            return None
        if all(row["to"] == "stay" for row in rows):
            targets = {"stay"}
        else:
            targets = {state if row["to"] == "stay" else row["to"] for row in rows for state in row["states"]}
        clocks = {json.dumps([row.get("clock"), row.get("clock_by")], sort_keys=True) for row in rows}
        if len(targets) > 1 or len(clocks) > 1:
            return None
        return {**rows[0], "to": targets.pop()}

    # What is refused.

    def refusal(self, row: Row) -> tuple[str, str, str] | None:
        """Return kind, rule and basis of what refuses an event; None if nothing does."""
        rule, kind = self.event(row["kind"]), row["kind"]
        if rule is None:
            return "unknown", "unknown-code", self.law["basis"]
        guards = [
            guard
            for guard in self.law["guards"]
            if guard["event"] == kind and self.state in guard.get("states", [self.state])
        ]
        if self.way(kind) is None and not self.beside_taken(kind):
            for guard in guards:
                if guard["condition"] == "never":
                    return "not_allowed", guard["code"], guard["basis"]
            return "not_allowed", "transition-not-allowed", self.law["basis"]
        if moment(row) < self.last:
            return "unsaid", "invalid-event", rule["basis"]
        if row.get("role") is not None and row["role"] not in rule["roles"]:
            return "role", "role", self.law["roles_basis"]
        due = rule.get("due", "never")
        if (
            (rule.get("needs_reason") and "reason" not in row)
            or (rule.get("needs_ground") and "reason" not in row and "ground" not in row)
            or (due == "required" and "due" not in row)
            or (due == "never" and "due" in row)
            or ("due" in row and moment(row, "due") < moment(row))
            or (rule.get("reroutes") and "to_unit" not in row)
            or ("task" in rule) is not ("task" in row)
        ):
            return "unsaid", "invalid-event", rule["basis"]
        for guard in guards:
            if not self.holds(guard, row):
                return "not_allowed", guard["code"], guard["basis"]
        return None

    def holds(self, guard: Row, row: Row) -> bool:
        at = moment(row)
        number: Any = self.parameter(guard["parameter"]) if "parameter" in guard else None
        standing = self.standing(at)
        units = {self.head.get(name) for name in guard.get("units", ())} - {None}
        match guard["condition"]:
            case "max_count":
                places = guard.get("states")
                before = [
                    past
                    for past, state, _ in self.taken
                    if past["kind"] == row["kind"] and (places is None or state in places)
                ]
                return number is None or len(before) < number
            case "permitted":
                return number is True
            case "appointed":
                return self.promise() is not None
            case "before_due":
                return standing is not None and (standing.date() - at.date()).days >= number
            case "later_due":
                made = self.promise()
                return "due" in row and (made is None or moment(row, "due") > made[1])
            case "not_after_due":
                return standing is None or at <= standing or number is True
            case "after_due":
                return standing is None or at > standing
            case "unit":
                return "unit" not in row or not units or row["unit"] in units
            case "to_unit":
                return number is False or "to_unit" not in row or not units or row["to_unit"] in units
            case "channel":
                return self.head["channel"] in guard["channels"]
            case "wait_over":
                asked = [past for past, _, _ in self.taken if past["kind"] == "supplement_requested"]
                if not asked:
                    return False
                if "due" in asked[-1]:
                    return at > moment(asked[-1], "due")
                return bool((at.date() - moment(asked[-1]).date()).days > number)
            case "axis":
                return number != guard["value"] or self.axes[guard["axis"]] in guard["axis_states"]
            case "task_new":
                return row["task"] not in self.tasks
            case "task_open":
                return self.tasks.get(row["task"]) is True
            case "work_joined":
                open_states = [each["code"] for each in self.law["states"] if each.get("open_work")]
                return number is True or not (any(self.tasks.values()) or self.state in open_states)
            case "papers_complete" | "papers_listed" | "papers_not_held":
                return True  # the worlds name no papers
            case other:
                raise AssertionError(other)

    def promise(self) -> tuple[datetime, datetime, int, str] | None:
        """Return what was promised last in the present count."""
        if self.promises and self.promises[-1][2] == self.count:
            return self.promises[-1]
        return None

    def standing(self, at: datetime) -> datetime | None:
        """Return the appointment, later by all the time waited since, if the wait began no later than it."""
        made = self.promise()
        if made is None:
            return None
        promised = made[1]
        for start, end, count, _ in self.waits:
            if count == self.count:
                first, last = max(start, made[0]), min(end or at, at)
                if first <= promised and last > first:
                    promised += last - first
        return promised

    # What follows.

    def follow(self, row: Row) -> bool:
        """Fold an event, judged or not; False where nothing sound follows from it."""
        kind, at = row["kind"], moment(row)
        rule = self.event(kind)
        if rule is None or at < self.last:
            return False
        way = self.way(kind)
        if way is None:
            way = {"to": "stay"} if self.beside(kind) else self.only_way(kind)
        if way is None:
            return False
        target, origin = way["to"], None
        detours = {state for each in self.law["transitions"] if each["to"] == "back" for state in each["states"]}
        if target == "stay":
            target, origin = self.state, self.origin
        elif target == "back":
            if self.origin is None:
                return False
            target = self.origin
        elif target in detours:
            if self.state in detours:
                return False  # the way back is one step deep
            origin = self.state
        act = way.get("clock")
        if "clock_by" in way:
            act = way["clock_by"].get(self.parameter(way.get("clock_parameter", "supplement_clock")))
        promised = None
        if "due" in row and "task" not in rule and rule.get("due_is", "appointment") == "appointment":
            promised = moment(row, "due")
            if act in {"pause", "stop"}:
                return False  # a wait or an end that makes an appointment
            act = act or "promise"
        elif act in {"extend", "reschedule"}:
            act = None
        phase = self.phase if act is None else MOVED.get((self.phase, act))
        if phase not in next(each["clock"] for each in self.law["states"] if each["code"] == target):
            return False
        if act is not None:
            self.tell(act, at, row, promised, papers=bool(rule.get("asks_papers")))
        if "task" in row and rule.get("task") == "hand_over":
            self.tasks[row["task"]] = True
        elif row.get("task") in self.tasks:
            self.tasks[row["task"]] = False
        before, crossed = self.state, self.portal(self.state) != self.portal(target)
        after = dict(self.axes)
        for axis in self.law["axes"]:
            for each in axis["moves"]:
                if each["event"] == kind and self.takes(axis["code"], each):
                    after[axis["code"]] = each["to"]
            if crossed and "on_portal_change" in axis:
                after[axis["code"]] = axis["on_portal_change"]
        self.axes, self.state, self.origin, self.last = after, target, origin, at
        self.taken.append((row, before, target))
        ends = [g for g in self.law["guards"] if g["condition"] == "work_joined" and g["event"] == kind]
        joined = [g for g in ends if before in g.get("states", [before])]
        if joined or kind == "withdrawal_granted":
            self.tasks = dict.fromkeys(self.tasks, False)
        return True

    def tell(self, act: str, at: datetime, row: Row, promised: datetime | None, *, papers: bool) -> None:
        if act in {"start", "restart"}:
            self.count += 1
            self.counts.append(at)
        if self.waits and self.waits[-1][1] is None and act in {"resume", "restart", "stop"}:
            self.waits[-1][1] = at
        if act == "pause":
            self.waits.append([at, None, self.count, papers])
        if act == "stop":
            self.ended = at
        if promised is not None:
            self.promises.append((at, promised, self.count, act))
        self.phase = MOVED[self.phase, act]
        self.acts.append((at, act, row["kind"]))

    def waited(self, count: int, known: datetime) -> list[tuple[datetime, datetime]]:
        """Return the waits of a count, as far as they have passed by then."""
        found: list[tuple[datetime, datetime]] = []
        for start, end, of, _ in self.waits:
            last = min(end or known, known)
            if of != count or last <= start:
                continue
            if found and found[-1][1] >= start:
                found[-1] = (found[-1][0], last)
            else:
                found.append((start, last))
        return found


def told(document: Row, law: Row, policy: Row, until: datetime | None = None) -> tuple[Told | None, list[Row]]:
    """Return what a log comes to under a law, and what that law refuses: number, kind, rule, basis, whether it is followed."""
    head = document["dossier"]
    if head["channel"] not in law["initial"]:
        basis = cited(law["bases"], law["basis"])
        lost = {"number": 0, "kind": "unknown", "rule": "invalid-event", "basis": basis, "at": head["at"]}
        return None, [{**lost, "row": {}, "followed": False, "consequence": False}]
    case = Told(law, head, policy)
    found: list[Row] = []
    keys: set[str] = set()
    number, lost_track = 0, False
    for row in document["events"]:
        if until is not None and moment(row) > until and deepcopy(case).follow(row):
            break  # what happened after it is not looked at
        if row.get("key") in keys:
            continue
        number += 1
        refused = case.refusal(row)
        followed = case.follow(row)
        if followed and "key" in row:
            keys.add(row["key"])
        if refused is None:
            assert followed, row
            continue
        kind, rule, basis = refused
        found.append(
            {
                "number": number,
                "kind": kind,
                "rule": rule,
                "basis": cited(law["bases"], basis),
                "at": row["at"],
                "row": row,
                "followed": followed,
                "consequence": lost_track and rule == "transition-not-allowed",
            }
        )
        lost_track = lost_track or (not followed and kind != "unknown")
    return case, found
