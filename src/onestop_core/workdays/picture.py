"""A year of a calendar as a picture: twelve months, what is off and what is worked told apart by shape and by colour."""

from __future__ import annotations

import calendar as weeks
from datetime import date
from typing import TYPE_CHECKING, Final

from onestop_core.text import Language, Text, long_date
from onestop_core.text.drawings import at, drawing, label, sign
from onestop_core.text.pages import element
from onestop_core.workdays.values import Certainty, DayKind, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

__all__ = ["draw"]

# Told apart by shape as well as by colour: a print in black and white reads the same.
_SQUARE: Final = "M-11 -10H11V10H-11Z"
_LOOKS: Final = (
    ("h", _SQUARE, Text(vi="nghỉ lễ, Tết", en="public holiday, Tết")),
    ("l", "M-11 -10H11V4L5 10H-11Z", Text(vi="nghỉ bù", en="day in lieu")),
    ("s", "M-12 0-6 -10H6L12 0 6 10H-6Z", Text(vi="nghỉ hoán đổi", en="swapped day off")),
    ("w", "M-11 0A11 11 0 1 0 11 0 11 11 0 1 0 -11 0Z", Text(vi="ngày làm bù", en="make-up working day")),
    ("o", "M0 -12 12 0 0 12 -12 0Z", Text(vi="nghỉ của địa phương", en="day off of an agency or province")),
)  # fmt: skip
_LOOK_OF: Final = {
    DayKind.HOLIDAY: "h",
    DayKind.TET: "h",
    DayKind.DAY_IN_LIEU: "l",
    DayKind.SWAP_OFF: "s",
    DayKind.MAKEUP: "w",
    DayKind.LOCAL_OFF: "o",
    DayKind.LOCAL_WORKING: "w",
}
_SHAPES: Final = {look: shape for look, shape, _ in _LOOKS}
_PREDICTED: Final = Text(vi="viền đứt: dự kiến, chưa có thông báo", en="broken line: predicted, not announced yet")
_WEEKEND: Final = Text(vi="nhạt: nghỉ cuối tuần", en="pale: weekend")
_MONTHS: Final = Text(
    vi=" ".join(f"Tháng_{number}" for number in range(1, 13)),
    en="January February March April May June July August September October November December",
)
_HEADS: Final = Text(vi="T2 T3 T4 T5 T6 T7 CN", en="Mo Tu We Th Fr Sa Su")
_LIGHT: Final = (
    "path{stroke:#444;stroke-width:1}",
    "path.h{fill:#f6c9c4}",
    "path.l{fill:#fde3b4}",
    "path.s{fill:#e4d8f0}",
    "path.w{fill:#d9efd3;stroke-width:2}",
    "path.o{fill:#f3d3e6}",
    "path.p{stroke-dasharray:3 2.5}",
    "text.x{fill:#747474}",
)
_DARK: Final = (
    "path{stroke:#d0d0d0}",
    "path.h{fill:#7d2d26}",
    "path.l{fill:#6e4f10}",
    "path.s{fill:#533a70}",
    "path.w{fill:#2a5a20}",
    "path.o{fill:#6e2a54}",
    "text.x{fill:#868b92}",
)
_CELL, _LINE, _GAP, _EDGE, _TOP = 26, 25, 24, 14, 44
_WIDE: Final = 7 * _CELL
_HIGH: Final = 8 * _LINE + 14
_WIDTH: Final = 2 * _EDGE + 3 * _WIDE + 2 * _GAP


def draw(name: str, year: int, rows: Sequence[Row], total: int, *, announced: bool, language: Language) -> str:
    """Return the *year* of the calendar called *name* as an SVG document; *total* of its days are worked."""
    words = Text(vi=f"Lịch làm việc năm {year}: {total} ngày làm việc", en=f"{year}: {total} working days")
    title = f"{words.in_(language)} ({name})"
    if not announced:
        title = f"{title}; {Text(vi='dự kiến', en='predicted').in_(language)}"
    marked = {row.date: row for row in rows}
    shapes = [label(title, _EDGE, 24, "b")]
    for month in range(1, 13):
        across, down = (month - 1) % 3, (month - 1) // 3
        shapes += _month(year, month, (_EDGE + across * (_WIDE + _GAP), _TOP + down * _HIGH), marked, language)
    legend, bottom = _legend(rows, _TOP + 4 * _HIGH + 10, announced=announced, language=language)
    told = "; ".join(_told(row, language) for row in rows)
    return drawing(
        "onestop-year",
        [*shapes, *legend],
        size=(_WIDTH, bottom),
        title=title,
        description=f"{told}.",
        light=_LIGHT,
        dark=_DARK,
        language=language,
    )


def _told(row: Row, language: Language) -> str:
    guess = Text(vi=" (dự kiến)", en=" (predicted)").in_(language) if row.certainty is Certainty.PREDICTED else ""
    return f"{long_date(row.date).in_(language)}: {row.name.in_(language)}{guess}"


def _month(
    year: int, month: int, place: tuple[int, int], marked: dict[date, Row], language: Language
) -> Iterator[Element]:
    left, top = place
    name = _MONTHS.in_(language).split()[month - 1].replace("_", " ")
    yield label(name, left + _WIDE / 2, top + 14, "m b")
    for column, head in enumerate(_HEADS.in_(language).split()):
        yield label(head, left + (column + 0.5) * _CELL, top + 14 + _LINE, "m q")
    for line, week in enumerate(weeks.Calendar().monthdayscalendar(year, month)):
        for column, number in enumerate(week):
            if number == 0:
                continue
            x, y = left + (column + 0.5) * _CELL, top + 14 + (line + 2) * _LINE
            row = marked.get(date(year, month, number))
            if row is None:
                yield label(str(number), x, y, "m x" if column > 4 else "m")
            else:
                look = _LOOK_OF[row.kind]
                guess = " p" if row.certainty is Certainty.PREDICTED else ""
                yield at(
                    [sign(_SHAPES[look], x, y - 4.5, look + guess), label(str(number), x, y, "m b")],
                    _told(row, language),
                )


def _legend(rows: Sequence[Row], top: int, *, announced: bool, language: Language) -> tuple[list[Element], int]:
    """Return what the shapes of these *rows* mean, and where the picture ends."""
    used = {_LOOK_OF[row.kind] for row in rows}
    shown = [
        [sign(shape, 11, -4.5, look), label(name.in_(language), 28, 0)] for look, shape, name in _LOOKS if look in used
    ]
    shown.append([label(_WEEKEND.in_(language), 0, 0, "q")])
    if not announced or any(row.certainty is Certainty.PREDICTED for row in rows):
        shown.append([label(_PREDICTED.in_(language), 0, 0)])
    placed: list[Element] = []
    for number, parts in enumerate(shown):
        x, y = _EDGE + number % 2 * (_WIDTH // 2), top + 14 + number // 2 * 28
        placed.append(element("g", *parts, transform=f"translate({x} {y})"))
    return placed, top + 14 + (len(shown) - 1) // 2 * 28 + 16
