"""The lifecycle as a picture: the states from top to bottom, and beside them one line for each state that is gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.dossier.lifecycle.rows import BACK, STAY
from onestop_core.dossier.stepping.machine import Machine
from onestop_core.model import FrozenMap, Phase
from onestop_core.model.series import instance
from onestop_core.text import Language, Text
from onestop_core.text.drawings import at, drawing, label, sign
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from onestop_core.dossier.lifecycle.rows import State
    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = ["svg"]

_RUNNING, _WAITING, _OVER, _BEFORE, _AS_IT_WAS = "r", "w", "o", "b", "s"
# Told apart by sign as well as by colour.
_LOOKS: Final = {
    _BEFORE: ("M-5 0A5 5 0 1 0 5 0 5 5 0 1 0 -5 0ZM-3.2 0A3.2 3.2 0 1 1 3.2 0 3.2 3.2 0 1 1 -3.2 0Z", Text(vi="chưa tính thời hạn", en="time does not count yet")),
    _RUNNING: ("M-4 -5 5 0 -4 5Z", Text(vi="đang tính thời hạn", en="time counts")),
    _WAITING: ("M-3.5 -5H-1V5H-3.5ZM1 -5H3.5V5H1Z", Text(vi="tạm ngừng tính", en="time stands still")),
    _OVER: ("M-4 -4H4V4H-4Z", Text(vi="thôi tính", en="time has stopped")),
    _AS_IT_WAS: ("M-5 -3.5H5V-1.5H-5ZM-5 1.5H5V3.5H-5Z", Text(vi="thời hạn như trước đó", en="time goes on as before")),
}  # fmt: skip
_LOOK_OF: Final = {
    Phase.NOT_STARTED: _BEFORE,
    Phase.RUNNING: _RUNNING,
    Phase.PAUSED: _WAITING,
    Phase.STOPPED: _OVER,
}
_BACK: Final = "M5 4H-2V7L-7 2.5-2 -2V1H2A3 3 0 0 0 2 -5H-3V-8H2A6 6 0 0 1 5 4Z"
_GOES_BACK: Final = Text(vi="có thể trở lại trạng thái trước", en="can go back to where it was")
_END: Final = Text(vi="viền đôi: kết thúc", en="double border: an end")
_ARROW: Final = {"right": "M0 0 7 -4V4Z", "left": "M0 0-7 -4V4Z"}
_LIGHT: Final = (
    "rect{stroke:#555}",
    "rect.r{fill:#d9efd3}",
    "rect.w{fill:#fff1c2}",
    "rect.o{fill:#e6e6e6}",
    "rect.b{fill:#fff}",
    "rect.s{fill:#fff}",
    "rect.end{fill:none}",
    "path{fill:#333}",
    "path.line{fill:none;stroke:#4d6a8a;stroke-width:1.3}",
    "path.head{fill:#4d6a8a}",
    "circle{fill:#4d6a8a}",
)
_DARK: Final = (
    "rect{stroke:#a0a5ac}",
    "rect.r{fill:#24491b}",
    "rect.w{fill:#574510}",
    "rect.o{fill:#3a3d42}",
    "rect.b{fill:#16181b}",
    "rect.s{fill:#16181b}",
    "path{fill:#e0e0e0}",
    "path.line{stroke:#8fb0d6}",
    "path.head{fill:#8fb0d6}",
    "circle{fill:#8fb0d6}",
)
_BOX, _HIGH, _ROW, _TOP, _LANE, _NEAR, _EDGE = 300, 34, 44, 48, 13, 22, 12
_LONGEST: Final = 40


@attrs.frozen
class _Line:
    """All ways into one state from above it, or all from below it."""

    target: int
    origins: FrozenMap[int, tuple[str, ...]]

    @property
    def first(self) -> int:
        return min(self.target, *self.origins)

    @property
    def last(self) -> int:
        return max(self.target, *self.origins)


def svg(machine: Machine, *, language: Language = "en") -> str:
    """Return the lifecycle as one picture (SVG), for screens light and dark and for print.

    The states stand from top to bottom as the table lists them, each with what happens to its time. A line leads from
    the states with a dot to the one with the arrow: down on the right, up on the left. A bent arrow stands where a
    refused request leads back to where the dossier was. Who points at a line reads which event it is.

    >>> from onestop_core.dossier import machine
    >>> picture = svg(machine("vn@decree-61-2018"), language="vi")
    >>> picture.startswith("<svg "), "Đã tiếp nhận" in picture
    (True, True)

    Raises:
        InvalidValueError: what is no machine, or another language.
    """
    lifecycle = instance(machine, Machine, "machine").lifecycle
    down, up, returning = _ways(lifecycle, language)
    right, left = _lanes(down), _lanes(up)
    x = _EDGE + _NEAR + _LANE * (1 + max(left.values(), default=0))
    title = Text(vi=f"Vòng đời hồ sơ {machine.id}", en=f"Lifecycle of a dossier, {machine.id}").in_(language)
    shapes = [label(title, _EDGE, 26, "b")]
    for lanes, edge, away in ((right, x + _BOX, 1), (left, x, -1)):
        shapes += [
            _drawn(line, edge, edge + away * (_NEAR + lane * _LANE), lifecycle, language)
            for line, lane in lanes.items()
        ]
    for number, state in enumerate(lifecycle.states):
        shapes += _box(state, x, _TOP + number * _ROW, back=state.code in returning, language=language)
    bottom = _TOP + len(lifecycle.states) * _ROW + 8
    legend = [_LOOKS[look] for look in _LOOKS if any(_look(state) == look for state in lifecycle.states)]
    legend += [(_BACK, _GOES_BACK)] if returning else []
    for number, (shape, name) in enumerate([*legend, ("", _END)]):
        across, y = _EDGE + 6 + number % 2 * 200, bottom + 12 + number // 2 * 22
        shapes += [sign(shape, across, y - 4, "sign"), label(name.in_(language), across + 16, y)]
    width = x + _BOX + _NEAR + _LANE * (1 + max(right.values(), default=0)) + _EDGE
    told = "; ".join(state.name.in_(language) for state in lifecycle.states)
    return drawing(
        "onestop-lifecycle",
        shapes,
        size=(max(width, 420), bottom + 24 + (len(legend) + 2) // 2 * 22),
        title=title,
        description=Text(vi=f"Các trạng thái: {told}.", en=f"States: {told}.").in_(language),
        light=_LIGHT,
        dark=_DARK,
        language=language,
    )


def _ways(lifecycle: Lifecycle, language: Language) -> tuple[list[_Line], list[_Line], set[str]]:
    """Return the lines that go down, those that go up, and the codes of the states with a way back."""
    places = {state.code: number for number, state in enumerate(lifecycle.states)}
    names = {event.code: event.name.in_(language) for event in lifecycle.events}
    found: dict[tuple[int, bool], dict[int, dict[str, None]]] = {}
    returning: set[str] = set()
    for row in lifecycle.transitions:
        if row.to == BACK:
            returning.update(row.states)
        elif row.to != STAY:
            target = places[row.to]
            for origin in {places[state] for state in row.states} - {target}:
                found.setdefault((target, origin < target), {}).setdefault(origin, {})[names[row.event]] = None
    lines = {
        way: [
            _Line(target, FrozenMap({origin: tuple(events) for origin, events in sorted(origins.items())}))
            for (target, goes_down), origins in sorted(found.items())
            if goes_down is way
        ]
        for way in (True, False)
    }
    return lines[True], lines[False], returning


def _lanes(lines: Iterable[_Line]) -> dict[_Line, int]:
    """Return how far out each line runs: the short ones near the boxes, and none over another."""
    taken: list[list[_Line]] = []
    placed: dict[_Line, int] = {}
    for line in sorted(lines, key=lambda each: (each.last - each.first, each.first)):
        lane = next(
            (n for n, others in enumerate(taken) if all(line.last < o.first or o.last < line.first for o in others)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append(line)
        placed[line] = lane
    return placed


def _drawn(line: _Line, edge: int, lane: int, lifecycle: Lifecycle, language: Language) -> Element:
    """Return *line*, which runs beside the boxes at *lane*; they end at *edge*."""
    names = [state.name.in_(language) for state in lifecycle.states]
    end = _TOP + line.target * _ROW + _HIGH // 2 + (-7 if lane > edge else 7)
    paths, told = [f"M{edge} {end}H{lane}"], list[str]()
    dots: list[Element] = []
    for origin, events in line.origins.items():
        y = _TOP + origin * _ROW + _HIGH // 2 + (7 if lane > edge else -7)
        paths.append(f"M{edge} {y}H{lane}V{end}")
        dots.append(element("circle", cx=str(lane), cy=str(y), r="2.6"))
        told.append(f"{names[origin]} → {names[line.target]}: {', '.join(events)}")
    head = sign(_ARROW["right" if lane > edge else "left"], edge, end, "head")
    return at([sign("".join(paths), 0, 0, "line"), *dots, head], "; ".join(told))


def _look(state: State) -> str:
    return _LOOK_OF[state.clock[0]] if len(state.clock) == 1 else _AS_IT_WAS


def _box(state: State, x: int, y: int, *, back: bool, language: Language) -> Iterator[Element]:
    look = _look(state)
    size = {"width": str(_BOX), "height": str(_HIGH), "rx": "5"}
    yield element("rect", class_=look, x=str(x), y=str(y), **size)
    if state.terminal:
        inner = {"width": str(_BOX - 6), "height": str(_HIGH - 6), "rx": "3"}
        yield element("rect", class_="end", x=str(x + 3), y=str(y + 3), **inner)
    yield sign(_LOOKS[look][0], x + 16, y + _HIGH / 2, "sign")
    lines = _wrapped(state.name.in_(language), _LONGEST - 4 * back)
    for number, words in enumerate(lines):
        yield label(words, x + 30, y + _HIGH / 2 + 4.5 + (number - (len(lines) - 1) / 2) * 14)
    if back:
        yield at([sign(_BACK, x + _BOX - 16, y + _HIGH / 2, "sign")], _GOES_BACK.in_(language))


def _wrapped(words: str, most: int) -> list[str]:
    """Return *words* in one line or two of *most* letters; what is too long for these ends in dots."""
    if len(words) <= most:
        return [words]
    cut = words.rfind(" ", 0, most)
    cut = most if cut < 0 else cut
    first, second = words[:cut], words[cut:].strip()
    return [first, second if len(second) <= most else f"{second[: most - 1]}…"]
