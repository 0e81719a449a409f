"""The machine: a small pure interpreter of a lifecycle table.

``step(dossier, event)`` returns a new dossier or raises; it reads no clock and changes nothing. All that
decides is in the table (``dossier.lifecycle``); what is here is the reading of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, cast

import attrs

from onestop_core.dossier.checks import checked
from onestop_core.dossier.clock import ClockEffect
from onestop_core.dossier.events import CREATED, Event, Opening
from onestop_core.dossier.guards import STANDING, holds, in_the_way, value
from onestop_core.dossier.lifecycle import (
    BACK,
    STAY,
    Condition,
    DueRule,
    Lifecycle,
    find,
)
from onestop_core.dossier.moves import TELL_PORTAL, Move, Moves, moves_of, own_forms, tasks_after
from onestop_core.dossier.policies import NO_POLICY, Policy
from onestop_core.dossier.sealing import ensure_sealed
from onestop_core.dossier.values import Dossier, DueChange, Effect, EffectKind, stepped
from onestop_core.errors import GuardError, InvalidEventError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from onestop_core.model import Basis, Channel

__all__ = ["MAX_EVENTS", "Machine", "machine"]

MAX_EVENTS: Final = 10_000
"""Most events of one dossier; more is a mistake or an attack, and steps copy the log."""


@attrs.frozen(kw_only=True, eq=False)
class Machine:
    """Runs dossiers by one edition of a lifecycle.

    >>> from datetime import date, datetime, timezone
    >>> m = machine("vn", on=date(2026, 2, 12))
    >>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
    >>> d = m.new(id="H26.12-260212-0001", procedure="1.004222", channel="in_person", at=t)
    >>> d = m.step(d, Event(kind="received", at=t))
    >>> d.state, d.clock.kind.value, [effect.form for effect in d.effects if effect.form]
    ('received', 'running', ['01'])
    >>> m.step(d, Event(kind="delivered", at=t))
    Traceback (most recent call last):
    onestop_core.errors.TransitionNotAllowedError: state received does not take event delivered; allowed: ...
    >>> m.replay(d.events) == d
    True

    Raises:
        InvalidDocumentError: the lifecycle is not total, deterministic, reachable or closed.
    """

    lifecycle: Lifecycle = attrs.field(converter=checked)
    _moves: Moves = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_moves", moves_of(self.lifecycle))

    @property
    def id(self) -> str:
        """Id of the edition, such as ``vn@decree-61-2018``; pinned on every dossier it opens."""
        return self.lifecycle.id

    @property
    def basis(self) -> Basis:
        """The instrument on which the edition rests."""
        return self.lifecycle.bases[self.lifecycle.basis]

    def new(
        self,
        *,
        id: str,  # noqa: A002 - the word of the contract
        procedure: str,
        channel: Channel | str,
        at: datetime,
        procedure_version: str | None = None,
        policy: Policy | None = None,
        receiving_unit: str | None = None,
        competent_unit: str | None = None,
        support_unit: str | None = None,
        required_papers: tuple[str, ...] = (),
        published_papers: tuple[str, ...] = (),
        papers: tuple[str, ...] = (),
        actor: str | None = None,
        role: str | None = None,
        unit: str | None = None,
        key: str | None = None,
    ) -> Dossier:
        """Return a new dossier, which the desk has not received yet.

        Args:
            id: The host's name for it; the dossier code or any other.
            procedure: Code of the procedure.
            channel: ``in_person``, ``online`` or ``post``.
            at: When it was registered or laid on the desk.
            procedure_version: The edition of the procedure, pinned with the lifecycle.
            policy: Where the procedure's own rules differ from the lifecycle's.
            receiving_unit: The unit whose desk takes it in.
            competent_unit: The authority that decides.
            support_unit: The point that helped the applicant, without any power over the dossier.
            required_papers: The papers without which it is not received.
            published_papers: The other papers that may be asked for.
            papers: What was handed in.
            actor: Who opened it.
            role: In which role.
            unit: For which unit.
            key: Idempotency key.

        Raises:
            InvalidEventError: a naive moment, an empty id or procedure, an unknown channel.
        """
        opening = Opening(
            id=id,
            procedure=procedure,
            procedure_version=procedure_version,
            channel=cast("Channel", channel),  # an Opening takes the plain code too
            lifecycle=self.id,
            policy=NO_POLICY if policy is None else policy,
            receiving_unit=receiving_unit,
            competent_unit=competent_unit,
            support_unit=support_unit,
            required_papers=required_papers,
            published_papers=published_papers,
        )
        return self._open(
            Event(kind=CREATED, at=at, actor=actor, role=role, unit=unit, papers=papers, key=key, opening=opening)
        )

    def step(self, dossier: Dossier, event: Event, *, expected_version: int | None = None) -> Dossier:
        """Return *dossier* after *event*. Refused, it raises and the dossier is as it was.

        An event whose idempotency key the dossier has seen returns the very same dossier. With
        *expected_version*, the dossier must still have that many events (optimistic locking).

        Raises:
            UnknownCodeError: the lifecycle has no such event.
            TransitionNotAllowedError: the state does not take the event.
            GuardError: a condition of law, or the role, forbids it.
            InvalidEventError: the event lies before the last one, lacks a reason or appointment that it
                needs, reuses a key for something else, or the dossier belongs to another lifecycle or version.
        """
        events = dossier.events
        if event.key is not None:
            for past in events:
                if past.key == event.key:
                    return _repeated(dossier, past, event)
        if expected_version is not None and expected_version != len(events):
            raise _invalid(
                event,
                vi=f"hồ sơ đã ở phiên bản {len(events)}, không phải {expected_version}",
                en=f"the dossier is at version {len(events)}, not {expected_version}",
            )
        opening = events[0].opening
        assert opening is not None  # the machine begins every log with it
        if opening.lifecycle != self.lifecycle.id:
            raise self._foreign(event, dossier.lifecycle)
        return self._take(dossier, event)

    def replay(self, events: Iterable[Event], *, seal: Sequence[str] | None = None) -> Dossier:
        """Return the dossier that *events*, the whole log from ``created`` on, lead to.

        ``replay(d.events) == d`` for every dossier *d* of this machine. With *seal*, the chain that ``dossier.seal``
        made over the log, the events must be the very same.

        Raises:
            InvalidEventError: the log is empty, does not begin with ``created``, does not match its seal, or was
                made under another lifecycle.
            OnestopError: as :meth:`step`, for the first event that is refused.
        """
        if seal is not None:
            events = tuple(events)
            ensure_sealed(events, seal)
        rest = iter(events)
        first = next(rest, None)
        if first is None or first.opening is None:
            raise InvalidEventError(
                event="(none)" if first is None else first.kind,
                reason=Text(vi="nhật ký phải bắt đầu bằng created", en="a log begins with the event created"),
            )
        if first.opening.lifecycle != self.id:
            raise self._foreign(first, first.opening.lifecycle)
        dossier = self._open(first)
        seen = {first.key: first} if first.key is not None else {}
        for event in rest:
            if event.key is not None:
                if event.key in seen:
                    dossier = _repeated(dossier, seen[event.key], event)
                    continue
                seen[event.key] = event
            dossier = self._take(dossier, event)
        return dossier

    def allowed(self, dossier: Dossier, *, axis: str | None = None) -> tuple[str, ...]:
        """Return the codes of the events that *dossier* can take, in the order of the table.

        Events whose condition can no longer be met, such as a second supplement demand, are left out. What
        depends on the event itself (its time, role, unit, papers and appointment) is judged by :meth:`step`.

        Args:
            dossier: The dossier.
            axis: Instead of the events that move the dossier, those that only move this axis, such as ``payment``.

        Raises:
            UnknownCodeError: the lifecycle has no such axis.
        """
        if axis is None:
            moves = self._moves.by_state[dossier.state]
        else:
            known = [code for code, _ in self._moves.axes]
            if axis not in known:
                raise UnknownCodeError(
                    kind=Text(vi="trục", en="axis"), value=str(axis), suggestions=closest(str(axis), known)
                )
            moves = self._moves.of_axis(dossier, axis)
        return tuple(
            code
            for code, move in moves.items()
            if all(
                holds(guard, dossier, None, self._moves.defaults)
                for guard in move.guards
                if guard.condition in STANDING
            )
        )

    def _open(self, event: Event) -> Dossier:
        opening = event.opening
        assert opening is not None
        state = self.lifecycle.initial[opening.channel]
        portal = self._moves.portal[state]
        return Dossier(
            events=(event,),
            states=(state,),
            axis_states=self._moves.axes,
            portal=portal,
            effects=(TELL_PORTAL[portal],),
        )

    def _take(self, dossier: Dossier, event: Event) -> Dossier:
        state = dossier.states[-1]
        moves = self._moves
        move = moves.by_state[state].get(event.kind) or moves.beside_move(dossier, event.kind)
        if move is None:
            raise self._refusal(dossier, event)
        ordinary = move.is_plain and event.due is None and event.task is None and event.role in move.roles
        if not ordinary or event.at < dossier.events[-1].at or len(dossier.events) >= MAX_EVENTS:
            self._ensure_valid(dossier, event, move)
        for guard in move.guards:
            if not holds(guard, dossier, event, moves.defaults):
                reason = _with(guard.reason, in_the_way(guard, dossier, event))
                raise self._guarded(state, event, guard.code, reason, guard.basis)
        if move.to == STAY:
            target, origin = state, dossier.origin
        elif move.to == BACK:
            assert dossier.origin is not None  # the table was checked: a detour is entered from somewhere
            target, origin = dossier.origin, None
        else:
            target, origin = move.to, state if move.to in moves.detours else None
        clock, effect = dossier.clock, move.clock
        if move.clock_by is not None:
            effect = move.clock_by[value("supplement_clock", dossier, moves.defaults)]
        if effect is not ClockEffect.NONE:
            clock = clock.take(effect, event.at, target)
        effects, due_changes, tasks = move.effects, dossier.due_changes, dossier.tasks
        if effects and dossier.policy.forms:
            effects = own_forms(effects, dossier.policy.forms)
        if move.event.task is not None:
            tasks = tasks_after(tasks, event, move.event.task)
        elif event.due is not None:
            change = DueChange(old=dossier.due, new=event.due, at=event.at, event=event.kind, reason=event.reason)
            due_changes = (*due_changes, change)
            effects = (*effects, Effect(kind=EffectKind.CHANGE_APPOINTMENT, due=event.due))
        portal, axis_states = moves.portal[target], dossier.axis_states
        if portal != dossier.portal:
            effects = (*effects, TELL_PORTAL[portal])
        if portal != dossier.portal or event.kind in moves.on_axes:
            axis_states = moves.axes_after(dossier, event.kind, portal)
        past, states = dossier.events + (event,), dossier.states + (target,)  # noqa: RUF005 - copied at once
        return stepped(past, states, origin, clock, due_changes, axis_states, tasks, portal, effects)

    def _ensure_valid(self, dossier: Dossier, event: Event, move: Move) -> None:
        last = dossier.events[-1].at
        if event.at < last:
            raise _invalid(
                event,
                vi=f"thời điểm {event.at.isoformat()} trước sự kiện cuối {last.isoformat()}",
                en=f"its moment {event.at.isoformat()} is before the last event, {last.isoformat()}",
            )
        if len(dossier.events) >= MAX_EVENTS:
            raise _invalid(event, vi=f"hồ sơ đã có {MAX_EVENTS} sự kiện", en=f"the dossier has {MAX_EVENTS} events")
        rule = move.event
        if event.role is not None and event.role not in rule.roles:
            known = ", ".join(rule.roles)
            reason = Text(
                vi=f"vai trò {event.role} không được làm việc này; được: {known}",
                en=f"role {event.role} may not do this; may: {known}",
            )
            raise self._guarded(dossier.state, event, "role", reason, self.lifecycle.roles_basis)
        if rule.needs_reason and event.reason is None:
            raise _invalid(event, vi="thiếu lý do (reason)", en="reason is missing")
        if event.due is None and rule.due is DueRule.REQUIRED:
            raise _invalid(event, vi="thiếu ngày hẹn mới (due)", en="due, the new appointment, is missing")
        if event.due is not None and rule.due is DueRule.NEVER:
            raise _invalid(event, vi="sự kiện này không hẹn ngày (due)", en="this event makes no appointment (due)")
        if event.due is not None and event.due < event.at:
            raise _invalid(event, vi="ngày hẹn (due) đã qua", en="the appointment (due) is in the past")
        if event.task is None and rule.task is not None:
            raise _invalid(event, vi="thiếu tên việc (task)", en="task, the name of the linked work, is missing")
        if event.task is not None and rule.task is None:
            raise _invalid(event, vi="sự kiện này không có việc (task)", en="this event is about no linked work (task)")

    def _cite(self, name: str) -> Text:
        return self.lifecycle.bases[name].cite()

    def _guarded(self, state: str, event: Event, code: str, reason: Text, basis: str) -> GuardError:
        return GuardError(
            state=state,
            event=event.kind,
            allowed=tuple(self._moves.by_state[state]),
            guard=code,
            reason=reason,
            basis=self._cite(basis),
        )

    def _refusal(self, dossier: Dossier, event: Event) -> TransitionNotAllowedError | UnknownCodeError:
        state = dossier.state
        known = [each.code for each in self.lifecycle.events]
        if event.kind not in known and event.kind != CREATED:
            return UnknownCodeError(
                kind=Text(vi="sự kiện", en="event"), value=event.kind, suggestions=closest(event.kind, known)
            )
        for guard in self.lifecycle.guards:
            if guard.event == event.kind and guard.condition is Condition.NEVER and state in guard.states:
                return self._guarded(state, event, guard.code, guard.reason, guard.basis)
        return TransitionNotAllowedError(
            state=state,
            event=event.kind,
            allowed=(*self.allowed(dossier), *self._beside_now(dossier, event.kind)),
            basis=self._cite(self.lifecycle.basis),
        )

    def _beside_now(self, dossier: Dossier, kind: str) -> Iterator[str]:
        """Yield what the axis of a refused event takes instead."""
        if kind in self._moves.beside:
            yield from self.allowed(dossier, axis=self._moves.on_axes[kind][0][0])

    def _foreign(self, event: Event, pinned: str) -> InvalidEventError:
        return _invalid(
            event,
            vi=f"hồ sơ theo vòng đời {pinned}, không phải {self.id}",
            en=f"the dossier is pinned to lifecycle {pinned}, not {self.id}",
        )


def machine(name: str, *, on: date | None = None) -> Machine:
    """Return the machine of the lifecycle *name* in force *on* a day, or of an edition pinned by its id.

    With a full id such as ``vn@decree-118-2025`` the day is not consulted: a dossier stays under the
    edition that was pinned on it.

    >>> from datetime import date
    >>> machine("vn", on=date(2024, 5, 2)).basis.instrument
    'Nghị định 61/2018/NĐ-CP'
    >>> machine("vn@decree-118-2025").id
    'vn@decree-118-2025'
    >>> machine("vn", on=date(2018, 6, 20))
    Traceback (most recent call last):
    onestop_core.errors.NotInForceError: dossier lifecycle vn: nothing in force on 2018-06-20; ...

    Raises:
        UnknownCodeError: there is no lifecycle of that name.
        NotInForceError: none is in force on that day.
        InvalidValueError: a name without edition needs a day, and a day is a ``date``, not a ``datetime``.
    """
    return _compiled(find(name, on=on).id)


@cache
def _compiled(edition: str) -> Machine:
    return Machine(lifecycle=find(edition))


def _with(reason: Text, names: tuple[str, ...]) -> Text:
    shown = ", ".join(names)
    return Text(vi=f"{reason.vi}: {shown}", en=f"{reason.en}: {shown}") if names else reason


def _repeated(dossier: Dossier, past: Event, event: Event) -> Dossier:
    if past != event:
        raise _invalid(
            event,
            vi=f"khóa {event.key!r} đã dùng cho sự kiện {past.kind} khác",
            en=f"key {event.key!r} was used for another event, {past.kind}",
        )
    return dossier


def _invalid(event: Event, *, vi: str, en: str) -> InvalidEventError:
    return InvalidEventError(event=event.kind, reason=Text(vi=vi, en=en))
