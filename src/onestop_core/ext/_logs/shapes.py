"""Dossiers whose logs have the same shape: what is true of the moments of one is true of the moments of all.

An accepted log is folded, not judged. What comes of it depends on the kinds of the events, on how the dossier was opened
and on the *order* of its moments, never on the moments themselves. So each shape is folded once, by the machine, over
moments made up for it, and the answer is kept as places: "received at event 1, due as event 3 says".

Some logs are not of that kind, and are folded one by one: where events strike others, where a key is there twice, and
where a non-territorial filing was sent on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import dossier as dossiers
from onestop_core.dossier import Event, Opening, Policy
from onestop_core.dossier.events.opening import FilingScope
from onestop_core.errors import OnestopError
from onestop_core.ext._logs.layout import event_of_row
from onestop_core.model import HO_CHI_MINH
from onestop_core.model.clock.acts import NEW_COUNT
from onestop_core.rules.converter import structure
from onestop_core.rules.reading.documents import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.dossier import Dossier, Machine

__all__ = ["NOWHERE", "Mark", "Places", "Span", "machine_of", "places_in", "places_of", "places_of_rows", "reroutes"]

NOWHERE: Final = -1
_FIRST: Final = datetime(2026, 1, 1, tzinfo=HO_CHI_MINH)
_NOTHING: Final[Mapping[str, Machine]] = {}

Opened = tuple[str, str, str | None, str | None, bool, bool, bool]
"""Lifecycle, channel, policy, how non-territorial; whether it names a receiving and a competent unit, and whether one."""


@attrs.frozen
class Mark:
    """What of one event its shape holds."""

    kind: str
    later: bool
    """Whether it is later than the event before it, and not at the same moment."""
    due_after: int
    """How many events of the log are not later than its appointment; ``NOWHERE`` where it makes none."""
    opened: Opened | None


@attrs.frozen
class Span:
    """A span of the clock: at which events it began and ended."""

    phase: str
    start: int
    end: int
    papers: bool
    count: int


@attrs.frozen
class Places:
    """Where in the log of a shape the facts are: numbers of events, ``NOWHERE`` for what has not happened."""

    received: int = NOWHERE
    finished: int = NOWHERE
    due: int = NOWHERE
    asked: int = NOWHERE
    finished_kind: str | None = None
    requests: int = 0
    guided: int | None = None
    spans: tuple[Span, ...] = ()
    is_opened: bool = True
    """False: there is no dossier, for the law that judges does not open it."""
    error: OnestopError | None = None
    """Why no log of the shape can be folded."""

    @property
    def waits(self) -> tuple[tuple[int, int], ...]:
        """The waits for papers that ended."""
        return tuple((each.start, each.end) for each in self.spans if each.papers and each.end != NOWHERE)


def machine_of(lifecycle: str, machines: Mapping[str, Machine] = _NOTHING) -> Machine:
    """Return the machine of a pinned edition: one of those that were given, or a shipped one.

    Raises:
        UnknownCodeError: there is none.
    """
    return machines[lifecycle] if lifecycle in machines else dossiers.machine(lifecycle)


def reroutes(machine: Machine) -> frozenset[str]:
    """Return the kinds of events that send a filing on to another unit."""
    return frozenset(event.code for event in machine.lifecycle.events if event.reroutes)


def places_of(marks: tuple[Mark, ...], machines: Mapping[str, Machine] = _NOTHING) -> Places:
    """Return where the facts of every log of this shape are."""
    opened = marks[0].opened
    assert opened is not None  # the first row of a dossier says how it was opened, if only that nobody knows
    try:
        events = _made_up(marks)
        return places_in(machine_of(opened[0], machines).replay(events, judge=False), events)
    except OnestopError as error:
        return Places(error=error)


def places_of_rows(rows: list[dict[str, Any]], machines: Mapping[str, Machine] = _NOTHING) -> Places:
    """Return where the facts of one log are that has no shape, from its *rows*."""
    try:
        events = tuple(event_of_row(row) for row in rows)
        opening = events[0].opening
        assert opening is not None  # the row of number 0 was read with one, or refused
        return places_in(machine_of(opening.lifecycle, machines).replay(events, judge=False), events)
    except OnestopError as error:
        return Places(error=error)


def _made_up(marks: tuple[Mark, ...]) -> tuple[Event, ...]:
    """Return a log of this shape: a day between two moments, appointments a little after the last event before them."""
    days: list[int] = []
    for mark in marks:
        days.append(days[-1] + mark.later if days else 0)
    events: list[Event] = []
    for number, mark in enumerate(marks):
        due = None
        if mark.due_after != NOWHERE:
            last = days[mark.due_after - 1] if mark.due_after else -1
            due = _FIRST + timedelta(days=last, seconds=number + 1)
        at = _FIRST + timedelta(days=days[number])
        opening = None if mark.opened is None else _opening(mark.opened)
        events.append(Event(mark.kind, at, due=due, opening=opening))
    return tuple(events)


def _opening(opened: Opened) -> Opening:
    lifecycle, channel, policy, non_territorial, receiving, competent, same = opened
    return Opening(
        id="1",
        procedure="1",
        channel=channel,
        lifecycle=lifecycle,
        policy=None if policy is None else _policy(policy),
        receiving_unit="A" if receiving else None,
        competent_unit=("A" if same else "B") if competent else None,
        non_territorial=FilingScope.NONE if non_territorial is None else FilingScope(non_territorial),
    )


@cache
def _policy(text: str) -> Policy:
    return structure(parse_json(text), Policy)


def places_in(case: Dossier, events: tuple[Event, ...], *, appointing: Event | None = None) -> Places:
    """Return where in the log *events* the facts of *case* are, to which they led.

    Args:
        case: The dossier.
        events: The log.
        appointing: The event that made its last appointment; left out, the one whose appointment is that moment.
    """
    facts, spans = dossiers.facts(case), case.clock.spans
    at = {event.at: number for number, event in reversed(tuple(enumerate(events)))}
    due = {
        event.due: number
        for number, event in enumerate(events)
        if event.due is not None and (appointing is None or event is appointing)
    }

    def place(moment: datetime | None, among: Mapping[Any, int] = at) -> int:
        return NOWHERE if moment is None else among[moment]

    return Places(
        received=place(facts.received_at),
        finished=place(facts.finished_at),
        due=place(facts.due_at, due),
        asked=place(facts.supplement_requested_at),
        finished_kind=None if facts.finished_kind is None else facts.finished_kind.value,
        requests=facts.supplement_requests or 0,
        guided=facts.guided,
        spans=tuple(
            Span(each.phase.value, place(each.start), place(each.end), each.papers, count)
            for each, count in zip(spans, accumulate(int(span.by in NEW_COUNT) for span in spans), strict=True)
        ),
    )
