"""Mermaid, Graphviz DOT and a Markdown table of a lifecycle. Names are made safe for each in ``text.safe``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from onestop_core.dossier.lifecycle.policies import SupplementClock
from onestop_core.dossier.lifecycle.rows import BACK, STAY, Transition
from onestop_core.dossier.render.conditions import condition_words
from onestop_core.dossier.stepping.machine import Machine
from onestop_core.model import Act
from onestop_core.model.series import instance
from onestop_core.text import Language, Text, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = ["dot", "mermaid", "table"]

_ACT = {
    None: Text(vi="–", en="–"),
    Act.START: Text(vi="bắt đầu tính", en="start"),
    Act.PAUSE: Text(vi="tạm ngừng tính", en="pause"),
    Act.RESUME: Text(vi="tính tiếp", en="resume"),
    Act.RESTART: Text(vi="tính lại từ đầu", en="restart"),
    Act.EXTEND: Text(vi="gia hạn", en="extend"),
    Act.RESCHEDULE: Text(vi="điều chỉnh ngày hẹn", en="reschedule"),
    Act.STOP: Text(vi="kết thúc tính", en="stop"),
}
_CHOICES = {
    SupplementClock.RESTART: Text(vi="quy định tính lại", en="restart"),
    SupplementClock.PAUSE: Text(vi="quy định tạm ngừng", en="pause"),
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
_ELSEWHERE = Text(
    vi="hồ sơ không phụ thuộc địa giới hành chính, cơ quan có thẩm quyền ở nơi khác",
    en="a non-territorial dossier, for an authority elsewhere",
)
_SAME = Text(vi="giữ nguyên", en="stays")
_BACK = Text(vi="trạng thái trước", en="where it was")


_PLAIN: Final = re.compile(r"[a-z][a-z0-9_]*")
_WORDS: Final = frozenset(
    [
        "accdescr",
        "acctitle",
        "as",
        "call",
        "choice",
        "class",
        "classdef",
        "click",
        "concurrent",
        "default",
        "digraph",
        "direction",
        "edge",
        "end",
        "fork",
        "graph",
        "hide",
        "history",
        "href",
        "join",
        "left",
        "linkstyle",
        "node",
        "note",
        "of",
        "right",
        "scale",
        "state",
        "statediagram",
        "strict",
        "style",
        "subgraph",
        "title",
        "width",
    ]
)
"""Words that Mermaid takes for its own, here or in another kind of diagram."""


def _ids(lifecycle: Lifecycle) -> dict[str, str]:
    """Return the id under which Mermaid is shown each state: its code, unless that means something to Mermaid."""
    codes = [state.code for state in lifecycle.states]
    free = (name for number in range(2 * len(codes)) if (name := f"s_{number}") not in codes)
    return {code: code if _PLAIN.fullmatch(code) and code not in _WORDS else next(free) for code in codes}


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


def mermaid(machine: Machine, *, language: Language = "en") -> str:
    """Return the lifecycle as a Mermaid state diagram, its words in *language*.

    A state of a local edition whose code is a word of Mermaid, such as ``default``, is drawn under another id.

    >>> from onestop_core.dossier import machine
    >>> print(mermaid(machine("vn@decree-61-2018")))
    stateDiagram-v2
      ...
      presented --> received: Receive
      ...

    Raises:
        InvalidValueError: what is no machine, or another language.
    """
    lifecycle = instance(machine, Machine, "machine").lifecycle
    ids = _ids(lifecycle)
    names = {event.code: safe.mermaid(event.name.in_(language)) for event in lifecycle.events}
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{safe.mermaid(state.name.in_(language))}" as {ids[state.code]}' for state in lifecycle.states]
    lines += [f"  [*] --> {ids[code]}" for code in dict.fromkeys(lifecycle.initial.values())]
    lines += [f"  {ids[state]} --> {ids[target]}: {names[row.event]}" for state, target, row in _arrows(machine)]
    lines += [f"  {ids[state.code]} --> [*]" for state in lifecycle.states if state.terminal]
    return "\n".join(lines) + "\n"


def dot(machine: Machine, *, language: Language = "en") -> str:
    """Return the lifecycle as a Graphviz digraph, its words in *language*.

    >>> from onestop_core.dossier import machine
    >>> dot(machine("vn@decree-61-2018"), language="vi").splitlines()[0]
    'digraph "vn@decree-61-2018" {'

    Raises:
        InvalidValueError: what is no machine, or another language.
    """
    lifecycle = instance(machine, Machine, "machine").lifecycle
    ids = {state.code: safe.dot(state.code) for state in lifecycle.states}
    names = {event.code: safe.dot(event.name.in_(language)) for event in lifecycle.events}
    lines = [f"digraph {safe.dot(machine.id)} {{", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
    for state in lifecycle.states:
        shape = ", peripheries=2" if state.terminal else ""
        lines.append(f"  {ids[state.code]} [label={safe.dot(state.name.in_(language))}{shape}];")
    lines += [f"  {ids[state]} -> {ids[target]} [label={names[row.event]}];" for state, target, row in _arrows(machine)]
    return "\n".join([*lines, "}"]) + "\n"


def table(machine: Machine, *, language: Language = "en") -> str:
    """Return the transitions as a Markdown table in *language*: what a lawyer reads.

    >>> from onestop_core.dossier import machine
    >>> print(table(machine("vn@decree-61-2018"), language="vi"))
    | Trạng thái | Sự kiện | Đến | Thời hạn | Cổng | Điều kiện | Căn cứ |
    ...

    Raises:
        InvalidValueError: what is no machine, or another language.
    """
    lifecycle = instance(machine, Machine, "machine").lifecycle
    states = {state.code: state for state in lifecycle.states}
    events = {event.code: event.name.in_(language) for event in lifecycle.events}
    lines = [_row(heading.in_(language) for heading in _HEADINGS), "|" + " --- |" * len(_HEADINGS)]
    for row in lifecycle.transitions:
        for code in row.states:
            conditions = [_ELSEWHERE.in_(language)] if row.elsewhere else []
            conditions += [
                condition_words(guard, lifecycle).in_(language)
                for guard in lifecycle.guards
                if guard.event == row.event and (not guard.states or code in guard.states)
            ]
            target = states.get(row.to)
            to = {STAY: _SAME, BACK: _BACK}[row.to] if target is None else target.name
            portal = target.portal if target else states[code].portal if row.to == STAY else None
            acts: Mapping[str, Act | None] = row.clock_by or {"": row.clock}
            lines.append(
                _row(
                    (
                        states[code].name.in_(language),
                        events[row.event],
                        to.in_(language),
                        ", ".join(_act_words(choice, act).in_(language) for choice, act in acts.items()),
                        "–" if portal is None else str(portal),
                        "; ".join(conditions) or "–",
                        lifecycle.bases[row.basis].cite().in_(language),
                    )
                )
            )
    return "\n".join(lines) + "\n"


def _act_words(choice: str, act: Act | None) -> Text:
    """Return what happens to the time; where it depends on the policy, under which of its choices."""
    words = _ACT[act]
    if not choice:
        return words
    named = _CHOICES[SupplementClock(choice)]
    return Text(vi=f"{named.vi}: {words.vi}", en=f"{named.en}: {words.en}")


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(safe.markdown(cell) for cell in cells) + " |"
