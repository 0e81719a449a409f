"""What of a dossier can still matter: two that agree in it take the same events and go the same ways.

A configuration is the state and the way back, the clock, whether an appointment is on record and has passed, how often
each event was taken that only may come so often, how much work is open, where the axes stand at which conditions
look, and which days have passed on which a rule changes. No condition counts pieces of linked work, so two at a time stand for many. A count whose event cannot come any
more is left out, and so is all else that nothing asks for from there on.
"""

from __future__ import annotations

from bisect import bisect
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.lifecycle import BACK, STAY, GuardCondition
from onestop_core.dossier.stepping.guards import is_elsewhere, taken_times
from onestop_core.dossier.stepping.moves import moves_of
from onestop_core.model import Phase, day_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

    from onestop_core.dossier import Dossier, Lifecycle
    from onestop_core.dossier.lifecycle import Guard, Policy

__all__ = ["TIMED", "Configurations", "looks_at_time", "open_pieces"]

TIMED: Final = frozenset(
    {
        *(GuardCondition.APPOINTED, GuardCondition.BEFORE_DUE, GuardCondition.LATER_DUE),
        *(GuardCondition.NOT_AFTER_DUE, GuardCondition.AFTER_DUE, GuardCondition.WAIT_OVER),
    }
)
"""Conditions that look at the appointment or the moment."""
_COUNTS: Final = frozenset({GuardCondition.MAX_COUNT, GuardCondition.AFTER_EVENT})
"""Conditions that look at how often something was taken."""
_COUNTED: Final = frozenset({Phase.RUNNING, Phase.PAUSED})


def looks_at_time(guard: Guard) -> bool:
    """Return whether *guard* looks at the appointment, the moment or the day."""
    return guard.condition in TIMED or guard.is_dated


def _most(guard: Guard, values: Mapping[str, Any]) -> Any:
    if guard.condition is GuardCondition.AFTER_EVENT:
        return 1  # once is as good as more often
    return values[str(guard.parameter)] if guard.number is None else guard.number


def open_pieces(dossier: Dossier) -> int:
    """Return how many pieces of linked work of *dossier* are open."""
    return sum(task.is_open for task in dossier.tasks)


class Configurations:
    """Tells the configuration of dossiers of one lifecycle under one policy."""

    def __init__(self, table: Lifecycle, policy: Policy) -> None:
        """Find out what each state can still ask for."""
        defaults = table.defaults
        values = {name: getattr(policy, name) for name in table.parameters}
        values = {name: getattr(defaults, name) if own is None else own for name, own in values.items()}
        self.ahead: Final = _ahead(table)
        """The states that may follow each."""
        ahead = self.ahead
        taken = _taken(table)
        beside = {event.code for event in table.events} - {row.event for row in table.transitions}
        self.kinds: Final = {code: tuple(dict.fromkeys(row for row in taken[code])) for code in taken}
        """The events that move the dossier, of each state."""
        self.timed: Final = {
            state.code: {g.event for g in table.guards if looks_at_time(g) and _stands(g, state.code)}
            for state in table.states
        }
        """Of each state, the events on which a condition looks at the time."""
        self.timely: Final = frozenset(guard.code for guard in table.guards if looks_at_time(guard))
        """The guards that look at the time."""
        live = {
            code: [
                guard
                for guard in table.guards
                if guard.event in beside
                or any(guard.event in taken[each] and _stands(guard, each) for each in (code, *states))
            ]
            for code, states in ahead.items()
        }
        self._counts: Final = {
            code: tuple(
                (guard, most)
                for guard in guards
                if guard.condition in _COUNTS and (most := _most(guard, values))  # none: no limit
            )
            for code, guards in live.items()
        }
        self.times: Final = {code: any(looks_at_time(guard) for guard in guards) for code, guards in live.items()}
        """Whether a condition can still look at the time, of each state."""
        asked = _asked(table, values)
        always = _guarded_axes(table)
        self._axes: Final = {
            code: tuple(sorted({*always, *(str(guard.axis) for guard in guards if guard in asked)}))
            for code, guards in live.items()
        }
        self.watched: Final = frozenset(axis for axes in self._axes.values() for axis in axes)
        """The axes at which a condition looks, in some state."""
        self._turns: Final = _turns(table)
        self._moves: Final = moves_of(table)
        self._channels: Final = {
            code: tuple(guard.channels for guard in guards if guard.condition is GuardCondition.CHANNEL)
            for code, guards in live.items()
        }
        elsewhere = {state for row in table.transitions if row.elsewhere for state in row.states}
        self._elsewhere: Final = {code: bool({code, *states} & elsewhere) for code, states in ahead.items()}

    def axes_of(self, dossier: Dossier) -> tuple[str, ...]:
        """Return the axes at which a condition can still look."""
        return self._axes[dossier.origin or dossier.state]

    def is_late(self, dossier: Dossier) -> bool:
        """Return whether the appointment of *dossier* had passed at its last event."""
        at = dossier.events[-1].at
        promised = dossier.clock.promised_by(at)
        return promised is not None and at > promised

    def of(self, dossier: Dossier) -> Hashable:
        """Return the configuration of *dossier*."""
        state, clock = dossier.states[-1], dossier.clock
        ahead = dossier.origin or state  # on a detour all is still ahead that was ahead where it began
        axes = self._axes[ahead]
        return (
            state,
            dossier.origin,
            clock.phase,
            clock.phase in _COUNTED and clock.appointment is not None,
            self.times[ahead] and self.is_late(dossier),
            tuple(min(taken_times(guard, dossier), most) for guard, most in self._counts[ahead]),
            open_pieces(dossier),
            tuple(pair for pair in dossier.axis_states if pair[0] in axes) if axes else (),
            tuple(dossier.channel in channels for channels in self._channels[ahead]),
            self._elsewhere[ahead] and is_elsewhere(dossier, self._moves),
            bisect(self._turns, day_of(dossier.events[-1].at)),
        )


def _turns(table: Lifecycle) -> tuple[date, ...]:
    """Return the days, in order, from which on a guard is asked or is asked no more."""
    first = {guard.in_force_from for guard in table.guards if guard.in_force_from is not None}
    after = {guard.in_force_to + timedelta(days=1) for guard in table.guards if guard.in_force_to is not None}
    return tuple(sorted(first | after))


def _stands(guard: Guard, state: str) -> bool:
    return not guard.states or state in guard.states


def _taken(table: Lifecycle) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {state.code: [] for state in table.states}
    for row in table.transitions:
        for state in row.states:
            found[state].append(row.event)
    return found


def _ahead(table: Lifecycle) -> dict[str, set[str]]:
    """Return the states that may follow each, however late; the way back from a detour leads to where it began."""
    after: dict[str, set[str]] = {state.code: set() for state in table.states}
    for row in table.transitions:
        for state in row.states:
            after[state] |= {state} if row.to in {STAY, BACK} else {row.to}
    found: dict[str, set[str]] = {}
    for code, following in after.items():
        reached, fresh = set[str](), set(following)
        while fresh:
            reached |= fresh
            fresh = {each for state in fresh for each in after[state]} - reached
        found[code] = reached
    return found


def _asked(table: Lifecycle, values: dict[str, Any]) -> frozenset[Guard]:
    """Return the guards that look at an axis under the policy."""
    return frozenset(
        guard
        for guard in table.guards
        if guard.condition is GuardCondition.AXIS and values[str(guard.parameter)] == guard.value
    )


def _guarded_axes(table: Lifecycle) -> frozenset[str]:
    """Return the axes whose own events have conditions that count, or look at the time or at another axis."""
    moving = {row.event for row in table.transitions}
    heavy = {
        guard.event
        for guard in table.guards
        if looks_at_time(guard) or guard.condition in _COUNTS | {GuardCondition.AXIS, GuardCondition.WORK_JOINED}
    }
    return frozenset(axis.code for axis in table.axes if any(move.event in heavy - moving for move in axis.moves))
