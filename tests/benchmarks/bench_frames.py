"""Counting a Parquet file, against SQL written by hand: ``python tests/benchmarks/bench_frames.py [--facts 10000000]``.

Makes the file batch by batch in a temporary folder and deletes it afterwards. DuckDB counts all nine metrics by
unit, once by ``ext.frames.tally`` and once by its own SQL; both must give the same integers, each of them.
"""
# ruff: noqa: T201, S608 - a benchmark prints, and writes its own SQL

from __future__ import annotations

import argparse
import importlib
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from onestop_core import kpi
from onestop_core.ext import frames
from onestop_core.model import Interval

BATCH = 500_000
PERIOD = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
MAKE = """
SELECT 'H26-' || i AS id, 'unit ' || (i % 30) AS unit,
  CASE i % 3 WHEN 0 THEN 'online' WHEN 1 THEN 'in_person' END AS channel,
  TIMESTAMPTZ '2026-09-25 08:00:00+07' + (i % 850) * INTERVAL 1 HOUR AS received_at,
  CASE WHEN i % 11 > 0 THEN TIMESTAMPTZ '2026-10-02 08:00:00+07' + (i % 850) * INTERVAL 1 HOUR END AS due_at,
  168::BIGINT AS allowed_hours,
  CASE WHEN i % 5 > 0 THEN TIMESTAMPTZ '2026-09-25 08:00:00+07' + (i % 850 + i % 190) * INTERVAL 1 HOUR END AS finished_at,
  i % 3 AS supplement_requests, i % 40 AS supplement_hours,
  CASE WHEN i % 23 = 0 AND i % 3 > 0 THEN TIMESTAMPTZ '2026-10-09 08:00:00+07' END AS supplement_requested_at,
  i % 4 > 0 AS fee_due, i % 7 > 0 AS paid_online, i % 13 > 0 AS electronic_result, i % 17 > 0 AS digitised,
  i % 2 > 0 AS data_reused, FALSE AS personal_store, TRUE AS population_data, i % 97 = 0 AS disliked,
  i % 89 = 0 AS complained
FROM range({first}, {last}) t(i)
"""
JUDGE = """
CASE WHEN due_at IS NOT NULL THEN {end} <= due_at
  WHEN received_at IS NULL OR allowed_hours IS NULL THEN NULL
  WHEN {end} <= received_at + to_hours(allowed_hours) THEN TRUE
  WHEN supplement_hours IS NOT NULL THEN {end} <= received_at + to_hours(allowed_hours + supplement_hours)
  WHEN supplement_requests = 0 THEN FALSE END
"""
LAST = "TIMESTAMPTZ '2026-10-31 23:59:59.999999+07'"


def by_hand(source: str) -> str:
    """Return the counts as one would write them for DuckDB alone."""
    flags = ("electronic_result", "digitised", "data_reused", "personal_store", "population_data", "content", "on_time")
    sums = [
        f"count(*) FILTER ({name}), count(*) FILTER ({name} IS NOT NULL), count(*) FILTER ({name} IS NULL)"
        for name in flags
    ]
    return f"""
    WITH judged AS (SELECT *, CASE
        WHEN finished_at <= {LAST} THEN {JUDGE.format(end="finished_at")}
        WHEN supplement_requested_at <= {LAST} THEN CASE WHEN supplement_requests > 1 THEN FALSE
          WHEN supplement_requests IS NOT NULL THEN {JUDGE.format(end="supplement_requested_at")} END
        ELSE {JUDGE.format(end=LAST)} END AS on_time,
      coalesce(finished_at <= {LAST}, FALSE) AS finished
      FROM '{source}' WHERE received_at >= TIMESTAMPTZ '2026-10-01 00:00:00+07' AND received_at <= {LAST}),
    ready AS (SELECT *, on_time AND NOT disliked AND NOT complained AS content FROM judged)
    SELECT unit, count(*), {", ".join(sums)}, count(*) FILTER (channel = 'online'),
      count(*) FILTER (fee_due AND paid_online), count(*) FILTER (fee_due AND paid_online IS NOT NULL),
      count(*) FILTER (fee_due IS NULL OR (fee_due AND paid_online IS NULL)),
      count(*) FILTER (finished AND on_time), count(*) FILTER (finished AND on_time IS NOT NULL),
      count(*) FILTER (NOT finished AND on_time), count(*) FILTER (NOT finished AND on_time IS NOT NULL)
    FROM ready GROUP BY unit"""


def numbers(tally: kpi.Tally) -> tuple[int, ...]:
    """Return the counts of a tally in the order of the SQL."""
    flags = [tally[metric] for metric in ("4.1", "4.2", "4.3", "4.4", "4.5b", "5.4", "2.1")]
    paid = tally["3.6"]
    return (
        tally.counted,
        *(part for each in flags for part in (each.numerator, each.denominator, each.unknown)),
        tally["3.3"].numerator,
        *(paid.numerator, paid.denominator, paid.unknown),
        *(part for each in (tally.finished, tally.in_progress) for part in (each.numerator, each.denominator)),
    )


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    index = kpi.index("vn-766@portal-2026")
    with tempfile.TemporaryDirectory() as folder:
        duckdb: Any = importlib.import_module("duckdb")
        duck = duckdb
        for place, first in enumerate(range(0, options.facts, BATCH)):
            query = MAKE.format(first=first, last=min(first + BATCH, options.facts))
            duck.sql(query).write_parquet(str(Path(folder) / f"{place:03}.parquet"))
        source = str(Path(folder) / "*.parquet")
        ours, hand = [], []
        tallies: Any = {}
        rows: Any = []
        for _ in range(options.rounds):
            start = perf_counter()
            tallies = frames.tally(duckdb.read_parquet(source), index, by=["unit"], period=PERIOD)
            ours.append(perf_counter() - start)
            start = perf_counter()
            rows = duck.sql(by_hand(source)).fetchall()
            hand.append(perf_counter() - start)
        assert {key: numbers(tally) for (key,), tally in tallies.items()} == {row[0]: row[1:] for row in rows}
    print(f"{options.facts:,} facts, DuckDB {duckdb.__version__}, best of {options.rounds}")
    print(f"SQL by hand        {min(hand):8.3f} s   1.00")
    print(f"ext.frames.tally   {min(ours):8.3f} s   {min(ours) / min(hand):.2f}")


if __name__ == "__main__":
    main()
