"""Which codes follow which, and what an old dossier code says today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.model import DossierCode
from onestop_core.organisation import Succession, load_succession, predecessors, read_code, succession, successors
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

DAY = date(2025, 7, 1)
LATER = date(2026, 7, 1)
BEFORE = DAY - timedelta(days=1)


def table(*changes: tuple[str, str, date], **more: Any) -> Succession:
    rows = [
        {"old": old.split(), "new": new.split(), "from": day.isoformat(), "basis": ["d"]} for old, new, day in changes
    ]
    return load_succession({
        "schema_version": "1.0", "id": "h01@2025", "title": {"vi": "Tỉnh X"},
        "bases": {"d": {"instrument": "Nghị quyết 1/NQ-HĐND", "firmness": "read"}}, "changes": rows, **more,
    })  # fmt: skip


def test_a_merger_into_one_of_the_merged() -> None:
    mine = table(("H01 H02 H03", "H01", DAY))
    assert [mine.successors(code, on=DAY) for code in ("H01", "H02", "H03", "H04")] == [
        ("H01",),
        ("H01",),
        ("H01",),
        ("H04",),
    ]
    assert mine.successors("H02", on=BEFORE) == ("H02",)
    assert mine.predecessors("H01", on=DAY) == ("H02", "H03")
    assert mine.predecessors("H01", on=BEFORE) == mine.predecessors("H04", on=LATER) == ()
    assert mine.predecessors("H02", on=LATER) == ()


def test_a_division_has_several_successors_in_order() -> None:
    mine = table(("X", "A B", DAY), ("A", "C", LATER))
    assert mine.successors("X", on=DAY) == ("A", "B")
    assert mine.successors("X", on=LATER) == ("C", "B")
    assert mine.predecessors("C", on=LATER) == ("A", "X")
    assert mine.predecessors("B", on=LATER) == ("X",)


def test_a_chain_is_followed_in_the_order_of_days_and_not_of_rows() -> None:
    mine = table(("B", "C", LATER), ("A", "B", DAY))
    assert mine.successors("A", on=LATER) == ("C",)
    assert mine.successors("A", on=LATER - timedelta(days=1)) == ("B",)


def test_a_code_that_nobody_follows() -> None:
    assert table(("D", "", DAY)).successors("D", on=DAY) == ()


def test_a_code_given_out_again_is_another_unit() -> None:
    mine = table(("A", "B", DAY), ("A C", "D", LATER))
    assert mine.successors("A", on=LATER) == ("B",)
    assert mine.predecessors("D", on=LATER) == ("A", "C")
    assert mine.predecessors("B", on=LATER) == ("A",)


CODES = st.sampled_from("ABCDEF")


@given(st.lists(st.tuples(st.sets(CODES, min_size=1, max_size=3), st.sets(CODES, min_size=1, max_size=2)), max_size=5))
def test_to_follow_and_to_go_back_agree(steps: list[tuple[set[str], set[str]]]) -> None:
    # Codes never come back: each step's new ones get the number of the step.
    alive, changes = set("ABCDEF"), list[tuple[str, str, date]]()
    for number, (old, new) in enumerate(steps):
        gone = sorted(old & alive)
        if gone:
            fresh = [f"{code}{number}" for code in sorted(new)]
            changes.append((" ".join(gone), " ".join(fresh), DAY + timedelta(days=number)))
            alive = (alive - set(gone)) | set(fresh)
    mine = table(*changes)
    everything = {"A", "B", "C", "D", "E", "F"} | {code for _, new, _ in changes for code in new.split()}
    for code in everything:
        assert set(mine.successors(code, on=LATER)) <= alive
        for follower in alive - {code}:
            assert (follower in mine.successors(code, on=LATER)) is (code in mine.predecessors(follower, on=LATER))


def test_an_old_dossier_code_stays_readable() -> None:
    mine = table(("H02", "H01", DAY), ("H02.07", "H01.41", DAY))
    own_row = read_code("H02.07-240304-0001", on=LATER, table=mine)
    assert (own_row.unit, own_row.unit_now, own_row.level_one, own_row.level_one_now) == (
        "H02.07",
        ("H01.41",),
        "H02",
        ("H01",),
    )
    assert own_row.changed
    assert [each.instrument for each in own_row.basis] == ["Nghị quyết 1/NQ-HĐND"]
    only_province = read_code(DossierCode.parse("000.00.04.H02-210105-0001"), on=LATER, table=mine)
    assert (only_province.unit_now, only_province.level_one_now) == (("000.00.04.H02",), ("H01",))
    assert only_province.changed
    assert not read_code("H02.07-240304-0001", on=BEFORE, table=mine).changed
    foreign = read_code("03706/2026/07906", on=LATER, table=mine)
    assert (foreign.unit, foreign.changed, foreign.unit_now) == (None, False, ())


def test_what_ships_is_empty_and_says_why() -> None:
    shipped = succession()
    assert check_schema(resources.data("vn/organisation/succession/units"), "succession") == ()
    assert (shipped.changes, successors("H26", on=LATER), predecessors("H26", on=LATER)) == ((), ("H26",), ())
    assert "confirms the codes" in shipped.notes[0].en
    mine = table(("H02", "H01", DAY), names={"H02": {"vi": "Tỉnh cũ", "en": "Old province"}})
    assert successors("H02", on=LATER, table=mine) == ("H01",)
    assert predecessors("H01", on=LATER, table=mine) == ("H02",)
    assert mine.names["H02"].en == "Old province"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ([("A", "B", DAY), ("A", "C", DAY)], "$.changes[1].old"),
        ([("A", "B", DAY), ("B", "C", DAY)], "$.changes[1].old"),
        ([("A", "A", DAY)], "$.changes[0].new"),
        ([("A B", "B A", DAY)], "$.changes[0].new"),
    ],
)
def test_a_table_does_not_contradict_itself(changes: list[tuple[str, str, date]], path: str) -> None:
    with pytest.raises(InvalidDocumentError) as error:
        table(*changes)
    assert [problem.path for problem in error.value.problems] == [path]


def test_what_is_no_question_is_refused() -> None:
    for call in (
        lambda: successors(3, on=DAY),  # type: ignore[arg-type]
        lambda: predecessors("A", on="2025-07-01"),  # type: ignore[arg-type]
        lambda: read_code("", on=DAY),
        lambda: read_code("H26.12-250915-0001", on=None),  # type: ignore[arg-type]
    ):
        with pytest.raises(InvalidValueError):
            call()
