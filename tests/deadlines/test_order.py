"""Three laws of order, over every unit, policy, calendar and hours: longer, later, more waiting – never earlier."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.deadlines import TimeLimit, WorkingHours, due
from onestop_core.deadlines.terms import EndOnDayOff, LateReceipt, StepKind
from onestop_core.model import LimitUnit
from tests.deadlines.slow import VIETNAM_2026, at
from tests.deadlines.test_laws import CALENDARS, RECEIPTS

HOURS = st.sampled_from(
    [
        WorkingHours.parse("07:00-11:30, 13:30-17:00"),
        WorkingHours.parse("07:30-11:30, 13:30-17:00"),
        WorkingHours.parse("08:00-12:00"),
        WorkingHours.parse("00:00-23:59"),
    ]
)
POLICIES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"end_on_day_off": st.sampled_from(EndOnDayOff), "late_receipt": st.sampled_from(LateReceipt)}
)
HUNDREDTHS = st.integers(0, 2_000).map(lambda n: Fraction(n, 100))
UNITS = ["working_days", "working_hours", "hours", "days"]
STEPS = st.one_of(
    st.builds(TimeLimit.of, HUNDREDTHS, st.sampled_from(UNITS)),
    st.builds(TimeLimit.of, st.integers(0, 12), st.sampled_from(UNITS)),
    st.builds(TimeLimit.of, st.integers(1, 4), st.sampled_from(["weeks", "months"])),
    st.sampled_from([TimeLimit.parse(text) for text in ("within the day", "immediately", "1 year")]),
)
CHAINS = st.lists(STEPS, min_size=1, max_size=3).map(lambda parts: sum(parts[1:], parts[0]))
MINUTES = st.integers(-3 * 24 * 60, 30 * 24 * 60) | st.sampled_from([0, 24 * 60, 60, -60])


@st.composite
def waits(draw: st.DrawFn, received: datetime) -> list[tuple[datetime, datetime | None]]:
    spans: list[tuple[datetime, datetime | None]] = []
    start = received
    for _ in range(draw(st.integers(0, 4))):
        # Some touch the one before, many logs being kept to the minute or to the day.
        start = start + timedelta(minutes=draw(st.just(0) | MINUTES))
        length = draw(st.integers(0, 10 * 24 * 60) | st.sampled_from([0, 60, 24 * 60, 48 * 60]))
        spans.append((start, start + timedelta(minutes=length)))
        start = start + timedelta(minutes=length)
    if draw(st.booleans()) and spans:
        spans.append((spans[-1][1] or start, None) if draw(st.booleans()) else (start, None))
    return spans


@given(
    calendar=CALENDARS, received=RECEIPTS, limit=CHAINS, hours=HOURS, policies=POLICIES, later=MINUTES, data=st.data()
)
def test_who_comes_later_is_never_due_earlier(
    calendar: Any,
    received: datetime,
    limit: TimeLimit,
    hours: WorkingHours,
    policies: Any,
    later: int,
    data: st.DataObject,
) -> None:
    spans = data.draw(waits(received))
    after = received + timedelta(minutes=abs(later))
    first, second = (
        due(moment, limit, calendar=calendar, hours=hours, pauses=spans, **policies).at for moment in (received, after)
    )
    assert received <= first <= second


@given(
    calendar=CALENDARS,
    received=RECEIPTS,
    unit=st.sampled_from(LimitUnit),
    amounts=st.tuples(HUNDREDTHS, HUNDREDTHS),
    before=st.none() | STEPS,
    after=st.none() | STEPS,
    hours=HOURS,
    policies=POLICIES,
    data=st.data(),
)
def test_a_longer_limit_never_ends_earlier(
    calendar: Any,
    received: datetime,
    unit: LimitUnit,
    amounts: tuple[Fraction, Fraction],
    before: TimeLimit | None,
    after: TimeLimit | None,
    hours: WorkingHours,
    policies: Any,
    data: st.DataObject,
) -> None:
    spans = data.draw(waits(received))
    small, large = sorted(amounts)
    if unit not in UNITS:
        small, large = Fraction(1), Fraction(1 if unit in {"same_day", "immediate"} else 1 + int(large) % 6)

    def end(amount: Fraction) -> datetime:
        parts = [part for part in (before, TimeLimit.of(amount, unit), after) if part is not None]
        limit = sum(parts[1:], parts[0])
        return due(received, limit, calendar=calendar, hours=hours, pauses=spans, **policies).at

    assert end(small) <= end(large)


@given(calendar=CALENDARS, received=RECEIPTS, limit=CHAINS, more=STEPS, hours=HOURS, policies=POLICIES, data=st.data())
def test_one_more_step_never_ends_earlier(
    calendar: Any,
    received: datetime,
    limit: TimeLimit,
    more: TimeLimit,
    hours: WorkingHours,
    policies: Any,
    data: st.DataObject,
) -> None:
    spans = data.draw(waits(received))
    short, long = (
        due(received, each, calendar=calendar, hours=hours, pauses=spans, **policies).at
        for each in (limit, limit + more)
    )
    assert short <= long


@given(
    calendar=CALENDARS,
    received=RECEIPTS,
    limit=CHAINS,
    hours=HOURS,
    policies=POLICIES,
    more=st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)),
    data=st.data(),
)
def test_more_waiting_never_ends_earlier(
    calendar: Any,
    received: datetime,
    limit: TimeLimit,
    hours: WorkingHours,
    policies: Any,
    more: tuple[int, int],
    data: st.DataObject,
) -> None:
    spans = data.draw(waits(received))

    def end(pauses: list[tuple[datetime, datetime | None]]) -> datetime:
        return due(received, limit, calendar=calendar, hours=hours, pauses=pauses, **policies).at

    given_ = end(spans)
    assert end([]) <= given_
    for number, (first, last) in enumerate(spans):
        earlier = max(first - timedelta(minutes=more[0]), received)
        grown = [
            (min(first, earlier), None if last is None else last + timedelta(minutes=more[1])),
        ]
        assert given_ <= end([*spans[:number], *grown, *spans[number + 1 :]])
    assert end(list(reversed(spans))) == given_


@given(calendar=CALENDARS, received=RECEIPTS, limit=CHAINS, hours=st.none() | HOURS, policies=POLICIES, data=st.data())
def test_nothing_is_due_inside_a_wait_that_is_over(
    calendar: Any,
    received: datetime,
    limit: TimeLimit,
    hours: WorkingHours | None,
    policies: Any,
    data: st.DataObject,
) -> None:
    if hours is None and any(step.unit == "working_days" and step.amount.denominator > 1 for step in limit.steps):
        limit = TimeLimit.parse("3 working days")
    deadline = due(received, limit, calendar=calendar, hours=hours, pauses=data.draw(waits(received)), **policies)
    assert not any(last is not None and first <= deadline.at < last for first, last in deadline.pauses)
    for first, last in deadline.pauses:
        if last is not None and first <= deadline.at:
            # Who hands in what was asked for is never the one who makes it late.
            assert deadline.status(now=last).code != "overdue"


@given(calendar=CALENDARS, received=RECEIPTS, whole=st.integers(1, 10), part=st.integers(1, 99), hours=HOURS)
def test_a_part_of_a_day_follows_the_whole_ones_as_in_a_chain(
    calendar: Any, received: datetime, whole: int, part: int, hours: WorkingHours
) -> None:
    for unit in ("working_days", "days"):
        one = TimeLimit.of(whole + Fraction(part, 100), unit)
        chain = TimeLimit.of(whole, unit) + TimeLimit.of(Fraction(part, 100), unit)
        most = due(received, TimeLimit.of(whole + 1, unit), calendar=calendar, hours=hours).at
        in_chain = due(received, chain, calendar=calendar, hours=hours).at
        assert due(received, one, calendar=calendar, hours=hours).at == min(in_chain, most) or unit == "days"


@pytest.mark.parametrize(
    ("received", "limit", "pauses", "expected"),
    [
        # A Sunday, then Monday morning: the half day of who came on Sunday begins with Monday, too.
        ("2026-03-08T09:00", "0.5 days", [], "2026-03-09T12:00:00"),
        ("2026-03-09T00:01", "0.5 days", [], "2026-03-09T12:01:00"),
        ("2026-03-09T12:00", "0.5 days", [], "2026-03-09T23:59:59"),
        ("2026-03-06T18:00", "0.5 days", [], "2026-03-09T06:00:00"),
        # One whole day to Friday, then half of Monday; two whole days end with Monday.
        ("2026-03-05T09:00", "1.5 days", [], "2026-03-09T12:00:00"),
        ("2026-03-05T09:00", "2 days", [], "2026-03-09T23:59:59"),
        # A wait over the weekend takes nothing from the part but what it takes of Friday.
        ("2026-03-06T09:00", "0.5 days", [("2026-03-06T21:00", "2026-03-08T10:00")], "2026-03-09T00:00:00"),
        ("2026-03-06T09:00", "0.5 days", [("2026-03-06T15:00", "2026-03-08T10:00")], "2026-03-09T06:00:00"),
        ("2026-03-08T09:00", "0.5 days", [("2026-03-09T08:00", "2026-03-11T20:00")], "2026-03-11T23:59:59"),
        # A part that would have ended at 24:00 loses no second by the wait.
        ("2026-03-09T12:00", "0.5 days", [("2026-03-09T12:30", "2026-03-10T01:00")], "2026-03-10T12:30:00"),
        ("2026-03-06T12:00", "0.5 days", [("2026-03-06T12:30", "2026-03-07T01:00")], "2026-03-09T11:30:00"),
        ("2026-03-06T12:00", "0.5 days", [("2026-03-07T00:00", "2026-03-07T01:00")], "2026-03-06T23:59:59"),
        # All was used when the wait began: its end is the end.
        ("2026-03-09T09:00", "0.5 days", [("2026-03-09T21:00", "2026-03-10T10:00")], "2026-03-10T10:00:00"),
        ("2026-03-09T09:00", "0.5 days", [("2026-03-09T21:00:01", "2026-03-10T10:00")], "2026-03-09T21:00:00"),
        (
            "2026-03-09T09:00",
            "0.5 days",
            [("2026-03-09T10:00", "2026-03-09T11:00"), ("2026-03-10T10:00", "2026-03-12T10:00")],
            "2026-03-09T22:00:00",
        ),
    ],
)
def test_the_part_of_a_calendar_day_stands_still_on_days_off(
    received: str, limit: str, pauses: list[tuple[str, str]], expected: str
) -> None:
    spans = [(at(first.replace("T", " ")), at(last.replace("T", " "))) for first, last in pauses]
    deadline = due(
        at(received.replace("T", " ")), TimeLimit.parse(limit), calendar=VIETNAM_2026, pauses=spans, explain=True
    )
    assert deadline.at.isoformat() == f"{expected}+07:00"
    skipped = [step.date for step in deadline.steps if step.what is StepKind.SKIPPED]
    assert skipped == [day for day in skipped if day.weekday() >= 5]


def test_the_waits_that_fell_into_the_part_of_a_day_are_told() -> None:
    pauses = [
        (at(f"2026-03-{first}"), at(f"2026-03-{last}"))
        for first, last in (("09 10:00", "11 09:00"), ("11 10:00", "13 08:00"), ("16 10:00", "17 10:00"))
    ]
    deadline = due(
        at("2026-03-09 09:00"), TimeLimit.parse("0.5 days"), calendar=VIETNAM_2026, pauses=pauses, explain=True
    )
    told = [(step.date.day, step.what) for step in deadline.steps]
    assert told == [
        (9, StepKind.RECEIVED),
        (9, StepKind.COUNTED),
        (10, StepKind.PAUSED),
        (11, StepKind.COUNTED),
        (12, StepKind.PAUSED),
        (13, StepKind.COUNTED),
        (13, StepKind.DUE),
    ]
