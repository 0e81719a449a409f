"""Sector rules as data: each value cited, none presented as law that was not read."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from onestop_core import dossier
from onestop_core.dossier import SupplementClock
from onestop_core.errors import InvalidDocumentError, UnknownCodeError
from onestop_core.model import TimeLimit
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema


@pytest.mark.parametrize("name", dossier.sectors())
def test_a_shipped_sector_is_valid_and_cited(name: str) -> None:
    document = resources.data(f"vn/sectors/{name}")
    assert check_schema(document, "sector-rules") == ()
    rules = dossier.sector(name)
    assert rules == dossier.load_sector(document)
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
    assert not any(row.basis.firmness.is_law for row in permit.limits)


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
        dossier.load_sector(bad)
    assert [problem.path for problem in caught.value.problems] == ["$.policy.max_extensions.basis", "$.limits[1].basis"]
    assert {problem.rule for problem in caught.value.problems} == {"bases/unknown"}


def test_a_limit_that_cannot_be_read_is_named() -> None:
    bad = document()
    bad["limits"][1]["limit"] = "soon"
    with pytest.raises(InvalidDocumentError) as caught:
        dossier.load_sector(bad)
    assert [problem.path for problem in caught.value.problems] == ["$.limits[1].limit"]
    assert "soon" in caught.value.problems[0].message


@pytest.mark.parametrize(
    "change", [{"policy": {"smiles": {"value": 1, "basis": "art-54"}}}, {"limits": None}, {"id": "X"}]
)
def test_what_the_schema_refuses_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidDocumentError):
        dossier.load_sector({**document(), **change})
