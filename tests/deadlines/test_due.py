from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import workdays
from onestop_core.deadlines import Deadline, Policies, TimeLimit, WorkingHours, due
from onestop_core.deadlines.terms import EndOnDayOff, LateReceipt, StatusCode, StepKind
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from tests.deadlines.slow import VIETNAM_2026, at

if TYPE_CHECKING:
    from collections.abc import Sequence

CIVIL = workdays.calendar("vn-civil")
OFFICE = WorkingHours.parse("07:00-11:30, 13:30-17:00")


def count(received: str, limit: str, *, calendar: Any = CIVIL, **options: Any) -> Deadline:
    return due(at(received), TimeLimit.parse(limit), calendar=calendar, **options)


def day_of(received: str, limit: str, **options: Any) -> str:
    return count(received, limit, **options).day.isoformat()


def pauses(*spans: tuple[str, str | None]) -> Sequence[tuple[datetime, datetime | None]]:
    return [(at(first), at(last) if last else None) for first, last in spans]


def test_five_working_days_across_tet_2026() -> None:
    deadline = count("2026-02-12 09:30", "5 working days", explain=True)
    assert deadline.at.isoformat() == "2026-02-26T23:59:59+07:00"
    assert deadline.certainty == "announced"
    told = [(step.date.day, step.what.value) for step in deadline.steps]
    assert told == [
        (12, "received"),
        (13, "counted"),
        *((n, "skipped") for n in (14, 15, 16, 17, 18, 19, 20, 21, 22)),
        *((n, "counted") for n in (23, 24, 25, 26)),
        (26, "due"),
    ]
    assert "Tết" in deadline.steps[4].reason.vi
    assert deadline.steps[0].basis is not None
    assert deadline.steps[0].basis.en == "Civil Code 91/2015/QH13, art. 147(2)"


def test_the_fast_and_the_explained_way_agree_and_so_does_the_fake_calendar() -> None:
    fast, told = count("2026-02-12 09:30", "5 working days"), count("2026-02-12 09:30", "5 working days", explain=True)
    assert fast.steps == ()
    assert fast.explained() == told
    assert told.explained() is told
    assert fast.at == count("2026-02-12 09:30", "5 working days", calendar=VIETNAM_2026).at


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        # the year's end, with 2 January 2026 swapped for Saturday the 10th
        ("2025-12-31 16:00", "1 working day", "2026-01-05"),
        ("2026-01-09 08:00", "1 working day", "2026-01-10"),
        ("2026-01-08 08:00", "3 working days", "2026-01-12"),
        ("2026-01-10 08:00", "1 working day", "2026-01-12"),
        ("2026-08-21 08:00", "1 working day", "2026-08-22"),
        # received on a day off: that day is not counted either
        ("2026-02-14 08:00", "1 working day", "2026-02-23"),
        ("2026-02-17 23:59", "2 working days", "2026-02-24"),
        # calendar periods
        ("2026-03-02 08:00", "3 days", "2026-03-05"),
        ("2026-03-03 08:00", "4 days", "2026-03-09"),
        ("2026-02-12 08:00", "3 days", "2026-02-23"),
        ("2026-01-31 08:00", "1 month", "2026-03-02"),
        ("2028-01-31 08:00", "1 month", "2028-02-29"),
        ("2028-02-29 08:00", "1 year", "2029-02-28"),
        ("2025-02-28 08:00", "1 month", "2025-03-28"),
        ("2025-10-31 08:00", "6 months", "2026-05-04"),
        # within the day
        ("2026-03-02 08:00", "within the day", "2026-03-02"),
        ("2026-03-02 15:00", "within the day", "2026-03-02"),
        ("2026-03-02 15:01", "within the day", "2026-03-03"),
        ("2026-02-13 15:01", "within the day", "2026-02-23"),
        ("2026-02-14 08:00", "within the day", "2026-02-23"),
        ("2026-03-02 16:30", "immediately", "2026-03-02"),
        ("2026-02-14 16:30", "immediately", "2026-02-23"),
        # linked
        ("2026-02-12 09:30", "5 working days + 2 working days", "2026-03-02"),
        ("2026-02-12 09:30", "5 working days + 1 day", "2026-02-27"),
        ("2026-03-02 09:30", "1 working day + within the day", "2026-03-04"),
    ],
)
def test_published_and_boundary_dates(received: str, limit: str, expected: str) -> None:
    deadline = count(received, limit)
    assert deadline.at.isoformat() == f"{expected}T23:59:59+07:00"
    assert deadline.explained().steps[-1].date == deadline.day


def test_only_the_first_step_of_a_chain_is_received_at_the_desk() -> None:
    assert day_of("2026-03-02 16:00", "1 working day + 1 working day", late_receipt="every_limit") == "2026-03-05"


def test_with_office_hours_the_moment_is_the_close_of_the_last_session() -> None:
    deadline = count("2026-02-12 09:30", "5 working days", hours=OFFICE, explain=True)
    assert deadline.at == at("2026-02-26 17:00")
    assert deadline.steps[-1].basis is None
    assert count("2026-02-12 09:30", "3 days", hours=OFFICE, end_on_day_off="none").at == at("2026-02-15 23:59:59")


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-02-12 09:30", "8 working hours", "2026-02-13 09:30"),
        ("2026-02-12 07:00", "4.5 working hours", "2026-02-12 11:30"),
        ("2026-02-12 06:00", "8 working hours", "2026-02-12 17:00"),
        ("2026-02-12 12:00", "1 working hours", "2026-02-12 14:30"),
        ("2026-02-13 16:30", "1 working hour", "2026-02-23 07:30"),
        ("2026-02-14 10:00", "4 working hours", "2026-02-23 11:00"),
        ("2026-02-13 16:00", "0.5 working days", "2026-02-23 10:00"),
        ("2026-01-09 16:00", "2.5 working hours", "2026-01-10 08:30"),
    ],
)
def test_working_hours_run_in_sessions_only(received: str, limit: str, expected: str) -> None:
    deadline = count(received, limit, hours=OFFICE, explain=True)
    assert deadline.at == at(expected)
    assert deadline.steps[-1].date == deadline.day
    assert deadline.steps[0].what is StepKind.RECEIVED


def test_a_limit_in_hours_without_hours_takes_the_packaged_ones_and_a_part_of_a_day_does_not() -> None:
    assert count("2026-02-12 09:30", "8 working hours").at == at("2026-02-13 09:30")
    with pytest.raises(InvalidValueError, match="part of a day"):
        count("2026-02-12 09:30", "0.5 working days")


def test_hours_are_told_day_by_day() -> None:
    deadline = count(
        "2026-02-12 16:59", "1 working hour", explain=True, pauses=pauses(("2026-02-12 17:00", "2026-02-23 17:30"))
    )
    assert deadline.at == at("2026-02-24 07:59")
    kinds = [(s.date.day, s.what.value) for s in deadline.steps]
    assert kinds[:3] == [(12, "received"), (12, "counted"), (13, "paused")]
    assert kinds[-4:] == [(22, "skipped"), (23, "paused"), (24, "counted"), (24, "due")]
    late = count("2026-03-02 18:00", "1 working hour", explain=True)
    assert [(s.date.day, s.what.value) for s in late.steps] == [
        (2, "received"),
        (2, "skipped"),
        (3, "counted"),
        (3, "due"),
    ]
    assert late.steps[1].reason.en == "outside office hours"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "2026-03-09"),
        ([("2026-03-04 09:00", "2026-03-10 09:00")], "2026-03-13"),
        ([("2026-03-04 09:00", "2026-03-04 16:00")], "2026-03-09"),
        ([("2026-03-06 09:00", "2026-03-08 16:00")], "2026-03-09"),
        ([("2026-03-07 09:00", "2026-03-09 16:00")], "2026-03-10"),
        # the request comes on the last day: what was left is the day itself
        ([("2026-03-09 09:00", "2026-03-11 16:00")], "2026-03-11"),
        # overlapping, touching, before receipt and after the end
        ([("2026-03-04 09:00", "2026-03-06 09:00"), ("2026-03-05 09:00", "2026-03-10 09:00")], "2026-03-13"),
        ([("2026-03-06 09:00", "2026-03-10 09:00"), ("2026-03-04 09:00", "2026-03-06 09:00")], "2026-03-13"),
        ([("2026-02-23 09:00", "2026-02-27 09:00")], "2026-03-09"),
        ([("2026-02-23 09:00", "2026-03-03 09:00")], "2026-03-10"),
        ([("2026-03-10 09:00", "2026-03-20 09:00")], "2026-03-09"),
        # a second pause begins after the old due day, before the new one
        ([("2026-03-04 09:00", "2026-03-10 09:00"), ("2026-03-12 09:00", "2026-03-13 09:00")], "2026-03-16"),
        # open: the earliest it can be
        ([("2026-03-04 09:00", None)], "2026-03-09"),
        # open, and known to have lasted until another wait ended or began
        ([("2026-03-04 09:00", None), ("2026-03-05 09:00", "2026-03-06 09:00")], "2026-03-11"),
        ([("2026-03-03 09:00", "2026-03-05 09:00"), ("2026-03-05 09:00", None)], "2026-03-11"),
        ([("2026-03-03 09:00", "2026-03-05 09:00"), ("2026-03-05 09:01", None)], "2026-03-11"),
        # over on a day off, when all the time was used: the next working day is left to finish
        ([("2026-03-09 08:00", "2026-03-14 20:00")], "2026-03-16"),
    ],
)
def test_pauses_add_the_working_days_of_waiting(spans: list[tuple[str, str | None]], expected: str) -> None:
    deadline = count("2026-03-02 09:00", "5 working days", pauses=pauses(*spans), explain=True)
    assert deadline.day.isoformat() == expected
    assert sum(step.what is StepKind.COUNTED for step in deadline.steps) == 5


@pytest.mark.parametrize(
    ("limit", "span", "expected"),
    [
        ("10 days", ("2026-03-04 09:00", "2026-03-06 09:00"), "2026-03-16"),
        ("10 days", ("2026-03-04 09:00", "2026-03-05 09:00"), "2026-03-13"),
        ("10 days", ("2026-03-20 09:00", "2026-03-25 09:00"), "2026-03-12"),
        ("1 month", ("2026-03-04 09:00", "2026-03-06 09:00"), "2026-04-06"),
        ("within the day", ("2026-03-02 10:00", "2026-03-04 10:00"), "2026-03-04"),
        ("8 working hours", ("2026-03-02 10:00", "2026-03-04 10:00"), "2026-03-05"),
        ("8 working hours", ("2026-03-05 10:00", "2026-03-06 10:00"), "2026-03-03"),
        ("8 working hours", ("2026-03-02 10:00", None), "2026-03-03"),
        ("10 days", ("2026-03-04 09:00", None), "2026-03-12"),
    ],
)
def test_every_kind_of_limit_can_be_paused(limit: str, span: tuple[str, str | None], expected: str) -> None:
    deadline = count("2026-03-02 09:00", limit, pauses=pauses(span), explain=True)
    assert deadline.day.isoformat() == expected
    assert deadline.steps[-1].date == deadline.day


def test_what_a_pause_adds_to_a_month_is_told() -> None:
    deadline = count(
        "2026-03-02 09:00", "1 month", pauses=pauses(("2026-03-04 09:00", "2026-03-06 09:00")), explain=True
    )
    kinds = [(s.date.isoformat()[5:], s.what.value) for s in deadline.steps]
    assert kinds == [
        *(("03-02", "received"), ("03-05", "paused"), ("03-06", "paused"), ("04-04", "counted"), ("04-04", "moved")),
        *(("04-05", "skipped"), ("04-06", "due")),
    ]
    assert "2 days of waiting" in deadline.steps[3].reason.en


def test_the_end_of_a_calendar_period_by_policy() -> None:
    # 3 + 28 days from 30 March 2026: Monday 27 April is in lieu of Hùng Kings' day, Sunday the 26th
    limit = "28 days"
    assert day_of("2026-03-30 08:00", limit) == "2026-04-28"
    assert day_of("2026-03-30 08:00", limit, end_on_day_off="strict_civil_code") == "2026-04-27"
    assert day_of("2026-03-30 08:00", limit, end_on_day_off=EndOnDayOff.NONE) == "2026-04-27"
    # a made-up Saturday: a working day to the agency, a weekend day to the code
    assert day_of("2026-08-20 08:00", "2 days") == "2026-08-22"
    assert day_of("2026-08-20 08:00", "2 days", end_on_day_off="strict_civil_code") == "2026-08-24"
    # Sunday moves to Monday the 31st, swapped off: the agency is closed, the code does not name the day
    assert day_of("2026-08-27 08:00", "3 days", end_on_day_off="strict_civil_code") == "2026-08-31"
    # a day of Tết and a holiday move in every reading but "none"
    assert day_of("2026-02-12 08:00", "5 days", end_on_day_off="strict_civil_code") == "2026-02-23"
    assert day_of("2026-04-29 08:00", "1 day", end_on_day_off="strict_civil_code") == "2026-05-04"
    assert day_of("2026-04-29 08:00", "1 day", end_on_day_off="none") == "2026-04-30"
    deadline = count("2026-03-30 08:00", limit, end_on_day_off="none")
    assert deadline.policies == Policies(end_on_day_off=EndOnDayOff.NONE)
    assert deadline.explained().policies == deadline.policies


@pytest.mark.parametrize(
    ("policy", "ordinary", "same_day"),
    [
        (LateReceipt.SAME_DAY_LIMITS, "2026-02-23", "2026-02-23"),
        (LateReceipt.EVERY_LIMIT, "2026-02-24", "2026-02-23"),
        (LateReceipt.NO_LIMIT, "2026-02-23", "2026-02-13"),
    ],
)
def test_receipt_after_three_in_the_afternoon(policy: LateReceipt, ordinary: str, same_day: str) -> None:
    late = "2026-02-13 15:01"
    assert day_of(late, "1 working day", late_receipt=policy) == ordinary
    assert day_of(late, "within the day", late_receipt=policy) == same_day
    assert day_of("2026-02-12 15:00", "1 working day", late_receipt=policy) == "2026-02-13"


def test_late_receipt_is_told() -> None:
    told = count("2026-02-13 15:01", "1 working day", late_receipt="every_limit", explain=True).steps
    assert [(s.date.day, s.what.value) for s in told[-4:]] == [
        (22, "skipped"),
        (23, "skipped"),
        (24, "counted"),
        (24, "due"),
    ]
    assert "after 15:00" in told[-3].reason.en
    pause = pauses(("2026-02-13 16:00", "2026-02-23 08:00"))
    assert day_of("2026-02-13 15:01", "1 working day", late_receipt="every_limit", pauses=pause) == "2026-02-24"
    late = count("2026-03-02 16:00", "within the day", explain=True)
    assert "after 15:00" in late.steps[1].reason.en


def test_days_are_those_of_vietnam_whatever_the_zone() -> None:
    limit = TimeLimit.parse("1 working day")
    utc = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)  # already Tuesday there
    assert due(utc, limit, calendar=CIVIL).day == date(2026, 3, 4)
    west = utc.astimezone(timezone(timedelta(hours=-8)))
    assert due(west, limit, calendar=CIVIL) == due(utc, limit, calendar=CIVIL)


def test_certainty_changes_with_what_is_announced() -> None:
    assert count("2027-12-31 08:00", "1 working day").certainty == "predicted"
    before = workdays.calendar("vn-civil", as_of=date(2025, 6, 1))
    assert count("2025-12-31 08:00", "1 working day", calendar=before).certainty == "predicted"
    told = count("2027-12-31 08:00", "1 working day", explain=True)
    assert "predicted" in told.steps[1].reason.en


@pytest.mark.parametrize("bad", [datetime(2026, 3, 2), date(2026, 3, 2), "2026-03-02T08:00+07:00", None, 5])
def test_only_aware_moments_are_counted_from(bad: Any) -> None:
    limit = TimeLimit.parse("1 working day")
    for options in ({}, {"explain": True}):
        with pytest.raises(InvalidValueError, match="received_at"):
            due(bad, limit, calendar=CIVIL, **options)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="pause"):
        due(at("2026-03-02 08:00"), limit, calendar=CIVIL, pauses=[(bad, None)])
    with pytest.raises(InvalidValueError, match="now"):
        due(at("2026-03-02 08:00"), limit, calendar=CIVIL).status(now=bad)


@pytest.mark.parametrize(
    "options",
    [
        {"limit": "5 working days"},
        {"limit": None},
        {"end_on_day_off": "maybe"},
        {"late_receipt": "maybe"},
        {"pauses": [(at("2026-03-03 08:00"), at("2026-03-02 08:00"))]},
        {"pauses": [at("2026-03-03 08:00")]},
        {"pauses": [(at("2026-03-03 08:00"),)]},
    ],
)
def test_what_cannot_be_used_is_refused(options: dict[str, Any]) -> None:
    given = {"limit": TimeLimit.parse("1 working day"), "calendar": CIVIL, **options}
    with pytest.raises(InvalidValueError):
        due(at("2026-03-02 08:00"), **given)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarCoverageError):
        count("2050-12-31 08:00", "1 working day")
    with pytest.raises(CalendarCoverageError):
        count("2011-12-31 08:00", "1 working day")
    with pytest.raises(CalendarCoverageError):
        count("2050-12-31 08:00", "100 years")
    for limit in ("100 years", "9999 days"):
        with pytest.raises(InvalidValueError, match="before the year 10000"):
            count("9999-12-30 08:00", limit)


@pytest.mark.parametrize(
    ("now", "code", "text"),
    [
        ("2026-03-01 09:00", "not_started", "not started"),
        ("2026-03-02 09:00", "running", "5 working days left"),
        ("2026-03-06 23:00", "running", "1 working day left"),
        ("2026-03-07 09:00", "running", "1 working day left"),
        ("2026-03-09 09:00", "due_today", "due today"),
        ("2026-03-09 17:00", "due_today", "due today"),
        ("2026-03-09 17:01", "overdue", "overdue by less than a working day"),
        ("2026-03-10 07:00", "overdue", "overdue by 1 working day"),
        ("2026-03-15 07:00", "overdue", "overdue by 4 working days"),
    ],
)
def test_status_at_a_moment(now: str, code: str, text: str) -> None:
    status = count("2026-03-02 09:00", "5 working days", hours=OFFICE).status(now=at(now))
    assert (status.code.value, status.text.en) == (code, text)
    assert status.to_dict(language="vi")["text"] == status.text.vi != text


def test_status_in_working_hours() -> None:
    deadline = count("2026-03-02 09:00", "8 working hours", pauses=pauses(("2026-03-02 10:00", "2026-03-02 11:00")))
    assert deadline.at == at("2026-03-03 10:00")
    assert deadline.status(now=at("2026-03-02 09:30")).text.en == "7 h 30 min of working time left"
    assert deadline.status(now=at("2026-03-02 10:30")).text.vi == "tạm ngừng tính thời hạn, còn 7 giờ làm việc"
    assert deadline.status(now=at("2026-03-03 10:20")).text.en == "overdue by 20 min of working time"
    assert deadline.status(now=at("2026-03-03 10:20")).to_dict() == {
        "code": "overdue",
        "amount": "1/3",
        "unit": "working_hours",
        "text": "overdue by 20 min of working time",
    }
    assert deadline.used(until=at("2026-03-02 14:00")).amount == 2
    assert deadline.left(at=at("2026-03-02 09:00")).amount == 8


def test_status_in_and_after_a_pause() -> None:
    closed = count("2026-03-02 09:00", "5 working days", pauses=pauses(("2026-03-04 09:00", "2026-03-10 09:00")))
    assert closed.status(now=at("2026-03-06 09:00")).text.en == "paused, 3 working days left"
    assert closed.status(now=at("2026-03-10 09:00")).text.en == "3 working days left"
    assert closed.used(until=at("2026-03-11 09:00")).text.en == "3 working days"
    opened = count("2026-03-02 09:00", "5 working days", pauses=pauses(("2026-03-04 09:00", None)))
    assert opened.status(now=at("2026-06-01 09:00")).text.vi == "tạm ngừng tính thời hạn, còn 03 ngày làm việc"
    # a pause that begins after the limit has passed heals nothing
    late = count("2026-03-02 09:00", "1 working day", pauses=pauses(("2026-03-05 09:00", None)))
    assert late.status(now=at("2026-03-06 09:00")).code is StatusCode.OVERDUE
    # all the time was used when the pause began, and it ended on a day off
    spent = count("2026-03-02 09:00", "4 working days", pauses=pauses(("2026-03-06 09:00", "2026-03-08 09:00")))
    assert [spent.status(now=at(f"2026-03-{n} 08:00")).code.value for n in ("06", "07", "09")] == [
        "running",
        "paused",
        "due_today",
    ]
    early = count("2026-03-05 09:00", "1 working day", pauses=pauses(("2026-03-04 09:00", None)))
    assert early.status(now=at("2026-03-20 09:00")).text.en == "paused, 1 working day left"


def test_the_json_form() -> None:
    deadline = count("2026-03-02 09:00", "1 working day")
    assert deadline.to_dict() == {"due_at": "2026-03-03T23:59:59+07:00", "certainty": "announced", "steps": []}
    told = deadline.explained().to_dict(language="vi")["steps"]
    assert [list(step) for step in told] == [["date", "what", "reason", "basis"]] * 3
    assert told[0]["reason"] == "nhận lúc 09:00; 01 ngày làm việc: không tính ngày đầu tiên"
    assert told[1]["basis"] is None


def test_a_make_up_day_is_named_where_it_is_counted() -> None:
    told = count("2026-01-09 08:00", "1 working day", explain=True)
    assert told.steps[1].basis is not None
    assert told.steps[1].reason.en.startswith("working day 1 of 1: ")


def test_a_pause_that_begins_at_the_due_moment_still_counts() -> None:
    at_close = pauses(("2026-03-09 17:00", "2026-03-11 08:00"))
    assert count("2026-03-02 09:00", "5 working days", hours=OFFICE, pauses=at_close).at == at("2026-03-11 17:00")
    after = pauses(("2026-03-09 17:01", "2026-03-11 08:00"))
    assert count("2026-03-02 09:00", "5 working days", hours=OFFICE, pauses=after).at == at("2026-03-09 17:00")
    in_hours = pauses(("2026-03-03 09:00", "2026-03-04 09:00"))
    assert count("2026-03-02 09:00", "8 working hours", pauses=in_hours).at == at("2026-03-04 09:00")


def test_the_edges_of_pauses() -> None:
    spans = pauses(("2026-03-04 09:00", "2026-03-05 09:00"), ("2026-03-05 09:00", "2026-03-06 09:00"))
    deadline = count("2026-03-02 09:00", "5 working days", pauses=spans)
    assert deadline.pauses == ((at("2026-03-04 09:00"), at("2026-03-06 09:00")),)
    assert deadline.status(now=at("2026-03-04 09:00")).code is StatusCode.PAUSED
    assert deadline.status(now=at("2026-03-06 09:00")).code is StatusCode.RUNNING
    assert deadline.status(now=at("2026-03-09 09:00")).text.en == "2 working days left"


def test_the_last_announced_day_is_announced() -> None:
    assert count("2027-12-30 08:00", "1 working day").day == CIVIL.announced_until
    assert count("2027-12-30 08:00", "1 working day").certainty == "announced"
