"""The clock's record: what ran, what paused, and that the spans leave no hole."""

from __future__ import annotations

import pytest

from onestop_core import dossier
from onestop_core.dossier import Clock, ClockEffect, ClockKind, Event, Policy, SupplementClock
from onestop_core.dossier.clock import NOT_STARTED, after

from .driving import DAY, EDITIONS, T0, opened

MACHINE = dossier.machine(EDITIONS[0])


def run(*steps: tuple[int, str], policy: Policy | None = None) -> Clock:
    case = opened(MACHINE, policy=policy)
    for day, kind in steps:
        reason = "thiếu" if kind in {"supplement_requested", "suspended", "stopped"} else None
        case = MACHINE.step(case, Event(kind=kind, at=T0 + day * DAY, reason=reason))
    return case.clock


def test_before_receipt_nothing_runs() -> None:
    clock = run((0, "supplement_requested"), (2, "supplemented"))
    assert clock == NOT_STARTED
    assert clock.pauses == ()


def test_a_dossier_withdrawn_before_receipt_never_ran() -> None:
    clock = run((0, "withdrawal_requested"), (1, "withdrawal_granted"))
    assert (clock.kind, clock.started_at, clock.stopped_at, clock.spans) == ("stopped", None, T0 + DAY, ())


def test_a_supplement_after_appraisal_counts_again_from_zero() -> None:
    clock = run((0, "received"), (0, "assigned"), (2, "supplement_requested"), (5, "supplemented"), (9, "approved"))
    assert clock.started_at == T0 + 5 * DAY
    assert clock.restarts == (T0 + 5 * DAY,)
    assert clock.pauses == ()  # the wait belongs to the count that was thrown away
    kinds = [span.kind.value for span in clock.spans]
    assert kinds == ["running", "paused", "running"]
    assert clock.spans[-1].end is None


def test_a_supplement_that_pauses_leaves_its_pause_on_record() -> None:
    steps = ((0, "received"), (0, "assigned"), (2, "supplement_requested"), (5, "supplemented"))
    clock = run(*steps, policy=Policy(supplement_clock=SupplementClock.PAUSE))
    assert clock.started_at == T0
    assert clock.restarts == ()
    assert clock.pauses == ((T0 + 2 * DAY, T0 + 5 * DAY),)
    assert clock.spans[1].reason == "supplement_requested"


def test_a_pause_that_lasts_is_open() -> None:
    clock = run((0, "received"), (0, "assigned"), (2, "financial_obligation_set"))
    assert clock.kind == "paused"
    assert clock.pauses == ((T0 + 2 * DAY, None),)


def test_a_pause_in_which_the_case_stops_is_closed() -> None:
    clock = run((0, "received"), (0, "assigned"), (2, "financial_obligation_set"), (4, "stopped"))
    assert clock.pauses == ((T0 + 2 * DAY, T0 + 4 * DAY),)
    assert clock.stopped_at == T0 + 4 * DAY


def test_a_restart_at_the_moment_of_the_pause_leaves_no_pause() -> None:
    clock = run((0, "received"), (0, "assigned"), (0, "supplement_requested"), (0, "supplemented"))
    assert clock.pauses == ()
    assert clock.started_at == T0


@pytest.mark.parametrize("kind", ClockKind)
def test_what_an_effect_does_to_each_kind(kind: ClockKind) -> None:
    possible = {effect for effect in ClockEffect if after(kind, effect) is not None}
    assert (
        possible
        == {
            "not_started": {"none", "start", "stop"},
            "running": {"none", "pause", "restart", "stop"},
            "paused": {"none", "resume", "restart", "stop"},
            "stopped": {"none"},
        }[kind.value]
    )


def test_a_running_clock_can_be_restarted() -> None:
    clock = Clock().take(ClockEffect.START, T0, "received").take(ClockEffect.RESTART, T0 + DAY, "processing")
    assert [(span.start, span.end) for span in clock.spans] == [(T0, T0 + DAY), (T0 + DAY, None)]
    assert clock.started_at == T0 + DAY
