"""The smaller facts of a page: levels, applicants, bodies, legal bases, results, steps as prose."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any, Final, cast

from onestop_core.catalogue.published.flat import base_rows, result_rows
from onestop_core.catalogue.published.places import CAPITALS, SMALL, Tell, said

__all__ = [
    "applicants_of",
    "bases_of",
    "bodies",
    "day_of",
    "kind_of",
    "levels_of",
    "related_of",
    "results_of",
    "steps_of",
]

_LEVELS: Final = {
    "bộ": "central",
    "trung ương": "central",
    "tỉnh": "provincial",
    "xã": "commune",
    "cơ quan khác": "other",
}
_LEVEL: Final = re.compile(r"(?:cấp )?(bộ|trung ương|tỉnh|xã)|cơ quan khác")
_APPLICANTS: Final = (
    ("tổ chức (không bao gồm doanh nghiệp, htx)", "agency"),
    ("cán bộ, công chức, viên chức", "official"),
    ("doanh nghiệp có vốn đầu tư nước ngoài", "foreign_invested_business"),
    ("người việt nam định cư ở nước ngoài", "vietnamese_abroad"),
    ("người nước ngoài cư trú tại việt nam", "resident_foreigner"),
    ("công dân việt nam", "vietnamese_citizen"),
    ("doanh nghiệp việt nam", "vietnamese_business"),
    ("tổ chức nước ngoài", "foreign_organisation"),
    ("người nước ngoài", "foreigner"),
    ("tổ chức đảng", "party_organisation"),
    ("đảng viên", "party_member"),
    ("hợp tác xã", "cooperative"),
    ("doanh nghiệp", "business"),
    ("cơ quan, tổ chức", "agency"),
    ("tổ chức", "agency"),
    ("cơ quan", "agency"),
    ("cá nhân", "citizen"),
    ("công dân", "citizen"),
    ("người dân", "citizen"),
)
_NUMBER: Final = re.compile(r"(?<![\d./])\d{1,5}(?:\.\d{1,2})?(?:/\d{4})?/[A-ZĐa-zđ][\w-]*")
_GLUED: Final = re.compile(rf"[{SMALL}\d][{CAPITALS}][{SMALL}]")
"""Where the cells of two documents touch."""
_DOCUMENTS: Final = (
    ("TTLT", "Thông tư liên tịch"),
    ("TT", "Thông tư"),
    ("NĐ", "Nghị định"),
    ("QĐ", "Quyết định"),
    ("NQ", "Nghị quyết"),
    ("CT", "Chỉ thị"),
    ("VBHN", "Văn bản hợp nhất"),
)
_BODY: Final = re.compile(
    rf"[;\n]\s{{0,9}}(?=[{CAPITALS}+*•-])|,\s{{0,9}}(?=(?i:bộ|cục|chi cục|tổng cục|sở|[uủ][yỷ] ban|ubnd|hđnd|hội|phòng(?!,)|ban|vụ|viện|trung tâm|văn phòng"
    rf"|công an|công đoàn|liên đoàn|đoàn|cơ quan|cơ sở|chi nhánh|cảng|chủ tịch|giám đốc|tổng|thủ (?:trưởng|tướng)|t[oò][aà] án"
    rf"|thuế|kho bạc|hải quan|bảo hiểm|ngân hàng|biên phòng|đồn|đội|trạm|khu|hạt|thanh tra|tư lệnh|tổ|trường|bệnh viện"
    rf"|đại (?:học|sứ)|học viện|nhà|đơn vị|tập đoàn|công ty|thi hành án|quân|người|các|nơi|trưởng|lãnh sự|mặt trận|đài"
    rf"|thư viện|bảo tàng|quỹ|kiểm toán|đảng|ngành|thành phố|tỉnh|huyện|xã|phường|doanh nghiệp|chính phủ|quốc hội|đặc khu"
    rf"|bưu điện|nhân dân|y tế|trại|cấp|đại diện|bí thư)(?!\w))(?=[{CAPITALS}])"
)
"""Where the name of another body begins: at a word with which bodies begin, not at every capital ("Cục Chất lượng, Chế biến")."""
_INSTRUMENT: Final = re.compile(
    r"(?:bộ luật|luật|pháp lệnh|hiến pháp|nghị (?:quyết|định)|quyết định|thông tư|chỉ thị|công ước|hiệp (?:định|ước)|điều ước"
    r"|thỏa thuận|nghị định thư|quy chế|điều lệ|văn bản hợp nhất|sắc lệnh)(?!\w)",
    re.IGNORECASE,
)
_LONGEST_INSTRUMENT: Final = 200
_STEP: Final = re.compile(r"(?:^|(?<=[\s.;]))[-+*•]? ?Bước (?:thứ )?(\d{1,2})(?!\d)[\s:.)-]*")
_CODE: Final = re.compile(r"(?<![\d.])\d\.\d{6}(?![\d])")
_NO_CODE: Final = re.compile(r"(?:chưa|không) (?:xác định|có(?: thông tin)?|rõ)|", re.IGNORECASE)
_IN_WORDS: Final = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)
_MOST_STEPS: Final = 500


def levels_of(text: str, tell: Tell) -> list[str]:
    """Return the levels that a page names, in its order."""
    low = text.lower()
    found = list(dict.fromkeys(_LEVELS[match[1] or match[0]] for match in _LEVEL.finditer(low)))
    if text and (_LEVEL.sub("", low).strip(" ,;/") or not found):
        tell("cap_thuc_hien", text, "không nhận ra cấp thực hiện", "no level that is known")
    return found


def kind_of(text: str, tell: Tell) -> str | None:
    """Return the kind of procedure."""
    low = text.lower()
    if "không được luật giao" in low:
        return "not_delegated"
    if "luật giao" in low or "giao luật" in low:
        return "delegated"
    if low.startswith("loại khác"):
        return "other"
    if text:
        tell("loai_thu_tuc", text, "không nhận ra loại thủ tục", "no kind of procedure that is known")
    return None


def applicants_of(text: str, tell: Tell) -> list[str]:
    """Return who may apply, in the order of the page."""
    rest = text.lower()
    found: dict[str, int] = {}
    for words, code in _APPLICANTS:
        if (at := rest.find(words)) >= 0:
            found.setdefault(code, at)
            rest = rest.replace(words, "\0" * len(words))
    if rest.strip("\0 ,;./\n") and re.search(r"[^\W\d]", rest.replace("\0", "").replace(" và ", "")):
        tell("doi_tuong_thuc_hien", text, "không nhận ra hết đối tượng thực hiện", "not all applicants are known")
    return sorted(found, key=lambda code: found[code])


def bodies(text: str) -> list[str]:
    """Return the names that a page lists with commas; a comma within a name is no end of it.

    >>> bodies("Công an tỉnh, Cục cảnh sát quản lý hành chính về trật tự, xã hội, Cục Chất lượng, Chế biến")
    ['Công an tỉnh', 'Cục cảnh sát quản lý hành chính về trật tự, xã hội', 'Cục Chất lượng, Chế biến']
    """
    names = (name.strip(" ,;.-+*•") for name in _BODY.split(text))
    return list(dict.fromkeys(name for name in names if name and said(name)))[:100]


def bases_of(raw: Any, bases: dict[str, Any], tell: Tell) -> list[str]:
    """Return the names of the legal bases of a page, put into *bases*."""
    rows: list[dict[str, str]] | None = cast("list[dict[str, str]]", raw) if isinstance(raw, list) else None
    if isinstance(raw, str):
        rows = base_rows(raw) or [
            {"trich_yeu": line, "so_ky_hieu": line} for line in re.split(r"[\n;]", raw) if said(line.strip())
        ]
    names: dict[str, None] = {}
    for index, row in enumerate(rows or ()):
        number = _NUMBER.search(row.get("so_ky_hieu", "")) or _NUMBER.search(row.get("trich_yeu", ""))
        if number is None and (name := _unnumbered(row, bases)) is not None:
            names[name] = None
            continue
        if number is None:
            tell(f"can_cu_phap_ly[{index}]", row, "không tìm thấy số, ký hiệu văn bản", "no number of a document")
            continue
        if _GLUED.search(row.get("trich_yeu", "")):
            tell(f"can_cu_phap_ly[{index}]", row, "có thể gộp nhiều văn bản", "several documents may be run together")
        symbol = number[0].strip("-")
        name = re.sub(r"[^A-Za-z0-9._/@-]", "", symbol.replace("Đ", "D").replace("đ", "d"))[:64]
        if name in names and not row.get("so_ky_hieu"):
            tell(f"can_cu_phap_ly[{index}]", row, "có thể gộp nhiều văn bản", "several documents may be run together")
        names[name] = None
        if name not in bases:
            bases[name] = _basis(symbol, row, f"can_cu_phap_ly[{index}]", tell)
    return list(names)


def _unnumbered(row: dict[str, str], bases: dict[str, Any]) -> str | None:
    """Return the name of a basis that a page names without a number, such as a code of law, put into *bases*."""
    words = " ".join(row.get("trich_yeu", "").split())
    if not _INSTRUMENT.match(words) or len(words) > _LONGEST_INSTRUMENT or _GLUED.search(words):
        return None
    symbol = row.get("so_ky_hieu", "")
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", words.lower().replace("đ", "d")) if letter.isascii()
    )
    name = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:64].strip("-")
    instrument = words if not symbol or symbol.lower() in words.lower() else f"{words}, số {symbol}"
    basis: dict[str, Any] = {"instrument": instrument, "firmness": "secondary"}
    if (day := day_of(row.get("ngay_ban_hanh", ""))) is not None:
        basis["issued_on"] = day
    bases.setdefault(name, basis)
    return name


def _basis(symbol: str, row: dict[str, str], place: str, tell: Tell) -> dict[str, Any]:
    words = row.get("trich_yeu", "")
    series = re.split(r"[/-]", symbol)
    kind = next((name for mark, name in _DOCUMENTS if mark in series), "")
    if not kind and re.search(r"/QH\d", symbol):
        kind = "Nghị quyết" if words.lower().startswith("nghị quyết") else "Luật"
    basis: dict[str, Any] = {"instrument": f"{kind} {symbol}".strip(), "firmness": "secondary"}
    if words and words != symbol and words != row.get("so_ky_hieu"):
        basis["note"] = {"vi": words}
    if issued := row.get("ngay_ban_hanh"):
        if (day := day_of(issued)) is not None:
            basis["issued_on"] = day
        else:
            tell(place, issued, "không đọc được ngày ban hành", "the day of issue cannot be read")
    return basis


def day_of(text: str) -> str | None:
    """Return the day that a text is, as ISO 8601 writes it; None where it is none.

    >>> day_of("1/7/2026"), day_of("ngày 01 tháng 7 năm 2026"), day_of("quý III")
    ('2026-07-01', '2026-07-01', None)
    """
    plain = _IN_WORDS.sub(r"\1/\2/\3", text)
    if (match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|(\d{4})-(\d{2})-(\d{2}).*", plain)) is None:
        return None
    day, month, year = (match[1], match[2], match[3]) if match[3] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def results_of(raw: Any, tell: Tell) -> list[dict[str, Any]]:
    """Return the results of a page with their codes."""
    rows = (
        cast("list[dict[str, str]]", raw) if isinstance(raw, list) else result_rows(raw) if isinstance(raw, str) else []
    )
    found: list[dict[str, Any]] = []
    for row in rows:
        name = (row.get("ten") or row.get("ten_ket_qua") or "").strip(" \n;")
        code = row.get("ma") or row.get("ma_ket_qua") or ""
        name, mark, rest = name.partition("Mã:")
        name = name.strip(" \n;").lstrip("+-*• ")
        if mark and not _NO_CODE.fullmatch(rest.strip(" .")):
            tell("ket_qua_xu_ly", f"{mark}{rest}", "không phải mã kết quả", "no code of a result")
        if (name and said(name)) or code:
            result = {"name": {"vi": name or code}, **({"code": code[:40]} if code else {})}
            if result not in found:
                found.append(result)
    return found


def related_of(text: str) -> list[str]:
    """Return the codes of procedures in a text."""
    return list(dict.fromkeys(_CODE.findall(text)))[:100]


def steps_of(text: str) -> tuple[list[dict[str, Any]], str]:
    """Return the steps of a page as prose, each after the one before it, and what stands before the first.

    >>> steps_of("Bước 1: Nộp hồ sơ. Bước 2: Nhận kết quả")[0]
    [{'id': 'step-1', 'what': {'vi': 'Nộp hồ sơ.'}}, {'id': 'step-2', 'what': {'vi': 'Nhận kết quả'}, 'after': ['step-1']}]
    """
    marks = list(_STEP.finditer(text))[:_MOST_STEPS]
    if not marks:
        return ([{"id": "step-1", "what": {"vi": text}}] if said(text) else []), ""
    steps: list[dict[str, Any]] = []
    before = 0
    for index, match in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        words = text[match.end() : end].strip(" \n-+*•")
        number = int(match[1])
        if words:
            step: dict[str, Any] = {"id": f"step-{len(steps) + 1}", "what": {"vi": words}}
            if steps and number == before + 1:
                step["after"] = [steps[-1]["id"]]
            steps.append(step)
        before = number
    return steps, text[: marks[0].start()].strip(" \n-+*•")
