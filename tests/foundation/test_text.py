from __future__ import annotations

import decimal
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.text import (
    Text,
    closest,
    day_text,
    did_you_mean,
    long_date,
    moment_text,
    money,
    nfc,
    number,
    padded,
    percent,
    period_text,
    plain_letters,
    shown,
    signed,
    sort_key,
)

if TYPE_CHECKING:
    import random


def test_text_is_composed_whatever_form_it_arrives_in() -> None:
    decomposed = unicodedata.normalize("NFD", "Thủ tục hành chính")
    assert decomposed != "Thủ tục hành chính"
    assert Text(vi=decomposed, en="procedure") == Text(vi="Thủ tục hành chính", en="procedure")


def test_text_speaks_the_language_asked_for_and_english_by_default() -> None:
    text = Text(vi="hồ sơ", en="dossier")
    assert (text.in_("vi"), text.in_("en"), str(text)) == ("hồ sơ", "dossier", "dossier")


@given(st.text())
def test_nfc_is_idempotent(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


def test_long_date_names_each_weekday_in_both_languages() -> None:
    days = [long_date(date(2026, 2, 16 + offset)) for offset in range(7)]
    assert [day.en for day in days] == [
        "Mon 2026-02-16",
        "Tue 2026-02-17",
        "Wed 2026-02-18",
        "Thu 2026-02-19",
        "Fri 2026-02-20",
        "Sat 2026-02-21",
        "Sun 2026-02-22",
    ]
    assert [day.vi for day in days] == [
        "thứ Hai, 16/02/2026",
        "thứ Ba, 17/02/2026",
        "thứ Tư, 18/02/2026",
        "thứ Năm, 19/02/2026",
        "thứ Sáu, 20/02/2026",
        "thứ Bảy, 21/02/2026",
        "Chủ nhật, 22/02/2026",
    ]


def test_long_date_keeps_four_digits_of_an_early_year() -> None:
    assert long_date(date(987, 6, 5)).vi.endswith("05/06/0987")


def test_closest_offers_the_nearest_first_and_at_most_the_limit() -> None:
    known = ["1.004222", "1.004223", "1.004225", "2.000815"]
    assert closest("1.004222", known)[0] == "1.004222"
    assert len(closest("1.00422", known)) == 3
    assert len(closest("1.00422", known, limit=1)) == 1
    assert closest("xyz", known) == ()


def test_closest_looks_only_at_the_start_of_a_huge_word() -> None:
    assert closest("a" * 10_000_000, ["a" * 100]) == ("a" * 100,)


# numbers


@given(st.integers(-(10**30), 10**30) | st.decimals(-(10**12), 10**12, places=3))
def test_a_number_can_be_read_again(value: int | Decimal) -> None:
    words = number(value)
    assert Decimal(words.en.replace(",", "").replace("−", "-")) == value
    assert Decimal(words.vi.replace(".", "").replace(",", ".").replace("−", "-")) == value
    assert all(len(group) == 3 for group in words.vi.partition(",")[0].split(".")[1:])


@given(st.fractions(-1000, 1000, max_denominator=999), st.integers(0, 6))
def test_a_number_is_rounded_half_up(value: Fraction, places: int) -> None:
    shown_as = Fraction(number(value, places=places).en.replace(",", "").replace("−", "-"))
    unit = Fraction(1, 10**places)
    assert abs(shown_as - value) <= unit / 2
    assert abs(shown_as - value) < unit / 2 or abs(shown_as) > abs(value)


def test_numbers_are_written_as_offices_write_them() -> None:
    assert [each.vi for each in (money(200_000), percent(Decimal("88.42")), signed(12), signed(-12), signed(0))] == [
        "200.000 đồng", "88,42%", "+12", "−12", "0",
    ]  # fmt: skip
    assert [each.en for each in (money(200_000), percent(Fraction(1, 3), places=1), signed(Decimal("0.5")))] == [
        "200,000 VND", "0.3%", "+0.5",
    ]  # fmt: skip
    assert [padded(n) for n in (0, 5, 15, 120)] == ["00", "05", "15", "120"]


def test_the_decimal_context_of_the_caller_is_not_asked() -> None:
    with decimal.localcontext() as context:
        context.prec = 2
        context.traps[decimal.Inexact] = True
        assert number(Decimal("12345.678")).vi == "12.345,678"
        assert number(Fraction(2, 3), places=4).vi == "0,6667"


@pytest.mark.parametrize(
    "value",
    [True, 1.5, float("nan"), "1", None, Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), 10**100, Decimal("0." + "1" * 101)],
    ids=shown,
)  # fmt: skip
def test_what_is_no_number_that_anybody_reads_is_refused(value: Any) -> None:
    for write in (number, signed, percent, money):
        with pytest.raises(InvalidValueError):
            write(value)
    for places in (-1, True, 1.5, "2", 101):
        with pytest.raises(InvalidValueError):
            number(1, places=places)  # type: ignore[arg-type]
    for count in (-1, True, 1.0, "5", None):
        with pytest.raises(InvalidValueError):
            padded(count)  # type: ignore[arg-type]


# days


def test_days_and_moments_and_periods_are_written_as_offices_write_them() -> None:
    assert (day_text(date(2026, 2, 7)).vi, day_text(date(7, 2, 6)).en) == ("07/02/2026", "0007-02-06")
    assert long_date(date(2026, 2, 22), starts_line=True).vi == "Chủ nhật, 22/02/2026"
    assert moment_text(datetime(2026, 3, 1, 9, 5, 30)).vi == "09:05:30 ngày 01/03/2026"
    assert moment_text(datetime(2026, 3, 1, 9, 5, 0, 1)).en == "2026-03-01 09:05:00.000001"
    first, last = date(2025, 7, 1), date(2025, 12, 31)
    assert [period_text(*ends).vi for ends in ((first, last), (first, None), (None, last), (None, None))] == [
        "01/07/2025 – 31/12/2025", "từ 01/07/2025", "đến 31/12/2025", "mọi thời gian",
    ]  # fmt: skip
    assert period_text(None, None).en == "always"


@pytest.mark.parametrize("value", [None, "2026-02-12", 5, object()])
def test_what_is_no_day_is_refused(value: Any) -> None:
    for write in (day_text, long_date, moment_text):
        with pytest.raises(InvalidValueError):
            write(value)
    with pytest.raises(InvalidValueError):
        period_text(date(2026, 1, 1), value or "x")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        moment_text(date(2026, 2, 12))  # type: ignore[arg-type]


# names


# Written by hand: each list as a Vietnamese dictionary or a list of communes has it.
ALPHABET = ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"]  # fmt: skip
LISTS = [
    ALPHABET,
    ["ma", "mà", "mả", "mã", "má", "mạ"],
    ["ba", "bà", "bá", "băng", "bân", "bê", "đa", "đà"],
    ["An Bình", "Anh Dũng", "Ăn", "Ân Thi", "Âu Cơ", "Ba Đình", "Bà Rịa", "Bắc Hà", "Cửa Nam", "Đống Đa", "Hoàn Kiếm", "Ô Chợ Dừa", "Ứng Hòa"],
    ["Duy Tiên", "Đà Lạt", "Đa Phước", "Đăk Mil", "Đầm Dơi", "Đông Anh", "Đồng Hới", "Ea Kar"],
    ["Hòa Bình", "Hóa Quỳ", "Hòn Đất", "Huế", "Hưng Yên"],
    ["Nguyễn Ái", "Nguyễn An", "Nguyễn Ân"],
    ["Phường 1", "Phường 2", "Phường A"],
    ["thu", "thù", "thủ", "thũ", "thú", "thụ", "thư", "thừ", "thử", "thữ", "thứ", "thự"],
    ["quy", "quý", "quỳnh", "Quỳnh"],
]  # fmt: skip


@pytest.mark.parametrize("names", [names for names in LISTS if "Nguyễn Ái" not in names], ids=lambda names: names[0])
@given(chance=st.randoms())
def test_names_are_listed_as_a_vietnamese_dictionary_lists_them(names: list[str], chance: random.Random) -> None:
    mixed = [*names]
    chance.shuffle(mixed)
    assert sorted(mixed, key=sort_key) == names
    decomposed = [unicodedata.normalize("NFD", name) for name in mixed]
    assert [nfc(name) for name in sorted(decomposed, key=sort_key)] == names


def test_letters_of_the_whole_name_come_before_its_tones() -> None:
    assert sorted(["Nguyễn Ái", "Nguyễn Ân", "Nguyễn An"], key=sort_key) == ["Nguyễn Ái", "Nguyễn An", "Nguyễn Ân"]
    assert sorted(["bà b", "ba c", "ba b"], key=sort_key) == ["ba b", "bà b", "ba c"]


@given(st.lists(st.text(), max_size=6))
def test_any_names_can_be_listed_always_in_the_same_order(names: list[str]) -> None:
    listed = sorted(names, key=sort_key)
    again = names[::-1]
    again.sort(key=sort_key)
    assert listed == again
    assert [nfc(name) for name in listed] == [nfc(name) for name in sorted(map(nfc, names), key=sort_key)]


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("Đăng ký thường trú", "dang ky thuong tru"),
        ("ỨNG HÒA", "ung hoa"),
        ("Ô Chợ Dừa 1/2", "o cho dua 1/2"),
        ("", ""),
    ],
)
def test_plain_letters_are_those_people_type(words: str, bare: str) -> None:
    assert plain_letters(words) == plain_letters(unicodedata.normalize("NFD", words)) == bare


@pytest.mark.parametrize("value", [None, 5, b"x"])
def test_what_is_no_text_is_no_name(value: Any) -> None:
    for take in (sort_key, plain_letters, nfc):
        with pytest.raises(InvalidValueError):
            take(value)


# words


@pytest.mark.parametrize("language", ["fr", "VI", "", None, 5, ["vi"]])
def test_another_language_is_refused(language: Any) -> None:
    with pytest.raises(InvalidValueError, match="language"):
        Text(vi="a", en="b").in_(language)


@pytest.mark.parametrize("words", ["a\0", "\ud800", None, 5, b"a"])
def test_words_can_be_written_down(words: Any) -> None:
    for both in ({"vi": words, "en": "a"}, {"vi": "a", "en": words}):
        with pytest.raises(InvalidValueError):
            Text(**both)


@given(
    st.text(max_size=300) | st.binary(max_size=300) | st.integers() | st.lists(st.text(), max_size=60),
    st.integers(20, 90),
)
def test_what_is_echoed_is_short(value: object, limit: int) -> None:
    found = shown(value, limit=limit)
    assert len(found) <= limit
    assert found == repr(value) or found.endswith("...") or "..." in found


class Tree(list[Any]):
    """A container that would be shown whole."""


def test_what_unfolds_is_echoed_quickly() -> None:
    laughs: Any = [1]
    for _ in range(60):
        laughs = [laughs] * 10
    for value in (laughs, {"a": laughs}, (laughs,), Tree([laughs]), [Tree([laughs])], ["x" * 10_000_000] * 3):
        assert len(shown(value)) <= 80
    assert shown({"b": 1, "a": [2, (3,)]}) == "{'b': 1, 'a': [2, (3,)]}"
    with pytest.raises(InvalidValueError):
        shown(1, limit="x")  # type: ignore[arg-type]


def test_suggestions_are_asked_for_with_words() -> None:
    assert did_you_mean([]) is None
    assert closest(5, ["a"]) == ()  # type: ignore[arg-type]
    for known in (None, [1], 5):
        with pytest.raises(InvalidValueError):
            closest("a", known)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        closest("a", ["a"], limit=0)
    with pytest.raises(InvalidValueError):
        did_you_mean(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", [None, 5, {}, {"en": "a"}, {"vi": 5}, "vi"])
def test_words_of_a_document_have_vietnamese(words: Any) -> None:
    with pytest.raises(InvalidValueError):
        Text.of(words)
