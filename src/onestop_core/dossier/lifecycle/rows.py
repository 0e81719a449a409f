"""The rows of a lifecycle table: states, events, transitions, guards and axes."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.model import Act, Channel, FinishedKind, FrozenMap, Interval, Phase
from onestop_core.model.series import mapping_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BACK",
    "STAY",
    "UNITS",
    "Axis",
    "AxisMove",
    "AxisState",
    "DueIs",
    "DueRule",
    "EventType",
    "Guard",
    "GuardCondition",
    "State",
    "TaskAct",
    "Transition",
]

BACK: Final = "back"
"""Target of a transition that returns to the state from which the present one was entered."""
STAY: Final = "stay"
"""Target of a transition that leaves the state as it is."""

UNITS: Final = ("receiving_unit", "competent_unit")
"""The units that an opening names and that a lifecycle may give power over an event."""


@attrs.frozen(kw_only=True)
class State:
    """A state of the dossier."""

    code: str
    name: Text
    portal: int | None = None
    """Status code of the national portal, 1 to 10; None where that portal does not follow the lifecycle."""
    clock: tuple[Phase, ...]
    """What the clock may be doing meanwhile."""
    terminal: bool = False
    outcome: FinishedKind | None = None
    """How handling ended, of a state that ends it; the first one that a received dossier enters counts."""
    holder: str | None = None
    """The role in whose hands the dossier lies; None: the case is over."""
    open_work: bool = False
    """Whether work of somebody else is open while the dossier is in it: an opinion, a verification."""
    basis: str


class DueRule(enum.StrEnum):
    """Whether an event makes an appointment."""

    NEVER = "never"
    OPTIONAL = "optional"
    REQUIRED = "required"


class DueIs(enum.StrEnum):
    """What the due moment of an event is."""

    APPOINTMENT = "appointment"
    """When the applicant may have the result."""
    ANSWER = "answer"
    """By when somebody else must answer or, of a notice of delay, what was told; no appointment of the dossier."""


class TaskAct(enum.StrEnum):
    """What an event does with a piece of linked work."""

    HAND_OVER = "hand_over"
    RETURN = "return"
    RECALL = "recall"
    """The lead takes it back before it is done."""


@attrs.frozen(kw_only=True)
class EventType:
    """A kind of event."""

    code: str
    name: Text
    roles: tuple[str, ...]
    """Who may do it."""
    receives: bool = False
    """Whether the dossier is received by it, and its time begins."""
    asks_papers: bool = False
    """Whether it asks the applicant for papers."""
    hands_in: bool = False
    """Whether papers are handed in with it."""
    needs_reason: bool = False
    reason_codes: tuple[str, ...] = ()
    """Codes of reasons of which it must give one (``reason_code``); none: it need not, and may give any."""
    needs_ground: bool = False
    """Whether it needs a ground: the provision or, where there is none, the reason."""
    due: DueRule = DueRule.NEVER
    due_is: DueIs = DueIs.APPOINTMENT
    reroutes: bool = False
    """Whether the filing goes to another desk, which the event names (``to_unit``) and which receives it from then on."""
    form: str | None = None
    """Number or key of the form that must be issued."""
    notify: tuple[str, ...] = ()
    """Roles that must be told."""
    task: TaskAct | None = None
    """What it does with one piece of linked work, which it names; a due moment is then that piece's own."""
    strikes: bool = False
    """Whether it strikes events that it names from the log, in any state; it stands in no transition."""
    basis: str

    @property
    def appoints(self) -> bool:
        """Whether a due moment of it is an appointment of the dossier."""
        return self.due is not DueRule.NEVER and self.task is None and self.due_is is DueIs.APPOINTMENT


def _clock_by(value: Mapping[str, Act] | None) -> FrozenMap[str, Act] | None:
    return None if value is None else mapping_of(value, Act, "clock_by")


@attrs.frozen(kw_only=True)
class Transition:
    """In each of the *states* the event leads *to* a state, ``stay`` or ``back``."""

    states: tuple[str, ...]
    event: str
    to: str
    clock: Act | None = None
    """What it does to the clock; None: nothing."""
    clock_by: FrozenMap[str, Act] | None = attrs.field(default=None, converter=_clock_by)
    """Instead of *clock*, its act for each value of the *clock_parameter*, ``none`` apart, which does nothing."""
    clock_parameter: str = "supplement_clock"
    elsewhere: bool = False
    """Whether the row is only for a non-territorial dossier whose competent authority is not the unit that receives it;
    the row of the same state and event that is not for those is for all others."""
    basis: str


class GuardCondition(enum.StrEnum):
    """The vocabulary of guards; small and closed, so that every language can implement it."""

    MAX_COUNT = "max_count"
    """The event was taken in these states fewer times than the parameter, or the number, allows."""
    APPOINTED = "appointed"
    """An appointment is on record in the present count of the time."""
    BEFORE_DUE = "before_due"
    """The event comes at the latest so many days (the parameter) before the appointment."""
    LATER_DUE = "later_due"
    """The new appointment is later than the old."""
    PERMITTED = "permitted"
    """The parameter, a yes or no, says yes."""
    NOT_AFTER_DUE = "not_after_due"
    """The appointment, if there is one, has not passed; the parameter, a yes or no, lifts the condition."""
    UNIT = "unit"
    """The unit that acts, if it says who it is, is one of the dossier's *units*, if they are on record."""
    AXIS = "axis"
    """The axis is in one of the *axis_states*; asked only while the parameter has the guard's *value*."""
    PAPERS_COMPLETE = "papers_complete"
    """Every required paper has been handed in."""
    PAPERS_LISTED = "papers_listed"
    """Every paper asked for is on the published list."""
    PAPERS_NOT_HELD = "papers_not_held"
    """No paper asked for is one whose content a database holds, or the event has one of the *reasons* that allow it."""
    CHANNEL = "channel"
    """The dossier came in by one of the *channels*."""
    TO_UNIT = "to_unit"
    """The unit to which the event goes, if it says, is one of the dossier's *units*; the parameter, a yes or no, asks it."""
    WAIT_OVER = "wait_over"
    """A wait is over: what the last request for papers, or the last of the events *since*, named (its ``due``) or,
    where it named nothing, so many whole days after the day of it."""
    AFTER_DUE = "after_due"
    """The appointment, if there is one, has passed."""
    TASK_NEW = "task_new"
    """No piece of linked work of that name was handed over before."""
    TASK_OPEN = "task_open"
    """The piece of linked work was handed over, has not come back and was not recalled."""
    WORK_JOINED = "work_joined"
    """No work handed over is open; the parameter, a yes or no, lifts the condition, and what is open is recalled."""
    AFTER_EVENT = "after_event"
    """One of the events *since* was taken in these states, or wherever it is taken."""
    DUE_AHEAD = "due_ahead"
    """What the event names as its moment (``due``) is at least so many days after the day of the event."""
    NEVER = "never"
    """Not in these states; the table has no such transition, and this says why."""


@attrs.frozen(kw_only=True)
class Guard:
    """A condition on an event, in the *states* named or, without any, wherever the event is taken."""

    code: str
    event: str
    states: tuple[str, ...] = ()
    condition: GuardCondition
    parameter: str | None = None
    """Where the number, or the yes or no, of the condition is: a parameter, which a procedure may replace."""
    number: int | None = None
    """The number itself, where no procedure may replace it."""
    since: tuple[str, ...] = ()
    """Events at which the condition looks."""
    value: str | None = None
    axis: str | None = None
    axis_states: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    reasons: tuple[str, ...] = ()
    """Codes of the reasons that lift it."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    """The days on which it is asked, of an event that day; without any, always."""
    reason: Text
    """What is told to the person who is refused."""
    basis: str

    @property
    def is_dated(self) -> bool:
        """Whether it is asked on some days only."""
        return self.in_force_from is not None or self.in_force_to is not None

    def asks_on(self, day: date) -> bool:
        """Return whether it is asked of an event of that *day*."""
        return day in Interval(first=self.in_force_from, last=self.in_force_to)


@attrs.frozen(kw_only=True)
class AxisState:
    """Where something stands that goes on beside the state of the dossier."""

    code: str
    name: Text


@attrs.frozen(kw_only=True)
class AxisMove:
    """The event leads the axis from any of the *origins* *to* another state.

    An event that moves the dossier too is judged by the transitions alone and leaves an axis in another state as
    it is. One that only moves axes belongs to the first axis that names it: that one must stand in its origins, and
    the dossier in one of these *states*, if any are named; other axes follow where they can.
    """

    event: str
    origins: tuple[str, ...]
    to: str
    states: tuple[str, ...] = ()
    basis: str


@attrs.frozen(kw_only=True)
class Axis:
    """Something that goes on beside the state of the dossier: payment, delivery, keeping, telling the portal."""

    code: str
    name: Text
    initial: str
    on_portal_change: str | None = None
    """Its state whenever the portal's code changes, whatever the event."""
    states: tuple[AxisState, ...]
    moves: tuple[AxisMove, ...]
    basis: str
