"""``20.000`` where a machine reads it is an error with a hint, wherever a catalogue comes from or goes to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

RULE = "catalogue/fee-fraction"


def with_fee(fee: dict[str, Any]) -> dict[str, Any]:
    return document(procedure(channels=[{"kind": "in_person", "limits": [{"time": "1 day", "fees": [fee]}]}]))


@pytest.mark.parametrize(
    ("fee", "place", "hint"),
    [
        ({"amount": "20.000"}, ".amount", "20000"),
        ({"amount": "1.5"}, ".amount", "1"),
        ({"amount": "20000.00", "currency": "VND"}, ".amount", "20000"),
        ({"amount": "2000", "most": "200.000"}, ".most", "200000"),
        ({"tiers": [{"up_to": "2.5", "amount": "2.000"}]}, ".tiers[0].amount", "2000"),
        ({"share": {"percent": "0.5", "of": text("giá trị"), "least": "5.000"}}, ".share.least", "5000"),
    ],
)
def test_a_fraction_of_a_dong_is_an_error_with_a_hint(fee: dict[str, Any], place: str, hint: str) -> None:
    (problem,) = [each for each in catalogue.check(with_fee(fee)) if each.rule == RULE]
    assert problem.path == f"$.procedures[0].channels[0].limits[0].fees[0]{place}"
    assert problem.hint is not None
    assert problem.hint.vi == problem.hint.en == f"{hint!r}?"
    with pytest.raises(InvalidDocumentError):
        catalogue.load(with_fee(fee))


@pytest.mark.parametrize("fee", [{"amount": "20.50", "currency": "USD"}, {"amount": "20000"}, {"set_by": "province"}])
def test_what_has_a_fraction_or_none_by_right_is_sound(fee: dict[str, Any]) -> None:
    assert [each for each in catalogue.check(with_fee(fee)) if each.rule == RULE] == []


def test_tables_and_overlays_are_held_to_it() -> None:
    tables = catalogue.to_tables(catalogue.load(with_fee({"amount": "20000"})))
    name = "procedures.channels.limits.fees.csv"
    tables = {**tables, name: tables[name].replace(",20000,", ",20.000,")}
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.from_tables(tables)
    assert [(each.rule, each.path) for each in caught.value.problems] == [(RULE, f"{name}:2:amount")]
    words = text("Tỉnh X")
    limit = {"time": "1 day", "fees": [{"amount": "20.000", "basis": ["d"]}]}
    local = {
        "schema_version": "1.0",
        "title": words,
        "issuer": {"name": words},
        "decision": ["d"],
        "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        "procedures": [{"code": "1.000001", "channels": [{"kind": "in_person", "limits": [limit]}]}],
    }
    national = catalogue.load(with_fee({"amount": "20000"}))
    found = catalogue.overlay.check(national, local)
    assert [each.rule for each in found] == [RULE]
    for call in (catalogue.overlay.load, lambda raw: catalogue.overlay.apply(national, raw)):
        with pytest.raises(InvalidDocumentError):
            call(local)


def test_dollars_keep_their_cents() -> None:
    (fee,) = catalogue.load(with_fee({"amount": "20.50", "currency": "USD"}))["1.000001"].channels[0].limits[0].fees
    assert fee.amount == Decimal("20.50")
