"""The whole story of a deadline: what came before the count, the count retold, and what moved its end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.telling.steps_retold import Telling, anew, day_off, days, days_of
from onestop_core.deadlines.terms.law import cite, rule_text
from onestop_core.deadlines.terms.values import END_OF_DAY, Step, StepKind
from onestop_core.model import Act, LimitUnit, Phase
from onestop_core.text import Text, day_text, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from onestop_core.deadlines.counting.days import Setting
    from onestop_core.deadlines.counting.limit_steps import Counted
    from onestop_core.deadlines.counting.waits import Pause
    from onestop_core.model import Clock, Extension, TimeLimit

__all__ = ["explain_steps"]

_EVERY_DAY: Final = frozenset({LimitUnit.DAYS, LimitUnit.WEEKS, LimitUnit.MONTHS, LimitUnit.YEARS, LimitUnit.HOURS})
"""Units in which days off are counted too."""
_MORE_TIME: Final = Text(vi="trong thời gian gia hạn", en="within the extended time")


def explain_steps(
    counted: tuple[Counted, ...],
    end: datetime,
    setting: Setting,
    *,
    limit: TimeLimit,
    pauses: tuple[Pause, ...] = (),
    clock: Clock | None = None,
) -> tuple[Step, ...]:
    """Return the steps from the receipt to the due moment *end*, in the order of their days.

    Args:
        counted: Each step of the limit and of what prolonged it, counted.
        end: The due moment.
        setting: In which it was counted.
        limit: The limit itself, whose steps come before those that prolonged it.
        pauses: The waits of the count.
        clock: What it was counted from, if that is more than a receipt.
    """
    steps: list[Step] = []
    received = counted[0].start.date()
    told_until = received
    again = clock is not None and clock.count > 1
    parts, skips = len(limit.steps), limit.steps[-1].unit not in _EVERY_DAY
    for one in counted:
        if one.start.date() > told_until:
            steps.extend(_prolonged(steps[-1].date, one.start.date(), pauses, setting, skips=skips))
        steps.extend(Telling(one, setting, of=parts, received=received, anew=again).tell())
        told_until = one.end.date()
    if clock is not None:
        if end.date() > told_until:
            steps.extend(_prolonged(steps[-1].date, end.date(), pauses, setting, skips=skips))
        steps.extend(_extended(extension, received) for extension in clock.prolonged)
        steps[:0] = _before(clock)
        steps.extend(_rescheduled(clock))
        # What was counted without the extension is told up to the day on which another one took its place.
        steps = sorted((step for step in steps if step.date <= end.date()), key=lambda step: step.date)
    # A due moment at an office hour is an appointment; the end of the day is the law's.
    close = end.time() == END_OF_DAY
    return (*steps, Step(date=end.date(), what=StepKind.DUE, reason=_due_at(end), basis=_closes(received, close)))


def _prolonged(after: date, last: date, pauses: tuple[Pause, ...], setting: Setting, *, skips: bool) -> Iterator[Step]:
    """Tell the days by which an extension to a moment goes beyond what was counted."""
    waits = days_of(pauses, after)
    for day in days(after, last):
        if skips and not setting.calendar.is_workday(day):
            yield day_off(setting.calendar, day)
        elif day in waits:
            yield Step(date=day, what=StepKind.PAUSED, reason=rule_text("pause", day), basis=cite("pause", day))
        else:
            yield Step(date=day, what=StepKind.COUNTED, reason=_MORE_TIME, basis=cite("extended", day))


def _before(clock: Clock) -> Iterator[Step]:
    """Tell what came before the present count: the receipt, the waits, and each beginning."""
    for span in clock.spans[: len(clock.spans) - len(clock.present)]:
        day = span.start.date()
        if span.phase is Phase.PAUSED:
            why = span.reason
            vi, en = ("", "") if why is None else (f": {why.vi}", f": {why.en}")
            reason = Text(vi=f"bắt đầu chờ{vi}", en=f"waiting begins{en}")
            yield Step(date=day, what=StepKind.PAUSED, reason=reason)
        elif span.by is Act.RESTART:
            reason, basis = anew(span.start)
            yield Step(date=day, what=StepKind.RESTARTED, reason=reason, basis=basis)
        elif span.by is Act.START:
            at = f"{span.start:%H:%M}"
            yield Step(date=day, what=StepKind.RECEIVED, reason=Text(vi=f"nhận lúc {at}", en=f"received at {at}"))


def _rescheduled(clock: Clock) -> Iterator[Step]:
    for each in clock.appointments:
        if each.by is Act.RESCHEDULE and each.count == clock.count:
            day = long_date(each.new.date())
            reason = Text(
                vi=f"điều chỉnh ngày hẹn trả kết quả sang {day.vi}", en=f"the appointment is moved to {day.en}"
            )
            yield Step(date=each.at.date(), what=StepKind.RESCHEDULED, reason=reason)


def _closes(received: date, close: bool) -> Text | None:
    return cite("end_of_day", received) if close else None


@lru_cache(maxsize=4096)
def _due_at(end: datetime) -> Text:
    day = day_text(end)
    weekday = long_date(end.date()).vi.partition(",")[0]
    at = "24 giờ" if end.time() == END_OF_DAY else f"{end:%H:%M}" + (f":{end:%S}" if end.second else "")
    return Text(
        vi=f"hết hạn lúc {at} ngày {day.vi} ({weekday})",
        en=f"due at {'24:00' if end.time() == END_OF_DAY else at}, {long_date(end.date()).en}",
    )


def _extended(extension: Extension, received: date) -> Step:
    day, words = extension.at.date(), rule_text("extended", received)
    if extension.by is not None:
        by = extension.by.text
        reason = Text(vi=f"{words.vi} thêm {by.vi}", en=f"{words.en} by {by.en}")
    else:
        assert extension.until is not None  # an extension says how long or until when
        until = long_date(extension.until.date())
        reason = Text(vi=f"{words.vi} đến {until.vi}", en=f"{words.en} until {until.en}")
    return Step(date=day, what=StepKind.EXTENDED, reason=reason, basis=cite("extended", day))
