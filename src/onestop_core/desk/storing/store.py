"""What a store of dossiers must do, and the values that go in and come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs

from onestop_core.dossier import Dossier, Effect, Event
from onestop_core.dossier.lifecycle.editions import event_name
from onestop_core.errors import UnknownCodeError, VersionConflictError
from onestop_core.model.series import instance
from onestop_core.text import Text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.deadlines import TimeLimit
    from onestop_core.deadlines.lists import CaseRow, Listing

__all__ = ["CaseLists", "Errand", "EventStore", "StoredEvent", "conflict", "errands", "unknown"]


@attrs.frozen(kw_only=True, repr=False)
class StoredEvent:
    """An event where it lies in a store."""

    position: int
    """Its place in the order in which the store took events of all dossiers, from 1; there may be gaps."""
    dossier_id: str
    version: int
    """The number of events that the dossier has with it: 1 for ``created``."""
    event: Event

    def __repr__(self) -> str:
        return f"<StoredEvent {self.position} {line(self.dossier_id)} v{self.version} {line(self.event.kind)}>"


@attrs.frozen(kw_only=True, repr=False)
class Errand:
    """One thing that the host must do because of an event, with a name by which it knows whether it has done it."""

    id: str
    """Dossier, version and number, such as ``H26.12-260212-0001/2/1``: the same whenever the log is folded again."""
    dossier_id: str
    version: int
    """The number of events that the dossier had with the one that asks for it."""
    effect: Effect

    def __repr__(self) -> str:
        return f"<Errand {line(self.id)} {self.effect.kind.value}>"


class EventStore(Protocol):
    """What a desk asks of the place where it keeps dossiers; :mod:`onestop_core.ext.store_contract` tries it.

    Every method is a transaction of its own, or part of one that the host has begun.
    """

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        """Keep *events* behind the first *expected_version* of the dossier, and *errands* with them: all of it, or nothing.

        Raises:
            VersionConflictError: the dossier has another number of events; of two that race, one gets this.
        """
        ...

    def load(self, dossier_id: str) -> tuple[Event, ...]:
        """Return the log of the dossier, in order; an empty one where there is none."""
        ...

    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        """Return the next events of all dossiers after *position*, in order, at most *limit*.

        What is appended later comes later: whoever has read up to a position has missed nothing before it.
        """
        ...

    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        """Return the oldest errands that are not done, at most *limit*."""
        ...

    def done(self, errand_ids: Iterable[str]) -> None:
        """Mark errands as done; those that are, or that nobody knows, are left alone."""
        ...


class CaseLists(Protocol):
    """One flat row of each dossier, for lists, with the limit by which it is counted; beside the events.

    ``keep`` belongs into the transaction that keeps the event: :data:`onestop_core.ext.store_contract.LIST_CHECKS` try the rest.
    """

    def keep(self, row: CaseRow) -> None:
        """Keep *row* in place of the one that the dossier has; one of fewer events than that changes nothing."""
        ...

    def limit_of(self, dossier_id: str) -> TimeLimit:
        """Return the limit by which the dossier is counted.

        Raises:
            UnknownCodeError: it has no row, or one without a limit.
        """
        ...

    def rows(self, listing: Listing | None = None) -> tuple[CaseRow, ...]:
        """Return the rows of a list, or all, by the moment in force and the name; those without a moment last."""
        ...


def errands(dossier: Dossier) -> tuple[Errand, ...]:
    """Return what the last event of *dossier* asks of the host, each with its name.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> for each in errands(m.step(case, dossier.event("received", at))):
    ...     print(each.id, each.effect.kind.value)
    1/2/1 issue_form
    1/2/2 notify
    1/2/3 tell_portal
    """
    case = instance(dossier, Dossier, "dossier")
    return tuple(
        Errand(id=f"{case.id}/{case.version}/{number}", dossier_id=case.id, version=case.version, effect=effect)
        for number, effect in enumerate(case.effects, start=1)
    )


def unknown(dossier_id: object) -> UnknownCodeError:
    """Return the error that says that nobody opened a dossier of that name."""
    return UnknownCodeError.among(Text(vi="hồ sơ", en="dossier"), dossier_id, ())


def conflict(events: Sequence[Event], *, expected: int, actual: int) -> VersionConflictError:
    """Return the error that a store raises when a dossier has another number of events than the caller had seen."""
    kind = events[0].kind if events else ""
    return VersionConflictError(
        event=kind,
        event_name=event_name(kind),
        expected=expected,
        actual=actual,
        reason=Text(
            vi=f"hồ sơ đã ở phiên bản {actual}, không phải {expected}; cần tải lại hồ sơ",
            en=f"the dossier is at version {actual}, not {expected}; load it anew",
        ),
    )
