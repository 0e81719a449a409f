"""Time limits as procedures state them: ``5 working days``, ``08 giờ làm việc``, ``trong ngày``.

A :class:`TimeLimit` says how long, not until when; ``onestop_core.deadlines`` counts it on a calendar.
"""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, nfc
from onestop_core.text.numerals import NUMERAL, numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CALENDAR_UNITS", "LimitStep", "LimitUnit", "TimeLimit"]


class LimitUnit(enum.StrEnum):
    """In what a time limit is counted."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    HOURS = "hours"
    """Hours of the clock, from the moment itself; they skip nothing (Civil Code 2015, art. 147(1))."""
    DAYS = "days"
    """Calendar days."""
    WEEKS = "weeks"
    """To the same weekday of the last week (art. 148(2))."""
    MONTHS = "months"
    YEARS = "years"
    SAME_DAY = "same_day"
    """Within the day of receipt (trong ngày)."""
    IMMEDIATE = "immediate"
    """At once (ngay)."""


CALENDAR_UNITS: Final = frozenset({LimitUnit.DAYS, LimitUnit.WEEKS, LimitUnit.MONTHS, LimitUnit.YEARS})
"""Periods in which days off are counted too."""

_WORDS: Final = {
    LimitUnit.WORKING_DAYS: ("working day", "ngày làm việc"),
    LimitUnit.WORKING_HOURS: ("working hour", "giờ làm việc"),
    LimitUnit.HOURS: ("hour", "giờ"),
    LimitUnit.DAYS: ("day", "ngày"),
    LimitUnit.WEEKS: ("week", "tuần"),
    LimitUnit.MONTHS: ("month", "tháng"),
    LimitUnit.YEARS: ("year", "năm"),
}
_PHRASES: Final = {
    LimitUnit.SAME_DAY: Text(vi="trong ngày", en="within the day"),
    LimitUnit.IMMEDIATE: Text(vi="ngay", en="immediately"),
}
_MOST: Final = {
    LimitUnit.WORKING_DAYS: 9999,
    LimitUnit.WORKING_HOURS: 9999,
    LimitUnit.HOURS: 9999,
    LimitUnit.DAYS: 9999,
    LimitUnit.WEEKS: 1400,
    LimitUnit.MONTHS: 1200,
    LimitUnit.YEARS: 100,
}
_IN_PARTS: Final = frozenset(
    {LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS, LimitUnit.HOURS, LimitUnit.DAYS},
)
"""Units that internal steps divide, down to nothing: Decision 663/QĐ-TTPVHCC budgets hours, others a quarter of a day."""
_FINEST: Final = 100
_FAR: Final = 10**12
_LONGEST_TEXT: Final = 600
_MOST_STEPS: Final = 20

_EXPECTED: Final = Text(
    vi="thời hạn như '05 ngày làm việc', '0,5 ngày làm việc', '08 giờ làm việc', '24 giờ', '15 ngày', '02 tuần', "
    "'02 tháng', '1 năm', 'trong ngày', 'ngay', hoặc tổng như '5 ngày làm việc + 2 ngày làm việc'",
    en="a time limit such as '5 working days', '0.5 working days', '8 working hours', '24 hours', '15 days', '2 weeks', "
    "'2 months', '1 year', 'within the day', 'immediately', or a sum such as '5 working days + 2 working days'",
)

_NUMBER: Final = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2})|/([0-9]{1,3}))?(?: ?\(([^()]{1,20})\))? ?([^0-9].*)")
_PREFIX: Final = re.compile(
    r"(?:(?:trong thời hạn|trong vòng|trong) )?(?:(?:không quá|tối đa|chậm nhất là|chậm nhất) )?(?=[0-9]|nửa)"
    r"|(?:within|at most|no more than|not more than|up to) (?=[0-9]|half)"
)
_HALF: Final = re.compile(r"(?:nửa|half an?) (?=[^0-9])")
_UNITS: Final = {word: unit for unit, (en, vi) in _WORDS.items() for word in (en, f"{en}s", vi)}
_HALVES: Final = {
    **dict.fromkeys(("month", "tháng"), (LimitUnit.DAYS, 15)),
    **dict.fromkeys(("year", "năm"), (LimitUnit.MONTHS, 6)),
}
"""Civil Code 2015, art. 146(1): half a month is 15 days, half a year 6 months."""
_HALF_DAYS: Final = frozenset({"buổi", "buổi làm việc"})
"""A session of work: half a working day."""
_ISO: Final = re.compile(r"p(?:([0-9]{1,6})([ymwd])|t([0-9]{1,6})(h))")
_ISO_UNITS: Final = {
    "y": LimitUnit.YEARS,
    "m": LimitUnit.MONTHS,
    "w": LimitUnit.WEEKS,
    "d": LimitUnit.DAYS,
    "h": LimitUnit.HOURS,
}
"""ISO 8601 has no working days; its hours are those of the clock."""
_FIXED: Final = {
    **dict.fromkeys(
        (
            "within the day",
            "within the same day",
            "within the working day",
            "same day",
            "the same day",
            "same working day",
            "the same working day",
            "trong ngày",
            "trong ngày làm việc",
            "ngay trong ngày",
            "ngay trong ngày làm việc",
        ),
        LimitUnit.SAME_DAY,
    ),
    **dict.fromkeys(("immediately", "at once", "ngay", "ngay lập tức", "giải quyết ngay"), LimitUnit.IMMEDIATE),
}


def _shown(amount: Fraction) -> str:
    """Write *amount*, which has at most two decimals, whatever the decimal context of the caller."""
    whole, rest = divmod(amount.numerator * (_FINEST // amount.denominator), _FINEST)
    return str(whole) if rest == 0 else f"{whole}.{rest:02d}".rstrip("0")


def _number(value: int | Decimal | Fraction) -> Fraction:
    given = cast("object", value)
    plain = isinstance(given, int | Fraction) and not isinstance(given, bool)
    # The exponent is looked at first: as a whole number 1e999999999 would fill the memory.
    small = isinstance(given, Decimal) and given.is_finite() and -8 < given.adjusted() < 8
    if plain or (small and len(cast("Decimal", given).as_tuple().digits) < 16):
        return Fraction(value)
    raise InvalidValueError.of(
        "amount", given, vi="số chính xác (int, Decimal hoặc Fraction)", en="an exact number: int, Decimal or Fraction"
    )


def _unit(value: LimitUnit | str) -> LimitUnit:
    try:
        return LimitUnit(value)
    except ValueError:
        raise InvalidValueError.one_of("unit", value, LimitUnit) from None


@attrs.frozen(kw_only=True)
class LimitStep:
    """One step of a time limit: an exact amount of a unit.

    Raises:
        InvalidValueError: a negative amount, one that is too large, or in parts where only whole numbers are
            counted (days and hours may have two decimals, and may be 0: a step that has no time of its own).
    """

    unit: LimitUnit = attrs.field(converter=_unit)
    amount: Fraction = attrs.field(default=Fraction(1), converter=_number)
    """How many; 1 for "within the day" and "immediately"."""

    def __attrs_post_init__(self) -> None:
        most, parts = _MOST.get(self.unit, 1), self.unit in _IN_PARTS
        finest, least = (_FINEST, 0) if parts else (1, 1)
        if not (least <= self.amount <= most and finest % self.amount.denominator == 0):
            short = abs(self.amount) < _FAR and _FINEST % self.amount.denominator == 0
            shown = _shown(self.amount) if short else self.amount
            raise InvalidValueError.of(
                "amount",
                shown,
                vi=f"số từ {least} đến {most}" + (", tối đa hai chữ số thập phân" if parts else ", số nguyên"),
                en=f"a number from {least} to {most}" + (" with at most two decimals" if parts else ", whole"),
            )

    @property
    def text(self) -> Text:
        """The step in words.

        >>> LimitStep(unit="working_days", amount=5).text.vi
        '05 ngày làm việc'
        """
        if self.unit in _PHRASES:
            return _PHRASES[self.unit]
        en, vi = _WORDS[self.unit]
        number = _shown(self.amount)
        # Vietnamese offices write 05, so that no digit can be put before it.
        padded = number.zfill(2) if self.amount.denominator == 1 else number.replace(".", ",")
        return Text(vi=f"{padded} {vi}", en=f"{number} {en}" if self.amount == 1 else f"{number} {en}s")


def _steps(value: Iterable[LimitStep]) -> tuple[LimitStep, ...]:
    steps = cast("object", value)
    given = tuple(cast("list[object]", steps)) if isinstance(steps, list | tuple) else ()
    if not 0 < len(given) <= _MOST_STEPS or not all(isinstance(step, LimitStep) for step in given):
        raise InvalidValueError.of(
            "steps", value, vi=f"từ 1 đến {_MOST_STEPS} bước", en=f"from 1 to {_MOST_STEPS} steps"
        )
    return cast("tuple[LimitStep, ...]", given)


@attrs.frozen(kw_only=True)
class TimeLimit:
    """How long an authority may take: one step, or the sum of the steps of a linked procedure.

    In JSON it is its English text, ``"5 working days"``; :meth:`parse` reads it back.

    >>> limit = TimeLimit.parse("05 ngày làm việc")
    >>> limit == TimeLimit.of(5, "working_days"), str(limit), limit.text.vi
    (True, '5 working days', '05 ngày làm việc')
    >>> str(TimeLimit.parse("3 working days") + TimeLimit.parse("KHÔNG QUÁ 02 NGÀY LÀM VIỆC"))
    '3 working days + 2 working days'

    Raises:
        InvalidValueError: no step or more than 20.
    """

    steps: tuple[LimitStep, ...] = attrs.field(converter=_steps)
    """In the order in which they are taken."""
    whole_working_days: int | None = attrs.field(init=False, eq=False, repr=False)
    """The number of days where all steps are whole working days, else None."""

    def __attrs_post_init__(self) -> None:
        whole = all(s.unit is LimitUnit.WORKING_DAYS and s.amount.denominator == 1 for s in self.steps)
        # Deadlines are counted by the hundred thousand; this sum is taken once.
        object.__setattr__(self, "whole_working_days", sum(int(s.amount) for s in self.steps) if whole else None)

    @property
    def is_budget(self) -> bool:
        """Whether only an internal step can have such a time: nothing at all, or a part of a calendar day."""
        return any(
            not step.amount or (step.unit is LimitUnit.DAYS and step.amount.denominator > 1) for step in self.steps
        )

    @classmethod
    def of(cls, amount: int | Decimal | Fraction, unit: LimitUnit | str) -> TimeLimit:
        """Return the limit of *amount* (exact, never a float) of *unit*.

        >>> TimeLimit.of(2, "months").text.en
        '2 months'

        Raises:
            InvalidValueError: an unknown unit, or an amount that the unit does not take.
        """
        return cls(steps=(LimitStep(unit=unit, amount=amount),))

    @classmethod
    def parse(cls, text: str) -> TimeLimit:
        """Read a time limit in English or Vietnamese, in any case, normal form and spacing.

        Steps are joined by ``+``. "Within", "at most", "không quá", "chậm nhất là" and the like before a number
        say nothing new and are dropped, and so are the number again in words, ``05 (năm) ngày``, and a final point.
        A session (``buổi``) is half a working day, ``nửa tháng`` 15 days and ``nửa năm`` 6 months (Civil Code 2015,
        art. 146(1)). Durations of ISO 8601 in one unit are read: ``P30D``, ``PT8H``.
        For whole sentences there is :func:`onestop_core.deadlines.read_limit`.

        >>> TimeLimit.parse("  0,5 ngày   làm việc ").text.en
        '0.5 working days'
        >>> TimeLimit.parse("five days")
        Traceback (most recent call last):
        onestop_core.errors.InvalidValueError: time limit: cannot use 'five days'; expected a time limit such as ...

        Raises:
            InvalidValueError: it cannot be read; the message lists the forms that can.
        """
        given = cast("object", text)
        shown = given[:_LONGEST_TEXT] if isinstance(given, str) else given
        refusal = InvalidValueError.of("time limit", shown, vi=_EXPECTED.vi, en=_EXPECTED.en)
        # The length comes first: nothing here may take long on a hostile megabyte.
        if not isinstance(given, str) or len(given) > _LONGEST_TEXT:
            raise refusal
        pieces = [" ".join(piece.split()) for piece in nfc(text).lower().strip().removesuffix(".").split("+")]
        try:
            return cls(steps=tuple(_read(piece, refusal) for piece in pieces))
        except InvalidValueError as error:
            if error is refusal:
                raise
            raise attrs.evolve(refusal, expected=error.expected) from None

    def __add__(self, other: TimeLimit) -> TimeLimit:
        """Return the limit of a chain: *other* begins when this one has ended.

        Raises:
            InvalidValueError: *other* is no time limit, or the chain has more than 20 steps.
        """
        if not isinstance(cast("object", other), TimeLimit):
            raise InvalidValueError.of("time limit", other, vi="một TimeLimit", en="a TimeLimit")
        return TimeLimit(steps=self.steps + other.steps)

    @property
    def text(self) -> Text:
        """The limit in words, in the forms that :meth:`parse` reads."""
        words = [step.text for step in self.steps]
        return Text(vi=" + ".join(w.vi for w in words), en=" + ".join(w.en for w in words))

    def __str__(self) -> str:
        return self.text.en


def _read(piece: str, refusal: InvalidValueError) -> LimitStep:
    if piece in _FIXED:
        return LimitStep(unit=_FIXED[piece])
    if (iso := _ISO.fullmatch(piece)) is not None:
        return LimitStep(unit=_ISO_UNITS[iso[2] or iso[4]], amount=Fraction(iso[1] or iso[3]))
    bare = _PREFIX.sub("", piece, count=1) if _PREFIX.match(piece) else piece
    if (half := _HALF.match(bare)) is not None and (word := bare[half.end() :]) in _UNITS:
        unit, amount = _HALVES.get(word, (_UNITS[word], Fraction(1, 2)))
        return LimitStep(unit=unit, amount=amount)
    match = _NUMBER.fullmatch(bare)
    if match is None or match[5] not in (_UNITS.keys() | _HALF_DAYS) or not _same(match):
        raise refusal
    amount = Fraction(f"{match[1]}.{match[2] or '0'}")
    if match[3]:
        if int(match[3]) == 0:
            raise refusal
        amount = Fraction(int(match[1]), int(match[3]))
    if match[5] in _HALF_DAYS:
        return LimitStep(unit=LimitUnit.WORKING_DAYS, amount=amount / 2)
    return LimitStep(unit=_UNITS[match[5]], amount=amount)


def _same(match: re.Match[str]) -> bool:
    """Return whether the number in brackets, if there is one, says the same in words or digits."""
    again = match[4]
    if again is None:
        return True
    if match[2] or match[3]:
        return False
    if again.isascii() and again.isdigit():
        return int(again) == int(match[1])
    return re.fullmatch(NUMERAL, again) is not None and numeral(again) == int(match[1])
