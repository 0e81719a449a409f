"""The part of a calendar day, such as the half in ``1.5 days``: hours of the clock that stand still on days off.

Were a part that ends on a day off moved to the end of the next working day, who comes on that working day itself would
be due before who came earlier.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.counting.days import moved, shifted
from onestop_core.deadlines.terms.values import END_OF_DAY
from onestop_core.model import HO_CHI_MINH

if TYPE_CHECKING:
    from onestop_core.deadlines.counting.days import Setting
    from onestop_core.deadlines.counting.waits import Pause

__all__ = ["end_of_part"]

_DAY: Final = timedelta(days=1)


def end_of_part(
    since: datetime, length: timedelta, setting: Setting, pauses: tuple[Pause, ...]
) -> tuple[datetime, int]:
    """Return where *length* ends that runs from *since* on days on which a period may end; how many *pauses* fell into it."""
    ran = _after(since, length, setting)
    end, fell = _written(ran), 0
    for begin, stop in pauses:
        if begin > end:
            break
        fell += 1
        if stop is not None and stop > since:
            if waited := _run(max(begin, since), stop, setting):
                ran = _after(ran, waited, setting)
            # Where nothing was left when the wait began, its end is the end.
            end = max(end, _written(ran), _after(stop, timedelta(), setting))
    return end, fell


def _written(moment: datetime) -> datetime:
    """24:00, the beginning of the day after, is written as the last second of the day."""
    day = moment.date() - _DAY if moment.time() == time() else moment.date()
    return min(moment, datetime.combine(day, END_OF_DAY, HO_CHI_MINH))


def _after(moment: datetime, length: timedelta, setting: Setting) -> datetime:
    day = moment.date()
    while True:
        if moved(day, setting) == day:
            midnight = datetime.combine(shifted(day, _DAY), time(), HO_CHI_MINH)
            if length <= midnight - moment:
                return moment + length
            length -= midnight - moment
        day = shifted(day, _DAY)
        moment = datetime.combine(day, time(), HO_CHI_MINH)


def _run(begin: datetime, stop: datetime, setting: Setting) -> timedelta:
    run, day = timedelta(), begin.date()
    while begin < stop:
        midnight = datetime.combine(shifted(day, _DAY), time(), HO_CHI_MINH)
        if moved(day, setting) == day:
            run += min(midnight, stop) - begin
        begin, day = midnight, midnight.date()
    return run
