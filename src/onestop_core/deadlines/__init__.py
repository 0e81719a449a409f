"""Until when: time limits counted on a calendar, explained, and followed through waits, restarts and extensions.

``read_limit`` reads a limit as it is published; ``due`` counts one limit; ``countdown`` counts the one clock of a dossier: what was promised, what the law counts, which
of them holds, and how the case stands; ``facts`` and ``next_due`` say the same to the measures and to the next event.
``readings`` gives all dates that open law allows; ``Deadline.to_receipt`` what a third party needs to count again, and
``verify`` whether it holds (:mod:`~onestop_core.deadlines.receipts`).
``row`` is a dossier as one line of a list, and the room ``lists`` has the lists: overdue, due soon, waiting.
``plan`` dates linked steps, ``control_slip`` says who used how much of them; ``WorkingHours`` is when an agency works.
``agenda`` lists what must be done in time (its table: ``deadlines.duties``), ``impact`` whom a decision moves
(``deadlines.changes``). The rules and their grounds are data, ``vn/deadlines/rules`` and ``vn/deadlines/duties``.

Rooms of their own, each with its table of contents:

* ``deadlines.answers``: a due moment, a dossier's clock, an appointment beyond the limit, readings of open law.
* ``deadlines.terms``: policies, the steps of an explanation, status; the rules as data.
* ``deadlines.hours``: when an agency works. ``deadlines.linked_work``: a plan of steps, and who used how much of it.
* ``deadlines.lists``: dossiers in lists. ``deadlines.receipts``: what a third party counts again.
* ``deadlines.duties``: what must be done in time. ``deadlines.changes``: whom a decision moves.
* ``deadlines.differences``: why another system came to another day.

Inside: ``late_receipt`` (the 15:00 rule), ``counting`` (the arithmetic: days, waits, promises), ``telling`` (explanation and picture).
"""

from onestop_core._public import publish
from onestop_core.deadlines import answers, changes, differences, duties, hours, linked_work, lists, receipts, terms
from onestop_core.deadlines.answers.appointments import facts, next_due
from onestop_core.deadlines.answers.countdown import Countdown, countdown
from onestop_core.deadlines.answers.deadline import Deadline, due
from onestop_core.deadlines.answers.readings import readings
from onestop_core.deadlines.changes import impact
from onestop_core.deadlines.differences import explain_difference
from onestop_core.deadlines.duties import agenda
from onestop_core.deadlines.hours.office_hours import (
    WorkingHours,
    office_hours,
)
from onestop_core.deadlines.late_receipt import transfer_due
from onestop_core.deadlines.linked_work.control_slip import control_slip
from onestop_core.deadlines.linked_work.plan import plan
from onestop_core.deadlines.lists import row
from onestop_core.deadlines.receipts import verify
from onestop_core.deadlines.terms.policies import Policies
from onestop_core.model import TimeLimit
from onestop_core.rules.wording import read_limit

__all__ = [
    "Countdown",
    "Deadline",
    "Policies",
    "TimeLimit",
    "WorkingHours",
    "agenda",
    "answers",
    "changes",
    "control_slip",
    "countdown",
    "differences",
    "due",
    "duties",
    "explain_difference",
    "facts",
    "hours",
    "impact",
    "linked_work",
    "lists",
    "next_due",
    "office_hours",
    "plan",
    "read_limit",
    "readings",
    "receipts",
    "row",
    "terms",
    "transfer_due",
    "verify",
]

publish(globals())
