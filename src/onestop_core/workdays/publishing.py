"""A calendar as data for those without Python: all its days, its days off, and SQL with three functions.

>>> from onestop_core.workdays import calendar
>>> files = published_files(calendar("vn-civil"))
>>> sorted(files)[:4]
['2012/calendar.ics', '2012/days-off.csv', '2012/days.csv', '2012/days.json']
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from onestop_core.model import FrozenMap
from onestop_core.workdays import dimension, render
from onestop_core.workdays.values import Certainty
from onestop_core.workdays.working_calendar import Calendar, a_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COLUMNS", "SqlDialect", "days_csv", "days_off", "published_files", "sql"]

COLUMNS: Final = (
    "date", "is_workday", "number", "kind", "name_vi", "name_en", "certainty", "announced_on", "replaces", "basis"
)  # fmt: skip
"""Of the table of all days. ``number`` is that of the working day, from the first of the coverage on: between two days lie
``number(end) - number(start)`` working days, the start not counted."""


class SqlDialect(StrEnum):
    """For whom the SQL is written."""

    POSTGRESQL = "postgresql"
    SQLSERVER = "sqlserver"
    SQLITE = "sqlite"


def _rows(calendar: Calendar, first: dt.date | None, last: dt.date | None) -> Iterator[tuple[str, ...]]:
    for numbered in dimension.table(calendar, first, last):
        day = calendar.day(numbered.date)
        yield (
            day.date.isoformat(),
            "1" if day.is_workday else "0",
            str(numbered.number),
            day.kind.value,
            day.name.vi,
            day.name.en,
            day.certainty.value,
            day.announced_on.isoformat() if day.announced_on else "",
            day.replaces.isoformat() if day.replaces else "",
            day.basis.cite().vi if day.basis else "",
        )


def days_csv(calendar: Calendar, first: dt.date | None = None, last: dt.date | None = None) -> str:
    r"""Return every day from *first* to *last* as CSV with the columns :data:`COLUMNS`, lines ending in LF.

    >>> from onestop_core.workdays import calendar
    >>> print(days_csv(calendar("vn-civil"), dt.date(2026, 1, 2), dt.date(2026, 1, 3)).splitlines()[1])
    2026-01-02,0,3510,swap_off,Nghỉ hoán đổi (làm bù 10/01/2026),Day off swapped for 2026-01-10,announced,2025-12-25,,Công văn số 12729/VPCP-KGVX

    Raises:
        InvalidValueError: *calendar* is none, or a day is no plain date.
        CalendarCoverageError: the calendar does not cover a day.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(_rows(a_calendar(calendar), first, last))
    return text.getvalue()


def days_off(calendar: Calendar, first: dt.date | None = None, last: dt.date | None = None) -> tuple[dt.date, ...]:
    """Return every day that is not worked from *first* to *last*, weekends included.

    With this list and the week-end mask ``"0000000"`` a spreadsheet's ``WORKDAY.INTL`` is right; ``WORKDAY`` cannot be, for no
    list opens a Saturday that is made up.

    >>> from onestop_core.workdays import calendar
    >>> len(days_off(calendar("vn-civil"), dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    116

    Raises:
        InvalidValueError: *calendar* is none, or a day is no plain date.
        CalendarCoverageError: the calendar does not cover a day.
    """
    return tuple(row.date for row in dimension.table(calendar, first, last) if not row.is_workday)


_TABLE: Final = {
    SqlDialect.POSTGRESQL: (
        "CREATE TABLE onestop_day (date date PRIMARY KEY, is_workday boolean NOT NULL, number integer NOT NULL,\n"
        "  kind text NOT NULL, name_vi text NOT NULL, name_en text NOT NULL, certainty text NOT NULL,\n"
        "  announced_on date, replaces date, basis text);\n"
        "CREATE INDEX onestop_day_number ON onestop_day (number, date);\n"
    ),
    SqlDialect.SQLSERVER: (
        "CREATE TABLE dbo.onestop_day (date date NOT NULL PRIMARY KEY, is_workday bit NOT NULL, number int NOT NULL,\n"
        "  kind varchar(20) NOT NULL, name_vi nvarchar(200) NOT NULL, name_en nvarchar(200) NOT NULL,\n"
        "  certainty varchar(20) NOT NULL, announced_on date NULL, replaces date NULL, basis nvarchar(400) NULL);\n"
        "CREATE INDEX onestop_day_number ON dbo.onestop_day (number, date);\n"
    ),
    SqlDialect.SQLITE: (
        "CREATE TABLE onestop_day (date text PRIMARY KEY, is_workday integer NOT NULL, number integer NOT NULL,\n"
        "  kind text NOT NULL, name_vi text NOT NULL, name_en text NOT NULL, certainty text NOT NULL,\n"
        "  announced_on text, replaces text, basis text) WITHOUT ROWID;\n"
        "CREATE INDEX onestop_day_number ON onestop_day (number, date);\n"
    ),
}
# The n-th working day after a day has the number of that day plus n; before it, one counts back from the working days before.
_WANTED: Final = (
    "CASE WHEN {n} > 0 THEN number + {n} WHEN {n} < 0 THEN number - {works} + {n} + 1 ELSE number - {works} + 1 END"
)
_FUNCTIONS: Final = {
    SqlDialect.POSTGRESQL: """
CREATE FUNCTION onestop_is_workday(d date) RETURNS boolean LANGUAGE sql STABLE STRICT AS
$$ SELECT is_workday FROM onestop_day WHERE date = d $$;

CREATE FUNCTION onestop_add_workdays(d date, n integer) RETURNS date LANGUAGE sql STABLE STRICT AS
$$ SELECT min(date) FROM onestop_day
   WHERE is_workday AND number = (SELECT {wanted} FROM onestop_day WHERE date = d) $$;

CREATE FUNCTION onestop_days_overdue(due date, today date) RETURNS integer LANGUAGE sql STABLE STRICT AS
$$ SELECT greatest(0, t.number - d.number) FROM onestop_day t, onestop_day d WHERE t.date = today AND d.date = due $$;
""".replace("{wanted}", _WANTED.format(n="n", works="is_workday::int")),
    SqlDialect.SQLSERVER: """GO
CREATE FUNCTION dbo.onestop_is_workday(@d date) RETURNS bit AS
BEGIN RETURN (SELECT is_workday FROM dbo.onestop_day WHERE date = @d) END
GO
CREATE FUNCTION dbo.onestop_add_workdays(@d date, @n int) RETURNS date AS
BEGIN RETURN (SELECT min(date) FROM dbo.onestop_day
  WHERE is_workday = 1 AND number = (SELECT {wanted} FROM dbo.onestop_day WHERE date = @d)) END
GO
CREATE FUNCTION dbo.onestop_days_overdue(@due date, @today date) RETURNS int AS
BEGIN RETURN (SELECT CASE WHEN t.number > d.number THEN t.number - d.number ELSE 0 END
  FROM dbo.onestop_day t, dbo.onestop_day d WHERE t.date = @today AND d.date = @due) END
GO
""".replace("{wanted}", _WANTED.format(n="@n", works="CAST(is_workday AS int)")),
    SqlDialect.SQLITE: """
-- SQLite has no functions of its own in a file: ask with these, the values bound by name.
-- is it a working day:
--   SELECT is_workday FROM onestop_day WHERE date = :d
-- the n-th working day after it (before it for n < 0; for 0 the day itself, or the next working day):
--   SELECT min(date) FROM onestop_day WHERE is_workday AND number = (SELECT {wanted} FROM onestop_day WHERE date = :d)
-- working days overdue:
--   SELECT max(0, t.number - d.number) FROM onestop_day t, onestop_day d WHERE t.date = :today AND d.date = :due
""".replace("{wanted}", _WANTED.format(n=":n", works="is_workday")),
}
_MOST_ROWS: Final = 500
"""Rows of one INSERT; SQL Server takes a thousand."""


def sql(
    calendar: Calendar, dialect: SqlDialect | str, first: dt.date | None = None, last: dt.date | None = None
) -> str:
    """Return a script that makes the table ``onestop_day`` and three functions: is it a working day, add, days overdue.

    A day that the table does not hold gives no answer (NULL), never a guess.

    >>> from onestop_core.workdays import calendar
    >>> script = sql(calendar("vn-civil"), "postgresql", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    >>> [line for line in script.splitlines() if line.startswith("CREATE FUNCTION")][1].split("(")[0]
    'CREATE FUNCTION onestop_add_workdays'

    Raises:
        InvalidValueError: *calendar* is none, a day is no plain date, or there is no such dialect.
        CalendarCoverageError: the calendar does not cover a day.
    """
    known = _dialect(dialect)
    yes, no = ("true", "false") if known is SqlDialect.POSTGRESQL else ("1", "0")
    prefix, mark = ("dbo.", "N") if known is SqlDialect.SQLSERVER else ("", "")

    def value(column: str, text: str) -> str:
        if column == "is_workday":
            return yes if text == "1" else no
        if column == "number":
            return text
        quoted = text.replace("'", "''")
        return f"{mark if column in {'name_vi', 'name_en', 'basis'} else ''}'{quoted}'" if text else "NULL"

    rows = [
        "(" + ", ".join(value(column, text) for column, text in zip(COLUMNS, row, strict=True)) + ")"
        for row in _rows(a_calendar(calendar), first, last)
    ]
    inserts = [
        f"INSERT INTO {prefix}onestop_day ({', '.join(COLUMNS)}) VALUES\n"
        + ",\n".join(rows[at : at + _MOST_ROWS])
        + ";\n"
        for at in range(0, len(rows), _MOST_ROWS)
    ]
    as_of = calendar.as_of.isoformat() if calendar.as_of else "the newest decision"
    head = (
        f"-- Working days of {calendar.name}, as of {as_of}. A new decision: run the newer file in place of this one.\n"
    )
    return "".join([head, _TABLE[known], *inserts, _FUNCTIONS[known]])


def _dialect(value: SqlDialect | str) -> SqlDialect:
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - only where it is refused

    for each in SqlDialect:
        if type(value) in {SqlDialect, str} and each.value == value:
            return each
    raise InvalidValueError.one_of("dialect", value, SqlDialect)


def published_files(calendar: Calendar) -> FrozenMap[str, bytes]:
    """Return the calendar as files under permanent names: ``all/…`` and ``2026/…``, and a manifest with their digests.

    The same calendar gives the same bytes. Predicted years are marked so, row by row.

    Raises:
        InvalidValueError: *calendar* is none.
    """
    covered = a_calendar(calendar).coverage
    assert covered.first is not None
    assert covered.last is not None
    # Later years rest on a guess: they are asked for by name, and not handed out with the rest.
    last_year = min(covered.last.year, calendar.announced_until.year + 1)
    files: dict[str, bytes] = {}
    for folder, years in (
        ("all", range(covered.first.year, last_year + 1)),
        *((str(year), range(year, year + 1)) for year in range(covered.first.year, last_year + 1)),
    ):
        first, last = dt.date(years[0], 1, 1), dt.date(years[-1], 12, 31)
        texts = {
            "days.csv": "\ufeff" + days_csv(calendar, first, last),
            "days-off.csv": "".join(["date\n", *(f"{day.isoformat()}\n" for day in days_off(calendar, first, last))]),
            "days.json": _json([render.to_dict(calendar, year) for year in years]),
            "calendar.ics": "".join(render.icalendar(calendar, year, language="vi") for year in years)
            if len(years) == 1
            else _joined([render.icalendar(calendar, year, language="vi") for year in years]),
            **{f"{dialect.value}.sql": sql(calendar, dialect, first, last) for dialect in SqlDialect},
        }
        files |= {f"{folder}/{name}": text.encode() for name, text in texts.items()}
    manifest = {
        "calendar": calendar.name,
        "as_of": calendar.as_of.isoformat() if calendar.as_of else None,
        "announced_until": calendar.announced_until.isoformat(),
        "predicted_years": [
            year for year in range(covered.first.year, last_year + 1) if calendar.known_from(year) is None
        ],
        "certainties": [each.value for each in Certainty],
        "files": {name: f"sha256:{hashlib.sha256(content).hexdigest()}" for name, content in sorted(files.items())},
    }
    return FrozenMap({"manifest.json": _json(manifest).encode(), **files})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _joined(calendars: list[str]) -> str:
    """Return several calendars of a year each as one: the head of the first, the events of all."""
    begin, end = "BEGIN:VEVENT", "END:VCALENDAR"
    head = calendars[0].partition(begin)[0]
    events = "".join(begin + each.partition(begin)[2].partition(end)[0] for each in calendars)
    return f"{head}{events}{end}\r\n"
