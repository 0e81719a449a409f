"""What every store of dossiers must do, as checks that any host runs on its own.

Each of :data:`CHECKS` takes a function that makes an empty store, and raises ``AssertionError`` where the store breaks
the contract of :class:`onestop_core.desk.EventStore`. With pytest::

    from onestop_core.ext import store_contract

    @pytest.mark.parametrize("check", store_contract.CHECKS)
    def test_store(check, empty_store):
        store_contract.CHECKS[check](empty_store)

:data:`LIST_CHECKS` do the same for what keeps the rows of lists (:class:`onestop_core.desk.storing.CaseLists`).

>>> from onestop_core import desk
>>> from onestop_core.ext import store_contract
>>> for check in store_contract.CHECKS.values():
...     check(desk.MemoryStore)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.deadlines import TimeLimit, lists
from onestop_core.errors import TransitionNotAllowedError, UnknownCodeError, VersionConflictError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.desk import Errand, EventStore, StoredEvent
    from onestop_core.desk.storing import CaseLists
    from onestop_core.dossier import Dossier, Event

__all__ = ["CHECKS", "LIST_CHECKS", "Check", "ListCheck"]

T = TypeVar("T")
_AT: Final = datetime.fromisoformat("2026-03-02T08:15:00.123456+07:00")
_RACERS: Final = 8


def _case(name: str) -> Dossier:
    return dossier.machine("vn@decree-118-2025").new(
        id=name, procedure="1.012783", channel="in_person", at=_AT, actor="Nguyễn Thị Ánh"
    )


def _act(store: EventStore, name: str, event: Event, **more: Any) -> Dossier:
    limit = deadlines.TimeLimit.parse("5 working days")
    return desk.act(store, name, event, limit=limit, calendar=workdays.calendar(), **more)


def _received(key: str | None = None) -> Event:
    return dossier.event("received", _AT + timedelta(minutes=5), key=key)


def _hold(sound: object, what: str) -> None:
    if not sound:
        raise AssertionError(what)


def _all_at_once(work: Callable[[int], T]) -> list[T]:
    with ThreadPoolExecutor(_RACERS) as pool:
        return list(pool.map(work, range(_RACERS)))


class _BreaksOff(tuple["Errand", ...]):
    """Errands that fail in the middle, as a process does that is ended there."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Errand]:
        yield self[0]
        raise ConnectionError("broken off between the event and its errands")


def _keeps(make: Callable[[], EventStore]) -> None:
    """What was kept comes back equal, in order; a dossier that nobody opened has an empty log."""
    store, row = make(), {"counter": "quầy 3", "schema_version": "1.9"}
    desk.open_dossier(store, _case("H26.12-260302-0001"))
    newer = dossier.Event.from_dict({**_received("k1").to_dict(), **row})
    case = _act(store, "H26.12-260302-0001", newer)
    for each in (
        dossier.event("assigned", _AT + timedelta(hours=1), to_actor="Đỗ Văn Hưởng"),
        dossier.event("supplement_requested", _AT + timedelta(hours=2), reason="thiếu “bản đồ”; \n\t'\\ 🙂"),
    ):
        case = _act(store, case.id, each)
    _hold(store.load(case.id) == case.events, "the log that comes back is another than the one that was kept")
    _hold(store.load(case.id)[1].to_dict().get("counter") == "quầy 3", "a field of a newer version was lost")
    _hold(desk.fetch(store, case.id) == case, "the dossier folded from the store is another")
    _hold(store.load("another") == (), "the log of a dossier that nobody opened is not empty")


def _refuses_other_versions(make: Callable[[], EventStore]) -> None:
    """A wrong expected version is refused, and nothing of it is kept."""
    store = make()
    case = desk.open_dossier(store, _case("1"))
    after = _act(store, "1", _received())
    feed, pending = store.changed_since(0), store.pending()
    for expected in (0, 1, 3):
        try:
            store.append("1", after.events[1:], desk.errands(after), expected_version=expected)
        except VersionConflictError as error:
            _hold((error.expected, error.actual) == (expected, 2), "the conflict names other versions")
        else:
            raise AssertionError(f"appended at version {expected} of a dossier that is at version 2")
    try:
        desk.open_dossier(store, case)
    except VersionConflictError:
        pass
    else:
        raise AssertionError("a dossier was opened twice")
    _hold(store.load("1") == after.events, "a refused append changed the log")
    _hold(store.changed_since(0) == feed, "a refused append is in the feed")
    _hold(store.pending() == pending, "a refused append left errands")


def _loses_nothing_in_a_race(make: Callable[[], EventStore]) -> None:
    """Of those who append to the same version at once, one wins; each of the others is told."""
    store = make()
    case = desk.open_dossier(store, _case("1"))
    after = desk.step(
        dossier.machine(case.lifecycle),
        case,
        _received(),
        limit=deadlines.TimeLimit.parse("5 working days"),
        calendar=workdays.calendar(),
    )

    def append(_: int) -> bool:
        try:
            store.append("1", after.events[1:], desk.errands(after), expected_version=1)
        except VersionConflictError:
            return False
        return True

    won = _all_at_once(append)
    _hold(won.count(True) == 1, f"{won.count(True)} of {_RACERS} racers think that they won")
    _hold(store.load("1") == after.events, "after a race the log is not that of the winner")


def _acts_in_turn(make: Callable[[], EventStore]) -> None:
    """Who acts while others do is tried again: each act is kept once, and one that no longer fits is refused."""
    store = make()
    desk.open_dossier(store, _case("1"))

    def act(number: int) -> bool:
        try:
            _act(store, "1", _received(f"racer {number}"), attempts=100)
        except TransitionNotAllowedError:
            return False
        return True

    _hold(_all_at_once(act).count(True) == 1, "the dossier was received more than once, or never")
    kept = [event.key for event in store.load("1")]
    _hold(len(kept) == 2, "an event of a loser was kept")


def _takes_repeats(make: Callable[[], EventStore]) -> None:
    """An event that is sent again with its key, by several at once too, is kept once, with its errands."""
    store = make()
    desk.open_dossier(store, _case("1"))
    after = _all_at_once(lambda _: _act(store, "1", _received("the same"), attempts=100))
    _hold(len(set(after)) == 1 and len(store.load("1")) == 2, "a repeated event was kept twice")
    names = [errand.id for errand in store.pending()]
    _hold(len(names) == len(set(names)), "an errand is there twice")


def _keeps_all_or_nothing(make: Callable[[], EventStore]) -> None:
    """What breaks off between the events and their errands leaves neither."""
    store = make()
    case = desk.open_dossier(store, _case("1"))
    after = dossier.machine(case.lifecycle).step(case, _received())
    pending = store.pending()
    try:
        store.append("1", after.events[1:], _BreaksOff(desk.errands(after)), expected_version=1)
    except Exception:  # noqa: BLE001, S110 - which error goes out is the store's choice
        pass
    else:
        raise AssertionError("errands that cannot be read were kept")
    _hold(store.load("1") == case.events, "the events were kept, but not their errands")
    _hold(store.pending() == pending, "errands were kept of events that were not")
    _act(store, "1", _received())
    _hold(len(store.load("1")) == 2, "after an append that broke off the next one fails")


def _sends_once(make: Callable[[], EventStore]) -> None:
    """Errands wait in order until they are done; folding a log again makes none anew."""
    store = make()
    desk.open_dossier(store, _case("1"))
    case = _act(store, "1", _received())
    waiting = store.pending()
    _hold(
        waiting[-len(case.effects) :] == desk.errands(case),
        "the errands of an event are not there, or in another order",
    )
    _hold(store.pending(limit=1) == waiting[:1], "the limit of errands is not kept")
    store.done([waiting[0].id, "nobody knows this"])
    store.done([waiting[0].id])
    _hold(store.pending() == waiting[1:], "what is done still waits, or something else was done")
    again = desk.fetch(store, "1")
    store.append("1", (), desk.errands(again), expected_version=again.version)
    _hold(store.pending() == waiting[1:], "after a replay an errand is there twice, or again after it was done")
    _hold(desk.errands(again) == desk.errands(case), "after a replay the errands have other names")
    store.append("1", (), (), expected_version=again.version)
    _hold(desk.fetch(store, "1") == again, "an append of nothing changed something")


def _feeds(make: Callable[[], EventStore]) -> None:
    """Whoever reads the feed while others write misses nothing, and sees each event once, in order."""
    store = make()
    seen: list[StoredEvent] = []

    def write(number: int) -> None:
        if number:
            for each in range(3):
                name = f"{number}-{each}"
                desk.open_dossier(store, _case(name))
                _act(store, name, _received())
        else:
            for _ in range(60):
                seen.extend(store.changed_since(seen[-1].position if seen else 0, limit=4))

    _all_at_once(write)
    while more := store.changed_since(seen[-1].position if seen else 0, limit=5):
        _hold(len(more) <= 5, "the limit of the feed is not kept")
        seen.extend(more)
    positions = [row.position for row in seen]
    _hold(positions == sorted(set(positions)), "the feed goes back or repeats itself")
    kept = {(row.dossier_id, row.version): row.event for row in seen}
    wanted = {
        (name, version): event
        for name in {row.dossier_id for row in seen}
        for version, event in enumerate(store.load(name), start=1)
    }
    _hold(len(wanted) == 2 * 3 * (_RACERS - 1), "the feed lacks dossiers")
    _hold(kept == wanted, "the feed lacks events, or has others than the logs")
    _hold(store.changed_since(positions[-1]) == (), "there is something after the end of the feed")


Check = Callable[[Callable[[], "EventStore"]], None]
"""Takes what makes an empty store; raises ``AssertionError`` where it breaks the contract."""

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "keeps": _keeps,
        "refuses other versions": _refuses_other_versions,
        "loses nothing in a race": _loses_nothing_in_a_race,
        "acts in turn": _acts_in_turn,
        "takes repeats": _takes_repeats,
        "keeps all or nothing": _keeps_all_or_nothing,
        "sends once": _sends_once,
        "feeds": _feeds,
    }
)
"""The checks by name."""


def _row(name: str, *events: Event, limit: str = "5 working days") -> lists.CaseRow:
    machine = dossier.machine("vn@decree-118-2025")
    case = _case(name)
    for event in events:
        case = machine.step(case, event)
    return deadlines.row(case, TimeLimit.parse(limit), calendar=workdays.calendar())


_ASSIGNED: Final = dossier.event("assigned", _AT + timedelta(hours=1))
_ASKED: Final = dossier.event("supplement_requested", _AT + timedelta(hours=2), reason="thiếu “bản đồ”")


def _keeps_the_newest_row(make: Callable[[], CaseLists]) -> None:
    """A row comes back equal; a newer one stands in its place, and an older one changes nothing."""
    kept = make()
    older, newer = _row("1"), _row("1", _received())
    for row, wanted in ((older, older), (newer, newer), (older, newer)):
        kept.keep(row)
        _hold(kept.rows() == (wanted,), "the row that comes back is not the one of the most events")
    again = _row("1", _received(), limit="7 working days")
    kept.keep(again)
    _hold(kept.rows() == (again,), "a row of the same events that was counted anew is not kept")


def _tells_the_limit(make: Callable[[], CaseLists]) -> None:
    """The limit of a dossier comes back; of one without a row there is none."""
    kept = make()
    for name, limit in (("1", "5 working days"), ("2", "12 working hours")):
        kept.keep(_row(name, limit=limit))
        _hold(kept.limit_of(name) == TimeLimit.parse(limit), "the limit that comes back is another")
    try:
        kept.limit_of("3")
    except UnknownCodeError:
        return
    raise AssertionError("there is a limit of a dossier that has no row")


def _answers_lists(make: Callable[[], CaseLists]) -> None:
    """Each list holds the rows that match it, by the moment in force and the name, those without one last."""
    kept, now = make(), _AT + timedelta(days=9)
    rows = [
        _row("filed"),
        _row("waits", _received(), _ASSIGNED, _ASKED),
        _row("late b", _received()),
        _row("late a", _received()),
        _row("runs", _received(), limit="30 working days"),
    ]
    for row in rows:
        kept.keep(row)
    far = now + timedelta(days=365)
    wanted = sorted(rows, key=lambda row: (row.due_at or far, row.id))
    _hold(kept.rows() == tuple(wanted), "the rows that come back are others, or in another order")
    for listing in (
        *(
            lists.overdue(now),
            lists.due_before(far, now=now),
            lists.waiting(),
            lists.not_started(),
            lists.in_progress(),
        ),
        *(lists.finished(), lists.without_event_since(now)),
    ):
        _hold(kept.rows(listing) == tuple(listing.of(wanted)), f"another list of what is: {listing.text.en}")


ListCheck = Callable[[Callable[[], "CaseLists"]], None]
"""Takes what makes an empty table of rows; raises ``AssertionError`` where it breaks the contract."""

LIST_CHECKS: Final[Mapping[str, ListCheck]] = MappingProxyType(
    {
        "keeps the newest row": _keeps_the_newest_row,
        "tells the limit": _tells_the_limit,
        "answers lists": _answers_lists,
    }
)
"""The checks of what keeps rows of lists, by name."""
