"""Proofs as values: the same each time, in both languages, and refused where they cannot be made."""

from __future__ import annotations

import json
import pickle

import pytest

from onestop_core import dossier, lab
from onestop_core.dossier import Policy
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.lab import Proof, load_properties
from onestop_core.rules.reading import resources

from .tables import broken, without_guard

PERMIT = dossier.sector("construction-permit").policy
OLD = dossier.machine("vn@decree-61-2018")


def proved() -> Proof:
    return lab.prove(broken(without_guard("work_joined_before_approval")), policies=[PERMIT])


def test_a_proof_is_the_same_each_time_and_travels() -> None:
    proof = proved()
    assert proof == proved()
    assert pickle.loads(pickle.dumps(proof)) == proof  # noqa: S301 - our own
    assert hash(proof) == hash(proved())
    assert proof.configurations == sum(each.configurations for each in proof.explored) > 100
    assert all(each.steps > each.configurations for each in proof.explored)


def test_a_proof_is_told_in_both_languages() -> None:
    proof = proved()
    for language in ("vi", "en"):
        told = proof.to_dict(language=language)
        assert json.loads(json.dumps(told)) == told
        (wrong,) = [each for each in told["properties"] if not each["holds"]]
        assert wrong["code"] == "no_end_with_open_work"
        assert [step["kind"] for step in wrong["violations"][0]["log"]][-2:] == ["approved", "result_handed_over"]
        assert len(wrong["violations"][0]["story"]) == len(wrong["violations"][0]["log"])
    assert proof.to_dict(language="vi")["properties"][0]["name"].startswith("Không hồ sơ nào kết thúc")
    violation, again = proof.violations
    assert (violation.subject, again.subject) == ("result_at_desk", "delivered")
    assert violation.text.vi == ("hồ sơ đến “Kết quả đã về Bộ phận Một cửa” khi việc đã chuyển xử lý chưa xong: việc 1")
    assert violation.story[3].vi == ("“Chuyển xử lý liên thông” [việc 1] → “Đang thẩm định, giải quyết”")


def test_a_policy_is_explored_once_and_one_is_needed() -> None:
    assert len(lab.prove(OLD, policies=[PERMIT, PERMIT]).explored) == 1
    with pytest.raises(InvalidValueError, match="at least one policy"):
        lab.prove(OLD, policies=[])


def test_an_outcome_is_found_by_its_code() -> None:
    proof = lab.prove(OLD, policies=[PERMIT])
    assert proof.outcome("one_holder_at_every_moment").holds
    with pytest.raises(UnknownCodeError, match="one_holder_at_every_moment"):
        proof.outcome("one_holder_at_any_moment")


def test_properties_of_ones_own_are_held_to_the_schema_and_to_sense() -> None:
    document = resources.data("vn/properties/lifecycle")
    table = load_properties({**document, "properties": document["properties"][:2]})
    assert [outcome.code for outcome in lab.prove(OLD, policies=[PERMIT], table=table).outcomes] == [
        "no_end_with_open_work",
        "no_clock_without_appointment",
    ]
    with pytest.raises(InvalidDocumentError) as error:
        load_properties({**document, "properties": [document["properties"][0]] * 2})
    assert [problem.path for problem in error.value.problems] == ["$.properties[1].code"]
    with pytest.raises(InvalidDocumentError):
        load_properties({**document, "properties": [{**document["properties"][0], "kind": "nice"}]})


def test_the_sector_of_a_host_is_proved_like_one_that_ships() -> None:
    assert lab.prove(OLD, policies=[Policy(max_extensions=0, max_supplements=3)]).holds


def test_no_more_than_twenty_ways_are_told() -> None:
    without = [guard.code for guard in OLD.lifecycle.guards if guard.condition == "work_joined"]
    proof = lab.prove(broken(without_guard(*without)), policies=[Policy()])
    ways = proof.outcome("no_end_with_open_work").violations
    assert 5 < len(ways) <= 20
    assert [len(each.log) for each in ways] == sorted(len(each.log) for each in ways)


@pytest.mark.parametrize("moves", [None, {1: (2,)}, {"1": 2}, [("1", (2,))]])
def test_moves_that_are_none_are_refused(moves: object) -> None:
    row = lab.properties().properties[0]
    with pytest.raises(InvalidValueError, match="moves"):
        lab.Property(code=row.code, name=row.name, kind=row.kind, basis=row.basis, moves=moves)  # type: ignore[arg-type]
