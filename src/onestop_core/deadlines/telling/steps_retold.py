"""Why a deadline is when it is: one step of a limit retold day by day, with reasons and grounds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from onestop_core._public import trusted
from onestop_core.deadlines.counting.days import moves
from onestop_core.deadlines.late_receipt import IN_A_DAY
from onestop_core.deadlines.terms.law import cite, rule_text
from onestop_core.deadlines.terms.values import Measure, Step, StepKind
from onestop_core.model import HO_CHI_MINH, Basis, LimitStep, LimitUnit
from onestop_core.text import Text
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.deadlines.counting.days import Setting
    from onestop_core.deadlines.counting.limit_steps import Counted
    from onestop_core.deadlines.counting.waits import Pause
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.policies import EndOnDayOff
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["Telling", "anew", "day_off", "days", "days_of"]

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_OUTSIDE_HOURS: Final = Text(vi="ngoài giờ làm việc", en="outside office hours")


def anew(at: datetime) -> tuple[Text, Text]:
    """Return that the time is counted anew from the moment *at*, and the ground."""
    words = rule_text("restart", at.date())
    return Text(vi=f"lúc {at:%H:%M}, {words.vi}", en=f"at {at:%H:%M}, {words.en}"), cite("restart", at.date())


_cited = lru_cache(maxsize=1024)(Basis.cite)


_made: Final = trusted(Step)


def _step_of(day: date, what: StepKind, reason: Text, basis: Text | None) -> Step:
    return _made(date=day, what=what, reason=reason, basis=basis)


@lru_cache(maxsize=1024)
def _predicted(name: Text) -> Text:
    return Text(vi=f"{name.vi} (dự kiến, chưa có thông báo)", en=f"{name.en} (predicted, not announced)")


@lru_cache(maxsize=4096)
def _working_day(done: int, total: int) -> Text:
    return Text(vi=f"ngày làm việc thứ {done} trong {total} ngày", en=f"working day {done} of {total}")


@lru_cache(maxsize=4096)
def _calendar_day(done: int, total: int) -> Text:
    return Text(vi=f"ngày thứ {done} trong {total} ngày", en=f"day {done} of {total}")


def _first_of(steps: int) -> Text:
    """Return how the first of so many steps is introduced."""
    if steps == 1:
        return Text(vi="", en="")
    return Text(vi=f"bước 1 trong {steps} bước, ", en=f"step 1 of {steps}, ")


# By the parts of a step: to hash its amount would take as long as to write the line.
@lru_cache(maxsize=8192)
def _received(at: tuple[int, int], steps: int, unit: LimitUnit, amount: tuple[int, int], rule: Text) -> Text:
    part, limit = _first_of(steps), LimitStep(unit=unit, amount=Fraction(*amount)).text
    time_of_day = "{:02}:{:02}".format(*at)
    return Text(
        vi=f"nhận lúc {time_of_day}; {part.vi}{limit.vi}: {rule.vi}",
        en=f"received at {time_of_day}; {part.en}{limit.en}: {rule.en}",
    )


def _named(calendar: WorkingCalendar, day: date) -> tuple[Text, Text | None]:
    """Return what *day* is that its place in the week does not say, and on what ground."""
    known = calendar.day(day)
    name: Text = known.name
    basis: Basis | None = known.basis
    return (_predicted(name) if known.certainty == "predicted" else name), _cited(basis) if basis else None


def day_off(calendar: WorkingCalendar, day: date) -> Step:
    """Return that *day* is not counted, by which name and on what ground."""
    name, ground = _named(calendar, day)
    return _step_of(day, StepKind.SKIPPED, name, ground)


_day_off_kept = lru_cache(maxsize=16384)(day_off)


@lru_cache(maxsize=16384)
def _counted(day: date, done: int, total: int) -> Step:
    return _step_of(day, StepKind.COUNTED, _working_day(done, total), None)


class Telling:
    """The telling of one step of a limit."""

    def __init__(self, one: Counted, setting: Setting, *, of: int, received: date, anew: bool) -> None:
        self.one = one
        self.calendar: WorkingCalendar = setting.calendar
        self.policy: EndOnDayOff = setting.policies.end_on_day_off
        self.of = of
        self.anew = anew
        self.law = received
        self.start: date = one.start.date()
        self.waits: frozenset[date] = days_of(one.pauses, one.day_0)

    def tell(self) -> Iterator[Step]:
        """Yield the lines of the step, day by day."""
        yield self._opening()
        if self.one.hours is not None:
            yield from self._hours(self.one.hours)
            return
        if self.one.plain:
            yield from self._plain_hours()
            return
        yield from self._until_day_0()
        if self._in_a_day:
            rule = "late_same_day" if self._late() else "within_the_day"
            yield self._step(self.one.day_0, StepKind.COUNTED, self._text(rule), self._cite(rule))
        if self.one.last is None:
            yield from self._working_days()
        else:
            yield from self._period(self.one.last)

    @property
    def _in_a_day(self) -> bool:
        return self.one.step.unit in IN_A_DAY

    def _late(self) -> bool:
        return self.one.day_0 != self.start and self.calendar.is_workday(self.start)

    def _cite(self, rule: str) -> Text:
        return cite(rule, self.law)

    def _text(self, rule: str) -> Text:
        return rule_text(rule, self.law)

    def _step(self, day: date, what: StepKind, reason: Text, basis: Text | None) -> Step:
        return _step_of(day, what, reason, basis)

    def _opening(self) -> Step:
        one = self.one
        rule = self._rule()
        words = self._text(rule)
        if not one.begins:
            return self._step(self.start, StepKind.COUNTED, words, self._cite(rule))
        if one.number == 1 and not self.anew:
            at, amount = (one.start.hour, one.start.minute), one.step.amount.as_integer_ratio()
            reason = _received(at, self.of, one.step.unit, amount, words)
            return self._step(self.start, StepKind.RECEIVED, reason, self._cite(rule))
        limit = one.step.text
        if one.number > self.of:
            extended = self._text("extended")
            reason = Text(vi=f"{extended.vi}, tính thêm {limit.vi}", en=f"{extended.en}: {limit.en} more")
            return self._step(self.start, StepKind.EXTENDED, reason, self._cite("extended"))
        if one.number > 1:
            linked = self._text("linked")
            reason = Text(
                vi=f"bước {one.number} trong {self.of} bước: {limit.vi}; {linked.vi}",
                en=f"step {one.number} of {self.of}: {limit.en}; {linked.en}",
            )
            return self._step(self.start, StepKind.RECEIVED, reason, self._cite("linked"))
        part = _first_of(self.of)
        begun, basis = anew(one.start)
        reason = Text(
            vi=f"{begun.vi}; {part.vi}{limit.vi}: {words.vi}", en=f"{begun.en}; {part.en}{limit.en}: {words.en}"
        )
        ground = self._cite(rule)
        both = Text(vi=f"{basis.vi}; {ground.vi}", en=f"{basis.en}; {ground.en}")
        return self._step(self.start, StepKind.RESTARTED, reason, both)

    def _rule(self) -> str:
        one = self.one
        if not one.amount:
            return "no_time"
        if one.hours is not None:
            return "part_of_a_day" if one.step.unit is LimitUnit.WORKING_DAYS else "working_hours"
        if one.plain:
            return "part_of_a_calendar_day" if one.step.unit is LimitUnit.DAYS else "plain_hours"
        return "within_the_day" if self._in_a_day else "first_day_not_counted"

    def _off(self, day: date) -> Step:
        if type(self.calendar) is Calendar:  # which never changes
            return _day_off_kept(self.calendar, day)
        return day_off(self.calendar, day)

    def _waiting(self, day: date) -> Step:
        return self._step(day, StepKind.PAUSED, self._text("pause"), self._cite("pause"))

    def _until_day_0(self) -> Iterator[Step]:
        """The days from the receipt to the day on which counting was put off."""
        day_0 = self.one.day_0
        waited = days_of(self.one.pauses, self.start)
        for day in days(self.start, day_0):
            if day in waited and self.calendar.is_workday(day):
                yield self._waiting(day)
            elif day < day_0:
                yield self._off(day)
            elif not self._in_a_day:
                yield self._step(
                    day_0, StepKind.SKIPPED, self._text("late_every_limit"), self._cite("late_every_limit")
                )

    def _working_days(self) -> Iterator[Step]:
        total = int(self.one.amount)
        done = total if self._in_a_day else 0
        for day in days(self.one.day_0, self.one.end.date()):
            if not self.calendar.is_workday(day):
                yield self._off(day)
            elif day in self.waits:
                yield self._waiting(day)
            elif done == total:
                yield self._after_all(day)
            else:
                done += 1
                if day.weekday() < 5:
                    yield _counted(day, done, total)
                    continue
                words = _working_day(done, total)
                name, basis = _named(self.calendar, day)
                reason = Text(vi=f"{words.vi}: {name.vi}", en=f"{words.en}: {name.en}")
                yield self._step(day, StepKind.COUNTED, reason, basis)

    def _after_all(self, day: date) -> Step:
        """A day that follows the last one counted, on or before the day on which the limit ends all the same."""
        if not self.calendar.is_workday(day):
            return self._off(day)
        if not self.one.pauses:
            return self._step(day, StepKind.MOVED, _OUTSIDE_HOURS, None)
        return self._step(day, StepKind.MOVED, self._text("after_waiting"), self._cite("after_waiting"))

    def _period(self, last: date) -> Iterator[Step]:
        """A period of calendar days, weeks, months or years: its days, then its move off days off."""
        one = self.one
        if one.step.unit in {LimitUnit.DAYS, LimitUnit.WEEKS}:
            weeks = one.step.unit is LimitUnit.WEEKS
            done, total = 0, int(one.amount) * (7 if weeks else 1)
            for day in days(one.day_0, last):
                if day in self.waits:
                    yield self._waiting(day)
                elif done == total:
                    yield self._after_all(day)
                else:
                    done += 1
                    words = _calendar_day(done, total)
                    basis = self._cite("corresponding_weekday") if weeks and done == total else None
                    yield self._step(day, StepKind.COUNTED, words, basis)
        else:
            yield from self._months(last)
        after, end = last, one.end.date()
        if moves(last, self.calendar, self.policy):
            words, name = self._text("end_on_day_off"), _named(self.calendar, last)[0]
            reason = Text(vi=f"{name.vi}: {words.vi}", en=f"{name.en}: {words.en}")
            yield self._step(last, StepKind.MOVED, reason, self._cite("end_on_day_off"))
            while moves(after, self.calendar, self.policy):
                after += _DAY
                if after < end or moves(after, self.calendar, self.policy):
                    yield self._off(after) if after not in self.waits else self._waiting(after)
        for day in days(after, end):
            yield self._waiting(day) if day in self.waits else self._after_all(day)

    def _months(self, last: date) -> Iterator[Step]:
        waited = sorted(day for day in self.waits if day <= last)
        for day in waited:
            yield self._waiting(day)
        rule = "corresponding_day"
        if self.one.step.unit is LimitUnit.YEARS:
            leap = (self.one.day_0.month, self.one.day_0.day) == (2, 29)
            rule = "leap_day" if leap and not waited and last.day != 29 else "corresponding_day_of_year"
        words, limit = self._text(rule), self.one.step.text
        reason = Text(vi=f"{limit.vi}: {words.vi}", en=f"{limit.en}: {words.en}")
        if waited:
            days = "1 day" if len(waited) == 1 else f"{len(waited)} days"
            reason = Text(
                vi=f"{reason.vi}; cộng {len(waited):02} ngày tạm ngừng", en=f"{reason.en}; plus {days} of waiting"
            )
        yield self._step(last, StepKind.COUNTED, reason, self._cite(rule))

    def _plain_hours(self) -> Iterator[Step]:
        one = self.one
        for day in days(self.start - _DAY, one.end.date()):
            begins, ends = _bounds(day, one.start, one.end)
            if one.step.unit is LimitUnit.DAYS and moves(day, self.calendar, self.policy):
                yield self._off(day)
                continue
            waiting = sum((b - a for a, b in _within(one.pauses, begins, ends)), timedelta())
            ran = max(ends - begins, timedelta()) - waiting
            if ran or not waiting:
                text = _measured(ran, plain=True)
                yield self._step(day, StepKind.COUNTED, text, None)
            else:
                yield self._waiting(day)

    def _hours(self, office: WorkingHours) -> Iterator[Step]:
        one, calendar = self.one, self.calendar
        for day in days(self.start - _DAY, one.end.date()):
            begins, ends = _bounds(day, one.start, one.end)
            open_time = office.between(calendar, begins, ends)
            waits = _within(one.pauses, begins, ends)
            waiting = sum((office.between(calendar, a, b) for a, b in waits), timedelta())
            if not calendar.is_workday(day):
                yield self._off(day)
            elif open_time > waiting:
                measured = _measured(open_time - waiting, plain=False)
                sessions = ", ".join(str(session) for session in office.sessions(calendar, day))
                reason = Text(vi=f"{measured.vi} ({sessions})", en=f"{measured.en} ({sessions})")
                yield self._step(day, StepKind.COUNTED, reason, None)
            elif waiting:
                yield self._waiting(day)
            else:
                yield self._step(day, StepKind.SKIPPED, _OUTSIDE_HOURS, None)


def _measured(time_run: timedelta, *, plain: bool) -> Text:
    amount = Fraction(time_run // timedelta.resolution, _HOUR // timedelta.resolution)
    return Measure(amount=amount, unit="hours" if plain else "working_hours").text


def _bounds(day: date, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return the part of *day* between two moments."""
    midnight = datetime.combine(day, time(), HO_CHI_MINH)
    return max(start, midnight), min(end, midnight + _DAY)


def _within(pauses: tuple[Pause, ...], begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    closed = ((max(a, begins), min(b, ends)) for a, b in pauses if b is not None)
    return [(a, b) for a, b in closed if a < b]


def days_of(pauses: tuple[Pause, ...], after: date) -> frozenset[date]:
    """Return the days after *after* that waiting takes from a count of days."""
    return frozenset(
        day for begin, stop in pauses if stop is not None for day in days(max(begin.date(), after), stop.date())
    )


def days(after: date, last: date) -> Iterator[date]:
    """Yield the days after *after*, up to *last*."""
    while after < last:
        after += _DAY
        yield after
