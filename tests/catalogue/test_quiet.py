"""Rules speak where there is something to say: prose of pages is no structure, prose is no code, like is not the same."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import Severity
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

PROSE = [{"id": "1", "what": text("Nộp hồ sơ")}, {"id": "2", "after": ["1"], "what": text("Trả kết quả")}]
BODIES = [{"name": text("Ủy ban")}, {"name": text("Sở")}]


def rules_of(*procedures: dict[str, Any], **changes: Any) -> list[str]:
    return [each.rule.removeprefix("catalogue/") for each in catalogue.check(document(*procedures, **changes))]


def test_steps_in_prose_are_asked_for_nothing() -> None:
    assert rules_of(procedure(steps=PROSE, implementing=BODIES)) == []


def test_one_structured_step_makes_the_others_answer() -> None:
    mixed = [*PROSE, {"id": "3", "what": text("Ký"), "role": "clerk"}]
    found = rules_of(procedure(steps=mixed))
    assert (found.count("step-without-body"), found.count("seven-clarities")) == (3, 3)
    named = [*PROSE, {"id": "3", "what": text("Ký"), "body": text("Sở")}]
    assert rules_of(procedure(steps=named, implementing=BODIES)).count("body-without-step") == 1


@pytest.mark.parametrize(
    ("raw", "severity"),
    [
        (document(title=text("theo Nghị định 61/2018/NÐ-CP")), Severity.WARNING),
        (document(procedure(notes=[text("Nghị định 61/2018/NÐ-CP")])), Severity.WARNING),
        (document(procedure(decision={"number": "1811/QÐ-UBND"})), Severity.ERROR),
        (document(bases={"law": {"instrument": "Luật 1/2020/QH14 NÐ", "firmness": "read"}}), Severity.ERROR),
        (document(procedure(forms=[{"code": "ТK01", "name": text("x")}, {"code": "TK01", "name": text("y")}])), Severity.ERROR),
    ],
)  # fmt: skip
def test_a_look_alike_in_prose_is_a_warning_and_in_a_code_an_error(raw: Any, severity: Severity) -> None:
    found = {each.severity for each in catalogue.check(raw) if each.rule == "catalogue/look-alike"}
    assert found == {severity}


def alike(code: str, **changes: Any) -> dict[str, Any]:
    return procedure(code, results=[{"name": text("Giấy phép")}], **changes)


def test_giving_and_giving_again_are_two_procedures() -> None:
    other = [{"name": text("Đơn"), "originals": 1, "copies": 0}]
    given, again = alike("1.000001", name=text("Cấp")), alike("1.000002", name=text("Cấp lại"), papers=other)
    assert rules_of(given, again) == []
    assert rules_of(given, alike("1.000002", name=text("CẤP"), papers=other)) == ["overlapping-procedures"]
    assert rules_of(given, alike("1.000002", name=text("Cấp lại"))) == ["overlapping-procedures"]
    # Editions of one procedure are not two.
    ended, begun = alike("1.000001", in_force_to="2025-06-30"), alike("1.000001", in_force_from="2025-07-01")
    assert rules_of(ended, begun) == []


def test_the_comparison_of_many_ends() -> None:
    many = [alike(f"1.{number:06}", name=text(f"Số {number}"), papers=[]) for number in range(1, 200)]
    assert "overlapping-procedures" not in rules_of(*many)
