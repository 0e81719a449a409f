"""Events are valid once they exist, and travel as JSON without loss."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event, Opening, Policy
from onestop_core.dossier.lifecycle import FeeStep, SupplementClock
from onestop_core.errors import InvalidEventError, InvalidValueError
from onestop_core.model import Channel, issue

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
        {"amount": Decimal("Infinity")},
        {"amount": Decimal("1e30000000")},
        {"amount": Decimal("1e-30000000")},
        {"amount": Decimal("0.0000001")},
        {"amount": 10**18},
        {"amount": 10**5_000},
        {"amount": "15.000"[:3] + "x"},
        {"amount": "1e5"},
        {"amount": "-1"},
        {"amount": "٣"},
        {"amount": Fraction(1, 2)},
        {"actor": "\ud800"},
        {"reason": "a\0b"},
        {"reason": "\u0958" * 4_000},
        {"key": "\udfff"},
        {"kind": "\ud800"},
        {"kind": "a\0"},
        {"papers": ("đơn", "\ud800")},
        {"papers": {"đơn": 1}},
        {"papers": b"don"},
        {"papers": 7},
        {"channel": ["online"]},
        {"channel": 7},
        {"opening": "H26"},
        {"at": None},
        {"at": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))},
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


texts = st.none() | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20
).filter(lambda text: len(unicodedata.normalize("NFC", text)) > 0)
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


class Moment(datetime):
    """A datetime that holds more, as those of data frames do."""

    nanosecond = 789


class Word(str):
    """Text of a class of its own."""

    __slots__ = ()


def test_moments_and_text_become_plain_whatever_class_came_in() -> None:
    given = Moment(2026, 2, 12, 2, 30, 0, 123_456, tzinfo=UTC)
    event = Event(Word("received"), given, actor=Word("lan"), papers=[Word("đơn")], due=given + timedelta(days=1))
    assert [type(value) for value in (event.at, event.due, event.kind, event.actor, event.papers[0])] == [
        datetime,
        datetime,
        str,
        str,
        str,
    ]
    assert event.at == given
    assert event.at.isoformat() == "2026-02-12T09:30:00.123456+07:00"
    assert Event.from_dict(event.to_dict()) == event
    assert dossier.seal([event]) == dossier.seal([Event.from_dict(event.to_dict())])


@pytest.mark.parametrize(
    ("amounts", "written"),
    [
        ((50_000, Decimal("50000.00"), "50000", "50000.0", Decimal("5E+4"), Decimal(50000)), "50000"),
        ((0, Decimal("-0"), Decimal("0.000"), "0", Decimal("0E+9"), Decimal("0E-30")), "0"),
        ((Decimal("0.500"), "0.5", Decimal("5E-1")), "0.5"),
        ((10**18 - 1, Decimal("999999999999999999.000000")), "999999999999999999"),
    ],
)
def test_equal_amounts_are_written_and_sealed_alike(amounts: tuple[Any, ...], written: str) -> None:
    events = [Event("fee_paid", T0, amount=amount) for amount in amounts]
    assert len(set(events)) == 1
    assert {event.to_dict()["amount"] for event in events} == {written}
    assert len({dossier.seal([event]) for event in events}) == 1


@given(st.decimals(0, 10**12, places=2), st.integers(0, 12))
def test_an_amount_says_the_same_however_many_zeros_it_carries(amount: Decimal, zeros: int) -> None:
    wide = Decimal(f"{amount:f}" + "0" * zeros)
    with localcontext() as context:
        context.prec = 3  # the caller's own arithmetic is nobody else's
        plain, other = Event("fee_paid", T0, amount=amount), Event("fee_paid", T0, amount=wide)
    assert plain == other
    assert dossier.seal([plain]) == dossier.seal([other])
    assert plain.amount == amount


@given(st.text(st.characters(), min_size=1, max_size=30))
def test_what_is_taken_can_be_sealed_and_sent(text: str) -> None:
    try:
        event = Event("received", T0, reason=text)
    except InvalidEventError:
        assert "\0" in text or not _is_unicode(text)
    else:
        assert len(dossier.seal([event])) == 1
        assert Event.from_dict(json.loads(json.dumps(event.to_dict()))) == event


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("document", ["x", 7, None, [1], [("kind", "received")], b"{}"], ids=str)
def test_what_is_no_object_is_no_event(document: Any) -> None:
    with pytest.raises(InvalidEventError, match="expected a JSON object"):
        Event.from_dict(document)


def test_an_opening_takes_a_dossier_code_and_texts_of_any_series() -> None:
    opening = Opening(
        id=issue("H26.12", date(2026, 2, 12), 7),
        procedure="1.004222",
        channel="online",
        lifecycle="vn@x",
        required_papers=(paper for paper in ["đơn", "tờ khai"]),
    )
    assert (opening.id, opening.channel, opening.required_papers) == (
        "H26.12-260212-0007",
        Channel.ONLINE,
        ("đơn", "tờ khai"),
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "\ud800"},
        {"id": "a\0"},
        {"id": 7},
        {"id": None},
        {"procedure": ""},
        {"channel": "onlin"},
        {"policy": {"max_supplements": 1}},
        {"published_papers": 7},
        {"lifecycle": None},
    ],
    ids=str,
)
def test_an_opening_that_cannot_be_stored_is_refused(fields: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"id": "1", "procedure": "1.004222", "channel": "online", "lifecycle": "vn@x"}
    with pytest.raises(InvalidEventError):
        Opening(**{**sound, **fields})


@pytest.mark.parametrize("choice", [*SupplementClock, "restart", "pause"])
def test_a_policy_takes_codes_as_text(choice: str) -> None:
    assert Policy(supplement_clock=choice).supplement_clock is SupplementClock(choice)
    assert Policy(fee_before="approval") == Policy(fee_before=FeeStep.APPROVAL)


@pytest.mark.parametrize("wrong", ["resart", 7, ["pause"], True, b"pause"], ids=str)
def test_a_policy_says_which_codes_there_are(wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="expected one of restart, pause"):
        Policy(supplement_clock=wrong)


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
    assert Event(kind="delivered", at=T0, channel="online").channel is Channel.ONLINE
    with pytest.raises(
        InvalidEventError, match="channel: cannot use 'pigeon'; expected one of in_person, online, post"
    ):
        Event(kind="delivered", at=T0, channel="pigeon")


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


@pytest.mark.parametrize("field", ["silence_is_consent", "refuse_late", "supplement_clock"])
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


def test_a_field_is_called_by_its_name_in_vietnamese() -> None:
    for fields, said in (
        ({"reason_code": ""}, "mã lý do: cần chuỗi"),
        ({"reason": "a\0"}, "lý do: cần chuỗi"),
        ({"actor": 5}, "người thực hiện: cần chuỗi"),
        ({"papers": "abc"}, "giấy tờ: cần danh sách"),
    ):
        with pytest.raises(InvalidEventError) as caught:
            dossier.event("received", datetime.fromisoformat("2026-03-02T08:20+07:00"), **fields)
        assert said in caught.value.message.vi
