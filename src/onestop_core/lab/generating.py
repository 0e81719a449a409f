"""A province's year, made up: seeded, so that everybody has the same, and of nobody.

Arrivals follow working days, with a rush before Tết and few after it; papers are missing, people wait, some steps come
late, and a few are taken that the law does not allow. Shares are whole numbers in thousands, drawn by SHA-256 from the
seed and the number of the dossier, so that the year is the same on every machine and dossier 7 is the same among ten
as among a million. How often things happen is a guess of ours and no statistics.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core import catalogue, deadlines, dossier, workdays
from onestop_core.dossier import Dossier, Event, Machine
from onestop_core.dossier.events import FilingScope
from onestop_core.errors import InvalidValueError
from onestop_core.lab.laws import Limits, law
from onestop_core.model import HO_CHI_MINH, Channel, TimeLimit
from onestop_core.model.series import instance
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["fields", "generate"]

_THOUSAND: Final = 1000
_BUSY: Final = (110, 70, 95, 85, 80, 85, 85, 80, 85, 90, 90, 95)
"""Arrivals by month, as parts of what comes in."""
_UNITS: Final = ("H99.12", "H99.15", "H99.21", "H99.26", "H99.33", "H99.41", "H99.47", "H99.58")
"""Units that no province has."""
_SLOW: Final = (0, 5, 10, 0, 25, 5, 15, 40)
"""By unit: how much of the time it takes more than the quickest, in hundredths."""
_MOST: Final = 10_000_000
_FIRST, _LAST = 2018, 2099


def fields() -> dict[str, str]:
    """Return the field of each procedure of the shipped catalogue, in Vietnamese, by its code.

    >>> fields()["1.004873"]
    'Hộ tịch'
    """
    return {each.code: each.field.name.vi for each in catalogue.shipped().procedures}


def generate(
    dossiers: int = 1000, *, year: int = 2026, seed: int = 1, first: int = 0, limits: Limits | None = None
) -> Iterator[Dossier]:
    """Yield made-up dossiers of a *year*, in the order of their numbers: real law, real calendar, nobody's data.

    Each is opened under the edition in force on its day and is given the appointment that the calendar counts as it was
    known at the beginning of that month (after 15 December: on that day), as an office would have done. How often things
    happen is a guess of ours and no statistics.

    >>> [case] = generate(1, year=2026, first=4)
    >>> case.id, case.lifecycle, len(case.events) >= 4
    ('H99.15-260706-0004', 'vn@decree-118-2025', True)

    Args:
        dossiers: How many.
        year: In which they are opened; 2019 to 2098.
        seed: Another seed gives another year.
        first: The number of the first, so that a large year can be made in parts.
        limits: How long procedures may take; left out, the limits of the shipped catalogue that hold for all cases.

    Raises:
        InvalidValueError: a number is out of range, or no limits are given.
    """
    for what, value, least, most in (
        ("dossiers", dossiers, 0, _MOST),
        ("year", year, _FIRST + 1, _LAST - 1),
        ("seed", seed, 0, _MOST),
        ("first", first, 0, _MOST),
    ):
        if type(value) is not int or not least <= value <= most:
            raise InvalidValueError.of(
                what, value, vi=f"số nguyên từ {least} đến {most}", en=f"a whole number from {least} to {most}"
            )
    given = law(limits=catalogue.shipped()).limits if limits is None else instance(limits, Limits, "limits")
    procedures = tuple(sorted(given.by_procedure.items()))
    if not procedures:
        raise InvalidValueError.of("limits", limits, vi="thời hạn của từng thủ tục", en="limits by procedure")
    return (
        _Story(year=year, seed=seed, number=first + place, procedures=procedures).told() for place in range(dossiers)
    )


@lru_cache(maxsize=4)
def _days(year: int) -> tuple[date, ...]:
    """Return the days of *year* on which offices were open, each as often as its month is busy."""
    calendar = workdays.calendar()
    first = date(year, 1, 1)
    days = (first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if calendar.is_workday(day) for _ in range(_BUSY[day.month - 1] // 5))


@attrs.frozen(kw_only=True)
class _Story:
    """What happens to one dossier."""

    year: int
    seed: int
    number: int
    procedures: tuple[tuple[str, TimeLimit], ...]

    def draw(self, what: str, among: int) -> int:
        """Return a whole number from 0 to *among* less 1, always the same for the same question."""
        mark = hashlib.sha256(f"{self.seed}/{self.number}/{what}".encode()).digest()
        return int.from_bytes(mark[:8]) % among

    def happens(self, what: str, thousandths: int) -> bool:
        return self.draw(what, _THOUSAND) < thousandths

    def moment(self, day: date, what: str, *, first: time = time(7, 30)) -> datetime:
        """Return a moment of the office hours of *day*."""
        at = datetime.combine(day, first, HO_CHI_MINH) + timedelta(minutes=self.draw(f"{what}:minute", 236))
        return at + timedelta(hours=5, minutes=30) if self.happens(f"{what}:afternoon", 450) else at

    def told(self) -> Dossier:
        """Return the dossier."""
        days = _days(self.year)
        opened = days[self.draw("day", len(days))]
        code, limit = self.procedures[min(self.draw("a", len(self.procedures)), self.draw("b", len(self.procedures)))]
        unit = _UNITS[self.draw("unit", len(_UNITS))]
        online = self.happens("online", 600)
        at = self.moment(opened, "opened")
        if online and self.happens("evening", 300):
            at = datetime.combine(opened, time(19), HO_CHI_MINH) + timedelta(minutes=self.draw("evening:minute", 180))
        machine = dossier.machine("vn", on=opened)
        channel = Channel.ONLINE if online else Channel.IN_PERSON
        if Channel.KIOSK in machine.lifecycle.initial and self.happens("kiosk", 30):
            channel = Channel.KIOSK
        elsewhere = self.happens("elsewhere", 100)
        case = machine.new(
            id=f"{unit}-{opened:%y%m%d}-{self.number:04d}",
            procedure=code,
            channel=channel,
            at=at,
            receiving_unit=unit,
            competent_unit=_UNITS[(_UNITS.index(unit) + 1) % len(_UNITS)] if elsewhere else unit,
            non_territorial=FilingScope.PROVINCE if elsewhere else FilingScope.NONE,
        )
        return self.handled(machine, case, limit, unit)

    def handled(self, machine: Machine, case: Dossier, limit: TimeLimit, unit: str) -> Dossier:
        """Return *case* after all that happens to it."""
        calendar = workdays.calendar("vn-civil", as_of=_known(case.events[0].at.date()))
        desk = _Taker(machine=machine, limit=limit, calendar=calendar, unit=unit, number=self.number)
        taker = attrs.evolve(desk, unit=case.opening.competent_unit or unit)
        opened = case.events[0].at
        at = opened + timedelta(minutes=5)
        if opened.hour >= 19:
            at = self.moment(calendar.next(opened.date()), "received")
        if desk.knows("desk_notified") and case.channel.is_online and self.happens("told the desk", 960):
            case = desk.take(case, "desk_notified", opened + timedelta(minutes=1), "system")
        if desk.knows("guided") and self.happens("guided", 150):
            case = desk.take(case, "guided", opened + timedelta(minutes=2), "receiving_officer")
        case = desk.take(case, "received", at, "receiving_officer")
        case = desk.take(case, "transferred", at + timedelta(minutes=20), "receiving_officer")
        if case.state == "on_its_way":
            at = self.moment(calendar.next(at.date()), "arrived")
            case = taker.take(case, "arrived", at, "specialist")
        case = taker.take(case, "assigned", at + timedelta(minutes=45), "unit_leader")
        if self.happens("withdrawn", 15):
            case = taker.take(case, "withdrawal_requested", at + timedelta(hours=20), "applicant")
            may = machine.lifecycle.event("withdrawal_granted").roles
            granting, role = (taker, "unit_leader") if "unit_leader" in may else (desk, "receiving_officer")
            return granting.take(case, "withdrawal_granted", at + timedelta(hours=21), role)
        if self.happens("papers", 110):
            if desk.knows("closed_incomplete") and self.happens("never complete", 100):
                return self.given_up(taker, desk, case)
            case = self.papers(taker, case, "papers")
            if self.happens("papers again", 80):
                case = self.papers(taker, case, "papers again")
        return self.decided(taker, case)

    def given_up(self, taker: _Taker, desk: _Taker, case: Dossier) -> Dossier:
        """Return *case* after papers were asked for, never came, and the desk closed it."""
        reason = "Thiếu giấy tờ trong thành phần hồ sơ"
        asked = case.events[-1].at + timedelta(hours=1)
        case = taker.take(case, "supplement_requested", asked, "specialist", reason=reason)
        day = taker.calendar.add(asked.date() + timedelta(days=22), self.draw("closed", 3))
        return desk.take(case, "closed_incomplete", self.moment(day, "closed:at"), "receiving_officer")

    def papers(self, taker: _Taker, case: Dossier, what: str) -> Dossier:
        """Return *case* after papers were asked for and came."""
        asked = self.moment(taker.calendar.add(case.events[-1].at.date(), 1 + self.draw(f"{what}:asked", 2)), what)
        reason = "Thiếu giấy tờ trong thành phần hồ sơ"
        case = taker.take(case, "supplement_requested", asked, "specialist", reason=reason)
        came = taker.calendar.add(asked.date(), 1 + self.draw(f"{what}:waited", 9))
        return taker.take(case, "supplemented", self.moment(came, f"{what}:came"), "applicant")

    def decided(self, taker: _Taker, case: Dossier) -> Dossier:
        """Return *case* after its decision and its delivery."""
        last, due = case.events[-1].at, taker.counted(case)
        span = max(taker.calendar.count(last.date(), due.date()), 0)
        pace = 35 + self.draw("pace", 60) + _SLOW[_UNITS.index(taker.unit)] // 2
        if self.happens("stuck", 40 + 3 * _SLOW[_UNITS.index(taker.unit)]):
            pace += 40 + self.draw("stuck:pace", 90)
        ready = self.moment(taker.calendar.add(last.date(), span * pace // 100), "approved")
        if span * pace // 100 == 0:
            ready = last + timedelta(minutes=30 + self.draw("quick", 60))
        if ready > due and self.happens("extended", 500):
            case = self.extended(taker, case, due)
        elif ready.date() > due.date() and taker.knows("late_notified") and self.happens("told", 500):
            told, new = self.moment(taker.calendar.next(due.date()), "told"), ready + timedelta(days=1)
            case = taker.take(case, "late_notified", told, "unit_leader", reason="Cần xác minh thêm", due=new)
        ready = max(ready, case.events[-1].at + timedelta(minutes=10))
        if self.happens("refused", 20):
            return taker.take(case, "refused", ready, "authority_leader", reason="Không đủ điều kiện theo quy định")
        case = taker.take(case, "approved", ready, "authority_leader")
        case = taker.take(case, "result_handed_over", ready + timedelta(minutes=15), "clerk")
        if self.happens("left lying", 60):
            return case
        day = taker.calendar.add(ready.date(), 1 + self.draw("collected", 3))
        return taker.take(case, "delivered", self.moment(day, "delivered"), "returning_officer")

    def extended(self, taker: _Taker, case: Dossier, due: datetime) -> Dossier:
        """Return *case* after its time was extended; now and then when it had run out already."""
        before = taker.calendar.add(due.date(), 1 if self.happens("extended late", 200) else -2)
        at = max(self.moment(before, "extended"), case.events[-1].at + timedelta(minutes=10))
        new = datetime.combine(
            taker.calendar.add(max(due, at).date(), 3 + self.draw("extended:days", 3)), time(17), HO_CHI_MINH
        )
        return taker.take(case, "extended", at, "unit_leader", reason="Cần xác minh thêm", due=new)


def _known(day: date) -> date:
    """Return the day as of which the calendar is known on *day*; the month's first, but for decisions late in the year."""
    return day if day.month == 12 and day.day > 15 else date(day.year, day.month, 1)


@attrs.frozen(kw_only=True)
class _Taker:
    """A counter that enters events with the appointments that they make; what the law refuses, it enters all the same."""

    machine: Machine
    limit: TimeLimit
    calendar: Calendar
    unit: str
    number: int

    def knows(self, kind: str) -> bool:
        """Return whether its law has such an event."""
        return any(each.code == kind for each in self.machine.lifecycle.events)

    def counted(self, case: Dossier) -> datetime:
        """Return when *case* is due."""
        due = deadlines.countdown(case, self.limit, calendar=self.calendar).in_force
        assert due is not None  # it was received
        return due

    def take(
        self,
        case: Dossier,
        kind: str,
        at: datetime,
        role: str,
        *,
        reason: str | None = None,
        due: datetime | None = None,
    ) -> Dossier:
        """Return *case* after an event of that *kind*."""
        event = Event(
            kind=kind,
            at=max(at, case.events[-1].at),
            role=role,
            unit=None if role == "applicant" else self.unit,
            to_unit=case.opening.receiving_unit if kind == "supplement_requested" else None,
            actor=None if role == "applicant" else f"cb-{self.number % 17:02d}",
            reason=reason,
            due=due,
        )
        if kind in {"received", "supplemented", "arrived"}:
            promised = deadlines.next_due(case, event, self.limit, calendar=self.calendar, machine=self.machine)
            event = event if promised is None else attrs.evolve(event, due=promised)
        if kind in {"supplement_requested", "extended", "refused"}:
            return self.machine.step(case, event, judge=False)
        return self.machine.step(case, event)
