"""Each rule finds what it is for, in its place, and leaves the rest alone."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.checking import characters
from onestop_core.catalogue.structure import plain_copy
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, Severity
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

if TYPE_CHECKING:
    from pathlib import Path


# The examples are short: what they leave out is not what they are about.
QUIET = ("catalogue/seven-clarities", "catalogue/unused-case")


def found(raw: Any, **options: Any) -> list[tuple[str, str]]:
    return [(p.rule, p.path) for p in catalogue.check(raw, **{"ignore": QUIET, **options})]


def channels(*limits: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"kind": "in_person", "limits": list(limits)}]


def steps(**after: list[str]) -> list[dict[str, Any]]:
    return [
        {"id": name, "after": before, "body": text("Ủy ban"), "what": text("Việc")} for name, before in after.items()
    ]


def test_a_sound_document_has_no_findings() -> None:
    assert catalogue.check(document()) == ()
    assert catalogue.check(document(), on=date(2026, 11, 23)) == ()


def test_rules_have_stable_ids_and_speak_both_languages() -> None:
    ids = [rule.id for rule in catalogue.RULES]
    assert len(set(ids)) == len(ids) == 29
    assert all(rule.id.startswith("catalogue/") and rule.title.vi and rule.title.en for rule in catalogue.RULES)


TWO_CASES = [{"id": "urgent", "name": text("Gấp")}, {"id": "slow", "name": text("Chậm")}]


def paper(name: str, **more: Any) -> dict[str, Any]:
    return {"name": text(name), "originals": 1, "copies": 0, **more}


def links(lead: str = "Ủy ban", first: list[str] | None = None, second: list[str] | None = None, **more: Any) -> Any:
    birth = {"id": "birth", "name": text("Khai sinh"), "code": "1.000002", "after": first or [], **more}
    card = {"id": "card", "name": text("Thẻ bảo hiểm"), "after": second or []}
    return {"lead": text(lead), "procedures": [birth, card]}


# Each row: what is wrong, and the one finding that it must give.
FAILING: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "duplicate code": (
        document(procedure(), procedure("1.000002"), procedure()),
        ("catalogue/duplicate-code", "$.procedures[2].code"),
    ),
    "duplicate step": (
        document(procedure(steps=steps(a=[]) + steps(a=[]))),
        ("catalogue/duplicate-id", "$.procedures[0].steps[1].id"),
    ),
    "duplicate case": (
        document(procedure(cases=[{"id": "urgent", "name": text("x")}, {"id": "urgent", "name": text("y")}])),
        ("catalogue/duplicate-id", "$.procedures[0].cases[1].id"),
    ),
    "duplicate form": (
        document(procedure(forms=[{"code": "TK01", "name": text("x")}, {"code": "TK01", "name": text("y")}])),
        ("catalogue/duplicate-id", "$.procedures[0].forms[1].code"),
    ),
    "unknown basis": (
        document(procedure(authority={"name": text("x"), "basis": ["law", "lwa"]})),
        ("catalogue/unresolved-reference", "$.procedures[0].authority.basis[1]"),
    ),
    "unknown legal basis": (
        document(procedure(legal_bases=["decree"])),
        ("catalogue/unresolved-reference", "$.procedures[0].legal_bases[0]"),
    ),
    "unknown case of a limit": (
        document(procedure(channels=channels({"time": "5 days", "case": "urgnt"}))),
        ("catalogue/unresolved-reference", "$.procedures[0].channels[0].limits[0].case"),
    ),
    "unknown case of a paper": (
        document(procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "cases": ["urgent", "late"]}])),
        ("catalogue/unresolved-reference", "$.procedures[0].papers[0].cases[1]"),
    ),
    "unknown form": (
        document(procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "form": "TK02"}])),
        ("catalogue/unresolved-reference", "$.procedures[0].papers[0].form"),
    ),
    "unknown step": (
        document(procedure(steps=steps(a=[], b=["A"]))),
        ("catalogue/unresolved-reference", "$.procedures[0].steps[1].after[0]"),
    ),
    "circle of steps": (
        document(procedure(steps=steps(start=[], behind=["c"], b=["c"], c=["b", "start"]))),
        ("catalogue/step-cycle", "$.procedures[0].steps[3].after"),
    ),
    "step that waits for itself": (
        document(procedure(steps=steps(a=["a"]))),
        ("catalogue/step-cycle", "$.procedures[0].steps[0].after"),
    ),
    "thousands": (
        document(procedure(channels=channels({"time": "5 days", "fees": [{"amount": "20.000"}]}))),
        ("catalogue/fee-fraction", "$.procedures[0].channels[0].limits[0].fees[0].amount"),
    ),
    "reversed procedure": (
        document(procedure(in_force_from="2026-02-01", in_force_to="2026-01-31")),
        ("catalogue/reversed-dates", "$.procedures[0].in_force_to"),
    ),
    "reversed basis": (
        document(
            bases={
                "law": {
                    "instrument": "Luật 1/2020/QH14",
                    "firmness": "read",
                    "in_force_from": "2026-02-01",
                    "in_force_to": "2026-01-31",
                }
            }
        ),
        ("catalogue/reversed-dates", "$.bases.law.in_force_to"),
    ),
    "unreadable limit": (
        document(procedure(channels=channels({"time": "năm ngày"}))),
        ("catalogue/time-limit-unreadable", "$.procedures[0].channels[0].limits[0].time"),
    ),
    "unreadable budget": (
        document(procedure(steps=[steps(a=[])[0] | {"budget": "soon"}])),
        ("catalogue/time-limit-unreadable", "$.procedures[0].steps[0].budget"),
    ),
    "no limit": (
        document(procedure(channels=channels({"note": text("chưa rõ")}))),
        ("catalogue/no-time-limit", "$.procedures[0].channels[0].limits[0]"),
    ),
    "no steps": (document(procedure(steps=[])), ("catalogue/part-missing", "$.procedures[0]")),
    "no papers": (document(procedure(papers=[])), ("catalogue/part-missing", "$.procedures[0]")),
    "step without a body": (
        document(procedure(steps=[{"id": "a", "role": "clerk", "what": text("Đóng dấu")}])),
        ("catalogue/step-without-body", "$.procedures[0].steps[0]"),
    ),
    "limit of a case that its channel does not take": (
        document(
            procedure(channels=[{"kind": "post", "cases": ["urgent"], "limits": [{"time": "5 days", "case": "slow"}]}])
            | {"cases": TWO_CASES}
        ),
        ("catalogue/unreachable-limit", "$.procedures[0].channels[0].limits[0].case"),
    ),
    "fee of a case under the limit of another": (
        document(
            procedure(
                channels=channels({"time": "5 days", "case": "slow", "fees": [{"amount": "1", "case": "urgent"}]})
            )
            | {"cases": TWO_CASES}
        ),
        ("catalogue/unreachable-limit", "$.procedures[0].channels[0].limits[0].fees[0].case"),
    ),
    "body without a step": (
        document(procedure(coordinating=[{"name": text("Ủy ban")}, {"name": text("Sở Y tế")}])),
        ("catalogue/body-without-step", "$.procedures[0].coordinating[1]"),
    ),
    "paper whose data a database holds": (
        document(procedure(papers=[paper("Sổ hộ khẩu", replaced_by_data=text("CSDL dân cư"))])),
        ("catalogue/paper-held-by-state", "$.procedures[0].papers[0]"),
    ),
    "paper that another procedure issues": (
        document(
            procedure(results=[{"name": text("Giấy khai sinh")}]),
            procedure("1.000002", papers=[paper("Tờ khai"), paper("giấy khai sinh")]),
        ),
        ("catalogue/paper-held-by-state", "$.procedures[1].papers[1]"),
    ),
    "two procedures that give the same": (
        document(
            procedure(results=[{"name": text("Giấy phép")}]),
            procedure("1.000002", results=[{"name": text("giấy phép")}]),
        ),
        ("catalogue/overlapping-procedures", "$.procedures[1]"),
    ),
    "lead that is no body of the procedure": (
        document(procedure(mechanism="linked_one_stop", linked=links("Sở Y tế"))),
        ("catalogue/linked-procedures", "$.procedures[0].linked.lead"),
    ),
    "linked procedures without the mechanism": (
        document(procedure(linked=links())),
        ("catalogue/linked-procedures", "$.procedures[0].linked"),
    ),
    "linked procedure after a stranger": (
        document(procedure(mechanism="linked_one_stop", linked=links(first=["brith"]))),
        ("catalogue/linked-procedures", "$.procedures[0].linked.procedures[0].after[0]"),
    ),
    "linked procedures in a circle": (
        document(procedure(mechanism="linked_one_stop", linked=links(first=["card"], second=["birth"]))),
        ("catalogue/linked-procedures", "$.procedures[0].linked.procedures"),
    ),
    "linked procedure that is a part of itself": (
        document(procedure(mechanism="linked_one_stop", linked=links(code="1.000001"))),
        ("catalogue/linked-procedures", "$.procedures[0].linked.procedures[0].code"),
    ),
    "two linked procedures of one name": (
        document(procedure(mechanism="linked_one_stop", linked=links(id="card"))),
        ("catalogue/duplicate-id", "$.procedures[0].linked.procedures[1].id"),
    ),
    "linked procedure with an unreadable time": (
        document(procedure(mechanism="linked_one_stop", linked=links(time="soon"))),
        ("catalogue/time-limit-unreadable", "$.procedures[0].linked.procedures[0].time"),
    ),
    "obligation before a step that there is not": (
        document(procedure(obligations=[{"name": text("Thuế"), "before": "slove"}])),
        ("catalogue/unresolved-reference", "$.procedures[0].obligations[0].before"),
    ),
    "only remembered": (
        document(bases={"law": {"instrument": "Luật 1/2020/QH14", "firmness": "recalled"}}, procedures=[procedure()]),
        ("catalogue/unconfirmed", "$.procedures[0].authority"),
    ),
    "decomposed text": (
        document(title={"vi": "Danh mu\u0323c", "en": "x"}),
        ("catalogue/not-nfc", "$.title.vi"),
    ),
    "zero-width space": (document(title=text("Danh\u200bmục")), ("catalogue/stray-character", "$.title.vi")),
    "control character": (document(title=text("Danh\tmục")), ("catalogue/stray-character", "$.title.vi")),
    "Cyrillic in a form code": (
        document(procedure(forms=[{"code": "СТ01", "name": text("x")}, {"code": "TK01", "name": text("y")}])),
        ("catalogue/look-alike", "$.procedures[0].forms[0].code"),
    ),
    "Icelandic in an instrument": (
        document(title=text("theo Nghị định 61/2018/NÐ-CP")),
        ("catalogue/look-alike", "$.title.vi"),
    ),
    "one Greek letter in a word": (document(title=text("Dαnh mục")), ("catalogue/look-alike", "$.title.en")),
}


@pytest.mark.parametrize(("raw", "expected"), FAILING.values(), ids=FAILING.keys())
def test_a_broken_rule_is_found_in_its_place(raw: dict[str, Any], expected: tuple[str, str]) -> None:
    findings = found(raw)
    assert expected in findings
    assert {rule for rule, _ in findings} == {expected[0]}


def test_every_rule_is_broken_by_some_example() -> None:
    tried = {rule for _, (rule, _) in FAILING.values()} | {
        "catalogue/basis-not-in-force",
        "catalogue/steps-exceed-limit",
        *QUIET,  # below
        "catalogue/suppressed",  # with the next, in test_selection
        "catalogue/unused-suppression",
        "catalogue/blank-text",  # in test_blanks
        "catalogue/decision-table",  # in test_decision_tables
        "catalogue/edition-gap",  # in test_editions
        "catalogue/incomplete",  # in test_completeness
    }
    assert tried == {rule.id for rule in catalogue.RULES}


def test_a_case_that_nothing_refers_to_is_found() -> None:
    raw = document(procedure(channels=channels({"time": "5 days"}), obligations=[]))
    assert found(raw, ignore=()) == [("catalogue/unused-case", "$.procedures[0].cases[0]")]
    uses: list[dict[str, Any]] = [
        {"channels": channels({"time": "5 days", "case": "urgent"})},
        {"channels": channels({"time": "5 days", "fees": [{"amount": "1", "case": "urgent"}]})},
        {"channels": [{"kind": "post", "cases": ["urgent"], "limits": [{"time": "5 days"}]}]},
        {"papers": [paper("x", cases=["urgent"])]},
        {"steps": [steps(a=[])[0] | {"cases": ["urgent"]}]},
        {"obligations": [{"name": text("Thuế"), "cases": ["urgent"]}]},
    ]
    for use in uses:
        used = document(procedure(**{"channels": channels({"time": "5 days"}), "obligations": [], **use}))
        assert found(used, select=["catalogue/unused-case"], ignore=()) == []


def test_a_step_that_leaves_one_of_the_seven_open_is_found() -> None:
    (whole,) = catalogue.load(document()).procedures
    assert catalogue.clarities(whole).score == 1
    keys = {"objective": "objective", "role": "person", "budget": "time", "product": "product", "result": "result"}
    bare = procedure()
    for key, clarity in keys.items():
        bare = procedure()
        del bare["steps"][1][key]
        (problem,) = catalogue.check(document(bare))
        assert (problem.rule, problem.path) == ("catalogue/seven-clarities", "$.procedures[0].steps[1]")
        assert problem.message == f"step 'solve' leaves open: {clarity}"
    (one,) = catalogue.load(document(bare)).procedures
    clear = catalogue.clarities(one)
    assert clear.score == Fraction(13, 14)
    assert clear.shares[catalogue.Clarity.RESULT] == Fraction(1, 2)
    assert clear.shares[catalogue.Clarity.WORK] == 1
    assert [(step.step, step.index, step.score) for step in clear.steps] == [
        ("receive", 0, Fraction(1)),
        ("solve", 1, Fraction(6, 7)),
    ]


def test_responsibility_is_that_of_a_body_or_of_a_position_and_applicants_are_not_asked() -> None:
    raw = procedure()
    raw["steps"][0] = {"id": "receive", "role": "applicant", "what": text("Nộp")}
    raw["steps"][1] = {**raw["steps"][1], "responsible": text("Trưởng phòng")}
    del raw["steps"][1]["body"]
    assert [rule for rule, _ in found(document(raw), ignore=())] == ["catalogue/step-without-body"]
    del raw["steps"][1]["responsible"]
    assert ("catalogue/seven-clarities", "$.procedures[0].steps[1]") in found(document(raw), ignore=())
    (bare,) = catalogue.load(document(procedure(steps=[]))).procedures
    assert (catalogue.clarities(bare).score, len(catalogue.clarities(bare).shares)) == (None, 0)
    assert [clarity.label.vi for clarity in catalogue.Clarity][:3] == ["mục tiêu", "người", "việc"]


@pytest.mark.parametrize(
    "sound",
    [
        document(procedure(papers=[paper("Sổ", replaced_by_data=text("CSDL"), cases=["urgent"])])),
        document(procedure(papers=[paper("Sổ", replaced_by_data=text("CSDL"), originals=0)])),
        document(procedure(results=[{"name": text("Tờ khai")}])),  # its own result
        document(
            procedure(results=[{"name": text("Giấy phép")}]),
            procedure("1.000002", results=[{"name": text("Giấy phép")}], level="provincial"),
        ),
        document(procedure(), procedure("1.000002")),  # no results: nothing to compare
        document(procedure(mechanism="linked_one_stop", linked=links(second=["birth"]))),
        document(procedure(implementing=[{"name": text("Sở Y tế")}], steps=[])),
        document(
            procedure(results=[{"name": text("Bằng")}]),
            procedure("1.000002", papers=[paper("Bằng", replaced_by_data=text("CSDL"), cases=["urgent"])]),
        ),
    ],
)
def test_what_is_sound_is_left_alone(sound: dict[str, Any]) -> None:
    assert found(sound, ignore=[*QUIET, "catalogue/part-missing"]) == []


def only(raw: Any, rule: str, **options: Any) -> Problem:
    (problem,) = (p for p in catalogue.check(raw, **options) if p.rule == rule)
    return problem


def test_what_was_probably_meant_is_said() -> None:
    unresolved = only(FAILING["unknown basis"][0], "catalogue/unresolved-reference")
    assert unresolved.hint is not None
    assert unresolved.hint.en == "did you mean law?"
    undeclared = only(FAILING["unknown legal basis"][0], "catalogue/unresolved-reference").hint
    assert undeclared is not None
    assert undeclared.vi == "khai báo trong bases"
    missing = document()
    del missing["procedures"][0]["forms"]
    form = next(each for each in catalogue.check(missing) if each.rule == "catalogue/unresolved-reference").hint
    assert form is not None
    assert form.en == 'declare it under forms: {"code": "TK01", …}'
    look_alike = only(FAILING["Cyrillic in a form code"][0], "catalogue/look-alike")
    assert look_alike.hint is not None
    assert look_alike.hint.vi == "có phải ý bạn là “CT01”?"
    assert "cyrillic capital letter es" in look_alike.message


def test_a_look_alike_explains_why_a_code_does_not_fit_the_schema() -> None:
    findings = found(document(procedure("1.00О222")))
    assert findings == [
        ("catalogue/look-alike", "$.procedures[0].code"),
        ("schema/pattern", "$.procedures[0].code"),
    ]


def test_fullwidth_letters_in_codes_are_named() -> None:
    problem = only(document(procedure(legal_bases=["ｌaw"])), "catalogue/look-alike")
    assert problem.hint is not None
    assert problem.hint.en == "did you mean law?"


def test_letters_without_a_latin_twin_get_no_hint() -> None:
    assert only(document(title={"vi": "Ωmega", "en": "x"}), "catalogue/look-alike").hint is None


@pytest.mark.parametrize("words", ["dòng một\ndòng hai", "tên Νίκος Παπαδόπουλος", "số Ω", "４ × ６"])
def test_text_that_is_meant_is_left_alone(words: str) -> None:
    assert catalogue.check(document(title=text(words))) == ()


def test_names_of_bases_are_looked_at_too() -> None:
    raw = document(
        bases={"law": {"instrument": "x", "firmness": "read"}, "lаw": {"instrument": "y", "firmness": "read"}}
    )
    assert ("catalogue/look-alike", '$.bases["lаw"]') in found(raw)


def test_findings_say_the_legal_ground_where_there_is_one() -> None:
    problem = only(FAILING["no limit"][0], "catalogue/no-time-limit")
    assert problem.basis is not None
    assert problem.basis.en == "Decree 63/2010/NĐ-CP, art. 8(2)"
    assert problem.severity is Severity.WARNING


def test_a_step_of_the_applicant_needs_no_body() -> None:
    raw = document(procedure(steps=[{"id": "a", "role": "applicant", "what": text("Nộp")}]))
    assert catalogue.check(raw) == ()


def test_a_fact_with_one_firm_basis_is_confirmed() -> None:
    raw = document(
        bases={"law": {"instrument": "x", "firmness": "read"}, "memory": {"instrument": "y", "firmness": "recalled"}},
        procedures=[procedure(authority={"name": text("x"), "basis": ["memory", "law"]})],
    )
    assert catalogue.check(raw) == ()


def in_force(first: str | None, last: str | None) -> dict[str, Any]:
    days = {"in_force_from": first, "in_force_to": last}
    law = {"instrument": "Luật 1/2020/QH14", "firmness": "read"}
    return document(bases={"law": law | {key: day for key, day in days.items() if day}})


def test_a_basis_out_of_force_is_found_once_a_procedure_and_only_when_a_day_is_given() -> None:
    raw = in_force("2020-07-01", "2025-06-30")
    assert found(raw) == []
    assert found(raw, on=date(2025, 6, 30)) == []
    assert found(raw, on=date(2025, 7, 1)) == [("catalogue/basis-not-in-force", "$.procedures[0].legal_bases[0]")]
    assert "applied until 2025-06-30" in only(raw, "catalogue/basis-not-in-force", on=date(2025, 7, 1)).message
    assert "applies only from 2020-07-01" in only(raw, "catalogue/basis-not-in-force", on=date(2020, 6, 30)).message


@pytest.mark.parametrize(
    "validity", [{"in_force_from": "2026-01-01"}, {"in_force_to": "2025-06-30"}], ids=["not yet", "no more"]
)
def test_a_procedure_that_does_not_apply_that_day_may_rest_on_old_law(validity: dict[str, str]) -> None:
    raw = in_force(None, "2025-06-30") | {"procedures": [procedure(**validity)]}
    assert found(raw, on=date(2025, 12, 31)) == []


def test_the_day_must_be_a_day() -> None:
    with pytest.raises(InvalidValueError):
        catalogue.check(document(), on=datetime(2026, 1, 1))


# --- budgets of steps against the limit


def budgets(limit: str, *rows: tuple[str, list[str], str | None, list[str]]) -> dict[str, Any]:
    made = [
        {"id": name, "after": after, "cases": cases, "body": text("x"), "what": text("y")}
        | ({"budget": budget} if budget else {})
        for name, after, budget, cases in rows
    ]
    limits = [{"time": limit}, {"time": "2 working days", "case": "urgent"}]
    return document(procedure(channels=channels(*limits), steps=made))


def test_parallel_branches_count_by_the_longest() -> None:
    rows: list[tuple[str, list[str], str | None, list[str]]] = [
        ("receive", [], "0.5 working days", []),
        ("police", ["receive"], "2 working days", []),
        ("land", ["receive"], "3 working days", []),
        ("sign", ["police", "land"], "1,5 ngày làm việc", []),
    ]
    at_limit = budgets("5 working days", *rows)
    at_limit["procedures"][0]["channels"][0]["limits"].pop()
    assert found(at_limit) == []
    below = budgets("4 working days", *rows)
    below["procedures"][0]["channels"][0]["limits"].pop()
    problem = only(below, "catalogue/steps-exceed-limit")
    assert problem.path == "$.procedures[0].channels[0].limits[0].time"
    assert "the steps take 5 working days, more than the limit '4 working days'" in problem.message


def test_steps_of_other_cases_do_not_count() -> None:
    raw = budgets("5 working days", ("a", [], "2 working days", []), ("b", ["a"], "1 working day", ["urgent"]))
    assert found(raw) == [("catalogue/steps-exceed-limit", "$.procedures[0].channels[0].limits[1].time")]


@pytest.mark.parametrize("limit", ["within the day", "immediately", "1 month", "3 working days + 1 month"])
def test_only_what_is_counted_in_the_same_unit_is_compared(limit: str) -> None:
    raw = budgets(
        limit, ("a", [], "9 working days", ["other"]), ("b", [], "within the day", []), ("c", ["b"], "immediately", [])
    )
    raw["procedures"][0]["cases"].append({"id": "other", "name": text("x")})
    assert found(raw) == []


def test_a_sum_that_no_time_limit_could_hold_is_still_a_finding() -> None:
    raw = budgets("9999 working days", ("a", [], "9999 working days", []), ("b", ["a"], "9999 working days", []))
    assert [rule for rule, _ in found(raw)] == ["catalogue/steps-exceed-limit"] * 2


def slow_longest(after: dict[int, set[int]], days: dict[int, int]) -> int:
    """Walk every path."""

    def ending_at(node: int) -> int:
        return days[node] + max((ending_at(earlier) for earlier in after[node]), default=0)

    return max(map(ending_at, after), default=0)


@given(st.data())
def test_the_longest_path_agrees_with_walking_every_path(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 7))
    order = data.draw(st.permutations(range(size)))
    after = {node: data.draw(st.sets(st.sampled_from(order[:at]))) if at else set() for at, node in enumerate(order)}
    days = {node: data.draw(st.integers(0, 5)) for node in after}
    limit = data.draw(st.integers(1, 25))
    raw = budgets(
        f"{limit} working days",
        *(
            (f"s{n}", [f"s{e}" for e in after[n]], f"{days[n]} working days" if days[n] else None, [])
            for n in range(size)
        ),
    )
    raw["procedures"][0]["channels"][0]["limits"].pop()
    assert bool(found(raw)) is (Fraction(slow_longest(after, days)) > limit)


@pytest.mark.parametrize(
    ("limit", "first", "second", "said"),
    [
        ("4 working days", "5 working days", "6 days", "5 working days"),
        ("5 days", "4 working days", "6 days", "6 days"),
        ("30 days", "2 months", "5 days", "2 months"),
        ("60 days", "2 months", "5 days", None),  # January and February have 59 days at most
        ("1 month", "40 days", "5 working days", "40 days"),
        ("1 month", "31 days", "5 working days", None),
        ("24 hours", "3 days", "2 hours", "3 days"),
        ("24 hours", "2 days", "24 hours", None),
        ("9 days", "9 working days", "9 days", "9 working days"),
        ("4 working days", "30 days", "4 working days", None),
    ],
)
def test_of_parallel_branches_any_may_be_too_long(limit: str, first: str, second: str, said: str | None) -> None:
    raw = budgets(limit, ("a", [], first, []), ("b", [], second, []))
    raw["procedures"][0]["channels"][0]["limits"].pop()
    assert [each.text.en for each in catalogue.check(raw) if each.rule == "catalogue/steps-exceed-limit"] == (
        [f"along the longest path the steps take {said}, more than the limit '{limit}'"] if said else []
    )


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), min_size=1))
def test_a_circle_is_found_exactly_where_one_can_walk_in_one(after: dict[str, list[str]]) -> None:
    def reaches(start: str, goal: str, seen: frozenset[str] = frozenset()) -> bool:
        return any(
            earlier == goal or (earlier not in seen and reaches(earlier, goal, seen | {earlier}))
            for earlier in after.get(start, ())
        )

    on_circle = {name for name in after if reaches(name, name)}
    problems = [
        p for p in catalogue.check(document(procedure(steps=steps(**after)))) if p.rule == "catalogue/step-cycle"
    ]
    assert bool(problems) is bool(on_circle)
    names = list(after)
    assert {names[int(p.path.split("[")[2].split("]")[0])] for p in problems} <= on_circle


def test_a_long_circle_is_shown_shortened() -> None:
    names = [f"s{n:02}" for n in range(30)]
    circle = {name: [names[index - 1]] for index, name in enumerate(names)}
    assert only(document(procedure(steps=steps(**circle))), "catalogue/step-cycle").message.endswith("→ …")


# --- one bad procedure hides nothing about the others


def test_a_bad_procedure_hides_no_finding_about_another() -> None:
    raw = document(
        procedure(level="district"), procedure("1.000002", legal_bases=["x"]), procedure("1.000003", steps=[])
    )
    assert found(raw) == [
        ("schema/enum", "$.procedures[0].level"),
        ("catalogue/unresolved-reference", "$.procedures[1].legal_bases[0]"),
        ("catalogue/part-missing", "$.procedures[2]"),
    ]


def test_findings_come_in_the_order_of_the_document() -> None:
    raw = document(*(procedure(f"1.{n:06}", steps=[]) for n in range(12)))
    assert [path for _, path in found(raw)] == [f"$.procedures[{n}]" for n in range(12)]


def test_an_unreadable_basis_is_named_and_the_rest_goes_on() -> None:
    raw = document(bases={"law": {"instrument": 1, "firmness": "read"}}, procedures=[procedure(steps=[])])
    assert found(raw) == [("schema/type", "$.bases.law.instrument"), ("catalogue/part-missing", "$.procedures[0]")]


def test_without_bases_no_reference_is_guessed_at() -> None:
    assert found(document(bases=[])) == [("schema/type", "$.bases")]


def test_were_the_values_stricter_than_the_schema_it_would_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop_core.catalogue.checking.document.violations", lambda *_: ())
    with pytest.raises(InvalidDocumentError) as raised:
        catalogue.load(document(procedure(subjects=["alien"])))
    assert [(p.rule, p.path) for p in raised.value.problems] == [("value/invalid", "$.procedures[0].subjects[0]")]


def test_a_whole_number_written_as_another_parser_reads_it_is_one() -> None:
    papers = [{"name": text("Đơn"), "originals": 1.0, "copies": 0.0}]
    raw = document(procedure(papers=papers))
    assert found(raw) == []
    assert [type(paper.originals) for paper in catalogue.load(raw)["1.000001"].papers] == [int]
    papers[0]["originals"] = 1.5
    assert found(raw) == [("schema/type", "$.procedures[0].papers[0].originals")]


def test_names_are_compared_in_normal_form() -> None:
    composed, apart = "gấp", unicodedata.normalize("NFD", "gấp")
    cases = [{"id": "urgent", "name": text("Gấp")}]
    body = {"name": text(composed)}
    clerk = {"vi": apart, "en": "commune"}
    raw = document(
        procedure(
            authority=body,
            implementing=[body],
            cases=cases,
            steps=[{"id": "a", "body": clerk, "what": text("Việc"), "cases": ["urgent"]}],
        )
    )
    assert found(raw) == [("catalogue/not-nfc", "$.procedures[0].steps[0].body.vi")]


def test_an_instrument_out_of_force_is_told_once_where_it_is_first_cited() -> None:
    ended = {"instrument": "Nghị định 1/2015/NĐ-CP", "firmness": "read", "in_force_to": "2020-01-01"}
    bases = {"law": {"instrument": "Luật 1/2020/QH14", "firmness": "read"}, "old": ended}
    limit = {"time": "1 ngày", "basis": ["law", "old"], "fees": [{"kind": "fee", "amount": "1", "basis": ["old"]}]}
    for listed, place in ((["law", "old"], "legal_bases[1]"), (["law"], "channels[0].limits[0].basis[1]")):
        raw = document(procedure(channels=channels(limit), legal_bases=listed), bases=bases)
        assert [path for rule, path in found(raw, on=date(2026, 11, 24)) if rule == "catalogue/basis-not-in-force"] == [
            f"$.procedures[0].{place}"
        ]


# --- files


def test_a_file_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(document(procedure(steps=[]))), encoding="utf-8")
    assert [p.rule for p in catalogue.check_file(file)] == ["catalogue/part-missing"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "json/syntax"),
        (b"{", "json/syntax"),
        (b"\xff\xfe", "json/encoding"),
        (b'{"a": 1, "a": 2}', "json/duplicate-key"),
        (b'{"fee": NaN}', "json/not-a-number"),
        (b'{"fee": 1e999999999}', "json/number-too-long"),
        (b"[" * 100_000, "json/too-deep"),
        (b'{"a": "\\ud800"}', "json/unicode"),
    ],
)
def test_a_file_that_is_not_plain_json_is_a_finding(tmp_path: Path, content: bytes, rule: str) -> None:
    file = tmp_path / "catalogue.json"
    file.write_bytes(content)
    assert [p.rule for p in catalogue.check_file(file)] == [rule]


def test_a_file_that_cannot_be_read_is_the_callers_to_handle(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        catalogue.check_file(tmp_path / "none.json")


def stray_at(node: Any, place: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], bool]]:
    """Every text and every key of a document, by its place; True for a key."""
    if isinstance(node, str):
        return [(place, False)]
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    keys = [((*place, key), True) for key in node] if isinstance(node, dict) else []
    return [*keys, *(each for key, child in members for each in stray_at(child, (*place, key)))]


PLACES = stray_at(document(procedure("1.000001"), procedure("1.000002")))


@pytest.mark.parametrize(("place", "is_key"), PLACES)
def test_a_stray_character_is_found_wherever_it_stands(place: tuple[Any, ...], is_key: bool) -> None:
    whole = document(procedure("1.000001"), procedure("1.000002"))
    node: Any = whole
    for step in place[:-1]:
        node = node[step]
    last = place[-1]
    if is_key:
        # The order is kept: by it the procedures are found.
        members = [(key + "\u200b" if key == last else key, value) for key, value in node.items()]
        node.clear()
        node.update(members)
    else:
        node[last] += "\u200b"
    slow = {problem.path for problem in characters.character_problems(whole)}
    found = catalogue.check(whole, most=None)
    assert {problem.path for problem in found if problem.rule == "catalogue/stray-character"} == slow
    assert len(slow) == 1


@pytest.mark.parametrize(
    "odd",
    ["a\u200b", ["a\u200b"], {"procedures": "a\u200b"}, {"procedures": [1, None, ["a\u200b", 2], {"x": True}, "b"]},
     {"x": [["a"], {}], "procedures": ["a\u200b", {"b": "c"}]}, {"x\u200b": ("a", {"b": ()}), "procedures": ({"c": ("\u200b",)},)}],
)  # fmt: skip
def test_a_stray_character_is_found_in_what_is_no_catalogue(odd: Any) -> None:
    found = {problem.path for problem in catalogue.check(odd) if problem.rule == "catalogue/stray-character"}
    assert found == {
        problem.path for problem in characters.character_problems(plain_copy(odd)) if "character" in problem.rule
    }
    assert found


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1)])
def test_a_basis_that_ends_before_it_begins_is_in_force_on_no_day(day: date) -> None:
    raw = document()
    raw["bases"]["law"].update(in_force_from="2026-02-01", in_force_to="2026-01-31")
    assert {"catalogue/reversed-dates", "catalogue/basis-not-in-force"} == {
        each.rule for each in catalogue.check(raw, on=day)
    }
