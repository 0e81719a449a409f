"""From logs to facts: one dossier after another by its machine, and all that went the same way at once by the columns.

``python tests/benchmarks/bench_logs.py [--dossiers N]`` prints the ratio, and how the time of the columns grows with N.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import importlib
import random
import resource
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from onestop_core import dossier
from onestop_core.errors import OnestopError
from onestop_core.ext import frames
from onestop_core.ext.log_files import fold_files

START = datetime.fromisoformat("2026-01-05T08:00+07:00")
MACHINE = dossier.machine("vn@decree-118-2025")
WAY = (
    "received",
    "transferred",
    "assigned",
    "verification_started",
    "verified",
    "approved",
    "result_handed_over",
    "delivered",
)


def handled(name: str, chance: random.Random) -> dossier.Dossier:
    """Return a dossier of about ten events; every third was asked for papers, some twice, some stopped on the way."""
    at = START + timedelta(minutes=chance.randrange(300 * 24 * 60))
    case = MACHINE.new(id=name, procedure="1.012783", channel=chance.choice(["in_person", "online"]), at=at)
    way = list(WAY[: chance.choice([3, 5, 8, 8, 8, 8, 8, 8])])
    for _ in range(chance.choice([0, 0, 1])):
        way[3:3] = ["supplement_requested", "supplemented"]
    for kind in way:
        at += timedelta(minutes=chance.randrange(10, 3000))
        due = at + timedelta(days=7) if kind in {"received", "supplemented"} else None
        reason = "thiếu giấy tờ" if kind == "supplement_requested" else None
        try:
            case = MACHINE.step(case, dossier.event(kind, at, due=due, reason=reason, actor="lan", unit="H26.12"))
        except OnestopError:
            continue
    return case


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=200_000)
    parser.add_argument("--sample", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pa: Any = importlib.import_module("pyarrow")
    pq: Any = importlib.import_module("pyarrow.parquet")
    chance = random.Random(22)
    cases = [handled(str(number), chance) for number in range(options.sample)]
    sample = frames.log_table(cases)

    def grown(times: int) -> Any:
        names = sample.column("dossier_id")
        join = importlib.import_module("pyarrow.compute").binary_join_element_wise
        return pa.concat_tables([sample.set_column(0, "dossier_id", join(names, str(n), "-")) for n in range(times)])

    def best(work: Any) -> float:
        found = float("inf")
        for _ in range(options.rounds):
            start = perf_counter()
            work()
            found = min(found, perf_counter() - start)
        return found

    logs = [case.events for case in cases]
    one = best(lambda: [dossier.facts(MACHINE.replay(events, judge=False)) for events in logs]) / options.sample
    print(f"{options.sample} dossiers, {sample.num_rows} events")
    print(f"{'one by one':<28}{1 / one:>12,.0f} dossiers/s {sample.num_rows / options.sample / one:>12,.0f} events/s")
    times = max(1, options.dossiers // options.sample)
    for part in (max(1, times // 10), times):
        table = grown(part)
        took = best(lambda table=table: frames.fold_logs(table)) / (part * options.sample)
        said = f"in columns, {part * options.sample:,}"
        print(
            f"{said:<28}{1 / took:>12,.0f} dossiers/s {sample.num_rows / options.sample / took:>12,.0f} events/s {one / took:>8.0f}x"
        )
    with tempfile.TemporaryDirectory() as name:
        sources = [Path(name, f"{half}.parquet") for half in ("a", "b")]
        table = grown(times)
        middle = sample.num_rows * (times // 2)
        for path, rows in zip(sources, (table.slice(0, middle), table.slice(middle)), strict=True):
            pq.write_table(rows, path)
        del table
        start = perf_counter()
        count = sum(done.dossiers for done in fold_files(sources, Path(name, "out"), processes=2))
        took = perf_counter() - start
        print(f"{'Parquet to Parquet, 2 cores':<28}{count / took:>12,.0f} dossiers/s")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"most memory of a worker: {most} MB")


if __name__ == "__main__":
    main()
