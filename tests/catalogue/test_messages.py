"""What is said of a broken document, in words, with the thing to type: read as an official would."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from onestop_core import catalogue
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text

LIMIT = {"time": "1 day"}


def fees(*listed: dict[str, Any]) -> dict[str, Any]:
    return procedure(channels=[{"kind": "post", "limits": [{**LIMIT, "fees": list(listed)}]}])


@pytest.mark.parametrize(
    ("broken", "vi", "en", "hint"),
    [
        ({**procedure(), "code": Decimal("1.004222")}, "cần chuỗi, nhận 1.004222", "expected string, got 1.004222", 'write "1.004222"'),
        ({**procedure(), "code": Decimal("1E+30")}, "cần chuỗi, nhận 1E+30", "expected string, got 1E+30", None),
        (procedure(sets="02"), "cần số nguyên, nhận '02'", "expected integer, got '02'", "write 2"),
        (procedure(sets=Decimal("1.5")), "cần số nguyên, nhận 1.5", "expected integer, got 1.5", None),
        (procedure(subjects="citizen"), "cần danh sách, nhận 'citizen'", "expected array, got 'citizen'", 'write ["citizen"]'),
        (procedure(legal_bases="law"), "cần danh sách, nhận 'law'", "expected array, got 'law'", 'write ["law"]'),
        (procedure(results="Giấy phép"), "cần danh sách, nhận 'Giấy phép'", "expected array, got 'Giấy phép'", None),
        (procedure(channels=[]), "cần ít nhất 1 phần tử, nhận []", "expected at least 1 item, got []", None),
        (
            procedure(results=[{"name": text("x"), "code": "x" * 41}]),
            f"cần nhiều nhất 40 ký tự, nhận '{'x' * 41}'",
            f"expected at most 40 characters, got '{'x' * 41}'",
            None,
        ),
        (
            procedure(papers=[{"name": text("x"), "originals": -1, "copies": 0}]),
            "cần số từ 0, nhận -1", "expected a number from 0, got -1", None,
        ),
        (
            procedure(papers=[{"name": text("x"), "originals": 100, "copies": 0}]),
            "cần số không quá 99, nhận 100", "expected a number of at most 99, got 100", None,
        ),
        (
            fees({}),
            "cần ít nhất một trong: amount (số tiền), share, tiers (theo bậc số lượng), set_by (cơ quan quy định mức thu), published",
            "expected at least one of: amount, share, tiers, set_by, published",
            None,
        ),
        (
            procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "form": "CT01"}]),
            "không có mẫu 'CT01'",
            "there is no form 'CT01'",
            'did you mean TK01? If not, declare it under forms: {"code": "CT01", …}',
        ),
        (
            procedure(papers=[{"name": text("x"), "originals": 1, "copies": 0, "form": "Phiếu số 7"}]),
            "không có mẫu 'Phiếu số 7'",
            "there is no form 'Phiếu số 7'",
            'declare it under forms: {"code": "Phiếu số 7", …}',
        ),
    ],
)  # fmt: skip
def test_a_finding_says_what_to_type(broken: dict[str, Any], vi: str, en: str, hint: str | None) -> None:
    (found,) = [each for each in catalogue.check(document(broken)) if each.severity.value == "error"]
    assert (found.text.vi, found.text.en) == (vi, en)
    assert (found.hint and found.hint.en) == hint


def test_no_finding_shows_a_regular_expression_or_a_class_of_python() -> None:
    for broken in (
        procedure(code="x"), procedure(level="x"), procedure(in_force_from="x"), fees({"amount": "x"}),
        procedure(cases=[{"id": "é", "name": text("x")}]), {**procedure(), "code": Decimal("1.5")}, procedure(name=[]),
    ):  # fmt: skip
        for found in catalogue.check(document(broken)):
            for said in (found.text.vi, found.text.en):
                assert not {"^", "$", "\\", "Decimal"} & set(said.split("'")[0]), said
                assert "Decimal" not in said
                assert "^" not in said
