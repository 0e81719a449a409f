"""What a new decision does to appointments that were already made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.errors.gates import gated
from onestop_core.model import plain_day
from onestop_core.model.words import plain_text
from onestop_core.workdays.engine import Calendar, a_calendar
from onestop_core.workdays.values import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Appointment", "Impact", "impact"]


_MAX_DAYS: Final = 1_000_000
"""More working days than any calendar has."""


def _whole(value: object, what: str) -> int:
    if type(value) is not int or abs(value) > _MAX_DAYS:
        raise InvalidValueError.of(what, value, vi="số nguyên", en="a whole number")
    return value


@attrs.frozen(kw_only=True, field_transformer=gated({"str": plain_text, "dt.date": plain_day, "int": _whole}))
class Appointment:
    """An open appointment as the calendar sees it: so many working days after a day.

    Raises:
        InvalidValueError: the id is no text, the start no plain date, or the number not whole.
    """

    id: str
    start: dt.date
    """The day of receipt, or of the last restart."""
    working_days: int


@attrs.frozen(kw_only=True)
class Impact:
    """An appointment that a change of calendar moves."""

    id: str
    before: dt.date
    after: dt.date
    because: tuple[Day, ...]
    """The days, as the new calendar has them, that were worked and are not, or the reverse."""


def impact(
    old: Calendar, new: Calendar, appointments: Iterable[Appointment | tuple[str, dt.date, int]]
) -> tuple[Impact, ...]:
    """Return which of the open *appointments* fall on another day under *new* than under *old*, in their order.

    >>> import datetime as dt
    >>> from onestop_core.workdays import calendar
    >>> old, new = (calendar("vn-civil", as_of=dt.date(2025, 12, day)) for day in (24, 25))
    >>> [moved] = impact(old, new, [("H26-1", dt.date(2025, 12, 29), 3), ("H26-2", dt.date(2026, 1, 5), 3)])
    >>> moved.id, moved.before, moved.after, [day.date.isoformat() for day in moved.because]
    ('H26-1', datetime.date(2026, 1, 2), datetime.date(2026, 1, 5), ['2026-01-02'])

    Args:
        old: The calendar by which the appointments were made.
        new: The calendar after the decision.
        appointments: :class:`Appointment`, or (id, start, working days).

    Raises:
        InvalidValueError: a calendar that is none, or an appointment that cannot be counted.
        CalendarCoverageError: a calendar does not reach far enough.
    """
    a_calendar(old, "old")
    a_calendar(new, "new")
    try:
        given = list(appointments)
    except Exception as error:
        raise _not_appointments(appointments) from error
    return tuple(_moved(old, new, given))


def _moved(
    old: Calendar, new: Calendar, appointments: Iterable[Appointment | tuple[str, dt.date, int]]
) -> Iterator[Impact]:
    for each in appointments:
        made = each if isinstance(each, Appointment) else _appointment(each)
        before, after = old.add(made.start, made.working_days), new.add(made.start, made.working_days)
        if before == after:
            continue
        first, last = min(made.start, before, after), max(made.start, before, after)
        days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        because = tuple(new.day(day) for day in days if old.is_workday(day) is not new.is_workday(day))
        yield Impact(id=made.id, before=before, after=after, because=because)


def _appointment(given: object) -> Appointment:
    parts = cast("Sequence[Any]", given) if type(given) in {tuple, list} else ()
    if len(parts) != 3:
        raise _not_appointments(given)
    return Appointment(id=parts[0], start=parts[1], working_days=parts[2])


def _not_appointments(given: Any) -> InvalidValueError:
    return InvalidValueError.of(
        "appointments", given, vi="(mã, ngày bắt đầu, số ngày làm việc)", en="(id, start, working days)"
    )
