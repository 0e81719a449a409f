"""What makes a lifecycle table sound in time: acts that fit the clock, and columns that say what the facts need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.dossier.lifecycle.axis_checks import taken_beside
from onestop_core.dossier.lifecycle.rows import BACK, STAY, DueRule, Transition
from onestop_core.model import Act, Phase
from onestop_core.model.clock.acts import after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.dossier.lifecycle.axis_checks import Fault
    from onestop_core.dossier.lifecycle.table import Lifecycle

__all__ = ["clock_faults", "fact_faults"]

_PAPERS_ASKED: Final = 5
"""The national portal's code of a dossier that waits for papers."""
_COUNTED: Final = frozenset({Phase.RUNNING, Phase.PAUSED})
_MOVES_APPOINTMENT: Final = frozenset({Act.EXTEND, Act.RESCHEDULE})


def clock_faults(table: Lifecycle) -> Iterator[Fault]:
    """Yield states and transitions whose clocks do not fit together."""
    clocks = {state.code: state.clock for state in table.states}
    for index, state in enumerate(table.states):
        if state.terminal and state.clock != (Phase.STOPPED,):
            yield (
                f"$.states[{index}].clock",
                "clock",
                "ở trạng thái kết thúc, thời hạn đã thôi tính",
                "the clock of an end is stopped",
            )
    for channel, code in table.initial.items():
        if clocks[code] != (Phase.NOT_STARTED,):
            yield (
                f"$.initial.{channel}",
                "clock",
                "ở trạng thái đầu, thời hạn chưa bắt đầu tính",
                "the clock of a beginning has not started",
            )
    detours = {state for row in table.transitions if row.to == BACK for state in row.states}
    for index, row in enumerate(table.transitions):
        path = f"$.transitions[{index}].clock"
        acts = _acts(row)
        # A detour leaves the clock alone, so that the way back finds it as it was.
        touches = row.to in detours or row.to == BACK or (row.to == STAY and set(row.states) & detours)
        if touches and acts != {None}:
            yield path, "clock", "nhánh rẽ không được tác động đến thời hạn", "a detour must leave the clock alone"
        elif row.to != BACK:
            yield from _unfit(row, path, clocks)


def _acts(row: Transition) -> set[Act | None]:
    if row.clock_by is None:
        return {row.clock}
    # Every parameter but this one has an act for each of its values.
    nothing: set[Act | None] = {None} if row.clock_parameter == "content_change_clock" else set()
    return nothing | set(row.clock_by.values())


def _unfit(row: Transition, path: str, clocks: dict[str, tuple[Phase, ...]]) -> Iterator[Fault]:
    for origin in row.states:
        target = origin if row.to == STAY else row.to
        for phase in clocks[origin]:
            for act in sorted(_acts(row), key=str):
                then = phase if act is None else after(phase, act)
                if then is None or then not in clocks[target]:
                    yield (
                        path,
                        "clock",
                        f"{act or 'none'} từ {origin} ({phase}) không hợp với {target}",
                        f"{act or 'none'} from {origin} ({phase}) does not fit {target}",
                    )


def fact_faults(table: Lifecycle) -> Iterator[Fault]:
    """Yield columns without which a dossier of this table would be counted wrongly, in silence."""
    events = {event.code: event for event in table.events}
    states = {state.code: state for state in table.states}
    for index, state in enumerate(table.states):
        if state.outcome is not None and state.clock != (Phase.STOPPED,):
            yield (
                f"$.states[{index}].outcome",
                "facts",
                f"{state.code} kết thúc việc xử lý (outcome) mà thời hạn vẫn tính",
                f"{state.code} ends handling (outcome) while its time goes on",
            )
    elsewhere = any(row.elsewhere for row in table.transitions)
    if not any(event.receives for event in table.events):
        yield "$.events", "facts", "không sự kiện nào tiếp nhận hồ sơ (receives)", "no event receives the dossier"
    for index, row in enumerate(table.transitions):
        path, event = f"$.transitions[{index}]", events[row.event]
        # Of a dossier that is received for an authority elsewhere the time begins later: where it arrives.
        later = elsewhere and not event.receives
        if not later and (Act.START in _acts(row)) is not (event.receives and not row.elsewhere):
            yield (
                f"{path}.clock",
                "facts",
                f"{row.event}: thời hạn bắt đầu tính khi và chỉ khi sự kiện tiếp nhận (receives)",
                f"{row.event}: the clock starts where the event receives the dossier, and only there",
            )
        for origin in row.states:
            target = states.get(row.to)
            counted = bool(_COUNTED & set(states[origin].clock))
            if Act.STOP in _acts(row) and counted and target is not None and target.outcome is None:
                yield (
                    f"$.states[{list(states).index(row.to)}]",
                    "facts",
                    f"{row.to} kết thúc việc xử lý mà không nêu kết quả (outcome)",
                    f"{row.to} ends handling and does not say how (outcome)",
                )
            asked = target is not None and target.portal == _PAPERS_ASKED != states[origin].portal
            if asked and row.to != BACK and not event.asks_papers:
                yield (
                    path,
                    "facts",
                    f"{row.event} dẫn đến chờ bổ sung mà không nêu `asks_papers`",
                    f"{row.event} leads to a wait for papers and does not say asks_papers",
                )
    if any(event.asks_papers for event in table.events) and not any(event.hands_in for event in table.events):
        yield (
            "$.events",
            "facts",
            "không sự kiện nào nộp giấy tờ: thiếu `hands_in`",
            "no event hands papers in (hands_in)",
        )
    yield from _appointment_faults(table)


def _appointment_faults(table: Lifecycle) -> Iterator[Fault]:
    events = {event.code: event for event in table.events}
    clocks = {state.code: state.clock for state in table.states}
    beside = {event for _, event in taken_beside(table)}
    for index, row in enumerate(table.transitions):
        event = events[row.event]
        if _MOVES_APPOINTMENT & _acts(row) and (event.due is not DueRule.REQUIRED or event.task is not None):
            yield (
                f"$.transitions[{index}].clock",
                "facts",
                f"{row.event} đổi ngày hẹn nên phải cần ngày hẹn (due)",
                f"{row.event} moves the appointment, and must require one (due)",
            )
        if event.appoints and None in _acts(row) and any(Phase.STOPPED in clocks[state] for state in row.states):
            yield _too_late(f"$.transitions[{index}]", row.event)
    for index, event in enumerate(table.events):
        if event.code in beside and event.appoints:
            yield _too_late(f"$.events[{index}].due", event.code)


def _too_late(path: str, event: str) -> Fault:
    return (
        path,
        "facts",
        f"{event} hẹn ngày khi thời hạn đã thôi tính hoặc ngoài trạng thái hồ sơ",
        f"{event} makes an appointment where the time is over, or beside the states of the dossier",
    )
