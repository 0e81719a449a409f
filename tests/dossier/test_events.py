"""Events are valid once they exist, and travel as JSON without loss."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event, Opening, Policy, SupplementClock
from onestop_core.errors import InvalidEventError, InvalidValueError
from onestop_core.model import Channel

T0 = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
SOUND: dict[str, Any] = {"kind": "received", "at": T0}


@pytest.mark.parametrize(
    "fields",
    [
        {"at": datetime(2026, 2, 12, 9, 30)},
        {"at": "2026-02-12T09:30:00+07:00"},
        {"at": datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))},
        {"due": datetime(2026, 2, 12)},
        {"due": T0.date()},
        {"kind": ""},
        {"kind": 7},
        {"kind": "x" * 65},
        {"actor": ""},
        {"reason": "x" * 4_001},
        {"key": 7},
        {"papers": "đơn"},
        {"papers": ("đơn", "")},
        {"papers": ("x",) * 1_001},
        {"amount": -1},
        {"amount": 1.5},
        {"amount": True},
        {"amount": Decimal("NaN")},
        {"opening": Opening(id="1", procedure="1.004222", channel=Channel.ONLINE, lifecycle="vn@x")},
        {"kind": "created"},
    ],
)
def test_a_wrong_value_is_refused_at_once(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidEventError):
        Event(**SOUND | fields)


def test_text_arrives_decomposed_and_is_kept_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "thiếu giấy tờ")
    plain: dict[str, Any] = {"papers": [decomposed], "amount": 15_000}  # what a host has at hand is brought to form
    event = Event(kind="received", at=T0, reason=decomposed, papers=plain["papers"], amount=plain["amount"])
    assert event.reason == "thiếu giấy tờ"
    assert event.papers == ("thiếu giấy tờ",)
    assert event.amount == Decimal(15_000)
    assert event.at.utcoffset() == timedelta(hours=7)


texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda text: len(unicodedata.normalize("NFC", text)) > 0
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
openings = st.builds(
    Opening,
    id=st.just("1"),
    procedure=st.just("1.004222"),
    procedure_version=st.none() | st.just("2"),
    channel=st.sampled_from(Channel),
    lifecycle=st.just("vn@decree-118-2025"),
    policy=st.builds(
        Policy,
        max_supplements=st.none() | st.integers(0, 100),
        supplement_clock=st.none() | st.sampled_from(SupplementClock),
        decide_at_desk=st.none() | st.booleans(),
    ),
)
events = st.builds(
    Event,
    kind=st.sampled_from(["received", "extended"]),
    at=moments,
    actor=texts,
    role=texts,
    unit=texts,
    reason=texts,
    ground=texts,
    papers=st.lists(texts.filter(bool), max_size=3).map(tuple),
    due=st.none() | moments,
    amount=st.none() | st.decimals(0, 10**12, places=2),
    key=texts,
) | st.builds(Event, kind=st.just("created"), at=moments, opening=openings)


@given(events)
def test_an_event_travels_as_json(event: Event) -> None:
    assert Event.from_dict(event.to_dict()) == event


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "kind"),
        ({"kind": "received"}, "at"),
        ({"kind": "received", "at": "2026-02-12"}, "at"),
        ({"kind": "received", "at": "2026-02-12T09:30:00+07:00", "colour": "red"}, "colour"),
        ({"kind": "received", "at": "2026-02-12T09:30:00+07:00", "papers": "đơn"}, "papers"),
        ({"kind": "received", "at": "2026-02-12T09:30:00+07:00", "amount": "-5"}, "amount"),
        ({"kind": ["received"], "at": "2026-02-12T09:30:00+07:00"}, "kind"),
    ],
)
def test_a_wrong_document_is_refused_with_its_place(document: Any, words: str) -> None:
    with pytest.raises(InvalidEventError, match=words):
        Event.from_dict(document)


def test_the_short_form_is_the_same_event() -> None:
    assert dossier.event("received", T0, actor="lan") == Event(kind="received", at=T0, actor="lan")


@pytest.mark.parametrize("field", ["to_actor", "to_unit", "task"])
def test_who_and_what_it_goes_to_is_text(field: str) -> None:
    assert (
        getattr(Event.from_dict({"kind": "assigned", "at": "2026-02-12T09:30:00+07:00", field: "Minh"}), field)
        == "Minh"
    )
    with pytest.raises(InvalidEventError, match=f"{field}: expected text"):
        Event(**{**SOUND, field: ""})


def test_a_result_goes_out_by_a_known_channel() -> None:
    delivered = Event(kind="delivered", at=T0, channel=Channel.POST)
    assert Event.from_dict(delivered.to_dict()) == delivered
    assert Event(kind="delivered", at=T0, channel="online").channel is Channel.ONLINE  # type: ignore[arg-type]
    with pytest.raises(InvalidEventError, match="channel: 'pigeon' is not one of in_person, online, post"):
        Event(kind="delivered", at=T0, channel="pigeon")  # type: ignore[arg-type]


@pytest.mark.parametrize("forms", [[], {"01": ""}, {1: "X"}, {"01": "X" * 41}, "CT04"])
def test_forms_of_a_policy_are_named_by_text(forms: Any) -> None:
    with pytest.raises(InvalidValueError, match="forms: cannot use"):
        Policy(forms=forms)


def test_a_policy_keeps_its_own_forms_and_can_be_hashed() -> None:
    given = {"01": "CT04"}
    policy = Policy(forms=given)
    given["01"] = "changed"
    assert policy.forms == {"01": "CT04"}
    assert len({policy, Policy(forms={"01": "CT04"})}) == 1


@pytest.mark.parametrize("field", ["silence_is_consent", "refuse_late", "fee_before"])
def test_switches_and_choices_of_a_policy_are_of_their_kind(field: str) -> None:
    wrong: dict[str, Any] = {field: "receipt"}
    with pytest.raises(InvalidValueError, match=f"{field}: cannot use 'receipt'"):
        Policy(**wrong)


@pytest.mark.parametrize("field", ["receiving_unit", "competent_unit", "support_unit"])
def test_units_of_an_opening_are_text(field: str) -> None:
    sound: dict[str, Any] = {"id": "1", "procedure": "1.004222", "channel": "online", "lifecycle": "vn@x"}
    assert getattr(Opening(**{**sound, field: "H26"}), field) == "H26"
    with pytest.raises(InvalidEventError, match=f"{field}: expected text"):
        Opening(**{**sound, field: 7})
    with pytest.raises(InvalidEventError, match="required_papers: expected a sequence"):
        Opening(**{**sound, "required_papers": "đơn"})
