"""The script for Google Sheets, run in Node with stand-ins for a sheet: from every day, 1 to 60 working days, none wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onestop_core.workdays import calendar
from onestop_core.workdays.publishing import days_csv
from tests.workdays.test_publishing import DAYS, END, FIRST, MOST, right

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
FOLDER = Path(__file__).parent
SCRIPT = FOLDER.parents[1] / "docs" / "examples" / "sheets" / "calendar.gs"
CAL = calendar("vn-civil")
TEXT = days_csv(CAL, FIRST, END)
ROWS = list(csv.reader(io.StringIO(TEXT)))


def ask(
    *questions: list[Any], zone: str = "Asia/Ho_Chi_Minh", cells: str = "dates", of_machine: str = "UTC",
    rows: list[list[Any]] | None = None, **more: str,
) -> dict[str, Any]:  # fmt: skip
    asked = {"rows": ROWS if rows is None else rows, "zone": zone, "cells": cells, "questions": questions, **more}
    done = subprocess.run(  # noqa: S603 - the program that was found
        [str(NODE), FOLDER / "sheets.cjs", SCRIPT], input=json.dumps(asked), capture_output=True, text=True, check=True,
        timeout=120, env={**os.environ, "TZ": of_machine},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("zone", "of_machine", "cells"),
    [
        ("Asia/Ho_Chi_Minh", "UTC", "dates"),
        (
            "America/New_York",
            "Asia/Tokyo",
            "dates",
        ),  # the sheet's zone was never set right, and the script's is a third
        ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh", "texts"),
    ],
)
def test_it_counts_as_the_official_table_does(zone: str, of_machine: str, cells: str) -> None:
    column = [[day.isoformat()] for day in DAYS]
    questions = [["ADD_WORKING_DAYS", column, number] for number in range(1, MOST + 1)]
    answers = ask(*questions, zone=zone, of_machine=of_machine, cells=cells)["answers"]
    wrong = [
        (day, number)
        for number, found in enumerate(answers, start=1)
        for day, [due] in zip(DAYS, found, strict=True)
        if due != right(day, number).isoformat()
    ]
    assert wrong == []


def test_it_answers_as_the_library_does() -> None:
    column = [[day.isoformat()] for day in DAYS[100:-100:3]]
    days = [date.fromisoformat(day) for [day] in column]
    last = date(2026, 7, 1)
    names = ["ADD_WORKING_DAYS"] * 3 + ["IS_WORKING_DAY", "DAY_CERTAINTY"]
    values: list[list[Any]] = [[-7], [-1], [0], [], []]
    [back, before, same, works, certainty, between, overdue] = ask(
        *([name, column, *value] for name, value in zip(names, values, strict=True)),
        ["WORKING_DAYS_BETWEEN", column, last.isoformat()],
        ["DAYS_OVERDUE", column, last.isoformat()],
    )["answers"]
    assert [found for [found] in back] == [CAL.add(day, -7).isoformat() for day in days]
    assert [found for [found] in before] == [CAL.add(day, -1).isoformat() for day in days]
    assert [found for [found] in same] == [CAL.add(day, 0).isoformat() for day in days]
    assert [found for [found] in works] == [CAL.is_workday(day) for day in days]
    assert {found for [found] in certainty} == {"announced"}
    assert [found for [found] in between] == [CAL.count(day, last) for day in days]
    assert [found for [found] in overdue] == [max(0, CAL.count(day, last)) for day in days]


def test_one_cell_empty_cells_and_what_is_only_predicted() -> None:
    answers = ask(
        ["ADD_WORKING_DAYS", "2026-01-05", 5],
        ["ADD_WORKING_DAYS", [["2026-01-05"], [""]], 5],
        ["DAY_CERTAINTY", "2028-01-26"],
        ["IS_WORKING_DAY", "2028-01-26"],
    )["answers"]
    assert answers == ["2026-01-10", [["2026-01-10"], [""]], "predicted", CAL.is_workday(date(2028, 1, 26))]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["ADD_WORKING_DAYS", "2024-12-31", 1], "the calendar does not hold this day"),
        (["ADD_WORKING_DAYS", "2028-12-29", 60], "the calendar does not hold this day"),
        (["ADD_WORKING_DAYS", "2025-01-01", -5], "the calendar does not hold this day"),
        (["ADD_WORKING_DAYS", "2026-01-05", 1.5], "1.5"),
        (["ADD_WORKING_DAYS", "2026-01-05", "5"], "whole number"),
        (["ADD_WORKING_DAYS", "05/01/2026", 5], "05/01/2026"),
        (["ADD_WORKING_DAYS", "", 5], "not a day"),
        (["ADD_WORKING_DAYS", "2026-02-30", 5], "2026-02-30"),
        (["fetchCalendar"], "CALENDAR_URL"),
    ],
)
def test_what_cannot_be_counted_is_said(question: list[Any], said: str) -> None:
    (answer,) = ask(question, cells="texts")["answers"]
    assert said in answer["error"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no tab"),
        ([["Ngày", "Nghỉ"]], "is not days.csv"),
        ([ROWS[0]], "is empty"),
        ([*ROWS[:20], *ROWS[21:]], "row 21"),
        ([*ROWS[:20], [ROWS[20][0], "x", *ROWS[20][2:]]], "row 21"),
    ],
)
def test_a_tab_that_is_not_the_published_file_is_refused(rows: list[list[Any]], said: str) -> None:
    (answer,) = ask(["IS_WORKING_DAY", "2025-01-02"], cells="texts", rows=rows)["answers"]
    assert said in answer["error"]


def test_the_menu_fetches_the_file_whole_or_not_at_all() -> None:
    # The stand-in for a reader of CSV parts at bars; Google's own reads quotes and commas.
    bars = "\ufeff" + "\n".join("|".join(row) for row in ROWS)
    found = ask(
        ["onOpen"], ["IS_WORKING_DAY", "2025-01-02"], ["fetchCalendar"], ["IS_WORKING_DAY", "2025-01-02"],
        rows=[["old"]], cells="texts", url="https://example.org/all/days.csv", fetched=bars,
    )  # fmt: skip
    assert found["menu"] == ["Working days", "Fetch the calendar", "fetchCalendar"]
    assert "is not days.csv" in found["answers"][1]["error"]
    assert found["answers"][2:] == [None, True]
    assert found["rows"] == len(ROWS)
    kept = ask(["fetchCalendar"], ["IS_WORKING_DAY", "2025-01-02"], cells="texts", url="x", fetched="<html>")
    assert "is not days.csv" in kept["answers"][0]["error"]
    assert kept["answers"][1] is True
    made = ask(["fetchCalendar"], ["IS_WORKING_DAY", "2025-01-02"], rows=[], cells="texts", url="x", fetched=bars)
    assert made["answers"] == [None, True]
