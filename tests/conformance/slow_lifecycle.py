"""Logs replayed again, slowly: by the second reading of the tables, from the beginning for each event."""

from __future__ import annotations

from typing import Any

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.deadlines import SlowDeadlines
from onestop_core.dossier import Event, load_log
from tests.dossier.second_reading import Reading

TIMING = ("start", "pause", "resume", "restart", "stop")


def reading_of(edition: str) -> Reading:
    return Reading(edition.partition("@")[2])


def walked(log: dict[str, Any]) -> tuple[Reading, list[Event], str | None]:
    """Return the events that are taken, and the code of the refusal of the one after them, if there is one."""
    loaded = load_log(log)
    reading = reading_of(loaded.lifecycle)
    taken: list[Event] = []
    whole: list[Event] = []
    struck: set[int] = set()
    kinds = {each["code"] for each in reading.table["events"]}
    for event in loaded.events:
        before = [past for past in taken if event.key is not None and past.key == event.key]
        if before:
            if before[0] != event:
                return reading, taken, "invalid-event"
            continue
        if taken:
            if event.kind not in kinds:
                return reading, taken, "unknown-code"
            refused = reading.refusal(taken, event)
            if refused is not None:
                code = {"transition": "transition-not-allowed", "invalid": "invalid-event"}.get(refused, "guard")
                return reading, taken, code
        whole.append(event)
        if event.event:
            struck |= {name for name in event.event if isinstance(name, int)}
            if any(name not in range(1, len(whole) - 1) for name in event.event):
                return reading, taken, "invalid-event"
            rest = [past for number, past in enumerate(whole) if number not in struck and not past.event]
            if any(reading.refusal(rest[:number], past) for number, past in enumerate(rest) if number):
                return reading, taken, "invalid-event"
            taken = rest
        else:
            taken.append(event)
    return reading, taken, None


def allowed(reading: Reading, events: list[Event]) -> list[str]:
    """Every event with a row for the state, without those whose count is used up or that the procedure forbids."""
    states = reading.states(events)
    found = []
    for each in reading.table["events"]:
        kind = each["code"]
        if reading.row(events, states[-1], kind) is None:
            continue
        for guard in reading.table["guards"]:
            if guard["event"] != kind or states[-1] not in guard.get("states", states):
                continue
            asked = guard["condition"] == "axis" and reading.parameter(events, guard["parameter"]) == guard["value"]
            if asked and reading.axes(events)[guard["axis"]] not in guard["axis_states"]:
                break
            if guard["condition"] == "appointed" and reading.appointment(events) is None:
                break
            if guard["condition"] == "work_joined" and reading.open_work(events):
                break
            opening = events[0].opening
            if guard["condition"] == "channel" and opening is not None and opening.channel not in guard["channels"]:
                break
            if guard["condition"] == "permitted" and reading.parameter(events, guard["parameter"]) is not True:
                break
            if guard["condition"] == "max_count":
                places = guard.get("states", states)
                times = sum(
                    past.kind == kind and state in places for past, state in zip(events[1:], states, strict=False)
                )
                most = reading.parameter(events, guard["parameter"])
                if most is not None and times >= most:
                    break
        else:
            found.append(kind)
    return sorted(found)


PHASES = {"not_started": "not-started", "running": "running", "paused": "waiting", "stopped": "ended"}


class SlowFollowing:
    """The area ``lifecycle``: the day is what was promised, or else counted again from the last full receipt."""

    name = "slow"

    def follow(self, log: dict[str, Any], limit: str | None = None) -> dict[str, Any]:
        reading, events, refused = walked(log)
        if refused is not None:
            raise Refusal(refused)
        clock = reading.clock(events)
        rows = list(zip(events, reading.acts(events), strict=True))
        begins = [event.at for event, act in rows if act in {"start", "restart"}]
        promised = reading.appointment_as_waited(events, events[-1].at)
        due = promised and promised.date().isoformat()
        if promised is None and limit is not None and begins:
            acts = [{"act": act, "at": event.at.isoformat()} for event, act in rows if act in TIMING]
            due = SlowDeadlines().clock_due(limit, acts)["due_at"][:10]
        return {
            "portal_code": reading.portal(reading.states(events)[-1]),
            "clock": PHASES[clock],
            "due_on": None if clock == "paused" else due,
            "counted_from": begins[-1].isoformat() if begins else None,
        }


class SlowLifecycle:
    """The area ``lifecycle-tables``."""

    name = "slow"

    def replay(self, log: dict[str, Any]) -> dict[str, Any]:
        reading, events, refused = walked(log)
        if refused is not None:
            raise Refusal(refused)
        state = reading.states(events)[-1]
        appointment = reading.appointment(events)
        return {
            "state": state,
            "clock": reading.clock(events),
            "portal_status": reading.portal(state),
            "allowed": allowed(reading, events),
            "axes": reading.axes(events),
            "due_at": appointment.isoformat() if appointment else None,
        }
