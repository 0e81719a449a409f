"""Whole explanations, whole pictures and whole messages: what the laws of counting cannot see."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from onestop_core import workdays
from onestop_core.deadlines import (
    ClockAct,
    ClockEvent,
    LimitStep,
    ProcessingClock,
    Session,
    TimeLimit,
    WorkingHours,
    due,
)
from onestop_core.errors import InvalidEventError, InvalidValueError, OnestopError
from tests.deadlines.scenarios import HOURS, SCENARIOS, counted

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
CIVIL = workdays.calendar("vn-civil")
MONDAY = datetime.fromisoformat("2026-03-02T09:00+07:00")
FIVE = TimeLimit.parse("5 working days")
NAIVE = datetime(2026, 3, 2, 9, 0)


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_explanation_reads_as_it_was_read_when_it_was_approved(name: str) -> None:
    approved = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    found = counted(name)
    assert {"vi": found.to_dict("vi"), "en": found.to_dict("en")} == approved
    assert found.to_dict() == approved["en"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["across-tet", "with-a-pause", "days-that-end-on-a-holiday", "linked", "a-year"])
def test_a_picture_looks_as_it_looked_when_it_was_approved(name: str, language: Literal["vi", "en"]) -> None:
    assert counted(name).to_svg(language=language) == (GOLDEN / f"{name}.{language}.svg").read_bytes().decode()


def test_a_picture_is_in_english_unless_asked_otherwise() -> None:
    assert counted("across-tet").to_svg() == counted("across-tet").to_svg(language="en")


def running() -> ProcessingClock:
    return ProcessingClock(limit=FIVE, calendar=CIVIL).start(MONDAY)


def count(**options: Any) -> object:
    return due(MONDAY, FIVE, calendar=CIVIL, **options)


@pytest.mark.parametrize(
    ("ask", "vi", "en"),
    [
        (
            lambda: count(pauses=[(MONDAY, datetime.fromisoformat("2026-03-01T09:00+07:00"))]),
            "pause: không dùng được '2026-03-02T09:00:00+07:00/2026-03-01T09:00:00+07:00'; cần kết thúc sau khi bắt đầu",
            "pause: cannot use '2026-03-02T09:00:00+07:00/2026-03-01T09:00:00+07:00'; expected an end not before its start",
        ),
        (
            lambda: count(pauses=[(1, 2, 3)]),
            "pause: không dùng được (1, 2, 3); cần cặp (bắt đầu, kết thúc)",
            "pause: cannot use (1, 2, 3); expected a pair (start, end)",
        ),
        (lambda: count(pauses=[(NAIVE, None)]), "pause: không", "pause: cannot use '2026-03-02T09:00:00'"),
        (lambda: count(pauses=[(MONDAY, NAIVE)]), "pause: không", "pause: cannot use '2026-03-02T09:00:00'"),
        (
            lambda: due(MONDAY, "5 days", calendar=CIVIL),  # type: ignore[arg-type]
            "limit: không dùng được '5 days'; cần một TimeLimit",
            "limit: cannot use '5 days'; expected a TimeLimit, as TimeLimit.parse returns it",
        ),
        (
            lambda: due(MONDAY, TimeLimit.parse("0.5 working days"), calendar=CIVIL),
            "limit: không dùng được '0.5 working days'; cần hours= khi thời hạn có phần lẻ của ngày",
            "limit: cannot use '0.5 working days'; expected hours=, since the limit has a part of a day",
        ),
        (lambda: count(end_on_day_off="x"), "end_on_day_off: không", "end_on_day_off: cannot use 'x'; expected one of"),
        (lambda: count(late_receipt="x"), "late_receipt: không", "late_receipt: cannot use 'x'; expected one of"),
        (lambda: due(NAIVE, FIVE, calendar=CIVIL), "received_at: không", "received_at: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).status(now=NAIVE), "now: không", "now: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).left(at=NAIVE), "at: không", "at: cannot use"),
        (lambda: due(MONDAY, FIVE, calendar=CIVIL).used(until=NAIVE), "until: không", "until: cannot use"),
        (lambda: running().status(now=NAIVE), "now: không", "now: cannot use"),
        (lambda: running().pause(NAIVE), "at: không", "at: cannot use"),
        (lambda: ClockEvent(act="fly", at=MONDAY), "act: không", "act: cannot use 'fly'; expected one of start"),
        (
            lambda: Session.parse("7-11"),
            "session: không dùng được '7-11'; cần buổi làm việc như 07:30-11:30",
            "session: cannot use '7-11'; expected a session such as 07:30-11:30",
        ),
        (
            lambda: Session(opens=time(11, 0), closes=time(7, 0)),
            "session: không dùng được '11:00-07:00'; cần buổi làm việc như 07:30-11:30",
            "session: cannot use '11:00-07:00'; expected a session such as 07:30-11:30",
        ),
        (
            lambda: HOURS.add(CIVIL, MONDAY, Fraction(-1)),
            "amount: không dùng được Fraction(-1, 1); cần số giờ chính xác, không âm",
            "amount: cannot use Fraction(-1, 1); expected exact hours, not negative",
        ),
        (lambda: HOURS.add(CIVIL, NAIVE, 1), "moment: không", "moment: cannot use"),
        (lambda: HOURS.between(CIVIL, NAIVE, MONDAY), "start: không", "start: cannot use"),
        (lambda: HOURS.between(CIVIL, MONDAY, NAIVE), "end: không", "end: cannot use"),
        (
            lambda: LimitStep(unit="days", amount=Fraction(1, 2)),
            "amount: không dùng được '0.5'; cần số dương đến 9999, số nguyên",
            "amount: cannot use '0.5'; expected a positive number up to 9999, whole",
        ),
        (
            lambda: LimitStep(unit="working_days", amount=Fraction(1, 3)),
            "amount: không dùng được Fraction(1, 3); cần số dương đến 9999, tối đa hai chữ số thập phân",
            "amount: cannot use Fraction(1, 3); expected a positive number up to 9999 with at most two decimals",
        ),
        (
            lambda: LimitStep(unit="moons", amount=1),
            "unit: không dùng được 'moons'; cần một trong: working_days, ",
            "unit: cannot use 'moons'; expected one of working_days, working_hours, days",
        ),
        (
            lambda: TimeLimit(steps=()),
            "steps: không dùng được (); cần từ 1 đến 20 bước",
            "steps: cannot use (); expected from 1 to 20 steps",
        ),
    ],
)
def test_what_cannot_be_used_is_named_in_both_languages(ask: Callable[[], object], vi: str, en: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ask()
    assert caught.value.message.en.startswith(en)
    assert caught.value.message.vi.startswith(vi)


@pytest.mark.parametrize(
    ("ask", "vi", "en"),
    [
        (
            lambda: ProcessingClock(limit=FIVE, calendar=CIVIL).due(),
            "sự kiện start không hợp lệ: chưa có tiếp nhận",
            "invalid event start: the clock has not been started",
        ),
        (
            lambda: running().take(ClockEvent(act=ClockAct.EXTEND, at=MONDAY)),
            "sự kiện extend không hợp lệ: gia hạn, và chỉ gia hạn, cần by=",
            "invalid event extend: an extension, and nothing else, takes by=",
        ),
        (
            lambda: running().pause(datetime.fromisoformat("2026-03-01T09:00+07:00")),
            "sự kiện pause không hợp lệ: ",
            "invalid event pause: ",
        ),
    ],
)
def test_what_a_clock_refuses_is_told_in_both_languages(ask: Callable[[], object], vi: str, en: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        ask()
    assert caught.value.message.en.startswith(en)
    assert caught.value.message.vi.startswith(vi)


def test_a_clock_says_before_what_an_event_came() -> None:
    with pytest.raises(InvalidEventError, match="2026-03-02T09:00:00"):
        running().pause(datetime.fromisoformat("2026-03-01T09:00+07:00"))


def test_a_clock_says_state_act_and_what_was_allowed() -> None:
    stopped = running().stop(MONDAY)
    with pytest.raises(OnestopError) as caught:
        stopped.pause(MONDAY)
    assert str(caught.value) == "state stopped does not take event pause; it is final"
    with pytest.raises(
        OnestopError, match=r"state running does not take event resume; allowed: pause, restart, extend, stop"
    ):
        running().resume(MONDAY)


def test_reasons_are_kept_with_the_acts() -> None:
    from onestop_core.text import Text

    why = Text(vi="lấy ý kiến", en="opinion asked for")
    later = datetime.fromisoformat("2026-03-04T09:00+07:00")
    clock = running().pause(later, reason=why).restart(later, reason=why)
    assert [event.reason for event in clock.events] == [None, why, why]
    extended = running().extend(later, by=TimeLimit.parse("2 working days"), reason=why)
    assert extended.events[-1].reason == why


@pytest.mark.parametrize("amount", [Decimal("1.5"), Fraction(3, 2)])
def test_hours_are_added_exactly_whatever_the_number(amount: Decimal | Fraction) -> None:
    assert HOURS.add(CIVIL, MONDAY, amount).isoformat() == "2026-03-02T10:30:00+07:00"


def test_the_hours_of_a_week_and_of_a_document_agree() -> None:
    assert WorkingHours.from_document(HOURS.to_document()) == HOURS
    assert [str(session) for session in HOURS.sessions(CIVIL, date(2026, 1, 10))] == ["07:30-11:30", "13:30-17:00"]
