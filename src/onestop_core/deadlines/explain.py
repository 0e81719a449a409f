"""Why a deadline is when it is: the count retold day by day, with reasons and grounds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.counting import moves
from onestop_core.deadlines.law import cite, rule_text
from onestop_core.deadlines.values import END_OF_DAY, Measure, Step, StepKind
from onestop_core.model import HO_CHI_MINH, LimitUnit
from onestop_core.text import Text, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.deadlines.counting import Counted, Setting
    from onestop_core.deadlines.office_hours import WorkingHours
    from onestop_core.deadlines.values import WorkingCalendar
    from onestop_core.model import Basis

__all__ = ["explain_steps"]

_DAY: Final = timedelta(days=1)


def explain_steps(counted: tuple[Counted, ...], setting: Setting) -> tuple[Step, ...]:
    """Return the steps from the receipt to the due moment, in the order of their days."""
    steps: list[Step] = []
    for number, one in enumerate(counted, 1):
        story = _Story(one, setting, number=number, of=len(counted))
        steps.extend(story.tell())
    end = counted[-1].end
    until = long_date(end.date())
    return (
        *steps,
        Step(
            date=end.date(),
            what=StepKind.DUE,
            reason=Text(vi=f"hết hạn lúc {end:%H:%M:%S}, {until.vi}", en=f"due at {end:%H:%M:%S}, {until.en}"),
            # A due moment at an office hour is an appointment; the end of the day is the law's.
            basis=cite("end_of_day", counted[0].start.date()) if end.time() == END_OF_DAY else None,
        ),
    )


def _named(calendar: WorkingCalendar, day: date) -> tuple[Text, Text | None]:
    """Return what *day* is that its place in the week does not say, and on what ground."""
    known = calendar.day(day)
    name: Text = known.name
    basis: Basis | None = known.basis
    if known.certainty == "predicted":
        name = Text(vi=f"{name.vi} (dự báo, chưa công bố)", en=f"{name.en} (predicted, not announced)")
    return name, basis.cite() if basis else None


class _Story:
    """The telling of one step of a limit."""

    def __init__(self, one: Counted, setting: Setting, *, number: int, of: int) -> None:
        self.one = one
        self.calendar = setting.calendar
        self.policy = setting.policies.end_on_day_off
        self.number, self.of = number, of
        self.received = one.start.date()

    def tell(self) -> Iterator[Step]:
        yield self._opening()
        if self.one.hours is not None:
            yield from self._hours(self.one.hours)
            return
        yield from self._until_day_0()
        if self.in_a_day:
            rule = "late_same_day" if self._late() else "within_the_day"
            yield self._step(self.one.day_0, StepKind.COUNTED, rule_text(rule), self.cite(rule))
        if self.one.last is None:
            yield from self._working_days()
        else:
            yield from self._period(self.one.last)

    @property
    def in_a_day(self) -> bool:
        return self.one.step.unit in {LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE}

    def _late(self) -> bool:
        return self.one.day_0 != self.received and self.calendar.is_workday(self.received)

    def cite(self, rule: str) -> Text:
        return cite(rule, self.received)

    def _step(self, day: date, what: StepKind, reason: Text, basis: Text | None) -> Step:
        return Step(date=day, what=what, reason=reason, basis=basis)

    def _opening(self) -> Step:
        one, limit = self.one, self.one.step.text
        chain = self.of > 1
        if self.number > 1:
            reason = Text(
                vi=f"bước {self.number}/{self.of}: {limit.vi}; {rule_text('linked').vi}",
                en=f"step {self.number} of {self.of}: {limit.en}; {rule_text('linked').en}",
            )
            return self._step(self.received, StepKind.RECEIVED, reason, self.cite("linked"))
        rule = "working_hours" if one.hours is not None else "first_day_not_counted"
        if one.hours is not None and one.step.unit is LimitUnit.WORKING_DAYS:
            rule = "part_of_a_day"
        elif one.step.unit in {LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE}:
            rule = "within_the_day"
        words = rule_text(rule)
        part = Text(vi=f"bước 1/{self.of}, ", en=f"step 1 of {self.of}, ") if chain else Text(vi="", en="")
        reason = Text(
            vi=f"nhận lúc {one.start:%H:%M}; {part.vi}{limit.vi}: {words.vi}",
            en=f"received at {one.start:%H:%M}; {part.en}{limit.en}: {words.en}",
        )
        return self._step(self.received, StepKind.RECEIVED, reason, self.cite(rule))

    def _off(self, day: date) -> Step:
        name, ground = _named(self.calendar, day)
        return self._step(day, StepKind.SKIPPED, name, ground)

    def _until_day_0(self) -> Iterator[Step]:
        """The days from the receipt to the day on which counting was put off."""
        day_0 = self.one.day_0
        for day in _days(self.received, day_0 - _DAY):
            yield self._off(day)
        if day_0 != self.received and not self.in_a_day:
            yield self._step(day_0, StepKind.SKIPPED, rule_text("late_every_limit"), self.cite("late_every_limit"))

    def _working_days(self) -> Iterator[Step]:
        total, done = int(self.one.amount), 0
        for day in _days(self.one.day_0, self.one.end.date()):
            if not self.calendar.is_workday(day):
                yield self._off(day)
            elif self._waits(day):
                yield self._step(day, StepKind.PAUSED, rule_text("pause"), self.cite("pause"))
            else:
                done += 1
                reason = Text(vi=f"ngày làm việc thứ {done}/{total}", en=f"working day {done} of {total}")
                basis = None
                if day.weekday() >= 5:
                    name, basis = _named(self.calendar, day)
                    reason = Text(vi=f"{reason.vi}: {name.vi}", en=f"{reason.en}: {name.en}")
                yield self._step(day, StepKind.COUNTED, reason, basis)

    def _waits(self, day: date) -> bool:
        day_0 = self.one.day_0
        return any(
            stop is not None and max(begin.date(), day_0) < day <= stop.date() for begin, stop in self.one.pauses
        )

    def _period(self, last: date) -> Iterator[Step]:
        """A period of calendar days, months or years: its days, then its move off days off."""
        one = self.one
        if one.step.unit is LimitUnit.DAYS:
            done = 0
            for day in _days(one.day_0, last):
                if self._waits(day):
                    yield self._step(day, StepKind.PAUSED, rule_text("pause"), self.cite("pause"))
                else:
                    done += 1
                    reason = Text(vi=f"ngày thứ {done}/{int(one.amount)}", en=f"day {done} of {int(one.amount)}")
                    yield self._step(day, StepKind.COUNTED, reason, None)
        else:
            waited = [day for day in _days(one.day_0, last) if self._waits(day)]
            for day in waited:
                yield self._step(day, StepKind.PAUSED, rule_text("pause"), self.cite("pause"))
            words = rule_text("corresponding_day")
            reason = Text(vi=f"{one.step.text.vi}: {words.vi}", en=f"{one.step.text.en}: {words.en}")
            if waited:
                reason = Text(
                    vi=f"{reason.vi}; cộng {len(waited)} ngày chờ",
                    en=f"{reason.en}; plus {len(waited)} days of waiting",
                )
            yield self._step(last, StepKind.COUNTED, reason, self.cite("corresponding_day"))
        if moves(last, self.calendar, self.policy):
            words, name = rule_text("end_on_day_off"), _named(self.calendar, last)[0]
            reason = Text(vi=f"{name.vi}: {words.vi}", en=f"{name.en}: {words.en}")
            yield self._step(last, StepKind.MOVED, reason, self.cite("end_on_day_off"))
            for day in _days(last, one.end.date() - _DAY):
                yield self._off(day)

    def _hours(self, office: WorkingHours) -> Iterator[Step]:
        one, calendar = self.one, self.calendar
        for day in _days(self.received - _DAY, one.end.date()):
            begins = max(one.start, datetime.combine(day, time(), HO_CHI_MINH))
            ends = min(one.end, datetime.combine(day + _DAY, time(), HO_CHI_MINH))
            open_time = office.between(calendar, begins, ends)
            waiting = sum(
                (
                    office.between(calendar, max(begin, begins), min(stop, ends))
                    for begin, stop in one.pauses
                    if stop is not None and max(begin, begins) < min(stop, ends)
                ),
                timedelta(),
            )
            if not calendar.is_workday(day):
                yield self._off(day)
            elif open_time > waiting:
                worked = Fraction((open_time - waiting) // timedelta.resolution, 3_600_000_000)
                measure = Measure(amount=worked, unit="working_hours")
                sessions = ", ".join(str(session) for session in office.sessions(calendar, day))
                reason = Text(vi=f"{measure.text.vi} ({sessions})", en=f"{measure.text.en} ({sessions})")
                yield self._step(day, StepKind.COUNTED, reason, None)
            elif waiting:
                yield self._step(day, StepKind.PAUSED, rule_text("pause"), self.cite("pause"))
            else:
                reason = Text(vi="ngoài giờ làm việc", en="outside office hours")
                yield self._step(day, StepKind.SKIPPED, reason, None)


def _days(after: date, last: date) -> Iterator[date]:
    while after < last:
        after += _DAY
        yield after
