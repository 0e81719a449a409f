"""``read_portal``: pages in three forms become a catalogue that loads, and what is not certain is told."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.published import NotUnderstood, flat
from onestop_core.catalogue.published.pages import COLUMNS, key_of
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, published, text
from tests.catalogue.pages import FILES, pages

WAYS = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS = "--Tên giấy tờMẫu đơn, tờ khaiSố lượng"
BASES = "Tên văn bản pháp lýMã văn bản"


def flat_page(**changes: str) -> dict[str, Any]:
    """A page of our own as a crawler would leave it."""
    return {
        "ma_thu_tuc": "1.000001",
        "ten_thu_tuc": "Cấp thẻ mẫu",
        "so_quyet_dinh": "12/QĐ-BXX",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
        "linh_vuc": "Thẻ mẫu",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX), Hợp tác xã",
        "co_quan_co_tham_quyen": "",
        "co_quan_thuc_hien": "Sở Mẫu, Phòng Văn hóa, xã hội",
        "dia_chi_tiep_nhan": "Số 1 đường Mẫu",
        "trinh_tu_thuc_hien": "Trước hết: chuẩn bị.\nBước 1: Nộp hồ sơ\nBước 2: Nhận kết quả",
        "cach_thuc_thuc_hien": WAYS
        + "Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việc20,000 VNĐ(/thẻ)Tại quầy",
        "thanh_phan_ho_so": PAPERS + "Tờ khai (mẫu TK01);TK01.docx1 bản chínhẢnh thẻ0 bản chính,2 bản sao",
        "can_cu_phap_ly": BASES + "Luật Thẻ mẫu1/2020/QH14Thông tư hướng dẫn2/2021/TT-BCA",
        "ket_qua_xu_ly": "Thẻ mẫuMã: KQ.G01.000001Từ khóaKhông có thông tin",
        "yeu_cau_dieu_kien": "Từ đủ 14 tuổi.",
        "thu_tuc_lien_quan": "Không có thông tin",
        **changes,
    }


def read(*raw: dict[str, Any]) -> tuple[dict[str, Any], tuple[NotUnderstood, ...]]:
    document, told = catalogue.read_portal(list(raw))
    if document["procedures"]:
        assert [each for each in catalogue.check(document) if each.severity.value == "error"] == []
        catalogue.load(document)
    return document, told


def one(**changes: str) -> dict[str, Any]:
    procedure: dict[str, Any] = read(flat_page(**changes))[0]["procedures"][0]
    return procedure


def reasons(**changes: str) -> list[tuple[str, str]]:
    return [(each.place, each.reason.en) for each in read(flat_page(**changes))[1]]


def test_a_flat_page_becomes_a_procedure_with_every_fact_in_its_place() -> None:
    document, told = read(flat_page())
    assert told == ()
    (procedure,) = document["procedures"]
    assert procedure == {
        "code": "1.000001",
        "name": {"vi": "Cấp thẻ mẫu"},
        "decision": {"number": "12/QĐ-BXX"},
        "field": {"name": {"vi": "Thẻ mẫu"}},
        "level": "provincial",
        "other_levels": ["commune"],
        "kind": "delegated",
        "implementing": [{"name": {"vi": "Sở Mẫu"}}, {"name": {"vi": "Phòng Văn hóa, xã hội"}}],
        "receiving": [{"name": {"vi": "Số 1 đường Mẫu"}}],
        "subjects": ["vietnamese_citizen", "agency", "cooperative"],
        "channels": [
            {
                "kind": "online",
                "limits": [
                    {
                        "time": "5 working days",
                        "fees": [{"amount": "0", "published": "Miễn phí"}],
                        "published": "5 Ngày làm việc",
                    }
                ],
            },
            {
                "kind": "in_person",
                "limits": [
                    {
                        "time": "5 working days",
                        "fees": [{"amount": "20000", "unit": {"vi": "thẻ"}, "published": "20,000 VNĐ(/thẻ)"}],
                        "published": "5 Ngày làm việc\nTại quầy",
                    }
                ],
            },
        ],
        "papers": [
            {
                "name": {"vi": "Tờ khai (mẫu TK01)"},
                "originals": 1,
                "copies": 0,
                "files": [{"name": "TK01.docx"}],
                "form": "TK01",
            },
            {"name": {"vi": "Ảnh thẻ"}, "originals": 0, "copies": 2},
        ],
        "forms": [{"code": "TK01", "name": {"vi": "Tờ khai (mẫu TK01);"}, "files": [{"name": "TK01.docx"}]}],
        "steps": [
            {"id": "step-1", "what": {"vi": "Nộp hồ sơ"}},
            {"id": "step-2", "what": {"vi": "Nhận kết quả"}, "after": ["step-1"]},
        ],
        "notes": [{"vi": "Trước hết: chuẩn bị."}],
        "results": [{"name": {"vi": "Thẻ mẫu"}, "code": "KQ.G01.000001"}],
        "conditions": [{"text": {"vi": "Từ đủ 14 tuổi."}}],
        "legal_bases": ["1/2020/QH14", "2/2021/TT-BCA"],
    }
    assert document["bases"] == {
        "1/2020/QH14": {"instrument": "Luật 1/2020/QH14", "firmness": "secondary", "note": {"vi": "Luật Thẻ mẫu"}},
        "2/2021/TT-BCA": {
            "instrument": "Thông tư 2/2021/TT-BCA", "firmness": "secondary", "note": {"vi": "Thông tư hướng dẫn"},
        },
    }  # fmt: skip


def test_a_page_with_tables_and_a_row_of_a_sheet_say_the_same() -> None:
    nested = {
        "thu_tuc_id": "1.000002",
        "source_file": "x.doc",
        "metadata": {"mã_thủ_tục": "1.000002", "tên_thủ_tục": "Cấp thẻ", "lĩnh_vực": "Thẻ", "cấp_thực_hiện": "Cấp Bộ"},
        "content": {
            "đối_tượng_thực_hiện": "Người nước ngoài",
            "cách_thức_thực_hiện": "",
            "cơ_quan_có_thẩm_quyền": "Cục A, Cục B",
            "cơ_quan_được_ủy_quyền": "Phòng C",
            "cơ_quan_phối_hợp": "Phòng D",
            "thủ_tục_liên_quan": "1.000009, 1.000010",
            "kết_quả_thực_hiện": "Thẻ",
            "yêu_cầu_điều_kiện_thực_hiện": "Không",
        },
        "tables": {
            "hinh_thuc_nop": [
                {"hinh_thuc": "Trực tiếp", "thoi_han_giai_quyet": "05 Ngày", "phi_le_phi": "Phí : 0 Đồng", "mo_ta": ""},
                {"hinh_thuc": "Bồ câu", "thoi_han_giai_quyet": "05 Ngày"},
            ],
            "thanh_phan_ho_so": [
                {"ten_giay_to": "Đơn", "so_luong": "Mau01.docx", "ghi_chu": "Bản chính: 1\nBản sao: 2"},
                {"ten_giay_to": "Sổ", "ghi_chu": "01 bản chính"},
                {"ten_giay_to": "Thẻ"},
            ],
            "can_cu_phap_ly": [
                {"so_ky_hieu": "Thông tư số 6/2024/TT-BXX", "ngay_ban_hanh": "14-10-2024", "trich_yeu": "Về thẻ"},
                {"so_ky_hieu": "7/2024/NQ-HĐND", "ngay_ban_hanh": "2024-01-02"},
                {"so_ky_hieu": "8/2024/QH15", "trich_yeu": "Nghị quyết về thẻ", "ngay_ban_hanh": "31-02-2024"},
                {"so_ky_hieu": "không rõ", "ngay_ban_hanh": "mới"},
                {"so_ky_hieu": "9/2024/XY", "ngay_ban_hanh": "mới"},
            ],
        },
    }
    document, told = read(nested)
    (procedure,) = document["procedures"]
    assert procedure["authority"] == {"name": {"vi": "Cục A"}}
    assert procedure["other_authorities"] == [{"name": {"vi": "Cục B"}}]
    assert (procedure["authorised"][0]["name"]["vi"], procedure["coordinating"][0]["name"]["vi"]) == (
        "Phòng C",
        "Phòng D",
    )
    assert procedure["related"] == ["1.000009", "1.000010"]
    assert [(each["originals"], each["copies"], each.get("files")) for each in procedure["papers"]] == [
        (1, 2, [{"name": "Mau01.docx"}]),
        (1, 0, None),
        (0, 0, None),
    ]
    assert document["bases"]["6/2024/TT-BXX"]["issued_on"] == "2024-10-14"
    assert document["bases"]["7/2024/NQ-HDND"] == {
        "instrument": "Nghị quyết 7/2024/NQ-HĐND", "firmness": "secondary", "issued_on": "2024-01-02",
    }  # fmt: skip
    assert document["bases"]["8/2024/QH15"]["instrument"] == "Nghị quyết 8/2024/QH15"
    assert document["bases"]["9/2024/XY"]["instrument"] == "9/2024/XY"
    assert "conditions" not in procedure
    assert [(each.place, each.code) for each in told] == [
        ("cach_thuc_thuc_hien[1].hinh_thuc", "1.000002"),
        ("thanh_phan_ho_so[2]", "1.000002"),
        ("can_cu_phap_ly[2]", "1.000002"),
        ("can_cu_phap_ly[3]", "1.000002"),
        ("can_cu_phap_ly[4]", "1.000002"),
    ]
    row = {
        "STT": 1,
        "Mã số TTHC": "Mã 1.000003",
        "Tên TTHC": "Cấp thẻ",
        "Lĩnh vực": "Thẻ",
        "Cấp thực hiện": "Cấp xã",
        "Đối tượng": "Cá nhân",
        "Cách thức thực hiện": "Trực tiếp, trực tuyến toàn trình",
        "Thời hạn giải quyết": "03 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "Phí, lệ phí": "15.000 đồng",
        "Số bộ hồ sơ": "02",
        "Thành phần hồ sơ": "- Tờ khai | CT01.docx | Bản chính: 1\nẢnh: 02 bản chính",
        "Căn cứ pháp lý": "Nghị định 1/2024/NĐ-CP\nKhông có thông tin",
        "Kết quả": "Thẻ",
        "Ghi chú riêng": "x",
    }
    document, told = read(row)
    (procedure,) = document["procedures"]
    assert [each["kind"] for each in procedure["channels"]] == ["in_person", "online_full"]
    (limit,) = procedure["channels"][0]["limits"]
    assert limit["starts"] == {"event": "full_dossier", "words": {"vi": "kể từ ngày nhận đủ hồ sơ"}}
    assert limit["fees"] == [{"amount": "15000", "published": "15.000 đồng"}]
    assert (procedure["sets"], procedure["code"]) == (2, "1.000003")
    assert [(each["originals"], each.get("files")) for each in procedure["papers"]] == [
        (1, [{"name": "CT01.docx"}]),
        (2, None),
    ]
    assert [(each.place, each.text) for each in told] == [("Ghi chú riêng", "x")]


@pytest.mark.parametrize(
    ("time", "limit"),
    [
        ("Không có thông tin", {}),
        ("Không quy định", {"without_time": "not_prescribed"}),
        ("Không", {"without_time": "not_prescribed"}),
        ("Chậm nhất là ngay trước khi tàu rời cảng", {"without_time": "by_event"}),
        ("24 Giờ", {"time": "24 hours"}),
        ("0.5 Giờ", {"time": "0.5 hours"}),
    ],
)
def test_the_column_of_the_time(time: str, limit: dict[str, str]) -> None:
    ways = f"{WAYS}Trực tiếp{time}Miễn phí"
    (found,) = one(cach_thuc_thuc_hien=ways)["channels"][0]["limits"]
    assert {key: found[key] for key in found if key not in ("fees", "published")} == limit


@pytest.mark.parametrize(
    ("ways", "place", "reason"),
    [
        ("Trực tiếp1Miễn phí", "cach_thuc_thuc_hien[0].thoi_han_giai_quyet", "the time has no unit"),
        ("Trực tiếp1100,000 VNĐ", "cach_thuc_thuc_hien[0].thoi_han_giai_quyet", "the time lost its unit and runs into the fee"),
        ("Trực tiếp0 GiờMiễn phí", "cach_thuc_thuc_hien[0].thoi_han_giai_quyet", "one time limit"),
        ("Trực tiếpKhông phải trả kết quảMiễn phí", "cach_thuc_thuc_hien[0].thoi_han_giai_quyet", "no time limit was found"),
        ("Trực tiếp5 NgàyMiễn phí(Thông tư 1/2020/TT-BTC)", "cach_thuc_thuc_hien[0].phi_le_phi", "amounts that contradict each other"),
        ("Trực tiếp5 NgàyMiễn phíKhông quá 10 ngày.", "cach_thuc_thuc_hien[0].mo_ta", "the description says another time"),
        ("Trực tiếp5 NgàyMiễn phí05 ngày đối với cấp lại", "cach_thuc_thuc_hien[0].mo_ta", "a time limit for one case only"),
        ("Trực tiếp5 NgàyMiễn phí10 ngày cho sở; 20 ngày cho bộ", "cach_thuc_thuc_hien[0].mo_ta", "several time limits in one text"),
        ("Trực tiếp5 NgàyMiễn phíTrực tiếp6 NgàyMiễn phí", "cach_thuc_thuc_hien", "a channel has several rows and nothing says which holds when"),
    ],
)  # fmt: skip
def test_what_is_not_certain_about_a_way_is_told(ways: str, place: str, reason: str) -> None:
    assert reasons(cach_thuc_thuc_hien=WAYS + ways) == [(place, reason)]


def test_a_description_gives_the_start_and_the_time_that_the_column_lacks() -> None:
    ways = "Trực tiếp5 Ngày làm việcMiễn phí05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"
    (limit,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"][0]["limits"]
    assert (limit["time"], limit["starts"]["event"]) == ("5 working days", "full_dossier")
    ways = "Trực tiếpKhông có thông tinMiễn phí05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"
    (limit,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"][0]["limits"]
    assert limit["time"] == "5 working days"
    assert limit["published"].startswith("05 ngày")


def test_limits_and_fees_that_the_words_tell_apart_become_cases() -> None:
    ways = "Trực tiếpKhông có thông tinMiễn phí28 ngày làm việc (đối với cấp mới), 02 ngày làm việc (đối với cấp lại)"
    procedure = one(cach_thuc_thuc_hien=WAYS + ways)
    assert [(each["time"], each["case"]) for each in procedure["channels"][0]["limits"]] == [
        ("28 working days", "limit-1"),
        ("2 working days", "limit-2"),
    ]
    assert [each["name"]["vi"] for each in procedure["cases"]] == ["đối với cấp mới", "đối với cấp lại"]
    ways = "Trực tiếp5 Ngày50,000 VNĐ(Cấp mới: 50.000 đồng; cấp lại: 20.000 đồng)Trực tuyến5 Ngày800,000 VNĐ(mức phí 400.000 đồng từ ngày 01/7/2025 đến hết ngày 31/12/2026)"
    procedure = one(cach_thuc_thuc_hien=WAYS + ways)
    first, second = (each["limits"][0]["fees"] for each in procedure["channels"])
    assert [(each["amount"], each["case"]) for each in first] == [("50000", "fee-1"), ("20000", "fee-2")]
    assert [(each["amount"], each.get("in_force_to")) for each in second] == [
        ("800000", None),
        ("400000", "2026-12-31"),
    ]
    ways = "Trực tiếp5 NgàyMiễn phíĐối với cấp mớiTrực tiếp3 NgàyMiễn phíĐối với cấp lạiTrực tiếp3 NgàyMiễn phíĐối với cấp lại"
    (channel,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"]
    assert [(each["time"], each["case"]) for each in channel["limits"]] == [
        ("5 days", "limit-1"),
        ("3 days", "limit-2"),
    ]
    ways = "Trực tiếp5 Ngày10,000 VNĐ(đối với cá nhân)Trực tiếp5 Ngày30,000 VNĐ(đối với tổ chức)"
    (channel,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"]
    assert [each["case"] for each in channel["limits"]] == ["limit-1", "limit-2"]
    assert [each["fees"][0]["note"]["vi"] for each in channel["limits"]] == ["đối với cá nhân", "đối với tổ chức"]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Trực tiếp", ["in_person"]),
        ("Một phần", ["online_partial"]),
        ("Nộp trực tiếp hoặc qua dịch vụ bưu chính công ích", ["post", "in_person"]),
        ("Tại quầy: trực tiếp", ["in_person"]),
        ("Trực tiếp | 5 ngày | 20.000 đồng | Tại quầy\nTrực tuyến | 3 ngày", ["in_person", "online"]),
    ],
)
def test_ways_in_a_cell_of_a_sheet(words: str, kinds: list[str]) -> None:
    assert sorted(each["kind"] for each in one(cach_thuc_thuc_hien=words)["channels"]) == sorted(kinds)


def test_a_page_without_what_every_procedure_has_is_left_out_and_told() -> None:
    raw = flat_page(linh_vuc="", cach_thuc_thuc_hien="Bằng bồ câu", ma_thu_tuc="không", cap_thuc_hien="Cấp mây")
    document, told = read(raw)
    assert document["procedures"] == []
    missing = [each.place for each in told if each.reason.en.endswith("not taken in")]
    assert missing == ["ma_thu_tuc", "linh_vuc", "cap_thuc_hien", "cach_thuc_thuc_hien"]
    document, told = read(flat_page(), flat_page())
    assert (len(document["procedures"]), told[0].page, told[0].place) == (1, 1, "ma_thu_tuc")
    document, told = read({"Mã thủ tục": 5, "Cách thức thực hiện": None})
    assert document["procedures"] == []


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({"loai_thu_tuc": "Loại lạ"}, "loai_thu_tuc", "no kind of procedure that is known"),
        ({"cap_thuc_hien": "Cấp xã, Cấp mây"}, "cap_thuc_hien", "no level that is known"),
        ({"doi_tuong_thuc_hien": "Cá nhân, Người sao Hỏa"}, "doi_tuong_thuc_hien", "not all applicants are known"),
        ({"so_quyet_dinh": "Quyết định"}, "so_quyet_dinh", "no number of a decision"),
        ({"dia_chi_tiep_nhan": "Bước 1: nộp"}, "dia_chi_tiep_nhan", "this is no address"),
        ({"thu_tuc_lien_quan": "Cấp thẻ khác"}, "thu_tuc_lien_quan", "no procedure code"),
        ({"ket_qua_xu_ly": ""}, "ket_qua_xu_ly", "no result"),
        ({"thanh_phan_ho_so": ""}, "thanh_phan_ho_so", "no papers"),
        ({"so_bo_ho_so": "vài"}, "so_bo_ho_so", "the number of sets cannot be read"),
        ({"can_cu_phap_ly": BASES + "Quy định về thẻ"}, "can_cu_phap_ly[0]", "no number of a document"),
        ({"can_cu_phap_ly": BASES + "Luật ThẻLuật Ảnh"}, "can_cu_phap_ly[0]", "no number of a document"),
        ({"thanh_phan_ho_so": PAPERS + "Đơn1 bản chínhGiấy tờ mang theo"}, "thanh_phan_ho_so[1]", "no number of originals and copies"),
        ({"thanh_phan_ho_so": PAPERS + "Ảnh thẻ121 bản chính"}, "thanh_phan_ho_so[0]", "digits of the name run into those of the number"),
        ({"thanh_phan_ho_so": PAPERS + "đơn.docx1 bản chính"}, "thanh_phan_ho_so[0]", "the name of a file runs into that of the paper"),
        ({"thanh_phan_ho_so": PAPERS + "Mẫu TK01 và mẫu TK021 bản chính"}, "thanh_phan_ho_so[0]", "the name speaks of several forms"),
        ({"thanh_phan_ho_so": PAPERS + "Mẫu số 110 bản chính"}, "thanh_phan_ho_so[0]", "digits of the name run into those of the number"),
        ({"thanh_phan_ho_so": PAPERS + "Giấy ủy quyền và hộ chiếu hoặc thẻ1 bản chính"}, "thanh_phan_ho_so[0]", "papers that replace each other stand in the name"),
        ({"thanh_phan_ho_so": PAPERS + "Số lượng hồ sơ: 01 bộ1 bản chínhĐơn1 bản chính", "so_bo_ho_so": "2"}, "so_bo_ho_so", "several numbers of sets"),
        ({"ten_thu_tuc": "Cấp\u200b thẻ"}, "*", "control or invisible characters were left out, or letters that look alike put right"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_told_place_by_place(changes: dict[str, str], place: str, reason: str) -> None:
    assert (place, reason) in reasons(**changes)


def test_papers_have_numbers_sections_files_and_alternatives() -> None:
    words = (
        "Trường hợp cấp lại:Tên giấy tờMẫu đơn, tờ khaiSố lượng"
        "Đơn nộp 01 bản chính kèm ảnhMauDon.docMauAnh (1).pdf2 bản chính,1 bản sao"
        "Một trong các giấy tờ sau: Hộ chiếu; Thẻ căn cước; Giấy phép lái xe1 bản chính"
        "* Hồ sơ gồm:Tên giấy tờMẫu đơn, tờ khaiSố lượngGiấy ngày 01/01/20261 bản chính"
        "Sổ (TK99)0 bản chính,99 bản saoTờ mẫu TK991 bản chínhSố lượng hồ sơ: 03 (ba) bộ.1 bản chínhSố lượng hồ sơ: 03 bộ"
    )
    procedure = one(thanh_phan_ho_so=words)
    papers = procedure["papers"]
    assert procedure["sets"] == 3
    assert procedure["cases"] == [{"id": "papers-1", "name": {"vi": "Trường hợp cấp lại"}, "dimension": "papers"}]
    assert [each["name"]["vi"] for each in papers] == [
        "Đơn nộp 01 bản chính kèm ảnh", "Hộ chiếu", "Giấy ngày 01/01/2026", "Sổ (TK99)", "Tờ mẫu TK99",
    ]  # fmt: skip
    assert [(each["originals"], each["copies"]) for each in papers] == [(2, 1), (1, 0), (1, 0), (0, 99), (1, 0)]
    assert papers[0]["files"] == [{"name": "MauDon.doc"}, {"name": "MauAnh (1).pdf"}]
    assert [each["name"]["vi"] for each in papers[1]["alternatives"]] == ["Thẻ căn cước", "Giấy phép lái xe"]
    assert papers[1]["cases"] == ["papers-1"]
    assert papers[2]["note"] == {"vi": "* Hồ sơ gồm:"}
    assert procedure["forms"] == [{"code": "TK99", "name": {"vi": "Sổ (TK99)"}}]


@pytest.mark.parametrize(
    ("cell", "name", "originals"),
    [
        ("Đơn theo Mẫu số 181 bản chính", "Đơn theo Mẫu số 18", 1),
        ("Giấy ngày 24/7/20231 bản chính", "Giấy ngày 24/7/2023", 1),
        ("Đơn mẫu BM.20.021 bản chính", "Đơn mẫu BM.20.02", 1),
        ("Biên bản 2 bản chính", "Biên bản", 2),
        ("Sổ theo Phụ lục 102 bản chính,1 bản sao", "Sổ theo Phụ lục 10", 2),
        ("Quyết định KQ0061781 bản chính", "Quyết định KQ006178", 1),
    ],
)
def test_the_number_of_originals_is_told_from_the_digits_of_the_name(cell: str, name: str, originals: int) -> None:
    document, told = read(flat_page(thanh_phan_ho_so=PAPERS + cell))
    (paper,) = document["procedures"][0]["papers"]
    assert (paper["name"]["vi"], paper["originals"], told) == (name, originals, ())


def test_forms_are_codes_as_offices_write_them() -> None:
    codes = ["Mẫu số 02/LPTB", "Mẫu số 05.QLT", "Mẫu số 02a.ĐKT", "Mẫu 9B", "Mẫu số 01-1/TNDN", "BM.NCC.20.01", "BK01-ĐK-TCT",
             "TP-CC-01", "HQ/2021/NK", "CT01"]  # fmt: skip
    for code in codes:
        words = code if code.startswith("Mẫu") else f"mẫu {code}"
        (paper,) = one(thanh_phan_ho_so=f"{PAPERS}Đơn ({words}) kèm ảnh1 bản chính")["papers"]
        assert paper["form"] == code


def test_forms_that_replace_each_other_stand_with_their_papers() -> None:
    either = "Đơn theo Mẫu số 01 (đối với tổ chức) hoặc Mẫu số 04 (đối với cá nhân)1 bản chính"
    procedure = one(thanh_phan_ho_so=PAPERS + either)
    (paper,) = procedure["papers"]
    assert (paper["form"], [each["form"] for each in paper["alternatives"]]) == ("Mẫu số 01", ["Mẫu số 04"])
    assert [each["code"] for each in procedure["forms"]] == ["Mẫu số 01", "Mẫu số 04"]
    papers = "Tờ khai (mẫu CT01) hoặc Tờ khai (mẫu CT02) hoặc Hộ chiếu1 bản chính"
    (paper,) = one(thanh_phan_ho_so=PAPERS + papers)["papers"]
    assert (paper["form"], [each.get("form") for each in paper["alternatives"]]) == ("CT01", ["CT02", None])
    told = reasons(thanh_phan_ho_so=PAPERS + "Tờ khai (mẫu CT01) kèm danh sách (mẫu CT02)1 bản chính")
    assert told == [("thanh_phan_ho_so[0]", "the name speaks of several forms")]


def test_remarks_and_headings_among_the_papers_are_notes() -> None:
    words = "Đơn1 bản chính* Lưu ý: mang thẻ1 bản chínhHồ sơ gồm:0 bản chínhGhi chú: nộp sớm"
    procedure = one(thanh_phan_ho_so=PAPERS + words, trinh_tu_thuc_hien="")
    assert [each["name"]["vi"] for each in procedure["papers"]] == ["Đơn"]
    assert [each["vi"] for each in procedure["notes"]] == ["* Lưu ý: mang thẻ", "Hồ sơ gồm:", "Ghi chú: nộp sớm"]


def test_a_section_that_is_cut_wrongly_is_cut_anew_from_the_whole_page() -> None:
    raw = flat_page()
    whole = (
        f"x Thành phần hồ sơ{raw['thanh_phan_ho_so']}Căn cứ pháp lý{raw['can_cu_phap_ly']}"
        f"Kết quả xử lý{raw['ket_qua_xu_ly']}"
    )
    broken = flat_page(thanh_phan_ho_so="); nộp cho cơ quan", ket_qua_xu_ly="", raw_text=whole)
    assert read(broken)[0] == read(raw)[0]
    again = read(flat_page(raw_text="gì đó"))[0]
    assert again == read(raw)[0]
    for part in ("x" + raw["thanh_phan_ho_so"], "Thành phần hồ sơ" + raw["thanh_phan_ho_so"], "Kết quả xử lý"):
        document, _ = read(flat_page(thanh_phan_ho_so="", ket_qua_xu_ly="", raw_text=part))
        assert len(document["procedures"][0]["papers"]) == (2 if part.startswith("Thành phần") else 0)


def test_the_number_of_a_decision_stays_as_it_is_published() -> None:
    numbers = {"Quyết định số 6376/QĐ-BQP": "6376/QĐ-BQP", "QĐ/0001-BCA": "QĐ/0001-BCA", "số 1681": "1681", "": None}
    for words, number in numbers.items():
        assert one(so_quyet_dinh=words).get("decision", {}).get("number") == number


def test_steps_follow_each_other_where_their_numbers_do() -> None:
    steps = one(trinh_tu_thuc_hien="Bước 1: A. Bước 2: B. Bước 1: C. Bước 2:")["steps"]
    assert [(each["what"]["vi"], each.get("after")) for each in steps] == [
        ("A.", None),
        ("B.", ["step-1"]),
        ("C.", None),
    ]
    assert one(trinh_tu_thuc_hien="Nộp hồ sơ.")["steps"] == [{"id": "step-1", "what": {"vi": "Nộp hồ sơ."}}]
    assert "steps" not in one(trinh_tu_thuc_hien="")


def test_numbers_of_documents_are_found_in_run_together_names() -> None:
    words = (
        BASES + "Luật mẫu năm 201213/2012/QH13QUY ĐỊNH MỨC THU25/2021/TT-BTCThông tư 25/2021/TT-BTC sửa đổi"
        "1/2025/NĐ-CP-1/2025/NĐ-CPKhác 2/2025/NĐ-CP sửa"
    )
    rows = flat.base_rows(words)
    assert rows is not None
    assert [each["so_ky_hieu"] for each in rows] == [
        "13/2012/QH13",
        "25/2021/TT-BTC",
        "1/2025/NĐ-CP",
        "1/2025/NĐ-CP",
        "",
    ]
    assert flat.base_rows("gì đó") is None


def test_no_number_of_a_document_is_made_of_the_digits_of_another() -> None:
    words = (
        BASES + "Luật Nhà ở số 27/2023/QH1527/2023/QH15Nghị quyết số 66.7/2025/NQ-CP về thẻ66.7/2025/NQ-CP"
        "Luật MẫuLuật số 32/2024/QH1561/2025/TT-NHNNsố 61/2025/TT-NHNNquy định khác1/2026/TT-BCA"
        "sửa Luật số 15/2003/QH1139/2013/QH13Luật ngày 29/6/202443/2024/QH15Nghị quyết mẫu190/2025/NQ-QH15"
        "Thông tưThông tư số 2/2026/TT-BCA"
    )
    names = one(can_cu_phap_ly=words)["legal_bases"]
    assert names == [
        "27/2023/QH15", "66.7/2025/NQ-CP", "32/2024/QH15", "61/2025/TT-NHNN", "1/2026/TT-BCA", "39/2013/QH13", "43/2024/QH15",
        "190/2025/NQ-QH15", "2/2026/TT-BCA",
    ]  # fmt: skip
    rows = flat.base_rows(words)
    assert rows is not None
    assert rows[2]["trich_yeu"] == "Luật Mẫu"
    assert rows[-1]["trich_yeu"] == "Thông tư"


def test_a_law_that_is_named_without_a_number_is_a_basis_by_its_name() -> None:
    document, told = read(flat_page(can_cu_phap_ly=BASES + "BỘ LUẬT HÀNG HẢI VIỆT NAM"))
    assert told == ()
    assert document["bases"] == {
        "bo-luat-hang-hai-viet-nam": {"instrument": "BỘ LUẬT HÀNG HẢI VIỆT NAM", "firmness": "secondary"}
    }
    rows = [{"so_ky_hieu": "54", "trich_yeu": "Luật Mẫu 2014", "ngay_ban_hanh": "23-06-2014"}]
    document, told = read({**flat_page(), "can_cu_phap_ly": rows})
    assert document["bases"]["luat-mau-2014"] == {
        "instrument": "Luật Mẫu 2014, số 54", "firmness": "secondary", "issued_on": "2014-06-23",
    }  # fmt: skip


def test_numbers_that_touch_each_other_are_told_apart() -> None:
    words = BASES + "Quyết định 92/2000/QĐ-NHNN792/2000/QĐ-NHNN7Luật số 143/2025/QH15 ngày 11/12/2025;143/2025/QH15 Thông tư số 55/2026/TT-BTC ngày 15/5/2026.55/2026/TT-BTC"  # fmt: skip
    assert one(can_cu_phap_ly=words)["legal_bases"] == ["92/2000/QD-NHNN7", "143/2025/QH15", "55/2026/TT-BTC"]
    one_more = BASES + "Luật biển.65/2025/NĐ-CP44/2026/NĐ-CP44/2026/NĐ-CP"
    assert one(can_cu_phap_ly=one_more)["legal_bases"] == ["65/2025/ND-CP", "44/2026/ND-CP"]
    again = BASES + "Luật Mẫu1/2020/QH14 sửa đổi bởi Luật số 1/2020/QH14 và luật khác"
    assert reasons(can_cu_phap_ly=again) == [("can_cu_phap_ly[1]", "several documents may be run together")]


def test_a_time_that_a_description_names_without_a_number_is_said_or_told() -> None:
    ways = "Trực tiếpKhông có thông tinMiễn phí"
    (limit,) = one(cach_thuc_thuc_hien=f"{WAYS}{ways}Thời hạn: chưa quy định cụ thể")["channels"][0]["limits"]
    assert limit["without_time"] == "not_prescribed"
    until = f"{WAYS}{ways}Kể từ ngày nhận hồ sơ đến ngày hết hạn ghi trên giấy phép"
    (limit,) = one(cach_thuc_thuc_hien=until)["channels"][0]["limits"]
    assert limit["without_time"] == "by_event"
    told = reasons(cach_thuc_thuc_hien=f"{WAYS}{ways}Thời hạn giải quyết theo thỏa thuận")
    assert told == [("cach_thuc_thuc_hien[0].mo_ta", "no time limit was found")]
    assert reasons(cach_thuc_thuc_hien=f"{WAYS}{ways}Thời gian tiếp nhận: giờ hành chính") == []


def test_the_time_of_the_column_holds_for_what_the_description_does_not_name() -> None:
    ways = "Trực tiếp12 NgàyMiễn phí12 ngày không kể thời gian bổ sung; 15 ngày đối với trường hợp trên 03 loại"
    document, told = read(flat_page(cach_thuc_thuc_hien=WAYS + ways))
    (channel,) = document["procedures"][0]["channels"]
    assert ([(each["time"], each.get("case")) for each in channel["limits"]], told) == (
        [("12 days", None), ("15 days", "limit-1")], (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "reason"),
    [("Tối đa 07 ngày làm việc/tờ cần giám định", "another period (an age, a validity, one that recurs)"),
     ("Trường hợp phức tạp có thể kéo dài nhưng không quá 02 ngày làm việc", "a time that is added or taken off"),
     ("Không quy định thời gian giải quyết", "no time limit is prescribed")],
)  # fmt: skip
def test_a_time_beside_that_of_the_column_is_never_passed_over(words: str, reason: str) -> None:
    assert reasons(cach_thuc_thuc_hien=f"{WAYS}Trực tiếp5 NgàyMiễn phí{words}") == [
        ("cach_thuc_thuc_hien[0].mo_ta", reason)
    ]


def test_parts_of_a_time_are_no_cases_of_it() -> None:
    ways = "Trực tiếp17 NgàyMiễn phíĐối với trường hợp (1): 12 ngày. Đối với trường hợp (2): 05 ngày."
    assert reasons(cach_thuc_thuc_hien=WAYS + ways) == [
        ("cach_thuc_thuc_hien[0].mo_ta", "several time limits in one text")
    ]


def test_headings_within_the_table_are_notes_whatever_their_numbers() -> None:
    procedure = one(
        thanh_phan_ho_so=PAPERS + "1. Đối với lần đầu thì hồ sơ bao gồm:1 bản chính,1 bản saoĐơn1 bản chính"
    )
    assert [each["name"]["vi"] for each in procedure["papers"]] == ["Đơn"]
    assert procedure["notes"][-1]["vi"].startswith("1. Đối với lần đầu")
    procedure = one(thanh_phan_ho_so=PAPERS + "2. Đối với cấp lại:1 bản chính,0 bản saoĐơn1 bản chính")
    assert [each["name"]["vi"] for each in procedure["papers"]] == ["Đơn"]


def test_a_code_of_a_result_that_is_said_to_be_unknown_is_none() -> None:
    document, told = read(flat_page(ket_qua_xu_ly="Thẻ mẫuMã: Chưa xác định"))
    assert (document["procedures"][0]["results"], told) == ([{"name": {"vi": "Thẻ mẫu"}}], ())


def test_a_comma_within_the_name_of_a_body_is_no_end_of_it() -> None:
    words = (
        "Cục Đê điều và Phòng, Chống thiên tai, Cục Chất lượng, Chế biến, Phòng Pháp chế; Sở Mẫu\n- Ủy ban nhân dân xã"
    )
    names = [each["name"]["vi"] for each in one(co_quan_thuc_hien=words)["implementing"]]
    assert names == [
        "Cục Đê điều và Phòng, Chống thiên tai", "Cục Chất lượng, Chế biến", "Phòng Pháp chế", "Sở Mẫu",
        "Ủy ban nhân dân xã",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ways", "limits"),
    [
        ("Trực tiếp16 NgàyMiễn phí16 ngày đối với cấp I và 12 ngày đối với cấp khác", [("16 days", "limit-1"), ("12 days", "limit-2")]),
        ("Trực tiếp7 NgàyMiễn phí07 ngày (Sở Mẫu: 03 ngày; xã: 04 ngày)", [("7 days", None)]),
        ("Trực tiếp17 NgàyMiễn phíXã: không quá 05 ngày. Tỉnh: không quá 12 ngày.", [("17 days", None)]),
        ("Trực tiếp5 NgàyMiễn phíĐối với cấp mới: 05 ngày kể từ ngày nhận đủ hồ sơTrực tiếp3 NgàyMiễn phíĐối với cấp lại", [("5 days", "limit-1"), ("3 days", "limit-2")]),
    ],
)  # fmt: skip
def test_a_description_that_explains_the_time_of_its_row_is_understood(ways: str, limits: list[Any]) -> None:
    document, told = read(flat_page(cach_thuc_thuc_hien=WAYS + ways))
    found = document["procedures"][0]["channels"][0]["limits"]
    assert ([(each["time"], each.get("case")) for each in found], told) == (limits, ())
    assert all(each["starts"]["event"] == "full_dossier" for each in found if "nhận đủ" in each["published"])
    assert flat.paper_rows("gì đó") is None
    assert flat.way_rows("gì đó") is None
    assert flat.result_rows("Thẻ") == [{"ten": "Thẻ", "ma": ""}]
    rows = flat.way_rows("Trực tiếp5 NgàyMiễn phí(a (b) cTrực tiếp")
    assert rows is not None
    assert rows[0]["phi_le_phi"] == "Miễn phí(a (b)"
    rows = flat.way_rows("Trực tiếp5 NgàyMiễn phí(a")
    assert rows is not None
    assert rows[0]["phi_le_phi"] == "Miễn phí(a"


def test_every_column_has_its_key() -> None:
    assert {key_of(heading): heading for heading in COLUMNS.values()} == COLUMNS


def test_odd_shapes_of_members_are_read_or_told() -> None:
    raw = flat_page()
    raw["can_cu_phap_ly"] = ["3/2020/NĐ-CP"]
    raw["ket_qua_xu_ly"] = [{"tên kết quả": "Thẻ", "mã": "KQ.G01.000001"}, {"ma": "KQ.G01.000002"}, {"x": "y"}]
    raw["ten_thu_tuc"] = {"vi": "Thẻ"}
    raw["mo_ta"] = "Mô tả"
    raw["la"] = ["x", ""]
    raw["loai_thu_tuc"] = "TTHC không được luật giao cho địa phương quy định"
    document, told = read(raw)
    (procedure,) = document["procedures"]
    assert procedure["name"] == {"vi": "vi: Thẻ"}
    assert [each["code"] for each in procedure["results"]] == ["KQ.G01.000001", "KQ.G01.000002"]
    assert procedure["notes"][-1] == {"vi": "Mô tả"}
    assert procedure["kind"] == "not_delegated"
    assert [each.place for each in told] == ["la", "can_cu_phap_ly[0]"]
    assert one(loai_thu_tuc="Loại khác")["kind"] == "other"
    assert "kind" not in one(loai_thu_tuc="")


@pytest.mark.parametrize("raw", [None, 5, "x", b"x", ["x"], [5], [None]])
def test_what_are_no_pages_is_refused(raw: Any) -> None:
    with pytest.raises(InvalidValueError):
        catalogue.read_portal(raw)


def test_pages_that_cannot_be_read_are_refused() -> None:
    def broken() -> Any:
        yield flat_page()
        raise RuntimeError

    with pytest.raises(InvalidValueError):
        catalogue.read_portal(broken())

    def ours() -> Any:
        yield flat_page()
        raise InvalidValueError.of("x", 1, vi="x", en="x")

    with pytest.raises(InvalidValueError, match="x"):
        catalogue.read_portal(ours())
    with pytest.raises(InvalidValueError, match="at most"):
        catalogue.read_portal({} for _ in range(100_001))
    with pytest.raises(InvalidDocumentError):
        catalogue.read_portal([{"a": {1, 2}}])
    assert catalogue.read_portal(flat_page())[0]["procedures"][0]["code"] == "1.000001"
    assert catalogue.read_portal([])[0]["procedures"] == []
    long = catalogue.read_portal([{"la": "x" * 5000}])[1][0]
    assert (len(long.text), long.text[-1]) == (2000, "…")


PIECES = st.sampled_from(
    [WAYS, PAPERS, BASES, "Trực tiếp", "5 Ngày", "Miễn phí", "20.000 đồng", "(", ")", "1 bản chính", ",2 bản sao", "x.docx",
     "1/2020/QH14", "Mã: KQ.G01.000001", "Bước 1", "\n", " ", "|", ";", "Một trong các giấy tờ:", "Đơn", "\u200b", "Cấp xã",
     "Công dân", "12", "Không", "İ", "Trường hợp ", "hoặc"]
)  # fmt: skip
VALUES = (
    st.lists(PIECES, max_size=10).map("".join) | st.none() | st.integers() | st.lists(st.text(max_size=5), max_size=3)
)


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from([*COLUMNS, "raw_text", "x", "tables"]), VALUES | st.dictionaries(st.text(max_size=5), VALUES)
    )
)
def test_hostile_pages_give_a_document_that_loads_and_only_our_errors(raw: dict[str, Any]) -> None:
    page = {**flat_page(), **raw}
    try:
        document, _ = catalogue.read_portal([page])
    except OnestopError:
        return
    errors = [each for each in catalogue.check(document) if each.severity.value == "error"]
    assert [each for each in errors if document["procedures"]] == []


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "a.docx",
        "1 bản chính",
        "Trực tiếp5 Ngày",
        "hoặc ",
        "hoặc giấy ",
        "nộp giấy ",
        "bản sao hoặc ",
        ", giấy",
        "mẫu số 1 hoặc ",
        "; ",
        "1/2020/QH14",
        "Bước 1 ",
        "Không",
        "\n",
        " ",
        "\n- ",
    ],
)
def test_a_long_page_takes_no_longer_than_its_length(piece: str) -> None:
    words = "Một trong các giấy tờ sau:" + piece * (60_000 // len(piece)) + "x"
    raw = flat_page(
        thanh_phan_ho_so=PAPERS + words, cach_thuc_thuc_hien=WAYS + "Trực tiếp5 NgàyMiễn phí" + words,
        can_cu_phap_ly=BASES + words, trinh_tu_thuc_hien=words, ket_qua_xu_ly=words, co_quan_thuc_hien=words,
    )  # fmt: skip
    document, _ = catalogue.read_portal([raw])
    assert len(document["procedures"]) == 1


def shared() -> list[dict[str, Any]]:
    return [page for name in FILES for page in pages(name)]


@pytest.mark.parametrize("name", FILES)
def test_the_shared_pages_load_without_an_error(name: str) -> None:
    raw = pages(name)
    document, _ = catalogue.read_portal(raw)
    errors = {
        each.path.split("]")[0] for each in catalogue.check(document, most=None) if each.severity.value == "error"
    }
    assert len(document["procedures"]) >= 0.99 * len(raw)
    assert len(errors) <= 0.01 * len(raw)


def test_the_facts_of_random_shared_pages_are_in_their_places() -> None:
    """A second, coarser reader counts what a page has; what differs was looked at by eye and must be told."""
    sample = random.Random(60).sample(pages("national-2026-07"), 300)
    document, told = catalogue.read_portal(sample)
    procedures = {each["code"]: each for each in document["procedures"]}
    doubts = {each.code for each in told}
    wrong: list[str] = []
    for raw in sample:
        text = {key: unicodedata.normalize("NFC", str(value)) for key, value in raw.items()}
        procedure = procedures[raw["ma_thu_tuc"]]
        ways = text["cach_thuc_thuc_hien"]
        times = set(re.findall(r"(?:Trực tiếp|Trực tuyến|bưu chính)(\d+) (?:Ngày|Giờ|Tháng)", ways))
        read_times = {
            each["time"].split()[0] for channel in procedure["channels"] for each in channel["limits"] if "time" in each
        }
        files = len(re.findall(r"\.(?:docx?|pdf|xlsx?|rar)(?![a-z])", text["thanh_phan_ho_so"]))
        facts = [
            times <= read_times,
            len(text["cap_thuc_hien"].split(",")) == 1 + len(procedure.get("other_levels", ())),
            text["ket_qua_xu_ly"].count("Mã:") <= len(procedure.get("results", ())) or "Mã: 7" in text["ket_qua_xu_ly"],
            files == sum(len(each.get("files", ())) for each in procedure["papers"]) or raw["ma_thu_tuc"] in doubts,
            bool(text["co_quan_co_tham_quyen"]) == ("authority" in procedure),
        ]
        if not all(facts):
            wrong.append(raw["ma_thu_tuc"])
    assert len(wrong) <= 6, wrong


def test_a_text_that_is_too_long_for_a_reader_is_told() -> None:
    ways = f"Trực tiếp | {'x' * 1001} | {'y' * 4001}"
    assert reasons(cach_thuc_thuc_hien=ways) == [
        ("cach_thuc_thuc_hien[0].thoi_han_giai_quyet", "the text is too long"),
        ("cach_thuc_thuc_hien[0].phi_le_phi", "the text is too long"),
    ]


def test_the_same_result_and_property_twice_are_one_and_too_many_pieces_are_told() -> None:
    raw = flat_page(ket_qua_xu_ly="Thẻ\n")
    raw["ket_qua_xu_ly"] = [{"ten": "Thẻ"}, {"ten": "Thẻ"}]
    raw["Phí, lệ phí"] = [{"x": "y"}]
    raw["phi_le_phi"] = "x"
    raw["thanh_phan_ho_so"] = [{"ten": "Đơn", "so_luong": "Bản chính: 100"}]
    document, told = read(raw)
    assert document["procedures"][0]["results"] == [{"name": {"vi": "Thẻ"}}]
    assert [(each.place, each.reason.en) for each in told] == [("thanh_phan_ho_so[0]", "too many pieces")]
    ways = "Trực tiếpKhông có thông tinMiễn phí05 ngày làm việc; sở xem trong 5 ngày - 10 ngày"
    assert reasons(cach_thuc_thuc_hien=WAYS + ways)
    ways = "Trực tiếpKhông có thông tinMiễn phí05 ngày làm việc. Hồ sơ lưu 10 năm, đơn có từ 2 ngày trước"
    (limit,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"][0]["limits"]
    assert "time" not in limit


def test_a_catalogue_as_one_sheet_says_each_fact_in_the_words_of_the_portal() -> None:
    cat = catalogue.load(small(procedure(), whole()))
    headings, first, second = catalogue.published.to_rows(cat)
    row = dict(zip(headings, second, strict=True))
    assert dict(zip(headings, first, strict=True))["Cách thức thực hiện"].splitlines() == [
        "Trực tiếp | 05 ngày làm việc | 20.000 Đồng",
        "Trực tiếp | 02 ngày làm việc |  | Gấp",
    ]
    assert row["Cấp thực hiện"] == "Cấp xã, Cấp tỉnh, Cơ quan khác"
    assert row["Đối tượng thực hiện"] == "Công dân Việt Nam, Hợp tác xã"
    assert row["Kết quả xử lý"] == "Giấy phép Mã: KQ.G01.000001\nThẻ"
    assert row["Số bộ hồ sơ"] == "2"
    ways = row["Cách thức thực hiện"]
    assert "Dưới 100 m²: 20.000 Đồng/trang; Từ 100 m²: Theo bậc trong bảng mức thu; 0.5% giá trị" in ways
    assert "Không quy định | Theo HĐND; Miễn phí; Do Hội đồng nhân dân cấp tỉnh quy định; 10.5 USD" in ways
    document, _ = catalogue.published.read_sheets({"": [headings, first, second]})
    again = catalogue.load(document)
    assert [each.code for each in again.values()] == ["1.000001", "1.000002"]
    assert (again["1.000002"].sets, again["1.000002"].level) == (2, cat["1.000002"].level)
    assert again["1.000001"].papers[0].originals == 1


def whole() -> dict[str, Any]:
    found = published()
    found["other_levels"] = ["provincial", "other"]
    found["kind"] = "other"
    found["results"].append({"name": text("Thẻ")})
    first, second = found["channels"][0]["limits"]
    first["fees"][0]["unit"] = text("trang")
    first["fees"][2]["currency"] = "VND"
    first["fees"][2]["share"].pop("least")
    second["fees"] += [{"amount": "0"}, {"set_by": "province"}, {"amount": "10.5", "currency": "USD"}]
    return found


def test_a_cell_without_a_heading_is_told() -> None:
    row = {**flat_page(), "#23": "x"}
    assert [each.place for each in read(row)[1]] == ["#23"]


def test_amounts_by_channel_go_to_their_channels() -> None:
    words = {
        "cach_thuc_thuc_hien": "Trực tiếp, trực tuyến toàn trình",
        "phi_le_phi": "15.000 đồng (trực tiếp); 7.000 đồng (trực tuyến)",
    }
    procedure = one(**words)
    fees = {each["kind"]: each["limits"][0]["fees"] for each in procedure["channels"]}
    assert {kind: [fee["amount"] for fee in each] for kind, each in fees.items()} == {
        "in_person": ["15000"], "online_full": ["7000"],
    }  # fmt: skip
    assert "cases" not in procedure
    for ways in ("Bưu chính", "Trực tuyến một phần"):
        (channel,) = one(cach_thuc_thuc_hien=ways, phi_le_phi="15.000 đồng (trực tiếp); 7.000 đồng (bưu chính)")[
            "channels"
        ]
        assert len(channel["limits"][0]["fees"]) == (1 if ways == "Bưu chính" else 2)


def test_lines_of_an_office_sheet_are_taken_apart() -> None:
    document, _ = read(
        flat_page(
            can_cu_phap_ly="Luật số 26/2023/QH15; Nghị định số 70/2024/NĐ-CP",
            thanh_phan_ho_so="- Tờ khai (CT01): 01 bản chính và 02 bản sao\nẢnh (02 bản chính).\n01 bản chính",
        )
    )
    (procedure,) = document["procedures"]
    assert procedure["legal_bases"] == ["26/2023/QH15", "70/2024/ND-CP"]
    assert [(each["name"]["vi"], each["originals"], each["copies"]) for each in procedure["papers"]] == [
        ("Tờ khai (CT01)", 1, 2), ("Ảnh", 2, 0), ("01 bản chính", 1, 0),
    ]  # fmt: skip


def test_a_comma_before_a_small_letter_with_a_mark_is_part_of_a_name() -> None:
    assert [each["name"]["vi"] for each in one(co_quan_thuc_hien="Cục A, ủy ban B, Ủy ban C")["implementing"]] == [
        "Cục A, ủy ban B", "Ủy ban C",
    ]  # fmt: skip


def test_what_a_description_says_besides_is_told() -> None:
    ways = "Trực tiếp5 NgàyKhông có thông tinLệ phí (nếu có): do tỉnh quyết định"
    assert reasons(cach_thuc_thuc_hien=WAYS + ways) == [
        ("cach_thuc_thuc_hien[0].mo_ta", "the description speaks of a fee")
    ]
    ways = "Trực tiếpKhông có thông tinMiễn phí05 ngày làm việc. Sau 10 ngày không bổ sung thì trả hồ sơ"
    (limit,) = one(cach_thuc_thuc_hien=WAYS + ways)["channels"][0]["limits"]
    assert "time" not in limit
    bases = BASES + "Luật mẫuLuật số 58Quy định khác1/2025/NĐ-CP"
    assert reasons(can_cu_phap_ly=bases) == [("can_cu_phap_ly[0]", "several documents may be run together")]


def test_what_is_no_code_of_a_result_is_told() -> None:
    assert one(ket_qua_xu_ly="Thẻ\nMã: Chưa xác định")["results"] == [{"name": {"vi": "Thẻ"}}]
    assert reasons(ket_qua_xu_ly="ThẻMã: 345Từ khóaKhông") == [("ket_qua_xu_ly", "no code of a result")]
    assert [each["code"] for each in one(ket_qua_xu_ly="ThẻMã: KQ.g19.000556SổMã: KQ.G19.000557")["results"]] == [
        "KQ.g19.000556", "KQ.G19.000557",
    ]  # fmt: skip


def test_the_name_of_a_file_begins_behind_a_year() -> None:
    words = PAPERS + "Đơn theo Thông tư ngày 26/01/2026Mau so 04.docx1 bản chính"
    assert one(thanh_phan_ho_so=words)["papers"][0]["files"] == [{"name": "Mau so 04.docx"}]


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("Văn bản đề nghị của nhà đầu tưMẫu I.1.9.docx", "Mẫu I.1.9.docx"),
        ("Tờ khai;Phụ lục V.VI.docx", "Phụ lục V.VI.docx"),
        ("Đơn của Bộ Công an.NA5.doc", "NA5.doc"),
        ("Đơn (TT-BCA).1.MauCT01.doc", "1.MauCT01.doc"),
        ("Danh sách theo Nghị định 1/2024/NĐ-CPmau so 09.docx", "mau so 09.docx"),
        ("Đơn theo Thông tư BNNPTNTPhụ lục 4 Báo cáo.docx", "Phụ lục 4 Báo cáo.docx"),
        ("Đơn của Chính phủ;đơn đề nghị.docx", "đơn đề nghị.docx"),
        ("Đơn theo Điều 5.033Mau 1.docx", "Mau 1.docx"),
        ("Đơn theo Nghị định 155/2020/NĐ-CP3 Mẫu số 07.docx", "3 Mẫu số 07.docx"),
        ("Đơn ngày 01 tháng 4 năm 2026Mẫu số 11.docx", "Mẫu số 11.docx"),
    ],
)
def test_the_name_of_a_file_begins_where_words_are_glued(words: str, file: str) -> None:
    assert one(thanh_phan_ho_so=f"{PAPERS}{words}1 bản chính")["papers"][0]["files"] == [{"name": file}]
