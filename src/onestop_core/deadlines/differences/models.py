"""Each known difference as a model that is run: a question to the counting, asked in another way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines.counting.days import Setting
from onestop_core.deadlines.counting.promises import count_all
from onestop_core.deadlines.counting.waits import Pause
from onestop_core.deadlines.differences.calendars import CALENDARS, Mistaken
from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import END_OF_DAY, WorkingCalendar
from onestop_core.model import Clock, Extension, LimitStep, LimitUnit, TimeLimit

if TYPE_CHECKING:
    from onestop_core.deadlines.answers.deadline import Deadline

__all__ = ["MODELS", "Question", "question"]

_DAY: Final = timedelta(days=1)
_UTC: Final = timedelta(hours=7)
_MIDNIGHT: Final = time(0)


@attrs.frozen(kw_only=True)
class Question:
    """What a due moment is counted from, each part of which another system may have otherwise."""

    received_at: datetime
    limit: TimeLimit
    calendar: WorkingCalendar
    hours: WorkingHours | None
    pauses: tuple[Pause, ...]
    policies: Policies
    extensions: tuple[Extension, ...]
    clock: Clock | None
    """What happened before the present count, where it is known."""
    moved: Callable[[datetime], datetime] | None = None
    """What is done to the moment at the end."""

    def answer(self) -> datetime:
        """Return the due moment as it is counted so.

        Raises:
            CalendarCoverageError: the calendar does not reach far enough.
        """
        setting = Setting(calendar=self.calendar, hours=self.hours, policies=self.policies)
        _, end = count_all(self.received_at, self.limit, setting, self.pauses, self.extensions)
        return end if self.moved is None else self.moved(end)


def question(due: Deadline, clock: Clock | None) -> Question:
    """Return the question that *due* answers."""
    return Question(
        received_at=due.received_at,
        limit=due.limit,
        calendar=due.calendar,
        hours=due.hours,
        pauses=due.pauses,
        policies=due.policies,
        extensions=due.extensions,
        clock=clock,
    )


def _calendar(code: str) -> Callable[[Question], Question | None]:
    works = CALENDARS[code]
    return lambda asked: attrs.evolve(asked, calendar=Mistaken(asked.calendar, works))


def _one_year(asked: Question) -> Question:
    year = asked.received_at.year

    def works(right: WorkingCalendar, day: date) -> bool:
        return right.is_workday(day) if day.year == year else day.weekday() < 5

    return attrs.evolve(asked, calendar=Mistaken(asked.calendar, works))


def _known_at_receipt(asked: Question) -> Question:
    received = asked.received_at.date()

    def works(right: WorkingCalendar, day: date) -> bool:
        announced = right.day(day).announced_on
        return right.is_workday(day) if announced is None or announced <= received else day.weekday() < 5

    return attrs.evolve(asked, calendar=Mistaken(asked.calendar, works))


def _unit(wrong: LimitUnit, right: LimitUnit) -> Callable[[Question], Question | None]:
    def model(asked: Question) -> Question | None:
        if not any(step.unit is right and step.amount.denominator == 1 for step in asked.limit.steps):
            return None
        steps = tuple(
            LimitStep(unit=wrong, amount=step.amount) if step.unit is right and step.amount.denominator == 1 else step
            for step in asked.limit.steps
        )
        return attrs.evolve(asked, limit=TimeLimit(steps=steps))

    return model


def _end_not_moved(asked: Question) -> Question:
    return attrs.evolve(asked, policies=attrs.evolve(asked.policies, end_on_day_off=EndOnDayOff.NONE))


def _end_moved_back(asked: Question) -> Question:
    calendar = asked.calendar

    def back(moment: datetime) -> datetime:
        while not calendar.is_workday(moment.date()):
            moment -= _DAY
        return moment

    return attrs.evolve(_end_not_moved(asked), moved=back)


def _received(move: Callable[[Question], datetime]) -> Callable[[Question], Question | None]:
    def model(asked: Question) -> Question | None:
        moment = move(asked)
        return None if moment == asked.received_at else attrs.evolve(asked, received_at=moment)

    return model


def _utc(asked: Question) -> datetime:
    # As a program reads it that asks the date of a moment in UTC.
    day = (asked.received_at - _UTC).date()
    return asked.received_at.replace(year=day.year, month=day.month, day=day.day)


def _next_working(asked: Question) -> datetime:
    moment = asked.received_at
    while not asked.calendar.is_workday(moment.date()):
        moment += _DAY
    return moment


def _late_every(asked: Question) -> Question:
    return attrs.evolve(asked, policies=attrs.evolve(asked.policies, late_receipt=LateReceipt.EVERY_LIMIT))


def _no_waits(asked: Question) -> Question | None:
    return attrs.evolve(asked, pauses=()) if asked.pauses else None


def _waited_days(less: int) -> Callable[[Question], Question | None]:
    def model(asked: Question) -> Question | None:
        if not asked.pauses:
            return None
        waited = sum((max((b or a).date() - a.date(), timedelta()) for a, b in asked.pauses), timedelta())

        def later(moment: datetime) -> datetime:
            return moment + waited - less * _DAY

        return attrs.evolve(asked, pauses=(), moved=later)

    return model


def _from_receipt(asked: Question, *, waits: bool) -> Question | None:
    clock = asked.clock
    if clock is None or clock.count < 2:
        return None
    pauses = tuple((wait.start, wait.end) for wait in clock.waits) if waits else ()
    return attrs.evolve(asked, received_at=clock.spans[0].start, pauses=pauses)


def _restart_as_pause(asked: Question) -> Question | None:
    return _from_receipt(asked, waits=True)


def _restart_ignored(asked: Question) -> Question | None:
    return _from_receipt(asked, waits=False)


def _pause_as_restart(asked: Question) -> Question | None:
    ended = [end for _, end in asked.pauses if end is not None]
    return attrs.evolve(asked, received_at=ended[-1], pauses=()) if ended else None


def _not_extended(asked: Question) -> Question | None:
    return attrs.evolve(asked, extensions=()) if asked.extensions else None


def _same_clock_time(asked: Question) -> Question:
    def at_receipt(moment: datetime) -> datetime:
        return datetime.combine(moment.date(), asked.received_at.timetz())

    return attrs.evolve(asked, moved=at_receipt)


def _half_day(asked: Question) -> Question | None:
    hours = asked.hours
    if hours is None:
        return None

    def close(moment: datetime) -> datetime:
        sessions = hours.sessions(asked.calendar, moment.date())
        morning = asked.received_at.hour < 12
        ends = [session.closes for session in sessions if (session.opens.hour < 12) is morning]
        if not ends:
            return moment
        return datetime.combine(moment.date(), END_OF_DAY if ends[-1] == _MIDNIGHT else ends[-1], tzinfo=moment.tzinfo)

    return attrs.evolve(asked, moved=close)


def _quarter(asked: Question) -> Question:
    def later(moment: datetime) -> datetime:
        at = datetime.combine(moment.date(), asked.received_at.timetz()).replace(second=0, microsecond=0)
        return at + timedelta(minutes=15 - at.minute % 15)

    return attrs.evolve(asked, moved=later)


MODELS: Final[dict[str, Callable[[Question], Question | None]]] = {
    **{code: _calendar(code) for code in CALENDARS},
    "one_year_table": _one_year,
    "known_at_receipt": _known_at_receipt,
    "weekend_not_skipped": _unit(LimitUnit.DAYS, LimitUnit.WORKING_DAYS),
    "working_days_for_days": _unit(LimitUnit.WORKING_DAYS, LimitUnit.DAYS),
    "end_not_moved": _end_not_moved,
    "end_moved_back": _end_moved_back,
    "receipt_day_counted": _received(lambda asked: asked.received_at - _DAY),
    "utc_day": _received(_utc),
    "late_receipt_every_limit": _late_every,
    "receipt_day_off_moved": _received(_next_working),
    "one_day_more": _received(lambda asked: asked.received_at + _DAY),
    "wait_ignored": _no_waits,
    "wait_in_calendar_days": _waited_days(0),
    "wait_less_a_day": _waited_days(1),
    "restart_as_pause": _restart_as_pause,
    "restart_ignored": _restart_ignored,
    "pause_as_restart": _pause_as_restart,
    "extension_ignored": _not_extended,
    "same_clock_time": _same_clock_time,
    "same_half_day": _half_day,
    "rounded_to_quarter": _quarter,
}
"""By the code of the difference: asks in the mistaken way; None where the mistake cannot be made."""
