"""How long a national catalogue takes: 6,500 procedures checked whole, against jsonschema's own time in the same run.

    python tests/benchmarks/bench_catalogue.py [--procedures 6500] [--rounds 3]

The procedures are as many parts and characters long as published pages are (``portal_shapes``); with ``--shipped`` they are made of the
shipped ones, which are shorter. Times are of the processor, so that a busy machine tells the same.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import copy
import gc
import json
import time
import tracemalloc
from functools import partial
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
    from collections.abc import Callable


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


def peak(work: Callable[[], object]) -> int:
    gc.collect()
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--procedures", type=int, default=6500)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--shipped", action="store_true")
    chosen = options.parse_args()
    made = national if chosen.shipped else published
    content = json.dumps(made(chosen.procedures), ensure_ascii=False).encode()
    document = parse_json(content)
    empty: Registry[Any] = Registry()
    each = [resources.schema(name) for name in resources.schema_names()]
    registry = empty.with_resources((one["$id"], Resource.from_contents(one)) for one in each)
    formats = dialect._formats()
    apart = Draft202012Validator(resources.schema("catalogue"), registry=registry, format_checker=formats)
    bundled = Draft202012Validator(schemas.bundled("catalogue"), format_checker=formats)
    fast = speed.validator()
    accepted = with_suppressions(document, chosen.procedures)
    works: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(content),
        "catalogue.load with speed, of the document": lambda: catalogue.load(document, validator=fast),
        "jsonschema alone, bundled schema": lambda: list(bundled.iter_errors(document)),
        "jsonschema alone, published schemas": lambda: list(apart.iter_errors(document)),
        "catalogue.check": lambda: catalogue.check(document),
        "  of it the schema": lambda: schemas.violations(document, "catalogue"),
        "catalogue.check with speed": lambda: catalogue.check(document, validator=fast),
        "  of it the schema (speed)": lambda: fast(document),
        "catalogue.check with speed, a suppression each": lambda: catalogue.check(accepted, validator=fast),
        **{name: partial(catalogue.check, hostile) for name, hostile in HOSTILE.items()},
    }
    for work in works.values():  # what is loaded on first use is not counted
        work()
    best = dict.fromkeys(works, float("inf"))
    for _ in range(chosen.rounds):
        for name, work in works.items():
            best[name] = min(best[name], taken(work))
    alone = best["jsonschema alone, bundled schema"]
    print(f"{chosen.procedures:,} procedures, {len(content) / 1e6:.1f} MB, best of {chosen.rounds}")
    print(f"{'':48}{'seconds':>10}{'ratio':>10}{'faster':>10}")
    for name, seconds in best.items():
        print(f"{name:48}{seconds:10.3f}{seconds / alone:10.3f}{alone / seconds:10.1f}")
    few = parse_json(json.dumps(made(chosen.procedures // 10), ensure_ascii=False))
    for name, checked in ((f"{chosen.procedures:,}", document), (f"{chosen.procedures // 10:,}", few)):
        most = peak(lambda checked=checked: catalogue.check(checked, validator=fast))  # type: ignore[misc]
        print(f"memory of a check beside the document, {name} procedures: {most / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
