"""Tests of the tests: the cases that ship are sound, readable, complete, and confirmed twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import ensure_valid
from tests.conformance.slow import SLOW

SUITE = conformance.suite()
DOCUMENTS = dict(conformance.case_documents())
MODAL = re.compile(r"\b(must|shall|should|may|might|can|could|will|would|ought|need to|have to)\b")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_valid_under_its_schema(name: str) -> None:
    ensure_valid(DOCUMENTS[name], "conformance-suite" if name == "suite" else "conformance-case", source=name)


def test_there_are_enough_cases_and_their_ids_are_unique() -> None:
    assert len({case.id for case in SUITE.cases}) == len(SUITE.cases) >= 1500


@pytest.mark.parametrize("area", SUITE.areas, ids=lambda area: area.name)
def test_every_rule_and_operation_of_an_area_is_exercised(area: conformance.Area) -> None:
    cases = SUITE.of([area.name])
    assert {rule for case in cases for rule in case.rules} == set(area.rules)
    assert {case.operation for case in cases} == set(area.operations)


def test_the_schema_defines_input_and_answer_of_every_operation() -> None:
    defined = resources.schema("conformance-case")["$defs"]
    for area in SUITE.areas:
        assert [
            f"{name}_{part}"
            for name in area.operations
            for part in ("input", "expected")
            if f"{name}_{part}" not in defined
        ] == []


def test_descriptions_say_what_is_and_never_what_ought_to_be() -> None:
    assert [case.description for case in SUITE.cases if MODAL.search(case.description)] == []


def test_descriptions_tell_the_cases_of_a_topic_apart() -> None:
    many = Counter((case.id.partition(".")[0], case.description) for case in SUITE.cases)
    assert {key: times for key, times in many.items() if times > 1} == {}


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key, child in value.items() for text in (key, *texts(child))]
    if isinstance(value, list):
        return [text for child in value for text in texts(child)]
    return [value] if isinstance(value, str) else []


def test_words_for_people_are_in_normal_form_c() -> None:
    for document in DOCUMENTS.values():
        plain = {key: value for key, value in document.items() if key != "groups"}
        assert all(unicodedata.is_normalized("NFC", text) for text in texts(plain))
    assert all(unicodedata.is_normalized("NFC", case.description) for case in SUITE.cases)


def test_every_case_has_a_basis_and_a_recommended_one_a_reason() -> None:
    for case in SUITE.cases:
        assert case.basis
        assert (case.why is not None) == (case.level is conformance.CaseLevel.RECOMMENDED)


def test_no_required_case_rests_on_weak_evidence_alone() -> None:
    weak = ("[recalled]", "[unconfirmed]", "[inferred]")
    required = [case for case in SUITE.cases if case.level is conformance.CaseLevel.REQUIRED]
    assert [case.id for case in required if all(basis.endswith(weak) for basis in case.basis)] == []


@pytest.mark.parametrize("area", [area.name for area in SUITE.areas])
def test_an_independent_slow_implementation_confirms_every_expectation(area: str) -> None:
    report = conformance.run(SLOW[area](), areas=[area])
    assert [(result.case, result.reason) for result in report.failed] == []
    assert report.unsupported == ()
    assert len(report.passed) == len(SUITE.of([area]))


@pytest.mark.parametrize("area", [area.name for area in SUITE.areas])
def test_the_reference_implementation_conforms_in_every_case(area: str) -> None:
    report = conformance.run(conformance.reference(), areas=[area])
    assert [(result.case, result.reason) for result in report.failed] == []
    assert report.unsupported == ()
    assert report.conforms


def test_the_slow_implementations_do_not_lean_on_the_engines() -> None:
    """They import no counting, scoring or checking code of the library."""
    for implementation in SLOW.values():
        module = __import__(implementation.__module__, fromlist=["x"])
        engines = {
            name
            for name, value in vars(module).items()
            if str(getattr(value, "__module__", value)).startswith(
                ("onestop_core.workdays", "onestop_core.deadlines", "onestop_core.kpi", "onestop_core.catalogue")
            )
        }
        assert engines == set()
