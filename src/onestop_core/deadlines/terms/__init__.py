"""What limits are counted by: ``law`` (the rules as data), ``policies`` (what law leaves open), ``values`` (steps, measures, status)."""

from onestop_core._public import publish
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import Measure, Status, StatusCode, Step, StepKind, WorkingCalendar

__all__ = [
    "EndOnDayOff",
    "LateReceipt",
    "Measure",
    "Policies",
    "Status",
    "StatusCode",
    "Step",
    "StepKind",
    "WorkingCalendar",
]

publish(globals())
