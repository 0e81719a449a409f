"""From logs to facts and breaches: one dossier after another, and all that went the same way at once by the columns.

``python tests/benchmarks/bench_logs.py [--dossiers N]`` prints the ratios, and how the time of the columns grows with N. What is
judged is a made-up year (``lab.generate``), in which some are asked for papers twice, extended too late or refused after their day,
with further breaches strewn over every fifth dossier.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import importlib
import json
import random
import resource
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs

from onestop_core import dossier, lab
from onestop_core.errors import OnestopError
from onestop_core.ext import frames
from onestop_core.ext._logs.judged import LogJudge
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


def broken(case: dossier.Dossier, chance: random.Random) -> tuple[dossier.Event, ...]:
    """Return the log of *case*, now and then with something that the law refuses."""
    log = list(case.events)
    if chance.random() < 0.2 and len(log) > 3:
        number = chance.randrange(2, len(log))
        match chance.choice(["role", "reason", "due", "unit", "left out"]):
            case "role":
                log[number] = attrs.evolve(log[number], role=chance.choice(["applicant", "specialist", "system"]))
            case "reason":
                log[number] = attrs.evolve(log[number], reason=None)
            case "due":
                extended = dossier.event(
                    "extended", log[number].at, due=log[number].at + timedelta(days=9), reason="quá tải"
                )
                log.insert(number + 1, extended)
            case "unit":
                log[number] = attrs.evolve(log[number], unit="H00.00")
            case _:
                del log[number]
    return tuple(log)


def judging(options: argparse.Namespace, best: Any) -> None:
    """Print what judging costs, one by one and in columns, and what reading lines of JSON costs."""
    pq: Any = importlib.import_module("pyarrow.parquet")
    chance, law = random.Random(22), lab.law()
    logs = [broken(case, chance) for case in lab.generate(options.dossiers // 4, year=2026)]
    sample, size = logs[: options.sample], len(logs)
    one = best(lambda: [lab.follow(log, law.machine(log[0])) for log in sample]) / len(sample)
    table = frames.log_table(logs)
    each = table.num_rows / size
    found = frames.judge_logs(table, law=law)
    kinds = table.column("kind").to_pylist()
    shares = {kind: f"{kinds.count(kind) / size:.1%}" for kind in ("supplement_requested", "extended", "refused")}
    odd = len(set(found.breaches.column("id").to_pylist())) / size
    print(f"{size:,} made-up dossiers, {table.num_rows:,} events; {shares}, {odd:.1%} with a breach")
    print(f"{'judged one by one':<28}{1 / one:>12,.0f} dossiers/s {each / one:>12,.0f} events/s")
    took = best(lambda: frames.judge_logs(table, law=law)) / size
    print(
        f"{'in columns, from nothing':<28}{1 / took:>12,.0f} dossiers/s {each / took:>12,.0f} events/s {one / took:>8.0f}x"
    )
    judge = LogJudge(law)
    judge.judge(table)
    took = best(lambda: judge.judge(table)) / size
    print(
        f"{'in columns, shapes known':<28}{1 / took:>12,.0f} dossiers/s {each / took:>12,.0f} events/s {one / took:>8.0f}x"
    )
    with tempfile.TemporaryDirectory() as name:
        join = importlib.import_module("pyarrow.compute").binary_join_element_wise
        sources = [Path(name, f"{half}.parquet") for half in ("a", "b")]
        for path in sources:
            with pq.ParquetWriter(path, table.schema) as writer:
                for turn in range(max(1, 2 * options.dossiers // size)):
                    names = join(table.column("dossier_id"), str(turn), "-")
                    writer.write_table(table.set_column(0, table.schema.field(0), names))
        start, before = perf_counter(), processor()
        done = list(fold_files(sources, Path(name, "out"), processes=2, law=law))
        took, count = perf_counter() - start, sum(file.dossiers for file in done)
        print(f"{'  a second of one processor':<28}{count / (processor() - before):>12,.0f} dossiers/s")
        print(
            f"{'judged, Parquet, 2 cores':<28}{count / took:>12,.0f} dossiers/s {each * count / took:>12,.0f} events/s, {count:,} in all"
        )
        lines = [Path(name, f"{half}.jsonl") for half in ("c", "d")]
        for path, part in zip(lines, (sample[::2], sample[1::2]), strict=True):
            made = (dossier.dump_log(law.machine(log[0]).replay(log, judge=False)) for log in part if follows(log))
            path.write_text("".join(json.dumps(log, ensure_ascii=False) + "\n" for log in made), encoding="utf-8")
        start, before = perf_counter(), processor()
        done = list(fold_files(lines, Path(name, "out"), processes=2, law=law))
        took, count = perf_counter() - start, sum(file.dossiers for file in done)
        print(f"{'  a second of one processor':<28}{count / (processor() - before):>12,.0f} dossiers/s")
        print(
            f"{'judged, JSON Lines, 2 cores':<28}{count / took:>12,.0f} dossiers/s {each * count / took:>12,.0f} events/s"
        )


def processor() -> float:
    """Return the seconds of processors that processes have used which are over: what others do meanwhile is not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def follows(log: tuple[dossier.Event, ...]) -> bool:
    """Return whether a log can be folded, so that it can be written as a document."""
    opening = log[0].opening
    try:
        return opening is not None and bool(dossier.machine(opening.lifecycle).replay(log, judge=False))
    except OnestopError:
        return False


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
    judging(options, best)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"most memory of a worker that judged: {most} MB")


if __name__ == "__main__":
    main()
