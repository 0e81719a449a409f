"""What makes the axes of a lifecycle table sound, and the guards and events that speak of them and of linked work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.dossier.lifecycle.policies import FeeStep
from onestop_core.dossier.lifecycle.rows import UNITS, GuardCondition, TaskAct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.dossier.lifecycle.rows import Axis, Guard
    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = ["Fault", "axis_faults", "guard_faults", "taken_beside", "task_faults"]

Fault = tuple[str, str, str, str]
"""Path, rule, and what is wrong in Vietnamese and in English."""

_ASK_UNITS = {GuardCondition.UNIT, GuardCondition.TO_UNIT}
_LOOK_AT_EVENTS = {GuardCondition.AFTER_EVENT, GuardCondition.MAX_COUNT, GuardCondition.WAIT_OVER}
_TASK_GUARD = {
    TaskAct.HAND_OVER: GuardCondition.TASK_NEW,
    TaskAct.RETURN: GuardCondition.TASK_OPEN,
    TaskAct.RECALL: GuardCondition.TASK_OPEN,
}


def taken_beside(table: Lifecycle) -> set[tuple[str, str]]:
    """Return (state, event) for every event that only moves axes, in each state of the dossier that takes it."""
    moving = {row.event for row in table.transitions}
    found: set[tuple[str, str]] = set()
    owned: set[str] = set()
    for axis in table.axes:
        mine = {move.event for move in axis.moves} - moving - owned
        for move in axis.moves:
            if move.event in mine:
                found |= {(state, move.event) for state in move.states or (row.code for row in table.states)}
        owned |= mine
    return found


def axis_faults(table: Lifecycle) -> Iterator[Fault]:
    """Yield names of axes that stand for nothing, moves that contradict one another, states that cannot be reached."""
    codes = [axis.code for axis in table.axes]
    for index, axis in enumerate(table.axes):
        path = f"$.axes[{index}]"
        if axis.code in codes[:index]:
            yield f"{path}.code", "repeated", f"{axis.code} bị lặp", f"{axis.code} appears twice"
        yield from _names(table, axis, path)
        yield from _moves(table, axis, path)


def _names(table: Lifecycle, axis: Axis, path: str) -> Iterator[Fault]:
    states = [state.code for state in axis.states]
    for number, code in enumerate(states):
        if code in states[:number]:
            yield f"{path}.states[{number}].code", "repeated", f"{code} bị lặp", f"{code} appears twice"
    known = {
        "axis state": set(states),
        "event": {event.code for event in table.events},
        "state": {state.code for state in table.states},
        "basis": set(table.bases),
    }
    used = [("initial", "axis state", axis.initial), ("basis", "basis", axis.basis)]
    if axis.on_portal_change is not None:
        used.append(("on_portal_change", "axis state", axis.on_portal_change))
    for number, move in enumerate(axis.moves):
        place = f"moves[{number}]"
        used += [(f"{place}.event", "event", move.event), (f"{place}.to", "axis state", move.to)]
        used += [(f"{place}.origins", "axis state", origin) for origin in move.origins]
        used += [(f"{place}.states", "state", state) for state in move.states]
        used.append((f"{place}.basis", "basis", move.basis))
    for place, kind, name in used:
        if name not in known[kind]:
            yield f"{path}.{place}", "unknown-name", f"không có {kind} {name!r}", f"there is no {kind} {name!r}"


def _moves(table: Lifecycle, axis: Axis, path: str) -> Iterator[Fault]:
    seen: set[tuple[str, str, str]] = set()
    everywhere = tuple(state.code for state in table.states)
    for number, move in enumerate(axis.moves):
        mine = {(move.event, origin, state) for origin in move.origins for state in move.states or everywhere}
        if mine & seen:
            yield (
                f"{path}.moves[{number}]",
                "deterministic",
                f"{move.event} có hai bước từ cùng một chỗ",
                f"{move.event} has two moves from one place",
            )
        seen |= mine
    reached, before = {axis.initial, axis.on_portal_change}, 0
    while before != len(reached):
        before = len(reached)
        reached |= {move.to for move in axis.moves if reached & set(move.origins)}
    for number, state in enumerate(axis.states):
        if state.code not in reached:
            place = f"{path}.states[{number}]"
            yield place, "reachable", f"không tới được {state.code}", f"{state.code} cannot be reached"


def guard_faults(table: Lifecycle) -> Iterator[Fault]:
    """Yield guards that lack what their condition looks at, or carry what it does not."""
    axes = {axis.code: {state.code for state in axis.states} for axis in table.axes}
    for index, guard in enumerate(table.guards):
        path = f"$.guards[{index}]"
        if guard.condition is GuardCondition.AXIS:
            yield from _axis_guard(guard, path, axes)
        elif guard.axis is not None or guard.axis_states or guard.value is not None:
            yield path, "guard", "không xét chiều trạng thái", f"{guard.condition} looks at no axis"
        if guard.condition in _ASK_UNITS:
            if not guard.units or set(guard.units) - set(UNITS):
                yield f"{path}.units", "guard", f"cần {UNITS}", f"needs some of {', '.join(UNITS)}"
        elif guard.units:
            yield f"{path}.units", "guard", "không xét đơn vị", f"{guard.condition} looks at no units"
        if bool(guard.channels) is not (guard.condition is GuardCondition.CHANNEL):
            yield (
                f"{path}.channels",
                "guard",
                "hình thức nộp chỉ của điều kiện về hình thức nộp",
                "channels belong to the condition channel",
            )
        if (guard.since and guard.condition not in _LOOK_AT_EVENTS) or (
            guard.condition is GuardCondition.AFTER_EVENT and not guard.since
        ):
            yield (
                f"{path}.since",
                "guard",
                "sự kiện được xét là của điều kiện về sự kiện trước, số lần và thời gian chờ",
                "events to look at belong to conditions on earlier events, counts and waits",
            )
        if (
            guard.in_force_from is not None
            and guard.in_force_to is not None
            and guard.in_force_to < guard.in_force_from
        ):
            yield f"{path}.in_force_to", "guard", "ngày cuối trước ngày đầu", "the last day is before the first"
        if guard.reasons and guard.condition is not GuardCondition.PAPERS_NOT_HELD:
            yield f"{path}.reasons", "guard", "không xét lý do", f"{guard.condition} looks at no reasons"


def _axis_guard(guard: Guard, path: str, axes: dict[str, set[str]]) -> Iterator[Fault]:
    if guard.axis not in axes:
        yield (
            f"{path}.axis",
            "unknown-name",
            f"không có chiều trạng thái {guard.axis!r}",
            f"there is no axis {guard.axis!r}",
        )
    elif not guard.axis_states or set(guard.axis_states) - axes[guard.axis]:
        known = ", ".join(sorted(axes[guard.axis]))
        yield f"{path}.axis_states", "unknown-name", f"cần trạng thái trong {known}", f"needs some of {known}"
    steps = [step.value for step in FeeStep]
    if guard.value not in steps:
        yield f"{path}.value", "unknown-name", f"cần một trong {steps}", f"needs one of {', '.join(steps)}"


def task_faults(table: Lifecycle) -> Iterator[Fault]:
    """Yield events about linked work that nothing keeps from naming the wrong piece of it."""
    for index, event in enumerate(table.events):
        if event.task is None:
            continue
        wanted = _TASK_GUARD[event.task]
        if not any(g.event == event.code and g.condition is wanted and not g.states for g in table.guards):
            yield (
                f"$.events[{index}].task",
                "guard",
                f"cần điều kiện {wanted} ở mọi trạng thái",
                f"needs a guard {wanted} in every state",
            )
