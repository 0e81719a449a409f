"""``diff`` says what changed, and what it means for those who apply."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue import ChangeKind, Effect
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped, text


def diff(old: Any, new: Any) -> tuple[catalogue.Change, ...]:
    return catalogue.diff(catalogue.load(old), catalogue.load(new))


def with_limits(*limits: dict[str, Any], kind: str = "in_person") -> dict[str, Any]:
    return document(procedure(channels=[{"kind": kind, "limits": list(limits)}]))


def with_fees(*fees: dict[str, Any]) -> dict[str, Any]:
    return with_limits({"time": "1 day", "fees": list(fees)})


def with_papers(*names: str) -> dict[str, Any]:
    return document(procedure(papers=[{"name": text(name), "originals": 1, "copies": 0} for name in names]))


SHORT, LONG = with_limits({"time": "3 working days"}), with_limits({"time": "05 ngày làm việc"})
PLACE = "$.procedures[0]"
LIMIT = f"{PLACE}.channels[0].limits[0]"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (LONG, SHORT, [("limit_shorter", "better", f"{LIMIT}.time")]),
        (SHORT, LONG, [("limit_longer", "worse", f"{LIMIT}.time")]),
        (
            with_limits({"time": "2 working days + 2 working days"}),
            LONG,
            [("limit_longer", "worse", f"{LIMIT}.time")],
        ),
        (with_limits({"time": "5 working days"}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (with_limits({"time": "7 days"}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (with_limits({"time": "within the day"}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (with_limits({}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (LONG, with_limits({}), [("other", "neutral", f"{LIMIT}.time")]),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day", "case": "urgent"}),
            [("other", "neutral", LIMIT), ("other", "neutral", LIMIT)],
        ),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day", "note": text("x")}),
            [("other", "neutral", f"{LIMIT}.note")],
        ),
        (
            with_fees({"amount": "20000"}),
            with_fees({"amount": "10000"}),
            [("fee_lower", "better", f"{LIMIT}.fees[0]")],
        ),
        (
            with_fees({"amount": "20000"}),
            with_fees({"amount": "20000.5", "note": text("x")}),
            [("fee_higher", "worse", f"{LIMIT}.fees[0]"), ("other", "neutral", f"{LIMIT}.fees[0].note")],
        ),
        (with_fees(), with_fees({"amount": "1"}), [("fee_higher", "worse", f"{LIMIT}.fees[0]")]),
        (with_fees({"amount": "1"}), with_fees(), [("fee_lower", "better", f"{LIMIT}.fees[0]")]),
        (with_fees(), with_fees({"amount": "0"}), [("other", "neutral", f"{LIMIT}.fees[0]")]),
        (
            with_fees({"amount": "2"}, {"amount": "1", "unit": text("trang")}),
            with_fees({"amount": "1", "unit": text("trang")}, {"amount": "3"}),
            [("fee_higher", "worse", f"{LIMIT}.fees[1]")],
        ),
        (
            with_papers("a", "b"),
            with_papers("b", "c"),
            [("paper_added", "worse", f"{PLACE}.papers[1]"), ("paper_removed", "better", f"{PLACE}.papers[0]")],
        ),
        (with_papers("a"), with_papers("a", "a"), [("paper_added", "worse", f"{PLACE}.papers[1]")]),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day"}, kind="online_full"),
            [
                ("channel_added", "better", f"{PLACE}.channels[0]"),
                ("channel_removed", "worse", f"{PLACE}.channels[0]"),
            ],
        ),
        (
            document(procedure("1.000001"), procedure("1.000002")),
            document(procedure("1.000002"), procedure("1.000003")),
            [
                ("procedure_added", "neutral", "$.procedures[1]"),
                ("procedure_removed", "neutral", "$.procedures[0]"),
            ],
        ),
        (
            document(),
            document(title=text("mới"), procedures=[procedure(level="central", legal_bases=[])]),
            [
                ("other", "neutral", "$.title.vi"),
                ("other", "neutral", "$.title.en"),
                ("other", "neutral", f"{PLACE}.level"),
                ("other", "neutral", f"{PLACE}.legal_bases"),
            ],
        ),
        (
            document(),
            document(procedure(cases=[{"id": "urgent", "name": text("Rất gấp")}])),
            [
                ("other", "neutral", f"{PLACE}.cases[0].name.vi"),
                ("other", "neutral", f"{PLACE}.cases[0].name.en"),
            ],
        ),
    ],
)
def test_a_change_has_a_kind_an_effect_and_a_place(old: Any, new: Any, expected: list[tuple[str, str, str]]) -> None:
    assert [(c.kind.value, c.kind.effect.value, c.path) for c in diff(old, new)] == expected


def test_the_order_of_things_is_no_change() -> None:
    assert diff(with_papers("a", "b"), with_papers("b", "a")) == ()
    both = document(procedure("1.000001"), procedure("1.000002"))
    assert diff(both, both | {"procedures": both["procedures"][::-1]}) == ()


def test_changes_speak_both_languages_and_json() -> None:
    (change,) = diff(LONG, SHORT)
    assert change.text.en == "1.000001, in_person: time limit from 05 ngày làm việc to 3 working days"
    assert change.text.vi == "1.000001, in_person: thời hạn từ 05 ngày làm việc thành 3 working days"
    assert json.loads(json.dumps(change.to_dict())) == {
        "kind": "limit_shorter",
        "effect": "better",
        "procedure": "1.000001",
        "path": f"{LIMIT}.time",
        "old": "05 ngày làm việc",
        "new": "3 working days",
        "text": {"vi": change.text.vi, "en": change.text.en},
    }


def test_long_values_are_shown_short() -> None:
    (change, _) = diff(document(title=text("x" * 500)), document())
    assert change.old is not None
    assert len(change.old) == 120


def test_nothing_changed_in_what_is_shipped() -> None:
    assert catalogue.diff(catalogue.shipped(), catalogue.load(shipped())) == ()


OPPOSITE = {
    ChangeKind.PROCEDURE_ADDED: ChangeKind.PROCEDURE_REMOVED,
    ChangeKind.CHANNEL_ADDED: ChangeKind.CHANNEL_REMOVED,
    ChangeKind.LIMIT_SHORTER: ChangeKind.LIMIT_LONGER,
    ChangeKind.FEE_LOWER: ChangeKind.FEE_HIGHER,
    ChangeKind.PAPER_ADDED: ChangeKind.PAPER_REMOVED,
    ChangeKind.OTHER: ChangeKind.OTHER,
}
OPPOSITE |= {there: back for back, there in OPPOSITE.items()}


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Any]:
    """An edition of two real procedures: some limits, fees and papers changed, some things left out."""
    edition = copy.deepcopy(shipped())
    edition["procedures"] = edition["procedures"][: draw(st.integers(1, 2))]
    for raw in edition["procedures"]:
        raw["papers"] = [paper for paper in raw["papers"] if draw(st.integers(0, 5))]
        raw["channels"] = raw["channels"][: draw(st.integers(1, 2))]
        for channel in raw["channels"]:
            for limit in channel["limits"]:
                limit["time"] = draw(st.sampled_from(["3 working days", "07 ngày làm việc", "15 days"]))
                for fee in limit["fees"]:
                    fee["amount"] = draw(st.sampled_from(["0", "10000", "20000"]))
    return edition


@given(editions(), editions())
def test_the_way_back_is_the_opposite(old: dict[str, Any], new: dict[str, Any]) -> None:
    there, back = diff(old, new), diff(new, old)
    assert Counter(OPPOSITE[change.kind] for change in there) == Counter(change.kind for change in back)
    assert (there == ()) is (old == new)


def test_every_kind_has_an_effect() -> None:
    assert Counter(kind.effect for kind in ChangeKind) == {Effect.BETTER: 4, Effect.WORSE: 4, Effect.NEUTRAL: 3}
