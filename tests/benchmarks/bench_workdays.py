"""How fast working days are added and counted, beside peers: ``python tests/benchmarks/bench_workdays.py``.

Every line of a table is measured in the same process on the same dates: the lines take turns, round by round,
and the median round counts; ratios are to the first line. Peers that are not installed are left out
(``pip install numpy bizdays workalendar`` brings them all). Nothing is asserted about time; that peers which
are given our days agree with us is.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import gc
import random
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from holidays import country_holidays

from onestop_core import workdays
from onestop_core.ext import arrays

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[Any, Any], object]

FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
CAL = workdays.calendar("vn-civil", predicted="refuse")
EVERY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
# Make-up days are Saturdays: whoever knows only weekends and holidays gets a six-day week and all other
# Saturdays as holidays.
OFF = [day for day in EVERY if day.weekday() < 6 and not CAL.is_workday(day)]


NATIVE = "the same from and to datetime64"


def bare() -> tuple[Work, Work]:
    """Return the least that can be done: two look-ups, nothing checked, forwards only."""
    base, total, up_to, days = FIRST.toordinal(), 0, [], []
    for day in EVERY:
        if CAL.is_workday(day):
            total += 1
            days.append(day)
        up_to.append(total)

    def add(day: date, n: int) -> date:
        return days[up_to[day.toordinal() - base] + n - 1]

    def count(start: date, end: date) -> int:
        return up_to[end.toordinal() - base] - up_to[start.toordinal() - base]

    return add, count


def numpy_calendar() -> np.busdaycalendar:
    """Return NumPy's calendar, which knows make-up days by the detour."""
    return np.busdaycalendar(weekmask="1111110", holidays=np.array(OFF, dtype="datetime64[D]"))


def of_numpy() -> tuple[Work, Work]:
    """Return NumPy's scalar functions, given and giving plain dates, from and to working days."""
    known = numpy_calendar()

    def add(day: date, n: int) -> object:
        return np.busday_offset(day, n, roll="backward", busdaycal=known).item()

    def count(start: date, end: date) -> int:
        return int(np.busday_count(start, end, busdaycal=known))

    return add, count


def of_numpy_itself() -> tuple[Work, Work]:
    """Return the same with nothing converted, to be given ``datetime64``."""
    known = numpy_calendar()

    def add(day: np.datetime64, n: int) -> object:
        return np.busday_offset(day, n, roll="backward", busdaycal=known)

    def count(start: np.datetime64, end: np.datetime64) -> object:
        return np.busday_count(start, end, busdaycal=known)

    return add, count


def of_bizdays() -> tuple[Work, Work]:
    """Return those of ``bizdays``, from a start that is a working day."""
    from bizdays import Calendar  # type: ignore[import-not-found,import-untyped,unused-ignore]

    known = Calendar(OFF, ["Sunday"], startdate=FIRST, enddate=LAST, financial=True)
    return known.offset, known.bizdays


def of_workalendar() -> tuple[Work, Work]:
    """Return those of ``workalendar``, which has no Vietnam: it is given our days."""
    from workalendar.core import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        SUN,
        CoreCalendar,
    )

    class Civil(CoreCalendar):  # type: ignore[misc,unused-ignore]
        WEEKEND_DAYS = (SUN,)

        def get_calendar_holidays(self, year: int) -> list[tuple[date, str]]:
            return [(day, "off") for day in OFF if day.year == year]

    known = Civil()
    return known.add_working_days, known.get_working_days_delta


def of_holidays() -> tuple[Work, Work]:
    """Return those of ``holidays``, with its own Vietnamese days."""
    known = country_holidays("VN", years=range(FIRST.year, LAST.year + 1))
    return known.get_nth_working_day, known.get_working_days_count


def table(title: str, lines: list[tuple[str, Callable[[], object], int]], rounds: int) -> None:
    """Print the median time of one call and its ratio to the first line's; each line says how many calls it makes."""
    times: dict[str, list[float]] = {name: [] for name, _, _ in lines}
    for _, work, _ in lines:
        work()  # what is built on first use is built now
    gc.disable()
    for _ in range(rounds):
        for name, work, calls in lines:
            start = perf_counter()
            work()
            times[name].append((perf_counter() - start) / calls)
    gc.enable()
    print(f"\n{title:44} {'ns each':>12} {'ratio':>8}")
    base = median(times[lines[0][0]])
    for name, _, _ in lines:
        found = median(times[name])
        print(f"  {name:42} {found * 1e9:12,.1f} {found / base:8.1f}")


def each(work: Work, pairs: list[tuple[Any, Any]]) -> Callable[[], None]:
    """Return the loop over *pairs*, the same for everyone."""

    def run() -> None:
        for one, other in pairs:
            work(one, other)

    return run


def scalars(calls: int, rounds: int, n: int) -> None:
    """Compare one date at a time, every start a working day."""
    peers: list[tuple[str, Work, Work, int]] = [
        ("Calendar", CAL.add, CAL.count, 1),
        ("a bare prefix table, unchecked", *bare(), 1),
        ("numpy.busday_*, make-up days known", *of_numpy(), 10),
        (NATIVE, *of_numpy_itself(), 10),
    ]
    with suppress(ImportError):
        peers.append(("bizdays, likewise", *of_bizdays(), 10))
    with suppress(ImportError):
        peers.append(("workalendar, likewise", *of_workalendar(), 1000))
    peers.append(("holidays, its own days", *of_holidays(), 200))

    chance = random.Random(3)
    starts = [CAL.add(chance.choice(EVERY[30:-90]), 0) for _ in range(calls)]
    adding = [(day, n) for day in starts]
    counting = [(day, CAL.add(day, n)) for day in starts]
    for name, add, count, _ in peers[:-1]:
        assert [add(*pair) for pair in adding[:50]] == [CAL.add(*pair) for pair in adding[:50]], name
        assert [count(*pair) for pair in counting[:50]] == [n] * 50, name
    for title, which, pairs in (("add", 1, adding), ("count", 2, counting)):
        lines: list[tuple[str, Callable[[], object], int]] = []
        for peer in peers:
            some: list[tuple[Any, Any]] = pairs[:: peer[3]]
            if peer[0] == NATIVE:
                some = [(np.datetime64(one), other if which == 1 else np.datetime64(other)) for one, other in some]
            lines.append((peer[0], each(peer[which], some), len(some)))  # type: ignore[arg-type]
        table(f"{title}, {n} working days, one date", lines, rounds)


def columns(size: int, rounds: int, n: int) -> None:
    """Compare a column of dates at once."""
    known, generator = numpy_calendar(), np.random.default_rng(3)
    days = np.datetime64(FIRST) + generator.integers(30, len(EVERY) - 120, size)
    starts = arrays.add(CAL, days, 0)
    ends = arrays.add(CAL, starts, n)
    numbers = generator.integers(1, 2 * n, size)
    assert (np.busday_offset(starts, n, roll="backward", busdaycal=known) == ends).all()
    assert (np.busday_offset(days, numbers, roll="backward", busdaycal=known) == arrays.add(CAL, days, numbers)).all()
    assert (np.busday_count(starts, ends, busdaycal=known) == arrays.count(CAL, starts, ends)).all()
    table(
        f"add, {n} working days, {size:,} dates",
        [
            ("arrays.add", lambda: arrays.add(CAL, days, n), size),
            (
                "numpy.busday_offset, make-up days known",
                lambda: np.busday_offset(days, n, roll="backward", busdaycal=known),
                size,
            ),
        ],
        rounds,
    )
    table(
        f"add, as many different n, {size:,} dates",
        [
            ("arrays.add", lambda: arrays.add(CAL, days, numbers), size),
            (
                "numpy.busday_offset, make-up days known",
                lambda: np.busday_offset(days, numbers, roll="backward", busdaycal=known),
                size,
            ),
        ],
        rounds,
    )
    table(
        f"count, {size:,} pairs",
        [
            ("arrays.count", lambda: arrays.count(CAL, starts, ends), size),
            (
                "numpy.busday_count, make-up days known",
                lambda: np.busday_count(starts, ends, busdaycal=known),
                size,
            ),
        ],
        rounds,
    )


FRESH = """
import gc, tracemalloc
from time import perf_counter
from datetime import date
from onestop_core import workdays
day = date(2026, 2, 12)
{before}
{start}
{work}
gc.collect() if {memory} else None
print({end})
"""
TIME = {"start": "start = perf_counter()", "end": "(perf_counter() - start) * 1e3", "memory": False}
MEMORY = {"start": "tracemalloc.start()", "end": "tracemalloc.get_traced_memory()[0] / 1e3", "memory": True}


def fresh(title: str, how: dict[str, Any], lines: list[tuple[str, str, str]], rounds: int) -> None:
    """Print what each piece of work costs, every time in a new process."""
    print(f"\n{title}")
    for name, before, work in lines:
        code = FRESH.format(before=before, work=work, **how)
        runs = [
            float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)  # noqa: S603 - our own code
            for _ in range(rounds)
        ]
        print(f"  {name:42} {median(runs):12,.1f}")


def first_uses(rounds: int) -> None:
    """Print what the first question costs, and what a calendar keeps."""
    numpy = "import numpy as np; from onestop_core.ext import arrays"
    used = "workdays.calendar().add(day, 15)"
    far = "workdays.calendar().is_workday(date(2050, 12, 31))"
    column = "arrays.add(c, np.datetime64(day), 15)"
    fresh(
        f"{'first use, new process':44} {'ms':>12}",
        TIME,
        [
            ("calendar() and add, announced years", "", used),
            ("a second calendar, as of 2026-11-01", used, "workdays.calendar(as_of=date(2026, 11, 1)).add(day, 15)"),
            ("then the years to 2050, with `holidays`", used, far),
            ("arrays.add, announced years only", f"{numpy}; c = workdays.calendar(predicted='refuse')", column),
            ("arrays.add, to 2050, with `holidays`", f"{numpy}; c = workdays.calendar()", column),
        ],
        rounds,
    )
    fresh(
        f"{'memory kept, new process':44} {'kB':>12}",
        MEMORY,
        [
            ("calendar, announced years, all its data", "", used),
            ("calendar to 2050, code of `holidays` apart", "import holidays.countries.vietnam", far),
            (
                "tables for arrays, to 2050",
                # NumPy loads parts of itself on first use: another calendar's.
                f"{numpy}; c = workdays.calendar(predicted='refuse'); {column}; c = workdays.calendar(); {far}",
                column,
            ),
        ],
        1,
    )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000, help="dates for the scalar tables")
    parser.add_argument("--size", type=int, default=1_000_000, help="dates in a column")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("-n", type=int, default=15, help="working days")
    options = parser.parse_args()
    scalars(options.calls, options.rounds, options.n)
    columns(options.size, options.rounds, options.n)
    first_uses(options.rounds)


if __name__ == "__main__":
    main()
