"""The shipped procedures, from registration to the end, on each of their channels and in every branch they have."""

from __future__ import annotations

from datetime import datetime

import pytest

from onestop_core import catalogue, dossier
from onestop_core.deadlines import countdown
from onestop_core.dossier import Policy
from onestop_core.model import TimeLimit
from onestop_core.workdays import calendar

from .driving import EDITIONS, HOUR

CIVIL = calendar("vn-civil")
OPENED = {
    EDITIONS[0]: "2024-05-06T08:15+07:00",
    EDITIONS[1]: "2026-03-02T08:15+07:00",
    EDITIONS[2]: "2026-10-05T08:15+07:00",
}
RESULT = ("approved", "result_handed_over", "delivered")
BRANCHES: dict[str, tuple[tuple[str, ...], str]] = {
    "straight": (("received", "transferred", "assigned", *RESULT), "delivered"),
    "refused at intake": (("not_received",), "not_received"),
    "supplemented at intake": (
        ("supplement_requested", "supplemented", "received", "assigned", *RESULT),
        "delivered",
    ),
    "supplemented after appraisal": (
        ("received", "assigned", "supplement_requested", "supplemented", *RESULT),
        "delivered",
    ),
    "verified, consulted": (
        ("received", "assigned", "verification_started", "verified", "opinion_asked", "opinion_given", *RESULT),
        "delivered",
    ),
    "linked": (("received", "assigned", "linked_handed_over", "linked_returned", *RESULT), "delivered"),
    "with a financial obligation": (
        ("received", "assigned", "financial_obligation_set", "financial_obligation_met", *RESULT),
        "delivered",
    ),
    "refused after appraisal": (("received", "assigned", "refused", "delivered"), "refusal_delivered"),
    "withdrawn": (("received", "withdrawal_requested", "withdrawal_granted"), "withdrawn"),
    "stopped": (("received", "assigned", "stopped"), "stopped"),
    "decided at the desk": (("received", *RESULT), "delivered"),
}
CHANNELS = [
    (procedure.code, channel.kind.value)
    for procedure in catalogue.shipped().procedures
    for channel in procedure.channels
]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("branch", BRANCHES)
def test_every_shipped_procedure_runs_to_its_end(edition: str, branch: str) -> None:
    machine, (kinds, end) = dossier.machine(edition), BRANCHES[branch]
    opened = datetime.fromisoformat(OPENED[edition])
    for code, kind in CHANNELS:
        channel = "online" if kind.startswith("online") else kind
        case = machine.new(
            id="1",
            procedure=code,
            channel=channel,
            at=opened,
            policy=Policy(decide_at_desk=branch.startswith("decided")),
        )
        for number, step in enumerate(kinds, 1):
            row = machine.lifecycle.event(step)
            case = machine.step(
                case,
                dossier.event(
                    step,
                    opened + number * HOUR,
                    reason="lý do" if row.needs_reason else None,
                    task="liên thông" if row.task else None,
                    due=opened + 99 * HOUR if row.due == "required" else None,
                ),
            )
        assert (case.state, machine.lifecycle.state(case.state).terminal) == (end, True)
        assert machine.replay(case.events) == case
        if any(event.kind == "received" for event in case.events):
            due = countdown(case, TimeLimit.parse("5 working days"), calendar=CIVIL).due()
            assert due is not None
            assert CIVIL.is_workday(due.day)
            assert due.day >= CIVIL.add(opened.date(), 5)
