"""Random lawful logs: a walk through a lifecycle, with moments that coincide, waits, restarts and appointments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event, Policy
from onestop_core.errors import OnestopError
from tests.deadlines.slow import at
from tests.dossier.driving import EDITIONS

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

STEPS = (0, 0, 1, 30, 61, 400, 1_440, 2_000, 4_320, 9_000, 20_000)
"""Minutes between two events."""
START = {
    "vn@decree-61-2018": at("2024-04-26 08:15"),
    "vn@decree-118-2025": at("2026-01-30 08:15"),
    EDITIONS[2]: at("2026-08-27 08:15"),
}
POLICIES = st.builds(
    Policy,
    max_intake_supplements=st.sampled_from([None, 2]),
    max_supplements=st.sampled_from([None, 0, 2]),
    max_suspensions=st.sampled_from([None, 1]),
    max_extensions=st.sampled_from([None, 0, 2]),
    supplement_clock=st.sampled_from([None, "pause"]),
    decide_at_desk=st.sampled_from([None, True]),
    silence_is_consent=st.sampled_from([None, True]),
    refuse_late=st.sampled_from([None, True]),
)
CHOICES = st.lists(
    st.tuples(st.integers(0, 120), st.sampled_from(STEPS), st.sampled_from([None, -600, 600, 3_000, 12_000])),
    min_size=4,
    max_size=16,
)
SELDOM = (
    "fee_",
    "portal_",
    "archived",
    "result_notified",
    "result_posted",
    "withdrawal_",
    "stopped",
    "not_received",
    "refused",
)
"""Events that end a log early, or do nothing to its time: taken in one of six steps only."""


@st.composite
def walks(draw: st.DrawFn, edition: str | None = None) -> Dossier:
    """Return a dossier after a walk; what a step refuses is left out."""
    machine = dossier.machine(draw(st.sampled_from(EDITIONS)) if edition is None else edition)
    channel = draw(st.sampled_from(["in_person", "online", "post"]))
    case = machine.new(id="1", procedure="1.012783", channel=channel, at=START[machine.id], policy=draw(POLICIES))
    for choice, minutes, due in draw(CHOICES):
        kinds = machine.allowed(case)
        if not kinds:
            break
        often = [kind for kind in kinds if not kind.startswith(SELDOM)]
        kinds = kinds if choice % 6 == 0 or not often else tuple(often)
        kind = kinds[choice // 6 % len(kinds)]
        row = next(each for each in machine.lifecycle.events if each.code == kind)
        moment = case.events[-1].at + timedelta(minutes=minutes)
        promised: datetime | None = None
        if row.due != "never" and due is not None:
            promised = moment + timedelta(minutes=due)
        task = None
        if row.task == "hand_over":
            task = f"phần {len(case.tasks) + 1}"
        elif row.task == "return":
            task = next((each.id for each in case.tasks if each.is_open), "không có")
        try:
            case = machine.step(case, Event(kind, moment, reason="lý do", due=promised, task=task))
        except OnestopError:
            continue
    return case
