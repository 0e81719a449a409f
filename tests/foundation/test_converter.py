"""The converter is strict where cattrs is lenient, and loses nothing on the way out and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError
from onestop_core.model import Basis, Firmness
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, nfc


@attrs.frozen(kw_only=True)
class Everything:
    text: str = ""
    number: int = 0
    flag: bool = False
    day: date = date(2026, 1, 1)
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    money: Decimal = Decimal(0)
    share: Fraction = Fraction(0)
    firmness: Firmness = Firmness.READ
    names: tuple[Text, ...] = ()
    maybe: date | None = None


def problems_of(**document: Any) -> list[str]:
    with pytest.raises(InvalidDocumentError) as caught:
        structure(document, Everything, source="doc")
    assert caught.value.source == "doc"
    return [problem.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 1),
        ("text", None),
        ("number", True),
        ("number", "1"),
        ("number", Decimal(1)),
        ("flag", 1),
        ("flag", "true"),
        ("day", "20260212"),
        ("day", "2026-02-30"),
        ("day", "2026-W07-4"),
        ("day", 5),
        ("at", "2026-02-12T09:30"),
        ("at", "yesterday"),
        ("at", 0),
        ("money", True),
        ("money", 0.1),
        ("money", "abc"),
        ("money", "NaN"),
        ("money", "Infinity"),
        ("share", True),
        ("share", 0.5),
        ("share", "1/0"),
        ("share", "x"),
        ("firmness", "certain"),
        ("firmness", 1),
        ("names", [{"en": "a"}]),
        ("names", [{}]),
        ("names", ["a"]),
        ("names", [{"vi": "a", "fr": "b"}]),
        ("maybe", "x"),
        ("unknown", 1),
    ],
)
def test_what_is_not_written_in_full_is_refused(field: str, value: object) -> None:
    assert problems_of(**{field: value})


def test_where_english_is_left_out_the_vietnamese_stands_for_it() -> None:
    assert structure({"vi": "hồ sơ"}, Text) == Text(vi="hồ sơ", en="hồ sơ")
    assert structure({"vi": "hồ sơ", "en": "dossier"}, Text) == Text(vi="hồ sơ", en="dossier")


def test_all_places_that_are_wrong_are_reported_at_once() -> None:
    assert problems_of(day="x", number="y", names=[{"vi": "a", "en": 3}]) == ["$.number", "$.day", "$.names[0].en"]


def test_a_wrong_value_at_the_top_is_a_problem_of_the_whole_document() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        structure("2026-02-30", date)
    assert caught.value.problems[0].path == "$"


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(
    st.builds(
        Everything,
        text=st.text().map(nfc),
        number=st.integers(),
        flag=st.booleans(),
        day=st.dates(),
        at=st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),
        money=st.decimals(allow_nan=False, allow_infinity=False),
        share=st.fractions(),
        firmness=st.sampled_from(Firmness),
        names=st.lists(st.builds(Text, vi=WORDS, en=WORDS), max_size=2).map(tuple),
        maybe=st.none() | st.dates(),
    )
)
def test_out_and_back_is_the_same(value: Everything) -> None:
    document = unstructure(value)
    assert structure(document, Everything) == value
    assert all(isinstance(item, str | int | bool | list) for item in document.values())


def test_defaults_are_left_out_and_text_comes_back_composed() -> None:
    assert unstructure(Everything()) == {}
    assert structure({"text": "Hà Nội"}, Everything).text == "Hà Nội"


def test_numbers_may_be_written_as_whole_numbers() -> None:
    assert structure({"money": 5, "share": 2}, Everything) == Everything(money=Decimal(5), share=Fraction(2))


def test_moments_go_out_in_vietnamese_time() -> None:
    at = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
    assert unstructure(Everything(at=at)) == {"at": "2026-02-12T09:30:00+07:00"}


def test_a_basis_goes_out_and_back() -> None:
    basis = Basis(instrument="Nghị định 61/2018/NĐ-CP", firmness=Firmness.READ, in_force_to=date(2025, 6, 30))
    document = {"instrument": "Nghị định 61/2018/NĐ-CP", "firmness": "read", "in_force_to": "2025-06-30"}
    assert unstructure(basis) == document
    assert structure(document, Basis) == basis
