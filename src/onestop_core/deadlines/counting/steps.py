"""The arithmetic of a deadline: where each step of a limit ends, waiting included.

Three laws hold for every unit, policy, calendar and hours, and the code keeps to shapes that cannot break them: a
longer limit, a later receipt and a longer wait never give an earlier end; an end never lies inside a wait that is
over; nothing ends before it began.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.deadlines.hours.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.terms.law import parameters
from onestop_core.deadlines.terms.policies import STANDARD, EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import END_OF_DAY, WorkingCalendar
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, LimitStep, LimitUnit, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Counted",
    "Pause",
    "Setting",
    "carried",
    "count_limit",
    "end_in_working_days",
    "ensure_countable",
    "in_working_hours",
    "merged",
    "moves",
]

Pause = tuple[datetime, datetime | None]
"""From when to when the time stood still; None while it does."""

_MICROSECOND: Final = timedelta.resolution
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_HOURS_OF_A_DAY: Final = 24


@attrs.frozen(kw_only=True)
class Setting:
    """What a limit is counted in."""

    calendar: WorkingCalendar
    hours: WorkingHours | None = None
    policies: Policies = STANDARD


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
    amount: Fraction
    """In the unit of the step; in hours where it runs in hours."""
    last: date | None
    """Last day of a calendar period, waiting included, before it was moved off a day off."""
    end: datetime
    pauses: tuple[Pause, ...]
    """Those that fell into the step, none before its start."""


def merged(pauses: Iterable[tuple[datetime, datetime | None]]) -> tuple[Pause, ...]:
    """Return *pauses* in order, those that overlap or touch as one.

    A pause that lasts has passed for certain up to the last moment that another one names; that part of it is
    told apart from the rest, which is open.

    Raises:
        InvalidValueError: a naive moment, or an end before its start.
    """
    closed: list[tuple[datetime, datetime]] = []
    lasting: datetime | None = None
    known: datetime | None = None
    for pause in _listed(pauses):
        first, last = _pause(pause)
        if last is None:
            lasting = first if lasting is None or first < lasting else lasting
        elif last < first:
            raise InvalidValueError.of(
                "pause",
                f"{first.isoformat()}/{last.isoformat()}",
                vi="kết thúc sau khi bắt đầu",
                en="an end not before its start",
            )
        else:
            closed.append((first, last))
        latest = first if last is None else last
        known = latest if known is None or latest > known else known
    if lasting is not None and known is not None:
        closed.append((lasting, known))
    if len(closed) > 1:
        closed.sort()
    out: list[Pause] = []
    for first, last in closed:
        if out and first <= cast("datetime", out[-1][1]):
            out[-1] = (out[-1][0], max(cast("datetime", out[-1][1]), last))
        else:
            out.append((first, last))
    if lasting is not None:
        if out[-1][0] == known:  # nothing of it has passed yet
            out.pop()
        out.append((cast("datetime", known), None))
    return tuple(out)


def _listed(pauses: object) -> tuple[object, ...]:
    if isinstance(pauses, tuple | list):
        return tuple(cast("list[object]", pauses))
    try:
        return tuple(cast("Iterable[object]", pauses))
    except Exception:  # noqa: BLE001 - whatever came in, it is no sequence of pauses
        raise InvalidValueError.of(
            "pauses", pauses, vi="các cặp (bắt đầu, kết thúc)", en="pairs (start, end)"
        ) from None


def _pause(pause: object) -> Pause:
    pair = cast("tuple[object, ...]", pause)
    if not isinstance(pause, tuple | list) or len(pair) != 2:
        raise InvalidValueError.of("pause", pair, vi="cặp (bắt đầu, kết thúc)", en="a pair (start, end)")
    first, last = pair
    return aware(first, "pause"), None if last is None else aware(last, "pause")


def in_working_hours(step: LimitStep) -> bool:
    """Return whether *step* ends at a moment of office hours."""
    return step.unit is LimitUnit.WORKING_HOURS or (
        step.unit is LimitUnit.WORKING_DAYS and step.amount.denominator != 1
    )


def ensure_countable(limit: object, calendar: object, hours: object) -> None:
    """Refuse what cannot be counted.

    Raises:
        InvalidValueError: no time limit, calendar or hours, or a part of a working day without hours.
    """
    if not isinstance(limit, TimeLimit):
        raise InvalidValueError.of("limit", limit, vi="một TimeLimit", en="a TimeLimit, as TimeLimit.parse returns it")
    if not _is_calendar(calendar):
        raise InvalidValueError.of(
            "calendar", calendar, vi="một lịch làm việc (workdays.calendar)", en="a calendar, from workdays.calendar"
        )
    if hours is not None:
        if not isinstance(hours, WorkingHours):
            raise InvalidValueError.of(
                "hours", hours, vi="giờ làm việc (WorkingHours)", en="WorkingHours, as WorkingHours.parse returns them"
            )
    elif limit.whole_working_days is None:
        for step in limit.steps:
            if step.unit is LimitUnit.WORKING_DAYS and step.amount.denominator != 1:
                raise InvalidValueError.of(
                    "limit",
                    step.text.vi,
                    vi="giờ làm việc của cơ quan (hours), vì thời hạn có phần lẻ của ngày",
                    en="the office hours of the agency (hours), since the limit has a part of a day",
                )


def _is_calendar(value: object) -> bool:
    try:
        return hasattr(value, "is_workday")
    except Exception:  # noqa: BLE001 - a value of others may answer anything
        return False


def count_limit(
    start: datetime, steps: Sequence[LimitStep], setting: Setting, pauses: tuple[Pause, ...], *, begin: int = 1
) -> tuple[Counted, ...]:
    """Return each of *steps* from *start* on, counted; the last one's end is the due moment.

    The first is number *begin*, and 1 where *start* is the receipt.
    """
    out: list[Counted] = []
    for number, step in enumerate(steps, begin):
        counted = _count_step(step, number, start, setting, _since(pauses, start))
        out += counted
        start = counted[-1].end
    return tuple(out)


def end_in_working_days(start: datetime, days: int, calendar: WorkingCalendar, pauses: tuple[Pause, ...]) -> datetime:
    """Return where so many whole working days end, without office hours: what :func:`count_limit` gives, quickly.

    This is what is asked by the hundred thousand; the laws of counting hold the two together.
    """
    day_0 = start.date()
    if pauses and pauses[0][0] <= start:
        pauses = _since(pauses, start)
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
                end = _shifted(end, _DAY)
    return datetime.combine(end, _CLOSE)


_CLOSE: Final = END_OF_DAY.replace(tzinfo=HO_CHI_MINH)


def _since(pauses: tuple[Pause, ...], start: datetime) -> tuple[Pause, ...]:
    if not pauses or (pauses[0][0] >= start):
        return pauses
    return tuple((max(first, start), last) for first, last in pauses if last is None or last > start)


def _count_step(
    step: LimitStep, number: int, start: datetime, setting: Setting, pauses: tuple[Pause, ...]
) -> tuple[Counted, ...]:
    unit = step.unit
    if not step.amount:
        # A step without time of its own ends where it begins, in whatever unit it is nothing.
        return (_count_hours(step, number, start, pauses, amount=step.amount, begins=True),)
    if unit is LimitUnit.WORKING_HOURS:
        return (_count_working_hours(step, number, start, setting, pauses, amount=step.amount, begins=True),)
    if unit is LimitUnit.HOURS:
        return (_count_hours(step, number, start, pauses, amount=step.amount, begins=True),)
    if step.amount.denominator == 1:
        return (_count_days(step, number, start, setting, pauses, amount=int(step.amount)),)
    # Whole days first, then the part, as the chain "1 working day + 0.5 working days" does; never longer than the
    # next whole number of days, however short the days of the office are.
    whole = int(step.amount)
    first = (_count_days(step, number, start, setting, pauses, amount=whole),) if whole else ()
    since = first[0].end if first else start
    part = step.amount - whole
    most = _count_days(step, number, start, setting, pauses, amount=whole + 1).end
    if unit is LimitUnit.WORKING_DAYS:
        amount = part * parameters(start.date()).hours_in_a_working_day
        last = _count_working_hours(
            step, number, since, setting, _since(pauses, since), amount=amount, begins=not first
        )
        return (*first, attrs.evolve(last, end=min(last.end, most)))
    if first:
        since = datetime.combine(since.date() + _DAY, time(), HO_CHI_MINH)
    last = _count_hours(step, number, since, _since(pauses, since), amount=part * _HOURS_OF_A_DAY, begins=not first)
    day = last.end.date()
    moved = _moved(day, setting)
    end = last.end if moved == day else _close(moved, setting)
    return (*first, attrs.evolve(last, end=min(end, most)))


def _count_working_hours(
    step: LimitStep,
    number: int,
    start: datetime,
    setting: Setting,
    pauses: tuple[Pause, ...],
    *,
    amount: Fraction,
    begins: bool,
) -> Counted:
    calendar, office = setting.calendar, setting.hours or office_hours()
    since = _after_wait_at(start, pauses)
    end = office.add(calendar, since, amount)
    waits: list[Pause] = []
    for begin, stop in pauses:
        if begin > end:
            break
        waits.append((begin, stop))
        if stop is not None and stop > since:
            end = _hours_after(end, max(begin, since), stop, calendar, office)
    return Counted(
        step=step,
        number=number,
        begins=begins,
        start=start,
        day_0=start.date(),
        hours=office,
        plain=False,
        amount=amount,
        last=None,
        end=end,
        pauses=tuple(waits),
    )


def _hours_after(
    end: datetime, begin: datetime, stop: datetime, calendar: WorkingCalendar, office: WorkingHours
) -> datetime:
    """Return where working time ends that would have ended at *end*, after the wait from *begin* to *stop*."""
    waited = office.between(calendar, begin, stop)
    if waited:
        end = office.add(calendar, end, Fraction(waited // _MICROSECOND, _HOUR // _MICROSECOND))
    # Where all was used when the wait began, nothing is left to do after it but to finish.
    return end if end >= stop else office.add(calendar, stop, 0)


def _count_hours(
    step: LimitStep,
    number: int,
    start: datetime,
    pauses: tuple[Pause, ...],
    *,
    amount: Fraction,
    begins: bool,
) -> Counted:
    since = _after_wait_at(start, pauses)
    if amount and since.time() == END_OF_DAY:
        since = _shifted_moment(since, timedelta(seconds=1))  # the end of the day before, which is 24:00
    length = amount * (_HOUR // _MICROSECOND)
    end = _shifted_moment(since, timedelta(microseconds=int(length)))
    waits: list[Pause] = []
    for begin, stop in pauses:
        if begin > end:
            break
        waits.append((begin, stop))
        if stop is not None and stop > since:
            end = _shifted_moment(end, stop - max(begin, since))
    return Counted(
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
        pauses=tuple(waits),
    )


def _after_wait_at(start: datetime, pauses: tuple[Pause, ...]) -> datetime:
    """Return when the time begins: *start*, or the end of the wait in which it lies."""
    if pauses:
        begin, stop = pauses[0]
        if begin <= start and stop is not None:
            return stop
    return start


def _count_days(
    step: LimitStep, number: int, start: datetime, setting: Setting, pauses: tuple[Pause, ...], *, amount: int
) -> Counted:
    calendar, unit = setting.calendar, step.unit
    working = unit not in _CALENDAR
    since = _after_wait_at(start, pauses)
    day_0 = _day_0(unit, since, setting, first=number == 1)
    last = _first_end(unit, amount, day_0, calendar)
    end = _close(last if working else _moved(last, setting), setting)
    if end < since:  # after hours, of a limit that ends on the day itself
        end = _first_close(since, setting, working=working)
    waits: list[Pause] = []
    for begin, stop in pauses:
        if begin > end:
            break
        waits.append((begin, stop))
        if stop is None or stop <= since:
            continue
        from_day, to_day = max(begin.date(), day_0), max(stop.date(), day_0)
        if working:
            waiting = calendar.count(from_day, to_day)
            last = calendar.add(last, waiting) if waiting else last
            close = _close(last, setting)
        else:
            last = _shifted(last, to_day - from_day)
            if unit in _CORRESPONDING:
                # Months differ in length: what is left after a wait is never more than the whole from then on.
                last = min(last, _first_end(unit, amount, to_day, calendar))
            close = _close(_moved(last, setting), setting)
        # Where nothing was left when the wait began, the day of its end is left to finish.
        end = max(end, close)
        if end < stop:
            end = _first_close(stop, setting, working=working)
    return Counted(
        step=step,
        number=number,
        begins=True,
        start=start,
        day_0=day_0,
        hours=None,
        plain=False,
        amount=Fraction(amount),
        last=None if working else last,
        end=end,
        pauses=tuple(waits),
    )


_CALENDAR: Final = frozenset({LimitUnit.DAYS, LimitUnit.WEEKS, LimitUnit.MONTHS, LimitUnit.YEARS})
_CORRESPONDING: Final = frozenset({LimitUnit.MONTHS, LimitUnit.YEARS})
_IN_A_DAY: Final = frozenset({LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE})


def _day_0(unit: LimitUnit, start: datetime, setting: Setting, *, first: bool) -> date:
    calendar, late_receipt = setting.calendar, setting.policies.late_receipt
    day = start.date()
    if unit in _IN_A_DAY:
        if not calendar.is_workday(day):
            return calendar.next(day)
        # "At once" is a promise about the same day, whatever the hour.
        postponed = unit is LimitUnit.SAME_DAY and late_receipt is not LateReceipt.NO_LIMIT
        return calendar.next(day) if postponed and start.time() > parameters(day).late_after else day
    # A later step of a chain is handed over, not received at the desk. Who comes on a day off comes after every hour
    # of the day before: the hour means nothing there, and he is not counted earlier than who came late before it.
    if late_receipt is LateReceipt.EVERY_LIMIT and first:
        late = not calendar.is_workday(day) or start.time() > parameters(day).late_after
        return calendar.next(day) if late else day
    return day


def _first_end(unit: LimitUnit, amount: int, day_0: date, calendar: WorkingCalendar) -> date:
    match unit:
        case LimitUnit.SAME_DAY | LimitUnit.IMMEDIATE:
            return day_0
        case LimitUnit.WORKING_DAYS:
            return calendar.add(day_0, amount)
        case LimitUnit.DAYS:
            return _shifted(day_0, timedelta(days=amount))
        case LimitUnit.WEEKS:
            return _shifted(day_0, timedelta(weeks=amount))
        case _:
            return _months_later(day_0, amount if unit is LimitUnit.MONTHS else 12 * amount)


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


def _shifted_moment(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        raise _beyond(moment.date()) from None


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


def _moved(last: date, setting: Setting) -> date:
    # Day by day: in the strict reading the next working day is one that would not move either.
    while moves(last, setting.calendar, setting.policies.end_on_day_off):
        last = _shifted(last, _DAY)
    return last


def _close(day: date, setting: Setting) -> datetime:
    hours = setting.hours
    return hours.closing(setting.calendar, day) if hours else datetime.combine(day, END_OF_DAY, HO_CHI_MINH)


def _first_close(moment: datetime, setting: Setting, *, working: bool) -> datetime:
    """Return the first end of a day, on which such a period may end, that does not lie before *moment*."""
    day = moment.date()
    while True:
        ends = setting.calendar.is_workday(day) if working else _moved(day, setting) == day
        if ends and (close := _close(day, setting)) >= moment:
            return close
        day = _shifted(day, _DAY)


def carried(
    moment: datetime, since: datetime, step: LimitStep, setting: Setting, pauses: tuple[Pause, ...]
) -> datetime:
    """Return where a *moment* that was promised at *since* lies after the waiting from then on.

    It moves by what was waited, in the unit in which the limit ends with *step*; a promise that no waiting touches
    stays the moment it is, also on a day off and at night.
    """
    spans = _since(pauses, since)
    if not spans:
        return moment
    if step.unit is not LimitUnit.HOURS and not in_working_hours(step):
        return _carried_by_days(moment, spans, setting, working=step.unit not in _CALENDAR)
    for begin, stop in spans:
        if begin > moment or stop is None:
            break
        if step.unit is LimitUnit.HOURS:
            moment = _shifted_moment(moment, stop - begin)
        else:
            moment = _hours_after(moment, begin, stop, setting.calendar, setting.hours or office_hours())
    return moment


def _carried_by_days(moment: datetime, spans: tuple[Pause, ...], setting: Setting, *, working: bool) -> datetime:
    calendar, last, at = setting.calendar, moment.date(), moment.timetz()
    for begin, stop in spans:
        if begin > moment or stop is None:
            break
        if working:
            waited = calendar.count(begin.date(), stop.date())
            last = calendar.add(last, waited) if waited else last
            moment = max(moment, datetime.combine(last, at))
        elif waiting := stop.date() - begin.date():
            last = _shifted(last, waiting)
            moment = max(moment, datetime.combine(_moved(last, setting), at))
        day = stop.date()
        while moment < stop:
            ends = calendar.is_workday(day) if working else _moved(day, setting) == day
            moment = max(moment, datetime.combine(day, at)) if ends else moment
            day = _shifted(day, _DAY)
    return moment
