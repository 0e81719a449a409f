"""Small catalogue documents for the tests of this folder."""

from __future__ import annotations

from typing import Any

from onestop_core.rules.reading import resources


def text(words: str) -> dict[str, str]:
    return {"vi": words, "en": words}


def clear(days: str) -> dict[str, Any]:
    """What makes a step clear besides who does what."""
    return {
        "objective": text("Đúng hạn"),
        "budget": f"{days} working days",
        "product": text("Phiếu"),
        "result": text("Đã chuyển"),
    }


def procedure(code: str = "1.000001", **changes: Any) -> dict[str, Any]:
    """A procedure with which nothing is wrong, but for *changes*."""
    return {
        "code": code,
        "name": text("Thủ tục"),
        "field": {"name": text("Lĩnh vực")},
        "level": "commune",
        "authority": {"name": text("Ủy ban"), "basis": ["law"]},
        "subjects": ["citizen"],
        "cases": [{"id": "urgent", "name": text("Gấp")}],
        "channels": [
            {
                "kind": "in_person",
                "limits": [
                    {"time": "5 working days", "fees": [{"amount": "20000"}], "basis": ["law"]},
                    {"time": "2 working days", "case": "urgent"},
                ],
            }
        ],
        "papers": [{"name": text("Tờ khai"), "form": "TK01", "originals": 1, "copies": 0}],
        "forms": [{"code": "TK01", "name": text("Tờ khai")}],
        "steps": [
            {
                "id": "receive",
                "role": "receiving_officer",
                "body": text("Một cửa"),
                "what": text("Nhận"),
                **clear("0.5"),
            },
            {
                "id": "solve",
                "after": ["receive"],
                "role": "specialist",
                "body": text("Ủy ban"),
                "what": text("Giải quyết"),
            }
            | clear("1"),
        ],
        "obligations": [{"name": text("Thuế"), "cases": ["urgent"]}],
        "legal_bases": ["law"],
        **changes,
    }


def catalogue(*procedures: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A document with which nothing is wrong, but for *procedures* and *changes*."""
    return {
        "schema_version": "1.0",
        "title": text("Danh mục"),
        "bases": {"law": {"instrument": "Luật 1/2020/QH14", "firmness": "read"}},
        "procedures": list(procedures or (procedure(),)),
        **changes,
    }


def shipped() -> dict[str, Any]:
    """The packaged document, parsed anew."""
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    return document
