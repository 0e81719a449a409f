"""Office hours: when on a working day an agency works, and exact arithmetic in working time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import gated
from onestop_core.deadlines.hours.sessions import WEEKDAYS, Season, Session, Week, hours_text, week_of
from onestop_core.deadlines.hours.working_time import CLOSED, WorkingDay, exact_hours, moment_on, since_midnight
from onestop_core.deadlines.terms.values import END_OF_DAY, WorkingCalendar
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import HO_CHI_MINH, Basis, aware, plain_day
from onestop_core.rules.cited import unknown_bases
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text
from onestop_core.text.codes import Code
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

__all__ = ["MakeUpHours", "Season", "Session", "WorkingHours", "as_calendar", "office_hours"]

_BETWEEN_SESSIONS: Final = re.compile(r" ?(?:[,;\n]| và ) ?")
_DAY: Final = timedelta(days=1)


class MakeUpHours(Code):
    """Which hours a make-up working day has."""

    REPLACED_DAY = "replaced_day"
    """Those of the weekday that it is worked for; of Monday where the calendar does not name that day."""
    OWN_WEEKDAY = "own_weekday"
    """Those of its own weekday, none if it has none."""


def _make_up(value: MakeUpHours | str) -> MakeUpHours:
    return MakeUpHours.of(value, "make_up")


def as_calendar(value: Any) -> WorkingCalendar:
    """Return *value* if it is a calendar.

    Raises:
        InvalidValueError: it is none.
    """
    try:
        found = isinstance(value, Calendar) or hasattr(value, "is_workday")
    except Exception:  # noqa: BLE001 - calendars are objects of hosts, which may answer anything
        found = False
    if not found:
        raise InvalidValueError.of(
            "calendar", value, vi="một lịch làm việc (workdays.calendar)", en="a calendar, from workdays.calendar"
        )
    return value  # type: ignore[no-any-return]


def _days_of_week(hours: WorkingHours) -> tuple[WorkingDay, ...]:
    return tuple(map(WorkingDay.of, hours.week))


def _days_of_seasons(hours: WorkingHours) -> tuple[tuple[Season, tuple[WorkingDay, ...]], ...]:
    return tuple((season, tuple(map(WorkingDay.of, season.week))) for season in hours.seasons)


def _even_days(hours: WorkingHours) -> int | None:
    # A make-up day with the hours of a weekday has that weekday's.
    days = hours.week[:5] if hours.make_up is MakeUpHours.REPLACED_DAY else hours.week
    totals = {WorkingDay.of(sessions).total for sessions in days}
    return totals.pop() if len(totals) == 1 and not hours.seasons else None


@attrs.frozen(kw_only=True, field_transformer=gated({Week: week_of}))
class WorkingHours:
    """The office hours of an agency. Which days are working days is the calendar's matter.

    >>> hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    >>> hours.week[0][1].closes
    datetime.time(17, 0)

    Raises:
        InvalidValueError: a weekday from Monday to Friday without a session, or sessions that overlap.
    """

    week: Week
    """Sessions from Monday to Sunday."""
    seasons: tuple[Season, ...] = ()
    """The first that holds the day comes before :attr:`week`."""
    make_up: MakeUpHours = attrs.field(default=MakeUpHours.REPLACED_DAY, converter=_make_up)
    name: Text | None = None
    basis: tuple[Basis, ...] = ()
    _days: tuple[WorkingDay, ...] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_days_of_week, takes_self=True)
    )
    _seasonal: tuple[tuple[Season, tuple[WorkingDay, ...]], ...] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_days_of_seasons, takes_self=True)
    )
    _even: int | None = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_even_days, takes_self=True)
    )
    """The working time of a working day, where all have the same; None where they differ."""

    def __reduce__(self) -> tuple[Any, ...]:
        # By what was said, not by what was worked out from it, which another version may do otherwise.
        said = {field.name: getattr(self, field.name) for field in attrs.fields(WorkingHours) if field.init}
        return partial(WorkingHours, **said), ()

    def __repr__(self) -> str:
        days = [", ".join(map(str, day)) for day in self.week]
        same = days[0] if len(set(days[:5])) == 1 else f"{days[0]} on Monday"
        return f"<WorkingHours {same}>"

    @classmethod
    def parse(cls, text: str) -> WorkingHours:
        """Read the sessions of every day from Monday to Friday, as offices write them.

        >>> WorkingHours.parse("07:30-11:30, 13:30-17:00") == WorkingHours.parse("Sáng: 7h30 - 11h30; chiều: 13h30 - 17h")
        True

        Raises:
            InvalidValueError: a session cannot be read, sessions overlap, or the text is longer than any hours are.
        """
        day = tuple(Session.parse(part) for part in _BETWEEN_SESSIONS.split(hours_text(text, "hours")))
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
        if problems := tuple(unknown_bases(document)):
            raise InvalidDocumentError(problems=problems, source=source)
        bases = structure(document.get("bases", {}), dict[str, Basis], source=source)
        name = structure(document["name"], Text, source=source) if "name" in document else None
        place = "$"
        try:
            seasons: list[Season] = []
            for index, season in enumerate(document.get("seasons", ())):
                place = f"$.seasons[{index}]"
                first, last = (_month_day(season[end]) for end in ("first", "last"))
                seasons.append(Season(first=first, last=last, week=_sessions(season["week"])))
            place = "$.week"
            return cls(
                week=_sessions(document["week"]),
                seasons=tuple(seasons),
                make_up=document.get("make_up", MakeUpHours.REPLACED_DAY),
                name=name,
                basis=tuple(bases[each] for each in document.get("basis", ())),
            )
        except InvalidValueError as error:
            problem = Problem(path=place, rule="working-hours/value", text=error.message)
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
        """Return the sessions of *day*; none on a day off.

        Raises:
            InvalidValueError: *calendar* is none, or *day* no plain date.
            CalendarCoverageError: the calendar does not reach the day.
        """
        return self._day(as_calendar(calendar), plain_day(day, "day")).sessions

    def closing(self, calendar: WorkingCalendar, day: date) -> datetime:
        """Return when the last session of *day* closes; the last second of the day where there is none, or at 24:00.

        Raises:
            InvalidValueError: *calendar* is none, or *day* no plain date.
            CalendarCoverageError: the calendar does not reach the day.
        """
        if type(day) is not date:
            day = plain_day(day, "day")
        return datetime.combine(day, self._day(as_calendar(calendar), day).closes or _END)

    def add(self, calendar: WorkingCalendar, moment: datetime, amount: int | Decimal | Fraction) -> datetime:
        """Return the first moment by which *amount* working hours have passed since *moment*.

        Time outside sessions does not count. With an amount of 0: *moment* itself if it lies in a session,
        else the next opening. With a negative amount: the last moment from which so many working hours pass until
        *moment*, to remind so long before; from a moment inside a session, there and back again is the moment itself.

        >>> from datetime import datetime
        >>> from onestop_core import workdays
        >>> hours, cal = WorkingHours.parse("07:30-11:30, 13:30-17:00"), workdays.calendar("vn-civil")
        >>> at = datetime.fromisoformat("2026-03-03T09:00+07:00")
        >>> hours.add(cal, at, -4).isoformat(), hours.add(cal, hours.add(cal, at, -4), 4) == at
        ('2026-03-02T14:30:00+07:00', True)

        Raises:
            InvalidValueError: *calendar* is none, a naive moment, or an amount that is not exact, finer than a
                microsecond, or beyond all calendars.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        as_calendar(calendar)
        at, left = aware(moment, "moment"), exact_hours(amount)
        day, into = at.date(), since_midnight(at)
        if left < 0:
            return self._back(calendar, day, into, -left)
        today = self._day(calendar, day)
        if left == 0:
            while (opening := today.open_from(into)) is None:
                day, into = calendar.next(day), 0
                today = self._day(calendar, day)
            return moment_on(day, opening)
        done = today.done(into)
        if left <= today.total - done:
            return moment_on(day, today.earliest(done + left))
        left -= today.total - done
        if self._even is not None:
            days, left = divmod(left - 1, self._even)
            day = calendar.add(day, days + 1)
            return moment_on(day, self._day(calendar, day).earliest(left + 1))
        while True:
            day = calendar.next(day)
            today = self._day(calendar, day)
            if left <= today.total:
                return moment_on(day, today.earliest(left))
            left -= today.total

    def _back(self, calendar: WorkingCalendar, day: date, into: int, left: int) -> datetime:
        # Few days: reminders go back hours. A calendar of a host need not know the working day before another.
        today = self._day(calendar, day)
        done = today.done(into)
        while left > done:
            left -= done
            try:
                day -= _DAY
            except OverflowError:
                raise InvalidValueError.of("moment", day, vi="một ngày muộn hơn", en="a later day") from None
            today = self._day(calendar, day)
            done = today.total
        return moment_on(day, today.latest(done - left))

    def between(self, calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
        """Return the working time from *start* to *end*, exact; negative when *end* comes first.

        Raises:
            InvalidValueError: *calendar* is none, or a naive moment.
            CalendarCoverageError: the calendar does not reach far enough.
        """
        as_calendar(calendar)
        first, last = aware(start, "start"), aware(end, "end")
        if last < first:
            return -self.between(calendar, last, first)
        day, end_day = first.date(), last.date()
        today, end_today = self._day(calendar, day), self._day(calendar, end_day)
        if self._even is not None:
            whole = self._even * calendar.count(day, end_day) - end_today.total + today.total
        else:
            whole = 0
            while day < end_day:
                whole += self._day(calendar, day).total
                day += _DAY
        return timedelta(microseconds=whole - today.done(since_midnight(first)) + end_today.done(since_midnight(last)))

    def _day(self, calendar: WorkingCalendar, day: date) -> WorkingDay:
        if not calendar.is_workday(day):
            return CLOSED
        weekday = day.weekday()
        if weekday >= 5 and self.make_up is MakeUpHours.REPLACED_DAY:
            replaced = getattr(calendar.day(day), "replaces", None)
            weekday = replaced.weekday() if isinstance(replaced, date) and replaced.weekday() < 5 else 0
        for season, days in self._seasonal:
            if day in season:
                return days[weekday]
        return self._days[weekday]


_END: Final = END_OF_DAY.replace(tzinfo=HO_CHI_MINH)


@cache
def office_hours() -> WorkingHours:
    """Return the hours used where an agency states none: the packaged table, observed and not law."""
    name = "vn/deadlines/office-hours"
    return WorkingHours._structured(resources.data(name), name)  # noqa: SLF001 - packaged data is validated by a test  # pyright: ignore[reportPrivateUsage]


def _sessions(days: Mapping[str, list[str]]) -> Week:
    return tuple(tuple(Session.parse(text) for text in days.get(name, ())) for name in WEEKDAYS)


def _plain_week(week: Week) -> dict[str, list[str]]:
    return {name: [str(session) for session in day] for name, day in zip(WEEKDAYS, week, strict=True) if day}


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
