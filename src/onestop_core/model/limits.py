"""Time limits as procedures state them: ``5 working days``, ``08 giờ làm việc``, ``trong ngày``.

A :class:`TimeLimit` says how long, not until when; ``onestop_core.deadlines`` counts it on a calendar.
"""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, nfc

__all__ = ["LimitStep", "LimitUnit", "TimeLimit"]


class LimitUnit(enum.StrEnum):
    """In what a time limit is counted."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    """Calendar days."""
    MONTHS = "months"
    YEARS = "years"
    SAME_DAY = "same_day"
    """Within the day of receipt (trong ngày)."""
    IMMEDIATE = "immediate"
    """At once (ngay)."""


_WORDS: Final = {
    LimitUnit.WORKING_DAYS: ("working day", "ngày làm việc"),
    LimitUnit.WORKING_HOURS: ("working hour", "giờ làm việc"),
    LimitUnit.DAYS: ("day", "ngày"),
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
    LimitUnit.DAYS: 9999,
    LimitUnit.MONTHS: 1200,
    LimitUnit.YEARS: 100,
}
_IN_PARTS: Final = frozenset({LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS})
_LONGEST_TEXT: Final = 600
_MOST_STEPS: Final = 20

_EXPECTED: Final = Text(
    vi="thời hạn như '05 ngày làm việc', '0,5 ngày làm việc', '08 giờ làm việc', '15 ngày', '02 tháng', '1 năm', "
    "'trong ngày', 'ngay', hoặc tổng như '5 ngày làm việc + 2 ngày làm việc'",
    en="a time limit such as '5 working days', '0.5 working days', '8 working hours', '15 days', '2 months', '1 year', "
    "'within the day', 'immediately', or a sum such as '5 working days + 2 working days'",
)

_NUMBER: Final = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2})|/([0-9]{1,3}))? ?([^0-9].*)")
_PREFIX: Final = re.compile(
    r"(?:không quá|tối đa|trong thời hạn|trong vòng|trong|within|at most|no more than|not more than|up to) (?=[0-9])"
)
_UNITS: Final = {
    **{word: (unit, 1) for unit, (en, vi) in _WORDS.items() for word in (en, f"{en}s", vi)},
    # A week is seven days: Civil Code 2015, art. 146.
    **dict.fromkeys(("week", "weeks", "tuần"), (LimitUnit.DAYS, 7)),
}
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
    return (
        str(amount.numerator)
        if amount.denominator == 1
        else format(Decimal(amount.numerator) / amount.denominator, "f")
    )


def _number(value: Any) -> Any:
    # An exact number in whatever type; the rest, floats among them, is refused after.
    plain = isinstance(value, int | Fraction) and not isinstance(value, bool)
    return Fraction(value) if plain or (isinstance(value, Decimal) and value.is_finite()) else value


def _unit(value: object) -> LimitUnit:
    try:
        return LimitUnit(str(value))
    except ValueError:
        known = ", ".join(LimitUnit)
        raise InvalidValueError.of("unit", value, vi=f"một trong: {known}", en=f"one of {known}") from None


@attrs.frozen(kw_only=True)
class LimitStep:
    """One step of a time limit: an exact amount of a unit.

    Raises:
        InvalidValueError: an amount that is not positive, too large, or in parts where only whole
            numbers are counted (working days and hours may have two decimals).
    """

    unit: LimitUnit = attrs.field(converter=_unit)
    amount: Fraction = attrs.field(default=Fraction(1), converter=_number)
    """How many; 1 for "within the day" and "immediately"."""

    def __attrs_post_init__(self) -> None:
        most = _MOST.get(self.unit, 1)
        amount = cast("object", self.amount)
        finest = 100 if self.unit in _IN_PARTS else 1
        if not (isinstance(amount, Fraction) and 0 < amount <= most and finest % amount.denominator == 0):
            raise InvalidValueError.of(
                "amount",
                _shown(amount) if isinstance(amount, Fraction) and 100 % amount.denominator == 0 else amount,
                vi=f"số dương đến {most}" + (", tối đa hai chữ số thập phân" if finest > 1 else ", số nguyên"),
                en=f"a positive number up to {most}" + (" with at most two decimals" if finest > 1 else ", whole"),
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


def _steps(value: Any) -> Any:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


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
        steps = cast("object", self.steps)
        if not (
            isinstance(steps, tuple)
            and 0 < len(self.steps) <= _MOST_STEPS
            and all(isinstance(s, LimitStep) for s in cast("tuple[object, ...]", steps))
        ):
            raise InvalidValueError.of(
                "steps", self.steps, vi=f"từ 1 đến {_MOST_STEPS} bước", en=f"from 1 to {_MOST_STEPS} steps"
            )
        whole = all(s.unit is LimitUnit.WORKING_DAYS and s.amount.denominator == 1 for s in self.steps)
        # Deadlines are counted by the hundred thousand; this sum is taken once.
        object.__setattr__(self, "whole_working_days", sum(int(s.amount) for s in self.steps) if whole else None)

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

        Steps are joined by ``+``. "Within", "at most", "không quá", "trong" and the like before a number
        say nothing new and are dropped.

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
        pieces = [" ".join(piece.split()) for piece in nfc(text).lower().split("+")]
        try:
            return cls(steps=tuple(_read(piece, refusal) for piece in pieces))
        except InvalidValueError as error:
            if error is refusal:
                raise
            raise attrs.evolve(refusal, expected=error.expected) from None

    def __add__(self, other: TimeLimit) -> TimeLimit:
        """Return the limit of a chain: *other* begins when this one has ended."""
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
    match = _NUMBER.fullmatch(_PREFIX.sub("", piece, count=1) if _PREFIX.match(piece) else piece)
    if match is None or match[4] not in _UNITS:
        raise refusal
    unit, times = _UNITS[match[4]]
    amount = Fraction(f"{match[1]}.{match[2] or '0'}")
    if match[3]:
        if int(match[3]) == 0:
            raise refusal
        amount = Fraction(int(match[1]), int(match[3]))
    return LimitStep(unit=unit, amount=amount * times)
