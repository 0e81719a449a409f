"""Lifecycle tables: which event moves a dossier from which state to which, and on what ground.

Everything that decides whether a dossier may move is in the table; the machine only interprets it. A table
has states, events, transitions (state x event -> state and act of the clock), guards, the default values of
the parameters that the guards use, and axes: what goes on beside the state, such as payment and delivery, and
never changes it. An edition is valid on the days that it names.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.dossier.lifecycle.rows import Axis, EventType, Guard, State, Transition
from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.model import Basis, Channel, FrozenMap, Interval, freeze, plain_day
from onestop_core.model.series import mapping_of
from onestop_core.rules.converter import structure
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Lifecycle", "OneStopForm", "ParameterDefault", "Portal", "ReasonCode"]


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
    """What it is: ``receipt``, ``supplement``, ``refusal``, ``late``, ``stop``, ``control``, ``register``,
    ``transfer_slip``, or another code."""
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
    portal: Portal | None = None
    """None where the national portal does not follow the lifecycle."""
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
            *(
                (("portal.statuses", self.portal.basis), ("portal.moves", self.portal.moves_basis))
                if self.portal is not None
                else ()
            ),
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
