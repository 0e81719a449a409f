"""Moments: aware datetimes only, in Vietnamese civil time unless they say otherwise.

``datetime`` is a subclass of ``date``; a function that takes a day must refuse a moment, whose day
depends on the zone. :func:`aware` and :func:`plain_day` are the two gates.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from onestop_core.errors import InvalidValueError

__all__ = ["HO_CHI_MINH", "aware", "day_of", "parse_moment", "plain_day"]

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
"""Vietnamese civil time, UTC+7 without daylight saving."""


def aware(moment: object, what: str) -> datetime:
    """Return *moment* in Vietnamese civil time.

    >>> from datetime import datetime, timezone
    >>> aware(datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc), "received_at").isoformat()
    '2026-02-12T09:30:00+07:00'

    Raises:
        InvalidValueError: it is not a ``datetime`` or has no time zone.
    """
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise InvalidValueError.of(
            what,
            moment.isoformat() if isinstance(moment, datetime) else moment,
            vi="thời điểm có múi giờ, ví dụ 2026-02-12T09:30+07:00",
            en="a datetime with a time zone, such as 2026-02-12T09:30+07:00",
        )
    return moment.astimezone(HO_CHI_MINH)


def plain_day(day: object, what: str) -> date:
    """Return *day* as a plain ``date``, also where it is of a subclass such as pendulum's.

    >>> from datetime import date
    >>> plain_day(date(2026, 2, 12), "start")
    datetime.date(2026, 2, 12)

    Raises:
        InvalidValueError: it is something else, a ``datetime`` included.
    """
    if isinstance(day, datetime) or not isinstance(day, date):
        raise InvalidValueError.of(what, day, vi="một ngày (date), không phải thời điểm", en="a date, not a datetime")
    return day if type(day) is date else date(day.year, day.month, day.day)


def day_of(moment: datetime) -> date:
    """Return the Vietnamese civil day of an aware *moment*.

    >>> from datetime import datetime, timezone
    >>> day_of(datetime(2026, 2, 12, 18, 0, tzinfo=timezone.utc))
    datetime.date(2026, 2, 13)
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
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise InvalidValueError.of(
            what,
            text,
            vi="thời điểm ISO 8601 có múi giờ, ví dụ 2026-02-12T09:30+07:00",
            en="an ISO 8601 moment with its offset, such as 2026-02-12T09:30+07:00",
        )
    try:
        return moment.astimezone(HO_CHI_MINH)
    except OverflowError:
        raise InvalidValueError.of(what, text, vi="thời điểm trong lịch", en="a moment inside the calendar") from None
