"""How fast points and counts are: ``python tests/benchmarks/bench_kpi.py``.

Each figure is the best of several rounds in one process. Nothing is asserted: the figures depend on the machine.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from onestop_core import kpi
from onestop_core.kpi import DossierFacts
from onestop_core.model import HO_CHI_MINH, Interval

if TYPE_CHECKING:
    from collections.abc import Callable

PERIOD = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))


def dossier(number: int) -> DossierFacts:
    """Return one of many dossiers that differ in every way that is counted."""
    received = datetime(2026, 9, 25, 8, tzinfo=HO_CHI_MINH) + timedelta(hours=number % 850)
    return DossierFacts(
        id=f"H26-{number:08}",
        unit=f"unit {number % 30}",
        channel=("online", "in_person", None)[number % 3],
        received_at=received,
        due_at=received + timedelta(days=7) if number % 11 else None,
        allowed_hours=168,
        finished_at=received + timedelta(hours=number % 190) if number % 5 else None,
        supplement_requests=number % 3,
        supplement_hours=number % 40,
        fee_due=bool(number % 4),
        paid_online=bool(number % 7),
        electronic_result=bool(number % 13),
        digitised=bool(number % 17),
        data_reused=bool(number % 2),
        personal_store=False,
        population_data=True,
        disliked=number % 97 == 0,
        complained=number % 89 == 0,
    )


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the time of one call, best of *rounds*."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best


def main() -> None:
    """Print the time of one card and the rates of counting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=2_000)
    parser.add_argument("--facts", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()

    index = kpi.index("vn-766@portal-2026")
    counts = {metric.id: (528_684, 597_918) for metric in index.metrics}

    def cards() -> None:
        for _ in range(options.cards):
            index.score(counts, level="province")

    each = seconds(cards, options.rounds) / options.cards
    print(f"index.score, {len(counts)} metrics  {each * 1e6:10.1f} microseconds a card")
    facts = [dossier(number) for number in range(options.facts)]
    ways: tuple[tuple[str, Callable[[], object]], ...] = (
        ("tally", lambda: kpi.tally(facts, period=PERIOD)),
        ("tally_by unit", lambda: kpi.tally_by(facts, by="unit", period=PERIOD)),
    )
    for name, work in ways:
        print(f"{name:<24}{options.facts / seconds(work, options.rounds):12,.0f} facts a second")


if __name__ == "__main__":
    main()
