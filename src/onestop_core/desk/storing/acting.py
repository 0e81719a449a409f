"""A dossier in a store: opened, fetched, acted on. Load, step and append are one, whoever else acts meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.deadlines import Policies
from onestop_core.desk.stepping import step
from onestop_core.desk.storing.store import errands, unknown
from onestop_core.dossier import Dossier, Event, Lifecycle, machine
from onestop_core.errors import InvalidValueError, OnestopError, VersionConflictError
from onestop_core.model.series import instance

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.deadlines import WorkingHours
    from onestop_core.deadlines.terms import WorkingCalendar
    from onestop_core.desk.storing.store import EventStore
    from onestop_core.dossier import Machine
    from onestop_core.model import TimeLimit

__all__ = ["act", "fetch", "open_dossier", "open_next"]

_STANDARD: Final = Policies()
_MOST_NUMBERS: Final = 2**32
"""More dossiers than any series has: beyond, numbers do not make ids."""


def open_dossier(store: EventStore, dossier: Dossier) -> Dossier:
    """Keep a *dossier* that a machine has just opened, and return it.

    Raises:
        InvalidValueError: it has more events than its first; those are for :func:`act`.
        VersionConflictError: the store has a dossier of that name.
    """
    case = instance(dossier, Dossier, "dossier")
    if case.version != 1:
        raise InvalidValueError.of("dossier", case, vi="hồ sơ vừa mở", en="a dossier that was just opened")
    store.append(case.id, case.events, errands(case), expected_version=0)
    return case


def open_next(store: EventStore, new: Callable[[int], Dossier]) -> Dossier:
    """Keep the dossier that *new* makes of the next number of its series, and return it.

    Two desks that ask at once get two numbers: who comes second takes the next one. Numbers begin at 1 and leave no gap.

    >>> from datetime import datetime
    >>> from onestop_core import desk, dossier, model
    >>> store, at = desk.MemoryStore(), datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> machine = dossier.machine("vn@decree-118-2025")
    >>> for _ in range(2):
    ...     desk.open_next(store, lambda number: machine.new(
    ...         id=model.issue("H26.12", at.date(), number), procedure="1.012783", channel="in_person", at=at)).id
    'H26.12-260302-0001'
    'H26.12-260302-0002'

    Args:
        store: Where dossiers are kept.
        new: Makes the dossier of a number, as a machine opens it; each number has an id of its own.

    Raises:
        InvalidValueError: what is made is no dossier that was just opened, or numbers share an id.
    """
    taken, free = 0, 1
    while store.load(_made(new, free).id):
        taken, free = free, free * 2
        if free > _MOST_NUMBERS:
            raise InvalidValueError.of(
                "new", None, vi="mỗi số có một mã hồ sơ riêng", en="an id of its own for each number"
            )
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if store.load(_made(new, middle).id) else (taken, middle)
    while True:
        try:
            return open_dossier(store, _made(new, free))
        except VersionConflictError:
            free += 1


def _made(new: Callable[[int], Dossier], number: int) -> Dossier:
    try:
        made = new(number)
    except OnestopError:
        raise
    except Exception as error:  # of a function of somebody else
        raise InvalidValueError.of(
            "new", new, vi="hàm mở hồ sơ có số đó", en="a function that opens the dossier of a number"
        ) from error
    return instance(made, Dossier, "new")


def fetch(store: EventStore, dossier_id: str, *, lifecycle: Lifecycle | None = None) -> Dossier:
    """Return the dossier of that name, folded from its log. What a store holds is history: it is not judged again.

    Args:
        store: Where it is.
        dossier_id: Its name.
        lifecycle: The edition pinned on it, if it is one of your own.

    Raises:
        UnknownCodeError: the store has none of that name, or the edition pinned on it is not shipped.
        InvalidEventError: no fold can make sense of its log.
    """
    return _fetched(store, dossier_id, lifecycle)[1]


def _fetched(store: EventStore, dossier_id: str, lifecycle: Lifecycle | None) -> tuple[Machine, Dossier]:
    log = store.load(dossier_id)
    opening = log[0].opening if log else None
    if opening is None:
        raise unknown(dossier_id)
    runner = machine(opening.lifecycle if lifecycle is None else lifecycle)
    return runner, runner.replay(log, judge=False)


def act(
    store: EventStore,
    dossier_id: str,
    event: Event,
    *,
    limit: TimeLimit,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = _STANDARD,
    lifecycle: Lifecycle | None = None,
    expected_version: int | None = None,
    attempts: int = 5,
) -> Dossier:
    """Return the dossier after *event*, which the store now holds with the appointment that it makes and its errands.

    Where somebody else's event comes first, the dossier is fetched and the event judged anew, unless *expected_version*
    says what the caller had seen: then he is told. An event that is sent again with its key changes nothing.

    >>> from datetime import datetime
    >>> from onestop_core import desk, dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> store, at = desk.MemoryStore(), datetime.fromisoformat("2026-03-02T08:20+07:00")
    >>> case = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.012783", channel="in_person", at=at)
    >>> _ = desk.open_dossier(store, case)
    >>> case = desk.act(store, "1", dossier.event("received", at, key="a"), limit=TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar())
    >>> case.version, case.appointment.date().isoformat(), [each.id for each in store.pending()][:2]
    (2, '2026-03-09', ['1/1/1', '1/2/1'])
    >>> desk.fetch(store, "1") == case
    True

    Args:
        store: Where it is.
        dossier_id: Its name.
        event: What happened to it; a ``key`` makes it safe to send again.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency, which give the hour of the appointment.
        policies: What the law leaves open.
        lifecycle: The edition pinned on it, if it is one of your own.
        expected_version: How many events the dossier must still have.
        attempts: How often it is tried while others come first.

    Raises:
        UnknownCodeError: the store has none of that name.
        VersionConflictError: it has another version than expected, or others came first each time.
        OnestopError: as :func:`onestop_core.desk.step`; the store is as it was.
    """
    while True:
        runner, before = _fetched(store, dossier_id, lifecycle)
        after = step(
            runner,
            before,
            event,
            limit=limit,
            calendar=calendar,
            hours=hours,
            policies=policies,
            expected_version=expected_version,
        )
        if after.version == before.version:
            return after
        attempts -= 1
        try:
            store.append(dossier_id, after.events[before.version :], errands(after), expected_version=before.version)
        except VersionConflictError:
            if expected_version is not None or attempts < 1:
                raise
        else:
            return after
