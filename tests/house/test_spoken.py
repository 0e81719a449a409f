"""What a desk is told in Vietnamese names states, events, roles and conditions as officers do; codes stay in the fields."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from onestop_core import dossier
from onestop_core.dossier.lifecycle import DueRule
from onestop_core.errors import InvalidEventError, OnestopError
from onestop_core.model import Clock
from onestop_core.model.clock.acts import Act
from tests.house.vietnamese import Said, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.dossier import Dossier, Machine

EDITIONS: Final = tuple(edition.reference for edition in dossier.lifecycle.editions())
START: Final = datetime(2026, 9, 7, 1, tzinfo=UTC)


def codes(machine: Machine) -> frozenset[str]:
    table = machine.lifecycle
    axes = {code for axis in table.axes for code in (axis.code, *(state.code for state in axis.states))}
    rows = (table.states, table.events, table.guards)
    return frozenset({row.code for each in rows for row in each} | set(table.roles) | axes | {"created"})


def tried(machine: Machine, kind: str, at: datetime) -> Iterator[dossier.Event]:
    rule = machine.lifecycle.event(kind)
    due = at + timedelta(days=9) if rule.due is DueRule.REQUIRED else None
    task = "thuế" if rule.task is not None else None
    strikes = (1,) if rule.strikes else ()
    why = rule.reason_codes[0] if rule.reason_codes else None
    whole = dossier.Event(
        kind=kind,
        at=at,
        reason="lý do",
        due=due,
        task=task,
        to_unit="H26.14",
        event=strikes,
        reason_code=why,
        papers=("Đơn", "Bản đồ"),
    )
    yield whole
    yield dossier.Event(kind=kind, at=at)
    yield dossier.Event(kind=kind, at=at, role="applicant", reason="lý do", due=at + timedelta(days=2), task="đất")
    yield dossier.Event(kind=kind, at=at, role="clerk", reason="lý do", due=at - timedelta(days=2), event=(1, 2))
    yield dossier.Event(kind=kind, at=at - timedelta(days=90), reason="lý do")


@cache
def heard(edition: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what is refused from every state that can be reached, in Vietnamese, and the codes that were meant."""
    machine = dossier.machine(edition)
    opened = [
        machine.new(id="1", procedure="1.012783", channel=channel, at=START, required_papers=("Đơn", "Bản đồ"))
        for channel in machine.lifecycle.initial
    ]
    messages: set[str] = set()
    kinds = [event.code for event in machine.lifecycle.events]
    found: dict[str, Dossier] = {case.state: case for case in opened}
    fresh = list(found.values())
    while fresh:
        case = fresh.pop()
        for kind in kinds:
            for event in tried(machine, kind, case.events[-1].at + timedelta(days=1)):
                try:
                    after = machine.step(case, event)
                except OnestopError as refusal:
                    messages.add(refusal.message.vi)
                    continue
                if after.state not in found:
                    found[after.state] = after
                    fresh.append(after)
    assert len(found) >= len(machine.lifecycle.states) // 2
    return tuple(sorted(messages)), codes(machine)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_refusal_names_nothing_by_its_code(edition: str) -> None:
    messages, meant = heard(edition)
    assert len(messages) > 100
    wrong = [message for message in messages if meant & set(re.findall(r"[a-z_]+", message))]
    assert wrong == []
    assert [message for message in messages if faults(Said("here", "here", message))] == []


def test_a_refusal_keeps_the_codes_in_its_fields() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.012783", channel="in_person", at=START)
    with pytest.raises(OnestopError) as refused:
        machine.step(case, dossier.Event(kind="delivered", at=START))
    told = refused.value.to_dict(language="vi")
    assert told["event"] == "delivered"
    assert told["state"] == "presented"
    assert "received" in told["allowed"]
    assert "delivered" not in told["message"]


def test_an_event_that_is_not_sound_is_named_too() -> None:
    with pytest.raises(InvalidEventError) as refused:
        dossier.event("received", datetime(2026, 9, 7))
    assert refused.value.message.vi.startswith("sự kiện “Tiếp nhận” không hợp lệ")
    with pytest.raises(InvalidEventError) as unknown:
        dossier.Event(kind="recieved", at=datetime(2026, 9, 7))
    assert unknown.value.message.vi.startswith("sự kiện “recieved” không hợp lệ")


def test_a_race_and_a_key_name_the_event() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.012783", channel="in_person", at=START)
    received = dossier.Event(kind="received", at=START, key="k")
    with pytest.raises(InvalidEventError) as lost:
        machine.step(case, received, expected_version=9)
    assert lost.value.message.vi.startswith("sự kiện “Tiếp nhận” không hợp lệ: hồ sơ đã ở phiên bản 1")
    with pytest.raises(InvalidEventError) as used:
        machine.step(
            machine.step(case, received), dossier.Event(kind="not_received", at=START, key="k", reason="thiếu")
        )
    assert used.value.message.vi.startswith("sự kiện “Từ chối tiếp nhận” không hợp lệ: khóa")
    assert used.value.to_dict()["used_for"] == "received"


def test_an_empty_log_is_no_event() -> None:
    with pytest.raises(InvalidEventError) as refused:
        dossier.machine("vn@decree-118-2025").replay([])
    assert refused.value.message.vi == "nhật ký không hợp lệ: nhật ký phải bắt đầu bằng sự kiện “Nộp hồ sơ”"


def test_a_clock_is_spoken_of_in_words() -> None:
    running = Clock().start(START)
    told: list[str] = []
    for clock in (Clock(), running, running.pause(START), running.stop(START)):
        for act in Act:
            for promise in (None, START + timedelta(days=1)):
                try:
                    clock.take(act, START, promise=promise)
                except OnestopError as refusal:
                    told.append(refusal.message.vi)
    assert len(told) > 10
    assert [each for each in told if {act.value for act in Act} & set(re.findall(r"[a-z_]+", each))] == []
