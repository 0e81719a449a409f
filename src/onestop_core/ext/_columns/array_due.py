"""Due moments of whole columns: what asks for the day is asked once for each day, working hours are one running sum.

All working time of a calendar, session after session, is one number that grows; to add hours is to look up a moment in
it, and then the moment at which the number is so much larger. Each rule that a limit in days needs stays in
:mod:`onestop_core.deadlines`: here only equal questions are put together.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, cast

import attrs
import numpy as np
import numpy.typing as npt

from onestop_core.deadlines.counting.countable import ensure_countable
from onestop_core.deadlines.counting.days import Setting
from onestop_core.deadlines.counting.limit_steps import count_limit
from onestop_core.deadlines.hours.office_hours import office_hours
from onestop_core.deadlines.terms.law import editions
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import END_OF_DAY
from onestop_core.errors import InvalidValueError
from onestop_core.ext._columns.due_questions import (
    DAY,
    HOUR,
    ONE_ZONE_SINCE,
    SEVEN_HOURS,
    asks_for_the_day,
    into_day,
    moment,
    number,
    parts_of_a_day,
)
from onestop_core.model import LimitStep, LimitUnit
from onestop_core.workdays.working_calendar import a_calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onestop_core.deadlines import TimeLimit, WorkingHours
    from onestop_core.workdays import Calendar

    Moments = npt.NDArray[np.datetime64]
    Numbers = npt.NDArray[np.int64]

__all__ = ["due"]

_MOMENT: Final = np.dtype("datetime64[us]")
_NAT: Final = -(2**63)
_SECOND: Final = 1_000_000
_MINUTE: Final = 60_000_000


def due(
    calendar: Calendar,
    received: Moments,
    limit: TimeLimit,
    *,
    hours: WorkingHours | None = None,
    end_on_day_off: EndOnDayOff | str = EndOnDayOff.NEXT_WORKING_DAY,
    late_receipt: LateReceipt | str = LateReceipt.SAME_DAY_LIMITS,
) -> Moments:
    """Return for each moment of receipt when *limit* ends: what :func:`onestop_core.deadlines.due` gives, as columns.

    Moments are ``datetime64[us]`` in UTC, in and out; NaT, a receipt that is not known, stays NaT.

    >>> import numpy as np
    >>> from onestop_core.deadlines import TimeLimit
    >>> from onestop_core.workdays import calendar
    >>> received = np.array(["2026-02-12T02:30", "2026-02-12T09:59", "NaT"], dtype="datetime64[us]")
    >>> due(calendar("vn-civil"), received, TimeLimit.parse("5 working days")).astype("datetime64[s]")
    array(['2026-02-26T16:59:59', '2026-02-26T16:59:59',                 'NaT'],
          dtype='datetime64[s]')

    Args:
        calendar: which days count.
        received: ``datetime64[us]``, array of any shape.
        limit: one limit for all.
        hours: office hours of the agency.
        end_on_day_off: policy for calendar periods that end on a day off.
        late_receipt: to which limits the rule "received after 15:00" applies.

    Raises:
        InvalidValueError: *calendar* is none, *received* has another dtype, *limit* is none or has a part of a working
            day without *hours*, an unknown policy.
        CalendarCoverageError: the calendar does not reach far enough for one of them.
    """
    ensure_countable(limit, a_calendar(calendar), hours)
    setting = Setting(
        calendar=calendar, hours=hours, policies=Policies(end_on_day_off=end_on_day_off, late_receipt=late_receipt)
    )
    moments = _moments(received)
    found = np.full(moments.shape, _NAT, np.int64)
    known = ~np.isnat(moments)
    at = moments[known].view(np.int64)
    regular = at >= ONE_ZONE_SINCE
    ends = np.empty_like(at)
    ends[regular] = _ends(at[regular], limit.steps, setting, 1)
    ends[~regular] = _once_each(at[~regular], partial(_end, limit.steps, setting, 1))
    found[known] = ends
    return found.view(_MOMENT)


def _moments(value: object) -> Moments:
    kind = getattr(value, "dtype", None)
    # Only masked arrays have a mask: their hidden elements would return.
    if isinstance(value, np.ndarray) and kind == _MOMENT and not hasattr(cast("object", value), "mask"):
        return np.ascontiguousarray(cast("Moments", value))
    raise InvalidValueError.of(
        "received",
        value.__class__.__name__  # pyright: ignore[reportUnknownMemberType]
        + ("" if kind is None else f" of {kind}"),
        vi="mảng datetime64[us] theo UTC, chỗ trống là NaT: np.asarray(received, dtype='datetime64[us]')",
        en="a datetime64[us] array in UTC, NaT for what is missing: np.asarray(received, dtype='datetime64[us]')",
    )


def _end(steps: tuple[LimitStep, ...], setting: Setting, begin: int, at: datetime) -> datetime:
    return count_limit(at, steps, setting, (), begin=begin)[-1].end


def _ends(at: Numbers, steps: tuple[LimitStep, ...], setting: Setting, begin: int) -> Numbers:
    """Return where *steps* end that begin *at*; the first of them is number *begin* of the limit."""
    step, rest = steps[0], steps[1:]
    if asks_for_the_day(step):
        return _once_each(_last_of_part(at, setting.hours), partial(_end, steps, setting, begin))
    if step.unit is LimitUnit.WORKING_HOURS and step.amount:
        ends = _working_time_later(at, int(step.amount * HOUR), setting)
    elif step.unit is LimitUnit.HOURS or not step.amount:
        # The last second of a day stands for its end, 24:00.
        closing = (at + SEVEN_HOURS) % DAY == into_day(END_OF_DAY)
        since = np.where(closing, at + _SECOND, at) if step.amount else at
        ends = since + int(step.amount * HOUR)
    elif step.unit is LimitUnit.WORKING_DAYS and (hours_a_day := _hours_of_a_working_day()) is not None:
        part = _working_time_later(at, int(step.amount * hours_a_day * HOUR), setting)
        ends = np.minimum(part, _ends(at, (LimitStep(unit=step.unit),), setting, begin))
    else:
        ends = _once_each(at, partial(_end, (step,), setting, begin))
    return _ends(ends, rest, setting, begin + 1) if rest else ends


def _hours_of_a_working_day() -> int | None:
    """Return how many there are, if that is the same in every edition of the rules."""
    found = {editions.pinned(each).parameters.hours_in_a_working_day for each in editions.ids()}
    return found.pop() if len(found) == 1 else None


def _last_of_part(at: Numbers, hours: WorkingHours | None) -> Numbers:
    """Return for each moment the last one that asks the same."""
    into, parts = (at + SEVEN_HOURS) % DAY, np.array(parts_of_a_day(hours), np.int64)
    return at - into + parts[np.searchsorted(parts, into, side="left")]


def _once_each(at: Numbers, count: Callable[[datetime], datetime]) -> Numbers:
    """Return the answers, each different moment being asked about once."""
    different, places = np.unique(at, return_inverse=True)
    answers = [number(count(moment(each, "received"))) for each in different.tolist()]
    return np.array(answers, np.int64)[places]


def _working_time_later(at: Numbers, amount: int, setting: Setting) -> Numbers:
    """Return the first moments by which so much working time has passed since those *at*."""
    office = setting.hours or office_hours()
    sessions = _sessions(cast("Calendar", setting.calendar), office)
    place = np.searchsorted(sessions.opens, at, side="right") - 1
    begun = np.maximum(place, 0)
    passed = sessions.before[begun] + np.minimum(at, sessions.closes[begun]) - sessions.opens[begun]
    wanted = np.where(place < 0, 0, passed) + amount
    place = np.searchsorted(sessions.after, wanted, side="left")
    beyond = (at < sessions.first) | (at > sessions.last) | (place == sessions.after.size)
    ends_in = np.minimum(place, sessions.after.size - 1)
    ends: Numbers = sessions.opens[ends_in] + wanted - sessions.before[ends_in]
    if beyond.any():  # which the office itself refuses
        later = partial(office.add, setting.calendar, amount=Fraction(amount, HOUR))
        ends[beyond] = _once_each(at[beyond], later)
    return ends


@attrs.frozen(kw_only=True)
class _Sessions:
    """Every session of a calendar, in order, and the working time before it and by its end."""

    first: int
    """When the coverage begins."""
    last: int
    """When it ends."""
    opens: Numbers
    closes: Numbers
    before: Numbers
    after: Numbers


@lru_cache(maxsize=8)
def _sessions(calendar: Calendar, office: WorkingHours) -> _Sessions:
    covered = calendar.coverage
    assert covered.first is not None
    assert covered.last is not None
    midnight = first = int(np.datetime64(covered.first, "us").astype(np.int64)) - SEVEN_HOURS
    spans: list[tuple[int, int]] = []
    day = covered.first
    while day <= covered.last:
        spans += [
            (midnight + session.opening * _MINUTE, midnight + session.closing * _MINUTE)
            for session in office.sessions(calendar, day)
        ]
        day, midnight = day + timedelta(days=1), midnight + DAY
    opens, closes = np.array(spans, np.int64).reshape(-1, 2).T.copy()
    after = np.cumsum(closes - opens)
    return _Sessions(
        first=first, last=midnight - 1, opens=opens, closes=closes, before=after - (closes - opens), after=after
    )
