"""What makes a lifecycle table sound: every name known, total, deterministic, reachable, closed, clock and portal consistent.

Packaged and local editions pass the same checks before a machine runs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from onestop_core.dossier.lifecycle.axis_checks import axis_faults, guard_faults, taken_beside, task_faults
from onestop_core.dossier.lifecycle.clock_checks import clock_faults, fact_faults
from onestop_core.dossier.lifecycle.policies import ContentChangeClock, FeeStep, Policy, SupplementClock
from onestop_core.dossier.lifecycle.rows import BACK, STAY, DueRule, EventType, GuardCondition, Transition
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import Channel
from onestop_core.model.series import instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["checked", "problems"]

_NEEDS_PARAMETER = {
    GuardCondition.MAX_COUNT: int,
    GuardCondition.BEFORE_DUE: int,
    GuardCondition.PERMITTED: bool,
    GuardCondition.NOT_AFTER_DUE: bool,
    GuardCondition.WORK_JOINED: bool,
    GuardCondition.AXIS: FeeStep,
    GuardCondition.TO_UNIT: bool,
    GuardCondition.WAIT_OVER: int,
    GuardCondition.DUE_AHEAD: int,
}
_CLOCK_PARAMETERS: dict[str, type[SupplementClock | ContentChangeClock]] = {
    "supplement_clock": SupplementClock,
    "content_change_clock": ContentChangeClock,
}
_NOT_COUNTED = {"max_supplements_total"}
"""Counts that need not be limited at all."""


def checked(table: Lifecycle) -> Lifecycle:
    """Return *table* if it is sound.

    Raises:
        InvalidDocumentError: with everything that is wrong with it.
    """
    found = problems(table)
    if found:
        raise InvalidDocumentError(problems=found, source=table.reference)
    return table


def problems(table: Lifecycle) -> tuple[Problem, ...]:
    """Return everything that is wrong with *table*; the graph is judged only once every name in it is known."""
    instance(table, Lifecycle, "table")
    return (
        (*_names(table), *(_problem(*fault) for fault in axis_faults(table)))
        or (*_parameters(table), *(_problem(*fault) for fault in (*guard_faults(table), *task_faults(table))))
        or (
            *_rows(table),
            *_graph(table),
            *(_problem(*fault) for fault in (*clock_faults(table), *fact_faults(table))),
            *_moves(table),
        )
    )


def _problem(path: str, rule: str, vi: str, en: str) -> Problem:
    return Problem(path=path, rule=f"lifecycle/{rule}", text=Text(vi=vi, en=en))


def _names(table: Lifecycle) -> Iterator[Problem]:
    """Yield every name that is repeated, and every name that stands for nothing."""
    states = [state.code for state in table.states]
    events = [event.code for event in table.events]
    for what, codes in (("states", states), ("events", events), ("guards", [guard.code for guard in table.guards])):
        for index, code in enumerate(codes):
            if code in codes[:index]:
                yield _problem(f"$.{what}[{index}].code", "repeated", f"{code} bị lặp", f"{code} appears twice")

    used: list[tuple[str, str, object]] = []  # (path, kind of name, name)
    used += [("$.basis", "basis", table.basis), ("$.roles_basis", "basis", table.roles_basis)]
    if table.portal is not None:
        used += [(f"$.portal.{name}", "basis", getattr(table.portal, name)) for name in ("basis", "moves_basis")]
    used += [(f"$.forms.{number}.basis", "basis", form.basis) for number, form in table.forms.items()]
    used += [
        (f"$.forms.{number}.circular_basis", "basis", form.circular_basis)
        for number, form in table.forms.items()
        if form.circular_basis is not None
    ]
    used += [(f"$.reasons.{code}.basis", "basis", reason.basis) for code, reason in table.reasons.items()]
    used += [(f"$.parameters.{code}.basis", "basis", row.basis) for code, row in table.parameters.items()]
    used += [(f"$.initial.{channel}", "state", state) for channel, state in table.initial.items()]
    for index, state in enumerate(table.states):
        path = f"$.states[{index}]"
        used.append((f"{path}.basis", "basis", state.basis))
        used.append((f"{path}.portal", "portal", None if state.portal is None else str(state.portal)))
        if state.holder is not None:
            used.append((f"{path}.holder", "role", state.holder))
    for index, event in enumerate(table.events):
        path = f"$.events[{index}]"
        used.append((f"{path}.basis", "basis", event.basis))
        used += [(f"{path}.roles", "role", role) for role in (*event.roles, *event.notify)]
        used += [(f"{path}.reason_codes", "reason", reason) for reason in event.reason_codes]
        if event.form is not None:
            used.append((f"{path}.form", "form", event.form))
    for index, row in enumerate(table.transitions):
        path = f"$.transitions[{index}]"
        used += [(f"{path}.basis", "basis", row.basis), (f"{path}.event", "event", row.event)]
        used += [(f"{path}.states", "state", state) for state in row.states]
        if row.to not in {STAY, BACK}:
            used.append((f"{path}.to", "state", row.to))
    for index, guard in enumerate(table.guards):
        path = f"$.guards[{index}]"
        used += [(f"{path}.basis", "basis", guard.basis), (f"{path}.event", "event", guard.event)]
        used += [(f"{path}.states", "state", state) for state in guard.states]
        used += [(f"{path}.since", "event", event) for event in guard.since]
        used += [(f"{path}.reasons", "reason", reason) for reason in guard.reasons]
        if guard.parameter is not None:
            used.append((f"{path}.parameter", "parameter", guard.parameter))

    known = {
        "basis": set(table.bases),
        "state": set(states) - {STAY, BACK},
        "event": set(events),
        "role": set(table.roles),
        "form": set(table.forms),
        "reason": set(table.reasons),
        "portal": {None} if table.portal is None else set(table.portal.statuses) & {str(code) for code in range(1, 11)},
        "parameter": set(table.parameters),
    }
    for path, kind, name in used:
        if name not in known[kind]:
            yield _problem(path, "unknown-name", f"không có {kind} {name!r}", f"there is no {kind} {name!r}")


def _parameters(table: Lifecycle) -> Iterator[Problem]:
    """Yield what is wrong with the defaults: each is a field of policies, of the kind that its guards need."""
    fields = {field.name for field in attrs.fields(Policy)} - {"forms"}
    for name in table.parameters:
        if name not in fields:
            yield _problem(
                f"$.parameters.{name}",
                "parameter",
                f"{name} không phải tham số của chính sách",
                f"{name} is not a parameter of policies",
            )
    try:
        defaults = table.defaults
    except (InvalidDocumentError, InvalidValueError) as error:
        yield _problem("$.parameters", "parameter", error.message.vi, error.message.en)
        return
    for index, guard in enumerate(table.guards):
        path = f"$.guards[{index}].parameter"
        kind = _NEEDS_PARAMETER.get(guard.condition)
        if guard.number is not None:
            if kind is not int or guard.parameter is not None:
                yield _problem(
                    f"$.guards[{index}].number",
                    "guard",
                    "số cố định chỉ của điều kiện có số, thay cho tham số",
                    "a fixed number stands in place of the parameter of a condition that counts",
                )
            continue
        if kind is None and guard.parameter is not None:
            yield _problem(path, "guard", "không dùng tham số", f"{guard.condition} takes no parameter")
        if kind is not None and not _fits(guard.parameter, defaults, kind):
            yield _problem(
                path,
                "guard",
                f"cần tham số kiểu {kind.__name__}",
                f"{guard.condition} needs a parameter of type {kind.__name__}",
            )


def _fits(parameter: str | None, defaults: Policy, kind: type) -> bool:
    if parameter is None:
        return False
    found = getattr(defaults, parameter)
    return type(found) is kind or (found is None and parameter in _NOT_COUNTED)


def _rows(table: Lifecycle) -> Iterator[Problem]:
    """Yield rows that contradict one another or never apply."""
    seen: set[tuple[str, str]] = set()
    elsewhere: set[tuple[str, str]] = set()
    for index, row in enumerate(table.transitions):
        path = f"$.transitions[{index}]"
        for state in row.states:
            rows = elsewhere if row.elsewhere else seen
            if (state, row.event) in rows:
                yield _problem(
                    path, "deterministic", f"({state}, {row.event}) có hai dòng", f"({state}, {row.event}) has two rows"
                )
            rows.add((state, row.event))
        if row.clock_by is not None:
            yield from _clock_choice(table, row, f"{path}.clock_by")
    for state, kind in sorted(elsewhere - seen):
        yield _problem(
            "$.transitions",
            "total",
            f"({state}, {kind}) chỉ có dòng cho hồ sơ ở nơi khác (elsewhere)",
            f"({state}, {kind}) has a row for dossiers received elsewhere and none for the others",
        )
    seen |= taken_beside(table)
    taken = {event for _, event in seen}
    for index, event in enumerate(table.events):
        if event.strikes:
            yield from _striking(event, taken, f"$.events[{index}]")
        elif event.code not in taken:
            yield _problem(
                f"$.events[{index}]",
                "unused",
                f"không trạng thái nào nhận {event.code}",
                f"no state takes {event.code}",
            )
    for index, guard in enumerate(table.guards):
        path = f"$.guards[{index}]"
        wrong = [
            state
            for state in guard.states
            if ((state, guard.event) in seen) is (guard.condition is GuardCondition.NEVER and not guard.is_dated)
        ]
        for state in wrong:
            yield _problem(
                path,
                "guard",
                f"({state}, {guard.event}) trái với bảng chuyển",
                f"({state}, {guard.event}) contradicts the transitions: a guard stands on one, a refusal (never) on none",
            )
        if guard.condition is GuardCondition.NEVER and not guard.states:
            yield _problem(path, "guard", "cần nêu trạng thái", "a refusal (never) names its states")
    for channel in Channel:
        if channel not in table.initial and channel is not Channel.KIOSK:
            yield _problem("$.initial", "total", f"thiếu kênh {channel}", f"channel {channel} is missing")


def _striking(event: EventType, taken: set[str], path: str) -> Iterator[Problem]:
    """Yield what an event that strikes others must not do: the dossier is folded without them, and nothing else moves it."""
    if event.code in taken or event.receives or event.asks_papers or event.hands_in or event.task is not None:
        yield _problem(
            path,
            "striking",
            f"{event.code} hủy sự kiện khác, không tự chuyển trạng thái",
            f"{event.code} strikes other events and moves nothing itself",
        )
    if event.due is not DueRule.NEVER or not event.needs_reason:
        yield _problem(
            path,
            "striking",
            f"{event.code} cần lý do và không hẹn ngày",
            f"{event.code} needs a reason and makes no appointment",
        )


def _clock_choice(table: Lifecycle, row: Transition, path: str) -> Iterator[Problem]:
    kind = _CLOCK_PARAMETERS.get(row.clock_parameter)
    if kind is None or row.clock_parameter not in table.parameters:
        known = ", ".join(_CLOCK_PARAMETERS)
        yield _problem(path, "clock", f"cần tham số trong {known}", f"needs one of the parameters {known}")
        return
    named = [value.value for value in kind if value.value != "none"]
    if set(row.clock_by or ()) != set(named):
        yield _problem(path, "clock", f"cần {' và '.join(named)}", f"needs an effect for {' and for '.join(named)}")


def _edges(table: Lifecycle) -> Iterator[tuple[str, str, Transition]]:
    """Yield (from, to, row) for each transition, every possible way back included."""
    entered: dict[str, set[str]] = {}
    for row in table.transitions:
        if row.to not in {STAY, BACK}:
            entered.setdefault(row.to, set()).update(row.states)
    for row in table.transitions:
        for state in row.states:
            targets = {STAY: [state], BACK: sorted(entered.get(state, ()))}.get(row.to, [row.to])
            for target in targets:
                yield state, target, row


def _closure(start: set[str], arrows: dict[str, set[str]]) -> set[str]:
    found, fresh = set(start), set(start)
    while fresh:
        fresh = {target for state in fresh for target in arrows.get(state, ())} - found
        found |= fresh
    return found


def _graph(table: Lifecycle) -> Iterator[Problem]:
    """Yield states that cannot be reached, cannot end, or end and go on."""
    out: dict[str, set[str]] = {}
    into: dict[str, set[str]] = {}
    forward: dict[str, set[str]] = {}
    for origin, target, row in _edges(table):
        out.setdefault(origin, set()).add(target)
        into.setdefault(target, set()).add(origin)
        if row.to != BACK:  # a way back leads only to where the dossier has been
            forward.setdefault(origin, set()).add(target)
    reachable = _closure(set(table.initial.values()), forward)
    ending = _closure({state.code for state in table.states if state.terminal}, into)
    for index, state in enumerate(table.states):
        path, code = f"$.states[{index}]", state.code
        if code not in reachable:
            yield _problem(path, "reachable", f"không tới được {code}", f"{code} cannot be reached")
        if code not in ending:
            yield _problem(
                path, "co-reachable", f"{code} không có lối ra tới kết thúc", f"no end can be reached from {code}"
            )
        if state.terminal and code in out:
            yield _problem(path, "closed", f"{code} là kết thúc mà còn chuyển tiếp", f"{code} is terminal and goes on")
    # The way back is remembered one step deep, which keeps the machine small and the log readable.
    detours = {state for row in table.transitions if row.to == BACK for state in row.states}
    for index, row in enumerate(table.transitions):
        if row.to in detours and set(row.states) & detours:
            yield _problem(
                f"$.transitions[{index}]", "detour", "nhánh rẽ lồng nhau", "a detour is entered from a detour"
            )
    for channel, code in table.initial.items():
        if code in detours:
            yield _problem(
                f"$.initial.{channel}", "detour", f"{code} chưa có lối về", f"{code} has nowhere to go back to"
            )


def _moves(table: Lifecycle) -> Iterator[Problem]:
    """Yield transitions of which the portal could not be told."""
    portal = {state.code: state.portal for state in table.states}
    seen: set[tuple[str, str]] = set()
    for state, target, row in _edges(table):
        old, new = portal[state], portal[target]
        if (state, target) in seen or old == new:
            continue
        seen.add((state, target))
        if table.portal is not None and new not in table.portal.moves.get(str(old), ()):
            yield _problem(
                f"$.transitions[{table.transitions.index(row)}]",
                "portal",
                f"Cổng không cho chuyển {old} → {new} ({state} → {target})",
                f"the portal does not move from {old} to {new} ({state} to {target})",
            )
