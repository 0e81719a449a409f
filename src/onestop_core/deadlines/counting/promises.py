"""Where the time ends with what prolonged it, and where a moment lies that was promised, after the waiting since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.counting.countable import by_the_hour
from onestop_core.deadlines.counting.days import moved, shifted, shifted_moment
from onestop_core.deadlines.counting.limit_steps import Counted, count_limit
from onestop_core.deadlines.counting.waits import Pause, hours_after, waits_since
from onestop_core.deadlines.hours.office_hours import office_hours
from onestop_core.model import LimitStep, LimitUnit
from onestop_core.model.time_limits import CALENDAR_UNITS

if TYPE_CHECKING:
    from onestop_core.deadlines.counting.days import Setting
    from onestop_core.model import Extension, TimeLimit

__all__ = ["count_all", "promised_end"]

_DAY: Final = timedelta(days=1)


def count_all(
    received: datetime,
    limit: TimeLimit,
    setting: Setting,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...] = (),
) -> tuple[tuple[Counted, ...], datetime]:
    """Return each step of *limit* and of what prolonged it, counted, and when it ends.

    An extension to a moment ends then, wherever the limit ended; one by a limit begins where the time ended before.
    """
    counted = count_limit(received, limit.steps, setting, pauses)
    end = counted[-1].end
    for extension in extensions:
        if extension.by is not None:
            counted += count_limit(end, extension.by.steps, setting, pauses, begin=counted[-1].number + 1)
            end = counted[-1].end
        else:
            assert extension.until is not None  # an extension says one of the two
            end = _carried(extension.until, extension.at, limit.steps[-1], setting, pauses)
    return counted, end


def promised_end(
    promise: datetime,
    since: datetime,
    limit: TimeLimit,
    setting: Setting,
    *,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
) -> datetime:
    """Return when a *promise* made at *since* falls due: moved by the waiting since, longer by what was added since."""
    end = _carried(promise, since, limit.steps[-1], setting, pauses)
    for extension in extensions:
        if extension.by is not None and extension.at >= since:
            end = count_limit(end, extension.by.steps, setting, pauses, begin=2)[-1].end
    return end


def _carried(
    moment: datetime, since: datetime, step: LimitStep, setting: Setting, pauses: tuple[Pause, ...]
) -> datetime:
    """Return where a *moment* that was promised at *since* lies after the waiting from then on.

    It moves by what was waited, in the unit in which the limit ends with *step*; a promise that no waiting touches
    stays the moment it is, also on a day off and at night.
    """
    spans = waits_since(pauses, since)
    if not spans:
        return moment
    if not by_the_hour(step):
        return _carried_by_days(moment, spans, setting, working=step.unit not in CALENDAR_UNITS)
    for begin, stop in spans:
        if begin > moment or stop is None:
            break
        if step.unit is LimitUnit.HOURS:
            moment = shifted_moment(moment, stop - begin)
        else:
            moment = hours_after(moment, begin, stop, setting.calendar, setting.hours or office_hours())
    return moment


def _carried_by_days(moment: datetime, spans: tuple[Pause, ...], setting: Setting, *, working: bool) -> datetime:
    calendar, last, at = setting.calendar, moment.date(), moment.timetz()
    for begin, stop in spans:
        if begin > moment or stop is None:
            break
        if working:
            if waited := calendar.count(begin.date(), stop.date()):
                last = calendar.add(last, waited)
                moment = max(moment, datetime.combine(last, at))
        elif waiting := stop.date() - begin.date():
            last = shifted(last, waiting)
            moment = max(moment, datetime.combine(moved(last, setting), at))
        if moment < stop:
            day = stop.date()
            while moment < stop:
                ends = calendar.is_workday(day) if working else moved(day, setting) == day
                moment = max(moment, datetime.combine(day, at)) if ends else moment
                day = shifted(day, _DAY)
    return moment
