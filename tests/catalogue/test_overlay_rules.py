"""Overlays: what is wrong is found, with its place and its legal basis; the reference page says so."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import Severity
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text
from tests.catalogue.overlays import local, national, overlay
from tests.catalogue.test_drift import drift

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "overlay-rules.md"
PLACE = "$.procedures[0]"
LIMIT = f"{PLACE}.channels[0].limits[0]"


def found(raw: Any, base: catalogue.Catalogue | None = None) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in catalogue.overlay.check(base or national(), raw)]


def test_the_table_gives_each_rule_as_it_is() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| [`")]
    anchors = [rule.id.removeprefix("overlay/") for rule in catalogue.overlay.RULES]
    assert rows == [
        f"| [`{rule.id}`](#{anchor}) | {rule.severity} | {rule.title.en} | {rule.basis.cite().en + ' ' if rule.basis else ''}|"
        for rule, anchor in zip(catalogue.overlay.RULES, anchors, strict=True)
    ]


def test_each_rule_has_a_section_with_a_failing_and_a_passing_example() -> None:
    sections = {section.partition("\n")[0]: section for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]}
    for rule in catalogue.overlay.RULES:
        section = sections[rule.id.removeprefix("overlay/")]
        assert f"[{rule.id}]" in section
        assert section.count(">>> show(") >= 2
        assert rule.severity in section


def test_only_what_was_read_makes_an_error() -> None:
    for rule in catalogue.overlay.RULES:
        assert rule.severity is not Severity.ERROR or "[" not in (rule.basis.cite().en if rule.basis else "")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [("overlay/no-change", PLACE)]),
        ({"code": "1.000009"}, [("overlay/unresolved-reference", f"{PLACE}.code")]),
        ({"channels_removed": ["post"]}, [("overlay/unresolved-reference", f"{PLACE}.channels_removed[0]")]),
        ({"channels_removed": ["in_person"]}, [("overlay/channel-removed", f"{PLACE}.channels_removed[0]")]),
        ({"papers_removed": ["Tờ kha"]}, [("overlay/unresolved-reference", f"{PLACE}.papers_removed[0]")]),
        ({"papers_removed": ["Tờ khai"]}, []),
        ({"papers": [{"name": text("Đơn"), "originals": 0, "copies": 0}]}, [("overlay/paper-added", f"{PLACE}.papers[0]")]),
        ({"steps": [{"id": "slove", "body": text("Phòng")}]}, [("overlay/unresolved-reference", f"{PLACE}.steps[0].id")]),
        ({"steps": [{"id": "solve", "budget": "soon"}]}, [("catalogue/time-limit-unreadable", f"{PLACE}.steps[0].budget")]),
        ({"steps": [{"id": "solve", "budget": "1 working day", "basis": ["qd", "x"]}]},
         [("overlay/unresolved-reference", f"{PLACE}.steps[0].basis[1]")]),
        ({"papers": [{"name": text("Tờ khai"), "form": "TK02", "originals": 1, "copies": 0, "cases": ["urgnt"]}]},
         [("overlay/unresolved-reference", f"{PLACE}.papers[0].cases[0]"),
          ("overlay/unresolved-reference", f"{PLACE}.papers[0].form")]),
        ({"papers": [{"name": text("Tờ khai"), "originals": 2, "copies": 1}]},
         [("overlay/paper-added", f"{PLACE}.papers[0].copies"), ("overlay/paper-added", f"{PLACE}.papers[0].originals")]),
        ({"papers": [{"name": text("Tờ khai"), "originals": 1, "copies": 0}] * 2, "papers_removed": ["Tờ khai"]},
         [("overlay/duplicate-change", f"{PLACE}.papers[1]"), ("overlay/duplicate-change", f"{PLACE}.papers_removed[0]")]),
        ({"notes": [text("ghi chú \u200b")]},
         [("catalogue/stray-character", f"{PLACE}.notes[0].en"), ("catalogue/stray-character", f"{PLACE}.notes[0].vi")]),
    ],
)  # fmt: skip
def test_a_change_of_a_procedure(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(local(**changes)) == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([{"time": "6 working days"}], ["overlay/longer-time"]),
        ([{"time": "4 working days"}], []),
        ([{"time": "trong ngày"}], ["catalogue/steps-exceed-limit"]),
        ([{"time": "1 tháng"}], ["overlay/time-not-comparable"]),
        ([{"time": "soon"}], ["catalogue/time-limit-unreadable"]),
        ([{"time": "2 working days", "case": "urgent"}, {"time": "5 working days"}], ["overlay/no-change"]),
        ([{"time": "3 working days", "case": "urgent"}], ["overlay/longer-time"]),
        ([{"time": "1 tháng", "case": "urgen"}], ["overlay/unresolved-reference", "overlay/time-not-comparable"]),
        ([{"time": "4 working days"}, {"time": "3 working days"}], ["overlay/duplicate-change"]),
        ([{"fees": [{"amount": "20000"}]}], ["overlay/no-change"]),
        ([{"fees": [{"amount": "20001"}]}], ["overlay/higher-fee"]),
        ([{"fees": [{"amount": "20001", "basis": ["qd"]}]}], ["overlay/higher-fee"]),
        ([{"fees": [{"amount": "20001", "basis": ["memory"]}]}], ["overlay/higher-fee"]),
        ([{"fees": [{"amount": "20001", "basis": ["nq"]}]}], []),
        ([{"fees": [{"amount": "20001", "basis": ["law"]}]}], []),
        ([{"fees": [{"amount": "1", "unit": text("trang")}]}], ["overlay/higher-fee"]),
        ([{"fees": [{"amount": "0", "unit": text("trang")}]}], []),
        ([{"fees": [{"amount": "1", "kind": "fee"}]}], []),
        ([{"fees": [{"amount": "1"}, {"amount": "2", "kind": "fee"}]}], ["overlay/duplicate-change"]),
        ([{"fees": [{"amount": "1"}, {"amount": "2", "case": "urgent"}]}], []),
    ],
)
def test_a_change_of_limits_and_fees(limits: list[dict[str, Any]], expected: list[str]) -> None:
    raw = local(channels=[{"kind": "in_person", "limits": limits}])
    assert [rule for rule, _ in found(raw)] == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"time": "5 working days", "fees": [{"amount": "20000"}]}, []),
        ({"time": "6 working days"}, ["overlay/longer-time"]),
        ({"time": "6 days"}, ["overlay/time-not-comparable"]),
        ({"time": "5 working days", "fees": [{"amount": "30000"}]}, ["overlay/higher-fee"]),
        ({"time": "2 working days", "case": "urgent"}, []),
        ({"fees": [{"amount": "0"}]}, ["catalogue/no-time-limit"]),
    ],
)
def test_a_new_channel_is_held_to_the_others(limit: dict[str, Any], expected: list[str]) -> None:
    assert [rule for rule, _ in found(local(channels=[{"kind": "online_full", "limits": [limit]}]))] == expected


def test_a_limit_that_the_national_catalogue_does_not_know_cannot_be_compared() -> None:
    base = catalogue.load(document(procedure(channels=[{"kind": "in_person", "limits": [{"case": "urgent"}]}])))
    for limit in ({"time": "1 day"}, {"time": "1 day", "case": "urgent"}):
        raw = local(channels=[{"kind": "in_person", "limits": [limit]}])
        assert ("overlay/time-not-comparable", f"{LIMIT}.time") in found(raw, base)


def test_a_paper_for_more_cases_is_a_paper_added() -> None:
    cases = [{"id": name, "name": text(name)} for name in ("a", "b")]
    paper = {"name": text("Tờ khai"), "originals": 1, "copies": 0, "cases": ["a"]}
    channels = [{"kind": "in_person", "limits": [{"time": "1 day"}]}]
    base = catalogue.load(document(procedure(cases=cases, obligations=[], papers=[paper], channels=channels)))
    for named, expected in (
        (["a"], ["overlay/no-change"]),
        (["a", "b"], ["overlay/paper-added"]),
        ([], ["overlay/no-change"]),
    ):
        assert [rule for rule, _ in found(local(papers=[{**paper, "cases": named}]), base)] == expected


def test_a_fee_that_fits_several_is_ambiguous_unless_it_says_which() -> None:
    fees = [{"amount": "20000", "kind": "fee"}, {"amount": "9000", "kind": "charge"}]
    base = catalogue.load(
        document(procedure(channels=[{"kind": "in_person", "limits": [{"time": "1 day", "fees": fees}]}]))
    )
    for fee, expected in (({}, ["overlay/ambiguous-fee"]), ({"kind": "charge"}, []), ({"kind": "fee"}, [])):
        raw = local(channels=[{"kind": "in_person", "limits": [{"fees": [{"amount": "5", **fee}]}]}])
        assert [rule for rule, _ in found(raw, base)] == expected


def test_a_limit_for_all_cases_is_no_longer_than_that_of_any_case() -> None:
    cases = [{"id": name, "name": text(name)} for name in ("a", "b")]
    limits = [{"time": "3 working days", "case": "a"}, {"time": "7 working days", "case": "b"}]
    base = catalogue.load(
        document(procedure(cases=cases, obligations=[], channels=[{"kind": "in_person", "limits": limits}]))
    )
    for kind in ("in_person", "online_full"):
        for time, expected in (("3 working days", []), ("4 working days", ["overlay/longer-time"])):
            raw = local(channels=[{"kind": kind, "limits": [{"time": time}]}])
            assert [rule for rule, _ in found(raw, base)] == expected


def test_a_narrower_receiving_place_is_a_warning_and_a_wider_one_is_not() -> None:
    place = {"name": text("Trung tâm"), "scope": "whole_province"}
    base = catalogue.load(document(procedure(receiving=[place])))
    for scope, expected in (("own_territory", ["overlay/narrower-scope"]), ("nationwide", [])):
        assert [rule for rule, _ in found(local(receiving=[{**place, "scope": scope}]), base)] == expected


def test_bases_are_those_of_both_and_keep_their_meaning() -> None:
    raw = overlay(bases={"law": {"instrument": "Luật 2/2024/QH15", "firmness": "read"}})
    assert found(raw) == [("overlay/basis-redefined", "$.bases.law"), ("overlay/decision-missing", "$.decision[0]")]
    raw = overlay(decision=["law"], issuer={"name": text("Tỉnh"), "basis": ["lwa"]}, bases={})
    assert found(raw) == [("overlay/unresolved-reference", "$.issuer.basis[0]")]


def test_one_bad_procedure_hides_no_finding_about_another() -> None:
    raw = overlay({"code": "x"}, {"code": "1.000001", "channels_removed": ["in_person"]}, {"code": "1.000001"})
    assert found(raw) == [
        ("schema/pattern", "$.procedures[0].code"),
        ("overlay/channel-removed", "$.procedures[1].channels_removed[0]"),
        ("overlay/no-change", "$.procedures[2]"),
        ("overlay/duplicate-change", "$.procedures[2].code"),
    ]


@pytest.mark.parametrize("raw", [None, 7, "x", [], {}, {"bases": 1}, {"decision": [1], "bases": {}}, {"a": object()}])
def test_no_content_raises(raw: Any) -> None:
    assert found(raw) != []


WRONG: list[Any] = [None, 7, "x", [], {}, [{}], {"vi": "x"}]


@given(st.data())
def test_a_wrong_part_is_a_finding_and_never_an_exception(data: st.DataObject) -> None:
    raw: Any = overlay({"code": "1.000001", "notes": [text("mới")]})
    key = data.draw(st.sampled_from(sorted(raw)))
    raw[key] = data.draw(st.sampled_from(WRONG))
    assert (catalogue.overlay.check(national(), raw) == ()) <= (check_schema(raw, "overlay") == ())


def test_hints_are_limited() -> None:
    raw = local(papers_removed=["Tờ kha"] * 60)
    hints = [p.hint for p in catalogue.overlay.check(national(), raw) if p.rule == "overlay/unresolved-reference"]
    assert hints[0] is not None
    assert (len(hints), hints.count(None)) == (60, 40)


def test_schema_and_classes_say_the_same() -> None:
    schema = resources.schema("overlay")
    assert drift(schema, catalogue.overlay.Overlay, schema) == []
    changed = copy.deepcopy(schema)
    del changed["$defs"]["step"]["properties"]["budget"]
    assert drift(changed, catalogue.overlay.Overlay, changed) == ["$.procedures[].steps[].budget: only on one side"]
    for name, node in {"top": schema, **schema["$defs"]}.items():
        assert node["title"].isascii(), name
        assert " / " in node["description"], name


def test_another_validator_agrees() -> None:
    jsonschema_rs = pytest.importorskip("jsonschema_rs", reason="a second validator")
    names = ("common", "catalogue")
    registry = jsonschema_rs.Registry([(resources.schema(name)["$id"], resources.schema(name)) for name in names])
    validator = jsonschema_rs.Draft202012Validator(
        resources.schema("overlay"), registry=registry, validate_formats=True
    )
    good = local(channels=[{"kind": "in_person", "limits": [{"time": "1 day"}]}], channels_removed=["post"])
    for raw in (good, {**good, "decision": []}, {**good, "procedures": [{"code": "1"}]}, {**good, "x": 1}):
        assert validator.is_valid(raw) is (check_schema(raw, "overlay") == ())
