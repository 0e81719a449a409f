from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import ClockAct, ClockEvent, ClockState, ProcessingClock, TimeLimit, WorkingHours, due
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    InvalidValueError,
    OnestopError,
    TransitionNotAllowedError,
)
from onestop_core.text import Text
from tests.deadlines.slow import at

if TYPE_CHECKING:
    from collections.abc import Callable

CIVIL = workdays.calendar("vn-civil")
FIVE = TimeLimit.parse("5 working days")
NEW = ProcessingClock(limit=FIVE, calendar=CIVIL)
RUNNING = NEW.start(at("2026-03-02 09:00"))
WAITING = Text(vi="chờ bổ sung", en="waits for a supplement")


def test_a_clock_that_only_runs_is_due_as_the_limit_says() -> None:
    assert RUNNING.due() == due(at("2026-03-02 09:00"), FIVE, calendar=CIVIL)
    assert RUNNING.due(explain=True).steps
    assert RUNNING.elapsed(now=at("2026-03-04 10:00")).text.en == "2 working days"
    assert RUNNING.remaining(now=at("2026-03-04 10:00")).text.en == "3 working days"
    assert RUNNING.remaining(now=at("2026-03-24 10:00")).amount == 0
    assert RUNNING.status(now=at("2026-03-04 10:00")).text.en == "3 working days left"


def test_pause_and_resume_for_whatever_the_law_of_the_procedure_pauses() -> None:
    basis = Text(vi="Luật riêng", en="Its own law")
    paused = RUNNING.pause(at("2026-03-04 09:00"), reason=WAITING, basis=basis)
    assert paused.state is ClockState.PAUSED
    assert paused.pauses == ((at("2026-03-04 09:00"), None),)
    assert paused.status(now=at("2026-03-30 09:00")).text.en == "paused, 3 working days left"
    assert paused.elapsed(now=at("2026-03-30 09:00")).text.en == "2 working days"
    resumed = paused.resume(at("2026-03-10 09:00"))
    assert [(s.running, s.reason, s.basis) for s in resumed.spans] == [
        (True, None, None),
        (False, WAITING, basis),
        (True, None, None),
    ]
    assert resumed.due().day.isoformat() == "2026-03-13"
    assert resumed.status(now=at("2026-03-16 09:00")).text.en == "overdue by 1 working day"


def test_a_supplement_restarts_the_time_from_the_beginning() -> None:
    clock = RUNNING.pause(at("2026-03-04 09:00")).restart(at("2026-03-10 09:00"), reason=WAITING)
    assert clock.counted_from == at("2026-03-10 09:00")
    assert clock.pauses == ()
    assert clock.due().day.isoformat() == "2026-03-17"
    assert clock.elapsed(now=at("2026-03-11 09:00")).text.en == "1 working day"
    last = clock.spans[-1]
    assert last.basis is not None
    assert last.basis.en.startswith("Decree 118/2025")
    old = ProcessingClock(limit=FIVE, calendar=CIVIL).start(at("2024-03-04 09:00")).restart(at("2024-03-06 09:00"))
    assert old.spans[-1].basis == Text(vi="Nghị định 61/2018/NĐ-CP, Điều 19(4)", en="Decree 61/2018/NĐ-CP, art. 19(4)")
    own = ClockEvent(act=ClockAct.RESTART, at=at("2026-03-11 09:00"), basis=WAITING)
    assert clock.take(own).spans[-1].basis == WAITING


def test_one_extension_with_its_apology_a_day_before() -> None:
    two = TimeLimit.parse("2 working days")
    extended = RUNNING.extend(at("2026-03-08 20:00"), by=two, reason=WAITING)  # the eve of the last day
    assert extended.due().day.isoformat() == "2026-03-11"
    assert extended.spans == RUNNING.spans
    with pytest.raises(GuardError, match="at most once") as twice:
        extended.extend(at("2026-03-09 09:00"), by=two)
    assert twice.value.guard == "extension_once"
    with pytest.raises(GuardError, match="one day before") as late:
        RUNNING.extend(at("2026-03-09 07:00"), by=two)
    assert late.value.guard == "apology_in_time"
    assert late.value.basis is not None
    assert "recalled" in late.value.basis.en
    again = extended.restart(at("2026-03-10 09:00"))
    assert again.due().day.isoformat() == "2026-03-17"
    with pytest.raises(GuardError):
        again.extend(at("2026-03-11 09:00"), by=two)


def test_a_case_that_is_over_says_how_it_ended() -> None:
    early, late = RUNNING.stop(at("2026-03-06 09:00")), RUNNING.stop(at("2026-03-11 09:00"))
    assert early.stopped_at == early.spans[-1].end == at("2026-03-06 09:00")
    assert early.status(now=at("2026-05-01 09:00")).text.en == "finished, 1 working day to spare"
    assert early.status(now=at("2026-03-03 09:00")).text.en == "4 working days left"
    assert early.elapsed(now=at("2026-05-01 09:00")).text.en == "4 working days"
    assert late.status(now=at("2026-05-01 09:00")).text.vi == "đã xong, quá hạn 2 ngày làm việc"
    paused = RUNNING.pause(at("2026-03-04 09:00")).stop(at("2026-06-05 09:00"))
    assert paused.status(now=at("2026-06-05 09:00")).code == "finished"


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (lambda: NEW.pause(at("2026-03-02 09:00")), ("start",)),
        (lambda: NEW.stop(at("2026-03-02 09:00")), ("start",)),
        (lambda: RUNNING.start(at("2026-03-03 09:00")), ("pause", "restart", "extend", "stop")),
        (lambda: RUNNING.resume(at("2026-03-03 09:00")), ("pause", "restart", "extend", "stop")),
        (
            lambda: RUNNING.pause(at("2026-03-03 09:00")).extend(at("2026-03-03 10:00"), by=FIVE),
            ("resume", "restart", "stop"),
        ),
        (lambda: RUNNING.stop(at("2026-03-03 09:00")).restart(at("2026-03-03 10:00")), ()),
    ],
)
def test_what_a_clock_cannot_do_is_refused(act: Callable[[], Any], allowed: tuple[str, ...]) -> None:
    with pytest.raises(TransitionNotAllowedError) as caught:
        act()
    assert caught.value.allowed == allowed


def test_events_are_in_order_and_say_what_they_need() -> None:
    with pytest.raises(InvalidEventError, match="before the event before it"):
        RUNNING.pause(at("2026-03-02 08:59"))
    with pytest.raises(InvalidEventError, match="takes by="):
        RUNNING.take(ClockEvent(act=ClockAct.EXTEND, at=at("2026-03-03 09:00")))
    with pytest.raises(InvalidEventError, match="takes by="):
        RUNNING.take(ClockEvent(act=ClockAct.PAUSE, at=at("2026-03-03 09:00"), by=FIVE))
    for ask in (
        NEW.due,
        lambda: NEW.status(now=at("2026-03-03 09:00")),
        lambda: NEW.elapsed(now=at("2026-03-03 09:00")),
    ):
        with pytest.raises(InvalidEventError, match="has not been started"):
            ask()
    with pytest.raises(InvalidValueError):
        RUNNING.pause(datetime(2026, 3, 3, 9))
    with pytest.raises(InvalidValueError, match="act"):
        ClockEvent(act="sleep", at=at("2026-03-03 09:00"))


@given(st.lists(st.tuples(st.sampled_from(ClockAct), st.integers(0, 3000)), max_size=12))
def test_spans_partition_the_time_and_a_refusal_changes_nothing(acts: list[tuple[ClockAct, int]]) -> None:
    hours = WorkingHours.parse("07:00-11:30, 13:30-17:00")
    clock = ProcessingClock(limit=FIVE, calendar=CIVIL, hours=hours)
    moment = at("2026-03-02 09:00")
    for act, minutes in acts:
        moment += timedelta(minutes=minutes)
        event = ClockEvent(act=act, at=moment, by=TimeLimit.parse("1 working day") if act is ClockAct.EXTEND else None)
        before = (clock.events, clock.spans, clock.state)
        try:
            clock = clock.take(event)
        except OnestopError:
            assert (clock.events, clock.spans, clock.state) == before
    assert ProcessingClock.replay(clock.events, limit=FIVE, calendar=CIVIL, hours=hours) == clock
    for one, two in pairwise(clock.spans):
        assert one.end == two.start
    if clock.spans:
        assert clock.spans[0].start == clock.events[0].at
        assert clock.spans[-1].end == clock.stopped_at
        never_paused = due(clock.counted_from or moment, FIVE, calendar=CIVIL, hours=hours)
        assert clock.due().at >= never_paused.at
        assert clock.elapsed(now=moment).amount >= 0
