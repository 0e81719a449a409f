"""What breaks a property: which, in words, and the shortest log that leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.dossier import Event, Policy
from onestop_core.dossier.lifecycle.editions import CREATED_NAME
from onestop_core.rules.converter import unstructure
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.dossier import Lifecycle, Machine
    from onestop_core.text import Language

__all__ = ["Names", "Violation", "own_values", "story"]


@attrs.frozen(kw_only=True)
class Violation:
    """One way in which a property does not hold."""

    subject: str
    """What it is about: the code of a state, an event, a guard, a form or a duty."""
    text: Text
    """What is wrong, in words."""
    log: tuple[Event, ...] = attrs.field(default=(), repr=False)
    """A shortest log that leads there, for ``Machine.replay``; none where nothing leads to what is missing."""
    story: tuple[Text, ...] = attrs.field(default=(), repr=False)
    """The log in words: each event with the state to which it led."""
    policy: Policy = attrs.field(repr=False)
    """The policy of the procedure under which it happens."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "subject": self.subject,
            "text": self.text.in_(language),
            "log": [unstructure(event) for event in self.log],
            "story": [line.in_(language) for line in self.story],
            "policy": own_values(self.policy),
        }


class Names:
    """The words of one lifecycle."""

    def __init__(self, table: Lifecycle) -> None:
        """Look them up once."""
        self._states = {state.code: state.name for state in table.states}
        self._events = {event.code: event.name for event in table.events}
        self._roles = table.roles

    def state(self, code: str) -> Text:
        """Return the name of a state, in quotation marks; in English with its code."""
        return _quoted(self._states[code], code)

    def event(self, code: str) -> Text:
        """Return the name of an event likewise."""
        return _quoted(self._events.get(code, CREATED_NAME), code)

    def role(self, code: str) -> Text:
        """Return the name of a role likewise; of one that the lifecycle does not have, its code."""
        return _quoted(self._roles.get(code, Text(vi=code, en=code)), code)


def _quoted(name: Text, code: str) -> Text:
    return Text(vi=f"“{name.vi}”", en=f"“{name.en}” ({code})")


def story(machine: Machine, log: tuple[Event, ...]) -> tuple[Text, ...]:
    """Return *log* in words, a line for each event."""
    names, case = Names(machine.lifecycle), machine.replay(log)
    found: list[Text] = []
    for event, state in zip(case.events, case.states, strict=True):
        what, where = names.event(event.kind), names.state(state)
        task = "" if event.task is None else f" [{event.task}]"
        found.append(Text(vi=f"{what.vi}{task} → {where.vi}", en=f"{what.en}{task} → {where.en}"))
    return tuple(found)


def own_values(policy: Policy) -> dict[str, Any]:
    """Return what *policy* says of its own, in JSON types."""
    return {name: each for name, each in unstructure(policy).items() if each is not None}
