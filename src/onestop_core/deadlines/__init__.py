"""Until when: time limits counted on a calendar, explained, and followed through pauses.

``due`` counts one limit; ``ProcessingClock`` follows a case through pauses, restarts and its extension, and
``clock_of`` reads it from a dossier; ``plan`` dates linked steps, ``control_slip`` says who used how much of them;
``WorkingHours`` is when an agency works. The rules and their grounds are data, ``vn/deadlines/rules``.
"""

from onestop_core._publish import publish
from onestop_core.deadlines.cases import clock_of
from onestop_core.deadlines.clock import ClockAct, ClockEvent, ClockSpan, ClockState, ProcessingClock
from onestop_core.deadlines.control_slip import SlipRow, control_slip, supplement_notice_by
from onestop_core.deadlines.deadline import Deadline, due
from onestop_core.deadlines.office_hours import MakeUpHours, Season, Session, WorkingHours, office_hours, transfer_due
from onestop_core.deadlines.plan import Plan, Planned, PlanStep, plan
from onestop_core.deadlines.values import (
    EndOnDayOff,
    LateReceipt,
    Measure,
    Policies,
    Status,
    StatusCode,
    Step,
    StepKind,
    WorkingCalendar,
)
from onestop_core.model import LimitStep, LimitUnit, TimeLimit

__all__ = [
    "ClockAct",
    "ClockEvent",
    "ClockSpan",
    "ClockState",
    "Deadline",
    "EndOnDayOff",
    "LateReceipt",
    "LimitStep",
    "LimitUnit",
    "MakeUpHours",
    "Measure",
    "Plan",
    "PlanStep",
    "Planned",
    "Policies",
    "ProcessingClock",
    "Season",
    "Session",
    "SlipRow",
    "Status",
    "StatusCode",
    "Step",
    "StepKind",
    "TimeLimit",
    "WorkingCalendar",
    "WorkingHours",
    "clock_of",
    "control_slip",
    "due",
    "office_hours",
    "plan",
    "supplement_notice_by",
    "transfer_due",
]

publish(globals())
