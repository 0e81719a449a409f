"""The words of published fees, as patterns (amounts, units, bounds, periods, what is free and for whom), and what was read in them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from onestop_core.catalogue.values.codes import FeeKind
from onestop_core.catalogue.values.money import Fee
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = [
    "AMOUNT",
    "BODY",
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
    "FeeOutcome",
    "FeeWording",
    "FoundFee",
    "amount_of",
    "period_of",
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
PER: Final = re.compile(
    r"(?: (?:một|mỗi|cho một|cho mỗi) | ?\( ?(?=(?:lần|hồ sơ)(?: cấp| thẩm định)? ?\)))(?P<unit>[^\W\d_][^()/,.;:+\d-]{0,40})"
)
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
BODY: Final = re.compile(
    r"(?<!\w)do [^.;]{0,20}(?:[uủ][yỷ] ban|ubnd|bộ |chính phủ|cơ quan)[^.;]{0,60}(?:quy định|ban hành)"
)
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


class FeeOutcome(Code):
    """What came of reading a wording; every outcome but the first four gives no fee."""

    READ = "read"
    """One amount, and nothing in the text that gainsays it."""
    FREE = "free"
    """Nothing is paid."""
    SET_BY = "set_by"
    """The provincial people's council sets it."""
    PERCENTAGE = "percentage"
    """A percentage of something."""
    ELSEWHERE = "elsewhere"
    """Another text is named that sets it; the amount is not here."""
    NOT_PRESCRIBED = "not_prescribed"
    """The text says that none is prescribed."""
    NOT_STATED = "not_stated"
    """The text says that there is no information, or nothing at all."""
    SEVERAL = "several"
    """Several amounts, by case, by step or by time: see :attr:`FeeWording.found`."""
    RANGE = "range"
    """From so much to so much."""
    BOUND = "bound"
    """At most or at least so much."""
    CONTRADICTION = "contradiction"
    """It says two things: free, and an amount or a text that sets one; or two amounts for one thing."""
    TOO_SMALL = "too_small"
    """Less than a thousand đồng: as a rule three digits were lost."""
    NOT_UNDERSTOOD = "not_understood"
    """No amount was found."""


OUTCOME_TEXTS: Final = {
    FeeOutcome.READ: Text(vi="một mức thu", en="one amount"),
    FeeOutcome.FREE: Text(vi="miễn phí", en="free"),
    FeeOutcome.SET_BY: Text(vi="do Hội đồng nhân dân cấp tỉnh quy định", en="set by the provincial people's council"),
    FeeOutcome.PERCENTAGE: Text(vi="thu theo tỷ lệ phần trăm", en="a percentage"),
    FeeOutcome.ELSEWHERE: Text(vi="quy định ở văn bản khác", en="set by another text"),
    FeeOutcome.NOT_PRESCRIBED: Text(vi="không quy định mức thu", en="no fee is prescribed"),
    FeeOutcome.NOT_STATED: Text(vi="không có thông tin về mức thu", en="no information on the fee"),
    FeeOutcome.SEVERAL: Text(vi="nhiều mức thu trong một đoạn", en="several amounts in one text"),
    FeeOutcome.RANGE: Text(vi="khoảng từ … đến …", en="a range from … to …"),
    FeeOutcome.BOUND: Text(vi="mức tối đa hoặc tối thiểu", en="a greatest or a least amount"),
    FeeOutcome.CONTRADICTION: Text(vi="các mức thu mâu thuẫn nhau", en="amounts that contradict each other"),
    FeeOutcome.TOO_SMALL: Text(
        vi="dưới một nghìn đồng, có thể đã mất ba chữ số", en="less than a thousand đồng; three digits may be lost"
    ),
    FeeOutcome.NOT_UNDERSTOOD: Text(vi="không tìm thấy mức thu", en="no amount was found"),
}


@attrs.frozen(kw_only=True)
class FoundFee:
    """One fee in a text, with what its own clause says of it."""

    fee: Fee
    words: str
    """The words of the amount itself, as they stand."""
    condition: str | None = None
    """For whom or what it holds, as its words stand."""


@attrs.frozen(kw_only=True)
class FeeWording:
    """A published wording of a fee, read: never guessed.

    See :func:`onestop_core.catalogue.read_fee`.
    """

    text: str
    """The text that was read, in normal form, with single blanks."""
    outcome: FeeOutcome
    fee: Fee | None = None
    """What is paid, where it is certain; its ``published`` is the text. Else None."""
    condition: str | None = None
    dropped: tuple[str, ...] = ()
    """What else the text says, piece by piece, in its order: nothing is lost."""
    found: tuple[FoundFee, ...] = ()
    """Every amount in the text, in its order."""

    @property
    def reason(self) -> Text:
        """What came of it, in words.

        >>> from onestop_core import catalogue
        >>> catalogue.read_fee("Miễn phí (150.000 đồng/giấy)").reason.en
        'amounts that contradict each other'
        """
        return OUTCOME_TEXTS[self.outcome]


def period_of(match: re.Match[str]) -> tuple[date | None, date | None]:
    """Return the first and the last day of a period; None where it is not said or is no day."""
    days = match.groups()
    first = _day(*days[0:3]) or _day(*days[9:12])
    return first, _day(*days[3:6]) or _day(*days[6:9])


def _day(day: str | None, month: str | None, year: str | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
