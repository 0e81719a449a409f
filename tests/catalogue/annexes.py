"""A procedure in which every property of the schema says something, for the annex; nothing is wrong with it."""

from __future__ import annotations

from typing import Any

from tests.catalogue.documents import catalogue, published, text


def everything() -> dict[str, Any]:
    """Return a catalogue whose procedure ``1.000002`` has every property, those that are one in several ways in each."""
    whole = published()
    whole["channels"] += [
        {
            "kind": "in_person",
            "cases": ["again"],
            "url": "https://example.vn/nop",
            "note": text("Nộp tại quầy"),
            "basis": ["channel"],
            "limits": [
                {
                    "without_time": "by_event",
                    "starts": {"event": "document"},
                    "published": "Khi tàu rời cảng",
                    "note": text("Theo lịch tàu"),
                    "basis": ["limit"],
                    "fees": [
                        {
                            "amount": "5000",
                            "unit": text("bản"),
                            "kind": "fee",
                            "exemptions": [{"text": text("Trẻ em"), "basis": ["exempt"]}],
                            "reductions": [
                                {"text": text("Người cao tuổi"), "percent": "25", "case": "small", "basis": ["less"]}
                            ],
                            "note": text("Nộp khi nhận kết quả"),
                            "basis": ["fee"],
                        }
                    ],
                },
                {"case": "new"},
            ],
        }
    ]
    whole["channels"][1]["cases"].append("new")
    whole["receiving"] += [
        {
            "name": text("Điểm tiếp nhận"),
            "scope": "whole_province",
            "address": text("Số 1 Tràng Tiền"),
            "hours": text("Giờ hành chính của Trung tâm"),
            "basis": ["place"],
        }
    ]
    whole["field"] = {"name": text("Lĩnh vực"), "code": "G01-AB01"}
    whole["papers"][0]["electronic"] = "scan"
    whole["papers"][0]["note"] = text("Ký và ghi rõ họ tên")
    whole["papers"][0]["basis"] = ["paper"]
    other = whole["papers"][1]["alternatives"][0]
    other["form"] = other["together_with"][0]["form"] = "TK02"
    other["originals"] = other["together_with"][0]["copies"] = 2
    other["together_with"][0]["code"] = "0014"
    whole["steps"][0] |= {
        "cases": ["new"],
        "responsible": text("Trưởng bộ phận"),
        "hand_over": text("Phòng chuyên môn"),
        "basis": ["step"],
    }
    whole["forms"][0]["basis"] = ["form"]
    whole["forms"].append({"code": "TK02", "name": text("Đơn")})
    whole["results"][0] |= {"validity": text("Đến khi thay đổi thông tin"), "basis": ["result"]}
    whole["questions"][0]["basis"] = ["question"]
    whole["mechanism"] = "linked_one_stop"
    whole["implementing"] = [{"name": text("Phòng Tư pháp"), "code": "H26.3", "basis": ["body"]}]
    whole["coordinating"] = [{"name": text("Công an"), "code": "G01", "basis": ["body"]}]
    return catalogue(
        whole
        | {
            "other_names": {"hmn": "Npe hmoob"},
            "objective": text("Quản lý hộ tịch"),
            "status": "published",
            "decision": {
                "number": "1811/QĐ-UBND",
                "issued_on": "2026-01-05",
                "issuer": text("Chủ tịch Ủy ban nhân dân"),
                "basis": ["decision"],
            },
            "reception": "mobile",
            "life_events": [{"name": text("Sinh con"), "code": "SK01"}],
            "business_events": [{"name": text("Mở cửa hàng"), "code": "SK02"}],
            "obligations": [
                {
                    "name": text("Lệ phí trước bạ"),
                    "determined_by": text("Cơ quan thuế"),
                    "before": "solve",
                    "cases": ["again"],
                    "basis": ["tax"],
                }
            ],
            "linked": {
                "lead": text("Ủy ban"),
                "basis": ["linked"],
                "procedures": [
                    {"id": "one", "name": text("Thủ tục một"), "code": "1.000003"},
                    {
                        "id": "two",
                        "name": text("Thủ tục hai"),
                        "after": ["one"],
                        "body": text("Bảo hiểm xã hội"),
                        "time": "3 working days",
                    },
                ],
            },
            "conditions": [{"text": text("Đủ 18 tuổi"), "basis": ["condition"]}],
            "languages": ["vi", "en"],
            "contacts": [
                {"name": text("Tổng đài"), "phone": "1900 1234", "email": "hoi@example.vn", "url": "https://example.vn"}
            ],
            "notes": [text("Ghi nhớ lịch hẹn")],
            "in_force_from": "2026-01-01",
            "in_force_to": "2027-12-31",
        },
        bases={
            "law": {
                "instrument": "Luật 1/2020/QH14",
                "article": "19(4)",
                "firmness": "secondary",
                "in_force_from": "2021-01-01",
                "in_force_to": "2027-01-01",
                "issued_on": "2020-06-01",
                "issuer": "Quốc hội",
                "announced_on": "2020-06-15",
                "source": "Công báo",
                "note": text("Bản tiếng Việt"),
            }
        }
        | {
            name: {"instrument": f"Nghị định {number}/2021/NĐ-CP", "firmness": "read"}
            for number, name in enumerate(_CITED, start=1)
        },
        suppressions=[{"rule": "catalogue/unused-case", "code": "1.000002", "path": "$", "reason": "thử"}],
    )


_CITED = (
    *("channel", "limit", "exempt", "less", "fee", "place", "paper", "step", "form", "result", "question", "body"),
    *("decision", "tax", "linked", "condition"),
)
