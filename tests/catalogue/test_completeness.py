"""What makes a procedure complete, and which of what ships is."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.values.completeness import PublishedPart, missing_parts
from onestop_core.errors import InvalidValueError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import text

WHOLE: dict[str, Any] = {
    "code": "1.000001",
    "name": text("Thủ tục"),
    "field": {"name": text("Lĩnh vực")},
    "level": "commune",
    "authority": {"name": text("Ủy ban")},
    "subjects": ["citizen"],
    "channels": [{"kind": "in_person", "limits": [{"time": "5 working days", "fees": [{"amount": "0"}]}]}],
    "papers": [
        {
            "name": text("Tờ khai"),
            "form": "TK01",
            "code": "GT.declaration",
            "originals": 1,
            "copies": 0,
            "alternatives": [
                {
                    "name": text("Bản điện tử"),
                    "code": "GT.file",
                    "together_with": [{"name": text("Chữ ký"), "code": "GT.signature", "originals": 1}],
                }
            ],
        }
    ],
    "steps": [{"id": "decide", "what": text("Quyết định")}],
    "results": [{"name": text("Giấy"), "code": "KQ.G15.000001"}],
    "forms": [{"code": "TK01", "name": text("Tờ khai")}],
    "legal_bases": ["law"],
}


def lacks(**changes: Any) -> list[str]:
    raw = {key: value for key, value in {**WHOLE, **changes}.items() if value is not None}
    (only,) = catalogue.load(document(raw)).values()
    return [part.value for part in missing_parts(only)]


def paper(**changes: Any) -> list[dict[str, Any]]:
    return [{key: value for key, value in {**WHOLE["papers"][0], **changes}.items() if value is not None}]


def limit(**changes: Any) -> list[dict[str, Any]]:
    return [{"kind": "post", "limits": [{"time": "5 days", "fees": [{"amount": "0"}]}, {"case": "a", **changes}]}]


CASE: dict[str, Any] = {"cases": [{"id": "a", "name": text("A")}]}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, []),
        ({"authority": None}, ["authority"]),
        ({"steps": None}, ["steps"]),
        ({"channels": limit(fees=[{"set_by": "province"}]), **CASE}, ["limits"]),
        ({"channels": limit(without_time="not_prescribed", fees=[{"amount": "1"}]), **CASE}, []),
        ({"channels": limit(time="5 days"), **CASE}, ["fees"]),
        ({"papers": []}, ["papers"]),
        ({"papers": paper(code=None)}, ["paper_codes"]),
        ({"papers": paper(alternatives=[{"name": text("Khác")}])}, ["paper_codes"]),
        (
            {"papers": paper(alternatives=[{"name": text("A"), "code": "a", "together_with": [{"name": text("B")}]}])},
            ["paper_codes"],
        ),
        ({"papers": paper(form=None, alternatives=None), "forms": None}, []),
        ({"results": None}, ["results"]),
        ({"results": [{"name": text("Giấy")}]}, ["result_codes"]),
        ({"legal_bases": None}, ["legal_bases"]),
    ],
)
def test_what_is_missing(changes: dict[str, Any], missing: list[str]) -> None:
    assert lacks(**changes) == missing


def test_parts_have_words_in_both_languages() -> None:
    assert len({part.label.vi for part in PublishedPart}) == len({part.label.en for part in PublishedPart}) == 9


def test_only_a_procedure_is_asked() -> None:
    with pytest.raises(InvalidValueError):
        missing_parts("1.004222")  # type: ignore[arg-type]


def test_the_rule_speaks_where_it_is_selected() -> None:
    raw = document(WHOLE, {**WHOLE, "code": "1.000002", "name": text("Khác"), "results": [], "legal_bases": []})
    assert catalogue.check(raw) == ()
    assert catalogue.check(raw, select=["catalogue"]) == ()
    (note,) = catalogue.check(raw, select=["catalogue/incomplete"])
    assert (note.path, note.severity, note.text.vi) == (
        "$.procedures[1]",
        "note",
        "còn thiếu: kết quả thực hiện, căn cứ pháp lý",
    )


def test_it_may_be_suppressed_and_nothing_is_said_of_that_unasked() -> None:
    accepted = {"rule": "catalogue/incomplete", "code": "1.000001", "reason": "the page is silent"}
    raw = document({**WHOLE, "results": []}, suppressions=[accepted])
    assert catalogue.check(raw) == ()
    assert catalogue.check(raw, select=["catalogue/incomplete"]) == ()
    (found,) = catalogue.checking.accepted(raw, select=["catalogue/incomplete"])
    assert found.suppression.reason == "the page is silent"
    unused = document(WHOLE, suppressions=[accepted])
    assert catalogue.check(unused) == ()
    (told,) = catalogue.check(unused, select=["catalogue/incomplete", "catalogue/unused-suppression"])
    assert told.rule == "catalogue/unused-suppression"
