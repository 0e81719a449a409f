"""The arithmetic of a deadline: where each step of a limit ends, waiting included.

Three laws hold for every unit, policy, calendar and hours, and the code keeps to shapes that cannot break them: a
longer limit, a later receipt and a longer wait never give an earlier end; an end never lies inside a wait that is
over; nothing ends before it began.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core._public import trusted
from onestop_core.deadlines.counting.days import (
    Setting,
    close_of,
    first_close,
    months_later,
    moved,
    shifted,
    shifted_moment,
)
from onestop_core.deadlines.counting.part_of_day import end_of_part
from onestop_core.deadlines.counting.waits import Pause, after_wait_at, hours_after, waits_since
from onestop_core.deadlines.hours.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.late_receipt import day_0_of
from onestop_core.deadlines.terms.law import parameters
from onestop_core.deadlines.terms.values import END_OF_DAY, WorkingCalendar
from onestop_core.model import HO_CHI_MINH, LimitStep, LimitUnit
from onestop_core.model.time_limits import CALENDAR_UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Counted", "count_limit", "end_in_working_days"]

_MICROSECOND: Final = timedelta.resolution
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_HOURS_OF_A_DAY: Final = 24


@attrs.frozen(kw_only=True)
class Counted:
    """One step of a limit, or the whole or the broken part of one, counted."""

    step: LimitStep
    number: int
    """Which step of the limit, from 1."""
    begins: bool
    """Whether this is where the step begins; False for the part of a day that follows its whole days."""
    start: datetime
    """The receipt, or the end of the step before."""
    day_0: date
    """The day that is not counted; for "within the day" the day itself."""
    hours: WorkingHours | None
    """Set where the step runs in working hours."""
    plain: bool
    """Whether it runs in hours of the clock."""
    amount: Fraction | int
    """In the unit of the step; in hours where it runs in hours."""
    last: date | None
    """Last day of a calendar period, waiting included, before it was moved off a day off."""
    end: datetime
    pauses: tuple[Pause, ...]
    """Those that fell into the step, none before its start."""


_counted_of: Final = trusted(Counted)


def count_limit(
    start: datetime, steps: Sequence[LimitStep], setting: Setting, pauses: tuple[Pause, ...], *, begin: int = 1
) -> tuple[Counted, ...]:
    """Return each of *steps* from *start* on, counted; the last one's end is the due moment.

    The first is number *begin*, and 1 where *start* is the receipt.
    """
    if len(steps) == 1:
        return _count_step(steps[0], begin, start, setting, waits_since(pauses, start))
    out: list[Counted] = []
    for number, step in enumerate(steps, begin):
        counted = _count_step(step, number, start, setting, waits_since(pauses, start))
        out += counted
        start = counted[-1].end
    return tuple(out)


def end_in_working_days(start: datetime, days: int, calendar: WorkingCalendar, pauses: tuple[Pause, ...]) -> datetime:
    """Return where so many whole working days end, without office hours: what :func:`count_limit` gives, quickly.

    This is what is asked by the hundred thousand; the laws of counting hold the two together.
    """
    day_0 = start.date()
    if pauses and pauses[0][0] <= start:
        pauses = waits_since(pauses, start)
        if pauses and pauses[0][0] <= start and pauses[0][1] is not None:
            start = pauses[0][1]
            day_0 = start.date()
    last = end = calendar.add(day_0, days)
    for begin, stop in pauses:
        begins = begin.date()
        if begins > end or stop is None or (begins == end and begin.time() > END_OF_DAY):
            break
        if stop <= start:
            continue
        stops = stop.date()
        waiting = calendar.count(max(begins, day_0), stops)
        if waiting:
            last = calendar.add(last, waiting)
            end = max(end, last)
        if end < stops or (end == stops and stop.time() > END_OF_DAY):
            end = stops
            while not calendar.is_workday(end) or (end == stops and stop.time() > END_OF_DAY):
                end = shifted(end, _DAY)
    return datetime.combine(end, _CLOSE)


_CLOSE: Final = END_OF_DAY.replace(tzinfo=HO_CHI_MINH)


def _count_step(
    step: LimitStep, number: int, start: datetime, setting: Setting, pauses: tuple[Pause, ...]
) -> tuple[Counted, ...]:
    unit, amount = step.unit, step.amount
    if not amount:
        # A step without time of its own ends where it begins, in whatever unit it is nothing.
        return (_count_hours(step, number, start, pauses, amount=amount, begins=True),)
    if unit is LimitUnit.WORKING_HOURS:
        return (_count_working_hours(step, number, start, setting, pauses, amount=amount, begins=True),)
    if unit is LimitUnit.HOURS:
        return (_count_hours(step, number, start, pauses, amount=amount, begins=True),)
    if amount.denominator == 1:
        return (_count_days(step, number, start, setting, pauses, amount=amount.numerator),)
    # Whole days first, then the part, as the chain "1 working day + 0.5 working days" does; never longer than the
    # next whole number of days, however short the days of the office are.
    working = unit is LimitUnit.WORKING_DAYS
    hours_a_day = parameters(start.date()).hours_in_a_working_day if working else _HOURS_OF_A_DAY
    whole, hours = _whole_days_and_hours(amount.numerator, amount.denominator, hours_a_day)
    first = (_count_days(step, number, start, setting, pauses, amount=whole),) if whole else ()
    since = first[0].end if first else start
    most = _end_in_days(unit, whole + 1, start, setting, pauses, first=number == 1)[2]
    if working:
        waits = waits_since(pauses, since)
        part = _count_working_hours(step, number, since, setting, waits, amount=hours, begins=not whole, most=most)
        return (*first, part)
    if first:
        since = datetime.combine(since.date() + _DAY, time(), HO_CHI_MINH)
    waits = waits_since(pauses, since)
    length = timedelta(microseconds=int(hours * (_HOUR // _MICROSECOND)))
    end, fell = end_of_part(after_wait_at(since, waits), length, setting, waits)
    part = _counted_of(
        step=step,
        number=number,
        begins=not whole,
        start=since,
        day_0=since.date(),
        hours=None,
        plain=True,
        amount=hours,
        last=None,
        end=min(end, most),
        pauses=waits[:fell],
    )
    return (*first, part)


@lru_cache(maxsize=1024)
def _whole_days_and_hours(numerator: int, denominator: int, hours_a_day: int) -> tuple[int, Fraction]:
    whole, rest = divmod(numerator, denominator)
    return whole, Fraction(rest * hours_a_day, denominator)


def _count_working_hours(
    step: LimitStep,
    number: int,
    start: datetime,
    setting: Setting,
    pauses: tuple[Pause, ...],
    *,
    amount: Fraction,
    begins: bool,
    most: datetime | None = None,
) -> Counted:
    calendar, office = setting.calendar, setting.hours or office_hours()
    since = after_wait_at(start, pauses)
    end = office.add(calendar, since, amount)
    fell = 0
    for begin, stop in pauses:
        if begin > end:
            break
        fell += 1
        if stop is not None and stop > since:
            end = hours_after(end, max(begin, since), stop, calendar, office)
    return _counted_of(
        step=step,
        number=number,
        begins=begins,
        start=start,
        day_0=start.date(),
        hours=office,
        plain=False,
        amount=amount,
        last=None,
        end=end if most is None or end < most else most,
        pauses=pauses[:fell],
    )


def _count_hours(
    step: LimitStep,
    number: int,
    start: datetime,
    pauses: tuple[Pause, ...],
    *,
    amount: Fraction,
    begins: bool,
) -> Counted:
    since = after_wait_at(start, pauses)
    if amount and since.time() >= END_OF_DAY:
        # The last second of a day stands for 24:00, and what lies within it with it: a later start never ends earlier.
        since = datetime.combine(shifted(since.date(), _DAY), time(), since.tzinfo)
    length = amount * (_HOUR // _MICROSECOND)
    end = shifted_moment(since, timedelta(microseconds=int(length)))
    fell = 0
    for begin, stop in pauses:
        if begin > end:
            break
        fell += 1
        if stop is not None and stop > since:
            end = shifted_moment(end, stop - max(begin, since))
    return _counted_of(
        step=step,
        number=number,
        begins=begins,
        start=start,
        day_0=start.date(),
        hours=None,
        plain=True,
        amount=amount,
        last=None,
        end=end,
        pauses=pauses[:fell],
    )


def _count_days(
    step: LimitStep, number: int, start: datetime, setting: Setting, pauses: tuple[Pause, ...], *, amount: int
) -> Counted:
    unit = step.unit
    day_0, last, end, fell = _end_in_days(unit, amount, start, setting, pauses, first=number == 1)
    return _counted_of(
        step=step,
        number=number,
        begins=True,
        start=start,
        day_0=day_0,
        hours=None,
        plain=False,
        amount=amount,
        last=last if unit in CALENDAR_UNITS else None,
        end=end,
        pauses=pauses[:fell],
    )


def _end_in_days(
    unit: LimitUnit, amount: int, start: datetime, setting: Setting, pauses: tuple[Pause, ...], *, first: bool
) -> tuple[date, date, datetime, int]:
    """Return the day that is not counted, the last one that is, the end, and how many of *pauses* fell into it."""
    calendar, working = setting.calendar, unit not in CALENDAR_UNITS
    since = after_wait_at(start, pauses)
    day_0 = day_0_of(unit, since, setting.calendar, setting.policies.late_receipt, first=first)
    last = _first_end(unit, amount, day_0, calendar)
    end = close_of(last if working else moved(last, setting), setting)
    if end < since:  # after hours, of a limit that ends on the day itself
        end = first_close(since, setting, working=working)
    fell = 0
    for begin, stop in pauses:
        if begin > end:
            break
        fell += 1
        if stop is None or stop <= since:
            continue
        from_day, to_day = max(begin.date(), day_0), max(stop.date(), day_0)
        if working:
            waiting = calendar.count(from_day, to_day)
            last = calendar.add(last, waiting) if waiting else last
            close = close_of(last, setting)
        else:
            last = shifted(last, to_day - from_day)
            if unit in _CORRESPONDING:
                # Months differ in length: what is left after a wait is never more than the whole from then on.
                last = min(last, _first_end(unit, amount, to_day, calendar))
            close = close_of(moved(last, setting), setting)
        # Where nothing was left when the wait began, the day of its end is left to finish.
        end = max(end, close)
        if end < stop:
            end = first_close(stop, setting, working=working)
    return day_0, last, end, fell


_CORRESPONDING: Final = frozenset({LimitUnit.MONTHS, LimitUnit.YEARS})


def _first_end(unit: LimitUnit, amount: int, day_0: date, calendar: WorkingCalendar) -> date:
    match unit:
        case LimitUnit.WORKING_DAYS:
            return calendar.add(day_0, amount)
        case LimitUnit.SAME_DAY | LimitUnit.IMMEDIATE:
            return day_0
        case LimitUnit.DAYS:
            return shifted(day_0, timedelta(days=amount))
        case LimitUnit.WEEKS:
            return shifted(day_0, timedelta(weeks=amount))
        case _:
            return months_later(day_0, amount if unit is LimitUnit.MONTHS else 12 * amount)
