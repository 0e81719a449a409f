"""Lifecycle tables: which event moves a dossier from which state to which, and on what ground.

Everything that decides whether a dossier may move is in the table; the machine only interprets it. A table
has states, events, transitions (state x event -> state and effect on the clock), guards, the default values of
the parameters that the guards use, and axes: what goes on beside the state, such as payment and delivery, and
never changes it. An edition is valid on the days that it names.
"""

from __future__ import annotations

import enum
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from onestop_core.dossier.clock import ClockEffect, ClockKind
from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, Channel, Interval, plain_day
from onestop_core.rules import Dated, Entry
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data, data_names
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BACK",
    "STAY",
    "Axis",
    "AxisMove",
    "AxisState",
    "Condition",
    "DueRule",
    "EventType",
    "Form",
    "Guard",
    "Lifecycle",
    "Parameter",
    "Portal",
    "State",
    "TaskAct",
    "Transition",
    "editions",
    "find",
]

BACK: Final = "back"
"""Target of a transition that returns to the state from which the present one was entered."""
STAY: Final = "stay"
"""Target of a transition that leaves the state as it is."""


@attrs.frozen(kw_only=True)
class State:
    """A state of the dossier."""

    code: str
    name: Text
    portal: int
    """Status code of the national portal, 1 to 10."""
    clock: tuple[ClockKind, ...]
    """What the clock may be doing meanwhile."""
    terminal: bool = False
    holder: str | None = None
    """The role in whose hands the dossier lies; None: the case is over."""
    basis: str


class DueRule(enum.StrEnum):
    """Whether an event makes an appointment."""

    NEVER = "never"
    OPTIONAL = "optional"
    REQUIRED = "required"


class TaskAct(enum.StrEnum):
    """What an event does with a piece of linked work."""

    HAND_OVER = "hand_over"
    RETURN = "return"


@attrs.frozen(kw_only=True)
class EventType:
    """A kind of event."""

    code: str
    name: Text
    roles: tuple[str, ...]
    """Who may do it."""
    needs_reason: bool = False
    due: DueRule = DueRule.NEVER
    form: str | None = None
    """Number of the form that must be issued."""
    notify: tuple[str, ...] = ()
    """Roles that must be told."""
    task: TaskAct | None = None
    """What it does with one piece of linked work, which it names; a due moment is then that piece's own."""
    basis: str


@attrs.frozen(kw_only=True)
class Transition:
    """In each of the *states* the event leads *to* a state, ``stay`` or ``back``."""

    states: tuple[str, ...]
    event: str
    to: str
    clock: ClockEffect = ClockEffect.NONE
    clock_by: dict[str, ClockEffect] | None = None
    """Instead of *clock*, its effect for each value of the parameter ``supplement_clock``."""
    basis: str


class Condition(enum.StrEnum):
    """The vocabulary of guards; small and closed, so that every language can implement it."""

    MAX_COUNT = "max_count"
    """The event was taken in these states fewer times than the parameter allows."""
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
    TASK_NEW = "task_new"
    """No piece of linked work of that name was handed over before."""
    TASK_OPEN = "task_open"
    """The piece of linked work was handed over and has not come back."""
    NEVER = "never"
    """Not in these states; the table has no such transition, and this says why."""


@attrs.frozen(kw_only=True)
class Guard:
    """A condition on an event, in the *states* named or, without any, wherever the event is taken."""

    code: str
    event: str
    states: tuple[str, ...] = ()
    condition: Condition
    parameter: str | None = None
    value: str | None = None
    axis: str | None = None
    axis_states: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    reason: Text
    """What is told to the person who is refused."""
    basis: str


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


@attrs.frozen(kw_only=True)
class Parameter:
    """A default value that a procedure's :class:`Policy` may replace."""

    name: Text
    value: Any
    basis: str


@attrs.frozen(kw_only=True)
class Form:
    """A paper form as the edition numbers it."""

    name: Text
    basis: str


@attrs.frozen(kw_only=True)
class Portal:
    """The national portal's status codes and the moves between them."""

    statuses: dict[str, Text]
    moves: dict[str, tuple[int, ...]]
    basis: str
    moves_basis: str


@attrs.frozen(kw_only=True)
class Lifecycle:
    """One edition of the rules by which a dossier moves."""

    schema_version: str
    id: str
    """Name and edition, such as ``vn@decree-61-2018``."""
    title: Text
    in_force_from: date
    in_force_to: date | None = None
    basis: str
    roles_basis: str
    notes: tuple[Text, ...] = ()
    bases: dict[str, Basis]
    roles: dict[str, Text]
    forms: dict[str, Form]
    portal: Portal
    initial: dict[Channel, str]
    parameters: dict[str, Parameter]
    states: tuple[State, ...]
    events: tuple[EventType, ...]
    transitions: tuple[Transition, ...]
    guards: tuple[Guard, ...]
    axes: tuple[Axis, ...] = ()

    @property
    def defaults(self) -> Policy:
        """The values of the parameters that hold unless a procedure's policy says otherwise."""
        return structure({code: row.value for code, row in self.parameters.items()}, Policy)

    def state(self, code: str) -> State:
        """Return the state *code*.

        >>> find("vn@decree-61-2018").state("received").name.vi
        'Đã tiếp nhận'

        Raises:
            UnknownCodeError: the table has no such state.
        """
        return _row(self.states, code, Text(vi="trạng thái", en="state"))

    def event(self, code: str) -> EventType:
        """Return the kind of event *code*.

        >>> find("vn@decree-61-2018").event("extended").form
        '04'

        Raises:
            UnknownCodeError: the table has no such event.
        """
        return _row(self.events, code, Text(vi="sự kiện", en="event"))

    def assumptions(self) -> tuple[tuple[str, Basis], ...]:
        """Return every rule whose basis was not read in law: its place in the table and that basis.

        >>> places = [place for place, _ in find("vn@decree-61-2018").assumptions()]
        >>> "states.withdrawal_requested" in places, "guards.one_extension" in places
        (True, False)
        """
        rows: list[tuple[str, str]] = [
            *((f"parameters.{code}", row.basis) for code, row in self.parameters.items()),
            *((f"forms.{number}", form.basis) for number, form in self.forms.items()),
            ("portal.statuses", self.portal.basis),
            ("portal.moves", self.portal.moves_basis),
            ("roles", self.roles_basis),
            *((f"states.{state.code}", state.basis) for state in self.states),
            *((f"events.{event.code}", event.basis) for event in self.events),
            *((f"transitions.{'|'.join(row.states)}.{row.event}", row.basis) for row in self.transitions),
            *((f"guards.{guard.code}", guard.basis) for guard in self.guards),
            *((f"axes.{axis.code}", axis.basis) for axis in self.axes),
            *((f"axes.{axis.code}.{move.event}", move.basis) for axis in self.axes for move in axis.moves),
        ]
        return tuple((place, self.bases[name]) for place, name in rows if not self.bases[name].firmness.is_law)


R = TypeVar("R", State, EventType)


def _row(rows: tuple[R, ...], code: str, kind: Text) -> R:
    for row in rows:
        if row.code == code:
            return row
    raise UnknownCodeError(kind=kind, value=str(code), suggestions=closest(str(code), [row.code for row in rows]))


_WHAT = Text(vi="vòng đời hồ sơ", en="dossier lifecycle")


@cache
def editions() -> Mapping[str, Lifecycle]:
    """Return the packaged editions by id."""
    tables = (structure(data(f"vn/lifecycle/{name}"), Lifecycle, source=name) for name in data_names("vn/lifecycle"))
    return {table.id: table for table in tables}


@cache
def _dated(name: str) -> Dated[Lifecycle]:
    rows = [table for table in editions().values() if table.id.partition("@")[0] == name]
    return Dated(
        what=Text(vi=f"{_WHAT.vi} {name}", en=f"{_WHAT.en} {name}"),
        entries=tuple(
            Entry(during=Interval(first=table.in_force_from, last=table.in_force_to), value=table)
            for table in sorted(rows, key=lambda table: table.in_force_from)
        ),
    )


def find(name: str, *, on: date | None = None) -> Lifecycle:
    """Return the packaged edition *name*: by its full id, or the one in force *on* a day.

    >>> from datetime import date
    >>> find("vn", on=date(2025, 6, 30)).id, find("vn", on=date(2025, 7, 1)).id
    ('vn@decree-61-2018', 'vn@decree-118-2025')

    Raises:
        UnknownCodeError: there is no lifecycle of that name.
        NotInForceError: none is in force on that day.
        InvalidValueError: a name without edition needs a day, and a day is a ``date``, not a ``datetime``.
    """
    known = {each.partition("@")[0] for each in editions()}
    if name in editions():
        return editions()[name]
    if name not in known:
        every = sorted(known | set(editions()))
        raise UnknownCodeError(kind=_WHAT, value=str(name), suggestions=closest(str(name), every))
    if on is None:
        raise InvalidValueError.of(
            "on",
            on,
            vi="ngày áp dụng, hoặc mã đầy đủ như vn@decree-118-2025",
            en="a day, or an id such as vn@decree-118-2025",
        )
    return _dated(name).on(plain_day(on, "on"))
