"""Local decisions: laid over the national calendar by stated precedence; what disagrees is reported, not guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.workdays import Calendar, DayKind, calendar, reception
from tests.workdays.slow import Slow

NATIONAL = calendar("vn-civil")


def decision(**changes: Any) -> dict[str, Any]:
    """Hanoi closes on Friday 9 October 2026 and works on Saturday the 17th instead."""
    document: dict[str, Any] = {
        "schema_version": "1.0",
        "kind": "local",
        "id": "H26-1",
        "territory": "H26",
        "issuer": {"vi": "UBND thành phố Hà Nội", "en": "Hanoi People's Committee"},
        "announced_on": "2026-09-01",
        "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        "days_off": [off("2026-10-09")],
        "makeup_workdays": [made_up("2026-10-17", "2026-10-09")],
    }
    return {**document, **changes}


def off(day: str) -> dict[str, Any]:
    return {"date": day, "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ", "en": "Closed"}}


def made_up(day: str, replaces: str) -> dict[str, Any]:
    return {"date": day, "replaces": replaces, "basis": "d", "name": {"vi": "Làm bù", "en": "Worked"}}


def problems(*decisions: dict[str, Any], below: Calendar = NATIONAL) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocumentError) as caught:
        below.with_decisions(decisions)
    return [(problem.path, problem.rule) for problem in caught.value.problems]


@pytest.mark.parametrize("year", resources.data_names("vn/calendar"))
def test_each_official_year_is_valid_under_the_published_schema(year: str) -> None:
    document = resources.data(f"vn/calendar/{year}")
    assert check_schema(document, "calendar") == ()
    assert document["year"] == int(year)


def test_a_local_swap_moves_two_days_and_nothing_else() -> None:
    local = NATIONAL.with_decisions(decision())
    october = [date(2026, 10, day) for day in range(1, 32)]
    assert [day.day for day in october if local.is_workday(day) != NATIONAL.is_workday(day)] == [9, 17]
    assert (local.name, local.coverage, local.announced_until) == (
        "vn-civil+H26-1",
        NATIONAL.coverage,
        NATIONAL.announced_until,
    )
    closed, worked = local.day(date(2026, 10, 9)), local.day(date(2026, 10, 17))
    assert (closed.kind, closed.announced_on) == (DayKind.LOCAL_OFF, date(2026, 9, 1))
    assert closed.basis is not None
    assert closed.basis.cite().en == "Decision 1/QĐ-UBND"
    assert (worked.kind, worked.replaces, worked.is_workday) == (DayKind.MAKEUP, date(2026, 10, 9), True)
    assert local.day(date(2026, 2, 17)) == NATIONAL.day(date(2026, 2, 17))
    assert local.add(date(2026, 10, 8), 1) == date(2026, 10, 12)
    assert local.is_workday(date(2040, 10, 9)) is NATIONAL.is_workday(date(2040, 10, 9))


def test_no_decision_changes_nothing() -> None:
    assert NATIONAL.with_decisions([]) is NATIONAL


def test_a_calendar_as_of_a_day_does_not_know_what_was_decided_later() -> None:
    before = calendar("vn-civil", as_of=date(2026, 8, 31))
    assert before.with_decisions(decision()) is before
    known = calendar("vn-civil", as_of=date(2026, 9, 1)).with_decisions([decision()])
    assert not known.is_workday(date(2026, 10, 9))
    assert known.as_of == date(2026, 9, 1)


def test_a_decision_may_close_a_made_up_saturday_and_open_a_holiday() -> None:
    local = NATIONAL.with_decisions(
        decision(
            days_off=[off("2026-08-22"), off("2026-10-09")], makeup_workdays=[made_up("2026-11-24", "2026-10-09")]
        ),
    )
    assert [local.is_workday(date(2026, *day)) for day in ((8, 22), (10, 9), (11, 24))] == [False, False, True]


def test_two_decisions_about_one_day_are_a_conflict_unless_the_later_supersedes() -> None:
    later = decision(id="H26-2", announced_on="2026-09-20", makeup_workdays=[])
    assert problems(decision(), later) == [("$[1].days_off[0].date", "calendar/conflict")]
    assert problems(later, decision()) == [("$[0].days_off[0].date", "calendar/conflict")]
    replaced = NATIONAL.with_decisions([decision(), {**later, "supersedes": ["H26-1"]}])
    assert replaced.day(date(2026, 10, 9)).announced_on == date(2026, 9, 20)
    assert replaced.name == "vn-civil+H26-1+H26-2"


def test_a_decision_that_contradicts_itself_is_a_conflict() -> None:
    twice = decision(days_off=[off("2026-10-09"), off("2026-10-09")], makeup_workdays=[])
    assert problems(twice) == [("$[0].days_off[1].date", "calendar/conflict")]
    both = decision(makeup_workdays=[made_up("2026-10-09", "2026-10-09")])
    assert problems(both) == [("$[0].makeup_workdays[0].date", "calendar/conflict")]


def test_what_changes_nothing_or_makes_up_for_nothing_is_reported() -> None:
    idle = decision(days_off=[off("2026-10-10")], makeup_workdays=[made_up("2026-10-12", "2026-10-13")])
    assert problems(idle) == [
        ("$[0].days_off[0].date", "calendar/changes-nothing"),
        ("$[0].makeup_workdays[0].date", "calendar/changes-nothing"),
        ("$[0].makeup_workdays[0].replaces", "calendar/replaces-a-working-day"),
    ]


@pytest.mark.parametrize(("day", "weekend"), [("2026-10-10", True), ("2026-10-11", True), ("2026-09-01", False)])
def test_a_weekend_is_not_made_up_for(day: str, weekend: bool) -> None:
    document = decision(makeup_workdays=[made_up("2026-10-17", day)])
    if weekend:
        assert problems(document) == [("$[0].makeup_workdays[0].replaces", "calendar/replaces-a-weekend")]
    else:
        assert NATIONAL.with_decisions(document).day(date(2026, 10, 17)).replaces == date(2026, 9, 1)


def test_to_supersede_a_decision_that_is_not_there_is_refused() -> None:
    later = decision(id="H26-2", days_off=[], makeup_workdays=[], supersedes=["H26-1", "H26-l", "H26-2"])
    with pytest.raises(InvalidDocumentError) as caught:
        NATIONAL.with_decisions([decision(), later])
    assert [problem.path for problem in caught.value.problems] == ["$[1].supersedes[1]", "$[1].supersedes[2]"]
    assert {problem.rule for problem in caught.value.problems} == {"calendar/unknown-decision"}
    assert caught.value.problems[0].text.en == "no other decision 'H26-l' is given; there are: 'H26-1'"
    with pytest.raises(InvalidDocumentError) as caught:
        NATIONAL.with_decisions(decision(supersedes=["H26-0"]))
    assert caught.value.problems[0].text.en == "no other decision 'H26-0' is given; there are: none"
    assert caught.value.problems[0].text.vi == "không có quyết định nào khác tên 'H26-0'; có: không"


def test_reception_outside_the_coverage_is_reported() -> None:
    outside = {**decision(), "reception": {"basis": "d", "dates": ["2026-10-10", "2060-01-03"]}}
    assert problems(outside) == [("$[0].reception.dates[1]", "calendar/coverage")]


def test_days_outside_the_coverage_are_reported() -> None:
    outside = decision(days_off=[off("2060-01-05")], makeup_workdays=[made_up("2026-10-17", "1999-10-09")])
    assert problems(outside) == [
        ("$[0].makeup_workdays[0].date", "calendar/coverage"),
        ("$[0].days_off[0].date", "calendar/coverage"),
    ]


def test_everything_wrong_with_the_documents_comes_at_once() -> None:
    national = resources.data("vn/calendar/2026")
    unnamed = decision(id="H26-9", bases={}, reception={"basis": "r", "from": "2026-02-01", "to": "2026-01-01"})
    assert problems(decision(announced_on="yesterday"), national, unnamed, decision(), decision()) == [
        ("$[0].announced_on", "schema/format"),
        ("$[1].kind", "calendar/not-local"),
        ("$[2].days_off[0].basis", "bases/unknown"),
        ("$[2].makeup_workdays[0].basis", "bases/unknown"),
        ("$[2].reception.basis", "bases/unknown"),
        ("$[2].reception.to", "calendar/ends-before-it-starts"),
        ("$[3].id", "calendar/duplicate"),
        ("$[4].id", "calendar/duplicate"),
    ]


@pytest.mark.parametrize("hostile", [{}, {"kind": "local"}, 5, None, {"days_off": float("nan")}])
def test_hostile_documents_are_refused_with_places(hostile: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        NATIONAL.with_decisions([hostile])
    assert all(problem.path.startswith("$[0]") for problem in caught.value.problems)


def test_an_open_decision_of_national_shape_is_refused() -> None:
    assert problems(decision(year=2026))[0][0].startswith("$[0]")


# --- reception


def saturdays(**changes: Any) -> dict[str, Any]:
    return decision(days_off=[], makeup_workdays=[], reception={"basis": "d", "weekdays": ["saturday"], **changes})


def test_reception_days_open_the_desk_and_count_for_nothing() -> None:
    desk = reception(NATIONAL, saturdays())
    assert desk.is_open(date(2026, 10, 10))
    assert not NATIONAL.with_decisions(saturdays()).is_workday(date(2026, 10, 10))
    assert not desk.is_open(date(2026, 10, 11))
    assert desk.is_open(date(2026, 10, 12))


def test_a_weekday_opened_for_reception_stays_closed_on_a_holiday() -> None:
    desk = reception(NATIONAL, saturdays())
    assert not desk.is_open(date(2027, 2, 6))  # Saturday, third day of Tết
    by_name = reception(NATIONAL, saturdays(dates=["2027-02-06"]))
    assert by_name.is_open(date(2027, 2, 6))


def test_reception_days_hold_from_first_to_last_day() -> None:
    desk = reception(NATIONAL, saturdays(**{"from": "2026-10-10", "to": "2026-10-17"}))
    assert [desk.is_open(date(2026, 10, day)) for day in (3, 10, 17, 24)] == [False, True, True, False]


def test_the_next_day_on_which_a_dossier_can_be_handed_in() -> None:
    plain, desk = reception(NATIONAL), reception(NATIONAL, [saturdays(), decision(id="H26-7")])
    assert plain.next_open(date(2026, 10, 9)) == date(2026, 10, 12)
    assert desk.next_open(date(2026, 10, 9)) == date(2026, 10, 10)
    assert desk.next_open(date(2026, 10, 8)) == date(2026, 10, 10)  # the 9th is a day off by the second decision
    with pytest.raises(CalendarCoverageError):
        plain.next_open(date(2050, 12, 30))
    with pytest.raises(InvalidValueError):
        plain.next_open(datetime(2026, 10, 9))


def test_reception_decided_later_is_not_known_before() -> None:
    before = calendar("vn-civil", as_of=date(2026, 8, 31))
    assert not reception(before, saturdays()).is_open(date(2026, 10, 10))


# --- decisions one after another, and at random


def test_a_decision_laid_over_later_is_judged_as_if_given_at_once() -> None:
    first = NATIONAL.with_decisions(decision())
    later = decision(id="H26-2", announced_on="2026-09-20", makeup_workdays=[])
    assert problems(later, below=first) == [("$[0].days_off[0].date", "calendar/conflict")]
    assert problems(decision(announced_on="2026-09-02"), below=first) == [("$[0].id", "calendar/duplicate")]
    replaced = first.with_decisions({**later, "supersedes": ["H26-1"]})
    assert replaced.name == "vn-civil+H26-1+H26-2"
    assert replaced.rows(2026) == NATIONAL.with_decisions([decision(), {**later, "supersedes": ["H26-1"]}]).rows(2026)
    assert [one["id"] for one in replaced.decisions] == ["H26-1", "H26-2"]
    assert first.with_decisions([]) is first


def test_a_calendar_does_not_change_with_the_document_it_was_made_from() -> None:
    document = decision()
    local = NATIONAL.with_decisions(document)
    document["id"] = "changed"
    assert local.decisions[0]["id"] == "H26-1"


def test_on_one_day_of_announcement_the_order_of_the_list_does_not_matter() -> None:
    one, two = decision(), decision(id="H26-2", supersedes=["H26-1"])
    assert NATIONAL.with_decisions([one, two]).rows(2026) == NATIONAL.with_decisions([two, one]).rows(2026)


def test_the_desk_is_closed_on_the_days_off_of_the_same_decisions() -> None:
    document = {**decision(), "reception": {"basis": "d", "weekdays": ["saturday"]}}
    by_itself = reception(NATIONAL, document)
    over_it = reception(NATIONAL.with_decisions(document), document)
    remembered = reception(NATIONAL.with_decisions(document))
    for desk in (by_itself, over_it, remembered):
        assert [desk.is_open(date(2026, 10, day)) for day in (8, 9, 10, 11)] == [True, False, True, False]


def test_a_later_decision_replaces_the_reception_of_those_it_supersedes() -> None:
    later = {**saturdays(weekdays=["sunday"]), "id": "H26-5", "announced_on": "2026-09-10", "supersedes": ["H26-1"]}
    desk = reception(NATIONAL, [saturdays(), later])
    assert [desk.is_open(date(2026, 10, day)) for day in (10, 11)] == [False, True]


@pytest.mark.parametrize("wrong", [5, None])
def test_what_is_no_decision_at_all_is_refused(wrong: Any) -> None:
    for ask in (NATIONAL.with_decisions, lambda given: reception(NATIONAL, given)):
        with pytest.raises(InvalidValueError, match="decisions: cannot use"):
            ask(wrong)


def test_nothing_is_open_after_the_coverage() -> None:
    with pytest.raises(CalendarCoverageError):
        reception(NATIONAL).next_open(date.max)


WEEKDAYS = [day for day in (date(2026, 3, 1) + timedelta(n) for n in range(60)) if NATIONAL.is_workday(day)]
SATURDAYS = [day for day in (date(2026, 3, 1) + timedelta(n) for n in range(60)) if day.weekday() == 5]


@given(
    st.lists(st.sampled_from(WEEKDAYS), unique=True, max_size=6),
    st.lists(st.sampled_from(SATURDAYS), unique=True, max_size=6),
    st.integers(0, 6),
    st.dates(date(2026, 2, 1), date(2026, 6, 1)),
    st.integers(-40, 40),
)
def test_random_decisions_count_as_walking_counts(
    closed: list[date], worked: list[date], cut: int, day: date, n: int
) -> None:
    swaps = list(zip(worked, closed, strict=False))
    documents = [
        decision(
            id=f"D-{number}",
            days_off=[off(each.isoformat()) for each in part],
            makeup_workdays=[made_up(a.isoformat(), b.isoformat()) for a, b in swaps if b in part],
        )
        for number, part in enumerate((closed[:cut], closed[cut:]))
    ]
    at_once = NATIONAL.with_decisions(documents)
    one_by_one = NATIONAL.with_decisions(documents[0]).with_decisions(documents[1])
    expected = (WORKED - set(closed)) | {saturday for saturday, _ in swaps}
    for local in (at_once, one_by_one):
        around = [date(2026, 1, 1) + timedelta(k) for k in range(250)]
        assert {each for each in around if local.is_workday(each)} == expected & set(around)
        due = local.add(day, n)
        assert due in expected
        assert n == 0 or local.count(day, due) == n


WORKED = Slow(NATIONAL).worked
