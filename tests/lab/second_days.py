"""A second, slow way to count: days walked one by one, hours minute by minute, from ``docs/explanation/counting-rules.md``.

A limit is a number and a unit: ``working_days``, ``days``, ``working_hours``, ``hours``, ``within_the_day`` or
``immediately``. Moments are of whole minutes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import attrs

from onestop_core.model import HO_CHI_MINH

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
CLOSE = time(23, 59, 59)
OFFICE = ((time(7), time(11, 30)), (time(13, 30), time(17)))
Limit = tuple[int, str]
Waits = list[tuple[datetime, datetime]]


@attrs.frozen
class Days:
    """A calendar and, if any, office hours, the same on every day that is worked."""

    calendar: Any
    sessions: tuple[tuple[time, time], ...] | None = None

    def works(self, day: date) -> bool:
        return bool(self.calendar.is_workday(day))

    def next(self, day: date) -> date:
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def ahead(self, day: date, n: int) -> date:
        for _ in range(n):
            day = self.next(day)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days after *first* up to and including *last*."""
        count = 0
        while first < last:
            first += DAY
            count += self.works(first)
        return count

    def end(self, day: date) -> datetime:
        close = self.sessions[-1][1] if self.sessions and self.works(day) else CLOSE
        return datetime.combine(day, close, HO_CHI_MINH)

    def open_at(self, moment: datetime) -> bool:
        """Whether the minute that begins then is worked; without hours of one's own, those of the office table."""
        at = moment.time()
        return self.works(moment.date()) and any(first <= at < last for first, last in self.sessions or OFFICE)

    def first_end(self, day: date, moment: datetime, hour: time | None = None) -> datetime:
        """Return the end of the first working day from *day* on whose end, or whose *hour*, is not before *moment*."""
        while True:
            end = self.end(day) if hour is None else datetime.combine(day, hour, HO_CHI_MINH)
            if self.works(day) and end >= moment:
                return end
            day += DAY

    def opening(self, moment: datetime) -> datetime:
        """Return *moment*, or the next opening where the office is closed then; at the close it is open still."""
        while not self.open_at(moment) and not self.open_at(moment - MINUTE):
            moment += MINUTE
        return moment

    def worked(self, start: datetime, end: datetime) -> int:
        """Working minutes between two moments."""
        minutes = 0
        while start < end:
            minutes += self.open_at(start)
            start += MINUTE
        return minutes

    def due(self, start: datetime, limit: Limit, waits: Waits | None = None) -> datetime:
        """Return the end of a *limit* from *start*; waits that are over, in order and apart."""
        number, unit = limit
        later = [(max(first, start), last) for first, last in waits or () if last > start]
        if later and later[0][0] == start:
            start, later = later[0][1], later[1:]  # who is received while it waits is counted from the end of it
        if unit == "hours":
            assert not later
            return start + timedelta(hours=number)
        if unit == "working_hours":
            return self._hours(start, number * 60, later)
        day = start.date()
        if unit == "immediately":
            assert not later
            return self.end(day) if self.works(day) and start <= self.end(day) else self.end(self.next(day))
        if unit == "working_days":
            day = self.ahead(day, number)
            for first, last in later:
                if first <= self.end(day):
                    day = self.ahead(day, self.between(first.date(), last.date()))
                    while self.end(day) < last:
                        day = self.next(day)
            return self.end(day)
        assert unit == "days", unit
        raw = day + number * DAY
        end = self.first_end(raw, start)
        for first, last in later:
            if first <= end:
                raw += last.date() - first.date()
                end = max(self.first_end(raw, start), self.first_end(end.date(), last))
        return end

    def _hours(self, start: datetime, minutes: int, waits: Waits) -> datetime:
        at = start if start.second == 0 else start + timedelta(seconds=1)  # a day that ends at 23:59:59 ends at 24:00
        while True:
            for first, last in waits:
                if first == at:
                    # Nothing left: the end of the wait, or the next opening; something left: the work goes on there.
                    at = self.opening(last) if minutes == 0 else last
            if minutes == 0:
                return at
            minutes -= self.open_at(at)
            at += MINUTE

    def moved(self, promise: datetime, made: datetime, unit: str, waits: Waits) -> datetime:
        """Return a *promise* that was *made* then, moved by the waiting since in the unit of the limit."""
        for start, last in waits:
            first = max(start, made)
            if last <= first or first > promise:
                continue
            if unit == "working_hours":
                minutes, at = self.worked(first, last), promise
                while minutes:
                    minutes -= self.open_at(at)
                    at += MINUTE
                promise = self.opening(last) if at < last else at
                continue
            if unit == "working_days":
                day = self.ahead(promise.date(), self.between(first.date(), last.date()))
            else:
                day = promise.date() + (last.date() - first.date())
                while not self.works(day) and day != promise.date():
                    day += DAY
            promise = datetime.combine(day, promise.timetz().replace(tzinfo=None), HO_CHI_MINH)
            if promise < last:
                promise = self.first_end(day, last, promise.timetz().replace(tzinfo=None))
        return promise

    def transfer(self, received: datetime) -> datetime:
        """Return by when a file goes on: the day of receipt, or after 15:00 the opening of the next working day."""
        opens, closes = (self.sessions or OFFICE)[0][0], (self.sessions or OFFICE)[-1][1]
        day = received.date()
        if not self.works(day):
            return datetime.combine(self.next(day), closes, HO_CHI_MINH)
        if received.timetz().replace(tzinfo=None) > time(15):
            return datetime.combine(self.next(day), opens, HO_CHI_MINH)
        return datetime.combine(day, closes, HO_CHI_MINH)
