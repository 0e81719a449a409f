"""A lifecycle table made ready to run: for each state its moves, for each event what it does beside the state."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.dossier.case import Effect, EffectKind, Milestones, Task
from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.dossier.lifecycle.rows import BACK, STAY, AxisMove, DueRule, EventType, Guard, GuardCondition, TaskAct
from onestop_core.dossier.stepping.guards import STANDING, holds
from onestop_core.model import Act, FinishedKind, Phase
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier
    from onestop_core.dossier.events.event import Event
    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = [
    "TELL_PORTAL",
    "Move",
    "Moves",
    "milestones_after",
    "moves_of",
    "own_forms",
    "recalled",
    "tasks_after",
    "tasks_joined",
]

TELL_PORTAL: Final[Mapping[int | None, tuple[Effect, ...]]] = MappingProxyType(
    {None: (), **{code: (Effect(kind=EffectKind.TELL_PORTAL, portal=code),) for code in range(1, 11)}}
)
"""What is told to the portal, by its code; nothing where it does not follow the lifecycle."""


@attrs.frozen
class Move:
    """A transition made ready to run."""

    to: str
    clock: Act | None
    clock_by: Mapping[str, Act] | None
    event: EventType
    guards: tuple[Guard, ...]
    effects: tuple[Effect, ...]
    clock_parameter: str = "supplement_clock"
    afar: Move | None = None
    """What it is for a non-territorial dossier that is received for an authority elsewhere, if it differs."""
    joins: bool = attrs.field(init=False)
    """Whether work handed over is joined by it: none is open after it."""
    is_plain: bool = attrs.field(init=False)
    """Whether the event needs neither a reason, a ground nor an appointment nor a piece of linked work."""
    marks: bool = attrs.field(init=False)
    """Whether it receives the dossier or asks for papers."""
    roles: frozenset[str | None] = attrs.field(init=False)
    """Who may do it; None among them, for an event need not say."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset({*self.event.roles, None}))
        rule = self.event
        asks = rule.needs_reason or rule.needs_ground or rule.reroutes or bool(rule.reason_codes)
        plain = not asks and rule.due is not DueRule.REQUIRED and rule.task is None
        object.__setattr__(self, "is_plain", plain)
        object.__setattr__(self, "marks", rule.receives or rule.asks_papers)
        object.__setattr__(self, "joins", any(each.condition is GuardCondition.WORK_JOINED for each in self.guards))


@attrs.frozen(kw_only=True, eq=False)
class Moves:
    """A table made ready to run. Read-only views of plain dictionaries: a step looks three of them up."""

    by_state: Mapping[str, Mapping[str, Move]]
    beside: Mapping[str, Move]
    """Of the events that move axes only."""
    elsewhere: Mapping[str, Move]
    """Of the events that lead to the same wherever they are taken; for history that the table of today would not take."""
    striking: Mapping[str, tuple[Effect, ...]]
    """The events that strike others from the log, with what each asks of the host besides."""
    on_axes: Mapping[str, tuple[tuple[str, AxisMove], ...]]
    """By event; the first axis is the one to which the event belongs."""
    axes: tuple[tuple[str, str], ...]
    """Each axis with the state in which it begins."""
    on_portal_change: Mapping[str, str]
    detours: frozenset[str]
    open_work: frozenset[str]
    """The states in which work of somebody else is open."""
    portal: Mapping[str, int | None]
    outcomes: Mapping[str, FinishedKind]
    """By the states that end handling."""
    names: Mapping[str, Text]
    """Of the states."""
    phases: Mapping[str, frozenset[Phase]]
    """What the clock may be doing in each state."""
    handing_in: frozenset[str]
    """The events with which papers are handed in, the opening among them."""
    asking: frozenset[str]
    """The events that ask for papers."""
    rerouting: frozenset[str]
    """The events that send a filing to another desk."""
    defaults: Policy

    def beside_move(self, dossier: Dossier, kind: str) -> Move | None:
        """Return the move of an event that moves axes only, if the axis to which it belongs takes it now."""
        if kind not in self.beside:
            return None
        rows = self.on_axes[kind]
        taken = any(axis == rows[0][0] and _takes(row, dossier, axis) for axis, row in rows)
        return self.beside[kind] if taken else None

    def of_axis(self, dossier: Dossier, axis: str) -> Mapping[str, Move]:
        """Return the moves that belong to *axis* and that it takes now."""
        mine = (code for code in self.beside if self.on_axes[code][0][0] == axis)
        return {code: move for code in mine if (move := self.beside_move(dossier, code)) is not None}

    def allowed(self, dossier: Dossier, *, axis: str | None = None) -> tuple[str, ...]:
        """Return the events that *dossier* can take, or that this *axis* of it can, by what the dossier alone decides."""
        moves = self.by_state[dossier.state] if axis is None else self.of_axis(dossier, axis)
        return tuple(
            code
            for code, move in moves.items()
            if all(holds(guard, dossier, None, self) for guard in move.guards if guard.condition in STANDING)
        )

    def axes_after(self, dossier: Dossier, kind: str, portal: int | None) -> tuple[tuple[str, str], ...]:
        """Return where the axes of *dossier* stand after an event of *kind* that leads to the code *portal*."""
        rows = self.on_axes.get(kind, ())
        after = dict(dossier.axis_states)
        after.update((axis, row.to) for axis, row in rows if _takes(row, dossier, axis))
        if portal != dossier.portal:
            after.update(self.on_portal_change)
        return tuple(after.items())


def moves_of(table: Lifecycle) -> Moves:
    """Return *table*, which is sound, made ready to run."""
    events = {event.code: event for event in table.events}
    by_state: dict[str, dict[str, Move]] = {state.code: {} for state in table.states}
    afar: dict[tuple[str, str], Move] = {}
    for row in table.transitions:
        for state in row.states:
            event, guards = events[row.event], _guards(table, row.event, state)
            way = Move(
                row.to, row.clock, row.clock_by, event, guards, _effects(event), clock_parameter=row.clock_parameter
            )
            if row.elsewhere:
                afar[state, row.event] = way
            else:
                by_state[state][row.event] = way
    for (state, kind), other in afar.items():
        by_state[state][kind] = attrs.evolve(by_state[state][kind], afar=other)
    on_axes: dict[str, tuple[tuple[str, AxisMove], ...]] = {}
    for axis in table.axes:
        for move in axis.moves:
            on_axes[move.event] = (*on_axes.get(move.event, ()), (axis.code, move))
    moving = {row.event for row in table.transitions}
    beside = {
        code: Move(STAY, None, None, events[code], _guards(table, code, None), _effects(events[code]))
        for code in on_axes
        if code not in moving
    }
    return Moves(
        by_state=MappingProxyType({state: MappingProxyType(moves) for state, moves in by_state.items()}),
        beside=MappingProxyType(beside),
        elsewhere=MappingProxyType(_elsewhere(table, by_state)),
        striking=MappingProxyType({event.code: _effects(event) for event in table.events if event.strikes}),
        on_axes=MappingProxyType(on_axes),
        axes=tuple((axis.code, axis.initial) for axis in table.axes),
        on_portal_change=MappingProxyType(
            {axis.code: axis.on_portal_change for axis in table.axes if axis.on_portal_change is not None}
        ),
        detours=frozenset(state for row in table.transitions if row.to == BACK for state in row.states),
        open_work=frozenset(state.code for state in table.states if state.open_work),
        portal=MappingProxyType({state.code: state.portal for state in table.states}),
        outcomes=MappingProxyType({each.code: each.outcome for each in table.states if each.outcome is not None}),
        names=MappingProxyType({state.code: state.name for state in table.states}),
        phases=MappingProxyType({state.code: frozenset(state.clock) for state in table.states}),
        handing_in=frozenset({CREATED, *(event.code for event in table.events if event.hands_in)}),
        asking=frozenset(event.code for event in table.events if event.asks_papers),
        rerouting=frozenset(event.code for event in table.events if event.reroutes),
        defaults=table.defaults,
    )


def _elsewhere(table: Lifecycle, by_state: Mapping[str, Mapping[str, Move]]) -> dict[str, Move]:
    found: dict[str, Move] = {}
    for event in table.events:
        ways = {state: moves[event.code] for state, moves in by_state.items() if event.code in moves}
        plain = {way.to for way in ways.values()} == {STAY}
        # To stay where the others lead to is to lead there.
        targets = {state if way.to == STAY and not plain else way.to for state, way in ways.items()}
        if len({(way.clock, way.clock_by) for way in ways.values()}) == 1 == len(targets):
            found[event.code] = next(way for way in ways.values() if plain or way.to != STAY)
    return found


def _guards(table: Lifecycle, event: str, state: str | None) -> tuple[Guard, ...]:
    return tuple(
        guard
        for guard in table.guards
        if guard.event == event
        and (guard.condition is not GuardCondition.NEVER or guard.is_dated)
        and (not guard.states or state is None or state in guard.states)
    )


def _effects(event: EventType) -> tuple[Effect, ...]:
    form = () if event.form is None else (Effect(kind=EffectKind.ISSUE_FORM, form=event.form),)
    return (*form, *(Effect(kind=EffectKind.NOTIFY, party=party) for party in event.notify))


def _takes(row: AxisMove, dossier: Dossier, axis: str) -> bool:
    if row.states and dossier.state not in row.states:
        return False
    return any(code == axis and state in row.origins for code, state in dossier.axis_states)


def own_forms(effects: tuple[Effect, ...], forms: Mapping[str, str]) -> tuple[Effect, ...]:
    """Return *effects* with the sector's own *forms* in place of the one-stop ones."""
    return tuple(
        attrs.evolve(each, form=forms.get(each.form, each.form)) if each.form is not None else each for each in effects
    )


def milestones_after(milestones: Milestones, event: Event, rule: EventType, outcome: FinishedKind | None) -> Milestones:
    """Return the course of a dossier after *event* of the kind *rule*, which led to a state of that *outcome*."""
    received = milestones.received_at
    if received is None:
        if not rule.receives:
            return milestones
        received = event.at
    ended = milestones.ended_at is not None
    return Milestones(
        received_at=received,
        ended_at=milestones.ended_at if ended or outcome is None else event.at,
        outcome=milestones.outcome if ended else outcome,
        asked=(*milestones.asked, event.at) if rule.asks_papers else milestones.asked,
    )


def tasks_after(tasks: tuple[Task, ...], event: Event, act: TaskAct) -> tuple[Task, ...]:
    """Return the linked work after *event* handed a piece over, brought it back or recalled it."""
    if event.task is None:  # told by an old log, which did not have to name the piece
        return tasks
    if act is TaskAct.HAND_OVER:
        given = Task(id=event.task, unit=event.to_unit, actor=event.to_actor, given_at=event.at, due=event.due)
        return (*tasks, given)
    if act is TaskAct.RECALL:
        return tuple(attrs.evolve(task, recalled_at=event.at) if task.id == event.task else task for task in tasks)
    return tuple(attrs.evolve(task, returned_at=event.at) if task.id == event.task else task for task in tasks)


def recalled(dossier: Dossier, moves: Moves) -> tuple[Effect, ...]:
    """Return what the host must recall, for *dossier* is joined with work still open: each piece, and that of its state.

    An opinion or a verification stays open while the dossier is on a detour.
    """
    pieces = [
        Effect(kind=EffectKind.RECALL_WORK, task=task.id, unit=task.unit) for task in dossier.tasks if task.is_open
    ]
    waits = [state for state in (dossier.state, dossier.origin) if state in moves.open_work]
    return (*pieces, *(Effect(kind=EffectKind.RECALL_WORK, state=state) for state in waits))


def tasks_joined(tasks: tuple[Task, ...], event: Event) -> tuple[Task, ...]:
    """Return the linked work after *event* joined it: what was open is recalled."""
    return tuple(attrs.evolve(task, recalled_at=event.at) if task.is_open else task for task in tasks)
