"""Every lifecycle that ships has every property, under its own values, under all that may be permitted, and in every sector."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from onestop_core import deadlines, dossier, lab
from onestop_core.dossier import lifecycle
from onestop_core.lab.proving.exploring import explore
from onestop_core.lab.proving.openings import policies_of
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from onestop_core.lab import Proof

pytestmark = pytest.mark.no_cover  # the same lines for every edition and sector

EDITIONS = tuple(edition.reference for edition in lifecycle.editions())
ONE_STOP = tuple(edition for edition in EDITIONS if edition.startswith("vn@"))
SECTORS = tuple(name for name in dossier.lifecycle.sectors() if dossier.sector(name).policy != lifecycle.NO_POLICY)
"""Those that have rules of their own, and not only limits."""


def broken(proof: Proof) -> list[tuple[str, str]]:
    return [(outcome.code, each.subject) for outcome in proof.outcomes for each in outcome.violations]


@cache
def proved(edition: str) -> Proof:
    return lab.prove(dossier.machine(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_every_property(edition: str) -> None:
    proof = proved(edition)
    assert broken(proof) == []
    assert [outcome.code for outcome in proof.outcomes] == [row.code for row in lab.properties().properties]
    assert (proof.holds, proof.lifecycle) == (True, edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_row_of_an_edition_is_taken_under_some_policy(edition: str) -> None:
    machine = dossier.machine(edition)
    taken = {
        (explored.dossiers[origin].state, step.attempt.kind)
        for policy in policies_of(machine.lifecycle)[:2]
        for explored in [explore(machine, policy)]
        for origin, step, _ in explored.walk.targets()
    }
    rows = {(state, row.event) for row in machine.lifecycle.transitions for state in row.states}
    assert rows - taken == set()


@pytest.mark.parametrize(("edition", "sector"), list(product(ONE_STOP, SECTORS)))
def test_an_edition_has_every_property_in_every_sector(edition: str, sector: str) -> None:
    proof = lab.prove(dossier.machine(edition), policies=[dossier.sector(sector).policy])
    assert broken(proof) == []
    assert [each.policy for each in proof.explored] == [dossier.sector(sector).policy]


def test_the_properties_are_those_of_the_issue_each_with_its_basis() -> None:
    table = lab.properties()
    assert {row.kind for row in table.properties} == set(lab.PropertyKind)
    assert all(not row.basis.firmness.is_law and row.basis.note is not None for row in table.properties)


def fixed(times: int) -> dossier.Lifecycle:
    """Return the lifecycle of data requests with the number of its extensions fixed, where no procedure may replace it."""
    document = json.loads(json.dumps(resources.data("vn/lifecycle/law-91-2025")))
    [guard] = [row for row in document["guards"] if row["code"] == "one_extension"]
    del guard["parameter"]
    return dossier.load_lifecycle({**document, "id": "fixed@1", "guards": [guard | {"number": times}]})


def test_a_number_that_no_procedure_replaces_is_counted_as_a_parameter_is() -> None:
    rows = resources.data("vn/deadlines/duties/data-request")
    more = {
        "code": "longer",
        "name": {"vi": "Gia hạn", "en": "Extend it"},
        "who": "specialist",
        "starts": {"events": ["accepted", "extended"]},
        "by": "limit",
        "limit": "5 days",
        "answered_by": ["extended"],
        "at_most": "max_extensions",
        "basis": ["art-5"],
    }
    duties = deadlines.duties.load_duties({**rows, "duties": [*rows["duties"], more]})
    one, two = (lab.prove(dossier.machine(fixed(times)), duties=duties) for times in (1, 2))
    assert broken(one) == broken(two) == []
    assert one.configurations < two.configurations
