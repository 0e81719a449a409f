"""The words of published fees, as patterns: amounts, units, bounds, periods, what is free and for whom."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from onestop_core.catalogue.values.codes import FeeKind

__all__ = [
    "AMOUNT",
    "BRACKET",
    "CAPPED",
    "CHANGED",
    "CLAUSE",
    "COUNCIL",
    "CURRENCY",
    "DAY",
    "EDGE",
    "FOREIGN",
    "FREE",
    "FREE_COLUMN",
    "GROUPED",
    "INNER",
    "IN_BRACKETS",
    "KINDS",
    "LABEL",
    "LAW",
    "LONE",
    "MOST",
    "NEAR",
    "NONE",
    "NOT_CHARGED",
    "NOT_MONEY",
    "NOT_PRESCRIBED",
    "NOT_STATED",
    "NO_CONDITION",
    "NUMBERED",
    "OF",
    "PER",
    "PERCENT",
    "PERIOD",
    "PLAIN",
    "RANGE",
    "SCALES",
    "SCOPE",
    "SMALLEST",
    "SOME",
    "SPELLED",
    "UNIT",
    "UPWARDS",
    "WHOLE",
    "WHOM",
    "WORTH",
    "amount_of",
    "unit_of",
]

GROUPED: Final = r"\d{1,3}(?:\.\d{3})+(?![.\d])|\d{1,3}(?:,\d{3})+(?![,\d])|\d{1,3}(?: \d{3})+(?! ?\d)"
"""A number in groups of thousands, in each of the notations."""

NONE: Final = re.compile(
    r"(?:(?:phí|lệ phí|mức thu|phí, lệ phí) ?:? ?)?(?:không|không có|không thu|0)(?: đồng| vnđ| việt nam đồng)?[.;]?"
)
NOT_STATED: Final = re.compile(r"(?:không|chưa) có (?:thông tin|dữ liệu)[.;]?|[-–—.()]*|(?:lệ )?phí ?: ?(?:đồng)?|n/a")
NOT_PRESCRIBED: Final = re.compile(
    r"(?<!\w)(?:chưa|không)(?: có)? quy định(?: (?:mức thu|phí|lệ phí|về phí|cụ thể))?(?!\w)"
)
FREE_COLUMN: Final = re.compile(r"miễn phí ?\((?![ -]*(?:kể )?từ ngày)")
"""What a column says of its own, before words in brackets."""
SCOPE: Final = re.compile(
    r"(?:miễn phí|miễn (?:thu )?(?:phí|lệ phí|giá)|0 (?:đồng|vnđ)|không thu(?: phí| lệ phí)?) ?\(?[ -]*(?P<for>(?:đối với|cho|áp dụng (?:cho|đối với)) [^();:%]{1,200})\)?[.;]?"
)
"""Free, and for whom: nothing else stands there."""
NOT_CHARGED: Final = re.compile(
    r"miễn phí ?\([ -]*(?:không (?:được )?quy định tại biểu (?:mức (?:thu )?)?phí|không thu (?:phí|lệ phí))[^%:;()]{0,300}\)[.;]?"
)
"""Free, and a law that sets no fee or forbids one."""
PLAIN: Final = r"\d{1,12}(?:[.,]\d{1,2})?(?![.,]?\d)"
CURRENCY: Final = r"việt nam đồng|đồng việt nam|đồng|vnđ|vnd|đ|usd|đô la mỹ|đô-la mỹ|đô la|eur|euro"
SPELLED: Final = r"\((?:(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|nghìn|ngàn|triệu|tỷ|linh|lẻ|không) ?){2,20}\)"
"""A number in words, between the digits and the currency."""
AMOUNT: Final = re.compile(
    rf"(?<![\w.,/])(?P<number>{GROUPED}|{PLAIN}) ?(?:{SPELLED} ?)?(?:(?P<scale>triệu|nghìn|ngàn|tỷ) ?)?"
    rf"(?:(?P<currency>{CURRENCY})(?!\w)|(?P<bare>(?=/ ?(?:\d+ )?[^\W\d])))"
)
NUMBERED: Final = re.compile(
    rf"(?<![\w.,/])\d[\d.,]*(?= ?(?:{SPELLED} ?)?(?:triệu |nghìn |ngàn |tỷ )?(?:{CURRENCY})(?!\w))"
)
"""Whatever stands before a currency, also a number that nobody can read, such as ``3000.000``."""
LONE: Final = re.compile(
    rf"(?<![\w.,/])(?:(?<=: )(?P<said>{GROUPED})(?! ?(?:k?g|tấn|tạ|k?m|m[23²³]|gt|dwt|cv|hp|người|chỗ|ghế|con|cây|lít)(?!\w))"
    rf"|(?P<alone>{GROUPED})(?= ?(?:[;()]|$)|, |\. ))"
)
"""A number in groups of thousands that a label announces, or that stands alone in its clause: a sum without its currency."""
WHOLE: Final = re.compile(rf"(?:(?P<kind>phí|lệ phí|giá|mức thu) ?: ?)?(?P<number>{GROUPED}|{PLAIN})")
SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
FOREIGN: Final = {"usd": "USD", "đô la mỹ": "USD", "đô-la mỹ": "USD", "đô la": "USD", "eur": "EUR", "euro": "EUR"}
SMALLEST: Final = 1000
NEAR: Final = 80
"""Characters between a word and the period in which it holds."""

# Numbers that are no money, blanked out before amounts are looked for.
NOT_MONEY: Final = re.compile(
    r"\d{1,4}/\d{4}/[\w-]+|ngày \d{1,2} tháng \d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|năm \d{4}"
    r"|(?:số|điều|khoản|điểm|mẫu|phụ lục|mục) \d[\w/.-]*"
)
DAY: Final = r"(?:ngày )?(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})"
PERIOD: Final = re.compile(
    rf"(?:kể )?từ {DAY},? ?(?:đến|tới)(?: hết)? {DAY}|(?:đến|tới)(?: hết)? {DAY}|(?:kể )?từ {DAY}"
)
UNIT: Final = re.compile(
    r"(?: ?\( ?(?:đồng|đ|vnđ)?)? ?/ ?(?:0?1 ?)?(?P<unit>k?m[23²³](?!\w)|[^\W\d_][^()/,.;:+\d]{0,60}(?:/[^\W\d_][^()/,.;:+\d]{0,40})?)"
)
PER: Final = re.compile(r" (?:một|mỗi|cho một|cho mỗi) (?P<unit>[^\W\d_][^()/,.;:+\d-]{0,40})")
RANGE: Final = re.compile(r"^ ?(?:/[^,.;:()]{0,30})? ?(?:-|–|đến|tới) ?$")
MOST: Final = re.compile(
    r"(?:(?:tối đa|tối thiểu|không quá|ít nhất|không vượt quá|cao nhất|thấp nhất|không thấp hơn|trên|dưới|từ|hơn|khoảng|gần|chừng)"
    r"(?: là)?(?: mức)?:?|[<>~≈≤≥]=?) ?$"
)
CHANGED: Final = re.compile(
    r"(?:(?<!\w)(?:giảm|cộng thêm|thu thêm|thêm|tăng)(?: là)?:?|\d ?\+|\d ?(?:triệu|nghìn|ngàn|tỷ)) ?$|\d[.,]? $"
)
"""What is taken from an amount or added to it, or a number that was torn apart."""
UPWARDS: Final = re.compile(r"^(?: ?/[^,.;:()]{0,30})? trở (?:lên|xuống)")
CAPPED: Final = re.compile(
    r"(?:nhưng|,|và)(?: mức)?(?: thu)? ?(?:không quá|không vượt quá|không thấp hơn|tối đa|tối thiểu)(?: là)?(?: mức)? ?$"
)
"""A bound of what is paid, behind what something is worth."""
WORTH: Final = re.compile(
    r"(?:giá trị|trị giá|vốn|mức đầu tư|mệnh giá|tổng mức|doanh thu|giá tính|lương|phạt)[^.;():]{0,60}$"
)
FREE: Final = re.compile(
    r"miễn phí|miễn (?:thu )?(?:phí|lệ phí|giá)|miễn(?= (?:kể )?từ ngày)|(?:không|chưa) (?:phải )?(?:thu|mất|nộp|trả|có)"
    r" (?:tiền |khoản )?(?:phí|lệ phí)|không lệ phí|không phí|không thu(?!\w)"
)
COUNCIL: Final = re.compile(r"hội đồng nhân dân|hđnd")
PERCENT: Final = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,4})?) ?(?:%|phần trăm)")
OF: Final = re.compile(r" ?(?:của |so với |trên )?(?P<of>[^\W\d_][^.;:()]{1,300})")
LAW: Final = re.compile(
    r"(?:tt|nđ|nq|qđ)(?: số)? ?\d|thông tư|nghị định|nghị quyết|quyết định|biểu (?:mức )?(?:phí|giá|khung)|luật|theo (?:mức |khung |biểu )?quy định"
    r"|theo pháp luật|quy định (?:tại|của)|thực hiện theo|phụ lục|hợp đồng|thỏa thuận"
)
SOME: Final = re.compile(r"đối với|trường hợp|cho (?:người|các|đối)|đối tượng")
KINDS: Final = (
    (re.compile(r"lệ phí"), FeeKind.CHARGE),
    (re.compile(r"giá(?: dịch vụ)?(?= ?:)|giá dịch vụ"), FeeKind.PRICE),
    (re.compile(r"(?<!lệ )phí(?! dịch vụ)"), FeeKind.FEE),
)
CLAUSE: Final = re.compile(r"(?:;(?! ?[Hh]oặc )|[+•\n])|\. |(?<!\w)- |\)(?= ?[\w-])")
IN_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
BRACKET: Final = re.compile(r" ?\([^()]*\)")
WHOM: Final = re.compile(r",? ?(?:đối với|cho|nếu|trường hợp|với) [^.;()]+", re.IGNORECASE)
INNER: Final = re.compile(r"\([^()]*\)")
EDGE: Final = " ,;:.-+–*\t"
NO_CONDITION: Final = re.compile(
    r"mức|đã|chưa|không|theo|chi phí|người nộp|áp dụng|bao gồm|căn cứ|nộp|thu|quy định|được|tương đương|đồng"
)
LABEL: Final = re.compile(
    r"^(?:áp dụng )?(?:mức (?:thu )?)?(?:phí, lệ phí|lệ phí|phí|giá dịch vụ|giá|mức thu|mức giá|mức)(?: là| bằng)?$",
    re.IGNORECASE,
)


def amount_of(words: str, scale: int, foreign: str | None) -> Decimal | None:
    """Return the number that *words* say; None where it is no sum of money."""
    if re.fullmatch(GROUPED, words):
        number = Decimal(re.sub(r"[., ]", "", words))
        if scale > 1:
            return None  # "1.500 triệu": nobody knows which
    else:
        number = Decimal(words.replace(",", "."))
    total = number * scale
    if foreign is None:
        return total.quantize(Decimal(1)) if total == total.to_integral_value() else None
    return total


def unit_of(unit: str) -> str:
    """Return a unit without the clause that follows it."""
    return re.split(
        r" (?:theo|đối với|và|hoặc|nếu|trường hợp|áp dụng|kể từ|từ|cho|của|khi|là|được)(?!\w)", unit, maxsplit=1
    )[0].strip()
