"""A small picture of a deadline: the weeks from receipt to due day, each day marked."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.values import Step, StepKind
from onestop_core.text import Language, Text, long_date

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["draw"]

_K = StepKind
# Told apart by sign as well as by shade: a print in black and white reads the same.
_LOOK: Final = {
    _K.RECEIVED: ("#cfe3f5", "▶", Text(vi="tiếp nhận", en="received")),
    _K.COUNTED: ("#d9efd3", "●", Text(vi="được tính", en="counted")),
    _K.SKIPPED: ("#eeeeee", "–", Text(vi="không tính", en="skipped")),
    _K.PAUSED: ("#fff1c2", "‖", Text(vi="chờ", en="paused")),
    _K.MOVED: ("#eeeeee", "→", Text(vi="hết hạn vào ngày nghỉ", en="moved")),
    _K.EXTENDED: ("#e4d8f0", "»", Text(vi="gia hạn", en="extended")),
    _K.DUE: ("#f6c9c4", "★", Text(vi="hạn trả", en="due")),
}
# A day can be several things; the later in this order is what it looks like.
_RANK: Final = (_K.SKIPPED, _K.COUNTED, _K.PAUSED, _K.MOVED, _K.RECEIVED, _K.EXTENDED, _K.DUE)
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
        "rect{stroke:#777}",
    )
)
_CELL, _ROW, _LEFT, _TOP = 46, 40, 78, 46
_WEEK: Final = timedelta(days=7)
_MOST_WEEKS: Final = 24


def draw(steps: tuple[Step, ...], limit: Text, language: Language) -> str:
    """Return the picture of an explanation as an SVG document, weeks from top to bottom."""
    first, last = steps[0].date, steps[-1].date
    marks: dict[date, Step] = {}
    for step in steps:
        shown = marks.get(step.date)
        if shown is None or _RANK.index(step.what) >= _RANK.index(shown.what):
            marks[step.date] = step
    body: list[str] = []
    row = 0
    for week in _weeks(first, last):
        y = _TOP + row * _ROW
        row += 1
        if week is None:
            body.append(f'<text class="m" x="{_LEFT + 3.5 * _CELL}" y="{y + 24}">⋮</text>')
            continue
        label = f"{week.day:02d}/{week.month:02d}/{week.year}" if language == "vi" else week.isoformat()
        body.append(f'<text class="l" x="{_LEFT - 6}" y="{y + 23}">{label}</text>')
        body.extend(_cell(week + timedelta(days=n), n, y, marks, language) for n in range(7))
    title = _TITLE.in_(language).format(limit=limit.in_(language))
    desc = _DESC.in_(language).format(first=long_date(first).in_(language), last=long_date(last).in_(language))
    heads = "".join(
        f'<text class="m" x="{_LEFT + n * _CELL + 21}" y="{_TOP - 6}">{name}</text>'
        for n, name in enumerate(_HEADS[language])
    )
    legend, height = _legend(_TOP + row * _ROW + 16, {step.what for step in steps}, language)
    width = _LEFT + 7 * _CELL + 8
    heading = title if len(title) <= 56 else f"{title[:55]}…"
    # Pictures are put on pages: nothing here has an id, and the style is for this class only.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="onestop-due" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(f"{title}. {desc}")}" lang="{language}">'
        f"<title>{escape(title)}</title><desc>{escape(desc)}</desc>"
        f"<style>{_STYLE}</style>"
        f'<rect width="{width}" height="{height}" style="fill:#fff;stroke:none"/>'
        f'<text class="b" x="8" y="18">{escape(heading)}</text>{heads}{"".join(body)}{legend}</svg>\n'
    )


def _weeks(first: date, last: date) -> Iterator[date | None]:
    """Yield the Monday of each week to draw; None once where a long middle is left out."""
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    head = count if count <= _MOST_WEEKS else _MOST_WEEKS // 2
    yield from (monday + n * _WEEK for n in range(head))
    if head < count:
        yield None
        yield from (monday + n * _WEEK for n in range(count - head, count))


def _cell(day: date, column: int, y: int, marks: dict[date, Step], language: Language) -> str:
    x = _LEFT + column * _CELL
    step = marks.get(day)
    if step is None:
        return f'<text class="m" x="{x + 21}" y="{y + 23}" style="fill:#aaa">{day.day}</text>'
    shade, sign, name = _LOOK[step.what]
    tip = f"{long_date(day).in_(language)}: {name.in_(language)}; {step.reason.in_(language)}"
    return (
        f'<g><title>{escape(tip)}</title><rect x="{x}" y="{y}" width="42" height="36" rx="4" style="fill:{shade}"/>'
        f'<text class="m b" x="{x + 21}" y="{y + 16}">{day.day}</text>'
        f'<text class="m" x="{x + 21}" y="{y + 31}">{sign}</text></g>'
    )


def _legend(y: int, kinds: set[StepKind], language: Language) -> tuple[str, int]:
    shown = [look for kind, look in _LOOK.items() if kind is not _K.EXTENDED or kind in kinds]
    parts = [
        f'<text x="{_LEFT + n % 3 * 108}" y="{y + n // 3 * 18}">{sign} {escape(name.in_(language))}</text>'
        for n, (_, sign, name) in enumerate(shown)
    ]
    return "".join(parts), y + 12 + (len(shown) - 1) // 3 * 18
