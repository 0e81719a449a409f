"""Sector rules as data: each value cited, none presented as law that was not read."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier.lifecycle import SupplementClock
from onestop_core.errors import InvalidDocumentError, UnknownCodeError
from onestop_core.model import TimeLimit
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema


@pytest.mark.parametrize("name", dossier.lifecycle.sectors())
def test_a_shipped_sector_is_valid_and_cited(name: str) -> None:
    document = resources.data(f"vn/sectors/{name}")
    assert check_schema(document, "sector-rules") == ()
    rules = dossier.sector(name)
    assert rules == dossier.lifecycle.load_sector(document)
    assert rules.id == f"vn/{name}"
    stated = {field for field in document["policy"] if getattr(rules.policy, field) is not None}
    assert stated == {field for field, _ in rules.grounds} == set(document["policy"])
    assert [row.code for row in rules.limits] == [row["code"] for row in document["limits"]]
    assert all(basis.note is not None for _, basis in rules.grounds if not basis.firmness.is_law)


def test_the_facts_of_the_sectors() -> None:
    feasibility, permit, house = (
        dossier.sector(name) for name in ("feasibility-appraisal", "construction-permit", "construction-permit-house")
    )
    assert feasibility.policy.supplement_clock is SupplementClock.RESTART
    assert (feasibility.policy.max_suspensions, feasibility.policy.max_extensions) == (1, 1)
    assert feasibility.limit("supplement") == TimeLimit.parse("20 working days")
    assert (permit.policy.max_suspensions, permit.policy.max_extensions) == (0, 0)
    assert (permit.limit("appraisal"), house.limit("appraisal")) == (
        TimeLimit.parse("5 working days"),
        TimeLimit.parse("3 working days"),
    )
    assert dossier.sector("id-card").policy.forms == {"01": "CC02", "03": "CC03"}
    assert dossier.sector("certification").limit("result") == TimeLimit.parse("within the day")
    assert [basis.firmness.is_law for basis in (row.basis for row in dossier.sector("certification").limits)] == [
        True
    ] * 3
    assert all(row.basis.firmness.is_law for row in (*permit.limits, *house.limits, *feasibility.limits))


def test_the_construction_permit_on_decree_217_as_read() -> None:
    # Art. 54: no sentence forbids a suspension or an extension; silence is consent; the applicant is written to.
    for name, whole in (("construction-permit", "10"), ("construction-permit-house", "7")):
        rules = dossier.sector(name)
        firm = {field: basis.firmness.value for field, basis in rules.grounds}
        assert (firm["max_suspensions"], firm["max_extensions"]) == ("inferred", "inferred")
        assert (firm["max_supplements"], firm["silence_is_consent"], firm["through_the_desk"]) == ("read",) * 3
        assert (rules.policy.through_the_desk, rules.policy.silence_is_consent) == (False, True)
        days = {row.code: str(row.limit).split()[0] for row in rules.limits}
        assert (days["total"], days["total_of_renewal"], days["appraisal_of_renewal"]) == (whole, "5", "2")
        assert (days["supplement"], days["supplement_of_renewal"], days["opinion"], days["refusal_notice"]) == (
            *("2", "1", "2"),
            "1",
        )
    assert str(dossier.sector("construction-permit").limit("total_of_adjustment")) == "9 working days"


def test_the_feasibility_appraisal_on_decree_217_as_read() -> None:
    # Arts 36, 37: 20 working days for either; 60 days national; A 25 or 20, B 20 or 16, C 15 or 12.
    rules = dossier.sector("feasibility-appraisal")
    firm = {field: basis.firmness.value for field, basis in rules.grounds}
    assert firm == {
        **dict.fromkeys(("max_supplements", "close_incomplete", "max_suspensions", "max_extensions"), "read"),
        "supplement_clock": "inferred",
        "forms": "secondary",
    }
    assert {row.code: str(row.limit) for row in rules.limits} == {
        "national": "60 days",
        "intake_check": "5 working days",
        "refusal": "5 working days",
        "stamped_drawings": "5 working days",
        "supplement": "20 working days",
        "suspension": "20 working days",
        "group_a_class_one": "25 working days",
        "group_a": "20 working days",
        "group_b_class_one": "20 working days",
        "group_b": "16 working days",
        "group_c_class_one": "15 working days",
        "group_c": "12 working days",
    }


def test_a_request_of_that_sector_may_go_past_the_desk() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    at = datetime.fromisoformat("2026-03-02T08:00+07:00")
    policy = dossier.sector("construction-permit").policy
    case = machine.new(id="1", procedure="1.013225", channel="online", at=at, policy=policy, receiving_unit="H26.99")
    for kind in ("received", "assigned"):
        case = machine.step(case, dossier.event(kind, at))
    asked = dossier.event("supplement_requested", at, reason="thiếu bản vẽ", to_unit="thư điện tử của chủ đầu tư")
    assert machine.step(case, asked).state == "supplement_requested"


def test_unknown_names_are_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownCodeError, match="residence"):
        dossier.sector("residense")
    with pytest.raises(UnknownCodeError, match="opinion"):
        dossier.sector("construction-permit").limit("opinions")


def document() -> dict[str, Any]:
    return copy.deepcopy(resources.data("vn/sectors/construction-permit"))


def test_a_basis_that_is_not_there_is_named_at_each_place() -> None:
    bad = document()
    bad["policy"]["max_extensions"]["basis"] = "hearsay"
    bad["limits"][1]["basis"] = "hearsay"
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.lifecycle.load_sector(bad)
    assert [problem.path for problem in caught.value.problems] == ["$.policy.max_extensions.basis", "$.limits[1].basis"]
    assert {problem.rule for problem in caught.value.problems} == {"bases/unknown"}


def test_a_limit_that_cannot_be_read_is_named() -> None:
    bad = document()
    bad["limits"][1]["limit"] = "soon"
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.lifecycle.load_sector(bad)
    assert [problem.path for problem in caught.value.problems] == ["$.limits[1].limit"]
    assert "soon" in caught.value.problems[0].message


@pytest.mark.parametrize(
    "change", [{"policy": {"smiles": {"value": 1, "basis": "art-54"}}}, {"limits": None}, {"id": "X"}]
)
def test_what_the_schema_refuses_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidDocumentError):
        dossier.lifecycle.load_sector({**document(), **change})
