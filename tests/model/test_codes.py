"""Codes as they are printed on slips and sent by systems, in both orders, and what is not a code."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.model.codes import AgencyCode, DossierCode, ProcedureCode, issue

SOUND: dict[str, Any] = {"agency": AgencyCode.parse("H26.12"), "day": date(2026, 2, 12), "sequence": 1}
OLD_AGENCIES = st.from_regex(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}", fullmatch=True)
NEW_AGENCIES = st.from_regex(r"[A-Y][0-9]{2}(\.[0-9A-Z]{1,3}){0,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "old", "level_one"),
    [("000.00.04.G18", True, "G18"), ("000.00.01.H22", True, "H22"), ("G09.20", False, "G09"), ("H26", False, "H26")],
)
def test_published_agency_codes(text: str, old: bool, level_one: str) -> None:
    code = AgencyCode.parse(f" {text} ")
    assert (str(code), code.is_old_order, code.level_one) == (text, old, level_one)


@pytest.mark.parametrize(
    "text", ["", "Z09", "g09.20", "G9", "000.00.G18", "G09.", "G09.ABCD", "H" * 101, "G09" + ".123" * 9]
)
def test_what_is_no_agency_code(text: str) -> None:
    with pytest.raises(InvalidValueError, match="agency"):
        AgencyCode.parse(text)


@pytest.mark.parametrize("text", [" G09.20", "G09.20\n", 7])
def test_a_value_is_not_mended(text: str) -> None:
    with pytest.raises(InvalidValueError, match="agency"):
        AgencyCode(text=text)


@pytest.mark.parametrize("text", ["1.004222", "2.000815", "5.003852", "6.006710"])
def test_published_procedure_codes(text: str) -> None:
    code = ProcedureCode.parse(text)
    assert (str(code), code.short, code.owner) == (text, text, None)


def test_the_long_procedure_code_carries_its_owner() -> None:
    code = ProcedureCode.parse("3.000181.000.00.00.H22")
    assert (code.short, code.owner) == ("3.000181", AgencyCode.parse("000.00.00.H22"))
    assert ProcedureCode.parse(str(code)) == code


@pytest.mark.parametrize("text", ["1.04222", "1.0042222", "１.004222", "1.004222.H22", "", "x" * 101, "1004222"])
def test_what_is_no_procedure_code(text: str) -> None:
    with pytest.raises(InvalidValueError, match="procedure"):
        ProcedureCode.parse(text)


@pytest.mark.parametrize("short", ["3.000181.000.00.00.H22", " 1.004222", "nothing", None])
def test_a_short_code_is_short(short: Any) -> None:
    with pytest.raises(InvalidValueError, match="procedure"):
        ProcedureCode(short=short)


def test_procedure_codes_sort_by_their_digits() -> None:
    codes = [ProcedureCode.parse(text) for text in ("2.000815", "1.004222")]
    assert [str(code) for code in sorted(codes)] == ["1.004222", "2.000815"]


@pytest.mark.parametrize(
    ("text", "agency", "day", "sequence"),
    [
        ("000.00.04.G18-210105-0001", "000.00.04.G18", date(2021, 1, 5), 1),
        ("000.00.04.G18-210105-123456", "000.00.04.G18", date(2021, 1, 5), 123_456),
        ("G09.20-20260609-0092637", "G09.20", date(2026, 6, 9), 92_637),
        ("H26.12-250915-0001", "H26.12", date(2025, 9, 15), 1),
        ("H26-250915-10000", "H26", date(2025, 9, 15), 10_000),
    ],
)
def test_published_dossier_codes(text: str, agency: str, day: date, sequence: int) -> None:
    code = DossierCode.parse(f"{text} ")
    assert (str(code), str(code.agency), code.day, code.sequence) == (text, agency, day, sequence)
    assert not code.is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "03706/2026/07906",
        "H26.12-250915-001",
        "H26.12-251301-0001",
        "H26.12-00000101-0001",
        "000.00.04.G18-20210105-0001",
        "Z26-250915-0001",
        "H26" + ".123" * 9 + "-250915-0001",
        "hồ sơ 12",
    ],
)
def test_a_code_of_another_form_stays_as_it_is(text: str) -> None:
    code = DossierCode.parse(text)
    assert (code.text, code.agency, code.day, code.sequence, code.is_foreign) == (text, None, None, None, True)


def test_codes_are_equal_when_their_text_is() -> None:
    assert DossierCode.parse(unicodedata.normalize("NFD", "hồ sơ 12")) == DossierCode.parse("hồ sơ 12")
    assert DossierCode.parse("H26-250915-00010") != DossierCode.parse("H26-250915-0010")
    assert len({DossierCode.parse("H26-250915-0001"), DossierCode.parse("H26-250915-0001")}) == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 101, None, 7])
def test_what_is_no_code_at_all(text: str) -> None:
    with pytest.raises(InvalidValueError, match="dossier code"):
        DossierCode.parse(text)


@given(
    agency=OLD_AGENCIES | NEW_AGENCIES.filter(lambda text: len(text) <= 35),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    sequence=st.integers(1, 10**12),
    width=st.integers(4, 7),
    digits=st.sampled_from([6, 8]),
)
def test_what_is_issued_is_read_again(agency: str, day: date, sequence: int, width: int, digits: int) -> None:
    unit = AgencyCode.parse(agency)
    digits = 6 if unit.is_old_order else digits
    code = DossierCode.of(unit, day, sequence, digits_of_day=digits, width=width)
    assert (code.agency, code.day, code.sequence) == (unit, day, sequence)
    assert DossierCode.parse(str(code)) == code
    assert len(code.text.rpartition("-")[2]) == max(width, len(str(sequence)))


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 0},
        {"sequence": 10**20},
        {"width": 3},
        {"width": 21},
        {"digits_of_day": 7},
        {"day": date(1999, 12, 31)},
        {"day": date(2100, 1, 1)},
        {"agency": AgencyCode.parse("000.00.04.G18"), "digits_of_day": 8},
    ],
)
def test_what_cannot_be_issued(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        DossierCode.of(**SOUND | fields)


def test_eight_digits_know_every_year() -> None:
    code = DossierCode.of(AgencyCode.parse("H26"), date(1999, 12, 31), 7, digits_of_day=8)
    assert code.text == "H26-19991231-0007"
    assert code.day == date(1999, 12, 31)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_some_code_or_refused(text: str) -> None:
    try:
        code = DossierCode.parse(text)
    except InvalidValueError:
        assert not text.strip() or len(text) > 100 or "\0" in text
    else:
        assert code.is_foreign == (code.day is None) == (code.sequence is None)


def test_a_code_is_issued_for_a_unit_by_name_or_as_a_value() -> None:
    day = date(2026, 2, 12)
    assert (
        issue("H26.12", day, 1)
        == DossierCode.of(AgencyCode.parse("H26.12"), day, 1)
        == issue(AgencyCode(text="H26.12"), day, 1)
    )
    assert issue("000.00.04.G18", day, 10_000).text == "000.00.04.G18-260212-10000"
    assert [issue("H26", day, n, width=7).text[-7:] for n in (1, 9_999_999)] == ["0000001", "9999999"]
    assert issue("H26", day, 10_000_000, width=7).text.endswith("-10000000")


@pytest.mark.parametrize(
    "wrong", [("Hà Nội", date(2026, 2, 12), 1), ("H26", datetime(2026, 2, 12), 1), ("H26", date(2026, 2, 12), 0)]
)
def test_no_code_is_issued_for_what_no_code_can_carry(wrong: Any) -> None:
    with pytest.raises(InvalidValueError):
        issue(*wrong)
