"""What a refusal says: fields for programs, names of the table for people, and never what was just refused."""

from __future__ import annotations

import pickle
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import dossier
from onestop_core.dossier import Event, Machine, Policy
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    KeyReusedError,
    OnestopError,
    TransitionNotAllowedError,
    VersionConflictError,
)

from .driving import EDITIONS, T0, lawful, opened, reached, story

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.dossier import Dossier

MACHINES = tuple(dossier.machine(edition) for edition in EDITIONS)
HOUR = timedelta(hours=1)


def refusals(machine: Machine) -> list[tuple[str, Event, OnestopError]]:
    """Every refusal of a lawful event in a state that does not take it, and of a role that may not."""
    found: list[tuple[str, Event, OnestopError]] = []
    for case in reached(machine.id).values():
        for kind in machine.lifecycle.events:
            for role in (None, "wizard"):
                event = attrs.evolve(lawful(machine, case, kind.code), role=role)
                try:
                    machine.step(case, event)
                except OnestopError as error:
                    found.append((case.state, event, error))
    return found


@pytest.mark.parametrize("machine", MACHINES, ids=EDITIONS)
def test_a_refusal_names_states_events_and_roles_in_vietnamese(machine: Machine) -> None:
    found = [row for row in refusals(machine) if isinstance(row[2], TransitionNotAllowedError)]
    assert len(found) > 500
    for state, event, error in found:
        assert isinstance(error, TransitionNotAllowedError)
        words = error.message.vi
        assert f"“{machine.lifecycle.state(state).name.vi}”" in words
        assert f"“{machine.lifecycle.event(event.kind).name.vi}”" in words
        listed = error.allowed if type(error) is TransitionNotAllowedError else ()
        for code in listed:
            assert f"“{machine.lifecycle.event(code).name.vi}”" in words
        # Codes stand in the fields, and nowhere in the sentence.
        assert not re.search(r"[a-z]+_[a-z]+|\([a-z]+\)", words), words


@pytest.mark.parametrize("machine", MACHINES, ids=EDITIONS)
def test_what_was_refused_is_not_said_to_be_allowed(machine: Machine) -> None:
    found = [error for _, _, error in refusals(machine) if isinstance(error, TransitionNotAllowedError)]
    assert any(error.allowed for error in found)
    assert [error for error in found if error.event in error.allowed] == []


def test_a_suspension_that_the_policy_forbids_is_not_offered_again() -> None:
    case = story(MACHINES[1], opened(MACHINES[1]), "received", "assigned")
    with pytest.raises(GuardError) as caught:
        MACHINES[1].step(case, lawful(MACHINES[1], case, "suspended"))
    assert "suspended" not in caught.value.allowed
    assert caught.value.allowed == MACHINES[1].allowed(case)
    assert "(đã tạm dừng 00 lần, được 00 lần)" in caught.value.message.vi


def test_a_refusal_counts_what_was_done_and_what_is_allowed() -> None:
    machine = MACHINES[1]
    case = machine.new(id="1", procedure="1", channel="post", at=T0, policy=Policy(max_supplements=2))
    case = story(machine, case, "received", "assigned", "supplement_requested", "supplemented")
    case = story(machine, case, "supplement_requested", "supplemented")
    with pytest.raises(GuardError) as caught:
        machine.step(case, lawful(machine, case, "supplement_requested"))
    assert caught.value.reason.vi == "đã yêu cầu bổ sung 02 lần sau thẩm định; không được yêu cầu quá 02 lần"
    assert caught.value.reason.en == "papers were already asked for after appraisal (2; allowed 2)"


def test_a_lost_race_has_an_error_of_its_own_with_both_versions() -> None:
    machine = MACHINES[1]
    case = story(machine, opened(machine), "received")
    for expected in (0, 1, 3, 99):
        with pytest.raises(VersionConflictError) as caught:
            machine.step(case, lawful(machine, case, "assigned"), expected_version=expected)
        assert (caught.value.expected, caught.value.actual) == (expected, 2)
        assert caught.value.to_dict(language="vi")["code"] == "version-conflict"
        assert pickle.loads(pickle.dumps(caught.value)) == caught.value  # noqa: S301
    assert machine.step(case, lawful(machine, case, "assigned"), expected_version=2).version == 3


def test_a_retry_with_the_time_of_the_server_is_the_same_event() -> None:
    machine = MACHINES[1]
    case = opened(machine)
    first = Event(kind="received", at=T0 + HOUR, key="a", actor="lan")
    after = machine.step(case, first)
    for later in (timedelta(0), timedelta(milliseconds=3), HOUR, -HOUR):
        again = attrs.evolve(first, at=first.at + later)
        assert machine.step(after, again) is after
        # A repeated event is answered whatever the caller believes the version to be.
        assert machine.step(after, again, expected_version=1) is after
        assert machine.replay([*after.events, again]) == after
    assert machine.step(after, attrs.evolve(first, at=first.at + HOUR)).effects is after.effects


@pytest.mark.parametrize(
    "change",
    [{"actor": "minh"}, {"kind": "not_received"}, {"reason": "khác"}, {"papers": ("Đơn",)}, {"due": T0 + 9 * HOUR}],
    ids=str,
)
def test_a_key_used_for_something_else_has_an_error_of_its_own(change: dict[str, Any]) -> None:
    machine = MACHINES[1]
    first = Event(kind="received", at=T0 + HOUR, key="a", actor="lan")
    after = machine.step(opened(machine), first)
    other = attrs.evolve(first, at=T0 + 2 * HOUR, **change)
    repeats: tuple[Callable[[], Dossier], ...] = (
        lambda: machine.step(after, other),
        lambda: machine.replay([*after.events, other]),
    )
    for repeat in repeats:
        with pytest.raises(KeyReusedError) as caught:
            repeat()
        assert (caught.value.key, caught.value.used_for) == ("a", "received")
        assert caught.value.to_dict()["code"] == "key-reused"


def test_a_moment_a_little_too_early_says_which_one_to_send() -> None:
    machine = MACHINES[1]
    case = machine.step(opened(machine), Event(kind="received", at=T0 + timedelta(microseconds=500_000)))
    with pytest.raises(InvalidEventError) as caught:
        machine.step(case, Event(kind="assigned", at=T0 + timedelta(microseconds=499_500)))
    assert caught.value.reason.vi == (
        "thời điểm 09:30:00,4995 ngày 12/02/2026 trước sự kiện cuối; cần từ 09:30:00,5 ngày 12/02/2026 trở đi"
    )
    assert "send 2026-02-12 09:30:00.5 or later" in caught.value.reason.en
    assert caught.value.message.vi.startswith("sự kiện “Phân công thụ lý” không hợp lệ")


def test_a_foreign_role_is_echoed_in_eighty_characters_at_most() -> None:
    machine = MACHINES[1]
    with pytest.raises(GuardError) as caught:
        machine.step(opened(machine), Event(kind="received", at=T0, role="x" * 4_000))
    assert len(caught.value.message.vi) < 600
    assert "“" + "x" * 80 + "”" in caught.value.message.vi
