"""Why a machine refuses an event: what is asked of one before it is taken, and the errors with their words and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.lifecycle.editions import CREATED_NAME, event_name
from onestop_core.dossier.lifecycle.rows import DueRule, Guard, GuardCondition
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.stepping.guards import in_the_way, number_of, taken_times
from onestop_core.dossier.stepping.moves import Moves
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    KeyReusedError,
    TransitionNotAllowedError,
    UnknownCodeError,
    VersionConflictError,
)
from onestop_core.model.facts import CHANNEL_NAMES
from onestop_core.text import Text, moment_text, padded, shown

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier
    from onestop_core.dossier.events.event import Event
    from onestop_core.dossier.lifecycle.rows import EventType
    from onestop_core.errors import OnestopError
    from onestop_core.model import Channel

__all__ = ["MAX_EVENTS", "Refusals", "ensure_repeated", "ensure_version"]

MAX_EVENTS: Final = 10_000
"""Most events of one dossier; more is a mistake or an attack, and each step copies the log: so many cost as their square."""

_ECHOED: Final = 80
"""Characters of a foreign word that a message repeats."""

_EVENT: Final = Text(vi="sự kiện", en="event")
_MISSING_DUE: Final = {
    True: Text(vi="thiếu ngày hẹn mới", en="due, the new appointment, is missing"),
    False: Text(vi="thiếu thời hạn", en="due, the moment by when, is missing"),
}
_REASON: Final = Text(vi="mã lý do", en="code of a reason")


def ensure_repeated(past: Event, event: Event) -> None:
    """Hold an *event* to the *past* one that bears the same idempotency key; when it came does not matter.

    Raises:
        KeyReusedError: they differ in more than their moment.
    """
    if past is not event and past != attrs.evolve(event, at=past.at):
        raise KeyReusedError(
            event=event.kind,
            key=str(event.key),
            used_for=past.kind,
            event_name=event_name(event.kind),
            reason=Text(
                vi=f"khóa {shown(event.key)} đã dùng cho một sự kiện khác",
                en=f"key {shown(event.key)} was used for another event, {past.kind}",
            ),
        )


def ensure_version(expected: int, dossier: Dossier, event: Event) -> None:
    """Hold the caller's *expected* version to that of the *dossier*.

    Raises:
        VersionConflictError: they differ.
    """
    actual = len(dossier.events)
    if expected != actual:
        raise VersionConflictError(
            event=event.kind,
            expected=expected,
            actual=actual,
            event_name=event_name(event.kind),
            reason=Text(
                vi=f"hồ sơ đã ở phiên bản {actual}, không phải {expected}; cần tải lại hồ sơ",
                en=f"the dossier is at version {actual}, not {expected}; load it anew",
            ),
        )


@attrs.frozen(kw_only=True, eq=False)
class Refusals:
    """The refusals of one lifecycle."""

    lifecycle: Lifecycle
    moves: Moves

    def foreign(self, event: Event, pinned: str) -> InvalidEventError:
        """Return the error for an *event* of a dossier that is *pinned* to another lifecycle."""
        return self.invalid(
            event,
            vi=f"hồ sơ theo vòng đời {pinned}, không phải {self.lifecycle.id}",
            en=f"the dossier is pinned to lifecycle {pinned}, not {self.lifecycle.id}",
        )

    def unknown_channel(self, event: Event, channel: Channel) -> InvalidEventError:
        """Return the error for an opening by a *channel* that this edition does not know."""
        known = list(self.lifecycle.initial)
        names = ", ".join(CHANNEL_NAMES[each].vi for each in known)
        return self.invalid(
            event,
            vi=f"hình thức nộp “{CHANNEL_NAMES[channel].vi}” chưa có trong vòng đời {self.lifecycle.id}; có: {names}",
            en=f"lifecycle {self.lifecycle.id} knows no channel {channel}; it has: {', '.join(known)}",
        )

    def forbidden(self, guard: Guard, dossier: Dossier, event: Event) -> GuardError:
        """Return the error for an *event* that *guard* does not let pass: its reason, with the numbers and names."""
        reason = guard.reason
        if guard.parameter is not None or guard.number is not None:
            limit = number_of(guard, dossier, self.moves.defaults)
            reason = _filled(reason, limit, taken_times(guard, dossier))
        if names := ", ".join(in_the_way(guard, dossier, event, self.moves)):
            reason = Text(vi=f"{reason.vi}: {names}", en=f"{reason.en}: {names}")
        return self._guarded(dossier, event, guard.code, reason, guard.basis)

    def without_move(self, dossier: Dossier, event: Event) -> TransitionNotAllowedError | UnknownCodeError:
        """Return the error for an *event* that *dossier* does not take where it stands."""
        known = [each.code for each in self.lifecycle.events]
        if event.kind not in known and event.kind != CREATED:
            return UnknownCodeError.among(_EVENT, event.kind, known)
        for guard in self.lifecycle.guards:
            if guard.event == event.kind and guard.condition is GuardCondition.NEVER and dossier.state in guard.states:
                return self._guarded(dossier, event, guard.code, guard.reason, guard.basis)
        allowed = self._allowed_instead(dossier, event)
        return TransitionNotAllowedError(
            state=dossier.state,
            event=event.kind,
            allowed=allowed,
            basis=self._cite(self.lifecycle.basis),
            state_name=self.lifecycle.state(dossier.state).name,
            event_name=self._name(event.kind),
            allowed_names=tuple(self.lifecycle.event(code).name for code in allowed),
        )

    def untold(self, dossier: Dossier, event: Event, number: int, why: OnestopError) -> InvalidEventError:
        """Return the error for *event* number so and so, of which an old log tells and which nothing can fold."""
        if isinstance(why, TransitionNotAllowedError):
            state = self.lifecycle.state(dossier.state).name
            told = Text(
                vi=f"không thể ghép vào hồ sơ đang ở trạng thái “{state.vi}”",
                en=f"nothing sound follows from it in state {dossier.state} with the clock {dossier.clock.phase}",
            )
        else:
            told = why.message
        return self.invalid(
            event, vi=f"sự kiện số {number} của nhật ký: {told.vi}", en=f"event number {number} of the log: {told.en}"
        )

    def ensure_placed(self, dossier: Dossier, event: Event) -> None:
        """Hold an *event* to the order and the length of the log.

        Raises:
            InvalidEventError: it comes before the last one, or is one too many.
        """
        last = dossier.events[-1].at
        if event.at < last:
            given, least = moment_text(event.at), moment_text(last)
            raise self.invalid(
                event,
                vi=f"thời điểm {given.vi} trước sự kiện cuối; cần từ {least.vi} trở đi",
                en=f"its moment {given.en} is before the last event; send {least.en} or later",
            )
        if len(dossier.events) >= MAX_EVENTS:
            raise self.invalid(event, vi=f"hồ sơ đã có {MAX_EVENTS} sự kiện", en=f"the dossier has {MAX_EVENTS} events")

    def ensure_stated(self, dossier: Dossier, event: Event, rule: EventType) -> None:
        """Hold an *event* of the kind *rule* to what it must say and who may do it when.

        Raises:
            InvalidEventError: its moment, reason, appointment, linked work or what it strikes, or too many events.
            GuardError: the role may not do this.
        """
        self.ensure_placed(dossier, event)
        if event.role is not None and event.role not in rule.roles:
            raise self._guarded(
                dossier, event, "role", self._not_by(event.role, rule.roles), self.lifecycle.roles_basis
            )
        has_reason = event.reason is not None or "reason" in event.redacted
        if rule.needs_reason and not has_reason:
            raise self.invalid(event, vi="thiếu lý do", en="reason is missing")
        if rule.needs_ground and not has_reason and event.ground is None and "ground" not in event.redacted:
            raise self.invalid(
                event,
                vi="thiếu căn cứ hoặc lý do",
                en="ground, or reason where no provision says so, is missing",
            )
        if event.due is None and rule.due is DueRule.REQUIRED:
            raise self.invalid(event, vi=_MISSING_DUE[rule.appoints].vi, en=_MISSING_DUE[rule.appoints].en)
        if event.due is not None and rule.due is DueRule.NEVER:
            raise self.invalid(event, vi="sự kiện này không hẹn ngày", en="this event makes no appointment (due)")
        if event.due is not None and event.due < event.at:
            raise self.invalid(event, vi="ngày hẹn đã qua", en="the appointment (due) is in the past")
        if event.to_unit is None and rule.reroutes:
            raise self.invalid(event, vi="thiếu nơi nhận", en="to_unit, the desk to which it is sent, is missing")
        if event.task is None and rule.task is not None:
            raise self.invalid(
                event, vi="thiếu tên việc liên thông", en="task, the name of the linked work, is missing"
            )
        if event.task is not None and rule.task is None:
            raise self.invalid(
                event,
                vi="sự kiện này không gắn với việc liên thông nào",
                en="this event is about no linked work (task)",
            )
        if event.event and not rule.strikes:
            raise self.invalid(event, vi="sự kiện này không hủy sự kiện nào", en="this event strikes no other (event)")
        if event.reason_code is None and rule.reason_codes:
            codes = ", ".join(rule.reason_codes)
            names = ", ".join(f"“{self.lifecycle.reasons[each].name.vi}”" for each in rule.reason_codes)
            raise self.invalid(
                event, vi=f"thiếu mã lý do, một trong: {names}", en=f"reason_code is missing, one of: {codes}"
            )
        known = rule.reason_codes or tuple(self.lifecycle.reasons)
        if event.reason_code is not None and event.reason_code not in known:
            raise UnknownCodeError.among(_REASON, event.reason_code, known)

    def _guarded(self, dossier: Dossier, event: Event, code: str, reason: Text, basis: str) -> GuardError:
        allowed = self._allowed_instead(dossier, event)
        return GuardError(
            state=dossier.state,
            event=event.kind,
            allowed=allowed,
            guard=code,
            reason=reason,
            basis=self._cite(basis),
            state_name=self.lifecycle.state(dossier.state).name,
            event_name=self._name(event.kind),
            allowed_names=tuple(self.lifecycle.event(each).name for each in allowed),
        )

    def _allowed_instead(self, dossier: Dossier, event: Event) -> tuple[str, ...]:
        """Return what *dossier* takes instead of a refused *event*; its axis, too, if it has one."""
        taken = self.moves.allowed(dossier)
        if event.kind in self.moves.beside:
            taken += self.moves.allowed(dossier, axis=self.moves.on_axes[event.kind][0][0])
        return tuple(code for code in taken if code != event.kind)

    def _not_by(self, role: str, roles: tuple[str, ...]) -> Text:
        names = self.lifecycle.roles
        called = names[role].vi if role in names else role[:_ECHOED]
        may = ", ".join(f"“{names[each].vi}”" for each in roles)
        return Text(
            vi=f"vai trò “{called}” không được thực hiện bước này; được thực hiện: {may}",
            en=f"role {role[:_ECHOED]} may not do this; may: {', '.join(roles)}",
        )

    def event_name(self, kind: str) -> Text:
        """Return what an event of *kind* is called; one that the lifecycle does not have, by its code."""
        return self._name(kind) or Text(vi=kind, en=kind)

    def invalid(self, event: Event, *, vi: str, en: str) -> InvalidEventError:
        """Return the error for an *event* that is not sound."""
        return InvalidEventError(event=event.kind, reason=Text(vi=vi, en=en), event_name=self._name(event.kind))

    def _name(self, kind: str) -> Text | None:
        return (
            CREATED_NAME if kind == CREATED else next((e.name for e in self.lifecycle.events if e.code == kind), None)
        )

    def _cite(self, name: str) -> Text:
        return self.lifecycle.bases[name].cite()


def _filled(reason: Text, limit: object, taken: int) -> Text:
    """Return *reason* with the parameter in place of ``{limit}`` and, in place of ``{taken}``, how often it happened."""
    if not isinstance(limit, int) or isinstance(limit, bool):
        return reason
    vi, en = reason.vi, reason.en
    for word, count in (("{limit}", limit), ("{taken}", taken)):
        vi, en = vi.replace(word, padded(count)), en.replace(word, str(count))
    return Text(vi=vi, en=en)
