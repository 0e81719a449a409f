"""Random lawful histories for Hypothesis: at each step one of the events that the table takes, with moments that repeat."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from onestop_core import dossier, workdays
from onestop_core.deadlines import Policies, TimeLimit, WorkingHours
from onestop_core.dossier import Dossier, Event, Policy
from onestop_core.dossier.lifecycle import FeeStep, SupplementClock
from onestop_core.errors import InvalidEventError, TransitionNotAllowedError

CIVIL = workdays.calendar("vn-civil")
EARLIER = workdays.calendar("vn-civil", as_of=date(2025, 12, 1))
EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025")
T0 = datetime.fromisoformat("2025-12-22T08:00+07:00")
HOUR = timedelta(hours=1)
HOURS = WorkingHours.parse("07:30-11:30, 13:30-17:00")
LIMITS = st.sampled_from(
    [
        TimeLimit.parse(text)
        for text in (
            *("5 working days", "1 working day", "8 working hours", "24 hours", "10 days", "2 weeks", "1 month"),
            *("within the day", "1.5 working days", "3 working days + 2 working days", "0.5 days", "0 working days"),
        )
    ]
)
POLICIES = st.builds(
    Policies,
    end_on_day_off=st.sampled_from(["next_working_day", "strict_civil_code", "none"]),
    late_receipt=st.sampled_from(["same_day_limits", "every_limit", "no_limit"]),
)
RULES = st.builds(
    Policy,
    max_supplements=st.sampled_from([None, 3]),
    max_suspensions=st.sampled_from([None, 2]),
    max_extensions=st.sampled_from([None, 0, 3]),
    extension_notice_days=st.sampled_from([None, 0, 3]),
    supplement_clock=st.sampled_from([None, *SupplementClock]),
    decide_at_desk=st.sampled_from([None, True]),
    silence_is_consent=st.sampled_from([None, True]),
    refuse_late=st.sampled_from([None, True]),
    fee_before=st.sampled_from([None, FeeStep.NONE]),
)
DUE = {edition: {event.code: event.due for event in dossier.machine(edition).lifecycle.events} for edition in EDITIONS}
GAPS = st.sampled_from([0, 0, 0, 1, 7, 24, 24, 48, 71]) | st.integers(0, 200)


@st.composite
def histories(draw: st.DrawFn) -> Dossier:
    """A dossier after a lawful history: at each step one of the events that its table takes."""
    edition = draw(st.sampled_from(EDITIONS))
    machine = dossier.machine(edition)
    channel = draw(st.sampled_from(["in_person", "online"]))
    case = machine.new(id="1", procedure="1.012783", channel=channel, at=T0, policy=draw(RULES))
    for _ in range(draw(st.integers(0, 12))):
        allowed = [kind for kind in machine.allowed(case) if kind != "withdrawal_requested"]
        if not allowed:
            break
        kind = (
            draw(st.sampled_from(allowed))
            if "received" not in allowed
            else draw(st.sampled_from(["received", *allowed]))
        )
        at = case.events[-1].at + HOUR * draw(GAPS)
        rule = DUE[edition][kind]
        apart = kind.startswith("linked") and rule != "required"
        due = draw(dues(required=rule == "required")) if rule != "never" and not apart else None
        task = draw(st.sampled_from(["1", "2"])) if kind.startswith("linked") else None
        try:
            case = machine.step(case, Event(kind=kind, at=at, reason="vì", due=due, task=task))
        except (TransitionNotAllowedError, InvalidEventError):
            continue  # by its moment, its appointment or its piece of work; the rest of the story goes on
    return case


def dues(*, required: bool = False) -> st.SearchStrategy[datetime | None]:
    promised = st.integers(0, 60 * 24).map(lambda hours: T0 + hours * HOUR)
    return promised if required else st.none() | promised
