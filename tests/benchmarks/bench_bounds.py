"""What hostile content may cost: ``python tests/benchmarks/bench_bounds.py [MEGABYTES]``.

Two bounds, each for every content tried: ``parse_json`` takes at most twice the memory and three times the time of
``json.loads`` (``!`` marks what does not hold it; below some tens of milliseconds the thousand problems listed show),
and ``check_schema`` at most two seconds a megabyte. Times are the best of three; peaks are those of tracemalloc.
"""

# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import contextlib
import gc
import json
import sys
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

from onestop_core.errors import InvalidDocumentError
from onestop_core.rules.reading import resources
from onestop_core.rules.reading.documents import inspect, parse_json
from onestop_core.rules.schema.schemas import check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEGABYTES = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0


def times(piece: str) -> str:
    return "[" + ",".join([piece] * int(MEGABYTES * 1e6 / (len(piece.encode()) + 1))) + "]"


def numbered(form: str, *, around: str = "[]") -> str:
    pieces = int(MEGABYTES * 1e6 / (len(form) + 6))
    return around[0] + ",".join(form.format(number) for number in range(pieces)) + around[1]


def contents() -> Iterator[tuple[str, str]]:
    for piece in ("1", "null", "NaN", "0.5", "1e5", "1e9999999999999999999", "9" * 41, '""', '"\\u0111"', '"\\ud800"',
                  "{}", "[]", '{"a":1}', '{"a":1,"a":2}', '{"a":{"b":{"c":{}}}}', "[" * 60 + "]" * 60, "[" * 70 + "]" * 70):  # fmt: skip
        yield f"[{piece[:22]}, ...]", times(piece)
    yield "distinct fractions", numbered("{}.5")
    yield "distinct strings", numbered('"{}"')
    yield "distinct keys", numbered('"k{}":1', around="{}")
    yield "one key again and again", "{" + times('"a":1')[1:-1] + "}"
    yield "a key repeated at the end", numbered('"k{}":1', around="{}")[:-1] + ',"k1":1}'
    yield "NaN at the end", times("1")[:-1] + ",NaN]"
    yield "no JSON at the end", times("1")[:-1]
    procedure = {"name": {"vi": "Đăng ký thường trú", "en": "x"}, "url": "https://a.vn/b:c"}
    yield "a catalogue of sorts", times(json.dumps(procedure, ensure_ascii=False))


def documents() -> Iterator[tuple[str, str, Any]]:
    shipped = resources.data("vn/catalogue/one-stop")
    first = shipped["procedures"][0]
    count = int(MEGABYTES * 1e6)
    yield (
        "the shipped catalogue, many times",
        "catalogue",
        {**shipped, "procedures": shipped["procedures"] * (count // 100_000)},
    )
    yield "procedures: [1, ...]", "catalogue", {"procedures": [1] * (count // 3)}
    yield "procedures: [{}, ...]", "catalogue", {"procedures": [{} for _ in range(count // 4)]}
    yield "papers: [{}, ...]", "catalogue", {"procedures": [{**first, "papers": [{} for _ in range(count // 4)]}]}
    yield (
        "legal_bases: [...]",
        "catalogue",
        {"procedures": [{**first, "legal_bases": [f"l{n}" for n in range(count // 10)]}]},
    )
    yield "unknown properties", "catalogue", {f"k{number}": 1 for number in range(count // 12)}
    yield (
        "counts, as many as fit",
        "counts",
        {"schema_version": "1.0", "counts": {f"{n}": [1, 1] for n in range(count // 16)}},
    )
    yield (
        "facts without facts",
        "facts",
        {"schema_version": "1.0", "facts": [{"id": f"{n}"} for n in range(count // 16)]},
    )


def cost(run: Callable[[], object]) -> tuple[float, int]:
    """Return the seconds and the bytes at the peak that a call takes, refused or not."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        began = time.perf_counter()
        with contextlib.suppress(ValueError, InvalidDocumentError):
            run()
        best = min(best, time.perf_counter() - began)
    gc.collect()
    tracemalloc.start()
    with contextlib.suppress(ValueError, InvalidDocumentError):
        run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return best, peak


def main() -> None:
    print(f"parse_json against json.loads, {MEGABYTES:g} MB each: times as long, times the memory")
    for name, text in contents():
        content = text.encode("utf-8", "surrogatepass")
        seconds, peak = cost(lambda: json.loads(content))  # noqa: B023 - called at once
        ours, most = cost(lambda: parse_json(content))  # noqa: B023 - likewise
        mark = "!" if ours > 3 * seconds or most > 2 * peak else " "
        print(f" {mark} {name:32} {ours / seconds:6.1f} {most / peak:6.1f}   {ours * 1e3:8.1f} ms")
    print("check_schema: seconds a megabyte, and as many times json.loads")
    for name, schema, document in documents():
        content = json.dumps(document).encode()
        read, _ = cost(lambda: json.loads(content))  # noqa: B023 - likewise
        seconds, _ = cost(lambda: check_schema(document, schema))  # noqa: B023 - likewise
        each = seconds / (len(content) / 1e6)
        print(f" {'!' if each > 2 else ' '} {name:36} {each:6.2f} s/MB {seconds / read:7.1f}")
    laughs: Any = [1]
    for _ in range(60):
        laughs = [laughs] * 10
    seconds, _ = cost(lambda: inspect(laughs))
    print(f"inspect of a graph that unfolds without end: {seconds * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
