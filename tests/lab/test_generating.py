"""A province's year: the same for everybody, in parts as a whole, and of the law of its days."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from onestop_core import dossier, lab, workdays
from onestop_core.errors import InvalidValueError
from onestop_core.model import day_of


def test_a_year_is_the_same_in_parts_and_on_every_machine() -> None:
    whole = list(lab.generate(30, year=2026))
    assert whole == [*lab.generate(10, year=2026), *lab.generate(20, year=2026, first=10)]
    assert whole != list(lab.generate(30, year=2026, seed=2))
    # Held by a number, so that a change of the generator is seen.
    assert whole[0].id == "H99.41-260928-0000"


def test_a_year_has_what_years_have() -> None:
    cases = list(lab.generate(1500, year=2026))
    kinds = Counter(event.kind for case in cases for event in case.events)
    expected = {
        "guided", "received", "transferred", "arrived", "assigned", "supplement_requested", "supplemented", "extended",
        "late_notified", "closed_incomplete", "withdrawal_requested", "withdrawal_granted", "approved", "refused",
        "result_handed_over", "delivered",
    }  # fmt: skip
    assert expected <= kinds.keys()
    assert Counter(str(case.channel) for case in cases).keys() == {"online", "in_person", "kiosk"}
    calendar = workdays.calendar()
    assert all(calendar.is_workday(day_of(case.events[0].at)) for case in cases)
    late = [
        case
        for case in cases
        if case.appointment is not None
        and case.clock.stopped_at is not None
        and case.clock.stopped_at > case.appointment
    ]
    assert 30 < len(late) < 300
    months = Counter(day_of(case.events[0].at).month for case in cases)
    assert months[2] < months[1]


def test_each_is_opened_under_the_law_of_its_day_and_breaks_it_seldom() -> None:
    cases = list(lab.generate(600, year=2025))
    assert {case.lifecycle for case in cases} == {"vn@decree-61-2018", "vn@decree-118-2025"}
    broken = [case for case in cases if lab.follow(case.events, dossier.machine(case.lifecycle)).breaches]
    assert 0 < len(broken) < 60


def test_the_names_are_nobodys() -> None:
    actors = {event.actor for case in lab.generate(100, year=2026) for event in case.events} - {None}
    assert all(str(actor).startswith("cb-") for actor in actors)


def test_limits_of_ones_own_are_taken() -> None:
    limits = lab.law(limits={"1.004873": "3 working days"}).limits
    assert {case.procedure for case in lab.generate(5, limits=limits)} == {"1.004873"}
    with pytest.raises(InvalidValueError, match="limits"):
        lab.generate(5, limits=lab.law(limits="3 working days").limits)


@pytest.mark.parametrize(
    ("name", "value"), [("dossiers", -1), ("year", 2018), ("year", 2099), ("seed", 1.5), ("first", True)]
)
def test_numbers_are_held(name: str, value: Any) -> None:
    with pytest.raises(InvalidValueError, match=name):
        lab.generate(**{name: value})


def test_fields_are_those_of_the_catalogue() -> None:
    assert lab.fields()["1.004873"] == "Hộ tịch"
