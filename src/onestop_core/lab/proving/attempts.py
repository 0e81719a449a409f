"""The events that are tried on a dossier: each kind at once and, where time decides, after a long while."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from onestop_core.dossier import Event
from onestop_core.dossier.lifecycle import DueRule, TaskAct
from onestop_core.lab.proving.openings import PAPER
from onestop_core.model import HO_CHI_MINH
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier, Lifecycle
    from onestop_core.dossier.lifecycle import EventType

__all__ = ["Attempt", "Attempts"]

_PROMISED: Final = timedelta(days=100)
"""From an event to the appointment that it makes: longer than any notice that a condition asks for."""
_LONG: Final = timedelta(days=400)
"""How much later an event comes that comes late: longer than any wait that a condition asks for."""
_ELSEWHERE: Final = "H01"
_REASON: Final = Text(vi="lý do", en="reason")


class Attempt(NamedTuple):
    """A kind of event, and what of its content can matter."""

    kind: str
    later: bool = False
    """Whether it comes a long while after the last event and the appointment, rather than at once."""
    due: bool = False
    """Whether it names a due moment: an appointment or, of some kinds, by when somebody must answer."""


class Attempts:
    """Makes the events of one lifecycle; equal ones are made once."""

    def __init__(self, table: Lifecycle) -> None:
        """Make them of its kinds."""
        self._rules: Final = {event.code: event for event in table.events}
        days = [day for guard in table.guards for day in (guard.in_force_from, guard.in_force_to) if day is not None]
        self._dated: Final = datetime.combine(max((table.in_force_from, *days)), time(8), HO_CHI_MINH)
        self._made: Final[dict[tuple[Any, ...], Event]] = {}

    def appoints(self, kind: str) -> bool:
        """Return whether a due moment of that *kind* of event is an appointment of the dossier."""
        return self._rules[kind].appoints

    def dues(self, kind: str) -> tuple[bool, ...]:
        """Return with and without an appointment, as the *kind* of event allows."""
        rule = self._rules[kind]
        if rule.due is DueRule.REQUIRED:
            return (True,)
        return (False, True) if rule.due is DueRule.OPTIONAL and rule.appoints else (False,)

    def hands_over(self, kind: str) -> bool:
        """Return whether the *kind* of event hands a piece of linked work over."""
        return self._rules[kind].task is TaskAct.HAND_OVER

    def event(self, attempt: Attempt, dossier: Dossier) -> Event:
        """Return the event that *attempt* is for *dossier*, with all that its kind needs."""
        rule = self._rules[attempt.kind]
        at = dossier.events[-1].at
        promised = dossier.clock.promised_by(at)
        if attempt.later:
            at = max(at, promised or at, self._dated) + _LONG
        due = None if not attempt.due else max(at, promised or at) + _PROMISED
        task: str | None = None
        if rule.task is TaskAct.HAND_OVER:
            task = f"việc {len(dossier.tasks) + 1}"
        elif rule.task is not None:
            task = next((each.id for each in dossier.tasks if each.is_open), "việc 0")
        return self._event(rule, at, due, task)

    def _event(self, rule: EventType, at: datetime, due: datetime | None, task: str | None) -> Event:
        key = (rule.code, at, due, task)
        if key not in self._made:
            self._made[key] = Event(
                rule.code,
                at,
                role=rule.roles[0],
                reason=_REASON.vi if rule.needs_reason or rule.needs_ground else None,
                reason_code=rule.reason_codes[0] if rule.reason_codes else None,
                papers=(PAPER,) if rule.hands_in else (),
                due=due,
                task=task,
                to_unit=_ELSEWHERE if rule.reroutes else None,
            )
        return self._made[key]
