"""A slow and obvious second reading of the lifecycle tables: plain JSON, no compiled machine, the log re-read each time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onestop_core.dossier import Event


class Reading:
    """Judges a whole log from its beginning, one question at a time."""

    def __init__(self, name: str) -> None:
        self.table: dict[str, Any] = resources.data(f"vn/lifecycle/{name}")

    def parameter(self, events: Sequence[Event], name: str) -> Any:
        opening = events[0].opening
        assert opening is not None
        own = getattr(opening.policy, name)
        return self.table["parameters"][name]["value"] if own is None else own

    def row(self, events: Sequence[Event], state: str, kind: str) -> dict[str, Any] | None:
        found = [row for row in self.table["transitions"] if row["event"] == kind and state in row["states"]]
        if self.elsewhere(events):
            found.sort(key=lambda row: not row.get("elsewhere", False))
        else:
            found = [row for row in found if not row.get("elsewhere")]
        return dict(found[0]) if found else None

    def units(self, events: Sequence[Event]) -> dict[str, str | None]:
        """Return who receives and who decides, after whatever sent the filing on."""
        opening = events[0].opening
        assert opening is not None
        units = {"receiving_unit": opening.receiving_unit, "competent_unit": opening.competent_unit}
        one = opening.receiving_unit == opening.competent_unit
        for event in events:
            if any(row["code"] == event.kind and row.get("reroutes") for row in self.table["events"]):
                units["receiving_unit"] = event.to_unit
                if one:
                    units["competent_unit"] = event.to_unit
        return units

    def elsewhere(self, events: Sequence[Event]) -> bool:
        opening = events[0].opening
        assert opening is not None
        units = self.units(events)
        same = units["receiving_unit"] is not None and units["receiving_unit"] == units["competent_unit"]
        return opening.non_territorial != "none" and not same

    def states(self, events: Sequence[Event]) -> list[str]:
        opening = events[0].opening
        assert opening is not None
        states = [self.table["initial"][opening.channel.value]]
        for event in events[1:]:
            row = self.row(events, states[-1], event.kind)
            if row is None or row["to"] == "stay":  # what the table does not move, it only keeps beside the state
                states.append(states[-1])
            elif row["to"] == "back":
                states.append(next(state for state in reversed(states) if state != states[-1]))
            else:
                states.append(row["to"])
        return states

    def refusal(self, events: Sequence[Event], event: Event) -> str | None:  # noqa: PLR0915 - read from top to bottom
        """Return None if the event may follow *events*, or the name of what refuses it."""
        states = self.states(events)
        state = states[-1]
        guards = [g for g in self.table["guards"] if g["event"] == event.kind and state in g.get("states", [state])]
        striking = any(e["code"] == event.kind and e.get("strikes") for e in self.table["events"])
        if not striking and self.row(events, state, event.kind) is None and not self.taken_beside(events, event.kind):
            return next((g["code"] for g in guards if g["condition"] == "never"), "transition")
        rule = next(e for e in self.table["events"] if e["code"] == event.kind)
        if event.at < events[-1].at:
            return "invalid"
        if event.role is not None and event.role not in rule["roles"]:
            return "role"
        due = rule.get("due", "never")
        if (
            (rule.get("needs_reason") and event.reason is None)
            or (rule.get("needs_ground") and event.reason is None and event.ground is None)
            or (due == "required" and event.due is None)
            or (due == "never" and event.due is not None)
            or (event.due is not None and event.due < event.at)
            or (event.task is None) is ("task" in rule)
            or (rule.get("reroutes") and event.to_unit is None)
            or (event.event and not striking)
        ):
            return "invalid"
        if event.reason_code is not None and event.reason_code not in self.table.get("reasons", {}):
            return "unknown"
        if striking and not event.event:
            return "invalid"
        promised, standing = self.appointment(events), self.appointment_as_waited(events, event.at)
        opening = events[0].opening
        assert opening is not None
        given = [past.task for past in events if past.kind == "linked_handed_over"]
        returned = [past.task for past in events if past.kind in {"linked_returned", "linked_recalled"}]
        for guard in guards:
            limit: Any = self.parameter(events, guard["parameter"]) if "parameter" in guard else None
            match guard["condition"]:
                case "max_count":
                    before = [
                        1
                        for past, from_state in zip(events[1:], states, strict=False)
                        if past.kind == event.kind and from_state in guard.get("states", [from_state])
                    ]
                    holds = limit is None or len(before) < limit
                case "appointed":
                    holds = promised is not None
                case "before_due":
                    holds = standing is not None and (standing.date() - event.at.date()).days >= limit
                case "later_due":
                    holds = event.due is not None and (promised is None or event.due > promised)
                case "not_after_due":
                    holds = standing is None or event.at <= standing or limit is True
                case "unit":
                    units = {self.units(events)[name] for name in guard["units"]} - {None}
                    holds = event.unit is None or not units or event.unit in units
                case "to_unit":
                    units = {self.units(events)[name] for name in guard["units"]} - {None}
                    holds = limit is False or event.to_unit is None or not units or event.to_unit in units
                case "channel":
                    holds = opening.channel.value in guard["channels"]
                case "papers_not_held":
                    lifted = event.reason_code in guard["reasons"]
                    holds = lifted or not set(event.papers) & set(opening.database_papers)
                case "wait_over":
                    last = [past for past in events if past.kind == "supplement_requested"][-1]
                    until = last.due or (last.at.replace(hour=0, minute=0) + timedelta(days=limit + 1))
                    holds = event.at > until if last.due else event.at >= until
                case "after_due":
                    holds = standing is None or event.at > standing
                case "axis":
                    where = self.axes(events)[guard["axis"]]
                    holds = limit != guard["value"] or where in guard["axis_states"]
                case "papers_complete":
                    handed = [
                        paper
                        for past in [*events, event]
                        if past.kind in {"created", *(e["code"] for e in self.table["events"] if e.get("hands_in"))}
                        for paper in past.papers
                    ]
                    holds = all(paper in handed for paper in opening.required_papers)
                case "papers_listed":
                    listed = [*opening.required_papers, *opening.published_papers]
                    holds = not listed or all(paper in listed for paper in event.papers)
                case "task_new":
                    holds = event.task not in given
                case "task_open":
                    holds = event.task in given and event.task not in returned
                case "work_joined":
                    holds = not self.open_work(events)
                case _:
                    holds = limit is True
            if not holds:
                return str(guard["code"])
        return None

    def open_work(self, events: Sequence[Event]) -> bool:
        """Return whether work handed over keeps the dossier from being decided or ended."""
        given = {past.task for past in events if past.kind == "linked_handed_over"}
        back = {past.task for past in events if past.kind in {"linked_returned", "linked_recalled"}}
        waits = [each["code"] for each in self.table["states"] if each.get("open_work")]
        return not self.parameter(events, "end_with_open_work") and (given > back or self.states(events)[-1] in waits)

    def taken_beside(self, events: Sequence[Event], kind: str) -> bool:
        """Return whether an event that moves no state is taken by the first axis that names it."""
        if any(row["event"] == kind for row in self.table["transitions"]):
            return False
        for axis in self.table["axes"]:
            rows = [move for move in axis["moves"] if move["event"] == kind]
            if rows:
                here, state = self.axes(events)[axis["code"]], self.states(events)[-1]
                return any(here in row["origins"] and state in row.get("states", [state]) for row in rows)
        return False

    def axes(self, events: Sequence[Event]) -> dict[str, str]:
        """Return where each axis stands after the last event, counted anew from the first."""
        states = self.states(events)
        found = {}
        for axis in self.table["axes"]:
            here = axis["initial"]
            for before, after, event in zip(states, states[1:], events[1:], strict=False):
                for move in axis["moves"]:
                    if (
                        move["event"] == event.kind
                        and here in move["origins"]
                        and before in move.get("states", [before])
                    ):
                        here = move["to"]
                        break
                if "on_portal_change" in axis and self.portal(before) != self.portal(after):
                    here = axis["on_portal_change"]
            found[axis["code"]] = here
        return found

    def acts(self, events: Sequence[Event]) -> list[str | None]:
        """Return what each event did to the clock."""
        found: list[str | None] = [None]
        for state, event in zip(self.states(events), events[1:], strict=False):
            row = self.row(events, state, event.kind) or {}
            act = row.get("clock")
            if "clock_by" in row:
                act = row["clock_by"].get(self.parameter(events, row.get("clock_parameter", "supplement_clock")))
            found.append(act)
        return found

    def clock(self, events: Sequence[Event]) -> str:
        """Return what the clock does after the last event."""
        running = "not_started"
        after = {"start": "running", "pause": "paused", "resume": "running", "restart": "running", "stop": "stopped"}
        for act in self.acts(events):
            running = after.get(act or "", running)
        return running

    def _present(self, events: Sequence[Event]) -> list[tuple[Event, str | None]]:
        """Return the events of the present count with their acts: from the last one that began it."""
        rows = list(zip(events, self.acts(events), strict=True))
        begins = [number for number, (_, act) in enumerate(rows) if act in {"start", "restart"}]
        return rows[begins[-1] :] if begins else rows

    def appointment(self, events: Sequence[Event]) -> datetime | None:
        """Return what was promised last since the time is counted."""
        made = [e.due for e, _ in self._present(events) if e.due is not None and self.appoints(e)]
        return made[-1] if made else None

    def appoints(self, event: Event) -> bool:
        rule: dict[str, Any] = next((each for each in self.table["events"] if each["code"] == event.kind), {})
        return event.task is None and rule.get("due_is") != "answer"

    def appointment_as_waited(self, events: Sequence[Event], at: datetime) -> datetime | None:
        """Return the same, later by all the time that was waited since it was made and before it had passed."""
        promised: datetime | None = None
        waits_since: datetime | None = None
        for event, act in self._present(events):
            if waits_since is not None and act in {"resume", "stop"}:
                if promised is not None and waits_since <= promised:
                    promised += event.at - waits_since
                waits_since = None
            if act == "pause":
                waits_since = event.at
            if event.due is not None and self.appoints(event):
                promised = event.due
                waits_since = None if waits_since is None else event.at
        if waits_since is not None and promised is not None and waits_since <= promised:
            promised += at - waits_since
        return promised

    def portal(self, state: str) -> int:
        return next(int(each["portal"]) for each in self.table["states"] if each["code"] == state)
