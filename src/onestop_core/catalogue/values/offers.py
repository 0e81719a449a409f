"""How a dossier is handed in and until when: channels, their time limits, and the fees of these."""

from __future__ import annotations

import attrs

from onestop_core.catalogue.values.codes import ChannelKind, LimitStart, WithoutTime
from onestop_core.catalogue.values.fields import at_least_one, typed
from onestop_core.catalogue.values.money import Fee
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text

__all__ = ["Limit", "OfferedChannel", "Start"]


@attrs.frozen(kw_only=True, field_transformer=typed)
class Start:
    """The event from which a time limit runs."""

    event: LimitStart
    words: Text | None = None


@attrs.frozen(kw_only=True, field_transformer=typed)
class Limit:
    """A time limit (thời hạn giải quyết) and the fees that go with it."""

    time: str | None = None
    """As written, such as ``5 working days``; None when it is not known, or :attr:`without_time` says why."""
    without_time: WithoutTime | None = None
    starts: Start | None = None
    published: str | None = None
    """The words of the page."""
    case: str | None = None
    fees: tuple[Fee, ...] = ()
    note: Text | None = None
    basis: tuple[str, ...] = ()

    @property
    def time_limit(self) -> TimeLimit | None:
        """The time limit as a value to compute with.

        >>> from onestop_core.model.time_limits import TimeLimit
        >>> Limit(time="05 ngày làm việc").time_limit == TimeLimit.parse("5 working days")
        True

        Raises:
            InvalidValueError: the words cannot be read; never for a limit of a loaded catalogue.
        """
        return None if self.time is None else TimeLimit.parse(self.time)


@attrs.frozen(kw_only=True, field_transformer=typed)
class OfferedChannel:
    """A way to submit (cách thức thực hiện) with its time limits and their fees."""

    kind: ChannelKind
    cases: tuple[str, ...] = ()
    """Cases that it serves; none: all."""
    url: str | None = None
    limits: tuple[Limit, ...] = attrs.field(validator=at_least_one)
    note: Text | None = None
    basis: tuple[str, ...] = ()
