"""The converter is strict where cattrs is lenient, and loses nothing on the way out and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.model import Basis, DossierFacts, Firmness, FrozenMap, TimeLimit
from onestop_core.rules.converter import structure, unstructure
from onestop_core.text import Text, nfc, shown
from tests.house.hostile import HOSTILE, of_other_packages

ONE_DAY = TimeLimit.of(1, "days")
NO_FORMS: FrozenMap[str, Text] = FrozenMap()
NO_COUNTS: FrozenMap[str, tuple[int, ...]] = FrozenMap()


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
    limit: TimeLimit = ONE_DAY
    forms: Mapping[str, Text] = NO_FORMS
    counts: FrozenMap[str, tuple[int, ...]] = NO_COUNTS


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
        ("limit", "five days"),
        ("limit", {"steps": []}),
        ("limit", 5),
        ("forms", [["a", "b"]]),
        ("forms", {"a": "b"}),
        ("forms", "x"),
        ("forms", None),
        ("counts", {"a": [1, "x"]}),
        ("money", "1e999999999"),
        ("money", Decimal("1e999999")),
        ("money", Decimal("NaN")),
        ("money", "9" * 1_000_000),
        ("share", "1e9999"),
        ("share", "1/00"),
        ("share", "9" * 1_000_000),
        ("names", {"vi": "a"}),
        ("names", "ab"),
        ("text", "a\ud800"),
        ("text", b"x"),
        ("number", 1.5),
        ("number", float("inf")),
        ("unknown", 1),
    ],
    ids=shown,
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
        text=WORDS.map(nfc),
        number=st.integers(),
        flag=st.booleans(),
        day=st.dates(),
        at=st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),
        money=st.decimals(-(10**20), 10**20, places=6),
        share=st.fractions(),
        firmness=st.sampled_from(Firmness),
        names=st.lists(st.builds(Text, vi=WORDS, en=WORDS), max_size=2).map(tuple),
        maybe=st.none() | st.dates(),
        limit=st.builds(
            TimeLimit.of, st.integers(1, 90), st.sampled_from(["days", "working_days", "months", "working_hours"])
        ),
        forms=st.dictionaries(WORDS.map(nfc), st.builds(Text, vi=WORDS, en=WORDS), max_size=2).map(FrozenMap),
        counts=st.dictionaries(WORDS.map(nfc), st.lists(st.integers(), max_size=2).map(tuple), max_size=2).map(
            FrozenMap
        ),
    )
)
def test_out_and_back_is_the_same(value: Everything) -> None:
    document = unstructure(value)
    assert structure(document, Everything) == value
    assert all(isinstance(item, str | int | bool | list | dict) for item in document.values())


def test_defaults_are_left_out_and_text_comes_back_composed() -> None:
    assert unstructure(Everything()) == {}
    assert structure({"text": "Hà Nội"}, Everything).text == "Hà Nội"


def test_two_keys_that_are_one_once_composed_are_refused_rather_than_one_of_them_lost() -> None:
    assert structure({"counts": {"a\u0301": [1], "a": [2]}}, Everything).counts == {"\u00e1": (1,), "a": (2,)}
    with pytest.raises(InvalidDocumentError, match=r"\$\.counts: .*two of its keys are one in normal form C"):
        structure({"counts": {"a\u0301": [1], "\u00e1": [2]}}, Everything)


def test_numbers_may_be_written_as_whole_numbers() -> None:
    assert structure({"number": 2.0}, Everything) == Everything(number=2)
    assert structure({"money": 5, "share": 2}, Everything) == Everything(money=Decimal(5), share=Fraction(2))


def test_moments_go_out_in_vietnamese_time() -> None:
    at = datetime(2026, 2, 12, 2, 30, tzinfo=UTC)
    assert unstructure(Everything(at=at)) == {"at": "2026-02-12T09:30:00+07:00"}


def test_a_basis_goes_out_and_back() -> None:
    basis = Basis(instrument="Nghị định 61/2018/NĐ-CP", firmness=Firmness.READ, in_force_to=date(2025, 6, 30))
    document = {"instrument": "Nghị định 61/2018/NĐ-CP", "firmness": "read", "in_force_to": "2025-06-30"}
    assert unstructure(basis) == document
    assert structure(document, Basis) == basis


KINDS: list[Any] = [
    dossier.Event,
    DossierFacts,
    Everything,
    Basis,
    Text,
    TimeLimit,
    Firmness,
    date,
    int,
    tuple[Text, ...],
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*HOSTILE, *of_other_packages()])
def test_whatever_comes_in_only_our_error_goes_out(kind: Any, name: str) -> None:
    value = {**HOSTILE, **of_other_packages()}[name]()
    words: list[Text] = []
    try:
        structure(value, kind)
    except InvalidDocumentError as error:
        words = [error.message, *(problem.text for problem in error.problems)]
    for text in words:
        assert text.vi != text.en
        for raw in ("NoneType", "argument of type", "object has no attribute", "for type, expected", "extra fields"):
            assert raw not in text.en + text.vi


@pytest.mark.parametrize(
    ("document", "path", "en", "vi"),
    [
        (None, "$", "expected an object, got null", "cần một đối tượng, nhận null"),
        ({"day": 5}, "$.day", "expected a date such as 2026-02-12, got 5", "cần ngày dạng 2026-02-12, nhận 5"),
        ({"names": [{"vi": "a"}, {}]}, "$.names[1].vi", "required value missing", "thiếu giá trị bắt buộc"),
        ({"x": 1, "b": 2}, "$", "unknown property: b, x", "thuộc tính không xác định: b, x"),
        ({"forms": {"a b": {"vi": 1}}}, '$.forms["a b"].vi', "expected text, got 1", "cần chuỗi, nhận 1"),
        ({"firmness": "x"}, "$.firmness", None, None),
    ],
)
def test_what_does_not_fit_is_said_in_both_languages(document: Any, path: str, en: str | None, vi: str | None) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        structure(document, Everything)
    problem = caught.value.problems[0]
    assert problem.path == path
    assert en is None or (problem.text.en, problem.text.vi) == (en, vi)


def test_a_mapping_comes_in_frozen_and_goes_out_plain() -> None:
    value = structure({"forms": {"01": {"vi": "Giấy tiếp nhận"}}, "counts": {"2.1": [1, 2]}}, Everything)
    assert isinstance(value.forms, FrozenMap)
    assert value.counts["2.1"] == (1, 2)
    assert unstructure(value) == {
        "forms": {"01": {"vi": "Giấy tiếp nhận", "en": "Giấy tiếp nhận"}},
        "counts": {"2.1": [1, 2]},
    }


def test_a_time_limit_is_its_english_text() -> None:
    limit = TimeLimit.parse("05 ngày làm việc + 0,5 ngày làm việc")
    assert unstructure(limit) == "5 working days + 0.5 working days"
    assert structure(unstructure(limit), TimeLimit) == limit


@pytest.mark.parametrize("value", [object(), b"x", {"a": object()}, [1, {1, object()}], int, 1j])
def test_what_has_no_form_in_json_does_not_go_out(value: object) -> None:
    with pytest.raises(InvalidValueError):
        unstructure(value)
