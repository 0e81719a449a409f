"""Linked work as a plan: steps in sequence and in parallel, each with its own limit; the whole by the longest path.

Steps in sequence add up, of steps in parallel the latest counts (a reading of Decree 61/2018/NĐ-CP, art. 19(6), which
lets each agency's slip state its own time; that the total is the sum and the maximum is inferred). The limits of
steps are the authority's own: they never lengthen what the law gives the applicant.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from onestop_core.deadlines.answers.deadline import Deadline, due
from onestop_core.errors import InvalidValueError
from onestop_core.model import TimeLimit
from onestop_core.model.series import each_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["Plan", "PlanStep", "Planned", "plan"]


@attrs.frozen(kw_only=True)
class PlanStep:
    """A step of a procedure or a piece of linked work."""

    id: str
    limit: TimeLimit
    after: tuple[str, ...] = ()
    """The steps that must be done before it begins; none: it begins at once."""
    unit: str | None = None
    role: str | None = None


@attrs.frozen(kw_only=True)
class Planned:
    """A step with its dates."""

    step: PlanStep
    start: datetime
    """When the last of the steps before it is due."""
    due: Deadline


@attrs.frozen(kw_only=True)
class Plan:
    """All steps with their dates, and the chain of those that leave no room."""

    steps: tuple[Planned, ...]
    """In an order in which they can be done."""
    critical: tuple[str, ...]
    """The longest path: a delay of any of these delays the whole."""

    def __attrs_post_init__(self) -> None:
        if not self.critical:
            raise InvalidValueError.of("critical", self.critical, vi="ít nhất một bước", en="one step at least")

    @property
    def due(self) -> Deadline:
        """When the whole is due: the due date of the last step of the longest path."""
        return self.of(self.critical[-1]).due

    def of(self, id: str) -> Planned:  # noqa: A002 - the word of the values
        """Return the step *id* with its dates.

        Raises:
            InvalidValueError: the plan has no such step.
        """
        for planned in self.steps:
            if planned.step.id == id:
                return planned
        known = ", ".join(planned.step.id for planned in self.steps)
        raise InvalidValueError.of("id", id, vi=f"một trong: {known}", en=f"one of: {known}")


def plan(
    steps: Iterable[PlanStep], start: datetime, *, calendar: WorkingCalendar, hours: WorkingHours | None = None
) -> Plan:
    """Return when each of *steps* is due if the work begins at *start*, and which of them decide the whole.

    >>> from datetime import datetime
    >>> from onestop_core import workdays
    >>> days = lambda n: TimeLimit.parse(f"{n} working days")
    >>> work = plan(
    ...     [PlanStep(id="check", limit=days(1)),
    ...      PlanStep(id="tax", limit=days(5), after=("check",)),
    ...      PlanStep(id="land", limit=days(3), after=("check",)),
    ...      PlanStep(id="sign", limit=days(2), after=("tax", "land"))],
    ...     datetime.fromisoformat("2026-03-02T09:00+07:00"), calendar=workdays.calendar("vn-civil"))
    >>> work.critical, str(work.due.day)
    (('check', 'tax', 'sign'), '2026-03-12')

    Args:
        steps: The steps, in any order.
        start: When those begin that wait for nothing.
        calendar: Which days count.
        hours: Office hours, for limits in hours.

    Raises:
        InvalidValueError: no step, a repeated id, a step that waits for one that is not there or, round about, for itself.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    given = tuple(each_of(steps, PlanStep, "steps"))
    found: dict[str, Planned] = {}
    led: dict[str, str | None] = {}
    for step in _in_order(given):
        before = max((found[name] for name in step.after), key=lambda planned: planned.due.at, default=None)
        begins = start if before is None else before.due.at
        due_at = due(begins, step.limit, calendar=calendar, hours=hours)
        found[step.id] = Planned(step=step, start=due_at.received_at, due=due_at)
        led[step.id] = None if before is None else before.step.id
    path: list[str] = []
    here: str | None = max(found.values(), key=lambda planned: planned.due.at).step.id
    while here is not None:
        path.append(here)
        here = led[here]
    return Plan(steps=tuple(found.values()), critical=tuple(reversed(path)))


def _in_order(steps: tuple[PlanStep, ...]) -> list[PlanStep]:
    """Return *steps* so that each comes after those for which it waits, else as they were given."""
    ids = [step.id for step in steps]
    repeated = [name for number, name in enumerate(ids) if name in ids[:number]]
    unknown = [name for step in steps for name in step.after if name not in ids]
    if not steps or repeated or unknown:
        raise InvalidValueError.of(
            "steps",
            repeated or unknown or ids,
            vi="các bước mã khác nhau, chỉ chờ bước có trong danh sách",
            en="steps with different ids that wait only for steps of the list",
        )
    done: list[PlanStep] = []
    left = list(steps)
    while left:
        names = {step.id for step in done}
        ready = [step for step in left if names.issuperset(step.after)]
        if not ready:
            circle = [step.id for step in left]
            raise InvalidValueError.of(
                "steps",
                circle,
                vi="các bước không chờ vòng lẫn nhau",
                en="steps that do not wait for one another in a circle",
            )
        done += ready
        left = [step for step in left if step not in ready]
    return done
