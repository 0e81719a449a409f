"""Decision tables as the checks see them, against a table of every combination of answers."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import published, text


def findings(decisions: list[dict[str, Any]], **changes: Any) -> list[tuple[str, str, str]]:
    raw = document(published() | {"decisions": decisions} | changes)
    return [(each.rule, each.path, each.text.en) for each in catalogue.check(raw)]


def row(case: str, *when: dict[str, Any]) -> dict[str, Any]:
    return {"case": case, "when": list(when)}


YES, NO = {"question": "lost", "answers": ["yes"]}, {"question": "lost", "answers": ["no"]}
SMALL, LARGE = {"question": "area", "below": "100"}, {"question": "area", "least": "100"}
ACT = [row("again", YES), row("new", NO)]
SIZE = [row("small", SMALL), row("large", LARGE)]
RULE, AT = "catalogue/decision-table", "$.procedures[0].decisions"


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([*ACT, *SIZE], []),
        (ACT[:1], [(RULE, AT, "no row fits: Đã mất? no")]),
        ([*ACT, row("new", YES)], [(RULE, f"{AT}[2]", "several rows (again, new) fit: Đã mất? yes")]),
        (SIZE[:1], [(RULE, AT, "no row fits: Diện tích ≥ 100")]),
        (SIZE[1:], [(RULE, AT, "no row fits: Diện tích 0 ≤ … < 100")]),
        ([row("new"), row("again")], [(RULE, f"{AT}[1]", "several rows (new, again) fit: whatever is answered")]),
        ([row("new"), row("new", YES)], [(RULE, f"{AT}[1]", "several rows (new, new) fit: Đã mất? yes")]),
        (
            [row("new", {"question": "lost", "least": "5"})],
            [(RULE, f"{AT}[0].when[0]", "the question 'lost' takes one of its answers")],
        ),
        (
            [row("new", {"question": "area", "answers": ["yes"]})],
            [
                ("catalogue/unresolved-reference", f"{AT}[0].when[0].answers[0]", "the question 'area' has no answer 'yes'"),
                (RULE, f"{AT}[0].when[0]", "the question 'area' takes bounds of a number"),
            ],
        ),
        (
            [row("new", {"question": "lost", "answers": ["maybe"]})],
            [("catalogue/unresolved-reference", f"{AT}[0].when[0].answers[0]", "the question 'lost' has no answer 'maybe'")],
        ),
        ([row("new", {"question": "lots"})], [("catalogue/unresolved-reference", f"{AT}[0].when[0].question", "there is no question 'lots'")]),
        ([row("newer", YES)], [("catalogue/unresolved-reference", f"{AT}[0].case", "there is no case 'newer'")]),
    ],
)  # fmt: skip
def test_gaps_overlaps_and_wrong_names_are_findings(decisions: Any, expected: Any) -> None:
    assert sorted(findings(decisions)) == sorted(expected)


def test_two_of_a_kind_are_told_once() -> None:
    raw = [row("again", YES, SMALL), row("again", YES, SMALL), row("new", NO, LARGE), row("new", NO, LARGE)]
    assert [each[2].split(":")[0] for each in findings(raw)] == ["no row fits", "several rows (again, again) fit"]


def test_a_table_that_nobody_could_read_is_said_to_be_too_large() -> None:
    questions = [
        {"id": f"q{number}", "text": text("?"), "answers": [{"id": str(each), "name": text("x")} for each in range(9)]}
        for number in range(12)
    ]
    wide = row(
        "new", *({"question": f"q{number}", "answers": [str(each) for each in range(9)]} for number in range(12))
    )
    (found,) = findings([wide], questions=questions)
    assert found == (RULE, AT, "has more than 20,000 combinations of answers, too many to try")


BOUNDS = st.sampled_from(["10", "20", "30"])
CONDITIONS = st.lists(
    st.one_of(
        st.sampled_from([YES, NO, {"question": "lost", "answers": ["yes", "no"]}]),
        st.builds(lambda low: {"question": "area", "least": low}, BOUNDS),
        st.builds(lambda high: {"question": "area", "below": high}, BOUNDS),
    ),
    max_size=2,
)


def fits(when: list[dict[str, Any]], lost: str, area: int) -> bool:
    return all(
        lost in each["answers"]
        if each["question"] == "lost"
        else int(each.get("least", 0)) <= area < int(each.get("below", 1000))
        for each in when
    )


@given(st.lists(CONDITIONS, min_size=1, max_size=5))
def test_the_checks_find_what_trying_all_finds(tables: list[list[dict[str, Any]]]) -> None:
    hits = [sum(fits(when, lost, area) for when in tables) for lost, area in product(["yes", "no"], range(0, 50, 5))]
    said = {each[2].split(" ")[0] for each in findings([row("new", *when) for when in tables]) if each[0] == RULE}
    assert said == ({"no"} if 0 in hits else set()) | ({"several"} if max(hits) > 1 else set())
