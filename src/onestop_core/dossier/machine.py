"""The machine: a small pure interpreter of a lifecycle table.

``step(dossier, event)`` returns a new dossier or raises; it reads no clock and changes nothing. All that
decides is in the table (``dossier.lifecycle``); what is here is the reading of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.checks import checked
from onestop_core.dossier.clock import ClockEffect
from onestop_core.dossier.events import CREATED, NO_POLICY, Event, Opening, Policy
from onestop_core.dossier.lifecycle import BACK, STAY, Condition, DueRule, EventType, Guard, Lifecycle, find
from onestop_core.dossier.values import Dossier, DueChange, Effect, EffectKind
from onestop_core.errors import GuardError, InvalidEventError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.model import Basis, Channel, day_of
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["MAX_EVENTS", "Machine", "machine"]

MAX_EVENTS: Final = 10_000
"""Most events of one dossier; more is a mistake or an attack, and steps copy the log."""


@attrs.frozen
class _Move:
    """A transition made ready to run."""

    to: str
    clock: ClockEffect
    clock_by: Mapping[str, ClockEffect] | None
    event: EventType
    guards: tuple[Guard, ...]
    effects: tuple[Effect, ...]


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
    _moves: dict[str, dict[str, _Move]] = attrs.field(init=False, repr=False)
    _defaults: Policy = attrs.field(init=False, repr=False)
    _portal: dict[str, int] = attrs.field(init=False, repr=False)
    _detours: frozenset[str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        table, set_ = self.lifecycle, object.__setattr__
        events = {event.code: event for event in table.events}
        moves: dict[str, dict[str, _Move]] = {state.code: {} for state in table.states}
        for row in table.transitions:
            for state in row.states:
                guards = tuple(
                    g
                    for g in table.guards
                    if g.event == row.event
                    and g.condition is not Condition.NEVER
                    and (not g.states or state in g.states)
                )
                event = events[row.event]
                moves[state][row.event] = _Move(row.to, row.clock, row.clock_by, event, guards, _effects(event))
        set_(self, "_moves", moves)
        set_(self, "_defaults", table.defaults)
        set_(self, "_portal", {state.code: state.portal for state in table.states})
        set_(self, "_detours", frozenset(s for row in table.transitions if row.to == BACK for s in row.states))

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
        )
        return self._open(Event(kind=CREATED, at=at, actor=actor, role=role, unit=unit, key=key, opening=opening))

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
        if event.key is not None:
            for past in dossier.events:
                if past.key == event.key:
                    return _repeated(dossier, past, event)
        if expected_version is not None and expected_version != len(dossier.events):
            raise _invalid(
                event,
                vi=f"hồ sơ đã ở phiên bản {len(dossier.events)}, không phải {expected_version}",
                en=f"the dossier is at version {len(dossier.events)}, not {expected_version}",
            )
        if dossier.lifecycle != self.id:
            raise self._foreign(event, dossier.lifecycle)
        return self._take(dossier, event)

    def replay(self, events: Iterable[Event]) -> Dossier:
        """Return the dossier that *events*, the whole log from ``created`` on, lead to.

        ``replay(d.events) == d`` for every dossier *d* of this machine.

        Raises:
            InvalidEventError: the log is empty, does not begin with ``created``, or was made under another lifecycle.
            OnestopError: as :meth:`step`, for the first event that is refused.
        """
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

    def allowed(self, dossier: Dossier) -> tuple[str, ...]:
        """Return the codes of the events that *dossier* can take, in the order of the table.

        Events whose condition can no longer be met, such as a second supplement demand, are left out. What
        depends on the event itself (its time, role and appointment) is judged by :meth:`step`.
        """
        return tuple(
            code
            for code, move in self._moves[dossier.state].items()
            if all(
                self._holds(guard, dossier, None)
                for guard in move.guards
                if guard.condition in {Condition.MAX_COUNT, Condition.PERMITTED}
            )
        )

    def _open(self, event: Event) -> Dossier:
        opening = event.opening
        assert opening is not None
        state = self.lifecycle.initial[opening.channel]
        portal = self._portal[state]
        return Dossier(events=(event,), states=(state,), portal=portal, effects=(_tell(portal),))

    def _take(self, dossier: Dossier, event: Event) -> Dossier:
        state = dossier.states[-1]
        move = self._moves[state].get(event.kind)
        if move is None:
            raise self._refusal(dossier, event)
        self._ensure_valid(dossier, event, move)
        for guard in move.guards:
            if not self._holds(guard, dossier, event):
                raise self._guarded(state, event, guard.code, guard.reason, guard.basis)
        if move.to == STAY:
            target, origin = state, dossier.origin
        elif move.to == BACK:
            assert dossier.origin is not None  # the table was checked: a detour is entered from somewhere
            target, origin = dossier.origin, None
        else:
            target, origin = move.to, state if move.to in self._detours else None
        effect = move.clock if move.clock_by is None else move.clock_by[self._value("supplement_clock", dossier)]
        effects, due_changes = move.effects, dossier.due_changes
        if event.due is not None:
            change = DueChange(old=dossier.due, new=event.due, at=event.at, event=event.kind, reason=event.reason)
            due_changes = (*due_changes, change)
            effects = (*effects, Effect(kind=EffectKind.CHANGE_APPOINTMENT, due=event.due))
        portal = self._portal[target]
        if portal != dossier.portal:
            effects = (*effects, _tell(portal))
        return Dossier(
            events=(*dossier.events, event),
            states=(*dossier.states, target),
            origin=origin,
            clock=dossier.clock.take(effect, event.at, target),
            due_changes=due_changes,
            portal=portal,
            effects=effects,
        )

    def _ensure_valid(self, dossier: Dossier, event: Event, move: _Move) -> None:
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

    def _holds(self, guard: Guard, dossier: Dossier, event: Event | None) -> bool:
        match guard.condition:
            case Condition.MAX_COUNT:
                times = sum(
                    past.kind == guard.event and (not guard.states or state in guard.states)
                    for past, state in zip(dossier.events[1:], dossier.states, strict=False)
                )
                return bool(times < self._value(guard.parameter, dossier))
            case Condition.PERMITTED:
                return bool(self._value(guard.parameter, dossier))
            case Condition.BEFORE_DUE:
                assert event is not None
                if dossier.due is None:
                    return False
                left = day_of(dossier.due) - day_of(event.at)
                return bool(left.days >= self._value(guard.parameter, dossier))
            case _:
                assert event is not None
                return event.due is not None and (dossier.due is None or event.due > dossier.due)

    def _value(self, parameter: str | None, dossier: Dossier) -> Any:
        """Return what the procedure's policy says of *parameter* or, if it is silent, the lifecycle."""
        assert parameter is not None  # the table was checked
        own = getattr(dossier.policy, parameter)
        return getattr(self._defaults, parameter) if own is None else own

    def _cite(self, name: str) -> Text:
        return self.lifecycle.bases[name].cite()

    def _guarded(self, state: str, event: Event, code: str, reason: Text, basis: str) -> GuardError:
        return GuardError(
            state=state,
            event=event.kind,
            allowed=tuple(self._moves[state]),
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
            allowed=self.allowed(dossier),
            basis=self._cite(self.lifecycle.basis),
        )

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


def _effects(event: EventType) -> tuple[Effect, ...]:
    form = () if event.form is None else (Effect(kind=EffectKind.ISSUE_FORM, form=event.form),)
    return (*form, *(Effect(kind=EffectKind.NOTIFY, party=party) for party in event.notify))


_TELL: Final = {code: Effect(kind=EffectKind.TELL_PORTAL, portal=code) for code in range(1, 11)}


def _tell(portal: int) -> Effect:
    return _TELL[portal]


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
