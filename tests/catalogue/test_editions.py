"""Editions of a procedure side by side, what holds on a day, and what people find by typing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text


def edition(first: str | None, last: str | None, code: str = "1.000001", **changes: Any) -> dict[str, Any]:
    dates = {"in_force_from": first, "in_force_to": last}
    return procedure(code, **{key: value for key, value in dates.items() if value}, **changes)


PILOT = edition("2024-09-01", "2025-11-30", name=text("Thí điểm"))
AFTER = edition("2025-12-01", None, name=text("Sau thí điểm"))
BEFORE = edition(None, "2024-08-31", name=text("Trước thí điểm"))
OTHER = procedure("1.000002")


def test_one_code_in_several_periods() -> None:
    cat = catalogue.load(document(AFTER, OTHER, BEFORE, PILOT))
    assert [each.name.vi for each in cat.editions("1.000001")] == ["Trước thí điểm", "Thí điểm", "Sau thí điểm"]
    assert (len(cat), cat["1.000001"].name.vi) == (2, "Sau thí điểm")
    for day, name in {
        date(2024, 8, 31): "Trước thí điểm",
        date(2024, 9, 1): "Thí điểm",
        date(2025, 11, 30): "Thí điểm",
        date(2025, 12, 1): "Sau thí điểm",
    }.items():
        held = cat.on(day)
        assert (held["1.000001"].name.vi, len(held.procedures)) == (name, 2)
        assert catalogue.load(catalogue.dump(held)) == held
    with pytest.raises(UnknownCodeError):
        cat.editions("1.000009")


def test_a_day_without_any_procedure_is_a_gap_not_the_last_known() -> None:
    cat = catalogue.load(document(PILOT))
    with pytest.raises(NotInForceError) as caught:
        cat.on(date(2024, 8, 31))
    assert caught.value.known == ((date(2024, 9, 1), date(2025, 11, 30)),)
    with pytest.raises(InvalidValueError):
        cat.on("2024-08-31")  # type: ignore[arg-type]


def test_suppressions_stay_with_what_they_are_about() -> None:
    gone = {"rule": "catalogue/no-time-limit", "path": "$.procedures[0].papers[0]", "reason": "a"}
    kept = {"rule": "catalogue/no-time-limit", "path": "$.procedures[1].papers[0]", "reason": "b"}
    coded = {"rule": "catalogue/no-time-limit", "code": "1.000001", "reason": "c"}
    whole = {"rule": "catalogue/no-time-limit", "path": "$", "reason": "d"}
    cat = catalogue.load(document(BEFORE, PILOT, suppressions=[gone, kept, coded, whole]))
    held = cat.on(date(2025, 1, 1))
    assert [(each.code, each.path, each.reason) for each in held.suppressions] == [
        (None, "$.procedures[0].papers[0]", "b"),
        ("1.000001", None, "c"),
        (None, "$", "d"),
    ]


def found(*procedures: dict[str, Any]) -> list[tuple[str, str]]:
    listed = catalogue.check(document(*procedures))
    return [
        (each.rule, each.path) for each in listed if each.rule in {"catalogue/duplicate-code", "catalogue/edition-gap"}
    ]


def test_overlaps_and_gaps_are_findings() -> None:
    assert found(BEFORE, PILOT, AFTER) == []
    assert found(BEFORE, AFTER) == [("catalogue/edition-gap", "$.procedures[1].in_force_from")]
    assert found(AFTER, BEFORE) == [("catalogue/edition-gap", "$.procedures[0].in_force_from")]
    assert found(PILOT, edition("2025-11-30", None)) == [("catalogue/duplicate-code", "$.procedures[1].code")]
    # The first lasts beyond the second, and meets the third.
    long = edition("2020-01-01", "2030-12-31")
    assert found(long, PILOT, AFTER) == [
        ("catalogue/duplicate-code", "$.procedures[1].code"),
        ("catalogue/duplicate-code", "$.procedures[2].code"),
    ]
    assert found(procedure(), procedure()) == [("catalogue/duplicate-code", "$.procedures[1].code")]


NAMES = {
    "1.000001": "Đăng ký thường trú",
    "1.000002": "Xóa đăng ký thường trú",
    "1.000003": "Đăng ký tạm trú",
    "1.000004": "Cấp bản sao trích lục hộ tịch",
}
CAT = catalogue.load(document(*(procedure(code, name=text(name)) for code, name in NAMES.items())))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("dang ky thuong tru", ["1.000001", "1.000002"]),
        ("ĐĂNG KÝ", ["1.000003", "1.000001", "1.000002"]),
        ("thuong tru dang ky", ["1.000001", "1.000002"]),
        ("dk", []),
        ("tam tr", ["1.000003"]),
        ("ho tich, trich luc", ["1.000004"]),
        ("1.000003", ["1.000003"]),
        ("1.00000", ["1.000003", "1.000001", "1.000002", "1.000004"]),
        ("", []),
        ("  ,", []),
        ("x" * 5000, []),
    ],
)
def test_what_people_type_is_found_best_first(typed: str, codes: list[str]) -> None:
    assert [each.code for each in CAT.find(typed)] == codes


def test_what_is_no_text_is_not_looked_for() -> None:
    with pytest.raises(InvalidValueError):
        CAT.find(5)  # type: ignore[arg-type]
