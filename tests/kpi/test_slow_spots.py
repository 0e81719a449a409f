from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnsupportedSchemaVersionError
from onestop_core.kpi.measures import SlowSpots, StepRecord, find_slow_spots, read_steps
from onestop_core.rules.converter import unstructure

HOURS = st.none() | st.integers(0, 40).map(Fraction) | st.fractions(0, 40, max_denominator=60)
NAME = st.sampled_from([None, "Tây Hồ", "Hoàn Kiếm"])


@st.composite
def records(draw: st.DrawFn) -> StepRecord:
    given_: dict[str, Any] = {} if draw(st.booleans()) else {"late": draw(st.sampled_from([None, True, False]))}
    return StepRecord(
        dossier=draw(st.sampled_from("ABC")), step=draw(st.sampled_from(["appraise", "sign"])), unit=draw(NAME),
        officer=draw(NAME), procedure=draw(NAME), used=draw(HOURS), allowed=draw(HOURS), **given_,
    )  # fmt: skip


@given(
    st.lists(records(), max_size=25),
    st.lists(st.sampled_from(["step", "unit", "officer", "procedure"]), min_size=1, unique=True),
    st.integers(0, 25),
    st.randoms(use_true_random=False),
)
def test_the_sums_are_those_of_a_slow_count_in_any_order_and_partition(
    steps: list[StepRecord], by: list[Any], cut: int, chance: Any
) -> None:
    found = find_slow_spots(steps, by=by)
    places: dict[tuple[str | None, ...], list[StepRecord]] = defaultdict(list)
    for step in steps:
        places[tuple(getattr(step, column) for column in by)].append(step)
    total = sum((step.used for step in steps if step.used is not None), Fraction(0))
    assert {row.key for row in found.rows} == set(places)
    for row in found.rows:
        here = places[row.key]
        used = [step.used for step in here if step.used is not None]
        judged = [step for step in here if step.late is not None]
        late = [step for step in judged if step.late]
        over = [s.used - s.allowed for s in here if s.used is not None and s.allowed is not None and s.used > s.allowed]
        assert row.count.passes == len(here)
        assert row.mean == (sum(used) / len(used) if used else None)
        assert row.share_of_time == (sum(used, Fraction(0)) / total if total else None)
        assert row.late_share == (Fraction(len(late), len(judged)) if judged else None)
        assert (row.count.longest, row.count.overrun) == (max(used, default=0), sum(over, Fraction(0)))
    if total:
        assert sum(row.share_of_time or 0 for row in found.rows) == 1
    times = [row.count.used for row in found.rows]
    assert times == sorted(times, reverse=True)
    shares = [row.late_share for row in found.most_late()]
    assert shares == sorted((s for s in shares if s is not None), reverse=True)
    mixed = list(steps)
    chance.shuffle(mixed)
    assert find_slow_spots(mixed[:cut], by=by) + find_slow_spots(mixed[cut:], by=by) == found
    assert SlowSpots.from_dict(found.to_dict()) == found


@given(st.lists(records(), max_size=10))
def test_records_as_a_document(steps: list[StepRecord]) -> None:
    rows = []
    for step in steps:
        row = unstructure(step)
        # left out where it is what the hours tell
        rows.append({**row, "late": step.late})
    assert read_steps({"schema_version": "1.0", "steps": rows}) == tuple(steps)


def test_a_place_tells_its_part_of_the_time_and_how_often_it_is_late() -> None:
    found = find_slow_spots(
        [
            StepRecord(dossier="1", step="desk", unit="A", used=1, allowed=4),
            StepRecord(dossier="1", step="appraise", unit="B", used=60, allowed=40),
            StepRecord(dossier="2", step="appraise", unit="B", used=40, allowed=40),
            StepRecord(dossier="2", step="sign", unit="B", used=19, allowed=8),
            StepRecord(dossier="3", step="sign", unit="B"),
        ]
    )
    slowest = found.rows[0]
    assert (slowest.key, slowest.share_of_time, slowest.late_share) == (
        ("appraise", "B"),
        Fraction(100, 120),
        Fraction(1, 2),
    )
    assert found.most_late()[0].key == ("sign", "B")
    assert found.to_dict()["spots"][0] == {
        "key": ["appraise", "B"], "passes": 2, "timed": 2, "judged": 2, "late": 1,
        "used": "100", "longest": "60", "overrun": "20", "mean": "50", "share_of_time": "83.33", "late_share": "50.00",
    }  # fmt: skip
    assert find_slow_spots(()).rows == ()


def test_a_clock_may_know_better_than_the_hours() -> None:
    # late by less than a working day, on a slip that counts whole days
    assert StepRecord(dossier="1", step="sign", used=24, allowed=24, late=True).late is True
    assert StepRecord(dossier="1", step="sign", late=True).late is True
    assert StepRecord(dossier="1", step="sign").late is None


@pytest.mark.parametrize(
    "change",
    [
        {"by": ["colour"]},
        {"by": []},
        {"by": "step"},
        {"spots": [{}]},
        {"spots": 3},
    ],
)
def test_other_documents_are_refused(change: dict[str, Any]) -> None:
    document = {**find_slow_spots([StepRecord(dossier="1", step="sign", used=3)]).to_dict(), **change}
    with pytest.raises(InvalidDocumentError, match=r"not what SlowSpots\.to_dict"):
        SlowSpots.from_dict(document)


@pytest.mark.parametrize("place", [("used", "1e9"), ("used", 3), ("used", "1/0"), ("used", "-3"), ("late", -1),
                                   ("key", ["sign"]), ("key", ["", "A"]), ("mean", "4"), ("used", "9" * 201)])  # fmt: skip
def test_figures_that_were_not_written_so_are_refused(place: tuple[str, Any]) -> None:
    document = find_slow_spots([StepRecord(dossier="1", step="sign", used=3)]).to_dict()
    document["spots"][0][place[0]] = place[1]
    with pytest.raises(InvalidDocumentError):
        SlowSpots.from_dict(document)


def test_what_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="different columns of step, unit, officer, procedure"):
        find_slow_spots((), by=("step", "step"))
    with pytest.raises(InvalidValueError, match="a value of StepRecord"):
        find_slow_spots([kpi.measures.Answers()])  # type: ignore[list-item]
    with pytest.raises(InvalidValueError, match="the same grouping"):
        _ = find_slow_spots(()) + find_slow_spots((), by=("step",))
    with pytest.raises(InvalidValueError, match="text that is not empty"):
        StepRecord(dossier="1", step="sign", unit="")
    with pytest.raises(InvalidValueError, match="True, False or None"):
        StepRecord(dossier="1", step="sign", late=1)  # type: ignore[arg-type]
    with pytest.raises(UnsupportedSchemaVersionError):
        read_steps({"schema_version": "2.0", "steps": []})
    with pytest.raises(InvalidDocumentError, match=r"\$.steps\[0\].used"):
        read_steps({"schema_version": "1.0", "steps": [{"dossier": "1", "step": "sign", "used": "5/0"}]})
