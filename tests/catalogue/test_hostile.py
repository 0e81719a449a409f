"""Whatever comes in, ``check`` gives findings and ``load`` a refusal; nothing else comes out."""

from __future__ import annotations

from collections import UserDict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, InvalidValueError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

if TYPE_CHECKING:
    from collections.abc import Callable

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
    likely = [
        problem for problem in problems if problem.hint is not None and problem.hint.en.startswith("did you mean")
    ]
    assert 0 < len(likely) <= 100


def test_no_hint_is_sought_among_thousands() -> None:
    bases = {f"b{n}": {"instrument": "x", "firmness": "read"} for n in range(1001)}
    problems = [
        p
        for p in catalogue.check(document(procedure(legal_bases=["b1x"]), bases=bases | {"law": bases["b1"]}))
        if p.rule == "catalogue/unresolved-reference"
    ]
    assert [problem.hint and problem.hint.en for problem in problems] == ["declare it under bases"]


def test_long_names_are_shown_short() -> None:
    (problem,) = catalogue.check(
        document(procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "cases": ["c" * 64]}]))
    )
    assert len(problem.message) < 100


@pytest.mark.parametrize(
    "items", [[1] * 20_000, [{}] * 20_000, [[]] * 20_000, [None] * 20_000], ids=["1", "{}", "[]", "null"]
)
def test_of_endless_violations_the_first_are_listed_and_the_rest_is_not_looked_for(items: list[Any]) -> None:
    problems = catalogue.check({**document(), "procedures": items}, most=None)
    assert (len(problems), problems[-1].rule) == (MAX_PROBLEMS + 1, "problems/more")
    assert {problem.rule for problem in problems[:-1]} <= {"schema/type", "schema/required"}
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.load({**document(), "procedures": items})
    assert len(caught.value.problems) == MAX_PROBLEMS + 1


def test_what_was_not_looked_at_is_not_judged_as_if_it_were_sound() -> None:
    # The last of them lacks everything that the rules would read.
    raw = document(*[procedure(level="x")] * MAX_PROBLEMS, {})
    assert catalogue.check(raw)[-1].rule == "problems/more"


def test_a_procedure_with_more_cases_than_any_has_is_judged_in_part() -> None:
    many = [f"c{number}" for number in range(150)]
    raw = procedure(
        cases=[{"id": name, "name": text("x")} for name in many],
        channels=[{"kind": "post", "limits": [{"time": "1 day", "case": name} for name in many]}],
        steps=[
            {"id": f"s-{name}", "body": text("x"), "what": text("x"), "budget": "2 days", "cases": [name]}
            for name in many
        ],
    )
    found = [problem for problem in catalogue.check(document(raw)) if problem.rule == "catalogue/steps-exceed-limit"]
    assert len(found) == 100


def test_a_long_chain_of_linked_procedures_in_the_wrong_order_is_no_circle() -> None:
    chain = [{"id": f"p{n}", "name": text("x"), "after": [f"p{n + 1}"] if n < 49 else []} for n in range(50)]
    raw = procedure(linked={"lead": text("x"), "procedures": chain})
    told = [p.text.en for p in catalogue.check(document(raw)) if p.rule == "catalogue/linked-procedures"]
    assert [words for words in told if "circle" in words] == []
    chain[-1]["after"] = ["p0"]
    told = [p.text.en for p in catalogue.check(document(raw)) if p.rule == "catalogue/linked-procedures"]
    assert [words for words in told if "circle" in words] == [
        "procedures wait for each other in a circle: p0, p1, p10, p11, p12, p13, p14, p15"
    ]


def test_a_paper_that_many_issue_is_held_by_the_state() -> None:
    raw = [
        procedure(
            f"1.{number:06d}",
            results=[{"name": text("Giấy"), "code": f"KQ.{number}"}],
            authority={"name": text(f"Cơ quan {number}")},
            papers=[{"name": text("giấy"), "originals": 1, "copies": 0}],
        )
        for number in range(1, 5)
    ]
    held = [p.text.en for p in catalogue.check(document(*raw)) if p.rule == "catalogue/paper-held-by-state"]
    assert [words.split(",")[0].rpartition(" ")[2] for words in held] == [
        "1.000002",
        "1.000001",
        "1.000001",
        "1.000001",
    ]


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1e999999"])
@pytest.mark.parametrize("key", ["originals", "name", "cases"])
def test_a_decimal_that_is_no_number_is_a_finding(number: str, key: str) -> None:
    paper = {"name": text("x"), "originals": 1, "copies": 0, key: Decimal(number)}
    assert [p.rule.partition("/")[0] for p in catalogue.check(document(procedure(papers=[paper])))] == ["json"]


CALLS: dict[str, Callable[[Any], object]] = {
    "check_file": catalogue.check_file,
    "totals": catalogue.totals,
    "diff": lambda value: catalogue.diff(catalogue.shipped(), value),
    "dump": catalogue.dump,
    "clarities": catalogue.clarities,
    "to_tables": catalogue.to_tables,
    "separator": lambda value: catalogue.to_tables(catalogue.shipped(), separator=value),
    "from_tables": catalogue.from_tables,
    "not_in_tables": catalogue.tables.not_in_tables,
    "cpsv_ap": lambda value: catalogue.cpsv_ap(value, base_uri="https://example.vn/"),
    "base_uri": lambda value: catalogue.cpsv_ap(catalogue.shipped(), base_uri=value),
    "overlay.check": lambda value: catalogue.overlay.check(value, {}),
    "overlay.apply": lambda value: catalogue.overlay.apply(value, {}),
    "overlay.dump": catalogue.overlay.dump,
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    "value", [None, 5, 0.5, object(), b"x", [1], Decimal("NaN")], ids=lambda value: type(value).__name__
)
def test_a_wrong_type_is_refused_by_an_error_of_ours(call: Callable[[Any], object], value: Any) -> None:
    with pytest.raises(InvalidValueError) as caught:
        call(value)
    assert len(caught.value.message.vi) < 400


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b"], ids=ascii)
def test_what_no_file_can_be_called_is_refused(name: str) -> None:
    for call in (catalogue.load, catalogue.check_file, catalogue.overlay.load):
        with pytest.raises(InvalidValueError):
            call(name)


def test_an_overlay_that_is_no_document_is_refused() -> None:
    for call in (catalogue.overlay.load, lambda raw: catalogue.overlay.apply(catalogue.shipped(), raw)):
        with pytest.raises(InvalidDocumentError) as caught:
            call({"title": {1, 2}})
        assert [problem.rule for problem in caught.value.problems] == ["json/type"]


def test_a_mapping_that_cannot_be_read_is_refused() -> None:
    class Broken(UserDict[str, str]):
        def __iter__(self) -> Any:
            raise RuntimeError

    with pytest.raises(InvalidValueError):
        attrs.evolve(catalogue.shipped()["1.004222"], other_names=Broken(fr="x"))
