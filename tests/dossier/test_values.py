"""Values that cannot change: nothing mutable can be reached, equal when they say the same, short and without people."""

from __future__ import annotations

import copy
import enum
import pickle
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from types import FunctionType, MappingProxyType, MethodType, ModuleType
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.dossier.lifecycle import Lifecycle, find
from onestop_core.errors import InvalidValueError, NotInForceError
from onestop_core.model import Channel, FrozenMap

from .driving import EDITIONS, GENEROUS, T0, opened, reached, story

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN = (str, bytes, int, bool, Decimal, Fraction, date, datetime, timedelta, tzinfo, enum.Enum, type(None), type)
_CODE = (FunctionType, MethodType, ModuleType)


def mutable(value: object, path: str, seen: set[int]) -> Iterator[str]:
    """Yield the path of everything that can change and can be reached from *value*."""
    if isinstance(value, (*_PLAIN, *_CODE)) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, tuple | frozenset):
        for number, each in enumerate(value):
            yield from mutable(each, f"{path}[{number}]", seen)
    elif isinstance(value, FrozenMap | MappingProxyType):
        for key, each in value.items():
            yield from mutable(key, f"{path}.keys", seen)
            yield from mutable(each, f"{path}[{key!r}]", seen)
    elif attrs.has(type(value)):
        fields: tuple[Any, ...] = attrs.fields(type(value))  # type: ignore[arg-type]
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, fields[0].name, None)
        for each in fields:
            yield from mutable(getattr(value, each.name), f"{path}.{each.name}", seen)
    else:
        yield f"{path}: {type(value).__name__}"


CASES = tuple(
    story(m, opened(m, policy=attrs.evolve(GENEROUS, forms={"01": "X"})), "received", "assigned", "linked_handed_over")
    for m in map(dossier.machine, EDITIONS)
)
VALUES: dict[str, Any] = {
    **{f"machine {edition}": dossier.machine(edition) for edition in EDITIONS},
    **{f"lifecycle {edition}": find(edition) for edition in EDITIONS},
    **{f"sector {name}": dossier.sector(name) for name in dossier.lifecycle.sectors()},
    **{f"peer {name}": dossier.portal.peer(name) for name in ("opencps", "gateway-2026")},
    **{f"dossier {case.lifecycle}": case for case in CASES},
    "policy": Policy(forms={"01": "CT04"}, supplement_clock="pause"),
    "holdings": dossier.holdings(CASES[0]),
}


@pytest.mark.parametrize("name", VALUES)
def test_nothing_that_can_change_is_reachable(name: str) -> None:
    assert list(mutable(VALUES[name], "$", set())) == []


def test_the_walk_finds_what_can_change() -> None:
    policy = Policy()
    object.__setattr__(policy, "forms", {"01": "X"})
    assert list(mutable((policy,), "$", set())) == ["$[0].forms: dict"]


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_hashed_copied_and_pickled_and_says_the_same(name: str) -> None:
    value = VALUES[name]
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)


@pytest.mark.parametrize("change", [lambda x: x.pop("01"), lambda x: x.update(a=1), lambda x: x.__setitem__("01", "X")])
def test_a_mapping_of_a_table_refuses_to_change(change: Any) -> None:
    table = find(EDITIONS[1])
    peer = dossier.portal.peer("opencps")
    gateway = table.portal
    assert gateway is not None
    mappings = (table.initial, table.bases, table.forms, table.parameters, table.roles, gateway.moves)
    for mapping in (*mappings, gateway.statuses, peer.channels, Policy(forms={"01": "X"}).forms):
        before = dict(mapping or {})
        with pytest.raises((TypeError, AttributeError)):
            change(mapping)
        assert mapping == before


def own(edition: str = EDITIONS[1]) -> Lifecycle:
    return attrs.evolve(find(edition), id="phu-tho@2026")


def test_machines_of_one_table_are_equal_and_travel_by_its_reference() -> None:
    shipped = dossier.machine(EDITIONS[1])
    assert Machine(lifecycle=find(EDITIONS[1])) == shipped == dossier.machine("vn", on=date(2026, 1, 1))
    assert shipped != dossier.machine(EDITIONS[0])
    assert len(pickle.dumps(shipped)) < 200
    mine = dossier.machine(own())
    assert mine == Machine(lifecycle=own()) != shipped
    assert pickle.loads(pickle.dumps(mine)) == mine  # noqa: S301
    # A table that only bears the name of one that ships is not taken for it.
    false = dossier.machine(attrs.evolve(find(EDITIONS[1]), notes=()))
    assert pickle.loads(pickle.dumps(false)) == false != shipped  # noqa: S301


def test_a_machine_of_ones_own_table_runs_and_pins_its_reference() -> None:
    mine = dossier.machine(attrs.evolve(own(), revision=2))
    assert (mine.id, repr(mine), repr(mine.lifecycle)) == (
        "phu-tho@2026+2",
        "<Machine phu-tho@2026+2>",
        "<Lifecycle phu-tho@2026+2>",
    )
    case = story(mine, opened(mine), "received")
    assert case.lifecycle == "phu-tho@2026+2"
    assert mine.replay(case.events) == case


@pytest.mark.parametrize("which", [EDITIONS[0], find(EDITIONS[0])], ids=["pinned", "table"])
def test_a_pinned_edition_with_a_day_must_be_in_force_then(which: Any) -> None:
    assert dossier.machine(which, on=date(2025, 6, 30)).id == EDITIONS[0]
    for day in (date(2018, 6, 20), date(2025, 7, 1), date(2026, 1, 1)):
        with pytest.raises(NotInForceError):
            dossier.machine(which, on=day)


def test_what_is_printed_is_short_and_holds_nobody() -> None:
    machine = dossier.machine(EDITIONS[1])
    secret = "Nguyễn Thị Bí Mật"  # noqa: S105 - a name
    case = machine.new(
        id="H26.12-260212-0001", procedure="1.004222", channel=Channel.ONLINE, at=T0, actor=secret, papers=(secret,)
    )
    case = machine.step(case, Event(kind="received", at=T0, actor=secret, reason=secret, due=T0 + timedelta(days=3)))
    case = story(machine, case, "assigned")
    case = machine.step(
        case,
        Event(
            kind="linked_handed_over",
            at=case.events[-1].at,
            task="thuế",
            to_actor=secret,
            reason=secret,
            due=T0 + timedelta(days=2),
        ),
    )
    case = machine.step(
        case,
        Event(kind="extended", at=case.events[-1].at, reason=secret, ground=secret, due=T0 + timedelta(days=9)),
    )
    said = [repr(machine), repr(case), repr(case.events), repr(case.opening), repr(case.tasks), repr(case.effects)]
    said += [repr(case.appointments), repr(dossier.holdings(case)), repr(dossier.load_log(dossier.dump_log(case)))]
    assert not [text for text in said if secret in text]
    assert repr(case) == "<Dossier H26.12-260212-0001 processing v5>"
    assert max(map(len, said[:2])) < 100


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_state_prints_its_dossier_in_one_line(edition: str) -> None:
    for state, case in reached(edition).items():
        assert isinstance(case, Dossier)
        assert repr(case) == f"<Dossier {case.id} {state} v{case.version}>"


@pytest.mark.parametrize(
    "change",
    [
        {"events": ()},
        {"events": []},
        {"events": ("received",)},
        {"states": ()},
        {"states": "received"},
        {"events": (Event("received", T0),), "states": ("received",)},
    ],
    ids=str,
)
def test_a_stored_dossier_without_a_sound_log_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        attrs.evolve(CASES[0], **change)


@pytest.mark.parametrize("field", ["bases", "roles", "forms", "parameters", "initial"])
@pytest.mark.parametrize("wrong", [7, None, [], {"a": 1}, {1: "a"}], ids=str)
def test_a_table_of_wrong_rows_is_refused(field: str, wrong: Any) -> None:
    change: dict[str, Any] = {field: wrong}
    with pytest.raises(InvalidValueError, match="a mapping of codes to"):
        attrs.evolve(find(EDITIONS[0]), **change)


@pytest.mark.parametrize("wrong", [7, {"1": 2}, {"1": None}, {"1": "23"}], ids=str)
def test_moves_of_the_portal_are_codes(wrong: Any) -> None:
    gateway = find(EDITIONS[0]).portal
    assert gateway is not None
    with pytest.raises(InvalidValueError, match="a mapping of codes to"):
        attrs.evolve(gateway, moves=wrong)
