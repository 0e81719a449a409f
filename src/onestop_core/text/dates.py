"""Days, moments and periods as people write them, whatever the locale of the machine."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from onestop_core.text.words import Text, refuse

__all__ = ["day_in_words", "day_text", "long_date", "moment_in_words", "moment_text", "period_text"]

_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_text(day: date) -> Text:
    """Return *day* in figures.

    >>> from datetime import date
    >>> day_text(date(2026, 2, 17)).vi, day_text(date(2026, 2, 17)).en
    ('17/02/2026', '2026-02-17')

    Raises:
        InvalidValueError: it is not a day.
    """
    # "Not a time" of pandas is a datetime without a year.
    if not isinstance(cast("object", day), date) or not isinstance(cast("object", day.year), int):
        refuse("day", day, vi="một ngày (date)", en="a date")
    return Text(vi=f"{day.day:02d}/{day.month:02d}/{day.year:04d}", en=f"{day.year:04d}-{day.month:02d}-{day.day:02d}")


def long_date(day: date, *, starts_line: bool = False) -> Text:
    """Return *day* with its weekday; Vietnamese writes ``Thứ`` with a capital where it *starts a line* only.

    >>> from datetime import date
    >>> long_date(date(2026, 2, 17)).en
    'Tue 2026-02-17'
    >>> long_date(date(2026, 2, 17)).vi, long_date(date(2026, 2, 17), starts_line=True).vi
    ('thứ Ba, 17/02/2026', 'Thứ Ba, 17/02/2026')
    """
    plain, weekday = day_text(day), _WEEKDAYS_VI[day.weekday()]
    if starts_line is True:
        weekday = weekday[0].upper() + weekday[1:]
    return Text(vi=f"{weekday}, {plain.vi}", en=f"{_WEEKDAYS_EN[day.weekday()]} {plain.en}")


def moment_text(moment: datetime) -> Text:
    """Return *moment* to the minute, or as fine as it is where it has more.

    >>> from datetime import datetime
    >>> moment_text(datetime(2026, 3, 1, 9, 0)).vi, moment_text(datetime(2026, 3, 1, 9, 0)).en
    ('09:00 ngày 01/03/2026', '2026-03-01 09:00')
    >>> moment_text(datetime(2026, 3, 1, 9, 0, 0, 250_000)).vi
    '09:00:00,25 ngày 01/03/2026'

    Raises:
        InvalidValueError: it is not a moment.
    """
    if not isinstance(cast("object", moment), datetime):
        refuse("moment", moment, vi="một thời điểm (datetime)", en="a datetime")
    plain = day_text(moment)
    time = f"{moment.hour:02d}:{moment.minute:02d}"
    if moment.second or moment.microsecond:
        time += f":{moment.second:02d}"
    fraction = f"{moment.microsecond:06d}".rstrip("0")
    vi, en = (f"{time}{mark}{fraction}" if fraction else time for mark in ",.")
    return Text(vi=f"{vi} ngày {plain.vi}", en=f"{plain.en} {en}")


def day_in_words(day: date) -> Text:
    """Return *day* as documents of the state write it: days up to 9 and months up to 2 with a zero before them.

    >>> from datetime import date
    >>> day_in_words(date(2026, 2, 5)).vi, day_in_words(date(2026, 3, 12)).vi
    ('ngày 05 tháng 02 năm 2026', 'ngày 12 tháng 3 năm 2026')
    >>> day_in_words(date(2026, 2, 5)).en
    '5 February 2026'

    Raises:
        InvalidValueError: it is not a day.
    """
    day_text(day)  # refuses what is none
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return Text(
        vi=f"ngày {day.day:02d} tháng {month} năm {day.year:04d}",
        en=f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year:04d}",
    )


def moment_in_words(moment: datetime) -> Text:
    """Return *moment* as documents of the state write it, to the minute.

    >>> from datetime import datetime
    >>> moment_in_words(datetime(2026, 3, 2, 8, 20)).vi, moment_in_words(datetime(2026, 3, 2, 8, 20)).en
    ('08 giờ 20 phút, ngày 02 tháng 3 năm 2026', '08:20, 2 March 2026')

    Raises:
        InvalidValueError: it is not a moment.
    """
    moment_text(moment)  # refuses what is none
    day = day_in_words(moment)
    return Text(
        vi=f"{moment.hour:02d} giờ {moment.minute:02d} phút, {day.vi}",
        en=f"{moment.hour:02d}:{moment.minute:02d}, {day.en}",
    )


def period_text(first: date | None, last: date | None) -> Text:
    """Return the days from *first* to *last*, both included; None is open.

    >>> from datetime import date
    >>> period_text(date(2018, 6, 21), date(2025, 6, 30)).vi
    '21/06/2018 – 30/06/2025'
    >>> period_text(date(2025, 7, 1), None).vi, period_text(None, date(2025, 6, 30)).en
    ('từ 01/07/2025', 'until 2025-06-30')
    """
    start, end = (None if day is None else day_text(day) for day in (first, last))
    if start is not None and end is not None:
        return Text(vi=f"{start.vi} – {end.vi}", en=f"{start.en} to {end.en}")
    if start is not None:
        return Text(vi=f"từ {start.vi}", en=f"from {start.en}")
    if end is not None:
        return Text(vi=f"đến {end.vi}", en=f"until {end.en}")
    return Text(vi="mọi thời gian", en="always")
