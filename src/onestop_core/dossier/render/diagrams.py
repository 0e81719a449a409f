"""Pictures of a lifecycle, drawn from its table and nothing else: Mermaid, DOT, SCXML and a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.dossier.clock import ClockEffect
from onestop_core.dossier.lifecycle.table import BACK, STAY, Transition
from onestop_core.dossier.render.state_chart import scxml
from onestop_core.text import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.dossier.stepping.machine import Machine

__all__ = ["dot", "mermaid", "scxml", "table"]

_EFFECT = {
    ClockEffect.NONE: Text(vi="–", en="–"),
    ClockEffect.START: Text(vi="bắt đầu tính", en="start"),
    ClockEffect.PAUSE: Text(vi="ngừng tính", en="pause"),
    ClockEffect.RESUME: Text(vi="tính tiếp", en="resume"),
    ClockEffect.RESTART: Text(vi="tính lại từ đầu", en="restart"),
    ClockEffect.STOP: Text(vi="kết thúc", en="stop"),
}
_HEADINGS = (
    Text(vi="Trạng thái", en="State"),
    Text(vi="Sự kiện", en="Event"),
    Text(vi="Đến", en="To"),
    Text(vi="Thời hạn", en="Clock"),
    Text(vi="Cổng", en="Portal"),
    Text(vi="Điều kiện", en="Conditions"),
    Text(vi="Căn cứ", en="Basis"),
)
_SAME = Text(vi="giữ nguyên", en="stays")
_BACK = Text(vi="trạng thái trước", en="where it was")


def _arrows(machine: Machine) -> list[tuple[str, str, Transition]]:
    """Return (from, to, row) for each arrow; a way back is drawn to every state it may lead to."""
    rows = machine.lifecycle.transitions
    drawn: list[tuple[str, str, Transition]] = []
    for row in rows:
        for state in row.states:
            if row.to == BACK:
                origins = [origin for other in rows if other.to == state for origin in other.states]
                drawn += [(state, origin, row) for origin in origins]
            else:
                drawn.append((state, state if row.to == STAY else row.to, row))
    return drawn


def mermaid(machine: Machine, language: Language = "en") -> str:
    """Return the lifecycle as a Mermaid state diagram, its words in *language*.

    >>> from onestop_core.dossier import machine
    >>> print(mermaid(machine("vn@decree-61-2018")))
    stateDiagram-v2
      ...
      presented --> received: Receive
      ...
    """
    lifecycle = machine.lifecycle
    names = {event.code: _line(event.name.in_(language)) for event in lifecycle.events}
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{_line(state.name.in_(language))}" as {state.code}' for state in lifecycle.states]
    lines += [f"  [*] --> {code}" for code in dict.fromkeys(lifecycle.initial.values())]
    lines += [f"  {state} --> {target}: {names[row.event]}" for state, target, row in _arrows(machine)]
    lines += [f"  {state.code} --> [*]" for state in lifecycle.states if state.terminal]
    return "\n".join(lines) + "\n"


def dot(machine: Machine, language: Language = "en") -> str:
    """Return the lifecycle as a Graphviz digraph, its words in *language*.

    >>> from onestop_core.dossier import machine
    >>> dot(machine("vn@decree-61-2018"), language="vi").splitlines()[0]
    'digraph "vn@decree-61-2018" {'
    """
    lifecycle = machine.lifecycle
    names = {event.code: _line(event.name.in_(language)) for event in lifecycle.events}
    lines = [f'digraph "{lifecycle.id}" {{', "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    for state in lifecycle.states:
        shape = ", peripheries=2" if state.terminal else ""
        lines.append(f'  "{state.code}" [label="{_line(state.name.in_(language))}"{shape}];')
    lines += [f'  "{state}" -> "{target}" [label="{names[row.event]}"];' for state, target, row in _arrows(machine)]
    return "\n".join([*lines, "}"]) + "\n"


def table(machine: Machine, language: Language = "en") -> str:
    """Return the transitions as a Markdown table in *language*: what a lawyer reads.

    >>> from onestop_core.dossier import machine
    >>> print(table(machine("vn@decree-61-2018"), "vi"))
    | Trạng thái | Sự kiện | Đến | Thời hạn | Cổng | Điều kiện | Căn cứ |
    ...
    """
    lifecycle = machine.lifecycle
    states = {state.code: state for state in lifecycle.states}
    events = {event.code: event.name.in_(language) for event in lifecycle.events}
    lines = [_row(heading.in_(language) for heading in _HEADINGS), _row("---" for _ in _HEADINGS)]
    for row in lifecycle.transitions:
        for code in row.states:
            conditions = [
                guard.code
                for guard in lifecycle.guards
                if guard.event == row.event and (not guard.states or code in guard.states)
            ]
            target = states.get(row.to)
            to = {STAY: _SAME, BACK: _BACK}[row.to] if target is None else target.name
            portal = target.portal if target else states[code].portal if row.to == STAY else None
            effects = row.clock_by or {"": row.clock}
            lines.append(
                _row(
                    (
                        states[code].name.in_(language),
                        events[row.event],
                        to.in_(language),
                        ", ".join(
                            f"{value}: {_EFFECT[effect].in_(language)}" if value else _EFFECT[effect].in_(language)
                            for value, effect in effects.items()
                        ),
                        "–" if portal is None else str(portal),
                        ", ".join(conditions) or "–",
                        lifecycle.bases[row.basis].cite().in_(language),
                    )
                )
            )
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_line(cell).replace("|", "\\|") for cell in cells) + " |"


def _line(text: str) -> str:
    """Return *text* on one line and without what would end a quoted label: local editions name things freely."""
    return " ".join(text.replace('"', "'").replace("\\", "/").split())
