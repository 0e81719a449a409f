"""Steps that a dossier does not take; it is as it was."""

from __future__ import annotations

from typing import ClassVar, Final

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.errors.fields import error_fields
from onestop_core.errors.saying import echoed, said
from onestop_core.text import Text

__all__ = [
    "NO_EVENT",
    "GuardError",
    "InvalidEventError",
    "KeyReusedError",
    "TransitionNotAllowedError",
    "VersionConflictError",
]

NO_EVENT: Final = "(none)"
"""The kind of the event of a log that has none."""


def _named(name: Text | None, code: str) -> str:
    """Return a state or an event by its Vietnamese name, which an officer reads; without a name, by its code."""
    return f"“{echoed(code) if name is None else name.vi}”"


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class InvalidEventError(OnestopError, ValueError):
    """An event that is malformed or comes at an impossible time; the dossier is as it was."""

    code: ClassVar[str] = "invalid-event"
    title: ClassVar[Text] = Text(vi="Sự kiện không hợp lệ", en="An invalid event")
    http_status: ClassVar[int] = 422

    event: str
    """Kind of the event."""
    reason: Text
    event_name: Text | None = None
    """What the lifecycle calls the event."""

    @property
    def message(self) -> Text:
        """Which event and what is wrong with it."""
        return said(
            vi=f"{self._of_what_in_vietnamese()} không hợp lệ: {self.reason.vi}",
            en=f"invalid event {echoed(self.event)}: {self.reason.en}",
        )

    def _of_what_in_vietnamese(self) -> str:
        return "nhật ký" if self.event == NO_EVENT else f"sự kiện {_named(self.event_name, self.event)}"


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class VersionConflictError(InvalidEventError):
    """Somebody else's event came first: the dossier has more events, or fewer, than the caller had seen. Load it anew."""

    code: ClassVar[str] = "version-conflict"
    title: ClassVar[Text] = Text(vi="Hồ sơ đã có thay đổi khác", en="Somebody else changed the dossier first")
    http_status: ClassVar[int] = 409

    expected: int
    """How many events the caller had seen."""
    actual: int
    """How many there are."""


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class KeyReusedError(InvalidEventError):
    """An idempotency key that was used for something else."""

    code: ClassVar[str] = "key-reused"
    title: ClassVar[Text] = Text(
        vi="Khóa chống lặp đã được dùng cho việc khác", en="An idempotency key that was used before"
    )
    http_status: ClassVar[int] = 409

    key: str
    used_for: str
    """Kind of the event that has the key."""


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class TransitionNotAllowedError(OnestopError, ValueError):
    """The lifecycle in force does not let the dossier take this event; the dossier is as it was."""

    code: ClassVar[str] = "transition-not-allowed"
    title: ClassVar[Text] = Text(vi="Hồ sơ không ở trạng thái làm được việc này", en="Not possible in this state")
    http_status: ClassVar[int] = 409

    state: str
    event: str
    allowed: tuple[str, ...]
    """Events that the state does take."""
    basis: Text | None = None
    """The legal ground of the lifecycle or of the refusal."""
    state_name: Text | None = None
    """What the lifecycle calls the state."""
    event_name: Text | None = None
    """What the lifecycle calls the event."""
    allowed_names: tuple[Text, ...] = ()
    """What it calls the events of :attr:`allowed`, in the same order; none where it is not known."""

    @property
    def message(self) -> Text:
        """State, event and what would have been allowed.

        >>> from onestop_core.text import Text
        >>> TransitionNotAllowedError(state="done", event="assigned", allowed=("delivered",),
        ...     state_name=Text(vi="Đã có kết quả", en="Done"), event_name=Text(vi="Phân công thụ lý", en="Assigned"),
        ...     allowed_names=(Text(vi="Trả kết quả", en="Delivered"),)).message.vi
        'hồ sơ đang ở trạng thái “Đã có kết quả”, không thể “Phân công thụ lý”; có thể: “Trả kết quả”'
        """
        names = self.allowed_names or (None,) * len(self.allowed)
        called = ", ".join(_named(name, code) for name, code in zip(names, self.allowed, strict=False))
        codes = ", ".join(map(echoed, self.allowed))
        return said(
            vi=f"{self._refused_in_vietnamese()}; " + (f"có thể: {called}" if called else "đây là trạng thái kết thúc"),
            en=f"state {echoed(self.state)} does not take event {echoed(self.event)}; "
            + (f"allowed: {codes}" if codes else "it is final"),
        )

    def _refused_in_vietnamese(self) -> str:
        state, event = _named(self.state_name, self.state), _named(self.event_name, self.event)
        return f"hồ sơ đang ở trạng thái {state}, không thể {event}"


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class GuardError(TransitionNotAllowedError):
    """The state takes the event, but a condition of law is not met; the dossier is as it was."""

    code: ClassVar[str] = "guard"
    title: ClassVar[Text] = Text(vi="Chưa đủ điều kiện theo quy định", en="A condition of law is not met")
    http_status: ClassVar[int] = 409

    guard: str
    """Identifier of the condition in the lifecycle table."""
    reason: Text

    @property
    def message(self) -> Text:
        """Which event was refused in which state, why, and on what ground."""
        return said(
            vi=f"{self._refused_in_vietnamese()}: {self.reason.vi}"
            + (f"; căn cứ: {self.basis.vi}" if self.basis else ""),
            en=f"event {echoed(self.event)} in state {echoed(self.state)} refused ({echoed(self.guard)}): "
            f"{self.reason.en}" + (f"; basis: {self.basis.en}" if self.basis else ""),
        )
