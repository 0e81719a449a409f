"""Bringing a dossier into any state, by the shortest lawful way: the common ground of the tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy

EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")
T0 = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HAND_OVER, RETURN, RECALL = "linked_handed_over", "linked_returned", "linked_recalled"
GENEROUS = Policy(
    max_intake_supplements=9,
    max_supplements=9,
    max_suspensions=9,
    max_extensions=9,
    decide_at_desk=True,
    silence_is_consent=True,
    refuse_late=True,
    end_with_open_work=True,
)


def opened(
    machine: Machine, channel: str = "in_person", policy: Policy | None = None, non_territorial: str = "none"
) -> Dossier:
    return machine.new(
        id="H26.12-260212-0001",
        procedure="1.004222",
        channel=channel,
        at=T0,
        policy=policy,
        non_territorial=non_territorial,
    )


def lawful(machine: Machine, case: Dossier, kind: str, *, after: timedelta = HOUR) -> Event:
    """Return an event of *kind* with everything that the table wants of it."""
    row = next(event for event in machine.lifecycle.events if event.code == kind)
    at = case.events[-1].at + after
    if kind == "closed_incomplete":
        at = case.events[-1].at + 16 * DAY
    if kind == "late_notified":
        at = max(at, (case.clock.promised_by(at) or at) + HOUR)
    due = None
    if row.due == "required" or kind in {"received", "arrived"}:
        due = (case.appointment or at) + 10 * DAY
    task = None
    if row.task == "hand_over":
        task = f"việc {len(case.tasks) + 1}"
    if row.task in {"return", "recall"}:
        task = next((each.id for each in case.tasks if each.is_open), "không có")
    return Event(
        kind=kind,
        at=at,
        reason="thiếu giấy tờ" if row.needs_reason or row.needs_ground else None,
        due=max(due, at) if due else None,
        task=task,
        to_unit="H26.13" if row.reroutes else None,
    )


def story(machine: Machine, case: Dossier, *kinds: str) -> Dossier:
    for kind in kinds:
        case = machine.step(case, lawful(machine, case, kind))
    return case


@cache
def reached(edition: str) -> dict[str, Dossier]:
    """Return a dossier in every state that an edition has, under a policy that forbids nothing."""
    machine = dossier.machine(edition)
    # What was filed online first: its content may be changed, which no other's may.
    channels = sorted(machine.lifecycle.initial, key=lambda channel: channel != "online")
    near = _explored(machine, *(opened(machine, channel, GENEROUS) for channel in channels))
    return reached_from_elsewhere(edition) | near


@cache
def reached_from_elsewhere(edition: str) -> dict[str, Dossier]:
    """Return the same of dossiers without regard to boundaries, received for an authority elsewhere."""
    machine = dossier.machine(edition)
    filed = (opened(machine, channel, GENEROUS, "nation") for channel in ("online", "in_person"))
    return _explored(machine, *filed)


@cache
def reached_with_linked_work(edition: str) -> dict[str, Dossier]:
    """Return the same for every state that a dossier can be in while linked work is open."""
    machine = dossier.machine(edition)
    return _explored(machine, story(machine, opened(machine, policy=GENEROUS), "received", "transferred", HAND_OVER))


def _explored(machine: Machine, *fresh_ones: Dossier) -> dict[str, Dossier]:
    found: dict[str, Dossier] = {}
    fresh = list(fresh_ones)
    while fresh:
        case = fresh.pop(0)
        if case.state not in found:
            found[case.state] = case
            kinds = [kind for kind in machine.allowed(case) if kind not in {RETURN, RECALL}]
            fresh += [machine.step(case, lawful(machine, case, kind)) for kind in kinds]
    return found
