"""The small values of a deadline: steps of an explanation, measures and status; the calendar it needs."""

from __future__ import annotations

import datetime as dt
import enum
from fractions import Fraction
from typing import Any, Final, Literal, Protocol

import attrs

from onestop_core._public import trusted
from onestop_core.text import Language, Text, day_text, moment_text, padded
from onestop_core.text.codes import Code

__all__ = [
    "END_OF_DAY",
    "Certainty",
    "Measure",
    "Status",
    "StatusCode",
    "Step",
    "StepKind",
    "WorkingCalendar",
    "by_when",
    "measure_of",
    "status_of",
]

Certainty = Literal["announced", "predicted"]

END_OF_DAY: Final = dt.time(23, 59, 59)
"""How the end of the civil day is written: 24:00 would be a moment of the next day."""


def by_when(moment: dt.datetime) -> Text:
    """Return by when something is due, in words: of the end of a day nobody said an hour.

    >>> by_when(dt.datetime(2026, 3, 9, 23, 59, 59)).vi, by_when(dt.datetime(2026, 3, 9, 11, 30)).en
    ('hết ngày 09/03/2026', '2026-03-09 11:30')
    """
    if moment.time() != END_OF_DAY:
        return moment_text(moment)
    day = day_text(moment.date())
    return Text(vi=f"hết ngày {day.vi}", en=f"the end of {day.en}")


class WorkingCalendar(Protocol):
    """What is asked of a calendar; ``onestop_core.workdays.Calendar`` answers it."""

    @property
    def announced_until(self) -> dt.date:
        """Last day of which all decisions are announced."""
        ...

    def is_workday(self, day: dt.date, /) -> bool:
        """Return whether *day* is a working day."""
        ...

    def add(self, day: dt.date, n: int, /) -> dt.date:
        """Return the n-th working day strictly after *day*."""
        ...

    def count(self, start: dt.date, end: dt.date, /) -> int:
        """Return the number of working days in (start, end]."""
        ...

    def next(self, day: dt.date, /) -> dt.date:
        """Return the working day strictly after *day*."""
        ...

    def day(self, day: dt.date, /) -> Any:
        """Return what is known of *day*: kind, name, basis, certainty."""
        ...


class StepKind(enum.StrEnum):
    """What a day is to a deadline."""

    RECEIVED = "received"
    RESTARTED = "restarted"
    """The day from which the time was counted anew."""
    COUNTED = "counted"
    SKIPPED = "skipped"
    """A day off, or a day before counting began."""
    PAUSED = "paused"
    """A day of waiting for somebody else."""
    MOVED = "moved"
    """The period would have ended on this day off; it ends later."""
    EXTENDED = "extended"
    """The day on which the limit was extended, or from which the added time is counted."""
    RESCHEDULED = "rescheduled"
    """The day on which the appointment was moved without the limit being extended."""
    DUE = "due"


@attrs.frozen(kw_only=True)
class Step:
    """One line of an explanation."""

    date: dt.date
    what: StepKind
    reason: Text
    basis: Text | None = None
    """The legal ground; anything that is not law read as such says so."""

    def to_dict(self, *, language: Language = "en") -> dict[str, str | None]:
        """Return the line in JSON types: ``date``, ``what``, ``reason``, ``basis``."""
        return {
            "date": self.date.isoformat(),
            "what": self.what.value,
            "reason": self.reason.in_(language),
            "basis": self.basis.in_(language) if self.basis else None,
        }


@attrs.frozen(kw_only=True)
class Measure:
    """An amount of working time.

    >>> from fractions import Fraction
    >>> Measure(amount=Fraction(7, 2), unit="working_hours").text.en
    '3 h 30 min of working time'
    """

    amount: Fraction
    unit: Literal["working_days", "working_hours", "hours"]

    @property
    def text(self) -> Text:
        """The amount in words, hours to the full minute."""
        if self.unit == "working_days":
            n = int(self.amount)
            return Text(vi=f"{padded(n)} ngày làm việc", en="1 working day" if n == 1 else f"{n} working days")
        hours, minutes = divmod(int(self.amount * 60), 60)
        vi = [f"{hours} giờ"] * (hours > 0) + [f"{minutes} phút"] * (minutes > 0 or hours == 0)
        en = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0 or hours == 0)
        if self.unit == "hours":
            return Text(vi=" ".join(vi), en=" ".join(en))
        return Text(vi=f"{' '.join(vi)} làm việc", en=f"{' '.join(en)} of working time")


class StatusCode(Code):
    """How a case stands at a moment."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    FINISHED = "finished"
    """Ended within the limit."""
    FINISHED_LATE = "finished_late"


measure_of: Final = trusted(Measure)
"""Makes the measure of what was counted here."""


_STATUS: Final = {
    StatusCode.NOT_STARTED: Text(vi="chưa bắt đầu tính", en="not started"),
    StatusCode.RUNNING: Text(vi="còn {vi}", en="{en} left"),
    StatusCode.PAUSED: Text(vi="tạm ngừng tính thời hạn, còn {vi}", en="paused, {en} left"),
    StatusCode.DUE_TODAY: Text(vi="đến hạn hôm nay", en="due today"),
    StatusCode.OVERDUE: Text(vi="quá hạn {vi}", en="overdue by {en}"),
    StatusCode.FINISHED: Text(vi="đã giải quyết, trước hạn {vi}", en="finished, {en} to spare"),
    StatusCode.FINISHED_LATE: Text(vi="đã giải quyết, quá hạn {vi}", en="finished, overdue by {en}"),
}
_ON_TIME: Final = Text(vi="đã giải quyết, đúng hạn", en="finished on time")
_ENDED: Final = Text(vi="đã kết thúc, chưa bắt đầu tính", en="ended before the time was counted")
_LATE: Final = frozenset({StatusCode.OVERDUE, StatusCode.FINISHED_LATE})


@attrs.frozen(kw_only=True)
class Status:
    """How a case stands at a moment, and by how much."""

    code: StatusCode
    measure: Measure | None = None
    """Working time that is left, or by which the limit is passed; None while nothing is counted."""

    @property
    def text(self) -> Text:
        """The status in words."""
        words = _STATUS[self.code]
        if self.measure is None:
            return words if self.code is StatusCode.NOT_STARTED else _ENDED
        much = self.measure.text
        if self.measure.amount == 0:
            if self.code is StatusCode.FINISHED:
                return _ON_TIME
            if self.code in _LATE and self.measure.unit == "working_days":
                # After the close of the due day, or on the days off that follow it.
                much = Text(vi="chưa đến một ngày làm việc", en="less than a working day")
        return Text(vi=words.vi.format(vi=much.vi), en=words.en.format(en=much.en))

    def to_dict(self, *, language: Language = "en") -> dict[str, str | None]:
        """Return the status in JSON types: ``code``, ``amount`` (exact), ``unit``, ``text``; null where not counted."""
        return {
            "code": self.code.value,
            "amount": None if self.measure is None else str(self.measure.amount),
            "unit": None if self.measure is None else self.measure.unit,
            "text": self.text.in_(language),
        }


status_of: Final = trusted(Status)
"""Makes the status that was found here."""
