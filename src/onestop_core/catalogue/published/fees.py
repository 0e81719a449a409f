"""The lenient reader of published fees: what is paid, or why that is not certain; never a wrong amount.

People write ``20.000``, ``20,000`` and ``20000`` for twenty thousand, beside dates, numbers of circulars and weights.
A number counts as an amount only with a currency or grouped in thousands before a unit; whatever is in doubt is told.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.catalogue.published.fee_values import (
    FREE_COLUMN,
    GROUPED,
    NONE,
    NOT_CHARGED,
    NOT_PRESCRIBED,
    NOT_STATED,
    SCOPE,
    FeeOutcome,
    FeeWording,
    FoundFee,
    amount_of,
    period_of,
    unit_of,
)
from onestop_core.catalogue.values.codes import FeeKind, FeeSetter
from onestop_core.catalogue.values.money import Fee, FeeShare
from onestop_core.model.words import plain_text
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_fee"]

_LONGEST: Final = 20_000
_LONGEST_PUBLISHED: Final = 4_000
_MOST_AMOUNTS: Final = 200

_PLAIN: Final = r"\d{1,12}(?:[.,]\d{1,2})?(?![.,]?\d)"
_CURRENCY: Final = r"việt nam đồng|đồng việt nam|đồng|vnđ|vnd|đ|usd|đô la mỹ|đô-la mỹ|đô la|eur|euro"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,/])(?P<number>{GROUPED}|{_PLAIN}) ?(?:(?P<scale>triệu|nghìn|ngàn|tỷ) ?)?"
    rf"(?:(?P<currency>{_CURRENCY})(?!\w)|(?P<bare>(?=/ ?(?:\d+ )?[^\W\d])))"
)
_NUMBERED: Final = re.compile(rf"(?<![\w.,/])\d[\d.,]*(?= ?(?:triệu |nghìn |ngàn |tỷ )?(?:{_CURRENCY})(?!\w))")
"""Whatever stands before a currency, also a number that nobody can read, such as ``3000.000``."""
_WHOLE: Final = re.compile(rf"(?:(?P<kind>phí|lệ phí|giá|mức thu) ?: ?)?(?P<number>{GROUPED}|{_PLAIN})")
_SCALES: Final = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}
_FOREIGN: Final = {"usd": "USD", "đô la mỹ": "USD", "đô-la mỹ": "USD", "đô la": "USD", "eur": "EUR", "euro": "EUR"}
_SMALLEST: Final = 1000
_NEAR: Final = 80
"""Characters between a word and the period in which it holds."""

# Numbers that are no money, blanked out before amounts are looked for.
_NOT_MONEY: Final = re.compile(
    r"\d{1,4}/\d{4}/[\w-]+|ngày \d{1,2} tháng \d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|năm \d{4}"
    r"|(?:số|điều|khoản|điểm|mẫu|phụ lục|mục) \d[\w/.-]*"
)
_DAY: Final = r"(?:ngày )?(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})"
_PERIOD: Final = re.compile(
    rf"(?:kể )?từ {_DAY},? ?(?:đến|tới)(?: hết)? {_DAY}|(?:đến|tới)(?: hết)? {_DAY}|(?:kể )?từ {_DAY}"
)
_UNIT: Final = re.compile(
    r"(?: ?\( ?(?:đồng|đ|vnđ)?)? ?/ ?(?:0?1 ?)?(?P<unit>[^\W\d_][^()/,.;:+\d]{0,60}(?:/[^\W\d_][^()/,.;:+\d]{0,40})?)"
)
_PER: Final = re.compile(r" (?:một|mỗi|cho một|cho mỗi) (?P<unit>[^\W\d_][^()/,.;:+\d-]{0,40})")
_RANGE: Final = re.compile(r"^ ?(?:/[^,.;:()]{0,30})? ?(?:-|–|đến|tới) ?$")
_MOST: Final = re.compile(
    r"(?:tối đa|tối thiểu|không quá|ít nhất|không vượt quá|cao nhất|thấp nhất|không thấp hơn|trên|dưới|từ|hơn)"
    r"(?: là)?(?: mức)?:? ?$"
)
_UPWARDS: Final = re.compile(r"^(?: ?/[^,.;:()]{0,30})? trở (?:lên|xuống)")
_WORTH: Final = re.compile(
    r"(?:giá trị|trị giá|vốn|mức đầu tư|mệnh giá|tổng mức|doanh thu|giá tính|lương|phạt)[^.;():]{0,60}$"
)
_FREE: Final = re.compile(
    r"miễn phí|miễn (?:thu )?(?:phí|lệ phí|giá)|miễn(?= (?:kể )?từ ngày)|(?:không|chưa) (?:phải )?(?:thu|mất|nộp|trả|có)"
    r" (?:tiền |khoản )?(?:phí|lệ phí)|không lệ phí|không phí|không thu(?!\w)"
)
_COUNCIL: Final = re.compile(r"hội đồng nhân dân|hđnd")
_PERCENT: Final = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d{1,4})?) ?(?:%|phần trăm)")
_OF: Final = re.compile(r" ?(?:của |so với |trên )?(?P<of>[^\W\d_][^.;:()]{1,300})")
_LAW: Final = re.compile(
    r"thông tư|nghị định|nghị quyết|quyết định|biểu (?:mức )?(?:phí|giá|khung)|luật|theo (?:mức |khung |biểu )?quy định"
    r"|theo pháp luật|quy định (?:tại|của)|thực hiện theo|phụ lục|hợp đồng|thỏa thuận"
)
_SOME: Final = re.compile(r"đối với|trường hợp|cho (?:người|các|đối)|đối tượng")
_KINDS: Final = (
    (re.compile(r"lệ phí"), FeeKind.CHARGE),
    (re.compile(r"giá(?: dịch vụ)?(?= ?:)|giá dịch vụ"), FeeKind.PRICE),
    (re.compile(r"(?<!lệ )phí(?! dịch vụ)"), FeeKind.FEE),
)
_CLAUSE: Final = re.compile(r"(?:;(?! ?[Hh]oặc )|[+•\n])|\. |(?<!\w)- |\)(?= ?[\w-])")
_BRACKET: Final = re.compile(r" ?\([^()]*\)")
_INNER: Final = re.compile(r"\([^()]*\)")
_EDGE: Final = " ,;:.-+–*\t"
_NO_CONDITION: Final = re.compile(
    r"mức|đã|chưa|không|theo|chi phí|người nộp|áp dụng|bao gồm|căn cứ|nộp|thu|quy định|được|tương đương|đồng"
)
_LABEL: Final = re.compile(
    r"^(?:áp dụng )?(?:mức (?:thu )?)?(?:phí, lệ phí|lệ phí|phí|giá dịch vụ|giá|mức thu|mức giá|mức)(?: là| bằng)?$",
    re.IGNORECASE,
)


@attrs.frozen
class _Found:
    """An amount with its place in the text."""

    start: int
    end: int
    amount: Decimal | None
    currency: str | None
    unit: str | None
    condition: str | None
    period: tuple[date | None, date | None]
    flaw: FeeOutcome | None

    @property
    def sum(self) -> tuple[Decimal | None, str | None]:
        return self.amount, self.currency


def read_fee(text: str) -> FeeWording:
    """Read a published wording of a fee: the amount, its unit, for whom and how long it holds, and what was left.

    Never a wrong amount: several amounts, ranges, bounds and contradictions, such as "Miễn phí" beside a circular that
    sets a fee, are told by ``outcome``, not guessed. ``20.000``, ``20,000`` and ``20000`` are twenty
    thousand.

    >>> read = read_fee("Lệ phí: 20.000 đồng/lần đăng ký")
    >>> str(read.fee.amount), read.fee.kind.value, read.fee.unit.vi
    ('20000', 'charge', 'lần đăng ký')
    >>> read_fee("0 Đồng").outcome.value, read_fee("Miễn phí (Thông tư 25/2021/TT-BTC)").outcome.value
    ('free', 'contradiction')
    >>> told = read_fee("Cấp mới: 40.000 đồng; cấp lại: 20.000 đồng")
    >>> told.fee, [(str(each.fee.amount), each.condition) for each in told.found]
    (None, [('40000', 'Cấp mới'), ('20000', 'cấp lại')])

    Raises:
        InvalidValueError: it is no text, blank, or longer than 20,000 characters.
    """
    raw = plain_text(text, "fee", longest=_LONGEST)
    words = " ".join(raw.replace("\n", " ; ").split()).strip()
    low = words.lower()
    if len(low) != len(words):  # a letter that has no small form of one character
        words = low
    return _Reader(words, low).read()


class _Reader:
    """One text at a time."""

    def __init__(self, words: str, low: str) -> None:
        self.words = words
        self.low = low
        self.plain = _NOT_MONEY.sub(lambda match: "\x01" * len(match[0]), low)
        self.periods = [(match.start(), match.end(), period_of(match)) for match in _PERIOD.finditer(low)]

    def read(self) -> FeeWording:
        low = self.low
        if NOT_STATED.fullmatch(low):
            return self._told(FeeOutcome.NOT_STATED)
        if NONE.fullmatch(low):
            return self._sure(FeeOutcome.FREE, self._free())
        if (whole := _WHOLE.fullmatch(low)) is not None:
            return self._decided([self._whole(whole)])
        readable = {match.end("number") for match in _AMOUNT.finditer(self.plain)}
        if any(match.end() not in readable for match in _NUMBERED.finditer(self.plain)):
            return self._told(FeeOutcome.NOT_UNDERSTOOD)
        return self._decided(list(self._amounts()))

    def _whole(self, match: re.Match[str]) -> _Found:
        """Return the number that the whole text is: an amount in đồng."""
        amount = amount_of(match["number"], 1, None)
        start, end = match.span("number")
        return _Found(start, end, amount, None, None, None, (None, None), None if amount is not None else _NO_AMOUNT)

    def _decided(self, found: list[_Found]) -> FeeWording:
        free = [*self._free_for_a_time()]
        listed = tuple(self._as_found(each) for each in (*found, *free) if each.amount is not None)
        for flaw in (FeeOutcome.RANGE, FeeOutcome.BOUND, FeeOutcome.NOT_UNDERSTOOD):
            if any(each.flaw is flaw for each in found):
                return self._told(flaw, listed)
        if len(found) > _MOST_AMOUNTS:
            return self._told(FeeOutcome.SEVERAL)
        paid = [each for each in found if each.amount]
        if not paid:
            return self._without_amount(nothing=bool(found))
        if _gainsaid(found) or self._free_beside() or _COUNCIL.search(self.low):
            return self._told(FeeOutcome.CONTRADICTION, listed)
        if any(each.currency is None and each.amount is not None and each.amount < _SMALLEST for each in paid):
            return self._told(FeeOutcome.TOO_SMALL, listed)
        if len({each.sum for each in found}) > 1 or _PERCENT.search(self.plain) or free:
            return self._told(FeeOutcome.SEVERAL, listed)
        if len({each.condition for each in paid if each.condition}) > 1 or len({e.unit for e in paid if e.unit}) > 1:
            return self._told(FeeOutcome.SEVERAL, listed)
        best = max(paid, key=lambda each: (each.unit is not None, each.condition is not None))
        spans = [(each.start, each.end) for each in paid]
        fee = attrs.evolve(self._as_found(best).fee, published=self.words[:_LONGEST_PUBLISHED])
        if best.period == (None, None):
            first, last = next((each.period for each in paid if each.period != (None, None)), (None, None))
            fee = attrs.evolve(fee, in_force_from=first, in_force_to=last)
        condition = next((each.condition for each in paid if each.condition), None)
        return FeeWording(
            text=self.words,
            outcome=FeeOutcome.READ,
            fee=fee,
            condition=condition,
            dropped=self._rest(spans, condition),
            found=listed,
        )

    def _without_amount(self, *, nothing: bool) -> FeeWording:
        """Decide a text in which no amount above nothing stands."""
        free = nothing or _FREE.search(self.low) is not None
        rest = _FREE.sub(" ", self.low)
        if free and (scope := SCOPE.fullmatch(self.low)) is not None:
            told = self._sure(FeeOutcome.FREE, self._free())
            return attrs.evolve(
                told, condition=self.words[scope.start("for") : scope.end("for")].strip(_EDGE), dropped=()
            )
        if free and NOT_CHARGED.fullmatch(self.low):
            return self._sure(FeeOutcome.FREE, self._free())
        law, council, percent = _LAW.search(rest), _COUNCIL.search(rest), _PERCENT.search(self.plain)
        if free:
            exempting = re.search(r"miễn[^.;]{0,80}(?:theo|\(|tại)", self.low.removeprefix("miễn phí").lstrip(" ("))
            paid = re.search(r"(?:trả|nộp|mức|thu|chịu)[^.;]{0,30}(?:phí|giá)(?!\w)", rest)
            if percent or council or paid or _SOME.search(rest) or (law and not exempting):
                return self._told(FeeOutcome.CONTRADICTION)
            return self._sure(FeeOutcome.FREE, self._free())
        if percent is not None:
            return self._percentage(percent)
        if council is not None:
            fee = Fee(set_by=FeeSetter.PROVINCE, kind=self._kind(len(self.low)), published=self._published())
            return self._sure(FeeOutcome.SET_BY, fee)
        if NOT_PRESCRIBED.search(self.low):
            return self._told(FeeOutcome.NOT_PRESCRIBED)
        return self._told(FeeOutcome.ELSEWHERE if law else FeeOutcome.NOT_UNDERSTOOD)

    def _percentage(self, match: re.Match[str]) -> FeeWording:
        said = {each["number"] for each in _PERCENT.finditer(self.plain)}
        of = _OF.match(self.low, match.end())
        bound = _MOST.search(self.low[max(0, match.start() - 30) : match.start()])
        less = re.search(r"(?:giảm|thêm|tăng)[^.;]{0,40}$", self.low[: match.start()][-60:])
        if len(said) > 1 or of is None or bound or less:
            return self._told(FeeOutcome.PERCENTAGE)
        base = self.words[of.start("of") : of.end("of")].strip(_EDGE)
        share = FeeShare(percent=Decimal(match["number"].replace(",", ".")), of=Text(vi=base, en=base))
        first, last = self.periods[0][2] if self.periods else (None, None)
        fee = Fee(
            share=share,
            kind=self._kind(match.start()),
            in_force_from=first,
            in_force_to=last,
            published=self._published(),
        )
        return self._sure(FeeOutcome.PERCENTAGE, fee)

    def _free(self) -> Fee:
        first, last = self.periods[0][2] if self.periods else (None, None)
        return Fee(amount=Decimal(0), in_force_from=first, in_force_to=last, published=self._published())

    def _free_beside(self) -> bool:
        """Whether the text says, without a period, that nothing is paid."""
        if FREE_COLUMN.match(self.low):
            return True
        return any(
            not any(0 <= start - match.end() < _NEAR for start, _, _ in self.periods)
            and not _SOME.match(self.low[match.end() :].lstrip(" (,:"))
            for match in _FREE.finditer(self.low)
        )

    def _free_for_a_time(self) -> Iterator[_Found]:
        """Yield nothing, as an amount, where the text says that it holds for a period."""
        for match in _FREE.finditer(self.low):
            period = next((each for start, _, each in self.periods if 0 <= start - match.end() < _NEAR), None)
            if period is not None:
                yield _Found(match.start(), match.end(), Decimal(0), None, None, None, period, None)

    def _amounts(self) -> Iterator[_Found]:
        before = 0
        matches = list(_AMOUNT.finditer(self.plain))
        for index, match in enumerate(matches):
            foreign = _FOREIGN.get(match["currency"] or "")
            amount = amount_of(match["number"], _SCALES.get(match["scale"], 1), foreign)
            left = self.plain[max(0, match.start() - 100) : match.start()]
            right = self.plain[match.end() : match.end() + 100]
            if _WORTH.search(left.rpartition(";")[2]) and not re.search(r"(?:phí|thu|(?<!trị )giá)(?: là)?:? ?$", left):
                continue  # what something is worth, or the scale of it, is not what is paid
            flaw = None if amount is not None else _NO_AMOUNT
            beside = self.plain[before : match.start()] if before else ""
            if (before and _RANGE.match(beside)) or re.search(r"\d ?[-–] ?$", left):
                flaw = FeeOutcome.RANGE
            elif _MOST.search(left) or _UPWARDS.match(right):
                flaw = FeeOutcome.BOUND
            end = match.end()
            unit = _UNIT.match(self.low, end) or _PER.match(self.low, end)
            per = "" if unit is None else unit_of(self.words[unit.start("unit") : unit.end("unit")])
            if unit is not None:
                end = unit.start("unit") + len(per)
                per = "" if self.low[end : end + 2] == ", " else per  # it goes on, nobody knows how far
            following = matches[index + 1].start() if index + 1 < len(matches) else len(self.low)
            yield _Found(
                start=match.start(),
                end=end,
                amount=amount,
                currency=foreign,
                unit=per or None,
                condition=self._condition(before, match.start(), end, following),
                period=self._period_of(before, match.start(), end, following),
                flaw=flaw,
            )
            before = end

    def _condition(self, before: int, start: int, end: int, following: int) -> str | None:
        """Return for what an amount holds: the words before it in its clause, or those in brackets or after a colon."""
        between = self.words[before:start]
        if before and (own := _BRACKET.match(between)) is not None:
            between = between[own.end() :]  # it belongs to the amount before
        masked = _INNER.sub(lambda match: "\x02" * len(match[0]), between)  # a bracket within a clause is part of it
        last = _CLAUSE.split(masked)[-1].rpartition("(")[2]
        left = between[len(between) - len(last) :].strip(_EDGE)
        if left and not _LABEL.match(left) and not _PERIOD.search(left.lower()) and not _FREE.search(left.lower()):
            return left
        bracket = re.match(r" ?\((?P<in>[^()]+)\)", self.words[end:following])
        after = re.match(r" (?P<in>(?:đối với|cho|nếu|trường hợp|với) [^.;()]+)", self.words[end:following])
        inside = (bracket or after or {"in": ""})["in"].strip(_EDGE)
        is_law = _LAW.match(inside.lower()) or _PERIOD.search(inside.lower()) or _FREE.search(inside.lower())
        plain = not inside or inside.startswith("/") or _NO_CONDITION.match(inside.lower()) or is_law
        return None if plain else inside

    def _period_of(self, before: int, start: int, end: int, following: int) -> tuple[date | None, date | None]:
        """Return the period in the amount's own clause."""
        for first, _, period in self.periods:
            if _FREE.search(self.low[max(0, first - 20) : first + 20]):
                continue
            if end <= first < following and not _CLAUSE.search(self.words[end:first]):
                return period
            if before <= first < start and not _CLAUSE.search(self.words[first:start]):
                return period
        return None, None

    def _as_found(self, each: _Found) -> FoundFee:
        unit = None if each.unit is None else Text(vi=each.unit, en=each.unit)
        fee = Fee(
            amount=each.amount,
            currency=each.currency,
            kind=self._kind(each.start),
            unit=unit,
            in_force_from=each.period[0],
            in_force_to=each.period[1],
        )
        return FoundFee(fee=fee, words=self.words[each.start : each.end].strip(), condition=each.condition)

    def _kind(self, start: int) -> FeeKind | None:
        """Return what the text calls the money, nearest before the amount or first of all."""
        near = self.low[max(0, start - 120) : start]
        found = [(match.start(), kind) for pattern, kind in _KINDS for match in pattern.finditer(near)]
        return max(found, key=lambda each: each[0])[1] if found else None

    def _rest(self, spans: list[tuple[int, int]], condition: str | None) -> tuple[str, ...]:
        left: list[str] = []
        at = 0
        for start, end in (*spans, (len(self.words), len(self.words))):
            left.append(self.words[at:start])
            at = end
        pieces = (piece.strip(_EDGE + "()") for gap in left for piece in re.split(r"[();]", gap))
        return tuple(piece for piece in pieces if piece and piece != condition and not _LABEL.match(piece))

    def _published(self) -> str:
        return self.words[:_LONGEST_PUBLISHED]

    def _sure(self, outcome: FeeOutcome, fee: Fee) -> FeeWording:
        plain = {"", "miễn phí", "không", "phí", "lệ phí"}
        pieces = (piece.strip(_EDGE) for piece in re.split(r"[();]", self.words))
        dropped = tuple(piece for piece in pieces if piece.lower() not in plain and not NONE.fullmatch(piece.lower()))
        return FeeWording(text=self.words, outcome=outcome, fee=fee, dropped=dropped)

    def _told(self, outcome: FeeOutcome, found: tuple[FoundFee, ...] = ()) -> FeeWording:
        return FeeWording(text=self.words, outcome=outcome, found=found, dropped=(self.words,))


_NO_AMOUNT: Final = FeeOutcome.NOT_UNDERSTOOD


def _gainsaid(found: list[_Found]) -> bool:
    """Whether two amounts stand for the same thing: neither a condition nor a period nor a unit tells them apart."""
    first, *others = found
    if first.condition or first.period != (None, None):
        return False
    alike = [each for each in others if each.condition is None and each.period == (None, None)]
    return any(each.sum != first.sum for each in alike)
