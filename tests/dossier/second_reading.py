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
            assert row is not None
            if row["to"] == "stay":
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
        if self.row(state, event.kind) is None:
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
        ):
            return "invalid"
        appointments = [past.due for past in events if past.due is not None]
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
                case _:
                    holds = limit is True
            if not holds:
                return str(guard["code"])
        return None

    def clock(self, events: Sequence[Event]) -> str:
        """Return what the clock does after the last event."""
        states, running = self.states(events), "not_started"
        after = {"start": "running", "pause": "paused", "resume": "running", "restart": "running", "stop": "stopped"}
        for state, event in zip(states, events[1:], strict=False):
            row = self.row(state, event.kind)
            assert row is not None
            effect = row.get("clock", "none")
            if "clock_by" in row:
                effect = row["clock_by"][self.parameter(events, "supplement_clock")]
            running = after.get(effect, running)
        return running

    def portal(self, state: str) -> int:
        return next(int(each["portal"]) for each in self.table["states"] if each["code"] == state)
