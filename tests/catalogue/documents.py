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


def published(code: str = "1.000002") -> dict[str, Any]:
    """A procedure with everything that a page can publish, with which nothing is wrong."""
    whole = procedure(
        code,
        kind="delegated",
        other_levels=["provincial"],
        other_authorities=[{"name": text("Sở"), "basis": ["law"]}],
        authorised=[{"name": text("Phòng"), "code": "H26.12"}],
        subjects=["vietnamese_citizen", "cooperative"],
        non_territorial="province",
        sets=2,
        related=["1.000001"],
        receiving=[
            {
                "name": text("Trung tâm"),
                "code": "H26.12",
                "opening_hours": "Mo-Fr 07:30-11:30,13:30-17:00; Sa 07:30-11:30",
            }
        ],
        cases=[
            {"id": "new", "name": text("Cấp mới"), "dimension": "act"},
            {"id": "again", "name": text("Cấp lại"), "dimension": "act"},
            {"id": "small", "name": text("Dưới 100 m²"), "dimension": "size"},
            {"id": "large", "name": text("Từ 100 m²"), "dimension": "size"},
        ],
        questions=[
            {
                "id": "lost",
                "text": text("Đã mất?"),
                "answers": [{"id": "yes", "name": text("Có")}, {"id": "no", "name": text("Không")}],
            },
            {"id": "area", "text": text("Diện tích"), "unit": text("m²")},
        ],
        decisions=[
            {"case": "again", "when": [{"question": "lost", "answers": ["yes"]}], "basis": ["law"]},
            {"case": "new", "when": [{"question": "lost", "answers": ["no"]}]},
            {"case": "small", "when": [{"question": "area", "below": "100"}]},
            {"case": "large", "when": [{"question": "area", "least": "100"}]},
        ],
        channels=[
            {
                "kind": "online",
                "limits": [
                    {
                        "time": "5 working days",
                        "case": "new",
                        "starts": {"event": "full_dossier", "words": text("kể từ ngày nhận đủ hồ sơ")},
                        "published": "05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
                        "fees": [
                            {
                                "amount": "20000",
                                "case": "small",
                                "in_force_from": "2026-01-01",
                                "in_force_to": "2026-12-31",
                            },
                            {
                                "tiers": [{"up_to": "2", "amount": "2000"}, {"amount": "1000"}],
                                "quantity": "pages",
                                "most": "200000",
                                "case": "large",
                                "kind": "price",
                                "reductions": [{"text": text("Người khuyết tật"), "percent": "50"}],
                            },
                            {
                                "share": {
                                    "percent": "0.5",
                                    "of": text("giá trị"),
                                    "quantity": "value",
                                    "least": "1000",
                                },
                                "currency": "USD",
                            },
                        ],
                    },
                    {
                        "without_time": "not_prescribed",
                        "case": "again",
                        "fees": [{"set_by": "province", "published": "Theo HĐND"}],
                    },
                ],
            }
        ],
        results=[{"name": text("Giấy phép"), "code": "KQ.G01.000001", "valid_for": "5 years", "given_as": "both"}],
        obligations=[],
    )
    whole["forms"][0]["files"] = [{"name": "TK01.docx", "url": "https://example.vn/tk01.docx"}]
    whole["papers"] += [
        {
            "name": text("Giấy khai sinh"),
            "code": "0012",
            "originals": 0,
            "copies": 1,
            "replaced_by_data": text("Cơ sở dữ liệu hộ tịch"),
            "database": "civil-status",
            "result_of": "1.001193",
            "not_scanned": "shown_only",
            "cases": ["again"],
            "files": [{"name": "mau.pdf"}],
            "alternatives": [
                {
                    "name": text("Hộ chiếu"),
                    "code": "0013",
                    "copies": 1,
                    "together_with": [{"name": text("Đơn"), "originals": 1}],
                }
            ],
        }
    ]
    return whole


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
