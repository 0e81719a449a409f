"""The explanation and the picture of a clock: receipt, waits, restarts, extensions and moved appointments in one story."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given

from onestop_core import workdays
from onestop_core.deadlines import Deadline, TimeLimit, countdown
from onestop_core.deadlines.terms import StepKind
from onestop_core.model import Clock
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text
from tests.deadlines.histories import CIVIL, HOURS, LIMITS, histories
from tests.deadlines.test_svg import NS, named_signs, signs_of

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier
    from onestop_core.text import Language

FIVE = TimeLimit.parse("5 working days")
PAPERS = Text(vi="bổ sung giấy tờ", en="papers")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}+07:00")


STARTED = Clock().start(at("02T08:20"))


def told(clock: Clock, limit: TimeLimit = FIVE) -> Deadline:
    deadline = countdown(clock, limit, calendar=workdays.calendar("vn-civil")).due(explain=True)
    assert deadline is not None
    return deadline


def lines(deadline: Deadline, *kinds: str, language: Language = "en") -> list[tuple[int, str, str]]:
    return [
        (step.date.day, step.what.value, step.reason.in_(language)) for step in deadline.steps if step.what in kinds
    ]


def test_a_count_begun_anew_tells_what_came_before_and_no_second_receipt() -> None:
    clock = STARTED.pause(at("04T09:00"), reason=PAPERS).resume(at("05T09:00")).pause(at("05T10:00"))
    clock = clock.restart(at("06T08:00")).pause(at("06T09:00"), reason=PAPERS).restart(at("10T09:00"))
    deadline = told(clock)
    assert lines(deadline, "received", "restarted", "paused") == [
        (2, "received", "received at 08:20"),
        (4, "paused", "waiting begins: papers"),
        (5, "paused", "waiting begins"),
        (6, "restarted", "at 08:00, the time is counted again from the beginning"),
        (6, "paused", "waiting begins: papers"),
        (
            10,
            "restarted",
            "at 09:00, the time is counted again from the beginning; 5 working days: the first day is not counted",
        ),
    ]
    assert lines(deadline, "paused", language="vi")[0][2] == "bắt đầu chờ: bổ sung giấy tờ"
    assert (
        "lúc 09:00, thời gian giải quyết tính lại từ đầu; 05 ngày làm việc: không tính ngày đầu tiên"
        in (lines(deadline, "restarted", language="vi")[-1][2])
    )
    begun = next(step for step in deadline.steps if step.date == date(2026, 3, 10))
    assert begun.basis is not None
    assert begun.basis.en == "Decree 118/2025/NĐ-CP, art. 19(5); Civil Code 91/2015/QH13, art. 147(2)"
    assert [step.date.day for step in deadline.steps if step.what is StepKind.COUNTED] == [11, 12, 13, 16, 17]


def test_an_extension_to_a_day_is_told_to_that_day() -> None:
    deadline = told(STARTED.extend(at("04T09:00"), promise=at("16T17:00")))
    assert lines(deadline, "received", "extended", "due") == [
        (2, "received", "received at 08:20; 5 working days: the first day is not counted"),
        (4, "extended", "extended until Mon 2026-03-16"),
        (16, "due", "due at 17:00, Mon 2026-03-16"),
    ]
    more = [(day, what) for day, what, _ in lines(deadline, "counted", "skipped") if day > 9]
    assert more == [
        (10, "counted"),
        (11, "counted"),
        (12, "counted"),
        (13, "counted"),
        (14, "skipped"),
        (15, "skipped"),
        (16, "counted"),
    ]
    assert lines(deadline, "counted", language="vi")[-1][2] == "trong thời gian gia hạn"


def test_days_off_run_in_the_extended_time_of_a_limit_in_which_they_run() -> None:
    deadline = told(STARTED.extend(at("04T09:00"), promise=at("16T17:00")), TimeLimit.parse("5 days"))
    assert [day for day, _, _ in lines(deadline, "counted")] == [*range(3, 8), *range(9, 17)]
    assert [day for day, _, _ in lines(deadline, "skipped")] == [8]  # by which the limit's own last day was moved


def test_a_wait_in_the_extended_time_is_told() -> None:
    clock = STARTED.extend(at("04T09:00"), promise=at("16T17:00")).pause(at("11T09:00")).resume(at("13T09:00"))
    deadline = told(clock)
    assert [day for day, _, _ in lines(deadline, "paused")] == [12, 13]
    assert deadline.day == date(2026, 3, 18)
    assert [day for day, _, _ in lines(deadline, "counted")][-5:] == [10, 11, 16, 17, 18]


def test_an_extension_by_so_much_goes_on_where_the_time_ended_and_is_no_second_receipt() -> None:
    deadline = told(STARTED.extend(at("04T09:00"), by=TimeLimit.parse("3 working days")))
    assert lines(deadline, "received", "extended") == [
        (2, "received", "received at 08:20; 5 working days: the first day is not counted"),
        (4, "extended", "extended by 3 working days"),
        (9, "extended", "extended: 3 working days more"),
    ]
    assert lines(deadline, "extended", language="vi")[1][2] == "đã gia hạn, tính thêm 03 ngày làm việc"
    linked = told(
        STARTED.extend(at("04T09:00"), by=TimeLimit.parse("3 working days")), TimeLimit.parse("2 days + 3 working days")
    )
    assert [reason.partition(",")[0].partition(":")[0] for _, _, reason in lines(linked, "received", "extended")] == [
        "received at 08",
        "step 2 of 2",
        "extended by 3 working days",
        "extended",
    ]


def test_an_extension_by_so_much_after_one_to_a_day_leaves_no_day_untold() -> None:
    clock = STARTED.extend(at("04T09:00"), promise=at("12T17:00"))
    deadline = told(clock.extend(at("10T09:00"), by=TimeLimit.parse("2 working days")))
    assert [step.date.day for step in deadline.steps if step.what in {StepKind.COUNTED, StepKind.SKIPPED}] == [
        *range(3, 17)
    ]
    assert deadline.day == date(2026, 3, 16)


def test_an_appointment_that_was_moved_is_told_in_the_count_in_which_it_was_made() -> None:
    moved = STARTED.reschedule(at("04T09:00"), promise=at("11T17:00"), reason="hoán đổi")
    assert lines(told(moved), "rescheduled") == [(4, "rescheduled", "the appointment is moved to Wed 2026-03-11")]
    assert (
        lines(told(moved), "rescheduled", language="vi")[0][2]
        == "điều chỉnh ngày hẹn trả kết quả sang thứ Tư, 11/03/2026"
    )
    assert lines(told(moved.pause(at("05T09:00")).restart(at("06T09:00"))), "rescheduled") == []


def test_what_happened_after_the_due_day_is_not_told() -> None:
    clock = STARTED.reschedule(at("20T09:00"), promise=at("25T17:00"), reason="bão lũ")
    assert told(clock).steps[-1].what is StepKind.DUE
    assert lines(told(clock), "rescheduled") == []


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("vi", ["tiếp nhận", "chờ", "tính lại", "gia hạn", "điều chỉnh hẹn", "hạn trả"]),
        ("en", ["received", "paused", "counted anew", "extended", "rescheduled", "due"]),
    ],
)
def test_the_picture_tells_the_same_story(language: Language, names: list[str]) -> None:
    clock = (
        STARTED.pause(at("03T09:00"), reason=PAPERS)
        .restart(at("04T09:00"))
        .extend(at("06T09:00"), promise=at("17T17:00"))
    )
    root = ET.fromstring(
        told(clock.reschedule(at("09T09:00"), promise=at("18T17:00"), reason="x")).to_svg(language=language)
    )
    legend = named_signs(root)
    assert len(set(legend)) == len(legend)
    days = [legend[mark] for mark in signs_of(root)]
    assert [name for name in days if name in names] == names
    label = root.get("aria-label") or ""
    assert "02/03/2026" in label or "2026-03-02" in label
    assert sum((each.text or "") == "x" for each in root.iter(f"{NS}text")) == 0


@given(case=histories(), limit=LIMITS)
def test_every_lawful_history_is_one_story(case: Dossier, limit: TimeLimit) -> None:
    deadline = countdown(case, limit, calendar=CIVIL, hours=HOURS).due(explain=True)
    if deadline is None:
        return
    steps, clock = deadline.steps, case.clock
    assert steps[0].what is StepKind.RECEIVED
    assert steps[0].date == clock.spans[0].start.date()
    assert [step.date for step in steps] == sorted(step.date for step in steps)
    assert sum(step.what is StepKind.RESTARTED for step in steps) == len(clock.restarts)
    assert sum(step.what is StepKind.RECEIVED for step in steps) <= len(limit.steps) + (len(limit.steps) - 1 > 0)
    ET.fromstring(deadline.to_svg(language="vi"))
    assert check_schema(deadline.to_receipt(), "deadline-receipt") == ()


def test_two_deadlines_are_equal_when_their_clocks_come_to_the_same() -> None:
    extended = told(STARTED.extend(at("04T09:00"), promise=at("16T17:00")))
    assert extended.extensions == STARTED.extend(at("04T09:00"), promise=at("16T17:00")).extensions
    assert attrs.evolve(extended, clock=None) != extended
    plain = told(STARTED)
    assert plain.clock is not None
    assert (plain.extensions, plain.ended_at) == ((), None)
    assert attrs.evolve(plain, clock=None) == plain
    assert hash(attrs.evolve(plain, clock=None)) == hash(plain)
