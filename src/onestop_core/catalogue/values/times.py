"""Two time limits compared, only where the law or arithmetic says which is longer.

How many days make a working day depends on the calendar, and how many hours on the office, of which a catalogue knows
nothing. What holds under any calendar is used: a week has a Sunday, a month 28 to 31 days, a day 24 hours.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Final

from onestop_core.errors import InvalidValueError
from onestop_core.model.time_limits import LimitUnit, TimeLimit

__all__ = ["counted", "difference", "least_days", "most_days", "never_longer", "order", "read_time"]

_POINTS: Final = (LimitUnit.IMMEDIATE, LimitUnit.SAME_DAY)
"""Limits that are not counted, the shorter first."""
_AS: Final = {LimitUnit.YEARS: (LimitUnit.MONTHS, 12), LimitUnit.WEEKS: (LimitUnit.DAYS, 7)}
_WHOLE_DAYS: Final = frozenset({LimitUnit.WORKING_DAYS, LimitUnit.DAYS, LimitUnit.MONTHS})


@lru_cache(maxsize=4096)
def read_time(time: str | None) -> TimeLimit | None:
    """Return a time limit as written as a value; None where there is none or it cannot be read.

    >>> read_time("soon") is None, str(read_time("02 ngày"))
    (True, '2 days')
    """
    try:
        return None if time is None else TimeLimit.parse(time)
    except InvalidValueError:
        return None


def counted(limit: TimeLimit) -> tuple[LimitUnit, Fraction] | None:
    """Return unit and amount of a limit that is counted in one unit; a year is twelve months, a week seven days.

    >>> counted(TimeLimit.parse("2 working days + 3 working days"))
    (<LimitUnit.WORKING_DAYS: 'working_days'>, Fraction(5, 1))
    >>> counted(TimeLimit.parse("1 year"))
    (<LimitUnit.MONTHS: 'months'>, Fraction(12, 1))
    >>> counted(TimeLimit.parse("2 working days + 3 days")) is None
    True
    """
    steps = [(_AS.get(s.unit, (s.unit, 1))[0], s.amount * _AS.get(s.unit, (s.unit, 1))[1]) for s in limit.steps]
    units = {unit for unit, _ in steps}
    if len(units) != 1 or units.intersection(_POINTS):
        return None
    return units.pop(), sum((amount for _, amount in steps), Fraction(0))


def difference(old: TimeLimit, new: TimeLimit) -> tuple[LimitUnit, Fraction] | None:
    """Return by how much *new* is longer, and in which unit; None where the two are not counted in one unit.

    >>> difference(TimeLimit.parse("7 working days"), TimeLimit.parse("5 working days"))
    (<LimitUnit.WORKING_DAYS: 'working_days'>, Fraction(-2, 1))
    >>> difference(TimeLimit.parse("7 days"), TimeLimit.parse("5 working days")) is None
    True
    """
    before, after = counted(old), counted(new)
    if before is None or after is None or before[0] is not after[0]:
        return None
    return after[0], after[1] - before[1]


def order(old: TimeLimit, new: TimeLimit) -> int | None:
    """Return 1 if *new* is longer, -1 if it is shorter, 0 if neither; None where that cannot be said.

    "Immediately" is shorter than everything, "within the day" shorter than whole days or months.

    >>> order(TimeLimit.parse("1 working day"), TimeLimit.parse("trong ngày"))
    -1
    >>> order(TimeLimit.parse("8 working hours"), TimeLimit.parse("within the day")) is None
    True
    """
    if old == new:
        return 0
    if (apart := difference(old, new)) is not None:
        return (apart[1] > 0) - (apart[1] < 0)
    before, after = _rank(old), _rank(new)
    if before is not None and after is not None and before != after:
        return 1 if after > before else -1
    # At once is before the end of anything, in whatever unit it is counted.
    if 0 in {before, after}:
        return 1 if before == 0 else -1
    if _is_longer(new, old):
        return 1
    return -1 if _is_longer(old, new) else None


def never_longer(one: TimeLimit, other: TimeLimit) -> bool:
    """Return whether *one* is certainly no longer than *other*, both from the same moment.

    Less than "shorter", for which see :func:`order`: 5 days may end with 5 working days, and never after them.

    >>> never_longer(TimeLimit.parse("5 days"), TimeLimit.parse("5 working days"))
    True
    >>> never_longer(TimeLimit.parse("24 hours"), TimeLimit.parse("1 day"))
    True
    >>> never_longer(TimeLimit.parse("4 working days"), TimeLimit.parse("5 days"))
    False
    """
    if max(len(one.steps), len(other.steps)) > 1:
        # Whatever begins no later ends no later, and more steps end no earlier. Sums would leave out that each step may move.
        left = iter(other.steps)
        return all(any(never_longer(TimeLimit(steps=(a,)), TimeLimit(steps=(b,))) for b in left) for a in one.steps)
    if (compared := order(other, one)) is not None:
        return compared <= 0
    mine, theirs = counted(one), counted(other)
    if mine is None or theirs is None:
        return False
    most = mine[1] / _DAY if mine[0] is LimitUnit.HOURS else most_days(one)
    least = _least(*theirs)
    return most is not None and least is not None and most <= least


def _least(unit: LimitUnit, amount: Fraction) -> Fraction | None:
    """Return after how many days what is counted in *unit* ends at the earliest; None for hours, which end within a day."""
    if unit is LimitUnit.WORKING_DAYS:
        return least_days(amount, Fraction(0))
    span = None if unit is LimitUnit.HOURS else _span(unit, amount)
    return None if span is None else span[0]


_DAY: Final = 24
_WEEK: Final = 7
_MONTH: Final = (28, 31)
_YEAR: Final = 12
_YEAR_DAYS: Final = (365, 366)


def least_days(working: Fraction, days: Fraction) -> Fraction:
    """Return how many days *working* days and *days* after them take at least: of seven days one is a Sunday.

    >>> least_days(Fraction(7), Fraction(0)), least_days(Fraction(6), Fraction(2))
    (Fraction(8, 1), Fraction(8, 1))
    """
    whole = working.numerator // working.denominator
    return working + max(0, (whole - 1) // (_WEEK - 1)) + days


def most_days(limit: TimeLimit) -> Fraction | None:
    """Return the days that *limit* has at most, before a last day that is off moves it; None where nobody can say.

    >>> most_days(TimeLimit.parse("1 month")), most_days(TimeLimit.parse("5 working days")) is None
    (Fraction(31, 1), True)
    """
    total = counted(limit)
    span = None if total is None else _span(*total)
    return None if span is None else span[1]


def _span(unit: LimitUnit, amount: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return how many days pass at least and at most; None for what the calendar decides."""
    if unit is LimitUnit.DAYS:
        return amount, amount
    if unit is LimitUnit.MONTHS:
        years, months = divmod(amount, _YEAR)
        return years * _YEAR_DAYS[0] + months * _MONTH[0], years * _YEAR_DAYS[1] + months * _MONTH[1]
    # Hours end within a day, days with it.
    return (amount / _DAY, amount / _DAY + 1) if unit is LimitUnit.HOURS else None


def _is_longer(one: TimeLimit, other: TimeLimit) -> bool:
    """Return whether *one* is longer than *other* under any calendar, both from the same moment."""
    if len(one.steps) > len(other.steps) and one.steps[: len(other.steps)] == other.steps:
        return True  # the same, and more after it
    long, most = counted(one), most_days(other)
    if long is None or most is None:
        return False
    unit, amount = long
    if unit is LimitUnit.WORKING_DAYS:
        # Of every week after a working day one day at least is off; what ends on a day off moves to the next working day.
        return amount > most - most // _WEEK
    span = _span(unit, amount)
    # Hours skip nothing; what is counted in days may move over days off and end later.
    return span is not None and unit is not LimitUnit.HOURS and span[0] > most


def _rank(limit: TimeLimit) -> int | None:
    """Return 0 for "immediately", 1 for "within the day", 2 for at least one whole day; else None."""
    if len(limit.steps) == 1 and limit.steps[0].unit in _POINTS:
        return _POINTS.index(limit.steps[0].unit)
    total = counted(limit)
    return 2 if total is not None and total[0] in _WHOLE_DAYS and total[1] >= 1 else None
