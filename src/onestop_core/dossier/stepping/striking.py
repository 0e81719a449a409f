"""Striking: an event recorded by mistake stays in the log, and so does the event that strikes it; the dossier goes on without it.

What is left is judged again. Where something that followed could not have happened without the struck event, the
striking is refused and says which events would have to be struck with it. A striking can itself be struck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import attrs

from onestop_core.dossier.case import Dossier, Effect, EffectKind, stepped
from onestop_core.dossier.events.event import Event
from onestop_core.dossier.stepping.moves import TELL_PORTAL
from onestop_core.errors import OnestopError
from onestop_core.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from onestop_core.dossier.stepping.moves import Moves
    from onestop_core.dossier.stepping.refusals import Refusals

__all__ = ["MAX_STRIKINGS", "struck"]

MAX_STRIKINGS: Final = 50
"""Most strikings of one dossier: each folds the log anew."""
MAX_FOLDED: Final = 100_000
"""Most events that all strikings of one dossier may fold anew, so that a long log takes fewer of them."""

_NAMED: Final = 10
"""Most events that a refusal names."""

_UNDONE: Final = {
    EffectKind.ISSUE_FORM: EffectKind.WITHDRAW_FORM,
    EffectKind.NOTIFY: EffectKind.RETRACT_NOTICE,
    EffectKind.CHANGE_APPOINTMENT: EffectKind.WITHDRAW_APPOINTMENT,
    EffectKind.RECALL_WORK: EffectKind.RESTORE_WORK,
}


class Take(Protocol):
    """How the machine takes an event that followed: *anew* if something before it is gone or is back."""

    def __call__(self, before: Dossier, past: Event, *, anew: bool) -> Dossier: ...


@attrs.frozen
class _Course:
    """What the log leads to without the events that have fallen."""

    case: Dossier
    states: tuple[str, ...]
    effects: dict[int, tuple[Effect, ...]]
    """By the number of the event that asked for them."""
    refused: tuple[tuple[int, Event], ...]


def struck(moves: Moves, refusals: Refusals, dossier: Dossier, event: Event, *, opened: Dossier, take: Take) -> Dossier:
    """Return *dossier* after *event*, which strikes others; *opened* is where its log began.

    Raises:
        InvalidEventError: it names no event, one that cannot be struck, or one without which others that stand could
            not have happened.
    """
    _ensure_names(moves, refusals, dossier, event)
    log = (*dossier.events, event)
    before, fallen = frozenset(dossier.struck), _fallen(moves, log)
    changed = before ^ fallen
    old = _course(moves, log[:-1], before, opened=opened, take=take, anew_from=len(log))
    new = _course(moves, log, fallen, opened=opened, take=take, anew_from=min(changed))
    if new.refused:
        raise _in_the_way(refusals, event, new.refused, before)
    case = new.case
    effects = [
        *(undone for number in sorted(changed & fallen) for undone in _undone(old.effects.get(number, ()))),
        *(each for number in sorted(changed - fallen) for each in new.effects.get(number, ()) if each.portal is None),
        *moves.striking[event.kind],
    ]
    if case.appointment is not None and case.appointment != dossier.appointment:
        again = Effect(kind=EffectKind.CHANGE_APPOINTMENT, due=case.appointment)
        effects += [again] if again not in effects else []
    effects += TELL_PORTAL[case.portal]
    return stepped(
        log,
        new.states,
        case.origin,
        case.clock,
        case.milestones,
        case.axis_states,
        case.tasks,
        case.portal,
        tuple(effects),
        tuple(sorted(fallen)),
    )


def _ensure_names(moves: Moves, refusals: Refusals, dossier: Dossier, event: Event) -> None:
    taken = sum(past.kind in moves.striking for past in dossier.events)
    if taken >= MAX_STRIKINGS or (taken + 1) * len(dossier.events) > MAX_FOLDED:
        raise refusals.invalid(
            event,
            vi=f"nhật ký {len(dossier.events)} sự kiện đã có {taken} lần hủy bước ghi nhầm, không thêm được nữa",
            en=f"the log of {len(dossier.events)} events has {taken} strikings already, which is the most",
        )
    if not event.event:
        raise refusals.invalid(
            event, vi="thiếu sự kiện bị hủy (event)", en="event, the number or key of what is struck, is missing"
        )
    for name, number in zip(event.event, _numbers(dossier.events, event), strict=True):
        if number is None:
            raise refusals.invalid(
                event, vi=f"nhật ký không có sự kiện {shown(name)}", en=f"the log has no event {shown(name)}"
            )
        if number == 0:
            raise refusals.invalid(event, vi="không hủy được việc nộp hồ sơ", en="the opening cannot be struck")
        if number in dossier.struck:
            raise refusals.invalid(
                event, vi=f"sự kiện {shown(name)} đã bị hủy", en=f"event {shown(name)} has been struck already"
            )


def _numbers(events: Sequence[Event], event: Event) -> Iterator[int | None]:
    """Yield the number of each event among *events* that *event* names; None: there is no such event."""
    for name in event.event:
        if isinstance(name, int):
            yield name if name < len(events) else None
        else:
            yield next((number for number, past in enumerate(events) if past.key == name), None)


def _fallen(moves: Moves, log: Sequence[Event]) -> frozenset[int]:
    """Return the numbers of the events of *log* that do not stand. Read from its end: a striking may have fallen itself."""
    fallen: set[int] = set()
    for number in range(len(log) - 1, 0, -1):
        if log[number].kind in moves.striking and number not in fallen:
            fallen.update(found for found in _numbers(log[:number], log[number]) if found is not None)
    return frozenset(fallen)


def _course(
    moves: Moves, log: Sequence[Event], fallen: AbstractSet[int], *, opened: Dossier, take: Take, anew_from: int
) -> _Course:
    case, states = opened, [opened.states[0]]
    effects: dict[int, tuple[Effect, ...]] = {}
    refused: list[tuple[int, Event]] = []
    for number, event in enumerate(log[1:], 1):
        if number in fallen:
            pass
        elif event.kind in moves.striking:
            # What the portal was told may be what fell: it has to be told again.
            case = attrs.evolve(case, axis_states=tuple({**dict(case.axis_states), **moves.on_portal_change}.items()))
        else:
            try:
                case = take(case, event, anew=number >= anew_from)
            except OnestopError:
                refused.append((number, event))
            else:
                effects[number] = case.effects
        states.append(case.states[-1])
    return _Course(case, tuple(states), effects, tuple(refused))


def _undone(effects: tuple[Effect, ...]) -> Iterator[Effect]:
    for effect in effects:
        if effect.kind in _UNDONE:
            yield attrs.evolve(effect, kind=_UNDONE[effect.kind])


def _in_the_way(
    refusals: Refusals, event: Event, refused: Sequence[tuple[int, Event]], before: frozenset[int]
) -> OnestopError:
    back = next(((number, past.kind) for number, past in refused if number in before), None)
    if back is not None:
        # It is struck now, and cannot be struck with the striking that would bring it back.
        number, kind = back
        name = refusals.event_name(kind)
        return refusals.invalid(
            event,
            vi=f"bước số {number} “{name.vi}” không thể có lại, vì bước trước nó đã thay đổi",
            en=f"number {number} {kind} cannot come back, since what came before it has changed",
        )
    named = [(number, past.kind, refusals.event_name(past.kind)) for number, past in refused[:_NAMED]]
    more = len(refused) - len(named)
    return refusals.invalid(
        event,
        vi="không có bước bị hủy thì các bước sau không thể đã xảy ra; phải hủy cùng lúc: "
        + ", ".join(f"số {number} “{name.vi}”" for number, _, name in named)
        + (f" và {more} bước nữa" if more else ""),
        en="without what is struck these could not have happened, and are to be struck with it: "
        + ", ".join(f"number {number} {kind}" for number, kind, _ in named)
        + (f" and {more} more" if more else ""),
    )
