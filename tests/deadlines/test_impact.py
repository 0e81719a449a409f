"""Who is moved by a decision: a stream of cases counted before it and after it."""

from __future__ import annotations

import copy
import pickle
import tracemalloc
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, dossier, workdays
from onestop_core.deadlines import Policies, TimeLimit, WorkingHours, countdown, impact
from onestop_core.deadlines.changes import Impact, ImpactKind, OpenCase, Terms
from onestop_core.dossier import Dossier, Event
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.model import Clock
from tests.deadlines.walks import walks
from tests.workdays.test_decisions import decision, made_up, off

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = workdays.calendar("vn-civil", as_of=date(2025, 12, 24))
AFTER = workdays.calendar("vn-civil", as_of=date(2025, 12, 25))
CIVIL = workdays.calendar("vn-civil")
THREE = TimeLimit.parse("3 working days")
HOURS = WorkingHours.parse("07:30-11:30, 13:30-17:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


RECEIVED = at("2025-12-29T09:00")
PROMISED = Clock().start(RECEIVED, promise=at("2026-01-02T17:00"))


def one(of: Any, limit: TimeLimit | str = THREE, old: Any = BEFORE, new: Any = AFTER, **options: Any) -> Impact:
    limit = TimeLimit.parse(limit) if isinstance(limit, str) else limit
    [row] = impact([("1", of, limit)], old, new, **options)
    return row


def test_the_swap_announced_on_25_december_2025_moves_what_fell_between() -> None:
    rows = impact(
        [
            ("due on the day swapped off", RECEIVED, THREE),
            OpenCase(
                id="counted across it, due before the Saturday", of=RECEIVED, limit=TimeLimit.parse("5 working days")
            ),
            ("across both: unmoved", RECEIVED, TimeLimit.parse("12 working days")),
            ("after both", at("2026-01-12T09:00"), THREE),
            ("not received", Clock(), THREE),
        ],
        BEFORE,
        AFTER,
    )
    assert [(row.number, row.id, row.text.en) for row in rows] == [
        (1, "due on the day swapped off", "moved from Fri 2026-01-02 to Mon 2026-01-05"),
        (2, "counted across it, due before the Saturday", "moved from Tue 2026-01-06 to Wed 2026-01-07"),
    ]
    row = one(RECEIVED)
    assert row.text.vi == "hạn chuyển từ thứ Sáu, 02/01/2026 sang thứ Hai, 05/01/2026"
    assert (row.working_days, row.moved, row.because) == (1, timedelta(days=3), (date(2026, 1, 2),))
    assert AFTER.day(row.because[0]).name.vi == "Nghỉ hoán đổi (làm bù 10/01/2026)"
    assert row.kinds == (ImpactKind.LATER, ImpactKind.IN_FORCE)
    assert (row.promised, row.in_force_before, row.in_force_after) == (None, row.before, row.after)


def test_what_was_promised_stays_promised_and_is_to_be_moved() -> None:
    row = one(PROMISED)
    assert (row.promised, row.in_force_after) == (at("2026-01-02T17:00"), at("2026-01-02T17:00"))
    assert row.kinds == (ImpactKind.LATER, ImpactKind.PROMISE_DIFFERS)
    back = one(PROMISED, old=AFTER, new=BEFORE)
    assert back.kinds == (ImpactKind.EARLIER, ImpactKind.PROMISE_AGREES)
    assert back.working_days == -1
    assert back.because == (date(2026, 1, 2),)


def test_every_limit_wait_extension_and_hour_is_counted() -> None:
    assert one(RECEIVED, "4 days").text.en == "moved from Fri 2026-01-02 to Mon 2026-01-05"
    assert one(at("2025-12-02T09:00"), "1 month").after == at("2026-01-05T23:59:59")
    hours = OpenCase(id="1", of=at("2025-12-31T09:00"), limit=TimeLimit.parse("12 working hours"), hours=HOURS)
    [row] = impact([hours], BEFORE, AFTER)
    assert (row.before, row.after) == (at("2026-01-02T15:30"), at("2026-01-05T15:30"))
    waited = Clock().start(RECEIVED).pause(at("2025-12-30T09:00")).resume(at("2026-01-05T09:00"))
    assert list(impact([("1", waited, THREE)], BEFORE, AFTER)) == []  # nobody counts on a day of waiting
    waited = Clock().start(RECEIVED).pause(at("2025-12-30T09:00")).resume(at("2025-12-31T09:00"))
    assert one(waited).text.en == "moved from Mon 2026-01-05 to Tue 2026-01-06"
    longer = Clock().start(RECEIVED).extend(at("2025-12-30T09:00"), by=TimeLimit.parse("1 working day"))
    assert one(longer).text.en == "moved from Mon 2026-01-05 to Tue 2026-01-06"
    stays = Clock().start(RECEIVED).extend(at("2025-12-30T09:00"), promise=at("2026-01-04T17:00"))
    assert list(impact([("1", stays, THREE)], BEFORE, AFTER)) == []  # an extension's day is the day, also on a Sunday


def test_a_wait_after_the_promise_moves_what_is_in_force() -> None:
    clock = Clock().start(RECEIVED, promise=at("2026-01-09T17:00")).pause(at("2025-12-31T09:00"))
    row = one(clock.resume(at("2026-01-05T09:00")), "9 working days")
    assert (row.in_force_before, row.in_force_after) == (at("2026-01-13T17:00"), at("2026-01-10T17:00"))
    assert ImpactKind.IN_FORCE in row.kinds


def test_what_holds_may_move_where_the_count_does_not() -> None:
    # A promise that a wait moves onto the day that is off now, of a limit that goes far beyond it.
    clock = Clock().start(RECEIVED, promise=at("2026-01-01T17:00")).pause(at("2025-12-30T09:00"))
    row = one(clock.resume(at("2025-12-31T09:00")), "21 days")
    assert (row.before, row.after) == (at("2026-01-20T23:59:59"), at("2026-01-20T23:59:59"))
    assert (row.in_force_before, row.in_force_after) == (at("2026-01-02T17:00"), at("2026-01-05T17:00"))
    assert (row.kinds, row.text.en) == ((ImpactKind.IN_FORCE,), "still due Tue 2026-01-20")
    assert (row.text.vi, row.working_days) == ("hạn vẫn là thứ Ba, 20/01/2026", 0)


def test_hours_of_a_decision_take_the_place_of_the_cases() -> None:
    short = WorkingHours.parse("08:00-11:00")
    case = OpenCase(id="1", of=at("2026-03-02T09:00"), limit=TimeLimit.parse("3 working hours"), hours=HOURS)
    [row] = impact([case], CIVIL, Terms(calendar=CIVIL, hours=short))
    assert (row.text.en, row.because) == ("moved from Mon 2026-03-02 to Tue 2026-03-03", ())
    [row] = impact([case], Terms(calendar=CIVIL, hours=WorkingHours.parse("07:00-12:00")), CIVIL)
    assert row.text.en == "moved from 2026-03-02 12:00 to 2026-03-02 14:00"


def test_a_policy_may_be_what_changes() -> None:
    none = Terms(calendar=CIVIL, policies=Policies(end_on_day_off="none"))
    row = one(at("2026-03-02T09:00"), "5 days", old=none, new=CIVIL)
    assert (row.text.en, row.because) == ("moved from Sat 2026-03-07 to Mon 2026-03-09", ())


def test_a_case_that_is_over_may_be_late_by_one_count_and_in_time_by_the_other() -> None:
    done = PROMISED.stop(at("2026-01-05T10:00"))
    assert (one(done).newly_in_time, one(done).newly_late) == (True, False)
    assert one(done, old=AFTER, new=BEFORE).newly_late
    assert not one(PROMISED).newly_in_time  # it is not over, and nobody says what time it is
    assert one(PROMISED, now=at("2026-01-05T08:00")).newly_in_time
    assert not one(PROMISED.stop(at("2025-12-30T10:00"))).newly_in_time


def test_dossiers_are_cases() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="H26-1", procedure="1.012783", channel="in_person", at=RECEIVED)
    case = machine.step(case, Event("received", RECEIVED, due=at("2026-01-02T17:00")))
    assert one(case) == one(PROMISED)
    event = Event("rescheduled", at("2025-12-26T09:00") + timedelta(days=4), reason="hoán đổi ngày làm việc")
    due = deadlines.next_due(case, event, THREE, calendar=AFTER)
    assert due == one(case).after
    moved = machine.step(case, Event("rescheduled", event.at, reason="hoán đổi ngày làm việc", due=due))
    assert list(impact([("1", moved, THREE)], AFTER, AFTER)) == []
    assert countdown(moved, THREE, calendar=AFTER).difference is None


# One bad case is a row.


def test_what_cannot_be_counted_is_a_row_and_not_the_end() -> None:
    bad: list[Any] = [
        None, "abcd", ("1", RECEIVED), ("2", None, THREE), ("3", RECEIVED, "soon"), (4, RECEIVED, THREE),
        ("5", RECEIVED, TimeLimit.parse("0.5 working days")), ("6", at("9999-12-31T09:00"), THREE),
        ("7", datetime(2026, 1, 2), THREE), [], (), object(),
    ]  # fmt: skip
    rows = list(impact([*bad, ("last", RECEIVED, THREE)], BEFORE, AFTER))
    assert [row.number for row in rows] == [*range(1, len(bad) + 2)]
    assert [row.id for row in rows] == [None, None, "1", "2", "3", None, "5", "6", "7", None, None, None, "last"]
    assert [row.error is None for row in rows] == [False] * len(bad) + [True]
    assert isinstance(rows[7].error, CalendarCoverageError)
    assert all(row.moved == timedelta() and row.kinds == () for row in rows[:-1])
    assert rows[3].text.vi.startswith("`of`")
    assert rows[3].to_dict()["error"]["code"] == "invalid-value"


@pytest.mark.parametrize("cases", [None, 5, object()])
def test_what_is_no_series_is_refused_at_once(cases: Any) -> None:
    with pytest.raises(InvalidValueError, match="cases: cannot use"):
        impact(cases, BEFORE, AFTER)


@pytest.mark.parametrize("calendar", [None, 5, "vn-civil", date(2026, 1, 1)])
def test_what_is_no_calendar_is_refused_at_once(calendar: Any) -> None:
    with pytest.raises(InvalidValueError, match="old: cannot use"):
        impact([], calendar, AFTER)
    with pytest.raises(InvalidValueError, match="new: cannot use"):
        impact([], BEFORE, calendar)


def test_a_naive_now_is_refused_at_once() -> None:
    with pytest.raises(InvalidValueError, match="now"):
        impact([], BEFORE, AFTER, now=datetime(2026, 1, 2))


def test_a_stream_that_breaks_says_so() -> None:
    def breaking(error: Exception) -> Iterator[Any]:
        yield ("1", RECEIVED, THREE)
        raise error

    rows = impact(breaking(KeyError("database")), BEFORE, AFTER)
    assert next(rows).id == "1"
    with pytest.raises(InvalidValueError, match="cases: cannot use") as caught:
        next(rows)
    assert isinstance(caught.value.__cause__, KeyError)
    ours = InvalidValueError.of("row", 1, vi="x", en="x")
    with pytest.raises(InvalidValueError, match="row"):
        list(impact(breaking(ours), BEFORE, AFTER))


def test_a_million_cases_need_no_more_memory_than_a_thousand() -> None:
    def cases() -> Iterator[tuple[str, datetime, TimeLimit]]:
        number = 0
        while True:
            number += 1
            yield str(number), RECEIVED + timedelta(minutes=number % 9_000), THREE

    rows = impact(cases(), BEFORE, AFTER)
    first = next(rows)
    assert first.number == 1  # nothing was read ahead: the stream has no end
    for _ in islice(rows, 3_000):
        pass
    tracemalloc.start()
    for _ in islice(rows, 500):
        pass
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    for _ in islice(rows, 2_000):
        pass
    grown = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert grown < 100_000


# As values; against counting twice.


def test_rows_and_cases_are_values() -> None:
    for value in (one(PROMISED), next(impact([None], BEFORE, AFTER)), OpenCase(id="1", of=PROMISED, limit=THREE)):  # type: ignore[list-item]
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert again == value == copy.deepcopy(value)
        assert hash(again) == hash(value)
    assert one(PROMISED).to_dict(language="vi") == {
        "number": 1,
        "id": "1",
        "before": "2026-01-02T23:59:59+07:00",
        "after": "2026-01-05T23:59:59+07:00",
        "promised": "2026-01-02T17:00:00+07:00",
        "in_force_before": "2026-01-02T17:00:00+07:00",
        "in_force_after": "2026-01-02T17:00:00+07:00",
        "working_days": 1,
        "kinds": ["later", "promise_differs"],
        "because": ["2026-01-02"],
        "newly_late": False,
        "newly_in_time": False,
        "text": "hạn chuyển từ thứ Sáu, 02/01/2026 sang thứ Hai, 05/01/2026",
        "error": None,
    }
    assert Impact(number=1, id=None).text.en == "could not be counted"


LIMITS = ("3 working days", "10 days", "1 month", "12 working hours", "1 week + 2 working days", "36 hours")
DECIDED = CIVIL.with_decisions(
    decision(
        days_off=[off("2026-02-06"), off("2026-02-27"), off("2026-03-12")],
        makeup_workdays=[made_up("2026-03-14", "2026-03-12")],
    )
)


@given(walks("vn@decree-118-2025"), st.sampled_from(LIMITS), st.booleans())
def test_a_case_is_listed_exactly_when_a_count_of_it_changes(case: Dossier, text: str, reverse: bool) -> None:
    old, new = (DECIDED, CIVIL) if reverse else (CIVIL, DECIDED)
    limit = TimeLimit.parse(text)
    before, after = (countdown(case, limit, calendar=each, hours=HOURS) for each in (old, new))
    rows = list(impact([OpenCase(id="1", of=case, limit=limit, hours=HOURS)], old, new))
    changed = (before.counted, before.in_force) != (after.counted, after.in_force)
    assert bool(rows) is changed
    for row in rows:
        assert (row.before, row.after) == (before.counted, after.counted)
        assert (row.in_force_before, row.in_force_after) == (before.in_force, after.in_force)
        assert row.promised == before.promised
        assert row.kinds
        assert row.because
        assert all(old.is_workday(day) is not new.is_workday(day) for day in row.because)
        stopped = case.clock.stopped_at
        if stopped is not None and row.before is not None and row.after is not None:
            assert row.newly_late is (row.before >= stopped > row.after)
            assert row.newly_in_time is (row.after >= stopped > row.before)
