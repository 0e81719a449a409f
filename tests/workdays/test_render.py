"""A year to read, to process and to import."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.workdays import Calendar, calendar, render
from tests.workdays.test_decisions import NATIONAL, decision, off

CIVIL = calendar("vn-civil")


def days_marked(text: str) -> dict[str, list[int]]:
    """Return the days that carry each mark in the months of a grid."""
    months = text.split("\n\n* ", maxsplit=1)[0]
    found: dict[str, list[int]] = {}
    for day, mark in re.findall(r"(\d+)([*+~!])", months):
        found.setdefault(mark, []).append(int(day))
    return {mark: sorted(days) for mark, days in found.items()}


def test_the_grid_marks_the_days_of_2026() -> None:
    text = render.grid(CIVIL, 2026)
    assert text.splitlines()[0] == "2026  vn-civil  249 working days"
    assert days_marked(text) == {
        "*": sorted([1, 16, 17, 18, 19, 20, 26, 30, 1, 1, 2, 24]),
        "+": [27],
        "~": [2, 31],
        "!": [10, 22],
    }
    assert max(map(len, text.split("\n\n* ", maxsplit=1)[0].splitlines())) <= 80
    assert "! Sat 2026-01-10  Make-up working day for 2026-01-02  [Official letter 12729/VPCP-KGVX" in text
    assert "announced 2025-12-25" in text


def test_the_grid_puts_each_day_under_its_weekday() -> None:
    lines = render.grid(CIVIL, 2026).splitlines()
    assert lines[2].split() == ["Month", "1", "Month", "2", "Month", "3"]
    # 1 January 2026 is a Thursday, 1 February and 1 March are Sundays.
    assert lines[4] == "          1* 2~ 3  4" + " " * 24 + "1" + " " * 24 + "1"
    assert lines[3].split() == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] * 3


def test_the_grid_speaks_vietnamese_and_says_what_is_predicted() -> None:
    text = render.grid(CIVIL, 2030, language="vi")
    assert text.splitlines()[0].endswith("(dự kiến, chưa có thông báo)")
    assert "Tháng 1 " in text
    assert "T2 T3 T4 T5 T6 T7 CN" in text
    assert "còn bỏ ngỏ" in text
    assert "(predicted, not announced yet)" in render.grid(calendar("vn-civil", as_of=date(2025, 1, 1)), 2026)
    assert "predicted" not in render.grid(CIVIL, 2027)


@pytest.mark.parametrize(("year", "total"), [(2012, 251), (2018, 250), (2024, 251), (2026, 249), (2027, 249)])
def test_working_days_of_the_year(year: int, total: int) -> None:
    assert render.to_dict(CIVIL, year)["working_days"] == total


def test_the_year_as_json() -> None:
    document = json.loads(json.dumps(render.to_dict(CIVIL, 2026, language="vi")))
    assert {name: document[name] for name in ("calendar", "year", "as_of", "certainty")} == {
        "calendar": "vn-civil",
        "year": 2026,
        "as_of": None,
        "certainty": "announced",
    }
    swapped, made_up = document["days"][1], document["days"][2]
    assert swapped == {
        "date": "2026-01-02",
        "kind": "swap_off",
        "is_workday": False,
        "name": "Nghỉ hoán đổi (làm bù 10/01/2026)",
        "certainty": "announced",
        "announced_on": "2025-12-25",
        "replaces": None,
        "basis": "Công văn số 12729/VPCP-KGVX",
        "note": None,
    }
    assert (made_up["is_workday"], made_up["replaces"]) == (True, "2026-01-02")
    later = render.to_dict(calendar("vn-civil", as_of=date(2026, 11, 23)), 2030)
    assert (later["as_of"], later["certainty"]) == ("2026-11-23", "predicted")
    assert [day["note"] is not None for day in later["days"]][-1]


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("year", [2026, 2030])
def test_the_year_as_icalendar_holds_to_rfc_5545(year: int, language: str) -> None:
    text = render.icalendar(CIVIL, year, language="vi" if language == "vi" else "en")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfold(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    events = [
        dict(line.split(":", 1) for line in part.split("\n") if ":" in line)
        for part in "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    ]
    rows = CIVIL.rows(year)
    assert len(events) == len(rows)
    assert len({event["UID"] for event in events}) == len(events)
    for event, row in zip(events, rows, strict=True):
        assert event["DTSTART;VALUE=DATE"] == f"{row.date:%Y%m%d}"
        assert event["DTEND;VALUE=DATE"] == f"{date.fromordinal(row.date.toordinal() + 1):%Y%m%d}"
        assert re.fullmatch(r"\d{8}T000000Z", event["DTSTAMP"])
        assert event["SUMMARY"].replace("\\,", ",").replace("\\;", ";") == row.name.in_(
            "vi" if language == "vi" else "en"
        )
        assert event["STATUS"] == ("CONFIRMED" if year == 2026 else "TENTATIVE")
        assert event["CATEGORIES"] == row.kind.value
    assert text == render.icalendar(CIVIL, year, language="vi" if language == "vi" else "en")


def test_icalendar_can_be_read_by_a_calendar_program() -> None:
    icalendar = pytest.importorskip("icalendar", reason="the icalendar package is not installed")
    events = icalendar.Calendar.from_ical(render.icalendar(CIVIL, 2026, language="vi")).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [row.date for row in CIVIL.rows(2026)]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60).filter(
    lambda name: name.strip() != ""
)


@given(NAMES)
def test_no_name_of_a_decision_ends_a_line_or_begins_one(name: str) -> None:
    hostile = NATIONAL.with_decisions(decision(days_off=[{**off("2026-10-09"), "name": {"vi": name}}]))
    text = render.icalendar(hostile, 2026, language="vi")
    assert not hidden(text.replace("\r\n", ""))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfold(text)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(hostile.rows(2026))
    assert {line.partition(":")[0].partition(";")[0] for line in lines} <= PROPERTIES
    grid = render.grid(hostile, 2026, language="vi").splitlines()
    assert len(grid) == len(render.grid(NATIONAL, 2026, language="vi").splitlines()) + 2
    assert not any(map(hidden, grid))


def hidden(text: str) -> bool:
    return any(mark != "\t" and unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for mark in text)


PROPERTIES = set(
    "BEGIN END VERSION PRODID CALSCALE NAME X-WR-CALNAME UID DTSTAMP SEQUENCE DTSTART DTEND SUMMARY DESCRIPTION "  # noqa: SIM905
    "CATEGORIES STATUS TRANSP".split()
) | {""}


def events(made: Calendar, year: int) -> dict[str, tuple[str, int, str]]:
    """Return stamp, sequence number and status by identifier."""
    found: dict[str, dict[str, str]] = {}
    for part in "\n".join(unfold(render.icalendar(made, year))).split("BEGIN:VEVENT\n")[1:]:
        event = dict(line.split(":", 1) for line in part.split("\n") if ":" in line)
        found[event["UID"]] = event
    return {uid: (each["DTSTAMP"], int(each["SEQUENCE"]), each["STATUS"]) for uid, each in found.items()}


KNOWN = st.dates(date(2011, 1, 1), date(2028, 1, 1))


@given(KNOWN, KNOWN | st.none(), st.integers(2012, 2030))
def test_who_imports_a_later_state_keeps_it(one: date, two: date | None, year: int) -> None:
    earlier, later = (one, two) if two is None or one <= two else (two, one)
    before = events(calendar("vn-civil", as_of=earlier), year)
    after = events(calendar("vn-civil", as_of=later), year)
    for uid in before.keys() & after.keys():
        (stamp, number, status), (later_stamp, later_number, later_status) = before[uid], after[uid]
        assert stamp <= later_stamp
        assert number <= later_number
        if status != later_status:
            assert (status, later_status) == ("TENTATIVE", "CONFIRMED")
            assert stamp < later_stamp
            assert number < later_number
    for stamp, number, _ in before.values():
        assert stamp <= f"{earlier:%Y%m%d}T000000Z"
        assert number >= 0


def test_a_subscribed_calendar_has_a_name() -> None:
    lines = unfold(render.icalendar(CIVIL, 2026, language="vi"))
    assert lines[4:6] == [f"{name}:Ngày nghỉ\\, ngày làm bù năm 2026 (vn-civil)" for name in ("NAME", "X-WR-CALNAME")]


@pytest.mark.parametrize("form", [render.grid, render.to_dict, render.icalendar])
@pytest.mark.parametrize("language", ["fr", "VI", "", None, 5, b"vi", [], float("nan")])
def test_another_language_is_refused(form: Any, language: Any) -> None:
    with pytest.raises(InvalidValueError, match="language"):
        form(CIVIL, 2026, language=language)


@pytest.mark.parametrize("form", [render.grid, render.to_dict, render.icalendar])
@pytest.mark.parametrize("wrong", ["vn-civil", None, 5, [], date(2026, 1, 1)])
def test_what_is_no_calendar_or_no_year_is_refused(form: Any, wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="calendar"):
        form(wrong, 2026)
    if type(wrong) is not int:
        with pytest.raises(InvalidValueError, match="year"):
            form(CIVIL, wrong)


def test_folding_never_cuts_a_character() -> None:
    folded = render._folded("ế" * 60)
    assert [len(part.encode()) for part in folded.split("\r\n")] == [75, 73, 34]
    assert unfold(folded) == ["ế" * 60]


@pytest.mark.parametrize("year", [2011, 2051, 0, -5, 99999])
def test_a_year_outside_the_coverage_is_an_error(year: int) -> None:
    for form in (render.grid, render.to_dict, render.icalendar):
        with pytest.raises(CalendarCoverageError):
            form(CIVIL, year)
