"""Until when: time limits counted on a calendar, explained, and followed through waits, restarts and extensions.

``read_limit`` reads a limit as it is published; ``due`` counts one limit; ``countdown`` counts the one clock of a dossier: what was promised, what the law counts, which
of them holds, and how the case stands; ``facts`` and ``next_due`` say the same to the measures and to the next event.
``readings`` gives all dates that open law allows; ``Deadline.to_receipt`` what a third party needs to count again, and
``verify`` whether it holds (:mod:`~onestop_core.deadlines.receipts`).
``row`` is a dossier as one line of a list, and the room ``lists`` has the lists: overdue, due soon, waiting.
``plan`` dates linked steps, ``control_slip`` says who used how much of them; ``WorkingHours`` is when an agency works.
``agenda`` lists what must be done in time (its table: ``deadlines.duties``), ``impact`` whom a decision moves
(``deadlines.changes``). The rules and their grounds are data, ``vn/deadlines/rules`` and ``vn/deadlines/duties``.

Inside: ``late_receipt`` (the 15:00 rule), ``answers`` (a due moment, a dossier's clock, what it says to others, readings of open law), ``counting`` (the
arithmetic: days, waits, promises), ``terms`` (policies, steps, status; the rules as data), ``differences`` (from another system), ``telling``
(explanation and picture), ``hours`` (when an office works), ``linked_work`` (a plan of steps, and who used how much of it).
"""

from onestop_core._public import publish
from onestop_core.deadlines.answers.appointments import facts, next_due
from onestop_core.deadlines.answers.countdown import Countdown, countdown
from onestop_core.deadlines.answers.deadline import Deadline, due
from onestop_core.deadlines.answers.promise_gap import PromiseGap
from onestop_core.deadlines.answers.readings import Ground, Reading, Readings, Way, readings
from onestop_core.deadlines.changes import impact
from onestop_core.deadlines.differences import explain_difference
from onestop_core.deadlines.duties import agenda
from onestop_core.deadlines.hours.office_hours import (
    MakeUpHours,
    Season,
    Session,
    WorkingHours,
    office_hours,
)
from onestop_core.deadlines.late_receipt import transfer_due
from onestop_core.deadlines.linked_work.control_slip import SlipRow, control_slip
from onestop_core.deadlines.linked_work.plan import Plan, Planned, PlanStep, plan
from onestop_core.deadlines.lists import CaseRow, row
from onestop_core.deadlines.receipts import verify
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import Measure, Status, StatusCode, Step, StepKind, WorkingCalendar
from onestop_core.model import LimitStep, LimitUnit, TimeLimit
from onestop_core.rules.wording import read_limit

__all__ = [
    "CaseRow",
    "Countdown",
    "Deadline",
    "EndOnDayOff",
    "Ground",
    "LateReceipt",
    "LimitStep",
    "LimitUnit",
    "MakeUpHours",
    "Measure",
    "Plan",
    "PlanStep",
    "Planned",
    "Policies",
    "PromiseGap",
    "Reading",
    "Readings",
    "Season",
    "Session",
    "SlipRow",
    "Status",
    "StatusCode",
    "Step",
    "StepKind",
    "TimeLimit",
    "Way",
    "WorkingCalendar",
    "WorkingHours",
    "agenda",
    "control_slip",
    "countdown",
    "due",
    "explain_difference",
    "facts",
    "impact",
    "next_due",
    "office_hours",
    "plan",
    "read_limit",
    "readings",
    "row",
    "transfer_due",
    "verify",
]

publish(globals())
