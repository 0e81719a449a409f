"""When on a working day an office works: sessions, weeks and seasons, read as Vietnamese offices write them."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from typing import Any, Final

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model.words import plain_text

__all__ = ["MAX_HOURS_TEXT", "WEEKDAYS", "Season", "Session", "Week", "hours_text", "week_of"]

MAX_HOURS_TEXT: Final = 200
"""Longest text of office hours; the longest that was seen has some ninety characters."""

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_LAST: Final = 24 * 60
_CLOCK: Final = r"([0-9]{1,2}) ?(?:: ?([0-9]{2})|(?:h|g|giờ)(?: ?([0-9]{2}) ?(?:phút|ph|p|')?)?)"
_PART_OF_DAY: Final = r"(?:(?:buổi )?(?:sáng|chiều|tối)(?: ?:)? ?)?(?:từ )?"
_BLANKS: Final = re.compile(r"[^\S\n]+")
_SESSION: Final = re.compile(rf"{_PART_OF_DAY}{_CLOCK} ?(?:[-–—−]|đến) ?{_CLOCK}")


def hours_text(value: object, what: str) -> str:
    """Return text that states office hours in small letters, with single blanks; line breaks stay.

    Raises:
        InvalidValueError: it is no text, or too long to be that.
    """
    return _BLANKS.sub(" ", plain_text(value, what, longest=MAX_HOURS_TEXT).lower()).strip()


def _unreadable(what: str, value: object) -> InvalidValueError:
    return InvalidValueError.of(
        what,
        value,
        vi="buổi làm việc như 07:30-11:30 hoặc 7h30 - 11h30; hết ngày là 24:00",
        en="a session such as 07:30-11:30 or 7h30 - 11h30; the end of the day is 24:00",
    )


def _minutes(hours: str, minutes: str | None, minutes_after_h: str | None) -> int | None:
    """Return the minutes since midnight, None where there is no such time of day."""
    whole, part = int(hours), int(minutes or minutes_after_h or 0)
    return whole * 60 + part if part < 60 and whole * 60 + part <= _LAST else None


def _time_of_day(value: Any, _: str) -> time:
    if not isinstance(value, time) or value.tzinfo is not None or value.second or value.microsecond:
        raise _unreadable("session", value)
    return time(value.hour, value.minute)


@attrs.frozen(kw_only=True, field_transformer=gated({time: _time_of_day}))
class Session:
    """A stretch of work without a break, in full minutes.

    Raises:
        InvalidValueError: it does not end after it began, or is not in full minutes.
    """

    opens: time
    closes: time
    """Midnight, ``time(0)``, stands for 24:00, the end of the day."""

    def __attrs_post_init__(self) -> None:
        if self.closing <= self.opening:
            raise _unreadable("session", str(self))

    @property
    def opening(self) -> int:
        """When it opens, in minutes since midnight."""
        return self.opens.hour * 60 + self.opens.minute

    @property
    def closing(self) -> int:
        """When it closes, in minutes since midnight; 1,440 at the end of the day."""
        return self.closes.hour * 60 + self.closes.minute or _LAST

    @classmethod
    def parse(cls, text: str) -> Session:
        """Read ``07:30-11:30``, ``7h30 - 11h30``, ``sáng từ 7 giờ 30 đến 11 giờ 30``; ``24:00`` ends a day.

        >>> str(Session.parse("7h30 - 11h30")), str(Session.parse("13:30-24:00"))
        ('07:30-11:30', '13:30-24:00')

        Raises:
            InvalidValueError: it cannot be read.
        """
        found = _SESSION.fullmatch(hours_text(text, "session"))
        opens, closes = (_minutes(*found.groups()[:3]), _minutes(*found.groups()[3:])) if found else (None, None)
        if opens is None or closes is None or opens >= closes:
            raise _unreadable("session", text)
        return cls(opens=time(*divmod(opens, 60)), closes=time(*divmod(closes % _LAST, 60)))

    def __str__(self) -> str:
        opens, closes = divmod(self.opening, 60), divmod(self.closing, 60)
        return "{:02d}:{:02d}-{:02d}:{:02d}".format(*opens, *closes)


Week = tuple[tuple[Session, ...], ...]


def week_of(value: Any, what: str) -> Week:
    """Return the sessions from Monday to Sunday.

    Raises:
        InvalidValueError: not seven days, none from Monday to Friday, or sessions that are not in order and apart.
    """
    try:
        week: Week = tuple(tuple(day) for day in value)
    except Exception:  # noqa: BLE001 - whatever it is, it is not what is wanted
        week = ()
    if (
        len(week) != 7
        or not all(week[:5])
        or not all(isinstance(session, Session) for day in week for session in day)  # pyright: ignore[reportUnnecessaryIsInstance]
        or any(a.closing >= b.opening for day in week for a, b in pairwise(day))
    ):
        shown = [[str(session) for session in day] for day in week] if len(week) == 7 else value
        raise InvalidValueError.of(
            what,
            shown,
            vi="bảy ngày, thứ Hai đến thứ Sáu đều có buổi làm việc, các buổi theo thứ tự và cách nhau",
            en="seven days, sessions on each from Monday to Friday, in order and apart",
        )
    return week


def _day_of_year(value: Any, what: str) -> tuple[int, int]:
    try:
        month, day = value
        date(2000, month, day)  # a leap year: 29 February may begin or end a season
    except Exception:  # noqa: BLE001 - whatever it is, it is not what is wanted
        raise InvalidValueError.of(
            what, value, vi="tháng và ngày, như (4, 15)", en="month and day, as (4, 15)"
        ) from None
    return month, day


@attrs.frozen(kw_only=True, field_transformer=gated({tuple[int, int]: _day_of_year, Week: week_of}))
class Season:
    """Other hours in a part of every year, which may reach over New Year.

    Raises:
        InvalidValueError: a first or last day that no year has, or a week that is none.
    """

    first: tuple[int, int]
    """Month and day."""
    last: tuple[int, int]
    week: Week

    def __contains__(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last
