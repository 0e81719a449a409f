"""Office hours: when on a working day an agency works, and exact arithmetic in working time."""

from __future__ import annotations

import enum
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.deadlines.law import parameters
from onestop_core.deadlines.values import END_OF_DAY, WorkingCalendar, code_of
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import HO_CHI_MINH, Basis, aware
from onestop_core.rules import resources
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MakeUpHours", "Season", "Session", "WorkingHours", "office_hours", "transfer_due"]

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MICROSECONDS: Final = 3_600_000_000
_SESSION: Final = re.compile(r"([0-9]{2}:[0-9]{2}) ?[-–] ?([0-9]{2}:[0-9]{2})")


class MakeUpHours(enum.StrEnum):
    """Which hours a make-up working day has."""

    REPLACED_DAY = "replaced_day"
    """Those of the weekday that it is worked for; of Monday where the calendar does not name that day."""
    OWN_WEEKDAY = "own_weekday"
    """Those of its own weekday, none if it has none."""


@attrs.frozen(kw_only=True, order=True)
class Session:
    """A stretch of work without a break.

    Raises:
        InvalidValueError: it does not end after it began, or is not in full minutes.
    """

    opens: time
    closes: time

    def __attrs_post_init__(self) -> None:
        plain = all(t.tzinfo is None and t.second == t.microsecond == 0 for t in (self.opens, self.closes))
        if not (plain and self.opens < self.closes):
            raise InvalidValueError.of(
                "session", str(self), vi="buổi làm việc như 07:30-11:30", en="a session such as 07:30-11:30"
            )

    @classmethod
    def parse(cls, text: str) -> Session:
        """Read ``07:30-11:30``.

        Raises:
            InvalidValueError: it cannot be read.
        """
        match = _SESSION.fullmatch(text)
        try:
            opens, closes = (time.fromisoformat(part) for part in match.groups()) if match else (time(), time())
        except ValueError:
            opens = closes = time()
        if not opens < closes:
            raise InvalidValueError.of(
                "session", text[:100], vi="buổi làm việc như 07:30-11:30", en="a session such as 07:30-11:30"
            )
        return cls(opens=opens, closes=closes)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


def _check_week(_: object, field: attrs.Attribute[Any], week: tuple[tuple[Session, ...], ...]) -> None:
    complete = len(week) == 7 and all(week[:5])
    if not complete or any(a.closes >= b.opens for day in week for a, b in pairwise(day)):
        raise InvalidValueError.of(
            field.name,
            [[str(session) for session in day] for day in week],
            vi="bảy ngày, Thứ Hai đến Thứ Sáu đều có buổi làm việc, các buổi theo thứ tự và cách nhau",
            en="seven days, sessions on each from Monday to Friday, in order and apart",
        )


@attrs.frozen(kw_only=True)
class Season:
    """Other hours in a part of every year, which may reach over New Year."""

    first: tuple[int, int]
    """Month and day."""
    last: tuple[int, int]
    week: tuple[tuple[Session, ...], ...] = attrs.field(validator=_check_week)

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def _make_up(value: object) -> MakeUpHours:
    return code_of("make_up", MakeUpHours, value)


@attrs.frozen(kw_only=True)
class WorkingHours:
    """The office hours of an agency. Which days are working days is the calendar's matter.

    >>> hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    >>> hours.week[0][1].closes
    datetime.time(17, 0)

    Raises:
        InvalidValueError: a weekday from Monday to Friday without a session, or sessions that overlap.
    """

    week: tuple[tuple[Session, ...], ...] = attrs.field(validator=_check_week)
    """Sessions from Monday to Sunday."""
    seasons: tuple[Season, ...] = ()
    """The first that holds the day comes before :attr:`week`."""
    make_up: MakeUpHours = attrs.field(default=MakeUpHours.REPLACED_DAY, converter=_make_up)
    name: Text | None = None
    basis: tuple[Basis, ...] = ()

    @classmethod
    def parse(cls, text: str) -> WorkingHours:
        """Read the sessions of every day from Monday to Friday: ``07:30-11:30, 13:30-17:00``.

        Raises:
            InvalidValueError: a session cannot be read, or sessions overlap.
        """
        day = tuple(Session.parse(part.strip()) for part in text[:200].split(","))
        return cls(week=(day,) * 5 + ((),) * 2)

    @classmethod
    def from_document(cls, document: object, *, source: str | None = None) -> WorkingHours:
        """Read a document under ``schemas/working-hours.schema.json``.

        Raises:
            InvalidDocumentError: it is not valid.
        """
        ensure_valid(document, "working-hours", source=source)
        return cls._structured(document, source)

    @classmethod
    def _structured(cls, document: Any, source: str | None) -> WorkingHours:
        bases = structure(document.get("bases", {}), dict[str, Basis], source=source)
        try:
            return cls(
                week=_week(document["week"]),
                seasons=tuple(
                    Season(first=_month_day(s["first"]), last=_month_day(s["last"]), week=_week(s["week"]))
                    for s in document.get("seasons", ())
                ),
                make_up=document.get("make_up", MakeUpHours.REPLACED_DAY),
                name=Text(**document["name"]) if "name" in document else None,
                basis=tuple(bases[name] for name in document.get("basis", ())),
            )
        except (InvalidValueError, KeyError) as error:
            text = (
                error.message
                if isinstance(error, InvalidValueError)
                else Text(vi=f"không có căn cứ {error}", en=f"no basis {error}")
            )
            problem = Problem(path="$", rule="working-hours/value", text=text)
            raise InvalidDocumentError(problems=(problem,), source=source) from None

    def to_document(self) -> dict[str, Any]:
        """Return the hours as a document; ``from_document`` reads it back."""
        document: dict[str, Any] = {
            "schema_version": "1.0",
            "week": _plain_week(self.week),
            "make_up": self.make_up.value,
        }
        if self.name:
            document["name"] = {"vi": self.name.vi, "en": self.name.en}
        if self.basis:
            document["bases"] = {f"basis-{n}": unstructure(basis) for n, basis in enumerate(self.basis, 1)}
            document["basis"] = list(document["bases"])
        if self.seasons:
            document["seasons"] = [
                {
                    "first": "{:02d}-{:02d}".format(*season.first),
                    "last": "{:02d}-{:02d}".format(*season.last),
                    "week": _plain_week(season.week),
                }
                for season in self.seasons
            ]
        return document

    def sessions(self, calendar: WorkingCalendar, day: date) -> tuple[Session, ...]:
        """Return the sessions of *day*; none on a day off."""
        if not calendar.is_workday(day):
            return ()
        weekday = day.weekday()
        if weekday >= 5 and self.make_up is MakeUpHours.REPLACED_DAY:
            replaced = getattr(calendar.day(day), "replaces", None)
            weekday = replaced.weekday() if isinstance(replaced, date) and replaced.weekday() < 5 else 0
        week = next((season.week for season in self.seasons if day in season), self.week)
        return week[weekday]

    def closing(self, calendar: WorkingCalendar, day: date) -> datetime:
        """Return when the last session of *day* closes; the end of the civil day where there is none."""
        sessions = self.sessions(calendar, day)
        return datetime.combine(day, sessions[-1].closes if sessions else END_OF_DAY, HO_CHI_MINH)

    def add(self, calendar: WorkingCalendar, moment: datetime, amount: int | Decimal | Fraction) -> datetime:
        """Return the first moment by which *amount* working hours have passed since *moment*.

        Time outside sessions does not count. With an amount of 0: *moment* itself if it lies in a session,
        else the next opening.

        Raises:
            InvalidValueError: a naive moment, a negative amount, or one finer than a microsecond.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        at = aware(moment, "moment")
        # A float is never exact, so it is not a number of hours here.
        number = cast("object", amount)
        exact = isinstance(number, int | Fraction) or (isinstance(number, Decimal) and number.is_finite())
        parts = Fraction(amount) * _MICROSECONDS if exact else Fraction(-1)
        if parts < 0 or parts.denominator != 1:
            raise InvalidValueError.of(
                "amount", amount, vi="số giờ chính xác, không âm", en="exact hours, not negative"
            )
        left = timedelta(microseconds=parts.numerator)
        day = at.date()
        while True:
            for session in self.sessions(calendar, day):
                start = max(at, datetime.combine(day, session.opens, HO_CHI_MINH))
                end = datetime.combine(day, session.closes, HO_CHI_MINH)
                # At the very close nothing of the session is left, and no new work can begin.
                if start < end:
                    if left <= end - start:
                        return start + left
                    left -= end - start
            day = calendar.next(day)

    def between(self, calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
        """Return the working time from *start* to *end*, exact; negative when *end* comes first.

        Raises:
            InvalidValueError: a naive moment.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        first, last = aware(start, "start"), aware(end, "end")
        if last < first:
            return -self.between(calendar, last, first)
        total = timedelta()
        day = first.date()
        while day <= last.date():
            for session in self.sessions(calendar, day):
                opens = max(first, datetime.combine(day, session.opens, HO_CHI_MINH))
                closes = min(last, datetime.combine(day, session.closes, HO_CHI_MINH))
                total += max(closes - opens, timedelta())
            day += timedelta(days=1)
        return total


@cache
def office_hours() -> WorkingHours:
    """Return the hours used where an agency states none: the packaged table, observed and not law."""
    name = "vn/deadlines/office-hours"
    return WorkingHours._structured(resources.data(name), name)  # noqa: SLF001 - packaged data is validated by a test  # pyright: ignore[reportPrivateUsage]


def transfer_due(received_at: datetime, *, calendar: WorkingCalendar, hours: WorkingHours | None = None) -> datetime:
    """Return by when a dossier handed in at the desk must be with the body that handles it.

    The same working day; received after 15:00, the start of the next working day (Decree 61/2018/NĐ-CP,
    art. 18; assumed to live on in Decree 118/2025/NĐ-CP). Received on a day off: as received at the
    opening of the next working day.

    >>> from onestop_core import workdays
    >>> moment = datetime.fromisoformat("2026-02-13T15:01+07:00")
    >>> transfer_due(moment, calendar=workdays.calendar("vn-civil")).isoformat()
    '2026-02-23T07:00:00+07:00'

    Raises:
        InvalidValueError: a naive moment.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    at = aware(received_at, "received_at")
    office = hours or office_hours()
    day = at.date()
    if not calendar.is_workday(day):
        return office.closing(calendar, calendar.next(day))
    if at.time() > parameters().late_after:
        return office.add(calendar, datetime.combine(calendar.next(day), time(), HO_CHI_MINH), 0)
    return office.closing(calendar, day)


def _week(days: Mapping[str, list[str]]) -> tuple[tuple[Session, ...], ...]:
    return tuple(tuple(Session.parse(text) for text in days.get(name, ())) for name in _WEEKDAYS)


def _plain_week(week: tuple[tuple[Session, ...], ...]) -> dict[str, list[str]]:
    return {name: [str(s) for s in day] for name, day in zip(_WEEKDAYS, week, strict=True) if day}


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
