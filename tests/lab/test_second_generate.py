"""Whether a generated year is what its page says: arrivals, Tết, shares, law and calendar of the day; and the same for all."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from onestop_core import catalogue, dossier, lab, workdays
from onestop_core.cli import main
from tests.lab.second_days import Days
from tests.lab.second_steps import in_force, moment, table, told

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

MANY = 2_000


@pytest.fixture(scope="module")
def year() -> list[Dossier]:
    return list(lab.generate(MANY, year=2026, seed=5))


def share(year: list[Dossier], kind: str) -> float:
    return sum(any(event.kind == kind for event in case.events) for case in year) / len(year)


def test_people_come_on_working_days_many_before_tet_and_few_after_it(year: list[Dossier]) -> None:
    days = Counter(case.events[0].at.date() for case in year)
    calendar = workdays.calendar()
    assert {day.year for day in days} == {2026}
    assert all(calendar.is_workday(day) for day in days)
    # Tết of 2026 is 17 February, its days off the 16th to the 20th: January is the month before it.
    assert not [day for day in days if date(2026, 2, 14) <= day <= date(2026, 2, 22)]
    a_day = {}
    for month in range(1, 13):
        worked = [day for day in (date(2026, month, 1) + timedelta(days=n) for n in range(31)) if day.month == month]
        worked = [day for day in worked if calendar.is_workday(day)]
        a_day[month] = sum(days[day] for day in worked) / len(worked)
    assert max(a_day, key=lambda month: a_day[month]) == 1
    assert min(a_day, key=lambda month: a_day[month]) == 2


def test_shares_are_those_that_the_generator_states(year: list[Dossier]) -> None:
    online = sum(case.channel.is_online for case in year) / len(year)
    assert 0.57 < online < 0.66, "six in ten, and of those who come in person some by kiosk from August on"
    assert 0.07 < sum(case.opening.non_territorial != "none" for case in year) / len(year) < 0.13
    assert 0.08 < share(year, "supplement_requested") < 0.14
    assert 0.005 < share(year, "withdrawal_granted") < 0.03
    assert 0.005 < share(year, "refused") < 0.04
    assert share(year, "extended") > 0


def test_each_is_opened_under_the_law_of_its_day(year: list[Dossier]) -> None:
    for case in [*year[:300], *lab.generate(300, year=2025, seed=5)]:
        assert case.lifecycle == in_force(case.events[0].at.date())
        assert case.events == dossier.load_log(dossier.dump_log(case)).events


def test_what_is_promised_is_what_the_calendar_known_that_day_counts(year: list[Dossier]) -> None:
    limits = lab.law(limits=catalogue.shipped()).limits
    looked = 0
    for case in year[:400]:
        limit = str(limits.of(case.procedure))
        number, _, unit = limit.partition(" ")
        if unit not in {"working day", "working days"}:
            continue
        [received] = [event for event in case.events if event.kind == "received"]
        if received.due is None:
            continue  # received for an authority elsewhere: the time begins when it has the file
        known = case.events[0].at.date()
        if not (known.month == 12 and known.day > 15):
            known = known.replace(day=1)
        days = Days(workdays.calendar("vn-civil", as_of=known))
        assert received.due == days.due(received.at, (int(number), "working_days")), case.id
        looked += 1
    assert looked > 100


def test_few_steps_are_unlawful_and_they_are_those_that_are_meant(year: list[Dossier]) -> None:
    found = Counter[str]()
    for case in year[:600]:
        log = dossier.dump_log(case)
        assert all(moment(log["events"][n]) <= moment(log["events"][n + 1]) for n in range(len(log["events"]) - 1))
        found.update(row["rule"] for row in told(log, table(case.lifecycle), {})[1])
    assert 0 < sum(found.values()) < 60
    assert set(found) <= {
        *("one_supplement_after_appraisal", "extension_before_due", "extension_is_later", "refusal_in_time"),
        *("one_extension", "appointment_on_record"),
    }


def test_a_year_is_the_same_again_and_another_for_another_seed() -> None:
    again = [case.events for case in lab.generate(40, year=2026, seed=5, first=20)]
    assert again == [case.events for case in lab.generate(60, year=2026, seed=5)][20:]
    assert again != [case.events for case in lab.generate(40, year=2026, seed=6, first=20)]
    assert again != [case.events for case in lab.generate(40, year=2027, seed=5, first=20)]


def test_the_command_says_that_it_guesses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "generate", "--dossiers", "3", "--seed", "5", "--lang", "vi"]) == 0
    out, err = capsys.readouterr()
    assert err == "Dữ liệu giả lập: tỷ lệ các việc là phỏng đoán, không phải thống kê.\n"
    assert [json.loads(line)["dossier"]["id"] for line in out.splitlines()] == [
        case.id for case in lab.generate(3, seed=5)
    ]
