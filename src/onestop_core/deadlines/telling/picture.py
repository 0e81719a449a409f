"""A small picture of a deadline: the weeks from receipt to due day, each day marked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.deadlines.terms.values import Step, StepKind
from onestop_core.text import Language, Text, long_date
from onestop_core.text.safe import xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["draw"]

_K = StepKind
# Told apart by sign as well as by shade: a print in black and white reads the same. The signs are drawn around their
# middle and are no characters, for which a printer's font may have nothing but an empty box.
_LOOK: Final = {
    _K.RECEIVED: ("#cfe3f5", "M-4 -5 5 0 -4 5Z", Text(vi="tiếp nhận", en="received")),
    _K.RESTARTED: (
        "#cfe3f5",
        "M3.5 -3.5A5 5 0 1 0 5 0.6H3.2A3.2 3.2 0 1 1 2.2 -2.2L0.6 -0.6H5.4V-5.4Z",
        Text(vi="tính lại", en="counted anew"),
    ),
    _K.COUNTED: ("#d9efd3", "M-3.5 0A3.5 3.5 0 1 0 3.5 0 3.5 3.5 0 1 0 -3.5 0Z", Text(vi="được tính", en="counted")),
    _K.SKIPPED: ("#eeeeee", "M-4 -0.7H4V0.7H-4Z", Text(vi="không tính", en="skipped")),
    _K.PAUSED: ("#fff1c2", "M-3.5 -5H-1V5H-3.5ZM1 -5H3.5V5H1Z", Text(vi="chờ", en="paused")),
    _K.MOVED: ("#eeeeee", "M-5 -1H0V-4.5L5 0 0 4.5V1H-5Z", Text(vi="kết thúc sau", en="moved")),
    _K.RESCHEDULED: (
        "#e4d8f0",
        "M-5.5 -5H-4V5H-5.5ZM4 -5H5.5V5H4ZM-3 -1H-0.5V-4L3.3 0 -0.5 4V1H-3Z",
        Text(vi="điều chỉnh hẹn", en="rescheduled"),
    ),
    _K.EXTENDED: ("#e4d8f0", "M-5 -5 0 0 -5 5ZM0 -5 5 0 0 5Z", Text(vi="gia hạn", en="extended")),
    _K.DUE: (
        "#f6c9c4",
        "M0 -6 1.5 -2 5.7 -1.9 2.4 0.8 3.5 4.9 0 2.5 -3.5 4.9 -2.4 0.8 -5.7 -1.9 -1.5 -2Z",
        Text(vi="hạn trả", en="due"),
    ),
}
# A day can be several things; the later in this order is what it looks like.
_RANK: Final = (
    *(_K.SKIPPED, _K.COUNTED, _K.PAUSED, _K.MOVED, _K.RECEIVED, _K.RESTARTED, _K.RESCHEDULED, _K.EXTENDED),
    _K.DUE,
)
_LEFT_OUT: Final = "".join(f"M-1.5 {y}A1.5 1.5 0 1 0 1.5 {y} 1.5 1.5 0 1 0 -1.5 {y}Z" for y in (-8, 0, 8))
_HEADS: Final = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_TITLE: Final = Text(vi="Thời hạn {limit}", en="Time limit: {limit}")
_DESC: Final = Text(vi="Tiếp nhận {first}; hạn trả {last}.", en="Received {first}; due {last}.")
_STYLE: Final = "".join(
    f".onestop-due {rule}"
    for rule in (
        "text{font:12px sans-serif;fill:#222}",
        "text.m{text-anchor:middle}",
        "text.l{text-anchor:end;font-size:11px}",
        "text.b{font-weight:bold}",
        "text.o{fill:#767676}",
        "path{fill:#222}",
        "rect{stroke:#777}",
        "rect.p{fill:#fff;stroke:none}",
    )
)
# The marked days keep their light boxes and dark letters by night; what is around them changes.
_DARK: Final = "".join(
    f".onestop-due {rule}"
    for rule in (
        "text{fill:#e8e8e8}",
        "path{fill:#e8e8e8}",
        "text.o{fill:#a9adb3}",
        "g text{fill:#222}",
        "g path{fill:#222}",
        "rect.p{fill:#16181b}",
    )
)
_RULES: Final = f"{_STYLE}@media screen and (prefers-color-scheme:dark){{{_DARK}}}"
_CELL, _ROW, _LEFT, _TOP = 46, 40, 78, 46
_WEEK: Final = timedelta(days=7)
_MOST_WEEKS: Final = 24


def draw(steps: tuple[Step, ...], limit: Text, language: Language) -> str:
    """Return the picture of an explanation as an SVG document, weeks from top to bottom."""
    first, last = steps[0].date, steps[-1].date
    title = _TITLE.in_(language).format(limit=limit.in_(language))
    desc = _DESC.in_(language).format(first=long_date(first).in_(language), last=long_date(last).in_(language))
    width = _LEFT + 7 * _CELL + 8
    # Pictures are put on pages: nothing here has an id, and the style is for this class only.
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "onestop-due"})
    _said(ET.SubElement(root, "title"), title)
    _said(ET.SubElement(root, "desc"), desc)
    ET.SubElement(root, "style").text = _RULES
    paper = ET.SubElement(root, "rect", {"class": "p", "width": str(width)})
    _text(root, 8, 18, title if len(title) <= 56 else f"{title[:55]}…", "b")
    for column, name in enumerate(_HEADS[language]):
        _text(root, _LEFT + column * _CELL + 21, _TOP - 6, name, "m")
    days: dict[date, list[Step]] = {}
    for step in steps:
        days.setdefault(step.date, []).append(step)
    row = 0
    for week in _weeks(first, last):
        y = _TOP + row * _ROW
        row += 1
        if week is None:
            _sign(root, _LEFT + 3.5 * _CELL, y + 18, _LEFT_OUT)
            continue
        label = f"{week.day:02d}/{week.month:02d}/{week.year}" if language == "vi" else week.isoformat()
        _text(root, _LEFT - 6, y + 23, label, "l")
        for column in range(7):
            _cell(root, week + timedelta(days=column), _LEFT + column * _CELL, y, days, language)
    height = str(_legend(root, _TOP + row * _ROW + 16, {step.what for step in steps}, language))
    paper.set("height", height)
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": height}
    root.attrib |= {"role": "img", "aria-label": xml(f"{title}. {desc}"), "lang": language}
    return ET.tostring(root, encoding="unicode") + "\n"


def _weeks(first: date, last: date) -> Iterator[date | None]:
    """Yield the Monday of each week to draw; None once where a long middle is left out."""
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    head = count if count <= _MOST_WEEKS else _MOST_WEEKS // 2
    yield from (monday + n * _WEEK for n in range(head))
    if head < count:
        yield None
        yield from (monday + n * _WEEK for n in range(count - head, count))


def _said(element: ET.Element, words: str) -> None:
    element.text = xml(words)


def _text(parent: ET.Element, x: float, y: float, words: str, look: str) -> None:
    _said(ET.SubElement(parent, "text", {"class": look, "x": f"{x:g}", "y": f"{y:g}"}), words)


def _sign(parent: ET.Element, x: float, y: float, shape: str) -> None:
    ET.SubElement(parent, "path", {"d": shape, "transform": f"translate({x:g} {y:g})"})


def _cell(  # noqa: PLR0917 - a day of the picture: where, when and in which words
    root: ET.Element, day: date, x: int, y: int, days: Mapping[date, list[Step]], language: Language
) -> None:
    steps = days.get(day)
    if steps is None:
        _text(root, x + 21, y + 23, str(day.day), "m o")
        return
    shade, shape, _ = _LOOK[max((step.what for step in steps), key=_RANK.index)]
    told = (f"{_LOOK[step.what][2].in_(language)}; {step.reason.in_(language)}" for step in steps)
    group = ET.SubElement(root, "g")
    _said(ET.SubElement(group, "title"), f"{long_date(day).in_(language)}: {'. '.join(told)}")
    box = {"x": str(x), "y": str(y), "width": "42", "height": "36", "rx": "4", "style": f"fill:{shade}"}
    ET.SubElement(group, "rect", box)
    _text(group, x + 21, y + 16, str(day.day), "m b")
    _sign(group, x + 21, y + 26, shape)


def _legend(root: ET.Element, y: int, kinds: set[StepKind], language: Language) -> int:
    """Draw what the signs of these *kinds* mean; return where the picture ends."""
    shown = [look for kind, look in _LOOK.items() if kind in kinds]
    for number, (_, shape, name) in enumerate(shown):
        x, line = _LEFT + number % 3 * 108, y + number // 3 * 18
        _sign(root, x + 6, line - 4, shape)
        _text(root, x + 17, line, name.in_(language), "")
    return y + 12 + (len(shown) - 1) // 3 * 18
