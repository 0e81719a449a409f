"""Why a machine refuses an event: what is asked of one before it is taken, and the errors with their words and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.dossier.events import CREATED
from onestop_core.dossier.lifecycle.table import Condition, DueRule, Lifecycle
from onestop_core.dossier.stepping.moves import Move, Moves
from onestop_core.errors import GuardError, InvalidEventError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from onestop_core.dossier.case import Dossier
    from onestop_core.dossier.events import Event

__all__ = ["MAX_EVENTS", "Refusals", "ensure_repeated", "invalid"]

MAX_EVENTS: Final = 10_000
"""Most events of one dossier; more is a mistake or an attack, and steps copy the log."""


def invalid(event: Event, *, vi: str, en: str) -> InvalidEventError:
    """Return the error for an *event* that is itself wrong."""
    return InvalidEventError(event=event.kind, reason=Text(vi=vi, en=en))


def ensure_repeated(past: Event, event: Event) -> None:
    """Hold an *event* to the *past* one that bears the same idempotency key.

    Raises:
        InvalidEventError: they differ.
    """
    if past != event:
        raise invalid(
            event,
            vi=f"khóa {event.key!r} đã dùng cho sự kiện {past.kind} khác",
            en=f"key {event.key!r} was used for another event, {past.kind}",
        )


@attrs.frozen(kw_only=True, eq=False)
class Refusals:
    """The refusals of one lifecycle."""

    lifecycle: Lifecycle
    moves: Moves

    def foreign(self, event: Event, pinned: str) -> InvalidEventError:
        """Return the error for an *event* of a dossier that is *pinned* to another lifecycle."""
        return invalid(
            event,
            vi=f"hồ sơ theo vòng đời {pinned}, không phải {self.lifecycle.id}",
            en=f"the dossier is pinned to lifecycle {pinned}, not {self.lifecycle.id}",
        )

    def guarded(self, state: str, event: Event, code: str, reason: Text, basis: str) -> GuardError:
        """Return the error for an *event* that the condition *code* forbids, on the ground named *basis*."""
        return GuardError(
            state=state,
            event=event.kind,
            allowed=tuple(self.moves.by_state[state]),
            guard=code,
            reason=reason,
            basis=self._cite(basis),
        )

    def without_move(
        self, state: str, event: Event, allowed: tuple[str, ...]
    ) -> TransitionNotAllowedError | UnknownCodeError:
        """Return the error for an *event* that *state* does not take; *allowed* are those that the dossier does."""
        known = [each.code for each in self.lifecycle.events]
        if event.kind not in known and event.kind != CREATED:
            return UnknownCodeError(
                kind=Text(vi="sự kiện", en="event"), value=event.kind, suggestions=closest(event.kind, known)
            )
        for guard in self.lifecycle.guards:
            if guard.event == event.kind and guard.condition is Condition.NEVER and state in guard.states:
                return self.guarded(state, event, guard.code, guard.reason, guard.basis)
        return TransitionNotAllowedError(
            state=state, event=event.kind, allowed=allowed, basis=self._cite(self.lifecycle.basis)
        )

    def ensure_valid(self, dossier: Dossier, event: Event, move: Move) -> None:
        """Hold an *event*, which may be taken by *move*, to what it must say and who may do it when.

        Raises:
            InvalidEventError: its moment, reason, appointment or linked work, or too many events.
            GuardError: the role may not do this.
        """
        last = dossier.events[-1].at
        if event.at < last:
            raise invalid(
                event,
                vi=f"thời điểm {event.at.isoformat()} trước sự kiện cuối {last.isoformat()}",
                en=f"its moment {event.at.isoformat()} is before the last event, {last.isoformat()}",
            )
        if len(dossier.events) >= MAX_EVENTS:
            raise invalid(event, vi=f"hồ sơ đã có {MAX_EVENTS} sự kiện", en=f"the dossier has {MAX_EVENTS} events")
        rule = move.event
        if event.role is not None and event.role not in rule.roles:
            known = ", ".join(rule.roles)
            reason = Text(
                vi=f"vai trò {event.role} không được làm việc này; được: {known}",
                en=f"role {event.role} may not do this; may: {known}",
            )
            raise self.guarded(dossier.state, event, "role", reason, self.lifecycle.roles_basis)
        if rule.needs_reason and event.reason is None:
            raise invalid(event, vi="thiếu lý do (reason)", en="reason is missing")
        if event.due is None and rule.due is DueRule.REQUIRED:
            raise invalid(event, vi="thiếu ngày hẹn mới (due)", en="due, the new appointment, is missing")
        if event.due is not None and rule.due is DueRule.NEVER:
            raise invalid(event, vi="sự kiện này không hẹn ngày (due)", en="this event makes no appointment (due)")
        if event.due is not None and event.due < event.at:
            raise invalid(event, vi="ngày hẹn (due) đã qua", en="the appointment (due) is in the past")
        if event.task is None and rule.task is not None:
            raise invalid(event, vi="thiếu tên việc (task)", en="task, the name of the linked work, is missing")
        if event.task is not None and rule.task is None:
            raise invalid(event, vi="sự kiện này không có việc (task)", en="this event is about no linked work (task)")

    def _cite(self, name: str) -> Text:
        return self.lifecycle.bases[name].cite()
