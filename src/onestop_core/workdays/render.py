"""A year of a calendar as people and programs know it: a month grid, a picture, JSON, iCalendar. Pure text, no clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from onestop_core.text import Language, Text, day_text, long_date
from onestop_core.text.safe import icalendar as escaped
from onestop_core.text.safe import line as one_line
from onestop_core.workdays.picture import draw
from onestop_core.workdays.values import Certainty, DayKind, Row
from onestop_core.workdays.working_calendar import Calendar, a_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["grid", "icalendar", "svg", "to_dict"]

_MONTH: Final = Text(vi="Tháng", en="Month")
_WEEK: Final = Text(vi="T2 T3 T4 T5 T6 T7 CN", en="Mo Tu We Th Fr Sa Su")
_LEGEND: Final = (
    ("*", Text(vi="nghỉ lễ, Tết", en="public holiday, Tết"), {DayKind.HOLIDAY, DayKind.TET, DayKind.LOCAL_OFF}),
    ("+", Text(vi="nghỉ bù", en="day in lieu"), {DayKind.DAY_IN_LIEU}),
    ("~", Text(vi="nghỉ hoán đổi", en="swapped day off"), {DayKind.SWAP_OFF}),
    ("!", Text(vi="ngày làm bù", en="make-up working day"), {DayKind.MAKEUP, DayKind.LOCAL_WORKING}),
)
_MARKS: Final = {kind: mark for mark, _, kinds in _LEGEND for kind in kinds}
_WIDTH: Final = 21
"""Seven days of three characters: three months and the gaps between them stay within 80 columns."""
_GAP: Final = "    "
_CODE: Final = Text(vi="VI", en="EN")
_PREDICTED: Final = Text(vi="dự kiến, chưa có thông báo", en="predicted, not announced yet")
_UNANNOUNCED: Final = date(2011, 1, 1)
"""Stamp of what nobody has announced: no announcement for the years covered is older, so each one replaces it."""


def grid(calendar: Calendar, year: int, *, language: Language = "en") -> str:
    """Return the year as twelve months side by side, what is marked in them, and how many days are worked.

    >>> from onestop_core.workdays import calendar
    >>> print(grid(calendar("vn-civil"), 2026).splitlines()[0])
    2026  vn-civil  249 working days

    Raises:
        InvalidValueError: *calendar* is none, *year* not whole, or *language* none of ours.
        CalendarCoverageError: the calendar does not cover the year.
    """
    rows = a_calendar(calendar).rows(year)
    total = _working_days(calendar, year)
    words = Text(vi=f"{total} ngày làm việc", en=f"{total} working days").in_(language)
    head = f"{year}  {calendar.name}  {words}"
    if calendar.known_from(year) is None:
        head = f"{head}  ({_PREDICTED.in_(language)})"
    lines = [head, ""]
    marks = {row.date: _MARKS[row.kind] for row in rows}
    for first in range(1, 13, 3):
        blocks = [list(_month(year, month, marks, language)) for month in range(first, first + 3)]
        height = max(map(len, blocks))
        for number in range(height):
            cells = [block[number] if number < len(block) else "" for block in blocks]
            lines.append(_GAP.join(cell.ljust(_WIDTH) for cell in cells).rstrip())
        lines.append("")
    lines.append("  ".join(f"{mark} {name.in_(language)}" for mark, name, _ in _LEGEND))
    lines.extend(_line(row, language) for row in rows)
    return "\n".join(lines)


def _working_days(calendar: Calendar, year: int) -> int:
    # Not count(): the day before the first year lies outside the coverage.
    first = date(year, 1, 1)
    return calendar.count(first, date(year, 12, 31)) + calendar.is_workday(first)


def _month(year: int, month: int, marks: dict[date, str], language: Language) -> Iterator[str]:
    yield f"{_MONTH.in_(language)} {month}".center(_WIDTH).rstrip()
    yield "".join(f"{name:>2} " for name in _WEEK.in_(language).split())
    day = date(year, month, 1)
    week = "   " * day.weekday()
    while day.month == month:
        week += f"{day.day:>2}{marks.get(day, ' ')}"
        if day.weekday() == 6:
            yield week
            week = ""
        if day == date.max:  # pragma: no cover - no calendar reaches it
            break
        day += timedelta(days=1)
    if week:
        yield week


def _line(row: Row, language: Language) -> str:
    known = ""
    if row.certainty is Certainty.PREDICTED:
        known = Text(vi="; dự kiến", en="; predicted").in_(language)
    elif row.announced_on is not None:
        day = day_text(row.announced_on)
        known = Text(vi=f"; công bố {day.vi}", en=f"; announced {day.en}").in_(language)
    note = f"\n      {one_line(row.note.in_(language))}" if row.note else ""
    # Names and bases of local decisions are free text.
    return (
        f"{_MARKS[row.kind]} {long_date(row.date, starts_line=True).in_(language)}  {one_line(row.name.in_(language))}"
        f"  [{one_line(row.basis.cite().in_(language))}{known}]{note}"
    )


def svg(calendar: Calendar, year: int, *, language: Language = "en") -> str:
    """Return the year as one picture (SVG), told in words too, for screens light and dark and for print.

    What is off and what is worked is told apart by shape and by colour; what is only predicted has a broken line.

    >>> from onestop_core.workdays import calendar
    >>> picture = svg(calendar("vn-civil"), 2026)
    >>> picture.startswith("<svg "), "2026: 249 working days" in picture
    (True, True)

    Raises:
        InvalidValueError: *calendar* is none, *year* not whole, or *language* none of ours.
        CalendarCoverageError: the calendar does not cover the year.
    """
    _CODE.in_(language)
    rows = a_calendar(calendar).rows(year)
    announced = calendar.known_from(year) is not None
    return draw(calendar.name, year, rows, _working_days(calendar, year), announced=announced, language=language)


def to_dict(calendar: Calendar, year: int, *, language: Language = "en") -> dict[str, Any]:
    """Return the year in JSON types: its working days, and each day that differs from the plain week.

    >>> from onestop_core.workdays import calendar
    >>> document = to_dict(calendar("vn-civil"), 2026)
    >>> document["working_days"], document["days"][0]["name"]
    (249, "New Year's Day")

    Raises:
        InvalidValueError: *calendar* is none, *year* not whole, or *language* none of ours.
        CalendarCoverageError: the calendar does not cover the year.
    """
    _CODE.in_(language)  # refused also where the year has nothing to say
    a_calendar(calendar)
    rows = calendar.rows(year)
    announced = calendar.known_from(year) is not None
    return {
        "calendar": calendar.name,
        "year": year,
        "as_of": calendar.as_of.isoformat() if calendar.as_of else None,
        "certainty": (Certainty.ANNOUNCED if announced else Certainty.PREDICTED).value,
        "working_days": _working_days(calendar, year),
        "days": [
            {
                "date": row.date.isoformat(),
                "kind": row.kind.value,
                "is_workday": row.kind.works,
                "name": row.name.in_(language),
                "certainty": row.certainty.value,
                "announced_on": row.announced_on.isoformat() if row.announced_on else None,
                "replaces": row.replaces.isoformat() if row.replaces else None,
                "basis": row.basis.cite().in_(language),
                "note": row.note.in_(language) if row.note else None,
            }
            for row in rows
        ],
    }


def icalendar(calendar: Calendar, year: int, *, language: Language = "en") -> str:
    """Return the year's days off and make-up working days as iCalendar (RFC 5545), lines ending in CRLF.

    The same year gives the same text, whenever it is made. An event is known by calendar and date. Who imports a
    later state of the calendar over an earlier one keeps the later: stamp and sequence number of an event follow
    from the day of the announcement, what is only predicted comes before every announcement, and neither goes back.

    >>> from onestop_core.workdays import calendar
    >>> icalendar(calendar("vn-civil"), 2026).splitlines()[:2]
    ['BEGIN:VCALENDAR', 'VERSION:2.0']

    Raises:
        InvalidValueError: *calendar* is none, *year* not whole, or *language* none of ours.
        CalendarCoverageError: the calendar does not cover the year.
    """
    known_from = a_calendar(calendar).known_from(year)
    title = Text(
        vi=f"Ngày nghỉ, ngày làm bù năm {year} ({calendar.name})", en=f"Days off and made up, {year} ({calendar.name})"
    ).in_(language)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//onestop_core//calendar//{_CODE.in_(language)}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(title)}",
        f"X-WR-CALNAME:{escaped(title)}",
    ]
    for row in calendar.rows(year):
        stamp = _stamp(row, known_from)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.date.isoformat()}-{escaped(calendar.name)}@onestop-core.example",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"SEQUENCE:{(stamp - _UNANNOUNCED).days}",
            f"DTSTART;VALUE=DATE:{row.date:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.date + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(row.name.in_(language))}",
            f"DESCRIPTION:{escaped(row.basis.cite().in_(language))}",
            f"CATEGORIES:{row.kind.value}",
            f"STATUS:{'CONFIRMED' if row.certainty is Certainty.ANNOUNCED else 'TENTATIVE'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _stamp(row: Row, known_from: date | None) -> date:
    """Return the day on which *row* became what it is, in a year whose days off are *known_from* a day."""
    if row.certainty is Certainty.PREDICTED:
        return _UNANNOUNCED
    # What follows from law was only expected until the notice for the year was out.
    return max(row.known_from or _UNANNOUNCED, known_from or _UNANNOUNCED)


def _folded(line: str) -> str:
    """Return *line* cut at 75 octets, never inside a character; what follows begins with a blank."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 75:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts)
