from __future__ import annotations

import copy
import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import kpi
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidValueError,
    NotInForceError,
    UnknownCodeError,
    UnsupportedSchemaVersionError,
)
from onestop_core.model import Firmness
from onestop_core.rules.reading.resources import data, data_names
from onestop_core.text import nfc

if TYPE_CHECKING:
    from pathlib import Path

MAXIMA = {"CKMB": 18, "TDGQ": 20, "CLGQ": 12, "TTTT": 10, "MDSH": 22, "MDHL": 18}
NAMES = data_names("vn/kpi")


@pytest.mark.parametrize("name", NAMES)
def test_what_ships_holds_to_its_schema_and_rules(name: str) -> None:
    document = data(f"vn/kpi/{name}")
    assert kpi.check_index(document) == ()
    text = json.dumps(document, ensure_ascii=False)
    assert nfc(text) == text
    built = kpi.load_index(document)
    assert built == kpi.index(document["id"])
    assert name == built.id.replace("@", "-")


@pytest.mark.parametrize("edition", kpi.editions(), ids=lambda edition: edition.id)
def test_nothing_of_the_indices_is_presented_as_law(edition: kpi.Index) -> None:
    bases = [m.basis for m in edition.metrics] + [g.basis for g in edition.groups] + [c.basis for c in edition.counting]
    assert {basis.firmness for basis in bases} <= set(Firmness) - {Firmness.READ}
    assert all("[" in basis.cite().en for basis in bases)
    assert all(band.basis.firmness is Firmness.RECALLED for band in edition.bands.levels)
    assert sum(group.max for group in edition.groups) == 100


def test_the_portal_s_six_groups_and_the_enacted_five() -> None:
    portal, enacted = kpi.index("vn-766@portal-2026"), kpi.index("vn-766@decision-2022")
    assert {group.key: group.max for group in portal.groups} == MAXIMA
    assert {group.key: group.max for group in enacted.groups} == {
        "CKMB": 18,
        "TDGQ": 20,
        "MDSH": 22,
        "CLGQ": 22,
        "MDHL": 18,
    }
    assert [metric.id for metric in portal.metrics] == [metric.id for metric in enacted.metrics]
    assert len(portal.metrics) == 23
    assert {metric.id: metric.target for metric in portal.metrics if metric.target != 100} == {
        "3.1": 80,
        "3.3": 50,
        "3.5a": 80,
        "3.5b": 80,
        "4.3": 80,
        "5.4": 90,
    }
    assert [metric.id for metric in enacted.metrics if metric.max is not None] == ["2.1"]


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2022, 8, 1), "vn-766@decision-2022"),
        (date(2025, 12, 31), "vn-766@decision-2022"),
        (date(2026, 1, 1), "vn-766@portal-2026"),
        (date(2026, 11, 23), "vn-766@portal-2026"),
    ],
)
def test_the_edition_of_a_day(day: date, edition: str) -> None:
    assert kpi.index("vn-766", on=day).id == edition
    assert kpi.index(edition, on=day).id == edition


def test_there_is_no_index_before_the_first_and_none_without_a_day() -> None:
    with pytest.raises(NotInForceError, match="nothing in force on 2022-07-31"):
        kpi.index("vn-766", on=date(2022, 7, 31))
    with pytest.raises(NotInForceError):
        kpi.index("vn-766@portal-2026", on=date(2025, 12, 31))
    with pytest.raises(
        InvalidValueError, match=r"on=date\(...\), or an edition: vn-766@decision-2022 \| vn-766@portal-2026"
    ):
        kpi.index("vn-766")
    with pytest.raises(InvalidValueError, match="not a datetime"):
        kpi.index("vn-766", on=datetime(2026, 1, 1))
    with pytest.raises(UnknownCodeError, match="did you mean vn-766@portal-2026"):
        kpi.index("vn-766@portal-2025")
    with pytest.raises(UnknownCodeError, match="did you mean vn-766"):
        kpi.index("vn-76", on=date(2026, 1, 1))


def own() -> dict[str, Any]:
    """A small index of an agency's own."""
    name = {"vi": "Thử", "en": "trial"}
    row = {
        "name": name,
        "numerator": name,
        "denominator": name,
        "zero": {"policy": "null", "basis": "own"},
        "basis": "own",
    }
    return {
        "schema_version": "1.0",
        "id": "ward@first",
        "index": "ward",
        "name": name,
        "in_force_from": "2026-01-01",
        "basis": "own",
        "bases": {"own": {"instrument": "Kế hoạch 1/KH-UBND", "firmness": "read"}},
        "rounding": {"decimals": 1, "ties": "half_even", "basis": "own", "ties_basis": "own"},
        "groups": [{"key": "A", "name": name, "max": "7.5", "basis": "own"}],
        "metrics": [
            {"id": "a", "group": "A", "max": "5", **row},
            {"id": "b", "group": "A", "max": "2.5", "target": "40", **row},
        ],
        "single_procedure": {"omit": ["b"], "basis": "own"},
    }


def test_an_agency_can_bring_an_index_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "ward.json"
    path.write_text(json.dumps(own()), encoding="utf-8")
    index = kpi.load_index(path)
    assert index == kpi.load_index(own())
    card = index.score({"a": (1, 3), "b": (1, 5)})
    assert (card["a"].percent, card["a"].score, card["b"].score) == (Decimal("33.3"), Decimal("1.7"), Decimal("1.2"))
    assert card.total == Decimal("2.9")  # 1.25 is a tie, and goes to the even digit
    assert card.band is None
    assert index.score({"a": (1, 3)}, single_procedure=True).maximum == 5
    assert card["a"].metric.basis.cite().en == "Kế hoạch 1/KH-UBND"


@pytest.mark.parametrize(
    ("place", "value", "rule", "path"),
    [
        (("metrics", 0, "basis"), "other", "bases/unknown", "$.metrics[0].basis"),
        (("rounding", "ties_basis"), "other", "bases/unknown", "$.rounding.ties_basis"),
        (("metrics", 0, "group"), "B", "kpi/group", "$.metrics[0].group"),
        (("metrics", 0, "max"), "4", "kpi/sum", "$.groups[0].max"),
        (("metrics", 0, "scored"), False, "kpi/max", "$.metrics[0].max"),
        (("metrics", 0, "kind"), "mean", "kpi/kind", "$.metrics[0].kind"),
        (("metrics", 1, "id"), "a", "kpi/repeated", "$.metrics"),
        (("single_procedure", "omit"), ["c"], "kpi/metric", "$.single_procedure.omit[0]"),
        (("in_force_to",), "2025-12-31", "kpi/period", "$.in_force_to"),
        (("id",), "province@first", "kpi/id", "$.id"),
        (("groups", 0, "max"), 7.5, "schema/type", "$.groups[0].max"),
        (("groups", 0, "max"), "0", "schema/pattern", "$.groups[0].max"),
        (("metrics", 0, "zero", "policy"), "ignore", "schema/enum", "$.metrics[0].zero.policy"),
    ],
)
def test_what_is_wrong_with_an_index_is_named(place: tuple[Any, ...], value: Any, rule: str, path: str) -> None:
    document = copy.deepcopy(own())
    target: Any = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    assert (path, rule) in [(problem.path, problem.rule) for problem in kpi.check_index(document)]
    with pytest.raises(InvalidDocumentError):
        kpi.load_index(document)


def test_other_versions_and_other_things_are_refused() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        kpi.load_index({**own(), "schema_version": "2.0"})
    assert kpi.check_index([])[0].rule == "schema/type"
