"""The lenient reader of published time limits: one limit, or why there is none; never a wrong one.

:meth:`TimeLimit.parse <onestop_core.model.TimeLimit.parse>` reads what systems write. People write sentences, with numbers
in them that are no limits: dates, articles, fees, times of day, least times, times before an event. A number with a unit
counts as a limit only where nothing beside it says otherwise; whatever is in doubt is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import LimitStep, LimitUnit, TimeLimit
from onestop_core.model.words import LONGEST_TEXT, plain_text
from onestop_core.rules.wording.quantities import QUANTITY, RANGE, UNIT, step_of
from onestop_core.rules.wording.starts import start_of
from onestop_core.rules.wording.values import FoundLimit, LimitOutcome, LimitWording

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_limit"]

_LONGEST: Final = 5 * LONGEST_TEXT
"""A page's longest description of a limit, several times over."""

_BLANK_WITHIN: Final = re.compile(r"(?<=\() | (?=\))")
"""A blank that a typist left within brackets says nothing: "07 ( bảy ) ngày"."""

_WORKING: Final = re.compile(r"làm v[iíìịỉĩ][eéèẹẻẽêếềệểễ]c")
"""Slips of the mark over "việc" that leave no doubt, each as long as the word itself."""
# What is no limit, wherever it stands: blanked out before numbers are looked for.
_NOT_TIME: Final = re.compile(
    r"""
      (?:số|điều|khoản|điểm|mục|mẫu|phụ\ lục|chương|quyển|bước|stt)\s(?:số\s)?[\dIVX][\w/.-]*(?:(?:,|\ và|\ hoặc|;)\s?\d[\w/.-]*(?!\s?(?:ngày|giờ|tháng|năm|tuần)))*
    | \d[\d.,]*\s?(?:%|phần\ trăm|đồng|đ\b|vnđ|vnd|usd|m2|m²|km|tấn|kg|bộ|bản|dây|phân|tàu|người|tờ)
    """,
    re.VERBOSE,
)
_DAY_OF_MONTH: Final = re.compile(
    r"ngày (?:thứ )?\d{1,2}(?!\d)(?! ?ngày)(?: ?\([\w ]+\))?(?:[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?"
    r"(?: ?(?:của )?tháng(?: (?:\d{1,2}|(?!ngày)[a-zà-ỹ]+)(?! ?ngày))?(?:[ /]năm \d{4}|/\d{4})?)?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}/\d{4}|\d{1,2}/\d{1,2}(?!\d| ?(?:ngày|giờ|tháng|năm|buổi))"
    r"|tháng \d{1,2}(?!\d)(?:[/ ](?:năm )?\d{4})?|năm \d{4}|\b\d{4}(?=\W|$)"
)
_TIME_OF_DAY: Final = re.compile(
    r"(?:(?<=sau )|(?<=trước )|(?<=lúc )|(?<=đến )|(?<=từ ))\d{1,2} ?(?:giờ|h)(?! (?:làm|kể|tính))(?: ?\d{2})?(?: phút)?"
    r"|\d{1,2}h(?:\d{2})?(?!\w)|\d{1,2}:\d{2}"
)

# What stands before a number and makes it something else than a limit, nearest first.
_LEFT: Final = (
    (
        LimitOutcome.MINIMUM,
        (
            r"(?:tối thiểu|ít nhất|không dưới|không ít hơn|trên|(?<!không muộn )(?<!không chậm )hơn|đủ|sớm nhất|(?<!không )(?<!không vượt )(?<!không chậm )quá)"
            r"(?: là| trong)?(?: thời hạn| thời gian)?$|(?:^| )sau(?: thời hạn| thời gian| khoảng| đó)?$"
        ),
    ),
    (LimitOutcome.MINIMUM, r"(?:(?<![-=–])>|≥|>=)$"),
    (
        LimitOutcome.RANGE,
        (
            r"(?:<|~|≈|(?:^|[^\w])(?:dưới|gần|chừng|độ chừng|chưa (?:đến|tới|đầy))|(?<!trong )(?:^|[^\w])khoảng|\d ?[/x×*]"
            rf"|(?<![\w,./])\d{{1,3}},|\d ?(?:{UNIT}) ?/)$"
        ),
    ),
    (LimitOutcome.BEFORE_EVENT, r"trước(?: ít nhất| tối thiểu| thời hạn)?$"),
    (
        LimitOutcome.EXTENSION,
        r"(?:gia hạn|kéo dài|thêm|tăng|giảm|rút ngắn)[^.;:]{0,60}$|gấp (?:đôi|ba|\d+(?: lần)?)$|\d ?\+$|(?:[-=–]>|→|⇒)$",
    ),
    (
        LimitOutcome.OTHER_PERIOD,
        (
            r"(?:hiệu lực|giá trị|thời hạn sử dụng|thời hạn (?:của )?(?:giấy|chứng)|(?:giấy|chứng|thẻ)[^.;:]{0,40} có thời hạn|bảo hành|lưu (?:trữ|giữ|hồ sơ)|bảo quản)[^.;:]{0,40}:?$|(?:định kỳ|mỗi|hằng|hàng|cứ|từ đủ"
            r"|tuổi|kinh nghiệm)[^.;:]{0,40}$"
        ),
    ),
)
_RIGHT: Final = (
    (LimitOutcome.MINIMUM, r"^ ?(?:trở lên|trở đi)"),
    (LimitOutcome.BEFORE_EVENT, r"^,? ?(?:\([^)]*\) ?)?(?:liền )?(?:kề )?trước|^,? tính đến"),
    (
        LimitOutcome.OTHER_PERIOD,
        (
            r"^ ?(?:tuổi|kinh nghiệm|công tác|liên tục|/|một lần|1 lần|gần nhất|liên tiếp|đầu|cuối|nghỉ|lễ)"
            r"|^ (?:cho )?(?:mỗi|từng) (?:giai đoạn|bước|khâu|lần|đợt|đơn vị|cơ quan|cấp|hồ sơ)"
        ),
    ),
    (
        LimitOutcome.UNIT,
        (
            r"^ (?:và |, ?)?\d+ (?:giờ|phút|ngày|tháng)|^ \d|^ ?(?:[x×*]|nhân(?: với)?) ?\d"
            r"|^ (?:rưỡi|l\.?v\.?|l[aàáảãạ]?m|việc|hành chính|thường|ngày|giờ)(?!\w)"
            r"|^(?: ?[(),–-]+ ?)(?:l\.?v\.?|làm việc)(?!\w)"
        ),
    ),
    (LimitOutcome.DATE, r"^ (?:của|hằng|hàng|đầu tiên của) (?:tháng|quý|năm)|^ (?:tháng|hàng|hằng) "),
)
_FROM: Final = re.compile(
    r",? ?(?:được )?(?P<event>(?:k[eểẻ] từ|tính từ|tính kể từ|từ|sau)(?: (?:khi|ngày|thời điểm|lúc|thời gian))?(?: [^.;:()]*)?)"
)
_WHOM: Final = r"(?:trường hợp|đối với|nếu|riêng|áp dụng|cấp mới|cấp lại|cấp đổi|gia hạn|thủ tục|bước \d{1,2}|giai đoạn \d|gđ ?\d|cấp (?:tỉnh|xã|huyện|bộ)|hồ sơ nộp|với)\b"
_FOR_WHOM: Final = re.compile(rf"(?:trong |cho )?{_WHOM}")
_AFTER: Final = re.compile(rf",? ?(?P<whom>{_WHOM}[^.;:()]*)")
_BEFORE_IT: Final = re.compile(rf"[ ,:+-]*(?:[^:]*: )?(?P<whom>{_WHOM}.*)")
_BRACKET: Final = re.compile(r" ?\((?P<inside>[^()]*)\)")
_CLAUSE: Final = re.compile(r"[.;]\s|;|\s-\s|(?<!\(\d)(?<!\(\d\d)\)")
_PREFIX: Final = re.compile(
    r"(?:(?:^|[ ,:)])(?:trong|trong (?:thời hạn|thời gian|vòng|khoảng)|thời hạn|thời gian|tối đa|không quá|không vượt quá|không (?:chậm|muộn) (?:quá|hơn)|chậm nhất"
    r"|chậm nhất là|muộn nhất|muộn nhất là|là|thì|phải|within|at most|up to|không quá là|của))+$"
)
_SHARE: Final = re.compile(r"(?!1/[24]|3/4)\d+/\d")
"""A stroke between two numbers, as a rule a range: "10/15 ngày" is no two thirds of a day."""
_PERCENT: Final = re.compile(
    r"(?:giảm|cắt|rút ngắn|bằng|còn)[^.;]{0,40}\d ?(?:%|phần trăm)|\d ?(?:%|phần trăm)[^.;]{0,20}(?:thời (?:gian|hạn))"
)
_POINT: Final = re.compile(r"(?<![\w\x01)\"”…])(?<![.])\.$")
"""A point right before a number that ends no sentence: ".5 ngày" lost a digit."""
_EDGE: Final = " ,;:.()-+/"
_SAME_DAY: Final = re.compile(
    r"(?:ngay )?trong (?:cùng )?(?:một )?ngày(?: làm việc|(?! làm))(?! (?:liền )?(?:tiếp theo|kế|thứ|sau|trước|\d))(?!\w)"
)
_NEXT_DAY: Final = re.compile(r"(?<!\d )ngày(?: làm việc)?(?: liền)? (?:tiếp theo|kế tiếp|hôm sau)(?!\w)")
_AT_ONCE: Final = re.compile(
    r"(?<!\w)(?<!được )ngay(?: lập tức)?(?= ?[.,;]| ?$| (?:sau )?khi (?:nhận|tiếp nhận)| sau khi)(?! ?[.,;]? ?trong ngày)"
)
_UNTIL: Final = re.compile(r"(?:trước|(?:chậm|muộn) nhất(?: là)?(?: vào)?|vào|đến hết) $")
_BEFORE: Final = re.compile(r"(?<!\w)trước (?:khi|ngày|lúc|thời điểm)")
_NOT_PRESCRIBED: Final = re.compile(r"(?<!\w)(?:chưa|không)(?: có)? quy định(?!\w)")
_NOT_STATED: Final = re.compile(r"(?:không|chưa) có(?: thông tin| dữ liệu)?[.;]?|[-–—.]+|không xác định[.;]?|n/a")
_WITHIN_THE_DAY: Final = TimeLimit.of(1, LimitUnit.SAME_DAY)
_SECOND_LIMIT: Final = frozenset({LimitOutcome.EXTENSION, LimitOutcome.UNIT, LimitOutcome.DATE})
"""What beside a limit may be another one."""
_DAYS_OFF: Final = re.compile(
    r" ?[,(]? ?(?:(?:không|chưa) (?:kể|tính|bao gồm|gồm)|(?:loại |ngoại )?trừ)(?: cả| các| những| đi)? ?(?:ngày )?(?:nghỉ|lễ|tết|(?:thứ )?(?:bảy|7)|chủ nhật)"
)
"""Days of the calendar without days off: nearly working days, and not said whether all days off are meant."""


@attrs.frozen
class _Candidate:
    """A number with a unit, or a phrase: a limit, or why it is none."""

    start: int
    end: int
    step: LimitStep | None
    flaw: LimitOutcome | None = None


def read_limit(text: str) -> LimitWording:
    """Read a published wording of a time limit: the limit, the event it runs from, for whom it holds, and what was left.

    Never a wrong limit: two limits in one text, ranges, least times, times before an event, dates and contradictions
    between digits and words are told by ``outcome``, not guessed.

    >>> found = read_limit("05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.")
    >>> str(found.limit), found.start.value, found.runs_from
    ('5 working days', 'full_dossier', 'kể từ ngày nhận đủ hồ sơ hợp lệ')
    >>> told = read_limit("28 ngày làm việc (đối với cấp mới), 02 ngày làm việc (đối với cấp lại)")
    >>> told.limit, told.outcome.value, [(str(each.limit), each.conditions) for each in told.found]
    (None, 'several', [('28 working days', ('đối với cấp mới',)), ('2 working days', ('đối với cấp lại',))])

    Raises:
        InvalidValueError: it is no text, blank, or longer than 20,000 characters.
    """
    words = " ".join(plain_text(text, "time limit", longest=_LONGEST).split())
    words = _BLANK_WITHIN.sub("", words)
    low = words.lower()
    if len(low) != len(words):  # a letter that has no small form of one character
        words = low
    low = _WORKING.sub("làm việc", low)
    strict = _strict(low)
    if strict is not None:
        found = FoundLimit(limit=strict, words=words)
        return LimitWording(text=words, outcome=LimitOutcome.READ, limit=strict, found=(found,))
    if _NOT_STATED.fullmatch(low):
        return LimitWording(text=words, outcome=LimitOutcome.NOT_STATED)
    return _Reader(words, low).read()


def _strict(low: str) -> TimeLimit | None:
    if _SHARE.match(low):
        return None
    try:
        limit = TimeLimit.parse(low.rstrip(".; "))
    except InvalidValueError:
        return None
    return None if low.startswith("p") and limit.is_budget else limit


class _Reader:
    """One text at a time: numbers with units, what stands left and right of each, and what of it stays."""

    def __init__(self, words: str, low: str) -> None:
        self.words = words
        self.low = low
        self.plain = low
        self.dated = False
        for pattern in (_NOT_TIME, _DAY_OF_MONTH, _TIME_OF_DAY):
            self.plain = pattern.sub(self._blank, self.plain)

    def _blank(self, match: re.Match[str]) -> str:
        if match.re is _DAY_OF_MONTH and _UNTIL.search(self.plain[max(0, match.start() - 30) : match.start()]):
            self.dated = True
        return "\x01" * len(match[0])

    def read(self) -> LimitWording:
        candidates = sorted((*self._quantities(), *self._phrases()), key=lambda each: each.start)
        good = [each for each in candidates if each.step is not None and each.flaw is None]
        read = [self._found(each, each.step) for each in good if each.step is not None]
        found = tuple(one for one, _ in read)
        outcome = self._outcome(found, [each.flaw for each in candidates if each.flaw is not None])
        if outcome is not LimitOutcome.READ:
            return LimitWording(text=self.words, outcome=outcome, found=found, dropped=() if found else (self.words,))
        one, used = read[0]
        return LimitWording(
            text=self.words,
            outcome=outcome,
            limit=one.limit,
            start=one.start,
            runs_from=one.runs_from,
            conditions=one.conditions,
            dropped=self._rest(used),
            found=found,
        )

    def _outcome(self, found: tuple[FoundLimit, ...], flaws: list[LimitOutcome]) -> LimitOutcome:
        # These say that the limit itself is in doubt, whatever else was found.
        for grave in (LimitOutcome.CONTRADICTION, LimitOutcome.RANGE):
            if grave in flaws:
                return grave
        if found:
            beside = bool(_SECOND_LIMIT & set(flaws)) or self.dated or self._next_day(found)
            beside = beside or _PERCENT.search(self.low) is not None
            same = len({(each.limit, each.runs_from, each.conditions) for each in found}) == 1
            return LimitOutcome.READ if same and not beside else LimitOutcome.SEVERAL
        if flaws:
            return flaws[0]
        if self.dated:
            return LimitOutcome.DATE
        if _NOT_PRESCRIBED.search(self.low):
            return LimitOutcome.NOT_PRESCRIBED
        return LimitOutcome.BEFORE_EVENT if _BEFORE.search(self.low) else LimitOutcome.NOT_UNDERSTOOD

    def _next_day(self, found: tuple[FoundLimit, ...]) -> bool:
        """Whether another limit is "the next working day"; after 15:00 that is what "within the day" means anyway."""
        if _NEXT_DAY.search(self.plain) is None:
            return False
        return not (found[0].limit == _WITHIN_THE_DAY and re.search(r"15 ?(?:giờ|h)", self.low))

    def _quantities(self) -> Iterator[_Candidate]:
        in_range = {at for match in RANGE.finditer(self.plain) for at in (match.start(), match.end())}
        for match in QUANTITY.finditer(self.plain):
            step, flaw = step_of(match)
            flaw = flaw or self._flaw(match, in_range=match.start() in in_range)
            yield _Candidate(start=match.start(), end=match.end(), step=step, flaw=flaw)

    def _flaw(self, match: re.Match[str], *, in_range: bool) -> LimitOutcome | None:
        """Return what stands beside a number and makes it something else than a limit."""
        left = self.plain[max(0, match.start() - 100) : match.start()].rstrip()
        right = self.plain[match.end() : match.end() + 200]
        if in_range or left[-1:].isdigit():
            return LimitOutcome.RANGE
        if match["unit"] == "ngày" and _DAYS_OFF.match(right):
            return LimitOutcome.UNIT
        if _POINT.search(self.plain[max(0, match.start() - 3) : match.start()]):
            return LimitOutcome.UNIT
        said = _PREFIX.search(left) or not left or left[-1] in ".;:-+)("
        if match["number"][0].isalpha() and not match["again"] and not said:
            return LimitOutcome.OTHER_PERIOD  # "hai năm" in running text is no limit unless something says so
        clause = re.split(r"[.;]\s|;", left)[-1]
        flaws = [outcome for outcome, pattern in _RIGHT if re.search(pattern, right)]
        flaws += [outcome for outcome, pattern in _LEFT if re.search(pattern, clause)]
        return flaws[0] if flaws else None

    def _phrases(self) -> Iterator[_Candidate]:
        """Return the limits that are said without a number."""
        for pattern, unit in ((_SAME_DAY, LimitUnit.SAME_DAY), (_AT_ONCE, LimitUnit.IMMEDIATE)):
            for match in pattern.finditer(self.plain):
                yield _Candidate(start=match.start(), end=match.end(), step=LimitStep(unit=unit))

    def _found(self, each: _Candidate, step: LimitStep) -> tuple[FoundLimit, list[tuple[int, int]]]:
        """Return the limit with its event and its conditions, and the places in the text that say all this."""
        used = [(each.start, each.end)]
        conditions: list[tuple[int, int]] = []
        event: tuple[int, int] | None = None
        at = each.end
        while (bracket := _BRACKET.match(self.low, at)) is not None:
            inside = bracket.span("inside")
            if (named := _FROM.match(self.low, *inside)) is not None:
                event = event or named.span("event")
            elif _FOR_WHOM.match(self.low, inside[0]):
                conditions.append(inside)
            else:
                break
            used.append(bracket.span())
            at = bracket.end()
        if (named := _FROM.match(self.low, at)) is not None:
            event = event or named.span("event")
        elif (whom := _AFTER.match(self.low, at)) is not None:
            conditions.append(whom.span("whom"))
        begin = max((match.end() for match in _CLAUSE.finditer(self.low, 0, each.start)), default=0)
        prefix = _PREFIX.search(self.low[begin : each.start].rstrip(" ,:"))
        end = begin + prefix.start() if prefix else each.start
        used.append((end, each.start))
        whom = _BEFORE_IT.match(self.low, begin, end)
        if whom is not None:
            conditions.insert(0, whom.span("whom"))
        runs_from = None if event is None else self._slice(event)
        found = FoundLimit(
            limit=TimeLimit(steps=(step,)),
            words=self.words[each.start : each.end],
            start=None if runs_from is None else start_of(runs_from.lower()),
            runs_from=runs_from,
            conditions=tuple(self._slice(each) for each in conditions),
        )
        return found, [*used, *conditions, *([event] if event else [])]

    def _slice(self, span: tuple[int, int]) -> str:
        words = self.words[slice(*span)].strip(_EDGE)
        return f"{words})" if words.count("(") > words.count(")") else words

    def _rest(self, used: list[tuple[int, int]]) -> tuple[str, ...]:
        """Return what is left of the text without the places that were *used*."""
        left = list(self.words)
        for start, end in used:
            left[start:end] = "\x01" * (end - start)
        pieces = [piece.strip(_EDGE) for piece in re.split("[\x01;()]+", "".join(left))]
        return tuple(piece for piece in pieces if piece)
