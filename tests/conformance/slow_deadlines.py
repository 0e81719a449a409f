"""Deadlines again, slowly: day by day and minute by minute, on the slow calendar."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from typing import Any, Final

from onestop_core.conformance import Refusal
from tests.conformance.slow_codes import SlowCodes
from tests.conformance.slow_workdays import SlowWorkdays
from tests.workdays.slow import OFFICIAL

ZONE: Final = timezone(timedelta(hours=7))
DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
Span = tuple[datetime, datetime | None]

# Days off of which art. 148 does not speak, by its wording: days in lieu and swapped days off, and no weekend.
IN_LIEU_OR_SWAPPED: Final = """
    2012-01-02 2012-01-26 2012-01-27 2012-04-02 2012-09-03 2012-12-31 2013-02-13 2013-02-14
    2013-02-15 2013-04-29 2014-01-28 2014-01-29 2014-02-04 2014-02-05 2014-05-02 2014-09-01
    2015-01-02 2015-02-16 2015-02-23 2015-04-29 2016-02-12 2016-04-18 2016-05-02 2016-05-03
    2017-01-02 2017-01-31 2017-02-01 2017-05-02 2017-09-04 2018-02-19 2018-02-20 2018-09-03
    2018-12-31 2019-04-15 2019-04-29 2020-01-28 2020-01-29 2021-02-15 2021-02-16 2021-05-03
    2022-01-03 2022-04-11 2022-05-02 2022-05-03 2023-01-02 2023-01-25 2023-01-26 2023-05-02
    2023-05-03 2023-09-04 2024-02-13 2024-02-14 2024-04-29 2025-05-02 2026-01-02 2026-04-27
    2026-08-31 2027-02-09 2027-02-10 2027-05-03
"""

# The typed table of what may follow what; the brackets hold the state after.
CLOCK: Final = {
    "not_started": {"start": "running"},
    "running": {"pause": "paused", "restart": "running", "extend": "running", "stop": "stopped"},
    "paused": {"resume": "running", "restart": "running", "stop": "stopped"},
    "stopped": {},
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(ZONE)


class SlowDeadlines:
    """The area ``deadlines``."""

    name = "slow"

    def __init__(self) -> None:
        self.slow = SlowWorkdays()
        self.known: date | None = None
        self.sessions: list[tuple[time, time]] = []
        self.policy = "next_working_day"

    # The calendar.

    def works(self, day: date) -> bool:
        return self.slow.works(day, self.known)

    def next(self, day: date) -> date:
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    # Hours.

    def open(self, at: datetime) -> bool:
        """Whether the minute that begins at *at* is worked."""
        return self.works(at.date()) and any(opens <= at.time() < closes for opens, closes in self.sessions)

    def close(self, day: date) -> datetime:
        if self.sessions and self.works(day):
            return datetime.combine(day, self.sessions[-1][1], ZONE)
        return datetime.combine(day, time(23, 59, 59), ZONE)

    def minutes_later(self, at: datetime, minutes: int, pauses: list[Span]) -> datetime:
        while not self.open(at):
            at = self.skip(at)
        spent = 0
        while spent < minutes:
            if not self.open(at):
                at = self.skip(at)
                continue
            if not any(first <= at and last is not None and at < last for first, last in pauses):
                spent += 1
            at += MINUTE
        return at

    def skip(self, at: datetime) -> datetime:
        """Step over a closed minute, over a whole day off at once."""
        if self.works(at.date()):
            return at + MINUTE
        return datetime.combine(at.date() + DAY, time(), ZONE)

    # Days.

    def stays(self, day: date) -> bool:
        if self.policy == "none":
            return True
        if self.policy == "next_working_day":
            return self.works(day)
        return day.weekday() < 5 and (self.works(day) or day.isoformat() in IN_LIEU_OR_SWAPPED)

    def moved(self, day: date) -> date:
        while not self.stays(day):
            day += DAY
        return day

    def one_step(self, at: datetime, step: dict[str, str], pauses: list[Span], late: str, *, first: bool) -> datetime:
        unit, amount = step["unit"], Fraction(step["amount"])
        open_at = [(max(start, at), end) for start, end in pauses if end is None or end > at]
        if unit == "working_hours" or amount.denominator != 1:
            if unit == "working_days" and not self.sessions:
                raise Refusal("invalid-value")
            minutes = amount * 60 * (8 if unit == "working_days" else 1)
            assert minutes.denominator == 1
            given = self.sessions
            self.sessions = given or [(time(7), time(11, 30)), (time(13, 30), time(17))]
            end = self.minutes_later(at, int(minutes), open_at)
            self.sessions = given
            return end
        start, is_late = at.date(), at.time() > time(15)
        if unit in {"same_day", "immediate"}:
            if not self.works(start) or (unit == "same_day" and is_late and late != "no_limit"):
                start = self.next(start)
        elif is_late and first and late == "every_limit":
            start = self.next(start)
        return self.after_waiting(start, unit, int(amount), open_at)

    def after_waiting(self, start: date, unit: str, amount: int, pauses: list[Span]) -> datetime:
        last = start
        if unit == "working_days":
            for _ in range(amount):
                last = self.next(last)
        elif unit == "days":
            last += amount * DAY
        elif unit in {"months", "years"}:
            for _ in range(amount * (12 if unit == "years" else 1)):
                last = (last.replace(day=1) + 31 * DAY).replace(day=1)
            last = last.replace(day=min(start.day, months.monthrange(last.year, last.month)[1]))
        in_calendar_days = unit in {"days", "months", "years"}
        end = self.close(self.moved(last) if in_calendar_days else last)
        for first, until in pauses:
            if first > end or until is None:
                break
            waiting = max(first.date(), start)
            while waiting < until.date():
                waiting += DAY
                if in_calendar_days:
                    last += DAY
                elif self.works(waiting):
                    last = self.next(last)
            end = self.close(self.moved(last) if in_calendar_days else last)
        return end

    # The operations.

    def due(
        self,
        received_at: str,
        limit: str,
        *,
        as_of: str | None = None,
        hours: str | None = None,
        pauses: list[list[str | None]] | None = None,
        end_on_day_off: str = "next_working_day",
        late_receipt: str = "same_day_limits",
    ) -> dict[str, Any]:
        self.known = None if as_of is None else date.fromisoformat(as_of)
        self.sessions = read_hours(hours)
        self.policy = end_on_day_off
        spans: list[Span] = []
        for first, last in pauses or ():
            spans.append((moment(first or ""), None if last is None else moment(last)))
        if any(last is not None and last < first for first, last in spans):
            raise Refusal("invalid-value")
        at, first_step = moment(received_at), True
        for step in SlowCodes().parse_limit(limit)["steps"]:
            at = self.one_step(at, step, joined(spans), late_receipt, first=first_step)
            first_step = False
        last_year = 2026 if self.known is not None and self.known < date(2026, 10, 2) else max(OFFICIAL)
        if self.known is not None and self.known < date(2025, 10, 13):
            last_year = 2025
        return {"due_at": at.isoformat(), "certainty": "announced" if at.year <= last_year else "predicted"}

    def clock_due(self, limit: str, acts: list[dict[str, str]]) -> dict[str, Any]:
        state, start, before = "not_started", "", ""
        pauses: list[list[str | None]] = []
        extra, extended = "", False
        for act in acts:
            if before and moment(act["at"]) < moment(before):
                raise Refusal("invalid-event")
            if ("by" in act) != (act["act"] == "extend"):
                raise Refusal("invalid-event")
            if act["act"] not in CLOCK[state]:
                raise Refusal("transition-not-allowed")
            if act["act"] == "extend":
                due = moment(self.due(start, limit + extra, pauses=pauses)["due_at"]).date()
                if extended or moment(act["at"]).date() > due - DAY:
                    raise Refusal("guard")
                extra, extended = f" + {act['by']}", True
            if act["act"] in {"start", "restart"}:
                start, pauses, extra = act["at"], [], ""
            if act["act"] == "pause":
                pauses.append([act["at"], None])
            if act["act"] in {"resume", "stop"} and state == "paused":
                pauses[-1][1] = act["at"]
            state, before = CLOCK[state][act["act"]], act["at"]
        if not start:
            raise Refusal("invalid-event")
        return {"due_at": self.due(start, limit + extra, pauses=pauses)["due_at"], "state": state}

    def transfer_due(self, received_at: str, hours: str) -> str:
        self.known, self.sessions = None, read_hours(hours)
        at = moment(received_at)
        if self.works(at.date()) and at.time() <= time(15):
            return self.close(at.date()).isoformat()
        day = self.next(at.date())
        opening = datetime.combine(day, self.sessions[0][0], ZONE)
        return (opening if self.works(at.date()) else self.close(day)).isoformat()


def read_hours(text: str | None) -> list[tuple[time, time]]:
    sessions = []
    for part in (text or "").split(","):
        first, _, last = part.strip().partition("-")
        if first:
            sessions.append((time.fromisoformat(first), time.fromisoformat(last)))
    return sessions


def joined(spans: list[Span]) -> list[Span]:
    """The pauses in order, those that overlap or touch as one."""
    out: list[Span] = []
    for first, last in sorted(spans, key=lambda span: span[0]):
        if out and (out[-1][1] is None or first <= out[-1][1]):
            before = out[-1][1]
            out[-1] = (out[-1][0], None if before is None or last is None else max(before, last))
        else:
            out.append((first, last))
    return out
