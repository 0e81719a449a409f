"""Due moments of a whole table, against SQL written by hand: ``python tests/benchmarks/bench_frame_due.py``.

DuckDB dates the same rows twice: by ``ext.frames.due``, and by its own SQL over a table of the calendar, which knows
working days and nothing else. Both must give the same moments. Then other engines and other limits, as ratios to it.
"""
# ruff: noqa: T201 - a benchmark prints, and writes its own SQL

from __future__ import annotations

import argparse
import importlib
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from onestop_core import workdays
from onestop_core.deadlines import TimeLimit, office_hours
from onestop_core.ext import frames

if TYPE_CHECKING:
    from collections.abc import Callable

MAKE = """
CREATE TABLE cases AS SELECT 'H26-' || i AS id,
  TIMESTAMPTZ '2024-01-02 08:00:00+07' + (i * 7919 % 1000003) * INTERVAL 1 MINUTE AS received_at,
  (5 * (1 + i % 4)) || ' working days' AS time_limit
FROM range({rows}) t(i)"""
BY_HAND = """
SELECT cases.*, timezone('Asia/Ho_Chi_Minh', working.date + INTERVAL 86399 SECOND) AS due_at
FROM cases
LEFT JOIN days ON days.date = CAST(timezone('Asia/Ho_Chi_Minh', received_at) AS DATE)
LEFT JOIN days AS working ON working.works
  AND working.number = days.number + CAST(split_part(time_limit, ' ', 1) AS INTEGER)"""


def best(work: Callable[[], object], rounds: int) -> float:
    """Return the shortest of so many times."""
    times: list[float] = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    """Print both times and their ratio, then those of others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    duckdb: Any = importlib.import_module("duckdb")
    arrow: Any = importlib.import_module("pyarrow")
    cal = workdays.calendar("vn-civil")
    connection = duckdb.connect()
    connection.execute(MAKE.format(rows=options.rows))
    first = cal.coverage.first
    assert first is not None
    dates = [first + timedelta(days=number) for number in range(16 * 365)]
    works = [cal.is_workday(day) for day in dates]
    numbers = [cal.count(first, day) for day in dates]
    days = arrow.table({"date": arrow.array(dates, arrow.date32()), "number": numbers, "works": works})
    connection.register("the_days", days)
    connection.execute("CREATE TABLE days AS SELECT * FROM the_days")
    cases = connection.table("cases")

    def ours() -> None:
        frames.due(cases, calendar=cal).create("ours")
        connection.execute("DROP TABLE ours")

    def hand() -> None:
        connection.sql(BY_HAND).create("hand")
        connection.execute("DROP TABLE hand")

    frames.due(cases, calendar=cal).create("a")
    connection.sql(BY_HAND).create("b")
    wrong = connection.sql("SELECT count(*) FROM a JOIN b USING (id) WHERE a.due_at IS DISTINCT FROM b.due_at")
    assert wrong.fetchall() == [(0,)]
    base = best(hand, options.rounds)
    print(f"{options.rows:,} rows, best of {options.rounds}")
    print(f"{'DuckDB, SQL by hand':40} {base:8.3f} s   1.00")
    table = cases.to_arrow_table()
    few = table.slice(0, options.rows // 10)
    hours, eight = office_hours(), TimeLimit.parse("8 working hours")
    lines: list[tuple[str, Callable[[], object], int]] = [
        ("DuckDB, ext.frames.due", ours, 1),
        ("PyArrow", lambda: frames.due(table, calendar=cal), 1),
        ("PyArrow, with office hours", lambda: frames.due(table, calendar=cal, hours=hours), 1),
        (
            "PyArrow, 2 months",
            lambda: frames.due(table.drop(["time_limit"]), calendar=cal, limit=TimeLimit.parse("2 months")),
            1,
        ),
        (
            "PyArrow, 8 working hours, for as many rows",
            lambda: frames.due(few.drop(["time_limit"]), calendar=cal, limit=eight, hours=hours),
            10,
        ),
    ]
    for name, work, times in lines:
        spent = best(work, options.rounds) * times
        print(f"{name:40} {spent:8.3f} s   {spent / base:.2f}")


if __name__ == "__main__":
    main()
