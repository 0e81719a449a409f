"""Laws that hold for every deadline, against a slow and obvious second implementation."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import TimeLimit, WorkingHours, due
from onestop_core.deadlines.terms import StepKind
from tests.deadlines.slow import DAY, VIETNAM_2026, SlowCalendar, months_later, working_days_later

CIVIL = workdays.calendar("vn-civil")
OFFICE = WorkingHours.parse("07:00-11:30, 13:30-17:00")

MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2027, 6, 30), timezones=st.just(timezone(timedelta(hours=7))))
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DAYS_OF_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
RANDOM_CALENDARS = st.builds(
    SlowCalendar,
    off=st.dictionaries(DAYS_OF_2026, st.sampled_from(["holiday", "tet", "swap_off", "day_in_lieu"]), max_size=60),
    made_up=st.dictionaries(DAYS_OF_2026.filter(lambda day: day.weekday() == 5), st.none() | DAYS_OF_2026, max_size=6),
)
CALENDARS = st.sampled_from([CIVIL, VIETNAM_2026]) | RANDOM_CALENDARS
RECEIPTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(timezone(timedelta(hours=7))))
LIMITS = st.one_of(
    st.builds(TimeLimit.of, st.integers(1, 30), st.sampled_from(["working_days", "days", "working_hours"])),
    st.builds(TimeLimit.of, st.integers(1, 12), st.just("months")),
    st.sampled_from(
        [TimeLimit.parse(text) for text in ("within the day", "immediately", "1 year", "1.25 working days")]
    ),
)
CHAINS = st.lists(LIMITS, min_size=1, max_size=3).map(lambda parts: sum(parts[1:], parts[0]))
GAPS = st.integers(-5 * 24 * 60, 40 * 24 * 60)


@st.composite
def waits(draw: st.DrawFn, received: datetime) -> list[tuple[datetime, datetime | None]]:
    out: list[tuple[datetime, datetime | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        start = received + timedelta(minutes=draw(GAPS))
        length = draw(st.none() | st.integers(0, 15 * 24 * 60))
        out.append((start, None if length is None else start + timedelta(minutes=length)))
    return out


@given(received=MOMENTS, n=st.integers(1, 40))
def test_working_days_agree_with_counting_one_by_one(received: datetime, n: int) -> None:
    deadline = due(received, TimeLimit.of(n, "working_days"), calendar=CIVIL)
    assert deadline.day == working_days_later(CIVIL, received.date(), n, ())
    assert CIVIL.count(received.date(), deadline.day) == n


@given(calendar=CALENDARS, received=RECEIPTS, n=st.integers(1, 20), data=st.data())
def test_working_days_with_pauses_agree_with_counting_one_by_one(
    calendar: Any, received: datetime, n: int, data: st.DataObject
) -> None:
    spans = [(a, b) for a, b in data.draw(waits(received)) if b is not None]
    # the slow way knows days only; keep pauses a day apart
    spans.sort()
    assume(all(one[1].date() < two[0].date() for one, two in pairwise(spans)))
    deadline = due(received, TimeLimit.of(n, "working_days"), calendar=calendar, pauses=spans)
    expected = working_days_later(
        calendar, received.date(), n, [(a.date(), b.date()) for a, b in spans if b > received]
    )
    assert deadline.day == expected


@given(received=MOMENTS, n=st.integers(1, 24), unit=st.sampled_from(["months", "years", "days"]))
def test_calendar_periods_agree_with_the_almanac(received: datetime, n: int, unit: str) -> None:
    n = min(n, 3) if unit == "years" else n
    day = received.date()
    last = day + n * DAY if unit == "days" else months_later(day, n * (12 if unit == "years" else 1))
    limit = TimeLimit.of(n, unit)
    assert due(received, limit, calendar=CIVIL, end_on_day_off="none").day == last
    while not CIVIL.is_workday(last):
        last += DAY
    assert due(received, limit, calendar=CIVIL).day == last


@given(calendar=CALENDARS, received=RECEIPTS, limit=CHAINS, hours=st.sampled_from([OFFICE]), data=st.data())
def test_no_result_is_due_on_a_day_that_is_not_worked(
    calendar: Any, received: datetime, limit: TimeLimit, hours: WorkingHours, data: st.DataObject
) -> None:
    deadline = due(received, limit, calendar=calendar, hours=hours, pauses=data.draw(waits(received)))
    assert calendar.is_workday(deadline.day)
    assert deadline.at >= received or deadline.day == received.date()


@given(
    calendar=CALENDARS,
    received=RECEIPTS,
    limit=CHAINS,
    policy=st.sampled_from(["next_working_day", "strict_civil_code", "none"]),
    data=st.data(),
)
def test_a_pause_never_brings_the_date_forward(
    calendar: Any, received: datetime, limit: TimeLimit, policy: str, data: st.DataObject
) -> None:
    spans = data.draw(waits(received))

    def at(pauses: list[tuple[datetime, datetime | None]]) -> datetime:
        return due(received, limit, calendar=calendar, hours=OFFICE, pauses=pauses, end_on_day_off=policy).at

    without = at([])
    assert at(spans) >= without
    closed = [(a, b) for a, b in spans if b is not None]
    longer = [(a, b + timedelta(days=1)) for a, b in closed]
    assert at([*longer]) >= at([*closed]) >= without
    assert at(list(reversed(spans))) == at(spans)


@given(
    calendar=CALENDARS,
    received=RECEIPTS,
    limit=CHAINS,
    late=st.sampled_from(["same_day_limits", "every_limit", "no_limit"]),
    data=st.data(),
)
def test_the_explanation_agrees_with_the_date(
    calendar: Any, received: datetime, limit: TimeLimit, late: str, data: st.DataObject
) -> None:
    pauses = data.draw(waits(received))
    plain = due(received, limit, calendar=calendar, hours=OFFICE, pauses=pauses, late_receipt=late)
    told = due(received, limit, calendar=calendar, hours=OFFICE, pauses=pauses, late_receipt=late, explain=True)
    assert told.at == plain.at
    assert plain.explained() == told
    assert plain.steps == ()
    dates = [step.date for step in told.steps]
    assert dates == sorted(dates)
    assert dates[0] == received.date()
    assert (told.steps[0].what, told.steps[-1].what) == (StepKind.RECEIVED, StepKind.DUE)
    assert dates[-1] == told.day
    # every day from the receipt to the due day is accounted for, unless months are counted at one stroke
    if not any(step.unit in {"months", "years"} for step in limit.steps):
        assert set(dates) == {dates[0] + n * DAY for n in range((dates[-1] - dates[0]).days + 1)}
    if limit.whole_working_days is not None:
        counted = [step for step in told.steps if step.what is StepKind.COUNTED]
        assert len(counted) == limit.whole_working_days
        assert all(calendar.is_workday(step.date) for step in counted)
    for step in told.steps:
        assert step.reason.vi
        assert step.reason.en
        if step.what is StepKind.SKIPPED and late != "every_limit":
            assert not calendar.is_workday(step.date) or any(
                s.amount.denominator > 1 or s.unit == "working_hours" for s in limit.steps
            )


@given(received=RECEIPTS, limit=CHAINS, zone=ZONES)
def test_the_zone_of_the_clock_changes_nothing(received: datetime, limit: TimeLimit, zone: timezone) -> None:
    here = due(received, limit, calendar=CIVIL, hours=OFFICE)
    there = due(received.astimezone(zone), limit, calendar=CIVIL, hours=OFFICE)
    assert there == here
    assert there.at.utcoffset() == timedelta(hours=7)


@given(early=RECEIPTS, late=RECEIPTS, limit=LIMITS)
def test_who_comes_first_is_due_first(early: datetime, late: datetime, limit: TimeLimit) -> None:
    early, late = sorted((early, late))
    assert due(early, limit, calendar=CIVIL, hours=OFFICE).at <= due(late, limit, calendar=CIVIL, hours=OFFICE).at


@given(received=RECEIPTS, a=st.integers(1, 20), b=st.integers(1, 20))
def test_a_chain_of_working_days_is_their_sum(received: datetime, a: int, b: int) -> None:
    chain = TimeLimit.of(a, "working_days") + TimeLimit.of(b, "working_days")
    whole = TimeLimit.of(a + b, "working_days")
    for explain in (False, True):
        assert due(received, chain, calendar=CIVIL, explain=explain).at == due(received, whole, calendar=CIVIL).at


@given(calendar=CALENDARS, received=RECEIPTS, limit=CHAINS, now=GAPS, data=st.data())
def test_the_status_fits_the_moment(
    calendar: Any, received: datetime, limit: TimeLimit, now: int, data: st.DataObject
) -> None:
    deadline = due(received, limit, calendar=calendar, hours=OFFICE, pauses=data.draw(waits(received)))
    moment = received + timedelta(minutes=now)
    status = deadline.status(now=moment)
    assert status.measure is not None
    assert status.measure.amount >= 0
    assert status.text.vi != status.text.en
    assert (status.code == "not_started") == (moment < received)
    if status.code == "overdue":
        assert moment > deadline.at
    if status.code in {"running", "due_today"}:
        assert moment <= deadline.at
        assert (status.code == "due_today") == (moment.date() == deadline.day)
    if status.code == "paused":
        assert any(a <= moment and (b is None or moment < b) for a, b in deadline.pauses)
