"""The arithmetic of a deadline: where each step of a limit ends, pauses included."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.deadlines.law import parameters
from onestop_core.deadlines.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.values import END_OF_DAY, STANDARD, EndOnDayOff, LateReceipt, Policies, WorkingCalendar
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, LimitStep, LimitUnit, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Counted", "Pause", "Setting", "count_limit", "merged", "moves"]

Pause = tuple[datetime, datetime | None]
"""From when to when the time stood still; None while it does."""

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Setting:
    """What a limit is counted in."""

    calendar: WorkingCalendar
    hours: WorkingHours | None = None
    policies: Policies = STANDARD


@attrs.frozen(kw_only=True)
class Counted:
    """One step of a limit, counted."""

    step: LimitStep
    start: datetime
    """The receipt, or the end of the step before."""
    day_0: date
    """The day that is not counted; for "within the day" the day itself."""
    hours: WorkingHours | None
    """Set where the step runs in working hours."""
    amount: Fraction
    """In the unit of the step; in hours where it runs in hours."""
    last: date | None
    """Last day of a calendar period, waiting included, before it was moved off a day off."""
    end: datetime
    pauses: tuple[Pause, ...]
    """Those that fell into the step, none before its start."""


def merged(pauses: Iterable[tuple[datetime, datetime | None]]) -> tuple[Pause, ...]:
    """Return *pauses* in order, those that overlap or touch as one; an open one swallows what follows.

    Raises:
        InvalidValueError: a naive moment, or an end before its start.
    """
    spans: list[Pause] = []
    for pause in pauses:
        first, last = _pause(pause)
        if last is not None and last < first:
            raise InvalidValueError.of(
                "pause",
                f"{first.isoformat()}/{last.isoformat()}",
                vi="kết thúc sau khi bắt đầu",
                en="an end not before its start",
            )
        spans.append((first, last))
    out: list[Pause] = []
    for first, last in sorted(spans, key=lambda span: span[0]):
        if out and (out[-1][1] is None or first <= out[-1][1]):
            before = out[-1][1]
            out[-1] = (out[-1][0], None if before is None or last is None else max(before, last))
        else:
            out.append((first, last))
    return tuple(out)


def _pause(pause: object) -> Pause:
    pair = cast("tuple[object, ...]", pause)
    if not isinstance(pause, tuple | list) or len(pair) != 2:
        raise InvalidValueError.of("pause", pair, vi="cặp (bắt đầu, kết thúc)", en="a pair (start, end)")
    first, last = pair
    return aware(first, "pause"), None if last is None else aware(last, "pause")


def count_limit(
    received: datetime, limit: TimeLimit, setting: Setting, pauses: tuple[Pause, ...]
) -> tuple[Counted, ...]:
    """Return each step of *limit*, counted; the last one's end is the due moment."""
    out: list[Counted] = []
    start = received
    for step in limit.steps:
        since = tuple((max(first, start), last) for first, last in pauses if last is None or last > start)
        if step.unit is LimitUnit.WORKING_HOURS or step.amount.denominator != 1:
            counted = _count_hours(step, start, setting, since)
        else:
            counted = _count_days(step, start, setting, since, first=not out)
        out.append(counted)
        start = counted.end
    return tuple(out)


def _count_hours(step: LimitStep, start: datetime, setting: Setting, pauses: tuple[Pause, ...]) -> Counted:
    calendar, hours = setting.calendar, setting.hours
    amount = step.amount
    if step.unit is LimitUnit.WORKING_DAYS:
        if hours is None:
            raise InvalidValueError.of(
                "limit",
                step.text.en,
                vi="hours= khi thời hạn có phần lẻ của ngày",
                en="hours=, since the limit has a part of a day",
            )
        amount *= parameters().hours_in_a_working_day
    office = hours or office_hours()
    waits: list[Pause] = []
    total = amount
    end = office.add(calendar, start, total)
    for begin, stop in pauses:
        if begin > end:
            break
        waits.append((begin, stop))
        if stop is not None:
            total += Fraction(
                office.between(calendar, begin, stop) // timedelta.resolution, _HOUR // timedelta.resolution
            )
            # Where all was used when the pause began, nothing is left to do after it but to finish.
            end = max(end, office.add(calendar, start, total))
    return Counted(
        step=step, start=start, day_0=start.date(), hours=office, amount=amount, last=None, end=end, pauses=tuple(waits)
    )


def _count_days(
    step: LimitStep, start: datetime, setting: Setting, pauses: tuple[Pause, ...], *, first: bool
) -> Counted:
    calendar, hours, policies = setting.calendar, setting.hours, setting.policies
    working = step.unit not in _CALENDAR
    day_0 = _day_0(step.unit, start, calendar, policies, first=first)
    last = _first_end(step, day_0, calendar)
    end = _close(last if working else _moved(last, calendar, policies), calendar, hours)
    waits: list[Pause] = []
    for begin, stop in pauses:
        if begin > end:
            break
        waits.append((begin, stop))
        if stop is not None:
            since, until = max(begin.date(), day_0), max(stop.date(), day_0)
            if working:
                waiting = calendar.count(since, until)
                last = calendar.add(last, waiting) if waiting else last
                end = _close(last, calendar, hours)
            else:
                last = _shifted(last, until - since)
                end = _close(_moved(last, calendar, policies), calendar, hours)
    return Counted(
        step=step,
        start=start,
        day_0=day_0,
        hours=None,
        amount=step.amount,
        last=None if working else last,
        end=end,
        pauses=tuple(waits),
    )


_CALENDAR: Final = frozenset({LimitUnit.DAYS, LimitUnit.MONTHS, LimitUnit.YEARS})
_IN_A_DAY: Final = frozenset({LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE})


def _day_0(unit: LimitUnit, start: datetime, calendar: WorkingCalendar, policies: Policies, *, first: bool) -> date:
    day = start.date()
    late = start.time() > parameters().late_after
    if unit in _IN_A_DAY:
        if not calendar.is_workday(day):
            return calendar.next(day)
        # "At once" is a promise about the same day, whatever the hour.
        postponed = unit is LimitUnit.SAME_DAY and policies.late_receipt is not LateReceipt.NO_LIMIT
        return calendar.next(day) if late and postponed else day
    # A later step of a chain is handed over, not received at the desk.
    if late and first and policies.late_receipt is LateReceipt.EVERY_LIMIT:
        return calendar.next(day)
    return day


def _first_end(step: LimitStep, day_0: date, calendar: WorkingCalendar) -> date:
    amount = int(step.amount)
    match step.unit:
        case LimitUnit.SAME_DAY | LimitUnit.IMMEDIATE:
            return day_0
        case LimitUnit.WORKING_DAYS:
            return calendar.add(day_0, amount)
        case LimitUnit.DAYS:
            return _shifted(day_0, timedelta(days=amount))
        case _:
            return _months_later(day_0, amount if step.unit is LimitUnit.MONTHS else 12 * amount)


def _months_later(day: date, months: int) -> date:
    import pendulum  # noqa: PLC0415 - heavy, loaded on first use

    try:
        later = pendulum.date(day.year, day.month, day.day).add(months=months)
    except (ValueError, OverflowError):
        raise _beyond(day) from None
    return date(later.year, later.month, later.day)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        raise _beyond(day) from None


def _beyond(day: date) -> InvalidValueError:
    return InvalidValueError.of(
        "received_at",
        day.isoformat(),
        vi="ngày mà thời hạn kết thúc trước năm 10000",
        en="a day whose limit ends before the year 10000",
    )


def moves(day: date, calendar: WorkingCalendar, policy: EndOnDayOff) -> bool:
    """Return whether a period whose last day is *day* ends later under *policy*."""
    if policy is EndOnDayOff.STRICT_CIVIL_CODE:
        # The article names weekend days and holidays; a made-up Saturday is still a Saturday.
        return day.weekday() >= 5 or calendar.day(day).kind in _HOLIDAYS
    return policy is EndOnDayOff.NEXT_WORKING_DAY and not calendar.is_workday(day)


_HOLIDAYS: Final = frozenset({"holiday", "tet"})


def _moved(last: date, calendar: WorkingCalendar, policies: Policies) -> date:
    # Day by day: in the strict reading the next working day is one that would not move either.
    while moves(last, calendar, policies.end_on_day_off):
        last = _shifted(last, _DAY)
    return last


def _close(day: date, calendar: WorkingCalendar, hours: WorkingHours | None) -> datetime:
    return hours.closing(calendar, day) if hours else datetime.combine(day, END_OF_DAY, HO_CHI_MINH)
