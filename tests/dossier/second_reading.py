"""A slow and obvious second reading of the lifecycle tables: plain JSON, no compiled machine, the log re-read each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.rules import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    def row(self, state: str, kind: str) -> dict[str, Any] | None:
        for row in self.table["transitions"]:
            if row["event"] == kind and state in row["states"]:
                return dict(row)
        return None

    def states(self, events: Sequence[Event]) -> list[str]:
        opening = events[0].opening
        assert opening is not None
        states = [self.table["initial"][opening.channel.value]]
        for event in events[1:]:
            row = self.row(states[-1], event.kind)
            if row is None or row["to"] == "stay":  # what the table does not move, it only keeps beside the state
                states.append(states[-1])
            elif row["to"] == "back":
                states.append(next(state for state in reversed(states) if state != states[-1]))
            else:
                states.append(row["to"])
        return states

    def refusal(self, events: Sequence[Event], event: Event) -> str | None:
        """Return None if the event may follow *events*, or the name of what refuses it."""
        states = self.states(events)
        state = states[-1]
        guards = [g for g in self.table["guards"] if g["event"] == event.kind and state in g.get("states", [state])]
        if self.row(state, event.kind) is None and not self.taken_beside(events, event.kind):
            return next((g["code"] for g in guards if g["condition"] == "never"), "transition")
        rule = next(e for e in self.table["events"] if e["code"] == event.kind)
        if event.at < events[-1].at:
            return "invalid"
        if event.role is not None and event.role not in rule["roles"]:
            return "role"
        due = rule.get("due", "never")
        if (
            (rule.get("needs_reason") and event.reason is None)
            or (due == "required" and event.due is None)
            or (due == "never" and event.due is not None)
            or (event.due is not None and event.due < event.at)
            or (event.task is None) is ("task" in rule)
        ):
            return "invalid"
        appointments = [past.due for past in events if past.due is not None and past.task is None]
        opening = events[0].opening
        assert opening is not None
        given = [past.task for past in events if past.kind == "linked_handed_over"]
        returned = [past.task for past in events if past.kind == "linked_returned"]
        for guard in guards:
            limit: Any = self.parameter(events, guard["parameter"]) if "parameter" in guard else None
            match guard["condition"]:
                case "max_count":
                    before = [
                        1
                        for past, from_state in zip(events[1:], states, strict=False)
                        if past.kind == event.kind and from_state in guard.get("states", [from_state])
                    ]
                    holds = len(before) < limit
                case "before_due":
                    holds = bool(appointments) and (appointments[-1].date() - event.at.date()).days >= limit
                case "later_due":
                    holds = event.due is not None and (not appointments or event.due > appointments[-1])
                case "not_after_due":
                    holds = not appointments or event.at <= appointments[-1] or limit is True
                case "unit":
                    units = {getattr(opening, name) for name in guard["units"]} - {None}
                    holds = event.unit is None or not units or event.unit in units
                case "axis":
                    where = self.axes(events)[guard["axis"]]
                    holds = limit != guard["value"] or where in guard["axis_states"]
                case "papers_complete":
                    handed = [
                        paper
                        for past in [*events, event]
                        if past.kind in {"created", "received", "supplemented"}
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
                case _:
                    holds = limit is True
            if not holds:
                return str(guard["code"])
        return None

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

    def clock(self, events: Sequence[Event]) -> str:
        """Return what the clock does after the last event."""
        states, running = self.states(events), "not_started"
        after = {"start": "running", "pause": "paused", "resume": "running", "restart": "running", "stop": "stopped"}
        for state, event in zip(states, events[1:], strict=False):
            row = self.row(state, event.kind) or {}
            effect = row.get("clock", "none")
            if "clock_by" in row:
                effect = row["clock_by"][self.parameter(events, "supplement_clock")]
            running = after.get(effect, running)
        return running

    def portal(self, state: str) -> int:
        return next(int(each["portal"]) for each in self.table["states"] if each["code"] == state)
