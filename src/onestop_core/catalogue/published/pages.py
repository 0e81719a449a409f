"""Pages in whatever form they came, as one: a property of the national database to its text or its rows.

Three forms: the flat form of a crawler, nested objects with tables, and a row of a sheet with the portal's headings.
Keys are compared without diacritics, so ``Mã thủ tục``, ``mã_thủ_tục`` and ``ma_thu_tuc`` are one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.catalogue.published.places import Tell, clean, said
from onestop_core.catalogue.structure import is_list

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "key_of", "one_page", "unit_of"]

COLUMNS: Final[dict[str, str]] = {
    "ma_thu_tuc": "Mã thủ tục",
    "ten_thu_tuc": "Tên thủ tục",
    "so_quyet_dinh": "Số quyết định",
    "ngay_quyet_dinh": "Ngày quyết định",
    "ngay_co_hieu_luc": "Ngày có hiệu lực",
    "ngay_het_hieu_luc": "Ngày hết hiệu lực",
    "cap_thuc_hien": "Cấp thực hiện",
    "loai_thu_tuc": "Loại thủ tục",
    "linh_vuc": "Lĩnh vực",
    "doi_tuong_thuc_hien": "Đối tượng thực hiện",
    "co_quan_co_tham_quyen": "Cơ quan có thẩm quyền",
    "dia_chi_tiep_nhan": "Địa chỉ tiếp nhận HS",
    "co_quan_duoc_uy_quyen": "Cơ quan được ủy quyền",
    "co_quan_phoi_hop": "Cơ quan phối hợp",
    "co_quan_thuc_hien": "Cơ quan thực hiện",
    "thu_tuc_lien_quan": "Thủ tục hành chính liên quan",
    "trinh_tu_thuc_hien": "Trình tự thực hiện",
    "cach_thuc_thuc_hien": "Cách thức thực hiện",
    "thoi_han_giai_quyet": "Thời hạn giải quyết",
    "phi_le_phi": "Phí, lệ phí",
    "thanh_phan_ho_so": "Thành phần hồ sơ",
    "so_bo_ho_so": "Số bộ hồ sơ",
    "can_cu_phap_ly": "Căn cứ pháp lý",
    "yeu_cau_dieu_kien": "Yêu cầu, điều kiện thực hiện",
    "ket_qua_xu_ly": "Kết quả xử lý",
    "tu_khoa": "Từ khóa",
    "mo_ta": "Mô tả",
}
"""The columns of the national portal, by the key of each: the headings of the one-sheet form."""

_OTHER: Final[dict[str, str]] = {
    "thu_tuc_id": "ma_thu_tuc",
    "ma": "ma_thu_tuc",
    "ma_tthc": "ma_thu_tuc",
    "ma_so": "ma_thu_tuc",
    "ma_so_tthc": "ma_thu_tuc",
    "ma_thu_tuc_hanh_chinh": "ma_thu_tuc",
    "so_ho_so_tthc": "ma_thu_tuc",
    "thu_tuc_hanh_chinh": "ten_thu_tuc",
    "thu_tuc": "ten_thu_tuc",
    "linh_vuc_thuc_hien": "linh_vuc",
    "ten": "ten_thu_tuc",
    "ten_tthc": "ten_thu_tuc",
    "ten_thu_tuc_hanh_chinh": "ten_thu_tuc",
    "so_quyet_dinh_cong_bo": "so_quyet_dinh",
    "quyet_dinh_cong_bo": "so_quyet_dinh",
    "ngay_ky_quyet_dinh": "ngay_quyet_dinh",
    "ngay_ban_hanh_quyet_dinh": "ngay_quyet_dinh",
    "ngay_hieu_luc": "ngay_co_hieu_luc",
    "hieu_luc_tu": "ngay_co_hieu_luc",
    "hieu_luc_tu_ngay": "ngay_co_hieu_luc",
    "hieu_luc_den": "ngay_het_hieu_luc",
    "hieu_luc_den_ngay": "ngay_het_hieu_luc",
    "cap_giai_quyet": "cap_thuc_hien",
    "cap": "cap_thuc_hien",
    "loai_tthc": "loai_thu_tuc",
    "doi_tuong": "doi_tuong_thuc_hien",
    "dia_chi_tiep_nhan_hs": "dia_chi_tiep_nhan",
    "dia_chi_tiep_nhan_ho_so": "dia_chi_tiep_nhan",
    "dia_diem_tiep_nhan": "dia_chi_tiep_nhan",
    "thu_tuc_hanh_chinh_lien_quan": "thu_tuc_lien_quan",
    "tthc_lien_quan": "thu_tuc_lien_quan",
    "trinh_tu": "trinh_tu_thuc_hien",
    "cach_thuc": "cach_thuc_thuc_hien",
    "hinh_thuc_nop": "cach_thuc_thuc_hien",
    "hinh_thuc_nop_ho_so": "cach_thuc_thuc_hien",
    "hinh_thuc_thuc_hien": "cach_thuc_thuc_hien",
    "thoi_han": "thoi_han_giai_quyet",
    "thoi_gian": "thoi_han_giai_quyet",
    "thoi_gian_giai_quyet": "thoi_han_giai_quyet",
    "phi": "phi_le_phi",
    "le_phi": "phi_le_phi",
    "muc_thu": "phi_le_phi",
    "muc_thu_phi_le_phi": "phi_le_phi",
    "phi_va_le_phi": "phi_le_phi",
    "thanh_phan": "thanh_phan_ho_so",
    "giay_to_phai_nop": "thanh_phan_ho_so",
    "so_luong_ho_so": "so_bo_ho_so",
    "so_luong_bo_ho_so": "so_bo_ho_so",
    "can_cu": "can_cu_phap_ly",
    "co_so_phap_ly": "can_cu_phap_ly",
    "co_quan_giai_quyet": "co_quan_thuc_hien",
    "noi_tiep_nhan": "dia_chi_tiep_nhan",
    "yeu_cau_dieu_kien_thuc_hien": "yeu_cau_dieu_kien",
    "dieu_kien": "yeu_cau_dieu_kien",
    "ket_qua": "ket_qua_xu_ly",
    "ket_qua_thuc_hien": "ket_qua_xu_ly",
    "ket_qua_giai_quyet": "ket_qua_xu_ly",
}
_IN_ROWS: Final[dict[str, str]] = {
    "hinh_thuc_nop": "hinh_thuc",
    "thoi_han": "thoi_han_giai_quyet",
    "thoi_gian": "thoi_han_giai_quyet",
    "thoi_gian_giai_quyet": "thoi_han_giai_quyet",
    "phi": "phi_le_phi",
    "le_phi": "phi_le_phi",
}
_BESIDE: Final = frozenset({"raw_text", "detail_url", "ministry", "source_file", "stt", "so_thu_tu", "tt"})
"""What a crawler or a sheet adds and no procedure has."""
_LONGEST_NAME: Final = 200
_NUMBERED: Final = re.compile(r"^\s*\(?\d{1,2}[.)\s]\s*(?=[a-z])")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_UNIT: Final = re.compile(
    r"\((?:đơn vị(?: tính)?:? |đvt:? |tính bằng )?"
    r"(ngày làm việc|ngày|giờ làm việc|giờ|tháng|(?:nghìn |triệu )?đồng|vnđ|vnd|bộ)(?:/[^()]{1,30})?\)"
)
_HOLDERS: Final = frozenset({"content", "metadata", "tables", "noi_dung", "thong_tin"})


def key_of(name: str, aliases: Mapping[str, str] = _OTHER) -> str:
    """Return the key of a heading or a property, without diacritics.

    >>> key_of("Mã thủ tục"), key_of("địa_chỉ_tiếp_nhận_hs"), key_of("Phí, lệ phí")
    ('ma_thu_tuc', 'dia_chi_tiep_nhan', 'phi_le_phi')
    """
    key = _key(name[:_LONGEST_NAME])
    return aliases.get(key, key)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    # "3. Phí, lệ phí (nếu có)": a number before it and what stands in brackets are no part of the name.
    bare = _NUMBERED.sub("", _BRACKETS.sub(" ", bare)) or bare
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_")


def unit_of(name: str) -> str:
    """Return the unit that a heading names in brackets; empty where it names none.

    >>> unit_of("Thời hạn giải quyết (ngày làm việc)"), unit_of("Phí, lệ phí (nếu có)")
    ('ngày làm việc', '')
    """
    found = _UNIT.search(name.lower())
    return found[1] if found else ""


def one_page(raw: Mapping[str, Any], tell: Tell) -> dict[str, Any]:
    """Return the properties of a page by key: a text, or a list of rows, each by key likewise."""
    page: dict[str, Any] = {}
    stray = False
    for holder, name, value in _members(raw, ""):
        key = key_of(name)
        if is_list(value):
            read = [_row(row) for row in value]
            stray = stray or any(dirty for _, dirty in read)
            if found := [row for row, _ in read if row]:
                page[key] = found
        else:
            text, dirty = (value, False) if key == "raw_text" else clean(value)
            stray = stray or dirty
            if isinstance(text, str) and not page.get(key) and said(text):
                page[key] = text
        if key in page and key not in COLUMNS and key not in _BESIDE:
            tell(f"{holder}{name}", value, "không có chỗ cho thuộc tính này", "there is no place for this property")
    if stray:
        tell(
            "*",
            "",
            "đã bỏ ký tự điều khiển, ký tự vô hình hoặc thay chữ cái giống hệt",
            "control or invisible characters were left out, or letters that look alike put right",
        )
    return page


def _members(raw: Mapping[str, Any], holder: str) -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []
    for name, value in raw.items():
        if isinstance(value, dict):
            if key_of(name) in _HOLDERS and not holder:
                found += _members(cast("dict[str, Any]", value), f"{name}.")
            else:
                words = (f"{key}: {each}" for key, each in cast("dict[str, Any]", value).items())
                found.append((holder, name, "; ".join(words)))
        else:
            found.append((holder, name, value))
    # Rows are worth more than a text of the same name, so they come last.
    return sorted(found, key=lambda each: isinstance(each[2], list))


def _row(raw: Any) -> tuple[dict[str, str], bool]:
    members: dict[str, Any] = cast("dict[str, Any]", raw) if isinstance(raw, dict) else {"ten": raw}
    read = {key_of(name, _IN_ROWS): clean(value) for name, value in members.items()}
    return {key: text for key, (text, _) in read.items() if text}, any(dirty for _, dirty in read.values())
