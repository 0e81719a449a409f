"""What comes in from outside passes a gate: text, numbers, days and moments, plain and in one normal form, or refused."""

from __future__ import annotations

import copy
import decimal
import pickle
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Any, NoReturn

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.model import (
    HO_CHI_MINH,
    Basis,
    DossierCode,
    DossierFacts,
    Firmness,
    Interval,
    aware,
    day_of,
    issue,
    plain_day,
    read_moment,
)
from onestop_core.model.amounts import exact_sum, whole_number
from onestop_core.model.words import optional_text, plain_text
from onestop_core.text import Text, shown
from tests.house.hostile import HOSTILE, SilentMoment, SilentText, of_other_packages

LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


class Word(StrEnum):
    ONE = "một"


class Number(IntEnum):
    TWO = 2


# text


@given(st.text(LETTERS, max_size=200))
def test_text_comes_out_plain_and_composed_or_blank_text_is_refused(words: str) -> None:
    if words.strip() and len(unicodedata.normalize("NFC", words)) <= 200:
        assert plain_text(words, "x") == unicodedata.normalize("NFC", words)
        assert plain_text(unicodedata.normalize("NFD", words), "x", longest=800) == unicodedata.normalize("NFC", words)
    else:
        with pytest.raises(InvalidValueError):
            plain_text(words, "x")
    assert plain_text(words, "x", blank=True, longest=800) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize(
    "value",
    ["a\ud800", "\udfff", "a\0b", "\0", "", "  ", "\u00a0\u3000", "\n", "x" * 201, "x" * 10_000_000, None, 5, b"x", ["x"], 1.5],
)  # fmt: skip
def test_what_no_file_and_no_database_takes_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match="unit: cannot use") as caught:
        plain_text(value, "unit")
    assert len(caught.value.value) <= 80
    assert "đơn vị: " in caught.value.message.vi


def test_a_subclass_of_text_comes_out_plain() -> None:
    for value, plain in ((Word.ONE, "một"), (SilentText("vn"), "vn")):
        found = plain_text(value, "x")
        assert (type(found), found) == (str, plain)
    assert optional_text(None, "x") is None
    assert optional_text("a", "x") == "a"


def test_a_long_name_may_come_decomposed() -> None:
    name = "ự" * 200
    assert plain_text(unicodedata.normalize("NFD", name), "x") == name


# numbers


@given(st.integers(-(10**40) + 1, 10**40 - 1) | st.decimals(-(10**15), 10**15, places=4), st.integers(0, 5))
def test_equal_sums_have_one_form(value: int | Decimal, zeros: int) -> None:
    number = exact_sum(value, "amount", least=None)
    longer = Decimal(value).quantize(Decimal(1).scaleb(-4 - zeros)) if -(10**15) < value < 10**15 else Decimal(value)
    assert number == value
    for same in (longer, format(longer, "f"), str(number), number):
        again = exact_sum(same, "amount", least=None)
        assert str(again) == str(number) == format(number, "f")
        assert again.as_tuple() == number.as_tuple()


@pytest.mark.parametrize("value", [Decimal("-0"), Decimal("0.00"), Decimal("0E+5"), 0, "0", "0.000", "-0"])
def test_nothing_is_nothing(value: object) -> None:
    assert str(exact_sum(value, "amount")) == "0"


@pytest.mark.parametrize(
    "value",
    [
        "1e30000000", "1e5", Decimal("1e30000000"), Decimal("1e40"), Decimal("1e-41"), Decimal("NaN"), Decimal("sNaN"),
        Decimal("Infinity"), Decimal("1e999999"), Decimal("0." + "1" * 100), 10**40, -(10**40), 10**5000, "9" * 41, "1" * 1_000_000,
        True, 1.5, float("nan"), Fraction(1, 2), "", "1,5", " 1", "١", "1.", ".5", "+1", "0x10", None, b"1", [1], -1, "-1", Decimal("-0.01"),
    ],
    ids=shown,
)  # fmt: skip
def test_what_is_no_exact_sum_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match="amount: cannot use"):
        exact_sum(value, "amount")


def test_the_decimal_context_of_the_caller_is_not_asked() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        context.traps[decimal.Inexact] = True
        assert str(exact_sum(Decimal("123456.7800"), "amount")) == "123456.78"


@pytest.mark.parametrize("value", [True, False, 1.0, "1", Decimal(1), None, 0, 11, 10**5000, -(10**5000)], ids=shown)
def test_what_is_no_whole_number_within_its_bounds_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match="a whole number from 1 to 10"):
        whole_number(value, "width", least=1, most=10)


def test_a_whole_number_comes_out_plain() -> None:
    assert type(whole_number(Number.TWO, "width")) is int
    assert whole_number(10**39, "width") == 10**39
    with pytest.raises(InvalidValueError, match="a whole number from 0 on"):
        whole_number(-1, "width")


# days and moments


class Lying(tzinfo):
    """A time zone of somebody else, which answers nothing."""

    def utcoffset(self, _: datetime | None) -> NoReturn:
        raise RuntimeError

    dst = tzname = utcoffset


FIRST, LAST = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999_999)
ENDS = [LAST, FIRST, datetime(9999, 12, 31, 17), datetime(1, 1, 1, 6, 59)]
ZONES = [timezone(timedelta(hours=hours)) for hours in (-12, -7, 0, 7, 14)]
DOORS: list[Any] = [
    lambda moment: aware(moment, "x"),
    day_of,
    lambda moment: DossierFacts(id="1", received_at=moment),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("moment", [end.replace(tzinfo=zone) for end in ENDS for zone in ZONES])
def test_the_ends_of_the_calendar_are_taken_or_refused_in_any_zone(door: Any, moment: datetime) -> None:
    # Told in seconds, where nothing overflows: the moment must be in the calendar of UTC and of Vietnam.
    offset = moment.utcoffset() or timedelta()
    universal = (moment.replace(tzinfo=None) - FIRST) - offset
    most = LAST - FIRST
    if timedelta() <= universal <= most and universal + timedelta(hours=7) <= most:
        assert door(moment)
    else:
        with pytest.raises(InvalidValueError, match="inside the calendar"):
            door(moment)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "value", [datetime(2026, 3, 2), date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=Lying()), "2026-03-02T09:00+07:00", 5]
)
def test_what_is_no_aware_moment_is_refused(door: Any, value: object) -> None:
    with pytest.raises(InvalidValueError, match="with a time zone"):
        door(value)


def test_a_subclass_of_datetime_comes_out_plain() -> None:
    plain = datetime(2026, 3, 2, 9, 30, 0, 123_456, tzinfo=HO_CHI_MINH)
    for moment in (
        pendulum.datetime(2026, 3, 2, 9, 30, 0, 123_456, tz="Asia/Ho_Chi_Minh"),
        pendulum.datetime(2026, 3, 2, 2, 30, 0, 123_456),
        SilentMoment(2026, 3, 2, 2, 30, 0, 123_456, tzinfo=UTC),
    ):
        found = aware(moment, "x")
        assert (type(found), found, found.tzinfo) == (datetime, plain, HO_CHI_MINH)


def test_what_is_finer_than_a_microsecond_is_dropped_and_not_a_time_refused() -> None:
    pandas = pytest.importorskip("pandas")
    moment = pandas.Timestamp("2026-03-02T09:30:00.123456789+07:00")
    facts = DossierFacts(id="1", received_at=moment)
    assert facts.received_at is not None
    assert type(facts.received_at) is datetime
    assert facts.received_at.isoformat() == "2026-03-02T09:30:00.123456+07:00"
    assert facts == DossierFacts(id="1", received_at=datetime.fromisoformat("2026-03-02T09:30:00.123456+07:00"))
    for door in DOORS:
        with pytest.raises(InvalidValueError):
            door(pandas.NaT)
    with pytest.raises(InvalidValueError):
        plain_day(pandas.NaT, "day")
    with pytest.raises(InvalidValueError):
        plain_day(moment, "day")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-10-12 08:00:00+07:00", "2026-10-12T08:00:00+07:00"),
        ("2026-10-12 08:00:00+07", "2026-10-12T08:00:00+07:00"),
        ("2026-10-12 08:00:00.5+07", "2026-10-12T08:00:00.500000+07:00"),
        ("2026-10-12 08:00:00.123456789+0700", "2026-10-12T08:00:00.123456+07:00"),
        ("2026-10-12T01:00Z", "2026-10-12T08:00:00+07:00"),
        ("2026-10-12t01:00:00z", "2026-10-12T08:00:00+07:00"),
        (" 2026-10-12 01:00:00 UTC ", "2026-10-12T08:00:00+07:00"),
        ("2026-10-12 08:00:00 +0700", "2026-10-12T08:00:00+07:00"),
        ("2026-10-12T08:00:00,25+07:00", "2026-10-12T08:00:00.250000+07:00"),
    ],
)
def test_moments_are_read_as_programs_write_them(text: str, iso: str) -> None:
    assert read_moment(text).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-12 08:00:00", "2026-10-12", "12/10/2026 08:00 +07:00", "2026-02-30 08:00+07:00", "2026-10-12 25:00+07:00",
        "2026-10-12 08:00+24:00", "0001-01-01 00:00+14:00", "9999-12-31T23:59:59Z", "", "soon", "２026-10-12 08:00+07:00",
        "2026-10-12 08:00:00+07:00" + "0" * 100, None, 5,
    ],
)  # fmt: skip
def test_a_moment_without_offset_or_outside_the_calendar_is_refused(text: Any) -> None:
    with pytest.raises(InvalidValueError, match="received_at: cannot use"):
        read_moment(text, "received_at")


# values


@pytest.mark.parametrize(
    "ends",
    [
        {"first": datetime(2026, 1, 1)}, {"last": datetime(2026, 1, 1, tzinfo=UTC)}, {"first": "2026-01-01"},
        {"first": 5}, {"last": True}, {"first": date(2026, 1, 2), "last": date(2026, 1, 1)},
    ],
)  # fmt: skip
def test_an_interval_is_made_of_days(ends: Any) -> None:
    with pytest.raises(InvalidValueError):
        Interval(**ends)


def test_an_interval_is_asked_for_days_and_intervals() -> None:
    year = Interval(first=pendulum.date(2026, 1, 1), last=date(2026, 12, 31))
    assert type(year.first) is date
    assert pendulum.date(2026, 5, 5) in year
    assert year.overlaps(Interval(first=date(2026, 12, 31)))
    assert not year.overlaps(Interval(first=date(2027, 1, 1)))
    assert not year.overlaps(Interval(last=date(2025, 12, 31)))
    for wrong in (datetime(2026, 5, 5), "2026-05-05", None):
        with pytest.raises(InvalidValueError):
            _ = wrong in year  # type: ignore[operator]
        with pytest.raises(InvalidValueError):
            year.overlaps(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sequence": "1"}, {"sequence": 1.0}, {"sequence": True}, {"sequence": None}, {"width": 4.0}, {"width": "4"},
        {"digits_of_day": 6.0}, {"digits_of_day": "6"}, {"day": datetime(2026, 2, 12, tzinfo=UTC)}, {"day": "2026-02-12"},
        {"sequence": 10**20}, {"sequence": 10**5000},
    ],
    ids=shown,
)  # fmt: skip
def test_a_code_is_issued_of_days_and_whole_numbers_only(wrong: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"day": date(2026, 2, 12), "sequence": 1}
    with pytest.raises(InvalidValueError):
        issue("H26.12", **sound | wrong)
    for agency in ("H26.12", None):
        with pytest.raises(InvalidValueError):
            DossierCode.of(agency, **sound)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"instrument": " "}, {"instrument": None}, {"instrument": "a\ud800"}, {"firmness": "sure"}, {"firmness": None},
        {"article": 19}, {"article": ""}, {"issued_on": "2018-04-23"}, {"issued_on": datetime(2018, 4, 23)}, {"note": "x"},
        {"source": "x" * 4_001},
    ],
)  # fmt: skip
def test_a_basis_is_made_of_text_and_days(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        Basis(**{"instrument": "Nghị định 61/2018/NĐ-CP", "firmness": "read"} | wrong)


def test_a_basis_takes_the_code_of_its_firmness_as_text() -> None:
    basis = Basis(instrument="Nghị định 61/2018/NĐ-CP", firmness="read", note=Text(vi="a", en="b"))
    assert basis.firmness is Firmness.READ


@pytest.mark.parametrize(
    "field",
    ["procedure", "field", "level", "receiving_place", "unit", "officer", "allowed_hours", "paid_online", "channel"],
)
@pytest.mark.parametrize("value", ["", " ", "a\0", "\ud800", "x" * 201, 1.5, object()])
def test_facts_take_no_text_that_cannot_be_stored(field: str, value: object) -> None:
    with pytest.raises(InvalidValueError):
        DossierFacts(id="1", **{field: value})  # type: ignore[arg-type]


def test_values_travel() -> None:
    values = [
        Interval(first=date(2026, 1, 1)),
        Basis(instrument="Luật 1/2020/QH14", firmness=Firmness.READ),
        DossierCode.parse("G09.20-20260609-0092637"),
        DossierFacts(id="1", received_at=datetime(2026, 1, 1, tzinfo=UTC), channel="online", supplement_requests=1),
    ]
    for value in values:
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
        assert copy.deepcopy(value) == copy.copy(value) == value
        assert len({value, copy.deepcopy(value)}) == 1


@pytest.mark.parametrize("name", [*HOSTILE, *of_other_packages()])
def test_whatever_comes_in_each_gate_gives_its_kind_or_refuses(name: str) -> None:
    make = {**HOSTILE, **of_other_packages()}[name]
    for gate, kind in (
        (plain_text, str),
        (exact_sum, Decimal),
        (whole_number, int),
        (aware, datetime),
        (plain_day, date),
        (read_moment, datetime),
    ):
        found: object = None
        try:
            found = gate(make(), "x")
        except InvalidValueError as error:
            assert error.message.vi  # noqa: PT017 - either is right
        assert found is None or type(found) is kind
