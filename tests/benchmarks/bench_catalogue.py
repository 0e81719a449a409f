"""How long a national catalogue takes, and how much memory: 6,500 procedures, all figures in one run, taking turns.

    python tests/benchmarks/bench_catalogue.py [--procedures 6500] [--rounds 3] [--shipped]

The procedures are as many parts and characters long as published pages are (``portal_shapes``); with ``--shipped`` they are made of the
shipped ones, which are shorter. Where ``../shared`` is, the same is measured over its pages, read and grown to as many. Times are of the
processor, so that a busy machine tells the same; memory is the most that a process of its own ever held.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import copy
import gc
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from portal_shapes import published  # type: ignore[import-not-found,unused-ignore]  # beside this file
from referencing import Registry, Resource

from onestop_core import catalogue
from onestop_core.ext import speed
from onestop_core.rules.reading import resources
from onestop_core.rules.reading.documents import parse_json
from onestop_core.rules.schema import dialect, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGES = (
    Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
    / "portal-pages"
    / "national-2026-07.jsonl.gz"
)


def grown(number: int) -> dict[str, Any]:
    """Return the catalogue read from the shared pages, again and again under codes of their own until there are *number*."""
    with gzip.open(PAGES, "rt", encoding="utf-8") as lines:
        document, _ = catalogue.read_portal([json.loads(line) for line in lines])
    real = document["procedures"]
    made = []
    for index in range(number):
        one = copy.deepcopy(real[index % len(real)])
        if again := index // len(real):
            one["code"] = f"{again + 4}.{900_000 + index:06d}"
            one["name"]["vi"] += f" {again}"
        made.append(one)
    return {**document, "procedures": made}


def national(number: int) -> dict[str, Any]:
    """Return a catalogue of *number* procedures, all different, without a finding of severity error."""
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    real = document["procedures"]
    made = []
    for index in range(number):
        one = copy.deepcopy(real[index % len(real)])
        one["code"] = f"{1 + index // 1_000_000}.{index % 1_000_000:06d}"
        one["name"] = {language: f"{words} {index}" for language, words in one["name"].items()}
        for result in one.get("results", ()):  # two procedures that gave the same would overlap
            result["name"] = {language: f"{words} {index}" for language, words in result["name"].items()}
        made.append(one)
    document.pop("suppressions", None)
    return {**document, "procedures": made}


def with_suppressions(document: dict[str, Any], number: int) -> dict[str, Any]:
    """Return *document* with *number* suppressions, each of which covers a finding."""
    found = [problem for problem in catalogue.check(document, most=None) if problem.severity != "error"]
    kept = [{"rule": problem.rule, "path": problem.path, "reason": "benchmark"} for problem in found[:number]]
    return {**document, "suppressions": kept}


HOSTILE: dict[str, dict[str, Any]] = {
    "a megabyte of numbers for procedures": {"procedures": [1] * 500_000},
    "a megabyte of empty procedures": {"procedures": [{} for _ in range(333_000)]},
}
"""What is wrong in more places than anybody reads; a check takes at most two seconds a megabyte."""


def taken(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


LAUNCHER = """
import resource, subprocess, sys
subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""A process counts as its own what the process that started it held; so a small one starts it."""


def held(*arguments: str) -> tuple[float, float]:
    """Return the seconds of the processor and the most megabytes that a process of Python takes."""
    said = subprocess.run([sys.executable, "-c", LAUNCHER, *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, megabytes = map(float, said.stdout.split())
    return seconds, megabytes


def measured(name: str, document: dict[str, Any], rounds: int) -> None:
    """Print what reading, checking, loading and exchanging *document* costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.json"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        content = path.read_bytes()
        print(f"\n{name}: {len(document['procedures']):,} procedures, {len(content) / 1e6:.1f} MB, best of {rounds}")
        within(path, content, rounds)
        beside(path)


def within(path: Path, content: bytes, rounds: int) -> None:
    """Print the times of calls, beside those of the standard reader and of ``jsonschema``."""
    document = parse_json(content)
    formats = dialect._formats()
    empty: Registry[Any] = Registry()
    each = [resources.schema(name) for name in resources.schema_names()]
    registry = empty.with_resources((one["$id"], Resource.from_contents(one)) for one in each)
    apart = Draft202012Validator(resources.schema("catalogue"), registry=registry, format_checker=formats)
    bundled = Draft202012Validator(schemas.bundled("catalogue"), format_checker=formats)
    fast = speed.validator()
    cat = catalogue.load(document, validator=fast)
    tables = catalogue.to_tables(cat)
    works: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(content),
        "jsonschema alone, bundled schema": lambda: list(bundled.iter_errors(document)),
        "jsonschema alone, published schemas": lambda: list(apart.iter_errors(document)),
        "catalogue.check": lambda: catalogue.check(document),
        "catalogue.check with speed": lambda: catalogue.check(document, validator=fast),
        "  of it the schema": lambda: fast(document),
        "catalogue.check_file with speed": lambda: catalogue.check_file(path, validator=fast),
        "catalogue.load with speed, of the document": lambda: catalogue.load(document, validator=fast),
        "catalogue.load with speed, of the file": lambda: catalogue.load(path, validator=fast),
        "catalogue.dump": lambda: catalogue.dump(cat),
        "tables written and read back (export)": lambda: catalogue.tables.exported(cat),
        "tables read with speed (import)": lambda: catalogue.from_tables(tables, validator=fast),
        "catalogue.find": lambda: cat.find("dang ky thuong tru"),
        "catalogue.diff with itself": lambda: catalogue.diff(cat, cat),
    }
    best = dict.fromkeys(works, float("inf"))
    for turn in range(rounds):
        for what, work in works.items():
            if not turn or best[what] < 5:  # what is slow is measured once
                best[what] = min(best[what], taken(work))
    read, alone = best["json.loads"], best["jsonschema alone, bundled schema"]
    print(f"{'':46}{'seconds':>9}{'x json':>9}{'json +':>9}{'faster than jsonschema':>24}")
    for what, seconds in best.items():
        print(f"{what:46}{seconds:9.3f}{seconds / read:9.2f}{seconds - read:+9.2f}{alone / seconds:24.1f}")


def beside(path: Path) -> None:
    """Print what whole processes take."""
    load = "from onestop_core import catalogue; from onestop_core.ext import speed; "
    runs = {
        "python -c pass": ("-c", "pass"),
        "json.load": ("-c", f"import json; json.load(open({str(path)!r}, 'rb'))"),
        "catalogue.load with speed": ("-c", f"{load}catalogue.load({str(path)!r}, validator=speed.validator())"),
        "onestop check": ("-m", "onestop_core", "check", str(path)),
        "onestop check --statistics": ("-m", "onestop_core", "check", "--statistics", str(path)),
        "onestop export --to csv": (
            "-m",
            "onestop_core",
            "export",
            "--to",
            "csv",
            "--out",
            f"{path}.tables",
            str(path),
        ),
        "onestop import --from tables": (
            "-m",
            "onestop_core",
            "import",
            "--from",
            "tables",
            f"{path}.tables",
            "--out",
            f"{path}.back",
        ),
    }
    print(f"{'a process of its own':46}{'seconds':>9}{'MB':>9}")
    for what, arguments in runs.items():
        seconds, megabytes = held(*arguments)
        print(f"{what:46}{seconds:9.2f}{megabytes:9.0f}")


def documents(chosen: argparse.Namespace) -> Iterator[tuple[str, dict[str, Any]]]:
    if chosen.shipped:
        yield "the shipped procedures, grown", national(chosen.procedures)
        return
    yield "procedures of the shape of published ones", published(chosen.procedures)
    if PAGES.exists():
        yield "the shared pages, grown", grown(chosen.procedures)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--procedures", type=int, default=6500)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--shipped", action="store_true")
    chosen = options.parse_args()
    speed.validator()  # what is loaded on first use is not counted
    catalogue.load(national(1), validator=speed.validator())
    for name, document in documents(chosen):
        measured(name, document, chosen.rounds)
    accepted = with_suppressions(published(chosen.procedures), chosen.procedures)
    hostile = {name: partial(catalogue.check, document) for name, document in HOSTILE.items()}
    print()
    works: dict[str, Callable[[], object]] = {
        "check with speed, a suppression each": lambda: catalogue.check(accepted, validator=speed.validator()),
        **hostile,
    }
    for what, work in works.items():
        print(f"{what:46}{taken(work):9.3f}")


if __name__ == "__main__":
    main()
