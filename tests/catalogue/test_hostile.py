"""Whatever comes in, ``check`` gives findings and ``load`` a refusal; nothing else comes out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

KEYS = [
    "schema_version", "title", "bases", "procedures", "code", "name", "field", "level", "authority", "subjects",
    "channels", "papers", "steps", "cases", "limits", "fees", "id", "after", "basis", "vi", "en", "time", "amount",
]  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters(codec=None), max_size=8)
    | st.binary(max_size=3)
    | st.sampled_from(["1.0", "1.000001", "commune", "citizen", "0", "СТ01", "\u200b", "5 days"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(st.sampled_from(KEYS) | st.integers(), inner, max_size=6)
    ),
    max_leaves=25,
)


@given(ANYTHING)
def test_check_never_raises_and_load_only_refuses(raw: Any) -> None:
    problems = catalogue.check(raw)
    assert problems
    assert all(problem.path.startswith("$") and problem.text.vi for problem in problems)
    if not isinstance(raw, str):  # which would be a path
        with pytest.raises(InvalidDocumentError):
            catalogue.load(raw)


@given(st.sampled_from(sorted(procedure())), ANYTHING)
def test_a_hostile_part_hides_nothing_about_the_next_procedure(key: str, value: Any) -> None:
    raw = document(procedure(**{key: value}), procedure("1.000002", steps=[]))
    problems = catalogue.check(raw)
    plain = not any(problem.rule.startswith("json/") for problem in problems)
    assert ("$.procedures[1]" in {problem.path for problem in problems}) is plain


def test_a_document_that_contains_itself_is_refused() -> None:
    raw = document()
    raw["procedures"].append(raw)
    assert [p.rule for p in catalogue.check(raw)] == ["json/too-deep"]


def test_depth_is_bounded() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert [p.rule for p in catalogue.check(document(title=deep))] == ["json/too-deep"]


@pytest.mark.parametrize("value", [10**5000, Decimal("1e999999"), float("inf"), b"x", {1, 2}, object()], ids=type)
def test_values_that_json_has_not_are_findings(value: Any) -> None:
    assert catalogue.check(document(title=value))


def test_a_long_chain_of_steps_is_no_deep_recursion() -> None:
    chain = [
        {"id": f"s{n}", "after": [f"s{n - 1}"] if n else [], "body": text("x"), "what": text("y"), "budget": "1 day"}
        for n in range(500)
    ]
    assert catalogue.check(document(procedure(steps=chain)), ignore=["catalogue/seven-clarities"]) == ()


def test_more_than_anyone_publishes_is_refused() -> None:
    papers = [{"name": text("x"), "originals": 1, "copies": 0}] * 1001
    assert [(p.rule, p.path) for p in catalogue.check(document(procedure(papers=papers)))] == [
        ("schema/maxItems", "$.procedures[0].papers")
    ]


def test_hints_are_bounded_in_number() -> None:
    unknown = [f"la{n}" for n in range(150)]
    problems = catalogue.check(document(procedure(legal_bases=unknown)))
    assert len(problems) == 150
    assert 0 < sum(problem.hint is not None for problem in problems) <= 100


def test_no_hint_is_sought_among_thousands() -> None:
    bases = {f"b{n}": {"instrument": "x", "firmness": "read"} for n in range(1001)}
    problems = [
        p
        for p in catalogue.check(document(procedure(legal_bases=["b1x"]), bases=bases | {"law": bases["b1"]}))
        if p.rule == "catalogue/unresolved-reference"
    ]
    assert [problem.hint for problem in problems] == [None]


def test_long_names_are_shown_short() -> None:
    (problem,) = catalogue.check(
        document(procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "cases": ["c" * 64]}]))
    )
    assert len(problem.message) < 100
