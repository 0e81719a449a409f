"""The calendar where offices live: CSV, SQL and spreadsheets count as the library does, from every day, 1 to 60 working days on."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
import shutil
import sqlite3
import subprocess
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.workdays import calendar, publishing
from onestop_core.workdays.publishing import COLUMNS, SqlDialect, days_csv, days_off, published_files, sql
from tests.ext import postgres
from tests.workdays.slow import OFFICIAL, days_named

if TYPE_CHECKING:
    from collections.abc import Iterator

CAL = calendar("vn-civil")
FIRST, LAST, END = date(2025, 1, 1), date(2027, 12, 31), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
MOST = 60
DOCS = Path(__file__).parents[2] / "docs"


def working_days() -> list[date]:
    """Return the working days of the official table, and those that are expected after its end."""
    found = []
    for day in (FIRST + timedelta(days=number) for number in range((END - FIRST).days + 1)):
        if day.year in OFFICIAL:
            off, worked, _ = OFFICIAL[day.year]
            works = day in days_named(day.year, worked) or (day.weekday() < 5 and day not in days_named(day.year, off))
        else:
            works = CAL.is_workday(day)
        if works:
            found.append(day)
    return found


WORKING = working_days()


def right(day: date, number: int) -> date:
    return WORKING[bisect_right(WORKING, day) + number - 1]


def test_the_csv_has_every_day_with_what_is_known_of_it() -> None:
    rows = list(csv.DictReader(io.StringIO(days_csv(CAL, FIRST, END))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["date"] for row in rows] == [
        (FIRST + timedelta(days=number)).isoformat() for number in range((END - FIRST).days + 1)
    ]
    assert [date.fromisoformat(row["date"]) for row in rows if row["is_workday"] == "1"] == WORKING
    by_date = {row["date"]: row for row in rows}
    assert by_date["2026-01-10"]["replaces"] == "2026-01-02"
    assert by_date["2026-01-02"]["announced_on"] == "2025-12-25"
    assert by_date["2028-01-26"]["certainty"] == "predicted"
    assert by_date["2026-03-03"]["basis"] == ""
    numbers = [int(row["number"]) for row in rows]
    assert [b - a for a, b in itertools.pairwise(numbers)] == [int(row["is_workday"]) for row in rows[1:]]


def test_days_off_are_all_others() -> None:
    off = days_off(CAL, FIRST, LAST)
    assert set(off) == set(DAYS) - set(WORKING)
    assert list(off) == sorted(off)


def additions() -> Iterator[tuple[date, int]]:
    return ((day, number) for day in DAYS for number in range(1, MOST + 1))


def test_sqlite_counts_as_the_official_table_does() -> None:
    base = sqlite3.connect(":memory:")
    script = sql(CAL, "sqlite", FIRST, END)
    base.executescript(script)
    lines = [line.removeprefix("--   ") for line in script.splitlines() if line.startswith("--   ")]
    is_workday, add, overdue = lines
    assert [bool(base.execute(is_workday, {"d": day.isoformat()}).fetchone()[0]) for day in DAYS] == [
        day in set(WORKING) for day in DAYS
    ]
    wrong = [
        (day, number)
        for day, number in additions()
        if base.execute(add, {"d": day.isoformat(), "n": number}).fetchone()[0] != right(day, number).isoformat()
    ]
    assert wrong == []
    for day in DAYS[200::17]:
        for number in (-20, -1, 0):
            assert (
                base.execute(add, {"d": day.isoformat(), "n": number}).fetchone()[0] == CAL.add(day, number).isoformat()
            )
        later = day + timedelta(days=40)
        late = {"due": day.isoformat(), "today": later.isoformat()}
        assert base.execute(overdue, late).fetchone()[0] == CAL.count(day, later)
        assert base.execute(overdue, {"due": later.isoformat(), "today": day.isoformat()}).fetchone()[0] == 0
    assert base.execute(add, {"d": "2031-01-01", "n": 5}).fetchone()[0] is None
    base.close()


def test_postgresql_counts_as_the_official_table_does() -> None:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    with postgres.server() as folder, psycopg.connect(f"host={folder} user=postgres dbname=postgres") as base:
        base.execute(sql(CAL, SqlDialect.POSTGRESQL, FIRST, END))
        found = base.execute(
            "SELECT d::date, n, onestop_add_workdays(d::date, n) "
            "FROM generate_series(%s::date, %s::date, '1 day') d, generate_series(1, 60) n",
            (FIRST, LAST),
        ).fetchall()
        assert len(found) == len(DAYS) * MOST
        assert [(day, number) for day, number, due in found if due != right(day, number)] == []
        [row] = base.execute(
            "SELECT onestop_add_workdays('2026-01-01', 0), onestop_add_workdays('2026-01-05', -1), "
            "onestop_days_overdue('2026-02-13', '2026-02-24'), onestop_days_overdue('2026-02-24', '2026-02-13'), "
            "onestop_is_workday('2026-01-10'), onestop_add_workdays('2031-01-01', 5)"
        ).fetchall()
        assert row == (date(2026, 1, 5), date(2025, 12, 31), 2, 0, True, None)


def test_sql_server_gets_the_same_days() -> None:
    # No such server is to be had here: its script is read, not run.
    script = sql(CAL, "sqlserver", date(2026, 1, 1), date(2026, 12, 31))
    assert script.count("\n('2026-") == 365
    assert "('2026-01-02', 0, 3510, 'swap_off', N'Nghỉ hoán đổi (làm bù 10/01/2026)'" in script
    assert script.count("CREATE FUNCTION dbo.onestop_") == 3
    assert "@n > 0" in script


def test_a_spreadsheet_counts_as_the_official_table_does(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    sheet, off, days = book.active, book.create_sheet("off"), book.create_sheet("days")
    for day in days_off(CAL, FIRST, END):
        off.append([day])
    listed = list(csv.DictReader(io.StringIO(days_csv(CAL, FIRST, END))))
    for row in listed:
        days.append([date.fromisoformat(row["date"]), int(row["is_workday"]), int(row["number"])])
    asked = DAYS[::7]
    last_off, last_day = off.max_row, len(listed)
    for at, day in enumerate(asked, start=1):
        formulas = [f'=WORKDAY.INTL($A{at},{number},"0000000",off.$A$1:$A${last_off})' for number in range(1, MOST + 1)]
        # The running number: the first day whose number is so much greater.
        of_day = f"VLOOKUP($A{at},days.$A$1:$C${last_day},3,0)"
        formulas += [
            f"=INDEX(days.$A$1:$A${last_day},MATCH({of_day}+{number},days.$C$1:$C${last_day},0))"
            for number in (1, 5, 60)
        ]
        formulas += [
            f"=WORKDAY($A{at},{number}{listed_off})"
            for listed_off in ("", f",off.$A$1:$A${last_off}")
            for number in (5, 60)
        ]
        sheet.append([day, *(formula.replace("off.", "off!").replace("days.", "days!") for formula in formulas)])
        for column in range(1, MOST + 9):
            sheet.cell(at, column).number_format = "yyyy-mm-dd"
    book.save(tmp_path / "days.xlsx")
    subprocess.run(  # noqa: S603 - the program that was found
        [
            soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", tmp_path, tmp_path / "days.xlsx",
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    with (tmp_path / "days.csv").open(encoding="utf-8", newline="") as file:
        found = [[date.fromisoformat(cell) for cell in row] for row in csv.reader(file)]
    assert [row[0] for row in found] == asked
    assert [row[1 : MOST + 1] for row in found] == [
        [right(day, number) for number in range(1, MOST + 1)] for day in asked
    ]
    assert [row[MOST + 1 : MOST + 4] for row in found] == [
        [right(day, number) for number in (1, 5, 60)] for day in asked
    ]
    assert [row[MOST + 4 :] for row in found] == [
        [plain_workday(day, number, without) for without in (frozenset(), OFF) for number in (5, 60)] for day in asked
    ]


def plain_workday(day: date, number: int, off: frozenset[date]) -> date:
    """Return what a spreadsheet's ``WORKDAY`` gives with a list of days off: no Saturday is ever counted."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in off
    return day


OFF = frozenset(days_off(CAL, FIRST, END))


@cache
def gaps(off: frozenset[date]) -> list[int]:
    """Return by how many days ``WORKDAY`` is wrong, for each addition that it gets wrong."""
    found = []
    for day in DAYS:
        counted = day
        for number in range(1, MOST + 1):
            counted = plain_workday(counted, 1, off)
            if counted != right(day, number):
                found.append((counted - right(day, number)).days)
    return found


@pytest.mark.parametrize("page", ["calendar-as-data.md", "calendar-as-data.vi.md"])
def test_the_page_says_what_plain_workday_gets_wrong(page: str) -> None:
    text = (DOCS / "how-to" / page).read_text(encoding="utf-8")
    told = [tuple(map(int, row)) for row in re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)]
    received = [day for day in WORKING if day.year == 2026]
    assert f" {len(received)} " in text
    counted = [
        (
            number,
            *(
                sum(plain_workday(day, number, off) != right(day, number) for day in received)
                for off in (frozenset(), OFF)
            ),
        )
        for number in (5, 10, 30, 60)
    ]
    assert told == counted
    mark = "." if ".vi." in page else ","
    early, late = gaps(frozenset()), gaps(OFF)
    assert sum(gap < 0 for gap in early) > 0.9 * len(early)  # mostly too early
    assert min(late) > 0  # always too late
    for figure in (len(early), len(late)):
        assert f" {figure:,} ".replace(",", mark) in text
    assert f"({len(DAYS) * MOST:,} ".replace(",", mark) in text


def test_files_have_permanent_names_and_the_same_bytes() -> None:
    files = published_files(CAL)
    names = {"days.csv", "days-off.csv", "days.json", "calendar.ics", "postgresql.sql", "sqlserver.sql", "sqlite.sql"}
    folders = ["all", *(str(year) for year in range(2012, 2029))]
    assert set(files) == {"manifest.json", *(f"{folder}/{name}" for folder in folders for name in names)}
    assert published_files(CAL) == files
    manifest = json.loads(files["manifest.json"])
    assert (manifest["as_of"], manifest["announced_until"], manifest["predicted_years"]) == (None, "2027-12-31", [2028])
    assert {name: f"sha256:{hashlib.sha256(files[name]).hexdigest()}" for name in files if name != "manifest.json"} == (
        manifest["files"]
    )
    whole = files["all/calendar.ics"].decode()
    assert whole.count("BEGIN:VCALENDAR") == 1
    assert whole.count("BEGIN:VEVENT") == sum(
        files[f"{year}/calendar.ics"].decode().count("BEGIN:VEVENT") for year in range(2012, 2029)
    )
    assert whole.endswith("END:VCALENDAR\r\n")
    earlier = published_files(calendar("vn-civil", as_of=date(2025, 12, 24)))
    assert json.loads(earlier["manifest.json"])["as_of"] == "2025-12-24"
    assert earlier["2026/days.csv"] != files["2026/days.csv"]
    assert "as of 2025-12-24" in earlier["2026/sqlite.sql"].decode()


def test_what_cannot_be_published_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="postgresql"):
        sql(CAL, "oracle", FIRST, LAST)
    with pytest.raises(CalendarCoverageError):
        days_csv(CAL, date(2011, 1, 1), FIRST)
    with pytest.raises(InvalidValueError):
        publishing.days_off("vn-civil")  # type: ignore[arg-type]
