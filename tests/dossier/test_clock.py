"""What a machine writes into the clock of a dossier: what ran, what waited and for what, what was promised."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import Event, Policy
from onestop_core.dossier.lifecycle import SupplementClock
from onestop_core.model import Act, Clock, Phase
from onestop_core.model.clock.clock import NOT_STARTED

from .driving import DAY, EDITIONS, HOUR, T0, opened

MACHINE = dossier.machine(EDITIONS[0])
PAUSE = Policy(supplement_clock=SupplementClock.PAUSE)


def run(*steps: tuple[int, str], policy: Policy | None = None, **dues: int) -> Clock:
    """The clock after events on the days given; *dues*: the day promised by an event of that kind."""
    case = opened(MACHINE, policy=policy)
    for day, kind in steps:
        extra: dict[str, Any] = {"due": T0 + dues[kind] * DAY} if kind in dues else {}
        reasoned = {"supplement_requested", "suspended", "stopped", "extended", "rescheduled"}
        case = MACHINE.step(
            case, Event(kind=kind, at=T0 + day * DAY, reason="x" if kind in reasoned else None, **extra)
        )
    return case.clock


def test_before_receipt_nothing_runs() -> None:
    clock = run((0, "supplement_requested"), (2, "supplemented"))
    assert clock == NOT_STARTED
    assert (clock.pauses, clock.counted_from, clock.appointment) == ((), None, None)


def test_an_appointment_before_the_receipt_is_none_of_the_time_that_is_counted() -> None:
    asked = run((0, "supplement_requested"), (2, "supplemented"), supplemented=9)
    assert asked.appointment is not None
    received = run((0, "supplement_requested"), (2, "supplemented"), (3, "received"), supplemented=9)
    assert (received.appointment, len(received.appointments)) == (None, 1)


def test_a_dossier_withdrawn_before_receipt_never_ran() -> None:
    clock = run((0, "withdrawal_requested"), (1, "withdrawal_granted"))
    assert (clock.phase, clock.counted_from, clock.stopped_at, clock.spans) == ("stopped", None, T0 + DAY, ())


def test_a_supplement_after_appraisal_counts_again_from_zero() -> None:
    clock = run(
        (0, "received"), (0, "assigned"), (2, "supplement_requested"), (5, "supplemented"), (9, "approved"), received=7
    )
    assert clock.counted_from == T0 + 5 * DAY
    assert clock.restarts == (T0 + 5 * DAY,)
    assert clock.pauses == ()  # the wait belongs to the count that was thrown away
    assert [span.phase.value for span in clock.spans] == ["running", "paused", "running"]
    assert [span.by.value for span in clock.spans] == ["start", "pause", "restart"]
    assert [span.event for span in clock.spans] == ["received", "supplement_requested", "supplemented"]
    assert clock.spans[-1].end is None
    # The promise went with the count in which it was made.
    assert (clock.count, clock.appointment, [each.count for each in clock.appointments]) == (2, None, [1])


def test_a_supplement_that_pauses_leaves_its_wait_on_record() -> None:
    steps = ((0, "received"), (0, "assigned"), (2, "supplement_requested"), (5, "supplemented"))
    clock = run(*steps, policy=PAUSE, received=7)
    assert clock.counted_from == T0
    assert clock.restarts == ()
    assert clock.pauses == ((T0 + 2 * DAY, T0 + 5 * DAY),)
    [wait] = clock.waits
    assert wait.papers
    assert wait.reason is not None
    assert wait.reason == MACHINE.lifecycle.state("supplement_requested").name
    assert clock.appointment is not None


def test_a_wait_that_lasts_is_open() -> None:
    clock = run((0, "received"), (0, "assigned"), (2, "financial_obligation_set"))
    assert clock.phase == "paused"
    assert clock.pauses == ((T0 + 2 * DAY, None),)
    assert not clock.waits[0].papers


def test_a_wait_in_which_the_case_stops_is_closed() -> None:
    clock = run((0, "received"), (0, "assigned"), (2, "financial_obligation_set"), (4, "stopped"))
    assert clock.pauses == ((T0 + 2 * DAY, T0 + 4 * DAY),)
    assert clock.stopped_at == T0 + 4 * DAY


def test_a_restart_at_the_moment_of_the_pause_leaves_no_pause() -> None:
    clock = run((0, "received"), (0, "assigned"), (0, "supplement_requested"), (0, "supplemented"))
    assert clock.pauses == ()
    assert clock.counted_from == T0
    assert len(clock.spans) == 3


def test_an_extension_and_a_new_appointment_are_two_things() -> None:
    steps = ((0, "received"), (0, "assigned"))
    extended = run(*steps, (2, "extended"), received=7, extended=9)
    assert [(each.at, each.until, each.count) for each in extended.prolonged] == [(T0 + 2 * DAY, T0 + 9 * DAY, 1)]
    moved = run(*steps, (2, "rescheduled"), received=7, rescheduled=9)
    assert moved.prolonged == ()
    for clock, act in ((extended, Act.EXTEND), (moved, Act.RESCHEDULE)):
        assert clock.appointment is not None
        assert (clock.appointment.by, clock.appointment.old, clock.appointment.new) == (act, T0 + 7 * DAY, T0 + 9 * DAY)
        assert clock.appointment.reason == "x"


def test_the_appointment_as_waited_is_later_by_the_wait_and_by_no_other() -> None:
    steps = ((0, "received"), (0, "assigned"), (2, "financial_obligation_set"))
    waiting = run(*steps, received=7)
    assert waiting.promised_by(T0 + 3 * DAY) == T0 + 8 * DAY
    done = run(*steps, (6, "financial_obligation_met"), received=7)
    assert done.promised_by(T0 + 30 * DAY) == T0 + 11 * DAY
    late = run(*steps, received=1)
    assert late.promised_by(T0 + 30 * DAY) == T0 + DAY  # a wait that begins after it has passed heals nothing
    assert run((0, "received")).promised_by(T0) is None
    again = run(*steps, (4, "rescheduled"), (6, "financial_obligation_met"), received=7, rescheduled=9)
    assert again.promised_by(T0 + 30 * DAY) == T0 + 11 * DAY  # only what was waited since it was made


def test_the_clock_as_it_stood_is_the_clock_of_the_log_until_then() -> None:
    case = opened(MACHINE, policy=PAUSE)
    clocks = []
    for number, (kind, due) in enumerate(
        (
            ("received", 7),
            ("assigned", None),
            ("extended", 12),
            ("supplement_requested", None),
            ("supplemented", None),
            ("approved", None),
            ("result_handed_over", None),
        )
    ):
        at = T0 + number * DAY
        case = MACHINE.step(case, Event(kind=kind, at=at, reason="x", due=None if due is None else T0 + due * DAY))
        clocks.append((at, case.clock))
    for at, then in clocks:
        assert case.clock.as_of(at) == then
        assert case.clock.as_of(at + HOUR) == then
    assert case.clock.as_of(T0 - HOUR) == NOT_STARTED
    for left, right in pairwise(case.clock.spans):
        assert left.end == right.start


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_takes_the_acts_of_the_table_and_no_other(phase: Phase) -> None:
    from onestop_core.model.clock.acts import after

    assert {act.value for act in Act if after(phase, act) is not None} == {
        "not_started": {"start", "promise", "stop"},
        "running": {"pause", "restart", "extend", "reschedule", "promise", "stop"},
        "paused": {"resume", "restart", "extend", "reschedule", "promise", "stop"},
        "stopped": set(),
    }[phase.value]
