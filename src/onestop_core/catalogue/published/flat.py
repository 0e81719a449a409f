"""Tables that a crawler ran together into one text, cut at the words of their cells.

Nothing separates the cells: a row begins where the words of a channel stand before a time and a fee, a paper ends at
its numbers of originals and copies, a legal basis at the number of its document.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from onestop_core.catalogue.published.places import CAPITALS, SMALL

__all__ = ["base_rows", "paper_rows", "result_rows", "second_syllable", "way_rows", "without_page_foot"]

_HEAD_WAYS: Final = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_HEAD_PAPERS: Final = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_HEAD_BASES: Final = "Tên văn bản pháp lýMã văn bản"
_CHANNEL: Final = r"Trực tiếp|Trực tuyến(?: toàn trình| một phần)?|Dịch vụ bưu chính(?: công ích)?"
_FEE: Final = r"Miễn phí|Không có thông tin|\d[\d.,]* ?(?:Việt Nam Đồng|VNĐ|VND|USD|EUR|[Đđ]ồng)"
_ROW: Final = re.compile(
    rf"(?P<channel>{_CHANNEL})"
    r"(?P<time>\d{1,4}(?:[.,]\d{1,2})? ?(?:Ngày làm việc|Giờ làm việc|Ngày|Giờ|Tháng|Năm|Tuần)"
    r"|Không có thông tin|(?:Không|Chưa|Chậm|Ngay|Trong|Theo|Kết thúc|Thủ tục)[^\n]{0,150}?|\d{1,4}?)"
    rf"(?=(?P<fee>{_FEE})|{_CHANNEL}|$)"
)
_QUANTITY: Final = re.compile(r"(?P<run>\d{1,8}) bản chính(?:,(?P<copies>\d{1,2}) bản sao)?")
_FILE: Final = re.compile(rf"\.(?i:docx?|xlsx?|pdf|rar|zip|odt|rtf|jpe?g|png|pptx?)(?![{SMALL}])")
_GLUE: Final = re.compile(
    rf"(?:(?<=[{SMALL}])|(?<=[);:”\"])|(?<=[{SMALL})”\"]\.)|(?<=[{CAPITALS}]{{3}}\.)|(?<=-CP\.)|(?<=/\d{{4}}\.))"
    rf"(?=[{CAPITALS}\d])"
    rf"|(?<=[{CAPITALS}]{{2}})(?=[{CAPITALS}][{SMALL}]{{2}})|(?<=-CP)(?=[{SMALL}])"
    rf"|(?<=/\d{{4}})(?=[{CAPITALS}][{SMALL}])"
    rf"|(?<=;)(?=[{SMALL}])|(?<=-CP)(?=\d)|(?<=[\d.,;])(?=(?:[Mm]ẫu|Mau|mau|PL|Phụ|PHỤ|Phl|phụ lục)(?:[\s\dc]|$))|(?<=TNT)(?=PHỤ)"
)
"""Where two cells were glued: nobody writes a capital or a digit straight behind a small letter."""
_SIZE: Final = re.compile(r"\(?\d+[x×]\d+(?:cm)?[),.;]?")
"""The size of a photograph, "4x6": a digit behind a small letter, and nothing glued."""
_NUMBERED: Final = re.compile(
    r"(?:số|lục|khoản|điều|mục|điểm|mẫu|biểu|phần|chương|năm|tháng|ngày|quý|quyết|định|luật|loại|hạng|cấp|bảng)\s$"
    r"|KQ$|\d{1,2}/$|QH$",
    re.IGNORECASE,
)
_PLAIN_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONED: Final = "".join(letter for letter in SMALL if _TONES & set(unicodedata.normalize("NFD", letter)))
_NUCLEUS: Final = rf"(?=[{_PLAIN_VOWELS}]*[{_TONED}]?[{_PLAIN_VOWELS}]*(?:[^{_PLAIN_VOWELS}{_TONED}]|$))[{_PLAIN_VOWELS}{_TONED}]{{1,3}}"
"""Vowels, of which one at most bears a tone."""
_SYLLABLE: Final = re.compile(
    rf"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdđghklmnprstvx])?{_NUCLEUS}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
_MARKED: Final = re.compile(rf"[{''.join(letter for letter in SMALL if not letter.isascii())}]")
_VOWEL: Final = re.compile(rf"[{_PLAIN_VOWELS}{_TONED}]", re.IGNORECASE)
_FURTHEST: Final = 160
"""As far before its ending as a file's name is looked for."""
_ISSUERS: Final = [
    "BNNPTNT",
    "BNNMT",
    "BNN",
    "BTNMT",
    "BGTVT",
    "BXD",
    "BTC",
    "BCA",
    "BTP",
    "BQP",
    "BNV",
    "BCT",
    "BYT",
    "BGDĐT",
    "BKHCN",
    "BKHĐT",
    "BTTTT",
    "BVHTTDL",
    "BLĐTBXH",
    "BNG",
    "BDTTG",
    "NHNN",
    "TTCP",
    "VPCP",
    "UBDT",
    "CP",
    "TTg",
    "CTN",
    "TTLT",
    "TANDTC",
    "VKSNDTC",
    "KTNN",
    "UBND",
    "HĐND",
    "TW",
    "BCHTW",
    "ĐCT",
    "TLĐ",
    "BHXH",
    "TCHQ",
    "TCT",
    "UBCK",
    "HQ",
    r"QH\d\d",
]
_SERIES: Final = re.compile(
    r"(?:(?<![\d/])(?<!\d\.)|(?<=/\d{4}\.)|(?<=QH\d\d)|(?<=/)(?=(?:19|20)\d{2}\d{1,4}/))(?P<number>\d{1,8}(?:\.\d{1,2})?(?:/\d{4})?/"
    r"(?:QH\d{2}|(?:PL-?)?UBTVQH\d{2}|(?:L|PL)-CTN|(?:TTLT|TT|NĐ|ND|QĐ|QD|NQ|CT|VBHN|KH|QC)"
    rf"(?:-(?:{'|'.join(sorted(_ISSUERS, key=len, reverse=True))}))+))",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?=\d{1,4}/)")
_LONGEST_KIND: Final = 40
_KIND_AGAIN: Final = re.compile(
    rf"(?<=[{SMALL}\d).,;])(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Lệnh)"
    r"(?: số| [Ss]ố:)?\s?$"
)
_RESULT: Final = re.compile(
    r"Mã: ?(?P<code>KQ[.-][A-Za-z]\d{2}[.-]\d{6}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}-KQ\d{4}|[A-Z0-9][A-Z0-9.-]{2,36}\d)"
)
_FOOT: Final = re.compile(r"Từ khóa(?=[A-ZĐ])|Chọn cơ quan thực hiện(?=[A-ZĐ])")


def without_page_foot(text: str) -> str:
    """Return a text without what follows the last table of a page.

    >>> without_page_foot("Không có thông tinTừ khóaKhông có thông tinMô tả")
    'Không có thông tin'
    """
    return _FOOT.split(text, maxsplit=1)[0].strip()


def way_rows(text: str) -> list[dict[str, str]] | None:
    """Return the rows of the ways to submit; None where the text has no such rows.

    >>> way_rows("Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày10,000 VNĐ(/giấy)Trực tiếp5 NgàyMiễn phí")
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'hinh_thuc': 'Trực tuyến', 'thoi_han_giai_quyet': '5 Ngày', 'phi_le_phi': '10,000 VNĐ(/giấy)', 'mo_ta': ''},
     {'hinh_thuc': 'Trực tiếp', 'thoi_han_giai_quyet': '5 Ngày', 'phi_le_phi': 'Miễn phí', 'mo_ta': ''}]
    """
    body = text.removeprefix(_HEAD_WAYS).strip()
    found = list(_ROW.finditer(body))
    if not found or found[0].start():
        return None
    rows: list[dict[str, str]] = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(body)
        fee = match["fee"] or ""
        rest = body[match.end() + len(fee) : end]
        bracket = _bracket(rest) if fee else ""
        time = match["time"]
        row = {"hinh_thuc": match["channel"], "thoi_han_giai_quyet": time, "phi_le_phi": fee + bracket}
        if time.isdigit() and fee[:1].isdigit():  # "1100,000 VNĐ": nobody knows where the time ends
            row = {**row, "thoi_han_giai_quyet": "", "phi_le_phi": "", "lan": f"{time}{fee}{bracket}"}
        rows.append({**row, "mo_ta": rest[len(bracket) :].strip()})
    return rows


def _bracket(text: str) -> str:
    """Return the bracket with which *text* begins, to its end, or to the last bracket that closes one."""
    if not text.startswith("("):
        return ""
    depth = last = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == ")":
            last = at + 1
            if not depth:
                break
    return text[: last or len(text)]


def paper_rows(text: str) -> list[dict[str, Any]] | None:
    """Return the papers with their section, files and numbers; None where the text has no table.

    >>> paper_rows("--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn xin;NA5.doc1 bản chínhẢnh0 bản chính,2 bản sao")
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'nhom': '', 'ten_giay_to': 'Đơn xin;', 'files': ['NA5.doc'], 'originals': 1, 'copies': 0, 'doubt': ''},
     {'nhom': '', 'ten_giay_to': 'Ảnh', 'files': [], 'originals': 0, 'copies': 2, 'doubt': ''}]
    """
    heading, *sections = text.split(_HEAD_PAPERS)
    if not sections:
        return None
    rows: list[dict[str, Any]] = []
    heading = heading.strip(" -\n")
    for section in sections:
        at = 0
        for match in _QUANTITY.finditer(section):
            start = _cell_of(section, match)
            if start is None:
                continue
            words, files = _files(section[at:start].strip())
            rows.append(
                {
                    "nhom": heading,
                    "ten_giay_to": words,
                    "files": files,
                    "originals": int(section[start : match.end("run")]),
                    "copies": int(match["copies"] or 0),
                    "doubt": _doubt(section, match) or ("file" if not files and _FILE.search(words) else ""),
                }
            )
            at = match.end()
        heading = section[at:].strip(" -\n")
    if heading:
        rows.append({"nhom": heading, "ten_giay_to": "", "files": [], "originals": 0, "copies": 0, "doubt": ""})
    return rows


def _cell_of(section: str, match: re.Match[str]) -> int | None:
    """Return where the cell of the numbers begins; None where the words stand in running text."""
    run = match["run"]
    before = section[match.start() - 1] if match.start() else " "
    if len(run) == 1:
        after = section[match.end() : match.end() + 1]
        ends = before != "(" and (not after or after in CAPITALS or after in "-+*•")  # a cell, with a blank before it
        return match.start() if ends or before not in " (" or match["copies"] is not None else None
    if run[0] == "0" and before in " (:" and match["copies"] is None:
        return None  # "nộp 01 bản chính"
    return match.end("run") - 1


def _doubt(section: str, match: re.Match[str]) -> str:
    """Return a doubt where digits before the number of originals may be its own: "Mẫu số 18" and 1, but "Ảnh" and 12?"""
    run, before = match["run"], section[: match.start()]
    if len(run) == 1:
        return ""
    if run[-1] == "0" and match["copies"] is None:
        return "digits"  # nobody asks for none
    own = run[:-1]
    if len(own) == 4 and own[:2] in ("19", "20") and before[-1:] in ("/", ".", "-", " "):
        return ""  # a year
    if (own[0] == "0" and len(own) == 2) or _NUMBERED.search(before):
        return ""  # a number with a nought before it, or one that a word announces
    return "digits"


def _files(words: str) -> tuple[str, list[str]]:
    """Return the words of a paper and the names of the files that stand behind them."""
    endings = list(_FILE.finditer(words))
    if not endings or endings[-1].end() != len(words):
        return words, []
    first = _file_start(words, endings[0].start())
    if first is None:
        return words, []
    names: list[str] = []
    at = first
    for ending in endings:
        names.append(words[at : ending.end()].strip())
        at = ending.end()
    return words[:first].strip(), [name for name in names if name]


def _file_start(words: str, ending: int) -> int | None:
    """Return where the name of the file begins that has its ending there: where words are glued; None: nobody knows."""
    least = max(0, ending - _FURTHEST)
    token_end = ending
    while token_end > least:
        token = max(words.rfind(" ", least, token_end), words.rfind("\n", least, token_end), least - 1) + 1
        if _SIZE.fullmatch(words, token, token_end) is None:
            if (glue := _GLUE.search(words, token + 1, token_end)) is not None:
                return glue.start()
            if (at := second_syllable(words[token:token_end])) is not None:
                return token + at
        token_end = token - 1
    return None


def second_syllable(word: str) -> int | None:
    """Return where a second syllable begins in what is none; None where it is one, or nobody knows.

    >>> second_syllable("địnhvăn"), second_syllable("theomẫu"), second_syllable("trắng.mau"), second_syllable("nghiệp")
    (4, 4, 6, None)
    """
    if not _MARKED.search(word) or _SYLLABLE.fullmatch(word):
        return None
    starts = [
        at + point
        for at in range(1, len(word))
        for point in (word.startswith(".", at),)
        if _SYLLABLE.fullmatch(word, 0, at) and _SYLLABLE.fullmatch(word, at + point)
    ]
    # "theomẫu": what can end one syllable and begin the next begins it, as few begin with a vowel.
    firm = [at for at in starts if not _VOWEL.match(word, at)] or starts
    return firm[0] if len(firm) == 1 else None


def base_rows(text: str) -> list[dict[str, str]] | None:
    """Return the legal bases, each with its name and its number; None where the text has no table.

    >>> base_rows("Tên văn bản pháp lýMã văn bảnLuật Căn cước26/2023/QH15Thông tư17/2024/TT-BCA")
    [{'trich_yeu': 'Luật Căn cước', 'so_ky_hieu': '26/2023/QH15'}, {'trich_yeu': 'Thông tư', 'so_ky_hieu': '17/2024/TT-BCA'}]
    """
    _, head, body = text.partition(_HEAD_BASES)
    if not head:
        return None
    rows: list[dict[str, str]] = []
    at = position = 0
    while (match := _SERIES.search(body, position)) is not None:
        position = match.end()
        if (own := _twice(body, match)) is not None:  # a name that ends with the number, and the cell of the number
            rows.append({"trich_yeu": _name(body[at : own[0]]), "so_ky_hieu": body[slice(*own)]})
            at = position = own[1]
            continue
        after, before = body[match.end() : match.end() + 1], body[match.start() - 1 : match.start()]
        again = _KIND_AGAIN.search(body, max(at + 1, match.start() - _LONGEST_KIND), match.start())
        glued = before != "" and before in SMALL + ";."
        if after and again is None and not glued and not (after.isalnum() or after in "-*•("):
            continue  # a number in the name of another document
        following = _SERIES.match(body, match.end())
        if again is None and not glued and following is not None and _twice(body, following) is None:
            continue  # another number in the name, before the cell of the number
        # "Luật … năm 2012" and "13/2012/QH13" without a blank between.
        start = match.start() + (len(year[0]) if (year := _YEAR.match(match["number"])) is not None else 0)
        rows.append({"trich_yeu": _name(body[at:start]), "so_ky_hieu": body[start : match.end()]})
        at = match.end()
    if rest := body[at:].strip(" \n,;-"):
        rows.append({"trich_yeu": rest, "so_ky_hieu": ""})
    return rows


def _twice(body: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the second of two equal numbers that touch; the issuer may end with a digit ("NHNN7")."""
    for more in range(3):
        number = body[match.start() : match.end() + more]
        if len(number) == match.end() + more - match.start() and body.startswith(number, match.end() + more):
            return match.end() + more, match.end() + more + len(number)
    return None


def _name(cell: str) -> str:
    """Return the name of a document without the kind that the cell of its number repeats ("Luật Thú yLuật số 79/…")."""
    words = cell.strip(" \n,;-")
    name = _KIND_AGAIN.sub("", words)
    return name or words


def result_rows(text: str) -> list[dict[str, str]]:
    """Return the results with their codes.

    >>> result_rows("Thẻ thường trúMã: KQ.G01.000088Từ khóaKhông có thông tin")
    [{'ten': 'Thẻ thường trú', 'ma': 'KQ.G01.000088'}]
    """
    body = without_page_foot(text)
    rows: list[dict[str, str]] = []
    at = 0
    for match in _RESULT.finditer(body):
        rows.append({"ten": body[at : match.start()].strip(), "ma": match["code"]})
        at = match.end()
    if rest := body[at:].strip():
        rows.append({"ten": rest, "ma": ""})
    return rows
