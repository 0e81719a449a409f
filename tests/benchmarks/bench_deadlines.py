"""How many due dates a second: ``python tests/benchmarks/bench_deadlines.py``.

Each figure is the best of several rounds in one process; ratios are to the first line. Nothing is asserted:
the figures depend on the machine.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, timedelta, timezone
from time import perf_counter
from typing import TYPE_CHECKING

from onestop_core import dossier, workdays
from onestop_core.deadlines import TimeLimit, agenda, countdown, due, impact, office_hours
from onestop_core.model import HO_CHI_MINH, Clock

if TYPE_CHECKING:
    from collections.abc import Callable


def rate(work: Callable[[datetime], object], moments: list[datetime], rounds: int) -> float:
    """Return calls a second, best of *rounds*."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for moment in moments:
            work(moment)
        best = min(best, perf_counter() - start)
    return len(moments) / best


def sweep(received: datetime, limit: TimeLimit, *calendars: workdays.Calendar) -> None:
    """How an open dossier stands, which waits and was extended, under each of *calendars*."""
    day = timedelta(days=1)
    clock = Clock().start(received, promise=received + 21 * day).extend(received + day, promise=received + 28 * day)
    clock = clock.pause(received + 2 * day).resume(received + 5 * day)
    for calendar in calendars:
        countdown(clock, limit, calendar=calendar).status(now=received + 12 * day)


def main() -> None:
    """Print a rate and a ratio for each way of asking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    cal, hours = workdays.calendar("vn-civil"), office_hours()
    first = datetime(2020, 1, 2, 9, 30, tzinfo=HO_CHI_MINH)
    here = [first + timedelta(minutes=37 * n % 3_000_000) for n in range(options.calls)]
    offset = [moment.astimezone(timezone(timedelta(hours=7))) for moment in here]
    utc = [moment.astimezone(UTC) for moment in here]
    few = here[:: max(1, options.calls // 2_000)]
    fifteen, days, month, eight = (
        TimeLimit.parse(text) for text in ("15 working days", "15 days", "1 month", "8 working hours")
    )
    machine = dossier.machine("vn@decree-118-2025")
    filed = machine.new(id="1", procedure="1.012783", channel="in_person", at=first)
    filed = machine.step(filed, dossier.event("received", first, due=first + timedelta(days=21)))
    wait, before = timedelta(days=9), workdays.calendar("vn-civil", as_of=date(2025, 12, 1))
    lines: list[tuple[str, Callable[[datetime], object], list[datetime]]] = [
        ("cal.add alone, from a moment", lambda t: cal.add(t.date(), 15), here),
        ("15 working days, Vietnamese zone", lambda t: due(t, fifteen, calendar=cal), here),
        ("15 working days, +07:00", lambda t: due(t, fifteen, calendar=cal), offset),
        ("15 working days, UTC", lambda t: due(t, fifteen, calendar=cal), utc),
        ("  and its certainty", lambda t: due(t, fifteen, calendar=cal).certainty, few),
        ("  and its status", lambda t: due(t, fifteen, calendar=cal).status(now=t + wait), few),
        ("  with office hours", lambda t: due(t, fifteen, calendar=cal, hours=hours), few),
        ("  with a pause", lambda t: due(t, fifteen, calendar=cal, pauses=[(t + wait, t + 2 * wait)]), few),
        ("  explained", lambda t: due(t, fifteen, calendar=cal, explain=True), few),
        ("an open dossier: clock and status, two calendars", lambda t: sweep(t, fifteen, cal, before), few),
        ("one clock: countdown().due()", lambda t: countdown(Clock().start(t), fifteen, calendar=cal).due(), few),
        ("  a case of impact(), two calendars", lambda t: next(impact([("1", t, fifteen)], before, cal), None), few),
        ("  an agenda", lambda t: agenda(filed, fifteen, calendar=cal, now=t), few),
        ("15 days", lambda t: due(t, days, calendar=cal), few),
        ("1 month", lambda t: due(t, month, calendar=cal), few),
        ("8 working hours", lambda t: due(t, eight, calendar=cal, hours=hours), few),
    ]
    base = 0.0
    print(f"{'':34} {'per second':>12} {'ratio':>7}")
    for name, work, moments in lines:
        work(moments[0])
        found = rate(work, moments, options.rounds)
        base = base or found
        print(f"{name:34} {found:12,.0f} {found / base:7.3f}")


if __name__ == "__main__":
    main()
