"""Each row of the lifecycle tables is walked by some case, and each guard refuses in some case."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.dossier import load_log
from onestop_core.model import thaw
from tests.conformance.slow_lifecycle import reading_of, walked

EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")


@cache
def exercised(edition: str) -> tuple[set[tuple[str, str]], set[str]]:
    """The (state, event) pairs that are taken, and the names of what refuses."""
    taken: set[tuple[str, str]] = set()
    refusing: set[str] = set()
    for case in conformance.suite().of(["lifecycle-tables"]):
        log: dict[str, Any] = thaw(case.input["log"])
        if log["lifecycle"] != edition:
            continue
        reading, events, code = walked(log)
        taken |= {(state, event.kind) for state, event in zip(reading.states(events), events[1:], strict=False)}
        if code is not None:
            refusing.add(reading.refusal(events, load_log(log).events[len(events)]) or "")
    return taken, refusing


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_transition_is_walked(edition: str) -> None:
    rows = {(state, row["event"]) for row in reading_of(edition).table["transitions"] for state in row["states"]}
    assert sorted(rows - exercised(edition)[0]) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_guard_refuses_somewhere(edition: str) -> None:
    guards = {guard["code"] for guard in reading_of(edition).table["guards"]}
    assert sorted(guards - exercised(edition)[1]) == []
