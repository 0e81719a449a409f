"""One time, proved: random lawful logs through every part that tells the time, against a second reading day by day.

``HYPOTHESIS_PROFILE=thorough`` runs a hundred thousand cases; otherwise some hundred, other ones each time.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from tests.deadlines.proof.checks import DIFFERENCES
from tests.deadlines.proof.logs import EDITIONS, HOST, case
from tests.deadlines.proof.running import TOGETHER, checked, run, run_in_parts, told, until
from tests.deadlines.proof.settings import OFFICES, UNITS, calendars

if TYPE_CHECKING:
    from collections.abc import Callable

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE", "default") == "thorough"
CASES = 100_000 if THOROUGH else 3 * TOGETHER


def test_every_part_says_the_same_of_every_log(record_property: Callable[[str, object], None]) -> None:
    pytest.importorskip("polars", reason="the extra engines")
    pytest.importorskip("narwhals", reason="the extra frames")
    first = TOGETHER * SystemRandom().randrange(10**9)
    counter = list(run_in_parts(first, CASES))[-1] if THOROUGH else run(first, CASES)
    for line in told(counter).splitlines():
        record_property("counted", f"one time, {line}")
    assert counter["cases"] == CASES
    # Nothing that was to be tried was left out.
    wanted: dict[str, set[Any]] = {
        "edition": {*EDITIONS, HOST},
        "unit": set(UNITS),
        "calendar": {each[0].kind for each in calendars()},
        "hours": {each.kind for each in OFFICES},
        "phase": {"not_started", "running", "paused", "stopped"},
    }
    found: dict[str, set[str]] = {}
    for name in counter:
        kind, _, rest = name.partition(": ")
        found.setdefault(kind, set()).add(rest)
    assert {kind: found[kind] for kind in wanted} == wanted
    assert found["difference"] == set(DIFFERENCES) if THOROUGH else found["difference"] <= set(DIFFERENCES)


def test_the_page_tells_of_each_difference_and_its_rule() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "portal-and-clock.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| `([a-z-]+)` \|", page, re.MULTILINE)
    assert dict(rows) == DIFFERENCES
    known = {rule.id for rule in kpi.index("vn-766@portal-2026").counting}
    assert set(DIFFERENCES.values()) <= known
    assert [name for name in DIFFERENCES if f"\n## {name.replace('-', ' ').capitalize()}\n" not in page] == []


@given(number=st.integers(0, 10**15))
def test_a_log_is_told_alike(number: int) -> None:
    moment = until(number // TOGETHER)
    checked(case(number, until=moment), moment, Counter())


@given(number=st.integers(0, 10**15))
def test_a_number_brings_the_same_case_again_and_its_beginning(number: int) -> None:
    moment = until(number)
    whole = case(number, until=moment)
    assert str(case(number, until=moment)) == str(whole)
    short = case(number, until=moment, longest=2)
    if short.dossier is None or whole.dossier is None:
        assert short.log == whole.log[: len(short.log)]
    else:  # an appointment made at the moment of the start is said with it, so the events are compared, not the acts
        events = short.dossier.events
        assert events == whole.dossier.events[: len(events)]
    assert (short.limit, short.second) == (whole.limit, whole.second)
