"""Lifecycle tables: which event moves a dossier from which state to which, and on what ground.

Everything that decides whether a dossier may move is in the table; the machine only interprets it. A table
has states, events, transitions (state x event -> state and act of the clock), guards, the default values of
the parameters that the guards use, and axes: what goes on beside the state, such as payment and delivery, and
never changes it. An edition is valid on the days that it names.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.model import Act, Basis, Channel, FinishedKind, FrozenMap, Interval, Phase, freeze, plain_day
from onestop_core.model.series import mapping_of
from onestop_core.rules.converter import structure
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "BACK",
    "STAY",
    "UNITS",
    "Axis",
    "AxisMove",
    "AxisState",
    "Condition",
    "DueIs",
    "DueRule",
    "EventType",
    "Guard",
    "Lifecycle",
    "OneStopForm",
    "ParameterDefault",
    "Portal",
    "ReasonCode",
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
    portal: int
    """Status code of the national portal, 1 to 10."""
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


class Condition(enum.StrEnum):
    """The vocabulary of guards; small and closed, so that every language can implement it."""

    MAX_COUNT = "max_count"
    """The event was taken in these states fewer times than the parameter allows."""
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
    """The time to complete the dossier is over: what the last request for papers named (its ``due``) or, where it
    named nothing, so many whole days (the parameter) after the day of it."""
    AFTER_DUE = "after_due"
    """The appointment, if there is one, has passed."""
    TASK_NEW = "task_new"
    """No piece of linked work of that name was handed over before."""
    TASK_OPEN = "task_open"
    """The piece of linked work was handed over, has not come back and was not recalled."""
    WORK_JOINED = "work_joined"
    """No work handed over is open; the parameter, a yes or no, lifts the condition, and what is open is recalled."""
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
    channels: tuple[Channel, ...] = ()
    reasons: tuple[str, ...] = ()
    """Codes of the reasons that lift it."""
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


def _frozen(value: object) -> Any:
    return freeze(value)


@attrs.frozen(kw_only=True)
class ParameterDefault:
    """A default value that a procedure's :class:`Policy` may replace."""

    name: Text
    value: bool | int | str | None = attrs.field(converter=_frozen)
    """None: nothing is asked."""
    basis: str


@attrs.frozen(kw_only=True)
class OneStopForm:
    """A paper form: what it is for, its name in the decree, and what the circular on forms calls it."""

    use: str
    """What it is: ``receipt``, ``supplement``, ``refusal``, ``late``, ``stop``, ``control``, ``register``, ``transfer_slip``."""
    name: Text
    basis: str
    circular_name: Text | None = None
    """Its title in the circular that numbers the forms, where it is known."""
    circular_basis: str | None = None


@attrs.frozen(kw_only=True)
class ReasonCode:
    """A reason that law names, by which an event may be done that a guard would refuse."""

    name: Text
    basis: str


# One converter a field: a generic one would hide from type checkers what the field takes.
def _texts(value: Mapping[str, Text]) -> FrozenMap[str, Text]:
    return mapping_of(value, Text, "names")


def _portal_moves(value: Mapping[str, Sequence[int]]) -> FrozenMap[str, tuple[int, ...]]:
    found = mapping_of(cast("Mapping[str, object]", value), object, "moves")
    if not all(isinstance(targets, tuple | list) for targets in found.values()):
        raise InvalidValueError.of("moves", value, vi="ánh xạ từ mã đến các mã", en="a mapping of codes to codes")
    return FrozenMap({code: tuple(targets) for code, targets in value.items()})


def _bases(value: Mapping[str, Basis]) -> FrozenMap[str, Basis]:
    return mapping_of(value, Basis, "bases")


def _forms(value: Mapping[str, OneStopForm]) -> FrozenMap[str, OneStopForm]:
    return mapping_of(value, OneStopForm, "forms")


def _parameters(value: Mapping[str, ParameterDefault]) -> FrozenMap[str, ParameterDefault]:
    return mapping_of(value, ParameterDefault, "parameters")


def _reasons(value: Mapping[str, ReasonCode]) -> FrozenMap[str, ReasonCode]:
    return mapping_of(value, ReasonCode, "reasons")


def _initial(value: Mapping[Channel, str]) -> FrozenMap[Channel, str]:
    return mapping_of(value, str, "initial")


@attrs.frozen(kw_only=True)
class Portal:
    """The national portal's status codes and the moves between them."""

    statuses: FrozenMap[str, Text] = attrs.field(converter=_texts)
    moves: FrozenMap[str, tuple[int, ...]] = attrs.field(converter=_portal_moves)
    basis: str
    moves_basis: str


@attrs.frozen(kw_only=True, repr=False, cache_hash=True)
class Lifecycle:
    """One edition of the rules by which a dossier moves."""

    schema_version: str
    id: str
    """Name and edition, such as ``vn@decree-61-2018``."""
    revision: int = 1
    """Counts the corrections of an edition that was published; the first is 1."""
    title: Text
    in_force_from: date
    in_force_to: date | None = None
    basis: str
    roles_basis: str
    notes: tuple[Text, ...] = ()
    bases: FrozenMap[str, Basis] = attrs.field(converter=_bases)
    roles: FrozenMap[str, Text] = attrs.field(converter=_texts)
    forms: FrozenMap[str, OneStopForm] = attrs.field(converter=_forms)
    reasons: FrozenMap[str, ReasonCode] = attrs.field(default=FrozenMap({}), converter=_reasons)
    """Codes that an event may give as its reason (``reason_code``)."""
    portal: Portal
    initial: FrozenMap[Channel, str] = attrs.field(converter=_initial)
    parameters: FrozenMap[str, ParameterDefault] = attrs.field(converter=_parameters)
    states: tuple[State, ...]
    events: tuple[EventType, ...]
    transitions: tuple[Transition, ...]
    guards: tuple[Guard, ...]
    axes: tuple[Axis, ...] = ()

    @property
    def reference(self) -> str:
        """What is pinned on a dossier: the id, with the revision where it is not the first."""
        return self.id if self.revision == 1 else f"{self.id}+{self.revision}"

    def __repr__(self) -> str:
        return f"<Lifecycle {self.reference}>"

    def ensure_in_force(self, on: date) -> None:
        """Hold the edition to the days on which it applies.

        Raises:
            NotInForceError: it does not apply *on* that day.
            InvalidValueError: the day is not a plain date.
        """
        day, during = plain_day(on, "on"), Interval(first=self.in_force_from, last=self.in_force_to)
        if day not in during:
            what = Text(vi=f"vòng đời hồ sơ {self.reference}", en=f"dossier lifecycle {self.reference}")
            raise NotInForceError(what=what, on=day, known=((during.first, during.last),))

    @property
    def defaults(self) -> Policy:
        """The values of the parameters that hold unless a procedure's policy says otherwise."""
        return structure({code: row.value for code, row in self.parameters.items()}, Policy)

    def state(self, code: str) -> State:
        """Return the state *code*.

        >>> from onestop_core.dossier.lifecycle.editions import find
        >>> find("vn@decree-61-2018").state("received").name.vi
        'Đã tiếp nhận'

        Raises:
            UnknownCodeError: the table has no such state.
        """
        return _row(self.states, code, Text(vi="trạng thái", en="state"))

    def event(self, code: str) -> EventType:
        """Return the kind of event *code*.

        >>> from onestop_core.dossier.lifecycle.editions import find
        >>> find("vn@decree-61-2018").event("extended").form
        '04'

        Raises:
            UnknownCodeError: the table has no such event.
        """
        return _row(self.events, code, Text(vi="sự kiện", en="event"))

    def form(self, use: str) -> tuple[str, OneStopForm]:
        """Return the form of that *use*: its number, or its key where it has no number, and what the edition says of it.

        >>> from onestop_core.dossier.lifecycle.editions import find
        >>> number, form = find("vn@decree-118-2025").form("refusal")
        >>> number, form.name.vi, form.circular_name.vi
        ('03', 'Phiếu từ chối giải quyết hồ sơ thủ tục hành chính', 'Phiếu từ chối tiếp nhận giải quyết hồ sơ')

        Raises:
            UnknownCodeError: the edition has no form of that use.
        """
        for number, form in self.forms.items():
            if form.use == use:
                return number, form
        raise UnknownCodeError.among(Text(vi="mẫu", en="form"), use, [form.use for form in self.forms.values()])

    def assumptions(self) -> tuple[tuple[str, Basis], ...]:
        """Return every rule whose basis was not read in law: its place in the table and that basis.

        >>> from onestop_core.dossier.lifecycle.editions import find
        >>> places = [place for place, _ in find("vn@decree-61-2018").assumptions()]
        >>> "states.withdrawal_requested" in places, "guards.one_extension" in places
        (True, False)
        """
        rows: list[tuple[str, str]] = [
            *((f"parameters.{code}", row.basis) for code, row in self.parameters.items()),
            *((f"forms.{number}", form.basis) for number, form in self.forms.items()),
            *((f"forms.{n}.number", form.circular_basis) for n, form in self.forms.items() if form.circular_basis),
            *((f"reasons.{code}", reason.basis) for code, reason in self.reasons.items()),
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
    for row in rows if isinstance(cast("object", code), str) else ():
        if row.code == code:
            return row
    raise UnknownCodeError.among(kind, code, [row.code for row in rows])
