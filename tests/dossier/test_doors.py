"""Wrong types from Python to the public functions of the dossier: refused with an error of ours, never another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Event, Machine, Policy, portal
from onestop_core.dossier.lifecycle import find, problems
from onestop_core.errors import InvalidEventError, InvalidValueError, OnestopError

from .driving import EDITIONS, T0, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

M = dossier.machine(EDITIONS[1])
CASE = opened(M)
EVENT = Event("received", T0)
WRONG: tuple[Any, ...] = (None, 7, 1.5, True, "x", b"x", [], [1], {}, {"kind": "received"}, object(), T0, EVENT, CASE)


def keyed(name: Any) -> Any:
    return {name if isinstance(name, int | bytes) else None: 1}


DOORS: dict[str, Callable[[Any], object]] = {
    "machine": lambda x: dossier.machine(x, on=T0.date()),
    "machine on": lambda x: dossier.machine("vn", on=x),
    "Machine": lambda x: Machine(lifecycle=x),
    "new id": lambda x: M.new(id=x, procedure="1", channel="online", at=T0),
    "new policy": lambda x: M.new(id="1", procedure="1", channel="online", at=T0, policy=x),
    "new papers": lambda x: M.new(id="1", procedure="1", channel="online", at=T0, papers=x),
    "new at": lambda x: M.new(id="1", procedure="1", channel="online", at=x),
    "step dossier": lambda x: M.step(x, EVENT),
    "step event": lambda x: M.step(CASE, x),
    "step version": lambda x: M.step(CASE, EVENT, expected_version=x),
    "allowed": M.allowed,
    "allowed axis": lambda x: M.allowed(CASE, axis=x),
    "replay": M.replay,
    "replay seal": lambda x: M.replay(CASE.events, seal=x),
    "event": lambda x: Event(x, T0),
    "event at": lambda x: Event("received", x),
    "event channel": lambda x: Event("received", T0, channel=x),
    "event amount": lambda x: Event("received", T0, amount=x),
    "from_dict": Event.from_dict,
    "portal_status": dossier.portal_status,
    "holdings": dossier.holdings,
    "holder": lambda x: dossier.holder(CASE, x),
    "seal": dossier.seal,
    "sector": dossier.sector,
    "sector on": lambda x: dossier.sector("residence", on=x),
    "sector limit": lambda x: dossier.sector("certification").limit(x),
    "state": lambda x: find(EDITIONS[1]).state(x),
    "peer": portal.peer,
    "encode": lambda x: portal.encode(x, portal.peer("opencps")),
    "encode to": lambda x: portal.encode([], x),
    "decode": lambda x: portal.decode(x, portal.peer("opencps")),
    "decode sender": lambda x: portal.decode({}, x),
    "sync_record": lambda x: portal.sync_record(x, x),
    "progress_records": portal.progress_records,
    "import_history": lambda x: portal.import_history(x, M, id="1", procedure="1", channel="online"),
    "import_history machine": lambda x: portal.import_history(
        [portal.HistoryRow(status=1, at=T0)], x, id="1", procedure="1", channel="online"
    ),
    "dump_log sealed": lambda x: dossier.dump_log(CASE, sealed=x),
    "history row": lambda x: portal.HistoryRow(status=x, at=T0),
    "problems": problems,
    "condition words": lambda x: dossier.render.condition_words(x, find(EDITIONS[1])),
    "from_dict keys": lambda x: Event.from_dict(keyed(x)),
    "policy": lambda x: Policy(forms=x, supplement_clock=x),
    "load_log": dossier.load_log,
    "load_lifecycle": dossier.load_lifecycle,
    "load_sector": dossier.lifecycle.load_sector,
    "load_peer": portal.load_peer,
    "dump_log": dossier.dump_log,
    "mermaid": dossier.render.mermaid,
    "mermaid language": lambda x: dossier.render.mermaid(M, language=x),
    "dot": dossier.render.dot,
    "table": dossier.render.table,
    "scxml": dossier.render.scxml,
    "scxml channel": lambda x: dossier.render.scxml(M, x),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_wrong_type_is_refused_with_an_error_of_ours(door: str) -> None:
    refused = 0
    for value in WRONG:
        try:
            DOORS[door](value)
        except (OnestopError, FileNotFoundError, IsADirectoryError):  # a text or bytes may name a file
            refused += 1
    assert refused >= len(WRONG) // 2


@pytest.mark.parametrize(
    ("given", "event"), [("1", EVENT), (CASE, {"kind": "received"}), (CASE, None), (None, None), (CASE, [EVENT])]
)
def test_a_step_names_the_argument_that_is_wrong(given: Any, event: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"(dossier|event): cannot use"):
        M.step(given, event)


@pytest.mark.parametrize("offset", [-12, -1, 8, 14])
@pytest.mark.parametrize("moment", [(9999, 12, 31, 23, 59), (1, 1, 1, 0, 0)], ids=["last", "first"])
def test_the_ends_of_the_calendar_are_kept_or_refused(moment: tuple[int, int, int, int, int], offset: int) -> None:
    at = datetime(*moment, tzinfo=timezone(timedelta(hours=offset)))
    try:
        assert Event("received", at).at == at
    except OnestopError:
        assert (moment[0] == 9999) is (offset < 7)


class HostError(Exception):
    """What a host's own reader may raise."""


class Failing(Mapping[str, Any]):
    """A mapping that cannot be read."""

    def __getitem__(self, key: str) -> Any:
        raise HostError

    def __iter__(self) -> Iterator[str]:
        raise HostError

    def __len__(self) -> int:
        return 1


def failing(*first: Any) -> Iterator[Any]:
    yield from first
    raise HostError


class NoIterator:
    def __iter__(self) -> Iterator[Any]:
        raise HostError


@pytest.mark.parametrize(
    "call",
    [
        lambda: M.replay(failing(*CASE.events)),
        lambda: M.replay(NoIterator()),
        lambda: dossier.seal(failing(EVENT)),
        lambda: portal.encode(failing(), portal.peer("opencps")),
        lambda: portal.import_history(failing(), M, id="1", procedure="1", channel="online"),
        lambda: dossier.process_mining.to_ocel(failing(CASE)),
        lambda: Event.from_dict(Failing()),
        lambda: dossier.load_log(Failing()),
        lambda: portal.decode(Failing(), portal.peer("opencps")),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_cause_is_kept(call: Callable[[], object]) -> None:
    with pytest.raises(OnestopError) as caught:
        call()
    assert isinstance(caught.value.__cause__, HostError)


def test_an_error_of_ours_from_the_series_itself_goes_through() -> None:
    def refusing() -> Iterator[Event]:
        yield CASE.events[0]
        yield Event("", T0)

    with pytest.raises(InvalidEventError, match="kind"):
        M.replay(refusing())


@pytest.mark.parametrize("name", ["a\0b", "\ud800"], ids=["NUL", "half a character"])
@pytest.mark.parametrize("load", [dossier.replay, dossier.load_log, dossier.lifecycle.load_sector, portal.load_peer])
def test_a_name_that_no_file_can_have_is_refused(load: Callable[[str], object], name: str) -> None:
    with pytest.raises(InvalidValueError, match="the name of a file"):
        load(name)
