"""Linked work in time: ``plan`` (when each step is due), ``control_slip`` (who used how much of it)."""

from onestop_core._public import publish
from onestop_core.deadlines.linked_work.control_slip import SlipRow, control_slip
from onestop_core.deadlines.linked_work.plan import Plan, Planned, PlanStep, plan

__all__ = ["Plan", "PlanStep", "Planned", "SlipRow", "control_slip", "plan"]

publish(globals())
