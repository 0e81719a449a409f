"""How each kind of property is judged on what was explored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines.duties import DutyRule
from onestop_core.dossier import Lifecycle, holdings
from onestop_core.dossier.case import EffectKind
from onestop_core.lab.proving.beside import beside, owners
from onestop_core.lab.proving.duties import unmet_duties
from onestop_core.lab.proving.exploring import Exploration, can_reach
from onestop_core.lab.proving.findings import Names, Violation, story
from onestop_core.lab.proving.properties import PropertyKind
from onestop_core.model import Phase
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from onestop_core.dossier import Dossier, Event
    from onestop_core.lab.proving.properties import Property

__all__ = ["Ground", "violations"]

MOST: Final = 20
"""Violations of one property that are told."""


@attrs.frozen(eq=False, kw_only=True)
class Ground:
    """On what a property is judged."""

    table: Lifecycle
    explorations: tuple[Exploration, ...]
    duties: Sequence[DutyRule]

    @property
    def names(self) -> Names:
        """The words of the lifecycle."""
        return Names(self.table)


Finding = tuple[str, Text, "tuple[Event, ...]"]
"""What it is about, what is wrong, and the log."""


def violations(wanted: Property, ground: Ground) -> tuple[Violation, ...]:
    """Return what breaks *wanted*, one for each subject, the shortest log first."""
    shortest: dict[str, Violation] = {}
    if wanted.kind is PropertyKind.FORM_HAS_EVENT:
        first = ground.explorations[0]
        for subject, text in _forms(wanted, ground):
            shortest[subject] = Violation(subject=subject, text=text, policy=first.policy)
        return tuple(shortest.values())
    for exploration in ground.explorations:
        for subject, text, log in _JUDGES[wanted.kind](wanted, ground, exploration):
            known = shortest.get(subject)
            if known is None or len(log) < len(known.log):
                shortest[subject] = Violation(subject=subject, text=text, log=log, policy=exploration.policy)
    found = sorted(shortest.values(), key=lambda each: len(each.log))[:MOST]
    machine = ground.explorations[0].machine
    return tuple(attrs.evolve(each, story=story(machine, each.log)) for each in found)


def _is_end(table: Lifecycle, code: str) -> bool:
    state = table.state(code)
    return state.terminal or state.outcome is not None


def _joined(_: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    table, names = ground.table, ground.names
    decides = {state.code: _is_end(table, state.code) for state in table.states}
    waits = {state.code for state in table.states if state.open_work}
    for number, dossier in enumerate(explored.dossiers):
        opened = [task.id for task in dossier.tasks if task.is_open]
        if decides[dossier.state] and opened:
            where, work = names.state(dossier.state), ", ".join(opened)
            yield (
                dossier.state,
                Text(
                    vi=f"hồ sơ đến {where.vi} khi việc đã chuyển xử lý chưa xong: {work}",
                    en=f"the dossier comes to {where.en} while work handed over is open: {work}",
                ),
                explored.log(number),
            )
    for origin, step, target in explored.walk.targets():
        before = explored.dossiers[origin]
        left = {before.state, before.origin} & waits
        if not left or not decides[explored.dossiers[target].state]:
            continue
        after = explored.machine.step(before, explored.attempts.event(step.attempt, before))
        said = {each.state for each in after.effects if each.kind is EffectKind.RECALL_WORK}
        for state in sorted(str(each) for each in left - said):
            where, what = names.state(state), names.event(step.attempt.kind)
            yield (
                f"{state}.{step.attempt.kind}",
                Text(
                    vi=f"{what.vi} kết thúc hồ sơ mà không nói việc ở {where.vi} ra sao",
                    en=f"{what.en} ends the dossier and does not say what becomes of the work of {where.en}",
                ),
                after.events,
            )


def _appointment(_: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    names = ground.names
    for number, dossier in enumerate(explored.dossiers):
        if dossier.clock.phase is not Phase.RUNNING or dossier.appointment is not None:
            continue
        makes = any(
            step.attempt.due and explored.attempts.appoints(step.attempt.kind) and step.target is not None
            for step in explored.walk.steps[number]
        )
        if dossier.clock.counted_from is None or not (makes or dossier.origin is not None):
            where = names.state(dossier.state)
            yield (
                dossier.state,
                Text(
                    vi=f"ở {where.vi}, thời hạn đang tính mà không ghi và không ghi được ngày hẹn",
                    en=f"in {where.en} the time runs, no appointment is on record, and none can be put on record",
                ),
                explored.log(number),
            )


def _true_reason(wanted: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    guards = {guard.code: guard for guard in ground.table.guards}
    for number, dossier in enumerate(explored.dossiers):
        if dossier.appointment is not None:
            continue
        for step in explored.walk.steps[number]:
            if step.guard in guards and guards[step.guard].condition in wanted.conditions:
                what, code = ground.names.event(step.attempt.kind), str(step.guard)
                yield (
                    f"{step.attempt.kind}.{code}",
                    Text(
                        vi=f"{what.vi} bị từ chối theo điều kiện {code}, tính từ ngày hẹn, dù chưa có ngày hẹn nào",
                        en=f"{what.en} is refused by {code}, which counts from the appointment, and there is none",
                    ),
                    explored.log(number),
                )


def _exits(wanted: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    holders = {state.code: state.holder for state in ground.table.states}
    roles = {event.code: event.roles for event in ground.table.events}

    def waits(dossier: Dossier) -> bool:
        if wanted.holder is None:
            return dossier.clock.phase is Phase.PAUSED
        return holders[dossier.state] == wanted.holder

    # A step that leads out may need another one before it, such as to recall work that is open.
    out = {number for number, dossier in enumerate(explored.dossiers) if not waits(dossier)}
    ends = can_reach(explored.walk, out, by=lambda kind: any(role != wanted.holder for role in roles[kind]))
    for number, dossier in enumerate(explored.dossiers):
        if number not in ends:
            where = ground.names.state(dossier.state)
            who = None if wanted.holder is None else ground.names.role(wanted.holder)
            yield (
                dossier.state,
                Text(
                    vi=f"không có lối ra khỏi {where.vi}" + ("" if who is None else f" mà không cần {who.vi}"),
                    en=f"no way leads out of {where.en}" + ("" if who is None else f" without {who.en}"),
                ),
                explored.log(number),
            )


def _holders(_: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    terminal = {state.code: state.terminal for state in ground.table.states}
    for number, dossier in enumerate(explored.dossiers):
        rows = holdings(dossier, lifecycle=ground.table)
        gaps = any(one.until != two.since for one, two in pairwise(rows))
        held = bool(rows) and rows[-1].until is None
        if gaps or not rows or held is terminal[dossier.state]:
            where = ground.names.state(dossier.state)
            yield (
                dossier.state,
                Text(
                    vi=f"ở {where.vi} "
                    + ("hồ sơ đã kết thúc mà vẫn có người giữ" if held else "không rõ ai giữ hồ sơ"),
                    en=f"in {where.en} " + ("somebody holds a dossier that is over" if held else "nobody holds it"),
                ),
                explored.log(number),
            )


def _refusals(wanted: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    final = {guard.code for guard in ground.table.guards if guard.condition in wanted.conditions}
    taken: dict[str, set[int]] = {}
    refused: dict[str, list[tuple[int, str]]] = {}
    for number, steps in enumerate(explored.walk.steps):
        for step in steps:
            kind = step.attempt.kind
            if step.target is not None:
                taken.setdefault(kind, set()).add(number)
            elif step.guard is not None and step.guard not in final:
                refused.setdefault(kind, []).append((number, step.guard))
    for kind, places in refused.items():
        later = can_reach(explored.walk, taken.get(kind, set()))
        for number, guard in places:
            if number not in later:
                what, where = ground.names.event(kind), ground.names.state(explored.dossiers[number].state)
                yield (
                    f"{kind}.{guard}",
                    Text(
                        vi=f"ở {where.vi}, {what.vi} bị từ chối theo điều kiện {guard}, và không bước nào làm cho điều "
                        "kiện đó đạt được",
                        en=f"in {where.en}, {what.en} is refused by {guard}, and nothing that may follow can meet it",
                    ),
                    explored.log(number),
                )


def _portal(wanted: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    for origin, step, target in explored.walk.targets():
        before = explored.dossiers[origin]
        old, new = before.portal, explored.dossiers[target].portal
        if old != new and new not in wanted.moves.get(str(old), ()):
            what = ground.names.event(step.attempt.kind)
            after = explored.machine.step(before, explored.attempts.event(step.attempt, before))
            yield (
                f"{old}-{new}",
                Text(
                    vi=f"{what.vi} chuyển mã trên Cổng Dịch vụ công quốc gia từ {old} sang {new}",
                    en=f"{what.en} moves the status of the national portal from {old} to {new}",
                ),
                after.events,
            )


def _forms(wanted: Property, ground: Ground) -> Iterable[tuple[str, Text]]:
    table = ground.table
    events = {event.code: event for event in table.events}
    final = {guard.code for guard in table.guards}
    issued: set[str | None] = set()
    for explored in ground.explorations:
        for steps in explored.walk.steps:
            # What a limit or a permission refuses has its event all the same.
            issued |= {
                events[step.attempt.kind].form for step in steps if step.target is not None or step.guard in final
            }
    mine = {event: axis for event, axis in owners(table).items() if events[event].form is not None}
    if mine:
        walked = beside(ground.explorations[0], frozenset(mine.values())).walk
        issued |= {events[step.attempt.kind].form for _, step, _ in walked.targets()}
    for number, form in table.forms.items():
        if number not in issued and form.use not in wanted.kept:
            yield (
                number,
                Text(
                    vi=f"không sự kiện nào phát hành mẫu {number} “{form.name.vi}”",
                    en=f"no event issues form {number} “{form.name.en}”",
                ),
            )


def _duties(_: Property, ground: Ground, explored: Exploration) -> Iterator[Finding]:
    names = ground.names
    for duty, log in unmet_duties(ground.table, explored, ground.duties):
        what = names.event(log[-1].kind)
        yield (
            duty.code,
            Text(
                vi=f"từ {what.vi} phát sinh việc “{duty.name.vi}”, mà không sự kiện nào ghi nhận được là đã thực hiện",
                en=f"{what.en} begins the duty “{duty.name.en}” ({duty.code}), and no event that may follow tells that it is done",
            ),
            log,
        )


_JUDGES: Final[Mapping[PropertyKind, Callable[[Property, Ground, Exploration], Iterator[Finding]]]] = {
    PropertyKind.ENDS_JOINED: _joined,
    PropertyKind.APPOINTMENT_KNOWN: _appointment,
    PropertyKind.TRUE_REASON: _true_reason,
    PropertyKind.WAIT_HAS_EXIT: _exits,
    PropertyKind.ONE_HOLDER: _holders,
    PropertyKind.REFUSAL_CAN_BE_MET: _refusals,
    PropertyKind.PORTAL_MOVES: _portal,
    PropertyKind.DUTY_CAN_BE_MET: _duties,
}
