from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onestop_core.text import Text, closest, long_date, nfc


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
