"""Dossiers in a store: what is refused, what is tried again, and a contract that finds stores which break it."""

from __future__ import annotations

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.deadlines import TimeLimit, lists
from onestop_core.desk.storing.store import unknown
from onestop_core.errors import (
    GuardError,
    InvalidValueError,
    OnestopError,
    TransitionNotAllowedError,
    UnknownCodeError,
    VersionConflictError,
)
from onestop_core.ext import store_contract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop_core.desk import Errand, StoredEvent
    from onestop_core.dossier import Dossier, Event

AT = datetime.fromisoformat("2026-03-02T08:15+07:00")
LIMIT = deadlines.TimeLimit.parse("5 working days")


def case(name: str = "1") -> Dossier:
    return dossier.machine("vn@decree-118-2025").new(id=name, procedure="1.012783", channel="in_person", at=AT)


def received(key: str | None = None) -> Event:
    return dossier.event("received", AT + timedelta(minutes=5), key=key)


def act(store: desk.EventStore, event: Event, **more: Any) -> Dossier:
    return desk.act(store, "1", event, limit=LIMIT, calendar=workdays.calendar(), **more)


def test_an_act_is_kept_with_the_appointment_that_it_makes_and_its_errands() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, case())
    after = act(store, received(), hours=deadlines.WorkingHours.parse("07:30-11:30, 13:00-17:00"))
    assert after.appointment == datetime.fromisoformat("2026-03-09T17:00+07:00")
    assert store.load("1") == after.events
    assert {errand.effect for errand in store.pending() if errand.version == 2} == set(after.effects)
    assert desk.fetch(store, "1") == after


def test_what_the_machine_refuses_leaves_the_store_as_it_was() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, case())
    pending = store.pending()
    with pytest.raises(TransitionNotAllowedError):
        act(store, dossier.event("approved", AT + timedelta(hours=1)))
    assert store.load("1") == case().events
    assert store.pending() == pending


def test_a_dossier_that_nobody_opened_is_named() -> None:
    with pytest.raises(UnknownCodeError, match="no dossier '1'"):
        act(desk.MemoryStore(), received())
    with pytest.raises(UnknownCodeError, match="no dossier 'H26'"):
        desk.fetch(desk.MemoryStore(), "H26")


def test_only_a_dossier_that_was_just_opened_is_opened() -> None:
    store = desk.MemoryStore()
    after = dossier.machine("vn@decree-118-2025").step(case(), received())
    with pytest.raises(InvalidValueError, match="just opened"):
        desk.open_dossier(store, after)
    assert store.load("1") == ()


def test_history_is_not_judged_again_but_what_is_new_is() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, case())
    machine = dossier.machine("vn@decree-118-2025")
    told = machine.step(
        machine.step(case(), received()), dossier.event("approved", AT + timedelta(days=90)), judge=False
    )
    store.append("1", told.events[1:], (), expected_version=1)
    assert desk.fetch(store, "1") == told
    with pytest.raises((TransitionNotAllowedError, GuardError)):
        act(store, received())


def test_an_edition_of_ones_own_is_handed_in() -> None:
    table = attrs.evolve(dossier.machine("vn@decree-118-2025").lifecycle, id="mine")
    own = dossier.machine(table)
    store = desk.MemoryStore()
    desk.open_dossier(store, own.new(id="1", procedure="1.012783", channel="in_person", at=AT))
    with pytest.raises(UnknownCodeError):
        desk.fetch(store, "1")
    assert act(store, received(), lifecycle=table).state == "received"
    assert desk.fetch(store, "1", lifecycle=table).version == 2


class Overtaken:
    """A store into which somebody else writes just before the first so many appends."""

    def __init__(self, times: int) -> None:
        self.inner = desk.MemoryStore()
        self.times = times
        self.load, self.pending, self.done = self.inner.load, self.inner.pending, self.inner.done
        self.changed_since = self.inner.changed_since

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        if self.times and expected_version:
            self.times -= 1
            now = desk.fetch(self.inner, dossier_id)
            more = dossier.machine(now.lifecycle).step(
                now, dossier.event("guided", AT + timedelta(minutes=1), reason="cách kê khai")
            )
            self.inner.append(dossier_id, more.events[now.version :], (), expected_version=now.version)
        self.inner.append(dossier_id, events, errands, expected_version=expected_version)


def test_who_comes_second_is_tried_again_with_what_came_first() -> None:
    store = Overtaken(2)
    desk.open_dossier(store, case())
    after = act(store, received(), attempts=3)
    assert [event.kind for event in after.events] == ["created", "guided", "guided", "received"]
    assert store.load("1") == after.events


def test_who_comes_second_too_often_is_told() -> None:
    store = Overtaken(3)
    desk.open_dossier(store, case())
    with pytest.raises(VersionConflictError) as told:
        act(store, received(), attempts=3)
    assert (told.value.expected, told.value.actual) == (3, 4)


def test_who_says_what_he_had_seen_is_told_at_once() -> None:
    store = Overtaken(1)
    desk.open_dossier(store, case())
    with pytest.raises(VersionConflictError) as told:
        act(store, received(), expected_version=1)
    assert (told.value.expected, told.value.actual) == (1, 2)
    with pytest.raises(VersionConflictError):
        act(store, received(), expected_version=1)
    assert act(store, received(), expected_version=2).version == 3


def test_values_print_in_a_line_without_people() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, case())
    assert repr(store.changed_since(0)[0]) == "<StoredEvent 1 1 v1 created>"
    assert repr(store.pending()[0]).startswith("<Errand 1/1/1 ")


# A contract that lets a broken store pass is worth nothing: each of these must be found by the check named beside it.


class Broken:
    """A store in memory that does one thing wrong."""

    def __init__(self) -> None:
        self.inner = desk.MemoryStore()

    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        self.inner.append(dossier_id, events, errands, expected_version=expected_version)

    def load(self, dossier_id: str) -> tuple[Event, ...]:
        return self.inner.load(dossier_id)

    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        return self.inner.changed_since(position, limit=limit)

    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        return self.inner.pending(limit=limit)

    def done(self, errand_ids: Iterable[str]) -> None:
        self.inner.done(errand_ids)


class ForgetsFields(Broken):
    def load(self, dossier_id: str) -> tuple[Event, ...]:
        rows = (event.to_dict() for event in super().load(dossier_id))
        return tuple(
            dossier.Event.from_dict({key: value for key, value in row.items() if key != "counter"}) for row in rows
        )


class OpensTwice(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        if expected_version or not self.load(dossier_id) or len(events) > 1 or len(errands) > 1:
            super().append(dossier_id, events, errands, expected_version=expected_version)


class SwallowsFaults(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        with contextlib.suppress(InvalidValueError):
            super().append(dossier_id, events, errands, expected_version=expected_version)


class TurnsAround(Broken):
    def load(self, dossier_id: str) -> tuple[Event, ...]:
        log = super().load(dossier_id)
        return (log[0], *log[:0:-1]) if log else ()


class InventsLogs(Broken):
    def load(self, dossier_id: str) -> tuple[Event, ...]:
        return super().load(dossier_id) or case(dossier_id).events


class TakesAnyVersion(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        del expected_version
        super().append(dossier_id, events, errands, expected_version=len(self.load(dossier_id)))


class TakesLaterVersions(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        now = len(self.load(dossier_id))
        super().append(dossier_id, events, errands, expected_version=min(now, expected_version))


class LooksThenLeaps(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        actual = len(self.load(dossier_id))
        time.sleep(0.02)  # long enough for the others to look, too
        if actual != expected_version:
            super().append(dossier_id, events, errands, expected_version=expected_version)
        for _ in range(100):
            with contextlib.suppress(VersionConflictError):
                super().append(dossier_id, events, errands, expected_version=len(self.load(dossier_id)))
                break


class WritesErrandsLater(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        super().append(dossier_id, events, (), expected_version=expected_version)
        super().append(dossier_id, (), errands, expected_version=expected_version + len(events))


class WritesErrandsFirst(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        for errand in errands:
            super().append("", (), (errand,), expected_version=0)
        super().append(dossier_id, events, (), expected_version=expected_version)


class NeverDone(Broken):
    def done(self, errand_ids: Iterable[str]) -> None:
        del errand_ids


class DoneWithAll(Broken):
    def done(self, errand_ids: Iterable[str]) -> None:
        del errand_ids
        super().done([each.id for each in self.pending()])


class DoublesErrands(Broken):
    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        waiting = super().pending(limit=limit)
        return (*waiting, *waiting[-1:])


class AllErrandsAtOnce(Broken):
    def pending(self, *, limit: int = 1000) -> tuple[Errand, ...]:
        del limit
        return super().pending()


class LosesErrands(Broken):
    def append(
        self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], *, expected_version: int
    ) -> None:
        super().append(dossier_id, events, tuple(errands)[:1], expected_version=expected_version)


class SkipsInTheFeed(Broken):
    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        return tuple(row for row in super().changed_since(position, limit=limit) if row.position % 7 != 3)


class FeedsWithoutLimit(Broken):
    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        del limit
        return super().changed_since(position)


class FeedsTheLastAgain(Broken):
    def changed_since(self, position: int, *, limit: int = 1000) -> tuple[StoredEvent, ...]:
        rows = super().changed_since(position, limit=limit)
        again = bool(position) and not rows and not vars(self).setdefault("told", False)
        vars(self)["told"] = vars(self).get("told", False) or again
        return super().changed_since(position - 1, limit=limit) if again else rows


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        (ForgetsFields, "keeps"),
        (TurnsAround, "keeps"),
        (InventsLogs, "keeps"),
        (SwallowsFaults, "keeps all or nothing"),
        (OpensTwice, "refuses other versions"),
        (TakesAnyVersion, "refuses other versions"),
        (TakesLaterVersions, "refuses other versions"),
        (LooksThenLeaps, "loses nothing in a race"),
        (LooksThenLeaps, "acts in turn"),
        (LooksThenLeaps, "takes repeats"),
        (WritesErrandsLater, "keeps all or nothing"),
        (WritesErrandsFirst, "keeps all or nothing"),
        (NeverDone, "sends once"),
        (DoneWithAll, "sends once"),
        (DoublesErrands, "takes repeats"),
        (DoublesErrands, "sends once"),
        (AllErrandsAtOnce, "sends once"),
        (LosesErrands, "sends once"),
        (SkipsInTheFeed, "feeds"),
        (FeedsWithoutLimit, "feeds"),
        (FeedsTheLastAgain, "feeds"),
    ],
)
def test_the_contract_finds_what_is_broken(broken: type[Broken], check: str) -> None:
    with pytest.raises((AssertionError, OnestopError)):
        store_contract.CHECKS[check](broken)


@pytest.mark.parametrize("check", store_contract.CHECKS)
def test_the_store_in_memory_keeps_the_contract(check: str) -> None:
    assert store_contract.CHECKS[check](desk.MemoryStore) is None


class RowsInMemory:
    """Does what lists must do; what is broken overrides a part of it."""

    def __init__(self) -> None:
        self.kept: dict[str, lists.CaseRow] = {}

    def keep(self, row: lists.CaseRow) -> None:
        if row.id not in self.kept or self.kept[row.id].version <= row.version:
            self.kept[row.id] = row

    def limit_of(self, dossier_id: str) -> TimeLimit:
        if dossier_id not in self.kept:
            raise unknown(dossier_id)
        return TimeLimit.parse(str(self.kept[dossier_id].time_limit))

    def rows(self, listing: lists.Listing | None = None) -> tuple[lists.CaseRow, ...]:
        found = self.kept.values() if listing is None else listing.of(self.kept.values())
        return tuple(sorted(found, key=lambda row: (row.due_at is None, row.due_at or AT, row.id)))


class KeepsTheFirst(RowsInMemory):
    def keep(self, row: lists.CaseRow) -> None:
        self.kept.setdefault(row.id, row)


class KeepsTheLast(RowsInMemory):
    def keep(self, row: lists.CaseRow) -> None:
        self.kept[row.id] = row


class KeepsNoCountAnew(RowsInMemory):
    def keep(self, row: lists.CaseRow) -> None:
        if row.id not in self.kept or self.kept[row.id].version < row.version:
            self.kept[row.id] = row


class OneLimitForAll(RowsInMemory):
    def limit_of(self, dossier_id: str) -> TimeLimit:
        del dossier_id
        return TimeLimit.parse("5 working days")


class InventsLimits(RowsInMemory):
    def limit_of(self, dossier_id: str) -> TimeLimit:
        return super().limit_of(dossier_id if dossier_id in self.kept else "1")


class ListsAll(RowsInMemory):
    def rows(self, listing: lists.Listing | None = None) -> tuple[lists.CaseRow, ...]:
        del listing
        return super().rows()


class ListsAsTheyCame(RowsInMemory):
    def rows(self, listing: lists.Listing | None = None) -> tuple[lists.CaseRow, ...]:
        return tuple(self.kept.values() if listing is None else listing.of(self.kept.values()))


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        (KeepsTheFirst, "keeps the newest row"),
        (KeepsTheLast, "keeps the newest row"),
        (KeepsNoCountAnew, "keeps the newest row"),
        (OneLimitForAll, "tells the limit"),
        (InventsLimits, "tells the limit"),
        (ListsAll, "answers lists"),
        (ListsAsTheyCame, "answers lists"),
    ],
)
def test_the_contract_finds_lists_that_are_broken(broken: type[RowsInMemory], check: str) -> None:
    with pytest.raises(AssertionError):
        store_contract.LIST_CHECKS[check](broken)


@pytest.mark.parametrize("check", store_contract.LIST_CHECKS)
def test_lists_in_memory_keep_the_contract(check: str) -> None:
    assert store_contract.LIST_CHECKS[check](RowsInMemory) is None


def numbered(number: int) -> Dossier:
    return case(f"H26.12-260302-{number:04d}")


@pytest.mark.parametrize("there", [*range(10), 31, 32, 33])
def test_a_series_goes_on_behind_its_last_number(there: int) -> None:
    store = desk.MemoryStore()
    for number in range(1, there + 1):
        desk.open_dossier(store, numbered(number))
    assert desk.open_next(store, numbered).id == numbered(there + 1).id


def test_who_comes_second_takes_the_next_number() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, numbered(1))
    overtaken = iter([2, 3])

    class Slow:
        def append(self, dossier_id: str, events: Sequence[Event], errands: Sequence[Errand], **more: Any) -> None:
            with contextlib.suppress(StopIteration):
                desk.open_dossier(store, numbered(next(overtaken)))
            store.append(dossier_id, events, errands, **more)

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

    assert desk.open_next(Slow(), numbered).id == numbered(4).id
    assert desk.fetch(store, numbered(4).id).version == 1


def test_many_at_once_leave_no_gap() -> None:
    store = desk.MemoryStore()
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: desk.open_next(store, numbered).id, range(24)))
    assert sorted(made) == [numbered(number).id for number in range(1, 25)]


def test_a_series_is_one_of_dossiers_with_ids_of_their_own() -> None:
    store = desk.MemoryStore()
    desk.open_dossier(store, case())
    with pytest.raises(InvalidValueError, match="an id of its own for each number"):
        desk.open_next(store, lambda _: case())
    with pytest.raises(InvalidValueError):
        desk.open_next(store, lambda number: number)  # type: ignore[arg-type,return-value]
    with pytest.raises(InvalidValueError, match="new"):
        desk.open_next(store, len)  # type: ignore[arg-type]
    with pytest.raises(UnknownCodeError):
        desk.open_next(
            store,
            lambda number: dossier.machine("none@1").new(
                id=str(number), procedure="1", channel="post", at=case().events[0].at
            ),
        )
    assert store.load("1") == case().events
