"""The second reading: what happened is read from the log, and the time is counted day by day.

It shares no arithmetic with the library. Where the library shifts an end by what was waited, this walks: a day that was
waited does not count, and when nothing is left the walk has arrived.
"""

from __future__ import annotations

import calendar as almanac
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines import Policies
from onestop_core.model import HO_CHI_MINH, Act, TimeLimit
from tests.deadlines.proof.settings import Days, Office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onestop_core.model import LimitStep

DAY: Final = timedelta(days=1)
SECOND: Final = timedelta(seconds=1)
LAST_SECOND: Final = time(23, 59, 59)
IN_CALENDAR_DAYS: Final = frozenset({"days", "weeks", "months", "years"})
Wait = tuple[datetime, datetime]


@attrs.frozen(kw_only=True)
class Did:
    """One thing that happened to the time."""

    at: datetime
    act: Act
    promise: datetime | None = None
    by: TimeLimit | None = None
    papers: bool = False
    """Whether it asks for papers."""


@attrs.frozen(kw_only=True)
class Story:
    """What a log says of the present count."""

    phase: str
    start: datetime | None
    waits: tuple[tuple[datetime, datetime | None], ...]
    said: tuple[Did, ...]
    """What promised or prolonged, from the start on."""
    stopped: datetime | None
    asked: datetime | None
    """When the papers were asked for that it waits for."""


def story(log: Iterable[Did]) -> Story:
    """Read the log from its beginning."""
    phase, start, stopped, asked = "not_started", None, None, None
    waits: list[tuple[datetime, datetime | None]] = []
    said: list[Did] = []
    for did in log:
        act = did.act
        if act in {Act.RESUME, Act.RESTART, Act.STOP} and phase == "paused":
            waits[-1], asked = (waits[-1][0], did.at), None
        if act in {Act.START, Act.RESTART}:
            phase, start, waits, said = "running", did.at, [], []
        elif act is Act.PAUSE:
            phase = "paused"
            waits.append((did.at, None))
            asked = did.at if did.papers else None
        elif act is Act.RESUME:
            phase = "running"
        elif act is Act.STOP:
            phase, stopped = "stopped", did.at
        if did.promise is not None or did.by is not None:
            said.append(did)
    return Story(phase=phase, start=start, waits=tuple(waits), said=tuple(said), stopped=stopped, asked=asked)


def arrived(
    at: datetime, hours: Fraction, waits: Sequence[Wait], sessions: Callable[[date], list[tuple[datetime, datetime]]]
) -> datetime:
    """Session after session; what was waited of one is left out."""
    left = timedelta(microseconds=int(hours * 3_600_000_000))
    day = at.date()
    while True:
        for opens, closes in sessions(day):
            now = max(opens, at)
            for first, last in [*waits, (closes, closes)]:
                until = min(first, closes)
                if now < until:
                    if until - now >= left:
                        return now + left
                    left -= until - now
                now = max(now, last)
        day += DAY


@attrs.frozen
class Second:
    """Counts in one setting."""

    days: Days
    office: Office
    policies: Policies

    # What a day is.

    def stays(self, day: date, *, working: bool) -> bool:
        """Whether a period may end on a day."""
        if working or self.policies.end_on_day_off == "next_working_day":
            return self.days.works(day)
        if self.policies.end_on_day_off == "none":
            return True
        return day.weekday() < 5 and not self.days.holiday(day)

    def close(self, day: date) -> datetime:
        at: time | None = None
        if self.office.hours is not None:
            sessions = self.office.sessions(day, self.days)
            at = sessions[-1][1] if sessions else None
        return datetime.combine(day, at or LAST_SECOND, HO_CHI_MINH)

    def first_close(self, moment: datetime, *, working: bool) -> datetime:
        """The first end of a day on which a period may end that does not lie before a moment."""
        day = moment.date()
        while not self.stays(day, working=working) or self.close(day) < moment:
            day += DAY
        return self.close(day)

    def sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        return [
            (
                datetime.combine(day, opens, HO_CHI_MINH),
                datetime.combine(day, closes, HO_CHI_MINH)
                if closes
                else datetime.combine(day + DAY, time(), HO_CHI_MINH),
            )
            for opens, closes in self.office.sessions(day, self.days)
        ]

    # The law's count.

    def limit(self, start: datetime, steps: Sequence[LimitStep], waits: Sequence[Wait], *, received: bool) -> datetime:
        for number, step in enumerate(steps):
            start = self.step(start, str(step.unit), step.amount, waits, received=received and number == 0)
        return start

    def step(self, start: datetime, unit: str, amount: Fraction, waits: Sequence[Wait], *, received: bool) -> datetime:
        waits = [(max(first, start), last) for first, last in waits if last > start]
        since = waits[0][1] if waits and waits[0][0] == start else start
        if amount == 0:
            return since
        if unit == "hours":
            return self.on_the_clock(since, amount, waits)
        if unit == "working_hours":
            return self.at_work(since, amount, waits)
        whole, part = divmod(amount, 1)
        if not part:
            return self.by_day(since, unit, int(whole), waits, received=received)
        # The whole days, then the part; never more than the next whole number of days.
        most = self.by_day(since, unit, int(whole) + 1, waits, received=received)
        after = self.by_day(since, unit, int(whole), waits, received=received) if whole else start
        if unit == "working_days":
            return min(most, self.step(after, "working_hours", part * 8, waits, received=False))
        if whole:
            after = datetime.combine(after.date() + DAY, time(), HO_CHI_MINH)
        return min(most, self.on_ending_days(after, part * 24, waits))

    def by_day(self, since: datetime, unit: str, amount: int, waits: Sequence[Wait], *, received: bool) -> datetime:
        working = unit not in IN_CALENDAR_DAYS
        day = self.day_0(since, unit, received=received)
        waits = [wait for wait in waits if wait[1] > since]
        left = self.length(day, unit, amount)
        while left:
            day += DAY
            if any(first.date() < day <= last.date() for first, last in waits):
                # Months differ in length: what is left after a wait is never more than the whole from then on.
                if unit in {"months", "years"} and any(day == last.date() for _, last in waits):
                    left = min(left, self.length(day, unit, amount))
            elif not working or self.days.works(day):
                left -= 1
        while not working and not self.stays(day, working=False):
            day += DAY
        end = self.close(day)
        if end < since:
            end = self.first_close(since, working=working)
        while held := [last for first, last in waits if first <= end < last]:
            end = self.first_close(held[0], working=working)
        return end

    def day_0(self, since: datetime, unit: str, *, received: bool) -> date:
        """The day that is not counted; of a limit within the day, the day itself."""
        day, late = since.date(), since.time() > time(15)
        works = self.days.works(day)
        if unit in {"same_day", "immediate"}:
            put_off = late and unit == "same_day" and self.policies.late_receipt != "no_limit"
        else:
            put_off = received and self.policies.late_receipt == "every_limit" and (late or not works)
            works = True
        if works and not put_off:
            return day
        day += DAY
        while not self.days.works(day):
            day += DAY
        return day

    def length(self, day: date, unit: str, amount: int) -> int:
        """How many days of its kind a period has."""
        if unit in {"same_day", "immediate"}:
            return 0
        if unit in {"working_days", "days", "weeks"}:
            return amount * 7 if unit == "weeks" else amount
        years, month = divmod(day.month - 1 + amount * (12 if unit == "years" else 1), 12)
        year, month = day.year + years, month + 1
        return (date(year, month, min(day.day, almanac.monthrange(year, month)[1])) - day).days

    def on_the_clock(self, at: datetime, hours: Fraction, waits: Sequence[Wait]) -> datetime:
        left = timedelta(microseconds=int(hours * 3_600_000_000))
        if at.time() >= LAST_SECOND:  # which stands for 24:00
            at = datetime.combine(at.date() + timedelta(days=1), time(), HO_CHI_MINH)
        for first, last in waits:
            if last <= at:
                continue
            if at + left < first:
                break
            left -= max(first - at, timedelta())
            at = last
        return at + left

    def at_work(self, at: datetime, hours: Fraction, waits: Sequence[Wait]) -> datetime:
        end = arrived(at, hours, waits, self.sessions)
        while held := [last for first, last in waits if first <= end < last]:
            end = self.finish(held[0])
        return end

    def finish(self, moment: datetime) -> datetime:
        """Where all time was used when the wait began: when it is over, or the office opens next."""
        day = moment.date() - DAY
        while True:
            for opens, closes in self.sessions(day):
                if moment <= closes:
                    return max(moment, opens)
            day += DAY

    def on_ending_days(self, start: datetime, hours: Fraction, waits: Sequence[Wait]) -> datetime:
        """Hours of the clock on days on which a period may end, the others being skipped."""
        waits = [(max(first, start), last) for first, last in waits if last > start]
        at = waits[0][1] if waits and waits[0][0] == start else start
        end = arrived(at, hours, waits, self.ending_day)
        end = self.by_24(end)
        while held := [last for first, last in waits if first <= end < last]:
            end, day = held[0], held[0].date()
            if not self.stays(day, working=False):
                while not self.stays(day, working=False):
                    day += DAY
                end = datetime.combine(day, time(), HO_CHI_MINH)
        return end

    def ending_day(self, day: date) -> list[tuple[datetime, datetime]]:
        midnight = datetime.combine(day, time(), HO_CHI_MINH)
        return [(midnight, midnight + DAY)] if self.stays(day, working=False) else []

    def by_24(self, end: datetime) -> datetime:
        """24:00 of a day is written as its last second, and so is all that lies within that second."""
        if end.time() == time():
            return end - SECOND
        return datetime.combine(end.date(), min(end.time(), LAST_SECOND), HO_CHI_MINH)

    # What was promised.

    def carried(self, promise: datetime, since: datetime, step: LimitStep, waits: Sequence[Wait]) -> datetime:
        """A promise moves by what was waited since, in the unit of the limit; untouched, it is what was said."""
        unit = str(step.unit)
        by_work = unit == "working_hours" or (unit == "working_days" and step.amount.denominator != 1)
        working = unit not in IN_CALENDAR_DAYS
        end, day = promise, promise.date()
        for first, last in [(max(first, since), last) for first, last in waits if last > since]:
            if first > end:
                break
            if unit == "hours":
                end += last - first
            elif by_work:
                end = self.carried_by_work(end, first, last)
            else:
                waiting = first.date()
                while waiting < last.date():
                    waiting += DAY
                    if not working:
                        day += DAY
                    elif self.days.works(waiting):
                        day += DAY
                        while not self.days.works(day):
                            day += DAY
                ends = day
                while not working and first.date() < last.date() and not self.stays(ends, working=False):
                    ends += DAY
                end = max(end, datetime.combine(ends, promise.timetz()))
                finish = last.date()
                while end < last:
                    if self.stays(finish, working=working):
                        end = max(end, datetime.combine(finish, promise.timetz()))
                    finish += DAY
        return end

    def carried_by_work(self, end: datetime, first: datetime, last: datetime) -> datetime:
        waited, day = timedelta(), first.date()
        while day <= last.date():
            for opens, closes in self.sessions(day):
                waited += max(min(closes, last) - max(opens, first), timedelta())
            day += DAY
        if waited:
            end = self.at_work(end, Fraction(waited // timedelta.resolution, 3_600_000_000), ())
        return end if end >= last else self.finish_open(last)

    def finish_open(self, moment: datetime) -> datetime:
        """The moment itself if the office is open then, else when it opens next."""
        day = moment.date()
        while True:
            for opens, closes in self.sessions(day):
                if moment < closes:
                    return max(moment, opens)
            day += DAY

    # The two numbers.

    def waits(self, told: Story, known: datetime) -> list[Wait]:
        """The waits with both ends: of one that lasts, what has passed for certain; those that touch as one."""
        out: list[Wait] = []
        for first, last in told.waits:
            end = max(known, first) if last is None else last
            if end == first and last is None:
                continue
            if out and out[-1][1] == first:
                out[-1] = (out[-1][0], end)
            else:
                out.append((first, end))
        return out

    def counted(self, told: Story, limit: TimeLimit, known: datetime) -> datetime | None:
        """What the law counts."""
        if told.start is None:
            return None
        waits = self.waits(told, known)
        end = self.limit(told.start, limit.steps, waits, received=True)
        for did in told.said:
            if did.by is not None:
                end = self.limit(end, did.by.steps, waits, received=False)
            elif did.act is Act.EXTEND:
                assert did.promise is not None
                end = self.carried(did.promise, did.at, limit.steps[-1], waits)
        return end

    def in_force(self, told: Story, limit: TimeLimit, known: datetime) -> datetime | None:
        """What was promised last, moved by the waiting since and by what was added since; else what the law counts."""
        promises = [number for number, did in enumerate(told.said) if did.promise is not None]
        if told.start is None or not promises:
            return self.counted(told, limit, known)
        last = told.said[promises[-1]]
        waits = self.waits(told, known)
        assert last.promise is not None
        end = self.carried(last.promise, last.at, limit.steps[-1], waits)
        for did in told.said:
            if did.by is not None and did.at >= last.at:
                end = self.limit(end, did.by.steps, waits, received=False)
        return end

    def status(self, log: Sequence[Did], limit: TimeLimit, now: datetime) -> tuple[str, datetime | None]:
        """How the case stands, and what was in force for it then."""
        told = story(did for did in log if did.at <= now)
        due = self.in_force(told, limit, now)
        if told.start is None or due is None:
            return ("finished" if told.phase == "stopped" else "not_started"), None
        if told.stopped is not None:
            return ("finished_late" if told.stopped > due else "finished"), due
        if told.phase == "paused" and now <= due:  # a wait that lasts moves it to now at least, if it moves it at all
            return "paused", due
        if now > due:
            return "overdue", due
        return ("due_today" if now.date() == due.date() else "running"), due


@attrs.frozen(kw_only=True)
class Course:
    """What measures ask of a log: when it was received, when its handling ended, how often papers were asked for."""

    received: datetime | None
    finished: datetime | None
    requests: int


def portal_says(
    course: Course, told: Story, due: datetime, now: datetime, *, its_own: bool = True
) -> tuple[bool, bool, str]:
    """Whether it is finished, whether it is on time, and by which rule: the portal's formula written out."""
    if course.finished is not None:
        return True, course.finished <= due, "on-time"
    if its_own and told.asked is not None:
        return False, course.requests <= 1 and told.asked <= due, "waiting-for-supplement"
    return False, now <= due, "no-end-yet"
