"""The one clock as a value: acts in order, what each leaves on record, what is refused."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidEventError, InvalidValueError, OnestopError, TransitionNotAllowedError
from onestop_core.model import Act, Phase, TimeLimit
from onestop_core.model.clock.acts import after
from onestop_core.model.clock.clock import NOT_STARTED
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

T0 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RUNNING = NOT_STARTED.start(T0, promise=T0 + 7 * DAY)
WAITING = RUNNING.pause(T0 + 2 * DAY, reason=Text(vi="chờ ý kiến", en="an opinion"))
TWO = TimeLimit.parse("2 working days")


def test_each_act_leaves_what_it_did() -> None:
    clock = WAITING.resume(T0 + 4 * DAY, promise=T0 + 9 * DAY).extend(T0 + 5 * DAY, by=TWO, reason="phức tạp")
    clock = clock.reschedule(T0 + 6 * DAY, promise=T0 + 12 * DAY, reason="hoán đổi ngày làm việc").stop(T0 + 8 * DAY)
    assert [(span.phase.value, span.by.value) for span in clock.spans] == [
        ("running", "start"),
        ("paused", "pause"),
        ("running", "resume"),
    ]
    assert [(each.by.value, each.old, each.new) for each in clock.appointments] == [
        ("start", None, T0 + 7 * DAY),
        ("resume", T0 + 7 * DAY, T0 + 9 * DAY),
        ("reschedule", T0 + 9 * DAY, T0 + 12 * DAY),
    ]
    assert [(each.by, each.until, each.reason) for each in clock.extensions] == [(TWO, None, "phức tạp")]
    assert (clock.stopped_at, clock.spans[-1].end, clock.latest) == (T0 + 8 * DAY,) * 3
    assert clock.waits[0].reason == Text(vi="chờ ý kiến", en="an opinion")


def test_a_promise_is_made_at_any_time_and_moves_nothing() -> None:
    before = NOT_STARTED.promise(T0, promise=T0 + DAY)
    assert (before.phase, before.count, before.appointment) == (Phase.NOT_STARTED, 0, before.appointments[0])
    assert before.latest == T0
    started = before.start(T0 + DAY)
    assert started.appointment is None  # the promise was none of this count
    again = started.promise(T0 + DAY, promise=T0 + 3 * DAY)
    assert again.spans == started.spans
    assert again.appointment is not None


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: RUNNING.extend(T0 + DAY), "not both"),
        (lambda: RUNNING.extend(T0 + DAY, promise=T0 + 9 * DAY, by=TWO), "not both"),
        (lambda: RUNNING.take("pause", T0 + DAY, by=TWO), "only an extension"),
        (lambda: RUNNING.take("pause", T0 + DAY, promise=T0 + 9 * DAY), "makes no appointment"),
        (lambda: RUNNING.take("stop", T0 + DAY, promise=T0 + 9 * DAY), "makes no appointment"),
        (lambda: RUNNING.take("promise", T0 + DAY), "needs the appointment"),
        (lambda: RUNNING.take("reschedule", T0 + DAY, reason="lũ lụt"), "needs the appointment"),
        (lambda: RUNNING.take("reschedule", T0 + DAY, promise=T0 + 9 * DAY), "needs a reason"),
        (lambda: RUNNING.pause(T0 - DAY), "before the act before it"),
        (lambda: RUNNING.promise(T0 + DAY, promise=T0 + 9 * DAY).pause(T0), "before the act before it"),
        (lambda: RUNNING.extend(T0 + DAY, by=TWO).pause(T0), "before the act before it"),
    ],
)
def test_an_act_says_what_it_needs_and_no_more(act: Callable[[], Any], words: str) -> None:
    with pytest.raises(InvalidEventError, match=words) as caught:
        act()
    assert caught.value.message.vi != caught.value.message.en


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (lambda: RUNNING.take("sleep", T0), "act"),
        (lambda: RUNNING.take(5, T0), "act"),  # type: ignore[arg-type]
        (lambda: RUNNING.pause(datetime(2026, 3, 3)), "at"),
        (lambda: RUNNING.resume("2026-03-03"), "at"),  # type: ignore[arg-type]
        (lambda: RUNNING.extend(T0 + DAY, promise=datetime(2026, 3, 3)), "promise"),
        (lambda: RUNNING.extend(T0 + DAY, by="2 working days"), "by"),  # type: ignore[arg-type]
        (lambda: RUNNING.as_of("now"), "moment"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_used_is_refused(act: Callable[[], Any], what: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        act()
    assert caught.value.what == what


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (lambda: NOT_STARTED.pause(T0), ("start", "promise", "stop")),
        (lambda: RUNNING.start(T0 + DAY), ("pause", "restart", "extend", "reschedule", "promise", "stop")),
        (lambda: WAITING.pause(T0 + 3 * DAY), ("resume", "restart", "extend", "reschedule", "promise", "stop")),
        (lambda: RUNNING.stop(T0 + DAY).restart(T0 + DAY), ()),
    ],
)
def test_what_a_clock_cannot_do_is_refused_with_what_it_can(act: Callable[[], Any], allowed: tuple[str, ...]) -> None:
    with pytest.raises(TransitionNotAllowedError) as caught:
        act()
    assert caught.value.allowed == allowed


def test_a_clock_travels_and_says_little_of_itself() -> None:
    clock = WAITING.restart(T0 + 4 * DAY).extend(T0 + 5 * DAY, by=TWO, reason="bà Lan vắng")
    for again in (pickle.loads(pickle.dumps(clock)), copy.deepcopy(clock), copy.copy(clock)):  # noqa: S301 - our own
        assert again == clock
        assert hash(again) == hash(clock)
    assert repr(clock) == "<Clock running since 2026-03-06T09:00+07:00, count 2>"
    assert repr(NOT_STARTED) == "<Clock not_started>"
    assert repr(clock.stop(T0 + 6 * DAY)) == "<Clock stopped since 2026-03-08T09:00+07:00, count 2>"
    assert "Lan" not in repr(clock.extensions)


@given(st.lists(st.tuples(st.sampled_from(Act), st.integers(0, 3000)), max_size=14))
def test_spans_partition_the_time_and_a_refusal_changes_nothing(acts: list[tuple[Act, int]]) -> None:
    clock, moment, taken = NOT_STARTED, T0, [NOT_STARTED]
    for act, minutes in acts:
        moment += timedelta(minutes=minutes)
        promise = moment + DAY if act in {"extend", "reschedule", "promise"} else None
        possible = after(clock.phase, act)
        before = clock
        try:
            clock = clock.take(act, moment, promise=promise, reason="x")
        except OnestopError:
            assert possible is None
            assert clock is before
        else:
            assert clock.phase == possible
            taken.append(clock)
    for one, two in zip(clock.spans, clock.spans[1:], strict=False):
        assert one.end == two.start
    assert clock.count == len([span for span in clock.spans if span.by in {"start", "restart"}])
    if clock.spans:
        assert clock.spans[-1].end == clock.stopped_at
        assert clock.counted_from == clock.present[0].start
    assert clock.as_of(moment) == clock
    for then in taken:
        if then.latest is not None:
            seen = clock.as_of(then.latest)
            assert seen.spans[: len(then.spans) - 1] == then.spans[:-1]
