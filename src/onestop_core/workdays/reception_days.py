"""When a dossier can be handed in: working days, and the days that local decisions open besides.

A thing of its own: reception never makes a day a working day.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import Gate, gated
from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval, plain_day
from onestop_core.workdays.values import DayKind
from onestop_core.workdays.working_calendar import Calendar, a_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Reception", "reception"]

_WEEKDAYS: Final = {"saturday": 5, "sunday": 6}


def _weekdays(value: Any, what: str) -> tuple[tuple[int, Interval], ...]:
    try:
        pairs = tuple((weekday, during) for weekday, during in value)
    except Exception:  # noqa: BLE001 - whatever it is, it is not what is wanted
        pairs = ((None, None),)
    if not all(
        type(weekday) is int and 0 <= weekday <= 6 and isinstance(during, Interval) for weekday, during in pairs
    ):
        raise InvalidValueError.of(
            what, value, vi="các cặp (thứ từ 0 đến 6, khoảng ngày)", en="pairs of a weekday, 0 to 6, and an Interval"
        )
    return pairs


def _dates(value: Any, what: str) -> frozenset[dt.date]:
    try:
        days = list(value)
    except Exception as error:
        raise InvalidValueError.of(what, value, vi="các ngày", en="dates") from error
    return frozenset(plain_day(day, what) for day in days)


_GATES: Final[dict[Any, Gate]] = {
    Calendar: a_calendar,
    tuple[tuple[int, Interval], ...]: _weekdays,
    frozenset[dt.date]: _dates,
}


@attrs.frozen(kw_only=True, field_transformer=gated(_GATES))
class Reception:
    """The days on which a dossier can be handed in: working days, and those that decisions open besides.

    Raises:
        InvalidValueError: what is given is not of the kind that a field says.
    """

    calendar: Calendar
    weekdays: tuple[tuple[int, Interval], ...] = ()
    """Weekdays, Monday being 0, and the days on which that holds."""
    dates: frozenset[dt.date] = frozenset()

    def is_open(self, day: dt.date) -> bool:
        """Return whether a dossier can be handed in on *day*.

        A weekday that decisions open stays closed on a public holiday.

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: the calendar does not cover *day*.
        """
        found = self.calendar.day(day)
        if found.is_workday or day in self.dates:
            return True
        opened = any(day.weekday() == weekday and day in during for weekday, during in self.weekdays)
        return opened and found.kind is DayKind.WEEKEND

    def next_open(self, day: dt.date) -> dt.date:
        """Return the first day strictly after *day* on which a dossier can be handed in.

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: there is none in the coverage.
        """
        day = plain_day(day, "day")
        self.calendar.is_workday(day)  # a day outside the coverage is refused before it is counted from
        day += dt.timedelta(days=1)
        while not self.is_open(day):
            day += dt.timedelta(days=1)
        return day


def reception(calendar: Calendar, decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any] = ()) -> Reception:
    """Return when dossiers can be handed in under *calendar*, with what *decisions* say besides its own.

    What they say of working days holds here too. Of two decisions about reception the later replaces the
    earlier if it names it in ``supersedes``; otherwise both open the desk.

    >>> import datetime as dt
    >>> from onestop_core.workdays import calendar
    >>> reception(calendar("vn-civil")).next_open(dt.date(2026, 2, 13))
    datetime.date(2026, 2, 23)

    Raises:
        InvalidValueError: *calendar* is none, or *decisions* are neither one nor several.
        InvalidDocumentError: as :meth:`Calendar.with_decisions <onestop_core.workdays.Calendar.with_decisions>`.
    """
    calendar = a_calendar(calendar).with_decisions(decisions)
    opening = [one for one in calendar.decisions if "reception" in one]
    replaced = {name for one in opening for name in one.get("supersedes", ())}
    weekdays: list[tuple[int, Interval]] = []
    dates: set[dt.date] = set()
    for document in opening:
        if document["id"] in replaced:
            continue
        opened = document["reception"]
        during = Interval(first=_day(opened.get("from")), last=_day(opened.get("to")))
        weekdays += [(_WEEKDAYS[name], during) for name in opened.get("weekdays", ())]
        dates.update(dt.date.fromisoformat(text) for text in opened.get("dates", ()))
    return Reception(calendar=calendar, weekdays=tuple(weekdays), dates=frozenset(dates))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
