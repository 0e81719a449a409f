"""A log that was read: its events, its seal, and what only a newer minor version of the schema knows."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from onestop_core.dossier.events.event import Event
from onestop_core.dossier.events.opening import FiledBy, FilingScope, Opening
from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.events.rows import FIRST, VERSION
from onestop_core.dossier.lifecycle.policies import NO_POLICY, Policy
from onestop_core.model import Channel, FrozenMap

__all__ = ["HEAD", "OF_EVENT", "OF_OPENING", "Head", "Log", "Salts", "revision_of"]

Salts = tuple[FrozenMap[str, str], ...]
"""For each event, the salt of each of its personal fields."""


@attrs.frozen(kw_only=True)
class Head:
    """The ``dossier`` object of a log."""

    id: str
    procedure: str
    procedure_version: str | None = None
    channel: Channel
    at: datetime
    actor: str | None = None
    role: str | None = None
    unit: str | None = None
    key: str | None = None
    policy: Policy = NO_POLICY
    receiving_unit: str | None = None
    competent_unit: str | None = None
    support_unit: str | None = None
    required_papers: tuple[str, ...] = ()
    published_papers: tuple[str, ...] = ()
    database_papers: tuple[str, ...] = ()
    filed_by: FiledBy = FiledBy.APPLICANT
    non_territorial: FilingScope = FilingScope.NONE
    other_level: bool = False
    about: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    redacted: FrozenMap[str, Redacted] = attrs.field(default=FrozenMap({}))
    schema_version: str = FIRST


OF_OPENING: Final = [field.name for field in attrs.fields(Opening) if field.name != "lifecycle"]
HEAD: Final = frozenset(field.name for field in attrs.fields(Head))
OF_EVENT: Final = [name for name in HEAD if name not in OF_OPENING]


@attrs.frozen(kw_only=True)
class Log:
    """A validated event log: every event is sound in itself; whether the lifecycle takes them, a replay tells."""

    lifecycle: str
    """Reference of the edition under which the dossier runs, with the revision where it is not the first."""
    events: tuple[Event, ...]
    """From ``created`` on."""
    seal: tuple[str, ...] | None = None
    """The chain of hashes that came with it, checked."""
    salts: Salts | None = attrs.field(default=None, repr=False)
    """Of a salted chain: the salt of each personal field that was not redacted, by event."""
    schema_version: str = VERSION
    """The version of the schema ``event-log`` in which it is written."""
    unknown: FrozenMap[str, object] = attrs.field(default=FrozenMap({}), repr=False)
    """What a newer minor version says beside the opening and the events; written again as it came."""

    @property
    def revision(self) -> int:
        """The revision of the edition under which the log was made."""
        return revision_of(self.lifecycle)

    @property
    def redactions(self) -> tuple[tuple[int, str, Redacted], ...]:
        """What was redacted: the number of the event, the field, and when and on what ground."""
        return tuple(
            (number, name, record)
            for number, event in enumerate(self.events)
            for name, record in sorted(event.redacted.items())
        )


def revision_of(reference: str) -> int:
    """Return the revision that the *reference* of an edition names; without one, the first."""
    number = reference.rpartition("+")[2]
    return int(number) if "+" in reference and number.isascii() and number.isdigit() else 1
