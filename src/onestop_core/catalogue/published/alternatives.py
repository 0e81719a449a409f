"""Papers of which one is enough, as the name of a paper lists them: "một trong các giấy tờ sau: …", "A hoặc B".

"Hoặc" stands between many things that are no papers: bodies, people, acts, an original and a copy of the same paper. A
name is taken apart only where each part begins as papers do; where that is not certain, it is told.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["alternatives_of", "conditional", "papers_in"]

_PIECE: Final = (
    r"(?:(?:các|những|\d{1,2}|một|mỗi loại)\s)?(?:\((?:một|hai|ba|\d{1,2})\)\s)?"
    r"(?:bản (?:sao|chính|gốc|chụp|photo|in|scan|điện tử)(?: điện tử)?(?: \([^()]{1,60}\))?"
    r"(?: (?:có |được |đã )?(?:chứng thực|công chứng|xác nhận|hợp lệ|cấp từ sổ gốc|từ sổ gốc|từ bản chính|theo quy định"
    r"|kèm(?: theo)? bản chính để đối chiếu)){0,3}(?: của)?,?\s)?"
)
"""How many of a paper, and whether an original or a copy: "01 bản sao có chứng thực"."""
_KINDS: Final = (
    r"giấy|hộ chiếu|thẻ|căn cước|chứng minh (?:thư|nhân dân)|sổ|quyết định|văn bản|công văn|tờ (?:trình|khai)|đơn|hợp đồng|ho[aá] đơn"
    r"|hóa đơn|chứng (?:từ|chỉ|thư)|biên bản|bằng(?! cách| tiếng| hình)|văn bằng|phiếu|báo cáo|bản (?:án|vẽ|cam kết|cam đoan|khai|kê|thuyết minh"
    r"|th[oỏ][aả] thuận|dịch|đồ|tự|kiểm|giải trình|đăng ký|tường trình|mô tả|tóm tắt|nhận xét|kế hoạch)|nghị quyết|trích lục|lệnh|thư(?! k[yý])"
    r"|thông báo|vận tải đơn|tài liệu|điều lệ|danh sách|bảng|di chúc|visa|thị thực|giấy tờ|học bạ|lý lịch|vận đơn|sao kê|tờ khai"
)
_KIND: Final = re.compile(rf"(?<!\w)(?:{_KINDS})(?!\w)", re.IGNORECASE)
_PAPER: Final = re.compile(
    rf"(?:{_PIECE}(?:(?:hoặc|hay) )?){{0,6}}(?:(?:{_KINDS})(?: (?:{_KINDS}))*(?: (?:chứng nhận|xác nhận) căn cước)?"
    r"|đăng ký (?:kinh doanh|môi trường|doanh nghiệp|kết hôn|xe)|kết quả)(?!\w)",
    re.IGNORECASE,
)
_REQUEST: Final = re.compile(
    r"(?:đơn|tờ khai|tờ trình|phiếu|công văn|(?:giấy|văn bản|thông báo) (?:đề nghị|đăng ký|yêu cầu|xin|đề xuất))(?!\w)",
    re.IGNORECASE,
)
"""A paper that asks for another: "Đơn đề nghị cấp giấy phép hoặc giấy chứng nhận" is one paper."""
_ONE_OF: Final = re.compile(
    r"(?:ít nhất )?(?:một|1|01) trong (?:(?:số )?(?:các|những)|số|hai|ba|bốn|02|03|04)(?: các)?(?: loại)?"
    r" (?:bản (?:sao|chính)[^:;.]{0,40} )?(?:giấy|tài liệu|văn bản|loại|hồ sơ|chứng từ)(?!\w)[^:;.]{0,200}",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"(?<!\w)(?:hoặc|hay)(?: là)?(?!\w)", re.IGNORECASE)
_SPLIT: Final = re.compile(r"\s?[,;]?\s(?:hoặc|hay)(?: là)?\s", re.IGNORECASE)
_BETWEEN: Final = re.compile(rf"(?:{_SPLIT.pattern}|[,;]\s|/)(?={_PAPER.pattern})", re.IGNORECASE)
_ITEM: Final = re.compile(
    r";(?:\s{0,9}hoặc\s)?|\n\s{0,9}[-+•*]|\s[+•]\s?|(?<=[.,;:\n])\s{0,9}[-–+]\s?|(?:(?<=\s)|^)(?:\(?[a-zđ]|\(?\d{1,2})\)\s?"
)
_PLAN: Final = re.compile(r"(?:phương án|dự án|đề án|kế hoạch|dự thảo|sơ đồ|ảnh)(?!\w)", re.IGNORECASE)
_LIST: Final = re.compile(r"(?:^|(?<=[.;\n])\s{0,3})[-+•*]\s{0,3}(?=[^\W\d])")
_SENTENCE: Final = re.compile(r"[.;]\s+(?=[^\s\d])(?!hoặc\s)|\n", re.IGNORECASE)
_OTHERWISE: Final = re.compile(r"(?<!\w)(?:thì|đồng thời)(?!\w)", re.IGNORECASE)
_AND: Final = re.compile(rf"(?<!\w)(?:và|cùng|kèm(?: theo)?)\s(?={_PAPER.pattern})", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"\s?[:,]?\s?(?:\d{1,2}|một|hai) (?:\([^()]{1,12}\) )?bản(?: (?:chính|sao|chụp|gốc))?[^,;.()]{0,20}$",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(r"(?P<head>[^:]{1,200}):\s|(?P<paper>.{1,300}?)\s(?:là|như)\s", re.DOTALL)
_LISTING: Final = re.compile(r"(?:gồm|sau|sau đây|kèm theo|các loại)$", re.IGNORECASE)
_PROSE: Final = re.compile(
    r"[\W\d]*(?:[a-zđ]\) )?(?:trường hợp|đối với|khi|nếu|người|cơ quan|tổ chức|cá nhân|ngoài|trong|việc|doanh nghiệp|không|yêu cầu)(?!\w)",
    re.IGNORECASE,
)
_HANDED: Final = re.compile(
    rf"(?:nộp|xuất trình|kèm theo|gửi|bổ sung|phải có|cung cấp|là|gồm|:)(?: thêm| kèm theo| các| bản)?\s(?={_PAPER.pattern})[^.]{{0,300}}\s(?:hoặc|hay)\s",
    re.IGNORECASE,
)
"""A remark that asks for a paper."""
_MARK: Final = re.compile(
    r"^(?:[-+•*–!\s]+|\(?(?:[a-zđ]|\d{1,2}|[ivx]{1,4})(?:\d?[.)]\s?)(?:\d{1,2}[.)]\s?)*)+", re.IGNORECASE
)
_EDGE: Final = " ;.,-+•*\n"
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_LONGEST: Final = 300
_LAST: Final = 800
"""The last paper of a list bears the words that hold for all."""
_MOST: Final = 30
_FOR_CASE: Final = re.compile(r"[\W\d]*(?:trường hợp|đối với|nếu)(?!\w)", re.IGNORECASE)
_WHEN: Final = re.compile(
    rf"[\W\d]*(?:[a-zđ]\) )?(?P<case>(?:trường hợp|đối với|nếu) [^.;:]{{1,300}}?),?"
    rf"(?: thì (?:[^.;:]{{1,80}}? )?(?:phải |cần |được )?(?:nộp|xuất trình|kèm theo|gửi|bổ sung|cung cấp|có)(?: thêm| kèm theo)?|:)"
    rf"\s(?P<rest>{_PAPER.pattern}.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A paper that is asked for in a case, in one sentence."""


def alternatives_of(words: str, group: str = "") -> list[str] | None:
    """Return the papers of which one is enough; none where it is one paper; None where that is not certain.

    *group* is the heading under which the paper stands.

    >>> alternatives_of("Một trong các giấy tờ sau: Hộ chiếu; Thẻ căn cước")
    ['Hộ chiếu', 'Thẻ căn cước']
    >>> alternatives_of("Giấy phép lái xe, hộ chiếu hoặc giấy tờ khác")
    ['Giấy phép lái xe', 'hộ chiếu', 'giấy tờ khác']
    >>> alternatives_of("Bản chính hoặc bản sao giấy phép"), alternatives_of("Đơn đề nghị cấp giấy phép hoặc giấy chứng nhận")
    ([], [])
    >>> alternatives_of("Trường hợp mất thì nộp hộ chiếu hoặc thẻ căn cước") is None
    True
    """
    name = re.sub(" {2,}", " ", _MARK.sub("", words)).strip()
    if (head := _ONE_OF.search(name)) is not None:
        return _listed(name, head)
    if _ONE_OF.search(group) and not _OR.search(name):
        items = _items(name)
        return items if len(items) > 1 and _fit(items) else []
    if not _OR.search(name):
        return []
    return _either(name)


def conditional(words: str) -> tuple[str, str] | None:
    """Return the case in which a paper is asked for and the paper, where the words are one sentence that says both.

    >>> conditional("Trường hợp mất thẻ thì nộp hộ chiếu hoặc thẻ căn cước.")
    ('Trường hợp mất thẻ', 'hộ chiếu hoặc thẻ căn cước')
    """
    name = re.sub(" {2,}", " ", words).strip(" \n")
    found = _WHEN.fullmatch(name)
    if found is None or _SENTENCE.search(found["rest"].rstrip(" .;")):
        return None
    return found["case"].strip(), found["rest"].rstrip(" .;")


def papers_in(words: str, group: str = "") -> tuple[str, ...]:
    """Return the papers that one row lists with marks, each of which begins as papers do; else the row as it stands.

    Under a heading, *group*, that says that one of them is enough, they stay together.

    >>> papers_in("- Đơn theo Mẫu số 01. - Biên bản họp theo Mẫu số 02.")
    ('Đơn theo Mẫu số 01', 'Biên bản họp theo Mẫu số 02')
    >>> papers_in("- Đơn, gồm: - Họ tên - Địa chỉ")
    ('- Đơn, gồm: - Họ tên - Địa chỉ',)
    """
    items = [item for item in (each.strip(_EDGE) for each in _LIST.split(words)) if item]
    listed = _LIST.match(words) is not None and 1 < len(items) <= _MOST and not _ONE_OF.search(group)
    plain = all(
        (_PAPER.match(item) or _PLAN.match(item)) and not _OR.search(item) and ":" not in item for item in items
    )
    return tuple(items) if listed and plain else (words,)


def _listed(name: str, head: re.Match[str]) -> list[str] | None:
    """Return the papers that follow "một trong các giấy tờ …:"."""
    before, rest = name[: head.start()].strip(), name[head.end() :]
    if not rest.startswith(":"):
        return None
    items = _items(rest[1:])
    bare = re.sub(_FORM_OF, "", before, flags=re.IGNORECASE)
    ours = not _PROSE.match(before) and len(before) <= _LONGEST and (_PAPER.match(before) or not _KIND.search(bare))
    return items if ours and len(items) > 1 and _fit(items) else None


def _items(text: str) -> list[str]:
    """Return what a text lists with marks, semicolons or, of papers alone, commas."""
    items = [item for item in (each.strip(_EDGE) for each in _ITEM.split(text)) if item]
    if len(items) == 1:
        parts = _parts(items[0])
        items = parts if all(_PAPER.match(part) for part in parts) else items
    return items


def _parts(text: str) -> list[str]:
    """Return what a text lists with commas, strokes and "hoặc" at the places where a paper begins."""
    whole = _BRACKETS.sub(lambda match: "\0" * len(match[0]), text)
    cuts = [0]
    ends: list[int] = []
    for match in _BETWEEN.finditer(whole):
        if not _same_paper(whole, match):
            ends.append(match.start())
            cuts.append(match.end())
    return [text[start:end].strip(_EDGE) for start, end in zip(cuts, [*ends, len(text)], strict=True)]


def _fit(items: list[str]) -> bool:
    return (
        len(items) <= _MOST
        and len(items[-1]) <= _LAST
        and not any(len(item) > _LONGEST for item in items[:-1])
        and not any(_PROSE.match(item) for item in items)
    )


def _either(name: str) -> list[str] | None:
    """Return the papers between which "hoặc" stands, where it stands between nothing else."""
    whole = _BRACKETS.sub(lambda match: "\0" * len(match[0]), name)
    ors = [
        match for match in _SPLIT.finditer(whole) if _PAPER.match(whole, match.end()) and not _same_paper(whole, match)
    ]
    if not ors or (_PROSE.match(whole) and not _HANDED.search(whole)):
        return []  # bodies, people, acts; forms of one paper; a remark
    first = whole[: ors[0].start()]
    if _asks(first) and not any(_REQUEST.match(whole, match.end()) for match in ors):
        return []
    if (stop := re.search(r"[.]\s+(?=[^\W\d])", whole[ors[0].end() :])) is not None:  # later sentences explain
        ors = [match for match in ors if match.start() < ors[0].end() + stop.start()]
    start = 0
    if (head := _HEADED.match(whole)) is not None and _PAPER.match(whole, head.end()):
        start = head.end()
        if _FOR_CASE.match(whole):
            return None  # see conditional
    end = next((match.start() for match in _SENTENCE.finditer(whole, ors[-1].end())), len(whole))
    text = _COUNTED.sub("", name[start:end].strip(_EDGE)).strip(_EDGE)
    parts = _parts(text)
    commas = len(parts) - 1 > len(ors)
    listing = start and _LISTING.search(name[:start].rstrip(": ")) is not None and commas
    plain = not (
        _PROSE.match(text) or _OTHERWISE.search(text) or _AND.search(text) or _SENTENCE.search(text) or listing
    )
    single = all(_PAPER.match(part) for part in parts) and not any(_KIND.search(_kindless(part)) for part in parts[:-1])
    return parts if plain and single and len(parts) > 1 and _fit(parts) else None


def _asks(words: str) -> bool:
    """Whether *words* are a request that names the paper for which it asks."""
    return _REQUEST.match(words) is not None and _KIND.search(_kindless(words)) is not None


def _same_paper(whole: str, match: re.Match[str]) -> bool:
    """Whether both sides of "hoặc" are forms of one paper: an original or a copy of it."""
    left = whole[max(0, match.start() - _LONGEST) : match.start()].rstrip(" ,;")
    return re.search(rf"{_FORM_OF}$", left, re.IGNORECASE) is not None


_FORM_OF: Final = (
    r"(?:bản (?:sao|chính|gốc|chụp|photo|in|scan|điện tử)|tệp tin|biểu mẫu|sổ gốc|bản chính để đối chiếu|đối chiếu)"
    r"(?: (?:có |được |đã )?(?:điện tử|chứng thực|công chứng|hợp lệ|cấp từ sổ gốc|từ bản chính|từ sổ gốc|có giá trị pháp lý|kèm(?: theo)? bản chính để đối chiếu))*"
    r"(?:,? \x00+)?"
)


def _kindless(part: str) -> str:
    """Return a part without the paper that it begins with, and without what is in brackets."""
    paper = _PAPER.match(part)
    return _BRACKETS.sub("", part[paper.end() :] if paper else part)
