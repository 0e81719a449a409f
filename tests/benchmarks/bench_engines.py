"""Facts counted and rows dated by every engine, from Parquet files: ``python tests/benchmarks/bench_engines.py``.

Each engine does each task in a process of its own, on ever more rows: so the line shows, and the most memory that the
process held is the engine's. Beside them DuckDB does the same by SQL written by hand. All must give the same: every count
of every unit, and of the due moments their number and their sum. An engine that is not installed is left out.
"""
# ruff: noqa: T201, S608 - a benchmark prints, and writes its own SQL

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.bench_frame_due import BY_HAND
from tests.benchmarks.bench_frames import MAKE, PERIOD, by_hand, numbers

from onestop_core import kpi, workdays
from onestop_core.ext import frames

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

BATCH: Final = 100_000
"""Rows of a file; the smallest number of rows that is counted."""
PIECE: Final = 300_000
"""Rows of a piece, where an engine is given a table in pieces."""
MEMORY: Final = "480MB"
"""What DuckDB may hold; Spark has as much for its heap."""
COLUMNS: Final = tuple(column.name for column in frames.facts_columns())
INDEX: Final = kpi.index("vn-766@portal-2026")
LIMIT: Final = "(5 * (1 + i % 4)) || ' working days' AS time_limit FROM range"
Done = list[Any]
"""What a task found, as JSON has it: the same from every engine."""


def made(folder: Path, rows: int) -> None:
    """Write so many rows, file by file."""
    duckdb: Any = importlib.import_module("duckdb")
    for place, first in enumerate(range(0, rows, BATCH)):
        query = MAKE.format(first=first, last=min(first + BATCH, rows)).replace("\nFROM range", f", {LIMIT}")
        duckdb.sql(query).write_parquet(str(folder / f"{place:05}.parquet"))


def files_of(folder: Path, rows: int) -> list[str]:
    return [str(each) for each in sorted(folder.glob("*.parquet"))[: -(-rows // BATCH)]]


def pieces_of(files: list[str]) -> Iterator[list[str]]:
    for place in range(0, len(files), PIECE // BATCH):
        yield files[place : place + PIECE // BATCH]


def counted(tallies: Iterable[dict[tuple[Any, ...], kpi.Tally]]) -> Done:
    """Return the counts of all pieces together, for tallies add up."""
    whole: dict[str, kpi.Tally] = {}
    for piece in tallies:
        for (unit,), tally in piece.items():
            whole[unit] = whole[unit] + tally if unit in whole else tally
    return [[unit, *numbers(whole[unit])] for unit in sorted(whole)]


def tallied(frame: Any) -> dict[tuple[Any, ...], kpi.Tally]:
    return frames.tally(frame, INDEX, by=["unit"], period=PERIOD)


def dated(frame: Any) -> Any:
    return frames.due(frame, calendar=workdays.calendar("vn-civil"), name="ends_at")


def connection() -> Any:
    duckdb: Any = importlib.import_module("duckdb")
    base = duckdb.connect()
    base.execute(f"SET memory_limit = '{MEMORY}'")
    return base


SUMMED: Final = "count({0}), sum(epoch_us({0}) // 1000000)::BIGINT"
Task = tuple["Callable[[list[str]], Done]", "Callable[[list[str]], Done]"]
"""How an engine counts files, and how it dates them."""


@contextmanager
def hand() -> Generator[Task]:
    base = connection()
    cal = workdays.calendar("vn-civil")
    first = cal.coverage.first
    assert first is not None
    dates = [first + timedelta(days=number) for number in range(16 * 365)]
    pyarrow: Any = importlib.import_module("pyarrow")
    base.register(
        "the_days",
        pyarrow.table(
            {
                "date": pyarrow.array(dates, pyarrow.date32()),
                "number": [cal.count(first, day) for day in dates],
                "works": [cal.is_workday(day) for day in dates],
            }
        ),
    )
    base.execute("CREATE TABLE days AS SELECT * FROM the_days")

    def due(files: list[str]) -> Done:
        cases = f"WITH cases AS (SELECT received_at, time_limit FROM read_parquet({files}))"
        return list(base.sql(f"{cases} SELECT {SUMMED.format('due_at')} FROM ({BY_HAND})").fetchall()[0])

    def count(files: list[str]) -> Done:
        rows = base.sql(by_hand("read_parquet").replace("'read_parquet'", f"read_parquet({files})")).fetchall()
        return sorted(map(list, rows))

    yield count, due


@contextmanager
def with_duckdb() -> Generator[Task]:
    base = connection()

    def due(files: list[str]) -> Done:
        return list(dated(base.read_parquet(files)).aggregate(SUMMED.format("ends_at")).fetchall()[0])

    yield lambda files: counted([tallied(base.read_parquet(files))]), due


@contextmanager
def with_polars() -> Generator[Task]:
    polars: Any = importlib.import_module("polars")
    polars.Config.set_engine_affinity("streaming")

    def due(files: list[str]) -> Done:
        at = polars.col("ends_at")
        summed = dated(polars.scan_parquet(files)).select(at.count(), seconds=at.dt.epoch("s").sum())
        return list(summed.collect().row(0))

    yield lambda files: counted([tallied(polars.scan_parquet(files))]), due


@contextmanager
def with_pyarrow() -> Generator[Task]:
    names = ("pyarrow", "pyarrow.compute", "pyarrow.dataset")
    pyarrow, compute, dataset = map(importlib.import_module, names)

    def pieces(files: list[str], columns: list[str]) -> Iterator[Any]:
        # Not in batches of the whole: it would read ahead far more than it is asked for.
        for some in pieces_of(files):
            yield dataset.dataset(some).to_table(columns=columns)

    def due(files: list[str]) -> Done:
        rows = seconds = 0
        for piece in pieces(files, ["received_at", "time_limit"]):
            at = dated(piece)["ends_at"]
            rows += len(at) - at.null_count
            seconds += compute.sum(compute.cast(at, pyarrow.timestamp("s", "UTC"), safe=False).cast("int64")).as_py()
        return [rows, seconds]

    def there(files: list[str]) -> list[str]:
        known = set(dataset.dataset(files[:1]).schema.names) - {"id"}
        return [name for name in COLUMNS if name in known]

    yield lambda files: counted(tallied(piece) for piece in pieces(files, there(files))), due


def _pandas_of(files: list[str], columns: list[str] | None) -> Any:
    pandas: Any = importlib.import_module("pandas")
    return pandas.read_parquet(files, columns=columns)


def _dated_by_pandas(pieces: Iterable[Any]) -> Done:
    rows = seconds = 0
    for piece in pieces:
        at = dated(piece)["ends_at"].dropna()
        rows += len(at)
        seconds += int(at.dt.as_unit("s").astype("int64").sum())
    return [rows, seconds]


@contextmanager
def with_pandas() -> Generator[Task]:
    def pieces(files: list[str], columns: list[str] | None) -> Iterator[Any]:
        for some in pieces_of(files):
            yield _pandas_of(some, columns)

    yield (
        lambda files: counted(tallied(piece) for piece in pieces(files, None)),
        lambda files: _dated_by_pandas(pieces(files, ["received_at", "time_limit"])),
    )


@contextmanager
def with_pandas_whole() -> Generator[Task]:
    yield (
        lambda files: counted([tallied(_pandas_of(files, None))]),
        lambda files: _dated_by_pandas([_pandas_of(files, ["received_at", "time_limit"])]),
    )


@contextmanager
def with_spark() -> Generator[Task]:
    if shutil.which("java") is None:
        raise ModuleNotFoundError("java")
    sql: Any = importlib.import_module("pyspark.sql")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        sql.SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.extraJavaOptions", "-XX:+UseSerialGC")
        .config("spark.log.level", "ERROR")
        .config("spark.driver.memory", MEMORY.lower().removesuffix("b"))
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )

    def due(files: list[str]) -> Done:
        [row] = dated(session.read.parquet(*files)).selectExpr("count(ends_at)", "sum(unix_seconds(ends_at))").collect()
        return list(row)

    try:
        yield lambda files: counted([tallied(session.read.parquet(*files))]), due
    finally:
        session.stop()


ENGINES: Final = {
    "SQL by hand": hand,
    "DuckDB": with_duckdb,
    "Polars": with_polars,
    "PyArrow": with_pyarrow,
    "pandas": with_pandas,
    "pandas, whole": with_pandas_whole,
    "Spark": with_spark,
}
TASKS: Final = ("tally", "due")


def peak() -> int:
    """Return how many megabytes this process held at most, with the Java machine that it started."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spark = sys.modules.get("pyspark")
    if spark is None:
        return own
    status = Path(f"/proc/{spark.SparkContext._gateway.proc.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return own + int(found[1]) // 1024


def child(engine: str, task: str, folder: Path, sizes: list[int], rounds: int) -> None:
    """Do one task with one engine, and print a line of JSON for each size."""
    with ENGINES[engine]() as tasks:
        work = tasks[TASKS.index(task)]
        for rows in sizes:
            files = files_of(folder, rows)
            times: list[float] = []
            found: Done = []
            # The last size is the longest, and done less often where it takes long.
            while len(times) < rounds and (len(times) < 2 or sum(times) < 15):
                start = perf_counter()
                found = work(files)
                times.append(perf_counter() - start)
            print(json.dumps({"rows": rows, "seconds": min(times), "megabytes": peak(), "found": found}), flush=True)


def measured(engine: str, task: str, folder: Path, sizes: list[int], rounds: int) -> dict[int, dict[str, Any]]:
    command = [sys.executable, __file__, "--child", engine, task, str(folder), "--rounds", str(rounds), "--rows"]
    done = subprocess.run([*command, *map(str, sizes)], check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode and "ModuleNotFoundError" in done.stderr:
        return {}
    if done.returncode:
        raise SystemExit(done.stderr)
    return {each["rows"]: each for each in map(json.loads, done.stdout.splitlines())}


def main() -> None:
    """Print a table for each task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engines", nargs="+", choices=list(ENGINES)[1:], default=list(ENGINES)[1:])
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = sorted(options.rows)
    if options.child:
        engine, task, folder = options.child
        child(engine, task, Path(folder), sizes, options.rounds)
        return
    with tempfile.TemporaryDirectory() as name:
        made(Path(name), sizes[-1])
        for task in options.tasks:
            heads = "".join(f"{rows:>14,}" for rows in sizes)
            print(f"\n{task}: seconds for a million rows, of{heads} rows    seconds  ratio   MB at most")
            base: dict[int, dict[str, Any]] = {}
            for engine in ("SQL by hand", *options.engines):
                lines = measured(engine, task, Path(name), sizes, options.rounds)
                if not lines:
                    print(f"{engine:37} is not installed")
                    continue
                base = base or lines
                for rows, line in lines.items():
                    assert line["found"] == base[rows]["found"], (engine, task, rows)
                rates = "".join(f"{lines[rows]['seconds'] / rows * 1e6:14.3f}" for rows in sizes)
                last = lines[sizes[-1]]
                ratio = last["seconds"] / base[sizes[-1]]["seconds"]
                print(f"{engine:37}{rates}{last['seconds']:16.3f}{ratio:7.2f}{last['megabytes']:13,}", flush=True)


if __name__ == "__main__":
    main()
