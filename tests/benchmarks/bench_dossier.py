"""How fast dossiers move: ``python tests/benchmarks/bench_dossier.py`` (extra ``peers`` for the comparison).

Each figure is the best of several rounds in one process; ratios are to ``machine.step``. A step here is immutable,
guarded and audited; a trigger of a peer only changes its state. Nothing is asserted: the figures depend on the machine.
"""
# ruff: noqa: T201 - a benchmark prints

from __future__ import annotations

import argparse
import importlib
import tracemalloc
from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

from onestop_core import dossier

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.dossier import Dossier, Machine

START = datetime.fromisoformat("2026-02-09T08:00+07:00")
KINDS = ("received", "transferred", "assigned", *("verification_started", "verified") * 8)


def handled(machine: Machine) -> Dossier:
    """Return a dossier of 20 events, in process."""
    case = machine.new(id="1", procedure="1.012783", channel="in_person", at=START)
    for hour, kind in enumerate(KINDS, 1):
        case = machine.step(case, dossier.event(kind, START + timedelta(hours=hour), actor="lan", unit="H26.12"))
    return case


def seconds(work: Callable[[], object], calls: int, rounds: int) -> float:
    """Return the seconds of one call, best of *rounds*."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(calls):
            work()
        best = min(best, perf_counter() - start)
    return best / calls


def same_table() -> Callable[[], Any]:
    """Return a pair of triggers of ``transitions`` with our states and rows, one condition and a log of events."""
    table = dossier.machine("vn@decree-118-2025").lifecycle
    log: list[tuple[str, datetime]] = []

    def allowed(event: Any) -> bool:
        return bool(event.kwargs["at"] >= START)

    def note(event: Any) -> None:
        log.append((event.event.name, event.kwargs["at"]))
        if len(log) > 20:
            log.clear()

    peer: Any = importlib.import_module("transitions").Machine(
        states=[state.code for state in table.states],
        initial="processing",
        send_event=True,
        after_state_change=note,
        auto_transitions=False,
    )
    for row in table.transitions:
        target = {"stay": "=", "back": "processing"}.get(row.to, row.to)
        peer.add_transition(f"do_{row.event}", list(row.states), target, conditions=[allowed])
    return lambda: (peer.do_verification_started(at=START), peer.do_verified(at=START))


def triggers() -> dict[str, Callable[[], Any]]:
    """Return one there-and-back pair of triggers for each peer that is installed; a pair is two steps."""
    found: dict[str, Callable[[], Any]] = {}
    try:
        peer: Any = importlib.import_module("transitions").Machine(
            states=["processing", "verifying"], initial="processing"
        )
    except ImportError:
        print("transitions is not installed: pip install '.[peers]'")
    else:
        peer.add_transition("start", "processing", "verifying")
        peer.add_transition("end", "verifying", "processing")
        found["transitions, a bare trigger"] = lambda: (peer.start(), peer.end())
        found["transitions, our table and a log"] = same_table()
    try:
        module: Any = importlib.import_module("statemachine")
    except ImportError:
        print("python-statemachine is not installed: pip install '.[test]'")
    else:
        processing, verifying = module.State(initial=True), module.State()
        chart = type(
            "Chart",
            (module.StateMachine,),
            {
                "processing": processing,
                "verifying": verifying,
                "start": processing.to(verifying),
                "end": verifying.to(processing),
            },
        )()
        found["python-statemachine, a trigger"] = lambda: (chart.send("start"), chart.send("end"))
    return found


def main() -> None:
    """Print a time and a ratio for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    machine = dossier.machine("vn@decree-118-2025")
    case = handled(machine)
    event = dossier.event("verification_started", case.events[-1].at + timedelta(hours=1), actor="lan")
    ours = seconds(lambda: machine.step(case, event), options.calls, options.rounds)
    print(f"{'machine.step, ' + str(len(case.events)) + ' events':<34} {ours * 1e6:8.2f} us")
    for name, work in triggers().items():
        theirs = seconds(work, options.calls // 10, options.rounds) / 2
        print(f"{name:<34} {theirs * 1e6:8.2f} us   {theirs / ours:6.1f} times ours")
    whole = seconds(lambda: machine.replay(case.events), options.calls // 10, options.rounds)
    print(f"{'replay of 1,000,000 events':<34} {whole / len(case.events) * 1e6:8.2f} s")
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [handled(machine) for _ in range(500)]
    print(
        f"{'memory of a dossier of 20 events':<34} {(tracemalloc.get_traced_memory()[0] - before) / len(kept):8.0f} bytes"
    )


if __name__ == "__main__":
    main()
