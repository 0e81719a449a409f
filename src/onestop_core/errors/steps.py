"""Steps that a dossier does not take; it is as it was."""

from __future__ import annotations

from typing import ClassVar

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.text import Text

__all__ = ["GuardError", "InvalidEventError", "KeyReusedError", "TransitionNotAllowedError", "VersionConflictError"]


@attrs.frozen(kw_only=True, slots=False)
class InvalidEventError(OnestopError, ValueError):
    """An event that is malformed or comes at an impossible time; the dossier is as it was."""

    code: ClassVar[str] = "invalid-event"

    event: str
    """Kind of the event."""
    reason: Text
    event_name: Text | None = None
    """What the lifecycle calls the event, where one was asked."""

    @property
    def message(self) -> Text:
        """Which event and what is wrong with it."""
        return Text(
            vi=f"sự kiện {_named(self.event, self.event_name)} không hợp lệ: {self.reason.vi}",
            en=f"invalid event {self.event}: {self.reason.en}",
        )


@attrs.frozen(kw_only=True, slots=False)
class VersionConflictError(InvalidEventError):
    """Somebody else's event came first: the dossier has more events, or fewer, than the caller had seen. Load it anew."""

    code: ClassVar[str] = "version-conflict"

    expected: int
    """How many events the caller had seen."""
    actual: int
    """How many there are."""


@attrs.frozen(kw_only=True, slots=False)
class KeyReusedError(InvalidEventError):
    """An idempotency key that was used for something else."""

    code: ClassVar[str] = "key-reused"

    key: str
    used_for: str
    """Kind of the event that has the key."""


@attrs.frozen(kw_only=True, slots=False)
class TransitionNotAllowedError(OnestopError, ValueError):
    """The lifecycle in force does not let the dossier take this event; the dossier is as it was."""

    code: ClassVar[str] = "transition-not-allowed"

    state: str
    event: str
    allowed: tuple[str, ...]
    """Events that the state does take."""
    basis: Text | None = None
    """The legal ground of the lifecycle or of the refusal."""
    state_name: Text | None = None
    """What the lifecycle calls the state."""
    event_name: Text | None = None
    """What it calls the event."""
    allowed_names: tuple[Text, ...] = ()
    """What it calls the events that the state does take, in their order."""

    @property
    def message(self) -> Text:
        """State, event and what would have been allowed."""
        known = ", ".join(self.allowed)
        names = self.allowed_names or (None,) * len(self.allowed)
        called = ", ".join(_named(code, name) for code, name in zip(self.allowed, names, strict=True))
        return Text(
            vi=f"{self._refused_in_vietnamese()}; " + (f"có thể: {called}" if called else "đây là trạng thái kết thúc"),
            en=f"state {self.state} does not take event {self.event}; "
            + (f"allowed: {known}" if known else "it is final"),
        )

    def _refused_in_vietnamese(self) -> str:
        state, event = _named(self.state, self.state_name), _named(self.event, self.event_name)
        return f"hồ sơ đang ở trạng thái {state}, không thể {event}"


@attrs.frozen(kw_only=True, slots=False)
class GuardError(TransitionNotAllowedError):
    """The state takes the event, but a condition of law is not met; the dossier is as it was."""

    code: ClassVar[str] = "guard"

    guard: str
    """Identifier of the condition in the lifecycle table."""
    reason: Text

    @property
    def message(self) -> Text:
        """Which condition refused which event, why, and on what ground."""
        return Text(
            vi=f"{self._refused_in_vietnamese()}: {self.reason.vi}"
            + (f"; căn cứ: {self.basis.vi}" if self.basis else ""),
            en=f"event {self.event} in state {self.state} refused ({self.guard}): {self.reason.en}"
            + (f" [{self.basis.en}]" if self.basis else ""),
        )


def _named(code: str, name: Text | None) -> str:
    return f"“{code}”" if name is None else f"“{name.vi}” ({code})"
