"""The catalogue that ships: sound, cited, and true to what was seen of the real procedures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import Severity
from onestop_core.model import Firmness
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from tests.catalogue import documents

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cat() -> catalogue.Catalogue:
    return catalogue.shipped()


def times(cat: catalogue.Catalogue, code: str) -> dict[tuple[str, str | None], str | None]:
    return {(c.kind.value, limit.case): limit.time for c in cat[code].channels for limit in c.limits}


def test_every_packaged_catalogue_holds_to_the_schema() -> None:
    names = resources.data_names("vn/catalogue")
    assert "one-stop" in names
    for name in names:
        assert check_schema(resources.data(f"vn/catalogue/{name}"), "catalogue") == ()


@pytest.mark.parametrize("on", [None, date(2026, 11, 23)])
def test_nothing_is_found(on: date | None) -> None:
    assert catalogue.check(documents.shipped(), on=on) == ()
    # What the sources do not give is suppressed in the catalogue itself, with the reason, and counted.
    accepted = catalogue.check(documents.shipped(), on=on, select=["catalogue/suppressed"])
    assert len(accepted) == len(documents.shipped()["suppressions"])
    assert {problem.severity for problem in accepted} == {Severity.NOTE}


def test_it_holds_the_procedures_that_were_promised(cat: catalogue.Catalogue) -> None:
    promised = {
        "1.004222", "1.004194", "2.000200", "1.003677", "2.001159", "2.001178", "1.000466", "1.001456",
        "1.001193", "1.000894", "2.000815", "1.012783", "1.004873", "2.000635",
    }  # fmt: skip
    assert promised <= set(cat)
    assert len(cat) >= 25


def test_it_holds_procedures_of_every_shape(cat: catalogue.Catalogue) -> None:
    every = list(cat.values())
    assert {one.level for one in every} | {"other"} == set(catalogue.values.AuthorityLevel)
    assert len({one.field.name.vi for one in every}) >= 7
    assert {place.scope for one in every for place in one.receiving} == set(catalogue.values.Scope)
    assert {subject for one in every for subject in one.subjects} >= {"citizen", "business", "agency"}
    limits = [(one, limit) for one in every for channel in one.channels for limit in channel.limits]
    assert sum(any(fee.amount for fee in limit.fees) for _, limit in limits) >= 5
    assert sum(limit.time == "within the day" for _, limit in limits) >= 3
    linked = [one.code for one in every if one.mechanism is catalogue.values.Mechanism.LINKED_ONE_STOP]
    assert linked == ["3.000722", "2.002913", "2.001023"]
    # After the birth is registered, residence and insurance run in parallel.
    assert cat["3.000722"].linked is not None
    assert [one.after for one in cat["3.000722"].linked.procedures] == [(), ("birth",), ("birth",)]
    assert [step.after for step in cat["1.013225"].steps] == [(), ("receive",), ("receive",), ("consult", "appraise")]
    assert catalogue.clarities(cat["1.013225"]).score == 1


def test_the_shipped_values_are_those_that_load_gives(cat: catalogue.Catalogue) -> None:
    assert catalogue.load(documents.shipped()) == cat
    assert catalogue.dump(cat) == documents.shipped()


def facts(value: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object that states a fact which may be right or wrong."""
    if isinstance(value, dict):
        if {"time", "amount", "originals", "what", "text", "scope"} & set(value):
            yield path, value
        for key, child in value.items():
            if key not in {"alternatives", "linked", "tiers"}:  # their parts rest on what they themselves rest on
                yield from facts(child, f"{path}.{key}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from facts(child, f"{path}[{index}]")


def test_every_fact_cites_what_it_rests_on() -> None:
    found = list(facts(documents.shipped()["procedures"]))
    assert len(found) > 100
    assert [path for path, fact in found if not fact.get("basis")] == []


def test_every_basis_is_used() -> None:
    document = documents.shipped()
    used = str(document["procedures"])
    assert [name for name in document["bases"] if f"'{name}'" not in used] == []


def test_what_is_only_remembered_says_so(cat: catalogue.Catalogue) -> None:
    assert [
        name for name, basis in cat.bases.items() if (basis.firmness is Firmness.RECALLED) != ("recalled/" in name)
    ] == []
    single = next(limit for limit in cat["1.004873"].channels[0].limits)
    assert Firmness.RECALLED in {cat.bases[name].firmness for name in single.basis}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1.004222", {("in_person", None): "7 working days", ("online", None): "7 working days"}),
        ("1.004194", {("in_person", None): "3 working days", ("online", None): "3 working days"}),
        ("2.000200", {("in_person", None): "7 working days", ("online", None): "7 working days"}),
        ("2.001178", {("in_person", "in-database"): "3 working days", ("in_person", "not-in-database"): "7 working days"}),
        ("1.000466", {("in_person", "in-database"): "3 working days", ("in_person", "not-in-database"): "7 working days"}),
        ("2.000815", {("in_person", "simple"): "within the day", ("in_person", "many-or-complex"): "2 working days"}),
        ("1.012783", {("in_person", None): "5 working days", ("online", None): "15 working days", ("post", None): "20 working days"}),
        ("1.013225", {("in_person", None): "15 days", ("online", None): "20 days", ("post", None): "20 days"}),
        ("1.013226", {("in_person", None): "20 days", ("online", None): "20 days", ("post", None): "20 days"}),
    ],
)  # fmt: skip
def test_time_limits_as_published(
    cat: catalogue.Catalogue, code: str, expected: dict[tuple[str, str | None], str | None]
) -> None:
    assert times(cat, code) == expected


def test_fees_as_published(cat: catalogue.Catalogue) -> None:
    residence = {channel.kind: [fee.amount for fee in channel.limits[0].fees] for channel in cat["1.004222"].channels}
    assert residence == {"in_person": [Decimal(20000)], "online": [Decimal(10000)]}
    temporary = {channel.kind: [fee.amount for fee in channel.limits[0].fees] for channel in cat["1.004194"].channels}
    assert temporary == {"in_person": [10000], "online": [7000]}
    # The page says free and refers to the law on fees: no amount is made of that.
    land = cat["1.012783"].channels[0].limits[0].fees[0]
    assert (land.amount, land.published) == (None, "Miễn phí")
    assert cat["1.001193"].channels[0].limits[0].fees[0].amount == 0


def test_papers_depend_on_the_case(cat: catalogue.Catalogue) -> None:
    residence = cat["1.004222"]
    rented = [(paper.form, paper.originals, paper.copies) for paper in residence.papers_for("rented")]
    assert rented == [("CT01", 1, 0), (None, 1, 0), (None, 1, 0)]
    assert [paper.form for paper in residence.papers_for()] == ["CT01"]
    assert len(cat["1.001471"].papers_for()) == 3


def test_civil_status_is_received_regardless_of_boundaries(cat: catalogue.Catalogue) -> None:
    assert [place.scope for place in cat["1.001193"].receiving] == [catalogue.values.Scope.WHOLE_PROVINCE]


def test_the_civil_status_law_ends_when_the_new_one_begins() -> None:
    problems = catalogue.check(documents.shipped(), on=date(2027, 3, 1))
    ended = {p.path.split(".")[1] for p in problems if p.rule == "catalogue/basis-not-in-force"}
    civil = {
        f"procedures[{index}]"
        for index, raw in enumerate(documents.shipped()["procedures"])
        if raw["field"]["name"]["en"] == "Civil status"
    }
    assert ended == civil
