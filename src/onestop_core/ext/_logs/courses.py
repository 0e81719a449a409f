"""What the law makes of all dossiers that went the same way: one of them is followed, and what it was asked is kept.

A law refuses a step for what was done before, in which order, by whom and with which words; that is the shape of a log
(``keys``). Some rules also count days, or time that was waited: how long before the appointment an extension was asked
for, whether the last day for papers has passed. What they ask is kept as a :class:`Question`, which the columns answer for
every dossier of the shape at once; those that answer alike share a :class:`Judged`.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from onestop_core.dossier import Dossier, Event
from onestop_core.dossier.lifecycle.rows import DueIs, GuardCondition
from onestop_core.dossier.stepping.guards import number_of
from onestop_core.ext._logs.keys import Looks
from onestop_core.ext._logs.shapes import NOWHERE, Places, places_in
from onestop_core.lab.courses import Breach, follow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onestop_core.dossier import Machine, Policy
    from onestop_core.dossier.lifecycle.rows import Guard
    from onestop_core.ext._logs.arrays import LogArrays

__all__ = ["NOT_OPENED", "Asked", "Court", "Judged", "Question"]

_EPOCH: Final = date(1970, 1, 1)
_COUNTING: Final = frozenset(
    {
        *(GuardCondition.BEFORE_DUE, GuardCondition.DUE_AHEAD, GuardCondition.LATER_DUE),
        *(GuardCondition.NOT_AFTER_DUE, GuardCondition.AFTER_DUE, GuardCondition.WAIT_OVER),
    }
)
"""Conditions that may ask for more than the order of the moments of a log."""


class Asked(enum.Enum):
    """What a rule asks about the moments of a log."""

    DAYS_LEFT = enum.auto()
    """Whether the appointment as it then holds is so many days after the event."""
    PASSED = enum.auto()
    """Whether the appointment as it then holds has passed."""
    DAYS_AHEAD = enum.auto()
    """Whether what the event appoints is so many days after it."""
    LATER = enum.auto()
    """Whether what the event appoints is later than the appointment."""
    DAYS_SINCE = enum.auto()
    """Whether it is more than so many days after another event."""
    FROM_DAY = enum.auto()
    """Whether it is of a certain day or later."""


@attrs.frozen
class Question:
    """A question about moments; events are named by their numbers in the log."""

    asked: Asked
    event: int
    days: int = 0
    other: int = NOWHERE
    """The event that made the appointment, or that is looked back at."""
    waits: tuple[tuple[int, int], ...] = ()
    """The waits of the present count, from event to event; the last may go on."""

    def answers(self, log: LogArrays, dossiers: Any) -> Any:
        """Return the answer for each of the *dossiers* of the log, as an array of flags."""
        first = log.starts[dossiers]
        at = log.at[first + self.event]
        day = log.days(at)
        match self.asked:
            case Asked.FROM_DAY:
                return day >= self.days
            case Asked.DAYS_SINCE:
                return day - log.days(log.at[first + self.other]) > self.days
            case Asked.DAYS_AHEAD:
                return log.days(log.due[first + self.event]) - day >= self.days
            case Asked.LATER:
                return log.due[first + self.event] > log.due[first + self.other]
            case Asked.DAYS_LEFT:
                return log.days(self._promised(log, first, at)) - day >= self.days
            case _:
                return at > self._promised(log, first, at)

    def _promised(self, log: LogArrays, first: Any, at: Any) -> Any:
        """Return when the appointment is as it holds at the moment: as ``Clock.promised_by``, for all at once."""
        np = log.np
        promised, made = log.due[first + self.other].copy(), log.at[first + self.other]
        for start, end in self.waits:
            since = np.maximum(log.at[first + start], made)
            until = at if end == NOWHERE else np.minimum(log.at[first + end], at)
            counts = (since <= promised) & (until > since)
            promised += np.where(counts, until - since, 0)
        return promised


@attrs.frozen
class Judged:
    """What becomes of every log of a shape whose questions were answered alike."""

    places: Places
    breaches: tuple[Breach, ...] = ()


NOT_OPENED: Final = Places(is_opened=False)


@final
class Court:
    """One machine that judges, and at what of events its table looks."""

    def __init__(self, machine: Machine, policy: Policy) -> None:
        self.machine, self._policy = machine, policy
        table = machine.lifecycle
        self.looks = Looks(table)
        self._asking = frozenset(event.code for event in table.events if event.asks_papers)
        self._appointing = frozenset(
            event.code
            for event in table.events
            if event.task is None and event.due_is is DueIs.APPOINTMENT and not event.strikes
        )
        self._guards: dict[str, tuple[Guard, ...]] = {}
        for guard in table.guards:
            if guard.condition in _COUNTING or guard.is_dated:
                self._guards[guard.event] = (*self._guards.get(guard.event, ()), guard)

    def judged(self, events: tuple[Event, ...]) -> Judged:
        """Return what the law makes of a log."""
        course = follow(events, self.machine, policy=self._policy)
        if course.dossier is None:
            return Judged(NOT_OPENED, course.breaches)
        places = places_in(course.dossier, events, appointing=self._last_appointing(course.dossier))
        return Judged(places, course.breaches)

    def questions(self, events: tuple[Event, ...]) -> Iterator[Question]:
        """Yield what the law asks about the moments of a log that strikes nothing and in which no key is there twice."""
        for number in range(1, len(events)):
            guards = self._guards.get(events[number].kind)
            course = follow(events[:number], self.machine, policy=self._policy) if guards else None
            if guards and course is not None and course.dossier is not None:
                lost = {breach.number for breach in course.breaches if not breach.followed}
                rest = tuple(each for each in range(number) if each not in lost)
                before = _Before(course.dossier, events, rest)
                for guard in guards:
                    yield from self._asked(guard, before, number)

    def _asked(self, guard: Guard, before: _Before, number: int) -> Iterator[Question]:
        if guard.in_force_from is not None:
            yield Question(Asked.FROM_DAY, number, (guard.in_force_from - _EPOCH).days)
        if guard.in_force_to is not None:
            yield Question(Asked.FROM_DAY, number, (guard.in_force_to - _EPOCH).days + 1)
        case, event = before.case, before.events[number]
        last = before.last(self._appointing, due=True) if case.clock.appointment is not None else NOWHERE
        match guard.condition:
            case GuardCondition.BEFORE_DUE if last != NOWHERE:
                days = number_of(guard, case, self.machine.lifecycle.defaults)
                yield Question(Asked.DAYS_LEFT, number, days, last, before.waits)
            case GuardCondition.NOT_AFTER_DUE | GuardCondition.AFTER_DUE if last != NOWHERE and before.waits:
                # Without any wait the order of the moments says it.
                yield Question(Asked.PASSED, number, other=last, waits=before.waits)
            case GuardCondition.LATER_DUE if last != NOWHERE and event.due is not None:
                yield Question(Asked.LATER, number, other=last)
            case GuardCondition.DUE_AHEAD if event.due is not None:
                days = number_of(guard, case, self.machine.lifecycle.defaults)
                yield Question(Asked.DAYS_AHEAD, number, days)
            case GuardCondition.WAIT_OVER:
                asked = before.last(frozenset(guard.since) or self._asking)
                if asked != NOWHERE and before.events[asked].due is None:
                    days = number_of(guard, case, self.machine.lifecycle.defaults)
                    yield Question(Asked.DAYS_SINCE, number, days, asked)
            case _:
                pass

    def _last_appointing(self, case: Dossier) -> Event | None:
        made = (each for each, _ in reversed(case.standing) if each.due is not None and each.kind in self._appointing)
        last = next(made, None)
        # One that names events may have been told with other numbers; such a log has no shape, and its moments say it.
        return None if last is None or last.event else last


@attrs.frozen
class _Before:
    """Where a dossier stood before an event."""

    case: Dossier
    events: tuple[Event, ...]
    followed: tuple[int, ...]
    """Numbers of the events that led there."""

    def last(self, kinds: frozenset[str], *, due: bool = False) -> int:
        """Return the number of the last event of these kinds, if *due* of those that appoint a moment."""
        return next(
            (
                number
                for number in reversed(self.followed)
                if self.events[number].kind in kinds and (not due or self.events[number].due is not None)
            ),
            NOWHERE,
        )

    @property
    def waits(self) -> tuple[tuple[int, int], ...]:
        """The waits of the present count, by the numbers of events at the moments when they began and ended."""
        at: Mapping[Any, int] = {self.events[number].at: number for number in self.followed}
        return tuple((at[start], NOWHERE if end is None else at[end]) for start, end in self.case.clock.pauses)
