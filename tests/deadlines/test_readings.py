"""Every reading that open law allows: all of them, in order, each with what it rests on."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.deadlines import Policies, TimeLimit, due, readings
from onestop_core.deadlines.terms import EndOnDayOff, LateReceipt
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.rules.reading import resources
from tests.deadlines import receipts as made
from tests.deadlines.slow import VIETNAM_2026

CIVIL = workdays.calendar("vn-civil")
EVERY = {Policies(end_on_day_off=end, late_receipt=late) for end in EndOnDayOff for late in LateReceipt}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def days(received: str, limit: str, **options: Any) -> list[str]:
    found = readings(at(received), TimeLimit.parse(limit), **{"calendar": CIVIL, **options})
    return [f"{each.at:%d/%m}" for each in found.every]


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-04-10T16:30", "15 days", ["25/04", "27/04", "28/04"]),
        ("2026-04-10T14:30", "15 days", ["25/04", "27/04", "28/04"]),
        ("2026-04-10T16:30", "5 working days", ["17/04", "20/04"]),
        ("2026-04-10T14:30", "5 working days", ["17/04"]),
        ("2026-04-11T09:00", "5 working days", ["17/04", "20/04"]),
        ("2026-04-10T16:30", "within the day", ["10/04", "13/04"]),
        ("2026-04-10T16:30", "immediately", ["10/04"]),
        ("2026-08-21T10:00", "10 days", ["31/08", "03/09"]),
        ("2026-08-20T10:00", "9 days", ["29/08", "31/08", "03/09"]),
    ],
)
def test_days_that_open_law_allows(received: str, limit: str, expected: list[str]) -> None:
    assert days(received, limit) == expected


@given(
    received=made.RECEIVED,
    limit=made.limits(parts=False),
    calendar=st.sampled_from([CIVIL, made.CALENDARS["local"], made.CALENDARS["as it stood"]]),
    hours=st.sampled_from(list(made.HOURS.values())),
    data=st.data(),
)
def test_each_reading_is_what_due_gives_under_its_policies(
    received: datetime, limit: TimeLimit, calendar: Any, hours: Any, data: st.DataObject
) -> None:
    ends = data.draw(st.none() | made.GAPS.map(lambda gap: received + gap))
    options: dict[str, Any] = {"calendar": calendar, "hours": hours, "pauses": [(received, ends)]}
    found = readings(received, limit, **options)
    assert found.earliest.at <= found.standard.at <= found.latest.at
    moments = [each.at for each in found.every]
    assert moments == sorted(set(moments))
    assert found.standard.at == due(received, limit, **options).at
    assert {policies for each in found.every for policies in each.policies} == EVERY
    assert sum(len(each.ways) for each in found.every) == len(EVERY)
    for each in found.every:
        for way in each.ways:
            policies = way.policies
            deadline = due(
                received,
                limit,
                end_on_day_off=policies.end_on_day_off,
                late_receipt=policies.late_receipt,
                **options,
            )
            assert (deadline.at, deadline.certainty) == (each.at, each.certainty)
            codes = {ground.code for ground in way.rests_on}
            assert codes <= {policies.end_on_day_off.value, policies.late_receipt.value}
            assert all(ground.basis and ground.day is None for ground in way.rests_on)
    # Where everything comes to the same, nothing is open; else each way says on what it rests.
    assert all(bool(way.rests_on) is (len(moments) > 1) for each in found.every for way in each.ways)


def test_only_policies_that_make_a_difference_are_named() -> None:
    found = readings(at("2026-04-10T14:30"), TimeLimit.parse("15 days"), calendar=CIVIL)
    assert {ground.code for each in found.every for way in each.ways for ground in way.rests_on} == {
        "none",
        "strict_civil_code",
        "next_working_day",
    }
    late = readings(at("2026-04-10T16:30"), TimeLimit.parse("5 working days"), calendar=CIVIL)
    assert [[ground.code for ground in way.rests_on] for way in late.latest.ways] == [["every_limit"]] * 3


def test_how_firm_the_ground_is_comes_from_the_table() -> None:
    found = readings(at("2026-04-10T16:30"), TimeLimit.parse("15 days"), calendar=CIVIL)
    grounds = {ground.code: ground for each in found.every for way in each.ways for ground in way.rests_on}
    assert {code: [basis.firmness.value for basis in ground.basis] for code, ground in grounds.items()} == {
        "next_working_day": ["read"],
        "strict_civil_code": ["inferred"],
        "none": ["inferred"],
        "same_day_limits": ["read", "read"],
        "every_limit": ["inferred"],
        "no_limit": ["inferred"],
    }
    table = resources.data("vn/deadlines/rules/counting-rules")["rules"]
    assert grounds["none"].text.vi == table["end_stays"]["text"]["vi"]


def test_days_that_are_only_predicted_are_named() -> None:
    found = readings(at("2028-01-20T09:30"), TimeLimit.parse("5 working days"), calendar=CIVIL)
    assert [each.certainty for each in found.every] == ["predicted"]
    assert not found.is_settled
    assert [str(ground.day) for ground in found.standard.predicted] == [
        "2028-01-24", "2028-01-25", "2028-01-26", "2028-01-27", "2028-01-28",
    ]  # fmt: skip
    assert {ground.code for ground in found.standard.predicted} == {"tet"}
    assert all(ground.basis for ground in found.standard.predicted)
    assert readings(at("2026-01-20T09:30"), TimeLimit.parse("5 working days"), calendar=CIVIL).is_settled
    assert not readings(at("2026-04-10T16:30"), TimeLimit.parse("15 days"), calendar=CIVIL).is_settled


def test_a_calendar_of_the_host_names_its_predicted_days() -> None:
    calendar = made.changed_until(VIETNAM_2026, "2026-02-15")
    found = readings(at("2026-02-12T09:30"), TimeLimit.parse("5 working days"), calendar=calendar)
    assert [(ground.code, len(ground.basis)) for ground in found.standard.predicted] == [("holiday", 1)] * 5
    made_up = readings(at("2026-08-21T09:30"), TimeLimit.parse("1 working day"), calendar=calendar)
    assert [(ground.code, ground.basis) for ground in made_up.standard.predicted] == [("weekend", ())]


def test_readings_as_json() -> None:
    found = readings(at("2026-04-10T16:30"), TimeLimit.parse("15 days"), calendar=CIVIL)
    told = json.loads(json.dumps(found.to_dict(language="vi")))
    assert (told["earliest"], told["latest"]) == ("2026-04-25T23:59:59+07:00", "2026-04-28T23:59:59+07:00")
    assert told["standard"] == told["readings"][2]["due_at"]
    ground = told["readings"][0]["ways"][0]["rests_on"][0]
    assert ground == {
        "code": "none",
        "text": "ngày cuối là ngày nghỉ: vẫn kết thúc vào ngày đó",
        "basis": [{"citation": "khoản 1 Điều 145 Bộ luật Dân sự số 91/2015/QH13 (suy luận)", "firmness": "inferred"}],
        "day": None,
    }
    later = readings(at("2028-01-20T09:30"), TimeLimit.parse("5 working days"), calendar=CIVIL).to_dict()
    assert later["readings"][0]["predicted"][0]["day"] == "2028-01-24"


def test_what_due_refuses_readings_refuse() -> None:
    with pytest.raises(InvalidValueError):
        readings(at("2026-04-10T16:30"), TimeLimit.parse("0.5 working days"), calendar=CIVIL)
    with pytest.raises(CalendarCoverageError):
        readings(at("2050-12-30T16:30"), TimeLimit.parse("5 working days"), calendar=CIVIL)
