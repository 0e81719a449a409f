"""Moments: aware datetimes only, in Vietnamese civil time unless they say otherwise.

``datetime`` is a subclass of ``date``; a function that takes a day must refuse a moment, whose day
depends on the zone. :func:`aware` and :func:`plain_day` are the two gates. What comes out of them is a plain
``datetime`` or ``date``, whatever subclass came in.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone
from typing import Final, cast
from zoneinfo import ZoneInfo

from onestop_core.errors import InvalidValueError

__all__ = ["HO_CHI_MINH", "aware", "day_of", "parse_moment", "plain_day", "read_moment"]

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
"""Vietnamese civil time, UTC+7 without daylight saving."""

_SEVEN_HOURS: Final = timezone(timedelta(hours=7))
_ONE_ZONE_SINCE: Final = 1975
"""The last year in which the offset changed."""
_LONGEST: Final = 64
"""Most characters in a moment as text."""


def aware(moment: object, what: str) -> datetime:
    """Return *moment* as a plain ``datetime`` in Vietnamese civil time.

    What is finer than a microsecond, in a ``pandas.Timestamp`` for example, is dropped: no database column, no JSON
    and no ``datetime`` holds it, and a log must be read back as it was sealed.

    >>> from datetime import datetime, timezone
    >>> aware(datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc), "received_at").isoformat()
    '2026-02-12T09:30:00+07:00'

    Raises:
        InvalidValueError: it is not a ``datetime``, has no time zone, or lies outside the calendar in Vietnam.
    """
    if type(moment) is datetime and 1 < moment.year < MAXYEAR:
        zone = moment.tzinfo
        if zone is HO_CHI_MINH:
            return moment
        if type(zone) is timezone:
            # An offset of the standard library answers nothing strange; Vietnam's own is the usual one.
            if zone == _SEVEN_HOURS and moment.year > _ONE_ZONE_SINCE and not moment.fold:
                return datetime.combine(moment, moment.time(), HO_CHI_MINH)  # a fifth of the time of replace
            return moment.astimezone(HO_CHI_MINH)
    if isinstance(moment, datetime):
        plain = moment if type(moment) is datetime else _plain(moment)
        # Time zones are objects of others, which may answer anything.
        try:
            if plain is not None and plain.utcoffset() is not None:
                # By way of UTC: a moment that has none cannot be compared with others.
                return plain.astimezone(UTC).astimezone(HO_CHI_MINH)
        except OverflowError:
            raise _outside(what, moment) from None
        except Exception:  # noqa: BLE001 - see above
            plain = None
    raise InvalidValueError.of(
        what,
        moment,
        vi="thời điểm có múi giờ, ví dụ 2026-02-12T09:30+07:00",
        en="a datetime with a time zone, such as 2026-02-12T09:30+07:00",
    )


def _plain(moment: datetime) -> datetime | None:
    try:
        return datetime(
            moment.year,
            moment.month,
            moment.day,
            moment.hour,
            moment.minute,
            moment.second,
            moment.microsecond,
            tzinfo=moment.tzinfo,
            fold=moment.fold,
        )
    except Exception:  # noqa: BLE001 - "not a time" of pandas is a datetime without a year
        return None


def _outside(what: str, value: object) -> InvalidValueError:
    return InvalidValueError.of(
        what,
        value,
        vi="thời điểm nằm trong lịch (năm 1 đến năm 9999 theo giờ Việt Nam)",
        en="a moment inside the calendar (years 1 to 9999 in Vietnam)",
    )


def plain_day(day: object, what: str) -> date:
    """Return *day* as a plain ``date``, also where it is of a subclass such as pendulum's.

    >>> from datetime import date
    >>> plain_day(date(2026, 2, 12), "start")
    datetime.date(2026, 2, 12)

    Raises:
        InvalidValueError: it is something else, a ``datetime`` included.
    """
    if type(day) is date:
        return day
    if isinstance(day, date) and not isinstance(day, datetime):
        return date(day.year, day.month, day.day)
    raise InvalidValueError.of(what, day, vi="một ngày (date), không phải thời điểm", en="a date, not a datetime")


def day_of(moment: datetime) -> date:
    """Return the Vietnamese civil day of an aware *moment*.

    >>> from datetime import datetime, timezone
    >>> day_of(datetime(2026, 2, 12, 18, 0, tzinfo=timezone.utc))
    datetime.date(2026, 2, 13)

    Raises:
        InvalidValueError: as :func:`aware`.
    """
    return aware(moment, "moment").date()


def parse_moment(text: str, what: str = "moment") -> datetime:
    """Read an ISO 8601 moment that states its offset, and return it in Vietnamese civil time.

    A moment without an offset is refused rather than guessed.

    >>> parse_moment("2026-02-12T02:30Z").isoformat()
    '2026-02-12T09:30:00+07:00'

    Raises:
        InvalidValueError: the text is not such a moment.
    """
    moment = None
    if isinstance(cast("object", text), str) and len(written := str.__str__(text)) <= _LONGEST:
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            moment = None
    return _with_offset(moment, text, what)


def _with_offset(moment: datetime | None, text: object, what: str) -> datetime:
    if moment is None or moment.utcoffset() is None:
        raise InvalidValueError.of(
            what,
            text,
            vi="thời điểm ISO 8601 có múi giờ, ví dụ 2026-02-12T09:30+07:00",
            en="an ISO 8601 moment with its offset, such as 2026-02-12T09:30+07:00",
        )
    return aware(moment, what)


_IN_FILES: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]| {1,2})([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:[.,]([0-9]{1,9}))?"
    r" ?(?:([Zz]|UTC|GMT)|([+-][0-9]{2})(?::?([0-9]{2}))?)",
    re.ASCII,
)


def read_moment(text: str, what: str = "moment") -> datetime:
    """Read a moment as programs write it into files: pandas, PostgreSQL and others; its offset is still demanded.

    >>> [read_moment(text).isoformat() for text in ("2026-10-12 08:00:00+07:00", "2026-10-12 08:00:00.5+07")]
    ['2026-10-12T08:00:00+07:00', '2026-10-12T08:00:00.500000+07:00']
    >>> read_moment("2026-10-12T01:00Z") == read_moment("2026-10-12 01:00:00 UTC") == read_moment("2026-10-12T08:00+0700")
    True

    What is finer than a microsecond is dropped, see :func:`aware`.

    Raises:
        InvalidValueError: the text is not such a moment, or has no offset.
    """
    moment = None
    if isinstance(cast("object", text), str) and len(written := str.__str__(text)) <= _LONGEST:
        found = _IN_FILES.fullmatch(written.strip())
        if found is not None:
            day, time, seconds, fraction, zero, hours, minutes = found.groups()
            offset = "+00:00" if zero else f"{hours}:{minutes or '00'}"
            fine = f".{fraction[:6]:0<6}" if fraction else ""
            try:
                moment = datetime.fromisoformat(f"{day}T{time}{seconds or ':00'}{fine}{offset}")
            except ValueError:
                moment = None
    return _with_offset(moment, text, what)
