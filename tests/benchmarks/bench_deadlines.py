"""How many due dates a second: ``python tests/benchmarks/bench_deadlines.py``.

Each figure is the best of several rounds in one process; ratios are to the first line. Nothing is asserted:
the figures depend on the machine.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, timedelta, timezone
from time import perf_counter
from typing import TYPE_CHECKING, Any

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


def open_dossiers(machine: dossier.Machine, moments: list[datetime]) -> dict[datetime, dossier.Dossier]:
    """Return an open dossier for each moment of receipt: in hand, waiting for papers, handed in again, extended."""
    day = timedelta(days=1)
    asked: tuple[str, timedelta, dict[str, str | timedelta]] = (
        "supplement_requested",
        2 * day,
        {"reason": "a map is missing"},
    )
    histories: list[list[tuple[str, timedelta, dict[str, str | timedelta]]]] = [
        [],
        [asked],
        [asked, ("supplemented", 5 * day, {})],
        [("extended", day, {"reason": "a second appraisal", "due": 28 * day})],
    ]
    cases: dict[datetime, dossier.Dossier] = {}
    for number, at in enumerate(moments):
        case = machine.new(id=str(number), procedure="1.012783", channel="in_person", at=at)
        case = machine.step(case, dossier.event("received", at, due=at + 21 * day))
        case = machine.step(case, dossier.event("assigned", at))
        for kind, after, given in histories[number % len(histories)]:
            fields: Any = {name: at + value if isinstance(value, timedelta) else value for name, value in given.items()}
            case = machine.step(case, dossier.event(kind, at + after, **fields))
        cases[at] = case
    return cases


def sweep(case: dossier.Dossier, limit: TimeLimit, now: datetime, *calendars: workdays.Calendar) -> None:
    """How an open dossier stands under each of *calendars*."""
    for calendar in calendars:
        countdown(case, limit, calendar=calendar).status(now=now)


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
    cases = open_dossiers(machine, few)
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
        (
            "an open dossier: clock and status, two calendars",
            lambda t: sweep(cases[t], fifteen, t + wait, cal, before),
            few,
        ),
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
