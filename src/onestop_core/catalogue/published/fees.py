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

from onestop_core.catalogue.published import fee_values as say
from onestop_core.catalogue.published.fee_values import FeeOutcome, FeeWording, FoundFee, period_of
from onestop_core.catalogue.values.codes import FeeKind, FeeSetter
from onestop_core.catalogue.values.money import Fee, FeeShare
from onestop_core.model.words import plain_text
from onestop_core.text import Text
from onestop_core.text.numerals import spelled_sum

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_fee"]

_LONGEST: Final = 20_000
_LONGEST_PUBLISHED: Final = 4_000
_MOST_AMOUNTS: Final = 200


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
        self.plain = say.NOT_MONEY.sub(lambda match: "\x01" * len(match[0]), low)
        self.periods = [(match.start(), match.end(), period_of(match)) for match in say.PERIOD.finditer(low)]

    def read(self) -> FeeWording:
        low = self.low
        if say.NOT_STATED.fullmatch(low):
            return self._told(FeeOutcome.NOT_STATED)
        if say.NONE.fullmatch(low):
            return self._sure(FeeOutcome.FREE, self._free())
        if (whole := say.WHOLE.fullmatch(low)) is not None:
            return self._decided([self._whole(whole)])
        readable = {match.end("number") for match in say.AMOUNT.finditer(self.plain)}
        if any(match.end() not in readable for match in say.NUMBERED.finditer(self.plain)):
            return self._told(FeeOutcome.NOT_UNDERSTOOD)
        found = list(self._amounts())
        lone = [
            match.start("said") if match["said"] else match.start("alone") for match in say.LONE.finditer(self.plain)
        ]
        if any(not any(each.start <= at < each.end for each in found) for at in lone):
            return self._told(FeeOutcome.NOT_UNDERSTOOD, tuple(self._as_found(each) for each in found if each.amount))
        return self._decided(found)

    def _whole(self, match: re.Match[str]) -> _Found:
        """Return the number that the whole text is: an amount in đồng."""
        amount = say.amount_of(match["number"], 1, None)
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
        said = {spelled_sum(words) for words in say.IN_BRACKETS.findall(self.low)} - {None}
        if not paid:
            return self._without_amount(nothing=bool(found))
        if said and not said & {each.amount for each in paid}:
            return self._told(FeeOutcome.CONTRADICTION, listed)
        if _gainsaid(found) or self._free_beside() or say.COUNCIL.search(self.low):
            return self._told(FeeOutcome.CONTRADICTION, listed)
        if any(each.currency is None and each.amount is not None and each.amount < say.SMALLEST for each in paid):
            return self._told(FeeOutcome.TOO_SMALL, listed)
        if len({each.sum for each in found}) > 1 or say.PERCENT.search(self.plain) or free:
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
        free = nothing or say.FREE.search(self.low) is not None
        rest = say.FREE.sub(" ", self.low)
        if free and (scope := say.SCOPE.fullmatch(self.low)) is not None:
            told = self._sure(FeeOutcome.FREE, self._free())
            return attrs.evolve(
                told, condition=self.words[scope.start("for") : scope.end("for")].strip(say.EDGE), dropped=()
            )
        if free and say.NOT_CHARGED.fullmatch(self.low):
            return self._sure(FeeOutcome.FREE, self._free())
        law, council, percent = say.LAW.search(rest), say.COUNCIL.search(rest), say.PERCENT.search(self.plain)
        if free:
            exempting = re.search(r"miễn[^.;]{0,80}(?:theo|\(|tại)", self.low.removeprefix("miễn phí").lstrip(" ("))
            paid = re.search(r"(?:trả|nộp|mức|thu|chịu)[^.;]{0,30}(?:phí|giá)(?!\w)", rest)
            if percent or council or say.BODY.search(rest) or paid or say.SOME.search(rest) or (law and not exempting):
                return self._told(FeeOutcome.CONTRADICTION)
            return self._sure(FeeOutcome.FREE, self._free())
        if percent is not None:
            return self._percentage(percent)
        if council is not None:
            fee = Fee(set_by=FeeSetter.PROVINCE, kind=self._kind(len(self.low)), published=self._published())
            return self._sure(FeeOutcome.SET_BY, fee)
        if say.NOT_PRESCRIBED.search(self.low):
            return self._told(FeeOutcome.NOT_PRESCRIBED)
        return self._told(FeeOutcome.ELSEWHERE if law else FeeOutcome.NOT_UNDERSTOOD)

    def _percentage(self, match: re.Match[str]) -> FeeWording:
        said = {each["number"] for each in say.PERCENT.finditer(self.plain)}
        of = say.OF.match(self.low, match.end())
        bound = say.MOST.search(self.low[max(0, match.start() - 30) : match.start()])
        less = re.search(r"(?:giảm|thêm|tăng)[^.;]{0,40}$", self.low[: match.start()][-60:])
        if len(said) > 1 or of is None or bound or less:
            return self._told(FeeOutcome.PERCENTAGE)
        base = self.words[of.start("of") : of.end("of")].strip(say.EDGE)
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
        if say.FREE_COLUMN.match(self.low):
            return True
        return any(
            not any(0 <= start - match.end() < say.NEAR for start, _, _ in self.periods)
            and not say.SOME.match(self.low[match.end() :].lstrip(" (,:"))
            for match in say.FREE.finditer(self.low)
        )

    def _free_for_a_time(self) -> Iterator[_Found]:
        """Yield nothing, as an amount, where the text says that it holds for a period."""
        for match in say.FREE.finditer(self.low):
            period = next((each for start, _, each in self.periods if 0 <= start - match.end() < say.NEAR), None)
            if period is not None:
                yield _Found(match.start(), match.end(), Decimal(0), None, None, None, period, None)

    def _amounts(self) -> Iterator[_Found]:
        before = 0
        matches = list(say.AMOUNT.finditer(self.plain))
        for index, match in enumerate(matches):
            foreign = say.FOREIGN.get(match["currency"] or "")
            amount = say.amount_of(match["number"], say.SCALES.get(match["scale"], 1), foreign)
            left = self.plain[max(0, match.start() - 100) : match.start()]
            right = self.plain[match.end() : match.end() + 100]
            bound = say.MOST.search(left) is not None
            if (
                not say.CAPPED.search(left)
                and say.WORTH.search(left.rpartition(";")[2])
                and not re.search(r"(?:phí|thu|(?<!trị )giá)(?: là)?:? ?$", left)
            ):
                continue  # what something is worth, or the scale of it, is not what is paid
            flaw = None if amount is not None else _NO_AMOUNT
            beside = self.plain[before : match.start()] if before else ""
            if (before and say.RANGE.match(beside)) or re.search(r"\d ?(?:[-–]|đến|tới|hoặc|hay) ?$", left):
                flaw = FeeOutcome.RANGE
            elif say.CHANGED.search(left):
                flaw = _NO_AMOUNT
            elif bound or say.UPWARDS.match(right):
                flaw = FeeOutcome.BOUND
            end = match.end()
            unit = say.UNIT.match(self.low, end) or say.PER.match(self.low, end)
            per = "" if unit is None else say.unit_of(self.words[unit.start("unit") : unit.end("unit")])
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
        if before and (own := say.BRACKET.match(between) or say.WHOM.match(between)) is not None:
            between = between[own.end() :]  # it belongs to the amount before
        masked = say.INNER.sub(lambda match: "\x02" * len(match[0]), between)  # a bracket within a clause is part of it
        last = say.CLAUSE.split(masked)[-1].rpartition("(")[2]
        left = between[len(between) - len(last) :].strip(say.EDGE)
        if (
            left
            and not say.LAW.match(left.lower())
            and not say.LABEL.match(left)
            and not say.PERIOD.search(left.lower())
            and not say.FREE.search(left.lower())
        ):
            return left
        bracket = re.match(r" ?\((?P<in>[^()]+)\)", self.words[end:following])
        after = re.match(r" (?P<in>(?:đối với|cho|nếu|trường hợp|với) [^.;()]+)", self.words[end:following])
        inside = (bracket or after or {"in": ""})["in"].strip(say.EDGE)
        is_law = say.LAW.match(inside.lower()) or say.PERIOD.search(inside.lower()) or say.FREE.search(inside.lower())
        inside = inside.removesuffix(" và").rstrip(say.EDGE)
        plain = (
            not inside
            or inside.isdigit()
            or spelled_sum(inside) is not None
            or inside.startswith("/")
            or say.NO_CONDITION.match(inside.lower())
            or is_law
        )
        return None if plain else inside

    def _period_of(self, before: int, start: int, end: int, following: int) -> tuple[date | None, date | None]:
        """Return the period in the amount's own clause."""
        for first, _, period in self.periods:
            if say.FREE.search(self.low[max(0, first - 20) : first + 20]):
                continue
            if end <= first < following and not say.CLAUSE.search(self.words[end:first]):
                return period
            if before <= first < start and not say.CLAUSE.search(self.words[first:start]):
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
        found = [(match.start(), kind) for pattern, kind in say.KINDS for match in pattern.finditer(near)]
        return max(found, key=lambda each: each[0])[1] if found else None

    def _rest(self, spans: list[tuple[int, int]], condition: str | None) -> tuple[str, ...]:
        left: list[str] = []
        at = 0
        for start, end in (*spans, (len(self.words), len(self.words))):
            left.append(self.words[at:start])
            at = end
        pieces = (piece.strip(say.EDGE + "()") for gap in left for piece in re.split(r"[();]", gap))
        return tuple(piece for piece in pieces if piece and piece != condition and not say.LABEL.match(piece))

    def _published(self) -> str:
        return self.words[:_LONGEST_PUBLISHED]

    def _sure(self, outcome: FeeOutcome, fee: Fee) -> FeeWording:
        plain = {"", "miễn phí", "không", "phí", "lệ phí"}
        pieces = (piece.strip(say.EDGE) for piece in re.split(r"[();]", self.words))
        dropped = tuple(
            piece for piece in pieces if piece.lower() not in plain and not say.NONE.fullmatch(piece.lower())
        )
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
